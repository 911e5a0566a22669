//! Which fields a principal may read and write: one answer for select, filter, sort, search
//! and output, so that no path can forget it.

use crate::error::{AppOsError, Result};
use crate::model::{ColumnRef, Condition, Row, Selection, record_of};
use crate::registry::{ObjectDescriptor, SystemField};
use crate::security::Rights;
use crate::value::Value;

/// The fields of a record as one principal sees them.
pub(crate) struct Readable {
    object: &'static ObjectDescriptor,
    /// `None`: every field may be read and written by whoever may read and write the row.
    limits: Option<Vec<(bool, bool)>>,
}

impl Readable {
    /// What these rights see of this record.
    pub(crate) fn of(object: &'static ObjectDescriptor, rights: &Rights) -> Self {
        let fields = record_of(object).fields;
        let may = |groups: Option<&[&str]>| groups.is_none_or(|groups| rights.in_any(groups));
        let limited = fields.iter().any(|field| field.view.is_some() || field.update.is_some());
        let limits = limited.then(|| fields.iter().map(|field| (may(field.view), may(field.update))).collect());
        Self { object, limits }
    }

    pub(crate) fn can_read(&self, field: usize) -> bool {
        self.limits.as_ref().is_none_or(|limits| limits.get(field).is_some_and(|(view, _)| *view))
    }

    pub(crate) fn can_write(&self, field: usize) -> bool {
        self.limits.as_ref().is_none_or(|limits| limits.get(field).is_some_and(|(_, update)| *update))
    }

    /// Takes the values out that may not be read, and makes the computed ones of what is left.
    ///
    /// # Errors
    /// A computed field cannot be made.
    pub(crate) fn present(&self, row: &mut Row) -> Result<()> {
        self.hide(row);
        for (index, field) in record_of(self.object).fields.iter().enumerate() {
            if let Some(compute) = field.computed.filter(|_| self.can_read(index)) {
                let value = compute(row)?;
                if let Some(slot) = row.values.get_mut(index) {
                    *slot = value;
                }
            }
        }
        Ok(())
    }

    fn hide(&self, row: &mut Row) {
        if self.limits.is_some() {
            for (index, value) in row.values.iter_mut().enumerate() {
                if !self.can_read(index) {
                    *value = Value::Hidden;
                }
            }
        }
    }

    /// Finds a column by name; what may not be read does not exist.
    pub(crate) fn column(&self, name: &str) -> Option<ColumnRef> {
        if let Some(system) = SystemField::named(name) {
            return self.has(system).then_some(ColumnRef::System(system));
        }
        let (index, field) = record_of(self.object).field(name)?;
        (field.is_stored() && self.can_read(index)).then_some(ColumnRef::Field(index))
    }

    /// Finds what a row shows under this name, computed fields too; what may not be read does
    /// not exist.
    #[cfg(feature = "web")]
    pub(crate) fn shown(&self, name: &str) -> Option<&'static str> {
        if let Some(system) = SystemField::named(name) {
            return (self.has(system) || system == SystemField::Version).then_some(system.name());
        }
        let (index, field) = record_of(self.object).field(name)?;
        (field.has_value() && self.can_read(index)).then_some(field.name)
    }

    /// Refuses a query that filters or sorts by what may not be read: the order or the number
    /// of rows would tell the values.
    pub(super) fn check(&self, selection: &Selection) -> Result<()> {
        if self.limits.is_none() && !record_of(self.object).external {
            return Ok(());
        }
        selection.conditions.iter().try_for_each(|condition| self.check_condition(condition))?;
        selection.sorts.iter().try_for_each(|sort| self.check_column(sort.column))
    }

    /// Refuses a condition that reads what may not be read.
    pub(super) fn check_condition(&self, condition: &Condition) -> Result<()> {
        let mut checked = Ok(());
        condition.columns(&mut |column| {
            if checked.is_ok() {
                checked = self.check_column(column);
            }
        });
        checked
    }

    /// Refuses a column that may not be read.
    pub(super) fn check_column(&self, column: ColumnRef) -> Result<()> {
        match column {
            ColumnRef::Field(index) if !self.can_read(index) => {
                let name = record_of(self.object).fields.get(index).map_or("", |field| field.name);
                Err(AppOsError::security(format!("the field `{name}` may not be read")))
            }
            ColumnRef::System(system) if !self.has(system) => {
                let text = format!(
                    "the table of {} is somebody else's, and has no `{}`",
                    self.object.reference,
                    system.name()
                );
                Err(AppOsError::validation(text).code_is("no_such_column"))
            }
            _ => Ok(()),
        }
    }

    /// True if there is a column of it: somebody else's table has only an id.
    fn has(&self, system: SystemField) -> bool {
        system == SystemField::Id || !record_of(self.object).external
    }
}
