//! The table of accounts: a row for each, heads that sort, and pages to leaf through.
//!
//! Knows the lines that it is handed and the texts. Must not know filters. Only one page of the table is drawn, so that a
//! workspace of any size answers at once.

use super::dom::{At, El, Ev, button, el, p};
use super::msg::Msg;
use super::portfolio::{COLUMNS, Line, number_of};
use super::visit::Visit;
use super::words::{day, n};
use crate::domain::confidence::Grade;
use crate::domain::raters::{Gap, GapSize, Whose};
use crate::domain::rounds::Movement;
use crate::pack::compiled::Pack;
use crate::pack::texts::T;

/// Rows on one page of the table.
pub const LEAF: usize = 50;

/// Titles of the columns, in the order of [`COLUMNS`].
const TITLES: [T; 8] =
    [T::ColAccount, T::ColPosition, T::ColGap, T::ColTrend, T::ColSure, T::ColNext, T::ColLast, T::ColAgain];

/// Which page of the table is there, from 0, and how many there are.
fn leaf(visit: &Visit, kept: usize) -> (usize, usize) {
    let of = kept.div_ceil(LEAF).max(1);
    (visit.table.leaf.min(of - 1), of)
}

/// The page of the table that the visit is on; hidden when the filters leave nothing.
pub fn table(pack: &Pack, visit: &Visit, kept: &[&Line]) -> El {
    let (leaf, _) = leaf(visit, kept.len());
    let mut rows = el("tbody", "").at(At::Role, "rowgroup");
    for line in kept.iter().skip(leaf * LEAF).take(LEAF) {
        rows = rows.put(row(pack, visit, line));
    }
    el("table", "bsh-accounts")
        .key("table")
        .at(At::Role, "table")
        .flag(At::Hidden, kept.is_empty())
        .put(el("caption", "bsh-unseen").text(pack.t(T::AccountsTitle)))
        .put(el("thead", "").at(At::Role, "rowgroup").put(heads(pack, visit)))
        .put(rows)
}

/// The heads of the columns, each a button that sorts.
fn heads(pack: &Pack, visit: &Visit) -> El {
    let sorted = number_of(&visit.table.sort);
    let mut heads = el("tr", "").at(At::Role, "row");
    for (at, (code, title)) in COLUMNS.into_iter().zip(TITLES).enumerate() {
        let title = pack.t(title);
        let (order, sign) = match (at == sorted, visit.table.down) {
            (false, _) => ("", ""),
            (true, false) => ("ascending", "▲"),
            (true, true) => ("descending", "▼"),
        };
        let sort = button(title, "bsh-sort", Msg::Sort(code.into()))
            .at(At::AriaLabel, &pack.fill(T::SortBy, &[("column", title)]))
            .put(el("span", "bsh-sorted").flag(At::AriaHidden, true).text(sign));
        heads = heads.put(
            el("th", "")
                .at(At::Scope, "col")
                .at(At::Role, "columnheader")
                .at(At::AriaLabel, title)
                .at(At::AriaSort, order)
                .put(sort),
        );
    }
    heads.put(el("th", "bsh-pick").at(At::Scope, "col").at(At::Role, "columnheader").text(pack.t(T::ColCompare)))
}

fn row(pack: &Pack, visit: &Visit, line: &Line) -> El {
    let called = line.called(pack);
    let name = if line.name.is_empty() { called.as_str() } else { &line.name };
    let under: Vec<&str> = [&line.part, &line.owner, &line.tags]
        .into_iter()
        .map(String::as_str)
        .filter(|text| !text.is_empty() && *text != name)
        .collect();
    let under = under.join(" · ");
    let tick = el("input", "")
        .at(At::Type, "checkbox")
        .at(At::AriaLabel, &[pack.t(T::ColCompare), ": ", &called].concat())
        .checked(visit.table.picks.contains(&line.id))
        .on(Ev::Change, Msg::Pick(line.id.clone(), false));
    el("tr", "")
        .key(&line.id)
        .at(At::Role, "row")
        .put(
            el("th", "")
                .at(At::Scope, "row")
                .at(At::Role, "rowheader")
                .put(button(name, "bsh-link bsh-open-account", Msg::OpenAccount(line.id.clone())))
                .put_if(small(&under)),
        )
        .put(position(pack, line))
        .put(gap(pack, line.gap))
        .put(trend(pack, line))
        .put(sure(pack, line.grade))
        .put(next(pack, line))
        .put(cell(pack, T::ColLast, &day(pack, &line.last)))
        .put(again(pack, visit, line))
        .put(el("td", "bsh-pick").at(At::Role, "cell").put(el("label", "bsh-pick-cell").put(tick)))
}

