//! Turns numbers, answers and ratings into words of the pack's language.
//!
//! Knows the texts. Must not know pages.

use crate::domain::answer::{Answer, Kind};
use crate::domain::draft::Draft;
use crate::domain::gates::{GateScore, Rating};
use crate::domain::model::Perspective;
use crate::pack::compiled::{Pack, fill};
use crate::pack::texts::T;

impl Pack {
    /// One interface text.
    #[inline(never)]
    pub fn t(&self, text: T) -> &str {
        self.ui.get(text as usize).map_or("", String::as_str)
    }

    /// The statement of an item as this rater reads it.
    #[inline(never)]
    pub fn item(&self, index: usize, perspective: Perspective) -> &str {
        self.items.get(index).map_or("", |item| match perspective {
            Perspective::Own => &item.own,
            Perspective::Customer => &item.customer,
        })
    }

    /// The frame sentence, still with its `{subject}`.
    #[inline(never)]
    pub fn frame(&self, perspective: Perspective) -> &str {
        match perspective {
            Perspective::Own => &self.frame_own,
            Perspective::Customer => &self.frame_customer,
        }
    }

    /// One interface text with its `{name}`s filled in.
    #[inline(never)]
    pub fn fill(&self, text: T, values: &[(&str, &str)]) -> String {
        fill(self.t(text), values)
    }

    /// A position in thousandths as `2.7`: cut, not rounded, so that it never reads as a level that is not passed.
    #[inline(never)]
    pub fn position(&self, thousandths: u16) -> String {
        [&(thousandths / 1000).to_string(), self.t(T::Dot), &(thousandths / 100 % 10).to_string()].concat()
    }

    /// Tenths of a percent as `62.5`; a whole number without its zero.
    #[inline(never)]
    pub fn percent(&self, tenths: u32) -> String {
        let whole = (tenths / 10).to_string();
        match tenths % 10 {
            0 => whole,
            tenth => [&whole, self.t(T::Dot), &tenth.to_string()].concat(),
        }
    }

    /// The account and the part of it, or "this customer".
    #[inline(never)]
    pub fn subject(&self, draft: &Draft) -> String {
        match (draft.account.as_str(), draft.part.as_str()) {
            ("", "") => self.t(T::Subject).into(),
            (name, "") | ("", name) => name.into(),
            (account, part) => self.fill(T::SubjectPart, &[("account", account), ("part", part)]),
        }
    }

    /// The word for an answer to an item of a kind; `None` is blank.
    #[inline(never)]
    pub fn answer(&self, kind: Kind, answer: Option<Answer>) -> &str {
        self.t(match answer {
            None => T::Blank,
            Some(Answer::DontKnow) => T::DontKnow,
            Some(Answer::NotApplicable) => T::NotApplicable,
            Some(Answer::Value(value)) => match (kind, value) {
                (Kind::Event, 0) => T::No,
                (Kind::Event, 1..=3) => T::InPart,
                (Kind::Event, _) => T::EventYes,
                (Kind::Frequency, 0) => T::Never,
                (Kind::Frequency, 1) => T::Rarely,
                (Kind::Frequency, 2) => T::Sometimes,
                (Kind::Frequency, 3) => T::Usually,
                (Kind::Frequency, _) => T::Always,
            },
        })
    }

    #[inline(never)]
    pub fn rating(&self, rating: Option<Rating>) -> &str {
        self.t(match rating {
            Some(Rating::N) => T::RatingN,
            Some(Rating::P) => T::RatingP,
            Some(Rating::L) => T::RatingL,
            Some(Rating::F) => T::RatingF,
            None => T::RatingU,
        })
    }

    /// The rating of a gate, or "too little known".
    #[inline(never)]
    pub fn gate_rating(&self, gate: &GateScore) -> &str {
        self.rating(gate.determined().then_some(gate.rating))
    }

    /// The full name of a level (1..=5).
    #[inline(never)]
    pub fn level_name(&self, level: u8) -> &str {
        self.level(level).map_or("", |text| &text.name)
    }

    /// The supplier that this level makes, as in "sees you as ...".
    #[inline(never)]
    pub fn supplier(&self, level: u8) -> &str {
        self.level(level).map_or("", |text| &text.supplier)
    }

    #[inline(never)]
    pub fn level(&self, level: u8) -> Option<&crate::pack::compiled::LevelText> {
        self.levels.get(usize::from(level).checked_sub(1)?)
    }
}

/// `n` as text: shorter than `to_string` at the many places that fill texts.
pub fn n(value: impl Into<u64>) -> String {
    digits(value.into())
}

#[inline(never)]
fn digits(value: u64) -> String {
    value.to_string()
}
