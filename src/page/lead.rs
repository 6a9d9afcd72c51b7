//! After the result, and never before it: what the pack's owner offers next, and the result sent to them when the
//! visitor wants that.
//!
//! Knows the pack's owner, the state of what is sent, and the texts. Must not send anything itself.

use super::dom::{At, El, Ev, button, el, heading, p};
use super::invite::copied;
use super::letter;
use super::msg::Msg;
use super::visit::{Lead, Visit};
use super::words::{day, n};
use crate::domain::draft::Draft;
use crate::pack::brand::{is_action, is_send};
use crate::pack::compiled::Pack;
use crate::pack::texts::T;

/// The id of the text that goes: the Copy button has its selector.
const TEXT: &str = "bsh-lead-text";

/// What the owner offers: a sentence and a link.
pub fn action(pack: &Pack) -> Option<El> {
    let (to, label) = (pack.brand("action"), pack.brand("action.label"));
    if !is_action(to) || label.is_empty() {
        return None;
    }
    let mut link = el("a", "bsh-primary").at(At::Href, to).text(label);
    // A mail or a call opens no tab.
    if to.starts_with("https:") {
        let hint = ["(", pack.t(T::NewTab), ")"].concat();
        link = link
            .at(At::Target, "_blank")
            .at(At::Rel, "noopener")
            .at(At::AriaLabel, &[label, " ", &hint].concat())
            .put(el("span", "").flag(At::AriaHidden, true).text(" ↗"));
    }
    let all = el("section", "bsh-card").at(At::DataSection, "action").key("action");
    Some(all.put(p("", pack.brand("action.text"))).put(link))
}

/// The result sent to the owner; `None` where nobody takes it or there is none.
pub fn send(pack: &Pack, visit: &Visit, draft: &Draft) -> Option<El> {
    let to = pack.brand("send");
    if !is_send(to) || pack.brand("send.consent").is_empty() || letter::result(pack, draft).is_empty() {
        return None;
    }
    let host = host(to, &visit.here);
    let lead = &visit.lead;
    let queued = lead.state.starts_with("queued");
    let all = el("section", "bsh-card bsh-lead-form")
        .at(At::DataSection, "lead")
        .key("lead")
        .put(heading("h2", pack.t(T::LeadTitle)))
        .put(p("", pack.brand("send.text")))
        .put(p("bsh-soft", &pack.fill(T::LeadTo, &[("host", host)])));
    // Always there, so that what comes into it is heard.
    let said = el("div", "").at(At::Role, "status").key("state").each(state(pack, lead, host).into_iter());
    if queued {
        let moves = el("div", "bsh-ways")
            .key("moves")
            .put(button(pack.t(T::LeadNow), "bsh-primary", Msg::Send(String::new(), String::new())).key("now"))
            .put(button(pack.t(T::LeadUnsend), "", Msg::Unsend).key("unsend"));
        return Some(all.put(said).put(moves));
    }
    Some(form(all, pack, visit, draft, to).put(said))
}

/// The fields, the sentence that is agreed to, the text in full, the button.
fn form(all: El, pack: &Pack, visit: &Visit, draft: &Draft, to: &str) -> El {
    let lead = &visit.lead;
    let by_mail = to.starts_with("mailto:");
    let fields = letter::fields(pack, visit, draft, by_mail);
    let text = letter::text(pack, &fields);
    let (href, whole) = match by_mail {
        true => letter::mail(to, &letter::subject(pack, draft), &text),
        false => (String::new(), true),
    };
    let wrong = lead.state == "consent" && !lead.consent;
    let tick = el("input", "")
        .at(At::Id, "bsh-lead-ok")
        .at(At::Type, "checkbox")
        .flag(At::AriaInvalid, wrong)
        .checked(lead.consent)
        .on(Ev::Change, Msg::LeadConsent(false));
    let none = || (String::new(), String::new());
    let go = match (lead.consent, by_mail) {
        (true, true) => el("a", "bsh-primary").at(At::Href, &href).text(pack.t(T::LeadMail)).key("mail"),
        (agreed, _) => {
            // Without the tick there is nothing in the button that could be sent.
            let (url, body) = if agreed { (to.into(), letter::form(&fields)) } else { none() };
            let label = if by_mail { T::LeadMail } else { T::LeadGo };
            button(pack.t(label), "bsh-primary", Msg::Send(url, body)).key("go")
        }
    };
    let by_hand = !whole || lead.state.starts_with("failed");
    let copy = by_hand.then(|| button(pack.t(T::LeadCopy), "", Msg::Copy(["#", TEXT].concat())).key("copy"));
    let control = |which: usize, label: T| input(pack, lead, which, label);
    all.put(p("bsh-fine", pack.t(T::LeadFree)))
        .put(
            el("div", "bsh-fields")
                .key("fields")
                .put(control(0, T::LeadName))
                .put(control(1, T::LeadCompany))
                .put(control(2, T::LeadEmail))
                .put(control(3, T::LeadMessage)),
        )
        .put(el("label", "").key("ok").put(tick).put(el("span", "").text(pack.brand("send.consent"))))
        .put(el("h3", "").at(At::Id, "bsh-lead-exact").key("exact").text(pack.t(T::LeadExact)))
        .put(shown(&text, by_hand))
        .put(p("bsh-soft", pack.t(T::LeadLong)).flag(At::Hidden, whole).key("long"))
        .put(el("div", "bsh-ways").key("moves").put(go).put_if(copy))
}

