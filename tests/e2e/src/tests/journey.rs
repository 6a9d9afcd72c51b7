//! The main job: from the first question to the result, and every way back.

use std::rc::Rc;

use anyhow::{Result, ensure};
use serde_json::json;

use super::tour::answer_all;
use crate::harness::run::{Env, Test};
use crate::sheet::{SHORT, STEPS, TICKS};

pub fn tests() -> Vec<Test> {
    crate::tests![
        short_form,
        full_form_has_57_questions,
        blanks_are_named,
        blanks_can_be_left,
        browser_back_loses_nothing,
        back_button_goes_one_step,
        change_from_the_review_and_back,
        notes_are_asked_for_and_kept,
    ]
}

/// Every click as a person makes it.
async fn short_form(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    page.open("").await?;
    page.ready().await?;
    page.type_into("#bsh-account", "Metal Works").await?;
    page.type_into("#bsh-part", "Plant North").await?;
    page.press("Start").await?;
    let mut asked = 0;
    for (step, answers) in STEPS.iter().zip(SHORT) {
        page.at(step).await?;
        let text = page.read(".bsh-frame").await?;
        ensure!(text.contains("Metal Works") && text.contains("Plant North"), "the frame sentence says: {text}");
        ensure!(page.count(".bsh-item").await? == 6, "{step} shows {} items", page.count(".bsh-item").await?);
        for (item, value) in answers {
            asked += 1;
            let legend = page.read(&format!("[data-item='{item}'] legend")).await?;
            ensure!(legend.contains(&format!("Question {asked} of 24")), "{item} is called: {legend}");
            page.choose(item, value).await?;
        }
        page.press("Continue").await?;
    }
    page.at("signs").await?;
    for name in TICKS {
        let script = "const box = document.querySelector(`input[name='${arguments[0]}']`); return box.labels[0].id = box.labels[0].id || `tick-${box.name}`";
        let id = page.text(script, json!([name])).await?;
        page.press_at(&format!("#{id}")).await?;
        page.until("the tick", "return document.querySelector(`input[name='${arguments[0]}']`).checked", json!([name]))
            .await?;
    }
    page.press("Review").await?;
    page.at("review").await?;
    let text = page.read("main").await?;
    for word in ["Always", "Usually", "Sometimes", "Never", "Yes", "In part", "No", "Don't know", "Not applicable"] {
        ensure!(text.contains(word), "the review does not show \"{word}\"");
    }
    ensure!(
        page.count("[data-change]").await? == 24,
        "the review has {} Change buttons",
        page.count("[data-change]").await?
    );
    page.press("See my result").await?;
    page.at("result").await?;
    let sentence = page.read("h1").await?;
    ensure!(sentence.contains("Metal Works"), "the result says: {sentence}");
    for (item, value) in SHORT.concat() {
        page.saved(&format!("{item}={value}")).await?;
    }
    for name in TICKS {
        page.saved(&format!("{name}=x")).await?;
    }
    Ok(())
}

async fn full_form_has_57_questions(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    page.start("full").await?;
    let mut seen = 0;
    for (step, items) in STEPS.iter().zip([14, 14, 15, 14]) {
        page.at(step).await?;
        let here = page.count(".bsh-item").await?;
        ensure!(here == items, "{step} shows {here} items, not {items}");
        seen += here;
        let last = page.read(".bsh-item:last-of-type legend").await?;
        ensure!(last.contains(&format!("Question {seen} of 57")), "the last item is called: {last}");
        let script =
            "for (const set of document.querySelectorAll('.bsh-item')) set.querySelector('input[value=\"2\"]').click()";
        page.js(script, json!([])).await?;
        page.press("Continue").await?;
    }
    ensure!(seen == 57, "{seen} questions");
    page.at("signs").await
}

async fn blanks_are_named(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    page.start("short").await?;
    page.fill(&SHORT[0][..4]).await?;
    ensure!(page.count("input[type=radio]:checked").await? == 4, "an answer is chosen that nobody gave");
    page.press("Continue").await?;
    page.shows(".bsh-errors[role=alert]").await?;
    page.until("the focus on the summary", "return document.activeElement.closest('.bsh-errors')", json!([])).await?;
    ensure!(page.step().await? == "gate-2", "Continue went on with blanks");
    ensure!(page.count(".bsh-errors a").await? == 2, "{} links for 2 blanks", page.count(".bsh-errors a").await?);
    for (nth, item) in ["g2-05", "g2-06"].iter().enumerate() {
        let link = format!(".bsh-errors li:nth-child({}) a", nth + 1);
        let name = page.read(&link).await?;
        let legend = page.read(&format!("[data-item='{item}'] legend")).await?;
        ensure!(legend.ends_with(&name), "the link says \"{name}\", the item \"{legend}\"");
        page.press_at(&link).await?;
        page.until(
            &format!("the focus in {item}"),
            "return document.activeElement.closest('[data-item]')?.dataset.item === arguments[0]",
            json!([item]),
        )
        .await?;
        ensure!(page.step().await? == "gate-2", "the link left the page");
    }
    // Answered now, the summary is no longer in the way.
    page.fill(&SHORT[0][4..]).await?;
    page.press("Continue").await?;
    page.at("gate-3").await
}

