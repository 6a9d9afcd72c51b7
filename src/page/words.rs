//! Turns numbers, answers and ratings into words of the pack's language.
//!
//! Knows the texts. Must not know pages.

use crate::domain::answer::{Answer, Scale};
use crate::domain::confidence::Grade;
use crate::domain::draft::Draft;
use crate::domain::gates::{GateScore, Rating};
use crate::domain::model::{Group, Kind, Perspective, Place};
use crate::domain::raters::Gap;
use crate::domain::rows::{List, SINGLE, at, is_day};
use crate::pack::compiled::{Pack, fill};
use crate::pack::texts::T;

impl Pack {
    /// One interface text.
    #[inline(never)]
    pub fn t(&self, text: T) -> &str {
        self.ui.get(text as usize).map_or("", String::as_str)
    }

    /// A text of the pack by the pieces of its key.
    #[inline(never)]
    pub fn key(&self, pieces: &[&str]) -> &str {
        self.at(&pieces.concat())
    }

    /// The id of an instrument.
    pub fn id(&self, part: usize) -> &str {
        self.survey.instruments.get(part).map_or("", |instrument| &instrument.id)
    }

    /// A text of one instrument.
    #[inline(never)]
    pub fn of(&self, part: usize, what: &str) -> &str {
        self.key(&[self.id(part), ".", what])
    }

    /// The statement of an item as this rater reads it.
    #[inline(never)]
    pub fn item(&self, at: Place, perspective: Perspective) -> &str {
        let id = self.survey.item(at).map_or("", |item| item.id.as_str());
        let edition = match perspective {
            Perspective::Own => ".own",
            Perspective::Customer => ".customer",
        };
        // A choice has one edition only, and so have the items of a matrix and of practices.
        let mut texts = [edition, "", ".own"].into_iter().map(|edition| self.key(&[id, edition]));
        texts.find(|text| !text.is_empty()).unwrap_or("")
    }

    /// The frame sentence, still with its `{subject}`.
    #[inline(never)]
    pub fn frame(&self, part: usize, perspective: Perspective) -> &str {
        let theirs = if perspective == Perspective::Own { "" } else { self.of(part, "frame.customer") };
        if theirs.is_empty() { self.of(part, "frame.own") } else { theirs }
    }

    /// The first instrument of gates: the one that has levels, and a target.
    pub fn staged(&self) -> Option<usize> {
        self.survey.instruments.iter().position(|instrument| matches!(instrument.kind, Kind::Gates { .. }))
    }

    /// Number of levels of an instrument of gates.
    pub fn levels(&self, part: usize) -> u8 {
        let gates = self.survey.instruments.get(part).map_or(0, |instrument| instrument.model.groups.len());
        u8::try_from(gates + 1).unwrap_or(u8::MAX)
    }

    /// One interface text with its `{name}`s filled in.
    #[inline(never)]
    pub fn fill(&self, text: T, values: &[(&str, &str)]) -> String {
        fill(self.t(text), values)
    }

    /// A text in the quotation marks of the language.
    pub fn quote(&self, text: &str) -> String {
        self.fill(T::Quote, &[("text", text)])
    }

    /// A position in thousandths as `2.7`: cut, not rounded, so that it never reads as a level that is not passed.
    #[inline(never)]
    pub fn position(&self, thousandths: u16) -> String {
        [&(thousandths / 1000).to_string(), self.t(T::Dot), &(thousandths / 100 % 10).to_string()].concat()
    }

    /// A gap as `+0.8` or `−1.2`: what lies between the two positions that are shown.
    pub fn gap(&self, gap: Gap) -> String {
        let sign = match gap.tenths {
            ..0 => "−",
            0 => "",
            _ => "+",
        };
        [sign, &self.distance(gap)].concat()
    }

    /// The same without its sign.
    pub fn distance(&self, gap: Gap) -> String {
        self.position(u16::try_from(100 * gap.tenths.unsigned_abs()).unwrap_or(u16::MAX))
    }

    /// Tenths of a percent as `62.5%`; a whole number without its zero. The language says where the sign stands.
    #[inline(never)]
    pub fn percent(&self, tenths: u32) -> String {
        let whole = (tenths / 10).to_string();
        let number = match tenths % 10 {
            0 => whole,
            tenth => [&whole, self.t(T::Dot), &tenth.to_string()].concat(),
        };
        self.fill(T::Percent, &[("n", &number)])
    }

