//! Every key of a rule.

#[macro_use]
extern crate appos;
app!();

#[expression_rule(
    description = "Adds tax", view = ["ui_users"], use = ["ui_users"], admin = ["ui_admins"], public_access, timeout = "500ms",
    cache = "60s", recursive, crate = ::appos
)]
async fn gross(net: Decimal, #[sensitive] mut note: String, api_key: String) -> Result<Decimal> {
    note.push('!');
    let _ = (note, api_key, ctx.execution_id);
    Ok(net * dec!(1.18))
}

fn main() {}
