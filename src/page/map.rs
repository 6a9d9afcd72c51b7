//! All accounts on one pyramid: a dot for each, or bars where there are too many.
//!
//! Knows which number goes where. Must not know geometry, nor how accounts are filtered.

use super::dom::{At, El, Ev, el, heading, p};
use super::msg::Msg;
use super::portfolio::Line;
use super::words::n;
use crate::diagram::crowd::{Crowd, DOTS_MAX};
use crate::diagram::path::{path_of, tier_paths};
use crate::diagram::text::beside;
use crate::diagram::{Chasm, Layout, Point, Pyramid, PyramidInput, PyramidTexts, TierInput};
use crate::domain::model::Kind;
use crate::domain::raters::Whose;
use crate::pack::compiled::Pack;
use crate::pack::texts::T;

/// The card with the pyramid; hidden when there is nothing to draw.
pub fn section(pack: &Pack, part: usize, lines: &[&Line]) -> El {
    let placed: Vec<(&Line, u16)> = lines.iter().filter_map(|line| Some((*line, line.height()?))).collect();
    let unplaced = lines.len() - placed.len();
    let input = empty(pack, part);
    let texts = texts(pack, part, &placed);
    let drawn = |layout: Layout| drawing(pack, layout, &input, &texts, &placed);
    el("section", "bsh-card")
        .at(At::DataSection, "map")
        .key("map")
        .flag(At::Hidden, lines.is_empty())
        .put(heading("h2", pack.t(T::MapTitle)))
        .put(
            el("figure", "bsh-pyramid bsh-crowd")
                .flag(At::Hidden, placed.is_empty())
                .put(drawn(Layout::Wide).at(At::Class, "bsh-crowd-wide"))
                .put(drawn(Layout::Narrow).at(At::Class, "bsh-crowd-narrow").put(names(&texts))),
        )
        .put(p("bsh-fine", &pack.fill(T::MapUnplaced, &[("n", &n(unplaced as u64))])).flag(At::Hidden, unplaced == 0))
}

/// A pyramid in which no level is achieved by anybody.
fn empty(pack: &Pack, part: usize) -> PyramidInput {
    let tier = TierInput { fill_thousandths: 0, rating: None, undetermined: false, reached: false };
    PyramidInput {
        tiers: vec![tier; usize::from(pack.levels(part))],
        chasm_above: chasm(pack, part),
        bridge_whole: false,
        markers: Vec::new(),
        range: None,
    }
}

/// The level that the chasm lies above; 0 for none.
fn chasm(pack: &Pack, part: usize) -> usize {
    match pack.survey.instruments.get(part).map(|instrument| &instrument.kind) {
        Some(Kind::Gates { chasm }) => usize::from(*chasm),
        _ => 0,
    }
}

/// The levels by name, each with how many stand on it.
fn texts(pack: &Pack, part: usize, placed: &[(&Line, u16)]) -> PyramidTexts {
    let counts: Vec<(u8, usize)> = (1..=pack.levels(part))
        .map(|level| (level, placed.iter().filter(|(line, _)| line.level == Some(level)).count()))
        .collect();
    let told =
        |(level, count): &(u8, usize)| pack.fill(T::MapLevel, &[("n", &n(*count as u64)), ("level", &n(*level))]);
    let levels: Vec<String> = counts.iter().filter(|(_, count)| *count > 0).map(told).collect();
    PyramidTexts {
        title: pack.t(T::MapTitle).into(),
        desc: pack.fill(T::MapDesc, &[("n", &n(placed.len() as u64)), ("levels", &levels.join("; "))]),
        names: (1..=pack.levels(part))
            .map(|level| [&n(level), " ", pack.level(part, level, "name")].concat())
            .collect(),
        ratings: counts.iter().map(told).collect(),
        ..PyramidTexts::default()
    }
}

/// The names of the levels under the narrow drawing, the highest first.
fn names(texts: &PyramidTexts) -> El {
    let rows = texts.names.iter().zip(&texts.ratings).rev();
    el("ul", "bsh-crowd-names")
        .each(rows.map(|(name, count)| el("li", "").put(el("span", "").text(name)).put(el("small", "").text(count))))
}

fn legend(pack: &Pack) -> El {
    let key = |class: &str, text: T| {
        let dot = el("circle", class).at(At::Cx, "10").at(At::Cy, "10").at(At::R, "6");
        let icon = el("svg", "")
            .at(At::ViewBox, "0 0 20 20")
            .at(At::Width, "20")
            .at(At::Height, "20")
            .flag(At::AriaHidden, true)
            .put(dot);
        el("li", "").put(icon).put(el("span", "").text(pack.t(text)))
    };
    el("ul", "bsh-pyramid-keys").put(key("bsh-dot", T::CustomerView)).put(key("bsh-dot bsh-hollow", T::OwnView))
}

