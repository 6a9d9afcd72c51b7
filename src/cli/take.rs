//! `bsh report --out`: writes the files of a report, those that the page offers, for each account of a file.
//!
//! Knows where files go and what they are called there. Must not know how one is made.

use super::{Stop, files};
use crate::domain::draft::Draft;
use crate::domain::model::Survey;
use crate::domain::order::sort;
use crate::domain::rows::is_day;
use crate::exchange::day;
use crate::pack::author::normal;
use crate::pack::compiled::Pack;
use crate::report::charts::{CODES, charts};
use crate::report::files::{File, HTML, JSON, KINDS, file as make, stem};
use crate::report::{Frame, data};
use crate::storage::codec::{Fields, ReadError};
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
        let chart = |kind: &str| {
            // Of a further instrument the code has its id behind it.
            let code = kind.strip_prefix("svg-").unwrap_or("");
            CODES.iter().any(|known| code.strip_prefix(known).is_some_and(|id| id.is_empty() || id.starts_with('-')))
        };
        let known = |kind: &str| KINDS.contains(&kind) || kind == ALL || kind == SVG || chart(kind);
        if let Some(kind) = self.kinds.iter().find(|kind| !known(kind)) {
            let (all, charts) = (KINDS.join(", "), CODES.join(", svg-"));
            let cure = format!("choose from {ALL}, {all}, {SVG}, svg-{charts}");
            return Err(Stop::Usage(format!("--files has no {kind:?}: {cure}")));
        }
        match &self.day {
            Some(text) if !is_day(text) || day::number(text).is_none() => {
                Err(Stop::Usage(format!("--day is a day from 2020 on as 2026-11-22, not {text:?}")))
            }
            _ => Ok(()),
        }
    }
}

/// An account of the file.
struct Account {
    /// Blank for answers by themselves.
    id: String,
    draft: Draft,
}

/// Reads a file of accounts, a one-file report or a file of answers, and writes the files that are wished for. What could
/// not be used is told at the end; the rest is written. Nothing is written before all of it is read.
pub fn run(file: &Path, wish: &Wish, pack: Option<&Path>) -> Result<(), Stop> {
    wish.check()?;
    let author = files::whole_author(pack)?;
    if let Some(lang) = wish.lang.as_ref().filter(|lang| !author.languages.contains(lang)) {
        return Err(Stop::Usage(format!("the pack has no language {lang:?}: it has {}", author.languages.join(", "))));
    }
    let told = |faults: &[String]| {
        let lines: String = faults.iter().map(|fault| format!("\n{fault}")).collect();
        Stop::Faults(format!("{}:{lines}", file.display()))
    };
    let (bundle, mut faults) = bundle(&files::workspace(file)?).map_err(|faults| told(&faults))?;
    let mut records = bundle.split('\u{1e}');
    let company = records.next().unwrap_or("");
    let (survey, hash) = (author.survey(), normal::hash(&author));
    let all =
        records.filter(|record| !record.is_empty()).filter_map(|record| account(record, &survey, &hash, &mut faults));
    let all: Vec<Account> = all.collect();
    let stems = stems(&all);
    let only = |one: &Account| wish.account.as_ref().is_none_or(|only| *only == one.id);
    if let Some(id) = wish.account.as_ref().filter(|_| !all.iter().any(only)) {
        faults.push(format!("there is no account {id:?}"));
        return Err(told(&faults));
    }
    let today = match &wish.day {
        Some(day) => day.clone(),
        None => today()?,
    };
    let mine = || all.iter().zip(&stems).filter(|(one, _)| only(one));
    if let Some(path) = mine().find_map(|(_, stem)| over(file, wish, stem)) {
        return Err(source(&path));
    }
    fs::create_dir_all(&wish.out).map_err(|error| broken("make", &wish.out, &error))?;
    let mut packs: Vec<Pack> = Vec::new();
    for (one, stem) in mine() {
        let lang = language(wish, &author.languages, &one.draft, &author.language);
        if !packs.iter().any(|pack| pack.lang == lang) {
            packs.push(files::pack_in(&author, lang)?);
        }
        let Some(pack) = packs.iter().find(|pack| pack.lang == lang) else { continue };
        let frame = Frame { id: &one.id, company, today: &today };
        for kind in kinds(wish, pack, &one.draft, &frame) {
            match make(pack, &one.draft, &frame, &kind) {
                Some(made) => put(file, &wish.out, &one.draft, (stem, made))?,
                None if wish.kinds.contains(&kind) => faults.push(format!("{}nothing to write as {kind}", of(&one.id))),
                None => {}
            }
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(told(&faults)) }
}

/// The accounts of a file as a bundle, see [`toolbox::write`], and what could not be used of it; or why none of it can.
fn bundle(text: &str) -> Result<(String, Vec<String>), Vec<String>> {
    let inside = data::read(text);
    if inside.is_none() && text.len() > crate::toolbox::json::SIZE_MAX {
        return Err(vec!["too large to be a file of accounts, a report or answers".into()]);
    }
    if inside.is_none() && data::begins(text) {
        let cure = "take the whole file from where it came from";
        return Err(vec![format!("the report is cut off before the end of its data: {cure}")]);
    }
    let text = inside.as_deref().unwrap_or(text);
    if text.trim_start_matches('\u{feff}').trim_start().starts_with('{') {
        return toolbox::read(text).map(|read| (read.bundle, read.faults));
    }
    // Answers by themselves belong to no account.
    match Fields::read(text) {
        // A separator of the bundle that stands in a value is escaped, as the page does when it writes one.
        Ok(_) => Ok((["\u{1e}\n", &text.replace('\u{1e}', "\\e")].concat(), Vec::new())),
        Err(ReadError::Unreadable) => {
            let cure = "give a file that the page exported, a one-file report or downloaded answers";
            Err(vec![format!("holds neither accounts nor answers: {cure}")])
        }
        Err(why) => Err(vec![files::unread(why).into()]),
    }
}

fn account(record: &str, survey: &Survey, hash: &str, faults: &mut Vec<String>) -> Option<Account> {
    let (id, text) = record.split_once('\n').unwrap_or((record, ""));
    let fields = match Fields::read(text) {
        Ok(fields) => fields,
        Err(why) => {
            faults.push(format!("{}{}", of(id), files::unread(why)));
            return None;
        }
    };
    let opened = fields.draft(survey, hash);
    if opened.dropped > 0 {
        let edition = if opened.other_pack { ", it was answered with another edition" } else { "" };
        let what = files::count(opened.dropped, "value");
        faults.push(format!("{}{what} without a place in this pack{edition}", of(id)));
    }
    Some(Account { id: id.into(), draft: opened.draft })
}

/// How a fault of an account begins.
fn of(id: &str) -> String {
    if id.is_empty() { String::new() } else { format!("account {id}: ") }
}

/// The kinds that are wished for, each once, those that stand for several written out.
fn kinds(wish: &Wish, pack: &Pack, draft: &Draft, frame: &Frame) -> Vec<String> {
    let all = |kind: &String| kind == ALL;
    let mut list: Vec<String> = match wish.kinds.is_empty() || wish.kinds.iter().any(all) {
        true => KINDS.iter().map(|kind| (*kind).into()).collect(),
        false => wish.kinds.iter().filter(|kind| *kind != SVG).cloned().collect(),
    };
    if wish.kinds.is_empty() || wish.kinds.iter().any(|kind| kind == ALL || kind == SVG) {
        list.extend(charts(pack, draft, frame).into_iter().map(|chart| ["svg-", &*chart.code].concat()));
    }
    sort(&mut list);
    list.dedup();
    list
}

/// The language that is wished for, else that of the answers, else the pack's first one.
fn language<'a>(wish: &'a Wish, all: &[String], draft: &'a Draft, first: &'a str) -> &'a str {
    match &wish.lang {
        Some(lang) => lang,
        None if all.contains(&draft.lang) => &draft.lang,
        None => first,
    }
}

