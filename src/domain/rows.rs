//! The lists that a user fills row by row: people, shares, the plan, goals, investments. All have one shape, so that
//! saving, merging and drawing them is written once.
//!
//! Knows which fields a row has and what may stand in one. Must not know their labels, nor what a choice can be.

/// The longest one-line field, in characters.
pub const LINE_MAX: usize = 120;
/// The longest field of several lines, in characters.
pub const TEXT_MAX: usize = 1000;
/// The longest field that holds many answers or notes, in characters.
pub const LONG_MAX: usize = 65_536;
/// The most rows of one list, but for views and invitations.
pub const ROWS_MAX: usize = 100;
/// The most invitations of one account: ten people in thirty rounds.
pub const INVITES_MAX: usize = 300;
/// The most views of one account: ten years of quarterly rounds with 25 people each.
pub const VIEWS_MAX: usize = 1000;

/// What may stand in a field. A blank is always allowed, and means not known.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Field {
    Line,
    Text,
    /// A text that no page edits: the answers or notes of a view.
    Long,
    /// 0..=100, a whole number.
    Percent,
    /// `2026-11-22`.
    Day,
    /// The id of something in the pack, or a word of the program.
    Choice,
}

/// One list. Some have a single row, which is there as soon as something is in it ([`List::single`]).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum List {
    People,
    Rivals,
    Tasks,
    Goals,
    Focus,
    Stop,
    Own,
    Charter,
    Climb,
    /// What an account is beside its name: whose it is, its tags, the present round, when to ask again.
    About,
    /// Answers that were given: earlier rounds, and what the customer's people sent back.
    Views,
    /// Who at the customer was asked to answer, and when.
    Invites,
    /// In the answers of somebody at a customer: who asked for them.
    Asked,
}

/// The fields of one list.
pub struct Spec {
    pub list: List,
    /// How its rows are named where they are kept.
    pub code: &'static str,
    pub fields: &'static [(&'static str, Field)],
}

/// Places of fields in a row.
pub mod at {
    pub const NAME: usize = 0;
    pub const FUNCTION: usize = 1;
    pub const SENIORITY: usize = 2;
    pub const ROLE: usize = 3;
    pub const HOLDER: usize = 4;

    pub const RIVAL_TIME: usize = 2;
    pub const RIVAL_CASH: usize = 3;
    pub const OWN_TIME: usize = 0;
    pub const OWN_CASH: usize = 1;

    pub const METHOD: usize = 0;
    pub const TITLE: usize = 1;
    pub const OWNER: usize = 2;
    pub const DUE: usize = 3;
    pub const STATUS: usize = 4;
    pub const NOTE: usize = 5;
    pub const CAUSE: usize = 6;

    /// The sentence as the user worded it, in a charter and in a goal.
    pub const CHARTER_TEXT: usize = 3;
    pub const GOAL_TEXT: usize = 4;

    pub const ACCOUNT_OWNER: usize = 0;
    /// Words with commas between them.
    pub const TAGS: usize = 1;
    /// The day on which to assess again.
    pub const REMIND: usize = 2;
    /// Number of the present round, from 1; blank for the first.
    pub const ROUND: usize = 3;

    /// See [`crate::domain::views`].
    pub const VIEW_HEAD: usize = 0;
    pub const VIEW_CODE: usize = 1;
    pub const VIEW_NOTES: usize = 2;

    pub const TOKEN: usize = 0;
    /// The number of a row of people.
    pub const INVITED: usize = 1;
    pub const INVITE_ROUND: usize = 2;
    pub const INVITE_DATE: usize = 3;

    pub const ASKED_TOKEN: usize = 0;
    pub const ASKED_COMPANY: usize = 1;
    pub const ASKED_LABEL: usize = 2;
    /// The own name, where somebody wants it to be handed back.
    pub const ASKED_NAME: usize = 3;
}

