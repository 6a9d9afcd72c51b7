//! What a message does to the visit: steps and history, saving, opening files, erasing.
//!
//! Knows the state in `App`, the keeper and the browser. Must not know markup.

use web_sys::File;
use yew::Context;

use std::rc::Rc;

use super::app::{App, Props, Told};
use super::browser::{Host, number};
use crate::domain::draft::{Action, Draft, Stage, Step};
use crate::domain::model::Perspective;
use crate::domain::rows::{List, SINGLE, at};
use crate::embed::fault;
use crate::pack::compiled::Pack;
use crate::pack::texts::T;
use crate::page::chrome;
use crate::page::msg::Loss;
use crate::page::visit::{Ask, Mode, Refused, Show, Visit};
use crate::report::data;
use crate::storage::codec::{Fields, Opened, ReadError, parse_step, step_code};
use crate::storage::home::{Home, is_own};
use crate::storage::keeper::{Found, Saved, Trouble};
use crate::storage::store::Store;
use crate::storage::workspace;

/// The largest file that is opened, in bytes: a workspace that fills the browser's room.
const FILE_MAX: f64 = 32.0 * 1024.0 * 1024.0;
/// The longest text that can hold a link or a code, in bytes.
const LINK_MAX: usize = 100_000;

/// The step after or before the draft's own. Before the first page of a later instrument stands the first result.
pub fn neighbour(pack: &Pack, draft: &Draft, next: bool) -> Option<Step> {
    let result = Some(Step::At(0, Stage::Result));
    let Step::At(part, stage) = draft.step else {
        return result.filter(|_| !next && draft.step != Step::Account);
    };
    let stages = draft.stages(&pack.survey, part);
    let here = stages.iter().position(|other| *other == stage)?;
    let there = if next { stages.get(here + 1) } else { here.checked_sub(1).and_then(|at| stages.get(at)) };
    match there {
        Some(stage) => Some(Step::At(part, *stage)),
        None => result.filter(|_| part > 0 && !next),
    }
}

/// The file that Download gives: the compact state under a readable header.
pub fn file_text(host: &Host, pack: &Pack, draft: &Draft) -> String {
    let day = host.day(&draft.date, &pack.lang);
    let head = pack.fill(T::FileHead, &[("subject", &pack.subject(draft)), ("date", &day)]);
    ["# ", &head.replace('\n', " "), "\n# ", pack.t(T::FileHow), "\n", &Fields::of(&pack.survey, draft, 0).write()]
        .concat()
}

