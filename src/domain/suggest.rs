//! What to do next: methods that fit the answers, each with the answer or fact that called for it.
//!
//! Order: what holds the next level (critical answers first), the weakest practice, what a method's own condition asks
//! for, the risks. Must not know the texts of methods.

use super::gates::Rating;
use super::model::{Method, Model, Place, Sheet, Survey, Use};
use super::rules::Facts;
use super::survey::{Card, Cards, Evidence};

/// Why a method is suggested.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Cause {
    /// An answer that holds the next level, or the lowest one of the weakest practice.
    Answer(Place),
    /// A risk or signal that is ticked, by id.
    Tick(String),
    /// A fact by name, from the method's condition.
    Fact(String),
    /// Nothing is left to climb.
    Top,
}

/// A method that fits.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Suggestion {
    /// Index into the survey's methods.
    pub method: usize,
    pub cause: Cause,
}

/// The most that are suggested: more would be a catalogue.
pub const MOST: usize = 8;
/// The most methods for what is ticked: their places are not taken by others.
const TICKS_MOST: usize = 3;
/// The most answers of one kind that call for a method each.
const ANSWERS_MOST: usize = 4;

/// The methods for these answers. Empty where nothing is answered, or too little to call for one.
pub fn suggest(survey: &Survey, evidence: &Evidence, cards: &Cards, facts: &Facts) -> Vec<Suggestion> {
    let holds = |index: usize| {
        let rule = survey.methods.get(index).and_then(|method| method.when.as_ref());
        rule.is_some_and(|rule| rule.holds(facts))
    };
    Adviser::of(survey).suggest(evidence, cards, &holds)
}

/// Which method moves what, looked up once for a survey.
pub struct Adviser<'a> {
    survey: &'a Survey,
    /// One an instrument.
    movers: Vec<Movers>,
}

/// The methods of one instrument, by index of the item, signal or risk.
struct Movers {
    items: Vec<Mover>,
    signals: Vec<Mover>,
    risks: Vec<Mover>,
}

/// The first method to climb and the first to hold that move something, as indices.
#[derive(Clone, Copy)]
struct Mover {
    climb: Option<usize>,
    hold: Option<usize>,
}

impl Mover {
    fn of(self, serves: Use) -> Option<usize> {
        if serves == Use::Hold { self.hold } else { self.climb }
    }
}

