//! Invitations and return codes: round trips, every damage that the check promises to find, hostile texts.

use crate::support::hierarchy;
use buy_sell_hierarchy::domain::answer::{Answer, Scale};
use buy_sell_hierarchy::domain::model::{Cuts, Form, Group, Item, Model, Role, Tag};
use buy_sell_hierarchy::exchange::code::{
    CodeError, NAME_BYTES, Return, decode, encode, handed_name, return_link, spoken, token, token_of,
};
use buy_sell_hierarchy::exchange::link::{INVITE, Invite, LinkError, invite_link, mailto, percent_encode, read_invite};
use buy_sell_hierarchy::exchange::symbols::{ALPHABET, Number, Sign, seal, sealed, sign, write};
use buy_sell_hierarchy::exchange::{code::RETURN, day};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::path::PathBuf;

const PACK: &str = "0123456789abcdef";
const HERE: &str = "https://example.org/hierarchy/";

/// The model of the corpus and of the documentation: 24 short items out of 30, of all scales. It never changes.
fn fixed() -> Model {
    let items = (0..30).map(|n| Item {
        id: format!("i-{n:02}"),
        scale: if n % 7 == 3 { Scale::Event } else { Scale::Frequency },
        tag: Tag::Features,
        critical: false,
        short: n % 5 != 4,
        note: false,
    });
    let mut items: Vec<Item> = items.collect();
    items[20].scale = Scale::Choice;
    let group = Group { id: "gate-2".into(), role: Role::Gate, items };
    Model { cuts: Cuts::STANDARD, groups: vec![group], signals: vec![], risks: vec![] }
}

/// Answers of all kinds to the form of a model.
fn example(model: &Model, form: Form, name: &str) -> Return {
    let mut given = Return {
        token: "K3F9AC7Q".into(),
        date: "2026-11-22".into(),
        form,
        answers: vec![None; model.len()],
        noted: vec![false; model.len()],
        name: name.into(),
    };
    for (index, (_, item)) in model.items().enumerate().filter(|(_, (_, item))| form.has(item)) {
        given.answers[index] = match index % 9 {
            7 => Some(Answer::DontKnow),
            8 => None,
            5 if item.scale != Scale::Choice => Some(Answer::NotApplicable),
            n => Some(Answer::Value(item.scale.values()[n % item.scale.values().len()])),
        };
        given.noted[index] = index % 4 == 1;
    }
    given
}

/// The example of `docs/exchange.md`.
const EXAMPLE: &str = "1K3F9AC7Q701AMWKGYP4V1T6505FJG1KT01VMVJRTGVP08MJPDF54MJRGYM5MAQA";

#[test]
fn the_example_of_the_documentation_is_read_and_written() {
    let model = fixed();
    let given = example(&model, Form::Short, "Anna de Vries");
    assert_eq!(encode(&model, PACK, &given), EXAMPLE);
    assert_eq!(decode(&model, PACK, EXAMPLE), Ok(given));
    let page = std::fs::read_to_string(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("docs/exchange.md"));
    let page = page.expect("docs/exchange.md");
    for text in [spoken(EXAMPLE), return_link(HERE, EXAMPLE), invite_link(HERE, &anna())] {
        assert!(page.contains(&text), "{text}");
    }
}

fn answer(scale: Scale) -> impl Strategy<Value = Option<Answer>> {
    let mut all: Vec<Option<Answer>> = scale.values().iter().map(|value| Some(Answer::Value(*value))).collect();
    all.extend([None, Some(Answer::DontKnow)]);
    all.extend((scale != Scale::Choice).then_some(Some(Answer::NotApplicable)));
    prop::sample::select(all)
}

