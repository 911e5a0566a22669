//! A body that is no list of texts.

#[macro_use]
extern crate appos;
app!();

#[translation_set]
fn labels() -> Translations {
    Default::default()
}

fn main() {}
