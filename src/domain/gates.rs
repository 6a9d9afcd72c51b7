//! How far each gate, or other group of items, is achieved: sums, percent, rating, critical cap.
//!
//! Knows scoring.md section 2 (after ISO/IEC 33020). Must not know levels or positions.

use super::answer::Answer;
use super::model::{Cuts, Model, Sheet};

/// Not, Partially, Largely, Fully achieved (ISO/IEC 33020).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Rating {
    N,
    P,
    L,
    F,
}

impl Rating {
    pub fn letter(self) -> char {
        match self {
            Rating::N => 'N',
            Rating::P => 'P',
            Rating::L => 'L',
            Rating::F => 'F',
        }
    }
}

/// The achievement of one gate.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct GateScore {
    /// Percent achieved as a fraction, before the cap: `100 * sum / (4 * answered)`. Both 0 when nothing is answered.
    pub sum: u32,
    pub answered: u32,
    pub applicable: u32,
    /// A critical item was answered 0 or 1.
    pub capped: bool,
    pub rating: Rating,
}

impl GateScore {
    /// Of a group that does not exist.
    pub const NOTHING: GateScore = GateScore { sum: 0, answered: 0, applicable: 0, capped: false, rating: Rating::N };

    /// Adds up one gate of a sheet. `gate` counts from 0; `fill` replaces don't know and blank, for the range.
    pub fn of(model: &Model, sheet: &Sheet, gate: usize, fill: Option<u8>) -> GateScore {
        let range = model.range(gate);
        let items = model.groups.get(gate).map_or(&[][..], |g| &g.items);
        let (mut sum, mut answered, mut applicable, mut capped) = (0, 0, 0, false);
        for (item, index) in items.iter().zip(range) {
            if !sheet.form.has(item) {
                continue;
            }
            let value = match sheet.answers.get(index).copied().flatten() {
                Some(Answer::NotApplicable) => continue,
                Some(Answer::Value(value)) => Some(value),
                Some(Answer::DontKnow) | None => fill,
            };
            applicable += 1;
            if let Some(value) = value {
                answered += 1;
                sum += u32::from(value.min(4));
                capped |= item.critical && value <= 1;
            }
        }
        GateScore::from_sums(model.cuts, sum, answered, applicable, capped)
    }

    /// The rating of given sums. `sum` is at most `4 * answered`.
    pub fn from_sums(cuts: Cuts, sum: u32, answered: u32, applicable: u32, capped: bool) -> GateScore {
        let at_most = |cut: u8| u64::from(sum) * 100 <= u64::from(cut) * 4 * u64::from(answered);
        let rating = if at_most(cuts.partly) {
            Rating::N
        } else if at_most(cuts.largely) || capped {
            Rating::P
        } else if at_most(cuts.fully) {
            Rating::L
        } else {
            Rating::F
        };
        GateScore { sum, answered, applicable, capped, rating }
    }

    /// At least three applicable items, and at least half of them answered.
    pub fn determined(&self) -> bool {
        self.applicable >= 3 && 2 * self.answered >= self.applicable
    }

    /// Is there enough to rate it? A group of fewer than three items needs one answer.
    pub fn known(&self) -> bool {
        self.answered > 0 && (self.determined() || self.applicable < 3)
    }

    /// Determined, and at least Largely achieved.
    pub fn passed(&self) -> bool {
        self.determined() && self.rating >= Rating::L
    }

    /// Percent in tenths, 0..=1000, rounded half up, before the cap. For display only.
    pub fn tenths(&self) -> u32 {
        if self.answered == 0 { 0 } else { (1000 * self.sum + 2 * self.answered) / (4 * self.answered) }
    }

    /// b as a fraction (numerator, denominator) of percent: the achievement after the critical cap.
    pub fn capped_percent(&self, cuts: Cuts) -> (u64, u64) {
        let (num, den) = (100 * u64::from(self.sum), 4 * u64::from(self.answered.max(1)));
        let cap = u64::from(cuts.largely) * den;
        if self.capped && num > cap { (cap, den) } else { (num, den) }
    }
}

/// All gates of a sheet, lowest first.
pub fn gate_scores(model: &Model, sheet: &Sheet, fill: Option<u8>) -> Vec<GateScore> {
    (0..model.groups.len()).map(|gate| GateScore::of(model, sheet, gate, fill)).collect()
}

/// Answered and applicable over all gates, of the items in the form.
pub fn coverage(gates: &[GateScore]) -> (u32, u32) {
    gates.iter().fold((0, 0), |(n, of), gate| (n + gate.answered, of + gate.applicable))
}
