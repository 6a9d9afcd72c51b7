//! The page of the report: where it is reached from and leads back to, what it has in each mode, and its program, which is
//! fetched when somebody asks for it.

use std::rc::Rc;

use anyhow::{Result, ensure};
use serde_json::json;

use super::accounts::{METAL, opened};
use super::embed_hosts::{hosted, innocent, to_the_result};
use super::tour::to_result;
use crate::harness::hosts::{Host, How};
use crate::harness::page::Page;
use crate::harness::run::{Env, Test};
use crate::harness::server::{Options, is_reports};
use crate::sheet::{PEOPLE, full, views};

pub fn tests() -> Vec<Test> {
    crate::tests![
        report_of_answers_by_themselves,
        report_from_the_plan,
        report_of_an_account,
        report_before_anything_is_answered,
        report_in_another_language,
        report_in_a_frame_and_an_element,
        report_in_each_mode,
        program_comes_when_it_is_asked_for,
        missing_program_of_reports_is_told,
        broken_server_is_told_and_tried_again,
        trap_in_the_program_of_reports,
    ]
}

/// How one gets to the report, wherever one is.
pub const GO: &str = "Report and files";

/// The sections of the report, by their codes, in order.
pub async fn sections(page: &Page) -> Result<Vec<String>> {
    let script = "return [...document.querySelectorAll('.bsh-report > .bsh-card')].map((e) => e.dataset.section)";
    Ok(serde_json::from_value(page.js(script, json!([])).await?)?)
}

/// All instruments and lists answered, at a step.
pub async fn on(env: &Env, step: &str, lines: &str) -> Result<Page> {
    let page = env.plain().await?;
    page.resume("", &full(&page.site.edition()?, step, lines), step).await?;
    Ok(page)
}

/// Presses the button, and waits for the page with its heading in focus.
pub async fn ask(page: &Page) -> Result<()> {
    page.press(GO).await?;
    page.at("report").await?;
    page.focused("h1").await
}

/// From the page `step` to the report, back by the page's button and by the browser's, and a reload in between.
async fn there_and_back(page: &Page, step: &str, subject: &str) -> Result<()> {
    ask(page).await?;
    ensure!(page.read("h1").await? == subject, "the report is of {}", page.read("h1").await?);
    page.press("Back").await?;
    page.at(step).await?;
    page.focused("h1").await?;
    page.forward().await?;
    page.at("report").await?;
    page.back().await?;
    page.at(step).await?;
    page.forward().await?;
    page.at("report").await?;
    let before = page.read(".bsh-report").await?;
    page.reload().await?;
    page.at("report").await?;
    ensure!(page.read("h1").await? == subject, "after a reload the report is of {}", page.read("h1").await?);
    ensure!(page.read(".bsh-report").await? == before, "after a reload the report says something else");
    page.press("Back").await?;
    page.at(step).await
}

async fn report_of_answers_by_themselves(env: Rc<Env>) -> Result<()> {
    let page = on(&env, "result", "").await?;
    ensure!(!page.has_button("Print").await?, "the result has a print button of its own");
    there_and_back(&page, "result", "Metal Works (Plant North)").await?;
    ask(&page).await?;
    let due = [
        "where",
        "confidence",
        "why",
        "profile",
        "risks",
        "part-matrix",
        "part-practice",
        "people",
        "readings",
        "plan",
        "goals",
        "focus",
        "flags",
        "charter",
        "computed",
    ];
    ensure!(sections(&page).await? == due, "the sections are {:?}", sections(&page).await?);
    page.says("[data-section=where] h2", "Metal Works").await?;
    page.says("[data-section=where]", "3.8 of 5").await?;
    page.says(".bsh-lead", "Answered on").await?;
    page.says("[data-section=plan] table", "Invite the plant manager").await?;
    // The document has nothing to press in it.
    let controls = page.count(":is(button, input, select, textarea, label, a):is(.bsh-report *)").await?;
    ensure!(controls == 0, "{controls} controls in the document");
    Ok(())
}

async fn report_from_the_plan(env: Rc<Env>) -> Result<()> {
    let page = on(&env, "plan", "").await?;
    there_and_back(&page, "plan", "Metal Works (Plant North)").await
}

