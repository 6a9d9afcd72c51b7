//! The page that an invitation opens: who asks, what is handed back, and the way in.
//!
//! Knows what an invitation says, and the texts. Must not know how a link is read.

use super::dom::{El, button, el, heading, p};
use super::msg::Msg;
use super::start::{form, reported};
use super::visit::Visit;
use crate::domain::draft::Draft;
use crate::domain::model::Form;
use crate::domain::rows::{List, SINGLE, at};
use crate::pack::compiled::Pack;
use crate::pack::texts::T;

pub fn page(page: El, pack: &Pack, visit: &Visit, draft: &Draft) -> El {
    let lead = match draft.rows.get(List::Asked, SINGLE, at::ASKED_LABEL).trim() {
        "" => pack.t(T::InvitedLeadNoName).into(),
        label => pack.fill(T::InvitedLead, &[("label", label)]),
    };
    let facts = [T::InvitedFact1, T::InvitedFact2, T::InvitedFact3];
    let begun = (0..pack.survey.instruments.len()).any(|part| draft.begun(part));
    // Once something is answered the number of questions stays.
    let length = (!begun).then(|| {
        el("fieldset", "bsh-field bsh-form")
            .key("form")
            .put(el("legend", "").text(pack.t(T::FormLegend)))
            .put(form(pack, visit, Form::Short, T::FormShort))
            .put(form(pack, visit, Form::Full, T::FormFull))
    });
    let go = if begun { T::InvitedOn } else { T::InvitedGo };
    page.put(p("bsh-eyebrow", pack.t(T::AppName)))
        .put(heading("h1", &pack.fill(T::InvitedTitle, &[("company", &pack.supplier(draft))])))
        .put(p("bsh-lead", &lead))
        .put(el("ul", "bsh-facts").each(facts.into_iter().map(|fact| el("li", "").text(pack.t(fact)))))
        .put(
            el("div", "bsh-card bsh-start")
                .put_if(length)
                .put_if(reported(pack, visit))
                .put(button(pack.t(go), "bsh-primary", Msg::Resume).key("go"))
                .put(p("bsh-fine", pack.t(T::StoreNote)).key("note")),
        )
}
