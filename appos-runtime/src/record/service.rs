//! The erased entries of the record service. Each is one dispatch of the record's object.
//!
//! Their bodies are boxed: they wait for a database, and the state of its statements would
//! otherwise lie in every caller's.

use std::future::Future;

use serde::Serialize;
use serde::ser::SerializeMap;

use super::audit::{AuditEntry, Writer};
use super::fields::Readable;
use super::input::Input;
use super::store::Store;
use super::transaction::{defers_change_of_access, transaction};
use crate::engine::run;
use crate::error::{AppOsError, Result};
use crate::journal::LoggedArguments;
use crate::model::{Row, Selection, record_of};
use crate::registry::{Hook, ObjectDescriptor};
use crate::security::Permission;
use crate::state::{Ctx, QueryCount};

/// Some rows, and where the next ones begin.
#[derive(Debug)]
pub(crate) struct Listing {
    pub(crate) rows: Vec<Row>,
    pub(crate) next: Option<String>,
}

/// Logs say which rows an answer held, not what was in them.
impl Serialize for Listing {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("rows", &self.rows.len())?;
        map.serialize_entry("more", &self.next.is_some())?;
        map.end()
    }
}

impl Serialize for Row {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("id", &self.system.id)?;
        map.serialize_entry("version", &self.system.version)?;
        map.end()
    }
}

/// What a call of the service works with.
struct Call {
    ctx: Ctx,
    readable: Readable,
}

impl Call {
    async fn open(ctx: Ctx, object: &'static ObjectDescriptor) -> Result<Self> {
        let rights = ctx.scope().fresh_rights().await?;
        Ok(Self { readable: Readable::of(object, &rights), ctx })
    }

    fn store(&self) -> Result<&Store> {
        let store = self.ctx.scope().engine.resource::<Store>();
        store.ok_or_else(|| AppOsError::dispatch("this program runs without a database").code_is("no_database"))
    }

    fn count(&self) -> &QueryCount {
        &self.ctx.queries
    }

    /// Who writes. The public account and the platform itself write in nobody's name.
    fn writer(&self) -> Writer {
        Writer { user_id: Some(self.ctx.user.id).filter(|id| *id > 0), execution_id: self.ctx.execution_id }
    }

    /// Writes, and calls the record's rule with the written row: both or neither.
    async fn with_hook(
        &self,
        object: &'static ObjectDescriptor,
        write: impl Future<Output = Result<Row>>,
        hook: Option<Hook>,
    ) -> Result<Row> {
        let Some(hook) = hook else { return write.await };
        let both = async {
            let row = write.await?;
            let id = row.system.id;
            // The rule sees what the writer may read, and no more.
            let mut seen = row.clone();
            self.readable.hide(&mut seen);
            hook(seen).await?;
            // The rule may have changed the row, or removed it.
            match self.store()?.get(object, id, self.count()).await {
                Err(error) if error.code() == "record_not_found" => Ok(row),
                current => current,
            }
        };
        transaction(both).await
    }

    /// After a commit: what depends on security data must not outlive it.
    fn committed(&self, object: &'static ObjectDescriptor) -> Result<()> {
        if self.store()?.guard().decides_access(object) && !defers_change_of_access() {
            self.ctx.scope().engine.security.changed();
        }
        Ok(())
    }
}

fn id_argument(id: i64) -> LoggedArguments {
    LoggedArguments::begin().argument("id", &id).finish()
}

/// One row; needs `view`.
pub(crate) fn get(object: &'static ObjectDescriptor, id: i64) -> impl Future<Output = Result<Row>> + Send {
    run(Ctx::current(), object, (Permission::View, "get"), id_argument(id), move |ctx| {
        Box::pin(async move {
            let call = Call::open(ctx, object).await?;
            let mut row = call.store()?.get(object, id, call.count()).await?;
            call.readable.hide(&mut row);
            Ok(row)
        })
    })
}

/// Rows; needs `view`. `selection` is made inside the call, so that whoever may not view the
/// record learns nothing of its fields.
pub(crate) fn list<F>(
    object: &'static ObjectDescriptor,
    arguments: LoggedArguments,
    selection: F,
) -> impl Future<Output = Result<Listing>> + Send
where
    F: FnOnce(&Readable) -> Result<Selection> + Send,
{
    run(Ctx::current(), object, (Permission::View, "list"), arguments, move |ctx| {
        Box::pin(async move {
            let call = Call::open(ctx, object).await?;
            let selection = selection(&call.readable)?;
            call.readable.check(&selection)?;
            let mut found = call.store()?.list(object, &selection, call.count()).await?;
            found.rows.iter_mut().for_each(|row| call.readable.hide(row));
            Ok(Listing { rows: found.rows, next: found.next })
        })
    })
}

