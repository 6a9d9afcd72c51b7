//! A standalone SVG file of the pyramid with title, account, date and legend, to be put into slides.
//!
//! Inert: no script, no style, no link to anything outside. Knows its own light colours and nothing of the page.

use super::markers::glyph;
use super::path::{path_of, path_of_lines, tier_paths};
use super::pen::{Font, Paint, Svg};
use super::text::{beside, push_int, shorten, wrap};
use super::{Marker, MarkerKind, Point, Pyramid, PyramidTexts};

const INK: &str = Font::INK.fill;
const SOFT: &str = "#5b6474";
const LINE: &str = "#c9c6bd";
const CARD: &str = "#ffffff";
const TIER: &str = "#f4f2ed";
const ACCENT: &str = "#0b6b5d";
const MARK: &str = "#a84a12";

const MARGIN: i32 = 24;

/// What one line of the legend explains.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Sign {
    Marker(MarkerKind),
    Range,
    /// A tier that is filled in part.
    Filled,
    /// The dark disc of a level that is reached.
    Reached,
}

/// Everything that the file says in words.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct SvgTexts {
    /// BCP 47.
    pub lang: String,
    /// `picture.title` is the headline of the file too.
    pub picture: PyramidTexts,
    pub account: String,
    pub date: String,
    pub legend: Vec<(Sign, String)>,
}

/// The file.
pub fn standalone(pyramid: &Pyramid, texts: &SvgTexts) -> String {
    let width = pyramid.width + 2 * MARGIN;
    let mut body = Svg::default();
    let mut y = MARGIN;
    for line in wrap(&texts.picture.title, 44, 3) {
        y += 34;
        body.text((MARGIN, y), &line, Font { size: 28, bold: true, ..Font::INK });
    }
    y += 6;
    let date = shorten(texts.date.trim(), 24);
    if !date.is_empty() {
        body.text((width - MARGIN, y + 27), &date, Font { size: 20, fill: SOFT, end: true, ..Font::INK });
    }
    let account = wrap(&texts.account, 46, 2);
    for (i, line) in account.iter().enumerate() {
        body.text((MARGIN, y + 27 * (1 + i32::from(i > 0))), line, Font { size: 20, fill: SOFT, ..Font::INK });
    }
    y += 27 * i32::try_from(account.len()).unwrap_or(1).max(i32::from(!date.is_empty()));
    y += 14;
    body.raw("<g transform=\"translate(");
    push_int(&mut body.0, MARGIN);
    body.raw(" ");
    push_int(&mut body.0, y);
    body.raw(")\">");
    picture(&mut body, pyramid, &texts.picture);
    body.raw("</g>");
    y = legend(&mut body, &texts.legend, y + pyramid.height + 30, width);

    let mut out = Svg::default();
    out.raw("<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" font-family=\"system-ui, sans-serif\"");
    out.string("xml:lang", &texts.lang);
    out.int("width", width);
    out.int("height", y + MARGIN);
    out.raw(" viewBox=\"0 0 ");
    push_int(&mut out.0, width);
    out.raw(" ");
    push_int(&mut out.0, y + MARGIN);
    out.raw("\"><title>");
    out.escaped(&texts.picture.title);
    out.raw("</title><desc>");
    out.escaped(&texts.picture.desc);
    out.raw("</desc><rect width=\"100%\" height=\"100%\"");
    out.string("fill", CARD);
    out.raw("/>");
    out.0.push_str(&body.0);
    out.raw("</svg>\n");
    out.0
}

fn picture(svg: &mut Svg, pyramid: &Pyramid, texts: &PyramidTexts) {
    for (i, tier) in pyramid.tiers.iter().enumerate() {
        let (outline, fill) = tier_paths(tier, pyramid.corner);
        let dashes = if tier.class == "bsh-tier-u" { "7 6" } else { "" };
        svg.path(&outline, Paint { fill: TIER, ..Paint::NONE });
        if let Some(fill) = fill {
            svg.path(&fill, Paint { fill: ACCENT, opacity: tier.shade, ..Paint::NONE });
        }
        svg.path(&outline, Paint { stroke: ACCENT, width: 2, dashes, ..Paint::NONE });
        disc(svg, tier.number_at, pyramid.disc, i32::try_from(i + 1).unwrap_or(0), tier.reached);
        if let Some(lead) = tier.lead {
            svg.path(&path_of(&lead, false), Paint { stroke: LINE, width: 1, ..Paint::NONE });
        }
        if let Some(at) = tier.label_at {
            for line in beside(texts, i, at) {
                let fill = if line.soft { SOFT } else { INK };
                svg.text((at.0, line.y), &line.text, Font { size: line.size, fill, ..Font::INK });
            }
        }
    }
    if let Some(chasm) = &pyramid.chasm {
        if let Some(lead) = chasm.lead {
            svg.path(&path_of(&lead, false), Paint { stroke: SOFT, width: 1, dashes: "2 5", ..Paint::NONE });
        }
        let (x, y) = chasm.label_at;
        svg.text((x, y + 6), &texts.chasm, Font { size: 20, fill: SOFT, italic: true, ..Font::INK });
    }
    let stroke = if pyramid.bridge_whole { ACCENT } else { SOFT };
    svg.path(&path_of_lines(&pyramid.bridge), Paint { stroke, width: 3, ..Paint::NONE });
    for piece in &pyramid.band.pieces {
        svg.path(&path_of(piece, true), Paint { fill: MARK, opacity: 70, ..Paint::NONE });
    }
    if let Some(crossing) = pyramid.band.crossing {
        svg.path(&path_of(&crossing, false), Paint { stroke: MARK, width: 2, dashes: "4 5", ..Paint::NONE });
    }
    for marker in &pyramid.markers {
        draw_marker(svg, marker);
    }
}

