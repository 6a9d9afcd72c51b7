//! The standalone page without a network: its worker, what that keeps, what it answers for and where there is none.
//!
//! Knows sw.js by its list and its caches. What a new release does is in `update.rs`.

use std::collections::BTreeSet;
use std::rc::Rc;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use super::tour::{answer_all, from_signs};
use super::update::deployed;
use crate::harness::hosts::{Host, How};
use crate::harness::page::{ACCOUNT, DRAFT, Page, Place, WORKSPACE};
use crate::harness::release::{hash, release};
use crate::harness::run::{Env, Test};
use crate::harness::server::Options;
use crate::harness::wait::until;
use crate::sheet::{ALL_STEPS, PEOPLE, account, full};

pub fn tests() -> Vec<Test> {
    crate::tests![
        list_is_what_the_page_names,
        second_visit_without_a_network,
        accounts_without_a_network,
        network_lost_in_the_first_visit,
        worker_leaves_other_pages_alone,
        never_from_a_frame_or_an_element,
        own_questions_are_not_kept,
        kiosk_works_without_a_network_and_is_not_asked,
    ]
}

/// The origin's caches of somebody else, one of them with a name much like ours.
pub const FOREIGN: [&str; 2] = ["host-v1", "bsh:/elsewhere/:0"];
pub const SUB: &str = "/a/b/";
pub const BAR: &str = ".bsh-news";

pub fn options(env: &Env) -> Options {
    Options { offline: true, prefix: SUB, ..env.options() }
}

/// Runs a script with `await` in it and waits for what it gives; not every driver waits for a promise.
pub async fn promised(page: &Page, what: &str, script: &str, arguments: Value) -> Result<Value> {
    let start = format!(
        "window.__kept = undefined; const given = arguments;
         (async (arguments_) => {{ {script} }})(given).then((v) => {{ window.__kept = [v ?? null]; }}, (e) => {{ window.__kept = [`failed: ${{e}}`]; }});"
    );
    page.js(&start, arguments).await?;
    let kept = page.until(what, "return window.__kept", json!([])).await?;
    Ok(kept[0].clone())
}

/// Waits until the page's worker is there and answers for this page.
pub async fn kept(page: &Page) -> Result<()> {
    page.until("the worker", "return navigator.serviceWorker.controller?.state === 'activated'", json!([]))
        .await
        .map(|_| ())
}

/// As somebody reloads; Firefox's driver does it past the worker.
pub async fn reload(page: &Page) -> Result<()> {
    page.collect().await;
    page.js("window.__before = true; setTimeout(() => location.reload())", json!([])).await?;
    let there = "return !window.__before && document.readyState !== 'loading'";
    page.until("the page to be loaded anew", there, json!([])).await.map(|_| ())
}

pub async fn caches(page: &Page) -> Result<Vec<String>> {
    Ok(serde_json::from_value(promised(page, "the caches", "return caches.keys()", json!([])).await?)?)
}

/// Waits until these caches of ours are left, by release, beside everybody else's.
pub async fn caches_are(page: &Page, releases: &[&str]) -> Result<()> {
    let mut due: Vec<String> = releases.iter().map(|name| format!("bsh:{SUB}:{name}")).collect();
    due.extend(FOREIGN.map(str::to_owned));
    due.sort();
    until("the caches", async || {
        let mut now = caches(page).await?;
        now.sort();
        ensure!(now == due, "there are {now:?} and not {due:?}");
        Ok(Some(()))
    })
    .await
}

/// The page of a first visit, once it is kept; and caches of others.
pub async fn visited(env: &Env) -> Result<Page> {
    visited_on(env, options(env)).await
}

pub async fn visited_on(env: &Env, options: Options) -> Result<Page> {
    let page = env.page(options).await?;
    page.open("?lang=en").await?;
    page.ready().await?;
    kept(&page).await?;
    let script = "for (const name of arguments_[0]) await caches.open(name)";
    promised(&page, "others' caches", script, json!([FOREIGN])).await?;
    Ok(page)
}

// ---- what is kept ----

