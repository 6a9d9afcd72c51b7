//! Reading how many tests passed out of what test programs print.
//!
//! Pure text. Must not know which program printed it.

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    pub passed: u32,
    pub failed: u32,
    pub skipped: u32,
}

impl Counts {
    pub const PASSED: Self = Self { passed: 1, failed: 0, skipped: 0 };
    pub const FAILED: Self = Self { passed: 0, failed: 1, skipped: 0 };
    pub const SKIPPED: Self = Self { passed: 0, failed: 0, skipped: 1 };

    pub fn check(ok: bool) -> Self {
        if ok { Self::PASSED } else { Self::FAILED }
    }
}

impl std::ops::AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}

impl std::fmt::Display for Counts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} passed, {} failed, {} skipped", self.passed, self.failed, self.skipped)
    }
}

/// The sum of cargo's `test result:` lines. A run that failed without a failed test (it did not compile, it crashed)
/// or that ran nothing at all counts as one failure.
pub fn of_cargo(lines: &[String], succeeded: bool) -> Counts {
    let results = lines.iter().filter_map(|line| line.split_once("test result: "));
    let mut sum = Counts::default();
    for (_, result) in results {
        sum += Counts {
            passed: number_before(result, " passed"),
            failed: number_before(result, " failed"),
            skipped: number_before(result, " ignored"),
        };
    }
    honest(sum, succeeded)
}

/// The last line of the form `N passed, N failed, N skipped`.
pub fn of_summary(lines: &[String], succeeded: bool) -> Counts {
    let last = lines.iter().rev().find(|line| line.contains(" passed, ") && line.contains(" failed, "));
    let sum = last.map_or(Counts::default(), |line| Counts {
        passed: number_before(line, " passed"),
        failed: number_before(line, " failed"),
        skipped: number_before(line, " skipped"),
    });
    honest(sum, succeeded)
}

/// The names in lines of the form `test NAME ... FAILED`.
pub fn failed_names(lines: &[String]) -> Vec<String> {
    let failed = lines.iter().filter_map(|line| line.strip_prefix("test ")?.split_once(" ... FAIL"));
    failed.map(|(name, _)| name.to_string()).collect()
}

fn honest(mut sum: Counts, succeeded: bool) -> Counts {
    if (!succeeded && sum.failed == 0) || sum == Counts::default() {
        sum.failed += 1;
    }
    sum
}

fn number_before(text: &str, word: &str) -> u32 {
    let Some((before, _)) = text.split_once(word) else {
        return 0;
    };
    let digits = before.rsplit(|c: char| !c.is_ascii_digit()).next().unwrap_or_default();
    digits.parse().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<String> {
        text.lines().map(str::to_string).collect()
    }

    const CARGO: &str = "\
running 3 tests
test a ... ok
test b::c ... FAILED
test d ... ignored
test result: FAILED. 1 passed; 1 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s
test result: ok. 12 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s";

    #[test]
    fn sums_cargo() {
        assert_eq!(of_cargo(&lines(CARGO), false), Counts { passed: 13, failed: 1, skipped: 1 });
        assert_eq!(failed_names(&lines(CARGO)), ["b::c"]);
    }

    #[test]
    fn a_silent_failure_counts() {
        assert_eq!(of_cargo(&[], false), Counts::FAILED);
        assert_eq!(of_cargo(&[], true), Counts::FAILED);
        let passed = lines("test result: ok. 2 passed; 0 failed; 0 ignored");
        assert_eq!(of_cargo(&passed, false), Counts { passed: 2, failed: 1, skipped: 0 });
    }

    #[test]
    fn reads_a_summary() {
        let out = lines("test x ... FAILED: the page stayed empty\n10 passed, 1 failed, 2 skipped");
        assert_eq!(of_summary(&out, false), Counts { passed: 10, failed: 1, skipped: 2 });
        assert_eq!(failed_names(&out), ["x"]);
        assert_eq!(of_summary(&lines("oops"), false), Counts::FAILED);
    }
}
