//! single.html, opened as a file as by a double click: it does everything that the site does, asks no network for
//! anything, and says what its storage is worth.

use std::fmt::Write;
use std::path::Path;
use std::rc::Rc;
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use serde_json::json;

use super::accounts::{rich, state};
use super::customer::invitation;
use super::tour::{answer_all, from_signs, unfold};
use crate::harness::axe::violations;
use crate::harness::engine::Kind;
use crate::harness::page::{ACCOUNT, DRAFT, Page, WORKSPACE};
use crate::harness::run::{Env, Test};
use crate::harness::wait::until;
use crate::sheet::{MATRIX, PRACTICE, SHORT, STEPS, TICKS};

pub fn tests() -> Vec<Test> {
    crate::tests![
        journey_in_one_file,
        journey_in_every_language,
        all_three_instruments_and_the_plan,
        accounts_go_out_and_come_back,
        answers_go_out_and_come_back,
        line_above_says_what_is_saved,
        two_kinds_of_answers_are_both_saved,
        invitation_goes_as_a_file,
        invitation_leads_to_the_address,
        own_questions_in_one_file,
        cut_off_file_says_so,
        index_by_double_click_names_the_file,
        opens_within_a_second in [Kind::Chromium],
    ]
}

/// A folder as a stick may have it.
const FOLDER: &str = "my stick é";

/// The line above every page, and its text.
const LINE: &str = "#bsh-copy";
const SAID: &str = "#bsh-copy p";

/// An address as the browser makes it of a file's path.
fn address(path: &Path) -> Result<String> {
    let path = path.canonicalize()?;
    let mut url = String::from("file://");
    for byte in path.to_str().context("a path that is no text")?.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'/' | b'-' | b'.' | b'_' | b'~' => url.push(char::from(byte)),
            _ => write!(url, "%{byte:02X}")?,
        }
    }
    Ok(url)
}

/// A copy under this name, with something done to its text.
fn copy(env: &Env, name: &str, change: impl Fn(String) -> String) -> Result<String> {
    let folder = env.engine.folder().join(FOLDER);
    std::fs::create_dir_all(&folder)?;
    let single = &env.args.single;
    let text = std::fs::read_to_string(single).with_context(|| single.display().to_string())?;
    let file = folder.join(name);
    std::fs::write(&file, change(text))?;
    address(&file)
}

/// The file in a browser that has never seen it, and its address. The file remembers what its policy stops.
async fn opened(env: &Env) -> Result<(Page, String)> {
    let watch = "<script nonce=\"watch\">window.stopped = [];
        document.addEventListener('securitypolicyviolation', (e) => stopped.push(`${e.effectiveDirective} ${e.blockedURI}`));
        </script><script data-";
    let url = copy(env, "single.html", |text| {
        text.replacen("<script data-", watch, 1).replacen("script-src ", "script-src 'nonce-watch' ", 1)
    })?;
    let page = env.plain().await?;
    open(&page, &url).await?;
    page.js("localStorage.clear(); sessionStorage.clear()", json!([])).await?;
    again(&page, &url).await?;
    Ok((page, url))
}

/// The same as somebody opens it another day: the history knows nothing. Not by another page in between: Chromium opens a
/// file in a new process then, which may not know yet what the last one stored.
async fn again(page: &Page, url: &str) -> Result<()> {
    page.js("history.replaceState(null, '', arguments[0])", json!([url])).await?;
    page.reload().await?;
    page.ready().await
}

async fn open(page: &Page, url: &str) -> Result<()> {
    page.goto(url).await?;
    page.ready().await
}

/// Opens the file on texts that were kept earlier, by key. Chromium hands what is stored to another process, and now and then
/// what was cleared before arrives there last: then once more.
async fn kept(page: &Page, url: &str, texts: &[(String, &str)]) -> Result<()> {
    until("the kept texts", async || {
        page.js("localStorage.clear()", json!([])).await?;
        for (key, text) in texts {
            page.store(key, text).await?;
        }
        again(page, url).await?;
        let keys = page.keys().await?;
        let foreign = keys.iter().any(|key| texts.iter().all(|(own, _)| own != key));
        Ok((!foreign && texts.iter().all(|(key, _)| keys.contains(key))).then_some(()))
    })
    .await
}

