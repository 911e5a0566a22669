//! The part of a record's screens that an interface stands for: a record, one of its fields, names of sections.

use syn::{Expr, ExprPath, Ident, Member};

use super::error::{ungrouped, written_as_expression, wrong};

/// `records::Customer.tier` in `displays = records::Customer.tier`.
#[derive(Clone, Debug)]
pub(crate) struct FieldOf {
    record: ExprPath,
    field: Ident,
}

impl FieldOf {
    const TAKES: &'static str = "takes a record and one of its fields";

    /// The record, as written.
    pub(crate) fn record(&self) -> &ExprPath {
        &self.record
    }

    /// The field, as written.
    pub(crate) fn field(&self) -> &Ident {
        &self.field
    }

    fn from_expression(expression: &Expr) -> darling::Result<Self> {
        if let Expr::Field(access) = expression
            && let (Expr::Path(record), Member::Named(field)) = (ungrouped(&access.base), &access.member)
            && record.qself.is_none()
        {
            return Ok(Self { record: record.clone(), field: field.clone() });
        }
        Err(wrong(expression, Self::TAKES))
    }
}

written_as_expression!(FieldOf);

/// `orders`, or `[address, city]`.
#[derive(Clone, Debug)]
pub(crate) struct Words(Vec<Ident>);

impl Words {
    const TAKES: &'static str = "takes names of fields or sections without quotes";

    /// The names in the order written.
    pub(crate) fn idents(&self) -> &[Ident] {
        &self.0
    }

    fn from_expression(expression: &Expr) -> darling::Result<Self> {
        let one = |expression: &Expr| match ungrouped(expression) {
            Expr::Path(path) if path.qself.is_none() => path.path.get_ident().cloned(),
            _ => None,
        };
        let words = match expression {
            Expr::Array(list) if !list.elems.is_empty() => list.elems.iter().map(one).collect(),
            other => one(other).map(|word| vec![word]),
        };
        words.map(Self).ok_or_else(|| wrong(expression, Self::TAKES))
    }
}

written_as_expression!(Words);
