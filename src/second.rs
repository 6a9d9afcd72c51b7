//! What both programs without Yew share: the pack that they hold, and the way from a visit in text form to an answer.
//!
//! Knows both files of a pack and nothing of the visit but what each call brings. Must not know the page it stands on.

use std::cell::RefCell;

use crate::domain::draft::Draft;
use crate::pack::compiled::Pack;
use crate::page::dom::El;
use crate::page::visit::Visit;

thread_local! {
    static PACK: RefCell<Option<Pack>> = const { RefCell::new(None) };
}

/// Takes both files of a pack in one language; gives the code of what is wrong with them, or nothing.
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

/// What `work` makes of a visit as `Visit::write` writes it; blank when it cannot be read.
pub fn with(visit: &str, work: impl FnOnce(&Pack, &Visit, &Draft) -> String) -> String {
    PACK.with(|slot| {
        let pack = slot.borrow();
        let Some(pack) = pack.as_ref() else { return String::new() };
        let Some((visit, draft)) = Visit::read(visit, &pack.survey, &pack.hash) else {
            return String::new();
        };
        work(pack, &visit, &draft)
    })
}

/// Draws a page as text; blank when there is none.
pub fn draw(visit: &str, page: impl FnOnce(&Pack, &Visit, &Draft) -> Option<El>) -> String {
    #[cfg(feature = "faults")]
    #[allow(clippy::panic)]
    if visit.ends_with("\n@fault=view\n") {
        panic!("asked for: view");
    }
    with(visit, |pack, visit, draft| {
        let mut out = String::new();
        if let Some(page) = page(pack, visit, draft) {
            page.write(&mut out);
        }
        out
    })
}
