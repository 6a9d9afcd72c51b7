//! What the shipped programs are made of, as cargo resolves it for each of them.
//!
//! Knows `cargo tree` (which crates, with the features of a program, for the browser), `cargo metadata` (licence, folder)
//! and Cargo.lock (checksums). Metadata alone would not do: its graph joins the features of the whole workspace.

use crate::tree;
use anyhow::{Context, Result, ensure};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

pub const TARGET: &str = "wasm32-unknown-unknown";
pub const PACKAGE: &str = "buy-sell-hierarchy";

/// A program in wasm and the feature that it is built with.
#[derive(Clone, Debug)]
pub struct Program {
    pub bin: String,
    pub feature: String,
}

/// Name and version.
pub type Id = (String, String);

#[derive(Clone, Debug, Default)]
pub struct Crate {
    /// As an SPDX expression.
    pub licence: String,
    pub authors: Vec<String>,
    pub repository: Option<String>,
    pub checksum: Option<String>,
    pub folder: PathBuf,
    /// The programs that it is compiled into; none for what only runs while they are built (macros, build scripts).
    pub programs: BTreeSet<String>,
    pub needs: BTreeSet<Id>,
}

/// Every crate of the programs and of their building; the project's own package among them.
pub fn all(root: &Path, programs: &[Program]) -> Result<BTreeMap<Id, Crate>> {
    let packages = packages(root)?;
    let checksums = checksums(&tree::text(&root.join("Cargo.lock"))?);
    let mut found: BTreeMap<Id, Crate> = BTreeMap::new();
    for program in programs {
        for (kinds, linked) in [("normal,build", false), ("normal,no-proc-macro", true)] {
            let listed = listed(root, &program.feature, kinds)?;
            for (parent, child) in edges(&listed)? {
                let one = match found.get_mut(&child) {
                    Some(one) => one,
                    None => {
                        let package = packages.get(&child);
                        let package =
                            package.with_context(|| format!("cargo metadata has no {} {}", child.0, child.1))?;
                        let checksum = checksums.get(&child).cloned();
                        let new = Crate { checksum, ..package.clone() };
                        found.entry(child.clone()).or_insert(new)
                    }
                };
                if linked {
                    one.programs.insert(program.bin.clone());
                }
                if let Some(parent) = parent.and_then(|parent| found.get_mut(&parent)) {
                    parent.needs.insert(child);
                }
            }
        }
    }
    Ok(found)
}

/// What `cargo tree` prints for a program: a line a crate, its depth in front.
pub fn listed(root: &Path, feature: &str, kinds: &str) -> Result<String> {
    let arguments =
        ["tree", "--locked", "-p", PACKAGE, "--target", TARGET, "--no-default-features", "--features", feature];
    run(root, Command::new("cargo").args(arguments).args(["-e", kinds, "--prefix", "depth", "--format", " {p}"]))
}

/// Each crate with the one that needs it; a crate that was listed before has its own needs there.
fn edges(listed: &str) -> Result<Vec<(Option<Id>, Id)>> {
    let mut path: Vec<Id> = Vec::new();
    let mut edges = Vec::new();
    for line in listed.lines().filter(|line| !line.is_empty()) {
        let mut words = line.split_whitespace();
        let mut next = || words.next().with_context(|| format!("cargo tree printed: {line}"));
        let (depth, name, version) = (next()?.parse::<usize>()?, next()?, next()?);
        let version = version.strip_prefix('v').with_context(|| format!("cargo tree printed: {line}"))?;
        let id = (name.to_owned(), version.to_owned());
        ensure!(depth <= path.len(), "cargo tree left out a level: {line}");
        path.truncate(depth);
        edges.push((path.last().cloned(), id.clone()));
        path.push(id);
    }
    Ok(edges)
}

/// Every package that cargo knows for the browser and for this machine.
fn packages(root: &Path) -> Result<BTreeMap<Id, Crate>> {
    let host = host(root)?;
    let arguments =
        ["metadata", "--locked", "--format-version", "1", "--filter-platform", TARGET, "--filter-platform", &host];
    let said: Value = serde_json::from_str(&run(root, Command::new("cargo").args(arguments))?)?;
    let mut found = BTreeMap::new();
    for package in said["packages"].as_array().into_iter().flatten() {
        let text = |key: &str| package[key].as_str().map(str::to_owned);
        let (Some(name), Some(version), Some(manifest)) = (text("name"), text("version"), text("manifest_path")) else {
            continue;
        };
        let authors = package["authors"].as_array().into_iter().flatten();
        let one = Crate {
            licence: expression(&text("license").unwrap_or_default()),
            authors: authors.filter_map(Value::as_str).map(str::to_owned).collect(),
            repository: text("repository"),
            folder: Path::new(&manifest).parent().map(Path::to_path_buf).unwrap_or_default(),
            ..Crate::default()
        };
        found.insert((name, version), one);
    }
    Ok(found)
}

fn host(root: &Path) -> Result<String> {
    let said = run(root, Command::new("rustc").arg("-vV"))?;
    let line = said.lines().find_map(|line| line.strip_prefix("host: "));
    Ok(line.context("rustc -vV names no host")?.to_owned())
}

/// Old manifests write a slash where SPDX has OR.
pub fn expression(licence: &str) -> String {
    licence.split('/').map(str::trim).collect::<Vec<_>>().join(" OR ")
}

fn checksums(lock: &str) -> BTreeMap<Id, String> {
    let mut found = BTreeMap::new();
    for block in lock.split("[[package]]") {
        let value = |key: &str| {
            let line = block.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(" = \""));
            line.and_then(|rest| rest.strip_suffix('"')).map(str::to_owned)
        };
        if let (Some(name), Some(version), Some(checksum)) = (value("name"), value("version"), value("checksum")) {
            found.insert((name, version), checksum);
        }
    }
    found
}

/// Standard output of a program that must succeed.
pub fn run(root: &Path, command: &mut Command) -> Result<String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command.current_dir(root).output().with_context(|| format!("cannot run {name}"))?;
    ensure!(output.status.success(), "{name} failed:\n{}", String::from_utf8_lossy(&output.stderr).trim_end());
    Ok(String::from_utf8(output.stdout)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(name: &str) -> Id {
        (name.into(), "1.0.0".into())
    }

    #[test]
    fn a_tree_is_read_with_who_needs_what() -> Result<()> {
        let tree = "0 a v1.0.0 (/x)\n1 b v1.0.0\n2 c v1.0.0 (proc-macro)\n1 c v1.0.0 (*)\n";
        let pairs = [(None, id("a")), (Some(id("a")), id("b")), (Some(id("b")), id("c")), (Some(id("a")), id("c"))];
        assert_eq!(edges(tree)?, pairs);
        assert!(edges("0 a v1.0.0\n2 b v1.0.0\n").is_err());
        assert!(edges("0 a\n").is_err());
        Ok(())
    }

    #[test]
    fn a_lock_file_gives_checksums() {
        let lock = "version = 4\n\n[[package]]\nname = \"a\"\nversion = \"1.0.0\"\nchecksum = \"ff\"\n\n[[package]]\nname = \"b\"\nversion = \"1.0.0\"\n";
        assert_eq!(checksums(lock), BTreeMap::from([(id("a"), "ff".into())]));
    }

    #[test]
    fn a_slash_is_an_or() {
        assert_eq!(expression("Apache-2.0 / MIT"), "Apache-2.0 OR MIT");
        assert_eq!(expression("(MIT OR Apache-2.0) AND Unicode-3.0"), "(MIT OR Apache-2.0) AND Unicode-3.0");
    }
}
