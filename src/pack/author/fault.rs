//! One thing that is wrong in a file: where, what was expected, what is there.
//!
//! Knows how a JSON path is written. Must not know what is being read.

use std::fmt;

/// A fault in a JSON file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fault {
    /// Where, for instance `$.gates[1].items[3].tag`, or `nl: $.name` in a file of texts.
    pub path: String,
    pub expected: String,
    pub found: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: expected {}, found {}", self.path, self.expected, self.found)
    }
}

/// The path of a member: `$.a.b`, or `$["a b"]` where the key is not a plain word.
pub fn member(path: &str, key: &str) -> String {
    let plain = !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    if plain && key.len() <= SHOWN_MAX { format!("{path}.{key}") } else { format!("{path}[{}]", quote(key)) }
}

/// The path of an element of a list.
pub fn element(path: &str, index: usize) -> String {
    format!("{path}[{index}]")
}

/// A text as it is shown in a message: quoted, escaped, cut when long.
pub fn quote(text: &str) -> String {
    if text.chars().nth(SHOWN_MAX).is_none() {
        return format!("{text:?}");
    }
    let start: String = text.chars().take(SHOWN_MAX).collect();
    format!("{start:?}...")
}

/// The most characters of foreign text in a message.
const SHOWN_MAX: usize = 40;
