//! What stands around every page: banners, progress, Back and Continue, Erase, the question before something is lost.

use super::dom::{At, El, Ev, button, el, heading, p};
use super::msg::{Loss, Msg};
use super::visit::{Ask, Mode, Show, Visit};
use super::words::n;
use crate::domain::draft::{Draft, Stage, Step};
use crate::domain::model::Perspective;
use crate::pack::compiled::Pack;
use crate::pack::texts::T;
use crate::storage::keeper::Trouble;

pub fn banners(pack: &Pack, visit: &Visit, draft: bool) -> El {
    let trouble = match visit.trouble {
        Some(Trouble::Refused) => Some(T::TroubleRefused),
        Some(Trouble::Full) => Some(T::TroubleFull),
        Some(Trouble::Occupied) => Some(T::TroubleNewer),
        None => None,
    };
    let told = trouble.map(|text| pack.t(text));
    let mut all = el("div", "bsh-banners").at(At::Role, "status").key("banners");
    if let Some(told) = told {
        let download = draft.then(|| button(pack.t(T::Download), "", Msg::Download));
        all = all.put(el("div", "bsh-banner bsh-warn").key("trouble").put(p("", told)).put_if(download));
    }
    for notice in visit.notices.iter().filter(|notice| Some(notice.as_str()) != told) {
        all = all.put(el("div", "bsh-banner").key(notice).put(p("", notice)));
    }
    if visit.unread && !matches!(visit.show, Show::Journey | Show::Report) {
        let old = button(pack.t(T::DownloadOld), "", Msg::DownloadOld);
        all = all.put(el("div", "bsh-banner").key("unread").put(old));
    }
    all.put(p("bsh-said", &visit.said).key("said"))
}

/// A section of a page, with its heading.
pub fn card(pack: &Pack, section: &str, title: T) -> El {
    el("section", "bsh-card").at(At::DataSection, section).key(section).put(heading("h2", pack.t(title)))
}

/// How many questions of an instrument have an answer, and how many there are.
pub fn answered(pack: &Pack, draft: &Draft, part: usize) -> (usize, usize) {
    let of = pack.survey.instruments.get(part).map_or(0, |instrument| instrument.model.count(draft.form));
    (of.saturating_sub(draft.blanks(&pack.survey, part, None).len()), of)
}

/// How far somebody is: a thin bar and its words.
pub fn progress(pack: &Pack, draft: &Draft, part: usize) -> El {
    bar(pack, T::AnsweredOf, answered(pack, draft, part))
}

/// A thin bar with its words, which are filled with how much is done (`n`) and how much there is (`of`).
pub fn bar(pack: &Pack, words: T, (n, of): (usize, usize)) -> El {
    let (n, of) = (n.to_string(), of.to_string());
    let words = pack.fill(words, &[("n", &n), ("of", &of)]);
    el("div", "bsh-progress")
        .put(el("progress", "").at(At::Max, &of).at(At::Value, &n).at(At::AriaLabel, &words))
        .put(el("span", "").text(&words))
}

/// To all accounts, once there are some; and the languages of the pack, each in its own.
pub fn top(pack: &Pack, visit: &Visit, misses: u32) -> El {
    let mut choice = el("select", "")
        .at(At::Id, "bsh-lang")
        .at(At::AriaLabel, pack.t(T::Language))
        .on(Ev::Change, Msg::Lang(String::new()));
    for (code, name) in &pack.languages {
        let here = *code == pack.lang;
        choice =
            choice.put(el("option", "").key(code).at(At::Value, code).selected(here).at(At::Lang, code).text(name));
    }
    // Under a new key after a choice that failed: what the list shows by itself is not the language then.
    let choice = choice.key(&n(misses));
    let all = (visit.accounts > 0 && visit.show != Show::Accounts)
        .then(|| button(pack.t(T::Accounts), "bsh-link bsh-to-accounts", Msg::Accounts).key("accounts"));
    el("header", "bsh-top")
        .key("top")
        .put_if(brand(pack, visit))
        .put_if(all)
        .put_if((pack.languages.len() > 1).then_some(choice))
}

/// Whose questions these are, where their pack says so.
fn brand(pack: &Pack, visit: &Visit) -> Option<El> {
    let name = pack.brand("name");
    let logo = || {
        let image = el("img", "bsh-logo").at(At::Src, &visit.logo).at(At::Role, "none");
        // Its name stands beside it. A logo without a size would move the page when it comes.
        image.at(At::Height, "40")
    };
    (!name.is_empty()).then(|| {
        let logo = (!visit.logo.is_empty()).then(logo);
        el("span", "bsh-brand").key("brand").put_if(logo).put(el("span", "").text(name))
    })
}

