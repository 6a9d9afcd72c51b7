//! The Rust standard library, which is linked into every program: its version, its licences, and the crates in it.
//!
//! Knows the toolchain's folder. Which crates are in the library says the folder of its compiled parts for the browser;
//! their notices stand in the page of copyrights that comes with the compiler.

use crate::crates::{TARGET, expression, run};
use crate::tree;
use anyhow::{Context, Result, ensure};
use std::path::Path;
use std::process::Command;

pub struct Standard {
    pub version: String,
    /// What the page says of the library itself, its parts included.
    pub notice: String,
    /// Licences of the library, by SPDX id.
    pub texts: Vec<(String, String)>,
    pub crates: Vec<Inside>,
}

/// A crate that the library is built with.
pub struct Inside {
    pub name: String,
    pub version: String,
    pub licence: String,
    pub authors: Vec<String>,
    /// File names and texts.
    pub notices: Vec<(String, String)>,
}

pub fn read(root: &Path) -> Result<Standard> {
    let version = run(root, Command::new("rustc").arg("-V"))?;
    let version = version.split_whitespace().nth(1).context("rustc -V names no version")?.to_owned();
    let sysroot = run(root, Command::new("rustc").args(["--print", "sysroot"]))?;
    let sysroot = Path::new(sysroot.trim());
    let docs = sysroot.join("share").join("doc").join("rust");
    let cure = "the toolchain has no copyright notices: install Rust with rustup, which brings them";
    let page = tree::text(&docs.join("COPYRIGHT-library.html")).context(cure)?;
    let parts = tree::files(&sysroot.join("lib").join("rustlib").join(TARGET).join("lib"))?;
    let linked: Vec<&str> = parts
        .iter()
        .filter_map(|part| Some(part.strip_prefix("lib")?.strip_suffix(".rlib")?.rsplit_once('-')?.0))
        .collect();
    let (notice, mut crates) = parse(&page).context(cure)?;
    crates.retain(|one| linked.contains(&one.name.replace('-', "_").as_str()));
    let mut texts = Vec::new();
    for id in ["MIT", "Apache-2.0", "Unicode-3.0"] {
        texts.push((id.to_owned(), tree::text(&docs.join("licenses").join(format!("{id}.txt"))).context(cure)?));
    }
    Ok(Standard { version, notice, texts, crates })
}

fn parse(page: &str) -> Result<(String, Vec<Inside>)> {
    const CRATE: &str = "<h3>📦 ";
    let mut parts = page.split(CRATE);
    let head = parts.next().unwrap_or_default();
    let own = between(head, "In-tree files</h2>", "<h2").context("no part on the library's own files")?;
    let notice = plain(own);
    let mut crates = Vec::new();
    for part in parts {
        let (title, body) = part.split_once("</h3>").context("a crate without a title")?;
        let (name, version) = titled(title).with_context(|| format!("no version in {title}"))?;
        let licence = expression(&plain(between(body, "<b>License:</b>", "</p>").unwrap_or_default()));
        let authors = plain(between(body, "<b>Authors:</b>", "</p>").unwrap_or_default());
        let mut notices = Vec::new();
        for notice in body.split("<summary>").skip(1) {
            let (file, text) = notice.split_once("</summary>").context("a notice without a name")?;
            let text = between(text, "<pre>", "</pre>").context("a notice without a text")?;
            notices.push((plain(file), unescaped(text).trim_matches('\n').to_owned()));
        }
        let authors = authors.split(", ").filter(|author| !author.is_empty()).map(str::to_owned).collect();
        crates.push(Inside { name, version, licence, authors, notices });
    }
    ensure!(!crates.is_empty(), "no crate in the page of copyrights");
    Ok((notice, crates))
}

/// `wasi-0.14.4+wasi-0.2.4`: the version begins at the first dash before a digit.
fn titled(title: &str) -> Option<(String, String)> {
    let at = title.match_indices('-').find(|(at, _)| title[at + 1..].starts_with(|c: char| c.is_ascii_digit()))?.0;
    Some((title[..at].to_owned(), title[at + 1..].trim().to_owned()))
}

fn between<'a>(text: &'a str, start: &str, end: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(start)?;
    rest.split_once(end).map(|(inside, _)| inside)
}

/// Without tags, a line for what stands in one.
fn plain(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some((before, after)) = rest.split_once('<') {
        text.push_str(before);
        rest = after.split_once('>').map_or("", |(_, tail)| tail);
    }
    text.push_str(rest);
    let text = unescaped(&text);
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    lines.join("\n")
}

fn unescaped(text: &str) -> String {
    let pairs = [
        ("&#60;", "<"),
        ("&#62;", ">"),
        ("&#34;", "\""),
        ("&#39;", "'"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
    ];
    let text = pairs.iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to));
    text.replace("&#38;", "&").replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_of_copyrights_is_read() -> Result<()> {
        let page = "<h2 id=\"in-tree-files\">In-tree files</h2>\n<p>Own &#38; other</p>\n<h2 id=x>Out</h2>\
                    <h3>📦 wasi-0.14.4+wasi-0.2.4</h3><p><b>Authors:</b> A &#60;a@b&#62;, C</p><p><b>License:</b> MIT</p>\
                    <details><summary><code>LICENSE</code></summary><pre>\n one\ntwo &#34;x&#34;\n</pre></details>";
        let (notice, crates) = parse(page)?;
        assert_eq!(notice, "Own & other");
        assert_eq!((crates[0].name.as_str(), crates[0].version.as_str()), ("wasi", "0.14.4+wasi-0.2.4"));
        assert_eq!(crates[0].authors, ["A <a@b>", "C"]);
        assert_eq!(crates[0].notices, [("LICENSE".to_owned(), " one\ntwo \"x\"".to_owned())]);
        assert!(parse("<p>something else</p>").is_err());
        Ok(())
    }
}
