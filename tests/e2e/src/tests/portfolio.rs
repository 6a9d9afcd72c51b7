//! The list of all accounts: what it says, how it is narrowed, and how long that takes with a thousand of them.

use std::rc::Rc;

use anyhow::{Context, Result, ensure};
use serde_json::json;

use crate::harness::engine::Kind;
use crate::harness::page::{Page, WORKSPACE};
use crate::harness::run::{Env, Test};
use crate::sheet::{PEOPLE, account, views};

pub fn tests() -> Vec<Test> {
    crate::tests![
        list_says_where_each_account_stands,
        five_accounts_are_five_dots_with_names,
        two_hundred_accounts_are_two_hundred_dots,
        list_is_narrowed_sorted_and_turned,
        thousand_accounts_have_room_in_the_storage,
        thousand_accounts_open_within_300_ms in [Kind::Chromium],
        thousand_accounts_are_narrowed_within_50_ms in [Kind::Chromium],
    ]
}

// ---- a generated workspace ----

/// Writes so many accounts with so many rounds each, always the same ones. Every second earlier round and the newest one
/// have one of the customer's people in them. The parts of the accounts are four letters out of `qxjz`, which occur
/// nowhere else. Returns the number of characters that are stored.
const GENERATE: &str = "const [count, rounds, edition] = arguments;
    let seed = 20261122;
    const next = (n) => {
        seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
        return (seed >>> 8) % n;
    };
    const pick = (list) => list[next(list.length)];
    const [trees, kinds] = [['Alder', 'Birch', 'Cedar', 'Elder', 'Fir'], ['Works', 'Foods', 'Paper', 'Rail']];
    const owners = ['Eva', 'Bo', 'Kim', 'Lars', 'Mia', 'Noor', 'Tom'];
    // Lower gates fully, one in between, the higher ones hardly: each value is one that every item can have.
    const sheet = () => {
        const level = next(5);
        return [0, 1, 2, 3].map((gate) => [0, 1, 2, 3, 4, 5].map(() => gate < level ? (next(12) ? 4 : 2)
            : gate === level ? pick([0, 2, 4]) : pick([0, 0, 2])));
    };
    const code = (sheet) => sheet.map((gate, at) => `g${at + 2}-01=${gate.join(' ')}`).join(' ');
    const two = (n) => String(n).padStart(2, '0');
    const ids = [];
    let size = 0;
    const put = (key, text) => {
        localStorage.setItem(key, text);
        size += key.length + text.length;
    };
    for (let n = 0; n < count; n++) {
        const id = `a${String(n).padStart(7, '0')}`;
        ids.push(id);
        const lines = [`bsh-answers 3 ${rounds} ${edition}`, 'form=short', 'view=own',
            `account=${pick(trees)} ${pick(kinds)} ${n + 1}`, `part=${pick('qxjz')}${pick('qxjz')}${pick('qxjz')}${pick('qxjz')}`,
            `date=2026-0${1 + next(9)}-${two(1 + next(28))}`, 'step=account'];
        sheet().forEach((gate, at) => gate.forEach((value, item) => lines.push(`g${at + 2}-0${item + 1}=${value}`)));
        lines.push('person=1', 'person.1.name=A. B.', 'person.1.role=sponsor');
        if (next(3) === 0) lines.push('task=1', 'task.1.title=Ask for a review', `task.1.due=2026-1${next(3)}-${two(1 + next(28))}`);
        lines.push(`about.1.owner=${pick(owners)}`, `about.1.tags=${pick(['north', 'south'])}, ${pick(['new', 'old'])}`,
            `about.1.remind=202${6 + next(2)}-0${1 + next(9)}-15`, `about.1.round=${rounds}`);
        const views = [];
        for (let round = 1; round <= rounds; round++) {
            const day = `20${two(26 - Math.ceil((rounds - round + 1) / 2))}-0${1 + round % 9}-${two(1 + next(28))}`;
            if (round < rounds) views.push([round, 0, day]);
            if (round === rounds || round % 2 === 0) views.push([round, 1, day]);
        }
        lines.push(`seen=${views.map((_, at) => at + 1).join(' ')}`);
        views.forEach(([round, who, day], at) => lines.push(`seen.${at + 1}.head=${round} ${who} ${day} short ${edition}`,
            `seen.${at + 1}.code=${code(sheet())}`));
        put(`bsh:account:default:${id}`, lines.join('\\n') + '\\n');
    }
    put('bsh:workspace:default', `bsh-workspace 1 1\\ncompany=Our Company\\nlang=\\naccounts=${ids.join(' ')}\\n`);
    return size;";

