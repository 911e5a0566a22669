//! Instances and their history, as whoever may see them sees them.

use std::collections::{BTreeMap, HashMap};

use sea_orm::sea_query::{Condition, Expr, ExprTrait, Func, LikeExpr, Order, Query};
use sea_orm::{DbErr, QueryResult};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use uuid::Uuid;

use super::found::with;
use crate::error::{AppOsError, Result};
use crate::journal::LoggedArguments;
use crate::platform::rules::resource;
use crate::process::entry::StoredError;
use crate::process::place::Place;
use crate::process::start::Instance;
use crate::process::table::{ATTRIBUTES, ENTRIES, INSTANCES, InstanceState, Shelf, VALUES, VARIABLES};
use crate::record::{Store, database_fault};
use crate::registry::ObjectKind;
use crate::security::Permission;
use crate::state::Ctx;
use crate::value::DateTime;
use crate::vault::SecretKeys;

/// Most instances in one answer.
const MOST: u64 = 200;
/// What stands in the place of a value that nobody is to see.
const UNSEEN: &str = "[redacted]";

/// Which instances are wanted.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Wanted {
    /// Name of an app.
    pub(crate) app: Option<String>,
    /// Reference of a process.
    pub(crate) process: Option<String>,
    pub(crate) state: Option<String>,
    /// Only those that have failed or were put aside: they go no further by themselves.
    pub(crate) dead: bool,
    /// Only those that the caller has started.
    pub(crate) own: bool,
    /// A part of the name, or an id.
    pub(crate) search: Option<String>,
    /// Values by which they are found, each of an input or a variable.
    pub(crate) filter: BTreeMap<String, String>,
    /// Those in the archive, and no others.
    pub(crate) archived: bool,
    /// The last one of the page before.
    pub(crate) after: Option<Uuid>,
    pub(crate) limit: Option<u64>,
}

/// An instance in a list.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Listed {
    pub(crate) id: Uuid,
    pub(crate) process: String,
    pub(crate) version: i64,
    pub(crate) name: String,
    pub(crate) state: String,
    /// Who has started it; -1: the platform.
    pub(crate) user: i64,
    pub(crate) started_at: Option<DateTime>,
    pub(crate) ended_at: Option<DateTime>,
    /// When it goes on, if that is known and it does not run.
    pub(crate) due_at: Option<DateTime>,
    /// The worker that runs it.
    pub(crate) worker: Option<String>,
    pub(crate) error: Option<StoredError>,
    /// It was put into the archive: it can be looked at, and no longer be changed.
    pub(crate) archived: bool,
    /// What it waits for, and what of it runs.
    pub(crate) waits: Vec<Waits>,
}

/// Something that an instance waits for, or a step that runs.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Waits {
    pub(crate) place: String,
    pub(crate) kind: String,
    pub(crate) name: String,
    /// `running` or `waiting`.
    pub(crate) state: String,
    pub(crate) due_at: Option<DateTime>,
}

/// An instance with all that has happened to it.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct InstanceSeen {
    #[serde(flatten)]
    pub(crate) listed: Listed,
    /// As they may be seen.
    pub(crate) arguments: Json,
    pub(crate) result: Json,
    /// The instance that waits for it.
    pub(crate) parent: Option<Uuid>,
    pub(crate) deadline_at: Option<DateTime>,
    pub(crate) cancelled_by: Option<i64>,
    pub(crate) variables: Vec<VariableSeen>,
    /// In the order of the program's text.
    pub(crate) history: Vec<EntrySeen>,
}

/// A variable.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct VariableSeen {
    pub(crate) name: String,
    pub(crate) visibility: String,
    /// `[redacted]`, if it is not for everyone.
    pub(crate) value: Json,
}

/// One entry of a history.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct EntrySeen {
    /// Where it stands, such as `3` or `2.1.4`.
    pub(crate) place: String,
    pub(crate) kind: String,
    pub(crate) name: String,
    pub(crate) state: String,
    pub(crate) attempts: i64,
    pub(crate) arguments: Json,
    pub(crate) result: Json,
    pub(crate) error: Option<StoredError>,
    pub(crate) execution_id: Option<String>,
    pub(crate) worker: String,
    pub(crate) started_at: Option<DateTime>,
    pub(crate) ended_at: Option<DateTime>,
    pub(crate) due_at: Option<DateTime>,
}

