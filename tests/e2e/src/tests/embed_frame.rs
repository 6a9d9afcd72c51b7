//! Frames by embed.js: height, messages, and what the host's script can ask of them.

use std::rc::Rc;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use super::embed_element::check_events;
use super::embed_hosts::{hosted, innocent, quiet, to_the_result};
use crate::harness::engine::Kind;
use crate::harness::hosts::{Host, How};
use crate::harness::page::{DRAFT, Page, Place};
use crate::harness::run::{Env, Test};
use crate::harness::server::{Options, Site, Wasm};
use crate::harness::wait::until;
use crate::sheet::SHORT;

pub fn tests() -> Vec<Test> {
    crate::tests![
        height_grows_and_shrinks,
        height_follows_a_turned_device,
        three_frames_in_three_languages,
        heights_of_others_are_not_heard,
        heights_are_clamped,
        commands_of_others_are_not_heard,
        frame_says_what_it_is,
        events_reach_the_div,
        report_of_a_frame,
        methods_of_the_div,
        a_sandbox_by_the_div in [Kind::Chromium, Kind::Firefox],
        script_loaded_twice_makes_one_frame,
        kiosk_in_a_frame_keeps_nothing,
        options_in_the_address,
        early_press_is_not_lost,
    ]
}

fn plain() -> Host {
    Host::new("plain", How::Frame)
}

/// Content and frame, in pixels, once they agree; a frame that is a scroll bar too small does not.
async fn settled(page: &Page) -> Result<f64> {
    let inside = "return document.querySelector('.bsh').getBoundingClientRect().height";
    until("frame and content of the same height", async || {
        let content = page.js(inside, json!([])).await?.as_f64().unwrap_or_default();
        let frame = height(page).await?;
        ensure!((frame - content.max(200.0)).abs() < 40.0, "the frame is {frame} px high, its content {content}");
        Ok(Some(frame))
    })
    .await
}

async fn height(page: &Page) -> Result<f64> {
    let Place::Frame(frame) = page.place else { return Ok(f64::NAN) };
    let found = page.outside("return document.querySelector(arguments[0]).clientHeight", json!([frame])).await?;
    Ok(found.as_f64().unwrap_or_default())
}

async fn messages(page: &Page) -> Result<u64> {
    Ok(page.outside("return window.spy.heights.length", json!([])).await?.as_u64().unwrap_or_default())
}

async fn height_grows_and_shrinks(env: Rc<Env>) -> Result<()> {
    let page = hosted(&env, &plain()).await?;
    let start = settled(&page).await?;
    page.begin("full").await?;
    let long = settled(&page).await?;
    ensure!(long > start + 500.0, "from {start} to {long} px: it did not grow");
    page.press("Back").await?;
    page.at("return").await.or(page.at("start").await)?;
    let short = settled(&page).await?;
    ensure!(short < long - 500.0, "from {long} to {short} px: it did not shrink");
    // No scroll bar inside of a frame that fits.
    let scrolls = page.is("return document.scrollingElement.scrollHeight > innerHeight + 1", json!([])).await?;
    ensure!(!scrolls, "the frame scrolls by itself");
    // When nothing changes, nothing is said: no loop.
    let before = messages(&page).await?;
    ensure!((2..60).contains(&before), "{before} heights were said");
    let frames = "const done = arguments[arguments.length - 1]; let n = 0; const next = () => (n++ < 40 ? requestAnimationFrame(next) : done(true)); next()";
    page.driver.execute_async(frames, Vec::new()).await?;
    let after = messages(&page).await?;
    ensure!(after <= before + 2, "with nothing to say it said {} heights more", after - before);
    innocent(&page).await
}

/// The place gets narrower: the content higher, the frame too; wider again, lower again.
async fn height_follows_a_turned_device(env: Rc<Env>) -> Result<()> {
    let page = hosted(&env, &plain()).await?;
    let wide = settled(&page).await?;
    page.outside("document.querySelector('#w').style.width = '320px'", json!([])).await?;
    let narrow = until("a higher frame", async || {
        let now = settled(&page).await?;
        Ok((now > wide + 40.0).then_some(now))
    })
    .await?;
    page.outside("document.querySelector('#w').style.width = ''", json!([])).await?;
    until("a lower frame", async || {
        let now = settled(&page).await?;
        Ok((now < narrow - 40.0).then_some(()))
    })
    .await?;
    let said = messages(&page).await?;
    ensure!(said < 60, "{said} heights were said");
    Ok(())
}

