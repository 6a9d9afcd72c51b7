//! Precompressed files: brotli and gzip, each in bytes that depend on the input alone.
//!
//! Knows bytes and endings. The encoders are crates and not Node's: their bytes are fixed by Cargo.lock, where zlib in Node
//! goes by the processor as well.

use crate::tree;
use anyhow::{Context, Result};
use flate2::Compression;
use std::io::{Read, Write};
use std::path::Path;

/// What gets smaller. Pictures are compressed already.
const KINDS: [&str; 11] = ["html", "js", "mjs", "css", "wasm", "txt", "json", "svg", "webmanifest", "ts", "xml"];

pub fn compressible(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, ending)| KINDS.contains(&ending))
}

/// Is this the compressed copy of another file?
pub fn is_copy(name: &str) -> bool {
    name.ends_with(".br") || name.ends_with(".gz")
}

pub fn brotli(bytes: &[u8]) -> Result<Vec<u8>> {
    let params =
        brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, size_hint: bytes.len(), ..Default::default() };
    let mut out = Vec::new();
    brotli::BrotliCompress(&mut &bytes[..], &mut out, &params).context("brotli failed")?;
    Ok(out)
}

/// Without a name, a time or a system.
pub fn gzip(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut out = flate2::GzBuilder::new().mtime(0).operating_system(255).write(Vec::new(), Compression::best());
    out.write_all(bytes)?;
    Ok(out.finish()?)
}

pub fn unbrotli(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    brotli::Decompressor::new(bytes, 4096).read_to_end(&mut out).context("no brotli")?;
    Ok(out)
}

pub fn ungzip(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    flate2::read::GzDecoder::new(bytes).read_to_end(&mut out).context("no gzip")?;
    Ok(out)
}

/// Puts the compressed copies of a site's files beside them, where they are smaller.
pub fn all(site: &Path) -> Result<()> {
    for name in tree::files(site)?.iter().filter(|name| compressible(name)) {
        let bytes = tree::read(&site.join(name))?;
        for (ending, small) in [("br", brotli(&bytes)?), ("gz", gzip(&bytes)?)] {
            if small.len() < bytes.len() {
                tree::write(&site.join(format!("{name}.{ending}")), small)?;
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_goes_in_comes_out() -> Result<()> {
        let text = "a text, a text, a text ".repeat(50);
        let (br, gz) = (brotli(text.as_bytes())?, gzip(text.as_bytes())?);
        assert!(br.len() < 100 && gz.len() < 100);
        assert_eq!(unbrotli(&br)?, text.as_bytes());
        assert_eq!(ungzip(&gz)?, text.as_bytes());
        assert_eq!(gz[3..10], [0, 0, 0, 0, 0, 2, 255], "no name, no time, best, no system");
        assert!(unbrotli(&br[..br.len() / 2]).is_err() && ungzip(&gz[..20]).is_err());
        Ok(())
    }

    #[test]
    fn a_picture_is_left_alone() {
        assert!(compressible("bsh.d.ts") && compressible("a.webmanifest"));
        assert!(!compressible("icon.png") && !compressible("web.config") && !compressible("a.js.br"));
        assert!(is_copy("a.js.br") && !is_copy("a.js"));
    }
}
