//! What is known of two accounts or rounds, fact by fact, in words.
//!
//! Knows rounds, the cards of the other instruments and the texts. Must not know markup.

use super::words::{day, n};
use crate::domain::draft::Draft;
use crate::domain::gates::Rating;
use crate::domain::model::Kind;
use crate::domain::raters::{Rater, Whose, lower_median, median};
use crate::domain::rounds::Round;
use crate::domain::survey::{Card, Cards};
use crate::pack::compiled::Pack;
use crate::pack::texts::T;

/// What stands in one row: the name of a fact and what both sides say of it.
pub type Fact = (String, [String; 2]);

/// One of the two: how it is called, and what was answered; `None` when nothing was.
pub struct Side<'a> {
    pub name: String,
    pub round: Option<&'a Round>,
}

/// What is known of both: the headline and everything around it, then gate by gate.
pub fn facts(pack: &Pack, part: usize, sides: &[Side<'_>; 2]) -> Vec<Fact> {
    let of = |what: &dyn Fn(&Round) -> String| sides.each_ref().map(|side| side.round.map_or(String::new(), what));
    let fact = |name: T, what: &dyn Fn(&Round) -> String| (String::from(pack.t(name)), of(what));
    let mut all = vec![
        fact(T::ColLevel, &|round| match &round.headline {
            Some(headline) => [&n(headline.level), " ", pack.level(part, headline.level, "name")].concat(),
            None => pack.t(T::NoLevel).into(),
        }),
        fact(T::ColPosition, &|round| height(round).map_or(String::new(), |(_, text)| text(pack))),
        fact(T::ColRange, &|round| match round.headline.as_ref().and_then(|headline| headline.range) {
            Some((low, high)) if low != high => [&*pack.position(low), " – ", &pack.position(high)].concat(),
            _ => String::new(),
        }),
        fact(T::SureTitle, &|round| {
            round.headline.as_ref().map_or(String::new(), |headline| {
                let (letter, word) = pack.grade(headline.confidence.grade);
                [letter, ": ", word].concat()
            })
        }),
        fact(T::ColGap, &|round| round.gap.map_or(String::new(), |gap| pack.gap(gap))),
        fact(T::ColBy, &|round| by(pack, round)),
        fact(T::ColLast, &|round| day(pack, &round.date)),
    ];
    for level in 2..=pack.levels(part) {
        let name = [&n(level), " ", pack.level(part, level, "name")].concat();
        all.push((name, of(&|round| gate(pack, round, usize::from(level) - 2))));
    }
    all
}

/// Who answered.
fn by(pack: &Pack, round: &Round) -> String {
    let raters = round.customers.len();
    let text = match (&round.own, raters) {
        (Some(_), 0) => T::RoundByOwn,
        (Some(_), _) => T::RoundBy,
        (None, 0) => return String::new(),
        (None, _) => T::RoundByThem,
    };
    pack.fill(text, &[("n", &n(raters as u64))])
}

/// Those whose answers the headline is made of.
fn heard(round: &Round) -> Vec<&Rater> {
    match round.headline.as_ref().map(|headline| headline.whose) {
        Some(Whose::Customer(_)) => {
            round.customers.iter().filter(|rater| rater.card.standing.strict.is_some()).collect()
        }
        _ => round.own.iter().collect(),
    }
}

/// Achievement in tenths of a percent, and rating, of one gate: the medians of those who are heard.
pub fn gate_of(round: &Round, gate: usize) -> (Option<u16>, Option<Rating>) {
    let heard = heard(round);
    let scores = || heard.iter().filter_map(|rater| rater.card.gates.get(gate));
    let tenths = scores().filter(|score| score.answered > 0).filter_map(|score| u16::try_from(score.tenths()).ok());
    let ratings = scores().filter(|score| score.determined()).map(|score| score.rating as u8).collect();
    let rating =
        lower_median(ratings).and_then(|at| [Rating::N, Rating::P, Rating::L, Rating::F].get(usize::from(at)).copied());
    (median(tenths), rating)
}

/// A gate in words; blank when nobody answered.
fn gate(pack: &Pack, round: &Round, gate: usize) -> String {
    match gate_of(round, gate) {
        (Some(tenths), rating) => [&*pack.percent(tenths.into()), ", ", pack.rating(rating)].concat(),
        (None, _) => String::new(),
    }
}

/// What the other instruments say, of accounts that have answered them.
pub fn others(pack: &Pack, staged: usize, drafts: [&Draft; 2]) -> Vec<Fact> {
    let cards = drafts.map(|draft| Cards::of(&pack.survey, &draft.evidence(&pack.survey)));
    let mut all = Vec::new();
    for (part, instrument) in pack.survey.instruments.iter().enumerate().filter(|(part, _)| *part != staged) {
        if !drafts.iter().any(|draft| draft.begun(part)) {
            continue;
        }
        if let Kind::Axes { quadrants, .. } = &instrument.kind {
            let quadrant = |cards: &Cards| {
                let at = cards.axes(part).and_then(|card| card.quadrant).and_then(|at| quadrants.get(at));
                at.map_or(String::new(), |id| pack.of(part, &["quadrant.", id, ".name"].concat()).into())
            };
            all.push((pack.of(part, "name").into(), cards.each_ref().map(quadrant)));
            continue;
        }
        for (at, group) in instrument.model.groups.iter().enumerate() {
            let told = |cards: &Cards| {
                let score = cards.parts.get(part).map(Card::scores).and_then(|scores| scores.get(at));
                score
                    .filter(|score| score.answered > 0)
                    .map_or(String::new(), |score| [&*pack.achieved(score), ", ", pack.gate_rating(score)].concat())
            };
            all.push((pack.group(part, group).into(), cards.each_ref().map(told)));
        }
    }
    all
}

/// Where a round stands, in thousandths, and how that is said: a position that is not known is that of its level at least.
pub fn height(round: &Round) -> Option<(u16, impl Fn(&Pack) -> String + use<>)> {
    let headline = round.headline.as_ref()?;
    let (level, position) = (headline.level, headline.position);
    let text = move |pack: &Pack| match position {
        Some(position) => pack.position(position),
        None => ["≥ ", &n(level)].concat(),
    };
    Some((position.unwrap_or(1000 * u16::from(level)), text))
}
