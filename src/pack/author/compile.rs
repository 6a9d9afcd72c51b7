//! Writes the compiled pack of one language, which `pack::compiled` reads.
//!
//! Knows the compiled format. Must not know how JSON is read, nor files.

use super::normal::hash;
use super::types::{Author, AuthorItem, ItemKind, Words};
use crate::pack::compiled::{MAGIC, VERSION, fnv1a};

/// The compiled file of a language of the pack. `ui` are the interface texts in the order of `texts::KEYS`.
pub fn compile(author: &Author, lang: &str, ui: &[String]) -> String {
    let mut out = Records::default();
    let cuts = author.cuts;
    out.record(&["C", &cuts.partly.to_string(), &cuts.largely.to_string(), &cuts.fully.to_string()]);
    let text = |words: &'_ Words| words.get(lang).cloned().unwrap_or_default();
    out.record(&["N", &text(&author.name), &text(&author.frame.own), &text(&author.frame.customer)]);
    for level in &author.levels {
        out.record(&["L", &text(&level.name), &text(&level.short), &text(&level.supplier), &text(&level.sees)]);
    }
    for gate in &author.gates {
        out.record(&["G", &text(&gate.title), &text(&gate.intro)]);
        for item in &gate.items {
            out.record(&["I", &item.id, &flags(item), &text(&item.own), &text(&item.customer)]);
        }
    }
    for signal in &author.signals {
        out.record(&["S", &signal.id, &text(&signal.text)]);
    }
    for risk in &author.risks {
        out.record(&["R", &risk.id, &text(&risk.text)]);
    }
    for text in ui {
        out.record(&["U", text]);
    }
    let body = out.0;
    format!("{MAGIC}\t{VERSION}\t{lang}\t{}\t{:08x}\n{body}", hash(author), fnv1a(body.as_bytes()))
}

#[derive(Default)]
struct Records(String);

impl Records {
    fn record(&mut self, fields: &[&str]) {
        self.0.push_str(&fields.join("\t"));
        self.0.push('\n');
    }
}

fn flags(item: &AuthorItem) -> String {
    let kind = match item.kind {
        ItemKind::Frequency => 'f',
        ItemKind::Event => 'e',
    };
    let marks = [(item.short, '*'), (item.critical, '!'), (item.note, 'n')];
    let marks = marks.into_iter().filter(|(on, _)| *on).map(|(_, mark)| mark);
    [kind, item.tag.tag().letter()].into_iter().chain(marks).collect()
}
