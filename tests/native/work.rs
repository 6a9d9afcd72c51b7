//! What changes a whole account at once: the next round, and what comes back from a customer.

use buy_sell_hierarchy::domain::answer::Answer;
use buy_sell_hierarchy::domain::draft::{Action, Draft, Step, Ticks};
use buy_sell_hierarchy::domain::model::{Form, Perspective};
use buy_sell_hierarchy::domain::rounds::{present, rounds};
use buy_sell_hierarchy::domain::rows::{List, SINGLE, VIEWS_MAX, at};
use buy_sell_hierarchy::domain::views::View;
use buy_sell_hierarchy::exchange::code::{self, Return};
use buy_sell_hierarchy::exchange::link::{Invite, invite_link};
use buy_sell_hierarchy::exchange::symbols;
use buy_sell_hierarchy::pack::texts::T;
use buy_sell_hierarchy::page::visit::{Mode, Visit};
use buy_sell_hierarchy::storage::codec::{Fields, unescape};
use buy_sell_hierarchy::storage::home::Home;
use buy_sell_hierarchy::storage::keeper::Keeper;
use buy_sell_hierarchy::storage::store::{Memory, Store};
use buy_sell_hierarchy::storage::workspace;
use buy_sell_hierarchy::work::{Outcome, next_round, receive};
use proptest::prelude::*;

use crate::support::{answered, edition, filled, fresh, place, survey, with_row};

const TODAY: &str = "2027-05-03";
const ANNA: &str = "K3F9AC7Q";
const BERT: &str = "7QWERTY2";
const CARL: &str = "0AC9EXNM";
const HERE: &str = "https://example.org/page";
const FIRST: &str = "aaaaaaaa";
const SECOND: &str = "bbbbbbbb";
const THIRD: &str = "cccccccc";

fn invite(draft: Draft, token: &str, who: &str, round: &str) -> Draft {
    let fields = [(at::TOKEN, token), (at::INVITED, who), (at::INVITE_ROUND, round), (at::INVITE_DATE, "2026-11-22")];
    with_row(draft, List::Invites, &fields)
}

/// Three accounts: of the second, Anna (person 1) and somebody without a name (2) are asked, in round 2 of it; in the
/// third, Carl (1).
fn workspace() -> Memory {
    let store = Memory::default();
    let first = with_row(filled(Form::Short, "g2=4"), List::About, &[(at::ROUND, "1")]);
    let second = with_row(filled(Form::Short, "g2=3"), List::About, &[(at::ROUND, "2")]);
    let second = with_row(second, List::People, &[(at::NAME, "Anna"), (at::ROLE, "coach")]);
    let second = with_row(second, List::People, &[(at::FUNCTION, "finance")]);
    let second = invite(invite(second, ANNA, "1", "2"), BERT, "2", "1");
    let third = with_row(fresh(Form::Short), List::People, &[(at::NAME, "Carl")]);
    let third = invite(with_row(third, List::About, &[(at::TAGS, "steel")]), CARL, "1", "");
    for (id, draft) in [(FIRST, first), (SECOND, second), (THIRD, third)] {
        put(&store, id, &draft);
        workspace::change(&store, "default", |index| index.accounts.push(id.into())).unwrap();
    }
    store
}

fn put(store: &Memory, id: &str, draft: &Draft) {
    let mut keeper = Keeper::new(store.clone(), "default", &Home::Account(id.into()));
    keeper.load(survey(), &edition().hash);
    keeper.save(survey(), draft);
}

fn stored(store: &Memory, id: &str) -> Draft {
    draft_of(&store.read(&Home::Account(id.into()).key("default")).unwrap().unwrap())
}

fn draft_of(text: &str) -> Draft {
    let opened = Fields::read(text).unwrap().draft(survey(), &edition().hash);
    assert_eq!((opened.dropped, opened.other_pack), (0, false));
    opened.draft
}

fn visit() -> Visit {
    Visit { name: "default".into(), today: TODAY.into(), ..Visit::default() }
}

