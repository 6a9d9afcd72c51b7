//! What the pages need of the browser: the day, history, focus, downloads, and everything else that the page does for the
//! program.
//!
//! Every call can fail in some host, and a failure is never a reason to stop: it is given back or passed over.

use js_sys::Function;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Element, HtmlElement, Node};

use crate::storage::browser::Browser;

/// The page around one running program: a function of (verb, text, text) that gives a text or nothing. What the page's own
/// script says in a line would need a dozen bindings here, each with its bytes on both sides. Each mount has its own.
#[derive(Clone, PartialEq)]
pub struct Host(pub Function);

impl Host {
    #[inline(never)]
    fn ask(&self, verb: &str, one: &str, two: &str) -> Option<String> {
        self.0.call3(&JsValue::NULL, &verb.into(), &one.into(), &two.into()).ok()?.as_string()
    }

    /// Where this program keeps its texts.
    pub fn store(&self) -> Browser {
        Browser(self.0.clone())
    }

    /// Today as `2026-11-22`, by the visitor's clock; empty when the page does not say.
    pub fn today(&self) -> String {
        self.ask("today", "", "").unwrap_or_default()
    }

    /// A day as this language writes it; the text itself when it is no day.
    pub fn day(&self, iso: &str, lang: &str) -> String {
        self.ask("day", iso, lang).unwrap_or_else(|| iso.into())
    }

    /// Offers a text as a file.
    pub fn download(&self, name: &str, text: &str) {
        self.ask("save", name, text);
    }

    /// The whole address of a file that the pack names.
    pub fn asset(&self, path: &str) -> String {
        if path.is_empty() { String::new() } else { self.ask("asset", path, "").unwrap_or_default() }
    }

    /// Asks the page for another language, or for the rest of this one; what it fetched comes back through the handle.
    pub fn fetch(&self, lang: &str, rest: bool) {
        self.ask(if rest { "more" } else { "lang" }, lang, "");
    }

    /// The address of the page, without query and fragment.
    pub fn here(&self) -> String {
        self.ask("here", "", "").unwrap_or_default()
    }

    /// The text in an input, by selector.
    pub fn value_of(&self, selector: &str) -> String {
        self.ask("value", selector, "").unwrap_or_default()
    }

    /// Puts the text of an input on the clipboard; the handle hears whether it went.
    pub fn copy(&self, selector: &str) {
        self.ask("copy", selector, "");
    }

    /// Has a QR code drawn of a text; it comes back through the handle.
    pub fn qr(&self, text: &str, whose: &str) {
        self.ask("qr", text, whose);
    }

    /// Offers accounts as a JSON file.
    pub fn export(&self, bundle: &str, name: &str) {
        self.ask("export", bundle, name);
    }

    /// Sends the body of a form, once; blank: what waits is tried again. What became of it comes back through the handle.
    pub fn send(&self, url: &str, body: &str) {
        self.ask("send", url, body);
    }

    /// Takes back what waits to be sent. `stop`: what is under way, too; else it may still arrive, but waits no longer.
    pub fn unsend(&self, stop: bool) {
        self.ask("unsend", if stop { "x" } else { "" }, "");
    }

    /// Has a JSON file read; what it says comes back through the handle.
    pub fn import(&self, text: &str) {
        self.ask("import", text, "");
    }

    /// Has the second program do something with a text; `None` while it is not there.
    pub fn act(&self, verb: &str, text: &str, visit: &str) -> Option<String> {
        let asked = [verb, "\u{1d}", &number().to_string(), "\u{1d}", visit].concat();
        self.ask("act", text, &asked).filter(|answer| !answer.is_empty())
    }

    /// Asks the program of the later pages for one of them; `None` while it is not there.
    pub fn view(&self, visit: &str) -> Option<String> {
        self.ask("view", visit, "").filter(|page| !page.is_empty())
    }

    /// Asks the program of reports for its page; `None` while it is not there.
    pub fn report(&self, visit: &str) -> Option<String> {
        self.ask("report", visit, "").filter(|page| !page.is_empty())
    }

    /// Offers a file of the report, by its kind; the handle hears where that failed.
    pub fn file(&self, kind: &str, visit: &str) {
        self.ask("file", kind, visit);
    }

    /// Begins anew with the newest files: those on the server have changed.
    pub fn reload(&self) {
        self.ask("reload", "", "");
    }

    pub fn print(&self) {
        self.ask("print", "", "");
    }

    /// What the page is called, where it has a title of its own.
    pub fn title(&self, text: &str) {
        self.ask("title", text, "");
    }

    /// Keeps the newest state for the case of a crash, and whether it is stored.
    pub fn saved(&self, text: &str, stored: bool) {
        self.ask("saved", text, if stored { "x" } else { "" });
    }

    /// Something that the embedding page may hear of; never answers.
    pub fn tell(&self, what: &str, detail: &str) {
        self.ask("tell", what, detail);
    }

    /// Will the focus be lost when the page is drawn anew? Nothing has it, or something of the page itself.
    pub fn focus_goes(&self) -> bool {
        self.ask("loses", "", "").is_some()
    }

    /// The state of the current history entry, when it is one of ours.
    pub fn history_state(&self) -> Option<String> {
        self.ask("state", "", "")
    }

    /// Writes the history: a new entry, or the current one anew. A host that forbids it loses Back, nothing else.
    pub fn history(&self, state: &str, new_entry: bool) {
        self.ask(if new_entry { "push" } else { "put" }, state, "");
    }

    pub fn history_back(&self) -> bool {
        self.ask("back", "", "").is_some()
    }

    pub fn scroll_up(&self) {
        self.ask("top", "", "");
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
    // A shadow root has this method too.
    let root: Document = event.target()?.dyn_into::<Node>().ok()?.get_root_node().unchecked_into();
    let under = root.element_from_point(get("clientX")? as f32, get("clientY")? as f32)?;
    let row = under.closest(".bsh-tasks > [data-row]").ok().flatten()?;
    row.get_attribute("data-row")?.parse().ok()
}

/// Focuses an element by selector within `root`.
pub fn focus(root: &Element, selector: &str) -> bool {
    let found = root.query_selector(selector).ok().flatten().and_then(|element| element.dyn_into::<HtmlElement>().ok());
    found.is_some_and(|element| element.focus().is_ok())
}
