//! The second program: draws results and plan for the visitor's program, as markup in text form.
//!
//! Knows both files of a pack and nothing of the visit but what each call brings. Must not know the page it stands on.

use std::cell::RefCell;

use wasm_bindgen::prelude::wasm_bindgen;

use crate::pack::compiled::Pack;
use crate::page::later;
use crate::page::visit::Visit;
use crate::storage::codec::step_code;

thread_local! {
    static PACK: RefCell<Option<Pack>> = const { RefCell::new(None) };
}

/// Takes both files of a pack in one language; gives the code of what is wrong with them, or nothing.
#[wasm_bindgen]
pub fn load(first: &str, second: &str) -> String {
    let read = Pack::read(first).and_then(|mut pack| pack.add(second).map(|()| pack));
    match read {
        Ok(pack) => {
            PACK.with(|slot| slot.replace(Some(pack)));
            String::new()
        }
        Err(error) => error.code().into(),
    }
}

/// Draws a page. `visit` is what `Visit::write` makes, the answer what `El::write` does; blank when it cannot be drawn.
#[wasm_bindgen]
pub fn view(visit: &str) -> String {
    #[cfg(feature = "faults")]
    #[allow(clippy::panic)]
    if visit.ends_with("\n@fault=view\n") {
        panic!("asked for: view");
    }
    PACK.with(|slot| {
        let pack = slot.borrow();
        let Some(pack) = pack.as_ref() else { return String::new() };
        let Some((visit, draft)) = Visit::read(visit, &pack.survey, &pack.hash) else {
            return String::new();
        };
        let mut out = String::new();
        later::page(pack, &visit, &draft, &step_code(&pack.survey, draft.step)).write(&mut out);
        out
    })
}
