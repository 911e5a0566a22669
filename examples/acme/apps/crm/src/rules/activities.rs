//! Who sees which activity, and what they cost.

/// Everybody's own; for administrators of the CRM, all.
#[expression_rule(description = "Activities that somebody may see")]
async fn activities_of_mine() -> Result<Rows<Activity>> {
    if ctx.is_member("crm_admins").await? {
        return Ok(Rows::all());
    }
    Ok(records::Activity::rows(|activity| activity.owner.eq(ctx.user.id)))
}

/// Minutes spent on each customer, as far as the activities may be seen.
#[expression_rule(description = "Minutes spent, by customer")]
async fn minutes_by_customer() -> Result<Json> {
    let minutes = records::Activity::query().group_by(|activity| activity.customer).sum(|a| a.minutes).await?;
    Ok(minutes.into_iter().map(|(customer, minutes)| json!({ "customer": customer, "minutes": minutes })).collect())
}

#[cfg(test)]
mod tests {
    /// A call by whoever is acting, at a customer whom others have made.
    async fn call(subject: &str) -> Result<Activity> {
        let customer = match Customer::query().first().await? {
            Some(customer) => customer,
            None => {
                let (name, email) = ("Lindqvist".to_owned(), "office@lindqvist.example".to_owned());
                Customer::create(NewCustomer { name, email, ..Default::default() }).await?
            }
        };
        let owner = Ctx::current().ok_or("somebody acts")?.user.id;
        Activity::create(NewActivity {
            customer: customer.id.into(),
            subject: subject.to_owned(),
            owner: Id::from(owner).into(),
            minutes: 20,
            ..Default::default()
        })
        .await
    }

    #[appos::test]
    async fn everybody_sees_their_own_and_administrators_all() -> Result<()> {
        let of_ann = as_user("ann", ["crm_users"], async || call("of Ann").await).await?.id;
        as_user("bob", ["crm_users"], async || {
            call("of Bob").await?;
            assert_eq!(Activity::query().all().await?.len(), 1);
            assert!(Activity::find(of_ann).await?.is_none(), "it is not even said to be there");
            Ok::<_, AppOsError>(())
        })
        .await?;
        as_user("eve", ["crm_users", "crm_admins"], async || {
            let customer = Customer::query().first().await?.map(|customer| customer.id);
            assert_eq!(rules::minutes_by_customer().await?, json!([{ "customer": customer, "minutes": 40 }]));
            Ok(())
        })
        .await
    }

    #[appos::test]
    async fn activities_are_numbered_by_year() -> Result<()> {
        set_time("2030-12-31T23:59:00Z");
        let last = as_user("ann", ["crm_users"], async || call("before midnight").await).await?;
        advance("2m");
        let first = as_user("ann", ["crm_users"], async || call("after midnight").await).await?;
        assert_eq!((&last.number[..7], &first.number[..7]), ("A-2030-", "A-2031-"));
        Ok(())
    }

    #[appos::test]
    async fn an_activity_has_a_subject_and_takes_no_negative_time() -> Result<()> {
        let activity = as_administrator(async || call("a call").await).await?;
        let patch = || ActivityPatch { subject: Some(String::new()), minutes: Some(-1), ..Default::default() };
        let refused = assert_invalid!(activity.update(patch()).await, "subject");
        assert!(refused.fields().iter().any(|wrong| wrong.field == "minutes"), "{refused}");
        Ok(())
    }
}
