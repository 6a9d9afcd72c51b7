//! Writes one result as one line of JSON, by hand: keys in a fixed order, no allocation.
//!
//! Knows the output format of `bsh score`. Must not know how the numbers came about.

use crate::domain::gates::GateScore;
use crate::domain::model::{Item, Tag};
use crate::domain::scorecard::Scorecard;

/// Appends the result of a sheet and a line break. `id` is JSON already.
pub fn write(out: &mut Vec<u8>, id: &[u8], card: &Scorecard, items: &[&Item]) {
    text(out, "{\"id\":");
    out.extend_from_slice(id);
    maybe(out, ",\"level\":", card.standing.strict.map(u32::from));
    maybe(out, ",\"upTo\":", card.standing.lenient.map(u32::from));
    maybe(out, ",\"position\":", card.standing.position.map(u32::from));
    maybe(out, ",\"low\":", card.low.position.map(u32::from));
    maybe(out, ",\"high\":", card.high.position.map(u32::from));
    text(out, ",\"gates\":{");
    for (index, score) in card.gates.iter().enumerate() {
        comma(out, index);
        gate(out, index + 2, score);
    }
    text(out, "},\"confidence\":{\"grade\":\"");
    out.push(card.confidence.grade.letter() as u8);
    text(out, "\",\"reasons\":[");
    for (index, reason) in card.confidence.reasons.iter().enumerate() {
        comma(out, index);
        quoted(out, reason.code());
    }
    text(out, "]},\"consistency\":{\"g\":");
    decimal(out, card.consistency.g_thousandths());
    text(out, ",\"pairs\":[");
    for (index, (low, high)) in card.consistency.pairs.iter().enumerate() {
        comma(out, index);
        out.push(b'[');
        number(out, u32::from(*low));
        out.push(b',');
        number(out, u32::from(*high));
        out.push(b']');
    }
    text(out, "]},\"whyNotHigher\":[");
    for (index, item) in card.why.iter().flat_map(|why| why.items()).enumerate() {
        comma(out, index);
        quoted(out, items.get(item).map_or("", |item| &item.id));
    }
    maybe(out, "],\"undetermined\":", card.standing.undetermined.map(u32::from));
    flag(out, ",\"contradiction\":", card.consistency.contradiction);
    flag(out, ",\"uniform\":", card.consistency.uniform);
    text(out, ",\"profile\":{");
    for (index, variable) in card.profile.iter().enumerate() {
        comma(out, index);
        quoted(out, name(variable.tag));
        maybe(out, ":", variable.percent.map(u32::from));
    }
    text(out, "}}\n");
}

/// Appends the fault of a line. `id` is JSON already.
pub fn write_error(out: &mut Vec<u8>, id: &[u8], message: &str) {
    text(out, "{\"id\":");
    out.extend_from_slice(id);
    text(out, ",\"error\":");
    // Writing to memory cannot fail.
    let _ = serde_json::to_writer(&mut *out, message);
    text(out, "}\n");
}

/// Percent and rating are null where nothing is answered: missing is not zero.
fn gate(out: &mut Vec<u8>, level: usize, score: &GateScore) {
    out.push(b'"');
    number(out, u32::try_from(level).unwrap_or(0));
    if score.answered == 0 {
        text(out, "\":{\"percent\":null,\"rating\":null");
    } else {
        let tenths = score.tenths();
        text(out, "\":{\"percent\":");
        number(out, tenths / 10);
        out.push(b'.');
        number(out, tenths % 10);
        text(out, ",\"rating\":\"");
        out.push(score.rating.letter() as u8);
        out.push(b'"');
    }
    flag(out, ",\"determined\":", score.determined());
    flag(out, ",\"capped\":", score.capped);
    text(out, ",\"answered\":");
    number(out, score.answered);
    text(out, ",\"applicable\":");
    number(out, score.applicable);
    out.push(b'}');
}

/// The name of a profile variable.
fn name(tag: Tag) -> &'static str {
    match tag {
        Tag::Competition => "competition",
        Tag::Price => "price",
        Tag::Features => "features",
        Tag::Importance => "importance",
        Tag::Access => "access",
        Tag::Service => "service",
        Tag::Trust => "trust",
    }
}

fn text(out: &mut Vec<u8>, text: &str) {
    out.extend_from_slice(text.as_bytes());
}

/// An id or a code: never with anything to escape.
fn quoted(out: &mut Vec<u8>, word: &str) {
    out.push(b'"');
    text(out, word);
    out.push(b'"');
}

fn comma(out: &mut Vec<u8>, index: usize) {
    if index > 0 {
        out.push(b',');
    }
}

fn flag(out: &mut Vec<u8>, key: &str, on: bool) {
    text(out, key);
    text(out, if on { "true" } else { "false" });
}

fn maybe(out: &mut Vec<u8>, key: &str, value: Option<u32>) {
    text(out, key);
    match value {
        Some(value) => number(out, value),
        None => text(out, "null"),
    }
}

fn number(out: &mut Vec<u8>, value: u32) {
    let digit = |value: u32| b'0' + (value % 10) as u8;
    let mut unit = 1;
    while value / unit >= 10 {
        unit *= 10;
    }
    while unit > 0 {
        out.push(digit(value / unit));
        unit /= 10;
    }
}

/// Thousandths as a decimal: 0.0, 0.5, 0.333, 1.0.
fn decimal(out: &mut Vec<u8>, thousandths: u32) {
    number(out, thousandths / 1000);
    out.push(b'.');
    let part = thousandths % 1000;
    number(out, part / 100);
    if !part.is_multiple_of(100) {
        number(out, part / 10 % 10);
        if !part.is_multiple_of(10) {
            number(out, part % 10);
        }
    }
}
