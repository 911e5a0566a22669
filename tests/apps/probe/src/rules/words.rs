//! Rules that tell texts.

#[expression_rule]
fn say_hello(name: String) -> String {
    t!("hello", name = name)
}

#[expression_rule]
fn say_things(count: i64) -> String {
    t!("things", count)
}

#[expression_rule]
fn say_price(count: Decimal) -> String {
    t!("things", count = count)
}

#[expression_rule]
fn say_only_german() -> String {
    t!("probe.only.german")
}

#[expression_rule]
fn say_braces(name: String) -> String {
    t!("braces", name)
}

#[expression_rule]
fn say_when(at: DateTime) -> String {
    t!("hello", name = at)
}

#[expression_rule]
fn zone() -> String {
    ctx.time_zone.to_string()
}
