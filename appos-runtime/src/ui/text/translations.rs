//! The texts of a translation set in one language, as a value.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};

use super::argument::Argument;
use super::language::{current, fallbacks};
use super::wording::told as tell;
use crate::registry::{ObjectDescriptor, ObjectDetail, TextDescriptor, Wording};

/// The texts of a translation set in one language; a text that the language lacks is in the next best one.
///
/// As JSON it is an object: `{ "language": "de", "texts": { "customers": "Kunden", "orders": { "one": "..", "other": ".." } } }`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Translations {
    /// The language that was asked for.
    pub language: String,
    /// By key: a text, or an object with a text for each plural category. Parameters stand in braces.
    pub texts: BTreeMap<String, Json>,
}

impl Translations {
    pub(crate) fn of(object: &ObjectDescriptor, language: &str) -> Self {
        let texts = match object.detail {
            ObjectDetail::TranslationSet(set) => set.texts,
            _ => &[],
        };
        let texts = texts.iter().map(|text| (text.key.to_owned(), template(text, language))).collect();
        Self { language: language.to_owned(), texts }
    }
}

fn template(text: &TextDescriptor, language: &str) -> Json {
    match fallbacks(language).find_map(|tag| text.in_language(tag)) {
        Some(Wording::Plain(text)) => json!(text),
        Some(Wording::Plural(forms)) => {
            forms.iter().map(|(category, text)| (category.as_str().to_owned(), json!(text))).collect()
        }
        None => json!(text.key),
    }
}

/// A text with its parameters, in the language of the running call.
pub fn told(text: &TextDescriptor, arguments: &[(&str, Argument)]) -> String {
    tell(text, &current(), arguments)
}
