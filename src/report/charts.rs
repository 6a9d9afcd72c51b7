//! Every chart of a report as a standalone SVG file: the pyramid, the profile, the matrix, readiness, the practice, the
//! shares, and the positions over time.
//!
//! Knows where the drawings stand in the document. Must not know how they came about: what a file shows is what the
//! page shows.

use super::Frame;
use super::document::{Document, document};
use super::paint;
use super::pen::{Font, Svg};
use super::plain::{attribute, find, has_class, rows, text_of};
use super::svg::{Drawing, SOFT, Sign, SvgTexts, standalone};
use crate::diagram::MarkerKind;
use crate::diagram::text::{push_int, shorten};
use crate::domain::draft::Draft;
use crate::pack::compiled::Pack;
use crate::pack::texts::T;
use crate::page::dom::{At, Child, El};
use crate::page::words::day;

/// What a chart can show. A further instrument of the same kind adds its own id: `matrix-other`.
pub const CODES: [&str; 7] = ["pyramid", "profile", "matrix", "ready", "practice", "shares", "history"];

/// A chart: its code, its title, and the file.
pub struct Chart {
    pub code: String,
    pub title: String,
    pub svg: String,
}

/// Width of a chart of bars, and how far its rows are apart.
const WIDTH: i32 = 640;
const ROW: i32 = 56;

/// All charts that these answers have.
pub fn charts(pack: &Pack, draft: &Draft, frame: &Frame) -> Vec<Chart> {
    of_document(pack, &document(pack, draft, frame), frame)
}

/// The charts of a document that is there already, in its order.
pub fn of_document(pack: &Pack, document: &Document, frame: &Frame) -> Vec<Chart> {
    let mut all: Vec<Chart> = Vec::new();
    for section in &document.sections {
        let whole = attribute(section, At::DataSection);
        // What was drawn already is of an instrument before this one.
        let further = whole.strip_prefix("part-").unwrap_or(whole);
        for (name, code) in PLACES {
            let Some(inside) = find(section, &|el| attribute(el, At::DataSection) == name) else { continue };
            let Some(made) = of_section(pack, code, inside) else { continue };
            let texts = SvgTexts {
                lang: pack.lang.clone(),
                title: made.title.clone(),
                desc: made.desc,
                account: document.title.clone(),
                date: day(pack, frame.today),
                legend: made.legend,
            };
            let taken = all.iter().any(|chart| chart.code == code);
            let code = if taken { [code, "-", further].concat() } else { code.into() };
            all.push(Chart { code, title: made.title, svg: standalone(&made.drawing, &texts) });
        }
    }
    all
}

/// Sections that have a drawing, and its code.
const PLACES: [(&str, &str); 8] = [
    ("where", "pyramid"),
    ("headline", "pyramid"),
    ("profile", "profile"),
    ("matrix", "matrix"),
    ("ready", "ready"),
    ("practice", "practice"),
    ("shares", "shares"),
    ("history", "history"),
];

/// What a section shows, and how the file explains it.
struct Made {
    title: String,
    desc: String,
    drawing: Drawing,
    legend: Vec<(Sign, String)>,
}

fn of_section(pack: &Pack, code: &str, section: &El) -> Option<Made> {
    let title = heading(section).map_or_else(String::new, text_of);
    let said = |legend: &[(Sign, T)]| legend.iter().map(|(sign, text)| (*sign, pack.t(*text).into())).collect();
    let svg = image(section);
    Some(match code {
        "pyramid" => {
            let svg = svg?;
            let has = |class: &str| find(svg, &|el| has_class(el, class)).is_some();
            let mut legend = vec![(Sign::Filled, T::ReportFilled), (Sign::Reached, T::ReportReached)];
            for (class, sign, text) in [
                ("bsh-range", Sign::Range, T::LegendRange),
                ("bsh-customer", Sign::Marker(MarkerKind::Customer), T::CustomerView),
                ("bsh-own", Sign::Marker(MarkerKind::Own), T::OwnView),
            ] {
                if has(class) {
                    legend.push((sign, text));
                }
            }
            Made { title, desc: text_in(svg, "desc"), drawing: paint::drawing(svg), legend: said(&legend) }
        }
        "matrix" => {
            let svg = svg?;
            Made {
                title: text_in(svg, "title"),
                desc: table_words(section),
                drawing: square(section, svg),
                legend: Vec::new(),
            }
        }
        "history" => {
            let svg = svg?;
            let legend =
                [(Sign::Point(true), T::CustomerView), (Sign::Point(false), T::OwnView), (Sign::Bar, T::LegendRange)];
            Made { title, desc: text_in(svg, "desc"), drawing: paint::drawing(svg), legend: said(&legend) }
        }
        code => {
            variables(section).next()?;
            let legend = match code {
                "ready" | "practice" => said(&[(Sign::Cut, T::ReportCuts)]),
                "shares" => (0..).zip(organisations(section)).map(|(place, name)| (Sign::Part(place), name)).collect(),
                _ => Vec::new(),
            };
            Made { title, desc: words(section), drawing: bars(section), legend }
        }
    })
}