/// Whatever can be handed back.
fn given(model: &Model) -> impl Strategy<Value = Return> + use<> {
    let scales: Vec<(Scale, bool)> = model.items().map(|(_, item)| (item.scale, item.short)).collect();
    let answers: Vec<_> = scales.iter().map(|(scale, _)| answer(*scale)).collect();
    let noted = prop::collection::vec(any::<bool>(), scales.len());
    let day = prop_oneof![9 => (0u32..32_767).prop_map(day::text), 1 => Just(String::new())];
    let name = prop_oneof![Just(String::new()), any::<String>(), "\\PC{0,40}"];
    (any::<[u32; 2]>(), day, any::<bool>(), answers, noted, name).prop_map(
        move |(random, date, full, mut answers, mut noted, name)| {
            let form = if full { Form::Full } else { Form::Short };
            for (index, (_, short)) in scales.iter().enumerate().filter(|(_, (_, short))| !full && !short) {
                assert!(!short);
                (answers[index], noted[index]) = (None, false);
            }
            Return { token: token(random), date, form, answers, noted, name: handed_name(&name) }
        },
    )
}

fn invite() -> impl Strategy<Value = Invite> {
    let name = || {
        prop_oneof![2 => "\\PC{0,80}", 1 => "[ ~%&#=+\"<>/a-c]{0,80}"].prop_map(|name| {
            // As it is kept: see `clean` in the module.
            let invite = Invite { company: name, ..anna() };
            read_invite(&invite_link(HERE, &invite)).unwrap().company
        })
    };
    ("[0-9a-f]{16}", "[a-zA-Z][a-zA-Z0-9-]{1,11}", any::<[u32; 2]>(), name(), name())
        .prop_map(|(pack, lang, random, company, label)| Invite { pack, lang, token: token(random), company, label })
}

fn anna() -> Invite {
    Invite {
        pack: PACK.into(),
        lang: "nl".into(),
        token: "K3F9AC7Q".into(),
        company: "Metaalwerken BV".into(),
        label: "Anna de Vriès ~ inkoop".into(),
    }
}

