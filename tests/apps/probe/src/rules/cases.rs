//! Which cases somebody may see.

/// His own.
#[expression_rule]
async fn cases_of_mine() -> Result<Rows<Case>> {
    Ok(records::Case::rows(|case| case.owner.eq(ctx.user.id)))
}
