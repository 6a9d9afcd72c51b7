//! The one component: holds the state of the visit, turns events into changes of it, and picks the page.
//!
//! Every change of a draft goes through `Draft::apply` and is saved at once. The pages are functions in `crate::page`.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use web_sys::{Element, File};
use yew::prelude::*;

use super::accounts::Unsaved;
use super::browser::{self, Host};
use super::flow::{file_text, neighbour};
use super::import::{Filed, Written};
use super::render::render;
use crate::domain::answer::{Answer, Scale};
use crate::domain::draft::{Action, Draft, Stage, Step, Target};
use crate::domain::model::Place;
use crate::embed::{Options, fault};
use crate::pack::compiled::Pack;
use crate::pack::texts::T;
use crate::page::dom::{El, el};
use crate::page::gate::item_focus;
use crate::page::msg::{Loss, Msg};
use crate::page::visit::{Ask, Show, Visit};
use crate::page::{chrome, gate, later, start};
use crate::report::name::file_name;
use crate::storage::browser::Browser;
use crate::storage::codec::step_code;
use crate::storage::home::Home;
use crate::storage::keeper::Keeper;

#[derive(Properties, Clone)]
pub struct Props {
    /// The pack that the page came with; another language may take its place in [`App::pack`].
    pub pack: Rc<Pack>,
    pub options: Options,
    pub host: Host,
    pub keeper: Rc<RefCell<Keeper<Browser>>>,
}

impl PartialEq for Props {
    fn eq(&self, other: &Props) -> bool {
        Rc::ptr_eq(&self.pack, &other.pack) && self.options == other.options
    }
}

/// What the component is told: what a page asks for, and what comes from elsewhere.
#[derive(Clone, Debug)]
pub enum Told {
    Msg(Msg),
    /// A file was chosen, and its text is there.
    Choose(File),
    Opened(String),
    /// Back or forward in the history.
    Popped(String),
    /// Something in the store changed elsewhere: its key, or nothing when all of it is gone.
    Stored(Option<String>),
    /// The page may be about to go: another try for what could not be saved.
    Flush,
    /// The embedding page wishes an empty start.
    Reset,
    /// The first file of a pack in another language.
    Pack(String),
    /// The program of the later pages is there, with its texts.
    Ready,
    /// They could not be fetched.
    Missed,
    /// Another language could not.
    LangMissed,
    /// A link of ours in the address, or a text that was dropped.
    Link(String),
    /// What the toolbox read from a file of accounts.
    Imported(String),
    /// A QR code: whose text it has, and the drawing.
    Drawn(String, String),
    /// The clipboard took a text, or did not.
    Copied(bool),
    /// The toolbox could not be fetched.
    ToolMissed,
    /// What became of a result that is sent; see [`crate::page::visit::Lead::state`].
    Sent(String),
}

pub struct App {
    pub host: Host,
    pub store: Browser,
    pub pack: Rc<Pack>,
    pub draft: Option<Draft>,
    pub visit: Visit,
    /// What could not be read, for a download.
    pub unread: Option<String>,
    /// The language that was chosen by hand; blank when none was.
    pub lang: String,
    /// How often another language could not be had.
    misses: u32,
    /// The row that a dragged one last took the place of: it may still lie under the pointer.
    pub over: u32,
    root: NodeRef,
    /// Where the open draft is kept.
    pub home: Home,
    /// A link or a pasted text that waits for the second program.
    pub link: Option<String>,
    /// The text of answers that came back once before, until somebody says whether they replace the earlier ones.
    pub pending: Option<String>,
    /// Drafts that found no room and are not open.
    pub unsaved: Vec<Unsaved>,
    /// The accounts of a file, and the company that wrote it.
    pub file: Vec<Filed>,
    pub file_company: String,
    /// What the last import wrote.
    pub undo: Vec<Written>,
    pub undo_list: Option<Written>,
    /// What gets the focus after the next drawing, as a selector.
    pub focus: Option<String>,
    /// The instrument whose result was last drawn in full: the host hears of it once.
    pub told: Cell<Option<usize>>,
}

impl Component for App {
    type Message = Told;
    type Properties = Props;

