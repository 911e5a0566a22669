//! Numbers for people.

use std::sync::LazyLock;

use fixed_decimal::Decimal as Digits;
use icu_decimal::DecimalFormatter;
use icu_decimal::options::DecimalFormatterOptions;
use rust_decimal::Decimal;

use super::Format;
use super::locale::Formatters;
use crate::state::NumberStyle;

/// Languages that set a percent sign apart: CLDR's `#,##0 %`.
const PERCENT_APART: [&str; 19] =
    ["be", "bg", "ca", "cs", "da", "de", "es", "fi", "fr", "hr", "lt", "nb", "nn", "no", "ro", "ru", "sk", "sl", "sv"];

#[allow(dead_code, reason = "screens take what they need")]
impl Format {
    /// A whole number.
    pub(crate) fn integer(&self, number: i64) -> String {
        self.decimal(Decimal::from(number))
    }

    /// A decimal number with all its digits: a price of 12.50 keeps its zero.
    pub(crate) fn decimal(&self, number: Decimal) -> String {
        self.written(&number.to_string())
    }

    /// A float, with the digits of its shortest text.
    pub(crate) fn float(&self, number: f64) -> String {
        if number.is_finite() { self.written(&number.to_string()) } else { number.to_string() }
    }

    /// A share: 0.125 is 12.5 %.
    pub(crate) fn percent(&self, share: Decimal) -> String {
        let Some(percent) = share.checked_mul(Decimal::ONE_HUNDRED) else { return self.decimal(share) };
        let number = self.decimal(percent.normalize());
        let language = self.number_language().split('-').next().unwrap_or_default();
        if PERCENT_APART.contains(&language) { format!("{number}\u{a0}%") } else { format!("{number}%") }
    }

    /// The language whose numbers are written.
    fn number_language(&self) -> &str {
        match self.numbers {
            NumberStyle::Language => &self.language,
            NumberStyle::CommaPoint => "en",
            NumberStyle::PointComma => "de",
            NumberStyle::SpaceComma => "fr",
            NumberStyle::ApostrophePoint => "de-CH",
        }
    }

    fn written(&self, plain: &str) -> String {
        static FORMATTERS: LazyLock<Formatters<DecimalFormatter>> = LazyLock::new(Formatters::default);
        let make = |locale: &icu_locale_core::Locale| {
            DecimalFormatter::try_new(locale.into(), DecimalFormatterOptions::default()).ok()
        };
        match (FORMATTERS.of(self.number_language(), make), plain.parse::<Digits>()) {
            (Some(formatter), Ok(digits)) => formatter.format(&digits).to_string(),
            _ => plain.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use rust_decimal::Decimal;

    use super::super::Format;
    use crate::state::{NumberStyle, Preferences};

    fn number(text: &str) -> Decimal {
        text.parse().unwrap_or_default()
    }

    #[test]
    fn numbers_are_written_as_the_language_writes_them() {
        let all = |language: &str| {
            let format = Format::of_language(language);
            [format.decimal(number("1234567.50")), format.integer(-1234), format.percent(number("0.125"))]
        };
        assert_eq!(all("en"), ["1,234,567.50", "-1,234", "12.5%"]);
        assert_eq!(all("de"), ["1.234.567,50", "-1.234", "12,5\u{a0}%"]);
        assert_eq!(all("fr-CA"), ["1\u{a0}234\u{a0}567,50", "-1\u{a0}234", "12,5\u{a0}%"]);
        assert_eq!(all("no language!"), ["1234567.50", "-1234", "12.5%"]);
    }

    #[test]
    fn a_number_keeps_its_digits() {
        let format = Format::of_language("en");
        assert_eq!(format.decimal(number("0.00")), "0.00");
        assert_eq!(format.decimal(number("79228162514264337593543950335")), "79,228,162,514,264,337,593,543,950,335");
        assert_eq!(
            [format.float(0.1), format.float(f64::NAN), format.float(1e21)],
            ["0.1", "NaN", "1,000,000,000,000,000,000,000"]
        );
        assert_eq!(format.percent(Decimal::MAX), format.decimal(Decimal::MAX));
    }

    #[test]
    fn a_reader_may_choose_another_style_than_his_languages() {
        let styled = |number_style| {
            let preferences = Preferences { number_style, ..Preferences::default() };
            Format::of(&preferences).decimal(number("1234.50"))
        };
        let all: Vec<String> = NumberStyle::ALL.iter().map(|style| styled(*style)).collect();
        assert_eq!(all, ["1,234.50", "1,234.50", "1.234,50", "1\u{202f}234,50", "1'234.50"]);
    }
}