proptest! {
    #[test]
    fn what_is_handed_back_arrives(case in given(&hierarchy()), grouped: bool, lower: bool, linked: bool) {
        let (model, pack) = (hierarchy(), PACK);
        let code = encode(&model, pack, &case);
        let mut text = if grouped { spoken(&code) } else { code };
        if linked {
            text = return_link(HERE, &text);
        }
        if lower {
            text.make_ascii_lowercase();
        }
        prop_assert_eq!(decode(&model, pack, &text), Ok(case));
    }

    #[test]
    fn any_return_of_any_content_gives_a_readable_code(answers in prop::collection::vec(any::<u8>(), 0..40),
        token: String, date: String, name: String) {
        let model = fixed();
        let answers = answers.into_iter().map(|n| (n != 9).then_some(Answer::Value(n))).collect();
        let given = Return { token, date, form: Form::Full, answers, noted: vec![true; 3], name };
        let code = encode(&model, "no hash", &given);
        let back = decode(&model, "no hash", &code).unwrap();
        prop_assert_eq!(encode(&model, "no hash", &back), code);
    }

    #[test]
    fn an_invitation_arrives(case in invite()) {
        let link = invite_link(HERE, &case);
        prop_assert_eq!(read_invite(&link), Ok(case.clone()));
        prop_assert_eq!(read_invite(&link[HERE.len()..]), Ok(case.clone()));
        prop_assert_eq!(read_invite(&link[HERE.len() + 1..]), Ok(case.clone()));
        let plain = |b: u8| b.is_ascii_alphanumeric() || b"-._~%".contains(&b);
        prop_assert!(link[HERE.len() + INVITE.len() + 2..].bytes().all(plain), "{}", link);
        // Programs that escape the separators too, or use small letters in escapes, do no harm where no name has one.
        if !link.contains("%7E") {
            prop_assert_eq!(read_invite(&link.replace('~', "%7e")), Ok(case));
        }
    }

    #[test]
    fn nothing_panics(text: String, bytes in prop::collection::vec(any::<u8>(), 0..300), symbols in "[0-9A-Z -]{0,200}") {
        let model = fixed();
        let bytes = String::from_utf8_lossy(&bytes).into_owned();
        for text in [&text, &bytes, &symbols] {
            for text in [text.clone(), return_link(HERE, text), format!("#{INVITE}={text}"), format!("{INVITE}=1~{text}")] {
                prop_assert!(decode(&model, PACK, &text).is_err());
                prop_assert!(read_invite(&text).is_err());
            }
        }
    }

    #[test]
    fn sealed_rubbish_is_refused_or_read(values in prop::collection::vec(0u8..29, 9..80)) {
        // With a right check, so that everything behind it is reached.
        let model = fixed();
        let mut values = values;
        values[0] = 1;
        seal(&mut values);
        let code = write(&values);
        match decode(&model, PACK, &code) {
            Ok(given) => prop_assert_eq!(encode(&model, PACK, &given), code),
            Err(CodeError::OtherPack { token }) => prop_assert_eq!(&token, &code[1..9]),
            Err(fault) => prop_assert_eq!(fault, CodeError::Damaged),
        }
    }

    #[test]
    fn content_behind_the_right_pack_is_refused_or_read(digits in prop::collection::vec(0u32..256, 0..80), day in 0u32..32_768) {
        let model = fixed();
        let mut number = Number::default();
        for digit in digits {
            number.push(256, digit);
        }
        number.push(1 << 15, day);
        number.push(1 << 24, 0x01_2345);
        let mut values = vec![1, 0, 1, 2, 3, 4, 5, 6, 7];
        values.append(&mut number.0);
        seal(&mut values);
        let code = write(&values);
        match decode(&model, PACK, &code) {
            Ok(given) => prop_assert_eq!(encode(&model, PACK, &given), code),
            Err(fault) => prop_assert_eq!(fault, CodeError::Damaged),
        }
    }

    #[test]
    fn mutated_texts_are_refused(at: prop::sample::Index, to: char, cut: prop::sample::Index) {
        let model = fixed();
        let code = encode(&model, PACK, &example(&model, Form::Short, "Anna"));
        let link = invite_link(HERE, &anna());
        for text in [spoken(&code), link] {
            let changed: String =
                text.chars().enumerate().map(|(n, c)| if n == at.index(text.len()) { to } else { c }).collect();
            let cut = &text[..cut.index(text.len())];
            for text in [&changed, cut] {
                if let Ok(given) = decode(&model, PACK, text) {
                    prop_assert_eq!(encode(&model, PACK, &given), code.clone());
                }
                if let Ok(invite) = read_invite(text) {
                    prop_assert_eq!(invite, anna());
                }
            }
        }
    }

    #[test]
    fn a_digit_comes_out_as_it_went_in(digits in prop::collection::vec((1u32..=1 << 24, any::<u32>()), 0..30)) {
        let mut number = Number::default();
        for (base, digit) in &digits {
            number.push(*base, digit % base);
        }
        for (base, digit) in digits.iter().rev() {
            prop_assert_eq!(number.pull(*base), digit % base);
        }
        prop_assert!(number.done());
    }
}

#[test]
fn the_alphabet_has_no_look_alikes() {
    let symbols: BTreeSet<u8> = ALPHABET.iter().copied().collect();
    assert_eq!(symbols.len(), 29);
    assert!(ALPHABET.iter().all(|c| c.is_ascii_digit() || c.is_ascii_uppercase()));
    for alike in ["0O", "1IL", "2Z", "5S", "8B", "VU"] {
        assert_eq!(alike.bytes().filter(|c| symbols.contains(c)).count(), 1, "{alike}");
    }
    for (read, meant) in
        ["O0", "o0", "I1", "i1", "L1", "l1", "Z2", "z2", "S5", "s5", "B8", "b8"].map(|pair| pair.split_at(1))
    {
        assert_eq!(sign(read.chars().next().unwrap()), sign(meant.chars().next().unwrap()), "{read}");
    }
    for gap in " \u{a0}\t\r\n-‐‑‒–—―−\u{ad}\u{200b}\u{feff}>*".chars() {
        assert_eq!(sign(gap), Sign::Gap, "{gap:?}");
    }
    for other in "Uu.,:/_~%#=é\0".chars() {
        assert_eq!(sign(other), Sign::Other, "{other:?}");
    }
}

