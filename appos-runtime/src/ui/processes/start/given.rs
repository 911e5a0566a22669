//! The argument that a text in a form means.

use serde_json::Value as Json;

use crate::registry::Input;
use crate::ui::text::Format;
use crate::ui::text::own::{forms, problems};
use crate::value::FieldType;
use crate::value::json::from_json;

/// Why a text is no argument: code and words.
pub(super) type Misread = (&'static str, String);

/// The argument that a text means; `None`: it is left out.
///
/// # Errors
/// It means none.
pub(super) fn read(input: &Input, typed: Option<&str>) -> Result<Option<Json>, Misread> {
    let typed = typed.unwrap_or_default();
    // Spaces of a secret may belong to it.
    let text = if input.sensitive { typed } else { typed.trim() };
    if text.is_empty() {
        return match (input.field_type, input.optional) {
            // What it takes is not known: whether there must be something is for it to say.
            (None, _) | (_, true) => Ok(None),
            (Some(FieldType::Bool), false) => Ok(Some(Json::Bool(false))),
            (Some(FieldType::List(_)), false) => Ok(Some(Json::Array(Vec::new()))),
            (Some(_), false) => Err(("required", problems::required().to_owned())),
        };
    }
    let Some(field_type) = input.field_type else { return json(text).map(Some) };
    let plain = || Format::current().number_from_input(text);
    let number = |text: &str| serde_json::from_str::<Json>(text).ok().filter(Json::is_number);
    let written = match field_type {
        FieldType::Integer { .. } | FieldType::Float | FieldType::Reference(_) => {
            let text = plain();
            number(text.trim_start_matches('+')).unwrap_or(Json::String(text))
        }
        FieldType::Decimal { .. } => Json::String(plain()),
        FieldType::Bool => text.parse::<bool>().map_or_else(|_| text.into(), Json::from),
        FieldType::DateTime => match Format::current().moment_from_input(text, None) {
            Ok(moment) => Json::String(moment.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true)),
            Err(_) => return Err(("not_a_time", forms::not_a_time().to_owned())),
        },
        FieldType::Json | FieldType::List(_) | FieldType::Many(_) => json(text)?,
        FieldType::Text | FieldType::Date | FieldType::Uuid | FieldType::Choice(_) => Json::String(text.to_owned()),
    };
    match from_json(&field_type, input.optional, written) {
        Ok(value) => {
            serde_json::to_value(value).map(Some).map_err(|_| ("wrong_type", problems::out_of_range().to_owned()))
        }
        Err(misfit) => Err((misfit.code, told(&field_type, misfit.code, &misfit.message))),
    }
}

fn json(text: &str) -> Result<Json, Misread> {
    serde_json::from_str(text).map_err(|error| ("malformed_json", forms::no_json(error.line(), error.column())))
}

/// What is wrong, in the language of whoever has written it.
fn told(field_type: &FieldType, code: &str, message: &str) -> String {
    let told = match (field_type, code) {
        (FieldType::Integer { .. } | FieldType::Reference(_), "wrong_type") => problems::must_be_whole(),
        (FieldType::Float, "wrong_type") => problems::must_be_number(),
        (FieldType::Decimal { .. }, "wrong_type") => problems::must_be_decimal(),
        (FieldType::Date, "wrong_type") => problems::must_be_date(),
        (FieldType::Bool, "wrong_type") => problems::must_be_truth(),
        (_, "out_of_range") => problems::out_of_range(),
        (_, "nul_character") => problems::nul_character(),
        _ => return message.to_owned(),
    };
    told.to_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::registry::{InputOf, UnknownInput as _};

    struct Own;

    #[test]
    fn a_text_is_what_its_parameter_takes() {
        let read_as = |input: Input, text: &str| read(&input, Some(text)).map_err(|(code, _)| code);
        let whole = InputOf::<i32>::INPUT;
        assert_eq!(read_as(whole, " 7 "), Ok(Some(json!(7))));
        for (text, code) in [("", "required"), ("seven", "wrong_type"), ("7.5", "wrong_type")] {
            assert_eq!(read_as(whole, text), Err(code), "{text}");
        }
        assert!(read_as(whole, "99999999999").is_err(), "it fits no i32");
        assert_eq!(read_as(InputOf::<Option<i32>>::INPUT, ""), Ok(None));
        assert_eq!(read_as(InputOf::<bool>::INPUT, ""), Ok(Some(json!(false))));
        assert_eq!(read_as(InputOf::<String>::INPUT, " a b "), Ok(Some(json!("a b"))));
        assert_eq!(read_as(InputOf::<String>::INPUT.hidden(), " a "), Ok(Some(json!(" a "))));
        assert_eq!(read_as(InputOf::<Own>::INPUT, "{\"a\": 1}"), Ok(Some(json!({ "a": 1 }))));
        assert_eq!(read_as(InputOf::<Own>::INPUT, "{"), Err("malformed_json"));
    }
}