async fn report_of_an_account(env: Rc<Env>) -> Result<()> {
    let edition = env.plain().await?.site.edition()?;
    let page = opened(&env, &[PEOPLE, &views(&edition, 3)].concat()).await?;
    there_and_back(&page, "account", "Metal Works").await?;
    ensure!(page.home().await? == format!("a:{METAL}"), "open is {}", page.home().await?);
    ask(&page).await?;
    page.says(".bsh-lead", "Report by Our Company").await?;
    let all = sections(&page).await?;
    let due = ["headline", "confidence", "own", "why", "profile", "risks", "gap", "views", "agree", "agenda", "people"];
    ensure!(all.starts_with(&due.map(str::to_owned)), "the sections are {all:?}");
    page.says("[data-section=views]", "Cleo").await?;
    // From there to another page of the account and back again.
    page.press_at(".bsh-tabs button:nth-of-type(2)").await?;
    page.at("result").await?;
    page.back().await?;
    page.at("report").await
}

/// Nobody is led there, but the history may have it.
async fn report_before_anything_is_answered(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    page.open("").await?;
    page.ready().await?;
    let script = "history.pushState('report start -', ''); dispatchEvent(new PopStateEvent('popstate', { state: history.state }))";
    page.js(script, json!([])).await?;
    page.at("start").await?;
    page.reload().await?;
    page.ready().await?;
    page.at("start").await
}

async fn report_in_another_language(env: Rc<Env>) -> Result<()> {
    let page = on(&env, "result", "").await?;
    ask(&page).await?;
    for (lang, lead, back) in
        [("nl", "Rapport van", "Terug"), ("sv", "Rapport från", "Tillbaka"), ("en", "Report of", "Back")]
    {
        page.pick("#bsh-lang", lang).await?;
        page.until("its language", "return document.documentElement.lang === arguments[0]", json!([lang])).await?;
        page.at("report").await?;
        page.says(".bsh-lead", lead).await?;
        page.button(back).await?;
        let texts = page.text(
            "return [...document.querySelectorAll('.bsh-step h2, .bsh-step h3, .bsh-step button')].filter((e) => !e.textContent.trim()).map((e) => e.outerHTML.slice(0, 80)).join()",
            json!([]),
        );
        ensure!(texts.await?.is_empty(), "in {lang} something has no text");
    }
    page.reload().await?;
    page.at("report").await?;
    page.press("Back").await?;
    page.at("result").await
}

async fn report_in_a_frame_and_an_element(env: Rc<Env>) -> Result<()> {
    for how in [How::Element, How::Frame] {
        let page = hosted(&env, &Host::new("plain", how)).await?;
        to_the_result(&page).await?;
        page.press(GO).await?;
        page.at("report").await?;
        page.says(".bsh-report", "3.8 of 5").await?;
        page.shows("[data-section=where] figure svg").await?;
        // The look is there: a bar that is not styled has the height of a picture.
        let tall = "return document.querySelector('.bsh-report .bsh-bar').getBoundingClientRect().height";
        ensure!(page.js(tall, json!([])).await?.as_f64() == Some(8.0), "the report has no look in {how:?}");
        innocent(&page).await?;
        page.press("Back").await?;
        page.at("result").await?;
    }
    Ok(())
}

