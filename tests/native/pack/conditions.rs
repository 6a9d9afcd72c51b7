//! The condition language: what it means, what is wrong with it, and its compiled form.

use super::changed;
use crate::support::{english, written};
use buy_sell_hierarchy::domain::facts::{Sort, sorts};
use buy_sell_hierarchy::domain::rules::{Compare, Facts, Rule, Token, Value};
use buy_sell_hierarchy::pack::author::condition::{parse, postfix};
use buy_sell_hierarchy::pack::records::rule;
use proptest::prelude::*;
use serde_json::json;

fn shipped_facts() -> Vec<(String, Sort)> {
    sorts(&written().survey())
}

#[test]
fn right_conditions_have_their_postfix_form() {
    let facts = shipped_facts();
    let table = [
        ("hierarchy.level = 3", "hierarchy.level=3"),
        ("hierarchy.level>=3", "hierarchy.level>=3"),
        ("  hierarchy.level\n!=\t3 ", "hierarchy.level!=3"),
        ("known practice.single", "?practice.single"),
        ("known g2-01 and c-01 = yes", "?g2-01 c-01=yes &"),
        ("matrix.quadrant != emotional", "matrix.quadrant!=emotional"),
        // The fact of the choice, and that of the item.
        ("matrix.choice = yes or by-choice > 0", "matrix.choice=yes by-choice>0 |"),
        // And binds tighter than or; not binds tightest.
        ("g2-01 < 1 or g2-02 <= 2 and not g2-03 = 4", "g2-01<1 g2-02<=2 g2-03=4 ! & |"),
        ("(g2-01 < 1 or g2-02 <= 2) and g2-03 = 4", "g2-01<1 g2-02<=2 | g2-03=4 &"),
        ("g2-01 = 1 and g2-02 = 2 and g2-03 = 3", "g2-01=1 g2-02=2 & g2-03=3 &"),
        ("not not (not known r-01)", "?r-01 ! ! !"),
        ("not(practice.wide<2)or(practice.deep<2)", "practice.wide<2 ! practice.deep<2 |"),
        ("practice.weakest = ask and practice.time-rank > 1", "practice.weakest=ask practice.time-rank>1 &"),
        ("hierarchy.position >= 4294967295", "hierarchy.position>=4294967295"),
        ("hierarchy.gate-4 <= 050", "hierarchy.gate-4<=50"),
    ];
    for (text, expected) in table {
        let read = parse(text, &facts).unwrap_or_else(|wrongs| panic!("{text}: {wrongs:?}"));
        assert_eq!(postfix(&read), expected, "{text}");
        assert_eq!(rule(expected).as_ref(), Some(&read), "{text}");
    }
}

