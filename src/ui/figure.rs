//! From a scorecard and the texts to the drawing on the page.
//!
//! Knows which number goes where. Must not know geometry.

use super::dom::El;
use super::pyramid::pyramid_view;
use super::result::place;
use super::words::n;
use crate::diagram::{MarkerInput, MarkerKind, PyramidInput, PyramidTexts, TierInput};
use crate::domain::draft::{Draft, Target};
use crate::domain::model::Perspective;
use crate::domain::scorecard::Scorecard;
use crate::pack::compiled::Pack;
use crate::pack::texts::T;

/// The chasm lies above the third level: below it one is compared, above it one is consulted.
const CHASM_ABOVE: u8 = 3;

pub fn figure(pack: &Pack, draft: &Draft, card: &Scorecard, aim: Target) -> El {
    pyramid_view(&input(pack, draft, card, aim), &texts(pack, card), "bsh-pyramid")
}

fn input(pack: &Pack, draft: &Draft, card: &Scorecard, aim: Target) -> PyramidInput {
    let reached = card.standing.strict.unwrap_or(0);
    let floor = TierInput { fill_thousandths: 1000, rating: None, undetermined: false, reached: reached >= 1 };
    let gates = card.gates.iter().zip(2u8..).map(|(gate, level)| TierInput {
        fill_thousandths: gate.tenths(),
        rating: gate.determined().then_some(gate.rating),
        undetermined: !gate.determined(),
        reached: reached >= level,
    });
    let (kind, who) = match draft.perspective {
        Perspective::Own => (MarkerKind::Own, T::OwnView),
        Perspective::Customer => (MarkerKind::Customer, T::CustomerView),
    };
    let own = card.standing.position.map(|position| MarkerInput {
        kind,
        position,
        label: pack.t(who).into(),
        sub: pack.position(position),
    });
    let goal = MarkerInput {
        kind: MarkerKind::Target,
        position: u16::from(aim.level) * 1000,
        label: pack.t(T::TargetFlag).into(),
        sub: n(aim.year),
    };
    PyramidInput {
        tiers: [floor].into_iter().chain(gates).collect(),
        chasm_above: CHASM_ABOVE.into(),
        bridge_whole: card.gates.get(usize::from(CHASM_ABOVE) - 1).is_some_and(|gate| gate.passed()),
        markers: own.into_iter().chain([goal]).collect(),
        range: card.range().filter(|(low, high)| low != high),
    }
}

fn texts(pack: &Pack, card: &Scorecard) -> PyramidTexts {
    let ratings: Vec<String> = [pack.t(T::Floor).to_string()]
        .into_iter()
        .chain(card.gates.iter().map(|gate| pack.gate_rating(gate).to_string()))
        .collect();
    let levels: Vec<String> = pack
        .levels
        .iter()
        .zip(&ratings)
        .zip(1u8..)
        .map(|((level, rating), at)| {
            pack.fill(T::PyramidDescLevel, &[("n", &n(at)), ("name", &level.name), ("rating", rating)])
        })
        .collect();
    PyramidTexts {
        title: pack.t(T::PyramidTitle).into(),
        desc: pack.fill(T::PyramidDesc, &[("place", &place(pack, card)), ("levels", &levels.join("; "))]),
        chasm: pack.t(T::Chasm).into(),
        range: pack.t(T::LegendRange).into(),
        names: pack.levels.iter().map(|level| level.name.clone()).collect(),
        ratings,
    }
}
