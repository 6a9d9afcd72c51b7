//! The text of a release: the changelog's section of one version, once tag, Cargo.toml and changelog name the same one.
//!
//! Knows the form of CHANGELOG.md. Must not know where the text goes.

use crate::fault::{Doing, Fault, Result};
use crate::place;

/// The version of the workspace, which xtask shares.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Prints the section of the tag's version.
pub fn show(tag: &str) -> Result<()> {
    let changelog = std::fs::read_to_string(place::root().join("CHANGELOG.md")).doing("read CHANGELOG.md")?;
    println!("{}", of_tag(tag, VERSION, &changelog)?);
    Ok(())
}

fn of_tag<'a>(tag: &str, version: &str, changelog: &'a str) -> Result<&'a str> {
    let Some(tagged) = tag.strip_prefix('v') else {
        return Err(Fault::new(format!("`{tag}` is no tag of a release: it is v and the version, as in v{version}")));
    };
    if tagged != version {
        return Err(Fault::new(format!(
            "the tag is {tag}, but Cargo.toml has version {version}: set `version` under [workspace.package] before the \
             tag is made, or tag v{version}"
        )));
    }
    let (day, text) = section(version, changelog).ok_or_else(|| {
        Fault::new(format!(
            "CHANGELOG.md has no section `## [{version}] - YYYY-MM-DD`: give what is under [Unreleased] that heading"
        ))
    })?;
    if !is_day(day) {
        return Err(Fault::new(format!(
            "CHANGELOG.md, `## [{version}]`: `{day}` is no day: end the heading with ` - YYYY-MM-DD`"
        )));
    }
    if text.is_empty() {
        return Err(Fault::new(format!("CHANGELOG.md, `## [{version}]`: there is nothing under it: say what changed")));
    }
    Ok(text)
}

/// What follows ` - ` in the version's heading, and all lines until the next heading of a version.
fn section<'a>(version: &str, changelog: &'a str) -> Option<(&'a str, &'a str)> {
    let heading = format!("## [{version}]");
    let mut at = 0;
    let mut found: Option<(&str, usize)> = None;
    for line in changelog.split_inclusive('\n') {
        match found {
            None if line.starts_with(&heading) => {
                let rest = line[heading.len()..].trim();
                found = Some((rest.strip_prefix("- ").unwrap_or(rest), at + line.len()));
            }
            Some((day, start)) if line.starts_with("## ") => return Some((day, changelog[start..at].trim())),
            _ => {}
        }
        at += line.len();
    }
    found.map(|(day, start)| (day, changelog[start..].trim()))
}

fn is_day(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let number = |text: &str, digits: usize, most: u32| {
        text.len() == digits
            && text.bytes().all(|byte| byte.is_ascii_digit())
            && text.parse().is_ok_and(|value: u32| (1..=most).contains(&value))
    };
    matches!(parts[..], [year, month, day] if number(year, 4, 9999) && number(month, 2, 12) && number(day, 2, 31))
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHANGELOG: &str = "# Changelog\n\n## [Unreleased]\n\n- Later.\n\n## [1.2.0] - 2027-01-31\n\n### Added\n\n- More.\n\n\
                             ## [1.1.0-rc.1] - 2026-12-01\n\n- First.\n\n## [1.0.0] - soon\n\n- Old.\n\n## [0.9.0] - 2026-01-01\n";

    fn fault(tag: &str, version: &str) -> String {
        of_tag(tag, version, CHANGELOG).err().map(|fault| fault.to_string()).unwrap_or_default()
    }

    #[test]
    fn gives_the_section_of_the_tag_alone() {
        assert_eq!(of_tag("v1.2.0", "1.2.0", CHANGELOG), Ok("### Added\n\n- More."));
        assert_eq!(of_tag("v1.1.0-rc.1", "1.1.0-rc.1", CHANGELOG), Ok("- First."));
    }

    #[test]
    fn refuses_with_place_and_cure() {
        for (tag, version, part) in [
            ("1.2.0", "1.2.0", "it is v and the version, as in v1.2.0"),
            ("v1.3.0", "1.2.0", "the tag is v1.3.0, but Cargo.toml has version 1.2.0"),
            ("v1.2.0-rc.1", "1.2.0", "Cargo.toml has version 1.2.0"),
            ("v1.2", "1.2", "no section `## [1.2] - YYYY-MM-DD`"),
            ("v1.0.0", "1.0.0", "`soon` is no day"),
            ("v0.9.0", "0.9.0", "there is nothing under it"),
        ] {
            let text = fault(tag, version);
            assert!(text.contains(part), "{tag} {version}: {text}");
        }
    }

    #[test]
    fn a_day_has_three_numbers() {
        assert!(is_day("2026-11-22"));
        for wrong in ["2026-13-01", "2026-00-10", "2026-1-1", "26-11-22", "2026-11-22 ", "2026-11", ""] {
            assert!(!is_day(wrong), "{wrong}");
        }
    }

    #[test]
    fn the_changelog_in_the_repository_has_the_form() {
        let own = std::fs::read_to_string(place::root().join("CHANGELOG.md")).unwrap_or_default();
        assert!(
            section("Unreleased", &own).is_some_and(|(_, text)| !text.is_empty()) || section(VERSION, &own).is_some()
        );
    }
}
