//! The scoring rules: the table of test vectors, the thresholds, and sheets worked through by hand.

use crate::support::{gates, hierarchy, index, short};
use buy_sell_hierarchy::domain::confidence::{Grade, Reason};
use buy_sell_hierarchy::domain::consistency::Consistency;
use buy_sell_hierarchy::domain::gates::{GateScore, Rating};
use buy_sell_hierarchy::domain::model::{Cuts, Form, Model, Perspective, Sheet};
use buy_sell_hierarchy::domain::scorecard::Scorecard;
use buy_sell_hierarchy::domain::standing::{Standing, standing};

fn why(model: &Model, card: &Scorecard) -> Vec<String> {
    let ids: Vec<String> = model.items().map(|(_, item)| item.id.clone()).collect();
    card.why.iter().flat_map(|why| why.items()).map(|index| ids[index].clone()).collect()
}

#[test]
fn the_table_of_test_vectors() {
    let plain = |percents: [u32; 4]| percents.map(|a| (a, false));
    let table = [
        (plain([10, 5, 0, 0]), 1, 1, 1200),
        (plain([60, 20, 0, 0]), 2, 2, 2285),
        (plain([90, 60, 30, 0]), 3, 3, 3285),
        (plain([90, 80, 70, 20]), 3, 4, 3857),
        (plain([90, 90, 55, 10]), 4, 4, 4142),
        (plain([90, 90, 90, 60]), 5, 5, 5000),
        (plain([40, 90, 90, 90]), 1, 1, 1800),
        ([(90, false), (90, false), (90, true), (60, false)], 3, 3, 3990),
    ];
    for (percents, strict, lenient, x) in table {
        let expected = Standing { strict: Some(strict), lenient: Some(lenient), position: Some(x), undetermined: None };
        assert_eq!(standing(&gates(&percents), Cuts::STANDARD), expected, "{percents:?}");
    }
}

#[test]
fn fifteen_is_n_fifty_is_p_eighty_five_is_l() {
    let rating = |sum, answered| GateScore::from_sums(Cuts::STANDARD, sum, answered, answered, false).rating;
    // 4 * 2500 = 10000: one more is a hundredth of a percent.
    for (sum, at, above) in [(1500, Rating::N, Rating::P), (5000, Rating::P, Rating::L), (8500, Rating::L, Rating::F)] {
        assert_eq!(rating(sum, 2500), at, "{sum}");
        assert_eq!(rating(sum + 1, 2500), above, "{sum} + 1");
        assert_eq!(rating(sum - 1, 2500), at, "{sum} - 1");
    }
    assert_eq!(rating(0, 25), Rating::N);
    assert_eq!(rating(100, 25), Rating::F);
    // Six items: 12 of 24 is exactly half, 13 is above it; 20 of 24 is 83.3, 21 is 87.5.
    assert_eq!([12, 13, 20, 21].map(|sum| rating(sum, 6)), [Rating::P, Rating::L, Rating::L, Rating::F]);
    // Three items: 3 of 12 is 25, 1 of 12 is 8.3.
    assert_eq!([1, 2, 3].map(|sum| rating(sum, 3)), [Rating::N, Rating::P, Rating::P]);
}

#[test]
fn the_cap_stops_at_p_and_does_not_lift() {
    let rating = |sum| GateScore::from_sums(Cuts::STANDARD, sum, 25, 25, true).rating;
    assert_eq!(
        [15, 16, 50, 51, 86, 99].map(rating),
        [Rating::N, Rating::P, Rating::P, Rating::P, Rating::P, Rating::P]
    );
    let percent = |sum| {
        let (num, den) = GateScore::from_sums(Cuts::STANDARD, sum, 25, 25, true).capped_percent(Cuts::STANDARD);
        num as f64 / den as f64
    };
    assert_eq!([0, 30, 50, 51, 99].map(percent), [0.0, 30.0, 50.0, 50.0, 50.0]);
}

#[test]
fn a_gate_is_determined_by_three_applicable_and_half_answered() {
    let determined = |answered, applicable| {
        GateScore::from_sums(Cuts::STANDARD, 4 * answered, answered, applicable, false).determined()
    };
    assert!(determined(3, 3) && determined(2, 3) && determined(3, 6) && determined(4, 7));
    assert!(!determined(2, 2) && !determined(1, 3) && !determined(2, 6) && !determined(3, 7) && !determined(0, 0));
}

