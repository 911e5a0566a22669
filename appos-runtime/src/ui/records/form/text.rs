//! What stands in an input for a value, and which value a text in an input means.

use serde_json::Value as Json;

use crate::error::FieldError;
use crate::registry::FieldDescriptor;
use crate::ui::text::own::forms;
use crate::ui::text::{Format, WrongInput};
use crate::value::{FieldType, Value, json};

/// How a list is filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ListForm {
    /// A box for each choice.
    Boxes,
    /// One item a line.
    Lines,
    /// As JSON.
    Json,
}

/// How a list of such items is filled in.
pub(super) fn list_form(item: &FieldType) -> ListForm {
    match item {
        FieldType::Choice(_) => ListForm::Boxes,
        FieldType::Json | FieldType::List(_) | FieldType::Many(_) => ListForm::Json,
        _ => ListForm::Lines,
    }
}

/// The text that stands in an input for a value.
pub(super) fn of(field_type: &FieldType, value: &Value) -> String {
    match (field_type, value) {
        (_, Value::Null | Value::Hidden) => String::new(),
        (_, Value::Bool(value)) => value.to_string(),
        (_, Value::Integer(number)) => number.to_string(),
        (_, Value::Float(number)) => Format::current().number_for_input(&number.to_string()),
        // What browsers send has no other ends of lines.
        (_, Value::Text(text)) => lines(text),
        (FieldType::Decimal { scale }, Value::Decimal(number)) => {
            let digits = usize::try_from(*scale).unwrap_or_default();
            Format::current().number_for_input(&format!("{number:.digits$}"))
        }
        (_, Value::Decimal(number)) => Format::current().number_for_input(&number.to_string()),
        (_, Value::Date(date)) => date.to_string(),
        (_, Value::DateTime(moment)) => Format::current().for_input(*moment),
        (_, Value::Uuid(uuid)) => uuid.to_string(),
        (FieldType::List(item), Value::Json(Json::Array(items))) if list_form(item) != ListForm::Json => {
            let text = |item: &Json| item.as_str().map_or_else(|| item.to_string(), lines);
            items.iter().map(text).collect::<Vec<_>>().join("\n")
        }
        (_, Value::Json(json)) => serde_json::to_string_pretty(json).unwrap_or_default(),
    }
}

