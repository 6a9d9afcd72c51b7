//! single.html: the built site in one file, which runs from a folder or a stick by a double click.
//!
//! Knows index.html, what its script names, and content/single. Every file of the build that the script names is packed
//! into the page; nothing is listed by hand. Must not know what a program does.

use crate::fault::{Doing, Fault, Result};
use crate::hook::{self, read};
use crate::options::{self, Reader};
use crate::words::{self, FIRST, Texts};
use crate::{desk, fill, minify, node, place, run, scripts};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What somebody may put into a copy of their own.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Own {
    /// Their questions, in JSON.
    pub pack: Option<PathBuf>,
    /// Where the page stands on the web: invitations lead there.
    pub address: Option<String>,
}

/// Where the texts of the line above the pages stand in web/carried.js.
const COPY: &str = "\"{{copy}}\"";
/// How the texts of that line are called; the others of content/single take the place of those of the same name.
const LINE: &str = "copy.";

/// What boot.js is told that makes sense on the web alone: a file has no caches to keep it, and no newer release.
const WEB_ONLY: [&str; 2] = ["data-offline", "data-release"];

/// gzip is what browsers unpack without a library. Node has it built in, and the hash that a policy names.
const PACK: &str = r#"
const { gzipSync } = require("node:zlib"), { createHash } = require("node:crypto"), { readFileSync } = require("node:fs");
const packed = process.argv.slice(1).map((file) => {
  const raw = readFileSync(file);
  return [gzipSync(raw, { level: 9 }).toString("base64"), createHash("sha256").update(raw).digest("base64")];
});
console.log(JSON.stringify(packed));
"#;

/// Makes `out` from the site that was built into `site`.
pub fn write(site: &Path, out: &Path) -> Result<()> {
    write_own(site, out, &Own::default())
}

/// `cargo xtask single`
pub fn run(own: &Own, out: Option<PathBuf>) -> Result<()> {
    let out = out.unwrap_or_else(place::single);
    write_own(&place::dist(), &out, own)?;
    let size = std::fs::metadata(&out).doing(format_args!("read {}", out.display()))?.len();
    println!("{} has the whole site in {} kB: it runs from any folder.", out.display(), size / 1000);
    Ok(())
}

/// The same with somebody's own questions and address.
pub fn write_own(site: &Path, out: &Path, own: &Own) -> Result<()> {
    node::ensure_node()?;
    let folder = out.parent().map_or_else(PathBuf::new, Path::to_path_buf);
    let work = folder.join(".single");
    std::fs::create_dir_all(&work).doing(format_args!("make {}", work.display()))?;
    let made = make(site, &work, own).and_then(|html| hook::write(out, html.as_bytes()));
    std::fs::remove_dir_all(&work).doing(format_args!("remove {}", work.display()))?;
    made
}