    fn create(ctx: &Context<App>) -> App {
        let Props { options, host, .. } = ctx.props();
        let mut app = App {
            host: host.clone(),
            store: host.store(),
            pack: ctx.props().pack.clone(),
            draft: None,
            visit: Visit {
                form: options.form,
                names: [options.account.clone(), options.part.clone()],
                name: options.key.clone(),
                here: host.here(),
                mode: options.mode,
                report: options.report.clone(),
                logo: host.asset(ctx.props().pack.brand("logo")),
                ..Visit::default()
            },
            home: Home::default(),
            link: None,
            pending: None,
            unsaved: Vec::new(),
            file: Vec::new(),
            file_company: String::new(),
            undo: Vec::new(),
            undo_list: None,
            unread: None,
            lang: options.lang.clone(),
            misses: 0,
            over: 0,
            root: NodeRef::default(),
            focus: (!options.focus.is_empty()).then(|| ["#", &options.focus].concat()),
            told: Cell::new(None),
        };
        app.count(ctx, true);
        app.come_back(ctx);
        if !options.link.is_empty() {
            app.show_for_link(&options.link);
            app.link = Some(options.link.clone());
        }
        if let Some(file) = &options.file {
            ctx.link().send_message(Told::Choose(file.clone()));
        } else if options.start && app.visit.show == Show::Start {
            app.begin(ctx);
        }
        // Embedded, nobody has asked for the focus yet.
        if options.embedded && options.focus.is_empty() {
            app.focus = None;
        }
        app.settle();
        app
    }

    /// Other properties are another visit.
    fn changed(&mut self, ctx: &Context<App>, _old: &Props) -> bool {
        let root = std::mem::take(&mut self.root);
        *self = <App as Component>::create(ctx);
        self.root = root;
        true
    }

    fn update(&mut self, ctx: &Context<App>, told: Told) -> bool {
        // The pointer moves over the plan and is let go anywhere all the time; only a held row makes something of it.
        if matches!(told, Told::Msg(Msg::Dragged(_) | Msg::Drag(None))) && self.visit.drag.is_none() {
            return false;
        }
        let draw = self.told(ctx, told);
        self.settle();
        draw
    }

    fn view(&self, ctx: &Context<App>) -> Html {
        let pack = &*self.pack;
        let page = self.page(ctx);
        let app = el("div", "bsh-app")
            .put(chrome::top(pack, &self.visit, self.misses))
            .put(chrome::banners(pack, &self.visit, self.draft.is_some()))
            .put(page)
            .put(chrome::footer(pack, &self.visit));
        render(app, ctx.link(), Some(&self.root), ctx.props().options.parts)
    }

    fn rendered(&mut self, _ctx: &Context<App>, first: bool) {
        let Some(selector) = self.focus.take() else {
            return;
        };
        let Some(root) = self.root.cast::<Element>() else {
            return;
        };
        if selector == "h1" && !first {
            self.host.scroll_up();
        }
        browser::focus(&root, &selector);
        if let Some(heading) = root.query_selector("h1").ok().flatten().and_then(|h1| h1.text_content()) {
            self.host.title(&self.pack.fill(T::TitleSep, &[("page", &heading)]));
        }
    }
}

impl App {
    /// The step that is shown; `None` on the way in.
    pub fn step(&self) -> Option<Step> {
        self.draft.as_ref().filter(|_| self.visit.show == Show::Journey).map(|draft| draft.step)
    }

    /// What a page is told of the state beside it.
    fn settle(&mut self) {
        self.visit.unread = self.unread.is_some();
        // The questions show no day: an answer does not wait for one.
        if self.visit.show == Show::Return || later::is_later(self.visit.show, self.draft.as_ref()) {
            self.visit.today = self.host.today();
            let date = self.draft.as_ref().map_or("", |draft| &draft.date);
            self.visit.day = self.host.day(date, &self.pack.lang);
        }
    }

