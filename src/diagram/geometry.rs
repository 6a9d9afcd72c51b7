//! Where everything is: tiers, chasm, bridge and range.
//!
//! A position maps to a height like this: k.000 is the bottom edge of tier k, k.500 its middle, k.990 just under its
//! top; 2.285 is 28.5 % up tier 2. The chasm and the small gaps take up height and no position, so 3.990 and 4.000 lie on
//! its two sides. The highest level has nothing above it: its only position is the middle of its tier.
//! Whole numbers only.

use super::markers;
use super::{Band, Chasm, Layout, Point, Pyramid, PyramidInput, Tier};
use crate::domain::gates::Rating;

/// The beam beside the slope in which the range and the exact points lie, as distances from the slope.
const LANE: (i32, i32) = (4, 12);

/// The measures of a layout and the straight slope from the base to the peak.
pub struct Frame {
    pub layout: Layout,
    pub width: i32,
    left: i32,
    base: i32,
    peak: i32,
    top: i32,
    tier: i32,
    gap: i32,
    chasm: i32,
    /// Level below the chasm, 0 for none.
    chasm_above: i32,
    /// Number of tiers.
    count: i32,
    foot: i32,
    column: i32,
    disc: i32,
}

impl Frame {
    pub fn new(layout: Layout, tiers: usize, chasm_above: usize) -> Frame {
        let count = i32::try_from(tiers).unwrap_or(0).clamp(1, 9);
        let chasm_above = i32::try_from(chasm_above).ok().filter(|level| *level < count).unwrap_or(0);
        // Three tiers are higher, so that 8 markers have room beside them.
        match layout {
            Layout::Wide => Frame {
                layout,
                width: 800,
                left: 150,
                base: 372,
                peak: 40,
                top: 24,
                tier: if count < 4 { 108 } else { 88 },
                gap: 7,
                chasm: 62,
                chasm_above,
                count,
                foot: 20,
                column: 546,
                disc: 20,
            },
            Layout::Narrow => Frame {
                layout,
                width: 360,
                left: 102,
                base: 246,
                peak: 36,
                top: 18,
                tier: if count < 4 { 76 } else { 62 },
                gap: 6,
                chasm: 48,
                chasm_above,
                count,
                foot: 14,
                column: 0,
                disc: 16,
            },
        }
    }

    /// Bottom edge of tier `k`, 1 the lowest.
    fn bottom(&self, k: i32) -> i32 {
        let above = self.count - k;
        let gaps = above * self.gap + if k <= self.chasm_above { self.chasm - self.gap } else { 0 };
        self.top + (above + 1) * self.tier + gaps
    }

    fn ground(&self) -> i32 {
        self.bottom(1)
    }

    pub fn height(&self) -> i32 {
        self.ground() + self.foot
    }

    /// The left slope at a height.
    pub fn left_at(&self, y: i32) -> i32 {
        self.left + rounded((self.ground() - y) * (self.base - self.peak), 2 * (self.ground() - self.top))
    }

    fn right_at(&self, y: i32) -> i32 {
        2 * self.left + self.base - self.left_at(y)
    }

    fn middle(&self) -> i32 {
        self.left + self.base / 2
    }

    /// The height of a position in thousandths.
    pub fn y_of(&self, position: u16) -> i32 {
        let level = (i32::from(position) / 1000).clamp(1, self.count);
        let part = if level == self.count { 500 } else { (i32::from(position) - 1000 * level).max(0) };
        self.bottom(level) - rounded(part * self.tier, 1000)
    }

    /// The point of a position, in the lane beside the slope.
    pub fn point_of(&self, position: u16) -> Point {
        let y = self.y_of(position);
        (self.left_at(y) - (LANE.0 + LANE.1) / 2, y)
    }

    /// The slice of the pyramid between two heights.
    fn slice(&self, low: i32, high: i32) -> [Point; 4] {
        [(self.left_at(low), low), (self.right_at(low), low), (self.right_at(high), high), (self.left_at(high), high)]
    }

    fn lane(&self, low: i32, high: i32) -> [Point; 4] {
        [
            (self.left_at(low) - LANE.1, low),
            (self.left_at(low) - LANE.0, low),
            (self.left_at(high) - LANE.0, high),
            (self.left_at(high) - LANE.1, high),
        ]
    }

    fn lead(&self, y: i32) -> Option<[Point; 2]> {
        (self.layout == Layout::Wide).then(|| [(self.right_at(y) + 10, y), (self.column - 12, y)])
    }
}

/// `a / b` to the nearest whole number, for a, b >= 0.
pub fn rounded(a: i32, b: i32) -> i32 {
    (2 * a + b) / (2 * b.max(1))
}

