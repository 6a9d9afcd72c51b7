//! The return code: everything that somebody at a customer hands back, in about 43 symbols for 24 items.
//!
//! ```text
//! 1        version
//! K3F9AC7Q token of the invitation
//! ...      the rest as one number: pack, day, form, answers, name
//! W4TN     check over all symbols before
//! ```
//!
//! Knows what is in a code. Must not know to whom it belongs, nor where it is kept.

use super::find::{SYMBOLS_MIN, find};
use super::symbols::{CHECK, Number, read, seal, write};
use super::{clean, day};
use crate::domain::answer::{Answer, Scale};
use crate::domain::model::{Form, Item, Model};

/// What stands before a code in the fragment of a link.
pub const RETURN: &str = "bsh-return";
/// The longest name in a code, in bytes of UTF-8: with it, 24 items take at most 120 characters, grouped for reading.
pub const NAME_BYTES: usize = 35;

const VERSION: u8 = 1;
const TOKEN: usize = 8;
/// The bases of the number's digits; the items' is 8 answers, each with or without a note.
const PACKS: u32 = 1 << 24;
const DAYS: u32 = 1 << 15;
const FORMS: u32 = 2;
const ITEMS: u32 = 16;
const NAMES: u32 = NAME_BYTES as u32 + 1;
const BYTES: u32 = 256;
/// A day that is not known, or cannot be told in 15 bits: before 2020 or after 2109.
const NO_DAY: u32 = DAYS - 1;

/// What somebody handed back.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Return {
    /// Of the invitation: eight symbols.
    pub token: String,
    /// As `2026-11-22`; blank when it is not known.
    pub date: String,
    pub form: Form,
    /// By item index of the model; `None` for blank ones and for those that the form does not have.
    pub answers: Vec<Option<Answer>>,
    /// By item index: there was a note, whose text is not in the code.
    pub noted: Vec<bool>,
    /// Blank when none was added; see [`handed_name`].
    pub name: String,
}

/// Why a text gives no answers.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum CodeError {
    /// There is no code in it.
    Missing,
    /// A symbol is wrong, missing or at the wrong place; or no program that keeps to the format wrote it.
    Damaged,
    /// Made by a later version.
    Newer,
    /// The answers are to another edition of the questions.
    OtherPack {
        /// Of the invitation.
        token: String,
    },
}

/// Writes a code, without grouping. `pack` is the content hash, of which the first six hexadecimal digits count.
/// Answers that their item cannot have are left blank, as are those that the form does not ask.
pub fn encode(model: &Model, pack: &str, given: &Return) -> String {
    let mut number = Number::default();
    // The last in is the first to be read.
    let name = handed_name(&given.name);
    for byte in name.bytes().rev() {
        number.push(BYTES, byte.into());
    }
    number.push(NAMES, name.len() as u32);
    let mut digits = Vec::new();
    for (index, item) in asked(model, given.form) {
        let answer = given.answers.get(index).copied().flatten();
        let noted = given.noted.get(index).copied().unwrap_or(false);
        digits.push(2 * state(item.scale, answer) + u32::from(noted));
    }
    for digit in digits.into_iter().rev() {
        number.push(ITEMS, digit);
    }
    number.push(FORMS, u32::from(given.form == Form::Full));
    number.push(DAYS, day::number(&given.date).unwrap_or(NO_DAY).min(NO_DAY));
    number.push(PACKS, fingerprint(pack));

    let mut code = vec![VERSION];
    let mut token = read(&given.token).unwrap_or_default();
    token.resize(TOKEN, 0);
    code.append(&mut token);
    code.append(&mut number.0);
    seal(&mut code);
    write(&code)
}

/// Reads a code: alone, grouped or not, in either case; in a link; or on lines of its own in a longer text. Several that
/// are in it are tried in turn.
pub fn decode(model: &Model, pack: &str, text: &str) -> Result<Return, CodeError> {
    let found = find(text, "bsh-return=");
    let mut fault = None;
    for code in &found.codes {
        match understand(model, pack, code) {
            Ok(given) => return Ok(given),
            Err(first) => fault = fault.or(Some(first)),
        }
    }
    Err(fault.unwrap_or(if found.tried { CodeError::Damaged } else { CodeError::Missing }))
}

