//! The result of practices: bars with their cuts, the contact map, the shares of time and cash.
//!
//! Knows the cards and the texts. Must not know the rules.

use super::dom::{At, El, button, el, heading, p};
use super::matrix::achieved;
use super::msg::Msg;
use super::result::{bar, line, table};
use super::words::{count, n};
use crate::domain::draft::{Draft, Stage, Step};
use crate::domain::gates::Rating;
use crate::domain::model::Kind;
use crate::domain::practices::PracticesCard;
use crate::domain::rows::{List, at};
use crate::domain::shares::{Column, Share};
use crate::domain::survey::Cards;
use crate::pack::compiled::Pack;
use crate::pack::texts::T;

pub fn page(page: El, pack: &Pack, draft: &Draft, part: usize, (card, cards): (&PracticesCard, &Cards)) -> El {
    let Some(instrument) = pack.survey.instruments.get(part) else { return page };
    let groups = &instrument.model.groups;
    let name = |at: usize| groups.get(at).map_or("", |group| pack.group(part, group));
    let all_full = card.scores.iter().all(|score| score.determined() && score.rating == Rating::F);
    let (title, lead) = match card.weakest {
        None => (pack.t(T::PracticeNone).to_string(), T::PracticeNoneLead),
        Some(_) if all_full => (pack.t(T::PracticeAll).into(), T::PracticeAllLead),
        Some(at) => (pack.fill(T::PracticeTitle, &[("practice", name(at))]), T::PracticeLead),
    };
    let cuts = instrument.model.cuts;
    let cuts = [cuts.partly, cuts.largely, cuts.fully];
    let mut bars =
        el("section", "bsh-card").at(At::DataSection, "practice").put(el("h2", "").text(pack.of(part, "name")));
    let mut rows = el("tbody", "");
    for (group, score) in groups.iter().zip(&card.scores) {
        bars = bars.put(achieved(pack, part, group, score, &cuts));
        rows =
            rows.put(line(pack.group(part, group), &[&pack.achieved(score), pack.gate_rating(score), &count(score)]));
    }
    let bars = bars.put(p("bsh-fine", &cut_words(pack, &cuts))).put(table(
        pack,
        &[T::ColPractice, T::ColAchieved, T::ColRating, T::ColAnswered],
        rows,
    ));
    let (people, shares) = match &instrument.kind {
        Kind::Practices { functions, shares, .. } => (!functions.is_empty(), *shares),
        _ => (false, false),
    };
    page.put(heading("h1", &title)).put(p("bsh-lead", pack.t(lead))).put(
        el("div", "bsh-grid").put(el("div", "bsh-column").put(bars)).put(
            el("div", "bsh-column")
                .put_if(people.then(|| contacts(pack, draft, part, cards)))
                .put_if(shares.then(|| table_of(pack, draft, part, cards))),
        ),
    )
}

fn cut_words(pack: &Pack, cuts: &[u8; 3]) -> String {
    let [a, b, c] = cuts.map(|cut| pack.percent(10 * u32::from(cut)));
    pack.fill(T::CutsNote, &[("n", &a), ("p", &b), ("l", &c)])
}

