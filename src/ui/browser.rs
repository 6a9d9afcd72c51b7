//! What the pages need of the browser: the day, history, focus, downloads.
//!
//! Every call can fail in some host, and a failure is never a reason to stop: it is given back or passed over.

use std::cell::{Cell, RefCell};

use js_sys::Function;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, HtmlElement, Window};

pub fn window() -> Option<Window> {
    web_sys::window()
}

pub fn document() -> Option<Document> {
    window()?.document()
}

thread_local! {
    static UNSAVED: Cell<bool> = const { Cell::new(false) };
    static HOST: RefCell<Option<Function>> = const { RefCell::new(None) };
}

/// Takes the page's services: one function of (verb, text, text) that gives a text or nothing. What the page's own
/// script says in a line would need a dozen bindings here, each with its bytes on both sides.
pub fn set_host(host: Option<Function>) {
    HOST.with(|slot| slot.replace(host));
}

/// Notes whether the last save failed, for the moment when the page goes: nothing runs then without need.
pub fn set_unsaved(unsaved: bool) {
    UNSAVED.set(unsaved);
}

pub fn unsaved() -> bool {
    UNSAVED.get()
}

/// Will the focus be lost when the page is drawn anew? Nothing has it, or something of the page itself.
pub fn focus_goes() -> bool {
    let inside = |element: web_sys::Element| element.closest("main").is_ok_and(|found| found.is_some());
    document()
        .and_then(|document| document.active_element())
        .is_none_or(|element| element.tag_name() == "BODY" || inside(element))
}

#[inline(never)]
fn ask_host(verb: &str, one: &str, two: &str) -> Option<String> {
    let host = HOST.with(|slot| slot.borrow().clone())?;
    host.call3(&JsValue::NULL, &verb.into(), &one.into(), &two.into()).ok()?.as_string()
}

/// Today as `2026-11-22`, by the visitor's clock; empty when the page does not say.
pub fn today() -> String {
    ask_host("today", "", "").unwrap_or_default()
}

/// A day as this language writes it; the text itself when it is no day.
pub fn day(iso: &str, lang: &str) -> String {
    ask_host("day", iso, lang).unwrap_or_else(|| iso.into())
}

/// Offers a text as a file.
pub fn download(name: &str, text: &str) {
    ask_host("save", name, text);
}

/// Asks the page for another language, or for the rest of this one; what it fetched comes back through the handle.
pub fn fetch(lang: &str, rest: bool) {
    ask_host(if rest { "more" } else { "lang" }, lang, "");
}

/// The address of the page, without query and fragment.
pub fn here() -> String {
    ask_host("here", "", "").unwrap_or_default()
}

/// The text in an input, by selector.
pub fn value_of(selector: &str) -> String {
    let found = document().and_then(|document| document.query_selector(selector).ok().flatten());
    let value = found.and_then(|element| js_sys::Reflect::get(&element, &JsValue::from_str("value")).ok());
    value.and_then(|value| value.as_string()).unwrap_or_default()
}

/// Puts the text of an input on the clipboard; the handle hears whether it went.
pub fn copy(selector: &str) {
    ask_host("copy", selector, "");
}

/// Has a QR code drawn of a text; it comes back through the handle.
pub fn qr(text: &str, whose: &str) {
    ask_host("qr", text, whose);
}

/// Offers accounts as a JSON file.
pub fn export(bundle: &str, name: &str) {
    ask_host("export", bundle, name);
}

/// Has a JSON file read; what it says comes back through the handle.
pub fn import(text: &str) {
    ask_host("import", text, "");
}

/// Has the second program do something with a text; `None` while it is not there.
pub fn act(verb: &str, text: &str, visit: &str) -> Option<String> {
    let asked = [verb, "\u{1d}", &number().to_string(), "\u{1d}", visit].concat();
    ask_host("act", text, &asked).filter(|answer| !answer.is_empty())
}

/// Asks the program of the later pages for one of them; `None` while it is not there.
pub fn view(visit: &str) -> Option<String> {
    ask_host("view", visit, "").filter(|page| !page.is_empty())
}

/// Loads the page anew: its files have changed on the server.
pub fn reload() {
    if let Some(window) = window() {
        drop(window.location().reload());
    }
}

/// A number that no row of this draft is likely to have, in any tab.
pub fn number() -> u32 {
    // At most a million, and never 0.
    (js_sys::Math::random() * 1_000_000.0) as u32 + 1
}

/// The row of the plan that lies under the pointer, by its id; 0 once no button is held any more.
pub fn row_under(event: &web_sys::Event) -> Option<u32> {
    let get = |name: &str| js_sys::Reflect::get(event, &JsValue::from_str(name)).ok()?.as_f64();
    if get("buttons")? == 0.0 {
        return Some(0);
    }
    let under = document()?.element_from_point(get("clientX")? as f32, get("clientY")? as f32)?;
    let row = under.closest(".bsh-tasks > [data-row]").ok().flatten()?;
    row.get_attribute("data-row")?.parse().ok()
}

/// The state of the current history entry, when it is one of ours.
pub fn history_state() -> Option<String> {
    window()?.history().ok()?.state().ok()?.as_string()
}

/// Writes the history: a new entry, or the current one anew. A host that forbids it loses Back, nothing else.
pub fn history(state: &str, new_entry: bool) {
    if let Some(history) = window().and_then(|window| window.history().ok()) {
        let state = JsValue::from_str(state);
        let done = if new_entry { history.push_state(&state, "") } else { history.replace_state(&state, "") };
        drop(done);
    }
}

pub fn history_back() -> bool {
    window().and_then(|window| window.history().ok()).is_some_and(|history| history.back().is_ok())
}

/// Focuses an element by selector within `root`.
pub fn focus(root: &web_sys::Element, selector: &str) -> bool {
    let found = root.query_selector(selector).ok().flatten().and_then(|element| element.dyn_into::<HtmlElement>().ok());
    found.is_some_and(|element| element.focus().is_ok())
}

pub fn scroll_up() {
    if let Some(window) = window() {
        window.scroll_to_with_x_and_y(0.0, 0.0);
    }
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
