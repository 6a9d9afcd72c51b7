//! Host pages around the app: the files of `tests/hosts/`, and small ones made here.
//! Knows how a host takes the app in, and which policy each host has; must not know what is inside.

use std::path::PathBuf;

pub const FOLDER: &str = "/__host/";

/// Where the files of `tests/hosts/` are served.
pub const PAGES: &str = "/hosts/";

/// `blank`: nothing, and no policy. `sandbox`: a frame of a foreign origin without storage. `frame-320`: a frame that many pixels wide.
pub fn page(name: &str, app: &str) -> Option<String> {
    if name == "blank" {
        return Some("<!doctype html><html lang=en><title>Blank</title><p>Blank</html>".to_owned());
    }
    let attributes = match name.split_once('-') {
        None if name == "sandbox" => "width=1000 sandbox='allow-scripts allow-forms allow-downloads'".to_owned(),
        Some(("frame", width)) => format!("width={}", width.parse::<u32>().ok()?),
        _ => return None,
    };
    Some(format!(
        "<!doctype html><html lang=en><meta charset=utf-8><title>Host</title>\
         <style>body{{margin:0}}iframe{{border:0;display:block}}</style>\
         <iframe title=App height=860 {attributes} src='{app}'></iframe></html>"
    ))
}

/// The files of `tests/hosts/`, and the ones of `examples/`.
pub fn folder() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../hosts"))
}

pub fn examples() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples"))
}

/// Where the npm package is served, laid out as it is packed: its own files as they are written, the site as `assets/`.
/// The suite `dist` holds that the packed one is so.
pub const PACKAGE: &str = "/npm/";

/// A file of the package by its name; nothing where it is not one of its own.
pub fn packaged(name: &str) -> Option<Vec<u8>> {
    let own = !name.is_empty() && !name.contains('/') && !name.starts_with('.');
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../web/npm/");
    own.then(|| std::fs::read(format!("{folder}{name}")).ok()).flatten()
}

/// How a host takes the app in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// `<buy-sell-hierarchy>` and element.js.
    Element,
    /// `<div data-bsh>` and embed.js.
    Frame,
    /// `<iframe>` without any script of ours.
    Plain,
}

/// A host page of `tests/hosts/` with what its widget is to be.
#[derive(Clone, Debug)]
pub struct Host {
    pub page: &'static str,
    pub how: How,
    /// Names as in the table of options; an empty value makes a flag.
    pub options: Vec<(&'static str, String)>,
    /// What the frame's sandbox allows; no sandbox when there is none. Of [`How::Plain`] only.
    pub sandbox: Option<&'static str>,
    /// Script and frame come from the other site and not from the host's own.
    pub foreign: bool,
}

impl Host {
    pub fn new(page: &'static str, how: How) -> Self {
        Self { page, how, options: Vec::new(), sandbox: None, foreign: false }
    }

    pub fn with(mut self, name: &'static str, value: &str) -> Self {
        self.options.push((name, value.to_owned()));
        self
    }

    pub fn sandboxed(mut self, allowed: &'static str) -> Self {
        self.sandbox = Some(allowed);
        self
    }

    pub fn foreign(mut self) -> Self {
        self.foreign = true;
        self
    }

    /// Name and query of the page, for [`super::server::Site::hosted`].
    pub fn tail(&self) -> String {
        let how = match self.how {
            How::Element => "element",
            How::Frame => "frame",
            How::Plain => "plain",
        };
        let mut tail = format!("{}.html?as={how}", self.page);
        if self.foreign {
            tail.push_str("&from=other");
        }
        if let Some(allowed) = self.sandbox {
            tail.push_str(&format!("&sandbox={}", encoded(allowed)));
        }
        for (name, value) in &self.options {
            tail.push_str(&format!("&o.{name}={}", encoded(value)));
        }
        tail
    }
}

pub fn encoded(text: &str) -> String {
    let one = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' => (byte as char).to_string(),
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(one).collect()
}

fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let code = match (first, tail) {
            (b'%', [a, b, ..]) => str::from_utf8(&[*a, *b]).ok().and_then(|hex| u8::from_str_radix(hex, 16).ok()),
            _ => None,
        };
        bytes.push(code.unwrap_or(*first));
        rest = if code.is_some() { &tail[2..] } else { tail };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Everything that the tests' hosts need under a strict policy; `{other}` is the origin that scripts come from as well.
const ELEMENT: &str = "default-src 'none'; script-src 'self'{other} 'wasm-unsafe-eval'; connect-src 'self'{other}; \
    style-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; \
    require-trusted-types-for 'script'; trusted-types 'none'";
/// A host of a frame needs no WebAssembly of its own.
const FRAME: &str = "default-src 'none'; script-src 'self'{other}; style-src 'self'; frame-src 'self'{other}; \
    img-src data:; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

/// The policy of each host page; those that are not here have none.
fn policy_of(page: &str, how: &str) -> Option<String> {
    let strict = if how == "element" { ELEMENT } else { FRAME };
    match page {
        "strict.html" | "examples.html" | "module.html" => Some(strict.to_owned()),
        "no-wasm.html" => Some(strict.replace(" 'wasm-unsafe-eval'", "")),
        // Enough for the widget, and a default that stops everything else that it might try.
        "shortcuts.html" => Some(strict.replace(" base-uri 'none';", "")),
        _ => None,
    }
}

/// Headers beside the policy.
fn headers_of(page: &str) -> &'static [(&'static str, &'static str)] {
    match page {
        // The frame must know its host without it.
        "strict.html" => &[
            ("referrer-policy", "no-referrer"),
            ("x-content-type-options", "nosniff"),
            ("cross-origin-opener-policy", "same-origin"),
        ],
        _ => &[],
    }
}

