//! The report on the page: what can be taken away, and below it the report as it will be on paper.
//!
//! Knows the files by their words. Must not know how one is made.

use super::chrome;
use super::dom::{At, El, button, el, heading, p};
use super::msg::Msg;
use super::visit::{Mode, Visit};
use crate::domain::draft::Draft;
use crate::domain::model::Perspective;
use crate::pack::compiled::Pack;
use crate::pack::texts::T;
use crate::report::charts::{self, Chart};
use crate::report::document::document;
use crate::report::{Frame, calendar};

pub fn page(page: El, pack: &Pack, visit: &Visit, draft: &Draft) -> El {
    let frame = Frame { id: &visit.account, company: &visit.company, today: &visit.today };
    let document = document(pack, draft, &frame);
    let charts = charts::of_document(pack, &document, &frame);
    let dates = calendar::calendar(pack, draft, &frame).is_some();
    page.put(chrome::tabs(pack, draft))
        .put(el("p", "bsh-eyebrow").text(pack.t(T::ReportTab)))
        .put(heading("h1", &document.title))
        .put(p("bsh-lead", &document.line))
        .put(ways(pack, visit, draft, &charts, dates))
        .put(el("article", "bsh-report").each(document.sections.into_iter()))
        .put(el("div", "bsh-moves bsh-after").put(button(pack.t(T::Back), "bsh-back", Msg::Back)))
}

/// Print, and the files. On a device that many use no file is left behind.
fn ways(pack: &Pack, visit: &Visit, draft: &Draft, charts: &[Chart], dates: bool) -> El {
    let own = draft.perspective == Perspective::Own;
    let card = el("section", "bsh-card bsh-take")
        .at(At::DataSection, "files")
        .put(heading("h2", pack.t(T::ReportFiles)))
        .put(p("bsh-soft", pack.t(T::ReportLead)))
        .put(el("p", "bsh-ways").put(button(pack.t(T::ReportPrint), "bsh-primary", Msg::Print)));
    if visit.mode == Mode::Kiosk {
        return card;
    }
    let file = |text: &str, kind: &str| button(text, "", Msg::File(kind.into()));
    let json = visit.mode == Mode::Workspace && own;
    let tables = el("p", "bsh-ways")
        .put(file(pack.t(T::ReportAnswers), "answers"))
        .put(file(pack.t(T::ReportResults), "results"))
        .put_if(own.then(|| file(pack.t(T::ReportPlan), "plan")));
    let calendar = match dates {
        true => el("p", "bsh-ways").put(file(pack.t(T::ReportIcs), "ics")),
        false => p("bsh-fine", pack.t(T::ReportIcsNone)),
    };
    card.put(
        el("p", "bsh-ways")
            .put(file(pack.t(T::ReportHtml), "html"))
            .put(file(pack.t(T::ReportMd), "md"))
            .put_if(json.then(|| file(pack.t(T::ReportJson), "json"))),
    )
    .put(p("bsh-fine", pack.t(T::ReportHtmlHint)))
    .put(el("h3", "").text(pack.t(T::ReportTables)))
    .put(tables)
    .put_if(own.then_some(calendar))
    .put(el("h3", "").text(pack.t(T::ReportCharts)))
    .put(el("ul", "bsh-charts").each(charts.iter().map(|chart| line(pack, chart))))
}

/// A chart, as a drawing and as a picture.
fn line(pack: &Pack, chart: &Chart) -> El {
    let file = |text: T, start: &str| {
        let name = [&*chart.title, ": ", pack.t(text)].concat();
        button(pack.t(text), "", Msg::File([start, &chart.code].concat())).at(At::AriaLabel, &name)
    };
    el("li", "")
        .key(&chart.code)
        .put(el("span", "").text(&chart.title))
        .put(el("span", "bsh-ways").put(file(T::ReportSvg, "svg-")).put(file(T::ReportPng, "png-")))
}
