//! What to do next: suggestions, the plan's rows, charter, goals, red flags, and that all of it stays.

use std::rc::Rc;

use anyhow::{Result, ensure};
use serde_json::{Value, json};

use super::instruments::{add, tab};
use super::tour::to_result;
use crate::harness::page::{DRAFT, Page};
use crate::harness::run::{Env, Test};
use crate::sheet::{MATRIX, PRACTICE, SHORT, draft, full, top};

pub fn tests() -> Vec<Test> {
    crate::tests![
        suggestion_goes_into_the_plan,
        own_action_with_all_its_fields,
        overdue_is_marked,
        rows_move_by_their_arrows,
        rows_move_by_the_pointer,
        dragging_over_a_taller_row_is_steady,
        row_is_removed,
        charter_is_assembled_edited_and_reset,
        goals_are_assembled,
        focus_stop_and_climb_are_kept,
        target_is_set_in_the_plan,
        red_flag_is_ticked_off,
        buys_on_price_by_choice_is_not_talked_into_more,
        top_answers_keep_the_position,
        plan_survives_a_reload_and_goes_with_erase,
        plan_goes_into_the_file_and_comes_back,
    ]
}

async fn on_plan(page: &Page, lines: &str) -> Result<()> {
    let text = draft(&page.site.edition()?, "plan", &SHORT, lines);
    page.resume("", &text, "plan").await
}

/// Three actions of one's own.
const THREE: &str = "task=11 12 13\ntask.11.title=First\ntask.12.title=Second\ntask.13.title=Third\n";

async fn texts(page: &Page, selector: &str) -> Result<Vec<String>> {
    let script = "return [...document.querySelectorAll(arguments[0])].map((e) => (e.value || e.textContent).trim())";
    let all = page.js(script, json!([selector])).await?;
    Ok(all.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect())
}

/// The methods that are suggested, by id.
async fn suggested(page: &Page) -> Result<Vec<String>> {
    let script = "return [...document.querySelectorAll('[data-section=suggestions] > ol > [data-method]')].map((e) => e.dataset.method)";
    let all = page.js(script, json!([])).await?;
    Ok(all.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect())
}

async fn suggestion_goes_into_the_plan(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    to_result(&page).await?;
    page.press_at(&tab(4)).await?;
    page.at("plan").await?;
    page.says("[data-section=plan]", "Nothing is planned yet").await?;
    let all = suggested(&page).await?;
    ensure!(!all.is_empty() && all.len() <= 8, "{} methods are suggested", all.len());
    // Gate 3 is next, and its critical answer at 3 holds it.
    ensure!(all[0] == "value-chain", "the first of {all:?} does not move what holds the level");
    let row = format!("[data-method='{}']", all[0]);
    page.says(&row, "Because:").await?;
    let title = page.read(&format!("{row} h3")).await?;
    page.press(&format!("Add to the plan: {title}")).await?;
    page.says("[data-section=plan] [data-row] h3", &title).await?;
    page.says(&format!("{row} > .bsh-badge"), "In your plan").await?;
    ensure!(page.count(&format!("{row} > button")).await? == 0, "what is planned can be added once more");
    page.says(".bsh-said", "In your plan").await?;
    let lost = page.is("return document.activeElement === document.body", json!([])).await?;
    ensure!(!lost, "the focus is lost with the button that was pressed");
    let kept = page.stored(DRAFT).await?.unwrap_or_default();
    ensure!(
        kept.lines().any(|line| line.ends_with(".method=value-chain"))
            && kept.lines().any(|line| line.ends_with(".cause=g3-02")),
        "method and cause are not kept: {kept}"
    );
    // How it is done stands with the row too.
    page.press_at("[data-section=plan] [data-row] summary").await?;
    page.shows("[data-section=plan] [data-row] details[open] ol li").await
}

