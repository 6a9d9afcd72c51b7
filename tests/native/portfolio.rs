//! The accounts as a table, on one pyramid, side by side, and as a file would change them.

use crate::support::{EDITIONS, answered, edition, filled, fresh, survey, with_row};
use crate::tree::{attribute, has_class, text, walk};
use buy_sell_hierarchy::diagram::crowd::{Crowd, DOTS_MAX, NAMES_MAX};
use buy_sell_hierarchy::diagram::{Layout, Pyramid, PyramidInput, TierInput};
use buy_sell_hierarchy::domain::confidence::Grade;
use buy_sell_hierarchy::domain::draft::{Action, Draft};
use buy_sell_hierarchy::domain::model::{Form, Perspective};
use buy_sell_hierarchy::domain::raters::{Gap, GapSize, Whose};
use buy_sell_hierarchy::domain::rounds::{Movement, rounds};
use buy_sell_hierarchy::domain::rows::{List, SINGLE, at};
use buy_sell_hierarchy::domain::views::View;
use buy_sell_hierarchy::pack::compiled::Pack;
use buy_sell_hierarchy::pack::texts::{KEYS, T};
use buy_sell_hierarchy::page::dom::{At, Child, El, Ev, el};
use buy_sell_hierarchy::page::msg::Msg;
use buy_sell_hierarchy::page::portfolio::{COLUMNS, Line, shown};
use buy_sell_hierarchy::page::visit::{Change, Coming, Table, Visit};
use buy_sell_hierarchy::page::{accounts, accounts_table, compare, import};
use proptest::prelude::*;

/// A line with nothing known but its name.
fn line(name: &str) -> Line {
    Line {
        id: format!("id-{name}"),
        name: name.into(),
        part: String::new(),
        owner: String::new(),
        tags: String::new(),
        level: None,
        position: None,
        whose: None,
        gap: None,
        grade: None,
        trend: None,
        next: String::new(),
        next_due: String::new(),
        last: String::new(),
        remind: String::new(),
    }
}

fn placed(name: &str, position: u16, whose: Whose) -> Line {
    let level = Some((position / 1000) as u8);
    Line { level, position: Some(position), whose: Some(whose), grade: Some(Grade::C), ..line(name) }
}

fn gap(thousandths: i32) -> Option<Gap> {
    Gap::of(u16::try_from(3000 + thousandths).ok(), Some(3000))
}

fn names(lines: &[Line], table: &Table) -> Vec<String> {
    shown(lines, table, "2026-11-22").into_iter().map(|line| line.name.clone()).collect()
}

fn sorted(lines: &[Line], sort: &str, down: bool) -> String {
    names(lines, &Table { sort: sort.into(), down, ..Table::default() }).join(" ")
}

fn filtered(lines: &[Line], which: usize, text: &str) -> String {
    let mut table = Table::default();
    table.filters[which] = text.into();
    names(lines, &table).join(" ")
}

fn lines() -> Vec<Line> {
    vec![
        Line {
            owner: "Ann Öberg".into(),
            tags: "steel, north".into(),
            gap: gap(800),
            trend: Some(Movement::Up),
            next: "Call".into(),
            next_due: "2026-12-01".into(),
            last: "2026-11-01".into(),
            remind: "2026-11-22".into(),
            ..placed("delta", 2700, Whose::Customer(2))
        },
        Line {
            part: "Tools".into(),
            owner: "Bo".into(),
            gap: gap(-1200),
            trend: Some(Movement::Down),
            grade: Some(Grade::A),
            next: "Write".into(),
            last: "2025-01-01".into(),
            remind: "2026-11-23".into(),
            ..placed("Alpha", 4100, Whose::Customer(3))
        },
        Line { trend: Some(Movement::Incomparable), ..placed("charlie", 2700, Whose::Own) },
        // Its level is known, and not how far it is on the way to the next.
        Line { position: None, trend: Some(Movement::Within), gap: gap(0), ..placed("echo", 3000, Whose::Customer(1)) },
        line("bravo"),
    ]
}

