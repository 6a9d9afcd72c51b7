//! Files of texts: those of a pack, and those of the interface.

use super::{changed, retold, without};
use crate::support::{PACK, TEXTS, UI, english};
use buy_sell_hierarchy::pack::author::{self, keys, normal, read_interface};
use buy_sell_hierarchy::pack::texts::KEYS;
use serde_json::{Value, json};

/// All faults of the shipped structure with these files.
fn told(files: &[(&str, Vec<u8>)]) -> Vec<String> {
    let files: Vec<(String, Vec<u8>)> = files.iter().map(|(code, bytes)| (code.to_string(), bytes.clone())).collect();
    author::read(PACK.as_bytes(), &files).map_or_else(|f| f.iter().map(ToString::to_string).collect(), |_| vec![])
}

/// The English file as it is.
fn first() -> (&'static str, Vec<u8>) {
    ("en", TEXTS.into())
}

#[test]
fn the_keys_are_those_of_the_shipped_texts() {
    let texts: Value = serde_json::from_str(TEXTS).unwrap();
    let keys = keys::keys(&english(PACK.as_bytes()).unwrap().survey());
    assert_eq!(keys.len(), texts.as_object().unwrap().len());
    assert!(keys.iter().all(|key| texts[&key.name].is_string()));
    let first = keys.iter().filter(|key| key.part == keys::Part::First);
    // The name; frame, four titles and intros, 57 items and 16 ticks of the first instrument.
    assert_eq!(first.clone().count(), 1 + 1 + 8 + 57 + 16);
    assert!(first.clone().all(|key| !key.name.ends_with(".customer") && !key.name.contains("level-")));
    let frames: Vec<&str> = keys.iter().filter(|key| key.frame).map(|key| key.name.as_str()).collect();
    assert_eq!(frames, ["hierarchy.frame.own", "hierarchy.frame.customer", "matrix.frame.own", "practice.frame.own"]);
}

#[test]
fn every_fault_of_a_text_has_its_language_and_key() {
    type Change = fn(&mut Value);
    const CONTROL: &str = "expected a text without tab, line break or other control character, found";
    let table: [(Change, &str); 14] = [
        (|t| without(t, "name"), "$.name: expected a text, found nothing"),
        (|t| without(t, "g2-01.own"), "$[\"g2-01.own\"]: expected a text, found nothing"),
        (|t| t["name"] = json!(""), "$.name: expected a text, found an empty one"),
        (|t| t["name"] = json!(" "), "$.name: expected a text, found an empty one"),
        (|t| t["name"] = json!(3), "$.name: expected a text, found 3"),
        (|t| t["name"] = json!({"en": "Name"}), "$.name: expected a text, found an object of 1"),
        (|t| t["name"] = json!("a\tb"), "$.name: {CONTROL} '\\t' in it"),
        (|t| t["name"] = json!("a\nb"), "$.name: {CONTROL} '\\n' in it"),
        (|t| t["name"] = json!("a\rb"), "$.name: {CONTROL} '\\r' in it"),
        (|t| t["name"] = json!("é".repeat(1001)), "$.name: expected a text of at most 1000 characters, found 1001"),
        (
            |t| t["g9-01.own"] = json!("More"),
            "$[\"g9-01.own\"]: expected a key of the texts that this pack needs, \
             found the unknown key \"g9-01.own\" with \"More\"",
        ),
        (
            |t| t["matrix.frame.own"] = json!("Of {account}:"),
            "$[\"matrix.frame.own\"]: expected {subject} as the only place in braces, found \"Of {account}:\"",
        ),
        (
            |t| t["matrix.frame.own"] = json!("Of {subject:"),
            "$[\"matrix.frame.own\"]: expected {subject} as the only place in braces, found \"Of {subject:\"",
        ),
        (
            |t| t["matrix.limits"] = json!("Of {subject:"),
            "$[\"matrix.limits\"]: expected every { closed by } around a name of a-z and 0-9, found \"Of {subject:\"",
        ),
    ];
    for (change, expected) in table {
        let expected = expected.replace("{CONTROL}", CONTROL);
        assert_eq!(told(&[("en", retold(change))]), [format!("en: {expected}")]);
        // In another language alike, and the first one is right.
        assert_eq!(told(&[("nl", retold(change)), first()]), [format!("nl: {expected}")]);
    }
    let twice = TEXTS.replacen('{', "{\"name\": \"Twice\",", 1);
    assert_eq!(told(&[("en", twice.into())]), ["en: $.name: expected each key once, found it again"]);
    assert_eq!(told(&[("en", b"{".to_vec())]).len(), 1);
    assert_eq!(told(&[("en", b"[]".to_vec())]), ["en: $: expected an object, found a list of 0"]);
}

