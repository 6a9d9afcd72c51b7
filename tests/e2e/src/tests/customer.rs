//! The customer's edition: an invitation goes out, somebody at the customer answers, and the answers come back.
//!
//! Knows the formats of links and codes by themselves, written here a second time: what the page says is compared with it.

use std::rc::Rc;

use anyhow::{Context, Result, ensure};
use serde_json::json;

use super::instruments::tab;
use crate::harness::engine::Kind;
use crate::harness::page::{ACCOUNT, ASIDE, DRAFT, INVITE, Page};
use crate::harness::run::{Env, Test};
use crate::sheet::{Answers, PEOPLE, SHORT, STEPS, account, draft};

pub fn tests() -> Vec<Test> {
    crate::tests![
        invitation_says_who_asks_and_nothing_else,
        invitation_as_qr_code_on_demand,
        customer_answers_and_hands_back,
        reload_stays_in_the_invitation,
        own_answers_are_not_touched,
        invitation_in_its_own_language,
        name_is_handed_back_only_when_added,
        from_the_invitation_to_the_view_and_back,
        return_by_link,
        return_by_paste,
        return_by_file,
        return_by_drop,
        second_return_asks_first,
        bad_returns_change_nothing,
        bad_links_change_nothing,
    ]
}

// ---- links and codes, from their description ----

const SYMBOLS: &[u8; 29] = b"0123456789ACDEFGHJKMNPQRTVWXY";
const PRIME: u32 = 707_279;

pub const TOKEN: &str = "K3F9AC7Q";
pub const COMPANY: &str = "Müller & Söhne";

fn written(values: &[u8]) -> String {
    values.iter().map(|value| char::from(SYMBOLS[usize::from(*value)])).collect()
}

fn values(symbols: &str) -> Vec<u8> {
    symbols.bytes().filter_map(|c| (0..).zip(SYMBOLS).find(|(_, symbol)| **symbol == c)).map(|(at, _)| at).collect()
}

fn remainder(values: impl Iterator<Item = u8>, base: u32) -> u32 {
    values.fold(0, |rest, value| (rest * base + u32::from(value)) % PRIME)
}

fn four(number: u32) -> [u8; 4] {
    [24_389, 841, 29, 1].map(|unit| (number / unit % 29) as u8)
}

/// With its four symbols of check, the number that they are leaves 1.
fn sealed(mut code: Vec<u8>) -> String {
    let open = remainder(code.iter().copied().chain([0; 4]), 29);
    code.extend(four((PRIME + 1 - open) % PRIME));
    written(&code)
}

fn push(number: &mut Vec<u8>, base: u32, digit: u32) {
    let mut carry = digit;
    for value in number.iter_mut().rev() {
        let sum = u32::from(*value) * base + carry;
        *value = (sum % 29) as u8;
        carry = sum / 29;
    }
    while carry > 0 {
        number.insert(0, (carry % 29) as u8);
        carry /= 29;
    }
}

/// The code that hands these answers back; `day` counts from 2020-01-01.
pub fn code_of(version: u8, token: &str, edition: &str, day: u32, answers: &[Answers]) -> String {
    let mut number = vec![1];
    push(&mut number, 36, 0);
    for (_, value) in answers.concat().iter().rev() {
        let state = match *value {
            "dk" => 5,
            "na" => 6,
            digit => digit.parse().unwrap_or(7),
        };
        push(&mut number, 16, 2 * state);
    }
    push(&mut number, 2, 0);
    push(&mut number, 1 << 15, day);
    push(&mut number, 1 << 24, u32::from_str_radix(&edition[..6], 16).unwrap_or(0));
    sealed([vec![version], values(token), number].concat())
}

/// The invitation of `who` by [`COMPANY`], as a fragment.
pub fn invitation(version: &str, edition: &str, lang: &str, token: &str, who: &str) -> String {
    let body = format!("{version}~{edition}~{lang}~{token}~M%C3%BCller%20%26%20S%C3%B6hne~{who}");
    format!("#bsh-invite={body}~{}", written(&four(remainder(body.bytes(), 256))))
}

