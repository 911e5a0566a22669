//! How a customer comes to buy on account.

/// Onboards a customer: an account, what is to be done, and, if finance agrees, a question after a week. If it does
/// not, or says nothing, all is undone.
#[process(
    display_name = "Account for customer {customer_id}",
    view = ["crm_users"],
    use = ["crm_admins"],
    admin = ["crm_admins"],
    deadline = "60d",
)]
async fn open_account(customer_id: Id<Customer>) -> Result<Id<billing::records::Account>> {
    ctx.var.set("customer", customer_id)?;
    let account = step(steps::create_account(customer_id)).await?;
    parallel((
        step(steps::plan_task(customer_id, "Write to say welcome".to_owned())),
        step(steps::plan_task(customer_id, "Set up a trial".to_owned())).timeout(seconds(10)),
        step(steps::plan_task(customer_id, "Tell the sales team".to_owned())).on_error(Skip),
    ))
    .await?;
    let decision = ask::<process::Answered<processes::Decision>>("finance", format!("May customer {customer_id} buy on account?"))
        .about::<Customer>(customer_id)
        .due(days(2))
        .timeout(days(14))
        .await?;
    if decision.is_none_or(|decision| decision.answer != processes::Decision::Agree) {
        return Err(AppOsError::validation("finance has not agreed"));
    }
    sleep(days(7)).await?;
    step(steps::plan_task(customer_id, "Ask how content they are".to_owned())).fire_and_forget().await?;
    step(steps::count_as_customer(customer_id)).await?;
    Ok(account)
}

/// Makes a customer's account, or finds the one that was made when the step was interrupted.
#[step(retries = 2, timeout = "30s", compensate = steps::close_account)]
async fn create_account(customer_id: Id<Customer>) -> Result<Id<billing::records::Account>> {
    let customer = Customer::get(customer_id).await?;
    if let Some(account) = customer.account {
        return Ok(account.id());
    }
    let (Some(address), Some(city), Some(country)) = (&customer.address, &customer.city, &customer.country) else {
        return Err(AppOsError::validation("an account needs an address, a city and a country"));
    };
    let person = Contact::query().customer(customer_id).order_by(|contact| contact.id.asc()).first().await?;
    let person = person.ok_or_else(|| AppOsError::validation("an account is written to a contact: add one first"))?;
    let account = billing::records::NewAccount {
        first_name: person.first_name,
        last_name: person.last_name,
        company: Some(customer.name.clone()),
        address: address.clone(),
        city: city.clone(),
        country: country.clone(),
        email: customer.email.clone(),
        ..Default::default()
    };
    // Both, or nothing: an account that nobody knows of would be in the way of another try.
    transaction(async {
        let account = billing::records::Account::create(account).await?;
        customer.update(CustomerPatch { account: Some(Some(account.id.into())), ..Default::default() }).await?;
        Ok(account.id)
    })
    .await
}

/// Closes the account of a customer who may not buy on account.
#[step(retries = 5, timeout = "30s")]
async fn close_account(customer_id: Id<Customer>) -> Result<()> {
    let customer = Customer::get(customer_id).await?;
    let Some(account) = customer.account else { return Ok(()) };
    transaction(async {
        customer.update(CustomerPatch { account: Some(None), ..Default::default() }).await?;
        billing::records::Account::get(account.id()).await?.delete().await
    })
    .await
}

/// From today on it is a customer of ours.
#[step(retries = 5, timeout = "30s")]
async fn count_as_customer(customer_id: Id<Customer>) -> Result<()> {
    let customer = Customer::get(customer_id).await?;
    if customer.customer_since.is_none() {
        customer.update(CustomerPatch { customer_since: Some(Some(ctx.today())), ..Default::default() }).await?;
    }
    Ok(())
}
