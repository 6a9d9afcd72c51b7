//! What Trunk calls after a build: shrinks the program, adds the pack in every language, the styles and the boot script,
//! names every file after its content and fills the placeholders of index.html.
//!
//! Knows Trunk's staging folder and the project's content folders. Must not know what is in a pack.

use crate::fault::{Doing, Fault, Result};
use crate::options::{self, Reader};
use crate::words::{self, FIRST, Texts};
use crate::{desk, fill, minify, offline, place, run, scripts, shrink, tools};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Set for the hook by a build whose programs panic on request: Trunk does not tell it the features.
pub const FAULTS: &str = "BSH_FAULTS";
/// Set for the hook by `serve`: examples/ stands beside the site.
pub const EXAMPLES: &str = "BSH_EXAMPLES";
/// Set for the hook by `serve`: a worker would keep the build before, and stay at an address that other work uses too.
pub const SERVED: &str = "BSH_SERVED";

/// Where a script has the sentences of the first language, the options, and the names of the files; strings, so that the
/// script is one before it is filled.
const WORDS: &str = "\"{{words}}\"";
pub const OPTIONS: &str = "\"{{options}}\"";
const ASSETS: &str = "\"{{assets}}\"";

pub fn run() -> Result<()> {
    let Some(staging) = std::env::var_os("TRUNK_STAGING_DIR").map(PathBuf::from) else {
        return Err(Fault::new("TRUNK_STAGING_DIR is not set: `hook` is called by Trunk, use `cargo xtask build`"));
    };
    let root = place::root();
    let mut names = BTreeMap::new();
    let release = std::env::var_os("TRUNK_PROFILE").is_some_and(|profile| profile == "release");
    let wasm = staging.join(only_file(&staging, "_bg.wasm")?);
    let glue = staging.join(only_file(&staging, ".js")?);
    if release {
        let fitting = shrink::shrink(&wasm, &read(&glue)?)?;
        write(&glue, fitting.as_bytes())?;
    }
    names.insert("wasm", rename(&wasm, "bsh", "wasm")?);
    names.insert("js", add(&staging, "bsh", "js", scripts::minified(&glue, release, &["--module"])?.as_bytes())?);
    std::fs::remove_file(&glue).doing(format_args!("remove {}", glue.display()))?;
    let first = styles(&root.join("styles"))?;
    names.insert("css", add(&staging, "bsh", "css", minify::css(&minify::by_window(&first)).as_bytes())?);
    names.insert("element-css", add(&staging, "element", "css", minify::css(&first).as_bytes())?);
    let sheets = root.join("styles").join("later");
    let later = styles(&sheets)?;
    names.insert("later-css", add(&staging, "later", "css", minify::css(&minify::by_window(&later)).as_bytes())?);
    names.insert("element-later-css", add(&staging, "later-element", "css", minify::css(&later).as_bytes())?);
    for program in &PROGRAMS {
        let (wasm, glue) = program.build(&staging, release)?;
        names.insert(program.wasm, add(&staging, program.stem, "wasm", &wasm)?);
        names.insert(program.js, add(&staging, program.stem, "js", glue.as_bytes())?);
    }
    let content = root.join("content");
    let languages = words::languages(&content)?;
    let said = words::page(&content, &languages)?;
    let page = staging.join("index.html");
    let html = minify::html(&read(&page)?);
    let shown = Shown::of(&html)?;

    let packs = staging.join(".pack");
    desk::compile("content/packs/hierarchy.json", "content/ui", &packs)?;
    let shipped = read(&packs.join("pack.json"))?;
    let mut files = Vec::new();
    let mut start = Texts::new();
    for code in &languages {
        for kind in ["pack", "more"] {
            let file = packs.join(format!("{kind}.{code}.txt"));
            let bytes = std::fs::read(&file).doing(format_args!("read {}", file.display()))?;
            files.push(add(&staging, &format!("{kind}.{code}"), "txt", &bytes)?);
        }
        let ui = words::read(&content.join("ui").join(format!("{code}.json")))?;
        let ui = words::pick(&format!("content/ui/{code}.json"), &ui, &shown.ui)?;
        if code == FIRST {
            start = ui;
        } else if let Some(page) = said.get(code) {
            let say = say(&ui, page, &shown)?;
            files.push(add(&staging, &format!("say.{code}"), "json", say.as_bytes())?);
        }
    }
    std::fs::remove_dir_all(&packs).doing(format_args!("remove {}", packs.display()))?;
    let files = files.join(" ");

    let first = said.get(FIRST).cloned().unwrap_or_default();
    let boot = inline("boot.js", &scripts::join("boot.js")?, &shown, &first)?;
    let boot = scripts::put("web/boot.js", &options::frame(&boot)?, &[(OPTIONS, &options::script(Reader::Page)?)])?;
    names.insert("boot", add(&staging, "boot", "js", scripts::finish(&staging, &boot, release)?.as_bytes())?);
    // Under names that stay: somebody's page names them.
    let element = inline("element.js", &scripts::join("element.js")?, &shown, &first)?;
    let places = [(OPTIONS, &*options::script(Reader::Element)?), (ASSETS, &*assets(&names, &files)?)];
    let element = scripts::put("web/element.js", &element, &places)?;
    write(&staging.join("element.js"), scripts::finish(&staging, &element, release)?.as_bytes())?;
    let embed = options::embed(&scripts::join("embed.js")?, &said)?;
    write(&staging.join("embed.js"), scripts::finish(&staging, &embed, release)?.as_bytes())?;

    offline::icons(&staging, &mut names)?;
    names.insert("offline", add(&staging, "offline", "js", offline::script(&staging, &said, release)?.as_bytes())?);
    let stale = scripts::finish(&staging, &scripts::join("stale.js")?, release)?;
    write(&staging.join("stale.js"), stale.as_bytes())?;

    let types = place::root().join("web").join("types").join("bsh.d.ts");
    write(&staging.join("bsh.d.ts"), read(&types)?.as_bytes())?;

    let filled = fill::fill(&html, |name| match name.split_once(':') {
        Some(("t", key)) => start.get(key).map(|text| fill::escape_html(text)),
        Some(("p", key)) => first.get(key).map(|text| fill::escape_html(text)),
        Some(("all", key)) => first.contains_key(key).then(|| {
            let texts = languages.iter().filter_map(|code| Some((code.as_str(), said.get(code)?.get(key)?.as_str())));
            fill::in_all(texts)
        }),
        _ if name == "files" => Some(files.clone()),
        // Known once everything else is.
        _ if name == "release" => Some("{{release}}".into()),
        _ => names.get(name).map(|file| format!("./{file}")),
    });
    let filled = filled.map_err(|unknown| {
        Fault::new(format!(
            "index.html has placeholders that nothing fills: {}; known are {}, files, t:KEY of content/ui/{FIRST}.json, \
             p:KEY and all:KEY of content/page/{FIRST}.json",
            unknown.join(" "),
            names.keys().copied().collect::<Vec<_>>().join(", ")
        ))
    })?;
    let apart = offline::apart(&filled)?;
    write(&staging.join("embed.html"), framed(&apart)?.as_bytes())?;
    let whole = match std::env::var_os(SERVED) {
        Some(_) => apart,
        None => offline::site(&staging, &filled, &names, (&start, &first), release)?,
    };
    write(&page, whole.as_bytes())?;
    desk::pages(&staging, &names, &languages, (&files, &shipped), release)?;
    match std::env::var_os(EXAMPLES) {
        Some(_) => desk::examples(&staging),
        None => Ok(()),
    }
}

