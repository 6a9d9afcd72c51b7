//! The suites in real browsers: wasm tests in Chromium, journeys through the built site in three engines.
//!
//! Knows how to start them. What they assert is in tests/web and tests/e2e.

use super::{Bench, Outcome};
use crate::browsers::{self, Engine, Pair, Screen};
use crate::counts;
use crate::fault::{Fault, Result};
use crate::tools::WASM_TARGET;
use crate::{node, place, run, servers};
use std::path::{Path, PathBuf};
use std::process::Command;

pub fn web(bench: &Bench) -> Result<Outcome> {
    let (Some(tools), Some(pair)) = (&bench.wasm_bindgen, bench.browser(Engine::Chromium)) else {
        return Err(Fault::new("wasm-bindgen-test-runner or chromedriver was not set up"));
    };
    let runner = tools.join(format!("wasm-bindgen-test-runner{}", std::env::consts::EXE_SUFFIX));
    let mut command = run::cargo(&["test", "-p", "buy-sell-hierarchy", "--target", WASM_TARGET]);
    command
        .args(["--no-default-features", "--features", "web,results", "--test", "web"])
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", runner)
        .env("CHROMEDRIVER", &pair.driver)
        .env("WASM_BINDGEN_TEST_ONLY_WEB", "1")
        .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", place::root().join("tools").join("webdriver.json"));
    let (ok, lines) = run::shown_and_read(&mut command)?;
    Ok(Outcome::of_tests(counts::of_cargo(&lines, ok), &lines))
}

pub fn chromium(bench: &Bench) -> Result<Outcome> {
    journeys(bench, Engine::Chromium)
}

pub fn firefox(bench: &Bench) -> Result<Outcome> {
    journeys(bench, Engine::Firefox)
}

pub fn webkit(bench: &Bench) -> Result<Outcome> {
    journeys(bench, Engine::Webkit)
}

/// The command line, built for the tests that compare files with it.
fn bsh() -> Result<PathBuf> {
    let features = ["-p", "buy-sell-hierarchy", "--no-default-features", "--features", "json"];
    match run::shown(run::cargo(&["build", "--quiet", "--bin", "bsh"]).args(features))? {
        true => Ok(place::target().join("debug").join(format!("bsh{}", std::env::consts::EXE_SUFFIX))),
        false => Err(Fault::new("bsh could not be built: see the messages above")),
    }
}

fn journeys(bench: &Bench, engine: Engine) -> Result<Outcome> {
    let Some(pair) = bench.browser(engine) else {
        return Err(Fault::new(format!("{} was not set up", engine.name())));
    };
    let mut command = end_to_end(engine, pair, &place::dist());
    command.arg("--bsh").arg(bsh()?);
    let screen = match engine {
        Engine::Webkit => Some(Screen::start()?),
        Engine::Chromium | Engine::Firefox => None,
    };
    if let Some(screen) = &screen {
        screen.show(&mut command);
        if browsers::is_root() {
            command.env("WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS", "1");
        }
    }
    let (ok, lines) = run::shown_and_read(&mut command)?;
    Ok(Outcome::of_tests(counts::of_summary(&lines, ok), &lines))
}

/// The recipes of hosting/, each in its server, with the release.
pub fn hosting(bench: &Bench) -> Result<Outcome> {
    let Some(pair) = bench.browser(Engine::Chromium) else {
        return Err(Fault::new("chromium was not set up"));
    };
    // The one that the suite `dist` has just packed, or one that somebody made.
    let sites = [place::target().join("dist-test").join("one").join("site"), place::release_site()];
    let Some(site) = sites.into_iter().find(|site| site.join("index.html").is_file()) else {
        return Err(Fault::new(place::NO_RELEASE));
    };
    let mut command = end_to_end(Engine::Chromium, pair, &site);
    command.arg("--hosting").arg(place::root().join("hosting"));
    run::with_path(&mut command, &[servers::HOME.into()])?;
    let (ok, lines) = run::shown_and_read(&mut command)?;
    Ok(Outcome::of_tests(counts::of_summary(&lines, ok), &lines))
}

fn end_to_end(engine: Engine, pair: &Pair, dist: &Path) -> Command {
    let mut command = run::cargo(&["run", "--quiet", "-p", "e2e", "--", "--engine", engine.name()]);
    command.arg("--dist").arg(dist);
    command.arg("--faults").arg(place::dist_faults());
    command.arg("--single").arg(place::single());
    command.arg("--axe").arg(node::axe());
    command.arg("--browser").arg(&pair.browser);
    command.arg("--driver").arg(&pair.driver);
    command
}
