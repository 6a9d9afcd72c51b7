//! The commands that read and write whole files: packs, interface texts, the schema; and files for other commands.
//!
//! Knows the file system. Must not know what makes a pack right.

use super::Stop;
use crate::domain::model::Form;
use crate::pack::author::{
    Author, Fault, SIZE_MAX, WHOLE_MAX, compile, is_language, normal, read, read_interface, ui_faults, whole,
};
use crate::pack::compiled::Pack;
use crate::pack::texts::KEYS;
use crate::storage::codec::ReadError;
use std::fs::{self, File};
use std::io::{ErrorKind, Read, Write};
use std::path::Path;

/// The pack that comes with the program: its structure, and the texts of its first language.
const SHIPPED: &str = include_str!("../../content/packs/hierarchy.json");
const SHIPPED_TEXTS: &str = include_str!("../../content/packs/hierarchy.en.json");
/// In all of them.
const SHIPPED_WORDS: [(&str, &str); 3] = [
    (FIRST_LANGUAGE, SHIPPED_TEXTS),
    ("nl", include_str!("../../content/packs/hierarchy.nl.json")),
    ("sv", include_str!("../../content/packs/hierarchy.sv.json")),
];
/// The interface texts that come with the program.
const SHIPPED_UI: [(&str, &str); 3] = [
    ("en", include_str!("../../content/ui/en.json")),
    ("nl", include_str!("../../content/ui/nl.json")),
    ("sv", include_str!("../../content/ui/sv.json")),
];
/// The language that the interface is written in first: the others must have the same places in braces.
const FIRST_LANGUAGE: &str = "en";
/// The interface text that names its own language.
const OWN_NAME: &str = "lang.name";

/// Reads an author's pack from a file and the files of texts beside it, or the shipped one.
pub fn author(file: Option<&Path>) -> Result<Author, Stop> {
    let (name, read) = match file {
        Some(file) => (file.display().to_string(), structure(file)?),
        None => {
            let texts = [(FIRST_LANGUAGE.into(), SHIPPED_TEXTS.into())];
            ("the shipped pack".into(), read(SHIPPED.as_bytes(), &texts))
        }
    };
    read.map_err(|faults| listed(&name, &faults))
}

/// The same with its texts in every language.
pub fn whole_author(file: Option<&Path>) -> Result<Author, Stop> {
    match file {
        Some(_) => author(file),
        None => {
            let texts = SHIPPED_WORDS.map(|(lang, text)| (lang.into(), text.into()));
            read(SHIPPED.as_bytes(), &texts).map_err(|faults| listed("the shipped pack", &faults))
        }
    }
}

/// A pack as a visitor loads it, in one of its languages.
pub fn pack_in(author: &Author, lang: &str) -> Result<Pack, Stop> {
    let all = interfaces(author, None)?.map_err(|faults| listed("the pack", &faults))?;
    let at = author.languages.iter().position(|known| known == lang);
    let texts = at.and_then(|at| all.get(at)).cloned().unwrap_or_default();
    let compiled = compile(author, lang, &texts, &[(lang.to_string(), lang.to_string())]);
    let read = Pack::read(&compiled.first).and_then(|mut pack| pack.add(&compiled.later).map(|()| pack));
    read.map_err(|error| Stop::Broken(format!("the compiled pack cannot be read back ({error:?}): this is a bug")))
}

pub fn check_pack(file: &Path, ui: Option<&Path>) -> Result<(), Stop> {
    let checked = match structure(file)? {
        Ok(author) => interfaces(&author, ui)?.map(|_| author),
        Err(faults) => Err(faults),
    };
    let author = match checked {
        Ok(author) => author,
        Err(faults) => {
            let lines: String = faults.iter().map(|fault| format!("{fault}\n")).collect();
            print(&lines)?;
            return Err(Stop::Faults(count(faults.len(), "fault")));
        }
    };
    let survey = author.survey();
    let models = || survey.instruments.iter().map(|instrument| &instrument.model);
    let told = [
        count(survey.instruments.len(), "instrument"),
        count(models().map(|model| model.len()).sum(), "item"),
        format!("{} in the short form", models().map(|model| model.count(Form::Short)).sum::<usize>()),
        count(models().map(|model| model.signals.len()).sum(), "signal"),
        count(models().map(|model| model.risks.len()).sum(), "risk"),
        count(survey.readings.len(), "reading"),
        count(survey.methods.len(), "method"),
        format!("languages {}", author.languages.join(" ")),
        format!("hash {}", normal::hash(&author)),
    ];
    print(&format!("ok: {}\n", told.join(", ")))
}

