//! What to do next: readings, suggestions, the plan itself, target, charter, goals, investments, red flags.
//!
//! Knows the draft's lists and the texts. Must not know the rules behind suggestions.

use super::dom::{At, El, Ev, button, el, heading, p};
use super::fields::{Ask, ask, field, item, list, remove};
use super::msg::Msg;
use super::visit::Visit;
use super::{chrome, methods, people, readings, result, target};
use crate::domain::draft::Draft;
use crate::domain::facts::facts;
use crate::domain::rows::{List, Row, SINGLE, at};
use crate::domain::rules::Facts;
use crate::domain::suggest::suggest;
use crate::domain::survey::Cards;
use crate::pack::compiled::Pack;
use crate::pack::texts::T;

pub fn page(page: El, pack: &Pack, visit: &Visit, draft: &Draft) -> El {
    let evidence = draft.evidence(&pack.survey);
    let cards = Cards::of(&pack.survey, &evidence);
    let facts = facts(&pack.survey, &evidence, &cards);
    let all = suggest(&pack.survey, &evidence, &cards, &facts);
    let aim = pack.staged().map(|part| (part, target::target(pack, draft, part, &cards)));
    page.put(chrome::tabs(pack, draft))
        .put(el("div", "bsh-topline").put(el("span", "").text(&pack.subject(draft))))
        .put(heading("h1", pack.t(T::PlanTab)))
        .put(p("bsh-lead", pack.t(T::PlanLead)))
        .put_if(readings::section(pack, draft, &facts))
        .put(tasks(pack, visit, draft, &facts))
        .put(methods::suggestions(pack, draft, &facts, &all, cards.by_choice()))
        .put_if(aim.map(|(part, aim)| target::section(pack, part, aim).put(climb(pack, visit, draft))))
        .put(
            card(pack, "people", T::PeoplePlan, T::PeoplePlanLead)
                .put(p("bsh-fine", pack.t(T::PeoplePrivate)))
                .put(people::editor(pack, visit, draft)),
        )
        .put(charter(pack, visit, draft))
        .put(goals(pack, visit, draft))
        .put(
            card(pack, "focus", T::FocusTitle, T::FocusLead)
                .put(el("h3", "").text(pack.t(T::FocusHead)))
                .put(list(pack, visit, draft, List::Focus, &[ask(0, T::FocusLabel)], T::AddFocus))
                .put(el("h3", "").text(pack.t(T::StopHead)))
                .put(list(pack, visit, draft, List::Stop, &[ask(0, T::StopLabel)], T::AddStop)),
        )
        .put(flags(pack, draft))
        .put(result::after(pack, visit))
}

/// A section of a page, with its heading and what it is for.
pub fn card(pack: &Pack, section: &str, title: T, lead: T) -> El {
    chrome::card(pack, section, title).put(p("bsh-soft", pack.t(lead)))
}

/// What a task can be. The first is what a blank means.
const STATUS: [(&str, T); 4] = [("", T::Todo), ("doing", T::Doing), ("done", T::TaskDone), ("dropped", T::TaskDropped)];

/// The word for what a task's code says it is.
pub fn status(code: &str) -> T {
    STATUS.iter().find(|(known, _)| *known == code).map_or(T::Todo, |(_, text)| *text)
}

/// What a task is called: its method's title, or its own.
pub fn title<'a>(pack: &'a Pack, row: &'a Row) -> &'a str {
    match row.get(at::METHOD) {
        "" => row.get(at::TITLE),
        method => pack.key(&["method.", method, ".title"]),
    }
}

fn tasks(pack: &Pack, visit: &Visit, draft: &Draft, facts: &Facts) -> El {
    let rows = draft.rows.of(List::Tasks);
    let is = |row: &&Row, status: &str| row.get(at::STATUS) == status;
    let done = rows.iter().filter(|row| is(row, "done")).count();
    let of = rows.iter().filter(|row| !is(row, "dropped")).count();
    let mut all = card(pack, "plan", T::TasksTitle, if rows.is_empty() { T::TasksNone } else { T::TasksLead });
    if of > 0 {
        all = all.put(chrome::bar(pack, T::TasksDone, (done, of)));
    }
    let mut list_of = el("ol", "bsh-rows bsh-tasks").key("tasks").on(Ev::PointerMove, Msg::Dragged(0));
    for (place, row) in rows.iter().enumerate() {
        list_of = list_of.put(task(pack, visit, draft, facts, (place, rows.len()), row));
    }
    let own = button(pack.t(T::AddOwn), "", Msg::Add(List::Tasks, Vec::new()))
        .at(At::DataAdd, List::Tasks.spec().code)
        .key("add");
    all.put(list_of).put(own)
}

