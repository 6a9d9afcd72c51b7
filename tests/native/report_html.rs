//! The one-file report: what an independent parser reads of it, that it is inert, and that the answers inside it are read
//! back as they were.

use crate::report_kit::{ALONE, HOSTILE, KEPT, all_drafts, any_report, every, fields, frame, hostile, rich};
use crate::support::{edition, fresh};
use buy_sell_hierarchy::domain::draft::Draft;
use buy_sell_hierarchy::domain::model::Form;
use buy_sell_hierarchy::pack::compiled::Pack;
use buy_sell_hierarchy::report::{data, files};
use buy_sell_hierarchy::storage::codec::Fields;
use buy_sell_hierarchy::toolbox;
use html5ever::tendril::TendrilSink;
use html5ever::{ParseOpts, parse_document};
use markup5ever_rcdom::{Handle, NodeData, RcDom};
use proptest::prelude::*;

pub fn page(pack: &Pack, draft: &Draft) -> String {
    files::file(pack, draft, &frame(draft), "html").unwrap().text
}

/// An element as the parser found it.
struct Found {
    tag: String,
    /// The tag of what it stands in; `#document` for the first.
    parent: String,
    attributes: Vec<(String, String)>,
    /// All text in it.
    text: String,
}

impl Found {
    fn get(&self, name: &str) -> &str {
        self.attributes.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }
}

/// What an HTML parser makes of a text.
struct Page {
    all: Vec<Found>,
    comments: usize,
    errors: Vec<String>,
}

impl Page {
    fn of(text: &str) -> Page {
        let dom = parse_document(RcDom::default(), ParseOpts::default()).one(text);
        let mut page = Page { all: Vec::new(), comments: 0, errors: Vec::new() };
        page.take(&dom.document, "#document");
        page.errors = dom.errors.borrow().iter().map(ToString::to_string).collect();
        page
    }

    fn take(&mut self, node: &Handle, parent: &str) {
        let mut own = parent.to_string();
        if let NodeData::Element { name, attrs, .. } = &node.data {
            let attributes =
                attrs.borrow().iter().map(|one| (one.name.local.to_string(), one.value.to_string())).collect();
            own = name.local.to_string();
            self.all.push(Found { tag: own.clone(), parent: parent.into(), attributes, text: said(node) });
        }
        self.comments += usize::from(matches!(node.data, NodeData::Comment { .. }));
        for child in inside(node) {
            self.take(&child, &own);
        }
    }

    fn tags(&self, tag: &str) -> Vec<&Found> {
        self.all.iter().filter(|found| found.tag == tag).collect()
    }
}

/// The children of a node, those that a template keeps apart among them.
fn inside(node: &Handle) -> Vec<Handle> {
    let mut all = node.children.borrow().clone();
    if let NodeData::Element { template_contents, .. } = &node.data
        && let Some(kept) = template_contents.borrow().as_ref()
    {
        all.extend(kept.children.borrow().iter().cloned());
    }
    all
}

fn said(node: &Handle) -> String {
    match &node.data {
        NodeData::Text { contents } => contents.borrow().to_string(),
        _ => inside(node).iter().map(said).collect(),
    }
}

/// Whole, inert, and every name in it resolves.
pub fn check(text: &str) -> Result<(), String> {
    const ELEMENTS: [&str; 47] = [
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "main",
        "header",
        "footer",
        "section",
        "article",
        "div",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "p",
        "span",
        "b",
        "i",
        "em",
        "strong",
        "small",
        "ul",
        "ol",
        "li",
        "blockquote",
        "table",
        "caption",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "figure",
        "figcaption",
        "template",
        "svg",
        "desc",
        "rect",
        "g",
        "path",
        "circle",
        "text",
        "q",
    ];
    let page = Page::of(text);
    let fail = |what: String| Err(what);
    if page.comments > 0 {
        return fail("a comment".into());
    }
    let (mut ids, mut named, mut level): (Vec<&str>, Vec<&str>, u32) = (Vec::new(), Vec::new(), 0);
    for found in &page.all {
        let tag = &*found.tag;
        if !ELEMENTS.contains(&tag) {
            return fail(format!("element {tag}"));
        }
        for (name, value) in &found.attributes {
            let bad = ["style", "href", "src", "srcdoc", "action", "tabindex"].contains(&&**name);
            if bad || name.starts_with("on") || value.contains("javascript:") || value.contains("url(") {
                return fail(format!("{tag} has {name}={value:?}"));
            }
            match &**name {
                "id" if ids.contains(&&**value) => return fail(format!("{value} twice")),
                "id" => ids.push(value),
                "aria-labelledby" | "aria-describedby" => named.extend(value.split(' ')),
                "http-equiv" if value != "Content-Security-Policy" => return fail(value.clone()),
                _ => {}
            }
        }
        if let Some(next) = tag.strip_prefix('h').and_then(|digit| digit.parse::<u32>().ok()) {
            if next > level + 1 || (next == 1) != (level == 0) {
                return fail(format!("h{next} after h{level}"));
            }
            level = next;
        }
    }
    if let Some(missing) = named.iter().find(|name| !ids.contains(name)) {
        return fail(format!("nothing has the id {missing}"));
    }
    for (tag, parent) in
        [("html", "#document"), ("title", "head"), ("style", "head"), ("main", "body"), ("h1", "header")]
    {
        let count =
            page.all.iter().filter(|found| found.tag == tag && (found.parent == parent || tag != "title")).count();
        if count != 1 {
            return fail(format!("{count} of {tag}"));
        }
    }
    let [template] = &page.tags("template")[..] else { return fail("no template, or several".into()) };
    if (&*template.parent, template.get("id")) != ("body", "bsh-data") {
        return fail("another template".into());
    }
    let head: Vec<&Found> = page.all.iter().filter(|found| found.parent == "head").collect();
    if head[0].get("charset") != "utf-8" || head[1].get("http-equiv") != "Content-Security-Policy" {
        return fail("the policy does not come first".into());
    }
    // No address in what a browser follows; in texts there may be some.
    let style = &page.tags("style")[0].text;
    if style.contains("url(") || style.contains("@import") || style.contains("//") {
        return fail("the style fetches".into());
    }
    Ok(())
}

