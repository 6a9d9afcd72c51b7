//! The report as Markdown, read by an independent parser: everything is said, and no name is more than a text.

use crate::report_kit::{HOSTILE, any_report, every, frame, hostile, rich};
use crate::support::edition;
use crate::tree::has_class;
use buy_sell_hierarchy::domain::draft::Draft;
use buy_sell_hierarchy::pack::compiled::Pack;
use buy_sell_hierarchy::page::dom::{Child, El};
use buy_sell_hierarchy::report::document::document;
use buy_sell_hierarchy::report::markdown;
use proptest::prelude::*;
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

fn written(pack: &Pack, draft: &Draft) -> String {
    markdown::file(pack, &document(pack, draft, &frame(draft)))
}

/// The same signs: without white space and what cannot be seen.
fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !c.is_control() && *c != '\u{fffd}').collect()
}

/// What a reader of Markdown makes of a file.
#[derive(Default)]
struct Read {
    /// All text, bare; a line break behind each block.
    text: String,
    headings: Vec<(HeadingLevel, String)>,
    tables: usize,
    rules: usize,
}

fn read(text: &str) -> Result<Read, String> {
    let mut all = Read::default();
    let mut heading = None;
    let mut open: Vec<TagEnd> = Vec::new();
    for event in
        Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES)
    {
        match event {
            Event::Start(tag) => {
                match &tag {
                    Tag::Heading { level, .. } => heading = Some((*level, String::new())),
                    Tag::Table(_) => all.tables += 1,
                    Tag::Paragraph | Tag::TableHead | Tag::TableRow | Tag::TableCell | Tag::BlockQuote(_) => {}
                    Tag::List(_) if !open.iter().any(|tag| matches!(tag, TagEnd::List(_))) => {}
                    Tag::Item => {}
                    other => return Err(format!("{other:?} in {open:?}")),
                }
                open.push(tag.to_end());
            }
            Event::End(end) => {
                if let (TagEnd::Heading(_), Some(heading)) = (end, heading.take()) {
                    all.headings.push(heading);
                }
                open.pop();
                all.text.push('\n');
            }
            Event::Text(text) => {
                all.text.push_str(&bare(&text));
                if let Some((_, heading)) = &mut heading {
                    heading.push_str(&bare(&text));
                }
            }
            Event::SoftBreak => {}
            Event::Rule => all.rules += 1,
            other => return Err(format!("{other:?}")),
        }
    }
    Ok(all)
}

/// The texts of a document, piece by piece; drawings by their descriptions.
fn pieces(el: &El, out: &mut Vec<String>) {
    if ["bsh-pyramid-narrow", "bsh-pyramid-keys", "bsh-timeline-keys"].iter().any(|class| has_class(el, class)) {
        return;
    }
    for child in &el.0.children {
        match child {
            Child::El(inner) if el.0.tag == "svg" && inner.0.tag != "desc" => {}
            Child::El(inner) => pieces(inner, out),
            Child::Text(text) => out.push(bare(text)),
        }
    }
}

fn headings(el: &El, out: &mut Vec<String>) {
    if el.0.tag.len() == 2 && el.0.tag.starts_with('h') {
        out.push(bare(&crate::tree::text(el)));
    }
    for child in &el.0.children {
        if let Child::El(inner) = child {
            headings(inner, out);
        }
    }
}

/// How many cells a line of a table has.
fn columns(line: &str) -> usize {
    let mut escaped = false;
    let mut bars = 0;
    for sign in line.chars() {
        bars += usize::from(sign == '|' && !escaped);
        escaped = sign == '\\' && !escaped;
    }
    bars
}

fn check(pack: &Pack, draft: &Draft) -> Result<(), String> {
    let document = document(pack, draft, &frame(draft));
    let file = markdown::file(pack, &document);
    let all = read(&file).map_err(|wrong| format!("{wrong}\n{file}"))?;
    let mut told = vec![bare(&document.title), bare(&document.line)];
    let mut wanted = Vec::new();
    let mut tables = 0;
    for section in &document.sections {
        pieces(section, &mut told);
        headings(section, &mut wanted);
        tables += crate::tree::find(section, |el| el.0.tag == "table").len();
    }
    if let Some(missing) = told.iter().find(|piece| !all.text.contains(piece.as_str())) {
        return Err(format!("{missing:?} is missing in\n{file}"));
    }
    let found: Vec<&String> =
        all.headings.iter().filter(|(level, _)| *level != HeadingLevel::H1).map(|(_, text)| text).collect();
    if found != wanted.iter().collect::<Vec<_>>() || all.headings.len() != wanted.len() + 1 {
        return Err(format!("headings {found:?}, not {wanted:?}"));
    }
    if (all.tables, all.rules) != (tables, 1) {
        return Err(format!("{} tables of {tables}, {} rules\n{file}", all.tables, all.rules));
    }
    let mut before = 0;
    for line in file.lines() {
        let now = if line.starts_with('|') { columns(line) } else { 0 };
        if now > 0 && before > 0 && now != before {
            return Err(format!("{now} columns below {before}: {line}"));
        }
        before = now;
    }
    Ok(())
}

#[test]
fn every_text_is_there_and_every_table_is_one() {
    every(|what, pack, draft| check(pack, draft).unwrap_or_else(|wrong| panic!("{what}: {wrong}")));
}

#[test]
fn hostile_names_stay_text_in_markdown() {
    for name in HOSTILE {
        check(edition(), &hostile(name)).unwrap_or_else(|wrong| panic!("{name:?}: {wrong}"));
    }
}

#[test]
fn words_stand_apart_and_lines_are_ended_by_a_line_feed() {
    let file = written(edition(), &rich());
    assert!(!file.contains('\r') && file.ends_with('\n') && !file.contains("\n\n\n"), "{file}");
    let gap = file.lines().find(|line| line.starts_with(['+', '−', '\\']) && line.contains('.')).unwrap_or("");
    assert!(gap.split(' ').next().is_some_and(|first| first.chars().all(|c| "\\+−.0123456789".contains(c))), "{gap}");
    let here = edition().t(buy_sell_hierarchy::pack::texts::T::Here);
    let own = written(
        edition(),
        &crate::support::filled(buy_sell_hierarchy::domain::model::Form::Full, "g2=4 g3=3 g4=1 g5=0"),
    );
    let line = own.lines().find(|line| line.contains(here)).unwrap();
    assert!(line.contains(&format!(" {here} ")), "{line}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]
    #[test]
    fn the_markdown_of_any_draft_says_everything(draft in any_report()) {
        if let Err(wrong) = check(edition(), &draft) {
            return Err(TestCaseError::fail(wrong));
        }
    }
}
