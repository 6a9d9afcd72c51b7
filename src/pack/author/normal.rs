//! The normal form of a pack and its hash: the same content gives the same hash, however the file is laid out.
//!
//! Knows canonical JSON: keys sorted, defaults filled in, no whitespace. Must not know files.

use super::types::Author;
use serde_json::Value;
use sha2::{Digest, Sha256};

/// The pack as canonical JSON.
pub fn normal(author: &Author) -> String {
    let value = serde_json::to_value(author).unwrap_or_default();
    sorted(value).to_string()
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
