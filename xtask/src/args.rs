//! The command line, parsed once.
//!
//! Knows words and options. Must not run anything.

use crate::fault::{Fault, Result};
use crate::single::Own;
use std::path::PathBuf;

#[derive(Debug, PartialEq, Eq)]
pub enum Command {
    Help,
    Serve { release: bool, port: u16 },
    Build { release: bool, features: String },
    Test { suites: Vec<String> },
    Hook,
    Size,
    Bench { load: bool },
    Docs,
    Audit,
    ReleaseNotes { tag: String },
    Dist { verify: bool },
    Single { own: Own, out: Option<PathBuf> },
}

pub const DEFAULT_PORT: u16 = 8080;
pub const DEFAULT_FEATURES: &str = "web";

pub fn parse(words: &[String]) -> Result<Command> {
    let Some((first, rest)) = words.split_first() else {
        return Ok(Command::Help);
    };
    match first.as_str() {
        "help" | "--help" | "-h" => Ok(Command::Help),
        "serve" => {
            let options = Options::read("serve", rest, &["--release", "--port"])?;
            Ok(Command::Serve { release: options.release, port: options.port.unwrap_or(DEFAULT_PORT) })
        }
        "build" => {
            let options = Options::read("build", rest, &["--release", "--features"])?;
            let features = options.features.unwrap_or_else(|| DEFAULT_FEATURES.to_string());
            Ok(Command::Build { release: options.release, features })
        }
        "test" => match rest.iter().find(|word| word.starts_with('-')) {
            Some(option) => {
                Err(Fault::new(format!("`test` has no option `{option}`: name suites, or nothing for all")))
            }
            None => Ok(Command::Test { suites: rest.to_vec() }),
        },
        "hook" => Options::read("hook", rest, &[]).map(|_| Command::Hook),
        "size" => Options::read("size", rest, &[]).map(|_| Command::Size),
        "bench" => match rest {
            [what] if what == "load" => Ok(Command::Bench { load: true }),
            _ => Options::read("bench", rest, &[]).map(|_| Command::Bench { load: false }),
        },
        "docs" => Options::read("docs", rest, &[]).map(|_| Command::Docs),
        "audit" => Options::read("audit", rest, &[]).map(|_| Command::Audit),
        "release-notes" => match rest {
            [tag] if !tag.starts_with('-') => Ok(Command::ReleaseNotes { tag: tag.clone() }),
            _ => Err(Fault::new("`release-notes` takes the tag of the release, and nothing else, as in v1.2.3")),
        },
        "dist" => Options::read("dist", rest, &["--verify"]).map(|options| Command::Dist { verify: options.verify }),
        "single" => {
            let options = Options::read("single", rest, &["--pack", "--address", "--out"])?;
            Ok(Command::Single { own: options.own, out: options.out })
        }
        other => Err(Fault::new(format!(
            "there is no command `{other}`: use serve, build, test, size, bench, docs, single, dist, audit or release-notes"
        ))),
    }
}

#[derive(Default)]
struct Options {
    release: bool,
    verify: bool,
    port: Option<u16>,
    features: Option<String>,
    own: Own,
    out: Option<PathBuf>,
}

impl Options {
    fn read(command: &str, words: &[String], allowed: &[&str]) -> Result<Self> {
        let mut options = Self::default();
        let mut words = words.iter();
        while let Some(word) = words.next() {
            let (name, inline) = match word.split_once('=') {
                Some((name, value)) => (name, Some(value.to_string())),
                None => (word.as_str(), None),
            };
            if !allowed.contains(&name) {
                return Err(Fault::new(match allowed {
                    [] => format!("`{command}` takes no options, `{word}` was given"),
                    _ => format!("`{command}` has no option `{word}`: it knows {}", allowed.join(" and ")),
                }));
            }
            let mut value = || {
                let given = inline.clone().or_else(|| words.next().cloned());
                given.ok_or_else(|| Fault::new(format!("`{name}` needs a value after it")))
            };
            match name {
                "--release" => options.release = true,
                "--verify" => options.verify = true,
                "--features" => options.features = Some(value()?),
                "--pack" => options.own.pack = Some(value()?.into()),
                "--address" => options.own.address = Some(value()?),
                "--out" => options.out = Some(value()?.into()),
                _ => {
                    let text = value()?;
                    let port = text.parse().ok().filter(|port| *port != 0);
                    options.port = Some(port.ok_or_else(|| {
                        Fault::new(format!("`--port {text}` is not a port: give a number from 1 to 65535"))
                    })?);
                }
            }
        }
        Ok(options)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &str) -> Vec<String> {
        line.split_whitespace().map(str::to_string).collect()
    }

    #[test]
    fn reads_every_command() {
        assert_eq!(parse(&[]), Ok(Command::Help));
        assert_eq!(parse(&words("serve")), Ok(Command::Serve { release: false, port: 8080 }));
        assert_eq!(parse(&words("serve --port 9000 --release")), Ok(Command::Serve { release: true, port: 9000 }));
        assert_eq!(
            parse(&words("build --release --features=web,faults")),
            Ok(Command::Build { release: true, features: "web,faults".into() })
        );
        assert_eq!(parse(&words("test native web")), Ok(Command::Test { suites: words("native web") }));
        assert_eq!(parse(&words("size")), Ok(Command::Size));
        assert_eq!(parse(&words("release-notes v1.2.3")), Ok(Command::ReleaseNotes { tag: "v1.2.3".into() }));
        assert_eq!(parse(&words("dist --verify")), Ok(Command::Dist { verify: true }));
        assert_eq!(parse(&words("dist")), Ok(Command::Dist { verify: false }));
        assert_eq!(parse(&words("single")), Ok(Command::Single { own: Own::default(), out: None }));
        let own = Own { pack: Some("a b.json".into()), address: Some("https://x/".into()) };
        let given = ["single", "--pack", "a b.json", "--address=https://x/", "--out", "c.html"].map(String::from);
        assert_eq!(parse(&given), Ok(Command::Single { own, out: Some("c.html".into()) }));
        assert_eq!(parse(&words("bench")), Ok(Command::Bench { load: false }));
        assert_eq!(parse(&words("bench load")), Ok(Command::Bench { load: true }));
    }

    #[test]
    fn refuses_with_a_cure() {
        for (line, part) in [
            ("deploy", "use serve, build, test"),
            ("serve --port", "needs a value"),
            ("serve --port 70000", "from 1 to 65535"),
            ("serve --port 0", "from 1 to 65535"),
            ("build --port 1", "it knows --release and --features"),
            ("test --all", "name suites"),
            ("size now", "takes no options"),
            ("release-notes", "takes the tag"),
            ("release-notes --all", "takes the tag"),
            ("bench loud", "takes no options"),
        ] {
            let text = parse(&words(line)).err().map(|fault| fault.to_string()).unwrap_or_default();
            assert!(text.contains(part), "{line}: {text}");
        }
    }
}
