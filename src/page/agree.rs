//! Do the customer's people agree, who is of which camp, and what to talk about.
//!
//! Knows rounds and the texts. Must not know how agreement is computed.

use super::chrome::card;
use super::dom::{At, El, el, p};
use super::views::{cell, role, row, table};
use super::words::n;
use crate::domain::answer::Answer;
use crate::domain::model::{Instrument, Perspective, Place};
use crate::domain::raters::{AGREEMENT_FROM, Agreement, Camp, Difference, Rater, camps, differences, spread};
use crate::domain::rounds::Round;
use crate::pack::compiled::Pack;
use crate::pack::texts::T;

/// The most items of an agenda: more than that is no conversation.
const AGENDA_MOST: usize = 8;
const HUNDREDTH: i64 = 10_000_000;

pub fn section(pack: &Pack, part: usize, instrument: &Instrument, now: &Round) -> El {
    let all = card(pack, "agree", T::AgreeTitle);
    if now.customers.len() < AGREEMENT_FROM {
        return all.put(p("bsh-soft", &few(pack, &now.customers)));
    }
    let gates = Agreement::of(&instrument.model, &now.customers);
    let mut rows = el("tbody", "");
    for ((group, gate), level) in instrument.model.groups.iter().zip(&gates).zip(2u8..) {
        let (rwg, ad, told) = match gate {
            Some(gate) => (
                hundredths(pack, gate.rwg.div_euclid(HUNDREDTH)),
                // Cut downwards there and upwards here: what is shown never contradicts the limits.
                hundredths(pack, -(-gate.ad).div_euclid(HUNDREDTH)),
                if gate.disagree() { T::AgreeNo } else { T::AgreeYes },
            ),
            None => (String::new(), String::new(), T::AgreeUnknown),
        };
        let name = el("th", "").put(el("b", "").text(&n(level))).text(" ").text(gate_name(pack, part, &group.id));
        let apart = gate.is_some_and(|gate| gate.disagree());
        let told = el("td", if apart { "bsh-torn" } else { "" }).text(pack.t(told));
        rows = rows.put(row(name, [cell(&rwg), cell(&ad), told].into_iter()));
    }
    let heads = [T::ColGate, T::ColAgree, T::ColOff, T::AgreeTitle].map(|head| pack.t(head));
    let apart = gates.iter().flatten().any(Agreement::disagree);
    let by_role = if apart { camps(&now.customers) } else { Vec::new() };
    all.put(table("bsh-agree", pack.t(T::AgreeNote), &heads, rows)).put(by_roles(pack, &by_role))
}

/// The title of a gate's page.
fn gate_name<'a>(pack: &'a Pack, part: usize, gate: &str) -> &'a str {
    pack.of(part, &[gate, ".title"].concat())
}

/// What there is to say below three people.
fn few(pack: &Pack, customers: &[Rater]) -> String {
    let placed = customers.iter().filter(|rater| rater.card.standing.position.is_some()).count();
    match spread(customers).filter(|_| placed > 1) {
        Some((low, high)) => pack.fill(T::AgreeFew, &[("low", &pack.position(low)), ("high", &pack.position(high))]),
        None => pack.t(T::AgreeNone).into(),
    }
}

/// Hundredths, never below 0, as `0.62`.
fn hundredths(pack: &Pack, value: i64) -> String {
    let value = value.max(0);
    [&(value / 100).to_string(), pack.t(T::Dot), &(value / 10 % 10).to_string(), &(value % 10).to_string()].concat()
}

/// Hidden while nobody disagrees.
fn by_roles(pack: &Pack, camps: &[Camp]) -> El {
    let line = |camp: &Camp| {
        let role = match role(pack, &camp.role) {
            "" => pack.t(T::CampRole),
            role => role,
        };
        let x = camp.position.map_or_else(|| pack.t(T::NoLevel).into(), |x| pack.position(x));
        let text = if camp.raters == 1 { T::CampOfOne } else { T::CampOf };
        let count = camp.raters.to_string();
        el("li", "").text(&pack.fill(text, &[("role", role), ("x", &x), ("n", &count)]))
    };
    el("div", "bsh-camps")
        .flag(At::Hidden, camps.is_empty())
        .put(el("h3", "").text(pack.t(T::CampsTitle)))
        .put(p("bsh-soft", pack.t(T::CampsLead)))
        .put(el("ul", "bsh-plain").each(camps.iter().map(line)))
}

/// The items on which own and customer's view are furthest apart.
pub fn agenda(pack: &Pack, part: usize, instrument: &Instrument, now: &Round) -> El {
    let all = card(pack, "agenda", T::AgendaTitle);
    let Some(own) = now.own.as_ref().filter(|_| !now.customers.is_empty()) else {
        return all.put(p("bsh-soft", pack.t(T::GapNone)));
    };
    let apart = differences(own, &now.customers);
    if apart.is_empty() {
        return all.put(p("bsh-soft", pack.t(T::AgendaNone)));
    }
    let items = apart.iter().take(AGENDA_MOST).map(|difference| talk(pack, part, instrument, difference));
    all.put(p("bsh-soft", pack.t(T::AgendaLead))).put(el("ol", "bsh-agenda").each(items))
}

fn talk(pack: &Pack, part: usize, instrument: &Instrument, of: &Difference) -> El {
    let Some((_, item)) = instrument.model.items().nth(of.item) else { return el("li", "") };
    let words = |value| pack.answer(item.scale, Some(Answer::Value(value)));
    let text = pack.item(Place { part, item: of.item }, Perspective::Own);
    el("li", "")
        .key(&item.id)
        .put(el("span", "").text(&pack.quote(text)))
        .put(el("b", "").text(&pack.fill(T::AgendaItem, &[("own", words(of.own)), ("customer", words(of.customer))])))
}
