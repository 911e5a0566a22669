//! Which rows a principal may see: one answer for get, list, count, aggregate, search, export,
//! audit and every write, so that no path can forget it.

use std::future::Future;
use std::pin::Pin;

use super::fields::Readable;
use crate::error::{AppOsError, Result};
use crate::model::{ColumnRef, Condition, Target, record_of};
use crate::registry::ObjectDescriptor;
use crate::security::{Permission, Rights};

/// Rows that were not deleted.
pub(super) fn live(object: &'static ObjectDescriptor) -> Option<Condition> {
    record_of(object).soft_delete.then_some(Condition::IsNull(ColumnRef::Deleted))
}

/// What the record's own rule says, and, of documents and folders, that of the record they belong to. System
/// administrators see every row.
///
/// The rule is code of the app: what it asks of other records is not asked again.
pub(super) async fn ruled(object: &'static ObjectDescriptor, rights: &Rights) -> Result<Option<Condition>> {
    let own = match record_of(object).rows {
        Some(rule) if !rights.is_system_admin() => Some(rule().await?),
        _ => None,
    };
    match object.inherits() {
        None => Ok(own),
        Some(parent) => {
            let inherited = inherited(parent, rights).await?;
            Ok(match (own, inherited) {
                (Some(own), Some(inherited)) => Some(own.and(inherited)),
                (own, inherited) => own.or(inherited),
            })
        }
    }
}

/// Whoever may not see the row that a document or folder belongs to does not see that either. The reference to it is
/// the first field.
fn inherited<'a>(
    parent: &'static ObjectDescriptor,
    rights: &'a Rights,
) -> Pin<Box<dyn Future<Output = Result<Option<Condition>>> + Send + 'a>> {
    Box::pin(async move {
        let all: Vec<Condition> = live(parent).into_iter().chain(ruled(parent, rights).await?).collect();
        let refers = |all| Condition::Refers(ColumnRef::Field(0), Target(parent), Box::new(Condition::All(all)));
        Ok((!all.is_empty()).then(|| refers(all)))
    })
}

/// A condition of a caller's with what it asks of other records restricted to what he may see
/// of them.
///
/// # Errors
/// He may not view such a record, or not read a field of it.
pub(super) fn secured(rights: &Rights, condition: Condition) -> Secured<'_> {
    Box::pin(async move {
        Ok(match condition {
            Condition::All(parts) => Condition::All(each(rights, parts).await?),
            Condition::Any(parts) => Condition::Any(each(rights, parts).await?),
            Condition::Not(inner) => Condition::Not(Box::new(secured(rights, *inner).await?)),
            Condition::Refers(column, target, inner) => {
                Condition::Refers(column, target, Box::new(related(rights, target.0, *inner).await?))
            }
            Condition::Referred(target, place, inner) => {
                // The reference itself is read, too.
                Readable::of(target.0, rights).check_column(ColumnRef::Field(place))?;
                Condition::Referred(target, place, Box::new(related(rights, target.0, *inner).await?))
            }
            own => own,
        })
    })
}

type Secured<'a> = Pin<Box<dyn Future<Output = Result<Condition>> + Send + 'a>>;

async fn each(rights: &Rights, parts: Vec<Condition>) -> Result<Vec<Condition>> {
    let mut all = Vec::with_capacity(parts.len());
    for part in parts {
        all.push(secured(rights, part).await?);
    }
    Ok(all)
}

async fn related(rights: &Rights, target: &'static ObjectDescriptor, inner: Condition) -> Result<Condition> {
    if !rights.allows(target, Permission::View) {
        return Err(AppOsError::security(format!("{} may not be viewed", target.reference)));
    }
    Readable::of(target, rights).check_condition(&inner)?;
    let mut all = vec![secured(rights, inner).await?];
    all.extend(ruled(target, rights).await?);
    Ok(Condition::All(all))
}