#[test]
fn percent_is_shown_in_tenths_rounded_half_up() {
    let tenths = |sum, answered| GateScore::from_sums(Cuts::STANDARD, sum, answered, answered, false).tenths();
    // 1/12 = 8.333, 5/12 = 41.667, 1/16 = 6.25, 3/16 = 18.75
    assert_eq!(
        [tenths(1, 3), tenths(5, 3), tenths(1, 4), tenths(3, 4), tenths(0, 0), tenths(12, 3)],
        [83, 417, 63, 188, 0, 1000]
    );
}

#[test]
fn a_complete_sheet_at_level_three() {
    let model = hierarchy();
    let sheet = short(&model, "4 4 4 4 4 4 | 3 3 3 3 2 2 | 1 1 0 0 0 0 | 0 0 0 0 0 0");
    let card = Scorecard::of(&model, &sheet);
    // Gate 2: 24/24. Gate 3: 16/24 = 66.7. Gate 4: 2/24 = 8.3, g4-01 and g4-04 cap it. Gate 5: 0, g5-01 caps it.
    assert_eq!(
        card.gates.iter().map(|g| (g.tenths(), g.rating, g.capped)).collect::<Vec<_>>(),
        [(1000, Rating::F, false), (667, Rating::L, false), (83, Rating::N, true), (0, Rating::N, true),]
    );
    // 1000 * 8.33 / 50 = 166; 1000 * 16.67 / 35 = 476.
    let expected = Standing { strict: Some(3), lenient: Some(3), position: Some(3166), undetermined: None };
    assert_eq!((card.standing, card.low, card.high), (expected, expected, expected));
    // Gate 3 must be F: the critical one, then the lowest: 16 + 1 + 2 + 2 = 21 of 24. Gate 4 must be L:
    // both critical ones (the lower first), then the lowest: 2 + 4 + 3 + 4 = 13 of 24.
    assert_eq!(why(&model, &card), ["g3-02", "g3-05", "g3-06", "g4-04", "g4-01", "g4-03"]);
    // C: g3-05 2, g4-05 0, g5-04 0: 100 - 2/12. P: g2-02 4, g3-04 3: 100 - 7/8. F: 100 - 16/16. I: g4-02 1 of six.
    assert_eq!(card.profile.map(|v| v.percent), [Some(83), Some(13), Some(0), Some(4)]);
    assert_eq!((card.confidence.grade, &card.confidence.reasons[..]), (Grade::C, &[Reason::OwnView][..]));
    assert!(!card.consistency.uniform && card.consistency.pairs.is_empty());
}

#[test]
fn what_is_not_known_widens_the_range() {
    let model = hierarchy();
    let sheet = short(&model, "4 4 4 dk 4 4 | 2 3 2 2 - 2 | 0 0 0 0 0 0 | 0 0 0 0 0 0");
    let card = Scorecard::of(&model, &sheet);
    // Gate 2: 20/20 F. Gate 3: 11/20 = 55 L. Gate 4: 0.
    assert_eq!((card.standing.strict, card.standing.position), (Some(3), Some(3000)));
    // Low: gate 2 20/24 = 83.3 L, gate 3 11/24 = 45.8 P: level 2, min(916, 952). High: F and 15/24 = 62.5 L.
    assert_eq!((card.low.strict, card.low.position), (Some(2), Some(2916)));
    assert_eq!((card.high.strict, card.high.position), (Some(3), Some(3000)));
    assert_eq!(card.range(), Some((2916, 3000)));
    assert_eq!(card.gates[1].answered, 5);
    assert_eq!(card.gates[1].applicable, 6);
}

