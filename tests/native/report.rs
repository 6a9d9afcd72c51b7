//! `bsh report`: a file of accounts in, one line an account out, as JSON and as a table.

use crate::cli::{bsh, example, file, text};
use crate::support::{answered, edition, filled, fresh, hierarchy, survey, with_row};
use buy_sell_hierarchy::domain::draft::Draft;
use buy_sell_hierarchy::domain::model::Form;
use buy_sell_hierarchy::domain::rows::{List, at};
use buy_sell_hierarchy::domain::views::View;
use buy_sell_hierarchy::report::csv::{Cell, row};
use buy_sell_hierarchy::storage::codec::Fields;
use buy_sell_hierarchy::toolbox;
use proptest::prelude::*;
use serde_json::{Value, json};

const TWO: &str = "g2=4 g3=1 g4=0 g5=0";
const THREE: &str = "g2=4 g3=3 g4=0 g5=0";

/// A draft with these answers to the items that the short form asks.
fn short(words: &str) -> Draft {
    let mut draft = filled(Form::Short, words);
    for (answer, (_, item)) in draft.given[0].answers.iter_mut().zip(hierarchy().items()) {
        answer.take_if(|_| !item.short);
    }
    draft
}

fn with_view(draft: Draft, (round, who, day): (u32, u32, &str), words: &str) -> Draft {
    let sheet = short(words).sheet(0);
    let view = View::of_sheet(&hierarchy(), &sheet, (round, (who > 0).then_some(who)), day, &edition().hash);
    let fields = view.fields();
    let fields: Vec<(usize, &str)> = fields.iter().map(|(at, text)| (*at, text.as_str())).collect();
    with_row(draft, List::Views, &fields)
}

/// The account of the example in the docs: somebody at the customer says 2500 in the first round and 3000 in the second
/// one, where the own view is 2500.
fn metal_works() -> Draft {
    metal_works_since(1)
}

/// The same with another person in the first round; 0 for the own view.
fn metal_works_since(who: u32) -> Draft {
    let about =
        [(at::ACCOUNT_OWNER, "Karin"), (at::TAGS, "north, key account"), (at::REMIND, "2027-02-01"), (at::ROUND, "2")];
    let mut draft = with_row(short(TWO), List::About, &about);
    draft.date = "2026-08-03".into();
    draft = with_row(draft, List::People, &[(at::NAME, "A. B."), (at::ROLE, "sponsor")]);
    draft = with_view(draft, (1, who, "2026-02-02"), TWO);
    with_view(draft, (2, 1, "2026-08-12"), THREE)
}

/// A file of accounts as the page exports it.
fn exported(name: &str, drafts: &[(&str, Draft)]) -> String {
    let accounts = drafts.iter().map(|(id, draft)| format!("\u{1e}{id}\n{}", Fields::of(survey(), draft, 3).write()));
    let accounts: String = accounts.collect();
    let bundle = if accounts.is_empty() { "Nordic\u{1e}".into() } else { format!("Nordic{accounts}") };
    file(name, "workspace.json", toolbox::write(&bundle))
}

