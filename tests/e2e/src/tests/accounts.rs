//! Accounts: how answers become one, several beside each other, several views and rounds of one, and files of them.

use std::collections::BTreeMap;
use std::rc::Rc;

use anyhow::{Context, Result, ensure};
use serde_json::json;
use thirtyfour::Key;

use super::instruments::tab;
use super::keys::{tab_back_to, tab_to};
use super::storage::{FILL, FREE};
use super::tour::{answer_all, from_signs, to_result};
use crate::harness::page::{ACCOUNT, DRAFT, INVITE, Page, WORKSPACE};
use crate::harness::run::{Env, Test};
use crate::harness::server::Options;
use crate::sheet::{PEOPLE, SHORT, STEPS, TICKS, account, view, views};

pub fn tests() -> Vec<Test> {
    crate::tests![
        nothing_of_accounts_before_the_result,
        kept_account_goes_on_after_a_reload,
        back_and_forward_between_accounts,
        each_account_keeps_its_own_answers,
        last_account_can_go,
        account_by_the_own_view_alone,
        one_person_answered,
        two_people_answered,
        three_people_disagree,
        new_round_keeps_the_old_one,
        rounds_are_compared,
        accounts_are_compared,
        export_erase_import_gives_the_same,
        one_account_alone_is_exported,
        import_shows_what_it_would_change,
        file_that_is_no_workspace_is_refused,
        missing_toolbox_is_told,
        missing_program_is_told,
        full_storage_keeps_the_draft,
        account_is_found_without_the_list,
        full_storage_refuses_an_import_as_a_whole,
        erase_takes_all_accounts,
        accounts_by_keyboard_alone,
    ]
}

pub const METAL: &str = "metal001";
pub const BLUE: &str = "blue0002";

pub fn key(id: &str) -> String {
    [ACCOUNT, id].concat()
}

/// One account that is open, with these lines beside the own answers.
pub async fn opened(env: &Env, lines: &str) -> Result<Page> {
    let page = env.plain().await?;
    let text = account(&page.site.edition()?, "Metal Works", lines);
    page.with_accounts(&[(METAL, text)], "Our Company").await?;
    page.press("Metal Works").await?;
    page.at("account").await?;
    Ok(page)
}

/// From the list to the comparison of two accounts.
pub async fn compare_both(page: &Page) -> Result<()> {
    for name in ["Metal Works", "Blue Software"] {
        page.press_at(&format!("label:has([aria-label='Compare: {name}'])")).await?;
        page.until(
            "the tick",
            "return document.querySelector(`[aria-label='Compare: ${arguments[0]}']`).checked",
            json!([name]),
        )
        .await?;
    }
    page.press_at("#bsh-compare").await?;
    page.at("compare").await
}

// ---- becoming one ----

async fn nothing_of_accounts_before_the_result(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    page.open("").await?;
    page.ready().await?;
    let quiet = async |what: &str| {
        for selector in [".bsh-to-accounts", "[data-section=keep]:not([hidden])"] {
            ensure!(page.count(selector).await? == 0, "{selector} on the page {what}");
        }
        let keys = page.keys().await?;
        ensure!(keys.is_empty() || keys == [DRAFT], "stored on the page {what}: {keys:?}");
        Ok(())
    };
    quiet("start").await?;
    page.begin("short").await?;
    for (step, answers) in STEPS.iter().zip(SHORT) {
        page.at(step).await?;
        quiet(step).await?;
        page.fill(answers).await?;
        page.press("Continue").await?;
    }
    page.at("signs").await?;
    quiet("signs").await?;
    page.press("Review").await?;
    page.at("review").await?;
    quiet("review").await?;
    page.press("See my result").await?;
    page.at("result").await?;
    // Here it is offered, and nothing more.
    page.shows("[data-section=keep]").await?;
    page.button("Keep this account").await?;
    ensure!(page.count(".bsh-to-accounts").await? == 0, "a way to accounts that are not there");
    ensure!(page.keys().await? == [DRAFT], "stored before it was asked for: {:?}", page.keys().await?);
    let more = |path: &str| path.contains("/accounts-") || path.contains("/toolbox-");
    ensure!(!page.site.asked_for(more), "the program of accounts was fetched");
    page.visit_again().await?;
    page.at("return").await?;
    quiet("return").await
}

/// From the start page to an account; gives back its id.
async fn keep(page: &Page, name: &str) -> Result<String> {
    page.open("").await?;
    page.ready().await?;
    page.type_into("#bsh-account", name).await?;
    page.begin("short").await?;
    answer_all(page).await?;
    from_signs(page).await?;
    page.press("Keep this account").await?;
    page.at("account").await?;
    let home = page.home().await?;
    Ok(home.strip_prefix("a:").with_context(|| format!("open is {home}"))?.to_owned())
}