fn make(site: &Path, work: &Path, own: &Own) -> Result<String> {
    let root = place::root();
    let index = site.join("index.html");
    if !index.is_file() {
        return Err(Fault::new(format!("{} is not there: run `cargo xtask build --release` first", index.display())));
    }
    let html = read(&index)?;
    let (tag, mut data) = script_tag(&html)?;
    data.retain(|(name, _)| !WEB_ONLY.contains(&name.as_str()));
    let said = Said::read(&root.join("content"))?;

    // ---- the files ----

    let mut files: Vec<PathBuf> = Vec::new();
    let mut style = String::new();
    for href in stylesheets(&html).chain(data.iter().map(|(_, value)| value.as_str())) {
        match href.strip_prefix("./") {
            Some(name) if name.ends_with(".css") => style.push_str(&read(&site.join(name))?),
            Some(name) => files.push(site.join(name)),
            None => {}
        }
    }
    style.push_str(&minify::css(&hook::styles(&root.join("styles").join("single"))?));
    let texts = said.files(site, work, attribute(&data, "data-files"))?;
    set(&mut data, "data-files", names(&texts).join(" "));
    files.extend(texts);
    let mut blocks = String::new();
    if let Some(pack) = &own.pack {
        let (name, block) = own_pack(pack, work)?;
        set(&mut data, "data-pack", name);
        blocks.push_str(&block);
    }
    if let Some(address) = &own.address {
        set(&mut data, "data-address", checked(address)?);
    }

    // ---- the script ----

    let joined = scripts::join_with("single.js", &[("served.js", "carried.js")])?;
    let template = minify::html(&read(&root.join("index.html"))?);
    let first = said.page.get(FIRST).cloned().unwrap_or_default();
    let script = hook::inline("web/single.js", &joined, &hook::Shown::of(&template)?, &first)?;
    let places = [(hook::OPTIONS, options::script(Reader::Page)?), (COPY, said.line()?)];
    let places: Vec<(&str, &str)> = places.iter().map(|(place, value)| (*place, value.as_str())).collect();
    let script = scripts::put("web/single.js", &options::frame(&script)?, &places)?;
    let script = scripts::finish(work, &script, true)?;

    // ---- the page ----

    let (script_at, style_at) = (work.join("script"), work.join("style"));
    hook::write(&script_at, inert("the script", &script)?.as_bytes())?;
    hook::write(&style_at, inert("the style", &style)?.as_bytes())?;
    let mut all = packed(&[vec![script_at, style_at], files.clone()].concat())?.into_iter();
    let (Some((_, script_hash)), Some((_, style_hash))) = (all.next(), all.next()) else {
        return Err(Fault::new("node did not pack the files of single.html"));
    };
    for (name, (bytes, _)) in names(&files).iter().zip(all) {
        blocks.push_str(&format!("<script type=\"text/plain\" id=\"{name}\">{bytes}</script>\n"));
    }
    let policy = format!(
        "default-src 'none'; script-src 'sha256-{script_hash}' 'wasm-unsafe-eval' blob:; style-src 'sha256-{style_hash}'; \
         img-src data: blob:; connect-src 'none'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; \
         trusted-types 'none'"
    );
    let data: String = data.iter().map(|(name, value)| format!(" {name}=\"{}\"", fill::escape_html(value))).collect();
    let page = said.replace(&bare(&html.replace(&tag, "")))?;
    if let Some(left) = ["src=\"./", "href=\"./", "content=\"./"].iter().find(|mark| page.contains(**mark)) {
        return Err(Fault::new(format!(
            "index.html has {left} on a line that single.html cannot leave out: see `bare`"
        )));
    }
    let head = format!(
        "<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n<script{data}>{script}</script>\n<style>{style}</style>\n</head>"
    );
    // The policy stands before what it allows, and after the encoding.
    let (meta, rest) = head.split_once('\n').unwrap_or_default();
    scripts::put(
        "index.html",
        &page,
        &[
            ("<meta charset=\"utf-8\">", &format!("<meta charset=\"utf-8\">\n{meta}")),
            ("</head>", rest),
            ("<div id=\"bsh-root\"", &format!("{}<div id=\"bsh-root\"", said.aside())),
            ("</body>", &format!("{blocks}</body>")),
        ],
    )
}

// ---- index.html ----

/// The tag of boot.js as it stands there, and its attributes `data-*` in their order.
fn script_tag(html: &str) -> Result<(String, Vec<(String, String)>)> {
    let found = html.split_once("<script src=\"./boot-").and_then(|(_, rest)| rest.split_once("</script>"));
    let Some((inside, _)) = found else {
        return Err(Fault::new(
            "the built index.html has no <script src=\"./boot-…\">: single.html is made from its files",
        ));
    };
    let tag = format!("<script src=\"./boot-{inside}</script>");
    let attributes = inside.split(" data-").skip(1).filter_map(|part| {
        let (name, rest) = part.split_once("=\"")?;
        Some((format!("data-{name}"), rest.split_once('"')?.0.to_string()))
    });
    let attributes = attributes.collect();
    Ok((tag, attributes))
}

/// The addresses of its style sheets.
fn stylesheets(html: &str) -> impl Iterator<Item = &str> {
    html.split("<link rel=\"stylesheet\" href=\"").skip(1).filter_map(|rest| Some(rest.split_once('"')?.0))
}

/// The page without its policy, and without links to other files and scripts in them.
fn bare(html: &str) -> String {
    let other = |line: &str| {
        line.starts_with("<meta http-equiv=\"Content-Security-Policy\"")
            || (line.starts_with("<link ") && line.contains(" href=\"./"))
            || line.starts_with("<script src=\"./")
    };
    html.lines().filter(|line| !line.is_empty() && !other(line)).flat_map(|line| [line, "\n"]).collect()
}

fn attribute<'a>(data: &'a [(String, String)], name: &str) -> &'a str {
    data.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
}

fn set(data: &mut Vec<(String, String)>, name: &str, value: String) {
    data.retain(|(known, _)| known != name);
    data.push((name.into(), value));
}

fn names(files: &[PathBuf]) -> Vec<String> {
    files.iter().filter_map(|file| Some(file.file_name()?.to_string_lossy().into_owned())).collect()
}

/// Text that may stand in an element `script` or `style`.
fn inert<'a>(what: &str, text: &'a str) -> Result<&'a str> {
    match ["</script", "<!--", "<script", "</style"].iter().find(|mark| text.contains(**mark)) {
        Some(mark) => Err(Fault::new(format!("{what} of single.html has {mark} in it, which would end its element"))),
        None => Ok(text),
    }
}

