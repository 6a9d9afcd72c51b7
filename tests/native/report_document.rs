//! The report as a document: nothing of a screen in it, nothing empty, and each section in its place.

use crate::account::accounts;
use crate::report_kit::{KEPT, any_report, codes, every, frame, pack_of, rich, service, tree};
use crate::support::{PACK, TEXTS, answered, edition, filled, fresh, with_row};
use crate::tree::{all, find, has_class, text};
use buy_sell_hierarchy::domain::draft::{Action, Draft, Target};
use buy_sell_hierarchy::domain::model::{Form, Perspective, Place};
use buy_sell_hierarchy::domain::rows::{LISTS, List, at};
use buy_sell_hierarchy::pack::compiled::Pack;
use buy_sell_hierarchy::pack::texts::T;
use buy_sell_hierarchy::page::dom::{At, Child, El, Set};
use buy_sell_hierarchy::report::charts::charts;
use buy_sell_hierarchy::report::document::document;
use buy_sell_hierarchy::report::plain::text_of;
use buy_sell_hierarchy::report::{html, markdown};
use proptest::prelude::*;

fn bare(el: &El) -> String {
    text(el).split_whitespace().collect()
}

/// What is wrong with an element and all in it, for paper.
fn faults(pack: &Pack, draft: &Draft) -> Vec<String> {
    const SCREEN: [&str; 15] = [
        "button", "input", "select", "option", "textarea", "label", "progress", "nav", "form", "details", "summary",
        "a", "img", "h1", "main",
    ];
    let document = document(pack, draft, &frame(draft));
    let mut wrong = Vec::new();
    if document.title.trim().is_empty() != pack.subject(draft).trim().is_empty() || document.line.trim().is_empty() {
        wrong.push("no title or line".to_string());
    }
    let tree = tree(&document);
    for section in &document.sections {
        all(section, &mut |el, around| {
            let tag = &*el.0.tag;
            let drawing = tag == "svg" || around.iter().any(|el| el.0.tag == "svg");
            let mut say = |what: &str| wrong.push(format!("{what}: {tag} {:?}", el.0.sets));
            if SCREEN.contains(&tag) {
                say("of a screen");
            }
            if !el.0.events.is_empty() || el.0.value.is_some() || el.0.checked.is_some() {
                say("lives");
            }
            for (name, set) in &el.0.sets {
                let live = !matches!(set, Set::Attribute(_));
                let screen = matches!(name, At::Tabindex | At::Hidden | At::For | At::Href | At::Src);
                if live || screen || (*name == At::Id && !drawing) {
                    say("live, hidden or named");
                }
            }
            if matches!(tag, "p" | "li" | "h2" | "h3" | "h4" | "caption" | "blockquote" | "small")
                && bare(el).is_empty()
            {
                say("empty");
            }
            if tag == "section" {
                let said = find(el, |el| {
                    let heading = matches!(&*el.0.tag, "h2" | "h3" | "h4");
                    el.0.tag == "svg"
                        || (!heading
                            && el
                                .0
                                .children
                                .iter()
                                .any(|child| matches!(child, Child::Text(t) if !t.trim().is_empty())))
                });
                let only_heading = said.iter().all(|el| has_class(el, "bsh-badge"));
                if only_heading {
                    say("section with nothing in it");
                }
            }
            if tag == "table" {
                wrong.extend(table_faults(el));
            }
        });
    }
    let mut level = 1;
    all(&tree, &mut |el, _| {
        if let Some(next) = el.0.tag.strip_prefix('h').and_then(|digit| digit.parse::<u32>().ok()) {
            if next > level + 1 {
                wrong.push(format!("h{next} below h{level}: {}", text(el)));
            }
            level = next;
        }
    });
    wrong
}

