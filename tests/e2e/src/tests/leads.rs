//! The result sent to the owner of the pack: exactly as it is shown, once, and only after a click.
//!
//! Knows the fields that a receiver gets. The pack is the one under `examples/`, whose results go to this very server.

use std::rc::Rc;

use anyhow::{Context, Result, ensure};
use serde_json::json;

use crate::harness::page::Page;
use crate::harness::run::{Env, Test};
use crate::harness::server::{LeadAnswer, Options};
use crate::sheet::draft;

pub fn tests() -> Vec<Test> {
    crate::tests![
        offer_opens_a_tab_and_says_so,
        exactly_what_is_shown_is_sent,
        nothing_goes_without_the_tick,
        two_clicks_send_once,
        waits_for_a_connection,
        goes_at_the_next_visit,
        taken_back_it_is_not_sent,
        erase_takes_what_waits,
        nothing_stored_it_still_waits_in_the_tab,
        server_error_is_tried_twice_and_told,
        missing_address_is_told,
        no_answer_is_told,
    ]
}

const TAIL: &str = "?pack=/examples/packs/service-maturity/&storage-key=lead&lang=en";
const DRAFT: &str = "bsh:draft:lead";
const WAITS: &str = "bsh:send:lead";
const FORM: &str = "[data-section=lead]";
const STATE: &str = "[data-section=lead] [role=status]";
const SHOWN: &str = "#bsh-lead-text";

/// Level 2: the first step is achieved and the second is not.
fn answers() -> String {
    let item = |id: usize, step: usize, value: u8| format!("s{step}-0{id}={value}\n");
    let step = |step: usize, value: u8| (1..=4).map(|id| item(id, step, value)).collect::<String>();
    [step(2, 4), step(3, 1), step(4, 0), step(5, 0)].concat()
}

/// At the result.
async fn at_result(env: &Env, options: Options) -> Result<Page> {
    let page = env.page(options).await?;
    page.goto(&page.site.host("blank")).await?;
    page.store(DRAFT, &draft("0000000000000000", "result", &[], &answers())).await?;
    page.open(TAIL).await?;
    page.at("return").await?;
    page.press_at(".bsh-return .bsh-primary").await?;
    page.at("result").await?;
    page.shows(FORM).await?;
    Ok(page)
}

/// Typed and agreed to.
async fn agreed(env: &Env, options: Options) -> Result<Page> {
    let page = at_result(env, options).await?;
    page.type_into("#bsh-lead-0", "Ann & Zn.").await?;
    page.type_into("#bsh-lead-2", "ann@metal.example").await?;
    page.type_into("#bsh-lead-3", "Call me: 10=10% + 1?").await?;
    page.press_at("#bsh-lead-ok").await?;
    page.says(SHOWN, "Number of this message: ").await?;
    Ok(page)
}

/// The browser says that there is a connection, or that there is none.
async fn online(page: &Page, on: bool) -> Result<()> {
    let script = "Object.defineProperty(navigator, 'onLine', { get: () => arguments[0], configurable: true });
        if (arguments[0]) window.dispatchEvent(new Event('online'))";
    // `arguments` of the getter are its own.
    let script = script.replacen("get: () => arguments[0]", &format!("get: () => {on}"), 1);
    page.js(&script, json!([on])).await?;
    Ok(())
}

/// Waits for as many messages at the receiver.
async fn received(page: &Page, n: usize) -> Result<Vec<String>> {
    crate::harness::wait::until(&format!("{n} messages"), async || {
        let leads = page.site.leads();
        Ok((leads.len() == n).then_some(leads))
    })
    .await
}

/// The fields of a form as the receiver reads them.
fn fields(body: &str) -> Result<Vec<(String, String)>> {
    let plain = |text: &str| -> Result<String> {
        let mut out = Vec::new();
        let mut parts = text.split('%');
        out.extend(parts.next().unwrap_or_default().bytes());
        for part in parts {
            let (code, rest) = part.split_at_checked(2).context("half an escape")?;
            out.push(u8::from_str_radix(code, 16)?);
            out.extend(rest.bytes());
        }
        Ok(String::from_utf8(out)?.replace("\r\n", "\n"))
    };
    body.split('&')
        .map(|pair| {
            let (name, value) = pair.split_once('=').context("a field without a value")?;
            Ok((name.to_owned(), plain(value)?))
        })
        .collect()
}

