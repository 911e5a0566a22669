#[expression_rule(us = ["crm_users"])]
async fn greet(name: &str, ctx: Ctx) -> Result<String> {
    Ok(format!("{name} {}", ctx.user.name))
}
