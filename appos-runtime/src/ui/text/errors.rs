//! Errors for people: by their code, in the language of whoever looks. What has no text is told as it is, in English.

use rust_decimal::Decimal;

use super::format::Format;
use super::own::problems;
use crate::error::{AppOsError, FieldError};
use crate::registry::{FieldDescriptor, Validation};
use crate::value::FieldType;

/// What went wrong as a whole.
#[allow(dead_code, reason = "screens take what they need")]
pub(crate) fn message(error: &AppOsError) -> String {
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
    let told = match code {
        "required" => problems::required(),
        "email" => problems::email(),
        "url" => problems::url(),
        "not_unique" => problems::not_unique(),
        "broken_reference" => problems::broken_reference(),
        "unknown_choice" => problems::unknown_choice(),
        "wrong_type" => problems::wrong_type(),
        "out_of_range" => problems::out_of_range(),
        "read_only" => problems::read_only(),
        "nul_character" => problems::nul_character(),
        "not_finite" => problems::not_finite(),
        code => return field.and_then(|field| by_check(field, code)).unwrap_or_else(|| message.to_owned()),
    };
    told.to_owned()
}

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

    fn wrong(code: &'static str) -> FieldError {
        FieldError { field: "name".to_owned(), code: code.into(), message: "as it was".to_owned() }
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
        assert_eq!(of_field(Some(&field), &wrong("length")), "must have 1 to 1,200 characters");
        assert_eq!(of_field(Some(&field), &wrong("range")), "must be at least 0 and less than 1,000.50");
        assert_eq!(of_field(None, &wrong("required")), "is required");
    }

    #[test]
    fn what_has_no_text_is_told_as_it_is() {
        assert_eq!(of_field(None, &wrong("length")), "as it was");
        assert_eq!(of_field(None, &wrong("of_an_app")), "as it was");
        assert_eq!(message(&AppOsError::validation("no more chairs").code_is("no_chairs")), "no more chairs");
        assert_eq!(message(&AppOsError::security("x").code_is("denied")), "You have no access to this.");
    }
}
