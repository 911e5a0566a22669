//! `/admin/permissions`: what somebody may do with each object, why, and what it would be with other groups. Whom and
//! what is asked about stands in the address; nothing is changed here.

use dioxus::prelude::*;

use super::objects::{Asked as Shown, apps, page, pages};
use super::reasons::{because, reason};
use super::{OBJECTS, PERMISSIONS, Ways, select};
use crate::error::{AppOsError, ErrorKind, Result};
use crate::model::{Record as _, RecordQuery as _};
use crate::platform::console::{Explanation, ObjectRights, PermissionMatrix, explain_permission, permission_matrix};
use crate::platform::records::Group;
use crate::security::Permission;
use crate::ui::components::{
    Banner, Card, Choice, DataTable, Detail, Details, EmptyState, PageHeader, Skeleton, TableCell, TableColumn,
    TableRow, Tone,
};
use crate::ui::page::{Location, use_load, use_location, use_title};
use crate::ui::shell::refusal;
use crate::ui::text::errors;
use crate::ui::text::own::{admin as words, lists, monitoring, processes};

/// What an address asks for.
#[derive(Clone, Debug, Default, PartialEq)]
struct Asked {
    user: Option<String>,
    with: Option<String>,
    without: Option<String>,
    /// Only what would be different.
    changes: bool,
    /// Permission and object that are to be explained.
    why: Option<(String, String)>,
    shown: Shown,
}

impl Asked {
    fn of(location: &Location) -> Self {
        let given = |name| location.parameter(name).filter(|value: &String| !value.trim().is_empty());
        let why = given("why").and_then(|why| {
            let (permission, object) = why.split_once(':')?;
            Some((permission.to_owned(), object.to_owned()))
        });
        Self {
            user: given("user"),
            with: given("with"),
            without: given("without"),
            changes: given("changes").is_some(),
            why,
            shown: Shown::of(location),
        }
    }
}

struct Seen {
    /// Every group by which it can be simulated.
    groups: Vec<String>,
    /// What was answered; `None`: nobody was named.
    answer: Option<(PermissionMatrix, Option<Explanation>)>,
    /// What was wrong with the question.
    wrong: Option<String>,
}

async fn read(asked: Asked) -> Result<Seen> {
    let groups = Group::query().active(true).all().await?.into_iter().map(|group| group.name).collect();
    let Some(user) = asked.user.clone() else {
        // Whoever may not ask learns that now.
        return Ok(Seen { groups, answer: None, wrong: None });
    };
    let (with, without) = (asked.with.map(|group| vec![group]), asked.without.map(|group| vec![group]));
    let answered = async {
        let matrix = permission_matrix(user.clone(), asked.shown.app, with.clone(), without.clone()).await?;
        let why = match asked.why {
            None => None,
            Some((permission, object)) => Some(explain_permission(user, permission, object, with, without).await?),
        };
        Ok::<_, AppOsError>((matrix, why))
    };
    match answered.await {
        Ok(answer) => Ok(Seen { groups, answer: Some(answer), wrong: None }),
        Err(error) if error.kind() == ErrorKind::Validation => {
            let fields = error.fields().iter().map(|field| field.message.clone()).collect::<Vec<_>>();
            let wrong = if fields.is_empty() { errors::message(&error) } else { fields.join(", ") };
            Ok(Seen { groups, answer: None, wrong: Some(wrong) })
        }
        Err(error) => Err(error),
    }
}

/// The permissions.
#[component]
pub(super) fn Permissions() -> Element {
    use_title(words::permissions());
    let location = use_location();
    let load = use_load(Asked::of(&location.read()), read);
    let asked = Asked::of(&location.read());
    load.with(|answer| match answer {
        None => rsx! {
            Skeleton { lines: 12 }
        },
        Some(Err(error)) => refusal(error),
        Some(Ok(seen)) => rsx! {
            PageHeader { title: words::permissions(), description: words::permissions_hint() }
            Ways { selected: "permissions" }
            Question { asked: asked.clone(), groups: seen.groups.clone() }
            if let Some(wrong) = &seen.wrong {
                Banner { tone: Tone::Bad, title: wrong.clone() }
            }
            match &seen.answer {
                None => rsx! {
                    if seen.wrong.is_none() {
                        EmptyState { title: words::ask_for_one(), description: words::user_hint() }
                    }
                },
                Some((matrix, why)) => rsx! {
                    {whom(matrix)}
                    if let Some(why) = why {
                        {explained(why)}
                    }
                    {answer_of(&location.read(), matrix, &asked)}
                },
            }
        },
    })
}

