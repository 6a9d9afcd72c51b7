//! A static file server on the loopback, one per test, with the faults that a test asks for.
//! Knows HTTP and the security policy; must not know browsers, drivers or what the pages mean.
//!
//! Every test gets its own port and so its own origin: storage of one test cannot reach another.
//! The listener lives as long as the process, so that no port is given out twice.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context as TaskContext, Poll};

use anyhow::{Context, Result};
use bytes::Bytes;
use http_body_util::BodyExt;
use hyper::body::{Body, Frame, Incoming, SizeHint};
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;
use tokio::sync::watch;

use super::hosts;

/// The policy that the standalone page runs under, word for word.
pub const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    img-src 'self' data: blob:; connect-src 'self'; manifest-src 'self'; worker-src 'self'; \
    base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types bsh-sw";

/// Where a browser sends what the policy stopped.
const REPORTS: &str = "/__csp";

/// How the program file is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Wasm {
    #[default]
    Right,
    Missing,
    /// A host that answers everything with its start page.
    Html,
    /// A complete answer with only the first half of the file in it.
    Truncated,
    /// The connection ends in the middle of the announced length.
    CutOff,
    /// Headers, some bytes, then nothing.
    Stalled,
    /// Nothing until [`Site::release`].
    Held,
}

/// How the compiled pack is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Pack {
    #[default]
    Right,
    Missing,
    /// One character of a text is another one.
    Damaged,
    /// A format of the future.
    Foreign,
}

/// How a host answers to a lead that is sent to `/leads`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum LeadAnswer {
    #[default]
    Ok,
    /// An error of the server.
    Fail,
    /// Nothing, ever.
    Hang,
    /// Nobody takes leads there.
    Missing,
}

#[derive(Clone, Debug)]
pub struct Options {
    pub root: PathBuf,
    /// Starts and ends with a slash.
    pub prefix: &'static str,
    pub wasm: Wasm,
    pub pack: Pack,
    /// Files (by name) that are not there until [`Site::release`].
    pub gone: fn(&str) -> bool,
    /// What is gone is answered as a fault of the server, and not as a file that is not there.
    pub broken: bool,
    /// `blob:` among the images of the policy.
    pub blobs_allowed: bool,
    /// `'wasm-unsafe-eval'` in the policy.
    pub wasm_allowed: bool,
    /// `Access-Control-Allow-Origin: *`, as public static hosts send it.
    pub cors: bool,
    /// The page's first script refuses storage, as a browser does that keeps nothing.
    pub refuses: bool,
    /// The page may register its worker; else it would fetch in the background what a test counts.
    pub offline: bool,
    /// A script of the test's own, in front of the page's first one.
    pub before: &'static str,
    /// The boot script's time limit in milliseconds, in place of the one in the page.
    pub timeout: Option<u32>,
    /// The address of the built files on another site, for hosts that take them from there.
    pub other: String,
    pub lead: LeadAnswer,
    /// What is served in place of a file (by name) of `examples/packs/`; nothing where there is to be none.
    pub packs: fn(&str, Vec<u8>) -> Option<Vec<u8>>,
    /// The test provokes reports or console errors; the runner does not count them.
    pub faulty: bool,
}

/// Where a host takes leads.
pub const LEADS: &str = "/leads";
const EXAMPLES: &str = "/examples/";
/// The page, and the page in a frame.
const PAGES: [&str; 2] = ["index.html", "embed.html"];

/// What `window.localStorage` does where a browser does not let a page keep anything.
const REFUSAL: &str = "Object.defineProperty(window, 'localStorage', \
     { get() { throw new DOMException('refused', 'SecurityError'); } });\n";

impl Options {
    pub fn new(root: &Path) -> Self {
        Self {
            root: root.to_owned(),
            prefix: "/",
            wasm: Wasm::Right,
            pack: Pack::Right,
            gone: |_| false,
            broken: false,
            blobs_allowed: true,
            wasm_allowed: true,
            cors: false,
            refuses: false,
            offline: false,
            before: "",
            timeout: None,
            other: String::new(),
            lead: LeadAnswer::Ok,
            packs: |_, bytes| Some(bytes),
            faulty: false,
        }
    }
}

#[derive(Clone, Debug)]
pub struct Entry {
    pub path: String,
    pub status: u16,
}

