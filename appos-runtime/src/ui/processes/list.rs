//! The list of an app's instances: which of them is in its address.

use std::collections::{BTreeMap, HashMap};

use dioxus::prelude::*;

use super::operations::OfApp;
use super::start::{address_of as start_of, is_startable};
use super::{May, address, current, may, processes as processes_of, words};
use crate::error::Result;
use crate::process::{Listed, Wanted, list_instances, unknown_state};
use crate::registry::{ObjectDescriptor, ObjectDetail};
use crate::security::Permission;
use crate::ui::components::{
    ButtonVariant, Choice, ColumnKind, DataTable, EmptyState, LinkButton, Menu, MenuLink, MenuSection, PageHeader,
    Skeleton, Tab, TableCell, TableColumn, TableRow, Tabs,
};
use crate::ui::page::{Location, use_changes, use_load, use_location, use_title, use_visitor};
use crate::ui::records::names_of_users;
use crate::ui::shell::{refusal, unknown};
use crate::ui::text::Format;
use crate::ui::text::own::{lists, processes};
use crate::value::DateTime;

/// Instances of a page.
const MANY: usize = 50;
/// Longest text that is searched for, in characters.
const LONGEST: usize = 200;
/// Values by which one address asks for instances.
const MOST_FILTERS: usize = 10;
/// The states in which an instance can be, in the order in which they are offered.
const STATES: [&str; 5] = ["running", "failed", "parked", "completed", "cancelled"];

/// What an address asks for.
#[derive(Clone, Debug, Default, PartialEq)]
struct Asked {
    state: Option<String>,
    /// Name of a process.
    process: Option<String>,
    search: Option<String>,
    mine: bool,
    archived: bool,
    /// Values by which they are found.
    filter: BTreeMap<String, String>,
    after: Option<uuid::Uuid>,
}

impl Asked {
    fn of(location: &Location) -> Self {
        let given = |name| location.parameter(name).filter(|value: &String| !value.trim().is_empty());
        Self {
            // What is no state is not asked for.
            state: given("state").filter(|state| unknown_state(state).is_none()),
            process: given("process"),
            search: given("q").map(|text| text.trim().chars().take(LONGEST).collect()),
            mine: given("mine").is_some(),
            archived: given("archived").is_some(),
            filter: filter(location),
            after: given("after").and_then(|after| after.parse().ok()),
        }
    }

    fn filters(&self) -> bool {
        self.state.is_some()
            || self.process.is_some()
            || self.search.is_some()
            || self.archived
            || !self.filter.is_empty()
    }
}

/// The values by which an address asks for instances: `filter[customer]=3`.
fn filter(location: &Location) -> BTreeMap<String, String> {
    let parameters = location.parameters();
    let asked = parameters.iter().filter_map(|(name, value)| {
        let name = name.strip_prefix("filter[")?.strip_suffix(']')?;
        let value: String = value.trim().chars().take(LONGEST).collect();
        (!name.is_empty() && !value.is_empty()).then(|| (name.to_owned(), value))
    });
    asked.take(MOST_FILTERS).collect()
}

struct Found {
    instances: Vec<Listed>,
    next: Option<String>,
    names: HashMap<i64, String>,
    /// The processes of the app of which he may know: those that can be chosen.
    processes: Vec<&'static ObjectDescriptor>,
    /// Those that he may start.
    startable: Vec<&'static ObjectDescriptor>,
    /// False: only those that he has started are there anyway.
    sees_others: bool,
    now: DateTime,
}

