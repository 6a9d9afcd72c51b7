//! The keyboard: number keys, arrow keys, and a whole journey without a pointer.

use std::rc::Rc;

use anyhow::{Result, bail, ensure};
use serde_json::json;
use thirtyfour::Key;

use crate::harness::page::Page;
use crate::harness::run::{Env, Test};
use crate::sheet::{MATRIX, SHORT, STEPS, draft};

pub fn tests() -> Vec<Test> {
    crate::tests![
        number_keys_choose_inside_a_group,
        number_keys_do_nothing_outside,
        number_keys_type_in_a_note,
        arrow_keys_do_not_go_on,
        journey_by_keyboard_alone,
        matrix_and_plan_by_keyboard_alone,
    ]
}

async fn focus(page: &Page, selector: &str) -> Result<()> {
    page.js("document.querySelector(arguments[0]).focus()", json!([selector])).await?;
    page.until(
        "the focus",
        "return document.activeElement === document.querySelector(arguments[0])",
        json!([selector]),
    )
    .await?;
    Ok(())
}

async fn number_keys_choose_inside_a_group(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    page.start("short").await?;
    focus(&page, "input[name='g2-01']").await?;
    for (key, value) in [('4', "3"), ('1', "0"), ('5', "4")] {
        page.strike(key).await?;
        page.is_chosen("g2-01", value).await?;
        page.until(
            "the focus to follow",
            "return document.activeElement.name === 'g2-01' && document.activeElement.checked",
            json!([]),
        )
        .await?;
    }
    // Three answers: three keys, the others do nothing.
    focus(&page, "input[name='g2-03']").await?;
    page.strike('3').await?;
    page.is_chosen("g2-03", "4").await?;
    page.until(
        "the focus to stay in its question",
        "return document.activeElement.name === 'g2-03' && document.activeElement.checked",
        json!([]),
    )
    .await?;
    page.strike('5').await?;
    page.strike('2').await?;
    page.is_chosen("g2-03", "2").await?;
    ensure!(page.chosen("g2-01").await? == "4", "a key went into another question");
    ensure!(page.step().await? == "gate-2", "a number key left the page");
    page.saved("g2-01=4").await
}

async fn number_keys_do_nothing_outside(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    page.start("short").await?;
    for place in ["h1", ".bsh-moves .bsh-primary", ".bsh-footer button"] {
        focus(&page, place).await?;
        for key in ['1', '3', '5'] {
            page.strike(key).await?;
        }
    }
    // A key inside is seen, so the ones before it would have been too.
    focus(&page, "input[name='g2-02']").await?;
    page.strike('2').await?;
    page.is_chosen("g2-02", "1").await?;
    ensure!(page.count("input[type=radio]:checked").await? == 1, "a number key outside chose something");
    Ok(())
}

async fn number_keys_type_in_a_note(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    page.start("short").await?;
    page.choose("g2-01", "2").await?;
    page.press_at("[data-item='g2-01'] .bsh-note button").await?;
    page.shows("#note-g2-01").await?;
    focus(&page, "#note-g2-01").await?;
    for key in ['5', '1'] {
        page.strike(key).await?;
    }
    page.until("the digits in the note", "return document.querySelector('#note-g2-01').value === '51'", json!([]))
        .await?;
    ensure!(page.chosen("g2-01").await? == "2", "typing a note changed the answer");
    Ok(())
}

async fn arrow_keys_do_not_go_on(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    page.start("short").await?;
    page.fill(&[("g2-01", "0"), ("g2-02", "2"), ("g2-03", "2"), ("g2-04", "2"), ("g2-05", "2"), ("g2-06", "2")])
        .await?;
    focus(&page, "input[name='g2-01']:checked").await?;
    for value in ["1", "2", "3", "4"] {
        page.strike(Key::Down).await?;
        page.is_chosen("g2-01", value).await?;
    }
    page.strike(Key::Up).await?;
    page.is_chosen("g2-01", "3").await?;
    ensure!(page.step().await? == "gate-2", "an arrow key went on");
    page.saved("g2-01=3").await
}

/// Presses Tab until the element with the focus fulfils the condition.
pub async fn tab_to(page: &Page, what: &str, condition: &str) -> Result<()> {
    for _ in 0..120 {
        page.strike(Key::Tab).await?;
        if page.is(&format!("const e = document.activeElement; return {condition}"), json!([])).await? {
            return Ok(());
        }
    }
    bail!("120 times Tab did not lead to {what}");
}

/// The same backwards.
pub async fn tab_back_to(page: &Page, what: &str, condition: &str) -> Result<()> {
    for _ in 0..80 {
        let keys = page.driver.action_chain().key_down(Key::Shift).key_down(Key::Tab);
        keys.key_up(Key::Tab).key_up(Key::Shift).perform().await?;
        if page.is(&format!("const e = document.activeElement; return {condition}"), json!([])).await? {
            return Ok(());
        }
    }
    bail!("80 times Tab backwards did not lead to {what}");
}

