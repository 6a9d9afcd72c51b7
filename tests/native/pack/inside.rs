//! A pack in one file, and comments.

use super::{changed, retold};
use crate::support::{PACK, TEXTS, keys_as_texts, written};
use buy_sell_hierarchy::pack::author::{self, Author, compile, normal, schema, whole};
use serde_json::{Value, json};

fn tree(text: &[u8]) -> Value {
    serde_json::from_slice(text).unwrap()
}

/// All faults of a structure with these files beside it.
fn told(structure: &[u8], files: &[(&str, &str)]) -> Vec<String> {
    let files: Vec<(String, Vec<u8>)> = files.iter().map(|(code, text)| (code.to_string(), (*text).into())).collect();
    author::read(structure, &files).map_or_else(|f| f.iter().map(ToString::to_string).collect(), |_| vec![])
}

/// The shipped structure with its texts in it.
fn one(change: impl FnOnce(&mut Value)) -> Vec<u8> {
    changed(|p| {
        p["texts"] = json!({"en": tree(TEXTS.as_bytes())});
        change(p);
    })
}

fn bytes(author: &Author) -> Vec<author::Compiled> {
    let names: Vec<(String, String)> = author.languages.iter().map(|code| (code.clone(), code.clone())).collect();
    author.languages.iter().map(|lang| compile(author, lang, &keys_as_texts(), &names)).collect()
}

#[test]
fn a_pack_in_one_file_is_the_same_as_in_several() {
    let dutch = retold(|t| {
        t["name"] = json!("Naam");
        t["ui.start.title"] = json!("Waar?");
    });
    let branded = |p: &mut Value| p["brand"] = json!({"radius": 3, "colors": {"dark": {"ink": "#ffffff"}}});
    let named = |text: &[u8]| {
        let mut tree = tree(text);
        tree["brand.name"] = json!("Acme");
        tree
    };
    let files = [("en", named(TEXTS.as_bytes())), ("nl", named(&dutch))];
    let beside = files.clone().map(|(code, tree)| (code.to_string(), serde_json::to_vec(&tree).unwrap()));
    let several = author::read(&changed(branded), &beside).unwrap();
    let inside = changed(|p| {
        branded(p);
        p["texts"] = json!({});
        files.iter().for_each(|(code, tree)| p["texts"][code] = tree.clone());
    });
    let inside = author::read(&inside, &[]).unwrap();
    // One of each.
    let mixed = changed(|p| {
        branded(p);
        p["texts"] = json!({"nl": files[1].1});
    });
    let mixed = author::read(&mixed, &beside[..1]).unwrap();
    let written = author::read(whole(&several).as_bytes(), &[]).unwrap();
    for other in [&inside, &mixed, &written] {
        assert_eq!(bytes(other), bytes(&several));
        assert_eq!(whole(other), whole(&several));
        assert_eq!(normal::hash(other), normal::hash(&several));
    }
    let schema = tree(schema::schema().as_bytes());
    assert!(super::fits(&schema, &schema, &tree(whole(&several).as_bytes())));
}

#[test]
fn the_whole_is_in_a_canonical_order() {
    let text = whole(&written());
    assert!(text.starts_with("{\n  \"format\": 2,\n  \"id\": \"buy-sell-hierarchy\",\n") && text.ends_with("\n}\n"));
    let places = ["format", "id", "version", "language", "cuts", "instruments", "readings", "methods", "texts"]
        .map(|key| text.find(&format!("\n  \"{key}\": ")).unwrap());
    assert!(places.is_sorted());
    assert!(text.find("\"hierarchy.name\"").unwrap() < text.find("\"hierarchy.intro\"").unwrap());
}