/// A task is overdue on the day after its due date, unless it is done or dropped.
fn overdue(row: &Row, today: &str) -> bool {
    let due = row.get(at::DUE);
    !due.is_empty() && due < today && !matches!(row.get(at::STATUS), "done" | "dropped")
}

fn task(pack: &Pack, visit: &Visit, draft: &Draft, facts: &Facts, (place, of): (usize, usize), row: &Row) -> El {
    let id = row.id;
    let method = pack.survey.methods.iter().position(|method| method.id == row.get(at::METHOD));
    let title = title(pack, row);
    let late = overdue(row, &visit.today);
    let states = STATUS.iter().map(|(code, text)| (*code, pack.t(*text))).collect();
    let ask_for = |which: usize, label: T| field(pack, visit, draft, List::Tasks, id, &ask(which, label));
    let name = match title {
        "" => (place + 1).to_string(),
        title => title.into(),
    };
    let label = |text: T| [pack.t(text), ": ", &name].concat();
    let shift = |text: T, sign: &str, class: &'static str, to: Option<usize>| {
        let on = to.is_some_and(|to| to < of);
        button(sign, class, Msg::Shift(List::Tasks, id, to.unwrap_or(0)))
            .key(class)
            .at(At::AriaLabel, &label(text))
            .flag(At::Disabled, !on)
    };
    let grip = el("span", "bsh-grip")
        .key("grip")
        .flag(At::AriaHidden, true)
        .text("⠿")
        .on(Ev::PointerDown, Msg::Drag(Some(id)));
    let head = el("div", "bsh-task-head")
        .put(grip)
        .put(shift(T::Up, "↑", "bsh-up", place.checked_sub(1)))
        .put(shift(T::Down, "↓", "bsh-down", Some(place + 1)))
        .put_if(late.then(|| el("span", "bsh-badge bsh-late").key("late").text(pack.t(T::Overdue))))
        .put(remove(pack, List::Tasks, row, place + 1).at(At::AriaLabel, &pack.fill(T::RemoveOf, &[("item", &name)])));
    let what = match method {
        Some(index) => el("div", "")
            .put(el("h3", "").text(title))
            .put_if(methods::called(pack, draft, facts, row.get(at::CAUSE)).map(|why| p("bsh-fine bsh-because", &why)))
            .put(methods::details(pack, draft, index)),
        None => ask_for(at::TITLE, T::TaskTitle),
    };
    item(row)
        .at(At::Class, if visit.drag == Some(id) { "bsh-row bsh-dragged" } else { "bsh-row" })
        .put(head)
        .put(what)
        .put(el("div", "bsh-fields").put(ask_for(at::OWNER, T::Owner)).put(ask_for(at::DUE, T::Due)).put(field(
            pack,
            visit,
            draft,
            List::Tasks,
            id,
            &Ask { field: at::STATUS, label: T::Status, options: states },
        )))
        .put(ask_for(at::NOTE, T::NoteLabel))
}

/// Whether the climb is worth its cost: what can be said.
const WORTH: [(&str, T); 3] = [("yes", T::WorthYes), ("no", T::WorthNo), ("unsure", T::WorthUnsure)];

/// What was said of it, each with its label; blank fields are left out.
pub fn worth(pack: &Pack, draft: &Draft) -> Vec<(T, String)> {
    let said = draft.rows.get(List::Climb, SINGLE, 0);
    let word = WORTH.iter().find(|(code, _)| *code == said).map_or("", |(_, text)| pack.t(*text));
    let all = [(T::Worth, word), (T::WorthWhy, draft.rows.get(List::Climb, SINGLE, 1))];
    all.into_iter().filter(|(_, text)| !text.is_empty()).map(|(label, text)| (label, text.into())).collect()
}

fn climb(pack: &Pack, visit: &Visit, draft: &Draft) -> El {
    let options = WORTH.into_iter().map(|(code, text)| (code, pack.t(text))).collect();
    let said = match draft.rows.get(List::Climb, SINGLE, 0) {
        "no" => pack.t(T::WorthNoSaid),
        "unsure" => pack.t(T::WorthUnsureSaid),
        _ => "",
    };
    el("div", "bsh-climb")
        .put(field(pack, visit, draft, List::Climb, SINGLE, &Ask { field: 0, label: T::Worth, options }))
        .put(p("bsh-soft", said).flag(At::Hidden, said.is_empty()))
        .put(field(pack, visit, draft, List::Climb, SINGLE, &ask(1, T::WorthWhy)))
}

