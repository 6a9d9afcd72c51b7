//! WCAG: axe on every screen in every variant, and what axe does not see: focus order and announcements.

use std::rc::Rc;

use anyhow::{Result, ensure};
use serde_json::json;

use super::layout::narrow;
use super::tour::{tour, tour_accounts, tour_instruments, tour_plan};
use crate::harness::axe::violations;
use crate::harness::engine::Kind;
use crate::harness::page::Page;
use crate::harness::run::{Env, Test};
use crate::harness::server::{Options, Wasm, is_more};
use crate::sheet::{MATRIX, PRACTICE, SHORT, STEPS, full};

pub fn tests() -> Vec<Test> {
    crate::tests![
        axe_finds_nothing,
        axe_finds_nothing_at_320,
        axe_finds_nothing_on_the_instruments,
        axe_finds_nothing_on_the_plan,
        axe_finds_nothing_on_accounts,
        axe_finds_nothing_on_accounts_at_320,
        axe_finds_nothing_on_accounts_in_other_languages,
        axe_finds_nothing_on_later_pages_at_320,
        axe_finds_nothing_in_the_failure_panels,
        axe_finds_nothing_while_waiting,
        axe_finds_nothing_in_other_languages,
        focus_goes_to_the_heading_of_later_pages,
        focus_goes_to_the_heading_with_one_announcement,
        page_names_its_language,
    ]
}

type Variant = (&'static str, u32, &'static [(&'static str, &'static str)]);

/// What Chromium can be made to look like; the other engines are seen as they are.
const VARIANTS: [Variant; 5] = [
    ("1280", 1280, &[]),
    ("390", 390, &[]),
    ("1280 dark", 1280, &[("prefers-color-scheme", "dark")]),
    ("390 dark", 390, &[("prefers-color-scheme", "dark")]),
    ("forced colours", 1280, &[("forced-colors", "active")]),
];

/// All violations on the screen as it is, in every variant that the engine can show.
async fn look(page: &Page, axe: &str, name: &str, variants: &[Variant], found: &mut Vec<String>) -> Result<()> {
    if page.kind != Kind::Chromium {
        found.extend(violations(page, axe).await?.into_iter().map(|v| format!("{name}: {v}")));
        return Ok(());
    }
    for (variant, width, features) in variants {
        page.view(*width, 900).await?;
        page.media("", features).await?;
        found.extend(violations(page, axe).await?.into_iter().map(|v| format!("{name} ({variant}): {v}")));
    }
    page.media("", &[]).await
}

async fn axe_finds_nothing(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    let mut found = Vec::new();
    tour(&page, async |page, name| look(page, &env.axe, name, &VARIANTS, &mut found).await).await?;
    ensure!(found.is_empty(), "{} violations:\n  {}", found.len(), found.join("\n  "));
    Ok(())
}

async fn axe_finds_nothing_at_320(env: Rc<Env>) -> Result<()> {
    let page = narrow(&env, env.options()).await?;
    let mut found = Vec::new();
    tour(&page, async |page, name| look(page, &env.axe, name, &[("320", 320, &[])], &mut found).await).await?;
    ensure!(found.is_empty(), "{} violations:\n  {}", found.len(), found.join("\n  "));
    Ok(())
}

async fn axe_finds_nothing_on_the_instruments(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    let mut found = Vec::new();
    tour_instruments(&page, async |page, name| look(page, &env.axe, name, &VARIANTS, &mut found).await).await?;
    ensure!(found.is_empty(), "{} violations:\n  {}", found.len(), found.join("\n  "));
    Ok(())
}

async fn axe_finds_nothing_on_the_plan(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    let mut found = Vec::new();
    tour_plan(&page, async |page, name| look(page, &env.axe, name, &VARIANTS, &mut found).await).await?;
    ensure!(found.is_empty(), "{} violations:\n  {}", found.len(), found.join("\n  "));
    Ok(())
}

