//! `/admin`: the console, for system administrators. What it shows it asks of rules of the platform, so that its pages
//! give nobody anything.

mod home;
mod object;
mod objects;
mod permissions;
mod reasons;

use dioxus::prelude::*;

use home::AdminHome;
use object::ObjectScreen;
use objects::ObjectList;
use permissions::Permissions;

use crate::error::Result;
use crate::icon;
use crate::registry::Registry;
use crate::security::{Permission, Rights};
use crate::ui::components::{Choice, Tab, Tabs};
use crate::ui::monitoring;
use crate::ui::page::use_load;
use crate::ui::processes::current;
use crate::ui::shell::NavigationEntry;
use crate::ui::text::own::{admin as words, monitoring as numbers};

/// Where it is.
pub(crate) const ADDRESS: &str = "/admin";
const OBJECTS: &str = "/admin/objects";
const PERMISSIONS: &str = "/admin/permissions";

/// True unless an app has its name, whose pages are there then.
pub(crate) fn is_there(registry: &Registry) -> bool {
    registry.apps().iter().all(|app| app.name != "admin")
}

fn may_use(registry: &Registry, rights: &Rights, rule: &str) -> bool {
    registry.find(rule).is_some_and(|rule| rights.allows(rule, Permission::Use))
}

/// Its entry in the navigation, for whoever may look at objects.
///
/// # Errors
/// His rights cannot be read.
pub(crate) async fn entry() -> Result<Option<NavigationEntry>> {
    let may = may_look().await?;
    let entry = || NavigationEntry {
        label: words::title().to_owned(),
        href: ADDRESS.to_owned(),
        icon: icon!("layout-dashboard"),
        badge: None,
    };
    Ok(may.then(entry))
}

/// The page at the rest of an address, if there is one.
pub(crate) fn screen(rest: &[&str]) -> Option<Element> {
    let found = match rest {
        [] => rsx! {
            AdminHome {}
        },
        ["objects"] => rsx! {
            ObjectList {}
        },
        ["objects", reference] => rsx! {
            ObjectScreen { key: "{reference}", reference: (*reference).to_owned() }
        },
        ["permissions"] => rsx! {
            Permissions {}
        },
        _ => return None,
    };
    Some(found)
}

/// The ways between its pages: all of them, or those of whoever may read numbers alone.
#[component]
pub(in crate::ui) fn Ways(selected: &'static str) -> Element {
    let load = use_load((), |()| may_look());
    let may_look = load.with(|answer| matches!(answer, Some(Ok(true))));
    let mut tabs = Vec::new();
    if may_look {
        tabs.extend([
            Tab::link("home", words::title(), ADDRESS),
            Tab::link("objects", words::objects(), OBJECTS),
            Tab::link("permissions", words::permissions(), PERMISSIONS),
        ]);
    }
    tabs.push(Tab::link("metrics", numbers::title(), monitoring::METRICS));
    tabs.push(Tab::link("health", numbers::health(), monitoring::HEALTH));
    rsx! {
        Tabs { label: words::title(), selected, tabs }
    }
}

/// True if the visitor may look at objects, and so at all of the console.
async fn may_look() -> Result<bool> {
    let ctx = current()?;
    let (registry, rights) = (ctx.scope().engine.registry(), ctx.scope().fresh_rights().await?);
    Ok(is_there(registry) && may_use(registry, &rights, "platform.rules.list_objects"))
}

/// A choice in a form that asks for another address; the empty one is what nobody has chosen.
fn select(name: &'static str, label: &'static str, empty: &'static str, choices: &[Choice], chosen: &str) -> Element {
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
}
