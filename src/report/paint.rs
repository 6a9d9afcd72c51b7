//! A drawing of a page as elements of SVG that bring their own colours: the classes that a style sheet would read become
//! attributes. So a file shows what the page shows.
//!
//! Knows the classes of the drawings. Must not know what they mean.

use super::pen::Svg;
use super::plain::attribute;
use super::svg::{ACCENT, ACCENT_SOFT, CARD, Drawing, EDGE, INK, LINE, MARK, SOFT, TIER};
use crate::page::dom::{At, Child, El, NAMES, Set};

/// What an `svg` element of a page shows, without its title, which the file has anew.
pub fn drawing(svg: &El) -> Drawing {
    let mut size = attribute(svg, At::ViewBox).split(' ').skip(2).map(|value| value.parse().unwrap_or(0));
    let (width, height) = (size.next().unwrap_or(0), size.next().unwrap_or(0));
    Drawing { width, height, body: inside(svg, &[]) }
}

/// Everything in an `svg` element; `around`: the classes that stand around it.
pub fn inside(svg: &El, around: &[&str]) -> String {
    let mut out = Svg::default();
    for child in &svg.0.children {
        if let Child::El(inner) = child
            && !matches!(&*inner.0.tag, "title" | "desc")
        {
            paint(inner, around, &mut out);
        }
    }
    out.0
}

/// A whole `svg` element, with its title and description.
pub fn element(svg: &El, around: &[&str], out: &mut Svg) {
    out.raw("<svg xmlns=\"http://www.w3.org/2000/svg\"");
    // Its size is the style sheet's.
    out.string("class", attribute(svg, At::Class));
    for (name, value) in attributes(svg) {
        out.string(name, value);
    }
    out.raw(">");
    for child in &svg.0.children {
        if let Child::El(inner) = child
            && matches!(&*inner.0.tag, "title" | "desc")
        {
            paint(inner, &[], out);
        }
    }
    out.0.push_str(&inside(svg, around));
    out.raw("</svg>");
}

fn attributes(el: &El) -> impl Iterator<Item = (&'static str, &str)> {
    el.0.sets.iter().filter(|(name, _)| !matches!(name, At::Class | At::Part)).filter_map(|(name, set)| match set {
        Set::Attribute(value) => Some((*NAMES.get(*name as usize)?, value.as_str())),
        _ => None,
    })
}

fn paint(el: &El, around: &[&str], out: &mut Svg) {
    let class = attribute(el, At::Class);
    out.raw("<");
    out.raw(&el.0.tag);
    for (name, value) in attributes(el) {
        out.string(name, value);
    }
    for (name, value) in look(class, &el.0.tag, around) {
        out.string(name, value);
    }
    if el.0.children.is_empty() {
        return out.raw("/>");
    }
    out.raw(">");
    let around: Vec<&str> = around.iter().copied().chain(class.split(' ')).collect();
    for child in &el.0.children {
        match child {
            Child::Text(text) => out.escaped(text),
            Child::El(inner) => paint(inner, &around, out),
        }
    }
    out.raw("</");
    out.raw(&el.0.tag);
    out.raw(">");
}

type Look = Vec<(&'static str, &'static str)>;

/// The attributes of a class; some look another way inside another class.
fn look(classes: &str, tag: &str, around: &[&str]) -> Look {
    let class = classes.split(' ').next().unwrap_or("");
    let is = |name: &str| classes.split(' ').any(|own| own == name);
    let within = |name: &str| around.contains(&name);
    let fill = |color| vec![("fill", color)];
    let line = |color, width| vec![("fill", "none"), ("stroke", color), ("stroke-width", width)];
    let shape = |color, edge, width| vec![("fill", color), ("stroke", edge), ("stroke-width", width)];
    let words = |color, size| vec![("fill", color), ("font-size", size)];
    let and = |mut all: Look, more: &[(&'static str, &'static str)]| {
        all.extend_from_slice(more);
        all
    };
    let (round, middle, end) = (("stroke-linejoin", "round"), ("text-anchor", "middle"), ("text-anchor", "end"));
    if tag == "text" && within("bsh-matrix") {
        return and(words(INK, "14"), &[middle]);
    }
    match class {
        "bsh-tier-back" => fill(TIER),
        "bsh-fill" => fill(ACCENT),
        "bsh-tier-edge" if within("bsh-tier-u") => and(line(ACCENT, "2"), &[round, ("stroke-dasharray", "7 6")]),
        "bsh-tier-edge" => and(line(ACCENT, "2"), &[round]),
        "bsh-disc" if within("bsh-reached") => shape(INK, CARD, "2"),
        "bsh-disc" => shape(CARD, CARD, "2"),
        "bsh-number" => {
            let color = if within("bsh-reached") { CARD } else { INK };
            and(words(color, "24"), &[("font-weight", "600"), middle])
        }
        "bsh-guide" if within("bsh-chasm") => and(line(SOFT, "1.5"), &[("stroke-dasharray", "2 5")]),
        "bsh-guide" => line(LINE, "1.5"),
        "bsh-name" => words(INK, "21"),
        "bsh-rating" => words(SOFT, "20"),
        "bsh-chasm-word" => and(words(SOFT, "20"), &[("font-style", "italic")]),
        "bsh-bridge" => and(line(if is("bsh-whole") { ACCENT } else { SOFT }, "3"), &[("stroke-linecap", "round")]),
        "bsh-range" => and(fill(MARK), &[("fill-opacity", "0.7")]),
        "bsh-crossing" => and(line(MARK, "2"), &[("stroke-dasharray", "4 5")]),
        "bsh-shape" if within("bsh-goal") => and(shape(INK, INK, "3"), &[round]),
        "bsh-shape" if within("bsh-own") => and(shape(CARD, MARK, "3"), &[round]),
        "bsh-shape" => and(shape(MARK, MARK, "3"), &[round]),
        "bsh-pole" => and(line(INK, "3"), &[("stroke-linecap", "round")]),
        "bsh-leader" => line(if within("bsh-goal") { INK } else { MARK }, "2"),
        "bsh-point" => fill(if within("bsh-goal") { INK } else { MARK }),
        "bsh-who" => and(words(INK, "20"), &[("font-weight", "600"), end]),
        "bsh-value" => and(words(SOFT, "20"), &[end]),
        "bsh-quadrant" if is("bsh-reached") => shape(ACCENT_SOFT, ACCENT, "2"),
        "bsh-quadrant" => shape(CARD, EDGE, "1"),
        "bsh-spread" => and(line(SOFT, "1.5"), &[("stroke-dasharray", "5 4")]),
        "bsh-dot" => shape(MARK, CARD, "2"),
        "bsh-time-level" => and(words(SOFT, "12"), &[end]),
        "bsh-time-round" => and(words(SOFT, "12"), &[middle]),
        "bsh-time-line" => line(LINE, "1"),
        "bsh-time-link" => line(MARK, "2"),
        "bsh-time-part" => and(line(SOFT, "1.5"), &[("stroke-dasharray", "4 5")]),
        "bsh-time-bar" => and(line(MARK, "8"), &[("stroke-opacity", "0.4"), ("stroke-linecap", "round")]),
        "bsh-time-point" => shape(if is("bsh-solid") { MARK } else { CARD }, MARK, "3"),
        "bsh-bar-all" => fill(TIER),
        "bsh-bar-part" => fill(ACCENT),
        "bsh-bar-other" => shape(EDGE, CARD, "6"),
        "bsh-bar-third" => shape(SOFT, CARD, "6"),
        "bsh-bar-cut" => fill(INK),
        _ => Vec::new(),
    }
}
