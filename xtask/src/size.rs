//! The budget: what a first visit loads, as brotli 11 sends it, in each language: of the page, the frame and the element.
//!
//! Knows the built site by the file that each of them begins with: a file counts when that one names it, or a counted
//! script does. A file that names its language counts for that one alone; what comes in the background or on demand is
//! counted apart.

use crate::fault::{Doing, Fault, Result};
use crate::{node, place, run};
use std::collections::BTreeMap;
use std::path::Path;

pub const BUDGET: u64 = 125_000;
pub const GOAL: u64 = 100_000;
/// The most that the script may have which puts a frame into a page.
pub const SCRIPT_BUDGET: u64 = 2_000;
const SCRIPT: &str = "embed.js";
/// How the names begin of what only some visits load, or none before it is up.
const ON_DEMAND: [&str; 7] = ["toolbox-", "accounts-", "reports-", "author-", "offline-", "sw.js", "icon-"];
/// What a visit begins with.
const WAYS: [(&str, &str); 3] = [("the page", "index.html"), ("a frame", "embed.html"), ("an element", "element.js")];

/// Node has the reference encoder built in, so no encoder is compiled for this.
const COMPRESS: &str = r#"
const { brotliCompressSync, constants: c } = require("node:zlib"), { readFileSync } = require("node:fs");
const sizes = process.argv.slice(1).map((file) => {
  const raw = readFileSync(file);
  const params = { [c.BROTLI_PARAM_QUALITY]: 11, [c.BROTLI_PARAM_LGWIN]: 22, [c.BROTLI_PARAM_SIZE_HINT]: raw.length };
  return [raw.length, brotliCompressSync(raw, { params }).length];
});
console.log(JSON.stringify(sizes));
"#;

/// What all ways in load.
pub struct Sizes {
    /// In the order of [`WAYS`].
    pub ways: Vec<Report>,
    /// Brotli of [`SCRIPT`].
    pub script: u64,
}

impl Sizes {
    /// What is too large, as sentences.
    pub fn over(&self) -> Vec<String> {
        let named = WAYS.iter().zip(&self.ways);
        let mut over: Vec<String> = named
            .flat_map(|((what, _), report)| report.over().into_iter().map(move |text| format!("{what}: {text}")))
            .collect();
        if self.script > SCRIPT_BUDGET {
            over.push(format!("{SCRIPT}: {} of {SCRIPT_BUDGET} bytes", self.script));
        }
        over
    }

    pub fn within_budget(&self) -> bool {
        self.over().is_empty()
    }

    fn print(&self) {
        for (at, ((what, start), report)) in WAYS.iter().zip(&self.ways).enumerate() {
            if at == 0 {
                report.print();
                continue;
            }
            let totals = report.totals().map(|(code, total)| format!("{code} {total}"));
            println!("{what} ({start}): {}", totals.collect::<Vec<_>>().join(", "));
        }
        println!("{SCRIPT}: {} of {SCRIPT_BUDGET}", self.script);
        match self.over() {
            over if over.is_empty() => println!("within the budget of {BUDGET} bytes; the goal is {GOAL}"),
            over => println!("OVER the budget: {}; the goal is {GOAL}", over.join(", ")),
        }
    }
}

pub struct Report {
    /// What every language loads.
    pub shared: Vec<Row>,
    /// The program of the later pages, in the background.
    pub later: Vec<Row>,
    /// The programs of accounts, of reports and of authors, the toolbox, and what makes the page work without a network.
    pub on_demand: Vec<Row>,
    pub languages: BTreeMap<String, Language>,
}

/// What one language loads beside the shared files.
#[derive(Default)]
pub struct Language {
    pub first: Vec<Row>,
    /// In the background.
    pub later: Vec<Row>,
}

pub struct Row {
    pub file: String,
    pub raw: u64,
    pub brotli: u64,
}

/// Bytes, and bytes in brotli.
fn sum(rows: &[Row]) -> (u64, u64) {
    rows.iter().fold((0, 0), |(raw, brotli), row| (raw + row.raw, brotli + row.brotli))
}

impl Report {
    fn of(rows: Vec<Row>) -> Report {
        let mut report =
            Report { shared: Vec::new(), later: Vec::new(), on_demand: Vec::new(), languages: BTreeMap::new() };
        for row in rows {
            let of = language(&row.file).map(|(kind, code)| (kind == "more", code.to_string()));
            match of {
                None if row.file.starts_with("later-") => report.later.push(row),
                None if ON_DEMAND.iter().any(|start| row.file.starts_with(start)) => report.on_demand.push(row),
                None => report.shared.push(row),
                Some((true, code)) => report.languages.entry(code).or_default().later.push(row),
                Some((false, code)) => report.languages.entry(code).or_default().first.push(row),
            }
        }
        report
    }