/// Some accounts, by id, and the index of them.
fn workspace<'a>(accounts: &'a [(&str, String)], index: &'a str) -> Vec<(String, &'a str)> {
    let texts = accounts.iter().map(|(id, text)| ([ACCOUNT, id].concat(), text.as_str()));
    texts.chain([(WORKSPACE.to_owned(), index)]).collect()
}

/// The index, with the own company's name.
fn index(accounts: &[(&str, String)], company: &str) -> String {
    let ids: Vec<&str> = accounts.iter().map(|(id, _)| *id).collect();
    format!("bsh-workspace 1 1\ncompany={company}\nlang=\naccounts={}\n", ids.join(" "))
}

/// Nothing was fetched and nothing stopped.
async fn alone(page: &Page) -> Result<()> {
    let script = "return performance.getEntriesByType('resource').map((e) => e.name).filter((name) => !/^(blob|data):/.test(name))";
    let asked = page.js(script, json!([])).await?;
    ensure!(asked == json!([]), "the file asked for {asked}");
    ensure!(page.site.requests().is_empty(), "a server was asked");
    let stopped = page.js("return window.stopped", json!([])).await?;
    ensure!(stopped == json!([]), "its policy stopped {stopped}");
    Ok(())
}

/// Is the network shut? The answer is an error that Chromium remembers: there it is the only one.
async fn shut(page: &Page) -> Result<()> {
    let fetch = "const [url, done] = arguments;
        fetch(url, { mode: 'no-cors' }).then(() => done('sent'), () => done('refused'));";
    let severe = async || -> Result<usize> {
        if page.kind != Kind::Chromium {
            return Ok(0);
        }
        Ok(page.driver.browser_log().await?.iter().filter(|entry| entry.level == "SEVERE").count())
    };
    ensure!(severe().await? == 0, "there were errors before");
    let fetched = page.driver.execute_async(fetch, vec![json!(page.site.url("index.html"))]).await?;
    ensure!(fetched.json() == &json!("refused"), "the page can send: {}", fetched.json());
    ensure!(page.site.requests().is_empty(), "the page has sent");
    ensure!((severe().await? > 0) == (page.kind == Kind::Chromium), "the browser says nothing of what it refused");
    Ok(())
}

async fn journey_in_one_file(env: Rc<Env>) -> Result<()> {
    let (page, url) = opened(&env).await?;
    let note = page.read(".bsh-start .bsh-fine").await?;
    ensure!(note.contains("runs from a file") && !note.contains("this site"), "the start says: {note}");
    page.says(SAID, "What you enter is safe once you save it").await?;
    ensure!(page.keys().await?.is_empty(), "stored before the start: {:?}", page.keys().await?);
    let found = violations(&page, &env.axe).await?;
    ensure!(found.is_empty(), "start: {found:?}");
    page.type_into("#bsh-account", "Müller & Söhne").await?;
    page.begin("short").await?;
    page.fill(SHORT[0]).await?;
    page.press("Continue").await?;
    page.at("gate-3").await?;
    // Back, and a reload in the middle.
    page.back().await?;
    page.at("gate-2").await?;
    page.reload().await?;
    page.at("gate-2").await?;
    page.is_chosen(SHORT[0][0].0, SHORT[0][0].1).await?;
    answer_all(&page).await?;
    from_signs(&page).await?;
    page.says("h1", "Müller & Söhne").await?;
    let found = violations(&page, &env.axe).await?;
    ensure!(found.is_empty(), "result: {found:?}");
    alone(&page).await?;
    // Another day.
    again(&page, &url).await?;
    page.at("return").await?;
    page.press_at(".bsh-return .bsh-primary").await?;
    page.at("result").await?;
    page.says("h1", "Müller & Söhne").await?;
    // The language is kept over a reload.
    page.pick("#bsh-lang", "sv").await?;
    page.until("Swedish", "return document.documentElement.lang === 'sv'", json!([])).await?;
    page.says(SAID, "fil").await?;
    page.reload().await?;
    page.at("result").await?;
    page.until("Swedish again", "return document.documentElement.lang === 'sv'", json!([])).await?;
    page.says(SAID, "fil").await?;
    shut(&page).await
}

