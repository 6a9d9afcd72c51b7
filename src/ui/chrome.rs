//! What stands around every page: banners, progress, Back and Continue, Erase, the question before something is lost.

use super::app::{App, Ask, Msg, Page};
use super::dom::{At, El, Link, button, el, p};
use crate::domain::draft::Draft;
use crate::pack::compiled::Pack;
use crate::pack::texts::T;
use crate::storage::keeper::Trouble;

pub fn banners(pack: &Pack, app: &App, link: &Link) -> El {
    let trouble = match app.trouble {
        Some(Trouble::Refused) => Some(T::TroubleRefused),
        Some(Trouble::Full) => Some(T::TroubleFull),
        Some(Trouble::Occupied) => Some(T::TroubleNewer),
        None => None,
    };
    let told = trouble.map(|text| pack.t(text));
    let mut all = el("div", "bsh-banners").lit(At::Role, "status").key("banners");
    if let Some(told) = told {
        let download = app.draft.is_some().then(|| button(pack.t(T::Download), "", link, Msg::Download));
        all = all.put(el("div", "bsh-banner bsh-warn").key("trouble").put(p("", told)).put_if(download));
    }
    for notice in app.notices.iter().filter(|notice| Some(notice.as_str()) != told) {
        all = all.put(el("div", "bsh-banner").key(notice).put(p("", notice)));
    }
    if app.unread.is_some() && app.page != Page::Journey {
        let old = button(pack.t(T::DownloadOld), "", link, Msg::DownloadOld);
        all = all.put(el("div", "bsh-banner").key("unread").put(old));
    }
    all
}

/// How many of the form's questions have an answer, and how many there are.
pub fn answered(pack: &Pack, draft: &Draft) -> (String, String) {
    let of = pack.model.count(draft.form);
    let n = of.saturating_sub(draft.blanks(&pack.model, None).len());
    (n.to_string(), of.to_string())
}

/// How far somebody is: a thin bar and its words.
pub fn progress(pack: &Pack, draft: &Draft) -> El {
    let (n, of) = answered(pack, draft);
    let words = pack.fill(T::AnsweredOf, &[("n", &n), ("of", &of)]);
    el("div", "bsh-progress")
        .put(el("progress", "").at(At::Max, &of).at(At::Value, &n).at(At::AriaLabel, &words))
        .put(el("span", "").text(&words))
}

/// Back, and the button that goes on.
pub fn moves(pack: &Pack, next: T, link: &Link) -> El {
    el("div", "bsh-moves").put(button(pack.t(T::Back), "bsh-back", link, Msg::Back)).put(button(
        pack.t(next),
        "bsh-primary",
        link,
        Msg::Next,
    ))
}

pub fn footer(pack: &Pack, app: &App, link: &Link) -> El {
    let inside = match &app.ask {
        Some(ask) => question(pack, ask, link).key("ask"),
        None => button(pack.t(T::Erase), "bsh-link bsh-erase", link, Msg::Ask(Some(Ask::Erase))).key("erase"),
    };
    el("footer", "bsh-footer").key("footer").put(inside)
}

fn question(pack: &Pack, ask: &Ask, link: &Link) -> El {
    let (asked, yes, no) = match ask {
        Ask::Erase => (T::EraseAsk, T::EraseYes, T::EraseNo),
        Ask::Remove | Ask::Again => (T::SureAgain, T::Yes, T::KeepThem),
        Ask::Replace(..) => (T::OpenReplace, T::OpenYes, T::KeepThem),
    };
    el("div", "bsh-ask")
        .lit(At::Role, "alertdialog")
        .lit(At::AriaLabelledby, "bsh-asked")
        .put(p("", pack.t(asked)).lit(At::Id, "bsh-asked"))
        .put(button(pack.t(yes), "bsh-danger", link, Msg::Agree))
        .put(button(pack.t(no), "", link, Msg::Ask(None)))
}
