//! The author's side: the JSON pack, its reader with every fault, its hash, its schema and the compiler.
//!
//! Knows JSON. Must not know files, folders or the command line, and never gets into the visitor's program.

pub mod compile;
pub mod fault;
pub mod interface;
pub mod node;
pub mod normal;
pub mod reader;
pub mod schema;
pub mod types;
mod walk;

pub use compile::compile;
pub use fault::Fault;
pub use interface::read_interface;
pub use reader::read;
pub use types::Author;

/// The largest file that is read, in bytes.
pub const SIZE_MAX: usize = 1_000_000;
