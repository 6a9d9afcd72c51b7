//! Sizes: no sideways scroll, targets, text, print.

use std::rc::Rc;

use anyhow::{Result, bail, ensure};
use serde_json::json;

use super::tour::{to_result, tour, tour_accounts, tour_instruments, tour_plan, unfold};
use crate::harness::engine::Kind;
use crate::harness::page::Page;
use crate::harness::run::{Env, Test};
use crate::harness::server::{Options, Wasm};
use crate::sheet::{ALL_STEPS, PEOPLE, account, full, views};

pub fn tests() -> Vec<Test> {
    crate::tests![
        no_sideways_scroll_at_320,
        later_pages_fit_into_320,
        everything_fits_into_320_in_every_language,
        accounts_fit_into_320_in_every_language,
        wider_text_fits_into_320,
        later_targets_are_large_enough,
        targets_of_accounts_are_large_enough,
        account_prints_as_a_report in [Kind::Chromium],
        matrix_is_legible_at_320,
        later_pages_print_as_a_report in [Kind::Chromium],
        later_pages_do_not_move_under_reduced_motion in [Kind::Chromium],
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
    // What lies in a box that scrolls by itself does not make the page wider.
    const held = (e) => e.parentElement && (getComputedStyle(e.parentElement).overflowX !== 'visible' || held(e.parentElement));
    const out = [...document.querySelectorAll('body *')].filter((e) => seen(e) && !held(e) && e.getBoundingClientRect().right > innerWidth + 1);
    return `${root.scrollWidth} of ${innerWidth} px: ` + out.slice(0, 5).map((e) => `${e.tagName.toLowerCase()}.${e.getAttribute('class') || ''} \"${e.textContent.trim().slice(0, 40)}\"`).join(', ')";

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

/// Words that do not fit into the box that is made for them. With an argument, a drawing that cuts nothing off is no such
/// box, and the window is.
const CLIPPED: &str = "const out = [];
    const seen = (e) => e.getClientRects().length > 0 && e.clientWidth > 1 && getComputedStyle(e).display !== 'inline';
    for (const e of document.querySelectorAll('button, label, legend, summary, h1, h2, h3, h4, th, td, blockquote, .bsh-badge')) {
        if (seen(e) && e.scrollWidth > e.clientWidth + 1) out.push(`${e.tagName.toLowerCase()} \"${e.textContent.trim().slice(0, 30)}\" ${e.scrollWidth} in ${e.clientWidth}`);
    }
    for (const svg of document.querySelectorAll('svg[viewBox]')) {
        if (!svg.getClientRects().length) continue;
        const { x, width } = svg.viewBox.baseVal;
        const open = arguments[0] && getComputedStyle(svg).overflow === 'visible';
        for (const t of svg.querySelectorAll('text')) {
            if (open) {
                const { left, right } = t.getBoundingClientRect();
                if (left < 0 || right > innerWidth) out.push(`\"${t.textContent}\" leaves the window`);
                continue;
            }
            const box = t.getBBox();
            if (box.x < x - 1 || box.x + box.width > x + width + 1) out.push(`\"${t.textContent}\" leaves its drawing`);
        }
    }
    return [...new Set(out)].slice(0, 6).join(', ')";

/// Buttons, headings and labels whose text did not come with this language or this file.
const NAMELESS: &str = "const seen = (e) => e.getClientRects().length > 0;
    const out = [...document.querySelectorAll('button, label, legend, summary, option, h1, h2, h3, h4, th:not(thead th:first-child), blockquote')]
        // What is around a tick box alone is named by it.
        .filter((e) => (seen(e) || e.tagName === 'OPTION') && !(e.textContent.trim() || e.getAttribute('aria-label') || e.querySelector('input[aria-label]')))
        .map((e) => `${e.tagName.toLowerCase()}.${e.className}`);
    const holes = document.querySelector('.bsh-app')?.innerText.match(/\\{\\w+\\}/g) || [];
    return [...new Set([...out.map((e) => `${e} says nothing`), ...holes])].slice(0, 6).join(', ')";

async fn fits(page: &Page, name: &str, faults: &mut Vec<String>) -> Result<()> {
    for script in [WIDE, CLIPPED, NAMELESS] {
        let fault = page.text(script, json!([])).await?;
        if !fault.is_empty() {
            faults.push(format!("{name}: {fault}"));
        }
    }
    Ok(())
}

async fn later_pages_fit_into_320(env: Rc<Env>) -> Result<()> {
    let page = narrow(&env, env.options()).await?;
    let mut faults = Vec::new();
    tour_instruments(&page, async |page, name| fits(page, name, &mut faults).await).await?;
    tour_plan(&page, async |page, name| fits(page, name, &mut faults).await).await?;
    ensure!(faults.is_empty(), "{}", faults.join("; "));
    Ok(())
}

async fn everything_fits_into_320_in_every_language(env: Rc<Env>) -> Result<()> {
    let mut faults = Vec::new();
    for lang in ["en", "nl", "sv"] {
        let page = narrow(&env, env.options()).await?;
        // Chosen earlier: a frame has no address of its own to name it.
        let draft = full(&page.site.edition()?, "gate-2", &format!("lang={lang}\n"));
        page.goto(&page.site.host("blank")).await?;
        page.store(crate::harness::page::DRAFT, &draft).await?;
        page.open("").await?;
        page.at("return").await?;
        page.until("its language", "return document.documentElement.lang === arguments[0]", json!([lang])).await?;
        fits(&page, &format!("return in {lang}"), &mut faults).await?;
        for step in ALL_STEPS.into_iter().chain(["report"]) {
            page.go(step).await?;
            unfold(&page).await?;
            fits(&page, &format!("{step} in {lang}"), &mut faults).await?;
        }
        page.press_at(".bsh-erase").await?;
        page.shows(".bsh-ask").await?;
        fits(&page, &format!("erase in {lang}"), &mut faults).await?;
        page.press_at(".bsh-ask .bsh-danger").await?;
        page.at("start").await?;
        fits(&page, &format!("start in {lang}"), &mut faults).await?;
        page.press_at("#bsh-go").await?;
        page.at("gate-2").await?;
        page.back().await?;
        page.at("return").await?;
        for nth in [2, 3] {
            page.press_at(&format!(".bsh-return .bsh-moves button:nth-child({nth})")).await?;
            page.shows(".bsh-ask").await?;
            fits(&page, &format!("question {nth} of the return page in {lang}"), &mut faults).await?;
        }
    }
    ensure!(faults.is_empty(), "{}", faults.join("; "));
    Ok(())
}

async fn accounts_fit_into_320_in_every_language(env: Rc<Env>) -> Result<()> {
    let mut faults = Vec::new();
    for lang in ["en", "nl", "sv"] {
        let page = narrow(&env, env.options()).await?;
        tour_accounts(&page, lang, async |page, name| {
            let shown = page.text("return document.documentElement.lang", json!([])).await?;
            ensure!(shown == lang, "{name} is in {shown} and not in {lang}");
            fits(page, &format!("{name} in {lang}"), &mut faults).await
        })
        .await?;
    }
    ensure!(faults.is_empty(), "{}", faults.join("; "));
    Ok(())
}

/// The distances that WCAG 1.4.12 lets a reader set, put over the page's own.
const WIDER: &str = "if (!document.adoptedStyleSheets.some((sheet) => sheet.wider)) {
        const sheet = new CSSStyleSheet();
        sheet.wider = true;
        sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }');
        document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    }
    return parseFloat(getComputedStyle(document.querySelector('h1')).letterSpacing) > 1";

