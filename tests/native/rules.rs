//! Rules and facts: three-valued logic, exact fractions, and what each instrument says as a fact.

use crate::support::{filled, survey, with_row};
use buy_sell_hierarchy::domain::draft::Draft;
use buy_sell_hierarchy::domain::facts::{facts, sorts, sources};
use buy_sell_hierarchy::domain::model::Form;
use buy_sell_hierarchy::domain::rows::{List, at};
use buy_sell_hierarchy::domain::rules::{Compare, Facts, Rule, Token, Value, fact};
use buy_sell_hierarchy::domain::survey::Cards;
use buy_sell_hierarchy::pack::records::rule;

pub fn facts_of(draft: &Draft) -> Facts {
    let evidence = draft.evidence(survey());
    facts(survey(), &evidence, &Cards::of(survey(), &evidence))
}

fn value(text: &str, facts: &[(String, Value)]) -> Option<bool> {
    rule(text).unwrap_or_else(|| panic!("{text}")).value(facts)
}

/// `t` is true, `f` is false, `u` is not known, each as `x=yes`.
fn logic() -> Facts {
    vec![("t".into(), Value::flag(true)), ("f".into(), Value::flag(false)), ("u".into(), Value::Unknown)]
}

#[test]
fn three_valued_logic() {
    let (t, f, u) = (Some(true), Some(false), None);
    let names = [("t", t), ("f", f), ("u", u)];
    let and = [[t, f, u], [f, f, f], [u, f, u]];
    let or = [[t, t, t], [t, f, u], [t, u, u]];
    for (i, (a, plain)) in names.iter().enumerate() {
        assert_eq!(value(&format!("{a}=yes"), &logic()), *plain);
        assert_eq!(value(&format!("{a}=yes !"), &logic()), plain.map(|value| !value), "not {a}");
        for (j, (b, _)) in names.iter().enumerate() {
            assert_eq!(value(&format!("{a}=yes {b}=yes &"), &logic()), and[i][j], "{a} and {b}");
            assert_eq!(value(&format!("{a}=yes {b}=yes |"), &logic()), or[i][j], "{a} or {b}");
        }
    }
}

#[test]
fn only_what_is_certain_holds() {
    let holds = |text| rule(text).unwrap().holds(&logic());
    assert!(holds("t=yes") && holds("f=yes !") && holds("f!=yes"));
    assert!(!holds("u=yes") && !holds("u=yes !") && !holds("u!=yes") && !holds("u=yes u=yes ! |"));
    assert!(holds("?t") && holds("?f") && !holds("?u") && holds("?u !"), "known is never unknown");
    assert!(!holds("?nobody") && !holds("nobody=yes"), "a fact that is not there is not known");
}

#[test]
fn percentages_are_compared_as_fractions() {
    let at = |sum: u32, of: u32, text: &str| {
        let facts = vec![("p".to_string(), Value::Number(25 * sum, of))];
        value(text, &facts).unwrap()
    };
    // 2 of 4 is 50.0; 251 of 500 is 50.2.
    assert!(at(2, 1, "p<=50") && at(2, 1, "p=50") && !at(2, 1, "p>50") && at(2, 1, "p>=50"));
    assert!(!at(251, 125, "p<=50") && at(251, 125, "p>50") && !at(251, 125, "p=50") && at(251, 125, "p!=50"));
    assert!(at(249, 125, "p<50") && at(249, 125, "p<=50"));
    // A third of 100.
    assert!(at(4, 3, "p>33") && at(4, 3, "p<34") && !at(4, 3, "p=33"));
    // Large numbers do not run over.
    let facts = vec![("p".to_string(), Value::Number(u32::MAX, 1))];
    assert_eq!(value("p>4294967294", &facts), Some(true));
}

#[test]
fn a_word_is_no_number() {
    let facts = vec![("n".to_string(), Value::whole(3u8)), ("w".to_string(), Value::Word("yes".into()))];
    for text in ["n=yes", "w=3", "w<3", "w>=yes", "n!=yes"] {
        assert_eq!(value(text, &facts), None, "{text}");
    }
    assert_eq!([value("w!=no", &facts), value("n<4", &facts)], [Some(true); 2]);
}

#[test]
fn a_rule_put_together_wrongly_is_not_known() {
    let yes = || Token::Known("t".into());
    let wrong = [vec![], vec![Token::Not], vec![yes(), Token::And], vec![yes(), yes()], vec![Token::Or, yes()]];
    for tokens in wrong {
        assert_eq!(Rule(tokens.clone()).value(&logic()), None, "{tokens:?}");
    }
    let deep = [vec![yes(); 200], vec![Token::And; 199]].concat();
    assert_eq!(Rule(deep).value(&logic()), None, "deeper than any written rule");
}

#[test]
fn every_sign_compares_as_it_says() {
    let expected = [
        (Compare::Less, [true, false, false]),
        (Compare::AtMost, [true, true, false]),
        (Compare::Equal, [false, true, false]),
        (Compare::Not, [true, false, true]),
        (Compare::AtLeast, [false, true, true]),
        (Compare::More, [false, false, true]),
    ];
    for (compare, results) in expected {
        for (number, result) in [4u8, 5, 6].into_iter().zip(results) {
            let rule = Rule(vec![Token::Test("n".into(), compare, Value::whole(5u8))]);
            assert_eq!(rule.value(&[("n".into(), Value::whole(number))]), Some(result), "{number} {compare:?}");
        }
    }
}

