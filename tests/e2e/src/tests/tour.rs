//! Ways through the app that several subjects share.

use anyhow::Result;
use serde_json::json;

use crate::harness::page::Page;
use crate::sheet::{SHORT, STEPS, TICKS};

/// Answers the whole short form from the first gate to the page of signs.
pub async fn answer_all(page: &Page) -> Result<()> {
    for (step, answers) in STEPS.iter().zip(SHORT) {
        page.at(step).await?;
        page.fill(answers).await?;
        page.press("Continue").await?;
    }
    page.at("signs").await
}

/// From the start page to the result.
pub async fn to_result(page: &Page) -> Result<()> {
    page.start("short").await?;
    answer_all(page).await?;
    from_signs(page).await
}

pub async fn from_signs(page: &Page) -> Result<()> {
    for name in TICKS {
        page.js("document.querySelector(`input[name='${arguments[0]}']`).click()", json!([name])).await?;
    }
    page.press("Review").await?;
    page.at("review").await?;
    page.press("See my result").await?;
    page.at("result").await
}

/// Chooses another value in the first what-if list.
pub async fn try_what_if(page: &Page) -> Result<()> {
    let script = "const list = document.querySelector('select[data-whatif]');
        list.value = '4';
        list.dispatchEvent(new Event('change', { bubbles: true }));";
    page.js(script, json!([])).await?;
    page.button("Keep this change").await?;
    Ok(())
}

/// Every screen once, in the order in which a visitor meets them; `visit` gets the name of each.
pub async fn tour(page: &Page, mut visit: impl AsyncFnMut(&Page, &str) -> Result<()>) -> Result<()> {
    page.open("").await?;
    page.ready().await?;
    visit(page, "start").await?;
    page.type_into("#bsh-account", "Metal Works").await?;
    page.type_into("#bsh-part", "Plant North").await?;
    page.begin("short").await?;
    page.press("Continue").await?;
    page.shows(".bsh-errors").await?;
    visit(page, "errors").await?;
    for (step, answers) in STEPS.iter().zip(SHORT) {
        page.at(step).await?;
        page.fill(answers).await?;
        visit(page, step).await?;
        page.press("Continue").await?;
    }
    page.at("signs").await?;
    visit(page, "signs").await?;
    for name in TICKS {
        page.js("document.querySelector(`input[name='${arguments[0]}']`).click()", json!([name])).await?;
    }
    page.press("Review").await?;
    page.at("review").await?;
    visit(page, "review").await?;
    page.press("See my result").await?;
    page.at("result").await?;
    visit(page, "result").await?;
    page.js("document.querySelector('details[data-section=computed]').open = true", json!([])).await?;
    try_what_if(page).await?;
    visit(page, "what-if").await?;
    page.press("Undo").await?;
    page.press("Erase").await?;
    page.button("Erase everything").await?;
    visit(page, "erase").await?;
    page.press("Keep").await?;
    page.visit_again().await?;
    page.at("return").await?;
    visit(page, "return").await?;
    page.press("Delete").await?;
    page.button("Keep them").await?;
    visit(page, "delete").await
}
