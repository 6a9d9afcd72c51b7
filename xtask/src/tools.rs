//! The tools that the build needs, each in one proven version, installed beside the user's own and never over them.
//!
//! Knows versions and how a tool comes. Must not know what a tool is used for.

use crate::fault::{Fault, Result};
use crate::{place, run};
use std::path::{Path, PathBuf};

/// A tool that cargo builds from source.
pub struct CargoTool {
    pub package: &'static str,
    /// Must equal the version that the project's files name elsewhere (Trunk.toml, Cargo.toml).
    pub version: &'static str,
    /// The programs that must be there, the main one first.
    programs: &'static [&'static str],
    /// wasm-bindgen-cli does not resolve with its own lock file.
    locked: bool,
    minutes: &'static str,
}

pub const TRUNK: CargoTool =
    CargoTool { package: "trunk", version: "0.21.14", programs: &["trunk"], locked: true, minutes: "about 5 minutes" };

pub const WASM_BINDGEN: CargoTool = CargoTool {
    package: "wasm-bindgen-cli",
    version: "0.2.130",
    programs: &["wasm-bindgen", "wasm-bindgen-test-runner"],
    locked: false,
    minutes: "about 2 minutes",
};

pub const GECKODRIVER: CargoTool = CargoTool {
    package: "geckodriver",
    version: "0.37.1",
    programs: &["geckodriver"],
    locked: true,
    minutes: "about 2 minutes",
};

pub const CARGO_DENY: CargoTool = CargoTool {
    package: "cargo-deny",
    version: "0.20.2",
    programs: &["cargo-deny"],
    locked: true,
    minutes: "about a minute",
};

pub const WASM_TARGET: &str = "wasm32-unknown-unknown";

impl CargoTool {
    /// The folder with the tool's programs; builds it when it is neither on PATH nor in our cache.
    pub fn ensure(&self) -> Result<PathBuf> {
        if let Some(folder) = place::on_path(self.programs[0]).as_deref().and_then(Path::parent)
            && self.complete(folder)
        {
            println!("{} {}: here", self.package, self.version);
            return Ok(folder.to_path_buf());
        }
        let home = place::tool_cache()?.join(format!("{}-{}", self.package, self.version));
        let folder = home.join("bin");
        if self.complete(&folder) {
            println!("{} {}: here", self.package, self.version);
            return Ok(folder);
        }
        println!("{} {}: missing; building it with cargo, {}", self.package, self.version, self.minutes);
        let home_text = home.to_string_lossy();
        let mut install =
            run::cargo(&["install", self.package, "--version", self.version, "--root", &home_text, "--quiet"]);
        // The tools run for seconds: they need a quick build, not a fast program.
        install
            .env("CARGO_PROFILE_RELEASE_LTO", "off")
            .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")
            .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
            .env_remove("CARGO_TARGET_DIR");
        if self.locked {
            install.arg("--locked");
        }
        if !run::shown(&mut install)? || !self.complete(&folder) {
            return Err(Fault::new(format!(
                "{} {} could not be built: see cargo's message above, check the network and run the command again",
                self.package, self.version
            )));
        }
        Ok(folder)
    }

    fn complete(&self, folder: &Path) -> bool {
        self.programs.iter().all(|program| {
            let file = folder.join(format!("{program}{}", std::env::consts::EXE_SUFFIX));
            place::executable(&file) && run::version(&file).is_some_and(|line| run::names_version(&line, self.version))
        })
    }
}

/// The compiler's target for the browser.
pub fn ensure_wasm_target() -> Result<()> {
    let rustup = rustup()?;
    let installed = run::captured(&mut run::command(&rustup, &["target", "list", "--installed"]))?;
    if installed.lines().any(|line| line.trim() == WASM_TARGET) {
        println!("{WASM_TARGET}: here");
        return Ok(());
    }
    println!("{WASM_TARGET}: missing; adding it with rustup, under a minute");
    match run::shown(&mut run::command(&rustup, &["target", "add", WASM_TARGET]))? {
        true => Ok(()),
        false => Err(Fault::new(format!(
            "rustup could not add {WASM_TARGET}: check the network and run `rustup target add {WASM_TARGET}`"
        ))),
    }
}

/// rustfmt or clippy.
pub fn ensure_component(component: &str, program: &str) -> Result<()> {
    if run::captured(&mut run::command(program, &["--version"])).is_ok() {
        return Ok(());
    }
    println!("{component}: missing; adding it with rustup, under a minute");
    match run::shown(&mut run::command(rustup()?, &["component", "add", component]))? {
        true => Ok(()),
        false => Err(Fault::new(format!(
            "rustup could not add {component}: check the network and run `rustup component add {component}`"
        ))),
    }
}

fn rustup() -> Result<PathBuf> {
    place::on_path("rustup")
        .ok_or_else(|| Fault::new("rustup is missing: install Rust with rustup from https://rustup.rs and try again"))
}

/// Held while something is being installed, so that two runs do not build the same tool twice.
pub fn lock() -> Result<std::fs::File> {
    let file = place::tool_cache()?.join(".lock");
    place::lock(&file, "waiting for another run of xtask to finish its set-up")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn root_file(name: &str) -> String {
        std::fs::read_to_string(place::root().join(name)).unwrap_or_default()
    }

    #[test]
    fn versions_agree_with_the_files_that_name_them() {
        let trunk = root_file("Trunk.toml");
        assert!(trunk.contains(&format!("wasm_bindgen = \"{}\"", WASM_BINDGEN.version)));
        assert!(trunk.contains(&format!("wasm_opt = \"version_{}\"", crate::node::WASM_OPT)));
        assert!(root_file("Cargo.toml").contains(&format!("\"={}\"", WASM_BINDGEN.version)));
        assert!(root_file("tools/package.json").contains(&format!("\"binaryen\": \"{}.", crate::node::WASM_OPT)));
    }
}
