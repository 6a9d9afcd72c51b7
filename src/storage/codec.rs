//! A draft as compact text: a header line, then one `key=value` a line. Items go by id, so that a later edition of
//! the pack still finds its answers.
//!
//! ```text
//! bsh-answers 1 7 0123456789abcdef
//! form=short
//! g2-01=3
//! g2-01.note=they said so in the May review
//! ```
//!
//! The header is: format, version, revision (counts saves), content hash of the pack. Lines that start with `#` are for
//! human readers. Knows the format and nothing about where the text is kept.

use crate::domain::draft::{Draft, NAME_MAX, NOTE_MAX, Step, Target};
use crate::domain::model::{Form, Model, Perspective};

const MAGIC: &str = "bsh-answers";
/// The version that this program writes.
pub const VERSION: u32 = 1;
/// The most that is read, in bytes. A full form with a long note on every item is far below it.
pub const SIZE_MAX: usize = 256 * 1024;

/// The most lines that are read: twice as many as the largest pack could fill.
const LINES_MAX: usize = 4096;

/// One line of the text.
pub type Field = (String, String);

/// A text taken apart, not yet understood.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Fields {
    pub revision: u32,
    pub pack: String,
    pub list: Vec<Field>,
    /// Lines that were no fields.
    pub dropped: usize,
}

/// Why a text is no draft.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ReadError {
    /// Not written by this program, or too damaged to tell.
    Unreadable,
    /// Written by a later version.
    Newer,
    /// Larger than [`SIZE_MAX`].
    TooLarge,
}

/// A draft that was read, and what could not be.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Opened {
    pub draft: Draft,
    /// How many lines had no place in this pack.
    pub dropped: usize,
    /// It was answered with another edition of the questions.
    pub other_pack: bool,
}

impl Fields {
    /// Takes a text apart. A byte-order mark, CR LF and comment lines do no harm.
    pub fn read(text: &str) -> Result<Fields, ReadError> {
        if text.len() > SIZE_MAX {
            return Err(ReadError::TooLarge);
        }
        let mut lines = text
            .trim_start_matches('\u{feff}')
            .split('\n')
            .map(|line| line.trim_end_matches('\r'))
            .filter(|line| !line.is_empty() && !line.starts_with('#'));
        let mut header = lines.next().unwrap_or("").split(' ');
        if header.next() != Some(MAGIC) {
            return Err(ReadError::Unreadable);
        }
        let mut number = || header.next().and_then(|part| part.parse::<u32>().ok()).ok_or(ReadError::Unreadable);
        let version = number()?;
        if version > VERSION {
            return Err(ReadError::Newer);
        }
        let revision = number()?;
        if version == 0 {
            return Err(ReadError::Unreadable);
        }
        let pack = header.next().unwrap_or("").into();
        let mut fields = Fields { revision, pack, list: Vec::new(), dropped: 0 };
        for line in lines {
            match line.split_once('=') {
                Some((key, value)) if fields.list.len() < LINES_MAX && fields.get(key).is_none() => {
                    fields.list.push((key.into(), unescape(value)))
                }
                _ => fields.dropped += 1,
            }
        }
        Ok(fields)
    }

    /// The text that [`Fields::read`] takes apart.
    pub fn write(&self) -> String {
        let mut out = String::with_capacity(64 + 16 * self.list.len());
        for part in [MAGIC, " ", &VERSION.to_string(), " ", &self.revision.to_string(), " ", &self.pack, "\n"] {
            out.push_str(part);
        }
        for (key, value) in &self.list {
            out.push_str(key);
            out.push('=');
            escape(value, &mut out);
            out.push('\n');
        }
        out
    }

    pub fn get(&self, key: &str) -> Option<&str> {
        self.list.iter().find(|(k, _)| k == key).map(|(_, value)| value.as_str())
    }

    /// The fields of a draft; blank answers and empty texts are left out.
    pub fn of(model: &Model, draft: &Draft, revision: u32) -> Fields {
        let mut fields = Fields { revision, pack: draft.pack.clone(), list: Vec::new(), dropped: 0 };
        let mut put = |key: &str, value: &str| {
            if !value.is_empty() {
                fields.list.push((key.into(), value.into()));
            }
        };
        put("form", draft.form.code());
        put("view", draft.perspective.code());
        put("account", &draft.account);
        put("part", &draft.part);
        put("date", &draft.date);
        put("step", &step_code(model, draft.step));
        if let Some(target) = draft.target {
            put("target", &target.level.to_string());
            put("year", &target.year.to_string());
        }
        for (index, (_, item)) in model.items().enumerate() {
            if let Some(answer) = draft.answers.get(index).copied().flatten() {
                put(&item.id, answer.code());
            }
            if let Some(note) = draft.notes.get(index) {
                put(&note_key(&item.id), note);
            }
        }
        for (ids, ticks) in [(&model.signals, &draft.signals), (&model.risks, &draft.risks)] {
            for (id, _) in ids.iter().zip(ticks).filter(|(_, on)| **on) {
                put(id, "x");
            }
        }
        fields
    }

