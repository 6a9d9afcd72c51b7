//! The toolbox: workspace files there and back, hostile ones, their schema; QR codes.

use buy_sell_hierarchy::domain::draft::Draft;
use buy_sell_hierarchy::domain::model::Form;
use buy_sell_hierarchy::domain::rows::{LISTS, List, ROWS_MAX, Rows, VIEWS_MAX};
use buy_sell_hierarchy::domain::views::View;
use buy_sell_hierarchy::storage::codec::{self, Fields};
use buy_sell_hierarchy::storage::workspace::ACCOUNTS_MAX;
use buy_sell_hierarchy::toolbox::json::{DEPTH_MAX, Json, SIZE_MAX, VALUES_MAX};
use buy_sell_hierarchy::toolbox::{read, schema, write};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::pack::fits;
use crate::support::{any_draft, edition, fresh, survey};

const EXAMPLE: &str = include_str!("../fixtures/workspace/two-accounts.json");
const FIRST: &str = include_str!("../fixtures/draft-v1.txt");
const SECOND: &str = include_str!("../fixtures/draft-v2.txt");
const THIRD: &str = include_str!("../fixtures/draft-v3.txt");

/// The company, and each account with its text.
fn taken_apart(bundle: &str) -> (&str, Vec<(&str, Fields)>) {
    let (company, rest) = bundle.split_once('\u{1e}').unwrap();
    let accounts = rest.split('\u{1e}').filter(|record| !record.is_empty()).map(|record| {
        let (id, text) = record.split_once('\n').unwrap();
        (id, Fields::read(text).unwrap())
    });
    (company, accounts.collect())
}

fn sorted(fields: &Fields) -> Vec<codec::Field> {
    let mut list = fields.list.clone();
    list.sort();
    list
}

/// An account's text after it was written to a file and read again.
fn there_and_back(text: &str) -> Fields {
    let all = read(&write(&format!("Us\u{1e}abcd0123\n{text}"))).unwrap();
    assert_eq!(all.faults, Vec::<String>::new());
    let (company, mut accounts) = taken_apart(&all.bundle);
    assert_eq!((company, accounts.len(), accounts[0].0), ("Us", 1, "abcd0123"));
    accounts.remove(0).1
}

/// Reads the example with one thing in it changed; the faults.
fn faults(change: impl FnOnce(&mut Value)) -> Vec<String> {
    let mut value: Value = serde_json::from_str(EXAMPLE).unwrap();
    change(&mut value);
    let all = read(&value.to_string()).unwrap();
    // Whatever is wrong, what is kept is right.
    assert_eq!(read(&write(&all.bundle)).unwrap().faults, Vec::<String>::new());
    all.faults
}

fn only(change: impl FnOnce(&mut Value)) -> String {
    let all = faults(change);
    assert_eq!(all.len(), 1, "{all:?}");
    all[0].clone()
}

#[test]
fn the_example_is_what_is_written() {
    let all = read(EXAMPLE).unwrap();
    assert_eq!(all.faults, Vec::<String>::new());
    assert_eq!(write(&all.bundle), EXAMPLE);
}

#[test]
fn the_example_has_every_field_of_every_list() {
    let bundle = read(EXAMPLE).unwrap().bundle;
    for spec in &LISTS {
        for (name, _) in spec.fields {
            let has = |line: &str| line.starts_with(&format!("{}.", spec.code)) && line.contains(&format!(".{name}="));
            assert!(bundle.lines().any(has), "{}.{name}", spec.code);
        }
    }
}

#[test]
fn the_example_says_what_the_texts_say() {
    let all = read(EXAMPLE).unwrap();
    let (company, accounts) = taken_apart(&all.bundle);
    assert_eq!(company, "Metal Supplies");
    assert_eq!(accounts.iter().map(|(id, _)| *id).collect::<Vec<_>>(), ["0k3j2h1a", "9zzzzzz0"]);
    let first = &accounts[0].1;
    assert_eq!((first.revision, first.pack.as_str()), (41, "0123456789abcdef"));
    let view = |rest: &str| [List::Views.spec().code, ".", rest].concat();
    for (key, value) in [
        ("view", "own"),
        ("step", "account"),
        ("target", "4"),
        ("year", "2029"),
        ("g4-01", "dk"),
        ("g4-01.ok", "x"),
        ("g2-01.note", "They said so in May.\nTwice, with a \\ in it."),
        ("r-08", "x"),
        ("person", "41 7 9"),
        ("share.3.time", "30"),
        ("own.1.cash", "35"),
        ("about.1.round", "2"),
        ("invite.5.person", "41"),
        (&view("1.head"), "1 0 2026-05-20 short 0123456789abcdef"),
        (&view("1.code"), "g2-01=2n d g3-01=1 g4-01=0 c-01=x"),
        (&view("1.notes"), "g2-01=First = talk.\\nMore later."),
        (&view("7.head"), "2 7 - full fedcba9876543210"),
    ] {
        assert_eq!(first.get(key), Some(value), "{key}");
    }
    assert_eq!(accounts[1].1.get("view"), Some("customer"));
    assert_eq!(accounts[1].1.get("asked.1.label"), Some("purchasing"));
    assert_eq!(first.draft(survey(), &edition().hash).dropped, 0);
}

