//! Each failure really caused: the panel names it and says what to do.

use std::rc::Rc;

use anyhow::{Context, Result, ensure};
use serde_json::json;

use crate::harness::engine::Kind;
use crate::harness::page::Page;
use crate::harness::run::{Env, Test};
use crate::harness::server::{Options, Pack, Wasm};

pub fn tests() -> Vec<Test> {
    crate::tests![
        webassembly_off in [Kind::Chromium],
        policy_without_wasm,
        program_missing,
        html_instead_of_the_program,
        program_truncated,
        connection_cut_off,
        download_stalls_and_retry_works,
        pack_missing,
        pack_damaged,
        pack_of_another_format,
        opened_as_a_file,
    ]
}

/// The panel names this cause, takes the place of the page, and says what to do.
async fn expect(page: &Page, cause: &str) -> Result<()> {
    let found = page.panel().await?;
    let text = page.read(".bsh-panel").await?;
    ensure!(found == cause, "the panel names \"{found}\", not \"{cause}\": {text}");
    ensure!(page.count("h1").await? == 1, "{} headings", page.count("h1").await?);
    ensure!(page.count(".bsh-wait, [aria-busy=true]").await? == 0, "something still turns");
    ensure!(text.len() > 80, "the panel does not say what to do: {text}");
    page.until("the focus in the panel", "return document.activeElement.closest('.bsh-panel')", json!([])).await?;
    Ok(())
}

async fn provoke(env: &Env, cause: &str, change: impl FnOnce(&mut Options)) -> Result<Page> {
    let mut options = Options { faulty: true, ..env.options() };
    change(&mut options);
    let page = env.page(options).await?;
    page.open("").await?;
    expect(&page, cause).await?;
    Ok(page)
}

async fn webassembly_off(env: Rc<Env>) -> Result<()> {
    let driver = env.engine.session(&["--js-flags=--jitless"]).await?;
    let page = env.page_in(driver.clone(), Options { faulty: true, ..env.options() }).await?;
    let outcome = async {
        page.open("").await?;
        ensure!(
            page.is("return typeof WebAssembly === 'undefined'", json!([])).await?,
            "WebAssembly is there after all"
        );
        expect(&page, "no-wasm").await
    }
    .await;
    driver.quit().await?;
    outcome
}

async fn policy_without_wasm(env: Rc<Env>) -> Result<()> {
    let page = provoke(&env, "csp", |options| options.wasm_allowed = false).await?;
    let text = page.read(".bsh-panel").await?;
    ensure!(text.contains("'wasm-unsafe-eval'") && text.contains("script-src"), "the directive is not named: {text}");
    Ok(())
}

async fn program_missing(env: Rc<Env>) -> Result<()> {
    let page = provoke(&env, "missing", |options| options.wasm = Wasm::Missing).await?;
    let text = page.read(".bsh-panel").await?;
    ensure!(text.contains(".wasm") && text.contains("404"), "file and status are not named: {text}");
    Ok(())
}

async fn html_instead_of_the_program(env: Rc<Env>) -> Result<()> {
    provoke(&env, "html", |options| options.wasm = Wasm::Html).await?;
    Ok(())
}

async fn program_truncated(env: Rc<Env>) -> Result<()> {
    provoke(&env, "truncated", |options| options.wasm = Wasm::Truncated).await?;
    Ok(())
}

async fn connection_cut_off(env: Rc<Env>) -> Result<()> {
    let page = env.page(Options { faulty: true, wasm: Wasm::CutOff, ..env.options() }).await?;
    page.open("").await?;
    let cause = page.panel().await?;
    // Engines differ in whether they tell a broken body from a broken request.
    ensure!(cause == "truncated" || cause == "missing", "the panel names \"{cause}\"");
    Ok(())
}

async fn download_stalls_and_retry_works(env: Rc<Env>) -> Result<()> {
    provoke(&env, "timeout", |options| {
        options.wasm = Wasm::Stalled;
        options.timeout = Some(1500);
    })
    .await?;
    // Held and then let go: what was typed is there after the retry.
    let page = env.page(Options { faulty: true, wasm: Wasm::Held, timeout: Some(1500), ..env.options() }).await?;
    page.open("").await?;
    page.type_into("#bsh-account", "Metal Works").await?;
    expect(&page, "timeout").await?;
    page.site.release();
    page.press("Retry").await?;
    page.ready().await?;
    page.until("the typed name", "return document.querySelector('#bsh-account').value === 'Metal Works'", json!([]))
        .await?;
    page.press("Start").await?;
    page.at("gate-2").await
}

async fn pack_missing(env: Rc<Env>) -> Result<()> {
    provoke(&env, "missing", |options| options.pack = Pack::Missing).await?;
    Ok(())
}

async fn pack_damaged(env: Rc<Env>) -> Result<()> {
    provoke(&env, "pack", |options| options.pack = Pack::Damaged).await?;
    Ok(())
}

async fn pack_of_another_format(env: Rc<Env>) -> Result<()> {
    provoke(&env, "pack", |options| options.pack = Pack::Foreign).await?;
    Ok(())
}

async fn opened_as_a_file(env: Rc<Env>) -> Result<()> {
    let page = env.page(Options { faulty: true, ..env.options() }).await?;
    let path = env.args.dist.join("index.html").canonicalize().context("no index.html")?;
    page.goto(&format!("file://{}", path.display())).await?;
    expect(&page, "file").await
}
