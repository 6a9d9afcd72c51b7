//! The faults of one answer sheet, as one message.
//!
//! Knows that a hostile line may hold any number of them: what is kept is bounded.

use crate::pack::author::fault::{member, quote};

/// The most faults that are told of one line.
const TOLD_MAX: usize = 100;

/// The faults of the line that is being read.
#[derive(Default)]
pub struct Faults {
    told: Vec<String>,
    more: u64,
}

/// What was found in place of what was expected.
pub enum Found<'a> {
    Null,
    Bool(bool),
    Int(i128),
    Float(f64),
    Text(&'a str),
    List,
    Object,
}

impl Found<'_> {
    fn text(&self) -> String {
        match self {
            Found::Null => "null".into(),
            Found::Bool(value) => value.to_string(),
            Found::Int(value) => value.to_string(),
            Found::Float(value) => value.to_string(),
            Found::Text(text) => quote(text),
            Found::List => "a list".into(),
            Found::Object => "an object".into(),
        }
    }
}

impl Faults {
    pub fn clear(&mut self) {
        self.told.clear();
        self.more = 0;
    }

    pub fn is_empty(&self) -> bool {
        self.told.is_empty()
    }

    /// Notes one. The text is made only while there is room for it.
    pub fn add(&mut self, text: impl FnOnce() -> String) {
        if self.told.len() < TOLD_MAX {
            self.told.push(text());
        } else {
            self.more += 1;
        }
    }

    pub fn wrong(&mut self, path: &str, expected: &str, found: &Found) {
        self.add(|| format!("{path}: expected {expected}, found {}", found.text()));
    }

    pub fn unknown(&mut self, path: &str, key: &str, what: &str) {
        self.add(|| format!("{}: unknown {what}", member(path, key)));
    }

    pub fn twice(&mut self, path: &str) {
        self.add(|| format!("{path}: given twice"));
    }

    /// All of them: `line 3: $.a: ...; $.b: ...`.
    pub fn message(&self, line: u64) -> String {
        let more = if self.more > 0 { format!("; and {} more", self.more) } else { String::new() };
        format!("line {line}: {}{more}", self.told.join("; "))
    }
}
