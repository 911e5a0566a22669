//! Tasks, as whoever is asked sees them, and whoever administers their process.

use sea_orm::sea_query::{Condition, Expr, ExprTrait, Order, Query, SelectStatement};
use sea_orm::{DbErr, QueryResult};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use uuid::Uuid;

use super::answer::AnswerForm;
use crate::error::{AppOsError, Result};
use crate::platform::rules::resource;
use crate::process::table::{Shelf, TASK_ANSWERS, TASKS, TaskState};
use crate::record::{Store, database_fault};
use crate::registry::ObjectKind;
use crate::security::{Permission, Rights};
use crate::state::Ctx;
use crate::value::DateTime;
use crate::vault::SecretKeys;

/// Most tasks in one answer.
const MOST: u64 = 200;

/// Which tasks are wanted.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct TasksWanted {
    /// `open`, if nothing is said.
    pub(crate) state: Option<String>,
    /// Also those of others, in processes that the caller administers.
    pub(crate) all: bool,
    pub(crate) process: Option<String>,
    pub(crate) instance: Option<Uuid>,
    /// The last one of the page before.
    pub(crate) after: Option<Uuid>,
    pub(crate) limit: Option<u64>,
}

/// A task in a list.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct TaskListed {
    pub(crate) id: Uuid,
    pub(crate) instance: Uuid,
    pub(crate) process: String,
    pub(crate) title: String,
    /// The group or user that is asked.
    pub(crate) group: Option<String>,
    pub(crate) user: Option<i64>,
    pub(crate) state: String,
    pub(crate) created_at: Option<DateTime>,
    pub(crate) due_at: Option<DateTime>,
    /// It is open, and was to be answered by now.
    pub(crate) overdue: bool,
    pub(crate) answered_by: Option<i64>,
    pub(crate) answered_at: Option<DateTime>,
}

/// A task with what is asked.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct TaskSeen {
    #[serde(flatten)]
    pub(crate) listed: TaskListed,
    pub(crate) description: String,
    /// The record that it is about, and the row of it.
    pub(crate) about: Option<About>,
    /// What may be answered.
    pub(crate) form: AnswerForm,
    /// When it is withdrawn.
    pub(crate) ends_at: Option<DateTime>,
    /// The caller is asked, and it is open.
    pub(crate) may_answer: bool,
    /// The caller administers the process.
    pub(crate) may_reassign: bool,
    pub(crate) answer: Json,
    pub(crate) comment: Option<String>,
}

/// A row of a record.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct About {
    pub(crate) record: String,
    pub(crate) row: i64,
}

/// What is kept of an answer with its task.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Given {
    pub(super) answer: Json,
    pub(super) comment: Option<String>,
}

fn moment(row: &QueryResult, place: usize) -> Result<Option<DateTime>, DbErr> {
    Ok(row.try_get_by_index::<Option<i64>>(place)?.and_then(DateTime::from_timestamp_millis))
}

const LISTED: [&str; 12] = [
    "id",
    "instance",
    "within",
    "title",
    "assigned_group",
    "assigned_user",
    "state",
    "created_at",
    "due_at",
    "ends_at",
    "answered_by",
    "answered_at",
];

fn listed(row: &QueryResult, now: i64) -> Result<TaskListed, DbErr> {
    let text = |place| row.try_get_by_index::<String>(place);
    let id = |place| Uuid::parse_str(&text(place)?).map_err(|error| DbErr::Type(error.to_string()));
    let state = text(6)?;
    let due_at = moment(row, 8)?;
    let is_late = due_at.is_some_and(|due_at| due_at.timestamp_millis() <= now);
    Ok(TaskListed {
        id: id(0)?,
        instance: id(1)?,
        process: text(2)?,
        title: text(3)?,
        group: row.try_get_by_index(4)?,
        user: row.try_get_by_index(5)?,
        overdue: is_late && state == TaskState::Open.as_str(),
        state,
        created_at: moment(row, 7)?,
        due_at,
        answered_by: row.try_get_by_index(10)?,
        answered_at: moment(row, 11)?,
    })
}

/// True if whoever has these rights is asked: in person, or as one of the group. Who may do everything is not.
pub(super) fn is_asked((rights, user): (&Rights, i64), task: &TaskListed) -> bool {
    let as_member = task.group.as_ref().is_some_and(|group| rights.groups().contains(group));
    rights.is_active() && (task.user == Some(user) || as_member)
}

/// Tasks that somebody is asked.
fn asked_of(rights: &Rights, user: i64) -> Condition {
    let groups: Vec<&str> = rights.groups().iter().map(String::as_str).collect();
    let any = Condition::any().add(Expr::col("assigned_user").eq(user));
    if groups.is_empty() { any } else { any.add(Expr::col("assigned_group").is_in(groups)) }
}

fn is_open(select: &mut SelectStatement, now: i64) {
    select.and_where(Expr::col("state").eq(TaskState::Open.as_str()));
    // Its time is over, and the process is about to notice.
    select.and_where(Expr::col("ends_at").is_null().or(Expr::col("ends_at").gt(now)));
}