async fn read(app: String, asked: Asked) -> Result<Found> {
    let ctx = current()?;
    let (registry, rights) = (ctx.scope().engine.registry(), ctx.scope().fresh_rights().await?);
    let may = may(registry, &app, &rights);
    if may == May::Nothing {
        return Err(unknown());
    }
    let process = asked.process.map(|name| format!("{app}.processes.{name}"));
    let wanted = Wanted {
        app: Some(app.clone()),
        process,
        state: asked.state,
        own: asked.mine,
        archived: asked.archived,
        filter: asked.filter,
        search: asked.search,
        after: asked.after,
        // One more tells whether there are others.
        limit: u64::try_from(MANY + 1).ok(),
        dead: false,
    };
    let mut instances = list_instances(Some(wanted)).await?;
    let more = instances.len() > MANY;
    instances.truncate(MANY);
    let next = instances.last().filter(|_| more).map(|last| last.id.to_string());
    let mut names = names_of_users(&rights, instances.iter().map(|instance| instance.user)).await?;
    names.insert(ctx.user.id, ctx.user.name.to_string());
    let known = processes_of(registry, &app).into_iter();
    let processes = known
        .filter(|process| rights.allows(process, Permission::View) || rights.allows(process, Permission::Use))
        .collect();
    let startable = processes_of(registry, &app).into_iter();
    let startable =
        startable.filter(|process| rights.allows(process, Permission::Use) && is_startable(process)).collect();
    Ok(Found { instances, next, names, processes, startable, sees_others: may == May::View, now: ctx.now() })
}

/// The instances of an app's processes.
#[component]
pub(crate) fn ProcessList(app: String) -> Element {
    let location = use_location();
    let visitor = use_visitor();
    use_title(processes::title());
    let changed: u64 = processes_of(visitor.engine.registry(), &app).into_iter().map(use_changes).sum();
    let of = app.clone();
    let load = use_load((Asked::of(&location.read()), changed), move |(asked, _)| read(of.clone(), asked));
    let asked = Asked::of(&location.read());
    load.with(|answer| match answer {
        None => rsx! {
            PageHeader { title: processes::title() }
            Skeleton { lines: 12 }
        },
        Some(Err(error)) => refusal(error),
        Some(Ok(found)) => rsx! {
            PageHeader { title: processes::title(), {starts(found)} }
            if found.sees_others {
                OfApp { app: app.clone(), changed }
                {tabs(&location.read(), &asked)}
            }
            {filters(&app, found, &asked)}
            {table(&app, found, &asked)}
            {pages(&location.read(), found, &asked)}
        },
    })
}

/// What the visitor may start: a button, or a menu of several.
fn starts(found: &Found) -> Element {
    match found.startable.as_slice() {
        [] => rsx! {},
        [only] => rsx! {
            LinkButton { to: start_of(only), variant: ButtonVariant::Primary, {processes::start_of(&words::object(only.reference))} }
        },
        several => rsx! {
            Menu {
                id: "start",
                label: processes::start(),
                sections: vec![MenuSection::of(several.iter().map(|process| {
                    MenuLink::to(words::object(process.reference), start_of(process))
                }).collect())],
            }
        },
    }
}

fn tabs(location: &Location, asked: &Asked) -> Element {
    let to = |mine| location.with(&[("mine", mine), ("after", None)]);
    rsx! {
        Tabs {
            label: processes::title(),
            selected: if asked.mine { "mine" } else { "all" },
            tabs: vec![
                Tab::link("all", processes::all(), to(None)),
                Tab::link("mine", processes::mine(), to(Some("true"))),
            ],
        }
    }
}