async fn kept_account_goes_on_after_a_reload(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    let id = keep(&page, "Metal Works").await?;
    page.says("h1", "Metal Works").await?;
    page.says(".bsh-banners", "Kept as an account.").await?;
    page.button("My accounts").await?;
    let mut keys = page.keys().await?;
    keys.sort();
    ensure!(keys == [key(&id), WORKSPACE.to_owned()], "stored is {keys:?}");
    let text = page.kept(&key(&id), "^about.1.round=1$").await?;
    ensure!(text.starts_with("bsh-answers 3 "), "it is kept as: {text}");
    for (item, value) in SHORT.concat().iter().chain(&[(TICKS[0], "x"), (TICKS[1], "x")]) {
        ensure!(text.lines().any(|line| line == format!("{item}={value}")), "{item}={value} is lost: {text}");
    }
    page.kept(WORKSPACE, &format!("^accounts={id}$")).await?;
    page.reload().await?;
    page.at("account").await?;
    page.says("h1", "Metal Works").await?;
    // What belongs to the account is kept with it, wherever one goes.
    page.type_into("#about-1-0", "Eva").await?;
    page.saved_in(&key(&id), "about.1.owner=Eva").await?;
    page.press_at(&tab(2)).await?;
    page.at("result").await?;
    ensure!(page.count("[data-section=keep]:not([hidden])").await? == 0, "it is offered to be kept once more");
    page.reload().await?;
    page.at("result").await?;
    ensure!(page.home().await? == format!("a:{id}"), "after a reload open is {}", page.home().await?);
    page.press_at(&tab(1)).await?;
    page.at("account").await?;
    page.until("the owner", "return document.querySelector('#about-1-0').value === 'Eva'", json!([])).await?;
    // Who keeps accounts begins with them.
    page.visit_again().await?;
    page.at("accounts").await?;
    page.press("Metal Works").await?;
    page.at("account").await?;
    ensure!(page.stored(DRAFT).await?.is_none(), "there is a draft beside the account");
    Ok(())
}

async fn back_and_forward_between_accounts(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    let edition = page.site.edition()?;
    let two = [(METAL, account(&edition, "Metal Works", "")), (BLUE, account(&edition, "Blue Software", ""))];
    page.with_accounts(&two, "").await?;
    let is = async |name: &str| {
        page.at("account").await?;
        page.says("h1", name).await
    };
    page.press("Metal Works").await?;
    is("Metal Works").await?;
    page.press("My accounts").await?;
    page.at("accounts").await?;
    page.press("Blue Software").await?;
    is("Blue Software").await?;
    page.press_at(&tab(2)).await?;
    page.at("result").await?;
    page.says("h1", "Blue Software").await?;
    page.back().await?;
    is("Blue Software").await?;
    page.back().await?;
    page.at("accounts").await?;
    page.back().await?;
    is("Metal Works").await?;
    page.back().await?;
    page.at("accounts").await?;
    for (step, name) in
        [("account", "Metal Works"), ("accounts", ""), ("account", "Blue Software"), ("result", "Blue Software")]
    {
        page.forward().await?;
        page.at(step).await?;
        page.says("h1", name).await?;
    }
    // The page's own Back leads the same way.
    page.reload().await?;
    page.at("result").await?;
    page.says("h1", "Blue Software").await?;
    page.back().await?;
    is("Blue Software").await?;
    for (id, text) in &two {
        let now = page.stored(&key(id)).await?.unwrap_or_default();
        ensure!(plain(&now) == plain(text), "looking at it changed the account {id} to: {now}");
    }
    Ok(())
}

/// The lines of an account but for what looking at it changes: revision and step.
fn plain(text: &str) -> Vec<&str> {
    let mut lines: Vec<&str> = text.lines().skip(1).filter(|line| !line.starts_with("step=")).collect();
    lines.sort_unstable();
    lines
}

async fn each_account_keeps_its_own_answers(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    let first = keep(&page, "Metal Works").await?;
    page.press("My accounts").await?;
    page.at("accounts").await?;
    page.press("Assess another customer").await?;
    page.at("start").await?;
    ensure!(
        page.text("return document.querySelector('#bsh-account').value", json!([])).await?.is_empty(),
        "the name of the other one"
    );
    page.type_into("#bsh-account", "Blue Software").await?;
    page.press("Start").await?;
    page.at("gate-2").await?;
    ensure!(page.count("input[type=radio]:checked").await? == 0, "the answers of the other one");
    let home = page.home().await?;
    let second = home.strip_prefix("a:").with_context(|| format!("open is {home}"))?.to_owned();
    ensure!(second != first, "it is the same account");
    page.choose("g2-01", "1").await?;
    page.saved_in(&key(&second), "g2-01=1").await?;
    page.saved_in(&key(&first), "g2-01=4").await?;
    ensure!(page.stored(DRAFT).await?.is_none(), "there is a draft beside the accounts");
    page.kept(WORKSPACE, &format!("^accounts={first} {second}$")).await?;
    page.reload().await?;
    page.at("gate-2").await?;
    page.is_chosen("g2-01", "1").await?;
    page.press("My accounts").await?;
    page.at("accounts").await?;
    ensure!(page.count("table.bsh-accounts tbody tr").await? == 2, "not two accounts");
    page.press("Metal Works").await?;
    page.at("account").await?;
    page.press_at(&tab(2)).await?;
    page.at("result").await?;
    page.press("Back").await?;
    page.at("review").await?;
    page.press("My accounts").await?;
    page.at("accounts").await?;
    page.press("Blue Software").await?;
    page.at("account").await?;
    page.press("Go on answering").await?;
    page.at("gate-2").await?;
    page.is_chosen("g2-01", "1").await?;
    page.choose("g2-02", "3").await?;
    page.saved_in(&key(&second), "g2-02=3").await?;
    page.saved_in(&key(&first), "g2-02=4").await
}

