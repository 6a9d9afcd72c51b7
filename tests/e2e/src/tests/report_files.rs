//! What the report hands over: each file with its name, type and content, the same to the byte as `bsh report` writes it,
//! and the one-file report as something that can be opened again.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use anyhow::{Context, Result, bail, ensure};
use serde_json::json;

use super::accounts::{METAL, opened, state};
use super::report::{ask, on};
use crate::harness::page::{ACCOUNT, DRAFT, Page, Taken, WORKSPACE};
use crate::harness::run::{Env, Test};
use crate::harness::server::Options;
use crate::sheet::{PEOPLE, full, views};

pub fn tests() -> Vec<Test> {
    crate::tests![
        files_have_name_type_and_content,
        files_arrive_among_the_downloads,
        dates_only_where_there_are_some,
        files_are_those_of_the_command_line,
        files_of_answers_are_those_of_the_command_line,
        pictures_are_twice_their_drawings,
        policy_without_blobs_stops_pictures_only,
        one_file_report_opens_back,
        one_file_report_of_an_account_opens_back,
    ]
}

/// The account of the fixture, and its id.
pub const ID: &str = "rep0rt01";
const FIXTURE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../fixtures/workspace/report.json");

/// A file of one account with everything that a report can say, made with today's questions.
pub fn fixture(page: &Page) -> Result<String> {
    let text = std::fs::read_to_string(FIXTURE).context(FIXTURE)?;
    Ok(text.replace("0123456789abcdef", &page.site.edition()?))
}

/// That account taken in, at its report.
pub async fn imported(env: &Env) -> Result<Page> {
    let page = env.plain().await?;
    let text = fixture(&page)?;
    page.open("").await?;
    page.ready().await?;
    page.open_file("report.json", &text).await?;
    page.at("import").await?;
    page.press_at("#bsh-import").await?;
    page.at("accounts").await?;
    page.go_in(&format!("a:{ID}"), "report").await?;
    page.says("h1", "Metal Works (maintenance)").await?;
    Ok(page)
}

/// The files' buttons, by what they are called, each with a selector.
async fn buttons(page: &Page) -> Result<Vec<(String, String)>> {
    let script =
        "return [...document.querySelectorAll('[data-section=files] button:not(.bsh-primary)')].map((e, i) => {
            e.dataset.nth = i;
            return [e.getAttribute('aria-label') || e.textContent.trim(), `[data-nth='${i}']`];
        })";
    Ok(serde_json::from_value(page.js(script, json!([])).await?)?)
}

/// Every file but the pictures, by its name.
async fn all_files(page: &Page) -> Result<BTreeMap<String, Taken>> {
    let mut all = BTreeMap::new();
    for (label, selector) in buttons(page).await?.into_iter().filter(|(label, _)| !label.ends_with("PNG")) {
        let file = page.take(&selector).await.with_context(|| format!("the file \"{label}\""))?;
        ensure!(!file.bytes.is_empty(), "{label} is empty");
        if let Some(other) = all.insert(file.name.clone(), file) {
            bail!("two files are called {}", other.name);
        }
    }
    Ok(all)
}

fn media(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html",
        "md" => "text/markdown",
        "csv" => "text/csv",
        "ics" => "text/calendar",
        "json" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        _ => "none",
    }
}

async fn files_have_name_type_and_content(env: Rc<Env>) -> Result<()> {
    let page = imported(&env).await?;
    let before = page.all_stored().await?;
    let all = all_files(&page).await?;
    let due = [
        ("-answers.csv", "g2-01"),
        ("-history.svg", "<svg"),
        ("-matrix.svg", "<svg"),
        ("-plan.csv", "A step of our own"),
        ("-plan.ics", "BEGIN:VEVENT"),
        ("-practice.svg", "<svg"),
        ("-profile.svg", "<svg"),
        ("-pyramid.svg", "<svg"),
        ("-ready.svg", "<svg"),
        ("-report.html", "<template id=\"bsh-data\">"),
        ("-report.md", "# Metal Works (maintenance)"),
        ("-results.csv", "position"),
        ("-shares.svg", "<svg"),
        (".json", "\"bsh-workspace\""),
    ];
    let names: Vec<&str> = all.keys().map(String::as_str).collect();
    let wanted: BTreeSet<String> = due.iter().map(|(ending, _)| format!("bsh-Metal-Works{ending}")).collect();
    ensure!(all.keys().cloned().collect::<BTreeSet<_>>() == wanted, "the files are {names:?}");
    for (ending, words) in due {
        let file = &all[&format!("bsh-Metal-Works{ending}")];
        let type_due = media(&file.name);
        let own = file.media.split(';').next().unwrap_or_default();
        ensure!(own == type_due, "{} is handed over as {}", file.name, file.media);
        let text = file.text()?;
        ensure!(text.to_lowercase().contains(&words.to_lowercase()), "{} has no {words}: {text:.300}", file.name);
        if ending.ends_with(".csv") {
            ensure!(
                text.starts_with('\u{feff}') && text.contains("\r\n"),
                "{} is no table for a spreadsheet",
                file.name
            );
            ensure!(!text.contains(",=SUM") && !text.contains("\"=SUM"), "{} has a formula in it", file.name);
        }
    }
    ensure!(page.all_stored().await? == before, "a file changed what is stored");
    let told = page.text("return document.querySelector('.bsh-banners')?.textContent.trim()", json!([])).await?;
    ensure!(told.is_empty(), "something is wrong: {told}");
    Ok(())
}

