//! End-to-end tests: the built files in a real browser, driven as a person would.
//! Knows how to begin and end a run; must not know a single test.

mod harness;
mod sheet;
mod tests;

use std::process::ExitCode;

use harness::args::Args;

#[tokio::main]
async fn main() -> ExitCode {
    let args = match Args::read(std::env::args().skip(1)) {
        Ok(args) => args,
        Err(error) => {
            eprintln!("{error:#}");
            return ExitCode::from(2);
        }
    };
    let tests = tests::all(&args);
    if args.list {
        for test in tests {
            println!("{}", test.name);
        }
        return ExitCode::SUCCESS;
    }
    // Dropping the run ends every process that it started.
    let local = tokio::task::LocalSet::new();
    let outcome = tokio::select! {
        outcome = local.run_until(harness::run::run(args, tests)) => outcome,
        _ = interrupted() => Err(anyhow::anyhow!("interrupted")),
    };
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            println!("FAILED: {error:#}");
            println!("0 passed, 1 failed, 0 skipped");
            ExitCode::FAILURE
        }
    }
}

#[cfg(unix)]
async fn interrupted() {
    let Ok(mut term) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) else {
        return std::future::pending().await;
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = term.recv() => {}
    }
}

#[cfg(not(unix))]
async fn interrupted() {
    let _ = tokio::signal::ctrl_c().await;
}