/// In groups of five.
fn spoken(code: &str) -> String {
    let groups: Vec<&str> = (0..code.len()).step_by(5).map(|at| &code[at..code.len().min(at + 5)]).collect();
    groups.join("-")
}

/// Days since 2020-01-01, and the day as a kept text has it, by the browser's clock.
async fn today(page: &Page) -> Result<(u32, String)> {
    let script = "const now = new Date();
        const [y, m, d] = [now.getFullYear(), now.getMonth(), now.getDate()];
        return [Math.round((Date.UTC(y, m, d) - Date.UTC(2020, 0, 1)) / 864e5), new Date(Date.UTC(y, m, d)).toISOString().slice(0, 10)]";
    Ok(serde_json::from_value(page.js(script, json!([])).await?)?)
}

// ---- the two sides ----

const METAL: &str = "metal001";
const BLUE: &str = "blue0002";

/// An account whose person Anna was invited, and another one.
fn kept(edition: &str) -> Vec<(&'static str, String)> {
    let invite = format!(
        "{PEOPLE}invite=61\ninvite.61.token={TOKEN}\ninvite.61.person=4\ninvite.61.round=1\ninvite.61.date=2026-03-04\n"
    );
    let plan = "task=11\ntask.11.title=Secret plan\ng4-04.note=A secret note\nabout.1.owner=Eva\nabout.1.tags=secret\n";
    vec![
        (METAL, account(edition, "Metal Works", &format!("{invite}{plan}"))),
        (BLUE, account(edition, "Blue Software", "")),
    ]
}

/// Where the invitation came from, at its list of accounts.
async fn seller(env: &Env) -> Result<Page> {
    let page = env.plain().await?;
    let edition = page.site.edition()?;
    page.with_accounts(&kept(&edition), COMPANY).await?;
    Ok(page)
}

/// A page of its own, and so a storage of its own, with an invitation in its address.
async fn customer(env: &Env, lang: &str) -> Result<Page> {
    let page = env.plain().await?;
    let link = invitation("1", &page.site.edition()?, lang, TOKEN, "Anna");
    page.arrive(&page.site.url(&link)).await?;
    page.at("invited").await?;
    Ok(page)
}

/// From the invitation to the customer's own result.
async fn answer(page: &Page) -> Result<()> {
    page.press_at(".bsh-start .bsh-primary").await?;
    for (step, answers) in STEPS.iter().zip(SHORT) {
        page.at(step).await?;
        page.fill(answers).await?;
        page.press_at(".bsh-moves .bsh-primary").await?;
    }
    page.at("review").await?;
    page.press_at(".bsh-moves .bsh-primary").await?;
    page.at("result").await
}

async fn value(page: &Page, selector: &str) -> Result<String> {
    page.element(selector).await?;
    page.text("return document.querySelector(arguments[0]).value", json!([selector])).await
}

/// Anna's answers of today are in her account, which is shown.
async fn landed(page: &Page) -> Result<()> {
    page.at("account").await?;
    page.says("h1", "Metal Works").await?;
    page.says(".bsh-banners", "The answers of Anna are in.").await?;
    ensure!(page.home().await? == format!("a:{METAL}"), "open is {}", page.home().await?);
    let (_, date) = today(page).await?;
    let edition = page.site.edition()?;
    let text = page.kept(&[ACCOUNT, METAL].concat(), r"^seen\.\d+\.head=").await?;
    let head = format!("=1 4 {date} short {edition}");
    ensure!(text.lines().any(|line| line.starts_with("seen.") && line.ends_with(&head)), "it is kept as: {text}");
    // 3 of 4 in the third answer of gate 3, not known in the fifth of gate 4: nothing was moved.
    let code = "g2-01=4 4 4 4 3 4 g3-01=4 3 3 4 3 3 g4-01=2 2 0 2 d 2 g5-01=0 0 d 0 a 0";
    ensure!(text.contains(&format!(".code={code}\n")), "the answers are kept as: {text}");
    page.says("table.bsh-views", "Anna").await?;
    ensure!(page.count("table.bsh-views tbody tr").await? == 2, "not two views");
    page.says("[data-section=headline] h2", "One of their people has answered").await?;
    page.says("[data-section=gap]", "at the same point").await
}

