//! The pages as values: every later page of the shipped pack in every language, with little and with much in it.

use crate::support::{
    EDITIONS, PACK, action, any_draft, compiled, edition, english, filled, first_file, fresh, place, survey, with_row,
};
use crate::tree::{all, attribute, find, has_class, text};
use buy_sell_hierarchy::domain::answer::Answer;
use buy_sell_hierarchy::domain::draft::{Action, Draft, Stage, Step, Ticks, stages};
use buy_sell_hierarchy::domain::model::{Form, Perspective, Place};
use buy_sell_hierarchy::domain::rows::{LISTS, List, SINGLE, at};
use buy_sell_hierarchy::domain::survey::{Card, Cards};
use buy_sell_hierarchy::pack::compiled::Pack;
use buy_sell_hierarchy::pack::texts::T;
use buy_sell_hierarchy::page::dom::{At, Child, El, Ev, NAMES, el};
use buy_sell_hierarchy::page::msg::{Loss, Msg};
use buy_sell_hierarchy::page::visit::{Ask, Change, Coming, Mode, Refused, Show, Table, Visit};
use buy_sell_hierarchy::page::{accounts, chrome, later, start, whole};
use buy_sell_hierarchy::storage::codec::step_code;
use buy_sell_hierarchy::storage::home::Home;
use buy_sell_hierarchy::storage::keeper::Trouble;
use proptest::prelude::*;

/// Nothing, a part of everything, and all lists with everything answered.
pub fn drafts() -> Vec<(&'static str, Draft)> {
    let half = filled(
        Form::Short,
        "g2=4 g3=3 g3-01=dk g4-01=2 g4-02=1 c-01=x r-01=x iv=3 iv-2=dk ev-1=4 ev-2=- mp-trust=1 by-choice=dk ra=2 aa=1 ns-1=4",
    );
    let half = with_row(half, List::People, &[(at::NAME, "A."), (at::FUNCTION, "it")]);
    let half = with_row(half, List::Rivals, &[(at::RIVAL_TIME, "30")]);
    let half = with_row(half, List::Tasks, &[(at::STATUS, "doing")]);
    let mut full = filled(
        Form::Full,
        "g2=4 g3=4 g4=3 g5=2 c=- iv=4 ev=1 mp=2 by-choice=4 ra=4 aa=3 ns=0 tc=2 r-08=x c-02=x c-01=x"
            .replace("c=- ", "")
            .as_str(),
    );
    full.perspective = Perspective::Customer;
    full = full.apply(Action::Note(place("g4-04"), "Said in May.\nTwice.".into()));
    full = full.apply(Action::Answer(place("g5-02"), Some(Answer::DontKnow)));
    full = full.apply(Action::Answer(place("tc-1"), Some(Answer::DontKnow)));
    full = full.apply(Action::Confirm("g5-02".into(), true));
    for (name, function, seniority, holder) in
        [("A.", "it", "manager", "Ann"), ("B.", "finance", "user", "ann"), ("", "", "", "")]
    {
        let fields = [
            (at::NAME, name),
            (at::FUNCTION, function),
            (at::SENIORITY, seniority),
            (at::ROLE, "coach"),
            (at::HOLDER, holder),
        ];
        full = with_row(full, List::People, &fields);
    }
    full = with_row(full, List::Own, &[(at::OWN_TIME, "20"), (at::OWN_CASH, "30")]);
    full = with_row(
        full,
        List::Rivals,
        &[(at::NAME, "Stainless"), (1, "steel"), (at::RIVAL_TIME, "30"), (at::RIVAL_CASH, "10")],
    );
    full = with_row(full, List::Rivals, &[(at::NAME, ""), (at::RIVAL_CASH, "40")]);
    full = with_row(full, List::Tasks, &[(at::METHOD, "usp"), (at::CAUSE, "g2-01"), (at::DUE, "2026-01-01")]);
    full = with_row(full, List::Tasks, &[(at::TITLE, "An own one"), (at::STATUS, "done"), (at::NOTE, "n")]);
    full = with_row(full, List::Goals, &[(0, "we"), (at::GOAL_TEXT, "In our own words.")]);
    full = with_row(full, List::Goals, &[(1, "partner")]);
    full = with_row(full, List::Focus, &[(0, "time")]);
    full = with_row(full, List::Stop, &[(0, "quotes")]);
    full = with_row(full, List::Charter, &[(0, "calm"), (at::CHARTER_TEXT, "Kept.")]);
    full = with_row(full, List::Climb, &[(0, "no"), (1, "too dear")]);
    let top = filled(Form::Short, "g2=4 g3=4 g4=4 g5=4 iv=4 ev=4 mp=4 by-choice=0 ra=4 aa=4 ns=4 tc=4");
    let choice = filled(Form::Short, "g2=0 g3=0 g4=0 g5=0 iv=2 ev=0 mp=0 by-choice=4 ra=0 aa=0 ns=0 tc=0 r-01=x");
    let mut over = with_row(fresh(Form::Short), List::Own, &[(at::OWN_TIME, "90")]);
    over.rows.set(List::Rivals, 1, at::RIVAL_TIME, "80");
    vec![
        ("empty", fresh(Form::Short)),
        ("half", half),
        ("full", full),
        ("top", top),
        ("choice", choice),
        ("over", over),
    ]
}