fn filters(app: &str, found: &Found, asked: &Asked) -> Element {
    let states = STATES.map(|state| Choice::new(state, words::state(state).0));
    let all = found.processes.iter().map(|process| Choice::new(process.name, words::object(process.reference)));
    let all: Vec<Choice> = all.collect();
    let select = |name: &'static str, label: &'static str, empty: &'static str, choices: &[Choice], chosen: &str| {
        rsx! {
            div { class: "ao-select",
                select { class: "ao-input", name, "aria-label": label,
                    option { value: "", selected: chosen.is_empty(), "{empty}" }
                    for choice in choices {
                        option { key: "{choice.value}", value: "{choice.value}", selected: choice.value == chosen, "{choice.label}" }
                    }
                }
            }
        }
    };
    let chosen = |value: &Option<String>| value.clone().unwrap_or_default();
    let archive = [Choice::new("true", processes::archive())];
    let fields = fields(found, asked);
    rsx! {
        form { class: "ao-process-filters", method: "get", action: address(app), role: "search",
            input {
                class: "ao-input",
                r#type: "search",
                name: "q",
                maxlength: "200",
                value: chosen(&asked.search),
                placeholder: processes::search(),
                "aria-label": processes::search(),
            }
            {select("state", processes::state(), processes::any_state(), &states, &chosen(&asked.state))}
            if all.len() > 1 {
                {select("process", processes::process(), processes::any_process(), &all, &chosen(&asked.process))}
            }
            {select("archived", processes::kept(), processes::current(), &archive, if asked.archived { "true" } else { "" })}
            for (name , value) in fields {
                input {
                    key: "{name}",
                    class: "ao-input",
                    name: "filter[{name}]",
                    maxlength: "200",
                    value,
                    placeholder: words::object(&name),
                    title: words::object(&name),
                    "aria-label": words::object(&name),
                }
            }
            if asked.mine {
                input { r#type: "hidden", name: "mine", value: "true" }
            }
            button { r#type: "submit", class: "ao-button", {processes::show()} }
            if asked.filters() {
                a { class: "ao-button ao-button-quiet", href: address(app), {lists::clear_filters()} }
            }
        }
    }
}

/// What the chosen process, or the only one, is found by; and what is asked for beside it.
fn fields(found: &Found, asked: &Asked) -> BTreeMap<String, String> {
    let chosen = match (&asked.process, found.processes.as_slice()) {
        (None, [only]) => Some(*only),
        (name, all) => all.iter().copied().find(|process| Some(process.name) == name.as_deref()),
    };
    let searched = match chosen.map(|process| &process.detail) {
        Some(ObjectDetail::Process(process)) => process.search,
        _ => &[],
    };
    let mut fields: BTreeMap<String, String> =
        searched.iter().map(|name| ((*name).to_owned(), String::new())).collect();
    fields.extend(asked.filter.clone());
    fields
}

fn table(app: &str, found: &Found, asked: &Asked) -> Element {
    if found.instances.is_empty() {
        return rsx! {
            EmptyState { title: if asked.filters() { lists::none_found() } else { processes::none() } }
        };
    }
    let format = Format::current();
    let several = found.processes.len() > 1;
    let mut columns = vec![TableColumn::new(processes::name()), TableColumn::badge(processes::state())];
    if several {
        columns.push(TableColumn::new(processes::process()).secondary());
    }
    columns.extend([
        TableColumn::new(processes::waits_for()),
        TableColumn { kind: ColumnKind::Date, ..TableColumn::new(processes::started()) },
        TableColumn::new(processes::started_by()).secondary(),
    ]);
    let rows = found.instances.iter().map(|instance| {
        let (state, tone) = words::state(&instance.state);
        let mut cells = vec![TableCell::text(&instance.name), TableCell::badge(state, tone)];
        if several {
            cells.push(TableCell::text(words::object(&instance.process)));
        }
        let waits = match &instance.error {
            Some(error) => error.message.clone(),
            None => words::waits_for(instance, found.now),
        };
        cells.extend([
            TableCell::text(waits),
            TableCell::text(instance.started_at.map(|at| format.relative(at, found.now)).unwrap_or_default()),
            TableCell::text(words::who(instance.user, &found.names)),
        ]);
        TableRow::new(instance.id, instance.name.clone(), cells).to(format!("{}/{}", address(app), instance.id))
    });
    rsx! {
        DataTable { label: processes::title(), columns, rows: rows.collect::<Vec<_>>() }
    }
}

fn pages(location: &Location, found: &Found, asked: &Asked) -> Element {
    rsx! {
        if asked.after.is_some() || found.next.is_some() {
            div { class: "ao-form-actions",
                if asked.after.is_some() {
                    LinkButton { to: location.with(&[("after", None)]), {processes::newest()} }
                }
                if let Some(next) = &found.next {
                    LinkButton { to: location.with(&[("after", Some(next))]), {processes::older()} }
                }
            }
        }
    }
}