fn take(store: &Memory, text: &str) -> Outcome {
    receive(edition(), store, &visit(), text, 77)
}

/// Answers to the items of the short form, as they are handed back.
fn given(token: &str, words: &str) -> Return {
    let draft = filled(Form::Short, words);
    let model = &survey().instruments[0].model;
    let asked = |index: usize| model.items().nth(index).is_some_and(|(_, item)| item.short);
    let answers = draft.given[0].answers.iter().enumerate().map(|(index, answer)| answer.filter(|_| asked(index)));
    Return {
        token: token.into(),
        date: "2027-05-01".into(),
        form: Form::Short,
        answers: answers.collect(),
        noted: vec![false; model.len()],
        name: String::new(),
    }
}

fn coded(given: &Return) -> String {
    code::encode(&survey().instruments[0].model, &edition().hash, given)
}

/// Which account, the question, the sentence, the account as it would be.
fn landed(outcome: Outcome) -> (String, String, String, Draft) {
    match outcome {
        Outcome::Put { account, ask, said, draft } => (account, ask, said, draft_of(&draft)),
        other => panic!("nothing landed: {other:?}"),
    }
}

fn said(text: T) -> Outcome {
    Outcome::Say(edition().t(text).into())
}

fn after(outcome: Outcome) -> Draft {
    landed(outcome).3
}

fn full_account() -> Draft {
    let mut draft = filled(
        Form::Full,
        "g2=4 g3=2 g3-01=dk g4-04=4 g5-01=na c-01=x r-02=x r-08=x iv=3 ev-1=4 by-choice=0 ra=2 ns-1=4",
    );
    draft = draft.apply(Action::Note(place("g2-01"), "They said so.\nTwice, with a \\ and an = in it.".into()));
    draft = draft.apply(Action::Note(place("g4-04"), "The board.".into()));
    draft = draft.apply(Action::Note(place("iv-1"), "Of the matrix.".into()));
    draft = draft.apply(Action::Confirm("g3-01".into(), true)).apply(Action::Confirm("ev-1".into(), true));
    draft = draft.apply(Action::Go(Step::Account));
    draft =
        with_row(draft, List::About, &[(at::ACCOUNT_OWNER, "Ann"), (at::TAGS, "steel"), (at::REMIND, "2027-11-01")]);
    draft = with_row(draft, List::People, &[(at::NAME, "Anna")]);
    draft = with_row(draft, List::Tasks, &[(at::TITLE, "Call them")]);
    invite(draft, ANNA, "1", "1")
}

#[test]
fn the_next_round_keeps_the_answers_of_this_one() {
    let before = full_account();
    let next = after(next_round(edition(), &before, TODAY, 900));
    let views: Vec<View> = View::all(&next.rows).collect();
    let [view] = &views[..] else { panic!("{} views", views.len()) };
    assert_eq!(
        (view.id, view.round, view.who, view.date.as_str(), view.form),
        (900, 1, None, "2026-11-22", Form::Full)
    );
    assert_eq!(view.pack, edition().hash);
    assert_eq!(view.ticked, ["c-01", "r-02", "r-08"]);
    assert_eq!(view.notes, "g2-01=They said so.\\nTwice, with a \\\\ and an = in it.\ng4-04=The board.");
    let (_, first) = view.notes.lines().next().unwrap().split_once('=').unwrap();
    assert_eq!(unescape(first), before.note(place("g2-01")));
    // What is scored of that round is what was scored before: notes count as evidence.
    let (sheet, matched) = view.sheet(&survey().instruments[0].model);
    assert_eq!((&sheet, matched), (&before.sheet(0), before.given[0].answers.iter().flatten().count()));
    let (old, new) = (rounds(survey(), &before, 0, 9), rounds(survey(), &next, 0, 9));
    assert_eq!((old.len(), new.len()), (1, 2));
    assert_eq!((&old[0].headline, &old[0].risks, &old[0].date), (&new[0].headline, &new[0].risks, &new[0].date));
    assert_eq!((new[1].number, &new[1].headline), (2, &None));
}

