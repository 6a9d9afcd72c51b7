//! What can be taken away, by one word each: `html`, `md`, `answers`, `results`, `plan`, `ics`, `json`, and `svg-<chart>`.
//!
//! Knows which file is made by which module, and what it is called. Must not know where it goes.

use super::document::document;
use super::{Frame, calendar, charts, html, markdown, name, tables};
use crate::domain::draft::Draft;
use crate::pack::compiled::Pack;
use crate::storage::codec::Fields;
use crate::toolbox;

/// A file with its name and media type.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct File {
    pub name: String,
    pub media: &'static str,
    pub text: String,
}

/// The kinds that are not charts.
pub const KINDS: [&str; 7] = ["html", "md", "answers", "results", "plan", "ics", "json"];

/// How the names of those end that can be opened again.
pub const HTML: &str = "-report.html";
pub const JSON: &str = ".json";

/// The file of a kind; `None` for a kind that there is not, or that has nothing in it.
pub fn file(pack: &Pack, draft: &Draft, frame: &Frame, kind: &str) -> Option<File> {
    let subject = subject(draft);
    let (ending, media, text) = match kind {
        "html" => (HTML, "text/html", html::file(pack, &document(pack, draft, frame), &inside(pack, draft, frame))),
        "md" => ("-report.md", "text/markdown", markdown::file(pack, &document(pack, draft, frame))),
        "json" => (JSON, "application/json", account(pack, draft, frame)),
        "answers" => ("-answers.csv", "text/csv", tables::answers(pack, draft)),
        "results" => ("-results.csv", "text/csv", tables::results(pack, draft)),
        "plan" => ("-plan.csv", "text/csv", tables::plan(pack, draft)),
        "ics" => ("-plan.ics", "text/calendar", calendar::calendar(pack, draft, frame)?),
        chart => {
            let code = chart.strip_prefix("svg-")?;
            let chart = charts::charts(pack, draft, frame).into_iter().find(|chart| chart.code == code)?;
            return Some(File {
                name: name::file_name(subject, &["-", code, ".svg"].concat()),
                media: "image/svg+xml",
                text: chart.svg,
            });
        }
    };
    Some(File { name: name::file_name(subject, ending), media, text })
}

/// What names of files are made of: the account, or the part of it where it has no name.
fn subject(draft: &Draft) -> &str {
    if draft.account.is_empty() { &draft.part } else { &draft.account }
}

/// How the names of all files of a draft begin.
pub fn stem(draft: &Draft) -> String {
    name::file_name(subject(draft), "")
}

/// What the one-file report is opened again by: an account as a file of accounts, so that it finds its own; answers by
/// themselves as they are kept.
fn inside(pack: &Pack, draft: &Draft, frame: &Frame) -> String {
    match frame.id.is_empty() {
        true => Fields::of(&pack.survey, draft, 0).write(),
        false => account(pack, draft, frame),
    }
}

/// The draft as a file of accounts with this one in it.
fn account(pack: &Pack, draft: &Draft, frame: &Frame) -> String {
    let text = Fields::of(&pack.survey, draft, 0).write();
    let id = if frame.id.is_empty() { name::id_of(&text) } else { frame.id.into() };
    toolbox::write(&[frame.company, "\u{1e}", &id, "\n", &text].concat())
}