async fn files_arrive_among_the_downloads(env: Rc<Env>) -> Result<()> {
    let page = imported(&env).await?;
    for (label, ending) in [
        ("One-file report", "-report.html"),
        ("Text (Markdown)", "-report.md"),
        ("Answers", "-answers.csv"),
        ("Dates for your calendar", "-plan.ics"),
        ("Account file (JSON)", ".json"),
        ("Over time: SVG", "-history.svg"),
        ("Over time: PNG", "-history.png"),
    ] {
        let all = buttons(&page).await?;
        let (_, selector) = all.iter().find(|(other, _)| other == label).with_context(|| format!("no {label}"))?;
        let file = page.take_from_disk(selector).await.with_context(|| label.to_owned())?;
        ensure!(file.name == format!("bsh-Metal-Works{ending}"), "{label} is called {}", file.name);
        ensure!(!file.bytes.is_empty(), "{label} is empty");
    }
    Ok(())
}

async fn dates_only_where_there_are_some(env: Rc<Env>) -> Result<()> {
    let page = on(&env, "result", "").await?;
    ask(&page).await?;
    page.button("Dates for your calendar").await?;
    page.resume("", &full(&page.site.edition()?, "result", "").replace("task.11.due=2026-01-02\n", ""), "result")
        .await?;
    ask(&page).await?;
    ensure!(!page.has_button("Dates for your calendar").await?, "a calendar without a date");
    page.says("[data-section=files]", "Nothing in the plan has a due date yet.").await
}

/// What `bsh report` writes of a file, by name; nothing where the program is not there.
fn written(env: &Env, name: &str, text: &str, more: &[&str]) -> Result<Option<BTreeMap<String, Vec<u8>>>> {
    let Some(bsh) = &env.args.bsh else {
        env.lacks("no --bsh to compare with")?;
        return Ok(None);
    };
    let folder = env.engine.folder().join("written");
    let _ = std::fs::remove_dir_all(&folder);
    let out = folder.join("out");
    std::fs::create_dir_all(&out)?;
    let input = folder.join(name);
    std::fs::write(&input, text)?;
    let run = std::process::Command::new(bsh).arg("report").arg(&input).arg("--out").arg(&out).args(more).output();
    let run = run.with_context(|| format!("{} does not run", bsh.display()))?;
    ensure!(run.status.success(), "bsh: {}", String::from_utf8_lossy(&run.stderr));
    files_in(&out).map(Some)
}

fn files_in(folder: &Path) -> Result<BTreeMap<String, Vec<u8>>> {
    let mut all = BTreeMap::new();
    for entry in std::fs::read_dir(folder)? {
        let path: PathBuf = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        all.insert(name, std::fs::read(&path)?);
    }
    Ok(all)
}

/// The first place where two files differ, for people.
fn differ(name: &str, page: &[u8], line: &[u8]) -> Option<String> {
    if page == line {
        return None;
    }
    let at = page.iter().zip(line).position(|(a, b)| a != b).unwrap_or(page.len().min(line.len()));
    let near = |bytes: &[u8]| {
        String::from_utf8_lossy(&bytes[at.saturating_sub(60).min(bytes.len())..(at + 60).min(bytes.len())]).into_owned()
    };
    Some(format!("{name} differs at {at}: the page has {:?}, the command line {:?}", near(page), near(line)))
}

/// The same names on both sides, and the same bytes.
fn same(taken: &BTreeMap<String, Taken>, written: &BTreeMap<String, Vec<u8>>) -> Result<()> {
    let names = |all: &mut dyn Iterator<Item = &String>| all.cloned().collect::<BTreeSet<String>>();
    let (here, there) = (names(&mut taken.keys()), names(&mut written.keys()));
    ensure!(here == there, "the page makes {here:?}, the command line {there:?}");
    let faults: Vec<String> =
        taken.iter().filter_map(|(name, file)| differ(name, &file.bytes, written.get(name)?)).collect();
    ensure!(faults.is_empty(), "{}", faults.join("\n"));
    Ok(())
}

