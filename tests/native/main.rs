//! Everything that can be tested without a browser, in one program.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod cli;
mod diagram;
mod pack;
mod properties;
mod scoring;
mod storage;
mod support;
