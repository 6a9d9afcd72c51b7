//! The markers beside the left slope: each at its exact position, or moved up or down just enough not to touch another,
//! with a line to the exact position.
//!
//! Knows heights and the length of strings. Whole numbers only.

use super::geometry::Frame;
use super::text::shorten;
use super::{Layout, Marker, MarkerInput, MarkerKind, Point};

/// The measures of a marker.
struct Size {
    /// Above and below its own line, for a triangle with its text and for a flag with its text.
    triangle: (i32, i32),
    flag: (i32, i32),
    /// Distance from the slope to the tip of a shape; `.1` where a leader needs the space between.
    tip: (i32, i32),
    /// Width and half height of a triangle; the flag's cloth has the same width.
    shape: (i32, i32),
    pole: i32,
    /// Baselines of the text lines, from the middle of the marker.
    lines: i32,
    /// Estimated width of one character of the label.
    char: i32,
}

impl Size {
    fn of(layout: Layout) -> Size {
        match layout {
            Layout::Wide => Size {
                triangle: (22, 22),
                flag: (38, 6),
                tip: (14, 30),
                shape: (22, 12),
                pole: 36,
                lines: -2,
                char: 13,
            },
            Layout::Narrow => {
                Size { triangle: (13, 13), flag: (26, 4), tip: (14, 24), shape: (18, 10), pole: 25, lines: 6, char: 12 }
            }
        }
    }

    fn reach(&self, kind: MarkerKind) -> (i32, i32) {
        if kind == MarkerKind::Target { self.flag } else { self.triangle }
    }
}

/// Places all markers; lowest first.
pub fn place(frame: &Frame, inputs: &[MarkerInput]) -> Vec<Marker> {
    let size = Size::of(frame.layout);
    // Highest first; at the same height a flag stands above, since it needs the space over it. By insertion: there are
    // a handful, and the library's sort would be 4 kB of the visitor's program.
    let mut sorted: Vec<&MarkerInput> = Vec::with_capacity(inputs.len());
    let place = |m: &MarkerInput| (frame.y_of(m.position), m.kind != MarkerKind::Target);
    for input in inputs {
        let at = sorted.iter().take_while(|before| place(before) <= place(input)).count();
        sorted.insert(at, input);
    }
    let wanted: Vec<(i32, (i32, i32))> = sorted.iter().map(|m| (frame.y_of(m.position), size.reach(m.kind))).collect();
    let rows = spread(&wanted, 2, frame.height() - 2);
    let mut placed: Vec<Marker> = sorted.iter().zip(&rows).map(|(input, row)| draw(frame, &size, input, row)).collect();
    placed.reverse();
    placed
}

/// Where a marker went.
struct Row {
    line: i32,
    /// Above and below the line.
    reach: (i32, i32),
    /// It stands where it wanted to and shares no space with a neighbour.
    exact: bool,
}

/// Moves rows apart as little as possible, order kept, inside `top..=bottom`. What is wanted is a line and its reach.
/// Neighbours that want the same space share the way to go (pool adjacent violators).
fn spread(wanted: &[(i32, (i32, i32))], top: i32, bottom: i32) -> Vec<Row> {
    let mut offsets = Vec::with_capacity(wanted.len());
    let (mut offset, mut below) = (0, 0);
    for (i, (_, reach)) in wanted.iter().enumerate() {
        offset += if i == 0 { 0 } else { below + reach.0 };
        below = reach.1;
        offsets.push(offset);
    }
    // (sum, count) of the lines of a pool, each without its offset.
    let mut pools: Vec<(i32, i32)> = Vec::new();
    for ((y, _), offset) in wanted.iter().zip(&offsets) {
        let mut pool = (y - offset, 1);
        while let Some(last) = pools.last().copied().filter(|last| last.0 * pool.1 > pool.0 * last.1) {
            pool = (last.0 + pool.0, last.1 + pool.1);
            pools.pop();
        }
        pools.push(pool);
    }
    let first = top + wanted.first().map_or(0, |w| w.1.0);
    let last = bottom - below - offset;
    let mut lines = offsets.iter().zip(wanted);
    let mut rows = Vec::with_capacity(wanted.len());
    for (sum, count) in pools {
        let line = sum.div_euclid(count).min(last).max(first);
        for _ in 0..count {
            if let Some((offset, (y, reach))) = lines.next() {
                let line = line + offset;
                rows.push(Row { line, reach: *reach, exact: count == 1 && line == *y });
            }
        }
    }
    rows
}

fn draw(frame: &Frame, size: &Size, input: &MarkerInput, row: &Row) -> Marker {
    let Row { line: y, reach, exact } = *row;
    let at = frame.point_of(input.position);
    let tip = frame.left_at(y) - if exact { size.tip.0 } else { size.tip.1 };
    let (shape, pole) = glyph(input.kind, (tip, y), size.shape, size.pole);
    let middle = y + (reach.1 - reach.0) / 2;
    let label_x = tip - size.shape.0 - 7;
    let wide = frame.layout == Layout::Wide;
    let room = usize::try_from((label_x - 2) / size.char).unwrap_or(0);
    Marker {
        kind: input.kind,
        at,
        shape,
        pole,
        leader: (!exact).then_some([(tip, y), at]),
        label_at: (label_x, middle + size.lines),
        label: if wide { shorten(&input.label, room) } else { String::new() },
        sub: shorten(&input.sub, room),
        extent: (y - reach.0, y + reach.1),
    }
}

/// The shape of a marker with its tip or foot at a point: a triangle that points right, or a flag on its pole.
pub fn glyph(kind: MarkerKind, tip: Point, shape: (i32, i32), pole: i32) -> (Vec<Point>, Option<[Point; 2]>) {
    let (x, y) = tip;
    if kind == MarkerKind::Target {
        let top = y - pole;
        let cloth = vec![(x, top), (x - shape.0, top + shape.1 * 3 / 4), (x, top + shape.1 * 3 / 2)];
        return (cloth, Some([(x, y), (x, top)]));
    }
    (vec![(x, y), (x - shape.0, y - shape.1), (x - shape.0, y + shape.1)], None)
}
