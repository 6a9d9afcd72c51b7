//! Practices side by side, each with its percent and rating.
//!
//! Knows scoring.md section 9. Must not know contacts or shares, which stand beside them.

use super::gates::{GateScore, gate_scores};
use super::model::{Model, Sheet};

/// What the practices say.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PracticesCard {
    /// By group.
    pub scores: Vec<GateScore>,
    /// The group with the lowest percent among those of which enough is known.
    pub weakest: Option<usize>,
}

impl PracticesCard {
    pub fn of(model: &Model, sheet: &Sheet) -> PracticesCard {
        let scores = gate_scores(model, sheet, None);
        let known = scores.iter().enumerate().filter(|(_, score)| score.determined());
        let weakest = known.reduce(|least, other| {
            let product = |a: &GateScore, b: &GateScore| u64::from(a.sum) * u64::from(b.answered);
            if product(other.1, least.1) < product(least.1, other.1) { other } else { least }
        });
        PracticesCard { weakest: weakest.map(|(index, _)| index), scores }
    }
}
