//! The page of an account and the pages of the customer's edition, as values: with nobody, with few, with many, over
//! several rounds, in every language.

use crate::support::{EDITIONS, answered, edition, filled, fresh, hierarchy, place, survey, with_row};
use crate::tree::{self, all, find, has_class, text};
use buy_sell_hierarchy::diagram::timeline::{RoundInput, Timeline, TimelineInput};
use buy_sell_hierarchy::domain::answer::Answer;
use buy_sell_hierarchy::domain::draft::{Action, Draft, Stage, Step};
use buy_sell_hierarchy::domain::model::{Form, Perspective};
use buy_sell_hierarchy::domain::raters::{Agreement, Gap, GapSize, Headline, Rater, Whose, camps, differences, spread};
use buy_sell_hierarchy::domain::rounds::{Movement, Round, rounds};
use buy_sell_hierarchy::domain::rows::{List, SINGLE, at};
use buy_sell_hierarchy::domain::scorecard::Scorecard;
use buy_sell_hierarchy::domain::views::View;
use buy_sell_hierarchy::exchange::code::{decode, encode, return_link, spoken};
use buy_sell_hierarchy::exchange::link::{mailto, read_invite};
use buy_sell_hierarchy::pack::compiled::Pack;
use buy_sell_hierarchy::pack::texts::T;
use buy_sell_hierarchy::page::dom::{At, Child, El, Ev};
use buy_sell_hierarchy::page::msg::{Loss, Msg};
use buy_sell_hierarchy::page::visit::{Show, Table, Visit};
use buy_sell_hierarchy::page::{account, handback, invited, later, views};
use proptest::prelude::*;

const OTHER: &str = "00000000000000ff";
const TOKEN: &str = "K3F9AC7Q";
const HERE: &str = "https://example.org/page/";
/// Around 2, 3 and 5.
const LOW: &str = "g2=4 g3=1 g4=0 g5=0";
const MIDDLE: &str = "g2=4 g3=3 g4=1 g5=0";
const HIGH: &str = "g2=4 g3=4 g4=4 g5=3";

/// An account with the own answers of the present round.
fn own(round: &str, words: &str) -> Draft {
    let draft = if words.is_empty() { fresh(Form::Full) } else { filled(Form::Full, words) };
    with_row(draft, List::About, &[(at::ROUND, round)]).apply(Action::Go(Step::Account))
}

/// One more view: round, person (0 for own), day, and the edition that was answered.
fn view(draft: Draft, (round, who, day): (u32, u32, &str), words: &str, pack: &str) -> Draft {
    let sheet = filled(Form::Full, words).sheet(0);
    let view = View::of_sheet(&hierarchy(), &sheet, (round, (who > 0).then_some(who)), day, pack);
    let fields = view.fields();
    let fields: Vec<(usize, &str)> = fields.iter().map(|(at, text)| (*at, text.as_str())).collect();
    with_row(draft, List::Views, &fields)
}

/// One more person, who answers in the first round.
fn asked(draft: Draft, name: &str, (function, role): (&str, &str), words: &str) -> Draft {
    let draft = with_row(draft, List::People, &[(at::NAME, name), (at::FUNCTION, function), (at::ROLE, role)]);
    let who = draft.rows.of(List::People).last().unwrap().id;
    view(draft, (1, who, "2026-11-20"), words, &edition().hash)
}

fn nobody() -> Draft {
    own("", "")
}

fn one() -> Draft {
    asked(own("", HIGH), "Ann", ("it", ""), MIDDLE)
}

fn agreeing() -> Draft {
    let draft = asked(own("", LOW), "Ann", ("it", "coach"), HIGH);
    asked(asked(draft, "", ("", ""), HIGH), "Bo", ("finance", "sponsor"), HIGH)
}

fn torn() -> Draft {
    let draft = asked(own("", MIDDLE), "Ann", ("it", "coach"), HIGH);
    asked(asked(draft, "Bo", ("", ""), LOW), "Cis", ("it", "coach"), "g2=0 g3=0 g4=4 g5=0")
}

fn ten() -> Draft {
    let words = [LOW, MIDDLE, HIGH, "g2=4 g3=2 g4=1 g5=0", "g2=3 g3=1 g4=0 g5=0"];
    (0..10).fold(own("", HIGH), |draft, at| {
        let name = ["Person ", &at.to_string()].concat();
        asked(draft, &name, ("it", "coach"), words[at % words.len()])
    })
}

/// Four rounds: own view, another edition with little in common, a customer, the present one.
fn years() -> Draft {
    let draft = answered(asked(own("4", MIDDLE), "Ann", ("it", "coach"), LOW), "r-01=x");
    let draft = view(draft, (1, 0, "2023-05-01"), &[LOW, " r-03=x"].concat(), &edition().hash);
    let mut draft = view(draft, (2, 1, "2024-05-01"), HIGH, OTHER);
    let row = draft.rows.of(List::Views).last().unwrap().clone();
    let code = row.get(at::VIEW_CODE).replace("g3-", "h3-").replace("g4-", "h4-").replace("g5-", "h5-");
    draft.rows.set(List::Views, row.id, at::VIEW_CODE, &code);
    let draft = view(draft, (3, 1, "2025-05-01"), MIDDLE, &edition().hash);
    view(draft, (4, 1, "2026-11-21"), HIGH, &edition().hash)
}

