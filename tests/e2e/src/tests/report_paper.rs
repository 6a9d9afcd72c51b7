//! The report on paper, read from the PDF that the browser prints, and the one-file report by itself: opened from the disk,
//! looked at, printed.

use std::path::PathBuf;
use std::rc::Rc;

use anyhow::{Context, Result, bail, ensure};
use serde::Deserialize;
use serde_json::json;

use super::report::{ask, on};
use super::report_files::imported;
use crate::harness::axe;
use crate::harness::engine::Kind;
use crate::harness::page::Page;
use crate::harness::pdf::{self, Line, Pdf};
use crate::harness::run::{Env, Test};

pub fn tests() -> Vec<Test> {
    crate::tests![
        answers_by_themselves_on_paper in PRINTS,
        account_on_paper in PRINTS,
        one_file_report_on_paper in PRINTS,
        one_file_report_is_inert,
        report_is_legible_in_grey in [Kind::Chromium],
    ]
}

/// WebKit's driver cannot print.
const PRINTS: [Kind; 2] = [Kind::Chromium, Kind::Firefox];
/// In millimetres.
const A4: (u32, u32) = (210, 297);
const LETTER: (u32, u32) = (216, 279);
/// Margins of the style of print, above and below, in points.
const ABOVE: f64 = 16.0 * 72.0 / 25.4;
const BELOW: f64 = 18.0 * 72.0 / 25.4;

/// A heading as the page has it; `card` when it is the first one of a part that is not to be split.
#[derive(Debug, Deserialize)]
struct Heading {
    text: String,
    card: bool,
}

/// What the document says, as far as paper is compared with it.
#[derive(Debug, Deserialize)]
struct Said {
    title: String,
    line: String,
    headings: Vec<Heading>,
    /// Heads of the long table of actions, if there is one.
    heads: Vec<String>,
    rows: usize,
    buttons: Vec<String>,
}

const SAID: &str = "const text = (e) => (e ? e.textContent.replace(/\\s+/g, ' ').trim() : '');
    const report = document.querySelector('.bsh-report');
    const cards = new Map([...report.querySelectorAll('.bsh-card')].map((e) => [e.querySelector('h2, h3, h4'), e]));
    return {
        title: text(document.querySelector('h1')),
        line: text(document.querySelector('.bsh-lead')),
        headings: [...report.querySelectorAll('h2, h3, h4')].map((e) => ({ text: text(e), card: cards.has(e) })),
        heads: [...report.querySelectorAll('.bsh-tasks-table thead th')].map(text),
        rows: report.querySelectorAll('.bsh-tasks-table tbody tr').length,
        buttons: [...document.querySelectorAll('button, option, summary, label')].map(text).filter((t) => t.length > 2),
    }";

async fn said(page: &Page) -> Result<Said> {
    Ok(serde_json::from_value(page.js(SAID, json!([])).await?)?)
}

/// Prints the page that is open, and says what is wrong with it on paper.
async fn faults(env: &Env, page: &Page, name: &str, sheet: (u32, u32)) -> Result<Vec<String>> {
    let said = said(page).await?;
    ensure!(said.headings.len() > 5, "the document has {} headings", said.headings.len());
    let bytes = page.print(sheet).await?;
    // Kept for people to look at.
    let folder = PathBuf::from("target").join("e2e").join(env.kind.name());
    let name = format!("{name}-{}.pdf", sheet.0);
    let pdf = pdf::read(&bytes, &folder, &name)?;
    let mut found = look(&said, &pdf, sheet, env.kind);
    found.iter_mut().for_each(|fault| *fault = format!("{name}: {fault}"));
    Ok(found)
}

