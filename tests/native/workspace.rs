//! Many accounts in one store: the index, two tabs, a store that is full, and how much room a thousand accounts take.

use buy_sell_hierarchy::domain::answer::Answer;
use buy_sell_hierarchy::domain::draft::{Action, Draft, Step};
use buy_sell_hierarchy::domain::model::{Form, Place};
use buy_sell_hierarchy::domain::rounds::rounds;
use buy_sell_hierarchy::domain::rows::{LINE_MAX, List, SINGLE, at};
use buy_sell_hierarchy::domain::views::View;
use buy_sell_hierarchy::storage::codec::Fields;
use buy_sell_hierarchy::storage::home::{self, Home, is_id};
use buy_sell_hierarchy::storage::keeper::{Found, Keeper, Saved, Trouble};
use buy_sell_hierarchy::storage::store::{Memory, Store, StoreError};
use buy_sell_hierarchy::storage::workspace::{ACCOUNTS_MAX, Index, bundle, change, erase, load, stored};
use proptest::prelude::*;
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use crate::support::{answered, edition, filled, fresh, survey, with_row};

const NAME: &str = "default";
const INDEX: &str = "bsh:workspace:default";
const ONE: &str = "0k3j2h1a";
const TWO: &str = "9zzzzzzz";

fn key(id: &str) -> String {
    Home::Account(id.into()).key(NAME)
}

fn keeper<S: Store>(store: S, id: &str) -> Keeper<S> {
    Keeper::new(store, NAME, &Home::Account(id.into()))
}

/// An account called so.
fn account(name: &str) -> Draft {
    let mut draft = filled(Form::Short, "g2=3 g3=1");
    draft.account = name.into();
    with_row(draft, List::About, &[(at::ROUND, "1")])
}

/// Creates an account as the pages do: its key first, then its name in the index.
fn create<S: Store + Clone>(store: &S, id: &str, draft: &Draft) -> Saved {
    let saved = keeper(store.clone(), id).save(survey(), draft);
    if saved == Saved::Done {
        change(store, NAME, |index| index.accounts.push(id.into())).unwrap();
    }
    saved
}

fn ids(index: &Index) -> Vec<&str> {
    index.accounts.iter().map(String::as_str).collect()
}

/// A store with room for so many UTF-16 units, counted as browsers do: keys and values.
#[derive(Clone, Default)]
struct Room {
    texts: Rc<RefCell<BTreeMap<String, String>>>,
    most: Rc<Cell<usize>>,
}

fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

impl Room {
    fn of(most: usize) -> Room {
        let room = Room::default();
        room.most.set(most);
        room
    }

    fn used(&self) -> usize {
        self.texts.borrow().iter().map(|(key, value)| units(key) + units(value)).sum()
    }
}

impl Store for Room {
    fn read(&self, key: &str) -> Result<Option<String>, StoreError> {
        Ok(self.texts.borrow().get(key).cloned())
    }

    fn write(&self, key: &str, value: &str) -> Result<(), StoreError> {
        let others: usize =
            self.texts.borrow().iter().filter(|(known, _)| *known != key).map(|(k, v)| units(k) + units(v)).sum();
        if others + units(key) + units(value) > self.most.get() {
            return Err(StoreError::Full);
        }
        self.texts.borrow_mut().insert(key.into(), value.into());
        Ok(())
    }

    fn remove(&self, key: &str) -> Result<(), StoreError> {
        self.texts.borrow_mut().remove(key);
        Ok(())
    }

    fn keys(&self) -> Result<Vec<String>, StoreError> {
        Ok(self.texts.borrow().keys().cloned().collect())
    }
}

