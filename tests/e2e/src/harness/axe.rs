//! Runs axe on the page.
//! Knows axe; must not know the page.

use anyhow::{Result, ensure};
use serde_json::{Value, json};

use super::page::Page;

/// One line per violation: rule, then the elements that break it.
const RUN: &str = r"
    const done = arguments[arguments.length - 1];
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    window.axe.run(document, { runOnly: { type: 'tag', values: tags }, preload: false, iframes: false, resultTypes: ['violations'] })
        .then((r) => done(JSON.stringify({
            passes: r.passes.length,
            found: r.violations.map((v) => `${v.id}: ` + v.nodes.slice(0, 4).map((n) => n.target.join(' ') + ' ('
                + (n.any[0] || n.all[0] || n.none[0] || { message: '' }).message + ')').join(', ')),
        })), (e) => done(JSON.stringify({ passes: 0, found: [`axe failed: ${e}`] })));";

/// The violations on the page as it is now.
pub async fn violations(page: &Page, axe: &str) -> Result<Vec<String>> {
    if !page.is("return typeof window.axe === 'object'", json!([])).await? {
        let inject = format!("{axe}; window.axe = window.axe || axe;");
        page.js(&inject, json!([])).await?;
    }
    let answer = page.driver.execute_async(RUN, Vec::new()).await?;
    let answer: Value = serde_json::from_str(answer.json().as_str().unwrap_or_default())?;
    ensure!(
        answer["passes"].as_u64() > Some(0) || answer["found"].as_array().is_some_and(|f| !f.is_empty()),
        "axe looked at nothing"
    );
    let found = answer["found"].as_array().cloned().unwrap_or_default();
    Ok(found.iter().filter_map(|line| line.as_str().map(str::to_owned)).collect())
}
