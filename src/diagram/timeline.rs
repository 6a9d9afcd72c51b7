//! Positions over rounds: from plain numbers to points, bars and links in whole units.
//!
//! Oldest round to the left, highest level on top. Knows shapes only. Must not know answers, packs, languages or the
//! browser. Whole numbers only.

use super::Point;

/// One round, as it is to be drawn.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct RoundInput {
    /// Thousandths; `None` for a round that has no position.
    pub position: Option<u16>,
    /// Lowest and highest position in thousandths.
    pub range: Option<(u16, u16)>,
    /// Answered by the customer; else by the own view alone.
    pub solid: bool,
    /// It can be compared with the round before it.
    pub follows: bool,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TimelineInput {
    /// Number of levels.
    pub levels: u8,
    /// Oldest first.
    pub rounds: Vec<RoundInput>,
}

/// One round in the drawing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Spot {
    pub x: i32,
    /// Height of the position.
    pub y: Option<i32>,
    /// Top and bottom of the range, where it has a length.
    pub bar: Option<(i32, i32)>,
    pub solid: bool,
    /// There is room for its number below.
    pub named: bool,
    /// The line that parts it from the round before, which it cannot be compared with.
    pub parted: Option<[Point; 2]>,
}

/// The whole drawing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Timeline {
    pub width: i32,
    pub height: i32,
    /// Left and right end of the lines of the levels.
    pub sides: (i32, i32),
    /// Height of each level's line, lowest first.
    pub levels: Vec<i32>,
    /// In the order of the rounds.
    pub spots: Vec<Spot>,
    /// Lines between neighbours that can be compared.
    pub links: Vec<[Point; 2]>,
    /// Baseline of the rounds' numbers.
    pub below: i32,
}

const WIDTH: i32 = 400;
/// Left and right end of the lines of the levels.
const SIDES: (i32, i32) = (36, 392);
/// Room between the ends of those lines and the first and last round.
const INSET: i32 = 24;
const TOP: i32 = 16;
/// From one level to the next.
const STEP: i32 = 46;
/// Room below the lowest level, with the numbers of the rounds.
const FOOT: i32 = 44;
/// Width of a round's number.
const NUMBER: i32 = 30;

impl Timeline {
    pub fn of(input: &TimelineInput) -> Timeline {
        let levels = i32::from(input.levels.max(1));
        let ground = TOP + (levels - 1) * STEP;
        let y_of = |position: u16| ground - (i32::from(position) - 1000).clamp(0, (levels - 1) * 1000) * STEP / 1000;
        let last = i32::try_from(input.rounds.len()).unwrap_or(1) - 1;
        let span = SIDES.1 - SIDES.0 - 2 * INSET;
        let x_of = |at: i32| SIDES.0 + INSET + if last > 0 { at * span / last } else { span / 2 };
        // Every so many rounds have a number, counted from the newest.
        let every = (NUMBER * last / span + 1).max(1);
        let mut spots: Vec<Spot> = Vec::with_capacity(input.rounds.len());
        let mut links = Vec::new();
        for (round, at) in input.rounds.iter().zip(0..) {
            let (x, y) = (x_of(at), round.position.map(y_of));
            let before = spots.last().map(|spot| (spot.x, spot.y));
            let parted = before.filter(|_| !round.follows).map(|(left, _)| {
                let middle = (left + x) / 2;
                [(middle, TOP), (middle, ground)]
            });
            if let (Some((left, Some(from))), Some(to), true) = (before, y, round.follows) {
                links.push([(left, from), (x, to)]);
            }
            let bar = round.range.map(|(low, high)| (y_of(high), y_of(low))).filter(|(top, bottom)| top < bottom);
            spots.push(Spot { x, y, bar, solid: round.solid, named: (last - at) % every == 0, parted });
        }
        Timeline {
            width: WIDTH,
            height: ground + FOOT,
            sides: SIDES,
            levels: (0..levels).map(|level| ground - level * STEP).collect(),
            spots,
            links,
            below: ground + FOOT - 10,
        }
    }
}
