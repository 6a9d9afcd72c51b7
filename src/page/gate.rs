//! One page of questions: the frame sentence, the items of a gate, axis or practice, the error summary, Back and Continue.

use super::answers::{Asked, item};
use super::chrome;
use super::dom::{At, El, Ev, button, el, heading, p};
use super::msg::Msg;
use super::visit::Visit;
use crate::domain::draft::Draft;
use crate::domain::model::{Model, Place, Role};
use crate::pack::compiled::{Pack, fill};
use crate::pack::texts::T;

pub fn page(page: El, pack: &Pack, visit: &Visit, draft: &Draft, (part, start): (usize, usize)) -> El {
    let Some(instrument) = pack.survey.instruments.get(part) else {
        return page;
    };
    let model = &instrument.model;
    let total = model.count(draft.form).to_string();
    let groups = groups(pack, draft, part, start);
    let blanks = draft.blanks(&pack.survey, part, Some(groups.clone()));
    let many = groups.len() > 1;
    let what = named(model, &groups);
    let text = |ending: &str| pack.of(part, &[what, ending].concat());
    let mut items = el("div", "bsh-items").key("items");
    let mut place = 0;
    for (index, (group, of)) in model.items().enumerate().filter(|(_, (_, item))| draft.form.has(item)) {
        place += 1;
        if !groups.contains(&group) {
            continue;
        }
        let at = Place { part, item: index };
        let mut count = pack.fill(T::QuestionOf, &[("n", &place.to_string()), ("of", &total)]);
        let group = model.groups.get(group).filter(|group| many && group.role != Role::Choice);
        if let Some(group) = group {
            count = [&count, " · ", pack.group(part, group)].concat();
        }
        let asked = Asked {
            at,
            item: of,
            count,
            note_open: visit.open_notes.contains(&at),
            missing: visit.blanks_shown && blanks.contains(&at),
        };
        items = items.put(item(pack, draft, &asked));
    }
    page.put(chrome::progress(pack, draft, part))
        .put(heading("h1", text(".title")))
        .put(p("bsh-lead", text(".intro")))
        .put(p("bsh-frame", &fill(pack.frame(part, draft.perspective), &[("subject", &pack.subject(draft))])))
        .put(errors(pack, visit, draft, &blanks))
        .put(items)
        .put(p("bsh-fine bsh-keys", pack.t(T::KeysHint)))
        .put(chrome::moves(pack, visit.return_to.map_or(T::Continue, |_| T::Done)))
}

/// The groups of the page that starts with one.
pub fn groups(pack: &Pack, draft: &Draft, part: usize, start: usize) -> std::ops::Range<usize> {
    let sections = pack.survey.instruments.get(part).map(|instrument| instrument.sections(draft.form));
    sections.into_iter().flatten().find(|groups| groups.contains(&start)).unwrap_or(start..start + 1)
}

/// How the texts of a page are called: by its group; what carries a partnership shares one page.
pub fn named<'a>(model: &'a Model, groups: &std::ops::Range<usize>) -> &'a str {
    if groups.len() > 1 { "pillars" } else { model.groups.get(groups.start).map_or("", |group| &group.id) }
}

/// Names what is blank; empty, but there, while nothing has to be said.
fn errors(pack: &Pack, visit: &Visit, draft: &Draft, blanks: &[Place]) -> El {
    if !visit.blanks_shown || blanks.is_empty() {
        return el("div", "").flag(At::Hidden, true);
    }
    let title = match blanks.len() {
        1 => pack.t(T::BlankOne).to_string(),
        many => pack.fill(T::BlankMany, &[("n", &many.to_string())]),
    };
    let mut rows = el("ul", "");
    for at in blanks {
        let Some(item) = pack.survey.item(*at) else { continue };
        let text = pack.item(*at, draft.perspective);
        let link_to = el("a", "").at(At::Href, "#bsh-root").text(text).on(Ev::Link, Msg::Focus(item_focus(&item.id)));
        rows = rows.put(el("li", "").key(&item.id).put(link_to));
    }
    el("div", "bsh-errors")
        .at(At::Role, "alert")
        .at(At::Tabindex, "-1")
        .put(el("h2", "").text(&title))
        .put(p("", pack.t(T::BlankHint)))
        .put(rows)
        .put(button(pack.t(T::GoOn), "", Msg::NextAnyway))
}

/// The chosen answer of an item, or its first one.
pub fn item_focus(id: &str) -> String {
    let set = ["[data-item=\"", id, "\"] input"].concat();
    [&set, ":checked, ", &set].concat()
}
