//! What a page needs to know of a visit beside its pack and draft.
//!
//! Knows what is shown and tried on this visit. Must not know a browser.

use super::msg::Loss;
use crate::domain::answer::{Answer, Scale};
use crate::domain::draft::{Action, Draft, Step};
use crate::domain::model::{Form, Place, Survey};
use crate::domain::rows::List;
use crate::storage::codec::Fields;
use crate::storage::keeper::Trouble;

/// Which page is shown. `Journey` shows the draft's step.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Show {
    #[default]
    Start,
    Return,
    Journey,
}

/// A question that a page asks before it does something that cannot be undone.
#[derive(Clone, PartialEq, Debug)]
pub enum Ask {
    Loss(Loss),
    /// A file that would replace the answers that are there.
    Replace(Box<Draft>, Vec<String>),
}

/// A value that could not be taken.
#[derive(Clone, PartialEq, Debug)]
pub struct Refused {
    pub at: (List, u32, usize),
    pub text: String,
}

#[derive(Clone, PartialEq, Debug, Default)]
pub struct Visit {
    pub show: Show,
    pub form: Form,
    /// Account and part as typed on the start page.
    pub names: [String; 2],
    pub trouble: Option<Trouble>,
    /// Sentences about what was found or opened, shown until the next step.
    pub notices: Vec<String>,
    /// Something could not be read and is there for a download.
    pub unread: bool,
    pub ask: Option<Ask>,
    /// The error summary of the page is shown.
    pub blanks_shown: bool,
    /// Items whose note is open.
    pub open_notes: Vec<Place>,
    pub what_if: Vec<(Place, Option<Answer>)>,
    /// Where Done leads to after a change.
    pub return_to: Option<Step>,
    pub refused: Option<Refused>,
    /// The row that is being dragged.
    pub drag: Option<u32>,
    /// What has just been done, for those who do not see it.
    pub said: String,
    /// The program of the later pages, or their texts, could not be fetched.
    pub missed: bool,
    /// Today, and the day of the draft in words.
    pub today: String,
    pub day: String,
}

impl Visit {
    /// The draft with the what-ifs in it.
    pub fn supposed(&self, draft: &Draft) -> Draft {
        self.what_if.iter().fold(draft.clone(), |draft, (at, answer)| draft.apply(Action::Answer(*at, *answer)))
    }

    /// What the later pages need, as one text: the draft, and what is tried on this visit.
    pub fn write(&self, survey: &Survey, draft: &Draft) -> String {
        let mut fields = Fields::of(survey, draft, 0);
        let mut put = |key: &str, value: String| fields.list.push((key.into(), value));
        put("@today", self.today.clone());
        put("@day", self.day.clone());
        put("@drag", self.drag.unwrap_or(0).to_string());
        put("@blanks", String::from(if self.blanks_shown { "x" } else { "" }));
        put("@return", String::from(if self.return_to.is_some() { "x" } else { "" }));
        let notes = self.open_notes.iter().map(|at| [&*at.part.to_string(), ".", &at.item.to_string()].concat());
        put("@notes", notes.collect::<Vec<_>>().join(" "));
        let codes = self.what_if.iter().map(|(at, answer)| {
            [&*at.part.to_string(), ".", &at.item.to_string(), ".", answer.map_or("", Answer::code)].concat()
        });
        put("@whatif", codes.collect::<Vec<_>>().join(" "));
        if let Some(Refused { at: (list, id, field), text }) = &self.refused {
            put("@refused", [list.spec().code, " ", &id.to_string(), " ", &field.to_string(), " ", text].concat());
        }
        fields.write()
    }

    /// Reads what [`Visit::write`] writes.
    pub fn read(text: &str, survey: &Survey, pack: &str) -> Option<(Visit, Draft)> {
        let fields = Fields::read(text).ok()?;
        let draft = fields.draft(survey, pack).draft;
        let get = |key: &str| fields.get(key).unwrap_or("");
        // Places, each with the code of an answer behind it where it is tried.
        let places = |key: &str| {
            let codes = get(key).split(' ').filter_map(|code| {
                let mut words = code.split('.');
                let at = Place { part: words.next()?.parse().ok()?, item: words.next()?.parse().ok()? };
                Some((at, Scale::Frequency.parse(words.next().unwrap_or(""))))
            });
            codes.collect::<Vec<_>>()
        };
        let mut words = get("@refused").splitn(4, ' ');
        let refused = (|| {
            let at = (List::parse(words.next()?)?, words.next()?.parse().ok()?, words.next()?.parse().ok()?);
            Some(Refused { at, text: words.next()?.into() })
        })();
        let visit = Visit {
            show: Show::Journey,
            today: get("@today").into(),
            day: get("@day").into(),
            drag: get("@drag").parse().ok().filter(|row| *row > 0),
            what_if: places("@whatif"),
            open_notes: places("@notes").into_iter().map(|(at, _)| at).collect(),
            blanks_shown: !get("@blanks").is_empty(),
            // Only whether there is one matters to a page.
            return_to: (!get("@return").is_empty()).then_some(Step::Plan),
            refused,
            ..Visit::default()
        };
        Some((visit, draft))
    }
}
