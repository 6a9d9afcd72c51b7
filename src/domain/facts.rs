//! What the instruments say as named facts, for the rules of a pack.
//!
//! Knows which facts each kind of instrument gives and how they are called (docs/packs.md lists them). Must not know
//! any rule.

use super::answer::Answer;
use super::model::{Instrument, Kind, Role, Survey};
use super::rules::{Facts, Value};
use super::survey::{Card, Cards, Evidence};

/// What a fact can be, for the check of a rule.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Sort {
    Number,
    Words(Vec<String>),
}

/// One fact that a survey can give: its name, and where its value comes from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Source {
    pub name: String,
    part: usize,
    what: What,
}

/// What of an instrument; the numbers are indices into its model.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum What {
    Level,
    UpTo,
    Position,
    Confidence,
    Contradiction,
    Quadrant,
    Border,
    Ready,
    Cemented,
    Choice,
    Weakest,
    Contacts,
    Wide,
    Deep,
    Single,
    TimeRank,
    CashRank,
    Ahead,
    Group(usize),
    Item(usize),
    Signal(usize),
    Risk(usize),
}

const GATES: &[(&str, What)] = &[
    ("level", What::Level),
    ("upto", What::UpTo),
    ("position", What::Position),
    ("confidence", What::Confidence),
    ("contradiction", What::Contradiction),
];
const AXES: &[(&str, What)] = &[
    ("quadrant", What::Quadrant),
    ("border", What::Border),
    ("ready", What::Ready),
    ("cemented", What::Cemented),
    ("choice", What::Choice),
];
const PRACTICES: &[(&str, What)] = &[("weakest", What::Weakest)];
const CONTACTS: &[(&str, What)] =
    &[("contacts", What::Contacts), ("wide", What::Wide), ("deep", What::Deep), ("single", What::Single)];
const SHARES: &[(&str, What)] = &[("time-rank", What::TimeRank), ("cash-rank", What::CashRank), ("ahead", What::Ahead)];

/// All facts of a survey: `<instrument>.<what>`, and the bare id of every item, signal and risk.
pub fn sources(survey: &Survey) -> Vec<Source> {
    let mut sources = Vec::new();
    for (part, instrument) in survey.instruments.iter().enumerate() {
        let mut put = |name: String, what: What| sources.push(Source { name, part, what });
        let named: [&[(&str, What)]; 3] = match &instrument.kind {
            Kind::Gates { .. } => [GATES, &[], &[]],
            Kind::Axes { .. } => [AXES, &[], &[]],
            Kind::Practices { functions, shares, .. } => {
                [PRACTICES, if functions.is_empty() { &[] } else { CONTACTS }, if *shares { SHARES } else { &[] }]
            }
        };
        for (what, source) in named.into_iter().flatten() {
            put(name(instrument, what), *source);
        }
        let model = &instrument.model;
        for (index, group) in model.groups.iter().enumerate().filter(|(_, group)| group.role != Role::Choice) {
            put(name(instrument, &group.id), What::Group(index));
        }
        for (index, (_, item)) in model.items().enumerate() {
            put(item.id.clone(), What::Item(index));
        }
        for (index, id) in model.signals.iter().enumerate() {
            put(id.clone(), What::Signal(index));
        }
        for (index, id) in model.risks.iter().enumerate() {
            put(id.clone(), What::Risk(index));
        }
    }
    sources
}

/// All facts of a survey with their values, known or not.
pub fn facts(survey: &Survey, evidence: &Evidence, cards: &Cards) -> Facts {
    let value = |source: Source| {
        let value = source.value(survey, evidence, cards);
        (source.name, value)
    };
    sources(survey).into_iter().map(value).collect()
}

impl Source {
    /// The fact as it is now.
    pub fn value(&self, survey: &Survey, evidence: &Evidence, cards: &Cards) -> Value {
        self.known(survey, evidence, cards).unwrap_or(Value::Unknown)
    }

