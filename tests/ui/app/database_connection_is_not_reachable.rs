//! App code never holds a database connection.

#[macro_use]
extern crate appos;
app!();

#[expression_rule]
async fn steal() -> Result<u64> {
    let _ = ctx.database;
    let _ = ctx.connection();
    let _ = appos::sea_orm::Database::connect("sqlite::memory:");
    Ok(0)
}

fn main() {}
