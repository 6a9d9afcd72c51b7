//! Readings across the instruments: what holds, and the facts that say so.
//!
//! Knows how a fact is told. Must not know how a rule is computed.

use super::dom::{At, El, el, p};
use super::words::n;
use crate::domain::draft::Draft;
use crate::domain::rules::{Facts, Value, fact};
use crate::pack::compiled::Pack;
use crate::pack::texts::T;

/// Nothing where no reading holds.
pub fn section(pack: &Pack, draft: &Draft, facts: &Facts) -> Option<El> {
    let mut all = el("section", "bsh-card")
        .at(At::DataSection, "readings")
        .key("readings")
        .put(el("h2", "").text(pack.t(T::ReadingsTitle)));
    let mut some = false;
    for reading in pack.survey.readings.iter().filter(|reading| reading.when.holds(facts)) {
        some = true;
        let text = |what: &str| pack.key(&["reading.", &reading.id, what]);
        // What is not known did not bring it about.
        let known = reading.when.names().into_iter().filter(|name| *fact(facts, name) != Value::Unknown);
        let told: Vec<String> = known.map(|name| told(pack, draft, facts, name)).collect();
        all = all.put(
            el("div", "bsh-reading")
                .at(At::DataItem, &reading.id)
                .put(el("h3", "").text(text(".title")))
                .put(p("", text(".text")))
                .put(p("bsh-fine bsh-because", &[pack.t(T::Because), " ", &told.join("; ")].concat())),
        );
    }
    some.then_some(all)
}

/// A fact in words: "Emotional value: 40%".
pub fn told(pack: &Pack, draft: &Draft, facts: &Facts, name: &str) -> String {
    let value = fact(facts, name);
    let (label, value) = match name.split_once('.') {
        None => item(pack, draft, name, value),
        Some((part, what)) => match pack.survey.part(part) {
            Some(part) => of_part(pack, part, what, value),
            None => return String::new(),
        },
    };
    [&label, ": ", &*value].concat()
}

/// An item, or a tick.
fn item(pack: &Pack, draft: &Draft, id: &str, value: &Value) -> (String, String) {
    match pack.survey.find(id) {
        Some((at, item)) => {
            let answer = pack.answer(item.scale, draft.answer(at)).into();
            (pack.quote(pack.item(at, draft.perspective)), answer)
        }
        None => (pack.quote(pack.at(id)), word(pack, value)),
    }
}

fn of_part(pack: &Pack, part: usize, what: &str, value: &Value) -> (String, String) {
    let label = match what {
        "level" | "upto" => T::ColLevel,
        "position" => T::FactPosition,
        "confidence" => T::SureTitle,
        "contradiction" => T::FactContradiction,
        "quadrant" => T::FactQuadrant,
        "border" => T::FactBorder,
        "ready" => T::FactReady,
        "cemented" => T::FactCemented,
        "choice" => T::FactChoice,
        "weakest" => T::FactWeakest,
        "contacts" => T::FactContacts,
        "wide" => T::FactWide,
        "deep" => T::FactDeep,
        "single" => T::FactSingle,
        "time-rank" => T::FactTimeRank,
        "cash-rank" => T::FactCashRank,
        "ahead" => T::FactAhead,
        // The percent of a group.
        group => {
            let label = match pack.of(part, &[group, ".name"].concat()) {
                "" => pack.of(part, &[group, ".title"].concat()),
                name => name,
            };
            let told = match value {
                // In tenths, rounded half up.
                Value::Number(a, b) => pack.percent((20 * a + b) / (2 * b)),
                _ => word(pack, value),
            };
            return (label.into(), told);
        }
    };
    let told = match (what, value) {
        ("position", Value::Number(x, _)) => pack.position(u16::try_from(*x).unwrap_or(0)),
        ("quadrant", Value::Word(word)) => pack.of(part, &["quadrant.", word, ".name"].concat()).into(),
        ("weakest", Value::Word(word)) => pack.of(part, &[word, ".name"].concat()).into(),
        ("confidence", Value::Word(word)) => word.to_ascii_uppercase(),
        _ => word(pack, value),
    };
    (pack.t(label).into(), told)
}

fn word(pack: &Pack, value: &Value) -> String {
    match value {
        Value::Number(a, b) => n(a / b.max(&1)),
        Value::Word(word) => match word.as_str() {
            "yes" => pack.t(T::EventYes).into(),
            "no" => pack.t(T::No).into(),
            _ => word.clone(),
        },
        Value::Unknown => pack.t(T::Unknown).into(),
    }
}
