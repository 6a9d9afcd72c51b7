//! Methods: what they are, why one is suggested, and how one gets into the plan.
//!
//! Knows suggestions and texts. Must not know how they were found.

use super::dom::{At, El, button, el, heading, p};
use super::msg::Msg;
use super::readings::told;
use super::words::n;
use crate::domain::draft::Draft;
use crate::domain::rows::{List, at};
use crate::domain::rules::Facts;
use crate::domain::suggest::{Cause, Suggestion};
use crate::pack::compiled::Pack;
use crate::pack::texts::T;

/// The suggestions, best first.
pub fn suggestions(pack: &Pack, draft: &Draft, facts: &Facts, all: &[Suggestion], by_choice: bool) -> El {
    let card = el("section", "bsh-card")
        .at(At::DataSection, "suggestions")
        .key("suggestions")
        .put(el("h2", "").text(pack.t(T::SuggestTitle)));
    if all.is_empty() {
        return card.put(p("bsh-soft", pack.t(T::SuggestNone)));
    }
    let top = all.iter().any(|suggestion| suggestion.cause == Cause::Top);
    let mut rows = el("ol", "bsh-suggestions");
    for suggestion in all {
        let why = because(pack, draft, facts, &suggestion.cause);
        let code = code(pack, &suggestion.cause);
        rows = rows.put_if(method(pack, draft, suggestion.method, Some(&why), &code));
    }
    let lead = match (top, by_choice) {
        (true, _) => T::SuggestKeep,
        (false, true) => T::SuggestHold,
        (false, false) => T::SuggestLead,
    };
    card.put(p("bsh-soft", pack.t(lead))).put(rows).put(others(pack, draft, all))
}

/// All that is not suggested, folded away.
fn others(pack: &Pack, draft: &Draft, all: &[Suggestion]) -> El {
    let mut rows = el("ol", "bsh-suggestions");
    let mut others = 0;
    for index in 0..pack.survey.methods.len() {
        if !all.iter().any(|suggestion| suggestion.method == index) {
            others += 1;
            rows = rows.put_if(method(pack, draft, index, None, ""));
        }
    }
    el("details", "bsh-more")
        .put(el("summary", "").text(&pack.fill(T::AllMethods, &[("n", &n(others as u64))])))
        .put(rows)
}

fn method(pack: &Pack, draft: &Draft, index: usize, why: Option<&str>, cause: &str) -> Option<El> {
    let method = pack.survey.methods.get(index)?;
    let id = &method.id;
    let text = |what: &str| pack.key(&["method.", id, ".", what]);
    let planned = draft.rows.of(List::Tasks).iter().any(|row| row.get(at::METHOD) == id);
    let add = match planned {
        true => el("span", "bsh-badge").text(pack.t(T::Planned)),
        false => {
            let fields = vec![(at::METHOD, id.clone()), (at::CAUSE, cause.into())];
            button(pack.t(T::AddToPlan), "", Msg::Add(List::Tasks, fields))
                .at(At::AriaLabel, &[pack.t(T::AddToPlan), ": ", text("title")].concat())
        }
    };
    let row = el("li", "")
        .key(id)
        .at(At::DataMethod, id)
        .put(heading("h3", text("title")))
        .put_if(why.map(|why| p("bsh-fine bsh-because", why)))
        .put(p("", text("purpose")))
        .put(details(pack, draft, index))
        .put(add);
    Some(row)
}

/// The whole method, folded away.
pub fn details(pack: &Pack, draft: &Draft, index: usize) -> El {
    let Some(method) = pack.survey.methods.get(index) else { return el("div", "") };
    let text = |what: &str| pack.key(&["method.", &method.id, ".", what]);
    let steps = (1..=method.steps).map(|step| el("li", "").text(text(&["step-", &n(step)].concat())));
    let moves = method.moves.iter().map(|id| {
        let sentence = pack.survey.find(id).map_or_else(|| pack.at(id), |(at, _)| pack.item(at, draft.perspective));
        el("li", "").text(sentence)
    });
    let part = |title: T| el("h4", "").text(pack.t(title));
    let mut inside = el("div", "")
        .put(part(T::Fits))
        .put(p("", text("fits")))
        .put(part(T::Steps))
        .put(el("ol", "").each(steps))
        .put(part(T::FirstStep))
        .put(p("", text("first")));
    if !method.moves.is_empty() {
        inside = inside.put(part(T::Moves)).put(el("ul", "bsh-plain").each(moves));
    }
    el("details", "bsh-method")
        .put(el("summary", "").text(pack.t(T::HowTo)))
        .put(inside)
        .put(p("bsh-fine", &[pack.t(T::Source), " ", text("source")].concat()))
}

/// Why a method is here, in words.
fn because(pack: &Pack, draft: &Draft, facts: &Facts, cause: &Cause) -> String {
    let what = match cause {
        Cause::Answer(place) => {
            let scale = pack.survey.item(*place).map(|item| item.scale).unwrap_or_default();
            let item = pack.quote(pack.item(*place, draft.perspective));
            [&item, ": ", pack.answer(scale, draft.answer(*place))].concat()
        }
        Cause::Tick(id) => pack.quote(pack.at(id)),
        Cause::Fact(name) => told(pack, draft, facts, name),
        Cause::Top => return pack.t(T::BecauseTop).into(),
    };
    [pack.t(T::Because), " ", &what].concat()
}

/// Why a method came into the plan, by the code that the plan keeps; nothing for a code that no longer says anything.
pub fn called(pack: &Pack, draft: &Draft, facts: &Facts, code: &str) -> Option<String> {
    let cause = match (pack.survey.find(code), code.contains('.')) {
        _ if code.is_empty() => return None,
        (Some((place, _)), _) => Cause::Answer(place),
        (None, true) => Cause::Fact(code.into()),
        (None, false) => Cause::Tick(code.into()),
    };
    Some(because(pack, draft, facts, &cause))
}

/// Why, as the plan keeps it: the id of an item, risk or fact.
fn code(pack: &Pack, cause: &Cause) -> String {
    match cause {
        Cause::Answer(place) => pack.survey.item(*place).map_or(String::new(), |item| item.id.clone()),
        Cause::Tick(id) | Cause::Fact(id) => id.clone(),
        Cause::Top => String::new(),
    }
}
