//! An author's pack as the rules see it: its structure without the file's shape.
//!
//! Knows both shapes. Must not know texts, nor how either is read or written.

use super::content::Overrides;
use super::parts::{AuthorGroup, AuthorInstrument, AuthorItem, GroupItem, ItemKind, Minutes};
use super::types::{Author, AuthorCuts, AuthorMethod, AuthorReading, MethodUse};
use crate::domain::answer::Scale;
use crate::domain::model::{Cuts, Group, Instrument, Item, Kind, Method, Model, Reading, Role, Survey, Tag, Use};

impl Author {
    /// The structure that the rules need.
    pub fn survey(&self) -> Survey {
        survey(self.cuts.cuts(), &self.instruments, &self.readings, &self.methods)
    }

    /// The texts of a language in the order of `keys`; none where the pack does not have the language.
    pub fn texts_of(&self, lang: &str) -> &[(String, String)] {
        let at = self.languages.iter().position(|known| known == lang);
        at.and_then(|at| self.texts.get(at)).map_or(&[], Vec::as_slice)
    }

    /// What a language says of the interface; none where the pack does not have the language.
    pub fn ui_of(&self, lang: &str) -> Option<&Overrides> {
        self.ui.get(self.languages.iter().position(|known| known == lang)?)
    }

    /// An interface text that the pack says in its own words.
    pub fn ui_text(&self, lang: &str, key: &str) -> Option<&str> {
        self.ui_of(lang)?.texts.iter().find(|(known, _)| known == key).map(|(_, text)| text.as_str())
    }

    /// A text by language and key; blank where there is none.
    pub fn text(&self, lang: &str, key: &str) -> &str {
        self.texts_of(lang).iter().find(|(known, _)| known == key).map_or("", |(_, text)| text)
    }
}

impl AuthorCuts {
    pub fn cuts(self) -> Cuts {
        Cuts { partly: self.partly, largely: self.largely, fully: self.fully }
    }
}

/// A survey of parts that have been read.
pub fn survey(
    cuts: Cuts,
    instruments: &[AuthorInstrument],
    readings: &[AuthorReading],
    methods: &[AuthorMethod],
) -> Survey {
    let reading = |reading: &AuthorReading| Reading { id: reading.id.clone(), when: reading.rule.clone() };
    let method = |method: &AuthorMethod| Method {
        id: method.id.clone(),
        serves: match method.serves {
            MethodUse::Climb => Use::Climb,
            MethodUse::Keep => Use::Keep,
            MethodUse::Hold => Use::Hold,
        },
        moves: method.moves.clone(),
        when: method.rule.clone(),
        steps: method.steps,
    };
    Survey {
        instruments: instruments.iter().map(|instrument| instrument.instrument(cuts)).collect(),
        readings: readings.iter().map(reading).collect(),
        methods: methods.iter().map(method).collect(),
    }
}

impl AuthorInstrument {
    pub fn id(&self) -> &str {
        match self {
            AuthorInstrument::Gates { id, .. }
            | AuthorInstrument::Axes { id, .. }
            | AuthorInstrument::Practices { id, .. } => id,
        }
    }

    fn instrument(&self, cuts: Cuts) -> Instrument {
        let mut model = Model { cuts, groups: vec![], signals: vec![], risks: vec![] };
        let (kind, minutes) = match self {
            AuthorInstrument::Gates { minutes, chasm, gates, signals, risks, .. } => {
                let gates = gates.iter().map(|gate| Group {
                    id: gate.id.clone(),
                    role: Role::Gate,
                    items: gate.items.iter().map(AuthorItem::item).collect(),
                });
                model.groups.extend(gates);
                (model.signals, model.risks) = (signals.clone(), risks.clone());
                (Kind::Gates { chasm: *chasm }, minutes)
            }
            AuthorInstrument::Axes { minutes, line, border, axes, pillars, mortar, choice, quadrants, .. } => {
                model.groups.extend(axes.iter().map(|axis| axis.group(Role::Axis)));
                model.groups.extend(pillars.iter().map(|pillar| pillar.group(Role::Pillar)));
                model.groups.extend(mortar.iter().map(|mortar| mortar.group(Role::Mortar)));
                model.groups.extend(choice.iter().map(|id| Group {
                    id: CHOICE.into(),
                    role: Role::Choice,
                    items: vec![plain(id, Scale::Choice, false)],
                }));
                let quadrant = |at: usize| quadrants.get(at).cloned().unwrap_or_default();
                let quadrants = [quadrant(0), quadrant(1), quadrant(2), quadrant(3)];
                (Kind::Axes { line: *line, border: *border, quadrants }, minutes)
            }
            AuthorInstrument::Practices { minutes, practices, contacts, shares, .. } => {
                model.groups.extend(practices.iter().map(|practice| practice.group(Role::Practice)));
                let lists = contacts
                    .as_ref()
                    .map(|contacts| (contacts.functions.clone(), contacts.seniorities.clone(), contacts.roles.clone()));
                let (functions, seniorities, roles) = lists.unwrap_or_default();
                (Kind::Practices { functions, seniorities, roles, shares: *shares }, minutes)
            }
        };
        let minutes = match minutes {
            Minutes::Same(minutes) => [*minutes; 2],
            Minutes::Each { short, full } => [*short, *full],
        };
        Instrument { id: self.id().into(), kind, minutes, model }
    }
}

/// The id of the group that has the question of choice.
const CHOICE: &str = "choice";

impl AuthorItem {
    fn item(&self) -> Item {
        let Self { critical, short, note, .. } = *self;
        Item { id: self.id.clone(), scale: self.kind.scale(), tag: self.tag.tag(), critical, short, note }
    }
}

impl AuthorGroup {
    fn group(&self, role: Role) -> Group {
        let item = |item: &GroupItem| plain(&item.id, item.kind.scale(), item.note);
        Group { id: self.id.clone(), role, items: self.items.iter().map(item).collect() }
    }
}

/// An item outside of gates: the short form has all of them, and tags are not looked at.
fn plain(id: &str, scale: Scale, note: bool) -> Item {
    Item { id: id.into(), scale, tag: Tag::Trust, critical: false, short: true, note }
}

impl ItemKind {
    pub fn scale(self) -> Scale {
        match self {
            ItemKind::Frequency => Scale::Frequency,
            ItemKind::Event => Scale::Event,
        }
    }
}
