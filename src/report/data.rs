//! The answers in a report's file, to be opened again: an account as a file of accounts, answers by themselves as the file
//! that Download gives.
//!
//! Knows the block that they stand in. Must not know what they say.

/// Lines of their own before and behind the data. A `template` is shown by no browser, and nothing in it runs.
const BEGIN: &str = "<template id=\"bsh-data\">";
const END: &str = "</template>";

/// Appends the block.
pub fn write(data: &str, out: &mut String) {
    out.push_str(BEGIN);
    out.push('\n');
    for sign in data.chars() {
        match sign {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            // A browser that saves the page would make a line break of it.
            '\r' => out.push_str("&#13;"),
            sign => out.push(sign),
        }
    }
    out.push('\n');
    out.push_str(END);
    out.push('\n');
}

/// Is a file a page at all? Any other is never looked into: its texts may have a line like ours.
fn is_page(file: &str) -> bool {
    file.trim_start_matches('\u{feff}').trim_start().starts_with("<!")
}

/// Does a page have a block, whole or not?
pub fn begins(file: &str) -> bool {
    is_page(file) && file.lines().any(|line| line.ends_with(BEGIN))
}

/// What stands in the block of a page; `None` for a page that has none that is whole, and for any other file.
pub fn read(file: &str) -> Option<String> {
    let mut lines = file.lines().skip_while(|line| !line.ends_with(BEGIN));
    lines.next().filter(|_| is_page(file))?;
    let mut out = String::new();
    for line in lines {
        // A browser that saved the page may have gone on behind it.
        if line.starts_with(END) {
            // The last line break is the block's own.
            out.pop();
            return Some(out);
        }
        let mut pieces = line.split('&');
        out.push_str(pieces.next().unwrap_or(""));
        for piece in pieces {
            let (name, rest) = piece.split_once(';').unwrap_or(("", piece));
            let sign = match name {
                "amp" => '&',
                "lt" => '<',
                "gt" => '>',
                "#13" => '\r',
                // Written by a browser that saved the page.
                "nbsp" => '\u{a0}',
                _ => {
                    out.push('&');
                    out.push_str(piece);
                    continue;
                }
            };
            out.push(sign);
            out.push_str(rest);
        }
        out.push('\n');
    }
    None
}