pub fn compile_pack(file: &Path, out: &Path, ui: Option<&Path>) -> Result<(), Stop> {
    let author = author(Some(file))?;
    let json = out.join("pack.json");
    if json.canonicalize().is_ok_and(|json| file.canonicalize().is_ok_and(|file| file == json)) {
        let json = json.display();
        return Err(Stop::Broken(format!("{json} is the pack itself and would be written over: choose another --out")));
    }
    // Everything is read and checked before anything is written.
    let interfaces = interfaces(&author, ui)?.map_err(|faults| listed(&file.display().to_string(), &faults))?;
    let own_name =
        |texts: &Vec<String>| KEYS.iter().position(|key| *key == OWN_NAME).and_then(|at| texts.get(at).cloned());
    let name = |(lang, texts): (&String, &Vec<String>)| (lang.clone(), own_name(texts).unwrap_or_else(|| lang.clone()));
    let names: Vec<(String, String)> = author.languages.iter().zip(&interfaces).map(name).collect();
    let (mut written, mut first) = (Vec::new(), Vec::new());
    for (lang, texts) in author.languages.iter().zip(&interfaces) {
        let compiled = compile(&author, lang, texts, &names);
        let read = Pack::read(&compiled.first).and_then(|mut pack| pack.add(&compiled.later));
        if let Err(error) = read {
            return Err(Stop::Broken(format!("the compiled pack cannot be read back ({error:?}): this is a bug")));
        }
        if *lang == author.language {
            first.push((out.join("pack.txt"), compiled.first.clone()));
            first.push((out.join("more.txt"), compiled.later.clone()));
        }
        written.push((out.join(format!("pack.{lang}.txt")), compiled.first));
        written.push((out.join(format!("more.{lang}.txt")), compiled.later));
    }
    let all = whole(&author);
    read(all.as_bytes(), &[]).map_err(|faults| listed(&json.display().to_string(), &faults))?;
    written.append(&mut first);
    written.push((json, all));
    fs::create_dir_all(out).map_err(|error| Stop::Broken(format!("cannot make {}: {error}", out.display())))?;
    for (path, text) in written {
        fs::write(&path, text).map_err(|error| Stop::Broken(format!("cannot write {}: {error}", path.display())))?;
        print(&format!("{}\n", path.display()))?;
    }
    Ok(())
}

/// The interface of every language of a pack, from a folder or as it comes with the program; or what is wrong with the
/// pack's own words for it. A language that the interface does not have gets that of the first one: all of its texts
/// are replaced then.
fn interfaces(author: &Author, ui: Option<&Path>) -> Result<Result<Vec<Vec<String>>, Vec<Fault>>, Stop> {
    let model = match shipped(FIRST_LANGUAGE, ui, None)? {
        Some(model) => model,
        None => shipped(FIRST_LANGUAGE, None, None)?.unwrap_or_default(),
    };
    let (mut all, mut faults) = (Vec::new(), Vec::new());
    for lang in &author.languages {
        let own = shipped(lang, ui, Some(&model))?;
        if let (None, Some(folder)) = (&own, ui)
            && author.ui_of(lang).is_none_or(|own| own.texts.is_empty())
        {
            let file = folder.join(format!("{lang}.json"));
            let file = file.display();
            return Err(Stop::Broken(format!("the pack has the language {lang}, the interface has not: write {file}")));
        }
        faults.extend(ui_faults(author, lang, own.as_ref().unwrap_or(&model), own.is_some()));
        all.push(own.unwrap_or_else(|| model.clone()));
    }
    Ok(if faults.is_empty() { Ok(all) } else { Err(faults) })
}