#[test]
fn an_index_is_written_as_it_reads() {
    let index = Index {
        revision: 12,
        company: "Metal \\ Supplies\nand Sons".into(),
        lang: "nl".into(),
        accounts: vec![ONE.into(), TWO.into()],
        newer: false,
    };
    let text = "bsh-workspace 1 12\ncompany=Metal \\\\ Supplies\\nand Sons\nlang=nl\naccounts=0k3j2h1a 9zzzzzzz\n";
    assert_eq!(index.write(), text);
    assert_eq!(Index::read(text), index);
    assert_eq!(Index::read(&Index::default().write()), Index::default());
}

#[test]
fn a_damaged_index_keeps_what_can_be_read() {
    for text in ["", "rubbish", "bsh-answers 3 1 ab\naccounts=0k3j2h1a", "{\"accounts\":[]}", "\u{0}\n\n="] {
        assert_eq!(Index::read(text), Index::default(), "{text:?}");
    }
    let half = Index::read("bsh-workspace\ncompany=Metal Supplies\nnonsense\naccounts=0k3j2h1a ?? short 9zzzzzzz 9zzz");
    assert_eq!(
        (ids(&half), half.company.as_str(), half.revision, half.newer),
        (vec![ONE, TWO], "Metal Supplies", 0, false)
    );
    let long = format!("bsh-workspace 1 1\ncompany={}\nlang={}\n", "x".repeat(5000), "y".repeat(5000));
    let long = Index::read(&long);
    assert_eq!((long.company.len(), long.lang.len()), (LINE_MAX, 12));
}

#[test]
fn an_account_that_is_named_twice_is_one() {
    let index = Index::read("bsh-workspace 1 4\naccounts=9zzzzzzz 0k3j2h1a 9zzzzzzz 0k3j2h1a 9zzzzzzz\n");
    assert_eq!(ids(&index), [TWO, ONE]);
    // One tab has stored an account, another finds it before the first has put its name into the index.
    let store = Memory::default();
    keeper(store.clone(), ONE).save(survey(), &account("A"));
    assert_eq!(ids(&load(&store, NAME)), [ONE]);
    change(&store, NAME, |index| index.accounts.push(ONE.into())).unwrap();
    assert_eq!(ids(&stored(&store, NAME)), [ONE]);
    assert_eq!(bundle(&store, NAME, None, &[]).matches('\u{1e}').count(), 1);
}

#[test]
fn a_newer_index_is_read_and_not_written_over() {
    let store = Memory::default();
    let newer = "bsh-workspace 2 9\ncompany=Metal Supplies\nfuture=yes\naccounts=9zzzzzzz\n";
    store.write(INDEX, newer).unwrap();
    for id in [ONE, TWO] {
        assert_eq!(create(&store, id, &account(id)), Saved::Done);
    }
    assert_eq!(ids(&load(&store, NAME)), [TWO, ONE]);
    change(&store, NAME, |index| index.company = "Other".into()).unwrap();
    assert_eq!(store.read(INDEX).unwrap().as_deref(), Some(newer));
    assert!(stored(&store, NAME).newer);
}

#[test]
fn a_lost_or_damaged_index_is_made_again_from_the_keys() {
    for damage in [None, Some("rubbish"), Some("bsh-workspace 1 7\naccounts=\n")] {
        let store = Memory::default();
        for id in [TWO, ONE] {
            create(&store, id, &account(id));
        }
        store.write("bsh:account:other:abcdefgh", "theirs").unwrap();
        store.write("bsh:account:default:short", "theirs").unwrap();
        match damage {
            None => store.remove(INDEX).unwrap(),
            Some(text) => store.write(INDEX, text).unwrap(),
        }
        // In the order of their ids, as the index no longer says another one.
        assert_eq!(ids(&load(&store, NAME)), [ONE, TWO], "{damage:?}");
        assert_eq!(ids(&stored(&store, NAME)), [ONE, TWO], "{damage:?}");
        assert_eq!(stored(&store, "other").accounts.len(), 0);
    }
}

