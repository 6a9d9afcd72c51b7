//! Hosts that are strict, rude or odd: whole journeys in them, and nothing taken from them.

use std::rc::Rc;

use anyhow::{Context, Result, ensure};
use serde_json::json;

use super::tour::{answer_all, from_signs};
use crate::harness::engine::Kind;
use crate::harness::hosts::{Host, How};
use crate::harness::page::{Page, Place};
use crate::harness::run::{Env, Test};
use crate::harness::server::{Options, Site, is_pack, is_wasm};

pub fn tests() -> Vec<Test> {
    crate::tests![
        element_in_a_plain_host,
        frame_in_a_plain_host,
        frame_without_any_script_of_ours,
        element_under_a_strict_policy,
        frame_under_a_strict_policy,
        policy_without_wasm_names_what_to_add,
        element_where_the_host_unsets_everything,
        frame_where_the_host_unsets_everything,
        element_where_the_host_spoils_what_is_inherited,
        frame_where_the_host_spoils_what_is_inherited,
        element_where_the_host_hides_bare_tags,
        frame_where_the_host_hides_bare_tags,
        element_in_a_right_to_left_host,
        frame_in_a_right_to_left_host,
        element_in_a_dark_host,
        frame_in_a_dark_host,
        element_under_a_base,
        frame_under_a_base,
        element_among_hostile_globals,
        frame_among_hostile_globals,
        element_where_every_object_has_more in [Kind::Chromium, Kind::Firefox],
        frame_where_every_object_has_more in [Kind::Chromium, Kind::Firefox],
        element_among_shortcuts,
        frame_among_shortcuts,
        element_in_the_middle_of_a_long_page,
        frame_in_the_middle_of_a_long_page,
        element_from_another_origin,
        frame_from_another_origin,
        sandbox_with_scripts_alone,
        sandbox_of_the_same_origin,
        sandbox_with_everything,
        sandbox_without_scripts_says_so,
        element_below_the_fold_waits,
        frame_below_the_fold_waits,
        element_in_a_sub_folder,
        frame_in_a_sub_folder,
    ]
}

/// Where the widget of a one-widget host is.
pub fn place(how: How) -> Place {
    match how {
        How::Element => Place::Element("#w"),
        How::Frame => Place::Frame("#w iframe"),
        How::Plain => Place::Frame("iframe#w"),
    }
}

/// A page at the widget of this host.
pub async fn hosted(env: &Env, host: &Host) -> Result<Page> {
    at(env, host, env.options()).await
}

/// The same on a server with these options.
pub async fn at(env: &Env, host: &Host, options: Options) -> Result<Page> {
    let page = env.page(options).await?.seen_from(place(host.how));
    page.visit(host).await?;
    page.ready().await?;
    Ok(page)
}

/// What the host's spy has against the widget.
pub async fn innocent(page: &Page) -> Result<()> {
    let faults = page.outside("return window.spy.faults()", json!([])).await?;
    ensure!(faults == json!(""), "the host noticed: {faults}");
    Ok(())
}

/// A page at the widget of this host, which came up and took nothing; asked before the driver looks into a frame, for
/// WebKit's driver gives that frame the focus.
async fn arrive(page: &Page, host: &Host) -> Result<()> {
    let whole = page.seen_from(Place::Page);
    whole.goto(&page.site.hosted(&host.tail())).await?;
    let ready = if host.how == How::Plain {
        "return !!document.querySelector('#w').contentDocument?.querySelector('.bsh-app')"
    } else {
        "return window.spy.events.some((e) => e.type === 'ready')"
    };
    whole.until("the widget", ready, json!([])).await?;
    let early = whole.text("return window.spy.early()", json!([])).await?;
    ensure!(early.is_empty(), "on loading, the widget took: {early}");
    page.enter().await?;
    page.ready().await
}

/// The widget came up and took nothing.
pub async fn quiet(page: &Page) -> Result<()> {
    page.ready().await?;
    if page.kind == Kind::WebKit && page.place != Place::Page && !matches!(page.place, Place::Element(_)) {
        return Ok(());
    }
    let early = page.outside("return window.spy.early()", json!([])).await?;
    ensure!(early == json!(""), "on loading, the widget took: {early}");
    Ok(())
}

