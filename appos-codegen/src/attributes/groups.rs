//! A list of groups.

use syn::{Expr, ExprLit, Lit, LitStr};

use super::error::{written_as_expression, wrong};

/// One group as written.
#[derive(Clone, Debug)]
pub(crate) struct Group {
    literal: LitStr,
}

impl Group {
    /// Its name.
    pub(crate) fn name(&self) -> String {
        self.literal.value()
    }

    /// The literal, to point at.
    pub(crate) fn literal(&self) -> &LitStr {
        &self.literal
    }
}

/// `["crm_users", "crm_admins"]`
#[derive(Clone, Debug)]
pub(crate) struct GroupList(Vec<Group>);

impl GroupList {
    const TAKES: &'static str = "takes a list of groups";

    /// The groups in the order written.
    pub(crate) fn groups(&self) -> &[Group] {
        &self.0
    }

    fn from_expression(expression: &Expr) -> darling::Result<Self> {
        let Expr::Array(array) = expression else {
            return Err(wrong(expression, Self::TAKES));
        };
        let mut errors = darling::Error::accumulator();
        let mut groups = Vec::new();
        for element in &array.elems {
            match element {
                Expr::Lit(ExprLit { lit: Lit::Str(literal), .. }) => groups.push(Group { literal: literal.clone() }),
                other => errors.push(wrong(other, "takes the names of groups in quotes")),
            }
        }
        errors.finish_with(Self(groups))
    }
}

written_as_expression!(GroupList);
