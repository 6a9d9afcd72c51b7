//! The author's side: the structure and the texts of a pack in JSON, their reader with every fault, the condition
//! language, the hash, the schema and the compiler.
//!
//! Knows JSON. Must not know files, folders or the command line, and never gets into the visitor's program.

pub mod compile;
pub mod condition;
mod content;
pub mod fault;
mod groups;
mod hint;
mod instruments;
pub mod interface;
pub mod keys;
pub mod node;
pub mod normal;
pub mod parts;
pub mod reader;
pub mod schema;
mod survey;
pub mod types;
mod walk;

pub use compile::{Compiled, compile};
pub use content::{is_language, places};
pub use fault::Fault;
pub use interface::read_interface;
pub use reader::read;
pub use types::Author;

/// The largest file that is read, in bytes.
pub const SIZE_MAX: usize = 1_000_000;
