//! Web servers of Debian's packages, each with the recipe that is shipped, on the loopback and without any right.
//! Knows their command lines and what stands around a recipe; must not know what a file is to be answered with.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use tokio::net::TcpListener;
use tokio::process::Command;

use super::rules::PLACE;
use crate::harness::process::Process;
use crate::harness::wait::until;

/// A recipe as somebody uses it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recipe {
    /// As the package nginx is: it knows .gz.
    Nginx,
    /// With the line for .br, and the module's package.
    NginxBrotli,
    Apache,
    /// Web space: the folder's own .htaccess alone.
    Htaccess,
    Caddy,
}

const BROTLI: &str = "#brotli_static on;";
const BROTLI_MODULE: &str = "/usr/lib/nginx/modules/ngx_http_brotli_static_module.so";
/// Debian's own: what is on after the installation, and what the recipe asks for.
const APACHE_MODULES: [&str; 14] = [
    "mpm_event",
    "authz_core",
    "authz_host",
    "alias",
    "dir",
    "mime",
    "deflate",
    "filter",
    "autoindex",
    "negotiation",
    "setenvif",
    "env",
    "rewrite",
    "headers",
];
const APACHE_CONFIGS: [&str; 7] = ["alias", "dir", "mime", "deflate", "autoindex", "negotiation", "setenvif"];

impl Recipe {
    /// Whether it sends what is compressed so.
    pub fn sends(self, encoding: &str) -> bool {
        encoding == "gzip" || self != Self::Nginx
    }

    fn program(self) -> &'static str {
        match self {
            Self::Nginx | Self::NginxBrotli => "nginx",
            Self::Apache | Self::Htaccess => "apache2",
            Self::Caddy => "caddy",
        }
    }

    /// The shipped file, with the folder of this run in it.
    fn text(self, recipes: &Path, site: &Path) -> Result<String> {
        let name = match self {
            Self::Nginx | Self::NginxBrotli => "nginx.conf",
            Self::Apache => "apache.conf",
            Self::Htaccess => return Ok(String::new()),
            Self::Caddy => "Caddyfile",
        };
        let file = recipes.join(name);
        let text = std::fs::read_to_string(&file).with_context(|| format!("read {}", file.display()))?;
        ensure!(text.contains(PLACE), "{name} does not say {PLACE}");
        let text = text.replace(PLACE, &site.to_string_lossy());
        match self {
            Self::NginxBrotli => {
                ensure!(text.matches(BROTLI).count() == 1, "{name} does not have the line {BROTLI} once");
                Ok(text.replace(BROTLI, &BROTLI[1..]))
            }
            _ => Ok(text),
        }
    }

    /// What a machine has around the recipe.
    fn around(self, home: &Path, port: u16) -> String {
        let recipe = home.join("recipe");
        let (home, recipe) = (home.display(), recipe.display());
        match self {
            Self::Nginx | Self::NginxBrotli => {
                let module = match self {
                    Self::NginxBrotli => format!("load_module {BROTLI_MODULE};\n"),
                    _ => String::new(),
                };
                let temp: String = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
                    .iter()
                    .map(|name| format!("{name}_temp_path {home}/run/{name};\n"))
                    .collect();
                format!(
                    "{module}daemon off;\nworker_processes 1;\npid {home}/run/pid;\nerror_log stderr;\nevents {{}}\n\
                     http {{\naccess_log off;\n{temp}include /etc/nginx/mime.types;\n\
                     server {{\nlisten 127.0.0.1:{port};\nroot {home}/run;\ninclude {recipe};\n}}\n}}\n"
                )
            }
            Self::Apache | Self::Htaccess => {
                let mut text = format!(
                    "ServerRoot {home}\nServerName 127.0.0.1\nListen 127.0.0.1:{port}\nPidFile {home}/run/pid\n\
                     Mutex file:{home}/run default\nErrorLog {home}/run/log\nLogLevel error\n"
                );
                for name in APACHE_MODULES {
                    text.push_str(&format!("LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so\n"));
                }
                for name in APACHE_CONFIGS {
                    text.push_str(&format!("Include /etc/apache2/mods-available/{name}.conf\n"));
                }
                text.push_str(&format!(
                    "DocumentRoot {home}/run\n<Directory />\nOptions FollowSymLinks\nAllowOverride None\nRequire all denied\n\
                     </Directory>\n<Directory {home}/run>\nRequire all granted\n</Directory>\n\
                     <FilesMatch \"^\\.ht\">\nRequire all denied\n</FilesMatch>\n"
                ));
                text.push_str(&match self {
                    Self::Htaccess => format!(
                        "Alias /tools/hierarchy {home}/site\n<Directory {home}/site>\nRequire all granted\n\
                         Options Indexes FollowSymLinks\nAllowOverride FileInfo Indexes Options\n</Directory>\n"
                    ),
                    _ => format!("Include {recipe}\n"),
                });
                text
            }
            Self::Caddy => {
                format!(
                    "{{\n\tadmin off\n\tauto_https off\n}}\nhttp://127.0.0.1:{port} {{\n\timport {recipe}\n\trespond 404\n}}\n"
                )
            }
        }
    }
}