fn look(said: &Said, pdf: &Pdf, sheet: (u32, u32), kind: Kind) -> Vec<String> {
    let mut faults = Vec::new();
    let points = |millimetres: u32| f64::from(millimetres) * 72.0 / 25.4;
    for (at, (width, height)) in pdf.pages.iter().enumerate() {
        if (width - points(sheet.0)).abs() > 2.0 || (height - points(sheet.1)).abs() > 2.0 {
            faults.push(format!("page {} is {width} x {height}", at + 1));
        }
    }
    let height = points(sheet.1);
    let body = |line: &&Line| line.top < height - BELOW;
    let count = pdf.pages.len();
    for page in 1..=count {
        let words: usize = pdf.page(page).filter(body).map(|line| line.text.split(' ').count()).sum();
        if words < 4 {
            faults.push(format!("page {page} has {words} words"));
        }
        let last = pdf.page(page).last().map_or("", |line| line.text.as_str());
        if kind == Kind::Chromium && last != format!("{page} / {count}") {
            faults.push(format!("page {page} of {count} ends with \"{last}\""));
        }
    }
    // Headings in order, and where each of them stands: its first line, and the line behind it.
    let mut places: Vec<(usize, usize, &Heading)> = Vec::new();
    let mut from = 0;
    for (what, text) in [("title", &said.title), ("cover line", &said.line)] {
        match pdf.find(from, text) {
            Some((at, next)) if pdf.lines[at].page == 1 => from = next,
            _ => faults.push(format!("no {what} \"{text}\" on the first page")),
        }
    }
    for heading in &said.headings {
        match pdf.find(from, &heading.text) {
            Some((at, next)) => {
                places.push((at, next, heading));
                from = next;
            }
            None => faults.push(format!("\"{}\" is not there, or not in its place", heading.text)),
        }
    }
    if places.first().is_none_or(|(at, _, _)| pdf.lines[*at].page != 1) {
        faults.push("there is nothing but a title on the first page".into());
    }
    for (at, next, heading) in &places {
        let page = pdf.lines[*at].page;
        let behind = pdf.lines.get(*next).filter(|line| body(line));
        if behind.is_none_or(|line| line.page != page) {
            faults.push(format!("\"{}\" is the last line of page {page}", heading.text));
        }
    }
    // A part of the document goes from its heading to the next part's.
    let parts: Vec<&(usize, usize, &Heading)> = places.iter().filter(|(_, _, heading)| heading.card).collect();
    for (nth, (at, _, heading)) in parts.iter().enumerate() {
        let until = parts.get(nth + 1).map_or(pdf.lines.len(), |(next, _, _)| *next);
        let lines: Vec<&Line> = pdf.lines[*at..until].iter().filter(body).collect();
        let (Some(first), Some(last)) = (lines.first(), lines.last()) else { continue };
        if first.page == last.page {
            continue;
        }
        let room = height - ABOVE - BELOW;
        let between = (last.page - first.page - 1) as f64 * room;
        let tall = (height - BELOW - first.top) + between + (last.bottom - ABOVE);
        if tall <= room {
            faults.push(format!(
                "\"{}\" would fit on a page and goes over {} and {}",
                heading.text, first.page, last.page
            ));
        }
    }
    if !said.heads.is_empty() {
        let head = said.heads.join(" ");
        let rows = |page: usize| pdf.page(page).filter(|line| line.text == head).count();
        let first = places.iter().find(|(at, _, _)| pdf.lines[*at..].iter().take(6).any(|line| line.text == head));
        match first {
            None => faults.push(format!("no table with the head \"{head}\"")),
            Some((at, _, heading)) => {
                let end = places.iter().find(|(next, _, _)| next > at).map_or(pdf.lines.len(), |(next, _, _)| *next);
                let (one, last) = (pdf.lines[*at].page, pdf.lines[end - 1].page);
                if heading.card && said.rows > 25 && one == last {
                    faults.push("the long table is on one page: nothing is tested".into());
                }
                for page in one..=last {
                    if rows(page) != 1 {
                        faults.push(format!("page {page} has {} heads of the table of actions", rows(page)));
                    }
                }
            }
        }
    }
    for button in &said.buttons {
        let heading = said.headings.iter().any(|heading| heading.text == *button);
        if !heading && pdf.lines.iter().any(|line| line.text == *button) {
            faults.push(format!("the button \"{button}\" is on paper"));
        }
    }
    faults
}

/// Is there nothing to read a PDF with?
fn cannot_read(env: &Env) -> Result<bool> {
    let missing = !pdf::there();
    if missing {
        env.lacks("pdftotext and pdfinfo are missing: install poppler-utils")?;
    }
    Ok(missing)
}

