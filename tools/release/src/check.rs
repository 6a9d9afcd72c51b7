//! Checks a release against the site that it was packed from and against what cargo says, each thing anew.
//!
//! Knows what must hold of a release. Prints a line for each check: `ok` or `FAILED`, then its name.

use crate::crates::{PACKAGE, listed};
use crate::{EXAMPLES, Given, about, archive, archive_name, licences, npm, sbom, squeeze, sums, tree};
use anyhow::{Context, Result, ensure};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

type Check = fn(&Given) -> Result<()>;

const CHECKS: [(&str, Check); 10] = [
    ("the site is what was built, and its licences", site),
    ("every compressed copy is the file beside it, and smaller", |given| copies(&given.out.join("site"))),
    ("the zip is the site", zip),
    ("the npm package has the site and the project's own files", package),
    ("SHA256SUMS names every file, with the right sum", |given| checksums(&given.out)),
    ("sri.json and sri.md have the right values", sri),
    ("the SBOM lists what cargo compiles into each program", bill),
    ("everything in the SBOM has a licence text", texts),
    ("no file names a folder of this machine", |given| places(&given.out, &machine(&given.root))),
    ("no source map, no example, nothing of development", |given| strangers(&given.out)),
];

/// True when all hold.
pub fn all(given: &Given) -> Result<bool> {
    let mut good = true;
    for (name, check) in CHECKS {
        match check(given) {
            Ok(()) => println!("ok {name}"),
            Err(error) => {
                println!("FAILED {name}");
                println!("  {error:#}");
                good = false;
            }
        }
    }
    Ok(good)
}

fn site(given: &Given) -> Result<()> {
    let site = given.out.join("site");
    let mut built: BTreeSet<String> = tree::files(&given.site)?.into_iter().collect();
    built.retain(|name| !name.starts_with(EXAMPLES));
    ensure!(built.contains("index.html") && built.contains("element.js"), "{} is no site", given.site.display());
    for name in &built {
        ensure!(tree::read(&site.join(name))? == tree::read(&given.site.join(name))?, "{name} is not as it was built");
    }
    let added: BTreeSet<String> = tree::files(&site)?.into_iter().filter(|name| !squeeze::is_copy(name)).collect();
    let added: Vec<&String> = added.difference(&built).filter(|name| *name != "web.config").collect();
    ensure!(added == [licences::FILE], "the site has more than was built: {added:?}");
    Ok(())
}

fn copies(site: &Path) -> Result<()> {
    let names: BTreeSet<String> = tree::files(site)?.into_iter().collect();
    let mut count = 0;
    for copy in names.iter().filter(|name| squeeze::is_copy(name)) {
        let (name, ending) = copy.rsplit_once('.').unwrap_or_default();
        ensure!(names.contains(name), "{copy} has no file beside it");
        let (whole, small) = (tree::read(&site.join(name))?, tree::read(&site.join(copy))?);
        let again = if ending == "br" { squeeze::unbrotli(&small) } else { squeeze::ungzip(&small) };
        ensure!(again.with_context(|| copy.clone())? == whole, "{copy} is not {name}");
        ensure!(small.len() < whole.len(), "{copy} is no smaller than {name}");
        count += 1;
    }
    // Small files may have none; these have both.
    for name in names.iter().filter(|name| name.ends_with(".wasm") || name.ends_with(".html") || name.ends_with(".js"))
    {
        for ending in ["br", "gz"] {
            ensure!(names.contains(&format!("{name}.{ending}")), "{name} has no .{ending} beside it");
        }
    }
    ensure!(count > 0, "there is no compressed copy at all");
    Ok(())
}

