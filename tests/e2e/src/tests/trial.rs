//! x
use crate::harness::run::{Env, Test};
use anyhow::{Result, ensure};
use serde_json::json;
use std::rc::Rc;

pub fn tests() -> Vec<Test> {
    crate::tests![basic, err, rej, csp, sandbox, axe, nost]
}

async fn basic(env: Rc<Env>) -> Result<()> {
    let p = env.plain().await?;
    p.open("?a=1").await?;
    p.choose("q", "2").await?;
    p.press("Start").await?;
    ensure!(p.read("h1").await? == "Started");
    p.back().await?;
    p.until(
        "back",
        "return document.querySelector('h1').textContent==='Back'",
        json!([]),
    )
    .await?;
    p.open_file("x.txt", "hello").await?;
    p.until(
        "file",
        "return document.querySelector('h1').textContent==='hello'",
        json!([]),
    )
    .await?;
    p.type_into("#t", "héllo 3").await?;
    p.js("document.querySelector('[value=\"2\"]').focus()", json!([]))
        .await?;
    p.strike(thirtyfour::Key::Up).await?;
    p.is_chosen("q", "1").await?;
    p.strike(thirtyfour::Key::Tab).await?;
    println!(
        "{}",
        p.text("return document.activeElement.outerHTML", json!([]))
            .await?
    );
    p.key(" ").await?;
    p.until(
        "st",
        "return document.querySelector('h1').textContent==='Started'",
        json!([]),
    )
    .await?;
    p.reload().await?;
    println!("{:?} {:?}", p.keys().await?, p.site.requests());
    Ok(())
}
async fn err(env: Rc<Env>) -> Result<()> {
    let p = env.plain().await?;
    p.open("?err").await?;
    p.choose("q", "1").await?;
    tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    Ok(())
}
async fn rej(env: Rc<Env>) -> Result<()> {
    let p = env.plain().await?;
    p.open("?rej").await?;
    p.choose("q", "1").await
}
async fn csp(env: Rc<Env>) -> Result<()> {
    let p = env.plain().await?;
    p.open("?csp").await?;
    crate::harness::wait::until("report", async || Ok(p.site.reports().pop()))
        .await
        .map(|r| println!("{r}"))
}
async fn sandbox(env: Rc<Env>) -> Result<()> {
    let mut o = env.options();
    o.cors = true;
    let p = env.page(o).await?;
    p.goto(&p.site.host("sandbox")).await?;
    p.element("iframe").await?.enter_frame().await?;
    println!(
        "{:?}",
        p.js(
            "try { localStorage; return 'no' } catch (e) { return e.name }",
            json!([])
        )
        .await?
    );
    p.choose("q", "1").await?;
    println!("{:?}", p.js("return innerWidth", json!([])).await?);
    p.goto(&p.site.host("frame-320")).await?;
    p.element("iframe").await?.enter_frame().await?;
    println!("{:?}", p.js("return innerWidth", json!([])).await?);
    p.choose("q", "1").await?;
    p.driver.enter_default_frame().await?;
    Ok(())
}
async fn axe(env: Rc<Env>) -> Result<()> {
    let p = env.plain().await?;
    p.open("").await?;
    println!("{:?}", crate::harness::axe::violations(&p, &env.axe).await?);
    Ok(())
}

async fn nost(env: Rc<Env>) -> Result<()> {
    if env.kind != crate::harness::engine::Kind::WebKit {
        return Ok(());
    }
    let e =
        crate::harness::engine::Engine::start(&env.args, &std::env::temp_dir().join("xx")).await?;
    let d = e.session(&["--enable-html5-local-storage=false"]).await?;
    let p = env.page_in(d.clone(), env.options()).await?;
    p.open("").await?;
    println!(
        "{:?}",
        p.js(
            "try { return String(window.localStorage) } catch (e) { return e.name }",
            json!([])
        )
        .await?
    );
    d.quit().await?;
    Ok(())
}