#[test]
fn drafts_of_every_version_come_back_the_same() {
    for text in [FIRST, SECOND, THIRD] {
        let (before, after) = (Fields::read(text).unwrap(), there_and_back(text));
        assert_eq!(sorted(&after), sorted(&before));
        assert_eq!((after.revision, &after.pack), (before.revision, &before.pack));
    }
}

/// What the program itself never writes, taken out: views without a head or a code, numbers that are none.
fn plausible(mut draft: Draft) -> Draft {
    let mut rows = Rows::default();
    for spec in &LISTS {
        for row in draft.rows.of(spec.list) {
            rows.add(spec.list, row.id);
            let fields = match (spec.list, View::read(row)) {
                (List::Views, None) => {
                    rows.remove(spec.list, row.id);
                    continue;
                }
                (List::Views, Some(view)) => {
                    View { notes: String::new(), pack: String::new(), ..view }.fields().map(|(_, text)| text).into()
                }
                _ => row.fields.clone(),
            };
            for ((at, (name, _)), text) in spec.fields.iter().enumerate().zip(&fields) {
                let number = matches!((spec.list, *name), (List::Invites, "person" | "round") | (List::About, "round"));
                if !number || text.parse::<u32>().is_ok_and(|value| value.to_string() == *text) {
                    rows.set(spec.list, row.id, at, text);
                }
            }
        }
    }
    draft.rows = rows;
    draft
}

fn note_strategy() -> impl Strategy<Value = Vec<(usize, String)>> {
    prop::collection::vec((0usize..60, "\\PC{0,20}[\n\r\\\\=n]{0,3}\\PC{0,9}"), 0..4)
}

