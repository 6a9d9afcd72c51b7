//! Buy-Sell Hierarchy: where a company stands with a customer, and what would move it up.
//!
//! This file is the list of modules and the wall between them: the visitor's program and all that touches the browser's
//! page sits behind the feature `web`, the other programs of a page behind `results`, `accounts`, `reports`, `toolbox` and
//! `author-web`, packs in JSON behind `author`, the command line behind `json`; and none of it may leak into the rest.

#[cfg(feature = "json")]
pub mod cli;
pub mod diagram;
pub mod domain;
pub mod exchange;
pub mod pack;
pub mod page;
pub mod report;
pub mod storage;
pub mod work;

#[cfg(feature = "accounts")]
pub mod accounts;
#[cfg(feature = "author")]
pub mod author;
#[cfg(feature = "web")]
pub mod embed;
#[cfg(feature = "reports")]
pub mod reports;
#[cfg(feature = "results")]
pub mod results;
#[cfg(any(feature = "results", feature = "accounts", feature = "reports"))]
pub mod second;
#[cfg(any(feature = "json", feature = "toolbox", feature = "reports"))]
pub mod toolbox;
#[cfg(feature = "web")]
pub mod ui;
