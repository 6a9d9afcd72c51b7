//! The structure of a pack: its instruments, their groups of items, thresholds, rules and methods. No texts.
//!
//! Knows what the rules need. Must not know where it was read from, nor any sentence.

use super::answer::Scale;
use super::rules::Rule;

/// Which of the four variables, or which further aspect, an item tells something about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Tag {
    Competition,
    Price,
    Features,
    Importance,
    Access,
    Service,
    Trust,
}

impl Tag {
    pub const ALL: [(char, Tag); 7] = [
        ('C', Tag::Competition),
        ('P', Tag::Price),
        ('F', Tag::Features),
        ('I', Tag::Importance),
        ('A', Tag::Access),
        ('S', Tag::Service),
        ('T', Tag::Trust),
    ];

    pub fn from_letter(letter: char) -> Option<Tag> {
        Self::ALL.iter().find(|(l, _)| *l == letter).map(|(_, tag)| *tag)
    }

    pub fn letter(self) -> char {
        Self::ALL.iter().find(|(_, tag)| *tag == self).map_or('?', |(l, _)| *l)
    }
}

/// One statement about observable behaviour.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Item {
    pub id: String,
    pub scale: Scale,
    pub tag: Tag,
    /// Answered 0 or 1, it caps its gate.
    pub critical: bool,
    /// Part of the short form.
    pub short: bool,
    /// The answer should be backed by a note.
    pub note: bool,
}

/// The thresholds between ratings, in percent: at or below `partly` is N, at or below `largely` P, at or below `fully` L.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Cuts {
    pub partly: u8,
    pub largely: u8,
    pub fully: u8,
}

impl Cuts {
    /// ISO/IEC 33020: 15, 50, 85.
    pub const STANDARD: Cuts = Cuts { partly: 15, largely: 50, fully: 85 };

    /// Cuts in order and below 100, or `None`.
    pub fn new(partly: u8, largely: u8, fully: u8) -> Option<Cuts> {
        (0 < partly && partly < largely && largely < fully && fully < 100).then_some(Cuts { partly, largely, fully })
    }
}

/// What a group of items is in its instrument.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Role {
    /// The step between one level and the next. Gate `i` of an instrument (from 0) leads to level `i + 2`.
    Gate,
    /// One of the two axes of a matrix.
    Axis,
    /// What carries a partnership.
    Pillar,
    /// What holds the pillars together.
    Mortar,
    /// The one question whether the customer chooses to buy on price.
    Choice,
    Practice,
}

/// Items that are rated together.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Group {
    pub id: String,
    pub role: Role,
    pub items: Vec<Item>,
}

/// The questions of one instrument.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Model {
    pub cuts: Cuts,
    pub groups: Vec<Group>,
    /// Ids of the commodity signals.
    pub signals: Vec<String>,
    /// Ids of the escalator risks.
    pub risks: Vec<String>,
}

/// What an instrument makes of its groups.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Kind {
    /// Staged levels. `chasm` is the level above which the chasm lies.
    Gates { chasm: u8 },
    /// Two axes with four quadrants: neither axis, the first, the second, both. `line` and `border` in percent.
    Axes { line: u8, border: u8, quadrants: [String; 4] },
    /// Practices side by side; a contact map where there are functions, a share table where `shares`.
    Practices { functions: Vec<String>, seniorities: Vec<String>, roles: Vec<String>, shares: bool },
}

/// One instrument of a pack.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Instrument {
    pub id: String,
    pub kind: Kind,
    /// About how long it takes, in minutes: short form, full form.
    pub minutes: [u8; 2],
    pub model: Model,
}

/// A text that is shown when its condition holds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reading {
    pub id: String,
    pub when: Rule,
}

/// What a method is good for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Use {
    /// To stand higher.
    Climb,
    /// To stay where one is.
    Keep,
    /// To serve at low cost a customer that does not want more.
    Hold,
}

/// A way to move answers.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Method {
    pub id: String,
    pub serves: Use,
    /// Ids of the items, signals and risks that it should move.
    pub moves: Vec<String>,
    /// Suggests it whenever it holds.
    pub when: Option<Rule>,
    /// Number of its steps.
    pub steps: u8,
}

/// Everything that a pack asks and concludes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Survey {
    pub instruments: Vec<Instrument>,
    pub readings: Vec<Reading>,
    pub methods: Vec<Method>,
}

/// One item of a survey: the instrument, and the item's index in it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Place {
    pub part: usize,
    pub item: usize,
}

/// Short form (the marked items) or all of them.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Form {
    #[default]
    Short,
    Full,
}

