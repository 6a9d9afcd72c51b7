//! The author's program: a pack in one JSON file is checked and compiled in the browser, and colours are measured. Pure
//! functions from text to text.
//!
//! Knows the author's side of packs and the form of its answers. Must not know pages, nor where a text came from; never
//! panics, whatever the text.

use crate::pack::author::contrast::{self, PAIRS};
use crate::pack::author::{self, Fault, ui_faults};
use crate::pack::compiled::Pack;

/// Stands between the two compiled files.
const FILE: &str = "\u{1d}";

/// Checks a pack. The answer begins with a line: `ok` with the first language, all languages separated by spaces, the id,
/// the numbers of instruments and of items and the content hash, separated by tabs; or `faults`, and then a line for each
/// fault: path, what was expected, what was found, separated by tabs. Its own interface texts are checked by
/// [`compile`], which has the shipped ones beside it.
#[cfg_attr(feature = "author-web", wasm_bindgen::prelude::wasm_bindgen(js_name = "check_pack"))]
pub fn check(json: &str) -> String {
    let author = match author::read(json.as_bytes(), &[]) {
        Ok(author) => author,
        Err(faults) => return told(&faults),
    };
    let survey = author.survey();
    let items: usize = survey.instruments.iter().map(|instrument| instrument.model.len()).sum();
    let fields = [
        "ok",
        &author.language,
        &author.languages.join(" "),
        &author.id,
        &survey.instruments.len().to_string(),
        &items.to_string(),
        &author::normal::hash(&author),
    ];
    fields.join("\t")
}

/// Compiles one language of a pack: the first file, U+001D, the later file; or the faults as [`check`] lists them. The
/// two base files are a complete compiled pack in that language, or in another one where that language is not shipped:
/// the interface texts that the pack does not say itself are taken from it.
#[cfg_attr(feature = "author-web", wasm_bindgen::prelude::wasm_bindgen(js_name = "compile_pack"))]
pub fn compile(json: &str, lang: &str, base_first: &str, base_more: &str) -> String {
    compiled(json, lang, base_first, base_more).unwrap_or_else(|faults| told(&faults))
}

fn compiled(json: &str, lang: &str, base_first: &str, base_more: &str) -> Result<String, Vec<Fault>> {
    let author = author::read(json.as_bytes(), &[])?;
    if !author.languages.iter().any(|code| code == lang) {
        return Err(one("$.texts", format!("the texts of the language {lang}"), "none"));
    }
    let base = Pack::read(base_first).and_then(|mut pack| pack.add(base_more).map(|()| pack));
    let base = base.map_err(|error| one("$", "interface texts of this edition of the program", error.code()))?;
    let faults = ui_faults(&author, lang, &base.ui, base.lang == lang);
    if !faults.is_empty() {
        return Err(faults);
    }
    let files = author::compile_with(&author, lang, &base);
    Ok([files.first.as_str(), FILE, &files.later].concat())
}

/// The contrast of two colours as `#rrggbb`, from `1.00` to `21.00`, rounded down so that no ratio is said to be reached
/// that is not; blank where one is no colour.
#[cfg_attr(feature = "author-web", wasm_bindgen::prelude::wasm_bindgen(js_name = "color_contrast"))]
pub fn contrast(a: &str, b: &str) -> String {
    contrast::contrast(a, b).map_or_else(String::new, |ratio| format!("{:.2}", (ratio * 100.0).floor() / 100.0))
}

/// The colour nearest to `fore` that has at least the contrast `least` to `back`; blank where there is none, or where one
/// of the three cannot be read.
#[cfg_attr(feature = "author-web", wasm_bindgen::prelude::wasm_bindgen(js_name = "nearest_color"))]
pub fn nearest(fore: &str, back: &str, least: &str) -> String {
    let least = least.parse().ok();
    least.and_then(|least| contrast::nearest(fore, back, least)).unwrap_or_default()
}

/// The pairs of colours that are checked, one a line: the name of the one in front, of the one behind, and the least
/// contrast, separated by tabs.
#[cfg_attr(feature = "author-web", wasm_bindgen::prelude::wasm_bindgen(js_name = "color_pairs"))]
pub fn pairs() -> String {
    PAIRS.map(|(fore, back, least)| format!("{fore}\t{back}\t{least}")).join("\n")
}

fn one(path: &str, expected: impl Into<String>, found: impl Into<String>) -> Vec<Fault> {
    vec![Fault { path: path.into(), expected: expected.into(), found: found.into() }]
}

fn told(faults: &[Fault]) -> String {
    // A fault quotes what was written; a tab or line break in it would be one of the answer.
    let field = |text: &str| text.replace(|c: char| c.is_control(), " ");
    let lines = faults.iter().map(|Fault { path, expected, found }| {
        ["\n", &field(path), "\t", &field(expected), "\t", &field(found)].concat()
    });
    std::iter::once("faults".to_string()).chain(lines).collect()
}
