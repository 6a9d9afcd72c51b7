//! Where answers live, and that nothing is lost: reload, closed tab, no storage, full storage, damaged storage.

use std::rc::Rc;

use anyhow::{Result, ensure};
use serde_json::json;

use super::tour::answer_all;
use crate::harness::engine::Kind;
use crate::harness::page::{ASIDE, DRAFT, Page};
use crate::harness::run::{Env, Test};
use crate::harness::server::Options;
use crate::sheet::{SHORT, full};

pub fn tests() -> Vec<Test> {
    crate::tests![
        reload_resumes_at_the_same_step,
        fresh_visit_asks_what_to_do,
        start_again_begins_anew,
        delete_removes_the_answers,
        erase_takes_its_own_keys_only,
        erase_stands_on_every_screen,
        nothing_is_stored_before_start,
        refused_storage_keeps_the_session_going,
        full_storage_is_told_and_recovers,
        unreadable_answers_are_set_aside,
        newer_answers_are_not_touched,
        answers_of_version_1_are_taken_over,
        answers_of_version_2_are_taken_over,
    ]
}

async fn reload_resumes_at_the_same_step(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    page.start("short").await?;
    page.fill(SHORT[0]).await?;
    page.press("Continue").await?;
    page.at("gate-3").await?;
    page.choose("g3-01", "1").await?;
    page.reload().await?;
    page.at("gate-3").await?;
    page.is_chosen("g3-01", "1").await?;
    page.fill(SHORT[1]).await?;
    page.press("Continue").await?;
    page.at("gate-4").await?;
    page.reload().await?;
    page.at("gate-4").await?;
    page.back().await?;
    page.at("gate-3").await?;
    page.is_chosen("g3-03", "3").await
}

async fn fresh_visit_asks_what_to_do(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    page.start("short").await?;
    page.fill(SHORT[0]).await?;
    page.press("Continue").await?;
    page.at("gate-3").await?;
    page.visit_again().await?;
    page.at("return").await?;
    for name in ["Continue", "Start again", "Delete"] {
        page.button(name).await?;
    }
    let text = page.read("main").await?;
    ensure!(text.contains("6 of 24"), "the return page says: {text}");
    page.press("Continue").await?;
    page.at("gate-3").await?;
    page.back().await?;
    page.at("return").await
}

async fn saved_then_away(page: &Page) -> Result<()> {
    page.start("short").await?;
    page.choose("g2-01", "4").await?;
    page.saved("g2-01=4").await?;
    page.visit_again().await?;
    page.at("return").await
}

async fn start_again_begins_anew(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    saved_then_away(&page).await?;
    page.press("Start again").await?;
    // Asks first, and takes a no.
    page.press("Keep them").await?;
    ensure!(page.stored(DRAFT).await?.is_some(), "the answers went although they should be kept");
    page.press("Start again").await?;
    page.press("Yes, remove them").await?;
    page.at("start").await?;
    ensure!(page.stored(DRAFT).await?.is_none(), "the old answers are still stored");
    page.press("Start").await?;
    page.at("gate-2").await?;
    ensure!(page.count("input[type=radio]:checked").await? == 0, "the new sheet is not empty");
    Ok(())
}

async fn delete_removes_the_answers(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    saved_then_away(&page).await?;
    page.press("Delete").await?;
    page.press("Yes, remove them").await?;
    page.at("start").await?;
    ensure!(page.keys().await?.is_empty(), "still stored: {:?}", page.keys().await?);
    page.visit_again().await?;
    page.ready().await?;
    page.at("start").await
}

async fn erase_takes_its_own_keys_only(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    page.open("").await?;
    page.ready().await?;
    for key in ["shop:cart", "bs", "BSH:draft:default", "draft"] {
        page.store(key, "1").await?;
    }
    page.begin("short").await?;
    page.choose("g2-01", "4").await?;
    page.saved("g2-01=4").await?;
    page.store(ASIDE, "old").await?;
    page.press("Erase").await?;
    page.press("Keep").await?;
    ensure!(page.stored(DRAFT).await?.is_some(), "Keep erased");
    page.press("Erase").await?;
    page.press("Erase everything").await?;
    page.at("start").await?;
    let mut keys = page.keys().await?;
    keys.sort();
    ensure!(keys == ["BSH:draft:default", "bs", "draft", "shop:cart"], "after the erase there is: {keys:?}");
    page.reload().await?;
    page.ready().await?;
    page.at("start").await
}

