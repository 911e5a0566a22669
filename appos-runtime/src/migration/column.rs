//! Columns as migrations describe them: the same for every database.

use serde::{Deserialize, Serialize};

use super::literal::Literal;
use crate::registry::OnDelete;

/// What a column holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ColumnKind {
    /// The number of the row, given by the database.
    Id,
    /// A whole number; also references.
    Integer,
    /// A binary floating-point number.
    Float,
    /// An exact decimal number.
    Decimal {
        /// Digits after the point.
        scale: u32,
    },
    /// True or false.
    Bool,
    /// Text.
    Text,
    /// A calendar date.
    Date,
    /// A moment in UTC.
    DateTime,
    /// A UUID.
    Uuid,
    /// JSON; also lists.
    Json,
    /// One of these texts.
    Choice(Vec<String>),
}

/// The rows that a column refers to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForeignKey {
    /// Table of the other rows; their `id` is what the column holds.
    pub table: String,
    /// What happens to this row when the other is deleted.
    pub on_delete: OnDelete,
}

/// A column of a table. Without `nullable` it is `NOT NULL`.
///
/// ```
/// use appos_runtime::migration::Column;
/// let tier = Column::choice("tier", ["bronze", "silver", "gold"]).default("bronze");
/// let owner = Column::integer("owner").nullable().references("platform_user").on_delete_set_null();
/// # let _ = (tier, owner);
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Column {
    /// Name.
    pub name: String,
    /// What it holds.
    pub kind: ColumnKind,
    /// May it be empty?
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub nullable: bool,
    /// Value for a row that names none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<Literal>,
    /// The rows it refers to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub references: Option<ForeignKey>,
    /// Value for the rows that exist when the column is added or must no longer be empty; else
    /// the default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fill: Option<Literal>,
}

impl Column {
    /// A column of some kind.
    pub fn new(name: impl Into<String>, kind: ColumnKind) -> Self {
        Self { name: name.into(), kind, nullable: false, default: None, references: None, fill: None }
    }

    /// The number of the row.
    pub fn id() -> Self {
        Self::new("id", ColumnKind::Id)
    }

    /// A whole number.
    pub fn integer(name: impl Into<String>) -> Self {
        Self::new(name, ColumnKind::Integer)
    }

    /// A binary floating-point number.
    pub fn float(name: impl Into<String>) -> Self {
        Self::new(name, ColumnKind::Float)
    }

    /// An exact decimal number with `scale` digits after the point.
    pub fn decimal(name: impl Into<String>, scale: u32) -> Self {
        Self::new(name, ColumnKind::Decimal { scale })
    }

    /// True or false.
    pub fn bool(name: impl Into<String>) -> Self {
        Self::new(name, ColumnKind::Bool)
    }

    /// Text.
    pub fn text(name: impl Into<String>) -> Self {
        Self::new(name, ColumnKind::Text)
    }

    /// A calendar date.
    pub fn date(name: impl Into<String>) -> Self {
        Self::new(name, ColumnKind::Date)
    }

    /// A moment in UTC.
    pub fn date_time(name: impl Into<String>) -> Self {
        Self::new(name, ColumnKind::DateTime)
    }

    /// A UUID.
    pub fn uuid(name: impl Into<String>) -> Self {
        Self::new(name, ColumnKind::Uuid)
    }

    /// JSON, or a list.
    pub fn json(name: impl Into<String>) -> Self {
        Self::new(name, ColumnKind::Json)
    }

    /// One of these texts.
    pub fn choice<const N: usize>(name: impl Into<String>, choices: [&str; N]) -> Self {
        Self::new(name, ColumnKind::Choice(choices.map(str::to_owned).to_vec()))
    }

    /// The column may be empty.
    #[must_use]
    pub fn nullable(mut self) -> Self {
        self.nullable = true;
        self
    }

    /// Value for a row that names none.
    #[must_use]
    pub fn default(mut self, value: impl Into<Literal>) -> Self {
        self.default = Some(value.into());
        self
    }

    /// Value for the rows that exist already, if it is not the default.
    #[must_use]
    pub fn fill(mut self, value: impl Into<Literal>) -> Self {
        self.fill = Some(value.into());
        self
    }

    /// Refers to the rows of another table, which then cannot be deleted.
    #[must_use]
    pub fn references(mut self, table: impl Into<String>) -> Self {
        self.references = Some(ForeignKey { table: table.into(), on_delete: OnDelete::Restrict });
        self
    }

    /// A row is deleted with the row it refers to.
    #[must_use]
    pub fn on_delete_cascade(self) -> Self {
        self.on_delete(OnDelete::Cascade)
    }

    /// The reference becomes empty with the row it refers to.
    #[must_use]
    pub fn on_delete_set_null(self) -> Self {
        self.on_delete(OnDelete::SetNull)
    }

    fn on_delete(mut self, rule: OnDelete) -> Self {
        if let Some(key) = &mut self.references {
            key.on_delete = rule;
        }
        self
    }

    /// What existing rows get: the fill, else the default.
    pub(super) fn value_for_rows(&self) -> Option<&Literal> {
        self.fill.as_ref().or(self.default.as_ref())
    }
}
