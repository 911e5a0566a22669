//! A set of named values as a type of the author's, with everything that is wrong with it at once.
//!
//! What `serde` derives stops at the first mistake. So when there is one, the type is asked again, with one value at a
//! time: a mistake that comes out of that value is the value's. What is missing is asked for last; a value that fits
//! in its place lets the type tell what else is missing.

use std::cell::RefCell;
use std::fmt;

use serde::de::value::StrDeserializer;
use serde::de::{DeserializeOwned, DeserializeSeed, Deserializer, Error, MapAccess, Visitor};
use serde::forward_to_deserialize_any;
use serde_json::Value;

use super::text::Text;
use crate::error::FieldError;

/// Most values that are asked for one by one.
const MOST: usize = 200;

/// What is wrong with a value, or with the whole.
#[derive(Debug)]
pub(super) enum Wrong {
    /// The value with this name is not there.
    Missing(&'static str),
    /// There is no value with this name.
    Unknown,
    /// The value does not fit, in words.
    Value(String),
}

impl Wrong {
    pub(super) fn value(message: impl Into<String>) -> Self {
        Self::Value(message.into())
    }

    fn told(self, field: &str) -> FieldError {
        let (code, message) = match self {
            Self::Missing(_) => ("required", "is required".to_owned()),
            Self::Unknown => ("unknown_field", "is not known here".to_owned()),
            Self::Value(message) => ("wrong_type", message),
        };
        FieldError { field: field.to_owned(), code: code.into(), message }
    }
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(name) => write!(f, "`{name}` is required"),
            Self::Unknown => f.write_str("is not known here"),
            Self::Value(message) => f.write_str(message),
        }
    }
}

impl std::error::Error for Wrong {}

impl Error for Wrong {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::Value(message.to_string())
    }

    fn missing_field(field: &'static str) -> Self {
        Self::Missing(field)
    }

    fn unknown_field(_: &str, _: &'static [&'static str]) -> Self {
        Self::Unknown
    }
}

/// A value of a set.
#[derive(Clone, Debug)]
pub(super) enum Entry<'a> {
    /// A text, to be read as whatever is wanted.
    Text(&'a str),
    /// JSON.
    Json(&'a Value),
    /// One that stands where a value is missing.
    Stand(Value),
}

impl Entry<'_> {
    fn give<'de, S: DeserializeSeed<'de>>(&self, seed: S) -> Result<S::Value, Wrong> {
        match self {
            Self::Text(text) => seed.deserialize(Text(text)),
            Self::Json(value) => seed.deserialize((*value).clone()).map_err(|error| Wrong::value(error.to_string())),
            Self::Stand(value) => seed.deserialize(value.clone()).map_err(|error| Wrong::value(error.to_string())),
        }
    }
}

/// A set of values, by name.
pub(super) struct Fields<'a> {
    pub(super) entries: Vec<(&'a str, Entry<'a>)>,
    /// A name that the type does not know is a mistake, also if the type would pass it over.
    pub(super) strict: bool,
}

/// Reads the values as `T`.
pub(super) fn read<T: DeserializeOwned>(fields: &Fields<'_>) -> Result<T, Vec<FieldError>> {
    match T::deserialize(Map { fields: &fields.entries, strict: fields.strict, at: &RefCell::default() }) {
        Ok(value) => Ok(value),
        Err(error) => Err(mistakes::<T>(fields, error)),
    }
}

/// Everything that is wrong with values of which `first` is.
fn mistakes<T: DeserializeOwned>(fields: &Fields<'_>, first: Wrong) -> Vec<FieldError> {
    let mut found = Vec::new();
    let mut good: Vec<(&str, Entry<'_>)> = Vec::new();
    for (name, entry) in fields.entries.iter().take(MOST) {
        match alone::<T>(name, entry, fields.strict) {
            Some(error) => found.push(error.told(name)),
            None => good.push((name, entry.clone())),
        }
    }
    // Each turn ends with one name less that is missing, or is the last.
    for _ in 0..MOST {
        let asked = T::deserialize(Map { fields: &good, strict: fields.strict, at: &RefCell::default() });
        let Err(Wrong::Missing(name)) = asked else { break };
        if !found.iter().any(|mistake| mistake.field == name) {
            found.push(Wrong::Missing(name).told(name));
        }
        let stand = stands().into_iter().map(Entry::Stand).find(|it| alone::<T>(name, it, false).is_none());
        let Some(stand) = stand else { break };
        good.push((name, stand));
    }
    if found.is_empty() {
        found.push(first.told(""));
    }
    found
}

/// What is wrong with one value, whatever else is there.
fn alone<T: DeserializeOwned>(name: &str, entry: &Entry<'_>, strict: bool) -> Option<Wrong> {
    let at = RefCell::new(None);
    T::deserialize(Map { fields: &[(name, entry.clone())], strict, at: &at }).err();
    at.into_inner()
}

/// Values of which one fits most types.
fn stands() -> [Value; 9] {
    let (list, object) = (Value::Array(Vec::new()), Value::Object(serde_json::Map::new()));
    let (date, moment) = ("2000-01-01".into(), "2000-01-01T00:00:00Z".into());
    let id = "00000000-0000-0000-0000-000000000000".into();
    [Value::Null, "".into(), 0.into(), false.into(), list, object, date, moment, id]
}

struct Map<'a> {
    fields: &'a [(&'a str, Entry<'a>)],
    strict: bool,
    /// The mistake that came out of a value.
    at: &'a RefCell<Option<Wrong>>,
}