/// A server that runs; dropping it ends it and takes its folder away.
pub struct Server {
    // Before the folder: nobody writes into it any more when it goes.
    _process: Process,
    pub recipe: Recipe,
    pub origin: String,
    /// The served files, a copy of this run's own.
    pub site: PathBuf,
    _home: Home,
}

struct Home(PathBuf);

impl Drop for Home {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

impl Server {
    pub async fn start(recipe: Recipe, recipes: &Path, files: &Path) -> Result<Self> {
        let name = format!("bsh-hosting-{recipe:?}-{}", std::process::id()).to_lowercase();
        let home = Home(std::env::temp_dir().join(name));
        let site = home.0.join("site");
        copy(files, &site)?;
        std::fs::create_dir_all(home.0.join("run"))?;
        // With Caddy and nginx it is one file more that is not part of the site.
        if matches!(recipe, Recipe::Apache | Recipe::Htaccess) {
            std::fs::copy(recipes.join(".htaccess"), site.join(".htaccess"))?;
        }
        let port = TcpListener::bind(("127.0.0.1", 0)).await?.local_addr()?.port();
        std::fs::write(home.0.join("recipe"), recipe.text(recipes, &site)?)?;
        let config = home.0.join("config");
        std::fs::write(&config, recipe.around(&home.0, port))?;
        let mut command = Command::new(recipe.program());
        match recipe {
            Recipe::Nginx | Recipe::NginxBrotli => command.arg("-p").arg(&home.0).arg("-c").arg(&config),
            Recipe::Apache | Recipe::Htaccess => command.arg("-f").arg(&config).arg("-DFOREGROUND"),
            Recipe::Caddy => command.args(["run", "--adapter", "caddyfile", "--config"]).arg(&config),
        };
        let run = home.0.join("run");
        command.current_dir(&home.0).env("HOME", &run).env("XDG_DATA_HOME", &run).env("XDG_CONFIG_HOME", &run);
        #[cfg(unix)]
        without_rights(&mut command, &run)?;
        let mut process = Process::start(command)?;
        until(&format!("{recipe:?} to listen"), async || {
            if process.has_ended() {
                bail!("it ended at once: {}", process.take_lines().join(" / "));
            }
            // Apache listens before it is ready to answer.
            Ok(reqwest::get(format!("http://127.0.0.1:{port}/")).await.ok())
        })
        .await?;
        let warned =
            process.line(|line| (line.contains("[warn]") || line.contains("[emerg]")).then(|| line.to_owned()));
        if let Some(line) = warned {
            bail!("{recipe:?} has something against its recipe: {line}");
        }
        Ok(Self { _process: process, recipe, origin: format!("http://127.0.0.1:{port}"), site, _home: home })
    }
}

/// Root starts it as nobody: Apache serves nothing as root, and none of them needs to.
#[cfg(unix)]
fn without_rights(command: &mut Command, run: &Path) -> Result<()> {
    const NOBODY: u32 = 65534;
    if rustix::process::geteuid().is_root() {
        std::os::unix::fs::chown(run, Some(NOBODY), Some(NOBODY))?;
        command.uid(NOBODY).gid(NOBODY);
    }
    Ok(())
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from).with_context(|| format!("list {}", from.display()))? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            std::fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
