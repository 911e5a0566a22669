//! Languages that are none, spelled another way, or written twice.

#[macro_use]
extern crate appos;
app!();

#[translation_set]
fn labels() -> Translations {
    translations! { customers: { en: "Customers", gr: "Πελάτες", fr-ca: "Clients", en: "Clients" } }
}

fn main() {}