fn zip(given: &Given) -> Result<()> {
    let name = archive_name(&about(&given.root)?.version);
    let inside = archive::unzip(&tree::read(&given.out.join(&name))?, given.time)?;
    let site = given.out.join("site");
    let names = tree::files(&site)?;
    ensure!(inside.keys().eq(names.iter()), "{name} has other files than the site");
    for (name, bytes) in &inside {
        ensure!(*bytes == tree::read(&site.join(name))?, "{name} is another one in the zip");
    }
    Ok(())
}

fn package(given: &Given) -> Result<()> {
    let (site, package) = (given.out.join("site"), given.out.join("npm"));
    let wanted: Vec<String> = tree::files(&site)?.into_iter().filter(|name| npm::is_asset(name)).collect();
    ensure!(tree::files(&package.join("assets"))? == wanted, "assets/ has other files than the site");
    let pairs = wanted.iter().map(|name| (format!("assets/{name}"), site.join(name)));
    let own = npm::TAKEN.iter().map(|(name, from)| ((*name).to_owned(), given.root.join(from)));
    for (name, from) in pairs.chain(own) {
        ensure!(tree::read(&package.join(&name))? == tree::read(&from)?, "{name} is not {}", from.display());
    }
    let manifest: Value = serde_json::from_str(&tree::text(&package.join("package.json"))?)?;
    let about = about(&given.root)?;
    ensure!(manifest["version"] == about.version && manifest["license"] == about.licence, "package.json: {manifest}");
    ensure!(given.out.join(format!("{PACKAGE}-{}.tgz", about.version)).is_file(), "it is not packed");
    Ok(())
}

fn checksums(out: &Path) -> Result<()> {
    let text = tree::text(&out.join(sums::SUMS))?;
    let mut given = BTreeMap::new();
    for line in text.lines() {
        let (sum, name) = line.split_once("  ").with_context(|| format!("not two columns: {line}"))?;
        given.insert(name, sum);
    }
    let names = tree::files(out)?;
    let names: Vec<&String> = names.iter().filter(|name| *name != sums::SUMS).collect();
    ensure!(given.keys().copied().eq(names.iter().map(|name| name.as_str())), "it names other files than there are");
    for name in names {
        let sum = sums::sha256(&tree::read(&out.join(name))?);
        ensure!(given.get(name.as_str()) == Some(&sum.as_str()), "{name} has another sum");
    }
    Ok(())
}

fn sri(given: &Given) -> Result<()> {
    let site = given.out.join("site");
    let said: Value = serde_json::from_str(&tree::text(&given.out.join("sri.json"))?)?;
    let files = said["files"].as_object().context("no files in it")?;
    let wanted: Vec<String> = tree::files(&site)?.into_iter().filter(|name| npm::is_asset(name)).collect();
    ensure!(files.keys().eq(wanted.iter()), "it has other files than the site");
    let text = tree::text(&given.out.join("sri.md"))?;
    for name in &wanted {
        let value = sums::integrity(&tree::read(&site.join(name))?);
        ensure!(files[name] == value, "{name} has another value");
        ensure!(text.contains(&format!("| `{name}` | `{value}` |")), "sri.md has no line for {name}");
        if sums::NAMED.contains(&name.as_str()) {
            ensure!(text.contains(&format!("{name}\" integrity=\"{value}\"")), "sri.md has no tag for {name}");
        }
    }
    Ok(())
}

/// The components of the SBOM that are inside the programs: name and version, and in which.
fn inside(out: &Path) -> Result<BTreeMap<String, String>> {
    let bom: Value = serde_json::from_str(&tree::text(&out.join(sbom::FILE))?)?;
    let mut found = BTreeMap::new();
    for one in bom["components"].as_array().into_iter().flatten() {
        let (name, version) = (one["name"].as_str().unwrap_or_default(), one["version"].as_str().unwrap_or_default());
        if one["scope"] == "required" && name != "rust-std" {
            ensure!(one["hashes"][0]["content"].is_string(), "{name} {version} has no checksum");
            let programs = one["properties"][0]["value"].as_str().unwrap_or_default();
            found.insert(format!("{name} {version}"), programs.to_owned());
        }
    }
    Ok(found)
}