fn none(faults: &[String]) -> Result<()> {
    ensure!(faults.is_empty(), "{} faults on paper:\n  {}", faults.len(), faults.join("\n  "));
    Ok(())
}

async fn answers_by_themselves_on_paper(env: Rc<Env>) -> Result<()> {
    if cannot_read(&env)? {
        return Ok(());
    }
    let page = on(&env, "result", "").await?;
    ask(&page).await?;
    let mut all = Vec::new();
    for sheet in [A4, LETTER] {
        all.extend(faults(&env, &page, "answers", sheet).await?);
    }
    none(&all)
}

async fn account_on_paper(env: Rc<Env>) -> Result<()> {
    if cannot_read(&env)? {
        return Ok(());
    }
    let page = imported(&env).await?;
    let mut all = Vec::new();
    for lang in ["en", "nl", "sv"] {
        page.pick("#bsh-lang", lang).await?;
        page.until("its language", "return document.documentElement.lang === arguments[0]", json!([lang])).await?;
        page.at("report").await?;
        for sheet in [A4, LETTER] {
            all.extend(faults(&env, &page, &format!("account-{lang}"), sheet).await?);
        }
    }
    none(&all)
}

/// The one-file report of the page that is open, on the disk and opened from there.
async fn opened_from_disk(env: &Env, page: &Page) -> Result<PathBuf> {
    let file = page.take("[data-section=files] p:nth-of-type(3) button").await?;
    let folder = env.engine.folder().join("reports");
    std::fs::create_dir_all(&folder)?;
    let path = folder.join(&file.name);
    std::fs::write(&path, &file.bytes)?;
    page.goto(&format!("file://{}", path.canonicalize()?.display())).await?;
    page.until("the document", "return document.querySelector('footer')", json!([])).await?;
    Ok(path)
}

async fn one_file_report_on_paper(env: Rc<Env>) -> Result<()> {
    if cannot_read(&env)? {
        return Ok(());
    }
    let page = imported(&env).await?;
    let on_page = said(&page).await?;
    opened_from_disk(&env, &page).await?;
    let in_file = said(&page).await?;
    let texts = |said: &Said| -> Vec<String> { said.headings.iter().map(|heading| heading.text.clone()).collect() };
    ensure!(texts(&on_page) == texts(&in_file), "the file has the headings {:?}", texts(&in_file));
    ensure!((&on_page.title, &on_page.line) == (&in_file.title, &in_file.line), "the file begins {}", in_file.line);
    let mut all = Vec::new();
    for sheet in [A4, LETTER] {
        all.extend(faults(&env, &page, "one-file", sheet).await?);
    }
    none(&all)
}

/// What a file that nothing runs in must not have.
const ALIVE: &str = "const out = [...document.querySelectorAll('script, link, img, iframe, object, embed, form, button, input, a[href], [src], [href]:not(svg *)')].map((e) => e.outerHTML.slice(0, 60));
    for (const e of document.querySelectorAll('*')) for (const a of e.attributes) if (a.name.startsWith('on') || a.name === 'style') out.push(`${e.tagName} ${a.name}`);
    const asked = performance.getEntriesByType('resource').map((e) => e.name);
    return [...out, ...asked].join(', ')";

