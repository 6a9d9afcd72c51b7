//! Accounts as a workspace file.
//!
//! Knows the names in the file. Must not know where accounts come from.

use super::account::{Account, HEAD, is_number, notes_of};
use super::json::Json;
use super::values::ascending;
use super::{FORMAT, RECORD, VERSION, name_of};
use crate::domain::answer::Answer;
use crate::domain::model::Perspective;
use crate::domain::rows::{Field, LISTS, List, Row, at};
use crate::domain::views::View;
use crate::storage::codec::{Fields, ReadError};
use crate::storage::home::is_id;

/// Members of the account and the elements of its lists have lines of their own.
const OPEN: usize = 4;

/// Writes a workspace file. `bundle` is the own company's name, then for each account a record separator, its id, a line
/// break and its draft text. An account that cannot be read is named in `left_out`.
pub fn write(bundle: &str) -> String {
    let mut records = bundle.split(RECORD);
    let company = records.next().unwrap_or("");
    let mut out = String::with_capacity(2 * bundle.len());
    out.push_str("{\n  \"format\": ");
    Json::from(FORMAT).write(1, OPEN, &mut out);
    out.push_str(",\n  \"version\": ");
    Json::Whole(VERSION).write(1, OPEN, &mut out);
    out.push_str(",\n  \"company\": ");
    Json::from(company).write(1, OPEN, &mut out);
    out.push_str(",\n  \"accounts\": [");
    let mut left_out = Vec::new();
    let mut first = true;
    for record in records.filter(|record| !record.is_empty()) {
        let (id, text) = record.split_once('\n').unwrap_or((record, ""));
        let why = match Fields::read(text) {
            Ok(fields) if is_id(id) => {
                out.push_str(if first { "\n    " } else { ",\n    " });
                first = false;
                Json::from(&Account::of(id, &fields)).write(2, OPEN, &mut out);
                continue;
            }
            Ok(_) => ": not an id",
            Err(ReadError::Unreadable) => ": could not be read",
            Err(ReadError::Newer) => ": was saved by a newer version of this program",
            Err(ReadError::TooLarge) => ": is too large",
        };
        let shown: String = id.chars().take(40).collect();
        left_out.push(Json::Text([&shown, why].concat()));
    }
    out.push_str(if first { "]" } else { "\n  ]" });
    if !left_out.is_empty() {
        out.push_str(",\n  \"left_out\": ");
        Json::List(left_out).write(1, OPEN, &mut out);
    }
    out.push_str("\n}\n");
    out
}

impl From<&str> for Json {
    fn from(text: &str) -> Json {
        Json::Text(text.into())
    }
}

/// Collects the members that have something in them.
#[derive(Default)]
struct Members(Vec<(String, Json)>);

impl Members {
    fn put(&mut self, key: &str, value: Json) {
        let blank = match &value {
            Json::Text(text) => text.is_empty(),
            Json::List(list) => list.is_empty(),
            Json::Map(map) => map.is_empty(),
            _ => false,
        };
        if !blank {
            self.0.push((key.into(), value));
        }
    }
}

impl From<&Account> for Json {
    fn from(account: &Account) -> Json {
        let mut all = Members::default();
        all.put("id", account.id.as_str().into());
        all.put("revision", Json::Whole(account.revision.into()));
        all.put("pack", account.pack.as_str().into());
        for ((name, _, _), value) in HEAD.iter().zip(&account.head) {
            if (*name, value.as_str()) != ("perspective", Perspective::Own.code()) {
                all.put(name, value.as_str().into());
            }
        }
        if let Some((level, year)) = account.target {
            let mut target = Members::default();
            target.put("level", Json::Whole(level.into()));
            target.put("year", Json::Whole(year.into()));
            all.put("target", Json::Map(target.0));
        }
        all.put("answers", answers(account.answers.iter().map(|(id, answer)| (id, *answer))));
        all.put("notes", notes(&account.notes));
        all.put("ticked", ids(account.ticked.iter()));
        all.put("confirmed", ids(account.confirmed.iter()));
        let mut left_out = account.left_out;
        for spec in &LISTS {
            let mut rows = Vec::new();
            for row in account.rows.of(spec.list) {
                rows.push(match spec.list {
                    List::Views => match View::read(row) {
                        Some(read) => {
                            let entries = row.get(at::VIEW_CODE).split(' ').filter(|entry| !entry.is_empty()).count();
                            left_out += entries.saturating_sub(read.answers.len() + read.ticked.len());
                            view(&read, &mut left_out)
                        }
                        None => {
                            left_out += 1;
                            continue;
                        }
                    },
                    list => fields(list, row),
                });
            }
            let rows = if spec.list.single() { rows.pop() } else { Some(Json::List(rows)) };
            if let Some(rows) = rows {
                all.put(name_of(spec.list), rows);
            }
        }
        if left_out > 0 {
            all.put("left_out", Json::Whole(i64::try_from(left_out).unwrap_or(i64::MAX)));
        }
        Json::Map(all.0)
    }
}

fn fields(list: List, row: &Row) -> Json {
    let mut all = Members::default();
    if !list.single() {
        all.put("id", Json::Whole(row.id.into()));
    }
    for ((name, kind), value) in list.spec().fields.iter().zip(&row.fields) {
        let number = *kind == Field::Percent || is_number(list, name);
        let number = value.parse().ok().filter(|_| number).map(Json::Whole);
        all.put(name, number.unwrap_or_else(|| value.as_str().into()));
    }
    Json::Map(all.0)
}

/// A view; adds to `left_out` what was given twice or is no note.
fn view(view: &View, left_out: &mut usize) -> Json {
    let mut all = Members::default();
    all.put("id", Json::Whole(view.id.into()));
    all.put("round", Json::Whole(view.round.into()));
    if let Some(who) = view.who {
        all.put("who", Json::Whole(who.into()));
    }
    all.put("date", view.date.as_str().into());
    all.put("form", view.form.code().into());
    all.put("pack", view.pack.as_str().into());
    // What is given twice counts as it does where views are read: the last one does.
    let mut given = Vec::with_capacity(view.answers.len());
    let ordered = ascending(view.answers.iter().map(|given| &given.item));
    for (place, one) in view.answers.iter().enumerate() {
        if ordered || view.answers.iter().skip(place + 1).all(|later| later.item != one.item) {
            given.push(one);
        }
    }
    *left_out += view.answers.len() - given.len();
    all.put("answers", answers(given.iter().map(|given| (&given.item, given.answer))));
    all.put("noted", ids(given.iter().filter(|given| given.noted).map(|given| &given.item)));
    all.put("ticked", ids(view.ticked.iter()));
    let (list, wrong) = notes_of(view);
    *left_out += wrong;
    all.put("notes", notes(&list));
    Json::Map(all.0)
}

fn answers<'a>(all: impl Iterator<Item = (&'a String, Answer)>) -> Json {
    let code = |answer: Answer| answer.value().map_or_else(|| answer.code().into(), |value| Json::Whole(value.into()));
    Json::Map(all.map(|(id, answer)| (id.clone(), code(answer))).collect())
}

fn notes(all: &[(String, String)]) -> Json {
    Json::Map(all.iter().map(|(id, note)| (id.clone(), note.as_str().into())).collect())
}

fn ids<'a>(all: impl Iterator<Item = &'a String>) -> Json {
    Json::List(all.map(|id| id.as_str().into()).collect())
}
