//! The target: which level, by when. Three years ahead and one level up unless somebody says otherwise.

use super::app::Msg;
use super::dom::{El, Ev, Link, el, p};
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

pub fn section(pack: &Pack, draft: &Draft, card: &Scorecard, link: &Link) -> El {
    let aim = target(pack, draft, card);
    let mut levels = el("select", "").lit("id", "bsh-level").change(Ev::Change, link, move |level| {
        Some(Msg::Do(Action::Aim(Target { level: level.parse().ok()?, ..aim })))
    });
    for level in 1..=top(pack) {
        levels = levels.add(
            el("option", "")
                .at("value", &n(level))
                .prop("selected", (level == aim.level).into())
                .text(&[&n(level), " ", pack.level_name(level)].concat()),
        );
    }
    let year = el("input", "")
        .lit("id", "bsh-year")
        .lit("type", "number")
        .lit("inputmode", "numeric")
        .lit("min", "2000")
        .lit("max", "2200")
        .value(&n(aim.year))
        .change(Ev::Change, link, move |year| {
            let year = year.parse().ok().filter(|year| (2000..=2200).contains(year))?;
            Some(Msg::Do(Action::Aim(Target { year, ..aim })))
        });
    let field = |id: &'static str, label: T, input: El| {
        el("div", "bsh-field").add(el("label", "").lit("for", id).text(pack.t(label))).add(input)
    };
    el("section", "bsh-card")
        .lit("data-section", "target")
        .key("target")
        .add(el("h2", "").text(pack.t(T::TargetTitle)))
        .add(p("bsh-soft", pack.t(T::TargetLead)))
        .add(
            el("div", "bsh-pair")
                .add(field("bsh-level", T::TargetLevel, levels))
                .add(field("bsh-year", T::TargetYear, year)),
        )
}