/// A text with the ends of lines that JSON and other systems write.
pub(super) fn lines(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

fn wrong(field: &str, code: &'static str, message: impl Into<String>) -> FieldError {
    FieldError { field: field.to_owned(), code: code.into(), message: message.into() }
}

/// The value that a text in the input of a field means, as a client of the API would send it. What can
/// be read but is no value of the field is left to the field's own checks.
pub(super) fn read(field: &FieldDescriptor, text: &str) -> Result<Json, FieldError> {
    let wrong = |code, message: &str| wrong(field.name, code, message);
    if let (FieldType::List(item), true) = (&field.field_type, text.trim().is_empty()) {
        // An empty list is a value of its own where none is another one.
        let none = field.nullable && list_form(item) != ListForm::Boxes;
        return Ok(if none { Json::Null } else { Json::Array(Vec::new()) });
    }
    let is_text = matches!(field.field_type, FieldType::Text);
    if (is_text && text.is_empty()) || (!is_text && text.trim().is_empty()) {
        return match (field.nullable, is_text) {
            (true, _) => Ok(Json::Null),
            (false, true) => Ok(Json::String(String::new())),
            (false, false) => Err(wrong("required", "is required")),
        };
    }
    let json = |text: &str| {
        serde_json::from_str::<Json>(text).map_err(|error| {
            let message = forms::no_json(error.line(), error.column());
            FieldError { field: field.name.to_owned(), code: "malformed_json".into(), message }
        })
    };
    match field.field_type {
        FieldType::Text | FieldType::Choice(_) => Ok(Json::String(text.to_owned())),
        FieldType::Json => json(text),
        FieldType::List(item) if list_form(item) == ListForm::Json => json(text),
        FieldType::List(item) => {
            let items = text.split('\n').map(str::trim).filter(|item| !item.is_empty());
            Ok(Json::Array(items.map(|text| scalar(item, text)).collect()))
        }
        FieldType::Reference(_) => match text.trim().parse::<i64>().ok().filter(|id| *id > 0) {
            Some(id) => Ok(id.into()),
            None => Err(wrong("not_offered", forms::not_offered())),
        },
        FieldType::DateTime => moment(text).map_err(|error| match error {
            WrongInput::NotATime => wrong("not_a_time", forms::not_a_time()),
            WrongInput::NeverWas => wrong("never_was", forms::never_was()),
        }),
        other => Ok(scalar(&other, text.trim())),
    }
}

fn scalar(field_type: &FieldType, text: &str) -> Json {
    let as_text = || Json::String(text.to_owned());
    match field_type {
        FieldType::Integer { .. } => whole(text).map_or_else(as_text, Json::from),
        FieldType::Float => {
            plain(text).parse::<f64>().ok().filter(|number| number.is_finite()).map_or_else(as_text, Json::from)
        }
        FieldType::Decimal { .. } => Json::String(plain(text)),
        FieldType::Bool => match text {
            "true" | "on" => Json::Bool(true),
            "false" => Json::Bool(false),
            _ => as_text(),
        },
        FieldType::DateTime => moment(text).unwrap_or_else(|_| as_text()),
        FieldType::Reference(_) => text.parse::<i64>().map_or_else(|_| as_text(), Json::from),
        _ => as_text(),
    }
}

/// A whole number as people write it; `None`: it is none, or none that fits.
fn whole(text: &str) -> Option<serde_json::Number> {
    let text = plain(text);
    let digits = text.strip_prefix(['-', '+']).unwrap_or(&text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    // One that is too large for us is a number all the same: the field's limits say so.
    let own = text.parse::<i64>().ok().map(serde_json::Number::from);
    own.or_else(|| text.parse::<f64>().ok().and_then(serde_json::Number::from_f64))
}

/// A number as programs write it.
fn plain(text: &str) -> String {
    Format::current().number_from_input(text)
}

/// A date and time in the zone of whoever looks, or with a zone of its own.
fn moment(text: &str) -> Result<Json, WrongInput> {
    let moment = match chrono::DateTime::parse_from_rfc3339(text.trim()) {
        Ok(moment) => moment.to_utc(),
        Err(_) => Format::current().moment_from_input(text, None)?,
    };
    serde_json::to_value(Value::DateTime(moment)).map_err(|_| WrongInput::NotATime)
}

/// The value that a text in an input stands for, if it is one: for showing it.
pub(super) fn value(field: &FieldDescriptor, text: &str) -> Option<Value> {
    json::from_json(&field.field_type, field.nullable, read(field, text).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::FieldAccess;

    fn field(field_type: FieldType, nullable: bool) -> FieldDescriptor {
        FieldDescriptor::plain("amount", "Amount", (field_type, nullable, FieldAccess::NONE))
    }

    #[test]
    fn numbers_are_read_as_people_write_them() {
        let decimal = field(FieldType::Decimal { scale: 2 }, false);
        for (text, number) in [("12.50", "12.50"), ("12,50", "12.50"), (" 1 234,5 ", "1234.5"), ("-3", "-3")] {
            assert_eq!(read(&decimal, text).unwrap(), number, "{text}");
        }
        let whole = field(FieldType::Integer { min: -10, max: 10 }, false);
        assert_eq!(read(&whole, " 7 ").unwrap(), 7);
        assert_eq!(read(&whole, "7.5").unwrap(), "7.5", "its own check refuses it");
        assert!(read(&whole, "99999999999999999999").unwrap().is_number());
        assert_eq!(read(&whole, "").unwrap_err().code, "required");
    }

    #[test]
    fn a_value_of_every_type_comes_back_from_its_input() {
        use crate::value::{Choice, ChoicesDescriptor};
        static CHOICES: ChoicesDescriptor = ChoicesDescriptor {
            type_name: "Tier",
            choices: &[Choice { value: "silver", label: "Silver" }, Choice { value: "gold", label: "Gold" }],
        };
        static WHOLE: FieldType = FieldType::Integer { min: i64::MIN, max: i64::MAX };
        static CHOICE: FieldType = FieldType::Choice(&CHOICES);
        static TEXTS: FieldType = FieldType::List(&FieldType::Text);
        let json = |text: &str| serde_json::from_str::<Json>(text).unwrap();
        let values = [
            (FieldType::Text, Value::Text("a\n<b>\"'&\n".to_owned())),
            (WHOLE, Value::Integer(-9_007_199_254_740_993)),
            (FieldType::Float, Value::Float(-0.125)),
            (FieldType::Decimal { scale: 4 }, Value::Decimal("1234.5".parse().unwrap())),
            (FieldType::Bool, Value::Bool(true)),
            (FieldType::Bool, Value::Bool(false)),
            (FieldType::Date, Value::Date("2026-02-28".parse().unwrap())),
            (FieldType::DateTime, Value::DateTime("2026-02-28T23:59:58Z".parse().unwrap())),
            (FieldType::Uuid, Value::Uuid("01a227aa-da33-7bf2-8dd6-b248db34d926".parse().unwrap())),
            (FieldType::Json, Value::Json(json(r#"{"a": [1, null, "x"]}"#))),
            (FieldType::List(&FieldType::Text), Value::Json(json(r#"["a", "b c"]"#))),
            (FieldType::List(&WHOLE), Value::Json(json("[1, -2]"))),
            (FieldType::List(&CHOICE), Value::Json(json(r#"["gold"]"#))),
            (FieldType::List(&TEXTS), Value::Json(json(r#"[["a"], []]"#))),
            (CHOICE, Value::Text("gold".to_owned())),
        ];
        for (field_type, value) in values {
            let field = field(field_type, false);
            let text = of(&field.field_type, &value);
            assert_eq!(super::value(&field, &text), Some(value), "{text}");
        }
        // Nothing typed is nothing, where that is a value.
        for field_type in [FieldType::Text, WHOLE, FieldType::Date, FieldType::Json, CHOICE] {
            assert_eq!(super::value(&field(field_type, true), ""), Some(Value::Null));
        }
        assert_eq!(super::value(&field(FieldType::List(&CHOICE), false), ""), Some(Value::Json(json("[]"))));
    }

    #[test]
    fn what_is_no_json_is_told_with_its_place() {
        let error = read(&field(FieldType::Json, false), "{\"a\":\n ]").unwrap_err();
        assert_eq!(error.message, "is no JSON: something is wrong in line 2, at character 2");
    }
}
