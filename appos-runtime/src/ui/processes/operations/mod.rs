//! The screens of all processes of a platform: how much there is to do, who does it, what goes no further by itself,
//! and what the visitor has started.

mod dead;
mod mine;
mod overview;
mod post;
mod workers;

use std::time::Duration;

use dioxus::prelude::*;
use uuid::Uuid;

pub(crate) use dead::DeadLetters;
pub(crate) use mine::MyProcesses;
pub(super) use overview::OfApp;
pub(crate) use overview::Overview;
pub(crate) use post::post;
pub(crate) use workers::Workers;

use crate::error::Result;
use crate::process::{Listed, Wanted, list_instances};
use crate::registry::{ObjectDescriptor, ObjectKind, Registry};
use crate::security::{Permission, Rights};
use crate::ui::components::{Tab, Tabs};
use crate::ui::page::use_load;
use crate::ui::text::own::operations as words;

/// Where they are.
pub(crate) const ADDRESS: &str = "/processes";
pub(super) const WORKERS: &str = "/processes/workers";
pub(super) const DEAD: &str = "/processes/dead";
pub(crate) const MINE: &str = "/processes/mine";

/// Instances of one page, and so most of which something is asked at once: they stand in an address.
const MANY: usize = 50;

/// How often a page looks at numbers of which nobody tells.
pub(crate) const EVERY: Duration = Duration::from_secs(5);

/// True if there are processes, and no app has the address.
pub(crate) fn are_there(registry: &Registry) -> bool {
    let any = registry.objects().iter().any(|object| object.kind == ObjectKind::Process);
    any && registry.apps().iter().all(|app| app.name != "processes")
}

/// True if somebody may see who runs processes.
pub(crate) fn may_see_workers(registry: &Registry, rights: &Rights) -> bool {
    let rule = registry.find("platform.rules.process_workers");
    rule.is_some_and(|rule| rights.allows(rule, Permission::Use))
}

/// True if somebody may see instances of any process.
pub(crate) fn may_see_any(registry: &Registry, rights: &Rights) -> bool {
    let mut all = registry.objects().iter().filter(|object| object.kind == ObjectKind::Process);
    all.any(|object| rights.allows(object, Permission::View))
}

/// The app of a process with this reference, and its name.
fn parts(reference: &str) -> (&str, &str) {
    let mut parts = reference.splitn(3, '.');
    (parts.next().unwrap_or_default(), parts.nth(1).unwrap_or_default())
}

/// Where an instance of a process is shown.
fn address_of(process: &str, id: Uuid) -> String {
    format!("{}/{id}", super::address(parts(process).0))
}

/// The ways between the screens, as far as the visitor may go them.
#[component]
fn Ways(selected: String) -> Element {
    let load = use_load((), |()| ways());
    let tabs = load.with(|answer| match answer {
        Some(Ok(tabs)) => tabs.clone(),
        _ => Vec::new(),
    });
    let tabs: Vec<Tab> = tabs.into_iter().map(|(key, label, to)| Tab::link(key, label, to)).collect();
    rsx! {
        if tabs.len() > 1 {
            Tabs { label: words::title(), selected, tabs }
        }
    }
}

async fn ways() -> Result<Vec<(&'static str, &'static str, &'static str)>> {
    let ctx = super::current()?;
    let (registry, rights) = (ctx.scope().engine.registry(), ctx.scope().fresh_rights().await?);
    let mut tabs = Vec::new();
    if may_see_any(registry, &rights) {
        tabs.push(("overview", words::overview(), ADDRESS));
    }
    if may_see_workers(registry, &rights) {
        tabs.push(("workers", words::workers(), WORKERS));
    }
    tabs.push(("dead", words::dead(), DEAD));
    tabs.push(("mine", words::mine(), MINE));
    Ok(tabs)
}

/// The instances of one page after another, and the last of them, if there are more.
async fn page_of(wanted: Wanted, after: Option<String>) -> Result<(Vec<Listed>, Option<String>)> {
    let wanted = Wanted {
        after: after.and_then(|id| Uuid::parse_str(&id).ok()),
        // One more tells whether there are others.
        limit: u64::try_from(MANY + 1).ok(),
        ..wanted
    };
    let mut instances = list_instances(Some(wanted)).await?;
    let more = instances.len() > MANY;
    instances.truncate(MANY);
    let next = instances.last().filter(|_| more).map(|last| last.id.to_string());
    Ok((instances, next))
}

/// The process with a reference, if the program has it.
fn process_of(registry: &'static Registry, reference: &str) -> Option<&'static ObjectDescriptor> {
    registry.find(reference).filter(|object| object.kind == ObjectKind::Process)
}
