//! The pyramid on the page: the drawing for wide places, the one for narrow places with its names around it.
//!
//! Knows the geometry and the words it is handed. Which of the two is shown is up to the style sheet (by the width of
//! the place, not of the screen); only that one is exposed. Colours come from classes, never from `style`.

use super::dom::{At, El, el};
use super::words::n;
use crate::diagram::markers::glyph;
use crate::diagram::path::{path_of, path_of_lines, tier_paths};
use crate::diagram::text::{beside, percent};
use crate::diagram::{Layout, Marker, MarkerKind, Point, Pyramid, PyramidInput, PyramidTexts, Tier};

/// The figure. `id` is the start of all ids in it and must be its own on the page.
pub fn pyramid_view(input: &PyramidInput, texts: &PyramidTexts, id: &str) -> El {
    let range = || (input.range.is_some() && !texts.range.is_empty()).then(|| range_key(&texts.range));
    let mut keys = el("ul", "bsh-pyramid-keys");
    for marker in &input.markers {
        let foot = if marker.kind == MarkerKind::Target { 22 } else { 12 };
        let (shape, pole) = glyph(marker.kind, (21, foot), (18, 9), 20);
        let words = el("span", "").text(&marker.label).text(" ").put(el("b", "").text(&marker.sub));
        keys = keys.put(el("li", "").put(shape_of(icon(marker_class(marker.kind)), &shape, pole)).put(words));
    }
    let mut names = el("ul", "bsh-pyramid-names");
    for (level, (name, tier)) in
        (1u32..).zip(texts.names.iter().zip(&input.tiers)).collect::<Vec<_>>().into_iter().rev()
    {
        let rating = texts.ratings.get(level as usize - 1).map_or("", String::as_str);
        let disc = el("span", if tier.reached { "bsh-disc bsh-reached" } else { "bsh-disc" }).text(&n(level));
        let words = el("span", "").text(name).put(el("small", "").text(rating));
        names = names.put(el("li", "").put(disc).put(words));
    }
    el("figure", "bsh-pyramid")
        .put(
            el("div", "bsh-pyramid-wide")
                .put(drawing(input, Layout::Wide, texts, &[id, "-w"].concat()))
                .put_if(range().map(|key| el("ul", "bsh-pyramid-keys").put(key))),
        )
        .put(
            el("div", "bsh-pyramid-narrow")
                .put(keys.put_if(range()))
                .put(drawing(input, Layout::Narrow, texts, &[id, "-n"].concat()))
                .put(names),
        )
}

fn icon(class: &'static str) -> El {
    el("svg", class).at(At::ViewBox, "0 0 24 24").at(At::Width, "20").at(At::Height, "20").flag(At::AriaHidden, true)
}

fn range_key(words: &str) -> El {
    let band = path("bsh-range", &path_of(&[(7, 23), (15, 23), (21, 1), (13, 1)], true));
    el("li", "").put(icon("").put(band)).put(el("span", "").text(words))
}

fn drawing(input: &PyramidInput, layout: Layout, texts: &PyramidTexts, id: &str) -> El {
    let p = Pyramid::of(input, layout);
    let (title, desc) = ([id, "-t"].concat(), [id, "-d"].concat());
    let size = ["0 0 ", &int(p.width), " ", &int(p.height)].concat();
    let mut svg = el("svg", "")
        .at(At::Role, "img")
        .at(At::ViewBox, &size)
        .at(At::AriaLabelledby, &[&title, " ", &desc].concat())
        .put(el("title", "").at(At::Id, &title).text(&texts.title))
        .put(el("desc", "").at(At::Id, &desc).text(&texts.desc));
    for (level, tier) in p.tiers.iter().enumerate() {
        svg = svg.put(draw_tier(&p, level, tier, texts));
    }
    if let Some(chasm) = &p.chasm {
        let lead = chasm.lead.map(|lead| path("bsh-guide", &path_of(&lead, false)));
        let at = (chasm.label_at.0, chasm.label_at.1 + 6);
        svg = svg.put(el("g", "bsh-chasm").put_if(lead).put(words("bsh-chasm-word", at, &texts.chasm)));
    }
    let bridge = if p.bridge_whole { "bsh-bridge bsh-whole" } else { "bsh-bridge" };
    svg = svg.put(path(bridge, &path_of_lines(&p.bridge)));
    for piece in &p.band.pieces {
        svg = svg.put(path("bsh-range", &path_of(piece, true)));
    }
    svg = svg.put_if(p.band.crossing.map(|line| path("bsh-crossing", &path_of(&line, false))));
    for marker in &p.markers {
        svg = svg.put(draw_marker(marker));
    }
    svg
}

fn draw_tier(p: &Pyramid, level: usize, tier: &Tier, texts: &PyramidTexts) -> El {
    let (outline, fill) = tier_paths(tier, p.corner);
    let (x, y) = tier.number_at;
    let classes = ["bsh-tier ", tier.class, if tier.reached { " bsh-reached" } else { "" }].concat();
    let fill = fill.map(|d| path("bsh-fill", &d).at(At::FillOpacity, &percent(tier.shade)));
    let mut group = el("g", "")
        .at(At::Class, &classes)
        .put(path("bsh-tier-back", &outline))
        .put_if(fill)
        .put(path("bsh-tier-edge", &outline))
        .put(circle("bsh-disc", tier.number_at, p.disc))
        .put(words("bsh-number", (x, y + p.disc * 43 / 100), &(level + 1).to_string()))
        .put_if(tier.lead.map(|lead| path("bsh-guide", &path_of(&lead, false))));
    if let Some(at) = tier.label_at {
        for line in beside(texts, level, at) {
            let class = if line.soft { "bsh-rating" } else { "bsh-name" };
            group = group.put(words(class, (at.0, line.y), &line.text));
        }
    }
    group
}

fn draw_marker(marker: &Marker) -> El {
    let (x, y) = marker.label_at;
    let below = if marker.label.is_empty() { 0 } else { 21 };
    let mut group = el("g", marker_class(marker.kind));
    if let Some(line) = marker.leader {
        group = group.put(path("bsh-leader", &path_of(&line, false))).put(circle("bsh-point", marker.at, 4));
    }
    group = shape_of(group, &marker.shape, marker.pole);
    if below > 0 {
        group = group.put(words("bsh-who", (x, y), &marker.label));
    }
    group.put(words("bsh-value", (x, y + below), &marker.sub))
}

fn marker_class(kind: MarkerKind) -> &'static str {
    match kind {
        MarkerKind::Own => "bsh-marker bsh-own",
        MarkerKind::Customer => "bsh-marker bsh-customer",
        MarkerKind::Target => "bsh-marker bsh-goal",
    }
}

fn shape_of(place: El, shape: &[Point], pole: Option<[Point; 2]>) -> El {
    place
        .put_if(pole.map(|line| path("bsh-pole", &path_of(&line, false))))
        .put(path("bsh-shape", &path_of(shape, true)))
}

fn path(class: &'static str, d: &str) -> El {
    el("path", class).at(At::D, d)
}

fn circle(class: &'static str, at: Point, radius: i32) -> El {
    el("circle", class).at(At::Cx, &int(at.0)).at(At::Cy, &int(at.1)).at(At::R, &int(radius))
}

fn words(class: &'static str, at: Point, text: &str) -> El {
    el("text", class).at(At::X, &int(at.0)).at(At::Y, &int(at.1)).text(text)
}

fn int(value: i32) -> String {
    value.to_string()
}
