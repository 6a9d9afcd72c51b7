//! The commands that read and write whole files: packs, interface texts, the schema.
//!
//! Knows the file system. Must not know what makes a pack right.

use super::Stop;
use crate::pack::author::{Author, Fault, SIZE_MAX, compile, normal, read, read_interface};
use crate::pack::compiled::Pack;
use crate::pack::texts::KEYS;
use std::fs::{self, File};
use std::io::{ErrorKind, Read, Write};
use std::path::Path;

/// The pack that comes with the program.
const SHIPPED: &str = include_str!("../../content/packs/hierarchy.json");
/// The language that the interface is written in first: the others must have the same places in braces.
const FIRST_LANGUAGE: &str = "en";

/// Reads an author's pack from a file, or the shipped one.
pub fn author(file: Option<&Path>) -> Result<Author, Stop> {
    let (name, read) = match file {
        Some(file) => (file.display().to_string(), read(&bytes(file)?)),
        None => ("the shipped pack".into(), read(SHIPPED.as_bytes())),
    };
    read.map_err(|faults| listed(&name, &faults))
}

pub fn check_pack(file: &Path) -> Result<(), Stop> {
    let author = match read(&bytes(file)?) {
        Ok(author) => author,
        Err(faults) => {
            let lines: String = faults.iter().map(|fault| format!("{fault}\n")).collect();
            print(&lines)?;
            return Err(Stop::Faults(count(faults.len())));
        }
    };
    let items = || author.gates.iter().flat_map(|gate| &gate.items);
    print(&format!(
        "ok: {} items, {} in the short form, {} critical, {} signals, {} risks, languages {}, hash {}\n",
        items().count(),
        items().filter(|item| item.short).count(),
        items().filter(|item| item.critical).count(),
        author.signals.len(),
        author.risks.len(),
        author.languages.join(" "),
        normal::hash(&author),
    ))
}

pub fn compile_pack(file: &Path, out: &Path, ui: &Path) -> Result<(), Stop> {
    let author = author(Some(file))?;
    let first = ui.join(FIRST_LANGUAGE).with_extension("json");
    let first = if first.is_file() { Some(interface(&first, None)?) } else { None };
    // Everything is read and checked before anything is written.
    let mut written = Vec::new();
    for lang in &author.languages {
        let texts = match &first {
            Some(texts) if lang == FIRST_LANGUAGE => texts.clone(),
            model => interface(&ui.join(format!("{lang}.json")), model.as_deref())?,
        };
        let text = compile(&author, lang, &texts);
        if let Err(error) = Pack::read(&text) {
            return Err(Stop::Broken(format!("the compiled pack cannot be read back ({error:?}): this is a bug")));
        }
        written.push((out.join(format!("pack.{lang}.txt")), text));
    }
    fs::create_dir_all(out).map_err(|error| Stop::Broken(format!("cannot make {}: {error}", out.display())))?;
    for (path, text) in written {
        fs::write(&path, text).map_err(|error| Stop::Broken(format!("cannot write {}: {error}", path.display())))?;
        print(&format!("{}\n", path.display()))?;
    }
    Ok(())
}

fn interface(file: &Path, model: Option<&[String]>) -> Result<Vec<String>, Stop> {
    read_interface(&bytes(file)?, KEYS, model).map_err(|faults| listed(&file.display().to_string(), &faults))
}

/// A whole file, but no more of it than shows that it is too large.
fn bytes(file: &Path) -> Result<Vec<u8>, Stop> {
    let mut bytes = Vec::new();
    let limit = SIZE_MAX as u64 + 1;
    File::open(file)
        .and_then(|open| open.take(limit).read_to_end(&mut bytes))
        .map_err(|error| Stop::Broken(format!("cannot read {}: {error}", file.display())))?;
    Ok(bytes)
}

fn listed(name: &str, faults: &[Fault]) -> Stop {
    let lines: String = faults.iter().map(|fault| format!("{fault}\n")).collect();
    Stop::Faults(format!("{name}:\n{lines}{}", count(faults.len())))
}

fn count(faults: usize) -> String {
    if faults == 1 { "1 fault".into() } else { format!("{faults} faults") }
}

/// Writes to standard output; a reader that has left ends the run quietly.
pub fn print(text: &str) -> Result<(), Stop> {
    std::io::stdout().write_all(text.as_bytes()).map_err(output)
}

/// What a failed write to standard output means.
pub fn output(error: std::io::Error) -> Stop {
    match error.kind() {
        ErrorKind::BrokenPipe => Stop::Left,
        _ => Stop::Broken(format!("cannot write the output: {error}")),
    }
}
