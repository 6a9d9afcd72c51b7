//! Several people about one customer: every number of scoring.md sections 5 and 6 worked out by hand.

use crate::support::{answered, filled, hierarchy, index, model, sheet};
use buy_sell_hierarchy::domain::answer::Answer;
use buy_sell_hierarchy::domain::confidence::{Confidence, Grade, Pooled, Reason};
use buy_sell_hierarchy::domain::draft::Draft;
use buy_sell_hierarchy::domain::model::{Form, Model, Perspective, Sheet};
use buy_sell_hierarchy::domain::raters::{
    Agreement, Camp, Difference, Gap, GapSize, Headline, Rater, Whose, camps, differences, lower_median, median, spread,
};
use buy_sell_hierarchy::domain::scorecard::Scorecard;
use proptest::prelude::*;

fn of_sheet(model: &Model, who: Option<u32>, role: &str, mut sheet: Sheet) -> Rater {
    // As it comes out of a view: what the form does not ask is left out.
    for ((_, item), answer) in model.items().zip(&mut sheet.answers) {
        answer.take_if(|_| !sheet.form.has(item));
    }
    sheet.perspective = if who.is_some() { Perspective::Customer } else { Perspective::Own };
    let card = Scorecard::of(model, &sheet);
    let n = sheet.answers.iter().flatten().count();
    let role = role.into();
    Rater { view: 1, who, role, date: String::new(), card, sheet, same_pack: true, matched: (n, n) }
}

/// Somebody at the customer.
fn seen(role: &str, words: &str) -> Rater {
    of_sheet(&hierarchy(), Some(1), role, filled(Form::Short, words).sheet(0))
}

fn own(words: &str) -> Rater {
    of_sheet(&hierarchy(), None, "", filled(Form::Short, words).sheet(0))
}

/// Gate 2 at 0.
const ONE: &str = "g2=0 g3=0 g4=0 g5=0";
/// Gate 2 at 24/24, gate 3 at 6/24 and capped at 50: 2000 + 1000 * 25 / 50.
const TWO_HALF: &str = "g2=4 g3=1 g4=0 g5=0";
/// Gate 3 at 18/24 and gate 4 at 0: 3000.
const THREE: &str = "g2=4 g3=3 g4=0 g5=0";
/// Gate 4 at 3/24 (its events are 0 or 2): 3000 + 1000 * 12.5 / 50.
const THREE_QUARTER: &str = "g2=4 g3=3 g4=1 g5=0";
/// Gate 4 at 3*3 + 3*2 of 24, gate 5 at 5/24: 4000 + the lesser of 1000 * 12.5 / 35 and 1000 * 20.8 / 50.
const FOUR: &str = "g2=4 g3=4 g4=3 g5=1";
const FIVE: &str = "g2=4 g3=4 g4=4 g5=4";
/// Nothing said to gate 2: no level.
const NOBODY_KNOWS: &str = "g2=dk g3=dk g4=dk g5=dk";

fn headline(own: Option<&Rater>, customers: &[Rater]) -> (Whose, u8, Option<u16>) {
    let headline = Headline::of(own, customers).unwrap();
    (headline.whose, headline.level, headline.position)
}

#[test]
fn the_sheets_of_this_file_stand_where_they_are_said_to() {
    let table = [
        (ONE, 1, 1000),
        (TWO_HALF, 2, 2500),
        (THREE, 3, 3000),
        (THREE_QUARTER, 3, 3250),
        (FOUR, 4, 4357),
        (FIVE, 5, 5000),
    ];
    for (words, level, position) in table {
        let standing = seen("", words).card.standing;
        assert_eq!((standing.strict, standing.position), (Some(level), Some(position)), "{words}");
    }
    assert_eq!(seen("", NOBODY_KNOWS).card.standing.strict, None);
}

#[test]
fn medians() {
    let table: [(&[u8], Option<u8>); 7] = [
        (&[], None),
        (&[3], Some(3)),
        (&[4, 2], Some(2)),
        (&[5, 1, 2], Some(2)),
        (&[5, 4, 1, 2], Some(2)),
        (&[1, 1, 5, 5, 5], Some(5)),
        (&[3, 3, 4, 4], Some(3)),
    ];
    for (values, lower) in table {
        assert_eq!(lower_median(values.to_vec()), lower, "{values:?}");
    }
    let table: [(&[u16], Option<u16>); 7] = [
        (&[], None),
        (&[3166], Some(3166)),
        (&[2000, 3000], Some(2500)),
        (&[2001, 2000], Some(2000)),
        (&[5000, 1000, 2000], Some(2000)),
        (&[4000, 1000, 2003, 3000], Some(2501)),
        (&[65535, 65535], Some(65535)),
    ];
    for (values, middle) in table {
        assert_eq!(median(values.iter().copied()), middle, "{values:?}");
    }
}

