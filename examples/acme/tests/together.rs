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

#[appos::test]
async fn what_decides_about_access_is_written_with_the_rights_of_the_caller() -> Result<()> {
    use appos::prelude::platform::records::{
        Group, GroupPatch, Membership, NewGroup, NewMembership, NewObjectPermission, NewUser, ObjectPermission,
        PermissionChoice, User,
    };
    use appos::prelude::platform::rules::{Secret, create_password_reset, invite_user, set_password};

    let finance = Group::query().name("finance").first().await?.ok_or("the group of an app")?;
    let eve =
        User::create(NewUser { email: "eve@acme.example".to_owned(), name: "Eve".to_owned(), ..Default::default() });
    let eve = eve.await?.id;
    let group = finance.id;
    // As the body of any rule that sam calls could.
    as_user("sam", ["crm_users"], async || {
        assert_denied!(Membership::create(NewMembership { user: eve.into(), group: group.into() }).await);
        assert_denied!(Group::create(NewGroup { name: "mine".to_owned(), ..Default::default() }).await);
        assert_denied!(
            ObjectPermission::create(NewObjectPermission {
                group: group.into(),
                pattern: "crm.*".to_owned(),
                permission: PermissionChoice::of("admin"),
            })
            .await
        );
        let new = NewUser { email: "mine@acme.example".to_owned(), name: "Mine".to_owned(), ..Default::default() };
        assert_denied!(User::create(new).await);
        assert_denied!(User::get(eve).await);
        let in_transaction =
            transaction(async { Membership::create(NewMembership { user: eve.into(), group: group.into() }).await });
        assert_denied!(in_transaction.await);
        assert_denied!(set_password(eve, Secret::from("a good long password".to_owned())).await);
        assert_denied!(invite_user(eve).await);
        assert_denied!(create_password_reset(eve).await);
        // Nor with a row that somebody else has read.
        let patch = GroupPatch { active: Some(false), ..Default::default() };
        assert_denied!(finance.update(patch).await);
    })
    .await;
    assert_eq!(Membership::query().user(eve).count().await?, 0);
    Ok(())
}