async fn axe_finds_nothing_on_later_pages_at_320(env: Rc<Env>) -> Result<()> {
    let page = narrow(&env, env.options()).await?;
    let mut found = Vec::new();
    let small = [("320", 320, [].as_slice())];
    tour_instruments(&page, async |page, name| look(page, &env.axe, name, &small, &mut found).await).await?;
    tour_plan(&page, async |page, name| look(page, &env.axe, name, &small, &mut found).await).await?;
    ensure!(found.is_empty(), "{} violations:\n  {}", found.len(), found.join("\n  "));
    Ok(())
}

async fn axe_finds_nothing_on_accounts(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    let mut found = Vec::new();
    tour_accounts(&page, "", async |page, name| look(page, &env.axe, name, &VARIANTS, &mut found).await).await?;
    ensure!(found.is_empty(), "{} violations:\n  {}", found.len(), found.join("\n  "));
    Ok(())
}

async fn axe_finds_nothing_on_accounts_at_320(env: Rc<Env>) -> Result<()> {
    let page = narrow(&env, env.options()).await?;
    let mut found = Vec::new();
    let small = [("320", 320, [].as_slice()), ("320 dark", 320, &[("prefers-color-scheme", "dark")])];
    tour_accounts(&page, "", async |page, name| look(page, &env.axe, name, &small, &mut found).await).await?;
    ensure!(found.is_empty(), "{} violations:\n  {}", found.len(), found.join("\n  "));
    Ok(())
}

async fn axe_finds_nothing_on_accounts_in_other_languages(env: Rc<Env>) -> Result<()> {
    let mut found = Vec::new();
    for lang in ["nl", "sv"] {
        let page = env.plain().await?;
        tour_accounts(&page, lang, async |page, name| {
            let shown = page.text("return document.documentElement.lang", json!([])).await?;
            ensure!(shown == lang, "{name} is in {shown} and not in {lang}");
            look(page, &env.axe, &format!("{name} in {lang}"), &VARIANTS[..1], &mut found).await
        })
        .await?;
    }
    ensure!(found.is_empty(), "{} violations:\n  {}", found.len(), found.join("\n  "));
    Ok(())
}

/// The page that stands in for texts that did not come.
async fn axe_finds_nothing_while_waiting(env: Rc<Env>) -> Result<()> {
    let mut found = Vec::new();
    let page = env.page(Options { faulty: true, gone: is_more, ..env.options() }).await?;
    page.resume("", &full(&page.site.edition()?, "plan", ""), "plan wait").await?;
    page.button("Try again").await?;
    look(&page, &env.axe, "waiting", &VARIANTS, &mut found).await?;
    ensure!(found.is_empty(), "{} violations:\n  {}", found.len(), found.join("\n  "));
    Ok(())
}

async fn axe_finds_nothing_in_other_languages(env: Rc<Env>) -> Result<()> {
    let mut found = Vec::new();
    for lang in ["nl", "sv"] {
        let page = env.plain().await?;
        let draft = full(&page.site.edition()?, "gate-4", "");
        page.resume(&format!("?lang={lang}"), &draft, "gate-4").await?;
        for step in [
            "gate-4",
            "result",
            "matrix.passion",
            "matrix.result",
            "practice.people",
            "practice.result",
            "plan",
            "report",
        ] {
            page.go(step).await?;
            look(&page, &env.axe, &format!("{step} in {lang}"), &VARIANTS[..1], &mut found).await?;
        }
    }
    ensure!(found.is_empty(), "{} violations:\n  {}", found.len(), found.join("\n  "));
    Ok(())
}

async fn focus_goes_to_the_heading_of_later_pages(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    super::tour::to_result(&page).await?;
    page.press_at(&super::instruments::tab(2)).await?;
    for (step, answers) in MATRIX {
        announced(&page, step).await?;
        page.fill(answers).await?;
        page.press("Continue").await?;
    }
    announced(&page, "matrix.review").await?;
    page.press("See my result").await?;
    announced(&page, "matrix.result").await?;
    page.press_at(&super::instruments::tab(3)).await?;
    for (step, answers) in PRACTICE {
        announced(&page, step).await?;
        page.fill(answers).await?;
        page.press("Continue").await?;
    }
    announced(&page, "practice.people").await?;
    page.press("Continue").await?;
    announced(&page, "practice.shares").await?;
    page.press("Review").await?;
    announced(&page, "practice.review").await?;
    page.press("See my result").await?;
    announced(&page, "practice.result").await?;
    page.press_at(&super::instruments::tab(4)).await?;
    announced(&page, "plan").await?;
    // The plan leads back to where one came from; before a later instrument stands the first result.
    page.press("Back").await?;
    announced(&page, "practice.result").await?;
    page.press_at(&super::instruments::tab(4)).await?;
    announced(&page, "plan").await?;
    page.press_at(&super::instruments::tab(1)).await?;
    announced(&page, "result").await
}