async fn own_action_with_all_its_fields(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    on_plan(&page, "").await?;
    let id = {
        page.press_at("[data-add=task]").await?;
        page.until("the focus in the new row", "return /^task-\\d+-1$/.test(document.activeElement.id)", json!([]))
            .await?;
        page.text("return document.activeElement.id.split('-')[1]", json!([])).await?
    };
    page.key("Invite the plant manager").await?;
    page.type_into(&format!("#task-{id}-2"), "Eva").await?;
    page.pick(&format!("#task-{id}-3"), "2099-05-01").await?;
    page.pick(&format!("#task-{id}-4"), "doing").await?;
    page.type_into(&format!("#task-{id}-5"), "In May").await?;
    for line in ["title=Invite the plant manager", "owner=Eva", "due=2099-05-01", "status=doing", "note=In May"] {
        page.saved(&format!("task.{id}.{line}")).await?;
    }
    page.gone(".bsh-late").await?;
    page.says("[data-section=plan]", "0 of 1 done").await?;
    page.pick(&format!("#task-{id}-4"), "done").await?;
    page.says("[data-section=plan]", "1 of 1 done").await?;
    let bar = page.js(
        "const bar = document.querySelector('[data-section=plan] progress'); return [bar.value, bar.max]",
        json!([]),
    );
    ensure!(bar.await? == json!([1, 1]), "the bar does not say so");
    // What was dropped is not counted.
    page.pick(&format!("#task-{id}-4"), "dropped").await?;
    page.gone("[data-section=plan] progress").await
}

/// Days from today, by the visitor's clock.
async fn day(page: &Page, ahead: i32) -> Result<String> {
    let script = "const d = new Date(); d.setDate(d.getDate() + arguments[0]);
        return [d.getFullYear(), d.getMonth() + 1, d.getDate()].map((n) => String(n).padStart(2, '0')).join('-')";
    page.text(script, json!([ahead])).await
}

async fn overdue_is_marked(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    on_plan(&page, THREE).await?;
    page.pick("#task-11-3", &day(&page, -1).await?).await?;
    page.says("[data-row='11'] .bsh-late", "Overdue").await?;
    page.pick("#task-12-3", &day(&page, 0).await?).await?;
    page.saved(&format!("task.12.due={}", day(&page, 0).await?)).await?;
    ensure!(page.count(".bsh-late").await? == 1, "what is due today is called overdue");
    page.pick("#task-11-4", "done").await?;
    page.gone(".bsh-late").await?;
    page.pick("#task-11-4", "").await?;
    page.shows("[data-row='11'] .bsh-late").await?;
    page.pick("#task-11-3", "").await?;
    page.gone(".bsh-late").await?;
    page.unsaved("task.11.due=").await
}

async fn rows_move_by_their_arrows(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    on_plan(&page, THREE).await?;
    ensure!(
        page.is("return document.querySelector('[data-row=\"11\"] .bsh-up').disabled", json!([])).await?,
        "the first row can go up"
    );
    page.press("Move down: First").await?;
    page.saved("task=12 11 13").await?;
    page.says(".bsh-said", "Moved to place 2 of 3.").await?;
    page.focused("[data-row='11'] .bsh-down").await?;
    page.key(thirtyfour::Key::Enter).await?;
    page.saved("task=12 13 11").await?;
    page.says(".bsh-said", "Moved to place 3 of 3.").await?;
    // There is no further down: the focus stays in the row.
    page.focused("[data-row='11'] .bsh-up").await?;
    page.press("Move up: First").await?;
    page.saved("task=12 11 13").await?;
    page.focused("[data-row='11'] .bsh-up").await?;
    let rows = texts(&page, ".bsh-tasks [data-row] input[id$='-1']").await?;
    ensure!(rows == ["Second", "First", "Third"], "the rows are {rows:?}");
    page.reload().await?;
    page.at("plan").await?;
    let rows = texts(&page, ".bsh-tasks [data-row] input[id$='-1']").await?;
    ensure!(rows == ["Second", "First", "Third"], "after a reload the rows are {rows:?}");
    Ok(())
}

/// Moves the held pointer down through the page in small steps, as a hand does, until it is so far below the top of a row.
async fn drag_into(page: &Page, row: &str, below: i64) -> Result<()> {
    let script = "const grip = document.querySelector('.bsh-dragged .bsh-grip').getBoundingClientRect();
        const row = document.querySelector(`[data-row='${arguments[0]}']`).getBoundingClientRect();
        return [grip.left + grip.width / 2, grip.top + grip.height / 2, row.top + arguments[1]].map(Math.round)";
    let found = page.js(script, json!([row, below])).await?;
    let at = |index: usize| found[index].as_i64().unwrap_or_default();
    let (x, from, to) = (at(0), at(1), at(2));
    for step in 1..=20 {
        let chain = page.driver.action_chain_with_delay(None, Some(std::time::Duration::from_millis(8)));
        chain.move_to(x, from + (to - from) * step / 20).perform().await?;
    }
    Ok(())
}