impl<'a> Adviser<'a> {
    pub fn of(survey: &'a Survey) -> Adviser<'a> {
        let moving = |serves: Use, id: &str| {
            let moves = |method: &Method| method.serves == serves && method.moves.iter().any(|moved| moved == id);
            survey.methods.iter().position(moves)
        };
        let mover = |id: &String| Mover { climb: moving(Use::Climb, id), hold: moving(Use::Hold, id) };
        let movers = survey.instruments.iter().map(|instrument| &instrument.model).map(|model| Movers {
            items: model.items().map(|(_, item)| mover(&item.id)).collect(),
            signals: model.signals.iter().map(mover).collect(),
            risks: model.risks.iter().map(mover).collect(),
        });
        Adviser { survey, movers: movers.collect() }
    }

    /// The same as [`suggest`]; `holds` tells whether the condition of a method is there and holds.
    pub fn suggest(&self, evidence: &Evidence, cards: &Cards, holds: &dyn Fn(usize) -> bool) -> Vec<Suggestion> {
        if !evidence.sheets.iter().any(Sheet::begun) {
            return Vec::new();
        }
        // Who buys on price by choice is served well at low cost, and not talked into more.
        let by_choice = cards.by_choice();
        let serves = if by_choice { Use::Hold } else { Use::Climb };
        let mut chosen = Chosen { adviser: self, serves, list: Vec::with_capacity(MOST) };
        let parts = || cards.parts.iter().zip(&evidence.sheets).zip(&self.survey.instruments).enumerate();
        if by_choice {
            chosen.by_condition(holds);
        } else {
            for (part, ((card, sheet), _)) in parts() {
                if let Card::Gates(card) = card
                    && sheet.begun()
                {
                    chosen.by_answers(part, card.why.iter().flat_map(|why| why.items()));
                }
            }
            for (part, ((card, sheet), instrument)) in parts() {
                if let Card::Practices(card) = card
                    && let Some(group) = card.weakest
                    && card.scores.get(group).is_some_and(|score| score.rating < Rating::F)
                {
                    chosen.by_answers(part, lowest(&instrument.model, sheet, group));
                }
            }
            chosen.by_condition(holds);
            for (part, ((card, sheet), instrument)) in parts() {
                if let Card::Axes(card) = card {
                    for (group, score) in card.scores.iter().enumerate() {
                        if score.answered > 0 && score.rating < Rating::L {
                            chosen.by_answers(part, lowest(&instrument.model, sheet, group));
                        }
                    }
                }
            }
        }
        // What is ticked is said last, but always has its places.
        let mut ticked = Chosen { adviser: self, serves, list: Vec::new() };
        ticked.by_ticks(evidence);
        ticked.list.retain(|new| !chosen.list.iter().any(|other| other.method == new.method));
        ticked.list.truncate(TICKS_MOST);
        chosen.list.truncate(MOST - ticked.list.len());
        chosen.list.append(&mut ticked.list);
        if chosen.list.is_empty() && at_top(evidence, cards) {
            for (method, _) in self.survey.methods.iter().enumerate().filter(|(_, method)| method.serves == Use::Keep) {
                chosen.put(method, || Cause::Top);
            }
        }
        chosen.list
    }
}

/// Is something staged answered, and nothing left to climb? Then what was begun of the practices must be known too.
fn at_top(evidence: &Evidence, cards: &Cards) -> bool {
    let begun = || cards.parts.iter().zip(&evidence.sheets).filter(|(_, sheet)| sheet.begun());
    let staged = || begun().filter_map(|(card, _)| if let Card::Gates(card) = card { Some(card) } else { None });
    let known = begun().all(|(card, _)| match card {
        Card::Practices(card) => card.scores.iter().all(|score| score.determined()),
        _ => true,
    });
    staged().next().is_some() && staged().all(|card| card.why.is_none()) && known
}

/// The items of a group from its lowest answer up; what is at the top or not answered is left out.
fn lowest<'a>(model: &Model, sheet: &'a Sheet, group: usize) -> impl Iterator<Item = usize> + use<'a> {
    let range = model.range(group);
    (0u8..4).flat_map(move |value| {
        range.clone().filter(move |item| sheet.answer(*item).and_then(|answer| answer.value()) == Some(value))
    })
}

struct Chosen<'a> {
    adviser: &'a Adviser<'a>,
    serves: Use,
    list: Vec<Suggestion>,
}

impl Chosen<'_> {
    fn put(&mut self, method: usize, cause: impl FnOnce() -> Cause) -> bool {
        let new = !self.list.iter().any(|other| other.method == method);
        if new {
            self.list.push(Suggestion { method, cause: cause() });
        }
        new
    }

    fn by_answers(&mut self, part: usize, items: impl Iterator<Item = usize>) {
        let Some(movers) = self.adviser.movers.get(part) else {
            return;
        };
        let mut room = ANSWERS_MOST;
        for item in items {
            if let Some(method) = movers.items.get(item).and_then(|mover| mover.of(self.serves))
                && self.put(method, || Cause::Answer(Place { part, item }))
            {
                room -= 1;
                if room == 0 {
                    return;
                }
            }
        }
    }

    fn by_condition(&mut self, holds: &dyn Fn(usize) -> bool) {
        for (index, method) in self.adviser.survey.methods.iter().enumerate() {
            if method.serves == self.serves
                && let Some(rule) = &method.when
                && holds(index)
            {
                self.put(index, || rule.names().first().map_or(Cause::Top, |name| Cause::Fact((*name).into())));
            }
        }
    }

    /// Risks first: a sponsor who leaves is more urgent than a tender.
    fn by_ticks(&mut self, evidence: &Evidence) {
        let adviser = self.adviser;
        let parts = || evidence.sheets.iter().zip(&adviser.movers).zip(&adviser.survey.instruments);
        for ((sheet, movers), instrument) in parts() {
            self.ticked(&instrument.model.risks, &sheet.risks, &movers.risks);
        }
        for ((sheet, movers), instrument) in parts() {
            self.ticked(&instrument.model.signals, &sheet.signals, &movers.signals);
        }
    }

    fn ticked(&mut self, ids: &[String], ticks: &[bool], movers: &[Mover]) {
        for ((id, on), mover) in ids.iter().zip(ticks).zip(movers) {
            if *on && let Some(method) = mover.of(self.serves) {
                self.put(method, || Cause::Tick(id.clone()));
            }
        }
    }
}
