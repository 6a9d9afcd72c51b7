//! Running other programs: shown, captured, or shown while their lines are read.
//!
//! Knows processes. Must not know which programs the project uses.

use crate::fault::{Doing, Fault, Result};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A command in the repository's root.
pub fn command(program: impl AsRef<std::ffi::OsStr>, arguments: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(crate::place::root());
    command
}

pub fn cargo(arguments: &[&str]) -> Command {
    command("cargo", arguments)
}

/// Puts folders in front of the command's PATH.
pub fn with_path(command: &mut Command, folders: &[PathBuf]) -> Result<()> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let all = folders.iter().cloned().chain(std::env::split_paths(&path));
    let joined = std::env::join_paths(all).doing("put the tools on PATH")?;
    command.env("PATH", joined);
    Ok(())
}

/// Runs with its output shown; true when it succeeded.
pub fn shown(command: &mut Command) -> Result<bool> {
    let status = command.status().doing(format_args!("run {}", name(command)))?;
    Ok(status.success())
}

/// Runs with standard output shown line by line, and gives those lines back.
pub fn shown_and_read(command: &mut Command) -> Result<(bool, Vec<String>)> {
    let doing = format!("run {}", name(command));
    let mut child = command.stdout(Stdio::piped()).spawn().doing(&doing)?;
    let mut lines = Vec::new();
    if let Some(output) = child.stdout.take() {
        for line in BufReader::new(output).split(b'\n') {
            let line = String::from_utf8_lossy(&line.doing(&doing)?).trim_end().to_string();
            println!("{line}");
            lines.push(line);
        }
    }
    let status = child.wait().doing(&doing)?;
    Ok((status.success(), lines))
}

/// Runs silently; standard output when it succeeded, a fault with the last lines of the error output when not.
pub fn captured(command: &mut Command) -> Result<String> {
    let output = command.output().doing(format_args!("run {}", name(command)))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let both = [output.stdout, output.stderr].concat();
    Err(Fault::new(format!("{} failed:\n{}", name(command), tail(&String::from_utf8_lossy(&both), 15))))
}

/// What a tool prints for `--version`, or nothing when it does not run.
pub fn version(program: &Path) -> Option<String> {
    let output = Command::new(program).arg("--version").output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_string())
}

/// True when a version line names exactly this version.
pub fn names_version(line: &str, version: &str) -> bool {
    line.split(|c: char| !(c.is_ascii_alphanumeric() || c == '.' || c == '-')).any(|word| {
        let word = word.strip_prefix('v').unwrap_or(word);
        word == version
    })
}

fn name(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let mut text = program.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    for argument in command.get_args() {
        text.push(' ');
        text.push_str(&argument.to_string_lossy());
    }
    text
}

fn tail(text: &str, lines: usize) -> String {
    let all: Vec<&str> = text.trim_end().lines().collect();
    all[all.len().saturating_sub(lines)..].join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_a_whole_word() {
        assert!(names_version("trunk 0.21.14", "0.21.14"));
        assert!(names_version("geckodriver 0.37.1 (abc 2025)", "0.37.1"));
        assert!(names_version("wasm-opt version 132 (version_132)", "132"));
        assert!(names_version("v20.1.0", "20.1.0"));
        assert!(!names_version("trunk 0.21.140", "0.21.14"));
        assert!(!names_version("trunk 0.21.14-alpha.1", "0.21.14"));
    }

    #[test]
    fn tail_keeps_the_end() {
        assert_eq!(tail("a\nb\nc\n", 2), "b\nc");
        assert_eq!(tail("a", 2), "a");
    }
}
