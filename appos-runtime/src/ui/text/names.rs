//! What objects are called in the language of whoever looks: a translation set may name them, under the keys
//! `records.customer`, `records.customer.plural`, `records.customer.fields.email` and `choices.tier.gold`.
//!
//! What no set names is called as the code calls it.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::language::{current, fallbacks};
use super::snake::snake;
use crate::registry::{FieldDescriptor, ObjectDescriptor, Registry, TextDescriptor, Wording};
use crate::state::Ctx;
use crate::value::{Choice, ChoiceValue, ChoicesDescriptor, FieldType};

/// One row of a record: "Customer".
pub(crate) fn record(object: &ObjectDescriptor) -> Option<&'static str> {
    told(names().texts.get(object.app)?.get(format!("records.{}", object.name).as_str())?)
}

/// The rows of a record: "Customers".
pub(crate) fn records(object: &ObjectDescriptor) -> Option<&'static str> {
    told(names().texts.get(object.app)?.get(format!("records.{}.plural", object.name).as_str())?)
}

/// A field of a record: "E-mail".
#[allow(dead_code, reason = "screens take what they need")]
pub(crate) fn field(field: &FieldDescriptor) -> &'static str {
    names().fields.get(&std::ptr::from_ref(field).addr()).and_then(|text| told(text)).unwrap_or(field.label)
}

/// A choice that the field may have: "Gold".
#[allow(dead_code, reason = "screens take what they need")]
pub(crate) fn choice(field: &FieldDescriptor, choice: &Choice) -> &'static str {
    let text = names().choices.get(&std::ptr::from_ref(field).addr()).and_then(|texts| texts.get(choice.value));
    text.and_then(|text| told(text)).unwrap_or(choice.label)
}

/// What people read of a choice, in their language: "Gold". The names are those of the app whose object asks.
pub fn choice_label<C: ChoiceValue>(choice: C) -> &'static str {
    let (descriptor, place) = (C::CHOICES, choice.place());
    let Some(own) = descriptor.choices.get(place) else { return "" };
    let text = Ctx::current().and_then(|ctx| {
        let key = format!("choices.{}.{}", snake(descriptor.type_name), own.value);
        names().texts.get(ctx.app.name)?.get(key.as_str()).copied()
    });
    text.and_then(told).unwrap_or(own.label)
}

/// What people read of one of several values of an enum with this name, in an app's words: "Gold".
pub(crate) fn choice_named(app: &str, type_name: &str, value: &str) -> Option<&'static str> {
    told(names().texts.get(app)?.get(format!("choices.{}.{value}", snake(type_name)).as_str())?)
}

/// The text in a language that the reader may be told, if it is in one.
fn told(text: &TextDescriptor) -> Option<&'static str> {
    let language = current();
    match fallbacks(&language).find_map(|tag| text.in_language(tag))? {
        Wording::Plain(text) => Some(text),
        Wording::Plural(_) => None,
    }
}

type Texts = HashMap<&'static str, &'static TextDescriptor>;

/// The names that sets give. Fields are found by the place of their description, which is part of a static.
struct Names {
    /// By app and key.
    texts: HashMap<&'static str, Texts>,
    fields: HashMap<usize, &'static TextDescriptor>,
    /// By field and choice.
    choices: HashMap<usize, Texts>,
}

fn names() -> &'static Names {
    static NAMES: OnceLock<Names> = OnceLock::new();
    NAMES.get_or_init(|| Names::of(Registry::global()))
}

impl Names {
    fn of(registry: &Registry) -> Self {
        let mut texts: HashMap<&'static str, Texts> = HashMap::new();
        for (object, set) in registry.translation_sets() {
            let is_name = |text: &&TextDescriptor| text.key.starts_with("records.") || text.key.starts_with("choices.");
            texts.entry(object.app).or_default().extend(set.texts.iter().filter(is_name).map(|text| (text.key, text)));
        }
        let (mut fields, mut choices) = (HashMap::new(), HashMap::new());
        for (object, record) in registry.records() {
            let Some(of_app) = texts.get(object.app) else { continue };
            for field in record.fields {
                let key = format!("records.{}.fields.{}", object.name, field.name);
                if let Some(text) = of_app.get(key.as_str()) {
                    fields.insert(std::ptr::from_ref(field).addr(), *text);
                }
                if let Some(descriptor) = choices_of(&field.field_type) {
                    let name = snake(descriptor.type_name);
                    let text = |choice: &Choice| {
                        let text = of_app.get(format!("choices.{name}.{}", choice.value).as_str())?;
                        Some((choice.value, *text))
                    };
                    let named = descriptor.choices.iter().filter_map(text).collect();
                    choices.insert(std::ptr::from_ref(field).addr(), named);
                }
            }
        }
        Self { texts, fields, choices }
    }
}

/// The enum of a field, also of one that holds several.
fn choices_of(field_type: &FieldType) -> Option<&'static ChoicesDescriptor> {
    match field_type {
        FieldType::Choice(choices) => Some(choices),
        FieldType::List(item) => choices_of(item),
        _ => None,
    }
}