fn value<'a>(fields: &'a [(String, String)], name: &str) -> &'a str {
    fields.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
}

async fn offer_opens_a_tab_and_says_so(env: Rc<Env>) -> Result<()> {
    let page = at_result(&env, env.options()).await?;
    let link = page
        .js(
            "const a = document.querySelector('[data-section=action] a');
             return [a.href, a.target, a.rel, a.getAttribute('aria-label')]",
            json!([]),
        )
        .await?;
    let name = "Plan a call (opens in a new tab)";
    ensure!(link == json!(["https://www.example.com/contact", "_blank", "noopener", name]), "{link}");
    Ok(())
}

async fn exactly_what_is_shown_is_sent(env: Rc<Env>) -> Result<()> {
    let page = agreed(&env, env.options()).await?;
    let shown = page.text("return document.querySelector('#bsh-lead-text').textContent", json!([])).await?;
    ensure!(page.site.leads().is_empty(), "sent before the click");
    page.press("Send").await?;
    page.says(STATE, "Sent on ").await?;
    let got = fields(received(&page, 1).await?.first().context("no message")?)?;
    let names: Vec<&str> = got.iter().map(|(name, _)| name.as_str()).collect();
    let due = ["name", "email", "message", "consent", "lang", "pack", "send-id", "result"];
    ensure!(names == due, "{names:?}");
    let labels = [
        ("name", "Name: "),
        ("email", "E-mail address: "),
        ("message", "Message:\n"),
        ("consent", "Consent: "),
        ("lang", "Language: "),
        ("pack", "Edition of the questions: "),
        ("send-id", "Number of this message: "),
        ("result", "Result:\n"),
    ];
    let again: Vec<String> = labels.iter().map(|(name, label)| [*label, value(&got, name)].concat()).collect();
    ensure!(again.join("\n") == shown, "sent: {again:?}, shown: {shown}");
    ensure!(value(&got, "result").contains("Level 2: Service with one way in"), "{}", value(&got, "result"));
    for secret in ["Metal Works", "Plant North", "s2-01"] {
        ensure!(!shown.contains(secret), "{secret} in {shown}");
    }
    ensure!(page.stored(WAITS).await?.is_none(), "it still waits");
    let kept = page.stored(DRAFT).await?.unwrap_or_default();
    ensure!(!kept.contains("ann@"), "what was typed is in the draft: {kept}");
    // Another one is agreed to anew.
    ensure!(page.is("return !document.querySelector('#bsh-lead-ok').checked", json!([])).await?, "still ticked");
    Ok(())
}

async fn nothing_goes_without_the_tick(env: Rc<Env>) -> Result<()> {
    let page = at_result(&env, env.options()).await?;
    page.type_into("#bsh-lead-0", "Ann").await?;
    page.press("Send").await?;
    page.says(STATE, "Tick the box first").await?;
    page.focused("#bsh-lead-ok").await?;
    ensure!(page.site.leads().is_empty() && !page.site.asked_for(|path| path == "/leads"), "sent");
    Ok(())
}

async fn two_clicks_send_once(env: Rc<Env>) -> Result<()> {
    let page = agreed(&env, env.options()).await?;
    let script =
        "const go = [...document.querySelectorAll('[data-section=lead] button')].find((b) => b.textContent === 'Send');
        go.click(); go.click(); go.click()";
    page.js(script, json!([])).await?;
    page.says(STATE, "Sent on ").await?;
    received(&page, 1).await?;
    Ok(())
}

async fn waits_for_a_connection(env: Rc<Env>) -> Result<()> {
    let page = agreed(&env, env.options()).await?;
    online(&page, false).await?;
    page.press("Send").await?;
    page.says(STATE, "There is no connection").await?;
    page.focused("[data-section=lead] h2").await?;
    ensure!(page.stored(WAITS).await?.is_some(), "nothing waits");
    ensure!(page.site.leads().is_empty(), "sent without a connection");
    online(&page, true).await?;
    page.says(STATE, "Sent on ").await?;
    received(&page, 1).await?;
    ensure!(page.stored(WAITS).await?.is_none(), "it still waits");
    Ok(())
}

