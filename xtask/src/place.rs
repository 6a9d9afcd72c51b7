//! Where things are: the repository, its build folders, and the cache of tools.
//!
//! Knows paths. Must not know what is done with them.

use crate::fault::{Doing, Fault, Result};
use std::fs::File;
use std::path::{Path, PathBuf};

/// The root of the repository.
pub fn root() -> PathBuf {
    let here = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    let here = here.filter(|path| path.join("src/place.rs").is_file());
    let here = here.unwrap_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")));
    here.parent().map(Path::to_path_buf).unwrap_or(here)
}

/// The built site.
pub fn dist() -> PathBuf {
    root().join("dist")
}

/// The release's static site, with compressed files beside the others.
pub fn release_site() -> PathBuf {
    root().join("release").join("site")
}

/// What to say where it is not there.
pub const NO_RELEASE: &str = "release/site is not there: run `cargo xtask dist` first";

/// Cargo's folder for what it builds.
pub fn target() -> PathBuf {
    match std::env::var_os("CARGO_TARGET_DIR") {
        Some(path) => root().join(path),
        None => root().join("target"),
    }
}

/// The build with the feature `faults`, which only the crash tests use.
pub fn dist_faults() -> PathBuf {
    target().join("dist-faults")
}

/// The site in one file.
pub fn single() -> PathBuf {
    target().join("single").join("single.html")
}

/// The build that `serve` serves, apart from `dist/` so that neither overwrites the other.
pub fn dist_serve() -> PathBuf {
    target().join("dist-serve")
}

/// Our own tools, so that nobody's installed tools are touched.
pub fn tool_cache() -> Result<PathBuf> {
    let cache = match std::env::var_os("XDG_CACHE_HOME").filter(|value| !value.is_empty()) {
        Some(path) => PathBuf::from(path),
        None => match std::env::home_dir() {
            Some(home) => home.join(".cache"),
            None => {
                return Err(Fault::new("there is no home directory for the tools: set XDG_CACHE_HOME to a folder"));
            }
        },
    };
    Ok(cache.join("buy-sell-hierarchy").join("tools"))
}

/// Where Cargo keeps its registry.
pub fn cargo_home() -> Option<PathBuf> {
    let home = || std::env::home_dir().map(|home| home.join(".cargo"));
    std::env::var_os("CARGO_HOME").map(PathBuf::from).or_else(home)
}

/// Takes the lock file at `path`; `busy` is said once when another run holds it.
pub fn lock(path: &Path, busy: &str) -> Result<File> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).doing(format_args!("make the folder {}", folder.display()))?;
    }
    let file = File::create(path).doing(format_args!("write {}", path.display()))?;
    if file.try_lock().is_err() {
        println!("{busy}");
        file.lock().doing(format_args!("lock {}", path.display()))?;
    }
    Ok(file)
}

/// The first folder of PATH that holds an executable file of this name, with the name added.
pub fn on_path(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let name = format!("{name}{}", std::env::consts::EXE_SUFFIX);
    std::env::split_paths(&path).map(|folder| folder.join(&name)).find(|file| executable(file))
}

pub fn executable(file: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        file.metadata().is_ok_and(|data| data.is_file() && data.permissions().mode() & 0o111 != 0)
    }
    #[cfg(not(unix))]
    {
        file.is_file()
    }
}
