//! Everything that can be tested without a browser, in one program.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod cli;
mod pack;
mod properties;
mod scoring;
mod support;
mod storage;
//mod diagram;
