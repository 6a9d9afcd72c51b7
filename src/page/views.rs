//! Who says what in one round: a table of everybody, own view first; and how people, roles and numbers are called on the
//! pages of an account.
//!
//! Knows rounds and the texts. Must not know the rules behind the numbers.

use super::chrome::card;
use super::dom::{At, El, button, el, p};
use super::msg::Msg;
use super::words::{day, n};
use crate::domain::draft::Draft;
use crate::domain::model::Kind;
use crate::domain::raters::Rater;
use crate::domain::rounds::Round;
use crate::domain::rows::{List, at};
use crate::pack::compiled::Pack;
use crate::pack::texts::T;

/// What a person is called: the name, or the number of its row.
pub fn person(pack: &Pack, draft: &Draft, who: u32) -> String {
    match draft.rows.row(List::People, who) {
        None => pack.t(T::PersonGone).into(),
        Some(row) => match row.get(at::NAME).trim() {
            "" => [pack.t(T::PersonNameless), " ", &n(who)].concat(),
            name => name.into(),
        },
    }
}

/// Who gave a view.
pub fn rater(pack: &Pack, draft: &Draft, rater: &Rater) -> String {
    rater.who.map_or_else(|| pack.t(T::ViewOwn).into(), |who| person(pack, draft, who))
}

/// The name of a role or function by its id, without what its text explains in brackets; blank when the pack has none.
pub fn role<'a>(pack: &'a Pack, id: &str) -> &'a str {
    for instrument in &pack.survey.instruments {
        if let Kind::Practices { functions, roles, .. } = &instrument.kind {
            for (ids, what) in [(roles, ".role."), (functions, ".function.")] {
                if ids.iter().any(|known| known == id) {
                    let text = pack.key(&[&instrument.id, what, id]);
                    return text.split_once(" (").map_or(text, |(name, _)| name);
                }
            }
        }
    }
    ""
}

/// `2.7 (2.4–3.1)`, or what there is of it. All in thousandths.
pub fn band(pack: &Pack, position: Option<u16>, range: Option<(u16, u16)>) -> String {
    let x = position.map_or_else(|| "–".into(), |x| pack.position(x));
    match range.filter(|(low, high)| low != high) {
        Some((low, high)) => [&*x, " (", &pack.position(low), "–", &pack.position(high), ")"].concat(),
        None => x,
    }
}

/// The level with its short name, or that there is none.
pub fn level(pack: &Pack, part: usize, level: Option<u8>) -> String {
    level
        .map_or_else(|| pack.t(T::NoLevel).into(), |level| [&*n(level), " ", pack.level(part, level, "short")].concat())
}

/// A table of these pages. The roles hold where a narrow screen shows the rows as a grid.
pub fn table(class: &str, caption: &str, heads: &[&str], rows: El) -> El {
    let head = |text: &&str| el("th", "").at(At::Scope, "col").at(At::Role, "columnheader").text(text);
    el("table", &["bsh-told ", class].concat())
        .at(At::Role, "table")
        .put_if((!caption.is_empty()).then(|| el("caption", "").text(caption)))
        .put(
            el("thead", "").at(At::Role, "rowgroup").put(el("tr", "").at(At::Role, "row").each(heads.iter().map(head))),
        )
        .put(rows.at(At::Role, "rowgroup"))
}

/// A row of such a table: what it is about, then its cells.
pub fn row(name: El, cells: impl Iterator<Item = El>) -> El {
    el("tr", "")
        .at(At::Role, "row")
        .put(name.at(At::Scope, "row").at(At::Role, "rowheader"))
        .each(cells.map(|cell| cell.at(At::Role, "cell")))
}

/// A cell with a text; a blank one says so by a dash.
pub fn cell(text: &str) -> El {
    el("td", "").text(if text.is_empty() { "–" } else { text })
}

pub fn section(pack: &Pack, draft: &Draft, part: usize, now: &Round) -> El {
    let all = card(pack, "views", T::ViewsTitle);
    if now.raters().next().is_none() {
        return all.put(p("bsh-soft", pack.t(T::HeadNone)));
    }
    let mut rows = el("tbody", "");
    for rater in now.raters() {
        rows = rows.put(line(pack, draft, part, rater));
    }
    let heads = [T::ColWho, T::ColRole, T::ColWhen, T::ColLevelOf, T::ColPosition, T::ColSure, T::RemoveView];
    all.put(table("bsh-views", pack.t(T::ViewsLead), &heads.map(|head| pack.t(head)), rows))
}

fn line(pack: &Pack, draft: &Draft, part: usize, of: &Rater) -> El {
    let name = rater(pack, draft, of);
    let standing = &of.card.standing;
    let grade = String::from(of.card.confidence.grade.letter());
    let (have, asked) = of.matched;
    let other = (!of.same_pack).then(|| {
        let values = [("n", &*have.to_string()), ("of", &asked.to_string())];
        el("small", "").text(&pack.fill(T::OtherEditionOf, &values))
    });
    // The own answers are changed on the pages of their questions.
    let remove = (of.view > 0 && of.who.is_some()).then(|| {
        button(pack.t(T::RemoveView), "bsh-link", Msg::Remove(List::Views, of.view))
            .at(At::AriaLabel, &pack.fill(T::RemoveOf, &[("item", &name)]))
    });
    let cells = [
        cell(role(pack, &of.role)),
        cell(&day(pack, &of.date)),
        cell(&level(pack, part, standing.strict)),
        cell(&band(pack, standing.position, of.card.range())),
        el("td", "").put(el("span", "bsh-badge").at(At::DataGrade, &grade).text(&grade)),
        remove.map_or_else(|| cell(""), |remove| el("td", "").put(remove)),
    ];
    row(el("th", "").text(&name).put_if(other), cells.into_iter()).key(&n(of.view))
}
