//! The report as one HTML file: its drawings and tables, and inside it the answers. Inert: no script, no link, nothing
//! from elsewhere; its own policy says so too.
//!
//! Knows the syntax of HTML. Must not know what the report says.

use super::document::Document;
use super::pen::Svg;
use super::plain::{attribute, has_class};
use super::{data, paint};
use crate::pack::compiled::Pack;
use crate::pack::texts::T;
use crate::page::dom::{At, Child, El, NAMES, Set};

/// The look of a report, as on the page; here with light colours of its own.
const LOOK: &str = include_str!("../../styles/later/report.css");
const COLORS: &str = ":root{color-scheme:light;--bsh-bg:#fff;--bsh-card:#fff;--bsh-ink:#1b2530;--bsh-soft:#55616d;\
--bsh-line:#dfddd6;--bsh-edge:#84909b;--bsh-tier:#ece9e2;--bsh-accent:#0b6757;--bsh-accent-soft:#e5f1ee;\
--bsh-mark:#a8480f;--bsh-small:.875rem}\
body{margin:0;background:var(--bsh-bg);color:var(--bsh-ink);font:1rem/1.5 system-ui,-apple-system,\"Segoe UI\",Roboto,\
\"Helvetica Neue\",sans-serif}main{max-width:46rem;margin:0 auto;padding:24px 16px}\
@media print{body{font-size:10.5pt}main{max-width:none;padding:0}}";
/// Nothing is fetched and nothing runs, whoever serves the file.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/// The file. `inside`: what it is opened again by, see [`data`].
pub fn file(pack: &Pack, document: &Document, inside: &str) -> String {
    let mut out = Svg::default();
    out.raw("<!DOCTYPE html>\n<html");
    out.string("lang", &pack.lang);
    out.raw("><head><meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\"");
    out.string("content", POLICY);
    out.raw(">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"robots\" content=\"noindex\">\n<title>");
    out.escaped(&pack.fill(T::TitleSep, &[("page", &document.title)]));
    out.raw("</title>\n<style>");
    out.raw(COLORS);
    out.raw(LOOK);
    out.raw("</style></head>\n<body class=\"bsh\"><main class=\"bsh-report\">\n<header><p class=\"bsh-eyebrow\">");
    out.escaped(pack.t(T::AppName));
    out.raw("</p><h1>");
    out.escaped(&document.title);
    out.raw("</h1><p class=\"bsh-lead\">");
    out.escaped(&document.line);
    out.raw("</p></header>\n");
    for section in &document.sections {
        element(section, &mut out);
        out.raw("\n");
    }
    out.raw("<footer><p class=\"bsh-fine\">");
    out.escaped(pack.t(T::ReportData));
    out.raw("</p></footer></main>\n");
    data::write(inside, &mut out.0);
    out.raw("</body></html>\n");
    out.0
}

/// An element and all in it. Drawings bring their colours; of the two pyramids the one with names stands here.
fn element(el: &El, out: &mut Svg) {
    if has_class(el, "bsh-pyramid-narrow") {
        return;
    }
    if el.0.tag == "svg" {
        let around =
            if attribute(el, At::AriaLabelledby).starts_with("bsh-matrix-t") { &["bsh-matrix"][..] } else { &[] };
        return paint::element(el, around, out);
    }
    out.raw("<");
    out.raw(&el.0.tag);
    for (name, set) in &el.0.sets {
        if let (Some(name), Set::Attribute(value)) = (NAMES.get(*name as usize), set) {
            out.string(name, value);
        }
    }
    out.raw(">");
    for child in &el.0.children {
        match child {
            Child::Text(text) => out.escaped(text),
            Child::El(inner) => element(inner, out),
        }
    }
    out.raw("</");
    out.raw(&el.0.tag);
    out.raw(">");
}
