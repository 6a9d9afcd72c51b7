//! The second program: draws results, plan and accounts for the visitor's program, as markup in text form, and does what
//! needs the rules of accounts: a new round, and answers that came back.
//!
//! Knows both files of a pack and reads stored accounts; it never writes them. Must not know the page it stands on.

use std::cell::RefCell;
use std::collections::BTreeMap;

use wasm_bindgen::prelude::wasm_bindgen;

use crate::domain::draft::Draft;
use crate::domain::rounds;
use crate::pack::compiled::Pack;
use crate::page::portfolio::Line;
use crate::page::visit::{Show, Visit};
use crate::page::{accounts, compare, later};
use crate::storage::codec::{Fields, step_code};
use crate::storage::home::Home;
use crate::storage::store::{Store, StoreError};
use crate::storage::workspace;
use crate::work;

thread_local! {
    static PACK: RefCell<Option<Pack>> = const { RefCell::new(None) };
    static LINES: RefCell<Lines> = RefCell::default();
}

#[wasm_bindgen]
extern "C" {
    /// Throws where storage is refused.
    #[wasm_bindgen(js_namespace = localStorage, js_name = getItem, catch)]
    fn get_item(key: &str) -> Result<Option<String>, wasm_bindgen::JsValue>;
}

/// The browser's storage, to be read only.
struct Stored;

impl Store for Stored {
    fn read(&self, key: &str) -> Result<Option<String>, StoreError> {
        get_item(key).map_err(|_| StoreError::Refused)
    }

    fn write(&self, _key: &str, _value: &str) -> Result<(), StoreError> {
        Err(StoreError::Refused)
    }

    fn remove(&self, _key: &str) -> Result<(), StoreError> {
        Err(StoreError::Refused)
    }

    fn keys(&self) -> Result<Vec<String>, StoreError> {
        Err(StoreError::Refused)
    }
}

/// What the table of accounts was made from, so that a filter does not read everything again.
#[derive(Default)]
struct Lines {
    /// The visit's stamp and language of the last reading.
    stamp: Option<(u32, String)>,
    /// By id: how long the text was, its first line (which has the revision), and what it said.
    known: BTreeMap<String, (usize, String, Line)>,
    all: Vec<Line>,
}

impl Lines {
    fn update(&mut self, pack: &Pack, visit: &Visit) {
        let stamp = Some((visit.stamp, pack.lang.clone()));
        if self.stamp == stamp {
            return;
        }
        if self.stamp.as_ref().is_none_or(|(_, lang)| *lang != pack.lang) {
            self.known.clear();
        }
        self.stamp = stamp;
        self.all.clear();
        let mut known = BTreeMap::new();
        for id in workspace::stored(&Stored, &visit.name).accounts {
            let Ok(Some(text)) = Stored.read(&Home::Account(id.clone()).key(&visit.name)) else { continue };
            let head = text.lines().next().unwrap_or("").to_string();
            let line = match self.known.remove(&id) {
                Some((len, old, line)) if len == text.len() && old == head => Some(line),
                _ => draft(pack, &text).map(|draft| Line::of(pack, &id, &draft)),
            };
            if let Some(line) = line {
                self.all.push(line.clone());
                known.insert(id, (text.len(), head, line));
            }
        }
        self.known = known;
    }
}

fn draft(pack: &Pack, text: &str) -> Option<Draft> {
    Some(Fields::read(text).ok()?.draft(&pack.survey, &pack.hash).draft)
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
        page(pack, &visit, &draft).write(&mut out);
        out
    })
}

fn page(pack: &Pack, visit: &Visit, draft: &Draft) -> crate::page::dom::El {
    match visit.show {
        Show::Accounts => LINES.with(|lines| {
            let mut lines = lines.borrow_mut();
            lines.update(pack, visit);
            accounts::page(later::frame(pack, visit.show.word()), pack, visit, &lines.all)
        }),
        Show::Compare => compared(pack, visit, draft),
        Show::Journey => later::page(pack, visit, draft, &step_code(&pack.survey, draft.step)),
        show => later::page(pack, visit, draft, show.word()),
    }
}

/// Two accounts, or two rounds of the open one.
fn compared(pack: &Pack, visit: &Visit, open: &Draft) -> crate::page::dom::El {
    let frame = later::frame(pack, visit.show.word());
    let [one, two] = visit.table.picks.as_slice() else { return frame };
    if let (Ok(one), Ok(two), Some(part)) = (one.parse::<u32>(), two.parse::<u32>(), pack.staged())
        && !visit.account.is_empty()
    {
        let all = rounds::rounds(&pack.survey, open, part, usize::MAX);
        let find = |number: u32| all.iter().find(|round| round.number == number);
        let (Some(one), Some(two)) = (find(one.min(two)), find(one.max(two))) else { return frame };
        return compare::rounds(frame, pack, visit, open, [one, two]);
    }
    let account = |id: &String| {
        let text = Stored.read(&Home::Account(id.clone()).key(&visit.name)).ok().flatten()?;
        let draft = draft(pack, &text)?;
        Some((Line::of(pack, id, &draft), draft))
    };
    let (Some(one), Some(two)) = (account(one), account(two)) else { return frame };
    compare::accounts(frame, pack, visit, [one, two])
}

/// Does what a page asks for and the rules of accounts decide; see [`work::Outcome`] for the answer. `seed` is a random
/// number for a new row.
#[wasm_bindgen]
pub fn act(verb: &str, text: &str, visit: &str, seed: u32) -> String {
    PACK.with(|slot| {
        let pack = slot.borrow();
        let Some(pack) = pack.as_ref() else { return String::new() };
        let Some((visit, draft)) = Visit::read(visit, &pack.survey, &pack.hash) else {
            return String::new();
        };
        let outcome = match verb {
            "round" => work::next_round(pack, &draft, &visit.today, seed),
            _ => work::receive(pack, &Stored, &visit, text, seed),
        };
        outcome.write()
    })
}
