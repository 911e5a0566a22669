//! Messages about `#[translation_set]` and `t!`.

use proc_macro2::{Ident, Span};
use quote::ToTokens;

use crate::diagnostics::{Diagnostic, nearest};

const BODY: &str = "write `translations! { customers: { en: \"Customers\", fr: \"Clients\" } }`";

pub(crate) fn asynchronous(tokens: &impl ToTokens, name: &Ident) -> Diagnostic {
    Diagnostic::at(
        tokens,
        format!("translation set `{name}` cannot be `async`; its texts are known before anything runs"),
        format!("write `fn {name}() -> Translations`"),
    )
}

pub(crate) fn parameters(tokens: &impl ToTokens, name: &Ident) -> Diagnostic {
    Diagnostic::at(
        tokens,
        format!("translation set `{name}` has parameters; its texts have"),
        format!("write `fn {name}() -> Translations`, and `welcome: {{ en: \"Welcome, {{name}}!\" }}` in it"),
    )
}

pub(crate) fn type_of(tokens: &impl ToTokens, name: &Ident) -> Diagnostic {
    Diagnostic::at(
        tokens,
        format!("translation set `{name}` answers its texts and nothing else"),
        format!("write `fn {name}() -> Translations`"),
    )
}

pub(crate) fn no_texts(tokens: &impl ToTokens, name: &Ident) -> Diagnostic {
    Diagnostic::at(tokens, format!("the body of translation set `{name}` is no list of texts"), BODY)
}

pub(crate) fn unreadable_text(place: Span, reason: &str) -> Diagnostic {
    Diagnostic::at_span(
        place,
        format!("this text cannot be read: {reason}"),
        "write `customers: { en: \"Customers\", fr: \"Clients\" }`, or plurals: `en: { one: \"..\", other: \"..\" }`",
    )
}

pub(crate) fn bad_key(tokens: &impl ToTokens, key: &str, better: &str) -> Diagnostic {
    Diagnostic::at(
        tokens,
        format!("`{key}` is no key: its words are lower-case letters, digits and single underscores"),
        format!("write `{better}`"),
    )
}

pub(crate) fn key_twice(tokens: &impl ToTokens, key: &str, other: Option<&str>) -> Diagnostic {
    let place = other.map_or_else(|| "this set".to_owned(), |set| format!("translation set `{set}`"));
    Diagnostic::at(tokens, format!("the text `{key}` is in {place} already"), "give each text of an app its own key")
}

pub(crate) fn no_language(tokens: &impl ToTokens, key: &str) -> Diagnostic {
    Diagnostic::at(tokens, format!("the text `{key}` is in no language"), format!("write `{key}: {{ en: \"..\" }}`"))
}

pub(crate) fn no_such_language(tokens: &impl ToTokens, tag: &str, meant: Option<&str>) -> Diagnostic {
    let help = meant.map_or_else(
        || "write a tag such as `en`, `fr-CA` or `zh-Hant`".to_owned(),
        |meant| format!("did you mean `{meant}`?"),
    );
    Diagnostic::at(tokens, format!("`{tag}` is no language"), help)
}

pub(crate) fn language_spelling(tokens: &impl ToTokens, tag: &str, canonical: &str) -> Diagnostic {
    Diagnostic::at(tokens, format!("the language `{tag}` is spelled another way"), format!("write `{canonical}`"))
}

pub(crate) fn language_twice(tokens: &impl ToTokens, key: &str, tag: &str) -> Diagnostic {
    Diagnostic::at(tokens, format!("the text `{key}` is in `{tag}` already"), "write each language once")
}

pub(crate) fn empty_text(tokens: &impl ToTokens, key: &str) -> Diagnostic {
    Diagnostic::at(
        tokens,
        format!("the text `{key}` says nothing"),
        "leave the language out: the reader sees the next best one",
    )
}

pub(crate) fn bad_parameter(tokens: &impl ToTokens, name: &str) -> Diagnostic {
    Diagnostic::at(
        tokens,
        format!("`{{{name}}}` in this text is no parameter"),
        "write a name in the braces, such as `{name}`; `{{` and `}}` are braces",
    )
}

