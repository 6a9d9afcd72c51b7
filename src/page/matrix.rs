//! The result of a matrix: the square with its four quadrants, what the place means, readiness for a partnership.
//!
//! Knows an axes card and the texts. Must not know the rules.

use super::dom::{At, El, el, heading, p};
use super::result::{bar, line, table};
use super::words::{count, n};
use crate::domain::axes::{AxesCard, AxisScore};
use crate::domain::draft::Draft;
use crate::domain::gates::GateScore;
use crate::domain::model::{Group, Instrument, Kind, Role};
use crate::pack::compiled::Pack;
use crate::pack::texts::T;

pub fn page(page: El, pack: &Pack, draft: &Draft, part: usize, card: &AxesCard) -> El {
    let Some((instrument, quadrants)) =
        pack.survey.instruments.get(part).and_then(|instrument| match &instrument.kind {
            Kind::Axes { quadrants, .. } => Some((instrument, quadrants)),
            _ => None,
        })
    else {
        return page;
    };
    let text = |at: usize, what: &str| {
        pack.of(part, &["quadrant.", quadrants.get(at).map_or("", String::as_str), what].concat())
    };
    let subject = pack.subject(draft);
    let (title, lead, next) = match card.quadrant {
        None => (pack.t(T::AxesNone).to_string(), pack.t(T::AxesNoneLead), ""),
        Some(at) => {
            let values = [("subject", &*subject), ("quadrant", text(at, ".name"))];
            // Who buys on price by choice is not told to want more.
            let next = if card.by_choice == Some(true) { "" } else { text(at, ".next") };
            (pack.fill(T::AxesTitle, &values), text(at, ".means"), next)
        }
    };
    let borders =
        card.borders.iter().map(|at| p("bsh-soft", &pack.fill(T::AxesBorder, &[("quadrant", text(*at, ".name"))])));
    let mut rows = el("tbody", "");
    for axis in &card.axes {
        rows = rows.put(axis_row(pack, part, instrument, axis));
    }
    page.put(heading("h1", &title)).put(p("bsh-lead", lead)).put(
        el("div", "bsh-grid")
            .put(
                el("div", "bsh-column").put(
                    el("section", "bsh-card")
                        .at(At::DataSection, "matrix")
                        .put(el("h2", "").text(pack.of(part, "name")))
                        .put(square(pack, part, instrument, card, quadrants, &title))
                        .each(borders)
                        .put(table(pack, &[T::ColAxis, T::ColAchieved, T::ColRange, T::ColAnswered], rows)),
                ),
            )
            .put(
                el("div", "bsh-column")
                    .put(
                        el("section", "bsh-card")
                            .at(At::DataSection, "meaning")
                            .put(el("h2", "").text(pack.t(T::AxesMeans)))
                            .put(p("", next).flag(At::Hidden, next.is_empty()))
                            .put(p("", pack.of(part, "means")))
                            .put(p("bsh-soft", pack.of(part, "limits"))),
                    )
                    .put(ready(pack, part, instrument, card)),
            ),
    )
}

fn axis_row(pack: &Pack, part: usize, instrument: &Instrument, axis: &AxisScore) -> El {
    let name = instrument.model.groups.get(axis.group).map_or("", |group| pack.group(part, group));
    let range = match axis.low == axis.high {
        true => "–".into(),
        false => [&pack.percent(axis.low), " – ", &*pack.percent(axis.high)].concat(),
    };
    line(name, &[&pack.achieved(&axis.score), &range, &count(&axis.score)])
}

/// The side of the square, in units of the drawing, and where it begins.
const SIDE: u32 = 300;
const LEFT: u32 = 30;
const TOP: u32 = 8;

