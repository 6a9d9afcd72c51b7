//! What several test modules need: the shipped pack, sheets from short lists, models and sheets for properties.

use buy_sell_hierarchy::domain::answer::{Answer, Scale};
use buy_sell_hierarchy::domain::draft::{Action, Draft, Ticks};
use buy_sell_hierarchy::domain::gates::GateScore;
use buy_sell_hierarchy::domain::model::{
    Cuts, Form, Group, Instrument, Item, Kind, Model, Perspective, Place, Role, Sheet, Survey, Tag,
};
use buy_sell_hierarchy::domain::rows::{List, SINGLE};
use buy_sell_hierarchy::pack::author::{self, Author, Compiled, Fault};
use buy_sell_hierarchy::pack::compiled::Pack;
use buy_sell_hierarchy::pack::texts::KEYS;
#[path = "../support/mod.rs"]
mod small;
pub use small::{sealed, small_more, small_pack};

use proptest::prelude::*;
use std::sync::LazyLock;

pub const PACK: &str = include_str!("../../content/packs/hierarchy.json");
/// The texts of the shipped pack in its first language.
pub const TEXTS: &str = include_str!("../../content/packs/hierarchy.en.json");
pub const UI: &str = include_str!("../../content/ui/en.json");

/// The shipped pack as its author wrote it, in English only.
pub fn written() -> Author {
    english(PACK.as_bytes()).expect("the shipped pack is right")
}

/// Reads a structure with the English texts of the shipped pack.
pub fn english(structure: &[u8]) -> Result<Author, Vec<Fault>> {
    author::read(structure, &[("en".into(), TEXTS.into())])
}

/// The gates of the shipped pack.
pub fn hierarchy() -> Model {
    written().survey().instruments.remove(0).model
}

/// The English edition of a pack, its interface made of keys.
pub fn compiled(author: &Author) -> Compiled {
    author::compile(author, "en", &keys_as_texts(), &english_only())
}

/// The names of the languages of a pack that is in English only.
pub fn english_only() -> Vec<(String, String)> {
    vec![("en".into(), "English".into())]
}

/// The shipped pack as a visitor reads it, both files, with the English interface.
pub fn shipped() -> Pack {
    let ui = author::read_interface(UI.as_bytes(), KEYS, None).expect("the interface file is right");
    let files = author::compile(&written(), "en", &ui, &english_only());
    let mut pack = Pack::read(&files.first).expect("a compiled pack is right");
    pack.add(&files.later).expect("its second file is right");
    pack
}

/// The shipped pack as the visitor's program has it: the first file alone.
pub fn first_file() -> Pack {
    let ui = author::read_interface(UI.as_bytes(), KEYS, None).expect("the interface file is right");
    Pack::read(&author::compile(&written(), "en", &ui, &english_only()).first).expect("a compiled pack is right")
}

/// The shipped pack in each of its languages, both files, with its interface.
pub static EDITIONS: LazyLock<Vec<Pack>> = LazyLock::new(|| {
    let files = [
        ("en", "English", TEXTS, UI),
        (
            "nl",
            "Nederlands",
            include_str!("../../content/packs/hierarchy.nl.json"),
            include_str!("../../content/ui/nl.json"),
        ),
        (
            "sv",
            "svenska",
            include_str!("../../content/packs/hierarchy.sv.json"),
            include_str!("../../content/ui/sv.json"),
        ),
    ];
    let texts = files.map(|(lang, _, texts, _)| (lang.to_string(), texts.as_bytes().to_vec()));
    let author = author::read(PACK.as_bytes(), &texts).expect("the shipped pack is right");
    let names = files.map(|(lang, name, ..)| (lang.to_string(), name.to_string()));
    let edition = |(lang, _, _, ui): (&str, &str, &str, &str)| {
        let ui = author::read_interface(ui.as_bytes(), KEYS, None).expect("the interface file is right");
        let files = author::compile(&author, lang, &ui, &names);
        let mut pack = Pack::read(&files.first).expect("a compiled pack is right");
        pack.add(&files.later).expect("its second file is right");
        pack
    };
    files.into_iter().map(edition).collect()
});

/// The shipped pack in English, with all languages to choose from.
pub fn edition() -> &'static Pack {
    &EDITIONS[0]
}

pub fn survey() -> &'static Survey {
    &edition().survey
}

