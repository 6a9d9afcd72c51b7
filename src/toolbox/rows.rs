//! The lists of an account in a workspace file: rows by the names of their fields, views by what they say.
//!
//! Knows `domain/rows.rs` and `domain/views.rs`. Must not know the rest of an account.

use super::account::is_number;
use super::faults::{Faults, Path};
use super::json::Json;
use super::read::pack;
use super::values::{answers, ids, list, members, missing, needed, notes, text, whole, wrong};
use crate::domain::model::Form;
use crate::domain::rows::{Field, LINE_MAX, LONG_MAX, List, Rows, SINGLE, TEXT_MAX, is_day};
use crate::domain::views::{Given, View};
use crate::storage::codec::escape;

/// Adds what a list of the file says to the rows.
pub fn read(rows: &mut Rows, of: List, value: &Json, path: &Path, faults: &mut Faults) {
    if of.single() {
        row(rows, of, value, path, faults);
        return;
    }
    let all = list(value, path, faults);
    for (index, value) in all.iter().enumerate() {
        if rows.of(of).len() == of.most() {
            let (most, rest) = (of.most().to_string(), (all.len() - index).to_string());
            faults.add(path, &["at most ", &most, " rows; ", &rest, " more were left out"]);
            break;
        }
        let path = path.place(index);
        match of {
            List::Views => view(rows, value, &path, faults),
            of => row(rows, of, value, &path, faults),
        }
    }
}

/// The number of a row; `None`, with a fault, for one that is missing or taken.
fn number(rows: &Rows, of: List, value: Option<&Json>, path: &Path, faults: &mut Faults) -> Option<u32> {
    let Some(value) = value else {
        missing(path, "id", "the row was left out", faults);
        return None;
    };
    let id = needed(value, &path.key("id"), (1, u32::MAX), "the row was left out", faults)?;
    if rows.row(of, id).is_some() {
        faults.add(&path.key("id"), &["another row has the id ", &id.to_string(), "; this one was left out"]);
        return None;
    }
    Some(id)
}

/// The most fields of a row, and its id.
const NAMES: usize = 8;

fn row(rows: &mut Rows, of: List, value: &Json, path: &Path, faults: &mut Faults) {
    let fields = of.spec().fields;
    // A list of a single row has no ids, and a blank key is none of its names.
    let mut names = ["\u{0}"; NAMES];
    if !of.single() {
        names[0] = "id";
    }
    for (slot, (name, _)) in names.iter_mut().skip(1).zip(fields) {
        *slot = name;
    }
    let Some(given) = members(value, path, &names, faults) else { return };
    let id = if of.single() { Some(SINGLE) } else { number(rows, of, given[0], path, faults) };
    let Some(id) = id else { return };
    if !of.single() {
        rows.add(of, id);
    }
    for ((field, (name, kind)), value) in fields.iter().enumerate().zip(given.iter().skip(1)) {
        let Some(value) = value else { continue };
        let path = path.key(name);
        let text = match kind {
            Field::Percent => whole(value, &path, (0, 100), faults).map(|number| number.to_string()),
            _ if is_number(of, name) => whole(value, &path, (0, u32::MAX), faults).map(|number| number.to_string()),
            Field::Line => text(value, &path, LINE_MAX, faults),
            Field::Text => text(value, &path, TEXT_MAX, faults),
            Field::Long => text(value, &path, LONG_MAX, faults),
            Field::Day | Field::Choice => word(*kind, value, &path, faults),
        };
        if let Some(text) = text.filter(|text| !text.is_empty()) {
            rows.set(of, id, field, &text);
        }
    }
}

fn word(kind: Field, value: &Json, path: &Path, faults: &mut Faults) -> Option<String> {
    let clean = match value {
        Json::Text(text) => kind.clean(text),
        _ => None,
    };
    if clean.is_none() {
        let expected = match kind {
            Field::Day => "a day as \"2026-11-22\"",
            _ => "at most 60 ASCII letters, digits, hyphens and dots",
        };
        wrong(path, expected, value, "left out", faults);
    }
    clean
}

/// The names of a view's fields.
pub const VIEW: [&str; 10] = ["id", "round", "who", "date", "form", "pack", "answers", "noted", "ticked", "notes"];

/// What becomes of a view without round, or of one that is nobody's.
const LEFT_OUT: &str = "the view was left out";

fn view(rows: &mut Rows, value: &Json, path: &Path, faults: &mut Faults) {
    let Some([id, round, who, date, form, hash, given, noted, ticked, remarks]) = members(value, path, &VIEW, faults)
    else {
        return;
    };
    let Some(id) = number(rows, List::Views, id, path, faults) else { return };
    let Some(round) = round else {
        missing(path, "round", LEFT_OUT, faults);
        return;
    };
    let mut number = |value, name, low| needed(value, &path.key(name), (low, u32::MAX), LEFT_OUT, faults);
    let Some(round) = number(round, "round", 1) else { return };
    let who = match who.map(|who| number(who, "who", 0)) {
        // Whose view it is must be known.
        Some(None) => return,
        Some(Some(who)) => Some(who).filter(|who| *who > 0),
        None => None,
    };
    let date = date.and_then(|date| word(Field::Day, date, &path.key("date"), faults)).filter(|date| is_day(date));
    let form = form.and_then(|value| match value {
        Json::Text(text) if Form::parse(text).is_some() => Form::parse(text),
        other => {
            wrong(&path.key("form"), "\"short\" or \"full\"", other, "taken as \"short\"", faults);
            None
        }
    });
    let noted = noted.map(|noted| ids(noted, &path.key("noted"), faults)).unwrap_or_default();
    let given = given.map(|given| answers(given, &path.key("answers"), faults)).unwrap_or_default();
    let given = given.into_iter().map(|(item, answer)| Given { noted: noted.contains(&item), item, answer });
    let mut written = String::new();
    for (item, note) in remarks.map(|given| notes(given, &path.key("notes"), faults)).unwrap_or_default() {
        if !written.is_empty() {
            written.push('\n');
        }
        written.push_str(&item);
        written.push('=');
        escape(&note, &mut written);
    }
    if written.chars().nth(LONG_MAX).is_some() {
        faults.add(&path.key("notes"), &["together longer than ", &LONG_MAX.to_string(), " characters; left out"]);
        written.clear();
    }
    let view = View {
        id,
        round,
        who,
        date: date.unwrap_or_default(),
        form: form.unwrap_or_default(),
        pack: hash.map(|hash| pack(hash, &path.key("pack"), faults)).unwrap_or_default(),
        answers: given.collect(),
        ticked: ticked.map(|ticked| ids(ticked, &path.key("ticked"), faults)).unwrap_or_default(),
        notes: written,
    };
    for (field, text) in view.fields() {
        rows.set(List::Views, id, field, &text);
    }
}
