//! Keeping drafts: the format of version 1 and its fixture, hostile texts, two tabs, stores that fail.

use buy_sell_hierarchy::domain::answer::Answer;
use buy_sell_hierarchy::domain::draft::{Action, Draft, Step, Target};
use buy_sell_hierarchy::domain::model::{Form, Perspective};
use buy_sell_hierarchy::pack::compiled::Pack;
use buy_sell_hierarchy::storage::codec::{Fields, ReadError, SIZE_MAX, merge};
use buy_sell_hierarchy::storage::keeper::{Found, Keeper, Saved, Trouble};
use buy_sell_hierarchy::storage::store::{Memory, Store, StoreError};
use proptest::prelude::*;

use crate::support::small_pack;

const FIXTURE: &str = include_str!("../fixtures/draft-v1.txt");
const KEY: &str = "bsh:draft:default";

fn pack() -> Pack {
    Pack::read(&small_pack()).unwrap()
}

fn draft(pack: &Pack) -> Draft {
    Draft::new(&pack.model, &pack.hash, Form::Short, "Metal Works", "", "2026-11-22")
}

fn answered(draft: Draft, index: usize, value: u8) -> Draft {
    draft.apply(Action::Answer(index, Some(Answer::Value(value))))
}

fn keeper(store: &Memory) -> Keeper<Memory> {
    Keeper::new(store.clone(), "default")
}

#[test]
fn the_first_schema_still_reads() {
    let pack = pack();
    let opened = Fields::read(FIXTURE).unwrap().draft(&pack.model, &pack.hash);
    let draft = opened.draft;
    assert_eq!((opened.dropped, opened.other_pack), (0, false));
    assert_eq!((draft.form, draft.perspective), (Form::Full, Perspective::Own));
    assert_eq!((draft.account.as_str(), draft.part.as_str()), ("Metal Works", "plant maintenance"));
    assert_eq!(draft.step, Step::Gate(1));
    assert_eq!(draft.target, Some(Target { level: 4, year: 2029 }));
    assert_eq!(draft.answers[0], Some(Answer::Value(3)));
    assert_eq!(draft.answers[1], Some(Answer::DontKnow));
    assert_eq!(draft.answers[2], Some(Answer::Value(2)));
    assert_eq!(draft.answers[3], None);
    assert_eq!(draft.answers[4], Some(Answer::Value(0)));
    assert_eq!(draft.answers[11], Some(Answer::NotApplicable));
    assert_eq!(draft.notes[0], "They said so in May.\nTwice, with a \\ in it.");
    assert_eq!((draft.signals, draft.risks), (vec![true, false], vec![false, true]));
}

#[test]
fn the_first_schema_is_what_is_written() {
    let pack = pack();
    let opened = Fields::read(FIXTURE).unwrap().draft(&pack.model, &pack.hash);
    assert_eq!(Fields::of(&pack.model, &opened.draft, 7).write(), FIXTURE);
}

#[test]
fn a_file_survives_editors_and_mail() {
    let pack = pack();
    let text = format!("\u{feff}# For people: read me\r\n# and me\r\n\r\n{}", FIXTURE.replace('\n', "\r\n"));
    let plain = Fields::read(FIXTURE).unwrap().draft(&pack.model, &pack.hash);
    assert_eq!(Fields::read(&text).unwrap().draft(&pack.model, &pack.hash), plain);
}

#[test]
fn what_is_no_draft_is_told_apart() {
    for text in ["", "hello", "bsh-answers", "bsh-answers one 2 3", "bsh-answers 0 1 ab", "{\"answers\":[]}"] {
        assert_eq!(Fields::read(text), Err(ReadError::Unreadable), "{text:?}");
    }
    assert_eq!(Fields::read("bsh-answers 2 1 ab\nform=short"), Err(ReadError::Newer));
    assert_eq!(Fields::read(&"x".repeat(SIZE_MAX + 1)), Err(ReadError::TooLarge));
}

#[test]
fn what_does_not_fit_is_counted_and_the_rest_kept() {
    let pack = pack();
    let text = "bsh-answers 1 1 ffff\nform=short\ng2-01=3\ng2-01=4\ng2-03=1\ng9-01=2\nnonsense\nc-01=y\nstep=gate-9\ntarget=9\n";
    let opened = Fields::read(text).unwrap().draft(&pack.model, &pack.hash);
    // A second g2-01, an event at 1, an unknown item, a line without =, a bad tick, a bad step, a bad level.
    assert_eq!(opened.dropped, 7);
    assert!(opened.other_pack);
    assert_eq!(opened.draft.answers[0], Some(Answer::Value(3)));
    assert_eq!(opened.draft.answers[2], None);
}

