//! What holds for every model and every sheet.

use crate::support::{case, compiled, english, sealed, small_more, small_pack, written};
use buy_sell_hierarchy::domain::answer::Answer;
use buy_sell_hierarchy::domain::gates::{GateScore, Rating, gate_scores};
use buy_sell_hierarchy::domain::model::{Cuts, Model, Sheet};
use buy_sell_hierarchy::domain::scorecard::Scorecard;
use buy_sell_hierarchy::domain::standing::{Standing, standing};
use buy_sell_hierarchy::pack::author;
use buy_sell_hierarchy::pack::compiled::Pack;
use buy_sell_hierarchy::pack::texts::KEYS;
use proptest::prelude::*;
use proptest::sample::Index;

/// A fraction, compared and floored without loss.
#[derive(Clone, Copy, Debug)]
struct Ratio(i128, i128);

impl Ratio {
    fn min(self, other: Ratio) -> Ratio {
        if self.0 * other.1 <= other.0 * self.1 { self } else { other }
    }

    fn above(self, whole: u8) -> bool {
        self.0 > i128::from(whole) * self.1
    }

    fn floor(self) -> i128 {
        self.0.div_euclid(self.1)
    }
}

/// The rules once more, word by word from the specification, in fractions.
fn by_the_book(gates: &[GateScore], cuts: Cuts) -> Standing {
    let percent = |g: &GateScore| Ratio(100 * i128::from(g.sum), 4 * i128::from(g.answered));
    let capped = |g: &GateScore| match g.capped {
        true => percent(g).min(Ratio(i128::from(cuts.largely), 1)),
        false => percent(g),
    };
    let known: Vec<&GateScore> =
        gates.iter().take_while(|g| g.applicable >= 3 && 2 * g.answered >= g.applicable).collect();
    let full = |k: usize| percent(known[k - 2]).above(cuts.fully) && !known[k - 2].capped;
    let large = |k: usize| capped(known[k - 2]).above(cuts.largely);
    let top = known.len() + 1;
    let strict = (1..=top).rev().find(|k| *k == 1 || (large(*k) && (2..*k).all(full))).unwrap();
    let lenient = (1..=top).rev().find(|k| (2..=*k).all(large)).unwrap();
    let undetermined = (lenient == top && known.len() < gates.len()).then_some(top as u8 + 1);
    if known.is_empty() {
        return Standing { strict: None, lenient: None, position: None, undetermined };
    }
    let position = if strict == gates.len() + 1 {
        Some(1000 * strict as i128)
    } else if strict < top {
        let b = |k: usize| capped(known[k - 2]);
        let next = Ratio(1000 * b(strict + 1).0, b(strict + 1).1 * i128::from(cuts.largely)).floor();
        let own = if strict == 1 {
            990
        } else {
            let over = b(strict).0 - i128::from(cuts.largely) * b(strict).1;
            Ratio(1000 * over, b(strict).1 * i128::from(cuts.fully - cuts.largely)).floor()
        };
        Some(1000 * strict as i128 + 990.min(next).min(own))
    } else {
        None
    };
    Standing {
        strict: Some(strict as u8),
        lenient: Some(lenient as u8),
        position: position.map(|x| u16::try_from(x).unwrap()),
        undetermined,
    }
}

/// The position, where both sheets have one.
fn ordered(low: Option<u16>, high: Option<u16>) -> bool {
    low.zip(high).is_none_or(|(low, high)| low <= high)
}

fn with(sheet: &Sheet, index: usize, answer: Option<Answer>) -> Sheet {
    let mut sheet = sheet.clone();
    sheet.answers[index] = answer;
    sheet
}

fn filled(sheet: &Sheet, value: u8) -> Sheet {
    let mut sheet = sheet.clone();
    for answer in &mut sheet.answers {
        if matches!(answer, None | Some(Answer::DontKnow)) {
            *answer = Some(Answer::Value(value));
        }
    }
    sheet
}

/// All but the way up, which names items in pack order.
fn without_why(card: Scorecard) -> Scorecard {
    Scorecard { why: None, ..card }
}

/// The places of two items changed, in the model and in the sheet.
fn swapped(model: &Model, sheet: &Sheet, gate: usize, a: usize, b: usize) -> (Model, Sheet) {
    let (mut model, mut sheet) = (model.clone(), sheet.clone());
    let start = model.range(gate).start;
    model.groups[gate].items.swap(a, b);
    sheet.answers.swap(start + a, start + b);
    sheet.noted.swap(start + a, start + b);
    (model, sheet)
}