/// The whole of it, in a control where it is to be copied.
fn shown(text: &str, by_hand: bool) -> El {
    match by_hand {
        true => el("div", "bsh-field bsh-fixed")
            .key("copied")
            .put(copied("textarea", text).at(At::Id, TEXT).at(At::AriaLabelledby, "bsh-lead-exact")),
        false => el("pre", "bsh-sends").key("text").at(At::Id, TEXT).text(text),
    }
}

fn input(pack: &Pack, lead: &Lead, which: usize, label: T) -> El {
    let id = ["bsh-lead-", &*n(which as u64)].concat();
    let control = match which {
        3 => el("textarea", "").at(At::Rows, "3"),
        which => el("input", "")
            .at(At::Type, if which == 2 { "email" } else { "text" })
            .at(At::Autocomplete, ["name", "organization", "email"].get(which).copied().unwrap_or("off")),
    };
    let control = control
        .at(At::Id, &id)
        .at(At::Maxlength, &Lead::most(which).to_string())
        .value(lead.fields.get(which).map_or("", String::as_str))
        .on(Ev::Input, Msg::Lead(which, String::new()));
    el("div", "bsh-field").put(el("label", "").at(At::For, &id).text(pack.t(label))).put(control)
}

/// What became of it, in words.
fn state(pack: &Pack, lead: &Lead, host: &str) -> Vec<El> {
    let host = [("host", host)];
    let (word, rest) = lead.state.split_once('\t').unwrap_or((&lead.state, ""));
    let banner = |text: &str| p("bsh-banner", text);
    let warn = |text: &str| p("bsh-banner bsh-warn", text);
    match word {
        "consent" if !lead.consent => vec![p("bsh-wrong", pack.t(T::LeadTick))],
        "queued" if !rest.is_empty() => vec![banner(pack.t(T::LeadGoing))],
        "sending" => vec![banner(pack.t(T::LeadGoing))],
        "queued" => vec![warn(&pack.fill(T::LeadQueued, &host))],
        "unsent" => vec![banner(pack.t(T::LeadUnsent))],
        "sent" => {
            let (date, time) = rest.split_once('T').unwrap_or((rest, ""));
            vec![banner(&pack.fill(T::LeadSent, &[("date", &day(pack, date)), ("time", time)]))]
        }
        "failed" => {
            let why = match rest {
                "timeout" => pack.fill(T::LeadSlow, &host),
                "csp" => pack.fill(T::LeadBarred, &host),
                "cors" => pack.fill(T::LeadMute, &host),
                status if status.parse::<u16>().is_ok() => pack.fill(T::LeadStatus, &[host[0], ("n", status)]),
                _ => pack.fill(T::LeadLost, &host),
            };
            vec![warn(&[&why, " ", pack.t(T::LeadHand)].concat())]
        }
        _ => Vec::new(),
    }
}

/// Who gets it: an address of mail, or the name of a host. `here` is the address of the page.
fn host<'a>(to: &'a str, here: &'a str) -> &'a str {
    if let Some(mail) = to.strip_prefix("mailto:") {
        return mail;
    }
    let at = if to.starts_with("https:") { to } else { here };
    let rest = ["https://", "http://"].iter().find_map(|start| at.strip_prefix(start)).unwrap_or(at);
    rest.split(['/', '?', '#']).next().unwrap_or(rest)
}
