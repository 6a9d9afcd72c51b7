//! Reads a compiled pack: text files of one language, the only form of content that a visitor's program reads. The
//! first file has the structure and the texts of the first instrument; the second has all other texts and may come later.
//!
//! Knows the file format and checks all of it. Must not know JSON, nor where the text came from; never panics.

use super::brand;
use super::records::{Advice, Checked, Reader, advice, owned, texts_of};
use super::texts::KEYS;
use crate::domain::model::Survey;

/// The first field of every compiled pack.
pub const MAGIC: &str = "bsh-pack";
/// The format that this program writes and reads.
pub const VERSION: &str = "3";
/// An instrument of gates has 3 to 9 levels.
pub const LEVELS_MAX: usize = 9;
/// The most items in a pack.
pub const ITEMS_MAX: usize = 999;

/// Why a text is not a pack that this program can use.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PackError {
    /// Not a compiled pack at all.
    Foreign,
    /// Another format or another edition of the program.
    Version,
    /// Cut off or changed on the way: the checksum does not fit.
    Damaged,
    /// A record that the format does not allow; `line` counts from 1, and is 0 where the whole file is meant.
    Record { line: u32, what: &'static str },
}

impl PackError {
    /// A short name for the failure panel.
    pub fn code(self) -> &'static str {
        match self {
            PackError::Foreign => "foreign",
            PackError::Version => "version",
            PackError::Damaged => "damaged",
            PackError::Record { .. } => "record",
        }
    }
}

/// A structure and its texts in one language.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Pack {
    pub lang: String,
    /// Content hash of the author's pack, 16 hex digits; the same for every language.
    pub hash: String,
    /// Every language of the pack: its code and its own name for itself.
    pub languages: Vec<(String, String)>,
    pub survey: Survey,
    /// Texts of the pack by key, in the order of the files.
    pub texts: Vec<(String, String)>,
    /// Interface texts in the order of [`KEYS`]; those after [`FIRST`] come with the second file.
    pub ui: Vec<String>,
    /// What the pack says of its owner, by key (docs/packs.md); links come with the second file.
    pub brand: Vec<(String, String)>,
}

impl Pack {
    /// Reads and checks a first file.
    pub fn read(text: &str) -> Result<Pack, PackError> {
        let file = File::open(text)?;
        let mut reader = Reader::new(&file);
        file.records(|record| reader.record(record))?;
        reader.finish()
    }

    /// Takes in the second file of the same pack and language.
    pub fn add(&mut self, text: &str) -> Result<(), PackError> {
        let file = File::open(text)?;
        if file.lang != self.lang || file.hash != self.hash || self.complete() {
            return Err(PackError::Version);
        }
        let (mut texts, mut ui) = (Vec::new(), Vec::new());
        let (mut readings, mut methods) = (Vec::new(), Vec::new());
        let mut brand = self.brand.clone();
        file.records(|record| {
            match advice(record)? {
                Some(Advice::Reading(reading)) => readings.push(reading),
                Some(Advice::Method(method)) => methods.push(method),
                Some(Advice::Brand(key, value)) => owned(&mut brand, false, key, value)?,
                None => texts_of(record, &mut texts, &mut ui)?,
            }
            Ok(())
        })?;
        if self.ui.len() + ui.len() != KEYS.len() {
            return Err(PackError::Version);
        }
        if !brand::whole(&brand) {
            return Err(PackError::Record { line: 0, what: "brand" });
        }
        self.brand = brand;
        self.texts.extend(texts);
        self.ui.extend(ui);
        self.survey.readings = readings;
        self.survey.methods = methods;
        Ok(())
    }

    /// Are the texts of the second file there?
    pub fn complete(&self) -> bool {
        self.ui.len() == KEYS.len()
    }

    /// A text of the pack by its key; blank where there is none.
    #[inline(never)]
    pub fn at(&self, key: &str) -> &str {
        value(&self.texts, key)
    }

    /// What the pack says of its owner under a key; blank where it says nothing.
    pub fn brand(&self, key: &str) -> &str {
        value(&self.brand, key)
    }
}

fn value<'p>(pairs: &'p [(String, String)], key: &str) -> &'p str {
    pairs.iter().find(|(known, _)| known == key).map_or("", |(_, text)| text)
}

/// The head of a file, and its records.
pub(super) struct File<'a> {
    pub lang: &'a str,
    pub hash: &'a str,
    body: &'a str,
}

impl<'a> File<'a> {
    fn open(text: &'a str) -> Result<File<'a>, PackError> {
        let rest = text.strip_prefix(MAGIC).and_then(|rest| rest.strip_prefix('\t')).ok_or(PackError::Foreign)?;
        let (head, body) = rest.split_once('\n').ok_or(PackError::Damaged)?;
        let mut head = head.split('\t');
        if head.next() != Some(VERSION) {
            return Err(PackError::Version);
        }
        let (Some(lang), Some(hash), Some(sum), None) = (head.next(), head.next(), head.next(), head.next()) else {
            return Err(PackError::Damaged);
        };
        if !is_hex(sum, 8) || u32::from_str_radix(sum, 16) != Ok(fnv1a(body.as_bytes())) || !body.ends_with('\n') {
            return Err(PackError::Damaged);
        }
        if !is_hex(hash, 16) || lang.is_empty() {
            return Err(PackError::Record { line: 1, what: "head" });
        }
        Ok(File { lang, hash, body })
    }

    fn records(&self, mut take: impl FnMut(&'a str) -> Checked) -> Result<(), PackError> {
        for (line, record) in (2u32..).zip(self.body.split_terminator('\n')) {
            if record.split('\t').any(str::is_empty) {
                return Err(PackError::Record { line, what: "empty field" });
            }
            take(record).map_err(|what| PackError::Record { line, what })?;
        }
        Ok(())
    }
}

/// 1 to 24 of a-z, 0-9 and `-`, a letter first.
pub fn is_id(text: &str) -> bool {
    (1..=24).contains(&text.len())
        && text.as_bytes().first().is_some_and(u8::is_ascii_lowercase)
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

/// The id of an item, signal or risk: one with a `-`, so that it is none of a draft's own fields (`form`, `date` ...).
pub fn is_item_id(text: &str) -> bool {
    is_id(text) && text.contains('-')
}

/// That many lower-case hex digits.
fn is_hex(text: &str, digits: usize) -> bool {
    text.len() == digits && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}

/// FNV-1a with 32 bits: finds damage, does not prove origin.
pub fn fnv1a(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193))
}

/// Puts values into the `{name}` places of a text, in one pass: a value's own braces are left alone.
pub fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let place = after
            .split_once('}')
            .and_then(|(name, tail)| values.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value, tail)));
        match place {
            Some((value, tail)) => {
                filled.push_str(value);
                rest = tail;
            }
            None => {
                filled.push('{');
                rest = after;
            }
        }
    }
    filled.push_str(rest);
    filled
}
