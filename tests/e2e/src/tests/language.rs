//! Three languages: how one is chosen, that only its files are asked for, and what happens when they do not come.

use std::rc::Rc;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use super::tour::to_result;
use crate::harness::engine::{Engine, Kind};
use crate::harness::page::{DRAFT, Page};
use crate::harness::run::{Env, Test};
use crate::harness::server::{Options, Site, Wasm, is_in, is_later, is_more};
use crate::harness::wait::until;
use crate::sheet::{MATRIX, SHORT, full};

pub fn tests() -> Vec<Test> {
    crate::tests![
        address_chooses_the_language,
        start_page_is_in_its_language_before_the_program,
        browser_chooses_the_language in [Kind::Chromium, Kind::Firefox],
        unknown_languages_are_passed_over,
        switch_keeps_step_and_answers,
        switch_on_the_start_page,
        switch_on_a_result,
        switch_without_its_file,
        switch_back_while_under_way,
        start_texts_missing,
        later_program_missing,
        later_texts_missing,
        numbers_have_a_comma,
    ]
}

const OTHERS: [&str; 2] = ["nl", "sv"];

/// The texts of the static page in a language, by key.
fn texts(site: &Site, lang: &str) -> Result<Value> {
    Ok(serde_json::from_str(&site.served(&format!("say.{lang}"))?)?)
}

fn text<'a>(texts: &'a Value, key: &str) -> Result<&'a str> {
    texts[key].as_str().with_context(|| format!("no text {key}"))
}

async fn is_lang(page: &Page, lang: &str) -> Result<()> {
    page.until(&format!("the language {lang}"), "return document.documentElement.lang === arguments[0]", json!([lang]))
        .await?;
    Ok(())
}

/// Touches the start page, which until then has asked for nothing that its later pages need.
async fn touch(page: &Page) -> Result<()> {
    let early = page.site.requests().iter().filter(|entry| is_later(&entry.path) || is_more(&entry.path)).count();
    ensure!(early == 0, "{early} files of the later pages before anybody touched the start page");
    page.press_at("h1").await
}

/// Everything that comes in the background has come.
async fn settled(page: &Page, lang: &str) -> Result<()> {
    let site = &page.site;
    let more = async || {
        let files = site.requests().iter().filter(|entry| is_later(&entry.path)).count();
        Ok((site.asked_for(|path| is_more(path) && is_in(path, lang)) && files >= 3).then_some(()))
    };
    until("the later pages to be asked for", more).await
}

/// Nothing of a language but these was asked for.
fn asked_in(page: &Page, langs: &[&str]) -> Result<()> {
    for lang in ["en", "nl", "sv"] {
        let asked = page.site.asked_for(|path| is_in(path, lang));
        ensure!(asked == langs.contains(&lang), "files in {lang} asked for: {asked}; {:?}", page.site.requests());
    }
    Ok(())
}

async fn address_chooses_the_language(env: Rc<Env>) -> Result<()> {
    for lang in OTHERS {
        let page = env.plain().await?;
        let texts = texts(&page.site, lang)?;
        page.open(&format!("?x=1&lang={lang}#part")).await?;
        page.ready().await?;
        is_lang(&page, lang).await?;
        page.says("h1", text(&texts, "start.title")?).await?;
        page.press(text(&texts, "start.go")?).await?;
        page.at("gate-2").await?;
        settled(&page, lang).await?;
        asked_in(&page, &[lang])?;
        let says = page.site.requests().iter().filter(|entry| entry.path.contains("/say.")).count();
        ensure!(says == 1, "{says} files of texts for the start page");
        page.saved(&format!("lang={lang}")).await?;
        page.reload().await?;
        page.at("gate-2").await?;
        is_lang(&page, lang).await?;
        let address = page.text("return location.search + location.hash", json!([])).await?;
        ensure!(address == format!("?x=1&lang={lang}#part"), "the address became {address}");
    }
    // In English nothing is asked for that English does not need.
    let page = env.plain().await?;
    page.open("?lang=en").await?;
    page.ready().await?;
    touch(&page).await?;
    settled(&page, "en").await?;
    asked_in(&page, &["en"])?;
    ensure!(!page.site.asked_for(|path| path.contains("/say.")), "texts of another language were asked for");
    Ok(())
}

