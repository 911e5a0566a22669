//! `/tasks/{id}`: what is asked, and the form by which it is answered. It works without script.

use dioxus::prelude::*;
use serde_json::Value as Json;
use uuid::Uuid;

use super::list::{state, words};
use super::reassign::Reassign;
use super::use_changes_of_processes;
use crate::error::Result;
use crate::process::tasks::{AnswerChoice, AnswerKind, TaskSeen, task_show};
use crate::security::Permission;
use crate::state::Ctx;
use crate::ui::components::{
    Button, ButtonVariant, Card, Choice, Form, FormErrors, InputKind, PageHeader, RadioGroup, Skeleton, TextArea,
    TextField,
};
use crate::ui::page::{use_load, use_posted, use_title, use_visitor};
use crate::ui::processes::form_problems;
use crate::ui::shell::{names, refusal};
use crate::ui::text::names::choice_named;
use crate::ui::text::own::tasks;

/// A task, and where the row is that it is about.
struct Shown {
    task: TaskSeen,
    /// Address and name, for whoever may see it.
    about: Option<(String, String)>,
}

async fn shown(id: Uuid) -> Result<Shown> {
    let task = task_show(id).await?;
    let mut about = None;
    if let (Some(row), Some(ctx)) = (&task.about, Ctx::current()) {
        let scope = ctx.scope();
        let object = scope.engine.registry.find(&row.record);
        let rights = scope.fresh_rights().await?;
        about = object.filter(|object| rights.answer(object, Permission::View).allows()).map(|object| {
            (format!("{}/{}", names::address(object), row.row), format!("{} {}", names::singular(object), row.row))
        });
    }
    Ok(Shown { task, about })
}

#[component]
pub(crate) fn TaskScreen(id: Uuid) -> Element {
    let load = use_load((id, use_changes_of_processes()), |(id, _)| shown(id));
    load.with(|answer| match answer {
        None => rsx! {
            Skeleton { lines: 4 }
        },
        Some(Err(error)) => refusal(error),
        Some(Ok(Shown { task, about })) => rsx! {
            Opened { title: task.listed.title.clone() }
            PageHeader { title: task.listed.title.clone(), description: words(&task.listed), badge: state(&task.listed) }
            Card {
                if !task.description.is_empty() {
                    p { "{task.description}" }
                }
                if let Some((href, name)) = about {
                    p {
                        {tasks::about()}
                        " "
                        a { href: "{href}", "{name}" }
                    }
                }
                if task.may_answer {
                    AnswerForm { task: Kept(task.clone()) }
                } else if !task.answer.is_null() {
                    p { {given(task)} }
                    if let Some(comment) = &task.comment {
                        p { "{comment}" }
                    }
                }
            }
            if task.may_reassign {
                Reassign { id: task.listed.id }
            }
        },
    })
}

#[component]
fn Opened(title: String) -> Element {
    use_title(title);
    rsx! {}
}

/// What was answered, in words.
fn given(task: &TaskSeen) -> String {
    let text = task.answer.as_str().map_or_else(|| task.answer.to_string(), str::to_owned);
    let words = match (&task.form.kind, &task.answer) {
        (_, Json::Bool(true)) => tasks::yes().to_owned(),
        (_, Json::Bool(false)) => tasks::no().to_owned(),
        (AnswerKind::Choice { name, choices }, _) => {
            choices.iter().find(|choice| choice.value == text).map_or(text, |choice| label_of(task, name, choice))
        }
        _ => text,
    };
    format!("{}: {words}", tasks::answer())
}

/// What people read of a choice: in the words of the process's app, or as it was when they were asked.
fn label_of(task: &TaskSeen, name: &str, choice: &AnswerChoice) -> String {
    let app = task.listed.process.split('.').next().unwrap_or_default();
    choice_named(app, name, &choice.value).map_or_else(|| choice.label.clone(), str::to_owned)
}

/// A task as a property of a component.
#[derive(Clone)]
struct Kept(TaskSeen);

impl PartialEq for Kept {
    fn eq(&self, other: &Self) -> bool {
        self.0.listed.id == other.0.listed.id && self.0.form == other.0.form
    }
}

#[component]
fn AnswerForm(task: Kept) -> Element {
    let Kept(task) = task;
    let visitor = use_visitor();
    let action = format!("/tasks/{}", task.listed.id);
    let posted = use_posted(&action);
    let text = |name: &str| posted.as_ref().and_then(|it| it.form.get(name)).unwrap_or_default().to_owned();
    let wrong = |name: &str| posted.as_ref().and_then(|it| it.wrong.field(name)).map(str::to_owned);
    let label = |name: &str| if name == "comment" { tasks::comment() } else { tasks::answer() };
    let told = |name: &str, text: &str| format!("{} {text}", label(name));
    let problems = posted.as_ref().map(|posted| form_problems(&posted.wrong, told)).unwrap_or_default();
    let required = !task.form.optional;
    let radio = |choices: Vec<Choice>| {
        rsx! {
            RadioGroup { name: "answer", label: tasks::answer(), choices, value: text("answer"), error: wrong("answer"), required }
        }
    };
    let field = |kind: InputKind| {
        rsx! {
            TextField { name: "answer", label: tasks::answer(), kind, value: text("answer"), error: wrong("answer"), required }
        }
    };
    let input = match &task.form.kind {
        AnswerKind::Choice { name, choices } => radio(
            choices.iter().map(|choice| Choice::new(choice.value.clone(), label_of(&task, name, choice))).collect(),
        ),
        AnswerKind::Bool => radio(vec![Choice::new("true", tasks::yes()), Choice::new("false", tasks::no())]),
        AnswerKind::Text => rsx! {
            TextArea { name: "answer", label: tasks::answer(), value: text("answer"), error: wrong("answer"), required }
        },
        AnswerKind::Integer { .. } => field(InputKind::Integer),
        AnswerKind::Float | AnswerKind::Decimal { .. } => field(InputKind::Decimal),
        AnswerKind::Date => field(InputKind::Date),
        AnswerKind::DateTime => field(InputKind::DateTime),
    };
    rsx! {
        Form { action: action.clone(), token: visitor.csrf_token.to_string(),
            if !problems.is_empty() {
                FormErrors { problems }
            }
            {input}
            TextArea { name: "comment", label: tasks::comment(), value: text("comment"), error: wrong("comment"), rows: 2 }
            Button { submit: true, variant: ButtonVariant::Primary, {tasks::send()} }
        }
    }
}
