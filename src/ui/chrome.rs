//! What stands around every page: banners, progress, Back and Continue, Erase, the question before something is lost.

use yew::html::Scope;
use yew::prelude::*;

use super::app::{App, Ask, Msg, Page};
use crate::domain::draft::Draft;
use crate::pack::compiled::Pack;
use crate::pack::texts::T;
use crate::storage::keeper::Trouble;

/// A button that sends one message.
pub fn button(
    text: &str,
    class: &'static str,
    link: &Scope<App>,
    msg: impl Fn() -> Msg + 'static,
) -> Html {
    html! { <button type="button" {class} onclick={link.callback(move |_: MouseEvent| msg())}>{ text }</button> }
}

pub fn banners(pack: &Pack, app: &App, link: &Scope<App>) -> Html {
    let trouble = match app.trouble {
        Some(Trouble::Refused) => Some(T::TroubleRefused),
        Some(Trouble::Full) => Some(T::TroubleFull),
        Some(Trouble::Occupied) => Some(T::TroubleNewer),
        None => None,
    };
    let told = trouble.map(|text| pack.t(text));
    let others = app
        .notices
        .iter()
        .map(String::as_str)
        .filter(|notice| Some(*notice) != told);
    html! {
        <div class="bsh-banners" role="status" key="banners">
            if let Some(told) = told {
                <div class="bsh-banner bsh-warn" key="trouble">
                    <p>{ told }</p>
                    if app.draft.is_some() {
                        { button(pack.t(T::Download), "", link, || Msg::Download) }
                    }
                </div>
            }
            { for others.map(|notice| html! { <div class="bsh-banner" key={notice}><p>{ notice }</p></div> }) }
            if app.unread.is_some() && app.page != Page::Journey {
                <div class="bsh-banner" key="unread">{ button(pack.t(T::DownloadOld), "", link, || Msg::DownloadOld) }</div>
            }
        </div>
    }
}

/// How far somebody is: a thin bar and its words.
pub fn progress(pack: &Pack, draft: &Draft) -> Html {
    let of = pack.model.count(draft.form);
    let n = of.saturating_sub(draft.blanks(&pack.model, None).len());
    let words = pack.fill(
        T::AnsweredOf,
        &[("n", &n.to_string()), ("of", &of.to_string())],
    );
    html! {
        <div class="bsh-progress" key="progress">
            <progress max={of.to_string()} value={n.to_string()} aria-label={words.clone()} />
            <span>{ words }</span>
        </div>
    }
}

/// Back, and the button that goes on.
pub fn moves(pack: &Pack, next: T, link: &Scope<App>) -> Html {
    html! {
        <div class="bsh-moves" key="moves">
            { button(pack.t(T::Back), "bsh-back", link, || Msg::Back) }
            { button(pack.t(next), "bsh-primary", link, || Msg::Next) }
        </div>
    }
}

pub fn footer(pack: &Pack, app: &App, link: &Scope<App>) -> Html {
    html! {
        <footer class="bsh-footer" key="footer">
            if let Some(ask) = &app.ask {
                { question(pack, ask, link) }
            } else {
                <button type="button" class="bsh-link bsh-erase" key="erase" onclick={link.callback(|_: MouseEvent| Msg::Ask(Some(Ask::Erase)))}>
                    { pack.t(T::Erase) }
                </button>
            }
        </footer>
    }
}

fn question(pack: &Pack, ask: &Ask, link: &Scope<App>) -> Html {
    let (asked, yes, no) = match ask {
        Ask::Erase => (T::EraseAsk, T::EraseYes, T::EraseNo),
        Ask::Remove | Ask::Again => (T::SureAgain, T::Yes, T::KeepThem),
        Ask::Replace(..) => (T::OpenReplace, T::OpenYes, T::KeepThem),
    };
    html! {
        <div class="bsh-ask" role="alertdialog" aria-labelledby="bsh-asked" key="ask">
            <p id="bsh-asked">{ pack.t(asked) }</p>
            { button(pack.t(yes), "bsh-danger", link, || Msg::Agree) }
            { button(pack.t(no), "", link, || Msg::Ask(None)) }
        </div>
    }
}
