//! The matrix and the practices: from the first result to theirs, in any order, and back after a break.

use std::rc::Rc;

use anyhow::{Result, ensure};
use serde_json::{Value, json};

use super::tour::to_result;
use crate::harness::page::{DRAFT, Page};
use crate::harness::run::{Env, Test};
use crate::sheet::{MATRIX, PRACTICE, PRACTICE_TENTHS, SHORT, draft, full, top};

pub fn tests() -> Vec<Test> {
    crate::tests![
        matrix_from_the_offer_to_its_result,
        dot_equals_the_table,
        practice_from_the_offer_to_its_result,
        people_come_and_go,
        shares_over_a_whole_are_refused,
        shares_are_told_with_their_ranks,
        instruments_in_any_order,
        matrix_goes_on_after_a_break,
        blanks_are_named_in_the_matrix,
        change_from_a_later_review_and_back,
        readings_come_with_their_facts,
    ]
}

/// The button of an offer: the first, second, third choice.
fn offer(nth: usize) -> String {
    format!("[data-section=offer] .bsh-choice:nth-of-type({nth}) button")
}

/// A place in the row of tabs: the instruments, then the plan.
pub fn tab(nth: usize) -> String {
    format!(".bsh-tabs button:nth-of-type({nth})")
}

/// Answers the pages of an instrument one after the other.
pub async fn answer_pages(page: &Page, pages: &[(&str, &[(&str, &str)])]) -> Result<()> {
    for (step, answers) in pages {
        page.at(step).await?;
        page.fill(answers).await?;
        page.press("Continue").await?;
    }
    Ok(())
}

/// The cells of a table's body.
async fn cells(page: &Page, table: &str) -> Result<Vec<Vec<String>>> {
    let script = "return [...document.querySelectorAll(`${arguments[0]} tbody tr`)].map((row) => [...row.cells].map((cell) => cell.textContent.trim()))";
    let rows = page.js(script, json!([table])).await?;
    Ok(serde_json::from_value(rows)?)
}

/// Tenths of a percent as the page says them in English.
fn tenths(text: &str) -> Option<u32> {
    let (whole, tenth) = text.trim_end_matches('%').split_once('.').unwrap_or((text.trim_end_matches('%'), "0"));
    Some(10 * whole.parse::<u32>().ok()? + tenth.parse::<u32>().ok()?)
}

async fn matrix_from_the_offer_to_its_result(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    to_result(&page).await?;
    page.says("[data-section=offer] .bsh-choice", "about 3 min").await?;
    page.press_at(&offer(1)).await?;
    page.at("matrix.intellectual").await?;
    let frame = page.read(".bsh-frame").await?;
    ensure!(frame.contains("this customer"), "the frame sentence says: {frame}");
    let mut asked = 0;
    for (step, answers) in MATRIX {
        page.at(step).await?;
        ensure!(page.count(".bsh-item").await? == answers.len() as u64, "{step} has other items");
        for (item, value) in answers {
            asked += 1;
            let legend = page.read(&format!("[data-item='{item}'] legend")).await?;
            ensure!(legend.contains(&format!("Question {asked} of 16")), "{item} is called: {legend}");
            page.choose(item, value).await?;
        }
        page.press("Continue").await?;
    }
    page.at("matrix.review").await?;
    ensure!(page.count("[data-change]").await? == 16, "{} answers to look over", page.count("[data-change]").await?);
    page.press("See my result").await?;
    page.at("matrix.result").await?;
    page.says("h1", "Intellectual").await?;
    page.says("[data-section=ready]", "Pillars that stand: 2 of 4 answered.").await?;
    page.says("[data-section=ready]", "Trust holds them together.").await?;
    let bars = page.count("[data-section=ready] .bsh-variable").await?;
    ensure!(bars == 5, "{bars} bars for four pillars and trust");
    let drawn = page
        .js(
            "return [...document.querySelectorAll('[data-section=ready] .bsh-bar-part')].map((bar) => +bar.getAttribute('width'))",
            json!([]),
        )
        .await?;
    ensure!(drawn == json!([1000, 750, 500, 250, 750]), "the pillars are drawn as {drawn}");
    for (item, value) in MATRIX.iter().flat_map(|(_, answers)| *answers) {
        page.saved(&format!("{item}={value}")).await?;
    }
    let sentence = page.read("h1").await?;
    page.reload().await?;
    page.at("matrix.result").await?;
    ensure!(page.read("h1").await? == sentence, "after a reload: {}", page.read("h1").await?);
    Ok(())
}