async fn journey_by_keyboard_alone(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    page.open("").await?;
    page.ready().await?;
    tab_to(&page, "the account", "e.id === 'bsh-account'").await?;
    page.key("Metal Works").await?;
    tab_to(&page, "Start", "e.textContent.trim() === 'Start'").await?;
    page.strike(Key::Enter).await?;
    for step in STEPS {
        page.at(step).await?;
        page.until("the focus on the heading", "return document.activeElement.tagName === 'H1'", json!([])).await?;
        let gate = step.trim_start_matches("gate-");
        for number in 1..=6 {
            let item = format!("g{gate}-0{number}");
            tab_to(&page, &item, &format!("e.name === '{item}'")).await?;
            page.strike(' ').await?;
            page.is_chosen(&item, "0").await?;
            page.strike(Key::Down).await?;
            page.until(
                "an arrow key to choose",
                "return document.querySelector(`input[name='${arguments[0]}']:checked`).value !== '0'",
                json!([item]),
            )
            .await?;
        }
        tab_to(&page, "Continue", "e.textContent.trim() === 'Continue'").await?;
        page.strike(Key::Enter).await?;
    }
    page.at("signs").await?;
    tab_to(&page, "the first sign", "e.name === 'c-01'").await?;
    page.strike(' ').await?;
    page.saved("c-01=x").await?;
    tab_to(&page, "Review", "e.textContent.trim() === 'Review'").await?;
    page.strike(' ').await?;
    page.at("review").await?;
    for _ in 0..2 {
        // Backwards from the heading would lead out of the page; the button is the last but the footer's.
        if tab_to(&page, "See my result", "e.textContent.trim() === 'See my result'").await.is_ok() {
            break;
        }
    }
    page.strike(Key::Enter).await?;
    page.at("result").await?;
    page.until("the focus on the heading", "return document.activeElement.tagName === 'H1'", json!([])).await?;
    tab_to(&page, "a what-if", "e.dataset.whatif").await
}

async fn matrix_and_plan_by_keyboard_alone(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    page.resume("", &draft(&page.site.edition()?, "result", &SHORT, ""), "result").await?;
    page.focused("h1").await?;
    tab_to(&page, "the offer", "e.closest('[data-section=offer]')").await?;
    page.strike(Key::Enter).await?;
    for (step, answers) in MATRIX {
        page.at(step).await?;
        page.focused("h1").await?;
        for (item, _) in answers {
            tab_to(&page, item, &format!("e.name === '{item}'")).await?;
            page.strike(' ').await?;
            page.is_chosen(item, "0").await?;
        }
        page.strike('2').await?;
        tab_to(&page, "Continue", "e.textContent.trim() === 'Continue'").await?;
        page.strike(Key::Enter).await?;
    }
    page.at("matrix.review").await?;
    // The second of two answers to the question of choice is yes.
    page.saved("by-choice=4").await?;
    tab_to(&page, "See my result", "e.textContent.trim() === 'See my result'").await?;
    page.strike(Key::Enter).await?;
    page.at("matrix.result").await?;
    page.focused("h1").await?;
    tab_to(&page, "the plan", "e.closest('[data-section=offer] .bsh-choice:last-child') && e.tagName === 'BUTTON'")
        .await?;
    page.strike(Key::Enter).await?;
    page.at("plan").await?;
    page.focused("h1").await?;
    for title in ["First", "Second"] {
        tab_to(&page, "a new action", "e.dataset.add === 'task'").await?;
        page.strike(Key::Enter).await?;
        page.until(
            "the focus in its title",
            "return /^task-\\d+-1$/.test(document.activeElement.id) && !document.activeElement.value",
            json!([]),
        )
        .await?;
        page.key(title).await?;
        tab_to(&page, "its owner", "/^task-\\d+-2$/.test(e.id)").await?;
        page.key("Eva").await?;
    }
    tab_back_to(&page, "the arrow of the row that the focus is in", "e.matches('.bsh-up')").await?;
    page.strike(Key::Enter).await?;
    page.says(".bsh-said", "Moved to place 1 of 2.").await?;
    let order = "return [...document.querySelectorAll('.bsh-tasks input[id$=\"-1\"]')].map((e) => e.value).join()";
    ensure!(
        page.text(order, json!([])).await? == "Second,First",
        "the rows are {}",
        page.text(order, json!([])).await?
    );
    page.focused(".bsh-down").await?;
    tab_to(&page, "how a method is done", "e.tagName === 'SUMMARY'").await?;
    page.strike(Key::Enter).await?;
    page.shows("details[open].bsh-method").await?;
    tab_to(&page, "the charter", "e.id === 'charter-1-0'").await?;
    page.key("shorter stops").await?;
    page.saved("charter.1.value=shorter stops").await?;
    tab_to(&page, "a red flag", "e.name === 'ok-g4-05'").await?;
    page.strike(' ').await?;
    page.saved("g4-05.ok=x").await?;
    tab_to(&page, "the report", "e.textContent.trim() === 'Report and files'").await?;
    page.strike(Key::Enter).await?;
    page.at("report").await?;
    page.focused("h1").await?;
    tab_to(&page, "Print", "e.textContent.trim() === 'Print or save as PDF'").await?;
    tab_to(&page, "a chart", "e.getAttribute('aria-label') === 'What changes as you climb: PNG'").await?;
    tab_to(&page, "Back", "e.matches('.bsh-back')").await?;
    page.strike(Key::Enter).await?;
    page.at("plan").await?;
    page.focused("h1").await
}
