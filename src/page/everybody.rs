//! The pyramid of an account with everybody on it: own view, each of the customer's people, and the middle of them.
//!
//! Knows which number goes where. Must not know geometry.

use super::dom::El;
use super::figure::{texts, tiers};
use super::pyramid::pyramid_view;
use super::views::person;
use crate::diagram::{MarkerInput, MarkerKind, PyramidInput};
use crate::domain::draft::Draft;
use crate::domain::gates::GateScore;
use crate::domain::model::{Instrument, Kind};
use crate::domain::order::sort;
use crate::domain::raters::{Headline, Rater, Whose};
use crate::domain::rounds::Round;
use crate::pack::compiled::Pack;
use crate::pack::texts::T;

/// Markers that are certain to have room: see [`crate::diagram`].
const ROOM: usize = 8;

/// `place` is the headline's place in a sentence. `None` for an instrument that has no levels.
pub fn figure(pack: &Pack, draft: &Draft, part: usize, now: &Round, place: &str) -> Option<El> {
    let instrument = pack.survey.instruments.get(part)?;
    let Kind::Gates { chasm } = instrument.kind else { return None };
    let gates = pooled(instrument, now);
    // The words are percents: a rating is one person's.
    let texts = texts(pack, part, gates.iter().map(|gate| pack.achieved(gate)), place);
    let reached = now.headline.as_ref().map_or(0, |headline| headline.level);
    let over = usize::from(chasm).checked_sub(1).and_then(|gate| gates.get(gate));
    let input = PyramidInput {
        tiers: tiers(&gates, reached),
        chasm_above: chasm.into(),
        bridge_whole: over.is_some_and(GateScore::passed),
        markers: markers(pack, draft, now),
        range: now.headline.as_ref().and_then(|headline| headline.range).filter(|(low, high)| low != high),
    };
    Some(pyramid_view(&input, &texts, "bsh-pyramid"))
}

/// Whose answers the headline is made of.
fn told(now: &Round) -> Vec<&Rater> {
    match now.headline.as_ref().map(|headline| headline.whose) {
        Some(Whose::Customer(_)) => now.customers.iter().filter(|rater| rater.card.standing.strict.is_some()).collect(),
        _ => now.own.iter().collect(),
    }
}

/// How far each gate is achieved by all the headline's answers together: a tier is filled up to the mean of all values,
/// which need not be what any one of them says. Which tiers are reached follows the headline alone.
fn pooled(instrument: &Instrument, now: &Round) -> Vec<GateScore> {
    let raters = told(now);
    let model = &instrument.model;
    let gates = (0..model.groups.len()).map(|gate| {
        let mut sum = GateScore::NOTHING;
        let mut capped = 0;
        for score in raters.iter().filter_map(|rater| rater.card.gates.get(gate)) {
            sum.sum += score.sum;
            sum.answered += score.answered;
            sum.applicable += score.applicable;
            capped += usize::from(score.capped);
        }
        let capped = 2 * capped >= raters.len().max(1);
        GateScore::from_sums(model.cuts, sum.sum, sum.answered, sum.applicable, capped)
    });
    gates.collect()
}

/// Everybody whose position is known. People who would have no room share the nearest one's marker, so that all of them
/// are on the drawing; who they are is in the table.
fn markers(pack: &Pack, draft: &Draft, now: &Round) -> Vec<MarkerInput> {
    let marker = |kind, position, label: String| MarkerInput { kind, position, label, sub: pack.position(position) };
    let own = now.own.as_ref().and_then(|own| own.card.standing.position);
    let own = own.map(|x| marker(MarkerKind::Own, x, pack.t(T::OwnView).into()));
    let of_two = |headline: &&Headline| matches!(headline.whose, Whose::Customer(2..));
    let middle = now.headline.as_ref().filter(of_two).and_then(|headline| headline.position);
    let middle = middle.map(|x| marker(MarkerKind::Customer, x, pack.t(T::ViewMiddle).into()));
    let placed = now.customers.iter().filter_map(|rater| {
        let name = rater.who.map_or_else(String::new, |who| person(pack, draft, who));
        Some((rater.card.standing.position?, name))
    });
    let fixed: Vec<MarkerInput> = own.into_iter().chain(middle).collect();
    let people = gathered(placed.collect(), ROOM.saturating_sub(fixed.len())).into_iter().map(|group| {
        let (low, high) = (group.first().map_or(0, |one| one.0), group.last().map_or(0, |one| one.0));
        let count = group.len().to_string();
        let label = match &*group {
            [one] => one.1.clone(),
            _ => pack.fill(T::PeopleAtOnce, &[("n", &count)]),
        };
        let mut marker = marker(MarkerKind::Customer, low + (high - low) / 2, label);
        if pack.position(low) != pack.position(high) {
            marker.sub = [&*pack.position(low), "–", &pack.position(high)].concat();
        }
        marker
    });
    fixed.into_iter().chain(people).collect()
}

/// At most `room` groups of neighbours, lowest first: the two that are nearest to one another are put together until
/// they fit.
fn gathered(mut people: Vec<(u16, String)>, room: usize) -> Vec<Vec<(u16, String)>> {
    sort(&mut people);
    let mut groups: Vec<Vec<(u16, String)>> = people.into_iter().map(|one| vec![one]).collect();
    while groups.len() > room.max(1) {
        let width = |pair: &[Vec<(u16, String)>]| {
            let ends = pair.first().and_then(|low| low.first()).zip(pair.last().and_then(|high| high.last()));
            ends.map(|(low, high)| high.0 - low.0)
        };
        let nearest = (0..).zip(groups.windows(2)).min_by_key(|(_, pair)| width(pair));
        let Some((at, _)) = nearest else { break };
        let above = groups.remove(at + 1);
        if let Some(group) = groups.get_mut(at) {
            group.extend(above);
        }
    }
    groups
}
