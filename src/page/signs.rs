//! Commodity signals and escalator risks, as two tick lists.

use super::chrome;
use super::dom::{At, El, Ev, el, heading, p};
use super::msg::Msg;
use crate::domain::draft::{Draft, Ticks};
use crate::pack::compiled::Pack;
use crate::pack::texts::T;

pub fn page(page: El, pack: &Pack, draft: &Draft, part: usize) -> El {
    page.put(chrome::progress(pack, draft, part))
        .put(heading("h1", pack.t(T::SignsTitle)))
        .put(p("bsh-lead", pack.t(T::SignsLead)))
        .put_if(list(pack, draft, part, Ticks::Signals))
        .put_if(list(pack, draft, part, Ticks::Risks))
        .put(chrome::moves(pack, T::Review))
}

/// The ids of a tick list and whether each is ticked.
pub fn ticks<'a>(pack: &'a Pack, draft: &'a Draft, part: usize, which: Ticks) -> Vec<(&'a str, bool)> {
    let (Some(instrument), Some(given)) = (pack.survey.instruments.get(part), draft.given.get(part)) else {
        return Vec::new();
    };
    let (ids, on) = match which {
        Ticks::Signals => (&instrument.model.signals, &given.signals),
        Ticks::Risks => (&instrument.model.risks, &given.risks),
    };
    ids.iter().map(String::as_str).zip(on.iter().copied()).collect()
}

/// The heading of a tick list.
pub fn legend(which: Ticks) -> T {
    if which == Ticks::Signals { T::SignalsLegend } else { T::RisksLegend }
}

fn list(pack: &Pack, draft: &Draft, part: usize, which: Ticks) -> Option<El> {
    let ticks = ticks(pack, draft, part, which);
    let mut all = el("fieldset", "bsh-item bsh-ticks").put(el("legend", "").text(pack.t(legend(which))));
    for (index, (id, on)) in ticks.iter().enumerate() {
        let tick = el("input", "")
            .at(At::Type, "checkbox")
            .at(At::Name, id)
            .checked(*on)
            .on(Ev::Change, Msg::Tick(part, which, index, false));
        all = all.put(el("label", "bsh-cell bsh-tick").put(tick).put(el("span", "").text(pack.at(id))));
    }
    (!ticks.is_empty()).then_some(all)
}
