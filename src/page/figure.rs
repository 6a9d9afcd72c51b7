//! From a scorecard and the texts to the drawing on the page.
//!
//! Knows which number goes where. Must not know geometry.

use super::dom::El;
use super::pyramid::pyramid_view;
use super::result::place;
use super::words::n;
use crate::diagram::{MarkerInput, MarkerKind, PyramidInput, PyramidTexts, TierInput};
use crate::domain::draft::{Draft, Target};
use crate::domain::gates::GateScore;
use crate::domain::model::{Kind, Perspective};
use crate::domain::scorecard::Scorecard;
use crate::pack::compiled::Pack;
use crate::pack::texts::T;

pub fn figure(pack: &Pack, draft: &Draft, part: usize, card: &Scorecard, aim: Target) -> El {
    let ratings = card.gates.iter().map(|gate| pack.gate_rating(gate).to_string());
    let texts = texts(pack, part, ratings, &place(pack, part, card));
    pyramid_view(&input(pack, draft, part, card, aim), &texts, "bsh-pyramid")
}

fn input(pack: &Pack, draft: &Draft, part: usize, card: &Scorecard, aim: Target) -> PyramidInput {
    let chasm = match pack.survey.instruments.get(part).map(|instrument| &instrument.kind) {
        Some(Kind::Gates { chasm }) => *chasm,
        _ => 0,
    };
    let (kind, who) = match draft.perspective {
        Perspective::Own => (MarkerKind::Own, T::OwnView),
        Perspective::Customer => (MarkerKind::Customer, T::YourView),
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
        tiers: tiers(&card.gates, card.standing.strict.unwrap_or(0)),
        chasm_above: chasm.into(),
        bridge_whole: usize::from(chasm)
            .checked_sub(1)
            .and_then(|gate| card.gates.get(gate))
            .is_some_and(|g| g.passed()),
        // The target is the supplier's.
        markers: own.into_iter().chain((draft.perspective == Perspective::Own).then_some(goal)).collect(),
        range: card.range().filter(|(low, high)| low != high),
    }
}

/// The words of a drawing: `ratings` stand under the names of the levels from 2 on, `place` is where somebody stands, in a
/// sentence.
pub fn texts(pack: &Pack, part: usize, ratings: impl Iterator<Item = String>, place: &str) -> PyramidTexts {
    let ratings: Vec<String> = [pack.t(T::Floor).to_string()].into_iter().chain(ratings).collect();
    let names: Vec<String> = (1..=pack.levels(part)).map(|level| pack.level(part, level, "name").into()).collect();
    let levels: Vec<String> = names
        .iter()
        .zip(&ratings)
        .zip(1u8..)
        .map(|((name, rating), at)| {
            pack.fill(T::PyramidDescLevel, &[("n", &n(at)), ("name", name), ("rating", rating)])
        })
        .collect();
    PyramidTexts {
        title: pack.fill(T::PyramidTitle, &[("n", &n(pack.levels(part)))]),
        desc: pack.fill(T::PyramidDesc, &[("place", place), ("levels", &levels.join("; "))]),
        chasm: pack.t(T::Chasm).into(),
        range: pack.t(T::LegendRange).into(),
        names,
        ratings,
    }
}

/// The levels as they are drawn, filled to what each gate achieves.
pub fn tiers(gates: &[GateScore], reached: u8) -> Vec<TierInput> {
    let floor = TierInput { fill_thousandths: 1000, rating: None, undetermined: false, reached: reached >= 1 };
    let tiers = gates.iter().zip(2u8..).map(|(gate, level)| TierInput {
        fill_thousandths: gate.tenths(),
        rating: gate.determined().then_some(gate.rating),
        undetermined: !gate.determined(),
        reached: reached >= level,
    });
    [floor].into_iter().chain(tiers).collect()
}
