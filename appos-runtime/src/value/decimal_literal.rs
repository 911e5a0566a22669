//! `dec!`: decimal numbers as they are written, worked out by the compiler.

use rust_decimal::Decimal;

/// A decimal number from its text, in a constant.
///
/// # Panics
/// The text is no decimal number of at most 28 digits; `dec!` makes that a compile error.
#[doc(hidden)]
#[expect(clippy::cast_possible_truncation, reason = "the halves of a 96-bit number are cut on purpose")]
pub const fn decimal_literal(text: &str) -> Decimal {
    let bytes = text.as_bytes();
    let (mut place, mut negative) = (0, false);
    let mut number: u128 = 0;
    let (mut scale, mut after_point, mut digits) = (0, false, 0);
    while place < bytes.len() {
        match bytes[place] {
            b'-' if !negative && digits == 0 => negative = true,
            b' ' | b'_' => {}
            b'.' if !after_point => after_point = true,
            digit @ b'0'..=b'9' => {
                number = number * 10 + (digit - b'0') as u128;
                digits += 1;
                if after_point {
                    scale += 1;
                }
                assert!(number < 1 << 96 && scale <= 28, "a decimal number has at most 28 digits");
            }
            _ => panic!("write a decimal number, such as dec!(0.18)"),
        }
        place += 1;
    }
    assert!(digits > 0, "write a decimal number, such as dec!(0.18)");
    Decimal::from_parts(number as u32, (number >> 32) as u32, (number >> 64) as u32, negative, scale)
}

/// A [`Decimal`] exactly as written: `dec!(0.18)`.
///
/// ```
/// let rate = appos_runtime::dec!(0.18);
/// assert_eq!(rate.to_string(), "0.18");
/// assert_eq!(appos_runtime::dec!(-1_000.50).to_string(), "-1000.50");
/// ```
#[macro_export]
macro_rules! dec {
    ($number:literal) => {
        const { $crate::value::decimal_literal(::core::stringify!($number)) }
    };
    (- $number:literal) => {
        const { $crate::value::decimal_literal(::core::concat!("-", ::core::stringify!($number))) }
    };
}
