//! Light minifying that cannot change a meaning: comments and needless white space go, names and order stay.
//!
//! Pure text. Must not know files, nor scripts: those are terser's.

/// A style sheet without comments and needless white space. Strings are left as they are.
pub fn css(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    let mut space = false;
    while let Some(c) = chars.next() {
        if c == '/' && chars.peek() == Some(&'*') {
            chars.next();
            let mut last = ' ';
            for next in chars.by_ref() {
                if last == '*' && next == '/' {
                    break;
                }
                last = next;
            }
            space = true;
            continue;
        }
        if c.is_whitespace() {
            space = true;
            continue;
        }
        if space {
            let before = out.chars().next_back();
            let glued =
                matches!(before, None | Some('{' | '}' | ';' | ',' | ':')) || matches!(c, '{' | '}' | ';' | ',');
            if !glued {
                out.push(' ');
            }
            space = false;
        }
        if c == '}' && out.ends_with(';') {
            out.pop();
        }
        out.push(c);
        if c == '"' || c == '\'' {
            copy_string(&mut chars, &mut out, c);
        }
    }
    out
}

/// The same style for a page of its own, which is as wide as the window: what asks for the width of the container `bsh` asks
/// for the window's. WebKit lays a container out once without what has just been put into it, and a page that is short
/// for a moment loses where it was scrolled to.
pub fn by_window(text: &str) -> String {
    let text = text.replace("container: bsh / inline-size;", "").replace("@container bsh ", "@media ");
    text.replace("cqi", "vw")
}

fn copy_string(chars: &mut std::iter::Peekable<std::str::Chars<'_>>, out: &mut String, quote: char) {
    while let Some(c) = chars.next() {
        out.push(c);
        if c == '\\' {
            out.extend(chars.next());
        } else if c == quote {
            return;
        }
    }
}

/// A page without comments, indentation and blank lines. A page with preformatted text or scripts of its own is only
/// freed of comments.
pub fn html(text: &str) -> String {
    let mut bare = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("<!--") {
        bare.push_str(before);
        rest = after.split_once("-->").map_or("", |(_, tail)| tail);
    }
    bare.push_str(rest);
    if bare.contains("<pre") || bare.contains("<textarea") {
        return bare;
    }
    let lines = bare.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.fold(String::with_capacity(bare.len()), |mut out, line| {
        out.push_str(line);
        out.push('\n');
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn css_keeps_its_meaning() {
        assert_eq!(
            css("/* a */\n.a , .b > .c:hover {\n  color : red;\n  margin: 0 calc(1px + 2px);\n}\n"),
            ".a,.b > .c:hover{color :red;margin:0 calc(1px + 2px)}"
        );
        assert_eq!(css(".a :hover{}"), ".a :hover{}");
        assert_eq!(css("a{content:\" /* ; } \\\" \"}"), "a{content:\" /* ; } \\\" \"}");
        assert_eq!(
            css("@media (min-width: 40em) and (x) {\n a { b: c }\n}"),
            "@media (min-width:40em) and (x){a{b:c}}"
        );
        assert_eq!(css("a/**/b{}"), "a b{}");
    }

    #[test]
    fn a_page_goes_by_its_window() {
        let css =
            ".bsh {\n  container: bsh / inline-size;\n  x: 2cqi;\n}\n@container bsh (width >= 1px) {\n a { b: c }\n}";
        assert_eq!(by_window(css), ".bsh {\n  \n  x: 2vw;\n}\n@media (width >= 1px) {\n a { b: c }\n}");
        assert_eq!(by_window("@container (min-width: 30rem) {}"), "@container (min-width: 30rem) {}");
    }

    #[test]
    fn html_loses_comments_and_indentation() {
        assert_eq!(html("<p>\n  a <!-- b\n --> c\n\n</p>"), "<p>\na  c\n</p>\n");
        assert_eq!(html("<pre>\n  a</pre>"), "<pre>\n  a</pre>");
    }
}