/// A model and a sheet without one item.
fn removed(model: &Model, sheet: &Sheet, index: usize) -> (Model, Sheet) {
    let (mut model, mut sheet) = (model.clone(), sheet.clone());
    let gate = model.items().nth(index).unwrap().0;
    let place = index - model.range(gate).start;
    model.groups[gate].items.remove(place);
    sheet.answers.remove(index);
    sheet.noted.remove(index);
    (model, sheet)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn everything_is_in_bounds((model, sheet) in case()) {
        let card = Scorecard::of(&model, &sheet);
        let top = model.groups.len() as u8 + 1;
        for standing in [card.standing, card.low, card.high] {
            if let Some(strict) = standing.strict {
                prop_assert!((1..=top).contains(&strict));
                prop_assert!(standing.lenient.is_some_and(|lenient| (strict..=top).contains(&lenient)));
            } else {
                prop_assert_eq!((standing.lenient, standing.position, standing.undetermined), (None, None, Some(2)));
            }
            if let Some(x) = standing.position {
                let strict = u16::from(standing.strict.unwrap());
                prop_assert!((1000 * strict..=1000 * strict + 990).contains(&x));
                prop_assert!(strict < u16::from(top) || x == 1000 * strict);
            }
        }
        for gate in &card.gates {
            prop_assert!(gate.tenths() <= 1000 && gate.sum <= 4 * gate.answered && gate.answered <= gate.applicable);
        }
        prop_assert!(card.consistency.g_thousandths() <= 1000);
        prop_assert!(card.profile.iter().all(|v| v.percent.is_none_or(|p| p <= 100) && v.percent.is_some() == (v.answered > 0)));
        prop_assert!(card.confidence.grade.letter() >= 'B' && !card.confidence.reasons.is_empty());
    }

    #[test]
    fn the_rules_in_fractions_say_the_same((model, sheet) in case()) {
        for fill in [None, Some(0), Some(4)] {
            let gates = gate_scores(&model, &sheet, fill);
            prop_assert_eq!(standing(&gates, model.cuts), by_the_book(&gates, model.cuts));
        }
    }

    #[test]
    fn thresholds_are_exact(answered in 1u32..5000, part in 0u32..=10_000, near in 0usize..4, capped: bool) {
        let cuts = Cuts::STANDARD;
        // Half of the sums lie next to a threshold.
        let sum = match near {
            0 => part * 4 * answered / 10_000,
            n => {
                let cut = u32::from([cuts.partly, cuts.largely, cuts.fully][n - 1]);
                (cut * 4 * answered / 100 + part % 3).saturating_sub(1).min(4 * answered)
            }
        };
        let a = Ratio(100 * i128::from(sum), 4 * i128::from(answered));
        let plain = match () {
            () if a.above(cuts.fully) => Rating::F,
            () if a.above(cuts.largely) => Rating::L,
            () if a.above(cuts.partly) => Rating::P,
            () => Rating::N,
        };
        let expected = if capped { plain.min(Rating::P) } else { plain };
        prop_assert_eq!(GateScore::from_sums(cuts, sum, answered, answered, capped).rating, expected);
    }

    #[test]
    fn raising_an_answer_never_lowers_anything((model, sheet) in case(), at: Index) {
        let index = at.index(model.len());
        let Some(Answer::Value(value)) = sheet.answers[index] else { return Ok(()) };
        let scale = model.items().nth(index).unwrap().1.scale;
        let before = Scorecard::of(&model, &sheet);
        for higher in scale.values().iter().filter(|higher| **higher > value) {
            let after = Scorecard::of(&model, &with(&sheet, index, Some(Answer::Value(*higher))));
            for (a, b) in [(before.standing, after.standing), (before.low, after.low), (before.high, after.high)] {
                prop_assert!(a.strict <= b.strict && a.lenient <= b.lenient, "{a:?} -> {b:?}");
                prop_assert!(ordered(a.position, b.position), "{a:?} -> {b:?}");
                // A position is lost only by reaching a level above which too little is known.
                prop_assert!(b.position.is_some() || a.position.is_none() || b.strict > a.strict);
            }
            let pairs = before.gates.iter().zip(&after.gates);
            prop_assert!(pairs.clone().all(|(a, b)| a.rating <= b.rating && a.sum <= b.sum && (a.capped || !b.capped)));
        }
    }

    #[test]
    fn the_order_of_items_is_irrelevant((model, sheet) in case(), gate: Index, a: Index, b: Index) {
        let gate = gate.index(model.groups.len());
        let n = model.groups[gate].items.len();
        let (other, moved) = swapped(&model, &sheet, gate, a.index(n), b.index(n));
        prop_assert_eq!(without_why(Scorecard::of(&model, &sheet)), without_why(Scorecard::of(&other, &moved)));
    }

    #[test]
    fn not_applicable_changes_only_coverage((model, sheet) in case(), at: Index) {
        let index = at.index(model.len());
        let (gate, item) = model.items().nth(index).unwrap();
        let unknown = gate_scores(&model, &with(&sheet, index, None), None);
        let left_out = with(&sheet, index, Some(Answer::NotApplicable));
        let mut expected = unknown.clone();
        if sheet.form.has(item) {
            expected[gate].applicable -= 1;
        }
        prop_assert_eq!(gate_scores(&model, &left_out, None), expected);
        // And it is as if the item were not in the pack.
        let (fewer, rest) = removed(&model, &left_out, index);
        let (a, b) = (Scorecard::of(&model, &left_out), Scorecard::of(&fewer, &rest));
        prop_assert_eq!((a.gates, a.standing, a.low, a.high), (b.gates, b.standing, b.low, b.high));
        prop_assert_eq!((a.profile, a.confidence), (b.profile, b.confidence));
    }

    #[test]
    fn missing_is_not_zero((model, sheet) in case(), at: Index) {
        let index = at.index(model.len());
        let (gate, item) = model.items().nth(index).unwrap();
        let blank = gate_scores(&model, &with(&sheet, index, None), None);
        let unknown = gate_scores(&model, &with(&sheet, index, Some(Answer::DontKnow)), None);
        prop_assert_eq!(&blank, &unknown);
        let zero = gate_scores(&model, &with(&sheet, index, Some(Answer::Value(0))), None);
        prop_assert!(blank[gate].rating >= zero[gate].rating || blank[gate].answered == 0);
        if sheet.form.has(item) {
            prop_assert_eq!((zero[gate].answered, zero[gate].sum), (blank[gate].answered + 1, blank[gate].sum));
            prop_assert!(!item.critical || zero[gate].capped);
        } else {
            prop_assert_eq!(zero, blank);
        }
    }

    #[test]
    fn the_range_holds_the_position((model, sheet) in case()) {
        let card = Scorecard::of(&model, &sheet);
        prop_assert!(ordered(card.low.position, card.standing.position), "{card:?}");
        prop_assert!(ordered(card.standing.position, card.high.position), "{card:?}");
        prop_assert!(ordered(card.low.position, card.high.position), "{card:?}");
        let of = |value| Scorecard::of(&model, &filled(&sheet, value)).standing;
        prop_assert_eq!((card.low, card.high), (of(0), of(4)));
    }

    #[test]
    fn the_way_up_leads_up((model, sheet) in case()) {
        let card = Scorecard::of(&model, &sheet);
        let top = model.groups.len() as u8 + 1;
        let Some(why) = &card.why else {
            prop_assert_eq!(card.standing.strict, Some(top));
            return Ok(());
        };
        prop_assert_eq!(why.level, card.standing.strict.map_or(2, |level| level + 1));
        let raised = |items: &mut dyn Iterator<Item = usize>| {
            items.fold(sheet.clone(), |sheet, index| with(&sheet, index, Some(Answer::Value(4))))
        };
        let reachable = card.gates.iter().take(usize::from(why.level) - 1).all(|gate| gate.applicable >= 3);
        if reachable {
            prop_assert!(!why.holds.is_empty());
            let better = Scorecard::of(&model, &raised(&mut why.items()));
            prop_assert!(better.standing.strict >= Some(why.level), "{:?}", better.standing);
            for hold in &why.holds {
                // Without the last one it would not pass.
                let fewer = raised(&mut hold.items.iter().copied().take(hold.items.len() - 1));
                let gate = GateScore::of(&model, &fewer, usize::from(hold.gate) - 2, None);
                prop_assert!(!gate.determined() || gate.rating < hold.needs, "{hold:?}");
            }
        }
        for index in why.items() {
            let item = model.items().nth(index).unwrap().1;
            prop_assert!(sheet.form.has(item));
            prop_assert!(!matches!(sheet.answers[index], Some(Answer::Value(4) | Answer::NotApplicable)));
        }
    }

    #[test]
    fn a_damaged_pack_is_refused(at: Index, to: u8, cut: Index, second: bool) {
        let files = compiled(&written());
        let whole = if second { &files.later } else { &files.first };
        let read = |text: &str| match second {
            false => Pack::read(text).map(|_| ()),
            true => Pack::read(&files.first).and_then(|mut pack| pack.add(text)),
        };
        prop_assert_eq!(read(whole), Ok(()));
        let mut bytes = whole.clone().into_bytes();
        let place = at.index(bytes.len());
        let same = bytes[place] == to;
        bytes[place] = to;
        if let Ok(text) = String::from_utf8(bytes) {
            // The checksum covers all that follows the first line, not its language and hash.
            let head = whole.find('\n').unwrap();
            prop_assert!(same || place < head || read(&text).is_err());
        }
        let mut end = cut.index(whole.len());
        while !whole.is_char_boundary(end) {
            end -= 1;
        }
        prop_assert!(read(&whole[..end]).is_err());
    }

    #[test]
    fn any_records_are_read_without_a_panic(records in prop::collection::vec(record(), 0..40), tail: String) {
        let body: String = records.concat();
        let _ = Pack::read(&sealed(&body));
        let mut small = Pack::read(&small_pack()).unwrap();
        let _ = small.add(&sealed(&body));
        let _ = small.add(&sealed(&small_more().lines().skip(1).map(|line| [line, "\n"].concat()).chain([body.clone()]).collect::<String>()));
        let _ = Pack::read(&sealed(&(body + &tail)));
        let _ = Pack::read(&tail);
        let headed = format!("bsh-pack\t{tail}");
        prop_assert!(Pack::read(&headed).is_err());
    }

    #[test]
    fn any_change_to_the_author_s_file_is_read_without_a_panic(at: Index, length in 0usize..60, new in "[\\[\\]{}\",:0-9a-zé\\\\\n -]{0,12}") {
        let source = crate::support::PACK;
        let mut start = at.index(source.len());
        while !source.is_char_boundary(start) {
            start -= 1;
        }
        let mut end = (start + length).min(source.len());
        while !source.is_char_boundary(end) {
            end += 1;
        }
        let text = [&source[..start], &new, &source[end..]].concat();
        match english(text.as_bytes()) {
            // What is right can be compiled and read back.
            Ok(right) => {
                let files = compiled(&right);
                let pack = Pack::read(&files.first).and_then(|mut pack| pack.add(&files.later).map(|()| pack));
                prop_assert_eq!(pack.map(|pack| pack.survey), Ok(right.survey()));
            }
            Err(faults) => {
                prop_assert!(!faults.is_empty());
                prop_assert!(faults.iter().all(|fault| !fault.path.is_empty() && !fault.expected.is_empty() && !fault.found.is_empty()));
            }
        }
    }

    #[test]
    fn any_bytes_are_read_without_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        prop_assert!(english(&bytes).is_err());
        prop_assert!(author::read(crate::support::PACK.as_bytes(), &[("en".into(), bytes.clone())]).is_err());
        prop_assert!(author::read_interface(&bytes, KEYS, None).is_err());
    }
}

/// A line that is nearly a record.
fn record() -> impl Strategy<Value = String> {
    let kind = prop::sample::select(vec!["C", "T", "AG", "AX", "AP", "O", "G", "I", "S", "R", "V", "W", "U", "X", ""]);
    let field = prop_oneof![
        Just("fF*!".to_string()),
        Just("cT*".to_string()),
        Just("a b c d".to_string()),
        Just("?a-01 a-01<=50 & !".to_string()),
        Just("climb".to_string()),
        Just("g".to_string()),
        Just("15".to_string()),
        Just("a-01".to_string()),
        "[a-z0-9é-]{0,6}",
        "[0-9]{1,9}",
    ];
    (kind, prop::collection::vec(field, 0..8)).prop_map(|(kind, fields)| format!("{kind}\t{}\n", fields.join("\t")))
}
