//! Rules that try what only a test may do, and rules whose answers depend on the time.

/// Acts as an administrator, if it can.
#[expression_rule]
async fn acts_as_administrator() -> Result<String> {
    let name = appos::testing::prelude::as_administrator(rules::who).await?;
    Ok(name.to_string())
}

/// Starts a platform for a test, in which everything is allowed, if it can.
#[expression_rule]
async fn starts_a_test() -> Result<bool> {
    Ok(appos::testing::TestPlatform::start().await.is_ok())
}

/// Moves the clock, if it can.
#[expression_rule]
async fn moves_the_clock() -> Result<()> {
    appos::testing::prelude::advance("1h");
    Ok(())
}

/// What day it is.
#[expression_rule]
async fn day() -> Result<Date> {
    Ok(ctx.today())
}

/// Shares something out.
#[expression_rule(
    case(10, 2) = 5,
    case(7, 2) = 3,
    case(1, 0) = err("nobody is there"),
    case(1, -1) = err("negative"),
)]
async fn share(of: i64, among: i64) -> Result<i64> {
    if among < 0 {
        return Err(AppOsError::validation("there cannot be fewer than none").code_is("negative"));
    }
    of.checked_div(among).ok_or_else(|| "nobody is there".into())
}

/// Names and their greeting.
#[expression_rule(case("Ann", None) = "hello Ann", case("Bob", Some(3)) = ["hello Bob"; 3].join(", "))]
fn greet(name: String, times: Option<usize>) -> String {
    vec![format!("hello {name}"); times.unwrap_or(1)].join(", ")
}