async fn journey_in_every_language(env: Rc<Env>) -> Result<()> {
    let (page, url) = opened(&env).await?;
    for (lang, word) in [("en", "file"), ("nl", "bestand"), ("sv", "fil")] {
        page.js("localStorage.clear(); sessionStorage.clear()", json!([])).await?;
        again(&page, &format!("{url}?lang={lang}")).await?;
        page.until("the language", "return document.documentElement.lang === arguments[0]", json!([lang])).await?;
        page.says(".bsh-start .bsh-fine", word).await?;
        page.says(SAID, word).await?;
        let said = page.text("return document.querySelector(arguments[0]).lang", json!([LINE])).await?;
        ensure!(said == lang, "the line is in {said}");
        page.press_at("#bsh-go").await?;
        for (step, answers) in STEPS.iter().zip(SHORT) {
            page.at(step).await?;
            page.fill(answers).await?;
            page.press_at(".bsh-moves .bsh-primary").await?;
        }
        for step in ["signs", "review"] {
            page.at(step).await?;
            page.press_at(".bsh-moves .bsh-primary").await?;
        }
        page.at("result").await?;
        page.shows(".bsh-step[data-step=result] svg").await?;
    }
    alone(&page).await
}

async fn all_three_instruments_and_the_plan(env: Rc<Env>) -> Result<()> {
    let (page, _) = opened(&env).await?;
    page.begin("short").await?;
    answer_all(&page).await?;
    from_signs(&page).await?;
    for (step, answers) in MATRIX.iter().chain(&PRACTICE) {
        page.go(step).await?;
        page.fill(answers).await?;
    }
    for step in ["matrix.result", "practice.result", "plan"] {
        page.go(step).await?;
        unfold(&page).await?;
        page.shows("h1").await?;
    }
    let kept = page.stored(DRAFT).await?.unwrap_or_default();
    for (item, value) in MATRIX.iter().chain(&PRACTICE).flat_map(|(_, answers)| answers.iter()) {
        ensure!(kept.lines().any(|line| line == format!("{item}={value}")), "{item} is not kept");
    }
    alone(&page).await
}

async fn accounts_go_out_and_come_back(env: Rc<Env>) -> Result<()> {
    let (page, url) = opened(&env).await?;
    let edition = page.site.edition()?;
    let accounts = rich(&edition);
    kept(&page, &url, &workspace(&accounts, &index(&accounts, "Müller & Söhne"))).await?;
    page.at("accounts").await?;
    page.says(SAID, "Save what you entered as a file").await?;
    let before = page.all_stored().await?;
    // The line's own button writes what the page of accounts writes.
    let file = page.download("Save all accounts").await?;
    page.says(SAID, "Saved as a file at").await?;
    ensure!(page.download("Export all accounts").await? == file, "the two files differ");
    ensure!(page.all_stored().await? == before, "the export changed what is stored");
    page.press("Erase").await?;
    page.press("Erase everything").await?;
    page.at("start").await?;
    ensure!(page.keys().await?.is_empty(), "after the erase there is {:?}", page.keys().await?);
    page.open_file("accounts.json", &file).await?;
    page.at("import").await?;
    page.press_at("#bsh-import").await?;
    page.at("accounts").await?;
    let after = page.all_stored().await?;
    ensure!(state(&after) == state(&before), "what came back differs:\n{before:?}\n{after:?}");
    page.press("Metal Works").await?;
    page.at("account").await?;
    alone(&page).await
}