/// gzip in base64, and SHA-256 in base64, of each file.
fn packed(files: &[PathBuf]) -> Result<Vec<(String, String)>> {
    let mut pack = run::command("node", &["-e", PACK]);
    pack.args(files);
    serde_json::from_str(&run::captured(&mut pack)?).doing("read what node packed")
}

// ---- what is somebody's own ----

/// The name of the pack's file, and the element that holds it.
fn own_pack(pack: &Path, work: &Path) -> Result<(String, String)> {
    let out = work.join("own");
    // Finds every fault before anybody opens the file, and puts the texts of all languages into one.
    desk::compile(&pack.to_string_lossy(), "content/ui", &out)?;
    let stem = pack.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let name: String =
        stem.chars().map(|c| if c.is_ascii_alphanumeric() || ".-_".contains(c) { c } else { '-' }).collect();
    let name = format!("{name}.json");
    // In JSON a `<` stands only in texts.
    let text = read(&out.join("pack.json"))?.replace('<', "\\u003c");
    Ok((name.clone(), format!("<script type=\"application/json\" id=\"{name}\">\n{text}</script>\n")))
}

fn checked(address: &str) -> Result<String> {
    let fits = (address.starts_with("https://") || address.starts_with("http://"))
        && !address.contains(|c: char| c.is_whitespace() || c.is_control() || "<>\"#".contains(c));
    match fits {
        true => Ok(address.into()),
        false => Err(Fault::new(format!(
            "`{address}` is no address of a page: give one as in https://www.example.com/customers/"
        ))),
    }
}

// ---- the texts ----

/// The texts of every language: those of the page, with what is said otherwise in single.html, and those that are its own.
struct Said {
    languages: Vec<String>,
    page: BTreeMap<String, Texts>,
    /// Of content/ui, as they are and as they are here.
    ui: BTreeMap<String, (Texts, Texts)>,
    /// As they stand in the built page.
    before: BTreeMap<String, Texts>,
    own: BTreeMap<String, Texts>,
}

impl Said {
    fn read(content: &Path) -> Result<Said> {
        let languages = words::languages(content)?;
        let before = words::page(content, &languages)?;
        let (mut page, mut ui, mut own) = (before.clone(), BTreeMap::new(), BTreeMap::new());
        for code in &languages {
            let mine = words::read(&content.join("single").join(format!("{code}.json")))?;
            let shown = words::read(&content.join("ui").join(format!("{code}.json")))?;
            let mut changed = shown.clone();
            for (key, text) in mine.iter().filter(|(key, _)| !key.starts_with(LINE)) {
                let of_page = page.get_mut(code).filter(|page| page.contains_key(key));
                let Some(texts) = of_page.or_else(|| changed.contains_key(key).then_some(&mut changed)) else {
                    return Err(Fault::new(format!(
                        "content/single/{code}.json: {key} is neither in content/page nor in content/ui"
                    )));
                };
                texts.insert(key.clone(), text.clone());
            }
            ui.insert(code.clone(), (shown, changed));
            own.insert(code.clone(), mine);
        }
        Ok(Said { languages, page, ui, before, own })
    }

    /// The texts of the line above the pages, by language, the first one first.
    fn line(&self) -> Result<String> {
        let mut all = Vec::new();
        for code in &self.languages {
            let mine = self.own.get(code).into_iter().flatten();
            let line: Texts =
                mine.filter_map(|(key, text)| Some((key.strip_prefix(LINE)?.into(), text.clone()))).collect();
            all.push(format!("\"{code}\":{}", serde_json::to_string(&line).doing("write the texts of single.html")?));
        }
        Ok(format!("{{{}}}", all.join(",")))
    }

    fn aside(&self) -> String {
        let text = |key: &str| {
            self.own.get(FIRST).and_then(|own| own.get(key)).map(|text| fill::escape_html(text)).unwrap_or_default()
        };
        let button = |kind: &str| format!("<button type=\"button\" data-save=\"{kind}\" hidden></button>");
        format!(
            "<aside class=\"bsh bsh-copy\" id=\"bsh-copy\" lang=\"{FIRST}\" aria-label=\"{}\">\n<p role=\"status\">{}</p>{}{}\n</aside>\n",
            text("copy.label"),
            text("copy.note"),
            button("answers"),
            button("accounts"),
        )
    }

    /// What is said otherwise, in the page itself.
    fn replace(&self, html: &str) -> Result<String> {
        let mut html = html.to_string();
        for code in &self.languages {
            let pairs = [self.before.get(code).zip(self.page.get(code)), self.ui.get(code).map(|(a, b)| (a, b))];
            for (before, after) in pairs.into_iter().flatten() {
                for (key, text) in before {
                    if let Some(new) = after.get(key).filter(|new| *new != text) {
                        html = html.replace(&fill::escape_html(text), &fill::escape_html(new));
                    }
                }
            }
        }
        Ok(html)
    }

