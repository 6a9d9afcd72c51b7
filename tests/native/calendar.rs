//! The calendar file, read back by a parser of its own: which entries there are, on which days, and that no text breaks
//! out of its property.

use crate::support::{EDITIONS, any_draft, edition, filled, fresh, shipped, survey, with_row};
use buy_sell_hierarchy::domain::draft::{Action, Draft};
use buy_sell_hierarchy::domain::model::{Form, Perspective};
use buy_sell_hierarchy::domain::rows::{List, at};
use buy_sell_hierarchy::exchange::day;
use buy_sell_hierarchy::pack::texts::T;
use buy_sell_hierarchy::report::Frame;
use buy_sell_hierarchy::report::calendar::calendar;
use icalendar::{Calendar, Component, DatePerhapsTime, Event};
use proptest::prelude::*;

const FRAME: Frame = Frame { id: "a1B2c3D4", company: "Nordic", today: "2026-11-22" };

fn written(draft: &Draft) -> Option<String> {
    calendar(edition(), draft, &FRAME)
}

/// The entries of a file that obeys the rules of its lines.
fn read(text: &str) -> Vec<Event> {
    let lines = text.strip_suffix("\r\n").expect("a line ends").split("\r\n");
    for line in lines {
        assert!(line.len() <= 75, "{} octets: {line:?}", line.len());
        assert!(!line.replace("\\\\", "").ends_with('\\'), "cut after a mark: {line:?}");
        assert!(!line.is_empty() && line.chars().all(|c| !c.is_control()), "{line:?}");
    }
    let calendar: Calendar = text.parse().unwrap();
    assert_eq!(calendar.property_value("VERSION"), Some("2.0"));
    assert!(calendar.property_value("PRODID").is_some());
    assert_eq!(calendar.property_value("METHOD"), None);
    let events: Vec<Event> = calendar.events().cloned().collect();
    assert_eq!(events.len(), text.split("\r\n").filter(|line| *line == "BEGIN:VEVENT").count());
    for event in &events {
        // One day, whole, and the next one is its end.
        let (Some(DatePerhapsTime::Date(start)), Some(DatePerhapsTime::Date(end))) =
            (event.get_start(), event.get_end())
        else {
            panic!("{event:?}")
        };
        assert_eq!(start.succ_opt(), Some(end));
        assert!(event.get_timestamp().is_some() && event.get_uid().is_some_and(|uid| !uid.is_empty()));
        assert_eq!(event.property_value("TRANSP"), Some("TRANSPARENT"));
    }
    let mut uids: Vec<&str> = events.iter().filter_map(Event::get_uid).collect();
    uids.sort_unstable();
    uids.dedup();
    assert_eq!(uids.len(), events.len(), "every entry has an id of its own");
    events
}

fn events(draft: &Draft) -> Vec<Event> {
    written(draft).map_or_else(Vec::new, |text| read(&text))
}

fn start(event: &Event) -> String {
    match event.get_start() {
        Some(DatePerhapsTime::Date(day)) => day.to_string(),
        other => panic!("{other:?}"),
    }
}

fn due(draft: Draft, title: &str, day: &str, status: &str) -> Draft {
    with_row(draft, List::Tasks, &[(at::TITLE, title), (at::DUE, day), (at::STATUS, status)])
}

/// An account with an action of a method, and the day of the next round.
fn account() -> Draft {
    let about = [(at::REMIND, "2027-02-01"), (at::ACCOUNT_OWNER, "Karin")];
    let draft = with_row(filled(Form::Short, "g2=4 g3-02=1"), List::About, &about);
    let method = &survey().methods[0].id;
    let task = [(at::METHOD, method.as_str()), (at::OWNER, "Bo; or Li"), (at::DUE, "2026-12-31"), (at::CAUSE, "g3-02")];
    with_row(draft, List::Tasks, &task)
}

#[test]
fn a_customers_answers_have_no_plan_and_so_no_dates() {
    let mut draft = account();
    assert!(written(&draft).is_some());
    draft.perspective = Perspective::Customer;
    assert_eq!(written(&draft), None);
}

