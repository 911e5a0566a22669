//! Rules of the platform over tasks, by which the API and screens reach them. Everybody may call them: they tell
//! whoever is not asked that there is no such task.

use std::future::Future;

use serde_json::Value as Json;
use uuid::Uuid;

use super::Assignee;
use super::change::{answer, reassign};
use super::see::{TaskListed, TaskSeen, TasksWanted, list, show};
use crate::codegen_support::{ArgumentReader, dispatch, to_json};
use crate::error::{AppOsError, Result};
use crate::journal::LoggedArguments;
use crate::platform::records::User;
use crate::platform::rules::platform_rule;
use crate::registry::{
    ObjectDescriptor, ObjectDetail, ObjectKind, Parameter, PermissionLists, Registration, RuleDescriptor, Slot,
};
use crate::value::Id;

platform_rule!(TASK_LIST, TASK_LIST_RULE, "task_list", "Lists tasks that the caller is asked to do, the oldest first.", "Vec<TaskListed>",
    [wanted: Option<TasksWanted>], task_list(wanted), everyone);
platform_rule!(TASK_SHOW, TASK_SHOW_RULE, "task_show", "Shows a task and what may be answered.", "TaskSeen",
    [task: Uuid], task_show(task), everyone);
platform_rule!(TASK_ANSWER, TASK_ANSWER_RULE, "task_answer", "Answers a task; the first answer counts.", "()",
    [task: Uuid, answer: Option<Json>, comment: Option<String>], task_answer(task, answer, comment), everyone);
platform_rule!(TASK_REASSIGN, TASK_REASSIGN_RULE, "task_reassign", "Gives a task to another group or user.", "()",
    [task: Uuid, group: Option<String>, user: Option<Id<User>>], task_reassign(task, group, user), everyone);

fn of(task: Uuid) -> LoggedArguments {
    LoggedArguments::begin().argument("task", &task).finish()
}

pub(crate) fn task_list(wanted: Option<TasksWanted>) -> impl Future<Output = Result<Vec<TaskListed>>> + Send {
    let logged = LoggedArguments::begin().argument("wanted", &wanted).finish();
    dispatch(&TASK_LIST, logged, move |ctx, _| async move { list(&ctx, wanted.unwrap_or_default()).await })
}

pub(crate) fn task_show(task: Uuid) -> impl Future<Output = Result<TaskSeen>> + Send {
    dispatch(&TASK_SHOW, of(task), move |ctx, _| async move { show(&ctx, task).await })
}

pub(crate) fn task_answer(
    task: Uuid,
    given: Option<Json>,
    comment: Option<String>,
) -> impl Future<Output = Result<()>> + Send {
    dispatch(&TASK_ANSWER, of(task), move |ctx, _| async move {
        answer(&ctx, task, &given.unwrap_or_default(), comment).await
    })
}

pub(crate) fn task_reassign(
    task: Uuid,
    group: Option<String>,
    user: Option<Id<User>>,
) -> impl Future<Output = Result<()>> + Send {
    let logged = LoggedArguments::begin().argument("task", &task).argument("group", &group).argument("user", &user);
    dispatch(&TASK_REASSIGN, logged.finish(), move |ctx, _| async move {
        let to = match (group, user) {
            (Some(group), None) => Assignee::Group(group),
            (None, Some(user)) => Assignee::User(user.get()),
            _ => {
                let wrong = AppOsError::validation("some fields are wrong").code_is("invalid_fields");
                return Err(wrong.field("group", "required", "give a task to a group or to a user, and not to both"));
            }
        };
        reassign(&ctx, task, to).await
    })
}
