//! What the engine knows of a translation set: its texts in their languages.

use super::descriptor::BoxedCall;

/// What is particular to a translation set.
#[derive(Debug)]
pub struct TranslationSetDescriptor {
    /// Its texts, in the order in which they are written.
    pub texts: &'static [TextDescriptor],
    /// Makes the typed call, which is dispatch, and answers all texts in the caller's language as JSON.
    pub invoke: fn(serde_json::Value) -> BoxedCall,
}

/// One text, found by its key.
#[derive(Clone, Copy, Debug)]
pub struct TextDescriptor {
    /// The key, such as `customers` or `records.customer.plural`.
    pub key: &'static str,
    /// Names of its parameters, sorted.
    pub parameters: &'static [&'static str],
    /// The text by language: a tag such as `en` or `fr-CA`.
    pub translations: &'static [(&'static str, Wording)],
}

/// A text in one language; `{name}` in it stands for a parameter, `{{` and `}}` for a brace.
#[derive(Clone, Copy, Debug)]
pub enum Wording {
    /// One text.
    Plain(&'static str),
    /// A text for each plural category that the parameter `count` may have; `other` is always there.
    Plural(&'static [(PluralCategory, &'static str)]),
}

/// A plural category of CLDR.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PluralCategory {
    /// Such as 0 in Arabic.
    Zero,
    /// Such as 1 in English.
    One,
    /// Such as 2 in Slovenian.
    Two,
    /// Such as 3 in Polish.
    Few,
    /// Such as 5 in Polish.
    Many,
    /// All that is none of the others.
    Other,
}

impl PluralCategory {
    /// Every category.
    pub const ALL: [Self; 6] = [Self::Zero, Self::One, Self::Two, Self::Few, Self::Many, Self::Other];

    /// The category of this name; a name that is none is `other`.
    pub const fn named(name: &str) -> Self {
        match name.as_bytes() {
            b"zero" => Self::Zero,
            b"one" => Self::One,
            b"two" => Self::Two,
            b"few" => Self::Few,
            b"many" => Self::Many,
            _ => Self::Other,
        }
    }

    /// Its name in CLDR.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Zero => "zero",
            Self::One => "one",
            Self::Two => "two",
            Self::Few => "few",
            Self::Many => "many",
            Self::Other => "other",
        }
    }
}

impl TranslationSetDescriptor {
    /// Every language in which at least one text is written, sorted.
    pub fn languages(&self) -> Vec<&'static str> {
        let all = self.texts.iter().flat_map(|text| text.translations).map(|(language, _)| *language);
        let mut languages: Vec<&str> = all.collect();
        languages.sort_unstable();
        languages.dedup();
        languages
    }
}

impl TextDescriptor {
    /// The text in exactly this language.
    pub fn in_language(&self, language: &str) -> Option<&'static Wording> {
        self.translations.iter().find(|(tag, _)| *tag == language).map(|(_, wording)| wording)
    }
}
