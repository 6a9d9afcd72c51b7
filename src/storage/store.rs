//! The smallest thing that can keep texts by key, and one that keeps them in memory.

use std::cell::RefCell;
use std::rc::Rc;

/// Why a store did not do it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum StoreError {
    /// The browser does not let this page keep anything.
    Refused,
    /// No room left.
    Full,
}

/// Texts by key. A failed write leaves the old value.
pub trait Store {
    fn read(&self, key: &str) -> Result<Option<String>, StoreError>;
    fn write(&self, key: &str, value: &str) -> Result<(), StoreError>;
    fn remove(&self, key: &str) -> Result<(), StoreError>;
    /// Every key, foreign ones too, in no order.
    fn keys(&self) -> Result<Vec<String>, StoreError>;
}

/// Keeps texts as long as it lives. Clones share what is kept, as two tabs do.
#[derive(Clone, Default, Debug)]
pub struct Memory {
    texts: Rc<RefCell<Vec<(String, String)>>>,
    /// When set, every write fails with it.
    pub broken: Rc<std::cell::Cell<Option<StoreError>>>,
}

impl Store for Memory {
    fn read(&self, key: &str) -> Result<Option<String>, StoreError> {
        Ok(self.texts.borrow().iter().find(|(k, _)| k == key).map(|(_, text)| text.clone()))
    }

    fn write(&self, key: &str, value: &str) -> Result<(), StoreError> {
        if let Some(error) = self.broken.get() {
            return Err(error);
        }
        let mut texts = self.texts.borrow_mut();
        texts.retain(|(k, _)| k != key);
        texts.push((key.into(), value.into()));
        Ok(())
    }

    fn remove(&self, key: &str) -> Result<(), StoreError> {
        self.texts.borrow_mut().retain(|(k, _)| k != key);
        Ok(())
    }

    fn keys(&self) -> Result<Vec<String>, StoreError> {
        Ok(self.texts.borrow().iter().map(|(key, _)| key.clone()).collect())
    }
}
