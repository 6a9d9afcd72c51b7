//! A file of accounts: what it would change, taking it in as a whole, and putting back what was there.
//!
//! Knows the bundle that the toolbox makes and the store. Must not know JSON or markup.

use yew::Context;

use super::app::App;
use crate::pack::texts::T;
use crate::page::visit::{Change, Coming, Show};
use crate::storage::browser::Browser;
use crate::storage::codec::Fields;
use crate::storage::home::{self, Home, is_id};
use crate::storage::store::{Store, StoreError};
use crate::storage::workspace::{self, ACCOUNTS_MAX};

/// One account of a file.
pub struct Filed {
    pub id: String,
    pub text: String,
    /// What was stored when the preview was made.
    pub seen: Option<String>,
}

/// What an import wrote under one key.
pub struct Written {
    key: String,
    before: Option<String>,
    after: String,
}

/// The longest name in a preview, in characters.
const NAME_MAX: usize = 60;

impl App {
    /// What the toolbox read from a file: what it would do is shown before anything happens.
    pub fn imported(&mut self, ctx: &Context<App>, text: &str) {
        let (head, bundle) = text.split_once('\u{1d}').unwrap_or((text, ""));
        let (verb, faults) = head.split_once('\n').unwrap_or((head, ""));
        let faults: Vec<String> = faults.lines().map(String::from).collect();
        if verb != "ok" {
            self.visit.notices = faults;
            return;
        }
        let mut records = bundle.split('\u{1e}');
        self.file_company = records.next().unwrap_or("").into();
        self.file = records
            .filter_map(|record| record.split_once('\n').filter(|(id, _)| is_id(id)))
            .map(|(id, text)| Filed { id: id.into(), text: text.into(), seen: None })
            .collect();
        self.visit.coming.clear();
        self.preview(ctx);
        self.visit.faults = faults;
        self.go_show(ctx, Show::Import);
    }

    /// Compares the file with what is stored now; what was ticked by hand stays so.
    fn preview(&mut self, ctx: &Context<App>) {
        self.count(ctx, true);
        let name = &ctx.props().options.key;
        let mut coming = Vec::with_capacity(self.file.len());
        for filed in &mut self.file {
            let Ok(new) = Fields::read(&filed.text) else { continue };
            filed.seen = workspace::account(&self.store, name, &filed.id);
            let (change, older) = match filed.seen.as_deref().map(Fields::read) {
                None => (Change::Added, false),
                Some(Ok(old)) if old.same(&new) => (Change::Same, false),
                Some(Ok(old)) => (Change::Changed, new.revision < old.revision),
                Some(Err(_)) => (Change::Changed, false),
            };
            let called = [new.get("account").unwrap_or(""), new.get("part").unwrap_or("")];
            let called = called.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
            let ticked = self.visit.coming.iter().find(|old| old.id == filed.id).map(|old| old.take);
            coming.push(Coming {
                id: filed.id.clone(),
                // On one line, whatever the file says.
                name: called.chars().map(|c| if c.is_control() { ' ' } else { c }).take(NAME_MAX).collect(),
                change,
                take: ticked.unwrap_or(!older),
                older,
            });
        }
        self.visit.coming = coming;
    }

    /// Takes in what is chosen: all of it, or nothing when there is no room.
    pub fn import(&mut self, ctx: &Context<App>) {
        let name = ctx.props().options.key.clone();
        let key = |id: &str| Home::Account(id.into()).key(&name);
        if self.file.iter().any(|filed| workspace::account(&self.store, &name, &filed.id) != filed.seen) {
            self.preview(ctx);
            self.visit.notices = vec![self.pack.t(T::ImportAgain).into()];
            return;
        }
        let coming = &self.visit.coming;
        let take = |id: &str| coming.iter().any(|c| c.id == id && c.take && c.change != Change::Same);
        let chosen: Vec<&Filed> = self.file.iter().filter(|filed| take(&filed.id)).collect();
        let added: Vec<&str> = chosen.iter().filter(|f| f.seen.is_none()).map(|f| f.id.as_str()).collect();
        let work = || -> Result<(), StoreError> {
            for filed in &chosen {
                self.store.write(&key(&filed.id), &filed.text)?;
            }
            workspace::change(&self.store, &name, |index| {
                index.accounts.extend(added.iter().map(|id| String::from(*id)));
                if index.company.is_empty() {
                    index.company.clone_from(&self.file_company);
                }
            })
        };
        let list_before = self.store.read(&home::index(&name)).ok().flatten();
        let written: Vec<Written> = chosen
            .iter()
            .map(|filed| Written { key: key(&filed.id), before: filed.seen.clone(), after: filed.text.clone() })
            .collect();
        if self.visit.accounts + added.len() > ACCOUNTS_MAX || work().is_err() {
            put_back(&self.store, &written);
            self.visit.notices = vec![self.pack.t(T::AccountsFull).into()];
            return;
        }
        let n = chosen.len().to_string();
        let list = home::index(&name);
        let after = self.store.read(&list).ok().flatten().unwrap_or_default();
        self.undo = written;
        self.undo_list = Some(Written { key: list, before: list_before, after });
        self.file.clear();
        self.visit.coming.clear();
        self.host.history(&self.state_of(Show::Accounts.word()), false);
        self.show(ctx, Show::Accounts);
        self.visit.undo = true;
        self.visit.notices = vec![self.pack.fill(T::ImportDone, &[("n", &n)])];
    }

    /// Puts back what was there before the last import, but for accounts that somebody has changed since.
    pub fn undo_import(&mut self, ctx: &Context<App>) {
        let changed = put_back(&self.store, &std::mem::take(&mut self.undo));
        // Where the list has changed since, it is mended by what is there.
        put_back(&self.store, self.undo_list.take().as_slice());
        self.visit.undo = false;
        self.show(ctx, Show::Accounts);
        self.visit.notices = vec![match changed {
            0 => self.pack.t(T::ImportUndone).into(),
            n => self.pack.fill(T::ImportUndoneBut, &[("n", &n.to_string())]),
        }];
    }
}

/// What every key had before, where it still has what was written; how many have something else.
fn put_back(store: &Browser, written: &[Written]) -> usize {
    let mut changed = 0;
    // Room first.
    for first in [true, false] {
        for entry in written.iter().filter(|entry| entry.before.is_none() == first) {
            let now = store.read(&entry.key).ok().flatten();
            let ours = match &now {
                Some(now) => *now == entry.after || both_say_the_same(now, &entry.after),
                None => false,
            };
            if !ours {
                changed += usize::from(now != entry.before);
                continue;
            }
            let done = match &entry.before {
                None => store.remove(&entry.key),
                Some(text) => store.write(&entry.key, text),
            };
            changed += usize::from(done.is_err());
        }
    }
    changed
}

/// Whoever only looks at an account changes its revision and its page, nothing else.
fn both_say_the_same(one: &str, other: &str) -> bool {
    matches!((Fields::read(one), Fields::read(other)), (Ok(one), Ok(other)) if one.same(&other))
}
