//! One item: its sentence, its answers as native radio buttons, its note.
//!
//! Knows one item of a draft. Must not know which page it stands on.

use std::rc::Rc;

use super::app::Msg;
use super::dom::{At, El, Ev, Link, around, button, el};
use crate::domain::answer::Answer;
use crate::domain::draft::{Action, Draft, NOTE_MAX};
use crate::domain::model::Item;
use crate::pack::compiled::Pack;
use crate::pack::texts::T;
use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent;

/// What one item needs to be drawn.
pub struct Asked<'a> {
    pub index: usize,
    pub item: &'a Item,
    /// "Question 7 of 24".
    pub count: String,
    pub note_open: bool,
    pub missing: bool,
}

pub fn item(pack: &Pack, draft: &Draft, asked: &Asked, link: &Link) -> El {
    let Asked { index, item, .. } = *asked;
    let values = item.kind.values();
    let option = |answer: Answer, class| option(pack, draft, asked, answer, class, link);
    let cells = if values.len() == 3 { "bsh-cells bsh-cells-3" } else { "bsh-cells bsh-cells-5" };
    let on_key = move |event: &web_sys::Event| {
        let key = event.dyn_ref::<KeyboardEvent>()?;
        if key.ctrl_key() || key.meta_key() || key.alt_key() {
            return None;
        }
        let place = key.key().parse::<usize>().ok()?.checked_sub(1)?;
        let answer = Answer::Value(*values.get(place)?);
        event.prevent_default();
        let group = around(event, ".bsh-answers")?;
        super::browser::focus(&group, &["[value=\"", answer.code(), "\"]"].concat());
        Some(Msg::Do(Action::Answer(index, Some(answer))))
    };
    el("fieldset", if asked.missing { "bsh-item bsh-missing" } else { "bsh-item" })
        .key(&item.id)
        .at(At::DataItem, &item.id)
        .put(el("legend", "").put(el("span", "bsh-count").text(&asked.count)).text(pack.item(index, draft.perspective)))
        .put(
            el("div", "bsh-answers")
                .on(Ev::Key, link, Rc::new(on_key))
                .put(el("div", cells).each(values.iter().map(|value| option(Answer::Value(*value), "bsh-cell"))))
                .put(
                    el("div", "bsh-cells bsh-apart")
                        .put(option(Answer::DontKnow, "bsh-cell bsh-quiet"))
                        .put(option(Answer::NotApplicable, "bsh-cell bsh-quiet")),
                ),
        )
        .put(note(pack, draft, asked, link))
}

fn option(pack: &Pack, draft: &Draft, asked: &Asked, answer: Answer, class: &'static str, link: &Link) -> El {
    let Asked { index, item, .. } = *asked;
    let chosen = draft.answers.get(index).copied().flatten() == Some(answer);
    el("label", class)
        .put(el("input", "").lit(At::Type, "radio").at(At::Name, &item.id).value(answer.code()).checked(chosen).on(
            Ev::Change,
            link,
            Rc::new(move |_| Some(Msg::Do(Action::Answer(index, Some(answer))))),
        ))
        .put(el("span", "").text(pack.answer(item.kind, Some(answer))))
}

fn note(pack: &Pack, draft: &Draft, asked: &Asked, link: &Link) -> El {
    let Asked { index, item, .. } = *asked;
    let text = draft.notes.get(index).map_or("", String::as_str);
    let wanted = item.note && matches!(draft.answers.get(index), Some(Some(Answer::Value(2..))));
    let place = el("div", "bsh-note");
    if !(asked.note_open || wanted || !text.is_empty()) {
        return place.put(button(pack.t(T::AddNote), "bsh-link", link, Msg::OpenNote(index)).key("open"));
    }
    let id = ["note-", &item.id].concat();
    let label = pack.t(if item.note { T::NoteAsked } else { T::NoteLabel });
    place.put(el("label", "").key("label").at(At::For, &id).text(label)).put(
        el("textarea", "")
            .key("text")
            .at(At::Id, &id)
            .lit(At::Rows, "2")
            .at(At::Maxlength, &NOTE_MAX.to_string())
            .value(text)
            .change(Ev::Input, link, move |text| Some(Msg::Do(Action::Note(index, text.into())))),
    )
}
