//! The custom element as a host's script meets it: its life in the page, its attributes, events and methods.

use std::rc::Rc;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use super::embed_hosts::{at, hosted, innocent, quiet, to_the_result};
use super::tour::from_signs;
use crate::harness::axe;
use crate::harness::engine::Kind;
use crate::harness::hosts::{Host, How};
use crate::harness::page::{DRAFT, Page, Place};
use crate::harness::run::{Env, Test};
use crate::harness::server::{Options, Wasm, is_wasm};
use crate::sheet::SHORT;

pub fn tests() -> Vec<Test> {
    crate::tests![
        three_languages_on_one_page,
        script_loaded_twice,
        script_that_comes_late,
        moved_it_keeps_its_state,
        removed_and_added_a_hundred_times,
        nothing_is_left_in_memory in [Kind::Chromium],
        attributes_change_while_it_runs,
        every_mode,
        unknown_values_do_no_harm,
        events_in_order_and_without_answers,
        result_only_where_the_visitor_was_told,
        reset_asks_first,
        focus_goes_to_the_heading,
        properties_mirror_attributes,
        kiosk_keeps_nothing,
        answers_are_kept_by_name,
        reload_goes_on,
        back_button_and_no_history,
        failure_stays_in_the_element,
        hidden_at_first,
        drop_beside_it_is_the_hosts,
        narrow_column,
        keyboard_alone,
        no_violation_of_axe_in_three_languages,
        parts_are_named,
        only_the_name_of_the_element_is_global,
    ]
}

const ELEMENT: Place = Place::Element("#w");

fn plain() -> Host {
    Host::new("plain", How::Element)
}

/// A host page whose widgets the test makes itself.
async fn bare(env: &Env, name: &'static str) -> Result<Page> {
    let page = env.page(env.options()).await?;
    page.goto(&page.site.hosted(&Host::new(name, How::Element).tail())).await?;
    page.until(
        "the element's name",
        "return !!customElements.get('buy-sell-hierarchy') || arguments[0] === 'late'",
        json!([name]),
    )
    .await?;
    Ok(page)
}

async fn three_languages_on_one_page(env: Rc<Env>) -> Result<()> {
    let page = env.page(env.options()).await?;
    page.goto(&page.site.hosted(&Host::new("three", How::Element).tail())).await?;
    page.js(
        "for (const id of ['one', 'two', 'three']) document.getElementById(id).setAttribute('loading', 'eager')",
        json!([]),
    )
    .await?;
    let all = ["#one", "#two", "#three"].map(|id| page.seen_from(Place::Element(id)));
    let mut titles = Vec::new();
    for (widget, lang) in all.iter().zip(["en", "nl", "sv"]) {
        widget.enter().await?;
        widget.ready().await?;
        let shown = widget.text("return document.querySelector('h1').closest('[lang]').lang", json!([])).await?;
        ensure!(shown == lang, "one of them is in {shown} and not in {lang}");
        titles.push(widget.read("h1").await?);
    }
    ensure!(titles[0] != titles[1] && titles[1] != titles[2] && titles[0] != titles[2], "the titles are {titles:?}");
    let programs = page.js("return window.spy.programs", json!([])).await?;
    ensure!(programs == json!(1), "{programs} programs for three elements");
    let asked = page.site.requests().iter().filter(|entry| is_wasm(&entry.path)).count();
    ensure!(asked == 1, "the program was fetched {asked} times");
    // Each by itself, turn by turn.
    for (widget, name) in all.iter().zip(["Metal Works", "Blauwe Boot", "Röda Stugan"]) {
        widget.type_into("#bsh-account", name).await?;
    }
    for widget in &all {
        widget.press_at("#bsh-go").await?;
        widget.at("gate-2").await?;
    }
    for (widget, value) in all.iter().zip(["0", "2", "4"]) {
        widget.choose("g2-01", value).await?;
    }
    for (widget, (value, key)) in all.iter().zip([("0", "one"), ("2", "two"), ("4", "three")]) {
        widget.is_chosen("g2-01", value).await?;
        widget.saved_in(&format!("bsh:draft:{key}"), &format!("g2-01={value}")).await?;
    }
    // One to the end, the others where they were.
    for (step, answers) in crate::sheet::STEPS.iter().zip(SHORT) {
        all[1].at(step).await?;
        all[1].fill(answers).await?;
        all[1].press_at(".bsh-moves .bsh-primary").await?;
    }
    all[1].at("signs").await?;
    all[1].press_at(".bsh-moves .bsh-primary").await?;
    all[1].at("review").await?;
    all[1].press_at(".bsh-moves .bsh-primary").await?;
    all[1].at("result").await?;
    let sentence = all[1].read("h1").await?;
    ensure!(sentence.contains("Blauwe Boot"), "the second one's result says: {sentence}");
    for widget in [&all[0], &all[2]] {
        ensure!(widget.step().await? == "gate-2", "another one went on to {}", widget.step().await?);
    }
    all[0].is_chosen("g2-01", "0").await?;
    let doubles = page
        .text(
            "const tags = [...document.querySelectorAll('buy-sell-hierarchy')];
             return tags.map((e) => { const ids = [...e.shadowRoot.querySelectorAll('[id]')].map((n) => n.id); return ids.filter((id, i) => ids.indexOf(id) !== i); }).flat().join(' ')",
            json!([]),
        )
        .await?;
    ensure!(doubles.is_empty(), "ids that are there twice: {doubles}");
    innocent(&page).await
}

