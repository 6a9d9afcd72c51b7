//! The author's program: its answers for right and wrong packs, compiling with the interface of another pack, contrast.

use crate::support::{EDITIONS, PACK, TEXTS, UI, english_only, written};
use buy_sell_hierarchy::author::{check, compile, contrast, nearest, pairs};
use buy_sell_hierarchy::pack::author;
use buy_sell_hierarchy::pack::compiled::Pack;
use buy_sell_hierarchy::pack::texts::KEYS;
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::LazyLock;

const NL: &str = include_str!("../../content/packs/hierarchy.nl.json");

/// The shipped pack in one file, in English and Dutch.
static WHOLE: LazyLock<Value> = LazyLock::new(|| {
    let mut pack: Value = serde_json::from_str(PACK).unwrap();
    let texts = |json: &str| serde_json::from_str::<Value>(json).unwrap();
    pack["texts"] = json!({ "en": texts(TEXTS), "nl": texts(NL) });
    pack
});

fn whole(change: impl FnOnce(&mut Value)) -> String {
    let mut pack = WHOLE.clone();
    change(&mut pack);
    pack.to_string()
}

/// The two compiled files that lend their English interface.
static BASE: LazyLock<(String, String)> = LazyLock::new(|| {
    let ui = author::read_interface(UI.as_bytes(), KEYS, None).unwrap();
    let files = author::compile(&written(), "en", &ui, &english_only());
    (files.first, files.later)
});

fn english(json: &str, lang: &str) -> String {
    compile(json, lang, &BASE.0, &BASE.1)
}

fn edition(files: &str) -> Pack {
    let (first, later) = files.split_once('\u{1d}').expect("two files");
    let mut pack = Pack::read(first).unwrap();
    pack.add(later).unwrap();
    pack
}

/// The faults of an answer: path, expected, found.
fn faults(answer: &str) -> Vec<[&str; 3]> {
    let mut lines = answer.lines();
    assert_eq!(lines.next(), Some("faults"));
    lines.map(|line| line.split('\t').collect::<Vec<_>>().try_into().unwrap()).collect()
}

#[test]
fn a_right_pack_is_told_in_a_line() {
    let answer = check(&whole(|_| ()));
    let fields: Vec<&str> = answer.split('\t').collect();
    let [word, first, languages, id, instruments, items, hash] = fields[..] else { panic!("{answer}") };
    assert_eq!([word, first, languages, id], ["ok", "en", "en nl", written().id.as_str()]);
    let survey = written().survey();
    assert_eq!(instruments, survey.instruments.len().to_string());
    assert_eq!(items, survey.instruments.iter().map(|one| one.model.len()).sum::<usize>().to_string());
    assert_eq!(hash, edition(&english(&whole(|_| ()), "en")).hash);
}

#[test]
fn every_fault_has_a_line_with_path_expectation_and_what_is_there() {
    let answer = check(&whole(|pack| {
        pack["format"] = json!(9);
        pack["id"] = json!("a\tb\nc");
        pack["texts"]["nl"]["name"] = json!(1);
    }));
    let found = faults(&answer);
    let paths: Vec<&str> = found.iter().map(|[path, ..]| *path).collect();
    assert_eq!(paths, ["$.format", "$.id", "$.texts.nl.name"]);
    assert_eq!(found[0], ["$.format", "2", "9"]);
}

#[test]
fn what_is_no_json_has_its_line_and_column() {
    for (text, found) in [("", "line 1 column 0"), ("{\n\"a\": }", "line 2 column 6"), ("[", "line 1 column 1")] {
        let answer = check(text);
        let [path, expected, there] = faults(&answer)[0];
        assert_eq!((path, expected), ("$", "JSON"));
        assert!(there.ends_with(found), "{there}");
    }
}

#[test]
fn a_pack_is_compiled_with_the_interface_that_is_lent() {
    let pack = edition(&english(&whole(|_| ()), "en"));
    let english = EDITIONS.iter().find(|pack| pack.lang == "en").unwrap();
    assert_eq!((&pack.ui, &pack.texts, &pack.survey), (&english.ui, &english.texts, &english.survey));
    let known: Vec<&str> = pack.languages.iter().map(|(code, _)| code.as_str()).collect();
    assert_eq!(known, ["en", "nl"]);
}

#[test]
fn own_words_go_before_the_interface_and_are_checked_against_it() {
    let own = |text: &str| whole(|pack| pack["texts"]["en"]["ui.start.title"] = json!(text));
    let at = KEYS.iter().position(|key| *key == "start.title").unwrap();
    assert_eq!(edition(&english(&own("How good?"), "en")).ui[at], "How good?");
    let answer = english(&own("How {good}?"), "en");
    assert_eq!(faults(&answer)[0][0], "$.texts.en[\"ui.start.title\"]");
}

#[test]
fn a_language_that_is_not_shipped_needs_all_interface_texts() {
    let answer = english(&whole(|_| ()), "nl");
    let found = faults(&answer);
    assert_eq!((found.len(), found[0][0], found[0][2]), (1, "$.texts.nl", "none"));
    let full = whole(|pack| {
        let ui: Value = serde_json::from_str(UI).unwrap();
        for (key, text) in ui.as_object().unwrap() {
            pack["texts"]["nl"][format!("ui.{key}")] = text.clone();
        }
    });
    assert_eq!(edition(&english(&full, "nl")).lang, "nl");
}

