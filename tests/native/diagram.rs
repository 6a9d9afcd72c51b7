//! The pyramid: its geometry.

use buy_sell_hierarchy::diagram::geometry::Frame;
use buy_sell_hierarchy::diagram::path::{path_of, path_of_lines, tier_paths};
use buy_sell_hierarchy::diagram::text::{percent, push_int, shorten, wrap};
use buy_sell_hierarchy::diagram::{Layout, MarkerInput, MarkerKind, Point, Pyramid, PyramidInput, TierInput};
use buy_sell_hierarchy::domain::gates::Rating;
use proptest::prelude::*;

const BOTH: [Layout; 2] = [Layout::Wide, Layout::Narrow];

fn tier(fill_thousandths: u32, rating: Option<Rating>) -> TierInput {
    TierInput { fill_thousandths, rating, undetermined: false, reached: rating.is_none() }
}

fn marker(kind: MarkerKind, position: u16, label: &str, sub: &str) -> MarkerInput {
    MarkerInput { kind, position, label: label.into(), sub: sub.into() }
}

fn example() -> PyramidInput {
    PyramidInput {
        tiers: vec![
            tier(1000, None),
            tier(890, Some(Rating::F)),
            tier(433, Some(Rating::P)),
            tier(200, Some(Rating::P)),
            tier(0, Some(Rating::N)),
        ],
        chasm_above: 3,
        bridge_whole: false,
        markers: vec![
            marker(MarkerKind::Own, 2285, "Own view", "2.3"),
            marker(MarkerKind::Customer, 2300, "Customer", "2.3"),
            marker(MarkerKind::Target, 4000, "Target", "2029"),
        ],
        range: Some((2100, 4200)),
    }
}

fn points(p: &Pyramid) -> Vec<Point> {
    let mut all = Vec::new();
    for tier in &p.tiers {
        all.extend(tier.outline);
        all.extend(tier.fill.into_iter().flatten());
        all.push(tier.number_at);
        all.extend(tier.label_at);
        all.extend(tier.lead.into_iter().flatten());
    }
    if let Some(chasm) = &p.chasm {
        all.extend(chasm.outline);
        all.push(chasm.label_at);
    }
    all.extend(p.bridge.iter().flatten());
    all.extend(p.band.pieces.iter().flatten());
    all.extend(p.band.crossing.into_iter().flatten());
    for marker in &p.markers {
        all.extend(&marker.shape);
        all.extend(marker.pole.into_iter().flatten());
        all.extend(marker.leader.into_iter().flatten());
        all.extend([marker.at, marker.label_at]);
    }
    all
}

/// Bottom and top of a tier.
fn span(p: &Pyramid, level: usize) -> (i32, i32) {
    let outline = p.tiers[level - 1].outline;
    (outline[0].1, outline[2].1)
}

#[test]
fn tiers_stand_on_each_other_and_get_narrower() {
    for layout in BOTH {
        let p = Pyramid::of(&example(), layout);
        assert_eq!(p.tiers.len(), 5);
        let (mut gaps, mut shade) = (Vec::new(), 0);
        for pair in p.tiers.windows(2) {
            let (below, above) = (pair[0].outline, pair[1].outline);
            gaps.push(below[2].1 - above[0].1);
            assert!(below[3].0 < above[0].0 && above[1].0 < below[2].0, "{layout:?}: the slope goes on over the gap");
            assert_eq!(below[0].1 - below[2].1, above[0].1 - above[2].1, "{layout:?}: equal heights");
        }
        assert!(gaps.iter().all(|gap| *gap > 0));
        assert!(gaps[2] > 5 * gaps[1], "{layout:?}: the chasm is the large gap");
        for tier in &p.tiers {
            assert!(tier.shade >= shade && tier.shade <= 100);
            shade = tier.shade;
        }
    }
}

#[test]
fn a_fill_is_as_high_as_its_number_says() {
    for layout in BOTH {
        let input = example();
        let p = Pyramid::of(&input, layout);
        for (tier, input) in p.tiers.iter().zip(&input.tiers) {
            let whole = tier.outline[0].1 - tier.outline[2].1;
            let height = tier.fill.map_or(0, |fill| fill[0].1 - fill[2].1);
            let exact = (i64::from(input.fill_thousandths) * i64::from(whole) + 500) / 1000;
            assert_eq!(i64::from(height), exact);
        }
        assert_eq!(p.tiers[0].fill, Some(p.tiers[0].outline));
        assert_eq!(p.tiers[4].fill, None);
    }
}

