//! Questions of somebody's own: as a folder of compiled files, as one JSON file, from here and from elsewhere.
//!
//! Knows the pack under `examples/` and the ways to name it; must not know how it is compiled.

use std::rc::Rc;

use anyhow::{Result, ensure};
use serde_json::json;

use crate::harness::engine::Kind;
use crate::harness::hosts::{Host, How};
use crate::harness::page::{Page, Place};
use crate::harness::run::{Env, Test};
use crate::harness::server::{Options, is_more, is_pack};

pub fn tests() -> Vec<Test> {
    crate::tests![
        folder_on_the_page,
        folder_in_an_element,
        language_that_the_pack_lacks,
        json_gives_the_same_questions,
        files_of_another_release_are_made_anew,
        faults_are_listed_for_the_author,
        faults_are_plain_for_the_visitor,
        another_origin_is_not_asked,
        another_origin_that_is_named,
    ]
}

const FOLDER: &str = "/examples/packs/service-maturity/";
const JSON: &str = "/examples/packs/service-maturity/pack.json";
pub const TITLE: &str = "How mature is your service after the sale?";
const ELEMENT: Place = Place::Element("#w");
/// `color.light.accent` of the pack.
const ACCENT: &str = "rgb(27, 79, 145)";
/// The first step is achieved and the second is not.
const LEVEL_2: [(&str, u8); 4] = [("2", 4), ("3", 1), ("4", 0), ("5", 0)];

/// Name, logo and colour of the pack on its start page.
pub async fn branded(page: &Page) -> Result<()> {
    page.ready().await?;
    page.says("h1", TITLE).await?;
    page.says(".bsh-brand", "Tide Line Advice").await?;
    page.until(
        "the logo",
        "const i = document.querySelector('.bsh-brand img');
         return i && i.complete && i.naturalHeight > 0 && i.getBoundingClientRect().width > 8 && i.src.startsWith('data:image/svg+xml;base64,')",
        json!([]),
    )
    .await?;
    let color = "return getComputedStyle(document.querySelector('#bsh-go')).backgroundColor";
    let color = page.text(color, json!([])).await?;
    ensure!(color == ACCENT, "the button is {color}");
    Ok(())
}

/// From a start page of the pack to the result of its short form.
async fn journey(page: &Page) -> Result<()> {
    page.press_at("#bsh-go").await?;
    for (gate, value) in LEVEL_2 {
        page.at(&format!("gate-{gate}")).await?;
        page.answer_page(value).await?;
        page.press_at(".bsh-moves .bsh-primary").await?;
    }
    for step in ["signs", "review"] {
        page.at(step).await?;
        page.press_at(".bsh-moves .bsh-primary").await?;
    }
    page.at("result").await?;
    let here = page.read("table.bsh-levels tr[aria-current]").await?;
    ensure!(here.contains('2'), "the table is at: {here}");
    page.says("[data-section=action]", "Plan a call").await
}

/// The questions of the first page.
async fn questions(page: &Page) -> Result<String> {
    page.press_at("#bsh-go").await?;
    page.at("gate-2").await?;
    page.text(
        "return [...document.querySelectorAll('h1, .bsh-item')].map((e) => e.textContent.replace(/\\s+/g, ' ')).join('\\n')",
        json!([]),
    )
    .await
}

fn tail(pack: &str) -> String {
    format!("?pack={pack}&lang=en&theme=light")
}

fn element(pack: &str) -> Host {
    Host::new("light", How::Element).with("pack", pack).with("lang", "en")
}

async fn folder_on_the_page(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    page.open(&tail(FOLDER)).await?;
    branded(&page).await?;
    journey(&page).await?;
    // Its name is the name of its answers, and no program of the author was needed.
    page.saved_in("bsh:draft:service-maturity", "s3-01=1").await?;
    ensure!(!page.site.asked_for(|path| path.contains("author")), "the author's program came");
    Ok(())
}

async fn folder_in_an_element(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?.seen_from(ELEMENT);
    page.visit(&element(FOLDER)).await?;
    branded(&page).await?;
    // The host's own page keeps its colours.
    let leaked = page
        .outside("return getComputedStyle(document.documentElement).getPropertyValue('--bsh-accent')", json!([]))
        .await?;
    ensure!(leaked == json!(""), "the host has the pack's colour: {leaked}");
    journey(&page).await?;
    page.saved_in("bsh:draft:service-maturity", "s3-01=1").await
}