impl Form {
    pub fn code(self) -> &'static str {
        match self {
            Form::Short => "short",
            Form::Full => "full",
        }
    }

    pub fn parse(code: &str) -> Option<Form> {
        [Form::Short, Form::Full].into_iter().find(|form| form.code() == code)
    }

    pub fn has(self, item: &Item) -> bool {
        self == Form::Full || item.short
    }
}

/// Who answers.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Perspective {
    /// The supplier about itself: a hypothesis.
    #[default]
    Own,
    /// Somebody at the customer.
    Customer,
}

impl Perspective {
    pub fn code(self) -> &'static str {
        match self {
            Perspective::Own => "own",
            Perspective::Customer => "customer",
        }
    }

    pub fn parse(code: &str) -> Option<Perspective> {
        [Perspective::Own, Perspective::Customer].into_iter().find(|p| p.code() == code)
    }
}

impl Model {
    /// Every item with its group (from 0), in pack order. The position in this order is the item's index everywhere.
    pub fn items(&self) -> impl Iterator<Item = (usize, &Item)> {
        self.groups.iter().enumerate().flat_map(|(group, g)| g.items.iter().map(move |item| (group, item)))
    }

    /// Number of items in all groups.
    pub fn len(&self) -> usize {
        self.groups.iter().map(|group| group.items.len()).sum()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Indices of the items of one group (from 0); empty for a group that does not exist.
    pub fn range(&self, group: usize) -> std::ops::Range<usize> {
        let before = self.groups.iter().take(group).map(|g| g.items.len()).sum();
        before..before + self.groups.get(group).map_or(0, |g| g.items.len())
    }

    /// The index and the item of an id.
    pub fn find(&self, id: &str) -> Option<(usize, &Item)> {
        self.items().map(|(_, item)| item).enumerate().find(|(_, item)| item.id == id)
    }

    /// Number of items in a form.
    pub fn count(&self, form: Form) -> usize {
        self.items().filter(|(_, item)| form.has(item)).count()
    }
}

impl Instrument {
    /// The groups that are asked on one page each: pillars, mortar and choice share one.
    pub fn sections(&self, form: Form) -> Vec<std::ops::Range<usize>> {
        let mut sections: Vec<std::ops::Range<usize>> = Vec::new();
        for (index, group) in self.model.groups.iter().enumerate() {
            if !group.items.iter().any(|item| form.has(item)) {
                continue;
            }
            let joins = |role: Role| matches!(role, Role::Pillar | Role::Mortar | Role::Choice);
            match sections.last_mut() {
                Some(last) if joins(group.role) && self.model.groups.get(last.start).is_some_and(|g| joins(g.role)) => {
                    last.end = index + 1;
                }
                _ => sections.push(index..index + 1),
            }
        }
        sections
    }

    /// About how long it takes in minutes.
    pub fn minutes(&self, form: Form) -> u8 {
        let [short, full] = self.minutes;
        if form == Form::Short { short } else { full }
    }
}

impl Survey {
    /// The place and the item of an id.
    pub fn find(&self, id: &str) -> Option<(Place, &Item)> {
        self.instruments
            .iter()
            .enumerate()
            .find_map(|(part, instrument)| instrument.model.find(id).map(|(item, found)| (Place { part, item }, found)))
    }

    pub fn item(&self, place: Place) -> Option<&Item> {
        self.instruments.get(place.part)?.model.items().nth(place.item).map(|(_, item)| item)
    }

    pub fn part(&self, id: &str) -> Option<usize> {
        self.instruments.iter().position(|instrument| instrument.id == id)
    }
}

/// What one person answered, by item index.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sheet {
    pub perspective: Perspective,
    pub form: Form,
    /// One entry an item; `None` is blank.
    pub answers: Vec<Option<super::answer::Answer>>,
    /// One entry an item: is there a note?
    pub noted: Vec<bool>,
    /// Ticked commodity signals and risks, by index into the model's.
    pub signals: Vec<bool>,
    pub risks: Vec<bool>,
}

impl Sheet {
    /// Nothing answered yet.
    pub fn blank(model: &Model, perspective: Perspective, form: Form) -> Sheet {
        let n = model.len();
        Sheet {
            perspective,
            form,
            answers: vec![None; n],
            noted: vec![false; n],
            signals: vec![false; model.signals.len()],
            risks: vec![false; model.risks.len()],
        }
    }

    /// The answer to one item.
    pub fn answer(&self, index: usize) -> Option<super::answer::Answer> {
        self.answers.get(index).copied().flatten()
    }

    /// Is anything answered at all?
    pub fn begun(&self) -> bool {
        self.answers.iter().any(Option::is_some)
    }
}