/// From the start to the result; every heading is in view when its step comes.
pub async fn to_the_result(page: &Page) -> Result<()> {
    if page.kind == Kind::WebKit && matches!(page.place, Place::Frame(_)) {
        // Its driver types into no field of a frame of another origin.
        page.pick("#bsh-account", "Metal Works").await?;
    } else {
        page.type_into("#bsh-account", "Metal Works").await?;
    }
    page.begin("short").await?;
    seen(page).await.context("after the start")?;
    answer_all(page).await?;
    seen(page).await.context("at the signs")?;
    from_signs(page).await?;
    seen(page).await.context("at the result")?;
    let sentence = page.read("h1").await?;
    ensure!(sentence.contains("Metal Works"), "the result says: {sentence}");
    let here = page.read("table.bsh-levels tr[aria-current]").await?;
    ensure!(here.contains('3'), "the table is at: {here}");
    Ok(())
}

/// The heading of the step is inside of the host's window.
async fn seen(page: &Page) -> Result<()> {
    // As text: in a host that changes what arrays are, a list would not come through.
    let inner =
        "const h = document.querySelector('h1').getBoundingClientRect(); return `${h.top} ${h.bottom} ${innerHeight}`";
    let outer = "return `${document.querySelector(arguments[0]).getBoundingClientRect().top} ${innerHeight}`";
    let numbers = |text: &str| -> Vec<f64> { text.split(' ').filter_map(|n| n.parse().ok()).collect() };
    let found = crate::harness::wait::until("the heading in view", async || {
        let here = numbers(&page.text(inner, json!([])).await?);
        let [mut top, mut bottom, mut height] = here[..] else { return Ok(None) };
        if let Place::Frame(frame) = page.place {
            let there = numbers(page.outside(outer, json!([frame])).await?.as_str().unwrap_or_default());
            let [above, window] = there[..] else { return Ok(None) };
            (top, bottom, height) = (top + above, bottom + above, window);
        }
        ensure!(top >= -1.0 && bottom <= height + 1.0, "it is from {top} to {bottom} px, the window {height} px high");
        Ok(Some(()))
    });
    found.await
}

/// Nothing was asked of an origin other than these.
async fn only_from(page: &Page, origins: &[&str]) -> Result<()> {
    let script = "return performance.getEntriesByType('resource').map((e) => e.name).filter((n) => !/^(blob|data):/.test(n)).join(' ')";
    let inside = page.text(script, json!([])).await?;
    let outside = page.outside(script, json!([])).await?;
    for name in inside.split(' ').chain(outside.as_str().unwrap_or_default().split(' ')).filter(|name| !name.is_empty())
    {
        ensure!(origins.iter().any(|origin| name.starts_with(&format!("{origin}/"))), "it asked for {name}");
    }
    Ok(())
}

/// The whole job in a host: nothing taken on loading, the right result, nothing taken meanwhile, and Back leaves.
async fn journey(env: &Env, host: &Host, options: Options) -> Result<Page> {
    let page = env.page(options).await?.seen_from(place(host.how));
    let blank = page.site.host("blank");
    page.goto(&blank).await?;
    arrive(&page, host).await?;
    to_the_result(&page).await?;
    innocent(&page).await?;
    only_from(&page, &[page.site.origin()]).await?;
    leaves(&page, &blank).await?;
    Ok(page)
}

/// The browser's Back goes to where the visitor came from.
async fn leaves(page: &Page, from: &str) -> Result<()> {
    page.driver.enter_default_frame().await?;
    let whole = page.seen_from(Place::Page);
    whole.collect().await;
    whole.back().await?;
    whole.until("the page before", "return location.href === arguments[0]", json!([from])).await.map(|_| ())
}

async fn plainly(env: &Env, page: &'static str, how: How) -> Result<()> {
    journey(env, &Host::new(page, how), env.options()).await.map(|_| ())
}

async fn element_in_a_plain_host(env: Rc<Env>) -> Result<()> {
    plainly(&env, "plain", How::Element).await
}

async fn frame_in_a_plain_host(env: Rc<Env>) -> Result<()> {
    plainly(&env, "plain", How::Frame).await
}

