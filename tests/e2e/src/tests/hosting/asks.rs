//! Asks a server for every file in every way that a browser may.
//! Knows HTTP and the table of rules; must not know which server answers.

use std::io::Read;
use std::time::{Duration, SystemTime};

use anyhow::{Context, Result, ensure};
use reqwest::header::{ACCEPT_ENCODING, HeaderMap, IF_MODIFIED_SINCE, IF_NONE_MATCH};
use reqwest::redirect::Policy;
use reqwest::{Client, Method, Response, StatusCode};

use super::rules::{self, ASKED, ENCODINGS, HEADERS, KEPT, PREFIX};
use super::servers::Server;

/// A name as of a file of another release.
const GONE: &str = "bsh-0123456789abcdef.wasm";

struct Asker<'a> {
    client: Client,
    server: &'a Server,
}

/// One file, as it is to be answered.
struct Expected<'a> {
    path: &'a str,
    name: &'a str,
    bytes: &'a [u8],
}

pub async fn everything(server: &Server) -> Result<()> {
    let client = Client::builder().redirect(Policy::none()).no_proxy().build()?;
    let asker = Asker { client, server };
    let files = rules::files(&server.site)?;
    for start in ["index.html", "embed.html", "element.js"] {
        ensure!(files.contains_key(start), "the site has no {start}");
    }
    for (name, bytes) in &files {
        asker.file(&Expected { path: name, name, bytes }).await.with_context(|| name.clone())?;
    }
    let index = files.get("index.html").context("no index.html")?;
    asker.file(&Expected { path: "", name: "index.html", bytes: index }).await.context("the folder")?;
    asker.slash().await?;
    asker.nothing_else(index).await?;
    asker.new_release(index).await
}

