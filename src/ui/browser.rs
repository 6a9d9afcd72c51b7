//! What the pages need of the browser: the day, history, focus, downloads.
//!
//! Every call can fail in some host, and a failure is never a reason to stop: it is given back or passed over.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, Document, HtmlElement, HtmlInputElement, Url, Window};

pub fn window() -> Option<Window> {
    web_sys::window()
}

pub fn document() -> Option<Document> {
    window()?.document()
}

/// Today as `2026-11-22`, by the visitor's clock.
pub fn today() -> String {
    let now = js_sys::Date::new_0();
    let two = |value: u32| {
        let text = value.to_string();
        if text.len() < 2 {
            ["0", &text].concat()
        } else {
            text
        }
    };
    [
        now.get_full_year().to_string(),
        two(now.get_month() + 1),
        two(now.get_date()),
    ]
    .join("-")
}

/// A day as this language writes it; the text itself when it is no day.
pub fn day(iso: &str, lang: &str) -> String {
    let date = js_sys::Date::new(&JsValue::from_str(&[iso, "T00:00:00"].concat()));
    if date.get_time().is_nan() {
        return iso.into();
    }
    let options = js_sys::Object::new();
    for (key, value) in [("day", "numeric"), ("month", "short"), ("year", "numeric")] {
        if js_sys::Reflect::set(&options, &key.into(), &value.into()).is_err() {
            return iso.into();
        }
    }
    date.to_locale_date_string(lang, &options).into()
}

/// The state of the current history entry, when it is one of ours.
pub fn history_state() -> Option<String> {
    window()?.history().ok()?.state().ok()?.as_string()
}

/// Writes the history: a new entry, or the current one anew. A host that forbids it loses Back, nothing else.
pub fn history(state: &str, new_entry: bool) {
    if let Some(history) = window().and_then(|window| window.history().ok()) {
        let state = JsValue::from_str(state);
        let done = if new_entry {
            history.push_state(&state, "")
        } else {
            history.replace_state(&state, "")
        };
        drop(done);
    }
}

pub fn history_back() -> bool {
    window()
        .and_then(|window| window.history().ok())
        .is_some_and(|history| history.back().is_ok())
}

/// Focuses an element by selector within `root`.
pub fn focus(root: &web_sys::Element, selector: &str) -> bool {
    let found = root
        .query_selector(selector)
        .ok()
        .flatten()
        .and_then(|element| element.dyn_into::<HtmlElement>().ok());
    found.is_some_and(|element| element.focus().is_ok())
}

pub fn scroll_up() {
    if let Some(window) = window() {
        window.scroll_to_with_x_and_y(0.0, 0.0);
    }
}

/// Offers a text as a file.
pub fn download(name: &str, kind: &str, text: &str) -> Option<()> {
    let parts = js_sys::Array::of1(&JsValue::from_str(text));
    let bag = BlobPropertyBag::new();
    bag.set_type(kind);
    let blob = Blob::new_with_str_sequence_and_options(&parts, &bag).ok()?;
    let url = Url::create_object_url_with_blob(&blob).ok()?;
    let document = document()?;
    let link = document
        .create_element("a")
        .ok()?
        .dyn_into::<HtmlElement>()
        .ok()?;
    link.set_attribute("href", &url).ok()?;
    link.set_attribute("download", name).ok()?;
    let body = document.body()?;
    body.append_child(&link).ok()?;
    link.click();
    link.remove();
    // The browser reads the blob after this turn; the address goes when the page goes.
    Some(())
}

/// A file name that every system takes: letters, digits and hyphens of the wish, then the ending.
pub fn file_name(wish: &str, ending: &str) -> String {
    let mut name = String::from("bsh-");
    for c in wish.chars().take(40) {
        // Letters of any script; a table of which signs are letters would cost more than a wrong sign does harm.
        if c.is_ascii_alphanumeric() || c >= '\u{c0}' {
            name.push(c);
        } else if !name.ends_with('-') {
            name.push('-');
        }
    }
    let mut name = String::from(name.trim_end_matches('-'));
    name.push_str(ending);
    name
}

/// The current text of an input inside an element, by id.
pub fn value_of(root: &web_sys::Element, selector: &str) -> String {
    root.query_selector(selector)
        .ok()
        .flatten()
        .and_then(|element| element.dyn_into::<HtmlInputElement>().ok())
        .map_or(String::new(), |input| input.value())
}
