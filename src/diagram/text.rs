//! Small work on strings: numbers, shortening, breaking into lines.
//!
//! Knows characters, not fonts: a width is a count of characters.

use super::{Point, PyramidTexts};

/// Characters that fit beside a tier.
const NAME_WIDTH: usize = 21;
const NAME_LINE: i32 = 25;
const NAME_SIZE: i32 = 21;
const RATING_LINE: i32 = 24;
const RATING_SIZE: i32 = 20;

/// Appends a whole number.
pub fn push_int(out: &mut String, value: i32) {
    if value < 0 {
        out.push('-');
    }
    let value = value.unsigned_abs();
    if value >= 10 {
        push_int(out, i32::try_from(value / 10).unwrap_or(0));
    }
    out.push(char::from(b'0' + u8::try_from(value % 10).unwrap_or(0)));
}

/// At most `most` characters, the last one an ellipsis where something was left out.
pub fn shorten(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.into();
    }
    let mut short: String = text.chars().take(most.saturating_sub(1)).collect();
    short.truncate(short.trim_end().len());
    short.push('…');
    short
}

/// Breaks a text at its spaces into at most `lines` lines of at most `most` characters; a longer word is cut.
/// Where one line is not enough the lines become as even as they can.
pub fn wrap(text: &str, most: usize, lines: usize) -> Vec<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut result = fill(&words, most);
    // The narrowest width that needs no more lines than the widest.
    let longest = words.iter().map(|word| word.chars().count()).max().unwrap_or(0);
    let needed = result.len();
    for width in longest..most {
        let even = fill(&words, width);
        if even.len() <= needed {
            result = even;
            break;
        }
    }
    if result.len() > lines {
        let rest = result.split_off(lines.saturating_sub(1)).join(" ");
        result.push(rest);
    }
    result.iter().map(|line| shorten(line, most)).collect()
}

fn fill(words: &[&str], most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in words {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= most => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push((*word).into()),
        }
    }
    lines
}

/// `0.72` for 72; at most 100.
pub fn percent(value: u32) -> String {
    let mut out = String::from(if value >= 100 { "1" } else { "0." });
    if value < 100 {
        out.push_str(if value < 10 { "0" } else { "" });
        push_int(&mut out, i32::try_from(value).unwrap_or(0));
    }
    out
}

/// One line of text beside a tier.
pub struct Line {
    /// Baseline.
    pub y: i32,
    pub size: i32,
    pub soft: bool,
    pub text: String,
}

/// The name of a level and the word for how far it is achieved, centred around the height of `at`.
pub fn beside(texts: &PyramidTexts, level: usize, at: Point) -> Vec<Line> {
    let name = texts.names.get(level).map_or("", String::as_str);
    let mut lines: Vec<Line> = wrap(name, NAME_WIDTH, 3)
        .into_iter()
        .map(|text| Line { y: NAME_LINE, size: NAME_SIZE, soft: false, text })
        .collect();
    if let Some(rating) = texts.ratings.get(level).filter(|rating| !rating.is_empty()) {
        let text = shorten(rating, NAME_WIDTH + 2);
        lines.push(Line { y: RATING_LINE, size: RATING_SIZE, soft: true, text });
    }
    let mut y = at.1 - lines.iter().map(|line| line.y).sum::<i32>() / 2 - 5;
    for line in &mut lines {
        y += line.y;
        line.y = y;
    }
    lines
}
