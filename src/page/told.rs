//! What an embedding page may be told of a result, when it asked for it and the visitor was told so before the start.
//!
//! Knows levels and places. Must never give an answer, a name or a note.

use crate::domain::draft::{Draft, Stage, Step};
use crate::domain::model::Kind;
use crate::domain::survey::{Card, Cards};
use crate::pack::compiled::Pack;

/// The result that is open, a line each: name, tab, value. `instrument` and `kind` (`gates`, `axes`, `practices`); of gates
/// `level` (from 1) and `position` (thousandths); of axes `quadrant`; of practices `weakest`. What is not known is left
/// out; blank where no result is open.
pub fn told(pack: &Pack, draft: &Draft) -> String {
    let Step::At(part, Stage::Result) = draft.step else { return String::new() };
    let cards = Cards::of(&pack.survey, &draft.evidence(&pack.survey));
    let Some(instrument) = pack.survey.instruments.get(part) else { return String::new() };
    let mut lines = vec![("instrument", instrument.id.clone())];
    let mut put = |name: &'static str, value: Option<String>| lines.extend(value.map(|value| (name, value)));
    match cards.parts.get(part) {
        Some(Card::Gates(card)) => {
            put("kind", Some("gates".into()));
            put("level", card.standing.strict.map(|level| level.to_string()));
            put("position", card.standing.position.map(|position| position.to_string()));
        }
        Some(Card::Axes(card)) => {
            put("kind", Some("axes".into()));
            let Kind::Axes { quadrants, .. } = &instrument.kind else { return String::new() };
            put("quadrant", card.quadrant.and_then(|at| quadrants.get(at)).cloned());
        }
        Some(Card::Practices(card)) => {
            put("kind", Some("practices".into()));
            put("weakest", card.weakest.and_then(|at| instrument.model.groups.get(at)).map(|group| group.id.clone()));
        }
        None => {}
    }
    lines.iter().map(|(name, value)| [name, "\t", value, "\n"].concat()).collect()
}
