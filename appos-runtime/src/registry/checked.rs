//! Which checks may stand on which types of fields: asked when the app is compiled.

use super::record::Validation;
use crate::value::Decimal;

/// A field that holds a text.
#[diagnostic::on_unimplemented(
    message = "this check looks at a text, and `{Self}` is none",
    label = "stands on a `String` or an `Option<String>`",
    note = "leave the check out, or give the field one of these types"
)]
pub trait HoldsText {}

/// A field whose value has a length.
#[diagnostic::on_unimplemented(
    message = "this check counts characters or items, and `{Self}` has none",
    label = "stands on a `String`, a `Vec<..>`, or an `Option` of one",
    note = "leave the check out, or give the field one of these types; the size of a number is `range`"
)]
pub trait HasLength {}

/// A field that holds a number.
#[diagnostic::on_unimplemented(
    message = "this check compares numbers, and `{Self}` is none",
    label = "stands on a `Decimal`, a whole number, an `f32` or `f64`, or an `Option` of one",
    note = "leave the check out, or give the field one of these types; the length of a text is `length`"
)]
pub trait HoldsNumber {}

impl HoldsText for String {}
impl HoldsText for Option<String> {}
impl HasLength for String {}
impl HasLength for Option<String> {}
impl<T> HasLength for Vec<T> {}
impl<T> HasLength for Option<Vec<T>> {}

macro_rules! numbers {
    ($($ty:ty),*) => {$(
        impl HoldsNumber for $ty {}
        impl HoldsNumber for Option<$ty> {}
    )*};
}

numbers!(i8, i16, i32, i64, u8, u16, u32, f32, f64, Decimal);

/// The check, on a field that holds a text.
pub const fn on_text<T: HoldsText>(check: Validation) -> Validation {
    check
}

/// The check, on a field whose value has a length.
pub const fn on_length<T: HasLength>(check: Validation) -> Validation {
    check
}

/// The check, on a field that holds a number.
pub const fn on_number<T: HoldsNumber>(check: Validation) -> Validation {
    check
}
