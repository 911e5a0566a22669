//! What objects are called in the language of whoever looks: a translation set may name them, under the keys
//! `records.customer`, `records.customer.plural`, `records.customer.fields.email` and `choices.tier.gold`.
//!
//! What no set names is called as the code calls it.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::language::{current, fallbacks};
use crate::registry::{FieldDescriptor, ObjectDescriptor, Registry, TextDescriptor, Wording};
use crate::value::Choice;

/// One row of a record: "Customer".
pub(crate) fn record(object: &ObjectDescriptor) -> Option<&'static str> {
    named(object.app, &format!("records.{}", object.name))
}

/// The rows of a record: "Customers".
pub(crate) fn records(object: &ObjectDescriptor) -> Option<&'static str> {
    named(object.app, &format!("records.{}.plural", object.name))
}

/// A field of a record: "E-mail".
pub(crate) fn field(object: &ObjectDescriptor, field: &FieldDescriptor) -> &'static str {
    named(object.app, &format!("records.{}.fields.{}", object.name, field.name)).unwrap_or(field.label)
}

/// A choice of an enum that is called so in snake case, in an app: "Gold".
#[allow(dead_code, reason = "screens take what they need")]
pub(crate) fn choice(app: &str, choices: &str, choice: &Choice) -> &'static str {
    named(app, &format!("choices.{choices}.{}", choice.value)).unwrap_or(choice.label)
}

/// The text of this key, if a set of the app has it in a language that the reader may be told.
fn named(app: &str, key: &str) -> Option<&'static str> {
    let text = names().get(app)?.get(key)?;
    let language = current();
    match fallbacks(&language).find_map(|tag| text.in_language(tag))? {
        Wording::Plain(text) => Some(text),
        Wording::Plural(_) => None,
    }
}

type Names = HashMap<&'static str, HashMap<&'static str, &'static TextDescriptor>>;

/// Names by app and key.
fn names() -> &'static Names {
    static NAMES: OnceLock<Names> = OnceLock::new();
    NAMES.get_or_init(|| {
        let mut names = Names::new();
        for (object, set) in Registry::global().translation_sets() {
            let of_app = names.entry(object.app).or_default();
            let is_name = |text: &&TextDescriptor| text.key.starts_with("records.") || text.key.starts_with("choices.");
            of_app.extend(set.texts.iter().filter(is_name).map(|text| (text.key, text)));
        }
        names
    })
}
