//! Fields named like keywords, like methods of queries and like locals of the expansion.

#[macro_use]
extern crate appos;
app!();

#[record(view = ["ui_users"])]
pub struct Awkward {
    r#type: String,
    filter: String,
    order_by: i64,
    count: u32,
    first: bool,
    value: String,
    values: String,
    row: String,
    system: String,
    name: String,
    __appos_0: i64,
}

#[expression_rule]
async fn find() -> Result<u64> {
    Awkward::query()
        .r#type("a")
        .by_filter("b")
        .by_order_by(1)
        .by_count(2u32)
        .by_first(true)
        .value("c")
        .row("d")
        .count()
        .await
}

fn main() {}
