//! A standalone SVG file of a drawing with title, account, date and legend, to be put into slides.
//!
//! Inert: no script, no style, no link to anything outside. Knows its own light colours and nothing of the page.

use super::pen::{Font, Paint, Svg};
use crate::diagram::markers::glyph;
use crate::diagram::path::path_of;
use crate::diagram::text::{push_int, shorten, wrap};
use crate::diagram::{MarkerKind, Point};

pub const INK: &str = Font::INK.fill;
pub const SOFT: &str = "#5b6474";
pub const LINE: &str = "#c9c6bd";
pub const CARD: &str = "#ffffff";
pub const TIER: &str = "#f1eee7";
pub const EDGE: &str = "#84909b";
pub const ACCENT: &str = "#0b6b5d";
pub const ACCENT_SOFT: &str = "#e5f1ee";
pub const MARK: &str = "#a84a12";

/// The mark's colour as a bar of it is seen through: a path has no opacity of its line here.
const RANGE: &str = "#dcb7a0";

const MARGIN: i32 = 24;
/// Narrower files have no room for their title.
const LEAST: i32 = 640;

/// What one line of the legend explains.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Sign {
    Marker(MarkerKind),
    Range,
    /// A tier that is filled in part.
    Filled,
    /// The dark disc of a level that is reached.
    Reached,
    /// A position in one round: the customer's, or the own view.
    Point(bool),
    /// The range of a position.
    Bar,
    /// A cut between two ratings.
    Cut,
    /// A part of a stacked bar, by its place.
    Part(usize),
}

/// A drawing without anything around it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Drawing {
    /// In units of the drawing.
    pub width: i32,
    pub height: i32,
    /// Elements of SVG, as text that is well formed.
    pub body: String,
}

/// Everything that the file says in words.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct SvgTexts {
    /// BCP 47.
    pub lang: String,
    pub title: String,
    /// The same in sentences, for those who do not see it.
    pub desc: String,
    pub account: String,
    pub date: String,
    pub legend: Vec<(Sign, String)>,
}

/// The file.
pub fn standalone(drawing: &Drawing, texts: &SvgTexts) -> String {
    // A small drawing is shown twice as large, so that its words fit those around it.
    let scale = if drawing.width * 2 <= LEAST + 160 { 2 } else { 1 };
    let inner = (drawing.width * scale).max(LEAST);
    let width = inner + 2 * MARGIN;
    let mut body = Svg::default();
    let mut y = MARGIN;
    for line in wrap(&texts.title, 44, 3) {
        y += 34;
        body.text((MARGIN, y), &line, Font { size: 28, bold: true, ..Font::INK });
    }
    y += 6;
    let date = shorten(texts.date.trim(), 24);
    if !date.is_empty() {
        body.text((width - MARGIN, y + 27), &date, Font { size: 20, fill: SOFT, end: true, ..Font::INK });
    }
    let account = wrap(&texts.account, 40, 2);
    for (i, line) in account.iter().enumerate() {
        body.text((MARGIN, y + 27 * (1 + i32::from(i > 0))), line, Font { size: 20, fill: SOFT, ..Font::INK });
    }
    y += 27 * i32::try_from(account.len()).unwrap_or(1).max(i32::from(!date.is_empty()));
    y += 20;
    body.raw("<g transform=\"translate(");
    push_int(&mut body.0, MARGIN + (inner - drawing.width * scale) / 2);
    body.raw(" ");
    push_int(&mut body.0, y);
    body.raw(if scale == 2 { ") scale(2)\">" } else { ")\">" });
    body.raw(&drawing.body);
    body.raw("</g>");
    y = legend(&mut body, &texts.legend, y + drawing.height * scale + 30, width);

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
    out.escaped(&texts.title);
    out.raw("</title><desc>");
    out.escaped(&texts.desc);
    out.raw("</desc><rect width=\"100%\" height=\"100%\"");
    out.string("fill", CARD);
    out.raw("/>");
    out.0.push_str(&body.0);
    out.raw("</svg>\n");
    out.0
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
        Sign::Point(solid) => svg.circle((x + 12, y), 8, if solid { MARK } else { CARD }, MARK),
        Sign::Bar => {
            svg.path(
                &path_of(&[(x + 12, y - 10), (x + 12, y + 10)], false),
                Paint { stroke: RANGE, width: 8, ..Paint::NONE },
            );
        }
        Sign::Cut => {
            svg.path(
                &path_of(&[(x + 12, y - 10), (x + 12, y + 10)], false),
                Paint { stroke: INK, width: 3, ..Paint::NONE },
            );
        }
        Sign::Part(place) => {
            let square = [(x + 2, y + 10), (x + 22, y + 10), (x + 22, y - 10), (x + 2, y - 10)];
            svg.path(&path_of(&square, true), Paint { fill: part(place), ..Paint::NONE });
        }
    }
}

/// The colour of a part of a stacked bar, by its place: neighbours differ by lightness.
pub fn part(place: usize) -> &'static str {
    match place {
        0 => ACCENT,
        odd if odd % 2 == 1 => EDGE,
        _ => SOFT,
    }
}
