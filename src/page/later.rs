//! The pages that the second program draws: results, the later instruments and the plan.
//!
//! Knows which page belongs to which step. The visitor's program draws the first questions, and the program of accounts
//! everything else ([`super::whole`]).

use super::dom::{At, El, el};
use super::visit::{Show, Visit};
use super::{gate, people, plan, result, review, signs};
use crate::domain::draft::{Draft, Stage, Step};
use crate::domain::model::Perspective;
use crate::pack::compiled::Pack;
use crate::storage::codec::step_code;

/// Does a page need the texts of the pack's second file, and the second program? The customer's edition of the questions
/// stands there too.
pub fn is_later(show: Show, draft: Option<&Draft>) -> bool {
    match (show, draft) {
        (Show::Start | Show::Return, _) => false,
        (Show::Journey, Some(draft)) => {
            draft.perspective == Perspective::Customer
                || match draft.step {
                    Step::At(part, stage) => {
                        part > 0 || !matches!(stage, Stage::Section(_) | Stage::Signs | Stage::Review)
                    }
                    _ => true,
                }
        }
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

/// The page of a step; `None` for one that needs the program of accounts.
pub fn page(pack: &Pack, visit: &Visit, draft: &Draft) -> Option<El> {
    if !visit.show.word().is_empty() {
        return None;
    }
    let code = step_code(&pack.survey, draft.step);
    let page = || frame(pack, &code);
    Some(match draft.step {
        Step::Account | Step::Handback => return None,
        Step::Plan => plan::page(page(), pack, visit, draft),
        Step::At(part, Stage::People) => people::people(page(), pack, visit, draft, part),
        Step::At(part, Stage::Shares) => people::shares(page(), pack, visit, draft, part),
        Step::At(part, Stage::Result) => result::page(page(), pack, visit, draft, part),
        _ => first(pack, visit, draft, &code),
    })
}

/// The element of a page. One a step and language: one page must never be turned into another piece by piece.
pub fn frame(pack: &Pack, code: &str) -> El {
    el("main", "bsh-step").key(&[code, " ", &pack.lang].concat()).at(At::DataStep, code)
}
