//! The shipped pack: that it is the one of the specification, in every language there is.

use super::changed;
use crate::support::{PACK, hierarchy, written};
use buy_sell_hierarchy::domain::answer::Scale;
use buy_sell_hierarchy::domain::model::{Form, Item, Kind};
use buy_sell_hierarchy::pack::author::{self, Author, is_language, normal, read_interface};
use buy_sell_hierarchy::pack::texts::KEYS;
use serde_json::json;
use std::path::Path;

/// Every `<stem>.<language>.json` of a folder of content, by language.
fn files(folder: &str, stem: &str) -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("content").join(folder);
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        let lang = name.strip_prefix(stem).and_then(|rest| rest.strip_suffix(".json"));
        if let Some(lang) = lang.filter(|lang| is_language(lang)) {
            files.push((lang.to_string(), std::fs::read(&path).unwrap()));
        }
    }
    files
}

/// The shipped pack in all its languages.
fn whole() -> Author {
    author::read(PACK.as_bytes(), &files("packs", "hierarchy.")).unwrap_or_else(|faults| panic!("{faults:#?}"))
}

#[test]
fn the_shipped_pack_is_the_one_of_the_specification() {
    let model = hierarchy();
    let per_gate = |form: Form| -> Vec<usize> {
        model.groups.iter().map(|gate| gate.items.iter().filter(|item| form.has(item)).count()).collect()
    };
    assert_eq!(per_gate(Form::Full), [14, 14, 15, 14]);
    assert_eq!(per_gate(Form::Short), [6, 6, 6, 6]);
    let ids = |of: fn(&Item) -> bool| -> Vec<String> {
        model.items().filter(|(_, item)| of(item)).map(|(_, item)| item.id.clone()).collect()
    };
    assert_eq!(ids(|item| item.critical), ["g2-01", "g3-02", "g4-01", "g4-04", "g5-01"]);
    assert_eq!(ids(|item| item.note), ["g4-03", "g4-04", "g4-10", "g5-01", "g5-04"]);
    let events = ["g2-03", "g2-06", "g4-03", "g4-04", "g4-05", "g4-09", "g4-10", "g5-06", "g5-07", "g5-13"];
    assert_eq!(ids(|item| item.scale == Scale::Event), events);
    let tags: String = model.items().map(|(_, item)| item.tag.letter()).collect();
    assert_eq!(tags, "FPFFTFICTFAPCI".to_owned() + "SSTPCAAAISISTF" + "AIIICTCPAICTIFA" + "IIACITICPTTAIT");
    assert_eq!((model.signals.len(), model.risks.len()), (8, 8));
    let survey = written().survey();
    let sizes: Vec<(usize, usize)> =
        survey.instruments.iter().map(|part| (part.model.groups.len(), part.model.len())).collect();
    assert_eq!(sizes, [(4, 57), (8, 16), (4, 16)]);
    assert!(matches!(survey.instruments[0].kind, Kind::Gates { chasm: 3 }));
    let choice = survey.instruments[1].model.groups.last().unwrap();
    assert_eq!((choice.id.as_str(), choice.items[0].scale), ("choice", Scale::Choice));
    assert_eq!((survey.readings.len(), survey.methods.len()), (8, 25));
}

#[test]
fn every_method_is_worth_reading_in_every_language() {
    let author = whole();
    assert_eq!(author.languages[0], "en");
    for lang in &author.languages {
        for method in &author.methods {
            let of = format!("method.{}.", method.id);
            let texts = author.texts_of(lang).iter().filter(|(key, _)| key.starts_with(&of));
            let words: usize = texts.map(|(_, text)| text.split_whitespace().count()).sum();
            assert!((120..=220).contains(&words), "{lang}: {} has {words} words", method.id);
        }
    }
}

#[test]
fn every_answer_and_risk_is_moved_by_a_method() {
    let survey = written().survey();
    for part in &survey.instruments {
        let items = part.model.items().map(|(_, item)| &item.id);
        for id in items.chain(&part.model.risks) {
            assert!(survey.methods.iter().any(|method| method.moves.contains(id)), "nothing moves {id}");
        }
    }
}

/// Texts that are rightly the same in another language: names, and words that the languages share.
fn may_be_same(lang: &str, key: &str) -> bool {
    let shared: &[&str] = match lang {
        "nl" => &[
            "hierarchy.level-1.short",
            "practice.seniority.specialist",
            "practice.seniority.manager",
            "start.go",
            "offer.start",
            "tasks.status",
            "text.quote",
            "account.tab",
            "accounts.col.account",
            "accounts.col.trend",
            "invited.go",
        ],
        "sv" => &[
            "practice.seniority.specialist",
            "views.middle",
            "matrix.passion.name",
            "fact.position",
            "tasks.status",
            "shares.organisation",
            "accounts.col.position",
            "accounts.col.trend",
        ],
        _ => &[],
    };
    // The title of a book is not translated; a source that is a sentence of ours is.
    let names = [
        "name",
        "hierarchy.name",
        "practice.function.it",
        "method.kaizen.source",
        "app.name",
        "app.title",
        "report.md",
        "report.plan",
        "report.svg",
        "report.png",
    ];
    names.contains(&key) || shared.contains(&key)
}

/// Nothing but places and punctuation: there is nothing to translate.
fn wordless(text: &str) -> bool {
    let mut inside = false;
    text.chars().all(|c| {
        inside = c == '{' || inside && c != '}';
        inside || !c.is_alphabetic()
    })
}

#[test]
fn no_text_of_the_pack_looks_untranslated() {
    let author = whole();
    for lang in author.languages.iter().filter(|lang| *lang != "en") {
        for ((key, text), (_, english)) in author.texts_of(lang).iter().zip(author.texts_of("en")) {
            assert!(text != english || may_be_same(lang, key), "{lang}: {key} is still {text:?}");
        }
    }
}

#[test]
fn no_text_of_the_interface_looks_untranslated() {
    let files = files("ui", "");
    let read = |bytes: &[u8], model: Option<&[String]>| read_interface(bytes, KEYS, model);
    let english = &files.iter().find(|(lang, _)| lang == "en").unwrap().1;
    let english = read(english, None).unwrap_or_else(|faults| panic!("en: {faults:#?}"));
    for (lang, bytes) in files.iter().filter(|(lang, _)| lang != "en") {
        let texts = read(bytes, Some(&english)).unwrap_or_else(|faults| panic!("{lang}: {faults:#?}"));
        for ((key, text), english) in KEYS.iter().zip(&texts).zip(&english) {
            assert!(text != english || may_be_same(lang, key) || wordless(text), "{lang}: {key} is still {text:?}");
        }
    }
}

#[test]
fn the_other_languages_do_not_change_the_hash() {
    assert_eq!(normal::hash(&whole()), normal::hash(&written()));
    // And a polished method does not either.
    let bytes = changed(|p| p["methods"][0]["moves"] = json!(["g2-01"]));
    assert_eq!(normal::hash(&crate::support::english(&bytes).unwrap()), normal::hash(&written()));
}

#[test]
fn the_command_line_brings_the_interface_of_every_shipped_language() {
    let pack = Path::new(env!("CARGO_MANIFEST_DIR")).join("content/packs/hierarchy.json");
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_bsh")).arg("check-pack").arg(pack).output().unwrap();
    assert!(output.status.success(), "is it in SHIPPED_UI? {}", String::from_utf8_lossy(&output.stdout));
}