#[test]
fn every_column_sorts_both_ways_with_the_unknown_last() {
    let lines = lines();
    assert_eq!(sorted(&lines, "", false), "Alpha bravo charlie delta echo");
    assert_eq!(sorted(&lines, "account", true), "echo delta charlie bravo Alpha");
    assert_eq!(sorted(&lines, "position", false), "charlie delta echo Alpha bravo");
    assert_eq!(sorted(&lines, "position", true), "Alpha echo charlie delta bravo");
    assert_eq!(sorted(&lines, "gap", false), "Alpha echo delta bravo charlie");
    assert_eq!(sorted(&lines, "gap", true), "delta echo Alpha bravo charlie");
    assert_eq!(sorted(&lines, "trend", false), "Alpha echo delta bravo charlie");
    assert_eq!(sorted(&lines, "trend", true), "delta echo Alpha bravo charlie");
    assert_eq!(sorted(&lines, "sure", false), "Alpha charlie delta echo bravo");
    assert_eq!(sorted(&lines, "next", false), "delta Alpha bravo charlie echo");
    assert_eq!(sorted(&lines, "last", true), "delta Alpha bravo charlie echo");
    assert_eq!(sorted(&lines, "again", false), "delta Alpha bravo charlie echo");
    assert_eq!(sorted(&lines, "again", true), "Alpha delta bravo charlie echo");
    assert_eq!(sorted(&lines, "nonsense", false), "Alpha bravo charlie delta echo");
    // Rounds that are not compared are as unknown as a single one, for whatever reason.
    let own = |line: &Line| Line { trend: line.trend.map(other_view), ..line.clone() };
    let lines: Vec<Line> = lines.iter().map(own).collect();
    assert_eq!(sorted(&lines, "trend", false), "Alpha echo delta bravo charlie");
    assert_eq!(sorted(&lines, "trend", true), "delta echo Alpha bravo charlie");
    assert_eq!(filtered(&lines, 3, "down"), "Alpha");
}

/// Another reason for rounds that are not compared.
fn other_view(trend: Movement) -> Movement {
    if trend == Movement::Incomparable { Movement::OtherView } else { trend }
}

#[test]
fn filters_leave_what_they_say() {
    let lines = lines();
    assert_eq!(filtered(&lines, 0, "ALP"), "Alpha");
    assert_eq!(filtered(&lines, 0, "  north  öBERG "), "delta");
    assert_eq!(filtered(&lines, 0, "tools bo"), "Alpha");
    assert_eq!(filtered(&lines, 0, "tools ann"), "");
    assert_eq!(filtered(&lines, 0, " "), "Alpha bravo charlie delta echo");
    assert_eq!(filtered(&lines, 1, "2"), "charlie delta");
    assert_eq!(filtered(&lines, 1, "3"), "echo");
    assert_eq!(filtered(&lines, 1, "none"), "bravo");
    assert_eq!(filtered(&lines, 1, "x"), "");
    assert_eq!(filtered(&lines, 2, "Bo"), "Alpha");
    assert_eq!(filtered(&lines, 2, "bo"), "");
    assert_eq!(filtered(&lines, 3, "due"), "delta");
    assert_eq!(filtered(&lines, 3, "gap"), "Alpha delta");
    assert_eq!(filtered(&lines, 3, "down"), "Alpha");
    assert_eq!(filtered(&lines, 3, "ask"), "bravo charlie");
    let both = ["".into(), "2".into(), "".into(), "ask".into()];
    assert_eq!(names(&lines, &Table { filters: both, ..Table::default() }), ["charlie"]);
}

/// Somebody's answers as a row of views: round, person (0: own), day, and the words that [`filled`] takes.
fn with_view(draft: Draft, (round, who): (u32, u32), date: &str, words: &str) -> Draft {
    let part = edition().staged().unwrap();
    let model = &survey().instruments[part].model;
    let mut sheet = filled(Form::Full, words).sheet(part);
    if who > 0 {
        sheet.perspective = Perspective::Customer;
    }
    let view = View::of_sheet(model, &sheet, (round, (who > 0).then_some(who)), date, &edition().hash);
    let fields = view.fields();
    let fields: Vec<(usize, &str)> = fields.iter().map(|(field, text)| (*field, text.as_str())).collect();
    with_row(draft, List::Views, &fields)
}

