//! `bsh report --out`: writes the files of a report, those that the page offers, for each account of a file.
//!
//! Knows where files go and what they are called there. Must not know how one is made.

use super::{Stop, files};
use crate::domain::draft::Draft;
use crate::domain::order::sort;
use crate::domain::rows::is_day;
use crate::exchange::day;
use crate::pack::author::normal;
use crate::pack::compiled::Pack;
use crate::report::files::{File, KINDS, file as make};
use crate::report::{Frame, charts, data};
use crate::storage::codec::Fields;
use crate::toolbox;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

/// Stands for every kind that the answers have.
const ALL: &str = "all";
/// Stands for all charts.
const SVG: &str = "svg";
/// Days from 1970 to the first day that [`day::text`] knows.
const BEFORE: u64 = 18_262;

/// What was asked for.
#[derive(Debug, PartialEq, Eq, Default)]
pub struct Wish {
    pub out: PathBuf,
    /// Kinds of files, see [`crate::report::files`]; none for all of them.
    pub kinds: Vec<String>,
    /// One account by its id, or all.
    pub account: Option<String>,
    pub lang: Option<String>,
    /// The day that the report is of; today by the computer's clock without it.
    pub day: Option<String>,
}

impl Wish {
    /// Is every kind known, and the day a day?
    pub fn check(&self) -> Result<(), Stop> {
        let known = |kind: &str| KINDS.contains(&kind) || kind == ALL || kind == SVG || kind.starts_with("svg-");
        if let Some(kind) = self.kinds.iter().find(|kind| !known(kind)) {
            let all = KINDS.join(", ");
            return Err(Stop::Usage(format!("--files has no {kind:?}: choose from {ALL}, {all}, svg and svg-CHART")));
        }
        match &self.day {
            Some(text) if !is_day(text) || day::number(text).is_none() => {
                Err(Stop::Usage(format!("--day is a day from 2020 on as 2026-11-22, not {text:?}")))
            }
            _ => Ok(()),
        }
    }
}

/// Reads a file of accounts, a one-file report or a file of answers, and writes the files that are wished for. What could
/// not be used is told at the end; the rest is written.
pub fn run(file: &Path, wish: &Wish, pack: Option<&Path>) -> Result<(), Stop> {
    wish.check()?;
    let author = files::whole_author(pack)?;
    let (survey, hash) = (author.survey(), normal::hash(&author));
    let text = files::workspace(file)?;
    let name = file.display();
    let told = |faults: &[String]| {
        let lines: String = faults.iter().map(|fault| format!("\n{fault}")).collect();
        Stop::Faults(format!("{name}:{lines}"))
    };
    let inside = data::read(&text);
    let text = inside.as_deref().unwrap_or(&text);
    let (bundle, mut faults) = match text.trim_start_matches('\u{feff}').trim_start().starts_with('{') {
        true => toolbox::read(text).map(|read| (read.bundle, read.faults)).map_err(|faults| told(&faults))?,
        // Answers by themselves belong to no account.
        false if Fields::read(text).is_ok() => (["\u{1e}\n", text].concat(), Vec::new()),
        false => return Err(told(&["holds neither accounts nor answers".into()])),
    };
    let mut records = bundle.split('\u{1e}');
    let company = records.next().unwrap_or("");
    let today = match &wish.day {
        Some(day) => day.clone(),
        None => today()?,
    };
    fs::create_dir_all(&wish.out).map_err(|error| broken("make", &wish.out, &error))?;
    let mut packs: Vec<Pack> = Vec::new();
    let mut taken: Vec<String> = Vec::new();
    let mut some = false;
    for record in records.filter(|record| !record.is_empty()) {
        let (id, text) = record.split_once('\n').unwrap_or((record, ""));
        if wish.account.as_deref().is_some_and(|only| only != id) {
            continue;
        }
        some = true;
        let Ok(fields) = Fields::read(text) else {
            faults.push(format!("account {id}: cannot be read, or was written by a newer version of this program"));
            continue;
        };
        let opened = fields.draft(&survey, &hash);
        if opened.dropped > 0 {
            let what = files::count(opened.dropped, "value");
            faults.push(format!("account {id}: {what} without a place in this pack"));
        }
        let draft = opened.draft;
        let lang = language(wish, &author.languages, &draft, &author.language)?;
        if !packs.iter().any(|pack| pack.lang == lang) {
            packs.push(files::pack_in(&author, &lang)?);
        }
        let Some(pack) = packs.iter().find(|pack| pack.lang == lang) else { continue };
        let frame = Frame { id, company, today: &today };
        for kind in kinds(wish, pack, &draft, &frame) {
            match make(pack, &draft, &frame, &kind) {
                Some(made) => put(&wish.out, id, made, &mut taken)?,
                None if wish.kinds.contains(&kind) => faults.push(format!("account {id}: nothing to write as {kind}")),
                None => {}
            }
        }
    }
    match &wish.account {
        Some(id) if !some => Err(told(&[format!("there is no account {id:?}")])),
        _ if faults.is_empty() => Ok(()),
        _ => Err(told(&faults)),
    }
}

/// The kinds that are wished for, each once, those that stand for several written out.
fn kinds(wish: &Wish, pack: &Pack, draft: &Draft, frame: &Frame) -> Vec<String> {
    let all = |kind: &String| kind == ALL;
    let mut list: Vec<String> = match wish.kinds.is_empty() || wish.kinds.iter().any(all) {
        true => KINDS.iter().map(|kind| (*kind).into()).collect(),
        false => wish.kinds.iter().filter(|kind| *kind != SVG).cloned().collect(),
    };
    if wish.kinds.is_empty() || wish.kinds.iter().any(|kind| kind == ALL || kind == SVG) {
        let charts = charts::charts(pack, draft, frame);
        list.extend(charts.into_iter().map(|chart| ["svg-", chart.code].concat()));
    }
    sort(&mut list);
    list.dedup();
    list
}

/// The language that is wished for, else that of the answers, else the pack's first one.
fn language(wish: &Wish, all: &[String], draft: &Draft, first: &str) -> Result<String, Stop> {
    match &wish.lang {
        Some(lang) if !all.contains(lang) => {
            Err(Stop::Usage(format!("the pack has no language {lang:?}: it has {}", all.join(", "))))
        }
        Some(lang) => Ok(lang.clone()),
        None if all.contains(&draft.lang) => Ok(draft.lang.clone()),
        None => Ok(first.into()),
    }
}

/// Writes a file and says where. Accounts of the same name do not take each other's.
fn put(out: &Path, id: &str, made: File, taken: &mut Vec<String>) -> Result<(), Stop> {
    let mut name = made.name;
    if taken.contains(&name) {
        let (stem, ending) = name.split_once('.').unwrap_or((&name, ""));
        name = format!("{stem}-{id}.{ending}");
    }
    let path = out.join(&name);
    taken.push(name);
    fs::write(&path, made.text).map_err(|error| broken("write", &path, &error))?;
    files::print(&format!("{}\n", path.display()))
}

fn broken(what: &str, path: &Path, error: &std::io::Error) -> Stop {
    Stop::Broken(format!("cannot {what} {}: {error}", path.display()))
}

/// Today in UTC.
fn today() -> Result<String, Stop> {
    let days = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs() / 86_400);
    let days = days.checked_sub(BEFORE).and_then(|days| u32::try_from(days).ok()).filter(|days| *days < 1 << 16);
    days.map(day::text).ok_or_else(|| Stop::Broken("the clock of this computer is wrong: say the day by --day".into()))
}
