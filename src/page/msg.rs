//! What a page can ask for: every message, as a value and as a line of text.
//!
//! Knows drafts and their places. Must not know who carries a message out, nor any event of a browser.

use crate::domain::answer::{Answer, Scale};
use crate::domain::draft::{Stage, Step, Ticks};
use crate::domain::model::{Form, Place};
use crate::domain::rows::List;
use crate::storage::codec::{parse_word, word_of};

/// A question before something cannot be undone.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Loss {
    Erase,
    Remove,
    Again,
    /// The account that is open.
    Account,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Msg {
    Begin,
    /// What is typed as account (0) or part (1) on the start page.
    Name(usize, String),
    /// Short or full, on the start page.
    Form(Form),
    Resume,
    Ask(Option<Loss>),
    Agree,
    Answer(Place, Option<Answer>),
    /// A key that was pressed in the answers to an item.
    Key(Place, String),
    Note(Place, String),
    Tick(usize, Ticks, usize, bool),
    /// The target's level and year; the value of the event is the level where the third is true.
    Aim(u8, u16, bool),
    /// A red flag is ticked off, or not.
    Confirm(String, bool),
    Next,
    NextAnyway,
    Back,
    /// To one item, and back to the page it was asked from.
    Change(Place),
    /// To a page of another part.
    Go(Step),
    Focus(String),
    OpenNote(Place),
    WhatIf(Place, Option<Answer>),
    Keep,
    Undo,
    /// A new row with these fields.
    Add(List, Vec<(usize, String)>),
    Set(List, u32, usize, String),
    Remove(List, u32),
    Shift(List, u32, usize),
    /// A row is held, or none any more; and over which row it is (0: none is held).
    Drag(Option<u32>),
    Dragged(u32),
    /// Another language is wished for.
    Lang(String),
    Retry,
    Download,
    DownloadOld,
    Print,
    /// The report of what is open.
    Report,
    /// A file of the report, by its kind: see `report::files`; `png-` and the code of a chart for a picture of it.
    File(String),
    /// Everything goes, for the next person at a stand.
    NextPerson,
    /// The answers become an account of the workspace.
    KeepAccount,
    /// To all accounts.
    Accounts,
    /// To the start page, for another customer.
    NewAccount,
    OpenAccount(String),
    /// By which column the accounts are sorted; once more turns the order.
    Sort(String),
    /// What is searched for, and which of the choices above the table (0: text).
    Filter(usize, String),
    /// To a page of the table, from 0.
    Leaf(usize),
    /// Into the comparison, or out of it.
    Pick(String, bool),
    Compare,
    /// A person, by its row, is asked to answer.
    Invite(u32),
    /// The text of an element to the clipboard, into a file, or as a QR code; by selector.
    Copy(String),
    SaveFrom(String),
    Qr(String),
    NewRound,
    /// The own company's name.
    Company(String),
    /// What is pasted as a return, and taking it in.
    Paste(String),
    Receive,
    /// The whole workspace, or the open account alone, as a file.
    Export(bool),
    /// Take this account of the file, or not; take in what is chosen; put back what was there.
    Take(String, bool),
    Import,
    UndoImport,
    /// What is typed to send the result with: name (0), company, e-mail address, message (3).
    Lead(usize, String),
    /// The sentence before sending is agreed to, or not.
    LeadConsent(bool),
    /// Sends the result: where to, and the body of a form. Blank: it is not agreed to, or it waits already.
    Send(String, String),
    /// What waits to be sent is not.
    Unsend,
}

/// Messages without anything in them, by their word.
const PLAIN: [(&str, Msg); 29] = [
    ("begin", Msg::Begin),
    ("resume", Msg::Resume),
    ("ask", Msg::Ask(None)),
    ("agree", Msg::Agree),
    ("next", Msg::Next),
    ("anyway", Msg::NextAnyway),
    ("back", Msg::Back),
    ("keep", Msg::Keep),
    ("undo", Msg::Undo),
    ("retry", Msg::Retry),
    ("download", Msg::Download),
    ("old", Msg::DownloadOld),
    ("print", Msg::Print),
    ("report", Msg::Report),
    ("keep-account", Msg::KeepAccount),
    ("next-person", Msg::NextPerson),
    ("accounts", Msg::Accounts),
    ("new-account", Msg::NewAccount),
    ("compare", Msg::Compare),
    ("new-round", Msg::NewRound),
    ("receive", Msg::Receive),
    ("export-all", Msg::Export(true)),
    ("export", Msg::Export(false)),
    ("import", Msg::Import),
    ("undo-import", Msg::UndoImport),
    ("unsend", Msg::Unsend),
    ("ask-account", Msg::Ask(Some(Loss::Account))),
    ("short", Msg::Form(Form::Short)),
    ("full", Msg::Form(Form::Full)),
];

