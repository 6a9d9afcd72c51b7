//! What a supplier and somebody at a customer hand each other without a server: an invitation as a link, and the
//! answers as a short code.
//!
//! Knows the two formats, which `docs/exchange.md` describes. Must not know a browser, what is stored, or any sentence.

pub mod code;
pub mod day;
mod find;
pub mod link;
pub mod symbols;

/// The most that is looked through, in bytes.
const TEXT_MAX: usize = 100_000;

/// A name on one line: without control characters, and without the marks that turn the direction of what follows.
fn clean(name: &str) -> String {
    let harmful =
        |c: char| c.is_control() || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
    let kept: String = name.chars().filter(|c| !harmful(*c)).collect();
    kept.trim().into()
}

/// What stands before and after a key in a text, the key in either case. By bytes: the search for strings of the standard library costs more
/// than everything else here.
fn around<'a>(text: &'a str, key: &str) -> Option<(&'a str, &'a str)> {
    let start = text.as_bytes().windows(key.len()).position(|part| part.eq_ignore_ascii_case(key.as_bytes()))?;
    Some((text.get(..start)?, text.get(start + key.len()..)?))
}
