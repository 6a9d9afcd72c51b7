//! A draft and its pages: rows and what may stand in them, shares that are refused, stages, red flags.

use crate::support::{answered, filled, fresh, place, survey, with_row};
use buy_sell_hierarchy::domain::draft::{Action, Draft, Stage, first, stages};
use buy_sell_hierarchy::domain::model::{Form, Kind};
use buy_sell_hierarchy::domain::rows::{Field, LINE_MAX, LISTS, List, ROWS_MAX, SINGLE, TEXT_MAX, at, is_day};

fn ids(draft: &Draft, list: List) -> Vec<u32> {
    draft.rows.of(list).iter().map(|row| row.id).collect()
}

fn set(draft: Draft, list: List, id: u32, field: usize, text: &str) -> Draft {
    draft.apply(Action::Set(list, id, field, text.into()))
}

#[test]
fn lists_are_found_by_their_code_and_stand_in_order() {
    for (index, spec) in LISTS.iter().enumerate() {
        assert_eq!((spec.list as usize, List::parse(spec.code)), (index, Some(spec.list)));
        assert!(spec.list.spec().code == spec.code && !spec.code.contains(['.', '=', ' ', '-']));
    }
    assert_eq!(List::parse("persons"), None);
    let field = |list: List, at: usize| list.spec().fields[at].0;
    assert_eq!(
        [at::NAME, at::FUNCTION, at::SENIORITY, at::ROLE, at::HOLDER].map(|at| field(List::People, at)),
        ["name", "function", "seniority", "role", "holder"]
    );
    assert_eq!([field(List::Rivals, at::RIVAL_TIME), field(List::Rivals, at::RIVAL_CASH)], ["time", "cash"]);
    assert_eq!([field(List::Own, at::OWN_TIME), field(List::Own, at::OWN_CASH)], ["time", "cash"]);
    let task = [at::METHOD, at::TITLE, at::OWNER, at::DUE, at::STATUS, at::NOTE, at::CAUSE];
    assert_eq!(task.map(|at| field(List::Tasks, at)), ["method", "title", "owner", "due", "status", "note", "cause"]);
    assert_eq!([field(List::Charter, at::CHARTER_TEXT), field(List::Goals, at::GOAL_TEXT)], ["text", "text"]);
}

#[test]
fn what_may_stand_in_a_field() {
    let clean = |field: Field, text: &str| field.clean(text);
    let kept = |text: &str| Some(text.to_string());
    for field in [Field::Line, Field::Text, Field::Percent, Field::Day, Field::Choice] {
        assert_eq!(clean(field, ""), kept(""), "a blank is always allowed");
    }
    let long = "é".repeat(2000);
    assert_eq!(clean(Field::Line, &long).unwrap().chars().count(), LINE_MAX);
    assert_eq!(clean(Field::Text, &long).unwrap().chars().count(), TEXT_MAX);
    for (text, result) in [
        ("0", Some("0")),
        ("100", Some("100")),
        (" 7 ", Some("7")),
        ("007", Some("7")),
        ("101", None),
        ("-1", None),
        ("7.5", None),
        ("7%", None),
        ("seven", None),
        (" ", None),
    ] {
        assert_eq!(clean(Field::Percent, text), result.map(String::from), "{text:?}");
    }
    for (text, right) in [
        ("2026-11-22", true),
        ("2026-12-31", true),
        ("2026-00-10", false),
        ("2026-13-10", false),
        ("2026-01-00", false),
        ("2026-01-32", false),
        ("26-01-01", false),
        ("2026/01/01", false),
        ("2026-1-001", false),
        ("2026-01-01 ", false),
        ("20é6-01-01", false),
        ("+026-01-01", false),
        ("2026-+1-01", false),
    ] {
        assert_eq!((is_day(text), clean(Field::Day, text).is_some()), (right, right), "{text:?}");
    }
    for (text, right) in [
        ("key-player", true),
        ("practice.single", true),
        ("g4-01", true),
        ("a b", false),
        ("a\nb", false),
        ("é", false),
    ] {
        assert_eq!(clean(Field::Choice, text).is_some(), right, "{text:?}");
    }
    assert_eq!(clean(Field::Choice, &"x".repeat(61)), None);
}

