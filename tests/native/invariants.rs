//! What holds for every matrix, practice, rule, draft, contact map and share table.

use crate::support::{action, any_draft, fresh, other_case, survey};
use buy_sell_hierarchy::domain::answer::Answer;
use buy_sell_hierarchy::domain::axes::AxesCard;
use buy_sell_hierarchy::domain::contacts::{Contact, ContactMap};
use buy_sell_hierarchy::domain::draft::{Draft, NOTE_MAX};
use buy_sell_hierarchy::domain::gates::GateScore;
use buy_sell_hierarchy::domain::model::{Form, Instrument, Kind, Role, Sheet};
use buy_sell_hierarchy::domain::rows::{LISTS, List, ROWS_MAX, SINGLE, at};
use buy_sell_hierarchy::domain::rules::{Compare, Facts, Rule, Token, Value};
use buy_sell_hierarchy::domain::shares::{Share, ShareTable};
use buy_sell_hierarchy::domain::survey::{Card, Cards};
use proptest::prelude::*;
use proptest::sample::Index;

fn axes(card: &Card) -> Option<&AxesCard> {
    match card {
        Card::Axes(card) => Some(card),
        _ => None,
    }
}

fn with(sheet: &Sheet, index: usize, answer: Option<Answer>) -> Sheet {
    let mut sheet = sheet.clone();
    sheet.answers[index] = answer;
    sheet
}

/// Does an item count in the form of the sheet? And of which group is it?
fn asked(instrument: &Instrument, sheet: &Sheet, index: usize) -> (usize, bool) {
    let (group, item) = instrument.model.items().nth(index).unwrap();
    (group, sheet.form.has(item))
}

/// What may only rise when an answer rises, as numbers.
fn heights(card: &Card) -> Vec<u32> {
    let mut all: Vec<u32> = card.scores().iter().map(GateScore::tenths).collect();
    all.extend(card.scores().iter().map(|score| score.rating as u32));
    if let Some(card) = axes(card) {
        all.extend(card.axes.iter().flat_map(|axis| [axis.low, axis.high, axis.valued.map_or(0, u32::from)]));
        all.extend([card.ready.0, card.cemented.map_or(0, u32::from)]);
    }
    all
}

