//! What an author may have meant by the name of a fact that does not exist.
//!
//! Knows names of facts. Must not know conditions.

use crate::domain::facts::Sort;

/// What could have been meant by a name that is no fact.
pub fn hint(name: &str, facts: &[(String, Sort)]) -> String {
    let names = || facts.iter().map(|(name, _)| name.as_str());
    if let Some((part, _)) = name.split_once('.') {
        let of: Vec<&str> = once(names().filter_map(|known| known.strip_prefix(part)?.strip_prefix('.')));
        if !of.is_empty() {
            return format!("a fact of {part}: {}", of.join(" "));
        }
        let parts = once(names().filter_map(|known| known.split_once('.')).map(|(part, _)| part));
        return format!("an instrument before the point: {}", parts.join(" "));
    }
    let mut near: Vec<(usize, &str)> = names().filter(|n| !n.contains('.')).map(|n| (distance(n, name), n)).collect();
    near.sort_by_key(|(distance, _)| *distance);
    let near: Vec<&str> = near.iter().take(3).map(|(_, name)| *name).collect();
    format!("instrument.fact, or the id of an item, signal or risk, for instance {}", near.join(" "))
}

/// Each of them once.
fn once<'n>(names: impl Iterator<Item = &'n str>) -> Vec<&'n str> {
    names.fold(Vec::new(), |mut seen, name| {
        if !seen.contains(&name) {
            seen.push(name);
        }
        seen
    })
}

/// How many characters must be put in, taken out or replaced (Levenshtein). Names longer than any id count as far off.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().take(40).collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.chars().enumerate() {
        let mut next = vec![i + 1];
        for ((j, to), pair) in b.iter().enumerate().zip(row.windows(2)) {
            let (Some(&[diagonal, above]), Some(left)) = (pair.first_chunk::<2>(), next.get(j)) else { continue };
            next.push((diagonal + usize::from(from != *to)).min(above + 1).min(left + 1));
        }
        row = next;
    }
    row.last().copied().unwrap_or(0)
}
