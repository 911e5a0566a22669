//! Which Rust types a field may have, and how each travels to and from [`Value`].

use rust_decimal::Decimal;
use uuid::Uuid;

use super::{ChoicesDescriptor, Date, DateTime, FieldAccess, FieldType, Value};

/// A stored value that does not fit the Rust type: the table was changed by other hands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ValueError {
    /// What was expected, in words.
    pub expected: &'static str,
}

impl From<ValueError> for crate::AppOsError {
    fn from(error: ValueError) -> Self {
        Self::execution(format!("a stored value is not {}", error.expected)).code_is("bad_stored_value")
    }
}

/// A type that a record field may have.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the type of a record field",
    label = "not a field type",
    note = "fields are `String`, integers, floats, `Decimal`, `bool`, `Date`, `DateTime`, `Uuid`, `Json`, `Vec<..>`, `Option<..>`, a `#[choices]` enum, `Ref<Record>`, `Many<Record>` or `One<Record>`"
)]
pub trait FieldValue: Clone + Default + 'static {
    /// What kind of value it holds.
    const TYPE: FieldType;
    /// True for `Option<T>`.
    const NULLABLE: bool = false;
    /// How fields of the type are reached.
    const ACCESS: &'static FieldAccess = &FieldAccess::of::<Self>();
    /// All of it, as the descriptor of a field asks for it.
    const COLUMN: (FieldType, bool, &'static FieldAccess) = (Self::TYPE, Self::NULLABLE, Self::ACCESS);

    /// Into the erased form.
    fn into_value(self) -> Value;

    /// From the erased form.
    ///
    /// # Errors
    /// The value has another type or is out of range.
    fn from_value(value: Value) -> Result<Self, ValueError>;

    /// A copy in the erased form.
    fn to_value(&self) -> Value {
        self.clone().into_value()
    }
}

/// An enum made by `#[choices]`.
pub trait ChoiceValue: Copy + Default + 'static {
    /// Its names, in the order of [`ALL`](Self::ALL).
    const CHOICES: &'static ChoicesDescriptor;
    /// Its values.
    const ALL: &'static [Self];

    /// The place of the value among all.
    fn place(self) -> usize;

    /// Its stored name.
    fn as_str(self) -> &'static str {
        Self::CHOICES.choices[self.place()].value
    }

    /// The choice of a stored name.
    fn from_name(name: &str) -> Option<Self> {
        let place = Self::CHOICES.choices.iter().position(|choice| choice.value == name)?;
        Self::ALL.get(place).copied()
    }
}

// rustc would explain the lack of this one implementation instead of listing the types.
#[diagnostic::do_not_recommend]
impl<C: ChoiceValue> FieldValue for C {
    const TYPE: FieldType = FieldType::Choice(C::CHOICES);

    fn into_value(self) -> Value {
        Value::Text(self.as_str().to_owned())
    }

    fn from_value(value: Value) -> Result<Self, ValueError> {
        match value {
            Value::Text(name) => Self::from_name(&name).ok_or(ValueError { expected: "one of the choices" }),
            _ => Err(ValueError { expected: "one of the choices" }),
        }
    }
}

/// A type that is one variant of [`Value`].
macro_rules! plain {
    ($($ty:ty, $field_type:expr, $variant:ident, $expected:literal;)*) => {$(
        impl FieldValue for $ty {
            const TYPE: FieldType = $field_type;

            fn into_value(self) -> Value {
                Value::$variant(self)
            }

            fn from_value(value: Value) -> Result<Self, ValueError> {
                match value {
                    Value::$variant(value) => Ok(value),
                    _ => Err(ValueError { expected: $expected }),
                }
            }
        }
    )*};
}

/// Digits after the point of a `Decimal` field that does not say how many it wants.
pub(crate) const DEFAULT_SCALE: u32 = 4;

plain! {
    String, FieldType::Text, Text, "a text";
    bool, FieldType::Bool, Bool, "true or false";
    f64, FieldType::Float, Float, "a number";
    Decimal, FieldType::Decimal { scale: DEFAULT_SCALE }, Decimal, "a decimal number";
    Date, FieldType::Date, Date, "a date";
    DateTime, FieldType::DateTime, DateTime, "a date with time";
    Uuid, FieldType::Uuid, Uuid, "a UUID";
    serde_json::Value, FieldType::Json, Json, "JSON";
}

macro_rules! integers {
    ($($ty:ty),*) => {$(
        impl FieldValue for $ty {
            const TYPE: FieldType = FieldType::Integer { min: <$ty>::MIN as i64, max: <$ty>::MAX as i64 };

            fn into_value(self) -> Value {
                Value::Integer(self.into())
            }

            fn from_value(value: Value) -> Result<Self, ValueError> {
                match value {
                    Value::Integer(value) => {
                        value.try_into().map_err(|_| ValueError { expected: concat!("within the limits of ", stringify!($ty)) })
                    }
                    _ => Err(ValueError { expected: "a whole number" }),
                }
            }
        }
    )*};
}

integers!(i8, i16, i32, i64, u8, u16, u32);

impl FieldValue for f32 {
    const TYPE: FieldType = FieldType::Float;

    fn into_value(self) -> Value {
        Value::Float(self.into())
    }

    fn from_value(value: Value) -> Result<Self, ValueError> {
        match value {
            #[expect(
                clippy::cast_possible_truncation,
                reason = "the author chose a narrow float; precision is lost by intent"
            )]
            Value::Float(value) => Ok(value as Self),
            _ => Err(ValueError { expected: "a number" }),
        }
    }
}

impl<T: FieldValue> FieldValue for Option<T> {
    const TYPE: FieldType = T::TYPE;
    const NULLABLE: bool = true;

    fn into_value(self) -> Value {
        self.map_or(Value::Null, T::into_value)
    }

    fn from_value(value: Value) -> Result<Self, ValueError> {
        match value {
            Value::Null => Ok(None),
            value => T::from_value(value).map(Some),
        }
    }
}

/// A JSON form for items of lists.
fn json_of(value: Value) -> serde_json::Value {
    serde_json::to_value(value).unwrap_or(serde_json::Value::Null)
}

impl<T: FieldValue> FieldValue for Vec<T> {
    const TYPE: FieldType = FieldType::List(&T::TYPE);

    fn into_value(self) -> Value {
        Value::Json(serde_json::Value::Array(self.into_iter().map(|item| json_of(item.into_value())).collect()))
    }

    fn from_value(value: Value) -> Result<Self, ValueError> {
        match value {
            Value::Json(serde_json::Value::Array(items)) => items
                .into_iter()
                .map(|item| {
                    let item = super::json::from_json(&T::TYPE, T::NULLABLE, item)
                        .map_err(|_| ValueError { expected: "a list of the field's type" })?;
                    T::from_value(item)
                })
                .collect(),
            _ => Err(ValueError { expected: "a list" }),
        }
    }
}
