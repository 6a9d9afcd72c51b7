//! Reads what one person gave, or several, from one line of JSON, without building a tree and with all its faults.
//!
//! Knows the input format of `bsh score`. Must not know how anything is scored.

use super::against::Against;
use super::faults::{Faults, Found};
use super::field::{Any, Field, Key};
use super::rows::{Own, Rows};
use super::sheet::{self, Answers, At, Notes, RISKS, SIGNALS, Ticks};
use super::views::{self, View, Views};
use crate::domain::model::{Perspective, Sheet, Survey};
use crate::domain::shares::{Share, ShareTable};
use crate::domain::survey::Evidence;
use crate::pack::author::fault::member;
use serde::de::{DeserializeSeed, MapAccess};

/// The line that is being read. Made once, used for every line.
pub struct Line {
    /// The id as JSON, `null` where there is none.
    pub id: Vec<u8>,
    pub evidence: Evidence,
    /// Of a line with several views; then the evidence says nothing.
    pub views: Vec<View>,
    pub faults: Faults,
    seen: Seen,
}

/// What has been given already: nothing may be given twice. Items and ticks by instrument.
struct Seen {
    keys: [bool; KEYS.len()],
    sheets: views::Seen,
}

const KEYS: [&str; 10] =
    ["id", "perspective", "answers", "signals", "notes", "risks", "contacts", "own", "rivals", "views"];
/// The places of two of them.
const ANSWERS: usize = 2;
const VIEWS: usize = 9;

impl Line {
    pub fn new(against: &Against) -> Line {
        let survey: &Survey = against.survey;
        let blank: Vec<Vec<bool>> = survey.instruments.iter().map(|part| vec![false; part.model.len()]).collect();
        let seen = Seen { keys: [false; KEYS.len()], sheets: views::Seen { answers: blank.clone(), notes: blank } };
        let evidence = Evidence::blank(survey, Perspective::Own, against.form);
        Line { id: Vec::new(), evidence, views: Vec::new(), faults: Faults::default(), seen }
    }

    /// Has it several views in place of one sheet?
    pub fn several(&self) -> bool {
        self.seen.keys.get(VIEWS) == Some(&true)
    }

    /// Reads a line; whether it is right is told by `faults`.
    pub fn read(&mut self, against: &Against, text: &[u8]) {
        self.clear();
        let text = match std::str::from_utf8(text) {
            Ok(text) => text,
            Err(error) => {
                self.faults.add(|| format!("$: not UTF-8 at byte {}", error.valid_up_to() + 1));
                return;
            }
        };
        let mut json = serde_json::Deserializer::from_str(text);
        let read = Any(Top { line: self, against }).deserialize(&mut json).and_then(|()| json.end());
        if let Err(error) = read {
            // serde_json counts lines too, but this is always its first.
            let told = error.to_string();
            let what = told.split(" at line ").next().unwrap_or_default();
            self.faults.add(|| format!("$: not JSON at column {}: {what}", error.column()));
        }
    }

    fn clear(&mut self) {
        self.id.clear();
        self.id.extend_from_slice(b"null");
        sheet::clear(&mut self.evidence.sheets);
        self.views.clear();
        self.evidence.contacts.clear();
        self.evidence.own = Share::default();
        self.evidence.rivals.clear();
        self.faults.clear();
        self.seen.keys.fill(false);
        self.seen.sheets.clear();
    }
}

/// The whole line.
struct Top<'a> {
    line: &'a mut Line,
    against: &'a Against<'a>,
}