fn small(text: &str) -> Option<El> {
    (!text.is_empty()).then(|| el("small", "").text(text))
}

/// A cell, with the name of its column for narrow screens, where the heads are far away.
fn cell(pack: &Pack, column: T, text: &str) -> El {
    let all = el("td", if text.is_empty() { "bsh-nothing" } else { "" })
        .at(At::Role, "cell")
        .put(el("span", "bsh-col").flag(At::AriaHidden, true).text(pack.t(column)));
    all.put(el("span", "").text(if text.is_empty() { "–" } else { text }))
}

fn position(pack: &Pack, line: &Line) -> El {
    let (Some(part), Some(level)) = (pack.staged(), line.level) else {
        return cell(pack, T::ColPosition, "").put(el("small", "").text(pack.t(T::NoLevel)));
    };
    let by = match line.whose {
        Some(Whose::Customer(raters)) => pack.fill(T::ByCustomer, &[("n", &n(raters as u64))]),
        _ => pack.t(T::BySelf).into(),
    };
    cell(pack, T::ColPosition, &line.placed(pack))
        .put(el("small", "").text(pack.level(part, level, "name")))
        .put(el("small", "").text(&by))
}

fn gap(pack: &Pack, gap: Option<Gap>) -> El {
    let text = gap.map_or(String::new(), |gap| pack.gap(gap));
    let cell = cell(pack, T::ColGap, &text);
    match gap.map(|gap| gap.size) {
        Some(GapSize::Large) => cell.at(At::Class, "bsh-large"),
        _ => cell,
    }
}

/// An arrow and its word.
fn trend(pack: &Pack, line: &Line) -> El {
    let (arrow, word) = match line.trend {
        Some(Movement::Up) => ("↗ ", T::TrendUp),
        Some(Movement::Down) => ("↘ ", T::TrendDown),
        Some(Movement::Within) => ("→ ", T::TrendWithin),
        Some(Movement::Incomparable | Movement::OtherView) => ("", T::TrendOther),
        None if line.level.is_some() => ("", T::TrendNone),
        None => return cell(pack, T::ColTrend, ""),
    };
    el("td", "")
        .at(At::Role, "cell")
        .put(el("span", "bsh-col").flag(At::AriaHidden, true).text(pack.t(T::ColTrend)))
        .put(el("span", "").put(el("span", "").flag(At::AriaHidden, true).text(arrow)).text(pack.t(word)))
}

fn sure(pack: &Pack, grade: Option<Grade>) -> El {
    let letter = grade.map_or(String::new(), |grade| grade.letter().to_string());
    cell(pack, T::ColSure, &letter)
}

fn next(pack: &Pack, line: &Line) -> El {
    cell(pack, T::ColNext, &line.next).put_if(small(&day(pack, &line.next_due)))
}

fn again(pack: &Pack, visit: &Visit, line: &Line) -> El {
    let due = line.due(&visit.today).then(|| el("span", "bsh-badge bsh-late").text(pack.t(T::DueNow)));
    cell(pack, T::ColAgain, &day(pack, &line.remind)).text(" ").put_if(due)
}

/// To the other pages of the table; hidden where there is one.
pub fn leaves(pack: &Pack, visit: &Visit, kept: usize) -> El {
    let (leaf, of) = leaf(visit, kept);
    let words = pack.fill(T::LeafOf, &[("n", &n(leaf as u64 + 1)), ("of", &n(of as u64))]);
    let turn = |text: T, to: Option<usize>| {
        let to = to.filter(|to| *to < of);
        button(pack.t(text), "", Msg::Leaf(to.unwrap_or(leaf))).flag(At::Disabled, to.is_none())
    };
    el("nav", "bsh-leaves")
        .key("leaves")
        .at(At::AriaLabel, &words)
        .flag(At::Hidden, of == 1)
        .put(turn(T::LeafBack, leaf.checked_sub(1)))
        .put(p("", &words).at(At::Role, "status"))
        .put(turn(T::LeafNext, Some(leaf + 1)))
}
