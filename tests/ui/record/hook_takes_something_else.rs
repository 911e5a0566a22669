//! A hook is a rule that takes the record.

#[macro_use]
extern crate appos;

app!();

#[record(view = ["ui_users"], on_create = rules::greet)]
pub struct Customer {
    name: String,
}

pub mod rules {
    #[expression_rule]
    async fn greet(name: String) -> Result<usize> {
        Ok(name.len())
    }
}

fn main() {}
