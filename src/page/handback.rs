//! The page where somebody at a customer hands the answers back: what it says, then four ways, each with its whole text
//! before it goes.
//!
//! Knows the draft and the texts. Must not know how a code is written, nor send anything.

use super::chrome;
use super::dom::{At, El, button, el, heading, p};
use super::fields::{ask, field};
use super::invite::copied;
use super::msg::Msg;
use super::visit::Visit;
use super::words::day;
use crate::domain::answer::Answer;
use crate::domain::draft::Draft;
use crate::domain::model::Place;
use crate::domain::rows::{List, SINGLE, at};
use crate::domain::scorecard::Scorecard;
use crate::exchange::code::{self, Return, handed_name};
use crate::exchange::link::mailto;
use crate::pack::compiled::Pack;
use crate::pack::texts::T;

pub fn page(page: El, pack: &Pack, visit: &Visit, draft: &Draft) -> El {
    let part = pack.staged().unwrap_or(0);
    let Some(instrument) = pack.survey.instruments.get(part) else { return page };
    let given = given(pack, visit, draft);
    let code = code::encode(&instrument.model, &pack.hash, &given);
    // A page that has no address is not reached by a link.
    let link = if visit.here.is_empty() { String::new() } else { code::return_link(&visit.here, &code) };
    let open = draft.blanks(&pack.survey, part, None).len();
    let missing = el("div", "bsh-banner")
        .flag(At::Hidden, open == 0)
        .put(p("", &pack.fill(T::HandMissing, &[("n", &open.to_string())])))
        .put(button(pack.t(T::ResumeRound), "", Msg::Go(chrome::entry(pack, draft, part))));
    page.put(chrome::tabs(pack, draft))
        .put(heading("h1", &pack.fill(T::HandTitle, &[("company", &pack.supplier(draft))])))
        .put(p("bsh-lead", pack.t(T::HandLead)))
        .put(missing)
        .put(says(pack, visit, draft, part, &given))
        .put(ways(pack, &code, &link))
        .put(el("div", "bsh-moves").put(button(pack.t(T::Back), "bsh-back", Msg::Back)))
}

/// What is handed back: nothing else goes into the code.
pub fn given(pack: &Pack, visit: &Visit, draft: &Draft) -> Return {
    let part = pack.staged().unwrap_or(0);
    let sheet = draft.sheet(part);
    let asked = |field: usize| draft.rows.get(List::Asked, SINGLE, field);
    // Of an item that the form does not ask, nothing is handed back.
    let model = pack.survey.instruments.get(part).map(|instrument| &instrument.model);
    let has: Vec<bool> =
        model.into_iter().flat_map(|model| model.items()).map(|(_, item)| draft.form.has(item)).collect();
    Return {
        token: asked(at::ASKED_TOKEN).into(),
        date: visit.today.clone(),
        form: draft.form,
        answers: sheet.answers.iter().zip(&has).map(|(answer, has)| answer.filter(|_| *has)).collect(),
        noted: sheet.noted.iter().zip(&has).map(|(noted, has)| *noted && *has).collect(),
        name: handed_name(asked(at::ASKED_NAME)),
    }
}

/// The same in clear, down to every answer.
fn says(pack: &Pack, visit: &Visit, draft: &Draft, part: usize, given: &Return) -> El {
    let unknown = given.answers.iter().flatten().filter(|answer| **answer == Answer::DontKnow).count();
    let count = given.answers.iter().flatten().count().to_string();
    let answers = pack.fill(T::HandAnswers, &[("n", &count), ("unknown", &unknown.to_string())]);
    let noted = given.noted.iter().filter(|noted| **noted).count().to_string();
    let name = match given.name.as_str() {
        "" => pack.t(T::HandNoName).into(),
        name => pack.fill(T::HandName, &[("name", name)]),
    };
    let facts = [
        answers,
        pack.fill(T::HandNotes, &[("n", &noted)]),
        pack.fill(T::HandDay, &[("date", &day(pack, &given.date))]),
        pack.fill(T::HandToken, &[("token", &given.token)]),
        name,
    ];
    el("section", "bsh-card")
        .at(At::DataSection, "says")
        .put(heading("h2", pack.t(T::HandShown)))
        .put(el("ul", "bsh-plain").each(facts.iter().map(|fact| el("li", "").text(fact))))
        .put(field(pack, visit, draft, List::Asked, SINGLE, &ask(at::ASKED_NAME, T::HandNameLabel)))
        .put(
            el("details", "bsh-more bsh-review")
                .put(el("summary", "").text(pack.t(T::ReviewTitle)))
                .put(every_answer(pack, draft, part, given)),
        )
}

