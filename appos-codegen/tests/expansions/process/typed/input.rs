/// Sets a new customer up.
#[process(display_name = "Onboarding of {customer_id}", use = ["crm_users"], search = [customer_id], deadline = "30d")]
async fn onboard_customer(customer_id: Id<Customer>, #[sensitive] mut note: String, api_key: String) -> Result<AccountId> {
    let account = step(steps::create_account(customer_id)).await?;
    note.push('.');
    Ok(account)
}
