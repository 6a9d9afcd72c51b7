//! Answer sheets and what they must come to, computed by hand.
//! Knows docs/scoring.md and the questions' ids; must not know the page.

pub type Answers = &'static [(&'static str, &'static str)];

/// The short form, gate by gate.
///
/// Gate 2: 4+4+4+4+3+4 = 23 of 24 = 95.8 %, fully. Gate 3: 4+3+3+4+3+3 = 20 of 24 = 83.3 %, largely.
/// Gate 4: 2+2+0+2+2 = 8 of 20 = 40 %, partly; one not known. Gate 5: 0 of 16 = 0 %, not; one not known, one out.
///
/// Level 3 (gate 2 fully, gate 3 largely), up to 3. Position 3000 + min(990, 1000*40/50 = 800,
/// 1000*(83.33-50)/35 = 952) = 3800. Low, the unknown at 0: 8 of 24, 666, so 3666. High, the unknown at 4:
/// 12 of 24 = 50 %, 990, so 952 decides: 3952. Confidence: own view C; 21 of 23 answered, nothing unusual: C.
pub const SHORT: [Answers; 4] = [
    &[("g2-01", "4"), ("g2-02", "4"), ("g2-03", "4"), ("g2-04", "4"), ("g2-05", "3"), ("g2-06", "4")],
    &[("g3-01", "4"), ("g3-02", "3"), ("g3-03", "3"), ("g3-04", "4"), ("g3-05", "3"), ("g3-06", "3")],
    &[("g4-01", "2"), ("g4-02", "2"), ("g4-03", "0"), ("g4-04", "2"), ("g4-05", "dk"), ("g4-06", "2")],
    &[("g5-01", "0"), ("g5-02", "0"), ("g5-03", "dk"), ("g5-04", "0"), ("g5-05", "na"), ("g5-06", "0")],
];

/// The matrix, page by page.
///
/// Intellectual: 4+3+3+2+4 = 16 of 20 = 80 %, valued. Emotional: 1+2+1+2 = 6 of 16 = 37.5 %, not valued, and further
/// than 8 from the line at 50: no border. With the unknown at 0 6 of 20 = 30 %, at 4 10 of 20 = 50 %.
/// Pillars: 100 and 75 stand, 50 and 25 do not. Trust at 75 is largely achieved: cemented.
pub const MATRIX: [(&str, Answers); 3] = [
    ("matrix.intellectual", &[("iv-1", "4"), ("iv-2", "3"), ("iv-3", "3"), ("iv-4", "2"), ("iv-5", "4")]),
    ("matrix.emotional", &[("ev-1", "1"), ("ev-2", "2"), ("ev-3", "1"), ("ev-4", "dk"), ("ev-5", "2")]),
    (
        "matrix.passion",
        &[
            ("mp-passion", "4"),
            ("mp-resonance", "3"),
            ("mp-security", "2"),
            ("mp-creativity", "1"),
            ("mp-trust", "3"),
            ("by-choice", "0"),
        ],
    ),
];

/// The practices, page by page: 16 of 16, 8 of 16, 2 of 16 = 12.5 % (the weakest), 12 of 16.
pub const PRACTICE: [(&str, Answers); 4] = [
    ("practice.asset", &[("ra-1", "4"), ("ra-2", "4"), ("ra-3", "4"), ("ra-4", "4")]),
    ("practice.ask", &[("aa-1", "2"), ("aa-2", "2"), ("aa-3", "2"), ("aa-4", "2")]),
    ("practice.negotiate", &[("ns-1", "1"), ("ns-2", "0"), ("ns-3", "1"), ("ns-4", "0")]),
    ("practice.rivals", &[("tc-1", "3"), ("tc-2", "3"), ("tc-3", "3"), ("tc-4", "3")]),
];

/// Percent a practice, in tenths.
pub const PRACTICE_TENTHS: [u32; 4] = [1000, 500, 125, 750];

/// Every list with something in it. Eva holds both contacts; by time one is ahead of us, by cash nobody is known.
pub const ROWS: &str = "person=4 2
person.4.name=A. B.
person.4.function=purchasing
person.4.seniority=manager
person.4.role=sponsor
person.4.holder=Eva
person.2.name=Rechtsschutzversicherungsgesellschaften
person.2.function=engineering
person.2.seniority=executive
person.2.holder=Eva
own.1.time=30
own.1.cash=20
share=7 8
share.7.name=Donaudampfschifffahrtsgesellschaft
share.7.category=Logistics
share.7.time=40
share.8.name=Blue Software
task=11 12 13
task.11.method=succession
task.11.owner=Eva
task.11.due=2026-01-02
task.11.status=doing
task.11.cause=r-01
task.12.title=Invite the plant manager
task.12.note=In May\\nor June
task.13.title=Betriebsunfähigkeitsversicherungsvergleich
task.13.status=done
goal=21
goal.21.player=the plant manager
goal.21.role=the one who thinks ahead
focus=31
focus.31.text=Quarterly reviews
stop=41
stop.41.text=Trade fairs
charter.1.value=shorter stops
charter.1.how=a joint team
charter.1.text=In our own words.
climb.1.worth=unsure
";

