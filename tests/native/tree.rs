//! Looking at a page as a value: its elements, their attributes and texts.

use buy_sell_hierarchy::page::dom::{At, Child, El, Set};

/// An element and all in it, each with those around it.
pub fn walk<'a>(el: &'a El, around: &mut Vec<&'a El>, visit: &mut dyn FnMut(&'a El, &[&'a El])) {
    visit(el, around);
    around.push(el);
    for child in &el.0.children {
        if let Child::El(child) = child {
            walk(child, around, visit);
        }
    }
    around.pop();
}

pub fn all<'a>(el: &'a El, visit: &mut dyn FnMut(&'a El, &[&'a El])) {
    walk(el, &mut Vec::new(), visit);
}

/// The elements for which `which` holds.
pub fn find(el: &El, which: impl Fn(&El) -> bool) -> Vec<&El> {
    let mut found = Vec::new();
    all(el, &mut |el, _| {
        if which(el) {
            found.push(el);
        }
    });
    found
}

pub fn attribute(el: &El, name: At) -> Option<&str> {
    el.0.sets.iter().find_map(|(known, value)| match value {
        Set::Attribute(text) if *known == name => Some(text.as_str()),
        _ => None,
    })
}

pub fn has_class(el: &El, class: &str) -> bool {
    attribute(el, At::Class).is_some_and(|classes| classes.split(' ').any(|known| known == class))
}

pub fn text(el: &El) -> String {
    let of = |child: &Child| match child {
        Child::Text(text) => text.clone(),
        Child::El(el) => text(el),
    };
    el.0.children.iter().map(of).collect()
}
