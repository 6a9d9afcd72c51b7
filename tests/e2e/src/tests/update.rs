//! A new release of a page that works without a network: announced, and taken over on somebody's word.
//!
//! Knows the caches of the worker and the bar; the second release is the first one under other names.

use std::path::PathBuf;
use std::rc::Rc;

use anyhow::{Context, Result, bail, ensure};
use serde_json::json;

use super::offline::{BAR, REGISTERED, SUB, caches, caches_are, kept, options, promised, reload, visited, visited_on};
use crate::harness::axe::violations;
use crate::harness::engine::Kind;
use crate::harness::page::Page;
use crate::harness::release::{next, release};
use crate::harness::run::{Env, Test};
use crate::harness::server::Options;
use crate::harness::wait::until;
use crate::sheet::{SHORT, STEPS};

pub fn tests() -> Vec<Test> {
    crate::tests![
        half_a_release_is_not_taken,
        half_a_way_back_keeps_what_is_in_use,
        options_of_the_site_arrive,
        new_release_waits_for_a_word,
        new_release_takes_over_at_a_normal_start,
        other_tab_goes_on_with_its_files,
        page_that_is_new_already_is_not_asked,
        bar_can_be_read_and_reached,
        worker_that_is_taken_away_goes,
    ]
}

pub async fn is_next(page: &Page) -> Result<bool> {
    page.is("return document.documentElement.dataset.next !== undefined", json!([])).await
}

/// As the browser does by itself at a start, and the page after an hour.
pub async fn look(page: &Page) -> Result<()> {
    let script = "const site = await navigator.serviceWorker.getRegistration(); await site.update().catch(() => {});
        return 'looked'";
    promised(page, "a look at the worker", script, json!([])).await.map(|_| ())
}

pub async fn waiting(page: &Page) -> Result<bool> {
    let script = "return !!(await navigator.serviceWorker.getRegistration()).waiting";
    Ok(promised(page, "the registration", script, json!([])).await? == json!(true))
}

/// Uploads the second release and waits until it is kept beside the first.
pub async fn deployed(env: &Env, page: &Page) -> Result<PathBuf> {
    let next = next(env)?;
    page.site.deploy(&next);
    look(page).await?;
    until("the next worker", async || Ok(waiting(page).await?.then_some(()))).await?;
    Ok(next)
}

/// Looks for a new worker that there is, and what became of it.
async fn installed(page: &Page) -> Result<String> {
    let script = "const site = await navigator.serviceWorker.getRegistration();
        const found = new Promise((done) => site.addEventListener('updatefound', () => {
            const coming = site.installing;
            coming.addEventListener('statechange', () => done(coming.state));
        }, { once: true }));
        site.update().catch(() => {});
        return found";
    let became = promised(page, "the end of the installation", script, json!([])).await?;
    Ok(became.as_str().unwrap_or_default().to_owned())
}

/// The worker of the release that is in use comes once more, because the site goes back to it, and its page does not.
async fn half_a_way_back_keeps_what_is_in_use(env: Rc<Env>) -> Result<()> {
    let page = visited(&env).await?;
    let next = deployed(&env, &page).await?;
    let both = [release(&env.args.dist)?, release(&next)?];
    caches_are(&page, &[&both[0], &both[1]]).await?;
    std::fs::copy(env.args.dist.join("sw.js"), next.join("sw.js"))?;
    page.site.deploy(&next);
    let became = installed(&page).await?;
    ensure!(became == "redundant", "the worker became {became}");
    caches_are(&page, &[&both[0], &both[1]]).await?;
    page.site.stop();
    page.goto("about:blank").await?;
    page.open("?lang=en").await?;
    page.begin("short").await?;
    page.site.resume();
    Ok(())
}