impl Asker<'_> {
    async fn ask(
        &self,
        method: Method,
        path: &str,
        headers: &[(reqwest::header::HeaderName, &str)],
    ) -> Result<Response> {
        let url = format!("{}{path}", self.server.origin);
        let mut request = self.client.request(method, &url);
        for (name, value) in headers {
            request = request.header(name, *value);
        }
        request.send().await.with_context(|| url)
    }

    async fn file(&self, wanted: &Expected<'_>) -> Result<()> {
        let path = format!("{PREFIX}{}", wanted.path);
        // What browsers send, each alone, none, and one refused.
        let accepted = ["gzip, deflate, br, zstd", "br", "gzip", "", "br;q=0, gzip;q=0"];
        for accept in accepted {
            let answer = self.ask(Method::GET, &path, &[(ACCEPT_ENCODING, accept)]).await?;
            let encoding = self.encoding(wanted.name, accept);
            let headers = answer.headers().clone();
            self.is_right(answer.status(), &headers, wanted, encoding).with_context(|| format!("[{accept}]"))?;
            let body = decoded(&answer.bytes().await?, encoding).with_context(|| format!("[{accept}]"))?;
            ensure!(body == wanted.bytes, "[{accept}] another content than the file's");
            self.again(&path, accept, &headers).await.with_context(|| format!("[{accept}]"))?;
        }
        let head = self.ask(Method::HEAD, &path, &[(ACCEPT_ENCODING, "br")]).await?;
        let encoding = self.encoding(wanted.name, "br");
        self.is_right(head.status(), head.headers(), wanted, encoding).context("HEAD")?;
        ensure!(head.bytes().await?.is_empty(), "HEAD has a body");
        let queried = self.ask(Method::GET, &format!("{path}?lang=nl&account=A%20B"), &[]).await?;
        self.is_right(queried.status(), queried.headers(), wanted, None).context("with a query")?;
        ensure!(queried.bytes().await? == wanted.bytes, "another content with a query");
        Ok(())
    }

    /// What the server is to choose: the smallest that is accepted and there.
    fn encoding(&self, name: &str, accept: &str) -> Option<&'static str> {
        let takes = |encoding: &str| accept.split(',').any(|part| part.trim() == encoding);
        let there = |ending: &str| self.server.site.join(format!("{name}{ending}")).is_file();
        let found = ENCODINGS
            .iter()
            .find(|(encoding, ending)| takes(encoding) && there(ending) && self.server.recipe.sends(encoding));
        found.map(|(encoding, _)| *encoding)
    }

    fn is_right(
        &self,
        status: StatusCode,
        headers: &HeaderMap,
        wanted: &Expected<'_>,
        encoding: Option<&str>,
    ) -> Result<()> {
        ensure!(status == StatusCode::OK, "{status}");
        equal(headers, "Content-Type", Some(rules::type_of(wanted.name)?))?;
        equal(headers, "Content-Encoding", encoding)?;
        equal(headers, "Content-Language", None)?;
        equal(headers, "Cache-Control", Some(rules::cache_of(wanted.name)))?;
        equal(headers, "Content-Security-Policy", rules::policy_of(wanted.name, wanted.bytes)?.as_deref())?;
        for (name, value) in HEADERS {
            equal(headers, name, Some(value))?;
        }
        // Whoever keeps one of several forms must know that there are others.
        let compressed =
            ENCODINGS.iter().any(|(_, end)| self.server.site.join(format!("{}{end}", wanted.name)).is_file());
        if compressed {
            equal(headers, "Vary", Some("Accept-Encoding"))?;
        }
        Ok(())
    }

    /// The browser has it already.
    async fn again(&self, path: &str, accept: &str, first: &HeaderMap) -> Result<()> {
        let tag = value(first, "ETag").context("no ETag")?;
        let date = value(first, "Last-Modified").context("no Last-Modified")?;
        for (name, known) in [(IF_NONE_MATCH, tag), (IF_MODIFIED_SINCE, date)] {
            let what = name.to_string();
            let answer = self.ask(Method::GET, path, &[(ACCEPT_ENCODING, accept), (name, &known)]).await?;
            ensure!(
                answer.status() == StatusCode::NOT_MODIFIED,
                "{what}: {known} is answered with {}",
                answer.status()
            );
            let kept = value(answer.headers(), "Cache-Control");
            ensure!(kept == value(first, "Cache-Control"), "{what}: Cache-Control of the 304 is {kept:?}");
            ensure!(answer.bytes().await?.is_empty(), "{what}: the 304 has a body");
        }
        Ok(())
    }

    /// The address without its slash leads to the one with it, and keeps the query.
    async fn slash(&self) -> Result<()> {
        let path = PREFIX.trim_end_matches('/');
        let answer = self.ask(Method::GET, &format!("{path}?lang=nl"), &[]).await?;
        ensure!(answer.status().is_redirection(), "{path} is answered with {}", answer.status());
        let to = value(answer.headers(), "Location").unwrap_or_default();
        ensure!(to.trim_start_matches(&self.server.origin) == format!("{PREFIX}?lang=nl"), "{path} leads to {to}");
        Ok(())
    }

    /// What is not there is not there: no start page in its place, no listing, nothing beside the folder.
    async fn nothing_else(&self, index: &[u8]) -> Result<()> {
        let folder = self.server.site.join("folder");
        std::fs::create_dir_all(&folder)?;
        std::fs::write(folder.join("inside.txt"), "inside")?;
        if let Some(beside) = self.server.site.parent() {
            std::fs::write(beside.join("beside.txt"), "inside")?;
        }
        let outside = PREFIX.trim_end_matches('/');
        let paths = [
            format!("{PREFIX}{GONE}"),
            format!("{PREFIX}missing.html"),
            format!("{PREFIX}missing/"),
            format!("{PREFIX}folder/"),
            format!("{PREFIX}folder/index.html"),
            format!("{outside}../beside.txt"),
            format!("{outside}.txt"),
        ];
        for path in paths {
            for accept in ["br", ""] {
                let answer = self.ask(Method::GET, &path, &[(ACCEPT_ENCODING, accept)]).await?;
                let status = answer.status();
                let listing = path.ends_with("folder/") && status == StatusCode::FORBIDDEN;
                ensure!(status == StatusCode::NOT_FOUND || listing, "{path} is answered with {status}");
                let kept = value(answer.headers(), "Cache-Control");
                ensure!(kept.is_none_or(|kept| kept == ASKED), "{path}: what is not there is kept, {KEPT} or alike");
                let body = answer.bytes().await?;
                let text = String::from_utf8_lossy(&body);
                ensure!(!text.contains("inside") && body != index, "{path} shows: {text}");
            }
        }
        Ok(())
    }

    /// A start page of another release has the same length, and must not be taken for the old one.
    async fn new_release(&self, index: &[u8]) -> Result<()> {
        let old = self.ask(Method::GET, PREFIX, &[]).await?;
        let tag = value(old.headers(), "ETag").context("no ETag")?;
        let file = self.server.site.join("index.html");
        let mut new = index.to_vec();
        new.reverse();
        std::fs::write(&file, &new)?;
        std::fs::File::options().write(true).open(&file)?.set_modified(SystemTime::now() + Duration::from_secs(60))?;
        let answer = self.ask(Method::GET, PREFIX, &[(IF_NONE_MATCH, &tag)]).await?;
        ensure!(answer.status() == StatusCode::OK, "the new start page is answered with {}", answer.status());
        ensure!(answer.bytes().await? == new, "the old start page is still sent");
        Ok(())
    }
}

fn value(headers: &HeaderMap, name: &str) -> Option<String> {
    let all: Vec<String> =
        headers.get_all(name).iter().map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned()).collect();
    (!all.is_empty()).then(|| all.join(" and "))
}

fn equal(headers: &HeaderMap, name: &str, wanted: Option<&str>) -> Result<()> {
    let found = value(headers, name);
    ensure!(found.as_deref() == wanted, "{name} is {found:?}, not {wanted:?}");
    Ok(())
}

fn decoded(bytes: &[u8], encoding: Option<&str>) -> Result<Vec<u8>> {
    let mut plain = Vec::new();
    match encoding {
        Some("br") => brotli_decompressor::Decompressor::new(bytes, 4096).read_to_end(&mut plain)?,
        Some(_) => flate2::read::GzDecoder::new(bytes).read_to_end(&mut plain)?,
        None => return Ok(bytes.to_vec()),
    };
    Ok(plain)
}
