//! Errors for people: by their code, in the language of whoever looks. What has no text is told as it is, in English.

use rust_decimal::Decimal;

use super::format::Format;
use super::own::problems;
use crate::error::{AppOsError, FieldError};
use crate::record::sentence;
use crate::registry::{FieldDescriptor, Validation};
use crate::value::FieldType;

/// What went wrong as a whole.
#[allow(dead_code, reason = "screens take what they need")]
pub(crate) fn message(error: &AppOsError) -> String {
    let is_own = match error.code() {
        // The codes of errors to which nobody has given one: what an author says under them is told as it is.
        "denied" => ["no `", "the field `"].iter().any(|own| error.message().starts_with(own)),
        "not_found" => error.message().starts_with("there is nothing at this "),
        "timeout" => error.message().starts_with("the call took ") || error.message().starts_with("the database took "),
        _ => true,
    };
    if !is_own {
        return error.message().to_owned();
    }
    let told = match error.code() {
        "invalid_fields" | "invalid" if !error.fields().is_empty() => problems::invalid_fields(),
        "stale_version" => problems::stale_version(),
        "still_referenced" => problems::still_referenced(),
        "record_not_found" => problems::record_not_found(),
        "row_not_allowed" => problems::row_not_allowed(),
        "not_found" => problems::not_found(),
        "denied" => problems::denied(),
        "session_expired" => problems::session_expired(),
        "not_signed_in" => problems::not_signed_in(),
        "bad_credentials" => problems::bad_credentials(),
        "bad_link" => problems::bad_link(),
        "bad_setup_token" => problems::bad_setup_token(),
        "too_many_attempts" => problems::too_many_attempts(),
        "wrong_password" => problems::wrong_password(),
        "too_many_requests" => problems::too_many_requests(),
        "timeout" => problems::timeout(),
        "database_unavailable" => problems::database_unavailable(),
        "bad_query" | "bad_filter" => problems::bad_query(),
        _ => return error.message().to_owned(),
    };
    told.to_owned()
}

/// What is wrong with a field, if it is one of a record.
#[allow(dead_code, reason = "screens take what they need")]
pub(crate) fn of_field(field: Option<&FieldDescriptor>, error: &FieldError) -> String {
    told(field, &error.code, &error.message)
}

/// What a code means, of a field if it is one of a record; `message` if that is not known.
pub(crate) fn told(field: Option<&FieldDescriptor>, code: &str, message: &str) -> String {
    if !is_own(field, code, message) {
        return message.to_owned();
    }
    let told = match code {
        "required" => problems::required(),
        "email" => problems::email(),
        "url" => problems::url(),
        "not_unique" => problems::not_unique(),
        "broken_reference" => problems::broken_reference(),
        "unknown_choice" => return problems::one_of(message.trim_start_matches(ONE_OF)),
        "wrong_type" => match field.map(|field| field.field_type) {
            Some(FieldType::Integer { .. }) => problems::must_be_whole(),
            Some(FieldType::Float) => problems::must_be_number(),
            Some(FieldType::Decimal { .. }) => problems::must_be_decimal(),
            Some(FieldType::Date) => problems::must_be_date(),
            Some(FieldType::Bool) => problems::must_be_truth(),
            _ => return message.to_owned(),
        },
        "out_of_range" => match field.map(|field| field.field_type) {
            Some(FieldType::Integer { min, max }) => {
                let (min, max) = (min.to_string(), max.to_string());
                let within = range([Some(&min), None, Some(&max), None]);
                return within.unwrap_or_else(|| message.to_owned());
            }
            _ => problems::out_of_range(),
        },
        "read_only" => problems::read_only(),
        "nul_character" => problems::nul_character(),
        "not_finite" => problems::not_finite(),
        code => return field.and_then(|field| by_check(field, code)).unwrap_or_else(|| message.to_owned()),
    };
    told.to_owned()
}

/// True for a sentence of the platform's own. An author's check may give the same code to what only it knows, which
/// no other words may take the place of.
fn is_own(field: Option<&FieldDescriptor>, code: &str, message: &str) -> bool {
    match code {
        "required" => matches!(message, "is required" | "must not be null"),
        "email" | "url" => matches!(message, "must be an e-mail address" | "must be a URL"),
        "not_unique" => message == "is taken by another row",
        "broken_reference" => matches!(message, "leads to no row" | "the row was deleted meanwhile"),
        "unknown_choice" => message.starts_with(ONE_OF),
        "wrong_type" => TYPES.contains(&message),
        "out_of_range" => message == "is too large" || message.starts_with("must be a whole number from "),
        "read_only" => message == "may not be written by you",
        "nul_character" => message == "must not contain a NUL character",
        "not_finite" => message == "must be a finite number",
        "too_precise" => message.starts_with("must have at most ") && message.ends_with(" digits after the point"),
        code => field.is_some_and(|field| {
            let of_items = matches!(field.field_type, FieldType::List(_));
            field.validations.iter().any(|check| {
                let (of, sentence) = sentence(*check, of_items);
                of == code && sentence == message
            })
        }),
    }
}

