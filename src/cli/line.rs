//! Reads what one person gave from one line of JSON, without building a tree and with all its faults.
//!
//! Knows the input format of `bsh score`. Must not know how anything is scored.

use super::against::Against;
use super::faults::{Faults, Found};
use super::field::{Any, Field, Key};
use super::ids::Ids;
use super::rows::{Own, Rows};
use crate::domain::answer::{Answer, Scale};
use crate::domain::model::{Item, Perspective, Place, Sheet, Survey};
use crate::domain::shares::{Share, ShareTable};
use crate::domain::survey::Evidence;
use crate::pack::author::fault::{element, member};
use serde::de::{DeserializeSeed, MapAccess, SeqAccess};

/// The line that is being read. Made once, used for every line.
pub struct Line {
    /// The id as JSON, `null` where there is none.
    pub id: Vec<u8>,
    pub evidence: Evidence,
    pub faults: Faults,
    seen: Seen,
}

/// What has been given already: nothing may be given twice. Items and ticks by instrument.
struct Seen {
    keys: [bool; KEYS.len()],
    answers: Vec<Vec<bool>>,
    notes: Vec<Vec<bool>>,
}

const KEYS: [&str; 9] = ["id", "perspective", "answers", "signals", "notes", "risks", "contacts", "own", "rivals"];

impl Line {
    pub fn new(against: &Against) -> Line {
        let survey: &Survey = against.survey;
        let blank: Vec<Vec<bool>> = survey.instruments.iter().map(|part| vec![false; part.model.len()]).collect();
        let seen = Seen { keys: [false; KEYS.len()], answers: blank.clone(), notes: blank };
        let evidence = Evidence::blank(survey, Perspective::Own, against.form);
        Line { id: Vec::new(), evidence, faults: Faults::default(), seen }
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
        for sheet in &mut self.evidence.sheets {
            sheet.perspective = Perspective::Own;
            sheet.answers.fill(None);
            sheet.noted.fill(false);
            sheet.signals.fill(false);
            sheet.risks.fill(false);
        }
        self.evidence.contacts.clear();
        self.evidence.own = Share::default();
        self.evidence.rivals.clear();
        self.faults.clear();
        self.seen.keys.fill(false);
        for seen in self.seen.answers.iter_mut().chain(&mut self.seen.notes) {
            seen.fill(false);
        }
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
        let Top { line: Line { id, evidence, faults, seen }, against } = self;
        let Evidence { sheets, contacts, own, rivals } = evidence;
        let known = [&against.functions[..], &against.seniorities];
        loop {
            let mut key = |key: &str| {
                let known = KEYS.iter().position(|known| *known == key);
                match known {
                    None => faults.unknown("$", key, "key"),
                    Some(index) => {
                        if seen.keys.get_mut(index).is_some_and(|seen| std::mem::replace(seen, true)) {
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
                Some(1) => access.next_value_seed(Any(View { sheets, faults })),
                Some(2) => access.next_value_seed(Any(Answers { sheets, seen: &mut seen.answers, against, faults })),
                Some(3) => access.next_value_seed(Any(Ticks { list: &SIGNALS, sheets, against, faults })),
                Some(4) => access.next_value_seed(Any(Notes { sheets, seen: &mut seen.notes, against, faults })),
                Some(5) => access.next_value_seed(Any(Ticks { list: &RISKS, sheets, against, faults })),
                Some(6) => access.next_value_seed(Any(Rows { path: "$.contacts", rows: contacts, known, faults })),
                Some(7) => access.next_value_seed(Any(Own { share: own, faults })),
                Some(8) => access.next_value_seed(Any(Rows { path: "$.rivals", rows: rivals, known, faults })),
                _ => access.next_value::<serde::de::IgnoredAny>().map(|_| ()),
            }?;
        }
        if !seen.keys[2] {
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
struct View<'a> {
    sheets: &'a mut [Sheet],
    faults: &'a mut Faults,
}

impl Field<'_> for View<'_> {
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

struct Answers<'a> {
    sheets: &'a mut [Sheet],
    seen: &'a mut [Vec<bool>],
    against: &'a Against<'a>,
    faults: &'a mut Faults,
}

impl<'de> Field<'de> for Answers<'_> {
    fn wrong(self, found: Found) {
        self.faults.wrong("$.answers", "an object", &found);
    }

    fn object<A: MapAccess<'de>>(self, mut access: A) -> Result<(), A::Error> {
        while let Some(found) =
            access.next_key_seed(Key(|id: &str| item("$.answers", id, self.against, self.seen, self.faults)))?
        {
            let found = found.and_then(|(place, item)| {
                let answers = &mut self.sheets.get_mut(place.part)?.answers;
                Some((item, answers.get_mut(place.item)?))
            });
            match found {
                Some((item, answer)) => {
                    // What the form does not ask is checked, and left out.
                    let asked = self.against.form.has(item);
                    access.next_value_seed(Any(One { item, answer, asked, faults: self.faults }))?;
                }
                None => access.next_value::<serde::de::IgnoredAny>().map(|_| ())?,
            }
        }
        Ok(())
    }
}

/// The answer to one item.
struct One<'a> {
    item: &'a Item,
    answer: &'a mut Option<Answer>,
    asked: bool,
    faults: &'a mut Faults,
}

impl One<'_> {
    fn given(self, answer: Option<Answer>, found: Found) {
        match answer {
            Some(_) if self.asked => *self.answer = answer,
            Some(_) => {}
            None => self.wrong(found),
        }
    }
}

impl Field<'_> for One<'_> {
    fn wrong(self, found: Found) {
        let expected = match self.item.scale {
            Scale::Frequency => "0, 1, 2, 3, 4, \"dk\", \"na\" or null",
            Scale::Event => "0, 2, 4, \"dk\", \"na\" or null",
            Scale::Choice => "0, 4, \"dk\" or null",
        };
        self.faults.wrong(&member("$.answers", &self.item.id), expected, &found);
    }

