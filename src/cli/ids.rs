//! Finds items, signals and risks by their id, fast: built once for a pack.
//!
//! Knows ids. Must not know answers.

use crate::domain::model::{Item, Model, Place, Survey};
use crate::pack::compiled::fnv1a;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

type Table<T> = HashMap<Box<[u8]>, T, BuildHasherDefault<Fnv>>;

/// The tables of a pack, over all its instruments. The places of signals and risks are indices into theirs.
pub struct Ids<'a> {
    items: Table<(Place, &'a Item)>,
    signals: Table<Place>,
    risks: Table<Place>,
}

impl<'a> Ids<'a> {
    pub fn of(survey: &'a Survey) -> Ids<'a> {
        Ids {
            items: table(
                survey,
                |model| model.items().map(|(_, item)| (&item.id, item)).collect(),
                |at, item| (at, item),
            ),
            signals: table(survey, |model| model.signals.iter().map(|id| (id, ())).collect(), |at, ()| at),
            risks: table(survey, |model| model.risks.iter().map(|id| (id, ())).collect(), |at, ()| at),
        }
    }

    pub fn item(&self, id: &str) -> Option<(Place, &'a Item)> {
        self.items.get(id.as_bytes()).copied()
    }

    pub fn signal(&self, id: &str) -> Option<Place> {
        self.signals.get(id.as_bytes()).copied()
    }

    pub fn risk(&self, id: &str) -> Option<Place> {
        self.risks.get(id.as_bytes()).copied()
    }
}

fn table<'a, T, U>(
    survey: &'a Survey,
    ids: fn(&'a Model) -> Vec<(&'a String, T)>,
    entry: fn(Place, T) -> U,
) -> Table<U> {
    let mut table = Table::default();
    for (part, instrument) in survey.instruments.iter().enumerate() {
        for (item, (id, what)) in ids(&instrument.model).into_iter().enumerate() {
            table.insert(id.as_bytes().into(), entry(Place { part, item }, what));
        }
    }
    table
}

/// A short hash for short keys. The tables are fixed, so no input can make them slow.
#[derive(Default)]
struct Fnv(u64);

impl Hasher for Fnv {
    fn finish(&self) -> u64 {
        // The table takes its bucket from the low bits and its tag from the high ones.
        self.0.wrapping_mul(0x9e37_79b9_7f4a_7c15)
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = self.0.rotate_left(32) ^ u64::from(fnv1a(bytes));
    }

    fn write_usize(&mut self, _: usize) {
        // The length of a key adds nothing to its bytes.
    }
}