#[test]
fn what_cannot_be_compiled_says_why() {
    let right = whole(|_| ());
    assert_eq!(faults(&english(&right, "sv")), [["$.texts", "the texts of the language sv", "none"]]);
    assert_eq!(faults(&compile(&right, "en", "", ""))[0][2], "foreign");
    assert_eq!(faults(&compile(&right, "en", &BASE.0, &BASE.0))[0][0], "$");
    assert_eq!(faults(&english("{}", "en")), faults(&check("{}")));
}

#[test]
fn contrast_is_that_of_wcag_and_never_said_to_be_more_than_it_is() {
    for (a, b, ratio) in [
        ("#000000", "#ffffff", "21.00"),
        ("#ffffff", "#ffffff", "1.00"),
        // 4.5415... and 4.4776...: the two greys on each side of the limit for text.
        ("#767676", "#ffffff", "4.54"),
        ("#777777", "#ffffff", "4.47"),
        ("#fff", "#000000", ""),
        ("red", "#000000", ""),
        ("#00000\u{e9}", "#000000", ""),
    ] {
        assert_eq!(contrast(a, b), ratio, "{a} {b}");
        assert_eq!(contrast(b, a), ratio, "{b} {a}");
    }
}

#[test]
fn the_nearest_colour_is_the_first_that_passes() {
    assert_eq!(nearest("#777777", "#ffffff", "4.5"), "#767676");
    assert_eq!(nearest("#000000", "#ffffff", "4.5"), "#000000");
    for (fore, back, least) in [("#777777", "#ffffff", "x"), ("no", "#ffffff", "3"), ("#777777", "#ffffff", "22")] {
        assert_eq!(nearest(fore, back, least), "", "{fore} {back} {least}");
    }
}

#[test]
fn the_built_in_colours_pass_every_pair() {
    for line in pairs().lines() {
        let [fore, back, least] = line.split('\t').collect::<Vec<_>>().try_into().unwrap();
        for theme in ["light", "dark"] {
            let color = |name| author::contrast::default(theme, name).expect("a built-in colour");
            let found: f64 = contrast(color(fore), color(back)).parse().unwrap();
            assert!(found >= least.parse().unwrap(), "{theme}: {line}, {found}");
        }
    }
}

/// The words of pack.html and theme.html, the first language first.
const WORDS: [&str; 3] = [
    include_str!("../../content/tools/en.json"),
    include_str!("../../content/tools/nl.json"),
    include_str!("../../content/tools/sv.json"),
];

#[test]
fn the_pages_have_their_words_in_every_language() {
    let all = WORDS.map(|json| serde_json::from_str::<BTreeMap<String, String>>(json).unwrap());
    let [first, ..] = &all;
    for texts in &all {
        assert!(texts.keys().eq(first.keys()));
        for (key, text) in texts {
            assert!(!text.trim().is_empty() && author::places(text) == author::places(&first[key]), "{key}: {text}");
        }
    }
    for page in [include_str!("../../pack.html"), include_str!("../../theme.html")] {
        let between = |start: &str, end: &str| -> Vec<String> {
            let parts = page.split(start).skip(1).map(|part| part.split(end).next().unwrap_or_default());
            parts.map(String::from).collect()
        };
        let (placed, marked) = (between("{{w:", "}}"), between("data-t=\"", "\""));
        for key in placed.iter().chain(&marked) {
            assert!(first.contains_key(key), "{key}");
        }
        for key in marked {
            assert!(placed.contains(&key), "{key} has its mark and no text");
        }
    }
    let scripts =
        [include_str!("../../web/tools.js"), include_str!("../../web/pack.js"), include_str!("../../web/theme.js")];
    for key in scripts.iter().flat_map(|script| script.split("tell(\"").skip(1)) {
        let key = key.split('"').next().unwrap_or_default();
        assert!(first.contains_key(key), "{key}");
    }
}

proptest! {
    #[test]
    fn any_text_gets_an_answer(text in "\\PC{0,200}|[\\[{\"a:,0\\\\\\]}]{0,400}") {
        for answer in [check(&text), english(&text, "en"), compile(&text, &text, &text, &text)] {
            prop_assert!(answer.starts_with("faults\n"));
        }
        prop_assert_eq!(contrast(&text, &text), "");
        prop_assert_eq!(nearest(&text, "#ffffff", &text), "");
    }

    #[test]
    fn a_nearest_colour_passes(fore in "#[0-9a-f]{6}", back in "#[0-9a-f]{6}", text in any::<bool>()) {
        let least = if text { "4.5" } else { "3" };
        let near = nearest(&fore, &back, least);
        let found: f64 = contrast(&near, &back).parse().unwrap();
        prop_assert!(found >= least.parse().unwrap(), "{fore} on {back}: {near} has {found}");
    }

    #[test]
    fn a_pack_cut_off_anywhere_is_no_pack(share in 0.0..1.0) {
        let text = whole(|_| ());
        let end = (text.len() as f64 * share) as usize;
        let end = (0..=end).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        prop_assert!(check(&text[..end]).starts_with("faults\n"));
    }
}
