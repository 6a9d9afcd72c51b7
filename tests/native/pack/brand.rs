//! Brand and own words: every fault with its path, what is compiled, and what a damaged or foreign record does.

use super::{changed, faults, without};
use crate::support::{
    PACK, TEXTS, compiled, english_only, keys_as_texts, sealed, shipped, small_more, small_pack, written,
};
use buy_sell_hierarchy::pack::author::{self, Author, compile_with, contrast, normal, ui_faults};
use buy_sell_hierarchy::pack::brand::is_send;
use buy_sell_hierarchy::pack::compiled::{Pack, PackError};
use buy_sell_hierarchy::pack::texts::KEYS;
use proptest::prelude::*;
use serde_json::{Value, json};

/// What a brand with everything needs in every language.
const OWN: [(&str, &str); 5] = [
    ("brand.name", "Acme"),
    ("brand.action", "Talk to us"),
    ("brand.action.text", "We help."),
    ("brand.send.text", "Acme gets it."),
    ("brand.send.consent", "I agree."),
];

fn brand() -> Value {
    json!({
        "//": "Ours",
        "logo": "img/logo.svg",
        "colors": {"light": {"accent": "#7A1F5C"}, "dark": {"accent": "#e7a3d0", "//": "lighter"}},
        "radius": 4,
        "font": "\"Acme Sans\", Georgia, serif",
        "action": "https://acme.example/call?from=page",
        "send": "mailto:sales@acme.example",
    })
}

/// The shipped structure with a brand, changed.
pub fn branded(change: impl FnOnce(&mut Value)) -> Vec<u8> {
    changed(|p| {
        p["brand"] = brand();
        change(p);
    })
}

fn texts(change: impl FnOnce(&mut Value)) -> Vec<u8> {
    super::retold(|texts| {
        OWN.iter().for_each(|(key, text)| texts[key] = json!(text));
        change(texts);
    })
}

fn read(structure: &[u8], texts: Vec<u8>) -> Result<Author, Vec<author::Fault>> {
    author::read(structure, &[("en".into(), texts)])
}

/// All faults of a structure with the texts of a brand that has everything.
pub fn told(structure: &[u8]) -> Vec<String> {
    let read = read(structure, texts(|_| {}));
    read.map_or_else(|faults| faults.iter().map(ToString::to_string).collect(), |_| vec![])
}

fn ours() -> Author {
    read(&branded(|_| {}), texts(|t| t["ui.start.title"] = json!("Where do you stand?"))).unwrap()
}

