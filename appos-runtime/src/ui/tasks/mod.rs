//! The screens of tasks: what processes ask of whoever looks, and the form by which it is answered.

mod list;
mod post;
mod reassign;
mod show;

pub(crate) use list::TaskList;
pub(crate) use post::post;
pub(crate) use reassign::reassign;
pub(crate) use show::TaskScreen;

use crate::error::{AppOsError, Result};
use crate::icon;
use crate::process::tasks::count_open;
use crate::registry::{ObjectDescriptor, ObjectKind, Registry};
use crate::security::{Permission, Rights};
use crate::state::Ctx;
use crate::ui::page::{use_changes, use_visitor};
use crate::ui::processes::operations;
use crate::ui::shell::{NavigationEntry, NavigationGroup, NavigationSection};
use crate::ui::text::own::{operations as words, tasks};

/// Where they are.
pub(crate) const ADDRESS: &str = "/tasks";

/// True if there are processes, and no app has their address.
pub(crate) fn are_there(registry: &Registry) -> bool {
    let any = registry.objects().iter().any(|object| object.kind == ObjectKind::Process);
    any && registry.apps().iter().all(|app| app.name != "tasks")
}

/// Another number each time that an instance of a process has changed: with it its tasks may be others.
pub(crate) fn use_changes_of_processes() -> u64 {
    let objects = use_visitor().engine.registry().objects();
    objects.iter().filter(|object| object.kind == ObjectKind::Process).map(|object| use_changes(object)).sum()
}

/// True if somebody may start it: what is started is seen.
fn may_start(object: &ObjectDescriptor, rights: &Rights) -> bool {
    object.kind == ObjectKind::Process && rights.allows(object, Permission::Use)
}

/// Their entry in the navigation, with the number of those that wait.
///
/// # Errors
/// They cannot be counted now.
pub(crate) async fn section(registry: &Registry) -> Result<Option<NavigationSection>> {
    let ctx = Ctx::current().ok_or_else(|| AppOsError::dispatch("no execution").code_is("no_context"))?;
    if ctx.scope().user.id == 0 || !are_there(registry) {
        return Ok(None);
    }
    let count = count_open(&ctx).await?;
    let entry = NavigationEntry {
        label: tasks::mine().to_owned(),
        href: ADDRESS.to_owned(),
        icon: icon!("list-checks"),
        badge: (count > 0).then(|| count.to_string()),
    };
    let mut entries = vec![entry];
    if operations::are_there(registry) {
        let rights = ctx.scope().fresh_rights().await?;
        let place = |label: &str, href: &str, icon| NavigationEntry {
            label: label.to_owned(),
            href: href.to_owned(),
            icon,
            badge: None,
        };
        if registry.objects().iter().any(|object| may_start(object, &rights)) {
            entries.push(place(words::mine(), operations::MINE, icon!("workflow")));
        }
        if operations::may_see_workers(registry, &rights) {
            entries.push(place(words::everything(), operations::ADDRESS, icon!("activity")));
        }
    }
    let groups = vec![NavigationGroup { label: None, entries }];
    Ok(Some(NavigationSection {
        app: "tasks",
        label: crate::ui::text::own::shell::home().to_owned(),
        home: Some("/".to_owned()),
        groups,
    }))
}
