//! Everything that one answer sheet says, in one value.
//!
//! Knows how the parts of scoring.md fit together. Must not know texts or drawings.

use super::confidence::{Confidence, evidence};
use super::consistency::Consistency;
use super::gates::{GateScore, gate_scores};
use super::model::{Model, Sheet};
use super::profile::{Variable, profile};
use super::standing::{Standing, standing};
use super::why::{WhyNot, why_not};

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Scorecard {
    /// One a gate, lowest first.
    pub gates: Vec<GateScore>,
    pub standing: Standing,
    /// With every unknown at 0 and at 4.
    pub low: Standing,
    pub high: Standing,
    pub why: Option<WhyNot>,
    pub consistency: Consistency,
    pub confidence: Confidence,
    /// High answers in the gates of levels 4 and 5: with a note, and all.
    pub evidence: (u32, u32),
    pub profile: [Variable; 4],
}

impl Scorecard {
    /// Scores a sheet. Same input, same output, on every machine.
    pub fn of(model: &Model, sheet: &Sheet) -> Scorecard {
        let gates = gate_scores(model, sheet, None);
        let standing_now = standing(&gates, model.cuts);
        let complete = gates.iter().all(|gate| gate.answered == gate.applicable);
        let filled = |value| {
            if complete { standing_now } else { standing(&gate_scores(model, sheet, Some(value)), model.cuts) }
        };
        let consistency = Consistency::of(model, sheet, &gates);
        let evidence = evidence(model, sheet);
        let confidence = Confidence::of(sheet, &gates, &consistency, standing_now.strict, evidence);
        Scorecard {
            low: filled(0),
            high: filled(4),
            why: why_not(model, sheet, &gates, standing_now.strict),
            profile: profile(model, sheet),
            standing: standing_now,
            gates,
            consistency,
            confidence,
            evidence,
        }
    }

    /// Low and high position in thousandths, when both are defined.
    pub fn range(&self) -> Option<(u16, u16)> {
        Some((self.low.position?, self.high.position?))
    }
}