async fn last_account_can_go(env: Rc<Env>) -> Result<()> {
    let page = opened(&env, "").await?;
    page.press("Remove this account").await?;
    page.says(".bsh-ask", "Remove this account with all its rounds").await?;
    page.press("Keep them").await?;
    page.gone(".bsh-ask").await?;
    ensure!(page.stored(&key(METAL)).await?.is_some(), "a no removed the account");
    page.press("Remove this account").await?;
    page.press_at(".bsh-ask .bsh-danger").await?;
    page.at("accounts").await?;
    page.says("main", "There is no account here yet.").await?;
    ensure!(page.stored(&key(METAL)).await?.is_none(), "it is still stored");
    ensure!(page.count(".bsh-to-accounts").await? == 0, "a way to accounts that are not there");
    page.press("Assess another customer").await?;
    page.at("start").await
}

// ---- several views ----

async fn account_by_the_own_view_alone(env: Rc<Env>) -> Result<()> {
    let page = opened(&env, PEOPLE).await?;
    page.says("[data-section=headline] h2", "So far by your own view alone").await?;
    page.says("[data-section=headline] h2", "a dedicated partner").await?;
    page.says("[data-section=headline]", "3.8").await?;
    page.says("[data-section=gap]", "There is nothing to compare yet").await?;
    page.says("[data-section=agree]", "Two or more of their people are needed.").await?;
    page.says("[data-section=history]", "This is the first round.").await?;
    ensure!(page.count("table.bsh-views tbody tr").await? == 1, "not one view");
    Ok(())
}

/// The lines with the people at the customer and what the first `n` of them answered.
fn answered(edition: &str, n: usize) -> String {
    [PEOPLE, &views(edition, n)].concat()
}

async fn one_person_answered(env: Rc<Env>) -> Result<()> {
    let page = opened(&env, &answered(&env.plain().await?.site.edition()?, 1)).await?;
    page.says("[data-section=headline] h2", "One of their people has answered and sees you as a dedicated partner")
        .await?;
    page.says("[data-section=headline]", "3.0").await?;
    // 3800 less 3000.
    page.says("[data-section=gap] b", "+0.8").await?;
    page.says("[data-section=gap]", "You place yourselves 0.8 of a level higher than they do.").await?;
    page.says("[data-section=gap]", "Find out what they see differently").await?;
    let rows = page.js("return [...document.querySelectorAll('table.bsh-views tbody tr')].map((row) => row.cells[0].textContent + ' ' + row.cells[1].textContent.slice(0, 7) + ' ' + row.cells[4].textContent)", json!([])).await?;
    ensure!(rows == json!(["Your own view – 3.8 (3.6–3.9)", "Anna Sponsor 3.0"]), "the views are {rows}");
    // In the drawing, a marker for each.
    page.shows("[data-section=headline] figure.bsh-pyramid").await?;
    let drawn =
        page.text("return document.querySelector('[data-section=headline] figure').textContent", json!([])).await?;
    for words in ["Anna", "Own view", "3.0", "3.8"] {
        ensure!(drawn.contains(words), "\"{words}\" is not in the drawing: {drawn}");
    }
    // A view can be taken out again.
    page.press("Remove: Anna").await?;
    page.says("[data-section=headline] h2", "So far by your own view alone").await?;
    page.until("one view", "return document.querySelectorAll('table.bsh-views tbody tr').length === 1", json!([]))
        .await?;
    let text = page.stored(&key(METAL)).await?.unwrap_or_default();
    ensure!(!text.contains("\nseen.51"), "the view is still kept: {text}");
    Ok(())
}

async fn two_people_answered(env: Rc<Env>) -> Result<()> {
    let page = opened(&env, &answered(&env.plain().await?.site.edition()?, 2)).await?;
    // 3000 and 2000: half way for the position, the lower one for the level.
    page.says(
        "[data-section=headline] h2",
        "2 of their people have answered. Together they see you as a good supplier",
    )
    .await?;
    page.says("[data-section=headline]", "2.5").await?;
    page.says("[data-section=gap] b", "+1.3").await?;
    page.says("[data-section=gap]", "More than a whole level. Plans that rest on your view are at risk").await?;
    page.says("[data-section=agree]", "their positions go from 2.0 to 3.0").await
}