proptest! {
    #[test]
    fn any_account_comes_back_the_same(draft in any_draft(), revision in any::<u32>()) {
        let draft = plausible(draft);
        let before = Fields::of(survey(), &draft, revision);
        let after = there_and_back(&before.write());
        prop_assert_eq!(sorted(&after), sorted(&before));
        prop_assert_eq!((after.revision, &after.pack), (revision, &before.pack));
        let (before, after) = (before.draft(survey(), &edition().hash), after.draft(survey(), &edition().hash));
        prop_assert_eq!(after.draft.rows, before.draft.rows);
        prop_assert_eq!(after.draft.confirmed, before.draft.confirmed);
    }

    #[test]
    fn any_view_comes_back_the_same(
        draft in any_draft(), round in 1u32.., who in prop::option::of(1u32..), id in 1u32.., notes in note_strategy()
    ) {
        let model = &survey().instruments[0].model;
        let mut view = View::of_sheet(model, &draft.sheet(0), (round, who), &draft.date, &draft.pack);
        let mut lines: Vec<String> = Vec::new();
        for (index, note) in notes {
            let item = &model.items().nth(index).map_or(&model.groups[0].items[0], |(_, item)| item).id;
            if !note.is_empty() && lines.iter().all(|line| !line.starts_with(&format!("{item}="))) {
                let mut line = format!("{item}=");
                codec::escape(&note, &mut line);
                lines.push(line);
            }
        }
        view.notes = lines.join("\n");
        let mut rows = Rows::default();
        for (field, text) in view.fields() {
            rows.set(List::Views, id, field, &text);
        }
        let before = Fields::of(survey(), &Draft { rows, ..plausible(draft) }, 1);
        prop_assert_eq!(sorted(&there_and_back(&before.write())), sorted(&before));
    }

    /// Every record of what is read can be kept, whatever the file says.
    #[test]
    fn changed_files_never_panic(at in 0usize..EXAMPLE.len(), cut in 0usize..40, text in "[\"{}\\[\\],:0-9a-z\\\\é\u{0}\u{1e}\\- \n]{0,8}") {
        let mut bytes = EXAMPLE.as_bytes().to_vec();
        bytes.splice(at..(at + cut).min(EXAMPLE.len()), text.bytes());
        kept_is_right(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn any_json_below_accounts_never_panics(value in any_json(), place in 0usize..40) {
        let mut file: Value = serde_json::from_str(EXAMPLE).unwrap();
        let account = file["accounts"][0].as_object_mut().unwrap();
        let key = account.keys().nth(place % account.len()).unwrap().clone();
        match account.get_mut(&key) {
            Some(Value::Array(list)) if place % 2 == 0 => list.push(value),
            _ => drop(account.insert(key, value)),
        }
        kept_is_right(&file.to_string());
    }

    #[test]
    fn any_text_never_panics(text in any::<String>(), json in any_json()) {
        kept_is_right(&text);
        kept_is_right(&json.to_string());
        write(&text);
        write(&format!("\u{1e}abcd0123\nbsh-answers 3 1 ab\n{text}"));
    }

    #[test]
    fn json_is_read_as_others_read_it(value in any_json(), pretty in any::<bool>()) {
        let text = if pretty { serde_json::to_string_pretty(&value).unwrap() } else { value.to_string() };
        let own = Json::read(&text).unwrap();
        for open in [0, 2, 9] {
            let mut written = String::new();
            own.write(0, open, &mut written);
            prop_assert_eq!(serde_json::from_str::<Value>(&written).unwrap(), value.clone());
        }
    }

    #[test]
    fn damaged_json_is_refused_as_others_refuse_it(value in any_json(), at in 0usize..400, text in "[\"{}\\[\\],:0-9eE.+tfnu\\\\\\- ]{0,3}") {
        let mut bytes = value.to_string().into_bytes();
        let at = at % (bytes.len() + 1);
        bytes.splice(at..(at + 1).min(bytes.len()), text.bytes());
        let text = String::from_utf8_lossy(&bytes);
        // serde_json refuses numbers that no float can hold.
        let theirs = serde_json::from_str::<Value>(&text);
        let large = theirs.as_ref().is_err_and(|error| error.to_string().contains("out of range"));
        prop_assume!(!large);
        prop_assert_eq!(Json::read(&text).is_ok(), theirs.is_ok(), "{}", text);
    }
}

fn kept_is_right(text: &str) {
    match read(text) {
        Ok(all) => {
            assert!(
                all.faults.len() <= 101 && all.faults.iter().all(|fault| !fault.contains(['\n', '\u{1d}', '\u{1e}']))
            );
            for (_, fields) in taken_apart(&all.bundle).1 {
                assert_eq!(fields.dropped, 0);
            }
            let again = read(&write(&all.bundle)).unwrap();
            assert_eq!((again.faults, again.bundle), (vec![], all.bundle));
        }
        Err(faults) => assert!(faults.len() == 1 && !faults[0].contains(['\n', '\u{1d}'])),
    }
}

#[test]
fn the_corpus_and_its_neighbours_never_panic() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/workspace/hostile");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(files.len() >= 12);
    for file in files {
        let bytes = std::fs::read(&file).unwrap();
        kept_is_right(&String::from_utf8_lossy(&bytes));
        // Every byte left out, cut off at, and replaced in turn.
        for at in (0..bytes.len()).step_by(1 + bytes.len() / 150) {
            kept_is_right(&String::from_utf8_lossy(&bytes[..at]));
            for other in [&b""[..], b"\"", b"}", b"0", b"\\", b","] {
                let mut changed = bytes.clone();
                changed.splice(at..=at, other.iter().copied());
                kept_is_right(&String::from_utf8_lossy(&changed));
            }
        }
    }
}

#[test]
fn what_has_an_answer_is_not_ticked_too() {
    let file = r#"{"format": "bsh-workspace", "version": 1, "accounts": [
        {"id": "abcd0123", "answers": {"g2-01": 3}, "ticked": ["g2-01", "r-08"]}]}"#;
    let all = read(file).unwrap();
    assert_eq!(all.faults, ["accounts[0].ticked: g2-01 has an answer and was not ticked"]);
    kept_is_right(file);
}

fn any_json() -> impl Strategy<Value = Value> {
    let key = prop_oneof!["g2-0[1-9]", "\\PC{0,6}", Just("id".to_string()), Just("round".to_string())];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (0i64..6).prop_map(Value::from),
        (-100i32..100).prop_map(|n| Value::from(f64::from(n) / 4.0)),
        any::<String>().prop_map(Value::from),
        "g2-0[1-9]".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 40, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::vec((key.clone(), inner), 0..6).prop_map(|all| Value::Object(all.into_iter().collect())),
        ]
    })
}

