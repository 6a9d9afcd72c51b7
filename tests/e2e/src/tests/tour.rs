//! Ways through the app that several subjects share.

use anyhow::Result;
use serde_json::json;

use crate::harness::page::Page;
use crate::sheet::{ALL_STEPS, SHORT, STEPS, TICKS, draft, full, top};

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

/// Everything that is folded away.
pub async fn unfold(page: &Page) -> Result<()> {
    page.js("for (const part of document.querySelectorAll('details')) part.open = true", json!([])).await?;
    Ok(())
}

/// Every screen of the matrix and the practices once, with answers, and as they look when something is wrong.
pub async fn tour_instruments(page: &Page, mut visit: impl AsyncFnMut(&Page, &str) -> Result<()>) -> Result<()> {
    let edition = page.site.edition()?;
    page.resume("", &full(&edition, "matrix.intellectual", ""), "matrix.intellectual").await?;
    for step in ALL_STEPS.into_iter().filter(|step| step.contains('.')) {
        page.go(step).await?;
        unfold(page).await?;
        visit(page, step).await?;
    }
    page.go("practice.shares").await?;
    page.pick("#own-1-0", "90").await?;
    page.shows(".bsh-wrong[role=alert]").await?;
    visit(page, "shares-refused").await?;
    // Nothing answered: blanks, and results that say so.
    page.resume("", &draft(&edition, "matrix.passion", &[], ""), "matrix.passion").await?;
    page.press_at(".bsh-moves .bsh-primary").await?;
    page.shows(".bsh-errors").await?;
    visit(page, "matrix-blanks").await?;
    for step in ["matrix.result", "practice.result"] {
        page.go(step).await?;
        visit(page, &format!("{step}-empty")).await?;
    }
    Ok(())
}

/// The plan full, in use, empty, and at the top.
pub async fn tour_plan(page: &Page, mut visit: impl AsyncFnMut(&Page, &str) -> Result<()>) -> Result<()> {
    let edition = page.site.edition()?;
    page.resume("", &full(&edition, "plan", ""), "plan").await?;
    visit(page, "plan").await?;
    unfold(page).await?;
    visit(page, "plan-unfolded").await?;
    page.resume("", &draft(&edition, "plan", &[], ""), "plan").await?;
    visit(page, "plan-empty").await?;
    page.resume("", &top(&edition, "plan", ""), "plan").await?;
    visit(page, "plan-top").await
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
