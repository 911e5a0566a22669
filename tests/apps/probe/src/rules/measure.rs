//! Rules that call others as often as a benchmark wants, from within an execution.

/// Nanoseconds of each batch of 32 calls of `add`.
#[expression_rule(timeout = "10m")]
async fn measure(batches: u32) -> Result<Vec<u64>> {
    let mut times = Vec::new();
    for batch in 0..i64::from(batches) {
        let started = std::time::Instant::now();
        for number in 0..32 {
            std::hint::black_box(rules::add(batch, number).await?);
        }
        times.push(u64::try_from(started.elapsed().as_nanos())?);
        // The journal's writer gets its turn, as it would between requests.
        if batch % 64 == 0 {
            tokio::task::yield_now().await;
        }
    }
    Ok(times)
}