async fn half_a_release_is_not_taken(env: Rc<Env>) -> Result<()> {
    let page = visited(&env).await?;
    let first = release(&env.args.dist)?;
    let next = next(&env)?;
    let one = std::fs::read_dir(&next)?
        .flatten()
        .map(|entry| entry.path())
        .find(|path| path.to_string_lossy().contains("toolbox-") && path.extension().is_some_and(|e| e == "wasm"))
        .context("no toolbox")?;
    let whole = std::fs::read(&one)?;
    // Not there; not whole; and the page of the release before.
    let page_of_next = std::fs::read(next.join("index.html"))?;
    for state in 0..3 {
        match state {
            0 => std::fs::remove_file(&one)?,
            1 => std::fs::write(&one, &whole[..whole.len() / 2])?,
            _ => {
                std::fs::write(&one, &whole)?;
                std::fs::copy(env.args.dist.join("index.html"), next.join("index.html")).map(|_| ())?;
            }
        }
        page.site.deploy(&next);
        let became = installed(&page).await?;
        ensure!(became == "redundant", "in state {state} the worker became {became}");
        caches_are(&page, &[&first]).await?;
    }
    ensure!(page.count(BAR).await? == 0, "half a release is announced");
    page.site.stop();
    page.goto("about:blank").await?;
    page.open("?lang=en").await?;
    page.begin("short").await?;
    page.site.resume();
    // The upload is done.
    std::fs::write(next.join("index.html"), page_of_next)?;
    look(&page).await?;
    until("the next worker", async || Ok(waiting(&page).await?.then_some(()))).await
}

/// What whoever looks after a site writes into index.html is no new release, and arrives all the same.
async fn options_of_the_site_arrive(env: Rc<Env>) -> Result<()> {
    let page = visited(&env).await?;
    let edited = next(&env)?;
    for entry in std::fs::read_dir(&env.args.dist)?.flatten() {
        if entry.path().is_file() {
            std::fs::copy(entry.path(), edited.join(entry.file_name()))?;
        }
    }
    let html = std::fs::read_to_string(env.args.dist.join("index.html"))?;
    std::fs::write(edited.join("index.html"), html.replace("data-timeout", "data-form=\"full\" data-timeout"))?;
    page.site.deploy(&edited);
    until("the option", async || {
        page.goto("about:blank").await?;
        page.open("?lang=en").await?;
        page.ready().await?;
        Ok((page.chosen("bsh-form").await? == "full").then_some(()))
    })
    .await?;
    page.site.stop();
    page.goto("about:blank").await?;
    page.open("?lang=en").await?;
    page.ready().await?;
    page.site.resume();
    ensure!(page.chosen("bsh-form").await? == "full", "without a network the option is gone");
    Ok(())
}

async fn new_release_waits_for_a_word(env: Rc<Env>) -> Result<()> {
    let page = visited(&env).await?;
    let first = release(&env.args.dist)?;
    page.begin("short").await?;
    page.choose("g2-01", "4").await?;
    page.js("document.querySelector(`input[name='g2-02'][value='3']`).focus(); window.__here = true", json!([]))
        .await?;
    let next = deployed(&env, &page).await?;
    page.says(BAR, "A new version is ready.").await?;
    let role = page.text("return document.querySelector('.bsh-news').getAttribute('role')", json!([])).await?;
    ensure!(role == "status", "the bar is a {role}");
    page.focused("input[name='g2-02']").await?;
    // In the language of the page, also when that changes.
    page.pick("#bsh-lang", "nl").await?;
    page.says(BAR, "Er staat een nieuwe versie klaar.").await?;
    page.pick("#bsh-lang", "sv").await?;
    page.says(BAR, "Det finns en ny version.").await?;
    page.pick("#bsh-lang", "en").await?;
    page.says(BAR, "A new version is ready.").await?;
    // Nothing happens by itself.
    page.fill(&[("g2-02", "2")]).await?;
    page.press("Later").await?;
    page.gone(BAR).await?;
    ensure!(page.is("return window.__here", json!([])).await? && !is_next(&page).await?, "the page was loaded anew");
    caches_are(&page, &[&first, &release(&next)?]).await?;
    // A reload is not a word either; it asks again.
    reload(&page).await?;
    page.at("gate-2").await?;
    ensure!(!is_next(&page).await?, "a reload took the release over");
    page.says(BAR, "A new version is ready.").await?;
    page.fill(&[("g2-03", "0")]).await?;
    let before = page.site.requests().iter().filter(|e| e.path == SUB).count();
    page.press("Update now").await?;
    page.until("the next release", "return document.documentElement.dataset.next !== undefined", json!([])).await?;
    page.at("gate-2").await?;
    for (item, value) in [("g2-01", "4"), ("g2-02", "2"), ("g2-03", "0")] {
        page.is_chosen(item, value).await?;
    }
    kept(&page).await?;
    caches_are(&page, &[&release(&next)?]).await?;
    let after = page.site.requests().iter().filter(|e| e.path == SUB).count();
    ensure!(after == before, "the page came from the server {} times", after - before);
    page.site.stop();
    page.goto("about:blank").await?;
    page.open("?lang=en").await?;
    page.ready().await?;
    page.site.resume();
    ensure!(is_next(&page).await?, "without a network it is the old release again");
    Ok(())
}

