//! The developer's commands: set up, serve, build, test, size, bench, dist.
//!
//! Knows the command line. Must not know the program itself: nothing here depends on the root package.

mod args;
mod audit;
mod bench;
mod browsers;
mod counts;
mod desk;
mod dist;
mod fault;
mod fill;
mod hook;
mod load;
mod minify;
mod node;
mod notes;
mod offline;
mod options;
mod place;
mod run;
mod scripts;
mod servers;
mod shrink;
mod single;
mod size;
mod suites;
mod table;
mod tools;
mod web;
mod words;

use args::Command;
use std::process::ExitCode;

const HELP: &str = "\
cargo xtask serve [--release] [--port N]        build and serve the page on http://127.0.0.1:8080
cargo xtask build [--release] [--features LIST] leave the whole site in dist/
cargo xtask test [SUITE...]                     run every suite, or those named
cargo xtask size                                the bytes of a first visit, by file and language
cargo xtask bench                               time the scorer
cargo xtask single [--pack FILE] [--address URL] [--out FILE]
                                                the site in dist/ as one file, with own questions
cargo xtask bench load                          what nginx carries with the release, under wrk
cargo xtask docs                                write the table of options into docs/embedding.md
cargo xtask audit                               ask what is known against crates and npm packages (fetches)
cargo xtask release-notes TAG                   print the changelog's section of a release
cargo xtask dist [--verify]                     make the release in release/; with --verify twice, and compare

serve, build and test install the tools they need.";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let result = args::parse(&words).and_then(|command| match command {
        Command::Help => {
            println!("{HELP}\n\nSuites: {}", suites::names().join(", "));
            Ok(true)
        }
        Command::Serve { release, port } => web::serve(release, port).map(|()| true),
        Command::Build { release, features } => web::build(release, &features).map(|()| true),
        Command::Test { suites } => suites::run(&suites),
        Command::Hook => hook::run().map(|()| true),
        Command::Size => size::show().map(|report| report.within_budget()),
        Command::Bench { load: false } => bench::run().map(|()| true),
        Command::Bench { load: true } => load::run().map(|()| true),
        Command::Docs => options::write_docs().map(|()| true),
        Command::Audit => audit::run(),
        Command::ReleaseNotes { tag } => notes::show(&tag).map(|()| true),
        Command::Dist { verify } => dist::make(verify).map(|()| true),
        Command::Single { own, out } => single::run(&own, out).map(|()| true),
    });
    match result {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(fault) => {
            eprintln!("xtask: {fault}");
            ExitCode::FAILURE
        }
    }
}