// ---- going out ----

async fn invitation_says_who_asks_and_nothing_else(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    let edition = page.site.edition()?;
    let all = [(METAL, account(&edition, "Metal Works", &format!("{PEOPLE}about.1.owner=Eva\ng4-04.note=A secret\n")))];
    page.with_accounts(&all, "").await?;
    page.press("Metal Works").await?;
    page.at("account").await?;
    // Who asks has to be known first.
    page.says("[data-section=invite]", "Fill in your company’s name first").await?;
    ensure!(!page.has_button("Invite Anna").await?, "an invitation without a name");
    page.type_into("#bsh-company", COMPANY).await?;
    page.press("Invite Anna").await?;
    page.shows("[id^=bsh-link-]").await?;
    page.focused("[id^=bsh-link-]").await?;
    let text = page.kept(&[ACCOUNT, METAL].concat(), r"^invite\.\d+\.token=").await?;
    let token = text.lines().find_map(|line| line.split_once(".token=")).context("no token")?.1;
    let link = value(&page, "[id^=bsh-link-]").await?;
    let due = page.site.url(&invitation("1", &edition, "en", token, "Anna"));
    ensure!(link == due, "the link is {link} and not {due}");
    // Another person's is another one.
    page.press("Invite Bert").await?;
    page.until("two links", "return document.querySelectorAll('[id^=bsh-link-]').length === 2", json!([])).await?;
    let tokens = page
        .js(
            "return new Set([...document.querySelectorAll('[id^=bsh-link-]')].map((e) => e.value.split('~')[3])).size",
            json!([]),
        )
        .await?;
    ensure!(tokens == json!(2), "two invitations have one number");
    // The e-mail: the same link with a word around it, and nothing of the account either.
    let mail = page.text("return document.querySelector('[id^=bsh-mail-]').value", json!([])).await?;
    for words in [link.as_str(), "Anna", COMPANY] {
        ensure!(mail.contains(words), "\"{words}\" is not in the e-mail: {mail}");
    }
    let href = page.text("return decodeURIComponent(document.querySelector('[data-section=invite] a[href^=\"mailto:\"]').getAttribute('href'))", json!([])).await?;
    ensure!(href.replace("\r\n", "\n").ends_with(&format!("&body={mail}")), "the prepared e-mail is {href}");
    ensure!(href.starts_with("mailto:?subject="), "it goes to somebody: {href}");
    for words in ["Metal", "Eva", "secret", "sponsor", "Bert"] {
        ensure!(!mail.contains(words), "\"{words}\" is in the e-mail: {mail}");
    }
    if env.kind == Kind::Chromium {
        let permissions = json!({ "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"] });
        page.cdp("Browser.grantPermissions", permissions).await?;
    }
    page.press("Copy the link: Anna").await?;
    let said = page
        .until("a word about the copy", "return document.querySelector('.bsh-said').textContent", json!([]))
        .await?;
    let copied = said == json!("Copied.");
    ensure!(copied || said.as_str().is_some_and(|said| said.contains("does not let the page copy")), "it says {said}");
    if env.kind == Kind::Chromium {
        ensure!(copied, "Chromium did not copy: {said}");
        let script = "const done = arguments[arguments.length - 1]; navigator.clipboard.readText().then(done, (e) => done(String(e)))";
        let text = page.driver.execute_async(script, Vec::new()).await?;
        ensure!(text.json() == &json!(link), "on the clipboard is {}", text.json());
    }
    // A reload keeps the invitation: it is the same link, not a new one.
    page.reload().await?;
    page.at("account").await?;
    ensure!(value(&page, "[id^=bsh-link-]").await? == link, "after a reload it is another link");
    Ok(())
}

