//! The two apps together, written as the tests of an app are: no process, no requests.

#[appos::test]
async fn an_overview_is_for_those_who_may_look_into_both_apps() -> Result<()> {
    let account = billing::records::Account::create(billing::records::NewAccount {
        first_name: "Ada".to_owned(),
        last_name: "Lindqvist".to_owned(),
        address: "Storgatan 1".to_owned(),
        city: "Lund".to_owned(),
        country: "Sweden".to_owned(),
        email: "invoices@lindqvist.example".to_owned(),
        ..Default::default()
    })
    .await?;
    billing::records::Invoice::create(billing::records::NewInvoice {
        number: "R-1".to_owned(),
        account: account.id.into(),
        issued_on: ctx.today(),
        total: dec!(120),
        ..Default::default()
    })
    .await?;
    let customer = crm::records::Customer::create(crm::records::NewCustomer {
        name: "Lindqvist".to_owned(),
        email: "office@lindqvist.example".to_owned(),
        account: Some(account.id.into()),
        ..Default::default()
    })
    .await?;

    let overview = async || crm::rules::customer_overview(customer.id).await;
    let seen = as_user("sam", ["crm_users", "billing_viewers"], overview).await?;
    assert_eq!((&seen["name"], &seen["orders"]), (&json!("Lindqvist"), &json!(0)));
    assert_eq!(seen["open"].as_str().map(str::parse::<Decimal>), Some(Ok(dec!(120))));
    let refused = as_user("bob", ["crm_users"], async || assert_denied!(overview().await)).await;
    assert_eq!(refused.chain().last(), Some(&"crm.rules.customer_overview"), "its caller's rights are asked");
    Ok(())
}
