//! What the project is made of and released with: the crates by deny.toml, the workflows by GitHub's own checker.
//!
//! Knows the two tools. Must not fetch anything: what is known against a crate is `cargo xtask audit`'s.

use super::{Bench, Outcome};
use crate::fault::{Doing, Fault, Result};
use crate::{place, run};
use std::process::Command;

pub fn deny(bench: &Bench) -> Result<Outcome> {
    let Some(folder) = &bench.deny else {
        return Err(Fault::new("cargo-deny was not set up"));
    };
    let mut checks = Vec::new();
    for what in ["licenses", "bans", "sources"] {
        let mut deny = run::command(folder.join("cargo-deny"), &["--workspace", "check", "-D", "warnings", what]);
        checks.push((format!("cargo deny check {what}"), run::shown(&mut deny)?));
    }
    Ok(Outcome::of_checks(checks))
}

pub fn workflows(_: &Bench) -> Result<Outcome> {
    let folder = place::root().join(".github").join("workflows");
    let entries = std::fs::read_dir(&folder).doing(format_args!("read {}", folder.display()))?;
    let mut files: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    files.sort();
    let mut check = Command::new(place::on_path("node").unwrap_or_else(|| "node".into()));
    check.arg("tools/workflows/check.mjs").args(&files).current_dir(place::root());
    let right = run::shown(&mut check)?;
    let mut wrong = Command::new(place::on_path("node").unwrap_or_else(|| "node".into()));
    wrong.args(["tools/workflows/check.mjs", "--expect", "tools/workflows/wrong.yml"]).current_dir(place::root());
    Ok(Outcome::of_checks(vec![
        (format!("{} workflows", files.len()), right),
        ("every fault of tools/workflows/wrong.yml is found".into(), run::shown(&mut wrong)?),
    ]))
}