async fn language_that_the_pack_lacks(env: Rc<Env>) -> Result<()> {
    // Browsers report on the console that a file is not there.
    let page = env.page(Options { faulty: true, ..env.options() }).await?;
    page.open(&tail(FOLDER).replace("lang=en", "lang=de-AT")).await?;
    branded(&page).await?;
    let asked = page.site.requests();
    ensure!(asked.iter().any(|e| e.path.ends_with("/pack.de.txt") && e.status == 404), "nobody looked for German");
    let shown = page.text("return document.documentElement.lang", json!([])).await?;
    ensure!(shown == "en", "the page says that it is in {shown}");
    journey(&page).await?;
    let whole = page.site.asked_for(|path| path.ends_with("/more.en.txt") && path.starts_with(FOLDER));
    ensure!(whole, "the second file is not the one of the first");
    ensure!(page.site.reports().is_empty(), "the policy stopped: {:?}", page.site.reports());
    // And one that it has.
    page.open(&tail(FOLDER).replace("lang=en", "lang=sv")).await?;
    page.press_at(".bsh-return .bsh-primary").await?;
    page.at("result").await?;
    let shown = page.text("return document.documentElement.lang", json!([])).await?;
    ensure!(shown == "sv", "the page says that it is in {shown}");
    Ok(())
}

async fn json_gives_the_same_questions(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    page.open(&tail(FOLDER)).await?;
    page.ready().await?;
    let compiled = questions(&page).await?;
    ensure!(compiled.lines().count() == 5, "that is not a page of four questions: {compiled}");
    let page = env.plain().await?;
    page.open(&tail(JSON)).await?;
    branded(&page).await?;
    ensure!(page.site.asked_for(|path| path.contains("author")), "the author's program did not come");
    ensure!(!page.site.asked_for(|path| path.starts_with(FOLDER) && !path.ends_with(".json")), "compiled files came");
    let made = questions(&page).await?;
    ensure!(made == compiled, "the folder asks\n{compiled}\nand the JSON\n{made}");
    // The same in an element, to the end: the second file is made as well.
    let page = env.plain().await?.seen_from(ELEMENT);
    page.visit(&element(JSON)).await?;
    branded(&page).await?;
    journey(&page).await
}

/// Compiled files of a release to come.
fn of_another_release(name: &str, bytes: Vec<u8>) -> Option<Vec<u8>> {
    if !is_pack(name) && !is_more(name) {
        return Some(bytes);
    }
    let text = String::from_utf8_lossy(&bytes);
    // A file whose head is another one would make the test prove nothing.
    Some(match text.split_once("\t3\t") {
        Some((head, rest)) if head.starts_with("bsh-") => format!("{head}\t9\t{rest}").into_bytes(),
        _ => b"the head of the file has changed: mend this test".to_vec(),
    })
}

async fn files_of_another_release_are_made_anew(env: Rc<Env>) -> Result<()> {
    let page = env.page(Options { packs: of_another_release, ..env.options() }).await?;
    page.open(&tail(FOLDER)).await?;
    branded(&page).await?;
    let asked: Vec<String> =
        page.site.requests().into_iter().map(|e| e.path).filter(|path| path.starts_with(FOLDER)).collect();
    ensure!(asked.len() == 2 && asked[0].ends_with("/pack.en.txt") && asked[1] == JSON, "it asked for {asked:?}");
    journey(&page).await?;
    // And in another language, from the same JSON.
    let page = env.page(Options { packs: of_another_release, ..env.options() }).await?.seen_from(ELEMENT);
    page.visit(&Host::new("light", How::Element).with("pack", FOLDER).with("lang", "nl")).await?;
    page.ready().await?;
    page.says("h1", "service").await?;
    let shown = page.text("return document.querySelector('h1').closest('[lang]').lang", json!([])).await?;
    ensure!(shown == "nl", "it is in {shown}");
    Ok(())
}

/// Two faults in one question; and no compiled files beside it.
fn with_faults(name: &str, bytes: Vec<u8>) -> Option<Vec<u8>> {
    if name != "pack.json" {
        return None;
    }
    let text = String::from_utf8_lossy(&bytes)
        .replacen("\"kind\": \"frequency\"", "\"kind\": \"sometimes\"", 1)
        .replacen("\"short\": true", "\"short\": \"yes\"", 1);
    Some(text.into_bytes())
}

