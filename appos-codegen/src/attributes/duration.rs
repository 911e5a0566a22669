//! A length of time.

use syn::Expr;

use super::error::{written_as_expression, wrong};
use super::text::Text;

/// `"500ms"`, `"5s"`, `"2m"`, `"1h"`, `"7d"`, `"2w"`; more than nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Duration {
    milliseconds: u64,
}

impl Duration {
    const TAKES: &'static str = "takes a length of time in quotes";

    /// The whole length.
    pub(crate) fn milliseconds(self) -> u64 {
        self.milliseconds
    }

    pub(super) fn from_expression(expression: &Expr) -> darling::Result<Self> {
        let text = Text::from_expression(expression).map_err(|_| wrong(expression, Self::TAKES))?;
        parse_duration(&text.value()).map(|milliseconds| Self { milliseconds }).ok_or_else(|| {
            wrong(
                expression,
                format!("is no length of time: \"{}\" (a whole number and ms, s, m, h, d or w)", text.value()),
            )
        })
    }
}

written_as_expression!(Duration);

fn parse_duration(text: &str) -> Option<u64> {
    let digits = text.find(|character: char| !character.is_ascii_digit())?;
    let (number, unit) = text.split_at(digits);
    let factor = match unit.trim() {
        "ms" => 1,
        "s" => 1_000,
        "m" => 60_000,
        "h" => 3_600_000,
        "d" => 86_400_000,
        "w" => 604_800_000,
        _ => return None,
    };
    number.parse::<u64>().ok()?.checked_mul(factor).filter(|milliseconds| *milliseconds > 0)
}

#[cfg(test)]
mod tests {
    use super::parse_duration;

    #[test]
    fn units_are_multiplied() {
        assert_eq!(parse_duration("500ms"), Some(500));
        assert_eq!(parse_duration("2m"), Some(120_000));
        assert_eq!(parse_duration("7d"), Some(604_800_000));
        assert_eq!(parse_duration("2w"), Some(1_209_600_000));
    }

    #[test]
    fn nonsense_is_refused() {
        for text in ["", "5", "s", "0s", "-5s", "1.5s", "5 parsecs", "99999999999999999999s", "9999999999999999d"] {
            assert_eq!(parse_duration(text), None, "{text}");
        }
    }
}
