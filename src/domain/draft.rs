//! The state of one assessment that is being filled in, and the only way to change it.
//!
//! Pure: `apply(draft, action)` gives the next draft. Must not know storage, browser or clock; dates come in as text.

use super::answer::Answer;
use super::contacts::Contact;
use super::model::{Form, Instrument, Kind, Perspective, Place, Sheet, Survey};
use super::rows::{List, Row, Rows, SINGLE, at};
use super::shares::Share;
use super::survey::Evidence;

/// The longest name of an account or of a part of it, in characters.
pub const NAME_MAX: usize = 80;
/// The longest note, in characters.
pub const NOTE_MAX: usize = 1000;

/// A page of one instrument.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stage {
    /// A page of items; the index of its first group.
    Section(usize),
    /// Commodity signals and escalator risks.
    Signs,
    /// The contact map.
    People,
    /// The share table.
    Shares,
    Review,
    Result,
}

/// Where in the journey somebody is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Step {
    /// In an instrument.
    At(usize, Stage),
    /// What to do next.
    Plan,
    /// An account: where it stands, who says so, what changed.
    Account,
    /// Somebody at a customer hands the answers back.
    Handback,
}

/// The level to be reached, and by when.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Target {
    /// From 1.
    pub level: u8,
    pub year: u16,
}

/// What was given to one instrument.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Given {
    /// By item index, as are `notes`.
    pub answers: Vec<Option<Answer>>,
    pub notes: Vec<String>,
    /// By index into the model's signals and risks.
    pub signals: Vec<bool>,
    pub risks: Vec<bool>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Draft {
    /// Content hash of the pack that was answered.
    pub pack: String,
    /// The language that was chosen on the page; blank when none was.
    pub lang: String,
    pub perspective: Perspective,
    pub form: Form,
    pub account: String,
    pub part: String,
    /// The day it was started, as `2026-11-22`.
    pub date: String,
    pub step: Step,
    /// One an instrument.
    pub given: Vec<Given>,
    pub target: Option<Target>,
    pub rows: Rows,
    /// Ids of the items that were not known and have been confirmed with the customer since.
    pub confirmed: Vec<String>,
}

/// The tick lists of an instrument.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ticks {
    Signals,
    Risks,
}

/// Everything that a visitor can do to a draft.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Action {
    Answer(Place, Option<Answer>),
    Note(Place, String),
    Tick(usize, Ticks, usize, bool),
    Go(Step),
    Aim(Target),
    Lang(String),
    /// A red flag is ticked off, or not.
    Confirm(String, bool),
    /// One field of a row, by the row's id; makes the row when it is new.
    Set(List, u32, usize, String),
    /// To a place in its list.
    Shift(List, u32, usize),
    Remove(List, u32),
}

impl Draft {
    /// An empty draft at the first page that the form asks.
    pub fn new(survey: &Survey, pack: &str, form: Form, account: &str, part: &str, date: &str) -> Draft {
        let given = survey.instruments.iter().map(|instrument| {
            let model = &instrument.model;
            Given {
                answers: vec![None; model.len()],
                notes: vec![String::new(); model.len()],
                signals: vec![false; model.signals.len()],
                risks: vec![false; model.risks.len()],
            }
        });
        Draft {
            pack: pack.into(),
            lang: String::new(),
            perspective: Perspective::Own,
            form,
            account: clip(account.trim(), NAME_MAX),
            part: clip(part.trim(), NAME_MAX),
            date: date.into(),
            step: Step::At(0, first(survey, form, 0)),
            given: given.collect(),
            target: None,
            rows: Rows::default(),
            confirmed: Vec::new(),
        }
    }

