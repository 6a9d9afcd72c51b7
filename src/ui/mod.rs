//! The visitor's program, in Yew: one component that holds the state of a visit and draws its page.
//!
//! Knows the pages and the browser. Must not know what stands on a page.

pub mod accounts;
pub mod app;
pub mod browser;
pub mod flow;
pub mod import;
pub mod lead;
pub mod render;
