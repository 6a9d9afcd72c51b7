//! Everything that can be tested without a browser, in one program.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod advice;
mod cli;
mod diagram;
mod drafts;
mod invariants;
mod matrix;
mod pack;
mod pages;
mod practices;
mod properties;
mod rules;
mod scoring;
mod storage;
mod support;
