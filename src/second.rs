//! What both programs without Yew share: the packs that they hold, and the way from a visit in text form to an answer.
//!
//! Knows both files of a pack and nothing of the visit but what each call brings. Must not know the page it stands on.

use std::cell::RefCell;

use crate::domain::draft::Draft;
use crate::pack::compiled::Pack;
use crate::page::dom::El;
use crate::page::visit::Visit;

thread_local! {
    /// Every pack and language that a page of this program shows, each with the heads of its two files.
    static PACKS: RefCell<Vec<(String, Pack)>> = const { RefCell::new(Vec::new()) };
}

/// Takes both files of a pack in one language; gives the number by which it is asked for, or the code of what is wrong.
pub fn load(first: &str, second: &str) -> String {
    let read = Pack::read(first).and_then(|mut pack| pack.add(second).map(|()| pack));
    match read {
        Ok(pack) => PACKS.with(|slot| {
            let mut packs = slot.borrow_mut();
            // A head has edition, language and checksum.
            let heads = [first, second].map(|file| file.split('\n').next().unwrap_or("")).concat();
            let at = packs.iter().position(|(known, _)| *known == heads);
            let at = at.unwrap_or_else(|| {
                packs.push((heads, pack));
                packs.len() - 1
            });
            at.to_string()
        }),
        Err(error) => error.code().into(),
    }
}

/// What `work` makes of a visit as `Visit::write` writes it, in the pack of a number from [`load`]; blank when either
/// cannot be read.
pub fn with(number: usize, visit: &str, work: impl FnOnce(&Pack, &Visit, &Draft) -> String) -> String {
    PACKS.with(|slot| {
        let packs = slot.borrow();
        let Some((_, pack)) = packs.get(number) else { return String::new() };
        let Some((visit, draft)) = Visit::read(visit, &pack.survey, &pack.hash) else {
            return String::new();
        };
        work(pack, &visit, &draft)
    })
}

/// Draws a page as text; blank when there is none.
pub fn draw(number: usize, visit: &str, page: impl FnOnce(&Pack, &Visit, &Draft) -> Option<El>) -> String {
    #[cfg(feature = "faults")]
    #[allow(clippy::panic)]
    if visit.ends_with("\n@fault=view\n") {
        panic!("asked for: view");
    }
    with(number, visit, |pack, visit, draft| {
        let mut out = String::new();
        if let Some(page) = page(pack, visit, draft) {
            page.write(&mut out);
        }
        out
    })
}