fn draw_marker(svg: &mut Svg, marker: &Marker) {
    if let Some(leader) = marker.leader {
        svg.path(&path_of(&leader, false), Paint { stroke: MARK, width: 2, ..Paint::NONE });
        svg.circle(marker.at, 4, MARK, MARK);
    }
    draw_glyph(svg, marker.kind, &marker.shape, marker.pole);
    let (x, y) = marker.label_at;
    let mut below = 0;
    if !marker.label.is_empty() {
        svg.text((x, y), &marker.label, Font { size: 20, bold: true, end: true, ..Font::INK });
        below = 21;
    }
    svg.text((x, y + below), &marker.sub, Font { size: 20, fill: SOFT, end: true, ..Font::INK });
}

fn draw_glyph(svg: &mut Svg, kind: MarkerKind, shape: &[Point], pole: Option<[Point; 2]>) {
    if let Some(pole) = pole {
        svg.path(&path_of(&pole, false), Paint { stroke: INK, width: 3, ..Paint::NONE });
    }
    let (fill, stroke) = match kind {
        MarkerKind::Own => (CARD, MARK),
        MarkerKind::Customer => (MARK, MARK),
        MarkerKind::Target => (INK, INK),
    };
    svg.path(&path_of(shape, true), Paint { fill, stroke, width: 3, ..Paint::NONE });
}

fn disc(svg: &mut Svg, at: Point, radius: i32, number: i32, reached: bool) {
    let (fill, ink) = if reached { (INK, CARD) } else { (CARD, INK) };
    svg.circle(at, radius, fill, CARD);
    let mut text = String::new();
    push_int(&mut text, number);
    let size = radius * 6 / 5;
    svg.text((at.0, at.1 + size * 36 / 100), &text, Font { size, bold: true, fill: ink, middle: true, ..Font::INK });
}

/// Entries in columns, three if the longest allows it; gives the height under the last.
fn legend(svg: &mut Svg, entries: &[(Sign, String)], top: i32, width: i32) -> i32 {
    let longest = entries.iter().map(|(_, words)| words.chars().count()).max().unwrap_or(0);
    let room = usize::try_from((width - 2 * MARGIN) / 9).unwrap_or(0);
    let columns = if (longest + 5) * 3 <= room {
        3
    } else if (longest + 5) * 2 <= room {
        2
    } else {
        1
    };
    let (mut column, mut y) = (0, top);
    for (sign, words) in entries {
        if column == columns {
            column = 0;
            y += 32;
        }
        let x = MARGIN + column * (width - 2 * MARGIN) / columns;
        draw_sign(svg, *sign, (x, y));
        let room = room / usize::try_from(columns).unwrap_or(1);
        svg.text((x + 34, y + 6), &shorten(words, room.saturating_sub(3)), Font { size: 17, fill: SOFT, ..Font::INK });
        column += 1;
    }
    if entries.is_empty() { top - 30 } else { y + 12 }
}

fn draw_sign(svg: &mut Svg, sign: Sign, (x, y): Point) {
    match sign {
        Sign::Marker(kind) => {
            let foot = if kind == MarkerKind::Target { y + 11 } else { y };
            let (shape, pole) = glyph(kind, (x + 21, foot), (18, 9), 22);
            draw_glyph(svg, kind, &shape, pole);
        }
        Sign::Range => {
            let band = [(x + 6, y + 11), (x + 14, y + 11), (x + 20, y - 11), (x + 12, y - 11)];
            svg.path(&path_of(&band, true), Paint { fill: MARK, opacity: 70, ..Paint::NONE });
        }
        Sign::Filled => {
            let half = [(x, y + 11), (x + 24, y + 11), (x + 21, y), (x + 3, y)];
            let all = [(x, y + 11), (x + 24, y + 11), (x + 18, y - 11), (x + 6, y - 11)];
            svg.path(&path_of(&half, true), Paint { fill: ACCENT, opacity: 80, ..Paint::NONE });
            svg.path(&path_of(&all, true), Paint { stroke: ACCENT, width: 2, ..Paint::NONE });
        }
        Sign::Reached => svg.circle((x + 12, y), 10, INK, INK),
    }
}