#[test]
fn the_next_round_begins_empty_and_leaves_all_else() {
    let before = full_account();
    let next = after(next_round(edition(), &before, TODAY, 900));
    assert!(next.given[0].answers.iter().all(Option::is_none) && next.given[0].notes.iter().all(String::is_empty));
    assert!(!next.given[0].signals.contains(&true) && !next.given[0].risks.contains(&true));
    assert_eq!((present(&next), next.date.as_str(), next.form), (2, TODAY, Form::Full));
    // Matrix and practice, people, plan, target and the rest stay, and so do their notes and confirmations.
    assert_eq!(next.given[1..], before.given[1..]);
    assert_eq!(next.confirmed, ["ev-1"]);
    for list in [List::People, List::Tasks, List::Invites] {
        assert_eq!(next.rows.of(list), before.rows.of(list));
    }
    for field in [at::ACCOUNT_OWNER, at::TAGS, at::REMIND] {
        assert_eq!(next.rows.get(List::About, SINGLE, field), before.rows.get(List::About, SINGLE, field));
    }
    assert_eq!((&next.account, next.step, next.target), (&before.account, before.step, before.target));
}

#[test]
fn rounds_follow_each_other() {
    let mut draft = full_account();
    for round in 2..=5 {
        draft = after(next_round(edition(), &draft, &format!("2027-0{round}-01"), 900));
        assert_eq!(present(&draft), round);
        draft = answered(draft, "g2=3");
    }
    let all: Vec<(u32, u32)> = View::all(&draft.rows).map(|view| (view.id, view.round)).collect();
    assert_eq!(all, [(900, 1), (901, 2), (902, 3), (903, 4)]);
    // A round in which nobody answered is not followed by another one.
    let blank = after(next_round(edition(), &draft, TODAY, 1)).apply(Action::Note(place("g2-02"), "Ask.".into()));
    let said = Outcome::Say(edition().t(T::RoundEmpty).into());
    assert_eq!(next_round(edition(), &blank, TODAY, 1), said);
    // The customer's answers alone are enough; the own note waits for the next round.
    let mut theirs = blank.clone();
    theirs.rows.set(List::Views, 77, at::VIEW_HEAD, "6 3 2026-11-22 short ab");
    theirs.rows.set(List::Views, 77, at::VIEW_CODE, "g2-01=3");
    let again = after(next_round(edition(), &theirs, TODAY, 1));
    assert_eq!((present(&again), View::all(&again.rows).count()), (7, 6));
    assert_eq!(again.note(place("g2-02")), "Ask.");
}

#[test]
fn a_round_that_has_no_place_is_not_emptied() {
    let mut draft = full_account();
    for id in 1..=u32::try_from(VIEWS_MAX).unwrap() {
        draft.rows.set(List::Views, id, at::VIEW_HEAD, "1 0 2026-11-22 short ab");
    }
    assert!(matches!(next_round(edition(), &draft, TODAY, 900), Outcome::Say(text) if !text.is_empty()));
    let store = workspace();
    put(&store, SECOND, &invite(draft, "ACDEFGHJ", "1", "3"));
    assert!(matches!(take(&store, &coded(&given("ACDEFGHJ", "g2=4"))), Outcome::Say(text) if !text.is_empty()));
}

#[test]
fn the_last_round_that_can_be_counted_stops_nothing() {
    for round in ["4294967295", "0", "x", ""] {
        let draft = with_row(full_account(), List::About, &[(at::ROUND, round)]);
        let next = after(next_round(edition(), &draft, TODAY, u32::MAX));
        assert_eq!(View::all(&next.rows).count(), 1);
    }
}