async fn frame_without_any_script_of_ours(env: Rc<Env>) -> Result<()> {
    let host = Host::new("plain", How::Plain);
    let page = env.page(env.options()).await?.seen_from(place(How::Plain));
    arrive(&page, &host).await?;
    page.type_into("#bsh-account", "Metal Works").await?;
    page.begin("short").await?;
    answer_all(&page).await?;
    from_signs(&page).await?;
    let here = page.read("table.bsh-levels tr[aria-current]").await?;
    ensure!(here.contains('3'), "the table is at: {here}");
    innocent(&page).await?;
    // The frame is as high as its host says, and what does not fit is scrolled to.
    let height = page.outside("return document.querySelector('#w').getBoundingClientRect().height", json!([])).await?;
    ensure!(height == json!(600), "the frame is {height} px high");
    let scrolls = page.is("return document.scrollingElement.scrollHeight > innerHeight && getComputedStyle(document.documentElement).overflowY !== 'hidden'", json!([])).await?;
    ensure!(scrolls, "what does not fit cannot be reached");
    Ok(())
}

async fn element_under_a_strict_policy(env: Rc<Env>) -> Result<()> {
    plainly(&env, "strict", How::Element).await
}

async fn frame_under_a_strict_policy(env: Rc<Env>) -> Result<()> {
    plainly(&env, "strict", How::Frame).await
}

async fn policy_without_wasm_names_what_to_add(env: Rc<Env>) -> Result<()> {
    let host = Host::new("no-wasm", How::Element);
    let page = env.page(Options { faulty: true, ..env.options() }).await?.seen_from(place(host.how));
    page.visit(&host).await?;
    let cause = page.panel().await?;
    ensure!(cause == "csp", "the panel names {cause}");
    let text = page.read(".bsh-panel").await?;
    ensure!(text.contains("'wasm-unsafe-eval'") && text.contains("script-src"), "the directive is not named: {text}");
    // It is somebody else's page: a panel does not take the focus there, and the host is told.
    let early = page.outside("return window.spy.early()", json!([])).await?;
    ensure!(early == json!(""), "the panel took: {early}");
    page.until_outside("the event", "return window.spy.told().includes('\"bsh-error\"') || window.spy.events.some((e) => e.type === 'error' && e.detail.cause === 'csp')", json!([])).await?;
    let errors = page.outside("return window.spy.errors.join(', ')", json!([])).await?;
    ensure!(errors == json!(""), "errors in the host: {errors}");
    Ok(())
}

/// How the start page looks, in words; the same in every host.
const LOOK: &str = "const wanted = ['.bsh', 'h1', '.bsh-lead', '.bsh-card', 'label', 'input[type=text]', 'legend', 'button.bsh-primary', '.bsh-fine', '.bsh-facts', '.bsh-facts li'];
    const traits = ['font-size', 'font-family', 'font-weight', 'font-style', 'font-variant-caps', 'line-height', 'letter-spacing', 'word-spacing', 'text-transform', 'text-align', 'text-indent', 'direction', 'white-space', 'list-style-type', 'color', 'background-color', 'cursor', 'visibility', '-webkit-text-fill-color', 'padding-left', 'margin-top', 'border-top-width', 'hyphens', 'quotes', 'tab-size', 'text-shadow', 'writing-mode'];
    let all = '';
    for (let i = 0; i < wanted.length; i += 1) {
        const e = document.querySelector(wanted[i]);
        const style = e && getComputedStyle(e);
        for (let j = 0; j < traits.length; j += 1) all += `${wanted[i]} ${traits[j]}: ${style && style.getPropertyValue(traits[j])}\\n`;
        all += `${wanted[i]} shown: ${!!e && e.getClientRects().length > 0}\\n`;
    }
    return all";

/// As it looks in a plain host, so it looks here.
async fn looks_the_same(env: &Env, host: &Host) -> Result<()> {
    let plain = hosted(env, &Host::new("light", host.how)).await?.text(LOOK, json!([])).await?;
    let here = hosted(env, host).await?.text(LOOK, json!([])).await?;
    let unlike: Vec<String> = plain
        .lines()
        .zip(here.lines())
        .filter(|(a, b)| a != b)
        .map(|(a, b)| format!("{b} and not {}", a.rsplit(": ").next().unwrap_or_default()))
        .collect();
    ensure!(plain.lines().count() > 200, "nothing to compare: {plain}");
    ensure!(unlike.is_empty(), "{} traits came in: {}", unlike.len(), unlike[..unlike.len().min(8)].join("; "));
    Ok(())
}

