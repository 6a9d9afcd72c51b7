//! Sizes: no sideways scroll, targets, text, print.

use std::rc::Rc;

use anyhow::{Result, bail, ensure};
use serde_json::json;

use super::tour::{to_result, tour};
use crate::harness::engine::Kind;
use crate::harness::page::Page;
use crate::harness::run::{Env, Test};
use crate::harness::server::{Options, Wasm};

pub fn tests() -> Vec<Test> {
    crate::tests![
        no_sideways_scroll_at_320,
        targets_are_large_enough,
        drawing_is_legible_at_320,
        print_shows_a_report in [Kind::Chromium],
        nothing_moves_under_reduced_motion in [Kind::Chromium],
    ]
}

/// A page that is 320 pixels wide.
pub async fn narrow(env: &Env, options: Options) -> Result<Page> {
    let mut page = env.page(options).await?;
    if env.kind == Kind::Chromium {
        page.view(320, 640).await?;
    } else {
        page.frame = Some("frame-320");
    }
    Ok(page)
}

const WIDE: &str = "const root = document.scrollingElement;
    if (root.scrollWidth <= innerWidth && innerWidth <= 320) return '';
    const seen = (e) => e.getClientRects().length > 0;
    const out = [...document.querySelectorAll('body *')].filter((e) => seen(e) && e.getBoundingClientRect().right > innerWidth + 1);
    return `${root.scrollWidth} of ${innerWidth} px: ` + out.slice(0, 5).map((e) => `${e.tagName.toLowerCase()}.${e.getAttribute('class') || ''}`).join(', ')";

async fn no_sideways_scroll_at_320(env: Rc<Env>) -> Result<()> {
    let page = narrow(&env, env.options()).await?;
    let mut faults = Vec::new();
    tour(&page, async |page, name| {
        let wide = page.text(WIDE, json!([])).await?;
        if !wide.is_empty() {
            faults.push(format!("{name}: {wide}"));
        }
        Ok(())
    })
    .await?;
    let page = narrow(&env, Options { faulty: true, wasm: Wasm::Missing, ..env.options() }).await?;
    page.open("").await?;
    page.panel().await?;
    let wide = page.text(WIDE, json!([])).await?;
    if !wide.is_empty() {
        faults.push(format!("panel: {wide}"));
    }
    ensure!(faults.is_empty(), "{}", faults.join("; "));
    Ok(())
}

/// Every control with the area that takes a click for it; links inside a sentence are exempt in WCAG.
const SMALL: &str = "const seen = (e) => e.getClientRects().length > 0 && getComputedStyle(e).visibility !== 'hidden';
    const out = [];
    for (const e of document.querySelectorAll('a[href], button, input, select, textarea, summary')) {
        const label = /^(radio|checkbox|file)$/.test(e.type) && e.closest('label');
        const target = label || e;
        if (!seen(target)) continue;
        const { width, height } = target.getBoundingClientRect();
        const answer = target.matches('.bsh-cell, .bsh-moves button, #bsh-go, input[type=text]');
        const least = answer ? 44 : 24;
        if (width < Math.min(least, 44) || height + 0.01 < least) {
            out.push(`${target.tagName.toLowerCase()}.${target.className} ${(target.textContent || e.id).trim().slice(0, 20)} ${Math.round(width)}x${Math.round(height)} < ${least}`);
        }
    }
    for (const e of document.querySelectorAll('input[type=text], select, textarea')) {
        if (seen(e) && parseFloat(getComputedStyle(e).fontSize) < 16) out.push(`${e.id} has text under 16 px`);
    }
    return [...new Set(out)].slice(0, 6).join(', ')";

async fn targets_are_large_enough(env: Rc<Env>) -> Result<()> {
    let mut faults = Vec::new();
    for wide in [false, true] {
        let page = if wide {
            if env.kind == Kind::Chromium {
                let page = env.plain().await?;
                page.view(1280, 900).await?;
                page
            } else {
                env.plain().await?
            }
        } else {
            narrow(&env, env.options()).await?
        };
        tour(&page, async |page, name| {
            let small = page.text(SMALL, json!([])).await?;
            if !small.is_empty() {
                faults.push(format!("{name} ({}): {small}", if wide { "wide" } else { "narrow" }));
            }
            Ok(())
        })
        .await?;
    }
    ensure!(faults.is_empty(), "{}", faults.join("; "));
    Ok(())
}

async fn drawing_is_legible_at_320(env: Rc<Env>) -> Result<()> {
    let page = narrow(&env, env.options()).await?;
    to_result(&page).await?;
    let script = "const svg = [...document.querySelectorAll('figure.bsh-pyramid svg[role=img]')].find((e) => e.getClientRects().length > 0);
        if (!svg) return 'no drawing';
        const { width, height } = svg.getBoundingClientRect();
        if (width < 200 || height < 150) return `the drawing is ${width} x ${height}`;
        const scale = svg.getScreenCTM().a;
        const small = [...svg.querySelectorAll('text')].map((t) => [t.textContent, parseFloat(getComputedStyle(t).fontSize) * scale]).filter(([, size]) => size < 11.95);
        return small.map(([words, size]) => `\"${words}\" at ${size.toFixed(1)} px`).join(', ')";
    let fault = page.text(script, json!([])).await?;
    ensure!(fault.is_empty(), "{fault}");
    Ok(())
}

async fn print_shows_a_report(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    to_result(&page).await?;
    page.media("print", &[]).await?;
    let script = "const seen = (e) => e.getClientRects().length > 0 && getComputedStyle(e).visibility !== 'hidden';
        const controls = [...document.querySelectorAll('button, select[data-whatif], textarea')].filter(seen).map((e) => e.textContent.trim() || e.id);
        const wanted = ['h1', 'figure.bsh-pyramid svg[role=img]', 'table.bsh-levels', '[data-section=confidence]', '[data-section=why]', '[data-section=computed] li']
            .filter((s) => ![...document.querySelectorAll(s)].some(seen));
        return [controls.length ? `controls on paper: ${controls.slice(0, 5).join(', ')}` : '', wanted.length ? `not on paper: ${wanted.join(', ')}` : ''].filter(Boolean).join('; ')";
    let fault = page.text(script, json!([])).await?;
    if !fault.is_empty() {
        bail!("{fault}");
    }
    Ok(())
}

async fn nothing_moves_under_reduced_motion(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    page.media("", &[("prefers-reduced-motion", "reduce")]).await?;
    tour(&page, async |page, name| {
        let script = "const moving = (e) => getComputedStyle(e).transitionDuration.split(',').some((d) => parseFloat(d) > 0.01) || getComputedStyle(e).animationName.split(',').some((n, i) => n !== 'none' && parseFloat(getComputedStyle(e).animationDuration.split(',')[i] || '0') > 0.01);
            return [...document.querySelectorAll('*')].filter(moving).slice(0, 4).map((e) => `${e.tagName.toLowerCase()}.${e.getAttribute('class') || ''}`).join(', ')";
        let moving = page.text(script, json!([])).await?;
        ensure!(moving.is_empty(), "on {name} these move: {moving}");
        Ok(())
    })
    .await
}
