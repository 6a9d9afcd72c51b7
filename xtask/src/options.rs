//! The options of somebody who puts the questionnaire into a page: one table, from which docs/embedding.md and what the
//! scripts know of options are made; and the names of the look that a page hands to a frame.
//!
//! Knows names, places, allowed values and meanings. Must not know how a script uses them.

use crate::fault::{Doing, Fault, Result};
use crate::words::Texts;
use crate::{place, scripts};
use std::collections::BTreeMap;

/// Where an option can be given. Its name is the same everywhere: `lang`, `data-lang`, `?lang=`.
pub struct Opt {
    pub name: &'static str,
    /// As an attribute of `<buy-sell-hierarchy>`.
    pub attribute: bool,
    /// As `data-NAME` of a `<div data-bsh>`.
    pub data: bool,
    /// In the address of embed.html and index.html.
    pub query: bool,
    pub kind: Kind,
    /// What holds without it, for a reader.
    pub default: &'static str,
    pub meaning: &'static str,
}

pub enum Kind {
    Language,
    Address,
    /// Several, with spaces between.
    Origins,
    Words(&'static [&'static str]),
    /// A name in storage.
    Key,
    /// One line of at most so many UTF-16 units.
    Text(u16),
    /// There or not; `false`, `no`, `off` and `0` count as not.
    Flag,
    /// The value of an iframe's attribute `sandbox`.
    Sandbox,
}

impl Kind {
    /// A regular expression for the whole value, for scripts.
    fn pattern(&self) -> String {
        match self {
            Kind::Language => "[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})?".into(),
            Kind::Address => "\\S{1,2000}".into(),
            Kind::Origins => "\\s*\\S[^]*".into(),
            Kind::Words(words) => words.join("|"),
            Kind::Key => "[\\w.-]{1,40}".into(),
            Kind::Text(most) => format!(".{{1,{most}}}"),
            Kind::Flag => "(?!(false|no|off|0)$).*".into(),
            Kind::Sandbox => "[a-z -]*".into(),
        }
    }

    /// The allowed values, for a reader.
    fn values(&self) -> String {
        match self {
            Kind::Language => "language code".into(),
            Kind::Address => "address".into(),
            Kind::Origins => "origins, with spaces between".into(),
            Kind::Words(words) => words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", "),
            Kind::Key => "1 to 40 of `a-z A-Z 0-9 . _ -`".into(),
            Kind::Text(most) => format!("text, at most {most} characters"),
            Kind::Flag => "flag: there or not".into(),
            Kind::Sandbox => "as of an iframe's `sandbox`".into(),
        }
    }
}

const ALL: (bool, bool, bool) = (true, true, true);
const ELEMENT: (bool, bool, bool) = (true, false, false);
const ELEMENT_AND_DIV: (bool, bool, bool) = (true, true, false);
const DIV: (bool, bool, bool) = (false, true, false);

const fn option(
    name: &'static str,
    (attribute, data, query): (bool, bool, bool),
    kind: Kind,
    default: &'static str,
    meaning: &'static str,
) -> Opt {
    Opt { name, attribute, data, query, kind, default, meaning }
}

pub const OPTIONS: [Opt; 12] = [
    option(
        "lang",
        ALL,
        Kind::Language,
        "the language of the page around, then the browser's",
        "The language shown first. The user can change it.",
    ),
    option(
        "pack",
        ALL,
        Kind::Address,
        "the built-in questions",
        "Your own questions and brand: a folder of compiled files (ends with `/`) or one `.json` file. In a frame, \
         relative to embed.html and from its own origin only.",
    ),
    option(
        "pack-origins",
        ELEMENT,
        Kind::Origins,
        "none",
        "Other origins that `pack` may name. Never in an address, which anybody can write.",
    ),
    option(
        "mode",
        ALL,
        Kind::Words(&["assessment", "workspace", "customer", "kiosk"]),
        "`assessment`; on index.html `workspace`",
        "`assessment`: one run. `workspace`: accounts, people and rounds too. `customer`: the visitor judges a supplier. \
         `kiosk`: nothing is stored, and a button clears everything for the next person.",
    ),
    option(
        "theme",
        ALL,
        Kind::Words(&["host", "auto", "light", "dark"]),
        "`host`; in an address `auto`",
        "`host`: the `color-scheme` of the place in your page. `auto`: what the user's device prefers.",
    ),
    option(
        "storage-key",
        ALL,
        Kind::Key,
        "`default`, or the name of the pack's folder or file",
        "Under which name answers are kept. Give each of several widgets on a site its own, or they share their answers. \
         A second element of the same name on one page takes `name-2`.",
    ),
    option("form", ALL, Kind::Words(&["short", "full"]), "`short`", "The length that is preselected."),
    option(
        "account",
        ALL,
        Kind::Text(80),
        "blank",
        "The customer's name that is filled in at the start. In an address, and with the div, the server's log has it too.",
    ),
    option(
        "report-result",
        ALL,
        Kind::Flag,
        "off",
        "`bsh-complete` and `exportResult()` carry level and position. The user is told so before the start. Answers are \
         never handed over.",
    ),
    option(
        "loading",
        ELEMENT_AND_DIV,
        Kind::Words(&["lazy", "eager"]),
        "`lazy`",
        "`lazy`: nothing is fetched before the place comes near the window.",
    ),
    option("title", DIV, Kind::Text(200), "the title of the questionnaire", "The frame's name for screen readers."),
    option(
        "sandbox",
        DIV,
        Kind::Sandbox,
        "none",
        "Restricts the frame. `allow-scripts` is needed; without `allow-same-origin` nothing is stored.",
    ),
];

