//! Packs a built site into a release, and checks a release. `cargo xtask dist` and the suite `dist` call it.
//!
//! A program of its own, so that xtask, which everybody waits for, needs none of the encoders. Knows the order in which a
//! release is made. Must not know how the site is built.

mod archive;
mod check;
mod crates;
mod licences;
mod npm;
mod sbom;
mod squeeze;
mod standard;
mod sums;
mod tree;

use anyhow::{Context, Result, bail, ensure};
use crates::{PACKAGE, Program};
use lexopt::prelude::*;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use zip::DateTime;

/// What each file of a release is, for its README.
const README: &str = include_str!("readme.md");
/// Made before by xtask.
const SINGLE: &str = "single.html";
/// Beside a built site only while it is tested.
pub const EXAMPLES: &str = "examples/";

/// What both commands are told.
pub struct Given {
    /// The repository.
    root: PathBuf,
    /// The built site.
    site: PathBuf,
    /// The release.
    out: PathBuf,
    programs: Vec<Program>,
    /// Of every file in the zip.
    time: DateTime,
}

fn main() -> ExitCode {
    match start() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("release: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn start() -> Result<bool> {
    let mut words = lexopt::Parser::from_env();
    let (mut command, mut root, mut site, mut out, mut time) = (None, None, None, None, None);
    let mut programs = Vec::new();
    while let Some(word) = words.next()? {
        match word {
            Value(word) if command.is_none() => command = Some(word.string()?),
            Long("root") => root = Some(PathBuf::from(words.value()?)),
            Long("site") => site = Some(PathBuf::from(words.value()?)),
            Long("out") => out = Some(PathBuf::from(words.value()?)),
            Long("time") => time = Some(archive::time(&words.value()?.string()?)?),
            Long("program") => {
                let text = words.value()?.string()?;
                let (bin, feature) = text.split_once('=').context("--program is given as NAME=FEATURE")?;
                programs.push(Program { bin: bin.into(), feature: feature.into() });
            }
            other => return Err(other.unexpected().into()),
        }
    }
    let given = Given {
        root: root.context("--root is missing")?,
        site: site.context("--site is missing")?,
        out: out.context("--out is missing")?,
        programs,
        // The first that a zip can say: 1 January 1980.
        time: time.unwrap_or_default(),
    };
    ensure!(!given.programs.is_empty(), "no --program is named");
    match command.as_deref() {
        Some("pack") => pack(&given).map(|()| true),
        Some("check") => check::all(&given),
        other => bail!("the command is pack or check, not {}", other.unwrap_or("nothing")),
    }
}

/// Version, description and licence of the project.
pub fn about(root: &Path) -> Result<npm::About> {
    let said =
        crates::run(root, Command::new("cargo").args(["metadata", "--locked", "--no-deps", "--format-version", "1"]))?;
    let said: serde_json::Value = serde_json::from_str(&said)?;
    let mut packages = said["packages"].as_array().into_iter().flatten();
    let own = packages.find(|package| package["name"] == PACKAGE).context("cargo metadata has no package of ours")?;
    let text = |key: &str| own[key].as_str().map(str::to_owned).with_context(|| format!("Cargo.toml has no {key}"));
    let repository = own["repository"].as_str().map(str::to_owned);
    Ok(npm::About {
        version: text("version")?,
        description: text("description")?,
        licence: text("license")?,
        repository,
    })
}

pub fn archive_name(version: &str) -> String {
    format!("{PACKAGE}-{version}.zip")
}

/// Without the line of a file that this release does not have.
fn readme(version: &str, single: bool) -> String {
    let mut text = README.replace("{{version}}", version);
    if !single {
        text = text.lines().filter(|line| !line.contains(SINGLE)).map(|line| format!("{line}\n")).collect();
    }
    text
}

fn pack(given: &Given) -> Result<()> {
    let Given { root, site: built, out, programs, time } = given;
    let about = about(root)?;
    let version = &about.version;
    let crates = crates::all(root, programs)?;
    let standard = standard::read(root)?;

    let site = out.join("site");
    for name in tree::files(built)?.iter().filter(|name| !name.starts_with(EXAMPLES)) {
        tree::write(&site.join(name), tree::read(&built.join(name))?)?;
    }
    tree::write(&site.join(licences::FILE), licences::write(root, version, &crates, &standard)?)?;
    let iis = root.join("hosting").join("web.config");
    if iis.is_file() {
        tree::write(&site.join("web.config"), tree::read(&iis)?)?;
    }
    squeeze::all(&site)?;
    tree::write(&out.join(archive_name(version)), archive::zip(&site, *time)?)?;
    npm::write(root, &site, out, &about)?;

    let sri = sums::sri(&site, version)?;
    tree::write(&out.join("sri.json"), serde_json::to_string_pretty(&sri)? + "\n")?;
    tree::write(&out.join("sri.md"), sums::sri_text(&sri)?)?;
    tree::write(&out.join(sbom::FILE), sbom::write(root, version, &crates, &standard)?)?;
    tree::write(&out.join(licences::FILE), tree::read(&site.join(licences::FILE))?)?;
    tree::write(&out.join("README.md"), readme(version, out.join(SINGLE).is_file()))?;
    tree::write(&out.join(sums::SUMS), sums::sums(out)?)?;
    tree::settle(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_read_me_names_what_there_is() {
        assert!(readme("1.2.3", true).contains("hierarchy-1.2.3.zip") && readme("1.2.3", true).contains(SINGLE));
        assert!(!readme("1.2.3", false).contains(SINGLE) && readme("1.2.3", false).contains("SHA256SUMS"));
    }
}
