//! A step that undoes another takes what that one takes.

#[macro_use]
extern crate appos;
app!();

#[step(compensate = close)]
fn open(customer: i64, name: String) {
    let _ = (customer, name);
}

#[step(compensate = close_all)]
fn open_all(customers: Vec<i64>) {
    let _ = customers;
}

#[step]
fn close(customer: i64, name: i64) {
    let _ = (customer, name);
}

#[step]
fn close_all() {}

fn main() {}
