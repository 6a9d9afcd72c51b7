//! The program of accounts: draws everything that `results.rs` draws, and all pages of accounts and of the customer's
//! edition; and does what needs the rules of accounts: a new round, and answers that came back. Who keeps accounts, or
//! comes by a link, loads it instead of the smaller one.
//!
//! Reads stored accounts; it never writes them. Must not know the page it stands on.

use std::cell::RefCell;

use wasm_bindgen::prelude::wasm_bindgen;

use crate::domain::draft::Draft;
use crate::domain::rounds;
use crate::pack::compiled::Pack;
use crate::page::dom::El;
use crate::page::portfolio::Line;
use crate::page::visit::{Show, Visit};
use crate::page::{accounts, compare, later, told, whole};
use crate::storage::codec::Fields;
use crate::storage::store::{Store, StoreError};
use crate::storage::workspace;
use crate::{second, work};

thread_local! {
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
    /// The visit's stamp, and the workspace and language, of the last reading.
    stamp: Option<(u32, String)>,
    /// By the line of the same place: a hash of the text.
    known: Vec<u64>,
    /// How many stored accounts could not be read.
    unread: usize,
    all: Vec<Line>,
}

impl Lines {
    fn update(&mut self, pack: &Pack, visit: &Visit) {
        let whose = [&*pack.lang, " ", &pack.hash, " ", &visit.name].concat();
        let stamp = Some((visit.stamp, whose));
        if self.stamp == stamp {
            return;
        }
        if self.stamp.as_ref().map(|(_, whose)| whose) != stamp.as_ref().map(|(_, whose)| whose) {
            self.known.clear();
        }
        self.stamp = stamp;
        self.unread = 0;
        let old = std::mem::take(&mut self.all).into_iter().zip(std::mem::take(&mut self.known));
        // Nearly always in the order of the index.
        let mut old = old.peekable();
        for id in workspace::stored(&Stored, &visit.name).accounts {
            let before = old.next_if(|(line, _)| line.id == id);
            let Some(text) = workspace::account(&Stored, &visit.name, &id) else { continue };
            let mark = hash(&text);
            let line = match before {
                Some((line, known)) if known == mark => Some(line),
                _ => draft(pack, &text).map(|draft| Line::of(pack, &id, &draft)),
            };
            match line {
                Some(line) => {
                    self.all.push(line);
                    self.known.push(mark);
                }
                None => self.unread += 1,
            }
        }
    }
}

/// FNV-1a: tells one text from another, nothing more.
fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

fn draft(pack: &Pack, text: &str) -> Option<Draft> {
    Some(Fields::read(text).ok()?.draft(&pack.survey, &pack.hash).draft)
}

/// Takes both files of a pack in one language; gives its number, or the code of what is wrong with them.
#[wasm_bindgen]
pub fn load(first: &str, second: &str) -> String {
    second::load(first, second)
}

/// Draws a page in the pack of this number. `visit` is what `Visit::write` makes, the answer what `El::write` does; blank when it cannot be drawn.
#[wasm_bindgen]
pub fn view(pack: usize, visit: &str) -> String {
    second::draw(pack, visit, page)
}

/// What an embedding page may be told of the result that is open, as `page::told` writes it.
#[wasm_bindgen]
pub fn told(pack: usize, visit: &str) -> String {
    second::with(pack, visit, |pack, _, draft| told::told(pack, draft))
}

fn page(pack: &Pack, visit: &Visit, draft: &Draft) -> Option<El> {
    Some(match visit.show {
        Show::Accounts => LINES.with(|lines| {
            // Busy only if a browser asks for a page in the middle of another: the next drawing has it.
            let mut lines = lines.try_borrow_mut().ok()?;
            lines.update(pack, visit);
            Some(accounts::page(later::frame(pack, visit.show.word()), pack, visit, &lines.all, lines.unread))
        })?,
        Show::Compare => compared(pack, visit, draft),
        _ => whole::page(pack, visit, draft),
    })
}

/// Two accounts, or two rounds of the open one.
fn compared(pack: &Pack, visit: &Visit, open: &Draft) -> El {
    let frame = later::frame(pack, visit.show.word());
    let nothing = |frame: El| compare::nothing(frame, pack);
    let [one, two] = visit.table.picks.as_slice() else { return nothing(frame) };
    if let (Ok(one), Ok(two), Some(part)) = (one.parse::<u32>(), two.parse::<u32>(), pack.staged())
        && !visit.account.is_empty()
    {
        let all = rounds::rounds(&pack.survey, open, part, usize::MAX);
        let find = |number: u32| all.iter().find(|round| round.number == number);
        let (Some(one), Some(two)) = (find(one.min(two)), find(one.max(two))) else { return nothing(frame) };
        return compare::rounds(frame, pack, visit, open, [one, two]);
    }
    let account = |id: &String| {
        let draft = draft(pack, &workspace::account(&Stored, &visit.name, id)?)?;
        Some((Line::of(pack, id, &draft), draft))
    };
    let (Some(one), Some(two)) = (account(one), account(two)) else { return nothing(frame) };
    compare::accounts(frame, pack, visit, [one, two])
}

/// Does what a page asks for and the rules of accounts decide; see [`work::Outcome`] for the answer. `seed` is a random
/// number for a new row.
#[wasm_bindgen]
pub fn act(pack: usize, verb: &str, text: &str, visit: &str, seed: u32) -> String {
    second::with(pack, visit, |pack, visit, draft| {
        let outcome = match verb {
            "round" => work::next_round(pack, draft, &visit.today, seed),
            _ => work::receive(pack, &Stored, visit, text, seed),
        };
        outcome.write()
    })
}
