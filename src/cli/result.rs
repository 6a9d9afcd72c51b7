//! Writes one result as one line of JSON, by hand: keys in a fixed order, nothing allocated for a sheet of gates.
//!
//! Knows the output format of `bsh score`. Must not know how the numbers came about.

use super::advice::Advice;
use super::against::Against;
use super::json::{comma, decimal, flag, foreign, maybe, maybe_flag, number, quoted, tenths, text, word};
use crate::domain::axes::{AxesCard, AxisScore};
use crate::domain::confidence::Confidence;
use crate::domain::contacts::ContactMap;
use crate::domain::gates::GateScore;
use crate::domain::model::{Instrument, Item, Kind, Model, Role, Sheet, Tag};
use crate::domain::practices::PracticesCard;
use crate::domain::scorecard::Scorecard;
use crate::domain::shares::{Column, Share};
use crate::domain::suggest::Cause;
use crate::domain::survey::{Card, Cards, Evidence};

/// What a line comes to.
pub struct Shown<'a> {
    /// JSON already.
    pub id: &'a [u8],
    pub against: &'a Against<'a>,
    pub evidence: &'a Evidence,
    pub cards: &'a Cards,
    pub advice: &'a Advice<'a>,
}

/// Appends the result and a line break.
pub fn write(out: &mut Vec<u8>, shown: &Shown) {
    let Shown { id, against, evidence, cards, advice } = *shown;
    let top = against.top;
    text(out, "{\"id\":");
    out.extend_from_slice(id);
    if let Some(top) = top
        && let (Some(card), Some(items)) = (cards.gates(top), against.items.get(top))
    {
        out.push(b',');
        gates(out, card, items);
    }
    text(out, ",\"instruments\":{");
    let mut written = 0;
    for (part, instrument) in against.survey.instruments.iter().enumerate().filter(|(part, _)| Some(*part) != top) {
        let given = given(instrument, evidence.sheets.get(part), evidence);
        if let (true, Some(card), Some(items)) = (given, cards.parts.get(part), against.items.get(part)) {
            comma(out, written);
            written += 1;
            quoted(out, &instrument.id);
            text(out, ":{");
            match (card, &instrument.kind) {
                (Card::Gates(card), _) => gates(out, card, items),
                (Card::Axes(card), Kind::Axes { quadrants, .. }) => axes(out, card, &instrument.model, quadrants),
                (Card::Practices(card), _) => practices(out, card, instrument, evidence, cards),
                _ => {}
            }
            out.push(b'}');
        }
    }
    text(out, "},\"readings\":[");
    for (index, (id, names)) in advice.readings().enumerate() {
        comma(out, index);
        text(out, "{\"id\":");
        quoted(out, id);
        text(out, ",\"facts\":[");
        for (index, name) in names.enumerate() {
            comma(out, index);
            quoted(out, name);
        }
        text(out, "]}");
    }
    text(out, "],\"suggestions\":[");
    for (index, suggestion) in advice.suggestions(evidence, cards).iter().enumerate() {
        comma(out, index);
        text(out, "{\"method\":");
        quoted(out, against.survey.methods.get(suggestion.method).map_or("", |method| &method.id));
        text(out, ",\"because\":\"");
        match &suggestion.cause {
            Cause::Answer(place) => text(out, against.item(*place).map_or("", |item| &item.id)),
            Cause::Tick(id) => text(out, id),
            Cause::Fact(name) => {
                text(out, "fact:");
                text(out, name);
            }
            Cause::Top => text(out, "top"),
        }
        text(out, "\"}");
    }
    text(out, "]}\n");
}

/// Has anything been said to an instrument?
fn given(instrument: &Instrument, sheet: Option<&Sheet>, evidence: &Evidence) -> bool {
    let beside = match &instrument.kind {
        Kind::Practices { functions, shares, .. } => {
            !functions.is_empty() && !evidence.contacts.is_empty() || *shares && shared(evidence)
        }
        _ => false,
    };
    beside || sheet.is_some_and(Sheet::begun)
}

fn shared(evidence: &Evidence) -> bool {
    evidence.own != Share::default() || !evidence.rivals.is_empty()
}

/// The grade and the codes of its reasons, as an object.
pub fn confidence(out: &mut Vec<u8>, confidence: &Confidence) {
    text(out, "{\"grade\":\"");
    out.push(confidence.grade.letter() as u8);
    text(out, "\",\"reasons\":[");
    for (index, reason) in confidence.reasons.iter().enumerate() {
        comma(out, index);
        quoted(out, reason.code());
    }
    text(out, "]}");
}

fn gates(out: &mut Vec<u8>, card: &Scorecard, items: &[&Item]) {
    maybe(out, "\"level\":", card.standing.strict.map(u32::from));
    maybe(out, ",\"upTo\":", card.standing.lenient.map(u32::from));
    maybe(out, ",\"position\":", card.standing.position.map(u32::from));
    maybe(out, ",\"low\":", card.low.position.map(u32::from));
    maybe(out, ",\"high\":", card.high.position.map(u32::from));
    text(out, ",\"gates\":{");
    for (index, score) in card.gates.iter().enumerate() {
        comma(out, index);
        gate(out, index + 2, score);
    }
    text(out, "},\"confidence\":");
    confidence(out, &card.confidence);
    text(out, ",\"consistency\":{\"g\":");
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
    out.push(b'}');
}

