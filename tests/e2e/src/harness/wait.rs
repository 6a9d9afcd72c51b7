//! Waiting for a state instead of for a time.
//! Knows time limits; must not know browsers.

use std::time::{Duration, Instant};

use anyhow::{Result, bail};

/// Long enough for a slow machine, short enough for a hung test.
pub const LIMIT: Duration = Duration::from_secs(10);

/// Asks `probe` until it answers with something; the message of the failure names what was awaited.
pub async fn until<T>(what: &str, mut probe: impl AsyncFnMut() -> Result<Option<T>>) -> Result<T> {
    let start = Instant::now();
    let mut pause = Duration::from_millis(4);
    loop {
        let problem = match probe().await {
            Ok(Some(value)) => return Ok(value),
            Ok(None) => String::new(),
            Err(error) => format!(" (last error: {})", first_line(&error.to_string())),
        };
        if start.elapsed() > LIMIT {
            bail!("waited {} s in vain for {what}{problem}", LIMIT.as_secs());
        }
        tokio::time::sleep(pause).await;
        pause = (pause * 2).min(Duration::from_millis(60));
    }
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or(text)
}