fn visits(draft: &Draft) -> Vec<Visit> {
    let plain =
        Visit { show: Show::Journey, today: "2026-11-22".into(), day: "22 November 2026".into(), ..Visit::default() };
    let place = |id| place(id);
    let busy = Visit {
        blanks_shown: true,
        open_notes: vec![place("iv-1"), place("aa-1")],
        what_if: vec![(place("g4-01"), Some(Answer::Value(4))), (place("g3-01"), None)],
        return_to: Some(Step::Plan),
        drag: draft.rows.of(List::Tasks).first().map(|row| row.id),
        refused: draft
            .rows
            .of(List::Rivals)
            .first()
            .map(|row| Refused { at: (List::Rivals, row.id, at::RIVAL_TIME), text: "99".into() })
            .or(Some(Refused { at: (List::Own, SINGLE, at::OWN_CASH), text: "a lot of it".into() })),
        ..plain.clone()
    };
    vec![plain, busy]
}

/// Every step that there is, and whether it belongs to the second program.
fn steps(form: Form) -> Vec<Step> {
    let mut all = vec![Step::Plan];
    for (part, instrument) in survey().instruments.iter().enumerate() {
        all.extend(stages(instrument, form).into_iter().map(|stage| Step::At(part, stage)));
    }
    all
}

fn draw(pack: &Pack, visit: &Visit, draft: &Draft) -> El {
    whole::page(pack, visit, draft)
}

/// Calls `check` with every page, and what it is.
fn every_page(mut check: impl FnMut(&str, &Pack, &Visit, &Draft, &El)) {
    for pack in EDITIONS.iter() {
        for (name, draft) in drafts() {
            for step in steps(draft.form) {
                let draft = draft.clone().apply(Action::Go(step));
                for (busy, visit) in visits(&draft).iter().enumerate() {
                    let what = format!("{} {name} {} {busy}", pack.lang, step_code(survey(), step));
                    check(&what, pack, visit, &draft, &draw(pack, visit, &draft));
                }
            }
        }
    }
}

#[test]
fn every_page_survives_the_way_between_the_programs() {
    every_page(|what, pack, visit, draft, page| {
        let mut written = String::new();
        page.write(&mut written);
        assert_eq!(El::read(&written).as_ref(), Some(page), "{what}");
        // And what it is drawn from does, too.
        let (visit, draft) = Visit::read(&visit.write(survey(), Some(draft)), survey(), &pack.hash).unwrap();
        assert_eq!(&draw(pack, &visit, &draft), page, "{what}");
    });
}

#[test]
fn every_message_of_a_page_reads_back() {
    let mut kinds: Vec<String> = Vec::new();
    every_page(|what, _, _, _, page| {
        all(page, &mut |el, _| {
            for (_, msg) in &el.0.events {
                let code = msg.code();
                assert_eq!(Msg::parse(&code).as_ref(), Some(msg), "{what}: {code}");
                let kind = code.split(' ').next().unwrap().to_string();
                if !kinds.contains(&kind) {
                    kinds.push(kind);
                }
            }
        });
    });
    kinds.sort();
    let expected = [
        "add",
        "aim",
        "answer",
        "anyway",
        "back",
        "change",
        "confirm",
        "download",
        "drag",
        "focus",
        "go",
        "keep",
        "keep-account",
        "key",
        "next",
        "note",
        "open",
        "over",
        "remove",
        "report",
        "set",
        "shift",
        "tick",
        "undo",
        "whatif",
    ];
    assert_eq!(kinds, expected);
}

