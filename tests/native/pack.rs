//! Packs: the structure of an author's pack with every fault by its path, the hash and the schema.

mod brand;
mod compiled;
mod conditions;
mod contrast;
mod inside;
mod shipped;
mod texts;

use crate::support::{PACK, TEXTS, compiled as compile_english, english, written};
use buy_sell_hierarchy::domain::model::Form;
use buy_sell_hierarchy::pack::author::{self, normal, schema};
use buy_sell_hierarchy::pack::compiled::Pack;
use serde_json::{Value, json};

/// The shipped pack as a tree, changed.
fn changed(change: impl FnOnce(&mut Value)) -> Vec<u8> {
    let mut pack = serde_json::from_str(PACK).unwrap();
    change(&mut pack);
    serde_json::to_vec(&pack).unwrap()
}

/// The English texts, changed.
fn retold(change: impl FnOnce(&mut Value)) -> Vec<u8> {
    let mut texts = serde_json::from_str(TEXTS).unwrap();
    change(&mut texts);
    serde_json::to_vec(&texts).unwrap()
}

/// Path and expectation of every fault of a structure; faults of its texts, which follow from it, are left out.
fn faults(bytes: &[u8]) -> Vec<(String, String)> {
    let faults = english(bytes).expect_err("there are faults");
    let own = faults.into_iter().filter(|fault| fault.path.starts_with('$'));
    own.map(|fault| (fault.path, fault.expected)).collect()
}

fn without(value: &mut Value, key: &str) {
    value.as_object_mut().unwrap().remove(key).unwrap();
}

const ID: &str = "1 to 24 of a-z, 0-9 and -, a letter first";
const ITEM_ID: &str = "1 to 24 of a-z, 0-9 and -, a letter first and at least one -";
const RESERVED: &str = "an id that is no fact or page of an instrument (docs/packs.md lists them)";
const KEYS: &str = "a key of a pack: format, id, version, language, cuts, instruments, readings, methods, brand, texts";

type Change = fn(&mut Value);

fn listed(table: &[(Change, &str, &str)]) {
    for (change, path, expected) in table {
        let found = faults(&changed(change));
        assert!(found.contains(&(path.to_string(), expected.to_string())), "{path}: {expected}\n{found:#?}");
    }
}

