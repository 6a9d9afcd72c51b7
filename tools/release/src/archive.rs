//! The zip of the site: sorted, with one time and one mode for every file.
//!
//! Knows zip. Must not know what is in the files.

use crate::{squeeze, tree};
use anyhow::{Context, Result};
use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};
use std::path::Path;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

/// The files stand at the top, as whoever uploads a site in a zip needs them.
pub fn zip(folder: &Path) -> Result<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for name in tree::files(folder)? {
        let small = squeeze::is_copy(&name) || name.ends_with(".png");
        let options = SimpleFileOptions::default()
            .compression_method(if small { CompressionMethod::Stored } else { CompressionMethod::Deflated })
            .compression_level(if small { None } else { Some(9) })
            // The first that a zip can say: 1 January 1980.
            .last_modified_time(DateTime::default())
            .unix_permissions(0o644);
        zip.start_file(&name, options)?;
        zip.write_all(&tree::read(&folder.join(&name))?)?;
    }
    Ok(zip.finish()?.into_inner())
}

/// The files of a zip by name; a fault when one has another time or mode.
pub fn unzip(bytes: &[u8]) -> Result<BTreeMap<String, Vec<u8>>> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).context("no zip")?;
    let mut files = BTreeMap::new();
    for at in 0..zip.len() {
        let mut file = zip.by_index(at)?;
        let name = file.name()?.into_owned();
        anyhow::ensure!(file.last_modified() == Some(DateTime::default()), "{name} has a time of its own in the zip");
        anyhow::ensure!(file.unix_mode().map(|mode| mode & 0o777) == Some(0o644), "{name} has another mode in the zip");
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        files.insert(name, bytes);
    }
    Ok(files)
}