    /// Brotli of a first visit by language.
    fn totals(&self) -> impl Iterator<Item = (&str, u64)> {
        let shared = sum(&self.shared).1;
        self.languages.iter().map(move |(code, language)| (code.as_str(), shared + sum(&language.first).1))
    }

    /// The languages whose first visit is too large, as sentences. A site without any language is none to be let through.
    pub fn over(&self) -> Vec<String> {
        if self.languages.is_empty() {
            return vec!["it names no pack.<language> file".into()];
        }
        let over = self.totals().filter(|(_, total)| *total > BUDGET);
        over.map(|(code, total)| format!("{code}: {total} of {BUDGET} bytes")).collect()
    }

    fn print(&self) {
        println!("{:<34} {:>9} {:>9}", "file of a first visit", "bytes", "brotli");
        for row in &self.shared {
            println!("{:<34} {:>9} {:>9}", row.file, row.raw, row.brotli);
        }
        let (raw, brotli) = sum(&self.shared);
        println!("{:<34} {raw:>9} {brotli:>9}", "shared by all languages");
        for (what, rows) in [("the later pages, in the background", &self.later), ("on demand", &self.on_demand)] {
            println!("\n{what:<34} {:>9} {:>9}", "bytes", "brotli");
            for row in rows {
                println!("{:<34} {:>9} {:>9}", row.file, row.raw, row.brotli);
            }
        }
        let head = ["language", "own files", "bytes", "brotli", "total", "later"];
        println!("\n{:<9} {:<24} {:>9} {:>9} {:>9} {:>9}", head[0], head[1], head[2], head[3], head[4], head[5]);
        for ((code, language), (_, total)) in self.languages.iter().zip(self.totals()) {
            let kinds = language.first.iter().filter_map(|row| self::language(&row.file)).map(|(kind, _)| kind);
            let kinds = kinds.collect::<Vec<_>>().join(", ");
            let ((raw, brotli), later) = (sum(&language.first), sum(&language.later).1);
            println!("{code:<9} {kinds:<24} {raw:>9} {brotli:>9} {total:>9} {later:>9}");
        }
        println!("total: brotli of a first visit; later: brotli of what comes in the background");
    }
}

/// Kind and language of a file that belongs to one: `pack.nl-<hash>.txt` is `pack` of `nl`.
fn language(file: &str) -> Option<(&str, &str)> {
    let (kind, rest) = file.split_once('.')?;
    let (code, _) = rest.rsplit_once('-')?;
    ["pack", "more", "say"].contains(&kind).then_some((kind, code))
}

/// Measures dist/ and prints the table.
pub fn show() -> Result<Sizes> {
    node::ensure_node()?;
    let dist = place::dist();
    let contents = contents(&dist)?;
    let mut ways = Vec::new();
    for (_, start) in WAYS {
        let text = std::fs::read_to_string(dist.join(start))
            .map_err(|_| Fault::new(format!("dist/{start} is not there: run `cargo xtask build --release` first")))?;
        ways.push(measured(&dist, first_visit(start, &text, &contents))?);
    }
    let script = measured(&dist, vec![SCRIPT.into()])?;
    let sizes = Sizes { ways: ways.into_iter().map(Report::of).collect(), script: sum(&script).1 };
    sizes.print();
    Ok(sizes)
}

/// The files of the page's first visit in a language, in the order in which they are named.
pub fn first_visit_of(site: &Path, code: &str) -> Result<Vec<String>> {
    let start = WAYS[0].1;
    let text = std::fs::read_to_string(site.join(start)).doing(format_args!("read {start} of {}", site.display()))?;
    let files = first_visit(start, &text, &contents(site)?);
    let rows = files.into_iter().map(|file| Row { file, raw: 0, brotli: 0 }).collect();
    let Report { shared, mut languages, .. } = Report::of(rows);
    let own = languages.remove(code).ok_or_else(|| Fault::new(format!("the site has no language {code}")))?;
    Ok(shared.into_iter().chain(own.first).map(|row| row.file).collect())
}

fn measured(dist: &Path, files: Vec<String>) -> Result<Vec<Row>> {
    let paths: Vec<String> = files.iter().map(|file| dist.join(file).to_string_lossy().into_owned()).collect();
    let mut measure = run::command("node", &["-e", COMPRESS]);
    measure.args(paths);
    let sizes: Vec<(u64, u64)> =
        serde_json::from_str(&run::captured(&mut measure)?).doing("read the sizes that node gave")?;
    Ok(files.into_iter().zip(sizes).map(|(file, (raw, brotli))| Row { file, raw, brotli }).collect())
}

