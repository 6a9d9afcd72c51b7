//! The web servers that the recipes of hosting/ are for, and the program that puts load on one: how they come on Debian.
//!
//! Knows programs and packages. Must not know what is tested with them.

use crate::browsers;
use crate::fault::{Doing, Result};
use crate::place;
use std::path::{Path, PathBuf};

/// What has to be there, by a file or by the name of a program, and Debian's package for it.
struct Part {
    sign: &'static str,
    package: &'static str,
}

const NGINX: Part = Part { sign: "nginx", package: "nginx" };
const BROTLI: Part = Part { sign: BROTLI_MODULE, package: "libnginx-mod-http-brotli-static" };
const APACHE: Part = Part { sign: "/etc/apache2/mods-available/mime.conf", package: "apache2" };
const CADDY: Part = Part { sign: "caddy", package: "caddy" };
const WRK: Part = Part { sign: "wrk", package: "wrk" };

pub const BROTLI_MODULE: &str = "/usr/lib/nginx/modules/ngx_http_brotli_static_module.so";

/// Where Debian keeps servers; not on everybody's PATH.
pub const HOME: &str = "/usr/sbin";

impl Part {
    fn here(&self) -> bool {
        match self.sign.starts_with('/') {
            true => Path::new(self.sign).is_file(),
            false => program(self.sign).is_some(),
        }
    }
}

pub fn program(name: &str) -> Option<PathBuf> {
    let home = Some(Path::new(HOME).join(name)).filter(|file| place::executable(file));
    place::on_path(name).or(home)
}

/// The servers of the suite `hosting`; false, with a line that names what is missing, where they are not.
pub fn ensure() -> Result<bool> {
    complete("web servers", &[NGINX, BROTLI, APACHE, CADDY])
}

/// The same for `bench load`.
pub fn ensure_load() -> Result<bool> {
    complete("server and load", &[NGINX, BROTLI, WRK])
}

fn complete(what: &str, parts: &[Part]) -> Result<bool> {
    let missing = || parts.iter().filter(|part| !part.here()).map(|part| part.package).collect::<Vec<_>>();
    if !missing().is_empty() && browsers::debian_root() {
        let _quiet = Quiet::new()?;
        browsers::install(&missing())?;
    }
    let missing = missing();
    match missing.is_empty() {
        true => println!("{what}: here"),
        false => println!("{what}: missing; on Debian install {}", missing.join(", ")),
    }
    Ok(missing.is_empty())
}

/// As long as it is there, a package that is installed does not start its service: nothing here is to listen on port 80.
struct Quiet(Option<&'static Path>);

impl Quiet {
    fn new() -> Result<Self> {
        let file = Path::new("/usr/sbin/policy-rc.d");
        if file.exists() {
            return Ok(Self(None));
        }
        std::fs::write(file, "#!/bin/sh\nexit 101\n").doing("write /usr/sbin/policy-rc.d")?;
        let quiet = Self(Some(file));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            std::fs::set_permissions(file, std::fs::Permissions::from_mode(0o755))
                .doing("make /usr/sbin/policy-rc.d executable")?;
        }
        Ok(quiet)
    }
}

impl Drop for Quiet {
    fn drop(&mut self) {
        if let Some(file) = self.0 {
            // It was not there before.
            let _ = std::fs::remove_file(file);
        }
    }
}
