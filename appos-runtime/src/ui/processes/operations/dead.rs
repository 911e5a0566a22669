//! `/processes/dead`: instances that go no further by themselves, and what can be done with several of them at once.
//! What is about to be done stands in the address and is asked about; nothing here needs script.

use dioxus::prelude::*;
use uuid::Uuid;

use super::mine::pages;
use super::{DEAD, MANY, Ways, address_of, page_of, process_of};
use crate::error::Result;
use crate::process::{Listed, Steering, Wanted};
use crate::security::Permission;
use crate::ui::components::{
    Banner, BulkBar, Button, ButtonVariant, Card, ColumnKind, DataTable, EmptyState, LinkButton, PageHeader, Skeleton,
    TableCell, TableColumn, TableRow, Tone,
};
use crate::ui::page::{Location, use_load, use_location, use_posted, use_title, use_visitor};
use crate::ui::processes::{current, words as told};
use crate::ui::shell::refusal;
use crate::ui::tasks::use_changes_of_processes;
use crate::ui::text::Format;
use crate::ui::text::own::{operations as words, processes};
use crate::value::DateTime;

struct Found {
    instances: Vec<Listed>,
    next: Option<String>,
    /// There is one that may be steered.
    may_steer: bool,
    now: DateTime,
}

async fn read(app: Option<String>, after: Option<String>) -> Result<Found> {
    let wanted = Wanted { app: app.filter(|app| !app.is_empty()), dead: true, ..Wanted::default() };
    let (instances, next) = page_of(wanted, after).await?;
    let ctx = current()?;
    let (registry, rights) = (ctx.scope().engine.registry(), ctx.scope().fresh_rights().await?);
    let may = |instance: &Listed| {
        process_of(registry, &instance.process).is_some_and(|process| rights.allows(process, Permission::Admin))
    };
    Ok(Found { may_steer: instances.iter().any(may), instances, next, now: ctx.now() })
}

/// What goes no further by itself.
#[component]
pub(crate) fn DeadLetters() -> Element {
    use_title(words::dead());
    let location = use_location();
    let visitor = use_visitor();
    let posted = use_posted(DEAD);
    let (app, after) = (location.read().parameter("app"), location.read().parameter("after"));
    let of = (app, after.clone(), use_changes_of_processes());
    let load = use_load(of, |(app, after, _)| read(app, after));
    let location = location.read();
    let asked = Asked::of(&location);
    rsx! {
        PageHeader { title: words::title(), description: words::dead_hint() }
        Ways { selected: "dead" }
        if let Some(posted) = posted {
            Banner { tone: Tone::Bad, title: processes::not_done(), "{posted.wrong.message}" }
        }
        {load.with(|answer| match answer {
            None => rsx! {
                Skeleton { lines: 8 }
            },
            Some(Err(error)) => refusal(error),
            Some(Ok(found)) => rsx! {
                {was_done(&location)}
                if let Some(asked) = asked {
                    {confirm(&asked, found, &visitor.csrf_token)}
                } else if found.instances.is_empty() {
                    EmptyState { title: words::none_dead(), description: words::none_dead_hint() }
                } else {
                    {table(found)}
                    if found.may_steer {
                        BulkBar { id: "bulk", action: DEAD, token: visitor.csrf_token.to_string(),
                            Button { small: true, submit: true, name: "do", value: "retry", {processes::retry()} }
                            Button { small: true, submit: true, name: "do", value: "resume", {processes::resume()} }
                            Button { small: true, submit: true, name: "do", value: "cancel", variant: ButtonVariant::Danger, {processes::cancel()} }
                        }
                    }
                    {pages(&location, found.next.as_deref(), after.is_some())}
                }
            },
        })}
    }
}

/// What is about to be done, and with which instances.
pub(super) struct Asked {
    pub(super) steering: Steering,
    pub(super) ids: Vec<Uuid>,
}

impl Asked {
    fn of(location: &Location) -> Option<Self> {
        let steering = Steering::named(&location.parameter("do")?)?;
        let ids = read_ids(std::iter::once(location.parameter("ids")?.as_str()));
        (!ids.is_empty()).then_some(Self { steering, ids })
    }

    /// The address at which it is asked about.
    pub(super) fn address(&self) -> String {
        let ids = self.ids.iter().map(Uuid::to_string).collect::<Vec<_>>().join(",");
        let at = Location { path: DEAD.to_owned(), query: String::new() };
        at.with(&[("do", Some(self.steering.as_str())), ("ids", Some(&ids))])
    }
}

