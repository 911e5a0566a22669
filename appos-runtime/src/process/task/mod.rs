//! Tasks of people: a process asks a group or a user something, and waits for the answer.

mod answer;
mod change;
mod rules;
mod see;

use std::future::IntoFuture;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use sea_orm::sea_query::{Expr, ExprTrait, Query};
use serde_json::{Value as Json, json};
use uuid::Uuid;

use self::answer::{AnswerForm, AnswerTold, can_be_asked_for};
pub use self::answer::{Answered, TaskAnswer};
use super::entry::{EntryKind, EntryState};
use super::place::Place;
use super::run::{Branch, Run};
use super::signal::told;
use super::step::{Waiting, stopped};
use super::table::NewTask;
use crate::engine::Object;
use crate::error::Result;
use crate::model::Record;
use crate::platform::UserRef;
use crate::record::Store;
use crate::value::{FieldValue, Id};

/// What screens of tasks ask.
#[cfg(feature = "web")]
pub(crate) mod tasks {
    pub(crate) use super::answer::{AnswerChoice, AnswerKind};
    pub(crate) use super::rules::{task_answer, task_list, task_reassign, task_show};
    pub(crate) use super::see::{TaskListed, TaskSeen, TasksWanted, count_open};
}

/// Longest title of a task, in characters.
const LONGEST_TITLE: usize = 200;
/// Longest description, in characters.
const LONGEST_DESCRIPTION: usize = 4000;

/// Whom a process asks: a group by its name, or a user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Assignee {
    /// Whoever is in it by then.
    Group(String),
    /// One person.
    User(i64),
}

impl From<&str> for Assignee {
    fn from(group: &str) -> Self {
        Self::Group(group.to_owned())
    }
}

impl From<String> for Assignee {
    fn from(group: String) -> Self {
        Self::Group(group)
    }
}

impl From<UserRef> for Assignee {
    fn from(user: UserRef) -> Self {
        Self::User(Id::from(user).get())
    }
}

impl From<Id<crate::platform::records::User>> for Assignee {
    fn from(user: Id<crate::platform::records::User>) -> Self {
        Self::User(user.get())
    }
}

/// Has a process ask people, and wait for their answer:
/// `let approval: Approval = ask("crm_admins", "Approve the account").await?`.
///
/// The first answer counts. The type says what may be answered.
pub fn ask<T: TaskAnswer>(whom: impl Into<Assignee>, title: impl Into<String>) -> Ask<T> {
    const {
        assert!(
            can_be_asked_for(&<T::Value as FieldValue>::TYPE),
            "people answer with a `#[choices]` enum, a `bool`, a text, a number or a date"
        );
    }
    let at = Branch::current("ask(..)").map(|branch| (branch.next(), branch));
    let task = Asked { whom: whom.into(), title: title.into(), description: String::new(), about: None, due: None };
    Ask { task, at, answer: PhantomData }
}

/// A question to people.
#[must_use = "people are asked when this is awaited"]
pub struct Ask<T> {
    task: Asked,
    at: Result<(Place, Branch)>,
    answer: PhantomData<fn() -> T>,
}

/// What people are asked.
struct Asked {
    whom: Assignee,
    title: String,
    description: String,
    /// The record and the row.
    about: Option<(&'static str, i64)>,
    due: Option<Duration>,
}

impl<T> Ask<T> {
    /// What whoever answers has to know, beside the title.
    pub fn description(mut self, description: impl Into<String>) -> Self {
        self.task.description = description.into();
        self
    }

    /// The row that it is about; whoever answers and may see it finds it from there.
    pub fn about<R: Record + Object>(mut self, row: impl Into<Id<R>>) -> Self {
        self.task.about = Some((R::object().reference, row.into().get()));
        self
    }

    /// When it is to be answered. Nothing happens when it is not: the task is shown as overdue.
    pub fn due(mut self, length: Duration) -> Self {
        self.task.due = Some(length);
        self
    }

    /// Waits no longer than so; the answer is `None` then, and nobody can answer any more.
    pub fn timeout(self, length: Duration) -> AskForAWhile<T> {
        AskForAWhile { ask: self, length }
    }
}

impl<T: TaskAnswer> IntoFuture for Ask<T> {
    type Output = Result<T>;
    type IntoFuture = Waiting<T>;

    fn into_future(self) -> Waiting<T> {
        Box::pin(async move {
            let (place, branch) = self.at?;
            match answered::<T>(&branch.run, &place, self.task, None).await? {
                Some(answer) => Ok(answer),
                None => stopped().await,
            }
        })
    }
}

/// A question that is withdrawn if nobody answers.
#[must_use = "people are asked when this is awaited"]
pub struct AskForAWhile<T> {
    ask: Ask<T>,
    length: Duration,
}

impl<T: TaskAnswer> IntoFuture for AskForAWhile<T> {
    type Output = Result<Option<T>>;
    type IntoFuture = Waiting<Option<T>>;

