//! Keeping drafts: every version of the format with its fixture, hostile texts, two tabs, stores that fail.

use buy_sell_hierarchy::domain::answer::Answer;
use buy_sell_hierarchy::domain::draft::{Action, Draft, Stage, Step, Target};
use buy_sell_hierarchy::domain::model::{Form, Perspective, Place};
use buy_sell_hierarchy::domain::rounds::rounds;
use buy_sell_hierarchy::domain::rows::{LISTS, List, SINGLE, VIEWS_MAX, at};
use buy_sell_hierarchy::domain::survey::Cards;
use buy_sell_hierarchy::domain::views::View;
use buy_sell_hierarchy::pack::compiled::Pack;
use buy_sell_hierarchy::storage::codec::{Fields, ReadError, SIZE_MAX, merge, parse_step, step_code};
use buy_sell_hierarchy::storage::home::Home;
use buy_sell_hierarchy::storage::keeper::{Found, Keeper, Saved, Trouble};
use buy_sell_hierarchy::storage::store::{Memory, Store, StoreError};
use buy_sell_hierarchy::storage::workspace;
use proptest::prelude::*;

use crate::support::{any_draft, edition, filled, fresh, place, small_pack, survey, with_row};

const FIXTURE: &str = include_str!("../fixtures/draft-v1.txt");
const SECOND: &str = include_str!("../fixtures/draft-v2.txt");
const THIRD: &str = include_str!("../fixtures/draft-v3.txt");
const DOC: &str = include_str!("../../docs/storage.md");
const KEY: &str = "bsh:draft:default";

fn pack() -> Pack {
    Pack::read(&small_pack()).unwrap()
}

fn draft(pack: &Pack) -> Draft {
    Draft::new(&pack.survey, &pack.hash, Form::Short, "Metal Works", "", "2026-11-22")
}

fn answered(draft: Draft, index: usize, value: u8) -> Draft {
    draft.apply(Action::Answer(Place { part: 0, item: index }, Some(Answer::Value(value))))
}

fn keeper(store: &Memory) -> Keeper<Memory> {
    Keeper::new(store.clone(), "default", &Home::Draft)
}

#[test]
fn the_first_schema_still_reads() {
    let pack = pack();
    let opened = Fields::read(FIXTURE).unwrap().draft(&pack.survey, &pack.hash);
    let draft = opened.draft;
    assert_eq!((opened.dropped, opened.other_pack), (0, false));
    assert_eq!((draft.form, draft.perspective), (Form::Full, Perspective::Own));
    assert_eq!((draft.account.as_str(), draft.part.as_str()), ("Metal Works", "plant maintenance"));
    assert_eq!(draft.step, Step::At(0, Stage::Section(1)));
    assert_eq!(draft.target, Some(Target { level: 4, year: 2029 }));
    assert_eq!(draft.given[0].answers[0], Some(Answer::Value(3)));
    assert_eq!(draft.given[0].answers[1], Some(Answer::DontKnow));
    assert_eq!(draft.given[0].answers[2], Some(Answer::Value(2)));
    assert_eq!(draft.given[0].answers[3], None);
    assert_eq!(draft.given[0].answers[4], Some(Answer::Value(0)));
    assert_eq!(draft.given[0].answers[11], Some(Answer::NotApplicable));
    assert_eq!(draft.given[0].notes[0], "They said so in May.\nTwice, with a \\ in it.");
    assert_eq!((&draft.given[0].signals, &draft.given[0].risks), (&vec![true, false], &vec![false, true]));
}

/// The number of the version that a text says it has, changed.
fn of_version(text: &str, version: &str) -> String {
    let (head, rest) = text.split_once(' ').unwrap();
    format!("{head} {version} {}", rest.split_once(' ').unwrap().1)
}

#[test]
fn the_first_schema_is_written_as_the_third_with_all_that_is_in_it() {
    let pack = pack();
    let opened = Fields::read(FIXTURE).unwrap().draft(&pack.survey, &pack.hash);
    let written = Fields::of(&pack.survey, &opened.draft, 7).write();
    assert_eq!(written, of_version(FIXTURE, "3"));
    let again = Fields::read(&written).unwrap().draft(&pack.survey, &pack.hash);
    assert_eq!(again, opened);
}

#[test]
fn the_first_schema_scores_the_same_before_and_after() {
    // Scored as it is written in the fixture, line by line, without the reader of drafts.
    let pack = pack();
    let mut sheet = buy_sell_hierarchy::domain::model::Sheet::blank(
        &pack.survey.instruments[0].model,
        Perspective::Own,
        Form::Full,
    );
    for (id, answer) in [("g2-01", "3"), ("g2-02", "dk"), ("g2-03", "2"), ("g3-01", "0"), ("g4-04", "na")] {
        let (index, item) = pack.survey.instruments[0].model.find(id).unwrap();
        sheet.answers[index] = item.scale.parse(answer);
    }
    sheet.noted[0] = true;
    (sheet.signals[0], sheet.risks[1]) = (true, true);
    let old = buy_sell_hierarchy::domain::survey::Card::of(&pack.survey.instruments[0], &sheet);
    let score = |text: &str| {
        let draft = Fields::read(text).unwrap().draft(&pack.survey, &pack.hash).draft;
        let cards = Cards::of(&pack.survey, &draft.evidence(&pack.survey));
        (cards, Fields::of(&pack.survey, &draft, 7).write())
    };
    let (first, written) = score(FIXTURE);
    let (second, _) = score(&written);
    assert_eq!(first.parts, [old]);
    assert_eq!(first, second);
}