/// Reads the values of a code whose check holds.
fn understand(model: &Model, pack: &str, code: &[u8]) -> Result<Return, CodeError> {
    // Every version begins with its number and ends with the same check.
    match code.first() {
        Some(&VERSION) => {}
        Some(0) | None => return Err(CodeError::Damaged),
        Some(_) => return Err(CodeError::Newer),
    }
    let token = write(code.get(1..=TOKEN).unwrap_or_default());
    let body = code.get(SYMBOLS_MIN - CHECK..code.len() - CHECK).ok_or(CodeError::Damaged)?;
    // There is one way to write a number.
    if body.first() == Some(&0) {
        return Err(CodeError::Damaged);
    }
    let mut number = Number(body.to_vec());
    if number.pull(PACKS) != fingerprint(pack) {
        return Err(CodeError::OtherPack { token });
    }
    let date = match number.pull(DAYS) {
        NO_DAY => String::new(),
        known => day::text(known),
    };
    let form = if number.pull(FORMS) == 1 { Form::Full } else { Form::Short };
    let mut answers = vec![None; model.len()];
    let mut noted = vec![false; model.len()];
    for (index, item) in asked(model, form) {
        let digit = number.pull(ITEMS);
        let answer = meaning(item.scale, digit / 2).ok_or(CodeError::Damaged)?;
        if let (Some(place), Some(mark)) = (answers.get_mut(index), noted.get_mut(index)) {
            *place = answer;
            *mark = digit % 2 == 1;
        }
    }
    let length = number.pull(NAMES);
    let name = (0..length).map(|_| number.pull(BYTES) as u8).collect();
    let name = String::from_utf8(name).map_err(|_| CodeError::Damaged)?;
    if !number.done() || handed_name(&name) != name {
        return Err(CodeError::Damaged);
    }
    Ok(Return { token, date, form, answers, noted, name })
}

/// The items of a form with their index.
fn asked(model: &Model, form: Form) -> impl Iterator<Item = (usize, &Item)> {
    model.items().map(|(_, item)| item).enumerate().filter(move |(_, item)| form.has(item))
}

/// The number below 8 of an answer.
fn state(scale: Scale, answer: Option<Answer>) -> u32 {
    match answer {
        Some(Answer::Value(value)) if scale.values().contains(&value) => value.into(),
        Some(Answer::DontKnow) => 5,
        Some(Answer::NotApplicable) if scale != Scale::Choice => 6,
        _ => 7,
    }
}

/// The answer of a number below 8; `None` when an item of this scale cannot have it.
fn meaning(scale: Scale, state: u32) -> Option<Option<Answer>> {
    match state {
        5 => Some(Some(Answer::DontKnow)),
        6 => (scale != Scale::Choice).then_some(Some(Answer::NotApplicable)),
        7 => Some(None),
        value => scale.answer(value.into()).map(Some),
    }
}

/// 24 bits of a content hash; 0 for what is none.
fn fingerprint(pack: &str) -> u32 {
    pack.get(..6).and_then(|start| u32::from_str_radix(start, 16).ok()).unwrap_or(0)
}

/// A name as a code carries it: without control characters, cut to [`NAME_BYTES`] at the end of a character. To be
/// shown before it is handed over.
pub fn handed_name(name: &str) -> String {
    let mut name = clean(name);
    let mut end = name.len().min(NAME_BYTES);
    while !name.is_char_boundary(end) {
        end -= 1;
    }
    name.truncate(end);
    name.truncate(name.trim_end().len());
    name
}

/// A code in groups of five with hyphens, to be read and read out.
pub fn spoken(code: &str) -> String {
    let mut out = String::new();
    for (index, c) in code.chars().enumerate() {
        if index > 0 && index.is_multiple_of(5) {
            out.push('-');
        }
        out.push(c);
    }
    out
}

/// The link that hands a code back; `here` is the address of the page without fragment.
pub fn return_link(here: &str, code: &str) -> String {
    [here, "#", RETURN, "=", code].concat()
}

/// A new token: eight symbols out of 64 random bits, one of 5 * 10^11.
pub fn token(random: [u32; 2]) -> String {
    let [high, low] = random;
    let mut left = u64::from(high) << 32 | u64::from(low);
    let mut values = [0; TOKEN];
    for value in &mut values {
        *value = (left % 29) as u8;
        left /= 29;
    }
    write(&values)
}

/// A token as it is kept: capitals, look-alikes as the digits that they stand for. `None` for what is no token.
pub fn token_of(text: &str) -> Option<String> {
    let values = read(text)?;
    (values.len() == TOKEN).then(|| write(&values))
}