#[test]
fn a_return_lands_with_the_account_and_the_person_that_were_asked() {
    let store = workspace();
    let mut back = given(ANNA, "g2=4 g3=2 g3-02=dk g4-04=na g5=0");
    back.noted[0] = true;
    let (account, ask, told, draft) = landed(take(&store, &coded(&back)));
    assert_eq!((account.as_str(), ask.as_str()), (SECOND, ""));
    assert_eq!(told, edition().fill(T::ReceiveDone, &[("person", "Anna")]));
    let views: Vec<View> = View::all(&draft.rows).collect();
    let [view] = &views[..] else { panic!("{} views", views.len()) };
    assert_eq!(
        (view.id, view.round, view.who, view.date.as_str(), view.form),
        (77, 2, Some(1), "2027-05-01", Form::Short)
    );
    assert_eq!(
        (view.perspective(), view.pack.as_str(), view.notes.as_str()),
        (Perspective::Customer, edition().hash.as_str(), "")
    );
    let (sheet, _) = view.sheet(&survey().instruments[0].model);
    assert_eq!((sheet.answers, sheet.noted), (back.answers, back.noted));
    // All else is as it was.
    let mut without = draft.clone();
    without = without.apply(Action::Remove(List::Views, 77));
    assert_eq!(without, stored(&store, SECOND));
    // It is only an offer: nothing is stored before the page does it.
    assert_eq!(View::all(&stored(&store, SECOND).rows).count(), 0);
    let (account, ..) = landed(take(&store, &coded(&given(CARL, "g2=1"))));
    assert_eq!(account, THIRD);
}

#[test]
fn a_return_is_read_however_it_comes() {
    let store = workspace();
    let code = coded(&given(ANNA, "g2=4 g3=2"));
    let link = code::return_link(HERE, &code);
    let fragment = link.split_once('#').unwrap().1.to_string();
    let mail = format!("Dear Ann,\r\n\r\nhere they are:\r\n{}\r\n\r\nKind regards\r\nAnna", code::spoken(&code));
    for text in [code.clone(), code.to_lowercase(), code::spoken(&code), link, format!("#{fragment}"), mail] {
        assert_eq!(landed(take(&store, &text)).0, SECOND, "{text}");
    }
}

#[test]
fn a_return_finds_no_account_where_none_are_kept() {
    let store = workspace();
    for mode in [Mode::Assessment, Mode::Customer, Mode::Kiosk] {
        let visit = Visit { mode, ..visit() };
        let outcome = receive(edition(), &store, &visit, &coded(&given(ANNA, "g2=4")), 77);
        assert_eq!(outcome, said(T::ReceiveUnknown), "{mode:?}");
    }
}

#[test]
fn a_return_to_an_earlier_round_lands_in_that_round() {
    let store = workspace();
    let (.., draft) = landed(take(&store, &coded(&given(BERT, "g2=4"))));
    let all = rounds(survey(), &draft, 0, 9);
    let who = |round: usize| all[round].customers.iter().map(|rater| rater.who).collect::<Vec<_>>();
    assert_eq!((all.len(), who(0), who(1)), (2, vec![Some(2)], vec![]));
    // One that never said a round belongs to the first.
    let (.., draft) = landed(take(&store, &coded(&given(CARL, "g2=4"))));
    assert_eq!(View::all(&draft.rows).map(|view| view.round).collect::<Vec<_>>(), [1]);
}