/// Somebody invited, somebody who has answered, somebody who has not been asked.
fn inviting() -> Draft {
    let draft = with_row(one(), List::People, &[(at::NAME, "")]);
    let draft = with_row(draft, List::People, &[(at::NAME, "Örjan & søn")]);
    let invite = |draft, person: &str, round: &str, token: &str| {
        let fields =
            [(at::TOKEN, token), (at::INVITED, person), (at::INVITE_ROUND, round), (at::INVITE_DATE, "2026-11-01")];
        with_row(draft, List::Invites, &fields)
    };
    let draft = invite(draft, "1", "1", TOKEN);
    invite(invite(draft, "2", "1", "22222222"), "2", "1", "33333333")
}

pub fn accounts() -> Vec<(&'static str, Draft)> {
    vec![
        ("nobody", nobody()),
        ("own", own("", LOW)),
        ("one", one()),
        ("two", asked(one(), "Bo", ("", "coach"), HIGH)),
        ("agreeing", agreeing()),
        ("torn", torn()),
        ("ten", ten()),
        ("years", years()),
        ("inviting", inviting()),
        ("unknown", asked(own("", "g2=4"), "Ann", ("", ""), "g2=dk g3=dk")),
    ]
}

fn visit(company: &str) -> Visit {
    Visit {
        show: Show::Journey,
        today: "2026-11-22".into(),
        company: company.into(),
        here: HERE.into(),
        qr: ("#bsh-link-3".into(), "25 M0 0h7v7h-7z".into()),
        table: Table { picks: vec!["1".into(), "3".into()], ..Table::default() },
        ..Visit::default()
    }
}

fn draw(pack: &Pack, visit: &Visit, draft: &Draft) -> El {
    account::page(later::frame(pack, "account"), pack, visit, draft)
}

/// Answers of somebody at the customer.
fn answering(words: &str, fields: &[(usize, &str)]) -> Draft {
    let mut draft = if words.is_empty() { fresh(Form::Short) } else { filled(Form::Short, words) };
    draft.perspective = Perspective::Customer;
    with_row(draft, List::Asked, fields).apply(Action::Go(Step::Handback))
}

fn invitation() -> Vec<(usize, &'static str)> {
    vec![(at::ASKED_TOKEN, TOKEN), (at::ASKED_COMPANY, "Metal & Works"), (at::ASKED_LABEL, "Ann")]
}

pub fn customers() -> Vec<(&'static str, Draft)> {
    let mut named = invitation();
    named.push((at::ASKED_NAME, "Ann Berg of the Northern Harbour Company Limited"));
    let noted = answering("g2=4 g3=3 g3-01=dk g4=1", &invitation());
    let noted = noted.apply(Action::Note(place("g2-01"), "Only here.".into()));
    vec![
        ("blank", answering("", &[])),
        ("some", noted),
        ("all", answering(HIGH, &named)),
        ("full", {
            let mut draft = answering("g2=4 g3=4 g4=3 g5=na", &named);
            draft.form = Form::Full;
            draft
        }),
    ]
}

/// Every page of this module, and what it is.
fn every_page(mut check: impl FnMut(&str, &Pack, &Visit, &Draft, &El)) {
    for pack in EDITIONS.iter() {
        for company in ["", "Metal Works"] {
            let visit = visit(company);
            for (name, draft) in accounts() {
                check(&format!("{} {name} {company}", pack.lang), pack, &visit, &draft, &draw(pack, &visit, &draft));
            }
            for (name, draft) in customers() {
                let what = format!("{} {name}", pack.lang);
                let frame = |code: &str| later::frame(pack, code);
                check(&what, pack, &visit, &draft, &handback::page(frame("handback"), pack, &visit, &draft));
                check(&what, pack, &visit, &draft, &invited::page(frame("invited"), pack, &visit, &draft));
            }
        }
    }
}

/// An attribute; blank when there is none.
fn attribute(el: &El, name: At) -> &str {
    tree::attribute(el, name).unwrap_or("")
}

/// What is to be seen of an element: without hidden parts.
fn seen(el: &El) -> String {
    let of = |child: &Child| match child {
        Child::Text(text) => text.clone(),
        Child::El(el) if attribute(el, At::Hidden).is_empty() => seen(el),
        Child::El(_) => String::new(),
    };
    el.0.children.iter().map(of).collect()
}

fn section<'a>(page: &'a El, name: &str) -> &'a El {
    let found = find(page, |el| attribute(el, At::DataSection) == name);
    assert_eq!(found.len(), 1, "{name}");
    found[0]
}