/// A draft that lost its day starts today.
fn dated(host: &Host, draft: &mut Draft) {
    if draft.date.is_empty() {
        draft.date = host.today();
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
    /// Where the visit begins: a reload goes on where it was, in the account or invitation that was open.
    pub fn come_back(&mut self, ctx: &Context<App>) {
        let state = self.host.history_state().unwrap_or_default();
        let (state, link) = state.split_once('\n').unwrap_or((&state, ""));
        let mut words = state.split(' ');
        let show = words.next().and_then(Show::parse);
        let home = self.visit.mode.home(words.nth(1).unwrap_or(""));
        if home != Home::Draft {
            self.move_to(ctx, home);
        }
        self.look(ctx);
        if self.draft.is_none() && self.home != Home::Draft {
            self.move_to(ctx, Home::Draft);
            self.look(ctx);
        }
        match show.filter(|show| self.visit.mode.shows(*show)) {
            Some(Show::Invited) if !link.is_empty() => {
                self.show_for_link(link);
                self.link = Some(link.into());
            }
            Some(Show::Invited) if matches!(self.home, Home::Invite(_)) => self.visit.show = Show::Invited,
            Some(Show::Report) if self.draft.is_some() => self.visit.show = Show::Report,
            // There is nothing left to report on.
            Some(Show::Report) if self.visit.accounts == 0 => {}
            Some(_) if !self.visit.account.is_empty() => self.visit.show = Show::Journey,
            Some(_) if self.home == Home::Draft && self.visit.mode == Mode::Workspace => {
                self.visit.show = Show::Accounts;
            }
            // Who keeps accounts begins with them, unless there are answers to go on with.
            None if self.draft.is_none() && self.visit.accounts > 0 => self.visit.show = Show::Accounts,
            _ => {}
        }
    }

    /// The page that a link of ours leads to, as soon as the second program has read it.
    pub fn show_for_link(&mut self, link: &str) {
        let show = if link.starts_with("#bsh-invite") { Show::Invited } else { Show::Accounts };
        if self.visit.mode.shows(show) {
            self.visit.show = show;
        }
    }

    /// Back or forward in the history, perhaps to another account.
    pub fn popped(&mut self, ctx: &Context<App>, state: &str) {
        let (state, link) = state.split_once('\n').unwrap_or((state, ""));
        let mut words = state.split(' ');
        let code = words.next().unwrap_or("");
        let home = self.visit.mode.home(words.nth(1).unwrap_or(""));
        let show = Show::parse(code).filter(|show| self.visit.mode.shows(*show));
        if home != self.home {
            self.move_to(ctx, home);
            self.look(ctx);
            if self.draft.is_none() && self.home != Home::Draft && link.is_empty() {
                self.move_to(ctx, Home::Draft);
                self.look(ctx);
            }
        }
        match show {
            Some(Show::Compare) if self.visit.table.picks.len() != 2 => match self.visit.account.is_empty() {
                true => self.show(ctx, Show::Accounts),
                false => self.arrive(ctx, Some(Step::Account)),
            },
            Some(Show::Invited) if !link.is_empty() => self.receive(ctx, link.into()),
            Some(Show::Import) if self.visit.coming.is_empty() => self.show(ctx, Show::Accounts),
            Some(Show::Report) if self.draft.is_none() => self.arrive(ctx, None),
            Some(show) => self.show(ctx, show),
            None if self.draft.is_none() && self.visit.accounts > 0 && code != "start" => {
                self.show(ctx, Show::Accounts);
            }
            None => self.arrive(ctx, parse_step(&self.pack.survey, code)),
        }
    }

    /// What the history keeps of a page: its word, the page before it, and whose draft is open.
    pub fn state_of(&self, code: &str) -> String {
        // The list belongs to no account.
        let home = if code == Show::Accounts.word() { Home::Draft.word() } else { self.home.word() };
        [code, " ", &self.from(), " ", &home].concat()
    }

    /// The word of the page that is shown.
    pub fn from(&self) -> String {
        match (self.visit.show, &self.draft) {
            (Show::Journey, Some(draft)) => step_code(&self.pack.survey, draft.step),
            (Show::Start | Show::Return | Show::Journey, _) => "start".into(),
            (show, _) => show.word().into(),
        }
    }

    /// Back from the first page of an account or of an invitation.
    pub fn leave_home(&mut self, ctx: &Context<App>, from: Option<&str>) -> bool {
        let account = self.draft.as_ref().is_some_and(|draft| draft.step == Step::Account);
        let to = match (&self.home, account) {
            (Home::Account(_), false) => None,
            (Home::Account(_), true) => Some(Show::Accounts),
            _ => Some(Show::Invited),
        };
        let code = to.map_or("account", Show::word);
        if from == Some(code) && self.host.history_back() {
            return false;
        }
        match to {
            Some(show) => {
                self.host.history(&self.state_of(code), false);
                self.show(ctx, show);
            }
            None => {
                self.host.history(&self.state_of(code), false);
                self.arrive(ctx, Some(Step::Account));
            }
        }
        true
    }

    /// Looks what is kept: an earlier draft, or something to be told. A reload goes on where it was.
    pub fn look(&mut self, ctx: &Context<App>) {
        let Props { options, keeper, .. } = ctx.props();
        let pack = self.pack.clone();
        if let Some(at) = self.unsaved.iter().position(|unsaved| unsaved.home == self.home) {
            let unsaved = self.unsaved.remove(at);
            *keeper.borrow_mut() = unsaved.keeper;
            self.draft = Some(unsaved.draft);
            self.visit.show = Show::Journey;
            return self.save(ctx);
        }
        let found = keeper.borrow_mut().load(&pack.survey, &pack.hash);
        self.unread = keeper.borrow().set_aside();
        match found {
            Found::Nothing => {}
            Found::Refused => self.visit.trouble = Some(Trouble::Refused),
            Found::Newer => self.visit.trouble = Some(Trouble::Occupied),
            Found::Unreadable(text) => {
                self.visit.notices = vec![pack.t(T::TroubleUnread).into()];
                self.unread = Some(text);
            }
            Found::Draft(opened) => {
                fault("state", &options.fault);
                self.visit.notices = told(&pack, &opened);
                let here = self.host.history_state();
                let here = here.as_deref().and_then(|state| state.split(' ').next());
                let step = here.and_then(|code| parse_step(&pack.survey, code));
                self.visit.show = if step.is_some() { Show::Journey } else { Show::Return };
                self.focus = Some("h1".into());
                let mut draft = opened.draft;
                draft.step = step.unwrap_or(draft.step);
                dated(&self.host, &mut draft);
                self.draft = Some(draft);
            }
        }
    }

    pub fn begin(&mut self, ctx: &Context<App>) {
        // Another tab may have begun meanwhile: its answers are shown, not overwritten. An account has its own place.
        let accounts = self.visit.accounts > 0;
        if !accounts {
            self.look(ctx);
            if self.draft.is_some() {
                return;
            }
        }
        let pack = &self.pack;
        let [account, part] = &self.visit.names;
        let mut draft = Draft::new(&pack.survey, &pack.hash, self.visit.form, account, part, &self.host.today());
        draft.lang.clone_from(&self.lang);
        if self.visit.mode == Mode::Customer {
            draft.perspective = Perspective::Customer;
            draft = draft.apply(Action::Set(List::Asked, SINGLE, at::ASKED_COMPANY, account.clone()));
            draft.account.clear();
        }
        let step = draft.step;
        if accounts {
            self.make_account(ctx, draft);
            // Too many accounts: said. One that found no room goes on in memory, as any answers do.
            if self.draft.is_none() {
                return;
            }
        } else {
            self.draft = Some(draft);
        }
        self.host.tell("start", "");
        self.go(step, ctx);
    }

    /// Moves on to a step with a new entry in the history.
    pub fn go(&mut self, step: Step, ctx: &Context<App>) {
        self.host.history(&self.state_of(&step_code(&self.pack.survey, step)), true);
        self.arrive(ctx, Some(step));
    }

    /// Shows a step, or the way in, without touching the history.
    pub fn arrive(&mut self, ctx: &Context<App>, step: Option<Step>) {
        self.clear_page();
        match (step, self.draft.is_some()) {
            (Some(step), true) => {
                self.visit.show = Show::Journey;
                self.act(ctx, Action::Go(step));
            }
            (_, true) => self.visit.show = Show::Return,
            (_, false) => self.visit.show = Show::Start,
        }
    }

    /// Forgets what belonged to the page before.
    pub fn clear_page(&mut self) {
        self.visit.blanks_shown = false;
        self.visit.return_to = None;
        if self.visit.ask.take().is_some() {
            // Gone on without an answer: an embedding page that wished for the question hears that nothing was lost.
            self.host.tell("reset", "");
        }
        self.visit.notices.clear();
        self.visit.what_if.clear();
        self.visit.open_notes.clear();
        self.visit.refused = None;
        self.visit.drag = None;
        self.visit.said.clear();
        self.visit.qr = Default::default();
        self.pending = None;
        self.focus = Some("h1".into());
    }

    pub fn act(&mut self, ctx: &Context<App>, action: Action) {
        if let Some(draft) = self.draft.take() {
            let mut draft = draft.apply(action);
            // What was refused may fit now, or its row may be gone.
            if let Some(Refused { at: (list, id, field), text }) = &self.visit.refused {
                let there = list.single() || draft.rows.row(*list, *id).is_some();
                let fits = draft.takes(*list, *id, *field, text);
                if there && fits {
                    draft = draft.apply(Action::Set(*list, *id, *field, text.clone()));
                }
                if fits || !there {
                    self.visit.refused = None;
                }
            }
            self.draft = Some(draft);
            self.save(ctx);
        }
    }

    /// A new row at the end of a list; the focus goes into it, except for a method, which stays where it is.
    pub fn add(&mut self, ctx: &Context<App>, list: List, fields: Vec<(usize, String)>) -> u32 {
        let Some(draft) = &self.draft else { return 0 };
        let full = draft.rows.of(list).len() >= list.most();
        if full {
            self.visit.notices = vec![self.pack.fill(T::ListFull, &[("n", &list.most().to_string())])];
            return 0;
        }
        let mut id = number();
        while draft.rows.row(list, id).is_some() {
            id += 1;
        }
        if fields.is_empty() {
            self.focus = Some(["[data-row=\"", &id.to_string(), "\"] :is(input, select, textarea)"].concat());
            self.act(ctx, Action::Set(list, id, 0, String::new()));
            return id;
        }
        if list == List::Tasks {
            let planned = self.pack.t(T::Planned).to_string();
            self.say(planned);
        }
        for (field, text) in fields {
            if (list, field) == (List::Tasks, at::METHOD) {
                // The button is gone: the focus stays with its method.
                self.focus = Some(["[data-method=", &text, "] h3"].concat());
            }
            self.act(ctx, Action::Set(list, id, field, text));
        }
        id
    }

    /// Says something to those who do not see it; once more, too.
    pub fn say(&mut self, mut text: String) {
        if text == self.visit.said {
            text.push(' ');
        }
        self.visit.said = text;
    }

    /// Takes a value, or keeps it as refused: the page says why.
    pub fn set(&mut self, ctx: &Context<App>, at: (List, u32, usize), text: String) {
        let (list, id, field) = at;
        let Some(draft) = &self.draft else { return };
        if !draft.takes(list, id, field, &text) {
            self.visit.refused = Some(Refused { at, text });
        } else {
            if self.visit.refused.as_ref().is_some_and(|refused| refused.at == at) {
                self.visit.refused = None;
            }
            if list == List::People {
                // It may show a link with the name that was.
                self.visit.qr = Default::default();
            }
            self.act(ctx, Action::Set(list, id, field, text));
        }
    }

    /// Moves a row; the focus stays on the button that moved it, or goes to its neighbour at an end of the list.
    pub fn shift(&mut self, ctx: &Context<App>, list: List, id: u32, to: usize) {
        let Some(draft) = &self.draft else { return };
        let rows = draft.rows.of(list);
        let (from, of) = (rows.iter().position(|row| row.id == id).unwrap_or(0), rows.len());
        let up = if to == 0 || (to > from && to + 1 < of) { "down" } else { "up" };
        self.focus = Some(["[data-row=\"", &id.to_string(), "\"] .bsh-", up].concat());
        let said = self.pack.fill(T::MovedTo, &[("n", &(to + 1).to_string()), ("of", &of.to_string())]);
        self.say(said);
        self.act(ctx, Action::Shift(list, id, to));
    }

    /// The dragged row takes the place of the row that it is over.
    pub fn dragged(&mut self, ctx: &Context<App>, over: u32) -> bool {
        let (Some(held), Some(draft)) = (self.visit.drag, &self.draft) else {
            return false;
        };
        if over == self.over {
            return false;
        }
        self.over = over;
        if over == 0 {
            self.visit.drag = None;
            return true;
        }
        match draft.rows.of(List::Tasks).iter().position(|row| row.id == over) {
            Some(to) if over != held => self.act(ctx, Action::Shift(List::Tasks, held, to)),
            _ => return false,
        }
        true
    }

    /// Goes on in another language; place and answers stay.
    pub fn translate(&mut self, ctx: &Context<App>, text: &str) {
        match Pack::read(text) {
            // The files on the server have changed meanwhile: what is saved is safe in a reload, and the new page is in step.
            Ok(pack) if pack.hash != self.pack.hash && (self.visit.trouble.is_none() || self.draft.is_none()) => {
                self.host.reload();
            }
            Ok(pack) if pack.hash != self.pack.hash => self.visit.notices = vec![self.pack.t(T::LangMissed).into()],
            Ok(pack) => {
                // Chosen here, and not by the page around: that one keeps the focus.
                if self.lang == pack.lang {
                    self.focus = Some("#bsh-lang".into());
                    match &mut self.draft {
                        // Nothing of an invitation is stored before the start.
                        Some(draft) if self.visit.show == Show::Invited => draft.lang.clone_from(&pack.lang),
                        _ => self.act(ctx, Action::Lang(pack.lang.clone())),
                    }
                    self.keep_lang(ctx);
                }
                self.visit.qr = Default::default();
                self.pack = Rc::new(pack);
                self.visit.notices.clear();
                self.visit.refused = None;
            }
            Err(_) => self.visit.notices = vec![self.pack.t(T::LangMissed).into()],
        }
    }

    pub fn save(&mut self, ctx: &Context<App>) {
        let Some(draft) = &self.draft else { return };
        let saved = ctx.props().keeper.borrow_mut().save(&self.pack.survey, draft);
        self.saved(ctx, saved);
    }

    /// Hands the text of the state to the page, which keeps it for the case of a crash.
    pub fn tell_host(&self) {
        let stored = self.visit.trouble.is_none() && self.unsaved.is_empty();
        let text = self.draft.as_ref().map_or(String::new(), |draft| file_text(&self.host, &self.pack, draft));
        self.host.saved(&text, stored);
    }

    /// Tries once more to store what found no room and is not open.
    pub fn save_left(&mut self) {
        let survey = &self.pack.survey;
        let left = self.unsaved.len();
        self.unsaved.retain_mut(|unsaved| matches!(unsaved.keeper.save(survey, &unsaved.draft), Saved::Failed(_)));
        if self.unsaved.len() < left {
            self.tell_host();
        }
    }

    pub fn saved(&mut self, ctx: &Context<App>, saved: Saved) {
        match saved {
            Saved::Done => self.visit.trouble = None,
            Saved::Merged(draft) => {
                self.visit.trouble = None;
                self.draft = Some(*draft);
            }
            Saved::Erased if !self.visit.account.is_empty() => {
                self.account_gone(ctx);
                self.visit.notices.push(self.pack.t(T::ErasedElsewhere).into());
            }
            // Kept as an account, or removed, while this tab looks at something else.
            Saved::Erased if !matches!(self.visit.show, Show::Journey | Show::Return) => self.draft = None,
            Saved::Erased => {
                self.leave(ctx);
                self.visit.notices.push(self.pack.t(T::ErasedElsewhere).into());
            }
            Saved::Failed(trouble) => self.visit.trouble = Some(trouble),
        }
        self.tell_host();
    }

    /// Back to an empty start page.
    pub fn leave(&mut self, ctx: &Context<App>) {
        self.draft = None;
        if self.home != Home::Draft {
            self.move_to(ctx, Home::Draft);
        }
        self.unread = ctx.props().keeper.borrow().set_aside();
        self.visit.names = [ctx.props().options.preset.clone(), String::new()];
        // Whoever comes next is not who typed this.
        self.visit.lead.fields = Default::default();
        self.visit.lead.anew();
        self.tell_host();
        self.host.history(&self.state_of("start"), false);
        self.arrive(ctx, None);
    }

    pub fn agree(&mut self, ctx: &Context<App>) {
        let pack = self.pack.clone();
        match self.visit.ask.take() {
            Some(Ask::Replace(mut draft, notices)) => {
                let step = draft.step;
                let from = self.from();
                if self.home != Home::Draft {
                    self.move_to(ctx, Home::Draft);
                    self.look(ctx);
                }
                // The language is that of this visit, not of whoever wrote the file.
                draft.lang.clone_from(&self.lang);
                self.draft = Some(*draft);
                self.told.set(None);
                self.visit.lead.anew();
                self.host
                    .history(&[&*step_code(&pack.survey, step), " ", &from, " ", &self.home.word()].concat(), true);
                self.arrive(ctx, Some(step));
                self.visit.notices = notices;
            }
            Some(Ask::Return(_)) => self.agree_return(ctx),
            Some(ask) => {
                let all = matches!(ask, Ask::Loss(Loss::Erase));
                let Props { options, keeper, .. } = ctx.props();
                let gone = match (all, self.visit.mode) {
                    (true, Mode::Workspace) => workspace::erase(&self.store, &options.key),
                    // The accounts of another page of this site are not shown here, and not erased.
                    (true, _) => workspace::erase_answers(&self.store, &options.key),
                    (false, _) => keeper.borrow_mut().forget(),
                };
                if matches!(ask, Ask::Loss(Loss::Account)) && gone.is_ok() {
                    return self.account_gone(ctx);
                }
                if all {
                    self.visit.trouble = None;
                    self.move_to(ctx, Home::Draft);
                    self.count(ctx, false);
                    self.host.unsend(false);
                    self.unsaved.clear();
                    self.undo.clear();
                    self.undo_list = None;
                    self.file.clear();
                    self.link = None;
                    self.visit = Visit {
                        show: self.visit.show,
                        mode: self.visit.mode,
                        report: std::mem::take(&mut self.visit.report),
                        logo: std::mem::take(&mut self.visit.logo),
                        // The length that one person chose is not the next one's choice.
                        form: if self.visit.mode == Mode::Kiosk { options.form } else { self.visit.form },
                        name: std::mem::take(&mut self.visit.name),
                        here: std::mem::take(&mut self.visit.here),
                        stamp: self.visit.stamp,
                        ..Visit::default()
                    };
                }
                self.leave(ctx);
                self.visit.trouble = gone.err().map(Trouble::from);
                self.host.tell("reset", "x");
                if all && self.visit.trouble.is_none() && self.visit.mode != Mode::Kiosk {
                    self.visit.notices.push(pack.t(T::Erased).into());
                }
            }
            None => {}
        }
    }

    /// An empty start, because the embedding page wishes it; after a question where answers would be lost.
    pub fn reset(&mut self, ctx: &Context<App>) {
        if self.visit.mode == Mode::Kiosk {
            self.visit.ask = Some(Ask::Loss(Loss::Erase));
            self.agree(ctx);
        } else if self.home == Home::Draft && self.draft.is_some() {
            self.visit.ask = Some(Ask::Loss(Loss::Again));
            self.focus = Some(".bsh-ask button:last-child".into());
        } else {
            // Accounts stay: only what is open is left. What found no room goes on in memory.
            if self.home != Home::Draft {
                self.move_to(ctx, Home::Draft);
            }
            self.leave(ctx);
            self.host.tell("reset", "x");
        }
    }

    /// Everything goes, for the next person; half-way only after a question, for a button is soon touched.
    pub fn next_person(&mut self, ctx: &Context<App>) {
        self.visit.ask = Some(Ask::Loss(Loss::Erase));
        let half_way = matches!(self.step(), Some(Step::At(_, stage)) if stage != Stage::Result);
        if half_way {
            self.focus = Some(".bsh-ask button:last-child".into());
        } else {
            self.agree(ctx);
        }
    }

    pub fn read_file(&mut self, ctx: &Context<App>, file: File) -> bool {
        if file.size() > FILE_MAX {
            self.visit.notices = vec![self.pack.t(T::OpenLarge).into()];
            return true;
        }
        let link = ctx.link().clone();
        let text = wasm_bindgen_futures::JsFuture::from(file.text());
        // Each visit has its own: this place may be another's by then.
        let visit = Rc::downgrade(&ctx.props().keeper);
        wasm_bindgen_futures::spawn_local(async move {
            // A file that cannot be read is told as one that holds no answers.
            let text = text.await.ok().and_then(|text| text.as_string()).unwrap_or_default();
            if visit.strong_count() > 0 {
                link.send_message(Told::Opened(text));
            }
        });
        false
    }

    pub fn open(&mut self, ctx: &Context<App>, text: &str) {
        let pack = self.pack.clone();
        // A report in one file has them inside.
        let inside = data::read(text);
        let text = inside.as_deref().unwrap_or(text);
        // What a file holds is told by how it begins: accounts, a return or invitation, or else answers.
        if text.trim_start_matches('\u{feff}').trim_start().starts_with('{') && self.visit.mode == Mode::Workspace {
            return self.host.import(text);
        }
        let fields = match Fields::read(text) {
            Ok(fields) => fields,
            Err(ReadError::Unreadable) if text.len() < LINK_MAX => return self.receive(ctx, text.into()),
            Err(error) => {
                let told = match error {
                    ReadError::Unreadable => T::OpenBad,
                    ReadError::Newer => T::OpenNewer,
                    ReadError::TooLarge => T::OpenLarge,
                };
                self.visit.notices = vec![pack.t(told).into()];
                return;
            }
        };
        let mut opened = fields.draft(&pack.survey, &pack.hash);
        dated(&self.host, &mut opened.draft);
        let notices = told(&pack, &opened);
        // An account's answers become an account again, beside those that are there.
        if opened.draft.kept() && self.visit.mode == Mode::Workspace {
            if self.make_account(ctx, opened.draft) || self.draft.is_some() {
                self.go(Step::Account, ctx);
                self.visit.notices = notices;
            }
            return;
        }
        if opened.draft.kept() {
            // Where there are no accounts, an account's answers are answers like any others.
            opened.draft = opened.draft.apply(Action::Remove(List::About, SINGLE));
            if opened.draft.step == Step::Account {
                opened.draft.step = chrome::entry(&pack, &opened.draft, 0);
            }
        }
        // What it replaces is the draft by itself, whatever is open; until somebody agrees, that stays open.
        let replaces = if self.home == Home::Draft {
            if self.draft.is_none() {
                self.look(ctx);
            }
            self.draft.is_some()
        } else {
            let key = Home::Draft.key(&ctx.props().options.key);
            let stored = !matches!(self.store.read(&key), Ok(None));
            stored || self.unsaved.iter().any(|unsaved| unsaved.home == Home::Draft)
        };
        let ask = Ask::Replace(Box::new(opened.draft), notices);
        self.visit.ask = Some(ask);
        if replaces {
            self.focus = Some(".bsh-ask button:last-child".into());
        } else {
            self.agree(ctx);
        }
    }

    /// Something in the store has changed elsewhere: which key, or nothing when all of it is gone.
    pub fn stored_elsewhere(&mut self, ctx: &Context<App>, key: Option<&str>) -> bool {
        let Props { options, keeper, .. } = ctx.props();
        let open = key.is_none_or(|key| key == keeper.borrow().key());
        let draw = open && self.other_tab(ctx);
        if key.is_some_and(|key| !is_own(key, &options.key)) {
            return draw;
        }
        self.count(ctx, false);
        draw || self.visit.show != Show::Journey
    }

    /// Another tab changed the open draft.
    fn other_tab(&mut self, ctx: &Context<App>) -> bool {
        if self.visit.show == Show::Invited {
            self.look_again(ctx);
            return true;
        }
        let Some(draft) = &self.draft else {
            return false;
        };
        let saved = ctx.props().keeper.borrow_mut().take_in(&self.pack.survey, draft);
        self.saved(ctx, saved);
        true
    }
}
