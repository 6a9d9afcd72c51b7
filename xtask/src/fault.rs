//! One kind of error for all commands: a sentence that says what is wrong, with the cure where there is one.
//!
//! Knows nothing of what went wrong where; the caller writes the sentence.

use std::fmt;

#[derive(Debug, PartialEq, Eq)]
pub struct Fault(String);

pub type Result<T> = std::result::Result<T, Fault>;

impl Fault {
    pub fn new(sentence: impl Into<String>) -> Self {
        Self(sentence.into())
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Turns any error into a fault that says what was being done.
pub trait Doing<T> {
    fn doing(self, what: impl fmt::Display) -> Result<T>;
}

impl<T, E: fmt::Display> Doing<T> for std::result::Result<T, E> {
    fn doing(self, what: impl fmt::Display) -> Result<T> {
        self.map_err(|error| Fault::new(format!("cannot {what}: {error}")))
    }
}