/// Number of rows; needs `view`.
pub(crate) fn count<F>(
    object: &'static ObjectDescriptor,
    arguments: LoggedArguments,
    selection: F,
) -> impl Future<Output = Result<u64>> + Send
where
    F: FnOnce(&Readable) -> Result<Selection> + Send,
{
    run(Ctx::current(), object, (Permission::View, "count"), arguments, move |ctx| {
        Box::pin(async move {
            let call = Call::open(ctx, object).await?;
            let selection = selection(&call.readable)?;
            call.readable.check(&selection)?;
            call.store()?.count(object, &selection, call.count()).await
        })
    })
}

/// A new row; needs `create`. `input` is read inside the call.
pub(crate) fn create<F>(object: &'static ObjectDescriptor, input: F) -> impl Future<Output = Result<Row>> + Send
where
    F: FnOnce() -> Result<Input> + Send,
{
    run(Ctx::current(), object, (Permission::Create, "create"), LoggedArguments::none(), move |ctx| {
        Box::pin(async move {
            let call = Call::open(ctx, object).await?;
            let values = input()?.for_create(object, &call.readable)?;
            call.store()?.guard().before(object, &values)?;
            let write = call.store()?.create(object, values, call.writer(), call.count());
            let mut row = call.with_hook(object, write, record_of(object).hooks.create).await?;
            call.committed(object)?;
            call.readable.hide(&mut row);
            Ok(row)
        })
    })
}

/// A change of a row; needs `update`. `input` is read inside the call and names the version
/// the writer read.
pub(crate) fn update<F>(
    object: &'static ObjectDescriptor,
    id: i64,
    input: F,
) -> impl Future<Output = Result<Row>> + Send
where
    F: FnOnce() -> Result<(Option<i64>, Input)> + Send,
{
    run(Ctx::current(), object, (Permission::Update, "update"), id_argument(id), move |ctx| {
        Box::pin(async move {
            let call = Call::open(ctx, object).await?;
            let (expected, input) = input()?;
            let values = input.for_update(object, &call.readable)?;
            call.store()?.guard().before(object, &values)?;
            let write = call.store()?.update(object, (id, expected), values, call.writer(), call.count());
            let mut row = call.with_hook(object, write, record_of(object).hooks.update).await?;
            call.committed(object)?;
            call.readable.hide(&mut row);
            Ok(row)
        })
    })
}

/// The end of a row; needs `delete`.
pub(crate) fn delete<F>(
    object: &'static ObjectDescriptor,
    id: i64,
    expected: F,
) -> impl Future<Output = Result<()>> + Send
where
    F: FnOnce() -> Result<Option<i64>> + Send,
{
    run(Ctx::current(), object, (Permission::Delete, "delete"), id_argument(id), move |ctx| {
        Box::pin(async move {
            let call = Call::open(ctx, object).await?;
            let expected = expected()?;
            let store = call.store()?;
            let end = store.delete(object, (id, expected), call.writer(), call.count());
            match record_of(object).hooks.delete {
                None => end.await?,
                Some(hook) => {
                    let farewell = async {
                        let mut row = store.get(object, id, call.count()).await?;
                        call.readable.hide(&mut row);
                        hook(row).await?;
                        end.await
                    };
                    transaction(farewell).await?;
                }
            }
            call.committed(object)?;
            Ok(())
        })
    })
}

/// Entries of a row's audit log, newest first; needs `view` of the row.
pub(crate) fn timeline(
    object: &'static ObjectDescriptor,
    id: i64,
    page: impl FnOnce() -> Result<(Option<i64>, u64)> + Send,
) -> impl Future<Output = Result<Vec<AuditEntry>>> + Send {
    run(Ctx::current(), object, (Permission::View, "timeline"), id_argument(id), move |ctx| {
        Box::pin(async move {
            let call = Call::open(ctx, object).await?;
            let (before, limit) = page()?;
            if !record_of(object).audit_log {
                return Err(AppOsError::dispatch(format!("{} keeps no audit log", object.reference)));
            }
            call.store()?.timeline(object, (id, before, limit), &call.readable, call.count()).await
        })
    })
}