/// Points of a fraction, compared without loss.
fn compare(score: &GateScore, other: &GateScore) -> std::cmp::Ordering {
    let product = |a: &GateScore, b: &GateScore| u64::from(a.sum) * u64::from(b.answered);
    product(score, other).cmp(&product(other, score))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_card_is_in_bounds((instrument, sheet) in other_case()) {
        let card = Card::of(&instrument, &sheet);
        let model = &instrument.model;
        prop_assert_eq!(card.scores().len(), model.groups.len());
        for score in card.scores() {
            prop_assert!(score.tenths() <= 1000 && score.sum <= 4 * score.answered && score.answered <= score.applicable);
        }
        match &card {
            Card::Axes(card) => {
                let Kind::Axes { line, border, .. } = instrument.kind else { panic!("a matrix") };
                for (which, axis) in card.axes.iter().enumerate() {
                    prop_assert_eq!((axis.group, axis.score), (which, card.scores[which]));
                    prop_assert!(axis.low <= axis.high && axis.high <= 1000);
                    if axis.score.answered > 0 {
                        prop_assert!((axis.low..=axis.high).contains(&axis.score.tenths()));
                    }
                    // From the rule, in whole hundredths of the denominator.
                    let (have, most) = (100 * i64::from(axis.score.sum), 4 * i64::from(axis.score.answered));
                    let known = axis.score.answered >= 3;
                    prop_assert_eq!(axis.valued, known.then_some(have > i64::from(line) * most));
                    prop_assert_eq!(axis.border, known && (have - i64::from(line) * most).abs() <= i64::from(border) * most);
                }
                let both = card.axes[0].valued.zip(card.axes[1].valued);
                prop_assert_eq!(card.quadrant, both.map(|(one, two)| usize::from(one) + 2 * usize::from(two)));
                for other in &card.borders {
                    let here = card.quadrant.unwrap();
                    prop_assert!(*other < 4 && (other ^ here == 1 || other ^ here == 2));
                }
                let pillars = model.groups.iter().filter(|group| group.role == Role::Pillar).count();
                prop_assert!(card.ready.0 <= card.ready.1 && card.ready.1 as usize <= pillars);
            }
            Card::Practices(card) => {
                let known = || card.scores.iter().filter(|score| score.determined());
                prop_assert_eq!(card.weakest.is_some(), known().count() > 0);
                if let Some(weakest) = card.weakest {
                    let least = &card.scores[weakest];
                    prop_assert!(least.determined() && known().all(|score| compare(least, score).is_le()));
                    let earlier = card.scores[..weakest].iter().filter(|score| score.determined());
                    prop_assert!(earlier.into_iter().all(|score| compare(least, score).is_lt()), "of equals the first");
                }
            }
            Card::Gates(_) => prop_assert!(false),
        }
    }

    #[test]
    fn raising_an_answer_lowers_nothing((instrument, sheet) in other_case(), at: Index) {
        let index = at.index(instrument.model.len());
        let Some(Answer::Value(value)) = sheet.answers[index] else { return Ok(()) };
        let before = Card::of(&instrument, &sheet);
        let scale = instrument.model.items().nth(index).unwrap().1.scale;
        for higher in scale.values().iter().filter(|higher| **higher > value) {
            let after = Card::of(&instrument, &with(&sheet, index, Some(Answer::Value(*higher))));
            let pairs = heights(&before).into_iter().zip(heights(&after));
            prop_assert!(pairs.clone().all(|(a, b)| a <= b), "{:?}", pairs.collect::<Vec<_>>());
        }
    }

    #[test]
    fn the_range_contains_whatever_the_unknown_turns_out_to_be((instrument, sheet) in other_case(), values in prop::collection::vec(any::<Index>(), 60)) {
        let Card::Axes(card) = Card::of(&instrument, &sheet) else { return Ok(()) };
        let mut known = sheet.clone();
        for ((answer, (_, item)), value) in known.answers.iter_mut().zip(instrument.model.items()).zip(values) {
            if matches!(answer, None | Some(Answer::DontKnow)) {
                *answer = Some(Answer::Value(item.scale.values()[value.index(item.scale.values().len())]));
            }
        }
        let Card::Axes(then) = Card::of(&instrument, &known) else { return Ok(()) };
        for (axis, then) in card.axes.iter().zip(&then.axes) {
            prop_assert!(then.score.applicable == 0 || (axis.low..=axis.high).contains(&then.score.tenths()));
            prop_assert!(then.score.applicable == 0 || then.low == then.high);
        }
    }

    #[test]
    fn the_order_of_items_does_not_matter((instrument, sheet) in other_case(), group: Index, a: Index, b: Index) {
        let group = group.index(instrument.model.groups.len());
        let (mut other, mut moved) = (instrument.clone(), sheet.clone());
        let items = &mut other.model.groups[group].items;
        let (a, b) = (a.index(items.len()), b.index(items.len()));
        items.swap(a, b);
        let start = instrument.model.range(group).start;
        moved.answers.swap(start + a, start + b);
        moved.noted.swap(start + a, start + b);
        prop_assert_eq!(Card::of(&instrument, &sheet), Card::of(&other, &moved));
    }

    #[test]
    fn not_applicable_takes_an_item_out_and_no_more((instrument, sheet) in other_case(), at: Index) {
        let index = at.index(instrument.model.len());
        let (group, counts) = asked(&instrument, &sheet, index);
        let unknown = Card::of(&instrument, &with(&sheet, index, None));
        let out = Card::of(&instrument, &with(&sheet, index, Some(Answer::NotApplicable)));
        let mut expected = unknown.scores().to_vec();
        expected[group].applicable -= u32::from(counts);
        prop_assert_eq!(out.scores(), &expected[..]);
        if let (Some(unknown), Some(out)) = (axes(&unknown), axes(&out)) {
            prop_assert_eq!((out.quadrant, &out.borders, out.ready, out.cemented), (unknown.quadrant, &unknown.borders, unknown.ready, unknown.cemented));
        }
    }

    #[test]
    fn what_is_missing_is_no_zero((instrument, sheet) in other_case(), at: Index) {
        let index = at.index(instrument.model.len());
        let (group, counts) = asked(&instrument, &sheet, index);
        let blank = Card::of(&instrument, &with(&sheet, index, None));
        prop_assert_eq!(&blank, &Card::of(&instrument, &with(&sheet, index, Some(Answer::DontKnow))));
        let zero = Card::of(&instrument, &with(&sheet, index, Some(Answer::Value(0))));
        let (blank, zero) = (blank.scores()[group], zero.scores()[group]);
        prop_assert_eq!((zero.answered, zero.sum), (blank.answered + u32::from(counts), blank.sum));
        prop_assert!(zero.tenths() <= blank.tenths());
    }

    #[test]
    fn a_rule_says_what_its_sentence_says(sentence in sentence(), facts in any_facts()) {
        prop_assert_eq!(sentence.rule().value(&facts), sentence.value(&facts));
        let by_place = sentence.rule().value_by(|_, name| buy_sell_hierarchy::domain::rules::fact(&facts, name));
        prop_assert_eq!(by_place, sentence.value(&facts));
    }

    #[test]
    fn nothing_known_decides_nothing(sentence in sentence()) {
        let sentence = sentence.without_known();
        let not = Sentence::Not(Box::new(sentence.clone()));
        prop_assert!(!sentence.rule().holds(&[]) && !not.rule().holds(&[]));
    }

    #[test]
    fn to_learn_something_never_turns_what_was_certain(sentence in sentence(), facts in any_facts(), more in any_facts()) {
        let sentence = sentence.without_known();
        let before = sentence.rule().value(&facts);
        let learned: Facts = facts.iter().map(|(name, value)| {
            let value = if *value == Value::Unknown { more.iter().find(|(other, _)| other == name).unwrap().1.clone() } else { value.clone() };
            (name.clone(), value)
        }).collect();
        prop_assert!(before.is_none() || before == sentence.rule().value(&learned));
    }

    #[test]
    fn any_tokens_are_evaluated_without_a_panic(tokens in prop::collection::vec(token(), 0..90), facts in any_facts()) {
        let _ = Rule(tokens).value(&facts);
    }

    #[test]
    fn a_contact_map_counts_what_is_there(contacts in prop::collection::vec(contact(), 0..8)) {
        let map = ContactMap::of(&contacts);
        let count = contacts.len() as u32;
        prop_assert!(map.count == count && map.wide <= count && map.deep <= count && map.most + map.unheld <= count);
        if let Some((name, held)) = &map.single {
            prop_assert!(2 * held > count && *held == map.most && !name.trim().is_empty());
        }
        // Whoever turns out to hold the rest.
        let mut holders: Vec<String> = contacts.iter().map(|contact| contact.holder.clone()).filter(|holder| !holder.trim().is_empty()).collect();
        holders.push("Somebody new".into());
        let possible: Vec<bool> = holders.iter().map(|holder| {
            let all: Vec<Contact> = contacts.iter().map(|contact| Contact {
                holder: if contact.holder.trim().is_empty() { holder.clone() } else { contact.holder.clone() },
                ..contact.clone()
            }).collect();
            ContactMap::of(&all).single.is_some()
        }).collect();
        match map.threaded() {
            None => prop_assert!(contacts.is_empty() || possible.contains(&true)),
            Some(single) => prop_assert!(possible.iter().all(|other| *other == single), "{possible:?}"),
        }
    }

    #[test]
    fn a_share_table_says_only_what_is_certain(own in share(), rivals in prop::collection::vec(share(), 0..5), fill in prop::collection::vec(0u8..=100, 5)) {
        let table = ShareTable::of(&own, &rivals);
        for (column, of) in [(table.time, (|share: &Share| share.time) as fn(&Share) -> Option<u8>), (table.cash, |share| share.cash)] {
            let known: u32 = rivals.iter().chain([&own]).filter_map(of).map(u32::from).sum();
            prop_assert_eq!(column.sum, known);
            prop_assert!(column.unknown as usize <= rivals.len() + 1);
            prop_assert!(column.rank.is_none_or(|rank| (1..=rivals.len() as u32 + 1).contains(&rank)));
            if let Some(rival) = column.rival {
                prop_assert!(rivals.iter().filter_map(of).max() == of(&rivals[rival]));
            }
            let Some(ahead) = column.ahead else { continue };
            let mine = of(&own).unwrap();
            // Any way to fill in the rest that leaves the sum at 100 or less.
            let mut left = 100 - known;
            let mut rest = fill.iter();
            let any = rivals.iter().any(|rival| {
                let share = of(rival).map_or_else(|| {
                    let share = (*rest.next().unwrap_or(&0) as u32).min(left);
                    left -= share;
                    share
                }, u32::from);
                share > u32::from(mine)
            });
            prop_assert_eq!(any, ahead);
        }
        prop_assert_eq!(table.ahead() == Some(true), table.time.ahead == Some(true) || table.cash.ahead == Some(true));
    }

    #[test]
    fn actions_stay_within_the_limits(actions in prop::collection::vec(action(), 0..120)) {
        let start = fresh(Form::Full);
        let draft = actions.into_iter().fold(start.clone(), Draft::apply);
        for (given, first) in draft.given.iter().zip(&start.given) {
            let sizes = |given: &buy_sell_hierarchy::domain::draft::Given| (given.answers.len(), given.notes.len(), given.signals.len(), given.risks.len());
            prop_assert_eq!(sizes(given), sizes(first));
            prop_assert!(given.notes.iter().all(|note| note.chars().count() <= NOTE_MAX));
        }
        for spec in &LISTS {
            let rows = draft.rows.of(spec.list);
            let most = if spec.list.single() { 1 } else { ROWS_MAX };
            prop_assert!(rows.len() <= most);
            for (index, row) in rows.iter().enumerate() {
                prop_assert!(row.id > 0 && rows[..index].iter().all(|other| other.id != row.id));
                prop_assert_eq!(row.fields.len(), spec.fields.len());
                for ((_, kind), value) in spec.fields.iter().zip(&row.fields) {
                    prop_assert_eq!(kind.clean(value), Some(value.clone()));
                }
            }
        }
        for (own, rival) in [(at::OWN_TIME, at::RIVAL_TIME), (at::OWN_CASH, at::RIVAL_CASH)] {
            let percent = |text: &str| text.parse::<u32>().unwrap_or(0);
            let others: u32 = draft.rows.of(List::Rivals).iter().map(|row| percent(row.get(rival))).sum();
            prop_assert!(others + percent(draft.rows.get(List::Own, SINGLE, own)) <= 100);
        }
        for (index, id) in draft.confirmed.iter().enumerate() {
            prop_assert!(!draft.confirmed[..index].contains(id));
        }
    }

    #[test]
    fn whatever_was_answered_is_scored_and_advised(draft in any_draft()) {
        let evidence = draft.evidence(survey());
        let cards = Cards::of(survey(), &evidence);
        prop_assert_eq!(&cards, &Cards::of(survey(), &draft.evidence(survey())));
        crate::advice::check_causes(&draft);
        for place in draft.unknowns(survey()) {
            prop_assert_eq!(draft.answer(place), Some(Answer::DontKnow));
        }
    }
}

