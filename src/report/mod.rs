//! What somebody takes away of one account or of answers by themselves: a report on paper and as a file, charts, tables
//! for spreadsheets, dates for a calendar. Pure functions from pack and draft to text, the same for browser and command
//! line.
//!
//! Knows drafts, their results and the texts. Must not know a browser, files or the command line.

pub mod actions;
pub mod calendar;
pub mod charts;
pub mod csv;
pub mod data;
pub mod document;
#[cfg(any(feature = "json", feature = "reports"))]
pub mod files;
pub mod html;
pub mod markdown;
pub mod name;
pub mod paint;
pub mod pen;
pub mod plain;
pub mod svg;
pub mod tables;

/// What a report says beside the answers.
#[derive(Clone, Copy, Default)]
pub struct Frame<'a> {
    /// Id of the account in its workspace; blank for answers that belong to none.
    pub id: &'a str,
    /// The own company's name, or blank.
    pub company: &'a str,
    /// Today, as `2026-11-22`.
    pub today: &'a str,
}
