//! What somebody answered on one day: how it is written into a row, read back, and how little room it takes.

use crate::support::{edition, filled, fresh, hierarchy, survey, with_row};
use buy_sell_hierarchy::domain::answer::Answer;
use buy_sell_hierarchy::domain::draft::{Action, Draft};
use buy_sell_hierarchy::domain::model::{Form, Perspective, Sheet};
use buy_sell_hierarchy::domain::rows::{List, Row, Rows, at};
use buy_sell_hierarchy::domain::views::{Given, View};
use buy_sell_hierarchy::storage::codec::Fields;
use proptest::prelude::*;

fn row(head: &str, code: &str, notes: &str) -> Row {
    Row { id: 7, fields: [head, code, notes].map(String::from).to_vec() }
}

fn given(item: &str, answer: Answer, noted: bool) -> Given {
    Given { item: item.into(), answer, noted }
}

/// The draft without what the short form does not ask.
fn short_only(mut draft: Draft) -> Draft {
    for (answer, (_, item)) in draft.given[0].answers.iter_mut().zip(hierarchy().items()) {
        answer.take_if(|_| !item.short);
    }
    draft
}

/// The row that a view makes.
fn row_of(view: &View) -> Row {
    let mut rows = Rows::default();
    for (field, text) in view.fields() {
        assert!(rows.set(List::Views, view.id, field, &text), "{text:?} cannot stand in field {field}");
    }
    rows.row(List::Views, view.id).unwrap().clone()
}

#[test]
fn a_view_is_read_from_its_row() {
    let code = "g2-01=3 4n 04=d g3-01=0 an c-02=x 05=x x";
    let view = View::read(&row("3 41 2026-11-22 full 0123456789abcdef", code, "g2-02=So they said.")).unwrap();
    let expected = View {
        id: 7,
        round: 3,
        who: Some(41),
        date: "2026-11-22".into(),
        form: Form::Full,
        pack: "0123456789abcdef".into(),
        answers: vec![
            given("g2-01", Answer::Value(3), false),
            given("g2-02", Answer::Value(4), true),
            given("g2-04", Answer::DontKnow, false),
            given("g3-01", Answer::Value(0), false),
            given("g3-02", Answer::NotApplicable, true),
        ],
        ticked: ["c-02", "c-05", "c-06"].map(String::from).to_vec(),
        notes: "g2-02=So they said.".into(),
    };
    assert_eq!(view, expected);
    assert_eq!((view.code(), view.head()), (code.into(), "3 41 2026-11-22 full 0123456789abcdef".into()));
    assert_eq!(view.perspective(), Perspective::Customer);
}

#[test]
fn an_item_is_named_or_counts_on_from_the_one_before() {
    let read = |code: &str| View::read(&row("1 1", code, "")).unwrap();
    let whole = read("g2-09=3 g2-10=4 g2-11=0n g3-01=1 g3-02=d");
    assert_eq!(read("g2-09=3 10=4 11=0n g3-01=1 02=d"), whole);
    assert_eq!(read("g2-09=3 4 0n g3-01=1 d"), whole);
    assert_eq!(whole.code(), "g2-09=3 4 0n g3-01=1 d");
    // Where the digits end, or there are none, the next one is named.
    let named = ["g2-9=1 g2-10=2", "ra-99=1 100=2", "mp-trust=1 mp-passion=2", "a-1=1 a-01=2", "a-00002=1 00003=2"];
    for code in named {
        let view = read(code);
        assert_eq!((view.answers.len(), read(&view.code())), (2, view), "{code}");
    }
    // After an entry that is not understood nothing is counted on: better lost than given to another item.
    let after = read("4 g2-01=3 7 4 g2-04=1 x 2 g3-04=9 2 g3-05=3  4");
    let answers = [("g2-01", 3), ("g2-04", 1), ("g2-06", 2), ("g3-05", 3), ("g3-06", 4)];
    assert_eq!(after.answers, answers.map(|(item, value)| given(item, Answer::Value(value), false)));
    assert_eq!(after.ticked, ["g2-05"]);
}

