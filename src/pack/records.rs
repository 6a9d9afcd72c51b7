//! The records of a compiled pack: what each kind has, and whether the whole can be scored.
//!
//! Knows single records and their order. Must not know where a file begins, nor its checksum.

use super::brand;
use super::compiled::{File, ITEMS_MAX, LEVELS_MAX, Pack, PackError, is_id, is_item_id};
use super::texts::FIRST;
use crate::domain::answer::Scale;
use crate::domain::model::{Cuts, Group, Instrument, Item, Kind, Method, Model, Reading, Role, Survey, Tag, Use};
use crate::domain::rules::{Compare, Rule, Token, Value};

/// Right, or what is wrong.
pub(super) type Checked = Result<(), &'static str>;

/// What the second file adds to the structure.
pub(super) enum Advice<'r> {
    Reading(Reading),
    Method(Method),
    Brand(&'r str, &'r str),
}

pub(super) fn advice(record: &str) -> Result<Option<Advice<'_>>, &'static str> {
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
        ["B", key, value] => Some(Advice::Brand(key, value)),
        _ => None,
    })
}

/// Something about the pack's owner, once.
pub(super) fn owned(list: &mut Vec<(String, String)>, first: bool, key: &str, value: &str) -> Checked {
    if !brand::fits(first, key, value) || list.iter().any(|(known, _)| known == key) {
        return Err("brand");
    }
    list.push((key.into(), value.into()));
    Ok(())
}

/// A text of the pack, or one of the interface.
pub(super) fn texts_of(record: &str, texts: &mut Vec<(String, String)>, ui: &mut Vec<String>) -> Checked {
    match record.split_once('\t') {
        Some(("U", text)) if !text.contains('\t') => ui.push(text.into()),
        Some((key, text)) if key.len() > 1 && !text.contains('\t') => texts.push((key.into(), text.into())),
        _ => return Err("unknown record"),
    }
    Ok(())
}

/// What has been read so far.
pub(super) struct Reader {
    pack: Pack,
    cuts: Option<Cuts>,
}

impl Reader {
    pub fn new(file: &File) -> Reader {
        let survey = Survey { instruments: vec![], readings: vec![], methods: vec![] };
        let pack = Pack {
            lang: file.lang.into(),
            hash: file.hash.into(),
            languages: vec![],
            survey,
            texts: vec![],
            ui: vec![],
            brand: vec![],
        };
        Reader { pack, cuts: None }
    }

    /// One record: its kind, then its fields. Texts have their key in place of a kind.
    pub fn record(&mut self, record: &str) -> Checked {
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
            ("B", 3) => owned(&mut pack.brand, true, a, b)?,
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

    pub fn finish(self) -> Result<Pack, PackError> {
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
