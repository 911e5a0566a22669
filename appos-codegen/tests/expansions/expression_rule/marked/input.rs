#[expression_rule]
async fn factorial(n: u32) -> Result<u64> {
    if n < 2 { return Ok(1); }
    Ok(u64::from(n) * rules::factorial(n - 1).await?)
}