async fn dot_equals_the_table(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    let edition = page.site.edition()?;
    page.resume("", &full(&edition, "matrix.result", ""), "matrix.result").await?;
    // Another set of answers after the first: the drawing follows.
    for (answers, by_hand) in [(None, [800, 375]), (Some([("iv-1", "0"), ("ev-4", "4")]), [600, 500])] {
        if let Some(answers) = answers {
            let lines: String = answers.iter().map(|(item, value)| format!("{item}={value}\n")).collect();
            let text = answers.iter().fold(full(&edition, "matrix.result", ""), |text, (item, _)| {
                text.lines()
                    .filter(|line| !line.starts_with(&format!("{item}=")))
                    .flat_map(|line| [line, "\n"])
                    .collect()
            });
            page.resume("", &format!("{text}{lines}"), "matrix.result").await?;
        }
        let rows = cells(&page, "[data-section=matrix] table").await?;
        ensure!(rows.len() == 2, "the table has {} axes", rows.len());
        let said: Vec<Option<u32>> = rows.iter().map(|row| row.get(1).and_then(|cell| tenths(cell))).collect();
        ensure!(said == by_hand.map(Some), "the table says {rows:?}, by hand it is {by_hand:?} tenths");
        // The square is the outline of its quadrants; the first axis goes up, the second to the right.
        let script = "const svg = document.querySelector('.bsh-matrix svg');
            const boxes = [...svg.querySelectorAll('.bsh-quadrant')].map((e) => e.getBBox());
            const left = Math.min(...boxes.map((b) => b.x)), right = Math.max(...boxes.map((b) => b.x + b.width));
            const top = Math.min(...boxes.map((b) => b.y)), bottom = Math.max(...boxes.map((b) => b.y + b.height));
            const dot = svg.querySelector('.bsh-dot');
            const x = +dot.getAttribute('cx'), y = +dot.getAttribute('cy');
            const reached = svg.querySelectorAll('.bsh-quadrant.bsh-reached');
            const b = reached[0].getBBox();
            return [1000 * (bottom - y) / (bottom - top), 1000 * (x - left) / (right - left),
                reached.length === 1 && x >= b.x && x <= b.x + b.width && y >= b.y && y <= b.y + b.height]";
        let drawn = page.js(script, json!([])).await?;
        for (axis, due) in by_hand.iter().enumerate() {
            let at = drawn[axis].as_f64().unwrap_or(-1.0);
            ensure!((at - f64::from(*due)).abs() <= 4.0, "axis {axis} is drawn at {at:.0}, the table says {due}");
        }
        ensure!(drawn[2] == json!(true), "the dot is not in the quadrant that is named");
    }
    // 50 % is not above the line, and on the border.
    page.says("[data-section=matrix]", "On the border with “Partnership”").await?;
    Ok(())
}

/// Answers all of the practice, with nobody on the map and no shares, up to its result.
async fn answer_practice(page: &Page) -> Result<()> {
    answer_pages(page, &PRACTICE).await?;
    page.at("practice.people").await?;
    page.press("Continue").await?;
    page.at("practice.shares").await?;
    page.press("Review").await?;
    page.at("practice.review").await?;
    page.press("See my result").await?;
    page.at("practice.result").await
}

