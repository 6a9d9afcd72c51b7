//! The languages of the page and its sentences: which there are, and whether they fit each other.
//!
//! Knows the five places where a language has its texts. Must not know what a pack or the page looks like.

use crate::fault::{Doing, Fault, Result};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The language that index.html is written in, and the one that the others are measured by.
pub const FIRST: &str = "en";

/// Texts by key.
pub type Texts = BTreeMap<String, String>;

/// What stands before the language in the name of a file of texts, by folder of content/.
const PLACES: [(&str, &str); 5] = [("packs", "hierarchy."), ("ui", ""), ("page", ""), ("tools", ""), ("single", "")];

/// Every language, the first one first; a fault that names each file that is missing.
pub fn languages(content: &Path) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for (folder, start) in PLACES {
        let folder = content.join(folder);
        let doing = format!("list {}", folder.display());
        let mut names = Vec::new();
        for entry in std::fs::read_dir(&folder).doing(&doing)? {
            names.push(entry.doing(&doing)?.file_name().to_string_lossy().into_owned());
        }
        found.push(codes(start, &names));
    }
    in_step(&found)
}

/// The languages among the names of a folder's files.
fn codes(start: &str, names: &[String]) -> BTreeSet<String> {
    let code = |name: &String| name.strip_prefix(start)?.strip_suffix(".json").map(String::from);
    names.iter().filter_map(code).filter(|code| is_language(code)).collect()
}

/// `nl`, `sv-FI`: as the reader of packs has it.
fn is_language(code: &str) -> bool {
    let (main, region) = code.split_once('-').map_or((code, None), |(main, region)| (main, Some(region)));
    (2..=3).contains(&main.len())
        && main.bytes().all(|b| b.is_ascii_lowercase())
        && region.is_none_or(|r| (2..=8).contains(&r.len()) && r.bytes().all(|b| b.is_ascii_alphanumeric()))
}

/// The languages that every place has, when no place lacks one of another.
fn in_step(found: &[BTreeSet<String>]) -> Result<Vec<String>> {
    let mut all: BTreeSet<String> = found.iter().flatten().cloned().collect();
    all.insert(FIRST.into());
    let mut missing = Vec::new();
    for ((folder, start), codes) in PLACES.iter().zip(found) {
        missing.extend(all.difference(codes).map(|code| format!("content/{folder}/{start}{code}.json")));
    }
    if !missing.is_empty() {
        return Err(Fault::new(format!(
            "a language needs its texts in five places, and these are not there: write {}",
            missing.join(", ")
        )));
    }
    let mut all: Vec<String> = all.into_iter().collect();
    all.sort_by_key(|code| (code != FIRST, code.clone()));
    Ok(all)
}

pub fn read(file: &Path) -> Result<Texts> {
    let text = std::fs::read_to_string(file).doing(format_args!("read {}", file.display()))?;
    serde_json::from_str(&text).doing(format_args!("read {} as texts by key", file.display()))
}

/// The sentences of the page in every language; a fault that lists all that does not fit the first.
pub fn page(content: &Path, languages: &[String]) -> Result<BTreeMap<String, Texts>> {
    let mut all = BTreeMap::new();
    for code in languages {
        all.insert(code.clone(), read(&content.join("page").join(format!("{code}.json")))?);
    }
    let first = all.get(FIRST).cloned().unwrap_or_default();
    let faults: Vec<String> =
        all.iter().flat_map(|(code, texts)| compare(&format!("content/page/{code}.json"), texts, &first)).collect();
    match faults.is_empty() {
        true => Ok(all),
        false => Err(Fault::new(format!("the sentences of the page do not fit:\n{}", faults.join("\n")))),
    }
}

/// What is wrong with a file of texts beside those of the first language.
fn compare(file: &str, texts: &Texts, first: &Texts) -> Vec<String> {
    let missing = first.keys().filter(|key| !texts.contains_key(*key)).map(|key| format!("{file}: {key} is missing"));
    let mut faults: Vec<String> = missing.collect();
    for (key, text) in texts {
        let Some(model) = first.get(key) else {
            faults.push(format!("{file}: {key} is not in content/page/{FIRST}.json"));
            continue;
        };
        if text.trim().is_empty() {
            faults.push(format!("{file}: {key} is empty"));
        } else if places(text) != places(model) {
            let list = |text: &str| places(text).into_iter().map(|place| format!("{{{place}}}")).collect::<Vec<_>>();
            faults.push(format!(
                "{file}: {key} has the places [{}], in {FIRST} it has [{}]",
                list(text).join(" "),
                list(model).join(" ")
            ));
        }
    }
    faults
}

/// The names in braces.
fn places(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).filter_map(|part| part.split_once('}')).map(|(name, _)| name).collect()
}

