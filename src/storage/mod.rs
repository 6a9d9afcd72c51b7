//! Keeping a draft: its compact text, the places it can be kept in, and what to do when one of them fails.
//!
//! Knows drafts and key-value stores. Must not know pages. The browser's store sits behind the feature `web`.

#[cfg(feature = "web")]
pub mod browser;
pub mod codec;
pub mod home;
pub mod keeper;
pub mod store;
pub mod workspace;