async fn rows_move_by_the_pointer(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    on_plan(&page, THREE).await?;
    // Both rows have to be in sight, or there is nowhere to drag to.
    page.js("document.querySelector('[data-row=\"11\"]').scrollIntoView()", json!([])).await?;
    let grip = page.element("[data-row='11'] .bsh-grip").await?;
    page.driver.action_chain().move_to_element_center(&grip).click_and_hold().perform().await?;
    page.shows("[data-row='11'].bsh-dragged").await?;
    let scrolled = page.js("return scrollY", json!([])).await?;
    drag_into(&page, "12", 40).await?;
    page.saved("task=12 11 13").await?;
    ensure!(page.js("return scrollY", json!([])).await? == scrolled, "the page moves away under the pointer");
    page.driver.action_chain().release().perform().await?;
    page.gone(".bsh-dragged").await?;
    page.saved("task=12 11 13").await?;
    // Let go: the pointer goes on alone.
    let last = page.element("[data-row='13'] .bsh-down").await?;
    page.driver.action_chain().move_to_element_center(&last).perform().await?;
    page.gone(".bsh-dragged").await?;
    page.saved("task=12 11 13").await
}

/// A short row over a tall one: once it has changed places, the pointer is still over the tall one.
async fn dragging_over_a_taller_row_is_steady(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    on_plan(&page, "task=11 12 13\ntask.11.title=First\ntask.12.method=kaizen\ntask.13.title=Third\n").await?;
    page.press_at("[data-row='12'] summary").await?;
    page.js("document.querySelector('[data-row=\"11\"]').scrollIntoView()", json!([])).await?;
    let grip = page.element("[data-row='11'] .bsh-grip").await?;
    page.driver.action_chain().move_to_element_center(&grip).click_and_hold().perform().await?;
    page.shows("[data-row='11'].bsh-dragged").await?;
    // The places that it had, in order.
    let watch = "window.__orders = [];
        const list = document.querySelector('.bsh-tasks');
        const order = () => [...list.children].map((e) => e.dataset.row).join(' ');
        new MutationObserver(() => { if (window.__orders.at(-1) !== order()) window.__orders.push(order()); }).observe(list, { childList: true })";
    page.js(watch, json!([])).await?;
    drag_into(&page, "12", 60).await?;
    page.driver.action_chain().release().perform().await?;
    page.gone(".bsh-dragged").await?;
    let orders = page.js("return window.__orders.filter((order) => order.split(' ').length === 3)", json!([])).await?;
    let orders = orders.as_array().cloned().unwrap_or_default();
    ensure!(orders.len() <= 1, "the rows jump to and fro: {orders:?}");
    Ok(())
}

async fn row_is_removed(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    on_plan(&page, THREE).await?;
    page.press("Remove: Second").await?;
    page.gone("[data-row='12']").await?;
    page.saved("task=11 13").await?;
    page.unsaved("task.12.").await?;
    page.focused("[data-add=task]").await?;
    // The others keep their own text.
    let rows = texts(&page, ".bsh-tasks [data-row] input[id$='-1']").await?;
    ensure!(rows == ["First", "Third"], "left are {rows:?}");
    Ok(())
}

async fn charter_is_assembled_edited_and_reset(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    on_plan(&page, "").await?;
    let told = "[data-section=charter] blockquote";
    page.says(told, "For Metal Works (Plant North) we bring …,").await?;
    page.type_into("#charter-1-0", "shorter stops").await?;
    page.type_into("#charter-1-1", "a joint team").await?;
    page.type_into("#charter-1-2", "first call on new needs").await?;
    let made = "For Metal Works (Plant North) we bring shorter stops, delivered through a joint team, and get back first call on new needs.";
    page.says(told, made).await?;
    page.press_at("[data-section=charter] .bsh-sentence > .bsh-link").await?;
    page.until(
        "the sentence to edit",
        "return document.querySelector('#charter-1-3')?.value === arguments[0]",
        json!([made]),
    )
    .await?;
    page.type_into("#charter-1-3", "We keep the line running.").await?;
    page.says(told, "We keep the line running.").await?;
    page.saved("charter.1.text=We keep the line running.").await?;
    page.reload().await?;
    page.at("plan").await?;
    page.says(told, "We keep the line running.").await?;
    page.press_at("[data-section=charter] .bsh-sentence > .bsh-link").await?;
    page.says(told, made).await?;
    // Emptied by hand, it does not go away under the writer.
    page.type_into("#charter-1-3", "W").await?;
    page.key(thirtyfour::Key::Backspace).await?;
    page.says(told, made).await?;
    page.until(
        "the own words to be blank, and to have the focus",
        "return document.activeElement.id === 'charter-1-3' && document.activeElement.value === ''",
        json!([]),
    )
    .await?;
    page.unsaved("charter.1.text=").await
}

