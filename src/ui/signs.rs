//! Commodity signals and escalator risks, as two tick lists.

use std::rc::Rc;

use super::app::Msg;
use super::chrome;
use super::dom::{At, El, Ev, Link, el, heading, p, target_prop};
use crate::domain::draft::{Action, Draft};
use crate::pack::compiled::Pack;
use crate::pack::texts::T;

pub fn page(page: El, pack: &Pack, draft: &Draft, link: &Link) -> El {
    let signals = (&pack.model.signals, &pack.signals, &draft.signals);
    let risks = (&pack.model.risks, &pack.risks, &draft.risks);
    page.put(chrome::progress(pack, draft))
        .put(heading("h1", pack.t(T::SignsTitle)))
        .put(p("bsh-lead", pack.t(T::SignsLead)))
        .put(list(pack.t(T::SignalsLegend), signals, Action::Signal, link))
        .put(list(pack.t(T::RisksLegend), risks, Action::Risk, link))
        .put(chrome::moves(pack, T::Review, link))
}

type Ticks<'a> = (&'a Vec<String>, &'a Vec<String>, &'a Vec<bool>);

fn list(legend: &str, (ids, texts, ticks): Ticks, action: fn(usize, bool) -> Action, link: &Link) -> El {
    let mut all = el("fieldset", "bsh-item bsh-ticks").put(el("legend", "").text(legend));
    for (index, ((id, text), on)) in ids.iter().zip(texts).zip(ticks).enumerate() {
        let on_change = move |event: &web_sys::Event| {
            let on = target_prop(event, "checked")?.as_bool()?;
            Some(Msg::Do(action(index, on)))
        };
        let tick = el("input", "").lit(At::Type, "checkbox").at(At::Name, id).checked(*on).on(
            Ev::Change,
            link,
            Rc::new(on_change),
        );
        all = all.put(el("label", "bsh-cell bsh-tick").put(tick).put(el("span", "").text(text)));
    }
    all
}
