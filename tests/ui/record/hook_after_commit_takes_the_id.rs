//! A hook after the commit is a rule that takes the id of the row.

#[macro_use]
extern crate appos;

app!();

#[record(view = ["ui_users"], on_create = [rules::greet, after_commit(rules::greet)])]
pub struct Customer {
    name: String,
}

pub mod rules {
    #[expression_rule]
    async fn greet(customer: Customer) -> Result<usize> {
        Ok(customer.name.len())
    }
}

fn main() {}