fn every_answer(pack: &Pack, draft: &Draft, part: usize, given: &Return) -> El {
    let items = pack.survey.instruments.get(part).into_iter().flat_map(|instrument| instrument.model.items());
    let answers = items.zip(&given.answers).enumerate().filter_map(|(item, ((_, of), answer))| {
        let text = pack.item(Place { part, item }, draft.perspective);
        answer.map(|answer| {
            el("li", "")
                .key(&of.id)
                .put(el("span", "bsh-what").text(text))
                .put(el("span", "bsh-given").text(pack.answer(of.scale, Some(answer))))
        })
    });
    el("ul", "").each(answers)
}

/// Link, code, file, e-mail.
fn ways(pack: &Pack, code: &str, link: &str) -> El {
    let spoken = code::spoken(code);
    let file = [link, "\n\n", &spoken, "\n"].concat();
    let mail = if link.is_empty() { T::HandBodyFile } else { T::HandBody };
    let mail = pack.fill(mail, &[("br", "\n"), ("link", link), ("code", &spoken)]);
    let copy = |text: T, id: &str| button(pack.t(text), "", Msg::Copy(["#", id].concat()));
    let shown = |tag: &str, id: &'static str, title: T, text: &str| {
        let label = [pack.t(title), ": ", pack.t(T::HandShown)].concat();
        el("div", "bsh-fixed").put(copied(tag, text).at(At::Id, id).at(At::AriaLabel, &label))
    };
    let way = |name: &'static str, title: T| {
        el("section", "bsh-card").at(At::DataSection, name).put(heading("h2", pack.t(title)))
    };
    let send = el("a", "bsh-button").at(At::Href, &mailto(pack.t(T::HandSubject), &mail)).text(pack.t(T::HandMail));
    el("div", "bsh-hand")
        .put(
            way("link", T::HandLink)
                .flag(At::Hidden, link.is_empty())
                .put(shown("input", "bsh-return-link", T::HandLink, link))
                .put(copy(T::HandCopyLink, "bsh-return-link")),
        )
        .put(
            way("code", T::HandCode)
                .put(shown("textarea", "bsh-return-code", T::HandCode, &spoken))
                .put(p("bsh-fine", pack.t(T::HandCodeSpoken)))
                .put(copy(T::HandCopyCode, "bsh-return-code")),
        )
        .put(way("file", T::HandFile).put(shown("textarea", "bsh-return-file", T::HandFile, &file)).put(button(
            pack.t(T::HandFile),
            "",
            Msg::SaveFrom("#bsh-return-file".into()),
        )))
        .put(way("mail", T::HandMail).put(shown("textarea", "bsh-return-mail", T::HandMail, &mail)).put(send))
}

/// "You see Metal Works as a good supplier, on the way to a dedicated partner".
pub fn customer_headline(pack: &Pack, draft: &Draft, part: usize, card: &Scorecard) -> String {
    let company = pack.supplier(draft);
    let Some(level) = card.standing.strict else { return pack.fill(T::YouSeeNone, &[("company", &company)]) };
    let supplier = |level: u8| pack.level(part, level, "supplier");
    let next = card.standing.position.filter(|x| x % 1000 >= 500).map(|_| supplier(level + 1));
    let text = if next.is_some() { T::YouSeeWay } else { T::YouSee };
    pack.fill(text, &[("company", &company), ("level", supplier(level)), ("next", next.unwrap_or(""))])
}
