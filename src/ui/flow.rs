//! What a message does to the visit: steps and history, saving, opening files, erasing.
//!
//! Knows the state in `App`, the keeper and the browser. Must not know markup.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{File, PopStateEvent, StorageEvent};
use yew::Context;

use super::app::{App, Ask, Listener, Msg, Page, Props};
use super::browser;
use crate::domain::draft::{Action, Draft, Step, steps};
use crate::embed::{crashed, fault};
use crate::pack::compiled::Pack;
use crate::pack::texts::T;
use crate::storage::codec::{Fields, Opened, ReadError, SIZE_MAX, parse_step, step_code};
use crate::storage::keeper::{Found, Saved, Trouble};

/// The step after or before the draft's own.
pub fn neighbour(pack: &Pack, draft: &Draft, next: bool) -> Option<Step> {
    let steps = steps(&pack.model, draft.form);
    let here = steps.iter().position(|step| *step == draft.step)?;
    steps.get(if next { here + 1 } else { here.checked_sub(1)? }).copied()
}

/// The file that Download gives: the compact state under a readable header.
pub fn file_text(pack: &Pack, draft: &Draft) -> String {
    let day = browser::day(&draft.date, &pack.lang);
    let head = pack.fill(T::FileHead, &[("subject", &pack.subject(draft)), ("date", &day)]);
    ["# ", &head.replace('\n', " "), "\n# ", pack.t(T::FileHow), "\n", &Fields::of(&pack.model, draft, 0).write()]
        .concat()
}

/// A draft that lost its day starts today.
fn dated(draft: &mut Draft) {
    if draft.date.is_empty() {
        draft.date = browser::today();
    }
}

/// What has to be said of a draft that was read.
fn told(pack: &Pack, opened: &Opened) -> Vec<String> {
    let mut notices = Vec::new();
    if opened.other_pack {
        notices.push(pack.t(T::OtherEdition).into());
    }
    if opened.dropped > 0 {
        notices.push(pack.fill(T::Dropped, &[("n", &opened.dropped.to_string())]));
    }
    notices
}

impl App {
    /// The draft with the what-ifs in it.
    pub fn supposed(&self, draft: &Draft) -> Draft {
        self.what_if.iter().fold(draft.clone(), |draft, (index, answer)| draft.apply(Action::Answer(*index, *answer)))
    }

    /// Looks what is kept: an earlier draft, or something to be told. A reload goes on where it was.
    pub fn look(&mut self, ctx: &Context<App>) {
        let Props { pack, options, keeper } = ctx.props();
        let found = keeper.borrow_mut().load(&pack.model, &pack.hash);
        self.unread = keeper.borrow().set_aside();
        match found {
            Found::Nothing => {}
            Found::Refused => self.trouble = Some(Trouble::Refused),
            Found::Newer => self.trouble = Some(Trouble::Occupied),
            Found::Unreadable(text) => {
                self.notices = vec![pack.t(T::TroubleUnread).into()];
                self.unread = Some(text);
            }
            Found::Draft(opened) => {
                fault("state", &options.fault);
                self.notices = told(pack, &opened);
                let here = browser::history_state();
                let here = here.as_deref().and_then(|state| state.split(' ').next());
                let step = here.and_then(|code| parse_step(&pack.model, code));
                self.page = if step.is_some() { Page::Journey } else { Page::Return };
                self.focus = Some("h1".into());
                let mut draft = opened.draft;
                draft.step = step.unwrap_or(draft.step);
                dated(&mut draft);
                self.draft = Some(draft);
            }
        }
    }

    pub fn begin(&mut self, ctx: &Context<App>) {
        // Another tab may have begun meanwhile: its answers are shown, not overwritten.
        self.look(ctx);
        if self.draft.is_some() {
            return;
        }
        let pack = &ctx.props().pack;
        let [account, part] = &self.names;
        let draft = Draft::new(&pack.model, &pack.hash, self.form, account, part, &browser::today());
        let step = draft.step;
        self.draft = Some(draft);
        self.go(ctx, step);
    }

    /// Moves on to a step with a new entry in the history.
    pub fn go(&mut self, ctx: &Context<App>, step: Step) {
        let model = &ctx.props().pack.model;
        let from = match (self.page, &self.draft) {
            (Page::Journey, Some(draft)) => step_code(model, draft.step),
            _ => "start".into(),
        };
        browser::history(&[&step_code(model, step), " ", &from].concat(), true);
        self.arrive(ctx, Some(step));
    }

    /// Shows a step, or the way in, without touching the history.
    pub fn arrive(&mut self, ctx: &Context<App>, step: Option<Step>) {
        self.blanks_shown = false;
        self.return_to = None;
        self.ask = None;
        self.notices.clear();
        self.what_if.clear();
        self.open_notes.clear();
        self.focus = Some("h1".into());
        match (step, self.draft.is_some()) {
            (Some(step), true) => {
                self.page = Page::Journey;
                self.act(ctx, Action::Go(step));
            }
            (_, true) => self.page = Page::Return,
            (_, false) => self.page = Page::Start,
        }
    }

