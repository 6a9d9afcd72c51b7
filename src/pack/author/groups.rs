//! Reads the instruments that are made of groups: axes and practices.
//!
//! Knows the rules of these kinds. Must not know gates, readings, methods or texts.

use super::instruments::ITEMS_MAX;
use super::parts::{AuthorGroup, AuthorInstrument, Contacts, GroupItem, ItemKind};
use super::reader::{ID, Reader};
use super::walk::At;
use crate::pack::compiled::is_id;

/// No group can be called so: these are facts of an instrument, steps of a visit, or parts of the keys of texts.
pub const RESERVED: [&str; 28] = [
    "review",
    "result",
    "people",
    "shares",
    "signs",
    "level",
    "upto",
    "position",
    "confidence",
    "contradiction",
    "quadrant",
    "border",
    "ready",
    "cemented",
    "choice",
    "weakest",
    "contacts",
    "wide",
    "deep",
    "single",
    "time-rank",
    "cash-rank",
    "ahead",
    "pillars",
    "frame",
    "function",
    "seniority",
    "role",
];
impl Reader {
    pub fn axes(&mut self, at: &At) -> Option<AuthorInstrument> {
        const KEYS: [&str; 10] =
            ["kind", "id", "minutes", "line", "border", "axes", "pillars", "mortar", "choice", "quadrants"];
        let object = self.walk.object(at, &KEYS, "a key of an instrument of axes");
        let (id, minutes) = (self.part_id(&object), self.minutes(&object));
        let line = object.get("line").and_then(|at| self.walk.int(&at, 1, 99));
        let border = object.get("border").and_then(|at| self.walk.int(&at, 0, 49));
        let mut taken = Vec::new();
        let axes = object.get("axes").and_then(|at| self.groups(&at, (2, 2), 3, &mut taken));
        let pillars = match object.optional("pillars") {
            Some(at) => self.groups(&at, (0, 12), 1, &mut taken),
            None => Some(Vec::new()),
        };
        let mortar = match object.optional("mortar") {
            Some(at) => self.group(&at, 1, &mut taken).map(Some),
            None => Some(None),
        };
        let choice = match object.optional("choice") {
            Some(at) => self.new_id(&at).map(Some),
            None => Some(None),
        };
        let quadrants = object.get("quadrants").and_then(|at| self.names(&at, 4, 4));
        Some(AuthorInstrument::Axes {
            id: id?,
            minutes: minutes?,
            line: line?,
            border: border?,
            axes: axes?,
            pillars: pillars?,
            mortar: mortar?,
            choice: choice?,
            quadrants: quadrants?,
        })
    }

    pub fn practices(&mut self, at: &At) -> Option<AuthorInstrument> {
        const KEYS: [&str; 6] = ["kind", "id", "minutes", "practices", "contacts", "shares"];
        let object = self.walk.object(at, &KEYS, "a key of an instrument of practices");
        let (id, minutes) = (self.part_id(&object), self.minutes(&object));
        let practices = object.get("practices").and_then(|at| self.groups(&at, (1, 20), 1, &mut Vec::new()));
        let contacts = match object.optional("contacts") {
            Some(at) => self.contacts(&at).map(Some),
            None => Some(None),
        };
        let shares = object.optional("shares").is_some_and(|at| self.walk.flag(&at));
        Some(AuthorInstrument::Practices {
            id: id?,
            minutes: minutes?,
            practices: practices?,
            contacts: contacts?,
            shares,
        })
    }

    fn contacts(&mut self, at: &At) -> Option<Contacts> {
        const KEYS: [&str; 3] = ["functions", "seniorities", "roles"];
        let object = self.walk.object(at, &KEYS, "a key of the contacts");
        let [functions, seniorities, roles] = KEYS.map(|key| object.get(key).and_then(|at| self.names(&at, 1, 30)));
        Some(Contacts { functions: functions?, seniorities: seniorities?, roles: roles? })
    }

    /// A list of ids, each once.
    fn names(&mut self, at: &At, least: usize, most: usize) -> Option<Vec<String>> {
        let mut seen: Vec<&str> = Vec::new();
        self.all(at, least, most, |reader, at, _| {
            let id = reader.walk.word(at, ID, is_id)?;
            if seen.contains(&id) {
                reader.walk.wrong(at, "each id once");
            }
            seen.push(id);
            Some(id.to_string())
        })
    }

    /// Groups of at least `items` items; `taken` are the ids of the instrument's groups so far, with their paths.
    fn groups(
        &mut self,
        at: &At,
        (least, most): (usize, usize),
        items: usize,
        taken: &mut Vec<(String, String)>,
    ) -> Option<Vec<AuthorGroup>> {
        self.all(at, least, most, |reader, at, _| reader.group(at, items, taken))
    }

    fn group(&mut self, at: &At, least: usize, taken: &mut Vec<(String, String)>) -> Option<AuthorGroup> {
        let object = self.walk.object(at, &["id", "items"], "a key of a group");
        let id = object.get("id").and_then(|at| {
            let id = self.walk.word(&at, ID, is_id)?;
            if RESERVED.contains(&id) {
                self.walk.wrong(&at, "an id that is no fact or page of an instrument (docs/packs.md lists them)");
            } else if let Some((_, path)) = taken.iter().find(|(known, _)| known == id) {
                self.walk.wrong(&at, format!("an id that is not taken, as this one is by {path}"));
            }
            taken.push((id.into(), at.path));
            Some(id.to_string())
        });
        let items =
            object.get("items").and_then(|at| self.all(&at, least, ITEMS_MAX, |reader, at, _| reader.group_item(at)));
        Some(AuthorGroup { id: id?, items: items? })
    }

    fn group_item(&mut self, at: &At) -> Option<GroupItem> {
        let object = self.walk.object(at, &["id", "kind", "note"], "a key of an item outside of gates");
        let id = object.get("id").and_then(|at| self.new_id(&at));
        let kind = match object.optional("kind") {
            Some(at) => self.walk.choice(&at, &ItemKind::NAMES),
            None => Some(ItemKind::default()),
        };
        let note = object.optional("note").is_some_and(|at| self.walk.flag(&at));
        Some(GroupItem { id: id?, kind: kind?, note })
    }
}