async fn invitation_as_qr_code_on_demand(env: Rc<Env>) -> Result<()> {
    let page = seller(&env).await?;
    page.press("Metal Works").await?;
    page.at("account").await?;
    page.shows("[id^=bsh-link-]").await?;
    ensure!(page.count(".bsh-qr").await? == 0, "there is a code already");
    ensure!(!page.site.asked_for(|path| path.contains("toolbox")), "the toolbox was fetched without need");
    page.press("Show a QR code: Anna").await?;
    page.shows("svg.bsh-qr").await?;
    ensure!(page.site.asked_for(|path| path.contains("toolbox")), "where did the code come from?");
    // A square of modules that holds the link, with its quiet zone: the corners are light, and something is dark.
    let script = "const svg = document.querySelector('svg.bsh-qr');
        const { x, y, width, height } = svg.viewBox.baseVal;
        const dark = svg.querySelector('.bsh-qr-dark').getBBox();
        return [x, y, width - height, width >= 21 + 8, dark.x >= 4, dark.x + dark.width <= width - 4,
            svg.getBoundingClientRect().width > 100]";
    let shape = page.js(script, json!([])).await?;
    ensure!(shape == json!([0, 0, 0, true, true, true, true]), "the code is drawn as {shape}");
    Ok(())
}

// ---- at the customer ----

async fn customer_answers_and_hands_back(env: Rc<Env>) -> Result<()> {
    let page = customer(&env, "en").await?;
    page.says("h1", &format!("{COMPANY} asks how you see them")).await?;
    page.says(".bsh-lead", "Anna, answer for yourself").await?;
    page.says(".bsh-facts", "Handed back are").await?;
    let address = page.text("return location.href", json!([])).await?;
    ensure!(address == page.site.url("?lang=en") || address == page.site.url(""), "the address is {address}");
    ensure!(page.keys().await?.is_empty(), "stored before Start: {:?}", page.keys().await?);
    answer(&page).await?;
    ensure!(page.keys().await? == [[INVITE, TOKEN].concat()], "stored: {:?}", page.keys().await?);
    // A result of their own: what they see in the supplier.
    page.says("h1", &format!("You see {COMPANY} as")).await?;
    page.says("h1", "dedicated partner").await?;
    ensure!(page.count(".bsh-tabs button").await? == 2, "not two tabs");
    ensure!(page.count("[data-section=keep]:not([hidden])").await? == 0, "they are offered an account");
    ensure!(page.count(".bsh-to-accounts").await? == 0, "there is a way to accounts");
    page.press_at(&tab(2)).await?;
    page.at("handback").await?;
    page.says("h1", &format!("Hand your answers back to {COMPANY}")).await?;
    // What it says, in clear.
    let (day, _) = today(&page).await?;
    for words in ["24 answers, 2 of them “don’t know”", "that 0 of them have a note", TOKEN, "no name"] {
        page.says("[data-section=says]", words).await?;
    }
    let listed = page.count("[data-section=says] details li").await?;
    ensure!(listed == 24, "{listed} of 24 answers are listed");
    // Each way shows all of what goes.
    let code = code_of(1, TOKEN, &page.site.edition()?, day, &SHORT);
    let shown = value(&page, "#bsh-return-code").await?;
    ensure!(shown == spoken(&code), "the code is {shown} and not {}", spoken(&code));
    ensure!(shown.len() <= 120, "the code has {} characters", shown.len());
    let link = value(&page, "#bsh-return-link").await?;
    ensure!(link == page.site.url(&format!("#bsh-return={code}")), "the link is {link}");
    let file = value(&page, "#bsh-return-file").await?;
    ensure!(file.contains(&link) && file.contains(&shown), "the file says {file}");
    let mail = value(&page, "#bsh-return-mail").await?;
    ensure!(mail.contains(&link) && mail.contains(&shown), "the e-mail says {mail}");
    let href = page
        .text(
            "return decodeURIComponent(document.querySelector('[data-section=mail] a').getAttribute('href'))",
            json!([]),
        )
        .await?;
    ensure!(href.replace("\r\n", "\n").ends_with(&format!("&body={mail}")), "the prepared e-mail is {href}");
    let saved = page.download("Save a file").await?;
    ensure!(saved == file, "the saved file says {saved}");
    for button in ["Copy the link", "Copy the code"] {
        page.press(button).await?;
        page.until("a word about the copy", "return document.querySelector('.bsh-said').textContent", json!([]))
            .await?;
    }
    // A later day, the same person: it goes on where it was.
    page.arrive(&page.site.url(&invitation("1", &page.site.edition()?, "en", TOKEN, "Anna"))).await?;
    page.at("invited").await?;
    page.press("Go on").await?;
    page.at("result").await
}

