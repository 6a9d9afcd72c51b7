//! Reads a compiled pack: text files of one language, the only form of content that a visitor's program reads. The
//! first file has the structure and the texts of the first instrument; the second has all other texts and may come later.
//!
//! Knows the file format and checks all of it. Must not know JSON, nor where the text came from; never panics.

use super::texts::{FIRST, KEYS};
use crate::domain::answer::Scale;
use crate::domain::model::{Cuts, Group, Instrument, Item, Kind, Method, Model, Reading, Role, Survey, Tag, Use};
use crate::domain::rules::{Compare, Rule, Token, Value};

/// The first field of every compiled pack.
pub const MAGIC: &str = "bsh-pack";
/// The format that this program writes and reads.
pub const VERSION: &str = "2";
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
        file.records(|record| {
            match advice(record)? {
                Some(Advice::Reading(reading)) => readings.push(reading),
                Some(Advice::Method(method)) => methods.push(method),
                None => texts_of(record, &mut texts, &mut ui)?,
            }
            Ok(())
        })?;
        if self.ui.len() + ui.len() != KEYS.len() {
            return Err(PackError::Version);
        }
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
        self.texts.iter().find(|(known, _)| known == key).map_or("", |(_, text)| text)
    }
}

/// The head of a file, and its records.
struct File<'a> {
    lang: &'a str,
    hash: &'a str,
    body: &'a str,
}

type Checked = Result<(), &'static str>;

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

/// What the second file adds to the structure.
enum Advice {
    Reading(Reading),
    Method(Method),
}

fn advice(record: &str) -> Result<Option<Advice>, &'static str> {
    let fields: Vec<&str> = record.split('\t').collect();
    Ok(match *fields.as_slice() {
        ["V", id, when] => Some(Advice::Reading(Reading { id: id.into(), when: rule(when).ok_or("rule")? })),
        // Id, use, steps, what it moves, condition; a single - stands for none.
        ["W", id, serves, steps, moves, when] => Some(Advice::Method(Method {
            id: id.into(),
            serves: Use::NAMES.iter().find(|(name, _)| *name == serves).ok_or("use")?.1,
            steps: steps.parse().map_err(|_| "number")?,
            moves: moves.split(' ').filter(|id| *id != "-").map(String::from).collect(),
            when: if when == "-" { None } else { Some(rule(when).ok_or("rule")?) },
        })),
        _ => None,
    })
}

/// A text of the pack, or one of the interface.
fn texts_of(record: &str, texts: &mut Vec<(String, String)>, ui: &mut Vec<String>) -> Checked {
    match record.split_once('\t') {
        Some(("U", text)) if !text.contains('\t') => ui.push(text.into()),
        Some((key, text)) if key.len() > 1 && !text.contains('\t') => texts.push((key.into(), text.into())),
        _ => return Err("unknown record"),
    }
    Ok(())
}

/// What has been read so far.
struct Reader {
    pack: Pack,
    cuts: Option<Cuts>,
}

impl Reader {
    fn new(file: &File) -> Reader {
        let survey = Survey { instruments: vec![], readings: vec![], methods: vec![] };
        let pack = Pack {
            lang: file.lang.into(),
            hash: file.hash.into(),
            languages: vec![],
            survey,
            texts: vec![],
            ui: vec![],
        };
        Reader { pack, cuts: None }
    }

    /// One record: its kind, then its fields. Texts have their key in place of a kind.
    fn record(&mut self, record: &str) -> Checked {
        let mut fields = [""; 7];
        let mut count = 0;
        for field in record.split('\t') {
            *fields.get_mut(count).ok_or("too many fields")? = field;
            count += 1;
        }
        let [kind, a, b, c, d, e, f] = fields;
        let number = |text: &str| text.parse::<u8>().map_err(|_| "number");
        let pack = &mut self.pack;
        let survey = &mut pack.survey;
        match (kind, count) {
            ("C", 4) => self.cuts = Some(Cuts::new(number(a)?, number(b)?, number(c)?).ok_or("cuts")?),
            ("T", 3) => pack.languages.push((a.into(), b.into())),
            // Gates: id, minutes short and full, the level below the chasm. Axes: ... line, border, quadrants.
            // Practices: ... shares.
            ("AG", 5) => self.instrument(a, [number(b)?, number(c)?], Kind::Gates { chasm: number(d)? })?,
            ("AX", 7) => {
                let mut names = f.split(' ').map(String::from);
                let mut next = || names.next().filter(|name| is_id(name)).ok_or("quadrants");
                let quadrants = [next()?, next()?, next()?, next()?];
                let kind = Kind::Axes { line: number(d)?, border: number(e)?, quadrants };
                self.instrument(a, [number(b)?, number(c)?], kind)?;
            }
            ("AP", 5) => {
                let kind = Kind::Practices { functions: vec![], seniorities: vec![], roles: vec![], shares: d == "1" };
                self.instrument(a, [number(b)?, number(c)?], kind)?;
            }
            // Functions, seniorities and roles of the last instrument.
            ("O", 4) => match survey.instruments.last_mut().map(|last| &mut last.kind) {
                Some(Kind::Practices { functions, seniorities, roles, .. }) => {
                    for (list, field) in [(functions, a), (seniorities, b), (roles, c)] {
                        *list = field.split(' ').map(String::from).collect();
                    }
                }
                _ => return Err("people outside of practices"),
            },
            ("G", 3) => {
                let role = Role::NAMES.iter().find(|(letter, _)| *letter == a).ok_or("role")?.1;
                let last = survey.instruments.last_mut().ok_or("group before an instrument")?;
                last.model.groups.push(Group { id: b.into(), role, items: vec![] });
            }
            ("I", 3) => {
                let item = item(self.new_id(a)?, b).ok_or("flags")?;
                let last = self.model()?.groups.last_mut().ok_or("item before a group")?;
                last.items.push(item);
            }
            ("S", 2) => {
                let id = self.new_id(a)?.into();
                self.model()?.signals.push(id);
            }
            ("R", 2) => {
                let id = self.new_id(a)?.into();
                self.model()?.risks.push(id);
            }
            _ => return texts_of(record, &mut pack.texts, &mut pack.ui),
        }
        Ok(())
    }

