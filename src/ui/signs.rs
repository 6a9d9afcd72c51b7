//! Commodity signals and escalator risks, as two tick lists.

use web_sys::HtmlInputElement;
use yew::html::Scope;
use yew::prelude::*;

use super::app::{App, Msg};
use super::chrome;
use crate::domain::draft::{Action, Draft};
use crate::pack::compiled::Pack;
use crate::pack::texts::T;

pub fn page(pack: &Pack, draft: &Draft, link: &Scope<App>) -> Html {
    html! {
        <>
            { chrome::progress(pack, draft) }
            <h1 tabindex="-1">{ pack.t(T::SignsTitle) }</h1>
            <p class="bsh-lead">{ pack.t(T::SignsLead) }</p>
            { list(pack.t(T::SignalsLegend), &pack.model.signals, &pack.signals, &draft.signals, Action::Signal, link) }
            { list(pack.t(T::RisksLegend), &pack.model.risks, &pack.risks, &draft.risks, Action::Risk, link) }
            { chrome::moves(pack, T::Review, link) }
        </>
    }
}

fn list(
    legend: &str,
    ids: &[String],
    texts: &[String],
    ticks: &[bool],
    action: fn(usize, bool) -> Action,
    link: &Scope<App>,
) -> Html {
    let rows = ids
        .iter()
        .zip(texts)
        .zip(ticks)
        .enumerate()
        .map(|(index, ((id, text), on))| {
            let on_change = link.batch_callback(move |event: Event| {
                let input = event.target_dyn_into::<HtmlInputElement>()?;
                Some(Msg::Do(action(index, input.checked())))
            });
            html! {
                <label class="bsh-cell bsh-tick" key={id.clone()}>
                    <input type="checkbox" name={id.clone()} checked={*on} onchange={on_change} />
                    <span>{ text }</span>
                </label>
            }
        });
    html! {
        <fieldset class="bsh-item bsh-ticks">
            <legend>{ legend }</legend>
            { for rows }
        </fieldset>
    }
}
