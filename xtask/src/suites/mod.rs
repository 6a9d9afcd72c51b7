//! `cargo xtask test`: which suites there are, what each needs, and running them all to the end.
//!
//! Knows the order. What a suite does is in the files beside.

mod browser;
mod core;
mod dist;
mod site;
mod supply;
mod types;

use crate::browsers::{self, Engine, Pair};
use crate::counts::{self, Counts};
use crate::fault::{Fault, Result};
use crate::table::{self, Line};
use crate::web::WebTools;
use crate::{node, servers, tools};
use std::path::PathBuf;
use std::time::Instant;

/// What a suite found: its counts and the names of what failed.
pub struct Outcome {
    counts: Counts,
    failed: Vec<String>,
}

impl Outcome {
    /// From checks that each passed or failed.
    fn of_checks(checks: Vec<(String, bool)>) -> Self {
        let mut counts = Counts::default();
        for (_, ok) in &checks {
            counts += Counts::check(*ok);
        }
        let failed = checks.into_iter().filter(|(_, ok)| !ok).map(|(name, _)| name).collect();
        Self { counts, failed }
    }

    fn of_tests(counts: Counts, lines: &[String]) -> Self {
        Self { counts, failed: counts::failed_names(lines) }
    }

    fn could_not_run(why: &str) -> Self {
        println!("skipped: {why}");
        Self { counts: Counts::SKIPPED, failed: Vec::new() }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Need {
    Rustfmt,
    Clippy,
    WasmTarget,
    WasmBindgen,
    WebTools,
    Node,
    CargoDeny,
    /// The release build that the suite `build` makes.
    Site,
    /// The release that the suite `dist` packs of it.
    Release,
    Browser(Engine),
    /// The web servers of the recipes.
    Servers,
    /// What reads the PDF that a browser prints.
    Paper,
}

struct Suite {
    name: &'static str,
    needs: &'static [Need],
    run: fn(&Bench) -> Result<Outcome>,
}

/// What the set-up found, for the suites to use.
#[derive(Default)]
struct Bench {
    wasm_bindgen: Option<PathBuf>,
    deny: Option<PathBuf>,
    web: Option<WebTools>,
    browsers: Vec<(Engine, Pair)>,
    servers: bool,
    site_failed: bool,
}

impl Bench {
    fn browser(&self, engine: Engine) -> Option<&Pair> {
        self.browsers.iter().find(|(found, _)| *found == engine).map(|(_, pair)| pair)
    }
}

use Need::{Browser, CargoDeny, Clippy, Node, Paper, Release, Rustfmt, Site, WasmBindgen, WasmTarget};

const SUITES: &[Suite] = &[
    Suite { name: "fmt", needs: &[Rustfmt], run: core::fmt },
    Suite { name: "clippy", needs: &[Clippy, WasmTarget], run: core::clippy },
    Suite { name: "deps", needs: &[], run: core::deps },
    Suite { name: "deny", needs: &[CargoDeny], run: supply::deny },
    Suite { name: "workflows", needs: &[Node], run: supply::workflows },
    Suite { name: "native", needs: &[], run: core::native },
    Suite { name: "types", needs: &[Node], run: types::types },
    Suite { name: "web", needs: &[WasmTarget, WasmBindgen, Browser(Engine::Chromium)], run: browser::web },
    Suite { name: "build", needs: &[Need::WebTools], run: site::build },
    Suite { name: "html", needs: &[Site, Node], run: site::html },
    Suite { name: "size", needs: &[Site, Node], run: site::size },
    Suite { name: "dist", needs: &[Site, Node], run: dist::dist },
    Suite { name: "e2e-chromium", needs: &[Site, Node, Paper, Browser(Engine::Chromium)], run: browser::chromium },
    Suite { name: "e2e-firefox", needs: &[Site, Node, Paper, Browser(Engine::Firefox)], run: browser::firefox },
    Suite { name: "e2e-webkit", needs: &[Site, Node, Browser(Engine::Webkit)], run: browser::webkit },
    Suite {
        name: "hosting",
        needs: &[Site, Release, Node, Browser(Engine::Chromium), Need::Servers],
        run: browser::hosting,
    },
];

pub fn names() -> Vec<&'static str> {
    SUITES.iter().map(|suite| suite.name).collect()
}

/// Runs the named suites, or all; true when nothing failed.
pub fn run(wanted: &[String]) -> Result<bool> {
    let suites = select(wanted)?;
    let ci = std::env::var_os("CI").is_some_and(|value| !value.is_empty());
    println!("set-up");
    let mut bench = set_up(&suites)?;
    let mut lines = Vec::new();
    let mut failed = Vec::new();
    for suite in suites {
        println!("\n=== {} ===", suite.name);
        let start = Instant::now();
        let mut outcome = run_one(suite, &bench).unwrap_or_else(|fault| {
            println!("{fault}");
            Outcome { counts: Counts::FAILED, failed: Vec::new() }
        });
        if ci && outcome.counts == Counts::SKIPPED {
            println!("CI is set, so a suite that cannot run counts as failed");
            outcome = Outcome { counts: Counts::FAILED, failed: Vec::new() };
        }
        bench.site_failed |= suite.name == "build" && outcome.counts.failed > 0;
        failed.extend(outcome.failed.iter().map(|name| format!("{}: {name}", suite.name)));
        lines.push(Line { suite: suite.name, counts: outcome.counts, seconds: start.elapsed().as_secs_f64() });
    }
    if !failed.is_empty() {
        println!("\nfailed:\n  {}", failed.join("\n  "));
    }
    println!("\n{}", table::render(&lines));
    Ok(table::total(&lines).failed == 0)
}

fn run_one(suite: &Suite, bench: &Bench) -> Result<Outcome> {
    for need in suite.needs {
        match need {
            Site if bench.site_failed => {
                return Ok(Outcome::could_not_run("there is no build to test, see suite build"));
            }
            Browser(engine) if bench.browser(*engine).is_none() => {
                return Ok(Outcome::could_not_run(&format!("{} is not installed", engine.name())));
            }
            Need::Servers if !bench.servers => {
                return Ok(Outcome::could_not_run("the web servers are not all installed"));
            }
            _ => {}
        }
    }
    (suite.run)(bench)
}

/// The suites in their order, with `build` and `dist` before those that test what they make.
fn select(wanted: &[String]) -> Result<Vec<&'static Suite>> {
    if let Some(unknown) = wanted.iter().find(|name| !names().contains(&name.as_str())) {
        return Err(Fault::new(format!("there is no suite `{unknown}`: name any of {}", names().join(", "))));
    }
    let named = |suite: &Suite| wanted.is_empty() || wanted.iter().any(|name| name == suite.name);
    let needed = |need: Need| SUITES.iter().any(|suite| named(suite) && suite.needs.contains(&need));
    let (site, release) = (needed(Site), needed(Release));
    let brought = |suite: &Suite| (site && suite.name == "build") || (release && suite.name == "dist");
    Ok(SUITES.iter().filter(|suite| named(suite) || brought(suite)).collect())
}

