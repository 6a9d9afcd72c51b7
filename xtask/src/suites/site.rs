//! The suites about the built site: that it builds, that its page is valid, that it is small enough.
//!
//! Knows the built folders. Must not know what the page shows.

use super::{Bench, Outcome};
use crate::counts::Counts;
use crate::fault::{Fault, Result};
use crate::{node, place, run, single, size as sizes};

pub fn build(bench: &Bench) -> Result<Outcome> {
    let Some(web) = &bench.web else {
        return Err(Fault::new("the tools of the web build were not set up"));
    };
    let builds = [
        ("the release build", place::dist(), "web"),
        ("the release build with faults", place::dist_faults(), "web,faults"),
    ];
    let mut checks = Vec::new();
    for (what, folder, features) in builds {
        println!("{what}, into {}", folder.display());
        let built = web.build_into(&folder, true, features, true);
        if let Err(fault) = &built {
            println!("{fault}");
        }
        checks.push((what.to_string(), built.is_ok()));
    }
    if checks.iter().all(|(_, built)| *built) {
        println!("the site in one file, into {}", place::single().display());
        let made = single::write(&place::dist(), &place::single());
        if let Err(fault) = &made {
            println!("{fault}");
        }
        checks.push(("the site in one file".into(), made.is_ok()));
    }
    Ok(Outcome::of_checks(checks))
}

pub fn html(_: &Bench) -> Result<Outcome> {
    let page = place::dist().join("index.html").to_string_lossy().into_owned();
    let mut validate = run::command(node::program("html-validate"), &["--config", "tools/html-validate.json", &page]);
    let ok = run::shown(&mut validate)?;
    Ok(Outcome::of_checks(vec![("html-validate dist/index.html".into(), ok)]))
}

pub fn size(_: &Bench) -> Result<Outcome> {
    let report = sizes::show()?;
    Ok(Outcome { counts: Counts::check(report.within_budget()), failed: report.over() })
}