    pub fn act(&mut self, ctx: &Context<App>, action: Action) {
        if let Some(draft) = self.draft.take() {
            self.draft = Some(draft.apply(action));
            self.save(ctx);
        }
    }

    pub fn save(&mut self, ctx: &Context<App>) {
        let Some(draft) = &self.draft else { return };
        let Props { pack, keeper, .. } = ctx.props();
        let saved = keeper.borrow_mut().save(&pack.model, draft);
        self.saved(ctx, saved);
    }

    /// Hands the text of the state to the page, which keeps it for the case of a crash.
    pub fn tell_host(&self, ctx: &Context<App>) {
        let Props { pack, options, .. } = ctx.props();
        browser::set_unsaved(self.trouble.is_some());
        if let Some(function) = &options.on_save {
            let text = self.draft.as_ref().map_or(String::new(), |draft| file_text(pack, draft));
            // It has nothing to answer.
            drop(function.call2(&JsValue::NULL, &text.into(), &self.trouble.is_none().into()));
        }
    }

    pub fn saved(&mut self, ctx: &Context<App>, saved: Saved) {
        match saved {
            Saved::Done => self.trouble = None,
            Saved::Merged(draft) => {
                self.trouble = None;
                self.draft = Some(*draft);
            }
            Saved::Erased => {
                self.leave(ctx);
                self.notices.push(ctx.props().pack.t(T::ErasedElsewhere).into());
            }
            Saved::Failed(trouble) => self.trouble = Some(trouble),
        }
        self.tell_host(ctx);
    }

    /// Back to an empty start page.
    pub fn leave(&mut self, ctx: &Context<App>) {
        self.draft = None;
        self.unread = ctx.props().keeper.borrow().set_aside();
        self.names = Default::default();
        self.tell_host(ctx);
        browser::history("start", false);
        self.arrive(ctx, None);
    }

    pub fn agree(&mut self, ctx: &Context<App>) {
        let pack = ctx.props().pack.clone();
        match self.ask.take() {
            Some(Ask::Replace(draft, notices)) => {
                let step = draft.step;
                self.draft = Some(*draft);
                self.go(ctx, step);
                self.notices = notices;
            }
            Some(ask) => {
                let all = ask == Ask::Erase;
                let mut keeper = ctx.props().keeper.borrow_mut();
                let gone = if all { keeper.erase() } else { keeper.forget() };
                drop(keeper);
                self.leave(ctx);
                self.trouble = gone.err().map(Trouble::from);
                if all && self.trouble.is_none() {
                    self.notices.push(pack.t(T::Erased).into());
                }
            }
            None => {}
        }
    }

    pub fn read_file(&mut self, ctx: &Context<App>, file: File) -> bool {
        if file.size() > SIZE_MAX as f64 {
            self.notices = vec![ctx.props().pack.t(T::OpenLarge).into()];
            return true;
        }
        let link = ctx.link().clone();
        let text = wasm_bindgen_futures::JsFuture::from(file.text());
        wasm_bindgen_futures::spawn_local(async move {
            // A file that cannot be read is told as one that holds no answers.
            let text = text.await.ok().and_then(|text| text.as_string()).unwrap_or_default();
            link.send_message(Msg::Opened(text));
        });
        false
    }

    pub fn open(&mut self, ctx: &Context<App>, text: &str) {
        let pack = ctx.props().pack.clone();
        let fields = match Fields::read(text) {
            Ok(fields) => fields,
            Err(error) => {
                let told = match error {
                    ReadError::Unreadable => T::OpenBad,
                    ReadError::Newer => T::OpenNewer,
                    ReadError::TooLarge => T::OpenLarge,
                };
                self.notices = vec![pack.t(told).into()];
                return;
            }
        };
        if self.draft.is_none() {
            self.look(ctx);
        }
        let mut opened = fields.draft(&pack.model, &pack.hash);
        dated(&mut opened.draft);
        let notices = told(&pack, &opened);
        let ask = Ask::Replace(Box::new(opened.draft), notices);
        let replaces = self.draft.is_some();
        self.ask = Some(ask);
        if replaces {
            self.focus = Some(".bsh-ask button:last-child".into());
        } else {
            self.agree(ctx);
        }
    }

    pub fn listen(&mut self, ctx: &Context<App>) {
        let Some(window) = browser::window() else {
            return;
        };
        let key = ctx.props().keeper.borrow().key().to_string();
        for name in ["popstate", "storage", "pagehide", "visibilitychange"] {
            let link = ctx.link().clone();
            let key = key.clone();
            let closure = Listener::new(move |event: web_sys::Event| {
                if crashed() {
                    return;
                }
                if let Some(event) = event.dyn_ref::<PopStateEvent>() {
                    link.send_message(Msg::Popped(event.state().as_string().unwrap_or_default()));
                } else if let Some(event) = event.dyn_ref::<StorageEvent>() {
                    // A null key is localStorage.clear().
                    if event.key().is_none_or(|changed| changed == key) {
                        link.send_message(Msg::OtherTab);
                    }
                } else if browser::unsaved() {
                    link.send_message(Msg::Flush);
                }
            });
            drop(window.add_event_listener_with_callback(name, closure.as_ref().unchecked_ref()));
            self.listeners.push((name, closure));
        }
    }
}
