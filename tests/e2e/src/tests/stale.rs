//! A page that is an older copy than the site: its files are gone. It is loaded once more past the caches, and not for ever.
//!
//! Knows a second release of the files, and a cache that goes on giving the first page; without a worker, which would have
//! kept the files.

use std::path::PathBuf;
use std::rc::Rc;

use anyhow::{Result, ensure};
use serde_json::json;

use super::offline::late;
use super::tour::{answer_all, from_signs};
use super::update::is_next;
use crate::harness::hosts::{Host, How};
use crate::harness::page::{ACCOUNT, Page, Place};
use crate::harness::release::next;
use crate::harness::run::{Env, Test};
use crate::harness::server::Options;
use crate::sheet::account;

pub fn tests() -> Vec<Test> {
    crate::tests![
        page_of_a_cache_is_loaded_once_more,
        frame_of_a_cache_is_loaded_once_more,
        style_that_is_gone_counts,
        upload_without_the_first_script_is_no_loop,
        upload_without_the_program_ends_in_a_panel,
        later_page_is_there_after_try_again,
        toolbox_is_there_after_another_try,
        language_is_there_after_another_try,
        page_works_where_workers_are_refused,
        page_works_where_workers_are_unknown,
    ]
}

/// Files that are gone are told in the console.
fn options(env: &Env) -> Options {
    Options { faulty: true, ..env.options() }
}

/// On a site of the second release, whose first page is still in a cache.
async fn behind_a_cache(env: &Env) -> Result<Page> {
    let page = env.page(options(env)).await?;
    page.site.deploy(&next(env)?);
    page.site.cache_page_of(&env.args.dist);
    Ok(page)
}

/// How often the page itself was asked for.
fn loads(page: &Page) -> usize {
    page.site.requests().iter().filter(|entry| entry.path == "/").count()
}

async fn page_of_a_cache_is_loaded_once_more(env: Rc<Env>) -> Result<()> {
    let page = behind_a_cache(&env).await?;
    page.open("?utm_source=a%2Fb&lang=nl&x").await?;
    page.ready().await?;
    ensure!(is_next(&page).await?, "the page is the old one");
    page.until("the address", "return location.search === '?utm_source=a%2Fb&lang=nl&x'", json!([])).await?;
    ensure!(page.text("return document.documentElement.lang", json!([])).await? == "nl", "the language is lost");
    // The old one, the new one, and what the browser is to have of the plain address.
    ensure!(loads(&page) <= 3, "the page was asked for {} times", loads(&page));
    page.press_at("#bsh-go").await?;
    page.at("gate-2").await
}

async fn frame_of_a_cache_is_loaded_once_more(env: Rc<Env>) -> Result<()> {
    let page = behind_a_cache(&env).await?.seen_from(Place::Frame("#w iframe"));
    page.visit(&Host::new("plain", How::Frame).with("lang", "en")).await?;
    page.begin("short").await?;
    ensure!(is_next(&page).await?, "the frame is the old one");
    Ok(())
}

/// The second release with files of the first one beside it: those whose name starts so.
fn mixed(env: &Env, old: impl Fn(&str) -> bool) -> Result<PathBuf> {
    let folder = next(env)?;
    for entry in std::fs::read_dir(&env.args.dist)?.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.path().is_file() && old(&name) {
            std::fs::copy(entry.path(), folder.join(&name))?;
        }
    }
    Ok(folder)
}

async fn style_that_is_gone_counts(env: Rc<Env>) -> Result<()> {
    let page = env.page(options(&env)).await?;
    page.site.deploy(&mixed(&env, |name| !name.ends_with(".css") && !name.ends_with(".html") && name.contains('-'))?);
    page.site.cache_page_of(&env.args.dist);
    page.open("?lang=en").await?;
    page.until("the next page", "return document.documentElement.dataset.next !== undefined", json!([])).await?;
    page.ready().await
}

async fn upload_without_the_first_script_is_no_loop(env: Rc<Env>) -> Result<()> {
    let page = env.page(options(&env)).await?;
    page.site.deploy(&mixed(&env, |name| name == "index.html")?);
    page.open("").await?;
    page.until(
        "the second load",
        "return document.readyState === 'complete' && /bsh-fresh/.test(performance.getEntriesByType('navigation')[0].name)",
        json!([]),
    )
    .await?;
    late(&page).await?;
    ensure!(loads(&page) == 2, "the page was asked for {} times", loads(&page));
    ensure!(page.read(".bsh-stuck").await?.contains("Reload the page"), "nothing is said");
    Ok(())
}