/// The frame is as wide as its place, as high as its content, and has no border of the host's.
async fn fits_its_place(page: &Page) -> Result<()> {
    let inside = "return document.querySelector('.bsh').getBoundingClientRect().height";
    let script = "const f = document.querySelector('#w iframe'); const r = f.getBoundingClientRect();
        const wide = document.querySelector('main').getBoundingClientRect().width;
        return `${r.width >= wide - 1 && f.clientWidth >= wide - 1} ${f.clientHeight}`";
    crate::harness::wait::until("the frame to fit", async || {
        let content = page.js(inside, json!([])).await?.as_f64().unwrap_or_default();
        let found = page.outside(script, json!([])).await?;
        let found = found.as_str().unwrap_or_default().to_owned();
        let height: f64 = found.rsplit(' ').next().unwrap_or_default().parse().unwrap_or_default();
        ensure!(found.starts_with("true"), "the frame is not as wide as its place");
        ensure!(
            (height - content).abs() < 40.0 && content > 200.0,
            "the frame is {height} px high, its content {content}"
        );
        Ok(Some(()))
    })
    .await
}

async fn rude(env: &Env, page: &'static str, how: How) -> Result<()> {
    let host = Host::new(page, how);
    looks_the_same(env, &host).await?;
    if how == How::Frame {
        fits_its_place(&hosted(env, &host).await?).await?;
    }
    plainly(env, page, how).await
}

async fn element_where_the_host_unsets_everything(env: Rc<Env>) -> Result<()> {
    rude(&env, "unset", How::Element).await
}

async fn frame_where_the_host_unsets_everything(env: Rc<Env>) -> Result<()> {
    rude(&env, "unset", How::Frame).await
}

async fn element_where_the_host_spoils_what_is_inherited(env: Rc<Env>) -> Result<()> {
    rude(&env, "inherit", How::Element).await
}

async fn frame_where_the_host_spoils_what_is_inherited(env: Rc<Env>) -> Result<()> {
    rude(&env, "inherit", How::Frame).await
}

async fn element_where_the_host_hides_bare_tags(env: Rc<Env>) -> Result<()> {
    rude(&env, "tags", How::Element).await
}

async fn frame_where_the_host_hides_bare_tags(env: Rc<Env>) -> Result<()> {
    rude(&env, "tags", How::Frame).await
}

async fn left_to_right(env: &Env, how: How) -> Result<()> {
    looks_the_same(env, &Host::new("rtl", how)).await?;
    plainly(env, "rtl", how).await?;
    // The page is in a language that there is not; the host can say which one it wants.
    let page = hosted(env, &Host::new("rtl", how).with("lang", "nl")).await?;
    let here = page
        .text(
            "const e = document.querySelector('h1').closest('[lang]'); return e.lang + getComputedStyle(e).direction",
            json!([]),
        )
        .await?;
    ensure!(here == "nlltr", "the widget is in {here}");
    Ok(())
}

async fn element_in_a_right_to_left_host(env: Rc<Env>) -> Result<()> {
    left_to_right(&env, How::Element).await
}

async fn frame_in_a_right_to_left_host(env: Rc<Env>) -> Result<()> {
    left_to_right(&env, How::Frame).await
}

async fn element_in_a_dark_host(env: Rc<Env>) -> Result<()> {
    plainly(&env, "dark", How::Element).await
}

async fn frame_in_a_dark_host(env: Rc<Env>) -> Result<()> {
    plainly(&env, "dark", How::Frame).await
}

async fn element_under_a_base(env: Rc<Env>) -> Result<()> {
    plainly(&env, "base", How::Element).await
}

async fn frame_under_a_base(env: Rc<Env>) -> Result<()> {
    plainly(&env, "base", How::Frame).await
}

async fn element_among_hostile_globals(env: Rc<Env>) -> Result<()> {
    plainly(&env, "globals", How::Element).await
}

async fn frame_among_hostile_globals(env: Rc<Env>) -> Result<()> {
    plainly(&env, "globals", How::Frame).await
}

/// WebKit's driver stumbles over such a page itself.
async fn element_where_every_object_has_more(env: Rc<Env>) -> Result<()> {
    plainly(&env, "objects", How::Element).await
}

async fn frame_where_every_object_has_more(env: Rc<Env>) -> Result<()> {
    plainly(&env, "objects", How::Frame).await
}

const SHORTCUTS: &str = "return window.spy.shortcuts.join(' ')";

