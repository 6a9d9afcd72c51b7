//! The budget: what a first visit loads, as brotli 11 sends it.
//!
//! Knows the built site by its page: a file counts when index.html names it, or a counted script does.

use crate::fault::{Doing, Fault, Result};
use crate::{node, place, run};
use std::collections::BTreeMap;
use std::path::Path;

pub const BUDGET: u64 = 95_000;
pub const GOAL: u64 = 85_000;

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

pub struct Report {
    pub rows: Vec<Row>,
}

pub struct Row {
    pub file: String,
    pub raw: u64,
    pub brotli: u64,
}

impl Report {
    pub fn total(&self) -> u64 {
        self.rows.iter().map(|row| row.brotli).sum()
    }

    pub fn within_budget(&self) -> bool {
        self.total() <= BUDGET
    }

    fn print(&self) {
        println!("{:<34} {:>9} {:>9}", "file of a first visit", "bytes", "brotli");
        for row in &self.rows {
            println!("{:<34} {:>9} {:>9}", row.file, row.raw, row.brotli);
        }
        let raw: u64 = self.rows.iter().map(|row| row.raw).sum();
        println!("{:<34} {:>9} {:>9}", "total", raw, self.total());
        let word = if self.within_budget() { "within" } else { "OVER" };
        println!("{word} the budget of {BUDGET} bytes; the goal is {GOAL}");
    }
}

/// Measures dist/ and prints the table.
pub fn show() -> Result<Report> {
    node::ensure_node()?;
    let dist = place::dist();
    let page = dist.join("index.html");
    let html = std::fs::read_to_string(&page)
        .map_err(|_| Fault::new("dist/index.html is not there: run `cargo xtask build --release` first"))?;
    let files = first_visit(&html, &contents(&dist)?);
    let paths: Vec<String> = files.iter().map(|file| dist.join(file).to_string_lossy().into_owned()).collect();
    let mut measure = run::command("node", &["-e", COMPRESS]);
    measure.args(paths);
    let sizes: Vec<(u64, u64)> =
        serde_json::from_str(&run::captured(&mut measure)?).doing("read the sizes that node gave")?;
    let rows = files.into_iter().zip(sizes).map(|(file, (raw, brotli))| Row { file, raw, brotli });
    let report = Report { rows: rows.collect() };
    report.print();
    Ok(report)
}

/// index.html, then every file that it or a loaded script names.
fn first_visit(html: &str, contents: &BTreeMap<String, String>) -> Vec<String> {
    let mut files = vec!["index.html".to_string()];
    let mut texts = vec![html];
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
        let files = first_visit("<link href=./c.css><script src=./a.js>", &contents);
        assert_eq!(files, ["index.html", "a.js", "c.css", "snippets/b.js"]);
    }

    #[test]
    fn the_budget_is_inclusive() {
        let report = |brotli| Report { rows: vec![Row { file: String::new(), raw: 0, brotli }] };
        assert!(report(BUDGET).within_budget());
        assert!(!report(BUDGET + 1).within_budget());
    }
}
