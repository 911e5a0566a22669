//! The statement that reads a row by its id. It is the one most often made, so its text is kept.

use std::collections::HashMap;

use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{DbBackend, Statement};

use super::dialect::Dialect;
use super::select::{all_columns, restrict};
use super::visible::live;
use crate::error::Result;
use crate::model::Condition;
use crate::registry::{ObjectDescriptor, Registry};

/// The texts, by reference of the record. They hold for whoever sees all rows that were not
/// deleted; other conditions have values, and differ from caller to caller.
pub(super) struct ById {
    dialect: Dialect,
    backend: DbBackend,
    texts: HashMap<&'static str, String>,
}

impl ById {
    pub(super) fn new(dialect: Dialect, backend: DbBackend) -> Self {
        let mut made = Self { dialect, backend, texts: HashMap::new() };
        for (object, _) in Registry::global().records() {
            let visible: Vec<_> = live(object).into_iter().collect();
            if let Ok(statement) = made.build(object, 0, &visible) {
                made.texts.insert(object.reference, statement.sql);
            }
        }
        made
    }

    /// Reads the row with this id, if it is among the visible ones.
    ///
    /// # Errors
    /// A condition cannot be written in SQL.
    pub(super) fn statement(
        &self,
        object: &'static ObjectDescriptor,
        id: i64,
        visible: &[Condition],
    ) -> Result<Statement> {
        match self.texts.get(object.reference) {
            Some(text) if visible == live(object).as_slice() => {
                Ok(Statement::from_sql_and_values(self.backend, text.as_str(), [id.into()]))
            }
            _ => self.build(object, id, visible),
        }
    }

    fn build(&self, object: &'static ObjectDescriptor, id: i64, visible: &[Condition]) -> Result<Statement> {
        let mut select = all_columns(object);
        select.and_where(Expr::col("id").eq(id));
        restrict(self.dialect, object, &mut select, visible)?;
        Ok(self.backend.build(&select))
    }
}
