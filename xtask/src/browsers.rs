//! The three browser engines and their drivers: where they are, and how they come on Debian.
//!
//! Knows programs and packages. Must not know what is tested in them.

use crate::fault::{Fault, Result};
use crate::{place, run, tools};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    Chromium,
    Firefox,
    Webkit,
}

/// A browser and the program that drives it.
#[derive(Debug, Clone)]
pub struct Pair {
    pub browser: PathBuf,
    pub driver: PathBuf,
}

impl Engine {
    pub fn name(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::Webkit => "webkit",
        }
    }

    fn browser(self) -> Option<PathBuf> {
        match self {
            Self::Chromium => first_on_path(&["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]),
            Self::Firefox => first_on_path(&["firefox-esr", "firefox"]),
            Self::Webkit => in_libraries("MiniBrowser"),
        }
    }

    /// Geckodriver is no package of Debian's: cargo builds it, see `ensure`.
    fn driver(self) -> Option<PathBuf> {
        match self {
            Self::Chromium => first_on_path(&["chromedriver"]),
            Self::Firefox => None,
            Self::Webkit => first_on_path(&["WebKitWebDriver"]).or_else(|| in_libraries("WebKitWebDriver")),
        }
    }

    /// What is not there yet, by the names of Debian's packages.
    fn missing(self) -> Vec<&'static str> {
        let mut missing = Vec::new();
        let browser = self.browser().is_some();
        match self {
            Self::Chromium => {
                missing.extend((!browser).then_some("chromium"));
                missing.extend(self.driver().is_none().then_some("chromium-driver"));
            }
            Self::Firefox => missing.extend((!browser).then_some("firefox-esr")),
            Self::Webkit => {
                missing.extend((!browser || self.driver().is_none()).then_some("webkit2gtk-driver"));
                missing.extend(place::on_path("Xvfb").is_none().then_some("xvfb"));
            }
        }
        missing
    }

    /// The engine, installed on Debian as root; none, with a line that names what is missing, elsewhere.
    pub fn ensure(self) -> Result<Option<Pair>> {
        let missing = self.missing();
        if !missing.is_empty() && debian_root() {
            install(&[&missing[..], &["fonts-dejavu-core"]].concat())?;
        }
        let missing = self.missing();
        let Some(browser) = self.browser().filter(|_| missing.is_empty()) else {
            println!(
                "{}: missing ({}); install these with your system's package manager, without them its suites cannot run",
                self.name(),
                missing.join(", ")
            );
            return Ok(None);
        };
        println!("{}: here", self.name());
        let driver = match self.driver() {
            Some(driver) => driver,
            None => tools::GECKODRIVER.ensure()?.join(format!("geckodriver{}", std::env::consts::EXE_SUFFIX)),
        };
        Ok(Some(Pair { browser, driver }))
    }
}

/// The programs that read a PDF, installed on Debian as root; elsewhere, where they are missing, the tests of what is
/// printed are skipped.
pub fn ensure_paper() -> Result<()> {
    let missing = || ["pdftotext", "pdfinfo"].iter().any(|program| place::on_path(program).is_none());
    if missing() && debian_root() {
        install(&["poppler-utils"])?;
    }
    println!("poppler-utils: {}", if missing() { "missing; the tests of what is printed are skipped" } else { "here" });
    Ok(())
}

fn first_on_path(names: &[&str]) -> Option<PathBuf> {
    names.iter().find_map(|name| place::on_path(name))
}

/// WebKitGTK keeps its programs beside its libraries: /usr/lib/<machine>/webkit2gtk-4.x/ or /usr/libexec/webkit2gtk-4.x/.
fn in_libraries(program: &str) -> Option<PathBuf> {
    let mut homes = vec![PathBuf::from("/usr/libexec"), PathBuf::from("/usr/lib"), PathBuf::from("/usr/lib64")];
    homes.extend(subfolders(Path::new("/usr/lib"), "-linux-"));
    let mut found: Vec<PathBuf> = Vec::new();
    for home in homes {
        let folders = subfolders(&home, "webkit2gtk-").into_iter().chain(subfolders(&home, "webkitgtk-"));
        found.extend(folders.map(|folder| folder.join(program)).filter(|file| place::executable(file)));
    }
    found.sort();
    found.into_iter().next_back()
}

fn subfolders(folder: &Path, part: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let paths = entries.map(|entry| entry.path()).filter(|path| path.is_dir());
    paths.filter(|path| path.file_name().is_some_and(|name| name.to_string_lossy().contains(part))).collect()
}

pub fn debian_root() -> bool {
    let system = std::fs::read_to_string("/etc/os-release").unwrap_or_default();
    system.lines().any(|line| line.trim() == "ID=debian") && place::on_path("apt-get").is_some() && is_root()
}

pub fn is_root() -> bool {
    run::captured(&mut run::command("id", &["-u"])).is_ok_and(|id| id.trim() == "0")
}

pub fn install(packages: &[&str]) -> Result<()> {
    println!("{}: missing; installing with apt-get, about a minute", packages.join(", "));
    let apt = |arguments: &[&str]| {
        let mut command = run::command("apt-get", arguments);
        command.env("DEBIAN_FRONTEND", "noninteractive");
        run::captured(&mut command).map_err(|fault| {
            Fault::new(format!(
                "{fault}\napt-get could not install {}: check the network and run the command again",
                packages.join(", ")
            ))
        })
    };
    apt(&["update", "-q"])?;
    let mut arguments = vec!["install", "-y", "-q", "--no-install-recommends"];
    arguments.extend(packages);
    apt(&arguments).map(|_| ())
}

/// A screen that nobody sees, for the engine that has no headless mode. Ends with its owner.
pub struct Screen {
    server: Child,
    display: String,
}

impl Screen {
    pub fn start() -> Result<Self> {
        let mut server = Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", "1400x1000x24", "-nolisten", "tcp"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| Fault::new(format!("Xvfb does not start ({error}): install the package xvfb")))?;
        let mut line = String::new();
        if let Some(output) = server.stdout.take() {
            // An empty line is the fault that is reported below.
            let _ = BufReader::new(output).read_line(&mut line);
        }
        let screen = Self { server, display: format!(":{}", line.trim()) };
        match line.trim().parse::<u32>() {
            Ok(_) => Ok(screen),
            Err(_) => Err(Fault::new("Xvfb ended before it gave a display: check that /tmp/.X11-unix can be written")),
        }
    }

    pub fn show(&self, command: &mut Command) {
        command.env("DISPLAY", &self.display).env_remove("WAYLAND_DISPLAY");
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        // It may have ended by itself, which is what is wanted.
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}