async fn script_loaded_twice(env: Rc<Env>) -> Result<()> {
    let page = hosted(&env, &Host::new("double", How::Element)).await?;
    // And a third time, under another address, as a second plug-in would.
    page.outside(
        "const s = document.createElement('script'); s.src = arguments[0] + '?v=2'; s.dataset.free = ''; s.onload = () => { window.bshCounts = 1; }; document.querySelector('#w').append(s)",
        json!([page.site.url("element.js")]),
    )
    .await?;
    page.until_outside("the third copy", "return window.bshCounts === 1", json!([])).await?;
    page.begin("short").await?;
    page.choose("g2-01", "3").await?;
    let programs = page.outside("return window.spy.programs", json!([])).await?;
    ensure!(programs.as_u64().is_some_and(|n| n <= 2), "{programs} programs");
    let roots = page
        .outside("return document.querySelector('#w').shadowRoot.querySelectorAll('.bsh').length", json!([]))
        .await?;
    ensure!(roots == json!(1), "{roots} widgets in one element");
    innocent(&page).await
}

async fn script_that_comes_late(env: Rc<Env>) -> Result<()> {
    let page = bare(&env, "late").await?;
    // Set while nobody knows the element: properties of a plain object, and attributes.
    page.js(
        "const e = document.querySelector('#w'); e.lang = 'nl'; e.reset = 'not a method'; e.setAttribute('account', 'Metal Works'); e.setAttribute('form', 'full');
         const s = document.createElement('script'); s.src = arguments[0]; s.async = true; e.append(s);",
        json!([page.site.url("element.js")]),
    )
    .await?;
    let page = page.seen_from(ELEMENT);
    page.enter().await?;
    page.ready().await?;
    quiet(&page).await?;
    let lang = page.text("return document.querySelector('h1').closest('[lang]').lang", json!([])).await?;
    ensure!(lang == "nl", "it is in {lang}");
    ensure!(
        page.text("return document.querySelector('#bsh-account').value", json!([])).await? == "Metal Works",
        "the account's name is lost"
    );
    ensure!(page.chosen("bsh-form").await? == "full", "the form is {}", page.chosen("bsh-form").await?);
    let done = page.outside("return document.querySelector('#w').reset().then(String)", json!([])).await?;
    ensure!(done == json!("true"), "reset() gives {done}");
    innocent(&page).await
}

async fn moved_it_keeps_its_state(env: Rc<Env>) -> Result<()> {
    let page = bare(&env, "empty").await?;
    page.js("const e = document.createElement('buy-sell-hierarchy'); e.id = 'w'; document.querySelector('#place').append(e)", json!([])).await?;
    let page = page.seen_from(ELEMENT);
    page.enter().await?;
    page.begin("short").await?;
    page.choose("g2-01", "3").await?;
    page.outside("document.querySelector('#other').append(document.querySelector('#w'))", json!([])).await?;
    page.at("gate-2").await?;
    page.is_chosen("g2-01", "3").await?;
    // It still listens.
    page.choose("g2-02", "2").await?;
    page.fill(&SHORT[0][2..]).await?;
    page.press("Continue").await?;
    page.at("gate-3").await?;
    innocent(&page).await
}

