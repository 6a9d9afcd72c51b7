//! How much a plain web server carries: nginx with the shipped recipe and the release, under load by wrk.
//!
//! Knows the recipe, the files of a first visit and wrk's command line. Must not know what is in the files.

use crate::fault::{Doing, Fault, Result};
use crate::{place, run, servers, size};
use serde::Deserialize;
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

const RUNS: usize = 3;
const SECONDS: u32 = 8;
const CONNECTIONS: u32 = 64;
const LANGUAGE: &str = "en";
const PREFIX: &str = "/tools/hierarchy/";

/// Asks for the files in turn, as a browser that takes brotli; in the end one line for us.
const SCRIPT: &str = r#"local paths = { {paths} }
local at = 0
request = function()
  at = at % #paths + 1
  return wrk.format("GET", paths[at], { ["Accept-Encoding"] = "gzip, deflate, br" })
end
done = function(summary, latency)
  local e = summary.errors
  io.write(string.format('load {"requests":%d,"micros":%d,"bytes":%d,"median":%d,"p99":%d,"errors":%d}\n',
    summary.requests, summary.duration, summary.bytes, latency:percentile(50), latency:percentile(99),
    e.connect + e.read + e.write + e.status + e.timeout))
end
"#;

/// What wrk saw in one run.
#[derive(Deserialize, Clone)]
struct Seen {
    requests: u64,
    micros: u64,
    bytes: u64,
    /// In microseconds, like the one after it.
    median: u64,
    p99: u64,
    errors: u64,
}

impl Seen {
    fn per_second(&self, count: u64) -> f64 {
        count as f64 * 1e6 / self.micros as f64
    }
}

pub fn run() -> Result<()> {
    let site = place::release_site();
    if !site.join("index.html").is_file() {
        return Err(Fault::new(place::NO_RELEASE));
    }
    if !servers::ensure_load()? {
        return Err(Fault::new("the load cannot be measured without what is missing"));
    }
    let visit = size::first_visit_of(&site, LANGUAGE)?;
    let largest = largest(&site)?;
    let server = Server::start(&site)?;
    println!("{}", machine());
    println!("nginx, one worker; wrk, one thread, {CONNECTIONS} connections, {SECONDS} s; the median of {RUNS} runs");
    println!("{:<32} {:>10} {:>9} {:>9} {:>10} {:>9}", "", "requests/s", "visits/s", "MB/s", "median ms", "p99 ms");
    let first = format!("first visit, {LANGUAGE} ({} files)", visit.len());
    for (what, files) in [(first, visit), (largest.clone(), vec![largest])] {
        let seen = server.under_load(&files)?;
        let (requests, megabytes) = (seen.per_second(seen.requests), seen.per_second(seen.bytes) / 1e6);
        println!(
            "{what:<32} {requests:>10.0} {:>9.0} {megabytes:>9.0} {:>10.2} {:>9.2}",
            requests / files.len() as f64,
            seen.median as f64 / 1e3,
            seen.p99 as f64 / 1e3
        );
    }
    Ok(())
}

/// The file that is the largest to send, in brotli.
fn largest(site: &Path) -> Result<String> {
    let mut found = (0, String::new());
    for entry in std::fs::read_dir(site).doing("list the release")? {
        let entry = entry.doing("list the release")?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let length = entry.metadata().doing("list the release")?.len();
        if let Some(plain) = name.strip_suffix(".br").filter(|_| length > found.0) {
            found = (length, plain.to_string());
        }
    }
    match found.0 {
        0 => Err(Fault::new("the release has no .br files: run `cargo xtask dist` again")),
        _ => Ok(found.1),
    }
}

fn machine() -> String {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let about = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = about.lines().find_map(|line| line.strip_prefix("model name")?.split_once(':'));
    format!("{cores} cores, {}", model.map_or("of an unknown model", |(_, name)| name.trim()))
}

/// nginx on the loopback; ends with its owner, and its folder with it.
struct Server {
    process: Child,
    home: PathBuf,
    port: u16,
}

