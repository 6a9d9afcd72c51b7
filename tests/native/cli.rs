//! The command line: the built program with good, bad and mixed input.

use crate::support::{PACK, index, short, written};
use buy_sell_hierarchy::cli::score::{LINE_MAX, Summary, stream};
use buy_sell_hierarchy::domain::model::{Form, Perspective};
use buy_sell_hierarchy::domain::scorecard::Scorecard;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

fn bsh(arguments: &[&str], input: &[u8]) -> Output {
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

fn text(bytes: &[u8]) -> &str {
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

fn file(folder: &str, name: &str, content: impl AsRef<[u8]>) -> String {
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
        r#""profile":{"competition":83,"price":13,"features":0,"importance":4}}"#,
    );
    assert_eq!(score(SHEET), (vec![expected.to_string()], 0));
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
    let model = written().model();
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
    (sheet.perspective, sheet.signals) = (Perspective::Customer, 2);
    let card = Scorecard::of(&model, &sheet);
    assert_eq!(value["position"], json!(card.standing.position));
}

#[test]
fn the_full_form_counts_all_items() {
    let model = written().model();
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
    // Notes and signals neither: they would change the confidence of level 5.
    let model = written().model();
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
    let model = written().model();
    let input: String = (0..5000).map(|n| SHEET.replacen("\"a1\"", &n.to_string(), 1) + "\n").collect();
    let mut output = Vec::new();
    let summary = stream(&model, Form::Short, input.as_bytes(), &mut output).unwrap();
    assert_eq!(summary, Summary { sheets: 5000, bad: 0 });
    for (n, line) in text(&output).lines().enumerate() {
        assert!(line.starts_with(&format!("{{\"id\":{n},\"level\":3,")), "{line}");
    }
    assert_eq!(text(&output).lines().count(), 5000);
}

#[test]
fn an_own_pack_is_scored_by_its_own_rules() {
    let mut pack: Value = serde_json::from_str(PACK).unwrap();
    pack["cuts"]["largely"] = json!(70);
    let path = file("own-pack", "pack.json", pack.to_string());
    let output = bsh(&["score", "--pack", &path], SHEET.as_bytes());
    let value: Value = serde_json::from_slice(&output.stdout).unwrap();
    // Gate 3 at 66.7 is P now. Level 2: 1000 * 66.7 / 70 = 952, gate 2 at 100 gives more.
    assert_eq!((&value["level"], &value["position"]), (&json!(2), &json!(2952)));
    pack["gates"][0]["items"][0]["tag"] = json!("X");
    let path = file("own-pack-bad", "pack.json", pack.to_string());
    let output = bsh(&["score", "--pack", &path], SHEET.as_bytes());
    assert_eq!((output.status.code(), text(&output.stdout)), (Some(1), ""));
    assert_eq!(
        text(&output.stderr),
        format!("{path}:\n$.gates[0].items[0].tag: expected one of C P F I A S T, found \"X\"\n1 fault\n")
    );
}

#[test]
fn a_pack_without_a_short_form_needs_the_full_one() {
    let path = file("no-short", "pack.json", PACK.replace("\"short\": true, ", ""));
    let output = bsh(&["score", "--pack", &path], b"");
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("use --form full"));
    assert_eq!(bsh(&["score", "--pack", &path, "--form", "full"], b"").status.code(), Some(0));
}

#[test]
fn check_pack_lists_every_fault_or_says_ok() {
    let output = bsh(&["check-pack", "content/packs/hierarchy.json"], b"");
    let told = text(&output.stdout);
    let start = "ok: 57 items, 24 in the short form, 5 critical, 8 signals, 8 risks, languages ";
    assert!(told.starts_with(start) && told.contains(", hash "), "{told}");
    assert_eq!(output.status.code(), Some(0));
    let mut pack: Value = serde_json::from_str(PACK).unwrap();
    pack["format"] = json!(9);
    pack["gates"][3]["extra"] = json!(1);
    let output = bsh(&["check-pack", &file("check", "pack.json", pack.to_string())], b"");
    assert_eq!(
        text(&output.stdout),
        "$.format: expected 1, found 9\n\
         $.gates[3].extra: expected a key of a gate: level, title, intro, items, found the unknown key \"extra\" with 1\n"
    );
    assert_eq!((output.status.code(), text(&output.stderr)), (Some(1), "2 faults\n"));
}

#[test]
fn compile_pack_writes_a_file_per_language() {
    let out = scratch("compile");
    let out_text = out.to_str().unwrap();
    let output = bsh(&["compile-pack", "content/packs/hierarchy.json", "--out", out_text], b"");
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let compiled = std::fs::read_to_string(out.join("pack.en.txt")).unwrap();
    let pack = buy_sell_hierarchy::pack::compiled::Pack::read(&compiled).unwrap();
    assert_eq!(pack.model, written().model());
    // A language without its interface texts: nothing is written.
    let (ui, none) = (scratch("compile-ui"), out.join("none"));
    let output = bsh(
        &[
            "compile-pack",
            "content/packs/hierarchy.json",
            "--out",
            none.to_str().unwrap(),
            "--ui",
            ui.to_str().unwrap(),
        ],
        b"",
    );
    assert_eq!((output.status.code(), none.exists()), (Some(2), false));
    std::fs::write(ui.join("en.json"), "{\"app.name\": 3}").unwrap();
    let output = bsh(
        &[
            "compile-pack",
            "content/packs/hierarchy.json",
            "--out",
            none.to_str().unwrap(),
            "--ui",
            ui.to_str().unwrap(),
        ],
        b"",
    );
    assert_eq!((output.status.code(), none.exists()), (Some(1), false));
    assert!(text(&output.stderr).contains("$[\"app.name\"]: expected a text, found 3"));
}

#[test]
fn wrong_use_is_exit_2_and_one_clear_line() {
    let table: [(&[&str], &str); 9] = [
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
    }
    assert_eq!(text(&bsh(&["--version"], b"").stdout), concat!("bsh ", env!("CARGO_PKG_VERSION"), "\n"));
    assert_eq!(text(&bsh(&["schema"], b"").stdout), include_str!("../../docs/pack.schema.json"));
}
