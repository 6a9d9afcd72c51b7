//! The page of one account: where it stands, who says so, how far apart they are, whom to ask, what changed.
//!
//! Knows the order of the page and the sentences of its head. The parts with rules of their own are in the files beside.

use super::chrome::card;
use super::dom::{At, El, button, el, heading, p};
use super::fields::{ask, field};
use super::msg::{Loss, Msg};
use super::visit::Visit;
use super::words::n;
use super::{agree, chrome, everybody, history, invite, people, sure, views};
use crate::domain::draft::{Draft, Stage, Step};
use crate::domain::raters::{GapSize, Headline, Whose};
use crate::domain::rounds::{Round, rounds};
use crate::domain::rows::{List, SINGLE, at};
use crate::pack::compiled::Pack;
use crate::pack::texts::T;

pub fn page(page: El, pack: &Pack, visit: &Visit, draft: &Draft) -> El {
    let part = pack.staged().unwrap_or(0);
    let all = rounds(&pack.survey, draft, part, usize::MAX);
    let (Some(now), Some(instrument)) = (all.last(), pack.survey.instruments.get(part)) else { return page };
    let number = pack.fill(T::RoundNow, &[("n", &n(now.number))]);
    let sure = now.headline.as_ref().map(|headline| sure::section(pack, &headline.confidence).key("confidence"));
    page.put(chrome::tabs(pack, draft))
        .put(el("div", "bsh-topline").put(el("span", "").text(&pack.subject(draft))).put(el("span", "").text(&number)))
        .put(heading("h1", &pack.subject(draft)))
        .put(p("bsh-lead", pack.t(T::AccountLead)))
        .put(
            el("div", "bsh-grid")
                .key("grid")
                .put(el("div", "bsh-column").put(head(pack, draft, part, now)))
                .put(el("div", "bsh-column").put(gap(pack, now)).put_if(sure)),
        )
        .put(views::section(pack, draft, part, now))
        .put(agree::section(pack, part, instrument, now))
        .put(agree::agenda(pack, part, instrument, now))
        .put(invite::section(pack, visit, draft, now))
        .put(
            card(pack, "people", T::PeopleTitle)
                .put(p("bsh-fine", pack.t(T::PeoplePrivate)))
                .put(people::editor(pack, visit, draft)),
        )
        .put(history::section(pack, visit, part, &all))
        .put(round(pack, draft, part, &number))
        .put(about(pack, visit, draft))
}

/// The sentence of the headline, its place, and the pyramid.
fn head(pack: &Pack, draft: &Draft, part: usize, now: &Round) -> El {
    let sentence = sentence(pack, part, now.headline.as_ref());
    let told = now.headline.as_ref().map_or_else(String::new, |headline| place(pack, part, headline));
    el("section", "bsh-card bsh-where")
        .at(At::DataSection, "headline")
        .put(heading("h2", &sentence))
        .put(p("", &told).flag(At::Hidden, told.is_empty()))
        .put_if(everybody::figure(pack, draft, part, now, &told))
}

/// The same for paper; nothing where there is no level to tell of.
pub fn head_of(pack: &Pack, draft: &Draft, part: usize, now: &Round) -> Option<El> {
    now.headline.as_ref().map(|_| head(pack, draft, part, now))
}

/// "By what 3 of their people say, they see you as a dedicated partner."
pub fn sentence(pack: &Pack, part: usize, headline: Option<&Headline>) -> String {
    let Some(headline) = headline else { return pack.t(T::HeadNone).into() };
    let (text, count) = match headline.whose {
        Whose::Own => (T::HeadOwn, 0),
        Whose::Customer(1) => (T::HeadCustomerOne, 1),
        Whose::Customer(count) => (T::HeadCustomer, count),
    };
    let level = pack.level(part, headline.level, "supplier");
    pack.fill(text, &[("n", &count.to_string()), ("level", level)])
}

/// The headline's position and range in a sentence.
fn place(pack: &Pack, part: usize, headline: &Headline) -> String {
    let Some(x) = headline.position else {
        let gate = (headline.level + 1).min(pack.levels(part));
        return pack.fill(T::AtLeast, &[("n", &n(headline.level)), ("gate", &n(gate))]);
    };
    let (low, high) = headline.range.unwrap_or((x, x));
    let text = if low == high { T::Position } else { T::PlaceRange };
    let (x, low, high) = (pack.position(x), pack.position(low), pack.position(high));
    pack.fill(text, &[("x", &x), ("low", &low), ("high", &high), ("of", &n(pack.levels(part)))])
}

/// How far own and customer's view are apart, and what that asks for. It can go either way.
pub fn gap(pack: &Pack, now: &Round) -> El {
    let all = card(pack, "gap", T::GapTitle);
    let Some(gap) = now.gap else { return all.put(p("bsh-soft", pack.t(T::GapNone))) };
    let over = gap.thousandths > 0;
    let told = match gap.tenths {
        0 => T::GapSame,
        1.. => T::GapOver,
        _ => T::GapUnder,
    };
    let advice = match (gap.size, over) {
        (GapSize::Aligned, _) => T::GapAligned,
        (GapSize::Notable, true) => T::GapNotableOver,
        (GapSize::Notable, false) => T::GapNotableUnder,
        (GapSize::Large, true) => T::GapLargeOver,
        (GapSize::Large, false) => T::GapLargeUnder,
    };
    all.put(
        p("bsh-gap", "")
            .put(el("b", "").text(&pack.gap(gap)))
            .put(el("span", "").text(&pack.fill(told, &[("n", &pack.distance(gap))]))),
    )
    .put(p("", pack.t(advice)))
}

/// Going on with the present round, and beginning another one.
fn round(pack: &Pack, draft: &Draft, part: usize, number: &str) -> El {
    let entry = chrome::entry(pack, draft, part);
    let text = if entry == Step::At(part, Stage::Result) { T::SeeRound } else { T::ResumeRound };
    el("section", "bsh-card")
        .at(At::DataSection, "round")
        .key("round")
        .put(heading("h2", number))
        .put(p("bsh-soft", pack.t(T::NewRoundHint)))
        .put(el("div", "bsh-ways").put(button(pack.t(text), "bsh-primary", Msg::Go(entry))).put(button(
            pack.t(T::NewRound),
            "",
            Msg::NewRound,
        )))
}

/// What belongs to the account beside its answers.
fn about(pack: &Pack, visit: &Visit, draft: &Draft) -> El {
    let of = |place: usize, label: T| field(pack, visit, draft, List::About, SINGLE, &ask(place, label));
    card(pack, "about", T::AboutTitle)
        .put(
            el("div", "bsh-fields")
                .put(of(at::ACCOUNT_OWNER, T::AboutOwner))
                .put(of(at::TAGS, T::AboutTags))
                .put(of(at::REMIND, T::AboutRemind)),
        )
        .put(p("bsh-fine", pack.t(T::AboutRemindHint)))
        .put(
            el("div", "bsh-ways")
                .put(button(pack.t(T::ReportGo), "", Msg::Report))
                .put(button(pack.t(T::ExportOne), "", Msg::Export(false)))
                .put(button(pack.t(T::RemoveAccount), "bsh-danger", Msg::Ask(Some(Loss::Account)))),
        )
}
