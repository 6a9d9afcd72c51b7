//! Starting a browser engine: driver process, display, session.
//! Knows flags and capabilities of the three engines; must not know the app.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use thirtyfour::{Capabilities, WebDriver};
use tokio::net::{TcpListener, TcpStream};
use tokio::process::Command;

use super::args::Args;
use super::process::Process;
use super::wait::until;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Chromium,
    Firefox,
    WebKit,
}

impl Kind {
    pub fn read(name: &str) -> Result<Self> {
        Ok(match name {
            "chromium" => Self::Chromium,
            "firefox" => Self::Firefox,
            "webkit" => Self::WebKit,
            _ => bail!("unknown engine {name}: chromium, firefox or webkit"),
        })
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::WebKit => "webkit",
        }
    }
}

/// Flags that keep Chromium on this machine.
const QUIET: [&str; 12] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--no-first-run",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--disable-default-apps",
    "--window-size=1280,900",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
];

const WEBKIT: [&str; 1] = ["--automation"];

const DOWNLOADS: &str = "downloads";

/// A driver that is ready to open sessions; dropping it ends driver, browsers and display.
pub struct Engine {
    pub kind: Kind,
    driver: Process,
    _display: Option<Process>,
    address: String,
    browser: PathBuf,
    folder: PathBuf,
}

impl Engine {
    /// `folder` takes what the browser downloads.
    pub async fn start(args: &Args, folder: &Path) -> Result<Self> {
        std::fs::create_dir_all(folder.join(DOWNLOADS))?;
        let port = TcpListener::bind(("127.0.0.1", 0)).await?.local_addr()?.port();
        let mut command = Command::new(&args.driver);
        let mut display = None;
        match args.kind {
            Kind::Chromium => {
                command.arg(format!("--port={port}"));
            }
            Kind::Firefox => {
                // Port 0 lets Firefox choose its own control port.
                command.arg(format!("--port={port}")).args(["--websocket-port", "0"]);
                command.env("MOZ_HEADLESS", "1");
            }
            Kind::WebKit => {
                let (process, number) = start_display().await?;
                display = Some(process);
                command.arg(format!("--port={port}"));
                command.env("DISPLAY", format!(":{number}")).env("GDK_BACKEND", "x11");
                command.env("WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS", "1");
                command.env("WEBKIT_DISABLE_COMPOSITING_MODE", "1").env("LIBGL_ALWAYS_SOFTWARE", "1");
                command.env("NO_AT_BRIDGE", "1").env("GIO_USE_VFS", "local").env("GSETTINGS_BACKEND", "memory");
            }
        }
        let mut driver = Process::start(command)?;
        until("the driver to listen", async || {
            if driver.has_ended() {
                bail!("the driver ended at once: {}", driver.take_lines().join(" / "));
            }
            Ok(TcpStream::connect(("127.0.0.1", port)).await.ok())
        })
        .await?;
        Ok(Self {
            kind: args.kind,
            driver,
            _display: display,
            address: format!("http://127.0.0.1:{port}"),
            browser: args.browser.clone(),
            folder: folder.to_owned(),
        })
    }

    /// A new browser window; `extra` are further flags of Chromium or WebKit's browser.
    pub async fn session(&self, extra: &[&str]) -> Result<WebDriver> {
        self.open(self.capabilities(extra, "en-US,en")?).await
    }

    /// The same for a visitor who reads other languages; WebKit takes them from its environment only.
    pub async fn session_in(&self, languages: &str) -> Result<WebDriver> {
        let flag = format!("--accept-lang={languages}");
        let flags = if self.kind == Kind::Chromium { vec![flag.as_str()] } else { Vec::new() };
        self.open(self.capabilities(&flags, languages)?).await
    }

    async fn open(&self, caps: Capabilities) -> Result<WebDriver> {
        let driver = WebDriver::builder(&self.address, caps)
            .request_timeout(Duration::from_secs(40))
            .await
            .with_context(|| format!("no session: {}", self.driver.take_lines().join(" / ")))?;
        driver.set_script_timeout(Duration::from_secs(30)).await?;
        driver.set_page_load_timeout(Duration::from_secs(20)).await?;
        if self.kind != Kind::Chromium {
            driver.set_window_rect(0, 0, 1280, 960).await?;
        }
        Ok(driver)
    }

    pub fn folder(&self) -> &Path {
        &self.folder
    }

    pub fn downloads(&self) -> PathBuf {
        self.folder.join(DOWNLOADS)
    }

    /// Uncaught errors that the browser printed since the last call; only Firefox does that.
    pub fn printed_errors(&self) -> Vec<String> {
        self.driver
            .take_lines()
            .into_iter()
            .filter(|line| line.contains("JavaScript error: "))
            .filter(|line| line.contains("http://127.0.0.1") || line.contains("error: file://"))
            .collect()
    }

    fn capabilities(&self, extra: &[&str], languages: &str) -> Result<Capabilities> {
        let binary = &self.browser;
        let options = match self.kind {
            Kind::Chromium => {
                let args: Vec<&str> = QUIET.iter().chain(extra).copied().collect();
                json!({
                    "browserName": "chrome",
                    "pageLoadStrategy": "eager",
                    "goog:chromeOptions": {
                        "binary": binary,
                        "args": args,
                        // Not by the protocol: what is set so ends with the tab that was there first.
                        "prefs": {
                            "download.default_directory": self.downloads(),
                            "download.prompt_for_download": false,
                        },
                    },
                    "goog:loggingPrefs": { "browser": "ALL" },
                })
            }
            Kind::Firefox => json!({
                "browserName": "firefox",
                "pageLoadStrategy": "eager",
                "moz:firefoxOptions": {
                    "binary": binary,
                    "args": ["-headless"],
                    "prefs": {
                        "intl.accept_languages": languages,
                        // The driver switches it off: for visitors every file is a site of its own.
                        "security.fileuri.strict_origin_policy": true,
                        "browser.dom.window.dump.enabled": true,
                        "javascript.options.showInConsole": true,
                        "browser.download.folderList": 2,
                        "browser.download.dir": self.downloads(),
                        "browser.download.useDownloadDir": true,
                        "browser.download.alwaysOpenPanel": false,
                        "browser.helperApps.neverAsk.saveToDisk": "text/plain,application/octet-stream",
                        "network.captive-portal-service.enabled": false,
                        "network.connectivity-service.enabled": false,
                        "datareporting.healthreport.uploadEnabled": false,
                    },
                },
            }),
            Kind::WebKit => json!({
                // Asked any earlier, its driver loses the answer of a script now and then.
                "pageLoadStrategy": "normal",
                "webkitgtk:browserOptions": {
                    "binary": binary,
                    "args": WEBKIT.iter().chain(extra).collect::<Vec<_>>(),
                },
            }),
        };
        let mut caps = Capabilities::new();
        if let Value::Object(map) = options {
            for (key, value) in map {
                caps.set(key, value)?;
            }
        }
        Ok(caps)
    }
}

async fn start_display() -> Result<(Process, u32)> {
    let mut command = Command::new("Xvfb");
    command.args(["-displayfd", "1", "-screen", "0", "1400x1100x24", "-nolisten", "tcp"]);
    let mut process = Process::start(command).context("Xvfb shows WebKit's window")?;
    let number = until("a display", async || {
        if process.has_ended() {
            bail!("Xvfb ended at once: {}", process.take_lines().join(" / "));
        }
        Ok(process.line(|line| line.trim().parse::<u32>().ok()))
    })
    .await?;
    Ok((process, number))
}
