//! The npm package's loader, in a page whose scripts are modules: the element comes from the folder that it names.

use std::rc::Rc;

use anyhow::{Result, ensure};
use serde_json::json;

use super::embed_hosts::{hosted, innocent, place, quiet, to_the_result};
use crate::harness::hosts::{Host, How};
use crate::harness::run::{Env, Test};
use crate::harness::server::Options;

pub fn tests() -> Vec<Test> {
    crate::tests![loader_brings_the_element_under_a_strict_policy, loader_says_where_it_looked_and_can_try_again]
}

const LOADED: &str = "return document.querySelector('#w').dataset.loaded";

async fn loader_brings_the_element_under_a_strict_policy(env: Rc<Env>) -> Result<()> {
    let page = hosted(&env, &Host::new("module", How::Element)).await?;
    quiet(&page).await?;
    let told = page.until_outside("the loader's word", LOADED, json!([])).await?;
    ensure!(told == json!("loaded"), "the loader says: {told}");
    let left = page.outside("return document.querySelectorAll('link[data-bsh]').length", json!([])).await?;
    ensure!(left == json!(0), "the loader leaves {left} links behind");
    to_the_result(&page).await?;
    // Every file comes from the package's folder, and so by the address that the loader named.
    let strays: Vec<String> = page.site.requests().into_iter().map(|entry| entry.path).collect();
    let strays: Vec<&String> =
        strays.iter().filter(|path| !path.starts_with("/npm/") && !path.starts_with("/hosts/")).collect();
    ensure!(strays.is_empty(), "asked for elsewhere: {strays:?}");
    innocent(&page).await
}

async fn loader_says_where_it_looked_and_can_try_again(env: Rc<Env>) -> Result<()> {
    let host = Host::new("module", How::Element).with("data-base", "/nowhere");
    let page = env.page(Options { faulty: true, ..env.options() }).await?;
    // There is no element to look into yet.
    page.goto(&page.site.hosted(&host.tail())).await?;
    let told = page.until_outside("the loader's word", LOADED, json!([])).await?;
    let told = told.as_str().unwrap_or_default();
    ensure!(told.contains("/nowhere/element.js could not be loaded") && told.ends_with("because"), "it says: {told}");
    let again = "document.querySelector('#w').dispatchEvent(new CustomEvent('again', { detail: arguments[0] }))";
    page.outside(again, json!([""])).await?;
    let needs = "return document.querySelector('#w').dataset.loaded.includes('needs { base }')";
    page.until_outside("what it needs", needs, json!([])).await?;
    page.outside(again, json!(["/npm/assets"])).await?;
    let page = page.seen_from(place(host.how));
    page.enter().await?;
    page.ready().await
}