impl Server {
    fn start(site: &Path) -> Result<Self> {
        // Not below target/: nginx's worker is nobody where root starts it, and may not be let in there.
        let home = std::env::temp_dir().join(format!("bsh-load-{}", std::process::id()));
        let files = home.join("site");
        std::fs::create_dir_all(&files).doing("make a folder for the server")?;
        for entry in std::fs::read_dir(site).doing("list the release")?.flatten() {
            if entry.path().is_file() {
                std::fs::copy(entry.path(), files.join(entry.file_name())).doing("copy the release")?;
            }
        }
        let port = TcpListener::bind(("127.0.0.1", 0)).and_then(|listener| listener.local_addr());
        let port = port.doing("find a free port")?.port();
        let recipe = place::root().join("hosting").join("nginx.conf");
        let recipe = std::fs::read_to_string(&recipe).doing(format_args!("read {}", recipe.display()))?;
        let recipe = recipe
            .replace("/srv/www/hierarchy", &files.to_string_lossy())
            .replace("#brotli_static on;", "brotli_static on;");
        let config = home.join("config");
        std::fs::write(&config, around(&home, port, &recipe)).doing("write the server's configuration")?;
        let nginx = servers::program("nginx").ok_or_else(|| Fault::new("nginx is not there"))?;
        let mut command = run::command(nginx, &[]);
        command.arg("-p").arg(&home).arg("-c").arg(&config).stdout(Stdio::null());
        let process = command.spawn().doing("start nginx")?;
        let mut server = Self { process, home, port };
        let start = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            let ended = server.process.try_wait().doing("look after nginx")?.is_some();
            if ended || start.elapsed() > Duration::from_secs(10) {
                return Err(Fault::new("nginx does not start: see its messages above"));
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        Ok(server)
    }

    /// The run with the middle number of requests.
    fn under_load(&self, files: &[String]) -> Result<Seen> {
        let paths: Vec<String> = files.iter().map(|file| format!("\"{PREFIX}{file}\"")).collect();
        let script = self.home.join("load.lua");
        std::fs::write(&script, SCRIPT.replace("{paths}", &paths.join(", "))).doing("write the script of the load")?;
        let mut seen = Vec::new();
        for _ in 0..RUNS {
            let mut wrk = run::command("wrk", &["-t1", "--latency"]);
            wrk.arg(format!("-c{CONNECTIONS}")).arg(format!("-d{SECONDS}s")).arg("-s").arg(&script);
            let output = run::captured(wrk.arg(format!("http://127.0.0.1:{}", self.port)))?;
            let line = output.lines().find_map(|line| line.strip_prefix("load "));
            let line = line.ok_or_else(|| Fault::new(format!("wrk says nothing of the load:\n{output}")))?;
            let one: Seen = serde_json::from_str(line).doing("read what wrk says")?;
            if one.errors > 0 {
                return Err(Fault::new(format!("{} requests of {} failed:\n{output}", one.errors, one.requests)));
            }
            seen.push(one);
        }
        seen.sort_by_key(|one| one.requests * 1_000_000 / one.micros.max(1));
        seen.get(RUNS / 2).cloned().ok_or_else(|| Fault::new("there was no run"))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Asked to, it ends its worker too; killed, it would leave it behind.
        let _ = run::command("kill", &["-TERM", &self.process.id().to_string()]).status();
        let _ = self.process.wait();
        let _ = std::fs::remove_dir_all(&self.home);
    }
}

/// What stands around the recipe.
fn around(home: &Path, port: u16, recipe: &str) -> String {
    let home = home.display();
    let temp = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
    let temp: String = temp.iter().map(|name| format!("{name}_temp_path {home}/{name};\n")).collect();
    format!(
        "load_module {};\ndaemon off;\nworker_processes 1;\npid {home}/pid;\nerror_log stderr;\n\
         events {{ worker_connections 1024; }}\nhttp {{\naccess_log off;\nsendfile on;\ntcp_nopush on;\n{temp}\
         keepalive_requests 1000000;\nserver {{\nlisten 127.0.0.1:{port};\n{recipe}}}\n}}\n",
        servers::BROTLI_MODULE
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_are_per_second() -> serde_json::Result<()> {
        let line = r#"{"requests":300,"micros":2000000,"bytes":5000,"median":10,"p99":20,"errors":0}"#;
        let seen: Seen = serde_json::from_str(line)?;
        assert_eq!(seen.per_second(seen.requests), 150.0);
        assert_eq!(seen.per_second(seen.bytes), 2500.0);
        Ok(())
    }
}
