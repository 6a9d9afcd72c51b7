//! The pages for consultants (pack.html, theme.html) and the example pack, as they stand in the built site.
//!
//! Knows their placeholders and content/tools. Must not know what the pages do.

use crate::fault::{Doing, Fault, Result};
use crate::hook::{add, read, write};
use crate::words::{self, FIRST};
use crate::{fill, minify, place, run, scripts};
use std::collections::BTreeMap;
use std::path::Path;

const PAGES: [&str; 2] = ["pack.html", "theme.html"];
const SCRIPTS: [(&str, &str); 3] = [("tools-script", "tools"), ("pack-script", "pack"), ("theme-script", "theme")];
/// The worked example, as docs/own-pack.md teaches it.
const EXAMPLE: &str = "service-maturity";

/// Writes both pages. `names` are the files of the build by placeholder, `files` those of every language, `shipped` the
/// shipped pack as one file.
pub fn pages(
    staging: &Path,
    names: &BTreeMap<&str, String>,
    languages: &[String],
    (files, shipped): (&str, &str),
    release: bool,
) -> Result<()> {
    let root = place::root();
    let mut own: BTreeMap<&str, String> = BTreeMap::new();
    for (name, stem) in SCRIPTS {
        let script = scripts::finish(staging, &scripts::join(&format!("{stem}.js"))?, release)?;
        own.insert(name, format!("./{}", add(staging, stem, "js", script.as_bytes())?));
    }
    let style = minify::css(&read(&root.join("styles").join("pages").join("pages.css"))?);
    own.insert("pages-css", format!("./{}", add(staging, "pages", "css", style.as_bytes())?));
    let mut texts = Vec::new();
    for code in languages {
        let bytes = read(&root.join("content").join("tools").join(format!("{code}.json")))?;
        texts.push(add(staging, &format!("tools.{code}"), "json", bytes.as_bytes())?);
    }
    own.insert("tools", texts.join(" "));
    own.insert("files", files.into());
    own.insert("sample", format!("./{}", add(staging, "sample", "json", joined(EXAMPLE)?.as_bytes())?));
    own.insert("shipped", format!("./{}", add(staging, "shipped", "json", shipped.as_bytes())?));
    let said = words::read(&root.join("content").join("tools").join(format!("{FIRST}.json")))?;
    for page in PAGES {
        let html = minify::html(&read(&root.join(page))?);
        let filled = fill::fill(&html, |name| match name.split_once(':') {
            Some(("w", key)) => said.get(key).map(|text| fill::escape_html(text)),
            _ => own.get(name).cloned().or_else(|| names.get(name).map(|file| format!("./{file}"))),
        });
        let filled = filled.map_err(|unknown| {
            Fault::new(format!("{page} has placeholders that nothing fills: {}", unknown.join(" ")))
        })?;
        write(&staging.join(page), filled.as_bytes())?;
    }
    Ok(())
}

/// A pack of examples/packs as one file, with its comments and its order: the texts of every language stand at its end.
fn joined(id: &str) -> Result<String> {
    let folder = place::root().join("examples").join("packs");
    let structure = read(&folder.join(format!("{id}.json")))?;
    let Some(head) = structure.trim_end().strip_suffix('}') else {
        return Err(Fault::new(format!("examples/packs/{id}.json should end with its last }}")));
    };
    let mut codes = Vec::new();
    for entry in std::fs::read_dir(&folder).doing("list examples/packs")? {
        let name = entry.doing("list examples/packs")?.file_name().to_string_lossy().into_owned();
        let code = name.strip_prefix(&format!("{id}.")).and_then(|rest| rest.strip_suffix(".json"));
        codes.extend(code.map(String::from));
    }
    codes.sort();
    let mut all = Vec::new();
    for code in codes {
        all.push(format!("  \"{code}\": {}", read(&folder.join(format!("{id}.{code}.json")))?.trim_end()));
    }
    Ok(format!("{},\n \"texts\": {{\n{}\n }}\n}}\n", head.trim_end(), all.join(",\n")))
}

/// Puts examples/ beside the site, with the example pack compiled: for `serve` and for tests, not for a release.
pub fn examples(site: &Path) -> Result<()> {
    let from = place::root().join("examples");
    let to = site.join("examples");
    copy(&from, &to)?;
    let pack = from.join("packs").join(format!("{EXAMPLE}.json"));
    let out = to.join("packs").join(EXAMPLE);
    compile(&pack.to_string_lossy(), "content/ui", &out)
}

/// Compiles a pack with the program's own compiler; `ui` is the folder of the interface's texts.
pub fn compile(pack: &str, ui: &str, out: &Path) -> Result<()> {
    let out = out.to_string_lossy();
    let mut compile = run::cargo(&["run", "--quiet", "--package", "buy-sell-hierarchy", "--no-default-features"]);
    compile.args(["--features", "json", "--bin", "bsh", "--", "compile-pack", pack, "--ui", ui, "--out", &*out]);
    compile.stdout(std::process::Stdio::null());
    match run::shown(&mut compile)? {
        true => Ok(()),
        false => Err(Fault::new(format!("{pack} could not be compiled: see the faults above"))),
    }
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    std::fs::create_dir_all(to).doing(format_args!("make {}", to.display()))?;
    for entry in std::fs::read_dir(from).doing(format_args!("list {}", from.display()))? {
        let path = entry.doing(format_args!("list {}", from.display()))?.path();
        let target = to.join(path.file_name().unwrap_or_default());
        match path.is_dir() {
            true => copy(&path, &target)?,
            false => {
                std::fs::copy(&path, &target).doing(format_args!("copy {}", path.display()))?;
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_in_one_file_is_whole() -> Result<()> {
        let text = joined(EXAMPLE)?;
        let read: serde_json::Value = serde_json::from_str(&text).doing("read the example in one file")?;
        assert!(read["texts"]["en"]["name"].is_string() && read["texts"]["sv"]["name"].is_string(), "{text}");
        assert!(read["instruments"].is_array());
        Ok(())
    }
}