async fn axe_finds_nothing_in_the_failure_panels(env: Rc<Env>) -> Result<()> {
    let mut found = Vec::new();
    let page = env.page(Options { faulty: true, wasm: Wasm::Missing, ..env.options() }).await?;
    page.open("").await?;
    page.panel().await?;
    look(&page, &env.axe, "missing", &VARIANTS, &mut found).await?;
    let page = env.page(Options { faulty: true, wasm_allowed: false, ..env.options() }).await?;
    page.open("").await?;
    page.panel().await?;
    look(&page, &env.axe, "policy", &VARIANTS, &mut found).await?;
    let page = env.page(env.faulty_options()).await?;
    page.open("?fault=render").await?;
    page.ready().await?;
    page.press("Start").await?;
    page.panel().await?;
    look(&page, &env.axe, "crash", &VARIANTS, &mut found).await?;
    ensure!(found.is_empty(), "{} violations:\n  {}", found.len(), found.join("\n  "));
    Ok(())
}

/// One heading with the focus, and nothing else that would speak at the same time.
async fn announced(page: &Page, step: &str) -> Result<()> {
    page.at(step).await?;
    page.until(
        &format!("the focus on the heading of {step}"),
        "const h = document.querySelectorAll('h1'); return h.length === 1 && document.activeElement === h[0]",
        json!([]),
    )
    .await?;
    let spoken = page.text(
        "return [...document.querySelectorAll('[aria-live]:not([aria-live=off]), [role=status], [role=alert], [role=log]')].map((e) => e.textContent.trim()).filter(Boolean).join(' / ')",
        json!([]),
    ).await?;
    ensure!(spoken.is_empty(), "on {step} a second announcement: {spoken}");
    let heading = page.read("h1").await?;
    let title = page.text("return document.title", json!([])).await?;
    ensure!(title.contains(&heading), "on {step} the title is \"{title}\", the heading \"{heading}\"");
    let top = page.js("return document.querySelector('h1').getBoundingClientRect().top", json!([])).await?;
    ensure!(
        top.as_f64().is_some_and(|top| (0.0..700.0).contains(&top)),
        "on {step} the heading is out of sight, at {top}"
    );
    Ok(())
}

async fn focus_goes_to_the_heading_with_one_announcement(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    page.open("").await?;
    page.ready().await?;
    let body = page.is("return document.activeElement === document.body", json!([])).await?;
    ensure!(body, "the first page takes the focus");
    page.press("Start").await?;
    for (step, answers) in STEPS.iter().zip(SHORT) {
        announced(&page, step).await?;
        page.fill(answers).await?;
        page.press("Continue").await?;
    }
    announced(&page, "signs").await?;
    page.press("Review").await?;
    announced(&page, "review").await?;
    page.press("See my result").await?;
    announced(&page, "result").await?;
    page.press("Back").await?;
    announced(&page, "review").await?;
    page.back().await?;
    announced(&page, "signs").await?;
    page.visit_again().await?;
    page.at("return").await?;
    page.press("Continue").await?;
    announced(&page, "signs").await?;
    // The question of Erase takes the focus, Keep gives it back.
    page.press("Erase").await?;
    page.until("the focus in the question", "return document.activeElement.closest('[role=alertdialog]')", json!([]))
        .await?;
    page.press("Keep").await?;
    page.until("the focus back on Erase", "return document.activeElement.textContent.trim() === 'Erase'", json!([]))
        .await?;
    Ok(())
}

async fn page_names_its_language(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    page.open("").await?;
    page.ready().await?;
    let root = page.js("return [document.documentElement.lang, document.documentElement.dir]", json!([])).await?;
    ensure!(root == json!(["en", "ltr"]), "the root says {root}");
    Ok(())
}
