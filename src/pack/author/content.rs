//! Reads the texts of one language, in a file of their own or in the pack, against the keys that a structure needs.
//!
//! Knows the rules of texts, of language codes and of versions. Must not know what a key is for.

use super::fault::{Fault, member, quote};
use super::keys::Key;
use super::node::Node;
use super::walk::{At, COMMENT, Walk};
use crate::pack::texts::KEYS;
use std::collections::{BTreeMap, BTreeSet};

/// The texts of one language: key and text.
pub type Texts = Vec<(String, String)>;

/// Interface texts that a pack says in its own words, for one language.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Overrides {
    /// Where the texts of this language stand, for a fault: `nl: $`, or `$.texts.nl` in the pack itself.
    pub path: String,
    /// Key without `ui.`, and text, in the order of the interface.
    pub texts: Texts,
}

/// Where the texts of a language are.
pub enum Source<'a> {
    /// A file beside the pack.
    File(&'a [u8]),
    /// Its `texts`.
    Inside(&'a Node),
}

/// What stands before the key of an interface text.
const UI: &str = "ui.";
/// Where every `{` has its `}`; what else is a fault.
pub const BRACES: &str = "every { closed by } around a name of a-z and 0-9";

/// Reads the texts of a language, those of the pack and those of the interface. `keys` is `None` where the structure is
/// too wrong to say what is needed: then only the texts themselves are checked. `model` is the first language, whose
/// places in braces the others must have.
pub fn read_texts(
    lang: &str,
    source: Source,
    keys: Option<&[Key]>,
    model: Option<&Texts>,
    faults: &mut Vec<Fault>,
) -> (Texts, Overrides) {
    let mut walk = Walk::default();
    let (read, path) = match source {
        Source::Inside(node) => {
            let at = At { path: member("$.texts", lang), node: Some(node) };
            let path = at.path.clone();
            (check(&at, keys, model, &mut walk), path)
        }
        Source::File(bytes) => {
            let read = match Node::read(bytes) {
                Ok(node) => check(&At::root(&node), keys, model, &mut walk),
                Err(fault) => {
                    walk.faults.push(fault);
                    Default::default()
                }
            };
            walk.faults.iter_mut().for_each(|fault| fault.path = format!("{lang}: {}", fault.path));
            (read, format!("{lang}: $"))
        }
    };
    faults.append(&mut walk.faults);
    let (texts, own) = read;
    (texts, Overrides { path, texts: own })
}

/// The texts of the pack and those of the interface.
fn check(root: &At, keys: Option<&[Key]>, model: Option<&Texts>, walk: &mut Walk) -> (Texts, Texts) {
    let members: &[(String, Node)] = match root.node {
        Some(Node::Map(members)) => members,
        _ => &[],
    };
    let written: BTreeMap<&str, &Node> = members.iter().rev().map(|(key, node)| (key.as_str(), node)).collect();
    let own: Vec<&str> = written.keys().copied().filter(|key| key.starts_with(UI)).collect();
    let (needed, frames): (Vec<&str>, Vec<bool>) = match keys {
        Some(keys) => keys.iter().map(|key| (key.name.as_str(), key.frame)).unzip(),
        None => {
            let mut once = BTreeSet::new();
            let keys =
                members.iter().map(|(key, _)| key.as_str()).filter(|key| !key.starts_with(UI) && *key != COMMENT);
            keys.filter(|key| once.insert(*key)).map(|key| (key, false)).unzip()
        }
    };
    let known: BTreeSet<&str> = needed.iter().chain(&own).copied().collect();
    if !walk.members(root, &known, "a key of the texts that this pack needs") {
        return Default::default();
    }
    let place = |key: &str| At { path: member(&root.path, key), node: written.get(key).copied() };
    let mut texts = Vec::with_capacity(needed.len());
    for (key, frame) in needed.into_iter().zip(frames) {
        let at = place(key);
        let before = walk.faults.len();
        let Some(text) = walk.line(&at) else { continue };
        if walk.faults.len() == before {
            let wanted = model.and_then(|model| model.iter().find(|(known, _)| known == key));
            in_braces(&text, frame, wanted.and_then(|(_, text)| places(text)), &at, walk);
        }
        texts.push((key.to_string(), text));
    }
    (texts, interface(&own, place, walk))
}

/// The interface texts among the written keys.
fn interface<'n>(own: &[&str], place: impl Fn(&str) -> At<'n>, walk: &mut Walk) -> Texts {
    let mut texts = Vec::new();
    for key in own {
        let at = place(key);
        let Some(index) = key.strip_prefix(UI).and_then(|key| KEYS.iter().position(|known| *known == key)) else {
            walk.fault(at.path.as_str(), "ui. and the key of an interface text", quote(key));
            continue;
        };
        let before = walk.faults.len();
        let Some(text) = walk.line(&at) else { continue };
        if walk.faults.len() == before && places(&text).is_none() {
            walk.wrong(&at, BRACES);
        }
        texts.push((index, text));
    }
    texts.sort();
    texts.into_iter().filter_map(|(index, text)| Some((KEYS.get(index)?.to_string(), text))).collect()
}

/// Checks the places of one text; `wanted` are those of the first language.
fn in_braces(text: &str, frame: bool, wanted: Option<Vec<String>>, at: &At, walk: &mut Walk) {
    match (places(text), wanted) {
        (names, _) if frame && !names.as_ref().is_some_and(|names| names.iter().all(|name| name == "subject")) => {
            walk.wrong(at, "{subject} as the only place in braces");
        }
        (None, _) => walk.wrong(at, BRACES),
        (Some(names), Some(wanted)) if names != wanted => {
            let wanted = if wanted.is_empty() { "none".into() } else { format!("{{{}}}", wanted.join("} {")) };
            walk.wrong(at, format!("the places of the first language, {wanted}"));
        }
        _ => {}
    }
}

/// What is said of a language whose file is not there, or not called by a language.
pub fn no_language(code: &str, expected: &str) -> Fault {
    Fault { path: member("$", "language"), expected: expected.into(), found: quote(code) }
}

/// A code as in `en` or `pt-BR`.
pub fn is_language(code: &str) -> bool {
    let (main, region) = code.split_once('-').map_or((code, None), |(main, region)| (main, Some(region)));
    (2..=3).contains(&main.len())
        && main.bytes().all(|b| b.is_ascii_lowercase())
        && region.is_none_or(|r| (2..=8).contains(&r.len()) && r.bytes().all(|b| b.is_ascii_alphanumeric()))
}

/// Three numbers, as in `1.0.0`.
pub fn is_version(version: &str) -> bool {
    let parts: Vec<&str> = version.split('.').collect();
    parts.len() == 3 && parts.iter().all(|p| (1..=9).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_digit()))
}

/// The names in braces, sorted, each once; `None` where a brace has no partner or a name is not a-z and 0-9.
pub fn places(text: &str) -> Option<Vec<String>> {
    let mut names = Vec::new();
    let mut parts = text.split('{');
    if parts.next()?.contains('}') {
        return None;
    }
    for part in parts {
        let (name, rest) = part.split_once('}')?;
        let plain = !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
        if !plain || rest.contains('}') {
            return None;
        }
        names.push(name.to_string());
    }
    names.sort();
    names.dedup();
    Some(names)
}
