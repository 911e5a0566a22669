//! The words of screens: in the language of whoever looks, with numbers and times as he writes them.

// Reading order: which language, which of its plurals, a text with its parameters; then the
// platform's own texts, and how values are written.
mod argument;
mod format;
mod language;
mod language_names;
mod plural;
mod snake;
mod translations;
mod wording;

pub(crate) mod errors;
pub(crate) mod names;
pub(crate) mod own;

#[allow(unused_imports, reason = "screens take what they need")]
pub(crate) use format::{Format, WrongInput};

pub(crate) use language::current as current_language;
pub(crate) use language_names::{is_right_to_left, language_name};

pub use argument::{Argument, Count, Given, NumberArgument, TextArgument};
pub use translations::{Translations, told};
