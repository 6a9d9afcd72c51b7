//! The table of the plan: actions, target, goals, where to spend and where to stop, charter, red flags and people, each
//! with its kind.
//!
//! Knows the lists of a draft. Must not know today: what is overdue is the spreadsheet's to say.

use super::{Cell, Table};
use crate::domain::draft::Draft;
use crate::domain::facts::facts;
use crate::domain::model::{Kind, Perspective};
use crate::domain::rows::{List, Row, at};
use crate::domain::rules::Facts;
use crate::domain::survey::Cards;
use crate::pack::compiled::Pack;
use crate::pack::texts::T;
use crate::page::words::n;
use crate::page::{methods, plan as page, target};

const HEADS: [T; 14] = [
    T::FileKind,
    T::FileCode,
    T::FileNumber,
    T::FileWhat,
    T::FirstStep,
    T::FileCause,
    T::Owner,
    T::Due,
    T::Status,
    T::NoteLabel,
    T::Function,
    T::Seniority,
    T::PersonRole,
    T::Holder,
];

/// One thing of the plan. What does not apply stays blank.
#[derive(Default)]
struct Line<'a> {
    kind: &'a str,
    code: &'a str,
    /// The place in its list, from 1; 0 where there is no order.
    place: usize,
    what: &'a str,
    first: &'a str,
    cause: &'a str,
    owner: &'a str,
    due: &'a str,
    status: &'a str,
    note: &'a str,
    /// Function, seniority, role, who holds the contact.
    person: [&'a str; 4],
}

fn put(table: &mut Table, line: &Line) {
    let place = if line.place > 0 { Cell::Whole(line.place as u64) } else { Cell::Blank };
    let before = [Cell::Text(line.kind), Cell::Text(line.code), place];
    let told = [line.what, line.first, line.cause, line.owner, line.due, line.status, line.note];
    table.row(before.into_iter().chain(told.into_iter().chain(line.person).map(Cell::Text)));
}

/// Nothing but the head for somebody at a customer: the plan is the supplier's.
pub fn plan(pack: &Pack, draft: &Draft) -> String {
    let mut table = Table::of(pack, draft, &HEADS);
    if draft.perspective == Perspective::Customer {
        return table.out;
    }
    let evidence = draft.evidence(&pack.survey);
    let cards = Cards::of(&pack.survey, &evidence);
    let facts = facts(&pack.survey, &evidence, &cards);
    tasks(&mut table, pack, draft, &facts);
    aim(&mut table, pack, draft, &cards);
    let goal = |row: &Row| page::goal(pack, draft, row);
    let first = |row: &Row| row.get(0).to_string();
    listed(&mut table, pack, draft, (List::Goals, T::FileGoal), &goal);
    listed(&mut table, pack, draft, (List::Focus, T::FocusLabel), &first);
    listed(&mut table, pack, draft, (List::Stop, T::StopLabel), &first);
    listed(&mut table, pack, draft, (List::Charter, T::CharterTitle), &|_| page::charter_text(pack, draft));
    flags(&mut table, pack, draft);
    people(&mut table, pack, draft);
    table.out
}

/// The name of a row that it keeps over exports: `task.3`.
fn code(list: List, row: &Row) -> String {
    [list.spec().code, ".", &n(row.id)].concat()
}

/// The filled rows of a list with their places.
fn rows(draft: &Draft, list: List) -> impl Iterator<Item = (usize, &Row)> {
    let places = |(_, row): &(usize, &Row)| !row.blank();
    (1..).zip(draft.rows.of(list)).filter(places)
}

/// A list that is sentences.
fn listed(table: &mut Table, pack: &Pack, draft: &Draft, (list, kind): (List, T), what: &dyn Fn(&Row) -> String) {
    for (place, row) in rows(draft, list) {
        let place = if list.single() { 0 } else { place };
        let (code, what) = (code(list, row), what(row));
        put(table, &Line { kind: pack.t(kind), code: &code, place, what: &what, ..Line::default() });
    }
}

