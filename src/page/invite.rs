//! Invitations: who of the customer's people is asked to answer, and the link for each of them.
//!
//! Knows the rows of people and invitations, and the texts. Must not know how a link is written, nor who sends it.

use super::chrome::card;
use super::dom::{At, El, Ev, button, el, p};
use super::msg::Msg;
use super::views::person;
use super::visit::Visit;
use super::words::{day, n};
use crate::domain::draft::{Draft, NAME_MAX};
use crate::domain::rounds::{Round, present};
use crate::domain::rows::{List, Row, at};
use crate::exchange::link::{self, Invite};
use crate::pack::compiled::Pack;
use crate::pack::texts::T;

/// Characters on a line of a text that is copied, on a narrow screen.
const COLUMN: usize = 36;

pub fn section(pack: &Pack, visit: &Visit, draft: &Draft, now: &Round) -> El {
    let people = draft.rows.of(List::People);
    let nameless = visit.company.trim().is_empty();
    let mut all = el("ul", "bsh-rows").key("invites").flag(At::Hidden, people.is_empty() || nameless);
    for row in people.iter().filter(|_| !nameless) {
        all = all.put(one(pack, visit, draft, now, row));
    }
    card(pack, "invite", T::InviteTitle)
        .put(p("bsh-soft", &lead(pack, visit)))
        // It stays while it is being typed.
        .put(company(pack, visit).key("company"))
        .put(p("bsh-banner", pack.t(T::InviteCompany)).flag(At::Hidden, !nameless))
        .put(p("bsh-soft", pack.t(T::InviteNobody)).flag(At::Hidden, !people.is_empty()))
        .put(all)
}

/// What an invitation is, and how it gets there: by a link, or as a file where the page has no address.
fn lead(pack: &Pack, visit: &Visit) -> String {
    match visit.here.as_str() {
        "" => pack.fill(T::InviteFileLead, &[("open", pack.t(T::Open))]),
        _ => pack.t(T::InviteLead).into(),
    }
}

/// The own company's name: it says who asks.
pub fn company(pack: &Pack, visit: &Visit) -> El {
    el("div", "bsh-field")
        .put(el("label", "").at(At::For, "bsh-company").text(pack.t(T::CompanyLabel)))
        .put(
            el("input", "")
                .at(At::Id, "bsh-company")
                .at(At::Type, "text")
                .at(At::Autocomplete, "organization")
                .at(At::Maxlength, &NAME_MAX.to_string())
                .at(At::AriaDescribedby, "bsh-company-hint")
                .value(&visit.company)
                .on(Ev::Input, Msg::Company(String::new())),
        )
        .put(p("bsh-hint", pack.t(T::CompanyHint)).at(At::Id, "bsh-company-hint"))
}

/// A person, with the newest invitation to the present round or a button that makes one.
fn one(pack: &Pack, visit: &Visit, draft: &Draft, now: &Round, who: &Row) -> El {
    let name = person(pack, draft, who.id);
    let round = present(draft).to_string();
    let key = who.id.to_string();
    let here = |row: &&Row| row.get(at::INVITED) == key && row.get(at::INVITE_ROUND) == round;
    let item = el("li", "bsh-row").key(&key);
    match draft.rows.of(List::Invites).iter().rev().find(here) {
        Some(invite) => sent(item, pack, visit, now, who, invite, &name),
        None => item.put(button(&pack.fill(T::InviteGo, &[("person", &name)]), "", Msg::Invite(who.id)).key("go")),
    }
}