/// Rows as wide as the head, and no column that says nothing.
fn table_faults(table: &El) -> Vec<String> {
    let rows = find(table, |el| el.0.tag == "tr");
    let rows: Vec<Vec<&El>> = rows
        .into_iter()
        .map(|row| {
            row.0.children.iter().filter_map(|child| if let Child::El(el) = child { Some(el) } else { None }).collect()
        })
        .collect();
    let mut wrong = Vec::new();
    let Some((head, body)) = rows.split_first() else { return vec!["a table without rows".into()] };
    if body.is_empty() {
        wrong.push(format!("a table with nothing but a head: {}", text(table)));
    }
    for row in body {
        if row.len() != head.len() {
            wrong.push(format!("a row of {} under {}: {}", row.len(), head.len(), text(table)));
        }
    }
    for (column, name) in head.iter().enumerate().skip(1) {
        if body.iter().all(|row| row.get(column).is_none_or(|cell| matches!(&*bare(cell), "" | "–"))) {
            wrong.push(format!("blank column {:?}", text(name)));
        }
    }
    wrong
}

#[test]
fn nothing_of_a_screen_and_nothing_empty_gets_onto_paper() {
    every(|what, pack, draft| assert_eq!(faults(pack, draft), Vec::<String>::new(), "{what}"));
}

proptest! {
    #[test]
    fn the_document_of_any_draft_is_for_paper(draft in any_report()) {
        let wrong = faults(edition(), &draft);
        // Somebody can fill a field with nothing that is seen.
        let wrong: Vec<&String> = wrong.iter().filter(|fault| !fault.starts_with("empty")).collect();
        prop_assert!(wrong.is_empty(), "{:?}", wrong);
    }
}

#[test]
fn the_report_of_an_account_has_its_sections_in_order() {
    let expected = [
        "headline",
        "confidence",
        "own",
        "why",
        "profile",
        "risks",
        "part-matrix",
        "part-practice",
        "gap",
        "views",
        "agree",
        "agenda",
        "people",
        "history",
        "readings",
        "plan",
        "goals",
        "focus",
        "flags",
        "charter",
        "computed",
    ];
    let pack = edition();
    assert_eq!(codes(pack, &rich()), expected);
    let document = document(pack, &rich(), &KEPT);
    assert_eq!(document.title, "Metal Works");
    assert_eq!(document.line, "Report by Nordic, Nov 22, 2026. Answered on Nov 22, 2026.");
    let said = text_of(&tree(&document));
    for told in
        ["Ann", "Örjan", "Ask Ann", "In May. Twice.", "In our own words.", "quotes", "calm", "too dear", "Stainless"]
    {
        assert!(said.contains(told), "{told}");
    }
    // The own answers are not the headline here, and what they say is told by itself.
    assert!(said.contains(pack.t(T::Hypothesis)));
}

#[test]
fn where_only_the_customer_has_answered_nothing_is_told_of_own_answers() {
    let mut draft = accounts().into_iter().find(|(name, _)| *name == "agreeing").unwrap().1;
    let whole = ["headline", "confidence", "own", "why", "profile", "risks", "gap", "views", "agree", "agenda"];
    assert_eq!(codes(edition(), &draft)[..10], whole);
    draft.given[0].answers.iter_mut().for_each(|answer| *answer = None);
    let told = codes(edition(), &draft);
    assert_eq!(told, ["headline", "confidence", "views", "agree", "people", "computed"]);
    // Neither are its numbers told of answers that nobody gave.
    let pack = edition();
    let said = text_of(&tree(&document(pack, &draft, &frame(&draft))));
    assert!(said.contains(pack.t(T::ComputedCap)) && !said.contains(pack.t(T::Undefined)), "{said}");
}

