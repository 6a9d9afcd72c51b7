//! A second release of the built files, as an upload would bring it.
//! Knows how files are named and where the page names its release; must not know what is in them.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::run::Env;

/// The name of the release in a folder.
pub fn release(folder: &Path) -> Result<String> {
    let html = std::fs::read_to_string(folder.join("index.html"))?;
    let (_, rest) = html.split_once("data-release=\"").context("index.html names no release")?;
    Ok(rest.split('"').next().unwrap_or_default().to_owned())
}

/// `bsh-0123456789abcdef.js`: what follows the last hyphen of a name, as far as it is a hash.
pub fn hash(name: &str) -> Option<&str> {
    let (_, rest) = name.rsplit_once('-')?;
    let (hash, _) = rest.split_once('.')?;
    (hash.len() == 16 && hash.bytes().all(|b| b.is_ascii_hexdigit())).then_some(hash)
}

/// A second release: the built files, each under another name, with a mark on the page to tell them apart.
pub fn next(env: &Env) -> Result<PathBuf> {
    let (from, to) = (&env.args.dist, env.engine.folder().join("next"));
    if to.is_dir() {
        std::fs::remove_dir_all(&to)?;
    }
    std::fs::create_dir_all(&to)?;
    let mut names = Vec::new();
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        if entry.path().is_file() {
            names.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    let turned = |hash: &str| hash.chars().rev().collect::<String>();
    let mut all: Vec<String> = names.iter().filter_map(|name| hash(name).map(str::to_owned)).collect();
    all.push(release(from)?);
    for name in names {
        let new = hash(&name).map_or(name.clone(), |old| name.replace(old, &turned(old)));
        let bytes = std::fs::read(from.join(&name))?;
        // Those that name other files.
        let bytes = match hash(&name).is_none().then(|| String::from_utf8(bytes.clone())) {
            Some(Ok(mut text)) => {
                for old in &all {
                    text = text.replace(old.as_str(), &turned(old));
                }
                text.replace("<html ", "<html data-next ").into_bytes()
            }
            _ => bytes,
        };
        std::fs::write(to.join(new), bytes)?;
    }
    Ok(to)
}
