//! Reads the compiled pack: one text file per language, the only form of content that a visitor's program reads.
//!
//! Knows the file format and checks all of it. Must not know JSON, nor where the text came from; never panics.

use super::texts::KEYS;
use crate::domain::answer::Kind;
use crate::domain::model::{Cuts, Gate, Item, Model, Tag};

/// The first field of every compiled pack.
pub const MAGIC: &str = "bsh-pack";
/// The format that this program writes and reads.
pub const VERSION: &str = "1";
/// An instrument has 3 to 9 levels.
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

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LevelText {
    pub name: String,
    pub short: String,
    /// What the customer sees in the supplier: "... sees you as `supplier`".
    pub supplier: String,
    pub sees: String,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GateText {
    pub title: String,
    pub intro: String,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ItemText {
    pub own: String,
    pub customer: String,
}

/// A structure and its texts in one language.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Pack {
    pub lang: String,
    /// Content hash of the author's pack, 16 hex digits; the same for every language.
    pub hash: String,
    pub name: String,
    pub model: Model,
    /// The sentence above a section, in both editions; `{subject}` stands for the account.
    pub frame_own: String,
    pub frame_customer: String,
    /// By level - 1.
    pub levels: Vec<LevelText>,
    /// By gate (from 0).
    pub gates: Vec<GateText>,
    /// By item index.
    pub items: Vec<ItemText>,
    /// By index into the model's signals, and risks.
    pub signals: Vec<String>,
    pub risks: Vec<String>,
    /// In the order of [`KEYS`].
    pub ui: Vec<String>,
}

impl Pack {
    /// Reads and checks a whole file.
    pub fn read(text: &str) -> Result<Pack, PackError> {
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
        let mut reader = Reader::new(lang, hash);
        for (line, record) in (2u32..).zip(body.split_terminator('\n')) {
            reader.record(record).map_err(|what| PackError::Record { line, what })?;
        }
        reader.finish()
    }
}

/// What has been read so far.
struct Reader {
    pack: Pack,
    cuts: bool,
}

type Checked = Result<(), &'static str>;

impl Reader {
    fn new(lang: &str, hash: &str) -> Reader {
        let model = Model { cuts: Cuts::STANDARD, gates: vec![], signals: vec![], risks: vec![] };
        let pack = Pack {
            lang: lang.into(),
            hash: hash.into(),
            name: String::new(),
            model,
            frame_own: String::new(),
            frame_customer: String::new(),
            levels: vec![],
            gates: vec![],
            items: vec![],
            signals: vec![],
            risks: vec![],
            ui: vec![],
        };
        Reader { pack, cuts: false }
    }

    fn record(&mut self, record: &str) -> Checked {
        let mut fields = [""; 5];
        let mut count = 0;
        for field in record.split('\t') {
            *fields.get_mut(count).ok_or("too many fields")? = field;
            if field.is_empty() {
                return Err("empty field");
            }
            count += 1;
        }
        let [kind, a, b, c, d] = fields;
        let pack = &mut self.pack;
        match (kind, count) {
            ("C", 4) if !self.cuts => {
                let cut = |text: &str| text.parse().unwrap_or(0);
                pack.model.cuts = Cuts::new(cut(a), cut(b), cut(c)).ok_or("cuts")?;
                self.cuts = true;
            }
            ("N", 4) if pack.name.is_empty() => {
                pack.name = a.into();
                pack.frame_own = b.into();
                pack.frame_customer = c.into();
            }
            ("L", 5) => {
                pack.levels.push(LevelText { name: a.into(), short: b.into(), supplier: c.into(), sees: d.into() })
            }
            ("G", 3) => {
                pack.gates.push(GateText { title: a.into(), intro: b.into() });
                pack.model.gates.push(Gate { items: vec![] });
            }
            ("I", 5) => {
                let item = item(self.new_id(a)?, b).ok_or("flags")?;
                let pack = &mut self.pack;
                pack.model.gates.last_mut().ok_or("item before a gate")?.items.push(item);
                pack.items.push(ItemText { own: c.into(), customer: d.into() });
                if pack.items.len() > ITEMS_MAX {
                    return Err("too many items");
                }
            }
            ("S", 3) => {
                let id = self.new_id(a)?.into();
                self.pack.model.signals.push(id);
                self.pack.signals.push(b.into());
            }
            ("R", 3) => {
                let id = self.new_id(a)?.into();
                self.pack.model.risks.push(id);
                self.pack.risks.push(b.into());
            }
            ("U", 2) => pack.ui.push(a.into()),
            _ => return Err("unknown record"),
        }
        Ok(())
    }

    /// An id of the right form that nothing else has.
    fn new_id<'a>(&self, id: &'a str) -> Result<&'a str, &'static str> {
        let model = &self.pack.model;
        let taken = |ids: &[String]| ids.len() > ITEMS_MAX || ids.iter().any(|other| other == id);
        if is_item_id(id) && model.find(id).is_none() && !taken(&model.signals) && !taken(&model.risks) {
            Ok(id)
        } else {
            Err("id")
        }
    }

    fn finish(self) -> Result<Pack, PackError> {
        let pack = self.pack;
        let levels = pack.levels.len();
        let what = if !self.cuts {
            "no cuts"
        } else if pack.name.is_empty() {
            "no name"
        } else if !(3..=LEVELS_MAX).contains(&levels) || levels != pack.gates.len() + 1 {
            "levels and gates"
        } else if pack.model.gates.iter().any(|gate| gate.items.len() < 3) {
            "a gate with fewer than three items"
        } else if pack.ui.len() != KEYS.len() {
            return Err(PackError::Version);
        } else {
            return Ok(pack);
        };
        Err(PackError::Record { line: 0, what })
    }
}

/// Reads an item's flags: kind, tag, then any of `*` (short form), `!` (critical), `n` (note), each at most once.
fn item(id: &str, flags: &str) -> Option<Item> {
    let mut flags = flags.chars();
    let kind = match flags.next()? {
        'f' => Kind::Frequency,
        'e' => Kind::Event,
        _ => return None,
    };
    let tag = Tag::from_letter(flags.next()?)?;
    let mut item = Item { id: id.into(), kind, tag, critical: false, short: false, note: false };
    for flag in flags {
        let mark = match flag {
            '*' => &mut item.short,
            '!' => &mut item.critical,
            'n' => &mut item.note,
            _ => return None,
        };
        if std::mem::replace(mark, true) {
            return None;
        }
    }
    Some(item)
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
