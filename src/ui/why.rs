//! Why not one level higher: the answers that hold it, each with Change and a what-if that is computed at once.

use web_sys::HtmlSelectElement;
use yew::html::Scope;
use yew::prelude::*;

use super::app::{App, Msg};
use super::chrome::button;
use super::review::change;
use super::words::n;
use crate::domain::answer::{Answer, Kind};
use crate::domain::draft::Draft;
use crate::domain::scorecard::Scorecard;
use crate::domain::why::{Hold, WhyNot};
use crate::pack::compiled::Pack;
use crate::pack::texts::T;

/// How many answers are named; the rest is counted.
const NAMED: usize = 3;

pub fn section(
    pack: &Pack,
    app: &App,
    draft: &Draft,
    now: &Scorecard,
    then: &Scorecard,
    link: &Scope<App>,
) -> Html {
    let Some(why) = &now.why else {
        return html! {
            <section class="bsh-card" data-section="why" key="why">
                <h2 tabindex="-1">{ pack.fill(T::WhyTitle, &[("n", &n(pack.levels.len() as u64))]) }</h2>
                <p>{ pack.t(T::WhyTop) }</p>
            </section>
        };
    };
    html! {
        <section class="bsh-card" data-section="why" key="why">
            <h2 tabindex="-1">{ pack.fill(T::WhyTitle, &[("n", &n(why.level))]) }</h2>
            <p class="bsh-soft">{ pack.t(T::WhyLead) }</p>
            { for why.holds.iter().map(|hold| told(pack, now, hold)) }
            { list(pack, app, draft, why, link) }
            <div class="bsh-verdict" role="status">
                if !app.what_if.is_empty() {
                    <p>{ verdict(pack, now, then) }</p>
                    { button(pack.t(T::KeepChange), "bsh-primary", link, || Msg::Keep) }
                    { button(pack.t(T::UndoChange), "", link, || Msg::Undo) }
                }
            </div>
        </section>
    }
}

/// "The step to level 3 is partly achieved; it needs to be largely achieved."
fn told(pack: &Pack, card: &Scorecard, hold: &Hold) -> Html {
    let Some(gate) = card.gates.get(usize::from(hold.gate).saturating_sub(2)) else {
        return html! { <p /> };
    };
    let text = if gate.applicable < 3 {
        pack.fill(T::WhyFew, &[("n", &n(hold.gate))])
    } else {
        let values = [
            ("n", n(hold.gate)),
            ("rating", pack.gate_rating(gate).to_string()),
            ("needs", pack.rating(Some(hold.needs)).to_string()),
        ];
        let values: Vec<(&str, &str)> = values
            .iter()
            .map(|(key, value)| (*key, value.as_str()))
            .collect();
        pack.fill(T::WhyPart, &values)
    };
    html! { <p class="bsh-hold" key={n(hold.gate)}>{ text }</p> }
}

fn list(pack: &Pack, app: &App, draft: &Draft, why: &WhyNot, link: &Scope<App>) -> Html {
    let all: Vec<usize> = why.items().collect();
    let more = all.len().saturating_sub(NAMED);
    html! {
        <>
            <ol class="bsh-why">{ for all.iter().take(NAMED).map(|index| row(pack, app, draft, *index, link)) }</ol>
            if more > 0 {
                <p class="bsh-fine">{ pack.fill(T::WhyMore, &[("n", &more.to_string())]) }</p>
            }
        </>
    }
}

fn row(pack: &Pack, app: &App, draft: &Draft, index: usize, link: &Scope<App>) -> Html {
    let Some((_, item)) = pack.model.items().nth(index) else {
        return html! { <li /> };
    };
    let kind = item.kind;
    let given = draft.answers.get(index).copied().flatten();
    let tried = app
        .what_if
        .iter()
        .find(|(at, _)| *at == index)
        .map_or(given, |(_, answer)| *answer);
    let mut state = pack.answer(kind, given).to_string();
    if item.critical {
        state = [&state, " · ", pack.t(T::Critical)].concat();
    }
    if matches!(given, None | Some(Answer::DontKnow)) {
        state = [&state, " · ", pack.t(T::AskThem)].concat();
    }
    let on_change = link.batch_callback(move |event: Event| {
        let value = event.target_dyn_into::<HtmlSelectElement>()?.value();
        Some(Msg::WhatIf(index, kind.parse(&value)))
    });
    let id = ["whatif-", &item.id].concat();
    html! {
        <li key={item.id.clone()} data-why={item.id.clone()}>
            <span class="bsh-what">{ pack.item(index, draft.perspective) }</span>
            <small>{ state }</small>
            <span class="bsh-try">
                <label for={id.clone()}>{ pack.t(T::WhatIf) }</label>
                <select {id} data-whatif={item.id.clone()} aria-label={pack.fill(T::WhatIfOf, &[("item", pack.item(index, draft.perspective))])} onchange={on_change}>
                    { for options(kind, given).into_iter().map(|answer| html! {
                        <option value={answer.map_or("", Answer::code)} selected={answer == tried}>{ pack.answer(kind, answer) }</option>
                    }) }
                </select>
                { change(pack, draft, index, link) }
            </span>
        </li>
    }
}

/// The values of the kind, and whatever else was given.
fn options(kind: Kind, given: Option<Answer>) -> Vec<Option<Answer>> {
    let mut all: Vec<Option<Answer>> = kind
        .values()
        .iter()
        .map(|value| Some(Answer::Value(*value)))
        .collect();
    if !all.contains(&given) {
        all.insert(0, given);
    }
    all
}

fn verdict(pack: &Pack, now: &Scorecard, then: &Scorecard) -> String {
    let (Some(x), Some(level)) = (then.standing.position, then.standing.strict) else {
        return pack.t(T::WhatIfUnclear).into();
    };
    let before = now
        .standing
        .position
        .map_or_else(|| pack.t(T::Unknown).into(), |x| pack.position(x));
    let values = [("x", pack.position(x)), ("now", before), ("n", n(level))];
    let values: Vec<(&str, &str)> = values
        .iter()
        .map(|(key, value)| (*key, value.as_str()))
        .collect();
    let higher = now.standing.strict.is_none_or(|now| level > now);
    pack.fill(if higher { T::WhatIfLevel } else { T::WhatIfNow }, &values)
}
