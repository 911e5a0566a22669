//! Taking instances up that are due, with all that has happened to them.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use sea_orm::sea_query::{Expr, ExprTrait, LockBehavior, LockType, Order, Query};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbErr, QueryResult};
use serde_json::{Map, Value as Json, json};
use uuid::Uuid;

use super::super::entry::{Entry, EntryKind, EntryState, StoredError};
use super::super::place::Place;
use super::super::run::Signal;
use super::{ARGUMENTS, ENTRIES, ENTRY_ARGUMENTS, ENTRY_RESULTS, INSTANCES, InstanceState, PAYLOADS, SIGNALS};
use crate::error::{AppOsError, Result};
use crate::journal::TraceContext;
use crate::record::{Dialect, GivenType, Store, database_fault, platform_rows};
use crate::vault::SecretKeys;

/// An instance that was taken up.
pub(in super::super) struct Taken {
    pub(in super::super) id: Uuid,
    pub(in super::super) process: String,
    pub(in super::super) within: String,
    pub(in super::super) version: u32,
    pub(in super::super) arguments: Map<String, Json>,
    pub(in super::super) user_id: i64,
    pub(in super::super) language: String,
    pub(in super::super) root_id: Uuid,
    pub(in super::super) parent_id: Uuid,
    pub(in super::super) trace: Option<Arc<TraceContext>>,
    pub(in super::super) parent: Option<Uuid>,
    pub(in super::super) parent_place: Option<String>,
    pub(in super::super) deadline_at: Option<i64>,
    pub(in super::super) fence: i64,
    pub(in super::super) wakes: i64,
    pub(in super::super) cancelled: bool,
    pub(in super::super) entries: HashMap<Place, Entry>,
    pub(in super::super) signals: Vec<Signal>,
}

/// As whom, until when, and how often without any progress instances are taken up.
pub(in super::super) struct Taking<'a> {
    pub(in super::super) worker: &'a str,
    pub(in super::super) now: i64,
    pub(in super::super) lease: i64,
    pub(in super::super) max_claims: i64,
    /// Also those that other workers have let go of.
    pub(in super::super) takes_over: bool,
}

/// A row as it is read, with what is sealed.
struct Found {
    taken: Taken,
    sealed: String,
    is_new: bool,
    /// Workers that have ended in it, one after the other, without getting any further.
    claims: i64,
    /// The last one to take it up, unless it has put it down.
    worker: Option<String>,
}

fn id_of(text: &str) -> Result<Uuid, DbErr> {
    Uuid::parse_str(text).map_err(|error| DbErr::Type(error.to_string()))
}

fn found(row: &QueryResult) -> Result<Found, DbErr> {
    let text = |place| row.try_get_by_index::<String>(place);
    let number = |place| row.try_get_by_index::<i64>(place);
    let fence = number(12)?;
    let trace: Option<String> = row.try_get_by_index(17)?;
    Ok(Found {
        sealed: text(4)?,
        is_new: fence == 0,
        claims: number(13)?,
        worker: row.try_get_by_index(16)?,
        taken: Taken {
            id: id_of(&text(0)?)?,
            process: text(1)?,
            within: text(2)?,
            version: u32::try_from(number(3)?).unwrap_or_default(),
            arguments: Map::new(),
            user_id: number(5)?,
            language: text(6)?,
            root_id: id_of(&text(7)?)?,
            parent_id: id_of(&text(8)?)?,
            trace: trace.as_deref().and_then(TraceContext::of_kept).map(Arc::new),
            parent: row.try_get_by_index::<Option<String>>(9)?.as_deref().map(id_of).transpose()?,
            parent_place: row.try_get_by_index(10)?,
            deadline_at: row.try_get_by_index(11)?,
            fence: fence.saturating_add(1),
            wakes: number(14)?,
            cancelled: row.try_get_by_index::<Option<i64>>(15)?.is_some(),
            entries: HashMap::new(),
            signals: Vec::new(),
        },
    })
}

const TAKEN: [(&str, GivenType); 4] = [
    ("taken", GivenType::Text),
    ("taker", GivenType::Text),
    ("until", GivenType::Number),
    ("claimed", GivenType::Number),
];
/// Place of the worker among the columns of an entry.
const WRITTEN_BY: usize = 11;
const OF: [(&str, GivenType); 1] = [("of_instance", GivenType::Text)];