/// Tasks of the caller, those that are due first.
///
/// # Errors
/// There is no such state, or the database cannot be read.
pub(crate) async fn list(ctx: &Ctx, wanted: TasksWanted) -> Result<Vec<TaskListed>> {
    let state = wanted.state.as_deref().unwrap_or(TaskState::Open.as_str());
    let Some(state) = TaskState::named(state) else {
        let wrong = AppOsError::validation("some fields are wrong").code_is("invalid_fields");
        let known = format!("must be `open`, `answered` or `withdrawn`, not `{state}`");
        return Err(wrong.field("state", "choice", known));
    };
    let (store, scope) = (resource::<Store>(ctx)?, ctx.scope());
    let rights = scope.fresh_rights().await?;
    let now = store.now().timestamp_millis();
    let mut visible = asked_of(&rights, scope.user.id);
    if wanted.all {
        let processes = scope.engine.registry.objects().iter().filter(|object| object.kind == ObjectKind::Process);
        let administered: Vec<&str> = processes
            .filter(|object| rights.answer(object, Permission::Admin).allows())
            .map(|object| object.reference)
            .collect();
        visible = visible.add(Expr::col("within").is_in(administered));
    }
    let mut select = Query::select();
    select.columns(LISTED).from(TASKS).cond_where(visible);
    match state {
        TaskState::Open => is_open(&mut select, now),
        state => drop(select.and_where(Expr::col("state").eq(state.as_str()))),
    }
    if let Some(process) = &wanted.process {
        select.and_where(Expr::col("within").eq(process.as_str()));
    }
    if let Some(instance) = wanted.instance {
        select.and_where(Expr::col("instance").eq(instance.to_string()));
    }
    if let Some(after) = wanted.after {
        // Ids are in the order in which they were asked.
        select.and_where(Expr::col("id").gt(after.to_string()));
    }
    select.order_by("id", Order::Asc).limit(wanted.limit.unwrap_or(50).clamp(1, MOST));
    let rows = store.rows(&select).await?;
    rows.iter().map(|row| listed(row, now)).collect::<Result<_, _>>().map_err(database_fault)
}

/// How many tasks wait for the caller.
///
/// # Errors
/// The database cannot be read.
#[cfg(feature = "web")]
pub(crate) async fn count_open(ctx: &Ctx) -> Result<u64> {
    let (store, scope) = (resource::<Store>(ctx)?, ctx.scope());
    let rights = scope.fresh_rights().await?;
    let mut select = Query::select();
    select.expr(Expr::col("id").count()).from(TASKS).cond_where(asked_of(&rights, scope.user.id));
    is_open(&mut select, store.now().timestamp_millis());
    let rows = store.rows(&select).await?;
    let count = rows.first().map(|row| row.try_get_by_index::<i64>(0)).transpose().map_err(database_fault)?;
    Ok(count.unwrap_or_default().unsigned_abs())
}

/// That there is no such task, or that whoever asks is not to know of it.
pub(super) fn unknown(id: Uuid) -> AppOsError {
    AppOsError::dispatch(format!("there is no task {id}")).code_is("unknown_task")
}

/// A task that the caller is asked, or may give to others.
///
/// # Errors
/// There is none that he may see (code `unknown_task`).
pub(crate) async fn show(ctx: &Ctx, id: Uuid) -> Result<TaskSeen> {
    let (store, scope) = (resource::<Store>(ctx)?, ctx.scope());
    let mut found = None;
    for shelf in Shelf::BOTH {
        let mut select = Query::select();
        select.columns(LISTED).columns(["description", "about", "about_row", "form", "answer", "place"]);
        select.from(shelf.of(TASKS)).and_where(Expr::col("id").eq(id.to_string()));
        if let Some(row) = store.rows(&select).await?.into_iter().next() {
            found = Some(row);
            break;
        }
    }
    let row = &found.ok_or_else(|| unknown(id))?;
    let now = store.now().timestamp_millis();
    let listed = listed(row, now).map_err(database_fault)?;
    let rights = scope.fresh_rights().await?;
    let is_asked = is_asked((&rights, scope.user.id), &listed);
    let process = scope.engine.registry.find(&listed.process);
    let may_reassign = process.is_some_and(|process| rights.answer(process, Permission::Admin).allows());
    if !is_asked && !may_reassign {
        return Err(unknown(id));
    }
    let text = |place| row.try_get_by_index::<String>(place).map_err(database_fault);
    let about: Option<String> = row.try_get_by_index(13).map_err(database_fault)?;
    let about_row: Option<i64> = row.try_get_by_index(14).map_err(database_fault)?;
    let sealed = text(16)?;
    let given = if sealed.is_empty() {
        Given::default()
    } else {
        serde_json::from_str(&resource::<SecretKeys>(ctx)?.open(TASK_ANSWERS.of(&id.to_string()), &sealed)?)?
    };
    let ends_at = moment(row, 9).map_err(database_fault)?;
    let is_open = listed.state == TaskState::Open.as_str() && ends_at.is_none_or(|at| at.timestamp_millis() > now);
    Ok(TaskSeen {
        description: text(12)?,
        about: about.zip(about_row).map(|(record, row)| About { record, row }),
        form: serde_json::from_str(&text(15)?)?,
        ends_at,
        may_answer: is_asked && is_open,
        may_reassign: may_reassign && is_open,
        answer: given.answer,
        comment: given.comment,
        listed,
    })
}