async fn answers_go_out_and_come_back(env: Rc<Env>) -> Result<()> {
    let (page, url) = opened(&env).await?;
    page.type_into("#bsh-account", "Müller & Söhne").await?;
    page.begin("short").await?;
    answer_all(&page).await?;
    from_signs(&page).await?;
    let before = page.all_stored().await?;
    let file = page.download("Save the answers").await?;
    page.says(SAID, "Saved as a file at").await?;
    page.js("localStorage.clear()", json!([])).await?;
    again(&page, &url).await?;
    page.at("start").await?;
    page.open_file("bsh-answers.txt", &file).await?;
    page.at("result").await?;
    for name in TICKS {
        page.saved(&format!("{name}=x")).await?;
    }
    ensure!(state(&page.all_stored().await?) == state(&before), "what came back differs");
    // Kept as an account, it is saved as one.
    page.press("Keep this account").await?;
    page.at("account").await?;
    page.says(SAID, "Not yet saved").await?;
    page.button("Save all accounts").await?;
    ensure!(!page.has_button("Save the answers").await?, "there are no answers by themselves");
    alone(&page).await
}

async fn line_above_says_what_is_saved(env: Rc<Env>) -> Result<()> {
    let (page, url) = opened(&env).await?;
    ensure!(!page.has_button("Save the answers").await?, "there is nothing to save");
    page.begin("short").await?;
    page.says(SAID, "Not yet saved").await?;
    // The browser is to ask before the page goes.
    let asks = "const event = new Event('beforeunload', { cancelable: true }); dispatchEvent(event); return event.defaultPrevented";
    ensure!(page.is(asks, json!([])).await?, "the page goes without a question");
    page.download("Save the answers").await?;
    page.says(SAID, "Saved as a file at").await?;
    ensure!(!page.is(asks, json!([])).await?, "what is saved needs no question");
    page.fill(SHORT[0]).await?;
    page.says(SAID, "Not yet saved").await?;
    page.download("Save the answers").await?;
    page.says(SAID, "Saved as a file at").await?;
    // Where somebody looks is no work; an answer is.
    page.press("Continue").await?;
    page.at("gate-3").await?;
    page.press("Back").await?;
    page.at("gate-2").await?;
    page.says(SAID, "Saved as a file at").await?;
    page.choose("g2-01", "1").await?;
    page.says(SAID, "Not yet saved").await?;
    ensure!(page.is(asks, json!([])).await?, "a change is not noticed");
    again(&page, &url).await?;
    page.says(SAID, "Save what you entered as a file").await?;
    ensure!(!page.is(asks, json!([])).await?, "nothing was changed on this visit");
    // The page's own download counts as well.
    page.download("Download my answers").await?;
    page.says(SAID, "Saved as a file at").await?;
    page.press("Erase").await?;
    page.press("Erase everything").await?;
    page.says(SAID, "What you enter is safe once you save it").await?;
    ensure!(!page.has_button("Save the answers").await?, "there is nothing to save any more");
    // Nothing of it is printed.
    if page.kind == Kind::Chromium {
        page.media("print", &[]).await?;
        let shown = "return document.querySelector('#bsh-copy').getClientRects().length";
        ensure!(!page.is(shown, json!([])).await?, "the line is printed");
        page.media("", &[]).await?;
    }
    Ok(())
}

/// The own answers and those to an invitation: neither is said to be in a file that it is not in.
async fn two_kinds_of_answers_are_both_saved(env: Rc<Env>) -> Result<()> {
    let (page, _) = opened(&env).await?;
    let edition = page.site.edition()?;
    page.begin("short").await?;
    page.choose("g2-01", "4").await?;
    page.says(SAID, "Not yet saved").await?;
    page.go("return").await?;
    page.open_file("bsh-invitation.txt", &invitation("1", &edition, "en", "K3F9AC7Q", "Anna")).await?;
    page.at("invited").await?;
    page.press_at(".bsh-start .bsh-primary").await?;
    page.at("gate-2").await?;
    page.choose("g2-01", "2").await?;
    let count = "window.made = 0;
        const make = URL.createObjectURL;
        URL.createObjectURL = (blob) => {
            if (/^text\\/plain/.test(blob.type)) window.made += 1;
            return make.call(URL, blob);
        }";
    page.js(count, json!([])).await?;
    page.take("[data-save=answers]").await?;
    let made = page.js("return window.made", json!([])).await?;
    ensure!(made == json!(2), "{made} files were made");
    page.says(SAID, "Saved").await
}

