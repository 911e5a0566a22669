//! The screen of an instance: what it was given, what has happened to it, and what can be asked of it.

use std::collections::HashMap;

use dioxus::prelude::*;

use super::history::arranged;
use super::{address, current, lanes, post, processes as processes_of, words};
use crate::error::Result;
use crate::process::{InstanceSeen, show};
use crate::security::Permission;
use crate::ui::components::{Badge, Banner, Card, Detail, Details, EmptyState, JsonView, PageHeader, Skeleton, Tone};
use crate::ui::page::{Form, Wrong, use_changes, use_load, use_location, use_posted, use_title, use_visitor};
use crate::ui::records::names_of_users;
use crate::ui::shell::refusal;
use crate::ui::text::Format;
use crate::ui::text::own::processes;
use crate::value::DateTime;

/// The parameter that asks a question on the screen.
const ASK: &str = "ask";

struct Seen {
    instance: InstanceSeen,
    names: HashMap<i64, String>,
    may_use: bool,
    may_cancel: bool,
    may_admin: bool,
    now: DateTime,
}

async fn read(app: String, id: String) -> Result<Seen> {
    let found = post::found(&app, &id).await?;
    let instance = show(found.id).await.map_err(|error| match error.code() {
        "unknown_instance" => crate::ui::shell::unknown(),
        _ => error,
    })?;
    let ctx = current()?;
    let rights = ctx.scope().fresh_rights().await?;
    let users = std::iter::once(instance.listed.user).chain(instance.cancelled_by);
    let mut names = names_of_users(&rights, users).await?;
    names.insert(ctx.user.id, ctx.user.name.to_string());
    let process = ctx.scope().engine.registry().find(&instance.listed.process);
    let may = |permission| process.is_some_and(|process| rights.allows(process, permission));
    // What is in the archive is only looked at.
    let may_now = |permission| may(permission) && !instance.listed.archived;
    let (may_use, may_admin) = (may_now(Permission::Use), may_now(Permission::Admin));
    let may_cancel = may_admin || (may_use && instance.listed.user == ctx.user.id);
    Ok(Seen { names, may_use, may_cancel, may_admin, instance, now: ctx.now() })
}

/// An instance of one of an app's processes.
#[component]
pub(crate) fn InstanceScreen(app: String, id: String) -> Element {
    let visitor = use_visitor();
    let changed: u64 = processes_of(visitor.engine.registry(), &app).into_iter().map(use_changes).sum();
    let of = (app.clone(), id.clone());
    let load = use_load((of, changed), move |((app, id), _)| read(app, id));
    let here = format!("{}/{id}", address(&app));
    let refused: Vec<Wrong> = ["retry", "resume", "cancel", "signal"]
        .iter()
        .filter_map(|asked| use_posted(&format!("{here}/{asked}")))
        .map(|posted| posted.wrong.clone())
        .collect();
    let location = use_location();
    let asks_cancel = location.read().parameter(ASK).as_deref() == Some("cancel");
    let title = load.with(|answer| match answer {
        Some(Ok(seen)) => seen.instance.listed.name.clone(),
        _ => processes::title().to_owned(),
    });
    use_title(title);
    load.with(|answer| match answer {
        None => rsx! {
            Skeleton { lines: 8 }
        },
        Some(Err(error)) => refusal(error),
        Some(Ok(seen)) => {
            let (state, tone) = words::state(&seen.instance.listed.state);
            let runs = seen.instance.listed.state == "running";
            rsx! {
                PageHeader {
                    title: seen.instance.listed.name.clone(),
                    description: words::object(&seen.instance.listed.process),
                    badge: rsx! { Badge { label: state, tone } },
                    {buttons(seen, &here, &visitor.csrf_token)}
                }
                if seen.instance.listed.archived {
                    Banner { tone: Tone::Neutral, title: processes::archive(), {processes::is_archived()} }
                }
                for (index , wrong) in refused.iter().enumerate() {
                    Banner { key: "{index}", tone: Tone::Bad, title: processes::not_done(), "{why(wrong)}" }
                }
                if asks_cancel && runs && seen.may_cancel {
                    {cancel(&here, &visitor.csrf_token)}
                }
                {failure(&seen.instance)}
                {about(&app, seen)}
                if runs && seen.may_use {
                    {signals(&seen.instance, &here, &visitor.csrf_token)}
                }
                {history(seen)}
            }
        }
    })
}

/// Why something was not done, in words.
fn why(wrong: &Wrong) -> String {
    match wrong.code.as_str() {
        "instance_ended" => processes::has_ended().to_owned(),
        "instance_archived" => processes::is_archived().to_owned(),
        "compensated" => processes::compensated().to_owned(),
        _ => wrong.message.clone(),
    }
}

