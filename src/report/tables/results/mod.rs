//! The table of results: a row for each fact that the pages show, of every person in every round and of each round as a
//! whole.
//!
//! Knows which facts there are, under the names that the rules of a pack and the command line know them by. Must not
//! know how one is computed.

mod others;
mod rounds;

use super::{Cell, Table, WHO, Who, group, newest_first};
use crate::domain::confidence::Confidence;
use crate::domain::draft::Draft;
use crate::domain::facts::facts;
use crate::domain::gates::GateScore;
use crate::domain::model::{Perspective, Place, Tag};
use crate::domain::profile::{Band, Variable};
use crate::domain::raters::Rater;
use crate::domain::rounds::present;
use crate::domain::scorecard::Scorecard;
use crate::domain::survey::{Card, Cards};
use crate::pack::compiled::Pack;
use crate::pack::texts::T;
use crate::page::words::n;
use crate::page::{sure, views};

const HEADS: [T; 10] = [
    T::FileAsked,
    T::FileGroup,
    T::FileWhat,
    T::FileCode,
    T::FileValue,
    T::FileLow,
    T::FileHigh,
    T::ColAnswered,
    T::FileApplies,
    T::FileWords,
];

/// One fact. What it does not have stays blank.
#[derive(Clone, Copy, Default)]
struct Fact<'c> {
    group: &'c str,
    value: Cell<'c>,
    low: Cell<'c>,
    high: Cell<'c>,
    /// Answered and applicable.
    counted: Option<(u32, u32)>,
    words: &'c str,
}

/// Writes the facts of one person, or of one round.
struct Writer<'a, 'w> {
    table: &'w mut Table<'a>,
    pack: &'w Pack,
    draft: &'w Draft,
    who: Who<'w>,
}

/// First what the answers say that are being given, then everybody's, newest round first.
pub fn results(pack: &Pack, draft: &Draft) -> String {
    let mut table = Table::of(pack, draft, &[&WHO[..], &HEADS].concat());
    let all = newest_first(pack, draft);
    let evidence = draft.evidence(&pack.survey);
    let cards = Cards::of(&pack.survey, &evidence);
    let who = Who::live(pack, draft, present(draft));
    let mut writer = Writer { table: &mut table, pack, draft, who };
    for (part, card) in cards.parts.iter().enumerate() {
        match card {
            Card::Gates(card) if draft.begun(part) => {
                writer.gates(part, card);
                writer.why(part, card);
            }
            Card::Axes(card) if draft.begun(part) => writer.axes(part, card),
            Card::Practices(card) => writer.practices(part, card, &cards, &evidence),
            _ => {}
        }
    }
    if draft.perspective == Perspective::Own {
        writer.readings(&facts(&pack.survey, &evidence, &cards));
    }
    let Some(part) = pack.staged() else { return table.out };
    for (at, round) in all.iter().enumerate() {
        let who = |who| Who { round: round.number, date: &round.date, ..who };
        for rater in round.raters().filter(|rater| rater.view > 0) {
            let who = Who::of(pack, draft, round.number, rater);
            Writer { table: &mut table, pack, draft, who }.rater(part, rater);
        }
        // Rounds are an account's.
        if draft.kept() || all.len() > 1 {
            let before = all.get(at + 1..).and_then(|before| before.iter().find(|round| round.headline.is_some()));
            let who = who(Who::default());
            Writer { table: &mut table, pack, draft, who }.round(part, before, round);
        }
    }
    table.out
}

impl Writer<'_, '_> {
    /// `part` is the instrument; `pack.survey.instruments.len()` for what belongs to none.
    fn put(&mut self, part: usize, what: &str, code: &str, fact: Fact) {
        let id = self.pack.id(part);
        let code = if id.is_empty() { code.to_string() } else { [id, ".", code].concat() };
        let (answered, applicable) = fact.counted.unzip();
        let count = |count: Option<u32>| count.map_or(Cell::Blank, |count| Cell::Whole(count.into()));
        self.table.row(self.who.cells().into_iter().chain([
            Cell::Text(self.pack.of(part, "name")),
            Cell::Text(fact.group),
            Cell::Text(what),
            Cell::Text(&code),
            fact.value,
            fact.low,
            fact.high,
            count(answered),
            count(applicable),
            Cell::Text(fact.words),
        ]));
    }

    /// What there is to say only in words.
    fn word(&mut self, part: usize, what: T, code: &str, words: &str) {
        let pack = self.pack;
        self.put(part, pack.t(what), code, Fact { words, ..Fact::default() });
    }

    /// A fact that is a whole number, where it is known.
    fn whole(&mut self, part: usize, what: T, code: &str, value: Option<u32>, words: &str) {
        let pack = self.pack;
        let value = value.map_or(Cell::Blank, |value| Cell::Whole(value.into()));
        self.put(part, pack.t(what), code, Fact { value, words, ..Fact::default() });
    }

    /// Yes or no, where it is known.
    fn flag(&mut self, part: usize, what: T, code: &str, on: Option<bool>) {
        let pack = self.pack;
        self.word(part, what, code, on.map_or("", |on| pack.t(if on { T::EventYes } else { T::No })));
    }

