//! What the test asks over HTTP.

/// Starts a process of a shape, once if there is a key.
#[expression_rule]
async fn begin(shape: String, name: String, key: Option<String>) -> Result<String> {
    let key = |call: process::ProcessCall<i64>| match &key {
        Some(key) => call.key(key.clone()),
        None => call,
    };
    let instance = match shape.as_str() {
        "chain" => key(processes::chain(name, 4)).start().await?,
        "fork" => processes::fork(name).start().await?,
        "naps" => processes::naps(name).start().await?,
        "family" => processes::family(name).start().await?,
        "told" => processes::told(name).start().await?,
        "stumble" => processes::stumble(name).start().await?,
        "brittle" => processes::brittle(name).start().await?,
        "undo" => processes::undo(name).start().await?,
        "slow" => processes::slow(name).start().await?,
        "count" => processes::count(name).start().await?,
        other => return Err(AppOsError::validation(format!("there is no shape {other}"))),
    };
    Ok(instance.id.to_string())
}

/// Tells an instance a number.
#[expression_rule]
async fn tell(instance: String, number: i64) -> Result<()> {
    let instance = process::Instance { id: instance.parse()? };
    instance.signal("go", number).await
}