async fn three_frames_in_three_languages(env: Rc<Env>) -> Result<()> {
    let page = env.page(env.options()).await?;
    page.goto(&page.site.hosted(&Host::new("three-frames", How::Frame).tail())).await?;
    let all = ["#one iframe", "#two iframe", "#three iframe"].map(|frame| page.seen_from(Place::Frame(frame)));
    let mut titles = Vec::new();
    for (widget, lang) in all.iter().zip(["en", "nl", "sv"]) {
        widget.enter().await?;
        widget.ready().await?;
        let shown = widget.text("return document.documentElement.lang", json!([])).await?;
        ensure!(shown == lang, "a frame is in {shown} and not in {lang}");
        titles.push(
            widget.outside("return document.querySelector(arguments[0]).title", json!([frame_of(widget)])).await?,
        );
        settled(widget).await?;
    }
    ensure!(titles[0] != titles[1] && titles[1] != titles[2], "the frames are called {titles:?}");
    for (widget, value) in all.iter().zip(["0", "2", "4"]) {
        widget.enter().await?;
        widget.press_at("#bsh-go").await?;
        widget.at("gate-2").await?;
        widget.choose("g2-01", value).await?;
    }
    for (widget, (value, key)) in all.iter().zip([("0", "one"), ("2", "two"), ("4", "three")]) {
        widget.enter().await?;
        widget.is_chosen("g2-01", value).await?;
        widget.saved_in(&format!("bsh:draft:{key}"), &format!("g2-01={value}")).await?;
        settled(widget).await.context(key)?;
    }
    innocent(&all[2]).await
}

fn frame_of(page: &Page) -> &'static str {
    match page.place {
        Place::Frame(frame) => frame,
        _ => "",
    }
}

/// The host itself and another frame in it speak as the frame would.
async fn heights_of_others_are_not_heard(env: Rc<Env>) -> Result<()> {
    let page = hosted(&env, &plain()).await?;
    let before = settled(&page).await?;
    // A frame of the same origin that nobody asked; its messages come in order with those that follow.
    let script =
        "const f = document.createElement('iframe'); f.src = '/hosts/next.html'; f.dataset.free = ''; f.id = 'rogue';
        f.onload = () => { window.bshCounts = 1; }; document.querySelector('#w').after(f);";
    page.outside(script, json!([])).await?;
    page.until_outside("the other frame", "return window.bshCounts === 1", json!([])).await?;
    let rogue = "const say = document.querySelector('#rogue').contentWindow.Function('message', 'parent.postMessage(message, \"*\")');
        for (const message of [{ bsh: 1, type: 'height', height: 3333 }, { bsh: 1, type: 'complete', detail: { level: 5 } }, { bsh: 1, type: 'open' }, null, 'bsh', { bsh: 1 }]) {
            say(message); postMessage(message, '*');
        }
        addEventListener('message', (e) => { if (e.data === 'last') window.bshCounts = 2; });
        postMessage('last', '*');";
    page.outside(rogue, json!([])).await?;
    page.until_outside("the last message", "return window.bshCounts === 2", json!([])).await?;
    ensure!(
        (height(&page).await? - before).abs() < 2.0,
        "the frame is {} px high and not {before}",
        height(&page).await?
    );
    let events = page.outside("return window.spy.events.map((e) => e.type).join(' ')", json!([])).await?;
    ensure!(events == json!("ready"), "the events are {events}");
    innocent(&page).await
}

/// Even the right frame does not get what it likes.
async fn heights_are_clamped(env: Rc<Env>) -> Result<()> {
    let page = hosted(&env, &plain()).await?;
    settled(&page).await?;
    for (said, least, most) in [(json!(1e9), 9999.0, 10000.0), (json!(1), 200.0, 200.0), (json!(-5), 200.0, 200.0)] {
        page.js("parent.postMessage({ bsh: 1, type: 'height', height: arguments[0] }, '*')", json!([said])).await?;
        until(&format!("the height after {said}"), async || {
            let now = height(&page).await?;
            ensure!((least..=most).contains(&now), "{said} makes {now} px");
            Ok(Some(()))
        })
        .await?;
    }
    let before = height(&page).await?;
    for said in [json!("12"), json!(null), json!({}), json!("x")] {
        page.js("parent.postMessage({ bsh: 1, type: 'height', height: arguments[0] }, '*')", json!([said])).await?;
    }
    page.js("parent.postMessage({ bsh: 1, type: 'height', height: 777 }, '*')", json!([])).await?;
    until("the height that follows", async || Ok((height(&page).await? == 777.0).then_some(()))).await?;
    ensure!(before == 200.0, "before it was {before}");
    innocent(&page).await
}