#[test]
fn every_fault_of_the_whole_and_of_gates_has_its_path_and_what_was_expected() {
    listed(&[
        (|p| p["format"] = json!(1), "$.format", "2"),
        (|p| without(p, "format"), "$.format", "2"),
        (|p| p["id"] = json!("Hierarchy"), "$.id", ID),
        (|p| p["version"] = json!("1.0"), "$.version", "three numbers as in 1.0.0"),
        (|p| p["language"] = json!("English"), "$.language", "a language code as in en or pt-BR"),
        (|p| p["language"] = json!(["en"]), "$.language", "a language code as in en or pt-BR"),
        (
            |p| p["language"] = json!("fi"),
            "$.language",
            "a language that has its texts in the pack or in a file beside it",
        ),
        (|p| p["colour"] = json!("red"), "$.colour", KEYS),
        (|p| p["my colour"] = json!(1), "$[\"my colour\"]", KEYS),
        (|p| p["cuts"]["largely"] = json!(90), "$.cuts", "partly < largely < fully"),
        (|p| p["cuts"]["partly"] = json!(50), "$.cuts", "partly < largely < fully"),
        (|p| p["cuts"]["fully"] = json!(100), "$.cuts.fully", "a whole number from 1 to 99"),
        (|p| p["cuts"]["fully"] = json!(85.0), "$.cuts.fully", "a whole number from 1 to 99"),
        (|p| without(&mut p["cuts"], "fully"), "$.cuts.fully", "a whole number from 1 to 99"),
        (|p| p["instruments"] = json!([]), "$.instruments", "a list of 1 to 20"),
        (|p| p["instruments"] = json!({}), "$.instruments", "a list"),
        (|p| p["instruments"][0] = json!("gates"), "$.instruments[0]", "an object"),
        (|p| p["instruments"][0]["kind"] = json!("gate"), "$.instruments[0].kind", "one of gates axes practices"),
        (|p| without(&mut p["instruments"][0], "kind"), "$.instruments[0].kind", "one of gates axes practices"),
        (
            |p| p["instruments"][0]["id"] = json!("plan"),
            "$.instruments[0].id",
            "an id other than plan reading method brand ui",
        ),
        (
            |p| p["instruments"][1]["id"] = json!("method"),
            "$.instruments[1].id",
            "an id other than plan reading method brand ui",
        ),
        (|p| p["instruments"][1]["id"] = json!("1st"), "$.instruments[1].id", ID),
        (
            |p| p["instruments"][2]["id"] = json!("matrix"),
            "$.instruments[2].id",
            "an id that is not taken, as this one is by $.instruments[1].id",
        ),
        (|p| p["instruments"][0]["minutes"] = json!(0), "$.instruments[0].minutes", "a whole number from 1 to 99"),
        (
            |p| p["instruments"][0]["minutes"]["full"] = json!(100),
            "$.instruments[0].minutes.full",
            "a whole number from 1 to 99",
        ),
        (
            |p| p["instruments"][0]["minutes"] = json!("long"),
            "$.instruments[0].minutes",
            "a whole number from 1 to 99, or {\"short\": n, \"full\": n}",
        ),
        (|p| p["instruments"][0]["chasm"] = json!(5), "$.instruments[0].chasm", "a whole number from 0 to 4"),
        (|p| p["instruments"][0]["chasm"] = json!("3"), "$.instruments[0].chasm", "a whole number from 0 to 4"),
        (
            |p| p["instruments"][0]["line"] = json!(50),
            "$.instruments[0].line",
            "a key of an instrument of gates: kind, id, minutes, chasm, gates, signals, risks",
        ),
        (
            |p| p["instruments"][0]["gates"].as_array_mut().unwrap().truncate(1),
            "$.instruments[0].gates",
            "a list of 2 to 8",
        ),
        (|p| p["instruments"][0]["gates"][1]["id"] = json!("gate-4"), "$.instruments[0].gates[1].id", "gate-3"),
        (|p| p["instruments"][0]["gates"].as_array_mut().unwrap().swap(0, 1), "$.instruments[0].gates[0].id", "gate-2"),
        (
            |p| p["instruments"][0]["gates"][1]["level"] = json!(3),
            "$.instruments[0].gates[1].level",
            "a key of a gate: id, items",
        ),
        (
            |p| p["instruments"][0]["gates"][3]["items"].as_array_mut().unwrap().truncate(2),
            "$.instruments[0].gates[3].items",
            "a list of 3 to 100",
        ),
        (
            |p| p["instruments"][0]["gates"][2]["items"][0]["tag"] = json!("X"),
            "$.instruments[0].gates[2].items[0].tag",
            "one of C P F I A S T",
        ),
        (
            |p| p["instruments"][0]["gates"][2]["items"][0]["kind"] = json!("one-off"),
            "$.instruments[0].gates[2].items[0].kind",
            "one of frequency event",
        ),
        (
            |p| p["instruments"][0]["gates"][2]["items"][0]["critical"] = json!("yes"),
            "$.instruments[0].gates[2].items[0].critical",
            "true or false",
        ),
        (
            |p| p["instruments"][0]["gates"][2]["items"][0]["own"] = json!("Text"),
            "$.instruments[0].gates[2].items[0].own",
            "a key of an item: id, kind, tag, critical, short, note",
        ),
        (
            |p| p["instruments"][0]["gates"][2]["items"][4]["id"] = json!("g2-07"),
            "$.instruments[0].gates[2].items[4].id",
            "an id that is not taken, as this one is by $.instruments[0].gates[0].items[6].id",
        ),
        // A draft keeps its own fields beside the items: an item called `date` would be lost in it.
        (
            |p| p["instruments"][0]["gates"][2]["items"][4]["id"] = json!("date"),
            "$.instruments[0].gates[2].items[4].id",
            ITEM_ID,
        ),
        (
            |p| p["instruments"][0]["risks"][2] = json!("c-02"),
            "$.instruments[0].risks[2]",
            "an id that is not taken, as this one is by $.instruments[0].signals[1]",
        ),
        (
            |p| p["instruments"][0]["signals"][0] = json!("g5-14"),
            "$.instruments[0].signals[0]",
            "an id that is not taken, as this one is by $.instruments[0].gates[3].items[13].id",
        ),
        (|p| p["instruments"][0]["signals"] = Value::Null, "$.instruments[0].signals", "a list"),
        (|p| p["instruments"][0]["signals"][0] = json!({"id": "c-01"}), "$.instruments[0].signals[0]", ITEM_ID),
    ]);
}

