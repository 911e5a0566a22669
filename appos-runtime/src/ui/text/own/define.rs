//! Makes a function of each of the platform's own texts, and what the registry knows of it.

use super::super::argument::Argument;
use super::super::language::{current, fallbacks};
use super::super::wording::told;
use crate::registry::{TextDescriptor, Wording};

/// `save { en: "..", de: "..", fr: ".." }`, or with parameters `selected(count: u64) { .. }`. In place of a
/// text stand its plurals: `{ one: "{count} row", other: "{count} rows" }`; `count` chooses.
macro_rules! own_texts {
    ($subject:ident: $($name:ident $(($($parameter:ident: $ty:ty),+))? { en: $en:tt, de: $de:tt, fr: $fr:tt $(,)? })*) => {
        mod described {
            #![allow(non_upper_case_globals, reason = "each is named as its function")]
            use crate::registry::{TextDescriptor, Wording};
            use super::super::define::wording;

            $(pub(super) const $name: TextDescriptor = TextDescriptor {
                key: concat!(stringify!($subject), ".", stringify!($name)),
                parameters: &[$($(stringify!($parameter)),+)?],
                translations: &[("en", wording!($en)), ("de", wording!($de)), ("fr", wording!($fr))],
            };)*
        }

        /// All of them.
        pub(super) const TEXTS: &[crate::registry::TextDescriptor] = &[$(described::$name),*];

        $(super::define::function!($name, $en, $($($parameter: $ty),+)?);)*
    };
}

/// A text, or its plurals.
macro_rules! wording {
    ({ $($category:ident: $text:literal),+ $(,)? }) => {
        Wording::Plural(&[$((crate::registry::PluralCategory::named(stringify!($category)), $text)),+])
    };
    ($text:literal) => {
        Wording::Plain($text)
    };
}

macro_rules! function {
    ($name:ident, $en:literal,) => {
        #[doc = $en]
        #[allow(dead_code, reason = "screens take from the list what they need")]
        pub(crate) fn $name() -> &'static str {
            super::define::plain(&described::$name)
        }
    };
    ($name:ident, $en:tt, $($parameter:ident: $ty:ty),+) => {
        #[doc = stringify!($en)]
        #[allow(dead_code, reason = "screens take from the list what they need")]
        pub(crate) fn $name($($parameter: $ty),+) -> String {
            use crate::ui::text::TextArgument;
            super::define::with(&described::$name, &[$((stringify!($parameter), $parameter.argument())),+])
        }
    };
}

pub(super) use {function, own_texts, wording};

/// A text without parameters.
pub(super) fn plain(text: &TextDescriptor) -> &'static str {
    let language = current();
    let wording = fallbacks(&language).find_map(|tag| text.in_language(tag));
    match wording {
        Some(Wording::Plain(text)) => text,
        // The macro gives plurals to functions with a count alone.
        _ => text.key,
    }
}

/// A text with its parameters.
pub(super) fn with(text: &TextDescriptor, arguments: &[(&str, Argument)]) -> String {
    told(text, &current(), arguments)
}