#[test]
fn an_empty_store_gives_nothing_and_a_saved_draft_comes_back() {
    let (pack, store) = (pack(), Memory::default());
    let mut first = keeper(&store);
    assert_eq!(first.load(&pack.model, &pack.hash), Found::Nothing);
    let draft = answered(draft(&pack), 0, 3);
    assert_eq!(first.save(&pack.model, &draft), Saved::Done);
    let Found::Draft(opened) = keeper(&store).load(&pack.model, &pack.hash) else { panic!("no draft") };
    assert_eq!(opened.draft, draft);
}

#[test]
fn revisions_count_saves() {
    let (pack, store) = (pack(), Memory::default());
    let mut keeper = keeper(&store);
    for revision in 1..=3 {
        keeper.save(&pack.model, &answered(draft(&pack), 0, revision));
        assert_eq!(Fields::read(&store.read(KEY).unwrap().unwrap()).unwrap().revision, u32::from(revision));
    }
}

#[test]
fn a_full_store_keeps_the_old_value_and_recovers() {
    let (pack, store) = (pack(), Memory::default());
    let mut keeper = keeper(&store);
    keeper.save(&pack.model, &draft(&pack));
    let before = store.read(KEY).unwrap();
    store.broken.set(Some(StoreError::Full));
    let changed = answered(draft(&pack), 0, 3);
    assert_eq!(keeper.save(&pack.model, &changed), Saved::Failed(Trouble::Full));
    assert_eq!(store.read(KEY).unwrap(), before);
    store.broken.set(None);
    assert_eq!(keeper.save(&pack.model, &changed), Saved::Done);
    assert_ne!(store.read(KEY).unwrap(), before);
}

#[test]
fn data_of_a_newer_version_is_not_touched() {
    let (pack, store) = (pack(), Memory::default());
    store.write(KEY, "bsh-answers 9 1 ab\nfuture=yes\n").unwrap();
    let mut keeper = keeper(&store);
    assert_eq!(keeper.load(&pack.model, &pack.hash), Found::Newer);
    assert_eq!(keeper.save(&pack.model, &draft(&pack)), Saved::Failed(Trouble::Occupied));
    assert_eq!(store.read(KEY).unwrap().unwrap(), "bsh-answers 9 1 ab\nfuture=yes\n");
}

#[test]
fn unreadable_data_is_set_aside_before_anything_is_saved_over_it() {
    let (pack, store) = (pack(), Memory::default());
    store.write(KEY, "rubbish").unwrap();
    let mut keeper = keeper(&store);
    assert_eq!(keeper.load(&pack.model, &pack.hash), Found::Unreadable("rubbish".into()));
    assert_eq!(keeper.save(&pack.model, &draft(&pack)), Saved::Done);
    assert_eq!(store.read("bsh:aside:default").unwrap().unwrap(), "rubbish");
}

#[test]
fn what_was_set_aside_first_is_not_pushed_out() {
    let (pack, store) = (pack(), Memory::default());
    store.write("bsh:aside:default", "older").unwrap();
    store.write(KEY, "rubbish").unwrap();
    let mut keeper = keeper(&store);
    assert_eq!(keeper.load(&pack.model, &pack.hash), Found::Unreadable("rubbish".into()));
    assert_eq!(keeper.set_aside().as_deref(), Some("older"));
    assert_eq!(keeper.save(&pack.model, &draft(&pack)), Saved::Failed(Trouble::Occupied));
    assert_eq!(store.read(KEY).unwrap().as_deref(), Some("rubbish"));
}

#[test]
fn lines_of_another_edition_stay_aside_as_a_whole() {
    let (pack, store) = (pack(), Memory::default());
    let old = "bsh-answers 1 1 ffffffffffffffff\nform=short\ng2-01=3\ng9-99=2\n";
    store.write(KEY, old).unwrap();
    let mut keeper = keeper(&store);
    let Found::Draft(opened) = keeper.load(&pack.model, &pack.hash) else { panic!("no draft") };
    assert_eq!((opened.dropped, opened.other_pack), (1, true));
    assert_eq!(keeper.save(&pack.model, &opened.draft), Saved::Done);
    assert_eq!(keeper.set_aside().as_deref(), Some(old));
}

