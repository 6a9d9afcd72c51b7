//! LICENSES.txt: the licence texts of everything inside the shipped files, each text once.
//!
//! Knows the files that crates carry and how a licence begins. A crate without any gets the general text of its licence,
//! taken from another crate, with its authors from its manifest.

use crate::crates::{Crate, Id, PACKAGE};
use crate::standard::Standard;
use crate::tree;
use anyhow::{Context, Result, bail, ensure};
use std::collections::BTreeMap;
use std::path::Path;

pub const FILE: &str = "LICENSES.txt";
const RULE: &str = "--------------------------------------------------------------------------------";

/// Every text once, in the order in which they came.
#[derive(Default)]
struct Texts {
    list: Vec<(String, String)>,
    known: BTreeMap<String, usize>,
}

impl Texts {
    /// The number of a text, from 1. White space makes no other text.
    fn number(&mut self, title: &str, text: &str) -> usize {
        let key = text.split_whitespace().collect::<Vec<_>>().join(" ");
        *self.known.entry(key).or_insert_with(|| {
            self.list.push((title.to_owned(), text.trim_matches('\n').trim_end().to_owned()));
            self.list.len()
        })
    }

    /// The general text of a licence: that of anybody, without whose it was.
    fn general(&self, id: &str) -> Option<String> {
        let (_, start, _) = SIGNS.iter().find(|(known, _, _)| *known == id)?;
        let (_, text) = self.list.iter().find(|(_, text)| kind(text) == Some(id))?;
        match id {
            "MIT" | "ISC" => text.find(start).map(|at| text[at..].to_owned()),
            _ => Some(text.clone()),
        }
    }
}

/// By what a licence is known: its id, words that it has, and words that it has as well.
const SIGNS: [(&str, &str, &str); 9] = [
    ("Apache-2.0", "Apache License", "TERMS AND CONDITIONS FOR USE, REPRODUCTION, AND DISTRIBUTION"),
    ("MIT", "Permission is hereby granted, free of charge", "the above copyright notice and this permission notice"),
    ("BSD-3-Clause", "Redistribution and use", "neither the name"),
    ("BSD-2-Clause", "Redistribution and use", ""),
    ("ISC", "Permission to use, copy, modify, and/or distribute", ""),
    ("Zlib", "This software is provided 'as-is'", ""),
    ("BSL-1.0", "Boost Software License", ""),
    ("Unicode-3.0", "UNICODE LICENSE V3", ""),
    ("Unlicense", "This is free and unencumbered software", ""),
];

fn kind(text: &str) -> Option<&'static str> {
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let has = |words: &str| flat.contains(&words.to_lowercase());
    SIGNS.iter().find(|(_, one, other)| has(one) && has(other)).map(|(id, _, _)| *id)
}

struct Line {
    what: String,
    licence: String,
    texts: Vec<usize>,
    note: String,
}

pub fn write(root: &Path, version: &str, crates: &BTreeMap<Id, Crate>, standard: &Standard) -> Result<String> {
    let mut texts = Texts::default();
    let own = ["LICENSE-MIT", "LICENSE-APACHE"]
        .map(|file| Ok(texts.number(&format!("{file} of {PACKAGE}"), &tree::text(&root.join(file))?)));
    let own = own.into_iter().collect::<Result<Vec<_>>>()?;
    let mut lines = Vec::new();
    let linked = || crates.iter().filter(|((name, _), one)| name != PACKAGE && !one.programs.is_empty());
    for ((name, version), one) in linked() {
        let mut numbers = Vec::new();
        for (file, text) in carried(&one.folder)? {
            numbers.push(texts.number(&format!("{file} of {name} {version}"), &text));
        }
        let (what, licence) = (format!("{name} {version}"), one.licence.clone());
        lines.push((Line { what, licence, texts: numbers, note: String::new() }, one.authors.clone()));
    }
    let library = standard.texts.iter().map(|(id, text)| texts.number(&format!("{id}, of the Rust project"), text));
    let library: Vec<usize> = library.collect();
    let mut inside = Vec::new();
    for one in &standard.crates {
        let what = format!("{} {}", one.name, one.version);
        let number = |(file, text): &(String, String)| texts.number(&format!("{file} of {what}"), text);
        let numbers = one.notices.iter().map(number).collect();
        let line = Line { what: what.clone(), licence: one.licence.clone(), texts: numbers, note: String::new() };
        inside.push((line, one.authors.clone()));
    }
    for (line, authors) in lines.iter_mut().chain(&mut inside).filter(|(line, _)| line.texts.is_empty()) {
        borrow(&mut texts, line, authors)?;
    }
    Ok(page(version, &own, &lines, standard, &library, &inside, &texts))
}

