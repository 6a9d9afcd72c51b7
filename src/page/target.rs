//! The target: which level, by when. Three years ahead and one level up unless somebody says otherwise.

use super::dom::{At, El, Ev, el, p};
use super::msg::Msg;
use super::words::n;
use crate::domain::draft::{Draft, Target};
use crate::domain::survey::Cards;
use crate::pack::compiled::Pack;
use crate::pack::texts::T;

/// Years ahead, as the theory asks: where do we stand now, and where in three years?
const YEARS: u16 = 3;

/// The chosen target, or the proposal.
pub fn target(pack: &Pack, draft: &Draft, part: usize, cards: &Cards) -> Target {
    draft.target.unwrap_or_else(|| {
        // Who buys on price by choice is not climbed.
        let up = u8::from(!cards.by_choice());
        let level = cards.gates(part).and_then(|card| card.standing.strict);
        let level = level.map_or(2, |level| level + up).min(pack.levels(part));
        let year = draft.date.split('-').next().and_then(|year| year.parse::<u16>().ok()).unwrap_or(2026);
        Target { level, year: year.saturating_add(YEARS) }
    })
}

pub fn section(pack: &Pack, part: usize, aim: Target) -> El {
    let mut levels = el("select", "").at(At::Id, "bsh-level").on(Ev::Change, Msg::Aim(aim.level, aim.year, true));
    for level in 1..=pack.levels(part) {
        levels = levels.put(
            el("option", "")
                .at(At::Value, &n(level))
                .selected(level == aim.level)
                .text(&[&n(level), " ", pack.level(part, level, "name")].concat()),
        );
    }
    let year = el("input", "")
        .at(At::Id, "bsh-year")
        .at(At::Type, "number")
        .at(At::Inputmode, "numeric")
        .at(At::Min, "2000")
        .at(At::Max, "2200")
        .value(&n(aim.year))
        .on(Ev::Change, Msg::Aim(aim.level, aim.year, false));
    let field = |id: &'static str, label: T, input: El| {
        el("div", "bsh-field").put(el("label", "").at(At::For, id).text(pack.t(label))).put(input)
    };
    el("section", "bsh-card bsh-target")
        .at(At::DataSection, "target")
        .key("target")
        .put(el("h2", "").text(pack.t(T::TargetTitle)))
        .put(p("bsh-soft", pack.t(T::TargetLead)))
        .put(el("div", "bsh-pair").put(field("bsh-level", T::TargetLevel, levels)).put(field(
            "bsh-year",
            T::TargetYear,
            year,
        )))
}
