//! Texts whose plurals are not those of their language.

use std::collections::BTreeMap;

use icu_locale_core::Locale;
use icu_plurals::{PluralCategory, PluralRules};

use crate::check::codes::WRONG_PLURALS;
use crate::check::finding::Finding;
use crate::check::subject::Subject;
use crate::terminal::Failure;

/// Whole numbers up to here are met in daily life; what only larger ones have may be left out.
const USUAL: u32 = 1000;

/// What a language has.
struct Plurals {
    /// In the order in which people write them.
    all: Vec<&'static str>,
    needed: Vec<&'static str>,
}

/// One finding for each text and language.
#[expect(clippy::unnecessary_wraps, reason = "all rules have one shape")]
pub(super) fn unlike_their_language(subject: &Subject<'_>) -> Result<Vec<Finding>, Failure> {
    let mut known: BTreeMap<String, Option<Plurals>> = BTreeMap::new();
    let mut findings = Vec::new();
    let sets = subject.manifest.objects.iter().filter(|object| object.kind == "translation_set");
    for set in sets {
        let Some(place) = subject.place(&set.reference) else { continue };
        for text in set.texts() {
            for (language, written) in &text.plurals {
                let plurals = known.entry(language.clone()).or_insert_with(|| Plurals::of(language));
                let Some((message, help)) = plurals.as_ref().and_then(|plurals| plurals.unlike(language, written))
                else {
                    continue;
                };
                let message = format!("{}: `{}` {message}", set.reference, text.key);
                let finding = Finding::new(WRONG_PLURALS, message, help).at(Some(place.clone()));
                findings.push(finding.of_object(&set.app, &set.reference));
            }
        }
    }
    Ok(findings)
}

impl Plurals {
    /// `None`: nothing is known of the language.
    fn of(language: &str) -> Option<Self> {
        let locale = Locale::try_from_str(language).ok()?;
        let rules = PluralRules::try_new_cardinal((&locale).into()).ok()?;
        let mut needed: Vec<&str> = Vec::new();
        for number in 0..=USUAL {
            let name = name(rules.category_for(number));
            if !needed.contains(&name) {
                needed.push(name);
            }
        }
        let all = ORDER.into_iter().filter(|own| rules.categories().any(|category| name(category) == *own)).collect();
        needed.sort_by_key(|name| ORDER.iter().position(|own| own == name));
        Some(Self { all, needed })
    }

    /// What is wrong with the forms of a text, and the correct form.
    fn unlike(&self, language: &str, written: &[String]) -> Option<(String, String)> {
        // `other` is always written: broken numbers take it, and what is lacking.
        let lacking: Vec<&str> =
            self.needed.iter().copied().filter(|name| !written.iter().any(|own| own == name)).collect();
        let strange: Vec<&str> =
            written.iter().map(String::as_str).filter(|own| *own != "other" && !self.all.contains(own)).collect();
        let has = |what: &str, names: &[&str]| (!names.is_empty()).then(|| format!("{what} {}", listed(names)));
        let parts = [has("lacks", &lacking), has("has", &strange)];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        if parts.is_empty() {
            return None;
        }
        let why = if strange.is_empty() { "" } else { ", which the language does not know" };
        let forms: Vec<String> = self.all.iter().map(|name| format!("{name}: \"..\"")).collect();
        let message = format!("{} in `{language}`{why}", parts.join(" and "));
        Some((message, format!("write `{language}: {{ {} }}`", forms.join(", "))))
    }
}

const ORDER: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

fn name(category: PluralCategory) -> &'static str {
    match category {
        PluralCategory::Zero => "zero",
        PluralCategory::One => "one",
        PluralCategory::Two => "two",
        PluralCategory::Few => "few",
        PluralCategory::Many => "many",
        PluralCategory::Other => "other",
    }
}

fn listed(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::Plurals;

    fn unlike(language: &str, written: &[&str]) -> String {
        let written: Vec<String> = written.iter().map(|name| (*name).to_owned()).collect();
        let found = Plurals::of(language).expect("a language").unlike(language, &written);
        found.map_or_else(String::new, |(message, help)| format!("{message}; {help}"))
    }

    #[test]
    fn forms_are_those_of_the_language() {
        for (language, written) in [
            ("en", &["one", "other"][..]),
            ("de-AT", &["one", "other"]),
            ("ja", &["other"]),
            ("pl", &["one", "few", "many", "other"]),
            ("ar", &["zero", "one", "two", "few", "many", "other"]),
            // `many` of French begins with a million, and may be there.
            ("fr", &["one", "other"]),
            ("fr", &["one", "many", "other"]),
        ] {
            assert_eq!(unlike(language, written), "", "{language}");
        }
        assert_eq!(unlike("en", &["other"]), "lacks `one` in `en`; write `en: { one: \"..\", other: \"..\" }`");
        assert_eq!(
            unlike("pl", &["one", "two", "other"]),
            "lacks `few`, `many` and has `two` in `pl`, which the language does not know; \
             write `pl: { one: \"..\", few: \"..\", many: \"..\", other: \"..\" }`"
        );
        assert_eq!(
            unlike("ja", &["one", "other"]),
            "has `one` in `ja`, which the language does not know; write `ja: { other: \"..\" }`"
        );
    }
}