async fn start_page_is_in_its_language_before_the_program(env: Rc<Env>) -> Result<()> {
    for lang in OTHERS {
        let page = env.page(Options { wasm: Wasm::Held, ..env.options() }).await?;
        let texts = texts(&page.site, lang)?;
        page.open(&format!("?lang={lang}")).await?;
        is_lang(&page, lang).await?;
        page.until(
            "the page to be shown",
            "return getComputedStyle(document.querySelector('#bsh-root')).visibility === 'visible'",
            json!([]),
        )
        .await?;
        ensure!(page.count(".bsh-app").await? == 0, "the program was not held back");
        page.says("h1", text(&texts, "start.title")?).await?;
        page.says("#bsh-go", text(&texts, "start.go")?).await?;
        let script = "return [document.title, document.querySelector('meta[name=description]').content,
            [...document.querySelectorAll('[data-t]')].every((e) => e.firstChild.data.trim().length > 0)]";
        let said = page.js(script, json!([])).await?;
        let due = json!([text(&texts, "page.title")?, text(&texts, "page.description")?, true]);
        ensure!(said == due, "the static page says {said}, not {due}");
        let early = page.text("return document.querySelector('main').innerText", json!([])).await?;
        page.site.release();
        page.ready().await?;
        // Nothing changes under the reader's eyes.
        let late = page.text("return document.querySelector('main').innerText", json!([])).await?;
        ensure!(early.trim() == late.trim(), "before the program: {early}; with it: {late}");
    }
    Ok(())
}

async fn browser_chooses_the_language(env: Rc<Env>) -> Result<()> {
    // The first that there is, by code or by its first part.
    for (languages, lang) in [("sv-SE,sv,en", "sv"), ("fr-FR,fr,nl-BE", "nl"), ("pl", "en")] {
        // Firefox's driver has one session only.
        let engine = Engine::start(&env.args, &env.engine.folder().join("reader")).await?;
        let driver = engine.session_in(languages).await?;
        let page = env.page_in(driver.clone(), env.options()).await?;
        let outcome = async {
            page.open("").await?;
            page.ready().await?;
            let asked = page.text("return navigator.languages.join()", json!([])).await?;
            ensure!(asked.starts_with(&languages[..2]), "the browser says it wants {asked}");
            is_lang(&page, lang).await?;
            touch(&page).await?;
            settled(&page, lang).await?;
            asked_in(&page, &[lang])?;
            page.press_at("#bsh-go").await?;
            page.at("gate-2").await?;
            page.saved("form=short").await?;
            // Nobody chose it by hand.
            page.unsaved("lang=").await
        }
        .await;
        driver.quit().await?;
        outcome?;
    }
    Ok(())
}

async fn unknown_languages_are_passed_over(env: Rc<Env>) -> Result<()> {
    for lang in ["xx", "", "../nl", "nl-", "NL%00", "constructor", "en&lang=nl"] {
        let page = env.plain().await?;
        page.open(&format!("?lang={lang}")).await?;
        page.ready().await?;
        is_lang(&page, "en").await?;
        page.says("#bsh-go", "Start").await?;
        touch(&page).await?;
        settled(&page, "en").await?;
        asked_in(&page, &["en"])?;
        ensure!(page.site.requests().iter().all(|entry| entry.status == 200), "asked for {:?}", page.site.requests());
    }
    // What stands in a damaged draft neither.
    let page = env.plain().await?;
    let draft = full(&page.site.edition()?, "gate-3", "lang=zz\n");
    page.resume("", &draft, "gate-3").await?;
    is_lang(&page, "en").await
}

async fn switch(page: &Page, lang: &str) -> Result<()> {
    page.js("document.querySelector('#bsh-lang').focus({ preventScroll: true })", json!([])).await?;
    page.pick("#bsh-lang", lang).await
}

async fn switch_keeps_step_and_answers(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    page.open("?x=%2F").await?;
    page.begin("short").await?;
    page.fill(SHORT[0]).await?;
    page.press("Continue").await?;
    page.at("gate-3").await?;
    page.fill(SHORT[1]).await?;
    page.press_at("[data-item='g3-01'] .bsh-note button").await?;
    page.type_into("#note-g3-01", "They said so").await?;
    let english = page.read("[data-item='g3-02'] legend").await?;
    page.js("scrollTo(0, 20)", json!([])).await?;
    switch(&page, "nl").await?;
    is_lang(&page, "nl").await?;
    page.says(".bsh-moves .bsh-primary", "Verder").await?;
    ensure!(page.step().await? == "gate-3", "the step is now {}", page.step().await?);
    for (item, value) in SHORT[1] {
        page.is_chosen(item, value).await?;
    }
    let state = "return [scrollY, document.querySelector('#note-g3-01').value, location.search, document.querySelector('#bsh-lang').value]";
    let state = page.js(state, json!([])).await?;
    ensure!(state == json!([20, "They said so", "?x=%2F&lang=nl", "nl"]), "after the switch: {state}");
    page.focused("#bsh-lang").await?;
    ensure!(page.read("[data-item='g3-02'] legend").await? != english, "the question is still in English");
    page.saved("lang=nl").await?;
    page.saved("g3-01.note=They said so").await?;
    settled(&page, "nl").await?;
    asked_in(&page, &["en", "nl"])?;
    // An earlier entry of the history keeps the language.
    page.back().await?;
    page.at("gate-2").await?;
    page.until("the language in the address", "return location.search === '?x=%2F&lang=nl'", json!([])).await?;
    page.reload().await?;
    page.at("gate-2").await?;
    is_lang(&page, "nl").await?;
    // And the next visit knows it without any address.
    page.visit_again().await?;
    page.at("return").await?;
    is_lang(&page, "nl").await?;
    switch(&page, "en").await?;
    is_lang(&page, "en").await?;
    page.press("Continue").await?;
    page.at("gate-2").await?;
    page.is_chosen("g2-05", "3").await
}

