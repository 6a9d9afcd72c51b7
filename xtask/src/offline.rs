//! What makes the standalone page an app that works without a network: its manifest and icons, the worker with the list of
//! what it keeps, and the script that registers it.
//!
//! Knows which files the built page names. Must not know what is in them, nor name one that is kept: the list is made from
//! the files that are there.

use crate::fault::{Doing, Fault, Result};
use crate::hook::{add, read, write};
use crate::words::{FIRST, Texts};
use crate::{fill, minify, place, run, scripts};
use std::collections::BTreeMap;
use std::path::Path;

/// The worker's name stays, since browsers look for the next one there. So does the manifest's.
const WORKER: &str = "sw.js";
const MANIFEST: &str = "manifest.webmanifest";
/// What the page names and no worker keeps: the author's program is for questions of somebody's own, which come over the
/// network.
const NOT_KEPT: &str = "author-";
/// Where the page says what it is registered by; and its lines that are about the app.
const MARKS: [&str; 2] = [" data-offline=\"", " data-release=\""];
const LINES: [&str; 2] = ["<link rel=\"manifest\"", "<link rel=\"apple-touch-icon\""];
/// What index.html has in place of the release until everything else is known.
const RELEASE: &str = "{{release}}";
/// The icons by placeholder, and their file in web/icons/.
const ICONS: [(&str, &str, &str); 5] = [
    ("icon-any", "any", "svg"),
    ("icon-192", "192", "png"),
    ("icon-512", "512", "png"),
    ("icon-maskable", "maskable", "png"),
    ("icon-touch", "touch", "png"),
];

/// SHA-256 as `integrity` has it. Node is there for every build, so no crate is compiled for this.
const HASH: &str = r#"
const { createHash } = require("node:crypto"), { readFileSync } = require("node:fs");
const hash = (file) => `sha256-${createHash("sha256").update(readFileSync(file)).digest("base64")}`;
console.log(JSON.stringify(process.argv.slice(1).map(hash)));
"#;

/// The name of a sentence that the script of the bar says, where a key of content/page is one.
pub fn said(key: &str) -> Option<&str> {
    key.strip_prefix("update.")
}

/// Puts the icons beside the page, named by their content.
pub fn icons(staging: &Path, names: &mut BTreeMap<&str, String>) -> Result<()> {
    let folder = place::root().join("web").join("icons");
    for (name, stem, ending) in ICONS {
        let file = folder.join(format!("{stem}.{ending}"));
        let bytes = std::fs::read(&file).doing(format_args!("read {}", file.display()))?;
        names.insert(name, add(staging, name, ending, &bytes)?);
    }
    Ok(())
}

/// offline.js with its sentences in every language, the first one first, and its style.
pub fn script(staging: &Path, said: &BTreeMap<String, Texts>, release: bool) -> Result<String> {
    let style = minify::css(&read(&place::root().join("styles").join("offline").join("news.css"))?);
    let style = serde_json::to_string(&style).doing("write the style of the bar")?;
    let places = [("\"{{words}}\"", &*words(said)?), ("\"{{style}}\"", &style)];
    let script = scripts::put("web/offline.js", &scripts::join("offline.js")?, &places)?;
    scripts::finish_module(staging, &script, release)
}

fn words(all: &BTreeMap<String, Texts>) -> Result<String> {
    let mut codes: Vec<&String> = all.keys().collect();
    codes.sort_by_key(|code| (*code != FIRST, *code));
    let mut parts = Vec::new();
    for code in codes {
        let texts = all.get(code).into_iter().flatten();
        let own: BTreeMap<&str, &String> = texts.filter_map(|(key, text)| Some((said(key)?, text))).collect();
        let own = serde_json::to_string(&own).doing("write the sentences of the bar")?;
        parts.push(format!("\"{code}\":{own}"));
    }
    Ok(format!("{{{}}}", parts.join(",")))
}

/// The page without all this: as it stands in a frame, and while it is being worked on.
pub fn apart(page: &str) -> Result<String> {
    let mut page = page.to_string();
    for mark in MARKS {
        let Some((before, rest)) = page.split_once(mark) else {
            return Err(Fault::new(format!("index.html must say {}...\" on its script", mark.trim_start())));
        };
        let rest = rest.split_once('"').map_or("", |(_, rest)| rest);
        page = [before, rest].concat();
    }
    let kept = page.lines().filter(|line| !LINES.iter().any(|start| line.starts_with(start)));
    Ok(kept.flat_map(|line| [line, "\n"]).collect())
}

/// Writes manifest and worker; gives back the page with the name of its release, which the worker has too.
pub fn site(
    staging: &Path,
    page: &str,
    names: &BTreeMap<&str, String>,
    (start, first): (&Texts, &Texts),
    release: bool,
) -> Result<String> {
    let manifest = manifest(&read(&place::root().join("web").join("manifest.json"))?, names, (start, first))?;
    write(&staging.join(MANIFEST), manifest.as_bytes())?;
    let kept = kept(&[page, &manifest].concat(), &files(staging)?);
    let paths: Vec<_> = kept.iter().map(|name| staging.join(name)).collect();
    let hashes: Vec<String> = serde_json::from_str(&run::captured(run::command("node", &["-e", HASH]).args(paths))?)
        .doing("read the hashes")?;
    let list: BTreeMap<&String, String> = kept.iter().zip(hashes).collect();
    let list = serde_json::to_string(&list).doing("write the list of the worker")?;
    let worker = scripts::put("web/sw.js", &scripts::join(WORKER)?, &[("\"{{list}}\"", &list)])?;
    let worker = scripts::finish(staging, &worker, release)?;
    // Another page, another file or another worker is another release.
    let name = fill::content_hash([page, &worker].concat().as_bytes());
    if !worker.contains(RELEASE) {
        return Err(Fault::new(format!("web/sw.js must have {RELEASE}, for what the build fills in")));
    }
    write(&staging.join(WORKER), worker.replace(RELEASE, &name).as_bytes())?;
    scripts::put("index.html", page, &[(RELEASE, &name)])
}

