//! All answers on one page, each with a way to change it.

use super::chrome;
use super::dom::{At, El, button, el, heading, list, p};
use super::gate::named;
use super::msg::Msg;
use super::signs::{legend, ticks};
use crate::domain::draft::{Draft, Ticks};
use crate::domain::model::{Item, Place};
use crate::pack::compiled::Pack;
use crate::pack::texts::T;

pub fn page(page: El, pack: &Pack, draft: &Draft, part: usize) -> El {
    let Some(instrument) = pack.survey.instruments.get(part) else {
        return page;
    };
    let blank = draft.blanks(&pack.survey, part, None).len();
    let told = if blank > 0 { pack.fill(T::ReviewBlank, &[("n", &blank.to_string())]) } else { String::new() };
    let mut page = page
        .put(chrome::progress(pack, draft, part))
        .put(heading("h1", pack.t(T::ReviewTitle)))
        .put(p("bsh-lead", pack.t(T::ReviewLead)))
        .put(p("bsh-banner", &told).flag(At::Hidden, blank == 0));
    for groups in instrument.sections(draft.form) {
        let mut rows = el("ul", "");
        for (index, (group, item)) in instrument.model.items().enumerate() {
            if groups.contains(&group) && draft.form.has(item) {
                rows = rows.put(row(pack, draft, Place { part, item: index }, item));
            }
        }
        let title = pack.of(part, &[named(&instrument.model, &groups), ".title"].concat());
        page = page.put(el("section", "bsh-card bsh-review").put(el("h2", "").text(title)).put(rows));
    }
    page.put_if(ticked(pack, draft, part, Ticks::Signals))
        .put_if(ticked(pack, draft, part, Ticks::Risks))
        .put(chrome::moves(pack, T::SeeResult))
}

fn row(pack: &Pack, draft: &Draft, at: Place, item: &Item) -> El {
    let answer = draft.answer(at);
    let class = if answer.and_then(|a| a.value()).is_some() { "bsh-given" } else { "bsh-given bsh-open-answer" };
    let note = Some(draft.note(at)).filter(|note| !note.is_empty());
    el("li", "")
        .key(&item.id)
        .put(el("span", "bsh-what").text(pack.item(at, draft.perspective)))
        .put(el("span", class).text(pack.answer(item.scale, answer)))
        .put(change(pack, draft, at, item))
        .put_if(note.map(|note| el("span", "bsh-quote").text(note)))
}

/// The button that leads to one item and back.
pub fn change(pack: &Pack, draft: &Draft, at: Place, item: &Item) -> El {
    button(pack.t(T::Change), "", Msg::Change(at))
        .at(At::DataChange, &item.id)
        .at(At::AriaLabel, &pack.fill(T::ChangeOf, &[("item", pack.item(at, draft.perspective))]))
}

/// The texts that are ticked.
pub fn on<'a>(pack: &'a Pack, draft: &'a Draft, part: usize, which: Ticks) -> Vec<&'a str> {
    ticks(pack, draft, part, which).into_iter().filter(|(_, on)| *on).map(|(id, _)| pack.at(id)).collect()
}

fn ticked(pack: &Pack, draft: &Draft, part: usize, which: Ticks) -> Option<El> {
    if ticks(pack, draft, part, which).is_empty() {
        return None;
    }
    let card = el("section", "bsh-card bsh-review").put(el("h2", "").text(pack.t(legend(which))));
    let texts = on(pack, draft, part, which);
    Some(match texts.is_empty() {
        true => card.put(p("bsh-soft", pack.t(T::NoneTicked))),
        false => card.put(list(&mut texts.into_iter())),
    })
}
