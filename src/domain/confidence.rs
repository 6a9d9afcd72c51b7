//! How sure a result is, A to D, and why.
//!
//! Knows scoring.md section 5 for one rater. Must not know texts: a reason is a code with its numbers.

use super::consistency::Consistency;
use super::gates::{GateScore, coverage};
use super::model::{Form, Model, Perspective, Sheet};

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Grade {
    A,
    B,
    C,
    D,
}

impl Grade {
    pub fn letter(self) -> char {
        match self {
            Grade::A => 'A',
            Grade::B => 'B',
            Grade::C => 'C',
            Grade::D => 'D',
        }
    }

    fn down(self) -> Grade {
        match self {
            Grade::A => Grade::B,
            Grade::B => Grade::C,
            Grade::C | Grade::D => Grade::D,
        }
    }
}

/// Why the grade is what it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reason {
    /// Only the supplier's own view: never better than C.
    OwnView,
    /// One person at the customer: B.
    OneCustomer,
    /// Fewer than 80 in 100 applicable items answered.
    Coverage { answered: u32, applicable: u32 },
    /// Fewer than half: D at once.
    LowCoverage { answered: u32, applicable: u32 },
    /// A higher gate passes over lower ones that fail.
    Unusual,
    /// Commodity signals beside a high gate.
    Contradiction,
    /// Level 4 or 5, and too few of the high answers carry evidence.
    FewNotes { noted: u32, high: u32 },
}

impl Reason {
    /// The code used on the command line.
    pub fn code(self) -> &'static str {
        match self {
            Reason::OwnView => "own-view-only",
            Reason::OneCustomer => "one-customer-rater",
            Reason::Coverage { .. } => "coverage-below-80",
            Reason::LowCoverage { .. } => "coverage-below-50",
            Reason::Unusual => "unusual-pattern",
            Reason::Contradiction => "contradiction",
            Reason::FewNotes { .. } => "few-notes",
        }
    }
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Confidence {
    pub grade: Grade,
    pub reasons: Vec<Reason>,
}

impl Confidence {
    /// The confidence in one sheet that reached `level`.
    pub fn of(
        model: &Model,
        sheet: &Sheet,
        gates: &[GateScore],
        consistency: &Consistency,
        level: Option<u8>,
    ) -> Confidence {
        let (mut grade, start) = match sheet.perspective {
            Perspective::Own => (Grade::C, Reason::OwnView),
            Perspective::Customer => (Grade::B, Reason::OneCustomer),
        };
        let mut reasons = vec![start];
        let (answered, applicable) = coverage(gates);
        if 2 * answered < applicable || applicable == 0 {
            grade = Grade::D;
            reasons.push(Reason::LowCoverage { answered, applicable });
        } else if 10 * answered < 8 * applicable {
            grade = grade.down();
            reasons.push(Reason::Coverage { answered, applicable });
        }
        if consistency.unusual() || consistency.contradiction {
            grade = grade.down();
            if consistency.unusual() {
                reasons.push(Reason::Unusual);
            }
            if consistency.contradiction {
                reasons.push(Reason::Contradiction);
            }
        }
        if level.is_some_and(|level| level >= 4) {
            let (noted, high) = evidence(model, sheet);
            if 2 * noted < high {
                grade = grade.down();
                reasons.push(Reason::FewNotes { noted, high });
            }
        }
        Confidence { grade, reasons }
    }
}

/// Answers 3-4 in the gates of levels 4 and 5: those with a note, and all.
fn evidence(model: &Model, sheet: &Sheet) -> (u32, u32) {
    let mut counts = (0, 0);
    for (index, (gate, item)) in model.items().enumerate() {
        let high = gate >= 2
            && Form::has(sheet.form, item)
            && sheet.answers.get(index).copied().flatten().and_then(|a| a.value()).is_some_and(|v| v >= 3);
        if high {
            counts.1 += 1;
            counts.0 += u32::from(sheet.noted.get(index).copied().unwrap_or(false));
        }
    }
    counts
}
