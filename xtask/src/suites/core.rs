//! The suites that need no browser: format, lints, the wall between the core and the web, native tests.
//!
//! Knows cargo's command line.

use super::{Bench, Outcome};
use crate::counts::{self, Counts};
use crate::fault::Result;
use crate::run;
use crate::tools::WASM_TARGET;

const PACKAGE: &str = "buy-sell-hierarchy";

pub fn fmt(_: &Bench) -> Result<Outcome> {
    let ok = run::shown(&mut run::cargo(&["fmt", "--all", "--check"]))?;
    Ok(Outcome::of_checks(vec![("cargo fmt --all --check".into(), ok)]))
}

pub fn clippy(_: &Bench) -> Result<Outcome> {
    let own = ["-p", PACKAGE, "--all-targets", "--no-default-features"];
    let wasm = ["-p", PACKAGE, "--lib", "--target", WASM_TARGET, "--no-default-features", "--features"];
    let variants: [Vec<&str>; 11] = [
        vec!["--workspace", "--all-targets"],
        own.to_vec(),
        [&own[..], &["--features", "json"]].concat(),
        [&own[..], &["--features", "web"]].concat(),
        [&wasm[..], &["web,results", "--test", "web"]].concat(),
        [&wasm[..], &["results", "--bin", "bsh-results"]].concat(),
        [&wasm[..], &["accounts", "--bin", "bsh-accounts"]].concat(),
        [&wasm[..], &["reports", "--bin", "bsh-reports"]].concat(),
        [&wasm[..], &["toolbox", "--bin", "bsh-toolbox"]].concat(),
        [&wasm[..], &["author-web", "--bin", "bsh-author"]].concat(),
        [&wasm[..], &["web,faults"]].concat(),
    ];
    let mut checks = Vec::new();
    for variant in variants {
        println!("cargo clippy {}", variant.join(" "));
        let mut command = run::cargo(&["clippy", "--quiet"]);
        command.args(&variant).args(["--", "-D", "warnings"]);
        checks.push((format!("clippy {}", variant.join(" ")), run::shown(&mut command)?));
    }
    Ok(Outcome::of_checks(checks))
}

/// What must never be in a build of the core, and what must never reach a visitor.
const NO_WEB: &[&str] = &["yew", "gloo*", "web-sys", "js-sys", "wasm-bindgen*"];
const NO_WEIGHT: &[&str] = &["regex", "chrono", "url", "rand"];
/// The program of the later pages and the toolbox have no page of their own; the toolbox reads JSON itself.
const NO_PAGE: &[&str] = &["yew", "gloo*", "web-sys", "serde_json", "serde", "schemars", "sha2"];
/// The author's program reads JSON, and nothing else that a browser does not need.
const NO_SCHEMA: &[&str] = &["yew", "gloo*", "web-sys", "schemars", "lexopt"];
/// Yew itself names serde_json through gloo (the linker drops it again), so this is asked of everything but Yew.
const NO_JSON: &[&str] = &["serde_json", "serde", "schemars", "sha2"];

pub fn deps(_: &Bench) -> Result<Outcome> {
    let visitor = ["--features", "web", "--target", WASM_TARGET];
    let beside_yew = [&visitor[..], &["--prune", "yew"]].concat();
    let results = ["--features", "results", "--target", WASM_TARGET];
    let accounts = ["--features", "accounts", "--target", WASM_TARGET];
    let reports = ["--features", "reports", "--target", WASM_TARGET];
    let toolbox = ["--features", "toolbox", "--target", WASM_TARGET];
    let author = ["--features", "author-web", "--target", WASM_TARGET];
    let rules: [(&str, &[&str], &[&str]); 9] = [
        ("the core", &[], NO_WEB),
        ("the author's side", &["--features", "json"], NO_WEB),
        ("the visitor's program", &visitor, NO_WEIGHT),
        ("the program of the later pages", &results, NO_PAGE),
        ("the program of accounts", &accounts, NO_PAGE),
        ("the program of reports", &reports, NO_PAGE),
        ("the toolbox", &toolbox, NO_PAGE),
        ("the author's program", &author, NO_SCHEMA),
        ("the visitor's program beside Yew", &beside_yew, NO_JSON),
    ];
    let mut checks = Vec::new();
    for (what, arguments, forbidden) in rules {
        let mut tree =
            run::cargo(&["tree", "-p", PACKAGE, "-e", "normal", "--prefix", "none", "--no-default-features"]);
        let listed = run::captured(tree.args(["--format", "{p}"]).args(arguments))?;
        let found = forbidden_in(&listed, forbidden);
        match found.is_empty() {
            true => println!("{what}: none of {}", forbidden.join(", ")),
            false => println!("{what} depends on {}, which it must not", found.join(", ")),
        }
        checks.push((format!("{what} without {}", forbidden.join(", ")), found.is_empty()));
    }
    Ok(Outcome::of_checks(checks))
}

/// The packages of a tree that a list forbids; `name*` forbids every name that starts so.
fn forbidden_in(tree: &str, forbidden: &[&str]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for package in tree.lines().filter_map(|line| line.split_whitespace().next()) {
        let hit = forbidden.iter().any(|rule| match rule.strip_suffix('*') {
            Some(start) => package.starts_with(start),
            None => package == *rule,
        });
        if hit && !found.iter().any(|name| name == package) {
            found.push(package.to_string());
        }
    }
    found
}

pub fn native(_: &Bench) -> Result<Outcome> {
    let json = ["-p", PACKAGE, "--no-default-features", "--features", "json,qr"];
    let runs: [Vec<&str>; 4] = [
        [&json[..], &["--lib", "--bins", "--test", "native"]].concat(),
        [&json[..], &["--doc"]].concat(),
        vec!["-p", "xtask"],
        vec!["-p", "release"],
    ];
    let mut counts = Counts::default();
    let mut failed = Vec::new();
    for arguments in runs {
        println!("cargo test {}", arguments.join(" "));
        let mut command = run::cargo(&["test", "--no-fail-fast"]);
        let (ok, lines) = run::shown_and_read(command.args(&arguments))?;
        // No doc test at all is nothing wrong.
        let none = ok && arguments.contains(&"--doc") && lines.iter().any(|line| line == "running 0 tests");
        if !none {
            counts += counts::of_cargo(&lines, ok);
        }
        failed.extend(counts::failed_names(&lines));
    }
    Ok(Outcome { counts, failed })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_is_forbidden() {
        let tree = "buy-sell-hierarchy v0.1.0 (/x)\nserde v1.0.0\ngloo-events v0.2.0\nserde v1.0.0 (*)\ngloo v0.11.0\n";
        assert_eq!(forbidden_in(tree, NO_WEB), ["gloo-events", "gloo"]);
        assert_eq!(forbidden_in(tree, &["serd"]), Vec::<String>::new());
        assert_eq!(forbidden_in(tree, &["serde"]), ["serde"]);
    }
}