fn axes(out: &mut Vec<u8>, card: &AxesCard, model: &Model, quadrants: &[String; 4]) {
    let quadrant = |at: usize| quadrants.get(at).map_or("", String::as_str);
    word(out, "\"quadrant\":", card.quadrant.map(quadrant));
    text(out, ",\"borders\":[");
    for (index, at) in card.borders.iter().enumerate() {
        comma(out, index);
        quoted(out, quadrant(*at));
    }
    text(out, "],\"axes\":{");
    for (index, score) in card.axes.iter().enumerate() {
        comma(out, index);
        axis(out, model, score);
    }
    text(out, "},\"pillars\":{");
    let with = |role: Role| model.groups.iter().zip(&card.scores).filter(move |(group, _)| group.role == role);
    for (index, (group, score)) in with(Role::Pillar).enumerate() {
        comma(out, index);
        quoted(out, &group.id);
        text(out, ":{");
        rated(out, score);
        out.push(b'}');
    }
    text(out, "},\"mortar\":");
    match with(Role::Mortar).next() {
        Some((group, score)) => {
            text(out, "{\"id\":");
            quoted(out, &group.id);
            out.push(b',');
            rated(out, score);
            out.push(b'}');
        }
        None => text(out, "null"),
    }
    let (ready, answered) = card.ready;
    maybe(out, ",\"ready\":", (answered > 0).then_some(ready));
    maybe_flag(out, ",\"cemented\":", card.cemented);
    maybe_flag(out, ",\"byChoice\":", card.by_choice);
}

fn axis(out: &mut Vec<u8>, model: &Model, axis: &AxisScore) {
    quoted(out, model.groups.get(axis.group).map_or("", |group| &group.id));
    text(out, ":{\"percent\":");
    if axis.score.answered == 0 {
        text(out, "null")
    } else {
        tenths(out, axis.score.tenths())
    }
    text(out, ",\"low\":");
    tenths(out, axis.low);
    text(out, ",\"high\":");
    tenths(out, axis.high);
    maybe_flag(out, ",\"valued\":", axis.valued);
    out.push(b'}');
}

fn practices(out: &mut Vec<u8>, card: &PracticesCard, part: &Instrument, evidence: &Evidence, cards: &Cards) {
    let groups = &part.model.groups;
    text(out, "\"practices\":{");
    for (index, (group, score)) in groups.iter().zip(&card.scores).enumerate() {
        comma(out, index);
        quoted(out, &group.id);
        text(out, ":{");
        rated(out, score);
        flag(out, ",\"determined\":", score.determined());
        counted(out, score);
        out.push(b'}');
    }
    word(out, "},\"weakest\":", card.weakest.and_then(|at| groups.get(at)).map(|group| group.id.as_str()));
    if let Kind::Practices { functions, shares, .. } = &part.kind {
        if !functions.is_empty() && !evidence.contacts.is_empty() {
            contacts(out, &cards.map);
        }
        if *shares && shared(evidence) {
            text(out, ",\"shares\":{\"time\":{");
            column(out, &cards.table.time, &evidence.rivals);
            text(out, "},\"cash\":{");
            column(out, &cards.table.cash, &evidence.rivals);
            text(out, "}}");
        }
    }
}

fn contacts(out: &mut Vec<u8>, map: &ContactMap) {
    maybe(out, ",\"contacts\":{\"count\":", Some(map.count));
    maybe(out, ",\"wide\":", Some(map.wide));
    maybe(out, ",\"deep\":", Some(map.deep));
    maybe_flag(out, ",\"single\":", map.threaded());
    maybe(out, ",\"unheld\":", Some(map.unheld));
    out.push(b'}');
}

fn column(out: &mut Vec<u8>, column: &Column, rivals: &[Share]) {
    maybe(out, "\"sum\":", Some(column.sum));
    maybe(out, ",\"unknown\":", Some(column.unknown));
    maybe(out, ",\"rank\":", column.rank);
    foreign(out, ",\"largestRival\":", column.rival.and_then(|at| rivals.get(at)).map(|rival| rival.name.as_str()));
    maybe_flag(out, ",\"ahead\":", column.ahead);
}

/// Appends the fault of a line. `id` is JSON already.
pub fn write_error(out: &mut Vec<u8>, id: &[u8], message: &str) {
    text(out, "{\"id\":");
    out.extend_from_slice(id);
    foreign(out, ",\"error\":", Some(message));
    text(out, "}\n");
}

fn gate(out: &mut Vec<u8>, level: usize, score: &GateScore) {
    out.push(b'"');
    number(out, u32::try_from(level).unwrap_or(0));
    text(out, "\":{");
    rated(out, score);
    flag(out, ",\"determined\":", score.determined());
    flag(out, ",\"capped\":", score.capped);
    counted(out, score);
    out.push(b'}');
}

/// Percent and rating are null where nothing is answered: missing is not zero.
fn rated(out: &mut Vec<u8>, score: &GateScore) {
    if score.answered == 0 {
        text(out, "\"percent\":null,\"rating\":null");
    } else {
        text(out, "\"percent\":");
        tenths(out, score.tenths());
        text(out, ",\"rating\":\"");
        out.push(score.rating.letter() as u8);
        out.push(b'"');
    }
}

fn counted(out: &mut Vec<u8>, score: &GateScore) {
    text(out, ",\"answered\":");
    number(out, score.answered);
    text(out, ",\"applicable\":");
    number(out, score.applicable);
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