#[test]
fn the_shipped_questions_keep_the_answers_of_the_first_schema() {
    let text = FIXTURE.replace("0123456789abcdef", "ffffffffffffffff");
    let opened = Fields::read(&text).unwrap().draft(survey(), &edition().hash);
    assert_eq!((opened.dropped, opened.other_pack), (0, true));
    assert_eq!(opened.draft.answer(place("g2-01")), Some(Answer::Value(3)));
    assert_eq!(opened.draft.answer(place("g4-04")), Some(Answer::NotApplicable));
    assert!(opened.draft.given[0].signals[0] && opened.draft.given[0].risks[1]);
    assert!(!opened.draft.begun(1) && !opened.draft.begun(2));
}

#[test]
fn the_second_schema_reads_and_is_written_as_the_third_with_all_that_is_in_it() {
    let pack = edition();
    let opened = Fields::read(SECOND).unwrap().draft(survey(), &pack.hash);
    assert_eq!((opened.dropped, opened.other_pack), (0, true));
    let draft = &opened.draft;
    assert_eq!((draft.lang.as_str(), draft.form, draft.perspective), ("nl", Form::Full, Perspective::Customer));
    assert_eq!((draft.account.as_str(), draft.part.as_str()), ("Metaalwerken", "onderhoud"));
    assert_eq!(draft.step, Step::At(1, Stage::Section(2)));
    assert_eq!(draft.target, Some(Target { level: 4, year: 2029 }));
    let answers =
        ["g2-01", "g4-04", "iv-1", "ev-5", "mp-trust", "by-choice", "ra-1", "ns-2"].map(|id| draft.answer(place(id)));
    let value = |value| Some(Answer::Value(value));
    let expected = [
        value(3),
        Some(Answer::DontKnow),
        value(4),
        Some(Answer::NotApplicable),
        value(2),
        value(0),
        value(1),
        value(2),
    ];
    assert_eq!(answers, expected);
    assert_eq!(draft.note(place("iv-1")), "Zij vroegen het ons.\nTweemaal, met een \\ erin.");
    assert_eq!(draft.confirmed, ["g4-04"]);
    assert!(draft.given[0].signals[0] && draft.given[0].risks[7]);
    let get = |list, id, field| draft.rows.get(list, id, field);
    let order: Vec<u32> = draft.rows.of(List::People).iter().map(|row| row.id).collect();
    assert_eq!(order, [41, 7]);
    assert_eq!(get(List::People, 41, at::NAME), "A. de Vries = inkoop");
    assert_eq!(get(List::People, 7, at::HOLDER), "Åsa");
    assert_eq!((get(List::Own, SINGLE, at::OWN_TIME), get(List::Own, SINGLE, at::OWN_CASH)), ("20", "35"));
    assert_eq!((get(List::Rivals, 3, at::NAME), get(List::Rivals, 3, at::RIVAL_TIME)), ("Roestvrij BV", "30"));
    assert_eq!((get(List::Tasks, 12, at::METHOD), get(List::Tasks, 12, at::DUE)), ("senior-executives", "2027-01-15"));
    assert_eq!((get(List::Tasks, 5, at::TITLE), get(List::Tasks, 5, at::STATUS)), ("Eigen stap", "doing"));
    assert_eq!(get(List::Goals, 2, at::GOAL_TEXT), "Samen groeien.\nIn drie jaar.");
    assert_eq!((get(List::Focus, 8, 0), get(List::Stop, 9, 0)), ("Tijd van het team", "Offertes zonder gesprek"));
    assert_eq!((get(List::Charter, SINGLE, 0), get(List::Climb, SINGLE, 0)), ("betrouwbaarheid", "unsure"));
    let written = Fields::of(survey(), draft, 12).write();
    assert_eq!(written, of_version(&SECOND.replace("0123456789abcdef", &pack.hash), "3"));
    let again = Fields::read(&written).unwrap().draft(survey(), &pack.hash);
    assert_eq!((again.dropped, again.other_pack, &again.draft), (0, false, draft));
    assert!(!draft.kept());
}

#[test]
fn the_second_schema_scores_the_same_before_and_after() {
    // The answers as they are written in the fixture, line by line, without the reader of drafts.
    let mut sheets: Vec<_> = survey()
        .instruments
        .iter()
        .map(|part| buy_sell_hierarchy::domain::model::Sheet::blank(&part.model, Perspective::Customer, Form::Full))
        .collect();
    for line in SECOND.lines().skip(1) {
        let (key, value) = line.split_once('=').unwrap();
        if let Some((at, item)) = survey().find(key) {
            sheets[at.part].answers[at.item] = Some(item.scale.parse(value).unwrap());
        } else if let Some((at, _)) = key.strip_suffix(".note").and_then(|id| survey().find(id)) {
            sheets[at.part].noted[at.item] = true;
        }
    }
    (sheets[0].signals[0], sheets[0].risks[7]) = (true, true);
    let read = |text: &str| Fields::read(text).unwrap().draft(survey(), &edition().hash).draft;
    let first = read(SECOND);
    assert_eq!(first.evidence(survey()).sheets, sheets);
    let second = read(&Fields::of(survey(), &first, 13).write());
    let cards = |draft: &Draft| Cards::of(survey(), &draft.evidence(survey()));
    assert_eq!(cards(&first), cards(&second));
    assert_eq!(rounds(survey(), &first, 0, 9), rounds(survey(), &second, 0, 9));
}

