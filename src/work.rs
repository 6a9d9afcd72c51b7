//! What changes a whole account at once: the next round, and answers that came back.
//!
//! Pure: takes drafts and a store to read, gives a draft to be kept or a sentence. Must not know a browser.

use crate::domain::draft::{Action, Draft};
use crate::domain::model::Kind;
use crate::domain::rounds;
use crate::domain::rows::{List, SINGLE, at};
use crate::domain::views::View;
use crate::exchange::code::{self, CodeError, Return};
use crate::exchange::link::{self, Invite, LinkError};
use crate::pack::compiled::Pack;
use crate::pack::texts::T;
use crate::page::visit::{Mode, Visit};
use crate::storage::codec::{Fields, escape, unescape};
use crate::storage::store::Store;
use crate::storage::workspace;

/// What came of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// Nothing changes; a sentence says why.
    Say(String),
    /// An invitation to the present edition: its token and language, who asks, and what they call the person.
    Asked { token: String, lang: String, company: String, label: String },
    /// An account in its new state.
    Put {
        account: String,
        /// A question to be answered first; blank for none.
        ask: String,
        /// What to say when it is stored.
        said: String,
        /// As [`Fields::write`] makes it.
        draft: String,
    },
}

impl Outcome {
    /// As lines that [`Outcome::read`] reads: each a word but for the last part, which goes to the end.
    pub fn write(&self) -> String {
        let lines = |words: &[&str], rest: &str| {
            let mut out = String::new();
            for word in words {
                escape(word, &mut out);
                out.push('\n');
            }
            out.push_str(rest);
            out
        };
        match self {
            Outcome::Say(text) => lines(&["say"], text),
            Outcome::Asked { token, lang, company, label } => lines(&["asked", token, lang, company, label], ""),
            Outcome::Put { account, ask, said, draft } => lines(&["put", account, ask, said], draft),
        }
    }

    /// Reads what [`Outcome::write`] writes.
    pub fn read(text: &str) -> Option<Outcome> {
        let (verb, rest) = text.split_once('\n')?;
        if verb == "say" {
            return Some(Outcome::Say(rest.into()));
        }
        // The last part is the draft, or blank.
        let mut lines = rest.splitn(if verb == "put" { 4 } else { 5 }, '\n');
        let mut next = || lines.next().map(unescape).unwrap_or_default();
        match verb {
            "asked" => Some(Outcome::Asked { token: next(), lang: next(), company: next(), label: next() }),
            "put" => Some(Outcome::Put {
                account: next(),
                ask: next(),
                said: next(),
                draft: lines.next().unwrap_or("").into(),
            }),
            _ => None,
        }
    }
}

/// Puts the own answers of the present round aside as a view and begins the next one.
pub fn next_round(pack: &Pack, draft: &Draft, today: &str, seed: u32) -> Outcome {
    let mut next = draft.clone();
    let now = rounds::present(draft);
    let answered = pack.staged().is_some_and(|part| {
        let all = rounds::rounds(&pack.survey, draft, part, usize::MAX);
        all.last().is_some_and(|round| round.raters().next().is_some())
    });
    if !answered {
        return Outcome::Say(pack.t(T::RoundEmpty).into());
    }
    let staged = pack.survey.instruments.iter().enumerate();
    for (part, instrument) in staged.filter(|(_, instrument)| matches!(instrument.kind, Kind::Gates { .. })) {
        let Some(mut view) = rounds::live(&pack.survey, draft, part) else { continue };
        view.notes = notes(pack, draft, part);
        let Some(more) = add(next, &view, seed.saturating_add(u32::try_from(part).unwrap_or(0))) else {
            // Without a place for them the answers of this round stay where they are.
            return Outcome::Say(pack.t(T::ViewsFull).into());
        };
        next = more;
        if let Some(given) = next.given.get_mut(part) {
            let model = &instrument.model;
            given.answers = vec![None; model.len()];
            given.notes = vec![String::new(); model.len()];
            given.signals = vec![false; model.signals.len()];
            given.risks = vec![false; model.risks.len()];
            next.confirmed.retain(|id| model.find(id).is_none());
        }
    }
    next.date = today.into();
    next = next.apply(Action::Set(List::About, SINGLE, at::ROUND, now.saturating_add(1).to_string()));
    Outcome::Put {
        account: String::new(),
        ask: String::new(),
        said: String::new(),
        draft: Fields::of(&pack.survey, &next, 0).write(),
    }
}

/// The notes of one instrument, by item, a line each.
fn notes(pack: &Pack, draft: &Draft, part: usize) -> String {
    let mut out = String::new();
    let Some(instrument) = pack.survey.instruments.get(part) else { return out };
    let given = draft.given.get(part).map_or(&[][..], |given| &given.notes);
    for ((_, item), note) in instrument.model.items().zip(given).filter(|(_, note)| !note.is_empty()) {
        if !out.is_empty() {
            out.push('\n');
        }
        out.push_str(&item.id);
        out.push('=');
        escape(note, &mut out);
    }
    out
}