#[test]
fn every_message_that_a_later_page_can_send_reads_back() {
    let at = Place { part: 2, item: 14 };
    let mut all = vec![
        Msg::Begin,
        Msg::Resume,
        Msg::Ask(None),
        Msg::Agree,
        Msg::Next,
        Msg::NextAnyway,
        Msg::Back,
        Msg::Keep,
        Msg::Undo,
        Msg::Retry,
        Msg::Download,
        Msg::DownloadOld,
        Msg::Print,
        Msg::Report,
        Msg::File("svg-pyramid".into()),
        Msg::Key(at, String::new()),
        Msg::Note(at, String::new()),
        Msg::OpenNote(at),
        Msg::Change(at),
        Msg::WhatIf(at, None),
        Msg::Focus("[data-item=\"iv-1\"] input:checked, [data-item=\"iv-1\"] input".into()),
        Msg::Confirm("g4-01".into(), false),
        Msg::Drag(None),
        Msg::Drag(Some(1_000_000)),
        Msg::Dragged(0),
        Msg::Dragged(7),
        Msg::Add(List::Tasks, vec![]),
        Msg::Add(List::Tasks, vec![(at::METHOD, "usp".into()), (at::CAUSE, "practice.single".into())]),
        Msg::Add(List::Tasks, vec![(at::METHOD, "guard".into()), (at::CAUSE, String::new())]),
        Msg::Go(Step::Plan),
        Msg::Go(Step::Account),
        Msg::Go(Step::Handback),
        Msg::KeepAccount,
        Msg::Accounts,
        Msg::NewAccount,
        Msg::OpenAccount("0k3j2h1a".into()),
        Msg::Sort("level".into()),
        Msg::Sort(String::new()),
        Msg::Filter(3, String::new()),
        Msg::Leaf(12),
        Msg::Pick("0k3j2h1a".into(), false),
        Msg::Compare,
        Msg::Invite(1_000_000),
        Msg::Copy("#bsh-link-7, #bsh-code".into()),
        Msg::SaveFrom("#bsh-code".into()),
        Msg::Qr("#bsh-link-7".into()),
        Msg::NewRound,
        Msg::Company(String::new()),
        Msg::Paste(String::new()),
        Msg::Receive,
        Msg::Export(true),
        Msg::Export(false),
        Msg::Take("0k3j2h1a".into(), false),
        Msg::Import,
        Msg::UndoImport,
    ];
    for answer in [None, Some(Answer::DontKnow), Some(Answer::NotApplicable)]
        .into_iter()
        .chain((0..=4).map(|value| Some(Answer::Value(value))))
    {
        all.push(Msg::Answer(at, answer));
    }
    for which in [Ticks::Signals, Ticks::Risks] {
        all.push(Msg::Tick(0, which, 7, false));
    }
    for level in [true, false] {
        all.push(Msg::Aim(4, 2029, level));
    }
    for step in steps(Form::Full) {
        all.push(Msg::Go(step));
    }
    for spec in &LISTS {
        all.extend([Msg::Remove(spec.list, 9), Msg::Shift(spec.list, 9, 3), Msg::Add(spec.list, vec![])]);
        for field in 0..spec.fields.len() {
            for text in ["", "a", " two  words and more of them ", "a=b\\c\nd", "9 8 7 6 5 4"] {
                all.push(Msg::Set(spec.list, 9, field, text.into()));
            }
        }
    }
    for msg in all {
        assert_eq!(Msg::parse(&msg.code()).as_ref(), Some(&msg), "{}", msg.code());
        // On its way it stands in a line of markup.
        let page = el("div", "").on(Ev::Click, msg);
        let mut written = String::new();
        page.write(&mut written);
        assert_eq!(El::read(&written), Some(page));
    }
    for code in [
        "",
        "nothing",
        "go",
        "go nowhere",
        "answer 1",
        "set person 1",
        "set nobody 1 2 x",
        "aim 4",
        "add nobody",
        "tick 0",
        "go 1.x",
    ] {
        assert_eq!(Msg::parse(code), None, "{code:?}");
    }
}

