//! An own pack: what `bsh new-pack` writes, the worked example, and the document that teaches it.

use crate::cli::{bsh, text};
use buy_sell_hierarchy::pack::compiled::Pack;
use buy_sell_hierarchy::pack::texts::{KEYS, T};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

const EXAMPLE: &str = "examples/packs/service-maturity.json";
const DOCS: &str = include_str!("../../docs/own-pack.md");
const LANGUAGES: [&str; 3] = ["en", "nl", "sv"];

/// A name in the scratch folder where nothing is yet.
fn fresh(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    folder
}

fn read(path: impl AsRef<Path>) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

fn structure() -> Value {
    serde_json::from_str(&read(EXAMPLE)).unwrap()
}

fn texts(lang: &str) -> Value {
    serde_json::from_str(&read(EXAMPLE.replace(".json", &format!(".{lang}.json")))).unwrap()
}

/// The standard output of a run without faults.
fn told(arguments: &[&str], input: &str) -> String {
    let output = bsh(arguments, input.as_bytes());
    let (said, wrong) = (text(&output.stdout), text(&output.stderr));
    assert_eq!((output.status.code(), wrong), (Some(0), ""), "{arguments:?}: {said}");
    said.into()
}

fn check(file: &str) -> String {
    told(&["check-pack", file], "")
}

/// What a sheet gives by the rules of a pack.
fn score(pack: &str, form: &str, sheet: &str) -> Value {
    serde_json::from_str(&told(&["score", "--pack", pack, "--form", form], sheet)).unwrap()
}

/// The compiled files of a pack, read as the page does.
fn compiled(file: &str, out: &Path, languages: &[&str]) -> Vec<Pack> {
    told(&["compile-pack", file, "--out", out.to_str().unwrap()], "");
    let read = |lang: &&str| {
        let mut pack = Pack::read(&read(out.join(format!("pack.{lang}.txt")))).unwrap();
        pack.add(&read(out.join(format!("more.{lang}.txt")))).unwrap();
        pack
    };
    languages.iter().map(read).collect()
}

#[test]
fn the_example_is_right_in_all_its_languages() {
    let start = "ok: 1 instrument, 24 items, 16 in the short form, 3 signals, 3 risks, 4 readings, 5 methods, \
                 languages en nl sv, hash ";
    assert!(check(EXAMPLE).starts_with(start), "{}", check(EXAMPLE));
    let out = fresh("example-compiled");
    let packs = compiled(EXAMPLE, &out, &LANGUAGES);
    for (lang, pack) in LANGUAGES.iter().zip(&packs) {
        let texts = texts(lang);
        assert_eq!(pack.at("s5-04.customer"), texts["s5-04.customer"].as_str().unwrap(), "{lang}");
        assert_eq!(pack.t(T::StartTitle), texts["ui.start.title"].as_str().unwrap(), "{lang}");
        assert_eq!(pack.brand("name"), "Tide Line Advice");
        assert_eq!((pack.brand("radius"), pack.brand("color.dark.accent")), ("4", "#7fb3f2"));
        assert_eq!(pack.brand("action.label"), texts["brand.action"].as_str().unwrap(), "{lang}");
        assert_eq!((pack.brand("action"), pack.brand("send")), ("https://www.example.com/contact", "/leads"));
    }
    assert_eq!(read(out.join("pack.txt")), read(out.join("pack.en.txt")));
    assert_eq!(read(out.join("more.txt")), read(out.join("more.en.txt")));
    // The whole in one file is the same pack.
    let one = out.join("pack.json");
    assert_eq!(check(one.to_str().unwrap()), check(EXAMPLE));
}

#[test]
fn nothing_on_the_example_s_pages_speaks_of_the_built_in_questions() {
    let words = ["hierarch", "hierarki", "commodity", "standardvar", "miller", "57"];
    for pack in compiled(EXAMPLE, &fresh("example-words"), &LANGUAGES) {
        for (key, said) in KEYS.iter().zip(&pack.ui) {
            let small = said.to_lowercase();
            assert!(!words.iter().any(|word| small.contains(word)), "{}: {key}: {said}", pack.lang);
        }
    }
}