    /// The draft after an action; what has no place in the draft changes nothing.
    pub fn apply(mut self, action: Action) -> Draft {
        match action {
            Action::Answer(at, answer) => {
                if let Some(given) = self.given.get_mut(at.part) {
                    set(&mut given.answers, at.item, answer);
                }
            }
            Action::Note(at, text) => {
                if let Some(given) = self.given.get_mut(at.part) {
                    set(&mut given.notes, at.item, clip(&text, NOTE_MAX));
                }
            }
            Action::Tick(part, which, index, on) => {
                if let Some(given) = self.given.get_mut(part) {
                    let ticks = match which {
                        Ticks::Signals => &mut given.signals,
                        Ticks::Risks => &mut given.risks,
                    };
                    set(ticks, index, on);
                }
            }
            Action::Go(step) => self.step = step,
            Action::Aim(target) => self.target = Some(target),
            Action::Lang(lang) => self.lang = lang,
            Action::Confirm(id, on) => {
                self.confirmed.retain(|known| *known != id);
                if on {
                    self.confirmed.push(id);
                }
            }
            Action::Set(list, id, field, value) => {
                if self.takes(list, id, field, &value) {
                    self.rows.set(list, id, field, &value);
                }
            }
            Action::Shift(list, id, to) => self.rows.shift(list, id, to),
            Action::Remove(list, id) => self.rows.remove(list, id),
        }
        self
    }

    /// Can a value stand in this field of this row?
    pub fn takes(&self, list: List, id: u32, field: usize, value: &str) -> bool {
        list.kind(field).clean(value).is_some() && self.refuses(list, id, field, value).is_none()
    }

    /// The sum in percent that a share would lead to, when that is above 100: then it is not taken.
    pub fn refuses(&self, list: List, id: u32, field: usize, value: &str) -> Option<u32> {
        let own = match (list, field) {
            (List::Own, at::OWN_TIME) | (List::Rivals, at::RIVAL_TIME) => at::OWN_TIME,
            (List::Own, at::OWN_CASH) | (List::Rivals, at::RIVAL_CASH) => at::OWN_CASH,
            _ => return None,
        };
        let rival = if own == at::OWN_TIME { at::RIVAL_TIME } else { at::RIVAL_CASH };
        let percent = |text: &str| text.trim().parse::<u8>().map_or(0, u32::from);
        let new = percent(value);
        let old = percent(self.rows.get(list, id, field));
        let rivals = self.rows.of(List::Rivals).iter().map(|row| percent(row.get(rival)));
        let sum = rivals.sum::<u32>() + percent(self.rows.get(List::Own, SINGLE, own)) + new - old;
        // What lowers a sum that is too high already is welcome.
        (sum > 100 && new > old).then_some(sum)
    }

    /// What the scoring rules need of one instrument; without anything in it for one that the draft does not have.
    pub fn sheet(&self, part: usize) -> Sheet {
        let given = self.given.get(part);
        let all = |of: fn(&Given) -> &Vec<bool>| given.map(of).cloned().unwrap_or_default();
        let notes = given.map_or(&[][..], |given| &given.notes);
        Sheet {
            perspective: self.perspective,
            form: self.form,
            answers: given.map(|given| given.answers.clone()).unwrap_or_default(),
            noted: notes.iter().map(|note| !note.trim().is_empty()).collect(),
            signals: all(|given| &given.signals),
            risks: all(|given| &given.risks),
        }
    }

    /// What all instruments need.
    pub fn evidence(&self, survey: &Survey) -> Evidence {
        let percent = |text: &str| text.parse().ok();
        let share = |row: &Row, time: usize, cash: usize| Share {
            name: row.get(at::NAME).into(),
            time: percent(row.get(time)),
            cash: percent(row.get(cash)),
        };
        let own = self.rows.row(List::Own, SINGLE).map(|row| share(row, at::OWN_TIME, at::OWN_CASH));
        let contact = |row: &Row| Contact {
            function: row.get(at::FUNCTION).into(),
            seniority: row.get(at::SENIORITY).into(),
            holder: row.get(at::HOLDER).into(),
        };
        Evidence {
            sheets: (0..survey.instruments.len()).map(|part| self.sheet(part)).collect(),
            contacts: self.filled(List::People).map(contact).collect(),
            own: own.map(|own| Share { name: String::new(), ..own }).unwrap_or_default(),
            rivals: self.filled(List::Rivals).map(|row| share(row, at::RIVAL_TIME, at::RIVAL_CASH)).collect(),
        }
    }

