//! One account of a workspace file: what its draft text says, without a pack to read it with.
//!
//! Knows the keys of a draft text (`storage/codec.rs`). An item's id has a hyphen and no other key has one, so that
//! they can be told apart. Must not know JSON.

use crate::domain::answer::{Answer, Scale};
use crate::domain::draft::NAME_MAX;
use crate::domain::model::{Form, Perspective};
use crate::domain::rows::{List, Rows, is_day};
use crate::domain::views::View;
use crate::pack::compiled::{LEVELS_MAX, is_item_id};
use crate::storage::codec::{Fields, unescape};

/// What may stand in one of the [`HEAD`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Word {
    Name,
    Form,
    View,
    Day,
    Step,
    Lang,
}

/// What an account has once: its name in a workspace file, its key in a draft text.
pub const HEAD: [(&str, &str, Word); 7] = [
    ("account", "account", Word::Name),
    ("part", "part", Word::Name),
    ("form", "form", Word::Form),
    ("perspective", "view", Word::View),
    ("date", "date", Word::Day),
    ("step", "step", Word::Step),
    ("lang", "lang", Word::Lang),
];

/// The years that a target may have.
pub const YEARS: std::ops::RangeInclusive<u16> = 2000..=2200;
/// The levels that a target may have: those of any pack.
pub const LEVELS: std::ops::RangeInclusive<u8> = 1..=LEVELS_MAX as u8;

#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Account {
    pub id: String,
    pub revision: u32,
    /// Content hash of the pack.
    pub pack: String,
    /// In the order of [`HEAD`]; blank where nothing is given.
    pub head: [String; HEAD.len()],
    /// Level and year.
    pub target: Option<(u8, u16)>,
    pub answers: Vec<(String, Answer)>,
    pub notes: Vec<(String, String)>,
    pub ticked: Vec<String>,
    pub confirmed: Vec<String>,
    pub rows: Rows,
    /// How many fields of the text this program does not know.
    pub left_out: usize,
}

impl Word {
    pub fn takes(self, text: &str) -> bool {
        let plain = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'.';
        match self {
            Word::Name => text.chars().count() <= NAME_MAX,
            Word::Form => Form::parse(text).is_some(),
            Word::View => Perspective::parse(text).is_some(),
            Word::Day => is_day(text),
            Word::Step => (1..=60).contains(&text.len()) && text.bytes().all(plain),
            Word::Lang => (2..=12).contains(&text.len()) && text.bytes().all(plain),
        }
    }
}

/// A content hash, or anything that could be one.
pub fn is_pack(text: &str) -> bool {
    text.len() <= 40 && text.bytes().all(|b| b.is_ascii_alphanumeric())
}

/// Is this field a number? Percents are, and what refers to a row or a round.
pub fn is_number(list: List, name: &str) -> bool {
    matches!((list, name), (List::Invites, "person" | "round") | (List::About, "round"))
}

impl Account {
    /// What a draft text says. What it does not understand is counted.
    pub fn of(id: &str, fields: &Fields) -> Account {
        let pack = Some(&fields.pack).filter(|pack| is_pack(pack)).cloned().unwrap_or_default();
        let left_out = fields.dropped;
        let mut all = Account { id: id.into(), revision: fields.revision, pack, left_out, ..Account::default() };
        let mut target = (None, None);
        for (key, value) in &fields.list {
            let known = value.is_empty()
                || match key.as_str() {
                    "target" => {
                        target.0 = value.parse().ok().filter(|level| LEVELS.contains(level));
                        target.0.is_some()
                    }
                    "year" => {
                        target.1 = value.parse().ok().filter(|year| YEARS.contains(year));
                        target.1.is_some()
                    }
                    _ => all.put(key, value),
                };
            all.left_out += usize::from(!known);
        }
        all.target = target.0.zip(target.1);
        all.left_out += usize::from(target.0.is_some() != target.1.is_some());
        all
    }

    fn put(&mut self, key: &str, value: &str) -> bool {
        if let Some(at) = HEAD.iter().position(|(_, known, word)| *known == key && word.takes(value)) {
            if let Some(slot) = self.head.get_mut(at) {
                *slot = value.into();
            }
            return true;
        }
        let (id, ending) = key.find('.').map_or((key, ""), |dot| key.split_at(dot));
        if let Some(list) = List::parse(id) {
            return self.put_row(list, ending, value);
        }
        if !is_item_id(id) {
            return false;
        }
        match (ending, value) {
            ("", "x") => self.ticked.push(id.into()),
            ("", code) => match Scale::Frequency.parse(code) {
                Some(answer) => self.answers.push((id.into(), answer)),
                None => return false,
            },
            (".note", note) => self.notes.push((id.into(), note.into())),
            (".ok", "x") => self.confirmed.push(id.into()),
            _ => return false,
        }
        true
    }

    /// `.4.name` sets a field, a blank ending the order.
    fn put_row(&mut self, list: List, ending: &str, value: &str) -> bool {
        if ending.is_empty() {
            return !list.single() && self.rows.order(list, value);
        }
        let mut parts = ending.split('.').skip(1);
        let (Some(Ok(id)), Some(name), None) = (parts.next().map(str::parse), parts.next(), parts.next()) else {
            return false;
        };
        let canonical = |number: &str| number.parse::<u32>().is_ok_and(|value| value.to_string() == number);
        let field = list.spec().fields.iter().position(|(known, _)| *known == name);
        match field {
            Some(field) if !is_number(list, name) || canonical(value) => self.rows.set(list, id, field, value),
            _ => false,
        }
    }

    /// The fields of its draft text, as [`Fields::of`] has them but for their order.
    pub fn fields(&self) -> Fields {
        let mut list = Vec::new();
        let mut put = |key: &[&str], value: &str| {
            if !value.is_empty() {
                list.push((key.concat(), value.to_string()));
            }
        };
        for ((_, key, _), value) in HEAD.iter().zip(&self.head) {
            put(&[key], value);
        }
        if let Some((level, year)) = self.target {
            put(&["target"], &level.to_string());
            put(&["year"], &year.to_string());
        }
        for (id, answer) in &self.answers {
            put(&[id], answer.code());
        }
        for (id, note) in &self.notes {
            put(&[id, ".note"], note);
        }
        for id in &self.ticked {
            put(&[id], "x");
        }
        for id in &self.confirmed {
            put(&[id, ".ok"], "x");
        }
        self.rows.each(put);
        Fields { revision: self.revision, pack: self.pack.clone(), list, dropped: 0 }
    }
}

/// The notes of a view one by one, and how many lines are none.
pub fn notes_of(view: &View) -> (Vec<(String, String)>, usize) {
    let mut notes: Vec<(String, String)> = Vec::new();
    let mut wrong = 0;
    for line in view.notes.lines().filter(|line| !line.is_empty()) {
        match line.split_once('=') {
            Some((id, note)) if is_item_id(id) && notes.iter().all(|(known, _)| known != id) => {
                notes.push((id.into(), unescape(note)));
            }
            _ => wrong += 1,
        }
    }
    (notes, wrong)
}
