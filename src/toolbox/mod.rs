//! The toolbox: whatever reads or writes JSON in the browser, and QR codes. Pure functions from text to text, in a third
//! program that is fetched when somebody imports or exports, or wants to see a QR code.
//!
//! Knows the workspace file (docs/workspace.md). Must not know pages, packs or where anything is stored.

mod account;
mod faults;
pub mod json;
#[cfg(feature = "qr")]
mod qr;
mod read;
mod rows;
#[cfg(feature = "json")]
pub mod schema;
mod values;
mod write;

#[cfg(feature = "qr")]
pub use qr::qr;
pub use read::{Imported, read};
pub use write::write;

use crate::domain::rows::List;

/// What a workspace file says that it is.
pub const FORMAT: &str = "bsh-workspace";
/// The version that this program writes and reads.
pub const VERSION: i64 = 1;
/// Stands between the accounts of a bundle.
const RECORD: char = '\u{1e}';

/// How a list is called in a workspace file.
fn name_of(list: List) -> &'static str {
    match list {
        List::People => "people",
        List::Rivals => "rivals",
        List::Tasks => "tasks",
        List::Goals => "goals",
        List::Focus => "focus",
        List::Stop => "stop",
        List::Own => "own",
        List::Charter => "charter",
        List::Climb => "climb",
        List::About => "about",
        List::Views => "views",
        List::Invites => "invites",
        List::Asked => "asked",
    }
}

/// For the page: `ok`, a line for each fault, U+001D, the bundle that [`write`] takes; or `no` and what is wrong.
#[cfg(feature = "toolbox")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn read_workspace(json: &str) -> String {
    let told = |word: &str, faults: Vec<String>| {
        let lines = faults.iter().flat_map(|fault| ["\n", fault]);
        [word].into_iter().chain(lines).collect::<String>()
    };
    match read(json) {
        Ok(all) => [&told("ok", all.faults), "\u{1d}", &all.bundle].concat(),
        Err(faults) => told("no", faults),
    }
}

/// For the page: [`write`].
#[cfg(feature = "toolbox")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn write_workspace(bundle: &str) -> String {
    write(bundle)
}

/// For the page: [`qr`].
#[cfg(feature = "toolbox")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn draw_qr(text: &str) -> String {
    qr(text)
}
