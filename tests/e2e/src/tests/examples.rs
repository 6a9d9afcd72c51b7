//! The example sites in a browser: what their README promises is so.
//!
//! Knows the pages under `examples/consultancy/`; must not know how the widget does what it does.

use std::rc::Rc;

use anyhow::{Context, Result, ensure};
use serde_json::json;

use super::embed_hosts::to_the_result;
use super::own_pack::TITLE;
use crate::harness::axe::violations;
use crate::harness::engine::Kind;
use crate::harness::page::{Page, Place};
use crate::harness::run::{Env, Test};
use crate::harness::server::is_wasm;

pub fn tests() -> Vec<Test> {
    crate::tests![start_page_waits_for_its_visitor, assessment_shows_the_firms_offer, services_have_a_frame_in_dutch,]
}

/// A page of the firm, in a narrow window where the engine can.
async fn arrive(env: &Env, name: &str) -> Result<Page> {
    let page = env.plain().await?;
    if page.kind == Kind::Chromium {
        page.view(390, 844).await?;
    }
    page.goto(&page.site.example(&format!("consultancy/{name}"))).await?;
    // Drivers press where a thing was before the page moved smoothly.
    page.js("document.documentElement.style.setProperty('scroll-behavior', 'auto')", json!([])).await?;
    let own = "window.stopped = []; document.addEventListener('securitypolicyviolation', (e) => window.stopped.push(`${e.effectiveDirective} ${e.blockedURI}`));
        return document.querySelector('meta[http-equiv=\"Content-Security-Policy\"]') !== null";
    ensure!(page.is(own, json!([])).await?, "{name} has no policy of its own");
    Ok(page)
}

/// Nothing came from elsewhere, nothing was stopped, and axe has nothing to say, in light and in dark.
async fn sound(env: &Env, page: &Page) -> Result<()> {
    let whole = page.seen_from(Place::Page);
    whole.driver.enter_default_frame().await?;
    let foreign = "return performance.getEntriesByType('resource').map((e) => e.name).filter((n) => !n.startsWith(location.origin + '/') && !/^(blob|data):/.test(n)).join(' ')";
    let foreign = whole.text(foreign, json!([])).await?;
    ensure!(foreign.is_empty(), "it asked for {foreign}");
    let missing: Vec<String> = whole.site.requests().into_iter().filter(|e| e.status >= 400).map(|e| e.path).collect();
    ensure!(missing.is_empty(), "not there: {missing:?}");
    let stopped = whole.text("return window.stopped.join(', ')", json!([])).await?;
    ensure!(stopped.is_empty(), "the page's policy stopped: {stopped}");
    let wide = whole.text("const root = document.scrollingElement; return root.scrollWidth > innerWidth ? `${root.scrollWidth} px in ${innerWidth} px` : ''", json!([])).await?;
    ensure!(wide.is_empty(), "the page scrolls sideways: {wide}");
    let mut found = violations(&whole, &env.axe).await?;
    if whole.kind == Kind::Chromium {
        whole.media("", &[("prefers-color-scheme", "dark")]).await?;
        found.extend(violations(&whole, &env.axe).await?.into_iter().map(|line| format!("dark: {line}")));
        whole.media("", &[]).await?;
    }
    ensure!(found.is_empty(), "{} violations:\n  {}", found.len(), found.join("\n  "));
    page.enter().await
}

async fn start_page_waits_for_its_visitor(env: Rc<Env>) -> Result<()> {
    let whole = arrive(&env, "index.html").await?;
    let page = whole.seen_from(Place::Element("buy-sell-hierarchy"));
    page.enter().await?;
    // An observer speaks once a picture is drawn; two later it has spoken.
    let drawn = "const done = arguments[arguments.length - 1];
        requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done(true))))";
    whole.driver.execute_async(drawn, Vec::new()).await?;
    ensure!(!whole.site.asked_for(is_wasm), "the program came before the visitor");
    whole.js("document.querySelector('#check').scrollIntoView({ behavior: 'instant' })", json!([])).await?;
    page.ready().await?;
    page.says("h1", TITLE).await?;
    page.says(".bsh-brand", "Tide Line Advice").await?;
    sound(&env, &page).await?;
    page.press_at("#bsh-go").await?;
    page.at("gate-2").await?;
    page.answer_page(3).await?;
    page.saved_in("bsh:draft:tideline-service", "s2-01=3").await
}

async fn assessment_shows_the_firms_offer(env: Rc<Env>) -> Result<()> {
    let whole = arrive(&env, "assessment.html").await?;
    let page = whole.seen_from(Place::Element("#assessment"));
    page.enter().await?;
    page.ready().await?;
    // The visitor is told before the start who learns what.
    page.says(".bsh-step", "127.0.0.1").await?;
    sound(&env, &page).await.context("at the start")?;
    let offer = "const e = document.querySelector('[data-offer=assessment]'); return e.hidden ? 'hidden' : e.innerText";
    ensure!(whole.text(offer, json!([])).await? == "hidden", "there is an offer before there is a result");
    whole
        .js(
            "window.told = []; document.addEventListener('bsh-complete', (e) => window.told.push(e.detail.level))",
            json!([]),
        )
        .await?;
    to_the_result(&page).await?;
    let shown = "const e = document.querySelector('[data-offer=assessment]'); return window.told.length > 0 && !e.hidden && e.getClientRects().length > 0 && e.innerText";
    let said = whole.until("the firm's line", shown, json!([])).await?;
    let told = whole.js("return window.told", json!([])).await?;
    ensure!(told == json!([3]), "the page was told {told}");
    ensure!(said.as_str().is_some_and(|said| said.contains("level 3")), "the line says {said}");
    sound(&env, &page).await.context("at the result")
}

async fn services_have_a_frame_in_dutch(env: Rc<Env>) -> Result<()> {
    let whole = arrive(&env, "services.html").await?;
    whole.until("the frame", "return document.querySelector('[data-bsh] iframe') !== null", json!([])).await?;
    whole.js("document.querySelector('#nl').scrollIntoView({ behavior: 'instant' })", json!([])).await?;
    let page = whole.seen_from(Place::Frame("[data-bsh] iframe"));
    page.enter().await?;
    page.ready().await?;
    page.says(".bsh-brand", "Tide Line Advice").await?;
    let shown = page.text("return document.documentElement.lang", json!([])).await?;
    ensure!(shown == "nl", "the frame is in {shown}");
    let title = page.read("h1").await?;
    ensure!(title.contains("service") && title != TITLE, "the frame's heading is {title}");
    // As high as what is in it.
    let inside = "return document.querySelector('.bsh').getBoundingClientRect().height";
    let outside = "return document.querySelector('[data-bsh] iframe').clientHeight";
    crate::harness::wait::until("the frame to fit", async || {
        let content = page.js(inside, json!([])).await?.as_f64().unwrap_or_default();
        let frame = page.outside(outside, json!([])).await?.as_f64().unwrap_or_default();
        Ok((content > 200.0 && (frame - content).abs() < 40.0).then_some(()))
    })
    .await?;
    sound(&env, &page).await?;
    page.press_at("#bsh-go").await?;
    page.at("gate-2").await
}