/// Who is known where: functions down, seniority across.
fn contacts(pack: &Pack, draft: &Draft, part: usize, cards: &Cards) -> El {
    let edit = button(pack.t(T::ContactsEdit), "", Msg::Go(Step::At(part, Stage::People)));
    let map = &cards.map;
    let all =
        el("section", "bsh-card").at(At::DataSection, "contacts").put(el("h2", "").text(pack.t(T::ContactsTitle)));
    let Some(Kind::Practices { functions, seniorities, .. }) = pack.survey.instruments.get(part).map(|i| &i.kind)
    else {
        return all;
    };
    if map.count == 0 {
        return all.put(p("bsh-soft", pack.t(T::ContactsNone))).put(edit);
    }
    let people = draft.rows.of(List::People);
    let mut head = el("tr", "").put(el("th", "").at(At::Scope, "col").text(pack.t(T::Function)));
    for seniority in seniorities {
        let text = pack.of(part, &["seniority.", seniority].concat());
        head = head.put(el("th", "").at(At::Scope, "col").put(el("span", "").text(text)));
    }
    let mut rows = el("tbody", "");
    for function in functions.iter().filter(|id| people.iter().any(|row| row.get(at::FUNCTION) == *id)) {
        let mut row =
            el("tr", "").put(el("th", "").at(At::Scope, "row").text(pack.of(part, &["function.", function].concat())));
        for seniority in seniorities {
            let here = |row: &&crate::domain::rows::Row| {
                row.get(at::FUNCTION) == function && row.get(at::SENIORITY) == seniority
            };
            let count = people.iter().filter(here).count();
            row =
                row.put(if count > 0 { el("td", "bsh-hit").text(&count.to_string()) } else { el("td", "").text("·") });
        }
        rows = rows.put(row);
    }
    let grid = el("table", "bsh-map")
        .put(el("caption", "").text(pack.t(T::ContactsCaption)))
        .put(el("thead", "").put(head))
        .put(rows);
    let values = [("n", &*n(map.count)), ("wide", &n(map.wide)), ("deep", &n(map.deep))];
    let all = all.put(p("", &pack.fill(T::ContactsSay, &values))).put(
        el("div", "bsh-wide")
            .at(At::Role, "region")
            .at(At::Tabindex, "0")
            .at(At::AriaLabel, pack.t(T::ContactsTitle))
            .put(grid),
    );
    let off = people
        .iter()
        .filter(|row| !row.blank() && (row.get(at::FUNCTION).is_empty() || row.get(at::SENIORITY).is_empty()));
    let off = off.count() as u64;
    let all = match off {
        0 => all,
        off => all.put(p("bsh-soft", &pack.fill(T::OffMap, &[("n", &n(off))]))),
    };
    let all = match &map.single {
        Some((name, held)) => all.put(p(
            "bsh-banner bsh-warn",
            &pack.fill(T::SingleThread, &[("name", name), ("n", &n(*held)), ("of", &n(map.count))]),
        )),
        None if map.unheld > 0 => all.put(p("bsh-soft", &pack.fill(T::Unheld, &[("n", &n(map.unheld))]))),
        None => all,
    };
    all.put(edit)
}

/// Two stacked bars in one order, own part first, and the table with ranks.
fn table_of(pack: &Pack, draft: &Draft, part: usize, cards: &Cards) -> El {
    let evidence = draft.evidence(&pack.survey);
    let (own, rivals) = (&evidence.own, &evidence.rivals);
    let all = el("section", "bsh-card").at(At::DataSection, "shares").put(el("h2", "").text(pack.t(T::SharesTitle)));
    let edit = button(pack.t(T::SharesEdit), "", Msg::Go(Step::At(part, Stage::Shares)));
    if rivals.is_empty() && own.time.is_none() && own.cash.is_none() {
        return all.put(p("bsh-soft", pack.t(T::SharesNone))).put(edit);
    }
    let chart = |label: T, of: fn(&Share) -> Option<u8>, column: &Column| {
        let parts: Vec<u32> =
            [own].into_iter().chain(rivals).map(|share| 10 * u32::from(of(share).unwrap_or(0))).collect();
        let parts = if column.sum > 100 { Vec::new() } else { parts };
        bar(pack.t(label), &told(pack, column, rivals), &parts, &[])
    };
    let percent = |share: Option<u8>| match share {
        Some(share) => pack.percent(10 * u32::from(share)),
        None => pack.t(T::Unknown).into(),
    };
    let mut rows = el("tbody", "").put(line(pack.t(T::SharesOwn), &["", &percent(own.time), &percent(own.cash)]));
    for (row, share) in draft.filled(List::Rivals).zip(rivals) {
        let name = if share.name.is_empty() { "?" } else { &share.name };
        rows = rows.put(line(name, &[row.get(1), &percent(share.time), &percent(share.cash)]));
    }
    all.put(chart(T::ShareTime, |share| share.time, &cards.table.time))
        .put(chart(T::ShareCash, |share| share.cash, &cards.table.cash))
        .put(p("bsh-fine", pack.t(T::SharesNote)))
        .put(table(pack, &[T::ColOrganisation, T::Category, T::ShareTime, T::ShareCash], rows))
        .put(edit)
}

/// The own rank and the largest rival, in words.
pub fn told(pack: &Pack, column: &Column, rivals: &[Share]) -> String {
    if column.sum > 100 {
        return pack.t(T::SumsOver).into();
    }
    let mut text = match column.rank {
        // What is not known could be larger.
        Some(rank) if column.ahead.is_none() && column.unknown > 0 => pack.fill(T::RankBest, &[("n", &n(rank))]),
        Some(rank) => pack.fill(T::RankIs, &[("n", &n(rank))]),
        None => pack.t(T::RankUnknown).into(),
    };
    if let Some(rival) = column.rival.and_then(|at| rivals.get(at)) {
        text.push_str(" · ");
        let name = if rival.name.is_empty() { "?" } else { &rival.name };
        text.push_str(&pack.fill(T::RivalIs, &[("name", name)]));
    }
    text
}
