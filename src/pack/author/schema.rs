//! The JSON Schema of the author's pack, generated from its types.
//!
//! Knows the types. `docs/pack.schema.json` is this text; a test keeps it fresh, `bsh schema` prints it.

use super::normal::sorted;
use super::types::Author;
use super::walk::COMMENT;
use serde_json::{Value, json};

/// The schema as pretty JSON with sorted keys and a final line break.
pub fn schema() -> String {
    let mut schema = schemars::schema_for!(Author).to_value();
    let flat =
        json!({ "type": "object", "additionalProperties": { "type": "string", "minLength": 1, "maxLength": 1000 } });
    if let Some(keys) = schema.get_mut("properties").and_then(Value::as_object_mut) {
        keys.insert(
            "texts".into(),
            json!({
                "description": "The texts of each language by its code, where they do not stand in files beside the \
                                pack (docs/packs.md lists the keys).",
                "type": "object",
                "additionalProperties": flat,
                "propertyNames": { "pattern": r"^([a-z]{2,3}(-[A-Za-z0-9]{2,8})?|//)$" },
            }),
        );
    }
    comments(&mut schema);
    let mut text = serde_json::to_string_pretty(&sorted(schema)).unwrap_or_default();
    text.push('\n');
    text
}

/// Lets a comment stand in every object.
fn comments(schema: &mut Value) {
    match schema {
        Value::Object(map) => {
            map.values_mut().for_each(comments);
            if let Some(closed) = map.get("additionalProperties").filter(|_| map.get("type") == Some(&json!("object")))
            {
                let text = json!({ "description": "A comment.", "type": "string" });
                if *closed == json!(false) || closed.get("type") == Some(&json!("object")) {
                    let keys = map.entry("properties").or_insert_with(|| json!({}));
                    if let Some(keys) = keys.as_object_mut() {
                        keys.insert(COMMENT.into(), text);
                    }
                }
            }
        }
        Value::Array(list) => list.iter_mut().for_each(comments),
        _ => {}
    }
}
