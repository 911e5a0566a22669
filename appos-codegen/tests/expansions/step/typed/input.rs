#[step(retries = 3, backoff = "1s", timeout = "30s", compensate = steps::close_account)]
async fn create_account(customer_id: Id<Customer>, token: String) -> Result<AccountId> {
    rules::account(customer_id, ctx.user.id).await
}