#[test]
fn what_is_not_known_is_not_filled() {
    let mut input = example();
    input.tiers[2] = TierInput { fill_thousandths: 600, rating: None, undetermined: true, reached: false };
    let p = Pyramid::of(&input, Layout::Wide);
    assert_eq!((p.tiers[2].fill, p.tiers[2].class), (None, "bsh-tier-u"));
    let classes: Vec<&str> = p.tiers.iter().map(|tier| tier.class).collect();
    assert_eq!(classes, ["bsh-tier-floor", "bsh-tier-f", "bsh-tier-u", "bsh-tier-p", "bsh-tier-n"]);
}

#[test]
fn positions_have_their_documented_heights() {
    for layout in BOTH {
        let frame = Frame::new(layout, 5, 3);
        let p = Pyramid::of(&example(), layout);
        for level in 1..=4u16 {
            let (bottom, top) = span(&p, usize::from(level));
            assert_eq!(frame.y_of(1000 * level), bottom);
            assert_eq!(frame.y_of(1000 * level + 500), (bottom + top) / 2);
            assert!(frame.y_of(1000 * level + 990) - top <= 1);
        }
        let (bottom, top) = span(&p, 5);
        assert_eq!(frame.y_of(5000), (bottom + top) / 2);
        let (bottom, top) = span(&p, 2);
        assert_eq!(bottom - frame.y_of(2285), (285 * (bottom - top) + 500) / 1000);
    }
}

#[test]
fn a_marker_alone_points_at_its_position() {
    for layout in BOTH {
        for kind in [MarkerKind::Own, MarkerKind::Customer, MarkerKind::Target] {
            let mut input = example();
            input.markers = vec![marker(kind, 2285, "Own view", "2.3")];
            let p = Pyramid::of(&input, layout);
            let m = &p.markers[0];
            let foot = m.pole.map_or(m.shape[0], |pole| pole[0]);
            assert_eq!((foot.1, m.leader), (m.at.1, None));
            assert_eq!(m.pole.is_some(), kind == MarkerKind::Target);
            assert_eq!(m.label.is_empty(), layout == Layout::Narrow);
        }
    }
}

#[test]
fn the_range_jumps_the_chasm() {
    let mut input = example();
    let p = Pyramid::of(&input, Layout::Wide);
    let chasm = p.chasm.as_ref().unwrap().outline;
    assert_eq!(p.band.pieces.len(), 2);
    assert_eq!(p.band.crossing.map(|line| line.map(|point| point.1)), Some([chasm[0].1, chasm[2].1]));
    let frame = Frame::new(Layout::Wide, 5, 3);
    assert_eq!((p.band.pieces[0][0].1, p.band.pieces[1][2].1), (frame.y_of(2100), frame.y_of(4200)));
    for (range, pieces) in [((2100, 3990), 1), ((4000, 5000), 1), ((2100, 2100), 0), ((3100, 2100), 1)] {
        input.range = Some(range);
        let band = Pyramid::of(&input, Layout::Wide).band;
        assert_eq!((band.pieces.len(), band.crossing), (pieces, None), "{range:?}");
    }
}

#[test]
fn the_bridge_is_whole_or_broken() {
    let mut input = example();
    let reach = |p: &Pyramid| {
        let [(_, low), _, (_, high), _] = p.chasm.as_ref().unwrap().outline;
        p.bridge.iter().any(|line| line.iter().any(|a| a.1 == low) && line.iter().any(|b| b.1 == high))
    };
    for layout in BOTH {
        input.bridge_whole = false;
        assert!(!reach(&Pyramid::of(&input, layout)));
        input.bridge_whole = true;
        assert!(reach(&Pyramid::of(&input, layout)));
    }
    input.chasm_above = 0;
    let p = Pyramid::of(&input, Layout::Wide);
    assert!(p.chasm.is_none() && p.bridge.is_empty());
}

#[test]
fn small_texts() {
    let mut out = String::new();
    for n in [0, 7, 10, -305, i32::MAX, i32::MIN] {
        push_int(&mut out, n);
        out.push(' ');
    }
    assert_eq!(out, "0 7 10 -305 2147483647 -2147483648 ");
    assert_eq!([0, 5, 72, 100].map(percent), ["0.00", "0.05", "0.72", "1"]);
    assert_eq!(shorten("Finance director", 8), "Finance…");
    assert_eq!(wrap("Good products and services", 21, 3), ["Good products", "and services"]);
    assert_eq!(wrap("Commodity", 21, 3), ["Commodity"]);
    assert_eq!(wrap("one two three four five six", 9, 2), ["one two", "three fo…"]);
    assert_eq!(wrap("incomprehensibilities", 8, 2), ["incompr…"]);
    assert!(wrap("", 8, 2).is_empty());
    assert_eq!(path_of(&[(0, -1), (20, 3)], true), "M0 -1L20 3Z");
    assert_eq!(path_of_lines(&[vec![(0, 1), (2, 3)], vec![(4, 5), (6, 7)]]), "M0 1L2 3M4 5L6 7");
}