async fn goals_are_assembled(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    on_plan(&page, "").await?;
    let one = add(&page, "goal").await?;
    page.key("the plant manager").await?;
    for (field, words) in [(1, "the one who thinks ahead"), (2, "the new line"), (3, "our engineers")] {
        page.type_into(&format!("#goal-{one}-{field}"), words).await?;
    }
    let told = format!("[data-row='{one}'] blockquote");
    let made = "To be recognised by the plant manager as the one who thinks ahead for having helped with the new line through our engineers.";
    page.says(&told, made).await?;
    let two = add(&page, "goal").await?;
    page.key("finance").await?;
    page.saved(&format!("goal={one} {two}")).await?;
    page.says(&format!("[data-row='{two}'] blockquote"), "recognised by finance as …").await?;
    page.press_at(&format!("[data-row='{one}'] .bsh-sentence > .bsh-link")).await?;
    page.type_into(&format!("#goal-{one}-4"), "Be called first.").await?;
    page.says(&told, "Be called first.").await?;
    page.press_at(&format!("[data-row='{one}'] .bsh-sentence > .bsh-link")).await?;
    page.says(&told, made).await?;
    page.press("Remove: finance").await?;
    page.gone(&format!("[data-row='{two}']")).await?;
    page.saved(&format!("goal={one}")).await
}

async fn focus_stop_and_climb_are_kept(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    on_plan(&page, "").await?;
    for (list, words) in [("focus", "Quarterly reviews"), ("stop", "Trade fairs")] {
        let id = add(&page, list).await?;
        page.key(words).await?;
        page.saved(&format!("{list}={id}")).await?;
        page.saved(&format!("{list}.{id}.text={words}")).await?;
    }
    page.pick("#climb-1-0", "no").await?;
    page.says(".bsh-climb p:not([hidden])", "stay where you are").await?;
    page.pick("#climb-1-0", "unsure").await?;
    page.says(".bsh-climb p:not([hidden])", "what it would cost").await?;
    page.type_into("#climb-1-1", "Two visits a month").await?;
    page.saved("climb.1.worth=unsure").await?;
    page.saved("climb.1.why=Two visits a month").await?;
    // People are the same list here as among the practices.
    let id = add(&page, "person").await?;
    page.key("A. B.").await?;
    page.pick(&format!("#person-{id}-3"), "sponsor").await?;
    page.go("practice.people").await?;
    page.until(
        "the same person",
        "return document.getElementById(arguments[0])?.value === 'A. B.'",
        json!([format!("person-{id}-0")]),
    )
    .await?;
    Ok(())
}

async fn target_is_set_in_the_plan(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    on_plan(&page, "").await?;
    page.pick("#bsh-level", "5").await?;
    page.saved("target=5").await?;
    page.pick("#bsh-year", "2031").await?;
    page.saved("year=2031").await?;
    page.press_at(&tab(1)).await?;
    page.at("result").await?;
    page.until("the same target", "return document.querySelector('#bsh-level').value === '5' && document.querySelector('#bsh-year').value === '2031'", json!([]))
        .await?;
    Ok(())
}