#[test]
fn an_event_puts_its_value_into_the_message() {
    let at = Place { part: 1, item: 2 };
    let with = |msg: Msg, value: &str| msg.with(value);
    assert_eq!(with(Msg::Note(at, String::new()), "a\nb"), Some(Msg::Note(at, "a\nb".into())));
    assert_eq!(with(Msg::Tick(0, Ticks::Risks, 1, false), "x"), Some(Msg::Tick(0, Ticks::Risks, 1, true)));
    assert_eq!(with(Msg::Tick(0, Ticks::Risks, 1, true), ""), Some(Msg::Tick(0, Ticks::Risks, 1, false)));
    assert_eq!(with(Msg::Confirm("a-1".into(), false), "x"), Some(Msg::Confirm("a-1".into(), true)));
    assert_eq!(with(Msg::Aim(3, 2029, true), "4"), Some(Msg::Aim(4, 2029, true)));
    assert_eq!(with(Msg::Aim(3, 2029, false), "2031"), Some(Msg::Aim(3, 2031, false)));
    assert_eq!(with(Msg::Aim(3, 2029, false), "2300"), Some(Msg::Aim(3, 2200, false)));
    assert_eq!((with(Msg::Aim(3, 2029, false), "31"), with(Msg::Aim(3, 2029, true), "x")), (None, None));
    assert_eq!(with(Msg::WhatIf(at, None), "4"), Some(Msg::WhatIf(at, Some(Answer::Value(4)))));
    assert_eq!(with(Msg::WhatIf(at, None), "blank"), Some(Msg::WhatIf(at, None)));
    assert_eq!(with(Msg::Set(List::Own, 1, 0, String::new()), "20"), Some(Msg::Set(List::Own, 1, 0, "20".into())));
    assert_eq!((with(Msg::Dragged(0), "7"), with(Msg::Dragged(0), "")), (Some(Msg::Dragged(7)), None));
    assert_eq!(with(Msg::Go(Step::Plan), "x"), Some(Msg::Go(Step::Plan)));
    assert_eq!(with(Msg::Sort(String::new()), "level"), Some(Msg::Sort("level".into())));
    assert_eq!(with(Msg::Sort("gap".into()), "level"), Some(Msg::Sort("gap".into())));
    assert_eq!(with(Msg::Filter(2, String::new()), "a b"), Some(Msg::Filter(2, "a b".into())));
    for (value, on) in [("x", true), ("", false)] {
        assert_eq!(with(Msg::Pick("7".into(), false), value), Some(Msg::Pick("7".into(), on)));
        assert_eq!(with(Msg::Take("7".into(), true), value), Some(Msg::Take("7".into(), on)));
    }
    assert_eq!(with(Msg::Company(String::new()), "A\nB"), Some(Msg::Company("A\nB".into())));
    assert_eq!(with(Msg::Paste("old".into()), "new"), Some(Msg::Paste("new".into())));
}

/// Has every element that says something something to say?
fn speaks(what: &str, page: &El) {
    /// Elements that always say something.
    const SAYING: [&str; 17] = [
        "h1",
        "h2",
        "h3",
        "h4",
        "p",
        "label",
        "legend",
        "button",
        "option",
        "summary",
        "th",
        "caption",
        "li",
        "a",
        "blockquote",
        "small",
        "title",
    ];
    all(page, &mut |el, around| {
        let hidden = |el: &El| attribute(el, At::Hidden).is_some();
        if hidden(el) || around.iter().any(|el| hidden(el)) {
            return;
        }
        if SAYING.contains(&el.0.tag.as_str()) {
            assert!(
                !text(el).trim().is_empty(),
                "{what}: an empty {} in {:?}",
                el.0.tag,
                around.last().map(|el| text(el))
            );
        }
        for label in [At::AriaLabel, At::Class].into_iter().filter_map(|name| attribute(el, name)) {
            assert!(!label.trim().is_empty() && !label.ends_with(": "), "{what}: {label:?}");
        }
        for child in &el.0.children {
            let Child::Text(text) = child else { continue };
            assert!(!text.contains(['{', '}']), "{what}: a place is left in {text:?}");
            assert!(!text.ends_with(": ") && !text.starts_with(": ") && !text.contains("“”"), "{what}: {text:?}");
        }
    });
}