#[test]
fn every_fault_of_a_brand_has_its_path_and_is_one() {
    let table: [(&str, Value, &str); 33] = [
        ("logo", json!(3), "3"),
        ("logo", json!(""), "\"\""),
        ("logo", json!("logo.gif"), "\"logo.gif\""),
        ("logo", json!("/logo.svg"), "\"/logo.svg\""),
        ("logo", json!("../logo.svg"), "\"../logo.svg\""),
        ("logo", json!("img//logo.svg"), "\"img//logo.svg\""),
        ("logo", json!("https://acme.example/logo.svg"), "\"https://acme.example/logo.svg\""),
        ("logo", json!("logo.svg?x.png"), "\"logo.svg?x.png\""),
        ("logo", json!(format!("{}.svg", "x".repeat(197))), "..."),
        ("logo", json!("data:image/png;base64,"), "\"data:image/png;base64,\""),
        ("logo", json!("data:image/png;base64,AAA"), "\"data:image/png;base64,AAA\""),
        ("logo", json!("data:image/gif;base64,AAAA"), "\"data:image/gif;base64,AAAA\""),
        ("logo", json!("data:text/html;base64,AAAA"), "\"data:text/html;base64,AAAA\""),
        ("logo", json!(format!("data:image/png;base64,{}", "A".repeat(40_000))), "..."),
        ("colors", json!([]), "a list of 0"),
        ("colors.light", json!("red"), "\"red\""),
        ("colors.night", json!({}), "the unknown key \"night\" with an object of 0"),
        ("colors.light.pink", json!("#ff00ff"), "the unknown key \"pink\" with \"#ff00ff\""),
        ("colors.dark.ink", json!("#fff"), "\"#fff\""),
        ("radius", json!(25), "25"),
        ("radius", json!("4px"), "\"4px\""),
        ("font", json!("a; b"), "\"a; b\""),
        ("font", json!("\"Acme"), "\"\\\"Acme\""),
        ("font", json!("Acme,,serif"), "\"Acme,,serif\""),
        ("font", json!("“Acme”"), "\"“Acme”\""),
        ("action", json!("javascript:alert(1)"), "\"javascript:alert(1)\""),
        ("action", json!("http://acme.example"), "\"http://acme.example\""),
        ("action", json!("https://acme.example@other.example"), "\"https://acme.example@other.example\""),
        ("action", json!("tel:"), "\"tel:\""),
        ("send", json!("//other.example/x"), "\"//other.example/x\""),
        ("send", json!("mailto:a@b.example?cc=c@d.example"), "\"mailto:a@b.example?cc=c@d.example\""),
        ("send", json!("/a b"), "\"/a b\""),
        ("owner", json!("Acme"), "the unknown key \"owner\" with \"Acme\""),
    ];
    for (key, value, found) in table {
        let structure = branded(|p| {
            let place = key.split('.').fold(&mut p["brand"], |at, key| &mut at[key]);
            *place = value;
        });
        let told = told(&structure);
        assert_eq!(told.len(), 1, "{key}: {told:#?}");
        assert!(told[0].starts_with(&format!("$.brand.{key}: expected ")), "{key}: {told:#?}");
        assert!(told[0].ends_with(&format!("found {found}")) || told[0].ends_with(found), "{key}: {told:#?}");
    }
    assert_eq!(faults(&changed(|p| p["brand"] = json!(true))), [("$.brand".into(), "an object".into())]);
    for right in ["tel:+31 20".replace(' ', ""), "mailto:a@b.example?subject=Hi".into(), "https://a".into()] {
        assert_eq!(told(&branded(|p| p["brand"]["action"] = json!(right))), [""; 0], "{right}");
    }
    for right in ["/send", "./send.php", "https://acme.example/in"] {
        assert_eq!(told(&branded(|p| p["brand"]["send"] = json!(right))), [""; 0], "{right}");
    }
    for right in
        ["logo.png", "a/b_c-d/Logo.2.webp", "data:image/svg+xml;base64,PHN2Zz4=", "data:image/jpeg;base64,AA=="]
    {
        assert_eq!(told(&branded(|p| p["brand"]["logo"] = json!(right))), [""; 0], "{right}");
    }
}

#[test]
fn a_brand_needs_its_texts_and_no_other() {
    let paths = |structure: &[u8], texts: Vec<u8>| -> Vec<String> {
        read(structure, texts).unwrap_err().into_iter().map(|fault| fault.path).collect()
    };
    let needed: Vec<String> = OWN.iter().map(|(key, _)| format!("en: $[{key:?}]")).collect();
    assert_eq!(paths(&branded(|_| {}), TEXTS.into()), needed);
    // A link that is wrong needs its texts all the same; one that is not there has none.
    assert_eq!(paths(&branded(|p| p["brand"]["send"] = json!(1)), texts(|_| {})), ["$.brand.send"]);
    let surplus = paths(&branded(|p| without(&mut p["brand"], "send")), texts(|_| {}));
    assert_eq!(surplus, [needed[4].as_str(), &needed[3]], "in the order of the file");
    assert_eq!(paths(PACK.as_bytes(), texts(|_| {})).len(), 5);
    let small = changed(|p| p["brand"] = json!({}));
    assert!(read(&small, super::retold(|t| t["brand.name"] = json!("Acme"))).is_ok());
}

