//! Reads the views of a line: what several people answered, in one round or in several.
//!
//! Knows what belongs to a view beside its sheets. Must not know what the views come to together.

use super::against::Against;
use super::faults::{Faults, Found};
use super::field::{Any, Field, Key};
use super::sheet::{self, Answers, At, Notes, RISKS, SIGNALS, Ticks};
use crate::domain::model::{Perspective, Sheet};
use crate::domain::rows::{VIEWS_MAX, is_day};
use crate::pack::author::fault::{element, member};
use serde::de::{IgnoredAny, MapAccess, SeqAccess};

/// What one person answered in one round.
#[derive(Default)]
pub struct View {
    /// From 1.
    pub round: u32,
    /// Any name; blank when none is given.
    pub who: String,
    /// Any word; blank when none is given.
    pub role: String,
    pub perspective: Perspective,
    /// As `2026-11-22`; blank when it is not known.
    pub date: String,
    /// Of the instrument at the top level; `None` where a pack has none.
    pub sheet: Option<Sheet>,
}

/// What a sheet has been given already, by instrument and item.
pub struct Seen {
    pub answers: Vec<Vec<bool>>,
    pub notes: Vec<Vec<bool>>,
}

impl Seen {
    pub fn clear(&mut self) {
        for seen in self.answers.iter_mut().chain(&mut self.notes) {
            seen.fill(false);
        }
    }
}

/// The list of them. What is beyond the most that are kept is only counted.
pub struct Views<'a> {
    pub views: &'a mut Vec<View>,
    /// Used for one view after the other.
    pub sheets: &'a mut [Sheet],
    pub seen: &'a mut Seen,
    pub against: &'a Against<'a>,
    pub faults: &'a mut Faults,
}

impl<'de> Field<'de> for Views<'_> {
    fn wrong(self, found: Found) {
        self.faults.wrong("$.views", "a list of objects", &found);
    }

    fn list<A: SeqAccess<'de>>(self, mut access: A) -> Result<(), A::Error> {
        let Views { views, sheets, seen, against, faults } = self;
        if against.top.is_none() {
            faults.add(|| "$.views: this pack has no instrument of levels".into());
        }
        while views.len() < VIEWS_MAX {
            sheet::clear(sheets);
            seen.clear();
            let mut view = View { round: 1, ..View::default() };
            let one = One { index: views.len(), view: &mut view, sheets, seen, against, faults };
            if access.next_element_seed(Any(one))?.is_none() {
                return Ok(());
            }
            view.sheet = against.top.and_then(|top| sheets.get(top)).cloned();
            if let Some(sheet) = &mut view.sheet {
                sheet.perspective = view.perspective;
            }
            views.push(view);
        }
        let mut count = views.len();
        while access.next_element::<IgnoredAny>()?.is_some() {
            count += 1;
        }
        if count > VIEWS_MAX {
            faults.add(|| format!("$.views: {count} views, at most {VIEWS_MAX}"));
        }
        Ok(())
    }
}

/// One view.
struct One<'a> {
    index: usize,
    view: &'a mut View,
    sheets: &'a mut [Sheet],
    seen: &'a mut Seen,
    against: &'a Against<'a>,
    faults: &'a mut Faults,
}

const KEYS: [&str; 9] = ["answers", "round", "who", "role", "view", "date", "signals", "notes", "risks"];

