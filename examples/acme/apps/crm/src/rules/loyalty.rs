//! What a customer is worth, and what follows from it.

/// The sum of a customer's completed orders.
#[expression_rule(description = "Calculate customer lifetime value")]
async fn customer_ltv(customer_id: Id<Customer>) -> Result<Decimal> {
    let orders = records::Order::query().customer(customer_id).status(OrderStatus::Completed).all().await?;
    Ok(orders.iter().map(|order| order.total).sum())
}

/// The tier that a customer's lifetime value earns.
#[expression_rule(description = "Tier that a customer has earned")]
async fn earned_tier(customer_id: Id<Customer>) -> Result<Tier> {
    let value = rules::customer_ltv(customer_id).await?;
    if value >= constants::gold_from().await? {
        Ok(Tier::Gold)
    } else if value >= constants::silver_from().await? {
        Ok(Tier::Silver)
    } else {
        Ok(Tier::Bronze)
    }
}

/// Looks whether a changed order has earned its customer another tier. Called after the commit: a
/// change of an order need not wait for the sum of all of them.
#[expression_rule(description = "What follows from a changed order")]
async fn order_changed(order_id: Id<Order>) -> Result<()> {
    if let Some(order) = records::Order::find(order_id).await?
        && order.status == OrderStatus::Completed
    {
        rules::refresh_tier(order.customer.id()).await?;
    }
    Ok(())
}

/// Gives a customer the tier it has earned.
#[expression_rule(description = "Bring a customer's tier up to date")]
async fn refresh_tier(customer_id: Id<Customer>) -> Result<Customer> {
    let customer = records::Customer::get(customer_id).await?;
    let tier = rules::earned_tier(customer_id).await?;
    if customer.tier == tier {
        return Ok(customer);
    }
    customer.update(CustomerPatch { tier: Some(tier), ..Default::default() }).await
}