    fn told(&mut self, ctx: &Context<App>, told: Told) -> bool {
        match told {
            Told::Msg(msg) => return self.carry_out(ctx, msg),
            Told::Choose(file) => return self.read_file(ctx, file),
            Told::Opened(text) => self.open(ctx, &text),
            Told::Popped(state) => self.popped(ctx, &state),
            Told::Stored(key) => return self.stored_elsewhere(ctx, key.as_deref()),
            Told::Flush => {
                // Every change was saved when it was made; only one that failed is worth another try.
                if self.visit.trouble.is_some() {
                    self.save(ctx);
                }
                self.save_left();
                return false;
            }
            Told::Pack(text) => self.translate(ctx, &text),
            Told::Ready => {
                self.visit.missed = false;
                if let Some(text) = self.link.take() {
                    self.receive(ctx, text);
                    return true;
                }
                let waiting = later::is_later(self.visit.show, self.draft.as_ref());
                if waiting && self.focus.is_none() && self.host.focus_goes() {
                    self.focus = Some("h1".into());
                }
                return waiting;
            }
            Told::Missed => self.visit.missed = true,
            Told::LangMissed => {
                // Wished for here, and not by the page around.
                if !self.lang.is_empty() && self.lang != self.pack.lang {
                    self.focus = Some("#bsh-lang".into());
                }
                self.lang.clone_from(&self.pack.lang);
                self.misses += 1;
                self.visit.notices = vec![self.pack.t(T::LangMissed).into()];
            }
            Told::Link(text) => {
                if text.starts_with("#bsh-") {
                    self.show_for_link(&text);
                }
                self.receive(ctx, text);
            }
            Told::Imported(text) => self.imported(ctx, &text),
            Told::Drawn(whose, drawing) => self.visit.qr = (whose, drawing),
            Told::Copied(done) => {
                let text = self.pack.t(if done { T::Copied } else { T::CopyByHand }).to_string();
                self.say(text);
            }
            Told::ToolMissed => self.visit.notices = vec![self.pack.t(T::ToolMissed).into()],
            Told::Reset => self.reset(ctx),
            Told::Sent(state) => self.sent(state),
        }
        true
    }

    fn page(&self, ctx: &Context<App>) -> El {
        let (pack, visit) = (&*self.pack, &self.visit);
        let frame = |code: &str| later::frame(pack, code);
        let later = later::is_later(visit.show, self.draft.as_ref());
        let code = match (visit.show, &self.draft) {
            (Show::Journey, Some(draft)) => step_code(&pack.survey, draft.step),
            (Show::Return, Some(draft)) => return start::returning(frame("return"), pack, visit, draft),
            (Show::Start | Show::Return | Show::Journey, _) => return start::page(frame("start"), pack, visit),
            (show, _) => show.word().into(),
        };
        fault("render", &ctx.props().options.fault);
        if let Some(draft) = self.draft.as_ref().filter(|_| !later) {
            return later::first(pack, visit, draft, &code);
        }
        // A link is read by the second program too.
        if self.link.is_some() {
            return chrome::waiting(frame(&[&code, " link"].concat()), pack, visit.missed);
        }
        let mut asked = visit.write(&pack.survey, self.draft.as_ref());
        // Only read by builds with the feature `faults`.
        if cfg!(feature = "faults") {
            asked.push_str(&["@fault=", &ctx.props().options.fault, "\n"].concat());
        }
        let drawn = match visit.show {
            Show::Report => self.host.report(&asked),
            _ => self.host.view(&asked),
        };
        let drawn = drawn.and_then(|text| El::read(&text));
        if let Some(Step::At(part, Stage::Result)) = self.step().filter(|_| drawn.is_some())
            && self.told.replace(Some(part)) != Some(part)
        {
            self.host.tell("complete", &asked);
        }
        // Under another key than the page itself: the one is never turned into the other.
        drawn.unwrap_or_else(|| chrome::waiting(frame(&[&code, " wait"].concat()), pack, visit.missed))
    }

