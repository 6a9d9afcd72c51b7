//! The one component: holds the state of the visit, turns events into changes of it, and picks the page.
//!
//! Every change of a draft goes through `Draft::apply` and is saved at once. Pages are functions in the files beside.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Element, File};
use yew::prelude::*;

use super::dom::{At, el};
use super::flow::{file_text, neighbour};
use super::{browser, chrome, gate, result, review, signs, start};
use crate::domain::answer::Answer;
use crate::domain::draft::{Action, Draft, Step};
use crate::domain::model::Form;
use crate::embed::{Options, fault};
use crate::pack::compiled::Pack;
use crate::pack::texts::T;
use crate::storage::browser::Browser;
use crate::storage::codec::{parse_step, step_code};
use crate::storage::keeper::{Keeper, Trouble};

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
pub type Listener = Closure<dyn FnMut(web_sys::Event)>;

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
    pub focus: Option<String>,
    pub listeners: Vec<(&'static str, Listener)>,
}

impl Component for App {
    type Message = Msg;
    type Properties = Props;

    fn create(ctx: &Context<App>) -> App {
        let options = &ctx.props().options;
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
        app.look(ctx);
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
                let erase = matches!(self.ask, Some(Ask::Erase));
                self.focus = Some(match ask {
                    Some(_) => ".bsh-ask button:last-child".into(),
                    None => if erase { ".bsh-erase" } else { "h1" }.into(),
                });
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
                let target = self.return_to.or_else(|| neighbour(&pack, draft, false));
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

/// The chosen answer of an item, or its first one.
pub fn item_focus(id: &str) -> String {
    let set = ["[data-item=\"", id, "\"] input"].concat();
    [&set, ":checked, ", &set].concat()
}
