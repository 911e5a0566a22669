//! Gives a task to others: the form, for whoever administers the process, and what it asks for.

use dioxus::prelude::*;
use uuid::Uuid;

use super::ADDRESS;
use super::post::wrong;
use crate::error::{ErrorKind, Result};
use crate::process::tasks::task_reassign;
use crate::registry::ObjectDescriptor;
use crate::ui::components::{Button, Card, Choice, Form as FormAround, InputKind, SelectField, TextField};
use crate::ui::page::{Form, Note, Outcome, What, Wrong, use_load_once, use_posted, use_visitor};
use crate::ui::processes::form_problems;
use crate::ui::records::{Offer, offer};
use crate::ui::text::own::{problems, tasks};
use crate::value::Id;

const GROUP: &str = "platform.records.group";
const USER: &str = "platform.records.user";

/// Gives a task to the group or user that a form names.
///
/// # Errors
/// Whoever sends it may not, there is no such task, or it cannot be done now.
pub(crate) async fn reassign(id: Uuid, form: &Form) -> Result<Outcome> {
    let text = |name: &str| form.get(name).unwrap_or_default().trim().to_owned();
    let (group, user) = (text("group"), text("user"));
    let refused = |field: &str, code: &str, text: &str| {
        let fields = vec![(field.to_owned(), code.to_owned(), text.to_owned())];
        Outcome::Refused(Wrong { message: text.to_owned(), code: "invalid_fields".to_owned(), fields })
    };
    let user = match user.as_str() {
        "" => None,
        number => match number.parse::<i64>() {
            Ok(number) => Some(Id::new(number)),
            Err(_) => return Ok(refused("user", "wrong_type", problems::must_be_whole())),
        },
    };
    if group.is_empty() == user.is_none() {
        return Ok(refused("group", "required", tasks::one_of_both()));
    }
    match task_reassign(id, (!group.is_empty()).then_some(group), user).await {
        Ok(()) => {
            // Whoever gives it away may no longer be asked.
            let to = format!("{ADDRESS}?all=true");
            Ok(Outcome::Done { to, note: Some(Note { what: What::Saved, id: None }) })
        }
        Err(error) if error.kind() == ErrorKind::Validation => {
            let mut wrong = wrong(&error);
            for (_, code, text) in &mut wrong.fields {
                if code == "unknown" {
                    tasks::nobody_of_that_name().clone_into(text);
                }
            }
            Ok(Outcome::Refused(wrong))
        }
        Err(error) => Err(error),
    }
}

/// Groups and users to choose from, as far as the visitor may see them.
#[derive(Clone)]
struct Offered {
    groups: Offer,
    users: Offer,
}

async fn offered(
    (group, user): (Option<&'static ObjectDescriptor>, Option<&'static ObjectDescriptor>),
) -> Result<Offered> {
    let of = |object: Option<&'static ObjectDescriptor>| async move {
        match object {
            Some(object) => offer(object, "").await,
            None => Ok(Offer::default()),
        }
    };
    Ok(Offered { groups: of(group).await?, users: of(user).await? })
}

/// The form.
#[component]
pub(super) fn Reassign(id: Uuid) -> Element {
    let visitor = use_visitor();
    let registry = visitor.engine.registry();
    let objects = (registry.find(GROUP), registry.find(USER));
    let load = use_load_once(id, move |_| offered(objects));
    let action = format!("{ADDRESS}/{id}/reassign");
    let posted = use_posted(&action);
    let typed = |name: &str| posted.as_ref().and_then(|it| it.form.get(name)).unwrap_or_default().to_owned();
    let error = |name: &str| posted.as_ref().and_then(|it| it.wrong.field(name)).map(str::to_owned);
    let label = |name: &str| if name == "user" { tasks::user() } else { tasks::group() };
    let told = |name: &str, text: &str| format!("{}: {text}", label(name));
    let problems = posted.as_ref().map(|posted| form_problems(&posted.wrong, told)).unwrap_or_default();
    // Groups go by their name, users by their number.
    let choices = |offer: &Offer, by_name: bool| {
        let rows = offer.rows.iter();
        let choice =
            |(id, name): &(i64, String)| Choice::new(if by_name { name.clone() } else { id.to_string() }, name.clone());
        (offer.visible && !offer.more).then(|| rows.map(choice).collect::<Vec<_>>())
    };
    let field = |name: &'static str, choices: Option<Vec<Choice>>, kind: InputKind| match choices {
        Some(choices) => rsx! {
            SelectField { name, label: label(name), choices, empty: "", value: typed(name), error: error(name) }
        },
        None => rsx! {
            TextField { name, label: label(name), kind, value: typed(name), error: error(name) }
        },
    };
    load.with(|answer| {
        let Some(Ok(offered)) = answer else { return rsx! {} };
        rsx! {
            Card { title: tasks::reassign(), description: tasks::reassign_hint(),
                FormAround { action: action.clone(), token: visitor.csrf_token.to_string(), problems: problems.clone(),
                    input { r#type: "hidden", name: Form::PAGE, value: "{ADDRESS}/{id}" }
                    {field("group", choices(&offered.groups, true), InputKind::Text)}
                    {field("user", choices(&offered.users, false), InputKind::Integer)}
                    Button { submit: true, {tasks::reassign()} }
                }
            }
        }
    })
}
