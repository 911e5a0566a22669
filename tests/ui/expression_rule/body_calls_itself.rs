//! The body cannot call itself past dispatch: it has no pass to give.

#[macro_use]
extern crate appos;
app!();

#[expression_rule]
async fn secret(n: i64) -> Result<i64> {
    __appos_body(ctx, _pass, n).await
}

fn main() {}
