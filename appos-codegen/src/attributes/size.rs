//! A number of bytes.

use syn::Expr;

use super::error::{written_as_expression, wrong};
use super::text::Text;

/// `"500 KB"`, `"20 MB"`, `"1 GB"`: powers of 1024, as in `appos.yaml`; more than nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Size {
    bytes: u64,
}

impl Size {
    const TAKES: &'static str = "takes a size in quotes";

    /// The number of bytes.
    pub(crate) fn bytes(self) -> u64 {
        self.bytes
    }

    fn from_expression(expression: &Expr) -> darling::Result<Self> {
        let text = Text::from_expression(expression).map_err(|_| wrong(expression, Self::TAKES))?;
        parse_size(&text.value()).map(|bytes| Self { bytes }).ok_or_else(|| {
            wrong(expression, format!("is no size: \"{}\" (a whole number and B, KB, MB, GB or TB)", text.value()))
        })
    }
}

written_as_expression!(Size);

fn parse_size(text: &str) -> Option<u64> {
    let digits = text.find(|character: char| !character.is_ascii_digit())?;
    let (number, unit) = text.split_at(digits);
    let shift = match unit.trim() {
        "B" => 0,
        "KB" => 10,
        "MB" => 20,
        "GB" => 30,
        "TB" => 40,
        _ => return None,
    };
    // The number must fit a column of the database.
    let bytes = number.parse::<u64>().ok()?.checked_mul(1 << shift)?;
    (1..=i64::MAX.unsigned_abs()).contains(&bytes).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::parse_size;

    #[test]
    fn units_are_powers_of_1024() {
        assert_eq!(parse_size("20 MB"), Some(20 << 20));
        assert_eq!(parse_size("1KB"), Some(1024));
    }

    #[test]
    fn nonsense_is_refused() {
        for text in ["", "5", "MB", "0 MB", "-5 MB", "1.5 MB", "5 mb", "99999999999 TB"] {
            assert_eq!(parse_size(text), None, "{text}");
        }
    }
}
