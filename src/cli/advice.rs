//! What stands beside the scores: the readings that hold and the methods that fit, with all rules prepared for a pack.
//!
//! Knows how to ask the same rules of a million sheets: only the facts that a rule names are made, each once a sheet.
//! Must not know what the rules are about.

use crate::domain::facts::{Source, sources};
use crate::domain::model::Survey;
use crate::domain::rules::{Rule, Token, Value};
use crate::domain::suggest::{Adviser, Suggestion};
use crate::domain::survey::{Cards, Evidence};

pub struct Advice<'a> {
    survey: &'a Survey,
    adviser: Adviser<'a>,
    /// The facts that rules name, and what they are on the line that was scored last.
    sources: Vec<Source>,
    values: Vec<Value>,
    readings: Vec<Prepared<'a>>,
    /// One a method.
    methods: Vec<Option<Prepared<'a>>>,
}

/// A rule and where its facts are.
struct Prepared<'a> {
    id: &'a str,
    rule: &'a Rule,
    holds: bool,
    /// The facts that it names, each with its index into the values.
    names: Vec<(&'a str, Option<usize>)>,
    /// By token: an index into the values.
    slots: Vec<Option<usize>>,
}

impl Prepared<'_> {
    fn refresh(&mut self, values: &[Value]) {
        let value = |token: usize, _: &str| {
            let slot = self.slots.get(token).copied().flatten();
            slot.and_then(|slot| values.get(slot)).unwrap_or(&Value::Unknown)
        };
        self.holds = self.rule.value_by(value) == Some(true);
    }
}

impl<'a> Advice<'a> {
    pub fn of(survey: &'a Survey) -> Advice<'a> {
        let rules = || {
            let readings = survey.readings.iter().map(|reading| &reading.when);
            readings.chain(survey.methods.iter().filter_map(|method| method.when.as_ref()))
        };
        let mut sources = sources(survey);
        sources.retain(|source| rules().any(|rule| rule.names().contains(&source.name.as_str())));
        let prepared = |id: &'a str, rule: &'a Rule| {
            let slot = |token: &Token| match token {
                Token::Known(name) | Token::Test(name, ..) => sources.iter().position(|source| source.name == *name),
                _ => None,
            };
            let place = |name: &'a str| (name, sources.iter().position(|source| source.name == name));
            let names = rule.names().into_iter().map(place).collect();
            Prepared { id, rule, holds: false, names, slots: rule.0.iter().map(slot).collect() }
        };
        let methods = survey.methods.iter().map(|method| method.when.as_ref().map(|rule| prepared(&method.id, rule)));
        let mut advice = Advice {
            survey,
            adviser: Adviser::of(survey),
            readings: survey.readings.iter().map(|reading| prepared(&reading.id, &reading.when)).collect(),
            methods: methods.collect(),
            values: vec![Value::Unknown; sources.len()],
            sources,
        };
        advice.ask();
        advice
    }

    /// Makes the facts of a line. The rules are asked only when one of them has changed since the line before.
    pub fn refresh(&mut self, evidence: &Evidence, cards: &Cards) {
        let mut changed = false;
        for (source, value) in self.sources.iter().zip(&mut self.values) {
            let now = source.value(self.survey, evidence, cards);
            if now != *value {
                *value = now;
                changed = true;
            }
        }
        if changed {
            self.ask();
        }
    }

    fn ask(&mut self) {
        for prepared in self.readings.iter_mut().chain(self.methods.iter_mut().flatten()) {
            prepared.refresh(&self.values);
        }
    }

    /// The readings that hold, by id, each with the facts that it rests on: those that are known.
    pub fn readings(&self) -> impl Iterator<Item = (&str, impl Iterator<Item = &str>)> {
        let known =
            |slot: Option<usize>| slot.and_then(|slot| self.values.get(slot)).is_some_and(|v| *v != Value::Unknown);
        self.readings.iter().filter(|reading| reading.holds).map(move |reading| {
            (reading.id, reading.names.iter().filter(move |(_, slot)| known(*slot)).map(|(name, _)| *name))
        })
    }

    pub fn suggestions(&self, evidence: &Evidence, cards: &Cards) -> Vec<Suggestion> {
        let holds = |method: usize| {
            let rule = self.methods.get(method).and_then(Option::as_ref);
            rule.is_some_and(|rule| rule.holds)
        };
        self.adviser.suggest(evidence, cards, &holds)
    }
}
