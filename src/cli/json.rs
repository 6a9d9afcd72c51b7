//! Writes pieces of JSON by hand: nothing allocated for numbers and words that need no escape.
//!
//! Knows how JSON is written. Must not know what is told.

pub use crate::report::csv::thousandths;

pub fn text(out: &mut Vec<u8>, text: &str) {
    out.extend_from_slice(text.as_bytes());
}

/// An id or a code: never with anything to escape.
pub fn quoted(out: &mut Vec<u8>, word: &str) {
    out.push(b'"');
    text(out, word);
    out.push(b'"');
}

pub fn comma(out: &mut Vec<u8>, index: usize) {
    if index > 0 {
        out.push(b',');
    }
}

pub fn flag(out: &mut Vec<u8>, key: &str, on: bool) {
    text(out, key);
    text(out, if on { "true" } else { "false" });
}

pub fn maybe(out: &mut Vec<u8>, key: &str, value: Option<u32>) {
    text(out, key);
    match value {
        Some(value) => number(out, value),
        None => text(out, "null"),
    }
}

pub fn maybe_flag(out: &mut Vec<u8>, key: &str, value: Option<bool>) {
    match value {
        Some(on) => flag(out, key, on),
        None => maybe(out, key, None),
    }
}

/// An id, or null.
pub fn word(out: &mut Vec<u8>, key: &str, word: Option<&str>) {
    match word {
        Some(word) => {
            text(out, key);
            quoted(out, word);
        }
        None => maybe(out, key, None),
    }
}

/// 625 as 62.5.
pub fn tenths(out: &mut Vec<u8>, tenths: u32) {
    number(out, tenths / 10);
    out.push(b'.');
    number(out, tenths % 10);
}

pub fn number(out: &mut Vec<u8>, value: u32) {
    let digit = |value: u32| b'0' + (value % 10) as u8;
    let mut unit = 1;
    while value / unit >= 10 {
        unit *= 10;
    }
    while unit > 0 {
        out.push(digit(value / unit));
        unit /= 10;
    }
}

/// Thousandths as a decimal: 0.0, 0.5, 0.333, 1.0.
pub fn decimal(out: &mut Vec<u8>, thousandths: u32) {
    number(out, thousandths / 1000);
    out.push(b'.');
    let part = thousandths % 1000;
    number(out, part / 100);
    if !part.is_multiple_of(100) {
        number(out, part / 10 % 10);
        if !part.is_multiple_of(10) {
            number(out, part % 10);
        }
    }
}

/// Any text, escaped; null where there is none.
pub fn foreign(out: &mut Vec<u8>, key: &str, value: Option<&str>) {
    text(out, key);
    // Writing to memory cannot fail.
    let _ = serde_json::to_writer(&mut *out, &value);
}

/// A number with its sign.
pub fn signed(out: &mut Vec<u8>, value: i32) {
    if value < 0 {
        out.push(b'-');
    }
    number(out, value.unsigned_abs());
}

/// Thousandths with their sign as a decimal: 0.333, -0.5, 1.0.
pub fn signed_decimal(out: &mut Vec<u8>, thousandths: i32) {
    if thousandths < 0 {
        out.push(b'-');
    }
    decimal(out, thousandths.unsigned_abs());
}