#[test]
fn too_little_known_stops_the_climb() {
    let model = hierarchy();
    let of = |words| Scorecard::of(&model, &short(&model, words)).standing;
    // Gate 2: two of six.
    let none = Standing { strict: None, lenient: None, position: None, undetermined: Some(2) };
    assert_eq!(of("4 4 dk - - - | 4 4 4 4 4 4 | 4 4 4 4 4 4 | 4 4 4 4 4 4"), none);
    // Gate 4: two of six. At least level 3, gate 4 undetermined, no position; gate 5 cannot be held.
    let three = Standing { strict: Some(3), lenient: Some(3), position: None, undetermined: Some(4) };
    assert_eq!(of("4 4 4 4 4 4 | 4 4 4 4 4 4 | 4 4 - - - dk | 4 4 4 4 4 4"), three);
    // Gate 3: two applicable only.
    let two = Standing { strict: Some(2), lenient: Some(2), position: None, undetermined: Some(3) };
    assert_eq!(of("4 4 4 4 4 4 | 4 4 na na na na | 4 4 4 4 4 4 | 4 4 4 4 4 4"), two);
    // An undetermined gate above a failed one was never reached.
    let one = Standing { strict: Some(1), lenient: Some(1), position: Some(1333), undetermined: None };
    assert_eq!(of("1 1 0 1 1 0 | - - - - - - | 4 4 4 4 4 4 | 4 4 4 4 4 4"), one);
}

#[test]
fn in_an_undetermined_gate_what_is_not_known_comes_first() {
    let model = hierarchy();
    let sheet = short(&model, "4 4 4 4 4 4 | 1 - - - dk - | 0 0 0 0 0 0 | 0 0 0 0 0 0");
    let card = Scorecard::of(&model, &sheet);
    // One of six answered. The critical g3-02 first; then g3-03 in pack order: three answered, 9 of 12 = 75: L.
    assert_eq!(card.why.as_ref().map(|why| why.level), Some(3));
    assert_eq!(why(&model, &card), ["g3-02", "g3-03"]);
}

#[test]
fn one_critical_answer_caps_a_perfect_gate() {
    let model = hierarchy();
    let sheet = short(&model, "4 4 4 4 4 4 | 4 4 4 4 4 4 | 1 4 4 4 4 4 | 4 4 4 4 4 4");
    let card = Scorecard::of(&model, &sheet);
    assert_eq!((card.gates[2].rating, card.gates[2].capped, card.gates[2].tenths()), (Rating::P, true, 875));
    assert_eq!((card.standing.strict, card.standing.lenient, card.standing.position), (Some(3), Some(3), Some(3990)));
    assert_eq!(why(&model, &card), ["g4-01"]);
    // Two caps nothing; "in part" on the critical event neither, "no" does.
    let of = |words| Scorecard::of(&model, &short(&model, words));
    assert_eq!(of("4 4 4 4 4 4 | 4 4 4 4 4 4 | 2 4 4 4 4 4 | 4 4 4 4 4 4").standing.strict, Some(5));
    assert_eq!(of("4 4 4 4 4 4 | 4 4 4 4 4 4 | 4 4 4 2 4 4 | 4 4 4 4 4 4").standing.strict, Some(5));
    assert_eq!(of("4 4 4 4 4 4 | 4 4 4 4 4 4 | 4 4 4 0 4 4 | 4 4 4 4 4 4").standing.strict, Some(3));
}

#[test]
fn at_the_top_there_is_nothing_to_explain() {
    let model = hierarchy();
    let card = Scorecard::of(&model, &short(&model, &"4 ".repeat(24)));
    assert_eq!((card.standing.position, card.why.clone()), (Some(5000), None));
    assert!(card.consistency.uniform);
    // Level 5, no notes, own view: C, and one step down.
    assert_eq!(card.confidence.grade, Grade::D);
    assert_eq!(card.confidence.reasons, [Reason::OwnView, Reason::FewNotes { noted: 0, high: 12 }]);
}

#[test]
fn notes_on_half_of_the_high_answers_are_enough() {
    let model = hierarchy();
    let mut sheet = short(&model, &"4 ".repeat(24));
    sheet.perspective = Perspective::Customer;
    for id in ["g4-01", "g4-02", "g4-03", "g5-01", "g5-02", "g2-01", "g3-01", "g4-09"] {
        sheet.noted[index(&model, id)] = true;
    }
    // Gates 4 and 5 of the short form only: five of twelve.
    let card = Scorecard::of(&model, &sheet);
    assert_eq!(
        (card.confidence.grade, card.confidence.reasons[1]),
        (Grade::C, Reason::FewNotes { noted: 5, high: 12 })
    );
    sheet.noted[index(&model, "g5-06")] = true;
    assert_eq!(Scorecard::of(&model, &sheet).confidence.grade, Grade::B);
}