#[test]
fn the_third_schema_reads_and_is_what_is_written() {
    let pack = edition();
    let opened = Fields::read(THIRD).unwrap().draft(survey(), &pack.hash);
    assert_eq!((opened.dropped, opened.other_pack), (0, true));
    let draft = &opened.draft;
    assert!(draft.kept());
    assert_eq!((draft.step, draft.perspective), (Step::Account, Perspective::Own));
    let get = |list, id, field| draft.rows.get(list, id, field);
    let about = [at::ACCOUNT_OWNER, at::TAGS, at::REMIND, at::ROUND].map(|field| get(List::About, SINGLE, field));
    assert_eq!(about, ["Ann", "staal, noord", "2027-11-01", "2"]);
    let views: Vec<View> = View::all(&draft.rows).collect();
    let heads: Vec<_> =
        views.iter().map(|view| (view.id, view.round, view.who, view.date.as_str(), view.form)).collect();
    assert_eq!(
        heads,
        [
            (310, 1, None, "2026-11-22", Form::Short),
            (528, 1, Some(41), "2026-11-28", Form::Short),
            (77, 2, Some(7), "2027-05-01", Form::Full),
        ]
    );
    assert!(views.iter().all(|view| view.pack == "0123456789abcdef"));
    let given: Vec<(&str, &str, bool)> =
        views[0].answers.iter().map(|given| (given.item.as_str(), given.answer.code(), given.noted)).collect();
    let expected = [
        ("g2-01", "3", true),
        ("g2-02", "2", false),
        ("g2-04", "0", false),
        ("g3-01", "4", false),
        ("g4-04", "2", true),
        ("g5-01", "na", false),
    ];
    assert_eq!(given, expected);
    assert_eq!(views[0].ticked, ["c-02", "r-01"]);
    for (view, row) in views.iter().zip(draft.rows.of(List::Views)) {
        assert_eq!((view.head().as_str(), view.code().as_str()), (row.get(at::VIEW_HEAD), row.get(at::VIEW_CODE)));
    }
    assert_eq!(views[0].notes, "g2-01=Zij vroegen het ons.\\nTweemaal, met een \\\\ erin.\ng4-04=Bij de directie.");
    let invites: Vec<[&str; 4]> = [900, 901, 902]
        .map(|id| {
            [at::TOKEN, at::INVITED, at::INVITE_ROUND, at::INVITE_DATE].map(|field| get(List::Invites, id, field))
        })
        .to_vec();
    assert_eq!(invites[1], ["7QWERTY2", "7", "2", "2027-04-20"]);
    assert_eq!((invites[0][1], invites[2][0]), ("41", "0AC9EXNM"));
    let people: Vec<u32> = draft.rows.of(List::People).iter().map(|row| row.id).collect();
    assert_eq!((people, get(List::Tasks, 5, at::TITLE)), (vec![41, 7], "Eigen stap"));
    assert_eq!(draft.note(place("g4-01")), "Navragen in mei.");
    // Every word of a view says what it says.
    let numbers: Vec<u32> = rounds(survey(), draft, 0, 9).iter().map(|round| round.number).collect();
    assert_eq!(numbers, [1, 2]);
    let written = Fields::of(survey(), draft, 31).write();
    assert_eq!(written, THIRD.replacen("0123456789abcdef", &pack.hash, 1));
    assert_eq!(Fields::read(&written).unwrap().draft(survey(), &pack.hash).draft, *draft);
}

#[test]
fn the_document_shows_the_fixture_of_the_third_schema() {
    let shown: Vec<&str> = DOC
        .lines()
        .skip_while(|line| !line.starts_with("    bsh-answers 3 "))
        .map_while(|line| line.strip_prefix("    "))
        .collect();
    assert_eq!(shown.join("\n") + "\n", THIRD);
}

#[test]
fn what_the_answers_of_a_customers_person_hold_is_kept() {
    let mut draft = filled(Form::Short, "g2=3 g4-01=dk").apply(Action::Go(Step::Handback));
    draft.perspective = Perspective::Customer;
    let fields = [
        (at::ASKED_TOKEN, "K3F9AC7Q"),
        (at::ASKED_COMPANY, "Metal Supplies"),
        (at::ASKED_LABEL, "Anna"),
        (at::ASKED_NAME, "Anna B."),
    ];
    draft = with_row(draft, List::Asked, &fields);
    let text = Fields::of(survey(), &draft, 1).write();
    assert!(text.contains("\nasked.1.token=K3F9AC7Q\n") && text.contains("\nstep=handback\n"));
    let opened = Fields::read(&text).unwrap().draft(survey(), &edition().hash);
    assert_eq!((opened.dropped, opened.draft), (0, draft));
}

#[test]
fn no_list_is_called_like_another_field() {
    // Two lines with one key: the second would be lost.
    for text in [THIRD.to_string(), Fields::of(survey(), &filled(Form::Full, "g2=1"), 1).write()] {
        let keys: Vec<&str> = text.lines().skip(1).map(|line| line.split_once('=').unwrap().0).collect();
        for spec in &LISTS {
            let plain = ["form", "view", "lang", "account", "part", "date", "step", "target", "year"];
            assert!(!plain.contains(&spec.code), "{}", spec.code);
        }
        for (index, key) in keys.iter().enumerate() {
            assert!(!keys[index + 1..].contains(key), "{key}");
        }
    }
}

