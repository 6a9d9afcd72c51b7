//! Reads a workspace file: what is right is kept, what is not has a fault with its path.
//!
//! Knows the file from the top down to an account's members. Must not know what they are for.

use super::account::{Account, HEAD, LEVELS, Word, YEARS, is_pack};
use super::faults::{Faults, Path, quote};
use super::json::Json;
use super::values::{answers, ids, list, members, missing, notes, text, whole, wrong};
use super::{FORMAT, RECORD, VERSION, name_of, rows};
use crate::domain::model::Perspective;
use crate::domain::rows::{LINE_MAX, LISTS};
use crate::storage::codec;
use crate::storage::home::is_id;
use crate::storage::workspace::ACCOUNTS_MAX;

/// The most fields of one account: no more than `Fields::read` takes.
const FIELDS_MAX: usize = 10_240;

/// What was read of a workspace file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Imported {
    /// The own company's name, then for each account U+001E, its id, a line break and its draft text.
    pub bundle: String,
    /// What was left out and why, each with its path: at most 100, then how many more there are.
    pub faults: Vec<String>,
}

/// Reads a workspace file of at most [`super::json::SIZE_MAX`] bytes. An error means that nothing of it can be used, and says why.
pub fn read(json: &str) -> Result<Imported, Vec<String>> {
    let top = Json::read(json).map_err(|wrong| {
        let (line, column) = (wrong.line.to_string(), wrong.column.to_string());
        vec![["not JSON that can be read, at line ", &line, ", column ", &column, ": ", wrong.what].concat()]
    })?;
    let mut faults = Faults::default();
    let bundle = workspace(&top, &mut faults).map_err(|why| vec![why])?;
    Ok(Imported { bundle, faults: faults.lines() })
}

fn workspace(top: &Json, faults: &mut Faults) -> Result<String, String> {
    let no = |what: &str| ["not a workspace file: ", what].concat();
    let Json::Map(map) = top else { return Err(no("its top is not an object")) };
    // Before anything is complained of: a file of another kind has one fault.
    let get = |key: &str| map.iter().find(|(known, _)| known == key).map(|(_, value)| value);
    match get("format") {
        Some(Json::Text(format)) if format == FORMAT => {}
        Some(Json::Text(other)) => {
            return Err(no(&["its format is ", &quote(other), ", expected \"", FORMAT, "\""].concat()));
        }
        _ => return Err(no(&["it does not say \"format\": \"", FORMAT, "\""].concat())),
    }
    match get("version") {
        Some(Json::Whole(VERSION)) => {}
        Some(Json::Whole(newer)) if *newer > VERSION => {
            let (newer, own) = (newer.to_string(), VERSION.to_string());
            let parts = ["this file has version ", &newer, ", this program reads version ", &own];
            return Err([&parts.concat(), ": reload the page to get a newer program"].concat());
        }
        _ => return Err(no(&["its version is not ", &VERSION.to_string()].concat())),
    }
    let path = Path::Top;
    let known = ["format", "version", "company", "accounts", "left_out"];
    let [_, _, company, accounts, left_out] = members(top, &path, &known, faults).unwrap_or_default();
    let at = path.key("company");
    let company = company.and_then(|company| text(company, &at, LINE_MAX, faults)).unwrap_or_default();
    let mut bundle = company.replace(RECORD, "");
    if bundle != company {
        faults.add(&at, &["has the character U+001E, which was left out"]);
    }
    bundle.push(RECORD);
    if let Some(left_out) = left_out {
        let path = path.key("left_out");
        for (index, one) in list(left_out, &path, faults).iter().enumerate() {
            if let Json::Text(one) = one {
                faults.add(&path.place(index), &["was not written into this file: ", &quote(one)]);
            }
        }
    }
    let above = path.key("accounts");
    let Some(accounts) = accounts else { return Err(no("it has no \"accounts\"")) };
    let accounts = list(accounts, &above, faults);
    let mut seen: Vec<&str> = Vec::new();
    for (index, one) in accounts.iter().enumerate() {
        if seen.len() == ACCOUNTS_MAX {
            let (most, rest) = (ACCOUNTS_MAX.to_string(), (accounts.len() - index).to_string());
            faults.add(&above, &["at most ", &most, " accounts; ", &rest, " more were left out"]);
            break;
        }
        let path = above.place(index);
        let Some((id, all)) = account(one, &path, faults) else { continue };
        if seen.contains(&id) {
            faults.add(&path.key("id"), &["another account has the id ", &quote(id), "; this one was left out"]);
            continue;
        }
        let written = all.fields();
        let draft = written.write();
        if written.list.len() > FIELDS_MAX || draft.len() > codec::SIZE_MAX {
            faults.add(&path, &["is too large to be kept; left out"]);
            continue;
        }
        if !seen.is_empty() {
            bundle.push(RECORD);
        }
        seen.push(id);
        for part in [id, "\n", &draft] {
            bundle.push_str(part);
        }
    }
    Ok(bundle)
}

/// The names of an account's members, apart from [`HEAD`] and the lists.
const OWN: [&str; 9] = ["id", "revision", "pack", "target", "answers", "notes", "ticked", "confirmed", "left_out"];

