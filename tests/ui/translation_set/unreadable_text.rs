//! A text without its language, and one without a comma between its parts.

#[macro_use]
extern crate appos;
app!();

#[translation_set]
fn labels() -> Translations {
    translations! {
        customers: "Customers",
        orders: { en: "Orders" fr: "Commandes" },
    }
}

fn main() {}
