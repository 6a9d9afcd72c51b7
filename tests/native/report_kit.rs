//! What the tests of reports share: accounts and answers with little and with much in them, hostile texts, packs of other
//! makes.

use crate::account::{accounts, customers};
use crate::pages::drafts;
use crate::support::{EDITIONS, PACK, UI, any_draft, edition, english, english_only, filled, hierarchy, with_row};
use buy_sell_hierarchy::domain::draft::Draft;
use buy_sell_hierarchy::domain::model::{Form, Perspective};
use buy_sell_hierarchy::domain::rows::{LISTS, List, SINGLE, at};
use buy_sell_hierarchy::domain::views::View;
use buy_sell_hierarchy::pack::author;
use buy_sell_hierarchy::pack::compiled::Pack;
use buy_sell_hierarchy::pack::texts::KEYS;
use buy_sell_hierarchy::page::dom::{At, El, el};
use buy_sell_hierarchy::report::Frame;
use buy_sell_hierarchy::report::document::{Document, document};
use buy_sell_hierarchy::storage::codec::Fields;
use proptest::prelude::*;

/// Of answers that belong to no account.
pub const ALONE: Frame = Frame { id: "", company: "", today: "2026-11-22" };
/// Of an account.
pub const KEPT: Frame = Frame { id: "a1B2c3D4", company: "Nordic", today: "2026-11-22" };

/// The frame that a draft has on the page.
pub fn frame(draft: &Draft) -> Frame<'static> {
    if draft.kept() { KEPT } else { ALONE }
}

/// The account with four rounds, with something in every other list too.
pub fn rich() -> Draft {
    let mut draft = accounts().into_iter().find(|(name, _)| *name == "years").unwrap().1;
    for word in "iv=4 ev=1 mp=2 by-choice=0 ra=4 aa=3 ns=0 tc=2 r-02=x c-01=x g2-02=dk".split(' ') {
        draft = crate::support::answered(draft, word);
    }
    let all: [(List, &[(usize, &str)]); 12] = [
        (List::People, &[(at::NAME, "Örjan"), (at::FUNCTION, "it"), (at::SENIORITY, "manager"), (at::HOLDER, "Karin")]),
        (List::Own, &[(at::OWN_TIME, "20"), (at::OWN_CASH, "30")]),
        (List::Rivals, &[(at::NAME, "Stainless"), (1, "steel"), (at::RIVAL_TIME, "30"), (at::RIVAL_CASH, "10")]),
        (List::Rivals, &[(at::NAME, ""), (at::RIVAL_CASH, "40")]),
        (List::Tasks, &[(at::METHOD, "usp"), (at::CAUSE, "g2-01"), (at::DUE, "2026-12-01"), (at::OWNER, "Karin")]),
        (List::Tasks, &[(at::TITLE, "Ask Ann"), (at::STATUS, "done"), (at::NOTE, "In May.\nTwice.")]),
        (List::Goals, &[(0, "we"), (at::GOAL_TEXT, "In our own words.")]),
        (List::Goals, &[(1, "partner")]),
        (List::Focus, &[(0, "time")]),
        (List::Stop, &[(0, "quotes")]),
        (List::Charter, &[(0, "calm")]),
        (List::Climb, &[(0, "no"), (1, "too dear")]),
    ];
    all.into_iter().fold(draft, |draft, (list, fields)| with_row(draft, list, fields))
}

/// Every draft of the page's tests, those of the customer's edition, and one with everything.
pub fn all_drafts() -> Vec<(&'static str, Draft)> {
    let mut all = drafts();
    all.extend(accounts());
    all.extend(customers());
    all.push(("rich", rich()));
    all
}

/// Calls `check` with every draft in every language, and what it is.
pub fn every(mut check: impl FnMut(&str, &Pack, &Draft)) {
    for pack in EDITIONS.iter() {
        for (name, draft) in all_drafts() {
            check(&format!("{} {name}", pack.lang), pack, &draft);
        }
    }
}

/// All sections of a document as one tree.
pub fn tree(document: &Document) -> El {
    el("main", "").each(document.sections.iter().cloned())
}

/// The codes of the sections, in their order.
pub fn codes(pack: &Pack, draft: &Draft) -> Vec<String> {
    let sections = document(pack, draft, &frame(draft)).sections;
    sections.iter().map(|section| crate::tree::attribute(section, At::DataSection).unwrap_or("").to_string()).collect()
}

