//! The context is in scope without being declared.

#[macro_use]
extern crate appos;
app!();

#[expression_rule]
fn greeting(ctx: Ctx) -> String {
    ctx.execution_id.to_string()
}

fn main() {}