/// Adds an element, waits until it runs, starts it, takes it away; then again, this often.
const ROUNDS: &str = "const [times, attributes] = arguments;
    const done = arguments[arguments.length - 1];
    const once = (left) => {
        if (!left) return done('');
        const e = document.createElement('buy-sell-hierarchy');
        e.id = 'w';
        for (const [name, value] of attributes) e.setAttribute(name, value);
        const limit = setTimeout(() => done(`no life sign with ${left} to go`), 8000);
        e.addEventListener('bsh-ready', () => {
            clearTimeout(limit);
            if (e.shadowRoot.querySelector('#bsh-go')) e.shadowRoot.querySelector('#bsh-go').click();
            // What hangs on the removal may come a moment later.
            setTimeout(() => { e.remove(); setTimeout(() => once(left - 1)); });
        }, { once: true });
        document.querySelector('#place').append(e);
    };
    once(times)";

async fn rounds(page: &Page, times: u32) -> Result<()> {
    let attributes = json!([["mode", "kiosk"], ["loading", "eager"]]);
    let fault = page.driver.execute_async(ROUNDS, vec![json!(times), attributes]).await?;
    let fault = fault.json().as_str().unwrap_or_default().to_owned();
    ensure!(fault.is_empty(), "{fault}");
    Ok(())
}

/// Bytes of the visitor's program; the second one takes in its texts whenever they come.
const FIRST_PROGRAM: &str = "return window.spy.memories[0].buffer.byteLength";

async fn removed_and_added_a_hundred_times(env: Rc<Env>) -> Result<()> {
    let page = bare(&env, "empty").await?;
    let without = page.text("return window.spy.listeners()", json!([])).await?;
    // The first ones bring what stays: the program, and what it needs once for a page.
    rounds(&page, 10).await?;
    // A press on Start has asked for the second program, which comes in its own time.
    page.until("the second program", "return window.spy.programs > 1", json!([])).await?;
    let state = "return `${window.spy.listeners()} nodes ${document.querySelectorAll('*').length} programs ${window.spy.programs}`";
    let before = page.text(state, json!([])).await?;
    let memory = page.js(FIRST_PROGRAM, json!([])).await?.as_u64().unwrap_or_default();
    ensure!(memory > 0, "no program was seen");
    for _ in 0..4 {
        rounds(&page, 25).await?;
    }
    let after = page.text(state, json!([])).await?;
    ensure!(before == after, "before: {before}; after: {after}");
    ensure!(!without.is_empty() || !after.is_empty(), "nothing was counted");
    let grown = page.js(FIRST_PROGRAM, json!([])).await?.as_u64().unwrap_or_default();
    ensure!(grown <= memory + 131_072, "the program's memory grew from {memory} to {grown} bytes");
    // The last one is as good as the first.
    page.js("const e = document.createElement('buy-sell-hierarchy'); e.id = 'w'; document.querySelector('#place').append(e)", json!([])).await?;
    let page = page.seen_from(ELEMENT);
    page.enter().await?;
    page.begin("short").await?;
    page.choose("g2-01", "3").await?;
    innocent(&page).await
}

/// Chromium counts what is really there, whoever holds on to it.
async fn nothing_is_left_in_memory(env: Rc<Env>) -> Result<()> {
    let page = bare(&env, "empty").await?;
    let counts = async || -> Result<(u64, u64)> {
        page.cdp("HeapProfiler.collectGarbage", json!({})).await?;
        let found = page.cdp("Memory.getDOMCounters", json!({})).await?;
        Ok((found["nodes"].as_u64().unwrap_or_default(), found["jsEventListeners"].as_u64().unwrap_or_default()))
    };
    page.cdp("HeapProfiler.enable", json!({})).await?;
    rounds(&page, 10).await?;
    let before = counts().await?;
    ensure!(before.0 > 0, "nothing is counted");
    rounds(&page, 100).await?;
    let after = crate::harness::wait::until("what was removed to go", async || {
        let now = counts().await?;
        ensure!(
            now.0 <= before.0 + 200 && now.1 <= before.1 + 20,
            "nodes and listeners: {before:?} before, {now:?} after"
        );
        Ok(Some(now))
    })
    .await?;
    ensure!(after.0 > 0, "nothing is counted");
    Ok(())
}

