//! All answers on one page, each with a way to change it.

use super::app::Msg;
use super::chrome;
use super::dom::{At, El, Link, button, el, heading, list, p};
use crate::domain::draft::Draft;
use crate::domain::model::Item;
use crate::pack::compiled::Pack;
use crate::pack::texts::T;

pub fn page(page: El, pack: &Pack, draft: &Draft, link: &Link) -> El {
    let blank = draft.blanks(&pack.model, None).len();
    let told = if blank > 0 { pack.fill(T::ReviewBlank, &[("n", &blank.to_string())]) } else { String::new() };
    let mut page = page
        .put(chrome::progress(pack, draft))
        .put(heading("h1", pack.t(T::ReviewTitle)))
        .put(p("bsh-lead", pack.t(T::ReviewLead)))
        .put(p("bsh-banner", &told).flag(At::Hidden, blank == 0));
    for (gate, text) in pack.gates.iter().enumerate() {
        let mut rows = el("ul", "");
        for (index, (in_gate, item)) in pack.model.items().enumerate() {
            if in_gate == gate && draft.form.has(item) {
                rows = rows.put(row(pack, draft, index, item, link));
            }
        }
        page = page.put(el("section", "bsh-card bsh-review").put(el("h2", "").text(&text.title)).put(rows));
    }
    page.put(ticked(pack, T::SignalsLegend, &pack.signals, &draft.signals))
        .put(ticked(pack, T::RisksLegend, &pack.risks, &draft.risks))
        .put(chrome::moves(pack, T::SeeResult, link))
}

fn row(pack: &Pack, draft: &Draft, index: usize, item: &Item, link: &Link) -> El {
    let answer = draft.answers.get(index).copied().flatten();
    let class = if answer.and_then(|a| a.value()).is_some() { "bsh-given" } else { "bsh-given bsh-open-answer" };
    let note = draft.notes.get(index).filter(|note| !note.is_empty());
    el("li", "")
        .key(&item.id)
        .put(el("span", "bsh-what").text(pack.item(index, draft.perspective)))
        .put(el("span", class).text(pack.answer(item.kind, answer)))
        .put(change(pack, draft, index, item, link))
        .put_if(note.map(|note| el("span", "bsh-quote").text(note)))
}

/// The button that leads to one item and back.
pub fn change(pack: &Pack, draft: &Draft, index: usize, item: &Item, link: &Link) -> El {
    button(pack.t(T::Change), "", link, Msg::Change(index))
        .at(At::DataChange, &item.id)
        .at(At::AriaLabel, &pack.fill(T::ChangeOf, &[("item", pack.item(index, draft.perspective))]))
}

/// The texts that are ticked.
pub fn on<'a>(texts: &'a [String], ticks: &'a [bool]) -> impl Iterator<Item = &'a str> {
    texts.iter().zip(ticks).filter(|(_, on)| **on).map(|(text, _)| text.as_str())
}

fn ticked(pack: &Pack, title: T, texts: &[String], ticks: &[bool]) -> El {
    let card = el("section", "bsh-card bsh-review").put(el("h2", "").text(pack.t(title)));
    if ticks.contains(&true) {
        card.put(list(&mut on(texts, ticks)))
    } else {
        card.put(p("bsh-soft", pack.t(T::NoneTicked)))
    }
}
