//! Many accounts in one pyramid: a dot for each at its exact height, moved sideways until none touches another; or bars
//! that count them where there are too many.
//!
//! Knows heights and the length of strings. Whole numbers only. Must not know accounts.

use super::geometry::Frame;
use super::text::shorten;
use super::{Layout, Point, Pyramid, Tier};
use crate::domain::order::sort_by;

/// The most that are drawn one by one.
pub const DOTS_MAX: usize = 200;
/// The most that carry their names.
pub const NAMES_MAX: usize = 12;
/// From the largest to the smallest radius of a dot. Between two dots there is one unit at least.
const RADII: [i32; 5] = [7, 6, 5, 4, 3];

/// The picture without its tiers, which are those of [`super::Pyramid`] in the same layout.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Crowd {
    /// The part of the plane that is seen: left and right edge. The height is that of the pyramid.
    pub sides: (i32, i32),
    /// Outer radius of every dot.
    pub radius: i32,
    /// In the order of the input; empty where bars are drawn.
    pub dots: Vec<Point>,
    /// Highest first; none above [`NAMES_MAX`] dots.
    pub names: Vec<Name>,
    /// Lowest first; empty where dots are drawn.
    pub bars: Vec<Bar>,
    /// Where the number of a level stands, lowest first: right end of the baseline; only in the narrow layout.
    pub numbers: Vec<Point>,
}

/// A name beside the pyramid.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Name {
    /// Index into the input.
    pub of: usize,
    /// Right end of the baseline.
    pub at: Point,
    pub text: String,
    /// From the name to its dot.
    pub lead: [Point; 2],
}

/// How many stand at one tenth of a level.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Bar {
    /// In thousandths: the lower end of the tenth.
    pub position: u16,
    pub count: usize,
    /// Left, top, width, height.
    pub at: (i32, i32, i32, i32),
    /// Left end of the baseline of its count, which only the largest bar of a level carries.
    pub count_at: Option<Point>,
}

/// What a layout leaves to the dots.
struct Room<'a> {
    frame: Frame,
    tiers: &'a [Tier],
    /// Edges of the picture, and of what dots may cover.
    sides: (i32, i32),
    dots: (i32, i32),
    /// The axis of the pyramid.
    middle: i32,
    /// Height of a line of text, width of one of its characters, and its baseline from its middle.
    line: i32,
    char: i32,
    baseline: i32,
}

impl Room<'_> {
    fn new(pyramid: &Pyramid, chasm_above: usize) -> Room<'_> {
        let tiers = &pyramid.tiers;
        let frame = Frame::new(pyramid.layout, tiers.len(), chasm_above);
        let middle = tiers.first().map_or(0, |tier| tier.number_at.0);
        let (sides, dots, line, char, baseline) = match pyramid.layout {
            Layout::Wide => ((-90, pyramid.width), (-86, 532), 24, 12, 7),
            Layout::Narrow => ((-40, 372), (-38, 354), 24, 12, 7),
        };
        Room { frame, tiers, sides, dots, middle, line, char, baseline }
    }
}

impl Crowd {
    /// Places everybody in an empty pyramid that has its chasm above a level. `positions` in thousandths; `names` in the
    /// same order.
    pub fn of(pyramid: &Pyramid, chasm_above: usize, positions: &[u16], names: &[&str]) -> Crowd {
        let room = Room::new(pyramid, chasm_above);
        let heights: Vec<i32> = positions.iter().map(|position| room.frame.y_of(*position)).collect();
        let (radius, dots) = if heights.len() <= DOTS_MAX { swarm(&room, &heights) } else { None }.unwrap_or_default();
        let bars = if dots.is_empty() { bars(&room, positions) } else { Vec::new() };
        let mut numbers = Vec::new();
        if pyramid.layout == Layout::Narrow {
            numbers.extend(room.tiers.iter().map(|tier| (room.sides.1 - 2, tier.number_at.1 + room.baseline)));
        }
        let names = if dots.len() <= NAMES_MAX { callouts(&room, radius, &dots, names) } else { Vec::new() };
        Crowd { sides: room.sides, radius, dots, names, bars, numbers }
    }
}

/// The dots at the largest radius at which they fit; `None` when they do not at any.
fn swarm(room: &Room, heights: &[i32]) -> Option<(i32, Vec<Point>)> {
    let mut order: Vec<usize> = (0..heights.len()).collect();
    sort_by(&mut order, |one, two| heights.get(*one).cmp(&heights.get(*two)));
    // Smaller where there are many, so that a crowd is not a wall.
    let first = match heights.len() {
        ..=40 => 0,
        41..=100 => 1,
        _ => 2,
    };
    RADII.iter().skip(first).find_map(|radius| place(room, heights, &order, *radius).map(|dots| (*radius, dots)))
}