/// Two rounds: 2.x by one of the customer's people, then level 4 by two of them, and the own view at level 5.
fn kept() -> Draft {
    kept_since(1)
}

/// The same with another person in the first round; 0 for the own view.
fn kept_since(who: u32) -> Draft {
    let draft = filled(Form::Full, "g2=4 g3=4 g4=4 g5=4");
    let draft = with_view(draft, (1, who), "2026-03-01", "g2=4 g3=1 g4=0 g5=0");
    let draft = with_view(draft, (2, 1), "2026-11-30", "g2=4 g3=4 g4=4 g5=1");
    let draft = with_view(draft, (2, 2), "2026-11-25", "g2=4 g3=4 g4=4 g5=0");
    let about = [(at::ACCOUNT_OWNER, "Ann"), (at::TAGS, "steel"), (at::REMIND, "2027-05-01"), (at::ROUND, "2")];
    let draft = with_row(draft, List::About, &about);
    let task = |draft, title, due, status| {
        with_row(draft, List::Tasks, &[(at::TITLE, title), (at::DUE, due), (at::STATUS, status)])
    };
    let draft = task(draft, "No day", "", "");
    let draft = task(draft, "Over", "2026-01-01", "done");
    let draft = task(draft, "Given up", "2026-01-02", "dropped");
    let draft = task(draft, "Later", "2027-02-01", "doing");
    let draft = with_row(draft, List::Tasks, &[(at::METHOD, "usp"), (at::DUE, "2027-01-01")]);
    task(draft, "Same day", "2027-01-01", "")
}

#[test]
fn a_line_says_what_the_rounds_say() {
    let pack = edition();
    let line = Line::of(pack, "a1", &kept());
    assert_eq!((line.id.as_str(), line.name.as_str(), line.part.as_str()), ("a1", "Metal Works", ""));
    assert_eq!((line.owner.as_str(), line.tags.as_str(), line.remind.as_str()), ("Ann", "steel", "2027-05-01"));
    let part = pack.staged().unwrap();
    let all = rounds(survey(), &kept(), part, usize::MAX);
    let now = all.last().unwrap();
    let headline = now.headline.as_ref().unwrap();
    assert_eq!((line.level, line.position, line.whose), (Some(4), headline.position, Some(Whose::Customer(2))));
    assert_eq!(line.gap, now.gap);
    assert_eq!(line.gap.map(|gap| gap.size), Some(GapSize::Notable));
    assert_eq!(line.grade, Some(headline.confidence.grade));
    assert_eq!(line.trend, Some(Movement::Up));
    // The own view before the customer's is not what they say now.
    let since = Line::of(pack, "a1", &kept_since(0));
    assert_eq!((since.trend, since.level, since.whose), (Some(Movement::OtherView), line.level, line.whose));
    assert_eq!((line.next.as_str(), line.next_due.as_str()), (pack.key(&["method.usp.title"]), "2027-01-01"));
    assert_eq!(line.last, "2026-11-30");
}

#[test]
fn an_empty_present_round_leaves_the_headline_to_the_one_before() {
    let draft = with_view(fresh(Form::Short), (1, 0), "2026-03-01", "g2=4 g3=1 g4=0 g5=0");
    let draft = with_row(draft, List::About, &[(at::ROUND, "2")]);
    let line = Line::of(edition(), "a", &draft);
    assert_eq!((line.level, line.whose, line.trend), (Some(2), Some(Whose::Own), None));
    assert_eq!((line.last.as_str(), line.next.as_str(), line.grade), ("2026-03-01", "", Some(Grade::C)));
    // And nothing answered at all.
    let none = Line::of(edition(), "b", &fresh(Form::Short));
    assert_eq!((none.level, none.position, none.whose, none.last.as_str()), (None, None, None, ""));
    assert_eq!((none.placed(edition()), none.height()), (String::new(), None));
}

#[test]
fn a_level_without_a_position_is_at_least_that_level() {
    let draft = filled(Form::Short, "g2=4 g3=4 g4=dk g5=dk");
    let line = Line::of(edition(), "a", &draft);
    assert_eq!((line.level, line.position, line.height()), (Some(3), None, Some(3000)));
    assert_eq!(line.placed(edition()), "≥ 3");
}

