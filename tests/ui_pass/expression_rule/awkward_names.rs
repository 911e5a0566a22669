//! Parameters named like the rule, like keywords and like locals of the expansion.

#[macro_use]
extern crate appos;
app!();

#[expression_rule]
fn same(same: i64) -> i64 {
    same
}

#[expression_rule]
fn r#match(r#type: i64, pass: i64, arguments: i64, __appos_in: i64, __appos_0: i64, _pass: i64) -> i64 {
    r#type + pass + arguments + __appos_in + __appos_0 + _pass
}

const OBJECT: i64 = 1;
const RULE: i64 = 2;

#[expression_rule]
fn sees_own_constants() -> i64 {
    OBJECT + RULE
}

fn main() {}
