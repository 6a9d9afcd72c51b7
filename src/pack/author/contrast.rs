//! Can what a pack's colours say be read? The pairs that the pages use, measured as WCAG 2.2 does, in light and in dark.
//!
//! Knows colours and which of them stand on which. Must not know JSON, nor where a colour is used on a page.

use super::brand::{Colors, Palette};
use super::fault::Fault;
use crate::pack::brand::{THEMES, is_color};

/// Where the colours are that hold when a pack sets none: the one place that has them.
const TOKENS: &str = include_str!("../../../styles/tokens.css");
/// The least ratio of text to what it stands on.
pub const TEXT: f64 = 4.5;
/// The least ratio of the line of a control or of a mark to what it stands on.
pub const GRAPHIC: f64 = 3.0;

/// What stands on what, and the least ratio of the two.
pub const PAIRS: [(&str, &str, f64); 15] = [
    ("ink", "bg", TEXT),
    ("ink", "card", TEXT),
    ("soft", "bg", TEXT),
    ("soft", "card", TEXT),
    ("accent", "bg", TEXT),
    ("accent", "card", TEXT),
    ("on-accent", "accent", TEXT),
    ("warn", "card", TEXT),
    ("ink", "accent-soft", TEXT),
    ("ink", "warn-soft", TEXT),
    ("ink", "tier", TEXT),
    ("edge", "card", GRAPHIC),
    ("edge", "bg", GRAPHIC),
    ("mark", "card", GRAPHIC),
    ("accent", "tier", GRAPHIC),
];

/// The ratio of two colours as `#rrggbb`, from 1 to 21, whichever is the lighter; `None` where one is no colour.
pub fn contrast(a: &str, b: &str) -> Option<f64> {
    Some(ratio(rgb(a)?, rgb(b)?))
}

/// The default of a colour, `theme` as in `THEMES`.
pub fn default(theme: &str, name: &str) -> Option<&'static str> {
    let value = TOKENS.split(&format!("--bsh-{name}: light-dark(")).nth(1)?.split(')').next()?;
    let mut both = value.split(',').map(str::trim);
    let color = if theme == "dark" { both.nth(1) } else { both.next() };
    color.filter(|color| is_color(color))
}

/// Every pair that cannot be read, where the pack sets one of the two; what it leaves out is filled with the defaults.
/// Paths begin with `path`.
pub fn faults(path: &str, colors: &Colors) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (theme, palette) in THEMES.into_iter().zip([&colors.light, &colors.dark]) {
        faults.extend(PAIRS.into_iter().filter_map(|pair| fault(path, theme, palette, pair)));
    }
    faults
}

fn fault(path: &str, theme: &str, palette: &Palette, (front, back, least): (&str, &str, f64)) -> Option<Fault> {
    let whose = |name: &str| palette.get(name).map(|color| (true, color));
    let color = |name: &str| whose(name).or_else(|| default(theme, name).map(|color| (false, color)));
    let ((front_set, on), (back_set, under)) = (color(front)?, color(back)?);
    let found = contrast(on, under)?;
    if found >= least || !(front_set || back_set) {
        return None;
    }
    let at = if front_set { front } else { back };
    let instead = nearest(on, under, least).map(|near| format!(", for instance {near} for {front}"));
    Some(Fault {
        path: format!("{path}.{theme}.{at}"),
        expected: format!("a contrast of at least {least} of {front} on {back}{}", instead.unwrap_or_default()),
        // Rounded down: 4.499 is not 4.5.
        found: format!("{:.2} ({on} on {under})", (found * 100.0).floor() / 100.0),
    })
}

/// The colour nearest to `front`, lighter or darker in the smallest steps, that has the ratio to `back`.
pub fn nearest(front: &str, back: &str, least: f64) -> Option<String> {
    let (front, back) = (rgb(front)?, rgb(back)?);
    let reach = |end: u8| {
        let mut steps = (0..=u8::MAX).map(|step| front.map(|part| toward(part, end, step)));
        steps.find(|color| ratio(*color, back) >= least)
    };
    let far = |color: &[u8; 3]| -> u32 { color.iter().zip(front).map(|(a, b)| u32::from(a.abs_diff(b)).pow(2)).sum() };
    let found = [reach(0), reach(u8::MAX)].into_iter().flatten().min_by_key(far)?;
    Some(found.iter().fold(String::from("#"), |text, part| text + &format!("{part:02x}")))
}

/// The part of a colour moved by that many of 255 steps.
fn toward(part: u8, end: u8, step: u8) -> u8 {
    let mixed = u32::from(part) * u32::from(u8::MAX - step) + u32::from(end) * u32::from(step);
    u8::try_from((mixed + 127) / 255).unwrap_or(end)
}

fn rgb(color: &str) -> Option<[u8; 3]> {
    let number = u32::from_str_radix(color.strip_prefix('#').filter(|_| is_color(color))?, 16).ok()?;
    let [_, red, green, blue] = number.to_be_bytes();
    Some([red, green, blue])
}

fn ratio(a: [u8; 3], b: [u8; 3]) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// Relative luminance, from 0 to 1.
fn luminance([red, green, blue]: [u8; 3]) -> f64 {
    let linear = |part: u8| {
        let part = f64::from(part) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}