#[test]
fn what_is_no_workspace_file_is_said_in_one_sentence() {
    let no = |text: &str| read(text).unwrap_err().join("|");
    for (text, told) in [
        ("", "not JSON that can be read, at line 1, column 1: the file ends too early"),
        ("{\n  \"é\" 1}", "not JSON that can be read, at line 2, column 7: expected a colon"),
        ("bsh-answers 3 1 ab", "not JSON that can be read, at line 1, column 1: expected a value"),
        ("[1, 2", "not JSON that can be read, at line 1, column 6: the file ends too early"),
        ("[1 2]", "not JSON that can be read, at line 1, column 4: expected a comma or the closing bracket"),
        ("{} x", "not JSON that can be read, at line 1, column 4: something stands after the end"),
        ("[]", "not a workspace file: its top is not an object"),
        ("{}", "not a workspace file: it does not say \"format\": \"bsh-workspace\""),
        ("{\"format\":\"bsh-pack\"}", "not a workspace file: its format is \"bsh-pack\", expected \"bsh-workspace\""),
        ("{\"format\":\"bsh-workspace\"}", "not a workspace file: its version is not 1"),
        ("{\"format\":\"bsh-workspace\",\"version\":0}", "not a workspace file: its version is not 1"),
        ("{\"format\":\"bsh-workspace\",\"version\":1}", "not a workspace file: it has no \"accounts\""),
        (
            "{\"format\":\"bsh-workspace\",\"version\":2,\"accounts\":[]}",
            "this file has version 2, this program reads version 1: reload the page to get a newer program",
        ),
    ] {
        assert_eq!(no(text), told, "{text}");
    }
}

#[test]
fn an_empty_workspace_is_one() {
    let all = read("\u{feff}{\"format\":\"bsh-workspace\",\"version\":1,\"accounts\":[]}").unwrap();
    assert_eq!((all.bundle.as_str(), all.faults.len()), ("\u{1e}", 0));
    for bundle in ["Us", "Us\u{1e}"] {
        assert_eq!(read(&write(bundle)).unwrap().bundle, "Us\u{1e}");
    }
}

