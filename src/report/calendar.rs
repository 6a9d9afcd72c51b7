//! The dates of a plan for a calendar (RFC 5545): a day for each action that is due, and the day on which to assess the
//! account again.
//!
//! Knows how a calendar file is written. Must not know today but as it is given: the same plan on the same day is the
//! same file.

use super::Frame;
use super::tables::first_step;
use crate::domain::draft::Draft;
use crate::domain::facts::facts;
use crate::domain::model::Perspective;
use crate::domain::rows::{List, Row, SINGLE, at};
use crate::domain::survey::Cards;
use crate::exchange::day;
use crate::pack::compiled::{Pack, fnv1a};
use crate::pack::texts::T;
use crate::page::words::n;
use crate::page::{methods, plan};

/// The longest line, in octets without its break.
const LINE_MAX: usize = 75;

/// The file; `None` when nothing has a date, and for a customer's answers, which have no plan.
pub fn calendar(pack: &Pack, draft: &Draft, frame: &Frame) -> Option<String> {
    if draft.perspective == Perspective::Customer {
        return None;
    }
    let all = [tasks(pack, draft, frame), again(pack, draft, frame).into_iter().collect()].concat();
    if all.is_empty() {
        return None;
    }
    let mut out = String::new();
    for (name, value) in [
        ("BEGIN", "VCALENDAR"),
        ("VERSION", "2.0"),
        ("PRODID", "-//Buy-Sell Hierarchy//Plan//EN"),
        ("CALSCALE", "GREGORIAN"),
    ] {
        line(&mut out, name, value);
    }
    for event in &all {
        event.write(&mut out, [frame.today, &draft.date]);
    }
    line(&mut out, "END", "VCALENDAR");
    Some(out)
}

/// Something on a whole day.
#[derive(Clone)]
struct Event {
    uid: String,
    day: String,
    /// The day after, on which it is over.
    end: String,
    title: String,
    told: String,
}

impl Event {
    /// `None` on a day that does not exist.
    fn on(day: &str, uid: String, title: String, told: &[String]) -> Option<Event> {
        Some(Event { uid, day: day.into(), end: day::after(day)?, title, told: told.join("\n") })
    }

    /// `stamps` are the days on which the file can have been made; the first that is one.
    fn write(&self, out: &mut String, stamps: [&str; 2]) {
        let stamp = stamps.into_iter().find(|day| day::after(day).is_some()).unwrap_or(&self.day);
        line(out, "BEGIN", "VEVENT");
        line(out, "UID", &self.uid);
        line(out, "DTSTAMP", &[&*digits(stamp), "T000000Z"].concat());
        line(out, "DTSTART;VALUE=DATE", &digits(&self.day));
        line(out, "DTEND;VALUE=DATE", &digits(&self.end));
        line(out, "SUMMARY", &escaped(&self.title));
        if !self.told.is_empty() {
            line(out, "DESCRIPTION", &escaped(&self.told));
        }
        // Nobody is busy all day for it.
        line(out, "TRANSP", "TRANSPARENT");
        line(out, "END", "VEVENT");
    }
}

/// Actions with a due date that are neither done nor dropped, in the order of the plan.
fn tasks(pack: &Pack, draft: &Draft, frame: &Frame) -> Vec<Event> {
    let open = |row: &&Row| !row.get(at::DUE).is_empty() && !matches!(row.get(at::STATUS), "done" | "dropped");
    let open: Vec<&Row> = draft.rows.of(List::Tasks).iter().filter(open).collect();
    if open.is_empty() {
        return Vec::new();
    }
    let evidence = draft.evidence(&pack.survey);
    let facts = facts(&pack.survey, &evidence, &Cards::of(&pack.survey, &evidence));
    let event = |row: &Row| {
        let title = match plan::title(pack, row).trim() {
            "" => pack.t(T::TaskTitle),
            title => title,
        };
        let mut told = Vec::new();
        for (label, text) in [(T::Owner, row.get(at::OWNER)), (T::FirstStep, first_step(pack, row))] {
            if !text.is_empty() {
                told.push([pack.t(label), ": ", text].concat());
            }
        }
        told.extend(methods::called(pack, draft, &facts, row.get(at::CAUSE)));
        let content = [row.get(at::METHOD), row.get(at::TITLE)];
        let uid = uid(draft, frame, &[List::Tasks.spec().code, "-", &n(row.id)].concat(), &content);
        Event::on(row.get(at::DUE), uid, titled(draft, title), &told)
    };
    open.into_iter().filter_map(event).collect()
}