#[test]
fn an_empty_draft_knows_nothing_but_its_ticks_and_that_it_has_no_contacts() {
    for (name, value) in facts_of(&filled(Form::Short, "")) {
        let expected = match name.as_str() {
            "practice.contacts" => Value::whole(0u8),
            _ if name.starts_with("c-") || name.starts_with("r-") => Value::flag(false),
            _ => Value::Unknown,
        };
        assert_eq!(value, expected, "{name}");
    }
}

#[test]
fn each_instrument_says_what_it_found() {
    let draft = filled(
        Form::Short,
        "g2=4 g3=4 g4=0 g5=0 iv=4 ev=2 mp-passion=4 mp-security=0 mp-trust=3 by-choice=0 ra=4 ra-1=dk aa=2 ns=4 tc=4 c-01=x r-02=x",
    );
    let draft = with_row(draft, List::People, &[(at::FUNCTION, "it"), (at::SENIORITY, "user"), (at::HOLDER, "Ann")]);
    let draft = with_row(draft, List::People, &[(at::FUNCTION, "it"), (at::SENIORITY, "manager"), (at::HOLDER, "ann")]);
    let draft = with_row(draft, List::Own, &[(at::OWN_TIME, "20"), (at::OWN_CASH, "40")]);
    let draft = with_row(draft, List::Rivals, &[(at::RIVAL_TIME, "30"), (at::RIVAL_CASH, "10")]);
    let facts = facts_of(&draft);
    let word = |word: &str| Value::Word(word.into());
    let whole = |number: u32| Value::whole(number);
    let expected = [
        ("hierarchy.level", whole(3)),
        ("hierarchy.upto", whole(3)),
        ("hierarchy.position", whole(3000)),
        ("hierarchy.confidence", word("c")),
        ("hierarchy.contradiction", word("no")),
        ("hierarchy.gate-3", Value::Number(600, 6)),
        ("g2-01", whole(4)),
        ("ra-1", Value::Unknown),
        ("c-01", word("yes")),
        ("c-02", word("no")),
        ("r-02", word("yes")),
        ("matrix.quadrant", word("intellectual")),
        ("matrix.border", word("yes")),
        ("matrix.intellectual", Value::Number(500, 5)),
        ("matrix.emotional", Value::Number(250, 5)),
        ("matrix.passion", Value::Number(100, 1)),
        ("matrix.resonance", Value::Unknown),
        ("matrix.ready", whole(1)),
        ("matrix.cemented", word("yes")),
        ("matrix.choice", word("no")),
        ("by-choice", whole(0)),
        ("practice.weakest", word("ask")),
        ("practice.contacts", whole(2)),
        ("practice.wide", whole(1)),
        ("practice.deep", whole(2)),
        ("practice.single", word("yes")),
        ("practice.time-rank", whole(2)),
        ("practice.cash-rank", whole(1)),
        ("practice.ahead", word("yes")),
    ];
    for (name, value) in expected {
        assert_eq!(fact(&facts, name), &value, "{name}");
    }
}

#[test]
fn what_is_unknown_stays_unknown() {
    let unknown = |words: &str, name: &str| {
        assert_eq!(fact(&facts_of(&filled(Form::Short, words)), name), &Value::Unknown, "{words}: {name}");
    };
    unknown("g2-01=4", "hierarchy.level");
    unknown("g2=4 g3=4 g4=dk", "hierarchy.position");
    unknown("g2-01=4", "hierarchy.gate-2");
    unknown("iv=4 ev-1=4", "matrix.quadrant");
    unknown("iv=4 ev-1=4", "matrix.border");
    unknown("ev-1=4", "matrix.emotional");
    unknown("iv=4", "matrix.ready");
    unknown("mp-trust=dk", "matrix.cemented");
    unknown("by-choice=dk", "matrix.choice");
    unknown("by-choice=dk", "by-choice");
    unknown("g2-01=na", "g2-01");
    unknown("ra-1=4", "practice.weakest");
    unknown("ra=4", "practice.single");
    unknown("ra=4", "practice.ahead");
    // A pillar has one item, which is enough.
    assert_eq!(fact(&facts_of(&filled(Form::Short, "mp-passion=2")), "matrix.passion"), &Value::Number(50, 1));
}

#[test]
fn every_fact_has_one_name_and_is_of_its_sort() {
    use buy_sell_hierarchy::domain::facts::Sort;
    let names: Vec<String> = sources(survey()).into_iter().map(|source| source.name).collect();
    for (index, name) in names.iter().enumerate() {
        assert!(!names[..index].contains(name), "{name}");
    }
    let sorts = sorts(survey());
    for words in ["g2=4 g3=2 iv=4 ev=1 mp-trust=1 by-choice=4 ra=1 aa=3", "g2=0 iv=0 ev=4 tc=0 ns=4"] {
        for ((name, value), (of, sort)) in facts_of(&filled(Form::Full, words)).iter().zip(&sorts) {
            assert_eq!(name, of);
            assert!(
                match (value, sort) {
                    (Value::Unknown, _) | (Value::Number(_, 1..), Sort::Number) => true,
                    (Value::Word(word), Sort::Words(words)) => words.contains(word),
                    _ => false,
                },
                "{name}: {value:?}"
            );
        }
    }
}
