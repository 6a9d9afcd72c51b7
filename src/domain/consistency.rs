//! Patterns that deserve a second look: a higher gate passed over a lower one that fails, commodity signals that
//! contradict a high gate, one and the same answer everywhere.
//!
//! Knows scoring.md section 5 (normed Guttman errors). Must not block or accuse: it reports.

use super::answer::Answer;
use super::gates::{GateScore, Rating};
use super::model::{Model, Sheet};

#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Consistency {
    /// (lower gate that fails, higher gate that passes), as levels 2..=5.
    pub pairs: Vec<(u8, u8)>,
    /// r * (K - r): the most such pairs that r passes among K determined gates allow.
    pub most: u32,
    /// At least two commodity signals while gate 4 or 5 is at least Largely achieved.
    pub contradiction: bool,
    /// Every item of the form has the same answer.
    pub uniform: bool,
}

impl Consistency {
    pub fn of(model: &Model, sheet: &Sheet, gates: &[GateScore]) -> Consistency {
        let known: Vec<(u8, bool)> =
            gates.iter().zip(2u8..).filter(|(g, _)| g.determined()).map(|(g, level)| (level, g.passed())).collect();
        let passes = known.iter().filter(|(_, passed)| *passed).count();
        let pairs = known
            .iter()
            .enumerate()
            .flat_map(|(i, low)| known.iter().skip(i + 1).map(move |high| (low, high)))
            .filter(|(low, high)| !low.1 && high.1)
            .map(|(low, high)| (low.0, high.0))
            .collect();
        let high_gate = gates.iter().skip(2).any(|g| g.determined() && g.rating >= Rating::L);
        Consistency {
            pairs,
            most: u32::try_from(passes * (known.len() - passes)).unwrap_or(u32::MAX),
            contradiction: sheet.signals.iter().filter(|on| **on).count() >= 2 && high_gate,
            uniform: uniform(model, sheet),
        }
    }

    /// G in thousandths, 0..=1000: Guttman errors over the most that are possible, rounded down.
    pub fn g_thousandths(&self) -> u32 {
        let errors = u32::try_from(self.pairs.len()).unwrap_or(u32::MAX);
        (1000 * errors).checked_div(self.most).unwrap_or(0)
    }

    /// G above 0.3, compared exactly.
    pub fn unusual(&self) -> bool {
        10 * self.pairs.len() as u64 > 3 * u64::from(self.most) && self.most > 0
    }
}

fn uniform(model: &Model, sheet: &Sheet) -> bool {
    let mut asked =
        model.items().zip(&sheet.answers).filter(|((_, item), _)| sheet.form.has(item)).map(|(_, answer)| *answer);
    let Some(first @ Some(Answer::Value(_) | Answer::DontKnow)) = asked.next() else {
        return false;
    };
    let mut others = 0;
    asked.all(|answer| {
        others += 1;
        answer == first
    }) && others > 0
}
