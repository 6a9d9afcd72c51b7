//! Two pages of the practices: who is known at the customer, and who gets its time and cash.
//!
//! Knows which fields they have. Must not know what is made of them.

use super::chrome;
use super::dom::{At, El, el, heading, p};
use super::fields::{Ask, ask, field, list};
use super::visit::Visit;
use crate::domain::draft::Draft;
use crate::domain::model::Kind;
use crate::domain::rows::{List, SINGLE, at};
use crate::domain::shares::ShareTable;
use crate::pack::compiled::Pack;
use crate::pack::texts::T;

/// The list of people, as it stands here and in the plan.
pub fn editor(pack: &Pack, visit: &Visit, draft: &Draft) -> El {
    let (mut functions, mut seniorities, mut roles) = (Vec::new(), Vec::new(), Vec::new());
    for instrument in &pack.survey.instruments {
        if let Kind::Practices { functions: f, seniorities: s, roles: r, .. } = &instrument.kind {
            for (options, ids, what) in
                [(&mut functions, f, ".function."), (&mut seniorities, s, ".seniority."), (&mut roles, r, ".role.")]
            {
                options.extend(ids.iter().map(|id| (id.as_str(), pack.key(&[&instrument.id, what, id]))));
            }
        }
    }
    let asks = [
        ask(at::NAME, T::PersonName),
        Ask { field: at::FUNCTION, label: T::Function, options: functions },
        Ask { field: at::SENIORITY, label: T::Seniority, options: seniorities },
        Ask { field: at::ROLE, label: T::PersonRole, options: roles },
        ask(at::HOLDER, T::Holder),
    ];
    list(pack, visit, draft, List::People, &asks, T::AddPerson)
}

pub fn people(page: El, pack: &Pack, visit: &Visit, draft: &Draft, part: usize) -> El {
    page.put(chrome::progress(pack, draft, part))
        .put(heading("h1", pack.t(T::PeopleTitle)))
        .put(p("bsh-lead", pack.t(T::PeopleLead)))
        .put(p("bsh-fine", pack.t(T::PeoplePrivate)))
        .put(el("section", "bsh-card").put(editor(pack, visit, draft)))
        .put(chrome::moves(pack, T::Continue))
}

pub fn shares(page: El, pack: &Pack, visit: &Visit, draft: &Draft, part: usize) -> El {
    let own = [ask(at::OWN_TIME, T::OwnTime), ask(at::OWN_CASH, T::OwnCash)];
    let rivals = [
        ask(at::NAME, T::ColOrganisation),
        ask(1, T::Category),
        ask(at::RIVAL_TIME, T::PercentTime),
        ask(at::RIVAL_CASH, T::PercentCash),
    ];
    let evidence = draft.evidence(&pack.survey);
    let table = ShareTable::of(&evidence.own, &evidence.rivals);
    let sum = |column: u32| pack.percent(10 * column);
    let values = [("time", &*sum(table.time.sum)), ("cash", &sum(table.cash.sum))];
    page.put(chrome::progress(pack, draft, part))
        .put(heading("h1", pack.t(T::ShareTitle)))
        .put(p("bsh-lead", pack.t(T::ShareLead)))
        .put(
            el("section", "bsh-card")
                .put(el("h2", "").text(pack.t(T::SharesOwn)))
                .put(
                    el("div", "bsh-fields")
                        .each(own.iter().map(|ask| field(pack, visit, draft, List::Own, SINGLE, ask))),
                )
                .put(el("h2", "").text(pack.t(T::SharesOthers)))
                .put(list(pack, visit, draft, List::Rivals, &rivals, T::AddShare))
                .put(p("bsh-fine", &pack.fill(T::SumsAre, &values)))
                .put(
                    p("bsh-banner bsh-warn", pack.t(T::SumsOver))
                        .flag(At::Hidden, table.time.sum <= 100 && table.cash.sum <= 100),
                ),
        )
        .put(chrome::moves(pack, T::Review))
}
