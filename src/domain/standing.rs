//! From gates to a level and a position on the continuum.
//!
//! Knows scoring.md sections 2 and 3. Must not know items or answers.

use super::gates::{GateScore, Rating};
use super::model::Cuts;

/// Where the gates put the supplier.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Standing {
    /// The headline level, 1..=5; `None` when gate 2 is undetermined.
    pub strict: Option<u8>,
    /// The level "up to" which the gates reach when Largely is enough throughout.
    pub lenient: Option<u8>,
    /// Thousandths, 1000..=5000; `None` when the gate above the level is undetermined.
    pub position: Option<u16>,
    /// The first gate (2..=5) that stopped the climb because too little is known about it.
    pub undetermined: Option<u8>,
}

/// Position never reads as a level that was not passed.
const STEP_MAX: u64 = 990;

/// The staged rule: a level needs its own gate at least Largely and every gate below it Fully.
pub fn standing(gates: &[GateScore], cuts: Cuts) -> Standing {
    let mut strict = 1;
    let mut lenient = 1;
    let mut undetermined = None;
    let (mut below_full, mut below_passed) = (true, true);
    for (gate, level) in gates.iter().zip(2u8..) {
        if !gate.determined() {
            // It matters only if the climb got here at all.
            if below_passed {
                undetermined = Some(level);
            }
            break;
        }
        if below_full && gate.rating >= Rating::L {
            strict = level;
        }
        below_full &= gate.rating == Rating::F;
        below_passed &= gate.rating >= Rating::L;
        if below_passed {
            lenient = level;
        }
    }
    if gates.first().is_none_or(|gate| !gate.determined()) {
        return Standing { strict: None, lenient: None, position: None, undetermined };
    }
    Standing { strict: Some(strict), lenient: Some(lenient), position: position(gates, cuts, strict), undetermined }
}

fn position(gates: &[GateScore], cuts: Cuts, level: u8) -> Option<u16> {
    let base = 1000 * u64::from(level);
    let Some(next) = gates.get(usize::from(level) - 1) else {
        return u16::try_from(base).ok();
    };
    if !next.determined() {
        return None;
    }
    let (num, den) = next.capped_percent(cuts);
    let mut step = STEP_MAX.min(1000 * num / (den * u64::from(cuts.largely)));
    if let Some(own) = usize::from(level).checked_sub(2).and_then(|i| gates.get(i)) {
        let (num, den) = own.capped_percent(cuts);
        let over = num.saturating_sub(u64::from(cuts.largely) * den);
        let room = u64::from(cuts.fully.saturating_sub(cuts.largely)).max(1);
        step = step.min(1000 * over / (den * room));
    }
    u16::try_from(base + step).ok()
}
