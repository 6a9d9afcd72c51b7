//! The result page: numbers by hand against numbers on the page.

use std::rc::Rc;

use anyhow::{Result, ensure};
use serde_json::{Value, json};

use super::tour::{to_result, try_what_if};
use crate::harness::page::{DRAFT, Page};
use crate::harness::run::{Env, Test};
use crate::sheet::{HIGH, LOW, POSITION, TENTHS};

pub fn tests() -> Vec<Test> {
    crate::tests![
        numbers_are_those_of_the_method,
        table_equals_drawing,
        why_not_higher_leads_to_the_answers,
        what_if_is_kept_only_when_asked,
        target_is_set_here,
        too_few_answers_give_no_level,
    ]
}

/// Digits and nothing else, so that a decimal separator does not matter.
fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

async fn section(page: &Page, name: &str) -> Result<String> {
    page.read(&format!("[data-section='{name}']")).await
}

async fn numbers_are_those_of_the_method(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    to_result(&page).await?;
    let computed = section(&page, "computed").await?;
    let packed: String = computed.chars().filter(|c| !matches!(c, '.' | ',')).collect();
    for number in [POSITION, LOW, HIGH] {
        ensure!(packed.contains(&number.to_string()), "{number} is not among: {computed}");
    }
    for words in ["23 of 24", "20 of 24", "8 of 20", "0 of 16", "Level 3, up to 3"] {
        ensure!(computed.contains(words), "\"{words}\" is not in: {computed}");
    }
    let text = page.read("main").await?;
    // Cut, not rounded: 3.952 must not read as 4.0.
    for words in ["3.8 of 5", "3.6", "3.9"] {
        ensure!(text.contains(words), "\"{words}\" is not on the page");
    }
    ensure!(!text.contains("4.0"), "the page shows a level that is not reached");
    let sure = section(&page, "confidence").await?;
    let grade = page.text(
        "return [...document.querySelectorAll('[data-section=confidence] *')].map((e) => e.textContent.trim()).find((t) => /^[ABCD]$/.test(t)) || ''",
        json!([]),
    ).await?;
    ensure!(grade == "C", "the confidence is \"{grade}\": {sure}");
    let here = page.read("table.bsh-levels tr[aria-current]").await?;
    ensure!(here.contains('3'), "the table is at: {here}");
    ensure!(section(&page, "risks").await?.len() > 40, "the ticked risk is not shown");
    ensure!(page.count("[data-section=profile] svg, [data-section=profile] meter").await? == 4, "not four variables");
    Ok(())
}

/// The achieved part of each tier as drawn, in thousandths, against the percentages of the table.
async fn table_equals_drawing(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    to_result(&page).await?;
    let rows = page.js(
        "return [...document.querySelectorAll('table.bsh-levels tbody tr')].map((r) => r.cells[1].textContent.trim()).reverse()",
        json!([]),
    ).await?;
    let rows: Vec<String> =
        rows.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect();
    ensure!(rows.len() == 5, "the table has {} levels", rows.len());
    for (row, tenths) in rows.iter().skip(1).zip(TENTHS) {
        let whole = if row.contains('.') { digits(row) } else { digits(row) + "0" };
        ensure!(whole.parse() == Ok(tenths), "the table says {row}, by hand it is {tenths} tenths");
    }
    let svg = "figure.bsh-pyramid svg[role=img]";
    page.shows(svg).await?;
    let named = page.is("const s = document.querySelector(arguments[0]); const id = s.getAttribute('aria-labelledby') || ''; return s.getAttribute('aria-label') || id.split(' ').every((i) => document.getElementById(i)?.textContent) && id || s.querySelector('title')?.textContent", json!([svg])).await?;
    ensure!(named, "the drawing has no name");
    // Each tier from the base up: the height of its outline and of its achieved part.
    let script = "const svg = [...document.querySelectorAll(arguments[0])].find((e) => e.getClientRects().length > 0);
        const height = (e) => (e ? e.getBBox().height : 0);
        return [...svg.querySelectorAll('.bsh-tier')].map((tier) => [
            Number(tier.querySelector('.bsh-number').textContent), height(tier.querySelector('.bsh-tier-edge')), height(tier.querySelector('.bsh-fill')),
        ])";
    let drawn = page.js(script, json!([svg])).await?;
    let drawn = drawn.as_array().cloned().unwrap_or_default();
    ensure!(drawn.len() == 5, "the drawing marks {} levels", drawn.len());
    for tier in &drawn {
        let number = |at: usize| tier[at].as_f64().unwrap_or_default();
        let level = number(0) as usize;
        ensure!((1..=5).contains(&level) && number(1) > 0.0, "a tier that is none: {tier}");
        let part = 1000.0 * number(2) / number(1);
        let due = level.checked_sub(2).and_then(|gate| TENTHS.get(gate)).map_or(1000.0, |tenths| f64::from(*tenths));
        // Whole units of the drawing: a tier is tall enough for two percent.
        ensure!((part - due).abs() <= 20.0, "level {level} is drawn {part:.0} thousandths full, the table says {due}");
    }
    Ok(())
}

