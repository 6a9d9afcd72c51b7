//! The two files of a compiled pack: what is written is read back, and what is damaged or foreign is refused.

use super::{changed, retold};
use crate::support::{compiled, english_only, index, keys_as_texts, sealed, shipped, small_more, small_pack, written};
use buy_sell_hierarchy::domain::answer::{Answer, Scale};
use buy_sell_hierarchy::domain::model::{Form, Kind, Perspective, Tag};
use buy_sell_hierarchy::domain::survey::{Cards, Evidence};
use buy_sell_hierarchy::pack::author::{self, compile, keys, normal};
use buy_sell_hierarchy::pack::compiled::{Pack, PackError, fill};
use buy_sell_hierarchy::pack::texts::{FIRST, KEYS};
use serde_json::json;

#[test]
fn what_is_compiled_is_read_back() {
    let author = written();
    let files = compiled(&author);
    let mut pack = Pack::read(&files.first).unwrap();
    // Readings and methods come with the second file.
    assert_eq!(pack.survey.instruments, author.survey().instruments);
    assert_eq!((pack.survey.readings.len(), pack.survey.methods.len()), (0, 0));
    assert_eq!((pack.lang.as_str(), pack.hash.as_str()), ("en", normal::hash(&author).as_str()));
    assert_eq!(pack.languages, english_only());
    assert_eq!((pack.complete(), pack.ui.len()), (false, FIRST));
    assert_eq!(pack.at("g2-01.own"), author.text("en", "g2-01.own"));
    assert_eq!((pack.at("g2-01.customer"), pack.at("iv-1.own"), pack.at("hierarchy.name")), ("", "", ""));
    pack.add(&files.later).unwrap();
    assert!(pack.complete());
    assert_eq!(pack.survey, author.survey());
    assert_eq!(pack.ui, KEYS);
    assert_eq!(pack.texts.len(), author.texts_of("en").len());
    for key in keys::keys(&pack.survey) {
        assert_eq!(pack.at(&key.name), author.text("en", &key.name), "{}", key.name);
    }
    assert_eq!(pack.add(&files.later), Err(PackError::Version), "a second file is taken once");
    assert!(shipped().complete());
}

#[test]
fn every_damaged_byte_is_found() {
    let author = written();
    for (which, text) in [compiled(&author).first, compiled(&author).later, small_pack()].into_iter().enumerate() {
        let mut pack = Pack::read(&compiled(&author).first).unwrap();
        let sum = text.split('\n').next().unwrap().len();
        // The checksum covers what follows the first line; of that line, language and hash are not covered.
        let head = [0..10, sum - 8..sum].into_iter().flatten();
        for at in head.chain((sum..text.len()).step_by(if which == 2 { 1 } else { 37 })) {
            let mut bytes = text.clone().into_bytes();
            bytes[at] ^= 1;
            let Ok(damaged) = String::from_utf8(bytes) else { continue };
            let read = if which == 1 { pack.add(&damaged).map(|()| None) } else { Pack::read(&damaged).map(Some) };
            assert!(read.is_err(), "file {which}, byte {at}");
        }
        assert!(which != 1 || pack.add(&text).is_ok(), "what was refused has changed nothing");
    }
}

#[test]
fn a_second_file_of_something_else_is_refused() {
    let author = written();
    let files = compiled(&author);
    let read = || Pack::read(&files.first).unwrap();
    let of = |bytes: &[u8]| compiled(&crate::support::english(bytes).unwrap()).later;
    let other = of(&changed(|p| p["cuts"]["fully"] = json!(86)));
    assert_eq!(read().add(&other), Err(PackError::Version), "another edition of the pack");
    let both = [("en", retold(|_| {})), ("nl", retold(|t| t["name"] = json!("Naam")))];
    let both = author::read(crate::support::PACK.as_bytes(), &both.map(|(code, bytes)| (code.into(), bytes))).unwrap();
    let names = [("en", "English"), ("nl", "Nederlands")].map(|(code, name)| (code.to_string(), name.to_string()));
    let dutch = compile(&both, "nl", &keys_as_texts(), &names);
    assert_eq!(read().add(&dutch.later), Err(PackError::Version), "another language");
    let mut pack = Pack::read(&dutch.first).unwrap();
    assert_eq!(pack.add(&dutch.later), Ok(()));
    assert_eq!((pack.at("name"), pack.languages.len()), ("Naam", 2));
    let again = Err(PackError::Record { line: 2, what: "unknown record" });
    assert_eq!(read().add(&files.first), again, "the first file once more");
    let unknown = PackError::Record { line: 2, what: "unknown record" };
    assert_eq!(Pack::read(&files.later).unwrap_err(), unknown, "the second file first");
    // An interface text too few or too many: made for another edition of the program.
    let body = small_more().split_once('\n').unwrap().1.to_string();
    let small = || Pack::read(&small_pack()).unwrap();
    assert_eq!(small().add(&small_more()), Ok(()));
    assert_eq!(small().add(&sealed(body.rsplit_once("U\t").unwrap().0)), Err(PackError::Version));
    assert_eq!(small().add(&sealed(&format!("{body}U\tmore\n"))), Err(PackError::Version));
    assert_eq!(
        small().add(&sealed(&format!("{body}S\tc-09\tmore\n"))),
        Err(PackError::Record { line: u32::try_from(body.lines().count()).unwrap() + 2, what: "unknown record" })
    );
}