/// Adds a view as a row, under the next number that is free; `None` when there are as many as there can be.
fn add(mut draft: Draft, view: &View, seed: u32) -> Option<Draft> {
    let mut id = seed.max(1);
    while draft.rows.row(List::Views, id).is_some() {
        id = id.saturating_add(1);
    }
    for (field, text) in view.fields() {
        draft = draft.apply(Action::Set(List::Views, id, field, text));
    }
    draft.rows.row(List::Views, id).is_some().then_some(draft)
}

/// Finds out what a pasted, opened or dropped text is: an invitation, or answers to one, and what they lead to.
pub fn receive<S: Store>(pack: &Pack, store: &S, visit: &Visit, text: &str, seed: u32) -> Outcome {
    let say = |text: T| Outcome::Say(pack.t(text).into());
    let Some(part) = pack.staged() else { return say(T::ReceivePack) };
    let Some(instrument) = pack.survey.instruments.get(part) else { return say(T::ReceivePack) };
    // A reply with a code in it often quotes the invitation, and an invitation can look like a damaged code.
    let given = match code::decode(&instrument.model, &pack.hash, text) {
        Ok(given) => given,
        Err(CodeError::Newer) => return say(T::ReceiveNewer),
        Err(CodeError::OtherPack { .. }) => return say(T::ReceivePack),
        Err(error) => {
            return match link::read_invite(text) {
                Ok(invite) if invite.pack != pack.hash => say(T::LinkPack),
                Ok(Invite { token, lang, company, label, .. }) => Outcome::Asked { token, lang, company, label },
                Err(LinkError::Newer) => say(T::ReceiveNewer),
                Err(LinkError::Damaged) => say(T::LinkBad),
                Err(LinkError::Missing) if error == CodeError::Missing => say(T::ReceiveNone),
                Err(LinkError::Missing) => say(T::ReceiveBad),
            };
        }
    };
    if visit.mode != Mode::Workspace {
        // The accounts of another page of this site are nobody's business here.
        return say(T::ReceiveUnknown);
    }
    let mark = [".token=", &given.token].concat();
    for id in workspace::stored(store, &visit.name).accounts {
        let Some(text) = workspace::account(store, &visit.name, &id) else { continue };
        if text.lines().any(|line| line.ends_with(&mark))
            && let Ok(fields) = Fields::read(&text)
        {
            let draft = fields.draft(&pack.survey, &pack.hash).draft;
            if let Some(outcome) = land(pack, draft, part, &id, &given, seed) {
                return outcome;
            }
        }
    }
    say(T::ReceiveUnknown)
}

/// The account with the answers in it, at the person who was invited.
fn land(pack: &Pack, draft: Draft, part: usize, account: &str, given: &Return, seed: u32) -> Option<Outcome> {
    let model = &pack.survey.instruments.get(part)?.model;
    let invites = draft.rows.of(List::Invites);
    let invite = invites.iter().find(|row| row.get(at::TOKEN) == given.token)?;
    let who: u32 = invite.get(at::INVITED).parse().ok().filter(|who| *who > 0)?;
    let round = invite.get(at::INVITE_ROUND).parse().ok().filter(|round| *round > 0).unwrap_or(1);
    let mut sheet = crate::domain::model::Sheet::blank(model, crate::domain::model::Perspective::Customer, given.form);
    sheet.answers.clone_from(&given.answers);
    sheet.noted.clone_from(&given.noted);
    let view = View::of_sheet(model, &sheet, (round, Some(who)), &given.date, &pack.hash);
    let mut next = draft;
    // Somebody who was removed since is there again, or nobody would find the answers.
    next.rows.add(List::People, who);
    if !given.name.is_empty() && next.rows.get(List::People, who, at::NAME).is_empty() {
        next = next.apply(Action::Set(List::People, who, at::NAME, given.name.clone()));
    }
    let person = match next.rows.get(List::People, who, at::NAME) {
        "" => pack.t(T::PersonNameless).to_string(),
        name => name.into(),
    };
    let earlier: Vec<View> = View::all(&next.rows).filter(|old| old.who == Some(who) && old.round == round).collect();
    let mut ask = String::new();
    for old in &earlier {
        if old.code() != view.code() || old.date != view.date {
            ask = pack.fill(T::ReplaceReturnAsk, &[("person", &person)]);
        }
        next = next.apply(Action::Remove(List::Views, old.id));
    }
    let Some(next) = add(next, &view, earlier.first().map_or(seed, |old| old.id)) else {
        return Some(Outcome::Say(pack.t(T::ViewsFull).into()));
    };
    Some(Outcome::Put {
        account: account.into(),
        ask,
        said: pack.fill(T::ReceiveDone, &[("person", &person)]),
        draft: Fields::of(&pack.survey, &next, 0).write(),
    })
}
