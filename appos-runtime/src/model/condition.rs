//! What rows a query wants, as data: names of columns are positions, never text, so that no
//! text of a client can become part of a statement.

use std::fmt;

use crate::registry::{ObjectDescriptor, SystemField};
use crate::value::Value;

/// A column of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ColumnRef {
    /// One of the columns every record has.
    System(SystemField),
    /// A field of the author's, by its place in the descriptor.
    Field(usize),
    /// When a row of a record with `soft_delete` was deleted.
    Deleted,
}

/// The record at the other end of a relation.
#[derive(Clone, Copy)]
pub struct Target(pub(crate) &'static ObjectDescriptor);

impl PartialEq for Target {
    fn eq(&self, other: &Self) -> bool {
        self.0.reference == other.0.reference
    }
}

impl fmt::Debug for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.reference)
    }
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
    /// A reference leads to a row for which this holds.
    Refers(ColumnRef, Target, Box<Condition>),
    /// A row for which this holds refers to this one, by the field at this place of its record.
    Referred(Target, usize, Box<Condition>),
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

    /// True if it asks about rows of other records.
    pub(crate) fn is_related(&self) -> bool {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().any(Self::is_related),
            Self::Not(inner) => inner.is_related(),
            Self::Refers(..) | Self::Referred(..) => true,
            _ => false,
        }
    }

    /// Calls `see` with every column of its own record that the condition reads.
    pub(crate) fn columns(&self, see: &mut dyn FnMut(ColumnRef)) {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().for_each(|part| part.columns(see)),
            Self::Not(inner) => inner.columns(see),
            Self::Compare(column, ..) | Self::In(column, _) | Self::IsNull(column) | Self::Text(column, ..) => {
                see(*column);
            }
            Self::Refers(column, ..) => see(*column),
            Self::Referred(..) => {}
        }
    }
}

impl std::ops::Not for Condition {
    type Output = Self;

    fn not(self) -> Self {
        Self::Not(Box::new(self))
    }
}
