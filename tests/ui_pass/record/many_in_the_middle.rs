//! A field without a column between fields with one.

#[macro_use]
extern crate appos;
app!();

#[record(view = ["ui_users"], display = "name", index("name"))]
pub struct Customer {
    before: i64,
    orders: Many<Order>,
    name: String,
}

#[record(view = ["ui_users"])]
pub struct Order {
    customer: Ref<Customer>,
}

fn main() {}