/// Ids as fields and addresses hold them: one each, or several with commas between.
pub(super) fn read_ids<'a>(texts: impl Iterator<Item = &'a str>) -> Vec<Uuid> {
    let mut ids = Vec::new();
    for id in texts.flat_map(|text| text.split(',')).filter_map(|id| Uuid::parse_str(id).ok()) {
        if ids.len() < MANY && !ids.contains(&id) {
            ids.push(id);
        }
    }
    ids
}

fn confirm(asked: &Asked, found: &Found, csrf_token: &str) -> Element {
    let count = u64::try_from(asked.ids.len()).unwrap_or(0);
    let (title, hint) = match asked.steering {
        Steering::Retry => (words::retry_many(count), words::retry_hint()),
        Steering::Resume => (words::resume_many(count), words::resume_hint()),
        Steering::Cancel => (words::cancel_many(count), words::cancel_hint()),
    };
    let shown = |id: &Uuid| found.instances.iter().find(|instance| instance.id == *id);
    let names = asked.ids.iter().map(|id| shown(id).map_or_else(|| id.to_string(), |instance| instance.name.clone()));
    let ids = asked.ids.iter().map(Uuid::to_string).collect::<Vec<_>>().join(",");
    let danger = asked.steering == Steering::Cancel;
    rsx! {
        Card { title: title.clone(), description: hint,
            ul {
                for (index , name) in names.enumerate() {
                    li { key: "{index}", "{name}" }
                }
            }
            form { class: "ao-form", method: "post", action: DEAD,
                input { r#type: "hidden", name: "csrf_token", value: "{csrf_token}" }
                input { r#type: "hidden", name: "ids", value: "{ids}" }
                input { r#type: "hidden", name: "confirmed", value: "true" }
                div { class: "ao-form-actions",
                    Button {
                        submit: true,
                        name: "do",
                        value: asked.steering.as_str(),
                        variant: if danger { ButtonVariant::Danger } else { ButtonVariant::Primary },
                        {title}
                    }
                    LinkButton { to: DEAD, variant: ButtonVariant::Quiet, {words::not_now()} }
                }
            }
        }
    }
}

/// What was done with several before the list was opened.
fn was_done(location: &Location) -> Element {
    let number = |name: &str| location.parameter(name).and_then(|number| number.parse::<u64>().ok()).unwrap_or(0);
    let (did, refused) = (number("did"), number("refused"));
    let why = location.parameter("why").map(|code| why(&code)).unwrap_or_default();
    rsx! {
        if did > 0 {
            Banner { tone: Tone::Good, title: words::were_asked(did) }
        }
        if refused > 0 {
            Banner { tone: Tone::Warning, title: words::were_refused(refused), "{why}" }
        }
    }
}

/// Why something was not done, by its code: an address says nothing else here.
fn why(code: &str) -> &'static str {
    match code {
        "compensated" => processes::compensated(),
        "instance_ended" => processes::has_ended(),
        "not_parked" => words::not_parked(),
        "not_failed" => words::goes_on_already(),
        _ => words::may_not(),
    }
}

fn table(found: &Found) -> Element {
    let format = Format::current();
    let columns = vec![
        TableColumn::new(processes::name()),
        TableColumn::badge(processes::state()),
        TableColumn::new(processes::process()).secondary(),
        TableColumn::new(words::error()),
        TableColumn { kind: ColumnKind::Date, ..TableColumn::new(processes::ended()) },
    ];
    let rows = found.instances.iter().map(|instance| {
        let (state, tone) = told::state(&instance.state);
        let error = instance.error.as_ref().map_or(TableCell::Empty, |error| {
            let execution = error.execution_id.map(|id| id.to_string());
            TableCell::Element(rsx! {
                div { class: "ao-process-error",
                    "{error.message}"
                    p { class: "ao-dim ao-code", "{error.code}" }
                    if let Some(execution) = execution {
                        p { class: "ao-dim ao-code", "{processes::execution()} {execution}" }
                    }
                }
            })
        });
        let cells = vec![
            TableCell::text(&instance.name),
            TableCell::badge(state, tone),
            TableCell::text(told::object(&instance.process)),
            error,
            TableCell::text(instance.ended_at.map(|at| format.relative(at, found.now)).unwrap_or_default()),
        ];
        TableRow::new(instance.id, instance.name.clone(), cells).to(address_of(&instance.process, instance.id))
    });
    let select = found.may_steer.then(|| "ids".to_owned());
    let form = found.may_steer.then(|| "bulk".to_owned());
    rsx! {
        DataTable { label: words::dead(), columns, rows: rows.collect::<Vec<_>>(), select, form }
    }
}