#[test]
fn lines_of_another_edition_that_cannot_be_set_aside_are_not_saved_over() {
    let (pack, store) = (pack(), Memory::default());
    let old = "bsh-answers 1 1 ffffffffffffffff\nform=short\ng9-99=2\n";
    store.write(KEY, old).unwrap();
    store.write("bsh:aside:default", "earlier").unwrap();
    let mut keeper = keeper(&store);
    let Found::Draft(opened) = keeper.load(&pack.model, &pack.hash) else { panic!("no draft") };
    assert_eq!(keeper.save(&pack.model, &opened.draft), Saved::Failed(Trouble::Occupied));
    assert_eq!(store.read(KEY).unwrap().as_deref(), Some(old));
}

#[test]
fn two_tabs_never_make_one_customer_of_two() {
    let (pack, store) = (pack(), Memory::default());
    let (mut one, mut two) = (keeper(&store), keeper(&store));
    assert_eq!(two.load(&pack.model, &pack.hash), Found::Nothing);
    one.save(&pack.model, &answered(draft(&pack), 0, 3));
    let before = store.read(KEY).unwrap();
    let zebra = Draft::new(&pack.model, &pack.hash, Form::Short, "Zebra", "", "2026-11-22");
    assert_eq!(two.save(&pack.model, &zebra), Saved::Failed(Trouble::Occupied));
    assert_eq!(two.take_in(&pack.model, &zebra), Saved::Failed(Trouble::Occupied));
    assert_eq!(store.read(KEY).unwrap(), before);
}

#[test]
fn forgetting_a_draft_leaves_what_was_set_aside() {
    let (pack, store) = (pack(), Memory::default());
    store.write("bsh:aside:default", "old").unwrap();
    let mut keeper = keeper(&store);
    keeper.save(&pack.model, &draft(&pack));
    keeper.forget().unwrap();
    assert_eq!(store.read(KEY).unwrap(), None);
    assert_eq!(keeper.set_aside().as_deref(), Some("old"));
}

#[test]
fn a_file_of_very_many_lines_is_read_quickly_and_a_bad_date_left_out() {
    let pack = pack();
    let mut text = String::from("bsh-answers 1 1 ffff\ndate=yesterday\n");
    for line in 0..20_000 {
        text.push_str(&format!("k{line}=1\n"));
    }
    let opened = Fields::read(&text).unwrap().draft(&pack.model, &pack.hash);
    assert_eq!(opened.dropped, 20_001);
    assert_eq!(opened.draft.date, "");
}

#[test]
fn unreadable_data_that_cannot_be_set_aside_stays() {
    let (pack, store) = (pack(), Memory::default());
    let long = "x".repeat(300_000);
    store.write(KEY, &long).unwrap();
    let mut keeper = keeper(&store);
    assert_eq!(keeper.load(&pack.model, &pack.hash), Found::Unreadable(long.clone()));
    assert_eq!(keeper.save(&pack.model, &draft(&pack)), Saved::Failed(Trouble::Occupied));
    assert_eq!(store.read(KEY).unwrap().unwrap(), long);
}

#[test]
fn two_tabs_merge_different_answers() {
    let (pack, store) = (pack(), Memory::default());
    let (mut one, mut two) = (keeper(&store), keeper(&store));
    one.save(&pack.model, &draft(&pack));
    two.load(&pack.model, &pack.hash);
    one.save(&pack.model, &answered(draft(&pack), 0, 3));
    let Saved::Merged(both) = two.save(&pack.model, &answered(draft(&pack), 1, 2)) else { panic!("not merged") };
    assert_eq!((both.answers[0], both.answers[1]), (Some(Answer::Value(3)), Some(Answer::Value(2))));
    // The first tab hears of it and has the same.
    let Saved::Merged(heard) = one.take_in(&pack.model, &answered(draft(&pack), 0, 3)) else { panic!("not heard") };
    assert_eq!(heard.answers, both.answers);
}

#[test]
fn the_same_answer_has_one_winner_whichever_tab_is_first() {
    let pack = pack();
    let base = Fields::of(&pack.model, &draft(&pack), 1);
    let low = Fields::of(&pack.model, &answered(draft(&pack), 0, 1), 2);
    let high = Fields::of(&pack.model, &answered(draft(&pack), 0, 3), 2);
    assert_eq!(merge(&base, &low, &high).get("g2-01"), Some("3"));
    assert_eq!(merge(&base, &high, &low).get("g2-01"), Some("3"));
}