async fn practice_from_the_offer_to_its_result(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    to_result(&page).await?;
    page.press_at(&offer(2)).await?;
    answer_practice(&page).await?;
    page.says("h1", "Negotiate from the start").await?;
    let rows = cells(&page, "[data-section=practice] table").await?;
    let said: Vec<Option<u32>> = rows.iter().map(|row| row.get(1).and_then(|cell| tenths(cell))).collect();
    ensure!(said == PRACTICE_TENTHS.map(Some), "the table says {rows:?}");
    let script = "return [...document.querySelectorAll('[data-section=practice] .bsh-variable')].map((bar) => [
        +bar.querySelector('.bsh-bar-part').getAttribute('width'), bar.querySelectorAll('.bsh-bar-cut').length, bar.children[1].textContent])";
    let bars = page.js(script, json!([])).await?;
    let bars = bars.as_array().cloned().unwrap_or_default();
    ensure!(bars.len() == 4, "{} bars", bars.len());
    for ((bar, tenths), row) in bars.iter().zip(PRACTICE_TENTHS).zip(&rows) {
        ensure!(bar[0] == json!(tenths) && bar[1] == json!(3), "a bar is drawn as {bar}, it should be {tenths} tenths");
        let words = bar[2].as_str().unwrap_or_default();
        ensure!(row.get(1).is_some_and(|cell| words.ends_with(cell.as_str())), "the bar says {words}, its row {row:?}");
    }
    // Nobody and nothing yet, and a way to both pages.
    page.press("Edit the people").await?;
    page.at("practice.people").await?;
    page.back().await?;
    page.at("practice.result").await?;
    page.press("Edit the shares").await?;
    page.at("practice.shares").await
}

/// Adds a row, and gives back its id.
pub async fn add(page: &Page, list: &str) -> Result<String> {
    let script = "return [...document.querySelectorAll(`[id^='${arguments[0]}-']`)].map((e) => e.id.split('-')[1])";
    let ids = async || -> Result<Vec<String>> {
        let all = page.js(script, json!([list])).await?;
        Ok(all.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect())
    };
    let before = ids().await?;
    page.press_at(&format!("[data-add={list}]")).await?;
    let new =
        crate::harness::wait::until("a new row", async || Ok(ids().await?.into_iter().find(|id| !before.contains(id))))
            .await?;
    page.focused(&format!("#{list}-{new}-0, #{list}-{new}-1")).await?;
    Ok(new)
}

async fn person(page: &Page, fields: [&str; 4]) -> Result<String> {
    let id = add(page, "person").await?;
    page.key(fields[0]).await?;
    page.pick(&format!("#person-{id}-1"), fields[1]).await?;
    page.pick(&format!("#person-{id}-2"), fields[2]).await?;
    page.type_into(&format!("#person-{id}-4"), fields[3]).await?;
    page.saved(&format!("person.{id}.holder={}", fields[3])).await?;
    page.saved(&format!("person.{id}.name={}", fields[0])).await?;
    Ok(id)
}

async fn people_come_and_go(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    let answers: Vec<_> = SHORT.into_iter().chain(PRACTICE.map(|(_, answers)| answers)).collect();
    let text = draft(&page.site.edition()?, "practice.people", &answers, "");
    page.resume("", &text, "practice.people").await?;
    page.says("main", "Names stay on this device").await?;
    let one = person(&page, ["A. B.", "purchasing", "manager", "Eva"]).await?;
    let two = person(&page, ["C. D.", "quality", "user", "Jan"]).await?;
    let three = person(&page, ["E. F.", "quality", "director", " eva "]).await?;
    page.saved(&format!("person={one} {two} {three}")).await?;
    page.press("Remove: C. D.").await?;
    page.gone(&format!("[data-row='{two}']")).await?;
    page.focused("[data-add=person]").await?;
    page.saved(&format!("person={one} {three}")).await?;
    page.unsaved(&format!("person.{two}.")).await?;
    page.go("practice.result").await?;
    page.says("[data-section=contacts]", "People: 2. Functions: 2. Levels of seniority: 2.").await?;
    page.says("[data-section=contacts] .bsh-warn", "Eva holds 2 of 2 contacts").await?;
    ensure!(page.count("table.bsh-map .bsh-hit").await? == 2, "not both people are on the map");
    // A second holder ends the single thread.
    page.press("Edit the people").await?;
    page.at("practice.people").await?;
    page.type_into(&format!("#person-{three}-4"), "Jan").await?;
    page.reload().await?;
    page.at("practice.people").await?;
    page.until(
        "the name after a reload",
        "return document.getElementById(arguments[0]).value === 'Jan'",
        json!([format!("person-{three}-4")]),
    )
    .await?;
    page.go("practice.result").await?;
    page.gone("[data-section=contacts] .bsh-warn").await
}