#[test]
fn wrong_conditions_say_where_and_what_was_expected() {
    let facts = shipped_facts();
    let operand = "a fact, not, known or (";
    let sign = |fact: &str| format!("one of < <= = != >= > after \"{fact}\"");
    let matrix = "a fact of matrix: quadrant border ready cemented choice intellectual emotional passion resonance \
                  security creativity trust";
    let near = |ids: &str| format!("instrument.fact, or the id of an item, signal or risk, for instance {ids}");
    let table: Vec<(&str, String, &str)> = vec![
        ("", operand.into(), "the end"),
        ("and", operand.into(), "\"and\" at column 1"),
        ("not", operand.into(), "the end"),
        ("5 = 5", operand.into(), "\"5\" at column 1"),
        ("known", "a fact after known".into(), "the end"),
        ("known not g2-01", "a fact after known".into(), "\"not\" at column 7"),
        ("()", operand.into(), "\")\" at column 2"),
        ("(g2-01 = 1", "and, or, or )".into(), "the end"),
        ("g2-01 = 1)", "and, or, or the end".into(), "\")\" at column 10"),
        ("g2-01 = 1 g2-02 = 2", "and, or, or the end".into(), "\"g2-02\" at column 11"),
        ("g2-01 = 1 AND g2-02 = 2", "and, or, or the end".into(), "\"AND\" at column 11"),
        ("g2-01 = 1 and", operand.into(), "the end"),
        ("practice.single", sign("practice.single"), "the end"),
        ("g2-01 == 1", sign("g2-01"), "\"==\" at column 7"),
        ("g2-01 => 1", sign("g2-01"), "\"=>\" at column 7"),
        ("g2-01 is 1", sign("g2-01"), "\"is\" at column 7"),
        ("g2-01 =", "a whole number or a word".into(), "the end"),
        ("g2-01 = -1", "a whole number or a word".into(), "\"-1\" at column 9"),
        ("g2-01 = 1.5", "a whole number or a word".into(), "\"1.5\" at column 9"),
        ("g2-01 = 50%", "a whole number or a word".into(), "\"50%\" at column 9"),
        ("g2-01 = \"1\"", "a whole number or a word".into(), "\"\\\"1\\\"\" at column 9"),
        ("c-01 = Yes", "a whole number or a word".into(), "\"Yes\" at column 8"),
        // What is meant by the facts, where the grammar is right.
        ("matrix.quadrnt = emotional", matrix.into(), "\"matrix.quadrnt\" at column 1"),
        ("known matrix.gate-2", matrix.into(), "\"matrix.gate-2\" at column 7"),
        (
            "matirx.choice = yes",
            "an instrument before the point: hierarchy matrix practice".into(),
            "\"matirx.choice\" at column 1",
        ),
        ("g3-1 = 4", near("g3-01 g3-10 g3-11"), "\"g3-1\" at column 1"),
        ("level = 4", near("ev-1 ev-2 ev-3"), "\"level\" at column 1"),
        (
            "matrix.quadrant = high",
            "one of transactional intellectual emotional partnership for matrix.quadrant".into(),
            "\"high\" at column 19",
        ),
        (
            "practice.weakest = trust",
            "one of asset ask negotiate rivals for practice.weakest".into(),
            "\"trust\" at column 20",
        ),
        ("hierarchy.confidence = e", "one of a b c d for hierarchy.confidence".into(), "\"e\" at column 24"),
        ("c-01 = 1", "one of yes no for c-01".into(), "\"1\" at column 8"),
        ("hierarchy.level = high", "a whole number, as hierarchy.level is a number".into(), "\"high\" at column 19"),
        ("practice.ahead > no", "= or !=, as practice.ahead is a word".into(), "\">\" at column 16"),
        ("hierarchy.level < 4294967296", "a whole number of at most 4294967295".into(), "\"4294967296\" at column 19"),
        // Columns count characters.
        ("é = 1", near("c-01 c-02 c-03"), "\"é\" at column 1"),
        ("g2-01 = 1 or é", near("c-01 c-02 c-03"), "\"é\" at column 14"),
    ];
    for (text, expected, found) in table {
        let wrongs = parse(text, &facts).expect_err(text);
        assert_eq!((wrongs[0].expected.as_str(), wrongs[0].found.as_str()), (expected.as_str(), found), "{text}");
    }
    // All faults about facts are listed, not the first alone.
    let wrongs = parse("c-01 = 1 and c-02 > no or level = 2", &facts).unwrap_err();
    assert_eq!(wrongs.len(), 3);
    assert_eq!(parse("c-01 < 1", &facts).unwrap_err().len(), 2);
}

#[test]
fn a_condition_has_limits() {
    let facts = shipped_facts();
    let nested = |n: usize| format!("{}g2-01 = 1{}", "(".repeat(n), ")".repeat(n));
    assert!(parse(&nested(20), &facts).is_ok() && parse(&format!("{}g2-01 = 1", "not ".repeat(20)), &facts).is_ok());
    let deep = parse(&nested(21), &facts).unwrap_err();
    assert_eq!(deep[0].expected, "at most 20 of not and ( in each other");
    assert_eq!(deep[0].found, "\"g2-01\" at column 22");
    assert!(parse(&format!("{}g2-01 = 1", "not ".repeat(21)), &facts).is_err());
    let long = |n: usize| vec!["g2-01 = 1"; n].join(" or ");
    assert!(parse(&long(50), &facts).is_ok());
    let long = parse(&long(51), &facts).unwrap_err();
    assert_eq!(long[0].expected, "a condition of at most 200 words and signs");
    assert_eq!((long[0].found.as_str(), long.len()), ("203", 1));
    assert_eq!(parse(&"(".repeat(100_000), &facts).unwrap_err().len(), 1);
}

#[test]
fn a_condition_s_fault_has_the_path_of_its_rule() {
    let bytes = changed(|p| {
        p["readings"][3]["when"] = json!("hierarchy.level >= 4 and practice.ahed = yes");
        p["methods"][1]["when"] = json!("matrix.quadrant = none");
    });
    let told: Vec<String> = english(&bytes).unwrap_err().iter().map(ToString::to_string).collect();
    assert_eq!(told.len(), 2);
    // The order of an instrument's facts is nobody's promise.
    assert!(told[0].starts_with("$.readings[3].when: expected a fact of practice: "), "{}", told[0]);
    assert!(told[0].contains(" ahead") && told[0].ends_with(", found \"practice.ahed\" at column 26"), "{}", told[0]);
    assert_eq!(
        told[1],
        "$.methods[1].when: expected one of transactional intellectual emotional partnership for matrix.quadrant, \
         found \"none\" at column 19"
    );
    // What an instrument does not ask for gives no facts.
    let bytes = changed(|p| p["instruments"][2]["shares"] = json!(false));
    let paths: Vec<String> = english(&bytes).unwrap_err().into_iter().map(|fault| fault.path).collect();
    assert_eq!(paths, ["$.readings[3].when", "$.methods[17].when"]);
}

