//! The page object: what a person does with the app, and what a person can see of it.
//! Knows the names in the page's markup; must not know which answers are right.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::rc::Rc;

use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};
use thirtyfour::common::print::{PrintMargins, PrintPage, PrintParameters};
use thirtyfour::prelude::*;

use super::engine::Kind;
use super::hosts::Host;
use super::server::Site;
use super::wait::until;

/// Where a draft lives.
pub const DRAFT: &str = "bsh:draft:default";
/// Where unreadable or left-behind answers are kept.
pub const ASIDE: &str = "bsh:aside:default";
/// How the keys of accounts start, and of answers to invitations; after it come eight letters or digits.
pub const ACCOUNT: &str = "bsh:account:default:";
pub const INVITE: &str = "bsh:invite:default:";
/// Where the list of accounts lives.
pub const WORKSPACE: &str = "bsh:workspace:default";

/// Buttons (and summaries) that can be seen and carry exactly this text or accessible name.
const BUTTON: &str = r"
    const name = (e) => (e.getAttribute('aria-label') || e.textContent).replace(/\s+/g, ' ').trim();
    const seen = (e) => e.getClientRects().length > 0 && getComputedStyle(e).visibility !== 'hidden';
    return [...document.querySelectorAll('button, summary')]
        .find((e) => seen(e) && (name(e) === arguments[0] || e.textContent.replace(/\s+/g, ' ').trim() === arguments[0])) || null;";

/// Clicks answers without a pointer, for the tests whose subject lies further on.
const FILL: &str = r"
    for (const [item, value] of arguments[0]) {
        const input = document.querySelector(`input[name='${item}'][value='${value}']`);
        if (!input) return `no input for ${item} = ${value}`;
        if (!input.checked) input.click();
    }
    return '';";

const LISTEN: &str = "if (!window.__errors) {
        window.__errors = [];
        addEventListener('error', (e) => window.__errors.push(`${e.message} ${e.filename}:${e.lineno}`));
        addEventListener('unhandledrejection', (e) => window.__errors.push(String(e.reason)));
    }";

/// Remembers every file that is handed over: name, type, and a character for each byte. With the argument the link is not
/// followed.
const SPY: &str = r"window.__stays = arguments[0];
    if (!window.__taken) {
        const made = new Map();
        const [make, click] = [URL.createObjectURL, HTMLAnchorElement.prototype.click];
        URL.createObjectURL = (blob) => {
            const url = make.call(URL, blob);
            made.set(url, blob);
            return url;
        };
        HTMLAnchorElement.prototype.click = function () {
            const blob = this.download && made.get(this.href);
            if (blob) {
                window.__last = blob;
                blob.arrayBuffer().then((buffer) => {
                    const bytes = new Uint8Array(buffer);
                    let text = '';
                    for (let i = 0; i < bytes.length; i += 8192) text += String.fromCharCode(...bytes.subarray(i, i + 8192));
                    window.__taken.push([this.download, blob.type, text]);
                });
            }
            if (!blob || !window.__stays) click.call(this);
        };
        window.__taken = [];
    }";

/// A file that the page handed over.
#[derive(Clone, Debug)]
pub struct Taken {
    pub name: String,
    pub media: String,
    pub bytes: Vec<u8>,
}

impl Taken {
    pub fn text(&self) -> Result<String> {
        String::from_utf8(self.bytes.clone()).with_context(|| format!("{} is not UTF-8", self.name))
    }
}

/// Where the app is. Scripts and selectors of a page speak of the app, wherever it is: in an element `document` is the
/// element's shadow root, in a frame the driver looks into the frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Place {
    /// The whole page, or the frame that the driver was led into.
    #[default]
    Page,
    /// The shadow root of the element that this selector finds in the host page.
    Element(&'static str),
    /// The frame that this selector finds in the host page.
    Frame(&'static str),
}

/// Stands in front of every script of a page that is in an element: what the app calls its document.
const INSIDE: &str = r"const document = ((whole) => {
    const host = whole.querySelector(HOST);
    const root = host && host.shadowRoot;
    const tree = root || whole.createDocumentFragment();
    const box = () => tree.querySelector('.bsh') || whole.body;
    return {
        querySelector: (s) => tree.querySelector(s),
        querySelectorAll: (s) => tree.querySelectorAll(s),
        getElementById: (id) => tree.getElementById(id),
        get activeElement() { return (root && root.activeElement) || whole.body; },
        get body() { return box(); },
        get documentElement() { return box(); },
        get scrollingElement() { return whole.scrollingElement; },
        get cookie() { return whole.cookie; },
        createElement: (tag) => whole.createElement(tag),
    };
})(window.document);
";