#[test]
fn every_fault_of_axes_and_practices_has_its_path_and_what_was_expected() {
    const AXES: &str = "a key of an instrument of axes: \
                        kind, id, minutes, line, border, axes, pillars, mortar, choice, quadrants";
    listed(&[
        (|p| p["instruments"][1]["gates"] = json!([]), "$.instruments[1].gates", AXES),
        (|p| p["instruments"][1]["line"] = json!(0), "$.instruments[1].line", "a whole number from 1 to 99"),
        (|p| p["instruments"][1]["line"] = json!(100), "$.instruments[1].line", "a whole number from 1 to 99"),
        (|p| p["instruments"][1]["border"] = json!(50), "$.instruments[1].border", "a whole number from 0 to 49"),
        (|p| p["instruments"][1]["axes"].as_array_mut().unwrap().truncate(1), "$.instruments[1].axes", "a list of 2"),
        (
            |p| p["instruments"][1]["axes"][0]["items"].as_array_mut().unwrap().truncate(2),
            "$.instruments[1].axes[0].items",
            "a list of 3 to 100",
        ),
        (|p| p["instruments"][1]["axes"][0]["id"] = json!("quadrant"), "$.instruments[1].axes[0].id", RESERVED),
        (|p| p["instruments"][1]["pillars"][0]["id"] = json!("pillars"), "$.instruments[1].pillars[0].id", RESERVED),
        (|p| p["instruments"][1]["mortar"]["id"] = json!("choice"), "$.instruments[1].mortar.id", RESERVED),
        (
            |p| p["instruments"][1]["mortar"]["id"] = json!("passion"),
            "$.instruments[1].mortar.id",
            "an id that is not taken, as this one is by $.instruments[1].pillars[0].id",
        ),
        (
            |p| p["instruments"][1]["pillars"][1]["id"] = json!("emotional"),
            "$.instruments[1].pillars[1].id",
            "an id that is not taken, as this one is by $.instruments[1].axes[1].id",
        ),
        (
            |p| p["instruments"][1]["pillars"][0]["items"] = json!([]),
            "$.instruments[1].pillars[0].items",
            "a list of 1 to 100",
        ),
        (
            |p| p["instruments"][1]["axes"][0]["items"][0]["tag"] = json!("T"),
            "$.instruments[1].axes[0].items[0].tag",
            "a key of an item outside of gates: id, kind, note",
        ),
        (
            |p| p["instruments"][1]["axes"][0]["items"][0]["kind"] = json!("choice"),
            "$.instruments[1].axes[0].items[0].kind",
            "one of frequency event",
        ),
        (|p| p["instruments"][1]["mortar"] = Value::Null, "$.instruments[1].mortar", "an object"),
        (|p| p["instruments"][1]["choice"] = json!("price"), "$.instruments[1].choice", ITEM_ID),
        (
            |p| p["instruments"][1]["choice"] = json!("r-01"),
            "$.instruments[1].choice",
            "an id that is not taken, as this one is by $.instruments[0].risks[0]",
        ),
        (|p| p["instruments"][1]["quadrants"][3] = json!("emotional"), "$.instruments[1].quadrants[3]", "each id once"),
        (
            |p| p["instruments"][1]["quadrants"].as_array_mut().unwrap().truncate(3),
            "$.instruments[1].quadrants",
            "a list of 4",
        ),
        (|p| p["instruments"][1]["quadrants"][0] = json!("Low"), "$.instruments[1].quadrants[0]", ID),
        (|p| p["instruments"][2]["practices"] = json!([]), "$.instruments[2].practices", "a list of 1 to 20"),
        (
            |p| p["instruments"][2]["practices"][0]["id"] = json!("weakest"),
            "$.instruments[2].practices[0].id",
            RESERVED,
        ),
        // Its name would have the same key as that of a function called `name`.
        (
            |p| p["instruments"][2]["practices"][0]["id"] = json!("function"),
            "$.instruments[2].practices[0].id",
            RESERVED,
        ),
        (
            |p| p["instruments"][2]["practices"][3]["id"] = json!("asset"),
            "$.instruments[2].practices[3].id",
            "an id that is not taken, as this one is by $.instruments[2].practices[0].id",
        ),
        (|p| p["instruments"][2]["shares"] = json!("yes"), "$.instruments[2].shares", "true or false"),
        (|p| p["instruments"][2]["contacts"] = json!(true), "$.instruments[2].contacts", "an object"),
        (
            |p| p["instruments"][2]["contacts"]["roles"] = json!([]),
            "$.instruments[2].contacts.roles",
            "a list of 1 to 30",
        ),
        (
            |p| without(&mut p["instruments"][2]["contacts"], "functions"),
            "$.instruments[2].contacts.functions",
            "a list",
        ),
        (
            |p| p["instruments"][2]["contacts"]["roles"][1] = json!("sponsor"),
            "$.instruments[2].contacts.roles[1]",
            "each id once",
        ),
        (
            |p| p["instruments"][2]["contacts"]["seniorities"][0] = json!(""),
            "$.instruments[2].contacts.seniorities[0]",
            ID,
        ),
    ]);
}

