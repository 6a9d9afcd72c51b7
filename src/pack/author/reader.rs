//! Reads the author's JSON pack: every fault with its path and what was expected.
//!
//! Knows the rules of the format. Must not know the compiled form.

use super::fault::{Fault, member};
use super::node::Node;
use super::types::{Author, AuthorCuts, AuthorGate, AuthorItem, FORMAT, Frame, ItemKind, ItemTag, Level, Tick, Words};
use super::walk::{At, Object, Walk};
use crate::domain::model::Cuts;
use crate::pack::compiled::{LEVELS_MAX, is_id, is_item_id};

const ID: &str = "1 to 24 of a-z, 0-9 and -, a letter first";
const ITEM_ID: &str = "1 to 24 of a-z, 0-9 and -, a letter first and at least one -";
const ITEMS_MAX: usize = 100;
const TICKS_MAX: usize = 50;
const LANGUAGES_MAX: usize = 20;

/// Reads a whole file. Either it is right in every point, or every point that is not is listed.
pub fn read(bytes: &[u8]) -> Result<Author, Vec<Fault>> {
    let node = Node::read(bytes).map_err(|fault| vec![fault])?;
    let mut reader = Reader::default();
    let author = reader.author(&At::root(&node));
    match author {
        Some(author) if reader.walk.faults.is_empty() => Ok(author),
        _ => Err(reader.walk.faults),
    }
}

#[derive(Default)]
struct Reader {
    walk: Walk,
    languages: Vec<String>,
    /// Every id so far, with its path.
    ids: Vec<(String, String)>,
}

impl Reader {
    fn author(&mut self, at: &At) -> Option<Author> {
        const KEYS: [&str; 11] =
            ["format", "id", "version", "languages", "name", "cuts", "frame", "levels", "gates", "signals", "risks"];
        let object = self.walk.object(at, &KEYS, "a key of a pack");
        let format = object.get("format").and_then(|at| self.walk.int(&at, FORMAT, FORMAT));
        let id = object.get("id").and_then(|at| self.walk.word(&at, ID, is_id));
        let version = object.get("version").and_then(|at| self.walk.word(&at, "three numbers as in 1.0.0", is_version));
        if let Some(at) = object.get("languages") {
            self.languages(&at);
        }
        let name = self.words(&object, "name");
        let cuts = object.get("cuts").and_then(|at| self.cuts(&at));
        let frame = object.get("frame").and_then(|at| self.frame(&at));
        let levels = self.levels(&object);
        let gates = self.gates(&object, levels.as_ref().map(Vec::len));
        let signals = self.ticks(&object, "signals");
        let risks = self.ticks(&object, "risks");
        Some(Author {
            format: format?,
            id: id?.into(),
            version: version?.into(),
            languages: self.languages.clone(),
            name: name?,
            cuts: cuts?,
            frame: frame?,
            levels: levels?,
            gates: gates?,
            signals: signals?,
            risks: risks?,
        })
    }

    fn languages(&mut self, at: &At) {
        for at in self.walk.list(at, 1, LANGUAGES_MAX) {
            let expected = "a language code as in en or pt-BR";
            let Some(code) = self.walk.word(&at, expected, is_language) else {
                continue;
            };
            if self.languages.iter().any(|known| known == code) {
                self.walk.wrong(&at, "each language once");
            } else {
                self.languages.push(code.into());
            }
        }
    }

    /// A text in every language of the pack.
    fn words(&mut self, object: &Object, key: &str) -> Option<Words> {
        let at = object.get(key)?;
        let languages = self.languages.clone();
        if languages.is_empty() {
            // The list of languages is at fault; without it only the shape can be checked.
            return match at.node {
                Some(Node::Map(_)) => None,
                _ => {
                    self.walk.wrong(&at, "an object of texts by language");
                    None
                }
            };
        }
        let known: Vec<&str> = languages.iter().map(String::as_str).collect();
        let object = self.walk.object(&at, &known, "a language of $.languages");
        let texts = known.iter().map(|code| Some((code.to_string(), self.walk.line(&object.get(code)?)?)));
        // All of them are read before any is missed.
        texts.collect::<Vec<_>>().into_iter().collect()
    }