#[test]
fn a_brand_is_compiled_and_read_back() {
    let files = compiled(&ours());
    let mut pack = Pack::read(&files.first).unwrap();
    let first = [
        ("logo", "img/logo.svg"),
        ("color.light.accent", "#7a1f5c"),
        ("color.dark.accent", "#e7a3d0"),
        ("radius", "4"),
        ("font", "\"Acme Sans\", Georgia, serif"),
        ("name", "Acme"),
    ];
    let pairs = |list: &[(&str, &str)]| -> Vec<(String, String)> {
        list.iter().map(|(key, value)| (key.to_string(), value.to_string())).collect()
    };
    assert_eq!(pack.brand, pairs(&first));
    pack.add(&files.later).unwrap();
    let later = [
        ("action", "https://acme.example/call?from=page"),
        ("send", "mailto:sales@acme.example"),
        ("action.label", "Talk to us"),
        ("action.text", "We help."),
        ("send.text", "Acme gets it."),
        ("send.consent", "I agree."),
    ];
    assert_eq!(pack.brand[first.len()..], pairs(&later));
    assert_eq!((pack.brand("name"), pack.brand("send.consent"), pack.brand("no")), ("Acme", "I agree.", ""));
    assert_eq!(pack.at("brand.name"), "", "it is no text of the questions");
    assert!(shipped().brand.is_empty());
}

#[test]
fn a_colour_for_light_or_dark_alone_comes_with_its_shipped_partner() {
    let mut author = ours();
    let brand = author.brand.as_mut().unwrap();
    (brand.colors.light.0, brand.colors.dark.0) = (vec![("ink", "#101010".into())], vec![("bg", "#000000".into())]);
    let pack = Pack::read(&compiled(&author).first).unwrap();
    for (key, color) in [("light.ink", "#101010"), ("dark.bg", "#000000")] {
        assert_eq!(pack.brand(&format!("color.{key}")), color);
    }
    for (theme, name) in [("dark", "ink"), ("light", "bg")] {
        assert_eq!(Some(pack.brand(&format!("color.{theme}.{name}"))), contrast::default(theme, name));
    }
    assert_eq!(pack.brand.iter().filter(|(key, _)| key.starts_with("color.")).count(), 4);
}

#[test]
fn a_mail_address_has_nothing_behind_it_that_would_swallow_the_text() {
    for right in ["mailto:a@b.example", "mailto:a@b.example,c@d.example"] {
        assert!(is_send(right), "{right}");
    }
    for wrong in ["mailto:a@b.example?cc=c", "mailto:a@b.example#x"] {
        assert!(!is_send(wrong), "{wrong}");
    }
}

#[test]
fn brand_and_own_words_are_not_in_the_hash() {
    assert_eq!(normal::hash(&ours()), normal::hash(&written()));
}

#[test]
fn own_words_replace_those_of_the_interface() {
    let own = |key: &str| KEYS.iter().position(|known| *known == key).unwrap();
    let author = read(
        PACK.as_bytes(),
        super::retold(|t| {
            t["ui.start.title"] = json!("Where do you stand?");
            t["ui.lang.name"] = json!("Our English");
        }),
    )
    .unwrap();
    let base = shipped();
    let files = compile_with(&author, "en", &base);
    let mut pack = Pack::read(&files.first).unwrap();
    pack.add(&files.later).unwrap();
    let mut ui = base.ui.clone();
    ui[own("start.title")] = "Where do you stand?".into();
    ui[own("lang.name")] = "Our English".into();
    assert_eq!(pack.ui, ui);
    assert_eq!(pack.languages, [("en".into(), "Our English".into())]);
    assert_eq!(pack.texts, base.texts);
    // Without words of its own it is what is shipped.
    let names = english_only();
    assert_eq!(compile_with(&written(), "en", &base), author::compile(&written(), "en", &base.ui, &names));
}