#[test]
fn every_fault_of_readings_and_methods_has_its_path_and_what_was_expected() {
    listed(&[
        (|p| p["readings"] = json!({}), "$.readings", "a list"),
        (
            |p| p["readings"][2]["id"] = json!("by-choice"),
            "$.readings[2].id",
            "an id that is not taken, as this one is by $.readings[0].id",
        ),
        (|p| p["readings"][2]["text"] = json!("Text"), "$.readings[2].text", "a key of a reading: id, when"),
        (|p| without(&mut p["readings"][2], "when"), "$.readings[2].when", "a condition"),
        (|p| p["readings"][2]["when"] = json!(" "), "$.readings[2].when", "a condition"),
        (|p| p["readings"][3]["when"] = json!("hierarchy.level >"), "$.readings[3].when", "a whole number or a word"),
        (
            |p| p["methods"][4]["id"] = json!("usp"),
            "$.methods[4].id",
            "an id that is not taken, as this one is by $.methods[0].id",
        ),
        (|p| p["methods"][4]["id"] = json!("the usp"), "$.methods[4].id", ID),
        (|p| p["methods"][4]["use"] = json!("rise"), "$.methods[4].use", "one of climb keep hold"),
        (
            |p| p["methods"][4]["name"] = json!("Map"),
            "$.methods[4].name",
            "a key of a method: id, use, moves, when, steps",
        ),
        (|p| p["methods"][4]["steps"] = json!(2), "$.methods[4].steps", "a whole number from 3 to 6"),
        (|p| p["methods"][4]["steps"] = json!(7), "$.methods[4].steps", "a whole number from 3 to 6"),
        (|p| without(&mut p["methods"][4], "moves"), "$.methods[4].moves", "a list"),
        (
            |p| p["methods"][4]["moves"][1] = json!("g9-01"),
            "$.methods[4].moves[1]",
            "the id of an item, signal or risk of the pack",
        ),
        (|p| p["methods"][4]["moves"][1] = json!("g3-01"), "$.methods[4].moves[1]", "each id once"),
        (|p| p["methods"][4]["when"] = Value::Null, "$.methods[4].when", "a condition"),
        (
            |p| p["methods"][4]["when"] = json!("known practice"),
            "$.methods[4].when",
            "instrument.fact, or the id of an item, signal or risk, for instance by-choice ra-1 ra-2",
        ),
    ]);
}

