//! What runs here write, many instances in one transaction: each only as long as it is still this worker's.

use std::collections::HashSet;

use sea_orm::sea_query::{Expr, ExprTrait, OnConflict, Query};
use sea_orm::{ConnectionTrait, DatabaseTransaction, QueryResult};
use serde_json::{Value as Json, json};
use uuid::Uuid;

use super::super::entry::{EntryRow, StoredError};
use super::super::run::{Changes, End};
use super::super::search::search_text;
use super::super::start::{ChildEnd, child_signal};
use super::super::variables::Variable;
use super::instance::{self, ChangeAsked};
use super::task;
use super::{
    ATTRIBUTES, ENTRIES, ENTRY_ARGUMENTS, ENTRY_RESULTS, INSTANCES, InstanceState, RESULTS, SIGNALS, VALUES, VARIABLES,
    held,
};
use crate::error::{AppOsError, Result};
use crate::record::{Dialect, GivenType, Store, database_fault, platform_rows};
use crate::state::Visibility;
use crate::vault::SecretKeys;

/// Rows in one statement: databases take so many values and no more.
const ROWS: usize = 100;

/// What one instance writes.
#[derive(Debug)]
pub(in super::super) struct Batch {
    pub(in super::super) id: Uuid,
    pub(in super::super) fence: i64,
    /// Signals it knew of.
    pub(in super::super) wakes: i64,
    pub(in super::super) parent: Option<(Uuid, String)>,
    pub(in super::super) changes: Changes,
    /// People were asked something.
    pub(in super::super) has_tasks: bool,
    pub(in super::super) end: Option<End>,
}

/// Which of the instances are still this worker's: what they write is written, of the others nothing is.
/// Writing the same twice changes nothing.
pub(in super::super) async fn write(
    store: &Store,
    keys: &SecretKeys,
    batches: &[Batch],
    (worker, now): (&str, i64),
) -> Result<HashSet<Uuid>> {
    let (transaction, dialect) = (store.begin_alone().await?, store.dialect());
    dialect.by_index(&transaction).await.map_err(database_fault)?;
    let ours = ours(&transaction, dialect, batches).await?;
    let own = || batches.iter().filter(|batch| ours.contains(&batch.id));
    let entries = last_of_each(own());
    for rows in entries.chunks(ROWS) {
        put_entries(&transaction, keys, rows, worker).await?;
    }
    for batch in own() {
        for (name, variable) in &batch.changes.variables {
            put_variable(&transaction, keys, batch.id, (name, variable)).await?;
        }
        for (signal, place) in &batch.changes.taken {
            let mut update = Query::update();
            update.table(SIGNALS).value("taken_at_place", place.as_str()).and_where(Expr::col("id").eq(*signal));
            update.and_where(Expr::col("instance").eq(batch.id.to_string()));
            transaction.execute(&update).await.map_err(database_fault)?;
        }
        for new in &batch.changes.instances {
            transaction.execute(&instance::insert(new, keys)?).await.map_err(database_fault)?;
            if let Some(attributes) = instance::insert_attributes(new) {
                transaction.execute(&attributes).await.map_err(database_fault)?;
            }
        }
        for place in &batch.changes.ended_children {
            let mut update = instance::ask(&ChangeAsked::Cancel { by: -1 });
            update.and_where(Expr::col("parent").eq(batch.id.to_string()));
            update.and_where(Expr::col("parent_place").eq(place.as_str()));
            transaction.execute(&update).await.map_err(database_fault)?;
        }
        for new in &batch.changes.tasks {
            transaction.execute(&task::insert(batch.id, new)).await.map_err(database_fault)?;
        }
        for place in &batch.changes.ended_tasks {
            transaction.execute(&task::withdraw(batch.id, Some(place))).await.map_err(database_fault)?;
        }
    }
    put_ends(&transaction, dialect, keys, own(), now).await?;
    transaction.commit().await.map_err(database_fault)?;
    Ok(ours)
}