/// The texts of the cells of a table, row by row, without its head.
fn cells(el: &El, class: &str) -> Vec<Vec<String>> {
    let table = find(el, |el| el.0.tag == "table" && has_class(el, class));
    let Some(table) = table.first() else { return Vec::new() };
    let rows = find(table, |el| el.0.tag == "tr");
    let of = |row: &&El| find(row, |el| matches!(&*el.0.tag, "td" | "th")).iter().map(|cell| text(cell)).collect();
    rows.iter().skip(1).map(of).collect()
}

fn by_id<'a>(page: &'a El, id: &str) -> &'a El {
    let found = find(page, |el| attribute(el, At::Id) == id);
    assert_eq!(found.len(), 1, "{id}");
    found[0]
}

fn sends(page: &El, msg: &Msg) -> usize {
    find(page, |el| el.0.events.iter().any(|(_, known)| known == msg)).len()
}

fn of(draft: &Draft) -> Vec<Round> {
    rounds(survey(), draft, 0, usize::MAX)
}

#[test]
fn every_page_survives_the_way_between_the_programs() {
    every_page(|what, _, _, _, page| {
        let mut written = String::new();
        page.write(&mut written);
        assert!(El::read(&written).as_ref() == Some(page), "{what}");
    });
}

#[test]
fn every_message_reads_back() {
    let mut kinds: Vec<String> = Vec::new();
    every_page(|what, _, _, _, page| {
        all(page, &mut |el, _| {
            for (_, msg) in &el.0.events {
                let code = msg.code();
                assert_eq!(Msg::parse(&code).as_ref(), Some(msg), "{what}: {code:?}");
                kinds.push(code.split(' ').next().unwrap().into());
            }
        });
    });
    for kind in
        ["invite", "copy", "qr", "save-from", "company", "pick", "compare", "new-round", "go", "export", "remove"]
    {
        assert!(kinds.iter().any(|known| known == kind), "{kind}");
    }
}

#[test]
fn no_text_is_missing_and_no_id_is_there_twice() {
    const SAYING: [&str; 17] = [
        "b", "button", "caption", "desc", "h1", "h2", "h3", "label", "legend", "li", "option", "p", "small", "summary",
        "td", "th", "title",
    ];
    fn speaks(what: &str, el: &El) {
        if !attribute(el, At::Hidden).is_empty() {
            return;
        }
        // A tick box and its label share one name.
        let named = !attribute(el, At::AriaLabel).is_empty() || find(el, |el| el.0.tag == "input").len() == 1;
        if SAYING.contains(&&*el.0.tag) && !named {
            assert!(!seen(el).trim().is_empty(), "{what}: an empty {}", el.0.tag);
        }
        assert!(!attribute(el, At::AriaLabel).ends_with(": "), "{what}");
        for child in &el.0.children {
            match child {
                Child::El(el) => speaks(what, el),
                Child::Text(text) => assert!(!text.contains(['{', '}']), "{what}: a place is left in {text:?}"),
            }
        }
    }
    every_page(|what, _, _, _, page| {
        speaks(what, page);
        assert_eq!(find(page, |el| el.0.tag == "h1").len(), 1, "{what}");
        let with_id = find(page, |el| !attribute(el, At::Id).is_empty());
        let mut ids: Vec<&str> = with_id.into_iter().map(|el| attribute(el, At::Id)).collect();
        ids.sort_unstable();
        let count = ids.len();
        ids.dedup();
        assert_eq!(ids.len(), count, "{what}");
        for el in find(page, |el| el.0.tag == "label" && !attribute(el, At::For).is_empty()) {
            assert!(ids.contains(&attribute(el, At::For)), "{what}: a label of {:?}", attribute(el, At::For));
        }
        for el in find(page, |el| !attribute(el, At::Href).is_empty()) {
            assert!(attribute(el, At::Href).starts_with("mailto:"), "{what}");
        }
        // What is there to be copied cannot be changed.
        for el in find(page, |el| attribute(el, At::Class).contains("bsh-fixed")) {
            let controls = find(el, |el| matches!(&*el.0.tag, "input" | "textarea"));
            assert!(controls.iter().all(|el| !attribute(el, At::Readonly).is_empty()), "{what}");
        }
        // Elements of a list that have keys have different ones.
        all(page, &mut |el, _| {
            let mut keys: Vec<&String> =
                el.0.children
                    .iter()
                    .filter_map(|child| if let Child::El(el) = child { el.0.key.as_ref() } else { None })
                    .collect();
            let count = keys.len();
            keys.sort_unstable();
            keys.dedup();
            assert_eq!(keys.len(), count, "{what}: keys in {:?}", attribute(el, At::Class));
        });
    });
}

