//! `cargo xtask audit`: is anything known against a crate or an npm package that the project uses?
//!
//! Knows the two databases by their programs. Fetches them, so it is no suite of `cargo xtask test`.

use crate::fault::{Fault, Result};
use crate::{node, place, run, tools};

/// True when nothing is known against any of them.
pub fn run() -> Result<bool> {
    node::ensure_node()?;
    let folder = {
        let _lock = tools::lock()?;
        tools::CARGO_DENY.ensure()?
    };
    println!("\nadvisories of RustSec, for the crates of Cargo.lock");
    let mut deny = run::command(folder.join("cargo-deny"), &["--workspace", "check", "-D", "warnings", "advisories"]);
    let crates = run::shown(&mut deny)?;
    println!("\nadvisories of npm, for the packages of tools/package-lock.json");
    let npm = place::on_path("npm").ok_or_else(|| Fault::new("npm is missing: install Node with npm and try again"))?;
    let mut audit = run::command(npm, &["audit"]);
    let packages = run::shown(audit.current_dir(place::root().join("tools")))?;
    println!("\ncrates: {}, npm packages: {}", word(crates), word(packages));
    Ok(crates && packages)
}

fn word(clean: bool) -> &'static str {
    match clean {
        true => "nothing known",
        false => "something is known, or the database could not be fetched: see above",
    }
}
