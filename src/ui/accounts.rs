//! Accounts, invitations and returns: which draft is open, and what a message does to the workspace.
//!
//! Knows the homes of drafts, the index and the second program's answers. Must not know markup, nor the rules of rounds.

use std::sync::atomic::{AtomicU32, Ordering};

use yew::Context;

use super::app::{App, Props};
use super::browser::number;
use crate::domain::draft::{Action, Draft, Step};
use crate::domain::model::Perspective;
use crate::domain::rounds;
use crate::domain::rows::{List, SINGLE, at};
use crate::exchange::code::token;
use crate::pack::texts::T;
use crate::page::chrome;
use crate::page::msg::Msg;
use crate::page::visit::{Ask, Mode, Show};
use crate::report::name::file_name;
use crate::storage::browser::Browser;
use crate::storage::codec::Fields;
use crate::storage::home::{self, Home, is_id};
use crate::storage::keeper::{Keeper, Trouble};
use crate::storage::store::Store;
use crate::storage::workspace::{self, ACCOUNTS_MAX};
use crate::work::Outcome;

/// Answers that could not be stored, of a draft that is not open.
pub struct Unsaved {
    pub home: Home,
    pub keeper: Keeper<Browser>,
    pub draft: Draft,
}

/// Goes up whenever a stored account may have changed, in any place of the page.
static STAMP: AtomicU32 = AtomicU32::new(1);

/// The longest text that is pasted as a return, in characters.
const PASTE_MAX: usize = 100_000;

impl App {
    fn name(ctx: &Context<App>) -> &str {
        &ctx.props().options.key
    }

    /// Counts the accounts anew; `repair` also finds those that the index has lost.
    pub fn count(&mut self, ctx: &Context<App>, repair: bool) {
        // One number for all places of a page: the program of accounts serves them all.
        self.visit.stamp = STAMP.fetch_add(1, Ordering::Relaxed);
        // Where no accounts are kept, those of another page of this site are nobody's business.
        if self.visit.mode != Mode::Workspace {
            return;
        }
        let name = App::name(ctx);
        let index = if repair { workspace::load(&self.store, name) } else { workspace::stored(&self.store, name) };
        self.visit.accounts = index.accounts.len();
        self.visit.company = index.company;
    }

    /// Keeps the chosen language with the accounts, once there are some.
    pub fn keep_lang(&self, ctx: &Context<App>) {
        if self.visit.accounts > 0 && !self.lang.is_empty() {
            // Only the choice is lost when this fails.
            let _ = workspace::change(&self.store, App::name(ctx), |index| index.lang.clone_from(&self.lang));
        }
    }

    /// From now on the draft is kept elsewhere.
    pub fn move_to(&mut self, ctx: &Context<App>, home: Home) {
        let Props { options, keeper, .. } = ctx.props();
        let old = std::mem::replace(&mut *keeper.borrow_mut(), Keeper::new(self.store.clone(), &options.key, &home));
        // What found no room goes on in memory until somebody comes back to it.
        if self.visit.trouble.take().is_some()
            && let Some(draft) = self.draft.take()
        {
            let left = std::mem::take(&mut self.home);
            self.unsaved.retain(|unsaved| unsaved.home != left);
            self.unsaved.push(Unsaved { home: left, keeper: old, draft });
        }
        self.told.set(None);
        self.visit.lead.anew();
        self.visit.account = home.account().into();
        self.visit.table.picks.clear();
        self.home = home;
        self.draft = None;
    }

    /// A page that shows no step, with a new entry in the history.
    pub fn go_show(&mut self, ctx: &Context<App>, show: Show) {
        self.host.history(&self.state_of(show.word()), true);
        self.show(ctx, show);
    }

    /// The same without touching the history.
    pub fn show(&mut self, ctx: &Context<App>, show: Show) {
        self.clear_page();
        self.visit.show = show;
        if show == Show::Accounts {
            if self.home != Home::Draft {
                self.move_to(ctx, Home::Draft);
            }
            self.count(ctx, true);
        }
    }

    /// Accounts whose last changes found no room, by id, as texts.
    fn not_stored(&self) -> Vec<(String, String)> {
        let survey = &self.pack.survey;
        let open = self.draft.as_ref().filter(|_| self.visit.trouble.is_some()).map(|draft| (&self.home, draft));
        let all = self.unsaved.iter().map(|unsaved| (&unsaved.home, &unsaved.draft)).chain(open);
        let all = all.filter(|(home, _)| !home.account().is_empty());
        all.map(|(home, draft)| (home.account().to_string(), Fields::of(survey, draft, 0).write())).collect()
    }