impl<'de> Field<'de> for One<'_> {
    fn wrong(self, found: Found) {
        self.faults.wrong(&element("$.views", self.index), "an object with answers", &found);
    }

    fn object<A: MapAccess<'de>>(self, mut access: A) -> Result<(), A::Error> {
        let One { index, view, sheets, seen, against, faults } = self;
        let at = At::View(index);
        let mut given = [false; KEYS.len()];
        loop {
            let key = |key: &str| {
                let known = KEYS.iter().position(|known| *known == key);
                match known.and_then(|known| given.get_mut(known)) {
                    None => faults.unknown(&element("$.views", index), key, "key"),
                    Some(seen) => {
                        if std::mem::replace(seen, true) {
                            faults.twice(&at.path(key));
                        }
                    }
                }
                known
            };
            let Some(key) = access.next_key_seed(Key(key))? else {
                break;
            };
            let beside = match key {
                Some(1) => Some(Of::Round(&mut view.round)),
                Some(2) => Some(Of::Text("who", &mut view.who)),
                Some(3) => Some(Of::Text("role", &mut view.role)),
                Some(4) => Some(Of::View(&mut view.perspective)),
                Some(5) => Some(Of::Date(&mut view.date)),
                _ => None,
            };
            if let Some(of) = beside {
                access.next_value_seed(Any(Word { at, of, faults }))?;
                continue;
            }
            match key {
                Some(0) => {
                    access.next_value_seed(Any(Answers { at, sheets, seen: &mut seen.answers, against, faults }))
                }
                Some(6) => access.next_value_seed(Any(Ticks { at, list: &SIGNALS, sheets, against, faults })),
                Some(7) => access.next_value_seed(Any(Notes { at, sheets, seen: &mut seen.notes, against, faults })),
                Some(8) => access.next_value_seed(Any(Ticks { at, list: &RISKS, sheets, against, faults })),
                _ => access.next_value::<IgnoredAny>().map(|_| ()),
            }?;
        }
        if !given[0] {
            faults.add(|| format!("{}: missing", at.path("answers")));
        }
        Ok(())
    }
}

/// What stands beside the sheets of a view.
enum Of<'a> {
    Round(&'a mut u32),
    Text(&'static str, &'a mut String),
    View(&'a mut Perspective),
    Date(&'a mut String),
}

struct Word<'a> {
    at: At,
    of: Of<'a>,
    faults: &'a mut Faults,
}

impl Field<'_> for Word<'_> {
    fn wrong(self, found: Found) {
        let (key, expected) = match self.of {
            Of::Round(_) => ("round", "a whole number from 1 to 9999 or null"),
            Of::Text(key, _) => (key, "a text or null"),
            Of::View(_) => ("view", "\"own\", \"customer\" or null"),
            Of::Date(_) => ("date", "a day as \"2026-11-22\" or null"),
        };
        self.faults.wrong(&self.at.path(key), expected, &found);
    }

    fn null(self) {}

    fn int(self, value: i128) {
        match (u32::try_from(value), self.of) {
            (Ok(number @ 1..=9999), Of::Round(round)) => *round = number,
            (_, of) => Word { of, ..self }.wrong(Found::Int(value)),
        }
    }

    fn text(self, text: &str) {
        match self.of {
            Of::Text(_, to) => text.trim().clone_into(to),
            Of::Date(date) if is_day(text) => text.clone_into(date),
            Of::View(view) => match Perspective::parse(text) {
                Some(known) => *view = known,
                None => Word { of: Of::View(view), ..self }.wrong(Found::Text(text)),
            },
            of => Word { of, ..self }.wrong(Found::Text(text)),
        }
    }
}

/// The faults that no single view has: in one round there is one own view, and everybody who is named answers once.
pub fn together(views: &[View], faults: &mut Faults) {
    for (index, view) in views.iter().enumerate() {
        let own = |view: &View| view.perspective == Perspective::Own;
        let same = |other: &&View| {
            let person = !view.who.is_empty() && view.who == other.who;
            view.round == other.round && own(view) == own(other) && (own(view) || person)
        };
        if views.iter().take(index).any(|other| same(&other)) {
            let path = element("$.views", index);
            let round = view.round;
            faults.add(|| {
                if own(view) {
                    format!("{}: round {round} has an own view already", member(&path, "view"))
                } else {
                    format!("{}: answered in round {round} already", member(&path, "who"))
                }
            });
        }
    }
}
