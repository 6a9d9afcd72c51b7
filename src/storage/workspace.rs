//! All accounts: one key each, and a small index that names them in order and keeps the own company's name.
//!
//! The accounts themselves are the truth: a key that the index does not name is taken up, a name without a key is left
//! out, so that two tabs and a lost index do no harm. Knows keys and texts. Must not know what an account says.
//!
//! ```text
//! bsh-workspace 1 12
//! company=Metal Supplies
//! lang=nl
//! accounts=0k3j2h1a 9zzzzzzz
//! ```

use super::codec::{escape, unescape};
use super::home::{Home, accounts, index, is_id, is_own};
use super::store::{Store, StoreError};
use crate::domain::order::sort;
use crate::domain::rows::LINE_MAX;

const MAGIC: &str = "bsh-workspace";
const VERSION: u32 = 1;
/// The most accounts that are kept.
pub const ACCOUNTS_MAX: usize = 5000;

/// What the index says.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Index {
    /// Counts the saves.
    pub revision: u32,
    /// The own company's name.
    pub company: String,
    /// The language that was chosen on the page; blank when none was. `boot.js` reads it.
    pub lang: String,
    /// Ids, oldest first.
    pub accounts: Vec<String>,
    /// Written by a newer version: it is not written over.
    pub newer: bool,
}

impl Index {
    /// Reads an index; a text that is none is an empty one.
    pub fn read(text: &str) -> Index {
        let mut lines = text.lines();
        let mut head = lines.next().unwrap_or("").split(' ');
        let mut all = Index::default();
        if head.next() != Some(MAGIC) {
            return all;
        }
        let mut number = || head.next().and_then(|word| word.parse::<u32>().ok()).unwrap_or(0);
        all.newer = number() > VERSION;
        all.revision = number();
        for line in lines {
            match line.split_once('=') {
                Some(("company", name)) => all.company = unescape(name).chars().take(LINE_MAX).collect(),
                Some(("lang", lang)) => all.lang = lang.chars().take(12).collect(),
                Some(("accounts", ids)) => all.accounts = each_once(ids),
                _ => {}
            }
        }
        all
    }

    pub fn write(&self) -> String {
        let mut out = [MAGIC, " ", &VERSION.to_string(), " ", &self.revision.to_string(), "\ncompany="].concat();
        escape(&self.company, &mut out);
        for part in ["\nlang=", &self.lang, "\naccounts="] {
            out.push_str(part);
        }
        out.push_str(&self.accounts.join(" "));
        out.push('\n');
        out
    }
}

/// The ids of a line in their order, each once: one that two tabs added is there twice.
fn each_once(ids: &str) -> Vec<String> {
    let mut seen: Vec<&str> = Vec::new();
    let mut list = Vec::new();
    for id in ids.split(' ').filter(|id| is_id(id)) {
        if let Err(at) = seen.binary_search(&id) {
            seen.insert(at, id);
            list.push(id.into());
        }
    }
    list
}

/// The index as it is stored; an empty one where nothing can be read.
pub fn stored<S: Store>(store: &S, name: &str) -> Index {
    Index::read(&store.read(&index(name)).ok().flatten().unwrap_or_default())
}

/// The index with exactly those accounts that are there; corrected in the store where it was wrong.
pub fn load<S: Store>(store: &S, name: &str) -> Index {
    let mut now = stored(store, name);
    let Ok(keys) = store.keys() else { return now };
    let start = accounts(name);
    let mut there: Vec<&str> = keys.iter().filter_map(|key| key.strip_prefix(&start)).filter(|id| is_id(id)).collect();
    sort(&mut there);
    let before = now.accounts.clone();
    now.accounts.retain(|id| there.binary_search(&id.as_str()).is_ok());
    let mut named = now.accounts.clone();
    sort(&mut named);
    now.accounts.extend(
        there.into_iter().filter(|id| named.binary_search_by(|n| n.as_str().cmp(id)).is_err()).map(String::from),
    );
    if now.accounts != before {
        // Nothing is lost when this fails: the accounts are found again the next time.
        let _ = change(store, name, |index| index.accounts.clone_from(&now.accounts));
    }
    now
}

/// The stored text of an account; `None` when it is not there or storage is refused.
pub fn account<S: Store>(store: &S, name: &str, id: &str) -> Option<String> {
    store.read(&Home::Account(id.into()).key(name)).ok().flatten()
}

/// Reads the index, changes it and writes it. What changes nothing writes nothing: an erased index stays erased.
pub fn change<S: Store>(store: &S, name: &str, work: impl FnOnce(&mut Index)) -> Result<(), StoreError> {
    let mut now = stored(store, name);
    if now.newer {
        return Ok(());
    }
    let before = now.clone();
    work(&mut now);
    if now == before {
        return Ok(());
    }
    now.revision = now.revision.saturating_add(1);
    store.write(&index(name), &now.write())
}

/// The index and all accounts as one text: the company's name, then id and text of each, with record separators between.
/// `newer` are accounts, by id, whose last changes found no room: they stand in the place of what is stored.
pub fn bundle<S: Store>(store: &S, name: &str, only: Option<&str>, newer: &[(String, String)]) -> String {
    let now = load(store, name);
    let mut out = now.company.replace('\u{1e}', "");
    for id in now.accounts.iter().filter(|id| only.is_none_or(|only| only == id.as_str())) {
        let unstored = newer.iter().find(|(known, _)| known == id).map(|(_, text)| text.clone());
        let text = unstored.or_else(|| account(store, name, id));
        if let Some(text) = text {
            for part in ["\u{1e}", id, "\n", &text] {
                out.push_str(part);
            }
        }
    }
    out
}

/// Removes the answers that belong to no account: those of a visit that keeps none, and those to invitations. The index,
/// the accounts and what is set aside of them stay.
pub fn erase_answers<S: Store>(store: &S, name: &str) -> Result<(), StoreError> {
    let (index, start, aside) = (index(name), accounts(name), [&*Home::Draft.aside(name), ":"].concat());
    let keys = store.keys()?;
    let account = |key: &str| {
        let set_aside = key.strip_prefix(&aside).map(|id| [&*start, id].concat());
        key == index || key.starts_with(&start) || set_aside.is_some_and(|of| keys.contains(&of))
    };
    for key in keys.iter().filter(|key| is_own(key, name) && !account(key)) {
        store.remove(key)?;
    }
    Ok(())
}

/// Removes every key of this workspace and no other, because the visitor asked for it.
pub fn erase<S: Store>(store: &S, name: &str) -> Result<(), StoreError> {
    // The index first: a tab that hears of an account's removal then has none to write anew.
    store.remove(&index(name))?;
    for key in store.keys()?.iter().filter(|key| is_own(key, name)) {
        store.remove(key)?;
    }
    Ok(())
}
