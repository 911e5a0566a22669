//! New instances, and what is asked of those that are there.

use std::sync::Arc;

use sea_orm::sea_query::{Expr, ExprTrait, InsertStatement, OnConflict, Query, UpdateStatement};
use uuid::Uuid;

use super::super::place::Place;
#[cfg(feature = "web")]
use super::super::start::Instance;
use super::{ARGUMENTS, ATTRIBUTES, INSTANCES, InstanceState, KEYS, PAYLOADS, SIGNALS};
use crate::error::Result;
use crate::journal::TraceContext;
#[cfg(feature = "web")]
use crate::record::Store;
use crate::registry::ObjectDescriptor;
use crate::vault::SecretKeys;

/// An instance as it is started.
#[derive(Clone, Debug)]
pub(in super::super) struct NewInstance {
    pub(in super::super) id: Uuid,
    pub(in super::super) object: &'static ObjectDescriptor,
    /// The process whose permissions it has.
    pub(in super::super) within: &'static ObjectDescriptor,
    pub(in super::super) version: u32,
    pub(in super::super) name: String,
    pub(in super::super) arguments: String,
    pub(in super::super) shown: String,
    pub(in super::super) key: Option<String>,
    /// What it can be found by.
    pub(in super::super) attributes: Vec<(&'static str, String)>,
    pub(in super::super) user_id: i64,
    pub(in super::super) language: String,
    pub(in super::super) root_id: Uuid,
    pub(in super::super) parent_id: Uuid,
    /// The trace of a caller outside.
    pub(in super::super) trace: Option<Arc<TraceContext>>,
    /// The instance that waits for it, and where.
    pub(in super::super) parent: Option<(Uuid, Place)>,
    pub(in super::super) started_at: i64,
    pub(in super::super) due_at: i64,
    pub(in super::super) deadline_at: Option<i64>,
}

const COLUMNS: [&str; 26] = [
    "id",
    "process",
    "within",
    "version",
    "name",
    "state",
    "arguments",
    "shown",
    "result",
    "shown_result",
    "error",
    "start_key",
    "user_id",
    "language",
    "root_id",
    "parent_id",
    "parent",
    "parent_place",
    "started_at",
    "deadline_at",
    "due_at",
    "fence",
    "claims",
    "wakes",
    "worker",
    "trace",
];

/// Adds the key of a start, if the process was not started with it yet. Months have no say in it.
pub(in super::super) fn insert_key(new: &NewInstance) -> Option<InsertStatement> {
    let key = new.key.as_deref()?;
    let mut insert = Query::insert();
    insert.into_table(KEYS).columns(["process", "start_key", "instance"]);
    insert.values_panic([Expr::value(new.object.reference), Expr::value(key), Expr::value(new.id.to_string())]);
    insert.on_conflict(OnConflict::new().do_nothing().to_owned());
    Some(insert)
}

/// Adds what an instance can be found by from its start.
pub(in super::super) fn insert_attributes(new: &NewInstance) -> Option<InsertStatement> {
    if new.attributes.is_empty() {
        return None;
    }
    let mut insert = Query::insert();
    insert.into_table(ATTRIBUTES).columns(["instance", "source", "name", "value"]);
    for (name, value) in &new.attributes {
        insert.values_panic([
            Expr::value(new.id.to_string()),
            Expr::value(OF_INPUT),
            Expr::value(*name),
            Expr::value(value.as_str()),
        ]);
    }
    insert.on_conflict(OnConflict::new().do_nothing().to_owned());
    Some(insert)
}

/// Where attributes come from: what an instance was given, and variables.
const OF_INPUT: &str = "input";
pub(super) const OF_VARIABLE: &str = "variable";

/// Adds an instance, if it is not there yet.
pub(in super::super) fn insert(new: &NewInstance, keys: &SecretKeys) -> Result<InsertStatement> {
    let id = new.id.to_string();
    let sealed = keys.seal(ARGUMENTS.of(&id), &new.arguments)?;
    let (parent, place) = match &new.parent {
        Some((parent, place)) => (Some(parent.to_string()), Some(place.as_str().to_owned())),
        None => (None, None),
    };
    let mut insert = Query::insert();
    insert.into_table(INSTANCES).columns(COLUMNS);
    insert.values_panic([
        Expr::value(id),
        Expr::value(new.object.reference),
        Expr::value(new.within.reference),
        Expr::value(i64::from(new.version)),
        Expr::value(new.name.as_str()),
        Expr::value(InstanceState::Running.as_str()),
        Expr::value(sealed),
        Expr::value(new.shown.as_str()),
        Expr::value(""),
        Expr::value(""),
        Expr::value(""),
        Expr::value(new.key.clone()),
        Expr::value(new.user_id),
        Expr::value(new.language.as_str()),
        Expr::value(new.root_id.to_string()),
        Expr::value(new.parent_id.to_string()),
        Expr::value(parent),
        Expr::value(place),
        Expr::value(new.started_at),
        Expr::value(new.deadline_at),
        Expr::value(new.due_at),
        Expr::value(0_i64),
        Expr::value(0_i64),
        Expr::value(0_i64),
        Expr::value(None::<String>),
        Expr::value(new.trace.as_ref().map(|trace| trace.kept())),
    ]);
    insert.on_conflict(OnConflict::new().do_nothing().to_owned());
    Ok(insert)
}

/// What is asked of an instance that has not ended.
pub(in super::super) enum ChangeAsked {
    /// It has been told something.
    Wake,
    /// It is to end.
    Cancel { by: i64 },
}

/// Has an instance look at what is asked of it: whoever runs it notices when it next waits, or with its next beat.
pub(in super::super) fn ask(asked: &ChangeAsked) -> UpdateStatement {
    let mut update = Query::update();
    update.table(INSTANCES).value("wakes", Expr::col("wakes").add(1_i64));
    // One that runs is due when its worker counts as dead; it is told otherwise.
    let waits = Expr::col("worker").is_null();
    update.value("due_at", Expr::case(waits, Expr::value(0_i64)).finally(Expr::col("due_at")));
    if let ChangeAsked::Cancel { by } = asked {
        update.value("cancelled_by", *by);
    }
    update.and_where(Expr::col("state").eq(InstanceState::Running.as_str()));
    update
}

/// Adds a signal, if there is none of this name that tells it from all others yet.
pub(in super::super) fn signal(
    id: String,
    (instance, name, payload): (Uuid, &str, &str),
    (sent_at, sent_by): (i64, i64),
    keys: &SecretKeys,
) -> Result<InsertStatement> {
    let sealed = keys.seal(PAYLOADS.of(&id), payload)?;
    let mut insert = Query::insert();
    insert.into_table(SIGNALS).columns(["signal", "instance", "name", "payload", "sent_at", "sent_by"]);
    insert.values_panic([
        Expr::value(id),
        Expr::value(instance.to_string()),
        Expr::value(name),
        Expr::value(sealed),
        Expr::value(sent_at),
        Expr::value(sent_by),
    ]);
    insert.on_conflict(OnConflict::new().do_nothing().to_owned());
    Ok(insert)
}

/// Makes an instance one of another version, for tests.
#[cfg(feature = "web")]
pub(crate) async fn set_version(store: &Store, instance: Instance, version: u32) -> Result<()> {
    let mut update = Query::update();
    update.table(INSTANCES).value("version", i64::from(version)).and_where(Expr::col("id").eq(instance.id.to_string()));
    store.execute(&update).await
}
