//! An account over time: which views make a round, which round is told, and what counts as movement.

use crate::support::{edition, filled, fresh, hierarchy, survey, with_row};
use buy_sell_hierarchy::domain::confidence::{Confidence, Grade};
use buy_sell_hierarchy::domain::draft::{Action, Draft};
use buy_sell_hierarchy::domain::model::{Form, Sheet};
use buy_sell_hierarchy::domain::raters::{Gap, GapSize, Headline, Whose};
use buy_sell_hierarchy::domain::rounds::{MATCH_LEAST, Movement, Round, live, present, role_of, rounds};
use buy_sell_hierarchy::domain::rows::{List, at};
use buy_sell_hierarchy::domain::views::View;
use proptest::prelude::*;

/// At 2000.
const TWO: &str = "g2=4 g3=0 g4=0 g5=0";
/// At 3000.
const THREE: &str = "g2=4 g3=3 g4=0 g5=0";
/// At 5000.
const FIVE: &str = "g2=4 g3=4 g4=4 g5=4";

/// A draft with these answers to the items that the short form asks.
fn short(words: &str) -> Draft {
    let mut draft = filled(Form::Short, words);
    for (answer, (_, item)) in draft.given[0].answers.iter_mut().zip(hierarchy().items()) {
        answer.take_if(|_| !item.short);
    }
    draft
}

fn sheet(words: &str) -> Sheet {
    short(words).sheet(0)
}

/// An account in a round, with the own answers of that round.
fn account(round: &str, words: &str) -> Draft {
    let draft = if words.is_empty() { fresh(Form::Short) } else { short(words) };
    with_row(draft, List::About, &[(at::ROUND, round)])
}

/// The account with one more view: round, person (0 for own), day.
fn with_view(draft: Draft, (round, who, day): (u32, u32, &str), words: &str) -> Draft {
    with_edition(draft, (round, who, day), words, &edition().hash)
}

fn with_edition(draft: Draft, (round, who, day): (u32, u32, &str), words: &str, pack: &str) -> Draft {
    let view = View::of_sheet(&hierarchy(), &sheet(words), (round, (who > 0).then_some(who)), day, pack);
    let fields = view.fields();
    let fields: Vec<(usize, &str)> = fields.iter().map(|(at, text)| (*at, text.as_str())).collect();
    with_row(draft, List::Views, &fields)
}

fn all(draft: &Draft) -> Vec<Round> {
    rounds(survey(), draft, 0, usize::MAX)
}

type Told = (u32, Option<(Whose, Option<u16>)>);

/// Of each round: its number, whose its headline is, the position.
fn told(rounds: &[Round]) -> Vec<Told> {
    let headline = |round: &Round| round.headline.as_ref().map(|headline| (headline.whose, headline.position));
    rounds.iter().map(|round| (round.number, headline(round))).collect()
}

#[test]
fn the_present_round_is_there_even_when_it_is_empty() {
    let empty = all(&fresh(Form::Short));
    assert_eq!(told(&empty), [(1, None)]);
    let [round] = &empty[..] else { unreachable!() };
    assert_eq!((&round.own, round.customers.len(), round.gap, &*round.date), (&None, 0, None, ""));
    assert!(round.same_pack() && round.common() == 100 && round.risks.is_empty());
    assert_eq!(rounds(survey(), &fresh(Form::Short), 99, 1), []);
    assert_eq!(live(survey(), &fresh(Form::Short), 0), None);
}

#[test]
fn the_number_of_the_present_round() {
    for (text, number) in [("", 1), ("1", 1), ("7", 7), ("0", 1), ("x", 1), ("-3", 1), ("4294967296", 1)] {
        assert_eq!(present(&account(text, "")), number, "{text:?}");
    }
    assert_eq!(present(&fresh(Form::Short)), 1);
}