#[test]
fn the_headline_and_the_drawing_say_what_the_rules_say() {
    for pack in EDITIONS.iter() {
        for (name, draft) in accounts() {
            let rounds = of(&draft);
            let now = rounds.last().unwrap();
            let page = draw(pack, &visit(""), &draft);
            let head = section(&page, "headline");
            let title = text(find(head, |el| el.0.tag == "h2")[0]);
            assert_eq!(title, account::sentence(pack, 0, now.headline.as_ref()), "{name}");
            let told = |level: u8| pack.level(0, level, "supplier").to_string();
            match &now.headline {
                None => assert_eq!(title, pack.t(T::HeadNone)),
                Some(Headline { whose, level, .. }) => {
                    assert!(title.contains(&told(*level)), "{name}");
                    if let Whose::Customer(count @ 2..) = whose {
                        assert!(title.contains(&count.to_string()), "{name}: {title}");
                    }
                }
            }
            if let Some(x) = now.headline.as_ref().and_then(|headline| headline.position) {
                assert!(text(head).contains(&pack.position(x)), "{name}");
            }
            // One hollow marker, the others solid; nobody whose position is known is left out.
            let markers = |kind: &str| {
                let wide = find(head, |el| attribute(el, At::Class) == "bsh-pyramid-wide");
                find(wide[0], |el| attribute(el, At::Class) == kind).len()
            };
            let placed = |rater: &&Rater| rater.card.standing.position.is_some();
            let (own, theirs) = (now.own.iter().filter(placed).count(), now.customers.iter().filter(placed).count());
            let middle = usize::from(
                matches!(&now.headline, Some(h) if matches!(h.whose, Whose::Customer(2..)) && h.position.is_some()),
            );
            assert_eq!(markers("bsh-marker bsh-own"), own, "{name}");
            assert_eq!(markers("bsh-marker bsh-customer"), (theirs + middle).min(8 - own), "{name}");
        }
    }
}

#[test]
fn everybody_is_in_the_table_with_their_own_numbers() {
    for pack in EDITIONS.iter() {
        for (name, draft) in accounts() {
            let now = of(&draft).pop().unwrap();
            let page = draw(pack, &visit(""), &draft);
            let rows = cells(section(&page, "views"), "bsh-views");
            assert_eq!(rows.len(), now.raters().count(), "{name}");
            for (row, rater) in rows.iter().zip(now.raters()) {
                assert!(row[0].starts_with(&views::rater(pack, &draft, rater)), "{name}: {row:?}");
                assert_eq!(row[1] == "–", rater.role.is_empty(), "{name}: {row:?}");
                assert_eq!(row[3], views::level(pack, 0, rater.card.standing.strict));
                assert_eq!(row[4], views::band(pack, rater.card.standing.position, rater.card.range()));
                assert_eq!(row[5], rater.card.confidence.grade.letter().to_string());
                assert_eq!(sends(&page, &Msg::Remove(List::Views, rater.view)), usize::from(rater.who.is_some()));
            }
        }
    }
    let years = draw(edition(), &visit(""), &years());
    assert!(!text(section(&years, "views")).contains(&OTHER[..4]));
    // Somebody who is no longer among the people, and somebody of another edition.
    let mut draft = one();
    draft.rows.remove(List::People, 1);
    assert!(text(section(&draw(edition(), &visit(""), &draft), "views")).contains(edition().t(T::PersonGone)));
    let other = view(own("", LOW), (1, 1, "2026-11-20"), HIGH, OTHER);
    let table = text(section(&draw(edition(), &visit(""), &other), "views"));
    let all = filled(Form::Full, HIGH).sheet(0).answers.iter().flatten().count().to_string();
    assert!(table.contains(&edition().fill(T::OtherEditionOf, &[("n", &all), ("of", &all)])), "{table}");
}

#[test]
fn the_gap_goes_either_way() {
    let pack = edition();
    let told = |own_words: &str, their: &str| {
        let draft = asked(own("", own_words), "Ann", ("", ""), their);
        (of(&draft).pop().unwrap().gap.unwrap(), text(section(&draw(pack, &visit(""), &draft), "gap")))
    };
    let (gap, over) = told(HIGH, LOW);
    assert_eq!(gap.size, GapSize::Large);
    assert!(over.contains(&pack.gap(gap)) && over.contains('+') && over.contains(pack.t(T::GapLargeOver)));
    let (gap, under) = told(LOW, HIGH);
    assert!(gap.thousandths < 0 && under.contains('−') && under.contains(pack.t(T::GapLargeUnder)));
    let (_, same) = told(HIGH, HIGH);
    assert!(same.contains(pack.t(T::GapSame)) && same.contains(pack.t(T::GapAligned)));
    let (gap, notable) = told(MIDDLE, "g2=4 g3=3 g3-01=0 g4=0 g5=0");
    assert!(gap.size != GapSize::Notable || notable.contains(pack.t(T::GapNotableOver)), "{gap:?} {notable}");
    // What lies between the two positions that are shown: 2.2 and 1.9 are 0.3 apart.
    let gap = |own, customer| Gap::of(Some(own), Some(customer)).unwrap();
    for (own, customer, text) in
        [(2000, 2000, "0.0"), (2099, 2000, "0.0"), (2000, 2100, "−0.1"), (2250, 1999, "+0.3"), (5000, 1000, "+4.0")]
    {
        assert_eq!(pack.gap(gap(own, customer)), text);
    }
    assert_eq!(EDITIONS[1].gap(gap(1100, 2390)), "−1,2");
    assert!(text(section(&draw(pack, &visit(""), &nobody()), "gap")).contains(pack.t(T::GapNone)));
}