    /// What a page of the workspace asks for; true when something is to be drawn.
    pub fn by_workspace(&mut self, ctx: &Context<App>, msg: Msg) -> bool {
        let table = &mut self.visit.table;
        match msg {
            Msg::KeepAccount => self.keep_account(ctx),
            Msg::Accounts => self.go_show(ctx, Show::Accounts),
            Msg::NewAccount => {
                self.visit.names = Default::default();
                self.host.history(&self.state_of("start"), true);
                self.show(ctx, Show::Start);
            }
            Msg::OpenAccount(id) => self.open_account(ctx, id),
            Msg::Sort(column) => {
                // By account until somebody chooses.
                let now = if table.sort.is_empty() { "account" } else { &table.sort };
                table.down = now == column && !table.down;
                table.sort = column;
                table.leaf = 0;
            }
            Msg::Filter(which, text) => {
                if let Some(filter) = table.filters.get_mut(which) {
                    *filter = text;
                }
                table.leaf = 0;
            }
            Msg::Leaf(to) => table.leaf = to,
            Msg::Pick(what, on) => {
                table.picks.retain(|picked| *picked != what);
                if on {
                    if table.picks.len() > 1 {
                        table.picks.remove(0);
                    }
                    table.picks.push(what);
                }
            }
            Msg::Compare => self.go_show(ctx, Show::Compare),
            Msg::Invite(person) => self.invite(ctx, person),
            Msg::Copy(selector) => {
                self.host.copy(&selector);
                return false;
            }
            Msg::SaveFrom(selector) => {
                let name = if selector.starts_with("#bsh-link") { "bsh-invitation.txt" } else { "bsh-answers.txt" };
                self.host.download(name, &self.host.value_of(&selector));
                return false;
            }
            Msg::Qr(selector) => {
                self.host.qr(&self.host.value_of(&selector), &selector);
                return false;
            }
            Msg::NewRound => self.next_round(ctx),
            Msg::Company(text) => {
                if workspace::change(&self.store, App::name(ctx), |index| index.company.clone_from(&text)).is_err() {
                    self.visit.trouble = Some(Trouble::Full);
                }
                self.visit.company = text;
                // It shows a link with the name that was.
                self.visit.qr = Default::default();
            }
            Msg::Paste(text) => {
                self.visit.paste = text.chars().take(PASTE_MAX).collect();
                return false;
            }
            Msg::Receive => {
                let text = std::mem::take(&mut self.visit.paste);
                self.receive(ctx, text);
            }
            Msg::Export(all) => {
                let only = (!all).then_some(self.visit.account.as_str());
                let wish = self.draft.as_ref().filter(|_| !all).map_or("accounts", |draft| &draft.account);
                let bundle = workspace::bundle(&self.store, App::name(ctx), only, &self.not_stored());
                self.host.export(&bundle, &file_name(wish, ".json"));
                return false;
            }
            Msg::Take(id, on) => {
                if let Some(coming) = self.visit.coming.iter_mut().find(|coming| coming.id == id) {
                    coming.take = on;
                }
            }
            Msg::Import => self.import(ctx),
            Msg::UndoImport => self.undo_import(ctx),
            _ => return false,
        }
        true
    }

    /// A new account with this draft in it; false when it could not be stored.
    pub fn make_account(&mut self, ctx: &Context<App>, draft: Draft) -> bool {
        if self.visit.accounts >= ACCOUNTS_MAX {
            self.visit.notices = vec![self.pack.t(T::AccountsFull).into()];
            return false;
        }
        let id = home::id([number(), number()]);
        self.move_to(ctx, Home::Account(id.clone()));
        let round = rounds::present(&draft).to_string();
        self.draft = Some(draft.apply(Action::Set(List::About, SINGLE, at::ROUND, round)));
        self.save(ctx);
        let stored = self.visit.trouble.is_none();
        if stored {
            // Without room for the index the account is found by its key.
            let _ = workspace::change(&self.store, App::name(ctx), |index| index.accounts.push(id));
        }
        self.count(ctx, true);
        self.keep_lang(ctx);
        stored
    }