async fn new_release_takes_over_at_a_normal_start(env: Rc<Env>) -> Result<()> {
    let page = visited(&env).await?;
    let next = deployed(&env, &page).await?;
    // The page is left, and with it the last one of the old release. A page that the browser keeps for the way back
    // counts as open.
    let first = page.driver.window().await?;
    let other = page.driver.new_tab().await?;
    page.driver.close_window().await?;
    page.driver.switch_to_window(other).await?;
    ensure!(first != page.driver.window().await?, "the same window");
    until("the next release", async || {
        page.goto(&page.site.host("blank")).await?;
        page.open("?lang=en").await?;
        page.ready().await?;
        Ok(is_next(&page).await?.then_some(()))
    })
    .await?;
    kept(&page).await?;
    caches_are(&page, &[&release(&next)?]).await?;
    ensure!(page.count(BAR).await? == 0, "it asks for what is there");
    Ok(())
}

const NEXT: &str = ".bsh-moves .bsh-primary";

/// Presses what a driver would only find under the bar; a person scrolls.
async fn go_on(page: &Page, button: &str) -> Result<()> {
    page.shows(button).await?;
    page.js("document.querySelector(arguments[0]).click()", json!([button])).await.map(|_| ())
}

async fn other_tab_goes_on_with_its_files(env: Rc<Env>) -> Result<()> {
    let page = visited(&env).await?;
    let first = release(&env.args.dist)?;
    // Not asked for the later pages yet.
    let old = page.driver.window().await?;
    page.js("window.__here = true", json!([])).await?;
    let new = page.driver.new_tab().await?;
    page.driver.switch_to_window(new.clone()).await?;
    page.open("?lang=en").await?;
    page.ready().await?;
    let next = deployed(&env, &page).await?;
    page.says(BAR, "A new version is ready.").await?;
    page.press("Update now").await?;
    page.until("the next release", "return document.documentElement.dataset.next !== undefined", json!([])).await?;
    page.ready().await?;
    page.driver.switch_to_window(old.clone()).await?;
    ensure!(page.is("return window.__here", json!([])).await? && !is_next(&page).await?, "the other tab was reloaded");
    // All of its files are those of the old release, which the server no longer has.
    page.ready().await?;
    go_on(&page, "#bsh-go").await?;
    for (step, answers) in STEPS.iter().zip(SHORT) {
        page.at(step).await?;
        page.fill(answers).await?;
        go_on(&page, NEXT).await?;
    }
    for step in ["signs", "review"] {
        page.at(step).await?;
        go_on(&page, NEXT).await?;
    }
    page.at("result").await?;
    caches_are(&page, &[&first, &release(&next)?]).await?;
    ensure!(page.is("return window.__here", json!([])).await?, "the other tab was reloaded");
    // On its own word.
    page.says(BAR, "A new version is ready.").await?;
    page.press("Update now").await?;
    page.until("the next release", "return document.documentElement.dataset.next !== undefined", json!([])).await?;
    page.at("result").await?;
    caches_are(&page, &[&release(&next)?]).await?;
    page.driver.switch_to_window(new).await?;
    page.driver.close_window().await?;
    Ok(page.driver.switch_to_window(old).await?)
}