/// The texts with these keys. A key that is not there is a fault with the file's name.
pub fn pick(file: &str, texts: &Texts, keys: &[&str]) -> Result<Texts> {
    let mut picked = Texts::new();
    for key in keys {
        let Some(text) = texts.get(*key) else {
            return Err(Fault::new(format!("{file}: {key} is missing, which index.html shows")));
        };
        picked.insert((*key).into(), text.clone());
    }
    Ok(picked)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{place, scripts};

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| name.to_string()).collect()
    }

    fn texts(pairs: &[(&str, &str)]) -> Texts {
        pairs.iter().map(|(key, text)| (key.to_string(), text.to_string())).collect()
    }

    #[test]
    fn finds_languages_by_name() {
        let found = codes("hierarchy.", &names(&["hierarchy.json", "hierarchy.nl.json", "other.sv.json", "readme.md"]));
        assert_eq!(found.into_iter().collect::<Vec<_>>(), ["nl"]);
        let found = codes("", &names(&["en.json", "sv-FI.json", "notes.json", "EN.json", "nl.json~", "n.json"]));
        assert_eq!(found.into_iter().collect::<Vec<_>>(), ["en", "sv-FI"]);
    }

    #[test]
    fn the_first_language_comes_first() {
        let three = codes("", &names(&["da.json", "en.json", "nl.json"]));
        let all = in_step(&[three.clone(), three.clone(), three.clone(), three.clone(), three]);
        assert_eq!(all, Ok(names(&["en", "da", "nl"])));
    }

    #[test]
    fn says_which_files_to_write() {
        let en = codes("", &names(&["en.json"]));
        let nl = codes("", &names(&["en.json", "nl.json"]));
        let sv = codes("", &names(&["en.json", "sv.json"]));
        let said = in_step(&[nl, en.clone(), sv, en]).err().map(|fault| fault.to_string()).unwrap_or_default();
        let files = "content/packs/hierarchy.sv.json, content/ui/nl.json, content/ui/sv.json, content/page/nl.json, \
            content/tools/nl.json, content/tools/sv.json";
        assert!(said.ends_with(&format!("write {files}")), "{said}");
        let none = BTreeSet::new();
        let said = in_step(&[none.clone(), none.clone(), none.clone(), none]).err().map(|fault| fault.to_string());
        assert!(said.is_some_and(|said| said.contains("content/ui/en.json")));
    }

    #[test]
    fn names_file_and_key_of_what_does_not_fit() {
        let first = texts(&[("a", "x {n} of {of}"), ("b", "y"), ("c", "z")]);
        let other = texts(&[("a", "x {of}"), ("b", " "), ("d", "w")]);
        assert_eq!(
            compare("nl.json", &other, &first),
            [
                "nl.json: c is missing",
                "nl.json: a has the places [{of}], in en it has [{n} {of}]",
                "nl.json: b is empty",
                "nl.json: d is not in content/page/en.json",
            ]
        );
        assert_eq!(compare("nl.json", &texts(&[("a", "{of} {n}"), ("b", "1"), ("c", "2")]), &first), [""; 0]);
    }

    #[test]
    fn picks_or_names_what_is_missing() {
        let all = texts(&[("a", "1"), ("b", "2")]);
        assert_eq!(pick("nl.json", &all, &["b"]), Ok(texts(&[("b", "2")])));
        let said = pick("nl.json", &all, &["c"]).err().map(|fault| fault.to_string()).unwrap_or_default();
        assert!(said.starts_with("nl.json: c is missing"), "{said}");
    }

    /// The project's own: every language fits, and every sentence is shown somewhere.
    #[test]
    fn the_sentences_of_the_page_fit_and_are_used() -> Result<()> {
        let content = place::root().join("content");
        let folder = content.join("page");
        let files = std::fs::read_dir(&folder).doing("list content/page")?;
        let files: Vec<String> =
            files.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
        let codes: Vec<String> = codes("", &files).into_iter().collect();
        let all = page(&content, &codes)?;
        let file = |name: &str| std::fs::read_to_string(place::root().join(name)).doing(format_args!("read {name}"));
        let (html, boot) = (file("index.html")?, scripts::join("boot.js")?);
        let offline = file("web/offline.js")?;
        for key in all.get(FIRST).into_iter().flat_map(BTreeMap::keys) {
            let (group, name) = key.split_once('.').unwrap_or(("", key));
            let used = match (group, name) {
                ("update", name) => offline.contains(&format!("words.{name}")),
                ("page", _) => html.contains(&format!(":{key}}}}}")),
                ("button" | "crash", "title") | ("", _) => boot.contains(&format!("\"{key}\"")) || group == "crash",
                ("button" | "crash", _) => boot.contains(&format!("\"{name}\"")),
                (_, "title" | "text") => {
                    boot.contains(&format!("    {group}: [[")) || boot.contains(&format!("    \"{group}\": [["))
                }
                _ => boot.contains(&format!("\"{key}\"")),
            };
            assert!(used, "nothing shows {key}");
        }
        Ok(())
    }
}
