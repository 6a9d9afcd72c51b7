//! Tables for a spreadsheet: the answers, the results and the plan of one account, a row each thing. All three begin with
//! the account, so that the files of several can stand under one another and be pivoted as one.
//!
//! Knows which rows there are, and in which round and of whom each is. Must not know how a cell is written.

mod answers;
mod plan;
mod results;

pub use answers::answers;
pub(super) use plan::first_step;
pub use plan::plan;
pub use results::results;

use super::csv::{self, Cell};
use crate::domain::draft::Draft;
use crate::domain::model::{Group, Perspective};
use crate::domain::raters::Rater;
use crate::domain::rounds::{Round, rounds};
use crate::domain::rows::{List, SINGLE, at};
use crate::pack::compiled::Pack;
use crate::pack::texts::T;
use crate::page::views;

/// A table that is being written: its account stands at the beginning of every row.
struct Table<'a> {
    account: &'a str,
    part: &'a str,
    out: String,
}

impl<'a> Table<'a> {
    /// With its head: the account, then these columns.
    fn of(pack: &Pack, draft: &'a Draft, heads: &[T]) -> Table<'a> {
        // Who was asked by a supplier has no name of its own for it.
        let account = match &*draft.account {
            "" => draft.rows.get(List::Asked, SINGLE, at::ASKED_COMPANY),
            name => name,
        };
        let mut out = csv::MARK.to_string();
        let heads = [T::ColAccount, T::FilePart].iter().chain(heads);
        csv::row(&mut out, heads.map(|head| Cell::Text(pack.t(*head))));
        Table { account, part: &draft.part, out }
    }

    fn row<'c>(&mut self, cells: impl IntoIterator<Item = Cell<'c>>)
    where
        'a: 'c,
    {
        let (account, part) = (self.account, self.part);
        csv::row(&mut self.out, [Cell::Text(account), Cell::Text(part)].into_iter().chain(cells));
    }
}

/// Whose answers a row is about, and when they were given: the first five columns after the account.
#[derive(Clone, Default)]
struct Who<'a> {
    round: u32,
    date: &'a str,
    /// Blank for what everybody says together.
    name: String,
    view: &'a str,
    role: &'a str,
}

/// Their heads.
const WHO: [T; 5] = [T::ColRound, T::FileDate, T::ColWho, T::FileView, T::ColRole];

impl<'a> Who<'a> {
    /// The answers that are being given.
    fn live(pack: &'a Pack, draft: &'a Draft, round: u32) -> Who<'a> {
        let (name, view) = match draft.perspective {
            Perspective::Own => (T::ViewOwn, T::OwnView),
            Perspective::Customer => (T::YourView, T::CustomerView),
        };
        Who { round, date: &draft.date, name: pack.t(name).into(), view: pack.t(view), role: "" }
    }

    /// One of a round.
    fn of(pack: &'a Pack, draft: &'a Draft, round: u32, rater: &'a Rater) -> Who<'a> {
        if rater.view == 0 {
            return Who::live(pack, draft, round);
        }
        Who {
            round,
            date: &rater.date,
            name: views::rater(pack, draft, rater),
            view: view(pack, rater.who.is_some()),
            role: views::role(pack, &rater.role),
        }
    }

    fn cells(&self) -> [Cell<'_>; 5] {
        let Who { round, date, name, view, role } = self;
        [Cell::Whole((*round).into()), Cell::Text(date), Cell::Text(name), Cell::Text(view), Cell::Text(role)]
    }
}

/// The own view, or one of the customer's.
fn view(pack: &Pack, customer: bool) -> &str {
    pack.t(if customer { T::CustomerView } else { T::OwnView })
}

/// The rounds of a draft, newest first. The first one is the present one.
fn newest_first(pack: &Pack, draft: &Draft) -> Vec<Round> {
    let mut all = rounds(&pack.survey, draft, pack.staged().unwrap_or(0), usize::MAX);
    all.reverse();
    all
}

/// What a group of items is called: its name, or the title of its page.
fn group<'a>(pack: &'a Pack, part: usize, group: &Group) -> &'a str {
    let names = [pack.group(part, group), pack.of(part, &[&group.id, ".title"].concat())];
    // A group without either stands on the page of the pillars.
    names.into_iter().find(|name| !name.is_empty()).unwrap_or_else(|| pack.of(part, "pillars.title"))
}

fn yes(pack: &Pack, on: bool) -> Cell<'_> {
    Cell::Text(pack.t(if on { T::EventYes } else { T::No }))
}
