//! Two tabs with the same answers.

use std::rc::Rc;

use anyhow::{Result, ensure};
use serde_json::json;
use thirtyfour::WindowHandle;

use crate::harness::page::{ACCOUNT, DRAFT, Page, WORKSPACE};
use crate::harness::run::{Env, Test};
use crate::sheet::{PEOPLE, account, views};

pub fn tests() -> Vec<Test> {
    crate::tests![
        two_tabs_merge,
        erase_in_one_tab_holds_in_the_other,
        two_tabs_at_two_accounts,
        two_tabs_at_one_account,
        account_removed_in_one_tab_is_gone_in_the_other,
        erase_in_one_tab_holds_in_an_account,
        list_follows_what_another_tab_does,
    ]
}

/// A second tab at the questions; gives back the first and the second.
async fn second_tab(page: &Page) -> Result<(WindowHandle, WindowHandle)> {
    page.start("short").await?;
    page.choose("g2-01", "4").await?;
    page.saved("g2-01=4").await?;
    let first = page.driver.window().await?;
    let second = page.driver.new_tab().await?;
    page.driver.switch_to_window(second.clone()).await?;
    page.open("").await?;
    page.at("return").await?;
    page.press("Continue").await?;
    page.at("gate-2").await?;
    Ok((first, second))
}

async fn close(page: &Page, first: WindowHandle, second: WindowHandle) -> Result<()> {
    page.driver.switch_to_window(second).await?;
    page.driver.close_window().await?;
    Ok(page.driver.switch_to_window(first).await?)
}

async fn two_tabs_merge(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    let (first, second) = second_tab(&page).await?;
    page.choose("g2-02", "2").await?;
    page.saved("g2-02=2").await?;
    page.driver.switch_to_window(first.clone()).await?;
    page.choose("g2-03", "0").await?;
    page.saved("g2-03=0").await?;
    page.saved("g2-02=2").await?;
    page.is_chosen("g2-02", "2").await?;
    page.driver.switch_to_window(second.clone()).await?;
    page.is_chosen("g2-03", "0").await?;
    page.choose("g2-04", "1").await?;
    for line in ["g2-01=4", "g2-02=2", "g2-03=0", "g2-04=1"] {
        page.saved(line).await?;
    }
    close(&page, first, second).await
}

async fn erase_in_one_tab_holds_in_the_other(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    let (first, second) = second_tab(&page).await?;
    page.press("Erase").await?;
    page.press("Erase everything").await?;
    page.at("start").await?;
    page.driver.switch_to_window(first.clone()).await?;
    // It hears of the erase and goes to its start; an answer that was under way is not stored again.
    page.at("start").await?;
    ensure!(page.stored(DRAFT).await?.is_none(), "the other tab undid the erase");
    page.reload().await?;
    page.ready().await?;
    page.at("start").await?;
    ensure!(page.stored(DRAFT).await?.is_none(), "a reload of the other tab undid the erase");
    close(&page, first, second).await
}

const METAL: &str = "metal001";
const BLUE: &str = "blue0002";

fn key(id: &str) -> String {
    [ACCOUNT, id].concat()
}

/// Two accounts, the first one open in one tab and `second` in another one, which has the focus.
async fn tabs_at(page: &Page, second: &str) -> Result<(WindowHandle, WindowHandle)> {
    let edition = page.site.edition()?;
    let all = [
        (METAL, account(&edition, "Metal Works", &[PEOPLE, &views(&edition, 2)].concat())),
        (BLUE, account(&edition, "Blue Software", "")),
    ];
    page.with_accounts(&all, "Our Company").await?;
    page.press("Metal Works").await?;
    page.at("account").await?;
    let first = page.driver.window().await?;
    let other = page.driver.new_tab().await?;
    page.driver.switch_to_window(other.clone()).await?;
    page.open("").await?;
    page.at("accounts").await?;
    if !second.is_empty() {
        page.press(second).await?;
        page.at("account").await?;
    }
    Ok((first, other))
}

async fn two_tabs_at_two_accounts(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    let (first, second) = tabs_at(&page, "Blue Software").await?;
    page.type_into("#about-1-0", "Bo").await?;
    page.saved_in(&key(BLUE), "about.1.owner=Bo").await?;
    page.driver.switch_to_window(first.clone()).await?;
    page.says("h1", "Metal Works").await?;
    page.type_into("#about-1-0", "Eva").await?;
    page.saved_in(&key(METAL), "about.1.owner=Eva").await?;
    page.saved_in(&key(BLUE), "about.1.owner=Bo").await?;
    page.driver.switch_to_window(second.clone()).await?;
    page.type_into("#about-1-1", "north").await?;
    for (id, lines) in
        [(METAL, ["account=Metal Works", "about.1.owner=Eva"]), (BLUE, ["about.1.owner=Bo", "about.1.tags=north"])]
    {
        for line in lines {
            page.saved_in(&key(id), line).await?;
        }
    }
    ensure!(page.stored(DRAFT).await?.is_none(), "there is a draft beside the accounts");
    close(&page, first, second).await
}

