//! `bsh report`: reads a workspace file and tells of each account where it stands, who says so and what moved.
//!
//! Knows the output, as JSON and as a table. Must not know how a workspace file is read or a round scored.

use super::json::{comma, foreign, maybe, text, thousandths, word};
use super::{Stop, files, rounds};
use crate::domain::draft::Draft;
use crate::domain::model::{Kind, Model, Survey};
use crate::domain::raters::{Agreement, Headline};
use crate::domain::rounds::{Movement, Round, rounds as all_rounds};
use crate::domain::rows::{List, SINGLE, at};
use crate::pack::author::normal;
use crate::report::csv::{self, Cell};
use crate::storage::codec::Fields;
use crate::toolbox;
use std::path::Path;

/// How the report is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Format {
    /// One object a line.
    #[default]
    Json,
    Csv,
}

impl Format {
    pub fn parse(word: &str) -> Option<Format> {
        match word {
            "json" => Some(Format::Json),
            "csv" => Some(Format::Csv),
            _ => None,
        }
    }
}

/// Reads a workspace file and writes the report to standard output. What could not be used of the file is told at the
/// end; the rest is written.
pub fn run(file: &Path, format: Format, pack: Option<&Path>) -> Result<(), Stop> {
    let author = files::author(pack)?;
    let (survey, hash) = (author.survey(), normal::hash(&author));
    let workspace = files::workspace(file)?;
    let name = file.display();
    let told = |faults: &[String]| {
        let lines: String = faults.iter().map(|fault| format!("\n{fault}")).collect();
        Stop::Faults(format!("{name}:{lines}"))
    };
    let read = toolbox::read(&workspace).map_err(|faults| told(&faults))?;
    let mut faults = read.faults;
    let out = report(&survey, &hash, &read.bundle, format, &mut faults)?;
    files::put(&out)?;
    if faults.is_empty() { Ok(()) } else { Err(told(&faults)) }
}

/// Stands between the accounts of a bundle.
const RECORD: char = '\u{1e}';

/// The report of a bundle: the own company's name, then for each account its id, a line break and its draft's text.
/// An account that cannot be read is a fault.
pub fn report(
    survey: &Survey,
    hash: &str,
    bundle: &str,
    format: Format,
    faults: &mut Vec<String>,
) -> Result<Vec<u8>, Stop> {
    let gates = survey.instruments.iter().position(|part| matches!(part.kind, Kind::Gates { .. }));
    let Some((part, instrument)) = gates.and_then(|part| Some((part, survey.instruments.get(part)?))) else {
        return Err(Stop::Usage("this pack has no instrument of levels: there is nothing to report".into()));
    };
    let model = &instrument.model;
    let (mut out, mut table) = (Vec::new(), String::new());
    if format == Format::Csv {
        head(&mut table, model.groups.len());
    }
    for record in bundle.split(RECORD).skip(1).filter(|record| !record.is_empty()) {
        let (id, text) = record.split_once('\n').unwrap_or((record, ""));
        let fields = match Fields::read(text) {
            Ok(fields) => fields,
            Err(why) => {
                faults.push(format!("account {id}: {}", files::unread(why)));
                continue;
            }
        };
        let opened = fields.draft(survey, hash);
        if opened.dropped > 0 {
            let edition = if opened.other_pack { ", it was answered with another edition" } else { "" };
            let what = files::count(opened.dropped, "value");
            faults.push(format!("account {id}: {what} without a place in this pack{edition}"));
        }
        let draft = opened.draft;
        let all = all_rounds(survey, &draft, part, usize::MAX);
        let account = Account::of(id, &draft, &all);
        match format {
            Format::Json => account.json(&mut out, &account.agreement(model)),
            Format::Csv => account.csv(&mut table, &account.agreement(model)),
        }
    }
    out.extend_from_slice(table.as_bytes());
    Ok(out)
}

/// What is told of one account.
struct Account<'a> {
    id: &'a str,
    draft: &'a Draft,
    tags: Vec<&'a str>,
    /// The last round that has a headline, and the one before it.
    now: Option<&'a Round>,
    before: Option<&'a Round>,
    /// In which anybody answered.
    rounds: usize,
    last: Option<&'a str>,
}

impl<'a> Account<'a> {
    fn of(id: &'a str, draft: &'a Draft, rounds: &'a [Round]) -> Account<'a> {
        let mut placed = rounds.iter().rev().filter(|round| round.headline.is_some());
        let (now, before) = (placed.next(), placed.next());
        let answered = || rounds.iter().filter(|round| round.raters().next().is_some());
        let tags = draft.rows.get(List::About, SINGLE, at::TAGS).split(',').map(str::trim);
        Account {
            id,
            draft,
            tags: tags.filter(|tag| !tag.is_empty()).collect(),
            now,
            before,
            rounds: answered().count(),
            last: answered().map(|round| &*round.date).max().filter(|date| !date.is_empty()),
        }
    }

    fn about(&self, field: usize) -> Option<&str> {
        Some(self.draft.rows.get(List::About, SINGLE, field)).filter(|text| !text.is_empty())
    }

    fn headline(&self) -> Option<&Headline> {
        self.now?.headline.as_ref()
    }

    fn movement(&self) -> Option<&'static str> {
        Movement::of(self.before?, self.now?).map(rounds::movement)
    }

