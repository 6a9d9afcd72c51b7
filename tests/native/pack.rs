//! Packs: the author's file with every fault by its path, the hash, the schema, and the compiled file.

use crate::support::{PACK, UI, keys_as_texts, sealed, shipped, small_pack, written};
use buy_sell_hierarchy::domain::answer::Kind;
use buy_sell_hierarchy::domain::model::{Form, Tag};
use buy_sell_hierarchy::pack::author::{self, compile, normal, read_interface, schema};
use buy_sell_hierarchy::pack::compiled::{Pack, PackError, fill};
use buy_sell_hierarchy::pack::texts::KEYS;
use serde_json::{Value, json};

/// The shipped pack as a tree, changed.
fn changed(change: impl FnOnce(&mut Value)) -> Vec<u8> {
    let mut pack = serde_json::from_str(PACK).unwrap();
    change(&mut pack);
    serde_json::to_vec(&pack).unwrap()
}

/// Path and expectation of every fault.
fn faults(bytes: &[u8]) -> Vec<(String, String)> {
    let faults = author::read(bytes).expect_err("there are faults");
    faults.into_iter().map(|fault| (fault.path, fault.expected)).collect()
}

fn without(value: &mut Value, key: &str) {
    value.as_object_mut().unwrap().remove(key).unwrap();
}

#[test]
fn the_shipped_pack_is_the_one_of_the_specification() {
    let model = written().model();
    let per_gate = |form: Form| -> Vec<usize> {
        model.gates.iter().map(|gate| gate.items.iter().filter(|item| form.has(item)).count()).collect()
    };
    assert_eq!(per_gate(Form::Full), [14, 14, 15, 14]);
    assert_eq!(per_gate(Form::Short), [6, 6, 6, 6]);
    let ids = |of: fn(&buy_sell_hierarchy::domain::model::Item) -> bool| -> Vec<String> {
        model.items().filter(|(_, item)| of(item)).map(|(_, item)| item.id.clone()).collect()
    };
    assert_eq!(ids(|item| item.critical), ["g2-01", "g3-02", "g4-01", "g4-04", "g5-01"]);
    assert_eq!(ids(|item| item.note), ["g4-03", "g4-04", "g4-10", "g5-01", "g5-04"]);
    let events = ["g2-03", "g2-06", "g4-03", "g4-04", "g4-05", "g4-09", "g4-10", "g5-06", "g5-07", "g5-13"];
    assert_eq!(ids(|item| item.kind == Kind::Event), events);
    let tags: String = model.items().map(|(_, item)| item.tag.letter()).collect();
    assert_eq!(tags, "FPFFTFICTFAPCI".to_owned() + "SSTPCAAAISISTF" + "AIIICTCPAICTIFA" + "IIACITICPTTAIT");
    assert_eq!((model.signals.len(), model.risks.len()), (8, 8));
}