/// What was made for a person: when, whether it was answered, and every way to hand it over.
fn sent(item: El, pack: &Pack, visit: &Visit, now: &Round, who: &Row, invite: &Row, name: &str) -> El {
    let link = link_of(pack, visit, invite, who.get(at::NAME));
    // A text has no line breaks of its own.
    let hello = match who.get(at::NAME).trim() {
        "" => pack.t(T::InviteHelloNone).into(),
        name => pack.fill(T::InviteHello, &[("person", name)]),
    };
    let body = [("br", "\n"), ("hello", &*hello), ("link", &link), ("company", visit.company.trim())];
    let body = pack.fill(T::InviteBody, &body);
    let [link_id, mail_id] = ["bsh-link-", "bsh-mail-"].map(|start| [start, &*n(invite.id)].concat());
    let selector = |id: &str| ["#", id].concat();
    let (link_at, mail_at) = (selector(&link_id), selector(&mail_id));
    // There may be many of the same on the page.
    let act = |text: T, msg: Msg| button(pack.t(text), "", msg).at(At::AriaLabel, &[pack.t(text), ": ", name].concat());
    let back = now.customers.iter().find(|rater| rater.who == Some(who.id));
    let back = back.map_or_else(String::new, |rater| pack.fill(T::InviteBack, &[("date", &day(pack, &rater.date))]));
    let made = pack.fill(T::InviteSent, &[("date", &day(pack, invite.get(at::INVITE_DATE)))]);
    let shown = (visit.qr.0 == link_at).then(|| qr(pack, &visit.qr.1));
    let item = item
        .put(el("h3", "").text(&pack.fill(T::InviteAgain, &[("person", name)])).key("head"))
        .put(p("bsh-fine", &made).key("made"))
        .put(p("bsh-back-in", &back).flag(At::Hidden, back.is_empty()).key("back"));
    if visit.here.is_empty() {
        let save = act(T::InviteFileSave, Msg::SaveFrom(link_at));
        return item
            .put(fixed("input", &link_id, pack.t(T::InviteFile), &link).key("link"))
            .put(el("div", "bsh-ways").key("ways").put(save));
    }
    item.put(fixed("input", &link_id, pack.t(T::InviteLink), &link).key("link"))
        .put(
            el("div", "bsh-ways")
                .key("ways")
                .put(act(T::InviteCopy, Msg::Copy(link_at.clone())))
                .put(
                    el("a", "bsh-button")
                        .at(At::Href, &link::mailto(pack.t(T::InviteSubject), &body))
                        .at(At::AriaLabel, &[pack.t(T::InviteMail), ": ", name].concat())
                        .text(pack.t(T::InviteMail)),
                )
                .put(act(T::InviteQr, Msg::Qr(link_at))),
        )
        .put(el("div", "bsh-qr-place").key("qr").flag(At::Hidden, shown.is_none()).put_if(shown))
        .put(
            el("details", "bsh-more")
                .key("mail")
                .put(el("summary", "").text(pack.t(T::InviteText)))
                .put(fixed("textarea", &mail_id, pack.t(T::InviteText), &body))
                .put(act(T::InviteCopyMail, Msg::Copy(mail_at))),
        )
}

/// The address of an invitation. Of the account it has nothing but what the person is called; blank when that is not
/// known.
fn link_of(pack: &Pack, visit: &Visit, invite: &Row, label: &str) -> String {
    let facts = Invite {
        pack: pack.hash.clone(),
        lang: pack.lang.clone(),
        token: invite.get(at::TOKEN).into(),
        company: visit.company.trim().into(),
        label: label.trim().into(),
    };
    link::invite_link(&visit.here, &facts)
}

/// A text that is there to be read and copied, under its name.
pub fn fixed(tag: &str, id: &str, label: &str, text: &str) -> El {
    el("div", "bsh-field bsh-fixed")
        .put(el("label", "").at(At::For, id).text(label))
        .put(copied(tag, text).at(At::Id, id))
}

/// The control alone.
pub fn copied(tag: &str, text: &str) -> El {
    let control = el(tag, "").flag(At::Readonly, true).value(text);
    if tag == "input" {
        return control.at(At::Type, "text");
    }
    let lines: usize = text.lines().map(|line| line.chars().count() / COLUMN + 1).sum();
    control.at(At::Rows, &lines.clamp(2, 16).to_string())
}

/// `code` is the modules of a side and the dark ones as a path.
fn qr(pack: &Pack, code: &str) -> El {
    let (side, dark) = code.split_once(' ').unwrap_or(("1", ""));
    el("svg", "bsh-qr")
        .at(At::ViewBox, &["0 0 ", side, " ", side].concat())
        .at(At::Role, "img")
        .at(At::AriaLabel, pack.t(T::InviteQrAlt))
        .put(el("rect", "bsh-qr-light").at(At::Width, side).at(At::Height, side))
        .put(el("path", "bsh-qr-dark").at(At::D, dark))
}
