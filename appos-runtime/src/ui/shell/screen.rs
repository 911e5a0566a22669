//! Which screen an address means.

use dioxus::prelude::*;
use uuid::Uuid;

use super::home::{AppHome, Home};
use super::names;
use super::refusal::Refusal;
use super::search::Search;
use crate::engine::Engine;
use crate::registry::{ObjectDescriptor, Registry};
use crate::security::{Permission, Rights};
use crate::ui::admin;
use crate::ui::caught_mail::{self, CaughtMailList, CaughtMailScreen};
use crate::ui::monitoring::{self, HealthScreen, MetricsScreen};
use crate::ui::objects::{PageScreen, page_of};
use crate::ui::page::{Location, use_location, use_visitor};
use crate::ui::processes::operations::{self, DeadLetters, MyProcesses, Overview, Workers};
use crate::ui::processes::{InstanceScreen, ProcessList, StartScreen};
use crate::ui::records::{self, RecordScreen, RecordScreenKind};
use crate::ui::systems::{self, SystemsScreen};
use crate::ui::tasks::{self, TaskList, TaskScreen};
use crate::ui::text::own;

/// The screen that the page's address means.
#[component]
pub(super) fn Screen() -> Element {
    let location = use_location();
    let visitor = use_visitor();
    let location = location.read();
    // A page is asked first: one that takes the place of a record's screen says so.
    if let Some((object, arguments)) = page_of(visitor.engine.registry(), &location) {
        return rsx! {
            PageScreen { key: "{location.path}", object: ByReference(object), arguments }
        };
    }
    let segments = location.segments();
    match segments.as_slice() {
        [""] => {
            return rsx! {
                Home {}
            };
        }
        ["search"] => {
            return rsx! {
                Search {}
            };
        }
        ["tasks"] if tasks::are_there(visitor.engine.registry()) => {
            return rsx! {
                TaskList { key: "{location.path}" }
            };
        }
        ["tasks", id] if tasks::are_there(visitor.engine.registry()) => {
            if let Ok(id) = Uuid::parse_str(id) {
                return rsx! {
                    TaskScreen { key: "{location.path}", id }
                };
            }
        }
        ["processes", rest @ ..] if operations::are_there(visitor.engine.registry()) => {
            return match rest {
                [] => rsx! {
                    Overview {}
                },
                ["workers"] => rsx! {
                    Workers {}
                },
                ["dead"] => rsx! {
                    DeadLetters {}
                },
                ["mine"] => rsx! {
                    MyProcesses {}
                },
                _ => rsx! {
                    Refusal { code: 404, message: own::problems::not_found() }
                },
            };
        }
        ["admin", "metrics"] if monitoring::is_there(visitor.engine.registry()) => {
            return rsx! {
                MetricsScreen {}
            };
        }
        ["admin", "health"] if monitoring::is_there(visitor.engine.registry()) => {
            return rsx! {
                HealthScreen {}
            };
        }
        ["admin", rest @ ..] if admin::is_there(visitor.engine.registry()) => {
            return admin::screen(rest).unwrap_or_else(|| {
                rsx! {
                    Refusal { code: 404, message: own::problems::not_found() }
                }
            });
        }
        ["connected-systems"] if systems::are_there(visitor.engine.registry()) => {
            return rsx! {
                SystemsScreen {}
            };
        }
        ["caught-mail"] if caught_mail::is_there(&visitor.engine) => {
            return rsx! {
                CaughtMailList {}
            };
        }
        ["caught-mail", id] if caught_mail::is_there(&visitor.engine) => {
            return rsx! {
                CaughtMailScreen { key: "{location.path}", id: (*id).to_owned() }
            };
        }
        [app] => {
            return rsx! {
                AppHome { key: "{app}", app: (*app).to_owned() }
            };
        }
        _ => {}
    }
    match segments.as_slice() {
        [app, "processes"] => {
            return rsx! {
                ProcessList { key: "{location.path}", app: (*app).to_owned() }
            };
        }
        [app, "processes", id] => {
            return rsx! {
                InstanceScreen { key: "{location.path}", app: (*app).to_owned(), id: (*id).to_owned() }
            };
        }
        [app, "processes", name, "start"] => {
            return rsx! {
                StartScreen { key: "{location.path}", app: (*app).to_owned(), name: (*name).to_owned() }
            };
        }
        _ => {}
    }
    match find(visitor.engine.registry(), &segments) {
        Some((object, kind)) => rsx! {
            RecordScreen { key: "{location.path}", object: ByReference(object), kind }
        },
        None => rsx! {
            Refusal { code: 404, message: own::problems::not_found() }
        },
    }
}

/// True if a path is that of a screen.
pub(crate) fn is_screen(engine: &Engine, segments: &[&str]) -> bool {
    let registry = engine.registry();
    match segments {
        ["" | "search"] => true,
        ["tasks"] | ["tasks", _] | ["tasks", _, "reassign"] if tasks::are_there(registry) => true,
        ["processes"] | ["processes", _] if operations::are_there(registry) => true,
        ["admin", ..] if admin::is_there(registry) => true,
        ["connected-systems"] => systems::are_there(registry),
        ["caught-mail"] | ["caught-mail", _] => caught_mail::is_there(engine),
        [first, ..] => *first == "platform" || registry.apps().iter().any(|app| app.name == *first),
        [] => false,
    }
}

/// The title of a screen that is known to be shown before anything of it is read: a list that is asked nothing else, of
/// a record that its visitor may view.
pub(crate) fn foreseen(registry: &'static Registry, rights: &Rights, location: &Location) -> Option<String> {
    let segments = location.segments();
    if !location.query.is_empty() || segments.len() != 2 || page_of(registry, location).is_some() {
        return None;
    }
    match find(registry, &segments)? {
        (object, RecordScreenKind::List) if rights.allows(object, Permission::View) => Some(names::plural(object)),
        _ => None,
    }
}

/// An object as a property of a component.
#[derive(Clone, Copy)]
pub(crate) struct ByReference(pub(crate) &'static ObjectDescriptor);

impl PartialEq for ByReference {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.0, other.0)
    }
}

/// The address that means the same as one that a form without script has made; `None`: it is one already.
pub(crate) fn canonical(registry: &'static Registry, location: &Location) -> Option<Location> {
    match find(registry, &location.segments())? {
        (_, RecordScreenKind::List) => records::canonical(location),
        _ => None,
    }
}

fn find(registry: &'static Registry, segments: &[&str]) -> Option<(&'static ObjectDescriptor, RecordScreenKind)> {
    let [app, plural, rest @ ..] = segments else { return None };
    let (object, _) =
        registry.records().find(|(object, record)| object.app == *app && record.plural.as_str() == *plural)?;
    Some((object, RecordScreenKind::read(rest)?))
}
