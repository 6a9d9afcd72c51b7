//! Whose answers are open: what belongs to an account, an invitation or nobody stays with it, wherever one goes.

use std::rc::Rc;

use anyhow::{Context, Result, bail, ensure};
use serde_json::json;

use super::accounts::{BLUE, METAL, compare_both, key, opened};
use super::customer::{TOKEN, invitation};
use super::instruments::tab;
use super::storage::{FILL, FREE};
use crate::harness::page::{ACCOUNT, DRAFT, INVITE, Page};
use crate::harness::run::{Env, Test};
use crate::sheet::{PEOPLE, SHORT, account, draft, view, views};

pub fn tests() -> Vec<Test> {
    crate::tests![
        separator_in_a_name_survives_a_new_round,
        changes_without_room_wait_in_memory,
        answers_file_on_an_account_page_leaves_the_account,
        account_file_becomes_an_account,
        list_reached_from_an_account_is_the_list_after_a_reload,
        one_invitation_in_two_tabs,
        language_before_the_start_stores_nothing,
        compare_after_the_list_is_not_empty,
        no_to_an_answers_file_stays_in_the_account,
        no_to_an_answers_file_stays_in_the_invitation,
    ]
}

/// Everything of these lines is in the text.
fn has_all(text: &str, lines: &str) -> Result<()> {
    for line in lines.lines() {
        ensure!(text.lines().any(|kept| kept == line), "\"{line}\" is lost: {text}");
    }
    Ok(())
}

// ---- accounts ----

async fn separator_in_a_name_survives_a_new_round(env: Rc<Env>) -> Result<()> {
    let edition = env.plain().await?.site.edition()?;
    // As it is stored: the name has U+001D in it, which separates the accounts of a bundle.
    let people = PEOPLE.replace("name=Anna", "name=An\\dna");
    let invite =
        "invite=61\ninvite.61.token=K3F9AC7Q\ninvite.61.person=4\ninvite.61.round=1\ninvite.61.date=2026-03-04\n";
    let kept = format!("{people}{invite}about.1.owner=Eva\nabout.1.tags=north, steel\n");
    let seen = views(&edition, 1);
    let page = opened(&env, &format!("{kept}{seen}")).await?;
    page.press("Start a new round").await?;
    page.at("gate-2").await?;
    let text = page.kept(&key(METAL), "^about.1.round=2$").await?;
    has_all(&text, &kept)?;
    // The list of views has one more now: the own one of the first round.
    has_all(&text, seen.split_once('\n').context("no view")?.1)?;
    page.kept(&key(METAL), r"^seen=\d+ \d+$").await?;
    page.reload().await?;
    page.at("gate-2").await?;
    has_all(&page.stored(&key(METAL)).await?.unwrap_or_default(), &kept)
}

async fn changes_without_room_wait_in_memory(env: Rc<Env>) -> Result<()> {
    env.spend();
    let page = opened(&env, "about.1.owner=Bo\n").await?;
    page.js(FILL, json!([])).await?;
    page.type_into("#about-1-0", "Eva Bergström").await?;
    page.shows(".bsh-banner.bsh-warn").await?;
    page.press("My accounts").await?;
    page.at("accounts").await?;
    let text = page.stored(&key(METAL)).await?.unwrap_or_default();
    ensure!(!text.contains("Eva Bergström"), "the storage was not full: {text}");
    page.press("Metal Works").await?;
    page.at("account").await?;
    page.until(
        "the owner as typed",
        "return document.querySelector('#about-1-0').value === 'Eva Bergström'",
        json!([]),
    )
    .await?;
    page.shows(".bsh-banner.bsh-warn").await?;
    page.js(FREE, json!([])).await?;
    page.type_into("#about-1-1", "north").await?;
    page.saved_in(&key(METAL), "about.1.tags=north").await?;
    page.saved_in(&key(METAL), "about.1.owner=Eva Bergström").await?;
    page.gone(".bsh-banner.bsh-warn").await?;
    page.reload().await?;
    page.at("account").await?;
    page.until(
        "the owner after a reload",
        "return document.querySelector('#about-1-0').value === 'Eva Bergström'",
        json!([]),
    )
    .await?;
    Ok(())
}

