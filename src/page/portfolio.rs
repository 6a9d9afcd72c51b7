//! What the table says of each account, and which accounts it shows in which order.
//!
//! Knows accounts and the table's codes. Must not know markup. Written to be fast: all accounts go through here whenever
//! a character is typed.

use super::visit::Table;
use super::words::n;
use crate::domain::confidence::Grade;
use crate::domain::draft::Draft;
use crate::domain::order::sort_by;
use crate::domain::raters::{Gap, GapSize, Whose};
use crate::domain::rounds::{Movement, rounds};
use crate::domain::rows::{List, Row, SINGLE, at};
use crate::pack::compiled::Pack;
use crate::pack::texts::T;

/// What the table says of one account. Days are ISO texts; what is not known is blank or `None`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Line {
    pub id: String,
    /// As typed; may be blank, as may be `part`.
    pub name: String,
    pub part: String,
    pub owner: String,
    pub tags: String,
    /// From 1. This and the next five are of the newest round that has a headline.
    pub level: Option<u8>,
    /// In thousandths.
    pub position: Option<u16>,
    pub whose: Option<Whose>,
    pub gap: Option<Gap>,
    pub grade: Option<Grade>,
    /// Since the headline before that.
    pub trend: Option<Movement>,
    /// The task of the plan that is due first, and its day.
    pub next: String,
    pub next_due: String,
    /// The day of the newest answers.
    pub last: String,
    /// The day on which to assess again.
    pub remind: String,
}

/// What an account can be sorted by, by the code of its column. The first is the default.
pub const COLUMNS: [&str; 8] = ["account", "position", "gap", "trend", "sure", "next", "last", "again"];

impl Line {
    pub fn of(pack: &Pack, id: &str, draft: &Draft) -> Line {
        let all = pack.staged().map(|part| rounds(&pack.survey, draft, part, 2)).unwrap_or_default();
        let mut told = all.iter().rev().filter(|round| round.headline.is_some());
        let (now, before) = (told.next(), told.next());
        let headline = now.and_then(|round| round.headline.as_ref());
        let about = |field: usize| String::from(draft.rows.get(List::About, SINGLE, field));
        let task = next_task(draft);
        let days = all.iter().filter(|round| round.raters().next().is_some()).map(|round| round.date.as_str());
        Line {
            id: id.into(),
            name: draft.account.clone(),
            part: draft.part.clone(),
            owner: about(at::ACCOUNT_OWNER),
            tags: about(at::TAGS),
            level: headline.map(|headline| headline.level),
            position: headline.and_then(|headline| headline.position),
            whose: headline.map(|headline| headline.whose),
            gap: now.and_then(|round| round.gap),
            grade: headline.map(|headline| headline.confidence.grade),
            trend: before.zip(now).and_then(|(before, now)| Movement::of(before, now)),
            next: task.map_or("", |task| title(pack, task)).into(),
            next_due: task.map_or("", |task| task.get(at::DUE)).into(),
            last: days.max().unwrap_or("").into(),
            remind: about(at::REMIND),
        }
    }

    /// Is it time to assess again? `today` is an ISO day.
    pub fn due(&self, today: &str) -> bool {
        !self.remind.is_empty() && *self.remind <= *today
    }

    /// The account and the part of it, or "this customer".
    pub fn called(&self, pack: &Pack) -> String {
        match (self.name.as_str(), self.part.as_str()) {
            ("", "") => pack.t(T::Subject).into(),
            (name, "") | ("", name) => name.into(),
            (account, part) => pack.fill(T::SubjectPart, &[("account", account), ("part", part)]),
        }
    }

    /// Its position, or its level at least; blank when neither is known.
    pub fn placed(&self, pack: &Pack) -> String {
        match (self.position, self.level) {
            (Some(position), _) => pack.position(position),
            (None, Some(level)) => ["≥ ", &n(level)].concat(),
            (None, None) => String::new(),
        }
    }

    /// Where it stands at least, in thousandths: a position that is not known is that of its level's lower edge.
    pub fn height(&self) -> Option<u16> {
        self.position.or_else(|| self.level.map(|level| 1000 * u16::from(level)))
    }
}

/// The task that is neither done nor dropped and due first; of those without a day the first one.
fn next_task(draft: &Draft) -> Option<&Row> {
    let open = draft.filled(List::Tasks).filter(|row| !matches!(row.get(at::STATUS), "done" | "dropped"));
    // A day of ten characters is less than a text that begins with a tilde.
    open.min_by_key(|row| match row.get(at::DUE) {
        "" => "~",
        due => due,
    })
}