async fn report_in_each_mode(env: Rc<Env>) -> Result<()> {
    for (mode, files, json) in
        [("assessment", true, false), ("workspace", true, true), ("customer", true, false), ("kiosk", false, false)]
    {
        let page = hosted(&env, &Host::new("plain", How::Element).with("mode", mode)).await?;
        page.begin("short").await?;
        for (step, answers) in crate::sheet::STEPS.iter().zip(crate::sheet::SHORT) {
            page.at(step).await?;
            page.fill(answers).await?;
            page.press_at(".bsh-moves .bsh-primary").await?;
        }
        if mode != "customer" {
            page.at("signs").await?;
            page.press_at(".bsh-moves .bsh-primary").await?;
        }
        page.at("review").await?;
        page.press_at(".bsh-moves .bsh-primary").await?;
        page.at("result").await?;
        // In a kiosk there are no files to speak of.
        page.press(if mode == "kiosk" { "Report" } else { GO }).await?;
        page.at("report").await?;
        page.button("Print or save as PDF").await?;
        let own = mode != "customer";
        for (name, due) in [
            ("One-file report", files),
            ("Text (Markdown)", files),
            ("Account file (JSON)", json),
            ("Answers", files),
            ("Results", files),
            ("Plan", files && own),
            ("What changes as you climb: PNG", files && own),
        ] {
            ensure!(
                page.has_button(name).await? == due,
                "in the mode {mode} {name} is {}there",
                if due { "not " } else { "" }
            );
        }
        let shown = sections(&page).await?;
        if !own {
            ensure!(shown == ["where", "why", "computed"], "a customer is told {shown:?}");
        }
        ensure!(mode != "kiosk" || page.keys().await?.is_empty(), "a kiosk stores {:?}", page.keys().await?);
        page.press("Back").await?;
        page.at("result").await?;
        innocent(&page).await?;
    }
    Ok(())
}

// ---- its program ----

async fn program_comes_when_it_is_asked_for(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    to_result(&page).await?;
    page.go("plan").await?;
    page.go("result").await?;
    ensure!(!page.site.asked_for(is_reports), "the program of reports came before anybody asked");
    ask(&page).await?;
    for ending in [".js", ".wasm"] {
        let count = page.site.requests().iter().filter(|e| is_reports(&e.path) && e.path.ends_with(ending)).count();
        ensure!(count == 1, "{count} requests for its {ending}");
    }
    page.press("Back").await?;
    page.at("result").await?;
    ask(&page).await?;
    let count = page.site.requests().iter().filter(|e| is_reports(&e.path)).count();
    ensure!(count == 2, "it came {count} times");
    Ok(())
}

/// Leaves the page that waits, comes again, and tries again.
async fn told_and_tried_again(page: &Page) -> Result<()> {
    page.press(GO).await?;
    page.at("report wait").await?;
    page.button("Try again").await?;
    page.back().await?;
    page.at("result").await?;
    page.says("[data-section=computed]", "20 of 24").await?;
    page.press(GO).await?;
    page.at("report wait").await?;
    page.button("Try again").await?;
    page.site.release();
    page.press("Try again").await?;
    page.at("report").await?;
    page.says(".bsh-report", "3.8 of 5").await
}

async fn missing_program_of_reports_is_told(env: Rc<Env>) -> Result<()> {
    let page = env.page(Options { faulty: true, gone: is_reports, ..env.options() }).await?;
    to_result(&page).await?;
    told_and_tried_again(&page).await
}

async fn broken_server_is_told_and_tried_again(env: Rc<Env>) -> Result<()> {
    let page = env.page(Options { faulty: true, gone: is_reports, broken: true, ..env.options() }).await?;
    to_result(&page).await?;
    page.js("window.same = true", json!([])).await?;
    told_and_tried_again(&page).await?;
    ensure!(page.is("return window.same", json!([])).await?, "the page was loaded anew for it");
    Ok(())
}

async fn trap_in_the_program_of_reports(env: Rc<Env>) -> Result<()> {
    let page = env.page(env.faulty_options()).await?;
    page.start("short").await?;
    page.fill(crate::sheet::SHORT[0]).await?;
    page.saved("g2-06=4").await?;
    page.goto("about:blank").await?;
    page.open("?fault=view").await?;
    page.ready().await?;
    page.press("Continue").await?;
    page.at("gate-2").await?;
    let go =
        "history.pushState('report test', ''); dispatchEvent(new PopStateEvent('popstate', { state: history.state }))";
    page.js(go, json!([])).await?;
    let cause = page.panel().await?;
    ensure!(cause == "crash", "the panel names \"{cause}\"");
    let kept = page.stored(crate::harness::page::DRAFT).await?;
    ensure!(kept.is_some_and(|text| text.contains("g2-06=4")), "the answers are gone");
    page.press("Start clean").await?;
    page.ready().await?;
    page.at("start").await
}