/// Texts that would be something else than text in one syntax or another.
pub const HOSTILE: [&str; 30] = [
    "</text><script>alert(1)</script>",
    "\" onload=\"alert(1)",
    "]]> & &lt; <!-- --> <?xml ?> ' &#x3c;",
    "\u{0}\u{1b}\u{fffe}\u{ffff}\t\n",
    "&nbsp;<foreignObject/>",
    "\u{202e}evil \u{1f4a3}",
    "</template><script>alert(1)</script>",
    "<template id=\"bsh-data\">",
    "x\n<template id=\"bsh-data\">\nbsh-answers 3 0 0\n</template>\n",
    "<b>bold</b>",
    "<http://example.com> https://example.com",
    "[a](http://example.com) ![b](http://example.com/b.png)",
    "[a]: http://example.com",
    "`code` ``",
    "*a* _b_ **c** ~~d~~",
    "# one",
    "one #",
    "1. one",
    "12) twelve",
    "- one",
    "+ one",
    "> one",
    "--- | ---",
    "===",
    "| a | b |",
    "\\| a \\\\| b \\",
    "~~~",
    "    four",
    "\u{1}\u{2}\u{3}\u{4}\u{5}four",
    "A <b> & 'co' \u{a0}\u{85}\u{2028}\u{feff}.",
];

/// A draft whose every text is this one, as far as it can stand there.
pub fn hostile(text: &str) -> Draft {
    let mut draft = rich();
    draft.account = text.chars().take(80).collect();
    draft.part = text.chars().take(80).collect();
    for given in &mut draft.given {
        given.notes.iter_mut().step_by(3).for_each(|note| *note = text.into());
    }
    for spec in &LISTS {
        let ids: Vec<u32> = draft.rows.of(spec.list).iter().map(|row| row.id).collect();
        if matches!(spec.list, List::Views | List::Invites) {
            continue;
        }
        for id in ids {
            for (field, (_, kind)) in spec.fields.iter().enumerate() {
                if matches!(
                    kind,
                    buy_sell_hierarchy::domain::rows::Field::Line | buy_sell_hierarchy::domain::rows::Field::Text
                ) {
                    // An action's own title only where it has no method.
                    draft.rows.set(spec.list, id, field, text);
                }
            }
        }
    }
    draft
}

/// Any draft: after any actions, of either side, with views of several people in several rounds, with any names.
pub fn any_report() -> impl Strategy<Value = Draft> {
    let name = || {
        prop_oneof![
            2 => prop::sample::select(HOSTILE.to_vec()).prop_map(String::from),
            1 => Just(String::new()),
            1 => "\\PC{0,80}",
            1 => any::<String>().prop_map(|text| text.chars().take(80).collect()),
        ]
    };
    let views = prop::collection::vec((1u32..4, 0u32..4, 0usize..5), 0..6);
    (any_draft(), views, name(), name(), name(), any::<bool>(), prop::bool::weighted(0.2)).prop_map(
        |(mut draft, views, account, part, person, kept, theirs)| {
            draft.account = account;
            draft.part = part;
            if theirs {
                draft.perspective = Perspective::Customer;
            }
            if kept {
                draft.rows.set(List::About, SINGLE, at::ROUND, "3");
            }
            for id in 1..4 {
                draft.rows.set(List::People, id, at::NAME, &person);
            }
            for (id, (round, who, words)) in (100..).zip(views) {
                let words =
                    ["g2=4 g3=1", "g2=4 g3=3 g4=1 g5=0", "g2=4 g3=4 g4=4 g5=3", "g2=dk", "g2=4 g3=4 g3-01=0"][words];
                let sheet = filled(Form::Full, words).sheet(0);
                let who = (who > 0).then_some(who);
                let view = View::of_sheet(&hierarchy(), &sheet, (round, who), "2026-05-01", &edition().hash);
                for (field, text) in view.fields() {
                    draft.rows.set(List::Views, id, field, &text);
                }
            }
            draft
        },
    )
}

/// The fields of a draft.
pub fn fields(pack: &Pack, draft: &Draft) -> Fields {
    Fields::of(&pack.survey, draft, 0)
}

/// A pack of another make, in English, with the interface.
pub fn pack_of(structure: &str, texts: &str) -> Pack {
    let author = author::read(structure.as_bytes(), &[("en".into(), texts.into())]).unwrap();
    let ui = author::read_interface(UI.as_bytes(), KEYS, None).unwrap();
    let files = author::compile(&author, "en", &ui, &english_only());
    let mut pack = Pack::read(&files.first).unwrap();
    pack.add(&files.later).unwrap();
    pack
}

/// The example pack: one scale of other levels, and nothing else.
pub fn service() -> Pack {
    pack_of(
        include_str!("../../examples/packs/service-maturity.json"),
        include_str!("../../examples/packs/service-maturity.en.json"),
    )
}

/// The shipped pack with interface texts that are their own keys.
pub fn keys() -> Pack {
    let files =
        author::compile(&english(PACK.as_bytes()).unwrap(), "en", &crate::support::keys_as_texts(), &english_only());
    let mut pack = Pack::read(&files.first).unwrap();
    pack.add(&files.later).unwrap();
    pack
}
