//! How much work is left.

/// Hours of the tasks of a project that are not done.
#[expression_rule(description = "Hours of work that a project still needs")]
async fn hours_left(project_id: Id<Project>) -> Result<i64> {
    // Without this line, a project that does not exist would need no work.
    let project = records::Project::get(project_id).await?;
    let open = project.tasks.query().filter(|task| task.state.ne(TaskState::Done));
    open.sum(|task| task.hours).await
}

/// Days of work that a project still needs, to a tenth of a day.
#[expression_rule(description = "Days of work that a project still needs")]
async fn days_left(project_id: Id<Project>) -> Result<Decimal> {
    let hours = rules::hours_left(project_id).await?;
    Ok((Decimal::from(hours) / constants::hours_per_day().await?).round_dp(1))
}
