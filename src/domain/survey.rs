//! All instruments of a pack at once: what somebody gave, and what each instrument makes of it.
//!
//! Knows which kind is scored how. Must not know texts.

use super::axes::AxesCard;
use super::contacts::{Contact, ContactMap};
use super::gates::GateScore;
use super::model::{Form, Instrument, Kind, Perspective, Sheet, Survey};
use super::practices::PracticesCard;
use super::scorecard::Scorecard;
use super::shares::{Share, ShareTable};

/// Everything that one person gave.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Evidence {
    /// One an instrument.
    pub sheets: Vec<Sheet>,
    pub contacts: Vec<Contact>,
    /// The own part of the customer's time and cash, and the others'.
    pub own: Share,
    pub rivals: Vec<Share>,
}

impl Evidence {
    /// Nothing given yet.
    pub fn blank(survey: &Survey, perspective: Perspective, form: Form) -> Evidence {
        let sheets = survey.instruments.iter().map(|part| Sheet::blank(&part.model, perspective, form));
        Evidence { sheets: sheets.collect(), contacts: Vec::new(), own: Share::default(), rivals: Vec::new() }
    }
}

/// What one instrument says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Card {
    Gates(Box<Scorecard>),
    Axes(Box<AxesCard>),
    Practices(PracticesCard),
}

impl Card {
    /// Scores one instrument.
    pub fn of(instrument: &Instrument, sheet: &Sheet) -> Card {
        let model = &instrument.model;
        match &instrument.kind {
            Kind::Gates { .. } => Card::Gates(Box::new(Scorecard::of(model, sheet))),
            Kind::Axes { line, border, .. } => Card::Axes(Box::new(AxesCard::of(model, sheet, *line, *border))),
            Kind::Practices { .. } => Card::Practices(PracticesCard::of(model, sheet)),
        }
    }

    /// By group.
    pub fn scores(&self) -> &[GateScore] {
        match self {
            Card::Gates(card) => &card.gates,
            Card::Axes(card) => &card.scores,
            Card::Practices(card) => &card.scores,
        }
    }
}

/// Everything that the instruments say.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Cards {
    /// One an instrument.
    pub parts: Vec<Card>,
    pub map: ContactMap,
    pub table: ShareTable,
}

impl Cards {
    /// Scores everything. Same input, same output, on every machine.
    pub fn of(survey: &Survey, evidence: &Evidence) -> Cards {
        let parts = survey.instruments.iter().zip(&evidence.sheets);
        let parts = parts.map(|(instrument, sheet)| Card::of(instrument, sheet));
        Cards {
            parts: parts.collect(),
            map: ContactMap::of(&evidence.contacts),
            table: ShareTable::of(&evidence.own, &evidence.rivals),
        }
    }

    /// Does this customer choose to buy on price, whatever is added?
    pub fn by_choice(&self) -> bool {
        self.parts.iter().any(|card| matches!(card, Card::Axes(card) if card.by_choice == Some(true)))
    }

    pub fn gates(&self, part: usize) -> Option<&Scorecard> {
        match self.parts.get(part) {
            Some(Card::Gates(card)) => Some(card),
            _ => None,
        }
    }

    pub fn axes(&self, part: usize) -> Option<&AxesCard> {
        match self.parts.get(part) {
            Some(Card::Axes(card)) => Some(card),
            _ => None,
        }
    }

    pub fn practices(&self, part: usize) -> Option<&PracticesCard> {
        match self.parts.get(part) {
            Some(Card::Practices(card)) => Some(card),
            _ => None,
        }
    }
}
