//! `/connected-systems`: the systems outside, how they are, and their secrets, for administrators. A secret is written
//! there and never shown.

mod post;
mod screen;
mod secrets;

pub(crate) use post::post;
pub(crate) use screen::SystemsScreen;

use crate::error::Result;
use crate::icon;
use crate::registry::{ObjectKind, Registry};
use crate::security::Permission;
use crate::ui::processes::current;
use crate::ui::shell::NavigationEntry;
use crate::ui::text::own::systems as words;

/// Where they are; no app has a name with a hyphen.
pub(crate) const ADDRESS: &str = "/connected-systems";

/// True if there are any.
pub(crate) fn are_there(registry: &Registry) -> bool {
    registry.objects().iter().any(|object| object.kind == ObjectKind::ConnectedSystem)
}

/// Their entry in the navigation, for whoever may list them.
///
/// # Errors
/// His rights cannot be read.
pub(crate) async fn entry() -> Result<Option<NavigationEntry>> {
    let ctx = current()?;
    let (registry, rights) = (ctx.scope().engine.registry(), ctx.scope().fresh_rights().await?);
    let rule = registry.find("platform.rules.list_connected_systems");
    let may = are_there(registry) && rule.is_some_and(|rule| rights.allows(rule, Permission::Use));
    let entry = || NavigationEntry {
        label: words::title().to_owned(),
        href: ADDRESS.to_owned(),
        icon: icon!("plug"),
        badge: None,
    };
    Ok(may.then(entry))
}