/// An empty draft of the shipped pack, about Metal Works.
pub fn fresh(form: Form) -> Draft {
    Draft::new(survey(), &edition().hash, form, "Metal Works", "", "2026-11-22")
}

/// A draft with these answers: `ev-1=3` for one item, `g2=4` for all items whose id begins with `g2-`, where an item
/// that cannot have the value has the next lower one; `c-01=x` for a tick; `-` is blank.
pub fn filled(form: Form, words: &str) -> Draft {
    words.split_whitespace().fold(fresh(form), answered)
}

/// The same, on top of a draft.
pub fn answered(mut draft: Draft, word: &str) -> Draft {
    let (id, code) = word.split_once('=').unwrap_or_else(|| panic!("{word}"));
    let mut some = false;
    for (part, instrument) in survey().instruments.iter().enumerate() {
        let model = &instrument.model;
        for (item, (_, asked)) in model.items().enumerate() {
            let whole = asked.id.strip_prefix(id).is_some_and(|rest| rest.starts_with('-'));
            if asked.id != id && !whole {
                continue;
            }
            some = true;
            let lower = |value: u64| (0..=value).rev().find_map(|value| asked.scale.answer(value));
            let answer = match code {
                "-" => None,
                "dk" | "na" => asked.scale.parse(code),
                value => lower(value.parse().unwrap()),
            };
            draft = draft.apply(Action::Answer(Place { part, item }, answer));
        }
        for (which, ids) in [(Ticks::Signals, &model.signals), (Ticks::Risks, &model.risks)] {
            if let Some(index) = ids.iter().position(|known| known == id) {
                some = true;
                draft = draft.apply(Action::Tick(part, which, index, code == "x"));
            }
        }
    }
    assert!(some, "nothing is called {id}");
    draft
}

/// The draft with one more row.
pub fn with_row(mut draft: Draft, list: List, fields: &[(usize, &str)]) -> Draft {
    let id = if list.single() { SINGLE } else { draft.rows.of(list).iter().map(|row| row.id).max().unwrap_or(0) + 1 };
    for (field, text) in fields {
        draft = draft.apply(Action::Set(list, id, *field, (*text).into()));
    }
    draft
}

/// The place of an item of the shipped pack.
pub fn place(id: &str) -> Place {
    survey().find(id).unwrap_or_else(|| panic!("no item {id}")).0
}

/// Interface texts for packs whose interface does not matter.
pub fn keys_as_texts() -> Vec<String> {
    KEYS.iter().map(|key| key.to_string()).collect()
}

/// Gates of the standard thresholds at given whole percents, with the critical cap where it is said.
pub fn gates(percents: &[(u32, bool)]) -> Vec<GateScore> {
    percents.iter().map(|(a, capped)| GateScore::from_sums(Cuts::STANDARD, *a, 25, 25, *capped)).collect()
}

/// A sheet of the short form: one word per short item, groups separated by `|`; `-` is blank.
pub fn short(model: &Model, words: &str) -> Sheet {
    let mut sheet = Sheet::blank(model, Perspective::Own, Form::Short);
    let asked: Vec<usize> =
        model.items().enumerate().filter(|(_, (_, item))| item.short).map(|(index, _)| index).collect();
    let words: Vec<&str> = words.split_whitespace().filter(|word| *word != "|").collect();
    assert_eq!(words.len(), asked.len(), "one word per item");
    for (word, index) in words.into_iter().zip(asked) {
        let item = model.items().nth(index).unwrap().1;
        if word != "-" {
            sheet.answers[index] = Some(item.scale.parse(word).unwrap_or_else(|| panic!("{word} for {}", item.id)));
        }
    }
    sheet
}

pub fn index(model: &Model, id: &str) -> usize {
    model.find(id).unwrap_or_else(|| panic!("no item {id}")).0
}

fn item() -> impl Strategy<Value = Item> {
    let scale = prop_oneof![3 => Just(Scale::Frequency), 1 => Just(Scale::Event)];
    let marks = (proptest::bool::weighted(0.25), proptest::bool::weighted(0.6), any::<bool>());
    (scale, 0..Tag::ALL.len(), marks).prop_map(|(scale, tag, (critical, short, note))| Item {
        id: String::new(),
        scale,
        tag: Tag::ALL[tag].1,
        critical,
        short,
        note,
    })
}