/// An entry that changed twice since the last write is written as it is now, be it that an instance writes twice in
/// one go: a statement may name a row once.
fn last_of_each<'a>(batches: impl DoubleEndedIterator<Item = &'a Batch>) -> Vec<(Uuid, &'a EntryRow)> {
    let mut known = HashSet::new();
    let rows = batches.flat_map(|batch| batch.changes.entries.iter().map(move |row| (batch.id, row)));
    rows.rev().filter(|(id, row)| known.insert((*id, &row.place))).collect()
}

const HELD: [(&str, GivenType); 2] = [("held_id", GivenType::Text), ("held_fence", GivenType::Number)];

/// Locks the rows of the instances that are still ours.
async fn ours(transaction: &DatabaseTransaction, dialect: Dialect, batches: &[Batch]) -> Result<HashSet<Uuid>> {
    let rows = batches.iter().map(|batch| json!({ "held_id": batch.id, "held_fence": batch.fence })).collect();
    let sql = format!(
        "SELECT id FROM {INSTANCES} WHERE (id, fence) IN (SELECT held_id, held_fence FROM {{given}}) {{locked}}"
    );
    let rows = dialect.rows_with_given(transaction, &sql, (&HELD, rows)).await.map_err(database_fault)?;
    let id = |row: &QueryResult| Ok(Uuid::parse_str(&row.try_get_by_index::<String>(0).map_err(database_fault)?)?);
    rows.iter().map(id).collect()
}

async fn put_entries(
    transaction: &DatabaseTransaction,
    keys: &SecretKeys,
    rows: &[(Uuid, &EntryRow)],
    worker: &str,
) -> Result<()> {
    let columns = [
        "instance",
        "place",
        "kind",
        "name",
        "state",
        "attempts",
        "arguments",
        "shown",
        "result",
        "shown_result",
        "error",
        "execution_id",
        "worker",
        "started_at",
        "ended_at",
        "due_at",
    ];
    let mut insert = Query::insert();
    insert.into_table(ENTRIES).columns(columns);
    for (instance, row) in rows {
        let name = format!("{instance} {}", row.place);
        let sealed = |kept: crate::platform::secrets::Sealed, text: &str| {
            if text.is_empty() { Ok(String::new()) } else { keys.seal(kept.of(&name), text) }
        };
        insert.values_panic([
            Expr::value(instance.to_string()),
            Expr::value(row.place.as_str()),
            Expr::value(row.kind.as_str()),
            Expr::value(row.name.as_str()),
            Expr::value(row.state.as_str()),
            Expr::value(i64::from(row.attempts)),
            Expr::value(sealed(ENTRY_ARGUMENTS, &row.arguments)?),
            Expr::value(storable(&row.shown)),
            Expr::value(sealed(ENTRY_RESULTS, &row.result)?),
            Expr::value(storable(&row.shown_result)),
            Expr::value(error_text(row.error.as_ref())?),
            Expr::value(row.execution_id.map(|id| id.to_string())),
            Expr::value(worker),
            Expr::value(row.started_at),
            Expr::value(row.ended_at),
            Expr::value(row.due_at),
        ]);
    }
    let changed = [
        "state",
        "attempts",
        "arguments",
        "result",
        "shown_result",
        "error",
        "execution_id",
        "worker",
        "ended_at",
        "due_at",
    ];
    insert.on_conflict(OnConflict::columns(["instance", "place"]).update_columns(changed).to_owned());
    transaction.execute(&insert).await.map(drop).map_err(database_fault)
}

/// PostgreSQL stores no such character.
fn storable(text: &str) -> String {
    text.chars().filter(|character| *character != '\0').collect()
}

fn error_text(error: Option<&StoredError>) -> Result<String> {
    Ok(error.map(serde_json::to_string).transpose()?.unwrap_or_default())
}

async fn put_variable(
    transaction: &DatabaseTransaction,
    keys: &SecretKeys,
    instance: Uuid,
    (name, variable): (&str, &Variable),
) -> Result<()> {
    let sealed = keys.seal(VALUES.of(&format!("{instance} {name}")), &variable.value.to_string())?;
    let mut insert = Query::insert();
    insert.into_table(VARIABLES).columns(["instance", "name", "visibility", "value"]);
    insert.values_panic([
        Expr::value(instance.to_string()),
        Expr::value(storable(name)),
        Expr::value(variable.visibility.as_str()),
        Expr::value(sealed),
    ]);
    let changed = OnConflict::columns(["instance", "name"]).update_columns(["visibility", "value"]).to_owned();
    insert.on_conflict(changed);
    transaction.execute(&insert).await.map_err(database_fault)?;
    put_attribute(transaction, instance, (name, variable)).await
}

