//! What rows a query wants, as data: names of columns are positions, never text, so that no
//! text of a client can become part of a statement.

use crate::registry::SystemField;
use crate::value::Value;

/// A column of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ColumnRef {
    /// One of the columns every record has.
    System(SystemField),
    /// A field of the author's, by its place in the descriptor.
    Field(usize),
}

/// How a column is compared with a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// The same; `Null` is the same as `Null`.
    Equal,
    /// Not the same; rows without a value count as not the same.
    NotEqual,
    /// Smaller.
    Less,
    /// Smaller or the same.
    LessOrEqual,
    /// Larger.
    Greater,
    /// Larger or the same.
    GreaterOrEqual,
}

/// Where in a text another one stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextMatch {
    /// Anywhere.
    Contains,
    /// At the beginning.
    StartsWith,
    /// At the end.
    EndsWith,
}

/// What rows a query wants.
#[derive(Clone, Debug, PartialEq)]
pub enum Condition {
    /// All of these hold; true if there is none.
    All(Vec<Condition>),
    /// One of these holds; false if there is none.
    Any(Vec<Condition>),
    /// It does not hold.
    Not(Box<Condition>),
    /// A column compares so with a value.
    Compare(ColumnRef, Comparison, Value),
    /// A column holds one of these values.
    In(ColumnRef, Vec<Value>),
    /// A column holds no value.
    IsNull(ColumnRef),
    /// A text column matches a text, whatever the case of ASCII letters.
    Text(ColumnRef, TextMatch, String),
}

impl Condition {
    /// Both hold.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match self {
            Self::All(mut all) => {
                all.push(other);
                Self::All(all)
            }
            first => Self::All(vec![first, other]),
        }
    }

    /// One of the two holds.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        match self {
            Self::Any(mut any) => {
                any.push(other);
                Self::Any(any)
            }
            first => Self::Any(vec![first, other]),
        }
    }

    /// Calls `see` with every column the condition reads.
    pub(crate) fn columns(&self, see: &mut dyn FnMut(ColumnRef)) {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().for_each(|part| part.columns(see)),
            Self::Not(inner) => inner.columns(see),
            Self::Compare(column, ..) | Self::In(column, _) | Self::IsNull(column) | Self::Text(column, ..) => {
                see(*column);
            }
        }
    }
}

impl std::ops::Not for Condition {
    type Output = Self;

    fn not(self) -> Self {
        Self::Not(Box::new(self))
    }
}
