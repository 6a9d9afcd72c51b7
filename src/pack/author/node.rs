//! A JSON value as it was written: keys in their order, duplicates kept so that they can be named.
//!
//! Knows JSON and its limits (size, depth). Must not know packs.

use super::SIZE_MAX;
use super::fault::{Fault, quote};
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use std::fmt;

#[derive(Clone, PartialEq, Debug)]
pub enum Node {
    Null,
    Bool(bool),
    Int(i64),
    /// Any other number.
    Float(f64),
    Text(String),
    List(Vec<Node>),
    Map(Vec<(String, Node)>),
}

impl Node {
    /// Reads a whole file; a file that is not JSON has one fault, with its line and column.
    pub fn read(bytes: &[u8]) -> Result<Node, Fault> {
        Self::read_up_to(bytes, SIZE_MAX)
    }

    /// The same for a file of at most so many bytes.
    pub fn read_up_to(bytes: &[u8], most: usize) -> Result<Node, Fault> {
        let whole = |expected: String, found: String| Fault { path: "$".into(), expected, found };
        if bytes.len() > most {
            return Err(whole(format!("at most {most} bytes"), format!("{} bytes", bytes.len())));
        }
        let text = std::str::from_utf8(bytes)
            .map_err(|error| whole("UTF-8".into(), format!("a foreign byte at offset {}", error.valid_up_to())))?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        serde_json::from_str(text).map_err(|error| whole("JSON".into(), error.to_string()))
    }

    /// The members of the object that stands under a key of this one; none where there is no such thing.
    pub fn entries(&self, key: &str) -> &[(String, Node)] {
        let Node::Map(map) = self else { return &[] };
        match map.iter().find(|(known, _)| known == key) {
            Some((_, Node::Map(inner))) => inner,
            _ => &[],
        }
    }

    /// What it is, for a message.
    pub fn describe(&self) -> String {
        match self {
            Node::Null => "null".into(),
            Node::Bool(value) => value.to_string(),
            Node::Int(value) => value.to_string(),
            Node::Float(value) => value.to_string(),
            Node::Text(text) => quote(text),
            Node::List(list) => format!("a list of {}", list.len()),
            Node::Map(map) => format!("an object of {}", map.len()),
        }
    }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Node, D::Error> {
        deserializer.deserialize_any(NodeVisitor)
    }
}

struct NodeVisitor;

impl<'de> Visitor<'de> for NodeVisitor {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Node, E> {
        Ok(Node::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Node, E> {
        Ok(Node::Int(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Node, E> {
        Ok(i64::try_from(value).map_or(Node::Float(value as f64), Node::Int))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Node, E> {
        Ok(Node::Float(value))
    }

    fn visit_str<E>(self, text: &str) -> Result<Node, E> {
        Ok(Node::Text(text.into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Node, A::Error> {
        let mut list = Vec::new();
        while let Some(node) = access.next_element()? {
            list.push(node);
        }
        Ok(Node::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Node, A::Error> {
        let mut map = Vec::new();
        while let Some(entry) = access.next_entry()? {
            map.push(entry);
        }
        Ok(Node::Map(map))
    }
}