#[test]
fn an_action_has_its_day_owner_first_step_and_reason() {
    let all = events(&account());
    let [task, again] = &all[..] else { panic!("{all:?}") };
    let pack = edition();
    let method = &survey().methods[0].id;
    let text = |what: &str| pack.key(&["method.", method, what]);
    assert_eq!(task.get_summary().unwrap(), format!("Metal Works: {}", text(".title")));
    let told = task.get_description().unwrap();
    let lines: Vec<&str> = told.split('\n').collect();
    assert_eq!(lines[0], "Owner: Bo; or Li");
    assert_eq!(lines[1], format!("First step this week: {}", text(".first")));
    assert!(lines[2].starts_with("Because: “") && lines[2].ends_with("”: Rarely"), "{told}");
    assert_eq!(lines.len(), 3);
    assert_eq!((start(task), task.get_uid()), ("2026-12-31".into(), Some("a1B2c3D4-task-1@buy-sell-hierarchy")));
    assert_eq!(task.get_timestamp().unwrap().to_rfc3339(), "2026-11-22T00:00:00+00:00");
    assert_eq!(again.get_summary(), Some("Assess Metal Works again"));
    assert_eq!(again.get_description(), Some("Owner on your side: Karin"));
    assert_eq!((start(again), again.get_uid()), ("2027-02-01".into(), Some("a1B2c3D4-again@buy-sell-hierarchy")));
}

#[test]
fn the_file_of_a_small_plan() {
    let mut draft = due(fresh(Form::Short), "Call them", "2028-02-28", "");
    draft.part = "Site Ä".into();
    let lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Buy-Sell Hierarchy//Plan//EN",
        "CALSCALE:GREGORIAN",
        "BEGIN:VEVENT",
        "UID:a1B2c3D4-task-1@buy-sell-hierarchy",
        "DTSTAMP:20261122T000000Z",
        "DTSTART;VALUE=DATE:20280228",
        "DTEND;VALUE=DATE:20280229",
        "SUMMARY:Metal Works: Site Ä: Call them",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ];
    assert_eq!(written(&draft).unwrap(), lines.join("\r\n"));
}

#[test]
fn only_what_is_still_to_be_done_on_a_day() {
    assert_eq!(written(&fresh(Form::Short)), None);
    let mut draft = fresh(Form::Short);
    for (title, day, status) in
        [("done", "2026-12-01", "done"), ("dropped", "2026-12-01", "dropped"), ("undated", "", "")]
    {
        draft = due(draft, title, day, status);
    }
    assert_eq!(written(&draft), None);
    draft = due(due(draft, "doing", "2026-12-05", "doing"), "", "2026-12-01", "");
    let all = events(&draft);
    let titles: Vec<&str> = all.iter().filter_map(|event| event.get_summary()).collect();
    // In the order of the plan; without a title it is an action all the same.
    assert_eq!(titles, ["Metal Works: doing", "Metal Works: Action"]);
    // Nothing is known of a date on an account beside the one of the next round.
    let kept = with_row(fresh(Form::Short), List::About, &[(at::ROUND, "2")]);
    assert_eq!(written(&kept), None);
}