/// Every list, in the order of [`List`].
pub static LISTS: [Spec; 13] = [
    Spec {
        list: List::People,
        code: "person",
        fields: &[
            ("name", Field::Line),
            ("function", Field::Choice),
            ("seniority", Field::Choice),
            ("role", Field::Choice),
            ("holder", Field::Line),
        ],
    },
    Spec {
        list: List::Rivals,
        code: "share",
        fields: &[("name", Field::Line), ("category", Field::Line), ("time", Field::Percent), ("cash", Field::Percent)],
    },
    Spec {
        list: List::Tasks,
        code: "task",
        fields: &[
            ("method", Field::Choice),
            ("title", Field::Line),
            ("owner", Field::Line),
            ("due", Field::Day),
            ("status", Field::Choice),
            ("note", Field::Text),
            ("cause", Field::Choice),
        ],
    },
    Spec {
        list: List::Goals,
        code: "goal",
        fields: &[
            ("player", Field::Line),
            ("role", Field::Line),
            ("opportunity", Field::Line),
            ("strength", Field::Line),
            ("text", Field::Text),
        ],
    },
    Spec { list: List::Focus, code: "focus", fields: &[("text", Field::Line)] },
    Spec { list: List::Stop, code: "stop", fields: &[("text", Field::Line)] },
    Spec { list: List::Own, code: "own", fields: &[("time", Field::Percent), ("cash", Field::Percent)] },
    Spec {
        list: List::Charter,
        code: "charter",
        fields: &[("value", Field::Line), ("how", Field::Line), ("back", Field::Line), ("text", Field::Text)],
    },
    Spec { list: List::Climb, code: "climb", fields: &[("worth", Field::Choice), ("why", Field::Text)] },
    Spec {
        list: List::About,
        code: "about",
        fields: &[("owner", Field::Line), ("tags", Field::Line), ("remind", Field::Day), ("round", Field::Choice)],
    },
    Spec {
        list: List::Views,
        code: "seen",
        fields: &[("head", Field::Line), ("code", Field::Long), ("notes", Field::Long)],
    },
    Spec {
        list: List::Invites,
        code: "invite",
        fields: &[("token", Field::Choice), ("person", Field::Choice), ("round", Field::Choice), ("date", Field::Day)],
    },
    Spec {
        list: List::Asked,
        code: "asked",
        fields: &[("token", Field::Choice), ("company", Field::Line), ("label", Field::Line), ("name", Field::Line)],
    },
];

/// One row. `id` is its own within its list and never changes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Row {
    pub id: u32,
    /// In the order of the list's fields; blank where nothing is given.
    pub fields: Vec<String>,
}

/// The one row of a list that has a single one.
pub const SINGLE: u32 = 1;

/// All rows of all lists.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Rows([Vec<Row>; 13]);

impl Default for Rows {
    fn default() -> Rows {
        Rows([const { Vec::new() }; 13])
    }
}

impl List {
    pub fn spec(self) -> &'static Spec {
        LISTS.get(self as usize).unwrap_or(&LISTS[0])
    }

    /// What may stand in a field.
    pub fn kind(self, field: usize) -> Field {
        self.spec().fields.get(field).map_or(Field::Line, |(_, kind)| *kind)
    }

    pub fn parse(code: &str) -> Option<List> {
        LISTS.iter().find(|spec| spec.code == code).map(|spec| spec.list)
    }

    /// Has it one row only?
    pub fn single(self) -> bool {
        matches!(self, List::Own | List::Charter | List::Climb | List::About | List::Asked)
    }

    /// How many rows it can have.
    pub fn most(self) -> usize {
        match self {
            List::Views => VIEWS_MAX,
            List::Invites => INVITES_MAX,
            _ => ROWS_MAX,
        }
    }
}

impl Field {
    /// What is kept of a text; `None` when it cannot stand here. Surplus characters are cut.
    pub fn clean(self, text: &str) -> Option<String> {
        let clip = |most: usize| Some(text.chars().take(most).collect());
        if text.is_empty() {
            return Some(String::new());
        }
        match self {
            Field::Line => clip(LINE_MAX),
            Field::Text => clip(TEXT_MAX),
            Field::Long => clip(LONG_MAX),
            Field::Percent => {
                text.trim().parse::<u8>().ok().filter(|percent| *percent <= 100).map(|percent| percent.to_string())
            }
            Field::Day => is_day(text).then(|| text.into()),
            Field::Choice => {
                let plain = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'.';
                (text.len() <= 60 && text.bytes().all(plain)).then(|| text.into())
            }
        }
    }
}

