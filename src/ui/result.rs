//! The result, from the sentence that a person would say down to every number.
//!
//! Knows a scorecard and the texts. The parts with rules of their own are in the files beside.

use yew::html::Scope;
use yew::prelude::*;

use super::app::{App, Msg};
use super::chrome::button;
use super::words::n;
use super::{browser, computed, figure, sure, target, why};
use crate::domain::draft::Draft;
use crate::domain::model::Tag;
use crate::domain::profile::{Band, Variable};
use crate::domain::scorecard::Scorecard;
use crate::pack::compiled::Pack;
use crate::pack::texts::T;

pub fn page(pack: &Pack, app: &App, draft: &Draft, link: &Scope<App>) -> Html {
    let now = Scorecard::of(&pack.model, &draft.sheet());
    // The drawing and the sentence show the what-if; the list of reasons stays that of the kept answers.
    let supposed = app.supposed(draft);
    let card = if app.what_if.is_empty() {
        now.clone()
    } else {
        Scorecard::of(&pack.model, &supposed.sheet())
    };
    html! {
        <>
            <div class="bsh-topline"><span>{ pack.subject(draft) }</span><span>{ browser::day(&draft.date, &pack.lang) }</span></div>
            <h1 tabindex="-1">{ headline(pack, draft, &card) }</h1>
            <p class="bsh-lead">{ place(pack, &card) }{ " " }{ pack.t(T::Hypothesis) }</p>
            <div class="bsh-grid">
                <section class="bsh-card bsh-where" data-section="where">
                    <h2>{ pack.t(T::WhereTitle) }</h2>
                    { figure::figure(pack, draft, &card) }
                    { levels(pack, &card) }
                </section>
                <div class="bsh-column">
                    { why::section(pack, app, draft, &now, &card, link) }
                    { sure::section(pack, &card) }
                    { profile(pack, &card) }
                    { risks(pack, draft, &card) }
                    { target::section(pack, draft, &card, link) }
                </div>
            </div>
            { computed::section(pack, &card) }
            <div class="bsh-moves bsh-after">
                { button(pack.t(T::Back), "bsh-back", link, || Msg::Back) }
                { button(pack.t(T::Print), "bsh-primary", link, || Msg::Print) }
                { button(pack.t(T::DownloadSvg), "", link, || Msg::DownloadSvg) }
                { button(pack.t(T::Download), "", link, || Msg::Download) }
            </div>
        </>
    }
}

/// The drawing as a file of its own.
pub fn drawing(pack: &Pack, draft: &Draft, card: &Scorecard) -> String {
    figure::file(pack, draft, card, &browser::day(&draft.date, &pack.lang))
}

/// "Metal Works sees you as a good supplier, on the way to a dedicated partner".
pub fn headline(pack: &Pack, draft: &Draft, card: &Scorecard) -> String {
    let Some(level) = card.standing.strict else {
        return pack.t(T::ResultNone).into();
    };
    let subject = pack.subject(draft);
    let next = card
        .standing
        .position
        .filter(|x| x % 1000 >= 500)
        .map(|_| pack.supplier(level + 1));
    let values = [
        ("subject", subject.as_str()),
        ("level", pack.supplier(level)),
        ("next", next.unwrap_or("")),
    ];
    pack.fill(
        if next.is_some() {
            T::ResultOnWay
        } else {
            T::ResultOf
        },
        &values,
    )
}

/// The position and its range in a sentence, and what limits it.
pub fn place(pack: &Pack, card: &Scorecard) -> String {
    let standing = &card.standing;
    let Some(level) = standing.strict else {
        return pack.t(T::ResultNoneLead).into();
    };
    let mut text = match (standing.position, card.range()) {
        (Some(x), Some((low, high))) if low != high => {
            let values = [
                ("x", pack.position(x)),
                ("low", pack.position(low)),
                ("high", pack.position(high)),
            ];
            let values: Vec<(&str, &str)> = values
                .iter()
                .map(|(key, value)| (*key, value.as_str()))
                .collect();
            pack.fill(T::PositionRange, &values)
        }
        (Some(x), _) => pack.fill(T::Position, &[("x", &pack.position(x))]),
        (None, _) => {
            let gate = standing.undetermined.unwrap_or(level + 1);
            pack.fill(T::AtLeast, &[("n", &n(level)), ("gate", &n(gate))])
        }
    };
    if let Some(lenient) = standing.lenient.filter(|lenient| *lenient > level) {
        text.push(' ');
        text.push_str(&pack.fill(T::UpTo, &[("n", &n(lenient))]));
    }
    text
}

