//! A request goes to a connected system, and to no other object.

#[macro_use]
extern crate appos;
app!();

pub mod rules {
    #[expression_rule]
    fn price() -> i64 {
        5
    }
}

#[integration(system = rules::price, use = ["ui_users"])]
fn charge() -> Call<()> {
    post("/charges")
}

fn main() {}
