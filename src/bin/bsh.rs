//! The command line program `bsh`. Everything it does is in the library's `cli`.

use std::process::ExitCode;

fn main() -> ExitCode {
    buy_sell_hierarchy::cli::main()
}