/// The elements for which `which` holds and that are not hidden.
fn find(page: &El, which: impl Fn(&El) -> bool) -> Vec<&El> {
    let mut found = Vec::new();
    walk(page, &mut Vec::new(), &mut |el, around| {
        let hidden = |el: &&El| attribute(el, At::Hidden).is_some();
        if which(el) && !around.iter().any(hidden) && !hidden(&el) {
            found.push(el);
        }
    });
    found
}

fn section<'a>(page: &'a El, name: &str) -> &'a El {
    find(page, |el| attribute(el, At::DataSection) == Some(name)).into_iter().next().unwrap_or_else(|| panic!("{name}"))
}

/// Has everything that says something something to say, with no place left open, and do all messages read back?
fn speaks(what: &str, page: &El) {
    let saying =
        ["h1", "h2", "p", "label", "button", "option", "th", "td", "caption", "li", "small", "title", "desc", "text"];
    // The corner of a table says nothing.
    for el in find(page, |el| saying.contains(&el.0.tag.as_str())) {
        let ticks = !find(el, |el| el.0.tag == "input").is_empty();
        let corner = el.0.tag == "td" && el.0.children.is_empty();
        assert!(ticks || corner || !text(el).trim().is_empty(), "{what}: an empty {}", el.0.tag);
        assert!(!text(el).contains(['{', '}']), "{what}: {}", text(el));
    }
    let mut ids = Vec::new();
    walk(page, &mut Vec::new(), &mut |el, _| {
        ids.extend(attribute(el, At::Id).map(String::from));
        for label in [At::AriaLabel, At::Class].into_iter().filter_map(|name| attribute(el, name)) {
            assert!(!label.trim().is_empty() && !label.ends_with(": ") && !label.contains('{'), "{what}: {label}");
        }
        for (_, msg) in &el.0.events {
            assert_eq!(Msg::parse(&msg.code()).as_ref(), Some(msg), "{what}");
        }
        for child in &el.0.children {
            let Child::Text(text) = child else { continue };
            assert!(!KEYS.contains(&text.as_str()), "{what}: {text}");
        }
    });
    let all = ids.len();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), all, "{what}: an id occurs twice");
    let mut written = String::new();
    page.write(&mut written);
    assert_eq!(El::read(&written).as_ref(), Some(page), "{what}");
}

fn visit() -> Visit {
    Visit { today: "2026-11-22".into(), accounts: 9, ..Visit::default() }
}

fn draw(pack: &Pack, visit: &Visit, lines: &[Line]) -> El {
    accounts::page(el("main", ""), pack, visit, lines, 0)
}

/// So many accounts, some without a level.
fn many(n: usize) -> Vec<Line> {
    let of = |i: usize| {
        let name = format!("account-{i:04}");
        let whose = if i.is_multiple_of(3) { Whose::Own } else { Whose::Customer(i % 4 + 1) };
        match i % 17 {
            16 => line(&name),
            _ => placed(&name, 1000 + u16::try_from((i * 619) % 4001).unwrap(), whose),
        }
    };
    (0..n).map(of).collect()
}

#[test]
fn the_pages_speak_in_every_language() {
    for pack in EDITIONS.iter() {
        for (what, lines) in [("none", vec![]), ("some", lines()), ("many", many(120)), ("too many", many(300))] {
            let picks = vec!["id-delta".into(), "id-Alpha".into()];
            let table = Table { sort: "gap".into(), down: true, leaf: 1, picks, ..Table::default() };
            let visit = Visit { undo: true, company: "We".into(), paste: "x".into(), table, ..visit() };
            let page = draw(pack, &visit, &lines);
            speaks(&format!("{} {what}", pack.lang), &page);
            assert_eq!(find(&page, |el| el.0.tag == "h1").len(), 1);
        }
        let draft = kept();
        let other = answered(fresh(Form::Short), "ns=2");
        let full = answered(draft.clone(), "ra=3");
        let lines = [&full, &other].map(|draft| (Line::of(pack, "a", draft), draft.clone()));
        let page = compare::accounts(el("main", ""), pack, &visit(), lines);
        speaks(&format!("{} accounts", pack.lang), &page);
        let all = rounds(&pack.survey, &draft, pack.staged().unwrap(), usize::MAX);
        let page = compare::rounds(el("main", ""), pack, &visit(), &draft, [&all[0], &all[1]]);
        speaks(&format!("{} rounds", pack.lang), &page);
        let page = compare::rounds(el("main", ""), pack, &visit(), &draft, [&all[0], &all[0]]);
        speaks(&format!("{} the same", pack.lang), &page);
        speaks(&format!("{} import", pack.lang), &import::page(el("main", ""), pack, &coming(70)));
        speaks(&format!("{} import of nothing", pack.lang), &import::page(el("main", ""), pack, &visit()));
    }
}

