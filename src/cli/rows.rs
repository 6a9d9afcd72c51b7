//! Reads the contacts and shares of a line: lists of small objects, and the one object of the own share.
//!
//! Knows the keys of a row and what may stand in each. Must not know what the rows say together.

use super::faults::{Faults, Found};
use super::field::{Any, Field, Key};
use crate::domain::contacts::Contact;
use crate::domain::rows::ROWS_MAX;
use crate::domain::shares::Share;
use crate::pack::author::fault::{element, member};
use serde::de::{IgnoredAny, MapAccess, SeqAccess};

/// Where one value of a row goes.
enum Cell<'a> {
    /// Any text.
    Text(&'a mut String),
    /// An id out of a list of the pack.
    Id(&'a mut String, &'a [&'a str], &'static str),
    /// 0..=100.
    Percent(&'a mut Option<u8>),
    /// A text that nothing is made of.
    Unused,
}

/// The ids that a row may hold: functions and seniorities.
type Known<'a> = [&'a [&'a str]; 2];

/// A row of a list.
trait Row: Default {
    /// What the rows are called in a message.
    const NAME: &'static str;
    const KEYS: &'static [&'static str];

    fn cell<'a>(&'a mut self, key: usize, known: &Known<'a>) -> Cell<'a>;
}

impl Row for Contact {
    const NAME: &'static str = "contacts";
    const KEYS: &'static [&'static str] = &["function", "seniority", "holder"];

    fn cell<'a>(&'a mut self, key: usize, [functions, seniorities]: &Known<'a>) -> Cell<'a> {
        match key {
            0 => Cell::Id(&mut self.function, functions, "the id of a function or null"),
            1 => Cell::Id(&mut self.seniority, seniorities, "the id of a seniority or null"),
            _ => Cell::Text(&mut self.holder),
        }
    }
}

impl Row for Share {
    const NAME: &'static str = "rivals";
    const KEYS: &'static [&'static str] = &["name", "category", "time", "cash"];

    fn cell<'a>(&'a mut self, key: usize, _: &Known<'a>) -> Cell<'a> {
        match key {
            0 => Cell::Text(&mut self.name),
            1 => Cell::Unused,
            2 => Cell::Percent(&mut self.time),
            _ => Cell::Percent(&mut self.cash),
        }
    }
}

/// A list of rows. What is beyond the most that are kept is only counted.
pub struct Rows<'a, R> {
    pub path: &'static str,
    pub rows: &'a mut Vec<R>,
    pub known: Known<'a>,
    pub faults: &'a mut Faults,
}

impl<'de, R: Row> Field<'de> for Rows<'_, R> {
    fn wrong(self, found: Found) {
        self.faults.wrong(self.path, "a list of objects", &found);
    }

    fn null(self) {}

    fn list<A: SeqAccess<'de>>(self, mut access: A) -> Result<(), A::Error> {
        let Rows { path, rows, known, faults } = self;
        loop {
            let mut row = R::default();
            let place = Place { path, index: Some(rows.len()) };
            let cells = Cells { place, keys: R::KEYS, row: &mut row, known: &known, faults };
            if access.next_element_seed(Any(cells))?.is_none() {
                return Ok(());
            }
            rows.push(row);
            if rows.len() >= ROWS_MAX {
                break;
            }
        }
        let mut count = rows.len();
        while access.next_element::<IgnoredAny>()?.is_some() {
            count += 1;
        }
        if count > ROWS_MAX {
            faults.add(|| format!("{path}: {count} {}, at most {ROWS_MAX}", R::NAME));
        }
        Ok(())
    }
}

/// The own share: a row without name and category.
pub struct Own<'a> {
    pub share: &'a mut Share,
    pub faults: &'a mut Faults,
}

impl<'de> Field<'de> for Own<'_> {
    fn wrong(self, found: Found) {
        self.cells().wrong(found);
    }

    fn null(self) {}

    fn object<A: MapAccess<'de>>(self, access: A) -> Result<(), A::Error> {
        self.cells().object(access)
    }
}

impl<'a> Own<'a> {
    fn cells(self) -> Cells<'a, Share> {
        let place = Place { path: "$.own", index: None };
        Cells { place, keys: &["", "", "time", "cash"], row: self.share, known: &[&[], &[]], faults: self.faults }
    }
}

/// Where a row stands; written out only for a fault.
#[derive(Clone, Copy)]
struct Place {
    path: &'static str,
    index: Option<usize>,
}

impl Place {
    fn text(self) -> String {
        self.index.map_or_else(|| self.path.into(), |index| element(self.path, index))
    }
}

/// The values of one row.
struct Cells<'a, R> {
    place: Place,
    /// The keys that it takes; a blank one is not for it.
    keys: &'static [&'static str],
    row: &'a mut R,
    known: &'a Known<'a>,
    faults: &'a mut Faults,
}

impl<'de, R: Row> Field<'de> for Cells<'_, R> {
    fn wrong(self, found: Found) {
        let keys: Vec<&str> = self.keys.iter().copied().filter(|key| !key.is_empty()).collect();
        let keys = keys.join(", ");
        self.faults.wrong(&self.place.text(), &format!("an object with {keys}"), &found);
    }

    fn object<A: MapAccess<'de>>(self, mut access: A) -> Result<(), A::Error> {
        let Cells { place, keys, row, known, faults } = self;
        let mut seen = [false; 4];
        loop {
            let key = |key: &str| {
                let at = keys.iter().position(|known| *known == key && !key.is_empty());
                match at.and_then(|at| seen.get_mut(at)) {
                    None => faults.unknown(&place.text(), key, "key"),
                    Some(seen) => {
                        if std::mem::replace(seen, true) {
                            faults.twice(&member(&place.text(), key));
                        }
                    }
                }
                at
            };
            let Some(key) = access.next_key_seed(Key(key))? else {
                return Ok(());
            };
            match key.and_then(|at| Some((at, *keys.get(at)?))) {
                Some((at, key)) => {
                    let cell = row.cell(at, known);
                    access.next_value_seed(Any(Value { place, key, cell, faults }))?;
                }
                None => access.next_value::<IgnoredAny>().map(|_| ())?,
            }
        }
    }
}

/// One value of a row.
struct Value<'a> {
    place: Place,
    key: &'static str,
    cell: Cell<'a>,
    faults: &'a mut Faults,
}

impl Field<'_> for Value<'_> {
    fn wrong(self, found: Found) {
        let expected = match self.cell {
            Cell::Text(_) | Cell::Unused => "a text or null",
            Cell::Id(_, _, expected) => expected,
            Cell::Percent(_) => "a whole number from 0 to 100 or null",
        };
        self.faults.wrong(&member(&self.place.text(), self.key), expected, &found);
    }

    fn null(self) {}

    fn int(self, value: i128) {
        match (u8::try_from(value), self.cell) {
            (Ok(percent @ 0..=100), Cell::Percent(share)) => *share = Some(percent),
            (_, cell) => Value { cell, ..self }.wrong(Found::Int(value)),
        }
    }

    fn text(self, text: &str) {
        match self.cell {
            Cell::Text(to) => to.push_str(text),
            Cell::Id(to, known, _) if known.contains(&text) => to.push_str(text),
            Cell::Unused => {}
            cell => Value { cell, ..self }.wrong(Found::Text(text)),
        }
    }
}