/// The page as it stands in a frame: its scripts know by `data-embed`, and search engines are to find the other one.
fn framed(page: &str) -> Result<String> {
    let places = [("<html ", "<html data-embed "), ("<head>", "<head>\n<meta name=\"robots\" content=\"noindex\">")];
    scripts::put("index.html", page, &places)
}

/// What element.js knows of the other files, as index.html writes it on its script.
fn assets(names: &BTreeMap<&str, String>, files: &str) -> Result<String> {
    let mut all: BTreeMap<String, String> = BTreeMap::new();
    // The style of an element goes by its own width; that of a page is not for it.
    let own = names.iter().filter(|(name, _)| !matches!(**name, "boot" | "css" | "later-css"));
    for (name, file) in own {
        all.insert(camel(name.strip_prefix("element-").unwrap_or(name)), format!("./{file}"));
    }
    all.insert("files".into(), files.into());
    // On a page of somebody else: not every fault there is ours.
    all.insert("shared".into(), "x".into());
    serde_json::to_string(&all).doing("write the names of the files")
}

/// `later-js` as a script names it: `laterJs`.
fn camel(name: &str) -> String {
    let mut words = name.split('-');
    let first = words.next().unwrap_or_default().to_string();
    words.fold(first, |all, word| {
        let (head, tail) = word.split_at(1.min(word.len()));
        [all, head.to_uppercase(), tail.into()].concat()
    })
}

/// The keys of what index.html shows itself.
pub struct Shown<'a> {
    /// Of the interface, in the language of the visitor.
    ui: Vec<&'a str>,
    /// Of the page, in the language of the visitor.
    page: Vec<&'a str>,
    /// Of the page, in all languages.
    all: Vec<&'a str>,
}