/// The fields of a sentence, the sentence that they make, and the user's own wording of it.
fn sentence(pack: &Pack, visit: &Visit, draft: &Draft, at: (List, u32, usize), asks: &[Ask], made: &str) -> El {
    let (list, id, own) = at;
    let text = match draft.rows.get(list, id, own) {
        "" => made,
        own => own,
    };
    let edited = !draft.rows.get(list, id, own).is_empty();
    let (edit, text_of) = if edited { (T::Assemble, "") } else { (T::EditSentence, made) };
    let edit = button(pack.t(edit), "bsh-link", Msg::Set(list, id, own, text_of.into()));
    let fields = el("div", "bsh-fields").each(asks.iter().map(|ask| field(pack, visit, draft, list, id, ask)));
    el("div", "bsh-sentence")
        .put(fields.key("fields"))
        .put(el("blockquote", "").key("text").text(text))
        .put(field(pack, visit, draft, list, id, &ask(own, T::Sentence)).key("own"))
        .put(edit.key("edit"))
}

/// The field of a row, or what stands for it.
fn or_dots(draft: &Draft, list: List, id: u32, field: usize) -> &str {
    match draft.rows.get(list, id, field).trim() {
        "" => "…",
        text => text,
    }
}

/// The charter made of its fields.
fn charter_made(pack: &Pack, draft: &Draft) -> String {
    let part = pack.subject(draft);
    let get = |field: usize| or_dots(draft, List::Charter, SINGLE, field);
    pack.fill(T::CharterText, &[("part", &part), ("value", get(0)), ("how", get(1)), ("back", get(2))])
}

/// The charter in the user's own words, or made of its fields.
pub fn charter_text(pack: &Pack, draft: &Draft) -> String {
    match draft.rows.get(List::Charter, SINGLE, at::CHARTER_TEXT) {
        "" => charter_made(pack, draft),
        own => own.into(),
    }
}

fn charter(pack: &Pack, visit: &Visit, draft: &Draft) -> El {
    let made = charter_made(pack, draft);
    let asks = [ask(0, T::CharterValue), ask(1, T::CharterHow), ask(2, T::CharterBack)];
    let at = (List::Charter, SINGLE, at::CHARTER_TEXT);
    card(pack, "charter", T::CharterTitle, T::CharterLead).put(sentence(pack, visit, draft, at, &asks, &made))
}

/// A goal made of its fields.
fn goal_made(pack: &Pack, draft: &Draft, row: &Row) -> String {
    let get = |field: usize| or_dots(draft, List::Goals, row.id, field);
    let values = [("player", get(0)), ("role", get(1)), ("opportunity", get(2)), ("strength", get(3))];
    pack.fill(T::GoalText, &values)
}

/// A goal in the user's own words, or made of its fields.
pub fn goal(pack: &Pack, draft: &Draft, row: &Row) -> String {
    match row.get(at::GOAL_TEXT) {
        "" => goal_made(pack, draft, row),
        own => own.into(),
    }
}

fn goals(pack: &Pack, visit: &Visit, draft: &Draft) -> El {
    let mut rows = el("ol", "bsh-rows").key("rows");
    for (place, row) in (1usize..).zip(draft.rows.of(List::Goals)) {
        let made = goal_made(pack, draft, row);
        let asks = [ask(0, T::GoalPlayer), ask(1, T::GoalRole), ask(2, T::GoalOpportunity), ask(3, T::GoalStrength)];
        let at = (List::Goals, row.id, at::GOAL_TEXT);
        rows = rows.put(item(row).put(sentence(pack, visit, draft, at, &asks, &made)).put(remove(
            pack,
            List::Goals,
            row,
            place,
        )));
    }
    let add = button(pack.t(T::AddGoal), "", Msg::Add(List::Goals, Vec::new()))
        .at(At::DataAdd, List::Goals.spec().code)
        .key("add");
    card(pack, "goals", T::GoalsTitle, T::GoalsLead).put(rows).put(add)
}

/// Everything that is not known, to be confirmed with the customer.
fn flags(pack: &Pack, draft: &Draft) -> El {
    let unknown = draft.unknowns(&pack.survey);
    let all = card(pack, "flags", T::FlagsTitle, if unknown.is_empty() { T::FlagsNone } else { T::FlagsLead });
    let mut rows = el("div", "bsh-ticks");
    for at in unknown {
        let Some(asked) = pack.survey.item(at) else { continue };
        let on = draft.confirmed.contains(&asked.id);
        let tick = el("input", "")
            .at(At::Type, "checkbox")
            .at(At::Name, &["ok-", &asked.id].concat())
            .checked(on)
            .on(Ev::Change, Msg::Confirm(asked.id.clone(), false));
        rows = rows.put(
            el("div", "bsh-flag")
                .key(&asked.id)
                .put(
                    el("label", "bsh-cell bsh-tick")
                        .put(tick)
                        .put(el("span", "").text(pack.item(at, draft.perspective))),
                )
                .put(super::review::change(pack, draft, at, asked)),
        );
    }
    all.put(rows)
}
