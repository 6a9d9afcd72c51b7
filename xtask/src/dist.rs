//! `cargo xtask dist`: builds the site and packs what a release consists of into release/, the same bytes every time.
//!
//! Knows the folders and the program that packs (tools/release). What is in a release is that program's business.

use crate::fault::{Doing, Fault, Result};
use crate::web::WebTools;
use crate::{args, hook, place, run, single};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The sums of all files; equal sums are equal releases.
pub const SUMS: &str = "SHA256SUMS";

pub fn folder() -> PathBuf {
    place::root().join("release")
}

/// Makes the release; with `verify` once more from another folder, and compares.
pub fn make(verify: bool) -> Result<()> {
    let site = place::target().join("dist-release");
    WebTools::ensure()?.build_into(&site, true, args::DEFAULT_FEATURES, false)?;
    let out = folder();
    pack(&site, &out)?;
    println!("The release is in release/: README.md there says what each file is.");
    if verify { compare_with_another(&out) } else { Ok(()) }
}

/// Packs a built site into a new folder.
pub fn pack(site: &Path, out: &Path) -> Result<()> {
    begin(site, out)?;
    match run::shown(&mut tool("pack", site, out)?)? {
        true => Ok(()),
        false => Err(Fault::new("the release could not be packed: see the message above")),
    }
}

/// An empty folder for a release, with what xtask itself puts there.
pub fn begin(site: &Path, out: &Path) -> Result<()> {
    if !site.join("index.html").is_file() {
        return Err(Fault::new(format!("{} is no built site: run `cargo xtask build --release`", site.display())));
    }
    if out.exists() {
        std::fs::remove_dir_all(out).doing(format_args!("remove {}", out.display()))?;
    }
    std::fs::create_dir_all(out).doing(format_args!("make {}", out.display()))?;
    // What xtask makes of the site itself goes to `out` here: all that is there gets into the sums.
    single::write(site, &out.join("single.html"))
}

/// The program that packs and checks, told what there is.
pub fn tool(command: &str, site: &Path, out: &Path) -> Result<Command> {
    let mut tool = run::cargo(&["run", "--quiet", "--package", "release", "--", command]);
    tool.arg("--root").arg(place::root()).arg("--site").arg(site).arg("--out").arg(out);
    if let Some(time) = committed()? {
        tool.arg("--time").arg(time);
    }
    for (bin, feature) in hook::programs() {
        tool.arg("--program").arg(format!("{bin}={feature}"));
    }
    Ok(tool)
}

/// When the last commit was made, in UTC; nothing outside a clone. In a clone that git does not read (one that belongs to
/// somebody else, say) it is an error: the zip would have another time than that of the same release elsewhere.
fn committed() -> Result<Option<String>> {
    if !place::root().join(".git").exists() {
        return Ok(None);
    }
    let mut log = run::command("git", &["log", "-1", "--format=%cd", "--date=format-local:%Y-%m-%dT%H:%M:%S"]);
    let time = run::captured(log.env("TZ", "UTC"))?;
    Ok(Some(time.trim().to_string()).filter(|time| !time.is_empty()))
}

/// Makes the release of the last commit in another folder, under another time zone, locale and umask.
fn compare_with_another(out: &Path) -> Result<()> {
    let changed = run::captured(&mut run::command("git", &["status", "--porcelain"]))?;
    if !changed.trim().is_empty() {
        return Err(Fault::new(format!("--verify compares with the last commit: commit or put away first\n{changed}")));
    }
    // Not under this folder: cargo would read the settings of both.
    let other = std::env::temp_dir().join(format!("bsh-verify-{}", std::process::id())).join("elsewhere");
    println!("making it once more in {}", other.display());
    let result = again(&other).and_then(|()| differences(out, &other.join("release")));
    if let Some(folder) = other.parent() {
        std::fs::remove_dir_all(folder).doing(format_args!("remove {}", folder.display()))?;
    }
    match result? {
        differing if differing.is_empty() => {
            println!("both releases are equal, byte for byte");
            Ok(())
        }
        differing => Err(Fault::new(format!("the second release differs in {}", differing.join(", ")))),
    }
}

fn again(other: &Path) -> Result<()> {
    let to = other.to_string_lossy();
    let mut clone = run::command("git", &["clone", "--quiet", "--no-hardlinks", ".", &to]);
    run::captured(&mut clone)?;
    let mut make = elsewhere("cargo", &["xtask", "dist"]);
    make.current_dir(other).env_remove("CARGO_TARGET_DIR").env_remove("CARGO_MANIFEST_DIR");
    match run::shown(&mut make)? {
        true => Ok(()),
        false => Err(Fault::new("the second release could not be made: see the messages above")),
    }
}

/// A program with other surroundings, which nothing of a release may go by.
pub fn elsewhere(program: &str, arguments: &[&str]) -> Command {
    let mut command = match cfg!(unix) {
        true => run::command("sh", &["-c", "umask 077 && exec \"$@\"", "sh", program]),
        false => run::command(program, &[]),
    };
    command.args(arguments).env("TZ", "Pacific/Apia").env("LC_ALL", "C").env("SOURCE_DATE_EPOCH", "1");
    command
}

/// The files that differ between two releases, or are in one alone.
pub fn differences(one: &Path, other: &Path) -> Result<Vec<String>> {
    let read = |folder: &Path| {
        let file = folder.join(SUMS);
        std::fs::read_to_string(&file).doing(format_args!("read {}", file.display()))
    };
    Ok(differing(&read(one)?, &read(other)?))
}

fn differing(one: &str, other: &str) -> Vec<String> {
    let only = |a: &str, b: &str| -> Vec<String> {
        let lines = a.lines().filter(|line| !b.lines().any(|there| there == *line));
        lines.map(|line| line.split_once("  ").map_or(line, |(_, name)| name).to_string()).collect()
    };
    let mut names = only(one, other);
    names.extend(only(other, one));
    names.sort();
    names.dedup();
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_tell_what_differs() {
        assert!(differing("1  a\n2  b\n", "1  a\n2  b\n").is_empty());
        assert_eq!(differing("1  a\n2  b\n", "1  a\n3  b\n4  c\n"), ["b", "c"]);
    }
}
