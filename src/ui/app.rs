//! The one component: holds the state of the visit, turns events into changes of it, and picks the page.
//!
//! Every change of a draft goes through `Draft::apply` and is saved at once. Pages are functions in the files beside.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Element, File, PopStateEvent, StorageEvent};
use yew::prelude::*;

use super::dom::{At, el};
use super::{browser, chrome, gate, result, review, signs, start};
use crate::domain::answer::Answer;
use crate::domain::draft::{Action, Draft, Step, steps};
use crate::domain::model::Form;
use crate::embed::{Options, crashed, fault};
use crate::pack::compiled::Pack;
use crate::pack::texts::T;
use crate::storage::browser::Browser;
use crate::storage::codec::{Fields, ReadError, parse_step, step_code};
use crate::storage::keeper::{Found, Keeper, Saved, Trouble};

#[derive(Properties, Clone)]
pub struct Props {
    pub pack: Rc<Pack>,
    pub options: Options,
    pub keeper: Rc<RefCell<Keeper<Browser>>>,
}

impl PartialEq for Props {
    fn eq(&self, other: &Props) -> bool {
        Rc::ptr_eq(&self.pack, &other.pack) && self.options == other.options
    }
}

/// Which page is shown. `Journey` shows the draft's step.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Page {
    Start,
    Return,
    Journey,
}

/// A question that a page asks before it does something that cannot be undone.
#[derive(Clone, PartialEq, Debug)]
pub enum Ask {
    Erase,
    Remove,
    Again,
    /// A file that would replace the answers that are there.
    Replace(Box<Draft>, Vec<String>),
}

#[derive(Clone, Debug)]
pub enum Msg {
    Begin,
    /// What is typed as account (0) or part (1); kept here so that a redraw does not lose it.
    Name(usize, String),
    /// Short or full, on the start page.
    Form(Form),
    Choose(File),
    Opened(String),
    Resume,
    Ask(Option<Ask>),
    Agree,
    Do(Action),
    Next,
    NextAnyway,
    Back,
    /// To one item, and back to the page it was asked from.
    Change(usize),
    Focus(String),
    OpenNote(usize),
    WhatIf(usize, Option<Answer>),
    Keep,
    Undo,
    Popped(String),
    OtherTab,
    Flush,
    Download,
    DownloadOld,
    Print,
}

/// What a listener on the window keeps alive.
type Listener = Closure<dyn FnMut(web_sys::Event)>;

pub struct App {
    pub page: Page,
    pub draft: Option<Draft>,
    pub form: Form,
    /// Account and part as typed on the start page.
    pub names: [String; 2],
    pub trouble: Option<Trouble>,
    /// Sentences about what was found or opened, shown until the next step.
    pub notices: Vec<String>,
    /// What could not be read, for a download.
    pub unread: Option<String>,
    pub ask: Option<Ask>,
    /// The error summary of the page is shown.
    pub blanks_shown: bool,
    /// Items whose note is open.
    pub open_notes: Vec<usize>,
    pub what_if: Vec<(usize, Option<Answer>)>,
    /// Where Done leads to after a change.
    pub return_to: Option<Step>,
    root: NodeRef,
    /// What gets the focus after the next drawing, as a selector.
    focus: Option<String>,
    listeners: Vec<(&'static str, Listener)>,
}

impl Component for App {
    type Message = Msg;
    type Properties = Props;

    fn create(ctx: &Context<App>) -> App {
        let Props { pack, options, keeper } = ctx.props();
        let mut app = App {
            page: Page::Start,
            draft: None,
            form: options.form,
            names: [options.account.clone(), options.part.clone()],
            trouble: None,
            notices: Vec::new(),
            unread: None,
            ask: None,
            blanks_shown: false,
            open_notes: Vec::new(),
            what_if: Vec::new(),
            return_to: None,
            root: NodeRef::default(),
            focus: (!options.focus.is_empty()).then(|| ["#", &options.focus].concat()),
            listeners: Vec::new(),
        };
        app.unread = keeper.borrow().set_aside();
        match keeper.borrow_mut().load(&pack.model, &pack.hash) {
            Found::Nothing => {}
            Found::Refused => app.trouble = Some(Trouble::Refused),
            Found::Newer => {
                app.trouble = Some(Trouble::Occupied);
                app.notices.push(pack.t(T::TroubleNewer).into());
            }
            Found::Unreadable(text) => {
                app.notices.push(pack.t(T::TroubleUnread).into());
                app.unread = Some(text);
            }
            Found::Draft(opened) => {
                fault("state", &options.fault);
                if opened.other_pack {
                    app.notices.push(pack.t(T::OtherEdition).into());
                }
                let here = browser::history_state();
                let here = here.as_deref().and_then(|state| state.split(' ').next());
                let step = here.and_then(|code| parse_step(&pack.model, code));
                app.page = if step.is_some() { Page::Journey } else { Page::Return };
                let draft = opened.draft;
                app.draft = Some(match step {
                    Some(step) => draft.apply(Action::Go(step)),
                    None => draft,
                });
            }
        }
        if app.page != Page::Start {
            app.focus = Some("h1".into());
        }
        app.listen(ctx);
        if let Some(file) = &options.file {
            ctx.link().send_message(Msg::Choose(file.clone()));
        } else if options.start && app.page == Page::Start {
            app.begin(ctx);
        }
        app
    }

