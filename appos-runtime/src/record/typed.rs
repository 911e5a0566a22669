//! The typed calls of records: thin wrappers, so that a record costs little code of its own.
//! The dispatch itself is behind a `dyn` future, made here once for all records: its code would
//! otherwise be compiled again for each record and each call of an app.
//! Combinators and no `async` blocks: a block would hold the call's future twice.

use std::pin::Pin;

use futures_util::FutureExt;
use serde::de::DeserializeOwned;
use serde_json::Value as Json;

use super::audit::AuditEntry;
use super::input::Input;
use super::listing::Listing;
use super::pages::Pages;
use super::service;
use crate::codegen_support::typed_row as typed;
use crate::error::{AppOsError, Result};
use crate::journal::LoggedArguments;
use crate::model::{Aggregate, Page, Record, Row, Selection};
use crate::registry::ObjectDescriptor;
use crate::state::Ctx;
use crate::value::Value;

type Object = &'static ObjectDescriptor;
type Erased<T> = Pin<Box<dyn Future<Output = Result<T>> + Send>>;

pub(crate) fn get<R: Record>(id: i64) -> impl Future<Output = Result<R>> + Send {
    erased_get(R::object(), id).map(|row| typed(row?))
}

fn erased_get(object: Object, id: i64) -> Erased<Row> {
    Box::pin(service::get(object, id))
}

pub(crate) fn all<R: Record>(selection: Selection) -> impl Future<Output = Result<Page<R>>> + Send {
    erased_list(R::object(), selection).map(|listing| {
        let listing = listing?;
        let mut rows = Vec::with_capacity(listing.rows.len());
        for row in listing.rows {
            rows.push(typed(row)?);
        }
        Ok(Page { rows, next: listing.next })
    })
}

fn erased_list(object: Object, selection: Selection) -> Erased<Listing> {
    Box::pin(service::list(object, LoggedArguments::none(), move |_| Ok(selection)))
}

/// Runs a body as one transaction of the record's database.
pub(crate) fn transaction<T: Send>(
    object: Object,
    body: impl Future<Output = Result<T>> + Send,
) -> impl Future<Output = Result<T>> + Send {
    // Boxed: its state would otherwise lie in every caller's.
    Box::pin(async move {
        let ctx = Ctx::current().ok_or_else(|| {
            AppOsError::dispatch("a transaction was begun outside any execution").code_is("no_context")
        })?;
        super::databases::transaction_of(&ctx, object, body).await
    })
}

pub(crate) fn timeline(object: Object, id: i64) -> Erased<Vec<AuditEntry>> {
    Box::pin(service::timeline(object, id, || Ok((None, i64::MAX.unsigned_abs()))))
}

/// Rows of a selection in pages.
pub(crate) fn pages(object: Object, selection: Selection) -> Pages {
    super::pages::pages(Ctx::current(), object, ("stream", LoggedArguments::none()), move |_| Ok(selection))
}

pub(crate) fn count(object: Object, selection: Selection) -> Erased<u64> {
    Box::pin(service::count(object, LoggedArguments::none(), move |_| Ok(selection)))
}

pub(crate) fn create<R: Record>(values: Vec<Value>) -> impl Future<Output = Result<R>> + Send {
    erased_create(R::object(), values).map(|row| typed(row?))
}

fn erased_create(object: Object, values: Vec<Value>) -> Erased<Row> {
    Box::pin(service::create(object, move || Ok(Input::Values(values.into_iter().map(Some).collect()))))
}

pub(crate) fn update<R: Record>(
    id: i64,
    version: i64,
    values: Vec<Option<Value>>,
) -> impl Future<Output = Result<R>> + Send {
    erased_update(R::object(), (id, version), values).map(|row| typed(row?))
}

fn erased_update(object: Object, (id, version): (i64, i64), values: Vec<Option<Value>>) -> Erased<Row> {
    Box::pin(service::update(object, id, move || Ok((Some(version), Input::Values(values)))))
}

pub(crate) fn delete(object: Object, id: i64, version: i64) -> Erased<()> {
    Box::pin(service::delete(object, id, move || Ok(Some(version))))
}

pub(crate) fn restore<R: Record>(id: i64) -> impl Future<Output = Result<R>> + Send {
    erased_restore(R::object(), id).map(|row| typed(row?))
}

fn erased_restore(object: Object, id: i64) -> Erased<Row> {
    Box::pin(service::restore(object, id, || Ok(())))
}

pub(crate) fn aggregate(object: Object, selection: Selection, aggregate: Aggregate) -> Erased<Vec<Vec<Value>>> {
    Box::pin(super::aggregate::aggregate(object, selection, aggregate).map(|answers| Ok(answers?.0)))
}

pub(crate) fn unchecked_sql<T: DeserializeOwned>(
    object: Object,
    sql: &'static str,
    parameters: Vec<Json>,
) -> impl Future<Output = Result<Vec<T>>> + Send {
    erased_unchecked_sql(object, sql, parameters).map(|rows| {
        let read = |row| {
            serde_json::from_value(row).map_err(|error| {
                AppOsError::execution(format!("a row is not what it is read as: {error}")).code_is("wrong_sql")
            })
        };
        rows?.into_iter().map(read).collect()
    })
}

fn erased_unchecked_sql(object: Object, sql: &'static str, parameters: Vec<Json>) -> Erased<Vec<Json>> {
    Box::pin(super::unchecked::unchecked_sql(object, sql, parameters).map(|found| Ok(found?.0)))
}
