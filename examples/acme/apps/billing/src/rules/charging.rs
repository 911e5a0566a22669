//! Rules around the payment service.

/// All charges, over all pages.
#[expression_rule(use = ["billing_users"])]
async fn all_charges() -> Result<Vec<Json>> {
    let all = all_pages(None, integrations::list_charges, |page| (page.charges, page.next)).await?;
    Ok(all.into_iter().map(|charge| json!(charge)).collect())
}

/// How many bytes the statement of a month has; it is read piece by piece.
#[expression_rule(use = ["billing_users"])]
async fn statement_size(month: String) -> Result<u64> {
    let mut statement = integrations::statement(month).await?;
    let mut size = 0;
    while let Some(piece) = statement.next().await? {
        size += u64::try_from(piece.len()).unwrap_or(0);
    }
    Ok(size)
}