/// `2026-11-22`: a month and a day that exist in some year.
pub fn is_day(text: &str) -> bool {
    let part = |from: usize, to: usize| text.get(from..to).and_then(|part| part.parse::<u8>().ok()).unwrap_or(0);
    text.len() == 10
        && text.bytes().enumerate().all(|(at, b)| if at == 4 || at == 7 { b == b'-' } else { b.is_ascii_digit() })
        && (1..=12).contains(&part(5, 7))
        && (1..=31).contains(&part(8, 10))
}

impl Rows {
    pub fn of(&self, list: List) -> &[Row] {
        self.0.get(list as usize).map_or(&[], Vec::as_slice)
    }

    pub fn of_mut(&mut self, list: List) -> Option<&mut Vec<Row>> {
        self.0.get_mut(list as usize)
    }

    pub fn row(&self, list: List, id: u32) -> Option<&Row> {
        self.of(list).iter().find(|row| row.id == id)
    }

    /// A field of a row; blank when it is not there.
    pub fn get(&self, list: List, id: u32, field: usize) -> &str {
        self.row(list, id).map_or("", |row| row.get(field))
    }

    /// Makes a row with nothing in it, unless it is there. False when the list is full or takes no such row.
    pub fn add(&mut self, list: List, id: u32) -> bool {
        // 0 stands for no row in the messages of the pages.
        let fits = if list.single() { id == SINGLE } else { id > 0 };
        let Some(rows) = self.of_mut(list).filter(|_| fits) else {
            return false;
        };
        if rows.iter().any(|row| row.id == id) {
            return true;
        }
        let room = rows.len() < list.most();
        if room {
            rows.push(Row { id, fields: vec![String::new(); list.spec().fields.len()] });
        }
        room
    }

    /// Sets a field, and makes the row when it is not there yet. False when the value cannot stand there or the list
    /// is full.
    pub fn set(&mut self, list: List, id: u32, field: usize, value: &str) -> bool {
        let Some(value) = list.spec().fields.get(field).and_then(|(_, kind)| kind.clean(value)) else {
            return false;
        };
        if !self.add(list, id) {
            return false;
        }
        let row = self.of_mut(list).and_then(|rows| rows.iter_mut().find(|row| row.id == id));
        row.and_then(|row| row.fields.get_mut(field)).map(|slot| *slot = value).is_some()
    }

    /// Puts the rows of a list in an order, by their numbers with spaces between; makes those that are not there yet.
    /// False when some could not be made.
    pub fn order(&mut self, list: List, ids: &str) -> bool {
        let mut right = true;
        for (place, id) in ids.split(' ').enumerate() {
            right &= id.parse().is_ok_and(|id| {
                let added = self.add(list, id);
                self.shift(list, id, place);
                added
            });
        }
        right
    }

    /// Hands over what there is to keep: the order of every list and every field, as pieces of a key with their value.
    pub fn each(&self, mut put: impl FnMut(&[&str], &str)) {
        for spec in &LISTS {
            let rows = self.of(spec.list);
            let ids: Vec<String> = rows.iter().map(|row| row.id.to_string()).collect();
            if !spec.list.single() {
                put(&[spec.code], &ids.join(" "));
            }
            for (row, id) in rows.iter().zip(&ids) {
                for ((name, _), value) in spec.fields.iter().zip(&row.fields) {
                    put(&[spec.code, ".", id, ".", name], value);
                }
            }
        }
    }

    /// Moves a row to a place in its list; beyond the end is the end.
    pub fn shift(&mut self, list: List, id: u32, to: usize) {
        if let Some(rows) = self.of_mut(list)
            && let Some(from) = rows.iter().position(|row| row.id == id)
        {
            let row = rows.remove(from);
            rows.insert(to.min(rows.len()), row);
        }
    }

    pub fn remove(&mut self, list: List, id: u32) {
        if let Some(rows) = self.of_mut(list) {
            rows.retain(|row| row.id != id);
        }
    }
}

impl Row {
    /// Is nothing in it yet?
    pub fn blank(&self) -> bool {
        self.fields.iter().all(String::is_empty)
    }

    pub fn get(&self, field: usize) -> &str {
        self.fields.get(field).map_or("", String::as_str)
    }
}
