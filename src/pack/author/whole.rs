//! A pack as one file: the structure with the texts of all languages in it.
//!
//! Knows the order in which it is written. Must not know files.

use super::types::Author;
use serde::ser::{Serialize, Serializer};

/// The whole pack as JSON that a person can read: keys in their canonical order, comments left out. What is read from
/// it compiles to the same bytes.
pub fn whole(author: &Author) -> String {
    let mut text = serde_json::to_string_pretty(&Whole { author, texts: Languages(author) }).unwrap_or_default();
    text.push('\n');
    text
}

#[derive(serde::Serialize)]
struct Whole<'a> {
    #[serde(flatten)]
    author: &'a Author,
    texts: Languages<'a>,
}

struct Languages<'a>(&'a Author);

impl Serialize for Languages<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.languages.iter().map(|lang| (lang, Flat(self.0, lang))))
    }
}

/// The texts of one language: those of the pack, then those of the interface.
struct Flat<'a>(&'a Author, &'a str);

impl Serialize for Flat<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Flat(author, lang) = self;
        let own = author.texts_of(lang).iter().map(|(key, text)| (key.clone(), text));
        let ui =
            author.ui_of(lang).into_iter().flat_map(|ui| &ui.texts).map(|(key, text)| (["ui.", key].concat(), text));
        serializer.collect_map(own.chain(ui))
    }
}
