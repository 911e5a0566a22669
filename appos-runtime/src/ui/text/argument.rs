//! What may stand for a parameter of a text.

use std::borrow::Cow;
use std::sync::Arc;

use rust_decimal::Decimal;

use super::format::Format;

/// The value of a parameter, as a text takes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Argument {
    /// A text, inserted as it is.
    Text(String),
    /// A number, written as the language writes it.
    Number(Decimal),
}

impl Argument {
    /// As the reader of the running call writes it.
    pub(crate) fn into_text(self) -> String {
        match self {
            Self::Text(text) => text,
            Self::Number(number) => Format::current().decimal(number),
        }
    }
}

/// A value that a text can have for a parameter: texts, numbers, days and times.
#[diagnostic::on_unimplemented(
    message = "a text has no way to write a `{Self}`",
    note = "write it as a text first, such as `name = value.to_string()`"
)]
pub trait TextArgument {
    /// The value as the text takes it.
    fn argument(&self) -> Argument;
}

/// A number: what may stand for `count`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no number; a plural is chosen by one",
    note = "write a whole number or a `Decimal`, such as `count = orders.len()`"
)]
pub trait NumberArgument: TextArgument {}

/// A number that chooses the plural of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Count(Argument);

impl From<Count> for Argument {
    fn from(count: Count) -> Self {
        count.0
    }
}

/// How a value that is given to a text becomes the parameter it is given for.
pub trait Given<P> {
    /// The parameter.
    fn given(&self) -> P;
}

impl<T: TextArgument + ?Sized> Given<Argument> for T {
    fn given(&self) -> Argument {
        self.argument()
    }
}

impl<T: NumberArgument + ?Sized> Given<Count> for T {
    fn given(&self) -> Count {
        Count(self.argument())
    }
}

impl<T: TextArgument + ?Sized> TextArgument for &T {
    fn argument(&self) -> Argument {
        (**self).argument()
    }
}

impl<T: NumberArgument + ?Sized> NumberArgument for &T {}

macro_rules! texts {
    ($($ty:ty),+) => {
        $(impl TextArgument for $ty {
            fn argument(&self) -> Argument {
                Argument::Text(self.to_string())
            }
        })+
    };
}

texts!(str, String, char, Arc<str>, Box<str>, Cow<'_, str>, uuid::Uuid);

macro_rules! numbers {
    ($($ty:ty),+) => {
        $(
            impl TextArgument for $ty {
                fn argument(&self) -> Argument {
                    Argument::Number(Decimal::from(*self))
                }
            }

            impl NumberArgument for $ty {}
        )+
    };
}

numbers!(i8, i16, i32, i64, isize, u8, u16, u32, u64, usize, Decimal);

impl TextArgument for f64 {
    /// Its shortest decimal digits; what is too large for them, or no number, as it is printed.
    fn argument(&self) -> Argument {
        let text = self.to_string();
        text.parse().map_or(Argument::Text(text), Argument::Number)
    }
}

impl NumberArgument for f64 {}

impl TextArgument for f32 {
    fn argument(&self) -> Argument {
        let text = self.to_string();
        text.parse().map_or(Argument::Text(text), Argument::Number)
    }
}

impl NumberArgument for f32 {}

impl TextArgument for crate::value::Date {
    /// As the reader writes days.
    fn argument(&self) -> Argument {
        Argument::Text(Format::current().date(*self))
    }
}

impl TextArgument for crate::value::DateTime {
    /// As the reader writes times, in his time zone.
    fn argument(&self) -> Argument {
        Argument::Text(Format::current().date_time(*self))
    }
}

impl<R> TextArgument for crate::value::Id<R> {
    fn argument(&self) -> Argument {
        Argument::Text(self.get().to_string())
    }
}
