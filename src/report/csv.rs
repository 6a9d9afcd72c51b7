//! Writes a table for spreadsheets: RFC 4180, in UTF-8 with a byte-order mark, so that it is not taken for another
//! encoding.
//!
//! Knows what a spreadsheet makes of a cell. Must not know what the table tells.

/// What a file starts with.
pub const MARK: &str = "\u{feff}";

/// What stands in a cell. Foreign text can be no formula; a number stays one, its sign included.
#[derive(Clone, Copy, Default)]
pub enum Cell<'a> {
    Text(&'a str),
    Whole(u64),
    /// Thousandths, as a decimal: -400 as -0.4.
    Thousandths(i32),
    #[default]
    Blank,
}

/// Billionths as thousandths, rounded half away from 0.
pub fn thousandths(billionths: i64) -> i32 {
    let rounded = i32::try_from((billionths.unsigned_abs() + 500_000) / 1_000_000).unwrap_or(i32::MAX);
    if billionths < 0 { -rounded } else { rounded }
}

/// Appends a row and its line break.
pub fn row<'a>(out: &mut String, cells: impl IntoIterator<Item = Cell<'a>>) {
    for (index, cell) in cells.into_iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        match cell {
            Cell::Text(text) => put(out, text),
            Cell::Whole(value) => out.push_str(&value.to_string()),
            Cell::Thousandths(value) => decimal(out, value),
            Cell::Blank => {}
        }
    }
    out.push_str("\r\n");
}

/// Thousandths with their sign, at least one digit behind the dot: 0.333, -0.5, 1.0.
fn decimal(out: &mut String, thousandths: i32) {
    if thousandths < 0 {
        out.push('-');
    }
    let (whole, part) = (thousandths.unsigned_abs() / 1000, thousandths.unsigned_abs() % 1000);
    let digits = [part / 100, part / 10 % 10, part % 10].map(|digit| digit.to_string());
    let behind = digits.concat();
    let shown = behind.trim_end_matches('0');
    out.push_str(&[&*whole.to_string(), ".", if shown.is_empty() { "0" } else { shown }].concat());
}

/// What a spreadsheet takes for the beginning of a formula, in its full-width forms too.
const FORMULA: [char; 8] = ['=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'];

/// Would a spreadsheet run it? White space and what cannot be seen do not help before it: some cut that off.
fn runs(text: &str) -> bool {
    let unseen =
        |c: char| c.is_whitespace() || c.is_control() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}');
    text.starts_with(['\t', '\r', '\n']) || text.trim_start_matches(unseen).starts_with(FORMULA)
}

fn put(out: &mut String, text: &str) {
    let runs = runs(text);
    let quoted = runs || text.contains(['"', ',', ';', '\r', '\n', '\t']) || text.trim() != text;
    if quoted {
        out.push('"');
    }
    if runs {
        // The sign for "this is a text".
        out.push('\'');
    }
    for sign in text.chars() {
        out.push(sign);
        if sign == '"' {
            out.push('"');
        }
    }
    if quoted {
        out.push('"');
    }
}
