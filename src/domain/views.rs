//! What one person answered on one day, as it is kept in an account: a round's own view, or what somebody at the
//! customer sent back.
//!
//! Answers go by item id, so that a round of an earlier edition keeps its meaning; ids that start alike share their
//! beginning, and one that counts on from the one before is left out, so that a short form takes about 80 characters.
//! Knows how a view is written and which sheet it makes. Must not know people's names or what is concluded.
//!
//! ```text
//! head   3 41 2026-11-22 short 0123456789abcdef      round, person (0: own view), day, form, content hash of the pack
//! code   g2-01=3 4n 04=d g3-01=0 2 c-02=x            g2-02 is 4; n: with a note, d: don't know, a: not applicable,
//!                                                    x: ticked
//! notes  g2-02=They said so in May.\ng4-04=...       only of the own view; other people's notes stay with them
//! ```

use super::answer::{Answer, Scale};
use super::model::{Form, Model, Perspective, Sheet};
use super::rows::{List, Row, Rows, at, is_day};

/// One person's answers of one day.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct View {
    /// The number of its row; 0 for one that has none yet.
    pub id: u32,
    /// From 1.
    pub round: u32,
    /// The number of a row of people; `None` for the own view.
    pub who: Option<u32>,
    /// As `2026-11-22`; blank when it is not known.
    pub date: String,
    pub form: Form,
    /// Content hash of the pack that was answered.
    pub pack: String,
    pub answers: Vec<Given>,
    /// Ids of ticked signals and risks.
    pub ticked: Vec<String>,
    /// Notes by item id, one a line.
    pub notes: String,
}

/// The answer to one item.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Given {
    pub item: String,
    pub answer: Answer,
    pub noted: bool,
}

impl View {
    pub fn perspective(&self) -> Perspective {
        if self.who.is_some() { Perspective::Customer } else { Perspective::Own }
    }

    /// Reads a row of [`List::Views`]; `None` when its head says nothing. Entries that cannot be read are passed over.
    pub fn read(row: &Row) -> Option<View> {
        let mut view = View::read_head(row)?;
        view.take_code(row.get(at::VIEW_CODE));
        Some(view)
    }

    /// The same without the answers and ticks.
    pub fn read_head(row: &Row) -> Option<View> {
        let mut head = row.get(at::VIEW_HEAD).split(' ');
        let round = head.next()?.parse().ok().filter(|round| *round > 0)?;
        let who: u32 = head.next()?.parse().ok()?;
        let date = head.next().filter(|date| is_day(date)).unwrap_or("").into();
        let form = head.next().and_then(Form::parse).unwrap_or_default();
        let pack = head.next().unwrap_or("").into();
        Some(View {
            id: row.id,
            round,
            who: (who > 0).then_some(who),
            date,
            form,
            pack,
            answers: Vec::new(),
            ticked: Vec::new(),
            notes: row.get(at::VIEW_NOTES).into(),
        })
    }

    /// Adds what a code says.
    pub fn take_code(&mut self, code: &str) {
        let mut start = "";
        // Was the entry before a tick? None after one that was not understood: nothing is counted on from there.
        let mut last: Option<bool> = None;
        for entry in code.split(' ').filter(|entry| !entry.is_empty()) {
            let before = last.take();
            let (item, value) = match entry.split_once('=') {
                Some((name, value)) => {
                    let item = match name.rfind('-') {
                        Some(end) => {
                            start = name.get(..=end).unwrap_or("");
                            name.into()
                        }
                        None => [start, name].concat(),
                    };
                    (item, value)
                }
                None => {
                    let item = before.and_then(|tick| match tick {
                        true => self.ticked.last(),
                        false => self.answers.last().map(|given| &given.item),
                    });
                    match item.and_then(|item| next(item)) {
                        Some(item) => (item, entry),
                        None => continue,
                    }
                }
            };
            let (value, noted) = value.strip_suffix('n').map_or((value, false), |value| (value, true));
            let answer = match value {
                "x" => None,
                "d" => Some(Answer::DontKnow),
                "a" => Some(Answer::NotApplicable),
                digit => match digit.parse() {
                    Ok(value @ 0..=4) => Some(Answer::Value(value)),
                    _ => continue,
                },
            };
            last = Some(answer.is_none());
            match answer {
                Some(answer) => self.answers.push(Given { item, answer, noted }),
                None => self.ticked.push(item),
            }
        }
    }

    /// The head, which [`View::read`] reads.
    pub fn head(&self) -> String {
        // A day that is not known leaves its place to a hyphen.
        let date = if self.date.is_empty() { "-" } else { &self.date };
        let words = [&*self.round.to_string(), &self.who.unwrap_or(0).to_string(), date, self.form.code(), &self.pack];
        words.join(" ")
    }

