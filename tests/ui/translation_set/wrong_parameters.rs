//! Parameters that a text does not have, and one that it lacks.

#[macro_use]
extern crate appos;
app!();

#[translation_set]
fn labels() -> Translations {
    translations! { welcome: { en: "Welcome, {name}!" } }
}

#[expression_rule]
fn greeting() -> String {
    t!("welcome", nam = "Ann", age = 7)
}

fn main() {}