#[test]
fn names_without_a_key_are_left_out_and_the_others_keep_their_order() {
    let store = Memory::default();
    for id in ["cccccccc", "aaaaaaaa", "bbbbbbbb"] {
        create(&store, id, &account(id));
    }
    change(&store, NAME, |index| index.accounts.insert(1, "gonegone".into())).unwrap();
    store.remove(&key("aaaaaaaa")).unwrap();
    let revision = stored(&store, NAME).revision;
    assert_eq!(ids(&load(&store, NAME)), ["cccccccc", "bbbbbbbb"]);
    assert_eq!((stored(&store, NAME).revision, stored(&store, NAME).accounts.len()), (revision + 1, 2));
    // What is right is not written again.
    load(&store, NAME);
    assert_eq!(stored(&store, NAME).revision, revision + 1);
}

#[test]
fn an_index_that_cannot_be_written_hides_no_account() {
    let store = Memory::default();
    create(&store, ONE, &account("A"));
    store.remove(INDEX).unwrap();
    for error in [StoreError::Full, StoreError::Refused] {
        store.broken.set(Some(error));
        assert_eq!(ids(&load(&store, NAME)), [ONE]);
        assert_eq!(change(&store, NAME, |index| index.company = "X".into()), Err(error));
    }
}

#[test]
fn two_tabs_that_add_accounts_keep_each_others() {
    let store = Memory::default();
    change(&store, NAME, |index| index.company = "Metal Supplies".into()).unwrap();
    // Both have stored an account before either is in the index, and each has an old idea of the index.
    let old = stored(&store, NAME);
    keeper(store.clone(), TWO).save(survey(), &account("B"));
    keeper(store.clone(), ONE).save(survey(), &account("A"));
    change(&store, NAME, |index| index.accounts.push(TWO.into())).unwrap();
    change(&store, NAME, |index| index.accounts.push(ONE.into())).unwrap();
    assert_eq!((ids(&load(&store, NAME)), old.accounts.len()), (vec![TWO, ONE], 0));
    // Even where one of them wrote over the other's index, nothing is lost.
    store.write(INDEX, &Index { accounts: vec![ONE.into()], ..old }.write()).unwrap();
    assert_eq!(ids(&load(&store, NAME)), [ONE, TWO]);
    assert_eq!(stored(&store, NAME).company, "Metal Supplies");
}

#[test]
fn two_tabs_with_one_account_have_what_both_did() {
    let store = Memory::default();
    create(&store, ONE, &account("A"));
    let (mut one, mut two) = (keeper(store.clone(), ONE), keeper(store.clone(), ONE));
    for keeper in [&mut one, &mut two] {
        assert!(matches!(keeper.load(survey(), &edition().hash), Found::Draft(_)));
    }
    let tags = with_row(account("A"), List::About, &[(at::TAGS, "steel")]);
    assert_eq!(one.save(survey(), &with_row(tags, List::People, &[(at::NAME, "Anna")])), Saved::Done);
    let view = Action::Set(List::Views, 77, at::VIEW_HEAD, "1 1 2026-11-22 short ab".into());
    let Saved::Merged(both) = two.save(survey(), &answered(account("A"), "g4-01=2").apply(view)) else {
        panic!("not merged")
    };
    assert_eq!(both.rows.get(List::About, SINGLE, at::TAGS), "steel");
    assert_eq!(both.rows.get(List::People, 1, at::NAME), "Anna");
    assert_eq!(View::all(&both.rows).count(), 1);
    assert_eq!(both.answer(crate::support::place("g4-01")), Some(Answer::Value(2)));
}