fn bill(given: &Given) -> Result<()> {
    let mut wanted: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for program in &given.programs {
        for line in listed(&given.root, &program.feature, "normal,no-proc-macro")?.lines() {
            let words: Vec<&str> = line.split_whitespace().collect();
            if let [_, name, version, ..] = words[..]
                && name != PACKAGE
            {
                let id = format!("{name} {}", version.trim_start_matches('v'));
                wanted.entry(id).or_default().insert(&program.bin);
            }
        }
    }
    ensure!(!wanted.is_empty(), "cargo tree listed nothing");
    let wanted: BTreeMap<String, String> =
        wanted.into_iter().map(|(id, bins)| (id, bins.into_iter().collect::<Vec<_>>().join(" "))).collect();
    let found = inside(&given.out)?;
    for id in wanted.keys().chain(found.keys()) {
        ensure!(
            wanted.get(id) == found.get(id),
            "{id}: cargo has it in {:?}, the SBOM in {:?}",
            wanted.get(id),
            found.get(id)
        );
    }
    Ok(())
}

fn texts(given: &Given) -> Result<()> {
    let page = tree::text(&given.out.join(licences::FILE))?;
    let has = licences::given(&page)?;
    for id in inside(&given.out)?.keys() {
        ensure!(has.contains_key(id), "{id} has no text in {}", licences::FILE);
    }
    ensure!(page.contains("The Rust standard library"), "the standard library has no text");
    for copy in ["site", "npm", "npm/assets"] {
        ensure!(
            tree::text(&given.out.join(copy).join(licences::FILE))? == page,
            "{copy} has another {}",
            licences::FILE
        );
    }
    Ok(())
}

/// What would say where a release was made.
fn machine(root: &Path) -> Vec<String> {
    let mut named = vec![root.to_path_buf(), std::env::temp_dir().join("")];
    named.extend(std::env::home_dir());
    named.extend(["CARGO_HOME", "RUSTUP_HOME"].iter().filter_map(std::env::var_os).map(PathBuf::from));
    let mut all: Vec<String> = named.iter().map(|path| path.to_string_lossy().into_owned()).collect();
    // A home folder of `/` would be found anywhere.
    all.retain(|path| path.len() > 4);
    all.extend(["/home/", "/Users/", "\\Users\\", ".cargo/registry", "index.crates.io"].map(str::to_owned));
    all
}

fn places(out: &Path, machine: &[String]) -> Result<()> {
    for name in tree::files(out)? {
        let bytes = tree::read(&out.join(&name))?;
        let text = String::from_utf8_lossy(&bytes);
        for place in machine {
            let found = text.find(place.as_str()).map(|at| text[at..].chars().take(80).collect::<String>());
            ensure!(found.is_none(), "{name} has {}", found.unwrap_or_default());
        }
    }
    Ok(())
}

