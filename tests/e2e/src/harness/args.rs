//! The command line.
//! Knows paths and names of options; must not start anything.

use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use super::engine::Kind;

pub const USAGE: &str = "e2e --engine chromium|firefox|webkit --dist DIR --faults DIR --single FILE --axe FILE \
    --browser PATH --driver PATH [--bsh PATH] [--only PART] [--shots DIR] [--hosting DIR] [--list]";

#[derive(Clone, Debug)]
pub struct Args {
    pub kind: Kind,
    pub dist: PathBuf,
    pub faults: PathBuf,
    /// The site in one file.
    pub single: PathBuf,
    pub axe: PathBuf,
    pub browser: PathBuf,
    pub driver: PathBuf,
    /// The command line, for tests that compare what the page makes with what it makes.
    pub bsh: Option<PathBuf>,
    /// Runs only the tests whose name has this in it.
    pub only: Option<String>,
    /// Saves pictures of every step here.
    pub shots: Option<PathBuf>,
    /// Tests web servers with the recipes of this folder, and nothing else.
    pub hosting: Option<PathBuf>,
    pub list: bool,
}

impl Args {
    pub fn read(mut words: impl Iterator<Item = String>) -> Result<Self> {
        let (mut kind, mut dist, mut faults, mut single, mut axe) = (None, None, None, None, None);
        let (mut browser, mut driver, mut bsh, mut only, mut shots) = (None, None, None, None, None);
        let mut hosting = None;
        let mut list = false;
        while let Some(word) = words.next() {
            if word == "--list" {
                list = true;
                continue;
            }
            let value = words.next().with_context(|| format!("{word} needs a value; {USAGE}"))?;
            match word.as_str() {
                "--engine" => kind = Some(Kind::read(&value)?),
                "--dist" => dist = Some(PathBuf::from(value)),
                "--faults" => faults = Some(PathBuf::from(value)),
                "--single" => single = Some(PathBuf::from(value)),
                "--axe" => axe = Some(PathBuf::from(value)),
                "--browser" => browser = Some(PathBuf::from(value)),
                "--driver" => driver = Some(PathBuf::from(value)),
                "--bsh" => bsh = Some(PathBuf::from(value)),
                "--only" => only = Some(value),
                "--shots" => shots = Some(PathBuf::from(value)),
                "--hosting" => hosting = Some(PathBuf::from(value)),
                _ => bail!("unknown option {word}; {USAGE}"),
            }
        }
        Ok(Self {
            kind: kind.context("--engine is missing")?,
            dist: dist.context("--dist is missing")?,
            faults: faults.context("--faults is missing")?,
            single: single.context("--single is missing")?,
            axe: axe.context("--axe is missing")?,
            browser: browser.context("--browser is missing")?,
            driver: driver.context("--driver is missing")?,
            bsh,
            only,
            shots,
            hosting,
            list,
        })
    }
}
