//! The erased entries of the record service. Each is one dispatch of the record's object.
//!
//! Their bodies are boxed: they wait for a database, and the state of its statements would
//! otherwise lie in every caller's.

use std::future::Future;
use std::sync::Arc;

use super::audit::{AuditEntry, Writer};
use super::cascade::{self, Manner};
use super::databases;
use super::entry::run;
use super::fields::Readable;
use super::input::{Input, Within};
use super::listing::Listing;
use super::nested;
use super::store::{Store, not_found};
use super::transaction::{defers_change_of_access, transaction_on};
use super::visible::{live, ruled, secured};
use super::write::Writing;
use crate::error::{AppOsError, Result};
use crate::journal::LoggedArguments;
use crate::model::{ColumnRef, Comparison, Condition, Row, Selection, record_of};
use crate::registry::{Hook, ObjectDescriptor, Registry, RowEvent};
use crate::security::{Permission, Rights};
use crate::state::{Ctx, QueryCount};
use crate::value::{FieldType, Value};

/// What is called with a write of a row of this record.
pub(super) fn hooks_of(object: &'static ObjectDescriptor, event: RowEvent) -> &'static [&'static Hook] {
    Registry::global().hooks(object, event)
}

/// What a call of the service works with.
pub(super) struct Call {
    ctx: Ctx,
    object: &'static ObjectDescriptor,
    rights: Arc<Rights>,
    /// The database of the record, if it is not the platform's own.
    system: Option<Arc<Store>>,
    pub(super) readable: Readable,
    /// What the record's own rule says of the rows that may be seen.
    ruled: Option<Condition>,
    /// The row to which rows have to belong.
    within: Option<Condition>,
}

impl Call {
    pub(super) async fn open(ctx: Ctx, object: &'static ObjectDescriptor) -> Result<Self> {
        let rights = ctx.scope().fresh_rights().await?;
        let ruled = ruled(object, &rights).await?;
        let system = databases::of(&ctx, object).await?;
        Ok(Self { readable: Readable::of(object, &rights), ctx, object, rights, system, ruled, within: None })
    }

    /// The rows that may be seen, and were not deleted.
    pub(super) fn visible(&self) -> Vec<Condition> {
        live(self.object).into_iter().chain(self.ruled.clone()).chain(self.within.clone()).collect()
    }

    /// The same principal's call of another record, for rows that go with one of this: whoever
    /// may delete a row sees all that depends on it go.
    pub(super) fn of(&self, object: &'static ObjectDescriptor) -> Self {
        let (ctx, rights) = (self.ctx.clone(), Arc::clone(&self.rights));
        // No reference leads from one database to another.
        let system = self.system.clone();
        Self { readable: Readable::of(object, &rights), ctx, object, rights, system, ruled: None, within: None }
    }

    pub(super) fn object(&self) -> &'static ObjectDescriptor {
        self.object
    }

    fn keep_within(&mut self, Within { place, id }: Within) {
        self.within = Some(Condition::Compare(ColumnRef::Field(place), Comparison::Equal, Value::Integer(id)));
    }

    /// A row as it is now; one that is gone, or may not be seen any more, as it was.
    pub(super) async fn current(&self, row: Row) -> Result<Row> {
        match self.store()?.get(self.object, row.system.id, &self.visible(), self.count()).await {
            Err(error) if error.code() == "record_not_found" => Ok(row),
            current => current,
        }
    }

    /// Checks what a caller selects, and answers the rows among which he may select.
    ///
    /// # Errors
    /// He may not read what he filters or sorts by, or not see deleted rows.
    pub(super) async fn restrict(&self, selection: &mut Selection) -> Result<Vec<Condition>> {
        self.readable.check(selection)?;
        if selection.conditions.iter().any(Condition::is_related) {
            let mut conditions = Vec::with_capacity(selection.conditions.len());
            for condition in std::mem::take(&mut selection.conditions) {
                conditions.push(secured(&self.rights, condition).await?);
            }
            selection.conditions = conditions;
        }
        if !selection.deleted {
            return Ok(self.visible());
        }
        if !self.rights.allows(self.object, Permission::Delete) {
            return Err(AppOsError::security("deleted rows are for those who may delete"));
        }
        match live(self.object) {
            Some(live) => Ok(std::iter::once(!live).chain(self.ruled.clone()).collect()),
            None => Err(AppOsError::validation(format!("{} keeps no deleted rows", self.object.reference))
                .code_is("no_soft_delete")),
        }
    }

    /// Who writes, and which rows he may write and refer to.
    pub(super) async fn writing(&self, values: &[Option<Value>]) -> Result<Writing> {
        let mut targets = Vec::new();
        for (place, (field, value)) in record_of(self.object).fields.iter().zip(values).enumerate() {
            if let (FieldType::Reference(target), Some(Value::Integer(_))) = (field.field_type, value)
                && let Some(ruled) = ruled(target(), &self.rights).await?
            {
                targets.push((place, ruled));
            }
        }
        Ok(Writing { writer: self.writer(), visible: self.visible(), ruled: self.ruled.is_some(), targets })
    }

    pub(super) fn store(&self) -> Result<&Store> {
        if let Some(store) = &self.system {
            return Ok(store);
        }
        let store = self.ctx.scope().engine.resource::<Store>();
        store.ok_or_else(|| AppOsError::dispatch("this program runs without a database").code_is("no_database"))
    }

    pub(super) fn count(&self) -> &QueryCount {
        &self.ctx.queries
    }

    /// Who writes. The public account and the platform itself write in nobody's name; the operator
    /// is no row that a system field could refer to.
    pub(super) fn writer(&self) -> Writer {
        let id = self.ctx.user.id;
        Writer {
            user_id: Some(id).filter(|id| *id > 0),
            audited: Some(id).filter(|id| !(-1..=0).contains(id)),
            execution_id: self.ctx.execution_id,
            at: self.ctx.now(),
        }
    }

    /// Writes a new row of checked values.
    pub(super) async fn insert(&self, values: Vec<Option<Value>>) -> Result<Row> {
        self.store()?.guard().before(self.object, &values)?;
        let writing = self.writing(&values).await?;
        let write = self.store()?.create(self.object, values, &writing, self.count());
        let row = self.with_hooks(write, hooks_of(self.object, RowEvent::Created)).await?;
        self.written(row)
    }

    /// Changes a row to checked values.
    pub(super) async fn change(&self, row: (i64, Option<i64>), values: Vec<Option<Value>>) -> Result<Row> {
        self.store()?.guard().before(self.object, &values)?;
        let writing = self.writing(&values).await?;
        let write = self.store()?.update(self.object, row, values, &writing, self.count());
        let row = self.with_hooks(write, hooks_of(self.object, RowEvent::Updated)).await?;
        self.written(row)
    }

    /// Ends a row.
    async fn end(&self, (id, expected): (i64, Option<i64>)) -> Result<()> {
        let (object, store, manner) = (self.object, self.store()?, Manner::of(self.object));
        let writing = self.writing(&[]).await?;
        let end = store.delete(object, (id, expected), &writing, self.count());
        match hooks_of(object, RowEvent::Deleted) {
            [] if !cascade::concerns(object, manner) => end.await?,
            hooks => {
                let farewell = async {
                    for hook in hooks {
                        let row = store.get(object, id, &self.visible(), self.count()).await?;
                        self.call_hook(hook, &row).await?;
                    }
                    // Of a row that is not there, or was changed, nothing depends: the end says so.
                    let row = store.get(object, id, &self.visible(), self.count()).await;
                    if row.is_ok_and(|row| expected.is_none_or(|version| version == row.system.version)) {
                        self.end_dependents(id, manner).await?;
                    }
                    end.await
                };
                transaction_on(store, farewell).await?;
            }
        }
        self.committed(object)
    }

    fn written(&self, mut row: Row) -> Result<Row> {
        self.committed(self.object)?;
        self.readable.present(&mut row)?;
        Ok(row)
    }

    /// True if the principal may do this with the record.
    pub(super) fn may(&self, permission: Permission) -> bool {
        self.rights.allows(self.object, permission)
    }

    /// True if a rule says which rows may be seen, and so written.
    pub(super) fn is_ruled(&self) -> bool {
        self.ruled.is_some()
    }

    /// Writes, and calls the record's rules with the written row: all or nothing.
    pub(super) async fn with_hooks(
        &self,
        write: impl Future<Output = Result<Row>>,
        hooks: &'static [&'static Hook],
    ) -> Result<Row> {
        if hooks.is_empty() {
            return write.await;
        }
        let all = async {
            let mut row = write.await?;
            for hook in hooks {
                self.call_hook(hook, &row).await?;
                if !hook.after_commit {
                    // The rule may have changed the row, or removed it.
                    row = self.current(row).await?;
                }
            }
            Ok(row)
        };
        self.transaction(all).await
    }

    /// Runs a body as one transaction of the record's database.
    pub(super) async fn transaction<T>(&self, body: impl Future<Output = Result<T>>) -> Result<T> {
        transaction_on(self.store()?, body).await
    }

    /// The rule sees what the writer may read, and no more.
    pub(super) async fn call_hook(&self, hook: &Hook, row: &Row) -> Result<()> {
        let mut seen = row.clone();
        self.readable.present(&mut seen)?;
        (hook.call)(seen).await
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
            let mut row = call.store()?.get(object, id, &call.visible(), call.count()).await?;
            call.readable.present(&mut row)?;
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
            let mut selection = selection(&call.readable)?;
            let visible = call.restrict(&mut selection).await?;
            let mut found = call.store()?.list(object, &selection, &visible, call.count()).await?;
            found.rows.iter_mut().try_for_each(|row| call.readable.present(row))?;
            Ok(Listing { rows: found.rows, next: found.next, previous: found.previous })
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
            let mut selection = selection(&call.readable)?;
            let visible = call.restrict(&mut selection).await?;
            call.store()?.count(object, &selection, &visible, call.count()).await
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
            let mut input = input()?;
            if let Some(related) = nested::take(object, &call.readable, &mut input, false) {
                return Box::pin(related.create(&call, input)).await;
            }
            let values = input.for_create(object, &call.readable)?;
            call.insert(values).await
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
            let mut call = Call::open(ctx, object).await?;
            let (expected, mut input) = input()?;
            if let Some(related) = nested::take(object, &call.readable, &mut input, true) {
                return Box::pin(related.update(&call, (id, expected), input)).await;
            }
            if let Input::Within(_, within) = &input {
                call.keep_within(*within);
            }
            let values = input.for_update(object, &call.readable)?;
            call.change((id, expected), values).await
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
            call.end((id, expected)).await
        })
    })
}