/// An answer of the folder of host pages.
pub struct Served {
    pub bytes: Vec<u8>,
    pub policy: Option<String>,
    pub headers: &'static [(&'static str, &'static str)],
}

/// A file of `tests/hosts/`, with the places in it filled: `{{widget}}` and `{{script}}` are the app as the query says,
/// `{{app}}` is the address of the built files, `{{other}}` the one on the other site.
pub fn file(name: &str, query: &str, app: &str, other: &str) -> Option<Served> {
    if name.split('/').any(|part| part.starts_with('.')) {
        return None;
    }
    let bytes = std::fs::read(folder().join(name)).ok()?;
    if !name.ends_with(".html") {
        return Some(Served { bytes, policy: None, headers: &[] });
    }
    let pairs: Vec<(&str, String)> =
        query.split('&').filter_map(|pair| pair.split_once('=')).map(|(key, value)| (key, decoded(value))).collect();
    let find = |key: &str| pairs.iter().find(|(name, _)| *name == key).map(|(_, value)| value.as_str());
    let how = find("as").unwrap_or("element");
    let from = if find("from") == Some("other") { other } else { app };
    let options: Vec<(&str, &str)> =
        pairs.iter().filter_map(|(key, value)| Some((key.strip_prefix("o.")?, value.as_str()))).collect();
    let html = String::from_utf8(bytes)
        .ok()?
        .replace("{{widget}}", &widget(how, from, &options, find("sandbox")))
        .replace("{{script}}", &script(how, from))
        .replace("{{app}}", from)
        .replace("{{other}}", other);
    // Without a path: in a policy, one without a slash at its end would be a single file.
    let origin = other.splitn(4, '/').take(3).collect::<Vec<_>>().join("/");
    let also = if from == other && !origin.is_empty() { format!(" {origin}") } else { String::new() };
    let policy = policy_of(name, how).map(|policy| policy.replace("{other}", &also));
    Some(Served { bytes: html.into_bytes(), policy, headers: headers_of(name) })
}

fn script(how: &str, from: &str) -> String {
    match how {
        "element" => format!("<script src=\"{from}element.js\" async></script>"),
        "frame" => format!("<script src=\"{from}embed.js\" async></script>"),
        _ => String::new(),
    }
}

fn widget(how: &str, from: &str, options: &[(&str, &str)], sandbox: Option<&str>) -> String {
    let escape = |text: &str| text.replace('&', "&amp;").replace('"', "&quot;");
    let attribute = |(name, value): &(&str, &str), start: &str| {
        if value.is_empty() { format!(" {start}{name}") } else { format!(" {start}{name}=\"{}\"", escape(value)) }
    };
    match how {
        "element" => {
            let all: String = options.iter().map(|pair| attribute(pair, "")).collect();
            format!("<buy-sell-hierarchy id=\"w\"{all}></buy-sell-hierarchy>")
        }
        "frame" => {
            let all: String = options.iter().map(|pair| attribute(pair, "data-")).collect();
            format!("<div id=\"w\" data-bsh{all}></div>")
        }
        _ => {
            let query: Vec<String> = options
                .iter()
                .map(
                    |(name, value)| {
                        if value.is_empty() { (*name).to_owned() } else { format!("{name}={}", encoded(value)) }
                    },
                )
                .collect();
            let query = if query.is_empty() { String::new() } else { format!("?{}", query.join("&amp;")) };
            let sandbox = sandbox.map(|allowed| format!(" sandbox=\"{allowed}\"")).unwrap_or_default();
            format!(
                "<iframe id=\"w\" title=\"Assessment\" width=\"800\" height=\"600\"{sandbox} src=\"{from}embed.html{query}\"></iframe>"
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_says_what_the_widget_is() {
        let host = Host::new("plain", How::Element).with("account", "A & \"B\"").with("report-result", "");
        let tail = host.tail();
        let (_, query) = tail.split_once('?').unwrap_or_default();
        let served = file("plain.html", query, "/app/", "").map(|served| served.bytes).unwrap_or_default();
        let html = String::from_utf8_lossy(&served);
        assert!(
            html.contains("<buy-sell-hierarchy id=\"w\" account=\"A &amp; &quot;B&quot;\" report-result>"),
            "{html}"
        );
        assert!(html.contains("/app/element.js"), "{html}");
    }
}
