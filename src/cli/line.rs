//! Reads one answer sheet from one line of JSON, without building a tree and with all its faults.
//!
//! Knows the input format of `bsh score`. Must not know how a sheet is scored.

use super::faults::{Faults, Found};
use super::field::{Any, Field, Key};
use super::ids::Ids;
use crate::domain::answer::{Answer, Kind};
use crate::domain::model::{Form, Item, Model, Perspective, Sheet};
use crate::pack::author::fault::{element, member};
use serde::de::{DeserializeSeed, MapAccess, SeqAccess};

/// The sheet of the line that is being read. Made once, used for every line.
pub struct Line {
    /// The id as JSON, `null` where there is none.
    pub id: Vec<u8>,
    pub sheet: Sheet,
    pub faults: Faults,
    seen: Seen,
}

/// What has been given already: nothing may be given twice.
struct Seen {
    keys: [bool; KEYS.len()],
    answers: Vec<bool>,
    notes: Vec<bool>,
    signals: Vec<bool>,
}

/// What a line is read against.
pub struct Against<'a> {
    pub model: &'a Model,
    pub items: &'a [&'a Item],
    pub ids: &'a Ids,
}

const KEYS: [&str; 5] = ["id", "perspective", "answers", "signals", "notes"];

impl Line {
    pub fn new(model: &Model, form: Form) -> Line {
        let seen = Seen {
            keys: [false; KEYS.len()],
            answers: vec![false; model.len()],
            notes: vec![false; model.len()],
            signals: vec![false; model.signals.len()],
        };
        Line { id: Vec::new(), sheet: Sheet::blank(model, Perspective::Own, form), faults: Faults::default(), seen }
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
        self.sheet.perspective = Perspective::Own;
        self.sheet.answers.fill(None);
        self.sheet.noted.fill(false);
        self.sheet.signals = 0;
        self.faults.clear();
        self.seen.keys.fill(false);
        self.seen.answers.fill(false);
        self.seen.notes.fill(false);
        self.seen.signals.fill(false);
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
        let Top { line: Line { id, sheet, faults, seen }, against } = self;
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
                Some(1) => access.next_value_seed(Any(View { perspective: &mut sheet.perspective, faults })),
                Some(2) => access.next_value_seed(Any(Answers {
                    answers: &mut sheet.answers,
                    seen: &mut seen.answers,
                    against,
                    faults,
                })),
                Some(3) => access.next_value_seed(Any(Signals {
                    count: &mut sheet.signals,
                    seen: &mut seen.signals,
                    against,
                    faults,
                })),
                Some(4) => access.next_value_seed(Any(Notes {
                    noted: &mut sheet.noted,
                    seen: &mut seen.notes,
                    against,
                    faults,
                })),
                _ => access.next_value::<serde::de::IgnoredAny>().map(|_| ()),
            }?;
        }
        if !seen.keys[2] {
            faults.add(|| "$.answers: missing".into());
        }
        Ok(())
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

struct View<'a> {
    perspective: &'a mut Perspective,
    faults: &'a mut Faults,
}

impl Field<'_> for View<'_> {
    fn wrong(self, found: Found) {
        self.faults.wrong("$.perspective", "\"own\" or \"customer\"", &found);
    }

    fn null(self) {}

    fn text(self, text: &str) {
        match Perspective::parse(text) {
            Some(perspective) => *self.perspective = perspective,
            None => self.wrong(Found::Text(text)),
        }
    }
}

struct Answers<'a> {
    answers: &'a mut [Option<Answer>],
    seen: &'a mut [bool],
    against: &'a Against<'a>,
    faults: &'a mut Faults,
}

