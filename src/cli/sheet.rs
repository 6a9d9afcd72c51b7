//! Reads the sheets of one person: answers, notes and ticks, on a line of their own or in one of several views.
//!
//! Knows what may stand in each. Must not know what else is on the line.

use super::against::Against;
use super::faults::{Faults, Found};
use super::field::{Any, Field, Key};
use super::ids::Ids;
use crate::domain::answer::{Answer, Scale};
use crate::domain::model::{Item, Perspective, Place, Sheet};
use crate::pack::author::fault::{element, member};
use serde::de::{MapAccess, SeqAccess};

/// Where the sheets stand; written out only for a fault.
#[derive(Clone, Copy)]
pub enum At {
    /// At the top of the line.
    Line,
    /// In an element of the views.
    View(usize),
}

impl At {
    /// The path of a member: `$.answers`, `$.views[3].answers`.
    pub fn path(self, key: &str) -> String {
        match self {
            At::Line => member("$", key),
            At::View(index) => member(&element("$.views", index), key),
        }
    }
}

const ANSWERS: &str = "answers";
const NOTES: &str = "notes";

/// Leaves nothing of what was read before.
pub fn clear(sheets: &mut [Sheet]) {
    for sheet in sheets {
        sheet.perspective = Perspective::Own;
        sheet.answers.fill(None);
        sheet.noted.fill(false);
        sheet.signals.fill(false);
        sheet.risks.fill(false);
    }
}

pub struct Answers<'a> {
    pub at: At,
    pub sheets: &'a mut [Sheet],
    pub seen: &'a mut [Vec<bool>],
    pub against: &'a Against<'a>,
    pub faults: &'a mut Faults,
}

impl<'de> Field<'de> for Answers<'_> {
    fn wrong(self, found: Found) {
        self.faults.wrong(&self.at.path(ANSWERS), "an object", &found);
    }

    fn object<A: MapAccess<'de>>(self, mut access: A) -> Result<(), A::Error> {
        while let Some(found) =
            access.next_key_seed(Key(|id: &str| item(self.at, ANSWERS, id, self.against, self.seen, self.faults)))?
        {
            let found = found.and_then(|(place, item)| {
                let answers = &mut self.sheets.get_mut(place.part)?.answers;
                Some((item, answers.get_mut(place.item)?))
            });
            match found {
                Some((item, answer)) => {
                    // What the form does not ask is checked, and left out.
                    let asked = self.against.form.has(item);
                    access.next_value_seed(Any(One { at: self.at, item, answer, asked, faults: self.faults }))?;
                }
                None => access.next_value::<serde::de::IgnoredAny>().map(|_| ())?,
            }
        }
        Ok(())
    }
}

/// The answer to one item.
struct One<'a> {
    at: At,
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
        self.faults.wrong(&member(&self.at.path(ANSWERS), &self.item.id), expected, &found);
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

pub struct Notes<'a> {
    pub at: At,
    pub sheets: &'a mut [Sheet],
    pub seen: &'a mut [Vec<bool>],
    pub against: &'a Against<'a>,
    pub faults: &'a mut Faults,
}

impl<'de> Field<'de> for Notes<'_> {
    fn wrong(self, found: Found) {
        self.faults.wrong(&self.at.path(NOTES), "an object", &found);
    }

    fn null(self) {}

    fn object<A: MapAccess<'de>>(self, mut access: A) -> Result<(), A::Error> {
        while let Some(found) =
            access.next_key_seed(Key(|id: &str| item(self.at, NOTES, id, self.against, self.seen, self.faults)))?
        {
            let found = found.and_then(|(place, item)| {
                let noted = &mut self.sheets.get_mut(place.part)?.noted;
                Some((item, noted.get_mut(place.item)?))
            });
            match found {
                Some((item, noted)) => {
                    access.next_value_seed(Any(Note { at: self.at, item, noted, faults: self.faults }))?
                }
                None => access.next_value::<serde::de::IgnoredAny>().map(|_| ())?,
            }
        }
        Ok(())
    }
}

/// The note to one item. Only whether there is one counts.
struct Note<'a> {
    at: At,
    item: &'a Item,
    noted: &'a mut bool,
    faults: &'a mut Faults,
}

impl Field<'_> for Note<'_> {
    fn wrong(self, found: Found) {
        self.faults.wrong(&member(&self.at.path(NOTES), &self.item.id), "a text or null", &found);
    }

    fn null(self) {}

    fn text(self, text: &str) {
        *self.noted = !text.trim().is_empty();
    }
}

/// A list of ids to tick.
pub struct List {
    key: &'static str,
    expected: &'static str,
    find: fn(&Ids, &str) -> Option<Place>,
    ticks: fn(&mut Sheet) -> &mut [bool],
}

pub const SIGNALS: List = List {
    key: "signals",
    expected: "the id of a signal",
    find: |ids, id| ids.signal(id),
    ticks: |sheet| &mut sheet.signals,
};
pub const RISKS: List =
    List { key: "risks", expected: "the id of a risk", find: |ids, id| ids.risk(id), ticks: |sheet| &mut sheet.risks };

pub struct Ticks<'a> {
    pub at: At,
    pub list: &'a List,
    pub sheets: &'a mut [Sheet],
    pub against: &'a Against<'a>,
    pub faults: &'a mut Faults,
}

impl<'de> Field<'de> for Ticks<'_> {
    fn wrong(self, found: Found) {
        self.faults.wrong(&self.at.path(self.list.key), "a list of ids", &found);
    }

    fn null(self) {}

    fn list<A: SeqAccess<'de>>(self, mut access: A) -> Result<(), A::Error> {
        let Ticks { at, list, sheets, against, faults } = self;
        let mut index = 0;
        while access.next_element_seed(Any(Tick { at, index, list, sheets, against, faults }))?.is_some() {
            index += 1;
        }
        Ok(())
    }
}

struct Tick<'a> {
    at: At,
    index: usize,
    list: &'a List,
    sheets: &'a mut [Sheet],
    against: &'a Against<'a>,
    faults: &'a mut Faults,
}

impl Field<'_> for Tick<'_> {
    fn wrong(self, found: Found) {
        self.faults.wrong(&element(&self.at.path(self.list.key), self.index), self.list.expected, &found);
    }

    fn text(self, id: &str) {
        let place = (self.list.find)(&self.against.ids, id);
        let sheet = place.and_then(|place| Some((place, self.sheets.get_mut(place.part)?)));
        match sheet.and_then(|(place, sheet)| (self.list.ticks)(sheet).get_mut(place.item)) {
            None => self.wrong(Found::Text(id)),
            Some(tick) => {
                if std::mem::replace(tick, true) {
                    self.faults.twice(&element(&self.at.path(self.list.key), self.index));
                }
            }
        }
    }
}

/// An item that is named as a key, and its place; unknown and repeated ones are faults.
fn item<'a>(
    at: At,
    key: &str,
    id: &str,
    against: &Against<'a>,
    seen: &mut [Vec<bool>],
    faults: &mut Faults,
) -> Option<(Place, &'a Item)> {
    let Some((place, item)) = against.ids.item(id) else {
        faults.unknown(&at.path(key), id, "item");
        return None;
    };
    let seen = seen.get_mut(place.part).and_then(|seen| seen.get_mut(place.item));
    if seen.is_some_and(|seen| std::mem::replace(seen, true)) {
        faults.twice(&member(&at.path(key), id));
    }
    Some((place, item))
}
