//! How the result was computed, with every number.

use super::dom::{At, El, el, p};
use super::words::n;
use crate::domain::gates::GateScore;
use crate::domain::model::Cuts;
use crate::domain::scorecard::Scorecard;
use crate::pack::compiled::Pack;
use crate::pack::texts::T;

/// Which numbers are told.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Numbers {
    /// Those of the card.
    Card,
    /// The same as the own view, beside a headline that the customer's people give.
    OwnView,
    /// None: nobody has given the own view.
    None,
}

pub fn section(pack: &Pack, part: usize, card: &Scorecard, numbers: Numbers) -> El {
    let cuts = pack.survey.instruments.get(part).map_or(Cuts::STANDARD, |instrument| instrument.model.cuts);
    let cut = |cut: u8| pack.percent(10 * u32::from(cut));
    let gates = card.gates.iter().zip(2u8..).map(|(score, level)| el("li", "").text(&gate(pack, score, level)));
    let g = card.consistency.g_thousandths();
    let g = [&n(g / 1000), pack.t(T::Dot), &n(g % 1000 / 100), &n(g % 100 / 10)].concat();
    let pairs = n(card.consistency.pairs.len() as u64);
    let lead = [("n", &*cut(cuts.partly)), ("p", &cut(cuts.largely)), ("l", &cut(cuts.fully))];
    let told = (numbers != Numbers::None).then(|| {
        [
            el("ul", "bsh-plain").each(gates),
            p("", &position(pack, card)),
            p("", &pack.fill(T::ComputedG, &[("n", &pairs), ("of", &n(card.consistency.most)), ("g", &g)])),
        ]
    });
    el("details", "bsh-card bsh-computed")
        .at(At::DataSection, "computed")
        .put(el("summary", "").text(pack.t(T::ComputedTitle)))
        .put(p("", &pack.fill(T::ComputedLead, &lead)))
        .put(p("", pack.t(T::ComputedCap)))
        .put_if((numbers == Numbers::OwnView).then(|| el("h3", "").text(pack.t(T::ViewOwn))))
        .each(told.into_iter().flatten())
        .put(p("", &pack.fill(T::ComputedPack, &[("name", pack.at("name")), ("hash", &pack.hash)])))
        .put(p("", pack.t(T::Claim)))
}

fn gate(pack: &Pack, gate: &GateScore, level: u8) -> String {
    let values = [
        ("n", &*n(level)),
        ("sum", &n(gate.sum)),
        ("most", &n(4 * gate.answered)),
        ("percent", &pack.percent(gate.tenths())),
        ("rating", pack.gate_rating(gate)),
        ("answered", &n(gate.answered)),
        ("applicable", &n(gate.applicable)),
    ];
    let mut text = pack.fill(T::ComputedGate, &values);
    if gate.capped {
        text.push(' ');
        text.push_str(pack.t(T::ComputedCapped));
    }
    text
}

fn position(pack: &Pack, card: &Scorecard) -> String {
    let or_none = |value: Option<u16>| value.map_or_else(|| pack.t(T::Undefined).to_string(), n);
    let standing = &card.standing;
    let values = [
        ("x", &*or_none(standing.position)),
        ("low", &or_none(card.low.position)),
        ("high", &or_none(card.high.position)),
        ("level", &or_none(standing.strict.map(u16::from))),
        ("lenient", &or_none(standing.lenient.map(u16::from))),
    ];
    pack.fill(T::ComputedX, &values)
}