/// Types a share over the old one, as a person does (a driver's Clear would be a change of its own), and leaves the field.
async fn share(page: &Page, id: &str, value: &str) -> Result<()> {
    page.js("const field = document.getElementById(arguments[0]); field.focus(); field.select()", json!([id])).await?;
    page.key(value).await?;
    page.strike(thirtyfour::Key::Tab).await
}

async fn shares_over_a_whole_are_refused(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    let text = draft(&page.site.edition()?, "practice.shares", &SHORT, "");
    page.resume("", &text, "practice.shares").await?;
    share(&page, "own-1-0", "40").await?;
    page.saved("own.1.time=40").await?;
    let rival = add(&page, "share").await?;
    page.key("Blue Software").await?;
    let (time, cash) = (format!("share-{rival}-2"), format!("share-{rival}-3"));
    share(&page, &time, "30").await?;
    page.saved(&format!("share.{rival}.time=30")).await?;
    page.says("main", "Known so far: 70% of its time, 0% of its cash.").await?;
    share(&page, &time, "70").await?;
    page.says(".bsh-wrong[role=alert]", "110%").await?;
    let told = "const field = document.getElementById(arguments[0]);
        return field.getAttribute('aria-invalid') === 'true' && field.value === '70'
            && document.getElementById(field.getAttribute('aria-describedby')).textContent.includes('110')";
    page.until("the field to say what is wrong with it", told, json!([time])).await?;
    ensure!(page.count("[aria-invalid]").await? == 1, "another field is called wrong too");
    page.saved(&format!("share.{rival}.time=30")).await?;
    page.says("main", "Known so far: 70% of its time").await?;
    share(&page, &time, "60").await?;
    page.gone("[aria-invalid]").await?;
    page.gone(".bsh-wrong:not([hidden])").await?;
    page.saved(&format!("share.{rival}.time=60")).await?;
    page.says("main", "Known so far: 100% of its time").await?;
    for wrong in ["300", "half", "-1", "2.5"] {
        share(&page, &cash, wrong).await?;
        page.says(".bsh-wrong[role=alert]", "A whole number from 0 to 100").await?;
        page.unsaved(&format!("share.{rival}.cash=")).await?;
    }
    // Blank is not known, and not nothing.
    share(&page, &cash, "0").await?;
    page.gone(".bsh-wrong:not([hidden])").await?;
    page.saved(&format!("share.{rival}.cash=0")).await?;
    page.element(&format!("#{cash}")).await?.clear().await?;
    page.strike(thirtyfour::Key::Tab).await?;
    page.unsaved(&format!("share.{rival}.cash=")).await?;
    page.go("practice.result").await?;
    let rows = cells(&page, "[data-section=shares] table").await?;
    ensure!(rows.get(1).is_some_and(|row| row[2] == "60%" && row[3] == "not known"), "the table says {rows:?}");
    Ok(())
}

