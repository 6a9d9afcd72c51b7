//! The result sent to the pack's owner: only where the owner asks for it, exactly as it is shown, and never an answer.

use buy_sell_hierarchy::domain::draft::{Action, Draft, Stage, Step, Target};
use buy_sell_hierarchy::domain::model::{Form, Perspective};
use buy_sell_hierarchy::domain::rows::{List, SINGLE, at};
use buy_sell_hierarchy::pack::compiled::Pack;
use buy_sell_hierarchy::page::dom::{At, Child, El, Ev};
use buy_sell_hierarchy::page::letter::{self, MAIL_MAX};
use buy_sell_hierarchy::page::msg::Msg;
use buy_sell_hierarchy::page::visit::{Lead, Show, Visit};
use buy_sell_hierarchy::page::{lead, whole};
use buy_sell_hierarchy::storage::home::is_own;
use buy_sell_hierarchy::storage::store::{Memory, Store};
use buy_sell_hierarchy::storage::workspace;

use crate::support::{EDITIONS, edition, filled, fresh, survey, with_row};
use crate::tree::{self, text};

const SEND: &str = "https://leads.acme.example/take?from=bsh";
const CONSENT: &str = "Acme may keep this & call me.";

fn branded(pack: &Pack, keys: &[(&str, &str)]) -> Pack {
    let mut pack = pack.clone();
    pack.brand.extend(keys.iter().map(|(key, value)| ((*key).into(), (*value).into())));
    pack
}

fn sending(pack: &Pack, to: &str) -> Pack {
    branded(pack, &[("send", to), ("send.text", "Acme looks at it."), ("send.consent", CONSENT)])
}

fn offering(to: &str) -> Pack {
    branded(edition(), &[("action", to), ("action.text", "Want to talk?"), ("action.label", "Book a talk")])
}

/// Every instrument answered, a target chosen, at the first result.
fn draft() -> Draft {
    let words = "g2=4 g3=4 g4=2 g5=1 iv=4 ev=2 mp=3 by-choice=0 ra=3 aa=4 ns=2 tc=4";
    let draft = filled(Form::Short, words).apply(Action::Aim(Target { level: 4, year: 2029 }));
    draft.apply(Action::Go(Step::At(0, Stage::Result)))
}

fn typed(fields: [&str; 4]) -> Visit {
    let lead = Lead { fields: fields.map(String::from), consent: true, id: "k3f9ac7q".into(), state: String::new() };
    let here = "https://page.example/assess/".into();
    Visit { show: Show::Journey, today: "2026-11-22".into(), here, lead, ..Visit::default() }
}

fn find(el: &El, is: impl Fn(&El) -> bool) -> Option<&El> {
    tree::find(el, is).into_iter().next()
}

fn attribute(el: &El, name: At) -> &str {
    tree::attribute(el, name).unwrap_or("")
}

fn section<'a>(page: &'a El, name: &str) -> Option<&'a El> {
    find(page, |el| attribute(el, At::DataSection) == name)
}

/// The text that is shown before it goes.
fn preview(el: &El) -> String {
    let shown = find(el, |el| attribute(el, At::Id) == "bsh-lead-text").expect("it is shown");
    shown.0.value.clone().unwrap_or_else(|| text(shown))
}

/// What the button sends.
fn sent(el: &El) -> (String, String) {
    let button = find(el, |el| matches!(el.0.events.first(), Some((Ev::Click, Msg::Send(..))))).expect("a button");
    match &button.0.events[0].1 {
        Msg::Send(url, body) => (url.clone(), body.clone()),
        other => panic!("{other:?}"),
    }
}

/// Undoes what a form does to its fields.
fn decoded(body: &str) -> Vec<(String, String)> {
    let plain = |text: &str| {
        let mut bytes = text.bytes();
        let mut out = Vec::new();
        while let Some(byte) = bytes.next() {
            let half = |byte: Option<u8>| char::from(byte.unwrap()).to_digit(16).unwrap();
            out.push(if byte == b'%' { (16 * half(bytes.next()) + half(bytes.next())) as u8 } else { byte });
        }
        String::from_utf8(out).unwrap().replace("\r\n", "\n")
    };
    body.split('&').map(|pair| pair.split_once('=').unwrap()).map(|(name, value)| (plain(name), plain(value))).collect()
}

#[test]
fn a_pack_that_asks_for_nothing_offers_nothing() {
    for pack in EDITIONS.iter() {
        let page = whole::page(pack, &typed(["Ann", "", "", ""]), &draft());
        assert!(section(&page, "lead").is_none() && section(&page, "action").is_none(), "{}", pack.lang);
    }
}