async fn list_is_what_the_page_names(env: Rc<Env>) -> Result<()> {
    let dist = &env.args.dist;
    let html = std::fs::read_to_string(dist.join("index.html"))?;
    let manifest = std::fs::read_to_string(dist.join("manifest.webmanifest"))?;
    let worker = std::fs::read_to_string(dist.join("sw.js"))?;
    let mut due = BTreeSet::new();
    for entry in std::fs::read_dir(dist)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        let out = name.starts_with("author-") || name == "manifest.webmanifest";
        if (html.contains(&name) || manifest.contains(&name)) && !out {
            due.insert(name);
        }
    }
    let (_, list) = worker.split_once("\"accounts-").context("no list in sw.js")?;
    let (list, _) = list.split_once('}').context("no end of the list")?;
    let listed: serde_json::Map<String, Value> = serde_json::from_str(&format!("{{\"accounts-{list}}}"))?;
    let names: BTreeSet<String> = listed.keys().cloned().collect();
    ensure!(names == due, "the worker lists {names:?}, the page names {due:?}");
    for kind in ["bsh-", "later-", "accounts-", "toolbox-", "boot-", "offline-"] {
        ensure!(names.iter().any(|name| name.starts_with(kind)), "no {kind} is kept");
    }
    for lang in ["en", "nl", "sv"] {
        ensure!(names.iter().any(|name| name.starts_with(&format!("more.{lang}-"))), "{lang} is not kept");
    }
    ensure!(worker.contains(&release(dist)?), "worker and page are of two releases");
    // What browsers ask of something that can be installed.
    let manifest: Value = serde_json::from_str(&manifest)?;
    let icons = manifest["icons"].as_array().context("no icons")?;
    for icon in icons {
        let file = icon["src"].as_str().unwrap_or_default().trim_start_matches("./");
        ensure!(dist.join(file).is_file(), "the icon {file} is not there");
    }
    for (size, purpose) in [("192x192", Value::Null), ("512x512", Value::Null), ("512x512", json!("maskable"))] {
        ensure!(icons.iter().any(|i| i["sizes"] == size && i["purpose"] == purpose), "no icon of {size}, {purpose}");
    }
    ensure!(manifest["start_url"] == "./" && manifest["scope"] == "./", "not under any path: {manifest}");
    let embed = std::fs::read_to_string(dist.join("embed.html"))?;
    for part in ["manifest.webmanifest", "data-offline", "data-release", "touch-icon"] {
        ensure!(!embed.contains(part) && html.contains(part), "{part} in embed.html, or not in index.html");
    }
    Ok(())
}

async fn second_visit_without_a_network(env: Rc<Env>) -> Result<()> {
    let page = visited(&env).await?;
    let edition = page.site.edition()?;
    page.site.stop();
    for lang in ["en", "nl", "sv"] {
        page.goto("about:blank").await?;
        page.open(&format!("index.html?utm=x&lang={lang}")).await?;
        page.ready().await?;
        let spoken = page.text("return document.documentElement.lang", json!([])).await?;
        ensure!(spoken == lang, "asked for {lang}, it speaks {spoken}");
        page.store(DRAFT, &full(&edition, "gate-2", "")).await?;
        reload(&page).await?;
        page.at("return").await?;
        page.press_at(".bsh-return .bsh-primary").await?;
        page.at("gate-2").await?;
        for step in ALL_STEPS {
            page.go(step).await?;
        }
        ensure!(page.count(".bsh-wait, .bsh-panel").await? == 0, "something is missing in {lang}");
    }
    // By hand, from the first page on.
    page.js("localStorage.clear()", json!([])).await?;
    page.goto("about:blank").await?;
    page.open("?lang=en").await?;
    page.begin("short").await?;
    answer_all(&page).await?;
    from_signs(&page).await?;
    page.site.resume();
    ensure!(page.site.reports().is_empty(), "the policy stopped {:?}", page.site.reports());
    Ok(())
}

async fn accounts_without_a_network(env: Rc<Env>) -> Result<()> {
    let page = visited(&env).await?;
    let edition = page.site.edition()?;
    page.site.stop();
    let invite =
        "invite=61\ninvite.61.token=K3F9AC7Q\ninvite.61.person=4\ninvite.61.round=1\ninvite.61.date=2026-03-04\n";
    page.store(WORKSPACE, "bsh-workspace 1 1\ncompany=Our Company\nlang=\naccounts=metal001\n").await?;
    let text = account(&edition, "Metal Works", &[PEOPLE, invite].concat());
    page.store(&[ACCOUNT, "metal001"].concat(), &text).await?;
    page.goto("about:blank").await?;
    page.open("?lang=en").await?;
    page.at("accounts").await?;
    let file = page.download("Export all accounts").await?;
    ensure!(file.contains("\"Metal Works\""), "the file says: {file}");
    page.press("Metal Works").await?;
    page.at("account").await?;
    page.press("Show a QR code: Anna").await?;
    page.shows("svg.bsh-qr").await?;
    page.site.resume();
    Ok(())
}

/// The pages of a first visit come late; the worker has them by then.
async fn network_lost_in_the_first_visit(env: Rc<Env>) -> Result<()> {
    let page = visited(&env).await?;
    ensure!(page.count(".bsh-app").await? == 1, "the page was loaded anew");
    page.site.stop();
    page.begin("short").await?;
    answer_all(&page).await?;
    from_signs(&page).await?;
    page.site.resume();
    Ok(())
}