#[test]
fn agreement_is_told_from_three_people_on() {
    for pack in EDITIONS.iter() {
        for (name, draft) in accounts() {
            let now = of(&draft).pop().unwrap();
            let page = draw(pack, &visit(""), &draft);
            let all = section(&page, "agree");
            let rows = cells(all, "bsh-agree");
            if now.customers.len() < 3 {
                assert!(rows.is_empty(), "{name}");
                continue;
            }
            let gates = Agreement::of(&hierarchy(), &now.customers);
            assert_eq!(rows.len(), gates.len());
            for (row, gate) in rows.iter().zip(&gates) {
                let Some(gate) = gate else {
                    assert_eq!(row[1..], ["–", "–", pack.t(T::AgreeUnknown)], "{name}");
                    continue;
                };
                let number = |text: &str| text.replace(',', ".").parse::<f64>().unwrap();
                let (rwg, ad) = (number(&row[1]), number(&row[2]));
                assert!(
                    (rwg - (gate.rwg.max(0) as f64) / 1e9).abs() < 0.01 && (0.0..=1.0).contains(&rwg),
                    "{name} {row:?}"
                );
                assert!((ad - (gate.ad as f64) / 1e9).abs() < 0.01, "{name} {row:?}");
                // What is shown is on the same side of the limits as what is computed.
                assert_eq!(gate.disagree(), ad > 0.83 || rwg < 0.5, "{name} {row:?}");
                assert_eq!(row[3], pack.t(if gate.disagree() { T::AgreeNo } else { T::AgreeYes }));
            }
            let apart = gates.iter().flatten().any(Agreement::disagree);
            assert_eq!(seen(all).contains(pack.t(T::CampsTitle)), apart, "{name}");
            let lines = find(all, |el| el.0.tag == "li").len();
            assert_eq!(lines, if apart { camps(&now.customers).len() } else { 0 }, "{name}");
        }
    }
    let pack = edition();
    let torn = text(section(&draw(pack, &visit(""), &torn()), "agree"));
    assert!(torn.contains("Coach") && torn.contains(pack.t(T::CampRole)), "{torn}");
    assert!(!seen(section(&draw(pack, &visit(""), &agreeing()), "agree")).contains(pack.t(T::CampsTitle)));
    let few = |draft| text(section(&draw(pack, &visit(""), &draft), "agree"));
    assert!(few(one()).contains(pack.t(T::AgreeNone)));
    let two = asked(one(), "Bo", ("", ""), LOW);
    let (low, high) = spread(&of(&two)[0].customers).unwrap();
    let values = [("low", &*pack.position(low)), ("high", &pack.position(high))];
    assert!(few(two.clone()).contains(&pack.fill(T::AgreeFew, &values)));
}

#[test]
fn the_agenda_quotes_what_is_furthest_apart() {
    let pack = edition();
    let draft = agreeing();
    let now = of(&draft).pop().unwrap();
    let apart = differences(now.own.as_ref().unwrap(), &now.customers);
    assert!(apart.len() > 8);
    let page = draw(pack, &visit(""), &draft);
    let items = find(section(&page, "agenda"), |el| el.0.tag == "li");
    assert_eq!(items.len(), 8);
    let model = hierarchy();
    for (item, difference) in items.iter().zip(&apart) {
        let (_, asked) = model.items().nth(difference.item).unwrap();
        let told = text(item);
        assert!(told.contains(pack.at(&[&asked.id, ".own"].concat())), "{told}");
        for value in [difference.own, difference.customer] {
            assert!(told.contains(pack.answer(asked.scale, Some(Answer::Value(value)))), "{told}");
        }
    }
    let same = asked(own("", HIGH), "Ann", ("", ""), HIGH);
    assert!(text(section(&draw(pack, &visit(""), &same), "agenda")).contains(pack.t(T::AgendaNone)));
    assert!(text(section(&draw(pack, &visit(""), &nobody()), "agenda")).contains(pack.t(T::GapNone)));
}