/// A condition as a tree.
#[derive(Clone, Debug)]
enum Sentence {
    Known(String),
    Test(String, Compare, Value),
    Not(Box<Sentence>),
    Both(bool, Box<Sentence>, Box<Sentence>),
}

impl Sentence {
    fn rule(&self) -> Rule {
        Rule(match self {
            Sentence::Known(name) => vec![Token::Known(name.clone())],
            Sentence::Test(name, compare, value) => vec![Token::Test(name.clone(), *compare, value.clone())],
            Sentence::Not(inner) => [inner.rule().0, vec![Token::Not]].concat(),
            Sentence::Both(and, a, b) => {
                [a.rule().0, b.rule().0, vec![if *and { Token::And } else { Token::Or }]].concat()
            }
        })
    }

    /// The same without recourse to a stack: numbers as fractions of a common denominator.
    fn value(&self, facts: &Facts) -> Option<bool> {
        let get = |name: &str| {
            facts.iter().find(|(known, _)| known == name).map_or(Value::Unknown, |(_, value)| value.clone())
        };
        match self {
            Sentence::Known(name) => Some(get(name) != Value::Unknown),
            Sentence::Test(name, compare, with) => match (get(name), with) {
                (Value::Number(a, b), Value::Number(c, d)) => {
                    let (left, right) = (i128::from(a) * i128::from(*d), i128::from(*c) * i128::from(b));
                    Some(match compare {
                        Compare::Less => left < right,
                        Compare::AtMost => left <= right,
                        Compare::Equal => left == right,
                        Compare::Not => left != right,
                        Compare::AtLeast => left >= right,
                        Compare::More => left > right,
                    })
                }
                (Value::Word(a), Value::Word(b)) => match compare {
                    Compare::Equal => Some(a == *b),
                    Compare::Not => Some(a != *b),
                    _ => None,
                },
                _ => None,
            },
            Sentence::Not(inner) => inner.value(facts).map(|value| !value),
            Sentence::Both(true, a, b) => match (a.value(facts), b.value(facts)) {
                (Some(false), _) | (_, Some(false)) => Some(false),
                (Some(true), Some(true)) => Some(true),
                _ => None,
            },
            Sentence::Both(false, a, b) => match (a.value(facts), b.value(facts)) {
                (Some(true), _) | (_, Some(true)) => Some(true),
                (Some(false), Some(false)) => Some(false),
                _ => None,
            },
        }
    }