#[test]
fn one_page_of_the_table_is_drawn_and_the_counts_agree() {
    let pack = edition();
    let lines = many(200);
    let page = draw(pack, &visit(), &lines);
    let rows = |page: &El| find(page, |el| el.0.tag == "tr" && el.0.key.is_some()).len();
    assert_eq!(rows(&page), accounts_table::LEAF);
    let with_level = lines.iter().filter(|line| line.level.is_some()).count();
    let map = section(&page, "map");
    for class in ["bsh-crowd-wide", "bsh-crowd-narrow"] {
        let drawing = find(map, |el| has_class(el, class))[0];
        let dots = find(drawing, |el| el.0.tag == "circle" && el.0.key.is_some());
        assert_eq!(dots.len(), with_level);
        let hollow = dots.iter().filter(|dot| has_class(dot, "bsh-hollow")).count();
        assert_eq!(hollow, lines.iter().filter(|line| line.whose == Some(Whose::Own)).count());
        assert!(dots.iter().all(|dot| dot.0.events.iter().any(|(event, _)| *event == Ev::Click)));
    }
    assert!(text(map).contains(&format!("{} without a level", 200 - with_level)));
    // Level by level, as the table would count them.
    for level in 1..=5u8 {
        let count = lines.iter().filter(|line| line.level == Some(level)).count();
        assert!(text(map).contains(&format!("{count} on level {level}")));
    }
    let last = Visit { table: Table { leaf: 99, ..Table::default() }, ..visit() };
    assert_eq!(rows(&draw(pack, &last, &many(120))), 20, "a page beyond the last is the last");
    // Bars count the same accounts.
    let lines = many(300);
    let page = draw(pack, &visit(), &lines);
    let map = section(&page, "map");
    assert_eq!(find(map, |el| el.0.tag == "circle" && el.0.key.is_some()).len(), 0);
    let wide = find(map, |el| has_class(el, "bsh-crowd-wide"))[0];
    let counts = find(wide, |el| el.0.tag == "rect")
        .into_iter()
        .map(|bar| text(bar).rsplit(' ').next().unwrap().parse::<usize>().unwrap());
    assert_eq!(counts.sum::<usize>(), lines.iter().filter(|line| line.level.is_some()).count());
}

#[test]
fn the_map_shows_what_the_filters_leave() {
    let mut visit = visit();
    visit.table.filters[1] = "2".into();
    let page = draw(edition(), &visit, &lines());
    assert_eq!(find(section(&page, "map"), |el| el.0.tag == "circle" && el.0.key.is_some()).len() % 2, 0);
    let drawing = find(&page, |el| has_class(el, "bsh-crowd-wide"))[0];
    assert_eq!(find(drawing, |el| el.0.tag == "circle" && el.0.key.is_some()).len(), 2);
    assert!(text(&page).contains("2 of 5 accounts"));
    visit.table.filters[0] = "nobody".into();
    let page = draw(edition(), &visit, &lines());
    assert!(text(&page).contains("0 of 5 accounts"));
    assert!(find(&page, |el| el.0.tag == "table").is_empty());
    // The search stays where it is.
    assert_eq!(find(&page, |el| attribute(el, At::Id) == Some("bsh-search")).len(), 1);
}

