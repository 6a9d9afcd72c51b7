//! The suite about the release: packed twice from the built site into the same bytes, checked against what it was made of,
//! and used as the npm package that it is.
//!
//! Knows the programs that check. That the build itself gives the same bytes in another folder is `dist --verify`, which
//! takes minutes.

use super::{Bench, Outcome};
use crate::dist as release;
use crate::fault::{Doing, Fault, Result};
use crate::{node, place, run};
use std::path::{Path, PathBuf};
use std::process::Command;

const PACKAGE: &str = "buy-sell-hierarchy";

pub fn dist(_: &Bench) -> Result<Outcome> {
    let folder = place::target().join("dist-test");
    let (one, two) = (folder.join("one"), folder.join("two"));
    release::pack(&place::dist(), &one)?;
    let mut checks =
        vec![("the same bytes whatever the time zone, the locale and the umask".to_string(), twice(&one, &two)?)];
    checks.extend(contents(&one)?);
    checks.push(shown(
        "sbom.cdx.json is valid CycloneDX",
        run::command("node", &["tools/sbom.mjs"]).arg(one.join("sbom.cdx.json")),
    )?);
    let packed = packed(&one)?;
    let publint = run::command(node::program("publint"), &["run", "--strict"]);
    checks.push(shown("publint", { publint }.arg(&packed))?);
    let attw = run::command(
        node::program("attw"),
        &["--profile", "esm-only", "--no-emoji", "--no-color", "--format", "ascii"],
    );
    checks.push(shown("arethetypeswrong", { attw }.arg(&packed))?);
    checks.extend(used(&folder.join("project"), &one, &packed)?);
    Ok(Outcome::of_checks(checks))
}

/// Packs it once more with other surroundings; true when it came out the same.
fn twice(one: &Path, two: &Path) -> Result<bool> {
    release::begin(&place::dist(), two)?;
    let tool = release::tool("pack", &place::dist(), two)?;
    let words: Vec<String> = tool.get_args().map(|word| word.to_string_lossy().into_owned()).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    if !run::shown(&mut release::elsewhere("cargo", &words))? {
        return Ok(false);
    }
    let differing = release::differences(one, two)?;
    if !differing.is_empty() {
        println!("the second packing differs in {}", differing.join(", "));
    }
    Ok(differing.is_empty())
}

/// What the program that packed it finds when it looks at it anew.
fn contents(out: &Path) -> Result<Vec<(String, bool)>> {
    let (_, lines) = run::shown_and_read(&mut release::tool("check", &place::dist(), out)?)?;
    let good = |line: &String| line.strip_prefix("ok ").map(|name| (name.to_string(), true));
    let bad = |line: &String| line.strip_prefix("FAILED ").map(|name| (name.to_string(), false));
    let checks: Vec<_> = lines.iter().filter_map(|line| good(line).or_else(|| bad(line))).collect();
    match checks.is_empty() {
        true => Err(Fault::new("the release was not checked at all: see the message above")),
        false => Ok(checks),
    }
}

fn shown(name: &str, command: &mut Command) -> Result<(String, bool)> {
    let ok = run::shown(command)?;
    println!("{} {name}", if ok { "ok" } else { "FAILED" });
    Ok((name.to_string(), ok))
}

fn packed(release: &Path) -> Result<PathBuf> {
    for entry in std::fs::read_dir(release).doing("list the release")? {
        let path = entry.doing("list the release")?.path();
        if path.extension().is_some_and(|ending| ending == "tgz") {
            return Ok(path);
        }
    }
    Err(Fault::new("the npm package is not packed"))
}

/// A project of somebody else: installs the package, compiles a right use and no wrong one, imports it where there is no
/// page, and copies the assets as the documents say.
fn used(project: &Path, out: &Path, packed: &Path) -> Result<Vec<(String, bool)>> {
    if project.exists() {
        std::fs::remove_dir_all(project).doing("empty the test project")?;
    }
    std::fs::create_dir_all(project).doing("make the test project")?;
    let source = place::root().join("tools").join("package");
    for name in ["package.json", "tsconfig.json", "use.ts", "use.mjs"] {
        std::fs::copy(source.join(name), project.join(name)).doing(format_args!("copy tools/package/{name}"))?;
    }
    let npm = place::on_path("npm").unwrap_or_else(|| "npm".into());
    let mut install = Command::new(npm);
    install.args(["install", "--offline", "--ignore-scripts", "--no-audit", "--no-fund", "--no-save"]).arg(packed);
    let mut checks = vec![shown("npm install of the packed file", install.current_dir(project))?];
    let installed = project.join("node_modules").join(PACKAGE);
    let same = same(&installed, &out.join("npm"))?;
    checks.push(("what npm installs is the package's folder".to_string(), same));
    let mut compile = run::command(node::program("tsc"), &["-p"]);
    checks.push(shown("its types, in a project of somebody else", compile.arg(project))?);
    checks.push(shown("its import without a page", run::command("node", &["use.mjs"]).current_dir(project))?);
    Ok(checks)
}

/// Have both folders the same files?
fn same(one: &Path, other: &Path) -> Result<bool> {
    let list = |folder: &Path| -> Result<Vec<PathBuf>> {
        let mut names = Vec::new();
        for entry in std::fs::read_dir(folder).doing(format_args!("list {}", folder.display()))? {
            names.push(PathBuf::from(entry.doing("list a folder")?.file_name()));
        }
        names.sort();
        Ok(names)
    };
    let names = list(one)?;
    if names != list(other)? {
        println!("{} has other files than {}", one.display(), other.display());
        return Ok(false);
    }
    for name in names {
        let (a, b) = (one.join(&name), other.join(&name));
        let equal = match a.is_dir() {
            true => same(&a, &b)?,
            false => std::fs::read(&a).doing("read")? == std::fs::read(&b).doing("read")?,
        };
        if !equal {
            println!("{} is not {}", a.display(), b.display());
            return Ok(false);
        }
    }
    Ok(true)
}
