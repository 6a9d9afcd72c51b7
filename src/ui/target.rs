//! The target: which level, by when. Three years ahead and one level up unless somebody says otherwise.

use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::html::Scope;
use yew::prelude::*;

use super::app::{App, Msg};
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
        let top = u8::try_from(pack.levels.len()).unwrap_or(u8::MAX);
        let level = card.standing.strict.map_or(2, |level| level + 1).min(top);
        let year = draft
            .date
            .split('-')
            .next()
            .and_then(|year| year.parse::<u16>().ok())
            .unwrap_or(2026);
        Target {
            level,
            year: year.saturating_add(YEARS),
        }
    })
}

pub fn section(pack: &Pack, draft: &Draft, card: &Scorecard, link: &Scope<App>) -> Html {
    let aim = target(pack, draft, card);
    let on_level = link.batch_callback(move |event: Event| {
        let level = event
            .target_dyn_into::<HtmlSelectElement>()?
            .value()
            .parse()
            .ok()?;
        Some(Msg::Do(Action::Aim(Target { level, ..aim })))
    });
    let on_year = link.batch_callback(move |event: Event| {
        let year = event
            .target_dyn_into::<HtmlInputElement>()?
            .value()
            .parse()
            .ok()?;
        (2000..=2200)
            .contains(&year)
            .then_some(Msg::Do(Action::Aim(Target { year, ..aim })))
    });
    let levels = 1..=u8::try_from(pack.levels.len()).unwrap_or(u8::MAX);
    html! {
        <section class="bsh-card" data-section="target" key="target">
            <h2>{ pack.t(T::TargetTitle) }</h2>
            <p class="bsh-soft">{ pack.t(T::TargetLead) }</p>
            <div class="bsh-pair">
                <div class="bsh-field">
                    <label for="bsh-level">{ pack.t(T::TargetLevel) }</label>
                    <select id="bsh-level" onchange={on_level}>
                        { for levels.map(|level| html! {
                            <option value={n(level)} selected={level == aim.level}>{ [&n(level), " ", pack.level_name(level)].concat() }</option>
                        }) }
                    </select>
                </div>
                <div class="bsh-field">
                    <label for="bsh-year">{ pack.t(T::TargetYear) }</label>
                    <input id="bsh-year" type="number" inputmode="numeric" min="2000" max="2200" value={n(aim.year)} onchange={on_year} />
                </div>
            </div>
        </section>
    }
}