#[test]
fn a_day_ends_where_the_next_one_begins() {
    let table = [
        ("2026-01-31", Some("2026-02-01")),
        ("2026-02-28", Some("2026-03-01")),
        ("2028-02-28", Some("2028-02-29")),
        ("2028-02-29", Some("2028-03-01")),
        ("2000-02-28", Some("2000-02-29")),
        ("2100-02-28", Some("2100-03-01")),
        ("2026-04-30", Some("2026-05-01")),
        ("2026-09-09", Some("2026-09-10")),
        ("2026-12-31", Some("2027-01-01")),
        ("1999-12-31", Some("2000-01-01")),
        ("0999-12-31", Some("1000-01-01")),
        ("9999-12-30", Some("9999-12-31")),
        ("9999-12-31", None),
        ("2026-02-29", None),
        ("2100-02-29", None),
        ("2026-02-30", None),
        ("2026-06-31", None),
        ("2026-00-10", None),
        ("2026-13-10", None),
        ("2026-10-00", None),
        ("2026-1-1", None),
        ("+026-01-01", None),
        ("", None),
    ];
    for (one, next) in table {
        assert_eq!(day::after(one).as_deref(), next, "{one:?}");
        let draft = due(fresh(Form::Short), "x", one, "");
        let told: Vec<String> = events(&draft).iter().map(start).collect();
        // A day that does not exist is in no calendar.
        assert_eq!(told, next.map(|_| one).into_iter().collect::<Vec<_>>(), "{one:?}");
    }
    for number in 0..30_000 {
        assert_eq!(day::after(&day::text(number)), Some(day::text(number + 1)));
    }
}

fn uids(draft: &Draft, id: &str) -> Vec<String> {
    let text = calendar(edition(), draft, &Frame { id, ..FRAME }).unwrap();
    read(&text).iter().map(|event| event.get_uid().unwrap().to_string()).collect()
}

#[test]
fn an_entry_is_known_again_whatever_changes_but_what_it_is() {
    let first = uids(&account(), "a1B2c3D4");
    let mut later = account();
    for (field, text) in [(at::DUE, "2027-12-31"), (at::OWNER, "Li"), (at::STATUS, "doing"), (at::NOTE, "late")] {
        later = later.apply(Action::Set(List::Tasks, 1, field, text.into()));
    }
    (later.account, later.date) = ("Metal Works Ltd".into(), "2027-01-01".into());
    later = due(later, "before it", "2027-01-02", "").apply(Action::Shift(List::Tasks, 2, 0));
    let second = uids(&later, "a1B2c3D4");
    assert_eq!([&second[1], &second[2]], [&first[0], &first[1]]);
    assert!(!first.contains(&second[0]));
    let elsewhere = Frame { today: "2027-05-05", ..FRAME };
    for pack in EDITIONS.iter() {
        let told = read(&calendar(pack, &account(), &elsewhere).unwrap());
        assert_eq!(told.iter().filter_map(Event::get_uid).collect::<Vec<_>>(), first, "{}", pack.lang);
    }
    // Another account's first action is another one.
    assert!(uids(&account(), "zzzzzzzz").iter().all(|uid| !first.contains(uid)));
}

#[test]
fn answers_without_an_account_have_an_id_from_what_they_say() {
    let draft = due(due(fresh(Form::Short), "one", "2026-12-01", ""), "two", "2026-12-01", "");
    let first = uids(&draft, "");
    assert_eq!(first, uids(&draft.clone().apply(Action::Set(List::Tasks, 1, at::DUE, "2027-01-01".into())), ""));
    let other = |change: fn(&mut Draft)| {
        let mut other = draft.clone();
        change(&mut other);
        uids(&other, "").iter().all(|uid| !first.contains(uid))
    };
    assert!(other(|draft| draft.account = "Wood Works".into()));
    assert!(other(|draft| draft.part = "Site".into()));
    assert!(other(|draft| draft.date = "2026-11-23".into()));
    // The first row of another plan is not taken for this one.
    assert_ne!(uids(&due(fresh(Form::Short), "three", "2026-12-01", ""), "")[0], first[0]);
    assert!(uids(&draft, "id\r\nX:y").iter().all(|uid| uid.starts_with("idXy-task-")));
}

#[test]
fn the_day_of_making_is_one_whatever_is_given() {
    let stamp = |today: &str, date: &str| {
        let mut draft = due(fresh(Form::Short), "x", "2026-12-01", "");
        draft.date = date.into();
        let text = calendar(edition(), &draft, &Frame { today, ..FRAME }).unwrap();
        read(&text)[0].get_timestamp().unwrap().date_naive().to_string()
    };
    assert_eq!(stamp("2027-01-01", "2026-11-22"), "2027-01-01");
    assert_eq!(stamp("", "2026-11-22"), "2026-11-22");
    assert_eq!(stamp("today", "2026-02-30"), "2026-12-01");
}