async fn today(page: &Page) -> Result<String> {
    page.text(
        "const now = new Date(); return new Date(now - now.getTimezoneOffset() * 60000).toISOString().slice(0, 10)",
        json!([]),
    )
    .await
}

async fn files_are_those_of_the_command_line(env: Rc<Env>) -> Result<()> {
    let page = imported(&env).await?;
    let (text, day) = (fixture(&page)?, today(&page).await?);
    for lang in ["en", "nl", "sv"] {
        if lang != "en" {
            page.pick("#bsh-lang", lang).await?;
            page.until("its language", "return document.documentElement.lang === arguments[0]", json!([lang])).await?;
            page.at("report").await?;
        }
        let options = ["--day", &day, "--account", ID, "--lang", lang];
        let Some(written) = written(&env, "report.json", &text, &options)? else { return Ok(()) };
        let taken = all_files(&page).await?;
        // What is kept says in which language it was written last.
        let told = |name: &str| name.ends_with(".json") || name.ends_with(".html");
        let blank = |bytes: &[u8]| {
            String::from_utf8_lossy(bytes).replace(&format!("\"lang\": \"{lang}\""), "\"lang\": \"en\"").into_bytes()
        };
        let alike = |name: &str, bytes: Vec<u8>| if told(name) { blank(&bytes) } else { bytes };
        let taken = taken.into_iter().map(|(name, file)| {
            let bytes = alike(&name, file.bytes);
            (name, Taken { bytes, ..file })
        });
        let written = written.into_iter().map(|(name, bytes)| (name.clone(), alike(&name, bytes)));
        same(&taken.collect(), &written.collect()).with_context(|| format!("in {lang}"))?;
    }
    Ok(())
}

async fn files_of_answers_are_those_of_the_command_line(env: Rc<Env>) -> Result<()> {
    let page = on(&env, "result", "").await?;
    ask(&page).await?;
    let text = page.stored(DRAFT).await?.context("no answers are stored")?;
    let day = today(&page).await?;
    let Some(written) = written(&env, "answers.txt", &text, &["--day", &day, "--lang", "en"])? else { return Ok(()) };
    same(&all_files(&page).await?, &written)
}

/// A number of an attribute of the file's first tag.
fn size(svg: &str, name: &str) -> Option<u32> {
    let tag = svg.split("<svg").nth(1)?.split('>').next()?;
    tag.split_once(&format!(" {name}=\""))?.1.split('"').next()?.parse().ok()
}

/// Of the file that was handed over last: width, height, pixels that can be seen through, pixels unlike the first one,
/// colours.
const PIXELS: &str = "window.__pixels = null;
    createImageBitmap(window.__last).then((image) => {
        const canvas = document.createElement('canvas');
        [canvas.width, canvas.height] = [image.width, image.height];
        const context = canvas.getContext('2d');
        context.drawImage(image, 0, 0);
        const pixels = new Uint32Array(context.getImageData(0, 0, image.width, image.height).data.buffer);
        let [clear, drawn] = [0, 0];
        for (const pixel of pixels) {
            if (pixel >>> 24 !== 255) clear += 1;
            if (pixel !== pixels[0]) drawn += 1;
        }
        window.__pixels = [image.width, image.height, clear, drawn, new Set(pixels).size];
    }, (error) => { window.__pixels = String(error); });";

async fn pictures_are_twice_their_drawings(env: Rc<Env>) -> Result<()> {
    let page = imported(&env).await?;
    let all = buttons(&page).await?;
    let mut seen = 0;
    for (label, selector) in all.iter().filter(|(label, _)| label.ends_with(": PNG")) {
        let title = label.trim_end_matches(": PNG");
        let drawing = all.iter().find(|(label, _)| *label == format!("{title}: SVG")).context("no drawing of it")?;
        let svg = page.take(&drawing.1).await?;
        let picture = page.take(selector).await.with_context(|| label.clone())?;
        ensure!(picture.media.split(';').next() == Some("image/png"), "{} is {}", picture.name, picture.media);
        ensure!(picture.name == svg.name.replace(".svg", ".png"), "{} and {}", picture.name, svg.name);
        let text = svg.text()?;
        let due = (size(&text, "width").context("no width")? * 2, size(&text, "height").context("no height")? * 2);
        ensure!(picture.bytes.starts_with(b"\x89PNG\r\n\x1a\n"), "{} is no PNG", picture.name);
        page.js(PIXELS, json!([])).await?;
        let found = page.until("the pixels", "return window.__pixels", json!([])).await?;
        let (width, height, clear, drawn, colors): (u32, u32, u32, u32, u32) =
            serde_json::from_value(found).with_context(|| format!("{} cannot be read", picture.name))?;
        ensure!((width, height) == due, "{} is {width} x {height}, not {due:?}", picture.name);
        ensure!(clear == 0, "{} can be seen through in {clear} places", picture.name);
        let all = width * height;
        ensure!(
            drawn * 100 > all && colors > 16,
            "{} is nearly blank: {drawn} of {all}, {colors} colours",
            picture.name
        );
        seen += 1;
    }
    ensure!(seen == 7, "{seen} charts");
    Ok(())
}