#[derive(Clone)]
pub struct Page {
    pub driver: WebDriver,
    pub site: Site,
    pub kind: Kind,
    pub downloads: PathBuf,
    /// The host page whose frame the app is in; none for the app alone.
    pub frame: Option<&'static str>,
    /// Where the app is in the page that is open.
    pub place: Place,
    /// Uncaught errors that the page remembered.
    pub errors: Rc<RefCell<Vec<String>>>,
}

impl Page {
    // ---- going places ----

    pub async fn goto(&self, url: &str) -> Result<()> {
        self.collect().await;
        // From inside a frame WebKit's driver would wait for ever.
        self.driver.enter_default_frame().await?;
        self.driver.goto(url).await.with_context(|| format!("could not open {url}"))?;
        self.listen().await
    }

    /// WebKit tells nobody about uncaught errors: the page itself has to remember them.
    async fn listen(&self) -> Result<()> {
        if self.kind == Kind::WebKit {
            self.js(LISTEN, json!([])).await?;
        }
        Ok(())
    }

    /// Takes what the page remembers, before it goes.
    pub async fn collect(&self) {
        if self.kind == Kind::WebKit
            && let Ok(Value::Array(list)) = self.js("return window.__errors || []", json!([])).await
        {
            self.errors.borrow_mut().extend(list.iter().map(Value::to_string));
        }
    }

    /// The app with `tail` after its address.
    pub async fn open(&self, tail: &str) -> Result<()> {
        let Some(host) = self.frame else { return self.goto(&self.site.url(tail)).await };
        self.goto(&self.site.host(host)).await?;
        self.element("iframe").await?.enter_frame().await?;
        self.until(
            "the page in the frame",
            "return document.readyState !== 'loading' && location.href !== 'about:blank'",
            json!([]),
        )
        .await?;
        self.listen().await
    }

    /// A page of `tests/hosts/`, and into the place where the app is in it.
    pub async fn visit(&self, host: &Host) -> Result<()> {
        self.goto(&self.site.hosted(&host.tail())).await?;
        self.enter().await
    }

    /// The same page, loaded once more.
    pub async fn revisit(&self) -> Result<()> {
        self.driver.enter_default_frame().await?;
        self.driver.refresh().await?;
        self.enter().await
    }

    /// Waits for the place where the app is to be, and turns to it.
    pub async fn enter(&self) -> Result<()> {
        match self.place {
            Place::Page => Ok(()),
            Place::Element(host) => {
                let script = "return window.document.querySelector(arguments[0])?.shadowRoot?.querySelector('.bsh')";
                self.until("the element to be upgraded", script, json!([host])).await.map(|_| ())
            }
            Place::Frame(frame) => {
                self.driver.enter_default_frame().await?;
                self.element(frame).await?.enter_frame().await?;
                let script = "return document.readyState !== 'loading' && location.href !== 'about:blank'";
                self.until("the page in the frame", script, json!([])).await?;
                self.listen().await
            }
        }
    }

    /// Runs a script in the host page, wherever the app is.
    pub async fn outside(&self, script: &str, arguments: Value) -> Result<Value> {
        let Place::Frame(frame) = self.place else { return self.run(script, arguments).await };
        self.driver.enter_default_frame().await?;
        let answer = self.run(script, arguments).await;
        // The frame may be gone by now: that is for the next look into it to say.
        if let Ok(found) = self.driver.find(By::Css(frame)).await {
            found.enter_frame().await?;
        }
        answer
    }

    /// Waits until a script in the host page returns something.
    pub async fn until_outside(&self, what: &str, script: &str, arguments: Value) -> Result<Value> {
        let found = until(what, async || {
            let value = self.outside(script, arguments.clone()).await?;
            Ok(truthy(&value).then_some(value))
        });
        match found.await {
            Ok(value) => Ok(value),
            Err(error) => bail!("{error}; the widget shows: {}", self.visible().await),
        }
    }