#[test]
fn a_second_return_asks_and_the_same_one_does_not() {
    let store = workspace();
    let first = given(ANNA, "g2=4 g3=2");
    put(&store, SECOND, &after(take(&store, &coded(&first))));
    let before = stored(&store, SECOND);
    let (account, ask, _, draft) = landed(take(&store, &coded(&first)));
    assert_eq!((account.as_str(), ask.as_str(), &draft), (SECOND, "", &before));
    let question = edition().fill(T::ReplaceReturnAsk, &[("person", "Anna")]);
    let later = Return { date: "2027-05-02".into(), ..first.clone() };
    let other = Return { answers: given(ANNA, "g2=4 g3=3").answers, ..first.clone() };
    let mut noted = first.clone();
    noted.noted[0] = true;
    for second in [later, other, noted] {
        let (_, ask, _, draft) = landed(take(&store, &coded(&second)));
        assert_eq!(ask, question);
        let views: Vec<View> = View::all(&draft.rows).collect();
        assert_eq!((views.len(), views[0].id, views[0].who), (1, 77, Some(1)));
        assert_eq!(
            (&views[0].date, views[0].sheet(&survey().instruments[0].model).0.answers),
            (&second.date, second.answers)
        );
        // Asked only; nothing is stored.
        assert_eq!(stored(&store, SECOND), before);
    }
    // Another person's return, and the same person's in another round, replace nothing.
    let (_, ask, _, draft) = landed(take(&store, &coded(&given(BERT, "g2=1"))));
    assert_eq!((ask.as_str(), View::all(&draft.rows).count()), ("", 2));
    put(&store, SECOND, &invite(before, "ACDEFGHJ", "1", "1"));
    let (_, ask, _, draft) = landed(take(&store, &coded(&given("ACDEFGHJ", "g2=1"))));
    assert_eq!((ask.as_str(), View::all(&draft.rows).count()), ("", 2));
}

#[test]
fn a_name_that_is_handed_back_fills_a_blank_one_only() {
    let store = workspace();
    let named = |token: &str| coded(&Return { name: "Berta".into(), ..given(token, "g2=4") });
    let (.., told, draft) = landed(take(&store, &named(BERT)));
    assert_eq!(draft.rows.get(List::People, 2, at::NAME), "Berta");
    assert_eq!(draft.rows.get(List::People, 2, at::FUNCTION), "finance");
    assert_eq!(told, edition().fill(T::ReceiveDone, &[("person", "Berta")]));
    let (.., told, draft) = landed(take(&store, &named(ANNA)));
    assert_eq!(draft.rows.get(List::People, 1, at::NAME), "Anna");
    assert_eq!(told, edition().fill(T::ReceiveDone, &[("person", "Anna")]));
    let (.., told, draft) = landed(take(&store, &coded(&given(BERT, "g2=4"))));
    assert_eq!(draft.rows.get(List::People, 2, at::NAME), "");
    assert_eq!(told, edition().fill(T::ReceiveDone, &[("person", edition().t(T::PersonNameless))]));
}

#[test]
fn somebody_who_was_removed_is_there_again_with_the_answers() {
    let store = workspace();
    put(&store, SECOND, &stored(&store, SECOND).apply(Action::Remove(List::People, 1)));
    let (account, .., draft) = landed(take(&store, &coded(&given(ANNA, "g2=4"))));
    assert_eq!(account, SECOND);
    assert!(draft.rows.row(List::People, 1).is_some());
    assert_eq!(View::all(&draft.rows).map(|view| view.who).collect::<Vec<_>>(), [Some(1)]);
}

#[test]
fn what_cannot_be_taken_in_says_why_and_changes_nothing() {
    let store = workspace();
    let before: Vec<_> = store.keys().unwrap().iter().map(|key| store.read(key).unwrap()).collect();
    let code = coded(&given(ANNA, "g2=4 g3=2"));
    assert_eq!(take(&store, &coded(&given("ACDEFGHJ", "g2=4"))), said(T::ReceiveUnknown));
    let other = code::encode(&survey().instruments[0].model, "ffffffffffffffff", &given(ANNA, "g2=4"));
    assert_eq!(take(&store, &other), said(T::ReceivePack));
    for text in ["", "   \n", "hello", "Dear Ann, no time."] {
        assert_eq!(take(&store, text), said(T::ReceiveNone), "{text:?}");
    }
    let mut newer = symbols::read(&code).unwrap();
    newer.truncate(newer.len() - symbols::CHECK);
    newer[0] = 2;
    symbols::seal(&mut newer);
    assert_eq!(take(&store, &symbols::write(&newer)), said(T::ReceiveNewer));
    // Every character in turn, by every other symbol; and a character less.
    for at in 0..code.len() {
        for symbol in symbols::ALPHABET.map(char::from) {
            let mut chars: Vec<char> = code.chars().collect();
            if std::mem::replace(&mut chars[at], symbol) == symbol {
                continue;
            }
            let text: String = chars.into_iter().collect();
            assert_eq!(take(&store, &text), said(T::ReceiveBad), "{text}");
        }
        let mut less = code.clone();
        less.remove(at);
        assert_eq!(take(&store, &less), said(T::ReceiveBad), "{less}");
    }
    let now: Vec<_> = store.keys().unwrap().iter().map(|key| store.read(key).unwrap()).collect();
    assert_eq!(now, before);
}

