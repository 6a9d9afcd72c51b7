//! The JSON Schema of the workspace file, made of the same tables that it is read with.
//!
//! Knows the limits. `docs/workspace.schema.json` is this text; a test keeps it fresh, `bsh schema workspace` prints it.

use super::account::{HEAD, LEVELS, Word, YEARS, is_number};
use super::{FORMAT, VERSION, name_of};
use crate::domain::draft::{NAME_MAX, NOTE_MAX};
use crate::domain::rows::{Field, LINE_MAX, LISTS, List, ROWS_MAX, TEXT_MAX, VIEWS_MAX};
use crate::pack::author::normal::sorted;
use crate::pack::compiled::ITEMS_MAX;
use crate::storage::workspace::ACCOUNTS_MAX;
use serde_json::{Map, Value, json};

const ITEM: &str = "^(?=.{1,24}$)[a-z][a-z0-9]*-[a-z0-9-]*$";

/// The schema as pretty JSON with sorted keys and a final line break.
pub fn schema() -> String {
    let whole = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Workspace",
        "description": "Accounts with everything that was answered and written down about them.",
        "type": "object",
        "required": ["format", "version", "accounts"],
        "additionalProperties": false,
        "properties": {
            "format": { "type": "string", "const": FORMAT },
            "version": { "type": "integer", "const": VERSION },
            "company": text("The own company's name.", LINE_MAX),
            "accounts": { "type": "array", "maxItems": ACCOUNTS_MAX, "items": { "$ref": "#/$defs/account" } },
            "left_out": {
                "description": "Accounts that could not be written into this file, and why.",
                "type": "array",
                "items": { "type": "string" },
            },
        },
        "$defs": { "account": account(), "view": view(), "answers": answers(), "notes": notes(), "ids": ids() },
    });
    let mut text = serde_json::to_string_pretty(&sorted(whole)).unwrap_or_default();
    text.push('\n');
    text
}

fn account() -> Value {
    let mut all = Map::new();
    let mut put = |name: &str, value: Value| all.insert(name.into(), value);
    put("id", json!({ "description": "Its own in the workspace.", "type": "string", "pattern": "^[0-9A-Za-z]{8}$" }));
    put("revision", integer("Counts the saves.", 0, u32::MAX));
    put("pack", pack());
    for (name, _, word) in HEAD {
        put(name, head(name, word));
    }
    put(
        "target",
        object(
            "The level to be reached, and by when.",
            &["level", "year"],
            json!({
                "level": integer("", (*LEVELS.start()).into(), (*LEVELS.end()).into()),
                "year": integer("", (*YEARS.start()).into(), (*YEARS.end()).into()),
            }),
        ),
    );
    put("answers", reference("answers", "The own answers of the present round."));
    put("notes", reference("notes", "Notes on them."));
    put("ticked", reference("ids", "Commodity signals and escalator risks that hold."));
    put("confirmed", reference("ids", "Items that were not known and have been confirmed with the customer since."));
    put("left_out", integer("How many fields could not be written into this file.", 0, u32::MAX));
    for spec in &LISTS {
        put(name_of(spec.list), rows(spec.list));
    }
    object("", &["id"], Value::Object(all))
}

fn rows(list: List) -> Value {
    let what = match list {
        List::People => "Who is who at the customer.",
        List::Rivals => "Who else supplies the customer.",
        List::Tasks => "What to do next, in order.",
        List::Goals => "Goals that are shared with the customer.",
        List::Focus => "What to put more into.",
        List::Stop => "What to put less into.",
        List::Own => "The own share of the customer, in percent.",
        List::Charter => "What the customer can count on.",
        List::Climb => "Whether the climb is worth it.",
        List::About => "What an account is beside its name; tags have commas between them.",
        List::Views => "Answers of earlier rounds, and what the customer's people sent back.",
        List::Invites => "Who at the customer was asked to answer; person is the id of one of the people.",
        List::Asked => "In the answers of somebody at a customer: who asked for them.",
    };
    if list == List::Views {
        return array(what, VIEWS_MAX, json!({ "$ref": "#/$defs/view" }));
    }
    let mut fields: Map<String, Value> = list
        .spec()
        .fields
        .iter()
        .map(|(name, kind)| {
            let value = match kind {
                Field::Percent => integer("", 0, 100),
                _ if is_number(list, name) => integer("", 0, u32::MAX),
                Field::Line => text("", LINE_MAX),
                Field::Text | Field::Long => text("", TEXT_MAX),
                Field::Day => day(),
                Field::Choice => json!({ "type": "string", "pattern": "^[0-9A-Za-z.-]{0,60}$" }),
            };
            (name.to_string(), value)
        })
        .collect();
    if list.single() {
        return object(what, &[], Value::Object(fields));
    }
    fields.insert("id".into(), integer("", 1, u32::MAX));
    array(what, ROWS_MAX, object("", &["id"], Value::Object(fields)))
}