impl<'de> Field<'de> for Top<'_> {
    fn wrong(self, found: Found) {
        self.line.faults.wrong("$", "an object", &found);
    }

    fn object<A: MapAccess<'de>>(self, mut access: A) -> Result<(), A::Error> {
        let Top { line: Line { id, evidence, views, faults, seen }, against } = self;
        let Seen { keys: given, sheets: seen } = seen;
        let at = At::Line;
        let Evidence { sheets, contacts, own, rivals } = evidence;
        let known = [&against.functions[..], &against.seniorities];
        loop {
            let mut key = |key: &str| {
                let known = KEYS.iter().position(|known| *known == key);
                match known {
                    None => faults.unknown("$", key, "key"),
                    Some(index) => {
                        if given.get_mut(index).is_some_and(|seen| std::mem::replace(seen, true)) {
                            faults.twice(&member("$", key));
                        }
                    }
                }
                known
            };
            let Some(key) = access.next_key_seed(Key(&mut key))? else {
                break;
            };
            match key {
                Some(0) => access.next_value_seed(Any(Id { id, faults })),
                Some(1) => access.next_value_seed(Any(Whose { sheets, faults })),
                Some(2) => {
                    access.next_value_seed(Any(Answers { at, sheets, seen: &mut seen.answers, against, faults }))
                }
                Some(3) => access.next_value_seed(Any(Ticks { at, list: &SIGNALS, sheets, against, faults })),
                Some(4) => access.next_value_seed(Any(Notes { at, sheets, seen: &mut seen.notes, against, faults })),
                Some(5) => access.next_value_seed(Any(Ticks { at, list: &RISKS, sheets, against, faults })),
                Some(6) => access.next_value_seed(Any(Rows { path: "$.contacts", rows: contacts, known, faults })),
                Some(7) => access.next_value_seed(Any(Own { share: own, faults })),
                Some(8) => access.next_value_seed(Any(Rows { path: "$.rivals", rows: rivals, known, faults })),
                Some(VIEWS) => access.next_value_seed(Any(Views { views, sheets, seen, against, faults })),
                _ => access.next_value::<serde::de::IgnoredAny>().map(|_| ()),
            }?;
        }
        if given[VIEWS] {
            for (key, _) in KEYS.iter().zip(given).skip(1).take(VIEWS - 1).filter(|(_, given)| **given) {
                faults.add(|| format!("{}: not beside views", member("$", key)));
            }
            views::together(views, faults);
            return Ok(());
        }
        if !given[ANSWERS] {
            faults.add(|| "$.answers: missing".into());
        }
        together(evidence, against, faults);
        Ok(())
    }
}

/// The faults that no single value has.
fn together(evidence: &Evidence, against: &Against, faults: &mut Faults) {
    if !evidence.contacts.is_empty() && against.functions.is_empty() {
        faults.add(|| "$.contacts: this pack has no contact map".into());
    }
    if evidence.own == Share::default() && evidence.rivals.is_empty() {
        return;
    }
    if !against.shares {
        let path = if evidence.rivals.is_empty() { "$.own" } else { "$.rivals" };
        faults.add(|| format!("{path}: this pack has no share table"));
    }
    let table = ShareTable::of(&evidence.own, &evidence.rivals);
    for (sum, what) in [(table.time.sum, "time"), (table.cash.sum, "cash")] {
        if sum > 100 {
            faults.add(|| format!("$.rivals: the shares of {what} add up to {sum}, at most 100"));
        }
    }
}

/// A text or a whole number, given back as it came.
struct Id<'a> {
    id: &'a mut Vec<u8>,
    faults: &'a mut Faults,
}

impl Field<'_> for Id<'_> {
    fn wrong(self, found: Found) {
        self.faults.wrong("$.id", "a text or a whole number", &found);
    }

    fn null(self) {}

    fn int(self, value: i128) {
        self.id.clear();
        self.id.extend_from_slice(value.to_string().as_bytes());
    }

    fn text(self, text: &str) {
        self.id.clear();
        // Writing to memory cannot fail.
        let _ = serde_json::to_writer(self.id, text);
    }
}

/// One view for all instruments.
struct Whose<'a> {
    sheets: &'a mut [Sheet],
    faults: &'a mut Faults,
}

impl Field<'_> for Whose<'_> {
    fn wrong(self, found: Found) {
        self.faults.wrong("$.perspective", "\"own\" or \"customer\"", &found);
    }

    fn null(self) {}

    fn text(self, text: &str) {
        match Perspective::parse(text) {
            Some(perspective) => self.sheets.iter_mut().for_each(|sheet| sheet.perspective = perspective),
            None => self.wrong(Found::Text(text)),
        }
    }
}
