//! The instruments of an author's pack as typed values, with the schema annotations of their file format.
//!
//! Knows the shape of the file. Must not know how it is read or what a fault is.

use crate::domain::model::Tag;
#[cfg(feature = "json")]
use schemars::JsonSchema;
use serde::Serialize;

/// One instrument. Its `id` is unique, and none of plan, reading, method, brand and ui.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[cfg_attr(feature = "json", derive(JsonSchema))]
#[serde(tag = "kind", rename_all = "lowercase")]
#[cfg_attr(feature = "json", schemars(rename = "Instrument", deny_unknown_fields))]
pub enum AuthorInstrument {
    /// Staged levels, one more than gates.
    Gates {
        #[cfg_attr(feature = "json", schemars(regex(pattern = r"^[a-z][a-z0-9-]{0,23}$")))]
        id: String,
        minutes: Minutes,
        /// The level above which the chasm lies; below the highest level, 0 for none.
        #[cfg_attr(feature = "json", schemars(default, range(min = 0, max = 8)))]
        chasm: u8,
        #[cfg_attr(feature = "json", schemars(length(min = 2, max = 8)))]
        gates: Vec<AuthorGate>,
        /// Ids of statements that are ticked, not scored: signals of a commodity.
        #[cfg_attr(
            feature = "json",
            schemars(
                default,
                length(max = 50),
                inner(length(max = 24), regex(pattern = r"^[a-z][a-z0-9]*-[a-z0-9-]*$"))
            )
        )]
        signals: Vec<String>,
        /// Ids of statements that are ticked, not scored: risks for the position.
        #[cfg_attr(
            feature = "json",
            schemars(
                default,
                length(max = 50),
                inner(length(max = 24), regex(pattern = r"^[a-z][a-z0-9]*-[a-z0-9-]*$"))
            )
        )]
        risks: Vec<String>,
    },
    /// Two axes with four quadrants.
    Axes {
        #[cfg_attr(feature = "json", schemars(regex(pattern = r"^[a-z][a-z0-9-]{0,23}$")))]
        id: String,
        minutes: Minutes,
        /// In percent: above it an axis is valued.
        #[cfg_attr(feature = "json", schemars(range(min = 1, max = 99)))]
        line: u8,
        /// In percent: this near to the line is on the border.
        #[cfg_attr(feature = "json", schemars(range(min = 0, max = 49)))]
        border: u8,
        /// At least three items each.
        #[cfg_attr(feature = "json", schemars(length(min = 2, max = 2)))]
        axes: Vec<AuthorGroup>,
        /// What carries a partnership.
        #[cfg_attr(feature = "json", schemars(default, length(max = 12)))]
        pillars: Vec<AuthorGroup>,
        /// What holds the pillars together.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "json", schemars(default, with = "AuthorGroup"))]
        mortar: Option<AuthorGroup>,
        /// The id of the question whether the customer chooses to buy on price.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[cfg_attr(
            feature = "json",
            schemars(default, with = "String", length(max = 24), regex(pattern = r"^[a-z][a-z0-9]*-[a-z0-9-]*$"))
        )]
        choice: Option<String>,
        /// Neither axis, the first, the second, both.
        #[cfg_attr(feature = "json", schemars(length(min = 4, max = 4), inner(regex(pattern = r"^[a-z][a-z0-9-]{0,23}$")), extend("uniqueItems" = true)))]
        quadrants: Vec<String>,
    },
    /// Practices side by side.
    Practices {
        #[cfg_attr(feature = "json", schemars(regex(pattern = r"^[a-z][a-z0-9-]{0,23}$")))]
        id: String,
        minutes: Minutes,
        #[cfg_attr(feature = "json", schemars(length(min = 1, max = 20)))]
        practices: Vec<AuthorGroup>,
        /// Asks for a contact map.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "json", schemars(default, with = "Contacts"))]
        contacts: Option<Contacts>,
        /// Asks for a share table.
        #[cfg_attr(feature = "json", schemars(default))]
        shares: bool,
    },
}

