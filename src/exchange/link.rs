//! The invitation: a link to the page whose fragment says who asks whom, and nothing else about the account.
//!
//! ```text
//! #bsh-invite=1~0123456789abcdef~nl~K3F9AC7Q~Metaalwerken%20BV~Anna~W4TN
//!             |  pack             |  token    company           label check
//!             version             language
//! ```
//!
//! Only unreserved characters and percent-escapes, so that mail programs leave it whole. Knows the formats of links and
//! nothing about what an invitation does.

use super::code::token_of;
use super::symbols::{self, check};
use super::{TEXT_MAX, around, clean};
use crate::domain::draft::NAME_MAX;

/// What stands before an invitation in the fragment of a link.
pub const INVITE: &str = "bsh-invite";

const VERSION: &str = "1";

/// What an invitation says. All of it can be read by whoever has the link.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Invite {
    /// Content hash of the pack: 16 hexadecimal digits.
    pub pack: String,
    /// 2 to 12 ASCII letters, digits and hyphens.
    pub lang: String,
    /// Eight symbols; see [`super::code::token`].
    pub token: String,
    /// Who asks; at most [`NAME_MAX`] characters.
    pub company: String,
    /// What the person who is asked is called; at most [`NAME_MAX`] characters, or blank.
    pub label: String,
}

/// Why a text gives no invitation.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LinkError {
    /// There is none in it.
    Missing,
    /// Cut, altered, or not made by this program.
    Damaged,
    /// Made by a later version.
    Newer,
}

/// Writes an invitation; `here` is the address of the page without fragment.
pub fn invite_link(here: &str, invite: &Invite) -> String {
    let body = body(invite);
    [here, "#", INVITE, "=", &body, "~", &check(&body)].concat()
}

/// The facts as they stand in the link, all but the check.
fn body(invite: &Invite) -> String {
    let pack = invite.pack.to_ascii_lowercase();
    let token = token_of(&invite.token).unwrap_or_default();
    let mut body = String::from(VERSION);
    for fact in [&pack, &invite.lang, &token, &name(&invite.company), &name(&invite.label)] {
        body.push('~');
        // The one unreserved character that has a meaning here.
        escape(fact, b"-._", &mut body);
    }
    body
}

fn name(text: &str) -> String {
    let kept: String = clean(text).chars().take(NAME_MAX).collect();
    kept.trim_end().into()
}

/// Reads an invitation: a fragment with or without its `#`, or a text with the link in it.
pub fn read_invite(text: &str) -> Result<Invite, LinkError> {
    if text.len() > TEXT_MAX {
        return Err(LinkError::Missing);
    }
    let (_, rest) = around(text, "bsh-invite=").ok_or(LinkError::Missing)?;
    let whole =
        rest.split(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '#' | '&')).next().unwrap_or("");
    // What a sentence puts behind a link is none of it.
    let whole = whole.trim_end_matches(|c: char| !c.is_ascii_alphanumeric());
    if let Some(invite) = understand(whole) {
        return Ok(invite);
    }
    // Some programs escape the separators as well.
    let mut plain = String::new();
    for (nth, part) in whole.split('%').enumerate() {
        match part.strip_prefix('7').and_then(|rest| rest.strip_prefix(['E', 'e'])) {
            Some(rest) if nth > 0 => plain.extend(["~", rest]),
            _ if nth > 0 => plain.extend(["%", part]),
            _ => plain.push_str(part),
        }
    }
    if let Some(invite) = understand(&plain) {
        return Ok(invite);
    }
    // Every version begins with its number and ends with the same check.
    let newer = |text: &str| {
        text.rsplit_once('~').is_some_and(|(body, given)| {
            let version = body.split('~').next().unwrap_or("");
            version != VERSION && version.parse::<u16>().is_ok_and(|version| version > 0) && holds(body, given)
        })
    };
    Err(if newer(&plain) || newer(whole) { LinkError::Newer } else { LinkError::Damaged })
}

/// Is this the check of the body, in either case?
fn holds(body: &str, given: &str) -> bool {
    symbols::read(given).is_some_and(|values| symbols::write(&values) == check(body))
}

/// Reads what follows the key.
fn understand(text: &str) -> Option<Invite> {
    let (rest, given) = text.rsplit_once('~')?;
    let facts: Vec<String> = rest.split('~').map(percent_decode).collect::<Option<_>>()?;
    let [version, pack, lang, token, company, label] = facts.as_slice() else {
        return None;
    };
    let invite = Invite {
        pack: pack.to_ascii_lowercase(),
        lang: lang.clone(),
        token: token_of(token)?,
        company: name(company),
        label: name(label),
    };
    let hash = invite.pack.len() == 16 && invite.pack.bytes().all(|b| b.is_ascii_hexdigit());
    let tag = (2..=12).contains(&lang.len()) && lang.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    // Over the facts as this program writes them: programs differ in what they escape.
    (version == VERSION && hash && tag && holds(&body(&invite), given)).then_some(invite)
}

/// Escapes everything but the unreserved characters of RFC 3986.
pub fn percent_encode(text: &str) -> String {
    let mut out = String::new();
    escape(text, b"-._~", &mut out);
    out
}

/// Escapes everything but letters, digits and the characters that are kept.
fn escape(text: &str, kept: &[u8], out: &mut String) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || kept.contains(&byte) {
            out.push(char::from(byte));
            continue;
        }
        out.push('%');
        for half in [byte >> 4, byte & 15] {
            out.push(char::from_digit(half.into(), 16).unwrap_or('0').to_ascii_uppercase());
        }
    }
}

/// Undoes percent-escapes; `None` for half an escape and for what is no UTF-8.
fn percent_decode(text: &str) -> Option<String> {
    let digit = |byte: Option<u8>| char::from(byte?).to_digit(16);
    let mut bytes = text.bytes();
    let mut out = Vec::with_capacity(text.len());
    while let Some(byte) = bytes.next() {
        let byte = if byte == b'%' { (16 * digit(bytes.next())? + digit(bytes.next())?) as u8 } else { byte };
        out.push(byte);
    }
    String::from_utf8(out).ok()
}

/// A prepared e-mail to nobody yet. Line ends of the body become CR LF, as RFC 6068 wants them.
pub fn mailto(subject: &str, body: &str) -> String {
    let lines: Vec<String> = body.split('\n').map(|line| percent_encode(line.trim_end_matches('\r'))).collect();
    ["mailto:?subject=", &percent_encode(&clean(subject)), "&body=", &lines.join("%0D%0A")].concat()
}
