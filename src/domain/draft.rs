//! The state of one assessment that is being filled in, and the only way to change it.
//!
//! Pure: `apply(draft, action)` gives the next draft. Must not know storage, browser or clock; dates come in as text.

use super::answer::Answer;
use super::model::{Form, Model, Perspective, Sheet};

/// The longest name of an account or of a part of it, in characters.
pub const NAME_MAX: usize = 80;
/// The longest note, in characters.
pub const NOTE_MAX: usize = 1000;

/// Where in the journey somebody is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Step {
    /// A section of items; counts gates from 0.
    Gate(usize),
    /// Commodity signals and escalator risks.
    Signs,
    Review,
    Result,
}

/// The level to be reached, and by when.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Target {
    /// 1..=5.
    pub level: u8,
    pub year: u16,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Draft {
    /// Content hash of the pack that was answered.
    pub pack: String,
    pub perspective: Perspective,
    pub form: Form,
    pub account: String,
    pub part: String,
    /// The day it was started, as `2026-11-22`.
    pub date: String,
    pub step: Step,
    /// By item index, as are `notes`.
    pub answers: Vec<Option<Answer>>,
    pub notes: Vec<String>,
    /// By index into the model's signals and risks.
    pub signals: Vec<bool>,
    pub risks: Vec<bool>,
    pub target: Option<Target>,
}

/// Everything that a visitor can do to a draft.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Action {
    Answer(usize, Option<Answer>),
    Note(usize, String),
    Signal(usize, bool),
    Risk(usize, bool),
    Go(Step),
    Aim(Target),
}

impl Draft {
    /// An empty draft at the first section that the form asks.
    pub fn new(model: &Model, pack: &str, form: Form, account: &str, part: &str, date: &str) -> Draft {
        let n = model.len();
        Draft {
            pack: pack.into(),
            perspective: Perspective::Own,
            form,
            account: clip(account.trim(), NAME_MAX),
            part: clip(part.trim(), NAME_MAX),
            date: date.into(),
            step: steps(model, form).first().copied().unwrap_or(Step::Signs),
            answers: vec![None; n],
            notes: vec![String::new(); n],
            signals: vec![false; model.signals.len()],
            risks: vec![false; model.risks.len()],
            target: None,
        }
    }

    /// The draft after an action; an index that the draft does not have changes nothing.
    pub fn apply(mut self, action: Action) -> Draft {
        match action {
            Action::Answer(index, answer) => set(&mut self.answers, index, answer),
            Action::Note(index, text) => set(&mut self.notes, index, clip(&text, NOTE_MAX)),
            Action::Signal(index, on) => set(&mut self.signals, index, on),
            Action::Risk(index, on) => set(&mut self.risks, index, on),
            Action::Go(step) => self.step = step,
            Action::Aim(target) => self.target = Some(target),
        }
        self
    }

    /// What the scoring rules need of it.
    pub fn sheet(&self) -> Sheet {
        Sheet {
            perspective: self.perspective,
            form: self.form,
            answers: self.answers.clone(),
            noted: self.notes.iter().map(|note| !note.trim().is_empty()).collect(),
            signals: self.signals.iter().filter(|on| **on).count(),
        }
    }

    /// Indices of the items that the form asks and that are blank: in one gate, or in all.
    pub fn blanks(&self, model: &Model, gate: Option<usize>) -> Vec<usize> {
        model
            .items()
            .enumerate()
            .filter(|(index, (in_gate, item))| {
                gate.is_none_or(|gate| gate == *in_gate)
                    && self.form.has(item)
                    && self.answers.get(*index).is_none_or(Option::is_none)
            })
            .map(|(index, _)| index)
            .collect()
    }
}

/// The steps of a form in order: its gates (those that ask something), signs, review, result.
pub fn steps(model: &Model, form: Form) -> Vec<Step> {
    let gates = model.gates.iter().enumerate().filter(|(_, gate)| gate.items.iter().any(|item| form.has(item)));
    gates.map(|(index, _)| Step::Gate(index)).chain([Step::Signs, Step::Review, Step::Result]).collect()
}

fn set<T>(values: &mut [T], index: usize, value: T) {
    if let Some(slot) = values.get_mut(index) {
        *slot = value;
    }
}

fn clip(text: &str, most: usize) -> String {
    text.chars().take(most).collect()
}