#[test]
fn a_head_says_how_the_table_is_sorted_and_two_can_be_compared() {
    let mut visit = visit();
    let sorts = |page: &El| -> Vec<String> {
        find(page, |el| el.0.tag == "th")
            .into_iter()
            .filter_map(|el| attribute(el, At::AriaSort).map(String::from))
            .collect()
    };
    let page = draw(edition(), &visit, &lines());
    assert_eq!(sorts(&page), ["ascending"]);
    for code in COLUMNS {
        let sort = |el: &El| el.0.events.iter().any(|(_, msg)| *msg == Msg::Sort(code.into()));
        assert_eq!(find(&page, sort).len(), 1, "{code}");
    }
    visit.table = Table { sort: "gap".into(), down: true, picks: vec!["id-delta".into()], ..Table::default() };
    let page = draw(edition(), &visit, &lines());
    assert_eq!(sorts(&page), ["descending"]);
    let off = |page: &El| {
        let button = find(page, |el| attribute(el, At::Id) == Some("bsh-compare"))[0];
        attribute(button, At::Disabled).is_some()
    };
    assert!(off(&page));
    visit.table.picks.push("id-bravo".into());
    assert!(!off(&draw(edition(), &visit, &lines())));
    visit.table.picks.push("id-Alpha".into());
    assert!(off(&draw(edition(), &visit, &lines())));
}

#[test]
fn a_row_says_everything_of_its_account() {
    let foxtrot = Line { trend: Some(Movement::OtherView), ..placed("foxtrot", 2700, Whose::Customer(1)) };
    let page = draw(edition(), &visit(), &[lines(), vec![foxtrot]].concat());
    let rows = find(&page, |el| el.0.tag == "tr" && el.0.key.is_some());
    let row = |name: &str| text(rows.iter().find(|row| row.0.key.as_deref() == Some(name)).unwrap());
    let delta = row("id-delta");
    for part in ["delta", "Ann Öberg · steel, north", "2.7", "customer, 2", "+0.8", "↗ up", "C", "Call", "due"] {
        assert!(delta.contains(part), "{part} in {delta}");
    }
    let alpha = row("id-Alpha");
    assert!(alpha.contains("−1.2") && alpha.contains("↘ down") && alpha.contains("Tools") && !alpha.contains("due"));
    assert!(row("id-echo").contains("≥ 3") && row("id-echo").contains("0.0"));
    assert!(row("id-charlie").contains("own view") && row("id-charlie").contains("not comparable"));
    assert!(row("id-foxtrot").contains("customer, 1") && row("id-foxtrot").contains("not comparable"));
    assert!(row("id-bravo").contains("no level yet"));
}

/// A file with `n` accounts of each kind.
fn coming(n: usize) -> Visit {
    let of = |kind: &str, change: Change| {
        let one = |i: usize| Coming {
            id: format!("{kind}{i}"),
            name: if i == 0 { String::new() } else { format!("{kind} {i}") },
            change,
            take: i.is_multiple_of(2),
            older: i.is_multiple_of(3),
        };
        (0..n).map(one).collect::<Vec<_>>()
    };
    let all = [of("new", Change::Added), of("old", Change::Changed), of("same", Change::Same)].concat();
    Visit { coming: all, faults: vec!["line 3".into(); n], accounts: 2 * n + 5, ..Visit::default() }
}

#[test]
fn an_import_says_what_it_would_do() {
    let page = import::page(el("main", ""), edition(), &coming(70));
    let heads: Vec<String> = find(&page, |el| el.0.tag == "h2").into_iter().map(text).collect();
    assert_eq!(heads.len(), 5);
    for (head, count) in heads.iter().zip([70, 70, 70, 5, 70]) {
        assert!(head.ends_with(&format!(": {count}")), "{head}");
    }
    assert_eq!(find(section(&page, "added"), |el| el.0.tag == "li").len(), 50);
    let ticks = find(section(&page, "changed"), |el| el.0.tag == "input");
    assert_eq!(ticks.len(), 70);
    assert_eq!(ticks.iter().filter(|tick| tick.0.checked == Some(true)).count(), 35);
    assert!(text(section(&page, "same")).ends_with("and 20 more"));
    let go =
        |page: &El| attribute(find(page, |el| attribute(el, At::Id) == Some("bsh-import"))[0], At::Disabled).is_none();
    assert!(go(&page));
    let mut nothing = coming(2);
    nothing.coming.retain(|coming| coming.change == Change::Same || !coming.take);
    assert!(!go(&import::page(el("main", ""), edition(), &nothing)));
}

