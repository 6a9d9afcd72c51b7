//! The JSON Schema of the author's pack, generated from its types.
//!
//! Knows the types. `docs/pack.schema.json` is this text; a test keeps it fresh, `bsh schema` prints it.

use super::normal::sorted;
use super::types::Author;

/// The schema as pretty JSON with sorted keys and a final line break.
pub fn schema() -> String {
    let schema = schemars::schema_for!(Author);
    let mut text = serde_json::to_string_pretty(&sorted(schema.to_value())).unwrap_or_default();
    text.push('\n');
    text
}
