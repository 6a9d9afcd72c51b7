//! Reads an author's pack, its structure and its texts: every fault with its path and what was expected.
//!
//! Knows the rules of the format (instruments: `instruments`, texts: `content`). Must not know the compiled form.

use super::WHOLE_MAX;
use super::brand::Brand;
use super::condition;
use super::content::{Overrides, Source, Texts, is_language, is_version, read_texts};
use super::fault::Fault;
use super::keys::{Key, keys};
use super::node::Node;
use super::parts::AuthorInstrument;
use super::survey::survey;
use super::types::{Author, AuthorCuts, AuthorMethod, AuthorReading, FORMAT, MethodUse};
use super::walk::{At, Walk};
use crate::domain::facts::{Sort, sorts};
use crate::domain::model::Cuts;
use crate::domain::rules::Rule;
use crate::pack::compiled::{ITEMS_MAX, is_id};

pub const ID: &str = "1 to 24 of a-z, 0-9 and -, a letter first";

/// Reads a whole pack; `texts` are the files by language, beside those that the structure has in it. Either it is right
/// in every point, or every point that is not is listed: first those of the structure, then those of each language, the
/// first one first.
pub fn read(structure: &[u8], texts: &[(String, Vec<u8>)]) -> Result<Author, Vec<Fault>> {
    let mut reader = Reader::default();
    let node = Node::read_up_to(structure, WHOLE_MAX);
    let draft = match &node {
        Ok(node) => reader.pack(&At::root(node)),
        Err(fault) => {
            reader.walk.faults.push(fault.clone());
            Draft::default()
        }
    };
    let inside = node.as_ref().map_or(&[][..], |node| node.entries("texts"));
    let sources = reader.sources(draft.language.as_deref(), inside, texts);
    let mut faults = reader.walk.faults;
    let languages = languages(&draft, sources, &mut faults);
    match draft.author() {
        Some(author) if faults.is_empty() => {
            let Languages { codes, texts, ui } = languages;
            Ok(Author { languages: codes, texts, ui, ..author })
        }
        _ => Err(faults),
    }
}

/// All languages that could be read.
#[derive(Default)]
struct Languages {
    codes: Vec<String>,
    texts: Vec<Texts>,
    ui: Vec<Overrides>,
}

/// Reads the texts of all languages, in their order.
fn languages(draft: &Draft, sources: Vec<(&str, Source)>, faults: &mut Vec<Fault>) -> Languages {
    let survey = draft.parts().map(|(instruments, readings, methods)| {
        survey(draft.cuts.map_or(Cuts::STANDARD, AuthorCuts::cuts), instruments, readings, methods)
    });
    let brand = draft.brand.iter().flat_map(Brand::keys);
    let keys: Option<Vec<Key>> = survey.as_ref().map(|survey| keys(survey).into_iter().chain(brand).collect());
    let mut read = Languages::default();
    for (code, source) in sources {
        let model = read.texts.first().filter(|_| read.codes.first() == draft.language.as_ref());
        let (texts, ui) = read_texts(code, source, keys.as_deref(), model, faults);
        read.codes.push(code.into());
        read.texts.push(texts);
        read.ui.push(ui);
    }
    read
}

/// What could be read of a structure.
#[derive(Default)]
struct Draft {
    format: Option<u8>,
    id: Option<String>,
    version: Option<String>,
    language: Option<String>,
    cuts: Option<AuthorCuts>,
    instruments: Option<Vec<AuthorInstrument>>,
    readings: Option<Vec<AuthorReading>>,
    methods: Option<Vec<AuthorMethod>>,
    brand: Option<Brand>,
}

impl Draft {
    /// What says which texts are needed.
    fn parts(&self) -> Option<(&[AuthorInstrument], &[AuthorReading], &[AuthorMethod])> {
        Some((self.instruments.as_deref()?, self.readings.as_deref()?, self.methods.as_deref()?))
    }

    fn author(self) -> Option<Author> {
        Some(Author {
            format: self.format?,
            id: self.id?,
            version: self.version?,
            language: self.language?,
            cuts: self.cuts?,
            instruments: self.instruments?,
            readings: self.readings?,
            methods: self.methods?,
            brand: self.brand,
            languages: Vec::new(),
            texts: Vec::new(),
            ui: Vec::new(),
        })
    }
}

#[derive(Default)]
pub struct Reader {
    pub walk: Walk,
    /// Every id of an item, signal or risk so far, with its path.
    pub ids: Vec<(String, String)>,
}