#[test]
fn the_headline_is_the_customer_s_as_soon_as_there_is_one() {
    let own = own(FIVE);
    assert_eq!(Headline::of(None, &[]), None);
    assert_eq!(headline(Some(&own), &[]), (Whose::Own, 5, Some(5000)));
    let all = [seen("a", TWO_HALF), seen("b", FOUR), seen("c", ONE), seen("d", THREE_QUARTER)];
    // Levels 2 / 2 4 / 1 2 4 / 1 2 3 4; positions 2500 / 2500 4357 / 1000 2500 4357 / 1000 2500 3250 4357.
    let expected = [(2, 2500), (2, 3428), (2, 2500), (2, 2875)];
    for (count, (level, position)) in (1..).zip(expected) {
        let customers = &all[..count];
        assert_eq!(headline(None, customers), (Whose::Customer(count), level, Some(position)), "{count}");
        // Whatever the own view says, it is not averaged in.
        for own in [ONE, FIVE, NOBODY_KNOWS].map(super::raters::own) {
            assert_eq!(Headline::of(Some(&own), customers), Headline::of(None, customers));
        }
    }
}

#[test]
fn who_has_no_level_does_not_move_the_headline() {
    let nobody = seen("c", NOBODY_KNOWS);
    assert_eq!(headline(None, &[nobody.clone(), seen("a", FOUR)]), (Whose::Customer(1), 4, Some(4357)));
    // When nobody at the customer has one, it is the own view's.
    assert_eq!(headline(Some(&own(THREE)), std::slice::from_ref(&nobody)), (Whose::Own, 3, Some(3000)));
    assert_eq!(Headline::of(None, std::slice::from_ref(&nobody)), None);
    assert_eq!(Headline::of(Some(&own(NOBODY_KNOWS)), &[nobody]), None);
}

#[test]
fn the_range_is_the_median_of_the_lowest_and_of_the_highest() {
    // Two of gate 3 are not known. At 0: 12/24 is P, level 2, 2000 + 990. At 4: 20/24 is L, level 3, 3000.
    let unsure = answered_on(THREE, "g3-01=dk g3-03=dk");
    let range = |customers: &[Rater]| Headline::of(None, customers).unwrap().range;
    assert_eq!(range(std::slice::from_ref(&unsure)), Some((2990, 3000)));
    // 2990 and 4357, 3000 and 4357: the mean of both, rounded down.
    assert_eq!(range(&[unsure.clone(), seen("", FOUR)]), Some((3673, 3678)));
    assert_eq!(range(&[unsure, seen("", FOUR), seen("", ONE)]), Some((2990, 3000)));
}

/// The sheet of these words, some answers changed.
fn answered_on(words: &str, changed: &str) -> Rater {
    let draft: Draft = changed.split(' ').fold(filled(Form::Short, words), answered);
    of_sheet(&hierarchy(), Some(1), "", draft.sheet(0))
}

fn confidence(customers: &[Rater]) -> (Grade, Vec<Reason>) {
    let Confidence { grade, reasons } = Headline::of(None, customers).unwrap().confidence;
    (grade, reasons)
}

#[test]
fn two_roles_make_an_a_and_one_a_b() {
    let table: [(&[&str], Grade, Reason); 6] = [
        (&["buyer"], Grade::B, Reason::OneCustomer),
        (&["buyer", "buyer"], Grade::B, Reason::OneRole { raters: 2 }),
        (&["buyer", "user"], Grade::A, Reason::SeveralRoles { raters: 2, roles: 2 }),
        (&["buyer", "user", "buyer"], Grade::A, Reason::SeveralRoles { raters: 3, roles: 2 }),
        // A role that is not known is no other one.
        (&["buyer", ""], Grade::B, Reason::OneRole { raters: 2 }),
        (&["", ""], Grade::B, Reason::OneRole { raters: 2 }),
    ];
    for (roles, grade, reason) in table {
        let raters: Vec<Rater> = roles.iter().map(|role| seen(role, THREE)).collect();
        assert_eq!(confidence(&raters), (grade, vec![reason]), "{roles:?}");
    }
    let alone = Headline::of(Some(&own(THREE)), &[]).unwrap().confidence;
    assert_eq!((alone.grade, alone.reasons), (Grade::C, vec![Reason::OwnView]));
    // Somebody without a level does not make the headline surer.
    let nobody = seen("user", NOBODY_KNOWS);
    assert_eq!(confidence(&[seen("buyer", THREE), nobody]), (Grade::B, vec![Reason::OneCustomer]));
}