    /// How far a group is achieved. The percent is that of its answers; without any there is none.
    fn achieved(&mut self, part: usize, at: usize, score: &GateScore, rating: &str, range: Option<(u32, u32)>) {
        let pack = self.pack;
        let Some(of) = pack.survey.instruments.get(part).and_then(|part| part.model.groups.get(at)) else { return };
        let value = if score.answered > 0 { percent(score.tenths()) } else { Cell::Blank };
        let (low, high) = range.map_or_else(Default::default, |(low, high)| (percent(low), percent(high)));
        let counted = Some((score.answered, score.applicable));
        let fact = Fact { group: group(pack, part, of), value, low, high, counted, words: rating };
        self.put(part, pack.t(T::ColAchieved), &of.id, fact);
    }

    fn level(&mut self, part: usize, code: &str, level: Option<u8>) {
        let words = views::level(self.pack, part, level);
        self.whole(part, T::ColLevel, code, level.map(u32::from), &words);
    }

    fn position(&mut self, part: usize, code: &str, position: Option<u16>, range: Option<(u16, u16)>) {
        let pack = self.pack;
        let words = position.map_or_else(String::new, |_| views::band(pack, position, range));
        let (low, high) = range.unzip();
        let [value, low, high] = [position, low, high].map(place);
        self.put(part, pack.t(T::FactPosition), code, Fact { value, low, high, words: &words, ..Fact::default() });
    }

    /// The grade, then each reason.
    fn confidence(&mut self, part: usize, code: &str, of: &Confidence) {
        let pack = self.pack;
        let (letter, word) = pack.grade(of.grade);
        self.word(part, T::SureTitle, code, &[letter, ": ", word].concat());
        for reason in &of.reasons {
            self.word(part, T::SureTitle, &[code, ".", reason.code()].concat(), &sure::words(pack, *reason));
        }
    }

    /// An instrument of gates. Somebody at a customer is shown no more of the own result than the page shows.
    fn gates(&mut self, part: usize, card: &Scorecard) {
        let (pack, own) = (self.pack, self.draft.perspective == Perspective::Own);
        let standing = &card.standing;
        self.level(part, "level", standing.strict);
        self.whole(part, T::FileUpTo, "upto", standing.lenient.map(u32::from), "");
        self.position(part, "position", standing.position, card.range());
        if own {
            self.confidence(part, "confidence", &card.confidence);
        }
        for (at, gate) in card.gates.iter().enumerate() {
            self.achieved(part, at, gate, pack.gate_rating(gate), None);
        }
        if !own {
            return;
        }
        for variable in &card.profile {
            self.variable(part, variable);
        }
        let consistency = &card.consistency;
        let pairs = u32::try_from(consistency.pairs.len()).unwrap_or(u32::MAX);
        let value = Cell::Thousandths(i32::try_from(consistency.g_thousandths()).unwrap_or(i32::MAX));
        let words = if consistency.unusual() { pack.t(T::WhyUnusual) } else { "" };
        let counted = Some((pairs, consistency.most));
        self.put(part, pack.t(T::FileOrder), "g", Fact { value, counted, words, ..Fact::default() });
        self.flag(part, T::FactContradiction, "contradiction", Some(consistency.contradiction));
    }

    fn variable(&mut self, part: usize, of: &Variable) {
        let pack = self.pack;
        let (what, code) = match of.tag {
            Tag::Competition => (T::VarC, "competition"),
            Tag::Price => (T::VarP, "price"),
            Tag::Features => (T::VarF, "features"),
            _ => (T::VarI, "importance"),
        };
        let band = pack.t(match of.band() {
            Some(Band::Low) => T::Low,
            Some(Band::Medium) => T::Medium,
            Some(Band::High) => T::High,
            None => T::Unknown,
        });
        self.whole(part, what, code, of.percent.map(u32::from), band);
    }

    /// The answers that hold the next level.
    fn why(&mut self, part: usize, card: &Scorecard) {
        let pack = self.pack;
        let (Some(why), Some(instrument)) = (&card.why, pack.survey.instruments.get(part)) else { return };
        let what = pack.fill(T::WhyTitle, &[("n", &n(why.level))]);
        for at in why.items() {
            let Some((of, item)) = instrument.model.items().nth(at) else { continue };
            let group = instrument.model.groups.get(of).map_or("", |of| group(pack, part, of));
            let place = Place { part, item: at };
            let value = self.draft.answer(place).and_then(|answer| answer.value());
            let fact = Fact {
                group,
                value: value.map_or(Cell::Blank, |value| Cell::Whole(value.into())),
                words: pack.item(place, self.draft.perspective),
                ..Fact::default()
            };
            self.put(part, &what, &["why.", &item.id].concat(), fact);
        }
    }

    /// Somebody of whom there is a view.
    fn rater(&mut self, part: usize, rater: &Rater) {
        let pack = self.pack;
        if !rater.same_pack {
            let (have, asked) = rater.matched;
            let values = [("n", &*have.to_string()), ("of", &asked.to_string())];
            self.word(part, T::LeadPack, "edition", &pack.fill(T::OtherEditionOf, &values));
        }
        self.gates(part, &rater.card);
    }
}

/// Tenths of a percent as percent.
fn percent<'c>(tenths: u32) -> Cell<'c> {
    Cell::Thousandths(i32::try_from(100 * tenths).unwrap_or(i32::MAX))
}

/// A position in levels.
fn place<'c>(thousandths: Option<u16>) -> Cell<'c> {
    thousandths.map_or(Cell::Blank, |thousandths| Cell::Thousandths(thousandths.into()))
}