struct State {
    options: Options,
    /// What is served now; another folder after [`Site::deploy`].
    root: Mutex<PathBuf>,
    /// The folder whose pages a cache in between still has.
    cached: Mutex<Option<PathBuf>>,
    /// No request is answered.
    down: AtomicBool,
    log: Mutex<Vec<Entry>>,
    reports: Mutex<Vec<String>>,
    lead: Mutex<LeadAnswer>,
    leads: Mutex<Vec<String>>,
    released: watch::Sender<bool>,
}

/// A running server.
#[derive(Clone)]
pub struct Site {
    state: Arc<State>,
    origin: String,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Site {
    pub async fn start(options: Options) -> Result<Self> {
        let listener = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).await.context("no free port")?;
        let origin = format!("http://127.0.0.1:{}", listener.local_addr()?.port());
        let site = Self::elsewhere(options, &origin);
        let shared = Arc::clone(&site.state);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let state = Arc::clone(&shared);
                tokio::spawn(async move {
                    let service = service_fn(move |request| answer(Arc::clone(&state), request));
                    // A browser that hangs up is no fault of the test.
                    let _ = hyper::server::conn::http1::Builder::new()
                        .serve_connection(TokioIo::new(stream), service)
                        .await;
                });
            }
        });
        Ok(site)
    }

    /// A site that another server serves: of the options the root and the prefix hold, and nothing is logged.
    pub fn elsewhere(options: Options, origin: &str) -> Self {
        let state = State {
            lead: Mutex::new(options.lead),
            leads: Mutex::default(),
            root: Mutex::new(options.root.clone()),
            cached: Mutex::default(),
            down: AtomicBool::new(false),
            options,
            log: Mutex::default(),
            reports: Mutex::default(),
            released: watch::Sender::new(false),
        };
        Self { state: Arc::new(state), origin: origin.to_owned() }
    }

    /// The address of the page with `tail` (a query or a file) after the prefix.
    pub fn url(&self, tail: &str) -> String {
        format!("{}{}{tail}", self.origin, self.state.options.prefix)
    }

    /// The address of a host page around the app.
    pub fn host(&self, name: &str) -> String {
        format!("{}{}{name}", self.origin, hosts::FOLDER)
    }

    /// The address of a page of `tests/hosts/`.
    pub fn hosted(&self, tail: &str) -> String {
        format!("{}{}{tail}", self.origin, hosts::PAGES)
    }

    /// The address of something under `examples/`.
    pub fn example(&self, tail: &str) -> String {
        format!("{}{EXAMPLES}{tail}", self.origin)
    }

    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// The body of every lead that was sent, in order, whatever was answered.
    pub fn leads(&self) -> Vec<String> {
        lock(&self.state.leads).clone()
    }

    /// From now on leads are answered so.
    pub fn answer_leads(&self, answer: LeadAnswer) {
        *lock(&self.state.lead) = answer;
    }

    /// From now on this folder is served, as after an upload of the whole site.
    pub fn deploy(&self, root: &Path) {
        *lock(&self.state.root) = root.to_owned();
    }

    /// A cache between browser and server goes on giving the pages of this folder, under every address that it has
    /// seen.
    pub fn cache_page_of(&self, root: &Path) {
        *lock(&self.state.cached) = Some(root.to_owned());
    }

    /// The network is gone: every connection breaks.
    pub fn stop(&self) {
        self.state.down.store(true, Ordering::SeqCst);
    }

    /// It is back.
    pub fn resume(&self) {
        self.state.down.store(false, Ordering::SeqCst);
    }

    pub fn faulty(&self) -> bool {
        self.state.options.faulty
    }

    /// Every request so far that a page caused (browsers ask for a favicon by themselves).
    pub fn requests(&self) -> Vec<Entry> {
        let log = lock(&self.state.log);
        log.iter().filter(|e| !e.path.ends_with("/favicon.ico") && !e.path.starts_with("/__")).cloned().collect()
    }

    pub fn asked_for(&self, part: impl Fn(&str) -> bool) -> bool {
        self.requests().iter().any(|entry| part(&entry.path))
    }

    /// What the policy stopped, as the browsers reported it.
    pub fn reports(&self) -> Vec<String> {
        lock(&self.state.reports).clone()
    }

    /// The name of a file that the page can ask for, by what it is: `pack.en`, `say.nl`.
    pub fn named(&self, what: &str) -> Result<String> {
        let html = std::fs::read_to_string(self.root().join("index.html"))?;
        let start = [what, "-"].concat();
        let names = html.split(['"', ' ', '/']);
        names.into_iter().find(|name| name.starts_with(&start)).map(str::to_owned).with_context(|| format!("no {what}"))
    }

    /// What such a file says.
    pub fn served(&self, what: &str) -> Result<String> {
        Ok(std::fs::read_to_string(self.root().join(self.named(what)?))?)
    }

    /// The content hash of the served pack, as drafts name it.
    pub fn edition(&self) -> Result<String> {
        let pack = self.served("pack.en")?;
        let head = pack.lines().next().unwrap_or_default();
        head.split('\t').nth(3).map(str::to_owned).with_context(|| format!("no hash in the pack's head: {head}"))
    }

    fn root(&self) -> PathBuf {
        lock(&self.state.root).clone()
    }

    /// Lets a held program file go, and what was gone come back.
    pub fn release(&self) {
        self.state.released.send_replace(true);
    }
}