async fn two_tabs_at_one_account(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    let (first, second) = tabs_at(&page, "Metal Works").await?;
    page.type_into("#about-1-0", "Eva").await?;
    page.saved_in(&key(METAL), "about.1.owner=Eva").await?;
    page.driver.switch_to_window(first.clone()).await?;
    page.until("what the other tab wrote", "return document.querySelector('#about-1-0').value === 'Eva'", json!([]))
        .await?;
    page.type_into("#about-1-1", "north").await?;
    page.saved_in(&key(METAL), "about.1.tags=north").await?;
    page.saved_in(&key(METAL), "about.1.owner=Eva").await?;
    // A view that one of them takes out is gone in both, whatever the other one writes then.
    page.press("Remove: Bert").await?;
    page.until("it to go", "return !localStorage.getItem(arguments[0]).includes('.52.')", json!([key(METAL)])).await?;
    page.driver.switch_to_window(second.clone()).await?;
    page.until(
        "it to go here too",
        "return document.querySelectorAll('table.bsh-views tbody tr').length === 2",
        json!([]),
    )
    .await?;
    page.type_into("#about-1-0", "Eva B.").await?;
    page.saved_in(&key(METAL), "about.1.owner=Eva B.").await?;
    page.saved_in(&key(METAL), "about.1.tags=north").await?;
    let text = page.stored(&key(METAL)).await?.unwrap_or_default();
    ensure!(!text.contains(".52."), "the view came back: {text}");
    close(&page, first, second).await
}

async fn account_removed_in_one_tab_is_gone_in_the_other(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    let (first, second) = tabs_at(&page, "Metal Works").await?;
    page.press("Remove this account").await?;
    page.press_at(".bsh-ask .bsh-danger").await?;
    page.at("accounts").await?;
    page.driver.switch_to_window(first.clone()).await?;
    page.at("accounts").await?;
    page.says(".bsh-banners", "erased in another tab").await?;
    ensure!(page.keys_after(ACCOUNT).await? == [BLUE], "there is {:?}", page.keys_after(ACCOUNT).await?);
    page.kept(WORKSPACE, &format!("^accounts={BLUE}$")).await?;
    page.press("Blue Software").await?;
    page.at("account").await?;
    page.reload().await?;
    page.at("account").await?;
    ensure!(page.keys_after(ACCOUNT).await? == [BLUE], "it came back: {:?}", page.keys_after(ACCOUNT).await?);
    close(&page, first, second).await
}

async fn erase_in_one_tab_holds_in_an_account(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    let (first, second) = tabs_at(&page, "Blue Software").await?;
    page.press("Erase").await?;
    page.press("Erase everything").await?;
    page.at("start").await?;
    page.driver.switch_to_window(first.clone()).await?;
    // It hears of the erase, and nothing that it does then is stored.
    page.until("the account to go", "return document.querySelector('.bsh-step').dataset.step !== 'account'", json!([]))
        .await?;
    ensure!(page.keys().await?.is_empty(), "the other tab stored {:?}", page.keys().await?);
    page.reload().await?;
    page.ready().await?;
    ensure!(page.keys().await?.is_empty(), "a reload of the other tab stored {:?}", page.keys().await?);
    close(&page, first, second).await
}

async fn list_follows_what_another_tab_does(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    let (first, second) = tabs_at(&page, "").await?;
    page.driver.switch_to_window(first.clone()).await?;
    page.type_into("#about-1-0", "Eva").await?;
    page.saved_in(&key(METAL), "about.1.owner=Eva").await?;
    page.driver.switch_to_window(second.clone()).await?;
    page.says("table.bsh-accounts", "Eva").await?;
    page.driver.switch_to_window(first.clone()).await?;
    page.press("My accounts").await?;
    page.at("accounts").await?;
    page.press("Assess another customer").await?;
    page.at("start").await?;
    page.type_into("#bsh-account", "Green Fields").await?;
    page.press("Start").await?;
    page.at("gate-2").await?;
    page.driver.switch_to_window(second.clone()).await?;
    page.says("table.bsh-accounts", "Green Fields").await?;
    page.says(".bsh-found [role=status]", "3 of 3 accounts").await?;
    close(&page, first, second).await
}