/// The ids of all questions of the example, gate by gate.
fn items() -> Vec<Vec<String>> {
    let ids = |gate: &Value| {
        let items = gate["items"].as_array().unwrap();
        items.iter().map(|item| item["id"].as_str().unwrap().to_string()).collect()
    };
    structure()["instruments"][0]["gates"].as_array().unwrap().iter().map(ids).collect()
}

/// A sheet that answers every question of the gates up to a level with 4, all others with 0.
fn up_to(level: usize) -> Value {
    let answers = items().into_iter().enumerate().flat_map(|(at, gate)| {
        let value = if at + 2 <= level { 4 } else { 0 };
        gate.into_iter().map(move |id| (id, json!(value)))
    });
    json!({"answers": answers.collect::<serde_json::Map<_, _>>()})
}

#[test]
fn every_level_and_every_reading_of_the_example_can_be_reached() {
    for form in ["short", "full"] {
        for level in 1..=5 {
            let result = score(EXAMPLE, form, &up_to(level).to_string());
            assert_eq!((&result["level"], &result["upTo"]), (&json!(level), &json!(level)), "{form}");
            assert_eq!(result["position"], level * 1000, "{form}");
        }
    }
    let table = [
        ("same-fires", 1, json!(["n-02"]), json!([])),
        ("unproven", 2, json!([]), json!([])),
        ("no-data", 3, json!([]), json!([])),
        ("one-head", 5, json!([]), json!(["r-01"])),
    ];
    let readings = structure()["readings"].as_array().unwrap().len();
    assert_eq!(readings, table.len());
    for (id, level, signals, risks) in table {
        let mut sheet = up_to(level);
        sheet["signals"] = signals;
        sheet["risks"] = risks;
        let result = score(EXAMPLE, "short", &sheet.to_string());
        let read: Vec<&str> =
            result["readings"].as_array().unwrap().iter().map(|r| r["id"].as_str().unwrap()).collect();
        assert_eq!(read, [id]);
    }
    // Whatever holds a level back, there is something to do about it.
    let structure = structure();
    let moves: Vec<&str> = structure["methods"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|method| method["moves"].as_array().unwrap())
        .map(|id| id.as_str().unwrap())
        .collect();
    let ticks = ["n-01", "n-02", "n-03", "r-01", "r-02", "r-03"].map(String::from);
    for id in items().into_iter().flatten().chain(ticks) {
        assert!(moves.contains(&id.as_str()), "{id}");
    }
}

#[test]
fn the_example_is_scored_by_its_own_thresholds() {
    let sheet = blocks("sheet").remove(0);
    let result = score(EXAMPLE, "short", &sheet);
    // The table of docs/own-pack.md. Gate 4: 13 of 16 would be F; its critical question is 1, so P, at 60.
    assert_eq!((&result["level"], &result["upTo"]), (&json!(3), &json!(3)));
    // 3000 + the least of 990, 1000 * 60 / 60 and 1000 * (75 - 60) / (80 - 60) = 750. What is not known is in gate 5.
    assert_eq!([&result["position"], &result["low"], &result["high"]], [3750; 3]);
    let gates = [("2", 81.3, "F", false), ("3", 75.0, "L", false), ("4", 81.3, "P", true), ("5", 8.3, "N", true)];
    for (gate, percent, rating, capped) in gates {
        let gate = &result["gates"][gate];
        assert_eq!((&gate["percent"], &gate["rating"]), (&json!(percent), &json!(rating)));
        assert_eq!(gate["capped"], capped);
    }
    // 3 to 4 makes 13 of 16 in gate 3, above 80; then the cap of gate 4.
    assert_eq!(result["whyNotHigher"], json!(["s3-01", "s4-01"]));
    assert_eq!(result["readings"], json!([{"id": "one-head", "facts": ["service.level", "r-01"]}]));
    let suggested = json!([
        {"method": "score-sheet", "because": "s3-01"},
        {"method": "early-warning", "because": "s4-01"},
        {"method": "one-door", "because": "r-01"},
    ]);
    assert_eq!(result["suggestions"], suggested);
    // By the built-in thresholds gate 2 is L, and the level 2.
    let folder = fresh("other-cuts");
    std::fs::create_dir_all(&folder).unwrap();
    let mut other = structure();
    other["cuts"] = json!({"partly": 15, "largely": 50, "fully": 85});
    other["texts"] = json!({"en": texts("en")});
    let file = folder.join("other.json");
    std::fs::write(&file, other.to_string()).unwrap();
    let result = score(file.to_str().unwrap(), "short", &sheet);
    assert_eq!((&result["level"], &result["gates"]["2"]["rating"]), (&json!(2), &json!("L")));
}