    /// The rows of a list that have something in them: a new row says nothing yet.
    pub fn filled(&self, list: List) -> impl Iterator<Item = &Row> {
        self.rows.of(list).iter().filter(|row| !row.blank())
    }

    /// The answer to one item.
    pub fn answer(&self, at: Place) -> Option<Answer> {
        self.given.get(at.part)?.answers.get(at.item).copied().flatten()
    }

    /// The note on one item; blank when there is none.
    pub fn note(&self, at: Place) -> &str {
        self.given.get(at.part).and_then(|given| given.notes.get(at.item)).map_or("", String::as_str)
    }

    /// The items that the form asks and that are blank: of one page, or of a whole instrument.
    pub fn blanks(&self, survey: &Survey, part: usize, groups: Option<std::ops::Range<usize>>) -> Vec<Place> {
        let Some(instrument) = survey.instruments.get(part) else {
            return Vec::new();
        };
        let asked = instrument.model.items().enumerate().filter(|(_, (group, item))| {
            self.form.has(item) && groups.as_ref().is_none_or(|groups| groups.contains(group))
        });
        asked.map(|(item, _)| Place { part, item }).filter(|at| self.answer(*at).is_none()).collect()
    }

    /// Everything that was answered with don't know, in pack order: what to ask the customer.
    pub fn unknowns(&self, survey: &Survey) -> Vec<Place> {
        let mut all = Vec::new();
        for (part, instrument) in survey.instruments.iter().enumerate() {
            let items = instrument.model.items().enumerate().filter(|(_, (_, item))| self.form.has(item));
            let places = items.map(|(item, _)| Place { part, item });
            all.extend(places.filter(|at| self.answer(*at) == Some(Answer::DontKnow)));
        }
        all
    }

    /// Is it an account of the workspace?
    pub fn kept(&self) -> bool {
        self.rows.row(List::About, SINGLE).is_some()
    }

    /// The pages of an instrument in order. Somebody at the customer is not asked for signs: the supplier sees those.
    pub fn stages(&self, survey: &Survey, part: usize) -> Vec<Stage> {
        let instrument = survey.instruments.get(part);
        let mut all = instrument.map_or_else(Vec::new, |instrument| stages(instrument, self.form));
        if self.perspective == Perspective::Customer {
            all.retain(|stage| *stage != Stage::Signs);
        }
        all
    }

    /// Did an invitation ask for these answers? Then they can be handed back.
    pub fn invited(&self) -> bool {
        !self.rows.get(List::Asked, SINGLE, at::ASKED_TOKEN).is_empty()
    }

    /// Has anything of an instrument been answered?
    pub fn begun(&self, part: usize) -> bool {
        self.given.get(part).is_some_and(|given| given.answers.iter().any(Option::is_some))
    }
}

/// The pages of an instrument in order: its sections, what stands beside them, review, result.
pub fn stages(instrument: &Instrument, form: Form) -> Vec<Stage> {
    let mut stages: Vec<Stage> =
        instrument.sections(form).into_iter().map(|groups| Stage::Section(groups.start)).collect();
    let model = &instrument.model;
    if !(model.signals.is_empty() && model.risks.is_empty()) {
        stages.push(Stage::Signs);
    }
    if let Kind::Practices { functions, shares, .. } = &instrument.kind {
        stages.extend((!functions.is_empty()).then_some(Stage::People));
        stages.extend(shares.then_some(Stage::Shares));
    }
    stages.extend([Stage::Review, Stage::Result]);
    stages
}

/// The first page of an instrument.
pub fn first(survey: &Survey, form: Form, part: usize) -> Stage {
    let instrument = survey.instruments.get(part);
    instrument.and_then(|instrument| stages(instrument, form).first().copied()).unwrap_or(Stage::Result)
}

fn set<T>(values: &mut [T], index: usize, value: T) {
    if let Some(slot) = values.get_mut(index) {
        *slot = value;
    }
}

fn clip(text: &str, most: usize) -> String {
    text.chars().take(most).collect()
}