async fn erase_stands_on_every_screen(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    let both = async |page: &Page, name: &str| {
        // Two of the screens are the question that Erase and Delete ask.
        let there = page.has_button("Erase").await? || name == "erase" || name == "delete";
        ensure!(there, "no Erase on the screen {name}");
        Ok(())
    };
    super::tour::tour(&page, both).await?;
    super::tour::tour_instruments(&page, both).await?;
    super::tour::tour_plan(&page, both).await
}

async fn nothing_is_stored_before_start(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    page.open("").await?;
    page.ready().await?;
    page.type_into("#bsh-account", "Metal Works").await?;
    page.choose("bsh-form", "full").await?;
    let stored = page.js("return [localStorage.length, sessionStorage.length]", json!([])).await?;
    ensure!(stored == json!([0, 0]), "stored before Start: {stored}");
    page.press("Start").await?;
    page.at("gate-2").await?;
    page.saved("account=Metal Works").await?;
    page.saved("form=full").await?;
    let keys = page.keys().await?;
    ensure!(keys == [DRAFT], "keys after Start: {keys:?}");
    Ok(())
}

/// A frame of a foreign origin where the engine runs the page in one; elsewhere a page whose storage throws.
async fn refused_storage_keeps_the_session_going(env: Rc<Env>) -> Result<()> {
    if env.kind == Kind::WebKit {
        // `'self'` matches nothing in WebKit's sandboxed frames, so the policy would stop the page's own script.
        // And a second browser beside the common one, or just after it, ends that one now and then.
        return in_memory(&env.page(Options { refuses: true, ..env.options() }).await?).await;
    }
    let mut page = env.page(Options { cors: true, ..env.options() }).await?;
    page.frame = Some("sandbox");
    in_memory(&page).await
}

async fn in_memory(page: &Page) -> Result<()> {
    page.open("").await?;
    page.ready().await?;
    let there = page.is("try { return window.localStorage } catch { return null }", json!([])).await?;
    ensure!(!there, "the test's browser has storage after all");
    page.shows(".bsh-banner").await?;
    page.press("Start").await?;
    answer_all(page).await?;
    page.shows(".bsh-banner").await?;
    page.press("Review").await?;
    page.at("review").await?;
    page.press("See my result").await?;
    page.at("result").await?;
    page.shows(".bsh-banner").await?;
    let file = page.download("Download my answers").await?;
    for (item, value) in SHORT.concat() {
        ensure!(
            file.lines().any(|line| line == format!("{item}={value}")),
            "{item}={value} is not in the file: {file}"
        );
    }
    Ok(())
}

/// Fills the storage of this origin to the last character.
pub const FILL: &str = "let n = 0;
    for (let size = 1 << 20; size >= 1; size >>= 1) {
        try { for (;;) { localStorage.setItem(`host:${n}`, 'x'.repeat(size)); n += 1; } } catch { /* full */ }
    }
    return n;";

/// Takes that back.
pub const FREE: &str =
    "for (const key of Object.keys(localStorage)) if (key.startsWith('host:')) localStorage.removeItem(key)";

async fn full_storage_is_told_and_recovers(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    env.spend();
    page.open("").await?;
    page.ready().await?;
    let filled = page.js(FILL, json!([])).await?;
    ensure!(filled.as_u64() > Some(0), "the storage did not take anything");
    page.press("Start").await?;
    page.at("gate-2").await?;
    page.shows(".bsh-banner").await?;
    page.choose("g2-01", "4").await?;
    page.shows(".bsh-banner").await?;
    ensure!(page.has_button("Download my answers").await?, "no download is offered");
    ensure!(page.stored(DRAFT).await?.is_none(), "the storage was not full");
    page.js(FREE, json!([])).await?;
    page.choose("g2-02", "3").await?;
    page.saved("g2-01=4").await?;
    page.saved("g2-02=3").await?;
    page.gone(".bsh-banner").await
}

