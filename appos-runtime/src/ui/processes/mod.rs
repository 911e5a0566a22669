//! Screens of an app's processes: which instances there are, what has happened to each, and what can be asked of it.

mod detail;
mod history;
mod lanes;
mod list;
pub(crate) mod operations;
mod post;
mod problems;
mod start;
mod words;

use crate::error::{AppOsError, Result};
use crate::process::{Wanted, list_instances};
use crate::registry::{ObjectDescriptor, ObjectKind, Registry};
use crate::security::{Permission, Rights};
use crate::state::Ctx;

pub(crate) use detail::InstanceScreen;
pub(crate) use list::ProcessList;
pub(crate) use post::post;
pub(crate) use problems::form_problems;
pub(crate) use start::StartScreen;

/// Where an app's instances are listed.
pub(crate) fn address(app: &str) -> String {
    format!("/{app}/processes")
}

/// The processes of an app. What takes the place of an earlier body has its instances.
fn processes(registry: &'static Registry, app: &str) -> Vec<&'static ObjectDescriptor> {
    let all = registry.objects().iter().copied();
    all.filter(|object| object.kind == ObjectKind::Process && object.app == app).collect()
}

/// True if the visitor may view instances of an app's processes, or has started one.
///
/// # Errors
/// The database cannot be read.
pub(crate) async fn are_seen(app: &str) -> Result<bool> {
    let ctx = current()?;
    let rights = ctx.scope().fresh_rights().await?;
    match may(ctx.scope().engine.registry(), app, &rights) {
        May::Nothing => Ok(false),
        May::View => Ok(true),
        May::Use => {
            for archived in [false, true] {
                let app = Some(app.to_owned());
                let wanted = Wanted { app, archived, own: true, limit: Some(1), ..Wanted::default() };
                if !list_instances(Some(wanted)).await?.is_empty() {
                    return Ok(true);
                }
            }
            Ok(false)
        }
    }
}

/// What somebody may with the processes of an app.
#[derive(PartialEq)]
enum May {
    Nothing,
    /// Those that he has started are his to see.
    Use,
    View,
}

fn may(registry: &'static Registry, app: &str, rights: &Rights) -> May {
    let processes = processes(registry, app);
    let any = |permission| processes.iter().any(|process| rights.allows(process, permission));
    match () {
        () if any(Permission::View) => May::View,
        () if any(Permission::Use) => May::Use,
        () => May::Nothing,
    }
}

pub(crate) fn current() -> Result<Ctx> {
    Ctx::current().ok_or_else(|| AppOsError::execution("a screen outside of a request"))
}
