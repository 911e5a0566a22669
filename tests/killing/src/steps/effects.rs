//! Steps whose effects are lines of a file that nobody rolls back.

use std::io::Write as _;

/// Notes an event of a step. Whole lines are appended at once, by whichever program.
fn trace(event: &str, name: &str, number: i64, execution: &str) -> Result<()> {
    let Some(path) = std::env::var_os("KILLING_EFFECTS") else {
        return Err(AppOsError::execution("KILLING_EFFECTS names no file"));
    };
    let line = format!("{event} {name} {number} {execution} {}\n", std::process::id());
    let mut file = std::fs::File::options().create(true).append(true).open(path)?;
    Ok(file.write_all(line.as_bytes())?)
}

/// Begins, takes a while, and has its effect.
async fn effect(name: &str, number: i64, execution: &str) -> Result<()> {
    trace("begin", name, number, execution)?;
    tokio::time::sleep(std::time::Duration::from_millis(fastrand::u64(1..60))).await;
    trace("done", name, number, execution)
}

/// Does something, and answers its number.
#[step(retries = 30, backoff = "20ms")]
async fn work(name: String, number: i64) -> Result<i64> {
    effect(&name, number, &ctx.execution_id.to_string()).await?;
    Ok(number)
}

/// Fails now and then, before or after its effect.
#[step(retries = 40, backoff = "10ms")]
async fn shaky(name: String, number: i64) -> Result<i64> {
    let execution = ctx.execution_id.to_string();
    trace("begin", &name, number, &execution)?;
    if fastrand::u8(..100) < 25 {
        return Err(AppOsError::integration("before"));
    }
    tokio::time::sleep(std::time::Duration::from_millis(fastrand::u64(1..30))).await;
    if fastrand::u8(..100) < 15 {
        return Err(AppOsError::integration("after"));
    }
    trace("done", &name, number, &execution)?;
    Ok(number)
}

/// Is not to be tried again, whatever happens.
#[step(retries = 0)]
async fn fragile(name: String, number: i64) -> Result<i64> {
    effect(&name, number, &ctx.execution_id.to_string()).await?;
    Ok(number)
}

/// Can be undone.
#[step(retries = 30, backoff = "20ms", compensate = steps::take_down)]
async fn set_up(name: String, number: i64) -> Result<()> {
    effect(&name, number, &ctx.execution_id.to_string()).await
}

/// Undoes it.
#[step(retries = 30, backoff = "20ms")]
async fn take_down(name: String, number: i64) -> Result<()> {
    effect(&format!("{name}~"), number, &ctx.execution_id.to_string()).await
}

/// Takes as many milliseconds as the name says.
#[step(retries = 3, backoff = "20ms", timeout = "60s")]
async fn dawdle(name: String, number: i64) -> Result<()> {
    let execution = ctx.execution_id.to_string();
    trace("begin", &name, number, &execution)?;
    let millis = name.rsplit('-').next().and_then(|millis| millis.parse().ok()).unwrap_or_default();
    tokio::time::sleep(std::time::Duration::from_millis(millis)).await;
    trace("done", &name, number, &execution)
}

/// Fails for good.
#[step(retries = 0)]
async fn give_up(name: String, number: i64) -> Result<()> {
    effect(&name, number, &ctx.execution_id.to_string()).await?;
    Err(AppOsError::validation("no further"))
}

/// Adds to a variable.
#[step(retries = 30, backoff = "20ms")]
async fn add(name: String, number: i64) -> Result<()> {
    let sum: Option<i64> = ctx.var.get("sum")?;
    ctx.var.set("sum", sum.unwrap_or_default() + number)?;
    effect(&name, number, &ctx.execution_id.to_string()).await
}
