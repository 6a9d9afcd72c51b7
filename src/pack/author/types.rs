//! The structure of an author's pack as typed values, with the schema annotations of its file format, and its texts.
//!
//! Knows the shape of the files (instruments: `parts`). Must not know how they are read or what a fault is (`survey` gives the rules' view).

use super::brand::Brand;
use super::content::{Overrides, Texts};
use super::parts::AuthorInstrument;
use crate::domain::rules::Rule;
#[cfg(feature = "json")]
use schemars::JsonSchema;
use serde::Serialize;

/// The format number that this program reads.
pub const FORMAT: u8 = 2;

/// The structure of a content pack. Its texts stand beside it, in one file a language, or in it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[cfg_attr(feature = "json", derive(JsonSchema))]
#[cfg_attr(feature = "json", schemars(title = "Buy-Sell Hierarchy content pack", deny_unknown_fields))]
pub struct Author {
    /// The number of this file format: 2.
    #[cfg_attr(feature = "json", schemars(range(min = 2, max = 2)))]
    pub format: u8,
    /// Names the pack: 1 to 24 of a-z, 0-9 and `-`, a letter first.
    #[cfg_attr(feature = "json", schemars(regex(pattern = r"^[a-z][a-z0-9-]{0,23}$")))]
    pub id: String,
    /// The author's version of the content: three numbers.
    #[cfg_attr(feature = "json", schemars(regex(pattern = r"^[0-9]{1,9}\.[0-9]{1,9}\.[0-9]{1,9}$")))]
    pub version: String,
    /// The code of the language that the pack is written in first; its texts must be there.
    #[cfg_attr(feature = "json", schemars(regex(pattern = r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})?$")))]
    pub language: String,
    /// Thresholds between ratings.
    pub cuts: AuthorCuts,
    /// Any number of each kind, in the order in which they are offered.
    #[cfg_attr(feature = "json", schemars(length(min = 1, max = 20)))]
    pub instruments: Vec<AuthorInstrument>,
    /// Texts that are shown when their condition holds.
    #[cfg_attr(feature = "json", schemars(default, length(max = 100)))]
    pub readings: Vec<AuthorReading>,
    /// Ways to move answers.
    #[cfg_attr(feature = "json", schemars(default, length(max = 200)))]
    pub methods: Vec<AuthorMethod>,
    /// Whose the pack is.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "json", schemars(default, with = "Brand"))]
    pub brand: Option<Brand>,
    /// Every language: the first one, then the others by their codes.
    #[serde(skip)]
    pub languages: Vec<String>,
    /// The texts of each of `languages`: key and text, in the order of `keys`.
    #[serde(skip)]
    pub texts: Vec<Texts>,
    /// What each of `languages` says of the interface in its own words.
    #[serde(skip)]
    pub ui: Vec<Overrides>,
}

/// In percent: at or below `partly` is Not achieved, at or below `largely` Partially, at or below `fully` Largely, above it Fully. In this order.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[cfg_attr(feature = "json", derive(JsonSchema))]
#[cfg_attr(feature = "json", schemars(rename = "Cuts", deny_unknown_fields))]
pub struct AuthorCuts {
    #[cfg_attr(feature = "json", schemars(range(min = 1, max = 99)))]
    pub partly: u8,
    #[cfg_attr(feature = "json", schemars(range(min = 1, max = 99)))]
    pub largely: u8,
    #[cfg_attr(feature = "json", schemars(range(min = 1, max = 99)))]
    pub fully: u8,
}

/// A text that is shown when its condition holds.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[cfg_attr(feature = "json", derive(JsonSchema))]
#[cfg_attr(feature = "json", schemars(rename = "Reading", deny_unknown_fields))]
pub struct AuthorReading {
    #[cfg_attr(feature = "json", schemars(regex(pattern = r"^[a-z][a-z0-9-]{0,23}$")))]
    pub id: String,
    /// A condition over facts (docs/packs.md).
    #[cfg_attr(feature = "json", schemars(length(min = 1)))]
    pub when: String,
    /// The same, read.
    #[serde(skip)]
    pub rule: Rule,
}

/// A way to move answers.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[cfg_attr(feature = "json", derive(JsonSchema))]
#[cfg_attr(feature = "json", schemars(rename = "Method", deny_unknown_fields))]
pub struct AuthorMethod {
    #[cfg_attr(feature = "json", schemars(regex(pattern = r"^[a-z][a-z0-9-]{0,23}$")))]
    pub id: String,
    /// What it is good for.
    #[serde(rename = "use")]
    #[cfg_attr(feature = "json", schemars(default))]
    pub serves: MethodUse,
    /// Ids of the items, signals and risks that it should move.
    #[cfg_attr(feature = "json", schemars(length(max = 100), extend("uniqueItems" = true)))]
    pub moves: Vec<String>,
    /// A condition over facts: suggests the method whenever it holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "json", schemars(default, with = "String", length(min = 1)))]
    pub when: Option<String>,
    /// The same, read.
    #[serde(skip)]
    pub rule: Option<Rule>,
    /// Number of its steps.
    #[cfg_attr(feature = "json", schemars(range(min = 3, max = 6)))]
    pub steps: u8,
}

/// To stand higher, to stay, or to serve at low cost a customer that does not want more.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
#[cfg_attr(feature = "json", derive(JsonSchema))]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "json", schemars(rename = "Use"))]
pub enum MethodUse {
    #[default]
    Climb,
    Keep,
    Hold,
}

impl MethodUse {
    /// Every use by its name in the file.
    pub const NAMES: [(&str, MethodUse); 3] =
        [("climb", MethodUse::Climb), ("keep", MethodUse::Keep), ("hold", MethodUse::Hold)];
}
