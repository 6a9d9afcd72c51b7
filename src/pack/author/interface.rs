//! Interface texts: a file of them, and those that a pack says in its own words.
//!
//! Knows the rules of the file and of the words. Must not know what a key is for.

use super::content::{BRACES, places};
use super::fault::{Fault, member, quote};
use super::node::Node;
use super::types::Author;
use super::walk::{At, Walk};
use crate::pack::texts::KEYS;

/// The texts in the order of `keys`, each of them there and nothing else. Where `model` is given (the texts of the
/// first language), every text must have the same `{places}`.
pub fn read_interface(bytes: &[u8], keys: &[&str], model: Option<&[String]>) -> Result<Vec<String>, Vec<Fault>> {
    let node = Node::read(bytes).map_err(|fault| vec![fault])?;
    let mut walk = Walk::default();
    let object = walk.object(&At::root(&node), keys, "a key of the interface");
    let mut texts = Vec::with_capacity(keys.len());
    for (index, key) in keys.iter().enumerate() {
        let Some(at) = object.get(key) else { break };
        let Some(text) = walk.line(&at) else { continue };
        let names = places(&text);
        let wanted = model.and_then(|texts| texts.get(index)).and_then(|text| places(text));
        match (names, wanted) {
            (None, _) => walk.wrong(&at, BRACES),
            (Some(names), Some(wanted)) if names != wanted => {
                walk.wrong(&at, format!("the places of the first language, {{{}}}", wanted.join("} {")));
            }
            _ => texts.push(text),
        }
    }
    if walk.faults.is_empty() { Ok(texts) } else { Err(walk.faults) }
}

/// What is wrong with a pack's own interface texts of a language. `model` are the texts of a language that is shipped:
/// their places are the ones to have. Where the language itself is not `shipped`, all texts must be there.
pub fn ui_faults(author: &Author, lang: &str, model: &[String], shipped: bool) -> Vec<Fault> {
    let Some(own) = author.ui_of(lang) else { return Vec::new() };
    let mut faults = Vec::new();
    if !shipped && own.texts.is_empty() {
        let expected = format!("all {} texts ui.* of the interface, which has no {lang} of its own", KEYS.len());
        return vec![Fault { path: own.path.clone(), expected, found: "none".into() }];
    }
    for (key, model) in KEYS.iter().zip(model) {
        let path = || member(&own.path, &["ui.", key].concat());
        match own.texts.iter().find(|(known, _)| known == key) {
            None if !shipped => {
                let expected = format!("a text, as the interface has no {lang} of its own");
                faults.push(Fault { path: path(), expected, found: "nothing".into() });
            }
            Some((_, text)) if places(text) != places(model) => {
                let wanted = places(model).filter(|names| !names.is_empty());
                let wanted = wanted.map_or("none".into(), |names| format!("{{{}}}", names.join("} {")));
                let expected = format!("the places of the shipped text, {wanted}");
                faults.push(Fault { path: path(), expected, found: quote(text) });
            }
            _ => {}
        }
    }
    faults
}
