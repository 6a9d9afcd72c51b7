//! The result of an instrument, from the sentence that a person would say down to every number.
//!
//! Knows a scorecard and the texts. The parts with rules of their own are in the files beside.

use super::dom::{At, El, button, el, heading, list, p};
use super::msg::Msg;
use super::review::on;
use super::visit::{Mode, Visit};
use super::words::{count, n};
use super::{chrome, computed, figure, handback, lead, matrix, offer, practice, readings, sure, target, why};
use crate::domain::draft::{Draft, Step, Ticks};
use crate::domain::facts::facts;
use crate::domain::model::{Perspective, Tag};
use crate::domain::profile::{Band, Variable};
use crate::domain::scorecard::Scorecard;
use crate::domain::survey::{Card, Cards};
use crate::pack::compiled::Pack;
use crate::pack::texts::T;

pub fn page(page: El, pack: &Pack, visit: &Visit, draft: &Draft, part: usize) -> El {
    let evidence = draft.evidence(&pack.survey);
    let cards = Cards::of(&pack.survey, &evidence);
    let facts = facts(&pack.survey, &evidence, &cards);
    let page = page.put(chrome::tabs(pack, draft)).put(
        el("div", "bsh-topline").put(el("span", "").text(&pack.subject(draft))).put(el("span", "").text(&visit.day)),
    );
    let theirs = draft.perspective == Perspective::Customer;
    // What is computed is told under everything else.
    let mut told = None;
    let page = match cards.parts.get(part) {
        Some(Card::Gates(now)) => {
            let shown = shown(pack, visit, draft, part, now);
            told = Some(computed::section(pack, part, &shown, computed::Numbers::Card));
            staged(page, pack, visit, draft, part, &cards, (now, &shown))
        }
        Some(Card::Axes(card)) => matrix::page(page, pack, draft, part, card),
        Some(Card::Practices(card)) => practice::page(page, pack, draft, part, (card, &cards)),
        None => page,
    };
    if theirs && draft.invited() {
        let back = button(pack.t(T::HandGo), "bsh-primary", Msg::Go(Step::Handback));
        return page
            .put_if(told)
            .put(el("div", "bsh-moves bsh-after").put(button(pack.t(T::Back), "bsh-back", Msg::Back)).put(back));
    }
    // What the pack's owner offers: to nobody who was asked by somebody else.
    let (action, send) = (lead::action(pack), lead::send(pack, visit, draft));
    if theirs {
        return page.put_if(action).put_if(send).put_if(told).put(after(pack, visit));
    }
    page.put_if(readings::section(pack, draft, &facts))
        .put_if(action)
        .put_if(send)
        .put(offer::section(pack, draft, part))
        .put(keep(pack, visit, draft))
        .put_if(told)
        .put(after(pack, visit))
}

/// The offer to keep these answers as an account; hidden in one.
fn keep(pack: &Pack, visit: &Visit, draft: &Draft) -> El {
    el("section", "bsh-card")
        .at(At::DataSection, "keep")
        .flag(At::Hidden, draft.kept() || visit.mode != Mode::Workspace)
        .put(el("h2", "").text(pack.t(T::KeepTitle)))
        .put(p("bsh-soft", pack.t(T::KeepLead)))
        .put(button(pack.t(T::KeepGo), "", Msg::KeepAccount))
}

/// Back, report, download. On a device that many use nothing is left behind.
pub fn after(pack: &Pack, visit: &Visit) -> El {
    let report = if visit.mode == Mode::Kiosk { T::ReportTab } else { T::ReportGo };
    el("div", "bsh-moves bsh-after")
        .put(button(pack.t(T::Back), "bsh-back", Msg::Back))
        .put(button(pack.t(report), "bsh-primary", Msg::Report))
        .put_if((visit.mode != Mode::Kiosk).then(|| button(pack.t(T::Download), "", Msg::Download)))
}

/// The scorecard with the what-ifs in it.
fn shown(pack: &Pack, visit: &Visit, draft: &Draft, part: usize, now: &Scorecard) -> Scorecard {
    match (visit.what_if.is_empty(), pack.survey.instruments.get(part)) {
        (false, Some(instrument)) => Scorecard::of(&instrument.model, &visit.supposed(draft).sheet(part)),
        _ => now.clone(),
    }
}