/// The frame takes orders from the page around it alone, and only those it knows.
async fn commands_of_others_are_not_heard(env: Rc<Env>) -> Result<()> {
    let page = hosted(&env, &plain()).await?;
    page.begin("short").await?;
    page.choose("g2-01", "3").await?;
    // From itself, and from another frame beside it.
    page.js("for (const type of ['reset', 'export', 'focus', 'theme']) postMessage({ bsh: 1, type, n: 1, theme: 'dark' }, '*')", json!([])).await?;
    let rogue = "const f = document.createElement('iframe'); f.src = '/hosts/next.html'; f.dataset.free = '';
        f.onload = () => { f.contentWindow.Function('parent.frames[0].postMessage({ bsh: 1, type: \"reset\", n: 1 }, \"*\")')(); window.bshCounts = 1; };
        document.querySelector('#w').after(f);";
    page.outside(rogue, json!([])).await?;
    page.until_outside("the other frame", "return window.bshCounts === 1", json!([])).await?;
    // From the host, but not as its script speaks.
    let host = "for (const message of [{ type: 'reset', n: 1 }, { bsh: 2, type: 'reset', n: 1 }, { bsh: 1, type: '__proto__' }, { bsh: 1, type: 'constructor' }, { bsh: 1, type: 'answers', n: 1 }, null, 7, 'reset']) frames[0].postMessage(message, '*')";
    page.outside(host, json!([])).await?;
    // A last one that shows: after it, all that came before has been read.
    page.js("addEventListener('message', (e) => { if (e.data === 'last') window.bshCounts = 1; }); postMessage('last', '*')", json!([])).await?;
    page.until("the last message", "return window.bshCounts === 1", json!([])).await?;
    ensure!(page.count(".bsh-ask").await? == 0 && page.step().await? == "gate-2", "somebody else's order was heard");
    page.is_chosen("g2-01", "3").await?;
    innocent(&page).await
}

async fn frame_says_what_it_is(env: Rc<Env>) -> Result<()> {
    let page = hosted(&env, &plain()).await?;
    let said = page
        .outside(
            "const f = document.querySelector('#w iframe'); return [f.title.length > 3, f.loading, f.allow.includes('clipboard-write'), f.hasAttribute('style') && f.getAttribute('scrolling') !== 'no', f.src.includes('host=')].join(' ')",
            json!([]),
        )
        .await?;
    ensure!(said == json!("true lazy true true true"), "title, loading, allow, height, host: {said}");
    // Whoever looks at the page without the script has no second copy of it.
    let named = hosted(&env, &plain().with("title", "What are we to Metal Works?")).await?;
    let title = named.outside("return document.querySelector('#w iframe').title", json!([])).await?;
    ensure!(title == json!("What are we to Metal Works?"), "the frame is called {title}");
    Ok(())
}

async fn events_reach_the_div(env: Rc<Env>) -> Result<()> {
    let page = hosted(&env, &plain()).await?;
    to_the_result(&page).await?;
    check_events(&page, "div#w", false).await?;
    let none = page
        .outside("return document.querySelector('#w').bsh.exportResult().then((r) => r === null)", json!([]))
        .await?;
    ensure!(none == json!(true), "exportResult gives something that nobody was told of");
    innocent(&page).await
}

async fn report_of_a_frame(env: Rc<Env>) -> Result<()> {
    // The host is of another origin than the frame, as with a service for many sites.
    let other = Site::start(Options { cors: true, ..env.options() }).await?;
    let page = env.page(Options { other: other.url(""), ..env.options() }).await?.seen_from(Place::Frame("#w iframe"));
    page.visit(&plain().with("report-result", "").foreign()).await?;
    quiet(&page).await?;
    let host = page.site.origin().trim_start_matches("http://").to_owned();
    page.says(".bsh-facts", &host).await?;
    to_the_result(&page).await?;
    check_events(&page, "div#w", true).await?;
    let level = page
        .outside(
            "return document.querySelector('#w').bsh.exportResult().then((r) => `${r.level} ${r.position}`)",
            json!([]),
        )
        .await?;
    ensure!(level == json!("3 3.8"), "exportResult gives {level}");
    innocent(&page).await
}