    fn cuts(&mut self, at: &At) -> Option<AuthorCuts> {
        let object = self.walk.object(at, &["partly", "largely", "fully"], "a key of the cuts");
        let [partly, largely, fully] =
            ["partly", "largely", "fully"].map(|key| object.get(key).and_then(|at| self.walk.int(&at, 1, 99)));
        let (partly, largely, fully) = (partly?, largely?, fully?);
        if Cuts::new(partly, largely, fully).is_none() {
            self.walk.fault(object.path(), "partly < largely < fully", format!("{partly}, {largely}, {fully}"));
        }
        Some(AuthorCuts { partly, largely, fully })
    }

    fn frame(&mut self, at: &At) -> Option<Frame> {
        let object = self.walk.object(at, &["own", "customer"], "a key of the frame");
        let (own, customer) = (self.words(&object, "own"), self.words(&object, "customer"));
        for (key, words) in [("own", &own), ("customer", &customer)] {
            for (language, text) in words.iter().flatten() {
                if !places(text).is_some_and(|places| places.iter().all(|place| place == "subject")) {
                    let path = member(&member(object.path(), key), language);
                    self.walk.fault(path, "{subject} as the only place in braces", format!("{text:?}"));
                }
            }
        }
        Some(Frame { own: own?, customer: customer? })
    }

    fn levels(&mut self, object: &Object) -> Option<Vec<Level>> {
        let at = object.get("levels")?;
        let levels = self.walk.list(&at, 3, LEVELS_MAX);
        let levels: Vec<Option<Level>> = levels
            .iter()
            .map(|at| {
                let object = self.walk.object(at, &["name", "short", "supplier", "sees"], "a key of a level");
                let [name, short, supplier, sees] =
                    ["name", "short", "supplier", "sees"].map(|key| self.words(&object, key));
                Some(Level { name: name?, short: short?, supplier: supplier?, sees: sees? })
            })
            .collect();
        // The number of levels counts even where one of them is at fault.
        let blank = || Level { name: Words::new(), short: Words::new(), supplier: Words::new(), sees: Words::new() };
        matches!(at.node, Some(Node::List(_)))
            .then(|| levels.into_iter().map(|level| level.unwrap_or_else(blank)).collect())
    }

    fn gates(&mut self, object: &Object, levels: Option<usize>) -> Option<Vec<AuthorGate>> {
        let at = object.get("gates")?;
        let places = self.walk.list(&at, 2, LEVELS_MAX - 1);
        if let (Some(levels), Some(Node::List(list))) = (levels, at.node)
            && list.len() + 1 != levels
        {
            self.walk.wrong(&at, format!("{} gates, one fewer than levels", levels.saturating_sub(1)));
        }
        let gates: Vec<(At, Option<AuthorGate>)> =
            places.into_iter().zip(2u8..).map(|(at, level)| (at.clone(), self.gate(&at, level))).collect();
        self.short_form(&gates);
        gates.into_iter().map(|(_, gate)| gate).collect()
    }

    fn gate(&mut self, at: &At, number: u8) -> Option<AuthorGate> {
        let object = self.walk.object(at, &["level", "title", "intro", "items"], "a key of a gate");
        let level = object.get("level").and_then(|at| self.walk.int(&at, number, number));
        let (title, intro) = (self.words(&object, "title"), self.words(&object, "intro"));
        let items = object.get("items").map(|at| self.walk.list(&at, 3, ITEMS_MAX)).unwrap_or_default();
        let items: Vec<Option<AuthorItem>> = items.iter().map(|at| self.item(at)).collect();
        let items = items.into_iter().collect::<Option<Vec<_>>>();
        Some(AuthorGate { level: level?, title: title?, intro: intro?, items: items? })
    }