#[test]
fn no_text_is_missing() {
    every_page(|what, pack, _, draft, page| {
        speaks(what, page);
        let headings = find(page, |el| el.0.tag == "h1");
        assert_eq!(headings.len(), 1, "{what}");
        assert_eq!(attribute(page, At::DataStep), Some(step_code(survey(), draft.step).as_str()));
        assert_eq!(page.0.key.as_deref(), Some(format!("{} {}", step_code(survey(), draft.step), pack.lang).as_str()));
    });
}

#[test]
fn the_first_file_has_every_text_that_its_pages_show() {
    let pack = first_file();
    let frame = |code: &str| later::frame(&pack, code);
    for (what, draft) in drafts() {
        let ask = |ask| Visit { ask: Some(ask), ..Visit::default() };
        let losses = [Loss::Erase, Loss::Remove, Loss::Again, Loss::Account].map(|loss| ask(Ask::Loss(loss)));
        let replace = ask(Ask::Replace(Box::new(draft.clone()), vec![]));
        let back = ask(Ask::Return("Replace them?".into()));
        let all = Visit { ask: Some(Ask::Loss(Loss::Erase)), accounts: 7, ..Visit::default() };
        for visit in losses.iter().chain([&replace, &back, &all, &Visit::default()]) {
            speaks(what, &chrome::footer(&pack, visit));
        }
        for trouble in [Trouble::Refused, Trouble::Full, Trouble::Occupied] {
            let visit = Visit { trouble: Some(trouble), unread: true, said: "x".into(), ..Visit::default() };
            speaks(what, &chrome::banners(&pack, &visit, true));
        }
        for accounts in [0, 3] {
            speaks(what, &chrome::top(&pack, &Visit { accounts, ..Visit::default() }, 0));
        }
        let visit = Visit { day: "today".into(), blanks_shown: true, ..Visit::default() };
        speaks(what, &start::page(frame("start"), &pack, &visit));
        speaks(what, &start::returning(frame("return"), &pack, &visit, &draft));
        for missed in [false, true] {
            speaks(what, &chrome::waiting(frame("wait"), &pack, missed));
        }
        for stage in stages(&pack.survey.instruments[0], draft.form) {
            let step = Step::At(0, stage);
            let draft = draft.clone().apply(Action::Go(step));
            if !later::is_later(Show::Journey, Some(&draft)) {
                speaks(&format!("{what}, {stage:?}"), &whole::page(&pack, &visit, &draft));
            }
        }
    }
}

#[test]
fn the_pages_of_packs_in_another_order_speak_too() {
    let value: serde_json::Value = serde_json::from_str(PACK).expect("the shipped pack is JSON");
    for turn in 1..3 {
        let mut pack = value.clone();
        pack["instruments"].as_array_mut().expect("a list").rotate_left(turn);
        let author = english(pack.to_string().as_bytes()).expect("a pack in another order is right");
        let files = compiled(&author);
        let first_file = Pack::read(&files.first).expect("the first file is right");
        let mut whole = first_file.clone();
        whole.add(&files.later).expect("the second file is right");
        let survey = &whole.survey;
        let draft = Draft::new(survey, &whole.hash, Form::Short, "", "", "2026-11-22");
        let parts = survey.instruments.iter().enumerate();
        let steps = parts.flat_map(|(part, it)| stages(it, Form::Short).into_iter().map(move |at| Step::At(part, at)));
        for step in steps.chain([Step::Plan]) {
            let draft = draft.clone().apply(Action::Go(step));
            // The visitor's program has the first file alone.
            let pack = if later::is_later(Show::Journey, Some(&draft)) { &whole } else { &first_file };
            let page = whole::page(pack, &Visit::default(), &draft);
            speaks(&format!("turned by {turn}, {step:?}"), &page);
            assert!(
                find(&page, |el| has_class(el, "bsh-count")).iter().all(|el| !text(el).ends_with("· ")),
                "{step:?}"
            );
        }
    }
}

