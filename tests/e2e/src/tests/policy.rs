//! The security policy: a whole journey under it, and that nothing leaves the device.

use std::rc::Rc;

use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};

use super::tour::{answer_all, from_signs, tour_accounts, tour_instruments, tour_plan, try_what_if};
use crate::harness::page::Page;
use crate::harness::run::{Env, Test};
use crate::harness::server::{Options, POLICY, is_later, is_more};
use crate::harness::wait::until;

pub fn tests() -> Vec<Test> {
    crate::tests![
        journey_under_the_strict_policy,
        meta_tag_equals_the_header,
        page_has_no_inline_script_or_style,
        later_pages_have_no_inline_script_or_style,
    ]
}

async fn journey_under_the_strict_policy(env: Rc<Env>) -> Result<()> {
    // The violation at the end is the test's own.
    let page = env.page(Options { faulty: true, ..env.options() }).await?;
    page.open("").await?;
    page.begin("short").await?;
    // The later pages come in the background, each file once, and then nothing more.
    let loaded = until("the files of the later pages", async || {
        let all = page.site.requests();
        let later = all.iter().filter(|entry| is_later(&entry.path) || is_more(&entry.path)).count();
        Ok((later == 4).then_some(all))
    })
    .await?;
    answer_all(&page).await?;
    from_signs(&page).await?;
    try_what_if(&page).await?;
    page.press("Keep this change").await?;
    for step in ["matrix.passion", "practice.shares", "practice.result", "plan"] {
        page.go(step).await?;
    }
    page.pick("#charter-1-0", "shorter stops").await?;
    for _ in 0..4 {
        page.back().await?;
    }
    page.at("result").await?;
    page.back().await?;
    page.at("review").await?;
    let after = page.site.requests();
    ensure!(after.len() == loaded.len(), "asked for after the load: {:?}", &after[loaded.len()..]);
    let foreign = page.js(
        "return performance.getEntriesByType('resource').map((e) => e.name).filter((n) => !n.startsWith(location.origin + '/') && !/^(blob|data):/.test(n))",
        json!([]),
    ).await?;
    ensure!(foreign == json!([]), "asked of other origins: {foreign}");
    ensure!(page.text("return document.cookie", json!([])).await?.is_empty(), "there is a cookie");
    ensure!(page.driver.get_all_cookies().await?.is_empty(), "there is a cookie that scripts do not see");
    ensure!(page.js("return sessionStorage.length", json!([])).await? == json!(0), "the session storage is used");
    // Reports come in order: when this one is here, every earlier one would be.
    page.js("const image = new Image(); image.src = 'http://127.0.0.1:9/own.png'", json!([])).await?;
    let reports = until("the report of the test's own violation", async || {
        let reports = page.site.reports();
        Ok(reports.iter().any(|r| r.contains("own.png")).then_some(reports))
    })
    .await?;
    if let Some(other) = reports.iter().find(|report| !report.contains("own.png")) {
        bail!("the policy stopped something: {other}");
    }
    Ok(())
}

/// The directives in order of name, single spaces.
fn directives(policy: &str) -> Vec<String> {
    let mut all: Vec<String> = policy
        .split(';')
        .map(|d| d.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|d| !d.is_empty())
        .collect();
    all.sort();
    all
}

async fn meta_tag_equals_the_header(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    page.open("").await?;
    let meta = page
        .js("return [...document.querySelectorAll('meta[http-equiv=\"Content-Security-Policy\" i]')].map((m) => m.content)", json!([]))
        .await?;
    let list = meta.as_array().cloned().unwrap_or_default();
    ensure!(list.len() == 1, "{} policies in the page", list.len());
    let meta = list.first().and_then(Value::as_str).context("no policy")?;
    // Nothing in the policy is of the kind that a meta tag cannot carry.
    ensure!(directives(meta) == directives(POLICY), "the page says {:?}", directives(meta));
    // It stands before everything that it is to govern.
    let first = page.is("const meta = document.querySelector('meta[http-equiv]'); return [...document.querySelectorAll('script, link')].every((e) => meta.compareDocumentPosition(e) & 4)", json!([])).await?;
    ensure!(first, "a script or link stands before the policy");
    Ok(())
}

async fn plain_markup(page: &Page, name: &str) -> Result<()> {
    let found = page
        .text(
            "const all = [...document.querySelectorAll('script:not([src]), style, [style], [onclick], [onload], iframe, object, embed')];
             const links = [...document.querySelectorAll('a[href]')].filter((a) => !/^(https:|mailto:|tel:|#)/.test(a.getAttribute('href')));
             return [...all, ...links].map((e) => e.outerHTML.slice(0, 120)).join(' ')",
            json!([]),
        )
        .await?;
    ensure!(found.is_empty(), "on the screen {name}: {found}");
    Ok(())
}

async fn page_has_no_inline_script_or_style(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    super::tour::tour(&page, plain_markup).await
}

async fn later_pages_have_no_inline_script_or_style(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    tour_instruments(&page, plain_markup).await?;
    tour_plan(&page, plain_markup).await?;
    tour_accounts(&page, "", plain_markup).await
}