#[test]
fn an_invitation_says_who_asks_and_nothing_else_about_the_account() {
    let pack = &EDITIONS[1];
    let mut draft = inviting();
    draft.account = "Secret customer".into();
    let page = draw(pack, &visit("Metal Works"), &draft);
    // The newest of two for one person; somebody without a name is not called anything.
    for (id, token, label) in [(1, TOKEN, "Ann"), (3, "33333333", "")] {
        let link = by_id(&page, &format!("bsh-link-{id}")).0.value.clone().unwrap();
        assert!(link.starts_with(HERE) && !link.contains("Secret"), "{link}");
        let read = read_invite(&link).unwrap();
        assert_eq!((&*read.token, &*read.company, &*read.label), (token, "Metal Works", label));
        assert_eq!((&read.pack, &read.lang), (&pack.hash, &pack.lang));
        let mail = by_id(&page, &format!("bsh-mail-{id}")).0.value.clone().unwrap();
        assert!(mail.contains(&link) && mail.contains("Metal Works"), "{mail}");
        assert_eq!(find(&page, |el| attribute(el, At::Href) == mailto(pack.t(T::InviteSubject), &mail)).len(), 1);
        for msg in [format!("#bsh-link-{id}"), format!("#bsh-mail-{id}")] {
            assert_eq!(sends(&page, &Msg::Copy(msg)), 1);
        }
        assert_eq!(sends(&page, &Msg::Qr(format!("#bsh-link-{id}"))), 1);
    }
    assert!(find(&page, |el| attribute(el, At::Id) == "bsh-link-2").is_empty());
    // Who has no invitation yet can be asked, and who has answered is told.
    assert_eq!([1, 2, 3].map(|person| sends(&page, &Msg::Invite(person))), [0, 0, 1]);
    let invites = seen(section(&page, "invite"));
    assert_eq!(invites.matches("20 ").count(), 1, "{invites}");
    let codes = find(&page, |el| attribute(el, At::Class) == "bsh-qr");
    assert_eq!(codes.iter().map(|code| attribute(code, At::ViewBox)).collect::<Vec<_>>(), ["0 0 25 25"]);
    // Nothing is made in nobody's name.
    let blank = draw(pack, &visit(" "), &draft);
    assert!(seen(section(&blank, "invite")).contains(pack.t(T::InviteCompany)));
    assert!(find(&blank, |el| !attribute(el, At::Href).is_empty()).is_empty() && sends(&blank, &Msg::Invite(3)) == 0);
    let alone = draw(pack, &visit("Metal Works"), &nobody());
    assert!(seen(section(&alone, "invite")).contains(pack.t(T::InviteNobody)));
    // An invitation of an earlier round is not that of the present one.
    let next = draft.apply(Action::Set(List::About, SINGLE, at::ROUND, "2".into()));
    assert_eq!(sends(&draw(pack, &visit("Metal Works"), &next), &Msg::Invite(1)), 1);
}

#[test]
fn history_shows_every_round_and_compares_no_other_edition() {
    for pack in EDITIONS.iter() {
        let draft = years();
        let rounds = of(&draft);
        let page = draw(pack, &visit(""), &draft);
        let history = section(&page, "history");
        let rows = cells(history, "bsh-history");
        assert_eq!(rows.len(), 4);
        // The newest comes first.
        for (row, round) in rows.iter().rev().zip(&rounds) {
            let headline = round.headline.as_ref();
            if let Some(x) = headline.and_then(|headline| headline.position) {
                assert_eq!(row[2], views::band(pack, Some(x), headline.and_then(|headline| headline.range)));
            }
            assert_eq!(sends(history, &Msg::Pick(round.number.to_string(), false)), 1);
        }
        let other = |row: &[String]| row[0].contains(&pack.t(T::OtherEditionOf)[..8]);
        assert_eq!(rows.iter().rev().map(|row| other(row)).collect::<Vec<_>>(), [false, true, false, false]);
        let moved: Vec<&str> = rows.iter().rev().map(|row| &*row[4]).collect();
        assert_eq!(moved[0], pack.t(T::MovedFirst));
        let n = pack.percent(10 * u32::try_from(rounds[1].common()).unwrap());
        assert_eq!(Movement::of(&rounds[0], &rounds[1]), Some(Movement::Incomparable));
        assert_eq!(moved[1], pack.fill(T::MovedOther, &[("n", &n)]));
        assert!(![T::MovedUp, T::MovedDown, T::MovedWithin].iter().any(|text| moved[2] == pack.t(*text)));
        assert_eq!(moved[3], pack.t(T::MovedUp));
        // Two are ticked.
        let go = find(history, |el| el.0.events.contains(&(Ev::Click, Msg::Compare)));
        assert_eq!(attribute(go[0], At::Disabled), "");
        let risks = cells(history, "bsh-risk-table");
        let (yes, no) = (pack.t(T::EventYes), pack.t(T::No));
        assert_eq!(risks, [vec![pack.at("r-01"), no, "–", "–", yes], vec![pack.at("r-03"), yes, "–", "–", no]]);
        let desc = text(find(history, |el| el.0.tag == "desc")[0]);
        for x in rounds.iter().filter_map(|round| round.headline.as_ref()?.position) {
            assert!(desc.contains(&pack.position(x)), "{desc}");
        }
    }
    let visit = Visit { table: Table::default(), ..visit("") };
    let page = draw(edition(), &visit, &years());
    let go = find(&page, |el| el.0.events.contains(&(Ev::Click, Msg::Compare)));
    assert_eq!(attribute(go[0], At::Disabled), "true");
    assert!(text(section(&draw(edition(), &visit, &one()), "history")).contains(edition().t(T::HistoryNone)));
}