    fn instrument(&mut self, id: &str, minutes: [u8; 2], kind: Kind) -> Checked {
        let cuts = self.cuts.ok_or("instrument before the cuts")?;
        let model = Model { cuts, groups: vec![], signals: vec![], risks: vec![] };
        let survey = &mut self.pack.survey;
        if !is_id(id) || survey.part(id).is_some() {
            return Err("id");
        }
        survey.instruments.push(Instrument { id: id.into(), kind, minutes, model });
        Ok(())
    }

    fn model(&mut self) -> Result<&mut Model, &'static str> {
        self.pack.survey.instruments.last_mut().map(|last| &mut last.model).ok_or("before an instrument")
    }

    /// An id of the right form that nothing else has.
    fn new_id<'a>(&self, id: &'a str) -> Result<&'a str, &'static str> {
        let survey = &self.pack.survey;
        let all: usize =
            survey.instruments.iter().map(|i| i.model.len() + i.model.signals.len() + i.model.risks.len()).sum();
        let taken = |ids: &[String]| ids.iter().any(|other| other == id);
        let ticked = survey.instruments.iter().any(|i| taken(&i.model.signals) || taken(&i.model.risks));
        if is_item_id(id) && all < ITEMS_MAX && survey.find(id).is_none() && !ticked { Ok(id) } else { Err("id") }
    }

    fn finish(self) -> Result<Pack, PackError> {
        let pack = self.pack;
        let what = if pack.survey.instruments.is_empty() {
            "no instrument"
        } else if !pack.survey.instruments.iter().all(sound) {
            "an instrument that cannot be scored"
        } else if !pack.languages.iter().any(|(code, _)| *code == pack.lang) {
            "languages"
        } else if pack.ui.len() != FIRST {
            return Err(PackError::Version);
        } else {
            return Ok(pack);
        };
        Err(PackError::Record { line: 0, what })
    }
}

/// Has an instrument the groups that its kind needs?
fn sound(instrument: &Instrument) -> bool {
    let groups = &instrument.model.groups;
    let count = |role: Role| groups.iter().filter(|group| group.role == role).count();
    let each = |role: Role, least: usize| {
        groups.iter().filter(|group| group.role == role).all(|group| group.items.len() >= least)
    };
    let only = |roles: &[Role]| groups.iter().all(|group| roles.contains(&group.role));
    match instrument.kind {
        Kind::Gates { .. } => only(&[Role::Gate]) && (2..LEVELS_MAX).contains(&groups.len()) && each(Role::Gate, 3),
        Kind::Axes { .. } => {
            let one = each(Role::Pillar, 1) && each(Role::Mortar, 1) && each(Role::Choice, 1);
            let most = count(Role::Mortar) <= 1 && count(Role::Choice) <= 1;
            only(&[Role::Axis, Role::Pillar, Role::Mortar, Role::Choice])
                && count(Role::Axis) == 2
                && each(Role::Axis, 3)
                && one
                && most
        }
        Kind::Practices { .. } => only(&[Role::Practice]) && !groups.is_empty() && each(Role::Practice, 1),
    }
}

impl Role {
    /// Every role by its letter in a compiled pack.
    pub const NAMES: [(&str, Role); 6] = [
        ("g", Role::Gate),
        ("x", Role::Axis),
        ("p", Role::Pillar),
        ("m", Role::Mortar),
        ("c", Role::Choice),
        ("s", Role::Practice),
    ];
}

impl Use {
    /// Every use by its name.
    pub const NAMES: [(&str, Use); 3] = [("climb", Use::Climb), ("keep", Use::Keep), ("hold", Use::Hold)];
}

/// Reads a rule in postfix: `?name`, `name<=50`, `name=word`, `!`, `&`, `|`, with a space between.
pub fn rule(text: &str) -> Option<Rule> {
    let mut tokens = Vec::new();
    for piece in text.split(' ') {
        tokens.push(match piece {
            "!" => Token::Not,
            "&" => Token::And,
            "|" => Token::Or,
            _ => match piece.strip_prefix('?') {
                Some(name) => Token::Known(name.into()),
                None => test(piece)?,
            },
        });
    }
    Some(Rule(tokens))
}

fn test(piece: &str) -> Option<Token> {
    let name = piece.split(['<', '=', '>', '!']).next()?;
    let rest = piece.strip_prefix(name)?;
    let word = rest.trim_start_matches(['<', '=', '>', '!']);
    let compare = Compare::NAMES.iter().find(|(sign, _)| rest.strip_suffix(word) == Some(*sign))?.1;
    let value = match word.parse::<u32>() {
        Ok(number) => Value::whole(number),
        Err(_) if is_id(word) => Value::Word(word.into()),
        Err(_) => return None,
    };
    Some(Token::Test(name.into(), compare, value))
}

/// Reads an item's flags: scale, tag, then any of `*` (short form), `!` (critical), `n` (note), each at most once.
fn item(id: &str, flags: &str) -> Option<Item> {
    let mut flags = flags.chars();
    let scale = match flags.next()? {
        'f' => Scale::Frequency,
        'e' => Scale::Event,
        'c' => Scale::Choice,
        _ => return None,
    };
    let tag = Tag::from_letter(flags.next()?)?;
    let mut item = Item { id: id.into(), scale, tag, critical: false, short: false, note: false };
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
