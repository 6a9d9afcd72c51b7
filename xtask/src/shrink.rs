//! Making the wasm file smaller: wasm-opt, and short names for what passes between the wasm file and its glue script.
//!
//! Knows wasm-opt's options and the form of wasm-bindgen's glue. Refuses glue that does not look as expected, since a
//! name that is changed on one side only breaks the page.

use crate::fault::{Doing, Fault, Result};
use crate::{node, run};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

/// What every browser that runs the page knows; `--all-features` makes a file that none loads.
const FEATURES: &[&str] = &[
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// Chosen by measuring the brotli size: similar functions side by side compress better, small ones inlined worse.
const PASSES: &[&str] = &[
    "--strip-producers",
    "--strip-target-features",
    "--flatten",
    "--rereloop",
    "-Oz",
    "-Oz",
    "--low-memory-unused",
    "--one-caller-inline-max-function-size=20",
    "--reorder-functions-by-name",
    "--minify-imports-and-exports-and-modules",
];

/// The module name that the last pass gives to all imports.
const SHORT_MODULE: &str = "a";

/// What wasm-opt prints about the names it changed.
#[derive(Deserialize)]
struct Names {
    /// Module, old name, new name.
    imports: Vec<(String, String, String)>,
    /// Old name, new name.
    exports: Vec<(String, String)>,
}

/// Optimises the wasm file in place and gives back the glue that fits it.
pub fn shrink(wasm: &Path, glue: &str) -> Result<String> {
    let mut command = run::command(node::wasm_opt()?, FEATURES);
    command.args(PASSES).arg(wasm).arg("-o").arg(wasm);
    let printed = run::captured(&mut command)?;
    let names: Names = serde_json::from_str(&printed).doing("read the names that wasm-opt printed")?;
    rename(glue, &names)
        .map_err(|why| Fault::new(format!("the glue script does not fit the optimised wasm file: {why}")))
}

fn rename(glue: &str, names: &Names) -> std::result::Result<String, String> {
    let module = names.imports.first().map_or("", |(module, _, _)| module.as_str());
    if let Some((other, name, _)) = names.imports.iter().find(|(other, _, _)| other != module) {
        return Err(format!("{name} comes from {other}, all others from {module}"));
    }
    let quoted = format!("\"{module}\"");
    if glue.matches(&quoted).count() != 1 {
        return Err(format!("{quoted} should stand in it once"));
    }
    let glue = glue.replace(&quoted, &format!("\"{SHORT_MODULE}\""));
    let exports: BTreeMap<&str, &str> = names.exports.iter().map(|(old, new)| (old.as_str(), new.as_str())).collect();
    let mut imports: BTreeMap<&str, (&str, usize)> =
        names.imports.iter().map(|(_, old, new)| (old.as_str(), (new.as_str(), 0))).collect();

    // Another way to the exports than `wasm.` would keep its long names.
    if glue.matches(".exports").count() != 1 || glue.matches("wasm = instance.exports;").count() != 1 {
        return Err("the exports should be taken once, by wasm = instance.exports;".to_string());
    }
    let mut out = String::with_capacity(glue.len());
    let mut pieces = words(&glue).peekable();
    while let Some((word, text)) = pieces.next() {
        if !word {
            out.push_str(text);
        } else if let Some((new, seen)) = imports.get_mut(text) {
            let next = pieces.peek().map_or("", |(_, next)| next);
            if !out.trim_end().ends_with(['{', ',']) || !next.starts_with(':') {
                return Err(format!("{text} should be a key of the imports"));
            }
            *seen += 1;
            out.push_str(new);
        } else if of_wasm(&out) {
            out.push_str(exports.get(text).ok_or_else(|| format!("wasm.{text} is no export"))?);
        } else if exports.contains_key(text) && !is_own(&out) {
            return Err(format!("{text} is used in another way than wasm.{text}"));
        } else {
            out.push_str(text);
        }
    }
    match imports.iter().find(|(_, (_, seen))| *seen != 1) {
        Some((name, (_, seen))) => Err(format!("the import {name} stands in it {seen} times")),
        None => Ok(out),
    }
}

/// True when the text ends in `wasm.`, the glue's name for the exports.
fn of_wasm(text: &str) -> bool {
    text.strip_suffix("wasm.").is_some_and(|before| !before.ends_with(|c: char| c == '.' || is_word(c)))
}

/// True when a word that follows cannot be a member of the exports: neither accessed, nor quoted, nor taken out.
fn is_own(text: &str) -> bool {
    !text.trim_end().ends_with(['.', '"', '\'', '`', '{', '['])
}

/// The text in pieces: identifiers (true) and what is between them (false).
fn words(text: &str) -> impl Iterator<Item = (bool, &str)> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let word = is_word(rest.chars().next()?);
        let end = rest.find(|c| is_word(c) != word).unwrap_or(rest.len());
        let (piece, tail) = rest.split_at(end);
        rest = tail;
        Some((word, piece))
    })
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_' || c == '$'
}

#[cfg(test)]
mod tests {
    use super::*;

    const GLUE: &str = r#"
export function mount(root) { wasm.mount(root); }
const import0 = { __wbg_key_1: function(a) { wasm.__malloc(a); return mywasm.free; } };
return { "./x_bg.js": import0 };
wasm = instance.exports;
"#;

    fn names() -> Names {
        Names {
            imports: vec![("./x_bg.js".into(), "__wbg_key_1".into(), "$".into())],
            exports: vec![("mount".into(), "c".into()), ("__malloc".into(), "d".into())],
        }
    }

    #[test]
    fn renames_both_ways() {
        let short = r#"
export function mount(root) { wasm.c(root); }
const import0 = { $: function(a) { wasm.d(a); return mywasm.free; } };
return { "a": import0 };
wasm = instance.exports;
"#;
        assert_eq!(rename(GLUE, &names()), Ok(short.to_string()));
    }

    #[test]
    fn refuses_what_it_does_not_understand() {
        let glue = GLUE.replace("wasm.__malloc", "wasm.__other");
        assert_eq!(rename(&glue, &names()), Err("wasm.__other is no export".to_string()));
        let glue = GLUE.replace("__wbg_key_1", "__wbg_key_2");
        assert_eq!(rename(&glue, &names()), Err("the import __wbg_key_1 stands in it 0 times".to_string()));
        let glue = GLUE.replace("x_bg", "y_bg");
        assert_eq!(rename(&glue, &names()), Err("\"./x_bg.js\" should stand in it once".to_string()));
        for other in ["wasm?.mount", "wasm[\"mount\"]", "wasm\n.mount"] {
            let why = rename(&GLUE.replace("wasm.mount", other), &names());
            assert_eq!(why, Err("mount is used in another way than wasm.mount".to_string()), "{other}");
        }
        let glue = GLUE.replace("wasm.mount", "instance.exports.mount");
        assert!(rename(&glue, &names()).is_err_and(|why| why.starts_with("the exports should be taken once")));
        let glue = GLUE.replace("{ __wbg_key_1:", "{ /* __wbg_key_1 */ other:");
        assert_eq!(rename(&glue, &names()), Err("__wbg_key_1 should be a key of the imports".to_string()));
        let mut two = names();
        two.imports.push(("./snippet.js".into(), "b".into(), "e".into()));
        assert!(rename(GLUE, &two).is_err_and(|why| why.starts_with("b comes from ./snippet.js")));
    }
}