fn strangers(out: &Path) -> Result<()> {
    const KINDS: [&str; 16] = [
        "html",
        "js",
        "css",
        "wasm",
        "txt",
        "json",
        "svg",
        "png",
        "ico",
        "webmanifest",
        "ts",
        "config",
        "md",
        "zip",
        "tgz",
        "xml",
    ];
    const BARE: [&str; 3] = [sums::SUMS, "LICENSE-MIT", "LICENSE-APACHE"];
    for name in tree::files(out)? {
        let file = name.rsplit('/').next().unwrap_or(&name);
        let whole = file.strip_suffix(".br").or_else(|| file.strip_suffix(".gz")).unwrap_or(file);
        let known = whole.rsplit_once('.').map_or(BARE.contains(&whole), |(_, ending)| KINDS.contains(&ending));
        ensure!(known && !file.starts_with('.'), "{name} does not belong into a release");
        ensure!(!format!("/{name}").contains("/examples/"), "{name} is an example");
        let text = tree::read(&out.join(&name))?;
        ensure!(!String::from_utf8_lossy(&text).contains("sourceMappingURL="), "{name} names a source map");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder of its own that goes away with the value.
    struct Folder(PathBuf);

    impl Folder {
        fn new(name: &str, files: &[(&str, &[u8])]) -> Result<Folder> {
            let path = std::env::temp_dir().join(format!("bsh-release-{name}-{}", std::process::id()));
            let _ = std::fs::remove_dir_all(&path);
            for (name, bytes) in files {
                tree::write(&path.join(name), bytes)?;
            }
            Ok(Folder(path))
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = std::fs::remove_dir_all(&self.0);
        }
    }

    #[test]
    fn a_copy_of_something_else_is_found() -> Result<()> {
        let page = "a page ".repeat(60);
        let folder = Folder::new("copies", &[("index.html", page.as_bytes())])?;
        assert!(copies(&folder.0).is_err(), "without a copy");
        squeeze::all(&folder.0)?;
        copies(&folder.0)?;
        tree::write(&folder.0.join("index.html.gz"), squeeze::gzip(b"another page")?)?;
        assert!(copies(&folder.0).is_err(), "the copy of another page");
        Ok(())
    }

    #[test]
    fn a_changed_and_an_unnamed_file_are_found() -> Result<()> {
        let folder = Folder::new("sums", &[("a.js", b"1"), ("b/c.js", b"2")])?;
        tree::write(&folder.0.join(sums::SUMS), sums::sums(&folder.0)?)?;
        checksums(&folder.0)?;
        tree::write(&folder.0.join("b/c.js"), b"3")?;
        assert!(checksums(&folder.0).is_err(), "changed");
        tree::write(&folder.0.join("b/c.js"), b"2")?;
        tree::write(&folder.0.join("d.js"), b"")?;
        assert!(checksums(&folder.0).is_err(), "unnamed");
        Ok(())
    }

    #[test]
    fn a_folder_of_the_machine_is_found() -> Result<()> {
        let folder = Folder::new("places", &[("a.wasm", b"\0\xff/home/somebody/src/x.rs\0")])?;
        assert!(places(&folder.0, &["/elsewhere".into()]).is_ok());
        assert!(places(&folder.0, &["/home/".into()]).is_err());
        Ok(())
    }

    #[test]
    fn what_does_not_belong_is_found() -> Result<()> {
        for (name, bytes) in [
            ("a.js.map", &b"{}"[..]),
            (".env", b""),
            ("Makefile", b""),
            ("site/examples/a.html", b""),
            ("a.js", b"//# sourceMappingURL=a"),
        ] {
            let folder = Folder::new("strangers", &[("LICENSE-MIT", b""), (name, bytes)])?;
            assert!(strangers(&folder.0).is_err(), "{name}");
        }
        strangers(&Folder::new("strangers", &[("LICENSE-MIT", b""), ("site/a.wasm.br", b"")])?.0)
    }

    #[test]
    fn a_zip_of_other_files_is_found() -> Result<()> {
        let folder = Folder::new("zip", &[("a.js", b"1"), ("b/c.png", b"2")])?;
        let time = archive::time("2026-11-22T14:05:07")?;
        let packed = archive::zip(&folder.0, time)?;
        assert!(archive::unzip(&packed, time)?.keys().eq(["a.js", "b/c.png"].iter()));
        assert_eq!(packed, archive::zip(&folder.0, time)?);
        assert!(archive::unzip(&packed, archive::time("2026-11-22T14:05:04")?).is_err());
        assert!(archive::unzip(b"PK", time).is_err());
        for wrong in ["", "2026-11-22", "2026-13-22T14:05:07", "1979-11-22T14:05:07", "2026-11-22T300:05:07"] {
            assert!(archive::time(wrong).is_err(), "{wrong}");
        }
        Ok(())
    }
}