fn moment(row: &QueryResult, place: usize) -> Result<Option<DateTime>, DbErr> {
    let millis: Option<i64> = row.try_get_by_index(place)?;
    // What is due at once has no moment.
    Ok(millis.filter(|millis| *millis > 0).and_then(DateTime::from_timestamp_millis))
}

fn error_of(text: &str) -> Option<StoredError> {
    serde_json::from_str(text).ok()
}

fn json_of(text: &str) -> Json {
    serde_json::from_str(text).unwrap_or_default()
}

const LISTED: [&str; 11] =
    ["id", "process", "version", "name", "state", "user_id", "started_at", "ended_at", "due_at", "worker", "error"];

fn listed(row: &QueryResult, shelf: Shelf) -> Result<Listed, DbErr> {
    let text = |place| row.try_get_by_index::<String>(place);
    let worker: Option<String> = row.try_get_by_index(9)?;
    Ok(Listed {
        id: Uuid::parse_str(&text(0)?).map_err(|error| DbErr::Type(error.to_string()))?,
        process: text(1)?,
        version: row.try_get_by_index(2)?,
        name: text(3)?,
        state: text(4)?,
        user: row.try_get_by_index(5)?,
        started_at: moment(row, 6)?,
        ended_at: moment(row, 7)?,
        due_at: if worker.is_none() { moment(row, 8)? } else { None },
        worker,
        error: error_of(&text(10)?),
        archived: shelf == Shelf::Archive,
        waits: Vec::new(),
    })
}

/// What is wrong with the name of a state; `None`: it is one.
pub(crate) fn unknown_state(state: &str) -> Option<String> {
    InstanceState::named(state)
        .is_none()
        .then(|| format!("must be `running`, `completed`, `failed`, `cancelled` or `parked`, not `{state}`"))
}

/// Instances of the processes that the caller may see, and those that he has started, the newest first.
///
/// # Errors
/// There is no such state, or the database cannot be read.
pub(crate) async fn list(ctx: &Ctx, wanted: Wanted) -> Result<Vec<Listed>> {
    if let Some(message) = wanted.state.as_deref().and_then(unknown_state) {
        let wrong = AppOsError::validation("some fields are wrong").code_is("invalid_fields");
        return Err(wrong.field("state", "choice", message));
    }
    // No database keeps a text with this character: there is nothing to be found.
    let filter = wanted.filter.iter().flat_map(|(name, value)| [name, value]);
    if [&wanted.process, &wanted.search].into_iter().flatten().chain(filter).any(|text| text.contains('\0')) {
        return Ok(Vec::new());
    }
    let (store, scope) = (resource::<Store>(ctx)?, ctx.scope());
    let rights = scope.fresh_rights().await?;
    let processes =
        scope.engine.registry.objects().iter().filter(|object| {
            object.kind == ObjectKind::Process && wanted.app.as_ref().is_none_or(|app| object.app == app)
        });
    let allowed = |permission| {
        let allowed = processes.clone().filter(|object| rights.answer(object, permission).allows());
        allowed.map(|object| object.reference).collect::<Vec<_>>()
    };
    let (seen, mut usable) = (allowed(Permission::View), allowed(Permission::Use));
    if scope.user.id == 0 {
        // What a stranger has started is not another stranger's.
        usable.clear();
    }
    let own = Expr::col("user_id").eq(scope.user.id).and(Expr::col("within").is_in(usable));
    let visible = if wanted.own {
        Condition::all().add(own)
    } else {
        Condition::any().add(Expr::col("within").is_in(seen)).add(own)
    };
    let mut select = Query::select();
    let shelf = if wanted.archived { Shelf::Archive } else { Shelf::Live };
    select.columns(LISTED).from(shelf.of(INSTANCES)).cond_where(visible);
    for (name, value) in &wanted.filter {
        let mut found = Query::select();
        found.column("instance").from(shelf.of(ATTRIBUTES)).and_where(Expr::col("name").eq(name.as_str()));
        found.and_where(Expr::col("value").eq(value.as_str()));
        select.and_where(Expr::col("id").in_subquery(found));
    }
    if let Some(process) = &wanted.process {
        select.and_where(Expr::col("process").eq(process.as_str()));
    }
    if let Some(state) = &wanted.state {
        select.and_where(Expr::col("state").eq(state.as_str()));
    }
    if wanted.dead {
        select.and_where(
            Expr::col("state").is_in([InstanceState::Failed, InstanceState::Parked].map(InstanceState::as_str)),
        );
    }
    if let Some(search) = wanted.search.as_deref().map(str::trim).filter(|search| !search.is_empty()) {
        let escaped = search.to_lowercase().replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        let named = Expr::expr(Func::lower(Expr::col("name"))).like(LikeExpr::new(format!("%{escaped}%")).escape('\\'));
        select.cond_where(Condition::any().add(named).add(Expr::col("id").eq(search)));
    }
    if let Some(after) = wanted.after {
        // Ids are in the order of the starts.
        select.and_where(Expr::col("id").lt(after.to_string()));
    }
    select.order_by("id", Order::Desc).limit(wanted.limit.unwrap_or(50).clamp(1, MOST + 1));
    let rows = store.rows(&select).await?;
    let mut instances =
        rows.iter().map(|row| listed(row, shelf)).collect::<Result<Vec<_>, _>>().map_err(database_fault)?;
    let running = instances.iter().filter(|instance| instance.state == InstanceState::Running.as_str());
    let mut waits = waits(store, running.map(|instance| instance.id)).await?;
    for instance in &mut instances {
        instance.waits = waits.remove(&instance.id).unwrap_or_default();
    }
    Ok(instances)
}