fn account<'a>(value: &'a Json, path: &Path, faults: &mut Faults) -> Option<(&'a str, Account)> {
    const KNOWN: usize = OWN.len() + HEAD.len() + LISTS.len();
    let mut names = [""; KNOWN];
    let all = OWN.into_iter().chain(HEAD.iter().map(|(name, ..)| *name)).chain(LISTS.iter().map(|s| name_of(s.list)));
    for (slot, name) in names.iter_mut().zip(all) {
        *slot = name;
    }
    let given: [Option<&Json>; KNOWN] = members(value, path, &names, faults)?;
    let get = |name: &str| {
        let at = names.iter().position(|known| *known == name)?;
        given.get(at).copied().flatten().map(|value| (value, path.key(OWN.get(at).copied().unwrap_or(""))))
    };
    let id = match get("id") {
        Some((Json::Text(id), _)) if is_id(id) => id.as_str(),
        Some((other, at)) => {
            wrong(&at, "eight ASCII letters or digits", other, "the account was left out", faults);
            return None;
        }
        None => {
            missing(path, "id", "the account was left out", faults);
            return None;
        }
    };
    let mut all = Account { id: id.into(), ..Account::default() };
    if let Some((value, at)) = get("revision") {
        all.revision = whole(value, &at, (0, u32::MAX), faults).unwrap_or(0);
    }
    if let Some((value, at)) = get("pack") {
        all.pack = pack(value, &at, faults);
    }
    for (index, (name, _, word)) in HEAD.iter().enumerate() {
        let value = given.get(OWN.len() + index).copied().flatten();
        let value = value.map_or_else(String::new, |value| head(value, &path.key(name), *word, faults));
        if let Some(slot) = all.head.get_mut(index) {
            *slot = value;
            if *word == Word::View && slot.is_empty() {
                *slot = Perspective::Own.code().into();
            }
        }
    }
    all.target = get("target").and_then(|(value, at)| target(value, &at, faults));
    if let Some((value, at)) = get("answers") {
        all.answers = answers(value, &at, faults);
    }
    if let Some((value, at)) = get("notes") {
        all.notes = notes(value, &at, faults);
    }
    if let Some((value, at)) = get("ticked") {
        all.ticked = ids(value, &at, faults);
        // A draft keeps answers and ticks side by side: one id is one of them.
        let answers = &all.answers;
        all.ticked.retain(|id| {
            let free = answers.iter().all(|(given, _)| given != id);
            if !free {
                faults.add(&at, &[id, " has an answer and was not ticked"]);
            }
            free
        });
    }
    if let Some((value, at)) = get("confirmed") {
        all.confirmed = ids(value, &at, faults);
    }
    if let Some((value, at)) = get("left_out")
        && let Some(number) = whole(value, &at, (0, u32::MAX), faults).filter(|number| *number > 0)
    {
        faults.add(&at, &["fields that were not written into this file: ", &number.to_string()]);
    }
    for (index, spec) in LISTS.iter().enumerate() {
        if let Some(value) = given.get(OWN.len() + HEAD.len() + index).copied().flatten() {
            rows::read(&mut all.rows, spec.list, value, &path.key(name_of(spec.list)), faults);
        }
    }
    Some((id, all))
}

/// The content hash of a pack; blank for what is none.
pub fn pack(value: &Json, path: &Path, faults: &mut Faults) -> String {
    match value {
        Json::Text(pack) if is_pack(pack) => pack.clone(),
        other => {
            wrong(path, "the content hash of a pack, at most 40 letters and digits", other, "left out", faults);
            String::new()
        }
    }
}

fn head(value: &Json, path: &Path, word: Word, faults: &mut Faults) -> String {
    let expected = match word {
        Word::Name => return text(value, path, crate::domain::draft::NAME_MAX, faults).unwrap_or_default(),
        Word::Form => "\"short\" or \"full\"",
        Word::View => "\"own\" or \"customer\"",
        Word::Day => "a day as \"2026-11-22\"",
        Word::Step => "the code of a page, at most 60 letters, digits, hyphens and dots",
        Word::Lang => "the code of a language as \"en\"",
    };
    match value {
        Json::Text(given) if given.is_empty() || word.takes(given) => given.clone(),
        other => {
            wrong(path, expected, other, "left out", faults);
            String::new()
        }
    }
}

fn target(value: &Json, path: &Path, faults: &mut Faults) -> Option<(u8, u16)> {
    let [level, year] = members(value, path, &["level", "year"], faults)?;
    let mut number = |value: Option<&Json>, name, (low, high): (u32, u32)| match value {
        Some(value) => whole(value, &path.key(name), (low, high), faults),
        None => {
            missing(path, name, "the target was left out", faults);
            None
        }
    };
    let level = number(level, "level", ((*LEVELS.start()).into(), (*LEVELS.end()).into()));
    let year = number(year, "year", ((*YEARS.start()).into(), (*YEARS.end()).into()));
    Some((u8::try_from(level?).ok()?, u16::try_from(year?).ok()?))
}