/// Takes instances up that are due. They are this worker's until their lease ends, which it puts off for as long as
/// it lives; what it writes after that is refused.
pub(in super::super) async fn take(
    store: &Store,
    keys: &SecretKeys,
    most: usize,
    taking: &Taking<'_>,
) -> Result<Vec<Taken>> {
    let (transaction, dialect) = (store.begin_alone().await?, store.dialect());
    dialect.by_index(&transaction).await.map_err(database_fault)?;
    let mut select = Query::select();
    select
        .columns([
            "id",
            "process",
            "within",
            "version",
            "arguments",
            "user_id",
            "language",
            "root_id",
            "parent_id",
            "parent",
            "parent_place",
            "deadline_at",
            "fence",
            "claims",
            "wakes",
            "cancelled_by",
            "worker",
            "trace",
        ])
        .from(INSTANCES)
        .and_where(Expr::col("due_at").lte(taking.now))
        .order_by("due_at", Order::Asc)
        .order_by("id", Order::Asc)
        .limit(u64::try_from(most).unwrap_or(1))
        // Other workers take others. SQLite has one writer, and no such lock.
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked);
    if !taking.takes_over {
        select.and_where(Expr::col("worker").is_null());
    }
    let rows = platform_rows(&transaction, &select).await?;
    if rows.is_empty() {
        transaction.rollback().await.map_err(database_fault)?;
        return Ok(Vec::new());
    }
    let mut all = rows.iter().map(found).collect::<Result<Vec<_>, _>>().map_err(database_fault)?;
    let (entries, signals) = what_happened(&transaction, dialect, &all).await?;
    note_progress(&mut all, &entries).map_err(database_fault)?;
    let (worn_out, all): (Vec<_>, Vec<_>) = all.into_iter().partition(|found| found.claims >= taking.max_claims);
    park_worn_out(&transaction, &worn_out, taking.now).await?;
    if !all.is_empty() {
        let until = taking.now.saturating_add(taking.lease);
        let rows = all.iter().map(|found| {
            json!({ "taken": found.taken.id, "taker": taking.worker, "until": until, "claimed": found.claims + 1 })
        });
        let sql = format!(
            "UPDATE {INSTANCES} SET fence = fence + 1, claims = claimed, worker = taker, due_at = until \
             FROM {{given}} WHERE id = taken"
        );
        dialect.change_with_given(&transaction, &sql, (&TAKEN, rows.collect())).await.map_err(database_fault)?;
    }
    transaction.commit().await.map_err(database_fault)?;
    Ok(opened(keys, all, &entries, &signals))
}

/// A worker that has ended in an instance counts only if it has not got any further: what it has written has its name.
fn note_progress(all: &mut [Found], entries: &[QueryResult]) -> Result<(), DbErr> {
    for found in all.iter_mut().filter(|found| found.claims > 0) {
        let Some(worker) = &found.worker else { continue };
        let id = found.taken.id.to_string();
        for row in entries {
            if row.try_get_by_index::<String>(0)? == id && row.try_get_by_index::<String>(WRITTEN_BY)? == *worker {
                found.claims = 0;
                break;
            }
        }
    }
    Ok(())
}

/// When the next instance is due; `None`: none is, and none runs.
pub(in super::super) async fn next_due(store: &Store) -> Result<Option<i64>> {
    let mut select = Query::select();
    select.expr(Expr::col("due_at").min()).from(INSTANCES).and_where(Expr::col("due_at").is_not_null());
    let rows = store.rows(&select).await?;
    let due = rows.first().map(|row| row.try_get_by_index::<Option<i64>>(0)).transpose().map_err(database_fault)?;
    Ok(due.flatten())
}

/// True if no instance runs, and none is due.
pub(in super::super) async fn is_idle(store: &Store, now: i64) -> Result<bool> {
    let mut select = Query::select();
    select.column("id").from(INSTANCES).and_where(Expr::col("state").eq(InstanceState::Running.as_str()));
    select.and_where(Expr::col("worker").is_not_null().or(Expr::col("due_at").lte(now))).limit(1);
    Ok(store.rows(&select).await?.is_empty())
}

/// Instances in which one worker after the other has ended without getting any further.
async fn park_worn_out(transaction: &DatabaseTransaction, worn_out: &[Found], now: i64) -> Result<()> {
    if worn_out.is_empty() {
        return Ok(());
    }
    let error = AppOsError::execution("the programs that ran it ended again and again without getting any further");
    let error = StoredError::from(&error.code_is("worn_out"));
    let mut update = Query::update();
    update.table(INSTANCES).and_where(Expr::col("id").is_in(worn_out.iter().map(|found| found.taken.id.to_string())));
    update.value("state", InstanceState::Parked.as_str()).value("error", serde_json::to_string(&error)?);
    update.value("due_at", None::<i64>).value("worker", None::<String>).value("ended_at", now);
    update.value("fence", Expr::col("fence").add(1_i64));
    transaction.execute(&update).await.map(drop).map_err(database_fault)
}