#[test]
fn ids_are_unique_and_whatever_is_named_is_there() {
    every_page(|what, _, _, _, page| {
        let mut ids: Vec<&str> = Vec::new();
        all(page, &mut |el, _| {
            if let Some(id) = attribute(el, At::Id) {
                assert!(!ids.contains(&id), "{what}: {id} twice");
                ids.push(id);
            }
        });
        all(page, &mut |el, around| {
            for name in [At::For, At::AriaLabelledby, At::AriaDescribedby] {
                for id in attribute(el, name).unwrap_or("").split_whitespace() {
                    assert!(ids.contains(&id), "{what}: nothing is called {id}");
                }
            }
            // Whatever takes an answer has a name.
            let tag = el.0.tag.as_str();
            if ["input", "select", "textarea"].contains(&tag) {
                let id = attribute(el, At::Id);
                let labelled =
                    !find(page, |other| other.0.tag == "label" && id.is_some() && attribute(other, At::For) == id)
                        .is_empty();
                let inside = around.iter().any(|el| el.0.tag == "label");
                assert!(
                    labelled || inside || attribute(el, At::AriaLabel).is_some(),
                    "{what}: {tag} {id:?} has no name"
                );
            }
            if tag == "label" && attribute(el, At::For).is_none() {
                assert!(!find(el, |el| el.0.tag == "input").is_empty(), "{what}: a label of nothing");
            }
        });
    });
}

#[test]
fn keys_are_unique_among_neighbours() {
    every_page(|what, _, _, _, page| {
        all(page, &mut |el, _| {
            let mut keys: Vec<&str> = Vec::new();
            for child in &el.0.children {
                if let Child::El(child) = child
                    && let Some(key) = &child.0.key
                {
                    assert!(!keys.contains(&key.as_str()), "{what}: {key} twice");
                    keys.push(key);
                }
            }
        });
    });
}

#[test]
fn the_tables_say_what_the_cards_say() {
    every_page(|what, pack, visit, draft, page| {
        let Step::At(part, Stage::Result) = draft.step else { return };
        let draft = visit.supposed(draft);
        let cards = Cards::of(survey(), &draft.evidence(survey()));
        let tables = find(page, |el| has_class(el, "bsh-levels"));
        let rows = |table: &El| -> Vec<Vec<String>> {
            let rows = find(table, |el| el.0.tag == "tr");
            rows.iter().map(|row| find(row, |el| el.0.tag == "td").iter().map(|cell| text(cell)).collect()).collect()
        };
        let percent = |tenths: u32| pack.percent(tenths);
        let first: Vec<Vec<String>> = rows(tables[0]).into_iter().skip(1).collect();
        let of = |score: &buy_sell_hierarchy::domain::gates::GateScore| {
            (
                if score.answered == 0 { "–".into() } else { percent(score.tenths()) },
                format!("{}/{}", score.answered, score.applicable),
            )
        };
        match &cards.parts[part] {
            Card::Gates(card) => {
                assert_eq!(first.len(), 5);
                for (row, gate) in first.iter().zip(card.gates.iter().rev()) {
                    let (share, answered) = of(gate);
                    assert_eq!(row, &[share, pack.gate_rating(gate).into(), answered], "{what}");
                }
                assert_eq!(first[4], ["", pack.t(buy_sell_hierarchy::pack::texts::T::Floor), ""]);
                let here = find(tables[0], |el| attribute(el, At::AriaCurrent).is_some());
                assert_eq!(here.len(), usize::from(card.standing.strict.is_some()), "{what}");
            }
            Card::Axes(card) => {
                for (row, axis) in first.iter().zip(&card.axes) {
                    let (share, answered) = of(&axis.score);
                    let range = if axis.low == axis.high {
                        "–".into()
                    } else {
                        format!("{} – {}", percent(axis.low), percent(axis.high))
                    };
                    assert_eq!(row, &[share, range, answered], "{what}");
                }
                let dots = find(page, |el| has_class(el, "bsh-dot"));
                assert_eq!(dots.len(), usize::from(card.quadrant.is_some()), "{what}");
                for dot in dots {
                    let at = |name| attribute(dot, name).unwrap().parse::<u32>().unwrap();
                    let [up, right] = &card.axes;
                    assert_eq!(
                        (at(At::Cx) - 30, 308 - at(At::Cy)),
                        (right.score.tenths() * 300 / 1000, up.score.tenths() * 300 / 1000)
                    );
                }
            }
            Card::Practices(card) => {
                for (row, score) in first.iter().zip(&card.scores) {
                    let (share, answered) = of(score);
                    assert_eq!(row, &[share, pack.gate_rating(score).into(), answered], "{what}");
                }
                assert_eq!(first.len(), 4);
                let bars = find(page, |el| attribute(el, At::DataSection) == Some("practice"));
                let words: Vec<String> =
                    find(bars[0], |el| has_class(el, "bsh-variable")).iter().map(|el| text(el)).collect();
                for (words, score) in words.iter().zip(&card.scores) {
                    assert_eq!(words.contains(&percent(score.tenths())), score.determined(), "{what}: {words}");
                }
                if let Some(table) = tables.get(1) {
                    let evidence = draft.evidence(survey());
                    let share = |share: Option<u8>| {
                        share.map_or_else(
                            || pack.t(buy_sell_hierarchy::pack::texts::T::Unknown).to_string(),
                            |share| percent(10 * u32::from(share)),
                        )
                    };
                    let table = rows(table);
                    assert_eq!(table[1][1..], [share(evidence.own.time), share(evidence.own.cash)], "{what}");
                    for (row, rival) in table[2..].iter().zip(&evidence.rivals) {
                        assert_eq!(row[1..], [share(rival.time), share(rival.cash)], "{what}");
                    }
                }
            }
        }
    });
}