#[test]
fn every_report_is_right_html_and_inert() {
    every(|what, pack, draft| {
        let text = page(pack, draft);
        check(&text).unwrap_or_else(|wrong| panic!("{what}: {wrong}"));
        let page = Page::of(&text);
        assert_eq!(page.errors, Vec::<String>::new(), "{what}");
        assert_eq!(page.tags("html")[0].get("lang"), &*pack.lang);
        let title = &page.tags("title")[0].text;
        assert!(title.contains(pack.subject(draft).trim()), "{title}");
        let policy = page.tags("meta")[1].get("content");
        assert!(policy.starts_with("default-src 'none';") && !policy.contains("script"), "{policy}");
        assert!(text.ends_with("</html>\n"));
    });
}

#[test]
fn a_report_is_small_enough_for_any_mail() {
    let most = all_drafts().iter().map(|(_, draft)| page(edition(), draft).len()).max().unwrap();
    assert!((20_000..120_000).contains(&most), "{most} bytes");
}

#[test]
fn hostile_names_stay_text_in_the_page() {
    for name in HOSTILE {
        let text = page(edition(), &hostile(name));
        check(&text).unwrap_or_else(|wrong| panic!("{name:?}: {wrong}"));
    }
    let text = page(edition(), &hostile("A <b> & 'co'"));
    let page = Page::of(&text);
    let title = &page.tags("h1")[0].text;
    assert!(title.contains("A <b> & 'co'"), "{title}");
    assert!(page.tags("th").iter().any(|cell| cell.text == "A <b> & 'co'"));
}

#[test]
fn a_report_of_answers_opens_to_the_identical_draft() {
    for (name, draft) in all_drafts().into_iter().filter(|(_, draft)| !draft.kept()) {
        let inside = data::read(&page(edition(), &draft)).unwrap();
        let (read, wrote) = (Fields::read(&inside).unwrap(), fields(edition(), &draft));
        assert_eq!(read, wrote, "{name}");
        let opened = read.draft(&edition().survey, &edition().hash);
        assert_eq!((opened.dropped, opened.draft), (0, draft), "{name}");
    }
}

/// The fields of the one account in a file of accounts, and what came with it.
fn opened(json: &str) -> (String, String, Fields, Vec<String>) {
    let read = toolbox::read(json).unwrap();
    let (company, account) = read.bundle.split_once('\u{1e}').unwrap();
    let (id, text) = account.split_once('\n').unwrap();
    (company.into(), id.into(), Fields::read(text).unwrap(), read.faults)
}

/// In any order.
fn sorted(mut fields: Fields) -> Fields {
    fields.list.sort();
    fields
}

#[test]
fn a_report_of_an_account_opens_to_the_identical_account() {
    for (name, draft) in all_drafts().into_iter().filter(|(_, draft)| draft.kept()) {
        let inside = data::read(&page(edition(), &draft)).unwrap();
        let (company, id, read, faults) = opened(&inside);
        assert_eq!((&*company, &*id), ("Nordic", "a1B2c3D4"), "{name}");
        assert_eq!(faults, Vec::<String>::new(), "{name}");
        let again = read.draft(&edition().survey, &edition().hash).draft;
        assert_eq!(sorted(fields(edition(), &again)), sorted(fields(edition(), &draft)), "{name}");
        // It is the file of accounts that the page exports.
        assert_eq!(inside, files::file(edition(), &draft, &KEPT, "json").unwrap().text);
    }
}

