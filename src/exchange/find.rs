//! Finds a code in what somebody pasted: the code itself, a link with it, a whole e-mail or file.
//!
//! Knows what surrounds codes, and which strings of symbols could be one. Must not know what a code says.

use super::symbols::{SEALED, Sign, go_on, sign};
use super::{TEXT_MAX, around};

/// No code is shorter: version, token and check.
pub const SYMBOLS_MIN: usize = 13;
/// No code is longer, in symbols: enough for 2000 items.
const SYMBOLS_MAX: usize = 2000;
/// Over how many lines a mail program may have spread a code.
const LINES: usize = 24;
/// How many letters and digits make an only line, and one of several, an attempt at a code.
const TRY_ALONE: usize = 10;
const TRY_LINE: usize = 24;

/// What was found.
#[derive(Debug, Default)]
pub struct Found {
    /// Strings of values whose check holds, in the order of the text.
    pub codes: Vec<Vec<u8>>,
    /// Something was meant to be a code.
    pub tried: bool,
}

/// A part of a text that could be a code, or a part of one.
struct Piece {
    values: Vec<u8>,
    /// What follows is on the next line: the code may go on there.
    open: bool,
}

/// Looks for codes; `key` is what stands before the code in a link. Nothing is found in a text that is too long.
pub fn find(text: &str, key: &str) -> Found {
    let mut found = Found::default();
    if text.len() > TEXT_MAX {
        return found;
    }
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = around(rest, key) {
        take(before, found.tried, &mut pieces);
        found.tried = true;
        rest = after;
    }
    take(rest, found.tried, &mut pieces);
    let mut lines = text.trim().split(['\n', '\r']);
    let alone = lines.clone().nth(1).is_none();
    found.tried |= lines.any(|line| attempt(line, if alone { TRY_ALONE } else { TRY_LINE }));
    for start in 0..pieces.len() {
        let mut code = Vec::new();
        let mut check = 0;
        for piece in pieces.iter().skip(start).take(LINES) {
            code.extend_from_slice(&piece.values);
            check = go_on(check, &piece.values);
            if code.len() > SYMBOLS_MAX {
                break;
            }
            if code.len() >= SYMBOLS_MIN && check == SEALED {
                found.codes.push(code);
                break;
            }
            if !piece.open {
                break;
            }
        }
    }
    found
}

/// Cuts a text into pieces, at ends of lines and at whatever is neither symbol nor gap. A code in a link ends at the
/// first white space.
fn take(text: &str, linked: bool, pieces: &mut Vec<Piece>) {
    let mut values = Vec::new();
    let mut linked = linked;
    for c in text.chars() {
        let end = c == '\n' || c == '\r';
        match sign(c) {
            Sign::Symbol(value) => values.push(value),
            Sign::Gap if !(end || linked && c.is_whitespace()) => {}
            // An empty line does not end a code that was wrapped.
            _ if values.is_empty() && !linked => {}
            _ => {
                pieces.push(Piece { values: std::mem::take(&mut values), open: end });
                linked = false;
            }
        }
    }
    pieces.push(Piece { values, open: false });
}

/// Does this look as if it were to be a code? Hardly anything but letters and digits, well mixed.
fn attempt(text: &str, least: usize) -> bool {
    let (mut all, mut turns, mut others) = (0, 0, 0);
    let mut before = None;
    for c in text.chars() {
        if c.is_ascii_alphanumeric() {
            let digit = Some(c.is_ascii_digit());
            all += 1;
            turns += usize::from(before.is_some() && before != digit);
            before = digit;
        } else if sign(c) == Sign::Other {
            others += 1;
        }
    }
    // In a code, nearly every second symbol is of another kind than the one before it; in a sentence with a date, few.
    all >= least && turns * 5 >= all && others * 8 <= all
}