/// What each form of the screen sends: by which it is believed, and where it stands.
fn token(csrf_token: &str, here: &str) -> Element {
    rsx! {
        input { r#type: "hidden", name: "csrf_token", value: "{csrf_token}" }
        input { r#type: "hidden", name: Form::PAGE, value: "{here}" }
    }
}

/// What can be asked of the instance: only what the visitor may ask is there.
fn buttons(seen: &Seen, here: &str, csrf_token: &str) -> Element {
    let state = seen.instance.listed.state.as_str();
    let (failed, parked) = (state == "failed", state == "parked");
    let button = |asked: &str, label: &str| {
        rsx! {
            form { method: "post", action: "{here}/{asked}",
                {token(csrf_token, here)}
                button { r#type: "submit", class: "ao-button ao-button-primary", "{label}" }
            }
        }
    };
    rsx! {
        if state == "running" && seen.may_cancel {
            a { class: "ao-button ao-button-quiet", href: "{here}?{ASK}=cancel", {processes::cancel()} }
        }
        if failed && seen.may_admin {
            {button("retry", processes::retry())}
        }
        if parked && seen.may_admin {
            {button("resume", processes::resume())}
        }
    }
}

fn cancel(here: &str, csrf_token: &str) -> Element {
    rsx! {
        Card { title: processes::cancel_question(), description: processes::cancel_hint(),
            form { class: "ao-form", method: "post", action: "{here}/cancel",
                {token(csrf_token, here)}
                div { class: "ao-form-actions",
                    button { r#type: "submit", class: "ao-button ao-button-danger", {processes::cancel()} }
                    a { class: "ao-button ao-button-quiet", href: "{here}", {processes::keep()} }
                }
            }
        }
    }
}

fn failure(instance: &InstanceSeen) -> Element {
    // Who has cancelled one is told anyway.
    let Some(error) = instance.listed.error.as_ref().filter(|_| instance.listed.state != "cancelled") else {
        return rsx! {};
    };
    rsx! {
        Banner { tone: Tone::Bad, title: "{error.message}",
            if let Some(execution) = error.execution_id {
                span { class: "ao-dim", {processes::execution()} " " code { "{execution}" } }
            }
        }
    }
}

fn about(app: &str, seen: &Seen) -> Element {
    let (instance, format) = (&seen.instance, Format::current());
    let listed = &instance.listed;
    let moment = |label: &'static str, at: Option<DateTime>| {
        let Some(at) = at else { return rsx! {} };
        rsx! {
            Detail { label,
                time { datetime: at.to_rfc3339(), title: format.date_time(at), {format.relative(at, seen.now)} }
            }
        }
    };
    let waits = words::waits_for(listed, seen.now);
    let has_arguments = instance.arguments.as_object().is_some_and(|arguments| !arguments.is_empty());
    rsx! {
        Card {
            Details {
                Detail { label: processes::started_by(), {words::who(listed.user, &seen.names)} }
                {moment(processes::started(), listed.started_at)}
                {moment(processes::ended(), listed.ended_at)}
                if listed.state == "running" {
                    {moment(processes::deadline(), instance.deadline_at)}
                }
                if !waits.is_empty() {
                    Detail { label: processes::waits_for(), "{waits}" }
                }
                if let Some(by) = instance.cancelled_by {
                    Detail { label: processes::cancelled_by(), {words::who(by, &seen.names)} }
                }
                if let Some(parent) = instance.parent {
                    Detail { label: processes::part_of(),
                        a { href: "{address(app)}/{parent}", "{parent}" }
                    }
                }
                Detail { label: processes::process(),
                    "{words::object(&listed.process)}, "
                    {processes::version(&listed.version.to_string())}
                }
                if has_arguments {
                    Detail { label: processes::arguments(), wide: true,
                        JsonView { label: processes::arguments(), value: instance.arguments.clone() }
                    }
                }
                if !instance.variables.is_empty() {
                    Detail { label: processes::variables(), wide: true,
                        dl { class: "ao-process-variables",
                            for variable in &instance.variables {
                                div { key: "{variable.name}",
                                    dt { "{variable.name}" }
                                    dd {
                                        if ["logged", "searchable"].contains(&variable.visibility.as_str()) {
                                            JsonView { label: variable.name.clone(), value: variable.value.clone(), open: 0 }
                                        } else {
                                            span { class: "ao-dim", {processes::hidden()} }
                                        }
                                    }
                                }
                            }
                        }
                    }
                }
                if !instance.result.is_null() {
                    Detail { label: processes::result(), wide: true,
                        JsonView { label: processes::result(), value: instance.result.clone() }
                    }
                }
            }
        }
    }
}

/// A form for each signal that the instance waits for.
fn signals(instance: &InstanceSeen, here: &str, csrf_token: &str) -> Element {
    let mut names: Vec<&str> =
        instance.listed.waits.iter().filter(|wait| wait.kind == "signal").map(|wait| wait.name.as_str()).collect();
    names.dedup();
    rsx! {
        for name in names {
            Card { key: "{name}", title: "{processes::tell()}: {name}",
                form { class: "ao-form", method: "post", action: "{here}/signal",
                    {token(csrf_token, here)}
                    input { r#type: "hidden", name: "name", value: "{name}" }
                    div { class: "ao-field",
                        label { class: "ao-label", r#for: "payload-{name}", {processes::payload()} }
                        input {
                            class: "ao-input",
                            id: "payload-{name}",
                            name: "payload",
                            r#type: "text",
                            maxlength: "10000",
                            "aria-describedby": "hint-{name}",
                        }
                        p { class: "ao-help", id: "hint-{name}", {processes::payload_hint()} }
                    }
                    div { class: "ao-form-actions",
                        button { r#type: "submit", class: "ao-button ao-button-primary", {processes::send()} }
                    }
                }
            }
        }
    }
}

fn history(seen: &Seen) -> Element {
    let (sequence, undone) = arranged(&seen.instance.history);
    rsx! {
        Card { title: processes::history(),
            if sequence.is_empty() {
                EmptyState { title: processes::nothing_yet() }
            } else {
                {lanes::sequence(&sequence, processes::history(), seen.now)}
            }
        }
        if !undone.is_empty() {
            Card { title: processes::undone(), {lanes::undone(&undone, seen.now)} }
        }
    }
}