#[test]
fn a_value_that_cannot_stand_there_changes_nothing() {
    let draft = set(fresh(Form::Short), List::Tasks, 3, at::DUE, "2027-01-15");
    assert_eq!(set(draft.clone(), List::Tasks, 3, at::DUE, "soon"), draft);
    assert_eq!(set(draft.clone(), List::Tasks, 3, 99, "x"), draft);
    assert_eq!(set(draft.clone(), List::Tasks, 9, at::DUE, "soon"), draft, "and makes no row");
    assert_eq!(set(draft.clone(), List::Own, 2, at::OWN_TIME, "5"), draft, "a single list has one row");
    assert_eq!(set(draft.clone(), List::People, 0, at::NAME, "A."), draft, "0 stands for no row");
}

#[test]
fn a_list_has_an_end() {
    let mut draft = fresh(Form::Short);
    for id in 1..=200 {
        draft = set(draft, List::Focus, id, 0, "x");
    }
    assert_eq!(draft.rows.of(List::Focus).len(), ROWS_MAX);
    let last = u32::try_from(ROWS_MAX).unwrap();
    assert_eq!(draft.rows.get(List::Focus, last, 0), "x");
    let draft = set(draft, List::Focus, last, 0, "y");
    assert_eq!(draft.rows.get(List::Focus, last, 0), "y", "what is there can still be changed");
}

#[test]
fn rows_keep_their_order_and_can_be_moved_and_removed() {
    let mut draft = fresh(Form::Short);
    for id in [40, 7, 99] {
        draft = set(draft, List::Tasks, id, at::TITLE, "t");
    }
    let shift = |draft: &Draft, id, to| ids(&draft.clone().apply(Action::Shift(List::Tasks, id, to)), List::Tasks);
    assert_eq!(ids(&draft, List::Tasks), [40, 7, 99]);
    assert_eq!(shift(&draft, 99, 0), [99, 40, 7]);
    assert_eq!(shift(&draft, 40, 1), [7, 40, 99]);
    assert_eq!(shift(&draft, 40, 50), [7, 99, 40], "beyond the end is the end");
    assert_eq!(shift(&draft, 41, 0), [40, 7, 99]);
    let draft = draft.apply(Action::Remove(List::Tasks, 7)).apply(Action::Remove(List::Tasks, 7));
    assert_eq!(ids(&draft, List::Tasks), [40, 99]);
    assert_eq!(draft.rows.get(List::Tasks, 7, at::TITLE), "");
}

#[test]
fn a_sum_above_a_hundred_is_refused() {
    let draft = with_row(fresh(Form::Short), List::Own, &[(at::OWN_TIME, "40"), (at::OWN_CASH, "10")]);
    let draft = with_row(draft, List::Rivals, &[(at::RIVAL_TIME, "35")]);
    let refuses = |list, id, field, text: &str| draft.refuses(list, id, field, text);
    assert_eq!(refuses(List::Rivals, 2, at::RIVAL_TIME, "25"), None, "exactly 100");
    assert_eq!(refuses(List::Rivals, 2, at::RIVAL_TIME, "26"), Some(101));
    assert_eq!(refuses(List::Rivals, 1, at::RIVAL_TIME, "60"), None, "its own old value does not count");
    assert_eq!(refuses(List::Rivals, 1, at::RIVAL_TIME, "61"), Some(101));
    assert_eq!(refuses(List::Own, SINGLE, at::OWN_TIME, "66"), Some(101));
    assert_eq!(refuses(List::Own, SINGLE, at::OWN_CASH, "100"), None, "cash is a column of its own");
    assert_eq!(refuses(List::Rivals, 1, at::NAME, "99"), None);
    assert_eq!(refuses(List::People, 1, at::SENIORITY, "99"), None);
    assert_eq!(set(draft.clone(), List::Rivals, 1, at::RIVAL_TIME, "61"), draft, "and not taken");
    assert_eq!(set(draft, List::Rivals, 1, at::RIVAL_TIME, "60").rows.get(List::Rivals, 1, at::RIVAL_TIME), "60");
}

#[test]
fn what_lowers_a_sum_that_is_too_high_is_taken() {
    // Such a sum comes only from a file.
    let mut draft = with_row(fresh(Form::Short), List::Own, &[(at::OWN_TIME, "90")]);
    assert!(draft.rows.set(List::Rivals, 1, at::RIVAL_TIME, "80"));
    assert_eq!(draft.refuses(List::Rivals, 1, at::RIVAL_TIME, "70"), None, "160 is still above 100, and less");
    assert_eq!(draft.refuses(List::Rivals, 1, at::RIVAL_TIME, "80"), None);
    assert_eq!(draft.refuses(List::Rivals, 1, at::RIVAL_TIME, "81"), Some(171));
    assert_eq!(draft.refuses(List::Rivals, 1, at::RIVAL_TIME, ""), None);
    assert_eq!(draft.refuses(List::Rivals, 2, at::RIVAL_TIME, "1"), Some(171));
    let draft = set(draft, List::Rivals, 1, at::RIVAL_TIME, "10");
    assert_eq!(draft.rows.get(List::Rivals, 1, at::RIVAL_TIME), "10");
}

