//! Finds items and signals by their id, fast: built once for a pack.
//!
//! Knows ids. Must not know answers.

use crate::domain::model::Model;
use crate::pack::compiled::fnv1a;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

type Table = HashMap<Box<[u8]>, usize, BuildHasherDefault<Fnv>>;

/// The tables of a pack.
pub struct Ids {
    items: Table,
    signals: Table,
}

impl Ids {
    pub fn of(model: &Model) -> Ids {
        let table = |ids: Vec<&String>| ids.into_iter().map(|id| id.as_bytes().into()).zip(0..).collect();
        Ids {
            items: table(model.items().map(|(_, item)| &item.id).collect()),
            signals: table(model.signals.iter().collect()),
        }
    }

    pub fn item(&self, id: &str) -> Option<usize> {
        self.items.get(id.as_bytes()).copied()
    }

    pub fn signal(&self, id: &str) -> Option<usize> {
        self.signals.get(id.as_bytes()).copied()
    }
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