#[test]
fn every_changed_account_has_its_own_choice() {
    let more = |page: &El, name: &str| {
        let told = find(section(page, name), |el| has_class(el, "bsh-soft"));
        told.into_iter().map(text).collect::<Vec<_>>()
    };
    for (n, rest) in [(1, None), (51, None), (1000, None), (1003, Some("and 3 more"))] {
        let visit = coming(n);
        let page = import::page(el("main", ""), edition(), &visit);
        let ticks = find(section(&page, "changed"), |el| el.0.tag == "input");
        assert_eq!(ticks.len(), n.min(1000));
        let changed = visit.coming.iter().filter(|coming| coming.change == Change::Changed);
        for (tick, coming) in ticks.iter().zip(changed) {
            assert_eq!(tick.0.checked, Some(coming.take));
            assert_eq!(tick.0.events, [(Ev::Change, Msg::Take(coming.id.clone(), false))]);
        }
        assert_eq!(more(&page, "changed"), Vec::from_iter(rest), "{n}");
        // The others are no choices, and so only some of them are named.
        for name in ["added", "same"] {
            assert_eq!(find(section(&page, name), |el| el.0.tag == "li").len(), n.min(50), "{name} {n}");
            assert_eq!(more(&page, name).is_empty(), n <= 50, "{name} {n}");
        }
    }
}

#[test]
fn side_by_side_are_the_facts_and_what_differs_most() {
    let pack = edition();
    let one = filled(Form::Short, "g2=4 g3=4 g4=4 g5=4 ns=4 iv=4 ev=4");
    let one = Draft { account: "One".into(), ..one };
    let two = Draft { account: "Two".into(), ..filled(Form::Short, "g2=4 g3=4 g4=4 g5=4 g2-01=1 ns=1") };
    let both = [&one, &two].map(|draft| (Line::of(pack, "a", draft), draft.clone()));
    let page = compare::accounts(el("main", ""), pack, &visit(), both);
    assert_eq!(text(find(&page, |el| el.0.tag == "h1")[0]), "One and Two");
    let facts = text(section(&page, "facts"));
    assert!(facts.contains("5.0") && facts.contains("100%"), "{facts}");
    let markers = find(section(&page, "where"), |el| el.0.tag == "g" && has_class(el, "bsh-marker"));
    assert_eq!(markers.len(), 4, "two in each of the two drawings");
    let rows = find(section(&page, "apart"), |el| el.0.tag == "tr").len();
    assert_eq!(rows, 2, "the head and one item");
    assert!(text(section(&page, "apart")).contains("Always"));
    // People at the customer speak before the own view does.
    let told = with_view(one.clone(), (1, 1), "2026-11-22", "g2=4 g3=4 g4=4 g5=4 g2-01=1");
    let both = [&told, &two].map(|draft| (Line::of(pack, "a", draft), draft.clone()));
    let page = compare::accounts(el("main", ""), pack, &visit(), both);
    let apart = text(section(&page, "apart"));
    assert!(apart.contains(pack.t(T::CompareNothing)), "{apart}");
    let none = fresh(Form::Short);
    let both = [&none, &none].map(|draft| (Line::of(pack, "a", draft), draft.clone()));
    speaks("nothing known", &compare::accounts(el("main", ""), pack, &visit(), both));
}

fn pyramid(layout: Layout) -> Pyramid {
    let tier = TierInput { fill_thousandths: 0, rating: None, undetermined: false, reached: false };
    let input =
        PyramidInput { tiers: vec![tier; 5], chasm_above: 3, bridge_whole: false, markers: Vec::new(), range: None };
    Pyramid::of(&input, layout)
}