/// What is typed into the widget is not the host's; what is typed beside it is not the widget's.
async fn shortcuts(env: &Env, how: How) -> Result<()> {
    let page = hosted(env, &Host::new("shortcuts", how)).await?;
    page.type_into("#bsh-account", "gs 1/?").await?;
    page.begin("short").await?;
    // The keyboard's own way through a group of answers.
    page.js("document.querySelector(\"input[name='g2-01'][value='1']\").focus()", json!([])).await?;
    // The fourth answer; after it the fifth.
    page.key("4").await?;
    page.is_chosen("g2-01", "3").await?;
    page.key(thirtyfour::Key::Right).await?;
    page.is_chosen("g2-01", "4").await?;
    let taken = page.outside(SHORTCUTS, json!([])).await?;
    ensure!(taken == json!(""), "keys meant for the widget set off the host's shortcuts: {taken}");
    // Beside the widget they are the host's.
    page.driver.enter_default_frame().await?;
    let whole = page.seen_from(Place::Page);
    whole.js("document.querySelector('#own').focus()", json!([])).await?;
    for key in ['1', 'j'] {
        whole.strike(key).await?;
    }
    whole.until("the host's shortcuts", "return window.spy.shortcuts.join(' ') === '1 j'", json!([])).await?;
    if let Place::Frame(_) = page.place {
        page.back_inside().await?;
    }
    page.is_chosen("g2-01", "4").await?;
    innocent(&page).await
}

async fn element_among_shortcuts(env: Rc<Env>) -> Result<()> {
    shortcuts(&env, How::Element).await
}

async fn frame_among_shortcuts(env: Rc<Env>) -> Result<()> {
    shortcuts(&env, How::Frame).await
}

/// Loading does not scroll, and a new step does not leave the reader above or below of it.
async fn long_page(env: &Env, how: How) -> Result<()> {
    let host = Host::new("tall", how).with("loading", "eager");
    let page = env.page(env.options()).await?.seen_from(place(how));
    page.visit(&host).await?;
    quiet(&page).await?;
    page.outside("document.querySelector('#w').scrollIntoView()", json!([])).await?;
    page.press("Start").await?;
    page.at("gate-2").await?;
    seen(&page).await?;
    page.fill(crate::sheet::SHORT[0]).await?;
    page.press("Continue").await?;
    page.at("gate-3").await?;
    seen(&page).await?;
    innocent(&page).await
}

async fn element_in_the_middle_of_a_long_page(env: Rc<Env>) -> Result<()> {
    long_page(&env, How::Element).await
}

async fn frame_in_the_middle_of_a_long_page(env: Rc<Env>) -> Result<()> {
    long_page(&env, How::Frame).await
}

async fn foreign(env: &Env, how: How) -> Result<()> {
    let other = Site::start(Options { cors: true, ..env.options() }).await?;
    let host = Host::new("strict", how).foreign();
    let page = env.page(Options { other: other.url(""), ..env.options() }).await?.seen_from(place(how));
    arrive(&page, &host).await?;
    to_the_result(&page).await?;
    innocent(&page).await?;
    only_from(&page, &[page.site.origin(), other.origin()]).await?;
    ensure!(other.asked_for(is_wasm) && !page.site.asked_for(is_wasm), "the program came from the wrong site");
    ensure!(other.reports().is_empty(), "the policy stopped something: {:?}", other.reports());
    Ok(())
}

async fn element_from_another_origin(env: Rc<Env>) -> Result<()> {
    foreign(&env, How::Element).await
}

async fn frame_from_another_origin(env: Rc<Env>) -> Result<()> {
    foreign(&env, How::Frame).await
}

/// The files are under a path, as on every second host.
const FOLDER: &str = "/static/tools/assessment/";

async fn folder(env: &Env, how: How) -> Result<()> {
    let host = Host::new("strict", how);
    journey(env, &host, Options { prefix: FOLDER, ..env.options() }).await.map(|_| ())
}

async fn element_in_a_sub_folder(env: Rc<Env>) -> Result<()> {
    folder(&env, How::Element).await
}

async fn frame_in_a_sub_folder(env: Rc<Env>) -> Result<()> {
    folder(&env, How::Frame).await
}