    /// The answers and ticks, which [`View::take_code`] reads.
    pub fn code(&self) -> String {
        let mut out = String::new();
        let mut start = "";
        let mut last: Option<&str> = None;
        let answers = self.answers.iter().map(|given| {
            let code = match given.answer {
                Answer::DontKnow => "d",
                Answer::NotApplicable => "a",
                value => value.code(),
            };
            (&given.item, code, given.noted)
        });
        for (item, code, noted) in answers.chain(self.ticked.iter().map(|id| (id, "x", false))) {
            if !out.is_empty() {
                out.push(' ');
            }
            let (prefix, name) = item.rfind('-').map_or(("", &**item), |end| item.split_at(end + 1));
            if last.and_then(next).as_deref() != Some(item) {
                if prefix != start || prefix.is_empty() {
                    out.push_str(prefix);
                    start = prefix;
                }
                out.push_str(name);
                out.push('=');
            }
            last = Some(item);
            out.push_str(code);
            if noted {
                out.push('n');
            }
        }
        out
    }

    /// Writes it as the fields of a row.
    pub fn fields(&self) -> [(usize, String); 3] {
        [(at::VIEW_HEAD, self.head()), (at::VIEW_CODE, self.code()), (at::VIEW_NOTES, self.notes.clone())]
    }

    /// All views of an account, in the order of their rows.
    pub fn all(rows: &Rows) -> impl Iterator<Item = View> {
        rows.of(List::Views).iter().filter_map(View::read)
    }

    /// What the scoring rules need, by the ids that the model has; and how many of the view's answers it asks for in this
    /// form: others are left out.
    pub fn sheet(&self, model: &Model) -> (Sheet, usize) {
        let mut sheet = Sheet::blank(model, self.perspective(), self.form);
        let mut matched = 0;
        let items: Vec<_> = model.items().map(|(_, item)| item).collect();
        let mut from = 0;
        for given in &self.answers {
            // Nearly always they come in the order of the pack.
            let place =
                (from..items.len()).chain(0..from).find(|at| items.get(*at).is_some_and(|i| i.id == given.item));
            let Some((index, item)) = place.and_then(|at| Some((at, *items.get(at)?))) else { continue };
            from = index + 1;
            let fits = match given.answer {
                Answer::Value(value) => item.scale.values().contains(&value),
                Answer::NotApplicable => item.scale != Scale::Choice,
                Answer::DontKnow => true,
            };
            if !fits || !self.form.has(item) {
                continue;
            }
            if let (Some(slot), Some(noted)) = (sheet.answers.get_mut(index), sheet.noted.get_mut(index)) {
                // An item that stands there twice is one answer.
                matched += usize::from(slot.is_none());
                (*slot, *noted) = (Some(given.answer), given.noted);
            }
        }
        for (ids, ticks) in [(&model.signals, &mut sheet.signals), (&model.risks, &mut sheet.risks)] {
            for (id, tick) in ids.iter().zip(ticks) {
                *tick = self.ticked.contains(id);
            }
        }
        (sheet, matched)
    }

    /// The view that a sheet makes.
    pub fn of_sheet(model: &Model, sheet: &Sheet, at: (u32, Option<u32>), date: &str, pack: &str) -> View {
        let answers = model.items().enumerate().filter_map(|(index, (_, item))| {
            let noted = sheet.noted.get(index).copied().unwrap_or(false);
            sheet.answer(index).map(|answer| Given { item: item.id.clone(), answer, noted })
        });
        let ticked = [(&model.signals, &sheet.signals), (&model.risks, &sheet.risks)].into_iter();
        let ticked = ticked.flat_map(|(ids, ticks)| ids.iter().zip(ticks).filter(|(_, on)| **on));
        View {
            id: 0,
            round: at.0,
            who: at.1,
            date: date.into(),
            form: sheet.form,
            pack: pack.into(),
            answers: answers.collect(),
            ticked: ticked.map(|(id, _)| id.clone()).collect(),
            notes: String::new(),
        }
    }
}

/// The id that counts on: `g2-02` after `g2-01`. `None` where the last part is no number, or has no digit to spare.
fn next(id: &str) -> Option<String> {
    let number = id.get(id.rfind('-')? + 1..)?;
    let nines = number.bytes().rev().take_while(|b| *b == b'9').count();
    let place = number.len().checked_sub(nines + 1)?;
    let digit = number.as_bytes().get(place).filter(|_| number.bytes().all(|b| b.is_ascii_digit()))?;
    let mut out = String::with_capacity(id.len());
    out.push_str(id.get(..id.len() - nines - 1)?);
    out.push(char::from(digit + 1));
    out.extend(std::iter::repeat_n('0', nines));
    Some(out)
}
