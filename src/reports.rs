//! The program of reports: draws the page of the report, and makes every file that can be taken away. Fetched when
//! somebody asks for the report.
//!
//! Reads nothing that is stored. Must not know the page it stands on, nor how a file gets to the visitor.

use wasm_bindgen::prelude::wasm_bindgen;

use crate::domain::draft::Draft;
use crate::pack::compiled::Pack;
use crate::page::dom::El;
use crate::page::visit::{Show, Visit};
use crate::page::{later, report};
use crate::report::{Frame, files};
use crate::second;

/// Takes both files of a pack in one language; gives its number, or the code of what is wrong with them.
#[wasm_bindgen]
pub fn load(first: &str, second: &str) -> String {
    second::load(first, second)
}

/// Draws the page in the pack of this number. `visit` is what `Visit::write` makes, the answer what `El::write` does.
#[wasm_bindgen]
pub fn view(pack: usize, visit: &str) -> String {
    second::draw(pack, visit, |pack: &Pack, visit: &Visit, draft: &Draft| -> Option<El> {
        Some(report::page(later::frame(pack, Show::Report.word()), pack, visit, draft))
    })
}

/// Makes a file by its kind (see [`files`]): name, media type and text, with U+001D between them; blank when there is none.
#[wasm_bindgen]
pub fn file(pack: usize, kind: &str, visit: &str) -> String {
    second::with(pack, visit, |pack, visit, draft| {
        let frame = Frame { id: &visit.account, company: &visit.company, today: &visit.today };
        let made = files::file(pack, draft, &frame, kind);
        made.map_or_else(String::new, |file| [&*file.name, "\u{1d}", file.media, "\u{1d}", &file.text].concat())
    })
}
