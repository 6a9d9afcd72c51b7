//! The keys of a pack's texts, in their canonical order.
//!
//! Knows which texts a structure needs, and in which file of the compiled pack each goes. Must not know any text.

use crate::domain::model::{Group, Instrument, Item, Kind, Model, Role, Survey};

/// A file of the compiled pack.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Part {
    /// The structure and what the first questions need.
    First,
    /// What may come later.
    Later,
}

/// One text that a pack must have.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Key {
    pub name: String,
    pub part: Part,
    /// Is it of what is asked? A change makes earlier answers answers to something else.
    pub asked: bool,
    /// A frame sentence: `{subject}` is its only place.
    pub frame: bool,
}

/// The keys of all texts. Ids that are taken twice, which is a fault elsewhere, give one key.
pub fn keys(survey: &Survey) -> Vec<Key> {
    let mut keys = Keys { list: vec![], first: true };
    keys.put("name".into(), Part::First, false);
    for instrument in &survey.instruments {
        keys.instrument(instrument);
        keys.first = false;
    }
    for reading in &survey.readings {
        keys.later(&["reading.", &reading.id], &[".title", ".text"]);
    }
    for method in &survey.methods {
        let name = ["method.", &method.id];
        keys.later(&name, &[".title", ".purpose", ".fits"]);
        for step in 1..=method.steps {
            keys.later(&name, &[&format!(".step-{step}")]);
        }
        keys.later(&name, &[".first", ".source"]);
    }
    keys.list
}

struct Keys {
    list: Vec<Key>,
    /// Are these the keys of the first instrument?
    first: bool,
}

impl Keys {
    fn put(&mut self, name: String, part: Part, asked: bool) {
        if !self.list.iter().any(|key| key.name == name) {
            self.list.push(Key { frame: false, name, part, asked });
        }
    }

    /// Texts of the second file that are not of what is asked.
    fn later(&mut self, name: &[&str], ends: &[&str]) {
        for end in ends {
            self.put(name.concat() + end, Part::Later, false);
        }
    }

    /// A text of what is asked, in the first file where it is of the first instrument.
    fn asked(&mut self, name: &[&str]) {
        let part = if self.first { Part::First } else { Part::Later };
        self.put(name.concat(), part, true);
    }

    /// As [`Keys::asked`], but not needed for the first questions.
    fn beside(&mut self, name: &[&str], ends: &[&str]) {
        for end in ends {
            self.put(name.concat() + end, Part::Later, true);
        }
    }

    fn instrument(&mut self, instrument: &Instrument) {
        let Instrument { id, kind, model, .. } = instrument;
        self.later(&[id], &[".name", ".intro"]);
        let before = self.list.len();
        self.asked(&[id, ".frame.own"]);
        match kind {
            Kind::Gates { .. } => {
                self.beside(&[id], &[".frame.customer"]);
                self.frames(before);
                for level in 1..=model.groups.len() + 1 {
                    let level = level.to_string();
                    self.beside(&[id, ".level-", &level], &[".name", ".short", ".supplier", ".sees"]);
                }
                for group in &model.groups {
                    self.titles(id, group);
                    self.items(group, true);
                }
            }
            Kind::Axes { quadrants, .. } => {
                self.frames(before);
                self.later(&[id], &[".means", ".limits"]);
                self.axes(id, model);
                for quadrant in quadrants {
                    self.later(&[id, ".quadrant.", quadrant], &[".name", ".means", ".next"]);
                }
            }
            Kind::Practices { functions, seniorities, roles, .. } => {
                self.frames(before);
                for group in &model.groups {
                    self.beside(&[id, ".", &group.id], &[".name"]);
                    self.titles(id, group);
                    self.items(group, false);
                }
                for (what, ids) in [("function", functions), ("seniority", seniorities), ("role", roles)] {
                    for named in ids {
                        self.later(&[id, ".", what, ".", named], &[""]);
                    }
                }
            }
        }
        for tick in model.signals.iter().chain(&model.risks) {
            self.asked(&[tick]);
        }
    }

    fn axes(&mut self, id: &str, model: &Model) {
        let mut headed = false;
        for group in &model.groups {
            if group.role == Role::Axis {
                self.beside(&[id, ".", &group.id], &[".name"]);
                self.titles(id, group);
                self.beside(&[id, ".", &group.id], &[".low", ".high"]);
            } else if !std::mem::replace(&mut headed, true) {
                // Pillars, mortar and choice share a page, and its heading.
                self.asked(&[id, ".pillars.title"]);
                self.asked(&[id, ".pillars.intro"]);
            }
            match group.role {
                Role::Choice => group.items.iter().for_each(|item: &Item| self.asked(&[&item.id])),
                Role::Axis => self.items(group, false),
                _ => {
                    // Named beside its questions.
                    self.asked(&[id, ".", &group.id, ".name"]);
                    self.items(group, false);
                }
            }
        }
    }

    fn titles(&mut self, id: &str, group: &Group) {
        self.asked(&[id, ".", &group.id, ".title"]);
        self.asked(&[id, ".", &group.id, ".intro"]);
    }

    fn items(&mut self, group: &Group, customer: bool) {
        for item in &group.items {
            self.asked(&[&item.id, ".own"]);
            if customer {
                self.beside(&[&item.id], &[".customer"]);
            }
        }
    }

    /// Marks the keys from a place on as frame sentences.
    fn frames(&mut self, from: usize) {
        self.list.iter_mut().skip(from).for_each(|key| key.frame = true);
    }
}
