//! What Trunk calls after a build: shrinks the program, adds the pack, the styles and the boot script, names every file
//! after its content and fills the placeholders of index.html.
//!
//! Knows Trunk's staging folder and the project's content folders. Must not know what is in a pack.

use crate::fault::{Doing, Fault, Result};
use crate::{fill, minify, node, place, run, shrink};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

const LANGUAGE: &str = "en";

pub fn run() -> Result<()> {
    let Some(staging) = std::env::var_os("TRUNK_STAGING_DIR").map(PathBuf::from) else {
        return Err(Fault::new("TRUNK_STAGING_DIR is not set: `hook` is called by Trunk, use `cargo xtask build`"));
    };
    let root = place::root();
    let mut names = BTreeMap::new();
    let release = std::env::var_os("TRUNK_PROFILE").is_some_and(|profile| profile == "release");
    let wasm = staging.join(only_file(&staging, "_bg.wasm")?);
    let glue = staging.join(only_file(&staging, ".js")?);
    if release {
        let fitting = shrink::shrink(&wasm, &read(&glue)?)?;
        write(&glue, fitting.as_bytes())?;
    }
    names.insert("wasm", rename(&wasm, "bsh", "wasm")?);
    names.insert("js", add(&staging, "bsh", "js", script(&glue, release, &["--module"])?.as_bytes())?);
    std::fs::remove_file(&glue).doing(format_args!("remove {}", glue.display()))?;
    names.insert("css", add(&staging, "bsh", "css", minify::css(&styles(&root.join("styles"))?).as_bytes())?);
    let boot = script(&root.join("web").join("boot.js"), release, &[])?;
    names.insert("boot", add(&staging, "boot", "js", boot.as_bytes())?);
    names.insert("pack", add(&staging, &format!("pack.{LANGUAGE}"), "txt", &compile_pack(&staging)?)?);

    let texts = texts(&root.join("content").join("ui").join(format!("{LANGUAGE}.json")))?;
    let page = staging.join("index.html");
    let html = minify::html(&read(&page)?);
    let filled = fill::fill(&html, |name| match name.strip_prefix("t:") {
        Some(key) => texts.get(key).map(|text| fill::escape_html(text)),
        None => names.get(name).map(|file| format!("./{file}")),
    });
    let filled = filled.map_err(|unknown| {
        Fault::new(format!(
            "index.html has placeholders that nothing fills: {}; known are {} and t:KEY of content/ui/{LANGUAGE}.json",
            unknown.join(" "),
            names.keys().copied().collect::<Vec<_>>().join(", ")
        ))
    })?;
    write(&page, filled.as_bytes())
}

/// A script, minified in a release build. `import` is no module's privilege, so boot.js passes as a plain script.
fn script(file: &Path, release: bool, options: &[&str]) -> Result<String> {
    if !release {
        return read(file);
    }
    let mut terser = run::command(node::program("terser"), options);
    terser.args(["--ecma", "2020", "--compress", "passes=2", "--mangle", "--"]).arg(file);
    run::captured(&mut terser)
}

/// Compiles the shipped pack with the program's own compiler; the bytes of the compiled file.
fn compile_pack(staging: &Path) -> Result<Vec<u8>> {
    let folder = staging.join(".pack");
    let out = folder.to_string_lossy();
    let mut compile = run::cargo(&[
        "run",
        "--quiet",
        "--package",
        "buy-sell-hierarchy",
        "--no-default-features",
        "--features",
        "json",
        "--bin",
        "bsh",
        "--",
        "compile-pack",
        "content/packs/hierarchy.json",
        "--ui",
        "content/ui",
        "--out",
        &out,
    ]);
    if !run::shown(&mut compile)? {
        return Err(Fault::new("the pack could not be compiled: see the faults above"));
    }
    let file = folder.join(format!("pack.{LANGUAGE}.txt"));
    let bytes = std::fs::read(&file).doing(format_args!("read {}", file.display()))?;
    std::fs::remove_dir_all(&folder).doing(format_args!("remove {}", folder.display()))?;
    Ok(bytes)
}

/// All style sheets as one: the tokens, the base, then the rest by name.
fn styles(folder: &Path) -> Result<String> {
    let mut files = files(folder)?;
    files.retain(|name| name.ends_with(".css"));
    files.sort_by_key(|name| (name != "tokens.css", name != "base.css", name.clone()));
    if files.is_empty() {
        return Err(Fault::new("there are no style sheets in styles/"));
    }
    let sheets: Result<Vec<String>> = files.iter().map(|name| read(&folder.join(name))).collect();
    Ok(sheets?.join("\n"))
}

fn texts(file: &Path) -> Result<BTreeMap<String, String>> {
    serde_json::from_str(&read(file)?).doing(format_args!("read {} as texts by key", file.display()))
}

fn files(folder: &Path) -> Result<Vec<String>> {
    let doing = format!("list {}", folder.display());
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder).doing(&doing)? {
        let entry = entry.doing(&doing)?;
        if entry.path().is_file() {
            names.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    names.sort();
    Ok(names)
}

fn only_file(staging: &Path, ending: &str) -> Result<String> {
    let mut found = files(staging)?;
    found.retain(|name| name.ends_with(ending));
    match <[String; 1]>::try_from(found) {
        Ok([name]) => Ok(name),
        Err(found) => Err(Fault::new(format!("Trunk should leave one *{ending}, it left {}: {found:?}", found.len()))),
    }
}

fn rename(old: &Path, stem: &str, ending: &str) -> Result<String> {
    let bytes = std::fs::read(old).doing(format_args!("read {}", old.display()))?;
    let new = named(stem, ending, &bytes);
    std::fs::rename(old, old.with_file_name(&new)).doing(format_args!("rename {}", old.display()))?;
    Ok(new)
}

fn add(staging: &Path, stem: &str, ending: &str, bytes: &[u8]) -> Result<String> {
    let name = named(stem, ending, bytes);
    write(&staging.join(&name), bytes)?;
    Ok(name)
}

fn named(stem: &str, ending: &str, bytes: &[u8]) -> String {
    format!("{stem}-{}.{ending}", fill::content_hash(bytes))
}

fn read(file: &Path) -> Result<String> {
    std::fs::read_to_string(file).doing(format_args!("read {}", file.display()))
}

fn write(file: &Path, bytes: &[u8]) -> Result<()> {
    std::fs::write(file, bytes).doing(format_args!("write {}", file.display()))
}