/// It came past the worker, because its files were gone: the author's program is kept by nobody.
async fn page_that_is_new_already_is_not_asked(env: Rc<Env>) -> Result<()> {
    let page = visited_on(&env, Options { faulty: true, ..options(&env) }).await?;
    let next = next(&env)?;
    page.site.deploy(&next);
    page.open("?pack=/examples/packs/service-maturity/pack.json&lang=en").await?;
    page.ready().await?;
    page.says("h1", super::own_pack::TITLE).await?;
    ensure!(is_next(&page).await?, "where did its program come from?");
    let address = page.text("return location.search", json!([])).await?;
    ensure!(address == "?pack=/examples/packs/service-maturity/pack.json&lang=en", "the address became {address}");
    // The worker of the same release takes over, and nobody is asked.
    caches_are(&page, &[&release(&next)?]).await?;
    ensure!(page.count(BAR).await? == 0, "it asks for what is there");
    Ok(())
}

async fn bar_can_be_read_and_reached(env: Rc<Env>) -> Result<()> {
    let page = visited(&env).await?;
    page.begin("full").await?;
    deployed(&env, &page).await?;
    page.shows(".bsh-news-now").await?;
    let mut found = Vec::new();
    let variants: &[(u32, &str, &str)] = match page.kind {
        Kind::Chromium => &[
            (320, "prefers-color-scheme", "light"),
            (320, "prefers-color-scheme", "dark"),
            (1280, "forced-colors", "active"),
            (1280, "prefers-color-scheme", "light"),
        ],
        _ => &[(0, "", "")],
    };
    for (width, feature, value) in variants {
        if *width > 0 {
            page.view(*width, 700).await?;
            page.media("", &[(*feature, *value)]).await?;
        }
        found.extend(violations(&page, &env.axe).await?);
        let fits = "const bar = document.querySelector('.bsh-news').getBoundingClientRect();
            return document.scrollingElement.scrollWidth <= innerWidth && bar.bottom <= innerHeight + 1 && bar.top >= 0
                && bar.height < innerHeight / 2
                && [...document.querySelectorAll('.bsh-news button')].every((b) => b.getBoundingClientRect().height >= 44)";
        ensure!(page.is(fits, json!([])).await?, "the bar does not fit into {width}");
    }
    ensure!(found.is_empty(), "{} violations:\n  {}", found.len(), found.join("\n  "));
    if page.kind == Kind::Chromium {
        page.media("print", &[]).await?;
        ensure!(
            page.is("return getComputedStyle(document.querySelector('.bsh-news')).display === 'none'", json!([]))
                .await?,
            "it is printed"
        );
        page.media("", &[]).await?;
    }
    // By the keyboard alone: it comes after everything else, and gives the focus back.
    page.js("document.querySelector('.bsh-footer button').focus()", json!([])).await?;
    if page.kind == Kind::WebKit {
        // Its browser moves the focus to fields alone.
        page.js("document.querySelector('.bsh-news-now').focus()", json!([])).await?;
    } else {
        page.strike(thirtyfour::Key::Tab).await?;
    }
    page.focused(".bsh-news-now").await?;
    page.js("document.querySelector('.bsh-news button:last-child').focus()", json!([])).await?;
    page.key(" ").await?;
    page.gone(BAR).await?;
    page.focused(".bsh-footer button").await
}

async fn worker_that_is_taken_away_goes(env: Rc<Env>) -> Result<()> {
    let page = env.page(Options { faulty: true, ..options(&env) }).await?;
    page.open("?lang=en").await?;
    page.ready().await?;
    kept(&page).await?;
    let next = next(&env)?;
    std::fs::remove_file(next.join("sw.js"))?;
    page.site.deploy(&next);
    page.goto("about:blank").await?;
    page.open("?lang=en").await?;
    page.ready().await?;
    until("the worker to go", async || {
        let there = promised(&page, "the registrations", REGISTERED, json!([])).await?;
        let kept = caches(&page).await?;
        Ok((there == json!(0) && kept.is_empty()).then_some(()))
    })
    .await?;
    page.goto("about:blank").await?;
    page.open("?lang=en").await?;
    page.ready().await?;
    if !is_next(&page).await? {
        bail!("the old release still answers");
    }
    Ok(())
}
