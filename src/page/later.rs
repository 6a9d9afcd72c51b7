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
        Step::Plan => true,
        Step::At(part, stage) => part > 0 || stage == Stage::Result,
    }
}

/// The page of a step, in its `main`.
pub fn page(pack: &Pack, visit: &Visit, draft: &Draft, code: &str) -> El {
    let page = frame(pack, code);
    match draft.step {
        Step::Plan => plan::page(page, pack, visit, draft),
        Step::At(part, stage) => match stage {
            Stage::Section(start) => gate::page(page, pack, visit, draft, (part, start)),
            Stage::Signs => signs::page(page, pack, draft, part),
            Stage::People => people::people(page, pack, visit, draft, part),
            Stage::Shares => people::shares(page, pack, visit, draft, part),
            Stage::Review => review::page(page, pack, draft, part),
            Stage::Result => result::page(page, pack, visit, draft, part),
        },
    }
}

/// The element of a page. One a step and language: one page must never be turned into another piece by piece.
pub fn frame(pack: &Pack, code: &str) -> El {
    el("main", "bsh-step").key(&[code, " ", &pack.lang].concat()).at(At::DataStep, code)
}
