//! What every server has to say of every file: the one table that all recipes are held against.
//! Knows names of files and values of headers; must not know any server.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result};

/// Where the site is, on every server.
pub const PREFIX: &str = "/tools/hierarchy/";
/// Where the recipes have its files.
pub const PLACE: &str = "/srv/www/hierarchy";

/// What is compressed, as `Accept-Encoding` calls it, and the ending of such files.
pub const ENCODINGS: [(&str, &str); 2] = [("br", ".br"), ("gzip", ".gz")];

pub const TYPES: [(&str, &str); 10] = [
    ("html", "text/html; charset=utf-8"),
    ("js", "text/javascript; charset=utf-8"),
    ("css", "text/css; charset=utf-8"),
    ("txt", "text/plain; charset=utf-8"),
    ("ts", "text/plain; charset=utf-8"),
    ("wasm", "application/wasm"),
    ("json", "application/json"),
    ("webmanifest", "application/manifest+json"),
    ("svg", "image/svg+xml"),
    ("png", "image/png"),
];

/// Of every file.
pub const HEADERS: [(&str, &str); 5] = [
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=()"),
    ("Access-Control-Allow-Origin", "*"),
    ("Cross-Origin-Resource-Policy", "cross-origin"),
];

/// Of a name with a hash in it.
pub const KEPT: &str = "public, max-age=31536000, immutable";
/// Of every other.
pub const ASKED: &str = "no-cache";

/// The page for frames: any site may frame it.
pub const FRAME: &str = "embed.html";
const ANCESTORS: &str = "; frame-ancestors 'self'";

/// Rules of a server that lie among the files; nobody asks for them.
const OWN: [&str; 2] = ["web.config", ".htaccess"];

/// The files of the site by name, without those that are another one compressed, and without rules of a server.
pub fn files(root: &Path) -> Result<BTreeMap<String, Vec<u8>>> {
    let mut all = BTreeMap::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).with_context(|| format!("list {}", folder.display()))? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let name = path.strip_prefix(root)?.to_string_lossy().into_owned();
            all.insert(name, std::fs::read(&path)?);
        }
    }
    let plain = |name: &str| ENCODINGS.iter().find_map(|(_, ending)| name.strip_suffix(ending)).map(str::to_owned);
    let compressed: Vec<String> =
        all.keys().filter(|name| plain(name).is_some_and(|plain| all.contains_key(&plain))).cloned().collect();
    for name in compressed.iter().map(String::as_str).chain(OWN) {
        all.remove(name);
    }
    Ok(all)
}

pub fn type_of(name: &str) -> Result<&'static str> {
    let ending = name.rsplit('.').next().unwrap_or_default();
    let found = TYPES.iter().find(|(known, _)| *known == ending).map(|(_, value)| *value);
    found.with_context(|| format!("{name}: no recipe knows its type; add .{ending} to TYPES and to every recipe"))
}

/// `-`, sixteen digits of a hash, then the ending.
pub fn hashed(name: &str) -> bool {
    let file = name.rsplit('/').next().unwrap_or(name);
    file.rsplit_once('.')
        .and_then(|(stem, _)| stem.rsplit_once('-'))
        .is_some_and(|(_, hash)| hash.len() == 16 && hash.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')))
}

pub fn cache_of(name: &str) -> &'static str {
    if hashed(name) { KEPT } else { ASKED }
}

/// The policy that a page is to be sent with: the one that is in it, and who may frame it, which only a header can say.
pub fn policy_of(name: &str, bytes: &[u8]) -> Result<Option<String>> {
    if !name.ends_with(".html") {
        return Ok(None);
    }
    let html = std::str::from_utf8(bytes)?;
    let (_, rest) = html
        .split_once("http-equiv=\"Content-Security-Policy\" content=\"")
        .with_context(|| format!("{name} has no policy in it"))?;
    let own = rest.split('"').next().unwrap_or_default();
    let ancestors = if name.rsplit('/').next() == Some(FRAME) { "" } else { ANCESTORS };
    Ok(Some(format!("{own}{ancestors}")))
}