#[test]
fn the_fixtures_have_every_list_of_their_version() {
    for spec in &LISTS {
        for (name, _) in spec.fields {
            let line = format!(".{name}=");
            let has = |text: &&str| text.starts_with(&format!("{}.", spec.code)) && text.contains(&line);
            let new = matches!(spec.list, List::About | List::Views | List::Invites | List::Asked);
            assert_eq!(SECOND.lines().any(|text| has(&text)), !new, "{}.{name}", spec.code);
            // Who asked stands in the customer's person's answers, never in an account.
            assert_eq!(THIRD.lines().any(|text| has(&text)), spec.list != List::Asked, "{}.{name}", spec.code);
        }
    }
}

#[test]
fn a_file_survives_editors_and_mail() {
    let pack = pack();
    let text = format!("\u{feff}# For people: read me\r\n# and me\r\n\r\n{}", FIXTURE.replace('\n', "\r\n"));
    let plain = Fields::read(FIXTURE).unwrap().draft(&pack.survey, &pack.hash);
    assert_eq!(Fields::read(&text).unwrap().draft(&pack.survey, &pack.hash), plain);
}

#[test]
fn what_is_no_draft_is_told_apart() {
    for text in ["", "hello", "bsh-answers", "bsh-answers one 2 3", "bsh-answers 0 1 ab", "{\"answers\":[]}"] {
        assert_eq!(Fields::read(text), Err(ReadError::Unreadable), "{text:?}");
    }
    assert_eq!(Fields::read("bsh-answers 4 1 ab\nform=short"), Err(ReadError::Newer));
    assert_eq!(Fields::read(&"x".repeat(SIZE_MAX + 1)), Err(ReadError::TooLarge));
}

#[test]
fn what_does_not_fit_is_counted_and_the_rest_kept() {
    let pack = pack();
    let text = "bsh-answers 1 1 ffff\nform=short\ng2-01=3\ng2-01=4\ng2-03=1\ng9-01=2\nnonsense\nc-01=y\nstep=gate-9\ntarget=9\n";
    let opened = Fields::read(text).unwrap().draft(&pack.survey, &pack.hash);
    // A second g2-01, an event at 1, an unknown item, a line without =, a bad tick, a bad step, a bad level.
    assert_eq!(opened.dropped, 7);
    assert!(opened.other_pack);
    assert_eq!(opened.draft.given[0].answers[0], Some(Answer::Value(3)));
    assert_eq!(opened.draft.given[0].answers[2], None);
}

#[test]
fn an_empty_store_gives_nothing_and_a_saved_draft_comes_back() {
    let (pack, store) = (pack(), Memory::default());
    let mut first = keeper(&store);
    assert_eq!(first.load(&pack.survey, &pack.hash), Found::Nothing);
    let draft = answered(draft(&pack), 0, 3);
    assert_eq!(first.save(&pack.survey, &draft), Saved::Done);
    let Found::Draft(opened) = keeper(&store).load(&pack.survey, &pack.hash) else { panic!("no draft") };
    assert_eq!(opened.draft, draft);
}

#[test]
fn revisions_count_saves() {
    let (pack, store) = (pack(), Memory::default());
    let mut keeper = keeper(&store);
    for revision in 1..=3 {
        keeper.save(&pack.survey, &answered(draft(&pack), 0, revision));
        assert_eq!(Fields::read(&store.read(KEY).unwrap().unwrap()).unwrap().revision, u32::from(revision));
    }
}

#[test]
fn a_full_store_keeps_the_old_value_and_recovers() {
    let (pack, store) = (pack(), Memory::default());
    let mut keeper = keeper(&store);
    keeper.save(&pack.survey, &draft(&pack));
    let before = store.read(KEY).unwrap();
    store.broken.set(Some(StoreError::Full));
    let changed = answered(draft(&pack), 0, 3);
    assert_eq!(keeper.save(&pack.survey, &changed), Saved::Failed(Trouble::Full));
    assert_eq!(store.read(KEY).unwrap(), before);
    store.broken.set(None);
    assert_eq!(keeper.save(&pack.survey, &changed), Saved::Done);
    assert_ne!(store.read(KEY).unwrap(), before);
}

#[test]
fn data_of_a_newer_version_is_not_touched() {
    let (pack, store) = (pack(), Memory::default());
    store.write(KEY, "bsh-answers 9 1 ab\nfuture=yes\n").unwrap();
    let mut keeper = keeper(&store);
    assert_eq!(keeper.load(&pack.survey, &pack.hash), Found::Newer);
    assert_eq!(keeper.save(&pack.survey, &draft(&pack)), Saved::Failed(Trouble::Occupied));
    assert_eq!(store.read(KEY).unwrap().unwrap(), "bsh-answers 9 1 ab\nfuture=yes\n");
}

#[test]
fn unreadable_data_is_set_aside_before_anything_is_saved_over_it() {
    let (pack, store) = (pack(), Memory::default());
    store.write(KEY, "rubbish").unwrap();
    let mut keeper = keeper(&store);
    assert_eq!(keeper.load(&pack.survey, &pack.hash), Found::Unreadable("rubbish".into()));
    assert_eq!(keeper.save(&pack.survey, &draft(&pack)), Saved::Done);
    assert_eq!(store.read("bsh:aside:default").unwrap().unwrap(), "rubbish");
}

#[test]
fn what_was_set_aside_first_is_not_pushed_out() {
    let (pack, store) = (pack(), Memory::default());
    store.write("bsh:aside:default", "older").unwrap();
    store.write(KEY, "rubbish").unwrap();
    let mut keeper = keeper(&store);
    assert_eq!(keeper.load(&pack.survey, &pack.hash), Found::Unreadable("rubbish".into()));
    assert_eq!(keeper.set_aside().as_deref(), Some("older"));
    assert_eq!(keeper.save(&pack.survey, &draft(&pack)), Saved::Failed(Trouble::Occupied));
    assert_eq!(store.read(KEY).unwrap().as_deref(), Some("rubbish"));
}

