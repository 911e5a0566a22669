//! How a customer comes by another tier: a better one costs discounts, so somebody has to agree.

/// What is decided about a request.
#[choices]
pub enum Decision {
    Agree,
    Decline,
}

/// Asks finance whether a customer may have another tier, and gives it to the customer if it agrees.
#[process(
    display_name = "Tier {tier} for customer {customer_id}",
    search = [customer_id, tier],
    view = ["crm_users"],
    use = ["crm_users"],
    admin = ["crm_admins"],
    deadline = "60d",
)]
async fn change_tier(customer_id: Id<Customer>, tier: Tier, reason: String) -> Result<bool> {
    let decision = ask::<process::Answered<Decision>>("finance", format!("May customer {customer_id} be {tier:?}?"))
        .description(reason)
        .about::<Customer>(customer_id)
        .due(days(2))
        .timeout(days(14))
        .await?;
    let agreed = decision.is_some_and(|decision| decision.answer == Decision::Agree);
    step(steps::set_tier(customer_id, tier)).when(agreed).await?;
    Ok(agreed)
}

/// Gives a customer a tier.
#[step(timeout = "30s")]
async fn set_tier(customer_id: Id<Customer>, tier: Tier) -> Result<()> {
    let customer = Customer::get(customer_id).await?;
    customer.update(CustomerPatch { tier: Some(tier), ..Default::default() }).await.map(drop)
}
