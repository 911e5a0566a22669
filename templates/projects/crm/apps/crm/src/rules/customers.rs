//! Questions about customers.

/// Customers who may owe more than this, by name. For finance alone: the answer tells something
/// about the credit limit.
#[expression_rule(description = "Customers with a high credit limit", use = ["finance"])]
async fn big_spenders(above: Decimal) -> Result<Vec<Customer>> {
    records::Customer::query()
        .filter(|customer| customer.tier.eq(Tier::Gold).or(customer.credit_limit.gt(above)))
        .order_by(|customer| customer.name.asc())
        .limit(50)
        .all()
        .await
}
