//! What is sent of a result when the visitor asks for it: every field of it, as the page shows it and as it goes.
//!
//! Knows the cards, the texts and the formats of forms and mail. Must never give an answer, a note or the customer's
//! name, and sends nothing.

use super::result::place;
use super::visit::{Lead, Visit};
use super::words::n;
use crate::domain::draft::Draft;
use crate::domain::model::{Kind, Perspective};
use crate::domain::survey::{Card, Cards};
use crate::exchange::link::{mailto, percent_encode};
use crate::pack::compiled::Pack;
use crate::pack::texts::T;

/// The most that mail programs take of a prepared mail, in bytes of its address.
pub const MAIL_MAX: usize = 1800;

/// One field that goes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Field {
    /// As the receiver gets it: lower-case ASCII letters and `-`.
    pub name: &'static str,
    pub label: T,
    pub value: String,
}

/// Everything that goes, in its order; what is blank does not go. `mail`: without what only a program at the other end
/// needs.
pub fn fields(pack: &Pack, visit: &Visit, draft: &Draft, mail: bool) -> Vec<Field> {
    let Lead { fields: [name, company, email, message], id, .. } = &visit.lead;
    let field = |name, label, value: String| Field { name, label, value };
    let mut all = vec![
        field("name", T::LeadName, plain(name, false)),
        field("company", T::LeadCompany, plain(company, false)),
        field("email", T::LeadEmail, plain(email, false)),
        field("message", T::LeadMessage, plain(message, true)),
        field("consent", T::LeadConsent, plain(pack.brand("send.consent"), false)),
    ];
    if !mail {
        all.push(field("lang", T::Language, pack.lang.clone()));
        all.push(field("pack", T::LeadPack, pack.hash.clone()));
        all.push(field("send-id", T::LeadId, plain(id, false)));
    }
    all.push(field("result", T::LeadResult, result(pack, draft)));
    all.retain(|field| !field.value.is_empty());
    all
}

/// The same as a text: each label with what stands behind it.
pub fn text(pack: &Pack, fields: &[Field]) -> String {
    let mut out = String::new();
    for Field { name, label, value } in fields {
        // What has lines of its own begins on one.
        let gap = if matches!(*name, "message" | "result") { ":\n" } else { ": " };
        for part in [pack.t(*label), gap, value, "\n"] {
            out.push_str(part);
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// The same as the body of a form, `application/x-www-form-urlencoded`; line ends become CR LF.
pub fn form(fields: &[Field]) -> String {
    let pairs = fields.iter().map(|field| {
        let lines: Vec<String> = field.value.split('\n').map(percent_encode).collect();
        [field.name, "=", &lines.join("%0D%0A")].concat()
    });
    pairs.collect::<Vec<_>>().join("&")
}

/// A prepared mail to an address (`mailto:...`, without subject and body), and whether all of the text is in it.
pub fn mail(to: &str, subject: &str, text: &str) -> (String, bool) {
    let open = |body: &str| [to, mailto(subject, body).strip_prefix("mailto:").unwrap_or("")].concat();
    let whole = open(text);
    if whole.len() <= MAIL_MAX {
        return (whole, true);
    }
    let mut room = MAIL_MAX.saturating_sub(open("…").len());
    let fits = |c: &char| {
        let size = match c {
            '\n' => 6,
            c if c.is_ascii_alphanumeric() => 1,
            c => 3 * c.len_utf8(),
        };
        let fits = size <= room;
        room -= size.min(room);
        fits
    };
    let start: String = text.chars().take_while(fits).collect();
    (open(&[start.trim_end(), "…"].concat()), false)
}

/// What every instrument with a result says, without the customer's name: the result is told, not about whom.
pub fn result(pack: &Pack, draft: &Draft) -> String {
    let cards = Cards::of(&pack.survey, &draft.evidence(&pack.survey));
    let told = cards.parts.iter().enumerate().filter_map(|(part, card)| {
        let lines = lines(pack, draft, part, card);
        (!lines.is_empty()).then(|| [&[pack.of(part, "name").to_string()], &*lines].concat().join("\n"))
    });
    told.collect::<Vec<_>>().join("\n\n")
}

/// The name of the first instrument that has a result.
pub fn subject(pack: &Pack, draft: &Draft) -> String {
    let text = result(pack, draft);
    pack.fill(T::LeadSubject, &[("name", text.lines().next().unwrap_or(""))])
}

fn lines(pack: &Pack, draft: &Draft, part: usize, card: &Card) -> Vec<String> {
    let Some(instrument) = pack.survey.instruments.get(part) else { return Vec::new() };
    match card {
        Card::Gates(card) => {
            let Some(level) = card.standing.strict else { return Vec::new() };
            let (letter, word) = pack.grade(card.confidence.grade);
            let mut all = vec![
                pack.fill(T::LeadLevel, &[("n", &n(level)), ("name", pack.level(part, level, "name"))]),
                place(pack, part, card),
                pack.fill(T::LeadSure, &[("letter", letter), ("word", word)]),
            ];
            // A proposal is nobody's target yet.
            let aim = draft.target.filter(|_| draft.perspective == Perspective::Own);
            all.extend(aim.map(|aim| {
                let name = pack.level(part, aim.level, "name");
                pack.fill(T::LeadAim, &[("n", &n(aim.level)), ("name", name), ("year", &n(aim.year))])
            }));
            all
        }
        Card::Axes(card) => {
            let Kind::Axes { quadrants, .. } = &instrument.kind else { return Vec::new() };
            let name = card.quadrant.and_then(|at| quadrants.get(at));
            let name = name.map(|id| pack.of(part, &["quadrant.", id, ".name"].concat()));
            name.map(|name| pack.fill(T::LeadQuadrant, &[("name", name)])).into_iter().collect()
        }
        Card::Practices(card) => {
            let weakest = card.weakest.and_then(|at| instrument.model.groups.get(at));
            let name = weakest.map(|group| pack.group(part, group));
            name.map(|name| pack.fill(T::PracticeTitle, &[("practice", name)])).into_iter().collect()
        }
    }
}

/// Without control characters and the marks that turn the direction of what follows: a field shows what it says.
fn plain(text: &str, lines: bool) -> String {
    let harmful =
        |c: char| c.is_control() || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
    let kept: String = text.chars().filter(|c| !harmful(*c) || (lines && *c == '\n')).collect();
    kept.trim().into()
}
