//! Everything that can be tested without a browser, in one program.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod account;
mod advice;
mod author;
mod calendar;
mod cli;
mod diagram;
mod drafts;
mod exchange;
mod invariants;
mod lead;
mod matrix;
mod new_pack;
mod pack;
mod pages;
mod portfolio;
mod practices;
mod properties;
mod raters;
mod report;
mod report_charts;
mod report_document;
mod report_files;
mod report_html;
mod report_kit;
mod rounds;
mod rules;
mod scoring;
mod storage;
mod support;
mod tables;
mod toolbox;
mod tree;
mod views;
mod work;
mod workspace;
