//! A text with its parameters: the language's wording, its plural, and what stands in the braces.
//!
//! Parameters are inserted as text. Whoever draws the text escapes all of it alike.

use super::argument::Argument;
use super::format::Format;
use super::language::fallbacks;
use super::plural;
use crate::registry::{PluralCategory, TextDescriptor, Wording};

/// The text in this language, or in the next best; its key, if it is in none.
pub(crate) fn told(text: &TextDescriptor, language: &str, arguments: &[(&str, Argument)]) -> String {
    let found = fallbacks(language).find_map(|tag| Some((tag, text.in_language(tag)?)));
    // Where the wording comes from, its plurals and numbers come from, too.
    let Some((tag, wording)) = found else { return text.key.to_owned() };
    filled(chosen(wording, tag, arguments), language_of(tag, language), arguments)
}

/// Numbers are written for the reader's region if the text is in his language.
fn language_of<'a>(tag: &'a str, language: &'a str) -> &'a str {
    if language.starts_with(tag) { language } else { tag }
}

fn chosen(wording: &Wording, language: &str, arguments: &[(&str, Argument)]) -> &'static str {
    let forms = match wording {
        Wording::Plain(text) => return text,
        Wording::Plural(forms) => forms,
    };
    let count = arguments.iter().find(|(name, _)| *name == COUNT);
    let category = match count {
        Some((_, Argument::Number(number))) => plural::category(language, *number),
        _ => PluralCategory::Other,
    };
    let form = |wanted| forms.iter().find(|(category, _)| *category == wanted).map(|(_, text)| *text);
    form(category).or_else(|| form(PluralCategory::Other)).unwrap_or_default()
}

/// The parameter that chooses the plural.
pub(crate) const COUNT: &str = "count";

/// A part of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part<'a> {
    Text(&'a str),
    Parameter(&'a str),
}

/// Cuts a text at its braces.
pub(crate) fn parts(mut text: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    while let Some(at) = text.find(['{', '}']) {
        let (before, rest) = text.split_at(at);
        if rest.starts_with("{{") || rest.starts_with("}}") {
            parts.push(Part::Text(text.get(..=at).unwrap_or(before)));
            text = rest.get(2..).unwrap_or_default();
        } else if let Some((name, after)) =
            rest.get(1..).and_then(|inside| inside.split_once('}')).filter(|_| rest.starts_with('{'))
        {
            parts.push(Part::Text(before));
            parts.push(Part::Parameter(name.trim()));
            text = after;
        } else {
            // A lone brace is itself; the macro refuses one.
            parts.push(Part::Text(text.get(..=at).unwrap_or(before)));
            text = rest.get(1..).unwrap_or_default();
        }
    }
    parts.push(Part::Text(text));
    parts.retain(|part| *part != Part::Text(""));
    parts
}

fn filled(text: &str, language: &str, arguments: &[(&str, Argument)]) -> String {
    let mut filled = String::with_capacity(text.len() + 16);
    for part in parts(text) {
        match part {
            Part::Text(text) => filled.push_str(text),
            Part::Parameter(name) => match arguments.iter().find(|(known, _)| *known == name) {
                Some((_, Argument::Text(value))) => filled.push_str(value),
                Some((_, Argument::Number(number))) => filled.push_str(&Format::of_language(language).decimal(*number)),
                // Only a text that no macro has read can lack one.
                None => filled.extend(["{", name, "}"]),
            },
        }
    }
    filled
}

#[cfg(test)]
mod tests {
    use super::super::argument::Argument;
    use super::{Part, parts, told};
    use crate::registry::{PluralCategory, TextDescriptor, Wording};

    const WELCOME: TextDescriptor = TextDescriptor {
        key: "welcome",
        parameters: &["name"],
        translations: &[("en", Wording::Plain("Welcome, {name}!")), ("fr", Wording::Plain("Bienvenue, {name} !"))],
    };
    const ORDERS: TextDescriptor = TextDescriptor {
        key: "orders",
        parameters: &["count"],
        translations: &[(
            "fr",
            Wording::Plural(&[(PluralCategory::One, "{count} commande"), (PluralCategory::Other, "{count} commandes")]),
        )],
    };

    fn name(name: &str) -> [(&str, Argument); 1] {
        [("name", Argument::Text(name.to_owned()))]
    }

    #[test]
    fn a_text_is_told_in_the_readers_language_or_the_next_best() {
        assert_eq!(told(&WELCOME, "fr-CA", &name("Ann")), "Bienvenue, Ann !");
        assert_eq!(told(&WELCOME, "de", &name("Ann")), "Welcome, Ann!");
        assert_eq!(told(&ORDERS, "de", &[]), "orders");
    }

    #[test]
    fn what_is_inserted_is_never_read_as_a_text() {
        assert_eq!(told(&WELCOME, "en", &name("{name} <b>")), "Welcome, {name} <b>!");
    }

    #[test]
    fn plurals_follow_the_language_of_the_wording() {
        let count = |number: i64| [("count", Argument::Number(number.into()))];
        assert_eq!(told(&ORDERS, "fr", &count(0)), "0 commande");
        assert_eq!(told(&ORDERS, "fr", &count(2)), "2 commandes");
    }

    #[test]
    fn doubled_braces_are_braces() {
        assert_eq!(parts("a {{b}} {c}"), [Part::Text("a {"), Part::Text("b}"), Part::Text(" "), Part::Parameter("c"),]);
        assert_eq!(parts("} {"), [Part::Text("}"), Part::Text(" {")]);
    }
}
