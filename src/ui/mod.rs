//! The pages, in Yew. One component holds the state; each page is a function from what it needs to markup.
//!
//! Knows the domain, the pack's texts and the browser's page. No sentence stands in here: all text comes from the pack.

pub mod answers;
pub mod app;
pub mod browser;
pub mod chrome;
pub mod computed;
pub mod dom;
pub mod figure;
pub mod flow;
pub mod gate;
pub mod pyramid;
pub mod result;
pub mod review;
pub mod signs;
pub mod start;
pub mod sure;
pub mod target;
pub mod why;
pub mod words;