#[test]
fn every_fault_has_its_path_and_what_was_expected() {
    type Change = fn(&mut Value);
    let table: [(Change, &str, &str); 38] = [
        (|p| p["format"] = json!(2), "$.format", "1"),
        (|p| without(p, "format"), "$.format", "1"),
        (|p| p["id"] = json!("Hierarchy"), "$.id", "1 to 24 of a-z, 0-9 and -, a letter first"),
        (|p| p["version"] = json!("1.0"), "$.version", "three numbers as in 1.0.0"),
        (|p| p["languages"] = json!([]), "$.languages", "a list of 1 to 20"),
        (|p| p["languages"] = json!(["en", "en"]), "$.languages[1]", "each language once"),
        (|p| p["languages"] = json!(["English"]), "$.languages[0]", "a language code as in en or pt-BR"),
        (|p| p["languages"] = json!("en"), "$.languages", "a list"),
        (
            |p| p["colour"] = json!("red"),
            "$.colour",
            "a key of a pack: format, id, version, languages, name, cuts, frame, levels, gates, signals, risks",
        ),
        (
            |p| p["my colour"] = json!(1),
            "$[\"my colour\"]",
            "a key of a pack: format, id, version, languages, name, cuts, frame, levels, gates, signals, risks",
        ),
        (|p| without(p, "name"), "$.name", "an object"),
        (|p| p["name"]["nl"] = json!("Hiërarchie"), "$.name.nl", "a language of $.languages: en"),
        (|p| without(&mut p["name"], "en"), "$.name.en", "a text"),
        (|p| p["name"]["en"] = json!(""), "$.name.en", "a text"),
        (|p| p["name"]["en"] = json!(" "), "$.name.en", "a text"),
        (|p| p["name"]["en"] = json!(3), "$.name.en", "a text"),
        (|p| p["name"]["en"] = json!("a\tb"), "$.name.en", "a text without tab, line break or other control character"),
        (
            |p| p["levels"][1]["sees"]["en"] = json!("a\nb"),
            "$.levels[1].sees.en",
            "a text without tab, line break or other control character",
        ),
        (
            |p| p["levels"][1]["sees"]["en"] = json!("a\rb"),
            "$.levels[1].sees.en",
            "a text without tab, line break or other control character",
        ),
        (
            |p| p["levels"][1]["sees"]["en"] = json!("é".repeat(1001)),
            "$.levels[1].sees.en",
            "a text of at most 1000 characters",
        ),
        (|p| p["cuts"]["largely"] = json!(90), "$.cuts", "partly < largely < fully"),
        (|p| p["cuts"]["partly"] = json!(50), "$.cuts", "partly < largely < fully"),
        (|p| p["cuts"]["fully"] = json!(100), "$.cuts.fully", "a whole number from 1 to 99"),
        (|p| p["cuts"]["fully"] = json!(85.0), "$.cuts.fully", "a whole number from 1 to 99"),
        (|p| without(&mut p["cuts"], "fully"), "$.cuts.fully", "a whole number from 1 to 99"),
        (
            |p| p["frame"]["own"]["en"] = json!("Of {account}:"),
            "$.frame.own.en",
            "{subject} as the only place in braces",
        ),
        (
            |p| p["frame"]["customer"]["en"] = json!("Of {subject:"),
            "$.frame.customer.en",
            "{subject} as the only place in braces",
        ),
        (
            |p| {
                p["levels"].as_array_mut().unwrap().pop();
            },
            "$.gates",
            "3 gates, one fewer than levels",
        ),
        (|p| p["gates"][1]["level"] = json!(4), "$.gates[1].level", "3"),
        (|p| p["gates"][3]["items"].as_array_mut().unwrap().truncate(2), "$.gates[3].items", "a list of 3 to 100"),
        (|p| p["gates"][2]["items"][0]["tag"] = json!("X"), "$.gates[2].items[0].tag", "one of C P F I A S T"),
        (
            |p| p["gates"][2]["items"][0]["kind"] = json!("one-off"),
            "$.gates[2].items[0].kind",
            "one of frequency event",
        ),
        (|p| p["gates"][2]["items"][0]["critical"] = json!("yes"), "$.gates[2].items[0].critical", "true or false"),
        (
            |p| p["gates"][2]["items"][4]["id"] = json!("g2-07"),
            "$.gates[2].items[4].id",
            "an id that is not taken, as this one is by $.gates[0].items[6].id",
        ),
        // A draft keeps its own fields beside the items: an item called `date` would be lost in it.
        (
            |p| p["gates"][2]["items"][4]["id"] = json!("date"),
            "$.gates[2].items[4].id",
            "1 to 24 of a-z, 0-9 and -, a letter first and at least one -",
        ),
        (
            |p| p["risks"][2]["id"] = json!("c-02"),
            "$.risks[2].id",
            "an id that is not taken, as this one is by $.signals[1].id",
        ),
        (
            |p| p["signals"][0]["id"] = json!("g5-14"),
            "$.signals[0].id",
            "an id that is not taken, as this one is by $.gates[3].items[13].id",
        ),
        (|p| p["signals"] = Value::Null, "$.signals", "a list"),
    ];
    for (change, path, expected) in table {
        let found = faults(&changed(change));
        assert!(found.contains(&(path.into(), expected.into())), "{path}: {expected}\n{found:#?}");
    }
}

