//! The plan in a report: actions, goals, where to spend, what is not known, people and the charter, as tables and lists.
//!
//! Knows the lists of a draft and the texts. Must not know which of them stands where in the report.

use super::document::Told;
use crate::domain::model::Kind;
use crate::domain::rows::{List, Row, at};
use crate::pack::texts::T;
use crate::page::dom::{At, El, el, p};
use crate::page::views::{cell, row, table};
use crate::page::words::day;
use crate::page::{methods, plan};

/// The sections of the plan, each `None` when there is nothing in it; the charter last.
pub fn sections(told: &Told) -> Vec<Option<El>> {
    vec![tasks(told), sentences(told), focus(told), flags(told), charter(told)]
}

fn section(told: &Told, code: &str, title: T) -> El {
    el("section", "bsh-card").at(At::DataSection, code).put(el("h2", "").text(told.pack.t(title)))
}

fn tasks(told: &Told) -> Option<El> {
    let (pack, draft) = (told.pack, told.draft);
    let all: Vec<&Row> = draft.filled(List::Tasks).collect();
    if all.is_empty() {
        return None;
    }
    let done = all.iter().filter(|row| row.get(at::STATUS) == "done").count();
    let of = all.iter().filter(|row| row.get(at::STATUS) != "dropped").count();
    let mut rows = el("tbody", "");
    for task in all {
        let title = plan::title(pack, task);
        let why = methods::called(pack, draft, &told.facts, task.get(at::CAUSE));
        let first = match task.get(at::METHOD) {
            "" => "",
            method => pack.key(&["method.", method, ".first"]),
        };
        let small = |text: &str| (!text.is_empty()).then(|| el("small", "").text(text));
        let what = el("th", "")
            .text(title)
            .put_if(small(first))
            .put_if(why.as_deref().and_then(small))
            .put_if(small(task.get(at::NOTE)));
        let cells = [
            cell(task.get(at::OWNER)),
            cell(&day(pack, task.get(at::DUE))),
            cell(pack.t(plan::status(task.get(at::STATUS)))),
        ];
        rows = rows.put(row(what, cells.into_iter()));
    }
    let heads = [T::TaskTitle, T::Owner, T::Due, T::Status].map(|head| pack.t(head));
    let values = [("n", &*done.to_string()), ("of", &of.to_string())];
    Some(
        section(told, "plan", T::TasksTitle)
            .put_if((of > 0).then(|| p("bsh-soft", &pack.fill(T::TasksDone, &values))))
            .put(table("bsh-tasks-table", "", &heads, rows)),
    )
}

/// The goals as sentences.
fn sentences(told: &Told) -> Option<El> {
    let (pack, draft) = (told.pack, told.draft);
    let all: Vec<String> = draft.filled(List::Goals).map(|goal| plan::goal(pack, draft, goal)).collect();
    (!all.is_empty()).then(|| {
        section(told, "goals", T::GoalsTitle)
            .put(el("ul", "bsh-plain").each(all.iter().map(|text| el("li", "").text(text))))
    })
}

fn focus(told: &Told) -> Option<El> {
    let texts = |list: List| -> Vec<&str> {
        told.draft.filled(list).map(|row| row.get(0)).filter(|text| !text.is_empty()).collect()
    };
    let (on, off) = (texts(List::Focus), texts(List::Stop));
    if on.is_empty() && off.is_empty() {
        return None;
    }
    let part = |all: El, title: T, texts: Vec<&str>| match texts.is_empty() {
        true => all,
        false => all
            .put(el("h3", "").text(told.pack.t(title)))
            .put(el("ul", "bsh-plain").each(texts.into_iter().map(|text| el("li", "").text(text)))),
    };
    Some(part(part(section(told, "focus", T::FocusTitle), T::FocusHead, on), T::StopHead, off))
}

/// What nobody knew, with a tick where it has been asked since.
fn flags(told: &Told) -> Option<El> {
    let (pack, draft) = (told.pack, told.draft);
    let unknown = draft.unknowns(&pack.survey);
    if unknown.is_empty() {
        return None;
    }
    let items = unknown.into_iter().filter_map(|place| {
        let asked = pack.survey.item(place)?;
        let sign = if draft.confirmed.contains(&asked.id) { "☑ " } else { "☐ " };
        Some(el("li", "").text(&[sign, pack.item(place, draft.perspective)].concat()))
    });
    Some(
        section(told, "flags", T::FlagsTitle)
            .put(p("bsh-soft", pack.t(T::ReportFlags)))
            .put(el("ul", "bsh-flags").each(items)),
    )
}

/// Whether the climb is worth it, and the charter as a sentence.
fn charter(told: &Told) -> Option<El> {
    let (pack, draft) = (told.pack, told.draft);
    let worth = plan::worth(pack, draft);
    let blank = draft.rows.of(List::Charter).iter().all(Row::blank);
    if blank && worth.is_empty() {
        return None;
    }
    let mut all = section(told, "charter", T::CharterTitle);
    if !blank {
        all = all.put(el("blockquote", "").text(&plan::charter_text(pack, draft)));
    }
    for (label, text) in worth {
        all = all.put(p("", &[pack.t(label), " ", &text].concat()));
    }
    Some(all)
}

/// Everybody who is known at the customer.
pub fn people(told: &Told) -> Option<El> {
    let (pack, draft) = (told.pack, told.draft);
    let mut rows = el("tbody", "");
    let mut some = false;
    for person in draft.filled(List::People) {
        some = true;
        let text = |field: usize, what: &str| choice(told, person.get(field), what);
        let cells = [
            cell(&text(at::FUNCTION, ".function.")),
            cell(&text(at::SENIORITY, ".seniority.")),
            cell(&text(at::ROLE, ".role.")),
            cell(person.get(at::HOLDER)),
        ];
        let name = match person.get(at::NAME).trim() {
            "" => pack.t(T::PersonNameless),
            name => name,
        };
        rows = rows.put(row(el("th", "").text(name), cells.into_iter()));
    }
    let heads = [T::PersonName, T::Function, T::Seniority, T::PersonRole, T::Holder].map(|head| pack.t(head));
    some.then(|| section(told, "people", T::PeoplePlan).put(table("bsh-people-table", "", &heads, rows)))
}

/// The source of each planned method, once each.
pub fn sources(told: &Told) -> Vec<String> {
    let mut all = Vec::new();
    for task in told.draft.filled(List::Tasks) {
        let method = task.get(at::METHOD);
        let source = told.pack.key(&["method.", method, ".source"]);
        let line = [plan::title(told.pack, task), ": ", source].concat();
        if !source.is_empty() && !all.contains(&line) {
            all.push(line);
        }
    }
    all
}

/// The text of a choice by its id, in the first instrument that has it.
fn choice(told: &Told, id: &str, what: &str) -> String {
    let texts = told.pack.survey.instruments.iter().filter(|part| matches!(part.kind, Kind::Practices { .. }));
    let mut texts = texts.map(|part| told.pack.key(&[&part.id, what, id]));
    texts.find(|text| !text.is_empty() && !id.is_empty()).unwrap_or("").into()
}
