//! Two accounts, or two rounds of one, side by side: in a table, on one pyramid, and where the answers differ most.
//!
//! Knows rounds and the texts. Must not know where accounts are kept.

use super::compare_facts::{Fact, Side, facts, gate_of, height, others};
use super::dom::{At, El, button, el, heading, p};
use super::figure::texts;
use super::import::more;
use super::msg::Msg;
use super::portfolio::Line;
use super::pyramid::pyramid_view;
use super::views::{cell, row};
use super::visit::Visit;
use super::words::{day, n};
use crate::diagram::{MarkerInput, MarkerKind, PyramidInput, TierInput};
use crate::domain::answer::Answer;
use crate::domain::draft::Draft;
use crate::domain::model::{Kind, Perspective, Place};
use crate::domain::order::sort_by;
use crate::domain::raters::{Rater, Whose, lower_median};
use crate::domain::rounds::{Round, rounds as rounds_of};
use crate::pack::compiled::Pack;
use crate::pack::texts::T;

/// The most items that are listed where the answers differ.
const APART_MAX: usize = 12;

/// Two accounts, each by its newest round that has a headline.
pub fn accounts(page: El, pack: &Pack, _visit: &Visit, both: [(Line, Draft); 2]) -> El {
    let Some(part) = pack.staged() else { return page };
    let found = both.each_ref().map(|(_, draft)| {
        let mut all = rounds_of(&pack.survey, draft, part, 1);
        let told = all.iter().rposition(|round| round.headline.is_some()).unwrap_or(all.len().saturating_sub(1));
        (told < all.len()).then(|| all.swap_remove(told))
    });
    let [one, two] = &both;
    let sides = [(&one.0, &found[0]), (&two.0, &found[1])]
        .map(|(line, round)| Side { name: line.called(pack), round: round.as_ref() });
    let pair = |of: &dyn Fn(&Line) -> String| [of(&one.0), of(&two.0)];
    let mut facts = facts(pack, part, &sides);
    facts.push((pack.t(T::ColNext).into(), pair(&|line| line.next.clone())));
    facts.push((pack.t(T::ColAgain).into(), pair(&|line| day(pack, &line.remind))));
    facts.extend(others(pack, part, [&one.1, &two.1]));
    draw(page, pack, part, &sides, facts)
}

/// Two rounds of one account, the earlier one first.
pub fn rounds(page: El, pack: &Pack, _visit: &Visit, draft: &Draft, both: [&Round; 2]) -> El {
    let Some(part) = pack.staged() else { return page };
    let page = page.put(el("div", "bsh-topline").put(el("span", "").text(&pack.subject(draft))));
    let sides = both.map(|round| Side { name: pack.fill(T::RoundNow, &[("n", &n(round.number))]), round: Some(round) });
    let facts = facts(pack, part, &sides);
    draw(page, pack, part, &sides, facts)
}

fn draw(page: El, pack: &Pack, part: usize, sides: &[Side<'_>; 2], facts: Vec<Fact>) -> El {
    let [one, two] = sides;
    let rows = facts.iter().filter(|(_, values)| values.iter().any(|value| !value.is_empty()));
    page.put(heading("h1", &pack.fill(T::CompareTitle, &[("one", &one.name), ("two", &two.name)])))
        .put(p("bsh-lead", pack.t(T::CompareLead)))
        .put(
            el("div", "bsh-grid")
                .put(
                    el("div", "bsh-column").put(
                        el("section", "bsh-card")
                            .at(At::DataSection, "where")
                            .put(el("h2", "").text(pack.t(T::WhereTitle)))
                            .put(figure(pack, part, sides)),
                    ),
                )
                .put(
                    el("div", "bsh-column").put(
                        el("section", "bsh-card")
                            .at(At::DataSection, "facts")
                            .put(el("h2", "").text(pack.t(T::CompareGo)))
                            .put(table(pack, sides, rows)),
                    ),
                ),
        )
        .put(differences(pack, part, sides))
        .put(el("div", "bsh-moves bsh-after").put(button(pack.t(T::Back), "bsh-back", Msg::Back)))
}

/// A table with a column for each side. The roles hold where a narrow screen shows the rows as a grid.
fn table<'a>(pack: &Pack, sides: &[Side<'_>; 2], rows: impl Iterator<Item = &'a Fact>) -> El {
    let head = |text: &str| el("th", "").at(At::Scope, "col").at(At::Role, "columnheader").text(text);
    let row = |(name, values): &Fact| row(el("th", "").text(name), values.iter().map(|value| cell(value)));
    let corner = el("td", "").at(At::Role, "cell");
    let heads = el("tr", "").at(At::Role, "row").put(corner).each(sides.iter().map(|side| head(&side.name)));
    el("table", "bsh-compare")
        .at(At::Role, "table")
        .put(el("caption", "bsh-unseen").text(pack.t(T::CompareLead)))
        .put(el("thead", "").at(At::Role, "rowgroup").put(heads))
        .put(el("tbody", "").at(At::Role, "rowgroup").each(rows.map(row)))
}