#[test]
fn views_and_invitations_of_both_tabs_survive_and_a_removed_one_stays_removed() {
    let store = Memory::default();
    let view = |id: u32| Action::Set(List::Views, id, at::VIEW_HEAD, format!("1 {id} 2026-11-22 short ab"));
    let invite = |id: u32| Action::Set(List::Invites, id, at::TOKEN, format!("K3F9AC{id}"));
    let base = account("A").apply(view(10)).apply(view(20));
    create(&store, ONE, &base);
    let (mut one, mut two) = (keeper(store.clone(), ONE), keeper(store.clone(), ONE));
    one.load(survey(), &edition().hash);
    two.load(survey(), &edition().hash);
    one.save(survey(), &base.clone().apply(Action::Remove(List::Views, 10)).apply(invite(31)).apply(view(30)));
    let Saved::Merged(both) = two.save(survey(), &base.apply(view(40)).apply(invite(41))) else { panic!("not merged") };
    let rows = |list: List| {
        let mut ids: Vec<u32> = both.rows.of(list).iter().map(|row| row.id).collect();
        ids.sort_unstable();
        ids
    };
    assert_eq!((rows(List::Views), rows(List::Invites)), (vec![20, 30, 40], vec![31, 41]));
}

#[test]
fn two_tabs_with_different_accounts_do_not_meet() {
    let store = Memory::default();
    let (mut one, mut two) = (keeper(store.clone(), ONE), keeper(store.clone(), TWO));
    assert_eq!(one.save(survey(), &account("A")), Saved::Done);
    assert_eq!(two.save(survey(), &account("B")), Saved::Done);
    for value in 0..3 {
        assert_eq!(one.save(survey(), &answered(account("A"), &format!("g5-01={value}"))), Saved::Done);
        assert_eq!(two.save(survey(), &answered(account("B"), &format!("g4-01={value}"))), Saved::Done);
    }
    assert_eq!(two.take_in(survey(), &answered(account("B"), "g4-01=2")), Saved::Done);
    let name = |id: &str| Fields::read(&store.read(&key(id)).unwrap().unwrap()).unwrap();
    assert_eq!((name(ONE).get("account"), name(ONE).get("g4-01")), (Some("A"), None));
    assert_eq!((name(TWO).get("account"), name(TWO).get("g5-01")), (Some("B"), None));
}

#[test]
fn the_three_homes_of_a_draft_do_not_meet() {
    let homes = [Home::Draft, Home::Account("abcdefgh".into()), Home::Invite("K3F9AC7Q".into())];
    let keys: Vec<[String; 2]> = homes.iter().map(|home| [home.key(NAME), home.aside(NAME)]).collect();
    assert_eq!(
        keys,
        [
            ["bsh:draft:default", "bsh:aside:default"],
            ["bsh:account:default:abcdefgh", "bsh:aside:default:abcdefgh"],
            ["bsh:invite:default:K3F9AC7Q", "bsh:aside:default:K3F9AC7Q"],
        ]
    );
    for home in &homes {
        assert_eq!(Home::parse(&home.word()), *home);
    }
    for word in ["", "-", "a:", "a:short", "a:abcdefgh:x", "i:../../..", "x:abcdefgh", "a", "å:abcdefgh", "a:åäöå"]
    {
        assert_eq!(Home::parse(word), Home::Draft, "{word:?}");
    }
    assert_eq!((homes[1].account(), homes[0].account(), homes[2].account()), ("abcdefgh", "", ""));
}

#[test]
fn an_account_that_cannot_be_read_stays_where_it_is() {
    let store = Memory::default();
    create(&store, TWO, &account("B"));
    store.write(&key(ONE), "rubbish").unwrap();
    let mut one = keeper(store.clone(), ONE);
    assert_eq!(one.load(survey(), &edition().hash), Found::Unreadable("rubbish".into()));
    assert_eq!(store.read(&key(ONE)).unwrap().as_deref(), Some("rubbish"));
    assert_eq!(one.set_aside(), None);
    assert_eq!(one.save(survey(), &account("A")), Saved::Failed(Trouble::Occupied));
    assert_eq!(store.read(&key(ONE)).unwrap().as_deref(), Some("rubbish"));
    assert_eq!(store.read("bsh:aside:default").unwrap(), None);
    assert!(matches!(keeper(store.clone(), TWO).load(survey(), &edition().hash), Found::Draft(_)));
    assert_eq!(keeper(store.clone(), TWO).set_aside(), None);
    store.write(&key(ONE), "bsh-answers 9 1 ab\n").unwrap();
    assert_eq!(keeper(store, ONE).load(survey(), &edition().hash), Found::Newer);
}