    fn carry_out(&mut self, ctx: &Context<App>, msg: Msg) -> bool {
        let pack = self.pack.clone();
        match msg {
            Msg::Begin => {
                fault("click", &ctx.props().options.fault);
                self.begin(ctx);
            }
            Msg::Name(which, text) => {
                if let Some(name) = self.visit.names.get_mut(which) {
                    *name = text;
                }
                return false;
            }
            Msg::Form(form) => self.visit.form = form,
            Msg::NextPerson => self.next_person(ctx),
            Msg::Resume if self.visit.show == Show::Invited => self.start_invited(ctx),
            Msg::Resume => {
                if let Some(step) = self.draft.as_ref().map(|draft| draft.step) {
                    self.go(step, ctx);
                }
            }
            Msg::Ask(ask) => {
                let erase = matches!(self.visit.ask, Some(Ask::Loss(Loss::Erase)));
                self.focus = Some(match ask {
                    Some(_) => ".bsh-ask button:last-child".into(),
                    None => if erase { ".bsh-footer button" } else { "h1" }.into(),
                });
                if ask.is_none() {
                    self.host.tell("reset", "");
                }
                self.visit.ask = ask.map(Ask::Loss);
                self.pending = None;
            }
            Msg::Agree => self.agree(ctx),
            Msg::Answer(at, answer) => self.answer(ctx, at, answer),
            Msg::Key(at, key) => self.by_key(ctx, at, &key),
            Msg::Note(at, text) => {
                // Emptied, it stays open while somebody writes in it.
                if !self.visit.open_notes.contains(&at) {
                    self.visit.open_notes.push(at);
                }
                self.act(ctx, Action::Note(at, text));
            }
            Msg::Tick(part, which, index, on) => self.act(ctx, Action::Tick(part, which, index, on)),
            Msg::Aim(level, year, _) => self.act(ctx, Action::Aim(Target { level, year })),
            Msg::Confirm(id, on) => self.act(ctx, Action::Confirm(id, on)),
            Msg::Next | Msg::NextAnyway => self.next(ctx, msg == Msg::NextAnyway),
            Msg::Back => return self.back(ctx),
            Msg::Change(place) => self.change(ctx, place),
            Msg::Go(step) => self.go(step, ctx),
            Msg::Focus(selector) => self.focus = Some(selector),
            Msg::OpenNote(at) => {
                self.visit.open_notes.push(at);
                if let Some(item) = pack.survey.item(at) {
                    self.focus = Some(["#note-", &item.id].concat());
                }
            }
            Msg::WhatIf(at, answer) => {
                self.visit.what_if.retain(|(other, _)| *other != at);
                if self.draft.as_ref().is_some_and(|draft| draft.answer(at) != answer) {
                    self.visit.what_if.push((at, answer));
                }
            }
            Msg::Keep => {
                self.focus = Some("[data-section=why] h2".into());
                for (at, answer) in std::mem::take(&mut self.visit.what_if) {
                    self.answer(ctx, at, answer);
                }
            }
            Msg::Undo => {
                self.visit.what_if.clear();
                self.focus = Some("[data-section=why] h2".into());
            }
            Msg::Add(list, fields) => drop(self.add(ctx, list, fields)),
            Msg::Set(list, id, field, text) => self.set(ctx, (list, id, field), text),
            Msg::Remove(list, id) => {
                self.focus = Some(["[data-add=", list.spec().code, "]"].concat());
                self.act(ctx, Action::Remove(list, id));
            }
            Msg::Shift(list, id, to) => self.shift(ctx, list, id, to),
            Msg::Drag(row) => {
                self.visit.drag = row;
                self.over = 0;
            }
            Msg::Dragged(over) => return self.dragged(ctx, over),
            Msg::Lang(code) => {
                // Back to the language that is shown, too, while another one is on its way.
                if code != pack.lang || self.lang != code {
                    self.host.fetch(&code, false);
                    self.lang = code;
                }
                return false;
            }
            Msg::Retry => {
                self.visit.missed = false;
                self.focus = Some("h1".into());
                self.host.fetch(&pack.lang, true);
            }
            Msg::Download => {
                if let Some(draft) = &self.draft {
                    self.host.download(&file_name(&draft.account, ".txt"), &file_text(&self.host, &pack, draft));
                }
                return false;
            }
            Msg::DownloadOld => {
                if let Some(text) = &self.unread {
                    self.host.download("bsh-set-aside.txt", text);
                }
                return false;
            }
            Msg::Print => {
                self.host.print();
                return false;
            }
            Msg::Report => self.go_show(ctx, Show::Report),
            Msg::File(kind) => {
                self.host.file(&kind, &self.visit.write(&pack.survey, self.draft.as_ref()));
                return false;
            }
            msg @ (Msg::Lead(..) | Msg::LeadConsent(_) | Msg::Send(..) | Msg::Unsend) => return self.lead(msg),
            other => return self.by_workspace(ctx, other),
        }
        true
    }