#[test]
fn every_language_and_a_customer_without_a_name() {
    let mut draft = account();
    draft.account = String::new();
    let summaries: Vec<String> = EDITIONS
        .iter()
        .map(|pack| read(&calendar(pack, &draft, &FRAME).unwrap())[1].get_summary().unwrap().to_string())
        .collect();
    assert_eq!(
        summaries,
        ["Assess this customer again", "Opnieuw meten: deze klant", "Ny bedömning av den här kunden"]
    );
    let title = edition().key(&["method.", &survey().methods[0].id, ".title"]);
    assert_eq!(events(&draft)[0].get_summary(), Some(title), "no name, no colon");
    assert!(
        calendar(&shipped(), &draft, &FRAME)
            .is_some_and(|text| !text.contains(edition().t(T::Subject).repeat(2).as_str()))
    );
}

/// What a text is once it has been in a calendar: one kind of line break, no tabs, no control characters.
fn plain(text: &str) -> String {
    let lines = text.replace("\r\n", "\n").replace(['\r', '\u{85}', '\u{2028}', '\u{2029}'], "\n").replace('\t', " ");
    lines.chars().filter(|c| *c == '\n' || !c.is_control()).collect()
}

#[test]
fn no_text_breaks_out_of_its_property() {
    let table = [
        "a\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
        "a\nBEGIN:VEVENT\nUID:x",
        "a, b; c: d \\ \\n \\\\, \"q\"",
        "tail\\",
        ";",
        "DTSTART:20200101",
        "\u{85}next\u{2028}line\u{2029}end\u{b}\u{c}\0\u{7f}",
        " starts and ends with blanks  ",
        "{subject} {n}",
    ];
    for text in table {
        one_text(text);
    }
    // As long as a title can be, in signs of one to four octets.
    for sign in ["a", "é", "汉", "👩‍🏭", "\\", ",", "\n"] {
        for lead in 0..8 {
            one_text(&["x".repeat(lead), sign.repeat(100)].concat());
        }
    }
}

/// A title, an owner and names come back as they were.
fn one_text(text: &str) {
    let mut draft = fresh(Form::Short);
    (draft.account, draft.part) = (String::new(), String::new());
    draft = with_row(draft, List::Tasks, &[(at::TITLE, "x"), (at::OWNER, text), (at::DUE, "2026-12-01")]);
    // Cut as a field of one line is.
    let owner = draft.rows.get(List::Tasks, 1, at::OWNER).to_string();
    draft.account = text.into();
    let [event] = &events(&draft)[..] else { panic!("one entry for {text:?}") };
    if owner.is_empty() {
        assert_eq!(event.get_description(), None);
    } else {
        assert_eq!(event.get_description().unwrap(), format!("Owner: {}", plain(&owner)));
    }
    let name = plain(text.trim());
    let title = if text.trim().is_empty() { "x".into() } else { format!("{name}: x") };
    assert_eq!(event.get_summary().unwrap(), title, "{text:?}");
}

proptest! {
    #[test]
    fn any_text_comes_back(text in "\\PC{0,120}") {
        one_text(&text);
    }

    #[test]
    fn any_text_with_control_characters_comes_back(text in any::<String>()) {
        one_text(&text);
    }

    #[test]
    fn any_draft_makes_a_calendar_or_none(draft in any_draft()) {
        let dated = draft.rows.of(List::Tasks).iter().any(|row| {
            day::after(row.get(at::DUE)).is_some() && !matches!(row.get(at::STATUS), "done" | "dropped")
        });
        let again = draft.rows.of(List::About).iter().any(|row| day::after(row.get(at::REMIND)).is_some());
        let text = written(&draft);
        prop_assert_eq!(text.is_some(), dated || again);
        if let Some(text) = text {
            read(&text);
        }
    }
}