#[test]
fn what_is_pooled_takes_steps_down() {
    let several = Reason::SeveralRoles { raters: 2, roles: 2 };
    let pooled = Pooled { raters: 2, roles: 2, level: 3, answered: 8, applicable: 10, ..Pooled::default() };
    let table = [
        (pooled, Grade::A, vec![]),
        (
            Pooled { answered: 79, applicable: 100, ..pooled },
            Grade::B,
            vec![Reason::Coverage { answered: 79, applicable: 100 }],
        ),
        (
            Pooled { answered: 50, applicable: 100, ..pooled },
            Grade::B,
            vec![Reason::Coverage { answered: 50, applicable: 100 }],
        ),
        (
            Pooled { answered: 49, applicable: 100, ..pooled },
            Grade::D,
            vec![Reason::LowCoverage { answered: 49, applicable: 100 }],
        ),
        (
            Pooled { answered: 0, applicable: 0, ..pooled },
            Grade::D,
            vec![Reason::LowCoverage { answered: 0, applicable: 0 }],
        ),
        (Pooled { unusual: true, ..pooled }, Grade::B, vec![Reason::Unusual]),
        (Pooled { contradiction: true, ..pooled }, Grade::B, vec![Reason::Contradiction]),
        // Both are one step.
        (
            Pooled { unusual: true, contradiction: true, ..pooled },
            Grade::B,
            vec![Reason::Unusual, Reason::Contradiction],
        ),
        (Pooled { level: 4, noted: 2, high: 4, ..pooled }, Grade::A, vec![]),
        (Pooled { level: 4, noted: 1, high: 3, ..pooled }, Grade::B, vec![Reason::FewNotes { noted: 1, high: 3 }]),
        (Pooled { level: 3, noted: 0, high: 3, ..pooled }, Grade::A, vec![]),
        (
            Pooled { answered: 7, unusual: true, level: 5, noted: 0, high: 1, ..pooled },
            Grade::D,
            vec![
                Reason::Coverage { answered: 7, applicable: 10 },
                Reason::Unusual,
                Reason::FewNotes { noted: 0, high: 1 },
            ],
        ),
    ];
    for (of, grade, steps) in table {
        let Confidence { grade: found, reasons } = Confidence::pooled(&of);
        assert_eq!((found, reasons), (grade, [vec![several], steps].concat()), "{of:?}");
    }
}

#[test]
fn coverage_is_that_of_all_together() {
    // 24 of 24 and 14 of 24 are 38 of 48, less than 80 in 100; one alone would be 58.
    let sparse =
        "g2=4 g3=3 g4=0 g5=0 g3-01=dk g3-03=dk g4-02=dk g4-03=dk g4-05=dk g5-02=dk g5-03=dk g5-04=dk g5-05=dk g5-06=dk";
    // Gate 5 has 1 of 6 answered and is undetermined, which is above what the level rests on.
    let pair = [seen("a", THREE), seen("b", sparse)];
    assert_eq!((pair[1].card.standing.strict, pair[1].card.standing.position), (Some(3), Some(3000)));
    let coverage = Reason::Coverage { answered: 38, applicable: 48 };
    assert_eq!(confidence(&pair), (Grade::B, vec![Reason::SeveralRoles { raters: 2, roles: 2 }, coverage]));
    // With a third one it is 62 of 72.
    let [one, two] = pair;
    assert_eq!(confidence(&[one.clone(), two, one]).0, Grade::A);
}

