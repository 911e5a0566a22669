//! Messages that any object may cause.

use proc_macro2::Ident;
use quote::ToTokens;

use crate::diagnostics::{Diagnostic, nearest};
use crate::project::KnownObject;

pub(crate) fn wrong_item(tokens: &impl ToTokens, attribute: &str, item: &str, form: &str) -> Diagnostic {
    Diagnostic::at(tokens, format!("`#[{attribute}]` goes on {item}"), format!("write `{form}`"))
}

pub(crate) fn generics(generics: &impl ToTokens, what: &str, name: &Ident) -> Diagnostic {
    Diagnostic::at(
        generics,
        format!("{what} `{name}` has generic parameters; an object is one thing with one reference"),
        "write the concrete types",
    )
}

pub(crate) fn unknown_group(group: &impl ToTokens, name: &str, known: &[String], builtin: &[&str]) -> Diagnostic {
    let names = || known.iter().map(String::as_str).chain(builtin.iter().copied());
    let help = nearest(name, names()).map_or_else(
        || format!("add it under `groups` in app.yaml: `groups: [{name}]`"),
        |near| format!("did you mean `{near}`? write `\"{near}\"`, or add `{name}` under `groups` in app.yaml"),
    );
    Diagnostic::at(group, format!("this app has no group `{name}`"), help)
}

pub(crate) fn group_twice(group: &impl ToTokens, name: &str) -> Diagnostic {
    Diagnostic::at(group, format!("group `{name}` is named twice in this list"), format!("write `\"{name}\"` once"))
}

pub(crate) fn already_defined(name: &Ident, stem: &str, other: &KnownObject) -> Diagnostic {
    Diagnostic::at(
        name,
        format!("{} `{stem}` is already defined in {}, line {}", other.kind.as_str(), other.shown_file, other.line),
        "rename one of them; every object of an app has a reference of its own",
    )
}

pub(crate) fn reserved_type_name(name: &Ident) -> Diagnostic {
    Diagnostic::at(
        name,
        format!("`{name}` is a name of AppOS or of Rust that every file of the app can use"),
        format!("choose another name, such as `App{name}`"),
    )
}

pub(crate) fn lone_brace(tokens: &impl ToTokens, brace: char) -> Diagnostic {
    Diagnostic::at(
        tokens,
        format!("a `{brace}` in this text stands alone"),
        format!("write `{brace}{brace}` for a brace, or `{{name}}` for a parameter"),
    )
}