#[test]
fn a_file_that_went_through_the_mail_or_a_browser_opens_too() {
    for draft in [fresh(Form::Short), rich(), hostile("one\u{a0}two \u{a0}& <b>\r\nthree")] {
        let text = page(edition(), &draft);
        let inside = data::read(&text).unwrap();
        assert_eq!(data::read(&text.replace('\n', "\r\n")).as_ref(), Some(&inside), "line ends of Windows");
        assert_eq!(data::read(&format!("\u{feff}{text}")).as_ref(), Some(&inside), "a byte-order mark");
        assert_eq!(data::read(&format!("\r\n\n{text}\n")).as_ref(), Some(&inside), "blank lines");
        // As a browser writes a page that it was asked to save.
        let saved = text.replace("&#39;", "'").replace("&quot;", "\"").replace('\u{a0}', "&nbsp;");
        let saved = saved.replacen("<html", "<!-- saved from url=(0014)about:internet -->\n<html", 1);
        assert_eq!(data::read(&saved).as_ref(), Some(&inside), "saved by a browser");
        let other = text.replace("<!DOCTYPE html>", "<!doctype html>").replace("</template>\n", "</template></body>");
        assert_eq!(data::read(&other).as_ref(), Some(&inside), "no line break behind the block");
    }
}

#[test]
fn nothing_is_read_from_other_files() {
    let block = "<template id=\"bsh-data\">\nbsh-answers 3 0 0\n</template>\n";
    for other in [
        "",
        "bsh-answers 3 0 0123456789abcdef\nform=short\n",
        "<!DOCTYPE html>\n<title>Something else</title>\n",
        "<!DOCTYPE html>\n<template id=\"other\">\nbsh-answers 3 0 0\n</template>\n",
        // Cut off.
        "<!DOCTYPE html>\n<template id=\"bsh-data\">\nbsh-answers 3 0 0\n",
        "<!DOCTYPE html>\n<template id=\"bsh-data\">",
    ] {
        assert_eq!(data::read(other), None, "{other:?}");
    }
    // Answers and accounts are no pages, whatever stands in them.
    assert_eq!(data::read(&format!("bsh-answers 3 0 0\ng2-01.note={block}")), None);
    assert_eq!(data::read(&format!("{{\"format\": \"bsh-workspace\",\n\"x\": \"{block}")), None);
    let draft = hostile("<template id=\"bsh-data\">\nbsh-answers 3 0 0\n</template>\n");
    let text = fields(edition(), &draft).write();
    assert_eq!(data::read(&text), None);
    assert_eq!(data::read(&files::file(edition(), &draft, &KEPT, "json").unwrap().text), None);
}

/// A page with this inside.
fn with(inside: &str) -> String {
    let mut out = String::from("<!DOCTYPE html>\n<html><body>\n");
    data::write(inside, &mut out);
    out + "</body></html>\n"
}

proptest! {
    #[test]
    fn what_is_written_inside_is_read(text: String, lines in "[a&<>;#\r\n\u{a0}/=]{0,60}", mark: bool) {
        let marks = if mark { "\n<template id=\"bsh-data\">\n</template>\n&lt;&amp;&nbsp;&#13;" } else { "" };
        for text in [[&*text, marks, &lines].concat(), lines, text] {
            let file = with(&text);
            prop_assert_eq!(data::read(&file), Some(text.clone()));
            if !text.contains('\r') {
                prop_assert_eq!(data::read(&file.replace('\n', "\r\n")), Some(text));
            }
        }
    }

    #[test]
    fn any_file_is_read_without_a_panic(text: String, lines in "(<!|<template id=\"bsh-data\">|\n|&|;|lt|a){0,40}") {
        let _ = data::read(&text);
        let _ = data::read(&lines);
        let _ = data::read(&["<!", &*text, &lines].concat());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn the_page_of_any_draft_is_right_and_opens_again(draft in any_report()) {
        let alone = files::file(edition(), &draft, &ALONE, "html").unwrap().text;
        prop_assert_eq!(check(&alone), Ok(()));
        let inside = data::read(&alone).unwrap();
        prop_assert_eq!(Fields::read(&inside).unwrap(), fields(edition(), &draft));
        let kept = files::file(edition(), &draft, &KEPT, "html").unwrap().text;
        prop_assert_eq!(check(&kept), Ok(()));
        let inside = data::read(&kept).unwrap();
        prop_assert_eq!(&inside, &files::file(edition(), &draft, &KEPT, "json").unwrap().text);
        let (_, _, _, faults) = opened(&inside);
        // Views that never were any cannot be written.
        prop_assert!(faults.iter().all(|fault| fault.contains("left_out")), "{:?}", faults);
    }
}