async fn three_people_disagree(env: Rc<Env>) -> Result<()> {
    let page = opened(&env, &answered(&env.plain().await?.site.edition()?, 3)).await?;
    page.says(
        "[data-section=headline] h2",
        "3 of their people have answered. Together they see you as a dedicated partner",
    )
    .await?;
    page.says("[data-section=headline]", "3.0").await?;
    ensure!(page.count("table.bsh-views tbody tr").await? == 4, "not four views");
    // Gate 2 is at 4 for all. The others at 0 once or twice of three: a variance of 32/9, so 1 - 8/9 = 0.11; the mean
    // distance from 8/3 is (4/3 + 4/3 + 8/3) / 3 = 1.777..., shown upwards.
    let rows = page.js("return [...document.querySelectorAll('table.bsh-agree tbody tr')].map((row) => [...row.cells].slice(1).map((cell) => cell.textContent).join(' '))", json!([])).await?;
    let apart = "0.11 1.78 they disagree";
    ensure!(rows == json!(["1.00 0.00 they agree", apart, apart, apart]), "the agreement is {rows}");
    page.shows(".bsh-camps").await?;
    ensure!(page.count(".bsh-camps li").await? == 3, "not three camps");
    for words in ["3.0, one person", "2.0, one person", "5.0, one person"] {
        page.says(".bsh-camps", words).await?;
    }
    // The middle of their people has 0 in gate 4 (of 0, 0, 4), the own view 2 in four of its items.
    ensure!(page.count("[data-section=agenda] li").await? == 4, "not four items to talk about");
    page.says("[data-section=agenda] li b", "They: ").await
}

// ---- several rounds ----

async fn new_round_keeps_the_old_one(env: Rc<Env>) -> Result<()> {
    let page = opened(
        &env,
        &format!(
            "{}g2-01.note=They said so\ntask=11\ntask.11.title=Call them\n",
            answered(&env.plain().await?.site.edition()?, 1)
        ),
    )
    .await?;
    page.press("Start a new round").await?;
    page.at("gate-2").await?;
    ensure!(page.count("input[type=radio]:checked").await? == 0, "the answers of the first round are still given");
    let text = page.kept(&key(METAL), "^about.1.round=2$").await?;
    let edition = page.site.edition()?;
    for line in
        [format!("=1 0 2026-03-02 short {edition}"), "task.11.title=Call them".into(), "person.4.name=Anna".into()]
    {
        ensure!(text.lines().any(|kept| kept.ends_with(&line)), "\"{line}\" is lost: {text}");
    }
    ensure!(text.contains("g2-01=They said so"), "the note is lost: {text}");
    ensure!(!text.contains("\ng2-01="), "the first round is still the present one: {text}");
    for (step, value) in STEPS.iter().zip([4, 4, 4, 4]) {
        page.at(step).await?;
        page.answer_page(value).await?;
        page.press("Continue").await?;
    }
    page.at("signs").await?;
    page.press("Review").await?;
    page.at("review").await?;
    page.press("See my result").await?;
    page.at("result").await?;
    page.press_at(&tab(1)).await?;
    page.at("account").await?;
    let rows = page.js("return [...document.querySelectorAll('table.bsh-history tbody tr')].map((row) => [0, 2, 3, 4].map((at) => row.cells[at].textContent).join(', '))", json!([])).await?;
    // Anna's 3000 then, the own view's 5000 now: what two different people see is no movement.
    let apart = "Not compared: one round is your own view, the other the customer’s";
    let due = json!([format!("Round 2, 5.0, own view, {apart}"), "Round 1, 3.0, own view and 1 of theirs, First"]);
    ensure!(rows == due, "the rounds are {rows}");
    page.shows("figure.bsh-timeline svg").await?;
    ensure!(page.count("figure.bsh-timeline svg[role=img] circle").await? == 2, "not two points");
    page.reload().await?;
    page.at("account").await?;
    ensure!(page.count("table.bsh-history tbody tr").await? == 2, "after a reload a round is gone");
    // Anna is asked anew in this round.
    page.button("Invite Anna").await.map(drop)
}

/// A first round with everything at 4 in gates 2 and 3, and a second one: the short form.
fn two_rounds(edition: &str) -> String {
    let lines = ["seen=71\n", &view(71, (1, 0, "2025-03-05"), edition, [4, 4, 0, 0])].concat();
    account(edition, "Metal Works", &lines).replace("about.1.round=1", "about.1.round=2")
}

async fn rounds_are_compared(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    page.with_accounts(&[(METAL, two_rounds(&page.site.edition()?))], "").await?;
    page.press("Metal Works").await?;
    page.at("account").await?;
    ensure!(
        page.is(
            "return [...document.querySelectorAll('[data-section=history] button')].every((e) => e.disabled)",
            json!([])
        )
        .await?,
        "one can compare nothing"
    );
    // From 3000 to 3800 (3666 to 3952), by the same view.
    page.says("table.bsh-history tbody tr", "Up").await?;
    for round in [1, 2] {
        page.press_at(&format!("[data-section=history] label:has(input[name=round-{round}])")).await?;
    }
    page.press_at("[data-section=history] .bsh-ways button").await?;
    page.at("compare").await?;
    page.says("h1", "Round 1 and Round 2").await?;
    page.says("[data-section=facts]", "3.0").await?;
    page.says("[data-section=facts]", "3.8").await?;
    // g4-01, -02, -04 and -06 went from 0 to 2.
    ensure!(page.count("[data-section=apart] tbody tr").await? == 4, "not four answers apart");
    page.press("Back").await?;
    page.at("account").await?;
    page.says("h1", "Metal Works").await
}

