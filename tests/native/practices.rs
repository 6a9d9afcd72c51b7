//! Practices, the contact map and the share table.

use crate::support::{filled, survey};
use buy_sell_hierarchy::domain::contacts::{Contact, ContactMap};
use buy_sell_hierarchy::domain::model::Form;
use buy_sell_hierarchy::domain::practices::PracticesCard;
use buy_sell_hierarchy::domain::shares::{Share, ShareTable};
use buy_sell_hierarchy::domain::survey::Cards;

fn card(words: &str) -> PracticesCard {
    let draft = filled(Form::Short, words);
    Cards::of(survey(), &draft.evidence(survey())).practices(2).expect("the third instrument has practices").clone()
}

/// `function seniority holder`, a contact each; `-` is blank.
fn map(contacts: &[&str]) -> ContactMap {
    let contacts = contacts.iter().map(|words| {
        let mut words = words.split('/').map(|word| if word == "-" { String::new() } else { word.into() });
        let mut next = || words.next().unwrap_or_default();
        Contact { function: next(), seniority: next(), holder: next() }
    });
    ContactMap::of(&contacts.collect::<Vec<_>>())
}

fn held(holders: &[&str]) -> ContactMap {
    let contacts: Vec<String> = holders.iter().map(|holder| format!("it/user/{holder}")).collect();
    map(&contacts.iter().map(String::as_str).collect::<Vec<_>>())
}

fn table(own: Option<u8>, rivals: &[Option<u8>]) -> ShareTable {
    let share = |time| Share { name: "x".into(), time, cash: None };
    ShareTable::of(&share(own), &rivals.iter().map(|time| share(*time)).collect::<Vec<_>>())
}

#[test]
fn the_weakest_practice_has_the_lowest_percent() {
    assert_eq!(card("ra=4 aa=2 ns=4 tc=4").weakest, Some(1));
    assert_eq!(card("ra=4 aa=4 ns=4 tc=0").weakest, Some(3));
    // By percent, not by sum: 3 answers of 3 are above 4 answers of 2.
    assert_eq!(card("ra=2 aa-1=3 aa-2=3 ns=4 tc=4").weakest, Some(0));
}

#[test]
fn of_equals_the_first_is_the_weakest() {
    assert_eq!(card("ra=4 aa=2 ns=2 tc=2").weakest, Some(1));
    assert_eq!(card("ra=4 aa=4 ns=4 tc=4").weakest, Some(0));
    // 2 of 4 and 4 of 8 are equal.
    assert_eq!(card("ra=4 aa=4 ns-1=2 ns-3=2 tc=2").weakest, Some(2));
}

#[test]
fn what_is_not_determined_is_never_the_weakest() {
    assert_eq!(card("ra-1=0").weakest, None);
    assert_eq!(card("ra-1=0 aa=4").weakest, Some(1));
    assert_eq!(card("ra-1=0 ra-2=0 aa=4").weakest, Some(0), "half is enough");
    // Two applicable items are too few.
    assert_eq!(card("ra=0 ra-1=na ra-2=na aa=4").weakest, Some(1));
    assert_eq!(card("ra=dk").weakest, None);
}

#[test]
fn wide_and_deep_count_distinct_known_fields() {
    let all = map(&["it/user/Ann", "it/manager/Ann", "finance/user/Bo", "-/-/-", "finance/director/Cy"]);
    assert_eq!((all.count, all.wide, all.deep, all.unheld), (5, 2, 3, 1));
    let none = map(&[]);
    assert_eq!((none.count, none.wide, none.deep, none.unheld, none.single.clone()), (0, 0, 0, 0, None));
    assert_eq!(none.threaded(), None);
}

#[test]
fn a_single_thread_is_strictly_more_than_half() {
    let single = |holders: &[&str]| held(holders).single.map(|(_, count)| count);
    assert_eq!(single(&["Ann"]), Some(1));
    assert_eq!(single(&["Ann", "Bo"]), None, "half is not more than half");
    assert_eq!(single(&["Ann", "Ann", "Bo"]), Some(2));
    assert_eq!(single(&["Bo", "Ann", "Bo", "Ann"]), None);
    assert_eq!(single(&["Bo", "Ann", "Bo", "Ann", "Bo"]), Some(3));
    assert_eq!(single(&["Ann", "-", "-"]), None, "of all contacts, not of those that are held");
    assert_eq!(single(&["-", "-", "-"]), None, "nobody holds them, so nobody is the thread");
}

#[test]
fn holders_are_compared_without_case_and_outer_spaces() {
    let map = held(&["Ann", " ann", "ANN ", "Bo", "Bo"]);
    assert_eq!(map.single, Some(("Ann".into(), 3)));
    let spaces = held(&["  ", "Bo"]);
    assert_eq!((spaces.unheld, spaces.single.clone(), spaces.threaded()), (1, None, None));
}