#[test]
fn a_fourth_instrument_is_made_by_json_alone() {
    let structure = changed(|p| {
        let axis = |id: &str| {
            let items: Vec<_> = (1..=3).map(|n| json!({"id": format!("{id}-{n}"), "kind": "event"})).collect();
            json!({"id": id, "items": items})
        };
        let fourth = json!({
            "kind": "axes", "id": "fit", "minutes": 2, "line": 40, "border": 5,
            "axes": [axis("need"), axis("reach")], "quadrants": ["none", "wanted", "near", "fitting"],
        });
        p["instruments"].as_array_mut().unwrap().push(fourth);
        p["readings"].as_array_mut().unwrap().push(json!({"id": "fits", "when": "fit.quadrant = fitting"}));
    });
    let needed = crate::support::english(&structure).unwrap_err();
    let texts = retold(|texts| {
        for fault in &needed {
            let key = fault.path.trim_start_matches("en: $").trim_matches(['[', ']', '"', '.']);
            texts[key] = json!(format!("Text of {key}"));
        }
    });
    let author = author::read(&structure, &[("en".into(), texts)]).unwrap();
    let files = compiled(&author);
    let mut pack = Pack::read(&files.first).unwrap();
    pack.add(&files.later).unwrap();
    assert_eq!(pack.at("fit.quadrant.fitting.next"), "Text of fit.quadrant.fitting.next");
    let fourth = &pack.survey.instruments[3];
    assert_eq!((fourth.id.as_str(), fourth.minutes, fourth.model.count(Form::Short)), ("fit", [2, 2], 6));
    assert!(matches!(&fourth.kind, Kind::Axes { line: 40, border: 5, .. }));
    let mut evidence = Evidence::blank(&pack.survey, Perspective::Own, Form::Short);
    // Need 4, 4, 0 of 12: two thirds. Reach 2, 2, 2: half. Both are above 40.
    for (id, value) in [("need-1", 4), ("need-2", 4), ("need-3", 0), ("reach-1", 2), ("reach-2", 2), ("reach-3", 2)] {
        evidence.sheets[3].answers[index(&fourth.model, id)] = Some(Answer::Value(value));
    }
    let cards = Cards::of(&pack.survey, &evidence);
    let card = cards.axes(3).unwrap();
    assert_eq!((card.quadrant, card.borders.len(), card.ready, card.by_choice), (Some(3), 0, (0, 0), None));
    let facts = buy_sell_hierarchy::domain::facts::facts(&pack.survey, &evidence, &cards);
    let holding: Vec<&str> =
        pack.survey.readings.iter().filter(|r| r.when.holds(&facts)).map(|r| r.id.as_str()).collect();
    assert_eq!(holding, ["fits"]);
}

#[test]
fn flags_are_read_letter_by_letter() {
    let model = Pack::read(&small_pack()).unwrap().survey.instruments.remove(0).model;
    let item = |id: &str| model.find(id).unwrap().1.clone();
    let first = item("g3-01");
    assert_eq!(
        (first.scale, first.tag, first.short, first.critical, first.note),
        (Scale::Frequency, Tag::Features, true, true, false)
    );
    let third = item("g3-03");
    assert_eq!(
        (third.scale, third.tag, third.short, third.critical, third.note),
        (Scale::Event, Tag::Importance, true, false, true)
    );
    for flags in ["", "f", "xF", "fX", "fF**", "fF?", "Ff", "fF*!n*"] {
        let text = small_pack().split_once('\n').unwrap().1.replacen("fF*!", flags, 1);
        let what = if flags.is_empty() { "empty field" } else { "flags" };
        assert_eq!(Pack::read(&sealed(&text)), Err(PackError::Record { line: 6, what }), "{flags}");
    }
}

#[test]
fn what_is_not_a_pack_is_told_apart() {
    let good = small_pack();
    let body = good.split_once('\n').unwrap().1;
    assert!(Pack::read(&good).is_ok());
    for foreign in ["", "<!doctype html>", "bsh-pac", "bsh-pack", "bsh-packs\t3\t", "\u{feff}bsh-pack\t3"] {
        assert_eq!(Pack::read(foreign), Err(PackError::Foreign), "{foreign}");
    }
    assert_eq!(Pack::read(&good.replacen("\t3\t", "\t2\t", 1)), Err(PackError::Version));
    assert_eq!(Pack::read(&good.replacen("Own 2.1", "Own 2.9", 1)), Err(PackError::Damaged));
    assert_eq!(Pack::read(good.trim_end()), Err(PackError::Damaged));
    assert_eq!(Pack::read(&good[..good.len() / 2]), Err(PackError::Damaged));
    assert_eq!(Pack::read(&good.replace('\n', "\r\n")), Err(PackError::Damaged));
    // One interface text too few: made for another edition of the program.
    let fewer = body.rsplit_once("U\t").unwrap().0;
    assert_eq!(Pack::read(&sealed(fewer)), Err(PackError::Version));
    assert_eq!(Pack::read(&sealed(&format!("{body}U\tmore\n"))), Err(PackError::Version));
    assert_eq!(
        [PackError::Foreign, PackError::Version, PackError::Damaged].map(PackError::code),
        ["foreign", "version", "damaged"]
    );
}