fn name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// The first program.
pub fn is_wasm(path: &str) -> bool {
    name(path).starts_with("bsh-") && path.ends_with(".wasm")
}

/// The first file of a pack, in any language.
pub fn is_pack(path: &str) -> bool {
    name(path).starts_with("pack.") && path.ends_with(".txt")
}

/// The program of the later pages, its glue and its styles.
pub fn is_later(path: &str) -> bool {
    name(path).starts_with("later-")
}

/// The program of reports and its glue.
pub fn is_reports(path: &str) -> bool {
    name(path).starts_with("reports-")
}

/// The second file of a pack, in any language.
pub fn is_more(path: &str) -> bool {
    name(path).starts_with("more.")
}

/// Anything in one language.
pub fn is_in(path: &str, lang: &str) -> bool {
    ["pack.", "more.", "say."].iter().any(|kind| name(path).starts_with(&[kind, lang, "-"].concat()))
}

fn policy(options: &Options) -> String {
    let policy = if options.wasm_allowed { POLICY.to_owned() } else { POLICY.replace(" 'wasm-unsafe-eval'", "") };
    let policy = if options.blobs_allowed { policy } else { policy.replace(" blob:", "") };
    format!("{policy}; report-uri {REPORTS}")
}

async fn answer(state: Arc<State>, request: Request<Incoming>) -> std::io::Result<Response<Reply>> {
    if state.down.load(Ordering::SeqCst) {
        return Err(std::io::ErrorKind::ConnectionReset.into());
    }
    let path = request.uri().path().to_owned();
    let response = if path == REPORTS {
        if let Ok(body) = request.into_body().collect().await {
            lock(&state.reports).push(String::from_utf8_lossy(&body.to_bytes()).into_owned());
        }
        plain(StatusCode::NO_CONTENT, "text/plain", Vec::new())
    } else if let Some(name) = path.strip_prefix(hosts::FOLDER) {
        match hosts::page(name, state.options.prefix) {
            Some(html) => plain(StatusCode::OK, HTML, html.into_bytes()),
            None => not_found(),
        }
    } else if let Some(name) = path.strip_prefix(hosts::PAGES) {
        let query = request.uri().query().unwrap_or_default();
        hosts::file(name, query, state.options.prefix, &state.options.other).map_or_else(not_found, |f| hosted(name, f))
    } else if let Some(name) = path.strip_prefix(hosts::PACKAGE) {
        package(&state, name).await
    } else if path == LEADS {
        lead(&state, request).await
    } else if let Some(name) = path.strip_prefix(EXAMPLES) {
        example(&state, name).await
    } else {
        file(&state, &path, request.uri().query().unwrap_or_default()).await
    };
    lock(&state.log).push(Entry { path, status: response.status().as_u16() });
    Ok(response)
}

const HTML: &str = "text/html; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";

fn header(response: &mut Response<Reply>, name: &'static str, value: &str) {
    if let Ok(value) = value.parse() {
        response.headers_mut().insert(name, value);
    }
}

fn hosted(name: &str, served: hosts::Served) -> Response<Reply> {
    let mut response = plain(StatusCode::OK, mime(name), served.bytes);
    if let Some(policy) = served.policy {
        header(&mut response, "content-security-policy", &format!("{policy}; report-uri {REPORTS}"));
    }
    for (name, value) in served.headers {
        header(&mut response, name, value);
    }
    response
}