/// A page on so many generated accounts, with nothing opened yet; and how many characters they take.
async fn generated(env: &Env, accounts: u32, rounds: u32) -> Result<(Page, u64)> {
    let page = env.plain().await?;
    let size = generate(&page, accounts, rounds).await?;
    Ok((page, size))
}

/// Puts generated accounts into the page's storage.
pub async fn generate(page: &Page, accounts: u32, rounds: u32) -> Result<u64> {
    page.goto(&page.site.host("blank")).await?;
    let size = page.js(GENERATE, json!([accounts, rounds, page.site.edition()?])).await?;
    size.as_u64().with_context(|| format!("{size} characters"))
}

// ---- what it says ----

async fn list_says_where_each_account_stands(env: Rc<Env>) -> Result<()> {
    let page = env.plain().await?;
    let edition = page.site.edition()?;
    let plan =
        "task=11 12\ntask.11.title=Later\ntask.11.due=2027-05-01\ntask.12.title=Sooner\ntask.12.due=2027-02-01\n";
    let about = "about.1.owner=Eva\nabout.1.tags=north\nabout.1.remind=2026-06-01\n";
    let metal = account(&edition, "Metal Works", &[PEOPLE, &views(&edition, 2), plan, about].concat());
    let blank = format!(
        "bsh-answers 3 1 {edition}\nform=short\nview=own\naccount=Blue Software\nstep=gate-2\nabout.1.round=1\n"
    );
    page.with_accounts(&[("metal001", metal), ("blue0002", blank)], "").await?;
    let script = "return [...document.querySelectorAll('table.bsh-accounts tbody tr')].map((row) => [...row.cells].slice(0, 8).map((cell) => {
        const copy = cell.cloneNode(true);
        for (const e of copy.querySelectorAll('[aria-hidden=true]')) e.remove();
        // Words of different elements stand apart.
        for (const e of copy.querySelectorAll('*')) e.append(' ');
        return copy.textContent.replace(/\\s+/g, ' ').trim();
    }))";
    let rows: Vec<Vec<String>> = serde_json::from_value(page.js(script, json!([])).await?)?;
    ensure!(rows.len() == 2, "the rows are {rows:?}");
    let due = ["Blue Software", "– no level yet", "–", "–", "–", "–", "–", "–"];
    ensure!(rows[0] == due, "without an answer it says {:?}", rows[0]);
    let metal = &rows[1];
    ensure!(metal[0] == "Metal Works Eva · north", "it is called {}", metal[0]);
    for (at, words) in [(1, "2.5"), (1, "customer, 2"), (2, "+1.3"), (3, "first round"), (5, "Sooner"), (7, "due")] {
        ensure!(metal[at].contains(words), "\"{words}\" is not in {:?}", metal[at]);
    }
    ensure!(["A", "B", "C", "D"].contains(&metal[4].as_str()), "how sure is {}", metal[4]);
    page.says(".bsh-found [role=status]", "2 of 2 accounts").await?;
    page.says("[data-section=map]", "1 without a level are not drawn").await
}

/// How many dots the drawing has that is seen, and how many accounts they and the bars stand for.
const DRAWN: &str = "const svg = [...document.querySelectorAll('[data-section=map] svg[role=img]')].find((e) => e.getClientRects().length > 0);
    const dots = [...svg.querySelectorAll('.bsh-dots circle')];
    const at = dots.map((e) => [e.cx.baseVal.value, e.cy.baseVal.value, e.r.baseVal.value]);
    let touching = 0;
    at.forEach(([x, y, r], i) => at.slice(i + 1).forEach(([x2, y2, r2]) => { if (Math.hypot(x - x2, y - y2) < r + r2) touching += 1; }));
    const box = svg.viewBox.baseVal;
    const outside = at.filter(([x, y, r]) => x - r < box.x || x + r > box.x + box.width || y - r < 0 || y + r > box.height).length;
    return { dots: dots.length, named: svg.querySelectorAll('.bsh-dot-name').length, touching, outside }";