/// The custom properties `--bsh-*` that a page may hand to a frame, each with a property of CSS that takes the same
/// values.
pub const LOOK: [(&str, &str); 19] = [
    ("bg", "color"),
    ("card", "color"),
    ("ink", "color"),
    ("soft", "color"),
    ("line", "color"),
    ("edge", "color"),
    ("tier", "color"),
    ("accent", "color"),
    ("accent-soft", "color"),
    ("on-accent", "color"),
    ("mark", "color"),
    ("warn", "color"),
    ("warn-soft", "color"),
    ("radius", "border-top-left-radius"),
    ("font", "font-family"),
    ("small", "font-size"),
    ("text", "font-size"),
    ("large", "font-size"),
    ("title", "font-size"),
];

/// Which options a script reads.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    /// The page, from its address.
    Page,
    /// The element, from its attributes.
    Element,
}

/// An object of JavaScript: the name of each option, and a regular expression for its whole value. A reader is
/// `(name, given) => given !== null && RegExp(`^(${OPTIONS[name]})$`).test(given) ? given : null`; for a flag anything
/// but null means on.
pub fn script(reader: Reader) -> Result<String> {
    let wanted = OPTIONS.iter().filter(|option| match reader {
        Reader::Page => option.query,
        Reader::Element => option.attribute,
    });
    object(wanted.map(|option| (option.name, option.kind.pattern())))
}

/// frame.js with the names of the look.
pub fn frame(source: &str) -> Result<String> {
    let look = object(LOOK.iter().map(|(name, like)| (*name, like.to_string())))?;
    scripts::put("web/frame.js", source, &[("\"{{tokens}}\"", &look)])
}

/// embed.js with the names of options and look, and the frame's title in every language.
pub fn embed(source: &str, said: &BTreeMap<String, Texts>) -> Result<String> {
    let names: Vec<&str> = OPTIONS.iter().filter(|option| option.data && option.query).map(|o| o.name).collect();
    let look: Vec<&str> = LOOK.iter().map(|(name, _)| *name).collect();
    let title = |texts: &Texts| texts.get("page.title").cloned();
    let titles = object(said.iter().filter_map(|(code, texts)| Some((code.as_str(), title(texts)?))))?;
    let places = [("\"{{titles}}\"", &*titles), ("{{names}}", &names.join(" ")), ("{{look}}", &look.join(" "))];
    scripts::put("web/embed.js", source, &places)
}

/// In the order given, which a map of serde_json would not keep.
fn object<'a>(pairs: impl Iterator<Item = (&'a str, String)>) -> Result<String> {
    let mut fields = Vec::new();
    for (name, value) in pairs {
        let name = serde_json::to_string(name).doing("write an option for the scripts")?;
        let value = serde_json::to_string(&value).doing("write an option for the scripts")?;
        fields.push([name, value].join(":"));
    }
    Ok(ascii(&format!("{{{}}}", fields.join(","))))
}

/// A page in another encoding than UTF-8 reads our scripts in its own.
fn ascii(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c.is_ascii() {
            true => out.push(c),
            false => c.encode_utf16(&mut [0; 2]).iter().for_each(|unit| out.push_str(&format!("\\u{unit:04x}"))),
        }
    }
    out
}

const OPEN: &str = "<!-- options -->";
const CLOSE: &str = "<!-- /options -->";

/// The table as it stands in docs/embedding.md.
pub fn markdown() -> String {
    let mut text = String::from("| option | given on | values | without it | meaning |\n|---|---|---|---|---|\n");
    for option in &OPTIONS {
        let places = [(option.attribute, "element"), (option.data, "div"), (option.query, "address")];
        let places: Vec<&str> = places.iter().filter(|(given, _)| *given).map(|(_, place)| *place).collect();
        let (name, values) = (option.name, option.kind.values());
        let row = [format!("`{name}`"), places.join(", "), values, option.default.into(), option.meaning.into()];
        text.push_str(&format!("| {} |\n", row.join(" | ")));
    }
    text
}

/// The document with the table of today between its marks.
fn fresh(document: &str) -> Result<String> {
    let parts = document.split_once(OPEN).and_then(|(before, rest)| Some((before, rest.split_once(CLOSE)?.1)));
    let Some((before, after)) = parts else {
        return Err(Fault::new(format!("docs/embedding.md must have {OPEN} and {CLOSE}, with the table between them")));
    };
    Ok(format!("{before}{OPEN}\n{}{CLOSE}{after}", markdown()))
}