/// The blocks of the document that are marked as JSON of a kind.
fn blocks(kind: &str) -> Vec<String> {
    let opening = format!("```json {kind}\n");
    let blocks = DOCS.split(&opening).skip(1).map(|rest| rest.split("```").next().unwrap().to_string());
    blocks.collect()
}

/// Is all of a piece in the whole, at the same place? Of a list, some of its elements in their order.
fn contains(whole: &Value, piece: &Value) -> bool {
    match (whole, piece) {
        (Value::Object(whole), Value::Object(piece)) => {
            piece.iter().all(|(key, value)| whole.get(key).is_some_and(|there| contains(there, value)))
        }
        (Value::Array(whole), Value::Array(piece)) => {
            let mut rest = whole.iter();
            piece.iter().all(|value| rest.any(|there| contains(there, value)))
        }
        _ => whole == piece,
    }
}

#[test]
fn what_the_document_shows_is_in_the_example() {
    assert!(!contains(&json!({"a": [1, 2]}), &json!({"a": [2, 1]})));
    let kinds = ["structure", "fragment", "en", "nl", "sv", "sheet"];
    let marked: usize = kinds.iter().map(|kind| blocks(kind).len()).sum();
    assert_eq!(marked * 2, DOCS.matches("```").count(), "every block is JSON, and marked");
    let whole = |kind: &str| if LANGUAGES.contains(&kind) { texts(kind) } else { structure() };
    for kind in kinds.iter().filter(|kind| **kind != "sheet") {
        assert!(!blocks(kind).is_empty(), "{kind}");
        for block in blocks(kind) {
            let mut piece: Value = serde_json::from_str(&block).unwrap_or_else(|error| panic!("{error}: {block}"));
            // In one file: the texts of each language are those of its own file.
            for (lang, inner) in piece["texts"].take().as_object().into_iter().flatten() {
                assert!(contains(&texts(lang), inner), "{inner}");
            }
            piece.as_object_mut().unwrap().remove("texts");
            assert!(contains(&whole(kind), &piece), "{block}");
        }
    }
    // The line that says that all is right is what the program says, up to the hash.
    let line = DOCS.lines().find(|line| line.starts_with("    ok: ")).unwrap().trim();
    assert!(check(EXAMPLE).starts_with(line.trim_end_matches("...")), "{line}");
}

