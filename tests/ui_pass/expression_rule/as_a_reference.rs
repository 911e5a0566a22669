//! A rule's name is a type too, by which it is referred to without being called.

#[macro_use]
extern crate appos;
app!();

#[expression_rule]
fn gross(net: i64) -> i64 {
    net
}

#[constant]
fn standard() -> i64 {
    1
}

fn main() {
    use appos::prelude::engine::Object;
    assert_eq!(gross::object().reference, "ui_pass.rules.gross");
    assert_eq!(standard::object().reference, "ui_pass.constants.standard");
    assert!(gross::object().file.ends_with("as_a_reference.rs"));
    assert_eq!(gross::object().line, 8);
}
