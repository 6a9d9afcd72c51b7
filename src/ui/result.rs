//! The result, from the sentence that a person would say down to every number.
//!
//! Knows a scorecard and the texts. The parts with rules of their own are in the files beside.

use super::app::{App, Msg};
use super::dom::{At, El, Link, button, el, heading, list, p};
use super::review::on;
use super::words::n;
use super::{browser, computed, figure, sure, target, why};
use crate::domain::draft::Draft;
use crate::domain::model::Tag;
use crate::domain::profile::{Band, Variable};
use crate::domain::scorecard::Scorecard;
use crate::pack::compiled::Pack;
use crate::pack::texts::T;

pub fn page(page: El, pack: &Pack, app: &App, draft: &Draft, link: &Link) -> El {
    let now = Scorecard::of(&pack.model, &draft.sheet());
    // The drawing and the sentence show the what-if; the list of reasons stays that of the kept answers.
    let card = match app.what_if.is_empty() {
        true => now.clone(),
        false => Scorecard::of(&pack.model, &app.supposed(draft).sheet()),
    };
    // A proposed target follows the kept answers, not the supposed ones.
    let aim = target::target(pack, draft, &now);
    let told = [&*place(pack, &card), " ", pack.t(T::Hypothesis)].concat();
    page.put(
        el("div", "bsh-topline")
            .put(el("span", "").text(&pack.subject(draft)))
            .put(el("span", "").text(&browser::day(&draft.date, &pack.lang))),
    )
    .put(heading("h1", &headline(pack, draft, &card)))
    .put(p("bsh-lead", &told))
    .put(
        el("div", "bsh-grid")
            .put(
                el("div", "bsh-column")
                    .put(
                        el("section", "bsh-card bsh-where")
                            .lit(At::DataSection, "where")
                            .put(el("h2", "").text(pack.t(T::WhereTitle)))
                            .put(figure::figure(pack, draft, &card, aim))
                            .put(levels(pack, &card)),
                    )
                    .put(target::section(pack, aim, link)),
            )
            .put(
                el("div", "bsh-column")
                    .put(sure::section(pack, &card))
                    .put(why::section(pack, app, draft, &now, &card, link))
                    .put(profile(pack, &card))
                    .put(risks(pack, draft, &card)),
            ),
    )
    .put(computed::section(pack, &card))
    .put(
        el("div", "bsh-moves bsh-after")
            .put(button(pack.t(T::Back), "bsh-back", link, Msg::Back))
            .put(button(pack.t(T::Print), "bsh-primary", link, Msg::Print))
            .put(button(pack.t(T::Download), "", link, Msg::Download)),
    )
}

/// "Metal Works sees you as a good supplier, on the way to a dedicated partner".
pub fn headline(pack: &Pack, draft: &Draft, card: &Scorecard) -> String {
    let Some(level) = card.standing.strict else { return pack.t(T::ResultNone).into() };
    let next = card.standing.position.filter(|x| x % 1000 >= 500).map(|_| pack.supplier(level + 1));
    let text = if next.is_some() { T::ResultOnWay } else { T::ResultOf };
    let subject = pack.subject(draft);
    pack.fill(text, &[("subject", &subject), ("level", pack.supplier(level)), ("next", next.unwrap_or(""))])
}

/// The position and its range in a sentence, and what limits it.
pub fn place(pack: &Pack, card: &Scorecard) -> String {
    let standing = &card.standing;
    let Some(level) = standing.strict else { return pack.t(T::ResultNoneLead).into() };
    let mut text = match (standing.position, card.range()) {
        (Some(x), range) => {
            let (low, high) = range.unwrap_or((x, x));
            let text = if low == high { T::Position } else { T::PositionRange };
            let (x, low, high) = (pack.position(x), pack.position(low), pack.position(high));
            pack.fill(text, &[("x", &x), ("low", &low), ("high", &high)])
        }
        (None, _) => {
            let gate = standing.undetermined.unwrap_or(level + 1);
            pack.fill(T::AtLeast, &[("n", &n(level)), ("gate", &n(gate))])
        }
    };
    if let Some(lenient) = standing.lenient.filter(|lenient| *lenient > level) {
        text.push(' ');
        text.push_str(&pack.fill(T::UpTo, &[("n", &n(lenient))]));
    }
    text
}