fn heading(section: &El) -> Option<&El> {
    find(section, &|el| matches!(&*el.0.tag, "h1" | "h2" | "h3"))
}

/// The drawing that is for everybody: not an icon of a legend.
fn image(section: &El) -> Option<&El> {
    find(section, &|el| el.0.tag == "svg" && attribute(el, At::Role) == "img")
}

/// The title or description of a drawing.
fn text_in(svg: &El, tag: &str) -> String {
    find(svg, &|el| el.0.tag == tag).map_or_else(String::new, text_of)
}

fn elements(el: &El) -> impl Iterator<Item = &El> {
    el.0.children.iter().filter_map(|child| if let Child::El(inner) = child { Some(inner) } else { None })
}

/// The bars of a section, each with its name and words.
fn variables(section: &El) -> impl Iterator<Item = (String, String, &El)> {
    elements(section).filter(|el| has_class(el, "bsh-variable")).filter_map(|el| {
        let mut inside = elements(el);
        let (name, words) = (inside.next()?, inside.next()?);
        Some((text_of(name), text_of(words), inside.next()?))
    })
}

/// The same in sentences.
fn words(section: &El) -> String {
    let told: Vec<String> = variables(section).map(|(name, words, _)| [&*name, ": ", &words].concat()).collect();
    told.join("; ")
}

/// A table in sentences: each row's name with what stands beside it first.
fn table_words(section: &El) -> String {
    let all = find(section, &|el| el.0.tag == "table").map_or_else(Vec::new, rows);
    let told = all.into_iter().skip(1).filter_map(|row| {
        let mut cells = elements(row).map(text_of);
        Some([cells.next()?, cells.next()?].join(": "))
    });
    told.collect::<Vec<_>>().join("; ")
}

/// Bars one under another, with name and words above each.
fn bars(section: &El) -> Drawing {
    let mut out = Svg::default();
    let mut y = 0;
    for (name, words, bar) in variables(section) {
        out.text((0, y + 18), &shorten(&name, 46), Font { size: 18, ..Font::INK });
        out.text((WIDTH, y + 18), &shorten(&words, 40), Font { size: 18, fill: SOFT, end: true, ..Font::INK });
        out.raw("<g transform=\"translate(0 ");
        push_int(&mut out.0, y + 28);
        // 1000 units to 640, 40 to 14.
        out.raw(") scale(.64 .35)\">");
        out.raw(&paint::inside(bar, &[]));
        out.raw("</g>");
        y += ROW;
    }
    Drawing { width: WIDTH, height: y, body: out.0 }
}

/// The square of the matrix with the words at the ends of its axes, which stand around it on a page.
fn square(section: &El, svg: &El) -> Drawing {
    let inner = paint::drawing(svg);
    let Some(figure) = find(section, &|el| has_class(el, "bsh-matrix")) else { return inner };
    let mut axes = elements(figure).filter(|el| has_class(el, "bsh-axis"));
    let (above, below, ends) = (axes.next(), axes.next(), axes.next());
    let soft = Font { size: 13, fill: SOFT, ..Font::INK };
    let mut out = Svg::default();
    let say = |out: &mut Svg, at, el: Option<&El>, font| {
        if let Some(el) = el {
            out.text(at, &text_of(el), font);
        }
    };
    say(&mut out, (30, 14), above, soft);
    out.raw("<g transform=\"translate(0 20)\">");
    let (width, height) = (inner.width, inner.height + 20);
    out.raw(&paint::inside(svg, &["bsh-matrix"]));
    out.raw("</g>");
    say(&mut out, (30, height + 16), below, soft);
    let mut ends = ends.into_iter().flat_map(elements);
    // One under the other: side by side they would meet in some languages.
    say(&mut out, (30, height + 36), ends.next(), soft);
    say(&mut out, (width - 8, height + 56), ends.next(), Font { end: true, ..soft });
    Drawing { width, height: height + 62, body: out.0 }
}

/// Who is in the stacked bars, in their order: the names in the table beside them.
fn organisations(section: &El) -> Vec<String> {
    let table = find(section, &|el| el.0.tag == "table");
    let rows = table.map_or_else(Vec::new, rows);
    let names = rows.into_iter().skip(1).filter_map(|row| elements(row).next().map(text_of));
    names.collect()
}
