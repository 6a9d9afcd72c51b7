//! The kinds of values that a workspace file has, each read with its faults. `null` is the same as nothing.
//!
//! Knows limits. Must not know where in the file a value stands.

use super::faults::{Faults, Path, quote};
use super::json::Json;
use crate::domain::answer::{Answer, Scale};
use crate::domain::draft::NOTE_MAX;
use crate::pack::compiled::{ITEMS_MAX, is_item_id};

/// Something else was expected; `then` is what became of it.
pub fn wrong(path: &Path, expected: &str, found: &Json, then: &str, faults: &mut Faults) {
    let found = match found {
        Json::Null => "null".into(),
        Json::Bool(value) => value.to_string(),
        Json::Whole(value) => value.to_string(),
        Json::Number(text) => quote(text).replace('"', ""),
        Json::Text(text) => quote(text),
        Json::List(_) => "a list".into(),
        Json::Map(_) => "an object".into(),
    };
    faults.add(path, &["expected ", expected, ", found ", &found, "; ", then]);
}

/// A member is not there.
pub fn missing(path: &Path, name: &str, then: &str, faults: &mut Faults) {
    faults.add(&path.key(name), &["is missing; ", then]);
}

/// The members of an object in the order of the known names. Unknown ones, and the second of a name, are faults.
pub fn members<'a, const N: usize>(
    value: &'a Json,
    path: &Path,
    names: &[&str; N],
    faults: &mut Faults,
) -> Option<[Option<&'a Json>; N]> {
    let Json::Map(map) = value else {
        wrong(path, "an object", value, "left out", faults);
        return None;
    };
    let mut all = [None; N];
    let mut seen = [false; N];
    for (key, value) in map {
        let at = names.iter().position(|name| name == key);
        let Some((slot, seen)) = at.and_then(|at| all.get_mut(at).zip(seen.get_mut(at))) else {
            faults.add(&path.key(key), &["no such field; left out"]);
            continue;
        };
        if std::mem::replace(seen, true) {
            twice(&path.key(key), faults);
        } else {
            *slot = Some(value).filter(|value| **value != Json::Null);
        }
    }
    Some(all)
}

fn twice(path: &Path, faults: &mut Faults) {
    faults.add(path, &["stands twice; only the first was taken"]);
}

/// The elements of a list; none of what is no list.
pub fn list<'a>(value: &'a Json, path: &Path, faults: &mut Faults) -> &'a [Json] {
    match value {
        Json::List(list) => list,
        other => {
            wrong(path, "a list", other, "left out", faults);
            &[]
        }
    }
}

/// A whole number within limits, or nothing.
pub fn whole(value: &Json, path: &Path, limits: (u32, u32), faults: &mut Faults) -> Option<u32> {
    needed(value, path, limits, "left out", faults)
}

/// A whole number within limits; `then` is what becomes of what it belongs to without it.
pub fn needed(value: &Json, path: &Path, (low, high): (u32, u32), then: &str, faults: &mut Faults) -> Option<u32> {
    let number = match value {
        Json::Whole(number) => u32::try_from(*number).ok().filter(|number| (low..=high).contains(number)),
        _ => None,
    };
    if number.is_none() {
        let expected = ["a whole number from ", &low.to_string(), " to ", &high.to_string()].concat();
        wrong(path, &expected, value, then, faults);
    }
    number
}

/// A text; what is longer than `most` characters is cut.
pub fn text(value: &Json, path: &Path, most: usize, faults: &mut Faults) -> Option<String> {
    let Json::Text(text) = value else {
        wrong(path, "a text", value, "left out", faults);
        return None;
    };
    let Some((end, _)) = text.char_indices().nth(most) else { return Some(text.clone()) };
    faults.add(path, &["longer than ", &most.to_string(), " characters; the rest was left out"]);
    text.get(..end).map(String::from)
}

/// The entries of an object whose keys are ids; `read` gives `None` for an entry that is left out.
fn by_id<T>(
    value: &Json,
    path: &Path,
    faults: &mut Faults,
    read: impl Fn(&Json, &Path, &mut Faults) -> Option<T>,
) -> Vec<(String, T)> {
    let Json::Map(map) = value else {
        wrong(path, "an object", value, "left out", faults);
        return Vec::new();
    };
    if map.len() > ITEMS_MAX {
        too_many(path, map.len(), faults);
    }
    let mut all: Vec<(String, T)> = Vec::new();
    let ordered = ascending(map.iter().map(|(key, _)| key));
    let kept = map.iter().take(ITEMS_MAX).enumerate();
    for (place, (key, value)) in kept {
        let path = path.key(key);
        if !is_item_id(key) {
            faults.add(&path, &["not the id of an item; left out"]);
        } else if !ordered && map.iter().take(place).any(|(known, _)| known == key) {
            twice(&path, faults);
        } else if *value != Json::Null
            && let Some(value) = read(value, &path, faults)
        {
            all.push((key.clone(), value));
        }
    }
    all
}

/// Does each come after the one before? Then none is there twice, which is dear to find out otherwise.
pub fn ascending<'a>(mut keys: impl Iterator<Item = &'a String>) -> bool {
    let mut last: Option<&String> = None;
    keys.all(|key| last.replace(key).is_none_or(|last| last < key))
}

fn too_many(path: &Path, found: usize, faults: &mut Faults) {
    let (most, rest) = (ITEMS_MAX.to_string(), (found - ITEMS_MAX).to_string());
    faults.add(path, &["at most ", &most, " entries; ", &rest, " more were left out"]);
}

/// Answers by item id: 0 to 4, `dk` or `na`.
pub fn answers(value: &Json, path: &Path, faults: &mut Faults) -> Vec<(String, Answer)> {
    by_id(value, path, faults, |value, path, faults| {
        let answer = match value {
            Json::Whole(number) => u64::try_from(*number).ok().and_then(|value| Scale::Frequency.answer(value)),
            Json::Text(code) if code == Answer::DontKnow.code() => Some(Answer::DontKnow),
            Json::Text(code) if code == Answer::NotApplicable.code() => Some(Answer::NotApplicable),
            _ => None,
        };
        if answer.is_none() {
            wrong(path, "0 to 4, \"dk\" or \"na\"", value, "left out", faults);
        }
        answer
    })
}

/// Notes by item id.
pub fn notes(value: &Json, path: &Path, faults: &mut Faults) -> Vec<(String, String)> {
    by_id(value, path, faults, |value, path, faults| text(value, path, NOTE_MAX, faults))
}

/// A list of ids, each once.
pub fn ids(value: &Json, path: &Path, faults: &mut Faults) -> Vec<String> {
    let list = list(value, path, faults);
    if list.len() > ITEMS_MAX {
        too_many(path, list.len(), faults);
    }
    let mut all: Vec<String> = Vec::new();
    for (index, value) in list.iter().take(ITEMS_MAX).enumerate() {
        let path = path.place(index);
        match value {
            Json::Text(id) if all.contains(id) => twice(&path, faults),
            Json::Text(id) if is_item_id(id) => all.push(id.clone()),
            other => wrong(&path, "the id of an item, signal or risk", other, "left out", faults),
        }
    }
    all
}