#[test]
fn one_fault_gives_one_line() {
    // No follow-up faults: one change, one message, in full.
    let told = |change: fn(&mut Value)| -> Vec<String> {
        author::read(&changed(change)).expect_err("a fault").iter().map(ToString::to_string).collect()
    };
    assert_eq!(
        told(|p| p["gates"][1]["items"][3]["tag"] = json!("X")),
        ["$.gates[1].items[3].tag: expected one of C P F I A S T, found \"X\""]
    );
    assert_eq!(
        told(|p| without(&mut p["gates"][1]["items"][3], "own")),
        ["$.gates[1].items[3].own: expected an object, found nothing"]
    );
    assert_eq!(told(|p| p["frame"] = json!([])), ["$.frame: expected an object, found a list of 0"]);
    assert_eq!(
        told(|p| p["cuts"]["fully"] = json!(-1)),
        ["$.cuts.fully: expected a whole number from 1 to 99, found -1"]
    );
    assert_eq!(told(|p| p["id"] = json!("x".repeat(50))).len(), 1);
}

#[test]
fn all_faults_are_listed_and_not_the_first_only() {
    let bytes = changed(|p| {
        p["format"] = json!("1");
        p["name"]["en"] = json!("");
        p["gates"][0]["items"][0]["tag"] = json!("f");
        p["gates"][3]["items"][13]["kind"] = json!(null);
        p["gates"][3]["extra"] = json!(1);
        p["risks"][7]["text"]["en"] = json!([]);
    });
    let paths: Vec<String> = faults(&bytes).into_iter().map(|(path, _)| path).collect();
    assert_eq!(
        paths,
        [
            "$.format",
            "$.name.en",
            "$.gates[0].items[0].tag",
            "$.gates[3].extra",
            "$.gates[3].items[13].kind",
            "$.risks[7].text.en",
        ]
    );
}

#[test]
fn every_listed_language_needs_every_text() {
    let found = faults(&changed(|p| p["languages"] = json!(["en", "nl"])));
    // The name, 2 frames, 5 levels with 4 texts, 4 gates with 2, 57 items with 2, 16 ticks.
    assert_eq!(found.len(), 1 + 2 + 20 + 8 + 114 + 16);
    assert!(found.iter().all(|(path, expected)| path.ends_with(".nl") && expected == "a text"));
}

#[test]
fn a_short_form_needs_three_items_in_every_gate() {
    let first_two = |gate: usize| {
        move |p: &mut Value| {
            for item in p["gates"][gate]["items"].as_array_mut().unwrap().iter_mut().skip(2) {
                item["short"] = json!(false);
            }
        }
    };
    let expected = "at least three items with \"short\": true, as the pack has a short form";
    assert_eq!(faults(&changed(first_two(1))), [("$.gates[1].items".into(), expected.into())]);
    let none = changed(|p| {
        for gate in p["gates"].as_array_mut().unwrap() {
            for item in gate["items"].as_array_mut().unwrap() {
                without_if_there(item, "short");
            }
        }
    });
    assert_eq!(author::read(&none).unwrap().model().count(Form::Short), 0, "a pack without a short form is right");
}

fn without_if_there(value: &mut Value, key: &str) {
    value.as_object_mut().unwrap().remove(key);
}

#[test]
fn duplicate_keys_are_faults() {
    let text = PACK.replacen("\"tag\": \"F\",", "\"tag\": \"F\", \"tag\": \"P\",", 1);
    assert_eq!(faults(text.as_bytes()), [("$.gates[0].items[0].tag".into(), "each key once".into())]);
    let text = PACK.replacen("\"format\": 1,", "\"format\": 1, \"id\": \"other\",", 1);
    assert_eq!(faults(text.as_bytes()), [("$.id".into(), "each key once".into())]);
}

