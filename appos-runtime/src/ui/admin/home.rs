//! The first page: where an administrator can go.

use dioxus::prelude::*;

use super::{OBJECTS, PERMISSIONS, Ways, may_look};
use crate::error::Result;
use crate::ui::components::{Card, Grid, PageHeader, Skeleton};
use crate::ui::page::{use_load, use_title};
use crate::ui::processes::{current, operations};
use crate::ui::shell::{names, refusal, unknown};
use crate::ui::text::own::{self, admin as words, monitoring as numbers};
use crate::ui::{caught_mail, monitoring, systems};

/// Where one can go: label, address, and what it is about.
type Place = (String, String, String);

struct Places {
    people: Vec<Place>,
    work: Vec<Place>,
}

/// The places that the visitor may see.
async fn read() -> Result<Places> {
    let ctx = current()?;
    let (registry, rights) = (ctx.scope().engine.registry(), ctx.scope().fresh_rights().await?);
    if !may_look().await? {
        // Who may not look learns no more than of what does not exist.
        return Err(unknown());
    }
    let records = registry.records().filter(|(object, _)| object.app == crate::platform::APP);
    let records = records.filter(|(object, _)| rights.allows(object, crate::security::Permission::View));
    let records = records.map(|(object, record)| {
        let address = format!("/{}/{}", object.app, record.plural.as_str());
        (names::plural(object), address, object.description.to_owned())
    });
    let mut people: Vec<Place> = records.collect();
    let place = |label: &str, address: &str, about: &str| (label.to_owned(), address.to_owned(), about.to_owned());
    let mut work = vec![
        place(words::objects(), OBJECTS, words::objects_hint()),
        place(numbers::title(), monitoring::METRICS, numbers::hint()),
        place(numbers::health(), monitoring::HEALTH, numbers::health_hint()),
    ];
    if operations::are_there(registry) {
        work.push(place(own::processes::title(), "/processes", ""));
        work.push(place(own::operations::workers(), "/processes/workers", ""));
    }
    if systems::are_there(registry) {
        work.push(place(own::systems::title(), systems::ADDRESS, own::systems::hint()));
    }
    if caught_mail::is_there(&ctx.scope().engine) {
        work.push(place(own::caught_mail::title(), caught_mail::ADDRESS, own::caught_mail::hint()));
    }
    people.push(place(words::permissions(), PERMISSIONS, words::permissions_hint()));
    Ok(Places { people, work })
}

/// The console.
#[component]
pub(super) fn AdminHome() -> Element {
    use_title(words::title());
    let load = use_load((), |()| read());
    load.with(|answer| match answer {
        None => rsx! {
            Skeleton { lines: 8 }
        },
        Some(Err(error)) => refusal(error),
        Some(Ok(places)) => rsx! {
            PageHeader { title: words::title(), description: words::hint() }
            Ways { selected: "home" }
            {group(words::people(), &places.people)}
            {group(words::work(), &places.work)}
        },
    })
}

fn group(title: &'static str, places: &[Place]) -> Element {
    rsx! {
        h2 { class: "ao-admin-group", "{title}" }
        Grid { columns: 3,
            for (label , address , about) in places {
                Card { key: "{address}",
                    a { class: "ao-admin-place", href: "{address}", "{label}" }
                    if !about.is_empty() {
                        p { class: "ao-dim", "{about}" }
                    }
                }
            }
        }
    }
}