/// Every code whose damage is tried: both forms, with and without a name, of the shipped pack.
fn codes() -> Vec<(Return, String)> {
    let model = hierarchy();
    let mut all = Vec::new();
    for form in [Form::Short, Form::Full] {
        for name in ["", "Ænne O'Neill-Østergård van der Berg"] {
            let given = example(&model, form, &handed_name(name));
            let code = encode(&model, PACK, &given);
            all.push((given, code));
        }
    }
    all
}

#[test]
fn every_wrong_symbol_is_found() {
    let model = hierarchy();
    for (given, code) in codes() {
        assert_eq!(decode(&model, PACK, &code), Ok(given));
        for at in 0..code.len() {
            for symbol in ALPHABET.iter().filter(|symbol| **symbol != code.as_bytes()[at]) {
                let mut wrong = code.clone().into_bytes();
                wrong[at] = *symbol;
                let wrong = String::from_utf8(wrong).unwrap();
                assert_eq!(decode(&model, PACK, &wrong), Err(CodeError::Damaged), "{wrong}");
            }
        }
    }
}

#[test]
fn every_swap_of_neighbours_is_found_and_every_missing_symbol() {
    let model = hierarchy();
    for (_, code) in codes() {
        for at in 0..code.len() {
            let mut wrong = code.clone().into_bytes();
            wrong.remove(at);
            let wrong = String::from_utf8(wrong).unwrap();
            assert_eq!(decode(&model, PACK, &wrong), Err(CodeError::Damaged), "{wrong}");
            let mut wrong = code.clone().into_bytes();
            if at + 1 < wrong.len() && wrong[at] != wrong[at + 1] {
                wrong.swap(at, at + 1);
                let wrong = String::from_utf8(wrong).unwrap();
                assert_eq!(decode(&model, PACK, &wrong), Err(CodeError::Damaged), "{wrong}");
            }
        }
    }
}

#[test]
fn the_check_holds_what_it_promises_at_any_length() {
    // 29 is a primitive root of the prime: its powers return to 1 after p - 1 steps and not before, so that swaps over
    // any distance are found as well.
    let prime = 707_279u64;
    assert!((2..=841).all(|n| !prime.is_multiple_of(n)));
    let mut power = 29;
    let mut order = 1;
    while power != 1 {
        power = power * 29 % prime;
        order += 1;
    }
    assert_eq!(order, prime - 1);
    let mut values: Vec<u8> = (0..2000u32).map(|n| (n * n % 29) as u8).collect();
    seal(&mut values);
    assert!(sealed(&values));
    for at in 0..values.len() {
        let was = values[at];
        for wrong in (0..29).filter(|wrong| at % 50 == 0 && *wrong != was) {
            values[at] = wrong;
            assert!(!sealed(&values));
        }
        values[at] = was;
        if let Some(next) = values.get(at + 1).copied().filter(|next| *next != was) {
            values.swap(at, at + 1);
            assert!(!sealed(&values), "{at}: {was} {next}");
            values.swap(at, at + 1);
        }
    }
}

