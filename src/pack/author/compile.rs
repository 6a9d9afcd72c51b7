//! Writes the two compiled files of one language, which `pack::compiled` reads.
//!
//! Knows the compiled format. Must not know how JSON is read, nor files.

use super::brand::Brand;
use super::condition::postfix;
use super::contrast;
use super::keys::{Part, keys};
use super::normal::hash;
use super::types::Author;
use crate::domain::answer::Scale;
use crate::domain::model::{Instrument, Item, Kind, Role, Survey, Use};
use crate::pack::brand::{COLORS, THEMES};
use crate::pack::compiled::{MAGIC, Pack, VERSION, fnv1a};
use crate::pack::texts::{FIRST, KEYS};

/// The compiled pack of one language.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Compiled {
    /// The structure, and the texts that the first questions need.
    pub first: String,
    /// All other texts.
    pub later: String,
}

/// Compiles a language of the pack. `ui` are the interface texts in the order of `texts::KEYS`; `names` the languages
/// of the pack by code, each with its own name for itself. What the pack says in its own words goes before both.
pub fn compile(author: &Author, lang: &str, ui: &[String], names: &[(String, String)]) -> Compiled {
    let survey = author.survey();
    let (mut first, mut later) = (Records::default(), Records::default());
    let cuts = author.cuts;
    first.record(&["C", &cuts.partly.to_string(), &cuts.largely.to_string(), &cuts.fully.to_string()]);
    for (code, name) in names {
        first.record(&["T", code, author.ui_text(code, OWN_NAME).unwrap_or(name)]);
    }
    first.survey(&survey);
    later.advice(&survey);
    if let Some(brand) = &author.brand {
        first.look(brand);
        later.links(brand);
        for key in brand.keys() {
            let (file, name) = match key.name.as_str() {
                "brand.name" => (&mut first, "name"),
                "brand.action" => (&mut later, "action.label"),
                other => (&mut later, other.strip_prefix("brand.").unwrap_or(other)),
            };
            file.record(&["B", name, author.text(lang, &key.name)]);
        }
    }
    for key in keys(&survey) {
        let file = if key.part == Part::First { &mut first } else { &mut later };
        file.record(&[&key.name, author.text(lang, &key.name)]);
    }
    for (index, text) in ui.iter().enumerate() {
        let file = if index < FIRST { &mut first } else { &mut later };
        let own = KEYS.get(index).and_then(|key| author.ui_text(lang, key));
        file.record(&["U", own.unwrap_or(text)]);
    }
    let hash = hash(author);
    let sealed =
        |Records(body): Records| format!("{MAGIC}\t{VERSION}\t{lang}\t{hash}\t{:08x}\n{body}", fnv1a(body.as_bytes()));
    Compiled { first: sealed(first), later: sealed(later) }
}

/// Compiles a language of the pack with the interface of a complete compiled pack, whose language may be another one.
pub fn compile_with(author: &Author, lang: &str, base: &Pack) -> Compiled {
    let name = |code: &str| base.languages.iter().find(|(known, _)| known == code).map(|(_, name)| name.clone());
    let names = author.languages.iter().map(|code| (code.clone(), name(code).unwrap_or_else(|| code.clone())));
    let names: Vec<(String, String)> = names.collect();
    compile(author, lang, &base.ui, &names)
}

/// The interface text that names its own language.
const OWN_NAME: &str = "lang.name";

#[derive(Default)]
struct Records(String);

/// Stands for a field that has nothing in it.
const NONE: &str = "-";

impl Records {
    fn record(&mut self, fields: &[&str]) {
        self.0.push_str(&fields.join("\t"));
        self.0.push('\n');
    }

    fn survey(&mut self, survey: &Survey) {
        for instrument in &survey.instruments {
            self.instrument(instrument);
        }
    }

    /// What is seen of the owner at once.
    fn look(&mut self, brand: &Brand) {
        if let Some(logo) = &brand.logo {
            self.record(&["B", "logo", logo]);
        }
        let both = [&brand.colors.light, &brand.colors.dark];
        for (theme, palette) in THEMES.into_iter().zip(both) {
            // One that is set for light or for dark alone has its shipped partner: a page takes them in pairs.
            for name in COLORS.into_iter().filter(|name| both.iter().any(|palette| palette.get(name).is_some())) {
                if let Some(color) = palette.get(name).or_else(|| contrast::default(theme, name)) {
                    self.record(&["B", &format!("color.{theme}.{name}"), color]);
                }
            }
        }
        if let Some(radius) = brand.radius {
            self.record(&["B", "radius", &radius.to_string()]);
        }
        if let Some(font) = &brand.font {
            self.record(&["B", "font", font]);
        }
    }

    /// Where a reader can turn with a result.
    fn links(&mut self, brand: &Brand) {
        for (key, address) in [("action", &brand.action), ("send", &brand.send)] {
            if let Some(address) = address {
                self.record(&["B", key, address]);
            }
        }
    }

    /// What is concluded from the answers: nothing that a question needs.
    fn advice(&mut self, survey: &Survey) {
        for reading in &survey.readings {
            self.record(&["V", &reading.id, &postfix(&reading.when)]);
        }
        for method in &survey.methods {
            let serves = Use::NAMES.iter().find(|(_, known)| *known == method.serves).map_or(NONE, |(name, _)| name);
            let moves = if method.moves.is_empty() { NONE.into() } else { method.moves.join(" ") };
            let when = method.when.as_ref().map_or(NONE.into(), postfix);
            self.record(&["W", &method.id, serves, &method.steps.to_string(), &moves, &when]);
        }
    }

    fn instrument(&mut self, instrument: &Instrument) {
        let Instrument { id, kind, minutes, model } = instrument;
        let [short, full] = minutes.map(|minutes| minutes.to_string());
        match kind {
            Kind::Gates { chasm } => self.record(&["AG", id, &short, &full, &chasm.to_string()]),
            Kind::Axes { line, border, quadrants } => {
                let (line, border, quadrants) = (line.to_string(), border.to_string(), quadrants.join(" "));
                self.record(&["AX", id, &short, &full, &line, &border, &quadrants]);
            }
            Kind::Practices { functions, seniorities, roles, shares } => {
                self.record(&["AP", id, &short, &full, if *shares { "1" } else { "0" }]);
                if !functions.is_empty() {
                    self.record(&["O", &functions.join(" "), &seniorities.join(" "), &roles.join(" ")]);
                }
            }
        }
        for group in &model.groups {
            let role = Role::NAMES.iter().find(|(_, known)| *known == group.role).map_or(NONE, |(letter, _)| letter);
            self.record(&["G", role, &group.id]);
            for item in &group.items {
                self.record(&["I", &item.id, &flags(item)]);
            }
        }
        for signal in &model.signals {
            self.record(&["S", signal]);
        }
        for risk in &model.risks {
            self.record(&["R", risk]);
        }
    }
}

fn flags(item: &Item) -> String {
    let scale = match item.scale {
        Scale::Frequency => 'f',
        Scale::Event => 'e',
        Scale::Choice => 'c',
    };
    let marks = [(item.short, '*'), (item.critical, '!'), (item.note, 'n')];
    let marks = marks.into_iter().filter(|(on, _)| *on).map(|(_, mark)| mark);
    [scale, item.tag.letter()].into_iter().chain(marks).collect()
}