/// The lines of the report as JSON; nothing may be wrong.
fn report(name: &str, drafts: &[(&str, Draft)]) -> Vec<Value> {
    let output = bsh(&["report", &exported(name, drafts)], b"");
    assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), ""));
    text(&output.stdout).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn the_example_of_the_docs_holds() {
    let path = exported("report-docs", &[("a1B2c3D4", metal_works())]);
    let output = bsh(&["report", &path], b"");
    assert_eq!(text(&output.stderr), "");
    assert_eq!(text(&output.stdout), example("{\"id\":\"a1B2c3D4\"") + "\n");
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn an_account_that_says_nothing_yet() {
    let [blank] = &report("report-blank", &[("00000000", fresh(Form::Short))])[..] else { panic!("one line") };
    let expected = json!({"id": "00000000", "account": "Metal Works", "part": null, "owner": null, "tags": [],
        "headline": null, "gap": null, "agreement": [], "movement": null, "rounds": 0, "lastDate": null,
        "remind": null});
    assert_eq!(*blank, expected);
    assert_eq!(report("report-none", &[]), Vec::<Value>::new());
}

#[test]
fn what_is_told_is_of_the_last_round_that_has_a_headline() {
    let mut draft = with_row(fresh(Form::Short), List::About, &[(at::ROUND, "4"), (at::TAGS, " , a,,b ,")]);
    for role in ["user", "buyer", "user"] {
        draft = with_row(draft, List::People, &[(at::ROLE, role)]);
    }
    draft = with_view(draft, (1, 1, "2024-01-01"), THREE);
    for (who, words) in [(1, TWO), (2, TWO), (3, "g2=4 g3=4 g4=4 g5=0")] {
        draft = with_view(draft, (2, who, "2025-01-01"), words);
    }
    // Answered, but not enough for a level; the present round is blank.
    draft = with_view(draft, (3, 0, "2026-01-01"), "g2-01=3");
    let found = report("report-last", &[("a0000000", draft.clone()), ("b0000000", answered(draft, "g2-01=dk"))]);
    let told = |value: &Value| {
        let headline = &value["headline"];
        json!([
            headline["whose"],
            headline["raters"],
            headline["level"],
            value["movement"],
            value["rounds"],
            value["lastDate"]
        ])
    };
    assert_eq!(told(&found[0]), json!(["customer", 3, 2, "down", 3, "2026-01-01"]));
    assert_eq!(told(&found[1]), json!(["customer", 3, 2, "down", 4, "2026-11-22"]));
    assert_eq!(found[0]["tags"], json!(["a", "b"]));
    // Gate 3 is 1, 1, 4: variance 2, deviation 4/3. All agree about gates 2 and 5.
    let gates = found[0]["agreement"].as_array().unwrap();
    assert_eq!(gates.len(), 4);
    assert_eq!(gates[1], json!({"gate": 3, "rwg": 0.5, "ad": 1.333, "disagree": true}));
    assert_eq!(gates[3], json!({"gate": 5, "rwg": 1.0, "ad": 0.0, "disagree": false}));
}

/// The table of a report.
fn table(name: &str, drafts: &[(&str, Draft)]) -> String {
    let output = bsh(&["report", &exported(name, drafts), "--format", "csv"], b"");
    assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), ""));
    text(&output.stdout).into()
}

#[test]
fn the_table_has_a_mark_a_head_and_a_row_an_account() {
    let told = table("report-table", &[("a1B2c3D4", metal_works()), ("00000000", fresh(Form::Short))]);
    let head = "\u{feff}id,account,part,owner,tags,whose,raters,level,position,low,high,confidence,reasons,gap,gapSize,\
                rwg2,ad2,disagree2,rwg3,ad3,disagree3,rwg4,ad4,disagree4,rwg5,ad5,disagree5,\
                movement,rounds,lastDate,remind\r\n";
    let one = "a1B2c3D4,Metal Works,,Karin,\"north, key account\",customer,1,3,3.0,3.0,3.0,B,one-customer-rater,-0.5,aligned,\
               ,,,,,,,,,,,,up,2,2026-08-12,2027-02-01\r\n";
    let blank = "00000000,Metal Works,,,,,,,,,,,,,,,,,,,,,,,,,,,0,,\r\n";
    assert_eq!(told, [head, one, blank].concat());
    assert_eq!(head.matches(',').count(), one.matches(',').count() - 1, "as many cells, and a comma within one");
}

#[test]
fn the_own_view_and_then_the_customers_is_no_movement() {
    let drafts = [("a1B2c3D4", metal_works_since(0))];
    let [told] = &report("report-other", &drafts)[..] else { panic!("one line") };
    assert_eq!((&told["headline"]["whose"], &told["movement"]), (&json!("customer"), &json!("other-view")));
    let rows = table("report-other-table", &drafts);
    assert!(rows.ends_with(",other-view,2,2026-08-12,2027-02-01\r\n"), "{rows}");
}

