//! Building and serving the web page with Trunk.
//!
//! Knows Trunk's command line. What happens to the built files is the hook's business.

use crate::fault::{Doing, Fault, Result};
use crate::{args, hook, node, place, run, tools};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

/// The folders that Trunk needs on PATH, its own first.
pub struct WebTools {
    folders: Vec<PathBuf>,
}

impl WebTools {
    /// Looks for every tool of the web build and installs what is missing.
    pub fn ensure() -> Result<Self> {
        let _lock = tools::lock()?;
        node::ensure_node()?;
        tools::ensure_wasm_target()?;
        let folders = vec![tools::TRUNK.ensure()?, tools::WASM_BINDGEN.ensure()?, node::ensure()?];
        Ok(Self { folders })
    }

    fn trunk(&self, arguments: &[&str]) -> Result<Command> {
        let file = self.folders[0].join(format!("trunk{}", std::env::consts::EXE_SUFFIX));
        let mut command = run::command(file, arguments);
        run::with_path(&mut command, &self.folders)?;
        command.env("TRUNK_SKIP_VERSION_CHECK", "true");
        // A failed build is told by the compiler's messages, not by where in Trunk it was noticed.
        command.env("RUST_BACKTRACE", "0");
        // Trunk reads this one as its own switch and knows only true and false.
        command.env_remove("NO_COLOR");
        // Joins the flags of .cargo/config.toml.
        if let Some(cargo_home) = place::cargo_home() {
            command.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", nameless(&cargo_home)?);
        }
        Ok(command)
    }

    /// One build into `dist`; with `examples`, those of embedding stand beside it.
    pub fn build_into(&self, dist: &Path, release: bool, features: &str, examples: bool) -> Result<()> {
        let _lock = place::lock(&place::target().join(".web-build.lock"), "waiting for another web build to finish")?;
        let dist_text = dist.to_string_lossy();
        let mut trunk = self.trunk(&["build", "--quiet", "--dist", &dist_text, "--features", features])?;
        if release {
            trunk.arg("--release");
        }
        if features.split(',').any(|feature| feature == "faults") {
            trunk.env(hook::FAULTS, "1");
        }
        if examples {
            trunk.env(hook::EXAMPLES, "1");
        }
        match run::shown(&mut trunk)? {
            true => Ok(()),
            false => Err(Fault::new("the web build failed: see the messages above")),
        }
    }
}

/// Panic messages name source files. Nobody's home folder goes out with the program, nor the name of the registry that
/// the sources came from: behind a mirror that is another one, and the program would have other bytes.
fn nameless(cargo_home: &Path) -> Result<String> {
    let sources = cargo_home.join("registry").join("src");
    let mut folders = vec![sources.clone()];
    // This program has crates of the same registry in it, so its folder is there; not where crates are vendored.
    if let Ok(entries) = std::fs::read_dir(&sources) {
        for entry in entries {
            folders.push(entry.doing(format_args!("list {}", sources.display()))?.path());
        }
    }
    folders.sort();
    // Of several that fit, the compiler takes the last.
    let flags = folders.iter().map(|folder| format!("--remap-path-prefix={}=", folder.display()));
    Ok(flags.collect::<Vec<_>>().join(" "))
}

/// `cargo xtask build`
pub fn build(release: bool, features: &str) -> Result<()> {
    WebTools::ensure()?.build_into(&place::dist(), release, features, false)?;
    println!("The site is in dist/: copy that folder to any web server, under any path.");
    if release {
        println!("`cargo xtask single` makes one file of it, which runs by a double click.");
    }
    Ok(())
}

/// `cargo xtask serve`
pub fn serve(release: bool, port: u16) -> Result<()> {
    check_port(port)?;
    let tools = WebTools::ensure()?;
    check_port(port)?;
    println!("building the page; the first time takes a few minutes");
    let dist = place::dist_serve();
    let (dist, port_text) = (dist.to_string_lossy(), port.to_string());
    let mut trunk =
        tools.trunk(&["serve", "--dist", &dist, "--port", &port_text, "--features", args::DEFAULT_FEATURES])?;
    if release {
        trunk.arg("--release");
    }
    trunk.env(hook::EXAMPLES, "1").env(hook::SERVED, "1");
    let mut child = trunk.spawn().doing("start Trunk")?;
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    loop {
        if let Some(status) = child.try_wait().doing("wait for Trunk")? {
            return Err(Fault::new(format!(
                "Trunk stopped before it served anything ({status}): see its messages above"
            )));
        }
        if TcpStream::connect_timeout(&address, Duration::from_millis(200)).is_ok() {
            break;
        }
        std::thread::sleep(Duration::from_millis(200));
    }
    if !place::dist_serve().join("index.html").is_file() {
        println!("The build failed, see above: correct the file and it is built again.");
    }
    println!("\nThe examples of embedding are on http://127.0.0.1:{port}/examples/consultancy/");
    println!("The page is on http://127.0.0.1:{port} (a change is built at once, reload to see it; Ctrl+C ends it)");
    let status = child.wait().doing("wait for Trunk")?;
    match status.success() {
        true => Ok(()),
        false => Err(Fault::new(format!("Trunk stopped ({status})"))),
    }
}

fn check_port(port: u16) -> Result<()> {
    match TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => {
            let other = if port < u16::MAX { port + 1 } else { args::DEFAULT_PORT };
            Err(Fault::new(format!(
                "port {port} is busy: end the program that uses it, or take another port with `cargo xtask serve --port {other}`"
            )))
        }
        Err(error) => Err(Fault::new(format!(
            "port {port} cannot be used ({error}): take another port with `cargo xtask serve --port {}`",
            args::DEFAULT_PORT
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_busy_port_is_named_with_its_cure() -> std::io::Result<()> {
        let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let port = taken.local_addr()?.port();
        let text = check_port(port).err().map(|fault| fault.to_string()).unwrap_or_default();
        assert!(text.starts_with(&format!("port {port} is busy")), "{text}");
        assert!(text.contains("cargo xtask serve --port"), "{text}");
        drop(taken);
        assert_eq!(check_port(port), Ok(()));
        Ok(())
    }
}