/// About how long it takes: one number, or one for each form.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[cfg_attr(feature = "json", derive(JsonSchema))]
#[serde(untagged)]
#[cfg_attr(feature = "json", schemars(deny_unknown_fields))]
pub enum Minutes {
    Same(#[cfg_attr(feature = "json", schemars(range(min = 1, max = 99)))] u8),
    Each {
        #[cfg_attr(feature = "json", schemars(range(min = 1, max = 99)))]
        short: u8,
        #[cfg_attr(feature = "json", schemars(range(min = 1, max = 99)))]
        full: u8,
    },
}

/// The questions between one level and the next.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[cfg_attr(feature = "json", derive(JsonSchema))]
#[cfg_attr(feature = "json", schemars(rename = "Gate", deny_unknown_fields))]
pub struct AuthorGate {
    /// `gate-2` for the first gate, which leads to level 2, and so on.
    #[cfg_attr(feature = "json", schemars(regex(pattern = "^gate-[2-9]$")))]
    pub id: String,
    /// At least three; if any item of the instrument is in the short form, at least three of them too.
    #[cfg_attr(feature = "json", schemars(length(min = 3, max = 100)))]
    pub items: Vec<AuthorItem>,
}

/// One statement about observable behaviour, in a gate.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[cfg_attr(feature = "json", derive(JsonSchema))]
#[cfg_attr(feature = "json", schemars(rename = "GateItem", deny_unknown_fields))]
pub struct AuthorItem {
    /// Unique among items, signals and risks: 1 to 24 of a-z, 0-9 and `-`, a letter first and at least one `-`.
    #[cfg_attr(feature = "json", schemars(length(max = 24), regex(pattern = r"^[a-z][a-z0-9]*-[a-z0-9-]*$")))]
    pub id: String,
    pub kind: ItemKind,
    pub tag: ItemTag,
    /// Answered 0 or 1, it caps its gate at Partially achieved.
    #[cfg_attr(feature = "json", schemars(default))]
    pub critical: bool,
    /// Part of the short form.
    #[cfg_attr(feature = "json", schemars(default))]
    pub short: bool,
    /// Asks for a note with the evidence.
    #[cfg_attr(feature = "json", schemars(default))]
    pub note: bool,
}

/// Items that are rated together: an axis, a pillar, the mortar or a practice.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[cfg_attr(feature = "json", derive(JsonSchema))]
#[cfg_attr(feature = "json", schemars(rename = "Group", deny_unknown_fields))]
pub struct AuthorGroup {
    /// Unique in its instrument, and not the name of a fact (docs/packs.md lists them).
    #[cfg_attr(feature = "json", schemars(regex(pattern = r"^[a-z][a-z0-9-]{0,23}$")))]
    pub id: String,
    #[cfg_attr(feature = "json", schemars(length(min = 1, max = 100)))]
    pub items: Vec<GroupItem>,
}

/// One statement about observable behaviour; always in the short form.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[cfg_attr(feature = "json", derive(JsonSchema))]
#[cfg_attr(feature = "json", schemars(rename = "Item", deny_unknown_fields))]
pub struct GroupItem {
    /// Unique among items, signals and risks: 1 to 24 of a-z, 0-9 and `-`, a letter first and at least one `-`.
    #[cfg_attr(feature = "json", schemars(length(max = 24), regex(pattern = r"^[a-z][a-z0-9]*-[a-z0-9-]*$")))]
    pub id: String,
    #[cfg_attr(feature = "json", schemars(default))]
    pub kind: ItemKind,
    /// Asks for a note with the evidence.
    #[cfg_attr(feature = "json", schemars(default))]
    pub note: bool,
}

/// What a contact can be; ids, each once in its list.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[cfg_attr(feature = "json", derive(JsonSchema))]
#[cfg_attr(feature = "json", schemars(deny_unknown_fields))]
pub struct Contacts {
    #[cfg_attr(feature = "json", schemars(length(min = 1, max = 30), inner(regex(pattern = r"^[a-z][a-z0-9-]{0,23}$")), extend("uniqueItems" = true)))]
    pub functions: Vec<String>,
    #[cfg_attr(feature = "json", schemars(length(min = 1, max = 30), inner(regex(pattern = r"^[a-z][a-z0-9-]{0,23}$")), extend("uniqueItems" = true)))]
    pub seniorities: Vec<String>,
    #[cfg_attr(feature = "json", schemars(length(min = 1, max = 30), inner(regex(pattern = r"^[a-z][a-z0-9-]{0,23}$")), extend("uniqueItems" = true)))]
    pub roles: Vec<String>,
}

/// How an item is answered: never to always, or no, in part, yes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
#[cfg_attr(feature = "json", derive(JsonSchema))]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "json", schemars(rename = "Kind"))]
pub enum ItemKind {
    #[default]
    Frequency,
    Event,
}

/// C competition, P price, F features, I importance, A access, S service, T trust.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[cfg_attr(feature = "json", derive(JsonSchema))]
#[cfg_attr(feature = "json", schemars(rename = "Tag"))]
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
