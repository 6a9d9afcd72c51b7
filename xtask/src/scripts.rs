//! The page's scripts: joined from the files of web/, filled with what the build knows, and minified.
//!
//! Knows the mark `//#include FILE` and the placeholders of scripts. Must not know what a script does.

use crate::fault::{Doing, Fault, Result};
use crate::{node, place, run};
use std::path::{Path, PathBuf};

/// A script of web/ with its parts in it: a line `//#include FILE` becomes that file.
pub fn join(name: &str) -> Result<String> {
    join_with(name, &[])
}

/// The same, with other parts in the places of some.
pub fn join_with(name: &str, instead: &[(&str, &str)]) -> Result<String> {
    let folder = place::root().join("web");
    let other = |part: &str| instead.iter().find(|(known, _)| *known == part).map(|(_, other)| *other);
    expand(&read(&folder.join(name))?, &|part| read(&folder.join(other(part).unwrap_or(part))))
}

fn expand(text: &str, part: &dyn Fn(&str) -> Result<String>) -> Result<String> {
    let mut whole = String::with_capacity(text.len());
    for line in text.lines() {
        match line.trim_start().strip_prefix("//#include ") {
            Some(name) => whole.push_str(&expand(&part(name.trim())?, part)?),
            None => {
                whole.push_str(line);
                whole.push('\n');
            }
        }
    }
    Ok(whole)
}

/// Puts values in the places of a script; each place must be there once.
pub fn put(file: &str, source: &str, places: &[(&str, &str)]) -> Result<String> {
    let mut text = source.to_string();
    for (place, value) in places {
        if text.matches(place).count() != 1 {
            return Err(Fault::new(format!("{file} must have {place} once, for what the build fills in")));
        }
        text = text.replace(place, value);
    }
    Ok(text)
}

/// A script, minified in a release build. `import` is no module's privilege, so boot.js passes as a plain script.
pub fn minified(file: &Path, release: bool, options: &[&str]) -> Result<String> {
    if !release {
        return read(file);
    }
    let mut terser = run::command(node::program("terser"), options);
    // A host may not say UTF-8.
    terser
        .args(["--ecma", "2020", "--compress", "passes=2", "--mangle", "--format", "ascii_only=true", "--"])
        .arg(file);
    run::captured(&mut terser)
}

/// The same for a script that is no file yet.
pub fn finish(staging: &Path, text: &str, release: bool) -> Result<String> {
    finish_with(staging, text, release, &[])
}

/// The same for a module.
pub fn finish_module(staging: &Path, text: &str, release: bool) -> Result<String> {
    finish_with(staging, text, release, &["--module"])
}

fn finish_with(staging: &Path, text: &str, release: bool, options: &[&str]) -> Result<String> {
    let file: PathBuf = staging.join(".script.js");
    std::fs::write(&file, text).doing(format_args!("write {}", file.display()))?;
    let done = minified(&file, release, options)?;
    std::fs::remove_file(&file).doing(format_args!("remove {}", file.display()))?;
    Ok(done)
}

fn read(file: &Path) -> Result<String> {
    std::fs::read_to_string(file).doing(format_args!("read {}", file.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_stand_where_they_are_named() -> Result<()> {
        let part = |name: &str| match name {
            "a.js" => Ok("a;\n//#include b.js\n".into()),
            "b.js" => Ok("b;".into()),
            other => Err(Fault::new(format!("no {other}"))),
        };
        assert_eq!(expand("x;\n  //#include a.js\ny;", &part)?, "x;\na;\nb;\ny;\n");
        assert!(expand("//#include c.js", &part).is_err());
        Ok(())
    }

    #[test]
    fn a_place_is_there_once() {
        assert_eq!(put("f", "a = \"{{x}}\";", &[("\"{{x}}\"", "{}")]), Ok("a = {};".into()));
        assert!(put("f", "a", &[("x", "y")]).is_err());
        assert!(put("f", "x x", &[("x", "y")]).is_err());
    }
}
