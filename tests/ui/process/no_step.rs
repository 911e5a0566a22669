//! A process that runs no step.

#[macro_use]
extern crate appos;
app!();

#[process(use = ["ui_users"])]
async fn onboard(customer: i64) -> Result<()> {
    rules::greet(customer).await
}

pub mod rules {
    #[expression_rule]
    fn greet(customer: i64) {
        let _ = customer;
    }
}

fn main() {}