/// What the worker has nothing to do with goes to the server, whatever the page that asks.
async fn worker_leaves_other_pages_alone(env: Rc<Env>) -> Result<()> {
    let page = visited(&env).await?;
    let asks = async |tail: &str, file: &str| {
        let before = page.site.requests().len();
        page.goto(&page.site.url(tail)).await?;
        let after = page.site.requests();
        ensure!(after[before..].iter().any(|e| e.path.ends_with(file)), "{file} did not come from the server");
        anyhow::Ok(after[before..].to_vec())
    };
    for name in ["embed.html", "pack.html", "theme.html"] {
        asks(name, name).await?;
    }
    // From our own page.
    page.open("?lang=en").await?;
    page.ready().await?;
    let before = page.site.requests().len();
    let script = "await fetch('./', { method: 'HEAD' }); await fetch('element.js'); await fetch('sw.js');
        await fetch('manifest.webmanifest');
        await fetch('/leads', { method: 'POST', body: '{}' }); return 'asked'";
    promised(&page, "the answers", script, json!([])).await?;
    let asked: Vec<String> = page.site.requests()[before..].iter().map(|entry| entry.path.clone()).collect();
    for file in ["element.js", "sw.js", "manifest.webmanifest", "/leads", SUB] {
        ensure!(asked.iter().any(|path| path.ends_with(file)), "{file} was not asked for: {asked:?}");
    }
    page.site.stop();
    let gone = page.goto(&page.site.url("embed.html")).await;
    let blank = gone.is_err() || page.count(".bsh, .bsh-app").await? == 0;
    ensure!(blank, "embed.html is there without a network");
    page.site.resume();
    Ok(())
}

/// The moment at which a page of its own would have registered has passed.
pub async fn late(page: &Page) -> Result<()> {
    page.until("the moment after which nothing more is registered", "return performance.now() > 5000", json!([]))
        .await
        .map(|_| ())
}

pub const REGISTERED: &str = "return (await navigator.serviceWorker.getRegistrations()).length";

async fn none_registered(page: &Page, what: &str) -> Result<()> {
    late(page).await?;
    let there = promised(page, "the registrations", REGISTERED, json!([])).await?;
    ensure!(there == json!(0), "{what}: {there} workers");
    let asked = page.site.asked_for(|path| path.ends_with("sw.js") || path.contains("/offline-"));
    ensure!(!asked, "{what}: the worker was asked for");
    Ok(())
}

async fn never_from_a_frame_or_an_element(env: Rc<Env>) -> Result<()> {
    for (how, place) in [(How::Frame, Place::Frame("#w iframe")), (How::Element, Place::Element("#w"))] {
        let page = env.page(options(&env)).await?.seen_from(place);
        page.visit(&Host::new("plain", how).with("lang", "en")).await?;
        page.begin("short").await?;
        none_registered(&page, &format!("{how:?}")).await?;
    }
    // The page itself, in somebody's frame.
    let mut page = env.page(options(&env)).await?;
    page.frame = Some("frame-800");
    page.open("").await?;
    page.begin("short").await?;
    none_registered(&page, "index.html in a frame").await
}

async fn own_questions_are_not_kept(env: Rc<Env>) -> Result<()> {
    let page = env.page(options(&env)).await?;
    page.open("?pack=/examples/packs/service-maturity/&lang=en").await?;
    page.ready().await?;
    late(&page).await?;
    let there = promised(&page, "the registrations", REGISTERED, json!([])).await?;
    ensure!(there == json!(0), "{there} workers for a pack of somebody's own");
    // Where the page was visited without it, the worker gives the page and leaves the pack to the server.
    page.open("?lang=en").await?;
    page.ready().await?;
    kept(&page).await?;
    let before = page.site.requests().len();
    page.open("?pack=/examples/packs/service-maturity/&lang=en").await?;
    page.ready().await?;
    page.says("h1", super::own_pack::TITLE).await?;
    let asked: Vec<String> = page.site.requests()[before..].iter().map(|entry| entry.path.clone()).collect();
    ensure!(asked.iter().any(|path| path.contains("/service-maturity/")), "the pack was not asked for");
    ensure!(!asked.iter().any(|path| hash(path).is_some()), "asked for what is kept: {asked:?}");
    Ok(())
}

async fn kiosk_works_without_a_network_and_is_not_asked(env: Rc<Env>) -> Result<()> {
    let page = env.page(options(&env)).await?;
    page.open("?mode=kiosk&lang=en").await?;
    page.ready().await?;
    kept(&page).await?;
    deployed(&env, &page).await?;
    page.site.stop();
    page.begin("short").await?;
    answer_all(&page).await?;
    from_signs(&page).await?;
    ensure!(page.count(BAR).await? == 0, "somebody at a stand is asked about a release");
    page.site.resume();
    Ok(())
}
