//! Filling the placeholders of index.html.
//!
//! Pure text. Knows the form `{{name}}` and `{{t:KEY}}`, and the mark `data-t="KEY"`; must not know files.

/// Replaces every `{{name}}` by what `value` gives for it; the names it does not know otherwise, each once.
pub fn fill(text: &str, value: impl Fn(&str) -> Option<String>) -> Result<String, Vec<String>> {
    let mut filled = String::with_capacity(text.len());
    let mut unknown: Vec<String> = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        filled.push_str(before);
        let Some((name, tail)) = after.split_once("}}") else {
            unknown.push(format!("{{{{{}", after.lines().next().unwrap_or_default()));
            rest = "";
            break;
        };
        let name = name.trim();
        match value(name) {
            Some(text) => filled.push_str(&text),
            None => {
                let shown = format!("{{{{{name}}}}}");
                if !unknown.contains(&shown) {
                    unknown.push(shown);
                }
            }
        }
        rest = tail;
    }
    filled.push_str(rest);
    if unknown.is_empty() { Ok(filled) } else { Err(unknown) }
}

/// The keys of the placeholders `{{kind:KEY}}`, in their order.
pub fn keys<'a>(text: &'a str, kind: &str) -> Vec<&'a str> {
    let names = text.split("{{").skip(1).filter_map(|part| part.split_once("}}")).map(|(name, _)| name.trim());
    names.filter_map(|name| name.strip_prefix(kind)?.strip_prefix(':')).collect()
}

/// The keys whose mark is not beside their placeholder: `data-t="KEY">{{t:KEY}}` lets a script put another language there.
pub fn unmarked(text: &str) -> Vec<&str> {
    let right = |key: &str| format!("data-t=\"{key}\">{{{{t:{key}}}}}");
    let marks = text.split("data-t=\"").skip(1).filter_map(|part| part.split_once('"')).map(|(key, _)| key);
    let mut wrong: Vec<&str> = Vec::new();
    for key in keys(text, "t").into_iter().chain(marks) {
        let whole = text.matches(&right(key)).count();
        let parts = [format!("data-t=\"{key}\""), format!("{{{{t:{key}}}}}")];
        if parts.iter().any(|part| text.matches(part).count() != whole) && !wrong.contains(&key) {
            wrong.push(key);
        }
    }
    wrong
}

/// One text in every language, each in an element that says which.
pub fn in_all<'a>(texts: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    texts.map(|(code, text)| format!("<p lang=\"{code}\">{}</p>", escape_html(text))).collect()
}

/// Text made safe for an element's content and for a quoted attribute.
pub fn escape_html(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            c => safe.push(c),
        }
    }
    safe
}

/// A name for a file's content: 64-bit FNV-1a in hex. For caches only; nothing is secured by it.
pub fn content_hash(bytes: &[u8]) -> String {
    let hash = bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3));
    format!("{hash:016x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(name: &str) -> Option<String> {
        match name {
            "css" => Some("./a.css".into()),
            "t:start" => Some("Start".into()),
            _ => None,
        }
    }

    #[test]
    fn fills_what_it_knows() {
        assert_eq!(
            fill("<a href=\"{{css}}\">{{t:start}}</a>{{ css }}", value),
            Ok("<a href=\"./a.css\">Start</a>./a.css".into())
        );
        assert_eq!(fill("nothing {here}", value), Ok("nothing {here}".into()));
    }

    #[test]
    fn names_all_it_does_not_know_once() {
        assert_eq!(fill("{{js}} {{css}} {{t:stop}} {{js}}", value), Err(vec!["{{js}}".into(), "{{t:stop}}".into()]));
        assert_eq!(fill("a {{css\nb", value), Err(vec!["{{css".into()]));
    }

    #[test]
    fn a_value_is_not_filled_again() {
        assert_eq!(fill("{{x}}", |_| Some("{{y}}".into())), Ok("{{y}}".into()));
    }

    #[test]
    fn lists_keys_by_kind() {
        let text = "{{css}} {{t:a.b}} {{p:c}} {{ t:d }} {{t:open";
        assert_eq!(keys(text, "t"), ["a.b", "d"]);
        assert_eq!(keys(text, "p"), ["c"]);
        assert_eq!(keys(text, "all"), [""; 0]);
    }

    #[test]
    fn a_text_has_its_mark() {
        assert_eq!(unmarked("<p data-t=\"a\">{{t:a}}</p><p id=x data-t=\"b\">{{t:b}} <b></b></p>"), [""; 0]);
        assert_eq!(unmarked("<p>{{t:a}}</p><p data-t=\"c\">{{t:b}}</p>"), ["a", "b", "c"]);
        assert_eq!(unmarked("<p data-t=\"a\">{{t:a}}</p><p>{{t:a}}</p>"), ["a"]);
    }

    #[test]
    fn a_text_in_all_languages_says_which() {
        let texts = [("en", "a & b"), ("nl", "c")];
        assert_eq!(in_all(texts.into_iter()), "<p lang=\"en\">a &amp; b</p><p lang=\"nl\">c</p>");
    }

    #[test]
    fn escapes_markup() {
        assert_eq!(escape_html("a<b> & \"c\" 'd'"), "a&lt;b&gt; &amp; &quot;c&quot; &#39;d&#39;");
    }

    #[test]
    fn hashes_as_published() {
        assert_eq!(content_hash(b""), "cbf29ce484222325");
        assert_eq!(content_hash(b"foobar"), "85944171f73967e8");
    }
}