/// The drawing under the key to its dots, or over what its bars are.
fn drawing(pack: &Pack, layout: Layout, input: &PyramidInput, texts: &PyramidTexts, placed: &[(&Line, u16)]) -> El {
    let pyramid = Pyramid::of(input, layout);
    let positions: Vec<u16> = placed.iter().map(|(_, height)| *height).collect();
    let called: Vec<String> = placed.iter().map(|(line, _)| line.called(pack)).collect();
    let names: Vec<&str> = called.iter().map(String::as_str).collect();
    let crowd = Crowd::of(&pyramid, input.chasm_above, &positions, &names);
    let id = if layout == Layout::Wide { "bsh-map-w" } else { "bsh-map-n" };
    let (title, desc) = ([id, "-t"].concat(), [id, "-d"].concat());
    let (left, right) = crowd.sides;
    let size = [int(left), "0".into(), int(right - left), int(pyramid.height)].join(" ");
    let mut svg = el("svg", "")
        .at(At::Role, "img")
        .at(At::ViewBox, &size)
        .at(At::AriaLabelledby, &[&title, " ", &desc].concat())
        .put(el("title", "").at(At::Id, &title).text(&texts.title))
        .put(el("desc", "").at(At::Id, &desc).text(&texts.desc))
        .put(tiers(&pyramid, &crowd, texts))
        .put_if(pyramid.chasm.as_ref().map(|chasm| gap(pack, chasm)));
    let leads = crowd.names.iter().map(|name| el("path", "bsh-lead-line").at(At::D, &path_of(&name.lead, false)));
    svg = svg.put(el("g", "").each(leads));
    let mut dots = el("g", "bsh-dots");
    for (((line, _), name), (x, y)) in placed.iter().zip(&called).zip(&crowd.dots) {
        let own = line.whose == Some(Whose::Own);
        let told = pack.fill(T::MapDot, &[("account", name), ("x", &line.placed(pack))]);
        dots = dots.put(
            // The edge of a dot reaches one unit out of its line.
            el("circle", if own { "bsh-dot bsh-hollow" } else { "bsh-dot" })
                .key(&line.id)
                .at(At::Cx, &int(*x))
                .at(At::Cy, &int(*y))
                .at(At::R, &int(crowd.radius - 1))
                .put(el("title", "").text(&told))
                .on(Ev::Click, Msg::OpenAccount(line.id.clone())),
        );
    }
    svg = svg.put(dots).put(el("g", "").each(crowd.names.iter().map(|name| {
        let line = el("text", "bsh-dot-name").at(At::X, &int(name.at.0)).at(At::Y, &int(name.at.1)).text(&name.text);
        match placed.get(name.of) {
            Some((of, _)) => line.on(Ev::Click, Msg::OpenAccount(of.id.clone())),
            None => line,
        }
    })));
    let mut bars = el("g", "bsh-counts");
    for bar in &crowd.bars {
        let (x, y, width, height) = bar.at;
        let count = n(bar.count as u64);
        bars = bars.put(
            el("rect", "")
                .at(At::X, &int(x))
                .at(At::Y, &int(y))
                .at(At::Width, &int(width))
                .at(At::Height, &int(height))
                .put(el("title", "").text(&[&pack.position(bar.position), ": ", &count].concat())),
        );
        if let Some((x, y)) = bar.count_at {
            bars = bars.put(el("text", "").at(At::X, &int(x)).at(At::Y, &int(y)).text(&count));
        }
    }
    let counted = !crowd.bars.is_empty();
    let why = if placed.len() > DOTS_MAX { T::MapMany } else { T::MapCrowded };
    el("div", "")
        .put(legend(pack).flag(At::Hidden, counted))
        .put(svg.put(bars))
        .put(p("bsh-fine", pack.t(why)).flag(At::Hidden, !counted))
}

/// The levels, and in the wide drawing their names.
fn tiers(pyramid: &Pyramid, crowd: &Crowd, texts: &PyramidTexts) -> El {
    let mut all = el("g", "");
    let guide = |lead: [Point; 2]| el("path", "bsh-guide").at(At::D, &path_of(&lead, false));
    for (level, tier) in pyramid.tiers.iter().enumerate() {
        let (outline, _) = tier_paths(tier, pyramid.corner);
        all = all
            .put(el("path", "bsh-tier-back").at(At::D, &outline))
            .put(el("path", "bsh-tier-edge").at(At::D, &outline))
            .put_if(tier.lead.map(guide));
        for line in tier.label_at.map(|at| beside(texts, level, at)).into_iter().flatten() {
            let class = if line.soft { "bsh-rating" } else { "bsh-name" };
            let x = tier.label_at.map_or(0, |at| at.0);
            all = all.put(el("text", class).at(At::X, &int(x)).at(At::Y, &int(line.y)).text(&line.text));
        }
        if let Some((x, y)) = crowd.numbers.get(level) {
            let number = (level + 1).to_string();
            all = all.put(el("text", "bsh-level-number").at(At::X, &int(*x)).at(At::Y, &int(*y)).text(&number));
        }
    }
    all
}

/// The word for the gap between two tiers.
fn gap(pack: &Pack, chasm: &Chasm) -> El {
    let lead = chasm.lead.map(|lead| el("path", "bsh-guide").at(At::D, &path_of(&lead, false)));
    let (x, y) = chasm.label_at;
    let word = el("text", "bsh-chasm-word").at(At::X, &int(x)).at(At::Y, &int(y + 6)).text(pack.t(T::Chasm));
    el("g", "bsh-chasm").put_if(lead).put(word)
}

fn int(value: i32) -> String {
    value.to_string()
}
