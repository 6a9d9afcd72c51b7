//! The rules of the Buy-Sell Hierarchy: structure, answers, scoring, and the state of one assessment.
//!
//! Pure: no I/O, no clock, no float where a threshold decides, no text that a user reads, no sibling module.

pub mod answer;
pub mod confidence;
pub mod consistency;
pub mod draft;
pub mod gates;
pub mod model;
pub mod profile;
pub mod scorecard;
pub mod standing;
pub mod why;