/// Both on one pyramid, whose tiers are empty: they cannot be filled to two heights.
fn figure(pack: &Pack, part: usize, sides: &[Side<'_>; 2]) -> El {
    let chasm = match pack.survey.instruments.get(part).map(|instrument| &instrument.kind) {
        Some(Kind::Gates { chasm }) => usize::from(*chasm),
        _ => 0,
    };
    let markers = sides.iter().filter_map(|side| {
        let round = side.round?;
        let (position, text) = height(round)?;
        let kind = match round.headline.as_ref()?.whose {
            Whose::Own => MarkerKind::Own,
            Whose::Customer(_) => MarkerKind::Customer,
        };
        Some(MarkerInput { kind, position, label: side.name.clone(), sub: text(pack) })
    });
    let markers: Vec<MarkerInput> = markers.collect();
    let tier = TierInput { fill_thousandths: 0, rating: None, undetermined: false, reached: false };
    // Under the name of a level what both achieve there.
    let percent = |side: &Side<'_>, gate: usize| {
        let tenths = side.round.and_then(|round| gate_of(round, gate).0);
        tenths.map_or(String::from("–"), |tenths| pack.percent(tenths.into()))
    };
    let gates = (0..usize::from(pack.levels(part)).saturating_sub(1))
        .map(|gate| sides.each_ref().map(|side| percent(side, gate)).join(" · "));
    let places: Vec<String> =
        markers.iter().map(|marker| pack.fill(T::MapDot, &[("account", &marker.label), ("x", &marker.sub)])).collect();
    let place = match places.is_empty() {
        true => pack.t(T::ResultNone).into(),
        false => [&places.join("; "), "."].concat(),
    };
    let texts = texts(pack, part, gates, &place);
    let input = PyramidInput {
        tiers: vec![tier; usize::from(pack.levels(part))],
        chasm_above: chasm,
        bridge_whole: false,
        markers,
        range: None,
    };
    pyramid_view(&input, &texts, "bsh-both")
}

/// The answer to an item: the lower median of the customer's people, the own one where there is none.
fn value(round: &Round, item: usize) -> Option<u8> {
    let of = |rater: &Rater| rater.sheet.answer(item).and_then(Answer::value);
    lower_median(round.customers.iter().filter_map(of).collect()).or_else(|| round.own.as_ref().and_then(of))
}

/// Items whose answers are at least two of the four steps apart: index and both, the widest first.
fn apart(items: usize, one: &Round, two: &Round) -> Vec<(usize, [u8; 2])> {
    let pairs = (0..items).filter_map(|item| Some((item, [value(one, item)?, value(two, item)?])));
    let mut all: Vec<(usize, [u8; 2])> = pairs.filter(|(_, [one, two])| one.abs_diff(*two) >= 2).collect();
    sort_by(&mut all, |(_, [one, two]), (_, [three, four])| three.abs_diff(*four).cmp(&one.abs_diff(*two)));
    all
}

fn differences(pack: &Pack, part: usize, sides: &[Side<'_>; 2]) -> El {
    let items = pack.survey.instruments.get(part).map_or(0, |instrument| instrument.model.len());
    let all = match sides.each_ref().map(|side| side.round) {
        [Some(one), Some(two)] => apart(items, one, two),
        _ => Vec::new(),
    };
    let section = el("section", "bsh-card").at(At::DataSection, "apart").put(el("h2", "").text(pack.t(T::CompareItem)));
    if all.is_empty() {
        return section.put(p("bsh-soft", pack.t(T::CompareNothing)));
    }
    let rows: Vec<Fact> = all
        .iter()
        .take(APART_MAX)
        .filter_map(|(item, values)| {
            let at = Place { part, item: *item };
            let scale = pack.survey.item(at)?.scale;
            let words = values.map(|value| String::from(pack.answer(scale, Some(Answer::Value(value)))));
            Some((pack.item(at, Perspective::Own).into(), words))
        })
        .collect();
    section.put(table(pack, sides, rows.iter())).put(more(pack, all.len(), APART_MAX))
}

/// What was to be compared is gone.
pub fn nothing(page: El, pack: &Pack) -> El {
    page.put(heading("h1", pack.t(T::CompareGo))).put(p("bsh-lead", pack.t(T::CompareHint))).put(button(
        pack.t(T::Back),
        "bsh-back",
        Msg::Back,
    ))
}