async fn one_file_report_is_inert(env: Rc<Env>) -> Result<()> {
    let page = imported(&env).await?;
    let rows = page.count(".bsh-report table tr").await?;
    let path = opened_from_disk(&env, &page).await?;
    let alive = page.text(ALIVE, json!([])).await?;
    ensure!(alive.is_empty(), "the file has or asks for {alive}");
    let title = page.text("return document.title", json!([])).await?;
    ensure!(title.contains("Metal Works (maintenance)"), "its title is {title}");
    ensure!(page.text("return document.documentElement.lang", json!([])).await? == "en", "it names no language");
    ensure!(page.count("table tr").await? == rows, "it has {} rows, the page {rows}", page.count("table tr").await?);
    page.says("table.bsh-views", "Eva <b>").await?;
    page.says(".bsh-lead", "Report by Northwind & Sons").await?;
    // Its own look: a drawing as wide as it may be, and a table in lines.
    for (what, script) in [
        ("the drawing", "return document.querySelector('figure.bsh-pyramid svg').getBoundingClientRect().width > 250"),
        ("the table", "return getComputedStyle(document.querySelector('td')).borderBottomStyle === 'solid'"),
        ("the data", "return document.querySelector('#bsh-data').getClientRects().length === 0"),
    ] {
        ensure!(page.is(script, json!([])).await?, "{what} looks wrong");
    }
    let wide = "return document.scrollingElement.scrollWidth > innerWidth";
    ensure!(!page.is(wide, json!([])).await?, "it is wider than the window");
    let found = axe::violations(&page, &env.axe).await?;
    ensure!(found.is_empty(), "axe: {}", found.join("\n"));
    if env.kind == Kind::Chromium {
        page.view(320, 640).await?;
        ensure!(!page.is(wide, json!([])).await?, "at 320 px it is wider than the window");
        let found = axe::violations(&page, &env.axe).await?;
        ensure!(found.is_empty(), "axe at 320 px: {}", found.join("\n"));
        let log = page.driver.browser_log().await?;
        if let Some(entry) = log.iter().find(|entry| entry.message.contains("file:")) {
            bail!("the console says {}", entry.message);
        }
    }
    std::fs::remove_file(&path).context("the file is gone")
}

/// Text that is hard to read without colours, and parts beside each other that look alike then. A grey is made as
/// printers make it, by brightness.
const GREY: &str = "const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
    const grey = (color) => {
        canvas.clearRect(0, 0, 1, 1);
        canvas.fillStyle = color;
        canvas.fillRect(0, 0, 1, 1);
        const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
        const on = (c) => (c * a + 255 * (255 - a)) / 255;
        const v = (0.299 * on(r) + 0.587 * on(g) + 0.114 * on(b)) / 255;
        return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
    };
    const contrast = (a, b) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    const out = [];
    const shown = (e) => e.getClientRects().length > 0;
    const walk = document.createTreeWalker(document.querySelector('.bsh-step'), NodeFilter.SHOW_TEXT);
    let texts = 0;
    while (walk.nextNode()) {
        const e = walk.currentNode.parentElement;
        if (!walk.currentNode.data.trim() || !shown(e)) continue;
        const drawn = e.closest('svg');
        if (drawn && !e.closest('text')) continue;
        texts += 1;
        let ground = 1;
        const disc = drawn && e.closest('.bsh-number')?.parentElement.querySelector('.bsh-disc');
        if (disc) ground = grey(getComputedStyle(disc).fill);
        const has = contrast(grey(drawn ? getComputedStyle(e).fill : getComputedStyle(e).color), ground);
        if (has < 4.5) out.push(`\"${walk.currentNode.data.trim().slice(0, 30)}\" ${has.toFixed(2)}`);
    }
    let bars = 0;
    for (const svg of document.querySelectorAll('.bsh-report svg.bsh-bar')) {
        const parts = [...svg.querySelectorAll('[class*=bsh-bar-]:not(.bsh-bar-all, .bsh-bar-cut)')].filter(shown)
            .sort((a, b) => a.getBoundingClientRect().left - b.getBoundingClientRect().left);
        parts.slice(1).forEach((part, i) => {
            bars += 1;
            const has = contrast(grey(getComputedStyle(part).fill), grey(getComputedStyle(parts[i]).fill));
            if (has < 1.3) out.push(`${parts[i].getAttribute('class')} beside ${part.getAttribute('class')} ${has.toFixed(2)}`);
        });
    }
    return JSON.stringify([texts, bars, [...new Set(out)]])";

async fn report_is_legible_in_grey(env: Rc<Env>) -> Result<()> {
    let page = imported(&env).await?;
    let mut all = Vec::new();
    // Who reads it on a dark screen prints on white paper too.
    for scheme in ["light", "dark"] {
        page.media("print", &[("prefers-color-scheme", scheme)]).await?;
        let (texts, bars, found): (u32, u32, Vec<String>) = serde_json::from_str(&page.text(GREY, json!([])).await?)?;
        ensure!(texts > 200 && bars > 2, "looked at {texts} texts and {bars} bars");
        all.extend(found.into_iter().map(|fault| format!("{scheme}: {fault}")));
    }
    ensure!(all.is_empty(), "in grey: {}", all.join("; "));
    Ok(())
}
