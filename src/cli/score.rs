//! `bsh score`: streams answer sheets to results in constant memory.
//!
//! Knows lines, buffers and when to flush. Must not know JSON or rules.

use super::advice::Advice;
use super::against::Against;
use super::line::Line;
use super::{Stop, files, result, rounds};
use crate::domain::contacts::ContactMap;
use crate::domain::model::{Form, Perspective, Sheet, Survey};
use crate::domain::shares::ShareTable;
use crate::domain::survey::{Card, Cards, Evidence};
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::Path;

/// The longest line that is read, in bytes.
pub const LINE_MAX: usize = 1_000_000;
/// Input and output are moved in pieces of this size.
const BUFFER: usize = 256 * 1024;

/// How a run went.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Summary {
    pub sheets: u64,
    pub bad: u64,
}

/// Reads standard input and writes standard output.
pub fn run(pack: Option<&Path>, form: Form) -> Result<(), Stop> {
    let survey = files::author(pack)?.survey();
    if let Some(none) = survey.instruments.iter().find(|instrument| instrument.model.count(form) == 0) {
        return Err(Stop::Usage(format!("{} has no short form: use --form full", none.id)));
    }
    let summary = stream(&survey, form, io::stdin().lock(), io::stdout().lock())?;
    match summary.bad {
        0 => Ok(()),
        bad => Err(Stop::Faults(format!("bsh: {bad} of {} lines could not be scored", summary.sheets))),
    }
}

/// Scores every line of the input.
pub fn stream(survey: &Survey, form: Form, input: impl Read, mut output: impl Write) -> Result<Summary, Stop> {
    let mut scorer = Scorer::new(survey, form);
    let mut input = BufReader::with_capacity(BUFFER, input);
    let mut summary = Summary::default();
    let mut out = Vec::with_capacity(BUFFER + 4096);
    let mut line = Vec::new();
    let mut number = 0;
    loop {
        // Nothing more to read without waiting: whoever waits for the results gets them first.
        if out.len() >= BUFFER || input.buffer().is_empty() {
            output.write_all(&out).and_then(|()| output.flush()).map_err(files::output)?;
            out.clear();
        }
        let Some(whole) =
            next_line(&mut input, &mut line).map_err(|e| Stop::Broken(format!("cannot read the input: {e}")))?
        else {
            return Ok(summary);
        };
        number += 1;
        let text = match number {
            1 => line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&line),
            _ => &line,
        };
        if whole && text.trim_ascii().is_empty() {
            continue;
        }
        summary.sheets += 1;
        let right = if whole { scorer.line(number, text, &mut out) } else { scorer.too_long(number, &mut out) };
        summary.bad += u64::from(!right);
    }
}

/// Reads up to the next line break, without it. `None` at the end of the input; `Some(false)` for a line that is too
/// long, of which nothing is kept.
fn next_line(input: &mut impl BufRead, line: &mut Vec<u8>) -> io::Result<Option<bool>> {
    line.clear();
    let limit = LINE_MAX as u64 + 1;
    if input.by_ref().take(limit).read_until(b'\n', line)? == 0 {
        return Ok(None);
    }
    if line.last() == Some(&b'\n') {
        line.pop();
        return Ok(Some(true));
    }
    if line.len() <= LINE_MAX {
        return Ok(Some(true));
    }
    input.skip_until(b'\n')?;
    line.clear();
    Ok(Some(false))
}

/// Scores lines one by one, with the same memory for each.
pub struct Scorer<'a> {
    against: Against<'a>,
    advice: Advice<'a>,
    line: Line,
    cards: Cards,
    /// By instrument: is its card that of a blank sheet?
    blank: Vec<bool>,
}

impl<'a> Scorer<'a> {
    pub fn new(survey: &'a Survey, form: Form) -> Scorer<'a> {
        let against = Against::of(survey, form);
        Scorer {
            line: Line::new(&against),
            advice: Advice::of(survey),
            cards: Cards::of(survey, &Evidence::blank(survey, Perspective::Own, form)),
            blank: vec![true; survey.instruments.len()],
            against,
        }
    }

    /// Appends the result of a line, or its faults; false for faults.
    pub fn line(&mut self, number: u64, text: &[u8], out: &mut Vec<u8>) -> bool {
        self.line.read(&self.against, text);
        let right = self.line.faults.is_empty();
        if right && self.line.several() {
            rounds::write(out, &self.line.id, &self.against, &mut self.line.views);
        } else if right {
            self.score();
            let Scorer { line, against, cards, advice, .. } = self;
            let shown = result::Shown { id: &line.id, against, evidence: &line.evidence, cards, advice };
            result::write(out, &shown);
        } else {
            result::write_error(out, &self.line.id, &self.line.faults.message(number));
        }
        right
    }

    /// Scores what is not blank. A card that is blank already stays: most lines hold one instrument of several.
    fn score(&mut self) {
        let evidence = &self.line.evidence;
        let parts = self.against.survey.instruments.iter().zip(&evidence.sheets).zip(&mut self.cards.parts);
        for (part, (((instrument, sheet), card), blank)) in parts.zip(&mut self.blank).enumerate() {
            let begun = Sheet::begun(sheet);
            // The top one is shown even when it is blank, and then depends on the perspective.
            if begun || !*blank || self.against.top == Some(part) {
                *card = Card::of(instrument, sheet);
                *blank = !begun;
            }
        }
        self.cards.map = ContactMap::of(&evidence.contacts);
        self.cards.table = ShareTable::of(&evidence.own, &evidence.rivals);
        self.advice.refresh(evidence, &self.cards);
    }

    fn too_long(&mut self, number: u64, out: &mut Vec<u8>) -> bool {
        result::write_error(out, b"null", &format!("line {number}: $: longer than {LINE_MAX} bytes"));
        false
    }
}