#[test]
fn the_second_program_has_every_later_step_and_the_plan() {
    for step in steps(Form::Full).into_iter().chain([Step::Account, Step::Handback]) {
        let first = matches!(step, Step::At(0, stage) if stage != Stage::Result);
        let mut draft = fresh(Form::Full).apply(Action::Go(step));
        assert_eq!(later::is_later(Show::Journey, Some(&draft)), !first, "{step:?}");
        // The customer's edition of the questions stands in the second file.
        draft.perspective = Perspective::Customer;
        assert!(later::is_later(Show::Journey, Some(&draft)), "{step:?}");
    }
    for show in [Show::Accounts, Show::Compare, Show::Import, Show::Invited] {
        assert!(later::is_later(show, None), "{show:?}");
    }
    assert!(!later::is_later(Show::Start, None) && !later::is_later(Show::Return, Some(&fresh(Form::Short))));
}

#[test]
fn a_visit_survives_the_way_between_the_programs() {
    let (_, draft) = drafts().remove(2);
    for visit in visits(&draft) {
        let (read, same) = Visit::read(&visit.write(survey(), Some(&draft)), survey(), &edition().hash).unwrap();
        assert_eq!(read, visit);
        assert_eq!(same, draft);
    }
    assert!(Visit::read("nothing", survey(), "").is_none());
    let account = |id: &str, change: Change, name: &str| Coming {
        id: id.into(),
        name: name.into(),
        change,
        take: change == Change::Added,
        older: change == Change::Changed,
    };
    for show in [Show::Journey, Show::Accounts, Show::Compare, Show::Import, Show::Invited] {
        let visit = Visit {
            show,
            name: "default".into(),
            account: "0k3j2h1a".into(),
            accounts: 1000,
            company: "Metal \\ Supplies\nand Sons".into(),
            here: "https://example.org/page".into(),
            stamp: u32::MAX,
            qr: ("#bsh-link-7".into(), "M0 0h7v1\nh7".into()),
            paste: "a\n\nb\r\n".into(),
            undo: true,
            table: Table {
                sort: "gap".into(),
                down: true,
                filters: ["a b".into(), String::new(), "owner".into(), "x".into()],
                leaf: 3,
                picks: vec!["0k3j2h1a".into(), "9zzzzzzz".into()],
            },
            coming: vec![
                account("0k3j2h1a", Change::Added, "Metal Works, maintenance"),
                account("9zzzzzzz", Change::Changed, ""),
                account("aaaaaaaa", Change::Same, "A"),
            ],
            faults: vec!["accounts[3].tags: too long".into(), "one more".into()],
            today: "2026-11-22".into(),
            mode: Mode::Customer,
            report: "www.example.org:8080".into(),
            ..Visit::default()
        };
        let (read, same) = Visit::read(&visit.write(survey(), Some(&draft)), survey(), &edition().hash).unwrap();
        assert_eq!((read, &same), (visit.clone(), &draft));
        // And without a draft, on the pages that show none.
        let (read, _) = Visit::read(&visit.write(survey(), None), survey(), &edition().hash).unwrap();
        assert_eq!(read, visit);
    }
}

