//! Panics in the program, really caused in a build that has them on request: at the start, in a click, in a render,
//! and when it loads what was saved.

use std::rc::Rc;

use anyhow::{Result, ensure};
use serde_json::json;

use crate::harness::page::{ASIDE, DRAFT, Page};
use crate::harness::run::{Env, Test};
use crate::sheet::SHORT;

pub fn tests() -> Vec<Test> {
    crate::tests![
        panic_at_the_start,
        panic_in_a_click,
        panic_in_a_render,
        panic_in_the_second_program,
        saved_state_that_panics,
        answers_survive_a_crash
    ]
}

async fn crashed(page: &Page) -> Result<()> {
    let cause = page.panel().await?;
    ensure!(cause == "crash", "the panel names \"{cause}\"");
    ensure!(page.count(".bsh-app").await? == 0, "the dead program is still on the page");
    page.button("Start clean").await?;
    Ok(())
}

async fn panic_at_the_start(env: Rc<Env>) -> Result<()> {
    let page = env.page(env.faulty_options()).await?;
    page.open("?fault=start").await?;
    crashed(&page).await?;
    page.press("Start clean").await?;
    page.ready().await?;
    page.press("Start").await?;
    page.at("gate-2").await
}

async fn panic_in_a_click(env: Rc<Env>) -> Result<()> {
    let page = env.page(env.faulty_options()).await?;
    page.open("?fault=click").await?;
    page.ready().await?;
    page.press("Start").await?;
    crashed(&page).await?;
    page.press("Reload").await?;
    page.ready().await?;
    page.at("start").await
}

async fn panic_in_a_render(env: Rc<Env>) -> Result<()> {
    let page = env.page(env.faulty_options()).await?;
    page.open("?fault=render").await?;
    page.ready().await?;
    page.press("Start").await?;
    crashed(&page).await?;
    for name in ["Reload", "Download my answers", "Start clean"] {
        page.button(name).await?;
    }
    page.press("Start clean").await?;
    page.ready().await?;
    page.at("start").await?;
    page.press("Start").await?;
    page.at("gate-2").await
}

async fn panic_in_the_second_program(env: Rc<Env>) -> Result<()> {
    let page = env.page(env.faulty_options()).await?;
    page.start("short").await?;
    page.fill(SHORT[0]).await?;
    page.saved("g2-06=4").await?;
    page.goto("about:blank").await?;
    // The questions go on; only the later pages need the second program.
    page.open("?fault=view").await?;
    page.ready().await?;
    page.press("Continue").await?;
    page.at("gate-2").await?;
    let go =
        "history.pushState('result test', ''); dispatchEvent(new PopStateEvent('popstate', { state: history.state }))";
    page.js(go, json!([])).await?;
    crashed(&page).await?;
    // A trap has few words: where it was says more.
    let said = page.read(".bsh-panel").await?;
    ensure!(said.contains("RuntimeError: ") && said.contains("wasm-function["), "the report says: {said}");
    ensure!(page.stored(DRAFT).await?.is_some_and(|text| text.contains("g2-06=4")), "the answers are gone");
    page.press("Start clean").await?;
    page.ready().await?;
    page.at("start").await
}

/// Answers one gate without a fault and comes back with `fault=state`; gives what is stored then.
async fn with_bad_state(page: &Page) -> Result<String> {
    page.start("short").await?;
    page.fill(SHORT[0]).await?;
    page.saved("g2-06=4").await?;
    page.goto("about:blank").await?;
    page.open("?fault=state").await?;
    crashed(page).await?;
    Ok(page.stored(DRAFT).await?.unwrap_or_default())
}

async fn saved_state_that_panics(env: Rc<Env>) -> Result<()> {
    let page = env.page(env.faulty_options()).await?;
    let saved = with_bad_state(&page).await?;
    // A reload runs into it again, and again; then the panel no longer proposes it.
    let mut reloads = 0;
    while page.has_button("Reload").await? {
        reloads += 1;
        ensure!(reloads < 6, "the panel proposes a reload for ever");
        page.js("window.old = true", json!([])).await?;
        page.press("Reload").await?;
        page.until("the page to come again", "return !window.old", json!([])).await?;
        crashed(&page).await?;
    }
    ensure!(reloads >= 1, "no reload is offered at all");
    ensure!(page.stored(DRAFT).await?.as_deref() == Some(saved.as_str()), "a crash changed the stored answers");
    page.press("Start clean").await?;
    page.ready().await?;
    page.at("start").await?;
    ensure!(page.stored(DRAFT).await?.is_none(), "the state that panics is still in place");
    ensure!(page.stored(ASIDE).await?.as_deref() == Some(saved.as_str()), "the old answers are not kept aside");
    page.open("").await?;
    page.begin("short").await?;
    page.choose("g2-01", "1").await?;
    page.saved("g2-01=1").await?;
    ensure!(page.stored(ASIDE).await?.as_deref() == Some(saved.as_str()), "the old answers went with the new ones");
    Ok(())
}

async fn answers_survive_a_crash(env: Rc<Env>) -> Result<()> {
    let page = env.page(env.faulty_options()).await?;
    with_bad_state(&page).await?;
    let file = page.download("Download my answers").await?;
    let other = env.plain().await?;
    other.open("").await?;
    other.ready().await?;
    other.open_file("crashed.txt", &file).await?;
    other.at("gate-2").await?;
    for (item, value) in SHORT[0] {
        other.is_chosen(item, value).await?;
    }
    Ok(())
}
