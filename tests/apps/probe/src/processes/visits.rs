//! Processes that start with rows of a record that does not know them.

/// Greets each visit, as whoever has noted it.
#[process(use = ["probe_users"], trigger = created(records::Visit))]
async fn greet_visit(visit: Id<Visit>) -> Result<()> {
    step(steps::ring(format!("greets {visit}"))).await
}

/// Follows what becomes of visits, as an account of its own.
#[process(
    use = ["finance"],
    trigger = [updated(records::Visit), deleted(records::Visit)],
    run_as = "clock@example.com",
)]
async fn follow_visit(visit: Id<Visit>) -> Result<()> {
    step(steps::ring(format!("follows {visit}"))).await
}