#[test]
fn agreement_stands_in_the_table_too() {
    let mut draft = fresh(Form::Short);
    for who in 1..=3 {
        let words = if who < 3 { TWO } else { "g2=4 g3=4 g4=4 g5=0" };
        draft = with_view(draft, (1, who, "2026-01-01"), words);
    }
    let told = table("report-agree", &[("a1B2c3D4", draft)]);
    assert!(told.contains(",1.0,0.0,no,0.5,1.333,yes,"), "{told}");
}

#[test]
fn no_text_of_an_account_becomes_a_formula() {
    let mut draft = fresh(Form::Short);
    draft.account = "=1+1".into();
    draft.part = "-0.4".into();
    let about = [(at::ACCOUNT_OWNER, "@SUM(\"a\",1)"), (at::TAGS, "\u{ff0b}a, =b")];
    let told = table("report-formula", &[("a1B2c3D4", with_row(draft, List::About, &about))]);
    let row = told.lines().nth(1).unwrap();
    assert!(row.starts_with("a1B2c3D4,\"'=1+1\",\"'-0.4\",\"'@SUM(\"\"a\"\",1)\",\"'\u{ff0b}a, =b\","), "{row}");
}

fn written(cells: Vec<Cell>) -> String {
    let mut out = String::new();
    row(&mut out, cells);
    out
}

#[test]
fn a_cell_is_quoted_and_defused_where_it_must_be() {
    let table = [
        ("", ""),
        ("plain", "plain"),
        ("two words", "two words"),
        ("a-b = c", "a-b = c"),
        ("1,5", "\"1,5\""),
        ("a;b", "\"a;b\""),
        ("say \"so\"", "\"say \"\"so\"\"\""),
        ("a\nb", "\"a\nb\""),
        ("a\r\nb", "\"a\r\nb\""),
        (" a", "\" a\""),
        ("=a", "\"'=a\""),
        ("+a", "\"'+a\""),
        ("-a", "\"'-a\""),
        ("@a", "\"'@a\""),
        ("-", "\"'-\""),
        ("\ta", "\"'\ta\""),
        ("\ra", "\"'\ra\""),
        ("\na", "\"'\na\""),
        ("\u{ff1d}a", "\"'\u{ff1d}a\""),
        ("\u{ff0b}a", "\"'\u{ff0b}a\""),
        ("\u{ff0d}a", "\"'\u{ff0d}a\""),
        ("\u{ff20}a", "\"'\u{ff20}a\""),
        ("  =a", "\"'  =a\""),
        ("\u{a0}=a", "\"'\u{a0}=a\""),
        ("\0=a", "\"'\0=a\""),
        ("\u{feff}\u{200b} =a", "\"'\u{feff}\u{200b} =a\""),
        ("\"=a", "\"\"\"=a\""),
        ("'=a", "'=a"),
    ];
    for (text, cell) in table {
        assert_eq!(written(vec![Cell::Text(text)]), format!("{cell}\r\n"), "{text:?}");
    }
    // A number is one, whatever its sign.
    let numbers = [(-400, "-0.4"), (400, "0.4"), (0, "0.0"), (-1, "-0.001"), (3166, "3.166"), (-4000, "-4.0")];
    for (thousandths, cell) in numbers {
        assert_eq!(written(vec![Cell::Thousandths(thousandths)]), format!("{cell}\r\n"));
        assert_eq!(cell.parse::<f64>().map(|value| (value * 1000.0).round() as i32), Ok(thousandths));
    }
    assert_eq!(written(vec![Cell::Whole(12), Cell::Blank, Cell::Text("a")]), "12,,a\r\n");
}

