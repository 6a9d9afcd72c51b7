//! A draft as compact text: a header line, then one `key=value` a line. Items go by id, so that a later edition of
//! the pack still finds its answers.
//!
//! ```text
//! bsh-answers 3 7 0123456789abcdef
//! form=short
//! g2-01=3
//! g2-01.note=they said so in the May review
//! person=4 2
//! person.4.name=A. B.
//! ```
//!
//! The header is: format, version, revision (counts saves), content hash of the pack. Lines that start with `#` are for
//! human readers. Knows the format and nothing about where the text is kept.

use crate::domain::draft::{Draft, NAME_MAX, NOTE_MAX, Stage, Step, Target, stages};
use crate::domain::model::{Form, Kind, Perspective, Place, Survey};
use crate::domain::rows::{List, is_day};

const MAGIC: &str = "bsh-answers";
/// The version that this program writes.
pub const VERSION: u32 = 3;
/// The most that is read, in bytes: more than all lists full of long texts.
pub const SIZE_MAX: usize = 2 * 1024 * 1024;

/// The most lines that are read: more than the largest pack and all lists could fill.
const LINES_MAX: usize = 10_240;

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

    /// Does another text say the same, whatever its revision and the page that was looked at last?
    pub fn same(&self, other: &Fields) -> bool {
        let said = |fields: &Fields| fields.list.len() - usize::from(fields.get("step").is_some());
        self.pack == other.pack
            && said(self) == said(other)
            && self.list.iter().all(|(key, value)| key == "step" || other.get(key) == Some(value))
    }

    pub fn get(&self, key: &str) -> Option<&str> {
        self.list.iter().find(|(k, _)| k == key).map(|(_, value)| value.as_str())
    }

    /// The fields of a draft; blank answers and empty texts are left out.
    pub fn of(survey: &Survey, draft: &Draft, revision: u32) -> Fields {
        let mut fields = Fields { revision, pack: draft.pack.clone(), list: Vec::new(), dropped: 0 };
        let mut put = |key: &[&str], value: &str| {
            if !value.is_empty() {
                fields.list.push((key.concat(), value.into()));
            }
        };
        put(&["form"], draft.form.code());
        put(&["view"], draft.perspective.code());
        put(&["lang"], &draft.lang);
        put(&["account"], &draft.account);
        put(&["part"], &draft.part);
        put(&["date"], &draft.date);
        put(&["step"], &step_code(survey, draft.step));
        if let Some(target) = draft.target {
            put(&["target"], &target.level.to_string());
            put(&["year"], &target.year.to_string());
        }
        for (part, (instrument, given)) in survey.instruments.iter().zip(&draft.given).enumerate() {
            for (item, (_, asked)) in instrument.model.items().enumerate() {
                let at = Place { part, item };
                put(&[&asked.id], draft.answer(at).map_or("", |answer| answer.code()));
                put(&[&asked.id, NOTE], draft.note(at));
            }
            for (ids, ticks) in [(&instrument.model.signals, &given.signals), (&instrument.model.risks, &given.risks)] {
                for (id, _) in ids.iter().zip(ticks).filter(|(_, on)| **on) {
                    put(&[id], TICKED);
                }
            }
        }
        for id in &draft.confirmed {
            put(&[id, CONFIRMED], TICKED);
        }
        draft.rows.each(put);
        fields
    }

    /// Reads a draft out of fields, of this version or an earlier one. What has no place in the survey is counted,
    /// never a reason to refuse the rest.
    pub fn draft(&self, survey: &Survey, pack: &str) -> Opened {
        let text = |key: &str| self.get(key).unwrap_or("");
        let form = Form::parse(text("form")).unwrap_or_default();
        let date = Some(text("date")).filter(|date| is_day(date)).unwrap_or("");
        let mut draft = Draft::new(survey, pack, form, text("account"), text("part"), date);
        let mut dropped = self.dropped;
        let mut target = (None, None);
        let staged = survey.instruments.iter().find(|instrument| matches!(instrument.kind, Kind::Gates { .. }));
        let levels = staged.map_or(0, |instrument| instrument.model.groups.len() + 1);
        for (key, value) in &self.list {
            let known = match key.as_str() {
                "form" => Form::parse(value).is_some(),
                "account" | "part" => value.chars().count() <= NAME_MAX,
                "date" => is_day(value),
                "lang" => {
                    let right = (2..=12).contains(&value.len()) && value.is_ascii();
                    if right {
                        draft.lang.clone_from(value);
                    }
                    right
                }
                "view" => Perspective::parse(value).map(|view| draft.perspective = view).is_some(),
                "step" => parse_step(survey, value).map(|step| draft.step = step).is_some(),
                "target" => {
                    target.0 = value.parse().ok().filter(|level: &u8| (1..=levels).contains(&usize::from(*level)));
                    target.0.is_some()
                }
                "year" => {
                    target.1 = value.parse().ok().filter(|year: &u16| (2000..=2200).contains(year));
                    target.1.is_some()
                }
                _ => put_row(&mut draft, key, value).unwrap_or_else(|| put_item(survey, &mut draft, key, value)),
            };
            dropped += usize::from(!known);
        }
        if let (Some(level), Some(year)) = target {
            draft.target = Some(Target { level, year });
        }
        Opened { other_pack: self.pack != pack, draft, dropped }
    }
}

