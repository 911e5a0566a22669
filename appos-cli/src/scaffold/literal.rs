//! Values as they are written in arguments, and what they are in Rust.

use chrono::NaiveDate;

use super::problem::Problem;
use super::types::{Kind, Known, Scope};
use crate::terminal::nearest;

/// An expression of the type.
///
/// # Errors
/// The value is none of the type, or values of the type cannot be written so.
pub(crate) fn expression(scope: &Scope<'_>, of: &Known, value: &str) -> Result<String, Problem> {
    let wrong = |example: &str| Problem::new(format!("`{value}` is no `{}`", of.inner), format!("write `{example}`"));
    match of.kind {
        Kind::Text => Ok(format!("{value:?}")),
        Kind::Bool if value == "true" || value == "false" => Ok(value.to_owned()),
        Kind::Bool => Err(wrong("true")),
        Kind::Integer if fits(&of.inner, value) => Ok(value.to_owned()),
        Kind::Integer => Err(wrong("30")),
        Kind::Float if of.inner == "f32" => match value.parse::<f32>() {
            Ok(number) if number.is_finite() => Ok(format!("{number:?}")),
            _ => Err(wrong("0.5")),
        },
        Kind::Float => match value.parse::<f64>() {
            Ok(number) if number.is_finite() => Ok(format!("{number:?}")),
            _ => Err(wrong("0.5")),
        },
        Kind::Decimal if is_decimal(value) => Ok(format!("dec!({value})")),
        Kind::Decimal => Err(wrong("0.18")),
        Kind::Date if is_date(value) => Ok(format!("{value:?}")),
        Kind::Date => Err(wrong("2026-12-31")),
        Kind::Choices => {
            let choices = scope.choices(&of.inner).unwrap_or_default();
            if choices.iter().any(|choice| choice == value) {
                return Ok(format!("{}::{value}", of.inner));
            }
            let help = match nearest(value, choices.iter().map(String::as_str)) {
                Some(near) => format!("write `{near}`"),
                None => format!("choices are {}", choices.join(", ")),
            };
            Err(Problem::new(format!("`{}` has no choice `{value}`", of.inner), help))
        }
        Kind::Reference | Kind::Back | Kind::Other => Err(Problem::new(
            format!("a value of `{}` is an expression", of.inner),
            "leave it out, and write it in the file",
        )),
    }
}

/// Digits, with `_` between them, of a number that the type can hold.
fn fits(integer: &str, value: &str) -> bool {
    if !value.strip_prefix('-').unwrap_or(value).starts_with(|first: char| first.is_ascii_digit()) {
        return false;
    }
    let digits = value.replace('_', "");
    match integer {
        "i64" => digits.parse::<i64>().is_ok(),
        "i32" => digits.parse::<i32>().is_ok(),
        "i16" => digits.parse::<i16>().is_ok(),
        "i8" => digits.parse::<i8>().is_ok(),
        "u32" => digits.parse::<u32>().is_ok(),
        "u16" => digits.parse::<u16>().is_ok(),
        "u8" => digits.parse::<u8>().is_ok(),
        _ => false,
    }
}

/// Digits with at most one point, at most 28 of them.
fn is_decimal(value: &str) -> bool {
    let digits = value.strip_prefix('-').unwrap_or(value);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let are_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    are_digits(whole) && are_digits(fraction) && whole.len() + fraction.len() <= 28
}

fn is_date(value: &str) -> bool {
    value.len() == 10 && NaiveDate::parse_from_str(value, "%Y-%m-%d").is_ok()
}

#[cfg(test)]
mod tests {
    use super::{fits, is_date, is_decimal};

    #[test]
    fn values_are_checked_against_their_types() {
        assert!(fits("u8", "255") && !fits("u8", "256") && !fits("u8", "-1") && !fits("i32", "+1") && !fits("i32", ""));
        assert!(fits("i64", "-1_000") && !fits("i64", "_5") && !fits("i64", "-_5") && !fits("i64", "1e3"));
        assert!(
            is_decimal("-0.18") && is_decimal("5") && !is_decimal(".5") && !is_decimal("1e3") && !is_decimal("1.2.3")
        );
        assert!(!is_decimal(&"9".repeat(29)));
        assert!(is_date("2026-02-28") && !is_date("2026-02-30") && !is_date("2026-2-3"));
    }
}
