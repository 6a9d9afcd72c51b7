//! The author's program, linked for the browser. The page calls `check_pack`, `compile_pack`, and for colours
//! `color_contrast`, `nearest_color` and `color_pairs`.

#![cfg_attr(target_arch = "wasm32", no_main)]

pub use buy_sell_hierarchy::author::{check, compile, contrast, nearest, pairs};

/// A small allocator with constant time: Rust's own would be larger (docs/size.md).
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// Only so that the whole workspace builds natively.
#[cfg(not(target_arch = "wasm32"))]
fn main() {}
