//! All tests, by subject. Must not know how a browser is started.

use crate::harness::run::Test;

mod trial;

pub fn all() -> Vec<Test> {
    trial::tests()
}