fn crowd(layout: Layout, positions: &[u16]) -> (Pyramid, Crowd) {
    let names: Vec<String> = (0..positions.len()).map(|i| format!("An account of some length {i}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let pyramid = pyramid(layout);
    let crowd = Crowd::of(&pyramid, 3, positions, &names);
    (pyramid, crowd)
}

/// No two dots touch, and all of them, all bars and all names are in the picture.
fn fits(positions: &[u16]) {
    for layout in [Layout::Wide, Layout::Narrow] {
        let (pyramid, crowd) = crowd(layout, positions);
        let ((left, right), r) = (crowd.sides, crowd.radius);
        let many = crowd.dots.is_empty();
        assert_eq!(if many { crowd.bars.iter().map(|bar| bar.count).sum() } else { crowd.dots.len() }, positions.len());
        for (i, (x, y)) in crowd.dots.iter().enumerate() {
            assert!(x - r >= left && x + r <= right && y - r >= 0 && y + r <= pyramid.height, "{x} {y} {r}");
            for (x2, y2) in crowd.dots.iter().skip(i + 1) {
                let (dx, dy) = (x - x2, y - y2);
                assert!(dx * dx + dy * dy > 4 * r * r, "{positions:?}: {x} {y} and {x2} {y2} at {r}");
            }
        }
        // The higher the position, the higher the dot.
        for ((a, (_, y)), (b, (_, y2))) in
            positions.iter().zip(&crowd.dots).zip(positions.iter().zip(&crowd.dots).skip(1))
        {
            assert!(if a >= b { y <= y2 } else { y >= y2 });
        }
        for bar in &crowd.bars {
            let (x, y, width, height) = bar.at;
            assert!(x >= left && x + width <= right && y >= 0 && y + height <= pyramid.height && height > 0);
        }
        assert_eq!(crowd.names.len(), if positions.len() <= NAMES_MAX && !many { positions.len() } else { 0 });
        for pair in crowd.names.windows(2) {
            assert!(pair[1].at.1 - pair[0].at.1 >= 24, "two names touch");
        }
        for name in &crowd.names {
            assert!(name.at.1 > 0 && name.at.1 <= pyramid.height, "{:?}", name.at);
            assert!(name.at.0 - left >= 12 * i32::try_from(name.text.chars().count()).unwrap());
            assert!(name.text.chars().count() >= 6, "{:?} is too short to be read", name.text);
        }
    }
}

#[test]
fn crowds_of_every_kind_fit() {
    fits(&[]);
    for n in [1, 5, 12, 13, 50, 120, DOTS_MAX, DOTS_MAX + 1, 1000] {
        let spread: Vec<u16> = (0..n).map(|i| 1000 + u16::try_from((i * 619) % 4001).unwrap()).collect();
        fits(&spread);
        for one in [1000, 1990, 3000, 3990, 5000] {
            fits(&vec![one; n]);
        }
    }
    // An ordinary workspace of 200: dots in both layouts.
    let usual: Vec<u16> =
        (0..200).map(|i: u16| [1990, 2000, 2285, 2660, 3000, 3500, 4330, 5000][usize::from(i % 8)]).collect();
    for layout in [Layout::Wide, Layout::Narrow] {
        assert_eq!(crowd(layout, &usual).1.dots.len(), 200);
    }
}

proptest! {
    #[test]
    fn any_crowd_fits(positions in prop::collection::vec(1000u16..=5000, 0..210)) {
        fits(&positions);
    }

    #[test]
    fn filters_and_order_lose_nobody(
        which in prop::sample::select(COLUMNS.to_vec()), down in any::<bool>(), text in "[a-c ]{0,4}",
    ) {
        let lines = lines();
        let mut table = Table { sort: which.into(), down, ..Table::default() };
        prop_assert_eq!(shown(&lines, &table, "").len(), lines.len());
        table.filters[0] = text.clone();
        let kept = names(&lines, &table);
        for line in &lines {
            let all = [&*line.name, &line.part, &line.owner, &line.tags].join("\n").to_lowercase();
            let fits = text.split_whitespace().all(|word| all.contains(word));
            prop_assert_eq!(kept.contains(&line.name), fits);
        }
    }
}

#[test]
fn a_task_without_anything_and_a_method_that_is_gone_do_no_harm() {
    let draft = with_row(fresh(Form::Short), List::Tasks, &[(at::METHOD, "no-such-method")]);
    assert_eq!(Line::of(edition(), "a", &draft).next, "");
    let draft = draft.apply(Action::Set(List::About, SINGLE, at::ROUND, "x".into()));
    assert_eq!(Line::of(edition(), "a", &draft).level, None);
}
