//! What the shipped pack reads out of answers, and which methods it suggests.

use crate::rules::facts_of;
use crate::support::{filled, place, survey, with_row};
use buy_sell_hierarchy::domain::answer::Answer;
use buy_sell_hierarchy::domain::draft::{Action, Draft, Ticks};
use buy_sell_hierarchy::domain::model::{Form, Use};
use buy_sell_hierarchy::domain::rows::{List, at};
use buy_sell_hierarchy::domain::suggest::{Cause, MOST, Suggestion, suggest};
use buy_sell_hierarchy::domain::survey::Cards;

/// The readings that hold.
fn readings(draft: &Draft) -> Vec<&'static str> {
    let facts = facts_of(draft);
    survey().readings.iter().filter(|reading| reading.when.holds(&facts)).map(|reading| reading.id.as_str()).collect()
}

fn suggestions(draft: &Draft) -> Vec<Suggestion> {
    let evidence = draft.evidence(survey());
    let cards = Cards::of(survey(), &evidence);
    suggest(survey(), &evidence, &cards, &facts_of(draft))
}

fn methods(draft: &Draft) -> Vec<&'static str> {
    suggestions(draft).iter().map(|suggestion| survey().methods[suggestion.method].id.as_str()).collect()
}

fn held_by(draft: Draft, holders: &[&str]) -> Draft {
    holders.iter().fold(draft, |draft, holder| with_row(draft, List::People, &[(at::NAME, "N."), (at::HOLDER, holder)]))
}

fn shares(draft: Draft, own: &str, rival: &str) -> Draft {
    let draft = with_row(draft, List::Own, &[(at::OWN_TIME, own), (at::OWN_CASH, own)]);
    with_row(draft, List::Rivals, &[(at::NAME, "R."), (at::RIVAL_TIME, rival), (at::RIVAL_CASH, rival)])
}

/// Answers that reach a level, and no more.
fn level(level: u32, more: &str) -> Draft {
    let gates: Vec<String> = (2..=5).map(|gate| format!("g{gate}={}", if gate <= level { 4 } else { 0 })).collect();
    filled(Form::Short, &format!("{} {more}", gates.join(" ")))
}

const CLIMB: [&str; 3] = ["iv=4 ev=4 mp-trust=4 by-choice=0", "iv=4 ev=0", "iv=0 ev=0 by-choice=4"];

#[test]
fn will_not_last_is_of_level_two_and_the_chasm_of_level_three() {
    for at in 1..=5 {
        let held = readings(&level(at, ""));
        assert_eq!(held.contains(&"will-not-last"), at == 2, "{at}");
        assert_eq!(held.contains(&"chasm"), at == 3, "{at}");
    }
    // Not for a customer who buys on price by choice; what is not known does not stop them.
    for (words, held) in [("by-choice=4", false), ("by-choice=0", true), ("by-choice=dk", true)] {
        assert_eq!(readings(&level(2, words)).contains(&"will-not-last"), held, "{words}");
        assert_eq!(readings(&level(3, words)).contains(&"chasm"), held, "{words}");
    }
    assert!(readings(&filled(Form::Short, "g2-01=4")).is_empty(), "no level is known");
}

#[test]
fn by_choice_only_when_the_customer_chose() {
    let holds = |words| readings(&filled(Form::Short, words)).contains(&"by-choice");
    assert!(holds("by-choice=4") && !holds("by-choice=0") && !holds("by-choice=dk") && !holds("iv=0 ev=0"));
}

#[test]
fn fragile_is_high_up_and_not_valued_for_who_one_is() {
    let holds = |at, words| readings(&level(at, words)).contains(&"fragile");
    assert!(holds(4, "iv=4 ev=0") && holds(5, "iv=4 ev=0"));
    assert!(holds(4, "iv=4 ev=2"), "exactly 50");
    assert!(!holds(4, "iv=4 ev=2 ev-1=3"), "55");
    assert!(!holds(4, "iv=4 ev=4") && !holds(3, "iv=4 ev=0"));
    assert!(!holds(4, "iv=0 ev=0"), "that is the contradiction");
    assert!(holds(4, "ev=0"), "whatever is not known of the other axis");
    assert!(!holds(4, "iv=4"), "not known");
}

#[test]
fn a_high_level_in_the_transactional_quadrant_is_a_contradiction() {
    let holds = |at, words| readings(&level(at, words)).contains(&"contradiction");
    assert!(holds(4, "iv=0 ev=0") && holds(5, "iv=2 ev=2"));
    assert!(!holds(3, "iv=0 ev=0") && !holds(4, "iv=4 ev=0") && !holds(4, "iv=0 ev=4") && !holds(4, ""));
}

#[test]
fn a_rival_ahead_is_a_contradiction_from_level_four() {
    let holds = |at, own, rival| readings(&shares(level(at, ""), own, rival)).contains(&"rival-ahead");
    assert!(holds(4, "20", "30") && holds(5, "20", "21"));
    assert!(!holds(4, "30", "20") && !holds(4, "30", "30") && !holds(3, "20", "30"));
    assert!(!holds(4, "", "30") && !holds(4, "20", ""), "not known");
}

