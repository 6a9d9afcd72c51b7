//! Points to the text of SVG attributes.
//!
//! Knows the path syntax. Shared by the standalone file and the page, so both draw the same.

use super::text::push_int;
use super::{Point, Tier};

fn push_point(out: &mut String, point: Point) {
    push_int(out, point.0);
    out.push(' ');
    push_int(out, point.1);
}

/// `M..L..`, with `Z` when closed.
pub fn path_of(points: &[Point], closed: bool) -> String {
    let mut out = String::new();
    for (i, point) in points.iter().enumerate() {
        out.push(if i == 0 { 'M' } else { 'L' });
        push_point(&mut out, *point);
    }
    if closed {
        out.push('Z');
    }
    out
}

/// Several open lines in one path.
pub fn path_of_lines(lines: &[Vec<Point>]) -> String {
    lines.iter().map(|line| path_of(line, false)).collect()
}

/// A closed shape whose corners are rounded, each with its own radius.
pub fn path_rounded(points: &[Point; 4], radii: [i32; 4]) -> String {
    let mut out = String::new();
    let [a, b, c, d] = *points;
    for ((corner, before, after), radius) in [(a, d, b), (b, a, c), (c, b, d), (d, c, a)].into_iter().zip(radii) {
        out.push(if out.is_empty() { 'M' } else { 'L' });
        push_point(&mut out, towards(corner, before, radius));
        out.push('Q');
        push_point(&mut out, corner);
        out.push(' ');
        push_point(&mut out, towards(corner, after, radius));
    }
    out.push('Z');
    out
}

/// The outline of a tier and, where there is one, its fill, both with rounded corners.
pub fn tier_paths(tier: &Tier, corner: i32) -> (String, Option<String>) {
    let outline = path_rounded(&tier.outline, [corner; 4]);
    let fill = tier.fill.map(|fill| {
        // A fill that ends below the top has a straight edge there.
        let top = (corner - (fill[2].1 - tier.outline[2].1)).max(0);
        path_rounded(&fill, [corner, corner, top, top])
    });
    (outline, fill)
}

/// From one point `distance` on to another, at most half way.
fn towards(from: Point, to: Point, distance: i32) -> Point {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let length = (dx * dx + dy * dy).isqrt().max(1);
    let distance = distance.min(length / 2);
    (from.0 + round(dx * distance, length), from.1 + round(dy * distance, length))
}

fn round(a: i32, b: i32) -> i32 {
    (2 * a + b).div_euclid(2 * b)
}