/// The table whose numbers equal the drawing, top level first.
fn levels(pack: &Pack, card: &Scorecard) -> Html {
    let rows = (1..=pack.levels.len()).rev().map(|level| {
        let level = u8::try_from(level).unwrap_or(u8::MAX);
        let gate = usize::from(level).checked_sub(2).and_then(|index| card.gates.get(index));
        let here = card.standing.strict == Some(level);
        let (percent, rating, answered) = match gate {
            None => (String::new(), pack.t(T::Floor), String::new()),
            Some(gate) => {
                let percent = if gate.answered == 0 { "–".into() } else { pack.percent(gate.tenths()) + " %" };
                let answered = [n(gate.answered), n(gate.applicable)].join("/");
                (percent, pack.gate_rating(gate), answered)
            }
        };
        html! {
            <tr key={level} class={here.then_some("bsh-here")} aria-current={here.then_some("true")}>
                <th scope="row"><b>{ level }</b>{ " " }{ pack.level_name(level) }
                    if here { <span class="bsh-badge">{ pack.t(T::Here) }</span> }
                    <small>{ pack.level(level).map_or("", |text| &text.sees) }</small>
                </th>
                <td>{ percent }</td><td>{ rating }</td><td>{ answered }</td>
            </tr>
        }
    });
    html! {
        <table class="bsh-levels">
            <caption>{ pack.t(T::TableCaption) }</caption>
            <thead><tr>
                <th scope="col">{ pack.t(T::ColLevel) }</th><th scope="col">{ pack.t(T::ColAchieved) }</th>
                <th scope="col">{ pack.t(T::ColRating) }</th><th scope="col">{ pack.t(T::ColAnswered) }</th>
            </tr></thead>
            <tbody>{ for rows }</tbody>
        </table>
    }
}

fn profile(pack: &Pack, card: &Scorecard) -> Html {
    let row = |variable: &Variable| {
        let name = match variable.tag {
            Tag::Competition => T::VarC,
            Tag::Price => T::VarP,
            Tag::Features => T::VarF,
            _ => T::VarI,
        };
        let band = match variable.band() {
            Some(Band::Low) => T::Low,
            Some(Band::Medium) => T::Medium,
            Some(Band::High) => T::High,
            None => T::Unknown,
        };
        let percent = variable.percent.unwrap_or(0);
        html! {
            <div class="bsh-variable" key={variable.tag.letter().to_string()}>
                <span>{ pack.t(name) }</span>
                <span>{ pack.t(band) }if variable.percent.is_some() { { " · " }{ percent }{ " %" } }</span>
                <svg class="bsh-bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
                    <rect class="bsh-bar-all" width="100" height="4" /><rect class="bsh-bar-part" width={percent.to_string()} height="4" />
                </svg>
            </div>
        }
    };
    html! {
        <section class="bsh-card" data-section="profile">
            <h2>{ pack.t(T::ProfileTitle) }</h2>
            { for card.profile.iter().map(row) }
            <p class="bsh-fine">{ pack.t(T::ProfileNote) }</p>
        </section>
    }
}

/// What was ticked, and what the answers say against themselves.
fn risks(pack: &Pack, draft: &Draft, card: &Scorecard) -> Html {
    let on = |texts: &[String], ticks: &[bool]| -> Html {
        let rows = texts.iter().zip(ticks).filter(|(_, on)| **on);
        html! { <ul class="bsh-plain">{ for rows.map(|(text, _)| html! { <li>{ text }</li> }) }</ul> }
    };
    let pairs = card
        .consistency
        .unusual()
        .then_some(&card.consistency.pairs);
    html! {
        <section class="bsh-card" data-section="risks">
            <h2>{ pack.t(T::RisksTitle) }</h2>
            if draft.risks.contains(&true) {
                { on(&pack.risks, &draft.risks) }
            } else {
                <p class="bsh-soft">{ pack.t(T::RisksNone) }</p>
            }
            if draft.signals.contains(&true) {
                <h3>{ pack.t(T::SignalsTold) }</h3>
                { on(&pack.signals, &draft.signals) }
            }
            { for pairs.into_iter().flatten().map(|(low, high)| html! {
                <p class="bsh-soft" key={n(*low * 10 + *high)}>{ pack.fill(T::PairNote, &[("low", &n(*low)), ("high", &n(*high))]) }</p>
            }) }
            if card.consistency.uniform {
                <p class="bsh-soft">{ pack.t(T::UniformNote) }</p>
            }
        </section>
    }
}