/// By a variable that is set in another way later its instance is no longer found.
async fn put_attribute(
    transaction: &DatabaseTransaction,
    instance: Uuid,
    (name, variable): (&str, &Variable),
) -> Result<()> {
    let name = storable(name);
    let value = if variable.visibility == Visibility::Searchable { search_text(&variable.value)? } else { None };
    let Some(value) = value else {
        let mut delete = Query::delete();
        delete.from_table(ATTRIBUTES).and_where(Expr::col("instance").eq(instance.to_string()));
        delete.and_where(Expr::col("source").eq(instance::OF_VARIABLE)).and_where(Expr::col("name").eq(name));
        return transaction.execute(&delete).await.map(drop).map_err(database_fault);
    };
    let mut insert = Query::insert();
    insert.into_table(ATTRIBUTES).columns(["instance", "source", "name", "value"]);
    insert.values_panic([
        Expr::value(instance.to_string()),
        Expr::value(instance::OF_VARIABLE),
        Expr::value(name),
        Expr::value(value),
    ]);
    insert.on_conflict(OnConflict::columns(["instance", "source", "name"]).update_column("value").to_owned());
    transaction.execute(&insert).await.map(drop).map_err(database_fault)
}

const ENDED: [(&str, GivenType); 9] = [
    ("end_of", GivenType::Text),
    ("end_fence", GivenType::Number),
    ("to_state", GivenType::Text),
    ("over_at", GivenType::Number),
    ("next_due_at", GivenType::Number),
    ("known_wakes", GivenType::Number),
    ("to_result", GivenType::Text),
    ("to_shown_result", GivenType::Text),
    ("to_error", GivenType::Text),
];

/// Puts instances down: what has ended, and what waits.
async fn put_ends(
    transaction: &DatabaseTransaction,
    dialect: Dialect,
    keys: &SecretKeys,
    batches: impl Iterator<Item = &Batch>,
    now: i64,
) -> Result<()> {
    let ended: Vec<_> = batches.filter_map(|batch| batch.end.as_ref().map(|end| (batch, end))).collect();
    if ended.is_empty() {
        return Ok(());
    }
    let rows = ended.iter().map(|(batch, end)| end_row(keys, batch, end, now)).collect::<Result<_>>()?;
    // To one that waits something may have come that it did not know of when it was taken up.
    let sql = format!(
        "UPDATE {INSTANCES} SET worker = NULL, claims = 0, state = COALESCE(to_state, state), \
         ended_at = COALESCE(over_at, ended_at), \
         due_at = CASE WHEN to_state IS NULL AND wakes <> known_wakes THEN 0 ELSE next_due_at END, \
         result = COALESCE(to_result, result), shown_result = COALESCE(to_shown_result, shown_result), \
         error = COALESCE(to_error, error) \
         FROM {{given}} WHERE id = end_of AND fence = end_fence"
    );
    dialect.change_with_given(transaction, &sql, (&ENDED, rows)).await.map_err(database_fault)?;
    for (batch, end) in ended {
        let told = match end {
            End::Suspended { .. } | End::Parked(_) => continue,
            End::Completed { result, .. } => ChildEnd::Completed(result.clone()),
            End::Failed(error) | End::Cancelled(error) => ChildEnd::Failed(error.clone()),
        };
        if batch.has_tasks {
            transaction.execute(&task::withdraw(batch.id, None)).await.map_err(database_fault)?;
        }
        if let Some(parent) = &batch.parent {
            tell_parent(transaction, keys, (batch, &told), parent.clone(), now).await?;
        }
    }
    Ok(())
}