#[test]
fn person_0_is_the_own_view_and_an_unknown_day_is_a_hyphen() {
    let view = View::read(&row("1 0 - short ab", "", "")).unwrap();
    assert_eq!((view.who, view.perspective(), &*view.date), (None, Perspective::Own, ""));
    assert_eq!((view.head(), view.code()), ("1 0 - short ab".into(), String::new()));
    // An edition that is not known stays so.
    let view = View { pack: String::new(), ..view };
    assert_eq!(View::read(&row(&view.head(), "", "")).map(|view| view.pack), Some(String::new()));
}

#[test]
fn a_head_that_says_nothing_is_no_view() {
    for head in ["", " ", "0 1 2026-11-22 short a", "x 1", "1", "1 ", "1 x", "-1 0", "1 -1", "4294967296 1", "1  2"] {
        assert_eq!(View::read(&row(head, "g2-01=3", "")), None, "{head:?}");
    }
    // What is only damaged is read as far as it goes.
    let view = View::read(&row("2 5 22.11.2026 long", "", "")).unwrap();
    assert_eq!((view.round, view.who, &*view.date, view.form), (2, Some(5), "", Form::Short));
    assert_eq!(View::read(&Row { id: 1, fields: vec!["1 0".into()] }).map(|view| view.answers.len()), Some(0));
    assert_eq!(View::read(&Row { id: 1, fields: vec![] }), None);
}

#[test]
fn entries_that_cannot_be_read_are_passed_over() {
    let code = "  g2-01=3 g2-02 =x? g2-03= g2-04=5 g2-05=33 g2-06=-1 g2-07=D g2-08=nn g2-09=1n2 é-1=é 10=2 g2-11=n 3";
    let view = View::read(&row("1 1", code, "")).unwrap();
    // `é-1` was the last beginning.
    assert_eq!(view.answers, [given("g2-01", Answer::Value(3), false), given("é-10", Answer::Value(2), false)]);
    assert!(view.ticked.is_empty());
}

#[test]
fn rows_that_are_no_views_are_left_out_of_all() {
    let mut rows = Rows::default();
    for (id, head) in [(3, "1 0 - short a"), (1, "damaged"), (2, "2 0 - short a")] {
        rows.set(List::Views, id, at::VIEW_HEAD, head);
    }
    assert_eq!(View::all(&rows).map(|view| (view.id, view.round)).collect::<Vec<_>>(), [(3, 1), (2, 2)]);
}

#[test]
fn a_sheet_makes_a_view_and_the_view_makes_the_sheet() {
    let model = hierarchy();
    let mut sheet = short_only(filled(Form::Short, "g2=4 g2-05=dk g3=2 g4=na g4-01=1 c-02=x c-08=x r-03=x")).sheet(0);
    sheet.noted[0] = true;
    for (who, perspective) in [(None, Perspective::Own), (Some(9), Perspective::Customer)] {
        sheet.perspective = perspective;
        let view = View::of_sheet(&model, &sheet, (4, who), "2026-11-22", "abc");
        assert_eq!((view.round, view.who, &*view.date, &*view.pack), (4, who, "2026-11-22", "abc"));
        assert!(view.answers.len() == 18 && !view.code().contains("g5-"));
        assert_eq!(view.sheet(&model), (sheet.clone(), 18));
    }
}

