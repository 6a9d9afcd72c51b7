//! The report as a document: its cover line, then its sections from the result to the sources, as markup without a
//! control in it. The page, the file and Markdown are drawn from this one tree.
//!
//! Knows which section stands where. Must not know how a section is written down.

use super::plain::{named, plain};
use super::{Frame, actions};
use crate::domain::draft::Draft;
use crate::domain::facts::facts;
use crate::domain::model::{Kind, Perspective, Place};
use crate::domain::raters::Whose;
use crate::domain::rounds::{Round, rounds};
use crate::domain::rows::List;
use crate::domain::rules::Facts;
use crate::domain::scorecard::Scorecard;
use crate::domain::survey::{Card, Cards};
use crate::pack::compiled::Pack;
use crate::pack::texts::T;
use crate::page::computed::{self, Numbers};
use crate::page::dom::{At, El, el, p};
use crate::page::visit::Visit;
use crate::page::words::{day, n};
use crate::page::{account, agree, figure, history, matrix, practice, readings, result, sure, target, views, why};

/// The document: what stands above the sections, and the sections.
pub struct Document {
    pub title: String,
    /// Who reports, and when.
    pub line: String,
    pub sections: Vec<El>,
}

/// Everything that several sections need.
pub struct Told<'a> {
    pub pack: &'a Pack,
    pub draft: &'a Draft,
    pub cards: Cards,
    pub facts: Facts,
    visit: Visit,
}

/// The report of a draft.
pub fn document(pack: &Pack, draft: &Draft, frame: &Frame) -> Document {
    let evidence = draft.evidence(&pack.survey);
    let cards = Cards::of(&pack.survey, &evidence);
    let facts = facts(&pack.survey, &evidence, &cards);
    let visit = Visit { today: frame.today.into(), day: day(pack, &draft.date), ..Visit::default() };
    let told = Told { pack, draft, cards, facts, visit };
    let sections = if draft.perspective == Perspective::Customer { told.customer() } else { told.own() };
    Document {
        title: pack.subject(draft),
        line: line(pack, draft, frame),
        sections: named(sections.into_iter().flatten().filter_map(|section| plain(section, 0))),
    }
}

/// "Report by Northwind, 22 Nov 2026. Answered on 20 Nov 2026."
fn line(pack: &Pack, draft: &Draft, frame: &Frame) -> String {
    let date = day(pack, frame.today);
    let values = [("date", &*date), ("company", frame.company)];
    let by = if frame.company.is_empty() { T::ReportOf } else { T::ReportBy };
    let answered = pack.fill(T::ReportAnswered, &[("date", &day(pack, &draft.date))]);
    [&*pack.fill(by, &values), " ", if draft.date.is_empty() { "" } else { &answered }].concat().trim_end().into()
}