#[test]
fn a_single_thread_is_a_risk_from_level_three() {
    let holds = |at, holders: &[&str]| readings(&held_by(level(at, ""), holders)).contains(&"single-thread");
    assert!(holds(3, &["Ann"]) && holds(5, &["Ann", "Bo", "ann"]));
    assert!(!holds(2, &["Ann"]) && !holds(3, &["Ann", "Bo"]) && !holds(3, &[]) && !holds(3, &["Ann", "", ""]));
}

#[test]
fn a_partnership_without_trust_is_not_cemented() {
    let holds = |words| readings(&filled(Form::Short, words)).contains(&"not-cemented");
    assert!(holds("iv=4 ev=4 mp-trust=0") && holds("iv=4 ev=4 mp-trust=2"));
    assert!(!holds("iv=4 ev=4 mp-trust=3") && !holds("iv=4 ev=4 mp-trust=dk") && !holds("iv=4 ev=4"));
    assert!(!holds("iv=4 ev=0 mp-trust=0"), "not a partnership");
}

#[test]
fn every_reading_has_a_sheet_on_which_it_fires() {
    let draft = |words: &str| filled(Form::Short, words);
    let all = [
        draft("by-choice=4"),
        level(4, "iv=4 ev=0"),
        level(4, "iv=0 ev=0"),
        shares(level(4, ""), "20", "30"),
        held_by(level(3, ""), &["Ann"]),
        draft("iv=4 ev=4 mp-trust=0"),
        level(3, ""),
        level(2, ""),
    ];
    for reading in &survey().readings {
        assert!(all.iter().any(|draft| readings(draft).contains(&reading.id.as_str())), "{}", reading.id);
    }
}

#[test]
fn the_critical_answer_comes_first() {
    let first = |draft: &Draft| suggestions(draft).first().cloned();
    let cause = |id| Some(Cause::Answer(place(id)));
    // g4-02 and others are lower, g4-01 is critical and holds the level.
    let draft = filled(Form::Short, "g2=4 g3=4 g4=2 g4-01=1 g4-02=0 g5=0");
    let suggested = first(&draft).unwrap();
    assert_eq!(
        (Some(suggested.cause), survey().methods[suggested.method].id.as_str()),
        (cause("g4-01"), "senior-executives")
    );
    let draft = filled(Form::Short, "g2=1 g3=0 g4=0 g5=0");
    assert_eq!(first(&draft).map(|suggestion| suggestion.cause), cause("g2-01"));
}

#[test]
fn different_answers_have_different_suggestions() {
    let all: Vec<Vec<&str>> = [
        level(1, ""),
        level(2, ""),
        level(3, ""),
        level(4, ""),
        level(5, CLIMB[0]),
        filled(Form::Short, "aa=0 ra=4 ns=4 tc=4"),
        filled(Form::Short, "ns=0 ra=4 aa=4 tc=4"),
        filled(Form::Short, "iv=4 ev=0"),
        filled(Form::Short, "iv=0 ev=4"),
    ]
    .iter()
    .map(methods)
    .collect();
    for (index, one) in all.iter().enumerate() {
        assert!(!one.is_empty(), "{index}");
        for other in &all[..index] {
            assert_ne!(one, other, "{index}");
        }
    }
}

#[test]
fn who_buys_on_price_by_choice_is_not_talked_into_more() {
    for draft in [level(1, "by-choice=4 iv=0 ev=0 r-01=x r-02=x c-01=x aa=0 ra=0"), filled(Form::Short, "by-choice=4")]
    {
        let draft = shares(held_by(draft, &["Ann"]), "10", "20");
        let all = suggestions(&draft);
        assert!(!all.is_empty());
        assert!(all.iter().all(|suggestion| survey().methods[suggestion.method].serves != Use::Climb), "{all:?}");
        assert_eq!(methods(&draft), ["hold"]);
        assert_eq!(all[0].cause, Cause::Fact("matrix.choice".into()));
    }
    assert!(!methods(&level(1, "by-choice=0 iv=0 ev=0")).contains(&"hold"));
    assert!(!methods(&level(1, "by-choice=dk iv=0 ev=0")).contains(&"hold"));
}

#[test]
fn at_the_top_there_is_a_position_to_keep() {
    let top = "g2=4 g3=4 g4=4 g5=4 iv=4 ev=4 mp=4 by-choice=0 ra=4 aa=4 ns=4 tc=4";
    let draft = filled(Form::Full, top);
    assert_eq!(methods(&draft), ["guard", "pass-it-on"]);
    assert!(suggestions(&draft).iter().all(|suggestion| suggestion.cause == Cause::Top));
    // Something that is not at the top is worth more.
    assert_eq!(methods(&filled(Form::Full, &format!("{top} r-01=x"))), ["succession"]);
}