async fn blanks_can_be_left(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    page.start("short").await?;
    page.press("Continue").await?;
    ensure!(page.count(".bsh-errors a").await? == 6, "not every blank is named");
    page.press("Go on without them").await?;
    page.at("gate-3").await?;
    page.gone(".bsh-errors").await
}

async fn browser_back_loses_nothing(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    page.start("short").await?;
    answer_all(&page).await?;
    for step in STEPS.iter().rev() {
        page.back().await?;
        page.at(step).await?;
    }
    for (item, value) in SHORT[0] {
        page.is_chosen(item, value).await?;
    }
    // One step more is the page before the questions: nothing is lost there either.
    page.back().await?;
    page.at("return").await?;
    page.press("Continue").await?;
    page.at("gate-2").await?;
    page.is_chosen("g2-01", "4").await?;
    page.reload().await?;
    page.at("gate-2").await?;
    page.is_chosen("g2-05", "3").await
}

async fn back_button_goes_one_step(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    page.start("short").await?;
    page.fill(SHORT[0]).await?;
    page.press("Continue").await?;
    page.at("gate-3").await?;
    page.fill(&SHORT[1][..2]).await?;
    page.press("Back").await?;
    page.at("gate-2").await?;
    page.is_chosen("g2-05", "3").await?;
    page.press("Continue").await?;
    page.at("gate-3").await?;
    page.is_chosen("g3-02", "3").await?;
    // The button and the browser agree about where back is.
    page.back().await?;
    page.at("gate-2").await
}

async fn change_from_the_review_and_back(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    page.start("short").await?;
    answer_all(&page).await?;
    page.press("Review").await?;
    page.at("review").await?;
    page.press_at("[data-change='g3-02']").await?;
    page.at("gate-3").await?;
    page.until("the focus on the item", "return document.activeElement.name === 'g3-02'", json!([])).await?;
    page.choose("g3-02", "1").await?;
    page.press("Done").await?;
    page.at("review").await?;
    let row = page
        .text("return document.querySelector('[data-change=\"g3-02\"]').closest('li').textContent", json!([]))
        .await?;
    ensure!(row.contains("Rarely"), "the review says: {row}");
    page.saved("g3-02=1").await
}

async fn notes_are_asked_for_and_kept(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    page.start("short").await?;
    // Any item takes a note when asked to.
    ensure!(page.count("#note-g2-01").await? == 0, "a note is open that nobody asked for");
    page.press_at("[data-item='g2-01'] .bsh-note button").await?;
    page.until("the focus in the note", "return document.activeElement.id === 'note-g2-01'", json!([])).await?;
    page.type_into("#note-g2-01", "They said so, twice = \"often\"").await?;
    page.fill(SHORT[0]).await?;
    page.press("Continue").await?;
    page.at("gate-3").await?;
    page.fill(SHORT[1]).await?;
    page.press("Continue").await?;
    page.at("gate-4").await?;
    // This one is opened by its answer, because the pack asks for the evidence.
    page.choose("g4-04", "4").await?;
    page.shows("#note-g4-04").await?;
    page.type_into("#note-g4-04", "Two lines").await?;
    page.key(thirtyfour::Key::Enter).await?;
    page.key("of text").await?;
    page.saved("g4-04.note=Two lines\\nof text").await?;
    page.reload().await?;
    page.at("gate-4").await?;
    page.until(
        "the note after a reload",
        "return document.querySelector('#note-g4-04')?.value === 'Two lines\\nof text'",
        json!([]),
    )
    .await?;
    page.back().await?;
    page.at("gate-3").await?;
    page.back().await?;
    page.at("gate-2").await?;
    page.until(
        "the first note",
        "return document.querySelector('#note-g2-01')?.value === 'They said so, twice = \"often\"'",
        json!([]),
    )
    .await?;
    Ok(())
}
