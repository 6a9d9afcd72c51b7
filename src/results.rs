//! The second program: draws results, the later instruments and the plan for the visitor's program, as markup in text
//! form. What belongs to accounts is drawn by a larger program, which draws these pages too (`accounts.rs`).

use wasm_bindgen::prelude::wasm_bindgen;

use crate::page::{later, told};
use crate::second;

/// Takes both files of a pack in one language; gives its number, or the code of what is wrong with them.
#[wasm_bindgen]
pub fn load(first: &str, second: &str) -> String {
    second::load(first, second)
}

/// Draws a page in the pack of this number. `visit` is what `Visit::write` makes, the answer what `El::write` does; blank when it cannot be drawn.
#[wasm_bindgen]
pub fn view(pack: usize, visit: &str) -> String {
    second::draw(pack, visit, later::page)
}

/// What an embedding page may be told of the result that is open, as `page::told` writes it.
#[wasm_bindgen]
pub fn told(pack: usize, visit: &str) -> String {
    second::with(pack, visit, |pack, _, draft| told::told(pack, draft))
}
