//! The words of screens: in the language of whoever looks, with numbers and times as he writes them.

// Reading order: which language, which of its plurals, a text with its parameters; then the
// platform's own texts.
mod argument;
mod language;
mod plural;
mod wording;

pub(crate) mod own;

pub use argument::{Argument, NumberArgument, TextArgument};