/// What page and manifest need of the files that are there: all that they name, whatever it is. The manifest itself may be
/// changed by whoever looks after the site, so it has no hash.
fn kept(texts: &str, there: &[String]) -> Vec<String> {
    let stays = |name: &&String| *name == MANIFEST || name.starts_with(NOT_KEPT);
    there.iter().filter(|name| texts.contains(name.as_str()) && !stays(name)).cloned().collect()
}

fn files(staging: &Path) -> Result<Vec<String>> {
    let doing = format!("list {}", staging.display());
    let mut names = Vec::new();
    for entry in std::fs::read_dir(staging).doing(&doing)? {
        names.push(entry.doing(&doing)?.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    Ok(names)
}

fn manifest(text: &str, names: &BTreeMap<&str, String>, (start, first): (&Texts, &Texts)) -> Result<String> {
    let inside = |text: &String| {
        let quoted = serde_json::to_string(text).unwrap_or_default();
        // Without the quotes around it; one at the end of the text stays.
        let inside = quoted.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
        inside.unwrap_or_default().to_string()
    };
    let filled = fill::fill(text, |name| match name.split_once(':') {
        Some(("t", key)) => start.get(key).map(inside),
        Some(("p", key)) => first.get(key).map(inside),
        _ if name == "lang" => Some(FIRST.into()),
        _ => names.get(name).map(|file| format!("./{file}")),
    });
    let filled = filled.map_err(|unknown| {
        Fault::new(format!("web/manifest.json has placeholders that nothing fills: {}", unknown.join(" ")))
    })?;
    let read: serde_json::Value = serde_json::from_str(&filled).doing("read web/manifest.json as it was filled")?;
    serde_json::to_string(&read).doing("write the manifest")
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<link rel=\"manifest\" href=\"./m\">\n<script src=\"./boot-1.js\" data-a=\"./later-2.js\" \
        data-offline=\"./offline-3.js\" data-release=\"4\" data-b=\"./author-5.js\"></script>\n<p>Text\n";

    #[test]
    fn a_page_apart_says_nothing_of_it() -> Result<()> {
        let said = "<script src=\"./boot-1.js\" data-a=\"./later-2.js\" data-b=\"./author-5.js\"></script>\n<p>Text\n";
        assert_eq!(apart(PAGE)?, said);
        assert!(apart("<script>").is_err());
        apart(&minify::html(&read(&place::root().join("index.html"))?)).map(|_| ())
    }

    #[test]
    fn what_the_page_names_is_kept() {
        let there = ["author-5.js", "boot-1.js", "boot-9.js", "later-2.js", "offline-3.js", "pack.html"];
        let there = there.map(String::from);
        assert_eq!(kept(PAGE, &there), ["boot-1.js", "later-2.js", "offline-3.js"]);
    }

    #[test]
    fn the_first_language_comes_first() -> Result<()> {
        let texts = |text: &str| -> Texts {
            [("update.now", text), ("wait", "w")].map(|(key, text)| (key.into(), text.into())).into()
        };
        let all = [("da", "D"), ("en", "E \"e\""), ("nl", "N")].map(|(code, text)| (code.to_string(), texts(text)));
        let said = "{\"en\":{\"now\":\"E \\\"e\\\"\"},\"da\":{\"now\":\"D\"},\"nl\":{\"now\":\"N\"}}";
        assert_eq!(words(&all.into())?, said);
        Ok(())
    }

    /// The colours of the window before the page is there are those of the page.
    #[test]
    fn the_manifest_fits_the_page() -> Result<()> {
        let text = read(&place::root().join("web").join("manifest.json"))?;
        let names = ICONS.map(|(name, ..)| (name, format!("{name}-0"))).into();
        let texts = |key: &str| Texts::from([(key.to_string(), "a \"b\"".to_string())]);
        let made = manifest(&text, &names, (&texts("app.name"), &texts("page.description")))?;
        let made: serde_json::Value = serde_json::from_str(&made).doing("read the manifest")?;
        assert_eq!((&made["name"], &made["lang"]), (&"a \"b\"".into(), &FIRST.into()));
        let page = read(&place::root().join("index.html"))?;
        for key in ["theme_color", "background_color"] {
            let color = made[key].as_str().unwrap_or_default();
            assert!(color.len() == 7 && page.contains(&format!("(prefers-color-scheme: light)\" content=\"{color}\"")));
        }
        assert!(manifest("{\"a\": \"{{b}}\"}", &names, (&Texts::new(), &Texts::new())).is_err());
        Ok(())
    }

    /// As large as the manifest and the page say they are.
    #[test]
    fn icons_have_their_size() -> Result<()> {
        for (_, stem, ending) in ICONS.iter().filter(|(.., ending)| *ending == "png") {
            let file = place::root().join("web").join("icons").join(format!("{stem}.{ending}"));
            let bytes = std::fs::read(&file).doing(format_args!("read {}", file.display()))?;
            let side = |at: usize| bytes.get(at..at + 4).map(|b| b.iter().fold(0, |n, b| n * 256 + u32::from(*b)));
            let size = match *stem {
                "192" => 192,
                "touch" => 180,
                _ => 512,
            };
            assert_eq!((side(16), side(20)), (Some(size), Some(size)), "{stem}");
        }
        Ok(())
    }
}