/// Any model of gates: 2 to 5 gates of 3 to 8 items, any thresholds.
pub fn model() -> impl Strategy<Value = Model> {
    let cuts = prop_oneof![
        Just(Cuts::STANDARD),
        (1u8..40, 1u8..30, 1u8..29).prop_map(|(a, b, c)| Cuts::new(a, a + b, a + b + c).unwrap()),
    ];
    let gates = prop::collection::vec(prop::collection::vec(item(), 3..9), 2..6);
    (cuts, gates).prop_map(|(cuts, gates)| {
        let mut number = 0;
        let groups = gates.into_iter().zip(2..).map(|(mut items, level)| {
            for item in &mut items {
                number += 1;
                item.id = format!("i-{number:02}");
            }
            Group { id: format!("gate-{level}"), role: Role::Gate, items }
        });
        Model {
            cuts,
            groups: groups.collect(),
            signals: vec!["c-01".into(), "c-02".into(), "c-03".into()],
            risks: vec![],
        }
    })
}

/// Any answer to an item; `lean` 0..=2 leans it down or up, so that high levels occur too.
fn answer(scale: Scale, lean: usize) -> impl Strategy<Value = Option<Answer>> {
    let values = scale.values();
    let low = if lean == 2 { values.len() - 2 } else { 0 };
    let high = if lean == 0 { 2 } else { values.len() };
    // Not for a choice, which is always applicable.
    let last = if scale == Scale::Choice { Answer::DontKnow } else { Answer::NotApplicable };
    prop_oneof![
        8 => (low..high).prop_map(move |i| Some(Answer::Value(values[i]))),
        1 => Just(None),
        1 => Just(Some(Answer::DontKnow)),
        1 => Just(Some(last)),
    ]
}

/// A sheet of a model.
pub fn sheet(model: &Model) -> impl Strategy<Value = Sheet> + use<> {
    let groups: Vec<Vec<Scale>> =
        model.groups.iter().map(|group| group.items.iter().map(|item| item.scale).collect()).collect();
    let (n, signals, risks) = (model.len(), model.signals.len(), model.risks.len());
    let answers = prop::collection::vec(0usize..3, groups.len()).prop_flat_map(move |leans| {
        let answers =
            groups.iter().zip(leans).flat_map(|(scales, lean)| scales.iter().map(move |scale| answer(*scale, lean)));
        answers.collect::<Vec<_>>()
    });
    let flags = |n: usize| prop::collection::vec(any::<bool>(), n);
    (answers, flags(n), flags(signals), flags(risks), any::<bool>(), any::<bool>()).prop_map(
        |(answers, noted, signals, risks, own, short)| Sheet {
            perspective: if own { Perspective::Own } else { Perspective::Customer },
            form: if short { Form::Short } else { Form::Full },
            answers,
            noted,
            signals,
            risks,
        },
    )
}

/// Any instrument of the kinds without gates: a matrix, or practices.
pub fn instrument() -> impl Strategy<Value = Instrument> {
    let items = |least: usize| prop::collection::vec(item(), least..7);
    let axes = (items(3), items(3), prop::collection::vec(items(1), 0..4), prop::option::of(items(1)), any::<bool>())
        .prop_map(|(one, two, pillars, mortar, choice)| {
            let mut groups = vec![(Role::Axis, one), (Role::Axis, two)];
            groups.extend(pillars.into_iter().map(|items| (Role::Pillar, items)));
            groups.extend(mortar.map(|items| (Role::Mortar, items)));
            if choice {
                let asked = Item {
                    id: String::new(),
                    scale: Scale::Choice,
                    tag: Tag::Trust,
                    critical: false,
                    short: true,
                    note: false,
                };
                groups.push((Role::Choice, vec![asked]));
            }
            groups
        });
    let axes = (axes, 20u8..80, 0u8..15).prop_map(|(groups, line, border)| {
        (groups, Kind::Axes { line, border, quadrants: ["neither", "first", "second", "both"].map(String::from) })
    });
    let practices = prop::collection::vec(items(1), 1..6).prop_map(|groups| {
        let kind = Kind::Practices { functions: vec![], seniorities: vec![], roles: vec![], shares: false };
        (groups.into_iter().map(|items| (Role::Practice, items)).collect(), kind)
    });
    prop_oneof![2 => axes, 1 => practices].prop_map(|(groups, kind)| {
        let mut number = 0;
        let groups = groups.into_iter().enumerate().map(|(group, (role, mut items))| {
            for item in &mut items {
                number += 1;
                item.id = format!("i-{number:02}");
            }
            Group { id: format!("group-{group}"), role, items }
        });
        let model = Model { cuts: Cuts::STANDARD, groups: groups.collect(), signals: vec![], risks: vec![] };
        Instrument { id: "any".into(), kind, minutes: [3, 3], model }
    })
}

