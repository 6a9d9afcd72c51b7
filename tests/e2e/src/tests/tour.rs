//! Ways through the app that several subjects share.

use anyhow::Result;
use serde_json::json;

use super::customer::invitation;
use super::portfolio::generate;
use crate::harness::page::{Page, WORKSPACE};
use crate::sheet::{ALL_STEPS, PEOPLE, SHORT, STEPS, TICKS, account, draft, full, top, view, views};

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

/// The plan full, in use, empty, and at the top; and the report.
pub async fn tour_plan(page: &Page, mut visit: impl AsyncFnMut(&Page, &str) -> Result<()>) -> Result<()> {
    let edition = page.site.edition()?;
    page.resume("", &full(&edition, "plan", ""), "plan").await?;
    visit(page, "plan").await?;
    unfold(page).await?;
    visit(page, "plan-unfolded").await?;
    page.go("report").await?;
    visit(page, "report").await?;
    page.resume("", &draft(&edition, "plan", &[], ""), "plan").await?;
    visit(page, "plan-empty").await?;
    page.resume("", &top(&edition, "plan", ""), "plan").await?;
    visit(page, "plan-top").await
}

/// Accounts and everything around them: lists of several lengths, an account with views and rounds, comparisons, files, an
/// invitation from its first page to the way back. `lang` is what somebody chose; blank for what the browser wants.
pub async fn tour_accounts(
    page: &Page,
    lang: &str,
    mut visit: impl AsyncFnMut(&Page, &str) -> Result<()>,
) -> Result<()> {
    let edition = page.site.edition()?;
    // The list: empty, with some, with too many for one page.
    page.goto(&page.site.host("blank")).await?;
    page.js("localStorage.clear()", json!([])).await?;
    page.keep_accounts(&[], "", lang).await?;
    page.open("").await?;
    page.ready().await?;
    page.go("accounts").await?;
    visit(page, "accounts-0").await?;
    let long = "Rechtsschutzversicherungsgesellschaften und Donaudampfschifffahrt";
    let about = "about.1.owner=Eva\nabout.1.tags=north, Betriebsunfähigkeitsversicherung\nabout.1.remind=2026-01-02\n";
    let invite =
        "invite=61\ninvite.61.token=K3F9AC7Q\ninvite.61.person=4\ninvite.61.round=2\ninvite.61.date=2026-03-04\n";
    let people = [PEOPLE, &views(&edition, 3), about, invite].concat();
    // The three answered in the second round; the first one had the own view alone.
    let rich = account(&edition, long, &people)
        .replace("=1 4 2026", "=2 4 2026")
        .replace("=1 2 2026", "=2 2 2026")
        .replace("=1 6 2026", "=2 6 2026")
        .replace("about.1.round=1", "about.1.round=2")
        .replacen("=51 52 53", "=71 51 52 53", 1)
        + view(71, (1, 0, "2025-03-05"), &edition, [4, 0, 0, 0]).as_str();
    let plain = account(&edition, "Metal Works", "");
    page.keep_accounts(&[("metal001", plain), ("blue0002", rich)], long, lang).await?;
    page.open("").await?;
    page.at("accounts").await?;
    visit(page, "accounts-2").await?;
    for id in 1..=2 {
        page.press_at(&format!("table.bsh-accounts tbody tr:nth-child({id}) label")).await?;
    }
    page.until("two ticks", "return !document.querySelector('#bsh-compare').disabled", json!([])).await?;
    page.press_at("#bsh-compare").await?;
    page.at("compare").await?;
    unfold(page).await?;
    visit(page, "compare").await?;
    // An account with everything on it.
    page.go_in("a:blue0002", "account").await?;
    unfold(page).await?;
    visit(page, "account").await?;
    page.press_at("[data-section=invite] .bsh-ways button:last-of-type").await?;
    page.shows(".bsh-qr").await?;
    visit(page, "account-qr").await?;
    for round in [1, 2] {
        page.press_at(&format!("[data-section=history] label:has(input[name=round-{round}])")).await?;
    }
    page.press_at("[data-section=history] .bsh-ways button").await?;
    page.at("compare").await?;
    visit(page, "compare-rounds").await?;
    page.go_in("a:blue0002", "report").await?;
    visit(page, "account-report").await?;
    page.go_in("a:metal001", "account").await?;
    visit(page, "account-own").await?;
    page.press_at("[data-section=about] .bsh-danger").await?;
    page.shows(".bsh-ask").await?;
    visit(page, "account-remove").await?;
    // What a file would change; the second answers of a person.
    page.go("accounts").await?;
    let file = format!(
        r#"{{"format": "bsh-workspace", "version": 1, "company": "x", "accounts": [
            {{"id": "metal001", "revision": 1, "pack": "{edition}", "account": "{long}"}},
            {{"id": "green003", "revision": 1, "pack": "{edition}", "account": "{long}"}}, {{"id": "?"}}]}}"#
    );
    page.open_file("accounts.json", &file).await?;
    page.at("import").await?;
    visit(page, "import").await?;
    generate(page, 200, 2).await?;
    if !lang.is_empty() {
        let list = page.stored(WORKSPACE).await?.unwrap_or_default().replace("lang=", &format!("lang={lang}"));
        page.store(WORKSPACE, &list).await?;
    }
    page.open("").await?;
    page.at("accounts").await?;
    visit(page, "accounts-200").await?;
    // The other side, in a storage with nothing else.
    page.js("localStorage.clear()", json!([])).await?;
    page.keep_accounts(&[], "", lang).await?;
    page.open("").await?;
    page.ready().await?;
    let link = invitation("1", &edition, if lang.is_empty() { "en" } else { lang }, "K3F9AC7Q", "Anna");
    page.follow(&link).await?;
    page.at("invited").await?;
    visit(page, "invited").await?;
    page.press_at(".bsh-start .bsh-primary").await?;
    for (step, answers) in STEPS.iter().zip(SHORT) {
        page.at(step).await?;
        page.fill(answers).await?;
        page.press_at(".bsh-moves .bsh-primary").await?;
    }
    page.at("review").await?;
    page.press_at(".bsh-moves .bsh-primary").await?;
    page.at("result").await?;
    unfold(page).await?;
    visit(page, "customer-result").await?;
    page.press_at(".bsh-tabs button:nth-of-type(2)").await?;
    page.at("handback").await?;
    unfold(page).await?;
    visit(page, "handback").await
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