impl Msg {
    /// The message with the value of its event in it; `None` when the value makes no sense. A tick box gives `x`
    /// or nothing.
    pub fn with(self, value: &str) -> Option<Msg> {
        let text = || value.to_string();
        Some(match self {
            Msg::Name(which, _) => Msg::Name(which, text()),
            Msg::Key(at, _) => Msg::Key(at, text()),
            Msg::Note(at, _) => Msg::Note(at, text()),
            Msg::Tick(part, which, index, _) => Msg::Tick(part, which, index, !value.is_empty()),
            Msg::Aim(_, year, true) => Msg::Aim(value.parse().ok()?, year, true),
            Msg::Aim(level, _, false) => {
                Msg::Aim(level, value.parse::<u16>().ok().filter(|year| *year >= 1000)?.clamp(2000, 2200), false)
            }
            Msg::Confirm(id, _) => Msg::Confirm(id, !value.is_empty()),
            Msg::WhatIf(at, _) => Msg::WhatIf(at, answer(value)),
            Msg::Set(list, id, field, _) => Msg::Set(list, id, field, text()),
            Msg::Dragged(_) => Msg::Dragged(value.parse().ok()?),
            Msg::Lang(_) => Msg::Lang(text()),
            Msg::Sort(code) if code.is_empty() => Msg::Sort(text()),
            Msg::Filter(which, _) => Msg::Filter(which, text()),
            Msg::Pick(what, _) => Msg::Pick(what, !value.is_empty()),
            Msg::Take(what, _) => Msg::Take(what, !value.is_empty()),
            Msg::Company(_) => Msg::Company(text()),
            Msg::Paste(_) => Msg::Paste(text()),
            Msg::Lead(which, _) => Msg::Lead(which, text()),
            Msg::LeadConsent(_) => Msg::LeadConsent(!value.is_empty()),
            other => other,
        })
    }

    /// The message as a line of words, which [`Msg::parse`] reads. What a page never writes down is blank.
    pub fn code(&self) -> String {
        if let Some((word, _)) = PLAIN.iter().find(|(_, msg)| msg == self) {
            return (*word).into();
        }
        let n = |number: usize| number.to_string();
        let at = |at: &Place| [n(at.part), n(at.item)].join(" ");
        let words: Vec<String> = match self {
            Msg::Change(place) => vec!["change".into(), at(place)],
            Msg::Answer(place, answer) => {
                vec!["answer".into(), at(place), answer.map_or("", Answer::code).into()]
            }
            Msg::Key(place, _) => vec!["key".into(), at(place)],
            Msg::Note(place, _) => vec!["note".into(), at(place)],
            Msg::OpenNote(place) => vec!["open".into(), at(place)],
            Msg::Focus(selector) => vec!["focus".into(), selector.clone()],
            Msg::Tick(part, which, index, _) => {
                vec!["tick".into(), n(*part), n((*which == Ticks::Risks).into()), n(*index)]
            }
            Msg::Go(step) => vec!["go".into(), step_word(*step)],
            Msg::WhatIf(place, _) => vec!["whatif".into(), at(place)],
            Msg::Aim(level, year, which) => {
                vec!["aim".into(), n((*level).into()), n((*year).into()), n((*which).into())]
            }
            Msg::Confirm(id, _) => vec!["confirm".into(), id.clone()],
            Msg::Add(list, fields) => {
                let fields = fields.iter().map(|(field, text)| [&n(*field), "=", text].concat());
                ["add".into(), list.spec().code.into()].into_iter().chain(fields).collect()
            }
            Msg::Set(list, id, field, text) => {
                vec!["set".into(), list.spec().code.into(), id.to_string(), n(*field), text.clone()]
            }
            Msg::Remove(list, id) => vec!["remove".into(), list.spec().code.into(), id.to_string()],
            Msg::Shift(list, id, to) => vec!["shift".into(), list.spec().code.into(), id.to_string(), n(*to)],
            Msg::Drag(row) => vec!["drag".into(), row.unwrap_or(0).to_string()],
            Msg::Dragged(row) => vec!["over".into(), row.to_string()],
            Msg::OpenAccount(id) => vec!["account".into(), id.clone()],
            Msg::File(kind) => vec!["file".into(), kind.clone()],
            Msg::Sort(column) => vec!["sort".into(), column.clone()],
            Msg::Filter(which, _) => vec!["filter".into(), n(*which)],
            Msg::Leaf(to) => vec!["leaf".into(), n(*to)],
            Msg::Pick(what, _) => vec!["pick".into(), what.clone()],
            Msg::Invite(person) => vec!["invite".into(), person.to_string()],
            Msg::Copy(selector) => vec!["copy".into(), selector.clone()],
            Msg::SaveFrom(selector) => vec!["save-from".into(), selector.clone()],
            Msg::Qr(selector) => vec!["qr".into(), selector.clone()],
            Msg::Company(_) => vec!["company".into()],
            Msg::Paste(_) => vec!["paste".into()],
            Msg::Lead(which, _) => vec!["lead".into(), n(*which)],
            Msg::LeadConsent(_) => vec!["lead-ok".into()],
            Msg::Send(url, body) => vec!["send".into(), url.clone(), body.clone()],
            Msg::Take(what, _) => vec!["take".into(), what.clone()],
            _ => vec![],
        };
        words.join(" ")
    }