async fn attributes_change_while_it_runs(env: Rc<Env>) -> Result<()> {
    let page = hosted(&env, &plain().with("lang", "en")).await?;
    page.begin("short").await?;
    page.choose("g2-01", "3").await?;
    let english = page.read("h1").await?;
    let set = async |name: &str, value: &str| {
        page.outside("document.querySelector('#w').setAttribute(arguments[0], arguments[1])", json!([name, value]))
            .await
    };
    set("lang", "sv").await?;
    page.until("Swedish", "return document.querySelector('h1')?.closest('[lang]').lang === 'sv'", json!([])).await?;
    page.at("gate-2").await?;
    ensure!(page.read("h1").await? != english, "the heading stayed English");
    page.is_chosen("g2-01", "3").await?;
    set("theme", "dark").await?;
    page.until("the dark look", super::embed_theme::DARK, json!([])).await?;
    set("theme", "light").await?;
    page.until("the light look", &format!("return !(() => {{ {} }})()", super::embed_theme::DARK), json!([])).await?;
    page.is_chosen("g2-01", "3").await?;
    // Another name for the answers is another set of answers.
    set("storage-key", "second").await?;
    page.at("start").await?;
    set("mode", "kiosk").await?;
    page.until(
        "the word about the kiosk",
        "return !document.querySelector('#bsh-open') && document.querySelector('#bsh-go')",
        json!([]),
    )
    .await?;
    page.outside("document.querySelector('#w').removeAttribute('storage-key'); document.querySelector('#w').setAttribute('mode', 'assessment')", json!([])).await?;
    page.at("return").await?;
    page.press_at(".bsh-return .bsh-primary").await?;
    page.at("gate-2").await?;
    page.is_chosen("g2-01", "3").await?;
    innocent(&page).await
}

async fn every_mode(env: Rc<Env>) -> Result<()> {
    for mode in ["assessment", "workspace", "customer", "kiosk"] {
        let page = hosted(&env, &plain().with("mode", mode)).await?;
        quiet(&page).await.context(mode)?;
        page.begin("short").await.context(mode)?;
        for (step, answers) in crate::sheet::STEPS.iter().zip(SHORT) {
            page.at(step).await.context(mode)?;
            page.fill(answers).await?;
            page.press("Continue").await?;
        }
        if mode == "customer" {
            // What the customer sees of a supplier has no signs of the seller's own.
            page.at("review").await?;
            page.press_at(".bsh-moves .bsh-primary").await?;
            page.at("result").await.context(mode)?;
        } else {
            from_signs(&page).await.context(mode)?;
        }
        let here = page.read("table.bsh-levels tr[aria-current]").await?;
        ensure!(here.contains('3'), "in the mode {mode} the table is at: {here}");
        let accounts = page.has_button("My accounts").await? || page.has_button("Keep this account").await?;
        ensure!(!accounts || mode == "workspace", "the mode {mode} offers accounts");
        innocent(&page).await.context(mode)?;
    }
    Ok(())
}

async fn unknown_values_do_no_harm(env: Rc<Env>) -> Result<()> {
    let host = plain()
        .with("lang", "xx-nothing")
        .with("mode", "__proto__")
        .with("theme", "constructor")
        .with("storage-key", "no blanks/here")
        .with("form", "toString")
        .with("loading", "never")
        .with("account", &"long ".repeat(40));
    let page = hosted(&env, &host).await?;
    quiet(&page).await?;
    let lang = page.text("return document.querySelector('h1').closest('[lang]').lang", json!([])).await?;
    ensure!(lang == "en", "it is in {lang}");
    page.begin("short").await?;
    page.choose("g2-01", "3").await?;
    let keys = page.keys().await?;
    ensure!(keys.iter().any(|key| key == DRAFT), "stored: {keys:?}");
    innocent(&page).await
}

pub async fn told(page: &Page) -> Result<Vec<Value>> {
    let text = page.outside("return window.spy.told()", json!([])).await?;
    Ok(serde_json::from_str(text.as_str().unwrap_or_default())?)
}