#[test]
fn a_record_that_is_wrong_has_its_line() {
    let good = small_pack();
    let body = good.split_once('\n').unwrap().1;
    // Line 1 is the head, 2 the cuts, 3 the language, 4 the instrument, 5 to 24 the gates, 25 the first signal.
    let table = [
        ("C\t15\t50\t85", "C\t50\t15\t85", 2, "cuts"),
        ("C\t15\t50\t85", "C\t15\t50\t100", 2, "cuts"),
        ("C\t15\t50\t85", "C\tx\t50\t85", 2, "number"),
        ("C\t15\t50\t85", "C\t15\t50\t85\t1\t2\t3\t4", 2, "too many fields"),
        ("C\t15\t50\t85\n", "", 3, "instrument before the cuts"),
        ("T\ten\tEnglish", "T\ten\t", 3, "empty field"),
        ("T\ten\tEnglish", "T\ten", 3, "unknown record"),
        ("T\ten\tEnglish", "T\tnl\tNederlands", 0, "languages"),
        ("AG\thierarchy", "AG\tHierarchy", 4, "id"),
        ("AG\thierarchy\t5\t12\t3", "AG\thierarchy\t5\t12\tx", 4, "number"),
        ("AG\thierarchy\t5\t12\t3\n", "", 4, "group before an instrument"),
        ("G\tg\tgate-2", "G\tz\tgate-2", 5, "role"),
        ("G\tg\tgate-2", "G\tx\tgate-2", 0, "an instrument that cannot be scored"),
        ("G\tg\tgate-2\n", "", 5, "item before a group"),
        ("G\tg\tgate-2", "Q\tg\tgate-2", 5, "unknown record"),
        ("I\tg2-02", "I\tg2-01", 7, "id"),
        ("I\tg2-02", "I\tG2-02", 7, "id"),
        ("I\tg2-02", "I\tdate", 7, "id"),
        ("S\tc-01", "S\tg2-02", 25, "id"),
        ("R\tr-02", "R\tc-01", 28, "id"),
        ("name\tSmall", "O\ta\tb\tc", 29, "people outside of practices"),
        ("name\tSmall", "AX\tm\t1\t1\t50\t8\ta b c", 29, "quadrants"),
        ("name\tSmall", "AP\tm\t1\t1\t1", 0, "an instrument that cannot be scored"),
        ("name\tSmall", "name\tSmall\tmore", 29, "unknown record"),
    ];
    for (old, new, line, what) in table {
        assert!(body.contains(old), "{old}");
        assert_eq!(Pack::read(&sealed(&body.replacen(old, new, 1))), Err(PackError::Record { line, what }), "{new}");
    }
    let later = small_more();
    let later = later.split_once('\n').unwrap().1;
    let table = [
        ("V\tone\tg2-01", "rule"),
        ("W\tone\trise\t3\t-\t-", "use"),
        ("W\tone\tclimb\tx\t-\t-", "number"),
        ("W\tone\tclimb\t3\t-\tg2-01=", "rule"),
        ("W\tone\tclimb\t3\t-", "unknown record"),
    ];
    for (record, what) in table {
        let mut pack = Pack::read(&good).unwrap();
        let read = pack.add(&sealed(&format!("{record}\n{later}")));
        assert_eq!(read, Err(PackError::Record { line: 2, what }), "{record}");
        assert!(!pack.complete() && pack.survey.methods.is_empty(), "what was refused has changed nothing");
    }
    let two: String =
        body.lines().filter(|l| !l.contains("g4-01\t") && !l.contains("g4-04\t")).map(|l| format!("{l}\n")).collect();
    let what = "an instrument that cannot be scored";
    assert_eq!(Pack::read(&sealed(&two)), Err(PackError::Record { line: 0, what }));
}

#[test]
fn places_in_a_text_are_filled_once() {
    assert_eq!(fill("Question {n} of {of}", &[("n", "7"), ("of", "24")]), "Question 7 of 24");
    assert_eq!(fill("{n}{n}", &[("n", "é")]), "éé");
    // What a user types is not a place.
    assert_eq!(fill("{a} and {b}", &[("a", "{b}"), ("b", "{a}")]), "{b} and {a}");
    assert_eq!(fill("{unknown} {n", &[("n", "7")]), "{unknown} {n");
    assert_eq!(fill("{ {n}", &[("n", "7")]), "{ 7");
    assert_eq!(fill("", &[]), "");
}
