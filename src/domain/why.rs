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
        self.holds
            .iter()
            .flat_map(|hold| hold.items.iter().copied())
    }
}

/// `None` at the top level.
pub fn why_not(
    model: &Model,
    sheet: &Sheet,
    gates: &[GateScore],
    level: Option<u8>,
) -> Option<WhyNot> {
    let next = level.map_or(2, |level| level + 1);
    if usize::from(next) > model.gates.len() + 1 {
        return None;
    }
    let holds = (2..=next)
        .filter_map(|level| {
            let needs = if level == next { Rating::L } else { Rating::F };
            let index = usize::from(level) - 2;
            let gate = gates.get(index)?;
            let met = gate.determined() && gate.rating >= needs;
            (!met).then(|| Hold {
                gate: level,
                needs,
                items: improve(model, sheet, index, needs),
            })
        })
        .collect();
    Some(WhyNot { level: next, holds })
}

/// The first answers, in order of weight, that pass the gate once they are all at 4.
fn improve(model: &Model, sheet: &Sheet, gate: usize, needs: Rating) -> Vec<usize> {
    let determined = GateScore::of(model, sheet, gate, None).determined();
    let range = model.range(gate);
    let items = model.gates.get(gate).map_or(&[][..], |g| &g.items);
    let mut open: Vec<(bool, bool, u8, usize)> = items
        .iter()
        .zip(range)
        .filter(|(item, _)| sheet.form.has(item))
        .filter_map(
            |(item, index)| match sheet.answers.get(index).copied().flatten() {
                Some(Answer::NotApplicable) | Some(Answer::Value(4..)) => None,
                Some(Answer::Value(value)) => Some((!determined, !item.critical, value, index)),
                Some(Answer::DontKnow) | None => Some((false, !item.critical, 4, index)),
            },
        )
        .collect();
    open.sort_unstable();
    let mut better = sheet.clone();
    let mut chosen = Vec::new();
    for (.., index) in open {
        if let Some(answer) = better.answers.get_mut(index) {
            *answer = Some(Answer::Value(4));
            chosen.push(index);
        }
        let score = GateScore::of(model, &better, gate, None);
        if score.determined() && score.rating >= needs {
            break;
        }
    }
    chosen
}
