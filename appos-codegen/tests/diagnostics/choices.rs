//! Mistakes in choices.

use super::{accept, check};

#[test]
fn variants_are_names_only() {
    check(
        "#[choices] enum Tier { Free, Paid(u8), Named { x: u8 }, Old = 3 }",
        &[
            (
                "(u8)",
                "choice `Paid` holds data; a choice is a name only",
                "write `Paid`, and keep the data in fields of the record",
            ),
            (
                "{ x: u8 }",
                "choice `Named` holds data; a choice is a name only",
                "write `Named`, and keep the data in fields of the record",
            ),
            (
                "3",
                "choice `Old` has a number; choices are stored by name",
                "write `#[choice(value = \"..\")] Old` to set the stored name",
            ),
        ],
    );
}

#[test]
fn stored_names_differ() {
    check(
        "#[choices] enum Tier { Free, #[choice(value = \"free\")] Gratis, #[choice(value = \"\")] None_, fREE }",
        &[
            (
                "\"free\"",
                "choice `Free` is stored as \"free\" too",
                "write another name with `#[choice(value = \"..\")]`",
            ),
            ("\"\"", "choice `None_` is stored as nothing", "write a name, such as `value = \"open\"`"),
        ],
    );
}

#[test]
fn other_shapes_are_refused() {
    check(
        "#[choices] enum Tier {}",
        &[("Tier", "choices `Tier` has nothing to choose", "write `enum Tier { First, Second }`")],
    );
    check(
        "#[choices] enum Tier<T> { A }",
        &[(
            "<T>",
            "choices `Tier` has generic parameters; an object is one thing with one reference",
            "write the concrete types",
        )],
    );
    check(
        "#[choices] struct Tier { a: u8 }",
        &[("struct", "`#[choices]` goes on an enum", "write `pub enum Tier { Bronze, Silver, Gold }`")],
    );
}

#[test]
fn attributes_that_fight_with_the_expansion_are_reported() {
    check(
        "#[choices(lable = 1)] #[derive(Clone, Serialize)] enum Json { #[default] A, #[default] #[choice(lable = \"x\")] B, #[cfg(x)] C }",
        &[
            ("lable", "#[choices] has no key `lable`", "it knows `crate`"),
            ("default", "a second choice is marked as the default", "write `#[default]` on one choice"),
            ("lable", "#[choice] has no key `lable`", "did you mean `label`? write `label = \"In progress\"`"),
            (
                "Json",
                "`Json` is a name of AppOS or of Rust that every file of the app can use",
                "choose another name, such as `AppJson`",
            ),
            ("cfg(x)", "choice `C` exists in some builds only; stored rows exist in all", "leave the `#[cfg]` out"),
            ("Serialize", "`#[choices]` already reads and writes JSON", "leave it out of `#[derive(..)]`"),
        ],
    );
}

#[test]
fn own_derives_may_stay() {
    accept("#[choices] #[derive(Clone, Copy, Debug, Default, EnumIter)] enum Tier { #[default] A }");
}