impl Reader {
    fn pack(&mut self, at: &At) -> Draft {
        const KEYS: [&str; 10] =
            ["format", "id", "version", "language", "cuts", "instruments", "readings", "methods", "brand", "texts"];
        let object = self.walk.object(at, &KEYS, "a key of a pack");
        let word = |walk: &mut Walk, key: &str, expected: &str, right: fn(&str) -> bool| {
            object.get(key).and_then(|at| walk.word(&at, expected, right)).map(String::from)
        };
        let format = object.get("format").and_then(|at| self.walk.int(&at, FORMAT, FORMAT));
        let id = word(&mut self.walk, "id", ID, is_id);
        let version = word(&mut self.walk, "version", "three numbers as in 1.0.0", is_version);
        let language = word(&mut self.walk, "language", "a language code as in en or pt-BR", is_language);
        let cuts = object.get("cuts").and_then(|at| self.cuts(&at));
        let before = self.walk.faults.len();
        let instruments = object.get("instruments").and_then(|at| self.instruments(&at));
        if self.ids.len() > ITEMS_MAX {
            let expected = format!("at most {ITEMS_MAX} items, signals and risks in all");
            self.walk.fault("$.instruments", expected, self.ids.len().to_string());
        }
        let sound = self.walk.faults.len() == before;
        // Ids can be looked up only where all of them could be read.
        let known = instruments.as_deref().filter(|_| sound).is_some();
        let mut readings = match object.optional("readings") {
            Some(at) => self.all(&at, 0, 100, |reader, at, _| reader.reading(at)),
            None => Some(Vec::new()),
        };
        let mut methods = match object.optional("methods") {
            Some(at) => self.all(&at, 0, 200, |reader, at, _| reader.method(at, known)),
            None => Some(Vec::new()),
        };
        self.once("$.readings", readings.iter().flatten().map(|reading| reading.id.as_str()));
        self.once("$.methods", methods.iter().flatten().map(|method| method.id.as_str()));
        if let Some(instruments) = instruments.as_deref().filter(|_| sound) {
            let facts = sorts(&survey(cuts.map_or(Cuts::STANDARD, AuthorCuts::cuts), instruments, &[], &[]));
            for (index, reading) in readings.iter_mut().flatten().enumerate() {
                reading.rule =
                    self.rule(&reading.when, &facts, format!("$.readings[{index}].when")).unwrap_or_default();
            }
            for (index, method) in methods.iter_mut().flatten().enumerate() {
                let path = format!("$.methods[{index}].when");
                method.rule = method.when.as_ref().and_then(|when| self.rule(when, &facts, path));
            }
        }
        let brand = object.optional("brand").map(|at| self.brand(&at));
        if let Some(at) = object.optional("texts").filter(|at| !matches!(at.node, Some(Node::Map(_)))) {
            self.walk.wrong(&at, "an object with the texts of each language by its code");
        }
        Draft { format, id, version, language, cuts, instruments, readings, methods, brand }
    }

    fn rule(&mut self, text: &str, facts: &[(String, Sort)], path: String) -> Option<Rule> {
        let read = condition::parse(text, facts);
        for wrong in read.as_ref().err().into_iter().flatten() {
            self.walk.fault(path.as_str(), wrong.expected.as_str(), wrong.found.as_str());
        }
        read.ok()
    }

    /// Every element of a list, all of them read before any is missed.
    pub fn all<'n, T>(
        &mut self,
        at: &At<'n>,
        least: usize,
        most: usize,
        mut one: impl FnMut(&mut Self, &At<'n>, usize) -> Option<T>,
    ) -> Option<Vec<T>> {
        let whole = matches!(at.node, Some(Node::List(list)) if (least..=most).contains(&list.len()));
        let elements = self.walk.list(at, least, most);
        let read: Vec<Option<T>> = elements.iter().enumerate().map(|(index, at)| one(self, at, index)).collect();
        if whole { read.into_iter().collect() } else { None }
    }

    /// Notes ids that stand twice among the elements of a list of objects.
    pub fn once<'i>(&mut self, path: &str, ids: impl Iterator<Item = &'i str>) {
        let ids: Vec<&str> = ids.collect();
        for (index, id) in ids.iter().enumerate() {
            if let Some(first) = ids.iter().take(index).position(|earlier| earlier == id) {
                let expected = format!("an id that is not taken, as this one is by {path}[{first}].id");
                self.walk.fault(format!("{path}[{index}].id"), expected, format!("{id:?}"));
            }
        }
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

    fn reading(&mut self, at: &At) -> Option<AuthorReading> {
        let object = self.walk.object(at, &["id", "when"], "a key of a reading");
        let id = object.get("id").and_then(|at| self.walk.word(&at, ID, is_id));
        let when = object.get("when").and_then(|at| self.walk.word(&at, "a condition", |text| !text.trim().is_empty()));
        Some(AuthorReading { id: id?.into(), when: when?.into(), rule: Rule::default() })
    }

    fn method(&mut self, at: &At, known: bool) -> Option<AuthorMethod> {
        let object = self.walk.object(at, &["id", "use", "moves", "when", "steps"], "a key of a method");
        let id = object.get("id").and_then(|at| self.walk.word(&at, ID, is_id));
        let serves = match object.optional("use") {
            Some(at) => self.walk.choice(&at, &MethodUse::NAMES),
            None => Some(MethodUse::default()),
        };
        let mut seen: Vec<&str> = Vec::new();
        let moves = object.get("moves").and_then(|at| {
            self.all(&at, 0, 100, |reader, at, _| {
                let expected = "the id of an item, signal or risk of the pack";
                let exists = |id: &str| !known || reader.ids.iter().any(|(taken, _)| taken == id);
                let id = reader.walk.word(at, expected, exists)?;
                if seen.contains(&id) {
                    reader.walk.wrong(at, "each id once");
                }
                seen.push(id);
                Some(id.to_string())
            })
        });
        let when = match object.optional("when") {
            Some(at) => {
                self.walk.word(&at, "a condition", |text| !text.trim().is_empty()).map(|when| Some(when.into()))
            }
            None => Some(None),
        };
        let steps = object.get("steps").and_then(|at| self.walk.int(&at, 3, 6));
        Some(AuthorMethod { id: id?.into(), serves: serves?, moves: moves?, when: when?, rule: None, steps: steps? })
    }
}
