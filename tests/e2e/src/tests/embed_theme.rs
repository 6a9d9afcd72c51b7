//! The widget in the host's colours: its scheme, its properties, its parts.

use std::rc::Rc;

use anyhow::{Result, ensure};
use serde_json::json;

use super::embed_hosts::{hosted, innocent};
use crate::harness::axe;
use crate::harness::engine::Kind;
use crate::harness::hosts::{Host, How};
use crate::harness::page::{Page, Place};
use crate::harness::run::{Env, Test};

pub fn tests() -> Vec<Test> {
    crate::tests![
        element_follows_the_hosts_scheme,
        frame_follows_the_hosts_scheme,
        a_theme_of_its_own,
        auto_follows_the_visitor in [Kind::Chromium],
        properties_of_the_host,
        parts_of_the_host,
        frame_takes_the_hosts_properties,
        legible_in_every_scheme,
    ]
}

/// Light words on a dark ground.
pub const DARK: &str = "const e = document.querySelector('h1');
    const light = e && getComputedStyle(e).color.match(/[\\d.]+/g).slice(0, 3).reduce((sum, n) => sum + +n, 0);
    return !!e && light > 382";

async fn expect(page: &Page, dark: bool, what: &str) -> Result<()> {
    let script = format!("return (() => {{ {DARK} }})() === arguments[0]");
    page.until(&format!("{what} to be {}", if dark { "dark" } else { "light" }), &script, json!([dark])).await?;
    Ok(())
}

async fn element_follows_the_hosts_scheme(env: Rc<Env>) -> Result<()> {
    for (name, dark) in [("dark", true), ("light", false), ("plain", false)] {
        let page = hosted(&env, &Host::new(name, How::Element)).await?;
        expect(&page, dark, name).await?;
        let scheme =
            page.text("return getComputedStyle(document.querySelector('input')).colorScheme", json!([])).await?;
        ensure!(!dark || scheme.contains("dark"), "fields are drawn in the scheme {scheme}");
    }
    // The host changes its mind while the page is open.
    let page = hosted(&env, &Host::new("plain", How::Element)).await?;
    page.outside("document.documentElement.style.colorScheme = 'dark'", json!([])).await?;
    expect(&page, true, "the element").await
}

async fn frame_follows_the_hosts_scheme(env: Rc<Env>) -> Result<()> {
    for (name, dark) in [("dark", true), ("light", false), ("plain", false)] {
        expect(&hosted(&env, &Host::new(name, How::Frame)).await?, dark, name).await?;
    }
    let page = hosted(&env, &Host::new("plain", How::Frame)).await?;
    page.outside(
        "document.documentElement.style.colorScheme = 'dark'; document.querySelector('#w').bsh.restyle()",
        json!([]),
    )
    .await?;
    expect(&page, true, "the frame").await
}

async fn a_theme_of_its_own(env: Rc<Env>) -> Result<()> {
    for how in [How::Element, How::Frame, How::Plain] {
        for (name, theme, dark) in [("light", "dark", true), ("dark", "light", false)] {
            let page = hosted(&env, &Host::new(name, how).with("theme", theme)).await?;
            expect(&page, dark, &format!("{how:?} with theme={theme}")).await?;
            innocent(&page).await?;
        }
    }
    Ok(())
}

async fn auto_follows_the_visitor(env: Rc<Env>) -> Result<()> {
    for how in [How::Element, How::Frame, How::Plain] {
        for (wish, dark) in [("dark", true), ("light", false)] {
            let page = env.page(env.options()).await?.seen_from(super::embed_hosts::place(how));
            page.media("", &[("prefers-color-scheme", wish)]).await?;
            page.visit(&Host::new("plain", how).with("theme", "auto")).await?;
            page.ready().await?;
            expect(&page, dark, &format!("{how:?} for a visitor who wants {wish}")).await?;
        }
    }
    Ok(())
}

/// A custom property of the host's own style sheet.
async fn properties_of_the_host(env: Rc<Env>) -> Result<()> {
    let page = hosted(&env, &Host::new("brand", How::Element)).await?;
    let look = page
        .text(
            "const b = getComputedStyle(document.querySelector('#bsh-go')); return `${b.backgroundColor} ${b.color}`",
            json!([]),
        )
        .await?;
    ensure!(look == "rgb(122, 31, 162) rgb(255, 253, 231)", "the button to start is {look}");
    // And changed later, at once.
    page.outside("document.querySelector('#w').style.setProperty('--bsh-accent', '#004d40')", json!([])).await?;
    page.until(
        "the new colour",
        "return getComputedStyle(document.querySelector('#bsh-go')).backgroundColor === 'rgb(0, 77, 64)'",
        json!([]),
    )
    .await?;
    innocent(&page).await
}

async fn parts_of_the_host(env: Rc<Env>) -> Result<()> {
    let page = hosted(&env, &Host::new("brand", How::Element)).await?;
    let look = page
        .text(
            "return `${getComputedStyle(document.querySelector('h1')).textDecorationLine} ${getComputedStyle(document.querySelector('#bsh-go')).textTransform}`",
            json!([]),
        )
        .await?;
    ensure!(look == "underline uppercase", "heading and button are {look}");
    // What comes later is a part as well.
    page.begin("short").await?;
    let look = page
        .text("return getComputedStyle(document.querySelector('.bsh-moves .bsh-primary')).textTransform", json!([]))
        .await?;
    ensure!(look == "uppercase", "the button to go on is {look}");
    Ok(())
}

/// embed.js hands over what its host says of the div.
async fn frame_takes_the_hosts_properties(env: Rc<Env>) -> Result<()> {
    let page = hosted(&env, &Host::new("brand-frame", How::Frame)).await?;
    let script = "return getComputedStyle(document.querySelector('#bsh-go')).backgroundColor === 'rgb(122, 31, 162)'";
    page.until("the host's colour", script, json!([])).await?;
    page.outside("document.querySelector('#w').style.setProperty('--bsh-accent', '#004d40'); document.querySelector('#w').bsh.restyle()", json!([])).await?;
    page.until(
        "the new colour",
        "return getComputedStyle(document.querySelector('#bsh-go')).backgroundColor === 'rgb(0, 77, 64)'",
        json!([]),
    )
    .await?;
    // Nothing but a colour is a colour.
    page.outside("document.querySelector('#w').style.setProperty('--bsh-accent', 'url(http://127.0.0.1:9/x.png)'); document.querySelector('#w').bsh.restyle()", json!([])).await?;
    page.until(
        "the colour of its own",
        "return !/rgb\\(0, 77, 64\\)|url/.test(getComputedStyle(document.querySelector('#bsh-go')).background)",
        json!([]),
    )
    .await?;
    innocent(&page).await
}

async fn legible_in_every_scheme(env: Rc<Env>) -> Result<()> {
    let mut faults = Vec::new();
    for name in ["dark", "light"] {
        let page = hosted(&env, &Host::new(name, How::Element)).await?;
        page.begin("short").await?;
        for fault in axe::violations(&page.seen_from(Place::Page), &env.axe).await? {
            faults.push(format!("{name}: {fault}"));
        }
    }
    ensure!(faults.is_empty(), "{}", faults.join("; "));
    Ok(())
}