async fn methods_of_the_div(env: Rc<Env>) -> Result<()> {
    let page = hosted(&env, &plain()).await?;
    page.outside("document.querySelector('#w').bsh.focus()", json!([])).await?;
    page.focused("h1").await?;
    page.begin("short").await?;
    page.fill(SHORT[0]).await?;
    page.saved("g2-01=4").await?;
    let ask = "window.bshCounts = ''; document.querySelector('#w').bsh.reset().then((d) => { window.bshCounts = String(d); })";
    page.outside(ask, json!([])).await?;
    page.shows(".bsh-ask").await?;
    page.press_at(".bsh-ask button:last-child").await?;
    page.until_outside("the answer to a no", "return window.bshCounts === 'false'", json!([])).await?;
    page.outside(ask, json!([])).await?;
    page.shows(".bsh-ask").await?;
    page.press_at(".bsh-ask .bsh-danger, .bsh-ask button:first-of-type").await?;
    page.until_outside("the answer to a yes", "return window.bshCounts === 'true'", json!([])).await?;
    page.at("start").await?;
    ensure!(page.stored(DRAFT).await?.is_none(), "the answers are still stored");
    innocent(&page).await
}

/// WebKit's frames without an origin do not run their own scripts under a policy that says `'self'`.
async fn a_sandbox_by_the_div(env: Rc<Env>) -> Result<()> {
    let host = plain().with("sandbox", "allow-scripts allow-forms");
    let page = env.page(Options { cors: true, ..env.options() }).await?.seen_from(Place::Frame("#w iframe"));
    page.visit(&host).await?;
    page.ready().await?;
    settled(&page).await?;
    to_the_result(&page).await?;
    check_events(&page, "div#w", false).await?;
    innocent(&page).await
}

async fn script_loaded_twice_makes_one_frame(env: Rc<Env>) -> Result<()> {
    let page = hosted(&env, &Host::new("double", How::Frame)).await?;
    let frames = page.outside("return document.querySelectorAll('iframe').length", json!([])).await?;
    ensure!(frames == json!(1), "{frames} frames");
    page.begin("short").await?;
    settled(&page).await?;
    let starts = page.outside("return window.spy.events.filter((e) => e.type === 'start').length", json!([])).await?;
    ensure!(starts == json!(1), "the start is told {starts} times");
    innocent(&page).await
}

async fn kiosk_in_a_frame_keeps_nothing(env: Rc<Env>) -> Result<()> {
    let page = hosted(&env, &plain().with("mode", "kiosk")).await?;
    to_the_result(&page).await?;
    ensure!(page.keys().await?.is_empty(), "stored: {:?}", page.keys().await?);
    page.press_at(".bsh-next-person").await?;
    page.at("start").await?;
    innocent(&page).await
}

/// Without any script of ours: options in the address, whatever order, and nonsense among them.
async fn options_in_the_address(env: Rc<Env>) -> Result<()> {
    let host = Host::new("plain", How::Plain)
        .with("utm_source", "mail & more")
        .with("lang", "sv")
        .with("mode", "nonsense")
        .with("form", "full")
        .with("account", "Åkes \"Plåt\" & Son")
        .with("storage-key", "by.address");
    let page = hosted(&env, &host).await?;
    ensure!(page.text("return document.documentElement.lang", json!([])).await? == "sv", "it is not in Swedish");
    ensure!(page.chosen("bsh-form").await? == "full", "the form is {}", page.chosen("bsh-form").await?);
    let name = page.text("return document.querySelector('#bsh-account').value", json!([])).await?;
    ensure!(name == "Åkes \"Plåt\" & Son", "the name is {name}");
    page.press_at("#bsh-go").await?;
    page.at("gate-2").await?;
    page.choose("g2-01", "3").await?;
    page.saved_in("bsh:draft:by.address", "g2-01=3").await?;
    let told: Value = page.outside("return window.spy.heights.length", json!([])).await?;
    ensure!(told == json!(0), "a page that did not ask is told {told} heights");
    innocent(&page).await
}

async fn early_press_is_not_lost(env: Rc<Env>) -> Result<()> {
    let host = plain();
    let page = env.page(Options { wasm: Wasm::Held, ..env.options() }).await?.seen_from(Place::Frame("#w iframe"));
    page.visit(&host).await?;
    page.type_into("#bsh-account", "Metal Works").await?;
    page.press_at("#bsh-go").await?;
    page.site.release();
    page.at("gate-2").await?;
    page.says(".bsh-frame", "Metal Works").await?;
    innocent(&page).await?;
    // Where the host is told of the result, nobody starts before the sentence about it is there.
    let page = env.page(Options { wasm: Wasm::Held, ..env.options() }).await?.seen_from(Place::Frame("#w iframe"));
    page.visit(&plain().with("report-result", "").with("storage-key", "other")).await?;
    page.press_at("#bsh-go").await?;
    page.site.release();
    page.ready().await?;
    page.says(".bsh-facts", "127.0.0.1").await?;
    ensure!(page.step().await? == "start", "it went on to {} without a word", page.step().await?);
    Ok(())
}
