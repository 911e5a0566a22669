//! Questions about customers.

/// Gold customers and those with a high credit limit, by name.
///
/// Only for finance: a condition on the credit limit tells something about it.
#[expression_rule(description = "Customers who buy, or may buy, a lot", view = ["crm_users"], use = ["finance"])]
async fn big_spenders(above: Decimal) -> Result<Vec<Customer>> {
    records::Customer::query()
        .filter(|customer| customer.tier.eq(Tier::Gold).or(customer.credit_limit.gt(above)))
        .order_by(|customer| customer.name.asc())
        .limit(50)
        .all()
        .await
}

/// How much a customer may still order before finance has to be asked.
#[expression_rule(description = "Credit that a customer has left", view = ["crm_users"], use = ["finance"])]
async fn credit_left(customer_id: Id<Customer>) -> Result<Decimal> {
    let customer = records::Customer::get(customer_id).await?;
    let limit = *customer.credit_limit.get()?;
    match customer.account {
        Some(account) => Ok(limit - billing::rules::amount_open(account.id()).await?),
        None => Ok(limit),
    }
}

/// What a sales person wants to see before calling: the customer, its orders, and what
/// billing says. Whoever may not look into billing is refused.
#[expression_rule(description = "A customer at a glance, with totals from billing")]
async fn customer_overview(customer_id: Id<Customer>) -> Result<Json> {
    let customer = records::Customer::get(customer_id).await?;
    let orders = customer.orders.query().count().await?;
    let contact = customer.contacts.query().main_contact(true).first().await?;
    let (billed, open, tax) = match customer.account {
        Some(account) => (
            billing::rules::account_total(account.id()).await?,
            billing::rules::amount_open(account.id()).await?,
            billing::rules::tax_due(account.id()).await?,
        ),
        None => Default::default(),
    };
    Ok(json!({
        "customer": customer.id,
        "name": customer.name,
        "tier": customer.tier,
        "contact": contact.map(|contact| format!("{} {}", contact.first_name, contact.last_name)),
        "orders": orders,
        "lifetime_value": rules::customer_ltv(customer_id).await?,
        "billed": billed,
        "open": open,
        "tax_due": tax,
    }))
}
