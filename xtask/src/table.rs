//! The last thing a test run prints.
//!
//! Pure text. Must not know what the suites are.

use crate::counts::Counts;

pub struct Line {
    pub suite: &'static str,
    pub counts: Counts,
    pub seconds: f64,
}

pub fn total(lines: &[Line]) -> Counts {
    lines.iter().fold(Counts::default(), |mut sum, line| {
        sum += line.counts;
        sum
    })
}

/// The table, and as its last line exactly `N passed, N failed, N skipped`.
pub fn render(lines: &[Line]) -> String {
    let mut text = format!("{:<14} {:>7} {:>7} {:>8} {:>8}\n", "suite", "passed", "failed", "skipped", "seconds");
    for line in lines {
        let Counts { passed, failed, skipped } = line.counts;
        text += &format!("{:<14} {passed:>7} {failed:>7} {skipped:>8} {:>8.1}\n", line.suite, line.seconds);
    }
    text + &total(lines).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_with_the_sum() {
        let lines = [
            Line { suite: "fmt", counts: Counts::PASSED, seconds: 0.5 },
            Line { suite: "native", counts: Counts { passed: 40, failed: 2, skipped: 1 }, seconds: 12.34 },
        ];
        let text = render(&lines);
        assert_eq!(text.lines().last(), Some("41 passed, 2 failed, 1 skipped"));
        assert!(text.contains("native              40       2        1     12.3"), "{text}");
    }
}
