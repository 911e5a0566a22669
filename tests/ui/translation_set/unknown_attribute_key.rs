//! A key that translation sets do not have.

#[macro_use]
extern crate appos;
app!();

#[translation_set(cache = "60s", descripton = "Words")]
fn labels() -> Translations {
    translations! { customers: { en: "Customers" } }
}

fn main() {}