async fn red_flag_is_ticked_off(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    on_plan(&page, "").await?;
    let flags = texts(&page, "[data-section=flags] .bsh-flag input").await?;
    ensure!(flags.len() == 2, "two answers are not known, {} flags", flags.len());
    let tick = "[data-section=flags] label:has(input[name='ok-g4-05'])";
    page.press_at(tick).await?;
    page.saved("g4-05.ok=x").await?;
    page.reload().await?;
    page.at("plan").await?;
    let ticked = "return document.querySelector(`input[name='ok-g4-05']`).checked && !document.querySelector(`input[name='ok-g5-03']`).checked";
    page.until("the tick after a reload", ticked, json!([])).await?;
    page.press_at(tick).await?;
    page.unsaved("g4-05.ok").await?;
    // An answer takes the flag away.
    page.press_at("[data-section=flags] [data-change='g5-03']").await?;
    page.at("gate-5").await?;
    page.focused("[name='g5-03']").await?;
    page.choose("g5-03", "2").await?;
    page.press("Done").await?;
    page.at("plan").await?;
    page.gone("input[name='ok-g5-03']").await?;
    page.shows("[data-section=flags] .bsh-flag").await
}

async fn buys_on_price_by_choice_is_not_talked_into_more(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    let answers: Vec<_> = SHORT.into_iter().chain(PRACTICE.map(|(_, answers)| answers)).collect();
    let lines: String = MATRIX
        .iter()
        .flat_map(|(_, answers)| *answers)
        .map(|(item, _)| format!("{item}={}\n", if *item == "by-choice" { "4" } else { "0" }))
        .collect();
    let text = draft(&page.site.edition()?, "plan", &answers, &format!("r-01=x\nc-02=x\n{lines}"));
    page.resume("", &text, "plan").await?;
    let all = suggested(&page).await?;
    ensure!(all == ["hold"], "to a customer that chooses to buy on price it suggests {all:?}");
    page.says("[data-section=readings] [data-item=by-choice]", "Because:").await?;
    // Take the choice back, and climbing is worth a word again.
    page.go("matrix.passion").await?;
    page.choose("by-choice", "0").await?;
    page.go("plan").await?;
    let all = suggested(&page).await?;
    ensure!(all.len() > 3 && !all.contains(&"hold".into()), "now it suggests {all:?}");
    Ok(())
}

async fn top_answers_keep_the_position(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    page.resume("", &top(&page.site.edition()?, "plan", ""), "plan").await?;
    let all = suggested(&page).await?;
    ensure!(all == ["guard", "pass-it-on"], "with all answers at the top it suggests {all:?}");
    page.says("[data-section=suggestions]", "Nothing holds you back").await?;
    page.says("[data-section=flags]", "None").await?;
    page.go("practice.result").await?;
    page.says("h1", "All practices are in place").await
}

async fn plan_survives_a_reload_and_goes_with_erase(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    page.resume("", &full(&page.site.edition()?, "plan", ""), "plan").await?;
    // What a visitor sees of every list, before and after.
    let script = "return [...document.querySelectorAll('main input:not([type=file]), main select, main textarea, main blockquote, main h3')]
        .map((e) => e.type === 'checkbox' ? `${e.name} ${e.checked}` : `${e.id} ${e.value ?? e.textContent}`).sort().join('\\n')";
    let before = page.text(script, json!([])).await?;
    for words in ["Donau", "Eva"] {
        ensure!(words == "Donau" || before.contains(words), "{words} is not on the page: {before}");
    }
    ensure!(before.contains("In May\nor June") && before.contains("Trade fairs"), "not everything is there: {before}");
    page.reload().await?;
    page.at("plan").await?;
    let after = page.text(script, json!([])).await?;
    ensure!(after == before, "a reload changed the plan from {before} to {after}");
    page.press("Erase").await?;
    page.press("Erase everything").await?;
    page.at("start").await?;
    ensure!(page.keys().await?.is_empty(), "still stored: {:?}", page.keys().await?);
    page.reload().await?;
    page.ready().await?;
    page.at("start").await?;
    page.press("Start").await?;
    page.at("gate-2").await?;
    page.go("plan").await?;
    ensure!(page.count("main [data-row]").await? == 0, "rows of the erased plan are back");
    Ok(())
}

async fn plan_goes_into_the_file_and_comes_back(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    page.resume("", &full(&page.site.edition()?, "plan", ""), "plan").await?;
    let file = page.download("Download my answers").await?;
    let other = env.plain().await?;
    other.open("").await?;
    other.ready().await?;
    other.open_file("plan.txt", &file).await?;
    other.at("plan").await?;
    for line in
        ["person=4 2", "task=11 12 13", "task.12.note=In May\\nor June", "charter.1.text=In our own words.", "ev-4=dk"]
    {
        other.saved(line).await?;
    }
    Ok(())
}