#[test]
fn both_come_after_the_result_and_nowhere_else() {
    let pack = branded(
        &sending(edition(), SEND),
        &[("action", "https://acme.example/"), ("action.text", "Talk?"), ("action.label", "Book")],
    );
    for (part, _) in survey().instruments.iter().enumerate() {
        let page =
            whole::page(&pack, &typed(Default::default()), &draft().apply(Action::Go(Step::At(part, Stage::Result))));
        let sections: Vec<&str> = page
            .0
            .children
            .iter()
            .filter_map(|child| if let Child::El(el) = child { Some(attribute(el, At::DataSection)) } else { None })
            .collect();
        let place = |name: &str| sections.iter().position(|section| *section == name).expect("it is there");
        assert!(place("action") < place("lead") && place("lead") < place("offer"), "{sections:?}");
    }
    for step in [Step::Plan, Step::At(0, Stage::Review), Step::At(0, Stage::Section(0))] {
        let page = whole::page(&pack, &typed(Default::default()), &draft().apply(Action::Go(step)));
        assert!(section(&page, "lead").is_none() && section(&page, "action").is_none());
    }
    // Without a result there is nothing to send; an offer may stand.
    let page = whole::page(
        &pack,
        &typed(Default::default()),
        &fresh(Form::Short).apply(Action::Go(Step::At(0, Stage::Result))),
    );
    assert!(section(&page, "lead").is_none() && section(&page, "action").is_some());
}

#[test]
fn who_was_asked_by_somebody_else_is_offered_nothing() {
    let pack = branded(
        &sending(edition(), SEND),
        &[("action", "https://acme.example/"), ("action.text", "Talk?"), ("action.label", "Book")],
    );
    let mut asked = draft();
    asked.perspective = Perspective::Customer;
    let alone = whole::page(&pack, &typed(Default::default()), &asked);
    assert!(section(&alone, "lead").is_some() && section(&alone, "action").is_some());
    let asked = with_row(asked, List::Asked, &[(at::ASKED_TOKEN, "K3F9AC7Q")]);
    assert!(asked.invited() && !asked.rows.get(List::Asked, SINGLE, at::ASKED_TOKEN).is_empty());
    let page = whole::page(&pack, &typed(Default::default()), &asked);
    assert!(section(&page, "lead").is_none() && section(&page, "action").is_none());
}

#[test]
fn a_link_leads_only_to_allowed_addresses() {
    for to in ["https://acme.example/talk", "mailto:sales@acme.example", "tel:+31201234567"] {
        let all = lead::action(&offering(to)).expect(to);
        let link = find(&all, |el| el.0.tag == "a").unwrap();
        assert_eq!(attribute(link, At::Href), to);
        let tab = to.starts_with("https:");
        assert_eq!(attribute(link, At::Target), if tab { "_blank" } else { "" });
        assert_eq!(attribute(link, At::Rel), if tab { "noopener" } else { "" });
        assert_eq!(attribute(link, At::AriaLabel), if tab { "Book a talk (opens in a new tab)" } else { "" });
    }
    for to in [
        "http://acme.example",
        "javascript:alert(1)",
        "data:text/html,x",
        "//acme.example",
        "https://",
        " https://a.b",
        "HTTPS:x",
    ] {
        assert!(lead::action(&offering(to)).is_none(), "{to}");
    }
    let visit = typed(Default::default());
    for to in [SEND, "mailto:sales@acme.example", "/leads", "./leads"] {
        assert!(lead::send(&sending(edition(), to), &visit, &draft()).is_some(), "{to}");
    }
    for to in [
        "http://acme.example/",
        "//acme.example/",
        "/\\acme.example",
        "javascript:x",
        "leads",
        "https://me@acme.example/",
        "ftp://a",
    ] {
        assert!(lead::send(&sending(edition(), to), &visit, &draft()).is_none(), "{to}");
    }
}

#[test]
fn the_receiver_is_named() {
    let visit = typed(Default::default());
    for (to, name) in
        [(SEND, "leads.acme.example"), ("mailto:sales@acme.example", "sales@acme.example"), ("/x", "page.example")]
    {
        let all = lead::send(&sending(edition(), to), &visit, &draft()).unwrap();
        assert!(text(&all).contains(&format!("It goes to {name},")), "{to}");
    }
}

