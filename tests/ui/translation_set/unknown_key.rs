//! A text that no set of the app has; the nearest key is told.

#[macro_use]
extern crate appos;
app!();

#[translation_set]
fn labels() -> Translations {
    translations! { customers: { en: "Customers" } }
}

#[expression_rule]
fn heading() -> String {
    t!("custmers")
}

fn main() {}