    /// The files of every language under their names, with what is said otherwise; `files` are those of the site.
    fn files(&self, site: &Path, work: &Path, files: &str) -> Result<Vec<PathBuf>> {
        let ui = work.join("ui");
        std::fs::create_dir_all(&ui).doing(format_args!("make {}", ui.display()))?;
        for (code, (_, texts)) in &self.ui {
            let text = serde_json::to_string(texts).doing("write the texts of single.html")?;
            hook::write(&ui.join(format!("{code}.json")), text.as_bytes())?;
        }
        let packs = work.join("packs");
        desk::compile("content/packs/hierarchy.json", &ui.to_string_lossy(), &packs)?;
        let mut made = Vec::new();
        for name in files.split(' ').filter(|name| !name.is_empty()) {
            let Some((stem, ending)) =
                name.rsplit_once('-').and_then(|(stem, rest)| Some((stem, rest.rsplit_once('.')?.1)))
            else {
                return Err(Fault::new(format!("{name} in the built index.html has no hash in its name")));
            };
            let compiled = packs.join(format!("{stem}.txt"));
            let text = match stem.strip_prefix("say.") {
                Some(code) => self.say(code, &site.join(name))?,
                None if compiled.is_file() => read(&compiled)?,
                None => read(&site.join(name))?,
            };
            made.push(work.join(hook::add(work, stem, ending, text.as_bytes())?));
        }
        Ok(made)
    }

    /// The sentences of a language, as the site has them but for what is said otherwise.
    fn say(&self, code: &str, file: &Path) -> Result<String> {
        let mut texts = words::read(file)?;
        let of_ui = self.ui.get(code).map(|(_, texts)| texts);
        for (key, text) in texts.iter_mut() {
            let new = self.page.get(code).and_then(|page| page.get(key)).or_else(|| of_ui?.get(key));
            *text = new.unwrap_or(text).clone();
        }
        serde_json::to_string(&texts).doing("write the sentences of single.html")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<head>\n<meta charset=\"utf-8\">\n<link rel=\"icon\" href=\"data:x\">\n\
        <link rel=\"modulepreload\" href=\"./a.js\">\n<script src=\"./boot-1.js\" data-js=\"./a.js\" data-x-wasm=\"./x.wasm\" \
        data-files=\"pack.en-1.txt say.nl-2.json\"></script>\n<link rel=\"stylesheet\" href=\"./a.css\">\n</head>";

    #[test]
    fn the_script_names_the_files() -> Result<()> {
        let (tag, data) = script_tag(PAGE)?;
        assert!(tag.starts_with("<script src=\"./boot-1.js\" ") && tag.ends_with("></script>"));
        let data: Vec<(&str, &str)> = data.iter().map(|(name, value)| (&**name, &**value)).collect();
        let files = ("data-files", "pack.en-1.txt say.nl-2.json");
        assert_eq!(data, [("data-js", "./a.js"), ("data-x-wasm", "./x.wasm"), files]);
        assert_eq!(stylesheets(PAGE).collect::<Vec<_>>(), ["./a.css"]);
        assert!(script_tag("<script src=\"./other.js\"></script>").is_err());
        Ok(())
    }

    #[test]
    fn nothing_leads_to_another_file() {
        assert_eq!(bare(&PAGE.replace("<script", "\n<script")).matches("<link").count(), 1);
        assert!(bare(PAGE).contains("data:x"));
        assert_eq!(bare("<head>\n<script src=\"./stale.js\" async></script>\n</head>"), "<head>\n</head>\n");
    }

    #[test]
    fn what_would_end_an_element_is_a_fault() {
        assert!(inert("the script", "a < b").is_ok());
        assert!(inert("the script", "'</script>'").is_err());
    }

    #[test]
    fn an_address_is_one_of_the_web() {
        assert_eq!(checked("https://example.com/a/"), Ok("https://example.com/a/".into()));
        for wrong in ["example.com", "file:///a", "https://a b", "https://a/#b", "https://a\"b"] {
            assert!(checked(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn texts_of_the_copy_are_known_and_fit() -> Result<()> {
        let said = Said::read(&place::root().join("content"))?;
        let keys = |code: &str| said.own.get(code).map(|own| own.keys().cloned().collect::<Vec<_>>());
        for code in &said.languages {
            assert_eq!(keys(code), keys(FIRST), "{code}");
            let at = |key: &str| said.own.get(code).and_then(|own| own.get(key)).cloned().unwrap_or_default();
            assert!(at("copy.saved").contains("{time}"), "{code}");
            let store = said.ui.get(code).and_then(|(_, ui)| ui.get("start.store")).cloned().unwrap_or_default();
            assert_eq!(store, at("start.store"));
        }
        assert!(said.line()?.starts_with("{\"en\":{\"accounts\":"));
        Ok(())
    }
}
