//! What undoes a step is a step.

#[macro_use]
extern crate appos;
app!();

#[step(compensate = rules::close)]
fn open(customer: i64) {
    let _ = customer;
}

#[step(compensate = missing)]
fn open_all() {}

pub mod rules {
    #[expression_rule]
    fn close(customer: i64) {
        let _ = customer;
    }
}

fn main() {}