/// The licence files of a crate's folder.
fn carried(folder: &Path) -> Result<Vec<(String, String)>> {
    let starts = ["LICENSE", "LICENCE", "UNLICENSE", "COPYING", "COPYRIGHT", "NOTICE"];
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).with_context(|| format!("cannot list {}", folder.display()))? {
        let path = entry?.path();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if path.is_file() && starts.iter().any(|start| name.to_uppercase().starts_with(start)) {
            found.push((name, String::from_utf8_lossy(&tree::read(&path)?).replace('\r', "")));
        }
    }
    found.sort();
    Ok(found)
}

/// The general texts of a licence, for a crate that carries none.
fn borrow(texts: &mut Texts, line: &mut Line, authors: &[String]) -> Result<()> {
    let ids = ids(&line.licence);
    let mut missing = Vec::new();
    for id in &ids {
        match texts.general(id) {
            Some(text) => line.texts.push(texts.number(&format!("{id}, the general text"), &text)),
            None => missing.push(id.clone()),
        }
    }
    let all = line.licence.contains(" AND ");
    if line.texts.is_empty() || (all && !missing.is_empty()) {
        bail!(
            "{} carries no licence file, and no other crate has a text of {}: write how it is known into SIGNS of \
             tools/release/src/licences.rs, or take another crate",
            line.what,
            if missing.is_empty() {
                "its licence, which its manifest does not name".to_owned()
            } else {
                missing.join(", ")
            }
        );
    }
    let by = if authors.is_empty() { "its contributors".to_owned() } else { authors.join(", ") };
    line.note = format!("(carries no licence file; copyright {by})");
    Ok(())
}

fn ids(licence: &str) -> Vec<String> {
    let words = licence.split(|c: char| !(c.is_ascii_alphanumeric() || ".-+".contains(c)));
    words.filter(|word| !word.is_empty() && !["AND", "OR", "WITH"].contains(word)).map(str::to_owned).collect()
}

fn page(
    version: &str,
    own: &[usize],
    crates: &[(Line, Vec<String>)],
    standard: &Standard,
    library: &[usize],
    inside: &[(Line, Vec<String>)],
    texts: &Texts,
) -> String {
    let numbers = |list: &[usize]| list.iter().map(|n| format!("[{n}]")).collect::<Vec<_>>().join(" ");
    let mut page = format!(
        "Licences of what is inside Buy-Sell Hierarchy {version}\n\n\
         Numbers in brackets are those of the texts below.\n\n\
         Buy-Sell Hierarchy itself\n\n  MIT OR Apache-2.0, as you prefer {}\n\n\
         Crates that are compiled into its programs (the glue beside each program is made by wasm-bindgen)\n\n",
        numbers(own)
    );
    let add = |lines: &[(Line, Vec<String>)], page: &mut String| {
        for (line, _) in lines {
            *page += &format!("  {:<32} {:<36} {} {}", line.what, line.licence, numbers(&line.texts), line.note);
            page.truncate(page.trim_end().len());
            page.push('\n');
        }
    };
    add(crates, &mut page);
    page += &format!(
        "\nThe Rust standard library {}, which is linked into every program {}\n\n",
        standard.version,
        numbers(library)
    );
    for line in standard.notice.lines() {
        page += &format!("  {line}\n");
    }
    page += "\nCrates that the standard library is built with\n\n";
    add(inside, &mut page);
    for (at, (title, text)) in texts.list.iter().enumerate() {
        page += &format!("\n{RULE}\n[{}] {title}\n{RULE}\n\n{text}\n", at + 1);
    }
    page
}

