//! The second program: draws results, the later instruments and the plan for the visitor's program, as markup in text
//! form. What belongs to accounts is drawn by a larger program, which draws these pages too (`accounts.rs`).

use wasm_bindgen::prelude::wasm_bindgen;

use crate::page::later;
use crate::second;

/// Takes both files of a pack in one language; gives the code of what is wrong with them, or nothing.
#[wasm_bindgen]
pub fn load(first: &str, second: &str) -> String {
    second::load(first, second)
}

/// Draws a page. `visit` is what `Visit::write` makes, the answer what `El::write` does; blank when it cannot be drawn.
#[wasm_bindgen]
pub fn view(visit: &str) -> String {
    second::draw(visit, later::page)
}
