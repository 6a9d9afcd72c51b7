//! The recipes of `hosting/`: each server is started with the one that is shipped, asked for every file, and visited.
//! Knows recipes and journeys. Those that no server here can run are read and compared with the same table.

mod asks;
mod rules;
mod servers;
mod written;

use std::rc::Rc;

use anyhow::{Context, Result, ensure};
use serde_json::json;

use super::embed_hosts::place;
use super::tour::to_result;
use crate::harness::hosts::{Host, How};
use crate::harness::run::{Env, Test};
use crate::harness::server::{Options, Site};
use rules::PREFIX;
use servers::{Recipe, Server};

pub fn tests() -> Vec<Test> {
    crate::tests![
        nginx,
        nginx_with_brotli,
        apache,
        apache_by_htaccess,
        caddy,
        web_config_says_the_same,
        headers_file_says_the_same,
        docs_have_the_policy,
    ]
}

async fn nginx(env: Rc<Env>) -> Result<()> {
    served(&env, Recipe::Nginx).await
}

async fn nginx_with_brotli(env: Rc<Env>) -> Result<()> {
    served(&env, Recipe::NginxBrotli).await
}

async fn apache(env: Rc<Env>) -> Result<()> {
    served(&env, Recipe::Apache).await
}

async fn apache_by_htaccess(env: Rc<Env>) -> Result<()> {
    served(&env, Recipe::Htaccess).await
}

async fn caddy(env: Rc<Env>) -> Result<()> {
    served(&env, Recipe::Caddy).await
}

async fn web_config_says_the_same(env: Rc<Env>) -> Result<()> {
    written::web_config(recipes(&env)?, &env.args.dist)
}

async fn headers_file_says_the_same(env: Rc<Env>) -> Result<()> {
    written::headers_file(recipes(&env)?, &env.args.dist)
}

async fn docs_have_the_policy(env: Rc<Env>) -> Result<()> {
    written::docs(recipes(&env)?, &env.args.dist)
}

fn recipes(env: &Env) -> Result<&std::path::Path> {
    env.args.hosting.as_deref().context("--hosting is missing")
}

async fn served(env: &Env, recipe: Recipe) -> Result<()> {
    let server = Server::start(recipe, recipes(env)?, &env.args.dist).await?;
    visit(env, &server).await?;
    embedded(env, &server, How::Element).await?;
    embedded(env, &server, How::Frame).await?;
    asks::everything(&server).await
}

/// A whole journey, under the sub-path and the policy that the server sends.
async fn visit(env: &Env, server: &Server) -> Result<()> {
    let options = Options { prefix: PREFIX, ..env.options() };
    let page = env.page_on(env.driver.clone(), Site::elsewhere(options, &server.origin));
    to_result(&page).await?;
    // The browser took what is compressed: sizes as they came over the line.
    let sizes = page
        .js(
            "return performance.getEntriesByType('resource').filter((e) => e.name.endsWith('.wasm'))
                .map((e) => e.encodedBodySize / e.decodedBodySize)",
            json!([]),
        )
        .await?;
    let sizes: Vec<f64> = serde_json::from_value(sizes)?;
    ensure!(sizes.len() == 2 && sizes.iter().all(|part| *part < 0.5), "the programs came with {sizes:?} of their size");
    Ok(())
}

/// From the page of somebody else, on another origin and under a strict policy.
async fn embedded(env: &Env, server: &Server, how: How) -> Result<()> {
    let other = format!("{}{PREFIX}", server.origin);
    let page = env.page(Options { other, ..env.options() }).await?.seen_from(place(how));
    page.visit(&Host::new("strict", how).foreign()).await?;
    page.ready().await
}
