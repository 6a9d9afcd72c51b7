//! `bsh report --out`: the same files as the page gives, for each account of a file; and what it says of wrong use.

use crate::cli::{bsh, text};
use crate::report_kit::{ALONE, KEPT, fields, rich};
use crate::support::{EDITIONS, edition, filled, fresh, with_row};
use buy_sell_hierarchy::domain::draft::Draft;
use buy_sell_hierarchy::domain::model::Form;
use buy_sell_hierarchy::domain::rows::{List, at};
use buy_sell_hierarchy::report::charts::charts;
use buy_sell_hierarchy::report::files::{KINDS, file};
use buy_sell_hierarchy::toolbox;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// A folder of its own, with nothing in it.
fn scratch(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("take-{name}"));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn put(folder: &std::path::Path, name: &str, content: impl AsRef<[u8]>) -> String {
    let path = folder.join(name);
    fs::write(&path, content).unwrap();
    path.to_str().unwrap().into()
}

/// A file of accounts as the page exports it.
fn exported(drafts: &[(&str, Draft)]) -> String {
    let accounts = drafts.iter().map(|(id, draft)| format!("\u{1e}{id}\n{}", fields(edition(), draft).write()));
    toolbox::write(&format!("Nordic{}", accounts.collect::<String>()))
}

/// Runs it: exit code, the names that it says it wrote, and what it complains of.
fn take(file: &str, out: &std::path::Path, more: &[&str]) -> (i32, Vec<String>, String) {
    let arguments = [&["report", file, "--out", out.to_str().unwrap()], more].concat();
    let output = bsh(&arguments, b"");
    let start = format!("{}{}", out.display(), std::path::MAIN_SEPARATOR);
    let names = text(&output.stdout).lines().map(|line| line.strip_prefix(&start).unwrap_or(line).to_string());
    (output.status.code().unwrap(), names.collect(), text(&output.stderr).to_string())
}