#[test]
fn erasing_in_one_tab_is_not_undone_by_the_other() {
    let store = Memory::default();
    create(&store, ONE, &account("A"));
    create(&store, TWO, &account("B"));
    let (mut heard, mut saves) = (keeper(store.clone(), ONE), keeper(store.clone(), TWO));
    heard.load(survey(), &edition().hash);
    saves.load(survey(), &edition().hash);
    store.write("theirs", "1").unwrap();
    erase(&store, NAME).unwrap();
    assert_eq!(heard.take_in(survey(), &account("A")), Saved::Erased);
    assert_eq!(saves.save(survey(), &answered(account("B"), "g4-01=2")), Saved::Erased);
    assert_eq!(store.keys().unwrap(), ["theirs"]);
    // What the other tab does next brings no key back: it looks, and takes the account out of the index.
    assert_eq!(load(&store, NAME), Index::default());
    change(&store, NAME, |index| index.accounts.retain(|id| id != ONE)).unwrap();
    assert_eq!(store.keys().unwrap(), ["theirs"]);
}

#[test]
fn removing_one_account_leaves_the_others() {
    let store = Memory::default();
    create(&store, ONE, &account("A"));
    create(&store, TWO, &account("B"));
    let (mut one, mut other) = (keeper(store.clone(), ONE), keeper(store.clone(), ONE));
    one.load(survey(), &edition().hash);
    other.load(survey(), &edition().hash);
    one.forget().unwrap();
    change(&store, NAME, |index| index.accounts.retain(|id| id != ONE)).unwrap();
    assert_eq!(ids(&load(&store, NAME)), [TWO]);
    assert_eq!(other.save(survey(), &account("A")), Saved::Erased);
    assert_eq!(store.read(&key(ONE)).unwrap(), None);
}

#[test]
fn a_full_store_loses_nothing_when_an_account_is_made_or_saved() {
    let store = Room::of(1_000_000);
    create(&store, ONE, &account("A"));
    let before = store.texts.borrow().clone();
    // A little more room, too little for an account.
    store.most.set(store.used() + 100);
    let mut new = keeper(store.clone(), TWO);
    assert_eq!(new.save(survey(), &account("B")), Saved::Failed(Trouble::Full));
    let mut one = keeper(store.clone(), ONE);
    one.load(survey(), &edition().hash);
    let longer = with_row(account("A"), List::Tasks, &[(at::NOTE, &"n".repeat(500))]);
    assert_eq!(one.save(survey(), &longer), Saved::Failed(Trouble::Full));
    assert_eq!(one.save(survey(), &longer), Saved::Failed(Trouble::Full));
    assert_eq!(*store.texts.borrow(), before);
    assert_eq!(ids(&load(&store, NAME)), [ONE]);
    // All of it can still be exported, and what is removed makes room.
    assert!(bundle(&store, NAME, None, &[]).contains("account=A\n"));
    store.most.set(1_000_000);
    assert_eq!(one.save(survey(), &longer), Saved::Done);
    assert_eq!(new.save(survey(), &account("B")), Saved::Done);
    // The account fits, its name in the index does not: it is found all the same.
    let third = "bbbbbbbb";
    keeper(store.clone(), third).save(survey(), &account("C"));
    store.most.set(store.used());
    assert_eq!(change(&store, NAME, |index| index.accounts.push(third.into())), Err(StoreError::Full));
    assert_eq!(ids(&load(&store, NAME)), [ONE, TWO, third]);
}