pub(crate) fn parameter_lacks(tokens: &impl ToTokens, (key, tag): (&str, &str), name: &str, other: &str) -> Diagnostic {
    Diagnostic::at(
        tokens,
        format!("the text `{key}` lacks `{{{name}}}` in `{tag}`, and has it in `{other}`"),
        "name the same parameters in every language",
    )
}

pub(crate) fn parameter_alone(tokens: &impl ToTokens, (key, tag): (&str, &str), name: &str, other: &str) -> Diagnostic {
    Diagnostic::at(
        tokens,
        format!("the text `{key}` has `{{{name}}}` in `{tag}`, and lacks it in `{other}`"),
        "name the same parameters in every language",
    )
}

pub(crate) fn name_with_parameters(tokens: &impl ToTokens, key: &str) -> Diagnostic {
    Diagnostic::at(
        tokens,
        format!("`{key}` is the name of an object, which has no parameters"),
        "leave the braces out, or choose a key that begins with another word than `records` or `choices`",
    )
}

pub(crate) fn no_other(place: Span, key: &str) -> Diagnostic {
    Diagnostic::at_span(
        place,
        format!("the plurals of `{key}` lack `other`, which every language has"),
        "write `{ one: \"{count} order\", other: \"{count} orders\" }`",
    )
}

pub(crate) fn unknown_category(tokens: &Ident, known: &[&str]) -> Diagnostic {
    let name = tokens.to_string();
    let help = nearest(&name, known.iter().copied()).map_or_else(
        || format!("the categories are `{}`", known.join("`, `")),
        |near| format!("did you mean `{near}`?"),
    );
    Diagnostic::at(tokens, format!("`{name}` is no plural category"), help)
}

pub(crate) fn category_twice(tokens: &Ident) -> Diagnostic {
    Diagnostic::at(tokens, format!("`{tokens}` is written twice"), "write each plural category once")
}

const CALL: &str = "write `t!(\"customers\")` or `t!(\"welcome\", name = user.name)`";

pub(crate) fn unreadable_call(place: Span, whole: &impl ToTokens, reason: &str) -> Diagnostic {
    if whole.to_token_stream().is_empty() {
        return Diagnostic::at_span(place, "`t!` needs the key of a text", CALL);
    }
    Diagnostic::at_span(place, format!("`t!` cannot read this: {reason}"), CALL)
}

pub(crate) fn unknown_key(tokens: &impl ToTokens, key: &str, known: &[&str]) -> Diagnostic {
    let help = match nearest(key, known.iter().copied()) {
        Some(near) => format!("did you mean `t!(\"{near}\")`?"),
        None if known.is_empty() => {
            "add it to a translation set of this app; a text of another app is `t!(\"billing.invoice\")`".to_owned()
        }
        None => format!("add it to a translation set: `{key}: {{ en: \"..\" }}`"),
    };
    Diagnostic::at(tokens, format!("this app has no text `{key}`"), help)
}

pub(crate) fn argument_twice(name: &Ident) -> Diagnostic {
    Diagnostic::at(name, format!("`{name}` is given twice"), "give each parameter once")
}

pub(crate) fn surplus_argument(name: &Ident, key: &str, known: &[String]) -> Diagnostic {
    let near = nearest(&name.to_string(), known.iter().map(String::as_str));
    let help = match (near, known) {
        (Some(near), _) => format!("did you mean `{near}`?"),
        (None, []) => "leave it out".to_owned(),
        (None, known) => format!("its parameters are `{}`", known.join("`, `")),
    };
    Diagnostic::at(name, format!("the text `{key}` has no parameter `{name}`"), help)
}

pub(crate) fn missing_arguments(tokens: &impl ToTokens, key: &str, missing: &[&str]) -> Diagnostic {
    let given: Vec<String> = missing.iter().map(|name| format!("{name} = ..")).collect();
    Diagnostic::at(
        tokens,
        format!("the text `{key}` needs `{}`", missing.join("`, `")),
        format!("write `t!(\"{key}\", {})`", given.join(", ")),
    )
}
