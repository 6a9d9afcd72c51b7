//! What a file is called, and an id for answers that have none.

/// A file name that every system takes: letters, digits and hyphens of the wish, then the ending.
pub fn file_name(wish: &str, ending: &str) -> String {
    let mut name = String::from("bsh-");
    for c in wish.chars().take(40) {
        if c.is_ascii_alphanumeric() || is_foreign(c) {
            name.push(c);
        } else if !name.ends_with('-') {
            name.push('-');
        }
    }
    let mut name = String::from(name.trim_end_matches('-'));
    name.push_str(ending);
    name
}

/// May a sign beyond ASCII stand in a name? Letters of any script do, and some more: a table of which signs are letters
/// would cost more than they do harm. None that turns or hides what stands beside it, and no punctuation.
fn is_foreign(c: char) -> bool {
    c >= '\u{c0}'
        && !c.is_whitespace()
        && !matches!(c, '\u{61c}' | '\u{180e}' | '\u{2000}'..='\u{2bff}' | '\u{feff}' | '\u{fff0}'..='\u{ffff}' | '\u{e0000}'..)
}

/// The id that answers by themselves get in a file of accounts: the same for the same answers.
pub fn id_of(text: &str) -> String {
    // FNV-1a.
    let hash = text
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    crate::storage::home::id([(hash >> 32) as u32, hash as u32])
}