/// The day on which to assess the account again.
fn again(pack: &Pack, draft: &Draft, frame: &Frame) -> Option<Event> {
    let about = |field: usize| draft.rows.get(List::About, SINGLE, field);
    let title = pack.fill(T::FileAgain, &[("subject", &pack.subject(draft))]);
    let owner = match about(at::ACCOUNT_OWNER) {
        "" => Vec::new(),
        owner => vec![[pack.t(T::AboutOwner), ": ", owner].concat()],
    };
    Event::on(about(at::REMIND), uid(draft, frame, "again", &[]), title, &owner)
}

/// With the account before it: a calendar has those of others too.
fn titled(draft: &Draft, title: &str) -> String {
    let names = [&*draft.account, &draft.part].into_iter().map(str::trim).filter(|name| !name.is_empty());
    names.chain([title]).collect::<Vec<_>>().join(": ")
}

/// What a calendar knows an entry by, so that a second file moves it instead of adding one. Answers that belong to no
/// account have no id: there what they are about and what is planned stands for it.
fn uid(draft: &Draft, frame: &Frame, row: &str, content: &[&str]) -> String {
    let known = |c: &char| c.is_ascii_alphanumeric() || *c == '-';
    let id: String = frame.id.chars().filter(known).collect();
    let id = match &*id {
        "" => {
            let all = [&[&*draft.account, &*draft.part, &*draft.date], content].concat().join("\n");
            // Twice 32 bits: forwards and backwards.
            let back: Vec<u8> = all.bytes().rev().collect();
            [fnv1a(all.as_bytes()), fnv1a(&back)].map(hex).concat()
        }
        id => id.into(),
    };
    [&*id, "-", row, "@buy-sell-hierarchy"].concat()
}

/// Eight hex digits.
fn hex(value: u32) -> String {
    let digit = |place: u32| char::from_digit(value >> (28 - 4 * place) & 15, 16);
    (0..8).filter_map(digit).collect()
}

/// `2026-11-22` as `20261122`.
fn digits(day: &str) -> String {
    day.chars().filter(|c| *c != '-').collect()
}

/// A text as the value of a property: what has a meaning there is marked, what no line may contain is left out.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut signs = text.chars().peekable();
    while let Some(sign) = signs.next() {
        match sign {
            '\\' | ';' | ',' => out.extend(['\\', sign]),
            '\r' if signs.peek() == Some(&'\n') => {}
            // Every break of a line, in whatever spelling.
            '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => out.push_str("\\n"),
            '\t' => out.push(' '),
            sign if sign.is_control() => {}
            sign => out.push(sign),
        }
    }
    out
}

/// Appends a line. A long one goes on in the next, after a space; neither a character nor a mark with what it marks is
/// cut in two.
fn line(out: &mut String, name: &str, value: &str) {
    let (mut octets, mut marked) = (0, false);
    for sign in name.chars().chain([':']).chain(value.chars()) {
        // The second of two is marked by the first.
        let marks = sign == '\\' && !marked;
        if octets + sign.len_utf8() + usize::from(marks) > LINE_MAX {
            out.push_str("\r\n ");
            octets = 1;
        }
        octets += sign.len_utf8();
        marked = marks;
        out.push(sign);
    }
    out.push_str("\r\n");
}
