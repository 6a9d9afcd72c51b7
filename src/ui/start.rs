//! The way in: what you get, which customer, Start; and the page that greets somebody who was here before.
//!
//! The markup of the first drawing equals the static page of `index.html`, which was there before the program.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;
use super::app::{App, Ask, Msg};
use super::browser;
use super::chrome::answered;
use super::dom::{El, Ev, Link, button, el, heading, p};
use crate::domain::draft::{Draft, NAME_MAX};
use crate::domain::model::Form;
use crate::embed::Options;
use crate::pack::compiled::Pack;
use crate::pack::texts::T;

pub fn page(page: El, pack: &Pack, app: &App, options: &Options, link: &Link) -> El {
    let facts = [T::FactResult, T::FactLength, T::FactPrivate];
    let on_submit = |event: &web_sys::Event| {
        event.prevent_default();
        Some(Msg::Begin)
    };
    page.add(p("bsh-eyebrow", pack.t(T::AppName)))
        .add(heading("h1", pack.t(T::StartTitle)))
        .add(p("bsh-lead", pack.t(T::StartLead)))
        .add(el("ul", "bsh-facts").each(facts.into_iter().map(|fact| el("li", "").text(pack.t(fact)))))
        .add(
            el("form", "bsh-card bsh-start")
                .lit("method", "dialog")
                .on(Ev::Submit, link, Rc::new(on_submit))
                .add(name(pack, "bsh-account", T::Account, T::AccountHint, &options.account))
                .add(name(pack, "bsh-part", T::Part, T::PartHint, &options.part))
                .add(
                    el("fieldset", "bsh-field bsh-form")
                        .add(el("legend", "").text(pack.t(T::FormLegend)))
                        .add(form(pack, app, Form::Short, T::FormShort, link))
                        .add(form(pack, app, Form::Full, T::FormFull, link)),
                )
                .add(el("button", "bsh-primary").lit("id", "bsh-go").lit("type", "submit").text(pack.t(T::Start)))
                .add(p("bsh-fine", pack.t(T::StoreNote))),
        )
        .add(opener(pack, link))
}

fn name(pack: &Pack, id: &'static str, label: T, hint: T, value: &str) -> El {
    let hint_id = [id, "-hint"].concat();
    el("div", "bsh-field")
        .add(el("label", "").lit("for", id).text(pack.t(label)))
        .add(
            el("input", "")
                .lit("id", id)
                .lit("type", "text")
                .lit("autocomplete", "off")
                .at("maxlength", &NAME_MAX.to_string())
                .at("aria-describedby", &hint_id)
                .value(value),
        )
        .add(p("bsh-hint", pack.t(hint)).at("id", &hint_id))
}

fn form(pack: &Pack, app: &App, form: Form, text: T, link: &Link) -> El {
    let id = if form == Form::Short { "bsh-form-short" } else { "bsh-form-full" };
    el("label", "")
        .add(
            el("input", "")
                .lit("id", id)
                .lit("type", "radio")
                .lit("name", "bsh-form")
                .lit("value", form.code())
                .value(form.code())
                .checked(app.form == form)
                .on(Ev::Change, link, Rc::new(move |_| Some(Msg::Form(form)))),
        )
        .add(el("span", "").text(pack.t(text)))
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
    let input = el("input", "")
        .lit("type", "file")
        .lit("id", "bsh-open")
        .lit("accept", ".txt,text/plain")
        .on(Ev::Change, link, Rc::new(on_change));
    el("p", "bsh-fine").add(el("label", "bsh-open").text(pack.t(T::Open)).text(" ").add(input))
}

pub fn returning(page: El, pack: &Pack, draft: &Draft, link: &Link) -> El {
    let (n, of) = answered(pack, draft);
    let subject = pack.subject(draft);
    let date = browser::day(&draft.date, &pack.lang);
    let lead = pack.fill(T::ReturnLead, &[("subject", &subject), ("date", &date), ("n", &n), ("of", &of)]);
    page.add(p("bsh-eyebrow", pack.t(T::AppName)))
        .add(heading("h1", pack.t(T::ReturnTitle)))
        .add(p("bsh-lead", &lead))
        .add(
            el("div", "bsh-card bsh-return")
                .add(
                    el("div", "bsh-moves")
                        .add(button(pack.t(T::Continue), "bsh-primary", link, Msg::Resume))
                        .add(button(pack.t(T::StartAgain), "", link, Msg::Ask(Some(Ask::Again))))
                        .add(button(pack.t(T::Delete), "", link, Msg::Ask(Some(Ask::Remove)))),
                )
                .add(p("bsh-fine", pack.t(T::ReturnHint)))
                .add(button(pack.t(T::Download), "bsh-link", link, Msg::Download)),
        )
        .add(opener(pack, link))
}