async fn answers_file_on_an_account_page_leaves_the_account(env: Rc<Env>) -> Result<()> {
    let page = opened(&env, &[PEOPLE, "about.1.owner=Eva\n"].concat()).await?;
    let before = page.stored(&key(METAL)).await?;
    let file = draft(&page.site.edition()?, "gate-3", &[&[("g2-01", "0"), ("g2-02", "1")]], "");
    page.drop_on("main h1", &file, Some("answers.txt")).await?;
    page.at("gate-3").await?;
    page.saved("g2-01=0").await?;
    ensure!(page.home().await? == "-", "open is {}", page.home().await?);
    page.fill(SHORT[1]).await?;
    page.saved("g3-01=4").await?;
    let after = page.stored(&key(METAL)).await?;
    ensure!(after == before, "the account became {after:?}");
    ensure!(page.keys_after(ACCOUNT).await? == [METAL], "there is {:?}", page.keys_after(ACCOUNT).await?);
    // The other way about: the answers that were opened are asked about before they go, and again no account goes.
    page.press("My accounts").await?;
    page.at("accounts").await?;
    page.press("Metal Works").await?;
    page.at("account").await?;
    let before = page.stored(&key(METAL)).await?;
    page.drop_on("main h1", &file.replace("g2-01=0", "g2-01=3"), Some("answers.txt")).await?;
    page.press("Replace them").await?;
    page.at("gate-3").await?;
    page.saved("g2-01=3").await?;
    let after = page.stored(&key(METAL)).await?;
    ensure!(after == before, "the account became {after:?}");
    Ok(())
}

async fn account_file_becomes_an_account(env: Rc<Env>) -> Result<()> {
    let edition = env.plain().await?.site.edition()?;
    let first = [
        view(71, (1, 0, "2025-03-05"), &edition, [4, 4, 0, 0]),
        view(72, (1, 4, "2025-03-06"), &edition, [4, 0, 0, 0]),
    ];
    let lines = format!("{PEOPLE}about.1.owner=Eva\nabout.1.tags=north\nseen=71 72\n{}", first.concat());
    let page = env.plain().await?;
    let text = account(&edition, "Metal Works", &lines).replace("about.1.round=1", "about.1.round=2");
    page.with_accounts(&[(METAL, text)], "Our Company").await?;
    page.press("Metal Works").await?;
    page.at("account").await?;
    page.press_at(&tab(2)).await?;
    page.at("result").await?;
    let file = page.download("Download my answers").await?;
    page.press("My accounts").await?;
    page.at("accounts").await?;
    let before = page.stored(&key(METAL)).await?;
    page.open_file("answers.txt", &file).await?;
    page.at("account").await?;
    page.says("h1", "Metal Works").await?;
    page.until("another account", "return !history.state.includes(`a:${arguments[0]}`)", json!([METAL])).await?;
    let ids = page.keys_after(ACCOUNT).await?;
    ensure!(ids.len() == 2, "there is {ids:?}");
    let id = ids.iter().find(|id| *id != METAL).context("no second account")?;
    ensure!(page.home().await? == format!("a:{id}"), "open is {}", page.home().await?);
    let text = page.kept(&key(id), "^about.1.round=2$").await?;
    has_all(&text, &lines)?;
    for (item, value) in SHORT.concat() {
        has_all(&text, &format!("{item}={value}"))?;
    }
    ensure!(page.stored(&key(METAL)).await? == before, "the first account changed");
    ensure!(page.stored(DRAFT).await?.is_none(), "there is a draft beside the accounts");
    ensure!(page.count("table.bsh-history tbody tr").await? == 2, "not two rounds");
    page.press("My accounts").await?;
    page.at("accounts").await?;
    ensure!(page.count("table.bsh-accounts tbody tr").await? == 2, "not two accounts in the list");
    Ok(())
}

async fn list_reached_from_an_account_is_the_list_after_a_reload(env: Rc<Env>) -> Result<()> {
    let page = opened(&env, "").await?;
    page.press("My accounts").await?;
    page.at("accounts").await?;
    page.reload().await?;
    page.at("accounts").await?;
    ensure!(page.home().await? == "-", "open is {}", page.home().await?);
    for button in ["Delete", "Remove this account"] {
        ensure!(!page.has_button(button).await?, "the list has a button \"{button}\"");
    }
    ensure!(page.keys_after(ACCOUNT).await? == [METAL], "there is {:?}", page.keys_after(ACCOUNT).await?);
    page.press("Metal Works").await?;
    page.at("account").await
}

/// The page of a comparison in the history, once it is shown, has a heading.
async fn not_empty(page: &Page) -> Result<()> {
    let script = "return history.state.startsWith('compare ') && document.querySelector('.bsh-step h1')?.textContent";
    match page.until("a heading where accounts were compared", script, json!([])).await {
        Ok(_) => Ok(()),
        Err(error) => bail!("{error}; the page shows: {}", page.visible().await),
    }
}

async fn compare_after_the_list_is_not_empty(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    let edition = page.site.edition()?;
    let both = [(METAL, account(&edition, "Metal Works", "")), (BLUE, account(&edition, "Blue Software", ""))];
    page.with_accounts(&both, "").await?;
    compare_both(&page).await?;
    page.press("My accounts").await?;
    page.at("accounts").await?;
    page.back().await?;
    // What is compared is still known, or the list takes its place: never a page with nothing on it.
    not_empty(&page).await?;
    // By way of an account it is not known any more.
    page.press("My accounts").await?;
    page.at("accounts").await?;
    page.press("Metal Works").await?;
    page.at("account").await?;
    page.back().await?;
    page.at("accounts").await?;
    page.back().await?;
    not_empty(&page).await?;
    page.press("Blue Software").await?;
    page.at("account").await?;
    page.says("h1", "Blue Software").await
}

