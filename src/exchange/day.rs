//! Days of the calendar as numbers.

use crate::domain::rows::is_day;

const FIRST_YEAR: u32 = 2020;

fn leap(year: u32) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

fn year_days(year: u32) -> u32 {
    365 + u32::from(leap(year))
}

fn month_days(year: u32) -> [u32; 12] {
    [31, 28 + u32::from(leap(year)), 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
}

/// Days since 2020-01-01 of an ISO date; `None` for an earlier one and for a day that does not exist.
pub fn number(iso: &str) -> Option<u32> {
    let part = |from: usize, to: usize| iso.get(from..to)?.parse::<u32>().ok();
    let (year, month, day) = (part(0, 4)?, part(5, 7)?, part(8, 10)?);
    let months = month_days(year);
    let length = months.get(usize::try_from(month).ok()?.checked_sub(1)?)?;
    if !is_day(iso) || year < FIRST_YEAR || day == 0 || day > *length {
        return None;
    }
    let before: u32 = (FIRST_YEAR..year).map(year_days).sum();
    let in_year: u32 = months.iter().zip(1..month).map(|(days, _)| days).sum();
    Some(before + in_year + day - 1)
}

/// The day after an ISO date, of any year; `None` for a day that does not exist, and at the end of the year 9999.
pub fn after(iso: &str) -> Option<String> {
    let part = |from: usize, to: usize| iso.get(from..to)?.parse::<u32>().ok();
    let (year, month, day) = (part(0, 4)?, part(5, 7)?, part(8, 10)?);
    let length = *month_days(year).get(usize::try_from(month).ok()?.checked_sub(1)?)?;
    if !is_day(iso) || day > length {
        return None;
    }
    let (year, month, day) = match (month, day) {
        (12, 31) => (year + 1, 1, 1),
        (_, day) if day == length => (year, month + 1, 1),
        _ => (year, month, day + 1),
    };
    // Ten digits more than a date has, cut off in front: 2026 as 0002026.
    let digits = |value: u32, width: usize| {
        let text = (10_000_000 + value).to_string();
        text.get(text.len() - width..).unwrap_or("").to_string()
    };
    (year < 10_000).then(|| [digits(year, 4), digits(month, 2), digits(day, 2)].join("-"))
}

/// The ISO date of a number of days since 2020-01-01 that is below 2^16.
pub fn text(number: u32) -> String {
    let (mut year, mut left) = (FIRST_YEAR, number);
    while left >= year_days(year) {
        left -= year_days(year);
        year += 1;
    }
    let mut month = 1;
    for days in month_days(year) {
        if left < days {
            break;
        }
        left -= days;
        month += 1;
    }
    let mut iso = year.to_string();
    for part in [month, left + 1] {
        iso.push_str(if part < 10 { "-0" } else { "-" });
        iso.push_str(&part.to_string());
    }
    iso
}