    fn keep_account(&mut self, ctx: &Context<App>) {
        let Some(draft) = self.draft.clone().filter(|draft| !draft.kept()) else { return };
        let kept = draft.clone().apply(Action::Go(Step::Account));
        if !self.make_account(ctx, kept) {
            let trouble = self.visit.trouble;
            // It goes on where it was, not as an account that waits for room.
            self.draft = None;
            self.move_to(ctx, Home::Draft);
            let found = ctx.props().keeper.borrow_mut().load(&self.pack.survey, &self.pack.hash);
            drop(found);
            self.draft = Some(draft);
            self.visit.trouble = trouble;
            return;
        }
        // It has a home of its own now, and its place is free for the index where there was no room.
        let _ = self.store.remove(&Home::Draft.key(App::name(ctx)));
        self.count(ctx, true);
        self.go(Step::Account, ctx);
        self.visit.notices = vec![self.pack.t(T::AccountKept).into()];
    }

    fn open_account(&mut self, ctx: &Context<App>, id: String) {
        if !is_id(&id) {
            return;
        }
        let from = self.from();
        self.move_to(ctx, Home::Account(id));
        self.look(ctx);
        if self.draft.is_some() {
            self.host.history(&["account ", &from, " ", &self.home.word()].concat(), true);
            let notices = std::mem::take(&mut self.visit.notices);
            self.arrive(ctx, Some(Step::Account));
            self.visit.notices = notices;
        } else {
            let gone = matches!(self.store.read(&self.home.key(App::name(ctx))), Ok(None));
            let (unread, trouble) = (self.unread.take(), self.visit.trouble);
            self.show(ctx, Show::Accounts);
            let why = match trouble {
                _ if gone => T::ErasedElsewhere,
                Some(Trouble::Occupied) => T::TroubleNewer,
                Some(_) => T::TroubleRefused,
                None => T::TroubleUnread,
            };
            self.unread = unread;
            self.visit.notices = vec![self.pack.t(why).into()];
        }
    }

    /// The open account is gone: here, or in another tab.
    pub fn account_gone(&mut self, ctx: &Context<App>) {
        let id = self.visit.account.clone();
        // After an Erase there is no index, and none is made.
        if workspace::stored(&self.store, App::name(ctx)).accounts.contains(&id) {
            let _ = workspace::change(&self.store, App::name(ctx), |index| index.accounts.retain(|known| *known != id));
        }
        self.host.history(&self.state_of(Show::Accounts.word()), false);
        self.clear_page();
        self.visit.show = Show::Accounts;
        self.draft = None;
        self.move_to(ctx, Home::Draft);
        // Nothing is repaired: another tab may be in the middle of an Erase.
        self.count(ctx, false);
    }

    fn invite(&mut self, ctx: &Context<App>, person: u32) {
        let Some(draft) = &self.draft else { return };
        let round = rounds::present(draft).to_string();
        let token = token([number(), number()]);
        let fields = vec![
            (at::TOKEN, token),
            (at::INVITED, person.to_string()),
            (at::INVITE_ROUND, round),
            (at::INVITE_DATE, self.host.today()),
        ];
        let id = self.add(ctx, List::Invites, fields);
        self.focus = Some(["#bsh-link-", &id.to_string()].concat());
    }

    fn next_round(&mut self, ctx: &Context<App>) {
        match self.ask_second("round", "") {
            Some(Outcome::Say(said)) => self.visit.notices = vec![said],
            Some(Outcome::Put { draft, .. }) if self.put_draft(&draft) => {
                let part = self.pack.staged();
                let step = part.zip(self.draft.as_ref()).map(|(part, draft)| chrome::entry(&self.pack, draft, part));
                if let Some(step) = step {
                    self.go(step, ctx);
                }
            }
            _ => {}
        }
    }

    /// Takes the text of a draft for the open one; false when it is none.
    fn put_draft(&mut self, text: &str) -> bool {
        let Ok(fields) = Fields::read(text) else { return false };
        self.draft = Some(fields.draft(&self.pack.survey, &self.pack.hash).draft);
        true
    }

    /// What the second program makes of a text; `None` while it is not there.
    fn ask_second(&self, verb: &str, text: &str) -> Option<Outcome> {
        let visit = self.visit.write(&self.pack.survey, self.draft.as_ref());
        Outcome::read(&self.host.act(verb, text, &visit)?)
    }