#[test]
fn a_short_form_of_24_items_stays_within_120_characters() {
    let model = hierarchy();
    assert_eq!(model.count(Form::Short), 24);
    let mut longest = 0;
    for value in 0..8 {
        for name in
            ["", "x", &"W".repeat(30), &"ÿ".repeat(30), &"\u{10ffff}".repeat(20), &"漢".repeat(20), &"~".repeat(200)]
        {
            let mut given = example(&model, Form::Short, name);
            given.token = "YYYYYYYY".into();
            given.date = "2109-09-17".into();
            for (index, (_, item)) in model.items().enumerate() {
                given.answers[index] = match value {
                    5 => Some(Answer::DontKnow),
                    6 => Some(Answer::NotApplicable),
                    7 => None,
                    value => item.scale.answer(value),
                };
                given.noted[index] = value % 2 == 1;
            }
            let code = encode(&model, "ffffffffffffffff", &given);
            if name.is_empty() {
                assert_eq!(code.len(), 43);
            }
            longest = longest.max(spoken(&code).len());
            let back = decode(&model, "ffffffffffffffff", &code).unwrap();
            assert_eq!(back.name, handed_name(name));
        }
    }
    assert_eq!(longest, 119);
}

#[test]
fn names_are_cut_between_characters_and_cleaned() {
    assert_eq!(handed_name("  Anna\u{0}\n\u{202e} B. "), "Anna B.");
    assert_eq!(handed_name(&"é".repeat(40)), "é".repeat(17));
    assert_eq!(handed_name(&"x".repeat(40)).len(), NAME_BYTES);
    assert_eq!(handed_name(&format!("{} y", "x".repeat(34))), "x".repeat(34));
}

#[test]
fn a_code_is_read_as_people_hand_it_over() {
    let model = fixed();
    let given = example(&model, Form::Short, "Anna de Vries, purchasing dept");
    let code = encode(&model, PACK, &given);
    let grouped = spoken(&code);
    let link = return_link(HERE, &code);
    let (begin, end) = code.split_at(40);
    let texts = [
        code.clone(),
        code.to_lowercase(),
        grouped.clone(),
        grouped.replace('-', "–"),
        grouped.replace('-', " - "),
        grouped.replace('-', "\u{ad}\r\n"),
        code.replace('0', "O").replace('1', "l").replace('2', "z").replace('5', "s").replace('8', "B"),
        format!("\u{feff}  {code}\n"),
        link.clone(),
        link.to_uppercase(),
        format!("{HERE}?embed=1#{RETURN}={code}"),
        format!("My answers:\n<{link}>\nRegards, Anna"),
        format!("My answers: {link}. Regards, Anna"),
        format!("{link}\nDear all,\nsee the lone link here\n"),
        format!("My answers to your 24 questions.\r\n\r\n{HERE}#{RETURN}={begin}\r\n{end}\r\n\r\nAnna"),
        format!("My answers.\r\n{HERE}#{RETURN}=\r\n{code}\r\n"),
        format!("> > Here:\n> > {grouped}\n> > Anna\n"),
        format!("Hi,\n\n*{grouped}*\n\nAnna, tel. 1234 5678"),
        format!("Code: {grouped}\n"),
        format!("A thing\n{}\n{}\nA thing", &grouped[..50], &grouped[50..]),
        // A damaged link above a code that is right.
        format!("{}\n\n{grouped}\n", link.replace(&code[9..12], "000")),
    ];
    for text in texts {
        assert_eq!(decode(&model, PACK, &text).as_ref(), Ok(&given), "{text}");
    }
}

#[test]
fn without_a_code_nothing_is_found() {
    let model = fixed();
    let long = format!("{}{}", EXAMPLE, " ".repeat(100_000));
    let letter = "Dear colleagues,\nthe next meeting is on 2026-12-01 at 10:30.\nNo code yet.\nRegards\nA. de Vries\n+31 6 1234 5678";
    for text in ["", " ", "-", "hello", letter, &long, HERE, &invite_link(HERE, &anna()).replace('~', "!")] {
        assert_eq!(decode(&model, PACK, text), Err(CodeError::Missing), "{text}");
    }
    let half = &EXAMPLE[..20];
    for text in [half, &spoken(half), &return_link(HERE, half), &return_link(HERE, ""), &EXAMPLE.replace('W', "U?")] {
        assert_eq!(decode(&model, PACK, text), Err(CodeError::Damaged), "{text}");
    }
}