/// The table whose numbers equal the drawing, top level first.
fn levels(pack: &Pack, card: &Scorecard) -> El {
    let columns = [T::ColLevel, T::ColAchieved, T::ColRating, T::ColAnswered];
    let heads = columns
        .into_iter()
        .map(|column| el("th", "").lit(At::Scope, "col").lit(At::Role, "columnheader").text(pack.t(column)));
    let mut rows = el("tbody", "");
    let mut level = u8::try_from(pack.levels.len()).unwrap_or(u8::MAX).saturating_add(1);
    for text in pack.levels.iter().rev() {
        level = level.saturating_sub(1);
        let gate = usize::from(level).checked_sub(2).and_then(|index| card.gates.get(index));
        let here = card.standing.strict == Some(level);
        let (percent, rating, answered) = match gate {
            None => (String::new(), pack.t(T::Floor), String::new()),
            Some(gate) => {
                let percent = if gate.answered == 0 { "–".into() } else { pack.percent(gate.tenths()) + " %" };
                (percent, pack.gate_rating(gate), [&n(gate.answered), "/", &n(gate.applicable)].concat())
            }
        };
        let name = el("th", "")
            .lit(At::Scope, "row")
            .lit(At::Role, "rowheader")
            .put(el("b", "").text(&n(level)))
            .text(" ")
            .text(&text.name)
            .put_if(here.then(|| el("span", "bsh-badge").text(pack.t(T::Here))))
            .put(el("small", "").text(&text.sees));
        rows = rows.put(
            el("tr", if here { "bsh-here" } else { "" })
                .flag(At::AriaCurrent, here)
                .put(name)
                .lit(At::Role, "row")
                .put(cell(&percent))
                .put(cell(rating))
                .put(cell(&answered)),
        );
    }
    // The roles hold where a narrow screen shows the rows as a grid.
    el("table", "bsh-levels")
        .lit(At::Role, "table")
        .put(el("caption", "").text(pack.t(T::TableCaption)))
        .put(el("thead", "").put(el("tr", "").lit(At::Role, "row").each(heads)))
        .put(rows)
}

fn cell(text: &str) -> El {
    el("td", "").lit(At::Role, "cell").text(text)
}

fn profile(pack: &Pack, card: &Scorecard) -> El {
    let mut all =
        el("section", "bsh-card").lit(At::DataSection, "profile").put(el("h2", "").text(pack.t(T::ProfileTitle)));
    for variable in &card.profile {
        all = all.put(row(pack, variable));
    }
    all.put(p("bsh-fine", pack.t(T::ProfileNote)))
}

fn row(pack: &Pack, variable: &Variable) -> El {
    let name = match variable.tag {
        Tag::Competition => T::VarC,
        Tag::Price => T::VarP,
        Tag::Features => T::VarF,
        _ => T::VarI,
    };
    let band = pack.t(match variable.band() {
        Some(Band::Low) => T::Low,
        Some(Band::Medium) => T::Medium,
        Some(Band::High) => T::High,
        None => T::Unknown,
    });
    let percent = n(variable.percent.unwrap_or(0));
    let words = if variable.percent.is_some() { [band, " · ", &percent, " %"].concat() } else { band.into() };
    let bar = |class, width: &str| el("rect", class).at(At::Width, width).lit(At::Height, "4");
    el("div", "bsh-variable").put(el("span", "").text(pack.t(name))).put(el("span", "").text(&words)).put(
        el("svg", "bsh-bar")
            .lit(At::ViewBox, "0 0 100 4")
            .lit(At::PreserveAspectRatio, "none")
            .flag(At::AriaHidden, true)
            .put(bar("bsh-bar-all", "100"))
            .put(bar("bsh-bar-part", &percent)),
    )
}

/// What was ticked, and what the answers say against themselves.
fn risks(pack: &Pack, draft: &Draft, card: &Scorecard) -> El {
    let mut all = el("section", "bsh-card").lit(At::DataSection, "risks").put(el("h2", "").text(pack.t(T::RisksTitle)));
    all = if draft.risks.contains(&true) {
        all.put(list(&mut on(&pack.risks, &draft.risks)))
    } else {
        all.put(p("bsh-soft", pack.t(T::RisksNone)))
    };
    if draft.signals.contains(&true) {
        all = all.put(el("h3", "").text(pack.t(T::SignalsTold))).put(list(&mut on(&pack.signals, &draft.signals)));
    }
    if card.consistency.unusual() {
        for (low, high) in &card.consistency.pairs {
            all = all.put(p("bsh-soft", &pack.fill(T::PairNote, &[("low", &n(*low)), ("high", &n(*high))])));
        }
    }
    if card.consistency.uniform {
        all = all.put(p("bsh-soft", pack.t(T::UniformNote)));
    }
    all
}
