//! A list of hooks holds paths of rules, with or without `after_commit` around them.

#[macro_use]
extern crate appos;

app!();

#[record(
    view = ["ui_users"],
    on_create = [],
    on_update = [rules::greet, after_comit(rules::greet), after_commit(), [rules::greet]],
    on_delete = after_commit(rules::greet, rules::greet),
)]
pub struct Customer {
    name: String,
}

fn main() {}
