//! Why a file was not taken, for people, beside the field in which it was chosen.

use super::choose::{kind, kinds};
use crate::error::{AppOsError, ErrorKind};
use crate::outside::files::Limits;
use crate::ui::page::Wrong;
use crate::ui::text::own::{documents, problems};
use crate::ui::text::{Format, errors};

/// The code of what is said of a file: a whole sentence.
pub(in crate::ui::records) const OF_FILE: &str = "ao-file";

/// True if an error is about the file of a form.
pub(in crate::ui::records) fn is_of_file(error: &AppOsError) -> bool {
    let codes = ["body_too_large", "body_too_slow", "file_refused", "malformed_file", "too_many_files"];
    let named = || error.fields().iter().any(|wrong| wrong.field == "file" && wrong.code == "file_refused");
    error.kind() == ErrorKind::Validation && (codes.contains(&error.code()) || named())
}

/// What an error says of the file in the field with this name.
pub(in crate::ui::records) fn refused(name: &str, limits: &Limits, error: &AppOsError) -> Wrong {
    let told = format!("{} {}", sentence(limits, error), documents::choose_again());
    of_field(name, error.code(), told)
}

/// That no file was chosen in the field with this name.
pub(in crate::ui::records) fn missing(name: &str) -> Wrong {
    Wrong {
        message: problems::invalid_fields().to_owned(),
        ..of_field(name, "invalid_fields", documents::choose().to_owned())
    }
}

fn of_field(name: &str, code: &str, told: String) -> Wrong {
    Wrong { message: told.clone(), code: code.to_owned(), fields: vec![(name.to_owned(), OF_FILE.to_owned(), told)] }
}

fn sentence(limits: &Limits, error: &AppOsError) -> String {
    let of_file = error.fields().iter().find(|wrong| wrong.field == "file");
    let detail = of_file.map_or("", |wrong| wrong.message.as_str());
    let told = match error.code() {
        "body_too_large" => Some(documents::too_large(&Format::current().size(limits.max_size()))),
        "body_too_slow" | "malformed_file" => Some(documents::incomplete().to_owned()),
        "too_many_files" => detail.strip_prefix("would be more than ").map(documents::too_many),
        "file_refused" => of_kind(limits, detail),
        _ => None,
    };
    // What a rule has said of the file stands at it; else all is said by the whole.
    let by_rule = Some(detail).filter(|detail| !detail.is_empty() && error.code() != "file_refused");
    told.unwrap_or_else(|| ended(&by_rule.map_or_else(|| errors::message(error), str::to_owned)))
}

/// What is said of the kind of a file, in the language of the reader.
fn of_kind(limits: &Limits, detail: &str) -> Option<String> {
    if detail == "is empty" {
        return Some(documents::empty().to_owned());
    }
    if detail.ends_with(" in one") {
        return Some(documents::two_in_one().to_owned());
    }
    if let Some((name, found)) =
        detail.strip_prefix("is called ").and_then(|rest| rest.rsplit_once(", but its content is "))
    {
        return Some(documents::differs(name, &kind(found)));
    }
    let (found, _) = detail.strip_prefix("is ")?.split_once("; what is taken here is ")?;
    Some(documents::not_taken(&kind(found), &kinds(limits)?))
}

/// A message as a sentence.
fn ended(message: &str) -> String {
    let mut letters = message.trim_end_matches('.').chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).chain(std::iter::once('.')).collect()
}

#[cfg(test)]
mod tests {
    use super::ended;

    #[test]
    fn a_message_becomes_a_sentence() {
        assert_eq!(ended("the file is infected"), "The file is infected.");
        assert_eq!(ended("Übel."), "Übel.");
    }
}
