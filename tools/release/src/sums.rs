//! What proves a file: SHA-256 for the whole release, SRI values for what a page names.
//!
//! Knows digests and their written forms.

use crate::{squeeze, tree};
use anyhow::{Context, Result};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256, Sha384};
use std::path::Path;

pub const SUMS: &str = "SHA256SUMS";
/// The scripts that somebody's page names; all other files are named by these.
pub const NAMED: [&str; 2] = ["element.js", "embed.js"];

pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

pub fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

pub fn integrity(bytes: &[u8]) -> String {
    format!("sha384-{}", STANDARD.encode(Sha384::digest(bytes)))
}

/// The lines that `sha256sum -c` reads, for every file of a release but this one.
pub fn sums(release: &Path) -> Result<String> {
    let mut lines = String::new();
    for name in tree::files(release)?.iter().filter(|name| *name != SUMS) {
        lines += &format!("{}  {name}\n", sha256(&tree::read(&release.join(name))?));
    }
    Ok(lines)
}

/// The SRI value of every file of the site that a browser asks for by name.
pub fn sri(site: &Path, version: &str) -> Result<Value> {
    let mut files = Map::new();
    for name in tree::files(site)? {
        if !squeeze::is_copy(&name) && name != "web.config" {
            files.insert(name.clone(), json!(integrity(&tree::read(&site.join(&name))?)));
        }
    }
    Ok(json!({ "version": version, "files": files }))
}

/// The same for reading, with the two tags to copy.
pub fn sri_text(sri: &Value) -> Result<String> {
    let files = sri["files"].as_object().context("no files in the SRI values")?;
    let value = |name: &str| files.get(name).and_then(Value::as_str).with_context(|| format!("the site has no {name}"));
    let mut text = format!(
        "# Integrity values of version {}\n\nFor a page that names a script of this release. `crossorigin` is needed where \
         the files lie on another origin.\nWith a value in the tag, another version of the script is refused: change both \
         together.\n\n",
        sri["version"].as_str().unwrap_or_default()
    );
    for name in NAMED {
        text += &format!(
            "    <script src=\"https://your.site/bsh/{name}\" integrity=\"{}\"\n      crossorigin=\"anonymous\" async></script>\n",
            value(name)?
        );
    }
    text += "\nA browser checks the script in the tag and nothing that the script fetches. The values of all files:\n\n\
             | file | integrity |\n|---|---|\n";
    for (name, value) in files {
        text += &format!("| `{name}` | `{}` |\n", value.as_str().unwrap_or_default());
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digests_are_those_of_the_standard() {
        assert_eq!(sha256(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        // The example of the W3C's text on subresource integrity.
        let script = b"alert('Hello, world.');";
        assert_eq!(integrity(script), "sha384-H8BRh8j48O9oYatfu5AZzq6A9RINhZO5H16dQZngK7T62em8MUt1FLm52t+eX6xO");
    }
}
