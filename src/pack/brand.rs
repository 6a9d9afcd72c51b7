//! What a pack says of its owner: the keys of its B records and what each may hold. A pack can come from somewhere else,
//! so an address or a colour that has another shape never gets as far as a page.
//!
//! Knows keys and shapes, for the author's side and the visitor's alike. Must not know what is drawn with them.

/// The colours that a pack can set, in their canonical order.
pub const COLORS: [&str; 13] = [
    "bg",
    "card",
    "ink",
    "soft",
    "line",
    "edge",
    "tier",
    "accent",
    "accent-soft",
    "on-accent",
    "mark",
    "warn",
    "warn-soft",
];
/// The two sets of colours.
pub const THEMES: [&str; 2] = ["light", "dark"];
/// The largest radius, in px.
pub const RADIUS_MAX: u8 = 24;
/// The longest logo that is an address in the pack's folder, in bytes.
pub const PATH_MAX: usize = 200;
/// The longest logo that stands in the pack itself, in bytes.
pub const DATA_MAX: usize = 40_000;
/// The longest list of fonts, in characters.
pub const FONT_MAX: usize = 200;
/// The longest address of a link, in bytes.
pub const ADDRESS_MAX: usize = 300;

/// Is this a record of the first file, or of the later one, with a value of the right shape?
pub fn fits(first: bool, key: &str, value: &str) -> bool {
    if !first {
        return match key {
            "action" => is_action(value),
            "send" => is_send(value),
            "action.label" | "action.text" | "send.text" | "send.consent" => true,
            _ => false,
        };
    }
    match key {
        "name" => true,
        "logo" => is_logo(value),
        "radius" => value.parse::<u8>().is_ok_and(|px| px <= RADIUS_MAX),
        "font" => is_font(value),
        _ => {
            let color = key.strip_prefix("color.").and_then(|rest| rest.split_once('.'));
            color.is_some_and(|(theme, name)| THEMES.contains(&theme) && COLORS.contains(&name)) && is_color(value)
        }
    }
}

/// Is everything there that something else needs?
pub fn whole(brand: &[(String, String)]) -> bool {
    let has = |key: &str| brand.iter().any(|(known, _)| known == key);
    let needs = |key: &str, others: [&str; 2]| !has(key) || others.iter().all(|other| has(other));
    (brand.is_empty() || has("name"))
        && needs("action", ["action.label", "action.text"])
        && needs("send", ["send.text", "send.consent"])
}

/// `#rrggbb`.
pub fn is_color(text: &str) -> bool {
    text.len() == 7 && text.strip_prefix('#').is_some_and(|hex| hex.bytes().all(|b| b.is_ascii_hexdigit()))
}

/// A picture beside the pack, or in it.
pub fn is_logo(text: &str) -> bool {
    match text.strip_prefix("data:image/") {
        Some(data) => text.len() <= DATA_MAX && is_data(data),
        None => {
            let part = |part: &str| !part.is_empty() && part != "..";
            text.len() <= PATH_MAX
                && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-/".contains(&b))
                && text.split('/').all(part)
                && [".svg", ".png", ".webp", ".jpg"].iter().any(|end| text.ends_with(end))
        }
    }
}

fn is_data(data: &str) -> bool {
    // By one sign: a search for a text is 4 kB of the visitor's program.
    let Some((kind, code)) = data.split_once(';') else { return false };
    let Some(code) = code.strip_prefix("base64,") else { return false };
    let digits = code.strip_suffix("==").or_else(|| code.strip_suffix('=')).unwrap_or(code);
    matches!(kind, "svg+xml" | "png" | "webp" | "jpeg")
        && !digits.is_empty()
        && code.len().is_multiple_of(4)
        && digits.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'+' || b == b'/')
}

/// Names of fonts with commas between them; a quote has its partner.
pub fn is_font(text: &str) -> bool {
    let mut open = 0;
    for b in text.bytes() {
        if b == b'"' || b == b'\'' {
            open = match open {
                0 => b,
                quote if quote == b => 0,
                quote => quote,
            };
        } else if !(b.is_ascii_alphanumeric() || !b.is_ascii() || b" ,-".contains(&b)) {
            return false;
        }
    }
    open == 0 && text.chars().count() <= FONT_MAX && text.split(',').all(|name| !name.trim().is_empty())
}

/// Where a link leads: `https:`, `mailto:` or `tel:`.
pub fn is_action(text: &str) -> bool {
    is_address(text)
        && (is_https(text)
            || text.strip_prefix("mailto:").is_some_and(|to| to.contains('@'))
            || text.strip_prefix("tel:").is_some_and(|to| to.bytes().any(|b| b.is_ascii_digit())))
}

/// Where a result can be sent: an address of mail and nothing more, an `https:` one, or a place on the same site.
pub fn is_send(text: &str) -> bool {
    let place = text.strip_prefix("./").is_some() || text.starts_with('/') && !text.starts_with("//");
    is_address(text)
        && (is_https(text)
            || place
            || text.strip_prefix("mailto:").is_some_and(|to| to.contains('@') && !to.contains(['?', '#'])))
}

fn is_address(text: &str) -> bool {
    text.len() <= ADDRESS_MAX
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=%".contains(&b))
}

/// With a host, and no name before it that could be taken for one.
fn is_https(text: &str) -> bool {
    let host = text.strip_prefix("https://").and_then(|rest| rest.split(['/', '?', '#']).next());
    host.is_some_and(|host| !host.is_empty() && !host.contains('@'))
}
