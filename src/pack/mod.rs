//! Content packs: the compiled text file that a visitor reads, and the author's JSON that it is made from.
//!
//! Knows texts and the structure they belong to. Must not know browser, storage or drawings.

pub mod brand;
pub mod compiled;
pub mod records;
pub mod texts;

#[cfg(feature = "author")]
pub mod author;