/// Every event of a journey, with its place and shape; the report only where it was asked for.
pub async fn check_events(page: &Page, tag: &str, report: bool) -> Result<()> {
    page.until_outside("the last event", "return window.spy.events.some((e) => e.type === 'complete')", json!([]))
        .await?;
    let events = told(page).await?;
    let types: Vec<&str> = events.iter().filter_map(|event| event["type"].as_str()).collect();
    ensure!(types.first() == Some(&"ready") && types.get(1) == Some(&"start"), "they begin with {types:?}");
    ensure!(types.iter().filter(|t| **t == "ready").count() == 1, "ready comes more than once: {types:?}");
    ensure!(types.iter().filter(|t| **t == "start").count() == 1, "start comes more than once: {types:?}");
    ensure!(types.last() == Some(&"complete"), "they end with {types:?}");
    let mut answered = 0;
    for event in &events {
        let kind = event["type"].as_str().unwrap_or_default();
        let detail = &event["detail"];
        ensure!(event["target"] == json!(tag), "{kind} comes from {}", event["target"]);
        ensure!(
            event["bubbles"] == json!(true) && event["composed"] == json!(true),
            "{event} does not bubble or leave"
        );
        let names: Vec<&str> = detail.as_object().into_iter().flatten().map(|(name, _)| name.as_str()).collect();
        let allowed: &[&str] = match kind {
            "ready" | "start" => &[],
            "progress" => &["answered", "of"],
            "complete" if report => &["instrument", "kind", "level", "position"],
            "complete" => &["instrument", "kind"],
            _ => &["cause"],
        };
        ensure!(
            names.len() == allowed.len() && names.iter().all(|name| allowed.contains(name)),
            "{kind} says {detail}"
        );
        if kind == "progress" {
            let now = detail["answered"].as_u64().unwrap_or_default();
            ensure!(now >= answered && detail["of"] == json!(24), "progress goes from {answered} to {detail}");
            answered = now;
        }
    }
    ensure!(answered == 24, "the last progress is {answered}");
    let last = &events[events.len() - 1]["detail"];
    ensure!(last["instrument"].is_string() && last["kind"].is_string(), "complete says {last}");
    if report {
        ensure!(last["level"] == json!(3) && last["position"] == json!(3.8), "the result is {last}");
    }
    // No text of it says what somebody answered or wrote.
    let all = serde_json::to_string(&events)?;
    for word in ["Metal Works", "g2-01", "c-02"] {
        ensure!(!all.contains(word), "the events say {word}");
    }
    Ok(())
}

async fn events_in_order_and_without_answers(env: Rc<Env>) -> Result<()> {
    let page = hosted(&env, &plain()).await?;
    let promise = page.read("main").await.or(page.read(".bsh-step").await)?;
    ensure!(!promise.contains("127.0.0.1"), "nothing is reported, and the start says: {promise}");
    to_the_result(&page).await?;
    check_events(&page, "buy-sell-hierarchy#w", false).await?;
    let result =
        page.outside("return document.querySelector('#w').exportResult().then((r) => r === null)", json!([])).await?;
    ensure!(result == json!(true), "exportResult gives something that nobody was told of");
    innocent(&page).await
}

async fn result_only_where_the_visitor_was_told(env: Rc<Env>) -> Result<()> {
    let page = hosted(&env, &plain().with("report-result", "")).await?;
    // Before the start, on the start page, in so many words.
    page.says(".bsh-facts", "127.0.0.1").await?;
    let early =
        page.outside("return document.querySelector('#w').exportResult().then((r) => r === null)", json!([])).await?;
    ensure!(early == json!(true), "there is a result before the start");
    to_the_result(&page).await?;
    check_events(&page, "buy-sell-hierarchy#w", true).await?;
    let level = page
        .outside(
            "return document.querySelector('#w').exportResult().then((r) => `${r.level} ${r.position}`)",
            json!([]),
        )
        .await?;
    ensure!(level == json!("3 3.8"), "exportResult gives {level}");
    // A host that asks only afterwards gets nothing of what is there.
    page.visit(&plain()).await?;
    page.at("return").await?;
    page.press_at(".bsh-return .bsh-primary").await?;
    page.at("result").await?;
    page.outside("document.querySelector('#w').setAttribute('report-result', '')", json!([])).await?;
    let script = "return document.querySelector('#w').exportResult().then((r) => r === null)";
    ensure!(page.outside(script, json!([])).await? == json!(true), "a result that nobody was told of is given out");
    innocent(&page).await
}

async fn reset_asks_first(env: Rc<Env>) -> Result<()> {
    let page = hosted(&env, &plain()).await?;
    // Nothing to lose: at once.
    let done = page.outside("return document.querySelector('#w').reset().then(String)", json!([])).await?;
    ensure!(done == json!("true"), "on an empty start reset() gives {done}");
    page.begin("short").await?;
    page.fill(SHORT[0]).await?;
    page.saved("g2-01=4").await?;
    let ask =
        "window.bshCounts = ''; document.querySelector('#w').reset().then((d) => { window.bshCounts = String(d); })";
    page.outside(ask, json!([])).await?;
    page.shows(".bsh-ask").await?;
    page.press_at(".bsh-ask button:last-child").await?;
    page.until_outside("the answer to a no", "return window.bshCounts === 'false'", json!([])).await?;
    page.is_chosen("g2-01", "4").await?;
    page.outside(ask, json!([])).await?;
    page.shows(".bsh-ask").await?;
    page.press_at(".bsh-ask .bsh-danger, .bsh-ask button:first-of-type").await?;
    page.until_outside("the answer to a yes", "return window.bshCounts === 'true'", json!([])).await?;
    page.at("start").await?;
    ensure!(page.stored(DRAFT).await?.is_none(), "the answers are still stored");
    innocent(&page).await
}

