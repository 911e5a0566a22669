//! A plural is chosen by a number, and a text has no way to write any type.

#[macro_use]
extern crate appos;
app!();

#[translation_set]
fn labels() -> Translations {
    translations! {
        orders: { en: { one: "{count} order of {whom}", other: "{count} orders of {whom}" } },
    }
}

#[expression_rule]
fn heading() -> String {
    t!("orders", count = "many", whom = vec![1])
}

fn main() {}