async fn accounts_are_compared(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    let edition = page.site.edition()?;
    let all = [
        (METAL, account(&edition, "Metal Works", &answered(&edition, 1))),
        (BLUE, account(&edition, "Blue Software", "")),
        ("green003", account(&edition, "Green Fields", "")),
    ];
    page.with_accounts(&all, "").await?;
    let disabled = "return document.querySelector('#bsh-compare').disabled";
    ensure!(page.is(disabled, json!([])).await?, "nothing is ticked");
    compare_both(&page).await?;
    page.says("h1", "Metal Works and Blue Software").await?;
    for words in ["3.0", "3.8", "+0.8"] {
        page.says("[data-section=facts]", words).await?;
    }
    page.reload().await?;
    page.at("accounts").await?;
    ensure!(page.is(disabled, json!([])).await?, "ticks outlive a reload but do not show");
    Ok(())
}

// ---- files ----

/// Everything stored, but for revisions and the order of the index.
pub fn state(all: &BTreeMap<String, String>) -> BTreeMap<String, Vec<String>> {
    let lines = |(key, text): (&String, &String)| {
        let mut lines: Vec<String> = text
            .lines()
            .enumerate()
            .map(|(at, line)| match (at, line.strip_prefix("accounts=")) {
                (0, _) => line
                    .split(' ')
                    .enumerate()
                    .filter(|(at, _)| *at != 2)
                    .map(|(_, word)| word)
                    .collect::<Vec<_>>()
                    .join(" "),
                (_, Some(ids)) => {
                    let mut ids: Vec<&str> = ids.split(' ').collect();
                    ids.sort_unstable();
                    ids.join(" ")
                }
                _ => line.into(),
            })
            .collect();
        lines.sort();
        (key.clone(), lines)
    };
    all.iter().map(lines).collect()
}

/// Accounts with everything that they can have in them.
pub fn rich(edition: &str) -> Vec<(&'static str, String)> {
    let full = crate::sheet::full(
        edition,
        "account",
        "about.1.round=1\nabout.1.owner=Eva\nabout.1.tags=north, steel\nabout.1.remind=2026-06-01\n",
    );
    let invites =
        "invite=61\ninvite.61.token=K3F9AC7Q\ninvite.61.person=4\ninvite.61.round=1\ninvite.61.date=2026-03-04\n";
    let note = "g4-04.note=A \\\\ in\\nMay: \"yes\" – ü, 漢字, 🙂\ntarget=5\nyear=2030\n";
    vec![
        (METAL, full),
        (BLUE, account(edition, "Blue \"Software\" <b>", &[&answered(edition, 3), invites, note].concat())),
        ("green003", two_rounds(edition)),
    ]
}

async fn erase(page: &Page) -> Result<()> {
    page.press("Erase").await?;
    page.press("Erase everything").await?;
    page.at("start").await?;
    let keys = page.keys().await?;
    ensure!(keys.is_empty(), "after the erase there is {keys:?}");
    Ok(())
}

async fn export_erase_import_gives_the_same(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    let edition = page.site.edition()?;
    page.with_accounts(&rich(&edition), "Müller & Söhne").await?;
    let before = page.all_stored().await?;
    ensure!(!page.site.asked_for(|path| path.contains("toolbox")), "the toolbox was fetched without need");
    let file = page.download("Export all accounts").await?;
    ensure!(page.site.asked_for(|path| path.contains("toolbox")), "what wrote the file?");
    let read: serde_json::Value = serde_json::from_str(&file)?;
    ensure!(read["format"] == json!("bsh-workspace") && read["version"] == json!(1), "the file begins with {file:.60}");
    ensure!(read["accounts"].as_array().map(Vec::len) == Some(3), "the file has not three accounts");
    ensure!(read.get("left_out").is_none(), "something was left out: {}", read["left_out"]);
    ensure!(page.all_stored().await? == before, "the export changed what is stored");
    erase(&page).await?;
    page.open_file("accounts.json", &file).await?;
    page.at("import").await?;
    page.says("[data-section=added]", "New: 3").await?;
    ensure!(page.keys().await?.is_empty(), "stored before Take in: {:?}", page.keys().await?);
    page.press_at("#bsh-import").await?;
    page.at("accounts").await?;
    page.says(".bsh-banners", "3 accounts taken in.").await?;
    let after = page.all_stored().await?;
    for (key, lines) in state(&before) {
        let now = state(&after);
        ensure!(now.get(&key) == Some(&lines), "{key} was\n{lines:?}\nand is\n{:?}", now.get(&key));
    }
    ensure!(after.len() == before.len(), "there is more than before: {:?}", after.keys());
    // And once more it is the same file.
    let again = page.download("Export all accounts").await?;
    ensure!(again == file, "a second export differs");
    Ok(())
}

