//! The way in: `mount(root, options)`, called by every host page, and the panic hook that tells the page of a crash.
//!
//! Knows the options and the program's life cycle. Must not know what the pages look like.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, Ordering};

use js_sys::{Function, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::{Element, File};

use crate::domain::model::Form;
use crate::pack::compiled::{Pack, PackError};
use crate::page::msg::Msg;
use crate::page::visit::Mode;
use crate::storage::home::Home;
use crate::storage::keeper::Keeper;
use crate::ui::app::{App, Props, Told};
use crate::ui::browser::Host;

/// Set by the first panic: the instance must not be entered again.
static CRASHED: AtomicBool = AtomicBool::new(false);

thread_local! {
    static ON_CRASH: RefCell<Option<Function>> = const { RefCell::new(None) };
}

/// Did this instance panic?
fn crashed() -> bool {
    CRASHED.load(Ordering::Relaxed)
}

/// What the host page wants. Read once from a plain object; a missing field has its default.
#[derive(Clone, PartialEq, Default)]
pub struct Options {
    /// Name of the draft in the store; `default`.
    pub key: String,
    pub account: String,
    /// The customer that the host names, for those who begin anew.
    pub preset: String,
    pub part: String,
    pub form: Form,
    /// The language was chosen on the page, not by its host or browser.
    pub lang: String,
    /// Start was already pressed on the static page.
    pub start: bool,
    /// A file was already chosen on the static page.
    pub file: Option<File>,
    /// Id of the element that had the focus on the static page.
    pub focus: String,
    pub mode: Mode,
    /// Who is told level and position at the end, as a host name; blank for nobody.
    pub report: String,
    /// Part of somebody else's page: what has the focus keeps it.
    pub embedded: bool,
    /// In a shadow root: elements have names by which the page around may style them.
    pub parts: bool,
    /// A link of ours that was in the address, with its `#`.
    pub link: String,
    /// Only heeded by builds with the feature `faults`.
    pub fault: String,
}

impl Options {
    fn read(object: &JsValue) -> Options {
        let get = |name: &str| Reflect::get(object, &JsValue::from_str(name)).unwrap_or(JsValue::UNDEFINED);
        let text = |name: &str| get(name).as_string().unwrap_or_default();
        let key = text("key");
        Options {
            key: if key.is_empty() { "default".into() } else { key },
            account: text("account"),
            preset: text("preset"),
            part: text("part"),
            form: Form::parse(&text("form")).unwrap_or_default(),
            lang: text("lang"),
            start: get("start").is_truthy(),
            file: get("file").dyn_into().ok(),
            focus: text("focus"),
            mode: Mode::parse(&text("mode")).unwrap_or_default(),
            report: text("report"),
            embedded: get("embedded").is_truthy(),
            parts: get("parts").is_truthy(),
            link: text("link"),
            fault: text("fault"),
        }
    }
}

/// A running assessment. Dropping it in JavaScript without `destroy` leaves it running.
#[wasm_bindgen]
pub struct Handle(Option<yew::AppHandle<App>>);

#[wasm_bindgen]
impl Handle {
    /// Takes the program off the page.
    pub fn destroy(&mut self) {
        if let Some(app) = self.0.take() {
            app.destroy();
        }
    }

    /// Begins anew in the same place, with other options. Yew never gives back the listeners of a place, so a place that is
    /// left is used again.
    pub fn renew(&mut self, options: JsValue) -> Result<(), JsValue> {
        let props = props(options)?;
        if let Some(app) = &mut self.0 {
            app.update(props);
        }
        Ok(())
    }

    /// Goes on in another language: the text of its first file.
    pub fn pack(&self, text: String) {
        self.tell(Told::Pack(text));
    }

    /// The program of the later pages is there, with its texts: `host("view", ..)` answers from now on.
    pub fn ready(&self) {
        self.tell(Told::Ready);
    }

    /// They could not be fetched.
    pub fn missed(&self) {
        self.tell(Told::Missed);
    }

    /// Another language could not.
    #[wasm_bindgen(js_name = langMissed)]
    pub fn lang_missed(&self) {
        self.tell(Told::LangMissed);
    }

    /// Back or forward in the history, to an entry with this state.
    pub fn popped(&self, state: String) {
        self.tell(Told::Popped(state));
    }

    /// Something in the store has changed elsewhere: its key, or nothing when all of it is gone.
    pub fn stored(&self, key: Option<String>) {
        self.tell(Told::Stored(key));
    }

    /// The page may be about to go: another try for what could not be saved.
    pub fn flush(&self) {
        self.tell(Told::Flush);
    }

    /// A held row is let go, wherever it is.
    pub fn dropped(&self) {
        self.tell(Told::Msg(Msg::Drag(None)));
    }

    /// Back to an empty start, after a question where answers would be lost.
    pub fn reset(&self) {
        self.tell(Told::Reset);
    }

    /// A link of ours in the address of the open page (with its `#`), or a text that was dropped on it.
    pub fn link(&self, text: String) {
        self.tell(Told::Link(text));
    }

    /// A file that was dropped on the page.
    pub fn file(&self, file: File) {
        self.tell(Told::Choose(file));
    }

    /// What the toolbox read from a file of accounts.
    pub fn imported(&self, text: String) {
        self.tell(Told::Imported(text));
    }

    /// A QR code, by the selector of the input whose text it has.
    pub fn drawn(&self, whose: String, drawing: String) {
        self.tell(Told::Drawn(whose, drawing));
    }

    /// The clipboard took a text, or did not.
    pub fn copied(&self, done: bool) {
        self.tell(Told::Copied(done));
    }

    /// What became of a result that is sent; see `Lead::state`.
    pub fn sent(&self, state: String) {
        self.tell(Told::Sent(state));
    }

    /// The toolbox could not be fetched.
    #[wasm_bindgen(js_name = toolMissed)]
    pub fn tool_missed(&self) {
        self.tell(Told::ToolMissed);
    }
}

impl Handle {
    /// A program that has stopped is not entered again.
    fn tell(&self, told: Told) {
        if let Some(app) = self.0.as_ref().filter(|_| !crashed()) {
            app.send_message(told);
        }
    }
}

/// Starts the program inside `root`. `options.pack` is the text of a compiled pack's first file; a damaged or foreign one is
/// refused with a sentence that says which.
#[wasm_bindgen]
pub fn mount(root: Element, options: JsValue) -> Result<Handle, JsValue> {
    let props = props(options)?;
    Ok(Handle(Some(yew::Renderer::<App>::with_root_and_props(root, props).render())))
}

fn props(options: JsValue) -> Result<Props, JsValue> {
    let get = |name: &str| Reflect::get(&options, &JsValue::from_str(name)).unwrap_or(JsValue::UNDEFINED);
    ON_CRASH.with(|slot| slot.replace(get("onCrash").dyn_into().ok()));
    yew::set_custom_panic_hook(Box::new(|info| {
        CRASHED.store(true, Ordering::Relaxed);
        let message = info.to_string();
        ON_CRASH.with(|slot| {
            if let Ok(slot) = slot.try_borrow()
                && let Some(function) = slot.as_ref()
            {
                // Nobody is left to hear of a failure in here.
                let _ = function.call1(&JsValue::NULL, &JsValue::from_str(&message));
            }
        });
    }));
    let text = get("pack").as_string().unwrap_or_default();
    let pack = Pack::read(&text).map_err(|error| JsValue::from_str(refusal(&error)))?;
    // Never a default: that of a function is made from a text, which a policy may refuse.
    let host = Host(get("host").dyn_into().map_err(|_| JsValue::from_str("host"))?);
    let options = Options::read(&options);
    fault("start", &options.fault);
    let keeper = Keeper::new(host.store(), &options.key, &Home::Draft);
    Ok(Props { pack: Rc::new(pack), options, host, keeper: Rc::new(RefCell::new(keeper)) })
}

/// The code that the page's failure panel explains.
fn refusal(error: &PackError) -> &'static str {
    error.code()
}

/// Panics when the page asked for this fault and the build has them. Nothing in a release build.
pub fn fault(_here: &str, _asked: &str) {
    #[cfg(feature = "faults")]
    #[allow(clippy::panic)]
    if _here == _asked {
        panic!("asked for: {_here}");
    }
}