async fn reload_stays_in_the_invitation(env: Rc<Env>) -> Result<()> {
    let page = customer(&env, "en").await?;
    page.reload().await?;
    page.at("invited").await?;
    page.says("h1", COMPANY).await?;
    page.press("Start").await?;
    page.at("gate-2").await?;
    page.fill(SHORT[0]).await?;
    page.press("Continue").await?;
    page.at("gate-3").await?;
    page.choose("g3-01", "1").await?;
    page.reload().await?;
    page.at("gate-3").await?;
    page.is_chosen("g3-01", "1").await?;
    ensure!(page.home().await? == format!("i:{TOKEN}"), "open is {}", page.home().await?);
    page.saved_in(&[INVITE, TOKEN].concat(), "g3-01=1").await?;
    ensure!(page.stored(DRAFT).await?.is_none(), "the answers became the own ones");
    // Back to where it began, and on again.
    page.press("Back").await?;
    page.at("gate-2").await?;
    page.press("Back").await?;
    page.at("invited").await?;
    page.press("Go on").await?;
    page.at("gate-3").await?;
    page.is_chosen("g3-01", "1").await
}

async fn own_answers_are_not_touched(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    let edition = page.site.edition()?;
    let own = draft(&edition, "gate-4", &SHORT[..2], "");
    page.goto(&page.site.host("blank")).await?;
    page.store(DRAFT, &own).await?;
    let link = page.site.url(&invitation("1", &edition, "en", TOKEN, "Anna"));
    page.goto(&link).await?;
    page.at("invited").await?;
    ensure!(page.stored(DRAFT).await?.as_deref() == Some(own.as_str()), "opening a link changed the own answers");
    answer(&page).await?;
    ensure!(page.stored(DRAFT).await?.as_deref() == Some(own.as_str()), "answering changed the own answers");
    // They are still where they were.
    page.visit_again().await?;
    page.at("return").await?;
    page.press("Continue").await?;
    page.at("gate-4").await?;
    page.choose("g4-01", "1").await?;
    page.saved("g4-01=1").await?;
    page.saved_in(&[INVITE, TOKEN].concat(), "g4-01=2").await?;
    // A link that comes while they are being answered, in the same page.
    page.follow(&link).await?;
    page.at("invited").await?;
    page.press("Go on").await?;
    page.at("result").await?;
    page.saved("g4-01=1").await?;
    ensure!(page.stored(ASIDE).await?.is_none(), "the own answers were set aside");
    Ok(())
}

async fn invitation_in_its_own_language(env: Rc<Env>) -> Result<()> {
    let page = customer(&env, "nl").await?;
    page.until("Dutch", "return document.documentElement.lang === 'nl'", json!([])).await?;
    ensure!(value(&page, "#bsh-lang").await? == "nl", "the list says {}", value(&page, "#bsh-lang").await?);
    page.reload().await?;
    page.at("invited").await?;
    page.until("Dutch after a reload", "return document.documentElement.lang === 'nl'", json!([])).await?;
    page.press_at(".bsh-start .bsh-primary").await?;
    page.at("gate-2").await?;
    page.saved_in(&[INVITE, TOKEN].concat(), "lang=nl").await
}