#[test]
fn own_words_that_are_wrong_have_their_key() {
    let told = |key: &str, text: Value| -> Vec<String> {
        let read = read(PACK.as_bytes(), super::retold(|t| t[key] = text));
        let model = shipped().ui;
        let faults = read.map_or_else(|faults| faults, |author| ui_faults(&author, "en", &model, true));
        faults.iter().map(ToString::to_string).collect()
    };
    assert_eq!(told("ui.start.title", json!("Where?")), [""; 0]);
    assert_eq!(
        told("ui.start.titel", json!("Where?")),
        ["en: $[\"ui.start.titel\"]: expected ui. and the key of an interface text, found \"ui.start.titel\""]
    );
    assert_eq!(told("ui.start.title", json!("")), ["en: $[\"ui.start.title\"]: expected a text, found an empty one"]);
    assert_eq!(told("ui.start.title", json!(1)), ["en: $[\"ui.start.title\"]: expected a text, found 1"]);
    assert_eq!(
        told("ui.start.title", json!("Where {")),
        ["en: $[\"ui.start.title\"]: expected every { closed by } around a name of a-z and 0-9, found \"Where {\""]
    );
    assert_eq!(
        told("ui.start.title", json!("Where, {n}?")),
        ["en: $[\"ui.start.title\"]: expected the places of the shipped text, none, found \"Where, {n}?\""]
    );
    assert_eq!(
        told("ui.gate.question", json!("Question")),
        ["en: $[\"ui.gate.question\"]: expected the places of the shipped text, {n} {of}, found \"Question\""]
    );
}

#[test]
fn a_language_that_is_not_shipped_needs_the_whole_interface() {
    let model = shipped().ui;
    let author = |change: &dyn Fn(&mut Value)| {
        let files = [("en".into(), TEXTS.into()), ("fi".into(), super::retold(change))];
        author::read(PACK.as_bytes(), &files).unwrap()
    };
    let told = |author: &Author| -> Vec<String> {
        ui_faults(author, "fi", &model, false).iter().map(ToString::to_string).collect()
    };
    let all = |t: &mut Value| {
        KEYS.iter().zip(&model).for_each(|(key, text)| t[format!("ui.{key}")] = json!(format!("Fi {text}")));
    };
    let none = format!("fi: $: expected all {} texts ui.* of the interface, which has no fi of its own", KEYS.len());
    assert_eq!(told(&author(&|_| {})), [format!("{none}, found none")]);
    assert_eq!(told(&author(&all)), [""; 0]);
    let some = author(&|t| {
        all(t);
        without(t, "ui.go.back");
    });
    let missing = "fi: $[\"ui.go.back\"]: expected a text, as the interface has no fi of its own, found nothing";
    assert_eq!(told(&some), [missing]);
    let whole = author(&all);
    let files = compile_with(&whole, "fi", &shipped());
    let mut pack = Pack::read(&files.first).unwrap();
    pack.add(&files.later).unwrap();
    assert!(pack.ui.iter().all(|text| text.starts_with("Fi ")));
    assert_eq!(pack.languages[1].1, "Fi English");
}