async fn invitation_goes_as_a_file(env: Rc<Env>) -> Result<()> {
    let (page, url) = opened(&env).await?;
    let edition = page.site.edition()?;
    let accounts = &rich(&edition)[..1];
    let (id, list) = (accounts[0].0, index(accounts, "Our Company"));
    kept(&page, &url, &workspace(accounts, &list)).await?;
    page.at("accounts").await?;
    page.go_in(&format!("a:{id}"), "account").await?;
    page.says("[data-section=invite]", "no link leads to it").await?;
    page.press_at("[data-section=invite] .bsh-rows button").await?;
    page.shows("[data-section=invite] .bsh-fixed").await?;
    let invited = page.stored(&[ACCOUNT, id].concat()).await?.unwrap_or_default();
    let shown =
        page.text("return document.querySelector('[data-section=invite] .bsh-fixed input').value", json!([])).await?;
    ensure!(shown.starts_with("#bsh-invite=1~"), "the invitation is {shown}");
    ensure!(page.count("[data-section=invite] a").await? == 0, "an e-mail cannot carry it");
    let handed = page.take("[data-section=invite] .bsh-ways button").await?;
    ensure!(handed.text()? == shown, "the file says {:?}", handed.text());
    // Somebody at the customer.
    page.js("localStorage.clear()", json!([])).await?;
    again(&page, &url).await?;
    page.open_file("bsh-invitation.txt", &shown).await?;
    page.at("invited").await?;
    page.says("h1", "Our Company").await?;
    page.press_at(".bsh-start .bsh-primary").await?;
    for (step, answers) in STEPS.iter().zip(SHORT) {
        page.at(step).await?;
        page.fill(answers).await?;
        page.press("Continue").await?;
    }
    page.at("review").await?;
    page.press("See my result").await?;
    page.at("result").await?;
    page.says(SAID, "Not yet saved").await?;
    page.press_at(".bsh-tabs button:nth-of-type(2)").await?;
    page.at("handback").await?;
    ensure!(
        !page.is("return document.querySelector('#bsh-return-link').getClientRects().length", json!([])).await?,
        "a link is offered"
    );
    let said = page.text("return document.querySelector('#bsh-return-mail').value", json!([])).await?;
    ensure!(!said.contains("file:") && !said.contains("link"), "the mail says {said}");
    let file = page.text("return document.querySelector('#bsh-return-file').value", json!([])).await?;
    // And back with the supplier.
    page.js("localStorage.clear()", json!([])).await?;
    kept(&page, &url, &workspace(&[(id, invited)], &list)).await?;
    page.at("accounts").await?;
    page.open_file("bsh-answers.txt", &file).await?;
    page.at("account").await?;
    page.until(
        "their answers",
        "return [...document.querySelectorAll('.bsh-back-in')].some((e) => !e.hidden)",
        json!([]),
    )
    .await?;
    alone(&page).await
}

async fn invitation_leads_to_the_address(env: Rc<Env>) -> Result<()> {
    let (page, _) = opened(&env).await?;
    let own = "https://www.example.com/assess/";
    let url = copy(&env, "addressed.html", |text| {
        text.replacen("<script data-", &format!("<script data-address=\"{own}\" data-"), 1)
    })?;
    let accounts = &rich(&page.site.edition()?)[1..2];
    open(&page, &url).await?;
    kept(&page, &url, &workspace(accounts, &index(accounts, "Our Company"))).await?;
    page.at("accounts").await?;
    page.go_in(&format!("a:{}", accounts[0].0), "account").await?;
    let shown = "return document.querySelector('[data-section=invite] .bsh-fixed input').value";
    let link = page.text(shown, json!([])).await?;
    ensure!(link.starts_with(&format!("{own}#bsh-invite=1~")), "the link is {link}");
    page.press_at("[data-section=invite] .bsh-ways button:last-of-type").await?;
    page.shows(".bsh-qr").await?;
    page.js("localStorage.clear()", json!([])).await?;
    Ok(())
}