/// Whom it is about, with which groups, and of which objects.
#[component]
fn Question(asked: Asked, groups: Vec<String>) -> Element {
    let apps = apps();
    let groups: Vec<Choice> = groups.iter().map(|group| Choice::new(group.clone(), group.clone())).collect();
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    rsx! {
        form { class: "ao-process-filters", method: "get", action: PERMISSIONS, role: "search",
            input {
                class: "ao-input",
                name: "user",
                required: true,
                maxlength: "200",
                value: text(&asked.user),
                placeholder: words::user_hint(),
                "aria-label": words::user(),
            }
            {select("app", words::app(), words::any_app(), &apps, &text(&asked.shown.app))}
            input {
                class: "ao-input",
                r#type: "search",
                name: "q",
                maxlength: "200",
                value: text(&asked.shown.search),
                placeholder: monitoring::search(),
                "aria-label": monitoring::search(),
            }
            {select("with", words::with_group(), words::with_group(), &groups, &text(&asked.with))}
            {select("without", words::without_group(), words::without_group(), &groups, &text(&asked.without))}
            button { r#type: "submit", class: "ao-button", {processes::show()} }
            if asked.user.is_some() {
                a { class: "ao-button ao-button-quiet", href: PERMISSIONS, {lists::clear_filters()} }
            }
        }
    }
}

fn whom(matrix: &PermissionMatrix) -> Element {
    let list = |groups: &std::collections::BTreeSet<String>| {
        let groups = groups.iter().map(String::as_str).collect::<Vec<_>>().join(", ");
        if groups.is_empty() { words::no_groups().to_owned() } else { groups }
    };
    rsx! {
        if !matrix.user.active {
            Banner { tone: Tone::Warning, title: words::switched_off() }
        }
        Card {
            Details {
                Detail { label: words::user(), "{matrix.user.name} ({matrix.user.email})" }
                Detail { label: words::groups_of(&matrix.user.name), {list(&matrix.user.groups)} }
                if let Some(simulated) = &matrix.simulated {
                    Detail { label: words::would_be(), {list(simulated)} }
                }
            }
        }
    }
}

/// One answer with everything that is known of it.
fn explained(why: &Explanation) -> Element {
    let allowed = why.decision.allowed;
    let said = if allowed { words::may_do } else { words::may_not_do };
    let list =
        |groups: &std::collections::BTreeSet<String>| groups.iter().map(String::as_str).collect::<Vec<_>>().join(", ");
    let would_be = why.would_be.as_ref().map(|decision| {
        let answer = if decision.allowed { words::allowed() } else { words::denied() };
        format!("{answer}: {}", reason(&decision.reason))
    });
    rsx! {
        Card { title: said(&why.user.name, why.permission.as_str(), why.object), description: reason(&why.decision.reason),
            Details {
                if let Some(would_be) = would_be {
                    Detail { label: words::would_be(), wide: true, "{would_be}" }
                }
                Detail { label: words::givers(), {list(&why.givers)} }
                if !why.app_groups.is_empty() {
                    Detail { label: words::app_groups(), {list(&why.app_groups)} }
                }
            }
        }
    }
}

/// True if one of its permissions would be another.
fn differs(rights: &ObjectRights) -> u64 {
    let differ = rights.permissions.iter().filter(|it| it.would_be.is_some_and(|would| would != it.allowed));
    u64::try_from(differ.count()).unwrap_or(u64::MAX)
}

fn answer_of(location: &Location, matrix: &PermissionMatrix, asked: &Asked) -> Element {
    let search = asked.shown.search.clone().unwrap_or_default().to_lowercase();
    let changes: u64 = matrix.objects.iter().map(differs).sum();
    let objects: Vec<&ObjectRights> = matrix
        .objects
        .iter()
        .filter(|rights| rights.object.contains(&search) && (!asked.changes || differs(rights) > 0))
        .collect();
    let (to_changes, to_all) =
        (location.with(&[("changes", Some("true")), ("page", None)]), location.with(&[("changes", None)]));
    rsx! {
        if matrix.simulated.is_some() {
            Banner { tone: if changes > 0 { Tone::Warning } else { Tone::Neutral }, title: words::simulated(changes),
                if asked.changes {
                    a { href: to_all, {monitoring::objects()} }
                } else if changes > 0 {
                    a { href: to_changes, {words::only_changes()} }
                }
            }
        }
        if objects.is_empty() {
            EmptyState { title: lists::none_found() }
        } else {
            {table(location, &objects[page(objects.len(), &asked.shown)])}
            {pages(location, objects.len(), &asked.shown)}
        }
    }
}

fn table(location: &Location, objects: &[&ObjectRights]) -> Element {
    let permissions = Permission::ALL.map(|permission| TableColumn::new(permission.as_str()));
    let columns = std::iter::once(TableColumn::new(monitoring::object())).chain(permissions).collect::<Vec<_>>();
    let rows = objects.iter().map(|rights| {
        let cells = Permission::ALL.map(|permission| cell(location, rights, permission));
        let first = TableCell::link(rights.object, format!("{OBJECTS}/{}", rights.object));
        TableRow::new(rights.object, rights.object, std::iter::once(first).chain(cells).collect())
    });
    rsx! {
        DataTable { label: words::permissions(), columns, rows: rows.collect::<Vec<_>>() }
    }
}

/// Yes or no, or what would be different; it leads to why.
fn cell(location: &Location, rights: &ObjectRights, permission: Permission) -> TableCell {
    let Some(state) = rights.permissions.iter().find(|state| state.permission == permission) else {
        return TableCell::Empty;
    };
    let (label, tone) = match (state.allowed, state.would_be) {
        (false, Some(true)) => (words::would_gain(), Tone::Warning),
        (true, Some(false)) => (words::would_lose(), Tone::Bad),
        (true, _) => (words::allowed(), Tone::Good),
        (false, _) => (words::denied(), Tone::Neutral),
    };
    let why = location.with(&[("why", Some(&format!("{permission}:{}", rights.object)))]);
    let (title, asks) = (because(state.because), words::why());
    TableCell::Element(rsx! {
        a { class: "ao-badge {tone.class()}", href: why, title: "{title}",
            "{label}"
            span { class: "ao-hidden", " {asks}" }
        }
    })
}