/// The result of an instrument of gates.
fn staged(
    page: El,
    pack: &Pack,
    visit: &Visit,
    draft: &Draft,
    part: usize,
    cards: &Cards,
    // The drawing and the sentence show the what-if; the list of reasons stays that of the kept answers.
    (now, card): (&Scorecard, &Scorecard),
) -> El {
    // A proposed target follows the kept answers, not the supposed ones.
    let aim = target::target(pack, draft, part, cards);
    let hypothesis = if draft.perspective == Perspective::Own { pack.t(T::Hypothesis) } else { "" };
    let told = [&*place(pack, part, card), " ", hypothesis].concat();
    let theirs = draft.perspective == Perspective::Customer;
    page.put(heading("h1", &headline(pack, draft, part, card))).put(p("bsh-lead", &told)).put(
        el("div", "bsh-grid")
            .put(
                el("div", "bsh-column")
                    .put(
                        el("section", "bsh-card bsh-where")
                            .at(At::DataSection, "where")
                            .put(el("h2", "").text(&pack.fill(
                                if theirs { T::CustomerWhere } else { T::WhereTitle },
                                &[("company", &pack.subject(draft))],
                            )))
                            .put(figure::figure(pack, draft, part, card, aim))
                            .put(levels(pack, part, card, !theirs)),
                    )
                    .put_if((!theirs).then(|| target::section(pack, part, aim))),
            )
            .put(
                el("div", "bsh-column")
                    .put_if((!theirs).then(|| sure::section(pack, &card.confidence)))
                    .put(why::section(pack, visit, draft, part, (now, card)))
                    .put_if((!theirs).then(|| profile(pack, card)))
                    .put_if((!theirs).then(|| risks(pack, draft, part, card))),
            ),
    )
}

/// "Metal Works sees you as a good supplier, on the way to a dedicated partner".
pub fn headline(pack: &Pack, draft: &Draft, part: usize, card: &Scorecard) -> String {
    if draft.perspective == Perspective::Customer {
        return handback::customer_headline(pack, draft, part, card);
    }
    let Some(level) = card.standing.strict else { return pack.t(T::ResultNone).into() };
    let supplier = |level: u8| pack.level(part, level, "supplier");
    let next = card.standing.position.filter(|x| x % 1000 >= 500).map(|_| supplier(level + 1));
    let text = if next.is_some() { T::ResultOnWay } else { T::ResultOf };
    let subject = pack.subject(draft);
    pack.fill(text, &[("subject", &subject), ("level", supplier(level)), ("next", next.unwrap_or(""))])
}