impl<'a> Shown<'a> {
    pub fn of(html: &'a str) -> Result<Shown<'a>> {
        let unmarked = fill::unmarked(html);
        if !unmarked.is_empty() {
            return Err(Fault::new(format!(
                "index.html must mark its texts as data-t=\"KEY\">{{{{t:KEY}}}}, or they stay in {FIRST}: {}",
                unmarked.join(", ")
            )));
        }
        Ok(Shown { ui: fill::keys(html, "t"), page: fill::keys(html, "p"), all: fill::keys(html, "all") })
    }
}

/// A script with the sentences in it that the page does not have.
pub fn inline(file: &str, script: &str, shown: &Shown, first: &Texts) -> Result<String> {
    let elsewhere = |key: &str| shown.page.contains(&key) || shown.all.contains(&key) || offline::said(key).is_some();
    let own: Texts = first.iter().filter(|(key, _)| !elsewhere(key)).map(|(k, v)| (k.clone(), v.clone())).collect();
    scripts::put(file, script, &[(WORDS, &serde_json::to_string(&own).doing("write the sentences of a script")?)])
}

/// What boot.js fetches for another language than the first: the start page's texts and the page's sentences.
fn say(ui: &Texts, page: &Texts, shown: &Shown) -> Result<String> {
    let mut all = ui.clone();
    for (key, text) in page.iter().filter(|(key, _)| !shown.all.contains(&key.as_str()) && offline::said(key).is_none())
    {
        if all.insert(key.clone(), text.clone()).is_some() {
            return Err(Fault::new(format!(
                "{key} is a key of content/page and of content/ui: rename it in content/page"
            )));
        }
    }
    serde_json::to_string(&all).doing("write the texts of a language")
}

/// A program that Trunk does not know of.
struct Program {
    /// Its binary and its feature.
    bin: &'static str,
    feature: &'static str,
    /// How its files begin, and their placeholders in index.html.
    stem: &'static str,
    wasm: &'static str,
    js: &'static str,
    /// The script of web/ that goes with its glue; blank for none.
    script: &'static str,
}

const PROGRAMS: [Program; 5] = [
    Program { bin: "bsh-results", feature: "results", stem: "later", wasm: "later-wasm", js: "later-js", script: "" },
    Program {
        bin: "bsh-accounts",
        feature: "accounts",
        stem: "accounts",
        wasm: "accounts-wasm",
        js: "accounts-js",
        script: "",
    },
    Program {
        bin: "bsh-reports",
        feature: "reports",
        stem: "reports",
        wasm: "reports-wasm",
        js: "reports-js",
        script: "files.js",
    },
    Program {
        bin: "bsh-toolbox",
        feature: "toolbox",
        stem: "toolbox",
        wasm: "toolbox-wasm",
        js: "toolbox-js",
        script: "",
    },
    Program {
        bin: "bsh-author",
        feature: "author-web",
        stem: "author",
        wasm: "author-wasm",
        js: "author-js",
        script: "",
    },
];

/// Every program of the site with the feature that it is built with, Trunk's own first.
pub fn programs() -> impl Iterator<Item = (&'static str, &'static str)> {
    let others = PROGRAMS.iter().map(|program| (program.bin, program.feature));
    std::iter::once(("bsh-visitor", crate::args::DEFAULT_FEATURES)).chain(others)
}

impl Program {
    /// Its wasm file and its glue.
    fn build(&self, staging: &Path, release: bool) -> Result<(Vec<u8>, String)> {
        let name = self.bin;
        let mut build = run::cargo(&["build", "--quiet", "--target", tools::WASM_TARGET, "--no-default-features"]);
        let faults = std::env::var_os(FAULTS).is_some();
        let features = [self.feature, if faults { ",faults" } else { "" }].concat();
        build.args(["--package", "buy-sell-hierarchy", "--features", &features, "--bin", name]);
        if release {
            build.arg("--release");
        }
        if !run::shown(&mut build)? {
            return Err(Fault::new(format!("{name} could not be built: see the messages above")));
        }
        let profile = if release { "release" } else { "debug" };
        let built = place::target().join(tools::WASM_TARGET).join(profile).join(format!("{name}.wasm"));
        let folder = staging.join(format!(".{}", self.stem));
        // Trunk has the folders of its tools on the path for its hooks.
        let mut bind = run::command("wasm-bindgen", &["--target", "web", "--no-typescript", "--out-name", name]);
        bind.arg("--out-dir").arg(&folder).arg(&built);
        if !run::shown(&mut bind)? {
            return Err(Fault::new(format!("wasm-bindgen could not read {name}: see its message above")));
        }
        let wasm = folder.join(format!("{name}_bg.wasm"));
        let glue = folder.join(format!("{name}.js"));
        if release {
            let fitting = shrink::shrink(&wasm, &read(&glue)?)?;
            write(&glue, fitting.as_bytes())?;
        }
        if !self.script.is_empty() {
            write(&glue, [&*read(&glue)?, "\n", &scripts::join(self.script)?].concat().as_bytes())?;
        }
        let bytes = std::fs::read(&wasm).doing(format_args!("read {}", wasm.display()))?;
        let glue = scripts::minified(&glue, release, &["--module"])?;
        std::fs::remove_dir_all(&folder).doing(format_args!("remove {}", folder.display()))?;
        Ok((bytes, glue))
    }
}

/// All style sheets as one: the tokens, the base, then the rest by name.
pub fn styles(folder: &Path) -> Result<String> {
    let mut files = files(folder)?;
    files.retain(|name| name.ends_with(".css"));
    files.sort_by_key(|name| (name != "tokens.css", name != "base.css", name.clone()));
    if files.is_empty() {
        return Err(Fault::new("there are no style sheets in styles/"));
    }
    let sheets: Result<Vec<String>> = files.iter().map(|name| read(&folder.join(name))).collect();
    Ok(sheets?.join("\n"))
}

fn files(folder: &Path) -> Result<Vec<String>> {
    let doing = format!("list {}", folder.display());
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder).doing(&doing)? {
        let entry = entry.doing(&doing)?;
        if entry.path().is_file() {
            names.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    names.sort();
    Ok(names)
}

fn only_file(staging: &Path, ending: &str) -> Result<String> {
    let mut found = files(staging)?;
    found.retain(|name| name.ends_with(ending));
    match <[String; 1]>::try_from(found) {
        Ok([name]) => Ok(name),
        Err(found) => Err(Fault::new(format!("Trunk should leave one *{ending}, it left {}: {found:?}", found.len()))),
    }
}

fn rename(old: &Path, stem: &str, ending: &str) -> Result<String> {
    let bytes = std::fs::read(old).doing(format_args!("read {}", old.display()))?;
    let new = named(stem, ending, &bytes);
    std::fs::rename(old, old.with_file_name(&new)).doing(format_args!("rename {}", old.display()))?;
    Ok(new)
}

pub fn add(staging: &Path, stem: &str, ending: &str, bytes: &[u8]) -> Result<String> {
    let name = named(stem, ending, bytes);
    write(&staging.join(&name), bytes)?;
    Ok(name)
}

fn named(stem: &str, ending: &str, bytes: &[u8]) -> String {
    format!("{stem}-{}.{ending}", fill::content_hash(bytes))
}

pub fn read(file: &Path) -> Result<String> {
    std::fs::read_to_string(file).doing(format_args!("read {}", file.display()))
}

pub fn write(file: &Path, bytes: &[u8]) -> Result<()> {
    std::fs::write(file, bytes).doing(format_args!("write {}", file.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HTML: &str =
        "<title>{{p:page.title}}</title><h1 data-t=\"start.title\">{{t:start.title}}</h1>{{all:page.stuck}}";

    fn texts(pairs: &[(&str, &str)]) -> Texts {
        pairs.iter().map(|(key, text)| (key.to_string(), text.to_string())).collect()
    }

    fn page() -> Texts {
        texts(&[("page.title", "T"), ("page.stuck", "S"), ("wait", "a \"b\"")])
    }

    #[test]
    fn boot_gets_what_the_page_does_not_show() -> Result<()> {
        let shown = Shown::of(HTML)?;
        assert_eq!(inline("f", "x = \"{{words}}\";", &shown, &page())?, "x = {\"wait\":\"a \\\"b\\\"\"};");
        assert!(inline("f", "x = 1", &shown, &page()).is_err());
        Ok(())
    }

    #[test]
    fn another_language_gets_start_page_and_sentences() -> Result<()> {
        let shown = Shown::of(HTML)?;
        let ui = texts(&[("start.title", "U")]);
        let said = "{\"page.title\":\"T\",\"start.title\":\"U\",\"wait\":\"a \\\"b\\\"\"}";
        assert_eq!(say(&ui, &page(), &shown)?, said);
        assert!(say(&texts(&[("wait", "W")]), &page(), &shown).is_err());
        Ok(())
    }

    #[test]
    fn a_text_without_its_mark_is_a_fault() {
        assert!(Shown::of("<h1>{{t:start.title}}</h1>").is_err());
    }

    #[test]
    fn the_page_and_its_script_have_their_places() -> Result<()> {
        let html = read(&place::root().join("index.html"))?;
        let shown = Shown::of(&html)?;
        assert!(shown.ui.contains(&"start.title") && shown.all.contains(&"page.noscript"));
        inline("boot.js", &scripts::join("boot.js")?, &shown, &page()).map(|_| ())
    }
}