#[test]
fn the_own_answers_are_the_own_view_of_the_present_round() {
    let draft = account("3", &[THREE, "r-01=x c-02=x"].join(" "));
    let view = live(survey(), &draft, 0).unwrap();
    assert_eq!((view.round, view.who, &*view.date, &*view.pack), (3, None, "2026-11-22", &*edition().hash));
    assert_eq!(view.sheet(&hierarchy()).0, draft.sheet(0));
    let found = all(&draft);
    assert_eq!(told(&found), [(3, Some((Whose::Own, Some(3000))))]);
    assert_eq!((&*found[0].date, &found[0].risks[..]), ("2026-11-22", &["r-01".to_string()][..]));
    // A view of oneself that claims the present round does not stand beside the answers that are being given.
    assert_eq!(all(&with_view(draft, (3, 0, "2026-11-30"), FIVE)), found);
}

#[test]
fn every_round_has_its_own_people_headline_gap_and_day() {
    let mut draft = account("4", FIVE);
    for (role, function) in [("sponsor", "it"), ("", "purchasing"), ("", "")] {
        draft = with_row(draft, List::People, &[(at::NAME, "A. B."), (at::ROLE, role), (at::FUNCTION, function)]);
    }
    assert_eq!([1, 2, 3, 4].map(|who| role_of(&draft, who)), ["sponsor", "purchasing", "", ""]);
    draft = with_view(draft, (1, 0, "2023-05-01"), THREE);
    draft = with_view(draft, (3, 1, "2025-06-02"), FIVE);
    draft = with_view(draft, (3, 2, "2025-06-11"), THREE);
    draft = with_view(draft, (3, 0, "2025-06-01"), TWO);
    draft = with_view(draft, (4, 3, "2026-01-01"), THREE);
    let found = all(&draft);
    // Nobody answered in round 2, so there is none.
    assert_eq!(
        told(&found),
        [
            (1, Some((Whose::Own, Some(3000)))),
            (3, Some((Whose::Customer(2), Some(4000)))),
            (4, Some((Whose::Customer(1), Some(3000)))),
        ]
    );
    let [one, three, four] = &found[..] else { unreachable!() };
    assert_eq!([one, three, four].map(|round| &*round.date), ["2023-05-01", "2025-06-11", "2026-11-22"]);
    assert_eq!(one.gap, None);
    assert_eq!(three.gap, Some(Gap { thousandths: -2000, tenths: -20, size: GapSize::Large }));
    assert_eq!(four.gap, Some(Gap { thousandths: 2000, tenths: 20, size: GapSize::Large }));
    let people: Vec<_> = three.customers.iter().map(|rater| (rater.view, rater.who, &*rater.role)).collect();
    assert_eq!(people, [(2, Some(1), "sponsor"), (3, Some(2), "purchasing")]);
    // Levels 3 and 5 of two roles; the lower one needs no notes.
    assert_eq!(
        three.headline.as_ref().map(|headline| (headline.level, headline.confidence.grade)),
        Some((3, Grade::A))
    );
    assert_eq!((three.raters().count(), four.raters().count()), (3, 2));
}

#[test]
fn a_headline_without_a_position_has_no_gap() {
    // Gate 4 is not known, so who stands at 3 has no position.
    let draft = with_view(account("1", FIVE), (1, 1, "2026-01-01"), "g2=4 g3=3 g4=dk g5=dk");
    let [round] = &all(&draft)[..] else { unreachable!() };
    assert_eq!((round.headline.as_ref().map(|h| (h.level, h.position)), round.gap), (Some((3, None)), None));
    // Nor has one where only the customer answered.
    let draft = with_view(account("1", ""), (1, 1, "2026-01-01"), THREE);
    assert_eq!(all(&draft)[0].gap, None);
}

#[test]
fn the_view_of_somebody_who_was_removed_stays_without_a_role() {
    let mut draft = with_row(account("1", ""), List::People, &[(at::NAME, "A."), (at::ROLE, "sponsor")]);
    draft = with_view(draft, (1, 1, "2026-01-01"), THREE);
    let before = all(&draft);
    assert_eq!(before[0].customers[0].role, "sponsor");
    let after = all(&draft.apply(Action::Remove(List::People, 1)));
    assert_eq!(told(&after), told(&before));
    assert_eq!((after[0].customers[0].who, &*after[0].customers[0].role), (Some(1), ""));
}