    /// Reads a draft out of fields. What has no place in the model is counted, never a reason to refuse the rest.
    pub fn draft(&self, model: &Model, pack: &str) -> Opened {
        let text = |key: &str| self.get(key).unwrap_or("");
        let form = Form::parse(text("form")).unwrap_or_default();
        let date = Some(text("date")).filter(|date| is_day(date)).unwrap_or("");
        let mut draft = Draft::new(model, pack, form, text("account"), text("part"), date);
        let mut dropped = self.dropped;
        let mut target = (None, None);
        for (key, value) in &self.list {
            let known = match key.as_str() {
                "form" => Form::parse(value).is_some(),
                "account" | "part" => value.chars().count() <= NAME_MAX,
                "date" => is_day(value),
                "view" => Perspective::parse(value).map(|view| draft.perspective = view).is_some(),
                "step" => parse_step(model, value).map(|step| draft.step = step).is_some(),
                "target" => {
                    target.0 = value.parse().ok().filter(|level| (1..=model.gates.len() + 1).contains(level));
                    target.0.is_some()
                }
                "year" => {
                    target.1 = value.parse().ok().filter(|year: &u16| (2000..=2200).contains(year));
                    target.1.is_some()
                }
                _ => put_item(model, &mut draft, key, value),
            };
            dropped += usize::from(!known);
        }
        if let (Some(level), Some(year)) = target
            && let Ok(level) = u8::try_from(level)
        {
            draft.target = Some(Target { level, year });
        }
        Opened { other_pack: self.pack != pack, draft, dropped }
    }
}

fn put_item(model: &Model, draft: &mut Draft, key: &str, value: &str) -> bool {
    if let Some(id) = key.strip_suffix(".note") {
        let Some((index, _)) = model.find(id) else {
            return false;
        };
        if let Some(note) = draft.notes.get_mut(index) {
            *note = value.chars().take(NOTE_MAX).collect();
        }
        return true;
    }
    if let Some((index, item)) = model.find(key) {
        let answer = item.kind.parse(value);
        if let (Some(slot), Some(_)) = (draft.answers.get_mut(index), answer) {
            *slot = answer;
        }
        return answer.is_some();
    }
    for (ids, ticks) in [(&model.signals, &mut draft.signals), (&model.risks, &mut draft.risks)] {
        if let Some(index) = ids.iter().position(|id| id == key) {
            if let Some(tick) = ticks.get_mut(index) {
                *tick = value == "x";
            }
            return value == "x";
        }
    }
    false
}

/// `2026-11-22`, by its form.
fn is_day(text: &str) -> bool {
    text.len() == 10
        && text.bytes().enumerate().all(|(at, b)| if at == 4 || at == 7 { b == b'-' } else { b.is_ascii_digit() })
}

fn note_key(id: &str) -> String {
    let mut key = String::from(id);
    key.push_str(".note");
    key
}

/// `gate-2`, `signs`, `review`, `result`.
pub fn step_code(model: &Model, step: Step) -> String {
    match step {
        Step::Gate(gate) => {
            let mut code = String::from("gate-");
            code.push_str(&(gate.min(model.gates.len()) + 2).to_string());
            code
        }
        Step::Signs => "signs".into(),
        Step::Review => "review".into(),
        Step::Result => "result".into(),
    }
}

/// Reads what [`step_code`] writes.
pub fn parse_step(model: &Model, code: &str) -> Option<Step> {
    match code {
        "signs" => Some(Step::Signs),
        "review" => Some(Step::Review),
        "result" => Some(Step::Result),
        _ => {
            let gate = code.strip_prefix("gate-")?.parse::<usize>().ok()?.checked_sub(2)?;
            (gate < model.gates.len()).then_some(Step::Gate(gate))
        }
    }
}

fn escape(value: &str, out: &mut String) {
    for c in value.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            c => out.push(c),
        }
    }
}

fn unescape(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    let mut chars = value.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some('n') => out.push('\n'),
                Some('r') => out.push('\r'),
                Some(other) => out.push(other),
                None => out.push('\\'),
            },
            c => out.push(c),
        }
    }
    out
}

/// What two tabs make of one draft: a field that only one of them changed since `base` takes that change; one that
/// both changed differently takes the greater text, which both tabs find alike. The step is one's own: two tabs may
/// look at two pages.
pub fn merge(base: &Fields, mine: &Fields, theirs: &Fields) -> Fields {
    let mut list: Vec<Field> = Vec::with_capacity(mine.list.len());
    let mut put = |key: &str| {
        let (old, own, other) = (base.get(key), mine.get(key), theirs.get(key));
        let value = match () {
            () if own == old && key != "step" => other,
            () if other == old || key == "step" => own,
            () => own.max(other),
        };
        if let Some(value) = value {
            list.push((key.into(), value.into()));
        }
    };
    for (key, _) in &mine.list {
        put(key);
    }
    for (key, _) in theirs.list.iter().filter(|(key, _)| mine.get(key).is_none()) {
        put(key);
    }
    Fields { revision: mine.revision.max(theirs.revision), pack: mine.pack.clone(), list, dropped: 0 }
}