    fn update(&mut self, ctx: &Context<App>, msg: Msg) -> bool {
        let pack = ctx.props().pack.clone();
        match msg {
            Msg::Begin => {
                fault("click", &ctx.props().options.fault);
                self.begin(ctx);
            }
            Msg::Name(which, text) => {
                if let Some(name) = self.names.get_mut(which) {
                    *name = text;
                }
                return false;
            }
            Msg::Form(form) => self.form = form,
            Msg::Choose(file) => return self.read_file(ctx, file),
            Msg::Opened(text) => self.open(ctx, &text),
            Msg::Resume => {
                if let Some(step) = self.draft.as_ref().map(|draft| draft.step) {
                    self.go(ctx, step);
                }
            }
            Msg::Ask(ask) => {
                self.focus = Some(if ask.is_some() { ".bsh-ask button:last-child" } else { ".bsh-erase" }.into());
                self.ask = ask;
            }
            Msg::Agree => self.agree(ctx),
            Msg::Do(action) => self.act(ctx, action),
            Msg::Next | Msg::NextAnyway => {
                let Some(draft) = &self.draft else {
                    return false;
                };
                let blank = match draft.step {
                    Step::Gate(gate) => draft.blanks(&pack.model, Some(gate)),
                    _ => Vec::new(),
                };
                if matches!(msg, Msg::Next) && !blank.is_empty() {
                    self.blanks_shown = true;
                    self.focus = Some(".bsh-errors".into());
                } else if let Some(step) = self.return_to.take().or_else(|| neighbour(&pack, draft, true)) {
                    self.go(ctx, step);
                }
            }
            Msg::Back => {
                let Some(draft) = &self.draft else {
                    return false;
                };
                let target = neighbour(&pack, draft, false);
                let code = target.map_or("start".into(), |step| step_code(&pack.model, step));
                // The entry before this one is where Back leads: then it is the browser's own Back.
                let before = browser::history_state();
                if before.as_deref().and_then(|state| state.split_once(' ')).is_some_and(|(_, from)| from == code)
                    && browser::history_back()
                {
                    return false;
                }
                browser::history(&code, false);
                self.arrive(ctx, target);
            }
            Msg::Change(index) => {
                let here = self.draft.as_ref().map(|draft| draft.step);
                let gate = pack.model.items().nth(index).map(|(gate, _)| gate);
                if let (Some(gate), Some((_, item))) = (gate, pack.model.items().nth(index)) {
                    self.go(ctx, Step::Gate(gate));
                    self.return_to = here;
                    self.focus = Some(item_focus(&item.id));
                }
            }
            Msg::Focus(selector) => self.focus = Some(selector),
            Msg::OpenNote(index) => {
                self.open_notes.push(index);
                if let Some((_, item)) = pack.model.items().nth(index) {
                    self.focus = Some(["#note-", &item.id].concat());
                }
            }
            Msg::WhatIf(index, answer) => {
                self.what_if.retain(|(at, _)| *at != index);
                let now = self.draft.as_ref().and_then(|draft| draft.answers.get(index).copied().flatten());
                if answer != now {
                    self.what_if.push((index, answer));
                }
            }
            Msg::Keep => {
                for (index, answer) in std::mem::take(&mut self.what_if) {
                    self.act(ctx, Action::Answer(index, answer));
                }
                self.focus = Some("[data-section=why] h2".into());
            }
            Msg::Undo => {
                self.what_if.clear();
                self.focus = Some("[data-section=why] h2".into());
            }
            Msg::Popped(state) => {
                let step = parse_step(&pack.model, state.split(' ').next().unwrap_or(""));
                self.arrive(ctx, step);
            }
            Msg::OtherTab => {
                let Some(draft) = &self.draft else {
                    return false;
                };
                let saved = ctx.props().keeper.borrow_mut().take_in(&pack.model, draft);
                self.saved(ctx, saved);
            }
            Msg::Flush => {
                // Every change was saved when it was made; only one that failed is worth another try.
                if self.trouble.is_some() {
                    self.save(ctx);
                }
                return false;
            }
            Msg::Download => {
                if let Some(draft) = &self.draft {
                    browser::download(&browser::file_name(&draft.account, ".txt"), &file_text(&pack, draft));
                }
                return false;
            }
            Msg::DownloadOld => {
                if let Some(text) = &self.unread {
                    browser::download("bsh-set-aside.txt", text);
                }
                return false;
            }
            Msg::Print => {
                if let Some(window) = browser::window() {
                    drop(window.print());
                }
                return false;
            }
        }
        true
    }