/// The npm package, as it lies in somebody's project.
async fn package(state: &State, name: &str) -> Response<Reply> {
    match name.strip_prefix("assets/") {
        Some(name) => file(state, &[state.options.prefix, name].concat(), "").await,
        None => hosts::packaged(name).map_or_else(not_found, |bytes| plain(StatusCode::OK, mime(name), bytes)),
    }
}

/// Takes what was sent, and answers as the test wishes; from any origin, as such addresses are made.
async fn lead(state: &State, request: Request<Incoming>) -> Response<Reply> {
    let asks = request.method() == hyper::Method::OPTIONS;
    let status = match *lock(&state.lead) {
        LeadAnswer::Missing => StatusCode::NOT_FOUND,
        _ if asks => StatusCode::NO_CONTENT,
        LeadAnswer::Fail => StatusCode::INTERNAL_SERVER_ERROR,
        LeadAnswer::Ok | LeadAnswer::Hang => StatusCode::OK,
    };
    let hangs = !asks && *lock(&state.lead) == LeadAnswer::Hang;
    if request.method() == hyper::Method::POST
        && let Ok(body) = request.into_body().collect().await
    {
        lock(&state.leads).push(String::from_utf8_lossy(&body.to_bytes()).into_owned());
    }
    if hangs {
        std::future::pending::<()>().await;
    }
    let mut response = plain(status, "text/plain; charset=utf-8", Vec::new());
    header(&mut response, "access-control-allow-origin", "*");
    header(&mut response, "access-control-allow-headers", "*");
    response
}

/// As it is built, or else as it is written. What a page says of its policy comes as a header too, so that it is
/// reported when something is stopped.
async fn example(state: &State, name: &str) -> Response<Reply> {
    if name.split('/').any(|part| part == "..") {
        return not_found();
    }
    let name = if name.is_empty() || name.ends_with('/') { format!("{name}index.html") } else { name.to_owned() };
    for folder in [state.options.root.join("examples"), hosts::examples()] {
        if let Ok(mut bytes) = tokio::fs::read(folder.join(&name)).await {
            if name.starts_with("packs/") {
                let Some(served) = (state.options.packs)(self::name(&name), bytes) else { return not_found() };
                bytes = served;
            }
            let policy = if name.ends_with(".html") { policy_in(&bytes) } else { None };
            let mut response = plain(StatusCode::OK, mime(&name), bytes);
            if let Some(policy) = policy {
                header(&mut response, "content-security-policy", &format!("{policy}; report-uri {REPORTS}"));
            }
            if state.options.cors {
                header(&mut response, "access-control-allow-origin", "*");
            }
            return response;
        }
    }
    not_found()
}

/// The policy that a page has in a meta tag.
fn policy_in(html: &[u8]) -> Option<String> {
    let html = std::str::from_utf8(html).ok()?;
    let (_, rest) = html.split_once("http-equiv=\"Content-Security-Policy\" content=\"")?;
    rest.split('"').next().map(str::to_owned)
}

async fn file(state: &State, path: &str, query: &str) -> Response<Reply> {
    let options = &state.options;
    let Some(name) = path.strip_prefix(options.prefix) else {
        return not_found();
    };
    let name = if name.is_empty() { "index.html" } else { name };
    if name.split('/').any(|part| part == "..") {
        return not_found();
    }
    if (options.gone)(name) && !*state.released.borrow() {
        if options.broken {
            return plain(StatusCode::SERVICE_UNAVAILABLE, "text/plain", b"busy".to_vec());
        }
        return not_found();
    }
    let root = match lock(&state.cached).clone() {
        Some(cached) if PAGES.contains(&name) && !query.contains("bsh-fresh") => cached,
        _ => lock(&state.root).clone(),
    };
    let Ok(mut bytes) = tokio::fs::read(root.join(name)).await else {
        return not_found();
    };
    if name == "index.html" && !options.offline {
        bytes = without_worker(bytes);
    }
    let mut mime = mime(name);
    let mut ending = Ending::Done;
    if name == "index.html"
        && let Some(limit) = options.timeout
    {
        match with_timeout(&bytes, limit) {
            Some(changed) => bytes = changed,
            None => {
                return plain(StatusCode::INTERNAL_SERVER_ERROR, "text/plain", b"no data-timeout".to_vec());
            }
        }
    }
    if name.starts_with("boot-") {
        let refusal = if options.refuses { REFUSAL } else { "" };
        bytes = [refusal.as_bytes(), options.before.as_bytes(), &bytes].concat();
    }
    if is_wasm(name) {
        match options.wasm {
            Wasm::Right => {}
            Wasm::Missing => return not_found(),
            Wasm::Html => (bytes, mime) = (b"<!doctype html><title>Home</title><p>Welcome".to_vec(), HTML),
            Wasm::Truncated => bytes.truncate(bytes.len() / 2),
            Wasm::CutOff => ending = Ending::Broken,
            Wasm::Stalled => ending = Ending::Silent,
            Wasm::Held => {
                // The sender lives in the state that this function borrows, so it cannot be gone.
                let _ = state.released.subscribe().wait_for(|released| *released).await;
            }
        }
    }
    if is_pack(name) {
        match options.pack {
            Pack::Right => {}
            Pack::Missing => return not_found(),
            Pack::Damaged => {
                let middle = bytes.len() / 2;
                let at = (middle..bytes.len()).find(|&i| bytes[i].is_ascii_lowercase());
                if let Some(at) = at {
                    bytes[at] = if bytes[at] == b'x' { b'y' } else { b'x' };
                }
            }
            Pack::Foreign => {
                bytes = String::from_utf8_lossy(&bytes).replacen("bsh-pack\t3\t", "bsh-pack\t9\t", 1).into_bytes();
            }
        }
    }
    respond(options, mime, bytes, ending)
}