    /// With a comparison where it asks whether a fact is known.
    fn without_known(self) -> Sentence {
        match self {
            Sentence::Known(name) => Sentence::Test(name, Compare::Not, Value::whole(2u8)),
            Sentence::Not(inner) => Sentence::Not(Box::new(inner.without_known())),
            Sentence::Both(and, a, b) => Sentence::Both(and, Box::new(a.without_known()), Box::new(b.without_known())),
            test => test,
        }
    }
}

const NAMES: [&str; 4] = ["a", "b", "c", "d"];

fn a_name() -> impl Strategy<Value = String> {
    prop::sample::select(NAMES.to_vec()).prop_map(String::from)
}

fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        3 => (0u32..5, 1u32..4).prop_map(|(a, b)| Value::Number(a, b)),
        1 => (any::<u32>(), 1u32..).prop_map(|(a, b)| Value::Number(a, b)),
        2 => prop::sample::select(vec!["yes", "no", "other"]).prop_map(|word| Value::Word(word.into())),
    ]
}

fn any_facts() -> impl Strategy<Value = Facts> {
    prop::collection::vec(prop_oneof![2 => value(), 1 => Just(Value::Unknown)], NAMES.len())
        .prop_map(|values| NAMES.map(String::from).into_iter().zip(values).collect())
}