async fn name_is_handed_back_only_when_added(env: Rc<Env>) -> Result<()> {
    let page = customer(&env, "en").await?;
    answer(&page).await?;
    page.press_at(&tab(2)).await?;
    page.at("handback").await?;
    let without = value(&page, "#bsh-return-code").await?;
    page.type_into("#asked-1-3", "Anna Å.").await?;
    page.says("[data-section=says]", "your name: Anna Å.").await?;
    let with = value(&page, "#bsh-return-code").await?;
    ensure!(with.len() > without.len() && with.len() <= 120, "with a name the code is {with}");
    // Emptied again it is the code that it was.
    page.pick("#asked-1-3", "").await?;
    page.says("[data-section=says]", "no name").await?;
    ensure!(value(&page, "#bsh-return-code").await? == without, "something of the name stayed in the code");
    // The code with the name brings it to a seller who does not know it.
    let seller = env.plain().await?;
    let edition = seller.site.edition()?;
    let nameless = kept(&edition)[0].1.replace("person.4.name=Anna\n", "");
    seller.with_accounts(&[(METAL, nameless)], COMPANY).await?;
    seller.type_into("#bsh-paste", &with).await?;
    seller.press_at("#bsh-receive").await?;
    seller.at("account").await?;
    seller.saved_in(&[ACCOUNT, METAL].concat(), "person.4.name=Anna Å.").await
}

// ---- coming back ----

/// Nothing is made by hand here: the page's own link goes to another storage, and the page's own link comes back.
async fn from_the_invitation_to_the_view_and_back(env: Rc<Env>) -> Result<()> {
    let seller = env.plain().await?;
    let all = kept(&seller.site.edition()?);
    seller.with_accounts(&all, COMPANY).await?;
    seller.press("Metal Works").await?;
    seller.at("account").await?;
    seller.press("Invite Cleo").await?;
    seller.until("two links", "return document.querySelectorAll('[id^=bsh-link-]').length === 2", json!([])).await?;
    let script = "return [...document.querySelectorAll('[id^=bsh-link-]')].map((e) => e.value).find((link) => link.includes('Cleo'))";
    let link = seller.text(script, json!([])).await?;
    let customer = env.plain().await?;
    customer.arrive(&link.replace(&seller.site.url(""), &customer.site.url(""))).await?;
    customer.at("invited").await?;
    customer.says(".bsh-lead", "Cleo, answer for yourself").await?;
    answer(&customer).await?;
    customer.press_at(&tab(2)).await?;
    customer.at("handback").await?;
    let back = value(&customer, "#bsh-return-link").await?;
    seller.arrive(&back.replace(&customer.site.url(""), &seller.site.url(""))).await?;
    seller.at("account").await?;
    seller.says(".bsh-banners", "The answers of Cleo are in.").await?;
    seller.says("h1", "Metal Works").await?;
    seller.says("table.bsh-views", "Cleo").await?;
    seller.says("[data-section=invite]", "Answered on").await?;
    // It is in the list as well.
    seller.press("My accounts").await?;
    seller.at("accounts").await?;
    seller.says("table.bsh-accounts", "customer, 1").await
}

async fn todays_code(page: &Page) -> Result<String> {
    Ok(code_of(1, TOKEN, &page.site.edition()?, today(page).await?.0, &SHORT))
}

async fn return_by_link(env: Rc<Env>) -> Result<()> {
    let page = seller(&env).await?;
    let link = page.site.url(&format!("#bsh-return={}", todays_code(&page).await?));
    // Another account is open, and the link goes into the same page.
    page.press("Blue Software").await?;
    page.at("account").await?;
    page.follow(&link).await?;
    landed(&page).await?;
    ensure!(page.text("return location.hash", json!([])).await?.is_empty(), "the code stays in the address");
    // The one that was open is as it was.
    let other = page.stored(&[ACCOUNT, BLUE].concat()).await?.unwrap_or_default();
    ensure!(!other.contains("\nseen"), "the other account has it: {other}");
    // On another day, in a page that is loaded by the link.
    let page = seller(&env).await?;
    page.arrive(&page.site.url(&format!("#bsh-return={}", todays_code(&page).await?))).await?;
    landed(&page).await
}

