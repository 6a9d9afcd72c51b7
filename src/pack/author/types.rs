//! The author's pack as typed values, and the schema annotations of its file format.
//!
//! Knows the shape of the file. Must not know how it is read or what a fault is.

use crate::domain::answer::Kind;
use crate::domain::model::{Cuts, Gate, Item, Model, Tag};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;

/// The format number that this program reads.
pub const FORMAT: u8 = 1;

/// A content pack for one instrument of gates, in all its languages.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
#[schemars(title = "Buy-Sell Hierarchy content pack", deny_unknown_fields)]
pub struct Author {
    /// The number of this file format: 1.
    #[schemars(range(min = 1, max = 1))]
    pub format: u8,
    /// Names the pack: 1 to 24 of a-z, 0-9 and `-`, a letter first.
    #[schemars(regex(pattern = r"^[a-z][a-z0-9-]{0,23}$"))]
    pub id: String,
    /// The author's version of the content: three numbers.
    #[schemars(regex(pattern = r"^[0-9]{1,9}\.[0-9]{1,9}\.[0-9]{1,9}$"))]
    pub version: String,
    /// Language codes. Every text below has exactly these.
    #[schemars(length(min = 1, max = 20), inner(regex(pattern = r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})?$")), extend("uniqueItems" = true))]
    pub languages: Vec<String>,
    /// The name of the instrument.
    #[schemars(with = "Text")]
    pub name: Words,
    /// Thresholds between ratings.
    pub cuts: AuthorCuts,
    /// The sentence above every section; `{subject}` stands for the account.
    pub frame: Frame,
    /// Lowest first; one more than gates.
    #[schemars(length(min = 3, max = 9))]
    pub levels: Vec<Level>,
    /// Gate `i` (from 0) is the step to level `i + 2`.
    #[schemars(length(min = 2, max = 8))]
    pub gates: Vec<AuthorGate>,
    /// Commodity signals: ticked, not scored.
    #[schemars(length(max = 50))]
    pub signals: Vec<Tick>,
    /// Risks: ticked, not scored.
    #[schemars(length(max = 50))]
    pub risks: Vec<Tick>,
}

/// One text by language code.
pub type Words = BTreeMap<String, String>;

/// A text in every language of the pack, by language code; one line, no tab.
#[derive(JsonSchema)]
pub struct Text(
    #[schemars(
        length(min = 1),
        extend("additionalProperties" = {"type": "string", "maxLength": 1000, "pattern": r"^[^\u0000-\u001f\u007f-\u009f]*\S[^\u0000-\u001f\u007f-\u009f]*$"})
    )]
    pub Words,
);

/// In percent: at or below `partly` is Not achieved, at or below `largely` Partially, at or below `fully` Largely, above it Fully. In this order.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, JsonSchema)]
#[schemars(rename = "Cuts", deny_unknown_fields)]
pub struct AuthorCuts {
    #[schemars(range(min = 1, max = 99))]
    pub partly: u8,
    #[schemars(range(min = 1, max = 99))]
    pub largely: u8,
    #[schemars(range(min = 1, max = 99))]
    pub fully: u8,
}

/// Both editions of the frame sentence.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Frame {
    /// As the supplier reads it.
    #[schemars(with = "Text")]
    pub own: Words,
    /// As the customer reads it.
    #[schemars(with = "Text")]
    pub customer: Words,
}

/// One level.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Level {
    #[schemars(with = "Text")]
    pub name: Words,
    /// The name in a word or two.
    #[schemars(with = "Text")]
    pub short: Words,
    /// A noun phrase that completes "The customer sees you as ...".
    #[schemars(with = "Text")]
    pub supplier: Words,
    /// What the customer sees.
    #[schemars(with = "Text")]
    pub sees: Words,
}

