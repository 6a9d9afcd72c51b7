//! Runs the tests one after the other and says how each went.
//! Knows tests, time limits and what no test may leave behind; must not know what a test does.

use std::cell::{Cell, RefCell};
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::rc::Rc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow, bail};
use serde_json::json;
use thirtyfour::WebDriver;

use super::args::Args;
use super::engine::{Engine, Kind};
use super::page::{Page, Place};
use super::server::{Options, Site};

/// How WebKit calls a trap in a program.
const TRAPS: [&str; 2] = ["Unreachable code should not be executed", "Out of bounds memory access"];

/// No test takes longer, whatever hangs.
const LIMIT: Duration = Duration::from_secs(120);

pub type Outcome = Pin<Box<dyn Future<Output = Result<()>>>>;

/// One test. `engines` is empty for all of them.
pub struct Test {
    pub name: &'static str,
    pub engines: &'static [Kind],
    pub run: fn(Rc<Env>) -> Outcome,
}

/// Lists async functions as tests: `tests![journey, speed in [Kind::Chromium]]`.
#[macro_export]
macro_rules! tests {
    ($($name:ident $(in $engines:expr)?),* $(,)?) => {
        vec![$($crate::harness::run::Test {
            name: concat!(module_path!(), "::", stringify!($name)),
            engines: $crate::tests!(@engines $($engines)?),
            run: |env| Box::pin($name(env)),
        }),*]
    };
    (@engines) => { &[] };
    (@engines $engines:expr) => { &$engines };
}

/// What a test may use.
pub struct Env {
    pub args: Args,
    pub kind: Kind,
    pub axe: Rc<str>,
    pub engine: Rc<Engine>,
    pub driver: WebDriver,
    pages: RefCell<Vec<Page>>,
    /// The browser is not used for another test.
    spent: Cell<bool>,
    /// What was not there, of a test that could not run.
    lacking: RefCell<Option<String>>,
}

impl Env {
    /// The released files under a server of their own.
    pub fn options(&self) -> Options {
        Options::new(&self.args.dist)
    }

    /// The build with faults that a test can ask for.
    pub fn faulty_options(&self) -> Options {
        Options { faulty: true, ..Options::new(&self.args.faults) }
    }

    /// A page on a server with these options, nothing opened yet.
    pub async fn page(&self, options: Options) -> Result<Page> {
        self.page_in(self.driver.clone(), options).await
    }

    /// The same in another browser session.
    pub async fn page_in(&self, driver: WebDriver, options: Options) -> Result<Page> {
        if !options.root.join("index.html").is_file() {
            bail!("{} holds no index.html", options.root.display());
        }
        Ok(self.page_on(driver, Site::start(options).await?))
    }

    /// The same on a site that is served already.
    pub fn page_on(&self, driver: WebDriver, site: Site) -> Page {
        let page = Page {
            driver,
            site,
            kind: self.kind,
            downloads: self.engine.downloads(),
            frame: None,
            place: Place::Page,
            errors: Rc::default(),
        };
        self.pages.borrow_mut().push(page.clone());
        page
    }

    /// The next test gets a new browser: WebKit's page ends within a second after its storage was filled to the brim.
    pub fn spend(&self) {
        self.spent.set(self.kind == Kind::WebKit);
    }

    /// A test that needs a program which is not there: it is counted as skipped, and as failed where `CI` is set.
    pub fn lacks(&self, what: &str) -> Result<()> {
        if std::env::var_os("CI").is_some_and(|value| !value.is_empty()) {
            bail!("{what}; CI is set, so a test that cannot run counts as failed");
        }
        *self.lacking.borrow_mut() = Some(what.to_owned());
        Ok(())
    }

    /// A plain page on the released files.
    pub async fn plain(&self) -> Result<Page> {
        self.page(self.options()).await
    }