fn a_compare() -> impl Strategy<Value = Compare> {
    (0..Compare::NAMES.len()).prop_map(|index| Compare::NAMES[index].1)
}

fn token() -> impl Strategy<Value = Token> {
    prop_oneof![
        a_name().prop_map(Token::Known),
        (a_name(), a_compare(), value()).prop_map(|(name, compare, value)| Token::Test(name, compare, value)),
        Just(Token::Not),
        Just(Token::And),
        Just(Token::Or),
    ]
}

fn sentence() -> impl Strategy<Value = Sentence> {
    let leaf = prop_oneof![
        1 => a_name().prop_map(Sentence::Known),
        4 => (a_name(), a_compare(), value()).prop_map(|(name, compare, value)| Sentence::Test(name, compare, value)),
    ];
    leaf.prop_recursive(5, 40, 2, |inner| {
        prop_oneof![
            1 => inner.clone().prop_map(|inner| Sentence::Not(Box::new(inner))),
            3 => (any::<bool>(), inner.clone(), inner).prop_map(|(and, a, b)| Sentence::Both(and, Box::new(a), Box::new(b))),
        ]
    })
}

fn contact() -> impl Strategy<Value = Contact> {
    let word = |words: &[&'static str]| prop::sample::select(words.to_vec()).prop_map(String::from);
    (word(&["", "it", "finance"]), word(&["", "user", "manager"]), word(&["", " ", "Ann", "ann ", "Bo", "Cy"]))
        .prop_map(|(function, seniority, holder)| Contact { function, seniority, holder })
}

fn share() -> impl Strategy<Value = Share> {
    let percent = || prop_oneof![2 => (0u8..40).prop_map(Some), 1 => Just(None), 1 => (0u8..=100).prop_map(Some)];
    (percent(), percent()).prop_map(|(time, cash)| Share { name: "x".into(), time, cash })
}