impl Pyramid {
    /// Draws the input.
    pub fn of(input: &PyramidInput, layout: Layout) -> Pyramid {
        let frame = Frame::new(layout, input.tiers.len(), input.chasm_above);
        let chasm = (frame.chasm_above > 0).then(|| chasm(&frame));
        Pyramid {
            layout,
            width: frame.width,
            height: frame.height(),
            tiers: (1..=frame.count).zip(&input.tiers).map(|(k, tier)| draw_tier(&frame, k, tier)).collect(),
            bridge: chasm.as_ref().map_or(Vec::new(), |chasm| bridge(&frame, chasm, input.bridge_whole)),
            chasm,
            bridge_whole: input.bridge_whole,
            band: input.range.map_or(Band::default(), |range| band(&frame, range)),
            markers: markers::place(&frame, &input.markers),
            disc: frame.disc,
            corner: 6,
        }
    }
}

fn draw_tier(frame: &Frame, k: i32, input: &super::TierInput) -> Tier {
    let low = frame.bottom(k);
    let high = low - frame.tier;
    let mid = low - frame.tier / 2;
    let fill = i32::try_from(input.fill_thousandths.min(1000)).unwrap_or(1000);
    let filled = rounded(fill * frame.tier, 1000);
    let class = match (input.undetermined, input.rating) {
        (true, _) => "bsh-tier-u",
        (_, None) => "bsh-tier-floor",
        (_, Some(Rating::N)) => "bsh-tier-n",
        (_, Some(Rating::P)) => "bsh-tier-p",
        (_, Some(Rating::L)) => "bsh-tier-l",
        (_, Some(Rating::F)) => "bsh-tier-f",
    };
    Tier {
        outline: frame.slice(low, high),
        fill: (filled > 0 && !input.undetermined).then(|| frame.slice(low, low - filled)),
        shade: u32::try_from(72 + 28 * (k - 1) / (frame.count - 1).max(1)).unwrap_or(100),
        number_at: (frame.middle(), mid),
        reached: input.reached,
        class,
        label_at: (frame.layout == Layout::Wide).then_some((frame.column, mid)),
        lead: frame.lead(mid),
    }
}

fn chasm(frame: &Frame) -> Chasm {
    let low = frame.bottom(frame.chasm_above) - frame.tier;
    let high = low - frame.chasm;
    let mid = low - frame.chasm / 2;
    let x = match frame.layout {
        Layout::Wide => frame.column,
        Layout::Narrow => frame.right_at(mid) + 4,
    };
    Chasm { outline: frame.slice(low, high), label_at: (x, mid), lead: frame.lead(mid) }
}

/// A ladder of two rails and its rungs; broken, only uneven stubs of it are left.
fn bridge(frame: &Frame, chasm: &Chasm, whole: bool) -> Vec<Vec<Point>> {
    let [(_, low), _, (_, high), _] = chasm.outline;
    let (left, right) = (frame.middle() - frame.disc, frame.middle() + frame.disc);
    let size = low - high;
    let rung = |y: i32| vec![(left, y), (right, y)];
    if whole {
        let mut lines = vec![vec![(left, low), (left, high)], vec![(right, low), (right, high)]];
        lines.extend((1..=3).map(|i| rung(low - rounded(size * (2 * i - 1), 6))));
        return lines;
    }
    let up = |part: i32| low - rounded(size * part, 100);
    let (inner, outer) = (left + 5, right - 3);
    vec![
        vec![(left, low), (left, up(33))],
        vec![(right, low), (right, up(20))],
        vec![(left, high), (left, up(82))],
        vec![(right, high), (right, up(66))],
        rung(up(14)),
        rung(up(88)),
        // A plank on its way down.
        vec![(inner, up(62)), (outer, up(44))],
    ]
}

fn band(frame: &Frame, range: (u16, u16)) -> Band {
    let (low, high) = (frame.y_of(range.0.min(range.1)), frame.y_of(range.0.max(range.1)));
    if low == high {
        return Band::default();
    }
    let edge = frame.bottom(frame.chasm_above.max(1)) - frame.tier;
    let crosses = frame.chasm_above > 0 && low >= edge && high <= edge - frame.chasm;
    if !crosses {
        return Band { pieces: vec![frame.lane(low, high)], crossing: None };
    }
    let far = edge - frame.chasm;
    let centre = |y: i32| (frame.left_at(y) - (LANE.0 + LANE.1) / 2, y);
    let pieces = [(low, edge), (far, high)];
    Band {
        pieces: pieces.iter().filter(|(a, b)| a > b).map(|(a, b)| frame.lane(*a, *b)).collect(),
        crossing: Some([centre(edge), centre(far)]),
    }
}
