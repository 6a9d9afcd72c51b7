//! What a line is read against, made once for a pack: its items, ids and lists.
//!
//! Knows the pack. Must not know JSON.

use super::ids::Ids;
use crate::domain::model::{Form, Item, Kind, Place, Survey};

pub struct Against<'a> {
    pub survey: &'a Survey,
    pub form: Form,
    /// The first instrument of gates, which stands at the top level of a result.
    pub top: Option<usize>,
    pub ids: Ids<'a>,
    /// One list an instrument, by item index.
    pub items: Vec<Vec<&'a Item>>,
    /// What a contact's function and seniority can be; empty where the pack has no contact map.
    pub functions: Vec<&'a str>,
    pub seniorities: Vec<&'a str>,
    /// Has the pack a share table?
    pub shares: bool,
}

impl<'a> Against<'a> {
    pub fn of(survey: &'a Survey, form: Form) -> Against<'a> {
        let items = survey.instruments.iter().map(|part| part.model.items().map(|(_, item)| item).collect());
        let mut against = Against {
            survey,
            form,
            top: survey.instruments.iter().position(|part| matches!(part.kind, Kind::Gates { .. })),
            ids: Ids::of(survey),
            items: items.collect(),
            functions: Vec::new(),
            seniorities: Vec::new(),
            shares: false,
        };
        for instrument in &survey.instruments {
            if let Kind::Practices { functions, seniorities, shares, .. } = &instrument.kind {
                against.functions.extend(functions.iter().map(String::as_str));
                against.seniorities.extend(seniorities.iter().map(String::as_str));
                against.shares |= shares;
            }
        }
        against
    }

    pub fn item(&self, place: Place) -> Option<&'a Item> {
        self.items.get(place.part)?.get(place.item).copied()
    }
}