#[test]
fn a_target_stands_under_what_it_was_proposed_from() {
    let aims = |draft: &Draft| {
        let tree = tree(&document(edition(), draft, &frame(draft)));
        find(&tree, |el| has_class(el, "bsh-aim")).into_iter().map(text).collect::<Vec<_>>()
    };
    let theirs = accounts().into_iter().find(|(name, _)| *name == "agreeing").unwrap().1;
    assert_eq!(aims(&theirs), Vec::<String>::new());
    let chosen = theirs.apply(Action::Aim(Target { level: 4, year: 2030 }));
    assert_eq!(aims(&chosen), ["Target: level 4, Contributes to business issues, by the end of 2030."]);
    assert_eq!(aims(&filled(Form::Full, "g2=4 g3=3 g4=1 g5=0")).len(), 1);
}

#[test]
fn the_report_of_answers_by_themselves() {
    let draft = filled(Form::Full, "g2=4 g3=3 g4=1 g5=0");
    assert_eq!(codes(edition(), &draft), ["where", "confidence", "why", "profile", "risks", "readings", "computed"]);
    let line = document(edition(), &draft, &frame(&draft)).line;
    assert_eq!(line, "Report of Nov 22, 2026. Answered on Nov 22, 2026.");
    let planned = with_row(draft, List::Tasks, &[(at::METHOD, "usp")]);
    let told = text_of(&tree(&document(edition(), &planned, &frame(&planned))));
    assert!(told.contains(edition().t(T::ReportSources)), "{told}");
}

#[test]
fn only_what_was_begun_has_a_section() {
    let begun = |words: &str| codes(edition(), &filled(Form::Short, words));
    assert_eq!(codes(edition(), &fresh(Form::Short)), ["where", "confidence", "why", "profile", "risks", "computed"]);
    let one = begun("g2-01=4");
    assert!(one.iter().all(|code| !code.starts_with("part-")), "{one:?}");
    let matrix = begun("iv-1=4");
    assert!(
        matrix.contains(&"part-matrix".to_string()) && !matrix.contains(&"part-practice".to_string()),
        "{matrix:?}"
    );
    let practice = begun("ra-1=4");
    assert!(practice.contains(&"part-practice".to_string()) && !practice.contains(&"part-matrix".to_string()));
    // The shares are of the practice, also before its first question; people are an account's.
    let shares = with_row(fresh(Form::Short), List::Own, &[(at::OWN_TIME, "20")]);
    assert!(codes(edition(), &shares).contains(&"part-practice".to_string()));
    let people = with_row(fresh(Form::Short), List::People, &[(at::NAME, "Ann"), (at::FUNCTION, "it")]);
    let told = codes(edition(), &people);
    assert!(told.contains(&"people".to_string()) && !told.contains(&"part-practice".to_string()), "{told:?}");
    let chart = |draft: &Draft| charts(edition(), draft, &frame(draft)).iter().any(|chart| chart.code == "shares");
    assert!(chart(&shares));
}

/// Somebody at the customer, with words in every list that only a supplier has.
fn theirs() -> Draft {
    let mut draft = answered(rich(), "g2-01=dk");
    draft.perspective = Perspective::Customer;
    for spec in &LISTS {
        let ids: Vec<u32> = draft.rows.of(spec.list).iter().map(|row| row.id).collect();
        for id in ids.into_iter().filter(|_| !matches!(spec.list, List::Views | List::Asked)) {
            for field in 0..spec.fields.len() {
                draft.rows.set(spec.list, id, field, "SECRET");
            }
        }
    }
    draft.rows.set(List::Tasks, 90, at::METHOD, "usp");
    draft.rows.set(List::Asked, 1, at::ASKED_COMPANY, "Nordic");
    for given in &mut draft.given {
        given.notes.iter_mut().for_each(|note| *note = "SECRET".into());
    }
    draft
}