/// A kept draft: these answers and lines, at this step.
pub fn draft(edition: &str, step: &str, answers: &[Answers], lines: &str) -> String {
    let head = format!("bsh-answers 3 7 {edition}\nform=short\nview=own\naccount=Metal Works\npart=Plant North\n");
    let answers: Vec<String> = answers.concat().iter().map(|(item, value)| format!("{item}={value}\n")).collect();
    format!("{head}date=2026-03-02\nstep={step}\n{}{lines}", answers.concat())
}

/// All three instruments and every list.
pub fn full(edition: &str, step: &str, lines: &str) -> String {
    let mut answers = SHORT.to_vec();
    answers.extend(MATRIX.iter().chain(&PRACTICE).map(|(_, answers)| *answers));
    draft(edition, step, &answers, &format!("{}=x\n{}=x\n{ROWS}{lines}", TICKS[0], TICKS[1]))
}

/// Every answer at the top, and no ticks.
pub fn top(edition: &str, step: &str, lines: &str) -> String {
    let mut text = draft(edition, step, &[], lines);
    for (item, _) in SHORT.iter().chain(MATRIX.iter().chain(&PRACTICE).map(|(_, answers)| answers)).flat_map(|a| *a) {
        text.push_str(&format!("{item}={}\n", if *item == "by-choice" { "0" } else { "4" }));
    }
    text
}

/// Three people at the customer, by row: 4 Anna, 2 Bert, 6 Cleo. No two have the same role.
pub const PEOPLE: &str = "person=4 2 6
person.4.name=Anna
person.4.role=sponsor
person.2.name=Bert
person.2.role=key-player
person.6.name=Cleo
person.6.function=finance
";

/// An account in its first round with the short form as the own view (3800), at its own page.
pub fn account(edition: &str, name: &str, lines: &str) -> String {
    draft(edition, "account", &SHORT, lines)
        .replace("account=Metal Works\npart=Plant North", &format!("account={name}"))
        + "about.1.round=1\n"
}

/// Somebody's answers as an account keeps them: `who` is a row of people, 0 for the own view. Every item of a gate has
/// the gate's one value, 0 or 4: with the first n gates at 4 the level is n + 1 and the position its lower edge.
pub fn view(id: u32, (round, who, date): (u32, u32, &str), edition: &str, gates: [u8; 4]) -> String {
    let gate = |(gate, value): (usize, u8)| format!("g{gate}-01={value}{}", format!(" {value}").repeat(5));
    let code: Vec<String> = (2..).zip(gates).map(gate).collect();
    format!("seen.{id}.head={round} {who} {date} short {edition}\nseen.{id}.code={}\n", code.join(" "))
}

/// What Anna (3000), Bert (2000) and Cleo (5000) answered in the first round; the first `n` of them.
pub fn views(edition: &str, n: usize) -> String {
    let people = [(51, 4, [4, 4, 0, 0]), (52, 2, [4, 0, 0, 0]), (53, 6, [4, 4, 4, 4])];
    let ids: Vec<String> = people[..n].iter().map(|(id, _, _)| id.to_string()).collect();
    let texts = people[..n].iter().map(|(id, who, gates)| view(*id, (1, *who, "2026-03-05"), edition, *gates));
    format!("seen={}\n{}", ids.join(" "), texts.collect::<String>())
}

/// Every step but the way in, in the order of a journey.
pub const ALL_STEPS: [&str; 21] = [
    "gate-2",
    "gate-3",
    "gate-4",
    "gate-5",
    "signs",
    "review",
    "result",
    "matrix.intellectual",
    "matrix.emotional",
    "matrix.passion",
    "matrix.review",
    "matrix.result",
    "practice.asset",
    "practice.ask",
    "practice.negotiate",
    "practice.rivals",
    "practice.people",
    "practice.shares",
    "practice.review",
    "practice.result",
    "plan",
];

/// Percent a gate, in tenths.
pub const TENTHS: [u32; 4] = [958, 833, 400, 0];
pub const POSITION: u32 = 3800;
pub const LOW: u32 = 3666;
pub const HIGH: u32 = 3952;
/// The second sign of a commodity and the first risk are ticked.
pub const TICKS: [&str; 2] = ["c-02", "r-01"];

pub const STEPS: [&str; 4] = ["gate-2", "gate-3", "gate-4", "gate-5"];
