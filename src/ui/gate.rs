//! One section of questions: the frame sentence, the items of one gate, the error summary, Back and Continue.

use std::rc::Rc;

use super::answers::{Asked, item};
use super::app::{App, Msg, item_focus};
use super::chrome;
use super::dom::{At, El, Ev, Link, button, el, heading, p};
use crate::domain::draft::Draft;
use crate::pack::compiled::{Pack, fill};
use crate::pack::texts::T;

pub fn page(page: El, pack: &Pack, app: &App, draft: &Draft, gate: usize, link: &Link) -> El {
    let total = pack.model.count(draft.form).to_string();
    let blanks = draft.blanks(&pack.model, Some(gate));
    let (title, intro) = pack.gates.get(gate).map_or(("", ""), |text| (&text.title, &text.intro));
    let mut items = el("div", "bsh-items").key("items");
    let mut place = 0;
    for (index, (in_gate, of)) in pack.model.items().enumerate().filter(|(_, (_, item))| draft.form.has(item)) {
        place += 1;
        if in_gate != gate {
            continue;
        }
        let asked = Asked {
            index,
            item: of,
            count: pack.fill(T::QuestionOf, &[("n", &place.to_string()), ("of", &total)]),
            note_open: app.open_notes.contains(&index),
            missing: app.blanks_shown && blanks.contains(&index),
        };
        items = items.put(item(pack, draft, &asked, link));
    }
    page.put(chrome::progress(pack, draft))
        .put(heading("h1", title))
        .put(p("bsh-lead", intro))
        .put(p("bsh-frame", &fill(pack.frame(draft.perspective), &[("subject", &pack.subject(draft))])))
        .put(errors(pack, app, draft, &blanks, link))
        .put(items)
        .put(p("bsh-fine bsh-keys", pack.t(T::KeysHint)))
        .put(chrome::moves(pack, app.return_to.map_or(T::Continue, |_| T::Done), link))
}

/// Names what is blank; empty, but there, while nothing has to be said.
fn errors(pack: &Pack, app: &App, draft: &Draft, blanks: &[usize], link: &Link) -> El {
    if !app.blanks_shown || blanks.is_empty() {
        return el("div", "").flag(At::Hidden, true);
    }
    let title = match blanks.len() {
        1 => pack.t(T::BlankOne).to_string(),
        many => pack.fill(T::BlankMany, &[("n", &many.to_string())]),
    };
    let mut rows = el("ul", "");
    for index in blanks {
        let Some((_, item)) = pack.model.items().nth(*index) else { continue };
        let selector = item_focus(&item.id);
        let on_click = move |event: &web_sys::Event| {
            event.prevent_default();
            Some(Msg::Focus(selector.clone()))
        };
        let link_to = el("a", "").lit(At::Href, "#bsh-root").text(pack.item(*index, draft.perspective)).on(
            Ev::Click,
            link,
            Rc::new(on_click),
        );
        rows = rows.put(el("li", "").key(&item.id).put(link_to));
    }
    el("div", "bsh-errors")
        .lit(At::Role, "alert")
        .lit(At::Tabindex, "-1")
        .put(el("h2", "").text(&title))
        .put(p("", pack.t(T::BlankHint)))
        .put(rows)
        .put(button(pack.t(T::GoOn), "", link, Msg::NextAnyway))
}
