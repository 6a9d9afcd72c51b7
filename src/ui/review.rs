//! All answers on one page, each with a way to change it.

use yew::html::Scope;
use yew::prelude::*;

use super::app::{App, Msg};
use super::chrome;
use crate::domain::draft::Draft;
use crate::pack::compiled::Pack;
use crate::pack::texts::T;

pub fn page(pack: &Pack, draft: &Draft, link: &Scope<App>) -> Html {
    let blank = draft.blanks(&pack.model, None).len();
    html! {
        <>
            { chrome::progress(pack, draft) }
            <h1 tabindex="-1">{ pack.t(T::ReviewTitle) }</h1>
            <p class="bsh-lead">{ pack.t(T::ReviewLead) }</p>
            if blank > 0 {
                <p class="bsh-banner" key="blank">{ pack.fill(T::ReviewBlank, &[("n", &blank.to_string())]) }</p>
            }
            { for pack.gates.iter().enumerate().map(|(gate, text)| html! {
                <section class="bsh-card bsh-review" key={gate}>
                    <h2>{ &text.title }</h2>
                    <ul>{ for pack.model.items().enumerate()
                        .filter(|(_, (in_gate, item))| *in_gate == gate && draft.form.has(item))
                        .map(|(index, _)| row(pack, draft, index, link)) }</ul>
                </section>
            }) }
            { ticked(pack, T::SignalsLegend, &pack.signals, &draft.signals) }
            { ticked(pack, T::RisksLegend, &pack.risks, &draft.risks) }
            { chrome::moves(pack, T::SeeResult, link) }
        </>
    }
}

fn row(pack: &Pack, draft: &Draft, index: usize, link: &Scope<App>) -> Html {
    let Some((_, item)) = pack.model.items().nth(index) else {
        return html! { <li /> };
    };
    let answer = draft.answers.get(index).copied().flatten();
    let class = if answer.and_then(|a| a.value()).is_some() {
        "bsh-given"
    } else {
        "bsh-given bsh-open-answer"
    };
    html! {
        <li key={item.id.clone()}>
            <span class="bsh-what">{ pack.item(index, draft.perspective) }</span>
            <span {class}>{ pack.answer(item.kind, answer) }</span>
            { change(pack, draft, index, link) }
            if let Some(note) = draft.notes.get(index).filter(|note| !note.is_empty()) {
                <span class="bsh-quote" key="note">{ note }</span>
            }
        </li>
    }
}

/// The button that leads to one item and back.
pub fn change(pack: &Pack, draft: &Draft, index: usize, link: &Scope<App>) -> Html {
    let id = pack
        .model
        .items()
        .nth(index)
        .map(|(_, item)| item.id.clone());
    html! {
        <button type="button" data-change={id} aria-label={pack.fill(T::ChangeOf, &[("item", pack.item(index, draft.perspective))])}
            onclick={link.callback(move |_: MouseEvent| Msg::Change(index))}>{ pack.t(T::Change) }</button>
    }
}

fn ticked(pack: &Pack, title: T, texts: &[String], ticks: &[bool]) -> Html {
    let on: Vec<&String> = texts
        .iter()
        .zip(ticks)
        .filter(|(_, on)| **on)
        .map(|(text, _)| text)
        .collect();
    html! {
        <section class="bsh-card bsh-review">
            <h2>{ pack.t(title) }</h2>
            if on.is_empty() {
                <p class="bsh-soft">{ pack.t(T::NoneTicked) }</p>
            } else {
                <ul class="bsh-plain">{ for on.iter().map(|text| html! { <li>{ *text }</li> }) }</ul>
            }
        </section>
    }
}
