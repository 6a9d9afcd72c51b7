//! The way in: what you get, which customer, Start; and the page that greets somebody who was here before.
//!
//! The markup of the first drawing equals the static page of `index.html`, which was there before the program.

use std::rc::Rc;

use super::app::{App, Ask, Msg};
use super::browser;
use super::chrome::answered;
use super::dom::{At, El, Ev, Link, button, el, heading, p};
use crate::domain::draft::{Draft, NAME_MAX};
use crate::domain::model::Form;
use crate::pack::compiled::Pack;
use crate::pack::texts::T;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

pub fn page(page: El, pack: &Pack, app: &App, link: &Link) -> El {
    let facts = [T::FactResult, T::FactLength, T::FactPrivate];
    let on_submit = |event: &web_sys::Event| {
        event.prevent_default();
        Some(Msg::Begin)
    };
    page.put(p("bsh-eyebrow", pack.t(T::AppName)))
        .put(heading("h1", pack.t(T::StartTitle)))
        .put(p("bsh-lead", pack.t(T::StartLead)))
        .put(el("ul", "bsh-facts").each(facts.into_iter().map(|fact| el("li", "").text(pack.t(fact)))))
        .put(
            el("form", "bsh-card bsh-start")
                .lit(At::Method, "dialog")
                .on(Ev::Submit, link, Rc::new(on_submit))
                .put(name(pack, app, 0, T::Account, T::AccountHint, link))
                .put(name(pack, app, 1, T::Part, T::PartHint, link))
                .put(
                    el("fieldset", "bsh-field bsh-form")
                        .put(el("legend", "").text(pack.t(T::FormLegend)))
                        .put(form(pack, app, Form::Short, T::FormShort, link))
                        .put(form(pack, app, Form::Full, T::FormFull, link)),
                )
                .put(el("button", "bsh-primary").lit(At::Id, "bsh-go").lit(At::Type, "submit").text(pack.t(T::Start)))
                .put(p("bsh-fine", pack.t(T::StoreNote))),
        )
        .put(opener(pack, link))
}

/// Account (0) or part (1).
fn name(pack: &Pack, app: &App, which: usize, label: T, hint: T, link: &Link) -> El {
    let id = if which == 0 { "bsh-account" } else { "bsh-part" };
    let value = app.names.get(which).map_or("", String::as_str);
    let hint_id = [id, "-hint"].concat();
    el("div", "bsh-field")
        .put(el("label", "").lit(At::For, id).text(pack.t(label)))
        .put(
            el("input", "")
                .lit(At::Id, id)
                .lit(At::Type, "text")
                .lit(At::Autocomplete, "off")
                .at(At::Maxlength, &NAME_MAX.to_string())
                .at(At::AriaDescribedby, &hint_id)
                .value(value)
                .change(Ev::Input, link, move |text| Some(Msg::Name(which, text.into()))),
        )
        .put(p("bsh-hint", pack.t(hint)).at(At::Id, &hint_id))
}

fn form(pack: &Pack, app: &App, form: Form, text: T, link: &Link) -> El {
    let id = if form == Form::Short { "bsh-form-short" } else { "bsh-form-full" };
    el("label", "")
        .put(
            el("input", "")
                .lit(At::Id, id)
                .lit(At::Type, "radio")
                .lit(At::Name, "bsh-form")
                .value(form.code())
                .checked(app.form == form)
                .on(Ev::Change, link, Rc::new(move |_| Some(Msg::Form(form)))),
        )
        .put(el("span", "").text(pack.t(text)))
}

/// The file that was downloaded here or elsewhere can be opened again.
fn opener(pack: &Pack, link: &Link) -> El {
    let on_change = |event: &web_sys::Event| {
        let input = event.target()?.dyn_into::<HtmlInputElement>().ok()?;
        let file = input.files()?.get(0)?;
        // So that the same file can be chosen again.
        input.set_value("");
        Some(Msg::Choose(file))
    };
    let input = el("input", "").lit(At::Type, "file").lit(At::Id, "bsh-open").lit(At::Accept, ".txt,text/plain").on(
        Ev::Change,
        link,
        Rc::new(on_change),
    );
    el("p", "bsh-fine").put(el("label", "bsh-open").text(pack.t(T::Open)).text(" ").put(input))
}

pub fn returning(page: El, pack: &Pack, draft: &Draft, link: &Link) -> El {
    let (n, of) = answered(pack, draft);
    let subject = pack.subject(draft);
    let date = browser::day(&draft.date, &pack.lang);
    let lead = pack.fill(T::ReturnLead, &[("subject", &subject), ("date", &date), ("n", &n), ("of", &of)]);
    page.put(p("bsh-eyebrow", pack.t(T::AppName)))
        .put(heading("h1", pack.t(T::ReturnTitle)))
        .put(p("bsh-lead", &lead))
        .put(
            el("div", "bsh-card bsh-return")
                .put(
                    el("div", "bsh-moves")
                        .put(button(pack.t(T::Continue), "bsh-primary", link, Msg::Resume))
                        .put(button(pack.t(T::StartAgain), "", link, Msg::Ask(Some(Ask::Again))))
                        .put(button(pack.t(T::Delete), "", link, Msg::Ask(Some(Ask::Remove)))),
                )
                .put(p("bsh-fine", pack.t(T::ReturnHint)))
                .put(button(pack.t(T::Download), "bsh-link", link, Msg::Download)),
        )
        .put(opener(pack, link))
}
