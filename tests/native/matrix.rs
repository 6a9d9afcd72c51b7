//! The matrix: quadrants, the line and its border, ranges, pillars, mortar, the choice.

use crate::support::{filled, survey};
use buy_sell_hierarchy::domain::answer::Answer;
use buy_sell_hierarchy::domain::axes::AxesCard;
use buy_sell_hierarchy::domain::gates::Rating;
use buy_sell_hierarchy::domain::model::{Form, Item, Kind, Perspective, Sheet};
use buy_sell_hierarchy::domain::survey::Cards;

fn card(words: &str) -> AxesCard {
    let draft = filled(Form::Short, words);
    Cards::of(survey(), &draft.evidence(survey())).axes(1).expect("the second instrument is a matrix").clone()
}

/// Five answers to the items of an axis that add up to a sum of 20.
fn sum(prefix: &str, sum: u32) -> String {
    let mut left = sum;
    let mut words = String::new();
    for item in 1..=5 {
        let value = left.min(4);
        left -= value;
        words += &format!("{prefix}-{item}={value} ");
    }
    assert_eq!(left, 0);
    words
}

#[test]
fn the_shipped_line_and_border_are_those_of_the_specification() {
    assert!(matches!(survey().instruments[1].kind, Kind::Axes { line: 50, border: 8, .. }));
}

#[test]
fn four_quadrants() {
    let table = [("iv=0 ev=0", 0), ("iv=4 ev=0", 1), ("iv=0 ev=4", 2), ("iv=4 ev=4", 3)];
    for (words, quadrant) in table {
        assert_eq!(card(words).quadrant, Some(quadrant), "{words}");
    }
}

#[test]
fn exactly_fifty_is_not_valued() {
    // 10 of 20 is 50.0; 11 is 55.
    for (one, two, quadrant) in [(10, 10, 0), (11, 10, 1), (10, 11, 2), (11, 11, 3)] {
        let card = card(&[sum("iv", one), sum("ev", two)].concat());
        assert_eq!(card.quadrant, Some(quadrant), "{one} {two}");
        assert_eq!(card.axes[0].score.tenths(), 50 * one);
        assert_eq!([card.axes[0].valued, card.axes[1].valued], [Some(one > 10), Some(two > 10)]);
    }
}

#[test]
fn the_border_is_eight_points_wide_on_both_sides() {
    // The shipped axis of five items has steps of 5 points: 40, 45, 50, 55, 60.
    let border = |points: u32| card(&[sum("iv", points), sum("ev", 20)].concat()).axes[0].border;
    assert_eq!([8, 9, 10, 11, 12].map(border), [false, true, true, true, false]);
    // Exactly 8 on either side: any sums, straight from the rule.
    let mut instrument = survey().instruments[1].clone();
    let item = instrument.model.groups[0].items[0].clone();
    instrument.model.groups[0].items =
        (0..25).map(|number| Item { id: format!("x-{number}"), ..item.clone() }).collect();
    let model = &instrument.model;
    let of = |points: usize| {
        // 25 items: one point of a value is one percent.
        let mut sheet = Sheet::blank(model, Perspective::Own, Form::Short);
        for index in 0..25 {
            let value = points.saturating_sub(4 * index).min(4);
            sheet.answers[index] = model.items().nth(index).unwrap().1.scale.answer(value as u64);
            if index < 5 {
                sheet.answers[25 + index] = Some(Answer::Value(4));
            }
        }
        AxesCard::of(model, &sheet, 50, 8)
    };
    assert_eq!([41, 42, 50, 51, 58, 59].map(|at| of(at).axes[0].border), [false, true, true, true, true, false]);
    assert_eq!([42, 50].map(|at| (of(at).quadrant, of(at).borders)), [(Some(2), vec![3]), (Some(2), vec![3])]);
    assert_eq!((of(58).quadrant, of(58).borders), (Some(3), vec![2]));
    assert!(of(59).borders.is_empty());
}

#[test]
fn on_both_lines_there_are_two_borders() {
    let card = card(&[sum("iv", 11), sum("ev", 9)].concat());
    assert_eq!((card.quadrant, card.borders), (Some(1), vec![0, 3]));
}

#[test]
fn fewer_than_three_answers_place_nothing() {
    for words in ["iv=4", "iv=4 ev-1=4 ev-2=4", "iv=4 ev-1=4 ev-2=4 ev-3=dk ev-4=na", "ev=4 iv-1=4 iv-5=4"] {
        let card = card(words);
        assert_eq!((card.quadrant, card.borders), (None, vec![]), "{words}");
    }
    let three = card("iv-1=4 iv-2=4 iv-3=4 ev-1=0 ev-3=0 ev-5=0");
    assert_eq!(three.quadrant, Some(1));
    let two = card("ev=4 iv-1=2 iv-5=2");
    assert_eq!((two.axes[0].valued, two.axes[0].border, two.axes[1].valued), (None, false, Some(true)));
}

#[test]
fn the_range_has_everything_unknown_at_the_ends() {
    let range = |words| {
        let [axis, _] = card(words).axes;
        (axis.low, axis.score.tenths(), axis.high)
    };
    assert_eq!(range("iv=3"), (750, 750, 750));
    // 9 of 12; with two unknown 9 of 20 and 17 of 20.
    assert_eq!(range("iv=3 iv-1=dk iv-2=-"), (450, 750, 850));
    // One not applicable: 9 of 12, 9 and 13 of 16.
    assert_eq!(range("iv=3 iv-1=dk iv-2=na"), (563, 750, 813));
    assert_eq!(range("ev=3"), (0, 0, 1000));
    assert_eq!(range("iv=na"), (0, 0, 1000));
}

#[test]
fn pillars_are_ready_from_l_on() {
    let ready = |words| card(words).ready;
    assert_eq!(ready("iv=4 ev=4"), (0, 0));
    // One item each: 2 is 50 and P, 3 is 75 and L.
    assert_eq!(ready("mp-passion=2 mp-resonance=3 mp-security=4 mp-creativity=0"), (2, 4));
    assert_eq!(ready("mp-passion=3 mp-resonance=dk mp-security=na"), (1, 1));
    assert_eq!(ready("mp-trust=4"), (0, 0), "trust is not a pillar");
    let scores = card("mp-passion=0 mp-resonance=2 mp-security=3 mp-creativity=4").scores;
    assert_eq!([2, 3, 4, 5].map(|at| scores[at].rating), [Rating::N, Rating::P, Rating::L, Rating::F]);
}

#[test]
fn without_trust_nothing_is_cemented() {
    let table = [
        ("mp-trust=0", Some(false)),
        ("mp-trust=2", Some(false)),
        ("mp-trust=3", Some(true)),
        ("mp-trust=4", Some(true)),
        ("mp-trust=dk", None),
        ("mp-trust=na", None),
        ("iv=4", None),
    ];
    for (words, cemented) in table {
        let words = format!("mp-passion=4 mp-resonance=4 mp-security=4 mp-creativity=4 {words}");
        assert_eq!(card(&words).cemented, cemented, "{words}");
    }
}

#[test]
fn the_choice_is_yes_no_or_not_known() {
    for (words, choice) in
        [("by-choice=4", Some(true)), ("by-choice=0", Some(false)), ("by-choice=dk", None), ("iv=4", None)]
    {
        assert_eq!(card(words).by_choice, choice, "{words}");
    }
    // It places nothing.
    assert_eq!(card("by-choice=4 iv=4 ev=4").quadrant, Some(3));
}
