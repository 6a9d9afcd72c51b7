//! The four variables that change as one climbs: competition, price sensitivity, weight of features, importance.
//!
//! Knows which tag feeds which variable. Must not know gates or levels.

use super::answer::Answer;
use super::model::{Model, Sheet, Tag};

/// One variable of the profile.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Variable {
    pub tag: Tag,
    /// 0..=100, rounded half up; `None` when no item of the tag is answered.
    pub percent: Option<u8>,
    /// Number of answered items it rests on.
    pub answered: u32,
}

/// Low up to 33, medium up to 66, high above.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Band {
    Low,
    Medium,
    High,
}

impl Variable {
    pub fn band(&self) -> Option<Band> {
        self.percent.map(|percent| match percent {
            0..=33 => Band::Low,
            34..=66 => Band::Medium,
            _ => Band::High,
        })
    }
}

/// Competition, price, features (100 minus the percent of their items: they fall as one climbs) and importance
/// (the percent of its items: it rises).
pub fn profile(model: &Model, sheet: &Sheet) -> [Variable; 4] {
    // Sum and number of answers, by tag.
    let mut counts = [(0u32, 0u32); Tag::ALL.len()];
    for ((_, item), answer) in model.items().zip(&sheet.answers) {
        if let (Some(Answer::Value(value)), true) = (answer, sheet.form.has(item))
            && let Some((sum, answered)) = counts.get_mut(item.tag as usize)
        {
            *sum += u32::from(*value);
            *answered += 1;
        }
    }
    [Tag::Competition, Tag::Price, Tag::Features, Tag::Importance].map(|tag| {
        let (sum, answered) = counts.get(tag as usize).copied().unwrap_or_default();
        let most = 4 * answered;
        let counted = if tag == Tag::Importance { sum } else { most.saturating_sub(sum) };
        let percent = (200 * counted + most).checked_div(2 * most).and_then(|p| u8::try_from(p).ok());
        Variable { tag, percent, answered }
    })
}