/// Reads a row as RFC 4180 says.
fn cells(mut row: &str) -> Vec<String> {
    let mut cells = Vec::new();
    loop {
        let mut cell = String::new();
        if let Some(mut rest) = row.strip_prefix('"') {
            loop {
                let (part, after) = rest.split_once('"').expect("a quoted cell has an end");
                cell.push_str(part);
                rest = after;
                match rest.strip_prefix('"') {
                    Some(after) => {
                        cell.push('"');
                        rest = after;
                    }
                    None => break,
                }
            }
            row = rest;
        } else {
            let end = row.find([',', '\r']).expect("a row has an end");
            assert!(!row[..end].contains(['"', '\n']), "{row:?}");
            cell.push_str(&row[..end]);
            row = &row[end..];
        }
        cells.push(cell);
        match row.strip_prefix(',') {
            Some(rest) => row = rest,
            None => break,
        }
    }
    assert_eq!(row, "\r\n");
    cells
}

proptest! {
    #[test]
    fn what_stands_in_a_table_is_read_again_and_runs_nowhere(
        texts in prop::collection::vec(prop_oneof!["[=+@\\-\t\r\n \"',;a＝＠]{0,6}", ".*", any::<String>()], 1..6),
    ) {
        let found = cells(&written(texts.iter().map(|text| Cell::Text(text)).collect()));
        prop_assert_eq!(found.len(), texts.len());
        for (cell, text) in found.iter().zip(&texts) {
            prop_assert!(cell == text || cell.strip_prefix('\'') == Some(text));
            prop_assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']), "{cell:?}");
        }
    }
}

#[test]
fn what_cannot_be_used_is_told_with_its_path_and_the_rest_is_written() {
    let path = exported("report-faults", &[("a1B2c3D4", metal_works()), ("00000000", fresh(Form::Short))]);
    let mut value: Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
    value["accounts"][1]["date"] = json!("tomorrow");
    value["accounts"][0]["answers"]["g9-01"] = json!(3);
    std::fs::write(&path, value.to_string()).unwrap();
    let output = bsh(&["report", &path], b"");
    let told: Vec<&str> = text(&output.stderr).lines().collect();
    assert_eq!((output.status.code(), told.len()), (Some(1), 3), "{told:?}");
    assert_eq!(told[0], format!("{path}:"));
    assert!(told[1].contains("accounts[1].date: expected "), "{told:?}");
    assert_eq!(told[2], "account a1B2c3D4: 1 value without a place in this pack");
    let lines: Vec<&str> = text(&output.stdout).lines().collect();
    assert_eq!((lines.len(), lines[0]), (2, &*example("{\"id\":\"a1B2c3D4\"")));
}

#[test]
fn a_file_that_is_something_else_is_refused() {
    for (content, fault) in [
        (&b"{}"[..], "not a workspace file: "),
        (b"nonsense", "not JSON that can be read, at line 1"),
        (b"", "not JSON that can be read"),
        (b"{\"format\":\"bsh-workspace\",\"version\":99}", "this file has version 99"),
        (b"{\"a\":\"\xff\"}", "not UTF-8 at byte 7"),
    ] {
        let path = file("report-refused", "other.json", content);
        let output = bsh(&["report", &path], b"");
        assert_eq!((output.status.code(), text(&output.stdout)), (Some(1), ""), "{fault}");
        let told = text(&output.stderr);
        assert!(told.starts_with(&format!("{path}:")) && told.contains(fault), "{told}");
    }
}

#[test]
fn a_pack_without_levels_has_nothing_to_report() {
    use buy_sell_hierarchy::cli::report::{Format, report};
    let mut other = survey().clone();
    other.instruments.remove(0);
    let mut faults = Vec::new();
    assert!(report(&other, "x", "Nordic\u{1e}", Format::Json, &mut faults).is_err());
    // Nor has a bundle with a record that is none.
    let told = report(survey(), "x", "Nordic\u{1e}a\u{1e}b\nbsh-answers 99 1 x", Format::Json, &mut faults);
    assert!(told.is_ok_and(|told| told.is_empty()));
    assert_eq!(faults, ["account a: cannot be read", "account b: was written by a newer version of this program"]);
}
