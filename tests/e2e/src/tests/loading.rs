//! Before the program comes: what is painted, what is asked for, and that nothing typed or clicked is lost.

use std::rc::Rc;

use anyhow::{Context, Result, ensure};
use serde_json::json;

use crate::harness::page::Page;
use crate::harness::run::{Env, Test};
use crate::harness::server::{Options, Wasm, is_pack, is_wasm};
use crate::harness::wait::until;

pub fn tests() -> Vec<Test> {
    crate::tests![
        start_page_is_there_before_the_program,
        early_click_on_start_is_not_lost,
        early_enter_in_a_field_is_not_lost,
        typed_names_survive_the_arrival,
        works_under_a_sub_path_with_a_query,
        page_speaks_without_script,
    ]
}

async fn held(env: &Env) -> Result<Page> {
    env.page(Options { wasm: Wasm::Held, ..env.options() }).await
}

async fn start_page_is_there_before_the_program(env: Rc<Env>) -> Result<()> {
    let page = held(&env).await?;
    page.open("").await?;
    page.at("start").await?;
    page.button("Start").await?;
    // Neither waits for the other.
    until("pack and program to be asked for", async || Ok((page.site.asked_for(is_pack)).then_some(()))).await?;
    page.until("the styles", "return document.styleSheets.length > 0 && getComputedStyle(document.querySelector('#bsh-go')).minHeight !== 'auto'", json!([])).await?;
    ensure!(page.count(".bsh-app").await? == 0, "the program was not held back");
    let early = page.read("main").await?;
    for words in ["24 questions", "five minutes", "in this browser"] {
        ensure!(early.contains(words), "\"{words}\" is not said before the start");
    }
    page.site.release();
    page.ready().await?;
    ensure!(page.site.asked_for(is_wasm), "the program was not asked for");
    Ok(())
}

async fn early_click_on_start_is_not_lost(env: Rc<Env>) -> Result<()> {
    let page = held(&env).await?;
    page.open("").await?;
    page.type_into("#bsh-account", "Metal Works").await?;
    page.choose("bsh-form", "full").await?;
    page.press("Start").await?;
    ensure!(page.count(".bsh-app").await? == 0, "the program was not held back");
    page.site.release();
    page.at("gate-2").await?;
    ensure!(page.read(".bsh-frame").await?.contains("Metal Works"), "the typed name is lost");
    page.saved("account=Metal Works").await?;
    page.saved("form=full").await
}

async fn early_enter_in_a_field_is_not_lost(env: Rc<Env>) -> Result<()> {
    let page = held(&env).await?;
    page.open("").await?;
    page.type_into("#bsh-part", "Plant North").await?;
    page.key(thirtyfour::Key::Enter).await?;
    page.site.release();
    page.at("gate-2").await?;
    page.saved("part=Plant North").await
}

async fn typed_names_survive_the_arrival(env: Rc<Env>) -> Result<()> {
    let page = held(&env).await?;
    page.open("").await?;
    page.choose("bsh-form", "full").await?;
    page.type_into("#bsh-account", "Metal").await?;
    page.site.release();
    page.ready().await?;
    page.until("the focus where it was", "return document.activeElement.id === 'bsh-account'", json!([])).await?;
    page.key(" Works").await?;
    page.until("the whole name", "return document.querySelector('#bsh-account').value === 'Metal Works'", json!([]))
        .await?;
    ensure!(page.chosen("bsh-form").await? == "full", "the chosen form is lost");
    page.press("Start").await?;
    page.at("gate-2").await?;
    page.saved("account=Metal Works").await
}

async fn works_under_a_sub_path_with_a_query(env: Rc<Env>) -> Result<()> {
    let page = env.page(Options { prefix: "/a/b/", ..env.options() }).await?;
    page.open("?utm_source=letter&x=%2F#part").await?;
    page.begin("short").await?;
    page.choose("g2-01", "4").await?;
    page.reload().await?;
    page.at("gate-2").await?;
    page.is_chosen("g2-01", "4").await?;
    let address = page.text("return location.pathname + location.search", json!([])).await?;
    ensure!(address == "/a/b/?utm_source=letter&x=%2F", "the address became {address}");
    for entry in page.site.requests() {
        ensure!(entry.path.starts_with("/a/b/") && entry.status == 200, "asked for {entry:?}");
    }
    Ok(())
}

/// What nobody can drive a browser without script to show, the file itself shows.
async fn page_speaks_without_script(env: Rc<Env>) -> Result<()> {
    let html = std::fs::read_to_string(env.args.dist.join("index.html"))?;
    let (_, rest) = html.split_once("<noscript>").context("no noscript")?;
    let (text, _) = rest.split_once("</noscript>").context("noscript without an end")?;
    ensure!(text.contains("JavaScript") && text.len() > 60, "noscript says: {text}");
    Ok(())
}