    fn view(&self, ctx: &Context<App>) -> Html {
        let pack = &*ctx.props().pack;
        let link = ctx.link();
        let code = match (self.page, &self.draft) {
            (Page::Return, Some(_)) => "return".into(),
            (Page::Journey, Some(draft)) => step_code(&pack.model, draft.step),
            _ => "start".into(),
        };
        // One keyed element a step: Yew must never turn one page into another piece by piece.
        let page = el("main", "bsh-step").key(&code).at(At::DataStep, &code);
        let page = match (self.page, &self.draft) {
            (Page::Return, Some(draft)) => start::returning(page, pack, draft, link),
            (Page::Journey, Some(draft)) => {
                fault("render", &ctx.props().options.fault);
                match draft.step {
                    Step::Gate(at) => gate::page(page, pack, self, draft, at, link),
                    Step::Signs => signs::page(page, pack, draft, link),
                    Step::Review => review::page(page, pack, draft, link),
                    Step::Result => result::page(page, pack, self, draft, link),
                }
            }
            _ => start::page(page, pack, self, link),
        };
        el("div", "bsh-app")
            .node(&self.root)
            .put(chrome::banners(pack, self, link))
            .put(page)
            .put(chrome::footer(pack, self, link))
            .done()
    }

    fn rendered(&mut self, ctx: &Context<App>, first: bool) {
        let Some(selector) = self.focus.take() else {
            return;
        };
        let Some(root) = self.root.cast::<Element>() else {
            return;
        };
        if selector == "h1" && !first {
            browser::scroll_up();
        }
        browser::focus(&root, &selector);
        if let Some(document) = browser::document()
            && let Some(heading) = root.query_selector("h1").ok().flatten().and_then(|h1| h1.text_content())
        {
            document.set_title(&ctx.props().pack.fill(T::TitleSep, &[("page", &heading)]));
        }
    }

    fn destroy(&mut self, _ctx: &Context<App>) {
        if let Some(window) = browser::window() {
            for (name, closure) in &self.listeners {
                drop(window.remove_event_listener_with_callback(name, closure.as_ref().unchecked_ref()));
            }
        }
    }
}

/// The step after or before the draft's own.
fn neighbour(pack: &Pack, draft: &Draft, next: bool) -> Option<Step> {
    let steps = steps(&pack.model, draft.form);
    let here = steps.iter().position(|step| *step == draft.step)?;
    steps.get(if next { here + 1 } else { here.checked_sub(1)? }).copied()
}

/// The chosen answer of an item, or its first one.
pub fn item_focus(id: &str) -> String {
    let set = ["[data-item=\"", id, "\"] input"].concat();
    [&set, ":checked, ", &set].concat()
}

/// The file that Download gives: the compact state under a readable header.
fn file_text(pack: &Pack, draft: &Draft) -> String {
    let day = browser::day(&draft.date, &pack.lang);
    let head = pack.fill(T::FileHead, &[("subject", &pack.subject(draft)), ("date", &day)]);
    ["# ", &head.replace('\n', " "), "\n# ", pack.t(T::FileHow), "\n", &Fields::of(&pack.model, draft, 0).write()]
        .concat()
}

impl App {
    /// The draft with the what-ifs in it.
    pub fn supposed(&self, draft: &Draft) -> Draft {
        self.what_if.iter().fold(draft.clone(), |draft, (index, answer)| draft.apply(Action::Answer(*index, *answer)))
    }