#[test]
fn lines_of_another_edition_stay_aside_as_a_whole() {
    let (pack, store) = (pack(), Memory::default());
    let old = "bsh-answers 1 1 ffffffffffffffff\nform=short\ng2-01=3\ng9-99=2\n";
    store.write(KEY, old).unwrap();
    let mut keeper = keeper(&store);
    let Found::Draft(opened) = keeper.load(&pack.survey, &pack.hash) else { panic!("no draft") };
    assert_eq!((opened.dropped, opened.other_pack), (1, true));
    assert_eq!(keeper.save(&pack.survey, &opened.draft), Saved::Done);
    assert_eq!(keeper.set_aside().as_deref(), Some(old));
}

#[test]
fn lines_of_another_edition_that_cannot_be_set_aside_are_not_saved_over() {
    let (pack, store) = (pack(), Memory::default());
    let old = "bsh-answers 1 1 ffffffffffffffff\nform=short\ng9-99=2\n";
    store.write(KEY, old).unwrap();
    store.write("bsh:aside:default", "earlier").unwrap();
    let mut keeper = keeper(&store);
    let Found::Draft(opened) = keeper.load(&pack.survey, &pack.hash) else { panic!("no draft") };
    assert_eq!(keeper.save(&pack.survey, &opened.draft), Saved::Failed(Trouble::Occupied));
    assert_eq!(store.read(KEY).unwrap().as_deref(), Some(old));
}

#[test]
fn two_tabs_never_make_one_customer_of_two() {
    let (pack, store) = (pack(), Memory::default());
    let (mut one, mut two) = (keeper(&store), keeper(&store));
    assert_eq!(two.load(&pack.survey, &pack.hash), Found::Nothing);
    one.save(&pack.survey, &answered(draft(&pack), 0, 3));
    let before = store.read(KEY).unwrap();
    let zebra = Draft::new(&pack.survey, &pack.hash, Form::Short, "Zebra", "", "2026-11-22");
    assert_eq!(two.save(&pack.survey, &zebra), Saved::Failed(Trouble::Occupied));
    assert_eq!(two.take_in(&pack.survey, &zebra), Saved::Failed(Trouble::Occupied));
    assert_eq!(store.read(KEY).unwrap(), before);
}

#[test]
fn forgetting_a_draft_leaves_what_was_set_aside() {
    let (pack, store) = (pack(), Memory::default());
    store.write("bsh:aside:default", "old").unwrap();
    let mut keeper = keeper(&store);
    keeper.save(&pack.survey, &draft(&pack));
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
    let opened = Fields::read(&text).unwrap().draft(&pack.survey, &pack.hash);
    assert_eq!(opened.dropped, 20_001);
    assert_eq!(opened.draft.date, "");
}

#[test]
fn unreadable_data_that_cannot_be_set_aside_stays() {
    let (pack, store) = (pack(), Memory::default());
    let long = "x".repeat(1_100_000);
    store.write(KEY, &long).unwrap();
    let mut keeper = keeper(&store);
    assert_eq!(keeper.load(&pack.survey, &pack.hash), Found::Unreadable(long.clone()));
    assert_eq!(keeper.save(&pack.survey, &draft(&pack)), Saved::Failed(Trouble::Occupied));
    assert_eq!(store.read(KEY).unwrap().unwrap(), long);
}

#[test]
fn two_tabs_merge_different_answers() {
    let (pack, store) = (pack(), Memory::default());
    let (mut one, mut two) = (keeper(&store), keeper(&store));
    one.save(&pack.survey, &draft(&pack));
    two.load(&pack.survey, &pack.hash);
    one.save(&pack.survey, &answered(draft(&pack), 0, 3));
    let Saved::Merged(both) = two.save(&pack.survey, &answered(draft(&pack), 1, 2)) else { panic!("not merged") };
    assert_eq!((both.given[0].answers[0], both.given[0].answers[1]), (Some(Answer::Value(3)), Some(Answer::Value(2))));
    // The first tab hears of it and has the same.
    let Saved::Merged(heard) = one.take_in(&pack.survey, &answered(draft(&pack), 0, 3)) else { panic!("not heard") };
    assert_eq!(heard.given[0].answers, both.given[0].answers);
}

#[test]
fn the_same_answer_has_one_winner_whichever_tab_is_first() {
    let pack = pack();
    let base = Fields::of(&pack.survey, &draft(&pack), 1);
    let low = Fields::of(&pack.survey, &answered(draft(&pack), 0, 1), 2);
    let high = Fields::of(&pack.survey, &answered(draft(&pack), 0, 3), 2);
    assert_eq!(merge(&base, &low, &high).get("g2-01"), Some("3"));
    assert_eq!(merge(&base, &high, &low).get("g2-01"), Some("3"));
}

#[test]
fn an_answer_taken_back_in_one_tab_stays_taken_back() {
    let (pack, store) = (pack(), Memory::default());
    let (mut one, mut two) = (keeper(&store), keeper(&store));
    one.save(&pack.survey, &answered(draft(&pack), 0, 3));
    two.load(&pack.survey, &pack.hash);
    one.save(&pack.survey, &draft(&pack));
    let Saved::Merged(both) = two.save(&pack.survey, &answered(answered(draft(&pack), 0, 3), 1, 2)) else {
        panic!("not merged")
    };
    assert_eq!((both.given[0].answers[0], both.given[0].answers[1]), (None, Some(Answer::Value(2))));
}