async fn five_accounts_are_five_dots_with_names(env: Rc<Env>) -> Result<()> {
    let (page, _) = generated(&env, 5, 2).await?;
    page.open("").await?;
    page.at("accounts").await?;
    let drawn = page.js(DRAWN, json!([])).await?;
    ensure!(drawn == json!({ "dots": 5, "named": 5, "touching": 0, "outside": 0 }), "drawn is {drawn}");
    // A dot leads to its account.
    let script = "const dot = document.querySelector('.bsh-dots circle');
        dot.dispatchEvent(new MouseEvent('click', { bubbles: true }));
        return dot.textContent";
    let told = page.text(script, json!([])).await?;
    page.at("account").await?;
    let name = page.text("return document.querySelector('h1').firstChild.data", json!([])).await?;
    ensure!(told.starts_with(&name), "the dot says {told}, the account is called {name}");
    Ok(())
}

async fn two_hundred_accounts_are_two_hundred_dots(env: Rc<Env>) -> Result<()> {
    let (page, _) = generated(&env, 200, 2).await?;
    page.open("").await?;
    page.at("accounts").await?;
    let drawn = page.js(DRAWN, json!([])).await?;
    ensure!(drawn == json!({ "dots": 200, "named": 0, "touching": 0, "outside": 0 }), "drawn is {drawn}");
    Ok(())
}

/// The names in the table, in its order.
async fn names(page: &Page) -> Result<Vec<String>> {
    let script = "return [...document.querySelectorAll('.bsh-open-account')].map((e) => e.textContent)";
    Ok(serde_json::from_value(page.js(script, json!([])).await?)?)
}

async fn list_is_narrowed_sorted_and_turned(env: Rc<Env>) -> Result<()> {
    let (page, _) = generated(&env, 120, 1).await?;
    page.open("").await?;
    page.at("accounts").await?;
    page.says(".bsh-found [role=status]", "120 of 120 accounts").await?;
    let first = names(&page).await?;
    ensure!(first.len() == 50, "{} on the first page", first.len());
    let lower: Vec<String> = first.iter().map(|name| name.to_lowercase()).collect();
    ensure!(lower.is_sorted(), "not by name: {first:?}");
    page.says(".bsh-leaves", "Page 1 of 3").await?;
    page.press("Next page").await?;
    page.says(".bsh-leaves", "Page 2 of 3").await?;
    let second = names(&page).await?;
    ensure!(!second.iter().any(|name| first.contains(name)), "the second page repeats the first");
    page.press("Next page").await?;
    page.says(".bsh-leaves", "Page 3 of 3").await?;
    ensure!(names(&page).await?.len() == 20, "{} on the last page", names(&page).await?.len());
    ensure!(
        page.is("return document.querySelector('.bsh-leaves button:last-child').disabled", json!([])).await?,
        "there is a fourth page"
    );
    // Another order begins at its first page; once more turns it.
    page.press("Sort by Position").await?;
    page.says(".bsh-leaves", "Page 1 of 3").await?;
    let places = "return [...document.querySelectorAll('table.bsh-accounts tbody tr')].map((row) => parseFloat(row.cells[1].children[1].textContent.replace('≥', '')))";
    let up: Vec<f64> = serde_json::from_value(page.js(places, json!([])).await?)?;
    ensure!(up.is_sorted(), "not by position: {up:?}");
    page.press("Sort by Position").await?;
    page.until("the other way", "return document.querySelector('th[aria-sort=descending]')", json!([])).await?;
    let down: Vec<f64> = serde_json::from_value(page.js(places, json!([])).await?)?;
    ensure!(down.iter().rev().is_sorted() && down[0] > up[0], "not downwards: {down:?}");
    // Words in any order, in any field.
    page.type_into("#bsh-search", "works cedar").await?;
    page.until("fewer rows", "return document.querySelectorAll('.bsh-open-account').length < 50", json!([])).await?;
    let found = names(&page).await?;
    ensure!(!found.is_empty() && found.iter().all(|name| name.starts_with("Cedar Works ")), "found is {found:?}");
    page.says(".bsh-found [role=status]", &format!("{} of 120 accounts", found.len())).await?;
    let dots = page.js(DRAWN, json!([])).await?;
    ensure!(dots["dots"] == json!(found.len()), "of {} found {dots} are drawn", found.len());
    // One that nobody has.
    page.type_into("#bsh-search", "nobody").await?;
    page.says(".bsh-found [role=status]", "0 of 120 accounts").await?;
    page.pick("#bsh-search", "").await?;
    page.says(".bsh-found [role=status]", "120 of 120 accounts").await?;
    // The choices, one on top of the other.
    page.pick("#bsh-filter-owner", "Eva").await?;
    page.until("fewer rows", "return document.querySelectorAll('.bsh-open-account').length < 50", json!([])).await?;
    let of_eva = names(&page).await?.len();
    let all = "return [...document.querySelectorAll('table.bsh-accounts tbody tr th small')].every((e) => e.textContent.includes('Eva'))";
    ensure!(page.is(all, json!([])).await?, "somebody else's account is in the list");
    page.pick("#bsh-filter-state", "due").await?;
    page.until(
        "fewer rows",
        "return document.querySelectorAll('.bsh-open-account').length < arguments[0]",
        json!([of_eva]),
    )
    .await?;
    let late = "return [...document.querySelectorAll('table.bsh-accounts tbody tr')].every((row) => row.querySelector('.bsh-late'))";
    ensure!(page.is(late, json!([])).await?, "an account that is not due is in the list");
    page.pick("#bsh-filter-owner", "").await?;
    page.pick("#bsh-filter-state", "").await?;
    page.pick("#bsh-filter-level", "3").await?;
    page.until(
        "fewer rows",
        "return !/^120 of/.test(document.querySelector('.bsh-found [role=status]').textContent)",
        json!([]),
    )
    .await?;
    let third: Vec<f64> = serde_json::from_value(page.js(places, json!([])).await?)?;
    ensure!(!third.is_empty() && third.iter().all(|x| (3.0..4.0).contains(x)), "on level 3 are {third:?}");
    // To an account and back: the list is as it was left.
    let left = names(&page).await?;
    page.press_at(".bsh-open-account").await?;
    page.at("account").await?;
    page.back().await?;
    page.at("accounts").await?;
    ensure!(names(&page).await? == left, "the list begins anew");
    Ok(())
}