    /// Where there is a short form, it must be able to determine every gate.
    fn short_form(&mut self, gates: &[(At, Option<AuthorGate>)]) {
        let count = |gate: &AuthorGate| gate.items.iter().filter(|item| item.short).count();
        if !gates.iter().filter_map(|(_, gate)| gate.as_ref()).any(|gate| count(gate) > 0) {
            return;
        }
        for (at, gate) in gates {
            if let Some(short) = gate.as_ref().map(count)
                && short < 3
            {
                let expected = "at least three items with \"short\": true, as the pack has a short form";
                self.walk.fault(member(&at.path, "items"), expected, short.to_string());
            }
        }
    }

    fn item(&mut self, at: &At) -> Option<AuthorItem> {
        const KEYS: [&str; 8] = ["id", "kind", "tag", "critical", "short", "note", "own", "customer"];
        let object = self.walk.object(at, &KEYS, "a key of an item");
        let id = self.id(&object);
        let kind = object.get("kind").and_then(|at| self.walk.choice(&at, &ItemKind::NAMES));
        let tag = object.get("tag").and_then(|at| self.walk.choice(&at, &ItemTag::NAMES));
        let [critical, short, note] =
            ["critical", "short", "note"].map(|key| object.optional(key).is_some_and(|at| self.walk.flag(&at)));
        let (own, customer) = (self.words(&object, "own"), self.words(&object, "customer"));
        Some(AuthorItem { id: id?, kind: kind?, tag: tag?, critical, short, note, own: own?, customer: customer? })
    }

    fn ticks(&mut self, object: &Object, key: &str) -> Option<Vec<Tick>> {
        let places = self.walk.list(&object.get(key)?, 0, TICKS_MAX);
        let ticks: Vec<Option<Tick>> = places
            .iter()
            .map(|at| {
                let object = self.walk.object(at, &["id", "text"], "a key of a tick");
                let (id, text) = (self.id(&object), self.words(&object, "text"));
                Some(Tick { id: id?, text: text? })
            })
            .collect();
        ticks.into_iter().collect()
    }

    /// An id that nothing else in the pack has.
    fn id(&mut self, object: &Object) -> Option<String> {
        let at = object.get("id")?;
        let id = self.walk.word(&at, ITEM_ID, is_item_id)?;
        match self.ids.iter().find(|(known, _)| known == id) {
            Some((_, path)) => {
                let expected = format!("an id that is not taken, as this one is by {path}");
                self.walk.wrong(&at, expected);
            }
            None => self.ids.push((id.into(), at.path)),
        }
        Some(id.into())
    }
}

fn is_language(code: &str) -> bool {
    let (main, region) = code.split_once('-').map_or((code, None), |(main, region)| (main, Some(region)));
    (2..=3).contains(&main.len())
        && main.bytes().all(|b| b.is_ascii_lowercase())
        && region.is_none_or(|r| (2..=8).contains(&r.len()) && r.bytes().all(|b| b.is_ascii_alphanumeric()))
}

fn is_version(version: &str) -> bool {
    let parts: Vec<&str> = version.split('.').collect();
    parts.len() == 3 && parts.iter().all(|p| (1..=9).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_digit()))
}

/// The names in braces, sorted, each once; `None` where a brace has no partner or a name is not a-z and 0-9.
pub fn places(text: &str) -> Option<Vec<String>> {
    let mut names = Vec::new();
    let mut parts = text.split('{');
    if parts.next()?.contains('}') {
        return None;
    }
    for part in parts {
        let (name, rest) = part.split_once('}')?;
        let plain = !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
        if !plain || rest.contains('}') {
            return None;
        }
        names.push(name.to_string());
    }
    names.sort();
    names.dedup();
    Some(names)
}
