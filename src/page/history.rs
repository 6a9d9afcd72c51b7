//! An account over time: positions by round as a drawing and as a table, and the risks of each round.
//!
//! Knows rounds and the texts. Must not know geometry, nor what counts as a movement.

use super::chrome::card;
use super::dom::{At, El, Ev, button, el, p};
use super::msg::Msg;
use super::views::{band, cell, row, table};
use super::visit::Visit;
use super::words::{day, n};
use crate::diagram::path::path_of;
use crate::diagram::timeline::{RoundInput, Timeline, TimelineInput};
use crate::domain::order::sort;
use crate::domain::raters::Whose;
use crate::domain::rounds::{MATCH_LEAST, Movement, Round};
use crate::pack::compiled::Pack;
use crate::pack::texts::T;

/// The drawing shows the newest ones; the table has all.
const DRAWN: usize = 24;
/// More rounds than this have no room as columns beside the names of the risks.
const COLUMNS: usize = 8;

/// `rounds` oldest first.
pub fn section(pack: &Pack, visit: &Visit, part: usize, rounds: &[Round]) -> El {
    let all = card(pack, "history", T::HistoryTitle);
    if rounds.len() < 2 {
        return all.put(p("bsh-soft", pack.t(T::HistoryNone)));
    }
    let picked = |round: &Round| visit.table.picks.contains(&round.number.to_string());
    let mut rows = el("tbody", "");
    for (place, round) in rounds.iter().enumerate().rev() {
        let before = rounds.iter().take(place).rev().find(|round| round.headline.is_some());
        rows = rows.put(line(pack, before, round, picked(round)));
    }
    let heads = [T::ColRound, T::ColWhen, T::ColPosition, T::ColBy, T::ColMoved, T::ColCompare];
    let two = rounds.iter().filter(|round| picked(round)).count() == 2;
    all.put(drawing(pack, part, rounds))
        .put(table("bsh-history", pack.t(T::TableCaption), &heads.map(|head| pack.t(head)), rows))
        .put(
            el("div", "bsh-ways")
                .put(button(pack.t(T::CompareGo), "", Msg::Compare).flag(At::Disabled, !two))
                .put(el("span", "bsh-fine").text(pack.t(T::CompareHint))),
        )
        .put(risks(pack, rounds))
}

fn line(pack: &Pack, before: Option<&Round>, round: &Round, picked: bool) -> El {
    let number = round.number.to_string();
    let name = pack.fill(T::RoundNow, &[("n", &number)]);
    let tick = el("input", "")
        .at(At::Type, "checkbox")
        .at(At::Name, &["round-", &number].concat())
        .at(At::AriaLabel, &[pack.t(T::CompareGo), ": ", &name].concat())
        .checked(picked)
        .on(Ev::Change, Msg::Pick(number.clone(), false));
    let cells = [
        cell(&day(pack, &round.date)),
        cell(&place(pack, round)),
        cell(&by(pack, round)),
        cell(&moved(pack, before, round)),
        el("td", "").put(el("label", "bsh-round-pick").put(tick)),
    ];
    let other = (!round.same_pack()).then(|| {
        let (have, of) = round.raters().fold((0, 0), |sum, of| (sum.0 + of.matched.0, sum.1 + of.matched.1));
        let values = [("n", &*have.to_string()), ("of", &of.to_string())];
        el("small", "").text(&pack.fill(T::OtherEditionOf, &values))
    });
    row(el("th", "").text(&name).put_if(other), cells.into_iter()).key(&number)
}

/// The headline's position with its range; its level alone where there is no position.
fn place(pack: &Pack, round: &Round) -> String {
    match &round.headline {
        None => pack.t(T::NoLevel).into(),
        Some(headline) if headline.position.is_none() => ["≥ ", &*n(headline.level)].concat(),
        Some(headline) => band(pack, headline.position, headline.range),
    }
}

/// Who answered.
pub fn by(pack: &Pack, round: &Round) -> String {
    let count = round.customers.len().to_string();
    match (&round.own, round.customers.is_empty()) {
        (None, true) => String::new(),
        (Some(_), true) => pack.t(T::RoundByOwn).into(),
        (Some(_), false) => pack.fill(T::RoundBy, &[("n", &count)]),
        (None, false) => pack.fill(T::RoundByThem, &[("n", &count)]),
    }
}

/// What changed since the last round with a level.
pub fn moved(pack: &Pack, before: Option<&Round>, round: &Round) -> String {
    if round.headline.is_none() {
        return String::new();
    }
    let Some(before) = before else { return pack.t(T::MovedFirst).into() };
    match Movement::of(before, round) {
        None => String::new(),
        Some(Movement::Up) => pack.t(T::MovedUp).into(),
        Some(Movement::Down) => pack.t(T::MovedDown).into(),
        Some(Movement::Within) => pack.t(T::MovedWithin).into(),
        Some(Movement::OtherView) => pack.t(T::MovedView).into(),
        Some(Movement::Incomparable) => {
            if round.common() >= MATCH_LEAST {
                return pack.t(T::MovedAfterOther).into();
            }
            let common = u32::try_from(before.common().min(round.common())).unwrap_or(0);
            pack.fill(T::MovedOther, &[("n", &pack.percent(10 * common))])
        }
    }
}

