//! Node and the tools that come from npm: wasm-opt, html-validate, axe.
//!
//! Knows tools/package.json by its place. Must not know how the tools are used.

use crate::fault::{Doing, Fault, Result};
use crate::{place, run};
use std::path::PathBuf;
use std::process::Command;

/// Binaryen's version, without npm's `.0.0`.
pub const WASM_OPT: &str = "132";

const LEAST: (u32, u32) = (20, 19);

fn folder() -> PathBuf {
    place::root().join("tools")
}

/// The programs that npm installed.
pub fn programs() -> PathBuf {
    folder().join("node_modules").join(".bin")
}

pub fn program(name: &str) -> PathBuf {
    match cfg!(windows) {
        true => programs().join(format!("{name}.cmd")),
        false => programs().join(name),
    }
}

pub fn axe() -> PathBuf {
    folder().join("node_modules").join("axe-core").join("axe.min.js")
}

/// Node, its packages, and a wasm-opt of the right version; gives the folder of wasm-opt.
pub fn ensure() -> Result<PathBuf> {
    ensure_node()?;
    ensure_packages()?;
    let file = wasm_opt()?;
    println!("wasm-opt {WASM_OPT}: here");
    Ok(file.parent().map(PathBuf::from).unwrap_or_else(programs))
}

/// The user's wasm-opt when it has the right version, npm's otherwise.
pub fn wasm_opt() -> Result<PathBuf> {
    let wanted = |file: &PathBuf| run::version(file).is_some_and(|line| run::names_version(&line, WASM_OPT));
    let mut files = place::on_path("wasm-opt").into_iter().chain([program("wasm-opt")]);
    files.find(wanted).ok_or_else(|| {
        Fault::new(format!("wasm-opt {WASM_OPT} does not run: delete tools/node_modules and run the command again"))
    })
}

pub fn ensure_node() -> Result<()> {
    let cure = format!("install Node {}.{} or newer with npm from https://nodejs.org and try again", LEAST.0, LEAST.1);
    let Some(node) = place::on_path("node") else {
        return Err(Fault::new(format!("Node is missing: {cure}")));
    };
    let line = run::version(&node).unwrap_or_default();
    match parse_version(&line) {
        Some(version) if version >= LEAST => {}
        _ => return Err(Fault::new(format!("Node is too old ({line}): {cure}"))),
    }
    if place::on_path("npm").is_none() {
        return Err(Fault::new(format!("npm is missing: {cure}")));
    }
    Ok(())
}

fn ensure_packages() -> Result<()> {
    let lock_file = folder().join("package-lock.json");
    let wanted = std::fs::read_to_string(&lock_file).doing("read tools/package-lock.json")?;
    let stamp = folder().join("node_modules").join(".installed-lock.json");
    if std::fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        println!("npm packages of tools/: here");
        return Ok(());
    }
    println!("npm packages of tools/: missing; installing them with npm ci, about 10 seconds");
    let mut install = Command::new(place::on_path("npm").unwrap_or_else(|| "npm".into()));
    install.args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]).current_dir(folder());
    run::captured(&mut install).map_err(|fault| {
        Fault::new(format!(
            "{fault}\nthe npm packages could not be installed: check the network and run the command again"
        ))
    })?;
    std::fs::write(&stamp, wanted).doing("write to tools/node_modules")
}

fn parse_version(line: &str) -> Option<(u32, u32)> {
    let mut parts = line.trim().strip_prefix('v')?.split('.');
    Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn node_versions_compare() {
        assert_eq!(parse_version("v20.19.2"), Some((20, 19)));
        assert!(parse_version("v20.19.2") >= Some(LEAST));
        assert!(parse_version("v22.0.0") >= Some(LEAST));
        assert!(parse_version("v18.20.1") < Some(LEAST));
        assert_eq!(parse_version("nonsense"), None);
    }
}