/// What stands before the choices of a field.
const ONE_OF: &str = "must be one of ";

/// What is said of values that are not of the type of their field.
const TYPES: [&str; 5] = [
    "must be a whole number",
    "must be a number",
    "must be a decimal number",
    "must be a date such as 2026-11-24",
    "must be true or false",
];

/// What a check of the field asks for.
fn by_check(field: &FieldDescriptor, code: &str) -> Option<String> {
    if let ("too_precise", FieldType::Decimal { scale }) = (code, &field.field_type) {
        return Some(problems::too_precise(*scale));
    }
    field.validations.iter().find_map(|validation| match (code, validation) {
        ("length", Validation::Length { min, max, equal }) => {
            length(matches!(field.field_type, FieldType::List(_)), *min, *max, *equal)
        }
        ("range", Validation::Range { min, max, exclusive_min, exclusive_max }) => {
            range([*min, *exclusive_min, *max, *exclusive_max])
        }
        ("contains", Validation::Contains(pattern)) => Some(problems::contains(pattern)),
        ("does_not_contain", Validation::DoesNotContain(pattern)) => Some(problems::does_not_contain(pattern)),
        _ => None,
    })
}

fn length(of_items: bool, min: Option<u64>, max: Option<u64>, equal: Option<u64>) -> Option<String> {
    let told = match (min, max, equal, of_items) {
        (_, _, Some(equal), false) => problems::length_exactly(equal),
        (_, _, Some(equal), true) => problems::items_exactly(equal),
        (Some(min), Some(max), None, false) => problems::length_between(min, max),
        (Some(min), Some(max), None, true) => problems::items_between(min, max),
        (Some(min), None, None, false) => problems::length_at_least(min),
        (Some(min), None, None, true) => problems::items_at_least(min),
        (None, Some(max), None, false) => problems::length_at_most(max),
        (None, Some(max), None, true) => problems::items_at_most(max),
        (None, None, None, _) => return None,
    };
    Some(told)
}

/// Limits: least, beyond, most, below.
fn range(limits: [Option<&str>; 4]) -> Option<String> {
    let format = Format::current();
    let words = [problems::at_least, problems::more_than, problems::at_most, problems::less_than];
    let told = |(limit, word): (Option<&str>, fn(&str) -> String)| {
        let limit = limit?;
        let number = limit.parse::<Decimal>().map_or_else(|_| limit.to_owned(), |number| format.decimal(number));
        Some(word(&number))
    };
    let parts: Vec<String> =
        limits.into_iter().zip(words.map(|word| word as fn(&str) -> String)).filter_map(told).collect();
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    (!parts.is_empty()).then(|| problems::must_be(&format.all_of(&parts)))
}

#[cfg(test)]
mod tests {
    use super::{message, of_field};
    use crate::error::{AppOsError, FieldError};
    use crate::registry::{FieldDescriptor, Validation};
    use crate::value::FieldValue;

    fn wrong(code: &'static str, message: &'static str) -> FieldError {
        FieldError { field: "name".to_owned(), code: code.into(), message: message.to_owned() }
    }

    #[test]
    fn a_check_is_told_with_its_limits() {
        let field = FieldDescriptor {
            validations: &[
                Validation::Length { min: Some(1), max: Some(1200), equal: None },
                Validation::Range { min: Some("0"), max: None, exclusive_min: None, exclusive_max: Some("1000.50") },
            ],
            ..FieldDescriptor::plain("name", "Name", <String as FieldValue>::COLUMN)
        };
        let length = wrong("length", "must have 1 to 1200 characters");
        assert_eq!(of_field(Some(&field), &length), "must have 1 to 1,200 characters");
        let range = wrong("range", "must be at least 0 and less than 1000.50");
        assert_eq!(of_field(Some(&field), &range), "must be at least 0 and less than 1,000.50");
        assert_eq!(of_field(None, &wrong("required", "must not be null")), "is required");
        // An author's check says more than ours, under the same code.
        for code in ["length", "range", "required", "email", "not_unique", "wrong_type", "out_of_range", "read_only"] {
            assert_eq!(
                of_field(Some(&field), &wrong(code, "must not be before `starts_on`")),
                "must not be before `starts_on`"
            );
        }
    }

    #[test]
    fn what_has_no_text_is_told_as_it_is() {
        assert_eq!(of_field(None, &wrong("length", "as it was")), "as it was");
        assert_eq!(of_field(None, &wrong("of_an_app", "as it was")), "as it was");
        assert_eq!(message(&AppOsError::validation("no more chairs").code_is("no_chairs")), "no more chairs");
        for own in [
            AppOsError::security("only its owner may ship an order"),
            AppOsError::dispatch("there is no warehouse of this name"),
            AppOsError::timeout("the warehouse is closed"),
        ] {
            assert_eq!(message(&own), own.message());
        }
        let refused = AppOsError::security("no `view` permission for crm.records.customer");
        assert_eq!(message(&refused), "You have no access to this.");
    }
}
