//! Answering a task, and giving it to others.

use sea_orm::sea_query::{Expr, ExprTrait, Query};
use serde_json::Value as Json;
use uuid::Uuid;

use super::answer::AnswerTold;
use super::see::{Given, TaskSeen, show, unknown};
use super::{Assignee, missing_in, task_signal};
use crate::error::{AppOsError, Result};
use crate::journal::LoggedArguments;
use crate::platform::rules::resource;
use crate::process::control::with;
use crate::process::start::Instance;
use crate::process::table::{self, ChangeAsked, TASK_ANSWERS, TASKS, TaskState};
use crate::record::{Store, database_fault, transaction};
use crate::security::Permission;
use crate::state::Ctx;
use crate::value::DateTime;
use crate::vault::SecretKeys;

/// Longest remark, in characters.
const LONGEST_COMMENT: usize = 2000;

/// Answers a task, and has its process go on. The first answer counts.
///
/// # Errors
/// The caller is not asked (code `unknown_task`); it was answered or withdrawn (`task_answered`, `task_withdrawn`);
/// the process was put aside (`instance_parked`); or what was answered is none of what may be (`invalid_fields`).
pub(super) async fn answer(ctx: &Ctx, id: Uuid, answer: &Json, comment: Option<String>) -> Result<()> {
    let task = show(ctx, id).await?;
    if !task.may_answer {
        return Err(not_open(&task, ctx.now()));
    }
    let comment = comment.map(|comment| comment.trim().to_owned()).filter(|comment| !comment.is_empty());
    let read = task.form.read(answer);
    let too_long = comment.as_ref().is_some_and(|comment| comment.chars().count() > LONGEST_COMMENT);
    let unstorable = comment.as_ref().is_some_and(|comment| comment.contains('\0'));
    let answer = match read {
        Ok(answer) if !too_long && !unstorable => answer,
        read => {
            let wrong = AppOsError::validation("some fields are wrong").code_is("invalid_fields");
            let mut wrong = read.err().unwrap_or(wrong);
            if too_long {
                wrong = wrong.field("comment", "too_long", format!("must have at most {LONGEST_COMMENT} characters"));
            }
            if unstorable {
                wrong = wrong.field("comment", "nul_character", "must not contain a NUL character");
            }
            return Err(wrong);
        }
    };
    let (store, keys) = (resource::<Store>(ctx)?, resource::<SecretKeys>(ctx)?);
    let (by, at) = (ctx.scope().user.id, store.now().timestamp_millis());
    let given = serde_json::to_string(&Given { answer: answer.clone(), comment: comment.clone() })?;
    let told = AnswerTold { answer, comment, by, at }.into_json().to_string();
    let sealed = keys.seal(TASK_ANSWERS.of(&id.to_string()), &given)?;
    transaction(async {
        // First the instance: it cannot end between the two.
        let mut wake = table::ask(&ChangeAsked::Wake);
        wake.and_where(Expr::col("id").eq(task.listed.instance.to_string()))
            .and_where(Expr::col("cancelled_by").is_null());
        if !store.begin_process(&wake).await? {
            let error = "the process is not waiting for an answer now: it is about to end, or was put aside";
            return Err(AppOsError::validation(error).code_is("not_waiting"));
        }
        let mut update = Query::update();
        update.table(TASKS).value("state", TaskState::Answered.as_str()).value("answer", sealed.as_str());
        update.value("answered_by", by).value("answered_at", at);
        update.and_where(Expr::col("id").eq(id.to_string()));
        update.and_where(Expr::col("state").eq(TaskState::Open.as_str()));
        if store.changed(&update).await? == 0 {
            return Err(not_open(&show(ctx, id).await?, ctx.now()));
        }
        let place = place(store, id).await?;
        let name = task_signal(&place);
        store
            .execute(&table::signal(Uuid::now_v7().to_string(), (task.listed.instance, &name, &told), (at, by), keys)?)
            .await
    })
    .await
}

async fn place(store: &Store, id: Uuid) -> Result<String> {
    let mut select = Query::select();
    select.column("place").from(TASKS).and_where(Expr::col("id").eq(id.to_string()));
    let rows = store.rows(&select).await?;
    rows.first().ok_or_else(|| unknown(id))?.try_get_by_index(0).map_err(database_fault)
}

fn not_open(task: &TaskSeen, now: DateTime) -> AppOsError {
    let (code, message) = match TaskState::named(&task.listed.state) {
        Some(TaskState::Answered) => ("task_answered", "somebody has answered already"),
        // Somebody else is asked.
        Some(TaskState::Open) if task.ends_at.is_none_or(|ends_at| ends_at > now) => return unknown(task.listed.id),
        _ => ("task_withdrawn", "nobody waits for an answer any more"),
    };
    AppOsError::validation(message).code_is(code)
}

/// Gives a task to another group or user.
///
/// # Errors
/// The caller may not `admin` the process; there is no such task, group or user; or it is not open.
pub(super) async fn reassign(ctx: &Ctx, id: Uuid, to: Assignee) -> Result<()> {
    let task = show(ctx, id).await?;
    let logged = LoggedArguments::begin().argument("task", &id).argument("to", &super::assignee(&to)).finish();
    let instance = Instance { id: task.listed.instance };
    let change = with(instance, (Permission::Admin, "reassign"), logged, |ctx, _| async move {
        let store = resource::<Store>(&ctx)?;
        if let Some(missing) = missing_in(store, &to).await? {
            let field = if matches!(to, Assignee::Group(_)) { "group" } else { "user" };
            let wrong = AppOsError::validation("some fields are wrong").code_is("invalid_fields");
            return Err(wrong.field(field, "unknown", missing));
        }
        let (group, user) = match to {
            Assignee::Group(group) => (Some(group), None),
            Assignee::User(user) => (None, Some(user)),
        };
        let mut update = Query::update();
        update.table(TASKS).value("assigned_group", group).value("assigned_user", user);
        update.and_where(Expr::col("id").eq(id.to_string()));
        update.and_where(Expr::col("state").eq(TaskState::Open.as_str()));
        if store.changed(&update).await? == 0 { Err(not_open(&show(&ctx, id).await?, ctx.now())) } else { Ok(()) }
    });
    match change.await {
        Err(error) if error.code() == "unknown_instance" => Err(unknown(id)),
        changed => changed,
    }
}