#[test]
fn a_newer_version_and_another_edition_are_told() {
    let model = fixed();
    let given = example(&model, Form::Short, "");
    let code = encode(&model, PACK, &given);
    let other = encode(&model, "1123456789abcdef", &given);
    assert_eq!(decode(&model, PACK, &other), Err(CodeError::OtherPack { token: given.token.clone() }));
    // The rest of the hash does not travel.
    assert_eq!(decode(&model, "0123450000000000", &code), Ok(given.clone()));
    for version in [2u8, 28] {
        let mut values = vec![version, 5, 15, 5, 25, 5, 15, 5, 15, 9, 19, 9];
        seal(&mut values);
        assert_eq!(decode(&model, PACK, &write(&values)), Err(CodeError::Newer));
        // A slip in the first symbol is no newer version.
        values.pop();
        assert_eq!(decode(&model, PACK, &write(&values)), Err(CodeError::Damaged));
    }
    // The right code wins, whatever else is in the text.
    assert_eq!(decode(&model, PACK, &format!("{other}\n{code}")), Ok(given));
}

#[test]
fn values_that_their_item_cannot_have_are_damage() {
    let model = fixed();
    let strict = |scale: Scale| {
        let mut model = fixed();
        model.groups[0].items.iter_mut().for_each(|item| item.scale = scale);
        model
    };
    let frequency = strict(Scale::Frequency);
    for (answer, event, choice) in [
        (Some(Answer::Value(0)), true, true),
        (Some(Answer::Value(1)), false, false),
        (Some(Answer::Value(2)), true, false),
        (Some(Answer::Value(3)), false, false),
        (Some(Answer::Value(4)), true, true),
        (Some(Answer::DontKnow), true, true),
        (Some(Answer::NotApplicable), true, false),
        (None, true, true),
    ] {
        let mut given = example(&model, Form::Full, "");
        given.answers = vec![answer; model.len()];
        let code = encode(&frequency, PACK, &given);
        assert_eq!(decode(&frequency, PACK, &code).unwrap(), given);
        assert_eq!(decode(&strict(Scale::Event), PACK, &code).is_ok(), event, "{answer:?}");
        assert_eq!(decode(&strict(Scale::Choice), PACK, &code).is_ok(), choice, "{answer:?}");
        // What cannot be said is left blank by those who write.
        let blank = decode(&strict(Scale::Choice), PACK, &encode(&strict(Scale::Choice), PACK, &given)).unwrap();
        assert_eq!(blank.answers[0], if choice { answer } else { None });
    }
}

#[test]
fn days_are_days_of_the_calendar() {
    assert_eq!(day::number("2020-01-01"), Some(0));
    assert_eq!(day::number("2020-12-31"), Some(365));
    assert_eq!(day::number("2026-11-22"), Some(2517));
    assert_eq!(day::text(32_766), "2109-09-17");
    for (number, text) in (0..65_536).map(|number| (number, day::text(number))) {
        assert_eq!(day::number(&text), Some(number), "{text}");
    }
    for wrong in [
        "",
        "2019-12-31",
        "2026-02-29",
        "2100-02-29",
        "2026-13-01",
        "2026-00-10",
        "2026-01-00",
        "2026-1-1",
        "+026-01-01",
        "٢٠٢٦-01-01",
    ] {
        assert_eq!(day::number(wrong), None, "{wrong}");
    }
}