#[test]
fn coverage_lowers_the_grade_below_eighty_and_below_fifty() {
    let model = hierarchy();
    let of = |blanks: usize| {
        let words = [vec!["2"; 24 - blanks], vec!["-"; blanks]].concat().join(" ");
        let mut sheet = short(&model, &words);
        sheet.perspective = Perspective::Customer;
        Scorecard::of(&model, &sheet).confidence.grade
    };
    // 20/24 = 83, 19/24 = 79, 12/24 = 50, 11/24 = 46.
    assert_eq!([0, 4, 5, 12, 13].map(of), [Grade::B, Grade::B, Grade::C, Grade::C, Grade::D]);
    // Exactly eighty: 16 of 20.
    let mut sheet = short(&model, &format!("{} {} {}", "2 ".repeat(16), "na ".repeat(4), "dk ".repeat(4)));
    sheet.perspective = Perspective::Customer;
    assert_eq!(Scorecard::of(&model, &sheet).confidence.grade, Grade::B);
}

#[test]
fn unusual_patterns_are_named_by_their_pairs() {
    let of = |percents: [u32; 4]| {
        let model = hierarchy();
        let sheet = Sheet::blank(&model, Perspective::Own, Form::Short);
        Consistency::of(&model, &sheet, &gates(&percents.map(|a| (a, false))))
    };
    let fails_first = of([40, 90, 90, 90]);
    assert_eq!((fails_first.pairs.clone(), fails_first.g_thousandths()), (vec![(2, 3), (2, 4), (2, 5)], 1000));
    assert!(fails_first.unusual());
    // One of 2 * 2.
    let one = of([90, 20, 60, 20]);
    assert_eq!((one.pairs.clone(), one.g_thousandths(), one.unusual()), (vec![(3, 4)], 250, false));
    // One of 3 * 1 is 0.333.
    let third = of([90, 60, 20, 60]);
    assert_eq!((third.pairs.clone(), third.g_thousandths(), third.unusual()), (vec![(4, 5)], 333, true));
    // All or none.
    assert_eq!((of([90; 4]).g_thousandths(), of([20; 4]).g_thousandths()), (0, 0));
    assert!(!of([90, 70, 60, 20]).unusual());
}

#[test]
fn two_commodity_signals_contradict_a_high_gate() {
    let model = hierarchy();
    let of = |signals: usize, words| {
        let mut sheet = short(&model, words);
        sheet.signals = (0..8).map(|index| index < signals).collect();
        let card = Scorecard::of(&model, &sheet);
        (card.consistency.contradiction, card.confidence.reasons.contains(&Reason::Contradiction))
    };
    let high = "4 4 4 4 4 4 | 4 4 4 4 4 4 | 3 3 2 2 2 3 | 0 0 0 0 0 0";
    assert_eq!([0, 1, 2, 8].map(|n| of(n, high).0), [false, false, true, true]);
    assert!(of(2, high).1 && !of(1, high).1);
    assert!(!of(8, "4 4 4 4 4 4 | 4 4 4 4 4 4 | 2 2 2 2 2 2 | 2 0 0 2 2 2").0, "gates 4 and 5 are P");
}

#[test]
fn one_answer_everywhere_is_noted() {
    let model = hierarchy();
    let uniform = |words: &str| Scorecard::of(&model, &short(&model, words)).consistency.uniform;
    assert!(uniform(&"2 ".repeat(24)) && uniform(&"dk ".repeat(24)));
    assert!(!uniform(&"- ".repeat(24)) && !uniform(&format!("{} 4", "2 ".repeat(23))));
}

#[test]
fn the_short_form_ignores_the_other_items() {
    let model = hierarchy();
    let plain = short(&model, "4 4 4 4 4 4 | 3 3 3 3 2 2 | 1 1 0 0 0 0 | 0 0 0 0 0 0");
    let mut more = plain.clone();
    for (index, (_, item)) in model.items().enumerate().filter(|(_, (_, item))| !item.short) {
        more.answers[index] = item.scale.answer(4);
    }
    assert_eq!(Scorecard::of(&model, &more), Scorecard::of(&model, &plain));
    more.form = Form::Full;
    assert_ne!(Scorecard::of(&model, &more), Scorecard::of(&model, &plain));
}