    fn agreement(&self, model: &Model) -> Vec<Option<Agreement>> {
        Agreement::of(model, self.now.map_or(&[][..], |round| &round.customers))
    }

    fn json(&self, out: &mut Vec<u8>, agreement: &[Option<Agreement>]) {
        let some = |text: &'a str| Some(text).filter(|text| !text.is_empty());
        foreign(out, "{\"id\":", Some(self.id));
        foreign(out, ",\"account\":", some(&self.draft.account));
        foreign(out, ",\"part\":", some(&self.draft.part));
        foreign(out, ",\"owner\":", self.about(at::ACCOUNT_OWNER));
        text(out, ",\"tags\":[");
        for (index, tag) in self.tags.iter().enumerate() {
            comma(out, index);
            foreign(out, "", Some(tag));
        }
        text(out, "],\"headline\":");
        rounds::headline(out, self.headline());
        text(out, ",\"gap\":");
        rounds::gap(out, self.now.and_then(|round| round.gap));
        text(out, ",\"agreement\":[");
        rounds::agreement(out, agreement);
        word(out, "],\"movement\":", self.movement());
        maybe(out, ",\"rounds\":", u32::try_from(self.rounds).ok());
        word(out, ",\"lastDate\":", self.last);
        word(out, ",\"remind\":", self.about(at::REMIND));
        text(out, "}\n");
    }

    fn csv(&self, out: &mut String, agreement: &[Option<Agreement>]) {
        let word = |text: Option<&'a str>| text.map_or(Cell::Blank, Cell::Text);
        let place = |value: Option<u16>| value.map_or(Cell::Blank, |value| Cell::Thousandths(value.into()));
        let (headline, gap) = (self.headline(), self.now.and_then(|round| round.gap));
        let whose = headline.map(|headline| rounds::whose(headline.whose));
        let range = headline.and_then(|headline| headline.range);
        let grade = headline.map(|headline| headline.confidence.grade.letter().to_string());
        let reasons = headline.map(|headline| headline.confidence.reasons.iter().map(|reason| reason.code()));
        let reasons: Vec<&str> = reasons.into_iter().flatten().collect();
        let (tags, reasons) = (self.tags.join(", "), reasons.join(" "));
        let mut cells = vec![
            Cell::Text(self.id),
            Cell::Text(&self.draft.account),
            Cell::Text(&self.draft.part),
            self.about(at::ACCOUNT_OWNER).map_or(Cell::Blank, Cell::Text),
            Cell::Text(&tags),
            word(whose.map(|(whose, _)| whose)),
            whose.map_or(Cell::Blank, |(_, raters)| Cell::Whole(raters as u64)),
            headline.map_or(Cell::Blank, |headline| Cell::Whole(headline.level.into())),
            place(headline.and_then(|headline| headline.position)),
            place(range.map(|(low, _)| low)),
            place(range.map(|(_, high)| high)),
            grade.as_deref().map_or(Cell::Blank, Cell::Text),
            Cell::Text(&reasons),
            gap.map_or(Cell::Blank, |gap| Cell::Thousandths(gap.thousandths)),
            word(gap.map(|gap| rounds::size(gap.size))),
        ];
        for found in agreement {
            let part = |of: fn(&Agreement) -> i64| {
                found.as_ref().map_or(Cell::Blank, |found| Cell::Thousandths(thousandths(of(found))))
            };
            cells.extend([part(|found| found.rwg), part(|found| found.ad)]);
            cells.push(word(found.as_ref().map(|found| if found.disagree() { "yes" } else { "no" })));
        }
        cells.extend([
            word(self.movement()),
            Cell::Whole(self.rounds as u64),
            word(self.last),
            self.about(at::REMIND).map_or(Cell::Blank, Cell::Text),
        ]);
        csv::row(out, cells);
    }
}

/// The first row of the table.
fn head(out: &mut String, gates: usize) {
    out.push_str(csv::MARK);
    let gates: Vec<String> =
        (2..gates + 2).flat_map(|gate| ["rwg", "ad", "disagree"].map(|what| format!("{what}{gate}"))).collect();
    let before = [
        "id",
        "account",
        "part",
        "owner",
        "tags",
        "whose",
        "raters",
        "level",
        "position",
        "low",
        "high",
        "confidence",
        "reasons",
        "gap",
        "gapSize",
    ];
    let after = ["movement", "rounds", "lastDate", "remind"];
    let names = before.into_iter().chain(gates.iter().map(String::as_str)).chain(after);
    csv::row(out, names.map(Cell::Text));
}