#[test]
fn the_customers_edition_tells_nothing_of_the_suppliers() {
    let (pack, draft) = (edition(), theirs());
    assert_eq!(codes(pack, &draft), ["where", "why", "computed"]);
    let document = document(pack, &draft, &frame(&draft));
    assert_eq!(document.title, "Nordic");
    let page = html::file(pack, &document, "");
    let text = markdown::file(pack, &document);
    let drawings: Vec<String> = charts(pack, &draft, &frame(&draft)).into_iter().map(|chart| chart.svg).collect();
    for told in [page, text, drawings.concat()] {
        for secret in
            ["SECRET", "Metal Works", pack.key(&["method.usp.title"]), pack.t(T::TargetFlag), pack.t(T::AskThem)]
        {
            assert!(!told.contains(secret), "{secret} in {told}");
        }
    }
    assert_eq!(drawings.len(), 1, "the pyramid alone");
    // At the top there is nothing to say to a customer of how to stay there.
    let mut top = filled(Form::Short, "g2=4 g3=4 g4=4 g5=4");
    top.perspective = Perspective::Customer;
    assert_eq!(codes(pack, &top), ["where", "computed"]);
}

#[test]
fn a_pack_of_other_levels_reports_too() {
    let pack = service();
    let mut draft = Draft::new(&pack.survey, &pack.hash, Form::Short, "Harbour", "", "2026-11-22");
    for item in 0..pack.survey.instruments[0].model.len() {
        let at = Place { part: 0, item };
        let asked = pack.survey.item(at).unwrap();
        let value = if asked.id.starts_with("s2") { 4 } else { 0 };
        draft = draft.apply(Action::Answer(at, asked.scale.answer(value)));
    }
    let told = codes(&pack, &draft);
    assert!(told.starts_with(&["where".to_string(), "confidence".into()]), "{told:?}");
    assert_eq!(faults(&pack, &draft), Vec::<String>::new());
    let said = text_of(&tree(&document(&pack, &draft, &frame(&draft))));
    for level in 1..=5 {
        let name = pack.level(0, level, "name");
        assert!(!name.is_empty() && said.contains(name), "{name}");
    }
    assert_eq!(charts(&pack, &draft, &frame(&draft)).len(), 2, "pyramid and profile");
}

/// The shipped pack with every instrument in it twice but one: their texts and ids end in `b`.
fn doubled(parts: &[usize]) -> Pack {
    let mut structure: serde_json::Value = serde_json::from_str(PACK).unwrap();
    let mut texts: serde_json::Value = serde_json::from_str(TEXTS).unwrap();
    let all = structure["instruments"].as_array().unwrap().clone();
    let table = texts.as_object().unwrap().clone();
    let mut ids = Vec::new();
    for part in parts {
        let mut copy = all[*part].clone();
        let id = copy["id"].as_str().unwrap().to_string();
        copy["id"] = format!("{id}-b").into();
        rename(&mut copy, &mut ids);
        structure["instruments"].as_array_mut().unwrap().push(copy);
        for (key, value) in &table {
            if let Some(rest) = key.strip_prefix(&format!("{id}.")) {
                texts[format!("{id}-b.{rest}")] = value.clone();
            }
            if let Some((id, rest)) = key.split_once('.').or(Some((key, "")))
                && ids.iter().any(|known| known == id)
            {
                let dot = if rest.is_empty() { "" } else { "." };
                texts[format!("{id}b{dot}{rest}")] = value.clone();
            }
        }
    }
    pack_of(&structure.to_string(), &texts.to_string())
}

/// Gives items, signals and risks ids of their own.
fn rename(value: &mut serde_json::Value, ids: &mut Vec<String>) {
    fn put(value: &mut serde_json::Value, ids: &mut Vec<String>) {
        let id = value.as_str().unwrap().to_string();
        *value = format!("{id}b").into();
        ids.push(id);
    }
    match value {
        serde_json::Value::Object(map) => {
            for (key, value) in map {
                match (&**key, &mut *value) {
                    ("signals" | "risks", serde_json::Value::Array(list)) => {
                        list.iter_mut().for_each(|id| put(id, ids))
                    }
                    ("choice", value @ serde_json::Value::String(_)) => put(value, ids),
                    ("items", serde_json::Value::Array(list)) => {
                        list.iter_mut().for_each(|item| put(&mut item["id"], ids));
                    }
                    (_, value) => rename(value, ids),
                }
            }
        }
        serde_json::Value::Array(list) => list.iter_mut().for_each(|value| rename(value, ids)),
        _ => {}
    }
}

