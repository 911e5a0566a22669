//! The typed calls of records: thin wrappers, so that a record costs little code of its own.
//! Combinators and no `async` blocks: a block would hold the call's future twice.

use futures_util::FutureExt;

use super::audit::AuditEntry;
use super::input::Input;
use super::service;
use crate::codegen_support::typed_row as typed;
use crate::error::Result;
use crate::journal::LoggedArguments;
use crate::model::{Page, Record, Selection};
use crate::value::Value;

pub(crate) fn get<R: Record>(id: i64) -> impl Future<Output = Result<R>> + Send {
    let row = service::get(R::object(), id);
    row.map(|row| typed(row?))
}

pub(crate) fn all<R: Record>(selection: Selection) -> impl Future<Output = Result<Page<R>>> + Send {
    let listing = service::list(R::object(), LoggedArguments::none(), move |_| Ok(selection));
    listing.map(|listing| {
        let listing = listing?;
        let rows = listing.rows.into_iter().map(typed::<R>).collect::<Result<_>>()?;
        Ok(Page { rows, next: listing.next })
    })
}

pub(crate) fn timeline<R: Record>(id: i64) -> impl Future<Output = Result<Vec<AuditEntry>>> + Send {
    service::timeline(R::object(), id, || Ok((None, i64::MAX.unsigned_abs())))
}

pub(crate) fn count<R: Record>(selection: Selection) -> impl Future<Output = Result<u64>> + Send {
    service::count(R::object(), LoggedArguments::none(), move |_| Ok(selection))
}

pub(crate) fn create<R: Record>(values: Vec<Value>) -> impl Future<Output = Result<R>> + Send {
    let row = service::create(R::object(), move || Ok(Input::Values(values.into_iter().map(Some).collect())));
    row.map(|row| typed(row?))
}

pub(crate) fn update<R: Record>(
    id: i64,
    version: i64,
    values: Vec<Option<Value>>,
) -> impl Future<Output = Result<R>> + Send {
    let row = service::update(R::object(), id, move || Ok((Some(version), Input::Values(values))));
    row.map(|row| typed(row?))
}

pub(crate) fn delete<R: Record>(id: i64, version: i64) -> impl Future<Output = Result<()>> + Send {
    service::delete(R::object(), id, move || Ok(Some(version)))
}