#[test]
fn every_instrument_has_its_pages() {
    use Stage::{People, Result, Review, Section, Shares, Signs};
    let [hierarchy, matrix, practice] = &survey().instruments[..] else { panic!("three instruments") };
    for form in [Form::Short, Form::Full] {
        assert_eq!(stages(hierarchy, form), [Section(0), Section(1), Section(2), Section(3), Signs, Review, Result]);
        // Both axes, then what carries a partnership on one page.
        assert_eq!(stages(matrix, form), [Section(0), Section(1), Section(2), Review, Result]);
        assert_eq!(matrix.sections(form), [0..1, 1..2, 2..8]);
        let expected = [Section(0), Section(1), Section(2), Section(3), People, Shares, Review, Result];
        assert_eq!(stages(practice, form), expected);
        assert_eq!([0, 1, 2, 9].map(|part| first(survey(), form, part)), [Section(0), Section(0), Section(0), Result]);
    }
    let mut bare = practice.clone();
    bare.kind = Kind::Practices { functions: vec![], seniorities: vec![], roles: vec![], shares: false };
    assert!(!stages(&bare, Form::Short).iter().any(|stage| matches!(stage, People | Shares)));
    let mut short = hierarchy.clone();
    for item in &mut short.model.groups[1].items {
        item.short = false;
    }
    assert_eq!(stages(&short, Form::Short)[..3], [Section(0), Section(2), Section(3)], "an empty page is left out");
    assert_eq!(stages(&short, Form::Full)[1], Section(1));
}

#[test]
fn steps_have_codes_that_read_back() {
    use buy_sell_hierarchy::domain::draft::Step;
    use buy_sell_hierarchy::storage::codec::{parse_step, step_code};
    let mut codes = vec![String::from("plan")];
    assert_eq!(parse_step(survey(), "plan"), Some(Step::Plan));
    for (part, instrument) in survey().instruments.iter().enumerate() {
        for stage in stages(instrument, Form::Full) {
            let code = step_code(survey(), Step::At(part, stage));
            assert_eq!(parse_step(survey(), &code), Some(Step::At(part, stage)), "{code}");
            assert!(!codes.contains(&code) && !code.contains(' '));
            codes.push(code);
        }
    }
    assert!(codes.contains(&"gate-2".into()) && codes.contains(&"practice.people".into()));
    for code in ["", "people", "matrix.signs", "matrix.resonance", "nothing.result", "gate-9", "plan.result"] {
        assert_eq!(parse_step(survey(), code), None, "{code}");
    }
}

#[test]
fn what_is_not_known_is_a_red_flag_until_it_is_confirmed() {
    let draft = filled(Form::Short, "g2=4 g2-02=dk g4-01=dk g2-07=dk iv-3=dk by-choice=dk tc-1=dk");
    // g2-07 is not in the short form.
    let expected = ["g2-02", "g4-01", "iv-3", "by-choice", "tc-1"].map(place);
    assert_eq!(draft.unknowns(survey()), expected);
    let confirm = |draft: Draft, on| draft.apply(Action::Confirm("g4-01".into(), on));
    let once = confirm(draft.clone(), true);
    assert_eq!(once.confirmed, ["g4-01"]);
    assert_eq!(confirm(once.clone(), true), once, "each once");
    assert_eq!(once.unknowns(survey()), expected, "it is still not known");
    assert_eq!(confirm(once, false), draft);
    assert!(!answered(draft, "g4-01=3").unknowns(survey()).contains(&place("g4-01")));
}

#[test]
fn blanks_are_of_the_form_and_of_the_page() {
    let draft = filled(Form::Short, "g2=4 g3-01=dk g3-02=na");
    let of = |groups| draft.blanks(survey(), 0, groups).len();
    assert_eq!((of(Some(0..1)), of(Some(1..2)), of(None)), (0, 4, 16));
    assert_eq!(draft.blanks(survey(), 1, Some(2..8)).len(), 6);
    assert!(draft.begun(0) && !draft.begun(1) && !draft.begun(7) && draft.blanks(survey(), 7, None).is_empty());
}