impl<'de> Deserializer<'de> for Map<'_> {
    type Error = Wrong;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        visitor.visit_map(Access { rest: self.fields.iter(), value: None, at: self.at })
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        known: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Wrong> {
        if self.strict && self.fields.iter().any(|(name, _)| !known.contains(name)) {
            self.at.replace(Some(Wrong::Unknown));
            return Err(Wrong::Unknown);
        }
        self.deserialize_any(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Wrong> {
        visitor.visit_newtype_struct(self)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map enum identifier ignored_any
    }
}

struct Access<'a> {
    rest: std::slice::Iter<'a, (&'a str, Entry<'a>)>,
    value: Option<&'a Entry<'a>>,
    at: &'a RefCell<Option<Wrong>>,
}

impl Access<'_> {
    /// Remembers that a mistake came out of a value; the type is told of one, too.
    fn noted<T>(&self, result: Result<T, Wrong>) -> Result<T, Wrong> {
        result.map_err(|error| {
            let told = Wrong::value(error.to_string());
            self.at.replace(Some(error));
            told
        })
    }
}

impl<'de> MapAccess<'de> for Access<'_> {
    type Error = Wrong;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Wrong> {
        let Some((name, value)) = self.rest.next() else { return Ok(None) };
        self.value = Some(value);
        self.noted(seed.deserialize(StrDeserializer::<Wrong>::new(name))).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Wrong> {
        let Some(value) = self.value.take() else { return Err(Wrong::value("a value was asked for twice")) };
        self.noted(value.give(seed))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use serde::Deserialize;
    use serde_json::{Value, json};

    use super::{Entry, Fields, read};

    #[derive(Debug, Deserialize, PartialEq)]
    struct Event {
        id: String,
        count: u32,
        #[serde(default)]
        urgent: bool,
        note: Option<String>,
        sizes: Vec<u8>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Closed {
        #[allow(dead_code, reason = "it is only read")]
        id: String,
    }

    fn told<T: for<'de> Deserialize<'de>>(value: &Value, strict: bool) -> HashMap<String, String> {
        let entries = value.as_object().unwrap().iter().map(|(name, value)| (name.as_str(), Entry::Json(value)));
        let Err(mistakes) = read::<T>(&Fields { entries: entries.collect(), strict }) else { return HashMap::new() };
        mistakes.into_iter().map(|it| (it.field, it.code.into_owned())).collect()
    }

    fn expected(mistakes: &[(&str, &str)]) -> HashMap<String, String> {
        mistakes.iter().map(|(field, code)| ((*field).to_owned(), (*code).to_owned())).collect()
    }

    #[test]
    fn every_mistake_is_told_and_none_that_is_none() {
        assert_eq!(told::<Event>(&json!({ "id": "1", "count": 2, "sizes": [] }), false), expected(&[]));
        let all = [("id", "wrong_type"), ("count", "wrong_type"), ("sizes", "required")];
        assert_eq!(told::<Event>(&json!({ "id": 5, "count": -1, "other": true }), false), expected(&all));
        let missing = [("id", "required"), ("count", "required"), ("sizes", "required")];
        assert_eq!(told::<Event>(&json!({}), false), expected(&missing));
        let inner = [("sizes", "wrong_type"), ("urgent", "wrong_type")];
        let value = json!({ "id": "1", "count": 2, "sizes": [1, 300], "urgent": "yes" });
        assert_eq!(told::<Event>(&value, false), expected(&inner));
    }

    #[test]
    fn unknown_names_are_mistakes_where_the_type_or_the_place_says_so() {
        let value = json!({ "id": "1", "more": 1, "others": 2 });
        let unknown = [("more", "unknown_field"), ("others", "unknown_field")];
        assert_eq!(told::<Closed>(&value, false), expected(&unknown));
        let value = json!({ "id": "1", "count": 2, "sizes": [], "more": 1 });
        assert_eq!(told::<Event>(&value, true), expected(&[("more", "unknown_field")]));
    }

    #[test]
    fn texts_are_read_as_what_is_wanted() {
        let texts = [("id", "7"), ("count", "7"), ("urgent", "true"), ("note", "hello"), ("sizes", "1, 2")];
        let entries = texts.iter().map(|(name, text)| (*name, Entry::Text(text))).collect();
        let event: Event = read(&Fields { entries, strict: true }).unwrap();
        let note = Some("hello".to_owned());
        assert_eq!(event, Event { id: "7".to_owned(), count: 7, urgent: true, note, sizes: vec![1, 2] });
    }
}
