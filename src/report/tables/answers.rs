//! The table of answers: a row for each item that somebody was asked, answered or not, and for each sign and risk that
//! could be ticked.
//!
//! Knows where answers and notes are kept. Must not know what is concluded from them.

use super::{Cell, Table, WHO, Who, group, newest_first, yes};
use crate::domain::answer::Answer;
use crate::domain::draft::Draft;
use crate::domain::model::{Instrument, Perspective, Place, Sheet};
use crate::domain::rounds::present;
use crate::domain::rows::List;
use crate::domain::views::View;
use crate::pack::compiled::Pack;
use crate::pack::texts::T;
use crate::storage::codec::unescape;

const HEADS: [T; 10] = [
    T::FileAsked,
    T::FileGroup,
    T::FileCode,
    T::FileStatement,
    T::FilePoints,
    T::FileAnswer,
    T::FileGiven,
    T::FileCritical,
    T::FileNoted,
    T::NoteLabel,
];

/// First the answers that are being given, then what else there is, newest round first.
pub fn answers(pack: &Pack, draft: &Draft) -> String {
    let mut table = Table::of(pack, draft, &[&WHO[..], &HEADS].concat());
    let live = Who::live(pack, draft, present(draft));
    for part in 0..pack.survey.instruments.len() {
        put(&mut table, pack, &live, part, &draft.sheet(part), &|item| draft.note(Place { part, item }).into());
    }
    for round in newest_first(pack, draft) {
        for rater in round.raters() {
            let Some(view) = draft.rows.row(List::Views, rater.view).and_then(View::read) else { continue };
            let who = Who::of(pack, draft, round.number, rater);
            for (part, instrument) in pack.survey.instruments.iter().enumerate() {
                let (sheet, matched) = view.sheet(&instrument.model);
                // What was answered of it, or nothing: a round is one of the instrument that has levels.
                if matched > 0 || pack.staged() == Some(part) {
                    put(&mut table, pack, &who, part, &sheet, &|item| noted(&view, instrument, item));
                }
            }
        }
    }
    table.out
}

/// The note of an earlier round. It is kept as lines of an id and its note.
fn noted(view: &View, instrument: &Instrument, item: usize) -> String {
    let Some((_, item)) = instrument.model.items().nth(item) else { return String::new() };
    let mut lines = view.notes.lines().filter_map(|line| line.split_once('='));
    lines.find(|(id, _)| *id == item.id).map_or_else(String::new, |(_, note)| unescape(note))
}

/// What one person said to one instrument.
fn put(table: &mut Table, pack: &Pack, who: &Who, part: usize, sheet: &Sheet, note: &dyn Fn(usize) -> String) {
    let Some(instrument) = pack.survey.instruments.get(part) else { return };
    let (model, asked) = (&instrument.model, Cell::Text(pack.of(part, "name")));
    for (index, (at, item)) in model.items().enumerate().filter(|(_, (_, item))| sheet.form.has(item)) {
        let answer = sheet.answer(index);
        let note = note(index);
        table.row(who.cells().into_iter().chain([
            asked,
            Cell::Text(model.groups.get(at).map_or("", |of| group(pack, part, of))),
            Cell::Text(&item.id),
            Cell::Text(pack.item(Place { part, item: index }, sheet.perspective)),
            answer.and_then(Answer::value).map_or(Cell::Blank, |value| Cell::Whole(value.into())),
            // Not answered is blank, and nothing else is.
            answer.map_or(Cell::Blank, |_| Cell::Text(pack.answer(item.scale, answer))),
            answer.map_or(Cell::Blank, |answer| Cell::Text(answer.code())),
            yes(pack, item.critical),
            yes(pack, sheet.noted.get(index).copied().unwrap_or(false)),
            Cell::Text(&note),
        ]));
    }
    // Somebody at the customer is not asked for them.
    if sheet.perspective == Perspective::Customer {
        return;
    }
    let lists = [(T::SignalsLegend, &model.signals, &sheet.signals), (T::RisksLegend, &model.risks, &sheet.risks)];
    for (legend, ids, ticks) in lists {
        for (id, on) in ids.iter().zip(ticks) {
            // One that is not ticked was perhaps never looked at.
            let said = |text| if *on { Cell::Text(text) } else { Cell::Blank };
            table.row(who.cells().into_iter().chain([
                asked,
                Cell::Text(pack.t(legend)),
                Cell::Text(id),
                Cell::Text(pack.at(id)),
                Cell::Blank,
                said(pack.t(T::EventYes)),
                said("x"),
                yes(pack, false),
                yes(pack, false),
                Cell::Blank,
            ]));
        }
    }
}