#[test]
fn a_refused_store_says_so() {
    let store = Memory::default();
    store.broken.set(Some(StoreError::Refused));
    assert_eq!(keeper(store.clone(), ONE).save(survey(), &account("A")), Saved::Failed(Trouble::Refused));
    assert_eq!(load(&store, NAME), Index::default());
}

#[test]
fn as_many_accounts_as_there_can_be_are_all_read() {
    let all: Vec<String> = (0..ACCOUNTS_MAX).map(|n| format!("{n:08}")).collect();
    let index = Index { accounts: all.clone(), ..Index::default() };
    assert_eq!(Index::read(&index.write()).accounts, all);
    let store = Room::of(usize::MAX);
    for id in &all {
        store.texts.borrow_mut().insert(key(id), "bsh-answers 3 1 ab\n".into());
    }
    assert_eq!(load(&store, NAME).accounts, all);
    assert_eq!(stored(&store, NAME).accounts, all);
    erase(&store, NAME).unwrap();
    assert_eq!(store.used(), 0);
}

#[test]
fn a_bundle_has_all_accounts_or_one_in_their_order() {
    let store = Memory::default();
    change(&store, NAME, |index| index.company = "Metal Supplies".into()).unwrap();
    assert_eq!(bundle(&store, NAME, None, &[]), "Metal Supplies");
    for (id, name) in [(TWO, "B"), (ONE, "A")] {
        create(&store, id, &account(name));
    }
    store.write("bsh:account:other:abcdefgh", "bsh-answers 3 1 ab\n").unwrap();
    let text = |id: &str| store.read(&key(id)).unwrap().unwrap();
    let all = format!("Metal Supplies\u{1e}{TWO}\n{}\u{1e}{ONE}\n{}", text(TWO), text(ONE));
    assert_eq!(bundle(&store, NAME, None, &[]), all);
    assert_eq!(bundle(&store, NAME, Some(ONE), &[]), format!("Metal Supplies\u{1e}{ONE}\n{}", text(ONE)));
    assert_eq!(bundle(&store, NAME, Some("gonegone"), &[]), "Metal Supplies");
}

#[test]
fn no_text_of_an_account_breaks_a_bundle() {
    let store = Memory::default();
    change(&store, NAME, |index| index.company = "Metal\u{1e}9zzzzzzz\nbsh-answers".into()).unwrap();
    let hostile = "a\u{1e}9zzzzzzz\nbsh-answers 3 1 ab\n\u{1d}\\e";
    let draft = with_row(account("A"), List::Tasks, &[(at::TITLE, hostile), (at::NOTE, hostile)]);
    create(&store, ONE, &draft);
    let all = bundle(&store, NAME, None, &[]);
    let records: Vec<&str> = all.split('\u{1e}').collect();
    assert_eq!(records.len(), 2);
    let (id, text) = records[1].split_once('\n').unwrap();
    let opened = Fields::read(text).unwrap().draft(survey(), &edition().hash);
    assert_eq!((id, opened.dropped, opened.draft), (ONE, 0, draft));
}

#[test]
fn ids_are_eight_letters_and_digits() {
    for random in [[0, 0], [1, 1], [999_999, 999_999], [1_000_000, 1_000_000], [u32::MAX, u32::MAX]] {
        assert!(is_id(&home::id(random)), "{random:?}");
    }
    let mut all: Vec<String> = (0..1000).map(|n| home::id([n, 7919 * n % 1_000_000])).collect();
    all.sort();
    all.dedup();
    assert_eq!(all.len(), 1000);
}

/// Numbers that look random and are the same each time.
pub struct Chance(pub u32);

impl Chance {
    /// Below `most`.
    pub fn below(&mut self, most: u32) -> u32 {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (self.0 >> 8) % most
    }
}