/// What these instances wait for, and what of them runs.
async fn waits(store: &Store, running: impl Iterator<Item = Uuid>) -> Result<HashMap<Uuid, Vec<Waits>>> {
    let running: Vec<String> = running.map(|id| id.to_string()).collect();
    let mut waits: HashMap<Uuid, Vec<Waits>> = HashMap::new();
    if running.is_empty() {
        return Ok(waits);
    }
    let mut select = Query::select();
    select.columns(["instance", "place", "kind", "name", "state", "due_at"]).from(ENTRIES);
    select.and_where(Expr::col("instance").is_in(running)).and_where(Expr::col("state").is_in(["waiting", "running"]));
    for row in store.rows(&select).await? {
        let text = |place| row.try_get_by_index::<String>(place).map_err(database_fault);
        let wait = Waits {
            place: text(1)?,
            kind: text(2)?,
            name: text(3)?,
            state: text(4)?,
            due_at: moment(&row, 5).map_err(database_fault)?,
        };
        waits.entry(Uuid::parse_str(&text(0)?)?).or_default().push(wait);
    }
    for of_one in waits.values_mut() {
        of_one.sort_by_key(|wait| Place::read(&wait.place).numbers());
    }
    Ok(waits)
}

/// An instance with its history.
///
/// # Errors
/// There is none that the caller may see (code `unknown_instance`).
pub(crate) async fn show(id: Uuid) -> Result<InstanceSeen> {
    let logged = LoggedArguments::begin().argument("instance", &id).finish();
    with(Instance { id }, (Permission::View, "show"), logged, |ctx, _| async move { read(&ctx, id).await }).await
}