// ---- a thousand ----

const ACCOUNTS: u32 = 1000;
const ROUNDS: u32 = 10;

async fn thousand_accounts_have_room_in_the_storage(env: Rc<Env>) -> Result<()> {
    let (page, size) = generated(&env, ACCOUNTS, ROUNDS).await?;
    let each = size as f64 / f64::from(ACCOUNTS * ROUNDS);
    println!("     {ACCOUNTS} accounts with {ROUNDS} rounds take {size} characters, {each:.0} a round");
    ensure!(each <= 250.0, "a round takes {each:.0} characters");
    page.open("").await?;
    page.at("accounts").await?;
    page.says(".bsh-found [role=status]", "1000 of 1000 accounts").await?;
    page.says(".bsh-leaves", "Page 1 of 20").await?;
    // Too many for dots: bars, which together count them all.
    let dots = page.js(DRAWN, json!([])).await?;
    ensure!(dots["dots"] == json!(0), "drawn is {dots}");
    let sum = page.js("const svg = [...document.querySelectorAll('[data-section=map] svg[role=img]')].find((e) => e.getClientRects().length > 0);
        return [...svg.querySelectorAll('.bsh-counts rect title')].map((e) => +e.textContent.split(': ')[1]).reduce((a, b) => a + b, 0)", json!([])).await?;
    ensure!(sum == json!(1000), "the bars count {sum}");
    // They were read as this program writes them: opened and saved, one stays as long as it was.
    let list = page.stored(WORKSPACE).await?.unwrap_or_default();
    ensure!(list.contains("accounts=a0000000 a0000001 "), "the list became {list:.80}");
    Ok(())
}

/// Notes when the first row of the table is there, and the first moment after the frame that shows it.
const USABLE: &str = "new MutationObserver((_, observer) => {
        if (!document.querySelector('table.bsh-accounts tbody tr')) return;
        observer.disconnect();
        const there = performance.now();
        requestAnimationFrame(() => {
            const channel = new MessageChannel();
            channel.port1.onmessage = () => { window.__usable = [there, performance.now()]; };
            channel.port2.postMessage(0);
        });
    }).observe(document, { childList: true, subtree: true });";

fn median(times: &mut [f64]) -> f64 {
    times.sort_by(f64::total_cmp);
    let n = times.len();
    if n == 0 { f64::NAN } else { (times[(n - 1) / 2] + times[n / 2]) / 2.0 }
}

async fn thousand_accounts_open_within_300_ms(env: Rc<Env>) -> Result<()> {
    let (page, _) = generated(&env, ACCOUNTS, ROUNDS).await?;
    let added = page.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": USABLE })).await?;
    let outcome = openings(&page).await;
    page.cdp("Page.removeScriptToEvaluateOnNewDocument", json!({ "identifier": added["identifier"] })).await?;
    let (mut there, mut shown) = outcome?;
    let (there, shown) = (median(&mut there), median(&mut shown));
    println!(
        "     opening {ACCOUNTS} accounts with {ROUNDS} rounds: row there {there:.0} ms, shown {shown:.0} ms (medians)"
    );
    ensure!(shown <= 300.0, "the list is shown after {shown:.0} ms");
    Ok(())
}