impl Told<'_> {
    /// What a customer's own result says, and nothing of the supplier's plans.
    fn customer(&self) -> Vec<Option<El>> {
        let Some((part, card)) = self.staged() else { return Vec::new() };
        // At the top there is nothing to tell a customer: how to stay there is the supplier's question.
        let reasons = card.why.as_ref().and_then(|_| self.reasons(part, card));
        vec![Some(self.place(part, card)), reasons, Some(computed::section(self.pack, part, card, Numbers::Card))]
    }

    fn own(&self) -> Vec<Option<El>> {
        let (pack, draft) = (self.pack, self.draft);
        let part = pack.staged().unwrap_or(0);
        // Rounds are an account's, and of its levels.
        let all = if draft.kept() && pack.staged().is_some() {
            rounds(&pack.survey, draft, part, usize::MAX)
        } else {
            Vec::new()
        };
        let mut told = Vec::new();
        let headline = all.last().and_then(|now| Some((now, now.headline.as_ref()?)));
        let theirs = headline.is_some_and(|(_, headline)| headline.whose != Whose::Own);
        if let Some((part, card)) = self.staged() {
            match headline {
                Some((now, headline)) => {
                    // A target that nobody chose is proposed from the own answers: not below what others say.
                    let aim = (!theirs || draft.target.is_some()).then(|| self.aim(part));
                    told.push(account::head_of(pack, draft, part, now).map(|head| head.put_if(aim)));
                    told.push(Some(sure::section(pack, &headline.confidence)));
                }
                None => {
                    told.push(Some(self.place(part, card)));
                    told.push(Some(sure::section(pack, &card.confidence)));
                }
            }
            // All of this is read from the own answers, whoever gives the headline.
            if !theirs || draft.begun(part) {
                told.push(theirs.then(|| self.hypothesis(part, card)));
                told.push(self.reasons(part, card));
                told.push(Some(result::profile(pack, card)));
                told.push(Some(result::risks(pack, draft, part, card)));
            }
        }
        for (at, card) in self.cards.parts.iter().enumerate().filter(|(at, _)| self.begun(*at)) {
            let of = || el("section", "bsh-card").at(At::DataSection, &["part-", pack.id(at)].concat());
            told.push(match card {
                // Pages of their own there, sections here.
                Card::Axes(card) => plain(matrix::page(of(), pack, draft, at, card), 1),
                Card::Practices(card) => plain(practice::page(of(), pack, draft, at, (card, &self.cards)), 1),
                Card::Gates(card) if at != part => Some(self.scale(of(), at, card)),
                Card::Gates(_) => None,
            });
        }
        told.extend(self.people(part, &all));
        if all.len() > 1 {
            told.push(Some(history::section(pack, &self.visit, part, &all)));
        }
        told.push(readings::section(pack, draft, &self.facts));
        told.extend(actions::sections(self));
        if let Some((part, card)) = self.staged() {
            let numbers = match (theirs, draft.begun(part)) {
                (false, _) => Numbers::Card,
                (true, true) => Numbers::OwnView,
                (true, false) => Numbers::None,
            };
            told.push(Some(self.method(part, card, numbers)));
        }
        told
    }

    /// Has anything of an instrument been answered, or of its share table? People are an account's before its questions
    /// are, and have a section of their own.
    fn begun(&self, part: usize) -> bool {
        let kind = self.pack.survey.instruments.get(part).map(|instrument| &instrument.kind);
        let some = |list: List| self.draft.filled(list).next().is_some();
        let shares = matches!(kind, Some(Kind::Practices { shares: true, .. }));
        self.draft.begun(part) || (shares && (some(List::Own) || some(List::Rivals)))
    }

    /// A further instrument of levels: where it places the supplier, and why not one level higher.
    fn scale(&self, of: El, part: usize, card: &Scorecard) -> El {
        let lower = |section: Option<El>| section.and_then(|section| plain(section, 1));
        of.put(el("h2", "").text(self.pack.of(part, "name")))
            .put_if(lower(Some(self.place(part, card))))
            .put_if(lower(self.reasons(part, card)))
    }

    /// The first instrument of gates.
    fn staged(&self) -> Option<(usize, &Scorecard)> {
        let part = self.pack.staged()?;
        Some((part, self.cards.gates(part)?))
    }

    /// The sentence, the place, the pyramid and its table.
    fn place(&self, part: usize, card: &Scorecard) -> El {
        let (pack, draft) = (self.pack, self.draft);
        let own = draft.perspective == Perspective::Own;
        let aim = target::target(pack, draft, part, &self.cards);
        let told = [&*result::place(pack, part, card), " ", if own { pack.t(T::Hypothesis) } else { "" }].concat();
        el("section", "bsh-card bsh-where")
            .at(At::DataSection, "where")
            .put(el("h2", "").text(&result::headline(pack, draft, part, card)))
            .put(p("", &told))
            .put(figure::figure(pack, draft, part, card, aim))
            .put(result::levels(pack, part, card, own))
            .put_if((own && pack.staged() == Some(part)).then(|| self.aim(part)))
    }

    /// What the supplier's own answers say, where the customer's people give the headline.
    fn hypothesis(&self, part: usize, card: &Scorecard) -> El {
        let pack = self.pack;
        let told = [&*result::place(pack, part, card), " ", pack.t(T::Hypothesis)].concat();
        el("section", "bsh-card")
            .at(At::DataSection, "own")
            .put(el("h2", "").text(pack.t(T::ViewOwn)))
            .put(p("", &result::headline(pack, self.draft, part, card)))
            .put(p("bsh-soft", &told))
    }

    /// The target in a sentence.
    fn aim(&self, part: usize) -> El {
        let pack = self.pack;
        let aim = target::target(pack, self.draft, part, &self.cards);
        let values = [("n", &*n(aim.level)), ("name", pack.level(part, aim.level, "name")), ("year", &n(aim.year))];
        p("bsh-aim", &pack.fill(T::ReportAim, &values))
    }

    /// Why not one level higher: all the answers that hold it.
    fn reasons(&self, part: usize, card: &Scorecard) -> Option<El> {
        let (pack, draft) = (self.pack, self.draft);
        let of = el("section", "bsh-card").at(At::DataSection, "why");
        let Some(held) = &card.why else {
            return Some(of.put(el("h2", "").text(pack.t(T::WhyTopTitle))).put(p("", pack.t(T::WhyTop))));
        };
        let mut all = of.put(el("h2", "").text(&pack.fill(T::WhyTitle, &[("n", &n(held.level))])));
        for hold in &held.holds {
            all = all.put_if(why::hold(pack, card, hold));
        }
        let mut list = el("ol", "bsh-why");
        for item in held.items() {
            let at = Place { part, item };
            if let Some(asked) = pack.survey.item(at) {
                let state = why::state(pack, asked, draft.answer(at), draft.perspective);
                list = list.put(
                    el("li", "")
                        .put(el("span", "").text(pack.item(at, draft.perspective)))
                        .put(el("small", "").text(&state)),
                );
            }
        }
        Some(all.put(list))
    }

    /// Who says what at an account, how far apart they are, and what to talk about; and everybody who is known there.
    fn people(&self, part: usize, all: &[Round]) -> Vec<Option<El>> {
        let (pack, draft) = (self.pack, self.draft);
        let Some(instrument) = pack.survey.instruments.get(part) else { return Vec::new() };
        let mut told = Vec::new();
        if let Some(now) = all.last() {
            told.push(now.gap.map(|_| account::gap(pack, now)));
            told.push(now.raters().next().map(|_| views::section(pack, draft, part, now)));
            if !now.customers.is_empty() {
                told.push(Some(agree::section(pack, part, instrument, now)));
                told.push(now.own.as_ref().map(|_| agree::agenda(pack, part, instrument, now)));
            }
        }
        told.push(actions::people(self));
        told
    }

    /// How the numbers came about, whose ideas they rest on, and where the planned methods come from.
    fn method(&self, part: usize, card: &Scorecard, numbers: Numbers) -> El {
        let sources = actions::sources(self);
        computed::section(self.pack, part, card, numbers).put_if((!sources.is_empty()).then(|| {
            el("div", "")
                .put(el("h3", "").text(self.pack.t(T::ReportSources)))
                .put(el("ul", "bsh-plain").each(sources.iter().map(|text| el("li", "").text(text))))
        }))
    }
}
