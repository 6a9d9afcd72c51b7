//! Two tabs with the same answers.

use std::rc::Rc;

use anyhow::{Result, ensure};
use thirtyfour::WindowHandle;

use crate::harness::page::{DRAFT, Page};
use crate::harness::run::{Env, Test};

pub fn tests() -> Vec<Test> {
    crate::tests![two_tabs_merge, erase_in_one_tab_holds_in_the_other]
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