#[test]
fn an_account_that_cannot_be_read_does_not_hide_the_others() {
    let store = workspace();
    store.write(&Home::Account(FIRST.into()).key("default"), "rubbish\ninvite.1.token=K3F9AC7Q\n").unwrap();
    assert_eq!(landed(take(&store, &coded(&given(ANNA, "g2=4")))).0, SECOND);
    // A newer version's account may know the invitation; this program leaves it alone.
    let newer = "bsh-answers 9 1 ab\ninvite.1.token=K3F9AC7Q\n";
    store.write(&Home::Account(SECOND.into()).key("default"), newer).unwrap();
    assert_eq!(take(&store, &coded(&given(ANNA, "g2=4"))), said(T::ReceiveUnknown));
    // Nor does a key of another workspace.
    let foreign = [ANNA, ".token=K3F9AC7Q\n"].concat();
    store.write("bsh:account:other:bbbbbbbb", &foreign).unwrap();
    assert_eq!(take(&store, &coded(&given(ANNA, "g2=4"))), said(T::ReceiveUnknown));
}

#[test]
fn an_invitation_to_nobody_never_becomes_the_own_view() {
    for who in ["0", "", "x", "4294967296"] {
        let store = workspace();
        put(&store, THIRD, &invite(fresh(Form::Short), "ACDEFGHJ", who, "1"));
        assert_eq!(take(&store, &coded(&given("ACDEFGHJ", "g2=4"))), said(T::ReceiveUnknown), "{who:?}");
    }
}

fn asked(invite: &Invite) -> Outcome {
    let Invite { token, lang, company, label, .. } = invite.clone();
    Outcome::Asked { token, lang, company, label }
}

#[test]
fn an_invitation_is_told_from_a_return() {
    let invite = Invite {
        pack: edition().hash.clone(),
        lang: "nl".into(),
        token: ANNA.into(),
        company: "Metal Supplies ~ Söner".into(),
        label: "Anna".into(),
    };
    let link = invite_link(HERE, &invite);
    let told = asked(&invite);
    for store in [Memory::default(), workspace()] {
        assert_eq!(take(&store, &link), told);
        assert_eq!(take(&store, &format!("Dear Anna,\n\n{link}\n\nAnn")), told);
        let other = Invite { pack: "ffffffffffffffff".into(), ..invite.clone() };
        assert_eq!(take(&store, &invite_link(HERE, &other)), said(T::LinkPack));
        let cut: String = link.chars().take(link.len() - 3).collect();
        assert_eq!(take(&store, &cut), said(T::LinkBad));
        let link = invite_link(HERE, &Invite { company: "Metal Supplies".into(), ..invite.clone() });
        let body = link.split_once("bsh-invite=1").unwrap().1.rsplit_once('~').unwrap().0;
        let newer = ["2", body].concat();
        let newer = format!("#bsh-invite={newer}~{}", symbols::check(&newer));
        assert_eq!(take(&store, &newer), said(T::ReceiveNewer));
    }
}

