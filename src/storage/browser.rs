//! The browser's localStorage in three honest states: refused, nothing there, there.
//!
//! Knows that every access can be refused (sandboxed frames, blocked site data) and how a full store is told apart. Must not
//! know which storage the page hands it: a page that keeps nothing gives one of its own that lives in memory.

use js_sys::Function;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DomException, Storage};

use super::store::{Store, StoreError};

/// A storage that the page gives, asked for anew at each use: it can be taken away at any time.
#[derive(Clone)]
pub struct Browser(pub Function);

impl Browser {
    fn local(&self) -> Result<Storage, StoreError> {
        let given = self.0.call1(&JsValue::NULL, &"store".into()).map_err(|_| StoreError::Refused)?;
        // By its methods and not by its class, which one in memory does not have.
        if given.is_object() { Ok(given.unchecked_into()) } else { Err(StoreError::Refused) }
    }
}

/// Full by name or by the codes 22 and 1014; everything else is a refusal.
fn kind(error: &JsValue) -> StoreError {
    match error.dyn_ref::<DomException>() {
        Some(error)
            if matches!(error.code(), 22 | 1014)
                || matches!(error.name().as_str(), "QuotaExceededError" | "NS_ERROR_DOM_QUOTA_REACHED") =>
        {
            StoreError::Full
        }
        _ => StoreError::Refused,
    }
}

impl Store for Browser {
    fn read(&self, key: &str) -> Result<Option<String>, StoreError> {
        self.local()?.get_item(key).map_err(|error| kind(&error))
    }

    fn write(&self, key: &str, value: &str) -> Result<(), StoreError> {
        self.local()?.set_item(key, value).map_err(|error| kind(&error))
    }

    fn remove(&self, key: &str) -> Result<(), StoreError> {
        self.local()?.remove_item(key).map_err(|error| kind(&error))
    }

    fn keys(&self) -> Result<Vec<String>, StoreError> {
        let local = self.local()?;
        let count = local.length().map_err(|error| kind(&error))?;
        Ok((0..count).filter_map(|at| local.key(at).ok().flatten()).collect())
    }
}