    /// Turns to the frame again, after somebody looked at the host page.
    pub async fn back_inside(&self) -> Result<()> {
        let Place::Frame(frame) = self.place else { return Ok(()) };
        self.driver.enter_default_frame().await?;
        Ok(self.driver.find(By::Css(frame)).await?.enter_frame().await?)
    }

    /// The same page seen from another place in it.
    pub fn seen_from(&self, place: Place) -> Page {
        Page { place, ..self.clone() }
    }

    /// A visit that knows nothing of the one before: a new entry in the history.
    pub async fn visit_again(&self) -> Result<()> {
        self.goto("about:blank").await?;
        self.open("").await
    }

    pub async fn reload(&self) -> Result<()> {
        self.collect().await;
        self.driver.refresh().await?;
        self.listen().await
    }

    pub async fn back(&self) -> Result<()> {
        if self.kind == Kind::WebKit {
            // Its driver waits for a page load that going back within a page never causes.
            self.js("setTimeout(() => history.back())", json!([])).await?;
            return Ok(());
        }
        Ok(self.driver.back().await?)
    }

    pub async fn forward(&self) -> Result<()> {
        if self.kind == Kind::WebKit {
            self.js("setTimeout(() => history.forward())", json!([])).await?;
            return Ok(());
        }
        Ok(self.driver.forward().await?)
    }

    /// A link of ours, opened in a page that is there already: only the fragment changes.
    pub async fn follow(&self, link: &str) -> Result<()> {
        let fragment = link.split_once('#').map_or("", |(_, fragment)| fragment);
        self.js("location.hash = arguments[0]", json!([fragment])).await?;
        Ok(())
    }

    /// The same as somebody opens it who comes from elsewhere: the page is loaded.
    pub async fn arrive(&self, link: &str) -> Result<()> {
        self.goto("about:blank").await?;
        self.goto(link).await
    }

    // ---- looking ----

    pub async fn js(&self, script: &str, arguments: Value) -> Result<Value> {
        self.run(&self.scoped(script), arguments).await
    }

