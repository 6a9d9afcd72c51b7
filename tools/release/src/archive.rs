//! The zip of the site: sorted, with one time and one mode for every file.
//!
//! Knows zip. Must not know what is in the files.

use crate::{squeeze, tree};
use anyhow::{Context, Result, anyhow};
use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};
use std::path::Path;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

/// A time as `2026-11-22T14:05:06`; a zip says every other second.
pub fn time(text: &str) -> Result<DateTime> {
    let wrong = || anyhow!("--time is given in UTC as 2026-11-22T14:05:06, not as {text}");
    let mut parts = text.split(['-', 'T', ':']).map(str::parse::<u16>);
    let mut next = || parts.next().and_then(Result::ok).ok_or_else(wrong);
    let (year, [month, day, hour, minute, second]) = (next()?, [next()?, next()?, next()?, next()?, next()?]);
    let byte = |value: u16| u8::try_from(value).map_err(|_| wrong());
    DateTime::from_date_and_time(year, byte(month)?, byte(day)?, byte(hour)?, byte(minute)?, byte(second & !1)?)
        .map_err(|_| wrong())
}

/// The files stand at the top, as whoever uploads a site in a zip needs them. Web servers tell by a file's time whether it
/// has changed, so all have that of their release.
pub fn zip(folder: &Path, time: DateTime) -> Result<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for name in tree::files(folder)? {
        let small = squeeze::is_copy(&name) || name.ends_with(".png");
        let options = SimpleFileOptions::default()
            .compression_method(if small { CompressionMethod::Stored } else { CompressionMethod::Deflated })
            .compression_level(if small { None } else { Some(9) })
            .last_modified_time(time)
            .unix_permissions(0o644);
        zip.start_file(&name, options)?;
        zip.write_all(&tree::read(&folder.join(&name))?)?;
    }
    Ok(zip.finish()?.into_inner())
}

/// The files of a zip by name; a fault when one has another time or mode.
pub fn unzip(bytes: &[u8], time: DateTime) -> Result<BTreeMap<String, Vec<u8>>> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).context("no zip")?;
    let mut files = BTreeMap::new();
    for at in 0..zip.len() {
        let mut file = zip.by_index(at)?;
        let name = file.name()?.into_owned();
        anyhow::ensure!(file.last_modified() == Some(time), "{name} has a time of its own in the zip");
        anyhow::ensure!(file.unix_mode().map(|mode| mode & 0o777) == Some(0o644), "{name} has another mode in the zip");
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        files.insert(name, bytes);
    }
    Ok(files)
}
