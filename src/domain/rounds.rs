//! An account over time: its rounds with everybody's view, where it stands now, and what moved.
//!
//! Knows scoring.md section 7 and how a draft keeps its views. Must not know texts.

use super::draft::Draft;
use super::model::{Model, Survey};
use super::order::sort;
use super::raters::{Gap, Headline, Rater, Whose};
use super::rows::{List, SINGLE, at};
use super::scorecard::Scorecard;
use super::views::View;

/// Everything that was answered in one round.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Round {
    /// From 1.
    pub number: u32,
    /// The latest day on which somebody answered; blank when none is known.
    pub date: String,
    pub own: Option<Rater>,
    pub customers: Vec<Rater>,
    pub headline: Option<Headline>,
    pub gap: Option<Gap>,
    /// Ids of escalator risks that the own view ticked.
    pub risks: Vec<String>,
}

/// What changed from one round to another.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Movement {
    /// The headline level changed, or the ranges do not overlap.
    Up,
    Down,
    /// Within what is not known.
    Within,
    /// Answered with another edition that has too little in common: not compared. Matched and all answers.
    Incomparable,
    /// One headline is the own view, the other the customer's: what changed is who says so.
    OtherView,
}

/// Rounds of another edition are compared when at least so many in 100 answers have their place in the present one.
pub const MATCH_LEAST: usize = 80;

impl Round {
    /// What its raters come to.
    pub fn of(model: &Model, number: u32, own: Option<Rater>, customers: Vec<Rater>) -> Round {
        let headline = Headline::of(own.as_ref(), &customers);
        let position = |rater: &Rater| rater.card.standing.position;
        let seen = headline.as_ref().filter(|headline| headline.whose != Whose::Own);
        let gap = seen.and_then(|headline| Gap::of(own.as_ref().and_then(position), headline.position));
        let risks = own.as_ref().map(|own| model.risks.iter().zip(&own.sheet.risks).filter(|(_, on)| **on));
        let date = own.iter().chain(&customers).map(|rater| rater.date.as_str()).max().unwrap_or("").into();
        Round {
            number,
            date,
            risks: risks.into_iter().flatten().map(|(id, _)| id.clone()).collect(),
            own,
            customers,
            headline,
            gap,
        }
    }

    /// All its raters.
    pub fn raters(&self) -> impl Iterator<Item = &Rater> {
        self.own.iter().chain(&self.customers)
    }

    /// Was all of it answered with the present edition?
    pub fn same_pack(&self) -> bool {
        self.raters().all(|rater| rater.same_pack)
    }

    /// Share of its answers that the present edition asks for, in percent, rounded down.
    pub fn common(&self) -> usize {
        let (have, of) = self.raters().fold((0, 0), |sum, rater| (sum.0 + rater.matched.0, sum.1 + rater.matched.1));
        (100 * have).checked_div(of).unwrap_or(100)
    }
}

impl Movement {
    /// From an earlier round to a later one; `None` when one of them has no headline.
    pub fn of(before: &Round, after: &Round) -> Option<Movement> {
        if before.common() < MATCH_LEAST || after.common() < MATCH_LEAST {
            return Some(Movement::Incomparable);
        }
        let (old, new) = (before.headline.as_ref()?, after.headline.as_ref()?);
        if (old.whose == Whose::Own) != (new.whose == Whose::Own) {
            return Some(Movement::OtherView);
        }
        if new.level != old.level {
            return Some(if new.level > old.level { Movement::Up } else { Movement::Down });
        }
        let range = |headline: &Headline| headline.range.or_else(|| headline.position.map(|x| (x, x)));
        Some(match (range(old), range(new)) {
            (Some((_, high)), Some((low, _))) if low > high => Movement::Up,
            (Some((low, _)), Some((_, high))) if high < low => Movement::Down,
            _ => Movement::Within,
        })
    }
}

/// The number of the round that is being answered.
pub fn present(draft: &Draft) -> u32 {
    draft.rows.get(List::About, SINGLE, at::ROUND).parse().ok().filter(|round| *round > 0).unwrap_or(1)
}

/// What tells the role of a person from another: role, else function.
pub fn role_of(draft: &Draft, who: u32) -> &str {
    match draft.rows.get(List::People, who, at::ROLE) {
        "" => draft.rows.get(List::People, who, at::FUNCTION),
        role => role,
    }
}

/// The own answers of the present round as a view; `None` when nothing is answered.
pub fn live(survey: &Survey, draft: &Draft, part: usize) -> Option<View> {
    let model = &survey.instruments.get(part)?.model;
    let sheet = draft.sheet(part);
    let view = View::of_sheet(model, &sheet, (present(draft), None), &draft.date, &draft.pack);
    sheet.begun().then_some(view)
}

/// The rounds of an account, oldest first; the present one is last and is there even when it is empty. `newest` is how
/// many of them are scored, counted from the last one that has a headline: all others are left out.
pub fn rounds(survey: &Survey, draft: &Draft, part: usize, newest: usize) -> Vec<Round> {
    let Some(instrument) = survey.instruments.get(part) else { return Vec::new() };
    let model = &instrument.model;
    let now = present(draft);
    // Only what is told below is read whole.
    let mut views: Vec<View> = draft.rows.of(List::Views).iter().filter_map(View::read_head).collect();
    let mut numbers: Vec<u32> = views.iter().map(|view| view.round).filter(|round| *round < now).collect();
    sort(&mut numbers);
    numbers.dedup();
    numbers.push(now);
    // A return that came for a later round than the present one belongs to the present one.
    for view in &mut views {
        view.round = view.round.min(now);
    }
    let mut all = Vec::new();
    let mut told = 0;
    for number in numbers.into_iter().rev() {
        if told == newest {
            break;
        }
        let of_round = views.iter().filter(|view| view.round == number);
        let (own, customers): (Vec<&View>, Vec<&View>) = of_round.partition(|view| view.who.is_none());
        let own = if number == now {
            let sheet = draft.sheet(part);
            sheet.begun().then(|| {
                let n = sheet.answers.iter().flatten().count();
                let card = Scorecard::of(model, &sheet);
                let date = draft.date.clone();
                Rater { view: 0, who: None, role: String::new(), date, sheet, card, same_pack: true, matched: (n, n) }
            })
        } else {
            own.last().map(|view| rater(model, draft, view))
        };
        // Who answered twice in one round counts once, with what came last.
        let last = |at: usize, view: &View| !customers.iter().skip(at + 1).any(|later| later.who == view.who);
        let customers = customers.iter().enumerate().filter(|(at, view)| last(*at, view));
        let customers: Vec<Rater> = customers.map(|(_, view)| rater(model, draft, view)).collect();
        let round = Round::of(model, number, own, customers);
        told += usize::from(round.headline.is_some());
        all.push(round);
    }
    all.reverse();
    all
}

fn rater(model: &Model, draft: &Draft, view: &View) -> Rater {
    let mut view = view.clone();
    view.take_code(draft.rows.get(List::Views, view.id, at::VIEW_CODE));
    let (sheet, matched) = view.sheet(model);
    Rater {
        view: view.id,
        who: view.who,
        role: view.who.map_or("", |who| role_of(draft, who)).into(),
        date: view.date.clone(),
        card: Scorecard::of(model, &sheet),
        sheet,
        same_pack: view.pack == draft.pack,
        matched: (matched, view.answers.len()),
    }
}
