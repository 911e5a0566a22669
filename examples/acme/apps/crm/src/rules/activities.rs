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