async fn return_by_paste(env: Rc<Env>) -> Result<()> {
    let page = seller(&env).await?;
    let code = spoken(&todays_code(&page).await?).to_lowercase();
    page.type_into("#bsh-paste", &code).await?;
    page.press_at("#bsh-receive").await?;
    landed(&page).await?;
    // With a letter around it, and the code broken over two lines.
    let page = seller(&env).await?;
    let code = spoken(&todays_code(&page).await?);
    let letter = format!("Dear Eva,\n\nhere it is:\n{}\n{}\n\nRegards\nAnna", &code[..30], &code[30..]);
    page.pick("#bsh-paste", &letter).await?;
    page.press_at("#bsh-receive").await?;
    landed(&page).await
}

async fn return_by_file(env: Rc<Env>) -> Result<()> {
    let page = seller(&env).await?;
    let code = todays_code(&page).await?;
    let file = format!("https://example.org/#bsh-return={code}\n\n{}\n", spoken(&code));
    page.open_file("return.txt", &file).await?;
    landed(&page).await
}

async fn return_by_drop(env: Rc<Env>) -> Result<()> {
    let page = seller(&env).await?;
    let code = todays_code(&page).await?;
    page.drop_on("main h1", &spoken(&code), None).await?;
    landed(&page).await?;
    let page = seller(&env).await?;
    page.press("Blue Software").await?;
    page.at("account").await?;
    page.drop_on("main h1", &format!("\n{code}\n"), Some("return.txt")).await?;
    landed(&page).await
}

async fn second_return_asks_first(env: Rc<Env>) -> Result<()> {
    let page = seller(&env).await?;
    let edition = page.site.edition()?;
    let (day, _) = today(&page).await?;
    let first = code_of(1, TOKEN, &edition, day, &SHORT);
    let other: Answers =
        &[("g2-01", "1"), ("g2-02", "0"), ("g2-03", "0"), ("g2-04", "0"), ("g2-05", "0"), ("g2-06", "0")];
    let second = code_of(1, TOKEN, &edition, day, &[other, SHORT[1], SHORT[2], SHORT[3]]);
    page.drop_on("main h1", &first, None).await?;
    landed(&page).await?;
    let key = [ACCOUNT, METAL].concat();
    let before = page.stored(&key).await?.unwrap_or_default();
    // The same once more is nothing new.
    page.drop_on("main h1", &first, None).await?;
    landed(&page).await?;
    ensure!(page.count(".bsh-ask").await? == 0, "it asks about the same answers");
    page.drop_on("main h1", &second, None).await?;
    page.says(".bsh-ask", "Anna has answered this invitation before").await?;
    page.press("Keep them").await?;
    page.gone(".bsh-ask").await?;
    let text = page.stored(&key).await?.unwrap_or_default();
    let body = |text: &str| text.split_once('\n').map(|(_, body)| body.to_owned());
    ensure!(body(&text) == body(&before), "a no changed the account to: {text}");
    page.drop_on("main h1", &second, None).await?;
    page.press("Replace them").await?;
    let text = page.kept(&key, r"\.code=g2-01=1 0 0").await?;
    ensure!(text.matches(".code=").count() == 1, "both are kept: {text}");
    ensure!(page.count("table.bsh-views tbody tr").await? == 2, "not two views");
    Ok(())
}