async fn one_account_alone_is_exported(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    let edition = page.site.edition()?;
    page.with_accounts(&rich(&edition), "Our Company").await?;
    page.press("Blue \"Software\" <b>").await?;
    page.at("account").await?;
    let file = page.download("Export this account").await?;
    ensure!(file.contains("Blue") && !file.contains("Metal Works"), "the file says {file}");
    // Somebody else takes it in.
    let other = env.plain().await?;
    other.open("").await?;
    other.ready().await?;
    other.open_file("blue.json", &file).await?;
    other.at("import").await?;
    other.press_at("#bsh-import").await?;
    other.at("accounts").await?;
    ensure!(other.keys_after(ACCOUNT).await? == [BLUE], "there is {:?}", other.keys_after(ACCOUNT).await?);
    other.press("Blue \"Software\" <b>").await?;
    other.at("account").await?;
    other.says("[data-section=headline] h2", "3 of their people have answered.").await
}

async fn import_shows_what_it_would_change(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    let edition = page.site.edition()?;
    let text = |name: &str, lines: &str| account(&edition, name, lines);
    let file_has = [
        ("same0001", text("Same", "")),
        ("newer002", text("Newer in the file", "about.1.owner=Eva\n")),
        ("older003", text("Older in the file", "about.1.owner=Eva\n")),
        ("added004", text("Added", "")),
    ];
    page.with_accounts(&file_has, "Our Company").await?;
    let file = page.download("Export all accounts").await?;
    let revision = |text: String, n: u32| text.replacen("bsh-answers 3 7 ", &format!("bsh-answers 3 {n} "), 1);
    page.js("localStorage.clear()", json!([])).await?;
    let here = [
        ("same0001", text("Same", "")),
        ("newer002", revision(text("Newer in the file", "about.1.owner=Bob\n"), 3)),
        ("older003", revision(text("Older in the file", "about.1.owner=Bob\n"), 9)),
        ("here0005", text("Only here", "")),
    ];
    page.with_accounts(&here, "Our Company").await?;
    page.store("shop:cart", "1").await?;
    let before = page.all_stored().await?;
    page.open_file("accounts.json", &file).await?;
    page.at("import").await?;
    for (section, words) in [
        ("added", "New: 1"),
        ("changed", "Different from yours: 2"),
        ("same", "The same as yours: 1"),
        ("kept", "Only here, stay as they are: 1"),
    ] {
        page.says(&format!("[data-section={section}] h2"), words).await?;
    }
    page.says("[data-section=added]", "Added").await?;
    let ticks = page.js("return [...document.querySelectorAll('[data-section=changed] label')].map((e) => `${e.textContent.trim()} ${e.querySelector('input').checked}`)", json!([])).await?;
    let due = json!([
        "Take the file’s version of Newer in the file true",
        "Take the file’s version of Older in the file older than yours false"
    ]);
    ensure!(ticks == due, "the choices are {ticks}");
    ensure!(page.all_stored().await? == before, "the preview changed what is stored");
    page.press("Change nothing").await?;
    page.at("accounts").await?;
    ensure!(page.all_stored().await? == before, "Change nothing changed what is stored");
    page.open_file("accounts.json", &file).await?;
    page.at("import").await?;
    page.press_at("#bsh-import").await?;
    page.at("accounts").await?;
    page.says(".bsh-banners", "2 accounts taken in.").await?;
    page.saved_in(&key("newer002"), "about.1.owner=Eva").await?;
    page.saved_in(&key("older003"), "about.1.owner=Bob").await?;
    ensure!(page.keys_after(ACCOUNT).await?.len() == 5, "there are {:?}", page.keys_after(ACCOUNT).await?);
    ensure!(page.count("table.bsh-accounts tbody tr").await? == 5, "the list has not five accounts");
    page.press("Undo the import").await?;
    page.says(".bsh-banners", "Everything is as it was before.").await?;
    ensure!(page.all_stored().await? == before, "the undo left something: {:?}", page.all_stored().await?.keys());
    ensure!(page.count("table.bsh-accounts tbody tr").await? == 4, "the list has not four accounts");
    ensure!(!page.has_button("Undo the import").await?, "it can be undone twice");
    Ok(())
}