async fn read(ctx: &Ctx, id: Uuid) -> Result<InstanceSeen> {
    let store = resource::<Store>(ctx)?;
    let mut found = None;
    for shelf in Shelf::BOTH {
        let mut select = Query::select();
        select.columns(LISTED).columns(["shown", "shown_result", "parent", "deadline_at", "cancelled_by"]);
        select.from(shelf.of(INSTANCES)).and_where(Expr::col("id").eq(id.to_string()));
        if let Some(row) = store.rows(&select).await?.into_iter().next() {
            found = Some((row, shelf));
            break;
        }
    }
    let (row, shelf) = found.ok_or_else(|| super::found::unknown(id))?;
    let parent: Option<String> = row.try_get_by_index(13).map_err(database_fault)?;
    let text = |place| row.try_get_by_index::<String>(place).map_err(database_fault);
    let mut listed = listed(&row, shelf).map_err(database_fault)?;
    if listed.state == InstanceState::Running.as_str() {
        listed.waits = waits(store, std::iter::once(id)).await?.remove(&id).unwrap_or_default();
    }
    Ok(InstanceSeen {
        listed,
        arguments: json_of(&text(11)?),
        result: json_of(&text(12)?),
        parent: parent.and_then(|parent| Uuid::parse_str(&parent).ok()),
        deadline_at: moment(&row, 14).map_err(database_fault)?,
        cancelled_by: row.try_get_by_index(15).map_err(database_fault)?,
        variables: variables(ctx, (store, shelf), id).await?,
        history: history((store, shelf), id).await?,
    })
}

async fn variables(ctx: &Ctx, (store, shelf): (&Store, Shelf), id: Uuid) -> Result<Vec<VariableSeen>> {
    let mut select = Query::select();
    select.columns(["name", "visibility", "value"]).from(shelf.of(VARIABLES));
    select.and_where(Expr::col("instance").eq(id.to_string())).order_by("name", Order::Asc);
    let keys = resource::<SecretKeys>(ctx)?;
    let rows = store.rows(&select).await?;
    rows.iter()
        .map(|row| {
            let text = |place| row.try_get_by_index::<String>(place).map_err(database_fault);
            let (name, visibility) = (text(0)?, text(1)?);
            let value = if ["logged", "searchable"].contains(&visibility.as_str()) {
                json_of(&keys.open(VALUES.of(&format!("{id} {name}")), &text(2)?)?)
            } else {
                UNSEEN.into()
            };
            Ok(VariableSeen { name, visibility, value })
        })
        .collect()
}

async fn history((store, shelf): (&Store, Shelf), id: Uuid) -> Result<Vec<EntrySeen>> {
    let mut select = Query::select();
    select.columns([
        "place",
        "kind",
        "name",
        "state",
        "attempts",
        "shown",
        "shown_result",
        "error",
        "execution_id",
        "worker",
        "started_at",
        "ended_at",
        "due_at",
    ]);
    select.from(shelf.of(ENTRIES)).and_where(Expr::col("instance").eq(id.to_string()));
    let rows = store.rows(&select).await?;
    let entry = |row: &QueryResult| -> Result<EntrySeen, DbErr> {
        let text = |place| row.try_get_by_index::<String>(place);
        let state = text(3)?;
        Ok(EntrySeen {
            place: text(0)?,
            kind: text(1)?,
            name: text(2)?,
            attempts: row.try_get_by_index(4)?,
            arguments: json_of(&text(5)?),
            result: json_of(&text(6)?),
            error: error_of(&text(7)?),
            execution_id: row.try_get_by_index(8)?,
            worker: text(9)?,
            started_at: moment(row, 10)?,
            ended_at: moment(row, 11)?,
            due_at: if state == "waiting" { moment(row, 12)? } else { None },
            state,
        })
    };
    let mut entries = rows.iter().map(entry).collect::<Result<Vec<_>, _>>().map_err(database_fault)?;
    // What undoes comes after what it undoes, and in the order in which it was undone.
    let order: HashMap<String, (bool, Vec<u32>)> = entries
        .iter()
        .map(|entry| {
            let place = Place::read(&entry.place);
            (entry.place.clone(), (place.undoes(), place.numbers()))
        })
        .collect();
    entries.sort_by(|one, other| {
        let (first, second) = (order.get(&one.place), order.get(&other.place));
        let undoes = first.is_some_and(|(undoes, _)| *undoes);
        let both = undoes && second.is_some_and(|(undoes, _)| *undoes);
        if both { one.started_at.cmp(&other.started_at).then_with(|| second.cmp(&first)) } else { first.cmp(&second) }
    });
    Ok(entries)
}