/// The texts that a page gives for each thing with a version, by its name: for whoever checks the page.
pub fn given(page: &str) -> Result<BTreeMap<String, usize>> {
    let (lists, texts) = page.split_once(RULE).context("no text in the page of licences")?;
    let texts: Vec<&str> = texts.split(RULE).collect();
    let mut found = BTreeMap::new();
    for line in lists.lines().filter(|line| line.starts_with("  ")) {
        let mut words = line.split_whitespace();
        let (Some(name), Some(version)) = (words.next(), words.next()) else { continue };
        let (mut count, mut longest) = (0, 0);
        for number in words.filter_map(|word| word.strip_prefix('[')?.strip_suffix(']')?.parse::<usize>().ok()) {
            let text = number.checked_sub(1).and_then(|at| texts.get(2 * at + 1));
            let head = number.checked_sub(1).and_then(|at| texts.get(2 * at));
            let right = head.is_some_and(|head| head.trim_start().starts_with(&format!("[{number}] ")));
            let length = text.map_or(0, |text| text.trim().len());
            ensure!(right && length > 0, "{name} {version}: no text [{number}]");
            longest = longest.max(length);
            count += 1;
        }
        if count > 0 {
            // Some say only which licence they are under, beside the texts.
            ensure!(longest > 300, "{name} {version}: what it carries is no licence text");
            found.insert(format!("{name} {version}"), count);
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MIT: &str = "MIT License\n\nCopyright (c) A\n\nPermission is hereby granted, free of charge, to any\nperson.\n\
                       The above copyright notice and this\npermission notice shall be included.";

    fn line(licence: &str) -> Line {
        Line { what: "x 1".into(), licence: licence.into(), texts: Vec::new(), note: String::new() }
    }

    #[test]
    fn a_text_stands_once() {
        let mut texts = Texts::default();
        assert_eq!(texts.number("a", "one  two\n"), 1);
        assert_eq!(texts.number("b", "one\ntwo"), 1);
        assert_eq!(texts.number("c", "three"), 2);
    }

    #[test]
    fn a_crate_without_a_file_gets_the_general_text() -> Result<()> {
        let mut texts = Texts::default();
        texts.number("a", MIT);
        let mut one = line("MIT OR Apache-2.0");
        borrow(&mut texts, &mut one, &["B <b@c>".into()])?;
        assert_eq!(one.texts, [2]);
        assert!(texts.list[1].1.starts_with("Permission"), "not the copyright of another: {}", texts.list[1].1);
        assert!(one.note.contains("B <b@c>"));
        Ok(())
    }

    #[test]
    fn a_licence_without_a_text_is_a_fault() {
        let mut texts = Texts::default();
        texts.number("a", MIT);
        for licence in ["Apache-2.0", "(MIT OR Apache-2.0) AND Unicode-3.0", ""] {
            let fault = borrow(&mut texts, &mut line(licence), &[]).err().map(|fault| fault.to_string());
            assert!(fault.is_some_and(|fault| fault.contains("carries no licence file")), "{licence}");
        }
    }

    #[test]
    fn licences_are_known_by_their_words() {
        assert_eq!(kind(MIT), Some("MIT"));
        assert_eq!(kind("Boost Software License - Version 1.0"), Some("BSL-1.0"));
        assert_eq!(kind("all rights reserved"), None);
        assert_eq!(ids("(MIT OR Apache-2.0) AND Unicode-3.0"), ["MIT", "Apache-2.0", "Unicode-3.0"]);
    }
}