async fn upload_without_the_program_ends_in_a_panel(env: Rc<Env>) -> Result<()> {
    let page = env.page(options(&env)).await?;
    page.site.deploy(&mixed(&env, |name| name == "index.html" || name.starts_with("boot-"))?);
    page.open("?lang=en").await?;
    ensure!(page.panel().await? == "missing", "the panel names {}", page.panel().await?);
    late(&page).await?;
    // Program and style are both missing, and each may ask for the page anew before the first request is answered; the
    // page that comes renews the browser's own copy as well.
    ensure!((2..=4).contains(&loads(&page)), "the page was asked for {} times", loads(&page));
    // Complete by now: both buttons lead to it.
    page.site.deploy(&next(&env)?);
    page.press("Retry").await?;
    page.until("the next page", "return document.documentElement.dataset.next !== undefined", json!([])).await?;
    page.ready().await
}

async fn later_page_is_there_after_try_again(env: Rc<Env>) -> Result<()> {
    let page = env.page(options(&env)).await?;
    page.open("?lang=en").await?;
    page.ready().await?;
    page.site.deploy(&next(&env)?);
    page.js("window.__here = true", json!([])).await?;
    page.begin("short").await?;
    answer_all(&page).await?;
    page.press("Review").await?;
    page.at("review").await?;
    page.press("See my result").await?;
    page.button("Try again").await?;
    ensure!(page.is("return window.__here", json!([])).await?, "the page was loaded anew in the middle of the answers");
    page.press("Try again").await?;
    page.at("result").await?;
    ensure!(is_next(&page).await?, "the page is the old one");
    page.shows("figure.bsh-pyramid").await
}

async fn toolbox_is_there_after_another_try(env: Rc<Env>) -> Result<()> {
    let page = env.page(options(&env)).await?;
    let edition = page.site.edition()?;
    page.with_accounts(&[("metal001", account(&edition, "Metal Works", ""))], "Our Company").await?;
    page.site.deploy(&next(&env)?);
    page.press("Export all accounts").await?;
    page.says(".bsh-banners", "That did not work").await?;
    ensure!(!is_next(&page).await?, "the page was loaded anew without a word");
    page.press("Export all accounts").await?;
    page.until("the next page", "return document.documentElement.dataset.next !== undefined", json!([])).await?;
    page.at("accounts").await?;
    let file = page.download("Export all accounts").await?;
    ensure!(file.contains("\"Metal Works\""), "the file says: {file}");
    ensure!(page.keys_after(ACCOUNT).await? == ["metal001"], "there is {:?}", page.keys_after(ACCOUNT).await?);
    Ok(())
}

async fn language_is_there_after_another_try(env: Rc<Env>) -> Result<()> {
    let page = env.page(options(&env)).await?;
    page.open("?lang=en").await?;
    page.begin("short").await?;
    page.choose("g2-01", "4").await?;
    page.site.deploy(&next(&env)?);
    page.pick("#bsh-lang", "nl").await?;
    page.says(".bsh-banners", "could not be fetched").await?;
    page.is_chosen("g2-01", "4").await?;
    page.pick("#bsh-lang", "nl").await?;
    page.until("the next page", "return document.documentElement.dataset.next !== undefined", json!([])).await?;
    page.at("gate-2").await?;
    page.is_chosen("g2-01", "4").await?;
    page.pick("#bsh-lang", "nl").await?;
    page.until("Dutch", "return document.documentElement.lang === 'nl'", json!([])).await.map(|_| ())
}

/// Nothing is said of it, and nothing is lost but the second visit without a network.
async fn works(env: &Env, before: &'static str) -> Result<()> {
    let page = env.page(Options { offline: true, before, ..env.options() }).await?;
    page.open("?lang=en").await?;
    page.begin("short").await?;
    late(&page).await?;
    answer_all(&page).await?;
    from_signs(&page).await
}

async fn page_works_where_workers_are_refused(env: Rc<Env>) -> Result<()> {
    works(
        &env,
        "Object.defineProperty(Navigator.prototype, 'serviceWorker',
            { get() { throw new DOMException('refused', 'SecurityError'); } });\n",
    )
    .await?;
    works(&env, "ServiceWorkerContainer.prototype.register = () => Promise.reject(new DOMException('refused', 'SecurityError'));\n").await
}

async fn page_works_where_workers_are_unknown(env: Rc<Env>) -> Result<()> {
    works(&env, "delete Navigator.prototype.serviceWorker;\n").await
}