#[test]
fn a_ticked_risk_calls_its_method() {
    for part in &survey().instruments {
        for id in part.model.risks.iter().chain(&part.model.signals) {
            let top = format!("g2=4 g3=4 g4=4 g5=4 {id}=x");
            let all = suggestions(&filled(Form::Full, &top));
            let mover = survey().methods.iter().position(|method| method.moves.contains(id));
            assert_eq!(all.iter().map(|suggestion| Some(suggestion.method)).collect::<Vec<_>>(), [mover], "{id}");
            assert_eq!(all[0].cause, Cause::Tick(id.clone()));
        }
    }
    // Risks before signals.
    assert_eq!(methods(&filled(Form::Full, "g2=4 g3=4 g4=4 g5=4 c-01=x r-01=x")), ["succession", "consultative"]);
}

#[test]
fn the_weakest_practice_calls_for_its_method() {
    for (words, method) in [
        ("ra=4 aa=0 ns=4 tc=4", "what-more"),
        ("ra=4 aa=4 ns=0 tc=4", "negotiate-access"),
        ("ra=4 aa=4 ns=4 tc=0", "rivals"),
        ("ra=0 aa=4 ns=4 tc=4", "contact-map"),
    ] {
        assert_eq!(methods(&filled(Form::Short, words)).first(), Some(&method), "{words}");
    }
}

#[test]
fn a_quadrant_and_a_map_call_for_theirs() {
    assert!(methods(&filled(Form::Short, "iv=4 ev=0")).contains(&"unasked-promise"));
    assert!(methods(&filled(Form::Short, "iv=0 ev=4")).contains(&"expertise"));
    assert!(methods(&filled(Form::Short, "iv=4 ev=4 mp-trust=0")).contains(&"one-table"));
    assert_eq!(methods(&held_by(level(5, ""), &["Ann"])), ["contact-map"]);
    assert_eq!(methods(&shares(level(5, ""), "10", "20")), ["rivals"]);
}

#[test]
fn nothing_answered_suggests_nothing() {
    assert!(suggestions(&filled(Form::Short, "")).is_empty());
    assert!(suggestions(&held_by(filled(Form::Short, "r-01=x"), &["Ann"])).is_empty());
}

/// Every cause names what is there: an answer that is not at the top, a tick, a fact of a condition that holds.
pub fn check_causes(draft: &Draft) {
    let all = suggestions(draft);
    let facts = facts_of(draft);
    assert!(all.len() <= MOST);
    for (index, suggestion) in all.iter().enumerate() {
        assert!(all[..index].iter().all(|other| other.method != suggestion.method), "{all:?}");
        let method = &survey().methods[suggestion.method];
        match &suggestion.cause {
            Cause::Answer(at) => {
                assert!(method.moves.contains(&survey().item(*at).unwrap().id), "{}", method.id);
                assert!(!matches!(draft.answer(*at), Some(Answer::Value(4) | Answer::NotApplicable)));
            }
            Cause::Tick(id) => {
                assert!(method.moves.contains(id));
                assert!(survey().instruments.iter().zip(&draft.given).any(|(part, given)| {
                    let on =
                        |ids: &[String], ticks: &[bool]| ids.iter().zip(ticks).any(|(known, on)| *on && known == id);
                    on(&part.model.signals, &given.signals) || on(&part.model.risks, &given.risks)
                }));
            }
            Cause::Fact(name) => {
                let rule = method.when.as_ref().unwrap();
                assert!(rule.holds(&facts) && rule.names().contains(&name.as_str()));
            }
            Cause::Top => assert_eq!(method.serves, Use::Keep),
        }
    }
}

#[test]
fn every_cause_names_what_is_there() {
    for at in 1..=5 {
        for more in CLIMB {
            for ticks in ["", "r-01=x r-08=x c-02=x", "ra=1 aa=2 ns=0 tc=4", "g2-01=dk g3-02=dk g4-01=- mp=1"] {
                check_causes(&held_by(level(at, &format!("{more} {ticks}")), &["Ann"]));
            }
        }
    }
}

#[test]
fn what_is_ticked_keeps_its_places_among_many_suggestions() {
    let draft = filled(Form::Short, "g2=0 g3=0 g4=0 g5=0 iv=0 ev=0 ra=0 aa=0 ns=0 tc=0");
    let risks = &survey().instruments[0].model.risks;
    let draft = ["r-01", "r-05", "r-08"].iter().fold(draft, |draft, id| {
        let at = risks.iter().position(|risk| risk == id).expect("a shipped risk");
        draft.apply(Action::Tick(0, Ticks::Risks, at, true))
    });
    let all = suggestions(&draft);
    assert_eq!(all.len(), MOST);
    let ticked = all.iter().filter(|suggestion| matches!(suggestion.cause, Cause::Tick(_))).count();
    assert_eq!(ticked, 3, "{all:?}");
}

#[test]
fn nothing_found_is_not_taken_for_the_top() {
    // Only the matrix is answered, at its best: there is no level, so nothing is kept.
    assert_eq!(methods(&filled(Form::Short, "iv=4 ev=4 mp=4 by-choice=0")), Vec::<&str>::new());
}
