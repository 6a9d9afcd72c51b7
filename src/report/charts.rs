//! Every chart of a report as a standalone SVG file: the pyramid, the profile, the matrix, readiness, the practice, the
//! shares, and the positions over time.
//!
//! Knows where the drawings stand in the document. Must not know how they came about: what a file shows is what the
//! page shows.

use super::Frame;
use super::document::{Document, document};
use super::paint;
use super::pen::{Font, Svg};
use super::plain::{attribute, find, has_class, text_of};
use super::svg::{Drawing, SOFT, Sign, SvgTexts, standalone};
use crate::diagram::MarkerKind;
use crate::diagram::text::{push_int, shorten};
use crate::domain::draft::Draft;
use crate::pack::compiled::Pack;
use crate::pack::texts::T;
use crate::page::dom::{At, Child, El};
use crate::page::words::day;

/// A chart: its code (`pyramid`, `profile`, `matrix`, `ready`, `practice`, `shares`, `history`), its title, and the file.
pub struct Chart {
    pub code: &'static str,
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

/// The charts of a document that is there already.
pub fn of_document(pack: &Pack, document: &Document, frame: &Frame) -> Vec<Chart> {
    let mut all = Vec::new();
    let mut put = |code, title: String, desc: String, drawing: Drawing, legend: Vec<(Sign, &str)>| {
        let texts = SvgTexts {
            lang: pack.lang.clone(),
            title: title.clone(),
            desc,
            account: document.title.clone(),
            date: day(pack, frame.today),
            legend: legend.into_iter().map(|(sign, words)| (sign, words.into())).collect(),
        };
        all.push(Chart { code, title, svg: standalone(&drawing, &texts) });
    };
    let part = |code: &'static str| {
        document
            .sections
            .iter()
            .find_map(move |section| find(section, &move |el| attribute(el, At::DataSection) == code))
    };
    let title = |section: &El| heading(section).map_or_else(String::new, text_of);
    if let Some(section) = part("where").or_else(|| part("headline"))
        && let Some(svg) = image(section)
    {
        let has = |class: &'static str| find(svg, &|el| has_class(el, class)).is_some();
        let mut legend = vec![(Sign::Filled, pack.t(T::ReportFilled)), (Sign::Reached, pack.t(T::ReportReached))];
        for (class, sign, text) in [
            ("bsh-range", Sign::Range, T::LegendRange),
            ("bsh-customer", Sign::Marker(MarkerKind::Customer), T::CustomerView),
            ("bsh-own", Sign::Marker(MarkerKind::Own), T::OwnView),
        ] {
            if has(class) {
                legend.push((sign, pack.t(text)));
            }
        }
        put("pyramid", title(section), text_in(svg, "desc"), paint::drawing(svg), legend);
    }
    if let Some(section) = part("profile") {
        put("profile", title(section), words(section), bars(section), Vec::new());
    }
    if let Some(section) = part("matrix")
        && let Some(svg) = image(section)
    {
        put("matrix", text_in(svg, "title"), words(section), square(section, svg), Vec::new());
    }
    if let Some(section) = part("ready") {
        put("ready", title(section), words(section), bars(section), vec![(Sign::Cut, pack.t(T::ReportCuts))]);
    }
    if let Some(section) = part("practice") {
        put("practice", title(section), words(section), bars(section), vec![(Sign::Cut, pack.t(T::ReportCuts))]);
    }
    if let Some(section) = part("shares").filter(|section| variables(section).next().is_some()) {
        let names = organisations(section);
        let legend = names.iter().enumerate().map(|(place, name)| (Sign::Part(place), name.as_str())).collect();
        put("shares", title(section), words(section), bars(section), legend);
    }
    if let Some(section) = part("history")
        && let Some(svg) = image(section)
    {
        let legend = vec![
            (Sign::Point(true), pack.t(T::CustomerView)),
            (Sign::Point(false), pack.t(T::OwnView)),
            (Sign::Bar, pack.t(T::LegendRange)),
        ];
        put("history", title(section), text_in(svg, "desc"), paint::drawing(svg), legend);
    }
    all
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
    let rows = table.map_or_else(Vec::new, super::plain::rows);
    let names = rows.into_iter().skip(1).filter_map(|row| elements(row).next().map(text_of));
    names.collect()
}
