//! Why not one level higher: the answers that hold it, each with Change and a what-if that is computed at once.

use super::dom::{At, El, Ev, button, el, heading, p};
use super::msg::Msg;
use super::review::change;
use super::visit::Visit;
use super::words::n;
use crate::domain::answer::{Answer, Scale};
use crate::domain::draft::Draft;
use crate::domain::model::{Item, Perspective, Place};
use crate::domain::scorecard::Scorecard;
use crate::domain::why::Hold;
use crate::pack::compiled::Pack;
use crate::pack::texts::T;

/// How many answers are named; the rest is counted.
const NAMED: usize = 3;

pub fn section(pack: &Pack, visit: &Visit, draft: &Draft, part: usize, (now, then): (&Scorecard, &Scorecard)) -> El {
    let card = el("section", "bsh-card").at(At::DataSection, "why").key("why");
    let Some(why) = &now.why else {
        return card.put(heading("h2", pack.t(T::WhyTopTitle))).put(p("", pack.t(T::WhyTop)));
    };
    let all: Vec<usize> = why.items().collect();
    let more = all.len().saturating_sub(NAMED);
    let mut rows = el("ol", "bsh-why");
    for index in all.into_iter().take(NAMED) {
        rows = rows.put_if(row(pack, visit, draft, Place { part, item: index }));
    }
    let mut verdict = el("div", "bsh-verdict").at(At::Role, "status");
    if !visit.what_if.is_empty() {
        verdict = verdict
            .put(p("", &told(pack, now, then)))
            .put(button(pack.t(T::KeepChange), "bsh-primary", Msg::Keep))
            .put(button(pack.t(T::UndoChange), "", Msg::Undo));
    }
    let lead = if draft.perspective == Perspective::Customer { T::CustomerWhy } else { T::WhyLead };
    let mut card = card
        .put(heading("h2", &pack.fill(T::WhyTitle, &[("n", &n(why.level))])))
        .put(p("bsh-soft", &pack.fill(lead, &[("company", &pack.subject(draft))])));
    for held in &why.holds {
        card = card.put_if(hold(pack, now, held));
    }
    let more = if more > 0 { pack.fill(T::WhyMore, &[("n", &more.to_string())]) } else { String::new() };
    card.put(rows).put(p("bsh-fine", &more).flag(At::Hidden, more.is_empty())).put(verdict)
}

/// What the step is, and what it needs to be.
pub fn hold(pack: &Pack, card: &Scorecard, hold: &Hold) -> Option<El> {
    let gate = card.gates.get(usize::from(hold.gate).checked_sub(2)?)?;
    let level = n(hold.gate);
    let text = if gate.applicable < 3 {
        pack.fill(T::WhyFew, &[("n", &level)])
    } else {
        let rating = pack.gate_rating(gate);
        pack.fill(T::WhyPart, &[("n", &level), ("rating", rating), ("needs", pack.rating(Some(hold.needs)))])
    };
    Some(p("bsh-hold", &text))
}

fn row(pack: &Pack, visit: &Visit, draft: &Draft, at: Place) -> Option<El> {
    let item = pack.survey.item(at)?;
    let scale = item.scale;
    let given = draft.answer(at);
    let tried = visit.what_if.iter().find(|(place, _)| *place == at).map_or(given, |(_, answer)| *answer);
    let state = state(pack, item, given, draft.perspective);
    let id = ["whatif-", &item.id].concat();
    let mut choice = el("select", "")
        .at(At::Id, &id)
        .at(At::DataWhatif, &item.id)
        .at(At::AriaLabel, &pack.fill(T::WhatIfOf, &[("item", pack.item(at, draft.perspective))]))
        .on(Ev::Change, Msg::WhatIf(at, None));
    for answer in options(scale, given) {
        choice = choice.put(
            el("option", "")
                .at(At::Value, answer.map_or("blank", Answer::code))
                .selected(answer == tried)
                .text(pack.answer(scale, answer)),
        );
    }
    let attempt = el("span", "bsh-try")
        .put(el("label", "").at(At::For, &id).text(pack.t(T::WhatIf)))
        .put(choice)
        .put(change(pack, draft, at, item));
    let row = el("li", "")
        .key(&item.id)
        .at(At::DataWhy, &item.id)
        .put(el("span", "bsh-what").text(pack.item(at, draft.perspective)))
        .put(el("small", "").text(&state))
        .put(attempt);
    Some(row)
}

/// What was answered, whether the item is a critical one, and whether to ask for it: nobody asks himself.
pub fn state(pack: &Pack, item: &Item, given: Option<Answer>, perspective: Perspective) -> String {
    let mut state = pack.answer(item.scale, given).to_string();
    let ask = perspective == Perspective::Own && given.is_none_or(|a| a == Answer::DontKnow);
    for (said, word) in [(item.critical, T::Critical), (ask, T::AskThem)] {
        if said {
            state.push_str(" · ");
            state.push_str(pack.t(word));
        }
    }
    state
}

/// The values of the scale, and whatever else was given.
fn options(scale: Scale, given: Option<Answer>) -> Vec<Option<Answer>> {
    let mut all: Vec<Option<Answer>> = scale.values().iter().map(|value| Some(Answer::Value(*value))).collect();
    if !all.contains(&given) {
        all.insert(0, given);
    }
    all
}

fn told(pack: &Pack, now: &Scorecard, then: &Scorecard) -> String {
    let Some(level) = then.standing.strict else { return pack.t(T::WhatIfUnclear).into() };
    let before = now.standing.position.map_or_else(|| pack.t(T::Unknown).into(), |x| pack.position(x));
    let higher = now.standing.strict.is_none_or(|now| level > now);
    let (text, x) = match then.standing.position {
        None => (T::WhatIfLeast, String::new()),
        Some(x) => (if higher { T::WhatIfLevel } else { T::WhatIfNow }, pack.position(x)),
    };
    pack.fill(text, &[("x", &x), ("now", &before), ("n", &n(level))])
}
