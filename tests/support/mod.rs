//! A small compiled pack, made by hand, for tests that do not care about the shipped content. Interface texts are their
//! own keys.

use buy_sell_hierarchy::pack::compiled::fnv1a;
use buy_sell_hierarchy::pack::texts::{FIRST, KEYS};

/// The first file of a compiled pack of four gates with four items each, all short; the third item of a gate is an
/// event, the first critical.
pub fn small_pack() -> String {
    let mut body = String::from("C\t15\t50\t85\nT\ten\tEnglish\nAG\thierarchy\t5\t12\t3\n");
    for gate in 2..=5 {
        body += &format!("G\tg\tgate-{gate}\n");
        for (number, flags) in ["fF*!", "fP*", "eI*n", "fC*"].iter().enumerate() {
            body += &format!("I\tg{gate}-0{}\t{flags}\n", number + 1);
        }
    }
    body += "S\tc-01\nS\tc-02\nR\tr-01\nR\tr-02\nname\tSmall\nhierarchy.frame.own\tOf {subject}:\n";
    for gate in 2..=5 {
        body += &format!("hierarchy.gate-{gate}.title\tGate {gate}\nhierarchy.gate-{gate}.intro\tIntro {gate}\n");
        for number in 1..=4 {
            body += &format!("g{gate}-0{number}.own\tOwn {gate}.{number}\n");
        }
    }
    body += "c-01\tSignal one\nc-02\tSignal two\nr-01\tRisk one\nr-02\tRisk two\n";
    for key in KEYS.iter().take(FIRST) {
        body += &format!("U\t{key}\n");
    }
    sealed(&body)
}

/// The second file of [`small_pack`].
pub fn small_more() -> String {
    let mut body =
        String::from("hierarchy.name\tSmall\nhierarchy.intro\tWhere?\nhierarchy.frame.customer\tAbout {subject}:\n");
    for level in 1..=5 {
        for (what, text) in [("name", "Level "), ("short", "L"), ("supplier", "a supplier at "), ("sees", "sees ")] {
            body += &format!("hierarchy.level-{level}.{what}\t{text}{level}\n");
        }
    }
    for gate in 2..=5 {
        for number in 1..=4 {
            body += &format!("g{gate}-0{number}.customer\tCustomer {gate}.{number}\n");
        }
    }
    for key in KEYS.iter().skip(FIRST) {
        body += &format!("U\t{key}\n");
    }
    sealed(&body)
}

/// A compiled file with the checksum of the body that it has.
pub fn sealed(body: &str) -> String {
    format!("bsh-pack\t3\ten\t0123456789abcdef\t{:08x}\n{body}", fnv1a(body.as_bytes()))
}
