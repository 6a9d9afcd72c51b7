//! The structure of an instrument of gates: items, gates, thresholds. No texts.
//!
//! Knows what the rules need. Must not know where it was read from, nor any sentence.

use super::answer::Kind;

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
    pub kind: Kind,
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

/// The items between one level and the next. Gate `i` of a model (from 0) is the step to level `i + 2`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Gate {
    pub items: Vec<Item>,
}

/// A whole instrument of gates.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Model {
    pub cuts: Cuts,
    pub gates: Vec<Gate>,
    /// Ids of the commodity signals.
    pub signals: Vec<String>,
    /// Ids of the escalator risks.
    pub risks: Vec<String>,
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
    /// Every item with its gate (from 0), in pack order. The position in this order is the item's index everywhere.
    pub fn items(&self) -> impl Iterator<Item = (usize, &Item)> {
        self.gates.iter().enumerate().flat_map(|(gate, g)| g.items.iter().map(move |item| (gate, item)))
    }

    /// Number of items in all gates.
    pub fn len(&self) -> usize {
        self.gates.iter().map(|gate| gate.items.len()).sum()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Indices of the items of one gate (from 0); empty for a gate that does not exist.
    pub fn range(&self, gate: usize) -> std::ops::Range<usize> {
        let before = self.gates.iter().take(gate).map(|g| g.items.len()).sum();
        before..before + self.gates.get(gate).map_or(0, |g| g.items.len())
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

/// What one person answered, by item index.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sheet {
    pub perspective: Perspective,
    pub form: Form,
    /// One entry an item; `None` is blank.
    pub answers: Vec<Option<super::answer::Answer>>,
    /// One entry an item: is there a note?
    pub noted: Vec<bool>,
    /// Number of commodity signals ticked.
    pub signals: usize,
}

impl Sheet {
    /// Nothing answered yet.
    pub fn blank(model: &Model, perspective: Perspective, form: Form) -> Sheet {
        let n = model.len();
        Sheet { perspective, form, answers: vec![None; n], noted: vec![false; n], signals: 0 }
    }
}