    /// What the browser or its driver did wrong by itself, if that is why a test failed.
    async fn broke(&self, error: &anyhow::Error) -> Option<String> {
        if gone(error) {
            return Some(format!("{error:#}"));
        }
        // WebKitGTK 2.50 now and then stops a program in the middle of a function that has no instruction to do so: once
        // in some thousand page loads (ARCHITECTURE.md, "Every way to crash"). Our own panics come with words of theirs.
        let pages = if self.kind == Kind::WebKit { self.pages.borrow().clone() } else { Vec::new() };
        for page in pages {
            let said = page.visible().await;
            if let Some(at) = TRAPS.iter().find_map(|trap| said.find(trap)) {
                return Some(said[at..].to_owned());
            }
        }
        None
    }

    /// What a good test leaves behind: no report of the policy, no uncaught error.
    async fn leftovers(&self) -> Result<()> {
        let pages = self.pages.borrow().clone();
        let mut errors = self.engine.printed_errors();
        if self.kind == Kind::Chromium {
            let log = self.driver.browser_log().await?;
            // Browsers look for a favicon by themselves, and do not ask about a page that nobody has touched.
            let own = |message: &str| !message.contains("/favicon.ico ") && !message.contains("'beforeunload' confirm");
            errors.extend(log.into_iter().filter(|e| e.level == "SEVERE").map(|e| e.message).filter(|m| own(m)));
        }
        if pages.iter().any(|page| page.site.faulty()) {
            return Ok(());
        }
        for page in &pages {
            page.collect().await;
            errors.extend(page.errors.take());
        }
        let reports: Vec<String> = pages.iter().flat_map(|page| page.site.reports()).collect();
        if let Some(report) = reports.first() {
            bail!("the policy stopped something: {report}");
        }
        if let Some(error) = errors.first() {
            bail!("uncaught error: {error}");
        }
        Ok(())
    }
}

#[derive(Default)]
struct Count {
    passed: usize,
    failed: usize,
    skipped: usize,
}

/// Runs everything; true when nothing failed.
pub async fn run(args: Args, tests: Vec<Test>) -> Result<bool> {
    let axe: Rc<str> =
        std::fs::read_to_string(&args.axe).with_context(|| format!("axe: {}", args.axe.display()))?.into();
    let folder = Folder::new(args.kind)?;
    let mut engine = Rc::new(Engine::start(&args, &folder.0).await?);
    let mut driver = engine.session(&[]).await?;
    let mut count = Count::default();
    let wanted = |test: &&Test| args.only.as_ref().is_none_or(|part| test.name.contains(part.as_str()));
    for test in tests.iter().filter(wanted) {
        let name = test.name.trim_start_matches("e2e::tests::");
        if !test.engines.is_empty() && !test.engines.contains(&args.kind) {
            println!("test {name} ... skipped: not in {}", args.kind.name());
            count.skipped += 1;
            continue;
        }
        let env = |engine: &Rc<Engine>, driver: &WebDriver| {
            Rc::new(Env {
                args: args.clone(),
                kind: args.kind,
                axe: Rc::clone(&axe),
                engine: Rc::clone(engine),
                driver: driver.clone(),
                pages: RefCell::default(),
                spent: Cell::default(),
                lacking: RefCell::default(),
            })
        };
        let start = Instant::now();
        let mut now = env(&engine, &driver);
        let mut result = one(test, &now).await;
        // A browser that ended under the test says nothing about the page; one that does so twice may.
        if let Err(error) = &result
            && let Some(why) = now.broke(error).await
        {
            let why = why.split_whitespace().collect::<Vec<_>>().join(" ");
            println!("test {name} ... the browser or its driver broke ({why}); once more with a new one");
            let next = fresh(&args, &folder.0, &mut engine, &driver).await?;
            let old = std::mem::replace(&mut driver, next);
            let _ = old.leak();
            now = env(&engine, &driver);
            result = one(test, &now).await;
        }
        let seconds = start.elapsed().as_secs_f32();
        let lacking = now.lacking.take();
        match result {
            Ok(()) if lacking.is_some() => {
                println!("test {name} ... skipped: {}", lacking.unwrap_or_default());
                count.skipped += 1;
            }
            Ok(()) => {
                println!("test {name} ... ok ({seconds:.1} s)");
                count.passed += 1;
            }
            Err(error) => {
                println!("test {name} ... FAILED: {error:#} ({seconds:.1} s)");
                count.failed += 1;
                keep_evidence(&driver, &args, name).await;
                // A fresh session, so that one failure does not make the next.
                let next = fresh(&args, &folder.0, &mut engine, &driver).await?;
                let old = std::mem::replace(&mut driver, next);
                let _ = old.leak();
            }
        }
        if args.kind == Kind::Chromium {
            let _ = settle(&driver).await;
        }
        if now.spent.get() {
            let _ = driver.clone().quit().await;
        }
        if driver.enter_default_frame().await.is_err() || driver.goto("about:blank").await.is_err() {
            let next = fresh(&args, &folder.0, &mut engine, &driver).await?;
            let old = std::mem::replace(&mut driver, next);
            let _ = old.leak();
        }
    }
    let _ = tokio::time::timeout(Duration::from_secs(5), driver.quit()).await;
    println!("{} passed, {} failed, {} skipped", count.passed, count.failed, count.skipped);
    Ok(count.failed == 0)
}