/// What is said when a text comes in that is no return, with everything stored as it was.
async fn refused(page: &Page, what: &str, text: &str, told: &str) -> Result<()> {
    let before = page.all_stored().await?;
    page.pick("#bsh-paste", text).await?;
    page.press_at("#bsh-receive").await?;
    page.says(".bsh-banners", told).await.with_context(|| what.to_owned())?;
    ensure!(page.step().await? == "accounts", "{what} leads to {}", page.step().await?);
    ensure!(page.all_stored().await? == before, "{what} changed what is stored");
    Ok(())
}

async fn bad_returns_change_nothing(env: Rc<Env>) -> Result<()> {
    let page = seller(&env).await?;
    let edition = page.site.edition()?;
    let (day, _) = today(&page).await?;
    let code = code_of(1, TOKEN, &edition, day, &SHORT);
    for at in [0, 3, 20, code.len() - 1] {
        let mut damaged: Vec<char> = code.chars().collect();
        damaged[at] = if damaged[at] == 'W' { 'X' } else { 'W' };
        let damaged: String = damaged.into_iter().collect();
        refused(&page, &format!("character {at} altered"), &damaged, "This code is damaged").await?;
    }
    let mut swapped: Vec<char> = code.chars().collect();
    let at = (12..code.len() - 1).find(|at| swapped[*at] != swapped[at + 1]).context("all alike")?;
    swapped.swap(at, at + 1);
    refused(&page, "two neighbours swapped", &String::from_iter(swapped), "This code is damaged").await?;
    refused(&page, "half a code", &code[..code.len() / 2], "This code is damaged").await?;
    let unknown = code_of(1, "A4C5D6E7", &edition, day, &SHORT);
    refused(&page, "an unknown invitation", &unknown, "belongs to an invitation that is not in this browser").await?;
    let foreign = code_of(1, TOKEN, "0123456789abcdef", day, &SHORT);
    refused(&page, "another edition", &foreign, "another edition of the questions").await?;
    let newer = code_of(2, TOKEN, &edition, day, &SHORT);
    refused(&page, "a newer version", &newer, "newer version").await?;
    refused(&page, "a letter", "Dear Eva,\nsee you on Monday.", "There is no link or code in this text").await?;
    refused(&page, "nothing", "", "There is no link or code in this text").await?;
    // By link, with an account open: it stays.
    page.press("Blue Software").await?;
    page.at("account").await?;
    let before = page.all_stored().await?;
    page.follow(&format!("#bsh-return={unknown}")).await?;
    page.says(".bsh-banners", "not in this browser").await?;
    ensure!(page.all_stored().await? == before, "an unknown return changed what is stored");
    // Somebody who keeps no accounts opens such a link.
    let other = env.plain().await?;
    other.arrive(&other.site.url(&format!("#bsh-return={code}"))).await?;
    other.says(".bsh-banners", "not in this browser").await?;
    ensure!(other.keys().await?.is_empty(), "stored: {:?}", other.keys().await?);
    Ok(())
}

async fn bad_links_change_nothing(env: Rc<Env>) -> Result<()> {
    let edition = env.plain().await?.site.edition()?;
    let good = invitation("1", &edition, "en", TOKEN, "Anna");
    let links = [
        (good.replace("Anna", "Hanna"), "This link is damaged"),
        (good[..good.len() - 8].to_owned(), "This link is damaged"),
        (invitation("1", "0123456789abcdef", "en", TOKEN, "Anna"), "another edition of the questions"),
        (invitation("2", &edition, "en", TOKEN, "Anna"), "newer version"),
    ];
    for (link, told) in links {
        let page = env.plain().await?;
        let own = draft(&edition, "gate-4", &SHORT[..2], "");
        page.goto(&page.site.host("blank")).await?;
        page.store(DRAFT, &own).await?;
        page.goto(&page.site.url(&link)).await?;
        page.says(".bsh-banners", told).await.with_context(|| link.clone())?;
        ensure!(page.all_stored().await?.len() == 1, "{link} stored something");
        ensure!(page.stored(DRAFT).await?.as_deref() == Some(own.as_str()), "{link} changed the own answers");
        page.press("Continue").await?;
        page.at("gate-4").await?;
    }
    Ok(())
}