async fn what_happened(
    transaction: &DatabaseTransaction,
    dialect: Dialect,
    all: &[Found],
) -> Result<(Vec<QueryResult>, Vec<QueryResult>)> {
    let rows_of = async |sql: String, found: Vec<&Found>| {
        if found.is_empty() {
            return Ok(Vec::new());
        }
        let rows = found.iter().map(|found| json!({ "of_instance": found.taken.id })).collect();
        dialect.rows_with_given(transaction, &sql, (&OF, rows)).await.map_err(database_fault)
    };
    let entries = format!(
        "SELECT instance, place, kind, name, state, attempts, arguments, result, error, due_at, started_at, worker \
         FROM {ENTRIES} WHERE instance IN (SELECT of_instance FROM {{given}})"
    );
    let entries = rows_of(entries, all.iter().filter(|found| !found.is_new).collect()).await?;
    let signals = format!(
        "SELECT id, signal, instance, name, payload FROM {SIGNALS} \
         WHERE instance IN (SELECT of_instance FROM {{given}}) AND taken_at_place IS NULL ORDER BY id"
    );
    let signals = rows_of(signals, all.iter().filter(|found| found.taken.wakes > 0).collect()).await?;
    Ok((entries, signals))
}

/// Opens what is sealed. An instance that cannot be read is left alone: it is taken up again, and put aside when it
/// was tried often enough.
fn opened(keys: &SecretKeys, all: Vec<Found>, entries: &[QueryResult], signals: &[QueryResult]) -> Vec<Taken> {
    let mut read: BTreeMap<Uuid, Taken> = BTreeMap::new();
    for Found { mut taken, sealed, .. } in all {
        let id = taken.id.to_string();
        let arguments = keys.open(ARGUMENTS.of(&id), &sealed).and_then(|text| Ok(serde_json::from_str(&text)?));
        match arguments {
            Ok(arguments) => {
                taken.arguments = arguments;
                read.insert(taken.id, taken);
            }
            Err(error) => tracing::error!(%error, instance = id, "the arguments of a process cannot be read"),
        }
    }
    for row in entries {
        let entry = entry_of(keys, row);
        match entry {
            Ok((instance, place, entry)) => {
                if let Some(taken) = read.get_mut(&instance) {
                    taken.entries.insert(place, entry);
                }
            }
            Err((instance, error)) => {
                tracing::error!(%error, ?instance, "the history of a process cannot be read");
                if let Some(instance) = instance {
                    read.remove(&instance);
                }
            }
        }
    }
    for row in signals {
        match signal_of(keys, row) {
            Ok((instance, signal)) => {
                if let Some(taken) = read.get_mut(&instance) {
                    taken.signals.push(signal);
                }
            }
            Err(error) => tracing::error!(%error, "a signal cannot be read"),
        }
    }
    read.into_values().collect()
}

fn entry_of(keys: &SecretKeys, row: &QueryResult) -> Result<(Uuid, Place, Entry), (Option<Uuid>, AppOsError)> {
    let text = |place| row.try_get_by_index::<String>(place).map_err(|error| (None, database_fault(error)));
    let id = text(0)?;
    let instance = Uuid::parse_str(&id).map_err(|error| (None, error.into()))?;
    let read = || -> Result<(Place, Entry)> {
        let text = |place| row.try_get_by_index::<String>(place).map_err(database_fault);
        let place = text(1)?;
        let name = format!("{id} {place}");
        let json = |sealed: &str, kept: crate::platform::secrets::Sealed| -> Result<Option<Json>> {
            if sealed.is_empty() {
                return Ok(None);
            }
            Ok(Some(serde_json::from_str(&keys.open(kept.of(&name), sealed)?)?))
        };
        let error = text(8)?;
        let (kind, state) = (text(2)?, text(4)?);
        let unknown = |what: &str| AppOsError::execution(format!("`{what}` is nothing that a history holds"));
        let entry = Entry {
            kind: EntryKind::named(&kind).ok_or_else(|| unknown(&kind))?,
            name: text(3)?,
            state: EntryState::named(&state).ok_or_else(|| unknown(&state))?,
            attempts: u32::try_from(row.try_get_by_index::<i64>(5).map_err(database_fault)?).unwrap_or(u32::MAX),
            arguments: json(&text(6)?, ENTRY_ARGUMENTS)?,
            result: json(&text(7)?, ENTRY_RESULTS)?,
            error: if error.is_empty() { None } else { Some(serde_json::from_str(&error)?) },
            due_at: row.try_get_by_index(9).map_err(database_fault)?,
            started_at: row.try_get_by_index(10).map_err(database_fault)?,
            seen: false,
        };
        Ok((Place::read(&place), entry))
    };
    read().map(|(place, entry)| (instance, place, entry)).map_err(|error| (Some(instance), error))
}

fn signal_of(keys: &SecretKeys, row: &QueryResult) -> Result<(Uuid, Signal)> {
    let text = |place| row.try_get_by_index::<String>(place).map_err(database_fault);
    let payload = keys.open(PAYLOADS.of(&text(1)?), &text(4)?)?;
    let id = row.try_get_by_index(0).map_err(database_fault)?;
    Ok((Uuid::parse_str(&text(2)?)?, Signal { id, name: text(3)?, payload: serde_json::from_str(&payload)? }))
}
