//! What else there is: the other instruments with their length, and the plan.

use super::chrome::{answered, entry, minutes};
use super::dom::{At, El, button, el, p};
use super::msg::Msg;
use crate::domain::draft::{Draft, Stage, Step};
use crate::pack::compiled::Pack;
use crate::pack::texts::T;

pub fn section(pack: &Pack, draft: &Draft, here: usize) -> El {
    let mut all =
        el("section", "bsh-card bsh-offer").at(At::DataSection, "offer").put(el("h2", "").text(pack.t(T::OfferTitle)));
    for part in (0..pack.survey.instruments.len()).filter(|part| *part != here) {
        let (have, of) = answered(pack, draft, part);
        let (text, step, state) = match draft.begun(part) {
            false => (T::OfferStart, entry(pack, draft, part), minutes(pack, draft, part)),
            true if have < of => {
                let words = [("n", &*have.to_string()), ("of", &of.to_string())];
                (T::OfferOn, entry(pack, draft, part), pack.fill(T::AnsweredOf, &words))
            }
            true => (T::OfferSee, Step::At(part, Stage::Result), String::new()),
        };
        all = all.put(choice(pack.of(part, "name"), pack.of(part, "intro"), &state, pack.t(text), step));
    }
    all.put(choice(pack.t(T::PlanTab), pack.t(T::PlanLead), "", pack.t(T::OfferPlan), Step::Plan))
}

fn choice(name: &str, intro: &str, state: &str, go: &str, step: Step) -> El {
    let go = button(go, "", Msg::Go(step)).at(At::AriaLabel, &[go, ": ", name].concat());
    el("div", "bsh-choice")
        .put(el("h3", "").text(name))
        .put(p("bsh-soft", intro))
        .put(go)
        .put_if((!state.is_empty()).then(|| el("small", "").text(state)))
}