/// The end of a row that belongs to another; needs `delete`.
pub(super) fn delete_within(
    object: &'static ObjectDescriptor,
    id: i64,
    within: Within,
    expected: Option<i64>,
) -> impl Future<Output = Result<()>> + Send {
    run(Ctx::current(), object, (Permission::Delete, "delete"), id_argument(id), move |ctx| {
        Box::pin(async move {
            let mut call = Call::open(ctx, object).await?;
            call.keep_within(within);
            call.end((id, expected)).await
        })
    })
}

/// Brings a deleted row back; needs `delete`.
/// `input` is looked at inside the call.
pub(crate) fn restore(
    object: &'static ObjectDescriptor,
    id: i64,
    input: impl FnOnce() -> Result<()> + Send,
) -> impl Future<Output = Result<Row>> + Send {
    run(Ctx::current(), object, (Permission::Delete, "restore"), id_argument(id), move |ctx| {
        Box::pin(async move {
            let call = Call::open(ctx, object).await?;
            input()?;
            let writing = call.writing(&[]).await?;
            let mut row = call.store()?.restore(object, id, &writing, call.count()).await?;
            call.committed(object)?;
            call.readable.present(&mut row)?;
            Ok(row)
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
            if id < 1 {
                return Err(not_found(object));
            }
            if !record_of(object).audit_log {
                return Err(AppOsError::dispatch(format!("{} keeps no audit log", object.reference)));
            }
            // Of a row that is gone the log can be read; of one that others may not see, it cannot.
            if let Some(ruled) = &call.ruled {
                call.store()?.get(object, id, std::slice::from_ref(ruled), call.count()).await?;
            }
            call.store()?.timeline(object, (id, before, limit), &call.readable, call.count()).await
        })
    })
}