#[test]
fn one_fault_gives_one_line() {
    // No follow-up faults: one change, one message, in full.
    let told = |change: Change| -> Vec<String> {
        english(&changed(change)).expect_err("a fault").iter().map(ToString::to_string).collect()
    };
    assert_eq!(
        told(|p| p["instruments"][0]["gates"][1]["items"][3]["tag"] = json!("X")),
        ["$.instruments[0].gates[1].items[3].tag: expected one of C P F I A S T, found \"X\""]
    );
    assert_eq!(
        told(|p| without(&mut p["instruments"][0]["gates"][1]["items"][3], "kind")),
        ["$.instruments[0].gates[1].items[3].kind: expected one of frequency event, found nothing"]
    );
    assert_eq!(told(|p| p["cuts"] = json!([])), ["$.cuts: expected an object, found a list of 0"]);
    assert_eq!(
        told(|p| p["cuts"]["fully"] = json!(-1)),
        ["$.cuts.fully: expected a whole number from 1 to 99, found -1"]
    );
    assert_eq!(told(|p| p["id"] = json!("x".repeat(50))).len(), 1);
    assert_eq!(told(|p| p["instruments"][1]["quadrants"][0] = json!(1)).len(), 1);
    assert_eq!(told(|p| p["readings"][0]["when"] = json!("matrix.choice = maybe")).len(), 1);
    assert_eq!(told(|p| p["methods"][0]["steps"] = json!(9)).len(), 1);
    assert_eq!(
        told(|p| p["format"] = json!(1)),
        ["$.format: expected 2, found 1"],
        "a fault at the top does not hide that the rest is right"
    );
}

#[test]
fn all_faults_are_listed_and_not_the_first_only() {
    let bytes = changed(|p| {
        p["format"] = json!("1");
        p["version"] = json!("");
        p["instruments"][0]["gates"][0]["items"][0]["tag"] = json!("f");
        p["instruments"][0]["gates"][3]["items"][13]["kind"] = json!(null);
        p["instruments"][0]["gates"][3]["extra"] = json!(1);
        p["instruments"][1]["line"] = json!("half");
        p["methods"][24]["steps"] = json!([]);
    });
    let paths: Vec<String> = faults(&bytes).into_iter().map(|(path, _)| path).collect();
    assert_eq!(
        paths,
        [
            "$.format",
            "$.version",
            "$.instruments[0].gates[0].items[0].tag",
            "$.instruments[0].gates[3].extra",
            "$.instruments[0].gates[3].items[13].kind",
            "$.instruments[1].line",
            "$.methods[24].steps",
        ]
    );
}

#[test]
fn a_short_form_needs_three_items_in_every_gate() {
    let first_two = |gate: usize| {
        move |p: &mut Value| {
            for item in p["instruments"][0]["gates"][gate]["items"].as_array_mut().unwrap().iter_mut().skip(2) {
                item["short"] = json!(false);
            }
        }
    };
    let expected = "at least three items with \"short\": true, as the instrument has a short form";
    assert_eq!(faults(&changed(first_two(1))), [("$.instruments[0].gates[1].items".into(), expected.into())]);
    let none = changed(|p| {
        for gate in p["instruments"][0]["gates"].as_array_mut().unwrap() {
            for item in gate["items"].as_array_mut().unwrap() {
                item.as_object_mut().unwrap().remove("short");
            }
        }
    });
    let survey = english(&none).unwrap().survey();
    assert_eq!(survey.instruments[0].model.count(Form::Short), 0, "gates without a short form are right");
}

