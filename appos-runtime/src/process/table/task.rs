//! Tasks of people, as they are asked and as they end.

use sea_orm::sea_query::{Expr, ExprTrait, InsertStatement, OnConflict, Query, UpdateStatement};
use uuid::Uuid;

use super::super::entry::named;
use super::super::place::Place;
use super::TASKS;

/// A task as it is asked.
#[derive(Clone, Debug)]
pub(in super::super) struct NewTask {
    pub(in super::super) id: Uuid,
    pub(in super::super) place: Place,
    /// The process whose administrators may give it to others.
    pub(in super::super) within: &'static str,
    pub(in super::super) title: String,
    pub(in super::super) description: String,
    /// A record, and the row of it.
    pub(in super::super) about: Option<(&'static str, i64)>,
    pub(in super::super) group: Option<String>,
    pub(in super::super) user: Option<i64>,
    pub(in super::super) form: String,
    pub(in super::super) created_at: i64,
    pub(in super::super) due_at: Option<i64>,
    /// When it is withdrawn.
    pub(in super::super) ends_at: Option<i64>,
}

/// In which state a task is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TaskState {
    Open,
    Answered,
    /// Nobody waits for an answer any more.
    Withdrawn,
}

named!(TaskState { Open => "open", Answered => "answered", Withdrawn => "withdrawn" });

/// Adds a task. One that is there already was written before the answer to that write was lost.
pub(super) fn insert(instance: Uuid, task: &NewTask) -> InsertStatement {
    let mut insert = Query::insert();
    insert.into_table(TASKS).columns([
        "id",
        "instance",
        "place",
        "within",
        "title",
        "description",
        "about",
        "about_row",
        "assigned_group",
        "assigned_user",
        "form",
        "state",
        "answer",
        "created_at",
        "due_at",
        "ends_at",
    ]);
    let storable = |text: &str| text.chars().filter(|character| *character != '\0').collect::<String>();
    insert.values_panic([
        Expr::value(task.id.to_string()),
        Expr::value(instance.to_string()),
        Expr::value(task.place.as_str()),
        Expr::value(task.within),
        Expr::value(storable(&task.title)),
        Expr::value(storable(&task.description)),
        Expr::value(task.about.map(|(record, _)| record)),
        Expr::value(task.about.map(|(_, row)| row)),
        Expr::value(task.group.clone()),
        Expr::value(task.user),
        Expr::value(task.form.as_str()),
        Expr::value(TaskState::Open.as_str()),
        Expr::value(""),
        Expr::value(task.created_at),
        Expr::value(task.due_at),
        Expr::value(task.ends_at),
    ]);
    insert.on_conflict(OnConflict::new().do_nothing().to_owned());
    insert
}

/// Withdraws the tasks of an instance that are open: the one at a place, or all.
pub(super) fn withdraw(instance: Uuid, place: Option<&Place>) -> UpdateStatement {
    let mut update = Query::update();
    update.table(TASKS).value("state", TaskState::Withdrawn.as_str());
    update.and_where(Expr::col("instance").eq(instance.to_string()));
    update.and_where(Expr::col("state").eq(TaskState::Open.as_str()));
    if let Some(place) = place {
        update.and_where(Expr::col("place").eq(place.as_str()));
    }
    update
}