async fn unreadable_answers_are_set_aside(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    page.goto(&page.site.host("blank")).await?;
    let broken = "{\"old\": [1, 2, \u{fc}";
    page.store(DRAFT, broken).await?;
    page.open("").await?;
    page.ready().await?;
    page.shows(".bsh-banner").await?;
    let file = page.download("Download what was saved").await?;
    ensure!(file == broken, "the download says: {file}");
    page.press("Start").await?;
    page.at("gate-2").await?;
    page.choose("g2-01", "4").await?;
    page.saved("g2-01=4").await?;
    ensure!(page.stored(ASIDE).await?.as_deref() == Some(broken), "what was unreadable is gone");
    page.reload().await?;
    page.at("gate-2").await?;
    page.is_chosen("g2-01", "4").await
}

async fn newer_answers_are_not_touched(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    page.goto(&page.site.host("blank")).await?;
    let newer = "bsh-answers 4 7 0123456789abcdef\nform=short\ng2-01=3\nnew-idea=7\n";
    page.store(DRAFT, newer).await?;
    page.open("").await?;
    page.ready().await?;
    page.shows(".bsh-banner").await?;
    let told = page.read(".bsh-banner").await?;
    ensure!(told.contains("newer"), "the banner says: {told}");
    page.press("Start").await?;
    page.at("gate-2").await?;
    page.choose("g2-01", "0").await?;
    page.shows(".bsh-banner").await?;
    let file = page.download("Download my answers").await?;
    ensure!(file.contains("\ng2-01=0\n"), "the download says: {file}");
    page.reload().await?;
    page.ready().await?;
    ensure!(page.stored(DRAFT).await?.as_deref() == Some(newer), "a newer version's answers were changed");
    Ok(())
}

/// What the version before this one kept, with everything that it knew.
async fn answers_of_version_1_are_taken_over(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    let answers: String = SHORT.concat().iter().map(|(item, value)| format!("{item}={value}\n")).collect();
    let old = format!(
        "bsh-answers 1 41 0123456789abcdef\nform=short\nview=own\naccount=Metal Works\npart=Plant North\ndate=2026-03-02\n\
         step=result\ntarget=5\nyear=2030\n{answers}g4-04.note=said in May\\nand June\nc-02=x\nr-01=x\n"
    );
    page.resume("", &old, "result").await?;
    // Its edition of the questions was another one; that is said, and nothing was dropped.
    let text = page.stored(DRAFT).await?.unwrap_or_default();
    let edition = page.site.edition()?;
    ensure!(text.starts_with(&format!("bsh-answers 3 42 {edition}\n")), "it is kept as: {text}");
    for line in old.lines().skip(1) {
        ensure!(text.lines().any(|kept| kept == line), "\"{line}\" is lost: {text}");
    }
    page.says("h1", "Metal Works").await?;
    page.says("[data-section=computed]", "3800").await?;
    page.until("the target", "return document.querySelector('#bsh-level').value === '5'", json!([])).await?;
    page.go("plan").await?;
    page.says("[data-section=plan]", "Nothing is planned yet").await?;
    // And the old file opens.
    let other = env.plain().await?;
    other.open("").await?;
    other.ready().await?;
    other.open_file("old.txt", &old).await?;
    other.at("result").await?;
    other.saved("g4-04.note=said in May\\nand June").await
}

/// The same of the version after that: all instruments and every list.
async fn answers_of_version_2_are_taken_over(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    let edition = page.site.edition()?;
    let old = full(&edition, "plan", "").replacen("bsh-answers 3 7", "bsh-answers 2 41", 1);
    page.resume("", &old, "plan").await?;
    let text = page.stored(DRAFT).await?.unwrap_or_default();
    ensure!(text.starts_with(&format!("bsh-answers 3 42 {edition}\n")), "it is kept as: {text}");
    for line in old.lines().skip(1) {
        ensure!(text.lines().any(|kept| kept == line), "\"{line}\" is lost: {text}");
    }
    ensure!(text.lines().count() == old.lines().count(), "something was added: {text}");
    // It is no account before somebody wants one.
    ensure!(page.keys().await? == [DRAFT], "stored: {:?}", page.keys().await?);
    page.go("result").await?;
    page.shows("[data-section=keep]").await
}
