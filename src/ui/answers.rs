//! One item: its sentence, its answers as native radio buttons, its note.
//!
//! Knows one item of a draft. Must not know which page it stands on.

use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlTextAreaElement, KeyboardEvent};
use yew::html::Scope;
use yew::prelude::*;

use super::app::{App, Msg};
use crate::domain::answer::Answer;
use crate::domain::draft::{Action, Draft, NOTE_MAX};
use crate::domain::model::Item;
use crate::pack::compiled::Pack;
use crate::pack::texts::T;

/// What one item needs to be drawn.
pub struct Asked<'a> {
    pub index: usize,
    pub item: &'a Item,
    /// "Question 7 of 24".
    pub count: String,
    pub note_open: bool,
    pub missing: bool,
}

pub fn item(pack: &Pack, draft: &Draft, asked: &Asked, link: &Scope<App>) -> Html {
    let Asked { index, item, .. } = *asked;
    let chosen = draft.answers.get(index).copied().flatten();
    let option = |answer: Answer, quiet: bool| {
        let checked = chosen == Some(answer);
        let on_change = link.callback(move |_: Event| Msg::Do(Action::Answer(index, Some(answer))));
        let class = if quiet {
            "bsh-cell bsh-quiet"
        } else {
            "bsh-cell"
        };
        html! {
            <label key={answer.code()} {class}>
                <input type="radio" name={item.id.clone()} value={answer.code()} {checked} onchange={on_change} />
                <span>{ pack.answer(item.kind, Some(answer)) }</span>
            </label>
        }
    };
    let values: Vec<Answer> = item
        .kind
        .values()
        .iter()
        .map(|value| Answer::Value(*value))
        .collect();
    let on_key = {
        let values = values.clone();
        let link = link.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.ctrl_key() || event.meta_key() || event.alt_key() {
                return;
            }
            let place = event
                .key()
                .parse::<usize>()
                .ok()
                .and_then(|n| n.checked_sub(1));
            if let Some(answer) = place.and_then(|place| values.get(place)).copied() {
                event.prevent_default();
                link.send_message(Msg::Do(Action::Answer(index, Some(answer))));
                if let Some(group) = event
                    .current_target()
                    .and_then(|target| target.dyn_into::<HtmlElement>().ok())
                {
                    super::browser::focus(&group, &["[value=\"", answer.code(), "\"]"].concat());
                }
            }
        })
    };
    let cells = ["bsh-cells bsh-cells-", &values.len().to_string()].concat();
    html! {
        <fieldset class={if asked.missing { "bsh-item bsh-missing" } else { "bsh-item" }} data-item={item.id.clone()} key={item.id.clone()}>
            <legend><span class="bsh-count">{ &asked.count }</span>{ pack.item(index, draft.perspective) }</legend>
            <div class="bsh-answers" onkeydown={on_key}>
                <div class={cells}>{ for values.iter().map(|answer| option(*answer, false)) }</div>
                <div class="bsh-cells bsh-apart">
                    { option(Answer::DontKnow, true) }
                    { option(Answer::NotApplicable, true) }
                </div>
            </div>
            { note(pack, draft, asked, link) }
        </fieldset>
    }
}

fn note(pack: &Pack, draft: &Draft, asked: &Asked, link: &Scope<App>) -> Html {
    let Asked { index, item, .. } = *asked;
    let text = draft.notes.get(index).cloned().unwrap_or_default();
    let wanted = item.note && matches!(draft.answers.get(index), Some(Some(Answer::Value(2..))));
    let open = asked.note_open || wanted || !text.is_empty();
    let id = ["note-", &item.id].concat();
    let on_input = link.callback(move |event: InputEvent| {
        let area = event.target_dyn_into::<HtmlTextAreaElement>();
        Msg::Do(Action::Note(
            index,
            area.map_or(String::new(), |area| area.value()),
        ))
    });
    let on_open = link.callback(move |_: MouseEvent| Msg::OpenNote(index));
    html! {
        <div class="bsh-note" key="note">
            if open {
                <label for={id.clone()} key="label">{ pack.t(if item.note { T::NoteAsked } else { T::NoteLabel }) }</label>
                <textarea {id} key="text" rows="2" maxlength={NOTE_MAX.to_string()} value={text} oninput={on_input} />
            } else {
                <button type="button" class="bsh-link" key="open" onclick={on_open}>{ pack.t(T::AddNote) }</button>
            }
        </div>
    }
}
