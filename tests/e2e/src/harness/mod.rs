//! Everything a test stands on: servers, browsers, waiting, the page object, the runner.
//! Must not know what the app should do; that is the tests' part.

pub mod args;
pub mod axe;
pub mod engine;
pub mod hosts;
pub mod page;
pub mod pdf;
pub mod process;
pub mod release;
pub mod run;
pub mod server;
pub mod wait;
