//! The command line: the built program with good, bad and mixed input.

use crate::support::{PACK, TEXTS, hierarchy, index, short, written};
use buy_sell_hierarchy::cli::score::{LINE_MAX, Summary, stream};
use buy_sell_hierarchy::domain::model::{Form, Kind, Perspective, Survey};
use buy_sell_hierarchy::domain::scorecard::Scorecard;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

pub fn bsh(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_bsh"))
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    let writer = std::thread::spawn(move || {
        // A program that stops early leaves its input unread.
        let _ = stdin.write_all(&input);
    });
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    output
}

pub fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

/// The lines of standard output, and the exit code.
fn score(input: impl AsRef<[u8]>) -> (Vec<String>, i32) {
    let output = bsh(&["score"], input.as_ref());
    (text(&output.stdout).lines().map(String::from).collect(), output.status.code().unwrap())
}

/// The error of a single bad line.
fn error(line: impl AsRef<[u8]>) -> String {
    let (lines, code) = score(line);
    assert_eq!((lines.len(), code), (1, 1), "{lines:?}");
    let value: Value = serde_json::from_str(&lines[0]).unwrap();
    assert_eq!(value.as_object().unwrap().keys().len(), 2, "id and error only");
    value["error"].as_str().unwrap().into()
}

fn scratch(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

pub fn file(folder: &str, name: &str, content: impl AsRef<[u8]>) -> String {
    let path = scratch(folder).join(name);
    std::fs::write(&path, content).unwrap();
    path.to_str().unwrap().into()
}

/// Gate 2 at 24/24, gate 3 at 16/24, gate 4 at 2/24 and capped, gate 5 at 0 and capped, as in scoring.rs.
const SHEET: &str = r#"{"id":"a1","perspective":"own","answers":{"g2-01":4,"g2-02":4,"g2-03":4,"g2-04":4,"g2-05":4,"g2-06":4,"g3-01":3,"g3-02":3,"g3-03":3,"g3-04":3,"g3-05":2,"g3-06":2,"g4-01":1,"g4-02":1,"g4-03":0,"g4-04":0,"g4-05":0,"g4-06":0,"g5-01":0,"g5-02":0,"g5-03":0,"g5-04":0,"g5-05":0,"g5-06":0},"signals":["c-01"],"notes":{"g4-03":"..."}}"#;

#[test]
fn one_sheet_gives_one_line_with_the_keys_in_order() {
    let expected = concat!(
        r#"{"id":"a1","level":3,"upTo":3,"position":3166,"low":3166,"high":3166,"gates":{"#,
        r#""2":{"percent":100.0,"rating":"F","determined":true,"capped":false,"answered":6,"applicable":6},"#,
        r#""3":{"percent":66.7,"rating":"L","determined":true,"capped":false,"answered":6,"applicable":6},"#,
        r#""4":{"percent":8.3,"rating":"N","determined":true,"capped":true,"answered":6,"applicable":6},"#,
        r#""5":{"percent":0.0,"rating":"N","determined":true,"capped":true,"answered":6,"applicable":6}},"#,
        r#""confidence":{"grade":"C","reasons":["own-view-only"]},"consistency":{"g":0.0,"pairs":[]},"#,
        r#""whyNotHigher":["g3-02","g3-05","g3-06","g4-04","g4-01","g4-03"],"undetermined":null,"#,
        r#""contradiction":false,"uniform":false,"#,
        r#""profile":{"competition":83,"price":13,"features":0,"importance":4},"instruments":{},"#,
        r#""readings":[{"id":"chasm","facts":["hierarchy.level"]}],"suggestions":["#,
        r#"{"method":"value-chain","because":"g3-02"},{"method":"contact-map","because":"g3-06"},"#,
        r#"{"method":"problem-definition","because":"g4-04"},{"method":"senior-executives","because":"g4-01"},"#,
        r#"{"method":"consultative","because":"c-01"}]}"#,
    );
    assert_eq!(score(SHEET), (vec![expected.to_string()], 0));
}

/// The only result of a line that has no fault.
fn result(line: &str) -> Value {
    let (lines, code) = score(line);
    assert_eq!((lines.len(), code), (1, 0), "{lines:?}");
    serde_json::from_str(&lines[0]).unwrap()
}

/// An example out of the docs that begins like this, its lines joined.
pub fn example(start: &str) -> String {
    let docs = include_str!("../../docs/bsh.md");
    let lines = docs.lines().skip_while(|line| !line.starts_with(&format!("    {start}")));
    let lines: String = lines.take_while(|line| line.starts_with("    ")).map(str::trim_start).collect();
    assert!(!lines.is_empty(), "no example begins with {start}");
    lines
}

#[test]
fn the_examples_of_the_docs_hold() {
    let (sheet, _) = score(example("{\"id\":\"a1\",\"perspective\":\"own\""));
    assert!(sheet[0].starts_with("{\"id\":\"a1\",\"level\":null"), "{}", sheet[0]);
    let told = example("{\"id\":\"metal-works\",\"rounds\"");
    assert_eq!(score(example("{\"id\":\"metal-works\",\"views\"")), (vec![told], 0));
}

/// A view whose gates have these values; events have the next lower one that they can have.
fn view(head: &str, gates: [u8; 4]) -> String {
    let value = |gate: usize, item: u8| match (gate, item) {
        (0, 3 | 6) | (3, 6) => gates[gate] / 2 * 2,
        (2, 3..=5) => gates[gate] / 2 * 2,
        _ => gates[gate],
    };
    let answers = (0..4).flat_map(|gate| (1..=6).map(move |item| (gate, item)));
    let answers = answers.map(|(gate, item)| format!("\"g{}-0{item}\":{}", gate + 2, value(gate, item)));
    format!("{{{head},\"answers\":{{{}}}}}", answers.collect::<Vec<_>>().join(","))
}

fn views(views: &[String]) -> String {
    format!("{{\"id\":7,\"views\":[{}]}}", views.join(","))
}

#[test]
fn several_views_of_one_round_and_of_several() {
    // At 3000, 4357 and 2500; gate 3 of the second one is 4, of the third one 1.
    let line = views(&[
        view(r#""round":3,"who":" AB ","role":"é \"1\"","view":"customer""#, [4, 3, 0, 0]),
        view(r#""round":1,"view":"own","date":"2025-01-02""#, [4, 4, 3, 1]),
        view(r#""round":3,"view":"customer","date":"2026-01-02""#, [4, 1, 0, 0]),
        view(r#""round":3,"role":"user","view":"customer","date":"2025-12-30""#, [4, 4, 3, 1]),
        view(r#""round":2,"view":null,"who":null,"role":null,"date":null"#, [4, 3, 0, 0]),
        view(r#""round":4,"role":"user","view":"customer""#, [4, 3, 0, 0]),
    ]);
    let value = result(&line);
    assert_eq!(value["id"], json!(7));
    let [one, two, three, four] = &value["rounds"].as_array().unwrap()[..] else { panic!("{value}") };
    assert_eq!(value.as_object().unwrap().len(), 2);
    let numbers = |round: &Value| {
        let headline = &round["headline"];
        json!([round["round"], headline["whose"], headline["raters"], headline["level"], headline["position"]])
    };
    assert_eq!(numbers(one), json!([1, "own", 1, 4, 4357]));
    assert_eq!(numbers(two), json!([2, "own", 1, 3, 3000]));
    assert_eq!(numbers(three), json!([3, "customer", 3, 3, 3000]));
    assert_eq!(numbers(four), json!([4, "customer", 1, 3, 3000]));
    let told = |key: &str| json!([one, two, three, four].map(|round| &round[key]));
    // Own view after own view, the customer's after the own one, the customer's after the customer's.
    assert_eq!(told("movement"), json!([null, "down", "other-view", "within"]));
    assert_eq!(told("date"), json!(["2025-01-02", null, "2026-01-02", null]));
    assert_eq!(told("gap"), json!([null, null, null, null]));
    assert_eq!(three["headline"]["confidence"]["grade"], json!("A"));
    // Gate 3 is 3, 1, 4: variance 14/9, deviation 10/9. Gate 5 is 0, 0, 1 and its event 0: 5/6 of 2/9 and of 4/9.
    let gate = |index: usize| three["agreement"][index].clone();
    assert_eq!(gate(1), json!({"gate": 3, "rwg": 0.611, "ad": 1.111, "disagree": true}));
    assert_eq!(gate(3), json!({"gate": 5, "rwg": 0.954, "ad": 0.37, "disagree": false}));
    assert_eq!(
        three["camps"],
        json!([
            {"role": "é \"1\"", "raters": 1, "position": 3000},
            {"role": null, "raters": 1, "position": 2500},
            {"role": "user", "raters": 1, "position": 4357},
        ])
    );
    let first = json!({"who": "AB", "role": "é \"1\"", "view": "customer", "level": 3, "position": 3000,
        "range": [3000, 3000], "grade": "B"});
    assert_eq!(three["raters"][0], first);
}

#[test]
fn a_gap_below_zero_and_people_who_agree() {
    let line = views(&[
        view(r#""view":"own""#, [4, 1, 0, 0]),
        view(r#""view":"customer","who":"A""#, [4, 3, 0, 0]),
        view(r#""view":"customer","who":"B""#, [4, 3, 0, 0]),
        view(r#""view":"customer","who":"C""#, [4, 3, 0, 0]),
    ]);
    let round = &result(&line)["rounds"][0];
    assert_eq!((&round["round"], &round["gap"]), (&json!(1), &json!({"value": -500, "size": "aligned"})));
    assert_eq!((&round["camps"], &round["raters"][0]["view"]), (&json!([]), &json!("own")));
    assert_eq!(round["headline"]["confidence"], json!({"grade": "B", "reasons": ["one-customer-role"]}));
}

#[test]
fn views_without_a_level_and_no_views_at_all() {
    assert_eq!(score(r#"{"views":[],"id":"n"}"#), (vec![r#"{"id":"n","rounds":[]}"#.into()], 0));
    let round = &result(r#"{"views":[{"view":"customer","answers":{}}]}"#)["rounds"][0];
    assert_eq!((&round["headline"], &round["gap"], &round["movement"]), (&Value::Null, &Value::Null, &Value::Null));
    let person = json!({"who": null, "role": null, "view": "customer", "level": null, "position": null,
        "range": [1000, 5000], "grade": "D"});
    assert_eq!(round["raters"], json!([person]));
}

#[test]
fn a_view_says_what_the_library_says_of_its_sheet() {
    let alone = format!("{{\"perspective\":\"customer\",{}", &view("", [4, 4, 3, 3])[2..]);
    let alone = alone.replace("}}", r#"},"notes":{"g5-01":"x"},"signals":["c-01","c-02"],"risks":["r-01"]}"#);
    let (sheet, view) = (result(&alone), alone.replace("\"perspective\"", "\"view\""));
    let round = &result(&views(&[view]))["rounds"][0];
    for key in ["level", "position", "confidence"] {
        assert_eq!(round["headline"][key], sheet[key], "{key}");
    }
    assert!(sheet["confidence"]["reasons"].as_array().unwrap().len() > 2, "{sheet}");
}

#[test]
fn nothing_is_carried_over_from_view_to_view() {
    let full = view(r#""view":"customer","signals":["c-01","c-02"],"notes":{"g4-01":"x"}"#, [4, 4, 4, 4]);
    let blank = r#"{"view":"customer","answers":{}}"#.to_string();
    let round = &result(&views(&[full.clone(), blank.clone(), full]))["rounds"][0];
    let alone = &result(&views(&[blank]))["rounds"][0];
    assert_eq!(round["raters"][1], alone["raters"][0]);
    assert_eq!(round["raters"][0], round["raters"][2]);
    // Nor from such a line to the next one.
    let (lines, code) = score(format!("{}\n{SHEET}\n", views(&[view("\"round\":2", [4, 4, 4, 4])])));
    assert_eq!((&lines[1..], code), (&score(SHEET).0[..], 0));
}

#[test]
fn every_fault_of_a_view_has_its_path() {
    let table = [
        (r#"{"views":{}}"#, "$.views: expected a list of objects, found an object"),
        (r#"{"views":null}"#, "$.views: expected a list of objects, found null"),
        (r#"{"views":[],"views":[]}"#, "$.views: given twice"),
        (r#"{"views":[],"answers":{}}"#, "$.answers: not beside views"),
        (r#"{"own":{},"views":[],"perspective":"own"}"#, "$.perspective: not beside views; $.own: not beside views"),
        (r#"{"views":[3]}"#, "$.views[0]: expected an object with answers, found 3"),
        (r#"{"views":[{"view":"customer"}]}"#, "$.views[0].answers: missing"),
        (r#"{"views":[{"answers":{},"answers":{}}]}"#, "$.views[0].answers: given twice"),
        (r#"{"views":[{"answers":{},"a b":1}]}"#, r#"$.views[0]["a b"]: unknown key"#),
        (r#"{"views":[{"answers":{},"perspective":"own"}]}"#, "$.views[0].perspective: unknown key"),
        (r#"{"views":[{"answers":[]}]}"#, "$.views[0].answers: expected an object, found a list"),
        (
            r#"{"views":[{"answers":{},"view":"customer"},{"answers":{"g2-01":5}}]}"#,
            r#"$.views[1].answers.g2-01: expected 0, 1, 2, 3, 4, "dk", "na" or null, found 5"#,
        ),
        (r#"{"views":[{"answers":{"g9-01":1}}]}"#, "$.views[0].answers.g9-01: unknown item"),
        (r#"{"views":[{"answers":{"g2-01":1,"g2-01":1}}]}"#, "$.views[0].answers.g2-01: given twice"),
        (
            r#"{"views":[{"answers":{},"notes":{"g2-01":1}}]}"#,
            "$.views[0].notes.g2-01: expected a text or null, found 1",
        ),
        (r#"{"views":[{"answers":{},"notes":3}]}"#, "$.views[0].notes: expected an object, found 3"),
        (
            r#"{"views":[{"answers":{},"signals":["c-01","x"]}]}"#,
            r#"$.views[0].signals[1]: expected the id of a signal, found "x""#,
        ),
        (r#"{"views":[{"answers":{},"risks":["r-01","r-01"]}]}"#, "$.views[0].risks[1]: given twice"),
        (r#"{"views":[{"answers":{},"risks":{}}]}"#, "$.views[0].risks: expected a list of ids, found an object"),
        (
            r#"{"views":[{"answers":{},"round":0}]}"#,
            "$.views[0].round: expected a whole number from 1 to 9999 or null, found 0",
        ),
        (
            r#"{"views":[{"answers":{},"round":"2"}]}"#,
            r#"$.views[0].round: expected a whole number from 1 to 9999 or null, found "2""#,
        ),
        (r#"{"views":[{"answers":{},"who":1}]}"#, "$.views[0].who: expected a text or null, found 1"),
        (r#"{"views":[{"answers":{},"role":[]}]}"#, "$.views[0].role: expected a text or null, found a list"),
        (
            r#"{"views":[{"answers":{},"view":"supplier"}]}"#,
            r#"$.views[0].view: expected "own", "customer" or null, found "supplier""#,
        ),
        (
            r#"{"views":[{"answers":{},"date":"22.11.2026"}]}"#,
            r#"$.views[0].date: expected a day as "2026-11-22" or null, found "22.11.2026""#,
        ),
        (r#"{"views":[{"answers":{}},{"answers":{}}]}"#, "$.views[1].view: round 1 has an own view already"),
        (
            r#"{"views":[{"answers":{},"who":"A","view":"customer","round":2},{"answers":{},"round":2},{"answers":{},"who":"A","view":"customer","round":2}]}"#,
            "$.views[2].who: answered in round 2 already",
        ),
    ];
    let input: String = table.iter().map(|(line, _)| format!("{line}\n")).collect();
    let (lines, code) = score(&input);
    assert_eq!((lines.len(), code), (table.len(), 1));
    for (number, ((sheet, expected), line)) in table.iter().zip(&lines).enumerate() {
        let value: Value = serde_json::from_str(line).unwrap();
        assert_eq!(value["error"], json!(format!("line {}: {expected}", number + 1)), "{sheet}");
    }
    // The same person in another round, own and customer, people without a name: all of that is right.
    let right = r#"{"views":[{"answers":{},"who":"A"},{"answers":{},"who":"A","view":"customer"},{"answers":{},"who":"A","round":2,"view":"customer"},{"answers":{},"view":"customer"},{"answers":{},"view":"customer"}]}"#;
    assert_eq!(score(right).1, 0);
}

#[test]
fn a_list_of_views_has_an_end() {
    let line = |count: usize| views(&vec![r#"{"view":"customer","answers":{}}"#.to_string(); count]);
    assert_eq!(score(line(1000)).1, 0);
    assert_eq!(error(line(1001)), "line 1: $.views: 1001 views, at most 1000");
    assert_eq!(error(line(20_000)), "line 1: $.views: 20000 views, at most 1000");
}

#[test]
fn a_pack_without_levels_has_no_rounds() {
    let mut survey = written().survey();
    survey.instruments.remove(0);
    let line = scored(&survey, r#"{"views":[{"answers":{}}]}"#);
    assert_eq!(line, r#"{"id":null,"error":"line 1: $.views: this pack has no instrument of levels"}"#);
}

/// The result of a line with a survey that no file holds.
fn scored(survey: &Survey, line: &str) -> String {
    let mut output = Vec::new();
    stream(survey, Form::Short, line.as_bytes(), &mut output).unwrap();
    text(&output).trim_end().into()
}

fn suggested(value: &Value) -> Vec<(&str, &str)> {
    let list = value["suggestions"].as_array().unwrap();
    list.iter().map(|one| (one["method"].as_str().unwrap(), one["because"].as_str().unwrap())).collect()
}

fn read_out(value: &Value) -> Vec<&str> {
    value["readings"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap()).collect()
}

/// Intellectual 10 of 16, emotional 7 of 16; two of the four pillars answered, trust at 50.
const MATRIX: &str = r#""iv-1":3,"iv-2":2,"iv-3":3,"iv-4":2,"iv-5":"dk","ev-1":2,"ev-2":2,"ev-3":2,"ev-4":1,"mp-passion":3,"mp-resonance":1,"mp-security":"na","mp-trust":2,"by-choice":0"#;
/// Asset 16 of 16, ask 4 of 12, negotiate 3 of 4 with too little known, rivals blank.
const PRACTICE: &str =
    r#""ra-1":4,"ra-2":4,"ra-3":4,"ra-4":4,"aa-1":1,"aa-2":1,"aa-3":"dk","aa-4":2,"ns-1":3,"ns-2":"na","ns-3":"dk""#;
/// Ann holds three of five contacts. Own time is behind A's, own cash is not known.
const BESIDE: &str = concat!(
    r#""contacts":[{"function":"purchasing","seniority":"user","holder":"Ann"},"#,
    r#"{"function":"purchasing","seniority":"manager","holder":" ann "},"#,
    r#"{"function":"it","seniority":"user","holder":"ANN"},{"function":null,"holder":"Bo"},"#,
    r#"{"function":"operations","seniority":null,"holder":null}],"own":{"time":20,"cash":null},"#,
    r#""rivals":[{"name":"A","category":"same","time":30,"cash":40},{"name":"B","category":null,"time":20},"#,
    r#"{"name":"C \"1\"","cash":60}]"#,
);
const MATRIX_RESULT: &str = concat!(
    r#""matrix":{"quadrant":"intellectual","borders":["partnership"],"axes":{"#,
    r#""intellectual":{"percent":62.5,"low":50.0,"high":70.0,"valued":true},"#,
    r#""emotional":{"percent":43.8,"low":35.0,"high":55.0,"valued":false}},"pillars":{"#,
    r#""passion":{"percent":75.0,"rating":"L"},"resonance":{"percent":25.0,"rating":"P"},"#,
    r#""security":{"percent":null,"rating":null},"creativity":{"percent":null,"rating":null}},"#,
    r#""mortar":{"id":"trust","percent":50.0,"rating":"P"},"ready":1,"cemented":false,"byChoice":false}"#,
);
const PRACTICE_RESULT: &str = concat!(
    r#""practice":{"practices":{"#,
    r#""asset":{"percent":100.0,"rating":"F","determined":true,"answered":4,"applicable":4},"#,
    r#""ask":{"percent":33.3,"rating":"P","determined":true,"answered":3,"applicable":4},"#,
    r#""negotiate":{"percent":75.0,"rating":"L","determined":false,"answered":1,"applicable":3},"#,
    r#""rivals":{"percent":null,"rating":null,"determined":false,"answered":0,"applicable":4}},"weakest":"ask","#,
    r#""contacts":{"count":5,"wide":3,"deep":2,"single":true,"unheld":1},"shares":{"#,
    r#""time":{"sum":70,"unknown":1,"rank":2,"largestRival":"A","ahead":true},"#,
    r#""cash":{"sum":100,"unknown":2,"rank":null,"largestRival":"C \"1\"","ahead":null}}}"#,
);

#[test]
fn a_line_with_everything_gives_everything_in_order() {
    // Gates 2 and 3 full, gate 4 at 19 of 24, gate 5 at 0: level 4. Raising g4-01 and g4-05 makes 22 of 24, Fully;
    // raising the first four of gate 5 makes 16 of 24, Largely.
    let gates = [("g2", [4; 6]), ("g3", [4; 6]), ("g4", [3, 3, 4, 4, 2, 3]), ("g5", [0; 6])];
    let gates = gates.iter().flat_map(|(gate, answers)| {
        answers.iter().zip(1..).map(move |(answer, number)| format!("\"{gate}-0{number}\":{answer}"))
    });
    let gates: Vec<String> = gates.collect();
    let line = format!(
        r#"{{"id":"all","answers":{{{},{MATRIX},{PRACTICE}}},"signals":[],"risks":["r-01"],{BESIDE},"notes":{{"iv-1":"x"}}}}"#,
        gates.join(",")
    );
    let (lines, code) = score(&line);
    assert_eq!((lines.len(), code), (1, 0), "{lines:?}");
    let expected = format!(
        "{}{MATRIX_RESULT},{PRACTICE_RESULT}}},{}{}",
        r#","instruments":{"#,
        concat!(
            r#""readings":[{"id":"fragile","facts":["hierarchy.level","matrix.emotional","matrix.quadrant"]},"#,
            r#"{"id":"rival-ahead","facts":["hierarchy.level","practice.ahead"]},"#,
            r#"{"id":"single-thread","facts":["hierarchy.level","practice.single"]}],"#,
        ),
        // Eight at most; the risk that is ticked has its place among them, so one-table falls out.
        concat!(
            r#""suggestions":[{"method":"senior-executives","because":"g4-01"},"#,
            r#"{"method":"negotiate-access","because":"g4-05"},{"method":"foresight","because":"g5-02"},"#,
            r#"{"method":"rivals","because":"g5-04"},{"method":"what-more","because":"aa-1"},"#,
            r#"{"method":"contact-map","because":"fact:practice.single"},"#,
            r#"{"method":"unasked-promise","because":"fact:matrix.quadrant"},"#,
            r#"{"method":"succession","because":"r-01"}]}"#,
        ),
    );
    assert!(lines[0].starts_with(r#"{"id":"all","level":4,"upTo":4,"#), "{}", lines[0]);
    assert!(lines[0].ends_with(&expected), "{}\n{expected}", lines[0]);
}

#[test]
fn every_instrument_can_stand_alone() {
    let (lines, _) = score(format!("{{\"answers\":{{{MATRIX}}}}}"));
    assert!(lines[0].contains(&format!("\"instruments\":{{{MATRIX_RESULT}}},\"readings\":[],")), "{}", lines[0]);
    let value: Value = serde_json::from_str(&lines[0]).unwrap();
    assert_eq!(value["level"], Value::Null);
    let fits = [
        ("unasked-promise", "fact:matrix.quadrant"),
        ("one-table", "mp-resonance"),
        ("trusted-relationships", "mp-trust"),
    ];
    assert_eq!(suggested(&value), fits);
    let (lines, _) = score(format!("{{\"answers\":{{{PRACTICE}}},{BESIDE}}}"));
    assert!(lines[0].contains(&format!("\"instruments\":{{{PRACTICE_RESULT}}},\"readings\":[],")), "{}", lines[0]);
    let value: Value = serde_json::from_str(&lines[0]).unwrap();
    let fits = [("what-more", "aa-1"), ("contact-map", "fact:practice.single"), ("rivals", "fact:practice.ahead")];
    assert_eq!(suggested(&value), fits);
}

#[test]
fn a_customer_that_buys_on_price_by_choice_is_held() {
    let value = result(r#"{"answers":{"g2-01":1,"by-choice":4}}"#);
    let matrix = &value["instruments"]["matrix"];
    assert_eq!(
        (&matrix["byChoice"], &matrix["quadrant"], &matrix["borders"]),
        (&json!(true), &Value::Null, &json!([]))
    );
    let axis = json!({"percent": null, "low": 0.0, "high": 100.0, "valued": null});
    assert_eq!((&matrix["axes"]["intellectual"], &matrix["axes"]["emotional"]), (&axis, &axis));
    assert_eq!((&matrix["ready"], &matrix["cemented"]), (&Value::Null, &Value::Null));
    assert_eq!(matrix["mortar"], json!({"id": "trust", "percent": null, "rating": null}));
    assert_eq!(read_out(&value), ["by-choice"]);
    assert_eq!(suggested(&value), [("hold", "fact:matrix.choice")]);
}

#[test]
fn the_top_is_kept_and_risks_call_for_methods() {
    let all = |value: u8| -> Value { hierarchy().items().map(|(_, item)| (item.id.clone(), json!(value))).collect() };
    let value = result(&json!({"answers": all(4)}).to_string());
    assert_eq!(suggested(&value), [("guard", "top"), ("pass-it-on", "top")]);
    // Risks come before signals, whatever their order on the line.
    let value = result(&json!({"answers": all(4), "signals": ["c-05"], "risks": ["r-07", "r-01"]}).to_string());
    assert_eq!(suggested(&value), [("succession", "r-01"), ("foresight", "r-07"), ("product-levels", "c-05")]);
    // Without any answer there is nothing to build on.
    let value = result(r#"{"answers":{},"risks":["r-01"]}"#);
    assert_eq!((suggested(&value), read_out(&value)), (vec![], vec![]));
}

#[test]
fn contacts_and_shares_are_told_without_answers_and_only_when_given() {
    let value = result(r#"{"answers":{},"contacts":[{"holder":"Ann"},{}]}"#);
    let practice = value["instruments"]["practice"].as_object().unwrap();
    // One of two is not more than half, and the other has no holder.
    assert_eq!(practice["contacts"], json!({"count": 2, "wide": 0, "deep": 0, "single": null, "unheld": 1}));
    assert!(!practice.contains_key("shares") && practice["weakest"].is_null());
    let value = result(r#"{"answers":{},"own":{"time":60},"contacts":[],"rivals":null}"#);
    let practice = value["instruments"]["practice"].as_object().unwrap();
    assert!(!practice.contains_key("contacts"));
    assert_eq!(
        practice["shares"]["time"],
        json!({"sum": 60, "unknown": 0, "rank": 1, "largestRival": null, "ahead": null})
    );
    // 60 is ahead of 30, and the 10 that are left are too few for the one that is not known.
    let value = result(r#"{"answers":{},"own":{"time":60},"rivals":[{"name":"A","time":30},{"name":"B"}]}"#);
    let time = &value["instruments"]["practice"]["shares"]["time"];
    assert_eq!(*time, json!({"sum": 90, "unknown": 1, "rank": 1, "largestRival": "A", "ahead": false}));
    // Nulls are as good as nothing, and so is a blank answer.
    let nothing =
        r#"{"answers":{"iv-1":null},"signals":null,"risks":null,"contacts":null,"own":{"time":null,"cash":null}}"#;
    assert_eq!(result(nothing)["instruments"], json!({}));
}

#[test]
fn answers_that_the_form_does_not_ask_are_checked_and_left_out() {
    let plain = score(r#"{"answers":{"g2-01":3}}"#);
    assert_eq!(score(r#"{"answers":{"g2-01":3,"g2-14":0}}"#), plain);
    assert!(error(r#"{"answers":{"g2-14":7}}"#).contains("$.answers.g2-14: expected 0, 1, 2, 3, 4"));
}

#[test]
fn any_pack_has_its_own_shape() {
    // No gates: nothing but the id stands at the top.
    let mut survey = written().survey();
    let gates = survey.instruments.remove(0);
    let line = scored(&survey, &format!("{{\"id\":1,\"answers\":{{{MATRIX}}}}}"));
    let start = format!("{{\"id\":1,\"instruments\":{{{MATRIX_RESULT}}},\"readings\":[],\"suggestions\":[");
    assert!(line.starts_with(&start), "{line}");
    // A second instrument of gates says the same under its own id.
    let mut survey = written().survey();
    let mut second = gates;
    second.id = "second".into();
    for item in second.model.groups.iter_mut().flat_map(|group| &mut group.items) {
        item.id.insert(0, 'x');
    }
    for id in second.model.signals.iter_mut().chain(&mut second.model.risks) {
        id.insert(0, 'x');
    }
    survey.instruments.push(second);
    let first: Value = serde_json::from_str(&scored(&survey, SHEET)).unwrap();
    assert_eq!(first["instruments"], json!({}));
    let other = SHEET.replace("\"g", "\"xg").replace("\"c-01", "\"xc-01");
    let other: Value = serde_json::from_str(&scored(&survey, &other)).unwrap();
    assert_eq!(other["level"], Value::Null);
    let mut expected = first.as_object().unwrap().clone();
    expected.retain(|key, _| !["id", "instruments", "readings", "suggestions"].contains(&key.as_str()));
    expected["whyNotHigher"] = json!(["xg3-02", "xg3-05", "xg3-06", "xg4-04", "xg4-01", "xg4-03"]);
    assert_eq!(other["instruments"], json!({"second": expected}));
    // Neither contacts nor shares: whoever gives them is told.
    let mut survey = written().survey();
    for instrument in &mut survey.instruments {
        if let Kind::Practices { functions, shares, .. } = &mut instrument.kind {
            functions.clear();
            *shares = false;
        }
    }
    let line = scored(&survey, r#"{"answers":{},"contacts":[{}],"own":{"time":3}}"#);
    let told = "line 1: $.contacts: this pack has no contact map; $.own: this pack has no share table";
    assert_eq!(line, format!("{{\"id\":null,\"error\":\"{told}\"}}"));
    assert!(scored(&survey, r#"{"answers":{},"rivals":[{}]}"#).contains("$.rivals: this pack has no share table"));
}

#[test]
fn lists_of_rows_have_an_end() {
    let rows = |count: usize| vec!["{}"; count].join(",");
    for list in ["contacts", "rivals"] {
        let line = |count| format!("{{\"answers\":{{}},\"{list}\":[{}]}}", rows(count));
        assert_eq!(score(line(100)).1, 0, "{list}");
        assert_eq!(error(line(101)), format!("line 1: $.{list}: 101 {list}, at most 100"));
        assert_eq!(error(line(9999)), format!("line 1: $.{list}: 9999 {list}, at most 100"));
    }
}

#[test]
fn missing_is_null_and_not_zero() {
    let (lines, code) = score("{\"answers\":{\"g2-01\":null,\"g3-01\":\"dk\"}}\n");
    assert_eq!(code, 0);
    let value: Value = serde_json::from_str(&lines[0]).unwrap();
    for key in ["id", "level", "upTo", "position"] {
        assert_eq!(value[key], Value::Null, "{key}");
    }
    assert_eq!((&value["low"], &value["high"], &value["undetermined"]), (&json!(1000), &json!(5000), &json!(2)));
    let blank =
        json!({"percent": null, "rating": null, "determined": false, "capped": false, "answered": 0, "applicable": 6});
    assert_eq!(value["gates"]["2"], blank);
    assert_eq!(value["profile"], json!({"competition": null, "price": null, "features": null, "importance": null}));
    assert_eq!(value["confidence"], json!({"grade": "D", "reasons": ["own-view-only", "coverage-below-50"]}));
}

#[test]
fn pairs_and_decimals_are_written_as_the_library_says() {
    let model = hierarchy();
    // Gate 2 L, gate 3 P, gates 4 and 5 L: pairs (3,4) and (3,5) of 3 * 1.
    let sheet = short(&model, "3 3 4 3 3 2 | 2 2 2 2 2 2 | 3 3 4 4 2 3 | 3 3 3 3 3 2");
    let answers: serde_json::Map<String, Value> = model
        .items()
        .zip(&sheet.answers)
        .filter_map(|((_, item), answer)| Some((item.id.clone(), json!((*answer)?.value()?))))
        .collect();
    let line =
        json!({"id": 12, "perspective": "customer", "answers": answers, "signals": ["c-01", "c-08"]}).to_string();
    let (lines, code) = score(&line);
    let value: Value = serde_json::from_str(&lines[0]).unwrap();
    assert_eq!((code, &value["id"], &value["level"]), (0, &json!(12), &json!(2)));
    assert_eq!(value["consistency"], json!({"g": 0.666, "pairs": [[3, 4], [3, 5]]}));
    assert_eq!(value["contradiction"], json!(true));
    assert_eq!(
        value["confidence"],
        json!({"grade": "C", "reasons": ["one-customer-rater", "unusual-pattern", "contradiction"]})
    );
    let mut sheet = sheet;
    sheet.perspective = Perspective::Customer;
    (sheet.signals[0], sheet.signals[7]) = (true, true);
    let card = Scorecard::of(&model, &sheet);
    assert_eq!(value["position"], json!(card.standing.position));
}

#[test]
fn the_full_form_counts_all_items() {
    let model = hierarchy();
    let all: serde_json::Map<String, Value> = model.items().map(|(_, item)| (item.id.clone(), json!(4))).collect();
    let mut answers = all.clone();
    answers.insert("g2-14".into(), json!(0));
    let line = json!({"id": "x", "answers": answers}).to_string();
    let gate = |arguments: &[&str]| {
        let output = bsh(arguments, line.as_bytes());
        serde_json::from_slice::<Value>(&output.stdout).unwrap()["gates"]["2"].clone()
    };
    assert_eq!(gate(&["score"])["applicable"], json!(6));
    assert_eq!(gate(&["score", "--form", "short"])["percent"], json!(100.0));
    let full = gate(&["score", "--form=full"]);
    // 13 * 4 of 56: 92.857.
    assert_eq!((&full["applicable"], &full["percent"]), (&json!(14), &json!(92.9)));
    assert!(index(&model, "g2-14") == 13);
}

#[test]
fn a_bad_line_is_told_and_the_run_goes_on() {
    let input = [SHEET, "", "  \t ", "{\"id\":\"b\",\"answers\":{\"g2-99\":1}}", SHEET, "nonsense", SHEET].join("\n");
    let (lines, code) = score(&input);
    assert_eq!((lines.len(), code), (5, 1));
    assert_eq!(lines[1], r#"{"id":"b","error":"line 4: $.answers.g2-99: unknown item"}"#);
    assert_eq!(lines[3], r#"{"id":null,"error":"line 6: $: not JSON at column 2: expected ident"}"#);
    assert!([0, 2, 4].iter().all(|good| lines[*good] == lines[0] && lines[0].contains("\"level\":3")));
    let output = bsh(&["score"], input.as_bytes());
    assert_eq!(text(&output.stderr), "bsh: 2 of 5 lines could not be scored\n");
}

#[test]
fn every_kind_of_fault_has_its_path() {
    let table = [
        (r#"{"answers":{"g2-01":5}}"#, r#"$.answers.g2-01: expected 0, 1, 2, 3, 4, "dk", "na" or null, found 5"#),
        (r#"{"answers":{"g2-01":-1}}"#, r#"$.answers.g2-01: expected 0, 1, 2, 3, 4, "dk", "na" or null, found -1"#),
        (r#"{"answers":{"g2-01":3.0}}"#, r#"$.answers.g2-01: expected 0, 1, 2, 3, 4, "dk", "na" or null, found 3"#),
        (r#"{"answers":{"g2-01":"3"}}"#, r#"$.answers.g2-01: expected 0, 1, 2, 3, 4, "dk", "na" or null, found "3""#),
        (r#"{"answers":{"g2-01":true}}"#, r#"$.answers.g2-01: expected 0, 1, 2, 3, 4, "dk", "na" or null, found true"#),
        (r#"{"answers":{"g2-03":1}}"#, r#"$.answers.g2-03: expected 0, 2, 4, "dk", "na" or null, found 1"#),
        (r#"{"answers":{"g2-03":[1,[2]]}}"#, r#"$.answers.g2-03: expected 0, 2, 4, "dk", "na" or null, found a list"#),
        (r#"{"answers":{"g2-01":1,"g2-01":1}}"#, "$.answers.g2-01: given twice"),
        (r#"{"answers":{"g2 01":1}}"#, r#"$.answers["g2 01"]: unknown item"#),
        (r#"{"answers":{"c-01":1}}"#, "$.answers.c-01: unknown item"),
        (r#"{"answers":[]}"#, "$.answers: expected an object, found a list"),
        (r#"{"answers":null}"#, "$.answers: expected an object, found null"),
        (r#"{"id":"a"}"#, "$.answers: missing"),
        (r#"{"answers":{},"answers":{}}"#, "$.answers: given twice"),
        (r#"{"answers":{},"colour":{"a":[1,{"b":2}]}}"#, "$.colour: unknown key"),
        (r#"{"answers":{},"id":[]}"#, "$.id: expected a text or a whole number, found a list"),
        (r#"{"answers":{},"id":1.5}"#, "$.id: expected a text or a whole number, found 1.5"),
        (
            r#"{"answers":{},"perspective":"supplier"}"#,
            r#"$.perspective: expected "own" or "customer", found "supplier""#,
        ),
        (r#"{"answers":{},"perspective":1}"#, r#"$.perspective: expected "own" or "customer", found 1"#),
        (r#"{"answers":{},"signals":"c-01"}"#, r#"$.signals: expected a list of ids, found "c-01""#),
        (r#"{"answers":{},"signals":["c-01","c-99"]}"#, r#"$.signals[1]: expected the id of a signal, found "c-99""#),
        (r#"{"answers":{},"signals":["c-01",{}]}"#, "$.signals[1]: expected the id of a signal, found an object"),
        (r#"{"answers":{},"signals":["c-01","c-01"]}"#, "$.signals[1]: given twice"),
        (r#"{"answers":{},"notes":[]}"#, "$.notes: expected an object, found a list"),
        (r#"{"answers":{},"notes":{"g4-03":3}}"#, "$.notes.g4-03: expected a text or null, found 3"),
        (r#"{"answers":{},"notes":{"g9-03":"x"}}"#, "$.notes.g9-03: unknown item"),
        (r#"{"answers":{"by-choice":"na"}}"#, r#"$.answers.by-choice: expected 0, 4, "dk" or null, found "na""#),
        (r#"{"answers":{"by-choice":2}}"#, r#"$.answers.by-choice: expected 0, 4, "dk" or null, found 2"#),
        (r#"{"answers":{"aa-4":3}}"#, r#"$.answers.aa-4: expected 0, 2, 4, "dk", "na" or null, found 3"#),
        (r#"{"answers":{"iv-1":1,"iv-1":1}}"#, "$.answers.iv-1: given twice"),
        (r#"{"answers":{},"risks":"r-01"}"#, r#"$.risks: expected a list of ids, found "r-01""#),
        (r#"{"answers":{},"risks":["r-01","c-01"]}"#, r#"$.risks[1]: expected the id of a risk, found "c-01""#),
        (r#"{"answers":{},"risks":["r-01","r-01"]}"#, "$.risks[1]: given twice"),
        (r#"{"answers":{},"risks":[],"risks":[]}"#, "$.risks: given twice"),
        (r#"{"answers":{},"contacts":{}}"#, "$.contacts: expected a list of objects, found an object"),
        (
            r#"{"answers":{},"contacts":[3]}"#,
            "$.contacts[0]: expected an object with function, seniority, holder, found 3",
        ),
        (
            r#"{"answers":{},"contacts":[{"function":"cellar"}]}"#,
            r#"$.contacts[0].function: expected the id of a function or null, found "cellar""#,
        ),
        (
            r#"{"answers":{},"contacts":[{"function":"it","seniority":1}]}"#,
            "$.contacts[0].seniority: expected the id of a seniority or null, found 1",
        ),
        (
            r#"{"answers":{},"contacts":[{},{"holder":true}]}"#,
            "$.contacts[1].holder: expected a text or null, found true",
        ),
        (r#"{"answers":{},"contacts":[{"role":"coach"}]}"#, "$.contacts[0].role: unknown key"),
        (r#"{"answers":{},"contacts":[{"holder":"a","holder":"b"}]}"#, "$.contacts[0].holder: given twice"),
        (r#"{"answers":{},"own":[]}"#, "$.own: expected an object with time, cash, found a list"),
        (
            r#"{"answers":{},"own":{"time":101}}"#,
            "$.own.time: expected a whole number from 0 to 100 or null, found 101",
        ),
        (r#"{"answers":{},"own":{"cash":-1}}"#, "$.own.cash: expected a whole number from 0 to 100 or null, found -1"),
        (
            r#"{"answers":{},"own":{"time":"5"}}"#,
            r#"$.own.time: expected a whole number from 0 to 100 or null, found "5""#,
        ),
        (r#"{"answers":{},"own":{"name":"x"}}"#, "$.own.name: unknown key"),
        (r#"{"answers":{},"own":{"":1}}"#, r#"$.own[""]: unknown key"#),
        (r#"{"answers":{},"own":{"time":1,"time":1}}"#, "$.own.time: given twice"),
        (r#"{"answers":{},"rivals":3}"#, "$.rivals: expected a list of objects, found 3"),
        (
            r#"{"answers":{},"rivals":[[]]}"#,
            "$.rivals[0]: expected an object with name, category, time, cash, found a list",
        ),
        (r#"{"answers":{},"rivals":[{"name":1}]}"#, "$.rivals[0].name: expected a text or null, found 1"),
        (r#"{"answers":{},"rivals":[{"category":[]}]}"#, "$.rivals[0].category: expected a text or null, found a list"),
        (
            r#"{"answers":{},"rivals":[{"time":12.5}]}"#,
            "$.rivals[0].time: expected a whole number from 0 to 100 or null, found 12.5",
        ),
        (
            r#"{"answers":{},"own":{"time":50},"rivals":[{"time":40},{"time":22}]}"#,
            "$.rivals: the shares of time add up to 112, at most 100",
        ),
        (
            r#"{"answers":{},"rivals":[{"cash":60},{"cash":60}]}"#,
            "$.rivals: the shares of cash add up to 120, at most 100",
        ),
        ("[]", "$: expected an object, found a list"),
        ("3", "$: expected an object, found 3"),
        (r#"{"answers":{}} x"#, "$: not JSON at column 16: trailing characters"),
        (r#"{"answers":{}"#, "$: not JSON at column 13: EOF while parsing an object"),
    ];
    let input: String = table.iter().map(|(line, _)| format!("{line}\n")).collect();
    let (lines, code) = score(&input);
    assert_eq!((lines.len(), code), (table.len(), 1));
    for (number, ((sheet, expected), line)) in table.iter().zip(&lines).enumerate() {
        let value: Value = serde_json::from_str(line).unwrap();
        assert_eq!(value["error"], json!(format!("line {}: {expected}", number + 1)), "{sheet}");
    }
}

#[test]
fn all_faults_of_a_line_are_told_with_its_id() {
    let line = r#"{"answers":{"g2-01":9,"zz":1},"extra":0,"signals":[1],"id":"é\""}"#;
    assert_eq!(
        error(line),
        "line 1: $.answers.g2-01: expected 0, 1, 2, 3, 4, \"dk\", \"na\" or null, found 9; $.answers.zz: unknown item; \
         $.extra: unknown key; $.signals[0]: expected the id of a signal, found 1"
    );
    let (lines, _) = score(line);
    assert_eq!(serde_json::from_str::<Value>(&lines[0]).unwrap()["id"], json!("é\""));
    // An id that was read before the line broke is given back too.
    let (lines, _) = score(r#"{"id":"early","answers":{"#);
    assert!(lines[0].starts_with(r#"{"id":"early","error":"line 1: $: not JSON"#), "{}", lines[0]);
    // Any number of faults, a bounded message.
    let many: String = (0..500).map(|n| format!("\"x{n}\":1,")).collect();
    let told = error(format!("{{\"answers\":{{{many}\"y\":1}}}}"));
    assert!(told.ends_with("$.answers.x99: unknown item; and 401 more"), "{told}");
}

#[test]
fn foreign_bytes_and_endless_lines_do_not_end_the_run() {
    let long = format!("{{\"id\":\"{}\",\"answers\":{{}}}}", "x".repeat(2 * LINE_MAX));
    let input = [b"{\"id\":\"\xff\",\"answers\":{}}", long.as_bytes(), SHEET.as_bytes()].join(&b'\n');
    let (lines, code) = score(input);
    assert_eq!((lines.len(), code), (3, 1));
    assert_eq!(lines[0], r#"{"id":null,"error":"line 1: $: not UTF-8 at byte 8"}"#);
    assert_eq!(lines[1], r#"{"id":null,"error":"line 2: $: longer than 1000000 bytes"}"#);
    assert!(lines[2].contains("\"level\":3"));
    // The longest line that is allowed.
    let frame = "{\"answers\":{},\"id\":\"\"}".len();
    let (lines, code) = score(format!("{{\"answers\":{{}},\"id\":\"{}\"}}", "x".repeat(LINE_MAX - frame)));
    assert_eq!((lines.len(), code), (1, 0));
    // Nor does depth.
    for (key, told) in
        [("x", "$.x: unknown key"), ("signals", "$.signals[0]: expected the id of a signal, found a list")]
    {
        let deep = format!("{{\"answers\":{{}},\"{key}\":{}{}}}", "[".repeat(200_000), "]".repeat(200_000));
        assert_eq!(error(deep), format!("line 1: {told}"));
    }
}

#[test]
fn line_ends_and_a_byte_order_mark_are_nobody_s_fault() {
    let (lines, code) = score(format!("\u{feff}{SHEET}\r\n\r\n{SHEET}\r\n"));
    assert_eq!((lines.len(), code), (2, 0));
    assert_eq!(score(""), (vec![], 0));
}

#[test]
fn nothing_is_carried_over_from_line_to_line() {
    let plain = r#"{"id":"p","answers":{}}"#;
    let (alone, _) = score(plain);
    let (after, code) = score(format!("{SHEET}\n{{\"perspective\":\"customer\",\"answers\":{{\"zz\":1}}}}\n{plain}"));
    assert_eq!((&after[2], code), (&alone[0], 1));
    let all = format!(r#"{{"answers":{{{MATRIX},{PRACTICE}}},{BESIDE},"risks":["r-01"],"signals":["c-01"]}}"#);
    let (after, code) = score(format!("{all}\n{plain}\n{all}"));
    assert_eq!((&after[1], code, after[0] == after[2]), (&alone[0], 0, true));
    // Notes and signals neither: they would change the confidence of level 5.
    let model = hierarchy();
    let all = |value: Value| -> Value { model.items().map(|(_, item)| (item.id.clone(), value.clone())).collect() };
    let high = json!({"id": 1, "answers": all(json!(4))}).to_string();
    let backed = json!({"id": 1, "answers": all(json!(4)), "notes": all(json!("seen")), "signals": ["c-01", "c-02"]});
    let (lines, code) = score(format!("{high}\n{backed}\n{high}"));
    assert_eq!((&lines[2], code), (&lines[0], 0));
    assert_ne!(lines[1], lines[0]);
    assert!(lines[0].contains("few-notes") && !lines[1].contains("few-notes") && lines[1].contains("contradiction"));
}

#[test]
fn a_result_comes_before_the_next_sheet_is_asked_for() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_bsh"))
        .arg("score")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    for _ in 0..3 {
        writeln!(stdin, "{SHEET}").unwrap();
        let mut line = String::new();
        stdout.read_line(&mut line).unwrap();
        assert!(line.contains("\"level\":3"));
    }
    drop(stdin);
    assert!(child.wait().unwrap().success());
}

#[test]
fn a_reader_that_leaves_ends_the_run_quietly() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_bsh"))
        .arg("score")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut stdin = child.stdin.take().unwrap();
    // Either our write fails or theirs does, whoever is first.
    let _ = stdin.write_all(format!("{SHEET}\n").repeat(10_000).as_bytes());
    drop(stdin);
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), ""));
}

#[test]
fn many_sheets_are_streamed_in_order() {
    let survey = written().survey();
    let input: String = (0..5000).map(|n| SHEET.replacen("\"a1\"", &n.to_string(), 1) + "\n").collect();
    let mut output = Vec::new();
    let summary = stream(&survey, Form::Short, input.as_bytes(), &mut output).unwrap();
    assert_eq!(summary, Summary { sheets: 5000, bad: 0 });
    for (n, line) in text(&output).lines().enumerate() {
        assert!(line.starts_with(&format!("{{\"id\":{n},\"level\":3,")), "{line}");
    }
    assert_eq!(text(&output).lines().count(), 5000);
}

/// A pack of its own with the English texts beside it.
fn pack(folder: &str, structure: impl AsRef<[u8]>) -> String {
    let path = file(folder, "pack.json", structure);
    std::fs::write(PathBuf::from(&path).with_file_name("pack.en.json"), TEXTS).unwrap();
    path
}

#[test]
fn an_own_pack_is_scored_by_its_own_rules() {
    let mut structure: Value = serde_json::from_str(PACK).unwrap();
    structure["cuts"]["largely"] = json!(70);
    let path = pack("own-pack", structure.to_string());
    let output = bsh(&["score", "--pack", &path], SHEET.as_bytes());
    let value: Value = serde_json::from_slice(&output.stdout).unwrap();
    // Gate 3 at 66.7 is P now. Level 2: 1000 * 66.7 / 70 = 952, gate 2 at 100 gives more.
    assert_eq!((&value["level"], &value["position"]), (&json!(2), &json!(2952)));
    assert_eq!(read_out(&value), ["will-not-last"]);
    structure["instruments"][0]["gates"][0]["items"][0]["tag"] = json!("X");
    let path = pack("own-pack-bad", structure.to_string());
    let output = bsh(&["score", "--pack", &path], SHEET.as_bytes());
    assert_eq!((output.status.code(), text(&output.stdout)), (Some(1), ""));
    let told = text(&output.stderr);
    assert!(told.starts_with(&format!("{path}:\n$.instruments[0].gates[0].items[0].tag: expected ")), "{told}");
    assert!(told.ends_with("found \"X\"\n1 fault\n"), "{told}");
}

#[test]
fn a_pack_without_a_short_form_needs_the_full_one() {
    let path = pack("no-short", PACK.replace(", \"short\": true", ""));
    let output = bsh(&["score", "--pack", &path], b"");
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(text(&output.stderr), "bsh: hierarchy has no short form: use --form full\nTry `bsh --help`.\n");
    assert_eq!(bsh(&["score", "--pack", &path, "--form", "full"], b"").status.code(), Some(0));
}

#[test]
fn check_pack_lists_every_fault_or_says_ok() {
    let output = bsh(&["check-pack", &pack("check-ok", PACK)], b"");
    let told = text(&output.stdout);
    let start = "ok: 3 instruments, 89 items, 56 in the short form, 8 signals, 8 risks, 8 readings, 25 methods, languages en, hash ";
    assert!(told.starts_with(start), "{told}");
    assert_eq!(output.status.code(), Some(0));
    let mut structure: Value = serde_json::from_str(PACK).unwrap();
    structure["format"] = json!(9);
    structure["instruments"][0]["gates"][3]["extra"] = json!(1);
    let output = bsh(&["check-pack", &pack("check", structure.to_string())], b"");
    let told = text(&output.stdout);
    assert!(told.starts_with("$.format: expected 2, found 9\n"), "{told}");
    assert!(told.contains("$.instruments[0].gates[3].extra: expected a key of a gate"), "{told}");
    assert_eq!((output.status.code(), text(&output.stderr)), (Some(1), "2 faults\n"));
}

#[test]
fn compile_pack_writes_two_files_per_language() {
    let out = scratch("compile");
    let shipped = pack("compile-pack", PACK);
    let output = bsh(&["compile-pack", &shipped, "--out", out.to_str().unwrap()], b"");
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let first = std::fs::read_to_string(out.join("pack.en.txt")).unwrap();
    let later = std::fs::read_to_string(out.join("more.en.txt")).unwrap();
    let mut pack = buy_sell_hierarchy::pack::compiled::Pack::read(&first).unwrap();
    pack.add(&later).unwrap();
    assert_eq!(pack.survey, written().survey());
    // A language without its interface texts: nothing is written.
    let (ui, none) = (scratch("compile-ui"), out.join("none"));
    let compile =
        || bsh(&["compile-pack", &shipped, "--out", none.to_str().unwrap(), "--ui", ui.to_str().unwrap()], b"");
    let output = compile();
    assert_eq!((output.status.code(), none.exists()), (Some(2), false));
    let file = ui.join("en.json");
    assert!(text(&output.stderr).contains(&format!("write {}", file.display())), "{}", text(&output.stderr));
    std::fs::write(file, "{\"app.name\": 3}").unwrap();
    let output = compile();
    assert_eq!((output.status.code(), none.exists()), (Some(1), false));
    assert!(text(&output.stderr).contains("$[\"app.name\"]: expected a text, found 3"));
}

#[test]
fn wrong_use_is_exit_2_and_one_clear_line() {
    let table: [(&[&str], &str); 14] = [
        (&["report"], "report needs the workspace's file"),
        (&["report", "no-such-file.json"], "cannot read no-such-file.json"),
        (&["report", "x.json", "--format", "xml"], "--format is json or csv, not \"xml\""),
        (&["report", "x.json", "y.json"], "y.json"),
        (&["score", "--format", "csv"], "--format"),
        (&[], "say what to do"),
        (&["guess"], "unknown command \"guess\""),
        (&["score", "--form", "medium"], "--form is short or full, not \"medium\""),
        (&["score", "--form"], "--form"),
        (&["score", "--fast"], "--fast"),
        (&["score", "sheets.json"], "sheets.json"),
        (&["check-pack"], "check-pack needs the pack's file"),
        (&["compile-pack", "content/packs/hierarchy.json"], "compile-pack needs --out DIR"),
        (&["check-pack", "no-such-file.json"], "cannot read no-such-file.json"),
    ];
    for (arguments, told) in table {
        let output = bsh(arguments, b"");
        assert_eq!((output.status.code(), text(&output.stdout)), (Some(2), ""), "{arguments:?}");
        assert!(text(&output.stderr).contains(told), "{arguments:?}: {}", text(&output.stderr));
    }
}

#[test]
fn help_version_and_schema_go_to_standard_output() {
    for arguments in [&["--help"][..], &["score", "-h"], &["help"]] {
        let output = bsh(arguments, b"");
        assert_eq!(output.status.code(), Some(0));
        assert!(text(&output.stdout).contains("bsh compile-pack FILE --out DIR"));
        assert!(text(&output.stdout).contains("bsh report FILE [--pack FILE] [--format json|csv]"));
    }
    assert_eq!(text(&bsh(&["--version"], b"").stdout), concat!("bsh ", env!("CARGO_PKG_VERSION"), "\n"));
    assert_eq!(text(&bsh(&["schema"], b"").stdout), include_str!("../../docs/pack.schema.json"));
}