/// Endings of keys, after an item's id.
const NOTE: &str = ".note";
const CONFIRMED: &str = ".ok";
const TICKED: &str = "x";

/// A field of a row, or the order of a list; `None` for a key that is neither.
fn put_row(draft: &mut Draft, key: &str, value: &str) -> Option<bool> {
    let mut parts = key.split('.');
    let list = List::parse(parts.next()?)?;
    let (id, name) = (parts.next(), parts.next());
    if let (Some(id), Some(name), None) = (id, name, parts.next()) {
        let field = list.spec().fields.iter().position(|(known, _)| *known == name);
        return Some(match (id.parse(), field) {
            (Ok(id), Some(field)) => draft.rows.set(list, id, field, value),
            _ => false,
        });
    }
    if id.is_some() || list.single() {
        return Some(false);
    }
    Some(draft.rows.order(list, value))
}

fn put_item(survey: &Survey, draft: &mut Draft, key: &str, value: &str) -> bool {
    let (id, ending) = key.find('.').and_then(|dot| key.split_at_checked(dot)).unwrap_or((key, ""));
    if let Some((at, item)) = survey.find(id) {
        let Some(given) = draft.given.get_mut(at.part) else {
            return false;
        };
        match ending {
            NOTE => {
                if let Some(note) = given.notes.get_mut(at.item) {
                    *note = value.chars().take(NOTE_MAX).collect();
                }
                return true;
            }
            CONFIRMED => {
                if value == TICKED {
                    draft.confirmed.push(id.into());
                }
                return value == TICKED;
            }
            "" => {
                let answer = item.scale.parse(value);
                if let (Some(slot), Some(_)) = (given.answers.get_mut(at.item), answer) {
                    *slot = answer;
                }
                return answer.is_some();
            }
            _ => return false,
        }
    }
    for (instrument, given) in survey.instruments.iter().zip(&mut draft.given) {
        let model = &instrument.model;
        for (ids, ticks) in [(&model.signals, &mut given.signals), (&model.risks, &mut given.risks)] {
            if let Some(tick) = ids.iter().position(|id| id == key).and_then(|index| ticks.get_mut(index)) {
                *tick = value == TICKED;
                return *tick;
            }
        }
    }
    false
}

/// The steps that belong to no instrument, and their words.
const WORDS: [(&str, Step); 3] = [("plan", Step::Plan), ("account", Step::Account), ("handback", Step::Handback)];

/// The word of a step outside the instruments; blank for one inside.
pub fn word_of(step: Step) -> &'static str {
    WORDS.iter().find(|(_, known)| *known == step).map_or("", |(word, _)| word)
}