    fn into_future(self) -> Waiting<Option<T>> {
        let Self { ask, length } = self;
        Box::pin(async move {
            let (place, branch) = ask.at?;
            answered::<T>(&branch.run, &place, ask.task, Some(length)).await
        })
    }
}

/// Name of the signal by which the task at a place is answered. No author's name begins like it.
fn task_signal(place: &str) -> String {
    format!("$task:{place}")
}

/// Waits for an answer; `None`: its time is over.
async fn answered<T: TaskAnswer>(
    run: &Arc<Run>,
    place: &Place,
    asked: Asked,
    length: Option<Duration>,
) -> Result<Option<T>> {
    let title: String = asked.title.chars().filter(|it| !it.is_control()).take(LONGEST_TITLE).collect();
    // A title that was put better since then is the same question.
    let known = run.state().history.known(place, EntryKind::Task);
    let (name, state) = known.map_or_else(|| (title.clone(), None), |(name, state)| (name, Some(state)));
    let is_other = state.is_none() && run.state().history.knows(place);
    let mut begun = None;
    if state.is_none() && !is_other && !run.ended.is_cancelled() {
        if let Some(missing) = missing(run, &asked.whom).await? {
            run.park("unknown_assignee", format!("nobody can be asked `{title}`: {missing}"));
            return stopped().await;
        }
        begun = Some(json!({ "assignee": assignee(&asked.whom) }));
        let task = new_task::<T::Value>(run, place, (asked, title), length)?;
        run.note(|changes| changes.tasks.push(task));
    }
    let is_open = begun.is_some() || state == Some(EntryState::Waiting);
    let guard = Withdraws { run, place, is_open };
    let answer = told(run, place, (EntryKind::Task, &name, &task_signal(place.as_str())), length, begun).await;
    guard.unless(matches!(answer, Ok(Some(_))));
    answer?.map(AnswerTold::read).transpose()
}

fn assignee(whom: &Assignee) -> Json {
    match whom {
        Assignee::Group(group) => json!({ "group": group }),
        Assignee::User(user) => json!({ "user": user }),
    }
}

fn new_task<V: FieldValue>(
    run: &Run,
    place: &Place,
    (asked, title): (Asked, String),
    length: Option<Duration>,
) -> Result<NewTask> {
    let now = run.work.now();
    let after = |length: Duration| now.saturating_add(i64::try_from(length.as_millis()).unwrap_or(i64::MAX));
    let (group, user) = match asked.whom {
        Assignee::Group(group) => (Some(group), None),
        Assignee::User(user) => (None, Some(user)),
    };
    Ok(NewTask {
        id: Uuid::now_v7(),
        place: place.clone(),
        within: run.process.reference,
        title,
        description: asked.description.chars().take(LONGEST_DESCRIPTION).collect(),
        about: asked.about,
        group,
        user,
        form: serde_json::to_string(&AnswerForm::of::<V>())?,
        created_at: now,
        due_at: asked.due.map(after),
        ends_at: length.map(after),
    })
}

/// Why somebody cannot be asked.
async fn missing(run: &Arc<Run>, whom: &Assignee) -> Result<Option<String>> {
    // The run is not at rest meanwhile.
    let _active = run.active();
    missing_in(run.work.store(), whom).await
}

async fn missing_in(store: &Store, whom: &Assignee) -> Result<Option<String>> {
    let mut select = Query::select();
    let missing = match whom {
        Assignee::Group(group) => {
            select.column("id").from("platform_group").and_where(Expr::col("name").eq(group.as_str()));
            format!("there is no active group `{group}`")
        }
        Assignee::User(user) => {
            select.column("id").from("platform_user").and_where(Expr::col("id").eq(*user));
            format!("there is no active user {user}")
        }
    };
    select.and_where(Expr::col("active").eq(true));
    Ok(store.rows(&select).await?.is_empty().then_some(missing))
}

/// Withdraws a task that nobody waits for any more.
struct Withdraws<'a> {
    run: &'a Arc<Run>,
    place: &'a Place,
    is_open: bool,
}

impl Withdraws<'_> {
    fn unless(mut self, is_answered: bool) {
        self.is_open &= !is_answered;
    }
}

impl Drop for Withdraws<'_> {
    fn drop(&mut self) {
        if self.is_open {
            self.run.note(|changes| changes.ended_tasks.push(self.place.clone()));
        }
    }
}