async fn focus_goes_to_the_heading(env: Rc<Env>) -> Result<()> {
    let page = hosted(&env, &plain()).await?;
    quiet(&page).await?;
    page.outside("document.querySelector('#w').focus()", json!([])).await?;
    page.focused("h1").await?;
    let host = page.outside("return document.activeElement.id", json!([])).await?;
    ensure!(host == json!("w"), "in the host the focus is on {host}");
    Ok(())
}

async fn properties_mirror_attributes(env: Rc<Env>) -> Result<()> {
    let page = hosted(&env, &plain()).await?;
    page.outside(
        "const e = document.querySelector('#w'); e.lang = 'nl'; e.setAttribute('account', 'Blue Software')",
        json!([]),
    )
    .await?;
    page.until("Dutch", "return document.querySelector('h1')?.closest('[lang]').lang === 'nl'", json!([])).await?;
    ensure!(
        page.outside("return document.querySelector('#w').getAttribute('lang')", json!([])).await? == json!("nl"),
        "the attribute lang is not set"
    );
    // Taken away, it is as if it had never been said.
    page.outside("document.querySelector('#w').removeAttribute('lang')", json!([])).await?;
    page.until("English again", "return document.querySelector('h1')?.closest('[lang]').lang === 'en'", json!([]))
        .await?;
    innocent(&page).await
}

async fn kiosk_keeps_nothing(env: Rc<Env>) -> Result<()> {
    let page = hosted(&env, &plain().with("mode", "kiosk")).await?;
    to_the_result(&page).await?;
    ensure!(page.keys().await?.is_empty(), "stored: {:?}", page.keys().await?);
    ensure!(page.js("return sessionStorage.length", json!([])).await? == json!(0), "the session storage is used");
    ensure!(!page.has_button("Download my answers").await?, "answers can be left on a device that many use");
    page.press_at(".bsh-next-person").await?;
    page.at("start").await?;
    let left = page.text("return document.querySelector('#bsh-account').value", json!([])).await?;
    ensure!(left.is_empty(), "the next person reads {left}");
    // Half-way it asks, for such a button is soon touched.
    page.type_into("#bsh-account", "Blue Software").await?;
    page.begin("short").await?;
    ensure!(page.chosen("g2-01").await?.is_empty(), "the next person finds answers");
    page.choose("g2-01", "3").await?;
    page.press_at(".bsh-next-person").await?;
    page.shows(".bsh-ask").await?;
    page.press_at(".bsh-ask button:last-child").await?;
    page.is_chosen("g2-01", "3").await?;
    page.press_at(".bsh-next-person").await?;
    page.press_at(".bsh-ask .bsh-danger, .bsh-ask button:first-of-type").await?;
    page.at("start").await?;
    ensure!(page.keys().await?.is_empty(), "stored: {:?}", page.keys().await?);
    innocent(&page).await?;
    // And a reload finds nothing either.
    page.begin("short").await?;
    page.choose("g2-01", "3").await?;
    page.revisit().await?;
    page.ready().await?;
    page.at("start").await
}

async fn answers_are_kept_by_name(env: Rc<Env>) -> Result<()> {
    let page = hosted(&env, &plain().with("storage-key", "north.1")).await?;
    page.begin("short").await?;
    page.choose("g2-01", "3").await?;
    page.saved_in("bsh:draft:north.1", "g2-01=3").await?;
    ensure!(page.stored(DRAFT).await?.is_none(), "the answers are under the other name as well");
    let strange: Vec<String> = page.keys().await?.into_iter().filter(|key| !key.starts_with("bsh:")).collect();
    ensure!(strange.is_empty(), "stored under {strange:?}");
    Ok(())
}

async fn reload_goes_on(env: Rc<Env>) -> Result<()> {
    let page = hosted(&env, &plain()).await?;
    page.begin("short").await?;
    page.fill(SHORT[0]).await?;
    page.press("Continue").await?;
    page.at("gate-3").await?;
    page.choose("g3-01", "1").await?;
    page.saved("g3-01=1").await?;
    page.revisit().await?;
    quiet(&page).await?;
    page.at("return").await?;
    page.press("Continue").await?;
    page.at("gate-3").await?;
    page.is_chosen("g3-01", "1").await?;
    innocent(&page).await
}