/// Each dot at its height, as near to the axis as those before it allow; from top to bottom.
fn place(room: &Room, heights: &[i32], order: &[usize], radius: i32) -> Option<Vec<Point>> {
    let apart = 2 * radius + 1;
    let (left, right) = (room.dots.0 + radius, room.dots.1 - radius);
    // How far sideways two dots must be apart at each distance of their heights.
    let sideways: Vec<i32> =
        (0..apart).map(|dy| (1..=apart).find(|dx| dx * dx + dy * dy >= apart * apart).unwrap_or(apart)).collect();
    let mut taken = vec![false; usize::try_from(right - left + 1).ok()?];
    let mut dots: Vec<Point> = vec![(0, 0); heights.len()];
    let mut placed: Vec<Point> = Vec::with_capacity(heights.len());
    for index in order {
        let y = *heights.get(*index)?;
        taken.fill(false);
        for (x, other) in placed.iter().rev().take_while(|(_, other)| y - other < apart) {
            let away = usize::try_from(y - other).ok().and_then(|dy| sideways.get(dy).copied()).unwrap_or(apart) - 1;
            let from = usize::try_from((x - away - left).max(0)).unwrap_or(0);
            let to = usize::try_from((x + away - left).min(right - left) + 1).unwrap_or(0);
            if let Some(cells) = taken.get_mut(from..to) {
                cells.fill(true);
            }
        }
        let free = |x: &i32| usize::try_from(x - left).ok().and_then(|cell| taken.get(cell)) == Some(&false);
        let x = (0..=right - left).flat_map(|away| [room.middle + away, room.middle - away]).find(free)?;
        placed.push((x, y));
        *dots.get_mut(*index)? = (x, y);
    }
    Some(dots)
}

/// Names at the left, each in a line of its own near its dot.
fn callouts(room: &Room, radius: i32, dots: &[Point], names: &[&str]) -> Vec<Name> {
    let mut order: Vec<usize> = (0..dots.len()).collect();
    let place = |index: &usize| dots.get(*index).map(|(x, y)| (*y, *x));
    sort_by(&mut order, |one, two| place(one).cmp(&place(two)));
    let line = room.line;
    // Down from the top where a name would touch the one above; then up from the bottom.
    let mut lines: Vec<i32> = Vec::with_capacity(order.len());
    for index in &order {
        let wanted = dots.get(*index).map_or(0, |dot| dot.1);
        lines.push(lines.last().map_or(line / 2, |above| above + line).max(wanted));
    }
    let mut below = room.frame.height() + line / 2;
    for y in lines.iter_mut().rev() {
        *y = (*y).min(below - line);
        below = *y;
    }
    let mut placed = Vec::with_capacity(order.len());
    for (index, y) in order.into_iter().zip(lines) {
        let (Some((x, dot)), Some(name)) = (dots.get(index).copied(), names.get(index)) else { continue };
        // Left of the slope and of every dot beside which the line stands.
        let near = dots.iter().filter(|(_, other)| (other - y).abs() < line / 2 + radius).map(|(x, _)| x - radius);
        let edge = near.chain([room.frame.left_at(y + line / 2)]).min().unwrap_or(0) - 14;
        let most = usize::try_from((edge - room.sides.0 - 2) / room.char).unwrap_or(0);
        placed.push(Name {
            of: index,
            at: (edge, y + room.baseline),
            text: shorten(name, most),
            lead: [(edge + 4, y), (x - radius, dot)],
        });
    }
    placed
}

/// A bar for every tenth of a level that somebody stands at, around the axis, as long as many stand there.
fn bars(room: &Room, positions: &[u16]) -> Vec<Bar> {
    let tenths = positions.iter().map(|position| position / 100);
    let (Some(least), Some(most)) = (tenths.clone().min(), tenths.clone().max()) else { return Vec::new() };
    let mut bars: Vec<Bar> = Vec::new();
    for tenth in least..=most {
        let count = tenths.clone().filter(|other| *other == tenth).count();
        if count > 0 {
            bars.push(Bar { position: 100 * tenth, count, at: (0, 0, 0, 0), count_at: None });
        }
    }
    let largest = bars.iter().map(|bar| bar.count).max().unwrap_or(1);
    // The count of a bar stands right of it.
    let widest = 2 * (room.dots.1 - 5 * room.char - room.middle).min(room.middle - room.dots.0);
    let tier = room.tiers.first().map_or(0, |tier| tier.outline[0].1 - tier.outline[2].1);
    let height = tier / 10 - 1;
    for bar in &mut bars {
        let width = usize::try_from(widest).unwrap_or(0) * bar.count / largest;
        let width = i32::try_from(width).unwrap_or(0).max(2);
        // All of the highest level stand in the middle of its tier.
        let highest = usize::from(bar.position / 1000) >= room.tiers.len();
        let up = if highest { height / 2 } else { height };
        bar.at = (room.middle - width / 2, room.frame.y_of(bar.position) - up, width, height);
    }
    // One number a level, that of its largest bar, where it does not touch the one below.
    let mut from = 0;
    let mut last: Option<i32> = None;
    while let Some(level) = bars.get(from).map(|bar| bar.position / 1000) {
        let of = bars.iter().skip(from).take_while(|bar| bar.position / 1000 == level).count();
        let largest = bars.iter().enumerate().skip(from).take(of).max_by_key(|(_, bar)| bar.count).map(|(at, _)| at);
        if let Some(bar) = largest.and_then(|at| bars.get_mut(at)) {
            let (x, top, width, height) = bar.at;
            let y = top + height / 2;
            if last.is_none_or(|last| last - y >= room.line) {
                bar.count_at = Some((x + width + 5, y + room.baseline));
                last = Some(y);
            }
        }
        from += of;
    }
    bars
}