/// The file that a visit begins with, then every file that it or a loaded script names.
fn first_visit(start: &str, text: &str, contents: &BTreeMap<String, String>) -> Vec<String> {
    let mut files = vec![start.to_string()];
    let mut texts = vec![text];
    while let Some(text) = texts.pop() {
        for (name, inside) in contents {
            if !files.contains(name) && text.contains(name.as_str()) {
                files.push(name.clone());
                texts.push(inside);
            }
        }
    }
    files
}

/// Every file of the site by its path within it; the text of scripts, nothing of the others.
fn contents(dist: &Path) -> Result<BTreeMap<String, String>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![dist.to_path_buf()];
    while let Some(folder) = folders.pop() {
        let doing = format!("list {}", folder.display());
        for entry in std::fs::read_dir(&folder).doing(&doing)? {
            let path = entry.doing(&doing)?.path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let name = path.strip_prefix(dist).unwrap_or(&path).to_string_lossy().replace('\\', "/");
            let text = match name.ends_with(".js") {
                true => std::fs::read_to_string(&path).doing(format_args!("read {}", path.display()))?,
                false => String::new(),
            };
            found.insert(name, text);
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_what_the_page_and_its_scripts_name() {
        let contents: BTreeMap<String, String> = [
            ("index.html", ""),
            ("a.js", "import './snippets/b.js'"),
            ("snippets/b.js", ""),
            ("c.css", ""),
            ("later.js", "c.css"),
        ]
        .map(|(name, text)| (name.to_string(), text.to_string()))
        .into();
        let files = first_visit("index.html", "<link href=./c.css><script src=./a.js>", &contents);
        assert_eq!(files, ["index.html", "a.js", "c.css", "snippets/b.js"]);
    }

    fn row(file: &str, brotli: u64) -> Row {
        Row { file: file.into(), raw: 2 * brotli, brotli }
    }

    #[test]
    fn a_file_names_its_language() {
        assert_eq!(language("pack.nl-0123456789abcdef.txt"), Some(("pack", "nl")));
        assert_eq!(language("say.sv-FI-0123456789abcdef.json"), Some(("say", "sv-FI")));
        assert_eq!(language("bsh-0123456789abcdef.js"), None);
        assert_eq!(language("index.html"), None);
    }

    #[test]
    fn each_language_is_counted_with_what_is_shared() {
        let files = [
            row("index.html", 10),
            row("pack.en-0.txt", 100),
            row("more.en-0.txt", 1000),
            row("pack.nl-0.txt", 110),
            row("say.nl-0.json", 5),
            row("bsh-0.js", 20),
            row("later-0.wasm", 3000),
            row("toolbox-0.wasm", 4000),
            row("toolbox-0.js", 500),
        ];
        let report = Report::of(files.into());
        assert_eq!(report.totals().collect::<Vec<_>>(), [("en", 130), ("nl", 145)]);
        let later: Vec<u64> = report.languages.values().map(|language| sum(&language.later).1).collect();
        assert_eq!(later, [1000, 0]);
        assert_eq!(sum(&report.shared), (60, 30));
        assert_eq!((sum(&report.later).1, sum(&report.on_demand).1), (3000, 4500));
    }

    #[test]
    fn the_budget_is_inclusive_and_holds_for_every_language() {
        let report = |nl| Report::of(vec![row("a.js", 1), row("pack.en-0.txt", 1), row("pack.nl-0.txt", nl)]);
        assert!(report(BUDGET - 1).over().is_empty());
        assert_eq!(report(BUDGET).over(), [format!("nl: {} of {BUDGET} bytes", BUDGET + 1)]);
        assert!(!Report::of(vec![row("index.html", 1)]).over().is_empty());
        let sizes = |script, nl| Sizes { ways: vec![report(1), report(nl)], script };
        assert!(sizes(SCRIPT_BUDGET, BUDGET - 1).within_budget());
        assert_eq!(
            sizes(SCRIPT_BUDGET + 1, 1).over(),
            [format!("embed.js: {} of {SCRIPT_BUDGET} bytes", SCRIPT_BUDGET + 1)]
        );
        assert_eq!(sizes(1, BUDGET).over(), [format!("a frame: nl: {} of {BUDGET} bytes", BUDGET + 1)]);
    }
}
