/// Lifetime value of a customer.
#[expression_rule(cache = "60s", timeout = "5s", use = ["crm_users"])]
async fn customer_ltv(customer_id: Id<Customer>, #[sensitive] mut note: String, api_key: String) -> Result<Decimal> {
    let orders = records::Order::query().customer(customer_id).all().await?;
    Ok(orders.iter().map(|order| order.total).sum())
}