#[test]
fn answers_go_by_id_whatever_their_order_and_only_where_they_fit() {
    let model = hierarchy();
    let of = |code: &str| View::read(&row("1 2 - short a", code, "")).unwrap();
    let (sheet, matched) = of("g5-01=2 g2-01=3 g9-01=4 g2-03=1 g4-02=d x-1=x r-01=x").sheet(&model);
    // An item that is gone has no place; g2-03 is an event, which cannot be 1.
    assert_eq!(matched, 3);
    let mut expected = Sheet::blank(&model, Perspective::Customer, Form::Short);
    for (id, answer) in [("g5-01", Answer::Value(2)), ("g2-01", Answer::Value(3)), ("g4-02", Answer::DontKnow)] {
        expected.answers[model.find(id).unwrap().0] = Some(answer);
    }
    expected.risks[0] = true;
    assert_eq!(sheet, expected);
    // Nor has one that the form does not ask, nor a second answer to one item: the later one counts.
    let (sheet, matched) = of("g2-14=4 g2-01=3 01=1n").sheet(&model);
    assert_eq!((matched, sheet.answers.iter().flatten().count()), (1, 1));
    assert_eq!((sheet.answer(0), sheet.noted[0]), (Some(Answer::Value(1)), true));
    assert_eq!(of("g2-01=3 g2-02=4n g4-02=d").sheet(&model).0, of("g4-02=d g2-02=4n g2-01=3").sheet(&model).0);
}

/// Ids as a pack may have them.
fn ids() -> impl Strategy<Value = Vec<String>> {
    prop::collection::btree_set("[a-z][a-z0-9]{0,3}(-[a-z0-9]{0,4}){1,3}", 0..40)
        .prop_map(|ids| ids.into_iter().collect::<Vec<_>>())
        .prop_shuffle()
}

fn any_view() -> impl Strategy<Value = View> {
    let answer = prop_oneof![
        4 => (0u8..=4).prop_map(Answer::Value),
        1 => Just(Answer::DontKnow),
        1 => Just(Answer::NotApplicable),
    ];
    let date = prop_oneof![Just(String::new()), "20[0-9]{2}-0[1-9]-[12][0-9]"];
    let answers = (ids(), prop::collection::vec((answer, any::<bool>()), 40), 0usize..8);
    (
        1..u32::MAX,
        1..u32::MAX,
        prop::option::of(1..u32::MAX),
        date,
        any::<bool>(),
        "[0-9a-f]{0,16}",
        answers,
        "\\PC{0,80}",
    )
        .prop_map(|(id, round, who, date, short, pack, (ids, answers, ticks), notes)| {
            let ticked = ids.iter().rev().take(ticks).cloned().collect();
            let answered = ids.into_iter().rev().skip(ticks).zip(answers);
            View {
                id,
                round,
                who,
                date,
                form: if short { Form::Short } else { Form::Full },
                pack,
                answers: answered.map(|(item, (answer, noted))| Given { item, answer, noted }).collect(),
                ticked,
                notes,
            }
        })
}

proptest! {
    #[test]
    fn what_is_written_is_read(view in any_view()) {
        prop_assert_eq!(View::read(&row_of(&view)), Some(view));
    }

    #[test]
    fn any_text_is_read_without_a_panic(head: String, code in "[ =nxda0-4g\\-é]{0,60}|\\PC{0,60}", notes: String) {
        let _ = View::read(&row(&head, &code, &notes));
        let view = View::read(&row("1 1", &code, &notes)).unwrap();
        let (_, matched) = view.sheet(&hierarchy());
        prop_assert!(matched <= view.answers.len());
        // What was understood is written so that it is understood again, unless an id lacks the hyphen.
        if view.answers.iter().map(|given| &given.item).chain(&view.ticked).all(|id| id.contains('-') && !id.contains('=')) {
            prop_assert_eq!(View::read(&row_of(&view)), Some(view));
        }
    }
}

/// Length in the units that browsers count.
fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

/// Answers of all kinds to the whole short form.
const SHORT: &str = "g2=4 g2-02=3 g3=3 g3-04=dk g4=2 g4-06=na g5=1 g5-02=0 c-03=x r-02=x";