async fn back_button_and_no_history(env: Rc<Env>) -> Result<()> {
    let page = hosted(&env, &plain()).await?;
    page.begin("short").await?;
    page.fill(SHORT[0]).await?;
    page.press("Continue").await?;
    page.at("gate-3").await?;
    page.press("Back").await?;
    page.at("gate-2").await?;
    page.is_chosen("g2-01", "4").await?;
    page.press("Continue").await?;
    page.at("gate-3").await?;
    innocent(&page).await
}

async fn failure_stays_in_the_element(env: Rc<Env>) -> Result<()> {
    let page = env.page(Options { faulty: true, wasm: Wasm::Missing, ..env.options() }).await?.seen_from(ELEMENT);
    page.visit(&plain()).await?;
    ensure!(page.panel().await? == "missing", "the panel names {}", page.panel().await?);
    let early = page.outside("return window.spy.early()", json!([])).await?;
    ensure!(early == json!(""), "the panel took: {early}");
    let events = told(&page).await?;
    ensure!(
        events.iter().any(|e| e["type"] == json!("error") && e["detail"] == json!({ "cause": "missing" })),
        "the events are {events:?}"
    );
    let errors = page.outside("return window.spy.errors.join(', ')", json!([])).await?;
    ensure!(errors == json!(""), "errors in the host: {errors}");
    Ok(())
}

/// In a part of the page that is folded away: it comes when it is unfolded.
async fn hidden_at_first(env: Rc<Env>) -> Result<()> {
    let page = bare(&env, "empty").await?;
    page.js(
        "const d = document.createElement('details'); d.dataset.free = ''; const s = document.createElement('summary'); s.textContent = 'More'; d.append(s);
         const e = document.createElement('buy-sell-hierarchy'); e.id = 'w'; d.append(e); document.querySelector('#place').append(d);",
        json!([]),
    )
    .await?;
    let frames = "const done = arguments[arguments.length - 1]; let n = 0; const next = () => (n++ < 4 ? requestAnimationFrame(next) : done(true)); next()";
    page.driver.execute_async(frames, Vec::new()).await?;
    ensure!(!page.site.asked_for(is_wasm), "it is folded away and fetches");
    page.press("More").await?;
    let page = page.seen_from(ELEMENT);
    page.enter().await?;
    page.begin("short").await?;
    innocent(&page).await
}

async fn drop_beside_it_is_the_hosts(env: Rc<Env>) -> Result<()> {
    let page = hosted(&env, &plain()).await?;
    let script = "const transfer = new DataTransfer(); transfer.items.add(new File(['x'], 'x.txt', { type: 'text/plain' }));
        const event = (type) => new DragEvent(type, { dataTransfer: transfer, bubbles: true, cancelable: true, composed: true });
        return [event('dragover'), event('drop')].map((e) => document.querySelector(arguments[0]).dispatchEvent(e)).join(' ')";
    let outside = page.outside(script, json!(["footer"])).await?;
    ensure!(outside == json!("true true"), "what is dropped on the host is taken by the widget: {outside}");
    innocent(&page).await
}

/// In a column of 320 pixels of a wide page nothing sticks out, for its width counts and not the window's.
async fn narrow_column(env: Rc<Env>) -> Result<()> {
    let page = hosted(&env, &Host::new("narrow", How::Element)).await?;
    let wide = "const box = document.querySelector('.bsh').getBoundingClientRect();
        if (Math.round(box.width) > 320) return `the widget is ${box.width} px wide`;
        const seen = (e) => e.getClientRects().length > 0;
        const held = (e) => e.parentElement && (getComputedStyle(e.parentElement).overflowX !== 'visible' || held(e.parentElement));
        return [...document.querySelectorAll('.bsh *')].filter((e) => seen(e) && !held(e) && e.getBoundingClientRect().right > box.right + 1)
            .slice(0, 5).map((e) => `${e.localName}.${e.getAttribute('class') || ''} \"${e.textContent.trim().slice(0, 30)}\"`).join(', ')";
    let look = async |name: &str| {
        let fault = page.text(wide, json!([])).await?;
        ensure!(fault.is_empty(), "{name}: {fault}");
        Ok(())
    };
    look("start").await?;
    page.begin("short").await?;
    for (step, answers) in crate::sheet::STEPS.iter().zip(SHORT) {
        page.at(step).await?;
        page.fill(answers).await?;
        look(step).await?;
        page.press("Continue").await?;
    }
    page.at("signs").await?;
    look("signs").await?;
    from_signs(&page).await?;
    super::tour::unfold(&page).await?;
    look("result").await?;
    innocent(&page).await
}