#[test]
fn a_condition_means_what_it_says() {
    let sorts = shipped_facts();
    let facts: Facts = vec![
        ("hierarchy.level".into(), Value::whole(4u32)),
        ("matrix.emotional".into(), Value::Number(101, 2)),
        ("matrix.quadrant".into(), Value::Word("intellectual".into())),
        ("practice.single".into(), Value::Unknown),
    ];
    let table = [
        ("hierarchy.level >= 4 and matrix.emotional <= 50", Some(false)),
        ("hierarchy.level >= 4 and matrix.emotional <= 51", Some(true)),
        ("not matrix.quadrant = transactional", Some(true)),
        ("practice.single = yes", None),
        ("not practice.single = yes", None),
        ("practice.single = yes or hierarchy.level = 4", Some(true)),
        ("practice.single = yes and hierarchy.level = 3", Some(false)),
        ("known practice.single or known hierarchy.level", Some(true)),
        ("hierarchy.level = 3 and practice.single = yes or hierarchy.level = 4", Some(true)),
        ("hierarchy.level = 3 and (practice.single = yes or hierarchy.level = 4)", Some(false)),
    ];
    for (text, expected) in table {
        assert_eq!(parse(text, &sorts).unwrap().value(&facts), expected, "{text}");
    }
}

/// Any condition as text with its rule, over a few facts.
fn condition() -> impl Strategy<Value = (String, Vec<Token>)> {
    let number = (prop::sample::select(vec!["m.level", "m.a-1", "i-1"]), 0..Compare::NAMES.len(), any::<u32>());
    let number = number.prop_map(|(name, sign, with)| {
        let (text, compare) = Compare::NAMES[sign];
        (format!("{name} {text} {with}"), vec![Token::Test(name.into(), compare, Value::whole(with))])
    });
    let word = (any::<bool>(), prop::sample::select(vec!["or", "yes", "a-9"])).prop_map(|(same, word)| {
        let (text, compare) = if same { ("=", Compare::Equal) } else { ("!=", Compare::Not) };
        (format!("m.word{text}{word}"), vec![Token::Test("m.word".into(), compare, Value::Word(word.into()))])
    });
    let known = Just(("known m.word".to_string(), vec![Token::Known("m.word".into())]));
    prop_oneof![3 => number, 2 => word, 1 => known].prop_recursive(5, 30, 2, |inner| {
        let not = inner.clone().prop_map(|(text, mut rule)| {
            rule.push(Token::Not);
            (format!("not ({text})"), rule)
        });
        let two = (inner.clone(), inner, any::<bool>()).prop_map(|((left, mut rule), (right, more), and)| {
            rule.extend(more);
            rule.push(if and { Token::And } else { Token::Or });
            (format!("({left}) {} ({right})", if and { "and" } else { "or" }), rule)
        });
        prop_oneof![1 => not, 2 => two]
    })
}

fn few_facts() -> Vec<(String, Sort)> {
    let words = ["or", "yes", "a-9"].map(String::from).to_vec();
    let numbers = ["m.level", "m.a-1", "i-1"].map(|name| (name.to_string(), Sort::Number));
    numbers.into_iter().chain([("m.word".into(), Sort::Words(words))]).collect()
}

/// Any token that the compiled form can hold, in any order: a rule that makes no sense is kept as it is too.
fn token() -> impl Strategy<Value = Token> {
    let name = "[a-z][a-z0-9-]{0,8}(\\.[a-z][a-z0-9-]{0,8})?";
    let value = prop_oneof![any::<u32>().prop_map(Value::whole), "[a-z][a-z0-9-]{0,8}".prop_map(Value::Word)];
    prop_oneof![
        name.prop_map(Token::Known),
        (name, 0..Compare::NAMES.len(), value).prop_map(|(name, sign, value)| Token::Test(
            name,
            Compare::NAMES[sign].1,
            value
        )),
        prop::sample::select(vec![Token::Not, Token::And, Token::Or]),
    ]
}

proptest! {
    #[test]
    fn any_condition_is_read_as_it_was_meant((text, tokens) in condition()) {
        match parse(&text, &few_facts()) {
            Ok(read) => {
                prop_assert_eq!(&read.0, &tokens);
                prop_assert_eq!(rule(&postfix(&read)), Some(read));
            }
            Err(wrongs) => prop_assert!(wrongs[0].expected.contains("at most 200"), "{}: {:?}", text, wrongs),
        }
    }

    #[test]
    fn any_rule_is_read_back_from_its_postfix_form(tokens in prop::collection::vec(token(), 1..12)) {
        let written = Rule(tokens);
        prop_assert_eq!(rule(&postfix(&written)), Some(written));
    }

    #[test]
    fn any_text_is_read_without_a_panic(text: String, pieces in "([a-z0-9-]{1,4}(\\.[a-z]{1,3})?|[()<>=! ]|and|or|not|known|m\\.word|é){0,40}") {
        for text in [text, pieces] {
            if let Err(wrongs) = parse(&text, &few_facts()) {
                prop_assert!(wrongs.iter().all(|wrong| !wrong.expected.is_empty() && !wrong.found.is_empty()));
            }
            let _ = rule(&text);
        }
    }
}