/// The interface texts of a language, from a folder or as they come with the program; `None` where they are not there.
fn shipped(lang: &str, ui: Option<&Path>, model: Option<&[String]>) -> Result<Option<Vec<String>>, Stop> {
    let (name, text) = match ui.map(|folder| folder.join(format!("{lang}.json"))) {
        Some(file) if !file.is_file() => return Ok(None),
        Some(file) => (file.display().to_string(), bytes(&file)?),
        None => match SHIPPED_UI.iter().find(|(code, _)| *code == lang) {
            Some((_, text)) => ("the shipped interface".into(), text.as_bytes().to_vec()),
            None => return Ok(None),
        },
    };
    // The first language is no model for itself.
    let model = model.filter(|_| lang != FIRST_LANGUAGE);
    read_interface(&text, KEYS, model).map(Some).map_err(|faults| listed(&name, &faults))
}

/// A pack with the files of texts beside it.
fn structure(file: &Path) -> Result<Result<Author, Vec<Fault>>, Stop> {
    Ok(read(&up_to(file, WHOLE_MAX)?, &beside(file)?))
}

/// The files of texts of a pack: `<its name>.<language>.json` in the same folder, by language. A file whose middle part
/// is no language code belongs to something else.
fn beside(file: &Path) -> Result<Vec<(String, Vec<u8>)>, Stop> {
    let stem = file.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let broken = |error| Stop::Broken(format!("cannot read {}: {error}", folder.display()));
    let mut texts = Vec::new();
    for entry in fs::read_dir(folder).map_err(broken)? {
        let path = entry.map_err(broken)?.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let middle = name.strip_prefix(stem).and_then(|rest| rest.strip_prefix('.'));
        if let Some(lang) = middle.and_then(|rest| rest.strip_suffix(".json")).filter(|lang| is_language(lang)) {
            texts.push((lang.to_string(), bytes(&path)?));
        }
    }
    // Folders list their files in any order.
    texts.sort();
    Ok(texts)
}

/// A workspace file.
pub fn workspace(file: &Path) -> Result<String, Stop> {
    let bytes = up_to(file, crate::toolbox::json::SIZE_MAX)?;
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to() + 1;
        Stop::Faults(format!("{}: not UTF-8 at byte {at}", file.display()))
    })
}

/// A whole file, but no more of it than shows that it is too large.
fn bytes(file: &Path) -> Result<Vec<u8>, Stop> {
    up_to(file, SIZE_MAX)
}

fn up_to(file: &Path, most: usize) -> Result<Vec<u8>, Stop> {
    let mut bytes = Vec::new();
    let limit = most as u64 + 1;
    File::open(file)
        .and_then(|open| open.take(limit).read_to_end(&mut bytes))
        .map_err(|error| Stop::Broken(format!("cannot read {}: {error}", file.display())))?;
    Ok(bytes)
}

fn listed(name: &str, faults: &[Fault]) -> Stop {
    let lines: String = faults.iter().map(|fault| format!("{fault}\n")).collect();
    Stop::Faults(format!("{name}:\n{lines}{}", count(faults.len(), "fault")))
}

/// Why an account or answers cannot be used.
pub fn unread(why: ReadError) -> &'static str {
    match why {
        ReadError::Unreadable => "cannot be read",
        ReadError::Newer => "was written by a newer version of this program",
        ReadError::TooLarge => "is too large",
    }
}

/// `1 fault`, `2 faults`.
pub fn count(number: usize, what: &str) -> String {
    if number == 1 { format!("1 {what}") } else { format!("{number} {what}s") }
}

/// Writes to standard output; a reader that has left ends the run quietly.
pub fn print(text: &str) -> Result<(), Stop> {
    put(text.as_bytes())
}

/// The same for bytes.
pub fn put(bytes: &[u8]) -> Result<(), Stop> {
    std::io::stdout().write_all(bytes).map_err(output)
}

/// What a failed write to standard output means.
pub fn output(error: std::io::Error) -> Stop {
    match error.kind() {
        ErrorKind::BrokenPipe => Stop::Left,
        _ => Stop::Broken(format!("cannot write the output: {error}")),
    }
}