#[test]
fn a_pattern_counts_when_half_show_it() {
    // Gates 4 and 5 pass over gates 2 and 3: four pairs of 2 * 2, far above 0.3.
    let odd = seen("b", "g2=0 g3=0 g4=4 g5=4");
    assert!(odd.card.consistency.unusual());
    let unusual = |raters: &[Rater]| confidence(raters).1.contains(&Reason::Unusual);
    assert!(unusual(&[seen("a", THREE), odd.clone()]));
    assert!(!unusual(&[seen("a", THREE), odd.clone(), seen("c", THREE)]));
    let signals = seen("b", "g2=4 g3=4 g4=4 g5=0 c-01=x c-02=x");
    assert!(signals.card.consistency.contradiction);
    let contradiction = |raters: &[Rater]| confidence(raters).1.contains(&Reason::Contradiction);
    assert!(contradiction(&[seen("a", THREE), signals.clone()]));
    assert!(!contradiction(&[seen("a", THREE), signals, seen("c", THREE)]));
}

#[test]
fn the_gap_is_own_less_customer() {
    let table = [
        (3000, 3000, 0, GapSize::Aligned),
        (3500, 3000, 500, GapSize::Aligned),
        (3000, 3500, -500, GapSize::Aligned),
        (3501, 3000, 501, GapSize::Notable),
        (3000, 3501, -501, GapSize::Notable),
        (4000, 3000, 1000, GapSize::Notable),
        (3000, 4000, -1000, GapSize::Notable),
        (4001, 3000, 1001, GapSize::Large),
        (3000, 4001, -1001, GapSize::Large),
        (5000, 1000, 4000, GapSize::Large),
        (1000, 5000, -4000, GapSize::Large),
    ];
    for (own, customer, thousandths, size) in table {
        assert_eq!(
            Gap::of(Some(own), Some(customer)),
            Some(Gap { thousandths, tenths: thousandths / 100, size }),
            "{own} {customer}"
        );
    }
    for none in [(None, Some(3000)), (Some(3000), None), (None, None)] {
        assert_eq!(Gap::of(none.0, none.1), None);
    }
}

/// Raters of whom each gave these values to items of gate 2, `-` for don't know; other gates are blank.
fn gate_2(raters: &[&str]) -> Vec<Rater> {
    let model = hierarchy();
    let rater = |words: &&str| {
        let mut sheet = Sheet::blank(&model, Perspective::Customer, Form::Short);
        for (index, word) in words.split(' ').enumerate() {
            sheet.answers[index] = Some(word.parse().map_or(Answer::DontKnow, Answer::Value));
        }
        of_sheet(&model, Some(1), "", sheet)
    };
    raters.iter().map(rater).collect()
}

/// Items, rwg and AD in billionths, disagreement, of gate 2.
fn agreement(raters: &[&str]) -> Option<(usize, i64, i64, bool)> {
    let all = Agreement::of(&hierarchy(), &gate_2(raters));
    assert_eq!((all.len(), &all[1..]), (4, &[None; 3][..]));
    all[0].map(|found| (found.items, found.rwg, found.ad, found.disagree()))
}

#[test]
fn agreement_by_hand() {
    // 0, 2, 4: variance 8/3, so 1 - 2/3; mean deviation 4/3.
    assert_eq!(agreement(&["0", "2", "4"]), Some((1, 333_333_334, 1_333_333_333, true)));
    // All alike.
    assert_eq!(agreement(&["3 1", "3 1", "3 1"]), Some((2, 1_000_000_000, 0, false)));
    // 3, 3, 4: variance 2/9, deviation 4/9. With 0, 2, 4 beside it: 13/9 and 8/9, above 0.83.
    assert_eq!(agreement(&["3", "3", "4"]), Some((1, 944_444_445, 444_444_444, false)));
    assert_eq!(agreement(&["3 0", "3 2", "4 4"]), Some((2, 638_888_889, 888_888_888, true)));
    // The widest spread of four: variance 4, so nothing is left; deviation 2.
    assert_eq!(agreement(&["0", "0", "4", "4"]), Some((1, 0, 2_000_000_000, true)));
    // 1, 2, 3, 4, 5 does not occur; 0..4 once each: variance 2, just not below 0.5; deviation 6/5.
    assert_eq!(agreement(&["0", "1", "2", "3", "4"]), Some((1, 500_000_000, 1_200_000_000, true)));
}

#[test]
fn agreement_needs_three_people_and_an_item_that_two_rated() {
    assert_eq!(agreement(&["0", "4"]), None);
    assert_eq!(agreement(&[]), None);
    // What one rated alone counts for nothing; what two rated counts: 0 and 4 have variance 4, deviation 2.
    assert_eq!(agreement(&["3", "-", "-"]), None);
    assert_eq!(agreement(&["3 0", "- 4", "- -"]), Some((1, 0, 2_000_000_000, true)));
    assert_eq!(agreement(&["-", "-", "-"]), None);
}

