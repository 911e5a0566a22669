//! How a new customer is welcomed.

/// Plans what is to be done for a new customer, and asks after a week how it goes.
#[process(
    display_name = "Onboarding of customer {customer_id}",
    search = [customer_id],
    view = ["crm_users"],
    use = ["crm_users"],
    admin = ["crm_admins"],
    deadline = "30d",
)]
async fn onboard_customer(customer_id: Id<Customer>) -> Result<Option<i64>> {
    parallel((
        step(steps::plan_task(customer_id, "Call to say hello".to_owned())),
        step(steps::plan_task(customer_id, "Show what we have".to_owned())),
        step(steps::plan_task(customer_id, "Ask who else should know".to_owned())),
    ))
    .await?;
    let ask = async move {
        sleep(days(7)).await?;
        step(steps::plan_task(customer_id, "Ask how it goes".to_owned())).await
    };
    // How content the customer is, from 1 to 5, as whoever has asked tells it.
    let (_, stars) = parallel((ask, wait_for::<i64>("answered").timeout(days(21)))).await?;
    ctx.var.set("stars", stars)?;
    Ok(stars)
}

/// Plans something for whoever has started the process.
#[step(retries = 3, backoff = "1s", timeout = "30s", compensate = steps::drop_task)]
async fn plan_task(customer_id: Id<Customer>, subject: String) -> Result<Id<records::Activity>> {
    let activity = records::Activity::create(records::NewActivity {
        customer: customer_id.into(),
        kind: ActivityKind::Task,
        subject,
        owner: Id::from(ctx.user.id).into(),
        due_on: Some(ctx.today()),
        ..Default::default()
    })
    .await?;
    Ok(activity.id)
}

/// Removes what was planned, when the customer is not welcomed after all.
#[step]
async fn drop_task(customer_id: Id<Customer>, subject: String) -> Result<()> {
    let planned = records::Activity::query().customer(customer_id).subject(subject).owner(ctx.user.id).all().await?;
    for activity in planned {
        activity.delete().await?;
    }
    Ok(())
}
