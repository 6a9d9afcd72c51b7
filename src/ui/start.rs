//! The way in: what you get, which customer, Start; and the page that greets somebody who was here before.
//!
//! The markup of the first drawing equals the static page of `index.html`, which was there before the program.

use web_sys::{HtmlInputElement, SubmitEvent};
use yew::html::Scope;
use yew::prelude::*;

use super::app::{App, Ask, Msg};
use super::browser;
use super::chrome::button;
use crate::domain::draft::{Draft, NAME_MAX};
use crate::domain::model::Form;
use crate::embed::Options;
use crate::pack::compiled::Pack;
use crate::pack::texts::T;

pub fn page(pack: &Pack, app: &App, options: &Options, link: &Scope<App>) -> Html {
    let on_submit = link.callback(|event: SubmitEvent| {
        event.prevent_default();
        Msg::Begin
    });
    html! {
        <>
            <p class="bsh-eyebrow">{ pack.t(T::AppName) }</p>
            <h1 tabindex="-1">{ pack.t(T::StartTitle) }</h1>
            <p class="bsh-lead">{ pack.t(T::StartLead) }</p>
            <ul class="bsh-facts">
                <li>{ pack.t(T::FactResult) }</li>
                <li>{ pack.t(T::FactLength) }</li>
                <li>{ pack.t(T::FactPrivate) }</li>
            </ul>
            <form class="bsh-card bsh-start" method="dialog" onsubmit={on_submit}>
                { name(pack, "bsh-account", T::Account, T::AccountHint, &options.account) }
                { name(pack, "bsh-part", T::Part, T::PartHint, &options.part) }
                <fieldset class="bsh-field bsh-form">
                    <legend>{ pack.t(T::FormLegend) }</legend>
                    { form(pack, app, Form::Short, T::FormShort, link) }
                    { form(pack, app, Form::Full, T::FormFull, link) }
                </fieldset>
                <button id="bsh-go" type="submit" class="bsh-primary">{ pack.t(T::Start) }</button>
                <p class="bsh-fine">{ pack.t(T::StoreNote) }</p>
            </form>
            { opener(pack, link) }
        </>
    }
}

fn name(pack: &Pack, id: &'static str, label: T, hint: T, value: &str) -> Html {
    let hint_id = [id, "-hint"].concat();
    html! {
        <div class="bsh-field">
            <label for={id}>{ pack.t(label) }</label>
            <input {id} type="text" autocomplete="off" maxlength={NAME_MAX.to_string()} aria-describedby={hint_id.clone()} value={value.to_string()} />
            <p class="bsh-hint" id={hint_id}>{ pack.t(hint) }</p>
        </div>
    }
}

fn form(pack: &Pack, app: &App, form: Form, text: T, link: &Scope<App>) -> Html {
    html! {
        <label>
            <input type="radio" id={["bsh-form-", form.code()].concat()} name="bsh-form" value={form.code()} checked={app.form == form} onchange={link.callback(move |_: Event| Msg::Form(form))} />
            { " " }<span>{ pack.t(text) }</span>
        </label>
    }
}

/// The file that was downloaded here or elsewhere can be opened again.
fn opener(pack: &Pack, link: &Scope<App>) -> Html {
    let on_change = link.batch_callback(|event: Event| {
        let input = event.target_dyn_into::<HtmlInputElement>()?;
        let file = input.files()?.get(0)?;
        // So that the same file can be chosen again.
        input.set_value("");
        Some(Msg::Choose(file))
    });
    html! {
        <p class="bsh-fine">
            <label class="bsh-open">{ pack.t(T::Open) }{ " " }<input type="file" id="bsh-open" accept=".txt,text/plain" onchange={on_change} /></label>
        </p>
    }
}

pub fn returning(pack: &Pack, _app: &App, draft: &Draft, link: &Scope<App>) -> Html {
    let of = pack.model.count(draft.form);
    let n = of.saturating_sub(draft.blanks(&pack.model, None).len());
    let lead = pack.fill(
        T::ReturnLead,
        &[
            ("subject", &pack.subject(draft)),
            ("date", &browser::day(&draft.date, &pack.lang)),
            ("n", &n.to_string()),
            ("of", &of.to_string()),
        ],
    );
    html! {
        <>
            <p class="bsh-eyebrow">{ pack.t(T::AppName) }</p>
            <h1 tabindex="-1">{ pack.t(T::ReturnTitle) }</h1>
            <p class="bsh-lead">{ lead }</p>
            <div class="bsh-card bsh-return">
                <div class="bsh-moves">
                    { button(pack.t(T::Continue), "bsh-primary", link, || Msg::Resume) }
                    { button(pack.t(T::StartAgain), "", link, || Msg::Ask(Some(Ask::Again))) }
                    { button(pack.t(T::Delete), "", link, || Msg::Ask(Some(Ask::Remove))) }
                </div>
                <p class="bsh-fine">{ pack.t(T::ReturnHint) }</p>
                { button(pack.t(T::Download), "bsh-link", link, || Msg::Download) }
            </div>
            { opener(pack, link) }
        </>
    }
}