#[test]
fn a_pack_with_two_instruments_of_a_kind_reports_both() {
    let pack = doubled(&[0, 1, 2]);
    assert_eq!(pack.survey.instruments.len(), 6);
    let mut draft = Draft::new(&pack.survey, &pack.hash, Form::Short, "Harbour", "", "2026-11-22");
    for (part, instrument) in pack.survey.instruments.iter().enumerate() {
        for (item, (_, asked)) in instrument.model.items().enumerate() {
            draft = draft.apply(Action::Answer(Place { part, item }, asked.scale.answer(4).or(asked.scale.answer(0))));
        }
    }
    let told = codes(&pack, &draft);
    for id in ["part-matrix", "part-practice", "part-hierarchy-b", "part-matrix-b", "part-practice-b"] {
        assert!(told.contains(&id.to_string()), "{id} in {told:?}");
    }
    assert_eq!(faults(&pack, &draft), Vec::<String>::new());
    let all = charts(&pack, &draft, &frame(&draft));
    let mut codes: Vec<String> = all.iter().map(|chart| chart.code.to_string()).collect();
    for code in ["pyramid", "matrix", "pyramid-hierarchy-b", "matrix-matrix-b", "ready-matrix-b", "practice-practice-b"]
    {
        assert!(codes.contains(&code.to_string()), "{code} in {codes:?}");
    }
    let count = codes.len();
    codes.sort();
    codes.dedup();
    assert_eq!(codes.len(), count);
    let page = html::file(&pack, &document(&pack, &draft, &frame(&draft)), "");
    crate::report_html::check(&page).unwrap();
}

#[test]
fn a_pack_without_levels_reports_what_it_has() {
    let mut structure: serde_json::Value = serde_json::from_str(PACK).unwrap();
    structure["instruments"].as_array_mut().unwrap().remove(0);
    structure["readings"] = serde_json::json!([]);
    structure["methods"] = serde_json::json!([]);
    let parts: Vec<String> = ["matrix", "practice", "name"].map(String::from).to_vec();
    let mut texts: serde_json::Map<String, serde_json::Value> = serde_json::from_str(TEXTS).unwrap();
    let kept = structure.to_string();
    texts.retain(|key, _| {
        let id = key.split('.').next().unwrap_or("");
        parts.iter().any(|part| part == id) || kept.contains(&format!("\"{id}\""))
    });
    let pack = pack_of(&kept, &serde_json::Value::Object(texts).to_string());
    let mut draft = Draft::new(&pack.survey, &pack.hash, Form::Short, "Harbour", "", "2026-11-22");
    assert_eq!(codes(&pack, &draft), Vec::<String>::new());
    draft = draft.apply(Action::Answer(
        Place { part: 0, item: 0 },
        pack.survey.instruments[0].model.items().next().unwrap().1.scale.answer(4),
    ));
    assert_eq!(codes(&pack, &draft), ["part-matrix"]);
    let kept = with_row(draft.clone(), List::About, &[(at::ROUND, "1")]);
    assert_eq!(faults(&pack, &kept), Vec::<String>::new());
    assert_eq!(codes(&pack, &kept), ["part-matrix"]);
}

#[test]
fn words_of_neighbours_do_not_run_into_each_other() {
    let said = text_of(&tree(&document(edition(), &rich(), &KEPT)));
    let here = edition().t(T::Here);
    let gap = edition().t(T::GapTitle);
    assert!(said.contains(&format!(" {here} ")) || !said.contains(here), "{said}");
    let after = said.split(gap).nth(1).unwrap();
    let sign = after.split_whitespace().next().unwrap();
    assert!(sign.chars().all(|c| "+−.0123456789".contains(c)), "{sign}");
}