/// Such an instrument with a sheet of it.
pub fn other_case() -> impl Strategy<Value = (Instrument, Sheet)> {
    instrument().prop_flat_map(|instrument| {
        let sheet = sheet(&instrument.model);
        (Just(instrument), sheet)
    })
}

/// Any action on a draft of the shipped pack; some have no place in it.
pub fn action() -> impl Strategy<Value = Action> {
    use buy_sell_hierarchy::domain::draft::{Stage, Step, Target};
    use buy_sell_hierarchy::domain::rows::LISTS;
    let at = || (0usize..4, 0usize..60).prop_map(|(part, item)| Place { part, item });
    let ids: Vec<String> =
        survey().instruments.iter().flat_map(|part| part.model.items()).map(|(_, i)| i.id.clone()).collect();
    let list = || (0..LISTS.len()).prop_map(|index| LISTS[index].list);
    let text = prop_oneof![
        4 => "[0-9]{1,3}",
        1 => "2026-[01][0-9]-[0-3][0-9]",
        2 => prop::sample::select(vec!["purchasing", "manager", "done", "yes", "usp", ""]).prop_map(String::from),
        2 => "\\PC{0,40}",
        1 => any::<String>(),
        1 => "x{990,1200}",
    ];
    let codes =
        vec![None, Some(Answer::DontKnow), Some(Answer::NotApplicable), Some(Answer::Value(0)), Some(Answer::Value(4))];
    let stage = prop_oneof![
        (0usize..9).prop_map(Stage::Section),
        prop::sample::select(vec![Stage::Signs, Stage::People, Stage::Shares, Stage::Review, Stage::Result]),
    ];
    prop_oneof![
        6 => (at(), prop::sample::select(codes)).prop_map(|(at, answer)| Action::Answer(at, answer)),
        2 => (at(), prop_oneof!["\\PC{0,60}", "y{990,1100}"]).prop_map(|(at, text)| Action::Note(at, text)),
        2 => (0usize..4, any::<bool>(), 0usize..9, any::<bool>()).prop_map(|(part, which, index, on)| {
            Action::Tick(part, if which { Ticks::Signals } else { Ticks::Risks }, index, on)
        }),
        1 => (0usize..4, stage).prop_map(|(part, stage)| Action::Go(Step::At(part, stage))),
        1 => (1u8..=5, 2000u16..=2200).prop_map(|(level, year)| Action::Aim(Target { level, year })),
        1 => prop::sample::select(vec!["nl", "sv", "en", ""]).prop_map(|lang| Action::Lang(lang.into())),
        1 => (prop::sample::select(ids), any::<bool>()).prop_map(|(id, on)| Action::Confirm(id, on)),
        8 => (list(), 0u32..6, 0usize..8, text).prop_map(|(list, id, field, text)| Action::Set(list, id, field, text)),
        1 => (list(), 0u32..6, 0usize..9).prop_map(|(list, id, to)| Action::Shift(list, id, to)),
        1 => (list(), 0u32..6).prop_map(|(list, id)| Action::Remove(list, id)),
    ]
}

/// A draft of the shipped pack after any actions.
pub fn any_draft() -> impl Strategy<Value = Draft> {
    (prop::collection::vec(action(), 0..80), any::<bool>()).prop_map(|(actions, short)| {
        let form = if short { Form::Short } else { Form::Full };
        actions.into_iter().fold(fresh(form), Draft::apply)
    })
}

/// A model of gates with a sheet of it.
pub fn case() -> impl Strategy<Value = (Model, Sheet)> {
    let models = prop_oneof![3 => model(), 1 => Just(hierarchy())];
    models.prop_flat_map(|model| {
        let sheet = sheet(&model);
        (Just(model), sheet)
    })
}