#[test]
fn too_many_items_in_all_are_a_fault() {
    let bytes = changed(|p| {
        for (gate, letter) in ["a", "b", "c", "d"].iter().enumerate() {
            let more = |n: usize| json!({"id": format!("{letter}-{n}"), "kind": "event", "tag": "T", "short": true});
            p["instruments"][0]["gates"][gate]["items"] = (0..100).map(more).collect();
        }
        let practice = |n: usize| {
            let items: Value = (0..50).map(|i| json!({"id": format!("p{n}-{i}")})).collect();
            json!({"id": format!("p{n}"), "items": items})
        };
        p["instruments"][2]["practices"] = (0..12).map(practice).collect();
    });
    let expected = "at most 999 items, signals and risks in all";
    assert!(faults(&bytes).contains(&("$.instruments".into(), expected.into())));
}

#[test]
fn duplicate_keys_are_faults() {
    let text = PACK.replacen("\"tag\": \"F\",", "\"tag\": \"F\", \"tag\": \"P\",", 1);
    let path = "$.instruments[0].gates[0].items[0].tag";
    assert_eq!(faults(text.as_bytes()), [(path.into(), "each key once".into())]);
    let text = PACK.replacen("\"format\": 2,", "\"format\": 2, \"id\": \"other\",", 1);
    assert_eq!(faults(text.as_bytes()), [("$.id".into(), "each key once".into())]);
}

#[test]
fn what_is_not_json_has_line_and_column() {
    let told = |bytes: &[u8]| author::read(bytes, &[]).expect_err("a fault")[0].to_string();
    assert_eq!(
        told(b"{\n \"format\": 1,\n oops\n}"),
        "$: expected JSON, found key must be a string at line 3 column 2"
    );
    assert_eq!(told(b""), "$: expected JSON, found EOF while parsing a value at line 1 column 0");
    assert_eq!(told(b"{} {}"), "$: expected JSON, found trailing characters at line 1 column 4");
    assert_eq!(told(b"{\"a\": \"\xff\"}"), "$: expected UTF-8, found a foreign byte at offset 7");
    assert_eq!(told(&vec![b' '; 10_000_001]), "$: expected at most 10000000 bytes, found 10000001 bytes");
    let deep = [vec![b'['; 500], vec![b']'; 500]].concat();
    assert_eq!(told(&deep), "$: expected JSON, found recursion limit exceeded at line 1 column 128");
    assert_eq!(told(b"[]"), "$: expected an object, found a list of 0");
    assert!(english(format!("\u{feff}{PACK}").as_bytes()).is_ok(), "a byte order mark is not a fault");
}

#[test]
fn instruments_can_be_left_out_and_reordered() {
    let ids = |bytes: &[u8], texts: &[u8]| -> Vec<String> {
        let author = author::read(bytes, &[("en".into(), texts.into())]).unwrap();
        let mut pack = Pack::read(&compile_english(&author).first).unwrap();
        pack.add(&compile_english(&author).later).unwrap();
        assert_eq!(pack.survey, author.survey());
        pack.survey.instruments.into_iter().map(|instrument| instrument.id).collect()
    };
    let reordered = changed(|p| p["instruments"].as_array_mut().unwrap().rotate_left(1));
    assert_eq!(ids(&reordered, TEXTS.as_bytes()), ["matrix", "practice", "hierarchy"]);
    let names = ["hierarchy", "matrix", "practice"];
    for (kept, name) in names.iter().enumerate() {
        // Alone, without readings and methods, which speak of all of them.
        let alone = changed(|p| {
            p["instruments"] = json!([p["instruments"][kept]]);
            without(p, "readings");
            without(p, "methods");
        });
        let needed = author::read(&alone, &[("en".into(), b"{}".to_vec())]).unwrap_err();
        let needed: Vec<String> = needed.into_iter().map(|fault| fault.path).collect();
        let texts = retold(|texts| {
            texts.as_object_mut().unwrap().retain(|key, _| {
                needed.contains(&format!("en: $.{key}")) || needed.contains(&format!("en: $[{key:?}]"))
            });
        });
        assert_eq!(ids(&alone, &texts), [*name]);
    }
}