async fn file_that_is_no_workspace_is_refused(env: Rc<Env>) -> Result<()> {
    let page = opened(&env, "").await?;
    page.press("My accounts").await?;
    page.at("accounts").await?;
    let before = page.all_stored().await?;
    let bad = r#"{"format":"bsh-workspace","version":1,"accounts":[{"id":"../../x1"},{"id":"metal001","answers":{"g2-01":99}}]}"#;
    for file in [
        "{",
        "{\"format\":\"shop\"}",
        "{\"format\":\"bsh-workspace\",\"version\":9,\"accounts\":[]}",
        &"{\"a\":".repeat(5000),
    ] {
        page.open_file("bad.json", file).await?;
        page.until(&format!("a word about {file:.30}"), "return document.querySelector('.bsh-banner')", json!([]))
            .await?;
        ensure!(page.step().await? == "accounts", "a bad file leads to {}", page.step().await?);
        ensure!(page.all_stored().await? == before, "a bad file changed what is stored");
        // Away and back: the next message is of the next file.
        page.press("Metal Works").await?;
        page.at("account").await?;
        page.press("My accounts").await?;
        page.at("accounts").await?;
        page.gone(".bsh-banner").await?;
        page.store(&key(METAL), &before[&key(METAL)]).await?;
    }
    // One whose accounts cannot be read says so and changes nothing by itself.
    page.open_file("bad.json", bad).await?;
    page.until("a word about the accounts", "return document.querySelector('.bsh-banner') || document.querySelector('[data-section=faults]:not([hidden]) li')", json!([])).await?;
    ensure!(page.all_stored().await? == before, "a file with bad accounts changed what is stored");
    Ok(())
}

// ---- what does not come ----

async fn missing_toolbox_is_told(env: Rc<Env>) -> Result<()> {
    let options = Options { faulty: true, gone: |name| name.starts_with("toolbox-"), ..env.options() };
    let page = env.page(options).await?;
    let edition = page.site.edition()?;
    page.with_accounts(&rich(&edition), "Our Company").await?;
    let before = page.all_stored().await?;
    page.press("Export all accounts").await?;
    page.says(".bsh-banners", "That did not work.").await?;
    ensure!(page.all_stored().await? == before, "it changed what is stored");
    page.site.release();
    let file = page.download("Export all accounts").await?;
    ensure!(file.contains("Metal Works"), "the file says {file}");
    Ok(())
}

async fn missing_program_is_told(env: Rc<Env>) -> Result<()> {
    let options = Options { faulty: true, gone: |name| name.starts_with("accounts-"), ..env.options() };
    let page = env.page(options).await?;
    to_result(&page).await?;
    page.press("Keep this account").await?;
    page.at("account wait").await?;
    page.button("Try again").await?;
    let ids = page.keys_after(ACCOUNT).await?;
    ensure!(ids.len() == 1, "the account is not kept: {:?}", page.keys().await?);
    page.site.release();
    page.press("Try again").await?;
    page.at("account").await?;
    page.says("[data-section=headline]", "3.8").await
}

// ---- no room ----

/// In a storage that is full to the last character, leaves room for `n`.
async fn fill_but(page: &Page, n: usize) -> Result<()> {
    page.js(FILL, json!([])).await?;
    let script = "const key = Object.keys(localStorage).find((key) => key.startsWith('host:') && localStorage.getItem(key).length > arguments[0]);
        localStorage.setItem(key, localStorage.getItem(key).slice(arguments[0]));";
    page.js(script, json!([n])).await?;
    Ok(())
}

async fn ours(page: &Page) -> Result<BTreeMap<String, String>> {
    Ok(page.all_stored().await?.into_iter().filter(|(key, _)| !key.starts_with("host:")).collect())
}

async fn full_storage_keeps_the_draft(env: Rc<Env>) -> Result<()> {
    env.spend();
    let page = env.plain().await?;
    to_result(&page).await?;
    page.saved("step=result").await?;
    let before = ours(&page).await?;
    fill_but(&page, 0).await?;
    page.press("Keep this account").await?;
    page.shows(".bsh-banner").await?;
    page.at("result").await?;
    let after = ours(&page).await?;
    ensure!(after == before, "there is {after:?}");
    page.reload().await?;
    page.at("result").await?;
    page.says("h1", "on the way to").await?;
    page.js(FREE, json!([])).await?;
    page.press("Keep this account").await?;
    page.at("account").await?;
    ensure!(page.keys_after(ACCOUNT).await?.len() == 1, "there is {:?}", page.keys().await?);
    ensure!(page.stored(DRAFT).await?.is_none(), "the draft is there twice");
    page.gone(".bsh-banner.bsh-warn").await
}

/// There is room for the account, but not for the list that names it.
async fn account_is_found_without_the_list(env: Rc<Env>) -> Result<()> {
    env.spend();
    let page = env.plain().await?;
    to_result(&page).await?;
    page.saved("step=result").await?;
    let draft = page.stored(DRAFT).await?.unwrap_or_default();
    fill_but(&page, draft.len() + 90).await?;
    page.press("Keep this account").await?;
    page.at("account").await?;
    let ids = page.keys_after(ACCOUNT).await?;
    ensure!(ids.len() == 1, "there is {ids:?}");
    let text = page.stored(&key(&ids[0])).await?.unwrap_or_default();
    for line in draft.lines().skip(1).filter(|line| !line.starts_with("step=")) {
        ensure!(text.lines().any(|kept| kept == line), "\"{line}\" is lost: {text}");
    }
    ensure!(page.stored(DRAFT).await?.is_none(), "the draft is there twice");
    page.visit_again().await?;
    page.at("accounts").await?;
    ensure!(page.count("table.bsh-accounts tbody tr").await? == 1, "it is not in the list");
    page.press_at(".bsh-open-account").await?;
    page.at("account").await
}

