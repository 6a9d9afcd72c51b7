//! `bsh score`: streams answer sheets to results in constant memory.
//!
//! Knows lines, buffers and when to flush. Must not know JSON or rules.

use super::line::{Against, Line};
use super::{Stop, files, ids::Ids, result};
use crate::domain::model::{Form, Item, Model};
use crate::domain::scorecard::Scorecard;
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
    let model = files::author(pack)?.model();
    if model.count(form) == 0 {
        return Err(Stop::Usage("this pack has no short form: use --form full".into()));
    }
    let summary = stream(&model, form, io::stdin().lock(), io::stdout().lock())?;
    match summary.bad {
        0 => Ok(()),
        bad => Err(Stop::Faults(format!("bsh: {bad} of {} lines could not be scored", summary.sheets))),
    }
}

/// Scores every line of the input.
pub fn stream(model: &Model, form: Form, input: impl Read, mut output: impl Write) -> Result<Summary, Stop> {
    let ids = Ids::of(model);
    let items: Vec<&Item> = model.items().map(|(_, item)| item).collect();
    let mut scorer = Scorer::new(Against { model, items: &items, ids: &ids }, form);
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
    line: Line,
}

impl<'a> Scorer<'a> {
    pub fn new(against: Against<'a>, form: Form) -> Scorer<'a> {
        let line = Line::new(against.model, form);
        Scorer { against, line }
    }

    /// Appends the result of a line, or its faults; false for faults.
    pub fn line(&mut self, number: u64, text: &[u8], out: &mut Vec<u8>) -> bool {
        self.line.read(&self.against, text);
        let right = self.line.faults.is_empty();
        if right {
            let card = Scorecard::of(self.against.model, &self.line.sheet);
            result::write(out, &self.line.id, &card, self.against.items);
        } else {
            result::write_error(out, &self.line.id, &self.line.faults.message(number));
        }
        right
    }

    fn too_long(&mut self, number: u64, out: &mut Vec<u8>) -> bool {
        result::write_error(out, b"null", &format!("line {number}: $: longer than {LINE_MAX} bytes"));
        false
    }
}
