//! What a file of accounts would change, before it changes anything.
//!
//! Knows what the visit says of the file. Must not know the file.

use super::dom::{At, El, Ev, button, el, heading, list, p};
use super::msg::Msg;
use super::visit::{Change, Coming, Visit};
use super::words::n;
use crate::pack::compiled::Pack;
use crate::pack::texts::T;

/// The most accounts of one group that are named.
pub const NAMED_MAX: usize = 50;
/// The most changed accounts that have a choice of their own on the page; the others follow the default.
const CHOICES_MAX: usize = 1000;

pub fn page(page: El, pack: &Pack, visit: &Visit) -> El {
    let of = |change: Change| visit.coming.iter().filter(|coming| coming.change == change).collect::<Vec<_>>();
    let (added, changed, same) = (of(Change::Added), of(Change::Changed), of(Change::Same));
    let kept = visit.accounts.saturating_sub(changed.len() + same.len());
    let nothing = !visit.coming.iter().any(|coming| coming.take && coming.change != Change::Same);
    page.put(p("bsh-eyebrow", pack.t(T::AppName)))
        .put(heading("h1", pack.t(T::ImportTitle)))
        .put(p("bsh-lead", pack.t(T::ImportLead)))
        .put(group(pack, "added", T::ImportAdded, added.len(), names(pack, &added)))
        .put(group(pack, "changed", T::ImportChanged, changed.len(), choices(pack, &changed)))
        .put(group(pack, "same", T::ImportSame, same.len(), names(pack, &same)))
        .put(group(pack, "kept", T::ImportKept, kept, el("div", "")))
        .put(group(pack, "faults", T::ImportFaults, visit.faults.len(), faults(pack, visit)))
        .put(
            el("div", "bsh-moves")
                .put(
                    button(pack.t(T::ImportGo), "bsh-primary", Msg::Import)
                        .at(At::Id, "bsh-import")
                        .flag(At::Disabled, nothing),
                )
                .put(button(pack.t(T::ImportCancel), "", Msg::Back)),
        )
}

/// One group with its count; the last three are hidden when nothing is in them.
fn group(pack: &Pack, section: &str, title: T, count: usize, inside: El) -> El {
    let hidden = count == 0 && matches!(section, "same" | "kept" | "faults");
    el("section", "bsh-card")
        .at(At::DataSection, section)
        .flag(At::Hidden, hidden)
        .put(el("h2", "").text(&pack.fill(title, &[("n", &n(count as u64))])))
        .put(inside.flag(At::Hidden, count == 0 || section == "kept"))
}

/// How many more there are than are named; hidden when there are none.
pub fn more(pack: &Pack, of: usize, named: usize) -> El {
    let rest = of.saturating_sub(named);
    p("bsh-soft", &pack.fill(T::AndMore, &[("n", &n(rest as u64))])).flag(At::Hidden, rest == 0)
}

/// What an account is called, as it is in a file.
fn called<'a>(pack: &'a Pack, coming: &'a Coming) -> &'a str {
    if coming.name.trim().is_empty() { pack.t(T::Subject) } else { &coming.name }
}

fn names(pack: &Pack, group: &[&Coming]) -> El {
    let mut named = group.iter().take(NAMED_MAX).map(|coming| called(pack, coming));
    el("div", "").put(list(&mut named)).put(more(pack, group.len(), NAMED_MAX))
}

/// The accounts that are here and in the file, and differ: which of the two is to stay.
fn choices(pack: &Pack, group: &[&Coming]) -> El {
    let mut ticks = el("div", "bsh-ticks");
    for coming in group.iter().take(CHOICES_MAX) {
        let tick = el("input", "")
            .at(At::Type, "checkbox")
            .checked(coming.take)
            .on(Ev::Change, Msg::Take(coming.id.clone(), false));
        let words = pack.fill(T::ImportTake, &[("account", called(pack, coming))]);
        let older = coming.older.then(|| el("span", "bsh-badge").text(pack.t(T::ImportOlder)));
        ticks = ticks.put(
            el("label", "bsh-cell bsh-tick")
                .key(&coming.id)
                .put(tick)
                .put(el("span", "").text(&words).text(" ").put_if(older)),
        );
    }
    el("div", "").put(ticks).put(more(pack, group.len(), CHOICES_MAX))
}

fn faults(pack: &Pack, visit: &Visit) -> El {
    let mut named = visit.faults.iter().take(NAMED_MAX).map(String::as_str);
    el("div", "").put(list(&mut named)).put(more(pack, visit.faults.len(), NAMED_MAX))
}
