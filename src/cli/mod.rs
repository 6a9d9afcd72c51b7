//! The command line: scores answer sheets, reports on accounts, begins, checks and compiles packs, prints the schemas.
//!
//! Knows files, standard input and output, and exit codes: 0 done, 1 faults in the data, 2 wrong use or an
//! unreadable file. Must not know browsers, nor any rule of scoring.

pub mod advice;
pub mod against;
pub mod faults;
pub mod field;
mod files;
pub mod ids;
pub mod json;
pub mod line;
mod new_pack;
pub mod report;
pub mod result;
pub mod rounds;
pub mod rows;
pub mod score;
pub mod sheet;
mod take;
pub mod views;

use crate::domain::model::Form;
use lexopt::prelude::*;
use report::Format;
use std::path::PathBuf;
use std::process::ExitCode;
use take::Wish;

const HELP: &str = "\
bsh: the Buy-Sell Hierarchy on the command line

bsh score [--pack FILE] [--form short|full]
    Reads answer sheets from standard input, one JSON object a line, and writes one result a line.
    --pack FILE   an author's pack (JSON, its texts beside it); without it, the pack that comes with this program
    --form FORM   short (the default) or full: which items count; answers to others are checked and left out
    A bad line gives {\"id\":...,\"error\":\"line N: path: ...\"} and the run goes on.

bsh report FILE [--pack FILE] [--format json|csv]
bsh report FILE --out DIR [--pack FILE] [--files LIST] [--account ID] [--lang LANG] [--day DAY]
    Reads a workspace file (what the page exports) and writes of each account where it stands, who says so, how far the
    views agree, and what moved.
    --format F    json (the default), one object a line, or csv, a table for a spreadsheet
    With --out it writes the files of a report, as the page makes them, and FILE may also be a one-file report or answers.
    --files LIST  any of html, md, answers, results, plan, ics, json, svg (all charts), svg-CHART; without it, all
    --account ID  of this account alone
    --lang LANG   in this language; without it, in that of the answers
    --day DAY     the day that the report is of, as 2026-11-22; without it, today (UTC)

bsh new-pack DIR [--id ID] [--lang LANG,LANG...]
    Writes a small pack with comments to begin with: DIR/ID.json and DIR/ID.<language>.json. Nothing is overwritten.
    --id ID       what the pack is called; without it, the folder's name
    --lang LANG   its languages, the first one first; without it, en

bsh check-pack FILE [--ui DIR]
    Lists every fault of an author's pack, or says that it is right. The texts of PACK.json stand in it, or in the files
    PACK.<language>.json beside it.

bsh compile-pack FILE --out DIR [--ui DIR]
    Writes DIR/pack.<language>.txt and DIR/more.<language>.txt for every language of the pack, DIR/pack.txt and
    DIR/more.txt with the first one, and DIR/pack.json, the pack in one file.
    --ui DIR      where the interface texts <language>.json are; without it, those that come with this program

bsh schema [pack|workspace]
    Prints the JSON Schema of the author's pack, or of a file of accounts.

bsh --help | --version

Exit code: 0 done, 1 faults in the data, 2 wrong use, or a file that cannot be read or written.
";

const COMMANDS: &str = "score, report, new-pack, check-pack, compile-pack or schema";

/// What was asked.
#[derive(Debug, PartialEq, Eq)]
enum Command {
    Score { pack: Option<PathBuf>, form: Form },
    Report { file: PathBuf, pack: Option<PathBuf>, format: Format },
    Take { file: PathBuf, pack: Option<PathBuf>, wish: Wish },
    NewPack { folder: PathBuf, id: Option<String>, languages: Vec<String> },
    CheckPack { file: PathBuf, ui: Option<PathBuf> },
    CompilePack { file: PathBuf, out: PathBuf, ui: Option<PathBuf> },
    Schema { workspace: bool },
    Help,
    Version,
}

/// What ends a run before its time. Printed by [`main`], once.
#[derive(Debug)]
pub enum Stop {
    /// Wrong use.
    Usage(String),
    /// A file or stream that does not work.
    Broken(String),
    /// Faults in the data; the text lists them.
    Faults(String),
    /// Whoever read the output has left.
    Left,
}

/// Runs the program on its arguments.
pub fn main() -> ExitCode {
    let done = parse(lexopt::Parser::from_env()).and_then(run);
    let (code, told) = match done {
        Ok(()) | Err(Stop::Left) => return ExitCode::SUCCESS,
        Err(Stop::Faults(text)) => (1, text),
        Err(Stop::Usage(text)) => (2, format!("bsh: {text}\nTry `bsh --help`.")),
        Err(Stop::Broken(text)) => (2, format!("bsh: {text}")),
    };
    if !told.is_empty() {
        eprintln!("{told}");
    }
    ExitCode::from(code)
}

fn run(command: Command) -> Result<(), Stop> {
    match command {
        Command::Score { pack, form } => score::run(pack.as_deref(), form),
        Command::Report { file, pack, format } => report::run(&file, format, pack.as_deref()),
        Command::Take { file, pack, wish } => take::run(&file, &wish, pack.as_deref()),
        Command::NewPack { folder, id, languages } => new_pack::run(&folder, id.as_deref(), &languages),
        Command::CheckPack { file, ui } => files::check_pack(&file, ui.as_deref()),
        Command::CompilePack { file, out, ui } => files::compile_pack(&file, &out, ui.as_deref()),
        Command::Schema { workspace: false } => files::print(&crate::pack::author::schema::schema()),
        Command::Schema { workspace: true } => files::print(&crate::toolbox::schema::schema()),
        Command::Help => files::print(HELP),
        Command::Version => files::print(concat!("bsh ", env!("CARGO_PKG_VERSION"), "\n")),
    }
}

fn parse(mut parser: lexopt::Parser) -> Result<Command, Stop> {
    let usage = |error: lexopt::Error| Stop::Usage(error.to_string());
    let name = match parser.next().map_err(usage)? {
        Some(Long("help") | Short('h')) => return Ok(Command::Help),
        Some(Long("version") | Short('V')) => return Ok(Command::Version),
        Some(Value(name)) => name.string().map_err(usage)?,
        Some(other) => return Err(usage(other.unexpected())),
        None => {
            return Err(Stop::Usage(format!("say what to do: {COMMANDS}")));
        }
    };
    let (mut pack, mut form, mut out, mut ui, mut file) = (None, None, None, None, None);
    let mut wish = Wish::default();
    let (mut workspace, mut format, mut id, mut languages) = (false, None, None, None);
    while let Some(arg) = parser.next().map_err(usage)? {
        match (name.as_str(), arg) {
            (_, Long("help") | Short('h')) => return Ok(Command::Help),
            ("score" | "report", Long("pack")) if pack.is_none() => pack = Some(parser.value().map_err(usage)?.into()),
            ("score", Long("form")) if form.is_none() => {
                let word = parser.value().map_err(usage)?.string().map_err(usage)?;
                let known = Form::parse(&word);
                form = Some(known.ok_or_else(|| Stop::Usage(format!("--form is short or full, not {word:?}")))?);
            }
            ("report", Long("format")) if format.is_none() => {
                let word = parser.value().map_err(usage)?.string().map_err(usage)?;
                let known = Format::parse(&word);
                format = Some(known.ok_or_else(|| Stop::Usage(format!("--format is json or csv, not {word:?}")))?);
            }
            ("report", Long("files")) if wish.kinds.is_empty() => {
                let list = parser.value().map_err(usage)?.string().map_err(usage)?;
                wish.kinds = list.split(',').map(|kind| kind.trim().to_string()).collect();
            }
            ("report", Long("account")) if wish.account.is_none() => {
                wish.account = Some(parser.value().map_err(usage)?.string().map_err(usage)?);
            }
            ("report", Long("lang")) if wish.lang.is_none() => {
                wish.lang = Some(parser.value().map_err(usage)?.string().map_err(usage)?);
            }
            ("report", Long("day")) if wish.day.is_none() => {
                wish.day = Some(parser.value().map_err(usage)?.string().map_err(usage)?);
            }
            ("compile-pack" | "report", Long("out")) if out.is_none() => {
                out = Some(parser.value().map_err(usage)?.into())
            }
            ("check-pack" | "compile-pack", Long("ui")) if ui.is_none() => {
                ui = Some(parser.value().map_err(usage)?.into());
            }
            ("new-pack", Long("id")) if id.is_none() => {
                id = Some(parser.value().map_err(usage)?.string().map_err(usage)?);
            }
            ("new-pack", Long("lang")) if languages.is_none() => {
                let codes = parser.value().map_err(usage)?.string().map_err(usage)?;
                languages = Some(codes.split(',').map(|code| code.trim().to_string()).collect());
            }
            ("report" | "check-pack" | "compile-pack" | "new-pack", Value(path)) if file.is_none() => {
                file = Some(path.into());
            }
            ("schema", Value(of)) if of == "pack" || of == "workspace" => workspace = of == "workspace",
            (_, other) => return Err(usage(other.unexpected())),
        }
    }
    let whose = if name == "report" { "workspace" } else { "pack" };
    let named = |file: Option<PathBuf>| file.ok_or_else(|| Stop::Usage(format!("{name} needs the {whose}'s file")));
    match name.as_str() {
        "score" => Ok(Command::Score { pack, form: form.unwrap_or_default() }),
        "report" => match out {
            Some(out) if format.is_none() => {
                let wish = Wish { out, ..wish };
                wish.check()?;
                Ok(Command::Take { file: named(file)?, pack, wish })
            }
            Some(_) => {
                Err(Stop::Usage("--format is for the table of all accounts, --files for what goes to --out".into()))
            }
            None if wish != Wish::default() => {
                Err(Stop::Usage("--files, --account, --lang and --day need --out DIR: where the files go".into()))
            }
            None => Ok(Command::Report { file: named(file)?, pack, format: format.unwrap_or_default() }),
        },
        "new-pack" => Ok(Command::NewPack {
            folder: file.ok_or_else(|| Stop::Usage("new-pack needs a folder".into()))?,
            id,
            languages: languages.unwrap_or_else(|| vec!["en".into()]),
        }),
        "check-pack" => Ok(Command::CheckPack { file: named(file)?, ui }),
        "compile-pack" => Ok(Command::CompilePack {
            file: named(file)?,
            out: out.ok_or_else(|| Stop::Usage("compile-pack needs --out DIR".into()))?,
            ui,
        }),
        "schema" => Ok(Command::Schema { workspace }),
        "help" => Ok(Command::Help),
        other => Err(Stop::Usage(format!("unknown command {other:?}: {COMMANDS}"))),
    }
}
