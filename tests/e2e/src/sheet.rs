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

/// Percent a gate, in tenths.
pub const TENTHS: [u32; 4] = [958, 833, 400, 0];
pub const POSITION: u32 = 3800;
pub const LOW: u32 = 3666;
pub const HIGH: u32 = 3952;
/// The second sign of a commodity and the first risk are ticked.
pub const TICKS: [&str; 2] = ["c-02", "r-01"];

pub const STEPS: [&str; 4] = ["gate-2", "gate-3", "gate-4", "gate-5"];
