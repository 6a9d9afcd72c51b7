//! The rules: structure, answers, scoring of every instrument, readings, suggestions, and the state of one assessment.
//!
//! Pure: no I/O, no clock, no float where a threshold decides, no text that a user reads, no sibling module.

pub mod answer;
pub mod axes;
pub mod confidence;
pub mod consistency;
pub mod contacts;
pub mod draft;
pub mod facts;
pub mod gates;
pub mod model;
pub mod order;
pub mod practices;
pub mod profile;
pub mod raters;
pub mod rounds;
pub mod rows;
pub mod rules;
pub mod scorecard;
pub mod shares;
pub mod standing;
pub mod suggest;
pub mod survey;
pub mod views;
pub mod why;
