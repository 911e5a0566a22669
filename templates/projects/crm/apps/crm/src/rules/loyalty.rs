//! What a customer is worth, and what follows from it.

/// The sum of a customer's completed orders.
#[expression_rule(description = "Lifetime value of a customer")]
async fn customer_ltv(customer_id: Id<Customer>) -> Result<Decimal> {
    let customer = records::Customer::get(customer_id).await?;
    let completed = customer.orders.query().status(OrderStatus::Completed);
    completed.sum(|order| order.total).await
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

/// Gives the customer of a completed order the tier it has earned. Called with each change of an
/// order, in the same transaction.
#[expression_rule(description = "What follows from a changed order")]
async fn order_changed(order: Order) -> Result<()> {
    if order.status != OrderStatus::Completed {
        return Ok(());
    }
    let customer = records::Customer::get(order.customer.id()).await?;
    let tier = rules::earned_tier(customer.id).await?;
    if customer.tier != tier {
        let patch = CustomerPatch { tier: Some(tier), ..Default::default() };
        customer.update(patch).await?;
    }
    Ok(())
}