/// The questions between one level and the next.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
#[schemars(rename = "Gate", deny_unknown_fields)]
pub struct AuthorGate {
    /// The level that the gate leads to: 2 for the first gate, and so on.
    #[schemars(range(min = 2, max = 9))]
    pub level: u8,
    #[schemars(with = "Text")]
    pub title: Words,
    #[schemars(with = "Text")]
    pub intro: Words,
    /// At least three; if any item of the pack is in the short form, at least three of them too.
    #[schemars(length(min = 3, max = 100))]
    pub items: Vec<AuthorItem>,
}

/// One statement about observable behaviour, in both editions.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
#[schemars(rename = "Item", deny_unknown_fields)]
pub struct AuthorItem {
    /// Unique among items, signals and risks: 1 to 24 of a-z, 0-9 and `-`, a letter first and at least one `-`.
    #[schemars(length(max = 24), regex(pattern = r"^[a-z][a-z0-9]*-[a-z0-9-]*$"))]
    pub id: String,
    pub kind: ItemKind,
    pub tag: ItemTag,
    /// Answered 0 or 1, it caps its gate at Partially achieved.
    #[schemars(default)]
    pub critical: bool,
    /// Part of the short form.
    #[schemars(default)]
    pub short: bool,
    /// Asks for a note with the evidence.
    #[schemars(default)]
    pub note: bool,
    /// As the supplier reads it.
    #[schemars(with = "Text")]
    pub own: Words,
    /// As the customer reads it.
    #[schemars(with = "Text")]
    pub customer: Words,
}

/// How an item is answered: never to always, or no, in part, yes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(rename = "Kind")]
pub enum ItemKind {
    Frequency,
    Event,
}

/// C competition, P price, F features, I importance, A access, S service, T trust.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, JsonSchema)]
#[schemars(rename = "Tag")]
pub enum ItemTag {
    C,
    P,
    F,
    I,
    A,
    S,
    T,
}

impl ItemKind {
    /// Every kind by its name in the file.
    pub const NAMES: [(&str, ItemKind); 2] = [("frequency", ItemKind::Frequency), ("event", ItemKind::Event)];

    pub fn kind(self) -> Kind {
        match self {
            ItemKind::Frequency => Kind::Frequency,
            ItemKind::Event => Kind::Event,
        }
    }
}

impl ItemTag {
    /// Every tag by its name in the file.
    pub const NAMES: [(&str, ItemTag); 7] = [
        ("C", ItemTag::C),
        ("P", ItemTag::P),
        ("F", ItemTag::F),
        ("I", ItemTag::I),
        ("A", ItemTag::A),
        ("S", ItemTag::S),
        ("T", ItemTag::T),
    ];

    pub fn tag(self) -> Tag {
        match self {
            ItemTag::C => Tag::Competition,
            ItemTag::P => Tag::Price,
            ItemTag::F => Tag::Features,
            ItemTag::I => Tag::Importance,
            ItemTag::A => Tag::Access,
            ItemTag::S => Tag::Service,
            ItemTag::T => Tag::Trust,
        }
    }
}

/// A statement that is ticked or not.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Tick {
    /// Unique among items, signals and risks: 1 to 24 of a-z, 0-9 and `-`, a letter first and at least one `-`.
    #[schemars(length(max = 24), regex(pattern = r"^[a-z][a-z0-9]*-[a-z0-9-]*$"))]
    pub id: String,
    #[schemars(with = "Text")]
    pub text: Words,
}

impl Author {
    /// The structure that the rules need.
    pub fn model(&self) -> Model {
        let Self { cuts: AuthorCuts { partly, largely, fully }, .. } = *self;
        let ids = |ticks: &[Tick]| ticks.iter().map(|tick| tick.id.clone()).collect();
        Model {
            cuts: Cuts { partly, largely, fully },
            gates: self
                .gates
                .iter()
                .map(|gate| Gate { items: gate.items.iter().map(AuthorItem::item).collect() })
                .collect(),
            signals: ids(&self.signals),
            risks: ids(&self.risks),
        }
    }
}

impl AuthorItem {
    fn item(&self) -> Item {
        let Self { critical, short, note, .. } = *self;
        Item { id: self.id.clone(), kind: self.kind.kind(), tag: self.tag.tag(), critical, short, note }
    }
}
