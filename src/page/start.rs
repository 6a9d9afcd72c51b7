//! The way in: what you get, which customer, Start; and the page that greets somebody who was here before.
//!
//! The markup of the first drawing equals the static page of `index.html`, which was there before the program.

use super::chrome::answered;
use super::dom::{At, El, Ev, button, el, heading, p};
use super::msg::{Loss, Msg};
use super::visit::{Mode, Visit};
use crate::domain::draft::{Draft, NAME_MAX, Step};
use crate::domain::model::Form;
use crate::pack::compiled::Pack;
use crate::pack::texts::T;

pub fn page(page: El, pack: &Pack, visit: &Visit) -> El {
    let customer = visit.mode == Mode::Customer;
    let (title, lead) = if customer { (T::SupplierTitle, T::SupplierLead) } else { (T::StartTitle, T::StartLead) };
    let first = if customer { T::Supplier } else { T::Account };
    page.put(p("bsh-eyebrow", pack.t(T::AppName)))
        .put(heading("h1", pack.t(title)))
        .put(p("bsh-lead", pack.t(lead)))
        .put(
            el("ul", "bsh-facts")
                .put(el("li", "").text(pack.t(T::FactResult)))
                .put(el("li", "").text(pack.t(T::FactLength)))
                .put(el("li", "").text(&private(pack, visit))),
        )
        .put(
            el("form", "bsh-card bsh-start")
                .at(At::Method, "dialog")
                .on(Ev::Submit, Msg::Begin)
                .put(name(pack, visit, 0, first, T::AccountHint))
                .put_if((!customer).then(|| name(pack, visit, 1, T::Part, T::PartHint)))
                .put(
                    el("fieldset", "bsh-field bsh-form")
                        .put(el("legend", "").text(pack.t(T::FormLegend)))
                        .put(form(pack, visit, Form::Short, T::FormShort))
                        .put(form(pack, visit, Form::Full, T::FormFull)),
                )
                .put(el("button", "bsh-primary").at(At::Id, "bsh-go").at(At::Type, "submit").text(pack.t(T::Start)))
                .put_if((!kiosk(visit)).then(|| p("bsh-fine", pack.t(T::StoreNote)))),
        )
        .put_if((!kiosk(visit)).then(|| opener(pack)))
}

fn kiosk(visit: &Visit) -> bool {
    visit.mode == Mode::Kiosk
}

/// Where answers stay, and what the host is told of the result.
fn private(pack: &Pack, visit: &Visit) -> String {
    match visit.report.as_str() {
        "" => pack.t(if kiosk(visit) { T::KioskNote } else { T::FactPrivate }).into(),
        host => pack.fill(T::FactReport, &[("host", host)]),
    }
}

/// What the host is told of the result, on every other page that leads to one; `None` where it is told nothing.
pub fn reported(pack: &Pack, visit: &Visit) -> Option<El> {
    (!visit.report.is_empty()).then(|| p("bsh-fine", &private(pack, visit)).key("report"))
}

/// Account (0) or part (1).
fn name(pack: &Pack, visit: &Visit, which: usize, label: T, hint: T) -> El {
    let id = if which == 0 { "bsh-account" } else { "bsh-part" };
    let value = visit.names.get(which).map_or("", String::as_str);
    let hint_id = [id, "-hint"].concat();
    el("div", "bsh-field")
        .put(el("label", "").at(At::For, id).text(pack.t(label)))
        .put(
            el("input", "")
                .at(At::Id, id)
                .at(At::Type, "text")
                .at(At::Autocomplete, "off")
                .at(At::Maxlength, &NAME_MAX.to_string())
                .at(At::AriaDescribedby, &hint_id)
                .value(value)
                .on(Ev::Input, Msg::Name(which, String::new())),
        )
        .put(p("bsh-hint", pack.t(hint)).at(At::Id, &hint_id))
}

pub fn form(pack: &Pack, visit: &Visit, form: Form, text: T) -> El {
    let id = if form == Form::Short { "bsh-form-short" } else { "bsh-form-full" };
    el("label", "")
        .put(
            el("input", "")
                .at(At::Id, id)
                .at(At::Type, "radio")
                .at(At::Name, "bsh-form")
                .value(form.code())
                .checked(visit.form == form)
                .on(Ev::Change, Msg::Form(form)),
        )
        .put(el("span", "").text(pack.t(text)))
}

/// The file that was downloaded here or elsewhere can be opened again.
fn opener(pack: &Pack) -> El {
    // The message is that of the file itself, which no page can name.
    let input = el("input", "")
        .at(At::Type, "file")
        .at(At::Id, "bsh-open")
        .at(At::Accept, ".txt,.json,.html,text/plain,application/json,text/html")
        .on(Ev::File, Msg::Begin);
    el("p", "bsh-fine").put(el("label", "bsh-open").text(pack.t(T::Open)).text(" ").put(input))
}

pub fn returning(page: El, pack: &Pack, visit: &Visit, draft: &Draft) -> El {
    let part = match draft.step {
        Step::At(part, _) => part,
        _ => 0,
    };
    let (n, of) = answered(pack, draft, part);
    let (n, of) = (n.to_string(), of.to_string());
    let subject = pack.subject(draft);
    let lead = pack.fill(T::ReturnLead, &[("subject", &subject), ("date", &visit.day), ("n", &n), ("of", &of)]);
    page.put(p("bsh-eyebrow", pack.t(T::AppName)))
        .put(heading("h1", pack.t(T::ReturnTitle)))
        .put(p("bsh-lead", &lead))
        .put(
            el("div", "bsh-card bsh-return")
                .put(
                    el("div", "bsh-moves")
                        .put(button(pack.t(T::Continue), "bsh-primary", Msg::Resume))
                        .put(button(pack.t(T::StartAgain), "", Msg::Ask(Some(Loss::Again))))
                        .put(button(pack.t(T::Delete), "", Msg::Ask(Some(Loss::Remove)))),
                )
                .put(p("bsh-fine", pack.t(T::ReturnHint)))
                .put_if(reported(pack, visit))
                .put(button(pack.t(T::Download), "bsh-link", Msg::Download)),
        )
        .put(opener(pack))
}
