//! The types that a host's programmer gets: the compiler takes every right use and refuses every wrong one.
//!
//! Knows where the types and their test are. Must not know what is in them.

use super::{Bench, Outcome};
use crate::fault::Result;
use crate::{node, run};

pub fn types(_: &Bench) -> Result<Outcome> {
    let ok = run::shown(&mut run::command(node::program("tsc"), &["-p", "tools/types"]))?;
    Ok(Outcome::of_checks(vec![("tsc -p tools/types".into(), ok)]))
}
