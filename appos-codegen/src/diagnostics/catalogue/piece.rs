//! Messages about interfaces that stand for a piece of a record's screens.

use proc_macro2::Ident;
use quote::ToTokens;

use crate::diagnostics::{Diagnostic, nearest};

pub(crate) fn second_piece(record: &impl ToTokens, first: &str, second: &str) -> Diagnostic {
    Diagnostic::at(
        record,
        format!("an interface stands for one piece; `{first}` and `{second}` are two"),
        "write an interface for each of them",
    )
}

pub(crate) fn place_without_section(word: &Ident) -> Diagnostic {
    Diagnostic::at(
        word,
        "`after` and `replaces` say where a section stands, but this interface is none",
        "write `section_of = records::Customer` or `form_section_of = records::Customer` beside it",
    )
}

pub(crate) fn two_places(after: &Ident) -> Diagnostic {
    Diagnostic::at(
        after,
        "a section stands after another one or in the place of it, not both",
        "leave out `after` or `replaces`",
    )
}

pub(crate) fn place_twice(word: &Ident) -> Diagnostic {
    Diagnostic::at(word, format!("`{word}` is named twice"), "leave one of them out")
}

pub(crate) fn foreign_record(path: &impl ToTokens, record: &str, app: &str) -> Diagnostic {
    Diagnostic::at(
        path,
        format!("`{record}` is a record of the app `{app}`; an app shapes the screens of its own records"),
        format!("write the interface in the app `{app}`"),
    )
}

pub(crate) fn unknown_record(name: &Ident, near: &str) -> Diagnostic {
    Diagnostic::at(name, format!("this app has no record `{name}`"), format!("did you mean `{near}`?"))
}

pub(crate) fn unknown_field(field: &Ident, record: &str, known: &[&str]) -> Diagnostic {
    let help = nearest(&field.to_string(), known.iter().copied())
        .map_or_else(|| format!("write one of {}", listed(known)), |near| format!("did you mean `{near}`?"));
    Diagnostic::at(field, format!("record `{record}` has no field `{field}`"), help)
}

pub(crate) fn system_field(field: &Ident, record: &str) -> Diagnostic {
    Diagnostic::at(
        field,
        format!(
            "every record has `{field}`, and it looks the same everywhere; only fields of `{record}` itself are shaped"
        ),
        format!("name a field that is written in `{record}`"),
    )
}

pub(crate) fn unknown_place(word: &Ident, record: &str, of_detail: bool, known: &[&str]) -> Diagnostic {
    let (screen, what) = if of_detail { ("screen of a row", "section") } else { ("form", "field") };
    let help = nearest(&word.to_string(), known.iter().copied())
        .map_or_else(|| format!("write one of {}", listed(known)), |near| format!("did you mean `{near}`?"));
    Diagnostic::at(word, format!("the {screen} of `{record}` has no {what} `{word}`"), help)
}

pub(crate) fn wrong_parameter(
    tokens: &impl ToTokens,
    interface: &Ident,
    key: &str,
    parameter: Option<&str>,
) -> Diagnostic {
    let (message, help) = match parameter {
        Some(parameter) => (
            format!("an interface with `{key}` is given one value, its only parameter"),
            format!("write `fn {interface}({parameter}) -> Element`"),
        ),
        None => (
            format!("an interface with `{key}` is given nothing, so it has no parameters"),
            format!("write `fn {interface}() -> Element`"),
        ),
    };
    Diagnostic::at(tokens, message, help)
}

fn listed(known: &[&str]) -> String {
    known.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}
