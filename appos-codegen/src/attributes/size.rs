//! A number of bytes.

use syn::Expr;

use super::error::{written_as_expression, wrong};
use super::text::Text;

/// `"512 KB"`, `"20 MB"`, `"2 GB"`; more than nothing. A KB has 1024 bytes.
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
            wrong(expression, format!("is no size: \"{}\" (a whole number and B, KB, MB or GB)", text.value()))
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
        _ => return None,
    };
    let bytes = number.parse::<u64>().ok()?;
    bytes.checked_mul(1 << shift).filter(|bytes| *bytes > 0)
}

#[cfg(test)]
mod tests {
    use super::parse_size;

    #[test]
    fn units_are_multiplied() {
        assert_eq!(parse_size("20 MB"), Some(20 << 20));
        assert_eq!(parse_size("512KB"), Some(512 << 10));
        for text in ["", "20", "MB", "0 MB", "-1 MB", "1.5 MB", "99999999999999 GB"] {
            assert_eq!(parse_size(text), None, "{text}");
        }
    }
}