#[test]
fn tokens_are_eight_symbols() {
    assert_eq!(token([0, 0]), "00000000");
    assert_eq!(token([u32::MAX, u32::MAX]).len(), 8);
    assert_ne!(token([0, 1]), token([1, 0]));
    assert_eq!(token_of(" k3f9-ac7q ").as_deref(), Some("K3F9AC7Q"));
    assert_eq!(token_of("OILZSB00").as_deref(), Some("01125800"));
    for wrong in ["", "K3F9AC7", "K3F9AC7QQ", "K3F9AC7U"] {
        assert_eq!(token_of(wrong), None);
    }
}

#[test]
fn every_damage_of_an_invitation_is_found() {
    let link = invite_link("", &anna());
    let value = INVITE.len() + 2;
    let signs: Vec<u8> = (b' '..=b'~').collect();
    for at in value..link.len() {
        for wrong in &signs {
            let mut bytes = link.clone().into_bytes();
            bytes[at] = *wrong;
            let text = String::from_utf8(bytes).unwrap();
            match read_invite(&text) {
                // Another way to write the same facts: small letters in an escape, the pack, the token or the check.
                Ok(invite) => assert_eq!(invite, anna(), "{text}"),
                Err(fault) => assert_eq!(fault, LinkError::Damaged, "{text}"),
            }
        }
        let mut bytes = link.clone().into_bytes();
        if at + 1 < bytes.len() && bytes[at] != bytes[at + 1] {
            bytes.swap(at, at + 1);
            let text = String::from_utf8(bytes).unwrap();
            assert_eq!(read_invite(&text), Err(LinkError::Damaged), "{text}");
        }
        assert_eq!(read_invite(&link[..at]), Err(LinkError::Damaged));
    }
}

#[test]
fn an_invitation_says_five_things_and_no_more() {
    let link = invite_link(HERE, &anna());
    assert_eq!(
        link,
        "https://example.org/hierarchy/#bsh-invite=1~0123456789abcdef~nl~K3F9AC7Q~Metaalwerken%20BV~Anna%20de%20Vri%C3%A8s%20%7E%20inkoop~5VP7"
    );
    let lower = Invite { token: "k3f9ac7q".into(), pack: "0123456789ABCDEF".into(), ..anna() };
    assert_eq!(invite_link(HERE, &lower), link);
    assert_eq!(read_invite(&link.replace("K3F9AC7Q", "k3f9ac7q")), Ok(anna()));
    for text in [
        format!("Dear Anna,\n\n<{link}>\n\nRegards"),
        format!("({link})."),
        format!("See {link}, please"),
        link.replace("%C3%A8", "è"),
        link.replace("%7E", "%7e"),
    ] {
        assert_eq!(read_invite(&text), Ok(anna()), "{text}");
    }
    let long = Invite { company: format!(" a\u{0}\u{202e}\n{}", "é".repeat(100)), label: String::new(), ..anna() };
    let back = read_invite(&invite_link(HERE, &long)).unwrap();
    assert_eq!(back.company, format!("a{}", "é".repeat(79)));
    assert_eq!(back.label, "");
    for wrong in [
        Invite { pack: "0123".into(), ..anna() },
        Invite { pack: "0123456789abcdeg".into(), ..anna() },
        Invite { lang: "e".into(), ..anna() },
        Invite { lang: "abcdefghijklm".into(), ..anna() },
        Invite { lang: "e_".into(), ..anna() },
        Invite { token: "123".into(), ..anna() },
    ] {
        assert_eq!(read_invite(&invite_link(HERE, &wrong)), Err(LinkError::Damaged));
    }
}

#[test]
fn mail_is_escaped() {
    assert_eq!(percent_encode("aZ09-._~ é\u{0}"), "aZ09-._~%20%C3%A9%00");
    assert_eq!(mailto("How & why?\n", "a\nb\r\nc"), "mailto:?subject=How%20%26%20why%3F&body=a%0D%0Ab%0D%0Ac");
}

