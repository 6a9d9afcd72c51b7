//! A small compiled pack, made by hand, for tests that do not care about the shipped content: five levels, four gates
//! of four items (three of them short), one critical item a gate. Interface texts are their own keys.

use buy_sell_hierarchy::pack::compiled::fnv1a;
use buy_sell_hierarchy::pack::texts::KEYS;

/// The text of the pack. Item 1 of each gate is critical, item 3 is a one-off event that asks for a note, item 4 is in
/// the full form only.
pub fn small_pack() -> String {
    let mut body = String::from("C\t15\t50\t85\nN\tSmall\tThinking of {subject}:\tThinking of {subject}:\n");
    for level in 1..=5 {
        body.push_str(&format!("L\tLevel {level}\tL{level}\tsupplier {level}\tsees {level}\n"));
    }
    for gate in 2..=5 {
        body.push_str(&format!("G\tGate {gate}\tIntro {gate}\n"));
        for (number, flags) in [(1, "fC*!"), (2, "fP*"), (3, "eI*n"), (4, "fF")] {
            body.push_str(&format!("I\tg{gate}-0{number}\t{flags}\tOwn {gate}.{number}\tTheirs {gate}.{number}\n"));
        }
    }
    for (kind, id) in [("S", "c"), ("R", "r")] {
        for number in 1..=2 {
            body.push_str(&format!("{kind}\t{id}-0{number}\tSign {id}{number}\n"));
        }
    }
    for key in KEYS {
        body.push_str(&format!("U\t{key}\n"));
    }
    format!("bsh-pack\t1\ten\t0123456789abcdef\t{:08x}\n{body}", fnv1a(body.as_bytes()))
}