    /// Blank.
    fn null(self) {}

    fn int(self, value: i128) {
        let answer = u64::try_from(value).ok().and_then(|value| self.item.scale.answer(value));
        self.given(answer, Found::Int(value));
    }

    fn text(self, text: &str) {
        // A number in quotes is no answer.
        let answer = if matches!(text, "dk" | "na") { self.item.scale.parse(text) } else { None };
        self.given(answer, Found::Text(text));
    }
}

struct Notes<'a> {
    sheets: &'a mut [Sheet],
    seen: &'a mut [Vec<bool>],
    against: &'a Against<'a>,
    faults: &'a mut Faults,
}

impl<'de> Field<'de> for Notes<'_> {
    fn wrong(self, found: Found) {
        self.faults.wrong("$.notes", "an object", &found);
    }

    fn null(self) {}

    fn object<A: MapAccess<'de>>(self, mut access: A) -> Result<(), A::Error> {
        while let Some(found) =
            access.next_key_seed(Key(|id: &str| item("$.notes", id, self.against, self.seen, self.faults)))?
        {
            let found = found.and_then(|(place, item)| {
                let noted = &mut self.sheets.get_mut(place.part)?.noted;
                Some((item, noted.get_mut(place.item)?))
            });
            match found {
                Some((item, noted)) => access.next_value_seed(Any(Note { item, noted, faults: self.faults }))?,
                None => access.next_value::<serde::de::IgnoredAny>().map(|_| ())?,
            }
        }
        Ok(())
    }
}

/// The note to one item. Only whether there is one counts.
struct Note<'a> {
    item: &'a Item,
    noted: &'a mut bool,
    faults: &'a mut Faults,
}

impl Field<'_> for Note<'_> {
    fn wrong(self, found: Found) {
        self.faults.wrong(&member("$.notes", &self.item.id), "a text or null", &found);
    }

    fn null(self) {}

    fn text(self, text: &str) {
        *self.noted = !text.trim().is_empty();
    }
}

/// A list of ids to tick.
struct List {
    path: &'static str,
    expected: &'static str,
    find: fn(&Ids, &str) -> Option<Place>,
    ticks: fn(&mut Sheet) -> &mut [bool],
}

const SIGNALS: List = List {
    path: "$.signals",
    expected: "the id of a signal",
    find: |ids, id| ids.signal(id),
    ticks: |sheet| &mut sheet.signals,
};
const RISKS: List = List {
    path: "$.risks",
    expected: "the id of a risk",
    find: |ids, id| ids.risk(id),
    ticks: |sheet| &mut sheet.risks,
};

struct Ticks<'a> {
    list: &'a List,
    sheets: &'a mut [Sheet],
    against: &'a Against<'a>,
    faults: &'a mut Faults,
}

impl<'de> Field<'de> for Ticks<'_> {
    fn wrong(self, found: Found) {
        self.faults.wrong(self.list.path, "a list of ids", &found);
    }

    fn null(self) {}

    fn list<A: SeqAccess<'de>>(self, mut access: A) -> Result<(), A::Error> {
        let Ticks { list, sheets, against, faults } = self;
        let mut index = 0;
        while access.next_element_seed(Any(Tick { index, list, sheets, against, faults }))?.is_some() {
            index += 1;
        }
        Ok(())
    }
}

struct Tick<'a> {
    index: usize,
    list: &'a List,
    sheets: &'a mut [Sheet],
    against: &'a Against<'a>,
    faults: &'a mut Faults,
}

impl Field<'_> for Tick<'_> {
    fn wrong(self, found: Found) {
        self.faults.wrong(&element(self.list.path, self.index), self.list.expected, &found);
    }

    fn text(self, id: &str) {
        let place = (self.list.find)(&self.against.ids, id);
        let sheet = place.and_then(|place| Some((place, self.sheets.get_mut(place.part)?)));
        match sheet.and_then(|(place, sheet)| (self.list.ticks)(sheet).get_mut(place.item)) {
            None => self.wrong(Found::Text(id)),
            Some(tick) => {
                if std::mem::replace(tick, true) {
                    self.faults.twice(&element(self.list.path, self.index));
                }
            }
        }
    }
}

/// An item that is named as a key, and its place; unknown and repeated ones are faults.
fn item<'a>(
    path: &str,
    id: &str,
    against: &Against<'a>,
    seen: &mut [Vec<bool>],
    faults: &mut Faults,
) -> Option<(Place, &'a Item)> {
    let Some((place, item)) = against.ids.item(id) else {
        faults.unknown(path, id, "item");
        return None;
    };
    let seen = seen.get_mut(place.part).and_then(|seen| seen.get_mut(place.item));
    if seen.is_some_and(|seen| std::mem::replace(seen, true)) {
        faults.twice(&member(path, id));
    }
    Some((place, item))
}
