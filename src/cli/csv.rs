//! Writes a table for spreadsheets: RFC 4180, in UTF-8 with a byte-order mark, so that it is not taken for another
//! encoding.
//!
//! Knows what a spreadsheet makes of a cell. Must not know what the table tells.

use super::json::signed_decimal;

/// What a file starts with.
pub const MARK: &str = "\u{feff}";

/// What stands in a cell. Foreign text can be no formula; a number stays one, its sign included.
pub enum Cell<'a> {
    Text(&'a str),
    Whole(u64),
    /// Thousandths, as a decimal: -400 as -0.4.
    Thousandths(i32),
    Blank,
}

/// Appends a row and its line break.
pub fn row<'a>(out: &mut Vec<u8>, cells: impl IntoIterator<Item = Cell<'a>>) {
    for (index, cell) in cells.into_iter().enumerate() {
        if index > 0 {
            out.push(b',');
        }
        match cell {
            Cell::Text(text) => put(out, text),
            Cell::Whole(value) => out.extend_from_slice(value.to_string().as_bytes()),
            Cell::Thousandths(value) => signed_decimal(out, value),
            Cell::Blank => {}
        }
    }
    out.extend_from_slice(b"\r\n");
}

/// What a spreadsheet takes for the beginning of a formula, in its full-width forms too.
const FORMULA: [char; 8] = ['=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'];

/// Would a spreadsheet run it? White space before it does not help: some cut that off.
fn runs(text: &str) -> bool {
    text.starts_with(['\t', '\r', '\n']) || text.trim_start().starts_with(FORMULA)
}

fn put(out: &mut Vec<u8>, text: &str) {
    let runs = runs(text);
    let quoted = runs || text.contains(['"', ',', ';', '\r', '\n', '\t']) || text.trim() != text;
    if quoted {
        out.push(b'"');
    }
    if runs {
        // The sign for "this is a text".
        out.push(b'\'');
    }
    for byte in text.bytes() {
        out.push(byte);
        if byte == b'"' {
            out.push(b'"');
        }
    }
    if quoted {
        out.push(b'"');
    }
}