#[test]
fn what_new_pack_writes_is_right_in_every_language() {
    let table: [(&str, &[&str], &[&str]); 4] = [
        ("plain", &[], &["en"]),
        ("three", &["--lang", "nl, en,sv"], &["nl", "en", "sv"]),
        ("foreign", &["--lang", "de,pt-BR", "--id", "mein-modell"], &["de", "pt-BR"]),
        // A folder's name that cannot be an id.
        ("Two Words", &["--lang", "sv,fi"], &["sv", "fi"]),
    ];
    for (name, options, languages) in table {
        let folder = fresh(&format!("new-pack/{name}"));
        let mut arguments = vec!["new-pack", folder.to_str().unwrap()];
        arguments.extend(options);
        let said = told(&arguments, "");
        let id = match name {
            "foreign" => "mein-modell",
            "Two Words" => "my-pack",
            name => name,
        };
        let file = folder.join(format!("{id}.json"));
        let written: Value = serde_json::from_str(&read(&file)).unwrap();
        assert_eq!((&written["id"], &written["language"]), (&json!(id), &json!(languages[0])));
        let mut sorted = languages.to_vec();
        sorted.sort_unstable();
        let ok = check(file.to_str().unwrap());
        let start = "ok: 1 instrument, 12 items, 12 in the short form, 1 signal, 1 risk, 1 reading, 1 method, ";
        let mut listed: Vec<&str> =
            ok.split("languages ").nth(1).unwrap().split(", ").next().unwrap().split(' ').collect();
        listed.sort_unstable();
        assert!(ok.starts_with(start) && listed == sorted, "{ok}");
        // The commands that it names, as a shell would split them.
        let commands: Vec<&str> = said.lines().filter_map(|line| line.strip_prefix("  bsh ")).collect();
        assert_eq!(commands.len(), 3, "{said}");
        for command in &commands[..2] {
            let outside = command.split('"').enumerate().flat_map(|(at, part)| match at % 2 {
                0 => part.split_whitespace().collect(),
                _ => vec![part],
            });
            told(&outside.collect::<Vec<_>>(), "");
        }
        let packs = compiled(file.to_str().unwrap(), &folder.join("again"), languages);
        for (lang, pack) in languages.iter().zip(&packs) {
            assert_eq!((pack.lang.as_str(), pack.ui.len()), (*lang, KEYS.len()));
            assert!(read(folder.join(format!("compiled/pack.{lang}.txt"))).len() > 1000);
            let texts: Value = serde_json::from_str(&read(folder.join(format!("{id}.{lang}.json")))).unwrap();
            assert_eq!(pack.t(T::StartTitle), texts["ui.start.title"].as_str().unwrap());
            let own = LANGUAGES.contains(lang);
            assert_eq!(KEYS.iter().all(|key| texts[&format!("ui.{key}")].is_string()), !own, "{lang}");
            let note = said.lines().find(|line| line.starts_with("Not shipped: ")).unwrap_or_default();
            assert_eq!(note.split('.').next().unwrap().contains(lang), !own, "{said}");
        }
    }
}

#[test]
fn new_pack_overwrites_nothing() {
    let folder = fresh("new-pack-again");
    std::fs::create_dir_all(&folder).unwrap();
    let there = folder.join("mine.nl.json");
    std::fs::write(&there, "precious").unwrap();
    let output = bsh(&["new-pack", folder.to_str().unwrap(), "--id", "mine", "--lang", "en,nl"], b"");
    let wrong = format!("bsh: {} is there already: nothing was written\n", there.display());
    assert_eq!((output.status.code(), text(&output.stdout)), (Some(2), ""));
    assert_eq!(text(&output.stderr), wrong);
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 1);
    assert_eq!(read(&there), "precious");
}

#[test]
fn new_pack_says_what_it_cannot_take() {
    let many = ('a'..='u').map(|letter| format!("a{letter}")).collect::<Vec<_>>().join(",");
    let table: [(&[&str], &str); 7] = [
        (&["new-pack"], "new-pack needs a folder"),
        (&["new-pack", "x", "--id", "My Pack"], "--id is 1 to 24 of a-z, 0-9 and -, a letter first, not \"My Pack\""),
        (&["new-pack", "x", "--lang", "english"], "--lang is one or more codes such as en or pt-BR"),
        (&["new-pack", "x", "--lang", ""], "with commas between, not \"\""),
        (&["new-pack", "x", "--lang", "en,nl,en"], "--lang names a language twice: \"en\""),
        (&["new-pack", "x", "--lang", &many], "--lang names 1 to 20 languages, not 21"),
        (&["new-pack", "x", "--out", "y"], "--out"),
    ];
    for (arguments, told) in table {
        let output = bsh(arguments, b"");
        assert_eq!((output.status.code(), text(&output.stdout)), (Some(2), ""), "{arguments:?}");
        assert!(text(&output.stderr).contains(told), "{arguments:?}: {}", text(&output.stderr));
    }
    assert!(!Path::new(env!("CARGO_MANIFEST_DIR")).join("x").exists());
}