#[test]
fn no_single_thread_is_claimed_only_when_no_one_could_be_it() {
    let table: [(&[&str], Option<bool>); 12] = [
        (&["Ann"], Some(true)),
        (&["Ann", "Bo"], Some(false)),
        (&["Ann", "Ann", "Bo"], Some(true)),
        // With the one without a holder Ann would have 2 of 3.
        (&["Ann", "Bo", "-"], None),
        (&["Ann", "Bo", "Cy", "-"], Some(false)),
        (&["Ann", "Ann", "Bo", "Cy", "-"], None),
        (&["Ann", "Ann", "Bo", "Bo", "Cy", "-"], Some(false)),
        (&["Ann", "Ann", "Bo", "Cy", "Di", "-"], Some(false)),
        (&["-"], None),
        (&["-", "-", "Ann", "Bo"], None),
        (&["-", "-", "Ann", "Bo", "Cy", "Di"], Some(false)),
        (&["Ann", "Ann", "Ann", "-", "-"], Some(true)),
    ];
    for (holders, threaded) in table {
        assert_eq!(held(holders).threaded(), threaded, "{holders:?}");
    }
}

#[test]
fn shares_add_up_and_what_is_not_known_is_counted() {
    let of = |own, rivals: &[Option<u8>]| {
        let column = table(own, rivals).time;
        (column.sum, column.unknown)
    };
    assert_eq!(of(Some(20), &[Some(30), Some(10)]), (60, 0));
    assert_eq!(of(None, &[Some(30), None]), (30, 2));
    assert_eq!(of(None, &[]), (0, 1));
    assert_eq!(table(Some(20), &[Some(30)]).cash.unknown, 2);
}

#[test]
fn equal_shares_have_equal_ranks() {
    let rank = |own, rivals: &[Option<u8>]| table(own, rivals).time.rank;
    assert_eq!(rank(Some(30), &[Some(30), Some(20)]), Some(1));
    assert_eq!(rank(Some(20), &[Some(30), Some(30)]), Some(3));
    assert_eq!(rank(Some(20), &[Some(30), Some(20), Some(10)]), Some(2));
    assert_eq!(rank(Some(20), &[]), Some(1));
    assert_eq!(rank(None, &[Some(30)]), None);
}

#[test]
fn the_largest_rival_is_the_first_of_equals() {
    let rival = |rivals: &[Option<u8>]| table(Some(10), rivals).time.rival;
    assert_eq!(rival(&[Some(20), Some(30), Some(30)]), Some(1));
    assert_eq!(rival(&[None, Some(0)]), Some(1));
    assert_eq!(rival(&[None, None]), None);
    assert_eq!(rival(&[]), None);
}

#[test]
fn a_rival_is_ahead_only_with_a_larger_share() {
    let ahead = |own, rivals: &[Option<u8>]| table(own, rivals).time.ahead;
    assert_eq!(ahead(Some(20), &[Some(30)]), Some(true));
    assert_eq!(ahead(Some(30), &[Some(30)]), Some(false), "equal is not ahead");
    assert_eq!(ahead(Some(20), &[Some(30), None]), Some(true));
    // There is room for 60, and for 20, that nobody has named.
    assert_eq!(ahead(Some(30), &[Some(10), None]), None);
    assert_eq!(ahead(Some(40), &[Some(40), None]), Some(false));
    assert_eq!(ahead(Some(45), &[Some(10), None]), Some(false), "45 is left: equal, not more");
    assert_eq!(ahead(Some(44), &[Some(11), None]), None, "45 is left: one more");
    assert_eq!(ahead(None, &[Some(30)]), None);
    assert_eq!(ahead(Some(30), &[]), None, "nobody to compare with");
}

#[test]
fn a_sum_above_a_hundred_says_nothing_else() {
    let column = table(Some(60), &[Some(50)]).time;
    assert_eq!((column.sum, column.rank, column.rival, column.ahead), (110, None, None, None));
}

#[test]
fn ahead_by_one_column_is_ahead() {
    let both = |own: [Option<u8>; 2], rival: [Option<u8>; 2]| {
        let share = |[time, cash]: [Option<u8>; 2]| Share { name: "x".into(), time, cash };
        ShareTable::of(&share(own), &[share(rival)]).ahead()
    };
    assert_eq!(both([Some(20), Some(30)], [Some(30), Some(20)]), Some(true));
    assert_eq!(both([Some(30), Some(30)], [Some(20), Some(20)]), Some(false));
    assert_eq!(both([Some(30), None], [Some(20), Some(20)]), None, "cash cannot tell");
    assert_eq!(both([Some(20), None], [Some(30), None]), Some(true));
    assert_eq!(both([None, None], [Some(30), Some(30)]), None);
}
