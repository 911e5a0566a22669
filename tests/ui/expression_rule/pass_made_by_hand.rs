//! A pass is made by dispatch only.

#[macro_use]
extern crate appos;
app!();

#[expression_rule]
async fn secret(n: i64) -> Result<i64> {
    Box::pin(__appos_body(ctx, appos::codegen_support::Pass(()), n)).await
}

fn main() {}