#[test]
fn an_erase_is_not_undone_by_the_other_tab() {
    let (pack, store) = (pack(), Memory::default());
    let (mut one, mut two) = (keeper(&store), keeper(&store));
    one.save(&pack.survey, &draft(&pack));
    two.load(&pack.survey, &pack.hash);
    workspace::erase(&store, "default").unwrap();
    assert_eq!(one.take_in(&pack.survey, &draft(&pack)), Saved::Erased);
    assert_eq!(two.save(&pack.survey, &answered(draft(&pack), 0, 3)), Saved::Erased);
    assert_eq!(store.read(KEY).unwrap(), None);
}

#[test]
fn erase_takes_our_keys_and_no_other() {
    let (pack, store) = (pack(), Memory::default());
    let own = [
        "bsh:aside:default",
        "bsh:workspace:default",
        "bsh:account:default:abcdefgh",
        "bsh:account:default:0k3j2h1a",
        "bsh:aside:default:abcdefgh",
        "bsh:invite:default:K3F9AC7Q",
        "bsh:aside:default:K3F9AC7Q",
    ];
    let foreign = [
        "theirs",
        "bsh",
        "bsh:",
        "bsh:crashes",
        "bsh:draft:other",
        "bsh:draft:default2",
        "bsh:draft:default:abcdefgh",
        "bsh:aside:other",
        "bsh:aside:default:",
        "bsh:aside:default:short",
        "bsh:workspace:other",
        "bsh:workspace:default:abcdefgh",
        "bsh:account:default",
        "bsh:account:default:",
        "bsh:account:default:short",
        "bsh:account:default:ninechars",
        "bsh:account:default:abc_efgh",
        "bsh:account:default:åäöåä",
        "bsh:account:default:abcdefgh:x",
        "bsh:account:default2:abcdefgh",
        "bsh:account:other:abcdefgh",
        "bsh:account:default:other:abcdefgh",
        "bsh:invite:other:K3F9AC7Q",
        "BSH:account:default:abcdefgh",
        " bsh:draft:default",
    ];
    let mut keeper = keeper(&store);
    keeper.save(&pack.survey, &draft(&pack));
    for key in own.iter().chain(&foreign) {
        store.write(key, key).unwrap();
    }
    workspace::erase(&store, "default").unwrap();
    for key in own.iter().chain([&KEY]) {
        assert_eq!(store.read(key).unwrap(), None, "{key}");
    }
    for key in &foreign {
        assert_eq!(store.read(key).unwrap().as_deref(), Some(*key));
    }
    // And nothing is left to do.
    workspace::erase(&store, "default").unwrap();
    assert_eq!(store.keys().unwrap().len(), foreign.len());
}

#[test]
fn without_accounts_an_erase_leaves_those_of_another_page() {
    let store = Memory::default();
    let answers =
        [KEY, "bsh:aside:default", "bsh:send:default", "bsh:invite:default:K3F9AC7Q", "bsh:aside:default:K3F9AC7Q"];
    let others = [
        "bsh:workspace:default",
        "bsh:account:default:abcdefgh",
        "bsh:aside:default:abcdefgh",
        "bsh:draft:other",
        "bsh:invite:other:K3F9AC7Q",
        "theirs",
    ];
    for key in answers.iter().chain(&others) {
        store.write(key, key).unwrap();
    }
    workspace::erase_answers(&store, "default").unwrap();
    for key in answers {
        assert_eq!(store.read(key).unwrap(), None, "{key}");
    }
    for key in others {
        assert_eq!(store.read(key).unwrap().as_deref(), Some(key));
    }
}

#[test]
fn what_could_never_be_read_again_is_not_stored() {
    let (pack, store) = (edition(), Memory::default());
    let mut keeper = keeper(&store);
    let small = fresh(Form::Full);
    assert_eq!(keeper.save(&pack.survey, &small), Saved::Done);
    let before = store.read(KEY).unwrap();
    let mut large = small;
    for id in 1..=40 {
        large = large.apply(Action::Set(List::Views, id, at::VIEW_HEAD, format!("{id} 0 2026-11-22 full ab")));
        large = large.apply(Action::Set(List::Views, id, at::VIEW_NOTES, "n".repeat(60_000)));
    }
    assert_eq!(keeper.save(&pack.survey, &large), Saved::Failed(Trouble::Full));
    assert_eq!(store.read(KEY).unwrap(), before);
    large = large.apply(Action::Remove(List::Views, 1)).apply(Action::Remove(List::Views, 2));
    for id in 3..=8 {
        large = large.apply(Action::Remove(List::Views, id));
    }
    assert_eq!(keeper.save(&pack.survey, &large), Saved::Done);
}

#[test]
fn a_short_round_is_small() {
    let shipped = crate::support::shipped();
    let mut draft = Draft::new(&shipped.survey, &shipped.hash, Form::Short, "Metal Works", "maintenance", "2026-11-22");
    let model = &shipped.survey.instruments[0].model;
    for (index, _) in model.items().enumerate().filter(|(_, (_, item))| item.short) {
        draft = answered(draft, index, 4);
    }
    let units = Fields::of(&shipped.survey, &draft, 1).write().encode_utf16().count();
    assert!(units < 340, "{units} units");
}