fn with_timeout(html: &[u8], limit: u32) -> Option<Vec<u8>> {
    let html = std::str::from_utf8(html).ok()?;
    let (before, rest) = html.split_once("data-timeout=\"")?;
    let (_, after) = rest.split_once('"')?;
    Some(format!("{before}data-timeout=\"{limit}\"{after}").into_bytes())
}

fn respond(options: &Options, mime: &str, bytes: Vec<u8>, ending: Ending) -> Response<Reply> {
    let length = bytes.len();
    let sent = if ending == Ending::Done { length } else { length / 2 };
    let mut builder = Response::builder()
        .header("content-type", mime)
        .header("content-length", length)
        .header("cache-control", "no-cache");
    // A worker has a policy of its own: that of its script.
    if mime == HTML || mime == SCRIPT {
        builder = builder.header("content-security-policy", policy(options));
    }
    if options.cors {
        builder = builder.header("access-control-allow-origin", "*");
    }
    let body = Reply { chunk: Some(Bytes::from(bytes).slice(..sent)), ending };
    builder.body(body).unwrap_or_else(|_| not_found())
}

/// The page without the name of the script that registers its worker.
fn without_worker(bytes: Vec<u8>) -> Vec<u8> {
    let Ok(html) = std::str::from_utf8(&bytes) else { return bytes };
    html.replace(" data-offline=", " data-not-offline=").into_bytes()
}

fn plain(status: StatusCode, mime: &str, bytes: Vec<u8>) -> Response<Reply> {
    let mut response = Response::new(Reply { chunk: Some(Bytes::from(bytes)), ending: Ending::Done });
    *response.status_mut() = status;
    if let Ok(value) = mime.parse() {
        response.headers_mut().insert("content-type", value);
    }
    response
}

fn not_found() -> Response<Reply> {
    plain(StatusCode::NOT_FOUND, HTML, b"<!doctype html><title>404</title><p>Not found".to_vec())
}

fn mime(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "html" => HTML,
        "js" | "mjs" => SCRIPT,
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "txt" => "text/plain; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        _ => "application/octet-stream",
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ending {
    Done,
    /// The connection breaks.
    Broken,
    /// The connection stays open and says nothing more.
    Silent,
}

struct Reply {
    chunk: Option<Bytes>,
    ending: Ending,
}

impl Body for Reply {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut TaskContext<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, std::io::Error>>> {
        if let Some(chunk) = self.chunk.take() {
            return Poll::Ready(Some(Ok(Frame::data(chunk))));
        }
        match self.ending {
            Ending::Done => Poll::Ready(None),
            Ending::Broken => Poll::Ready(Some(Err(std::io::ErrorKind::ConnectionReset.into()))),
            Ending::Silent => Poll::Pending,
        }
    }

    fn size_hint(&self) -> SizeHint {
        match (&self.chunk, self.ending) {
            (Some(chunk), Ending::Done) => SizeHint::with_exact(chunk.len() as u64),
            _ => SizeHint::default(),
        }
    }
}