#[test]
fn an_answer_taken_back_in_one_tab_stays_taken_back() {
    let (pack, store) = (pack(), Memory::default());
    let (mut one, mut two) = (keeper(&store), keeper(&store));
    one.save(&pack.model, &answered(draft(&pack), 0, 3));
    two.load(&pack.model, &pack.hash);
    one.save(&pack.model, &draft(&pack));
    let Saved::Merged(both) = two.save(&pack.model, &answered(answered(draft(&pack), 0, 3), 1, 2)) else {
        panic!("not merged")
    };
    assert_eq!((both.answers[0], both.answers[1]), (None, Some(Answer::Value(2))));
}

#[test]
fn an_erase_is_not_undone_by_the_other_tab() {
    let (pack, store) = (pack(), Memory::default());
    let (mut one, mut two) = (keeper(&store), keeper(&store));
    one.save(&pack.model, &draft(&pack));
    two.load(&pack.model, &pack.hash);
    one.erase().unwrap();
    assert_eq!(two.save(&pack.model, &answered(draft(&pack), 0, 3)), Saved::Erased);
    assert_eq!(store.read(KEY).unwrap(), None);
}

#[test]
fn erase_takes_our_keys_and_no_other() {
    let (pack, store) = (pack(), Memory::default());
    store.write("theirs", "1").unwrap();
    store.write("bsh:aside:default", "old").unwrap();
    let mut keeper = keeper(&store);
    keeper.save(&pack.model, &draft(&pack));
    keeper.erase().unwrap();
    assert_eq!(store.read(KEY).unwrap(), None);
    assert_eq!(store.read("bsh:aside:default").unwrap(), None);
    assert_eq!(store.read("theirs").unwrap().unwrap(), "1");
}

#[test]
fn a_short_round_is_small() {
    let shipped = crate::support::shipped();
    let mut draft = Draft::new(&shipped.model, &shipped.hash, Form::Short, "Metal Works", "maintenance", "2026-11-22");
    for index in 0..shipped.model.len() {
        draft = answered(draft, index, 4);
    }
    draft
        .answers
        .iter_mut()
        .zip(shipped.model.items())
        .filter(|(_, (_, item))| !item.short)
        .for_each(|(a, _)| *a = None);
    let units = Fields::of(&shipped.model, &draft, 1).write().encode_utf16().count();
    assert!(units < 340, "{units} units");
}

fn any_draft() -> impl Strategy<Value = Draft> {
    let answer = prop_oneof![
        Just(None),
        Just(Some(Answer::DontKnow)),
        Just(Some(Answer::NotApplicable)),
        prop_oneof![Just(0u8), Just(2), Just(4)].prop_map(|value| Some(Answer::Value(value))),
    ];
    (proptest::collection::vec(answer, 16), proptest::collection::vec(".{0,40}", 16), "[^\u{0}]{0,40}").prop_map(
        |(answers, notes, account)| {
            let pack = pack();
            let mut draft = Draft::new(&pack.model, &pack.hash, Form::Full, &account, "", "2026-11-22");
            draft.answers = answers;
            draft.notes = notes;
            draft
        },
    )
}

proptest! {
    #[test]
    fn every_draft_comes_back_as_it_was(draft in any_draft()) {
        let pack = pack();
        let text = Fields::of(&pack.model, &draft, 3).write();
        let opened = Fields::read(&text).unwrap().draft(&pack.model, &pack.hash);
        prop_assert_eq!(opened.dropped, 0);
        prop_assert_eq!(opened.draft, draft);
    }

    #[test]
    fn no_text_stops_the_reader(text in "\\PC{0,200}", cut in 0usize..400, byte in any::<u8>()) {
        let pack = pack();
        let mut bytes = FIXTURE.as_bytes().to_vec();
        let at = cut % bytes.len();
        bytes[at] = byte;
        for text in [text, String::from_utf8_lossy(&bytes).into_owned(), FIXTURE.chars().take(cut).collect()] {
            if let Ok(fields) = Fields::read(&text) {
                let draft = fields.draft(&pack.model, &pack.hash).draft;
                prop_assert_eq!(draft.answers.len(), pack.model.len());
            }
        }
    }

    #[test]
    fn merging_does_not_depend_on_the_tab(base in any_draft(), one in any_draft(), two in any_draft()) {
        let pack = pack();
        let fields = |draft: &Draft| Fields::of(&pack.model, draft, 1);
        let draft = |fields: Fields| fields.draft(&pack.model, &pack.hash).draft;
        let (base, one, two) = (fields(&base), fields(&one), fields(&two));
        prop_assert_eq!(draft(merge(&base, &one, &two)), draft(merge(&base, &two, &one)));
    }
}
