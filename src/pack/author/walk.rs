//! Walks a JSON tree and collects every fault instead of stopping at the first.
//!
//! Knows JSON shapes and how a fault is noted. Must not know packs.

use super::fault::{Fault, element, member, quote};
use super::node::Node;
use std::collections::BTreeSet;

/// A place in the tree: where it is, and what is there (`None`: nothing).
#[derive(Clone)]
pub struct At<'n> {
    pub path: String,
    pub node: Option<&'n Node>,
}

/// An object whose keys are known.
pub struct Object<'n> {
    path: String,
    /// `None` where there is no object: then its members are not reported one by one.
    members: Option<&'n [(String, Node)]>,
}

/// The faults so far.
#[derive(Default)]
pub struct Walk {
    pub faults: Vec<Fault>,
}

impl<'n> At<'n> {
    pub fn root(node: &'n Node) -> At<'n> {
        At { path: "$".into(), node: Some(node) }
    }
}

impl<'n> Object<'n> {
    /// One member; `None` where the object itself is missing, which has been reported.
    pub fn get(&self, key: &str) -> Option<At<'n>> {
        let node = self.members?.iter().find(|(name, _)| name == key).map(|(_, node)| node);
        Some(At { path: member(&self.path, key), node })
    }

    /// As [`Object::get`], but `None` also where the member is left out.
    pub fn optional(&self, key: &str) -> Option<At<'n>> {
        self.get(key).filter(|at| at.node.is_some())
    }

    pub fn path(&self) -> &str {
        &self.path
    }
}

impl Walk {
    pub fn fault(&mut self, path: impl Into<String>, expected: impl Into<String>, found: impl Into<String>) {
        self.faults.push(Fault { path: path.into(), expected: expected.into(), found: found.into() });
    }

    /// Notes that something else is at a place, or nothing.
    pub fn wrong(&mut self, at: &At, expected: impl Into<String>) {
        self.fault(at.path.as_str(), expected, at.node.map_or("nothing".into(), Node::describe));
    }

    /// An object. `known` are its keys, `what` says so in a message; other keys and repeated ones are faults.
    pub fn object<'n>(&mut self, at: &At<'n>, known: &[&str], what: &str) -> Object<'n> {
        let what = if known.len() > 24 { what.to_string() } else { format!("{what}: {}", known.join(", ")) };
        let there = self.members(at, &known.iter().copied().collect(), &what);
        let members = match at.node {
            Some(Node::Map(members)) if there => Some(members.as_slice()),
            _ => None,
        };
        Object { path: at.path.clone(), members }
    }

    /// Checks the keys of an object, comments left out; `false` where there is no object.
    pub fn members(&mut self, at: &At, known: &BTreeSet<&str>, what: &str) -> bool {
        let Some(Node::Map(members)) = at.node else {
            self.wrong(at, "an object");
            return false;
        };
        let mut seen = BTreeSet::new();
        for (key, node) in members.iter().filter(|(key, _)| key != COMMENT) {
            let here = || member(&at.path, key);
            if !seen.insert(key.as_str()) {
                self.fault(here(), "each key once", "it again");
            } else if !known.contains(key.as_str()) {
                self.fault(here(), what, format!("the unknown key {} with {}", quote(key), node.describe()));
            }
        }
        true
    }

    /// The elements of a list of `least` to `most`.
    pub fn list<'n>(&mut self, at: &At<'n>, least: usize, most: usize) -> Vec<At<'n>> {
        let Some(Node::List(list)) = at.node else {
            self.wrong(at, "a list");
            return Vec::new();
        };
        if !(least..=most).contains(&list.len()) {
            let expected =
                if least == most { format!("a list of {least}") } else { format!("a list of {least} to {most}") };
            self.wrong(at, expected);
        }
        let elements = list.iter().take(most).enumerate();
        elements.map(|(index, node)| At { path: element(&at.path, index), node: Some(node) }).collect()
    }

    /// A whole number in a range; outside of it `None`.
    pub fn int(&mut self, at: &At, least: u8, most: u8) -> Option<u8> {
        let value = match at.node {
            Some(Node::Int(value)) => u8::try_from(*value).ok().filter(|value| (least..=most).contains(value)),
            _ => None,
        };
        if value.is_none() {
            let expected =
                if least == most { least.to_string() } else { format!("a whole number from {least} to {most}") };
            self.wrong(at, expected);
        }
        value
    }

    pub fn flag(&mut self, at: &At) -> bool {
        match at.node {
            Some(Node::Bool(value)) => *value,
            _ => {
                self.wrong(at, "true or false");
                false
            }
        }
    }

    /// A string that `right` accepts; `expected` describes it.
    pub fn word<'n>(&mut self, at: &At<'n>, expected: &str, right: impl Fn(&str) -> bool) -> Option<&'n str> {
        match at.node {
            Some(Node::Text(text)) if right(text) => Some(text),
            _ => {
                self.wrong(at, expected);
                None
            }
        }
    }

    /// One of a few names.
    pub fn choice<T: Copy>(&mut self, at: &At, names: &[(&str, T)]) -> Option<T> {
        let found = match at.node {
            Some(Node::Text(text)) => names.iter().find(|(name, _)| name == text).map(|(_, value)| *value),
            _ => None,
        };
        if found.is_none() {
            let names: Vec<&str> = names.iter().map(|(name, _)| *name).collect();
            self.wrong(at, format!("one of {}", names.join(" ")));
        }
        found
    }

    /// A line that a reader of the page sees: not empty, no tab or line break, not endless.
    pub fn line(&mut self, at: &At) -> Option<String> {
        let Some(Node::Text(text)) = at.node else {
            self.wrong(at, "a text");
            return None;
        };
        if text.trim().is_empty() {
            self.fault(at.path.as_str(), "a text", "an empty one");
        } else if let Some(control) = text.chars().find(|c| c.is_control()) {
            self.fault(
                at.path.as_str(),
                "a text without tab, line break or other control character",
                format!("{control:?} in it"),
            );
        } else if text.chars().nth(LINE_MAX).is_some() {
            self.fault(
                at.path.as_str(),
                format!("a text of at most {LINE_MAX} characters"),
                format!("{}", text.chars().count()),
            );
        }
        Some(text.clone())
    }
}

/// The key of a comment, in any object, any number of times.
pub const COMMENT: &str = "//";
/// The longest text, in characters.
pub const LINE_MAX: usize = 1000;
