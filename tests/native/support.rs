//! What several test modules need: the shipped pack, sheets from short lists, models and sheets for properties.

use buy_sell_hierarchy::domain::answer::{Answer, Kind};
use buy_sell_hierarchy::domain::gates::GateScore;
use buy_sell_hierarchy::domain::model::{Cuts, Form, Gate, Item, Model, Perspective, Sheet, Tag};
use buy_sell_hierarchy::pack::author::{self, Author};
use buy_sell_hierarchy::pack::compiled::{Pack, fnv1a};
use buy_sell_hierarchy::pack::texts::KEYS;
use proptest::prelude::*;

pub const PACK: &str = include_str!("../../content/packs/hierarchy.json");
pub const UI: &str = include_str!("../../content/ui/en.json");

/// The shipped pack as its author wrote it.
pub fn written() -> Author {
    author::read(PACK.as_bytes()).expect("the shipped pack is right")
}

/// The shipped pack as a visitor reads it, with the English interface.
pub fn shipped() -> Pack {
    let ui = author::read_interface(UI.as_bytes(), KEYS, None).expect("the interface file is right");
    Pack::read(&author::compile(&written(), "en", &ui)).expect("a compiled pack is right")
}

/// Interface texts for packs whose interface does not matter.
pub fn keys_as_texts() -> Vec<String> {
    KEYS.iter().map(|key| key.to_string()).collect()
}

/// A compiled pack of four gates with four items each, all short; the third of a gate is an event, the first critical.
pub fn small_pack() -> String {
    let mut body = String::from("C\t15\t50\t85\nN\tSmall\tOf {subject}:\tAbout {subject}:\n");
    for level in 1..=5 {
        body += &format!("L\tLevel {level}\tL{level}\ta supplier at {level}\tsees {level}\n");
    }
    for gate in 2..=5 {
        body += &format!("G\tGate {gate}\tIntro {gate}\n");
        for (number, flags) in ["fF*!", "fP*", "eI*n", "fC*"].iter().enumerate() {
            body += &format!("I\tg{gate}-0{}\t{flags}\tOwn {gate}.{number}\tCustomer {gate}.{number}\n", number + 1);
        }
    }
    body += "S\tc-01\tSignal one\nS\tc-02\tSignal two\nR\tr-01\tRisk one\nR\tr-02\tRisk two\n";
    for key in KEYS {
        body += &format!("U\t{key}\n");
    }
    sealed(&body)
}

/// Gates of the standard thresholds at given whole percents, with the critical cap where it is said.
pub fn gates(percents: &[(u32, bool)]) -> Vec<GateScore> {
    percents.iter().map(|(a, capped)| GateScore::from_sums(Cuts::STANDARD, *a, 25, 25, *capped)).collect()
}

/// A sheet of the short form: one word per short item, gates separated by `|`; `-` is blank.
pub fn short(model: &Model, words: &str) -> Sheet {
    let mut sheet = Sheet::blank(model, Perspective::Own, Form::Short);
    let asked: Vec<usize> =
        model.items().enumerate().filter(|(_, (_, item))| item.short).map(|(index, _)| index).collect();
    let words: Vec<&str> = words.split_whitespace().filter(|word| *word != "|").collect();
    assert_eq!(words.len(), asked.len(), "one word per item");
    for (word, index) in words.into_iter().zip(asked) {
        let item = model.items().nth(index).unwrap().1;
        if word != "-" {
            sheet.answers[index] = Some(item.kind.parse(word).unwrap_or_else(|| panic!("{word} for {}", item.id)));
        }
    }
    sheet
}

pub fn index(model: &Model, id: &str) -> usize {
    model.find(id).unwrap_or_else(|| panic!("no item {id}")).0
}

/// A compiled file with the checksum of the body that it has.
pub fn sealed(body: &str) -> String {
    format!("bsh-pack\t1\ten\t0123456789abcdef\t{:08x}\n{body}", fnv1a(body.as_bytes()))
}

fn item() -> impl Strategy<Value = Item> {
    let kind = prop_oneof![3 => Just(Kind::Frequency), 1 => Just(Kind::Event)];
    let marks = (proptest::bool::weighted(0.25), proptest::bool::weighted(0.6), any::<bool>());
    (kind, 0..Tag::ALL.len(), marks).prop_map(|(kind, tag, (critical, short, note))| Item {
        id: String::new(),
        kind,
        tag: Tag::ALL[tag].1,
        critical,
        short,
        note,
    })
}

/// Any model: 2 to 5 gates of 3 to 8 items, any thresholds.
pub fn model() -> impl Strategy<Value = Model> {
    let cuts = prop_oneof![
        Just(Cuts::STANDARD),
        (1u8..40, 1u8..30, 1u8..29).prop_map(|(a, b, c)| Cuts::new(a, a + b, a + b + c).unwrap()),
    ];
    let gates = prop::collection::vec(prop::collection::vec(item(), 3..9), 2..6);
    (cuts, gates).prop_map(|(cuts, gates)| {
        let mut number = 0;
        let gates = gates.into_iter().map(|mut items| {
            for item in &mut items {
                number += 1;
                item.id = format!("i-{number:02}");
            }
            Gate { items }
        });
        Model {
            cuts,
            gates: gates.collect(),
            signals: vec!["c-01".into(), "c-02".into(), "c-03".into()],
            risks: vec![],
        }
    })
}

/// Any answer to an item; `level` 0..=2 leans it down or up, so that high levels occur too.
fn answer(kind: Kind, lean: usize) -> impl Strategy<Value = Option<Answer>> {
    let values = kind.values();
    let low = if lean == 2 { values.len() - 2 } else { 0 };
    let high = if lean == 0 { 2 } else { values.len() };
    prop_oneof![
        8 => (low..high).prop_map(move |i| Some(Answer::Value(values[i]))),
        1 => Just(None),
        1 => Just(Some(Answer::DontKnow)),
        1 => Just(Some(Answer::NotApplicable)),
    ]
}

/// A sheet of a model.
pub fn sheet(model: &Model) -> impl Strategy<Value = Sheet> + use<> {
    let gates: Vec<Vec<Kind>> = model.gates.iter().map(|g| g.items.iter().map(|item| item.kind).collect()).collect();
    let n = model.len();
    let answers = prop::collection::vec(0usize..3, gates.len()).prop_flat_map(move |leans| {
        let answers =
            gates.iter().zip(leans).flat_map(|(kinds, lean)| kinds.iter().map(move |kind| answer(*kind, lean)));
        answers.collect::<Vec<_>>()
    });
    (answers, prop::collection::vec(any::<bool>(), n), 0usize..4, any::<bool>(), any::<bool>()).prop_map(
        |(answers, noted, signals, own, short)| Sheet {
            perspective: if own { Perspective::Own } else { Perspective::Customer },
            form: if short { Form::Short } else { Form::Full },
            answers,
            noted,
            signals,
        },
    )
}

/// A model with a sheet of it.
pub fn case() -> impl Strategy<Value = (Model, Sheet)> {
    let models = prop_oneof![3 => model(), 1 => Just(written().model())];
    models.prop_flat_map(|model| {
        let sheet = sheet(&model);
        (Just(model), sheet)
    })
}
