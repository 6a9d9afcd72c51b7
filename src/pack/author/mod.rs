//! The author's side: the structure and the texts of a pack in JSON, their reader with every fault, the condition
//! language, the hash, the schema and the compiler.
//!
//! Knows JSON. Must not know files, folders or the command line, and never gets into the visitor's program.

pub mod brand;
pub mod compile;
pub mod condition;
mod content;
pub mod contrast;
pub mod fault;
mod groups;
mod hint;
mod instruments;
pub mod interface;
pub mod keys;
mod languages;
pub mod node;
pub mod normal;
pub mod parts;
pub mod reader;
#[cfg(feature = "json")]
pub mod schema;
mod survey;
pub mod types;
mod walk;
pub mod whole;

pub use brand::Brand;
pub use compile::{Compiled, compile, compile_with};
pub use content::{Overrides, is_language, places};
pub use fault::Fault;
pub use interface::{read_interface, ui_faults};
pub use reader::read;
pub use types::Author;
pub use whole::whole;

/// The largest file of texts that is read, in bytes.
pub const SIZE_MAX: usize = 1_000_000;
/// The largest file of a structure, which may have the texts of all languages in it.
pub const WHOLE_MAX: usize = 10_000_000;
