//! The normal form of a pack and its hash: what makes answers comparable gives the same hash, however it is laid out.
//!
//! Knows canonical JSON: keys sorted, defaults filled in, no whitespace. Must not know files.

use super::keys::keys;
use super::types::Author;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

/// What makes answers comparable, as canonical JSON: the cuts, the structure of the instruments, and in the pack's
/// first language what is asked (frames, items, signals, risks, the texts of groups and levels). The version, readings,
/// methods and other languages are not in it: who adds a language or polishes a method does not turn earlier answers
/// into answers to another edition.
pub fn normal(author: &Author) -> String {
    let asked = keys(&author.survey()).into_iter().filter(|key| key.asked);
    let texts = asked.map(|key| {
        let text = author.text(&author.language, &key.name).into();
        (key.name, text)
    });
    let texts: Map<String, Value> = texts.collect();
    let mut instruments = json!(author.instruments);
    // An estimate of the time that it takes asks nothing.
    for instrument in instruments.as_array_mut().into_iter().flatten().filter_map(Value::as_object_mut) {
        instrument.remove("minutes");
    }
    sorted(json!({ "cuts": author.cuts, "instruments": instruments, "texts": texts })).to_string()
}

/// The first 16 hex digits of SHA-256 over the normal form.
pub fn hash(author: &Author) -> String {
    let digest = Sha256::digest(normal(author).as_bytes());
    digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// Sorts the keys of every object, whichever order the map type keeps.
pub fn sorted(value: Value) -> Value {
    match value {
        Value::Object(map) => {
            let mut entries: Vec<(String, Value)> = map.into_iter().collect();
            entries.sort_by(|a, b| a.0.cmp(&b.0));
            Value::Object(entries.into_iter().map(|(key, value)| (key, sorted(value))).collect())
        }
        Value::Array(list) => Value::Array(list.into_iter().map(sorted).collect()),
        plain => plain,
    }
}