/// The driver no longer knows the browser, is gone itself, or lost the answer of a script to a page that was on its way
/// out: WebKit's does each of them once in a few hundred tests. What a page does wrong comes as another error.
fn gone(error: &anyhow::Error) -> bool {
    let text = format!("{error:#}").to_lowercase();
    [
        "session id is invalid",
        "invalid session id",
        "error sending request for url",
        "could not parse script result",
        "error: unknown error",
    ]
    .iter()
    .any(|sign| text.contains(sign))
}

async fn one(test: &Test, env: &Rc<Env>) -> Result<()> {
    let mut task = tokio::task::spawn_local((test.run)(Rc::clone(env)));
    match tokio::time::timeout(LIMIT, &mut task).await {
        Ok(Ok(result)) => {
            let left = env.leftovers().await;
            result.and(left)
        }
        Ok(Err(error)) => Err(anyhow!("the test itself panicked: {error}")),
        Err(_) => {
            task.abort();
            Err(anyhow!("no end after {} s", LIMIT.as_secs()))
        }
    }
}

/// Takes back what a test may have changed about the view.
async fn settle(driver: &WebDriver) -> Result<()> {
    let cdp = driver.cdp();
    cdp.send_raw("Emulation.clearDeviceMetricsOverride", json!({})).await?;
    cdp.send_raw("Emulation.setEmulatedMedia", json!({ "media": "", "features": [] })).await?;
    cdp.send_raw("Emulation.setCPUThrottlingRate", json!({ "rate": 1 })).await?;
    Ok(())
}

/// A new session; a new driver process too when the old one does not give one.
async fn fresh(args: &Args, folder: &Path, engine: &mut Rc<Engine>, old: &WebDriver) -> Result<WebDriver> {
    let _ = tokio::time::timeout(Duration::from_secs(5), old.clone().quit()).await;
    if let Ok(Ok(driver)) = tokio::time::timeout(Duration::from_secs(20), engine.session(&[])).await {
        return Ok(driver);
    }
    *engine = Rc::new(Engine::start(args, folder).await?);
    engine.session(&[]).await
}

/// A picture and the markup of the page as the failure left it.
async fn keep_evidence(driver: &WebDriver, args: &Args, name: &str) {
    let folder = PathBuf::from("target").join("e2e").join(args.kind.name());
    if std::fs::create_dir_all(&folder).is_err() {
        return;
    }
    let name = name.replace("::", "-");
    let work = async {
        let _ = driver.screenshot(&folder.join(format!("{name}.png"))).await;
        if let Ok(source) = driver.source().await {
            let _ = std::fs::write(folder.join(format!("{name}.html")), source);
        }
    };
    let _ = tokio::time::timeout(Duration::from_secs(5), work).await;
}

/// A folder that goes when the run ends.
struct Folder(PathBuf);

impl Folder {
    fn new(kind: Kind) -> Result<Self> {
        let path = std::env::temp_dir().join(format!("bsh-e2e-{}-{}", kind.name(), std::process::id()));
        std::fs::create_dir_all(&path)?;
        Ok(Self(path))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
