//! Why not one level higher: the gates that hold the next level, and the answers in them whose improvement would pass.
//!
//! Knows scoring.md section 4. Must not know texts.

use super::answer::Answer;
use super::gates::{GateScore, Rating};
use super::model::{Model, Sheet};

/// The way to the next level.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WhyNot {
    /// The level that is not reached yet, 2..=5.
    pub level: u8,
    /// What holds it, lowest gate first.
    pub holds: Vec<Hold>,
}

/// One gate that holds the next level.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Hold {
    /// The gate, named by its level, 2..=5.
    pub gate: u8,
    /// The rating it must have.
    pub needs: Rating,
    /// Item indices: raising them all to 4 passes the gate. Critical ones first, then the lowest value, then what is
    /// not known, then pack order; in a gate that is undetermined what is not known comes first.
    pub items: Vec<usize>,
}

impl WhyNot {
    /// All item indices, in order.
    pub fn items(&self) -> impl Iterator<Item = usize> + '_ {
        self.holds.iter().flat_map(|hold| hold.items.iter().copied())
    }
}

/// `None` at the top level.
pub fn why_not(model: &Model, sheet: &Sheet, gates: &[GateScore], level: Option<u8>) -> Option<WhyNot> {
    let next = level.map_or(2, |level| level + 1);
    if usize::from(next) > model.groups.len() + 1 {
        return None;
    }
    let holds = (2..=next)
        .filter_map(|level| {
            let needs = if level == next { Rating::L } else { Rating::F };
            let index = usize::from(level) - 2;
            let gate = gates.get(index)?;
            let met = gate.determined() && gate.rating >= needs;
            (!met).then(|| Hold { gate: level, needs, items: improve(model, sheet, index, gate, needs) })
        })
        .collect();
    Some(WhyNot { level: next, holds })
}

/// The first answers, in order of weight, that pass the gate once they are all at 4.
fn improve(model: &Model, sheet: &Sheet, gate: usize, score: &GateScore, needs: Rating) -> Vec<usize> {
    let items = model.groups.get(gate).map_or(&[][..], |g| &g.items);
    let open: Vec<Open> = items
        .iter()
        .zip(model.range(gate))
        .filter(|(item, _)| sheet.form.has(item))
        .filter_map(|(item, index)| match sheet.answers.get(index).copied().flatten() {
            Some(Answer::NotApplicable | Answer::Value(4..)) => None,
            Some(Answer::Value(value)) => {
                Some(Open { later: !score.determined(), minor: !item.critical, value, index, known: true })
            }
            Some(Answer::DontKnow) | None => {
                Some(Open { later: false, minor: !item.critical, value: 4, index, known: false })
            }
        })
        .fold(Vec::new(), into_order);
    let (mut sum, mut answered) = (score.sum, score.answered);
    let mut caps = open.iter().filter(|open| open.caps()).count();
    let mut chosen = Vec::new();
    for open in open {
        chosen.push(open.index);
        caps -= usize::from(open.caps());
        if open.known {
            sum += 4 - u32::from(open.value);
        } else {
            sum += 4;
            answered += 1;
        }
        let better = GateScore::from_sums(model.cuts, sum, answered, score.applicable, caps > 0);
        if better.determined() && better.rating >= needs {
            break;
        }
    }
    chosen
}

/// An answer that can be improved. The order of the fields is the order of weight.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Open {
    /// A known answer of a gate that is undetermined.
    later: bool,
    minor: bool,
    /// What is not known comes after 0 to 3.
    value: u8,
    index: usize,
    known: bool,
}

impl Open {
    /// Does it cap its gate?
    fn caps(&self) -> bool {
        self.known && !self.minor && self.value <= 1
    }
}

/// Insertion: a gate has some fifteen items, and the library's sort would be 4 kB of the visitor's program.
fn into_order(mut sorted: Vec<Open>, open: Open) -> Vec<Open> {
    let at = sorted.iter().take_while(|before| **before <= open).count();
    sorted.insert(at, open);
    sorted
}