async fn switch_on_the_start_page(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    page.open("").await?;
    page.ready().await?;
    page.type_into("#bsh-account", "Metal Works").await?;
    page.choose("bsh-form", "full").await?;
    let names = page
        .js(
            "return [...document.querySelectorAll('#bsh-lang option')].map((e) => [e.value, e.lang, e.textContent])",
            json!([]),
        )
        .await?;
    ensure!(
        names == json!([["en", "en", "English"], ["nl", "nl", "Nederlands"], ["sv", "sv", "Svenska"]]),
        "the languages are called {names}"
    );
    switch(&page, "sv").await?;
    is_lang(&page, "sv").await?;
    page.says("h1", text(&texts(&page.site, "sv")?, "start.title")?).await?;
    let title = page.text("return document.title", json!([])).await?;
    ensure!(title.contains(&page.read("h1").await?), "the title is \"{title}\"");
    let kept = page.js("return [document.querySelector('#bsh-account').value, localStorage.length]", json!([])).await?;
    ensure!(kept == json!(["Metal Works", 0]), "after the switch: {kept}");
    page.press_at("#bsh-go").await?;
    page.at("gate-2").await?;
    for line in ["lang=sv", "form=full", "account=Metal Works"] {
        page.saved(line).await?;
    }
    Ok(())
}

async fn switch_on_a_result(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    page.resume("", &full(&page.site.edition()?, "plan", ""), "plan").await?;
    let before = page.stored(DRAFT).await?.unwrap_or_default();
    for (lang, word) in [("sv", "Erik"), ("nl", "Jan"), ("en", "Eva")] {
        let old = page.read("h1").await?;
        switch(&page, lang).await?;
        is_lang(&page, lang).await?;
        page.at("plan").await?;
        ensure!(page.read("h1").await? != old, "the plan is still called {old}");
        page.focused("#bsh-lang").await?;
        page.type_into("#task-11-2", word).await?;
        page.saved(&format!("task.11.owner={word}")).await?;
        page.saved(&format!("lang={lang}")).await?;
        for step in ["result", "matrix.result", "practice.result", "plan"] {
            page.go(step).await?;
        }
    }
    let rest = |text: &str| -> Vec<String> {
        let ours = |line: &&str| !line.starts_with("lang=") && !line.starts_with("bsh-answers");
        text.lines().filter(ours).map(str::to_owned).collect()
    };
    let after = page.stored(DRAFT).await?.unwrap_or_default();
    ensure!(rest(&after) == rest(&before), "the switches changed the answers: {before} became {after}");
    Ok(())
}

async fn switch_without_its_file(env: Rc<Env>) -> Result<()> {
    let gone = |name: &str| name.starts_with("pack.nl-");
    let page = env.page(Options { faulty: true, gone, ..env.options() }).await?;
    page.start("short").await?;
    page.choose("g2-01", "4").await?;
    switch(&page, "nl").await?;
    page.says(".bsh-banner", "That language could not be fetched").await?;
    is_lang(&page, "en").await?;
    page.says(".bsh-moves .bsh-primary", "Continue").await?;
    page.is_chosen("g2-01", "4").await?;
    ensure!(
        page.text("return location.search", json!([])).await?.is_empty(),
        "the address names the language that did not come"
    );
    page.unsaved("lang=nl").await?;
    page.until(
        "the list to say which language is shown",
        "return document.querySelector('#bsh-lang').value === 'en'",
        json!([]),
    )
    .await?;
    // It works on, and the next try too.
    page.choose("g2-02", "3").await?;
    page.saved("g2-02=3").await?;
    page.site.release();
    switch(&page, "nl").await?;
    is_lang(&page, "nl").await?;
    page.gone(".bsh-banner").await?;
    page.is_chosen("g2-02", "3").await
}

