//! Rows of fields: how a list of a draft is shown and edited, for all lists alike.
//!
//! Knows rows and their fields. Must not know what a list means.

use super::dom::{At, El, Ev, button, el, p};
use super::msg::Msg;
use super::visit::{Refused, Visit};
use crate::domain::draft::Draft;
use crate::domain::rows::{Field, LINE_MAX, List, Row, TEXT_MAX};
use crate::pack::compiled::Pack;
use crate::pack::texts::T;

/// How one field of a row is shown.
pub struct Ask<'a> {
    /// Its place in the row.
    pub field: usize,
    pub label: T,
    /// Id and text of what can be chosen; empty for anything but a choice.
    pub options: Vec<(&'a str, &'a str)>,
}

pub fn ask(field: usize, label: T) -> Ask<'static> {
    Ask { field, label, options: Vec::new() }
}

/// The label and the control of one field.
pub fn field(pack: &Pack, visit: &Visit, draft: &Draft, list: List, id: u32, ask: &Ask) -> El {
    let spec = list.spec();
    let place = ask.field;
    let kind = list.kind(place);
    let name = [spec.code, "-", &id.to_string(), "-", &place.to_string()].concat();
    let refused = visit.refused.as_ref().filter(|refused| refused.at == (list, id, place));
    let value = refused.map_or_else(|| draft.rows.get(list, id, place), |refused| &refused.text);
    let set = Msg::Set(list, id, place, String::new());
    let control = match kind {
        Field::Choice => {
            let mut select = el("select", "").on(Ev::Change, set);
            // A list may have a word of its own for nothing chosen.
            let nothing = !ask.options.iter().any(|(code, _)| code.is_empty());
            let choose = nothing.then(|| ("", pack.t(T::Choose)));
            for (code, text) in choose.into_iter().chain(ask.options.iter().copied()) {
                // A blank value would be left out, and then the text would be the value.
                let chosen = code == value;
                let option = el("option", "").choice(code).selected(chosen).text(text);
                select = select.put(option);
            }
            select
        }
        Field::Text | Field::Long => el("textarea", "")
            .at(At::Rows, "3")
            .at(At::Maxlength, &TEXT_MAX.to_string())
            .value(value)
            .on(Ev::Input, set),
        Field::Line => el("input", "")
            .at(At::Type, "text")
            .at(At::Autocomplete, "off")
            .at(At::Maxlength, &LINE_MAX.to_string())
            .value(value)
            .on(Ev::Input, set),
        Field::Percent => el("input", "")
            .at(At::Type, "text")
            .at(At::Inputmode, "numeric")
            .at(At::Autocomplete, "off")
            .value(value)
            .on(Ev::Change, set),
        Field::Day => el("input", "").at(At::Type, "date").value(value).on(Ev::Change, set),
    };
    let wrong = [&name, "-wrong"].concat();
    let control = match refused {
        Some(_) => control.flag(At::AriaInvalid, true).at(At::AriaDescribedby, &wrong),
        None => control,
    };
    // Always there, so that the control before it stays the same element.
    let told = match refused {
        Some(refused) => p("bsh-wrong", &why(pack, draft, refused, kind)).at(At::Role, "alert").at(At::Id, &wrong),
        None => p("bsh-wrong", "").flag(At::Hidden, true),
    };
    el("div", "bsh-field")
        .put(el("label", "").at(At::For, &name).text(pack.t(ask.label)))
        .put(control.at(At::Id, &name))
        .put(told)
}

/// Why a value is not taken.
fn why(pack: &Pack, draft: &Draft, refused: &Refused, kind: Field) -> String {
    let (list, id, field) = refused.at;
    match draft.refuses(list, id, field, &refused.text).filter(|_| kind.clean(&refused.text).is_some()) {
        Some(sum) => pack.fill(T::SumOver, &[("n", &pack.percent(10 * sum))]),
        None => pack.t(if kind == Field::Percent { T::NoPercent } else { T::NoDay }).into(),
    }
}

/// A list whose rows are all fields: each with Remove, and a button that adds one.
pub fn list(pack: &Pack, visit: &Visit, draft: &Draft, list: List, asks: &[Ask], add: T) -> El {
    let mut rows = el("ol", "bsh-rows").key("rows");
    for (place, row) in (1usize..).zip(draft.rows.of(list)) {
        rows = rows.put(
            item(row)
                .put(
                    el("div", "bsh-fields")
                        .at(At::Role, "group")
                        .at(At::AriaLabel, &name(row, place))
                        .each(asks.iter().map(|ask| field(pack, visit, draft, list, row.id, ask))),
                )
                .put(remove(pack, list, row, place)),
        );
    }
    let adds = button(pack.t(add), "", Msg::Add(list, Vec::new())).at(At::DataAdd, list.spec().code).key("add");
    el("div", "").put(rows).put(adds)
}

/// One row of a list.
pub fn item(row: &Row) -> El {
    let id = row.id.to_string();
    el("li", "bsh-row").key(&id).at(At::DataRow, &id)
}

/// What a row is called: its first field, or its place.
fn name(row: &Row, place: usize) -> String {
    match row.get(0) {
        "" => place.to_string(),
        name => name.into(),
    }
}

/// The button that removes a row.
pub fn remove(pack: &Pack, list: List, row: &Row, place: usize) -> El {
    let name = name(row, place);
    button(pack.t(T::Remove), "bsh-link", Msg::Remove(list, row.id))
        .key("remove")
        .at(At::AriaLabel, &pack.fill(T::RemoveOf, &[("item", &name)]))
}