async fn shares_are_told_with_their_ranks(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    page.resume("", &full(&page.site.edition()?, "practice.result", ""), "practice.result").await?;
    let words = page
        .js("return [...document.querySelectorAll('[data-section=shares] .bsh-variable')].map((e) => e.children[1].textContent)", json!([]))
        .await?;
    let time = words[0].as_str().unwrap_or_default();
    ensure!(time.contains("You are number 2") && time.contains("Donaudampf"), "the bar of time says: {time}");
    let widths = "return [...document.querySelectorAll('[data-section=shares] .bsh-bar')].map((bar) =>
        [...bar.querySelectorAll('.bsh-bar-part, .bsh-bar-other, .bsh-bar-third')].map((part) => +part.getAttribute('width')))";
    let widths = page.js(widths, json!([])).await?;
    ensure!(widths == json!([[300, 400, 0], [200, 0, 0]]), "the bars are drawn as {widths}");
    let rows = cells(&page, "[data-section=shares] table").await?;
    let numbers: Vec<[&str; 2]> =
        rows.iter().filter_map(|row| Some([row.get(2)?.as_str(), row.get(3)?.as_str()])).collect();
    ensure!(
        numbers == [["30%", "20%"], ["40%", "not known"], ["not known", "not known"]],
        "the table beside the bars says {rows:?}"
    );
    Ok(())
}

async fn instruments_in_any_order(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    to_result(&page).await?;
    // The plan first, then the last instrument, then the one before.
    page.press_at(&offer(3)).await?;
    page.at("plan").await?;
    page.press_at(&tab(3)).await?;
    answer_practice(&page).await?;
    page.press_at(&tab(2)).await?;
    page.at("matrix.intellectual").await?;
    // Before its first page stands the first result.
    page.press("Back").await?;
    crate::harness::wait::until("a page of results", async || Ok(page.step().await?.ends_with("result").then_some(())))
        .await?;
    page.press_at(&tab(2)).await?;
    answer_pages(&page, &MATRIX).await?;
    page.at("matrix.review").await?;
    page.press("See my result").await?;
    page.at("matrix.result").await?;
    for (nth, step) in [(1, "result"), (3, "practice.result"), (2, "matrix.result"), (4, "plan")] {
        page.press_at(&tab(nth)).await?;
        page.at(step).await?;
        let here = page.count(".bsh-tabs [aria-current]").await?;
        let marked =
            page.is("return document.querySelector(arguments[0]).hasAttribute('aria-current')", json!([tab(nth)]));
        ensure!(here == 1 && marked.await?, "on {step} {here} tabs are marked");
    }
    // Every one of these was an entry in the history.
    for step in ["matrix.result", "practice.result", "result"] {
        page.back().await?;
        page.at(step).await?;
    }
    Ok(())
}

async fn matrix_goes_on_after_a_break(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    to_result(&page).await?;
    page.press_at(&tab(2)).await?;
    page.at("matrix.intellectual").await?;
    page.fill(MATRIX[0].1).await?;
    page.press("Continue").await?;
    page.at("matrix.emotional").await?;
    page.fill(&MATRIX[1].1[..2]).await?;
    page.reload().await?;
    page.at("matrix.emotional").await?;
    page.is_chosen("ev-2", "2").await?;
    page.visit_again().await?;
    page.at("return").await?;
    page.says("main", "7 of 16").await?;
    page.press("Continue").await?;
    page.at("matrix.emotional").await?;
    page.is_chosen("ev-1", "1").await?;
    page.go("result").await?;
    page.says(&tab(2), "7/16").await?;
    page.says("[data-section=offer] .bsh-choice", "7 of 16").await?;
    // It goes on where it stopped: at the result there is nothing yet to see, the next blank is.
    page.press_at(&offer(1)).await?;
    page.at("matrix.emotional").await?;
    page.back().await?;
    page.at("result").await?;
    page.press_at(&tab(2)).await?;
    page.until(
        "the matrix",
        "return document.querySelector('.bsh-step').dataset.step.startsWith('matrix.')",
        json!([]),
    )
    .await?;
    Ok(())
}