/// The newest choice counts, whatever comes when.
async fn switch_back_while_under_way(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    page.start("short").await?;
    page.js(
        "const list = document.querySelector('#bsh-lang');
        for (const lang of ['nl', 'sv', 'nl', 'sv']) {
            list.value = lang;
            list.dispatchEvent(new Event('change', { bubbles: true }));
        }",
        json!([]),
    )
    .await?;
    is_lang(&page, "sv").await?;
    page.says(".bsh-moves .bsh-primary", "Fortsätt").await?;
    page.js(
        "const list = document.querySelector('#bsh-lang');
        for (const lang of ['nl', 'sv']) {
            list.value = lang;
            list.dispatchEvent(new Event('change', { bubbles: true }));
        }",
        json!([]),
    )
    .await?;
    settled(&page, "sv").await?;
    page.saved("lang=sv").await?;
    page.says(".bsh-moves .bsh-primary", "Fortsätt").await?;
    is_lang(&page, "sv").await
}

/// Without the texts of the start page English stays until the questions come.
async fn start_texts_missing(env: Rc<Env>) -> Result<()> {
    let gone = |name: &str| name.starts_with("say.");
    let page = env.page(Options { faulty: true, gone, wasm: Wasm::Held, ..env.options() }).await?;
    page.open("?lang=nl").await?;
    page.until(
        "the page to be shown",
        "return getComputedStyle(document.querySelector('#bsh-root')).visibility === 'visible'",
        json!([]),
    )
    .await?;
    is_lang(&page, "en").await?;
    page.says("#bsh-go", "Start").await?;
    page.site.release();
    page.ready().await?;
    is_lang(&page, "nl").await?;
    page.press_at("#bsh-go").await?;
    page.says(".bsh-moves .bsh-primary", "Verder").await
}

/// The page that waits says so, and goes on when asked once more.
async fn waits_and_retries(page: &Page) -> Result<()> {
    page.start("short").await?;
    super::tour::answer_all(page).await?;
    page.press("Review").await?;
    page.at("review").await?;
    page.press("See my result").await?;
    page.at("result wait").await?;
    page.says("main [role=status]", "could not be fetched").await?;
    page.focused("h1").await?;
    // Once more in vain: it stays, with its button.
    page.press("Try again").await?;
    page.says("main [role=status]", "could not be fetched").await?;
    page.button("Try again").await?;
    page.saved("step=result").await?;
    page.site.release();
    page.press("Try again").await?;
    page.at("result").await?;
    page.focused("h1").await?;
    page.says("main", "3.8").await?;
    page.go("matrix.intellectual").await?;
    page.fill(MATRIX[0].1).await
}

async fn later_program_missing(env: Rc<Env>) -> Result<()> {
    let kinds: [fn(&str) -> bool; 3] = [
        |name| is_later(name) && name.ends_with(".wasm"),
        |name| is_later(name) && name.ends_with(".js"),
        |name| is_later(name) && name.ends_with(".css"),
    ];
    for gone in kinds {
        let page = env.page(Options { faulty: true, gone, ..env.options() }).await?;
        waits_and_retries(&page).await?;
    }
    Ok(())
}

async fn later_texts_missing(env: Rc<Env>) -> Result<()> {
    let page = env.page(Options { faulty: true, gone: is_more, ..env.options() }).await?;
    waits_and_retries(&page).await
}

async fn numbers_have_a_comma(env: Rc<Env>) -> Result<()> {
    for (lang, percent) in [("en", "95.8%"), ("nl", "95,8%"), ("sv", "95,8\u{a0}%")] {
        let page = env.plain().await?;
        let draft = full(&page.site.edition()?, "result", "");
        page.resume(&format!("?lang={lang}"), &draft, "result").await?;
        let text = page.text("return document.querySelector('main').textContent", json!([])).await?;
        let x = if lang == "en" { "3.8" } else { "3,8" };
        ensure!(text.contains(percent) && text.contains(x), "in {lang} neither {percent} nor {x}: {text}");
        page.go("matrix.result").await?;
        let other = page.text("return document.querySelector('main').textContent", json!([])).await?;
        let part = if lang == "en" { "37.5" } else { "37,5" };
        ensure!(other.contains(part), "in {lang} {part} is not in: {other}");
        if lang != "en" {
            let point =
                ["95.8", "83.3", "37.5"].into_iter().find(|number| text.contains(number) || other.contains(number));
            ensure!(point.is_none(), "in {lang} a number has a point: {point:?}");
        }
    }
    let page = env.plain().await?;
    to_result(&page).await?;
    page.says("main", "3.8 of 5").await
}