async fn wider_text_fits_into_320(env: Rc<Env>) -> Result<()> {
    let page = narrow(&env, env.options()).await?;
    let mut faults = Vec::new();
    let mut look = async |page: &Page, name: &str| -> Result<()> {
        ensure!(page.is(WIDER, json!([])).await?, "the letters on {name} are not wider");
        for script in [WIDE, CLIPPED, NAMELESS] {
            // A drawing may let its words out: they are seen there too.
            let fault = page.text(script, json!([true])).await?;
            if !fault.is_empty() {
                faults.push(format!("{name}: {fault}"));
            }
        }
        Ok(())
    };
    tour(&page, &mut look).await?;
    tour_instruments(&page, &mut look).await?;
    tour_plan(&page, &mut look).await?;
    tour_accounts(&page, "", &mut look).await?;
    ensure!(faults.is_empty(), "{}", faults.join("; "));
    Ok(())
}

async fn targets_of_accounts_are_large_enough(env: Rc<Env>) -> Result<()> {
    let mut faults = Vec::new();
    for wide in [false, true] {
        let page = if wide { env.plain().await? } else { narrow(&env, env.options()).await? };
        if wide && env.kind == Kind::Chromium {
            page.view(1280, 900).await?;
        }
        tour_accounts(&page, "", async |page, name| {
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

/// Paper takes what an account says and none of what one can do with it.
async fn account_prints_as_a_report(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    let edition = page.site.edition()?;
    let text = account(&edition, "Metal Works", &[PEOPLE, &views(&edition, 3)].concat());
    page.with_accounts(&[("metal001", text)], "Our Company").await?;
    page.media("print", &[]).await?;
    let wanted = [
        ("accounts", vec!["h1", "table.bsh-accounts", "[data-section=map] svg"]),
        (
            "account",
            vec!["h1", "[data-section=headline] svg", "table.bsh-views", "table.bsh-agree", "[data-section=agenda] li"],
        ),
    ];
    let mut faults = Vec::new();
    for (step, wanted) in wanted {
        if step == "account" {
            page.go_in("a:metal001", "account").await?;
        }
        let fault = page.text(ON_PAPER, json!([wanted])).await?;
        if !fault.is_empty() {
            faults.push(format!("{step}: {fault}"));
        }
    }
    ensure!(faults.is_empty(), "{}", faults.join("; "));
    Ok(())
}

async fn later_targets_are_large_enough(env: Rc<Env>) -> Result<()> {
    let mut faults = Vec::new();
    for wide in [false, true] {
        let page = if wide { env.plain().await? } else { narrow(&env, env.options()).await? };
        if wide && env.kind == Kind::Chromium {
            page.view(1280, 900).await?;
        }
        let mut look = async |page: &Page, name: &str| {
            let small = page.text(SMALL, json!([])).await?;
            if !small.is_empty() {
                faults.push(format!("{name} ({}): {small}", if wide { "wide" } else { "narrow" }));
            }
            Ok(())
        };
        tour_instruments(&page, &mut look).await?;
        tour_plan(&page, &mut look).await?;
    }
    ensure!(faults.is_empty(), "{}", faults.join("; "));
    Ok(())
}

async fn matrix_is_legible_at_320(env: Rc<Env>) -> Result<()> {
    let page = narrow(&env, env.options()).await?;
    page.resume("", &full(&page.site.edition()?, "matrix.result", ""), "matrix.result").await?;
    legible(&page, ".bsh-matrix svg", 200).await
}

/// Controls that are on paper, and what is not though it is wanted.
const ON_PAPER: &str = "const seen = (e) => e.getClientRects().length > 0 && getComputedStyle(e).visibility !== 'hidden';
    const controls = [...document.querySelectorAll('button, nav, #bsh-lang, .bsh-grip, .bsh-footer')].filter(seen).map((e) => e.textContent.trim() || e.className || e.id);
    const missing = arguments[0].filter((s) => ![...document.querySelectorAll(s)].some(seen));
    return [controls.length ? `controls on paper: ${controls.slice(0, 5).join(', ')}` : '', missing.length ? `not on paper: ${missing.join(', ')}` : ''].filter(Boolean).join('; ')";

async fn later_pages_print_as_a_report(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    page.resume("", &full(&page.site.edition()?, "matrix.result", ""), "matrix.result").await?;
    page.media("print", &[]).await?;
    let pages: [(&str, &[&str]); 3] = [
        ("matrix.result", &["h1", ".bsh-matrix svg", "[data-section=matrix] table", "[data-section=ready] svg"]),
        (
            "practice.result",
            &[
                "h1",
                "[data-section=practice] svg",
                "[data-section=practice] table",
                "table.bsh-map",
                "[data-section=shares] table",
            ],
        ),
        (
            "plan",
            &[
                "h1",
                "[data-section=readings]",
                "[data-section=plan] [data-row] h3",
                "[data-section=charter] blockquote",
                "[data-section=goals] blockquote",
                "[data-section=flags] label",
            ],
        ),
    ];
    let mut faults = Vec::new();
    for (step, wanted) in pages {
        page.go(step).await?;
        let fault = page.text(ON_PAPER, json!([wanted])).await?;
        if !fault.is_empty() {
            faults.push(format!("{step}: {fault}"));
        }
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
    legible(&page, "figure.bsh-pyramid svg[role=img]", 150).await
}

/// The drawing that is shown of those that match is wide and high enough, and none of its words is under 12 px.
async fn legible(page: &Page, drawing: &str, height: u32) -> Result<()> {
    let script = "const svg = [...document.querySelectorAll(arguments[0])].find((e) => e.getClientRects().length > 0);
        if (!svg) return 'no drawing';
        const { width, height } = svg.getBoundingClientRect();
        if (width < 200 || height < arguments[1]) return `the drawing is ${width} x ${height}`;
        const scale = svg.getScreenCTM().a;
        const small = [...svg.querySelectorAll('text')].map((t) => [t.textContent, parseFloat(getComputedStyle(t).fontSize) * scale]).filter(([, size]) => size < 11.95);
        return small.map(([words, size]) => `\"${words}\" at ${size.toFixed(1)} px`).join(', ')";
    let fault = page.text(script, json!([drawing, height])).await?;
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

async fn still(page: &Page, name: &str) -> Result<()> {
    let script = "const moving = (e) => getComputedStyle(e).transitionDuration.split(',').some((d) => parseFloat(d) > 0.01) || getComputedStyle(e).animationName.split(',').some((n, i) => n !== 'none' && parseFloat(getComputedStyle(e).animationDuration.split(',')[i] || '0') > 0.01);
            return [...document.querySelectorAll('*')].filter(moving).slice(0, 4).map((e) => `${e.tagName.toLowerCase()}.${e.getAttribute('class') || ''}`).join(', ')";
    let moving = page.text(script, json!([])).await?;
    ensure!(moving.is_empty(), "on {name} these move: {moving}");
    Ok(())
}

async fn nothing_moves_under_reduced_motion(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    page.media("", &[("prefers-reduced-motion", "reduce")]).await?;
    tour(&page, still).await
}

async fn later_pages_do_not_move_under_reduced_motion(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    page.media("", &[("prefers-reduced-motion", "reduce")]).await?;
    tour_instruments(&page, still).await?;
    tour_plan(&page, still).await?;
    tour_accounts(&page, "", still).await
}
