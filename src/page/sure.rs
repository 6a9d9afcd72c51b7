//! How sure the result is: the grade, and its reasons in words.

use super::dom::{At, El, el, p};
use super::words::n;
use crate::domain::confidence::{Confidence, Reason};
use crate::pack::compiled::Pack;
use crate::pack::texts::T;

pub fn section(pack: &Pack, confidence: &Confidence) -> El {
    let (letter, word) = pack.grade(confidence.grade);
    let badge = el("span", "bsh-badge").at(At::DataGrade, letter).text(letter);
    let reasons = confidence.reasons.iter().map(|reason| el("li", "").text(&words(pack, *reason)));
    el("section", "bsh-card")
        .at(At::DataSection, "confidence")
        .put(el("h2", "").text(pack.t(T::SureTitle)).text(" ").put(badge))
        .put(p("bsh-soft", &[letter, ": ", word, "."].concat()))
        .put(el("ul", "bsh-plain").each(reasons))
}

/// A reason in a sentence.
pub fn words(pack: &Pack, reason: Reason) -> String {
    let (text, count, of) = match reason {
        Reason::OwnView => (T::WhyOwn, 0, 0),
        Reason::OneCustomer => (T::WhyCustomer, 0, 0),
        Reason::OneRole { raters } => (T::WhyOneRole, raters as u32, 0),
        Reason::SeveralRoles { raters, roles } => (T::WhyRoles, raters as u32, roles as u32),
        Reason::Coverage { answered, applicable } => (T::WhyCoverage, answered, applicable),
        Reason::LowCoverage { answered, applicable } => (T::WhyLow, answered, applicable),
        Reason::Unusual => (T::WhyUnusual, 0, 0),
        Reason::Contradiction => (T::WhyContra, 0, 0),
        Reason::FewNotes { noted, high } => (T::WhyNotes, noted, high),
    };
    pack.fill(text, &[("n", &n(count)), ("of", &n(of))])
}