/// Reads what [`word_of`] writes.
pub fn parse_word(word: &str) -> Option<Step> {
    WORDS.iter().find(|(known, _)| *known == word).map(|(_, step)| *step)
}

/// `gate-2`, `signs`, `result` for the first instrument, `matrix.result` for others, `plan`.
pub fn step_code(survey: &Survey, step: Step) -> String {
    let Step::At(part, stage) = step else {
        return word_of(step).into();
    };
    let Some(instrument) = survey.instruments.get(part) else {
        return String::new();
    };
    let what = match stage {
        Stage::Section(group) => instrument.model.groups.get(group).map_or("", |group| &group.id),
        Stage::Signs => "signs",
        Stage::People => "people",
        Stage::Shares => "shares",
        Stage::Review => "review",
        Stage::Result => "result",
    };
    if part == 0 { what.into() } else { [&instrument.id, ".", what].concat() }
}

/// Reads what [`step_code`] writes.
pub fn parse_step(survey: &Survey, code: &str) -> Option<Step> {
    if let Some(step) = parse_word(code) {
        return Some(step);
    }
    let (part, what) = match code.split_once('.') {
        Some((id, what)) => (survey.part(id)?, what),
        None => (0, code),
    };
    let instrument = survey.instruments.get(part)?;
    let all = stages(instrument, Form::Full);
    let stage = match what {
        "signs" => Stage::Signs,
        "people" => Stage::People,
        "shares" => Stage::Shares,
        "review" => Stage::Review,
        "result" => Stage::Result,
        group => Stage::Section(instrument.model.groups.iter().position(|known| known.id == group)?),
    };
    all.contains(&stage).then_some(Step::At(part, stage))
}

/// Writes a text on one line, and without the character that separates the accounts of a bundle.
pub fn escape(value: &str, out: &mut String) {
    for c in value.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\u{1d}' => out.push_str("\\d"),
            '\u{1e}' => out.push_str("\\e"),
            c => out.push(c),
        }
    }
}

/// Reads what [`escape`] writes.
pub fn unescape(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    let mut chars = value.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some('n') => out.push('\n'),
                Some('r') => out.push('\r'),
                Some('d') => out.push('\u{1d}'),
                Some('e') => out.push('\u{1e}'),
                Some(other) => out.push(other),
                None => out.push('\\'),
            },
            c => out.push(c),
        }
    }
    out
}

/// What two tabs make of one draft: a field that only one of them changed since `base` takes that change; one that
/// both changed differently takes the greater text, which both tabs find alike, less the rows that one of them removed.
/// The step is one's own: two tabs may look at two pages.
pub fn merge(base: &Fields, mine: &Fields, theirs: &Fields) -> Fields {
    // A row that one tab removed is gone in both, whatever the other did to it.
    let gone = |key: &str| {
        let mut parts = key.split('.');
        let (Some(list), Some(id)) = (parts.next().filter(|list| List::parse(list).is_some()), parts.next()) else {
            return false;
        };
        let has = |fields: &Fields| fields.get(list).unwrap_or("").split(' ').any(|known| known == id);
        has(base) && !(has(mine) && has(theirs))
    };
    let mut list: Vec<Field> = Vec::with_capacity(mine.list.len());
    let mut put = |key: &str| {
        let (old, own, other) = (base.get(key), mine.get(key), theirs.get(key));
        if gone(key) {
            return;
        }
        let value = match () {
            () if own == old && key != "step" => other,
            () if other == old || key == "step" => own,
            () => own.max(other),
        };
        let Some(value) = value else { return };
        let value = if List::parse(key).is_some() {
            let has = |ids: Option<&str>, id: &str| ids.unwrap_or("").split(' ').any(|known| known == id);
            let stays = |id: &&str| !has(old, id) || (has(own, id) && has(other, id));
            value.split(' ').filter(stays).collect::<Vec<_>>().join(" ")
        } else {
            value.into()
        };
        if !value.is_empty() {
            list.push((key.into(), value));
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