/// In by Tab from the host's own controls, through a group of answers, and out again.
async fn keyboard_alone(env: Rc<Env>) -> Result<()> {
    if env.kind == Kind::WebKit {
        // Tab stops at fields alone there unless its visitor sets it otherwise: what is asked is asked by keys.rs.
        return Ok(());
    }
    let page = hosted(&env, &plain()).await?;
    page.outside("document.querySelector('#own').focus()", json!([])).await?;
    let mut inside = String::new();
    for _ in 0..12 {
        page.strike(thirtyfour::Key::Tab).await?;
        inside = page.text("return document.activeElement.id", json!([])).await?;
        if inside == "bsh-account" {
            break;
        }
    }
    ensure!(inside == "bsh-account", "Tab leads to {inside}");
    page.key("Metal Works").await?;
    for _ in 0..6 {
        if page.text("return document.activeElement.id", json!([])).await? == "bsh-go" {
            break;
        }
        page.strike(thirtyfour::Key::Tab).await?;
    }
    page.focused("#bsh-go").await?;
    page.strike(thirtyfour::Key::Enter).await?;
    page.at("gate-2").await?;
    page.focused("h1").await?;
    page.strike(thirtyfour::Key::Tab).await?;
    page.until("the focus in the widget", "return document.activeElement.closest('.bsh')", json!([])).await?;
    innocent(&page).await
}

async fn no_violation_of_axe_in_three_languages(env: Rc<Env>) -> Result<()> {
    let mut faults = Vec::new();
    for lang in ["en", "nl", "sv"] {
        let page =
            hosted(&env, &plain().with("lang", lang).with("storage-key", lang).with("report-result", "")).await?;
        let mut look = async |name: &str| -> Result<()> {
            for fault in axe::violations(&page.seen_from(Place::Page), &env.axe).await? {
                faults.push(format!("{name} in {lang}: {fault}"));
            }
            Ok(())
        };
        look("start").await?;
        page.press_at("#bsh-go").await?;
        page.at("gate-2").await?;
        look("gate-2").await?;
        for answers in SHORT {
            page.fill(answers).await?;
            page.press_at(".bsh-moves .bsh-primary").await?;
        }
        page.at("signs").await?;
        look("signs").await?;
        page.press_at(".bsh-moves .bsh-primary").await?;
        page.at("review").await?;
        page.press_at(".bsh-moves .bsh-primary").await?;
        page.at("result").await?;
        look("result").await?;
    }
    ensure!(faults.is_empty(), "{}", faults.join("; "));
    Ok(())
}

/// What a host can style from outside: everything drawn has a part, and the words in it are those of the table.
async fn parts_are_named(env: Rc<Env>) -> Result<()> {
    let page = hosted(&env, &plain()).await?;
    let script = "const bare = [...document.querySelectorAll('.bsh *')].filter((e) => !e.closest('svg') && !/^(option|br|title|style)$/.test(e.localName) && !(e.getAttribute('part') || '').split(' ').includes(e.localName));
        return bare.slice(0, 5).map((e) => `${e.localName}.${e.className} has the part \"${e.getAttribute('part')}\"`).join(', ')";
    let fault = page.text(script, json!([])).await?;
    ensure!(fault.is_empty(), "{fault}");
    let primary = page.text("return document.querySelector('#bsh-go').getAttribute('part')", json!([])).await?;
    ensure!(primary.split(' ').any(|part| part == "primary"), "the button to start is the part {primary}");
    page.begin("short").await?;
    let fault = page.text(script, json!([])).await?;
    ensure!(fault.is_empty(), "in the questions {fault}");
    Ok(())
}

async fn only_the_name_of_the_element_is_global(env: Rc<Env>) -> Result<()> {
    let page = at(&env, &plain(), env.options()).await?;
    to_the_result(&page).await?;
    let names = page.outside("return window.spy.globals()", json!([])).await?;
    ensure!(names == json!(""), "globals: {names}");
    let open = page.outside("return document.querySelector('#w').shadowRoot.mode", json!([])).await?;
    ensure!(open == json!("open"), "the shadow root is {open}");
    let sheets = page.outside("const r = document.querySelector('#w').shadowRoot; return r.adoptedStyleSheets.length > 0 && r.querySelectorAll('style, link').length === 0", json!([])).await?;
    ensure!(sheets == json!(true), "its styles are not adopted sheets");
    let page = page.seen_from(Place::Page);
    let adopted = page.js("return document.adoptedStyleSheets.length + document.styleSheets.length", json!([])).await?;
    ensure!(adopted == json!(1), "the host has {adopted} style sheets and not its one");
    Ok(())
}