/// The position and its range in a sentence, and what limits it.
pub fn place(pack: &Pack, part: usize, card: &Scorecard) -> String {
    let standing = &card.standing;
    let Some(level) = standing.strict else { return pack.t(T::ResultNoneLead).into() };
    let top = n(pack.levels(part));
    let mut text = match (standing.position, card.range()) {
        (Some(x), range) => {
            let (low, high) = range.unwrap_or((x, x));
            let text = if low == high { T::Position } else { T::PositionRange };
            let (x, low, high) = (pack.position(x), pack.position(low), pack.position(high));
            pack.fill(text, &[("x", &x), ("low", &low), ("high", &high), ("of", &top)])
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

/// The table whose numbers equal the drawing, top level first. `named`: the level is marked as the reader's own.
pub fn levels(pack: &Pack, part: usize, card: &Scorecard, named: bool) -> El {
    let mut rows = el("tbody", "");
    let mut level = pack.levels(part).saturating_add(1);
    while level > 1 {
        level -= 1;
        let gate = usize::from(level).checked_sub(2).and_then(|index| card.gates.get(index));
        let here = card.standing.strict == Some(level);
        let (percent, rating, answered) = match gate {
            None => (String::new(), pack.t(T::Floor), String::new()),
            Some(gate) => (pack.achieved(gate), pack.gate_rating(gate), count(gate)),
        };
        let name = el("th", "")
            .at(At::Scope, "row")
            .at(At::Role, "rowheader")
            .put(el("b", "").text(&n(level)))
            .text(" ")
            .text(pack.level(part, level, "name"))
            .put_if((here && named).then(|| el("span", "bsh-badge").text(pack.t(T::Here))))
            .put(el("small", "").text(pack.level(part, level, "sees")));
        rows = rows.put(
            el("tr", if here { "bsh-here" } else { "" })
                .flag(At::AriaCurrent, here)
                .put(name)
                .at(At::Role, "row")
                .put(cell(&percent))
                .put(cell(rating))
                .put(cell(&answered)),
        );
    }
    table(pack, &[T::ColLevel, T::ColAchieved, T::ColRating, T::ColAnswered], rows)
}

/// A table beside a drawing. The roles hold where a narrow screen shows the rows as a grid.
pub fn table(pack: &Pack, columns: &[T], rows: El) -> El {
    let heads = columns
        .iter()
        .map(|column| el("th", "").at(At::Scope, "col").at(At::Role, "columnheader").text(pack.t(*column)));
    el("table", "bsh-levels")
        .at(At::Role, "table")
        .put(el("caption", "").text(pack.t(T::TableCaption)))
        .put(el("thead", "").put(el("tr", "").at(At::Role, "row").each(heads)))
        .put(rows)
}

/// A row of such a table: its name, then its cells.
pub fn line(name: &str, cells: &[&str]) -> El {
    el("tr", "")
        .at(At::Role, "row")
        .put(el("th", "").at(At::Scope, "row").at(At::Role, "rowheader").text(name))
        .each(cells.iter().map(|text| cell(text)))
}

fn cell(text: &str) -> El {
    el("td", "").at(At::Role, "cell").text(text)
}

pub fn profile(pack: &Pack, card: &Scorecard) -> El {
    let mut all =
        el("section", "bsh-card").at(At::DataSection, "profile").put(el("h2", "").text(pack.t(T::ProfileTitle)));
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
    let percent = variable.percent.unwrap_or(0);
    let words = match variable.percent {
        Some(percent) => [band, " · ", &pack.percent(10 * u32::from(percent))].concat(),
        None => band.into(),
    };
    bar(pack.t(name), &words, &[u32::from(percent) * 10], &[])
}

/// A bar with its name and words: parts in tenths of a percent, one after the other, and cuts in percent.
pub fn bar(name: &str, words: &str, parts: &[u32], cuts: &[u8]) -> El {
    let rect =
        |class, x: u32, width: u32| el("rect", class).at(At::X, &n(x)).at(At::Width, &n(width)).at(At::Height, "40");
    let mut drawing = el("svg", "bsh-bar")
        .at(At::ViewBox, "0 0 1000 40")
        .at(At::PreserveAspectRatio, "none")
        .flag(At::AriaHidden, true)
        .put(rect("bsh-bar-all", 0, 1000));
    let mut x = 0;
    for (index, width) in parts.iter().enumerate() {
        let class = match index {
            0 => "bsh-bar-part",
            odd if odd % 2 == 1 => "bsh-bar-other",
            _ => "bsh-bar-third",
        };
        drawing = drawing.put(rect(class, x, *width));
        x += width;
    }
    for cut in cuts {
        drawing = drawing.put(rect("bsh-bar-cut", 10 * u32::from(*cut), 4));
    }
    el("div", "bsh-variable").put(el("span", "").text(name)).put(el("span", "").text(words)).put(drawing)
}

/// What was ticked, and what the answers say against themselves.
pub fn risks(pack: &Pack, draft: &Draft, part: usize, card: &Scorecard) -> El {
    let mut all = el("section", "bsh-card").at(At::DataSection, "risks").put(el("h2", "").text(pack.t(T::RisksTitle)));
    let (risks, signals) = (on(pack, draft, part, Ticks::Risks), on(pack, draft, part, Ticks::Signals));
    all = match risks.is_empty() {
        true => all.put(p("bsh-soft", pack.t(T::RisksNone))),
        false => all.put(list(&mut risks.into_iter())),
    };
    if !signals.is_empty() {
        all = all.put(el("h3", "").text(pack.t(T::SignalsTold))).put(list(&mut signals.into_iter()));
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