/// Writes the table into docs/embedding.md.
pub fn write_docs() -> Result<()> {
    let file = place::root().join("docs").join("embedding.md");
    let document = std::fs::read_to_string(&file).doing("read docs/embedding.md")?;
    std::fs::write(&file, fresh(&document)?).doing("write docs/embedding.md")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str) -> String {
        std::fs::read_to_string(place::root().join(path)).unwrap_or_default()
    }

    #[test]
    fn the_document_has_the_table_of_today() {
        let document = file("docs/embedding.md");
        assert_eq!(fresh(&document).as_ref(), Ok(&document), "run `cargo xtask docs`");
    }

    #[test]
    fn a_document_without_marks_is_a_fault() -> Result<()> {
        assert!(fresh("# Embedding").is_err());
        assert!(fresh(CLOSE).is_err());
        let once = fresh(&format!("a\n{OPEN}\nof before\n{CLOSE}\nb\n"))?;
        assert!(once.starts_with("a\n") && once.ends_with("\nb\n") && !once.contains("of before"), "{once}");
        assert_eq!(fresh(&once)?, once);
        Ok(())
    }

    #[test]
    fn rows_are_whole() {
        for (at, option) in OPTIONS.iter().enumerate() {
            assert!(option.attribute || option.data || option.query, "{}", option.name);
            // What an address can say, a div and an element can say.
            assert!(!option.query || (option.attribute && option.data), "{}", option.name);
            assert!(OPTIONS[..at].iter().all(|other| other.name != option.name), "{}", option.name);
            assert!(option.meaning.ends_with('.') && !option.default.is_empty(), "{}", option.name);
            assert!(!markdown().contains('\\'), "{}", option.name);
        }
        // Anybody can write an address: no other origin comes in by one.
        assert!(OPTIONS.iter().all(|option| !option.query || !matches!(option.kind, Kind::Origins)));
        let columns = |line: &str| line.matches(" | ").count();
        assert!(markdown().lines().filter(|line| !line.starts_with("|--")).all(|line| columns(line) == 4));
    }

    #[test]
    fn scripts_get_names_and_patterns() -> Result<()> {
        let page = script(Reader::Page)?;
        assert!(page.starts_with("{\"lang\":\"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})?\",\"pack\":"), "{page}");
        assert!(page.contains("\"storage-key\":\"[\\\\w.-]{1,40}\"") && !page.contains("origins"), "{page}");
        assert!(script(Reader::Element)?.contains("\"loading\":\"lazy|eager\""));
        assert!(serde_json::from_str::<BTreeMap<String, String>>(&page).is_ok());
        Ok(())
    }

    #[test]
    fn the_scripts_have_their_places() -> Result<()> {
        let said = crate::words::page(&place::root().join("content"), &["en".into(), "nl".into()])?;
        let embed = embed(&file("web/embed.js"), &said)?;
        assert!(embed.contains("\"lang pack mode theme storage-key form account report-result\""));
        assert!(embed.contains("TITLES = {\"en\":\"") && !embed.contains("{{"), "{embed}");
        assert!(frame(&file("web/frame.js"))?.contains("LOOK = {\"bg\":\"color\","));
        assert!(frame("").is_err());
        assert_eq!(ascii("å—𝄞"), "\\u00e5\\u2014\\ud834\\udd1e");
        Ok(())
    }

    #[test]
    fn the_look_is_that_of_the_style_sheet() {
        let sheet = file("styles/tokens.css");
        let root = sheet.split_once('}').map_or("", |(first, _)| first);
        let names = root.lines().filter_map(|line| line.trim().strip_prefix("--bsh-")?.split_once(':')).map(|(n, _)| n);
        assert_eq!(names.collect::<Vec<_>>(), LOOK.map(|(name, _)| name));
    }

    #[test]
    fn the_types_know_every_option() {
        let types = file("web/types/bsh.d.ts");
        let body = |name: &str| {
            let start = format!("export interface {name} {{");
            types
                .split_once(&start)
                .and_then(|(_, rest)| rest.split_once("\n}"))
                .map_or(String::new(), |(b, _)| b.into())
        };
        for (interface, data) in [("BshAttributes", false), ("BshData", true)] {
            let body = body(interface);
            let given = |option: &&Opt| if data { option.data } else { option.attribute };
            for option in OPTIONS.iter().filter(given) {
                let name = if data { format!("data-{}", option.name) } else { option.name.into() };
                let kind = match &option.kind {
                    Kind::Words(words) => words.iter().map(|w| format!("\"{w}\"")).collect::<Vec<_>>().join(" | "),
                    Kind::Flag => "\"\" | \"true\" | \"false\"".into(),
                    _ => "string".into(),
                };
                let line = format!("  \"{name}\"?: {kind};");
                assert!(body.lines().any(|found| found == line), "{interface} lacks `{}`", line.trim());
            }
            let lines = body.lines().filter(|line| line.contains("?: ")).count();
            // A div has its mark as well.
            assert_eq!(lines, OPTIONS.iter().filter(given).count(), "{interface} has more than the table");
        }
    }
}