// ---- invitations ----

/// The link of an invitation, as a customer's person has it.
fn link(page: &Page) -> Result<String> {
    Ok(page.site.url(&invitation("1", &page.site.edition()?, "en", TOKEN, "Anna")))
}

async fn one_invitation_in_two_tabs(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    let link = link(&page)?;
    let key = [INVITE, TOKEN].concat();
    page.arrive(&link).await?;
    page.at("invited").await?;
    let first = page.driver.window().await?;
    let second = page.driver.new_tab().await?;
    page.driver.switch_to_window(second.clone()).await?;
    page.goto(&link).await?;
    page.at("invited").await?;
    page.driver.switch_to_window(first.clone()).await?;
    page.press_at(".bsh-start .bsh-primary").await?;
    page.at("gate-2").await?;
    page.choose("g2-01", "4").await?;
    page.saved_in(&key, "g2-01=4").await?;
    page.driver.switch_to_window(second.clone()).await?;
    page.press_at(".bsh-start .bsh-primary").await?;
    page.at("gate-2").await?;
    page.is_chosen("g2-01", "4").await?;
    page.choose("g2-02", "2").await?;
    for line in ["g2-01=4", "g2-02=2"] {
        page.saved_in(&key, line).await?;
    }
    page.driver.switch_to_window(first.clone()).await?;
    page.is_chosen("g2-02", "2").await?;
    page.choose("g2-03", "0").await?;
    for line in ["g2-01=4", "g2-02=2", "g2-03=0"] {
        page.saved_in(&key, line).await?;
    }
    ensure!(page.keys().await? == [key], "stored: {:?}", page.keys().await?);
    page.driver.switch_to_window(second).await?;
    page.driver.close_window().await?;
    Ok(page.driver.switch_to_window(first).await?)
}

async fn language_before_the_start_stores_nothing(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    page.arrive(&link(&page)?).await?;
    page.at("invited").await?;
    page.pick("#bsh-lang", "nl").await?;
    page.until("Dutch", "return document.documentElement.lang === 'nl'", json!([])).await?;
    page.at("invited").await?;
    let keys = page.keys_after(INVITE).await?;
    ensure!(keys.is_empty(), "stored before the start: {keys:?}");
    // The choice is not lost: it is stored with the first answers.
    page.press_at(".bsh-start .bsh-primary").await?;
    page.at("gate-2").await?;
    page.saved_in(&[INVITE, TOKEN].concat(), "lang=nl").await
}

/// A no to a file leaves everything as it was: the account is open, and what is done there is the account's.
async fn no_to_an_answers_file_stays_in_the_account(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    let edition = page.site.edition()?;
    let own = draft(&edition, "gate-3", &SHORT[..1], "").replace("account=Metal Works", "account=Own One");
    page.keep_accounts(&[(METAL, account(&edition, "Metal Works", ""))], "Our Company", "").await?;
    page.store(DRAFT, &own).await?;
    page.open("").await?;
    page.at("return").await?;
    page.press("My accounts").await?;
    page.at("accounts").await?;
    page.press("Metal Works").await?;
    page.at("account").await?;
    page.drop_on("main h1", &own.replace("g2-01=4", "g2-01=0"), Some("answers.txt")).await?;
    page.press("Keep them").await?;
    page.gone(".bsh-ask").await?;
    page.at("account").await?;
    let heading = page.read("h1").await?;
    ensure!(!heading.contains("Own One"), "the page of the account is about {heading}");
    page.type_into("#about-1-0", "Zoe").await?;
    page.saved_in(&key(METAL), "about.1.owner=Zoe").await?;
    ensure!(page.stored(DRAFT).await?.as_deref() == Some(own.as_str()), "the own answers changed");
    Ok(())
}

/// The same where somebody answers an invitation.
async fn no_to_an_answers_file_stays_in_the_invitation(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    let own = draft(&page.site.edition()?, "gate-3", &SHORT[..1], "");
    page.goto(&page.site.host("blank")).await?;
    page.store(DRAFT, &own).await?;
    page.goto(&link(&page)?).await?;
    page.at("invited").await?;
    page.press_at(".bsh-start .bsh-primary").await?;
    page.at("gate-2").await?;
    page.choose("g2-01", "0").await?;
    page.drop_on("main h1", &own.replace("g2-01=4", "g2-01=3"), Some("answers.txt")).await?;
    page.press("Keep them").await?;
    page.gone(".bsh-ask").await?;
    page.at("gate-2").await?;
    page.choose("g2-02", "1").await?;
    page.saved_in(&[INVITE, TOKEN].concat(), "g2-02=1").await?;
    ensure!(page.stored(DRAFT).await?.as_deref() == Some(own.as_str()), "the own answers changed");
    Ok(())
}
