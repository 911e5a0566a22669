//! Things one after the other: "a, b and c".

use std::sync::LazyLock;

use icu_list::ListFormatter;
use icu_list::options::ListFormatterOptions;

use super::Format;
use super::locale::Formatters;

#[allow(dead_code, reason = "screens take what they need")]
impl Format {
    /// All of these: "Ann, Ben and Cem".
    pub(crate) fn all_of(&self, items: &[&str]) -> String {
        static AND: LazyLock<Formatters<ListFormatter>> = LazyLock::new(Formatters::default);
        let and = AND.of(&self.language, |locale| {
            ListFormatter::try_new_and(locale.into(), ListFormatterOptions::default()).ok()
        });
        and.map_or_else(|| items.join(", "), |and| and.format(items.iter()).to_string())
    }

    /// One of these: "Ann, Ben or Cem".
    pub(crate) fn one_of(&self, items: &[&str]) -> String {
        static OR: LazyLock<Formatters<ListFormatter>> = LazyLock::new(Formatters::default);
        let or = OR.of(&self.language, |locale| {
            ListFormatter::try_new_or(locale.into(), ListFormatterOptions::default()).ok()
        });
        or.map_or_else(|| items.join(", "), |or| or.format(items.iter()).to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::super::Format;

    #[test]
    fn lists_end_as_the_language_ends_them() {
        let told = |language, items: &[&str]| Format::of_language(language).all_of(items);
        assert_eq!(told("en", &["Ann", "Ben", "Cem"]), "Ann, Ben, and Cem");
        assert_eq!(told("de", &["Ann", "Ben", "Cem"]), "Ann, Ben und Cem");
        assert_eq!(told("fr", &["Ann"]), "Ann");
        assert_eq!(told("fr", &[]), "");
        assert_eq!(Format::of_language("fr").one_of(&["Ann", "Ben"]), "Ann ou Ben");
        assert_eq!(told("?", &["Ann", "Ben"]), "Ann, Ben");
    }
}