#[test]
fn a_return_for_a_later_round_belongs_to_the_present_one() {
    let draft = with_view(account("2", THREE), (9, 1, "2026-12-01"), TWO);
    assert_eq!(told(&all(&draft)), [(2, Some((Whose::Customer(1), Some(2000))))]);
}

#[test]
fn who_answered_twice_in_a_round_counts_once_with_the_later_answers() {
    let mut draft = with_view(account("2", ""), (2, 1, "2026-01-01"), THREE);
    draft = with_view(draft, (2, 2, "2026-01-02"), FIVE);
    // Meant for a later round, it is one of the present one too.
    draft = with_view(draft, (3, 1, "2026-01-03"), TWO);
    let found = all(&draft);
    assert_eq!(told(&found), [(2, Some((Whose::Customer(2), Some(3500))))]);
    assert_eq!(
        found[0].customers.iter().map(|rater| (rater.view, rater.who)).collect::<Vec<_>>(),
        [(2, Some(2)), (3, Some(1))]
    );
}

#[test]
fn rows_that_cannot_be_read_leave_the_others_alone() {
    let mut draft = with_view(account("2", ""), (1, 0, "2025-01-01"), THREE);
    let whole = all(&draft);
    for (head, code) in [("", ""), ("x", "g2-01=4"), ("0 0 2026-01-01 short a", "g2-01=4"), ("1 0", "")] {
        draft = with_row(draft, List::Views, &[(at::VIEW_HEAD, head), (at::VIEW_CODE, code)]);
    }
    // The last one can be read: an own view of round 1 without answers. The later row is the one that counts.
    let found = all(&draft);
    assert_eq!(told(&found), [(1, None), (2, None)]);
    assert_eq!(told(&whole), [(1, Some((Whose::Own, Some(3000)))), (2, None)]);
}

#[test]
fn as_many_rounds_as_are_asked_for_are_told_from_the_last_headline() {
    let mut draft = account("6", "");
    for (round, words) in [(1, TWO), (2, THREE), (4, "g2=dk"), (5, FIVE)] {
        draft = with_view(draft, (round, 0, "2025-01-01"), words);
    }
    let numbers =
        |newest: usize| -> Vec<u32> { rounds(survey(), &draft, 0, newest).iter().map(|round| round.number).collect() };
    // Rounds 6 and 4 have no headline; they come along and do not count.
    assert_eq!(numbers(1), [5, 6]);
    assert_eq!(numbers(2), [2, 4, 5, 6]);
    assert_eq!(numbers(3), [1, 2, 4, 5, 6]);
    assert_eq!(numbers(usize::MAX), [1, 2, 4, 5, 6]);
}

/// A round at a level, with a range or without a position at all.
fn at_level(level: u8, range: Option<(u16, u16)>, matched: (usize, usize)) -> Round {
    let draft = with_view(account("1", ""), (1, 1, "2026-01-01"), THREE);
    let mut round = all(&draft).remove(0);
    round.customers[0].matched = matched;
    let confidence = Confidence { grade: Grade::B, reasons: vec![] };
    let position = range.map(|(low, high)| (low + high) / 2);
    round.headline = Some(Headline { whose: Whose::Customer(1), level, position, range, confidence });
    round
}

