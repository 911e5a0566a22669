//! A set is a function without parameters that answers translations.

#[macro_use]
extern crate appos;
app!();

#[translation_set]
async fn labels(language: String) -> String {
    translations! { customers: { en: "Customers" } }
}

fn main() {}
