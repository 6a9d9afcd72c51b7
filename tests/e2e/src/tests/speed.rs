//! How long an answer takes to show on a slow device.

use std::rc::Rc;

use anyhow::{Result, ensure};
use serde_json::json;

use crate::harness::engine::Kind;
use crate::harness::page::Page;
use crate::harness::run::{Env, Test};
use crate::sheet::{SHORT, STEPS, full};

pub fn tests() -> Vec<Test> {
    crate::tests![
        answers_show_within_50_ms in [Kind::Chromium],
        typing_in_the_plan_shows_within_100_ms in [Kind::Chromium],
        what_if_shows_within_100_ms in [Kind::Chromium],
    ]
}

const LIMIT: f64 = 50.0;

/// From the pointer's event to the first moment after the frame that shows the answer: the cell is chosen and the
/// count of answers has moved.
const WATCH: &str = "window.__times = window.__times || [];
    const count = () => document.querySelector('.bsh-progress span').textContent;
    let from = 0;
    let before = '';
    addEventListener('pointerup', (e) => { from = e.timeStamp; before = count(); }, true);
    addEventListener('change', (e) => {
        const input = e.target;
        const look = () => {
            if (!input.checked || count() === before) return requestAnimationFrame(look);
            const channel = new MessageChannel();
            channel.port1.onmessage = () => window.__times.push(performance.now() - from);
            channel.port2.postMessage(0);
        };
        requestAnimationFrame(look);
    }, true);";

async fn measure(page: &Page) -> Result<Vec<f64>> {
    page.open("").await?;
    page.begin("short").await?;
    page.js(WATCH, json!([])).await?;
    page.cdp("Emulation.setCPUThrottlingRate", json!({ "rate": 4 })).await?;
    let mut asked = 0;
    for (step, answers) in STEPS.iter().zip(SHORT) {
        page.at(step).await?;
        for (item, value) in answers {
            page.choose(item, value).await?;
            asked += 1;
            page.until("the time of the answer", "return window.__times.length === arguments[0]", json!([asked]))
                .await?;
        }
        page.press("Continue").await?;
    }
    page.cdp("Emulation.setCPUThrottlingRate", json!({ "rate": 1 })).await?;
    let times = page.js("return window.__times", json!([])).await?;
    let mut times: Vec<f64> = times.as_array().into_iter().flatten().filter_map(|time| time.as_f64()).collect();
    times.sort_by(f64::total_cmp);
    Ok(times)
}

async fn answers_show_within_50_ms(env: Rc<Env>) -> Result<()> {
    // The slowest answer also waits for whatever else the machine does: the best of three runs counts.
    let mut best: Option<(f64, f64)> = None;
    for _ in 0..3 {
        let times = measure(&env.plain().await?).await?;
        ensure!(times.len() == 24, "{} answers were measured", times.len());
        let (median, most) = ((times[11] + times[12]) / 2.0, times[23]);
        println!("     answers at a 4x slow-down: median {median:.1} ms, slowest {most:.1} ms");
        if best.is_none_or(|(_, slowest)| most < slowest) {
            best = Some((median, most));
        }
        if most <= LIMIT {
            break;
        }
    }
    let (median, most) = best.unwrap_or((f64::MAX, f64::MAX));
    ensure!(median <= LIMIT, "the median is {median:.1} ms");
    ensure!(most <= LIMIT, "the slowest answer took {most:.1} ms in the best of three runs (median {median:.1} ms)");
    Ok(())
}

const LATER_LIMIT: f64 = 100.0;

/// From an event to the first moment after the frame in which the words of another element have changed.
pub const WATCH_WORDS: &str = "const [type, field, words] = arguments;
    window.__times = [];
    const told = () => document.querySelector(words)?.textContent;
    let from = 0;
    let before = '';
    addEventListener(type, (e) => {
        if (!e.target.matches(field)) return;
        [from, before] = [e.timeStamp, told()];
        const look = () => {
            if (told() === before) return requestAnimationFrame(look);
            const channel = new MessageChannel();
            channel.port1.onmessage = () => window.__times.push(performance.now() - from);
            channel.port2.postMessage(0);
        };
        requestAnimationFrame(look);
    }, true);";

/// The median of what was measured, and the slowest; printed.
async fn told(page: &Page, what: &str, count: usize) -> Result<f64> {
    page.cdp("Emulation.setCPUThrottlingRate", json!({ "rate": 1 })).await?;
    let times = page.js("return window.__times", json!([])).await?;
    let mut times: Vec<f64> = times.as_array().into_iter().flatten().filter_map(|time| time.as_f64()).collect();
    ensure!(times.len() == count, "{} of {count} were measured", times.len());
    times.sort_by(f64::total_cmp);
    let (median, most) = ((times[(count - 1) / 2] + times[count / 2]) / 2.0, times[count - 1]);
    println!("     {what} at a 4x slow-down: median {median:.1} ms, slowest {most:.1} ms");
    Ok(median)
}

async fn best_of_three(mut measure: impl AsyncFnMut() -> Result<f64>) -> Result<()> {
    let mut best = f64::MAX;
    for _ in 0..3 {
        best = best.min(measure().await?);
        if best <= LATER_LIMIT {
            return Ok(());
        }
    }
    anyhow::bail!("the median is {best:.1} ms in the best of three runs")
}

/// In the fullest plan that the tests have: every letter is in the sentence below the field.
async fn typing_in_the_plan_shows_within_100_ms(env: Rc<Env>) -> Result<()> {
    best_of_three(async || {
        let page = env.plain().await?;
        page.resume("", &full(&page.site.edition()?, "plan", ""), "plan").await?;
        let (field, words) = ("#goal-21-2", "[data-section=goals] blockquote");
        page.press_at(field).await?;
        page.js(WATCH_WORDS, json!(["keydown", field, words])).await?;
        page.cdp("Emulation.setCPUThrottlingRate", json!({ "rate": 4 })).await?;
        let letters = "the new line in the plant";
        for (typed, letter) in letters.chars().filter(|c| *c != ' ').enumerate() {
            page.strike(letter).await?;
            page.until("the time of the letter", "return window.__times.length === arguments[0]", json!([typed + 1]))
                .await?;
        }
        told(&page, "letters in the plan", letters.replace(' ', "").len()).await
    })
    .await
}

async fn what_if_shows_within_100_ms(env: Rc<Env>) -> Result<()> {
    best_of_three(async || {
        let page = env.plain().await?;
        page.resume("", &full(&page.site.edition()?, "result", ""), "result").await?;
        page.js(WATCH_WORDS, json!(["change", "select[data-whatif]", ".bsh-verdict"])).await?;
        page.cdp("Emulation.setCPUThrottlingRate", json!({ "rate": 4 })).await?;
        for tried in 1..=10 {
            let value = if tried % 2 == 1 { "0" } else { "4" };
            page.pick("select[data-whatif='g3-02']", value).await?;
            page.until("the time of the what-if", "return window.__times.length === arguments[0]", json!([tried]))
                .await?;
        }
        told(&page, "what-ifs on the result", 10).await
    })
    .await
}
