//! The program of reports, linked for the browser. The page calls `load`, then `view` and `file`.

#![cfg_attr(target_arch = "wasm32", no_main)]

pub use buy_sell_hierarchy::reports::{file, load, view};

/// A small allocator with constant time: Rust's own would be larger (docs/size.md).
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// Only so that the whole workspace builds natively.
#[cfg(not(target_arch = "wasm32"))]
fn main() {}