#[test]
fn the_hash_depends_on_what_makes_answers_comparable_alone() {
    let hash = |bytes: &[u8]| normal::hash(&english(bytes).unwrap());
    let of_texts = |bytes: Vec<u8>| normal::hash(&author::read(PACK.as_bytes(), &[("en".into(), bytes)]).unwrap());
    let plain = hash(PACK.as_bytes());
    assert!(plain.len() == 16 && plain.bytes().all(|b| b.is_ascii_hexdigit()));
    let value: Value = serde_json::from_str(PACK).unwrap();
    assert_eq!(hash(serde_json::to_string_pretty(&value).unwrap().as_bytes()), plain, "layout");
    let reversed = PACK.replacen("\"format\": 2,", "", 1);
    let end = reversed.rfind('}').unwrap();
    assert_eq!(hash(format!("{}, \"format\": 2}}", &reversed[..end]).as_bytes()), plain, "order of keys");
    let same: [Change; 5] = [
        |p| p["instruments"][0]["gates"][0]["items"][1]["note"] = json!(false),
        |p| p["version"] = json!("2.0.1"),
        |p| p["readings"][0]["when"] = json!("matrix.choice != no"),
        |p| p["methods"].as_array_mut().unwrap().swap(0, 1),
        |p| without(&mut p["methods"][0], "use"),
    ];
    for (number, change) in same.into_iter().enumerate() {
        assert_eq!(hash(&changed(change)), plain, "change {number}");
    }
    let others: [Change; 6] = [
        |p| p["instruments"][0]["gates"][0]["items"][1]["note"] = json!(true),
        |p| p["cuts"]["fully"] = json!(86),
        |p| p["instruments"][0]["risks"].as_array_mut().unwrap().swap(0, 1),
        |p| p["instruments"][1]["line"] = json!(51),
        |p| p["instruments"][2]["practices"].as_array_mut().unwrap().swap(0, 1),
        |p| p["instruments"].as_array_mut().unwrap().swap(1, 2),
    ];
    for (number, change) in others.into_iter().enumerate() {
        assert_ne!(hash(&changed(change)), plain, "change {number}");
    }
    for key in [
        "g2-02.own",
        "g2-02.customer",
        "hierarchy.frame.own",
        "hierarchy.level-2.sees",
        "matrix.emotional.low",
        "r-01",
        "by-choice",
    ] {
        assert_ne!(of_texts(retold(|t| t[key] = json!("Another text."))), plain, "{key}");
    }
    for key in ["name", "matrix.name", "method.usp.first", "reading.chasm.text", "matrix.limits", "practice.role.coach"]
    {
        assert_eq!(of_texts(retold(|t| t[key] = json!("Another text."))), plain, "{key}");
    }
    let text = normal::normal(&written());
    assert!(text.starts_with("{\"cuts\":{\"fully\":85,\"largely\":50,\"partly\":15},\"instruments\":[{\"chasm\":3,"));
    let tree: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(tree["instruments"][0]["gates"][3]["items"][13]["critical"], json!(false));
}

#[test]
fn schema_is_fresh() {
    let stored = include_str!("../../docs/pack.schema.json");
    assert!(stored == schema::schema(), "run: cargo run --bin bsh -- schema > docs/pack.schema.json");
}

