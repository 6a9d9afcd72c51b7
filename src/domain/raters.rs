//! Several people about one customer: the headline, the gap to the own view, agreement, camps, an agenda.
//!
//! Knows scoring.md section 6. All in integers: positions in thousandths, agreement in billionths. Must not know texts,
//! nor where the views come from.

use super::answer::Answer;
use super::confidence::{Confidence, Pooled};
use super::gates::coverage;
use super::model::{Model, Sheet};
use super::order::{sort, sort_by};
use super::scorecard::Scorecard;

/// One person's view, scored.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Rater {
    /// The number of its row of views; 0 for the own answers that are being given.
    pub view: u32,
    /// The number of a row of people; `None` for the own view.
    pub who: Option<u32>,
    /// What tells one role from another: role, else function; blank when neither is known.
    pub role: String,
    pub date: String,
    pub sheet: Sheet,
    pub card: Scorecard,
    /// Answered with the present edition.
    pub same_pack: bool,
    /// How many of its answers the present edition still asks for, and how many it has.
    pub matched: (usize, usize),
}

/// Whose view the headline is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Whose {
    Own,
    /// So many people at the customer.
    Customer(usize),
}

/// Where the supplier stands, by all that is known of one round.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Headline {
    pub whose: Whose,
    /// The median; of an even number the lower one.
    pub level: u8,
    /// The median in thousandths, of an even number of raters the mean of both in the middle, rounded down; `None` when
    /// nobody's is defined.
    pub position: Option<u16>,
    /// The medians of everybody's lowest and highest position; holds the position.
    pub range: Option<(u16, u16)>,
    pub confidence: Confidence,
}

/// How far the own view is from the customer's.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Gap {
    /// Own position less the customer's, in thousandths.
    pub thousandths: i32,
    /// The same between the positions as they are shown, cut to tenths of a level.
    pub tenths: i32,
    pub size: GapSize,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum GapSize {
    /// Up to half a level.
    Aligned,
    /// Up to one level.
    Notable,
    Large,
}

/// How far three or more people at the customer agree about one gate.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Agreement {
    /// Items that at least two of them gave a value.
    pub items: usize,
    /// `r*_wg = 1 - mean(population variance) / 4`, in billionths; 0 at the widest spread (half at 0, half at 4).
    /// Source: Lindell, Brandt, Whitney (1999).
    pub rwg: i64,
    /// Mean over items of the mean absolute deviation, in billionths. Source: Burke, Finkelstein, Dusig (1999).
    pub ad: i64,
}

/// People of one role and what they see.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Camp {
    /// Blank for people whose role is not known.
    pub role: String,
    pub raters: usize,
    pub position: Option<u16>,
}

/// An item that own and customer's view see differently.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Difference {
    /// Index of the item in the model.
    pub item: usize,
    pub own: u8,
    /// Lower median of the customer's values.
    pub customer: u8,
}

/// The fewest raters that agreement is computed for.
pub const AGREEMENT_FROM: usize = 3;
/// In billionths: above is disagreement.
const AD_MOST: i64 = 830_000_000;
/// In billionths: below is disagreement.
const RWG_LEAST: i64 = 500_000_000;
const BILLION: i64 = 1_000_000_000;

impl Headline {
    /// Of the customer's people as soon as one of them has a level, else of the own view; `None` when nobody has one.
    pub fn of(own: Option<&Rater>, customers: &[Rater]) -> Option<Headline> {
        let placed: Vec<&Rater> = customers.iter().filter(|rater| rater.card.standing.strict.is_some()).collect();
        if placed.is_empty() {
            let card = &own?.card;
            return Some(Headline {
                whose: Whose::Own,
                level: card.standing.strict?,
                position: card.standing.position,
                range: card.range(),
                confidence: card.confidence.clone(),
            });
        }
        // Both ends of the same people: who has only one of them would turn the range around.
        let ranges = || placed.iter().filter_map(|rater| rater.card.range());
        let levels: Vec<u8> = placed.iter().filter_map(|rater| rater.card.standing.strict).collect();
        let level = lower_median(levels)?;
        let range = median(ranges().map(|(low, _)| low)).zip(median(ranges().map(|(_, high)| high)));
        let position = median(placed.iter().filter_map(|rater| rater.card.standing.position));
        // Not everybody who has a position has a range, nor the other way round.
        let held = |(low, high): (u16, u16)| position.map_or((low, high), |at| (low.min(at), high.max(at)));
        Some(Headline {
            whose: Whose::Customer(placed.len()),
            level,
            position,
            range: range.map(held),
            confidence: confidence(&placed, level),
        })
    }
}