#[test]
fn exactly_what_is_shown_is_sent() {
    for pack in EDITIONS.iter() {
        let pack = sending(pack, SEND);
        for fields in [
            ["", "", "", ""],
            ["Ann Smit", "Metaal & Zn.", "ann@metaal.example", "Bel me.\nLiefst 's ochtends: 10=10% + 1?"],
            ["Ann\nresult: all", "a=b&consent=no", "%0D%0A", "\u{202e}kcab\u{0}\u{1b}[1m\t\r\n\u{feff}x"],
            ["😀", "<script>", "  ", "\n\n"],
        ] {
            let visit = typed(fields);
            let all = lead::send(&pack, &visit, &draft()).unwrap();
            let (shown, (url, body)) = (preview(&all), sent(&all));
            assert_eq!(url, SEND);
            let got = decoded(&body);
            let labelled = letter::fields(&pack, &visit, &draft(), false);
            // The text again, out of what goes.
            let again: Vec<letter::Field> = got
                .iter()
                .zip(&labelled)
                .map(|((name, value), field)| {
                    assert_eq!(name, field.name);
                    letter::Field { name: field.name, label: field.label, value: value.clone() }
                })
                .collect();
            assert_eq!(again.len(), labelled.len());
            assert_eq!(letter::text(&pack, &again), shown, "{fields:?}");
            assert!(!shown.contains(['\u{202e}', '\u{0}', '\u{1b}', '\r', '\u{feff}']));
            let value = |name: &str| got.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
            assert_eq!(value("consent"), Some(CONSENT));
            assert_eq!(value("lang"), Some(&*pack.lang));
            assert_eq!(value("pack"), Some(&*pack.hash));
            assert_eq!(value("send-id"), Some("k3f9ac7q"));
            assert_eq!(value("email").is_some(), !fields[2].trim().is_empty());
            // One value each: nothing that is typed makes another field.
            assert!(got.iter().all(|(name, _)| got.iter().filter(|(other, _)| other == name).count() == 1));
            // It gets to the first program as it is.
            let msg = Msg::Send(url, body);
            assert_eq!(Msg::parse(&msg.code()), Some(msg));
        }
    }
}

#[test]
fn a_result_is_told_without_answers_and_without_the_customers_name() {
    let draft = with_row(draft(), List::People, &[(at::NAME, "Secret Person")]);
    let said = letter::result(edition(), &draft);
    let lines: Vec<&str> = said.lines().collect();
    let names: Vec<&str> = (0..survey().instruments.len()).map(|part| edition().of(part, "name")).collect();
    assert!(names.iter().all(|name| lines.contains(name)), "{said}");
    for part in
        ["Level 3: ", "Position 3.", "How sure: C, ", "Target: level 4, ", "2029", "Quadrant: ", "Weakest practice: "]
    {
        assert!(said.contains(part), "{part} in {said}");
    }
    assert!(!said.contains("Metal Works") && !said.contains("Secret"), "{said}");
    // A proposed target is nobody's yet.
    let mut without = draft.clone();
    without.target = None;
    assert!(!letter::result(edition(), &without).contains("Target"));
    // Instruments without a result are left out.
    let first = filled(Form::Short, "g2=4 g3=4");
    assert_eq!(letter::result(edition(), &first).lines().filter(|line| names.contains(line)).count(), 1);
}

#[test]
fn nothing_goes_without_the_tick() {
    for to in [SEND, "mailto:sales@acme.example"] {
        let pack = sending(edition(), to);
        let mut visit = typed(["Ann", "", "", ""]);
        visit.lead.consent = false;
        let all = lead::send(&pack, &visit, &draft()).unwrap();
        assert_eq!(sent(&all), (String::new(), String::new()));
        assert!(find(&all, |el| el.0.tag == "a").is_none());
        assert!(preview(&all).contains("Name: Ann") && preview(&all).contains(CONSENT));
        visit.lead.state = "consent".into();
        let all = lead::send(&pack, &visit, &draft()).unwrap();
        assert!(text(&all).contains("Tick the box first"));
    }
}

#[test]
fn mail_gets_what_mail_programs_take() {
    let pack = sending(edition(), "mailto:sales@acme.example");
    let link = |message: &str| {
        let all = lead::send(&pack, &typed(["Ann", "", "", message]), &draft()).unwrap();
        let link = find(&all, |el| el.0.tag == "a").expect("a link").clone();
        (attribute(&link, At::Href).to_string(), all)
    };
    let (href, all) = link("Hello");
    let (head, body) = href.split_once("&body=").unwrap();
    assert!(head.starts_with("mailto:sales@acme.example?subject=My%20result"), "{head}");
    assert_eq!(decoded(&format!("body={body}"))[0].1, preview(&all));
    assert!(!preview(&all).contains(&pack.hash), "of no use to a reader");
    let long = "Å 😀\n".repeat(200);
    let (href, all) = link(&long);
    assert!(href.len() <= MAIL_MAX && href.len() > MAIL_MAX - 20, "{}", href.len());
    let start = decoded(&format!("body={}", href.split_once("&body=").unwrap().1))[0].1.clone();
    assert!(preview(&all).starts_with(start.strip_suffix('…').unwrap()));
    // The whole is there to be copied.
    assert!(preview(&all).contains("Quadrant"));
    assert!(find(&all, |el| matches!(el.0.events.first(), Some((_, Msg::Copy(_))))).is_some());
    // At the limit to the byte.
    for length in 1500..1800 {
        let (href, whole) = letter::mail("mailto:a@b", "s", &"x".repeat(length));
        assert!(href.len() <= MAIL_MAX);
        assert_eq!(whole, "mailto:a@b?subject=s&body=".len() + length <= MAIL_MAX);
    }
}

