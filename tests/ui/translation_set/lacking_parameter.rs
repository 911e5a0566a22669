//! A language that lacks a parameter of another.

#[macro_use]
extern crate appos;
app!();

#[translation_set]
fn labels() -> Translations {
    translations! { welcome: { en: "Welcome, {name}!", fr: "Bienvenue !" } }
}

fn main() {}