#[test]
fn what_is_not_json_has_line_and_column() {
    let told = |bytes: &[u8]| author::read(bytes).expect_err("a fault")[0].to_string();
    assert_eq!(
        told(b"{\n \"format\": 1,\n oops\n}"),
        "$: expected JSON, found key must be a string at line 3 column 2"
    );
    assert_eq!(told(b""), "$: expected JSON, found EOF while parsing a value at line 1 column 0");
    assert_eq!(told(b"{} {}"), "$: expected JSON, found trailing characters at line 1 column 4");
    assert_eq!(told(b"{\"a\": \"\xff\"}"), "$: expected UTF-8, found a foreign byte at offset 7");
    assert_eq!(told(&vec![b' '; 1_000_001]), "$: expected at most 1000000 bytes, found 1000001 bytes");
    let deep = [vec![b'['; 500], vec![b']'; 500]].concat();
    assert_eq!(told(&deep), "$: expected JSON, found recursion limit exceeded at line 1 column 128");
    assert_eq!(told(b"[]"), "$: expected an object, found a list of 0");
    assert!(author::read(format!("\u{feff}{PACK}").as_bytes()).is_ok(), "a byte order mark is not a fault");
}

#[test]
fn the_hash_depends_on_the_content_alone() {
    let hash = |bytes: &[u8]| normal::hash(&author::read(bytes).unwrap());
    let plain = hash(PACK.as_bytes());
    assert!(plain.len() == 16 && plain.bytes().all(|b| b.is_ascii_hexdigit()));
    let value: Value = serde_json::from_str(PACK).unwrap();
    assert_eq!(hash(serde_json::to_string_pretty(&value).unwrap().as_bytes()), plain, "layout");
    let reversed = PACK.replacen("\"format\": 1,", "", 1).replacen('{', "{\n", 1);
    let end = reversed.rfind('}').unwrap();
    assert_eq!(hash(format!("{}, \"format\": 1}}", &reversed[..end]).as_bytes()), plain, "order of keys");
    assert_eq!(hash(&changed(|p| p["gates"][0]["items"][1]["note"] = json!(false))), plain, "a default written out");
    let others: Vec<fn(&mut Value)> = vec![
        |p| p["gates"][0]["items"][1]["note"] = json!(true),
        |p| p["gates"][0]["items"][1]["own"]["en"] = json!("Another text."),
        |p| p["cuts"]["fully"] = json!(86),
        |p| p["version"] = json!("1.0.1"),
        |p| p["risks"].as_array_mut().unwrap().swap(0, 1),
    ];
    for change in others {
        assert_ne!(hash(&changed(change)), plain);
    }
    let text = normal::normal(&written());
    assert!(text.starts_with(
        "{\"cuts\":{\"fully\":85,\"largely\":50,\"partly\":15},\"format\":1,\"frame\":{\"customer\":{\"en\":"
    ));
    assert_eq!(serde_json::from_str::<Value>(&text).unwrap()["gates"][3]["items"][13]["critical"], json!(false));
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
    let wrong: Vec<fn(&mut Value)> = vec![
        |p| p["format"] = json!(2),
        |p| p["colour"] = json!("red"),
        |p| without(p, "risks"),
        |p| p["name"] = json!("Hierarchy"),
        |p| p["name"]["en"] = json!(3),
        |p| p["cuts"]["fully"] = json!(100),
        |p| p["gates"][0]["items"][0]["tag"] = json!("X"),
        |p| p["gates"][0]["items"][0]["kind"] = json!("one-off"),
        |p| p["gates"][0]["items"][0]["extra"] = json!(true),
        |p| p["gates"][0]["items"][0]["short"] = json!(1),
        |p| without(&mut p["gates"][0]["items"][0], "own"),
        |p| p["gates"][3]["items"].as_array_mut().unwrap().truncate(2),
        |p| p["levels"].as_array_mut().unwrap().truncate(2),
    ];
    for (number, change) in wrong.into_iter().enumerate() {
        assert!(!fits(&changed(change)), "change {number}");
    }
}