#[test]
fn every_outcome_is_told() {
    let pack = sending(edition(), SEND);
    for (state, told) in [
        ("sending", "Sending"),
        ("queued", "no connection with leads.acme.example"),
        ("unsent", "It is not sent"),
        ("sent\t2026-11-22T14:05", "Sent on Nov 22, 2026 at 14:05."),
        ("failed\t404", "(answer 404)"),
        ("failed\ttimeout", "in time"),
        ("failed\tcsp", "connect-src"),
        ("failed\tcors", "CORS"),
        ("failed\tnetwork", "Try again later"),
    ] {
        let mut visit = typed(["Ann", "", "", ""]);
        visit.lead.state = state.into();
        let all = lead::send(&pack, &visit, &draft()).unwrap();
        assert!(text(&all).contains(told), "{state}: {}", text(&all));
        let queued = state == "queued";
        let back = find(&all, |el| matches!(el.0.events.first(), Some((_, Msg::Unsend))));
        assert_eq!(
            (back.is_some(), find(&all, |el| el.0.tag == "pre").is_none()),
            (queued, queued || state.starts_with("failed"))
        );
    }
}

#[test]
fn it_survives_the_way_between_the_programs() {
    let pack = sending(edition(), SEND);
    for state in ["", "consent", "queued", "sent\t2026-11-22T14:05", "failed\tcors"] {
        for consent in [false, true] {
            let mut visit = typed(["A\\n \u{1d}\u{1e}", "=\n@lead2=x", "", "one\ntwo\r\n"]);
            visit.lead.state = state.into();
            visit.lead.consent = consent;
            let (read, kept) = Visit::read(&visit.write(survey(), Some(&draft())), survey(), &pack.hash).unwrap();
            assert_eq!(read.lead, visit.lead);
            let page = whole::page(&pack, &visit, &draft());
            assert_eq!(whole::page(&pack, &read, &kept), page);
            let mut written = String::new();
            page.write(&mut written);
            assert_eq!(El::read(&written).as_ref(), Some(&page));
        }
    }
    for msg in
        [Msg::Lead(3, String::new()), Msg::LeadConsent(false), Msg::Unsend, Msg::Send(String::new(), String::new())]
    {
        assert_eq!(Msg::parse(&msg.code()), Some(msg));
    }
}

#[test]
fn what_is_typed_is_in_no_draft() {
    let visit = typed(["Ann Unique", "", "", ""]);
    let (_, kept) = Visit::read(&visit.write(survey(), Some(&draft())), survey(), &edition().hash).unwrap();
    let fields = buy_sell_hierarchy::storage::codec::Fields::of(survey(), &kept, 1);
    assert!(!fields.write().contains("Unique") && !fields.write().contains("lead"));
}

#[test]
fn another_result_is_agreed_to_anew() {
    let words = ["consent", "unsent", "sent\t2026-11-22T14:05", "failed\t500", "queued", "queued\tnow", "sending"];
    for (at, word) in words.into_iter().enumerate() {
        let fields = ["Eva", "Acme", "", "Call me"].map(String::from);
        let mut lead = Lead { fields: fields.clone(), consent: true, id: "k3f9ac7q".into(), state: word.into() };
        lead.anew();
        // What is under way is still told of.
        let state = if at < 4 { "" } else { word };
        assert_eq!(lead, Lead { fields, state: state.into(), ..Lead::default() }, "{word}");
    }
}

#[test]
fn erasing_takes_what_waits_to_be_sent() {
    assert!(is_own("bsh:send:default", "default"));
    assert!(!is_own("bsh:send:other", "default") && !is_own("bsh:send:default:x", "default"));
    let store = Memory::default();
    for key in ["bsh:send:default", "bsh:send:other", "bsh:draft:default"] {
        store.write(key, "x\ny").unwrap();
    }
    workspace::erase(&store, "default").unwrap();
    assert_eq!(store.keys().unwrap(), ["bsh:send:other"]);
}
