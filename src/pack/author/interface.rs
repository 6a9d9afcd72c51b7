//! Reads an interface file: one flat JSON object from key to text.
//!
//! Knows the rules of the file. Must not know what a key is for.

use super::content::places;
use super::fault::Fault;
use super::node::Node;
use super::walk::{At, Walk};

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
            (None, _) => walk.wrong(&at, "every { closed by } around a name of a-z and 0-9"),
            (Some(names), Some(wanted)) if names != wanted => {
                walk.wrong(&at, format!("the places of the first language, {{{}}}", wanted.join("} {")));
            }
            _ => texts.push(text),
        }
    }
    if walk.faults.is_empty() { Ok(texts) } else { Err(walk.faults) }
}