/// As much of JSON Schema as the pack's schema uses, patterns left out.
fn fits(root: &Value, schema: &Value, value: &Value) -> bool {
    if let Some(name) = schema["$ref"].as_str() {
        return fits(root, &root["$defs"][name.trim_start_matches("#/$defs/")], value);
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
    shape && schema["enum"].as_array().is_none_or(|names| names.contains(value))
}

#[test]
fn an_interface_file_has_every_key_and_no_other() {
    let read =
        |text: &str| read_interface(text.as_bytes(), &["a.one", "a.two"], Some(&["One {n}".into(), "Two".into()]));
    let told = |text: &str| -> Vec<String> { read(text).unwrap_err().iter().map(ToString::to_string).collect() };
    // The order is that of the keys, not that of the file.
    assert_eq!(read(r#"{"a.two": "Twee", "a.one": "{n} een"}"#), Ok(vec!["{n} een".into(), "Twee".into()]));
    assert_eq!(told(r#"{"a.one": "Een {n}"}"#), ["$[\"a.two\"]: expected a text, found nothing"]);
    assert_eq!(
        told(r#"{"a.one": "Een {n}", "a.two": "Twee", "a.three": "Drie"}"#),
        [
            "$[\"a.three\"]: expected a key of the interface: a.one, a.two, found the unknown key \"a.three\" with \"Drie\""
        ]
    );
    assert_eq!(
        told(r#"{"a.one": "Een", "a.two": "Twee"}"#),
        ["$[\"a.one\"]: expected the places of the first language, {n}, found \"Een\""]
    );
    assert_eq!(
        told(r#"{"a.one": "Een {n}", "a.two": "Twee {"}"#),
        ["$[\"a.two\"]: expected every { closed by } around a name of a-z and 0-9, found \"Twee {\""]
    );
    assert_eq!(told(r#"{"a.one": "Een {n}", "a.two": ""}"#), ["$[\"a.two\"]: expected a text, found an empty one"]);
    assert_eq!(told("[]"), ["$: expected an object, found a list of 0"]);
    assert_eq!(read_interface(UI.as_bytes(), KEYS, None).map(|texts| texts.len()), Ok(KEYS.len()));
}

#[test]
fn what_is_compiled_is_read_back() {
    let author = written();
    let pack = Pack::read(&compile(&author, "en", &keys_as_texts())).unwrap();
    assert_eq!(pack.model, author.model());
    assert_eq!((pack.lang.as_str(), pack.hash), ("en", normal::hash(&author)));
    assert_eq!(pack.name, "Buy-Sell Hierarchy");
    assert_eq!(pack.frame_own, author.frame.own["en"]);
    assert_eq!(pack.frame_customer, author.frame.customer["en"]);
    assert_eq!(pack.ui, KEYS);
    assert_eq!((pack.levels.len(), pack.gates.len(), pack.items.len()), (5, 4, 57));
    assert_eq!(pack.levels[4].short, author.levels[4].short["en"]);
    assert_eq!(pack.levels[4].supplier, author.levels[4].supplier["en"]);
    assert_eq!(pack.gates[3].title, author.gates[3].title["en"]);
    assert_eq!(pack.items[14].own, author.gates[1].items[0].own["en"]);
    assert_eq!(pack.items[56].customer, author.gates[3].items[13].customer["en"]);
    assert_eq!(pack.signals[0], author.signals[0].text["en"]);
    assert_eq!(pack.risks[7], author.risks[7].text["en"]);
    assert_eq!(shipped().ui.len(), KEYS.len());
}

#[test]
fn flags_are_read_letter_by_letter() {
    let model = Pack::read(&small_pack()).unwrap().model;
    let item = |id: &str| model.find(id).unwrap().1.clone();
    let first = item("g3-01");
    assert_eq!(
        (first.kind, first.tag, first.short, first.critical, first.note),
        (Kind::Frequency, Tag::Features, true, true, false)
    );
    let third = item("g3-03");
    assert_eq!(
        (third.kind, third.tag, third.short, third.critical, third.note),
        (Kind::Event, Tag::Importance, true, false, true)
    );
    for flags in ["", "f", "xF", "fX", "fF**", "fF?", "Ff", "fF*!n*"] {
        let text = small_pack().split_once('\n').unwrap().1.replacen("fF*!", flags, 1);
        let what = if flags.is_empty() { "empty field" } else { "flags" };
        assert_eq!(Pack::read(&sealed(&text)), Err(PackError::Record { line: 10, what }), "{flags}");
    }
}

#[test]
fn what_is_not_a_pack_is_told_apart() {
    let good = small_pack();
    let body = good.split_once('\n').unwrap().1;
    assert!(Pack::read(&good).is_ok());
    for foreign in ["", "<!doctype html>", "bsh-pac", "bsh-pack", "bsh-packs\t1\t", "\u{feff}bsh-pack\t1"] {
        assert_eq!(Pack::read(foreign), Err(PackError::Foreign), "{foreign}");
    }
    assert_eq!(Pack::read(&good.replacen("\t1\t", "\t2\t", 1)), Err(PackError::Version));
    assert_eq!(Pack::read(&good.replacen("Own 2.1", "Own 2.9", 1)), Err(PackError::Damaged));
    assert_eq!(Pack::read(good.trim_end()), Err(PackError::Damaged));
    assert_eq!(Pack::read(&good[..good.len() / 2]), Err(PackError::Damaged));
    assert_eq!(Pack::read(&good.replace('\n', "\r\n")), Err(PackError::Damaged));
    // One interface text too few: made for another edition of the program.
    let fewer = body.rsplit_once("U\t").unwrap().0;
    assert_eq!(Pack::read(&sealed(fewer)), Err(PackError::Version));
    assert_eq!(Pack::read(&sealed(&format!("{body}U\tmore\n"))), Err(PackError::Version));
    assert_eq!(
        [PackError::Foreign, PackError::Version, PackError::Damaged].map(PackError::code),
        ["foreign", "version", "damaged"]
    );
}

#[test]
fn a_record_that_is_wrong_has_its_line() {
    let good = small_pack();
    let body = good.split_once('\n').unwrap().1;
    // Line 1 is the head, 2 the cuts, 3 the name, 4 to 8 the levels, 9 to 28 the gates, 29 the first signal.
    let table = [
        ("C\t15\t50\t85", "C\t50\t15\t85", 2, "cuts"),
        ("C\t15\t50\t85", "C\t15\t50\t100", 2, "cuts"),
        ("C\t15\t50\t85", "C\tx\t50\t85", 2, "cuts"),
        ("N\tSmall", "N\t", 3, "empty field"),
        ("N\tSmall", "C\t1\t2\t3\nN\tSmall", 3, "unknown record"),
        ("L\tLevel 1", "L\tmore\tLevel 1", 4, "too many fields"),
        ("G\tGate 2", "Q\tGate 2", 9, "unknown record"),
        ("G\tGate 2\tIntro 2\n", "", 9, "item before a gate"),
        ("g2-02", "g2-01", 11, "id"),
        ("g2-02", "G2-02", 11, "id"),
        ("c-01", "g2-02", 29, "id"),
        ("r-02", "c-01", 32, "id"),
        ("C\t15\t50\t85\n", "", 0, "no cuts"),
        ("N\tSmall\tOf {subject}:\tAbout {subject}:\n", "", 0, "no name"),
        ("L\tLevel 1\tL1\ta supplier at 1\tsees 1\n", "", 0, "levels and gates"),
        ("G\tGate 5\tIntro 5\n", "", 0, "levels and gates"),
    ];
    for (old, new, line, what) in table {
        assert!(body.contains(old), "{old}");
        assert_eq!(Pack::read(&sealed(&body.replacen(old, new, 1))), Err(PackError::Record { line, what }), "{new}");
    }
    let two: String =
        body.lines().filter(|l| !l.contains("g4-01") && !l.contains("g4-04")).map(|l| format!("{l}\n")).collect();
    assert_eq!(
        Pack::read(&sealed(&two)),
        Err(PackError::Record { line: 0, what: "a gate with fewer than three items" })
    );
}

#[test]
fn places_in_a_text_are_filled_once() {
    assert_eq!(fill("Question {n} of {of}", &[("n", "7"), ("of", "24")]), "Question 7 of 24");
    assert_eq!(fill("{n}{n}", &[("n", "é")]), "éé");
    // What a user types is not a place.
    assert_eq!(fill("{a} and {b}", &[("a", "{b}"), ("b", "{a}")]), "{b} and {a}");
    assert_eq!(fill("{unknown} {n", &[("n", "7")]), "{unknown} {n");
    assert_eq!(fill("{ {n}", &[("n", "7")]), "{ 7");
    assert_eq!(fill("", &[]), "");
}