impl<'de> Field<'de> for Answers<'_> {
    fn wrong(self, found: Found) {
        self.faults.wrong("$.answers", "an object", &found);
    }

    fn object<A: MapAccess<'de>>(self, mut access: A) -> Result<(), A::Error> {
        while let Some(index) =
            access.next_key_seed(Key(|id: &str| item("$.answers", id, self.against, self.seen, self.faults)))?
        {
            let place = index.and_then(|index| Some((*self.against.items.get(index)?, self.answers.get_mut(index)?)));
            match place {
                Some((item, answer)) => access.next_value_seed(Any(One { item, answer, faults: self.faults }))?,
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
    faults: &'a mut Faults,
}

impl Field<'_> for One<'_> {
    fn wrong(self, found: Found) {
        let expected = match self.item.kind {
            Kind::Frequency => "0, 1, 2, 3, 4, \"dk\", \"na\" or null",
            Kind::Event => "0, 2, 4, \"dk\", \"na\" or null",
        };
        self.faults.wrong(&member("$.answers", &self.item.id), expected, &found);
    }

    /// Blank.
    fn null(self) {}

    fn int(self, value: i128) {
        match u64::try_from(value).ok().and_then(|value| self.item.kind.answer(value)) {
            Some(answer) => *self.answer = Some(answer),
            None => self.wrong(Found::Int(value)),
        }
    }

    fn text(self, text: &str) {
        match text {
            "dk" => *self.answer = Some(Answer::DontKnow),
            "na" => *self.answer = Some(Answer::NotApplicable),
            _ => self.wrong(Found::Text(text)),
        }
    }
}

struct Notes<'a> {
    noted: &'a mut [bool],
    seen: &'a mut [bool],
    against: &'a Against<'a>,
    faults: &'a mut Faults,
}

impl<'de> Field<'de> for Notes<'_> {
    fn wrong(self, found: Found) {
        self.faults.wrong("$.notes", "an object", &found);
    }

    fn null(self) {}

    fn object<A: MapAccess<'de>>(self, mut access: A) -> Result<(), A::Error> {
        while let Some(index) =
            access.next_key_seed(Key(|id: &str| item("$.notes", id, self.against, self.seen, self.faults)))?
        {
            let place = index.and_then(|index| Some((*self.against.items.get(index)?, self.noted.get_mut(index)?)));
            match place {
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

struct Signals<'a> {
    count: &'a mut usize,
    seen: &'a mut [bool],
    against: &'a Against<'a>,
    faults: &'a mut Faults,
}

impl<'de> Field<'de> for Signals<'_> {
    fn wrong(self, found: Found) {
        self.faults.wrong("$.signals", "a list of ids", &found);
    }

    fn null(self) {}

    fn list<A: SeqAccess<'de>>(self, mut access: A) -> Result<(), A::Error> {
        let Signals { count, seen, against, faults } = self;
        let mut index = 0;
        while access.next_element_seed(Any(Signal { index, count, seen, against, faults }))?.is_some() {
            index += 1;
        }
        Ok(())
    }
}

struct Signal<'a> {
    index: usize,
    count: &'a mut usize,
    seen: &'a mut [bool],
    against: &'a Against<'a>,
    faults: &'a mut Faults,
}

impl Field<'_> for Signal<'_> {
    fn wrong(self, found: Found) {
        self.faults.wrong(&element("$.signals", self.index), "the id of a signal", &found);
    }

    fn text(self, id: &str) {
        let Some(seen) = self.against.ids.signal(id).and_then(|index| self.seen.get_mut(index)) else {
            return self.wrong(Found::Text(id));
        };
        if std::mem::replace(seen, true) {
            self.faults.twice(&element("$.signals", self.index));
        } else {
            *self.count += 1;
        }
    }
}

/// The index of an item that is named as a key; unknown and repeated ones are faults.
fn item(path: &str, id: &str, against: &Against, seen: &mut [bool], faults: &mut Faults) -> Option<usize> {
    let Some(index) = against.ids.item(id) else {
        faults.unknown(path, id, "item");
        return None;
    };
    if seen.get_mut(index).is_some_and(|seen| std::mem::replace(seen, true)) {
        faults.twice(&member(path, id));
    }
    Some(index)
}