/// The results and the plan, each a step away; from the first result on.
pub fn tabs(pack: &Pack, draft: &Draft) -> El {
    let tab = |step: Step, here: bool, name: &str, state: String| {
        button(name, "bsh-tab", Msg::Go(step))
            .at(At::AriaCurrent, if here { "page" } else { "" })
            .put_if((!state.is_empty()).then(|| el("small", "").text(&state)))
    };
    let mut all = el("nav", "bsh-tabs").at(At::AriaLabel, pack.t(T::Tabs));
    let single = |step: Step, name: T| tab(step, draft.step == step, pack.t(name), String::new());
    if draft.perspective == Perspective::Customer {
        let result = Step::At(0, Stage::Result);
        return all
            .put(single(result, T::ResultTab))
            .put_if(draft.invited().then(|| single(Step::Handback, T::HandTab)));
    }
    if draft.kept() {
        all = all.put(single(Step::Account, T::AccountTab));
    }
    for part in 0..pack.survey.instruments.len() {
        let here = draft.step == Step::At(part, Stage::Result);
        let step = if draft.begun(part) { Step::At(part, Stage::Result) } else { entry(pack, draft, part) };
        all = all.put(tab(step, here, pack.of(part, "name"), state(pack, draft, part)));
    }
    all.put(single(Step::Plan, T::PlanTab))
}

/// How far an instrument is, in a word or two; blank when it is done.
pub fn state(pack: &Pack, draft: &Draft, part: usize) -> String {
    let (have, of) = answered(pack, draft, part);
    if !draft.begun(part) {
        minutes(pack, draft, part)
    } else if have < of {
        [&have.to_string(), "/", &of.to_string()].concat()
    } else {
        String::new()
    }
}

/// About how long an instrument takes.
pub fn minutes(pack: &Pack, draft: &Draft, part: usize) -> String {
    let minutes = pack.survey.instruments.get(part).map_or(0, |instrument| instrument.minutes(draft.form));
    pack.fill(T::Minutes, &[("n", &n(minutes))])
}

/// Stands in for a page whose texts have not come yet.
pub fn waiting(page: El, pack: &Pack, missed: bool) -> El {
    let retry = missed.then(|| button(pack.t(T::Retry), "bsh-primary", Msg::Retry));
    page.put(heading("h1", pack.t(T::WaitTitle)))
        .put(p("bsh-lead", pack.t(if missed { T::WaitMissed } else { T::WaitLead })).at(At::Role, "status"))
        .put_if(retry)
}

/// Where an instrument begins or goes on: its first page with something blank, or its result.
pub fn entry(pack: &Pack, draft: &Draft, part: usize) -> Step {
    let sections = pack.survey.instruments.get(part).map(|instrument| instrument.sections(draft.form));
    let blank = |groups: &std::ops::Range<usize>| !draft.blanks(&pack.survey, part, Some(groups.clone())).is_empty();
    let open = sections.into_iter().flatten().find(blank);
    Step::At(part, open.map_or(Stage::Result, |groups| Stage::Section(groups.start)))
}

/// Back, and the button that goes on.
pub fn moves(pack: &Pack, next: T) -> El {
    el("div", "bsh-moves").put(button(pack.t(T::Back), "bsh-back", Msg::Back)).put(button(
        pack.t(next),
        "bsh-primary",
        Msg::Next,
    ))
}

pub fn footer(pack: &Pack, visit: &Visit) -> El {
    let inside = match &visit.ask {
        Some(ask) => question(pack, visit, ask).key("ask"),
        None if visit.mode == Mode::Kiosk => {
            // Nobody has begun yet.
            let hidden = visit.show == Show::Start;
            button(pack.t(T::NextPerson), "bsh-next-person", Msg::NextPerson).key("next").flag(At::Hidden, hidden)
        }
        None => button(pack.t(T::Erase), "bsh-link bsh-erase", Msg::Ask(Some(Loss::Erase))).key("erase"),
    };
    el("footer", "bsh-footer").key("footer").put(inside)
}

fn question(pack: &Pack, visit: &Visit, ask: &Ask) -> El {
    let n = visit.accounts.to_string();
    let (asked, yes, no) = match ask {
        Ask::Return(question) => (question.clone(), T::ReplaceReturn, T::KeepThem),
        Ask::Loss(Loss::Erase) => {
            let asked = if visit.accounts > 0 { T::EraseAskAll } else { T::EraseAsk };
            (pack.fill(asked, &[("n", &n)]), T::EraseYes, T::EraseNo)
        }
        Ask::Loss(Loss::Account) => (pack.t(T::RemoveAccountAsk).into(), T::RemoveAccount, T::KeepThem),
        Ask::Loss(_) => (pack.t(T::SureAgain).into(), T::Yes, T::KeepThem),
        Ask::Replace(..) => (pack.t(T::OpenReplace).into(), T::OpenYes, T::KeepThem),
    };
    el("div", "bsh-ask")
        .at(At::Role, "alertdialog")
        .at(At::AriaLabelledby, "bsh-asked")
        .put(p("", &asked).at(At::Id, "bsh-asked"))
        .put(button(pack.t(yes), "bsh-danger", Msg::Agree))
        .put(button(pack.t(no), "", Msg::Ask(None)))
}
