//! What several views come to, round by round, as JSON.
//!
//! Knows the output format of rounds, of `bsh score` and of `bsh report`. Must not know how the numbers came about.

use super::against::Against;
use super::json::{comma, flag, foreign, maybe, number, signed, signed_decimal, text, thousandths, word};
use super::result::confidence;
use super::views::View;
use crate::domain::model::{Model, Perspective};
use crate::domain::raters::{Agreement, Gap, GapSize, Headline, Rater, Whose, camps};
use crate::domain::rounds::{Movement, Round};
use crate::domain::scorecard::Scorecard;

/// Appends the result of a line of several views, and a line break. `id` is JSON already; the sheets are taken out of
/// the views.
pub fn write(out: &mut Vec<u8>, id: &[u8], against: &Against, views: &mut [View]) {
    text(out, "{\"id\":");
    out.extend_from_slice(id);
    text(out, ",\"rounds\":[");
    if let Some(model) = against.top.and_then(|top| against.survey.instruments.get(top)).map(|part| &part.model) {
        let mut numbers: Vec<u32> = views.iter().map(|view| view.round).collect();
        numbers.sort_unstable();
        numbers.dedup();
        let mut before: Option<Round> = None;
        for (index, number) in numbers.into_iter().enumerate() {
            comma(out, index);
            let round = scored(model, views, number);
            one(out, model, &round, views, before.as_ref());
            if round.headline.is_some() {
                before = Some(round);
            }
        }
    }
    text(out, "]}\n");
}

fn scored(model: &Model, views: &mut [View], number: u32) -> Round {
    let (mut own, mut customers) = (None, Vec::new());
    for (view, place) in views.iter_mut().zip(1u32..).filter(|(view, _)| view.round == number) {
        let Some(sheet) = view.sheet.take() else { continue };
        let answers = sheet.answers.iter().flatten().count();
        let customer = view.perspective == Perspective::Customer;
        let rater = Rater {
            view: place,
            who: customer.then_some(place),
            role: view.role.clone(),
            date: view.date.clone(),
            card: Scorecard::of(model, &sheet),
            sheet,
            same_pack: true,
            matched: (answers, answers),
        };
        if customer {
            customers.push(rater);
        } else {
            own = Some(rater);
        }
    }
    Round::of(model, number, own, customers)
}

fn one(out: &mut Vec<u8>, model: &Model, round: &Round, views: &[View], before: Option<&Round>) {
    text(out, "{\"round\":");
    number(out, round.number);
    word(out, ",\"date\":", Some(&*round.date).filter(|date| !date.is_empty()));
    text(out, ",\"headline\":");
    headline(out, round.headline.as_ref());
    text(out, ",\"gap\":");
    gap(out, round.gap);
    let found = Agreement::of(model, &round.customers);
    text(out, ",\"agreement\":[");
    agreement(out, &found);
    text(out, "],\"camps\":[");
    // One number is enough where they agree.
    let apart = found.iter().flatten().any(Agreement::disagree);
    for (index, camp) in camps(&round.customers).iter().filter(|_| apart).enumerate() {
        comma(out, index);
        foreign(out, "{\"role\":", Some(&*camp.role).filter(|role| !role.is_empty()));
        maybe(out, ",\"raters\":", u32::try_from(camp.raters).ok());
        maybe(out, ",\"position\":", camp.position.map(u32::from));
        out.push(b'}');
    }
    text(out, "],\"raters\":[");
    for (index, rater) in round.raters().enumerate() {
        comma(out, index);
        let view = usize::try_from(rater.view).ok().and_then(|place| views.get(place.checked_sub(1)?));
        person(out, rater, view.map_or("", |view| &view.who));
    }
    word(out, "],\"movement\":", before.and_then(|before| Movement::of(before, round)).map(movement));
    out.push(b'}');
}

fn person(out: &mut Vec<u8>, rater: &Rater, who: &str) {
    foreign(out, "{\"who\":", Some(who).filter(|who| !who.is_empty()));
    foreign(out, ",\"role\":", Some(&*rater.role).filter(|role| !role.is_empty()));
    word(out, ",\"view\":", Some(rater.sheet.perspective.code()));
    let Scorecard { standing, confidence, .. } = &rater.card;
    maybe(out, ",\"level\":", standing.strict.map(u32::from));
    maybe(out, ",\"position\":", standing.position.map(u32::from));
    text(out, ",\"range\":");
    range(out, rater.card.range());
    text(out, ",\"grade\":\"");
    out.push(confidence.grade.letter() as u8);
    text(out, "\"}");
}

/// The headline as an object, or null.
pub fn headline(out: &mut Vec<u8>, headline: Option<&Headline>) {
    let Some(headline) = headline else {
        text(out, "null");
        return;
    };
    let (whose, raters) = whose(headline.whose);
    word(out, "{\"whose\":", Some(whose));
    maybe(out, ",\"raters\":", u32::try_from(raters).ok());
    maybe(out, ",\"level\":", Some(u32::from(headline.level)));
    maybe(out, ",\"position\":", headline.position.map(u32::from));
    text(out, ",\"range\":");
    range(out, headline.range);
    text(out, ",\"confidence\":");
    confidence(out, &headline.confidence);
    text(out, "}");
}

/// The gap as an object, or null.
pub fn gap(out: &mut Vec<u8>, gap: Option<Gap>) {
    let Some(gap) = gap else {
        text(out, "null");
        return;
    };
    text(out, "{\"value\":");
    signed(out, gap.thousandths);
    word(out, ",\"size\":", Some(size(gap.size)));
    out.push(b'}');
}

/// The elements of a list: one for each gate of which agreement is known.
pub fn agreement(out: &mut Vec<u8>, found: &[Option<Agreement>]) {
    let known = found.iter().zip(2u32..).filter_map(|(found, gate)| Some((gate, found.as_ref()?)));
    for (index, (gate, found)) in known.enumerate() {
        comma(out, index);
        maybe(out, "{\"gate\":", Some(gate));
        text(out, ",\"rwg\":");
        signed_decimal(out, thousandths(found.rwg));
        text(out, ",\"ad\":");
        signed_decimal(out, thousandths(found.ad));
        flag(out, ",\"disagree\":", found.disagree());
        out.push(b'}');
    }
}

fn range(out: &mut Vec<u8>, range: Option<(u16, u16)>) {
    let Some((low, high)) = range else {
        text(out, "null");
        return;
    };
    out.push(b'[');
    number(out, u32::from(low));
    out.push(b',');
    number(out, u32::from(high));
    out.push(b']');
}

/// Whose the headline is, and of how many people.
pub fn whose(whose: Whose) -> (&'static str, usize) {
    match whose {
        Whose::Own => (Perspective::Own.code(), 1),
        Whose::Customer(raters) => (Perspective::Customer.code(), raters),
    }
}

pub fn size(size: GapSize) -> &'static str {
    match size {
        GapSize::Aligned => "aligned",
        GapSize::Notable => "notable",
        GapSize::Large => "large",
    }
}

pub fn movement(movement: Movement) -> &'static str {
    match movement {
        Movement::Up => "up",
        Movement::Down => "down",
        Movement::Within => "within",
        Movement::Incomparable => "incomparable",
        Movement::OtherView => "other-view",
    }
}
