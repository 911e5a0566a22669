//! Messages about the function under an attribute.

use proc_macro2::Ident;
use quote::ToTokens;

use crate::diagnostics::Diagnostic;

pub(crate) fn unreadable_signature(tokens: &impl ToTokens, attribute: &str, reason: &str, form: &str) -> Diagnostic {
    Diagnostic::at(tokens, format!("`#[{attribute}]` cannot read this function: {reason}"), format!("write `{form}`"))
}

pub(crate) fn missing_body(tokens: &impl ToTokens, what: &str, name: &Ident) -> Diagnostic {
    Diagnostic::at(tokens, format!("{what} `{name}` has no body"), format!("write `fn {name}(..) {{ .. }}`"))
}

pub(crate) fn qualifier(tokens: &impl ToTokens, what: &str, name: &Ident, word: &str) -> Diagnostic {
    Diagnostic::at(
        tokens,
        format!("{what} `{name}` cannot be `{word}`; it is called through dispatch"),
        format!("write `fn {name}` or `async fn {name}`"),
    )
}

pub(crate) fn self_parameter(tokens: &impl ToTokens, what: &str, name: &Ident) -> Diagnostic {
    Diagnostic::at(
        tokens,
        format!("{what} `{name}` takes `self`; an object is not a method"),
        format!("write it outside of `impl`, with a plain parameter: `fn {name}(customer: Customer)`"),
    )
}

pub(crate) fn ctx_parameter(tokens: &impl ToTokens, what: &str, name: &Ident) -> Diagnostic {
    Diagnostic::at(
        tokens,
        format!("{what} `{name}` declares `ctx`; it is in scope in every body"),
        format!("leave it out and use it: `fn {name}() {{ ctx.user }}`"),
    )
}

pub(crate) fn pattern_parameter(tokens: &impl ToTokens) -> Diagnostic {
    Diagnostic::at(
        tokens,
        "a parameter needs a name; callers by reference pass arguments by name",
        "write `name: Type` and take it apart in the body",
    )
}

pub(crate) fn reference_parameter(tokens: &impl ToTokens, name: &str, owned: &str) -> Diagnostic {
    Diagnostic::at(
        tokens,
        format!("parameter `{name}` borrows; arguments are moved through dispatch"),
        format!("write `{name}: {owned}`"),
    )
}

pub(crate) fn impl_parameter(tokens: &impl ToTokens, name: &str) -> Diagnostic {
    Diagnostic::at(
        tokens,
        format!("parameter `{name}` has an `impl Trait` type; callers by reference need one concrete type"),
        format!("write `{name}: String`, or whichever type it is"),
    )
}

pub(crate) fn unnamed_type(tokens: &impl ToTokens, name: &str) -> Diagnostic {
    Diagnostic::at(
        tokens,
        format!("parameter `{name}` has no concrete type"),
        format!("write its type: `{name}: String`"),
    )
}

pub(crate) fn duplicate_parameter(tokens: &impl ToTokens, name: &str) -> Diagnostic {
    Diagnostic::at(tokens, format!("parameter `{name}` is written twice"), "give each parameter its own name")
}

pub(crate) fn parameter_attribute(tokens: &impl ToTokens) -> Diagnostic {
    Diagnostic::at(
        tokens,
        "a parameter knows no such attribute",
        "write `#[sensitive]` to keep its value out of the logs",
    )
}

pub(crate) fn impl_return(tokens: &impl ToTokens, what: &str, name: &Ident) -> Diagnostic {
    Diagnostic::at(
        tokens,
        format!("{what} `{name}` answers an `impl Trait` type; callers need one concrete type"),
        format!("write `async fn {name}(..) -> Result<Decimal>`, or whichever type it is"),
    )
}

pub(crate) fn result_with_error(tokens: &impl ToTokens, what: &str, name: &Ident, value: &str) -> Diagnostic {
    Diagnostic::at(
        tokens,
        format!("{what} `{name}` names an error type; dispatch answers with AppOS's own"),
        format!("write `Result<{value}>`; `?` turns common errors into it"),
    )
}

pub(crate) fn constant_parameters(tokens: &impl ToTokens, name: &Ident) -> Diagnostic {
    Diagnostic::at(
        tokens,
        format!("constant `{name}` has parameters; a constant has one value"),
        format!("write `fn {name}() -> ..`, or make it an `#[expression_rule]`"),
    )
}

pub(crate) fn constant_without_type(name: &Ident) -> Diagnostic {
    Diagnostic::at(
        name,
        format!("constant `{name}` has no type"),
        format!("write `fn {name}() -> Decimal`, or whichever type it is"),
    )
}