/// As docs/single-file.md says it is done by hand.
async fn own_questions_in_one_file(env: Rc<Env>) -> Result<()> {
    let files = std::fs::read_dir(&env.args.dist)?.collect::<std::io::Result<Vec<_>>>()?;
    let sample = files.iter().find(|file| file.file_name().to_string_lossy().starts_with("sample-"));
    let pack = std::fs::read_to_string(sample.context("there is no example in the site")?.path())?;
    let block =
        format!("<script type=\"application/json\" id=\"ladder.json\">{}</script>", pack.replace('<', "\\u003c"));
    let url = copy(&env, "own.html", |text| {
        text.replacen("<script data-", "<script data-pack=\"ladder.json\" data-", 1)
            .replace("</body>", &format!("{block}</body>"))
    })?;
    let page = env.plain().await?;
    open(&page, &url).await?;
    page.js("localStorage.clear(); sessionStorage.clear()", json!([])).await?;
    again(&page, &url).await?;
    page.says("h1", "How mature is your service").await?;
    page.says(".bsh-start .bsh-fine", "runs from a file").await?;
    page.press("Start").await?;
    page.until("the questions", "return document.querySelectorAll('.bsh-item').length", json!([])).await?;
    page.saved_in("bsh:draft:ladder", "form=short").await?;
    page.says(SAID, "Not yet saved").await?;
    page.pick("#bsh-lang", "sv").await?;
    page.until("Swedish", "return document.documentElement.lang === 'sv'", json!([])).await?;
    page.js("localStorage.clear()", json!([])).await?;
    Ok(())
}

async fn cut_off_file_says_so(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    // Half of it, and all of it with a letter changed in the first program.
    let half = copy(&env, "half.html", |text| text[..text.len() / 4].to_owned())?;
    page.goto(&half).await?;
    let cause = page.panel().await?;
    ensure!(["missing", "truncated"].contains(&&*cause), "the panel is {cause}");
    page.says(".bsh-panel", "copy or download it once more").await?;
    let damaged = copy(&env, "damaged.html", |text| {
        let at = text.find(".wasm\">").map_or(0, |at| at + 3000);
        let other = if &text[at..=at] == "A" { "B" } else { "A" };
        [&text[..at], other, &text[at + 1..]].concat()
    })?;
    page.goto(&damaged).await?;
    ensure!(page.panel().await? == "truncated", "the panel is {}", page.panel().await?);
    page.says(".bsh-panel", "This file is damaged").await
}

async fn index_by_double_click_names_the_file(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    // Without its policy: that allows scripts of the same origin, and what the origin of a file is, browsers disagree on.
    let folder = env.engine.folder().join(FOLDER).join("site");
    std::fs::create_dir_all(&folder)?;
    for entry in std::fs::read_dir(&env.args.dist)? {
        let entry = entry?;
        if entry.path().is_file() {
            std::fs::copy(entry.path(), folder.join(entry.file_name()))?;
        }
    }
    page.goto(&address(&folder.join("index.html"))?).await?;
    ensure!(page.panel().await? == "file", "the panel is {}", page.panel().await?);
    page.says(".bsh-panel", "single.html").await?;
    if page.kind == Kind::Chromium {
        // That such a page cannot fetch its files is what this is about.
        page.driver.browser_log().await?;
    }
    Ok(())
}

async fn opens_within_a_second(env: Rc<Env>) -> Result<()> {
    let url = copy(&env, "timed.html", |text| text)?;
    let page = env.plain().await?;
    let mut times = Vec::new();
    for _ in 0..5 {
        page.goto("about:blank").await?;
        let start = Instant::now();
        open(&page, &url).await?;
        times.push(start.elapsed().as_millis());
    }
    times.sort_unstable();
    let size = std::fs::metadata(&env.args.single)?.len();
    println!("  single.html: {size} bytes; usable after {times:?} ms");
    ensure!(times[2] < 1000, "it takes {times:?} ms");
    ensure!(size < 1_500_000, "it has {size} bytes");
    Ok(())
}