async fn policy_without_blobs_stops_pictures_only(env: Rc<Env>) -> Result<()> {
    let page = env.page(Options { faulty: true, blobs_allowed: false, ..env.options() }).await?;
    page.resume("", &full(&page.site.edition()?, "result", ""), "result").await?;
    ask(&page).await?;
    page.press("What changes as you climb: PNG").await?;
    page.says(".bsh-banners", "That did not work.").await?;
    page.at("report").await?;
    let svg = page.take("[aria-label='What changes as you climb: SVG']").await?;
    ensure!(svg.text()?.contains("<svg"), "the drawing says {:?}", svg.bytes);
    Ok(())
}

// ---- the one-file report is opened again ----

async fn erase(page: &Page) -> Result<()> {
    page.press("Erase").await?;
    page.press("Erase everything").await?;
    page.at("start").await?;
    ensure!(page.keys().await?.is_empty(), "left after erasing: {:?}", page.keys().await?);
    Ok(())
}

async fn one_file_report_opens_back(env: Rc<Env>) -> Result<()> {
    let page = on(&env, "result", "g2-01.note=First <b> &amp; \\\\ last\n").await?;
    ask(&page).await?;
    let before = page.all_stored().await?;
    let file = page.take("[data-section=files] p:nth-of-type(3) button").await?;
    ensure!(file.name == "bsh-Metal-Works-report.html", "it is {}", file.name);
    let file = file.text()?;
    erase(&page).await?;
    page.open_file("report.html", &file).await?;
    page.at("result").await?;
    page.saved("g2-06=4").await?;
    let after = page.all_stored().await?;
    ensure!(state(&after) == state(&before), "it was\n{before:?}\nand is\n{after:?}");
    // Dropped on the page, where nothing was before.
    let other = env.plain().await?;
    other.open("").await?;
    other.ready().await?;
    other.drop_on("main h1", &file, Some("report.html")).await?;
    other.at("result").await?;
    other.saved("g2-06=4").await?;
    let after = other.all_stored().await?;
    ensure!(state(&after) == state(&before), "dropped it was\n{before:?}\nand is\n{after:?}");
    Ok(())
}

async fn one_file_report_of_an_account_opens_back(env: Rc<Env>) -> Result<()> {
    let edition = env.plain().await?.site.edition()?;
    let page = opened(&env, &[PEOPLE, &views(&edition, 3), "about.1.owner=Eva\ng2-01.note=Line\\nand line\n"].concat())
        .await?;
    ask(&page).await?;
    let before = page.all_stored().await?;
    let file = page.take("[data-section=files] p:nth-of-type(3) button").await?.text()?;
    page.press("Back").await?;
    page.at("account").await?;
    erase(&page).await?;
    page.open_file("report.html", &file).await?;
    taken_in(&page, &before).await?;
    let other = env.plain().await?;
    other.open("").await?;
    other.ready().await?;
    other.drop_on("main h1", &file, Some("report.html")).await?;
    taken_in(&other, &before).await
}

/// The preview shows one new account; after it the same is stored as before, under the same id.
async fn taken_in(page: &Page, before: &BTreeMap<String, String>) -> Result<()> {
    page.at("import").await?;
    page.says("[data-section=added]", "New: 1").await?;
    page.press_at("#bsh-import").await?;
    page.at("accounts").await?;
    ensure!(page.keys_after(ACCOUNT).await? == [METAL], "there is {:?}", page.keys_after(ACCOUNT).await?);
    let list = page.stored(WORKSPACE).await?.unwrap_or_default();
    ensure!(list.contains("company=Our Company"), "the list says {list}");
    let (was, now) = (state(before), state(&page.all_stored().await?));
    let key = [ACCOUNT, METAL].concat();
    ensure!(
        now.contains_key(&key) && now.get(&key) == was.get(&key),
        "it was\n{:?}\nand is\n{:?}",
        was.get(&key),
        now.get(&key)
    );
    Ok(())
}