/// The own title of a task, else its method's.
fn title<'a>(pack: &'a Pack, task: &'a Row) -> &'a str {
    match task.get(at::METHOD) {
        "" => task.get(at::TITLE),
        method => pack.key(&["method.", method, ".title"]),
    }
}

/// The accounts that the filters leave, in the order of the table. `today` is an ISO day.
pub fn shown<'a>(lines: &'a [Line], table: &Table, today: &str) -> Vec<&'a Line> {
    let [text, level, owner, state] = &table.filters;
    let wanted = lower(text);
    let words: Vec<&str> = wanted.split_whitespace().collect();
    let mut text = String::new();
    let mut kept: Vec<(Option<i64>, String, &Line)> = Vec::new();
    for line in lines {
        let fits = fits_level(line, level)
            && (owner.is_empty() || line.owner == *owner)
            && fits_state(line, state, today)
            && has_words(line, &words, &mut text);
        if fits {
            kept.push((number(line, &table.sort), lower(&line.name), line));
        }
    }
    let by_name = number_of(&table.sort) == 0;
    sort_by(&mut kept, |(a, a_name, a_line), (b, b_name, b_line)| {
        let names = a_name.cmp(b_name).then_with(|| a_line.part.cmp(&b_line.part));
        let turned = |order: std::cmp::Ordering| if table.down { order.reverse() } else { order };
        if by_name {
            return turned(names);
        }
        // What is not known comes last, whichever way it goes.
        let values = match (a, b) {
            (Some(a), Some(b)) => turned(a.cmp(b)),
            _ => b.is_some().cmp(&a.is_some()),
        };
        values.then(names)
    });
    kept.into_iter().map(|(_, _, line)| line).collect()
}

/// Place of a column by its code; the first for an unknown one.
pub fn number_of(sort: &str) -> usize {
    COLUMNS.iter().position(|code| *code == sort).unwrap_or(0)
}

/// What a line is sorted by, as a number; `None` when it is not known.
fn number(line: &Line, sort: &str) -> Option<i64> {
    match sort {
        "position" => line.height().map(i64::from),
        "gap" => line.gap.map(|gap| i64::from(gap.thousandths)),
        "trend" => match line.trend? {
            Movement::Down => Some(0),
            Movement::Within => Some(1),
            Movement::Up => Some(2),
            Movement::Incomparable | Movement::OtherView => None,
        },
        "sure" => line.grade.map(|grade| grade as i64),
        "next" => day(&line.next_due),
        "last" => day(&line.last),
        "again" => day(&line.remind),
        _ => None,
    }
}

/// `2026-11-22` as 20261122.
fn day(iso: &str) -> Option<i64> {
    let digits = iso.bytes().filter(u8::is_ascii_digit);
    (!iso.is_empty()).then(|| digits.fold(0, |sum: i64, digit| sum.saturating_mul(10) + i64::from(digit - b'0')))
}

fn fits_level(line: &Line, wanted: &str) -> bool {
    match wanted {
        "" => true,
        "none" => line.level.is_none(),
        level => level.parse().ok() == line.level && line.level.is_some(),
    }
}

fn fits_state(line: &Line, wanted: &str, today: &str) -> bool {
    match wanted {
        "due" => line.due(today),
        "gap" => line.gap.is_some_and(|gap| gap.size != GapSize::Aligned),
        "down" => line.trend == Some(Movement::Down),
        "ask" => !matches!(line.whose, Some(Whose::Customer(_))),
        _ => true,
    }
}

/// Does every word occur? `text` is room to work in, so that not every line asks for its own.
fn has_words(line: &Line, words: &[&str], text: &mut String) -> bool {
    if words.is_empty() {
        return true;
    }
    text.clear();
    for field in [&line.name, &line.part, &line.owner, &line.tags] {
        push_lower(field, text);
        // Words have no break in them, so none reaches from one field into the next.
        text.push('\n');
    }
    words.iter().all(|word| text.contains(word))
}

fn lower(text: &str) -> String {
    let mut lower = String::with_capacity(text.len());
    push_lower(text, &mut lower);
    lower
}

fn push_lower(text: &str, out: &mut String) {
    for c in text.chars() {
        if c.is_ascii() {
            out.push(c.to_ascii_lowercase());
        } else {
            out.extend(c.to_lowercase());
        }
    }
}