/// A workspace as a busy seller has it: accounts with names, owner, tags, two people, one task, and as many short-form
/// rounds, the last of them as the answers that can be changed. Id and text of each.
pub fn generated(accounts: u32, per_account: u32) -> Vec<(String, String)> {
    const NAMES: [&str; 8] = [
        "Metaalwerken",
        "Nordic Steel AB",
        "Harbour Foods",
        "Van Dijk Logistiek",
        "Åkers Bruk",
        "City Clinic",
        "Blue Mill",
        "Alpha",
    ];
    const PARTS: [&str; 4] = ["", "onderhoud", "plant maintenance", "inköp"];
    const OWNERS: [&str; 4] = ["Ann", "Bo Ek", "Femke Jansen", "Raj"];
    const TAGS: [&str; 4] = ["steel, north", "key account", "food", "new, south, 2027"];
    let mut chance = Chance(20_261_122);
    let model = &survey().instruments[0].model;
    (0..accounts)
        .map(|number| {
            let id = home::id([number, chance.below(1_000_000)]);
            let mut pick = |list: &'static [&'static str]| list[chance.below(list.len() as u32) as usize];
            let name = format!("{} {number}", pick(&NAMES));
            let (part, owner, tags) = (pick(&PARTS), pick(&OWNERS), pick(&TAGS));
            let mut draft = Draft::new(survey(), &edition().hash, Form::Short, &name, part, "");
            for (name, function, role) in [("A. de Vries", "purchasing", "coach"), ("B. Holm", "finance", "")] {
                let id = 1 + chance.below(1_000_000);
                for (field, text) in
                    [(at::NAME, name), (at::FUNCTION, function), (at::SENIORITY, "manager"), (at::ROLE, role)]
                {
                    draft = draft.apply(Action::Set(List::People, id, field, text.into()));
                }
            }
            let id_of_task = 1 + chance.below(1_000_000);
            for (field, text) in
                [(at::TITLE, "Ask for the figures of May"), (at::DUE, "2027-01-15"), (at::STATUS, "todo")]
            {
                draft = draft.apply(Action::Set(List::Tasks, id_of_task, field, text.into()));
            }
            for (field, text) in [(at::ACCOUNT_OWNER, owner), (at::TAGS, tags), (at::REMIND, "2027-02-01")] {
                draft = draft.apply(Action::Set(List::About, SINGLE, field, text.into()));
            }
            draft = draft.apply(Action::Set(List::About, SINGLE, at::ROUND, per_account.to_string()));
            for round in 1..=per_account {
                draft.date = format!("20{}-0{}-1{}", 24 + round / 4, 1 + round % 4 * 2, chance.below(9));
                for (item, (_, asked)) in model.items().enumerate().filter(|(_, (_, item))| item.short) {
                    let answer = match chance.below(14) {
                        0 => Some(Answer::DontKnow),
                        value => (0..=u64::from(value % 5)).rev().find_map(|value| asked.scale.answer(value)),
                    };
                    draft = draft.apply(Action::Answer(Place { part: 0, item }, answer));
                }
                if round < per_account {
                    let sheet = draft.sheet(0);
                    let view = View::of_sheet(model, &sheet, (round, None), &draft.date, &edition().hash);
                    let row = 1 + chance.below(1_000_000);
                    for (field, text) in view.fields() {
                        draft = draft.apply(Action::Set(List::Views, row, field, text));
                    }
                }
            }
            draft = draft.apply(Action::Go(Step::Account));
            (id, Fields::of(survey(), &draft, 25 * per_account).write())
        })
        .collect()
}

/// What a browser gives a page to store in, in UTF-16 units.
const BROWSER: usize = 5 * 1024 * 1024;

