//! Recipes that no server here runs: what they say is worked out file by file and compared with the table.
//! Knows the form of `web.config` and of `_headers`, as far as the recipes use it; must not know how the services read it.

use std::path::Path;

use anyhow::{Context, Result, bail, ensure};
use regex::Regex;
use roxmltree::{Document, Node};

use super::rules::{self, ASKED, ENCODINGS, FRAME, HEADERS, PREFIX, TYPES};

/// IIS: headers of all files, types by ending, and what the outbound rules make of them.
pub fn web_config(recipes: &Path, site: &Path) -> Result<()> {
    let text = std::fs::read_to_string(recipes.join("web.config"))?;
    let document = Document::parse(&text).context("web.config is no XML")?;
    let all = |name: &'static str| document.descendants().filter(move |node| node.has_tag_name(name));
    let of_all: Vec<(&str, &str)> = all("customHeaders")
        .flat_map(|node| node.children())
        .filter(|node| node.has_tag_name("add"))
        .filter_map(|node| Some((node.attribute("name")?, node.attribute("value")?)))
        .collect();
    for wanted in HEADERS.iter().chain(&[("Vary", "Accept-Encoding"), ("Cache-Control", ASKED)]) {
        ensure!(of_all.contains(wanted), "web.config has no {wanted:?} for all files");
    }
    let mapped: Vec<(&str, &str)> = all("mimeMap")
        .filter_map(|node| {
            Some((node.attribute("fileExtension")?.trim_start_matches('.'), node.attribute("mimeType")?))
        })
        .collect();
    for wanted in &TYPES {
        ensure!(mapped.contains(wanted), "web.config does not map {wanted:?}");
    }
    let rules: Vec<Outbound> = all("outboundRules")
        .flat_map(|node| node.children())
        .filter(|node| node.has_tag_name("rule"))
        .map(Outbound::read)
        .collect::<Result<_>>()?;
    for (name, bytes) in rules::files(site)? {
        let forms = [(None, "")].into_iter().chain(ENCODINGS.map(|(encoding, ending)| (Some(encoding), ending)));
        for (encoding, ending) in forms.filter(|(_, ending)| site.join(format!("{name}{ending}")).is_file()) {
            let address = format!("{PREFIX}{name}{ending}");
            let set = |header: &str| {
                let found = rules.iter().filter(|rule| rule.header == header && rule.url.is_match(&address));
                found.map(|rule| rule.value.clone()).next_back()
            };
            let plain =
                mapped.iter().find(|(known, _)| name.rsplit('.').next() == Some(*known)).map(|(_, value)| *value);
            let mime = match encoding {
                Some(_) => set("Content-Type"),
                None => plain.map(str::to_owned),
            };
            ensure!(mime.as_deref() == Some(rules::type_of(&name)?), "web.config: {address} is {mime:?}");
            ensure!(set("Content-Encoding").as_deref() == encoding, "web.config: {address} has another encoding");
            let cache = set("Cache-Control").unwrap_or_else(|| ASKED.to_owned());
            ensure!(cache == rules::cache_of(&name), "web.config: {address} is {cache}");
            let policy = set("Content-Security-Policy");
            ensure!(policy == rules::policy_of(&name, &bytes)?, "web.config: {address} has the policy {policy:?}");
        }
    }
    Ok(())
}

/// A rule that sets a header of the answer where the address is of some kind.
struct Outbound {
    header: String,
    url: Regex,
    value: String,
}

impl Outbound {
    fn read(rule: Node) -> Result<Self> {
        let name = rule.attribute("name").unwrap_or_default();
        let part = |tag: &'static str| rule.descendants().find(|node| node.has_tag_name(tag)).context(tag);
        ensure!(rule.attribute("preCondition") == Some("found"), "{name}: a missing file would get the header too");
        let variable = part("match")?.attribute("serverVariable").unwrap_or_default();
        let header =
            variable.strip_prefix("RESPONSE_").with_context(|| format!("{name}: {variable}"))?.replace('_', "-");
        let condition = part("add")?;
        ensure!(condition.attribute("input") == Some("{URL}"), "{name}: it asks for something else than the address");
        let url = Regex::new(condition.attribute("pattern").unwrap_or_default())?;
        let value = part("action")?.attribute("value").unwrap_or_default().to_owned();
        Ok(Self { header, url, value })
    }
}

/// Netlify and Cloudflare Pages: blocks of a path and headers; all blocks count that fit.
pub fn headers_file(recipes: &Path, site: &Path) -> Result<()> {
    let text = std::fs::read_to_string(recipes.join("_headers"))?;
    let mut blocks: Vec<(Regex, Vec<(&str, &str)>)> = Vec::new();
    for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        if line.starts_with('/') {
            ensure!(line.matches('*').count() < 2, "_headers: Cloudflare takes one * in {line}");
            let path = Regex::new(&format!("^{}$", regex::escape(line).replace("\\*", ".*")))?;
            blocks.push((path, Vec::new()));
            continue;
        }
        let Some(((_, headers), pair)) =
            blocks.last_mut().zip(line.strip_prefix("  ").and_then(|l| l.split_once(": ")))
        else {
            bail!("_headers: what is this line: {line}");
        };
        headers.push(pair);
    }
    ensure!(blocks.len() <= 100, "_headers: Cloudflare takes 100 blocks, these are {}", blocks.len());
    for (name, bytes) in rules::files(site)? {
        // Cloudflare leaves the ending of pages out.
        let bare = name.strip_suffix(".html").map(|bare| if bare == "index" { "" } else { bare });
        for address in [Some(name.as_str()), bare].into_iter().flatten().map(|tail| format!("{PREFIX}{tail}")) {
            let found: Vec<(&str, &str)> = blocks
                .iter()
                .filter(|(path, _)| path.is_match(&address))
                .flat_map(|(_, headers)| headers.iter().copied())
                .collect();
            let one = |header: &str| -> Result<Option<&str>> {
                let all: Vec<&str> =
                    found.iter().filter(|(name, _)| *name == header).map(|(_, value)| *value).collect();
                ensure!(all.len() < 2, "_headers: {address} has {header} {} times", all.len());
                Ok(all.first().copied())
            };
            for (header, value) in HEADERS {
                ensure!(one(header)? == Some(value), "_headers: {address} has another {header}");
            }
            // By themselves, both services have each file asked for again.
            let cache = one("Cache-Control")?.unwrap_or(ASKED);
            ensure!(cache == rules::cache_of(&name), "_headers: {address} is {cache}; name its kind in _headers");
            let policy = one("Content-Security-Policy")?.map(str::to_owned);
            ensure!(policy == rules::policy_of(&name, &bytes)?, "_headers: {address} has the policy {policy:?}");
            if let Some(mime) = one("Content-Type")? {
                ensure!(mime == rules::type_of(&name)?, "_headers: {address} is {mime}");
            }
        }
    }
    Ok(())
}

/// A policy that docs/hosting.md shows is the page's own.
pub fn docs(recipes: &Path, site: &Path) -> Result<()> {
    let text = std::fs::read_to_string(recipes.join("../docs/hosting.md"))?;
    // The one for frames has nothing after what all of them have.
    let own = rules::policy_of(FRAME, &std::fs::read(site.join(FRAME))?)?.context("no policy")?;
    let mut shown = 0;
    for line in text.lines().filter(|line| line.contains("default-src")) {
        ensure!(line.contains(&own), "docs/hosting.md has another policy than the page: {line}");
        shown += 1;
    }
    ensure!(shown > 0, "docs/hosting.md shows no policy");
    Ok(())
}
