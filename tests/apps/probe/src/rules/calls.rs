//! Rules that end in every way a call can end.

#[expression_rule(description = "Adds two numbers")]
fn add(left: i64, right: i64) -> i64 {
    left + right
}

#[expression_rule]
async fn add_twice(left: i64, right: i64) -> Result<i64> {
    let once = rules::add(left, right).await?;
    add(once, right).await
}

/// Tells who is calling and from where.
#[expression_rule]
async fn who() -> Result<Json> {
    Ok(json!({
        "user": ctx.user.id,
        "name": &*ctx.user.name,
        "app": ctx.app.name,
        "execution_id": ctx.execution_id,
        "parent_id": ctx.parent_id,
    }))
}

#[expression_rule]
fn panics(message: String) -> i64 {
    panic!("{message}")
}

#[expression_rule]
async fn fails() -> Result<i64> {
    Err("it does not work today".into())
}

#[expression_rule(timeout = "50ms")]
async fn slow() -> Result<i64> {
    tokio::time::sleep(std::time::Duration::from_secs(60)).await;
    Ok(1)
}

#[expression_rule]
async fn sleeps(milliseconds: u64) -> Result<i64> {
    tokio::time::sleep(std::time::Duration::from_millis(milliseconds)).await;
    Ok(1)
}

#[expression_rule]
async fn deeper(level: u32) -> Result<u32> {
    if level == 0 { Ok(0) } else { Ok(1 + rules::deeper(level - 1).await?) }
}

#[expression_rule]
async fn spawns() -> Result<Vec<Json>> {
    let mut answers = Vec::new();
    let task = tokio::spawn(async { rules::who().await });
    answers.push(task.await.map_err(|error| error.to_string())??);
    let call = rules::who();
    answers.push(tokio::spawn(call).await.map_err(|error| error.to_string())??);
    let (left, right) = tokio::try_join!(rules::who(), rules::who())?;
    answers.extend([left, right]);
    Ok(answers)
}

#[expression_rule]
async fn spawns_slow() -> Result<i64> {
    let task = tokio::spawn(async { rules::slow().await });
    task.await.map_err(|error| error.to_string())?
}

#[expression_rule(use = ["probe_admins"])]
fn admins_only() -> bool {
    true
}

#[expression_rule]
async fn calls_admins_only() -> Result<bool> {
    rules::admins_only().await
}

#[expression_rule(public_access)]
fn open_to_all() -> bool {
    true
}

#[expression_rule]
fn takes_a_secret(password: String, #[sensitive] pin: String, name: String) -> usize {
    password.len() + pin.len() + name.len()
}

#[expression_rule(cache = "60s")]
async fn now_cached(seed: i64) -> Result<Json> {
    Ok(json!({ "seed": seed, "execution_id": ctx.execution_id }))
}

#[expression_rule]
async fn by_reference(reference: String, arguments: Json) -> Result<Json> {
    engine::dispatch(reference, arguments).await
}

#[expression_rule]
async fn through_a_constant() -> Result<Json> {
    engine::dispatch(constants::adder().await?, json!({ "left": 20, "right": 22 })).await
}