fn drawing(pack: &Pack, part: usize, rounds: &[Round]) -> El {
    let newest = rounds.get(rounds.len().saturating_sub(DRAWN)..).unwrap_or(rounds);
    let inputs = newest.iter().enumerate().map(|(place, round)| RoundInput {
        position: round.headline.as_ref().and_then(|headline| headline.position),
        range: round.headline.as_ref().and_then(|headline| headline.range),
        solid: round.headline.as_ref().is_some_and(|headline| headline.whose != Whose::Own),
        follows: place.checked_sub(1).and_then(|before| newest.get(before)).is_none_or(|before| {
            !matches!(Movement::of(before, round), Some(Movement::Incomparable | Movement::OtherView))
        }),
    });
    let of = Timeline::of(&TimelineInput { levels: pack.levels(part), rounds: inputs.collect() });
    let told = newest.iter().map(|round| {
        let values = [("n", &*round.number.to_string()), ("date", &day(pack, &round.date)), ("x", &place(pack, round))];
        pack.fill(T::HistoryRound, &values)
    });
    let desc = pack.fill(T::HistoryDesc, &[("rounds", &told.collect::<Vec<_>>().join("; "))]);
    let int = |value: i32| value.to_string();
    let words = |class, x: i32, y: i32, text: &str| el("text", class).at(At::X, &int(x)).at(At::Y, &int(y)).text(text);
    let path = |class, points: &[(i32, i32)]| el("path", class).at(At::D, &path_of(points, false));
    let mut svg = el("svg", "")
        .at(At::Role, "img")
        .at(At::ViewBox, &["0 0 ", &int(of.width), " ", &int(of.height)].concat())
        .at(At::AriaLabelledby, "bsh-time-t bsh-time-d")
        .put(el("title", "").at(At::Id, "bsh-time-t").text(pack.t(T::HistoryTitle)))
        .put(el("desc", "").at(At::Id, "bsh-time-d").text(&desc));
    for (y, level) in of.levels.iter().zip(1u8..) {
        svg = svg.put(path("bsh-time-line", &[(of.sides.0, *y), (of.sides.1, *y)])).put(words(
            "bsh-time-level",
            of.sides.0 - 12,
            *y + 6,
            &n(level),
        ));
    }
    for link in &of.links {
        svg = svg.put(path("bsh-time-link", link));
    }
    for (spot, round) in of.spots.iter().zip(newest) {
        if let Some(line) = spot.parted {
            svg = svg.put(path("bsh-time-part", &line));
        }
        if let Some((top, bottom)) = spot.bar {
            svg = svg.put(path("bsh-time-bar", &[(spot.x, top), (spot.x, bottom)]));
        }
        if let Some(y) = spot.y {
            svg = svg.put(point(spot.solid, spot.x, y));
        }
        if spot.named {
            svg = svg.put(words("bsh-time-round", spot.x, of.below, &round.number.to_string()));
        }
    }
    el("figure", "bsh-timeline").put(svg).put(keys(pack))
}

fn point(solid: bool, x: i32, y: i32) -> El {
    let class = if solid { "bsh-time-point bsh-solid" } else { "bsh-time-point" };
    el("circle", class).at(At::Cx, &x.to_string()).at(At::Cy, &y.to_string()).at(At::R, "7")
}

/// What the marks of the drawing mean.
fn keys(pack: &Pack) -> El {
    let icon = |inside: El| {
        el("svg", "")
            .at(At::ViewBox, "0 0 20 20")
            .at(At::Width, "20")
            .at(At::Height, "20")
            .flag(At::AriaHidden, true)
            .put(inside)
    };
    let key = |mark: El, text: T| el("li", "").put(icon(mark)).put(el("span", "").text(pack.t(text)));
    let bar = el("path", "bsh-time-bar").at(At::D, &path_of(&[(10, 2), (10, 18)], false));
    el("ul", "bsh-timeline-keys")
        .put(key(point(true, 10, 10), T::CustomerView))
        .put(key(point(false, 10, 10), T::OwnView))
        .put(key(bar, T::LegendRange))
}

/// Which escalator risks were ticked in which round.
fn risks(pack: &Pack, rounds: &[Round]) -> El {
    let mut ids: Vec<&String> = Vec::new();
    for id in rounds.iter().flat_map(|round| &round.risks) {
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    let all = el("div", "bsh-risks").put(el("h3", "").text(pack.t(T::RisksOverTime)));
    if ids.is_empty() {
        return all.put(p("bsh-soft", pack.t(T::RisksNoneEver)));
    }
    sort(&mut ids);
    let mut rows = el("tbody", "");
    for id in ids {
        let cells = rounds.iter().map(|round| match (&round.own, round.risks.contains(id)) {
            (_, true) => el("td", "bsh-hit").text(pack.t(T::EventYes)),
            (Some(_), false) => el("td", "").text(pack.t(T::No)),
            (None, _) => cell(""),
        });
        rows = rows.put(row(el("th", "").text(pack.at(id)), cells).key(id));
    }
    let numbers: Vec<String> = rounds.iter().map(|round| round.number.to_string()).collect();
    let heads: Vec<&str> = [pack.t(T::ColRound)].into_iter().chain(numbers.iter().map(String::as_str)).collect();
    let class = if rounds.len() > COLUMNS { "bsh-risk-table bsh-many" } else { "bsh-risk-table" };
    all.put(table(class, "", &heads, rows))
}