#[test]
fn history_compares_no_own_view_with_the_customers() {
    for pack in EDITIONS.iter() {
        let draft = with_row(own("4", HIGH), List::People, &[(at::NAME, "Ann")]);
        let views = [(1, 0, LOW), (2, 1, HIGH), (3, 1, LOW)];
        let draft = views
            .into_iter()
            .fold(draft, |draft, (round, who, words)| view(draft, (round, who, "2025-05-01"), words, &edition().hash));
        let page = draw(pack, &visit(""), &draft);
        let rows = cells(section(&page, "history"), "bsh-history");
        let moved: Vec<&str> = rows.iter().rev().map(|row| &*row[4]).collect();
        let told = [T::MovedFirst, T::MovedView, T::MovedDown, T::MovedView];
        assert_eq!(moved, told.map(|text| pack.t(text)), "{}", pack.lang);
    }
}

#[test]
fn what_belongs_to_an_account_can_be_changed_on_its_page() {
    let page = draw(edition(), &visit(""), &years());
    for field in [at::ACCOUNT_OWNER, at::TAGS, at::REMIND] {
        assert_eq!(sends(&page, &Msg::Set(List::About, SINGLE, field, String::new())), 1);
    }
    for msg in [Msg::Export(false), Msg::Ask(Some(Loss::Account)), Msg::NewRound, Msg::Add(List::People, vec![])] {
        assert_eq!(sends(&page, &msg), 1, "{msg:?}");
    }
    // A round with something blank is gone on with, a full one is looked at.
    assert_eq!(sends(section(&page, "round"), &Msg::Go(Step::At(0, Stage::Result))), 1);
    let half = draw(edition(), &visit(""), &own("", "g2=4"));
    assert_eq!(sends(section(&half, "round"), &Msg::Go(Step::At(0, Stage::Section(1)))), 1);
}

#[test]
fn a_page_without_an_address_offers_no_link() {
    for pack in EDITIONS.iter() {
        let visit = Visit { here: String::new(), ..visit("Metal Works") };
        let page = draw(pack, &visit, &inviting());
        let invites = section(&page, "invite");
        let open = pack.t(T::Open);
        assert!(text(invites).contains(&pack.fill(T::InviteFileLead, &[("open", open)])) && !open.is_empty());
        assert!(find(invites, |el| el.0.tag == "a").is_empty(), "an e-mail cannot carry a file");
        for id in [1, 3] {
            let invitation = by_id(&page, &format!("bsh-link-{id}")).0.value.clone().unwrap();
            assert!(invitation.starts_with("#bsh-invite=") && read_invite(&invitation).is_ok(), "{invitation}");
            assert_eq!(sends(&page, &Msg::SaveFrom(format!("#bsh-link-{id}"))), 1);
        }
        let (_, customer) = customers().remove(0);
        let page = handback::page(later::frame(pack, "handback"), pack, &visit, &customer);
        assert!(!attribute(section(&page, "link"), At::Hidden).is_empty());
        let shown = |id: &str| by_id(&page, id).0.value.clone().unwrap();
        assert_eq!(shown("bsh-return-link"), "");
        let code = shown("bsh-return-code");
        let mail = pack.fill(T::HandBodyFile, &[("br", "\n"), ("code", &code)]);
        assert_eq!(shown("bsh-return-mail"), mail);
        assert!(mail.contains(&code) && shown("bsh-return-file").trim() == code);
    }
}

#[test]
fn what_is_handed_back_is_what_is_shown() {
    for pack in EDITIONS.iter() {
        for (name, draft) in customers() {
            let visit = visit("");
            let given = handback::given(pack, &visit, &draft);
            let model = &pack.survey.instruments[0].model;
            let code = encode(model, &pack.hash, &given);
            let page = handback::page(later::frame(pack, "handback"), pack, &visit, &draft);
            let shown = |id: &str| by_id(&page, id).0.value.clone().unwrap();
            let link = return_link(HERE, &code);
            assert_eq!((shown("bsh-return-link"), shown("bsh-return-code")), (link.clone(), spoken(&code)), "{name}");
            let mail = shown("bsh-return-mail");
            assert_eq!(find(&page, |el| attribute(el, At::Href) == mailto(pack.t(T::HandSubject), &mail)).len(), 1);
            assert_eq!(sends(&page, &Msg::SaveFrom("#bsh-return-file".into())), 1);
            for id in ["bsh-return-link", "bsh-return-code"] {
                assert_eq!(sends(&page, &Msg::Copy(["#", id].concat())), 1);
            }
            // Each of the four says the same.
            if !given.token.is_empty() {
                for way in [link, shown("bsh-return-code"), shown("bsh-return-file"), mail] {
                    assert_eq!(decode(model, &pack.hash, &way).as_ref(), Ok(&given), "{name}: {way}");
                }
            }
            let says = section(&page, "says");
            let count = |which: &dyn Fn(Answer) -> bool| given.answers.iter().flatten().filter(|a| which(**a)).count();
            let (all, unknown) = (count(&|_| true), count(&|answer| answer == Answer::DontKnow));
            let values = [("n", &*all.to_string()), ("unknown", &unknown.to_string())];
            assert!(text(says).contains(&pack.fill(T::HandAnswers, &values)), "{name}");
            assert_eq!(find(says, |el| attribute(el, At::Class) == "bsh-given").len(), all, "{name}");
            assert!(!text(&page).contains("Only here."), "a note's text stays");
            assert!(
                text(says).contains(if given.name.is_empty() { pack.t(T::HandNoName) } else { &given.name }),
                "{name}"
            );
            let open = draft.blanks(&pack.survey, 0, None).len();
            let missing = pack.fill(T::HandMissing, &[("n", &open.to_string())]);
            assert_eq!(seen(&page).contains(&missing), open > 0, "{name}");
        }
    }
}

