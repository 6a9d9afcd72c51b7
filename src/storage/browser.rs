//! The browser's localStorage in three honest states: refused, nothing there, there.
//!
//! Knows that every access can be refused (sandboxed frames, blocked site data) and how a full store is told apart.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DomException, Storage};

use super::store::{Store, StoreError};

/// localStorage of the page's origin, looked up anew at each use: it can be taken away at any time.
pub struct Browser;

fn local() -> Result<Storage, StoreError> {
    let window = web_sys::window().ok_or(StoreError::Refused)?;
    window.local_storage().ok().flatten().ok_or(StoreError::Refused)
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
        local()?.get_item(key).map_err(|error| kind(&error))
    }

    fn write(&self, key: &str, value: &str) -> Result<(), StoreError> {
        local()?.set_item(key, value).map_err(|error| kind(&error))
    }

    fn remove(&self, key: &str) -> Result<(), StoreError> {
        local()?.remove_item(key).map_err(|error| kind(&error))
    }

    fn keys(&self) -> Result<Vec<String>, StoreError> {
        let local = local()?;
        let count = local.length().map_err(|error| kind(&error))?;
        Ok((0..count).filter_map(|at| local.key(at).ok().flatten()).collect())
    }
}