#[test]
fn the_thresholds_themselves_are_agreement() {
    let at = |ad: i64, rwg: i64| Agreement { items: 1, rwg, ad }.disagree();
    assert!(!at(830_000_000, 500_000_000));
    assert!(at(830_000_001, 500_000_000));
    assert!(at(830_000_000, 499_999_999));
    assert!(at(0, -333_333_333));
    // AD 83/100 out of answers of ten people. Nine 0 and a 4 deviate by 0.72 from 0.4; the others by 0.94 from 1.1.
    let ten = ["0 0", "0 0", "0 0", "0 0", "0 1", "0 1", "0 1", "0 2", "0 2", "4 4"];
    // Their variances are 1.6 - 0.16 and 2.7 - 1.21: 1 - 1.465 / 4.
    assert_eq!(agreement(&ten), Some((2, 633_750_000, 830_000_000, false)));
    // r*wg of one half: variances 8/3, 8/3 and 2/3 are 2 on average, and thirds do not add up to less than they are.
    let (items, rwg, ad, _) = agreement(&["0 0 1", "2 2 2", "4 4 3"]).unwrap();
    assert_eq!((items, ad), (3, 1_111_111_110));
    assert!((500_000_000..=500_000_002).contains(&rwg), "{rwg}");
}

#[test]
fn every_gate_has_its_own_agreement() {
    let all = Agreement::of(&hierarchy(), &[seen("", THREE), seen("", THREE), seen("", FIVE)]);
    let found: Vec<_> = all.iter().map(|one| one.map(|one| (one.items, one.ad, one.disagree()))).collect();
    // Gate 2 all 4; gate 3 is 3, 3, 4; gates 4 and 5 are 0, 0, 4: deviation 16/9.
    let wide = Some((6, 1_777_777_777, true));
    assert_eq!(found, [Some((6, 0, false)), Some((6, 444_444_444, false)), wide, wide]);
}

#[test]
fn camps_go_by_role_in_the_order_of_their_first_member() {
    let all = [seen("user", FOUR), seen("buyer", TWO_HALF), seen("user", THREE), seen("", NOBODY_KNOWS)];
    let camp = |role: &str, raters, position| Camp { role: role.into(), raters, position };
    assert_eq!(camps(&all), [camp("user", 2, Some(3678)), camp("buyer", 1, Some(2500)), camp("", 1, None)]);
    assert_eq!(camps(&[]), []);
}

#[test]
fn the_spread_is_the_lowest_and_the_highest() {
    assert_eq!(spread(&[seen("", FOUR), seen("", ONE), seen("", NOBODY_KNOWS)]), Some((1000, 4357)));
    assert_eq!(spread(&[seen("", FOUR)]), Some((4357, 4357)));
    assert_eq!(spread(&[seen("", NOBODY_KNOWS)]), None);
}

#[test]
fn differences_are_two_steps_or_more_the_widest_first() {
    let model = hierarchy();
    let customers =
        [answered_on(ONE, "g2-01=4 g2-02=2 g2-04=3 g3-01=1"), answered_on(ONE, "g2-01=4 g2-02=3 g2-04=dk g3-01=0")];
    // Lower medians: g2-01 4, g2-02 2, g2-04 3, g3-01 0, others 0.
    let mine = "g2=0 g3=0 g4=0 g5=0 g2-03=2 g2-05=dk g3-01=2 g3-02=4 g5-01=1";
    let found = differences(&own(mine), &customers);
    let difference = |id: &str, own, customer| Difference { item: index(&model, id), own, customer };
    assert_eq!(
        found,
        [
            difference("g2-01", 0, 4),
            difference("g3-02", 4, 0),
            difference("g2-04", 0, 3),
            difference("g2-02", 0, 2),
            difference("g2-03", 2, 0),
            difference("g3-01", 2, 0),
        ]
    );
    assert_eq!(differences(&own(mine), &[]), []);
    assert_eq!(differences(&own(NOBODY_KNOWS), &customers), []);
}