    /// A script with the document that it is to see.
    fn scoped<'a>(&self, script: &'a str) -> Cow<'a, str> {
        let Place::Element(host) = self.place else { return Cow::Borrowed(script) };
        // Quoted for JavaScript as JSON is.
        Cow::Owned([&INSIDE.replace("HOST", &json!(host).to_string()), script].concat())
    }

    async fn run(&self, script: &str, arguments: Value) -> Result<Value> {
        let arguments = match arguments {
            Value::Array(list) => list,
            other => vec![other],
        };
        Ok(self.driver.execute(script, arguments).await?.json().clone())
    }

    pub async fn text(&self, script: &str, arguments: Value) -> Result<String> {
        Ok(self.js(script, arguments).await?.as_str().unwrap_or_default().to_owned())
    }

    pub async fn is(&self, script: &str, arguments: Value) -> Result<bool> {
        Ok(truthy(&self.js(script, arguments).await?))
    }

    /// Waits until the script returns something that is not false, zero, empty or null.
    pub async fn until(&self, what: &str, script: &str, arguments: Value) -> Result<Value> {
        until(what, async || {
            let value = self.js(script, arguments.clone()).await?;
            Ok(truthy(&value).then_some(value))
        })
        .await
    }

    pub async fn at(&self, step: &str) -> Result<()> {
        let what = format!("the step {step}");
        let found = self
            .until(
                &what,
                "return document.querySelectorAll(`.bsh-step[data-step='${arguments[0]}'] h1`).length",
                json!([step]),
            )
            .await;
        match found {
            Ok(_) => Ok(()),
            Err(error) => bail!("{error}; the page shows: {}", self.visible().await),
        }
    }

    /// The step that the page is at, without waiting.
    pub async fn step(&self) -> Result<String> {
        self.text("return document.querySelector('.bsh-step')?.dataset.step || ''", json!([])).await
    }

    /// The program has taken over from the static page.
    pub async fn ready(&self) -> Result<()> {
        match self.until("the program", "return document.querySelector('.bsh-app')", json!([])).await {
            Ok(_) => Ok(()),
            Err(error) => bail!("{error}; the page shows: {}", self.visible().await),
        }
    }

    /// What a person can read, cut short; for messages.
    pub async fn visible(&self) -> String {
        let text = self.text("return document.body.innerText", json!([])).await.unwrap_or_default();
        let text: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
        // Enough for a panel with the words of a crash, which come last.
        text.chars().take(1000).collect()
    }

    /// The text of the first element that matches.
    pub async fn read(&self, selector: &str) -> Result<String> {
        let value = self
            .until(
                &format!("text in {selector}"),
                "return document.querySelector(arguments[0])?.textContent.replace(/\\s+/g, ' ').trim()",
                json!([selector]),
            )
            .await?;
        Ok(value.as_str().unwrap_or_default().to_owned())
    }

    pub async fn count(&self, selector: &str) -> Result<u64> {
        Ok(self
            .js("return document.querySelectorAll(arguments[0]).length", json!([selector]))
            .await?
            .as_u64()
            .unwrap_or(0))
    }

    pub async fn shows(&self, selector: &str) -> Result<()> {
        self.until(
            selector,
            "const e = document.querySelector(arguments[0]); return e !== null && e.getClientRects().length > 0",
            json!([selector]),
        )
        .await?;
        Ok(())
    }

    pub async fn gone(&self, selector: &str) -> Result<()> {
        self.until(
            &format!("{selector} to go"),
            "return document.querySelector(arguments[0]) === null",
            json!([selector]),
        )
        .await?;
        Ok(())
    }

    /// The chosen value of a group of radios, empty when there is none.
    pub async fn chosen(&self, item: &str) -> Result<String> {
        self.text("return document.querySelector(`input[name='${arguments[0]}']:checked`)?.value || ''", json!([item]))
            .await
    }

    /// Waits until a group of radios has this value.
    pub async fn is_chosen(&self, item: &str, value: &str) -> Result<()> {
        self.until(
            &format!("{item} = {value}"),
            "return document.querySelector(`input[name='${arguments[0]}']:checked`)?.value === arguments[1]",
            json!([item, value]),
        )
        .await?;
        Ok(())
    }

    /// The cause that a failure panel names.
    pub async fn panel(&self) -> Result<String> {
        let cause = self
            .until(
                "a failure panel",
                "return document.querySelector('.bsh-panel[role=alert]')?.dataset.cause",
                json!([]),
            )
            .await;
        match cause {
            Ok(cause) => Ok(cause.as_str().unwrap_or_default().to_owned()),
            Err(error) => bail!("{error}; the page shows: {}", self.visible().await),
        }
    }

    // ---- doing ----

    pub async fn element(&self, selector: &str) -> Result<WebElement> {
        if let Place::Element(_) = self.place {
            let script = self.scoped("return document.querySelector(arguments[0])");
            return until(selector, async || self.found(&script, vec![json!(selector)]).await).await;
        }
        until(selector, async || Ok(Some(self.driver.find(By::Css(selector)).await?))).await
    }

    /// The element that a script returns, if it does.
    async fn found(&self, script: &str, arguments: Vec<Value>) -> Result<Option<WebElement>> {
        let answer = self.driver.execute(script, arguments).await?;
        if answer.json().is_null() {
            return Ok(None);
        }
        Ok(Some(answer.element()?))
    }

    pub async fn button(&self, name: &str) -> Result<WebElement> {
        let script = self.scoped(BUTTON);
        let found =
            until(&format!("the button \"{name}\""), async || self.found(&script, vec![json!(name)]).await).await;
        match found {
            Ok(button) => Ok(button),
            Err(error) => bail!("{error}; the page shows: {}", self.visible().await),
        }
    }

    pub async fn has_button(&self, name: &str) -> Result<bool> {
        Ok(!self.driver.execute(&*self.scoped(BUTTON), vec![json!(name)]).await?.json().is_null())
    }

    /// A click with the pointer, as a person would make it: fails when something lies over the button.
    pub async fn press(&self, name: &str) -> Result<()> {
        let pressed = match self.click(&self.button(name).await?).await {
            // Drawn anew between looking and pressing: a person would press what stands there now.
            Err(error) if stale(&error) => self.click(&self.button(name).await?).await,
            other => other,
        };
        pressed.with_context(|| format!("pressing \"{name}\""))
    }

    pub async fn press_at(&self, selector: &str) -> Result<()> {
        self.click(&self.element(selector).await?).await.with_context(|| format!("pressing {selector}"))
    }

    async fn click(&self, element: &WebElement) -> Result<()> {
        if let Place::Frame(frame) = self.place {
            // A frame as high as its content has everything in its own view: the driver does not scroll the host, and
            // presses where nobody sees it. So it is brought into view first, once it stands still.
            let inner = "const r = arguments[0].getBoundingClientRect(); return r.top + r.height / 2";
            let outer = "const f = document.querySelector(arguments[0]);
                scrollTo({ top: scrollY + f.getBoundingClientRect().top + arguments[1] - innerHeight / 2, behavior: 'instant' });
                return f.clientHeight";
            let mut before = (json!(null), json!(null));
            until("a button that stands still", async || {
                let top = self.run(inner, json!([element.to_json()?])).await?;
                let now = (top.clone(), self.outside(outer, json!([frame, top])).await?);
                let still = now == before;
                before = now;
                Ok(still.then_some(()))
            })
            .await?;
        }
        Ok(element.click().await?)
    }

    /// Chooses an answer by a click on its label.
    pub async fn choose(&self, item: &str, value: &str) -> Result<()> {
        let script = self.scoped(
            "return document.querySelector(`input[name='${arguments[0]}'][value='${arguments[1]}']`)?.labels[0] || null",
        );
        let label = until(&format!("the answer {value} of {item}"), async || {
            self.found(&script, vec![json!(item), json!(value)]).await
        })
        .await?;
        self.click(&label).await.with_context(|| format!("choosing {value} for {item}"))?;
        self.is_chosen(item, value).await
    }

    /// Chooses many answers at once, by script.
    pub async fn fill(&self, answers: &[(&str, &str)]) -> Result<()> {
        let problem = self.text(FILL, json!([answers])).await?;
        ensure!(problem.is_empty(), "{problem}");
        for (item, value) in answers {
            self.is_chosen(item, value).await?;
        }
        Ok(())
    }

    pub async fn type_into(&self, selector: &str, words: &str) -> Result<()> {
        let field = self.element(selector).await?;
        field.clear().await?;
        field.send_keys(words).await?;
        self.until(
            &format!("the text in {selector}"),
            "return document.querySelector(arguments[0]).value === arguments[1]",
            json!([selector, words]),
        )
        .await?;
        Ok(())
    }

    /// A key to whatever has the focus.
    pub async fn key(&self, key: impl Into<TypingData>) -> Result<()> {
        if self.place != Place::Page {
            // The driver's own word for it ends at the element, or, in WebKit, at the frame.
            let script = self.scoped("return document.activeElement");
            let active = until("the element with the focus", async || self.found(&script, Vec::new()).await).await?;
            return Ok(active.send_keys(key).await?);
        }
        Ok(self.driver.active_element().await?.send_keys(key).await?)
    }

    /// A key through the keyboard itself (Tab moves the focus only this way in some engines).
    pub async fn strike(&self, key: impl Into<char>) -> Result<()> {
        let key = key.into();
        Ok(self.driver.action_chain().key_down(key).key_up(key).perform().await?)
    }

    /// Opens the start page and starts.
    pub async fn start(&self, form: &str) -> Result<()> {
        self.open("").await?;
        self.begin(form).await
    }

    /// Starts, on a start page that is open.
    pub async fn begin(&self, form: &str) -> Result<()> {
        self.ready().await?;
        if form != "short" {
            self.choose("bsh-form", form).await?;
        }
        self.press("Start").await?;
        self.at("gate-2").await
    }

    /// Chooses from a list, or gives a field a value that no keyboard types alike in all browsers.
    pub async fn pick(&self, selector: &str, value: &str) -> Result<()> {
        self.element(selector).await?;
        let script = "const field = document.querySelector(arguments[0]);
            field.value = arguments[1];
            for (const type of ['input', 'change']) field.dispatchEvent(new Event(type, { bubbles: true }));
            return field.value";
        let now = self.text(script, json!([selector, value])).await?;
        ensure!(now == value, "{selector} takes no \"{value}\": it says \"{now}\"");
        Ok(())
    }

    /// Answers every item of a page of questions: with this value, or the next lower one that the item has.
    pub async fn answer_page(&self, value: u8) -> Result<()> {
        let script = "for (const set of document.querySelectorAll('.bsh-item')) {
                const fits = [...set.querySelectorAll('input[type=radio]')].filter((e) => /^\\d$/.test(e.value) && +e.value <= arguments[0]);
                fits.at(-1).click();
            }
            return document.querySelectorAll('.bsh-item').length";
        let asked = self.js(script, json!([value])).await?;
        ensure!(asked.as_u64() > Some(0), "there is no question on this page");
        self.until(
            "every answer of the page",
            "return [...document.querySelectorAll('.bsh-item')].every((e) => e.querySelector('input:checked'))",
            json!([]),
        )
        .await?;
        Ok(())
    }

    /// Waits until the element with the focus matches.
    pub async fn focused(&self, selector: &str) -> Result<()> {
        self.until(
            &format!("the focus on {selector}"),
            "return document.activeElement.matches(arguments[0])",
            json!([selector]),
        )
        .await
        .map(|_| ())
    }

    /// Waits until the first element that matches says this.
    pub async fn says(&self, selector: &str, words: &str) -> Result<()> {
        let said = self
            .until(
                &format!("\"{words}\" in {selector}"),
                "return [...document.querySelectorAll(arguments[0])].slice(0, 1).some((e) => e.textContent.replace(/\\s+/g, ' ').includes(arguments[1]))",
                json!([selector, words]),
            )
            .await;
        match said {
            Ok(_) => Ok(()),
            Err(error) => bail!("{error}; it says: {}", self.read(selector).await.unwrap_or_default()),
        }
    }

    // ---- drafts made by hand ----

    /// Opens the app with `tail` on answers that were kept earlier, and goes on where they stop.
    pub async fn resume(&self, tail: &str, draft: &str, step: &str) -> Result<()> {
        self.goto(&self.site.host("blank")).await?;
        self.store(DRAFT, draft).await?;
        self.open(tail).await?;
        self.at("return").await?;
        self.press_at(".bsh-return .bsh-primary").await?;
        self.at(step).await
    }

    /// To a step, as the browser's Forward would lead there.
    pub async fn go(&self, step: &str) -> Result<()> {
        let script = "history.pushState(`${arguments[0]} test`, '');
            dispatchEvent(new PopStateEvent('popstate', { state: history.state }))";
        self.js(script, json!([step])).await?;
        self.at(step).await
    }

    /// The same in an account (`a:` and its id) or in the answers to an invitation (`i:` and its token).
    pub async fn go_in(&self, home: &str, step: &str) -> Result<()> {
        let script = "history.pushState(`${arguments[0]} test ${arguments[1]}`, '');
            dispatchEvent(new PopStateEvent('popstate', { state: history.state }))";
        self.js(script, json!([step, home])).await?;
        self.at(step).await
    }

    /// Whose draft is open, as the history says it: `a:` and an account's id, `i:` and a token, `-`.
    pub async fn home(&self) -> Result<String> {
        self.text("return (history.state || '').split('\\n')[0].split(' ')[2] || ''", json!([])).await
    }

    /// Opens the app on accounts that were kept earlier, by id: at the list of them.
    pub async fn with_accounts(&self, accounts: &[(&str, String)], company: &str) -> Result<()> {
        self.keep_accounts(accounts, company, "").await?;
        self.open("").await?;
        self.at("accounts").await
    }

    /// Puts accounts into the storage, the own company's name, and the language that was chosen.
    pub async fn keep_accounts(&self, accounts: &[(&str, String)], company: &str, lang: &str) -> Result<()> {
        self.goto(&self.site.host("blank")).await?;
        let ids: Vec<&str> = accounts.iter().map(|(id, _)| *id).collect();
        let list = format!("bsh-workspace 1 1\ncompany={company}\nlang={lang}\naccounts={}\n", ids.join(" "));
        self.store(WORKSPACE, &list).await?;
        for (id, text) in accounts {
            self.store(&[ACCOUNT, id].concat(), text).await?;
        }
        Ok(())
    }

    // ---- storage ----

    /// Everything that is stored, by key.
    pub async fn all_stored(&self) -> Result<BTreeMap<String, String>> {
        Ok(serde_json::from_value(self.js("return { ...localStorage }", json!([])).await?)?)
    }

    /// What follows `start` in the keys that begin so, in order.
    pub async fn keys_after(&self, start: &str) -> Result<Vec<String>> {
        let mut found: Vec<String> =
            self.keys().await?.iter().filter_map(|key| key.strip_prefix(start)).map(str::to_owned).collect();
        found.sort();
        Ok(found)
    }

    pub async fn stored(&self, key: &str) -> Result<Option<String>> {
        Ok(self.js("return localStorage.getItem(arguments[0])", json!([key])).await?.as_str().map(str::to_owned))
    }

    pub async fn store(&self, key: &str, value: &str) -> Result<()> {
        self.js("localStorage.setItem(arguments[0], arguments[1])", json!([key, value])).await?;
        Ok(())
    }

    pub async fn keys(&self) -> Result<Vec<String>> {
        let keys = self.js("return Object.keys(localStorage)", json!([])).await?;
        Ok(keys.as_array().into_iter().flatten().filter_map(|key| key.as_str().map(str::to_owned)).collect())
    }

    /// Waits until the stored draft contains this line.
    pub async fn saved(&self, line: &str) -> Result<()> {
        self.saved_in(DRAFT, line).await
    }

    /// The same under another key.
    pub async fn saved_in(&self, key: &str, line: &str) -> Result<()> {
        self.until(
            &format!("\"{line}\" under {key}"),
            "return (localStorage.getItem(arguments[0]) || '').split('\\n').includes(arguments[1])",
            json!([key, line]),
        )
        .await?;
        Ok(())
    }

    /// Waits until a text that is stored under a key fulfils the regular expression; gives back the whole text.
    pub async fn kept(&self, key: &str, pattern: &str) -> Result<String> {
        let text = self
            .until(
                &format!("{pattern} under {key}"),
                "const text = localStorage.getItem(arguments[0]); return new RegExp(arguments[1], 'm').test(text || '') && text",
                json!([key, pattern]),
            )
            .await?;
        Ok(text.as_str().unwrap_or_default().to_owned())
    }

    /// Waits until the stored draft has no line that starts so.
    pub async fn unsaved(&self, start: &str) -> Result<()> {
        self.until(
            &format!("no \"{start}\" in the stored draft"),
            "const text = localStorage.getItem(arguments[0]); return text && !text.split('\\n').some((line) => line.startsWith(arguments[1]))",
            json!([DRAFT, start]),
        )
        .await?;
        Ok(())
    }

    /// Presses a download button and returns what the file says.
    pub async fn download(&self, button: &str) -> Result<String> {
        if self.kind == Kind::WebKit {
            return self.caught(button).await;
        }
        for entry in std::fs::read_dir(&self.downloads)? {
            std::fs::remove_file(entry?.path())?;
        }
        self.press(button).await?;
        until("the downloaded file", async || {
            let mut files = std::fs::read_dir(&self.downloads)?.collect::<std::io::Result<Vec<_>>>()?;
            // While a file arrives there is a second one with an ending of the browser's own.
            if files.len() != 1 {
                return Ok(None);
            }
            let Some(file) = files.pop() else {
                return Ok(None);
            };
            let name = file.file_name().to_string_lossy().into_owned();
            if name.ends_with(".crdownload") || name.ends_with(".part") || name.starts_with('.') {
                return Ok(None);
            }
            let text = std::fs::read_to_string(file.path())?;
            Ok((!text.is_empty()).then_some(text))
        })
        .await
    }

    /// The text of the blob that a download button makes and offers by a link, for engines without a download folder.
    /// The link is not followed: WebKit's browser then opens a bar that moves the page away under the next click.
    async fn caught(&self, button: &str) -> Result<String> {
        let hook = "window.__caught = null; let made = null;
            const real = URL.createObjectURL;
            // Programs of single.html come by such addresses too.
            URL.createObjectURL = (blob) => {
                if (blob.type === 'text/javascript') return real.call(URL, blob);
                made = blob;
                return 'blob:caught';
            };
            HTMLAnchorElement.prototype.click = function () {
                if (this.download && this.href === 'blob:caught') made.text().then((t) => { window.__caught = t; });
            };";
        self.js(hook, json!([])).await?;
        self.press(button).await?;
        let text = self.until("the text of the download", "return window.__caught", json!([])).await?;
        Ok(text.as_str().unwrap_or_default().to_owned())
    }

    /// Presses a button that hands over a file, and takes the file with its name and type, whatever is in it. It does not
    /// reach the disk: browsers stop a page that hands over more than ten.
    pub async fn take(&self, selector: &str) -> Result<Taken> {
        self.handed_over(selector, true).await
    }

    /// The same for a few files, which really arrive where the browser has a folder for downloads.
    pub async fn take_from_disk(&self, selector: &str) -> Result<Taken> {
        if self.kind == Kind::WebKit {
            return self.take(selector).await;
        }
        for entry in std::fs::read_dir(&self.downloads)? {
            std::fs::remove_file(entry?.path())?;
        }
        let made = self.handed_over(selector, false).await?;
        let path = self.downloads.join(&made.name);
        let bytes = until(&format!("{} among the downloads", made.name), async || {
            let there = std::fs::read(&path).ok();
            Ok(there.filter(|there| there.len() == made.bytes.len()))
        })
        .await?;
        Ok(Taken { bytes, ..made })
    }

    async fn handed_over(&self, selector: &str, stays: bool) -> Result<Taken> {
        self.js(SPY, json!([stays])).await?;
        self.press_at(selector).await?;
        let made = self
            .until(&format!("the file of {selector}"), "return window.__taken.splice(0)[0]", json!([]))
            .await
            .with_context(|| format!("pressed {selector}"))?;
        let said = |at: usize| made[at].as_str().unwrap_or_default().to_owned();
        // A character for each byte.
        let bytes = said(2).chars().map(|sign| sign as u8).collect();
        Ok(Taken { name: said(0), media: said(1), bytes })
    }

    /// The page that is open as a PDF: width and height of the sheet in millimetres.
    pub async fn print(&self, (width, height): (u32, u32)) -> Result<Vec<u8>> {
        let page = PrintPage { width: f64::from(width) / 10.0, height: f64::from(height) / 10.0 };
        // Firefox takes them from here and not from the style.
        let margin = PrintMargins { top: 1.6, bottom: 1.8, left: 1.5, right: 1.5 };
        Ok(self.driver.print_page(PrintParameters { page, margin, ..PrintParameters::default() }).await?)
    }

    /// Gives a file to the input of the start page.
    pub async fn open_file(&self, name: &str, text: &str) -> Result<()> {
        let folder = self.downloads.with_extension("open");
        std::fs::create_dir_all(&folder)?;
        let path = folder.join(name);
        std::fs::write(&path, text)?;
        let path = path.canonicalize()?;
        self.element("#bsh-open").await?.send_keys(path.to_string_lossy().as_ref()).await?;
        Ok(())
    }

    /// Drops something on the page, as a browser tells it: a text, or a file with this name.
    pub async fn drop_on(&self, selector: &str, text: &str, file: Option<&str>) -> Result<()> {
        self.element(selector).await?;
        let script = "const [selector, text, name] = arguments;
            const dataTransfer = new DataTransfer();
            if (name) dataTransfer.items.add(new File([text], name, { type: 'text/plain' }));
            else dataTransfer.setData('text/plain', text);
            const event = (type) => new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true });
            const target = document.querySelector(selector);
            // Where nobody wants it, it is not dropped.
            if (target.dispatchEvent(event('dragover'))) return 'the page does not take it';
            target.dispatchEvent(event('drop'));
            return ''";
        let problem = self.text(script, json!([selector, text, file])).await?;
        ensure!(problem.is_empty(), "{problem}");
        Ok(())
    }

    // ---- Chromium's own tools ----

    pub async fn cdp(&self, method: &str, parameters: Value) -> Result<Value> {
        Ok(self.driver.cdp().send_raw(method, parameters).await?)
    }

    /// The size of the view, in Chromium only.
    pub async fn view(&self, width: u32, height: u32) -> Result<()> {
        let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.cdp("Emulation.setDeviceMetricsOverride", metrics).await?;
        self.until("the new width", "return innerWidth === arguments[0]", json!([width])).await?;
        Ok(())
    }

    /// Media and media features, in Chromium only; an empty list goes back to normal.
    pub async fn media(&self, media: &str, features: &[(&str, &str)]) -> Result<()> {
        let features: Vec<Value> =
            features.iter().map(|(name, value)| json!({ "name": name, "value": value })).collect();
        self.cdp("Emulation.setEmulatedMedia", json!({ "media": media, "features": features })).await?;
        Ok(())
    }
}

fn truthy(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => false,
        Value::Number(number) => number.as_f64() != Some(0.0),
        Value::String(text) => !text.is_empty(),
        _ => true,
    }
}

fn stale(error: &anyhow::Error) -> bool {
    error.to_string().contains("stale")
}