#[test]
fn the_fullest_draft_is_read_whole() {
    // Every list full of the longest texts, every note the longest, in letters of three bytes.
    let long = "字".repeat(1000);
    let mut draft = fresh(Form::Full);
    for (part, instrument) in survey().instruments.iter().enumerate() {
        for (item, (_, asked)) in instrument.model.items().enumerate() {
            let at = Place { part, item };
            draft = draft.apply(Action::Answer(at, Some(Answer::DontKnow)));
            draft = draft.apply(Action::Note(at, long.clone()));
            draft = draft.apply(Action::Confirm(asked.id.clone(), true));
        }
    }
    for spec in &LISTS {
        for id in 1..=if spec.list.single() { 1 } else { u32::try_from(spec.list.most()).unwrap() } {
            for (field, (_, kind)) in spec.fields.iter().enumerate() {
                use buy_sell_hierarchy::domain::rows::Field;
                let text = match kind {
                    // A round of the full form with a note here and there.
                    Field::Long => "g2-01=4n 3 2 ".repeat(20),
                    Field::Line if spec.list == List::Views => "x".repeat(60),
                    Field::Line | Field::Text => long.clone(),
                    Field::Percent => "0".into(),
                    Field::Day => "2027-01-15".into(),
                    Field::Choice => "x".repeat(60),
                };
                draft = draft.apply(Action::Set(spec.list, id, field, text));
            }
        }
    }
    let text = Fields::of(survey(), &draft, 1).write();
    assert!(text.len() < SIZE_MAX, "{}", text.len());
    let opened = Fields::read(&text).unwrap().draft(survey(), &edition().hash);
    assert_eq!(opened.dropped, 0);
    assert_eq!(opened.draft.rows.of(List::Views).len(), VIEWS_MAX);
    assert!(opened.draft == draft);
}

/// A person with a name.
fn person(draft: Draft, id: u32, name: &str) -> Draft {
    draft.apply(Action::Set(List::People, id, at::NAME, name.into()))
}

fn merged(base: &Draft, mine: &Draft, theirs: &Draft) -> Draft {
    let fields = |draft: &Draft| Fields::of(survey(), draft, 1);
    merge(&fields(base), &fields(mine), &fields(theirs)).draft(survey(), &edition().hash).draft
}

#[test]
fn rows_of_both_tabs_survive() {
    let base = person(fresh(Form::Short), 5, "A.");
    let one = person(base.clone(), 81, "B.").apply(Action::Set(List::People, 81, at::HOLDER, "Ann".into()));
    let two = person(base.clone(), 17, "C.").apply(Action::Set(List::People, 5, at::HOLDER, "Bo".into()));
    for both in [merged(&base, &one, &two), merged(&base, &two, &one)] {
        let mut ids: Vec<u32> = both.rows.of(List::People).iter().map(|row| row.id).collect();
        ids.sort_unstable();
        assert_eq!(ids, [5, 17, 81]);
        assert_eq!(both.rows.get(List::People, 81, at::HOLDER), "Ann");
        assert_eq!(both.rows.get(List::People, 17, at::NAME), "C.");
        assert_eq!(both.rows.get(List::People, 5, at::HOLDER), "Bo");
    }
    assert_eq!(merged(&base, &one, &two).rows, merged(&base, &two, &one).rows);
}

#[test]
fn one_field_of_a_row_has_one_winner() {
    let base = person(fresh(Form::Short), 5, "A.");
    let (one, two) = (person(base.clone(), 5, "Anna"), person(base.clone(), 5, "Berta"));
    for both in [merged(&base, &one, &two), merged(&base, &two, &one)] {
        assert_eq!(both.rows.get(List::People, 5, at::NAME), "Berta");
    }
}

#[test]
fn a_row_that_one_tab_removed_stays_removed() {
    let base = person(person(fresh(Form::Short), 1, "A."), 2, "B.");
    let without = base.clone().apply(Action::Remove(List::People, 2));
    let more = person(base.clone(), 3, "C.");
    let empty = without.clone().apply(Action::Remove(List::People, 1));
    for (one, two, left) in [(&without, &more, vec![1, 3]), (&empty, &more, vec![3]), (&empty, &without, vec![])] {
        for both in [merged(&base, one, two), merged(&base, two, one)] {
            let ids: Vec<u32> = both.rows.of(List::People).iter().map(|row| row.id).collect();
            assert_eq!(ids, left);
        }
    }
}

#[test]
fn a_moved_row_keeps_its_place_beside_a_new_one() {
    let base = person(person(fresh(Form::Short), 1, "A."), 2, "B.");
    let moved = base.clone().apply(Action::Shift(List::People, 2, 0));
    let edited = base.clone().apply(Action::Set(List::People, 1, at::HOLDER, "Ann".into()));
    for both in [merged(&base, &moved, &edited), merged(&base, &edited, &moved)] {
        let ids: Vec<u32> = both.rows.of(List::People).iter().map(|row| row.id).collect();
        assert_eq!((ids, both.rows.get(List::People, 1, at::HOLDER)), (vec![2, 1], "Ann"));
    }
}