    fn known(&self, survey: &Survey, evidence: &Evidence, cards: &Cards) -> Option<Value> {
        let instrument = survey.instruments.get(self.part)?;
        let sheet = evidence.sheets.get(self.part)?;
        let ticked = |ticks: &[bool], index: usize| ticks.get(index).map(|on| Value::flag(*on));
        match (self.what, cards.parts.get(self.part)?) {
            (What::Item(index), _) => sheet.answer(index).and_then(Answer::value).map(Value::whole),
            (What::Signal(index), _) => ticked(&sheet.signals, index),
            (What::Risk(index), _) => ticked(&sheet.risks, index),
            (What::Group(index), card) => {
                let score = card.scores().get(index)?;
                score.known().then(|| Value::Number(25 * score.sum, score.answered))
            }
            (what, Card::Gates(card)) => {
                let standing = &card.standing;
                match what {
                    What::Level => standing.strict.map(Value::whole),
                    What::UpTo => standing.lenient.map(Value::whole),
                    What::Position => standing.position.map(Value::whole),
                    What::Confidence => {
                        sheet.begun().then(|| word(&card.confidence.grade.letter().to_ascii_lowercase().to_string()))
                    }
                    _ => sheet.begun().then(|| Value::flag(card.consistency.contradiction)),
                }
            }
            (what, Card::Axes(card)) => match (what, &instrument.kind) {
                (What::Quadrant, Kind::Axes { quadrants, .. }) => quadrants.get(card.quadrant?).map(|id| word(id)),
                (What::Border, _) => card.quadrant.map(|_| Value::flag(!card.borders.is_empty())),
                (What::Ready, _) => (card.ready.1 > 0).then(|| Value::whole(card.ready.0)),
                (What::Cemented, _) => card.cemented.map(Value::flag),
                _ => card.by_choice.map(Value::flag),
            },
            (what, Card::Practices(card)) => {
                let (map, table) = (&cards.map, &cards.table);
                let counted = |number: u32| (map.count > 0).then(|| Value::whole(number));
                match what {
                    What::Weakest => instrument.model.groups.get(card.weakest?).map(|group| word(&group.id)),
                    What::Contacts => Some(Value::whole(map.count)),
                    What::Wide => counted(map.wide),
                    What::Deep => counted(map.deep),
                    What::Single => map.threaded().map(Value::flag),
                    What::TimeRank => table.time.rank.map(Value::whole),
                    What::CashRank => table.cash.rank.map(Value::whole),
                    _ => table.ahead().map(Value::flag),
                }
            }
        }
    }
}

/// The full name of a fact.
pub fn name(instrument: &Instrument, what: &str) -> String {
    [&instrument.id, ".", what].concat()
}

fn word(word: &str) -> Value {
    Value::Word(word.into())
}

/// The sort of every fact that a survey can give, for the check of rules.
#[cfg(feature = "author")]
pub fn sorts(survey: &Survey) -> Vec<(String, Sort)> {
    let words = |words: &[&str]| Sort::Words(words.iter().map(|word| (*word).into()).collect());
    let sort = |source: Source| {
        let instrument = survey.instruments.get(source.part);
        let sort = match (source.what, instrument.map(|instrument| (&instrument.kind, instrument))) {
            (What::Confidence, _) => words(&["a", "b", "c", "d"]),
            (What::Contradiction | What::Border | What::Cemented | What::Choice, _) => words(&["yes", "no"]),
            (What::Single | What::Ahead | What::Signal(_) | What::Risk(_), _) => words(&["yes", "no"]),
            (What::Quadrant, Some((Kind::Axes { quadrants, .. }, _))) => Sort::Words(quadrants.to_vec()),
            (What::Weakest, Some((_, instrument))) => {
                Sort::Words(instrument.model.groups.iter().map(|group| group.id.clone()).collect())
            }
            _ => Sort::Number,
        };
        (source.name, sort)
    };
    sources(survey).into_iter().map(sort).collect()
}