/// What becomes of one: what is null stays.
fn end_row(keys: &SecretKeys, batch: &Batch, end: &End, now: i64) -> Result<Json> {
    let error_of = |error: &StoredError| Ok::<_, AppOsError>(storable(&serde_json::to_string(error)?));
    let mut row = match end {
        End::Suspended { due_at } => json!({ "next_due_at": due_at, "known_wakes": batch.wakes }),
        End::Completed { result, shown } => json!({
            "to_state": InstanceState::Completed.as_str(),
            "to_result": keys.seal(RESULTS.of(&batch.id.to_string()), &result.to_string())?,
            "to_shown_result": storable(&shown.to_string()),
            "to_error": "",
        }),
        End::Failed(error) => json!({ "to_state": InstanceState::Failed.as_str(), "to_error": error_of(error)? }),
        End::Cancelled(error) => json!({ "to_state": InstanceState::Cancelled.as_str(), "to_error": error_of(error)? }),
        End::Parked(parked) => {
            let error = AppOsError::execution(parked.message.clone()).code_is(parked.code);
            json!({ "to_state": InstanceState::Parked.as_str(), "to_error": error_of(&StoredError::from(&error))? })
        }
    };
    row["end_of"] = json!(batch.id);
    row["end_fence"] = json!(batch.fence);
    if !matches!(end, End::Suspended { .. }) {
        row["over_at"] = json!(now);
    }
    Ok(row)
}

/// Sends the end of an instance to the one that waits for it.
async fn tell_parent(
    transaction: &DatabaseTransaction,
    keys: &SecretKeys,
    (batch, told): (&Batch, &ChildEnd),
    (parent, place): (Uuid, String),
    now: i64,
) -> Result<()> {
    let payload: Json = serde_json::to_value(told)?;
    let name = child_signal(&super::super::place::Place::read(&place));
    // One name for it: when nobody knows whether it was written, it is written once more.
    let told = format!("{}:{}", batch.id, batch.fence);
    let signal = instance::signal(told, (parent, &name, &payload.to_string()), (now, -1), keys)?;
    transaction.execute(&signal).await.map_err(database_fault)?;
    let mut wake = instance::ask(&ChangeAsked::Wake);
    wake.and_where(Expr::col("id").eq(parent.to_string()));
    transaction.execute(&wake).await.map(drop).map_err(database_fault)
}

/// What a worker learns of its instances when it puts their leases off.
pub(in super::super) struct Beaten {
    pub(in super::super) id: Uuid,
    pub(in super::super) cancelled: bool,
}

/// Puts the leases of the instances off that run here; those that are not among the answers are no longer ours.
pub(in super::super) async fn beat(store: &Store, held: &[(Uuid, i64)], until: i64) -> Result<Vec<Beaten>> {
    let mut beaten = Vec::new();
    for part in held.chunks(ROWS) {
        let transaction = store.begin_alone().await?;
        let mut update = Query::update();
        update.table(INSTANCES).value("due_at", until);
        update.cond_where(self::held(part.iter().copied()));
        // One that has just been put down, or has ended, is due when it says.
        update.and_where(Expr::col("worker").is_not_null());
        update.returning(Query::returning().columns(["id", "cancelled_by"]));
        let rows = platform_rows(&transaction, &update).await?;
        transaction.commit().await.map_err(database_fault)?;
        for row in rows {
            beaten.push(Beaten {
                id: Uuid::parse_str(&row.try_get_by_index::<String>(0).map_err(database_fault)?)?,
                cancelled: row.try_get_by_index::<Option<i64>>(1).map_err(database_fault)?.is_some(),
            });
        }
    }
    Ok(beaten)
}

/// Gives instances up that ran here: whoever comes first takes them up.
pub(in super::super) async fn release(store: &Store, held: &[(Uuid, i64)]) -> Result<()> {
    for part in held.chunks(ROWS) {
        let mut update = Query::update();
        // Nobody has ended in them.
        update.table(INSTANCES).value("worker", None::<String>).value("due_at", 0_i64).value("claims", 0_i64);
        update.cond_where(self::held(part.iter().copied())).and_where(Expr::col("worker").is_not_null());
        store.execute_alone(&update).await?;
    }
    Ok(())
}