#[test]
fn a_view_of_the_short_form_takes_less_than_250_units() {
    let model = hierarchy();
    let mut sheet = short_only(filled(Form::Short, SHORT)).sheet(0);
    assert_eq!(sheet.answers.iter().flatten().count(), 24);
    sheet.noted = sheet.answers.iter().map(Option::is_some).collect();
    let pack = &edition().hash;
    let view = View { id: 123_456, ..View::of_sheet(&model, &sheet, (40, Some(100)), "2026-11-22", pack) };
    let fields: Vec<String> = ["head", "code"]
        .iter()
        .zip(view.fields())
        .map(|(name, (_, text))| format!("{}.{}.{name}={text}\n", List::Views.spec().code, view.id))
        .collect();
    // All 24 with the mark of a note; the entry in the list of rows is counted too.
    let room = units(&fields.concat()) + units(" 123456");
    assert!(room < 250, "{room}: {fields:?}");
}

/// A year-by-year account as somebody fills it: own view and one customer's return in turn, three people, two tasks.
fn lived_in(rounds: u32) -> Draft {
    let mut draft = short_only(filled(Form::Short, SHORT));
    let model = hierarchy();
    draft.account = "Nordic Metal Works AB".into();
    draft.part = "Plant Gothenburg".into();
    draft = with_row(
        draft,
        List::About,
        &[
            (at::ACCOUNT_OWNER, "Karin Andersson"),
            (at::TAGS, "automotive, key account, north"),
            (at::REMIND, "2027-02-01"),
            (at::ROUND, &rounds.to_string()),
        ],
    );
    for (name, function, role) in [
        ("Anna Bergström", "purchasing", "key-player"),
        ("Erik Lund", "engineering", "sponsor"),
        ("M. Öberg", "management", "anti-sponsor"),
    ] {
        let fields = [(at::NAME, name), (at::FUNCTION, function), (at::SENIORITY, "manager"), (at::ROLE, role)];
        draft = with_row(draft, List::People, &fields);
    }
    for (title, owner) in [("Workshop with engineering", "Karin"), ("Ask for the forecast of 2027", "Johan")] {
        let fields = [(at::TITLE, title), (at::OWNER, owner), (at::DUE, "2026-12-15"), (at::STATUS, "open")];
        draft = with_row(draft, List::Tasks, &fields);
    }
    let sheet = draft.sheet(0);
    for round in 1..rounds {
        let day = format!("20{}-0{}-22", 20 + round / 4, 1 + round % 9);
        let view = View::of_sheet(&model, &sheet, (round, None), &day, &edition().hash);
        let id = round;
        draft = view
            .fields()
            .into_iter()
            .fold(draft, |draft, (field, text)| draft.apply(Action::Set(List::Views, id, field, text)));
    }
    draft
}

/// The units that a draft takes where it is kept, its key aside.
fn kept(draft: &Draft) -> usize {
    units(&Fields::of(survey(), draft, 40).write())
}

#[test]
fn ten_rounds_take_at_most_250_units_each_with_everything_else_of_the_account() {
    let draft = lived_in(10);
    assert_eq!(draft.rows.of(List::Views).len(), 9);
    let all = kept(&draft);
    assert!(all <= 10 * 250, "{all} units for ten rounds");
    // A thousand such accounts fit into what a browser gives, with the keys and the index beside them.
    assert!(1000 * (all + 100) < 5 * 1024 * 1024, "{all}");
    // What one more round takes.
    let more = kept(&lived_in(9));
    assert!(all - more < 200, "{}", all - more);
    // And all of it is read again.
    let read = Fields::read(&Fields::of(survey(), &draft, 1).write()).unwrap().draft(survey(), &edition().hash);
    assert_eq!((read.dropped, read.draft.rows == draft.rows), (0, true));
}

#[test]
fn an_account_of_its_own_begins_empty() {
    assert_eq!(View::all(&fresh(Form::Short).rows).count(), 0);
}
