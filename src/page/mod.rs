//! The pages: each a function from pack, draft and visit to markup.
//!
//! Pure: the same functions run in the visitor's program, in the program of the later pages and in native tests.
//! Knows the domain and the texts. Must not know a browser. No sentence stands in here: all text comes from the pack.

pub mod account;
pub mod accounts;
pub mod accounts_table;
pub mod agree;
pub mod answers;
pub mod chrome;
pub mod compare;
pub mod compare_facts;
pub mod computed;
pub mod dom;
pub mod everybody;
pub mod fields;
pub mod figure;
pub mod gate;
pub mod handback;
pub mod history;
pub mod import;
pub mod invite;
pub mod invited;
pub mod later;
pub mod lead;
pub mod letter;
pub mod map;
pub mod matrix;
pub mod methods;
pub mod msg;
pub mod offer;
pub mod people;
pub mod plan;
pub mod portfolio;
pub mod practice;
pub mod pyramid;
pub mod readings;
#[cfg(any(feature = "json", feature = "reports"))]
pub mod report;
pub mod result;
pub mod review;
pub mod signs;
pub mod start;
pub mod sure;
pub mod target;
pub mod told;
pub mod views;
pub mod visit;
pub mod whole;
pub mod why;
pub mod words;