async fn why_not_higher_leads_to_the_answers(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    to_result(&page).await?;
    let named =
        page.js("return [...document.querySelectorAll('li[data-why]')].map((e) => e.dataset.why)", json!([])).await?;
    let named: Vec<&str> = named.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    ensure!(!named.is_empty() && named.len() <= 3, "{} answers are named", named.len());
    // Gate 3 has to become fully achieved: its critical answer, at 3, comes first.
    ensure!(named[0] == "g3-02", "the first of {named:?} is not the critical one");
    page.press_at("li[data-why='g3-02'] [data-change]").await?;
    page.at("gate-3").await?;
    page.until("the focus on the item", "return document.activeElement.name === 'g3-02'", json!([])).await?;
    page.choose("g3-02", "4").await?;
    page.press("Done").await?;
    page.at("result").await?;
    // 21 of 24 is 87.5 %: fully.
    ensure!(section(&page, "computed").await?.contains("21 of 24"), "the change is not in the result");
    Ok(())
}

async fn what_if_is_kept_only_when_asked(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    to_result(&page).await?;
    let before = page.stored(DRAFT).await?;
    let numbers = section(&page, "computed").await?;
    try_what_if(&page).await?;
    page.until(
        "other numbers",
        "return !document.querySelector('[data-section=computed]').textContent.includes('20 of 24')",
        json!([]),
    )
    .await?;
    ensure!(page.stored(DRAFT).await? == before, "a what-if was stored");
    page.press("Undo").await?;
    page.until(
        "the old numbers",
        "return document.querySelector('[data-section=computed]').textContent.includes('20 of 24')",
        json!([]),
    )
    .await?;
    ensure!(section(&page, "computed").await? == numbers, "Undo does not bring the result back");
    try_what_if(&page).await?;
    page.press("Keep this change").await?;
    page.saved("g3-02=4").await?;
    page.reload().await?;
    page.at("result").await?;
    ensure!(section(&page, "computed").await?.contains("21 of 24"), "the kept change is gone after a reload");
    Ok(())
}

async fn target_is_set_here(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    to_result(&page).await?;
    let lists = "[data-section=target] select, [data-section=target] input";
    ensure!(page.count(lists).await? >= 2, "level and year cannot be set");
    let script = "const list = document.querySelector('[data-section=target] select'); list.value = '5'; list.dispatchEvent(new Event('change', { bubbles: true }))";
    page.js(script, json!([])).await?;
    page.saved("target=5").await?;
    page.reload().await?;
    page.at("result").await?;
    page.until(
        "the target after a reload",
        "return document.querySelector('[data-section=target] select').value === '5'",
        json!([]),
    )
    .await?;
    Ok(())
}

async fn too_few_answers_give_no_level(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    page.start("short").await?;
    for step in crate::sheet::STEPS {
        page.at(step).await?;
        page.press("Continue").await?;
        page.press("Go on without them").await?;
    }
    page.at("signs").await?;
    page.press("Review").await?;
    page.at("review").await?;
    page.press("See my result").await?;
    page.at("result").await?;
    let sentence = page.read("h1").await?;
    ensure!(sentence.contains("Not enough answers"), "without an answer the page says: {sentence}");
    Ok(())
}