    /// How far a group is achieved, in a cell of a table.
    #[inline(never)]
    pub fn achieved(&self, score: &GateScore) -> String {
        if score.answered == 0 { "–".into() } else { self.percent(score.tenths()) }
    }

    /// The name of a group.
    #[inline(never)]
    pub fn group(&self, part: usize, group: &Group) -> &str {
        self.key(&[self.id(part), ".", &group.id, ".name"])
    }

    /// Who asks somebody at the customer, or "your supplier".
    pub fn supplier(&self, draft: &Draft) -> String {
        match draft.rows.get(List::Asked, SINGLE, at::ASKED_COMPANY) {
            "" => self.t(T::Them).into(),
            company => company.into(),
        }
    }

    /// The account and the part of it, or "this customer"; in the customer's edition the supplier.
    #[inline(never)]
    pub fn subject(&self, draft: &Draft) -> String {
        if draft.perspective == Perspective::Customer {
            return self.supplier(draft);
        }
        match (draft.account.as_str(), draft.part.as_str()) {
            ("", "") => self.t(T::Subject).into(),
            (name, "") | ("", name) => name.into(),
            (account, part) => self.fill(T::SubjectPart, &[("account", account), ("part", part)]),
        }
    }

    /// The letter of a grade, and what it means in a word or two.
    pub fn grade(&self, grade: Grade) -> (&'static str, &str) {
        let (letter, word) = match grade {
            Grade::A => ("A", T::GradeA),
            Grade::B => ("B", T::GradeB),
            Grade::C => ("C", T::GradeC),
            Grade::D => ("D", T::GradeD),
        };
        (letter, self.t(word))
    }

    /// The word for an answer to an item of a scale; `None` is blank.
    #[inline(never)]
    pub fn answer(&self, scale: Scale, answer: Option<Answer>) -> &str {
        self.t(match answer {
            None => T::Blank,
            Some(Answer::DontKnow) => T::DontKnow,
            Some(Answer::NotApplicable) => T::NotApplicable,
            Some(Answer::Value(value)) => match (scale, value) {
                (Scale::Event | Scale::Choice, 0) => T::No,
                (Scale::Event, 1..=3) => T::InPart,
                (Scale::Event | Scale::Choice, _) => T::EventYes,
                (Scale::Frequency, 0) => T::Never,
                (Scale::Frequency, 1) => T::Rarely,
                (Scale::Frequency, 2) => T::Sometimes,
                (Scale::Frequency, 3) => T::Usually,
                (Scale::Frequency, _) => T::Always,
            },
        })
    }

    #[inline(never)]
    pub fn rating(&self, rating: Option<Rating>) -> &str {
        self.t(match rating {
            Some(Rating::N) => T::RatingN,
            Some(Rating::P) => T::RatingP,
            Some(Rating::L) => T::RatingL,
            Some(Rating::F) => T::RatingF,
            None => T::RatingU,
        })
    }

    /// The rating of a gate, or "too little known".
    #[inline(never)]
    pub fn gate_rating(&self, gate: &GateScore) -> &str {
        self.rating(gate.determined().then_some(gate.rating))
    }

    /// A text of a level (from 1): `name`, `short`, `supplier` (as in "sees you as ...") or `sees`.
    #[inline(never)]
    pub fn level(&self, part: usize, level: u8, what: &str) -> &str {
        self.key(&[self.id(part), ".level-", &n(level), ".", what])
    }
}

/// A day as this language writes it; the text itself when it is no day.
pub fn day(pack: &Pack, iso: &str) -> String {
    if !is_day(iso) {
        return iso.into();
    }
    let part = |from: usize, to: usize| iso.get(from..to).unwrap_or("").trim_start_matches('0').to_string();
    let month = part(5, 7).parse::<usize>().ok().and_then(|month| pack.t(T::Months).split(' ').nth(month - 1));
    pack.fill(T::DayFormat, &[("d", &part(8, 10)), ("m", month.unwrap_or("")), ("y", &part(0, 4))])
}

/// Answered and applicable, as `4/5`.
#[inline(never)]
pub fn count(score: &GateScore) -> String {
    [&n(score.answered), "/", &n(score.applicable)].concat()
}

/// `n` as text: shorter than `to_string` at the many places that fill texts.
pub fn n(value: impl Into<u64>) -> String {
    digits(value.into())
}

#[inline(never)]
fn digits(value: u64) -> String {
    value.to_string()
}
