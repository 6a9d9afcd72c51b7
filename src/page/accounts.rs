//! All accounts: what is searched, the table, the pyramid with all of them, and what comes in and goes out.
//!
//! Knows the lines that it is handed and the texts. Must not know where accounts are kept.

use super::dom::{At, El, Ev, button, el, heading, p};
use super::invite::company;
use super::msg::Msg;
use super::plan::card;
use super::portfolio::{Line, shown};
use super::visit::Visit;
use super::words::n;
use super::{accounts_table, map, start};
use crate::domain::order::sort;
use crate::domain::rows::LINE_MAX;
use crate::pack::compiled::Pack;
use crate::pack::texts::T;

pub fn page(page: El, pack: &Pack, visit: &Visit, lines: &[Line], unread: usize) -> El {
    let some = !lines.is_empty();
    let kept = shown(lines, &visit.table, &visit.today);
    let new = button(pack.t(T::NewAccount), if some { "" } else { "bsh-primary" }, Msg::NewAccount);
    let undo =
        visit.undo.then(|| el("div", "bsh-banner").key("undo").put(button(pack.t(T::UndoImport), "", Msg::UndoImport)));
    let page = page
        .put(p("bsh-eyebrow", pack.t(T::AppName)).key("eyebrow"))
        .put(heading("h1", pack.t(T::AccountsTitle)).key("title"))
        .put_if(undo)
        .put_if(start::reported(pack, visit))
        .put(p("bsh-lead", pack.t(T::AccountsNone)).key("none").flag(At::Hidden, some))
        .put_if((unread > 0).then(|| {
            p("bsh-banner bsh-warn", &pack.fill(T::AccountsUnread, &[("n", &unread.to_string())])).key("unread")
        }))
        .put(el("div", "bsh-accounts-new").key("new").put(new));
    let page = match some {
        true => page
            .put(filters(pack, visit, lines))
            .put_if(pack.staged().map(|part| map::section(pack, part, &kept)))
            .put(found(pack, visit, lines, kept.len()))
            .put(accounts_table::table(pack, visit, &kept))
            .put(accounts_table::leaves(pack, visit, kept.len())),
        false => page,
    };
    page.put(
        el("div", "bsh-accounts-cards")
            .key("cards")
            .put(receive(pack, visit))
            .put(files(pack, some))
            .put(el("section", "bsh-card").at(At::DataSection, "company").key("company").put(company(pack, visit))),
    )
}

/// What is searched for, and the choices beside it.
fn filters(pack: &Pack, visit: &Visit, lines: &[Line]) -> El {
    let [text, level, owner, state] = &visit.table.filters;
    let search = el("input", "")
        .at(At::Id, "bsh-search")
        .at(At::Type, "text")
        .at(At::Autocomplete, "off")
        .at(At::Maxlength, &LINE_MAX.to_string())
        .at(At::AriaDescribedby, "bsh-search-hint")
        .value(text)
        .on(Ev::Input, Msg::Filter(0, String::new()));
    let search = el("div", "bsh-field bsh-search")
        .put(el("label", "").at(At::For, "bsh-search").text(pack.t(T::AccountsSearch)))
        .put(search)
        .put(p("bsh-hint", pack.t(T::AccountsSearchHint)).at(At::Id, "bsh-search-hint"));
    let numbers: Vec<(String, String)> = pack.staged().map_or(Vec::new(), |part| {
        let name = |level: u8| (n(level), [&n(level), " ", pack.level(part, level, "name")].concat());
        (1..=pack.levels(part)).rev().map(name).collect()
    });
    let none = ("none", pack.t(T::NoLevel));
    let levels = numbers.iter().map(|(code, name)| (code.as_str(), name.as_str())).chain([none]).collect();
    let mut owners: Vec<&str> =
        lines.iter().map(|line| line.owner.as_str()).filter(|owner| !owner.is_empty()).collect();
    sort(&mut owners);
    owners.dedup();
    let owners = owners.into_iter().map(|owner| (owner, owner)).collect();
    let states = [("due", T::StateDue), ("gap", T::StateGap), ("down", T::StateDown), ("ask", T::StateAsk)];
    let states = states.into_iter().map(|(code, text)| (code, pack.t(text))).collect();
    el("div", "bsh-filters")
        .key("filters")
        .put(search)
        .put(choice(pack, (1, "bsh-filter-level"), T::FilterLevel, level, levels))
        .put(choice(pack, (2, "bsh-filter-owner"), T::FilterOwner, owner, owners))
        .put(choice(pack, (3, "bsh-filter-state"), T::FilterState, state, states))
}

/// One choice above the table: its number and id, its label, the code that is chosen, and what there is to choose.
fn choice(pack: &Pack, (which, id): (usize, &str), label: T, chosen: &str, options: Vec<(&str, &str)>) -> El {
    let mut select = el("select", "").at(At::Id, id).on(Ev::Change, Msg::Filter(which, String::new()));
    for (code, text) in [("", pack.t(T::FilterAll))].into_iter().chain(options) {
        select = select.put(el("option", "").key(code).choice(code).selected(code == chosen).text(text));
    }
    el("div", "bsh-field").put(el("label", "").at(At::For, id).text(pack.t(label))).put(select)
}

/// How many the filters leave, and the way to compare two.
fn found(pack: &Pack, visit: &Visit, lines: &[Line], kept: usize) -> El {
    let picked = |line: &&Line| visit.table.picks.contains(&line.id);
    let two = !visit.table.picks.is_empty() && lines.iter().filter(picked).count() == 2;
    let words = pack.fill(T::AccountsShown, &[("n", &n(kept as u64)), ("of", &n(lines.len() as u64))]);
    el("div", "bsh-found")
        .key("found")
        .put(p("", &words).at(At::Role, "status"))
        .put(p("bsh-hint", pack.t(T::CompareHint)).at(At::Id, "bsh-compare-hint"))
        .put(
            button(pack.t(T::CompareGo), "", Msg::Compare)
                .at(At::Id, "bsh-compare")
                .at(At::AriaDescribedby, "bsh-compare-hint")
                .flag(At::Disabled, !two),
        )
}

fn receive(pack: &Pack, visit: &Visit) -> El {
    let text = el("textarea", "")
        .at(At::Id, "bsh-paste")
        .at(At::Rows, "3")
        .at(At::Autocomplete, "off")
        .value(&visit.paste)
        .on(Ev::Input, Msg::Paste(String::new()));
    card(pack, "receive", T::ReceiveTitle, T::ReceiveLead)
        .put(
            el("div", "bsh-field")
                .put(el("label", "").at(At::For, "bsh-paste").text(pack.t(T::ReceiveLabel)))
                .put(text),
        )
        .put(button(pack.t(T::ReceiveGo), "", Msg::Receive).at(At::Id, "bsh-receive"))
}

fn files(pack: &Pack, some: bool) -> El {
    // The message is that of the file itself, which no page can name.
    let input = el("input", "")
        .at(At::Type, "file")
        .at(At::Id, "bsh-open")
        .at(At::Accept, ".json,.txt,.html,application/json,text/plain,text/html")
        .on(Ev::File, Msg::Begin);
    card(pack, "files", T::FilesTitle, T::FilesLead)
        .put(button(pack.t(T::ExportAll), "", Msg::Export(true)).flag(At::Hidden, !some))
        .put(el("label", "bsh-open").text(pack.t(T::ImportFile)).text(" ").put(input))
}