#[test]
fn the_customers_person_reads_who_asks() {
    let pack = edition();
    let page = |draft: &Draft| invited::page(later::frame(pack, "invited"), pack, &visit(""), draft);
    let fresh = answering("", &invitation());
    let told = text(&page(&fresh));
    for part in ["Metal & Works", "Ann", pack.t(T::InvitedFact3), pack.t(T::InvitedGo), pack.t(T::FormShort)] {
        assert!(told.contains(part), "{part}");
    }
    assert_eq!(sends(&page(&fresh), &Msg::Resume), 1);
    let begun = text(&page(&answering(LOW, &invitation())));
    assert!(begun.contains(pack.t(T::InvitedOn)) && !begun.contains(pack.t(T::FormShort)));
    assert!(text(&page(&answering("", &[]))).contains(pack.t(T::InvitedLeadNoName)));
    let headline = |words: &str, fields: &[(usize, &str)]| {
        let draft = answering(words, fields);
        handback::customer_headline(pack, &draft, 0, &Scorecard::of(&hierarchy(), &draft.sheet(0)))
    };
    let level = |level: u8| pack.level(0, level, "supplier").to_string();
    let high = headline(HIGH, &invitation());
    assert!(high.contains("Metal & Works"), "{high}");
    assert!(headline(LOW, &[]).contains(pack.t(T::Them)) && headline(LOW, &[]).contains(&level(2)));
    assert_eq!(headline("", &[]), pack.fill(T::YouSeeNone, &[("company", pack.t(T::Them))]));
}

proptest! {
    #[test]
    fn a_timeline_stays_in_its_frame(
        levels in 3u8..=9,
        rounds in prop::collection::vec((prop::option::of(1000u16..9000), any::<u16>(), any::<[bool; 3]>()), 0..60),
    ) {
        let top = u16::from(levels) * 1000;
        let rounds: Vec<RoundInput> = rounds
            .into_iter()
            .map(|(position, range, [ranged, solid, follows])| RoundInput {
                position: position.map(|x| x.min(top)),
                range: ranged.then(|| (1000 + range % 500, (1000 + range % 4000).min(top))),
                solid,
                follows,
            })
            .collect();
        let drawn = Timeline::of(&TimelineInput { levels, rounds: rounds.clone() });
        prop_assert_eq!(drawn.spots.len(), rounds.len());
        prop_assert_eq!(drawn.levels.len(), usize::from(levels));
        prop_assert!(drawn.levels.windows(2).all(|pair| pair[0] > pair[1]));
        let inside = |y: i32| (0..drawn.below).contains(&y);
        for (spot, round) in drawn.spots.iter().zip(&rounds) {
            prop_assert!(drawn.sides.0 < spot.x && spot.x < drawn.sides.1);
            prop_assert_eq!(spot.y.is_some(), round.position.is_some());
            prop_assert!(spot.y.is_none_or(inside));
            prop_assert!(spot.bar.is_none_or(|(top, bottom)| top < bottom && inside(top) && inside(bottom)));
        }
        for pair in drawn.spots.windows(2) {
            prop_assert!(pair[0].x <= pair[1].x);
            if let ([Some(from), Some(to)], true) = ([pair[0].y, pair[1].y], pair[1].parted.is_none()) {
                prop_assert!(drawn.links.contains(&[(pair[0].x, from), (pair[1].x, to)]));
            }
        }
        // The newest has its number, and numbers do not touch.
        prop_assert!(drawn.spots.last().is_none_or(|spot| spot.named));
        let named: Vec<i32> = drawn.spots.iter().filter(|spot| spot.named).map(|spot| spot.x).collect();
        prop_assert!(named.windows(2).all(|pair| pair[1] - pair[0] >= 24), "{named:?}");
    }

}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn any_account_can_be_drawn(picks in prop::collection::vec((0u32..12, 0u32..9, 0usize..5), 0..40)) {
        let words = [LOW, MIDDLE, HIGH, "g2=dk", "g3=4"];
        let draft = picks.iter().fold(own("5", MIDDLE), |draft, (who, round, what)| {
            let draft = with_row(draft, List::People, &[(at::NAME, "x")]);
            view(draft, (round + 1, *who, "2026-01-01"), words[*what], &edition().hash)
        });
        let page = draw(edition(), &visit("M"), &draft);
        let mut written = String::new();
        page.write(&mut written);
        prop_assert!(!written.is_empty());
    }
}