#[test]
fn faults_of_texts_inside_have_their_path() {
    assert_eq!(told(&one(|_| {}), &[]), [""; 0]);
    assert_eq!(
        told(&one(|p| p["texts"]["en"]["g2-01.own"] = json!("")), &[]),
        ["$.texts.en[\"g2-01.own\"]: expected a text, found an empty one"]
    );
    assert_eq!(
        told(&one(|p| p["texts"]["en"]["ui.no"] = json!("No")), &[]),
        ["$.texts.en[\"ui.no\"]: expected ui. and the key of an interface text, found \"ui.no\""]
    );
    assert_eq!(
        told(&one(|p| p["texts"]["en"] = json!([])), &[]),
        ["$.texts.en: expected an object, found a list of 0"]
    );
    assert_eq!(
        told(&one(|p| p["texts"]["English"] = json!({})), &[]),
        ["$.texts.English: expected a language code as in en or pt-BR, found \"English\""]
    );
    assert_eq!(
        told(&one(|_| {}), &[("en", TEXTS)]),
        ["$.texts.en: expected the texts of a language in one place, found a file of them beside the pack"]
    );
    assert_eq!(
        told(&changed(|p| p["texts"] = json!("en")), &[("en", TEXTS)]),
        ["$.texts: expected an object with the texts of each language by its code, found \"en\""]
    );
    assert_eq!(
        told(&one(|p| p["language"] = json!("nl")), &[]),
        ["$.language: expected a language that has its texts in the pack or in a file beside it, found \"nl\""]
    );
    let text = String::from_utf8(one(|_| {})).unwrap();
    let twice = text.replacen("\"texts\":{", "\"texts\":{\"en\":{},", 1);
    assert!(told(twice.as_bytes(), &[]).contains(&"$.texts.en: expected each key once, found it again".into()));
}

#[test]
fn very_many_languages_are_counted_and_not_compared_with_each_other() {
    let codes = (0..200_000).map(|n| (format!("aa-{n:06}"), json!({}))).collect();
    let many = changed(|p| p["texts"] = Value::Object(codes));
    let since = std::time::Instant::now();
    assert!(told(&many, &[("en", TEXTS)]).contains(&"$: expected at most 20 languages, found 200001".into()));
    // Each with each other would be minutes.
    assert!(since.elapsed().as_secs() < 30, "{:?}", since.elapsed());
}

#[test]
fn a_comment_stands_in_any_object_and_says_nothing() {
    let commented = changed(|p| {
        fn comment(value: &mut Value) {
            match value {
                Value::Object(map) => {
                    map.values_mut().for_each(comment);
                    map.insert("//".into(), json!("A remark."));
                }
                Value::Array(list) => list.iter_mut().for_each(comment),
                _ => {}
            }
        }
        p["texts"] = json!({"en": tree(TEXTS.as_bytes())});
        comment(p);
    });
    let author = author::read(&commented, &[]).unwrap_or_else(|faults| panic!("{faults:#?}"));
    assert_eq!(bytes(&author), bytes(&written()));
    assert_eq!(normal::hash(&author), normal::hash(&written()));
    let schema = tree(schema::schema().as_bytes());
    assert!(super::fits(&schema, &schema, &tree(&commented)));
    // Twice, too, and of any kind; and in a file of texts.
    let twice = PACK.replacen('{', "{\"//\": [1], \"//\": null,", 1);
    let texts = TEXTS.replacen('{', "{\"//\": {\"a\": \"b\"}, ", 1);
    assert_eq!(told(twice.as_bytes(), &[("en", &texts)]), [""; 0]);
    assert_eq!(told(b"{", &[("en", &texts)]).len(), 1);
}

#[test]
fn very_many_keys_are_read_in_time() {
    // The largest files that are read: no work that grows with the square of their keys.
    let keys: String = (0..60_000).map(|n| format!("\"k{n}\":\"x\",")).collect();
    let texts = format!("{{{keys}\"k\":\"x\"}}");
    assert!(texts.len() < author::SIZE_MAX);
    assert!(told(PACK.as_bytes(), &[("en", &texts)]).len() > 60_000);
    assert_eq!(told(b"{", &[("en", &texts)]).len(), 1);
}