/// A model with one to six people at the customer and an own view.
fn case() -> impl Strategy<Value = (Model, Vec<Rater>, Rater)> {
    let of = |model: Model| {
        let roles = prop::sample::select(vec!["", "buyer", "user"]);
        let raters = prop::collection::vec((sheet(&model), roles), 1..7);
        (Just(model.clone()), raters, sheet(&model))
    };
    model().prop_flat_map(of).prop_map(|(model, raters, own)| {
        let form = own.form;
        let rater = |(mut sheet, role): (Sheet, &str)| {
            sheet.form = form;
            of_sheet(&model, Some(1), role, sheet)
        };
        let raters = raters.into_iter().map(rater).collect();
        let own = of_sheet(&model, None, "", own);
        (model, raters, own)
    })
}

proptest! {
    #[test]
    fn nobody_has_to_be_asked_first((model, raters, own) in case(), turn in 0usize..6) {
        let mut turned = raters.clone();
        turned.rotate_left(turn % raters.len());
        turned.reverse();
        prop_assert_eq!(Headline::of(Some(&own), &raters), Headline::of(Some(&own), &turned));
        prop_assert_eq!(Agreement::of(&model, &raters), Agreement::of(&model, &turned));
        prop_assert_eq!(differences(&own, &raters), differences(&own, &turned));
        prop_assert_eq!(spread(&raters), spread(&turned));
        let sorted = |raters: &[Rater]| {
            let mut camps = camps(raters);
            camps.sort_by(|a, b| a.role.cmp(&b.role));
            camps
        };
        prop_assert_eq!(sorted(&raters), sorted(&turned));
    }

    #[test]
    fn one_more_of_the_same_mind_moves_no_median((_, raters, own) in case(), more in 2usize..5) {
        let same: Vec<Rater> = std::iter::repeat_n(raters[0].clone(), more).collect();
        let (one, many) = (Headline::of(Some(&own), &same[..1]), Headline::of(Some(&own), &same));
        let numbers = |headline: &Headline| (headline.level, headline.position, headline.range);
        prop_assert_eq!(one.as_ref().map(numbers), many.as_ref().map(numbers));
        prop_assert_eq!(differences(&own, &same[..1]), differences(&own, &same));
    }

    #[test]
    fn who_stands_at_the_median_can_come_again((_, mut raters, own) in case()) {
        // An odd number of people has somebody in the middle; their double moves neither median.
        raters.retain(|rater| rater.card.standing.position.is_some());
        if raters.len() % 2 == 1 {
            raters.sort_by_key(|rater| rater.card.standing.position);
            let before = Headline::of(Some(&own), &raters).unwrap();
            raters.push(raters[raters.len() / 2].clone());
            let after = Headline::of(Some(&own), &raters).unwrap();
            prop_assert_eq!((before.level, before.position), (after.level, after.position));
        }
    }

    #[test]
    fn agreement_stays_in_its_bounds((model, raters, _) in case()) {
        let all = Agreement::of(&model, &raters);
        prop_assert_eq!(all.len(), model.groups.len());
        for found in all.into_iter().flatten() {
            prop_assert!(raters.len() >= 3 && found.items >= 1);
            // The variance of values from 0 to 4 is at most 4, their mean deviation at most 2.
            prop_assert!((0..=1_000_000_000).contains(&found.rwg) && (0..=2_000_000_000).contains(&found.ad), "{found:?}");
        }
        let alike = vec![raters[0].clone(); 3];
        for found in Agreement::of(&model, &alike).into_iter().flatten() {
            prop_assert_eq!((found.rwg, found.ad, found.disagree()), (1_000_000_000, 0, false));
        }
    }

    #[test]
    fn the_headline_lies_among_its_raters((_, raters, own) in case()) {
        let Some(headline) = Headline::of(Some(&own), &raters) else { return Ok(()) };
        if headline.whose == Whose::Own {
            prop_assert!(raters.iter().all(|rater| rater.card.standing.strict.is_none()));
            return Ok(());
        }
        let levels = || raters.iter().filter_map(|rater| rater.card.standing.strict);
        prop_assert!(levels().min() <= Some(headline.level) && Some(headline.level) <= levels().max());
        match (headline.position, spread(&raters)) {
            (Some(position), Some((low, high))) => prop_assert!(low <= position && position <= high),
            (position, spread) => prop_assert!(position.is_none() && spread.is_none()),
        }
        if let Some((low, high)) = headline.range {
            prop_assert!(low <= high, "{low} {high}");
            if raters.iter().all(|rater| rater.card.standing.strict.is_none() || rater.card.standing.position.is_some()) {
                prop_assert!(headline.position.is_none_or(|at| low <= at && at <= high), "{headline:?}");
            }
        }
    }
}
