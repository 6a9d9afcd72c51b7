//! A matrix of two axes: what the customer values, and how ready both sides are for a partnership.
//!
//! Knows scoring.md section 8. Must not know how a matrix is drawn, nor the names of its quadrants.

use super::answer::Answer;
use super::gates::{GateScore, Rating, gate_scores};
use super::model::{Model, Role, Sheet};

/// How far one axis is valued.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct AxisScore {
    /// The index of its group.
    pub group: usize,
    pub score: GateScore,
    /// Tenths of a percent, 0..=1000, with everything that is not known at 0 and at 4.
    pub low: u32,
    pub high: u32,
    /// Above the line; `None` with fewer than three answers.
    pub valued: Option<bool>,
    /// Known, and within the border of the line.
    pub border: bool,
}

/// What a matrix says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AxesCard {
    /// By group.
    pub scores: Vec<GateScore>,
    pub axes: [AxisScore; 2],
    /// 0 neither axis is valued, 1 the first, 2 the second, 3 both.
    pub quadrant: Option<usize>,
    /// The quadrants on whose border it lies.
    pub borders: Vec<usize>,
    /// Pillars at least Largely achieved, and pillars that are answered.
    pub ready: (u32, u32),
    /// Is the mortar at least Largely achieved? `None` when it is not answered.
    pub cemented: Option<bool>,
    /// Does the customer choose to buy on price, whatever is added?
    pub by_choice: Option<bool>,
}

/// The fewest answers that place something on an axis.
const ANSWERED_MIN: u32 = 3;

impl AxesCard {
    /// Scores a matrix. `line` and `border` in percent: above the line an axis is valued.
    pub fn of(model: &Model, sheet: &Sheet, line: u8, border: u8) -> AxesCard {
        let scores = gate_scores(model, sheet, None);
        let with = |role: Role| {
            let groups = model.groups.iter().zip(&scores).enumerate();
            groups.filter(move |(_, (group, _))| group.role == role).map(|(index, (_, score))| (index, *score))
        };
        let axis = |which: usize| {
            let (group, score) = with(Role::Axis).nth(which).unwrap_or((usize::MAX, GateScore::NOTHING));
            let filled = |value| GateScore::of(model, sheet, group, Some(value)).tenths();
            let known = score.answered >= ANSWERED_MIN;
            // 100 * sum / (4 * answered) against a percentage, exactly.
            let (have, most) = (100 * u64::from(score.sum), 4 * u64::from(score.answered));
            let line = u64::from(line) * most;
            AxisScore {
                group,
                score,
                low: filled(0),
                high: if score.applicable == 0 { 1000 } else { filled(4) },
                valued: known.then_some(have > line),
                border: known && have.abs_diff(line) <= u64::from(border) * most,
            }
        };
        let axes = [axis(0), axis(1)];
        let [first, second] = axes;
        let quadrant = first.valued.zip(second.valued).map(|(one, two)| usize::from(one) + 2 * usize::from(two));
        let across = |axis: &AxisScore, bit: usize| quadrant.filter(|_| axis.border).map(|quadrant| quadrant ^ bit);
        let answered = |(_, score): &(usize, GateScore)| score.answered > 0;
        let pillars: Vec<(usize, GateScore)> = with(Role::Pillar).filter(answered).collect();
        let ready = pillars.iter().filter(|(_, score)| score.rating >= Rating::L).count();
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let by_choice = with(Role::Choice).next().and_then(|(group, _)| sheet.answer(model.range(group).start));
        AxesCard {
            borders: across(&first, 1).into_iter().chain(across(&second, 2)).collect(),
            ready: (count(ready), count(pillars.len())),
            cemented: with(Role::Mortar).find(answered).map(|(_, score)| score.rating >= Rating::L),
            by_choice: by_choice.and_then(Answer::value).map(|value| value > 0),
            scores,
            axes,
            quadrant,
        }
    }
}