fn view() -> Value {
    let fields = json!({
        "id": integer("", 1, u32::MAX),
        "round": integer("", 1, u32::MAX),
        "who": integer("The id of one of the people; 0 or nothing for the own view.", 0, u32::MAX),
        "date": day(),
        "form": head("form", Word::Form),
        "pack": pack(),
        "answers": reference("answers", ""),
        "noted": reference("ids", "Items that have a note; other people's notes stay with them."),
        "ticked": reference("ids", ""),
        "notes": reference("notes", ""),
    });
    object("What one person answered on one day.", &["id", "round"], fields)
}

fn head(name: &str, word: Word) -> Value {
    match word {
        Word::Name if name == "part" => text("The part of the customer that is meant.", NAME_MAX),
        Word::Name => text("The customer's name.", NAME_MAX),
        Word::Form => json!({ "description": "Which items are asked.", "type": "string", "enum": ["short", "full"] }),
        Word::View => json!({
            "description": "Who answers; nothing stands for \"own\".",
            "type": "string",
            "enum": ["own", "customer"],
        }),
        Word::Day => day(),
        Word::Step => json!({
            "description": "The page that was open last.",
            "type": "string",
            "pattern": "^[0-9A-Za-z.-]{0,60}$",
        }),
        Word::Lang => json!({ "type": "string", "pattern": "^([0-9A-Za-z.-]{2,12})?$" }),
    }
}

fn answers() -> Value {
    let answer = json!({ "anyOf": [integer("", 0, 4), { "type": "string", "enum": ["dk", "na"] }] });
    by_id("Answers by item id; \"dk\" is don't know, \"na\" not applicable.", answer)
}

fn notes() -> Value {
    by_id("Notes by item id.", text("", NOTE_MAX))
}

fn ids() -> Value {
    json!({
        "type": "array",
        "maxItems": ITEMS_MAX,
        "uniqueItems": true,
        "items": { "type": "string", "pattern": ITEM },
    })
}

fn by_id(what: &str, value: Value) -> Value {
    described(
        what,
        json!({
            "type": "object",
            "maxProperties": ITEMS_MAX,
            "propertyNames": { "pattern": ITEM },
            "additionalProperties": value,
        }),
    )
}

fn object(what: &str, required: &[&str], fields: Value) -> Value {
    let shape = json!({ "type": "object", "required": required, "additionalProperties": false, "properties": fields });
    described(what, shape)
}

fn array(what: &str, most: usize, items: Value) -> Value {
    described(what, json!({ "type": "array", "maxItems": most, "items": items }))
}

fn reference(name: &str, what: &str) -> Value {
    let path = ["#/$defs/", name].concat();
    described(what, json!({ "$ref": path }))
}

fn text(what: &str, most: usize) -> Value {
    described(what, json!({ "type": "string", "maxLength": most }))
}

fn integer(what: &str, low: u32, high: u32) -> Value {
    described(what, json!({ "type": "integer", "minimum": low, "maximum": high }))
}

fn day() -> Value {
    json!({ "type": "string", "pattern": "^([0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01]))?$" })
}

fn pack() -> Value {
    let pattern = "^[0-9A-Za-z]{0,40}$";
    json!({ "description": "Content hash of the pack that was answered.", "type": "string", "pattern": pattern })
}

fn described(what: &str, mut shape: Value) -> Value {
    if let (false, Some(map)) = (what.is_empty(), shape.as_object_mut()) {
        map.insert("description".into(), what.into());
    }
    shape
}