#[test]
fn a_thousand_accounts_with_ten_rounds_fit_into_a_browser() {
    const ACCOUNTS: usize = 1000;
    const ROUNDS: usize = 10;
    let store = Room::of(usize::MAX);
    let all = generated(ACCOUNTS as u32, ROUNDS as u32);
    let index = Index {
        revision: 1000,
        company: "Metal Supplies".into(),
        lang: "nl".into(),
        accounts: all.iter().map(|(id, _)| id.clone()).collect(),
        newer: false,
    };
    store.texts.borrow_mut().extend(all.into_iter().map(|(id, text)| (key(&id), text)));
    store.write(INDEX, &index.write()).unwrap();
    assert_eq!(load(&store, NAME).accounts.len(), ACCOUNTS);
    let used = store.used();
    assert!(used <= BROWSER, "{used} units");
    assert!(used <= 250 * ACCOUNTS * ROUNDS, "{used} units");
    let grouped = format!("{},{:03},{:03}", used / 1_000_000, used / 1000 % 1000, used % 1000);
    let told = format!("takes {grouped} units");
    let document = include_str!("../../docs/storage.md").split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(document.contains(&told), "docs/storage.md must say: {told}");
    // Each round is whole: as many answers as the short form asks.
    let text = store.read(&key(&index.accounts[500])).unwrap().unwrap();
    let opened = Fields::read(&text).unwrap().draft(survey(), &edition().hash);
    assert_eq!((opened.dropped, opened.other_pack), (0, false));
    let all = rounds(survey(), &opened.draft, 0, usize::MAX);
    assert_eq!(all.len(), ROUNDS);
    for round in &all {
        assert_eq!(round.own.as_ref().unwrap().sheet.answers.iter().flatten().count(), 24);
        assert!(round.headline.is_some() && round.common() == 100);
    }
    // Keeping one of them again changes its revision alone.
    let mut keeper = keeper(store.clone(), &index.accounts[500]);
    keeper.load(survey(), &edition().hash);
    assert_eq!(keeper.save(survey(), &opened.draft), Saved::Done);
    let again = Fields::read(&store.read(&key(&index.accounts[500])).unwrap().unwrap()).unwrap();
    assert!(again.same(&Fields::read(&text).unwrap()));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_index_comes_back(company in "\\PC{0,60}|[\\\\\n\r\u{1e}=a]{0,30}", revision: u32, n in 0usize..30) {
        let accounts = (0..n).map(|n| format!("{:08}", 7 * n % 31)).collect();
        let index = Index { revision, company, lang: "sv".into(), accounts, newer: false };
        prop_assert_eq!(Index::read(&index.write()), index);
    }

    #[test]
    fn no_text_under_a_key_stops_the_index(text in any::<String>(), tail in any::<String>()) {
        for text in [text.clone(), ["bsh-workspace 1 ", &text].concat(), ["bsh-workspace 1 1\naccounts=", &text, " ", &tail, "\ncompany=", &tail].concat()] {
            let store = Memory::default();
            store.write(INDEX, &text).unwrap();
            store.write(&key(ONE), &tail).unwrap();
            let index = load(&store, NAME);
            prop_assert_eq!(ids(&index), [ONE]);
            prop_assert_eq!(bundle(&store, NAME, None, &[]).contains(&tail), true);
        }
    }

    #[test]
    fn erase_leaves_no_own_and_takes_no_foreign_key(tail in "[a-zA-Z0-9:]{0,12}", which in 0usize..5) {
        let start = ["draft", "aside", "account", "invite", "workspace"][which];
        let found = format!("bsh:{start}:default{tail}");
        let own = match tail.strip_prefix(':') {
            None => tail.is_empty() && !matches!(start, "account" | "invite"),
            Some(id) => is_id(id) && matches!(start, "account" | "aside" | "invite"),
        };
        let store = Memory::default();
        store.write(&found, "x").unwrap();
        erase(&store, NAME).unwrap();
        prop_assert_eq!(store.read(&found).unwrap().is_none(), own, "{}", found);
    }
}

/// An account that is empty but for what makes it one.
#[test]
fn a_draft_is_an_account_once_something_is_said_about_it() {
    assert!(!fresh(Form::Short).kept());
    assert!(account("A").kept());
}