/// What a file of the corpus gives, in a word.
fn outcome(text: &str) -> String {
    let model = fixed();
    let code = match decode(&model, PACK, text) {
        Ok(given) => {
            assert_eq!(given, example(&model, given.form, &given.name));
            format!("{} {}", given.form.code(), given.name)
        }
        Err(fault) => format!("{fault:?}"),
    };
    let link = match read_invite(text) {
        Ok(invite) => format!("{} {} {}", invite.lang, invite.company, invite.label),
        Err(fault) => format!("{fault:?}"),
    };
    format!("{code} | {link}")
}

#[test]
fn the_corpus_gives_what_it_gave() {
    let expected = [
        ("damaged-cut.txt", "Damaged | Missing"),
        ("damaged-in-mail.txt", "Damaged | Missing"),
        ("damaged-letter.txt", "Damaged | Missing"),
        ("damaged-link-empty.txt", "Damaged | Missing"),
        ("damaged-swap.txt", "Damaged | Missing"),
        ("damaged-symbol.txt", "Damaged | Missing"),
        ("damaged-version.txt", "Damaged | Missing"),
        ("good-full.txt", "full  | Missing"),
        ("good-link.txt", "short Anna de Vries | Missing"),
        ("good-look-alikes.txt", "short Anna de Vries | Missing"),
        ("good-lower.txt", "short  | Missing"),
        ("good-mail.txt", "short Anna de Vries | Missing"),
        ("good-name-grouped.txt", "short Anna de Vries | Missing"),
        ("good-quoted.txt", "short Anna de Vries | Missing"),
        // Both are in it: the invitation is quoted.
        ("good-reply.txt", "short Anna de Vries | nl Metaalwerken BV Anna de Vriès ~ inkoop"),
        ("good-short.txt", "short  | Missing"),
        ("hostile-bytes.txt", "short  | Damaged"),
        ("hostile-direction.txt", "Damaged | Missing"),
        ("hostile-full-width.txt", "Missing | Missing"),
        ("hostile-keys.txt", "Damaged | Damaged"),
        ("hostile-lines.txt", "Missing | Missing"),
        ("hostile-long.txt", "Missing | Missing"),
        ("hostile-nul.txt", "Missing | Damaged"),
        ("hostile-percent.txt", "Damaged | Damaged"),
        ("hostile-zeros.txt", "Missing | Missing"),
        ("invite-damaged-cut.txt", "Missing | Damaged"),
        ("invite-damaged-escape.txt", "Missing | Damaged"),
        ("invite-damaged-fields.txt", "Missing | Damaged"),
        ("invite-damaged-pack.txt", "Missing | Damaged"),
        ("invite-damaged-utf8.txt", "Missing | Damaged"),
        ("invite-false-newer.txt", "Missing | Damaged"),
        ("invite-good-escaped.txt", "Missing | nl Metaalwerken BV Anna de Vriès ~ inkoop"),
        ("invite-good-mail.txt", "Missing | nl Metaalwerken BV Anna de Vriès ~ inkoop"),
        ("invite-good.txt", "Missing | nl Metaalwerken BV Anna de Vriès ~ inkoop"),
        ("invite-newer.txt", "Missing | Newer"),
        ("missing-empty.txt", "Missing | Missing"),
        ("missing-letter.txt", "Missing | Missing"),
        ("newer.txt", "Newer | Missing"),
        ("other-pack.txt", "OtherPack { token: \"K3F9AC7Q\" } | Missing"),
    ];
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/codes");
    let mut found = BTreeSet::new();
    for file in std::fs::read_dir(&folder).unwrap() {
        found.insert(file.unwrap().file_name().into_string().unwrap());
    }
    let known: BTreeSet<String> = expected.iter().map(|(name, _)| (*name).into()).collect();
    assert_eq!(found, known);
    for (name, outcome_of) in expected {
        let text = String::from_utf8_lossy(&std::fs::read(folder.join(name)).unwrap()).into_owned();
        assert_eq!(outcome(&text), outcome_of, "{name}");
    }
}