    /// Reads what [`Msg::code`] writes.
    pub fn parse(code: &str) -> Option<Msg> {
        if let Some((_, msg)) = PLAIN.iter().find(|(word, _)| *word == code) {
            return Some(msg.clone());
        }
        let mut words = code.splitn(5, ' ');
        let word = words.next()?;
        // Selectors have spaces in them.
        let rest = || code.split_once(' ').map_or("", |(_, rest)| rest).to_string();
        match word {
            "focus" => return Some(Msg::Focus(rest())),
            "copy" => return Some(Msg::Copy(rest())),
            "save-from" => return Some(Msg::SaveFrom(rest())),
            "qr" => return Some(Msg::Qr(rest())),
            _ => {}
        }
        let mut next = || words.next();
        fn number<T: std::str::FromStr>(word: Option<&str>) -> Option<T> {
            word?.parse().ok()
        }
        Some(match word {
            "change" => Msg::Change(place(&mut next)?),
            "answer" => Msg::Answer(place(&mut next)?, answer(next()?)),
            "key" => Msg::Key(place(&mut next)?, String::new()),
            "note" => Msg::Note(place(&mut next)?, String::new()),
            "open" => Msg::OpenNote(place(&mut next)?),
            "tick" => {
                let part = number(next())?;
                let which = if next()? == "1" { Ticks::Risks } else { Ticks::Signals };
                Msg::Tick(part, which, number(next())?, false)
            }
            "go" => Msg::Go(parse_step(next()?)?),
            "whatif" => Msg::WhatIf(place(&mut next)?, None),
            "aim" => Msg::Aim(number(next())?, number(next())?, next()? == "1"),
            "confirm" => Msg::Confirm(next()?.into(), false),
            "add" => {
                let list = List::parse(next()?)?;
                let fields = code.split(' ').skip(2).filter_map(|field| {
                    let (field, text) = field.split_once('=')?;
                    Some((field.parse().ok()?, text.into()))
                });
                Msg::Add(list, fields.collect())
            }
            "set" => Msg::Set(List::parse(next()?)?, number(next())?, number(next())?, next()?.into()),
            "remove" => Msg::Remove(List::parse(next()?)?, number(next())?),
            "shift" => Msg::Shift(List::parse(next()?)?, number(next())?, number(next())?),
            "drag" => Msg::Drag(number(next()).filter(|row| *row > 0)),
            "over" => Msg::Dragged(number(next())?),
            "account" => Msg::OpenAccount(next()?.into()),
            "file" => Msg::File(rest()),
            "sort" => Msg::Sort(rest()),
            "filter" => Msg::Filter(number(next())?, String::new()),
            "leaf" => Msg::Leaf(number(next())?),
            "pick" => Msg::Pick(next()?.into(), false),
            "invite" => Msg::Invite(number(next())?),
            "company" => Msg::Company(String::new()),
            "paste" => Msg::Paste(String::new()),
            "lead" => Msg::Lead(number(next())?, String::new()),
            "lead-ok" => Msg::LeadConsent(false),
            "send" => Msg::Send(next()?.into(), next()?.into()),
            "take" => Msg::Take(next()?.into(), false),
            _ => return None,
        })
    }
}

/// The instrument and the item, as the next two words.
fn place<'a>(next: &mut impl FnMut() -> Option<&'a str>) -> Option<Place> {
    Some(Place { part: next()?.parse().ok()?, item: next()?.parse().ok()? })
}

/// An answer by its code, whatever the scale of its item; `None` for a blank.
fn answer(code: &str) -> Option<Answer> {
    Scale::Frequency.parse(code)
}

/// `plan`, or the instrument and the page: `1.s3` a section, `0.r` the result.
fn step_word(step: Step) -> String {
    let Step::At(part, stage) = step else {
        return word_of(step).into();
    };
    let stage = match stage {
        Stage::Section(start) => ["s", &start.to_string()].concat(),
        Stage::Signs => "i".into(),
        Stage::People => "p".into(),
        Stage::Shares => "h".into(),
        Stage::Review => "v".into(),
        Stage::Result => "r".into(),
    };
    [&part.to_string(), ".", &*stage].concat()
}

fn parse_step(word: &str) -> Option<Step> {
    let Some((part, stage)) = word.split_once('.') else {
        return parse_word(word);
    };
    let stage = match stage {
        "i" => Stage::Signs,
        "p" => Stage::People,
        "h" => Stage::Shares,
        "v" => Stage::Review,
        "r" => Stage::Result,
        section => Stage::Section(section.strip_prefix('s')?.parse().ok()?),
    };
    Some(Step::At(part.parse().ok()?, stage))
}