async fn openings(page: &Page) -> Result<(Vec<f64>, Vec<f64>)> {
    let (mut there, mut shown) = (Vec::new(), Vec::new());
    // The first one fills the browser's caches.
    for visit in 0..8 {
        page.visit_again().await?;
        let times = page.until("the first row", "return window.__usable", json!([])).await?;
        page.says(".bsh-found [role=status]", "1000 of 1000 accounts").await?;
        if visit > 0 {
            there.push(times[0].as_f64().context("no time")?);
            shown.push(times[1].as_f64().context("no time")?);
        }
    }
    Ok((there, shown))
}

/// The times of one kind of input, in their order.
async fn times(page: &Page, count: usize) -> Result<Vec<f64>> {
    let times: Vec<f64> = serde_json::from_value(page.js("return window.__times", json!([])).await?)?;
    ensure!(times.len() == count, "{} of {count} were measured", times.len());
    Ok(times)
}

async fn measured(page: &Page, n: usize) -> Result<()> {
    page.until("the time of the input", "return window.__times.length === arguments[0]", json!([n])).await.map(drop)
}

/// The times of typing, choosing, paging and sorting.
async fn inputs(page: &Page) -> Result<Vec<(&'static str, Vec<f64>)>> {
    use super::speed::WATCH_WORDS;
    let status = ".bsh-found [role=status]";
    let mut all = Vec::new();
    let fresh = async || {
        page.visit_again().await?;
        page.at("accounts").await
    };
    fresh().await?;
    page.press_at("#bsh-search").await?;
    page.js(WATCH_WORDS, json!(["keydown", "#bsh-search", status])).await?;
    let mut n = 0;
    for key in "qxj".chars().chain(['\u{e003}'; 3]).chain("jzq".chars()).chain(['\u{e003}'; 3]) {
        page.strike(key).await?;
        n += 1;
        measured(page, n).await?;
    }
    page.says(status, "1000 of 1000").await?;
    all.push(("typing", times(page, n).await?));
    fresh().await?;
    page.js(WATCH_WORDS, json!(["change", "#bsh-filter-owner", status])).await?;
    for (n, owner) in (1..).zip(["Eva", "Bo", "", "Kim", "Lars", "", "Mia", ""]) {
        page.pick("#bsh-filter-owner", owner).await?;
        measured(page, n).await?;
    }
    all.push(("choosing", times(page, 8).await?));
    fresh().await?;
    page.js(WATCH_WORDS, json!(["pointerdown", ".bsh-leaves button", ".bsh-leaves p"])).await?;
    for n in 1..=10 {
        page.press("Next page").await?;
        measured(page, n).await?;
    }
    all.push(("paging", times(page, 10).await?));
    fresh().await?;
    page.js(WATCH_WORDS, json!(["pointerdown", ".bsh-sort", "table.bsh-accounts tbody tr:first-child"])).await?;
    for (n, column) in (1..).zip(["Position", "Position", "Gap", "Gap", "Account", "Account"]) {
        page.press(&format!("Sort by {column}")).await?;
        measured(page, n).await?;
    }
    all.push(("sorting", times(page, 6).await?));
    Ok(all)
}

async fn thousand_accounts_are_narrowed_within_50_ms(env: Rc<Env>) -> Result<()> {
    let (page, _) = generated(&env, ACCOUNTS, ROUNDS).await?;
    // An input also waits for whatever else the machine does: of each one the best of three runs counts.
    let mut best = inputs(&page).await?;
    let most = |times: &[f64]| times.iter().copied().fold(0.0, f64::max);
    for _ in 0..2 {
        if best.iter().all(|(_, times)| most(times) <= 50.0) {
            break;
        }
        for ((_, best), (_, again)) in best.iter_mut().zip(inputs(&page).await?) {
            for (best, again) in best.iter_mut().zip(again) {
                *best = best.min(again);
            }
        }
    }
    let mut slow = Vec::new();
    for (what, times) in &mut best {
        let most = most(times);
        println!("     {what} with {ACCOUNTS} accounts: median {:.1} ms, slowest {most:.1} ms", median(times));
        if most > 50.0 {
            slow.push(format!("{what} takes up to {most:.1} ms in the best of three runs"));
        }
    }
    ensure!(slow.is_empty(), "{}", slow.join("; "));
    Ok(())
}