/// What is in a folder.
fn listed(out: &std::path::Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(out) else { return Vec::new() };
    let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn sorted(mut names: Vec<String>) -> Vec<String> {
    names.sort();
    names
}

const DAY: [&str; 2] = ["--day", "2026-11-22"];

#[test]
fn an_account_becomes_the_files_that_the_page_gives() {
    let folder = scratch("account");
    let path = put(&folder, "all.json", exported(&[("a1B2c3D4", rich())]));
    for pack in EDITIONS.iter() {
        let out = folder.join(&pack.lang);
        let (code, names, told) = take(&path, &out, &[&DAY[..], &["--lang", &pack.lang]].concat());
        assert_eq!((code, &*told), (0, ""));
        assert_eq!(sorted(names.clone()), listed(&out));
        let mut kinds: Vec<String> = KINDS.map(String::from).to_vec();
        kinds.extend(charts(pack, &rich(), &KEPT).iter().map(|chart| format!("svg-{}", chart.code)));
        assert_eq!(names.len(), kinds.len());
        for kind in kinds {
            let made = file(pack, &rich(), &KEPT, &kind).unwrap();
            let wrote = fs::read(out.join(&made.name)).unwrap();
            assert!(wrote == made.text.as_bytes(), "{} {kind}: not the same bytes", pack.lang);
        }
    }
}

#[test]
fn the_language_is_that_of_the_answers_unless_another_is_asked_for() {
    let folder = scratch("lang");
    let mut draft = rich();
    draft.lang = "sv".into();
    let path = put(&folder, "all.json", exported(&[("a1B2c3D4", draft)]));
    let out = folder.join("out");
    let lang = |more: &[&str]| {
        assert_eq!(take(&path, &out, &[&["--files", "html"], more].concat()).0, 0);
        let html = fs::read_to_string(out.join("bsh-Metal-Works-report.html")).unwrap();
        html.split("<html lang=\"").nth(1).unwrap()[..2].to_string()
    };
    assert_eq!((lang(&[]), lang(&["--lang", "nl"])), ("sv".into(), "nl".into()));
    let day = |more: &[&str]| {
        assert_eq!(take(&path, &out, &[&["--files", "md", "--lang", "en"], more].concat()).0, 0);
        fs::read_to_string(out.join("bsh-Metal-Works-report.md")).unwrap().lines().nth(2).unwrap().to_string()
    };
    assert!(day(&["--day", "2031-05-07"]).contains("May 7, 2031"), "{}", day(&["--day", "2031-05-07"]));
    assert_ne!(day(&[]), day(&["--day", "2031-05-07"]));
}

#[test]
fn a_report_reports_again_and_so_do_answers() {
    let folder = scratch("again");
    let path = put(&folder, "all.json", exported(&[("a1B2c3D4", rich())]));
    let (first, second, third) = (folder.join("1"), folder.join("2"), folder.join("3"));
    assert_eq!(take(&path, &first, &DAY).0, 0);
    let report = first.join("bsh-Metal-Works-report.html");
    let (code, _, told) = take(report.to_str().unwrap(), &second, &DAY);
    assert_eq!((code, &*told), (0, ""));
    assert_eq!(listed(&first), listed(&second));
    for name in listed(&first) {
        assert_eq!(fs::read(first.join(&name)).unwrap(), fs::read(second.join(&name)).unwrap(), "{name}");
    }
    // Answers by themselves: as the page downloads them, and out of their own report.
    let draft = filled(Form::Full, "g2=4 g3=3 g4=1 iv=2");
    let answers = put(&folder, "answers.txt", format!("# for people\n{}", fields(edition(), &draft).write()));
    let (code, names, told) = take(&answers, &third, &DAY);
    assert_eq!((code, &*told), (0, ""));
    assert!(!names.contains(&"bsh-Metal-Works-plan.ics".to_string()), "no dates, no calendar");
    let html = fs::read_to_string(third.join("bsh-Metal-Works-report.html")).unwrap();
    assert_eq!(html, file(edition(), &draft, &ALONE, "html").unwrap().text);
    let windows = put(&folder, "mailed.html", html.replace('\n', "\r\n"));
    let again = folder.join("4");
    let (code, others, told) = take(&windows, &again, &DAY);
    assert_eq!((code, &*told, others.len()), (0, "", names.len()));
    assert_eq!(fs::read_to_string(again.join("bsh-Metal-Works-report.html")).unwrap(), html);
}

#[test]
fn accounts_of_one_name_do_not_meet() {
    let folder = scratch("names");
    let named = |name: &str| {
        let mut draft = with_row(rich(), List::About, &[(at::ROUND, "4")]);
        draft.account = name.into();
        draft
    };
    let mut bare = named("Metal Works");
    while let Some(id) = bare.rows.of(List::Tasks).first().map(|row| row.id) {
        bare.rows.remove(List::Tasks, id);
    }
    let drafts = [
        ("aaaaaaaa", bare),
        ("bbbbbbbb", named("metal  works!")),
        ("cccccccc", named("Other")),
        ("dddddddd", named("Metal Works bbbbbbbb")),
    ];
    let path = put(&folder, "all.json", exported(&drafts));
    let out = folder.join("out");
    let (code, names, told) = take(&path, &out, &[&DAY[..], &["--files", "html,json"]].concat());
    assert_eq!((code, &*told), (0, ""));
    let expected = [
        "bsh-Metal-Works-aaaaaaaa-report.html",
        "bsh-Metal-Works-aaaaaaaa.json",
        "bsh-Metal-Works-bbbbbbbb-dddddddd-report.html",
        "bsh-Metal-Works-bbbbbbbb-dddddddd.json",
        "bsh-Other-report.html",
        "bsh-Other.json",
        "bsh-metal-works-bbbbbbbb-report.html",
        "bsh-metal-works-bbbbbbbb.json",
    ];
    assert_eq!((names.len(), sorted(names)), (8, listed(&out)));
    assert_eq!(listed(&out), expected);
    // Whatever is asked for, a name is the same one.
    let one = folder.join("one");
    let (code, names, _) = take(&path, &one, &["--files", "ics", "--account", "bbbbbbbb"]);
    assert_eq!((code, names), (0, vec!["bsh-metal-works-bbbbbbbb-plan.ics".to_string()]));
}

#[test]
fn what_is_asked_for_and_not_there_is_said() {
    let folder = scratch("kinds");
    let path = put(
        &folder,
        "all.json",
        exported(&[
            ("a1B2c3D4", rich()),
            ("b1B2c3D4", {
                let mut draft = with_row(fresh(Form::Short), List::About, &[(at::ROUND, "1")]);
                draft.account = "Blank".into();
                draft
            }),
        ]),
    );
    let out = folder.join("out");
    let (code, names, told) = take(&path, &out, &["--files", "ics,svg-matrix , md"]);
    assert_eq!(code, 1);
    assert_eq!(
        names,
        ["bsh-Metal-Works-plan.ics", "bsh-Metal-Works-report.md", "bsh-Metal-Works-matrix.svg", "bsh-Blank-report.md"]
    );
    assert!(told.contains("account b1B2c3D4: nothing to write as ics"), "{told}");
    assert!(told.contains("account b1B2c3D4: nothing to write as svg-matrix"), "{told}");
    let (code, names, told) = take(&path, &folder.join("svg"), &["--files", "svg"]);
    assert_eq!((code, &*told), (0, ""));
    assert!(names.len() > 8 && names.iter().all(|name| name.ends_with(".svg")), "{names:?}");
    let (code, names, _) = take(&path, &folder.join("more"), &["--files", "all,html"]);
    assert_eq!((code, sorted(names.clone()).len()), (0, sorted(names).len()));
}

#[test]
fn wrong_use_is_told_before_anything_is_written() {
    let folder = scratch("use");
    let path = put(&folder, "all.json", exported(&[("a1B2c3D4", rich())]));
    let out = folder.join("out");
    for (more, expected) in [
        (&["--files", "pdf"][..], "--files has no \"pdf\": choose from all, html, md, "),
        (&["--files", "svg-nothing"], "--files has no \"svg-nothing\""),
        (&["--files", ""], "--files has no \"\""),
        (&["--lang", "de"], "the pack has no language \"de\": it has en, nl, sv"),
        (&["--day", "22-11-2026"], "--day is a day from 2020 on as 2026-11-22, not \"22-11-2026\""),
        (&["--day", "2019-12-31"], "--day is a day from 2020 on"),
        (&["--day", "2026-02-30"], "--day is a day from 2020 on"),
        (&["--format", "csv"], "--format is for the table of all accounts"),
        (&["--out", "again"], "--out"),
    ] {
        let (code, names, told) = take(&path, &out, more);
        assert_eq!((code, names.len()), (2, 0), "{more:?}: {told}");
        assert!(told.contains(expected), "{more:?}: {told}");
        assert!(!out.exists(), "{more:?}");
    }
    let (code, names, told) = take(&path, &out, &["--account", "zzzzzzzz"]);
    assert_eq!((code, names.len()), (1, 0));
    assert!(told.contains("there is no account \"zzzzzzzz\"") && !out.exists(), "{told}");
    for more in [["--files", "md"], ["--account", "a1B2c3D4"], ["--lang", "nl"], ["--day", "2026-11-22"]] {
        let output = bsh(&[&["report", &path], &more[..]].concat(), b"");
        assert_eq!((output.status.code(), text(&output.stdout)), (Some(2), ""));
        assert!(text(&output.stderr).contains("need --out DIR"), "{}", text(&output.stderr));
    }
    let (code, _, told) = take(folder.join("none.json").to_str().unwrap(), &out, &[]);
    assert_eq!(code, 2);
    assert!(told.contains("cannot read") && told.contains("none.json"), "{told}");
    let (code, _, told) = take(&path, &folder.join("all.json"), &[]);
    assert_eq!(code, 2);
    assert!(told.contains("cannot make") && told.contains("all.json"), "{told}");
}

#[test]
fn a_damaged_file_says_what_is_wrong_with_it() {
    let folder = scratch("damaged");
    let out = folder.join("out");
    let json = exported(&[("a1B2c3D4", rich())]);
    let html = file(edition(), &rich(), &KEPT, "html").unwrap().text;
    let answers = fields(edition(), &fresh(Form::Short)).write();
    let middle = html.find("&lt;").or(html.find("\"accounts\"")).unwrap();
    let newer = answers.replacen("bsh-answers 3", "bsh-answers 99", 1);
    let text = |text: &str| text.as_bytes().to_vec();
    for (name, content, expected) in [
        ("empty.json", text(""), "holds neither accounts nor answers"),
        ("words.txt", text("Dear Ann,\n"), "holds neither accounts nor answers"),
        ("page.html", text("<!DOCTYPE html>\n<p>Another page</p>\n"), "holds neither accounts nor answers"),
        ("cut.html", text(&html[..middle + 200]), "the report is cut off before the end of its data"),
        ("cut.json", text(&json[..json.len() / 2]), "at line "),
        ("newer.txt", text(&newer), "written by a newer version of this program"),
        ("newer.json", text(&json.replacen("\"version\": 1", "\"version\": 99", 1)), "this program reads version 1"),
        ("bytes.json", vec![b'{', 0xff, 0xfe], "not UTF-8 at byte 2"),
        ("big.html", [text("<!DOCTYPE html>\n"), vec![b' '; 33 * 1024 * 1024]].concat(), "too large"),
    ] {
        let path = put(&folder, name, content);
        let (code, names, told) = take(&path, &out, &[]);
        assert_eq!((code, names.len()), (1, 0), "{name}: {told}");
        assert!(told.contains(expected) && told.contains(name), "{name}: {told}");
        assert!(!out.exists(), "{name}");
    }
    // What is right of a file is written, and what is not is named.
    let some = json.replacen("\"g2-01\": 4", "\"g2-01\": 9", 1);
    assert_ne!(some, json);
    let (code, names, told) = take(&put(&folder, "some.json", some), &out, &["--files", "md"]);
    assert_eq!((code, names), (1, vec!["bsh-Metal-Works-report.md".to_string()]));
    assert!(told.contains("accounts[0].answers.g2-01: expected"), "{told}");
    let odd = put(&folder, "odd.txt", answers + "g9-99=3\nnonsense\n");
    let (code, names, told) = take(&odd, &out, &["--files", "md"]);
    assert_eq!((code, names.len()), (1, 1));
    assert!(told.ends_with("odd.txt:\n2 values without a place in this pack\n"), "{told}");
}

#[test]
fn an_earlier_report_is_replaced_but_never_the_file_that_is_read() {
    let folder = scratch("over");
    let path = put(&folder, "all.json", exported(&[("a1B2c3D4", rich())]));
    let out = folder.join("out");
    let read = |name: &str| fs::read(out.join(name)).unwrap();
    let (_, names, _) = take(&path, &out, &DAY);
    let before: Vec<Vec<u8>> = names.iter().map(|name| read(name)).collect();
    fs::write(out.join(&names[0]), "an earlier one").unwrap();
    assert_eq!(take(&path, &out, &DAY).0, 0);
    assert_eq!(before, names.iter().map(|name| read(name)).collect::<Vec<_>>(), "the same bytes");
    for name in ["bsh-Metal-Works.json", "bsh-Metal-Works-report.html"] {
        let own = out.join(name);
        let bytes = fs::read(&own).unwrap();
        let (code, names, told) = take(own.to_str().unwrap(), &out, &["--day", "2031-01-01"]);
        assert_eq!((code, names.len()), (2, 0), "{told}");
        assert!(told.contains(name) && told.contains("choose another --out"), "{told}");
        assert_eq!(fs::read(&own).unwrap(), bytes);
    }
    let (code, ..) = take(out.join("bsh-Metal-Works.json").to_str().unwrap(), &out, &["--files", "md"]);
    assert_eq!(code, 0, "nothing of that name is written");
    // What is read goes by its content: it may have any name.
    let other = out.join("bsh-Metal-Works-report.md");
    fs::copy(&path, &other).unwrap();
    let (code, _, told) = take(other.to_str().unwrap(), &out, &DAY);
    assert!(code == 2 && told.contains("choose another --out"), "{code}: {told}");
    assert_eq!(fs::read(&other).unwrap(), fs::read(&path).unwrap());
}

#[test]
fn all_is_written_though_nobody_reads_the_names() {
    let folder = scratch("pipe");
    let path = put(&folder, "all.json", exported(&[("a1B2c3D4", rich())]));
    let (whole, out) = (folder.join("whole"), folder.join("out"));
    assert_eq!(take(&path, &whole, &DAY).0, 0);
    let mut command = Command::new(env!("CARGO_BIN_EXE_bsh"));
    command.args(["report", &path, "--out", out.to_str().unwrap()]).args(DAY).stdout(Stdio::piped());
    let mut child = command.spawn().unwrap();
    drop(child.stdout.take());
    assert!(child.wait().unwrap().success());
    assert_eq!(listed(&out), listed(&whole));
}

#[test]
fn a_separator_in_answers_by_themselves_cuts_nothing_off() {
    let folder = scratch("separator");
    let text = fields(edition(), &filled(Form::Full, "g2=4 g3=3")).write();
    let text = text.replace("account=Metal Works", "account=Metal\u{1e}\npart=Works");
    assert!(text.contains('\u{1e}'));
    let (code, names, told) = take(&put(&folder, "answers.txt", &text), &folder.join("out"), &DAY);
    assert_eq!((code, &*told), (0, ""));
    let answers = names.iter().find(|name| name.ends_with("-answers.csv")).unwrap();
    let table = fs::read_to_string(folder.join("out").join(answers)).unwrap();
    assert!(table.contains(",Works,"), "{table:.400}");
}
