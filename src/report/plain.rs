//! From parts of pages to parts of a report: without controls, events and what only a screen needs.
//!
//! Knows markup. Must not know what it says.

use crate::page::dom::{At, Child, El, Parts, Set};

/// What only a screen needs: by tag, and by class.
const TAGS: [&str; 8] = ["button", "input", "select", "textarea", "label", "progress", "nav", "form"];
const CLASSES: [&str; 4] = ["bsh-ways", "bsh-try", "bsh-verdict", "bsh-moves"];

/// Has an element a class?
pub fn has_class(el: &El, class: &str) -> bool {
    attribute(el, At::Class).split(' ').any(|own| own == class)
}

/// The value of an attribute, or a blank.
pub fn attribute(el: &El, name: At) -> &str {
    let set = el.0.sets.iter().find(|(known, _)| *known == name);
    match set {
        Some((_, Set::Attribute(value))) => value,
        _ => "",
    }
}

/// All text in an element, with a space around that of each element in it: what stands apart on a page stays apart.
pub fn text_of(el: &El) -> String {
    let mut out = String::new();
    collect(el, &mut out);
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn collect(el: &El, out: &mut String) {
    for child in &el.0.children {
        match child {
            Child::Text(text) => out.push_str(text),
            Child::El(inner) => {
                out.push(' ');
                collect(inner, out);
                out.push(' ');
            }
        }
    }
}

/// The part without its controls; headings `down` levels lower. `None` when nothing of it is for paper.
pub fn plain(el: El, down: usize) -> Option<El> {
    let parts = *el.0;
    let hidden = parts.sets.iter().any(|(name, _)| *name == At::Hidden);
    let screen = CLASSES.iter().any(|class| {
        parts.sets.iter().any(|(name, set)| {
            matches!((name, set), (At::Class, Set::Attribute(own)) if own.split(' ').any(|own| own == *class))
        })
    });
    if hidden || screen || TAGS.contains(&&*parts.tag) {
        return None;
    }
    let drawing = parts.tag == "svg";
    let kept = |name: At| !matches!(name, At::Tabindex | At::Hidden) && (drawing || !matches!(name, At::Id | At::For));
    let sets: Vec<_> = parts.sets.into_iter().filter(|(name, _)| kept(*name)).collect();
    let children: Vec<Child> = match drawing {
        true => parts.children,
        false => parts
            .children
            .into_iter()
            .filter_map(|child| match child {
                Child::El(inner) => plain(inner, down).map(Child::El),
                text => Some(text),
            })
            .collect(),
    };
    // What could be unfolded is open, what could be scrolled is whole.
    let tag = match &*parts.tag {
        "details" => "section".into(),
        "summary" => lower("h2", down),
        heading @ ("h1" | "h2" | "h3" | "h4") => lower(heading, down),
        tag => tag.into(),
    };
    let el = El(Box::new(Parts { tag, sets, children, ..Parts::default() }));
    match &*el.0.tag {
        // A head without a row says nothing.
        "table" if rows(&el).len() < 2 => None,
        "table" => Some(without_blank_columns(el)),
        _ => Some(el),
    }
}

/// Every id once: several instruments of one kind are drawn alike. A drawing names nothing but what is in it.
pub fn named(sections: impl Iterator<Item = El>) -> Vec<El> {
    let mut sections: Vec<El> = sections.collect();
    let mut known: Vec<String> = Vec::new();
    for section in &mut sections {
        name_in(section, "", &mut known);
    }
    sections
}

fn name_in(el: &mut El, ending: &str, known: &mut Vec<String>) {
    let ids = |el: &El| attribute(el, At::AriaLabelledby).split(' ').map(String::from).collect::<Vec<_>>();
    let taken = |ending: &str, known: &[String]| ids(el).iter().any(|id| known.contains(&[id, ending].concat()));
    let mut own = String::from(ending);
    if el.0.tag == "svg" {
        let mut number = 1u32;
        while !ids(el).concat().is_empty() && taken(&own, known) {
            number += 1;
            own = ["-", &number.to_string()].concat();
        }
        known.extend(ids(el).iter().map(|id| [id, &*own].concat()));
    }
    for (name, set) in &mut el.0.sets {
        if let (At::Id | At::AriaLabelledby, Set::Attribute(value)) = (*name, set) {
            *value = value.split(' ').map(|id| [id, &*own].concat()).collect::<Vec<_>>().join(" ");
        }
    }
    for child in &mut el.0.children {
        if let Child::El(inner) = child {
            name_in(inner, &own, known);
        }
    }
}

/// A heading some levels lower, `h6` at most.
fn lower(tag: &str, down: usize) -> String {
    let level = tag.as_bytes().get(1).map_or(2, |digit| usize::from(digit.saturating_sub(b'0')));
    ["h", &(level + down).min(6).to_string()].concat()
}

/// The rows of a table, its head first.
pub fn rows(table: &El) -> Vec<&El> {
    let mut all = Vec::new();
    for child in &table.0.children {
        if let Child::El(part) = child {
            match &*part.0.tag {
                "tr" => all.push(part),
                "thead" | "tbody" => all.extend(rows(part)),
                _ => {}
            }
        }
    }
    all
}

/// The cells of a row.
pub fn cells(row: &El) -> Vec<&El> {
    row.0.children.iter().filter_map(|child| if let Child::El(cell) = child { Some(cell) } else { None }).collect()
}

/// A column that says nothing, or had nothing but controls, is left out.
fn without_blank_columns(table: El) -> El {
    let all = rows(&table);
    let count = all.iter().map(|row| cells(row).len()).max().unwrap_or(0);
    let blank = |cell: &El| matches!(&*text_of(cell), "" | "–");
    let said: Vec<bool> = (0..count)
        .map(|column| {
            column == 0 || all.iter().skip(1).any(|row| cells(row).get(column).is_some_and(|cell| !blank(cell)))
        })
        .collect();
    if said.iter().all(|said| *said) { table } else { keep_columns(table, &said) }
}

fn keep_columns(el: El, said: &[bool]) -> El {
    let mut parts = *el.0;
    let row = parts.tag == "tr";
    let children = std::mem::take(&mut parts.children).into_iter().enumerate();
    parts.children = children
        .filter(|(column, _)| !row || said.get(*column).is_none_or(|said| *said))
        .map(|(_, child)| match child {
            Child::El(inner) if !row => Child::El(keep_columns(inner, said)),
            other => other,
        })
        .collect();
    El(Box::new(parts))
}

/// The first element that fits, from the top.
pub fn find<'a>(el: &'a El, fits: &dyn Fn(&El) -> bool) -> Option<&'a El> {
    if fits(el) {
        return Some(el);
    }
    el.0.children.iter().find_map(|child| match child {
        Child::El(inner) => find(inner, fits),
        Child::Text(_) => None,
    })
}