    /// An invitation or a return: from the address, pasted, dropped or from a file. Waits for the second program.
    pub fn receive(&mut self, ctx: &Context<App>, text: String) {
        if !self.visit.mode.takes_invitations() {
            self.visit.notices = vec![self.pack.t(T::OpenBad).into()];
            return;
        }
        self.take_in(ctx, text, false);
    }

    /// The same; `agreed` when earlier answers are to be replaced.
    fn take_in(&mut self, ctx: &Context<App>, text: String, agreed: bool) {
        match self.ask_second("receive", &text) {
            None => self.link = Some(text),
            Some(Outcome::Asked { token, company, label, .. }) => self.asked(ctx, [&token, &company, &label], &text),
            Some(Outcome::Put { account, ask, said, draft }) if ask.is_empty() || agreed => {
                self.land(ctx, account, said, &draft);
            }
            Some(Outcome::Put { ask, .. }) => {
                // Worked out anew when it is agreed to: the account may change meanwhile.
                self.pending = Some(text);
                self.visit.ask = Some(Ask::Return(ask));
                self.focus = Some(".bsh-ask button:last-child".into());
            }
            Some(Outcome::Say(said)) => {
                self.nowhere(ctx);
                self.visit.notices = vec![said];
            }
        }
    }

    /// A link that led nowhere leaves the visitor where a visit without one begins.
    fn nowhere(&mut self, ctx: &Context<App>) {
        let invited = self.visit.show == Show::Invited && !matches!(self.home, Home::Invite(_));
        if invited || (self.visit.show == Show::Accounts && self.visit.accounts == 0) {
            self.visit.show = Show::Start;
            self.move_to(ctx, Home::Draft);
            self.look(ctx);
            if self.draft.is_none() && self.visit.accounts > 0 {
                self.visit.show = Show::Accounts;
            }
            self.host.history(&self.state_of(&self.from()), false);
        }
    }

    /// Somebody at a customer is asked; nothing is stored before they start.
    fn asked(&mut self, ctx: &Context<App>, [token, company, label]: [&str; 3], link: &str) {
        if !is_id(token) {
            return;
        }
        self.move_to(ctx, Home::Invite(token.into()));
        self.look(ctx);
        if self.draft.is_none() {
            let pack = &self.pack;
            let mut draft = Draft::new(&pack.survey, &pack.hash, self.visit.form, "", "", &self.host.today());
            draft.perspective = Perspective::Customer;
            draft.lang.clone_from(&self.lang);
            for (field, text) in [(at::ASKED_TOKEN, token), (at::ASKED_COMPANY, company), (at::ASKED_LABEL, label)] {
                draft = draft.apply(Action::Set(List::Asked, SINGLE, field, text.into()));
            }
            self.draft = Some(draft);
        }
        // A reload before the start finds the link here; the address no longer has it.
        self.host.history(&[&self.state_of(Show::Invited.word()), "\n", link].concat(), false);
        self.show(ctx, Show::Invited);
        if let Some(draft) = &self.draft {
            self.visit.form = draft.form;
        }
        self.focus = Some("h1".into());
    }

    /// Another tab may have begun on the same invitation meanwhile.
    pub fn look_again(&mut self, ctx: &Context<App>) {
        let fresh = self.draft.take();
        self.look(ctx);
        if self.draft.is_none() {
            self.draft = fresh;
        }
        self.visit.show = Show::Invited;
        self.visit.notices.clear();
    }

    /// The answers of the customer's person begin in the form that was chosen.
    pub fn start_invited(&mut self, ctx: &Context<App>) {
        let form = self.visit.form;
        let pack = self.pack.clone();
        self.look_again(ctx);
        let Some(draft) = &mut self.draft else { return };
        let Some(part) = pack.staged() else { return };
        if !draft.begun(part) {
            draft.form = form;
        }
        let step = chrome::entry(&pack, draft, part);
        self.go(step, ctx);
    }

    /// Stores answers that came back with their account, and shows it.
    fn land(&mut self, ctx: &Context<App>, account: String, said: String, draft: &str) {
        self.open_account(ctx, account);
        if self.draft.is_none() || !self.put_draft(draft) {
            return;
        }
        self.act(ctx, Action::Go(Step::Account));
        if self.visit.trouble.is_none() {
            self.visit.notices = vec![said];
        }
    }

    pub fn agree_return(&mut self, ctx: &Context<App>) {
        if let Some(text) = self.pending.take() {
            self.take_in(ctx, text, true);
        }
    }
}