async fn faults_are_listed_for_the_author(env: Rc<Env>) -> Result<()> {
    let page = env.page(Options { packs: with_faults, faulty: true, ..env.options() }).await?;
    page.goto(&page.site.hosted(&Host::new("empty", How::Element).tail())).await?;
    // The element comes after somebody listens to the console.
    page.js(
        "window.said = []; const real = console.error; console.error = (...all) => { window.said.push(all.join(' ')); real.apply(console, all); };
         const e = document.createElement('buy-sell-hierarchy'); e.id = 'w'; e.setAttribute('loading', 'eager'); e.setAttribute('pack', arguments[0]);
         document.querySelector('#place').append(e)",
        json!([JSON]),
    )
    .await?;
    let page = page.seen_from(ELEMENT);
    page.enter().await?;
    let cause = page.panel().await?;
    ensure!(cause == "pack", "the panel names {cause}");
    let said = page.outside("return window.said.join('\\n')", json!([])).await?;
    let said = said.as_str().unwrap_or_default();
    for part in
        [JSON, "$.instruments[0].gates[0].items[0].kind", "sometimes", "$.instruments[0].gates[0].items[0].short"]
    {
        ensure!(said.contains(part), "the console does not speak of {part}: {said}");
    }
    // The visitor is not bothered with them.
    let shown = page.read(".bsh-panel").await?;
    ensure!(!shown.contains('$') && !shown.contains("sometimes"), "the visitor reads: {shown}");
    let told = "return window.spy.events.some((e) => e.type === 'error' && e.detail.cause === 'pack')";
    page.until_outside("the event", told, json!([])).await.map(|_| ())
}

async fn faults_are_plain_for_the_visitor(env: Rc<Env>) -> Result<()> {
    let page = env.page(Options { packs: with_faults, faulty: true, ..env.options() }).await?;
    page.open(&tail(JSON)).await?;
    let cause = page.panel().await?;
    ensure!(cause == "pack", "the panel names {cause}");
    let shown = page.read(".bsh-panel").await?;
    ensure!(shown.contains("pack.json"), "the file is not named: {shown}");
    ensure!(!shown.contains('$') && !shown.contains('{'), "the visitor reads: {shown}");
    ensure!(page.count("#bsh-go").await? == 0, "there is a start beside the panel");
    if page.kind == Kind::Chromium {
        let log = page.driver.browser_log().await?;
        let listed = log.iter().any(|entry| entry.message.contains("$.instruments[0].gates[0].items[0].kind"));
        ensure!(listed, "the console says {:?}", log.into_iter().map(|entry| entry.message).collect::<Vec<_>>());
    }
    Ok(())
}

async fn another_origin_is_not_asked(env: Rc<Env>) -> Result<()> {
    // The panel of an element is told on the console.
    let page = env.page(Options { faulty: true, ..env.options() }).await?;
    let other = env.page(Options { cors: true, ..env.options() }).await?.site;
    for pack in [FOLDER, JSON] {
        let pack = format!("{}{pack}", other.origin());
        page.open(&tail(&pack)).await?;
        let cause = page.panel().await?;
        ensure!(cause == "origin", "on the page, the panel names {cause}");
        let inside = page.seen_from(ELEMENT);
        inside.visit(&element(&pack)).await?;
        let cause = inside.panel().await?;
        ensure!(cause == "origin", "in the element, the panel names {cause}");
        let named = format!("pack-origins=\"{}\"", other.origin());
        inside.says(".bsh-panel", &named).await?;
        // Some other origin is not this one, and an address can allow nothing.
        let third = element(&pack).with("pack-origins", "https://www.example.com");
        inside.visit(&third).await?;
        ensure!(inside.panel().await? == "origin", "an origin that is not named is trusted");
        page.open(&format!("{}&pack-origins={}", tail(&pack), other.origin())).await?;
        ensure!(page.panel().await? == "origin", "the address itself allows an origin");
    }
    ensure!(other.requests().is_empty(), "the other origin was asked for {:?}", other.requests());
    ensure!(page.site.reports().is_empty(), "the policy stopped: {:?}", page.site.reports());
    Ok(())
}

async fn another_origin_that_is_named(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?.seen_from(ELEMENT);
    let other = env.page(Options { cors: true, ..env.options() }).await?.site;
    let pack = format!("{}{FOLDER}", other.origin());
    let origins = format!("https://www.example.com {}", other.origin());
    page.visit(&element(&pack).with("pack-origins", &origins)).await?;
    branded(&page).await?;
    journey(&page).await?;
    let asked = other.requests();
    ensure!(asked.iter().all(|e| e.path.starts_with(FOLDER) && e.status == 200), "the other origin gave {asked:?}");
    Ok(())
}
