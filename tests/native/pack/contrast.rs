//! Contrast: the measure, the shipped colours, and what is said of colours that cannot be read.

use super::brand::{branded, told};
use buy_sell_hierarchy::pack::author::contrast::{PAIRS, contrast, default, nearest};
use buy_sell_hierarchy::pack::brand::{COLORS, THEMES, is_color};
use proptest::prelude::*;
use serde_json::json;

#[test]
fn the_measure_is_that_of_wcag() {
    let about = |a: &str, b: &str, ratio: f64| {
        let found = contrast(a, b).unwrap();
        assert!((found - ratio).abs() < 0.005, "{a} {b}: {found}");
        assert_eq!(contrast(b, a), Some(found));
    };
    // Known pairs: the two greys on either side of 4.5, and the primaries on white.
    about("#000000", "#ffffff", 21.0);
    about("#777777", "#ffffff", 4.478);
    about("#767676", "#FFFFFF", 4.542);
    about("#ff0000", "#ffffff", 3.998);
    about("#0000ff", "#ffffff", 8.592);
    about("#123456", "#123456", 1.0);
    for wrong in ["", "#", "#fff", "ffffff", "#gggggg", "#1234567", "#+12345", "#é1234", "red"] {
        assert_eq!((contrast(wrong, "#ffffff"), nearest(wrong, "#ffffff", 4.5)), (None, None), "{wrong}");
    }
}

#[test]
fn the_shipped_colours_are_all_found_and_can_all_be_read() {
    for theme in THEMES {
        for name in COLORS {
            assert!(default(theme, name).is_some_and(is_color), "{theme} {name}");
        }
        for (front, back, least) in PAIRS {
            let (on, under) = (default(theme, front).unwrap(), default(theme, back).unwrap());
            let found = contrast(on, under).unwrap();
            assert!(found >= least, "{theme}: {front} {on} on {back} {under} has {found}");
        }
    }
    assert_ne!(default("light", "bg"), default("dark", "bg"));
    assert_eq!((default("light", "small"), default("light", "accents")), (None, None));
}

#[test]
fn a_pair_that_cannot_be_read_is_named_with_the_nearest_that_can() {
    let of = |colors| told(&branded(|p| p["brand"]["colors"] = colors));
    assert_eq!(of(json!({"light": {}, "dark": {}})), [""; 0]);
    // 4.478 on white is said as 4.47: rounded down.
    assert_eq!(
        of(json!({"light": {"soft": "#777777", "bg": "#ffffff"}})),
        [
            "$.brand.colors.light.soft: expected a contrast of at least 4.5 of soft on bg, for instance #767676 for soft, \
             found 4.47 (#777777 on #ffffff)",
            "$.brand.colors.light.soft: expected a contrast of at least 4.5 of soft on card, for instance #767676 for \
             soft, found 4.47 (#777777 on #ffffff)",
        ]
    );
    // Only the colour below is the pack's.
    let found = of(json!({"dark": {"tier": "#a0a0a0"}}));
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found.iter().all(|fault| fault.starts_with("$.brand.colors.dark.tier: expected a contrast of at least ")));
    assert!(found[0].contains(" of ink on tier, for instance #") && found[1].contains("least 3 of accent on tier"));
    // A colour that is none is one fault, and nothing is measured.
    assert_eq!(
        of(json!({"light": {"soft": "grey", "ink": "#eeeeee"}})),
        ["$.brand.colors.light.soft: expected #rrggbb, found \"grey\""]
    );
}

fn color() -> impl Strategy<Value = String> {
    any::<[u8; 3]>().prop_map(|[red, green, blue]| format!("#{red:02x}{green:02x}{blue:02x}"))
}

proptest! {
    #[test]
    fn the_nearest_can_be_read_and_is_what_was_right_already(front in color(), back in color(), text: bool) {
        let least = if text { 4.5 } else { 3.0 };
        let near = nearest(&front, &back, least).expect("black or white can be read on anything");
        prop_assert!(contrast(&near, &back).unwrap() >= least);
        if contrast(&front, &back).unwrap() >= least {
            prop_assert_eq!(near, front);
        }
    }
}