    /// A number key answers the item it is pressed in, where the item has that many answers.
    fn by_key(&mut self, ctx: &Context<App>, at: Place, key: &str) {
        let scale = self.pack.survey.item(at).map_or(Scale::Frequency, |item| item.scale);
        let place = key.parse::<usize>().ok().and_then(|place| place.checked_sub(1));
        if let (Some(value), Some(item)) =
            (place.and_then(|place| scale.values().get(place)), self.pack.survey.item(at))
        {
            let answer = Answer::Value(*value);
            self.focus = Some(["[data-item=\"", &item.id, "\"] [value=\"", answer.code(), "\"]"].concat());
            self.answer(ctx, at, Some(answer));
        }
    }

    /// Gives an answer; what was confirmed of an earlier one is not confirmed of this.
    fn answer(&mut self, ctx: &Context<App>, at: Place, answer: Option<Answer>) {
        let id = self.pack.survey.item(at).map_or_else(String::new, |item| item.id.clone());
        if self.draft.as_ref().is_some_and(|draft| draft.confirmed.contains(&id) && draft.answer(at) != answer) {
            self.act(ctx, Action::Confirm(id, false));
        }
        self.act(ctx, Action::Answer(at, answer));
        self.told.set(None);
        if let Some(draft) = &self.draft {
            let (n, of) = chrome::answered(&self.pack, draft, at.part);
            self.host.tell("progress", &[n.to_string(), of.to_string()].join(" "));
        }
    }

    fn next(&mut self, ctx: &Context<App>, anyway: bool) {
        if self.visit.refused.is_some() {
            self.focus = Some("[aria-invalid]".into());
            return;
        }
        let pack = self.pack.clone();
        let Some(draft) = &self.draft else { return };
        let blank = match draft.step {
            Step::At(part, Stage::Section(start)) if !anyway => {
                draft.blanks(&pack.survey, part, Some(gate::groups(&pack, draft, part, start)))
            }
            _ => Vec::new(),
        };
        if !blank.is_empty() {
            self.visit.blanks_shown = true;
            self.focus = Some(".bsh-errors".into());
        } else if let Some(step) = self.visit.return_to.take().or_else(|| neighbour(&pack, draft, true)) {
            self.go(step, ctx);
        }
    }

    fn back(&mut self, ctx: &Context<App>) -> bool {
        let from = self.host.history_state().and_then(|state| Some(state.split(' ').nth(1)?.to_string()));
        let Some(draft) = self.draft.as_ref().filter(|_| self.visit.show == Show::Journey) else {
            // Compared, the preview of a file, or a report: back to where it was asked for.
            if from.is_some_and(|from| from != "start") && self.host.history_back() {
                return false;
            }
            if let Some(step) = self.draft.as_ref().map(|draft| draft.step).filter(|_| self.visit.show == Show::Report)
            {
                self.host.history(&self.state_of(&step_code(&self.pack.survey, step)), false);
                self.arrive(ctx, Some(step));
                return true;
            }
            self.go_show(ctx, Show::Accounts);
            return true;
        };
        let target = self.visit.return_to.or_else(|| neighbour(&self.pack, draft, false));
        if target.is_none() && self.home != Home::Draft {
            return self.leave_home(ctx, from.as_deref());
        }
        let code = target.map_or("start".into(), |step| step_code(&self.pack.survey, step));
        // The entry before this one is where Back leads: then it is the browser's own Back. The plan is reached from
        // many pages and leads back to each.
        let plan = draft.step == Step::Plan;
        if from.is_some_and(|from| from == code || (plan && from != "start")) && self.host.history_back() {
            return false;
        }
        self.host.history(&self.state_of(&code), false);
        self.arrive(ctx, target);
        true
    }

    /// To one item, and back to the page it was asked from.
    fn change(&mut self, ctx: &Context<App>, at: Place) {
        let pack = self.pack.clone();
        let here = self.draft.as_ref().map(|draft| draft.step);
        let group = pack.survey.instruments.get(at.part).and_then(|part| part.model.items().nth(at.item));
        if let (Some((group, item)), Some(draft)) = (group, &self.draft) {
            let start = gate::groups(&pack, draft, at.part, group).start;
            self.go(Step::At(at.part, Stage::Section(start)), ctx);
            if self.draft.is_some() {
                self.visit.return_to = here;
                self.focus = Some(item_focus(&item.id));
            }
        }
    }
}