async fn full_storage_refuses_an_import_as_a_whole(env: Rc<Env>) -> Result<()> {
    env.spend();
    let page = env.plain().await?;
    let edition = page.site.edition()?;
    page.with_accounts(&rich(&edition), "Our Company").await?;
    let file = page.download("Export all accounts").await?;
    page.js("localStorage.clear()", json!([])).await?;
    let other = account(&edition, "Only here", "");
    page.with_accounts(&[("here0005", other.clone())], "").await?;
    let before = ours(&page).await?;
    // The first account would still fit.
    fill_but(&page, other.len() * 3).await?;
    page.open_file("accounts.json", &file).await?;
    page.at("import").await?;
    page.press_at("#bsh-import").await?;
    page.says(".bsh-banners", "There is no room left").await?;
    let after = ours(&page).await?;
    ensure!(after == before, "a part of it was taken in: {:?}", after.keys());
    page.js(FREE, json!([])).await?;
    page.press_at("#bsh-import").await?;
    page.at("accounts").await?;
    ensure!(page.keys_after(ACCOUNT).await?.len() == 4, "there is {:?}", page.keys().await?);
    Ok(())
}

async fn erase_takes_all_accounts(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    let edition = page.site.edition()?;
    page.with_accounts(&rich(&edition), "Our Company").await?;
    page.store(&[INVITE, "K3F9AC7Q"].concat(), &account(&edition, "x", "")).await?;
    page.store("bsh:aside:default:metal001", "old").await?;
    let foreign =
        ["shop:cart", "bsh:account:other:metal001", "bsh:account:default:short", "BSH:account:default:metal001"];
    for key in foreign {
        page.store(key, "1").await?;
    }
    page.press("Blue \"Software\" <b>").await?;
    page.at("account").await?;
    page.press("Erase").await?;
    page.says(".bsh-ask", "all 3 accounts").await?;
    page.press("Keep").await?;
    page.gone(".bsh-ask").await?;
    ensure!(page.keys_after(ACCOUNT).await?.len() == 4, "Keep erased");
    page.press("Erase").await?;
    page.press("Erase everything").await?;
    page.at("start").await?;
    let mut keys = page.keys().await?;
    keys.sort();
    let mut due = foreign.map(str::to_owned);
    due.sort();
    ensure!(keys == due, "after the erase there is {keys:?}");
    page.reload().await?;
    page.ready().await?;
    page.at("start").await?;
    ensure!(page.count(".bsh-to-accounts").await? == 0, "a way to accounts that are not there");
    Ok(())
}

// ---- without a pointer ----

async fn accounts_by_keyboard_alone(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    to_result(&page).await?;
    page.focused("h1").await?;
    tab_to(&page, "Keep", "e.closest('[data-section=keep]')").await?;
    page.strike(Key::Enter).await?;
    page.at("account").await?;
    page.focused("h1").await?;
    let id = page.home().await?.trim_start_matches("a:").to_owned();
    tab_to(&page, "the own company", "e.id === 'bsh-company'").await?;
    page.key("Our Company").await?;
    tab_to(&page, "a new person", "e.dataset.add === 'person'").await?;
    page.strike(Key::Enter).await?;
    page.focused("[id^=person-][id$='-0']").await?;
    page.key("Anna").await?;
    page.kept(&key(&id), r"^person\.\d+\.name=Anna$").await?;
    // A result and back: from the heading it is a few steps backwards to the list.
    tab_back_to(&page, "the result", "e.matches('.bsh-tabs button:nth-of-type(2)')").await?;
    page.strike(Key::Enter).await?;
    page.at("result").await?;
    page.focused("h1").await?;
    tab_back_to(&page, "the list", "e.matches('.bsh-to-accounts')").await?;
    page.strike(Key::Enter).await?;
    page.at("accounts").await?;
    page.focused("h1").await?;
    tab_to(&page, "the search", "e.id === 'bsh-search'").await?;
    tab_to(&page, "a column", "e.matches('.bsh-sort')").await?;
    page.strike(Key::Enter).await?;
    page.until("the order", "return document.querySelector('th[aria-sort=descending]')", json!([])).await?;
    tab_to(&page, "the account", "e.matches('.bsh-open-account')").await?;
    page.strike(Key::Enter).await?;
    page.at("account").await?;
    page.focused("h1").await?;
    tab_to(&page, "the invitation", "e.textContent.trim() === 'Invite Anna'").await?;
    page.strike(Key::Enter).await?;
    page.focused("[id^=bsh-link-]").await?;
    tab_to(&page, "the copy", "/^Copy the link/.test(e.getAttribute('aria-label'))").await?;
    page.strike(' ').await?;
    page.until("a word about the copy", "return document.querySelector('.bsh-said').textContent", json!([])).await?;
    Ok(())
}