#[test]
fn the_schema_takes_the_shipped_pack_and_not_its_faults() {
    let schema: Value = serde_json::from_str(&schema::schema()).unwrap();
    let fits = |bytes: &[u8]| fits(&schema, &schema, &serde_json::from_slice(bytes).unwrap());
    assert!(fits(PACK.as_bytes()));
    let right: [Change; 4] = [
        |p| without(p, "methods"),
        |p| without(&mut p["instruments"][1], "mortar"),
        |p| without(&mut p["instruments"][2], "contacts"),
        |p| p["instruments"][0]["minutes"] = json!(9),
    ];
    for (number, change) in right.into_iter().enumerate() {
        assert!(fits(&changed(change)), "change {number}");
    }
    let wrong: [Change; 18] = [
        |p| p["format"] = json!(1),
        |p| p["colour"] = json!("red"),
        |p| without(p, "instruments"),
        |p| without(p, "language"),
        |p| p["cuts"]["fully"] = json!(100),
        |p| p["instruments"][0]["kind"] = json!("axes"),
        |p| p["instruments"][0]["gates"][0]["items"][0]["tag"] = json!("X"),
        |p| p["instruments"][0]["gates"][0]["items"][0]["kind"] = json!("one-off"),
        |p| p["instruments"][0]["gates"][0]["items"][0]["extra"] = json!(true),
        |p| p["instruments"][0]["gates"][0]["items"][0]["short"] = json!(1),
        |p| without(&mut p["instruments"][0]["gates"][0]["items"][0], "id"),
        |p| p["instruments"][0]["gates"][3]["items"].as_array_mut().unwrap().truncate(2),
        |p| p["instruments"][0]["minutes"]["half"] = json!(2),
        |p| p["instruments"][1]["quadrants"].as_array_mut().unwrap().truncate(3),
        |p| p["instruments"][1]["mortar"] = Value::Null,
        |p| p["instruments"][2]["contacts"]["roles"] = json!([]),
        |p| p["readings"][0]["when"] = json!(true),
        |p| p["methods"][0]["steps"] = json!(2),
    ];
    for (number, change) in wrong.into_iter().enumerate() {
        assert!(!fits(&changed(change)), "change {number}");
    }
}

/// As much of JSON Schema as the pack's schema uses, patterns left out.
pub fn fits(root: &Value, schema: &Value, value: &Value) -> bool {
    if let Some(name) = schema["$ref"].as_str() {
        return fits(root, &root["$defs"][name.trim_start_matches("#/$defs/")], value);
    }
    if let Some(one) = schema["oneOf"].as_array() {
        return one.iter().filter(|inner| fits(root, inner, value)).count() == 1;
    }
    if let Some(any) = schema["anyOf"].as_array() {
        return any.iter().any(|inner| fits(root, inner, value));
    }
    let limit = |key: &str, value: u64, least: bool| {
        schema[key].as_u64().is_none_or(|limit| if least { value >= limit } else { value <= limit })
    };
    let shape = match schema["type"].as_str() {
        Some("object") => value.as_object().is_some_and(|map| {
            let known = |key: &String, value: &Value| match schema["properties"].get(key) {
                Some(inner) => fits(root, inner, value),
                None => match &schema["additionalProperties"] {
                    Value::Bool(allowed) => *allowed,
                    inner => fits(root, inner, value),
                },
            };
            let required = schema["required"].as_array().into_iter().flatten();
            required.filter_map(Value::as_str).all(|key| map.contains_key(key)) && map.iter().all(|(k, v)| known(k, v))
        }),
        Some("array") => value.as_array().is_some_and(|list| {
            let n = list.len() as u64;
            limit("minItems", n, true)
                && limit("maxItems", n, false)
                && list.iter().all(|v| fits(root, &schema["items"], v))
        }),
        Some("integer") => value.as_u64().is_some_and(|n| limit("minimum", n, true) && limit("maximum", n, false)),
        Some("string") => value.is_string(),
        Some("boolean") => value.is_boolean(),
        other => panic!("a type that this reader does not know: {other:?}"),
    };
    shape
        && (schema["const"].is_null() || schema["const"] == *value)
        && schema["enum"].as_array().is_none_or(|names| names.contains(value))
}