async fn goes_at_the_next_visit(env: Rc<Env>) -> Result<()> {
    let page = agreed(&env, env.options()).await?;
    online(&page, false).await?;
    page.press("Send").await?;
    page.says(STATE, "There is no connection").await?;
    page.goto("about:blank").await?;
    page.open(TAIL).await?;
    page.at("return").await?;
    received(&page, 1).await?;
    page.until("nothing to wait", "return localStorage.getItem(arguments[0]) === null", json!([WAITS])).await?;
    page.press_at(".bsh-return .bsh-primary").await?;
    page.at("result").await?;
    page.says(STATE, "Sent on ").await
}

async fn taken_back_it_is_not_sent(env: Rc<Env>) -> Result<()> {
    let page = agreed(&env, env.options()).await?;
    online(&page, false).await?;
    page.press("Send").await?;
    page.says(STATE, "There is no connection").await?;
    page.press("Do not send it").await?;
    page.says(STATE, "It is not sent").await?;
    page.focused("[data-section=lead] h2").await?;
    ensure!(page.stored(WAITS).await?.is_none(), "it still waits");
    online(&page, true).await?;
    page.reload().await?;
    page.at("result").await?;
    page.shows(FORM).await?;
    ensure!(page.site.leads().is_empty(), "sent all the same");
    Ok(())
}

async fn erase_takes_what_waits(env: Rc<Env>) -> Result<()> {
    let page = agreed(&env, env.options()).await?;
    online(&page, false).await?;
    page.press("Send").await?;
    page.says(STATE, "There is no connection").await?;
    page.press("Erase").await?;
    page.press("Erase everything").await?;
    page.at("start").await?;
    online(&page, true).await?;
    let keys = page.keys().await?;
    ensure!(!keys.iter().any(|key| key.starts_with("bsh:send")), "{keys:?}");
    ensure!(page.site.leads().is_empty(), "sent all the same");
    Ok(())
}

async fn nothing_stored_it_still_waits_in_the_tab(env: Rc<Env>) -> Result<()> {
    let page = agreed(&env, env.options()).await?;
    online(&page, false).await?;
    page.js("Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }", json!([]))
        .await?;
    page.press("Send").await?;
    page.says(STATE, "There is no connection").await?;
    ensure!(page.stored(WAITS).await?.is_none(), "stored");
    online(&page, true).await?;
    page.says(STATE, "Sent on ").await?;
    received(&page, 1).await?;
    Ok(())
}

/// A server that answers so; what the browser prints of it is no fault.
fn answering(env: &Env, lead: LeadAnswer) -> Options {
    Options { lead, faulty: true, ..env.options() }
}

async fn server_error_is_tried_twice_and_told(env: Rc<Env>) -> Result<()> {
    let page = agreed(&env, answering(&env, LeadAnswer::Fail)).await?;
    page.press("Send").await?;
    page.says(STATE, "(answer 500)").await?;
    let both = received(&page, 2).await?;
    ensure!(both.first() == both.last(), "not the same twice: {both:?}");
    ensure!(!value(&fields(both.first().context("none")?)?, "send-id").is_empty(), "no number");
    // What failed can be copied, and sent again under the same number.
    ensure!(page.has_button("Copy the text").await?, "no copy");
    page.site.answer_leads(LeadAnswer::Ok);
    page.press("Send").await?;
    page.says(STATE, "Sent on ").await?;
    let all = received(&page, 3).await?;
    ensure!(all.first() == all.last(), "another number: {all:?}");
    Ok(())
}

async fn missing_address_is_told(env: Rc<Env>) -> Result<()> {
    let page = agreed(&env, answering(&env, LeadAnswer::Missing)).await?;
    page.press("Send").await?;
    page.says(STATE, "(answer 404)").await?;
    received(&page, 1).await?;
    ensure!(page.stored(WAITS).await?.is_none(), "it waits");
    Ok(())
}

async fn no_answer_is_told(env: Rc<Env>) -> Result<()> {
    let page = agreed(&env, answering(&env, LeadAnswer::Hang)).await?;
    page.press("Send").await?;
    page.says(STATE, "Sending").await?;
    // The page gives it ten seconds.
    tokio::time::sleep(std::time::Duration::from_secs(9)).await;
    page.says(STATE, "did not answer in time").await?;
    received(&page, 1).await?;
    Ok(())
}