async fn sandbox(env: &Env, allowed: &'static str) -> Result<()> {
    let host = Host::new("plain", How::Plain).sandboxed(allowed);
    let opaque = !allowed.contains("allow-same-origin");
    if opaque && env.kind == Kind::WebKit {
        // `'self'` matches nothing in WebKit's frames without an origin: the policy of the page stops its own script.
        return Ok(());
    }
    // Without an origin, every file is asked for as by a foreign page.
    let page = at(env, &host, Options { cors: opaque, ..env.options() }).await.context(allowed)?;
    page.type_into("#bsh-account", "Metal Works").await?;
    page.begin("short").await.context(allowed)?;
    answer_all(&page).await?;
    from_signs(&page).await?;
    let here = page.read("table.bsh-levels tr[aria-current]").await?;
    ensure!(here.contains('3'), "the table is at: {here}");
    innocent(&page).await.context(allowed)
}

async fn sandbox_with_scripts_alone(env: Rc<Env>) -> Result<()> {
    sandbox(&env, "allow-scripts").await?;
    sandbox(&env, "allow-scripts allow-forms").await
}

async fn sandbox_of_the_same_origin(env: Rc<Env>) -> Result<()> {
    sandbox(&env, "allow-scripts allow-same-origin").await?;
    sandbox(&env, "allow-scripts allow-downloads allow-popups").await
}

async fn sandbox_with_everything(env: Rc<Env>) -> Result<()> {
    sandbox(&env, "allow-scripts allow-forms allow-modals").await?;
    sandbox(&env, "allow-scripts allow-same-origin allow-forms allow-downloads allow-popups allow-modals").await
}

async fn sandbox_without_scripts_says_so(env: Rc<Env>) -> Result<()> {
    // Browsers tell the console of every script that they do not run.
    let page = env.page(Options { faulty: true, ..env.options() }).await?;
    // Of the same origin, so that the host can look into it; the frame itself runs nothing.
    let host = Host::new("plain", How::Plain).sandboxed("allow-same-origin");
    page.goto(&page.site.hosted(&host.tail())).await?;
    let script = "const inside = document.querySelector('#w').contentDocument;
        const text = inside && inside.querySelector('noscript');
        return text && inside.defaultView.getComputedStyle(text).display !== 'none' && text.getClientRects().length > 0 && text.innerText.trim()";
    let text = page.until("a text for visitors without scripts", script, json!([])).await?;
    ensure!(text.as_str().unwrap_or_default().contains("JavaScript"), "it says {text}");
    ensure!(!page.site.asked_for(is_wasm), "something ran after all");
    Ok(())
}

async fn waits(env: &Env, how: How) -> Result<()> {
    let host = Host::new("below", how);
    let page = env.page(env.options()).await?;
    page.goto(&page.site.hosted(&host.tail())).await?;
    page.until("the host page", "return document.readyState === 'complete'", json!([])).await?;
    // Whoever watches what comes into view has been told once by the second frame.
    let frames = "const done = arguments[arguments.length - 1]; let n = 0; const next = () => (n++ < 4 ? requestAnimationFrame(next) : done(true)); next()";
    page.driver.execute_async(frames, Vec::new()).await?;
    let script = if how == How::Element { "element.js" } else { "embed.js" };
    ensure!(page.site.asked_for(|path| path.ends_with(script)), "the script did not come");
    let early = |path: &str| is_wasm(path) || is_pack(path) || path.ends_with("embed.html");
    ensure!(!page.site.asked_for(early), "below the fold it asked for {:?}", page.site.requests());
    page.js("scrollTo(0, document.querySelector('#w').getBoundingClientRect().top + scrollY - 200)", json!([])).await?;
    let before = page.js("return Math.round(scrollY)", json!([])).await?;
    page.until("the widget", "return window.spy.events.some((e) => e.type === 'ready')", json!([])).await?;
    let after = page.js("return Math.round(scrollY)", json!([])).await?;
    ensure!(before == after, "it came and the page was at {after} and not at {before}");
    let focus = page.text("return window.spy.focused.join(', ')", json!([])).await?;
    ensure!(focus.is_empty(), "it came and took the focus: {focus}");
    let page = page.seen_from(place(how));
    page.enter().await?;
    page.ready().await?;
    page.begin("short").await?;
    innocent(&page).await
}

async fn element_below_the_fold_waits(env: Rc<Env>) -> Result<()> {
    waits(&env, How::Element).await
}

async fn frame_below_the_fold_waits(env: Rc<Env>) -> Result<()> {
    waits(&env, How::Frame).await
}