#[test]
fn a_low_fill_has_a_straight_edge() {
    let p = Pyramid::of(&example(), Layout::Wide);
    let (outline, fill) = tier_paths(&p.tiers[0], p.corner);
    assert_eq!(Some(outline), fill, "a full tier is filled to its round corners");
    let (_, fill) = tier_paths(&p.tiers[2], p.corner);
    let (x, y) = p.tiers[2].fill.unwrap()[2];
    assert!(fill.unwrap().contains(&format!("L{x} {y}Q{x} {y} {x} {y}")));
}

/// Parses, and holds nothing that could run, style or fetch.
fn any_input() -> impl Strategy<Value = PyramidInput> {
    let rating = prop::sample::select(vec![None, Some(Rating::N), Some(Rating::P), Some(Rating::L), Some(Rating::F)]);
    let kind = prop::sample::select(vec![MarkerKind::Own, MarkerKind::Customer, MarkerKind::Target]);
    let tier = (0..=1000u32, rating, any::<bool>(), any::<bool>()).prop_map(|(fill, rating, undetermined, reached)| {
        TierInput { fill_thousandths: fill, rating, undetermined, reached }
    });
    prop::collection::vec(tier, 3..=9).prop_flat_map(move |tiers| {
        let most = u16::try_from(tiers.len()).unwrap() * 1000;
        let marker = (kind.clone(), 1000..=most, ".{0,30}", "[0-9.]{1,4}")
            .prop_map(|(kind, position, label, sub)| MarkerInput { kind, position, label, sub });
        let markers = prop::collection::vec(marker, 0..=8);
        let range = prop::option::of((1000..=most, 1000..=most));
        (Just(tiers), 0..=10usize, any::<bool>(), markers, range).prop_map(
            |(tiers, chasm_above, bridge_whole, markers, range)| PyramidInput {
                tiers,
                chasm_above,
                bridge_whole,
                markers,
                range,
            },
        )
    })
}

proptest! {
    #[test]
    fn everything_is_inside(input in any_input()) {
        for layout in BOTH {
            let p = Pyramid::of(&input, layout);
            for (x, y) in points(&p) {
                prop_assert!((0..=p.width).contains(&x) && (0..=p.height).contains(&y), "{:?} {} {}", layout, x, y);
            }
            for m in &p.markers {
                prop_assert!(m.extent.0 >= 0 && m.extent.1 <= p.height);
            }
        }
    }

    #[test]
    fn markers_keep_their_order_and_never_overlap(input in any_input()) {
        for layout in BOTH {
            let p = Pyramid::of(&input, layout);
            prop_assert_eq!(p.markers.len(), input.markers.len());
            for pair in p.markers.windows(2) {
                prop_assert!(pair[0].at.1 >= pair[1].at.1);
                prop_assert!(pair[0].extent.0 >= pair[1].extent.1, "{:?}", pair);
            }
            let mut heights: Vec<i32> = p.markers.iter().map(|m| m.at.1).collect();
            let frame = Frame::new(layout, input.tiers.len(), input.chasm_above);
            let mut expected: Vec<i32> = input.markers.iter().map(|m| frame.y_of(m.position)).collect();
            heights.sort_unstable();
            expected.sort_unstable();
            prop_assert_eq!(heights, expected, "every marker points at its exact position");
            for m in &p.markers {
                // Nothing of a marker reaches into the pyramid.
                let beside = m.shape.iter().all(|(x, y)| *x < frame.left_at(*y));
                prop_assert!(beside && m.label_at.0 < m.shape.iter().map(|point| point.0).min().unwrap());
            }
        }
    }

    #[test]
    fn a_position_lies_in_its_tier_and_higher_is_never_lower(tiers in 3usize..=9, chasm in 0usize..=9, a in 1000u16..=9000, b in 1000u16..=9000) {
        let input = PyramidInput { tiers: vec![tier(500, None); tiers], chasm_above: chasm, markers: vec![], ..example() };
        let most = u16::try_from(tiers).unwrap() * 1000;
        let (a, b) = (a.min(most), b.min(most));
        for layout in BOTH {
            let frame = Frame::new(layout, tiers, chasm);
            let p = Pyramid::of(&input, layout);
            let (bottom, top) = span(&p, usize::from(a / 1000));
            prop_assert!((top..=bottom).contains(&frame.y_of(a)));
            prop_assert!(a > b || frame.y_of(a) >= frame.y_of(b));
        }
    }
}