async fn blanks_are_named_in_the_matrix(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    let text = draft(&page.site.edition()?, "matrix.passion", &SHORT, "");
    page.resume("", &text, "matrix.passion").await?;
    page.fill(&MATRIX[2].1[..4]).await?;
    page.press("Continue").await?;
    page.shows(".bsh-errors[role=alert]").await?;
    page.focused(".bsh-errors").await?;
    ensure!(page.count(".bsh-errors a").await? == 2, "{} links for 2 blanks", page.count(".bsh-errors a").await?);
    page.press_at(".bsh-errors li:nth-child(2) a").await?;
    page.focused("[name=by-choice]").await?;
    // A plain question has two answers, and always applies.
    let values = page
        .js("return [...document.querySelectorAll('input[name=by-choice]')].map((e) => e.value)", json!([]))
        .await?;
    ensure!(values == json!(["0", "4", "dk"]), "the question of choice can be answered with {values}");
    page.press("Go on without them").await?;
    page.at("matrix.review").await?;
    page.says(".bsh-banner:not([hidden])", "12").await?;
    page.press("See my result").await?;
    page.at("matrix.result").await?;
    page.says("h1", "Not enough answers").await?;
    page.gone(".bsh-dot").await
}

async fn change_from_a_later_review_and_back(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    page.resume("", &full(&page.site.edition()?, "matrix.review", ""), "matrix.review").await?;
    page.press_at("[data-change='mp-trust']").await?;
    page.at("matrix.passion").await?;
    page.focused("[name=mp-trust]").await?;
    page.choose("mp-trust", "1").await?;
    page.press("Done").await?;
    page.at("matrix.review").await?;
    page.press("See my result").await?;
    page.at("matrix.result").await?;
    page.says("[data-section=ready]", "Not cemented").await?;
    // A note and a number key work there as on the first pages.
    page.go("matrix.emotional").await?;
    page.press_at("[data-item='ev-1'] .bsh-note button").await?;
    page.focused("#note-ev-1").await?;
    page.type_into("#note-ev-1", "They said 5").await?;
    page.saved("ev-1.note=They said 5").await?;
    page.js("document.querySelector('input[name=ev-1]').focus()", json!([])).await?;
    page.strike('5').await?;
    page.is_chosen("ev-1", "4").await?;
    page.saved("ev-1=4").await
}

async fn readings_come_with_their_facts(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    let edition = page.site.edition()?;
    // All gates at the top; knowledge valued, people not (2 of 20), and one holder for both contacts.
    let mut text = top(&edition, "result", "");
    for item in 1..=5 {
        text = text.replace(&format!("ev-{item}=4"), &format!("ev-{item}={}", if item < 3 { "1" } else { "0" }));
    }
    text.push_str("person=1 2\nperson.1.holder=Eva\nperson.2.holder=Eva\n");
    page.resume("", &text, "result").await?;
    let reading = |id: &str| format!("[data-section=readings] [data-item={id}]");
    for step in ["result", "plan", "matrix.result"] {
        page.go(step).await?;
        page.says(&reading("fragile"), "Because:").await?;
        page.says(&reading("fragile"), "Emotional value: 10%").await?;
        page.says(&reading("fragile"), "Level: 5").await?;
        page.says(&reading("single-thread"), "One person holds most contacts: Yes").await?;
    }
    let names = page
        .js(
            "return [...document.querySelectorAll('[data-section=readings] [data-item]')].map((e) => e.dataset.item)",
            json!([]),
        )
        .await?;
    ensure!(names == json!(["fragile", "single-thread"]), "these readings hold: {names}");
    // Other answers, other readings.
    page.go("matrix.emotional").await?;
    page.answer_page(4).await?;
    page.go("plan").await?;
    page.shows(&reading("single-thread")).await?;
    page.gone(&reading("fragile")).await?;
    let kept = page.stored(DRAFT).await?.unwrap_or_default();
    ensure!(kept.contains("\nev-5=4\n"), "the answers are not kept: {kept}");
    Ok(())
}