    fn begin(&mut self, ctx: &Context<App>) {
        let pack = &ctx.props().pack;
        let [account, part] = &self.names;
        let draft = Draft::new(&pack.model, &pack.hash, self.form, account, part, &browser::today());
        let step = draft.step;
        self.draft = Some(draft);
        self.go(ctx, step);
    }

    /// Moves on to a step with a new entry in the history.
    fn go(&mut self, ctx: &Context<App>, step: Step) {
        let model = &ctx.props().pack.model;
        let from = match (self.page, &self.draft) {
            (Page::Journey, Some(draft)) => step_code(model, draft.step),
            _ => "start".into(),
        };
        browser::history(&[&step_code(model, step), " ", &from].concat(), true);
        self.arrive(ctx, Some(step));
    }

    /// Shows a step, or the way in, without touching the history.
    fn arrive(&mut self, ctx: &Context<App>, step: Option<Step>) {
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

    fn act(&mut self, ctx: &Context<App>, action: Action) {
        if let Some(draft) = self.draft.take() {
            self.draft = Some(draft.apply(action));
            self.save(ctx);
        }
    }

    fn save(&mut self, ctx: &Context<App>) {
        let Some(draft) = &self.draft else { return };
        let Props { pack, options, keeper } = ctx.props();
        let saved = keeper.borrow_mut().save(&pack.model, draft);
        if let Some(function) = &options.on_save {
            let text = file_text(pack, draft);
            let stored = !matches!(saved, Saved::Failed(_));
            // The page keeps it for the case of a crash; it has nothing to answer.
            drop(function.call2(&wasm_bindgen::JsValue::NULL, &text.into(), &stored.into()));
        }
        self.saved(ctx, saved);
    }

    fn saved(&mut self, ctx: &Context<App>, saved: Saved) {
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
    }

    /// Back to an empty start page.
    fn leave(&mut self, ctx: &Context<App>) {
        self.draft = None;
        self.unread = None;
        self.names = Default::default();
        if let Some(function) = &ctx.props().options.on_save {
            drop(function.call1(&wasm_bindgen::JsValue::NULL, &"".into()));
        }
        browser::history("start", false);
        self.arrive(ctx, None);
    }

    fn agree(&mut self, ctx: &Context<App>) {
        let pack = ctx.props().pack.clone();
        match self.ask.take() {
            Some(Ask::Replace(draft, notices)) => {
                let step = draft.step;
                self.draft = Some(*draft);
                self.go(ctx, step);
                self.notices = notices;
            }
            Some(Ask::Erase | Ask::Remove | Ask::Again) => {
                let erased = ctx.props().keeper.borrow_mut().erase();
                self.leave(ctx);
                self.trouble = erased.err().map(Trouble::from);
                self.notices.push(pack.t(T::Erased).into());
            }
            None => {}
        }
    }

    fn read_file(&mut self, ctx: &Context<App>, file: File) -> bool {
        if file.size() > crate::storage::codec::SIZE_MAX as f64 {
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

    fn open(&mut self, ctx: &Context<App>, text: &str) {
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
        let opened = fields.draft(&pack.model, &pack.hash);
        let mut notices = Vec::new();
        if opened.other_pack {
            notices.push(pack.t(T::OtherEdition).into());
        }
        if opened.dropped > 0 {
            notices.push(pack.fill(T::Dropped, &[("n", &opened.dropped.to_string())]));
        }
        let ask = Ask::Replace(Box::new(opened.draft), notices);
        let replaces = self.draft.is_some();
        self.ask = Some(ask);
        if replaces {
            self.focus = Some(".bsh-ask button:last-child".into());
        } else {
            self.agree(ctx);
        }
    }

    fn listen(&mut self, ctx: &Context<App>) {
        let Some(window) = browser::window() else {
            return;
        };
        let key = ctx.props().keeper.borrow().key().to_string();
        for name in ["popstate", "storage", "pagehide"] {
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
                } else {
                    link.send_message(Msg::Flush);
                }
            });
            drop(window.add_event_listener_with_callback(name, closure.as_ref().unchecked_ref()));
            self.listeners.push((name, closure));
        }
    }
}
