//! Sorting by one small piece of code for every type: the standard sort is compiled anew for each, about four kilobytes of
//! wasm every time (docs/size.md).
//!
//! Knows nothing of what is sorted.

use std::cmp::Ordering;

/// Sorts by a comparison; what compares equal keeps its order. About `n log n` comparisons.
pub fn sort_by<T>(items: &mut Vec<T>, mut compare: impl FnMut(&T, &T) -> Ordering) {
    let order = order(items.len(), &mut |one, two| match (items.get(one), items.get(two)) {
        (Some(one), Some(two)) => compare(one, two) == Ordering::Greater,
        _ => false,
    });
    let mut old: Vec<Option<T>> = std::mem::take(items).into_iter().map(Some).collect();
    items.extend(order.into_iter().filter_map(|at| old.get_mut(at)?.take()));
}

/// Sorts from the least to the greatest.
pub fn sort<T: Ord>(items: &mut Vec<T>) {
    sort_by(items, T::cmp);
}

/// The order in which things stand sorted, by their places: a merge sort from the bottom up.
#[inline(never)]
fn order(len: usize, after: &mut dyn FnMut(usize, usize) -> bool) -> Vec<usize> {
    let mut now: Vec<usize> = (0..len).collect();
    let mut width = 1;
    while width < len {
        let mut next = Vec::with_capacity(len);
        for pair in now.chunks(2 * width) {
            let (mut left, mut right) = match pair.split_at_checked(width) {
                Some((left, right)) => (left, right),
                None => (pair, &[][..]),
            };
            while let ([one, left_rest @ ..], [two, right_rest @ ..]) = (left, right) {
                if after(*one, *two) {
                    next.push(*two);
                    right = right_rest;
                } else {
                    next.push(*one);
                    left = left_rest;
                }
            }
            next.extend_from_slice(left);
            next.extend_from_slice(right);
        }
        now = next;
        width *= 2;
    }
    now
}

#[cfg(test)]
mod tests {
    use super::{sort, sort_by};

    #[test]
    fn sorts_as_the_standard_library_does() {
        // A linear congruence, the same on every run.
        let mut seed = 1u32;
        for len in 0..200 {
            let mut items: Vec<(u32, usize)> = (0..len)
                .map(|at| {
                    seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    (seed >> 28, at)
                })
                .collect();
            let mut due = items.clone();
            due.sort_by_key(|(key, _)| *key);
            sort_by(&mut items, |one, two| one.0.cmp(&two.0));
            assert_eq!(items, due, "{len} items");
            due.sort_unstable();
            sort(&mut items);
            assert_eq!(items, due);
        }
    }
}
