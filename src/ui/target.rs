//! The target: which level, by when. Three years ahead and one level up unless somebody says otherwise.

use super::app::Msg;
use super::dom::{At, El, Ev, Link, el, p};
use super::words::n;
use crate::domain::draft::{Action, Draft, Target};
use crate::domain::scorecard::Scorecard;
use crate::pack::compiled::Pack;
use crate::pack::texts::T;

/// Years ahead, as the theory asks: where do we stand now, and where in three years?
const YEARS: u16 = 3;

/// The chosen target, or the proposal.
pub fn target(pack: &Pack, draft: &Draft, card: &Scorecard) -> Target {
    draft.target.unwrap_or_else(|| {
        let level = card.standing.strict.map_or(2, |level| level + 1).min(top(pack));
        let year = draft.date.split('-').next().and_then(|year| year.parse::<u16>().ok()).unwrap_or(2026);
        Target { level, year: year.saturating_add(YEARS) }
    })
}

fn top(pack: &Pack) -> u8 {
    u8::try_from(pack.levels.len()).unwrap_or(u8::MAX)
}

pub fn section(pack: &Pack, aim: Target, link: &Link) -> El {
    let mut levels = el("select", "").lit(At::Id, "bsh-level").change(Ev::Change, link, move |level| {
        Some(Msg::Do(Action::Aim(Target { level: level.parse().ok()?, ..aim })))
    });
    for level in 1..=top(pack) {
        levels = levels.put(
            el("option", "")
                .at(At::Value, &n(level))
                .prop(At::Selected, (level == aim.level).into())
                .text(&[&n(level), " ", pack.level_name(level)].concat()),
        );
    }
    let year = el("input", "")
        .lit(At::Id, "bsh-year")
        .lit(At::Type, "number")
        .lit(At::Inputmode, "numeric")
        .lit(At::Min, "2000")
        .lit(At::Max, "2200")
        .value(&n(aim.year))
        .change(Ev::Change, link, move |year| {
            let year = year.parse().ok().filter(|year| (2000..=2200).contains(year))?;
            Some(Msg::Do(Action::Aim(Target { year, ..aim })))
        });
    let field = |id: &'static str, label: T, input: El| {
        el("div", "bsh-field").put(el("label", "").lit(At::For, id).text(pack.t(label))).put(input)
    };
    el("section", "bsh-card bsh-target")
        .lit(At::DataSection, "target")
        .key("target")
        .put(el("h2", "").text(pack.t(T::TargetTitle)))
        .put(p("bsh-soft", pack.t(T::TargetLead)))
        .put(el("div", "bsh-pair").put(field("bsh-level", T::TargetLevel, levels)).put(field(
            "bsh-year",
            T::TargetYear,
            year,
        )))
}