/// How the names of an account's files begin, for each account of a file. Where some system takes two for the same one,
/// both have the account's id as well, whatever else is wished for.
fn stems(all: &[Account]) -> Vec<String> {
    let with_id = |one: &Account| [&stem(&one.draft), "-", &*one.id].concat();
    let small: Vec<[String; 2]> =
        all.iter().map(|one| [stem(&one.draft), with_id(one)].map(|name| name.to_lowercase())).collect();
    let meets = |place: usize, own: &str| {
        (0..).zip(&small).any(|(other, names)| other != place && names.iter().any(|name| name == own))
    };
    let named = all.iter().zip(&small).enumerate();
    named.map(|(place, (one, [own, _]))| if meets(place, own) { with_id(one) } else { stem(&one.draft) }).collect()
}

/// The file that is read, where a file of this account would be written over it.
fn over(file: &Path, wish: &Wish, stem: &str) -> Option<PathBuf> {
    let own = file.canonicalize().ok()?;
    // Those that can be opened again; a file of another name is noticed when its turn comes.
    let kinds = [("html", HTML), ("json", JSON)];
    let wished = |kind: &str| wish.kinds.is_empty() || wish.kinds.iter().any(|known| known == kind || known == ALL);
    let paths =
        kinds.into_iter().filter(|(kind, _)| wished(kind)).map(|(_, ending)| wish.out.join([stem, ending].concat()));
    paths.into_iter().find(|path| path.canonicalize().is_ok_and(|path| path == own))
}

fn source(path: &Path) -> Stop {
    let why = "is the file that is read and would be written over: choose another --out";
    Stop::Broken(format!("{} {why}", path.display()))
}

/// Writes a file and says where. Not over the one that is read, whatever that is called.
fn put(file: &Path, out: &Path, draft: &Draft, (own, made): (&str, File)) -> Result<(), Stop> {
    let ending = made.name.strip_prefix(&stem(draft)).unwrap_or(&made.name);
    let path = out.join([own, ending].concat());
    if let (Ok(one), Ok(other)) = (path.canonicalize(), file.canonicalize())
        && one == other
    {
        return Err(source(&path));
    }
    fs::write(&path, made.text).map_err(|error| broken("write", &path, &error))?;
    match files::print(&format!("{}\n", path.display())) {
        // Nobody reads the names any more: the files are wanted all the same.
        Err(Stop::Left) => Ok(()),
        other => other,
    }
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
