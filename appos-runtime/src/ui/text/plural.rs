//! Plurals by the rules of CLDR.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, PoisonError, RwLock};

use fixed_decimal::Decimal as Digits;
use icu_locale_core::Locale;
use icu_plurals::PluralRules;
use rust_decimal::Decimal;

use super::language::LAST;
use crate::registry::PluralCategory;

/// The category of a number in a language, as its digits are written: 1 is `one` in English, 1.0 is `other`.
pub(super) fn category(language: &str, number: Decimal) -> PluralCategory {
    // English has two, and is asked for most.
    if language == LAST && number.scale() == 0 {
        return if number == Decimal::ONE { PluralCategory::One } else { PluralCategory::Other };
    }
    let Ok(digits) = number.to_string().parse::<Digits>() else { return PluralCategory::Other };
    match rules(language) {
        Some(rules) => known(rules.category_for(&digits)),
        None => PluralCategory::Other,
    }
}

/// The categories that whole and broken numbers have in a language.
#[cfg(test)]
pub(crate) fn categories(language: &str) -> Vec<PluralCategory> {
    rules(language).map(|rules| rules.categories().map(known).collect()).unwrap_or_default()
}

fn known(category: icu_plurals::PluralCategory) -> PluralCategory {
    use icu_plurals::PluralCategory as Cldr;
    match category {
        Cldr::Zero => PluralCategory::Zero,
        Cldr::One => PluralCategory::One,
        Cldr::Two => PluralCategory::Two,
        Cldr::Few => PluralCategory::Few,
        Cldr::Many => PluralCategory::Many,
        Cldr::Other => PluralCategory::Other,
    }
}

type Known = HashMap<String, Option<Arc<PluralRules>>>;

/// Most languages whose rules are kept; who asks for more pays for each.
const KEPT: usize = 256;

/// The rules of a language; `None`: its tag is none.
fn rules(language: &str) -> Option<Arc<PluralRules>> {
    static KNOWN: LazyLock<RwLock<Known>> = LazyLock::new(RwLock::default);
    if let Some(rules) = KNOWN.read().unwrap_or_else(PoisonError::into_inner).get(language) {
        return rules.clone();
    }
    let locale = Locale::try_from_str(language).ok();
    let rules = locale.and_then(|locale| PluralRules::try_new_cardinal((&locale).into()).ok()).map(Arc::new);
    let mut known = KNOWN.write().unwrap_or_else(PoisonError::into_inner);
    if known.len() < KEPT {
        known.insert(language.to_owned(), rules.clone());
    }
    rules
}

#[cfg(test)]
mod tests {
    use rust_decimal::Decimal;

    use super::{categories, category};
    use crate::registry::PluralCategory::{Few, Many, One, Other};

    fn of(language: &str, number: &str) -> super::PluralCategory {
        category(language, number.parse::<Decimal>().unwrap_or_default())
    }

    #[test]
    fn each_language_has_its_own_plurals() {
        assert_eq!([of("en", "0"), of("en", "1"), of("en", "2"), of("en", "1.0")], [Other, One, Other, Other]);
        assert_eq!([of("fr", "0"), of("fr", "1"), of("fr", "1.5"), of("fr", "2")], [One, One, One, Other]);
        assert_eq!([of("fr-CA", "0"), of("de", "0"), of("de", "1")], [One, Other, One]);
        assert_eq!([of("pl", "1"), of("pl", "3"), of("pl", "5"), of("pl", "22")], [One, Few, Many, Few]);
        assert_eq!(of("ja", "1"), Other);
    }

    #[test]
    fn what_is_no_language_has_one_plural() {
        assert_eq!(of("not a language", "1"), Other);
        assert!(categories("!").is_empty());
        assert_eq!(categories("de"), [One, Other]);
    }
}
