//! Pictures of every screen, for people; only with `--shots`.

use std::path::Path;
use std::rc::Rc;

use anyhow::{Context, Result};
use serde_json::json;

use super::tour::{tour, tour_instruments, tour_plan};
use crate::harness::engine::Kind;
use crate::harness::page::Page;
use crate::harness::run::{Env, Test};
use crate::harness::server::{Options, Wasm};
use crate::sheet::full;

pub fn tests() -> Vec<Test> {
    crate::tests![pictures in [Kind::Chromium]]
}

async fn shot(page: &Page, folder: &Path, name: &str) -> Result<()> {
    // The whole page, by making the window as tall as it is.
    let size = page
        .js("scrollTo(0, 0); return [innerWidth, Math.max(400, document.documentElement.scrollHeight)]", json!([]))
        .await?;
    let (width, height) = (size[0].as_u64().unwrap_or(1280), size[1].as_u64().unwrap_or(900));
    let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
    page.cdp("Emulation.setDeviceMetricsOverride", metrics).await?;
    page.driver.screenshot(&folder.join(format!("{name}.png"))).await?;
    page.view(u32::try_from(width)?, 900).await
}

async fn pictures(env: Rc<Env>) -> Result<()> {
    let folder = env.args.shots.clone().context("no folder")?;
    std::fs::create_dir_all(&folder)?;
    for width in [390, 1280] {
        for scheme in ["light", "dark"] {
            let page = env.plain().await?;
            page.view(width, 900).await?;
            page.media("", &[("prefers-color-scheme", scheme), ("prefers-reduced-motion", "reduce")]).await?;
            let mut number = 0;
            tour(&page, async |page, name| {
                number += 1;
                shot(page, &folder, &format!("{width}-{scheme}-{number:02}-{name}")).await
            })
            .await?;
            let page = env.plain().await?;
            number = 20;
            tour_instruments(&page, async |page, name| {
                number += 1;
                shot(page, &folder, &format!("{width}-{scheme}-{number:02}-{name}")).await
            })
            .await?;
            number = 60;
            tour_plan(&page, async |page, name| {
                number += 1;
                shot(page, &folder, &format!("{width}-{scheme}-{number:02}-{name}")).await
            })
            .await?;
            let page = env.page(Options { faulty: true, wasm: Wasm::Missing, ..env.options() }).await?;
            page.open("").await?;
            page.panel().await?;
            shot(&page, &folder, &format!("{width}-{scheme}-90-panel")).await?;
        }
    }
    let page = env.plain().await?;
    page.view(794, 1123).await?;
    super::tour::to_result(&page).await?;
    page.media("print", &[]).await?;
    shot(&page, &folder, "print-result").await?;
    page.media("", &[]).await?;
    page.resume("", &full(&page.site.edition()?, "matrix.result", ""), "matrix.result").await?;
    page.media("print", &[]).await?;
    for step in ["matrix.result", "practice.result", "plan"] {
        page.go(step).await?;
        shot(&page, &folder, &format!("print-{step}")).await?;
    }
    page.media("", &[]).await?;
    for lang in ["nl", "sv"] {
        for width in [390, 1280] {
            page.view(width, 900).await?;
            let draft = full(&page.site.edition()?, "gate-2", "");
            page.resume(&format!("?lang={lang}"), &draft, "gate-2").await?;
            for step in ["gate-2", "result", "matrix.result", "practice.result", "plan"] {
                page.go(step).await?;
                shot(&page, &folder, &format!("{width}-{lang}-{step}")).await?;
            }
        }
    }
    Ok(())
}