#[test]
fn accounts_and_invitations_are_shown_where_the_mode_has_them() {
    let all = [Show::Start, Show::Return, Show::Journey, Show::Invited, Show::Accounts, Show::Compare, Show::Import];
    let (account, invite) = ("a:0k3j2h1a", "i:K3F9AC7Q");
    let table = [(Mode::Workspace, 7, true, true), (Mode::Customer, 4, false, true), (Mode::Kiosk, 3, false, false)];
    for (mode, shown, accounts, invited) in table {
        assert_eq!(all.iter().filter(|show| mode.shows(**show)).count(), shown, "{mode:?}");
        assert_eq!(mode.home(account) == Home::parse(account), accounts, "{mode:?}");
        assert_eq!(mode.home(invite) == Home::parse(invite), invited, "{mode:?}");
        assert_eq!(mode.home("-"), Home::Draft);
    }
    assert!(!Mode::Assessment.shows(Show::Accounts) && Mode::Assessment.home(account) == Home::Draft);
}

#[test]
fn whoever_is_asked_reads_who_is_told_of_the_result() {
    let pack = edition();
    let draft = fresh(Form::Short);
    let visit = Visit { show: Show::Invited, mode: Mode::Customer, ..Visit::default() };
    let told = pack.fill(T::FactReport, &[("host", "www.example.org")]);
    assert!(!text(&draw(pack, &visit, &draft)).contains(&told));
    let visit = Visit { report: "www.example.org".into(), ..visit };
    assert!(text(&draw(pack, &visit, &draft)).contains(&told));
    let list = accounts::page(el("main", ""), pack, &visit, &[], 0);
    assert!(text(&list).contains(&told));
    assert!(text(&start::returning(el("main", ""), pack, &visit, &draft)).contains(&told));
}

#[test]
fn nothing_else_is_read_as_a_page() {
    for text in [
        "",
        "E",
        "Ep\n",
        "x\n",
        ".\n",
        "Ep\nA99 x\n.\n",
        "Ep\nAx y\n.\n",
        "Ep\nO0 nothing\n.\n",
        "Ep\nO99 back\n.\n",
        "Tx\n",
        "Ep\n\n.\n",
        "é\n",
    ] {
        assert_eq!(El::read(text), None, "{text:?}");
    }
    assert!(NAMES.len() > 40);
}

/// Any tree.
fn tree() -> impl Strategy<Value = El> {
    let text = prop_oneof![any::<String>(), "[\\\\\n\r .ETA0-9]{0,8}"];
    let leaf =
        (prop::sample::select(vec!["p", "input", "option"]), text.clone(), text.clone(), any::<bool>(), 0usize..5)
            .prop_map(|(tag, text, value, on, which)| {
                let el = el(tag, "bsh-a").at(At::Id, &value);
                match which {
                    0 => el.text(&text),
                    1 => el.value(&text).checked(on),
                    2 => el.choice(&text).selected(on),
                    3 => el.key(&text).on(Ev::Input, Msg::Set(List::Tasks, 3, 1, value)),
                    _ => el.flag(At::Hidden, on).on(Ev::Click, Msg::Back).on(Ev::PointerDown, Msg::Drag(Some(4))),
                }
            });
    leaf.prop_recursive(4, 30, 4, move |inner| {
        (prop::collection::vec(inner, 0..4), text.clone()).prop_map(|(children, text)| {
            children.into_iter().fold(el("div", ""), |el, child| el.put(child).text(&text))
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_tree_reads_back(tree in tree(), cut in 0usize..2000) {
        let mut written = String::new();
        tree.write(&mut written);
        let cut: String = written.chars().take(cut).collect();
        let _ = El::read(&cut);
        prop_assert_eq!(El::read(&written), Some(tree));
    }

    #[test]
    fn any_text_is_read_without_a_panic(text: String, lines in "([ETAPSVBKO.][0-9]{0,2} ?[a-z0-9. ]{0,12}\n){0,12}") {
        let _ = (El::read(&text), El::read(&lines), Msg::parse(&text), Visit::read(&text, survey(), ""));
        for line in lines.lines() {
            let _ = Msg::parse(line.get(1..).unwrap_or(""));
        }
    }

    #[test]
    fn every_draft_can_be_drawn(draft in any_draft(), more in action(), lang in 0usize..3) {
        let pack = &EDITIONS[lang];
        let draft = draft.apply(more);
        for visit in visits(&draft) {
            let page = draw(pack, &visit, &draft);
            let mut written = String::new();
            page.write(&mut written);
            prop_assert_eq!(El::read(&written), Some(page));
        }
    }
}
