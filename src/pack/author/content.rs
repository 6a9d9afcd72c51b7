//! Reads the files of texts, one a language, against the keys that a structure needs.
//!
//! Knows the rules of texts, of language codes and of versions. Must not know what a key is for.

use super::fault::{Fault, member, quote};
use super::keys::Key;
use super::node::Node;
use super::walk::{At, Walk};

/// The texts of one language.
pub type Texts = Vec<(String, String)>;

/// Where every `{` has its `}`; what else is a fault.
const BRACES: &str = "every { closed by } around a name of a-z and 0-9";

/// Reads the texts of a language. `keys` is `None` where the structure is too wrong to say what is needed: then only
/// the texts themselves are checked. `model` is the first language, whose places in braces the others must have.
pub fn read_texts(
    lang: &str,
    bytes: &[u8],
    keys: Option<&[Key]>,
    model: Option<&Texts>,
    faults: &mut Vec<Fault>,
) -> Texts {
    let mut walk = Walk::default();
    let texts = match Node::read(bytes) {
        Ok(node) => check(&node, keys, model, &mut walk),
        Err(fault) => {
            walk.faults.push(fault);
            Vec::new()
        }
    };
    faults.extend(walk.faults.into_iter().map(|fault| Fault { path: format!("{lang}: {}", fault.path), ..fault }));
    texts
}

fn check(node: &Node, keys: Option<&[Key]>, model: Option<&Texts>, walk: &mut Walk) -> Texts {
    let root = At::root(node);
    let written: Vec<&str> = match node {
        Node::Map(members) => members.iter().map(|(key, _)| key.as_str()).collect(),
        _ => Vec::new(),
    };
    let (known, frames): (Vec<&str>, Vec<bool>) = match keys {
        Some(keys) => keys.iter().map(|key| (key.name.as_str(), key.frame)).unzip(),
        None => {
            let once = written.iter().enumerate().filter(|(at, key)| !written.iter().take(*at).any(|old| old == *key));
            once.map(|(_, key)| (*key, false)).unzip()
        }
    };
    let object = walk.object(&root, &known, "a key of the texts that this pack needs");
    let mut texts = Vec::with_capacity(known.len());
    for (key, frame) in known.iter().zip(frames) {
        let Some(at) = object.get(key) else { break };
        let before = walk.faults.len();
        let Some(text) = walk.line(&at) else { continue };
        if walk.faults.len() == before {
            let wanted = model.and_then(|model| model.iter().find(|(known, _)| known == key));
            in_braces(&text, frame, wanted.and_then(|(_, text)| places(text)), &at, walk);
        }
        texts.push((key.to_string(), text));
    }
    texts
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
