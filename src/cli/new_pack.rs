//! `bsh new-pack`: writes a commented starting point for a pack of one's own.
//!
//! Knows which files there are and what goes into them. Must not know what makes a pack right: the templates in
//! `starter/` hold one that is.

use super::{Stop, files};
use crate::pack::author::{is_language, read_interface};
use crate::pack::compiled::is_id;
use crate::pack::texts::KEYS;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

const STRUCTURE: &str = include_str!("starter/structure.json");
/// The texts in the languages that the interface is shipped in. Any other begins with the first.
const TEXTS: [(&str, &str); 3] = [
    ("en", include_str!("starter/en.json")),
    ("nl", include_str!("starter/nl.json")),
    ("sv", include_str!("starter/sv.json")),
];
const INTERFACE: &str = include_str!("../../content/ui/en.json");
/// The most languages of a pack.
const LANGUAGES_MAX: usize = 20;
/// What a pack is called whose folder has no name that could be an id.
const NAMELESS: &str = "my-pack";

/// Writes `ID.json` and `ID.<language>.json` into a folder, which is made if need be, and says what to do next.
/// Without an id, the folder's name is taken where it can be one.
///
/// # Errors
/// An id or a language that cannot be one is wrong use. A file that is there already stops everything before anything
/// is written.
pub fn run(folder: &Path, id: Option<&str>, languages: &[String]) -> Result<(), Stop> {
    let named = || folder.file_name().and_then(|name| name.to_str()).filter(|name| is_id(name));
    let id = id.or_else(named).unwrap_or(NAMELESS);
    if !is_id(id) {
        return Err(Stop::Usage(format!("--id is 1 to 24 of a-z, 0-9 and -, a letter first, not {id:?}")));
    }
    let first = checked(languages)?;
    let structure = folder.join(format!("{id}.json"));
    let mut written = vec![(structure.clone(), STRUCTURE.replace("@ID@", id).replace("@LANG@", first))];
    for lang in languages {
        written.push((folder.join(format!("{id}.{lang}.json")), texts(lang)?));
    }
    if let Some((there, _)) = written.iter().find(|(path, _)| path.exists()) {
        return Err(Stop::Broken(format!("{} is there already: nothing was written", there.display())));
    }
    fs::create_dir_all(folder).map_err(|error| Stop::Broken(format!("cannot make {}: {error}", folder.display())))?;
    for (path, text) in &written {
        let done = fs::File::create_new(path).and_then(|mut file| file.write_all(text.as_bytes()));
        done.map_err(|error| Stop::Broken(format!("cannot write {}: {error}", path.display())))?;
        files::print(&format!("{}\n", path.display()))?;
    }
    files::print(&(untranslated(languages) + &next(folder, &structure)))
}

/// The first language, if all of them are languages and different ones.
fn checked(languages: &[String]) -> Result<&str, Stop> {
    for (at, lang) in languages.iter().enumerate() {
        let wrong = if !is_language(lang) {
            "--lang is one or more codes such as en or pt-BR with commas between, not"
        } else if languages.iter().take(at).any(|earlier| earlier == lang) {
            "--lang names a language twice:"
        } else {
            continue;
        };
        return Err(Stop::Usage(format!("{wrong} {lang:?}")));
    }
    match languages.first() {
        Some(first) if languages.len() <= LANGUAGES_MAX => Ok(first),
        _ => Err(Stop::Usage(format!("--lang names 1 to {LANGUAGES_MAX} languages, not {}", languages.len()))),
    }
}

fn shipped(lang: &str) -> Option<&'static str> {
    TEXTS.iter().find(|(code, _)| *code == lang).map(|(_, texts)| *texts)
}

/// The file of texts of a language. One that the interface is not shipped in has all texts of the interface too.
fn texts(lang: &str) -> Result<String, Stop> {
    if let Some(texts) = shipped(lang) {
        return Ok(texts.into());
    }
    let bug = || Stop::Broken("the texts that come with this program cannot be read: this is a bug".into());
    let starter = shipped("en").and_then(|texts| texts.strip_suffix("\n}\n")).ok_or_else(bug)?;
    let interface = read_interface(INTERFACE.as_bytes(), KEYS, None).map_err(|_| bug())?;
    let mut all = String::from(starter);
    for (key, text) in KEYS.iter().zip(&interface) {
        let member = format!("\"ui.{key}\": ");
        if !starter.contains(&member) {
            let text = serde_json::to_string(text).map_err(|_| bug())?;
            all += &[",\n  ", &member, &text].concat();
        }
    }
    Ok(all + "\n}\n")
}

/// What is said of languages whose texts are still English.
fn untranslated(languages: &[String]) -> String {
    let others: Vec<&str> = languages.iter().map(String::as_str).filter(|lang| shipped(lang).is_none()).collect();
    if others.is_empty() {
        return String::new();
    }
    format!(
        "\nNot shipped: {}. Every text there is English and has to be translated, those of the program (ui.*) too; \
         ui.lang.name is what the language calls itself.\n",
        others.join(", ")
    )
}

fn next(folder: &Path, structure: &Path) -> String {
    let quoted = |path: PathBuf| {
        let path = path.display().to_string();
        if path.contains(' ') { format!("\"{path}\"") } else { path }
    };
    let (file, out) = (quoted(structure.into()), quoted(folder.join("compiled")));
    format!(
        "\nNext:\n  bsh check-pack {file}\n  bsh compile-pack {file} --out {out}\n  bsh score --pack {file} < SHEETS\n\
         SHEETS is a file of answers, a line each, to see whether your levels come out as you mean them \
         (docs/own-pack.md).\n"
    )
}
