//! The npm package: the loader and the types of web/npm, and the site as its assets.
//!
//! Knows the layout of the package. What the loader does is in web/npm.

use crate::crates::{PACKAGE, run};
use crate::{licences, squeeze, tree};
use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::Command;

const SOURCE: &str = "web/npm";
/// Files that the package takes as they are written, with where they stand in the repository.
pub const TAKEN: [(&str, &str); 6] = [
    ("index.js", "web/npm/index.js"),
    ("index.d.ts", "web/npm/index.d.ts"),
    ("README.md", "web/npm/README.md"),
    ("bsh.d.ts", "web/types/bsh.d.ts"),
    ("LICENSE-MIT", "LICENSE-MIT"),
    ("LICENSE-APACHE", "LICENSE-APACHE"),
];

/// What of the site is in the package: a server of the host's makes its own compressed copies and has its own set-up.
pub fn is_asset(name: &str) -> bool {
    !squeeze::is_copy(name) && name != "web.config"
}

pub struct About {
    pub version: String,
    pub description: String,
    pub licence: String,
    /// The address of the sources. npm takes a statement of origin only for a package that names the same.
    pub repository: Option<String>,
}

/// Writes the package into `npm/` and packs it into a file beside that; gives the latter's name.
pub fn write(root: &Path, site: &Path, out: &Path, about: &About) -> Result<PathBuf> {
    let package = out.join("npm");
    for (name, from) in TAKEN {
        tree::write(&package.join(name), tree::read(&root.join(from))?)?;
    }
    for name in tree::files(site)?.iter().filter(|name| is_asset(name)) {
        tree::write(&package.join("assets").join(name), tree::read(&site.join(name))?)?;
    }
    tree::write(&package.join(licences::FILE), tree::read(&site.join(licences::FILE))?)?;
    let manifest = tree::text(&root.join(SOURCE).join("package.json"))?;
    tree::write(&package.join("package.json"), filled(&manifest, about)?)?;
    // Before npm looks at them: it packs modes as they are.
    tree::settle(&package)?;
    pack(&package, out, &format!("{PACKAGE}-{}.tgz", about.version))
}

fn filled(manifest: &str, about: &About) -> Result<String> {
    let places =
        [("{{version}}", &about.version), ("{{description}}", &about.description), ("{{licence}}", &about.licence)];
    let mut text = manifest.to_owned();
    for (place, value) in places {
        ensure!(text.matches(place).count() == 1, "{SOURCE}/package.json must have {place} once");
        text = text.replace(place, value);
    }
    if let Some(address) = &about.repository {
        let (before, after) = text.split_once("\n  \"keywords\"").context("web/npm/package.json has no keywords")?;
        let address = json!({ "type": "git", "url": format!("git+{address}") });
        text = format!("{before}\n  \"repository\": {address},\n  \"keywords\"{after}");
    }
    let _: Value = serde_json::from_str(&text).with_context(|| format!("{SOURCE}/package.json is no JSON"))?;
    Ok(text)
}

/// By npm itself, which knows what belongs into a package. It takes Node's zlib, whose bytes go by the machine: what it
/// packed is compressed anew.
fn pack(package: &Path, out: &Path, name: &str) -> Result<PathBuf> {
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    let mut pack = Command::new(npm);
    pack.args(["pack", "--ignore-scripts", "--silent", "--pack-destination"]).arg(out);
    run(package, pack.env("npm_config_update_notifier", "false").env("npm_config_offline", "true"))?;
    let file = out.join(name);
    let tar = squeeze::ungzip(&tree::read(&file).context("npm pack wrote another file")?)?;
    tree::write(&file, squeeze::gzip(&tar)?)?;
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_of_the_manifest_is_filled() {
        let mut about =
            About { version: "1.2.3".into(), description: "D".into(), licence: "MIT".into(), repository: None };
        let good = r#"{"version": "{{version}}", "description": "{{description}}", "license": "{{licence}}"}"#;
        let text = filled(good, &about).unwrap_or_default();
        assert_eq!(text, r#"{"version": "1.2.3", "description": "D", "license": "MIT"}"#);
        assert!(filled(r#"{"version": "{{version}}"}"#, &about).is_err());
        assert!(filled(&good[1..], &about).is_err());
        about.repository = Some("https://git.example/we/it".into());
        let good = good.replace(", \"license\"", ",\n  \"keywords\": [], \"license\"");
        let manifest: Value = serde_json::from_str(&filled(&good, &about).unwrap_or_default()).unwrap_or_default();
        assert_eq!(manifest["repository"]["url"], "git+https://git.example/we/it");
    }
}
