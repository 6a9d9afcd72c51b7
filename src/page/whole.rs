//! All pages of one draft: those of accounts, invitations and imports, and those of [`super::later`].
//!
//! Knows which page belongs to which step. What shows several accounts needs their texts too: see `accounts.rs`.

use super::dom::El;
use super::later::{self, frame};
use super::visit::{Show, Visit};
use super::{account, handback, import, invited};
use crate::domain::draft::{Draft, Step};
use crate::pack::compiled::Pack;
use crate::storage::codec::step_code;

pub fn page(pack: &Pack, visit: &Visit, draft: &Draft) -> El {
    let code = match visit.show.word() {
        "" => step_code(&pack.survey, draft.step),
        word => word.into(),
    };
    match (visit.show, draft.step) {
        (Show::Invited, _) => invited::page(frame(pack, &code), pack, visit, draft),
        (Show::Import, _) => import::page(frame(pack, &code), pack, visit),
        (_, Step::Account) => account::page(frame(pack, &code), pack, visit, draft),
        (_, Step::Handback) => handback::page(frame(pack, &code), pack, visit, draft),
        _ => later::page(pack, visit, draft).unwrap_or_else(|| frame(pack, &code)),
    }
}