#[test]
fn other_languages_have_the_places_of_the_first() {
    let other = |text: &str| ("nl", retold(|t| t["matrix.frame.own"] = json!(text)));
    assert_eq!(
        told(&[first(), other("Vooral:")]),
        ["nl: $[\"matrix.frame.own\"]: expected the places of the first language, {subject}, found \"Vooral:\""]
    );
    assert_eq!(told(&[first(), other("{subject}, vooral {subject}:")]), [""; 0]);
    let more = ("nl", retold(|t| t["matrix.limits"] = json!("Niet {dit}.")));
    assert_eq!(
        told(&[first(), more]),
        ["nl: $[\"matrix.limits\"]: expected the places of the first language, none, found \"Niet {dit}.\""]
    );
}

#[test]
fn languages_are_told_apart_by_their_files() {
    let none = ["$.language: expected a language that has its texts in the pack or in a file beside it, found \"en\""];
    assert_eq!(told(&[]), none);
    assert_eq!(told(&[("nl", TEXTS.into())]), none);
    assert_eq!(
        told(&[first(), ("Dutch", TEXTS.into())]),
        ["$.language: expected files of texts by language code, as in en or pt-BR, found \"Dutch\""]
    );
    assert_eq!(told(&[first(), first()]), ["$.language: expected one file of texts for each language, found \"en\""]);
    let files = ["sv", "en", "de", "pt-BR"].map(|code| (code.to_string(), Vec::from(TEXTS)));
    let author = author::read(PACK.as_bytes(), &files).unwrap();
    assert_eq!(author.languages, ["en", "de", "pt-BR", "sv"]);
    assert_eq!(author.text("sv", "g2-01.own"), author.text("en", "g2-01.own"));
    assert_eq!((author.text("fi", "name"), author.text("en", "no")), ("", ""));
    let many: Vec<(String, Vec<u8>)> =
        (0..21u8).map(|n| (format!("{}n", char::from(b'a' + n)), Vec::from(TEXTS))).collect();
    let faults = author::read(PACK.as_bytes(), &many).unwrap_err();
    assert_eq!(faults[0].to_string(), "$: expected at most 20 languages, found 21");
}

#[test]
fn all_files_are_read_before_the_faults_are_told() {
    let structure = changed(|p| p["version"] = json!("2"));
    let files = [("sv", "é"), ("en", ""), ("de", "a\tb")].map(|(code, text)| {
        (code.to_string(), retold(|t| t[if code == "sv" { "extra" } else { "name" }] = json!(text)))
    });
    let paths: Vec<String> =
        author::read(&structure, &files).unwrap_err().into_iter().map(|fault| fault.path).collect();
    assert_eq!(paths, ["$.version", "en: $.name", "de: $.name", "sv: $.extra"]);
    // Without a structure nobody can say which keys there are, but a text is a text.
    let paths: Vec<String> = author::read(b"{", &files).unwrap_err().into_iter().map(|fault| fault.path).collect();
    assert_eq!(paths, ["$", "de: $.name", "en: $.name"]);
}

#[test]
fn a_language_more_keeps_the_hash() {
    let alone = english(PACK.as_bytes()).unwrap();
    let other = retold(|t| t["g2-01.own"] = json!("De klant kan iets noemen."));
    let both = author::read(PACK.as_bytes(), &[("nl".into(), other.clone()), ("en".into(), TEXTS.into())]).unwrap();
    assert_eq!(normal::hash(&both), normal::hash(&alone));
    assert_eq!((both.languages.len(), both.text("nl", "g2-01.own")), (2, "De klant kan iets noemen."));
    // Which language is the first one does matter: its texts are what was answered.
    let turned = changed(|p| p["language"] = json!("nl"));
    let turned = author::read(&turned, &[("nl".into(), other), ("en".into(), TEXTS.into())]).unwrap();
    assert_eq!(turned.languages, ["nl", "en"]);
    assert_ne!(normal::hash(&turned), normal::hash(&alone));
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
