//! One section of questions: the frame sentence, the items of one gate, the error summary, Back and Continue.

use yew::html::Scope;
use yew::prelude::*;

use super::answers::{Asked, item};
use super::app::{App, Msg, item_focus};
use super::chrome;
use crate::domain::draft::Draft;
use crate::pack::compiled::{Pack, fill};
use crate::pack::texts::T;

pub fn page(pack: &Pack, app: &App, draft: &Draft, gate: usize, link: &Scope<App>) -> Html {
    let total = pack.model.count(draft.form).to_string();
    let blanks = draft.blanks(&pack.model, Some(gate));
    let (title, intro) = pack
        .gates
        .get(gate)
        .map_or(("", ""), |text| (&text.title, &text.intro));
    let asked = pack
        .model
        .items()
        .enumerate()
        .filter(|(_, (_, item))| draft.form.has(item))
        .enumerate()
        .filter(|(_, (_, (in_gate, _)))| *in_gate == gate)
        .map(|(place, (index, (_, of)))| {
            let count = pack.fill(
                T::QuestionOf,
                &[("n", &(place + 1).to_string()), ("of", &total)],
            );
            let asked = Asked {
                index,
                item: of,
                count,
                note_open: app.open_notes.contains(&index),
                missing: app.blanks_shown && blanks.contains(&index),
            };
            item(pack, draft, &asked, link)
        });
    html! {
        <>
            { chrome::progress(pack, draft) }
            <h1 tabindex="-1">{ title }</h1>
            <p class="bsh-lead">{ intro }</p>
            <p class="bsh-frame">{ fill(pack.frame(draft.perspective), &[("subject", &pack.subject(draft))]) }</p>
            { errors(pack, app, draft, &blanks, link) }
            <div class="bsh-items" key="items">{ for asked }</div>
            <p class="bsh-fine bsh-keys">{ pack.t(T::KeysHint) }</p>
            { chrome::moves(pack, app.return_to.map_or(T::Continue, |_| T::Done), link) }
        </>
    }
}

/// Names what is blank; empty, but there, while nothing has to be said.
fn errors(pack: &Pack, app: &App, draft: &Draft, blanks: &[usize], link: &Scope<App>) -> Html {
    if !app.blanks_shown || blanks.is_empty() {
        return html! { <div key="errors" hidden=true /> };
    }
    let title = match blanks.len() {
        1 => pack.t(T::BlankOne).to_string(),
        many => pack.fill(T::BlankMany, &[("n", &many.to_string())]),
    };
    let on_go = link.callback(|_: MouseEvent| Msg::NextAnyway);
    html! {
        <div class="bsh-errors" role="alert" tabindex="-1" key="errors">
            <h2>{ title }</h2>
            <p>{ pack.t(T::BlankHint) }</p>
            <ul>
                { for blanks.iter().filter_map(|index| pack.model.items().nth(*index).map(|(_, item)| (index, item))).map(|(index, item)| {
                    let selector = item_focus(&item.id);
                    let on_click = link.callback(move |event: MouseEvent| {
                        event.prevent_default();
                        Msg::Focus(selector.clone())
                    });
                    html! { <li key={item.id.clone()}><a href="#bsh-root" onclick={on_click}>{ pack.item(*index, draft.perspective) }</a></li> }
                }) }
            </ul>
            <button type="button" onclick={on_go}>{ pack.t(T::GoOn) }</button>
        </div>
    }
}
