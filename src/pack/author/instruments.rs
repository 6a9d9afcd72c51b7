//! Reads the instruments of an author's pack, and those of gates in full (the other kinds: `groups`).
//!
//! Knows the rules of instruments. Must not know readings, methods or texts.

use super::fault::member;
use super::node::Node;
use super::parts::{AuthorGate, AuthorInstrument, AuthorItem, ItemKind, ItemTag, Minutes};
use super::reader::{ID, Reader};
use super::walk::{At, Object};
use crate::pack::compiled::{LEVELS_MAX, is_id, is_item_id};

const ITEM_ID: &str = "1 to 24 of a-z, 0-9 and -, a letter first and at least one -";
/// The most items of a group.
pub const ITEMS_MAX: usize = 100;
const TICKS_MAX: usize = 50;

/// No instrument can be called so: a step of a visit, and the beginnings of the keys of other texts.
pub const RESERVED_PARTS: [&str; 5] = ["plan", "reading", "method", "brand", "ui"];

impl Reader {
    pub fn instruments(&mut self, at: &At) -> Option<Vec<AuthorInstrument>> {
        let instruments = self.all(at, 1, 20, |reader, at, _| reader.instrument(at))?;
        self.once(&at.path, instruments.iter().map(AuthorInstrument::id));
        Some(instruments)
    }

    fn instrument(&mut self, at: &At) -> Option<AuthorInstrument> {
        // The kind says which keys there can be, so it is looked at first.
        const KINDS: [(&str, u8); 3] = [("gates", 0), ("axes", 1), ("practices", 2)];
        let Some(Node::Map(members)) = at.node else {
            self.walk.wrong(at, "an object");
            return None;
        };
        let kind = members.iter().find(|(key, _)| key == "kind").map(|(_, node)| node);
        let kind = self.walk.choice(&At { path: member(&at.path, "kind"), node: kind }, &KINDS)?;
        match kind {
            0 => self.gates(at),
            1 => self.axes(at),
            _ => self.practices(at),
        }
    }

    pub fn part_id(&mut self, object: &Object) -> Option<String> {
        let at = object.get("id")?;
        let id = self.walk.word(&at, ID, is_id)?;
        if RESERVED_PARTS.contains(&id) {
            self.walk.wrong(&at, format!("an id other than {}", RESERVED_PARTS.join(" ")));
        }
        Some(id.into())
    }

    pub fn minutes(&mut self, object: &Object) -> Option<Minutes> {
        let at = object.get("minutes")?;
        match at.node {
            Some(Node::Map(_)) => {
                let object = self.walk.object(&at, &["short", "full"], "a key of the minutes");
                let [short, full] =
                    ["short", "full"].map(|key| object.get(key).and_then(|at| self.walk.int(&at, 1, 99)));
                Some(Minutes::Each { short: short?, full: full? })
            }
            Some(Node::Int(_)) => self.walk.int(&at, 1, 99).map(Minutes::Same),
            _ => {
                self.walk.wrong(&at, "a whole number from 1 to 99, or {\"short\": n, \"full\": n}");
                None
            }
        }
    }

    fn gates(&mut self, at: &At) -> Option<AuthorInstrument> {
        const KEYS: [&str; 7] = ["kind", "id", "minutes", "chasm", "gates", "signals", "risks"];
        let object = self.walk.object(at, &KEYS, "a key of an instrument of gates");
        let (id, minutes) = (self.part_id(&object), self.minutes(&object));
        let places = object.get("gates")?;
        let levels = match places.node {
            Some(Node::List(list)) if list.len() < LEVELS_MAX => list.len() + 1,
            _ => LEVELS_MAX,
        };
        let chasm = match object.optional("chasm") {
            Some(at) => self.walk.int(&at, 0, u8::try_from(levels.saturating_sub(1)).unwrap_or(u8::MAX)),
            None => Some(0),
        };
        let gates = self.all(&places, 2, LEVELS_MAX - 1, |reader, at, index| reader.gate(at, index + 2));
        for (index, short) in gates.iter().flat_map(|gates| lacking(gates)) {
            let expected = "at least three items with \"short\": true, as the instrument has a short form";
            self.walk.fault(format!("{}[{index}].items", places.path), expected, short.to_string());
        }
        let [signals, risks] = ["signals", "risks"].map(|key| match object.optional(key) {
            Some(at) => self.all(&at, 0, TICKS_MAX, |reader, at, _| reader.new_id(at)),
            None => Some(Vec::new()),
        });
        Some(AuthorInstrument::Gates {
            id: id?,
            minutes: minutes?,
            chasm: chasm?,
            gates: gates?,
            signals: signals?,
            risks: risks?,
        })
    }

    fn gate(&mut self, at: &At, level: usize) -> Option<AuthorGate> {
        let object = self.walk.object(at, &["id", "items"], "a key of a gate");
        let name = format!("gate-{level}");
        let id = object.get("id").and_then(|at| self.walk.word(&at, &name, |id| id == name));
        let items = object.get("items").and_then(|at| self.all(&at, 3, ITEMS_MAX, |reader, at, _| reader.item(at)));
        Some(AuthorGate { id: id?.into(), items: items? })
    }

    fn item(&mut self, at: &At) -> Option<AuthorItem> {
        const KEYS: [&str; 6] = ["id", "kind", "tag", "critical", "short", "note"];
        let object = self.walk.object(at, &KEYS, "a key of an item");
        let id = object.get("id").and_then(|at| self.new_id(&at));
        let kind = object.get("kind").and_then(|at| self.walk.choice(&at, &ItemKind::NAMES));
        let tag = object.get("tag").and_then(|at| self.walk.choice(&at, &ItemTag::NAMES));
        let [critical, short, note] =
            ["critical", "short", "note"].map(|key| object.optional(key).is_some_and(|at| self.walk.flag(&at)));
        Some(AuthorItem { id: id?, kind: kind?, tag: tag?, critical, short, note })
    }

    /// An id that no item, signal or risk of the pack has.
    pub fn new_id(&mut self, at: &At) -> Option<String> {
        let id = self.walk.word(at, ITEM_ID, is_item_id)?;
        match self.ids.iter().find(|(known, _)| known == id) {
            Some((_, path)) => {
                let expected = format!("an id that is not taken, as this one is by {path}");
                self.walk.wrong(at, expected);
            }
            None => self.ids.push((id.into(), at.path.clone())),
        }
        Some(id.into())
    }
}

/// Where there is a short form, it must be able to determine every gate: those with fewer than three of its items.
fn lacking(gates: &[AuthorGate]) -> Vec<(usize, usize)> {
    let count = |gate: &AuthorGate| gate.items.iter().filter(|item| item.short).count();
    let counts: Vec<usize> = gates.iter().map(count).collect();
    if counts.iter().all(|count| *count == 0) {
        return Vec::new();
    }
    counts.into_iter().enumerate().filter(|(_, count)| *count < 3).collect()
}