#[test]
fn an_outcome_is_written_in_lines() {
    assert_eq!(Outcome::Say("One.\nTwo.".into()).write(), "say\nOne.\nTwo.");
    let invite = Invite {
        pack: "ab".into(),
        lang: "nl".into(),
        token: ANNA.into(),
        company: "A\nB".into(),
        label: String::new(),
    };
    assert_eq!(asked(&invite).write(), "asked\nK3F9AC7Q\nnl\nA\\nB\n\n");
    let put = Outcome::Put {
        account: SECOND.into(),
        ask: "Sure?\nReally?".into(),
        said: "Done \\".into(),
        draft: "bsh-answers 3 0 ab\nform=short\n".into(),
    };
    assert_eq!(put.write(), "put\nbbbbbbbb\nSure?\\nReally?\nDone \\\\\nbsh-answers 3 0 ab\nform=short\n");
    // And read again as what they were.
    for outcome in [Outcome::Say("One.\nTwo.".into()), Outcome::Say(String::new()), asked(&invite), put] {
        assert_eq!(Outcome::read(&outcome.write()), Some(outcome));
    }
    for other in ["", "say", "else\nx"] {
        assert_eq!(Outcome::read(other), None, "{other:?}");
    }
}

#[test]
fn ticks_and_what_was_not_asked_never_come_back() {
    // The customer is not asked for signs; what a short form did not ask stays blank.
    let store = workspace();
    let (.., draft) = landed(take(&store, &coded(&given(ANNA, "g2=4 g3=4 g4=4 g5=4"))));
    let view = View::all(&draft.rows).next().unwrap();
    assert_eq!((view.answers.len(), view.ticked.len()), (24, 0));
    assert!(view.answers.iter().all(|given| matches!(given.answer, Answer::Value(_))));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_stops_what_receives_it(text in any::<String>(), marks in "(bsh-(invite|return)=|[#~%0-9A-Z-]|\n){0,60}", cut in 0usize..200, from in 0usize..5) {
        let store = workspace();
        let code = coded(&given(ANNA, "g2=4"));
        let invite = Invite { pack: edition().hash.clone(), lang: "nl".into(), token: ANNA.into(), company: text.clone(), label: text.clone() };
        let link = invite_link(HERE, &invite);
        let texts = [
            text.clone(),
            marks.clone(),
            [&code, &*marks].concat(),
            [&marks, &*link].concat(),
            link.chars().take(cut).collect(),
            code.chars().skip(from).take(cut).collect(),
            format!("#bsh-return={text}"),
            format!("#bsh-invite=1~{text}"),
        ];
        for text in texts {
            match take(&store, &text) {
                Outcome::Say(sentence) => prop_assert!(!sentence.is_empty()),
                Outcome::Asked { token, .. } => prop_assert_eq!(token, ANNA),
                Outcome::Put { account, .. } => prop_assert_eq!(account, SECOND),
            }
        }
    }

    #[test]
    fn no_account_stops_what_changes_it(draft in crate::support::any_draft(), seed: u32, token in "[0-9A-Z]{8}", round in "[0-9]{0,11}") {
        let draft = with_row(draft, List::About, &[(at::ROUND, &round)]);
        let draft = draft.apply(Action::Tick(0, Ticks::Risks, 0, true));
        let outcome = next_round(edition(), &draft, TODAY, seed);
        if let Outcome::Put { draft: text, .. } = &outcome {
            // Some of the answers of any draft are none that their items can have.
            let read = |text: &str| Fields::read(text).unwrap().draft(survey(), &edition().hash).draft;
            let next = read(text);
            prop_assert!(next.given[0].answers.iter().all(Option::is_none));
            prop_assert_eq!(&next.given[1..], &read(&Fields::of(survey(), &draft, 0).write()).given[1..]);
        }
        let store = workspace();
        let key = Home::Account(FIRST.into()).key("default");
        store.write(&key, &Fields::of(survey(), &invite(draft, &token, "3", &round), 1).write()).unwrap();
        let _ = take(&store, &coded(&given(&token, "g2=4")));
        prop_assert_eq!(landed(take(&store, &coded(&given(CARL, "g2=4")))).0, THIRD);
    }
}