fn set_up(suites: &[&Suite]) -> Result<Bench> {
    let mut bench = Bench::default();
    let mut needs: Vec<Need> = Vec::new();
    for need in suites.iter().flat_map(|suite| suite.needs) {
        if !needs.contains(need) {
            needs.push(*need);
        }
    }
    if needs.contains(&Need::WebTools) {
        // Brings the target, wasm-bindgen and Node as well.
        bench.web = Some(WebTools::ensure()?);
    }
    let alone = bench.web.is_none();
    let _lock = tools::lock()?;
    for need in needs {
        match need {
            Rustfmt => tools::ensure_component("rustfmt", "rustfmt")?,
            Clippy => tools::ensure_component("clippy", "cargo-clippy")?,
            WasmTarget if alone => tools::ensure_wasm_target()?,
            WasmBindgen => bench.wasm_bindgen = Some(tools::WASM_BINDGEN.ensure()?),
            CargoDeny => bench.deny = Some(tools::CARGO_DENY.ensure()?),
            Node if alone => node::ensure().map(|_| ())?,
            Paper => browsers::ensure_paper()?,
            Browser(engine) => bench.browsers.extend(engine.ensure()?.map(|pair| (engine, pair))),
            Need::Servers => bench.servers = servers::ensure()?,
            WasmTarget | Node | Need::WebTools | Site | Release => {}
        }
    }
    Ok(bench)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn selected(line: &str) -> Option<Vec<&'static str>> {
        let words: Vec<String> = line.split_whitespace().map(str::to_string).collect();
        Some(select(&words).ok()?.iter().map(|suite| suite.name).collect())
    }

    #[test]
    fn no_name_means_all_in_order() {
        assert_eq!(selected(""), Some(names()));
        assert_eq!(names()[..3], ["fmt", "clippy", "deps"]);
    }

    #[test]
    fn names_keep_the_order_and_bring_the_build() {
        assert_eq!(selected("native fmt"), Some(vec!["fmt", "native"]));
        assert_eq!(selected("size"), Some(vec!["build", "size"]));
        assert_eq!(selected("build"), Some(vec!["build"]));
        assert_eq!(selected("hosting"), Some(vec!["build", "dist", "hosting"]));
    }

    #[test]
    fn an_unknown_name_lists_the_known() {
        let text = select(&["nativ".to_string()]).err().map(|fault| fault.to_string()).unwrap_or_default();
        assert!(text.starts_with("there is no suite `nativ`"), "{text}");
        assert!(text.ends_with("hosting"), "{text}");
    }
}