#[test]
fn a_record_of_a_brand_that_is_wrong_is_refused() {
    let small = small_pack();
    let body = small.split_once('\n').unwrap().1;
    let first = |records: &str| Pack::read(&sealed(&format!("{records}{body}")));
    let wrong = |line| PackError::Record { line, what: "brand" };
    assert_eq!(first("B\tname\tAcme\nB\tradius\t24\n").unwrap().brand("radius"), "24");
    for record in [
        "B\tcolour\t#123456",
        "B\tcolor.light.pink\t#123456",
        "B\tcolor.night.ink\t#123456",
        "B\tcolor.light\t#123456",
        "B\tcolor.light.ink\t#12345",
        "B\tcolor.light.ink\turl(x)",
        "B\tradius\t25",
        "B\tradius\t-1",
        "B\tfont\ta;b",
        "B\tlogo\thttps://other.example/x.svg",
        "B\tlogo\tdata:text/html;base64,AAAA",
        "B\taction\thttps://acme.example",
    ] {
        assert_eq!(first(&format!("{record}\n")), Err(wrong(2)), "{record}");
    }
    assert_eq!(first("B\tname\tAcme\nB\tname\tAcme\n"), Err(wrong(3)));
    for record in ["B\tname", "B\tname\tAcme\tmore"] {
        assert!(first(&format!("{record}\n")).is_err(), "{record}");
    }
    let more = small_more();
    let later = more.split_once('\n').unwrap().1;
    let add = |records: &str| {
        let mut pack = first("B\tname\tAcme\n").unwrap();
        let done = pack.add(&sealed(&format!("{records}{later}")));
        assert_eq!(pack.brand.len() == 1, done.is_err(), "what was refused has changed nothing: {records}");
        done
    };
    let action = "B\taction\thttps://acme.example\nB\taction.label\tGo\nB\taction.text\tWhy\n";
    assert_eq!(add(action), Ok(()));
    for record in ["B\taction\tjavascript:x", "B\tsend\t//other.example", "B\tlogo\tlogo.svg", "B\tname\tOther"] {
        assert_eq!(add(&format!("{record}\n")), Err(wrong(2)), "{record}");
    }
    // A link without its words, and a place to send to without consent.
    for records in ["B\taction\thttps://acme.example\n", "B\tsend\t/in\nB\tsend.text\tWho\n"] {
        assert_eq!(add(records), Err(wrong(0)), "{records}");
    }
    let mut nameless = Pack::read(&small).unwrap();
    assert_eq!(nameless.add(&sealed(&format!("{action}{later}"))), Err(wrong(0)));
}

#[test]
fn keys_of_interface_and_brand_are_no_instruments() {
    for id in ["ui", "brand"] {
        let told = faults(&changed(|p| p["instruments"][2]["id"] = json!(id)));
        assert!(told.iter().any(|(path, _)| path == "$.instruments[2].id"), "{id}");
    }
}

proptest! {
    #[test]
    fn damaged_records_never_panic(at in 0usize..400, byte: u8, later: bool) {
        let files = compiled(&ours());
        let pack = Pack::read(&files.first).unwrap();
        let text = if later { &files.later } else { &files.first };
        let body = text.split_once('\n').unwrap().1;
        // Somewhere among the B records, with a checksum that fits.
        let mut bytes = body.as_bytes().to_vec();
        let from = body.find("\nB\t").unwrap();
        if let Some(there) = bytes.get_mut(from + at) {
            *there = byte;
        }
        let Ok(damaged) = String::from_utf8(bytes) else { return Ok(()) };
        let head: Vec<&str> = text.split('\n').next().unwrap().split('\t').collect();
        let sum = buy_sell_hierarchy::pack::compiled::fnv1a(damaged.as_bytes());
        let whole = format!("{}\t{sum:08x}\n{damaged}", head[..4].join("\t"));
        let read = if later {
            let mut pack = pack.clone();
            pack.add(&whole).map(|()| pack)
        } else {
            Pack::read(&whole)
        };
        if let Ok(read) = read {
            for (key, value) in &read.brand {
                let known = [true, false].iter().any(|first| buy_sell_hierarchy::pack::brand::fits(*first, key, value));
                prop_assert!(known, "{key} {value}");
            }
        }
    }

    #[test]
    fn any_text_has_a_shape_or_none(text in "\\PC{0,60}", key in "[a-z.]{0,20}") {
        for first in [true, false] {
            buy_sell_hierarchy::pack::brand::fits(first, &key, &text);
            for key in ["logo", "font", "radius", "color.light.ink", "action", "send"] {
                buy_sell_hierarchy::pack::brand::fits(first, key, &text);
            }
        }
    }
}

#[test]
fn the_interface_of_keys_is_replaced_alike() {
    // `compile` itself puts the pack's own words first, so that every way to compile gives the same.
    let files = compiled(&ours());
    let plain =
        author::compile(&read(&branded(|_| {}), texts(|_| {})).unwrap(), "en", &keys_as_texts(), &english_only());
    assert_eq!(
        files.first.replacen("U\tWhere do you stand?\n", "U\tstart.title\n", 1).split_once('\n').unwrap().1,
        plain.first.split_once('\n').unwrap().1
    );
    assert_eq!(files.later, plain.later);
}
