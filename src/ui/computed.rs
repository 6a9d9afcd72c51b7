//! How the result was computed, with every number.

use yew::prelude::*;

use super::words::n;
use crate::domain::scorecard::Scorecard;
use crate::pack::compiled::Pack;
use crate::pack::texts::T;

pub fn section(pack: &Pack, card: &Scorecard) -> Html {
    let cuts = pack.model.cuts;
    let fill = |text: T, values: &[(&str, String)]| {
        let values: Vec<(&str, &str)> = values
            .iter()
            .map(|(key, value)| (*key, value.as_str()))
            .collect();
        pack.fill(text, &values)
    };
    let or_none = |value: Option<u64>| value.map_or_else(|| pack.t(T::Undefined).to_string(), n);
    let gates = card.gates.iter().zip(2u8..).map(|(gate, level)| {
        let mut text = fill(
            T::ComputedGate,
            &[
                ("n", n(level)),
                ("sum", n(gate.sum)),
                ("most", n(4 * gate.answered)),
                ("percent", pack.percent(gate.tenths())),
                ("rating", pack.gate_rating(gate).into()),
                ("answered", n(gate.answered)),
                ("applicable", n(gate.applicable)),
            ],
        );
        if gate.capped {
            text.push(' ');
            text.push_str(pack.t(T::ComputedCapped));
        }
        html! { <li key={level}>{ text }</li> }
    });
    let standing = &card.standing;
    let position = fill(
        T::ComputedX,
        &[
            ("x", or_none(standing.position.map(u64::from))),
            ("low", or_none(card.low.position.map(u64::from))),
            ("high", or_none(card.high.position.map(u64::from))),
            ("level", or_none(standing.strict.map(u64::from))),
            ("lenient", or_none(standing.lenient.map(u64::from))),
        ],
    );
    let g = card.consistency.g_thousandths();
    let g = [
        &n(g / 1000),
        pack.t(T::Dot),
        &n(g % 1000 / 100),
        &n(g % 100 / 10),
    ]
    .concat();
    let pairs = n(card.consistency.pairs.len() as u64);
    html! {
        <details class="bsh-card bsh-computed" data-section="computed">
            <summary>{ pack.t(T::ComputedTitle) }</summary>
            <p>{ fill(T::ComputedLead, &[("n", n(cuts.partly)), ("p", n(cuts.largely)), ("l", n(cuts.fully))]) }</p>
            <p>{ pack.t(T::ComputedCap) }</p>
            <ul class="bsh-plain">{ for gates }</ul>
            <p>{ position }</p>
            <p>{ fill(T::ComputedG, &[("n", pairs), ("of", n(card.consistency.most)), ("g", g)]) }</p>
            <p>{ fill(T::ComputedPack, &[("name", pack.name.clone()), ("hash", pack.hash.clone())]) }</p>
            <p>{ pack.t(T::Claim) }</p>
        </details>
    }
}