/// First axis upwards, second to the right: both valued is at the top right.
fn square(
    pack: &Pack,
    part: usize,
    instrument: &Instrument,
    card: &AxesCard,
    quadrants: &[String; 4],
    told: &str,
) -> El {
    let Kind::Axes { line, .. } = instrument.kind else { return el("div", "") };
    let [up, right] = &card.axes;
    let at = |tenths: u32| tenths * SIDE / 1000;
    let split = u32::from(line) * SIDE / 100;
    let rect = |class, x: u32, y: u32, width: u32, height: u32| {
        el("rect", class).at(At::X, &n(x)).at(At::Y, &n(y)).at(At::Width, &n(width)).at(At::Height, &n(height))
    };
    let words = |class, x: u32, y: u32, text: &str| el("text", class).at(At::X, &n(x)).at(At::Y, &n(y)).text(text);
    let name = |axis: &AxisScore, what: &str| {
        instrument.model.groups.get(axis.group).map_or("", |group| pack.of(part, &[&group.id, what].concat()))
    };
    let mut svg = el("svg", "")
        .at(At::Role, "img")
        .at(At::ViewBox, &["0 0 ", &n(LEFT + SIDE + 8), " ", &n(TOP + SIDE + 30)].concat())
        .at(At::AriaLabelledby, "bsh-matrix-t")
        .put(el("title", "").at(At::Id, "bsh-matrix-t").text(told));
    for (index, quadrant) in quadrants.iter().enumerate() {
        // Bit 0 is the first axis (up), bit 1 the second (right).
        let (high, far) = (index & 1 == 1, index & 2 == 2);
        let (x, width) = if far { (split, SIDE - split) } else { (0, split) };
        let (y, height) = if high { (0, SIDE - split) } else { (SIDE - split, split) };
        let class = if card.quadrant == Some(index) { "bsh-quadrant bsh-reached" } else { "bsh-quadrant" };
        let label = pack.of(part, &["quadrant.", quadrant, ".name"].concat());
        svg = svg.put(rect(class, LEFT + x, TOP + y, width, height)).put(words(
            "bsh-name",
            LEFT + x + width / 2,
            TOP + if high { y + 26 } else { y + height - 14 },
            label,
        ));
    }
    if card.quadrant.is_some() {
        let (x, y) = (LEFT + at(right.low), TOP + SIDE - at(up.high));
        let (width, height) = (at(right.high) - at(right.low), at(up.high) - at(up.low));
        if width > 0 || height > 0 {
            svg = svg.put(rect("bsh-spread", x, y, width.max(4), height.max(4)));
        }
        let (x, y) = (LEFT + at(right.score.tenths()), TOP + SIDE - at(up.score.tenths()));
        svg = svg.put(el("circle", "bsh-dot").at(At::Cx, &n(x)).at(At::Cy, &n(y)).at(At::R, "9"));
    }
    let below = TOP + SIDE + 20;
    let end = |class, axis: &AxisScore, what: &str, x: u32| words(class, x, below, name(axis, what));
    el("figure", "bsh-matrix")
        .put(p("bsh-axis", &[name(up, ".high"), " ↑"].concat()))
        .put(svg.put(end("bsh-end", right, ".name", LEFT + SIDE / 2)))
        .put(p("bsh-axis", &["↓ ", name(up, ".low")].concat()))
        .put(
            el("p", "bsh-axis bsh-ends")
                .put(el("span", "").text(&["← ", name(right, ".low")].concat()))
                .put(el("span", "").text(&[name(right, ".high"), " →"].concat())),
        )
}

fn ready(pack: &Pack, part: usize, instrument: &Instrument, card: &AxesCard) -> El {
    let (stand, of) = card.ready;
    let mut all = el("section", "bsh-card")
        .at(At::DataSection, "ready")
        .put(el("h2", "").text(pack.of(part, "pillars.title")))
        .put(p("", &pack.fill(T::ReadyOf, &[("n", &n(stand)), ("of", &n(of))])));
    let cuts = [instrument.model.cuts.partly, instrument.model.cuts.largely, instrument.model.cuts.fully];
    for (group, score) in instrument.model.groups.iter().zip(&card.scores) {
        if matches!(group.role, Role::Pillar | Role::Mortar) {
            all = all.put(achieved(pack, part, group, score, &cuts));
        }
    }
    all.put(p(
        "bsh-soft",
        pack.t(match card.cemented {
            Some(true) => T::Cemented,
            Some(false) => T::NotCemented,
            None => T::CementUnknown,
        }),
    ))
}

/// A group as a bar, with its rating in a word.
pub fn achieved(pack: &Pack, part: usize, group: &Group, score: &GateScore, cuts: &[u8]) -> El {
    let known = score.known();
    let words = match known {
        true => [pack.rating(Some(score.rating)), " · ", &pack.percent(score.tenths())].concat(),
        false => pack.rating(None).into(),
    };
    let part_of = if known { score.tenths() } else { 0 };
    bar(pack.group(part, group), &words, &[part_of], cuts)
}
