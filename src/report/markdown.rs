//! The report as Markdown (CommonMark with tables): for wikis, mails and version control. Drawings are told in words.
//!
//! Knows the syntax. Must not know what the report says.

use super::document::Document;
use super::plain::{cells, find, has_class, rows, text_of};
use crate::pack::compiled::Pack;
use crate::pack::texts::T;
use crate::page::dom::{Child, El};

/// The file.
pub fn file(pack: &Pack, document: &Document) -> String {
    let mut out = String::from("# ");
    escape(&document.title, &mut out);
    out.push_str("\n\n");
    escape(&document.line, &mut out);
    out.push_str("\n\n");
    for section in &document.sections {
        block(section, &mut out);
    }
    out.push_str("---\n\n");
    escape(pack.t(T::AppName), &mut out);
    out.push('\n');
    out
}

/// An element that stands by itself, with a blank line behind it.
fn block(el: &El, out: &mut String) {
    if has_class(el, "bsh-pyramid-narrow") || has_class(el, "bsh-timeline-keys") || has_class(el, "bsh-pyramid-keys") {
        return;
    }
    match &*el.0.tag {
        // The ends of an axis, beside one another.
        "p" if has_class(el, "bsh-ends") => {
            let ends: Vec<String> = children(el).map(text_of).collect();
            paragraph("", &ends.join(" · "), out);
        }
        "svg" => {
            let told = find(el, &|inner| inner.0.tag == "desc").map_or_else(String::new, text_of);
            paragraph("", &told, out);
        }
        "h1" | "h2" => paragraph("## ", &text_of(el), out),
        "h3" => paragraph("### ", &text_of(el), out),
        "h4" | "h5" | "h6" => paragraph("#### ", &text_of(el), out),
        "p" => paragraph("", &text_of(el), out),
        "blockquote" => paragraph("> ", &text_of(el), out),
        "ul" => list(el, "- ", out),
        "ol" => list(el, "1. ", out),
        "table" => table(el, out),
        _ if has_class(el, "bsh-variable") => {
            let words: Vec<String> = children(el).filter(|inner| inner.0.tag != "svg").map(text_of).collect();
            paragraph("- ", &words.join(": "), out);
        }
        _ => children(el).for_each(|inner| block(inner, out)),
    }
}

fn children(el: &El) -> impl Iterator<Item = &El> {
    el.0.children.iter().filter_map(|child| if let Child::El(inner) = child { Some(inner) } else { None })
}

fn paragraph(sign: &str, text: &str, out: &mut String) {
    if !text.is_empty() {
        out.push_str(sign);
        escape(text, out);
        out.push_str("\n\n");
    }
}

fn list(el: &El, sign: &str, out: &mut String) {
    for item in children(el) {
        out.push_str(sign);
        // Its parts stand on one line.
        let words = item.0.children.iter().map(|part| match part {
            Child::El(inner) => text_of(inner),
            Child::Text(text) => text.trim().into(),
        });
        escape(&words.filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" · "), out);
        out.push('\n');
    }
    out.push('\n');
}

fn table(el: &El, out: &mut String) {
    let caption = find(el, &|inner| inner.0.tag == "caption").map_or_else(String::new, text_of);
    paragraph("", &caption, out);
    let all = rows(el);
    let width = all.iter().map(|row| cells(row).len()).max().unwrap_or(0);
    for (index, row) in all.into_iter().enumerate() {
        let mut texts = cells(row).into_iter().map(text_of);
        out.push('|');
        for _ in 0..width {
            out.push(' ');
            escape(&texts.next().unwrap_or_default(), out);
            out.push_str(" |");
        }
        out.push('\n');
        if index == 0 {
            out.push('|');
            out.push_str(&" --- |".repeat(width));
            out.push('\n');
        }
    }
    out.push('\n');
}

/// What would be a sign of Markdown or HTML is a character.
fn escape(text: &str, out: &mut String) {
    let (mut start, mut number) = (true, true);
    for sign in text.chars() {
        // At the beginning of a line these make lists and underlines, the last two behind a number.
        let makes = match sign {
            '+' | '-' | '=' => start,
            '.' | ')' => number && !start,
            _ => matches!(sign, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '~' | '#' | '|'),
        };
        if makes {
            out.push('\\');
        }
        start = false;
        number &= sign.is_ascii_digit();
        out.push(match sign {
            sign if sign.is_control() && sign.is_whitespace() => ' ',
            // As in a drawing; four blanks at the beginning of a line would make it code.
            sign if sign.is_control() => '\u{fffd}',
            sign => sign,
        });
    }
}