/// Scoring.md section 5 for several raters: coverage and notes are pooled, a pattern counts when at least half show it.
fn confidence(placed: &[&Rater], level: u8) -> Confidence {
    if let [one] = placed {
        return one.card.confidence.clone();
    }
    let mut roles: Vec<&str> = placed.iter().map(|rater| &*rater.role).filter(|role| !role.is_empty()).collect();
    sort(&mut roles);
    roles.dedup();
    let mut pooled = Pooled { roles: roles.len(), raters: placed.len(), level, ..Pooled::default() };
    let (mut unusual, mut contradiction) = (0, 0);
    for rater in placed {
        let (answered, applicable) = coverage(&rater.card.gates);
        pooled.answered += answered;
        pooled.applicable += applicable;
        unusual += usize::from(rater.card.consistency.unusual());
        contradiction += usize::from(rater.card.consistency.contradiction);
        pooled.noted += rater.card.evidence.0;
        pooled.high += rater.card.evidence.1;
    }
    pooled.unusual = 2 * unusual >= placed.len();
    pooled.contradiction = 2 * contradiction >= placed.len();
    Confidence::pooled(&pooled)
}

/// The lower one of two in the middle.
pub fn lower_median(mut values: Vec<u8>) -> Option<u8> {
    sort(&mut values);
    values.get(values.len().checked_sub(1)? / 2).copied()
}

/// Of an even number the mean of both in the middle, rounded down.
pub fn median(values: impl Iterator<Item = u16>) -> Option<u16> {
    let mut values: Vec<u16> = values.collect();
    sort(&mut values);
    let last = values.len().checked_sub(1)?;
    let (low, high) = (*values.get(last / 2)?, *values.get(last.div_ceil(2))?);
    u16::try_from((u32::from(low) + u32::from(high)) / 2).ok()
}

impl Gap {
    /// Own position less the customer's, both in thousandths.
    pub fn of(own: Option<u16>, customer: Option<u16>) -> Option<Gap> {
        let (own, customer) = (i32::from(own?), i32::from(customer?));
        let thousandths = own - customer;
        let size = match thousandths.abs() {
            ..=500 => GapSize::Aligned,
            501..=1000 => GapSize::Notable,
            _ => GapSize::Large,
        };
        Some(Gap { thousandths, tenths: own / 100 - customer / 100, size })
    }
}

impl Agreement {
    /// By gate; `None` below three raters and for a gate of which no item was rated by two.
    pub fn of(model: &Model, customers: &[Rater]) -> Vec<Option<Agreement>> {
        let gates = 0..model.groups.len();
        gates
            .map(|gate| (customers.len() >= AGREEMENT_FROM).then(|| Agreement::gate(model, customers, gate))?)
            .collect()
    }

    fn gate(model: &Model, customers: &[Rater], gate: usize) -> Option<Agreement> {
        let (mut items, mut variance, mut deviation) = (0, 0, 0);
        for item in model.range(gate) {
            let values: Vec<i64> = values(customers, item).map(i64::from).collect();
            let Some(n) = i64::try_from(values.len()).ok().filter(|n| *n >= 2) else { continue };
            let sum: i64 = values.iter().sum();
            let squares: i64 = values.iter().map(|value| value * value).sum();
            let off: i64 = values.iter().map(|value| (n * value - sum).abs()).sum();
            items += 1;
            variance += BILLION * (n * squares - sum * sum) / (n * n);
            deviation += BILLION * off / (n * n);
        }
        let n = i64::try_from(items).ok().filter(|n| *n > 0)?;
        Some(Agreement { items, rwg: BILLION - variance / n / 4, ad: deviation / n })
    }

    /// Then one number would hide that there are two opinions.
    pub fn disagree(&self) -> bool {
        self.ad > AD_MOST || self.rwg < RWG_LEAST
    }
}

fn values(raters: &[Rater], item: usize) -> impl Iterator<Item = u8> {
    raters.iter().filter_map(move |rater| rater.sheet.answer(item).and_then(Answer::value))
}

/// The customer's people by role, in the order in which the roles first appear.
pub fn camps(customers: &[Rater]) -> Vec<Camp> {
    let mut roles: Vec<&str> = Vec::new();
    for rater in customers {
        if !roles.contains(&&*rater.role) {
            roles.push(&rater.role);
        }
    }
    let camp = |role: &str| {
        let of = || customers.iter().filter(move |rater| rater.role == role);
        let position = median(of().filter_map(|rater| rater.card.standing.position));
        Camp { role: role.into(), raters: of().count(), position }
    };
    roles.into_iter().map(camp).collect()
}

/// Lowest and highest position of the customer's people: what there is to say below three raters.
pub fn spread(customers: &[Rater]) -> Option<(u16, u16)> {
    let positions = || customers.iter().filter_map(|rater| rater.card.standing.position);
    Some((positions().min()?, positions().max()?))
}

/// Where own and customer's view differ by at least two of the four steps, the widest first, then in pack order.
pub fn differences(own: &Rater, customers: &[Rater]) -> Vec<Difference> {
    let mut all: Vec<Difference> = Vec::new();
    for item in 0..own.sheet.answers.len() {
        let own = own.sheet.answer(item).and_then(Answer::value);
        let customer = lower_median(values(customers, item).collect());
        if let (Some(own), Some(customer)) = (own, customer)
            && own.abs_diff(customer) >= 2
        {
            all.push(Difference { item, own, customer });
        }
    }
    let apart = |difference: &Difference| difference.own.abs_diff(difference.customer);
    sort_by(&mut all, |one, two| apart(two).cmp(&apart(one)));
    all
}
