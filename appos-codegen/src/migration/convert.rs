//! What becomes of values when a column changes its kind.

use super::snapshot::ColumnKind;

/// What a change of kind means for the values there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Conversion {
    /// All of them are kept, or the migration stops before it changes anything.
    Kept,
    /// Some lose digits or parts.
    Lossy,
    /// There is no way that would mean anything.
    None,
}

pub(super) fn conversion(from: &ColumnKind, to: &ColumnKind) -> Conversion {
    use ColumnKind::{Bool, Choice, Date, DateTime, Decimal, Float, Integer, Json, Text, Uuid};
    match (from, to) {
        (Decimal { scale: before }, Decimal { scale: after }) if before > after => Conversion::Lossy,
        (from, to) if from == to => Conversion::Kept,
        (Integer | Decimal { .. }, Decimal { .. } | Text)
        | (Choice(_), Choice(_) | Text)
        | (Text, Choice(_) | Bool | Integer | Float | Decimal { .. } | Date | DateTime | Uuid | Json)
        | (Integer, Bool)
        | (Bool, Integer | Text)
        | (Date, DateTime | Text)
        | (DateTime | Uuid | Json, Text) => Conversion::Kept,
        (Integer, Float)
        | (Decimal { .. }, Integer | Float)
        | (Float, Integer | Decimal { .. } | Text)
        | (DateTime, Date) => Conversion::Lossy,
        _ => Conversion::None,
    }
}

/// A kind in the words of a field's type.
pub(super) fn word(kind: &ColumnKind) -> String {
    match kind {
        ColumnKind::Id => "id".to_owned(),
        ColumnKind::Integer => "integer".to_owned(),
        ColumnKind::Float => "float".to_owned(),
        ColumnKind::Decimal { scale } => format!("decimal with scale {scale}"),
        ColumnKind::Bool => "bool".to_owned(),
        ColumnKind::Text => "text".to_owned(),
        ColumnKind::Date => "date".to_owned(),
        ColumnKind::DateTime => "date and time".to_owned(),
        ColumnKind::Uuid => "uuid".to_owned(),
        ColumnKind::Json => "json".to_owned(),
        ColumnKind::Choice(choices) => format!("choice of {}", choices.join("|")),
    }
}
