//! The pages that the second program draws: results, the pages of the later instruments, and the plan.
//!
//! Knows which page belongs to which step. The visitor's program draws all others.

use super::dom::{At, El, el};
use super::visit::Visit;
use super::{gate, people, plan, result, review, signs};
use crate::domain::draft::{Draft, Stage, Step};
use crate::pack::compiled::Pack;

/// Does a step need the texts of the pack's second file, and the second program?
pub fn is_later(step: Step) -> bool {
    match step {
        Step::At(part, stage) => part > 0 || !matches!(stage, Stage::Section(_) | Stage::Signs | Stage::Review),
        _ => true,
    }
}

/// A page that the visitor's program draws: one of the first instrument's questions, its signs or its review.
pub fn first(pack: &Pack, visit: &Visit, draft: &Draft, code: &str) -> El {
    let page = frame(pack, code);
    match draft.step {
        Step::At(part, Stage::Section(start)) => gate::page(page, pack, visit, draft, (part, start)),
        Step::At(part, Stage::Signs) => signs::page(page, pack, draft, part),
        Step::At(part, Stage::Review) => review::page(page, pack, draft, part),
        _ => page,
    }
}

/// The page of any step, in its `main`.
pub fn page(pack: &Pack, visit: &Visit, draft: &Draft, code: &str) -> El {
    match draft.step {
        Step::Plan => plan::page(frame(pack, code), pack, visit, draft),
        Step::At(part, Stage::People) => people::people(frame(pack, code), pack, visit, draft, part),
        Step::At(part, Stage::Shares) => people::shares(frame(pack, code), pack, visit, draft, part),
        Step::At(part, Stage::Result) => result::page(frame(pack, code), pack, visit, draft, part),
        _ => first(pack, visit, draft, code),
    }
}

/// The element of a page. One a step and language: one page must never be turned into another piece by piece.
pub fn frame(pack: &Pack, code: &str) -> El {
    el("main", "bsh-step").key(&[code, " ", &pack.lang].concat()).at(At::DataStep, code)
}
