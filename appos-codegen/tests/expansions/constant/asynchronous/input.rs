#[constant(env(dev = 1))]
async fn answer() -> Result<i64> {
    Ok(42)
}
