//! One item: its sentence, its answers as native radio buttons, its note.
//!
//! Knows one item of a draft. Must not know which page it stands on.

use super::dom::{At, El, Ev, button, el};
use super::msg::Msg;
use crate::domain::answer::{Answer, Scale};
use crate::domain::draft::{Draft, NOTE_MAX};
use crate::domain::model::{Item, Place};
use crate::pack::compiled::Pack;
use crate::pack::texts::T;

/// What one item needs to be drawn.
pub struct Asked<'a> {
    pub at: Place,
    pub item: &'a Item,
    /// "Question 7 of 24".
    pub count: String,
    pub note_open: bool,
    pub missing: bool,
}

pub fn item(pack: &Pack, draft: &Draft, asked: &Asked) -> El {
    let Asked { at, item, .. } = *asked;
    let values = item.scale.values();
    let option = |answer: Answer, class| option(pack, draft, asked, answer, class);
    let cells = if values.len() <= 3 { "bsh-cells bsh-cells-3" } else { "bsh-cells bsh-cells-5" };
    let not_applicable = (item.scale != Scale::Choice).then(|| option(Answer::NotApplicable, "bsh-cell bsh-quiet"));
    el("fieldset", if asked.missing { "bsh-item bsh-missing" } else { "bsh-item" })
        .key(&item.id)
        .at(At::DataItem, &item.id)
        .put(el("legend", "").put(el("span", "bsh-count").text(&asked.count)).text(pack.item(at, draft.perspective)))
        .put(
            el("div", "bsh-answers")
                .on(Ev::Key, Msg::Key(at, String::new()))
                .put(el("div", cells).each(values.iter().map(|value| option(Answer::Value(*value), "bsh-cell"))))
                .put(
                    el("div", "bsh-cells bsh-apart")
                        .put(option(Answer::DontKnow, "bsh-cell bsh-quiet"))
                        .put_if(not_applicable),
                ),
        )
        .put(note(pack, draft, asked))
}

fn option(pack: &Pack, draft: &Draft, asked: &Asked, answer: Answer, class: &'static str) -> El {
    let Asked { at, item, .. } = *asked;
    let chosen = draft.answer(at) == Some(answer);
    el("label", class)
        .put(
            el("input", "")
                .at(At::Type, "radio")
                .at(At::Name, &item.id)
                .value(answer.code())
                .checked(chosen)
                .on(Ev::Change, Msg::Answer(at, Some(answer))),
        )
        .put(el("span", "").text(pack.answer(item.scale, Some(answer))))
}

fn note(pack: &Pack, draft: &Draft, asked: &Asked) -> El {
    let Asked { at, item, .. } = *asked;
    let text = draft.note(at);
    let wanted = item.note && matches!(draft.answer(at), Some(Answer::Value(2..)));
    let place = el("div", "bsh-note");
    if !(asked.note_open || wanted || !text.is_empty()) {
        return place.put(button(pack.t(T::AddNote), "bsh-link", Msg::OpenNote(at)).key("open"));
    }
    let id = ["note-", &item.id].concat();
    let label = pack.t(if item.note { T::NoteAsked } else { T::NoteLabel });
    place.put(el("label", "").key("label").at(At::For, &id).text(label)).put(
        el("textarea", "")
            .key("text")
            .at(At::Id, &id)
            .at(At::Rows, "2")
            .at(At::Maxlength, &NOTE_MAX.to_string())
            .value(text)
            .on(Ev::Input, Msg::Note(at, String::new())),
    )
}