#[test]
fn movement_is_another_level_or_ranges_apart() {
    let all = (24, 24);
    let moved = |old: (u8, u16, u16), new: (u8, u16, u16)| {
        let round = |(level, low, high)| at_level(level, Some((low, high)), all);
        Movement::of(&round(old), &round(new))
    };
    let table = [
        // The level changed, whatever the ranges.
        ((2, 2000, 2900), (3, 2500, 3000), Movement::Up),
        ((3, 2500, 3000), (2, 2000, 2900), Movement::Down),
        // The same level: apart, touching, overlapping, one within the other, the same.
        ((3, 3000, 3199), (3, 3200, 3400), Movement::Up),
        ((3, 3200, 3400), (3, 3000, 3199), Movement::Down),
        ((3, 3000, 3200), (3, 3200, 3400), Movement::Within),
        ((3, 3200, 3400), (3, 3000, 3200), Movement::Within),
        ((3, 3000, 3300), (3, 3200, 3400), Movement::Within),
        ((3, 3000, 3900), (3, 3400, 3500), Movement::Within),
        ((3, 3400, 3500), (3, 3000, 3900), Movement::Within),
        ((3, 3166, 3166), (3, 3166, 3166), Movement::Within),
        ((3, 3166, 3166), (3, 3167, 3167), Movement::Up),
    ];
    for (old, new, movement) in table {
        assert_eq!(moved(old, new), Some(movement), "{old:?} {new:?}");
    }
}

#[test]
fn movement_where_something_is_not_known() {
    let all = (24, 24);
    let (known, blank) = (at_level(3, Some((3000, 3100)), all), at_level(3, None, all));
    // Without a range or a position only the level can tell.
    assert_eq!(Movement::of(&blank, &known), Some(Movement::Within));
    assert_eq!(Movement::of(&at_level(2, None, all), &known), Some(Movement::Up));
    // A position without a range is a range of its own.
    let mut point = known.clone();
    if let Some(headline) = &mut point.headline {
        (headline.range, headline.position) = (None, Some(3101));
    }
    assert_eq!(Movement::of(&known, &point), Some(Movement::Up));
    let nothing = Round { headline: None, ..known.clone() };
    assert_eq!((Movement::of(&nothing, &known), Movement::of(&known, &nothing)), (None, None));
}

#[test]
fn the_own_view_is_not_compared_with_the_customers() {
    // Somebody at the customer who knows too little for a level leaves the headline to the own view.
    let unsure = "g2=dk g3=dk g4=dk g5=dk";
    let round = |own: &str, people: &[&str]| {
        let people = (1u32..).zip(people);
        let draft =
            people.fold(account("1", own), |draft, (who, words)| with_view(draft, (1, who, "2026-01-01"), words));
        all(&draft).remove(0)
    };
    let own = [round(THREE, &[]), round(THREE, &[unsure]), round(TWO, &[]), round(FIVE, &[])];
    let customer = [round("", &[THREE]), round(THREE, &[TWO]), round(TWO, &[THREE, THREE]), round("", &[FIVE, unsure])];
    for (rounds, whose) in [(&own, true), (&customer, false)] {
        assert!(rounds.iter().all(|round| round.headline.as_ref().is_some_and(|h| (h.whose == Whose::Own) == whose)));
    }
    // Whatever the levels and the ranges: what changed is who says so.
    for (own, customer) in own.iter().flat_map(|own| customer.iter().map(move |customer| (own, customer))) {
        assert_eq!(Movement::of(own, customer), Some(Movement::OtherView));
        assert_eq!(Movement::of(customer, own), Some(Movement::OtherView));
    }
    // Of one kind they are, however many people speak.
    let moved = |rounds: &[Round; 4]| [0, 2, 3].map(|at| Movement::of(&rounds[1], &rounds[at]));
    assert_eq!(moved(&own), [Movement::Within, Movement::Down, Movement::Up].map(Some));
    assert_eq!(moved(&customer), [Movement::Up, Movement::Up, Movement::Up].map(Some));
    assert_eq!(Movement::of(&customer[0], &customer[2]), Some(Movement::Within));
    assert_eq!(Movement::of(&customer[3], &customer[2]), Some(Movement::Down));
    // Another edition is the first reason, and nothing is said of what is not there.
    let mut other = customer[0].clone();
    other.customers[0].matched = (1, 24);
    assert_eq!(Movement::of(&own[0], &other), Some(Movement::Incomparable));
    assert_eq!(Movement::of(&other, &own[0]), Some(Movement::Incomparable));
    let nothing = round("", &[unsure]);
    assert_eq!((Movement::of(&nothing, &own[0]), Movement::of(&customer[0], &nothing)), (None, None));
}