fn tasks(table: &mut Table, pack: &Pack, draft: &Draft, facts: &Facts) {
    for (place, row) in rows(draft, List::Tasks) {
        let cause = methods::called(pack, draft, facts, row.get(at::CAUSE)).unwrap_or_default();
        put(
            table,
            &Line {
                kind: pack.t(T::TaskTitle),
                code: &code(List::Tasks, row),
                place,
                what: page::title(pack, row),
                first: first_step(pack, row),
                // The head of the column says the word already.
                cause: cause.strip_prefix(pack.t(T::Because)).unwrap_or(&cause).trim_start(),
                owner: row.get(at::OWNER),
                due: row.get(at::DUE),
                status: pack.t(page::status(row.get(at::STATUS))),
                note: row.get(at::NOTE),
                ..Line::default()
            },
        );
    }
}

/// The first step of an action's method; blank for an action of one's own.
pub(in crate::report) fn first_step<'a>(pack: &'a Pack, row: &Row) -> &'a str {
    match row.get(at::METHOD) {
        "" => "",
        method => pack.key(&["method.", method, ".first"]),
    }
}

/// The target as it is drawn, and what was said of the climb.
fn aim(table: &mut Table, pack: &Pack, draft: &Draft, cards: &Cards) {
    let kind = pack.t(T::TargetFlag);
    if let Some(part) = pack.staged().filter(|part| draft.target.is_some() || draft.begun(*part)) {
        let aim = target::target(pack, draft, part, cards);
        let what = [&*n(aim.level), " ", pack.level(part, aim.level, "name")].concat();
        // "By the end of" a year.
        let due = [&*n(aim.year), "-12-31"].concat();
        let status = if draft.target.is_some() { "" } else { pack.t(T::FileProposed) };
        put(table, &Line { kind, code: "target", what: &what, due: &due, status, ..Line::default() });
    }
    for (label, said) in page::worth(pack, draft) {
        put(table, &Line { kind, code: "climb", what: pack.t(label), note: &said, ..Line::default() });
    }
}

/// Everything that is not known.
fn flags(table: &mut Table, pack: &Pack, draft: &Draft) {
    for (at, place) in draft.unknowns(&pack.survey).into_iter().zip(1..) {
        let Some(item) = pack.survey.item(at) else { continue };
        let asked = if draft.confirmed.contains(&item.id) { T::FileConfirmed } else { T::FileOpen };
        put(
            table,
            &Line {
                kind: pack.t(T::FileFlag),
                code: &item.id,
                place,
                what: pack.item(at, draft.perspective),
                status: pack.t(asked),
                note: draft.note(at),
                ..Line::default()
            },
        );
    }
}

fn people(table: &mut Table, pack: &Pack, draft: &Draft) {
    for (place, row) in rows(draft, List::People) {
        let word = |field: usize| choice(pack, field, row.get(field));
        put(
            table,
            &Line {
                kind: pack.t(T::FilePerson),
                code: &code(List::People, row),
                place,
                what: row.get(at::NAME),
                person: [word(at::FUNCTION), word(at::SENIORITY), word(at::ROLE), row.get(at::HOLDER)],
                ..Line::default()
            },
        );
    }
}

/// A function, seniority or role by its id; blank when the pack has none of that id.
fn choice<'a>(pack: &'a Pack, field: usize, id: &str) -> &'a str {
    for instrument in &pack.survey.instruments {
        if let Kind::Practices { functions, seniorities, roles, .. } = &instrument.kind {
            let (ids, what) = match field {
                at::FUNCTION => (functions, ".function."),
                at::SENIORITY => (seniorities, ".seniority."),
                _ => (roles, ".role."),
            };
            if ids.iter().any(|known| known == id) {
                return pack.key(&[&instrument.id, what, id]);
            }
        }
    }
    ""
}
