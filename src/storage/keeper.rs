//! Keeps one draft under one key: loads it, saves every change at once, merges with what another tab saved, and never
//! overwrites what it cannot read.
//!
//! Knows the rules of safe keeping. Must not know browser or page: the store is a parameter.

use super::codec::{Fields, Opened, ReadError, SIZE_MAX, merge};
use super::home::Home;
use super::store::{Store, StoreError};
use crate::domain::draft::Draft;
use crate::domain::model::Survey;

/// What was found under the key.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Found {
    Nothing,
    Draft(Box<Opened>),
    /// Saved by a newer version; it stays as it is and nothing is saved over it.
    Newer,
    /// Not readable: kept aside under another key, and here for a download.
    Unreadable(String),
    Refused,
}

/// What became of a save.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Saved {
    Done,
    /// Another tab had saved too: this is the draft that both now have.
    Merged(Box<Draft>),
    /// Another tab erased the draft; nothing was saved.
    Erased,
    Failed(Trouble),
}

/// Why answers live in memory only.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Trouble {
    Refused,
    Full,
    /// A newer version's data, or unreadable data that could not be set aside, is under the key.
    Occupied,
}

impl From<StoreError> for Trouble {
    fn from(error: StoreError) -> Trouble {
        match error {
            StoreError::Refused => Trouble::Refused,
            StoreError::Full => Trouble::Full,
        }
    }
}

pub struct Keeper<S> {
    store: S,
    key: String,
    aside: String,
    /// What is in the store as far as this tab knows; `None` when nothing is.
    base: Option<Fields>,
    occupied: bool,
    /// What cannot be read stays under its key: it is one of many, and no new one takes its place.
    stays: bool,
}

/// The longest text that is set aside, in bytes: larger ones stay where they are.
const ASIDE_MAX: usize = 1024 * 1024;

impl<S: Store> Keeper<S> {
    /// Keeps the draft of one home in the workspace called `name`.
    pub fn new(store: S, name: &str, home: &Home) -> Keeper<S> {
        let stays = *home != Home::Draft;
        Keeper { store, key: home.key(name), aside: home.aside(name), base: None, occupied: false, stays }
    }

    pub fn key(&self) -> &str {
        &self.key
    }

    /// What was set aside earlier, if anything: by this program, or by "Start clean" after a crash.
    pub fn set_aside(&self) -> Option<String> {
        self.store.read(&self.aside).ok().flatten()
    }

    /// Looks what is there, and sets aside what cannot be read.
    pub fn load(&mut self, survey: &Survey, pack: &str) -> Found {
        self.occupied = false;
        self.base = None;
        let text = match self.store.read(&self.key) {
            Err(_) => return Found::Refused,
            Ok(None) => return Found::Nothing,
            Ok(Some(text)) => text,
        };
        match Fields::read(&text) {
            Ok(fields) => {
                let opened = fields.draft(survey, pack);
                if opened.dropped > 0 {
                    // What has no place in this edition goes with the next save: the whole stays aside, or else under the key.
                    self.occupied = !self.put_aside(&text);
                }
                self.base = Some(fields);
                Found::Draft(Box::new(opened))
            }
            Err(ReadError::Newer) => {
                self.occupied = true;
                Found::Newer
            }
            Err(ReadError::Unreadable | ReadError::TooLarge) => {
                self.occupied = self.stays || !self.put_aside(&text) || self.store.remove(&self.key).is_err();
                Found::Unreadable(text)
            }
        }
    }

    /// Sets a text aside, once: an earlier one is not pushed out.
    fn put_aside(&self, text: &str) -> bool {
        match self.store.read(&self.aside) {
            Ok(None) => text.len() <= ASIDE_MAX && self.store.write(&self.aside, text).is_ok(),
            Ok(Some(earlier)) => earlier == text,
            Err(_) => false,
        }
    }

    /// Saves a draft. A failed save keeps the old value.
    pub fn save(&mut self, survey: &Survey, draft: &Draft) -> Saved {
        if self.occupied {
            return Saved::Failed(Trouble::Occupied);
        }
        let stored = match self.store.read(&self.key) {
            Ok(stored) => stored,
            Err(error) => return Saved::Failed(error.into()),
        };
        let mut mine = Fields::of(survey, draft, 0);
        let mut merged = false;
        match (&self.base, stored.as_deref().map(Fields::read)) {
            (Some(_), None) => {
                self.base = None;
                return Saved::Erased;
            }
            (_, Some(Err(_))) => {
                self.occupied = true;
                return Saved::Failed(Trouble::Occupied);
            }
            (None, None) => mine.revision = 1,
            // Somebody else's answers, never seen here: two customers must not become one.
            (None, Some(Ok(_))) => return Saved::Failed(Trouble::Occupied),
            (Some(base), Some(Ok(theirs))) => {
                if *base != theirs {
                    mine = merge(base, &mine, &theirs);
                    merged = true;
                }
                mine.revision = theirs.revision.saturating_add(1);
            }
        }
        let text = mine.write();
        if text.len() > SIZE_MAX {
            // It could never be read again.
            return Saved::Failed(Trouble::Full);
        }
        match self.store.write(&self.key, &text) {
            Ok(()) => {
                let result =
                    if merged { Saved::Merged(Box::new(mine.draft(survey, &draft.pack).draft)) } else { Saved::Done };
                self.base = Some(mine);
                result
            }
            Err(error) => Saved::Failed(error.into()),
        }
    }

    /// Another tab changed the key: merges what it saved with what is here.
    pub fn take_in(&mut self, survey: &Survey, draft: &Draft) -> Saved {
        match (&self.base, self.store.read(&self.key)) {
            (Some(_), Ok(None)) => {
                self.base = None;
                Saved::Erased
            }
            (Some(base), Ok(Some(text))) => match Fields::read(&text) {
                Ok(theirs) if theirs != *base => {
                    let mine = Fields::of(survey, draft, theirs.revision);
                    let both = merge(base, &mine, &theirs);
                    self.base = Some(theirs);
                    Saved::Merged(Box::new(both.draft(survey, &draft.pack).draft))
                }
                Ok(_) => Saved::Done,
                Err(_) => Saved::Failed(Trouble::Occupied),
            },
            // Nothing of this draft was ever stored: perhaps it can be now.
            (None, _) => self.save(survey, draft),
            (Some(_), Err(error)) => Saved::Failed(error.into()),
        }
    }

    /// Removes the draft, because the visitor asked for it.
    pub fn forget(&mut self) -> Result<(), StoreError> {
        self.base = None;
        self.store.remove(&self.key)?;
        self.occupied = false;
        Ok(())
    }
}