#[test]
fn another_edition_is_compared_from_80_in_100_on() {
    let now = at_level(4, Some((4000, 4100)), (24, 24));
    for ((matched, of), movement) in [
        ((8, 10), Movement::Up),
        ((20, 24), Movement::Up),
        // 79.2 %.
        ((19, 24), Movement::Incomparable),
        ((799, 1000), Movement::Incomparable),
        ((0, 24), Movement::Incomparable),
        ((0, 0), Movement::Up),
    ] {
        let before = at_level(3, Some((3000, 3100)), (matched, of));
        assert_eq!(before.common() >= MATCH_LEAST, movement == Movement::Up, "{matched} of {of}");
        assert_eq!(Movement::of(&before, &now), Some(movement), "{matched} of {of}");
        let back = if movement == Movement::Up { Movement::Down } else { movement };
        assert_eq!(Movement::of(&now, &before), Some(back), "{matched} of {of}");
    }
}

#[test]
fn answers_of_another_edition_are_matched_by_id() {
    let old = |gone: usize| {
        let draft = with_edition(account("2", FIVE), (1, 0, "2025-01-01"), THREE, "another");
        let mut view = View::all(&draft.rows).next().unwrap();
        let n = view.answers.len();
        for given in view.answers.iter_mut().rev().take(gone) {
            given.item.insert(0, 'x');
        }
        (draft.apply(Action::Set(List::Views, 1, at::VIEW_CODE, view.code())), n)
    };
    let (draft, n) = old(0);
    let found = all(&draft);
    assert_eq!((found[0].same_pack(), found[0].common(), found[1].same_pack()), (false, 100, true));
    assert_eq!(Movement::of(&found[0], &found[1]), Some(Movement::Up));
    // More than a fifth of them is gone.
    let (draft, _) = old(n / 5 + 1);
    let found = all(&draft);
    assert_eq!(found[0].own.as_ref().unwrap().matched, (n - n / 5 - 1, n));
    assert_eq!(Movement::of(&found[0], &found[1]), Some(Movement::Incomparable));
}

#[test]
fn the_edition_of_a_round_is_that_of_all_its_people() {
    let mut draft = with_view(account("1", ""), (1, 1, "2026-01-01"), THREE);
    assert!(all(&draft)[0].same_pack());
    draft = with_edition(draft, (1, 2, "2026-01-01"), THREE, "another");
    assert!(!all(&draft)[0].same_pack());
}

proptest! {
    #[test]
    fn any_rows_make_rounds_in_order_without_a_panic(
        now in "[0-9]{0,3}",
        heads in prop::collection::vec(("[0-9]{1,2} [0-4]", "( [0-9-]{1,10}( short| full| x)?( [0-9a-f]{0,6})?)?"), 0..8),
        codes in prop::collection::vec("(g[2-5]-0[1-6]=[0-4dax]n? ){0,9}", 8),
        newest in 1usize..4,
    ) {
        let mut draft = account(&now, THREE);
        for ((head, rest), code) in heads.iter().zip(&codes) {
            draft = with_row(draft, List::Views, &[(at::VIEW_HEAD, &format!("{head}{rest}")), (at::VIEW_CODE, code)]);
        }
        let found = all(&draft);
        prop_assert!(found.windows(2).all(|pair| pair[0].number < pair[1].number));
        prop_assert_eq!(found.last().map(|round| round.number), Some(present(&draft)));
        prop_assert!(found.iter().all(|round| round.common() <= 100));
        let newer = rounds(survey(), &draft, 0, newest);
        prop_assert_eq!(&found[found.len() - newer.len()..], &newer[..]);
        prop_assert!(newer.iter().filter(|round| round.headline.is_some()).count() <= newest);
    }
}
