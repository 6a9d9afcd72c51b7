//! How sure a result is, A to D, and why.
//!
//! Knows scoring.md section 5, for one rater and for several. Must not know texts: a reason is a code with its numbers.

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
    /// Several people at the customer in one role, or in roles that are not known: B.
    OneRole { raters: usize },
    /// Several people at the customer in different roles: A.
    SeveralRoles { raters: usize, roles: usize },
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
            Reason::OneRole { .. } => "one-customer-role",
            Reason::SeveralRoles { .. } => "several-customer-roles",
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

/// What several raters' confidence comes from.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Pooled {
    pub raters: usize,
    /// Different ones that are known.
    pub roles: usize,
    pub level: u8,
    /// Of all raters together, as are `noted` and `high`.
    pub answered: u32,
    pub applicable: u32,
    pub unusual: bool,
    pub contradiction: bool,
    /// High answers in the top gates: with a note, and all.
    pub noted: u32,
    pub high: u32,
}

impl Confidence {
    /// The confidence in one sheet that reached `level`; `evidence` are its high answers with a note, and all.
    pub fn of(
        sheet: &Sheet,
        gates: &[GateScore],
        consistency: &Consistency,
        level: Option<u8>,
        (noted, high): (u32, u32),
    ) -> Confidence {
        let start = match sheet.perspective {
            Perspective::Own => (Grade::C, Reason::OwnView),
            Perspective::Customer => (Grade::B, Reason::OneCustomer),
        };
        let (answered, applicable) = coverage(gates);
        let pooled = Pooled {
            raters: 1,
            roles: 1,
            level: level.unwrap_or(0),
            answered,
            applicable,
            unusual: consistency.unusual(),
            contradiction: consistency.contradiction,
            noted,
            high,
        };
        Confidence::steps(start, &pooled)
    }

    /// The confidence in what several people at the customer say.
    pub fn pooled(of: &Pooled) -> Confidence {
        let start = match of.roles {
            0 | 1 => (Grade::B, Reason::OneRole { raters: of.raters }),
            roles => (Grade::A, Reason::SeveralRoles { raters: of.raters, roles }),
        };
        Confidence::steps(start, of)
    }

    /// The steps down from where it starts.
    fn steps((mut grade, start): (Grade, Reason), of: &Pooled) -> Confidence {
        let mut reasons = vec![start];
        let Pooled { answered, applicable, .. } = *of;
        if 2 * answered < applicable || applicable == 0 {
            grade = Grade::D;
            reasons.push(Reason::LowCoverage { answered, applicable });
        } else if 10 * answered < 8 * applicable {
            grade = grade.down();
            reasons.push(Reason::Coverage { answered, applicable });
        }
        if of.unusual || of.contradiction {
            grade = grade.down();
            if of.unusual {
                reasons.push(Reason::Unusual);
            }
            if of.contradiction {
                reasons.push(Reason::Contradiction);
            }
        }
        if of.level >= 4 && 2 * of.noted < of.high {
            grade = grade.down();
            reasons.push(Reason::FewNotes { noted: of.noted, high: of.high });
        }
        Confidence { grade, reasons }
    }
}

/// Answers 3-4 in the gates of levels 4 and 5: those with a note, and all.
pub fn evidence(model: &Model, sheet: &Sheet) -> (u32, u32) {
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
