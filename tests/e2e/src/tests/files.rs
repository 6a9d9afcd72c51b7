//! Answers as a file: what a download gives, the start page takes back.

use std::rc::Rc;

use anyhow::{Result, ensure};
use serde_json::json;

use crate::harness::page::DRAFT;
use crate::harness::run::{Env, Test};
use crate::sheet::{SHORT, TICKS};

pub fn tests() -> Vec<Test> {
    crate::tests![
        download_opens_on_another_machine,
        opening_asks_before_it_replaces,
        file_of_another_kind_is_refused,
        file_of_a_newer_version_is_refused,
        file_chosen_before_the_program_comes,
    ]
}

async fn download_opens_on_another_machine(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    page.open("").await?;
    page.ready().await?;
    page.type_into("#bsh-account", "Müller & Söhne").await?;
    page.begin("short").await?;
    super::tour::answer_all(&page).await?;
    super::tour::from_signs(&page).await?;
    let file = page.download("Download my answers").await?;
    ensure!(file.starts_with("# ") && file.contains("Müller & Söhne"), "the file has no readable header: {file}");
    // Another server is another origin: nothing is stored there.
    let other = env.plain().await?;
    other.open("").await?;
    other.ready().await?;
    other.open_file("answers.txt", &file).await?;
    other.at("result").await?;
    for (item, value) in SHORT.concat() {
        other.saved(&format!("{item}={value}")).await?;
    }
    for name in TICKS {
        other.saved(&format!("{name}=x")).await?;
    }
    let sentence = other.read("h1").await?;
    ensure!(sentence.contains("Müller & Söhne"), "the opened result says: {sentence}");
    Ok(())
}

async fn opening_asks_before_it_replaces(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    page.start("short").await?;
    page.choose("g2-01", "4").await?;
    page.saved("g2-01=4").await?;
    page.visit_again().await?;
    page.at("return").await?;
    let file = "bsh-answers 1 3 0000000000000000\nform=short\nstep=gate-2\ng2-01=0\n";
    page.open_file("other.txt", file).await?;
    page.press("Keep them").await?;
    ensure!(
        page.stored(DRAFT).await?.is_some_and(|text| text.contains("g2-01=4")),
        "a file replaced answers that were to be kept"
    );
    page.open_file("other.txt", file).await?;
    page.press("Replace them").await?;
    page.at("gate-2").await?;
    page.is_chosen("g2-01", "0").await?;
    page.saved("g2-01=0").await
}

async fn file_of_another_kind_is_refused(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    page.open("").await?;
    page.ready().await?;
    page.open_file("letter.txt", "Dear customer,\nthis is no answer sheet.\n").await?;
    page.shows(".bsh-banner").await?;
    page.at("start").await?;
    ensure!(page.keys().await?.is_empty(), "a foreign file was stored");
    page.open_file("big.txt", &"x".repeat(3 * 1024 * 1024)).await?;
    page.until(
        "a word about the size",
        "return document.querySelector('.bsh-banner')?.textContent.includes('2 MB')",
        json!([]),
    )
    .await?;
    page.press("Start").await?;
    page.at("gate-2").await
}

async fn file_of_a_newer_version_is_refused(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    page.open("").await?;
    page.ready().await?;
    page.open_file("new.txt", "bsh-answers 9 1 0000000000000000\nform=short\n").await?;
    page.until(
        "a word about the version",
        "return document.querySelector('.bsh-banner')?.textContent.includes('newer')",
        json!([]),
    )
    .await?;
    page.at("start").await
}

async fn file_chosen_before_the_program_comes(env: Rc<Env>) -> Result<()> {
    let page =
        env.page(crate::harness::server::Options { wasm: crate::harness::server::Wasm::Held, ..env.options() }).await?;
    page.open("").await?;
    page.open_file("early.txt", "bsh-answers 1 3 0000000000000000\nform=short\nstep=gate-2\ng2-04=1\n").await?;
    page.site.release();
    page.at("gate-2").await?;
    page.is_chosen("g2-04", "1").await
}
