//! Plurals without the category that every language has.

#[macro_use]
extern crate appos;
app!();

#[translation_set]
fn labels() -> Translations {
    translations! { orders: { en: { one: "{count} order" } } }
}

#[expression_rule]
fn heading() -> String {
    t!("orders", count = 2)
}

fn main() {}