#[test]
fn lines_of_rows_that_cannot_be_are_counted() {
    let text = "bsh-answers 2 1 ab\nperson=3 x\nperson.0.name=A\nperson.3.age=4\nperson.3=A\nperson.3.name.more=A\n\
        own=1\nown.2.time=4\nown.1.time=101\nshare.1.cash=-1\ntask.1.due=soon\ntask.2.status=a b\nlang=x\niv-1.ok=y\niv-1.no=x\n";
    let opened = Fields::read(text).unwrap().draft(survey(), &edition().hash);
    assert_eq!(opened.dropped, 14);
    let rows: Vec<usize> = LISTS.iter().map(|spec| opened.draft.rows.of(spec.list).len()).collect();
    assert_eq!(rows, [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
}

#[test]
fn a_sum_above_a_hundred_is_read_as_it_was_written() {
    let text = "bsh-answers 2 1 ab\nshare=1\nshare.1.time=80\nown.1.time=70\n";
    let opened = Fields::read(text).unwrap().draft(survey(), &edition().hash);
    assert_eq!(opened.dropped, 0);
    assert_eq!(Cards::of(survey(), &opened.draft.evidence(survey())).table.time.sum, 150);
    assert!(with_row(opened.draft, List::Own, &[(at::OWN_TIME, "60")]).rows.get(List::Own, SINGLE, 0) == "60");
}

/// A draft as it can come out of the pages: answers that their items can have, a step that there is, no row without
/// anything in it where there is a single one.
fn whole() -> impl Strategy<Value = Draft> {
    let note = prop_oneof![Just(String::new()), any::<String>(), "[ \\\\\n\r=#]{0,12}"];
    (any_draft(), any::<String>(), ".{0,20}", prop::collection::vec(note, 3)).prop_map(
        |(mut draft, account, part, notes)| {
            draft.account = account.trim().chars().take(80).collect();
            draft.part = part.trim().into();
            for (note, item) in notes.into_iter().zip([0usize, 3, 7]) {
                draft = draft.apply(Action::Note(Place { part: item % 3, item }, note));
            }
            for (part, instrument) in survey().instruments.iter().enumerate() {
                for (index, (_, item)) in instrument.model.items().enumerate() {
                    let slot = &mut draft.given[part].answers[index];
                    *slot = slot.and_then(|answer| item.scale.parse(answer.code()));
                }
            }
            for list in LISTS.iter().map(|spec| spec.list).filter(|list| list.single()) {
                if draft.rows.row(list, SINGLE).is_some_and(|row| row.fields.iter().all(String::is_empty)) {
                    draft = draft.apply(Action::Remove(list, SINGLE));
                }
            }
            if parse_step(survey(), &step_code(survey(), draft.step)) != Some(draft.step) {
                draft.step = Step::Plan;
            }
            draft
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_draft_comes_back_as_it_was(draft in whole()) {
        let text = Fields::of(survey(), &draft, 3).write();
        let opened = Fields::read(&text).unwrap().draft(survey(), &edition().hash);
        prop_assert_eq!(opened.dropped, 0);
        prop_assert_eq!(opened.draft, draft);
    }

    #[test]
    fn no_text_stops_the_reader(text in "\\PC{0,200}", tail in any::<String>(), cut in 0usize..3200, byte in any::<u8>()) {
        let pack = pack();
        for (fixture, survey) in [(FIXTURE, &pack.survey), (SECOND, survey()), (THIRD, survey())] {
            let mut bytes = fixture.as_bytes().to_vec();
            let at = cut % bytes.len();
            bytes[at] = byte;
            let texts = [
                text.clone(),
                String::from_utf8_lossy(&bytes).into_owned(),
                fixture.chars().take(cut).collect(),
                [fixture, "person.", &tail, "\ntask=", &tail, "\nseen.77.code=", &tail, "\n", &tail].concat(),
            ];
            for text in texts {
                if let Ok(fields) = Fields::read(&text) {
                    let draft = fields.draft(survey, &pack.hash).draft;
                    for (given, part) in draft.given.iter().zip(&survey.instruments) {
                        prop_assert_eq!(given.answers.len(), part.model.len());
                    }
                    // What was read once is read the same again.
                    let again = Fields::read(&Fields::of(survey, &draft, 1).write()).unwrap().draft(survey, &pack.hash);
                    prop_assert_eq!(again.dropped, 0);
                    prop_assert_eq!(again.draft.evidence(survey), draft.evidence(survey));
                }
            }
        }
    }

    #[test]
    fn merging_does_not_depend_on_the_tab(base in whole(), one in whole(), two in whole()) {
        let (mut mine, mut theirs) = (merged(&base, &one, &two), merged(&base, &two, &one));
        // A step is one's own. Rows that both tabs made or changed may stand in another order until the next save.
        prop_assert!(mine.step == one.step && theirs.step == two.step);
        mine.step = theirs.step;
        for draft in [&mut mine, &mut theirs] {
            for spec in &LISTS {
                draft.rows.of_mut(spec.list).unwrap().sort_by_key(|row| row.id);
            }
            draft.confirmed.sort();
        }
        prop_assert_eq!(mine, theirs);
    }

    #[test]
    fn merging_with_an_unchanged_tab_changes_nothing(base in whole(), one in whole()) {
        let mut expected = one.clone();
        prop_assert_eq!(&merged(&base, &one, &base).rows, &one.rows);
        expected.step = base.step;
        let mut both = merged(&base, &base, &one);
        both.confirmed.sort();
        expected.confirmed.sort();
        prop_assert_eq!(both.given, expected.given);
        prop_assert_eq!((both.confirmed, both.target, both.lang), (expected.confirmed, expected.target, expected.lang));
        for spec in &LISTS {
            let ids = |draft: &Draft| draft.rows.of(spec.list).iter().map(|row| row.id).collect::<Vec<_>>();
            prop_assert_eq!(ids(&one), ids(&Draft { rows: both.rows.clone(), ..base.clone() }));
        }
    }
}
