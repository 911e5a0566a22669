//! A rule about rows speaks of the record that names it.

#[macro_use]
extern crate appos;

app!();

#[record(view = ["ui_users"], rows = rules::mine)]
pub struct Customer {
    name: String,
}

#[record(view = ["ui_users"])]
pub struct Order {
    total: i64,
}

pub mod rules {
    #[expression_rule]
    async fn mine() -> Result<Rows<Order>> {
        Ok(Rows::all())
    }
}

fn main() {}
