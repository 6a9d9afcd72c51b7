//! The files of a report: their kinds and names, the same bytes for the same answers, and that each of their texts is used.

use crate::report_kit::{ALONE, HOSTILE, KEPT, all_drafts, frame, keys, rich};
use crate::support::{EDITIONS, edition, filled, fresh};
use buy_sell_hierarchy::domain::model::Form;
use buy_sell_hierarchy::pack::texts::KEYS;
use buy_sell_hierarchy::page::dom::{Child, El};
use buy_sell_hierarchy::page::visit::{Mode, Visit};
use buy_sell_hierarchy::page::{report, result};
use buy_sell_hierarchy::report::files::{File, KINDS, file};
use buy_sell_hierarchy::report::name::{file_name, id_of};
use buy_sell_hierarchy::storage::home::is_id;
use proptest::prelude::*;

#[test]
fn every_kind_is_a_file_with_its_type() {
    let endings = [
        ("html", "-report.html", "text/html"),
        ("md", "-report.md", "text/markdown"),
        ("answers", "-answers.csv", "text/csv"),
        ("results", "-results.csv", "text/csv"),
        ("plan", "-plan.csv", "text/csv"),
        ("ics", "-plan.ics", "text/calendar"),
        ("json", ".json", "application/json"),
        ("svg-pyramid", "-pyramid.svg", "image/svg+xml"),
        ("svg-history", "-history.svg", "image/svg+xml"),
    ];
    assert!(KINDS.iter().all(|kind| endings.iter().any(|(known, ..)| known == kind)));
    for pack in EDITIONS.iter() {
        for (kind, ending, media) in endings {
            let File { name, media: found, text } = file(pack, &rich(), &KEPT, kind).unwrap();
            assert_eq!((name, found), (format!("bsh-Metal-Works{ending}"), media));
            assert!(text.len() > 100, "{kind}");
            assert_eq!(Some(text), file(pack, &rich(), &KEPT, kind).map(|file| file.text), "the same once more");
        }
    }
}

#[test]
fn there_is_no_file_of_what_is_not_there() {
    let draft = fresh(Form::Short);
    for kind in ["", "pdf", "svg", "svg-", "svg-matrix", "svg-nothing", "png-pyramid", "HTML", "ics"] {
        assert_eq!(file(edition(), &draft, &ALONE, kind), None, "{kind}");
    }
}

#[test]
fn answers_by_themselves_get_an_id_of_their_own() {
    let text = |words: &str| file(edition(), &filled(Form::Short, words), &ALONE, "json").unwrap().text;
    assert_eq!(text("g2=4"), text("g2=4"));
    assert_ne!(text("g2=4"), text("g2=3"));
    let read = buy_sell_hierarchy::toolbox::read(&text("g2=4")).unwrap();
    assert_eq!(read.faults, Vec::<String>::new());
}

/// Every sentence of an element and all in it, a line each.
fn said(el: &El) -> String {
    let of = |child: &Child| match child {
        Child::Text(text) => [text, "\n"].concat(),
        Child::El(el) => said(el),
    };
    el.0.children.iter().map(of).collect()
}

#[test]
fn every_text_of_a_report_is_used() {
    let pack = keys();
    let mut all = String::new();
    for (_, draft) in all_drafts() {
        let frame = frame(&draft);
        for mode in [Mode::Workspace, Mode::Kiosk] {
            let visit = Visit { mode, account: frame.id.into(), today: frame.today.into(), ..Visit::default() };
            let page = buy_sell_hierarchy::page::dom::el("main", "");
            all += &said(&report::page(page, &pack, &visit, &draft));
            all += &said(&result::after(&pack, &visit));
        }
        let charts = ["svg-pyramid", "svg-practice", "svg-ready"];
        for kind in KINDS.iter().chain(&charts) {
            all += &file(&pack, &draft, &frame, kind).map_or_else(String::new, |file| file.text);
        }
    }
    let unused: Vec<&&str> = KEYS
        .iter()
        .filter(|key| {
            key.starts_with("report.")
                && !all
                    .split(|c: char| !(c.is_ascii_alphanumeric() || c == '.' || c == '-'))
                    .any(|word| word.trim_end_matches('.') == **key)
        })
        .collect();
    assert!(unused.is_empty(), "{unused:?}");
}

/// Does a name stand on every system, and look like what it is?
fn right(name: &str, ending: &str) -> Result<(), String> {
    let bad = |c: char| {
        c.is_control()
            || c.is_whitespace()
            || "<>:\"/\\|?*'`$&;%#.".contains(c)
            || ('\u{2000}'..='\u{2bff}').contains(&c)
            || matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{feff}' | '\u{fff0}'..='\u{ffff}' | '\u{e0000}'..='\u{e0fff}')
    };
    let stem = name.strip_suffix(ending).ok_or_else(|| format!("{name:?} has no {ending}"))?;
    match () {
        () if !stem.starts_with("bsh") => Err(format!("{name:?} begins otherwise")),
        () if stem.chars().any(bad) => Err(format!("{name:?} has a sign that some system refuses or hides")),
        () if stem.ends_with('-') || stem.contains("--") => Err(format!("{name:?}: a hyphen too many")),
        () if name.len() > 200 => Err(format!("{name:?} is too long")),
        () => Ok(()),
    }
}

#[test]
fn names_are_safe_on_every_system() {
    for name in HOSTILE.iter().chain(&[
        "..",
        "CON",
        "a/b\\c:d",
        "Örjan & søn",
        "名前",
        "..\u{2028}x",
        "\u{202e}gpj.exe",
        "a\u{ad}b",
    ]) {
        right(&file_name(name, ".json"), ".json").unwrap();
    }
    assert_eq!(file_name("Örjan & søn", "-report.html"), "bsh-Örjan-søn-report.html");
    assert_eq!(file_name("", ".json"), "bsh.json");
    assert_eq!(file_name("../../etc/passwd", ".md"), "bsh-etc-passwd.md");
}

proptest! {
    #[test]
    fn any_name_is_safe_on_every_system(name: String, other in "\\PC{0,100}") {
        for name in [name, other] {
            prop_assert_eq!(right(&file_name(&name, "-report.html"), "-report.html"), Ok(()));
            prop_assert!(is_id(&id_of(&name)), "{}", id_of(&name));
        }
    }
}