/// A change of the example, and the one fault that it leads to.
type Case = (fn(&mut Value), &'static str);

#[test]
fn every_fault_has_its_path() {
    let cases: [Case; 45] = [
        (|f| f["colour"] = json!(1), "colour: no such field; left out"),
        (|f| f["a b"] = json!(1), "[\"a b\"]: no such field; left out"),
        (|f| f["company"] = json!(1), "company: expected a text, found 1; left out"),
        (|f| f["company"] = json!("x".repeat(121)), "company: longer than 120 characters; the rest was left out"),
        (|f| f["company"] = json!("a\u{1e}b"), "company: has the character U+001E, which was left out"),
        (|f| f["accounts"] = json!({}), "accounts: expected a list, found an object; left out"),
        (|f| f["accounts"][0] = json!([]), "accounts[0]: expected an object, found a list; left out"),
        (|f| f["accounts"][0]["id"] = Value::Null, "accounts[0].id: is missing; the account was left out"),
        (
            |f| f["accounts"][0]["id"] = json!("a b"),
            "accounts[0].id: expected eight ASCII letters or digits, found \"a b\"; the account was left out",
        ),
        (
            |f| f["accounts"][1]["id"] = json!("0k3j2h1a"),
            "accounts[1].id: another account has the id \"0k3j2h1a\"; this one was left out",
        ),
        (
            |f| f["accounts"][0]["revision"] = json!(-1),
            "accounts[0].revision: expected a whole number from 0 to 4294967295, found -1; left out",
        ),
        (
            |f| f["accounts"][0]["revision"] = json!(1.5),
            "accounts[0].revision: expected a whole number from 0 to 4294967295, found 1.5; left out",
        ),
        (
            |f| f["accounts"][0]["pack"] = json!("a b"),
            "accounts[0].pack: expected the content hash of a pack, at most 40 letters and digits, found \"a b\"; left out",
        ),
        (
            |f| f["accounts"][0]["account"] = json!("x".repeat(81)),
            "accounts[0].account: longer than 80 characters; the rest was left out",
        ),
        (|f| f["accounts"][0]["part"] = json!(true), "accounts[0].part: expected a text, found true; left out"),
        (
            |f| f["accounts"][0]["form"] = json!("long"),
            "accounts[0].form: expected \"short\" or \"full\", found \"long\"; left out",
        ),
        (
            |f| f["accounts"][0]["perspective"] = json!("theirs"),
            "accounts[0].perspective: expected \"own\" or \"customer\", found \"theirs\"; left out",
        ),
        (
            |f| f["accounts"][0]["date"] = json!("2026-13-01"),
            "accounts[0].date: expected a day as \"2026-11-22\", found \"2026-13-01\"; left out",
        ),
        (
            |f| f["accounts"][0]["step"] = json!("a\nb=c"),
            "accounts[0].step: expected the code of a page, at most 60 letters, digits, hyphens and dots, found \"a b=c\"; left out",
        ),
        (
            |f| f["accounts"][0]["lang"] = json!("e"),
            "accounts[0].lang: expected the code of a language as \"en\", found \"e\"; left out",
        ),
        (
            |f| f["accounts"][0]["target"]["level"] = json!(0),
            "accounts[0].target.level: expected a whole number from 1 to 9, found 0; left out",
        ),
        (
            |f| f["accounts"][0]["target"] = json!({"level": 3}),
            "accounts[0].target.year: is missing; the target was left out",
        ),
        (
            |f| f["accounts"][0]["answers"]["g2-01"] = json!(5),
            "accounts[0].answers.g2-01: expected 0 to 4, \"dk\" or \"na\", found 5; left out",
        ),
        (
            |f| f["accounts"][0]["answers"]["form"] = json!(1),
            "accounts[0].answers.form: not the id of an item; left out",
        ),
        (
            |f| f["accounts"][0]["answers"]["g2-01\nform"] = json!(1),
            "accounts[0].answers[\"g2-01 form\"]: not the id of an item; left out",
        ),
        (
            |f| f["accounts"][0]["answers"] = json!([]),
            "accounts[0].answers: expected an object, found a list; left out",
        ),
        (
            |f| f["accounts"][0]["notes"]["g2-01"] = json!("x".repeat(1001)),
            "accounts[0].notes.g2-01: longer than 1000 characters; the rest was left out",
        ),
        (
            |f| f["accounts"][0]["ticked"][1] = json!("c-01"),
            "accounts[0].ticked[1]: stands twice; only the first was taken",
        ),
        (
            |f| f["accounts"][0]["confirmed"][0] = json!({}),
            "accounts[0].confirmed[0]: expected the id of an item, signal or risk, found an object; left out",
        ),
        (
            |f| f["accounts"][0]["left_out"] = json!(3),
            "accounts[0].left_out: fields that were not written into this file: 3",
        ),
        (
            |f| f["left_out"] = json!(["abcd0123: is too large"]),
            "left_out[0]: was not written into this file: \"abcd0123: is too large\"",
        ),
        (
            |f| f["accounts"][0]["people"][0]["seniority"] = json!("a b"),
            "accounts[0].people[0].seniority: expected at most 60 ASCII letters, digits, hyphens and dots, found \"a b\"; left out",
        ),
        (
            |f| f["accounts"][0]["people"][1]["id"] = json!(41),
            "accounts[0].people[1].id: another row has the id 41; this one was left out",
        ),
        (
            |f| f["accounts"][0]["people"][1]["id"] = json!(0),
            "accounts[0].people[1].id: expected a whole number from 1 to 4294967295, found 0; the row was left out",
        ),
        (|f| f["accounts"][0]["people"][1] = json!({}), "accounts[0].people[1].id: is missing; the row was left out"),
        (|f| f["accounts"][0]["people"][1]["age"] = json!(4), "accounts[0].people[1].age: no such field; left out"),
        (
            |f| f["accounts"][0]["rivals"][0]["time"] = json!(101),
            "accounts[0].rivals[0].time: expected a whole number from 0 to 100, found 101; left out",
        ),
        (|f| f["accounts"][0]["own"] = json!([]), "accounts[0].own: expected an object, found a list; left out"),
        (|f| f["accounts"][0]["own"]["id"] = json!(1), "accounts[0].own.id: no such field; left out"),
        (
            |f| f["accounts"][0]["about"]["round"] = json!("2"),
            "accounts[0].about.round: expected a whole number from 0 to 4294967295, found \"2\"; left out",
        ),
        (
            |f| f["accounts"][0]["views"][0]["round"] = Value::Null,
            "accounts[0].views[0].round: is missing; the view was left out",
        ),
        (
            |f| f["accounts"][0]["views"][1]["who"] = json!("41"),
            "accounts[0].views[1].who: expected a whole number from 0 to 4294967295, found \"41\"; the view was left out",
        ),
        (
            |f| f["accounts"][0]["views"][1]["form"] = json!(1),
            "accounts[0].views[1].form: expected \"short\" or \"full\", found 1; taken as \"short\"",
        ),
        (
            |f| f["accounts"][0]["views"][1]["answers"]["g2-01"] = json!("x"),
            "accounts[0].views[1].answers.g2-01: expected 0 to 4, \"dk\" or \"na\", found \"x\"; left out",
        ),
        (
            |f| f["accounts"][0]["invites"][0]["date"] = json!("soon"),
            "accounts[0].invites[0].date: expected a day as \"2026-11-22\", found \"soon\"; left out",
        ),
    ];
    for (number, (change, told)) in cases.into_iter().enumerate() {
        assert_eq!(only(change), told, "case {number}");
    }
}

#[test]
fn nothing_and_null_are_the_same() {
    for key in ["revision", "account", "target", "answers", "people", "own", "views"] {
        assert_eq!(faults(|f| f["accounts"][0][key] = Value::Null), Vec::<String>::new(), "{key}");
    }
    assert_eq!(faults(|f| f["accounts"][0]["answers"]["g2-01"] = Value::Null), Vec::<String>::new());
}

#[test]
fn a_key_that_stands_twice_is_told_and_the_first_is_taken() {
    for (old, new, path) in [
        ("\"company\":", "\"company\": \"Them\", \"company\":", "company"),
        ("\"revision\": 41", "\"revision\": 41, \"revision\": 42", "accounts[0].revision"),
        ("\"g2-02\": 2", "\"g2-02\": 2, \"g2-02\": 3", "accounts[0].answers.g2-02"),
        ("\"round\": 1,", "\"round\": 1, \"round\": 2,", "accounts[0].views[0].round"),
        ("\"time\": 30", "\"time\": 30, \"time\": 31", "accounts[0].rivals[0].time"),
    ] {
        assert!(EXAMPLE.contains(old), "{old}");
        let all = read(&EXAMPLE.replacen(old, new, 1)).unwrap();
        assert_eq!(all.faults, [format!("{path}: stands twice; only the first was taken")]);
        let same = all.bundle == read(EXAMPLE).unwrap().bundle;
        assert_eq!(same, path != "company");
    }
}

#[test]
fn large_files_stop_at_their_limits() {
    let of = |inside: &str| format!("{{\"format\":\"bsh-workspace\",\"version\":1,\"accounts\":[{inside}]}}");
    let no = |text: &str| read(text).unwrap_err().remove(0);
    assert!(no(&" ".repeat(SIZE_MAX + 1)).ends_with("larger than 32 MiB"));
    assert!(no(&of(&"0,".repeat(VALUES_MAX))).ends_with("more than 3,000,000 values"));
    let nested = |depth: usize| ["[".repeat(depth), "]".repeat(depth)].concat();
    assert!(Json::read(&nested(DEPTH_MAX + 1)).is_ok());
    assert!(Json::read(&nested(DEPTH_MAX + 2)).unwrap_err().what.ends_with("deep in each other"));
    assert!(no(&nested(1_000_000)).ends_with("deep in each other"));
    assert!(no(&"{\"a\":".repeat(1_000_000)).ends_with("deep in each other"));

    let accounts: Vec<String> = (0..ACCOUNTS_MAX + 3).map(|n| format!("{{\"id\":\"{n:08}\"}}")).collect();
    let all = read(&of(&accounts.join(","))).unwrap();
    assert_eq!(all.faults, ["accounts: at most 5000 accounts; 3 more were left out"]);
    assert_eq!(taken_apart(&all.bundle).1.len(), ACCOUNTS_MAX);

    let people: Vec<Value> = (1..=ROWS_MAX + 2).map(|id| json!({ "id": id })).collect();
    assert_eq!(
        only(|f| f["accounts"][0]["people"] = people.into()),
        "accounts[0].people: at most 100 rows; 2 more were left out"
    );
    let views: Vec<Value> = (1..=VIEWS_MAX + 1).map(|id| json!({ "id": id, "round": 1 })).collect();
    assert_eq!(
        only(|f| f["accounts"][0]["views"] = views.into()),
        "accounts[0].views: at most 1000 rows; 1 more were left out"
    );
    let answers: serde_json::Map<String, Value> = (0..1001).map(|n| (format!("g-{n}"), json!(1))).collect();
    let told = "accounts[0].answers: at most 999 entries; 2 more were left out";
    assert_eq!(only(|f| f["accounts"][0]["answers"] = answers.into()), told);
    let notes: serde_json::Map<String, Value> = (0..66).map(|n| (format!("g-{n}"), json!("x".repeat(1000)))).collect();
    let told = "accounts[0].views[0].notes: together longer than 65536 characters; left out";
    assert_eq!(only(|f| f["accounts"][0]["views"][0]["notes"] = notes.into()), told);
}

#[test]
fn an_account_that_cannot_be_kept_is_left_out() {
    let row = |n: usize| json!({ "id": n, "name": "x", "function": "x", "seniority": "x", "role": "x", "holder": "x" });
    // Three bytes a letter.
    let long = "字".repeat(1000);
    let goal =
        |n: usize| json!({ "id": n, "player": "x", "role": "x", "opportunity": "x", "strength": "x", "text": long });
    let told = only(|f| {
        let account = &mut f["accounts"][0];
        for key in ["answers", "notes"] {
            let entry = |n| (format!("g-{n}"), if key == "notes" { json!(long) } else { json!(1) });
            account[key] = Value::Object((0..999).map(entry).collect());
        }
        account["ticked"] = (0..999).map(|n| format!("t-{n}")).collect();
        account["confirmed"] = (0..999).map(|n| format!("c-{n}")).collect();
        account["people"] = (1..=100).map(row).collect();
        account["goals"] = (1..=100).map(goal).collect();
        account["views"] = (1..=1000).map(|id| json!({ "id": id, "round": 1, "answers": { "g-1": 1 } })).collect();
    });
    assert_eq!(told, "accounts[0]: is too large to be kept; left out");
}

#[test]
fn at_most_100_faults_are_listed() {
    let many: Vec<Value> = (0..140).map(Value::from).collect();
    let all = faults(|f| f["accounts"][0]["ticked"] = many.into());
    assert_eq!((all.len(), all[100].as_str()), (101, "and 40 more"));
}

#[test]
fn huge_numbers_are_only_not_taken() {
    for number in
        ["1e999", "-0", "123456789012345678901234567890", "0.5", "9223372036854775807", "-9223372036854775808"]
    {
        let all = read(&EXAMPLE.replacen("\"revision\": 41", &format!("\"revision\": {number}"), 1)).unwrap();
        let zero = number == "-0";
        assert_eq!(all.faults.len(), usize::from(!zero), "{number}: {:?}", all.faults);
        assert_eq!(taken_apart(&all.bundle).1[0].1.revision, 0);
    }
}

#[test]
fn what_cannot_be_written_is_named_in_the_file() {
    let text = "bsh-answers 3 4 ab\ng2-01=3\ng2-02=7\nfuture=yes\nlist.1.x=2\nabout.1.round=soon\n";
    let code = List::Views.spec().code;
    let text = format!("{text}{code}=1\n{code}.1.head=x\n");
    let bundle =
        format!("Us\u{1e}abcd0123\n{text}\u{1e}abcd0124\nrubbish\u{1e}abcd0125\nbsh-answers 9 1 ab\n\u{1e}no\n{FIRST}");
    let written = write(&bundle);
    let file: Value = serde_json::from_str(&written).unwrap();
    assert_eq!(file["accounts"].as_array().unwrap().len(), 1);
    assert_eq!(file["accounts"][0]["left_out"], json!(5));
    let told =
        ["abcd0124: could not be read", "abcd0125: was saved by a newer version of this program", "no: not an id"];
    assert_eq!(file["left_out"], json!(told));
    let all = read(&written).unwrap();
    assert_eq!(all.faults.len(), 4);
    assert_eq!(taken_apart(&all.bundle).1[0].1.get("g2-01"), Some("3"));
}

#[test]
fn a_full_browser_fits_into_one_file() {
    // As many accounts as fit into 5 Mi units, all of them full of long rounds.
    let model = &survey().instruments[0].model;
    let mut sheet = fresh(Form::Full).sheet(0);
    sheet.form = Form::Full;
    for (slot, (_, item)) in sheet.answers.iter_mut().zip(model.items()) {
        *slot = item.scale.answer(4);
    }
    let view = View::of_sheet(model, &sheet, (3, Some(41)), "2026-11-22", &edition().hash);
    let mut draft = fresh(Form::Full);
    for id in 1..=40 {
        for (field, text) in view.fields() {
            draft.rows.set(List::Views, id, field, &text);
        }
    }
    let text = Fields::of(survey(), &draft, 1).write();
    let mut bundle = "Us".to_string();
    let mut number = 0;
    while bundle.len() < 5 * 1024 * 1024 {
        bundle += &format!("\u{1e}{number:08}\n{text}");
        number += 1;
    }
    let written = write(&bundle);
    assert!(written.len() < SIZE_MAX, "{} bytes of {}", written.len(), bundle.len());
    let all = read(&written).unwrap();
    assert_eq!((all.faults.len(), taken_apart(&all.bundle).1.len()), (0, number));
}

#[test]
fn schema_is_fresh() {
    let stored = include_str!("../../docs/workspace.schema.json");
    assert!(stored == schema::schema(), "run: cargo run --bin bsh -- schema workspace > docs/workspace.schema.json");
}

#[test]
fn the_schema_takes_the_example_and_not_its_faults() {
    let schema: Value = serde_json::from_str(&schema::schema()).unwrap();
    let example: Value = serde_json::from_str(EXAMPLE).unwrap();
    assert!(fits(&schema, &schema, &example));
    let wrong: [fn(&mut Value); 9] = [
        |f| f["version"] = json!(2),
        |f| f["format"] = json!("x"),
        |f| f["colour"] = json!(1),
        |f| drop(f["accounts"][0].as_object_mut().unwrap().remove("id")),
        |f| f["accounts"][0]["people"][0]["age"] = json!(1),
        |f| f["accounts"][0]["own"]["time"] = json!(101),
        |f| f["accounts"][0]["answers"]["g2-01"] = json!(5),
        |f| f["accounts"][0]["views"][0]["round"] = json!(0),
        |f| f["accounts"][0]["form"] = json!("long"),
    ];
    for (number, change) in wrong.into_iter().enumerate() {
        let mut file = example.clone();
        change(&mut file);
        assert!(!fits(&schema, &schema, &file), "change {number}");
        let read = read(&file.to_string());
        assert!(read.is_err() || read.is_ok_and(|all| !all.faults.is_empty()), "change {number}");
    }
}

#[cfg(feature = "qr")]
mod qr {
    use buy_sell_hierarchy::toolbox::qr;
    use proptest::prelude::*;

    /// The modules of a code by row, dark ones true, with nothing but its path to go by.
    fn drawn(code: &str) -> Vec<Vec<bool>> {
        let (side, path) = code.split_once(' ').unwrap();
        let side: usize = side.parse().unwrap();
        let mut rows = vec![vec![false; side]; side];
        for piece in path.split_terminator('z') {
            let (at, run) = piece.strip_prefix('M').unwrap().split_once('h').unwrap();
            let (x, y) = at.split_once(' ').unwrap();
            let (x, y): (usize, usize) = (x.parse().unwrap(), y.parse().unwrap());
            let (forth, back) = run.split_once("v1h-").unwrap();
            assert_eq!(forth, back);
            for slot in &mut rows[y][x..x + forth.parse::<usize>().unwrap()] {
                assert!(!*slot, "drawn twice");
                *slot = true;
            }
        }
        rows
    }

    /// What a reader of QR codes sees in it, drawn with three pixels a module.
    fn seen(code: &str) -> String {
        const PIXELS: usize = 3;
        let rows = drawn(code);
        let dark = |x: usize, y: usize| rows[y / PIXELS][x / PIXELS];
        let side = rows.len() * PIXELS;
        let mut image =
            rqrr::PreparedImage::prepare_from_greyscale(side, side, |x, y| if dark(x, y) { 0 } else { 255 });
        let grids = image.detect_grids();
        assert_eq!(grids.len(), 1);
        let (meta, text) = grids[0].decode().unwrap();
        // 0 is level M; 3, 2 and 1 are levels Q, H and L in the format information.
        assert_ne!(meta.ecc_level, 1);
        text
    }

    #[test]
    fn a_link_is_read_back() {
        for text in [
            "A",
            "https://example.org/bsh/#i=1.0123456789abcdef.en.Metal%20Supplies.purchasing.zz91kq0a",
            "Åsa, 你好",
            &"https://example.org/#".repeat(40),
        ] {
            assert_eq!(seen(&qr(text)), text);
        }
    }

    #[test]
    fn it_has_finders_and_a_quiet_zone() {
        let rows = drawn(&qr("https://example.org/"));
        let side = rows.len();
        // Version 2 has 25 modules.
        assert_eq!(side, 25 + 8);
        let inside = 4..side - 4;
        for (y, row) in rows.iter().enumerate() {
            for (x, dark) in row.iter().enumerate() {
                assert!(!dark || (inside.contains(&x) && inside.contains(&y)));
            }
        }
        const FINDER: [&str; 7] = ["#######", "#.....#", "#.###.#", "#.###.#", "#.###.#", "#.....#", "#######"];
        for (left, top) in [(4, 4), (side - 11, 4), (4, side - 11)] {
            for (y, line) in FINDER.iter().enumerate() {
                let drawn: String = (0..7).map(|x| if rows[top + y][left + x] { '#' } else { '.' }).collect();
                assert_eq!(drawn, *line);
            }
        }
    }

    #[test]
    fn what_is_too_long_gives_nothing() {
        assert_eq!(drawn(&qr(&"x".repeat(2331))).len(), 177 + 8);
        assert_eq!(qr(&"x".repeat(2332)), "");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]
        #[test]
        fn any_text_is_read_back(text in "[ -~]{1,300}") {
            prop_assert_eq!(seen(&qr(&text)), text);
        }
    }
}
