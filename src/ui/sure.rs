//! How sure the result is: the grade, and its reasons in words.

use yew::prelude::*;

use super::words::n;
use crate::domain::confidence::{Grade, Reason};
use crate::domain::scorecard::Scorecard;
use crate::pack::compiled::Pack;
use crate::pack::texts::T;

pub fn section(pack: &Pack, card: &Scorecard) -> Html {
    let grade = card.confidence.grade;
    let word = match grade {
        Grade::A => T::GradeA,
        Grade::B => T::GradeB,
        Grade::C => T::GradeC,
        Grade::D => T::GradeD,
    };
    html! {
        <section class="bsh-card" data-section="confidence">
            <h2>{ pack.t(T::SureTitle) }{ " " }<span class="bsh-badge" data-grade={grade.letter().to_string()}>{ grade.letter() }</span></h2>
            <p class="bsh-soft">{ [&grade.letter().to_string(), ": ", pack.t(word), "."].concat() }</p>
            <ul class="bsh-plain">
                { for card.confidence.reasons.iter().map(|reason| html! { <li key={reason.code()}>{ words(pack, *reason) }</li> }) }
            </ul>
        </section>
    }
}

fn words(pack: &Pack, reason: Reason) -> String {
    let (text, count, of) = match reason {
        Reason::OwnView => (T::WhyOwn, 0, 0),
        Reason::OneCustomer => (T::WhyCustomer, 0, 0),
        Reason::Coverage {
            answered,
            applicable,
        } => (T::WhyCoverage, answered, applicable),
        Reason::LowCoverage {
            answered,
            applicable,
        } => (T::WhyLow, answered, applicable),
        Reason::Unusual => (T::WhyUnusual, 0, 0),
        Reason::Contradiction => (T::WhyContra, 0, 0),
        Reason::FewNotes { noted, high } => (T::WhyNotes, noted, high),
    };
    pack.fill(text, &[("n", &n(count)), ("of", &n(of))])
}
