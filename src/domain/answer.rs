//! What a person can answer to one item, and what it counts.
//!
//! Knows the answers and their values. Must not know items, gates or texts.

/// One given answer. A blank item is the absence of an `Answer`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Answer {
    /// Never, rarely, sometimes, usually, always as 0..=4; no, in part, yes as 0, 2, 4.
    Value(u8),
    /// Applicable, not known: a finding, never a zero.
    DontKnow,
    /// Leaves the item out of everything.
    NotApplicable,
}

/// How an item is answered.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Scale {
    /// Never .. always: values 0, 1, 2, 3, 4.
    #[default]
    Frequency,
    /// A one-off event, no / in part / yes: values 0, 2, 4.
    Event,
    /// A plain question, no / yes: values 0, 4. Always applicable.
    Choice,
}

impl Scale {
    /// The values that an item of this scale can take, lowest first.
    pub fn values(self) -> &'static [u8] {
        match self {
            Scale::Frequency => &[0, 1, 2, 3, 4],
            Scale::Event => &[0, 2, 4],
            Scale::Choice => &[0, 4],
        }
    }

    /// Reads a value; `None` when an item of this scale cannot have it.
    pub fn answer(self, value: u64) -> Option<Answer> {
        let value = u8::try_from(value).ok()?;
        self.values().contains(&value).then_some(Answer::Value(value))
    }

    /// Reads the short code of an answer: a digit, `dk` or `na`.
    pub fn parse(self, code: &str) -> Option<Answer> {
        match code {
            "dk" => Some(Answer::DontKnow),
            "na" => (self != Scale::Choice).then_some(Answer::NotApplicable),
            digits => self.answer(digits.parse().ok()?),
        }
    }
}

impl Answer {
    /// The short code that [`Scale::parse`] reads.
    pub fn code(self) -> &'static str {
        match self {
            Answer::Value(0) => "0",
            Answer::Value(1) => "1",
            Answer::Value(2) => "2",
            Answer::Value(3) => "3",
            Answer::Value(_) => "4",
            Answer::DontKnow => "dk",
            Answer::NotApplicable => "na",
        }
    }

    /// The value 0..=4, where there is one.
    pub fn value(self) -> Option<u8> {
        match self {
            Answer::Value(value) => Some(value),
            _ => None,
        }
    }
}
