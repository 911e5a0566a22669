//! Messages about the function under `#[appos::test]`, and about the cases of a rule.

use proc_macro2::Ident;
use quote::ToTokens;

use crate::diagnostics::Diagnostic;

fn form(name: &Ident) -> String {
    format!("write `async fn {name}() {{ .. }}`")
}

pub(crate) fn not_async(tokens: &impl ToTokens, name: &Ident) -> Diagnostic {
    Diagnostic::at(tokens, format!("test `{name}` runs on a platform and is not async"), form(name))
}

pub(crate) fn qualifier(tokens: &impl ToTokens, name: &Ident, word: &str) -> Diagnostic {
    Diagnostic::at(tokens, format!("test `{name}` cannot be `{word}`"), form(name))
}

pub(crate) fn generics(tokens: &impl ToTokens, name: &Ident) -> Diagnostic {
    Diagnostic::at(tokens, format!("test `{name}` has generic parameters; nobody chooses them"), form(name))
}

pub(crate) fn parameters(tokens: &impl ToTokens, name: &Ident) -> Diagnostic {
    let help = format!("{}; `ctx` is in scope in its body", form(name));
    Diagnostic::at(tokens, format!("test `{name}` has parameters; nobody gives them"), help)
}

pub(crate) fn test_twice(tokens: &impl ToTokens, name: &Ident) -> Diagnostic {
    Diagnostic::at(
        tokens,
        format!("`{name}` is made a test twice"),
        "leave this attribute out; `#[appos::test]` has a runtime of its own",
    )
}

pub(crate) fn unreadable_case(tokens: &impl ToTokens, form: &str) -> Diagnostic {
    Diagnostic::at(
        tokens,
        "this case cannot be read: it says what a call of the rule answers",
        format!("write `{form}`"),
    )
}

pub(crate) fn arguments_of_case(tokens: &impl ToTokens, rule: &Ident, given: usize, names: &[&str]) -> Diagnostic {
    let plural = |number: usize| if number == 1 { "argument" } else { "arguments" };
    Diagnostic::at(
        tokens,
        format!("rule `{rule}` takes {} {}; this case gives {given}", names.len(), plural(names.len())),
        format!("write `case({}) = ..`", names.join(", ")),
    )
}
