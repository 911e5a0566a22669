//! What a customer is worth, and what follows from it.

/// The sum of a customer's completed orders.
#[expression_rule(description = "Calculate customer lifetime value")]
async fn customer_ltv(customer_id: Id<Customer>) -> Result<Decimal> {
    let orders = records::Order::query().customer(customer_id).status(OrderStatus::Completed).all().await?;
    Ok(orders.iter().map(|order| order.total).sum())
}

/// The tier that a customer's lifetime value earns.
#[expression_rule(description = "Tier that a customer has earned", case(1) = Tier::Bronze)]
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

#[cfg(test)]
mod tests {
    /// A customer with completed orders of these amounts.
    async fn customer(name: &str, totals: &[i64]) -> Result<Customer> {
        let email = format!("{name}@example.com");
        let customer = Customer::create(NewCustomer { name: name.to_owned(), email, ..Default::default() }).await?;
        for (number, total) in totals.iter().enumerate() {
            records::Order::create(records::NewOrder {
                number: format!("{name}-{number}"),
                customer: customer.id.into(),
                status: records::OrderStatus::Completed,
                total: Decimal::from(*total),
                ..Default::default()
            })
            .await?;
        }
        Ok(customer)
    }

    #[appos::test]
    async fn completed_orders_earn_a_tier() -> Result<()> {
        for (name, totals, tier) in
            [("new", &[][..], Tier::Bronze), ("known", &[60, 40], Tier::Silver), ("loyal", &[999, 1], Tier::Gold)]
        {
            let customer = customer(name, totals).await?;
            assert_eq!(rules::refresh_tier(customer.id).await?.tier, tier, "{name}");
        }
        Ok(())
    }

    #[appos::test]
    async fn an_order_that_is_completed_brings_the_tier_up_to_date() -> Result<()> {
        let customer = customer("loyal", &[999]).await?;
        let order = records::Order::query().customer(customer.id).first().await?.ok_or("it has an order")?;
        order.update(records::OrderPatch { total: Some(dec!(1_000)), ..Default::default() }).await?;
        // Called after the commit.
        outbox_idle().await;
        assert_eq!(Customer::get(customer.id).await?.tier, Tier::Gold);
        Ok(())
    }

    #[appos::test]
    async fn the_value_of_a_customer_is_for_those_who_work_with_it() -> Result<()> {
        let customer = customer("known", &[60, 40]).await?;
        let id = customer.id;
        assert_eq!(as_user("sam", ["crm_users"], async || rules::customer_ltv(id).await).await?, dec!(100));
        as_user("bob", ["billing_users"], async || assert_denied!(rules::customer_ltv(id).await)).await;
        as_anonymous(async || assert_denied!(rules::customer_ltv(id).await)).await;
        Ok(())
    }
}
