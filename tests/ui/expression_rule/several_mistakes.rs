//! All mistakes of an item are reported at once.

#[macro_use]
extern crate appos;
app!();

#[expression_rule(cach = "60s", timeout = 5, use = ["ui_user"])]
async fn greeting(ctx: Ctx, name: &str, (a, b): (i64, i64)) -> Result<String, String> {
    let _ = (ctx.execution_id, a, b);
    Ok(name.to_owned())
}

fn main() {}
