//! Timing the scorer: the criterion benchmark, then a million sheets through `bsh score`.
//!
//! Knows the answer sheet's JSON line and the pack's file. Must not know how a sheet is scored.

use crate::fault::{Doing, Fault, Result};
use crate::{place, run};
use serde_json::Value;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::Stdio;
use std::time::Instant;

const SHEETS: u32 = 1_000_000;

pub fn run() -> Result<()> {
    let features = ["-p", "buy-sell-hierarchy", "--no-default-features", "--features", "json"];
    if !run::shown(run::cargo(&["bench", "--bench", "score"]).args(features))? {
        return Err(Fault::new("the benchmark failed: see the messages above"));
    }
    if !run::shown(run::cargo(&["build", "--quiet", "--profile", "native", "--bin", "bsh"]).args(features))? {
        return Err(Fault::new("bsh could not be built: see the messages above"));
    }
    let sheets = place::target().join("bench-sheets.jsonl");
    println!("writing {SHEETS} sheets of the short form");
    write_sheets(&sheets, &short_items()?)?;
    let seconds = time_scorer(&sheets)?;
    std::fs::remove_file(&sheets).doing("remove the sheets")?;
    println!("bsh score: {SHEETS} sheets of the short form in {seconds:.2} seconds");
    Ok(())
}

fn time_scorer(sheets: &Path) -> Result<f64> {
    let bsh = place::target().join("native").join(format!("bsh{}", std::env::consts::EXE_SUFFIX));
    let input = File::open(sheets).doing("open the sheets")?;
    let mut score = run::command(bsh, &["score", "--form", "short"]);
    let start = Instant::now();
    match run::shown(score.stdin(input).stdout(Stdio::null()))? {
        true => Ok(start.elapsed().as_secs_f64()),
        false => Err(Fault::new("bsh score failed: see the messages above")),
    }
}

/// The items of the short form of the first instrument, the one of gates: id, and whether it is an event (no, in part, yes) rather than a frequency.
fn short_items() -> Result<Vec<(String, bool)>> {
    let file = place::root().join("content").join("packs").join("hierarchy.json");
    let text = std::fs::read_to_string(&file).doing(format_args!("read {}", file.display()))?;
    let pack: Value = serde_json::from_str(&text).doing(format_args!("read {} as JSON", file.display()))?;
    let gates = pack["instruments"][0]["gates"].as_array().into_iter().flatten();
    let items = gates.flat_map(|gate| gate["items"].as_array().into_iter().flatten());
    let short = items.filter(|item| item["short"].as_bool() == Some(true));
    let short = short.filter_map(|item| Some((item["id"].as_str()?.to_string(), item["kind"] == "event")));
    let short: Vec<(String, bool)> = short.collect();
    match short.is_empty() {
        true => Err(Fault::new(format!("{} marks no item as short", file.display()))),
        false => Ok(short),
    }
}

fn write_sheets(file: &Path, items: &[(String, bool)]) -> Result<()> {
    let doing = format!("write {}", file.display());
    let mut out = BufWriter::with_capacity(1 << 20, File::create(file).doing(&doing)?);
    let mut dice = Dice(1);
    for number in 0..SHEETS {
        writeln!(out, "{}", sheet(number, items, &mut dice)).doing(&doing)?;
    }
    out.flush().doing(&doing)
}

/// One answer sheet; about one answer in twenty is "don't know", one in fifty "not applicable".
fn sheet(number: u32, items: &[(String, bool)], dice: &mut Dice) -> String {
    let mut line = format!("{{\"id\":\"a{number}\",\"perspective\":\"own\",\"answers\":{{");
    for (at, (id, event)) in items.iter().enumerate() {
        if at > 0 {
            line.push(',');
        }
        let roll = dice.below(100);
        let answer = match roll {
            0..5 => "\"dk\"",
            5..7 => "\"na\"",
            _ if *event => ["0", "2", "4"][dice.below(3)],
            _ => ["0", "1", "2", "3", "4"][dice.below(5)],
        };
        line.push('"');
        line.push_str(id);
        line.push_str("\":");
        line.push_str(answer);
    }
    line.push_str("},\"signals\":[],\"notes\":{}}");
    line
}

/// The same numbers on every run (Knuth's MMIX generator).
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % bound
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheets_are_json_and_the_same_every_time() -> serde_json::Result<()> {
        let items = [("g2-01".to_string(), false), ("g2-03".to_string(), true)];
        let line = sheet(7, &items, &mut Dice(1));
        assert_eq!(line, sheet(7, &items, &mut Dice(1)));
        let value: Value = serde_json::from_str(&line)?;
        assert_eq!(value["id"], "a7");
        assert_eq!(value["answers"].as_object().map(serde_json::Map::len), Some(2));
        Ok(())
    }
}
